/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A command line, a NUL between two words: taken or refused with words. What
 * is an operand is one of the words, in their order, and a switch is on or off
 * as the last one said.
 */
#include "fuzz.h"

#include "../../cmd/options.h"

enum { WORDS = 32 };

struct args {
	bool quiet, no_pager;
	const char *format;
	struct pm_opt_list service;
	long limit;
};

static const struct pm_opt opts[] = {
	OPT_BOOL(struct args, quiet, 'q', "quiet", "print less"),
	OPT_BOOL(struct args, no_pager, 0, "no-pager", "no pager"),
	OPT_STR(struct args, format, 'f', "format", "name", NULL, "the format"),
	OPT_LIST(struct args, service, 's', "service", "name", NULL, "of it"),
	OPT_INT(struct args, limit, 'n', "limit", "n", "at most"),
	OPT_END(),
};

static void check(int argc, char **argv, unsigned flags)
{
	char *words[WORDS + 1];
	struct args args = {.limit = 10};
	struct pm_optset set = {opts, &args};
	struct pm_buf err = PM_BUF_INIT;
	int n = argc, at = 0;

	memcpy(words, argv, sizeof words);
	if (pm_options_parse(&set, 1, flags, &n, words, &err) < 0)
		FUZZ_CHECK(err.len > 0);
	else
		FUZZ_CHECK(err.len == 0 && args.limit >= 0);
	FUZZ_CHECK(n >= 0 && n <= argc);
	for (int i = 0; i < n; i++, at++) {
		while (at < argc && argv[at] != words[i])
			at++;
		FUZZ_CHECK(at < argc);
	}
	FUZZ_CHECK(args.service.len <= (size_t)argc);
	pm_options_release(&set);
	pm_buf_release(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pm_buf line = PM_BUF_INIT;
	char *argv[WORDS + 1] = {NULL};
	int argc = 0;

	pm_buf_add(&line, data, size);
	for (size_t off = 0; off < line.len && argc < WORDS;
		off += strlen(line.ptr + off) + 1)
		argv[argc++] = line.ptr + off;
	check(argc, argv, 0);
	check(argc, argv, PM_PARSE_STOP);
	pm_buf_release(&line);
	return 0;
}
