/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls that do not compile in this project: they overflow, use hidden state,
 * depend on the locale, or hand text to a shell. Forced into every .c file by
 * the Makefile's -include; tests/lint/banned covers what a macro cannot.
 */
#ifndef PM_BASE_BANNED_H
#define PM_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PM_BANNED(call) sorry_##call##_is_banned_see_lib_base_banned_h

#undef strcpy
#define strcpy(d, s) PM_BANNED(strcpy)
#undef strcat
#define strcat(d, s) PM_BANNED(strcat)
#undef strncpy
#define strncpy(d, s, n) PM_BANNED(strncpy)
#undef strncat
#define strncat(d, s, n) PM_BANNED(strncat)
#undef strtok
#define strtok(s, d) PM_BANNED(strtok)
#undef sprintf
#define sprintf(...) PM_BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) PM_BANNED(vsprintf)
#undef atoi
#define atoi(s) PM_BANNED(atoi)
#undef atol
#define atol(s) PM_BANNED(atol)
#undef atof
#define atof(s) PM_BANNED(atof)
#undef gmtime
#define gmtime(t) PM_BANNED(gmtime)
#undef localtime
#define localtime(t) PM_BANNED(localtime)
#undef ctime
#define ctime(t) PM_BANNED(ctime)
#undef system
#define system(c) PM_BANNED(system)
#undef popen
#define popen(c, m) PM_BANNED(popen)

#endif
