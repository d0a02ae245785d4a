/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running programs: more input and output than pipes hold, exit status,
 * environment, directory, and what stays behind.
 */
#include "base/process.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "valgrind.h"

struct result {
	int code;
	struct pm_buf out;
	struct pm_buf err;
	struct pm_buf message;
};

/* Runs a shell script with input, changed environment and directory. */
static struct result run(const char *script, struct pm_slice input,
	const char *const *env, const char *dir)
{
	const char *const argv[] = {"sh", "-c", script, NULL};
	struct result result = {
		.out = PM_BUF_INIT, .err = PM_BUF_INIT, .message = PM_BUF_INIT};
	struct pm_process process = {
		.argv = argv,
		.env = env,
		.dir = dir,
		.input = input,
		.output = &result.out,
		.errors = &result.err,
	};
	struct pm_ctx *ctx = pm_ctx_new();

	result.code = pm_process_run(ctx, &process);
	pm_buf_add_slice(
		&result.message, pm_buf_slice(&pm_ctx_error(ctx)->message));
	pm_ctx_free(ctx);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	return result;
}

static void drop(struct result *result)
{
	pm_buf_release(&result->out);
	pm_buf_release(&result->err);
	pm_buf_release(&result->message);
}

static const struct pm_slice none = {NULL, 0};

static void check(
	const char *script, int code, const char *out, const char *err)
{
	struct result result = run(script, none, NULL, NULL);

	assert_int_equal(result.code, code);
	assert_string_equal(result.out.ptr, out);
	assert_string_equal(result.err.ptr, err);
	drop(&result);
}

static void test_status(void **state)
{
	(void)state;
	check("exit 0", 0, "", "");
	check("exit 255", 255, "", "");
	check("echo out; echo err >&2; exit 3", 3, "out\n", "err\n");
	check("kill -9 $$", 137, "", "");
	check("kill -TERM $$", 143, "", "");
	/* Nothing to read but the end. */
	check("cat", 0, "", "");
	/* A program that does not close, and one that closes early. */
	check("exec >&- 2>&-; sleep 0.1; exit 4", 4, "", "");
}

/* Input and both outputs far beyond what pipes hold, all at once. */
static void test_large(void **state)
{
	struct pm_buf input = PM_BUF_INIT;
	struct result result;
	size_t i;

	(void)state;
	for (i = 0; i < 200000; i++)
		pm_buf_addf(&input, "%zu\n", i);
	result = run("tee /dev/stderr", pm_buf_slice(&input), NULL, NULL);
	assert_int_equal(result.code, 0);
	assert_true(
		pm_slice_eq(pm_buf_slice(&result.out), pm_buf_slice(&input)));
	assert_true(
		pm_slice_eq(pm_buf_slice(&result.err), pm_buf_slice(&input)));
	drop(&result);
	/* A program that does not read must not kill or hold us. */
	result = run("exit 5", pm_buf_slice(&input), NULL, NULL);
	assert_int_equal(result.code, 5);
	drop(&result);
	result = run("head -c 5", pm_buf_slice(&input), NULL, NULL);
	assert_int_equal(result.code, 0);
	assert_string_equal(result.out.ptr, "0\n1\n2");
	drop(&result);
	pm_buf_release(&input);
}

static void test_limit(void **state)
{
	const char *const argv[] = {"sh", "-c",
		"i=0; while [ $i -lt 20000 ]; do echo line; i=$((i+1)); done",
		NULL};
	struct pm_buf out = PM_BUF_INIT_LIMIT(10);
	struct pm_process process = {.argv = argv, .output = &out};
	struct pm_ctx *ctx = pm_ctx_new();

	(void)state;
	assert_int_equal(pm_process_run(ctx, &process), 0);
	assert_string_equal(out.ptr, "line\nline\n");
	assert_true(out.full);
	pm_buf_release(&out);
	pm_ctx_free(ctx);
}

/* hazard: 134 */
static void test_environment(void **state)
{
	const char *const env[] = {
		"PM_SET=new value=1", "PM_UNSET", "PM_EMPTY=", NULL};
	struct result result;

	(void)state;
	setenv("PM_SET", "old", 1);
	setenv("PM_UNSET", "old", 1);
	setenv("PM_SETTLED", "kept", 1);
	result = run("echo \"$PM_SET|${PM_UNSET-gone}|${PM_EMPTY-gone}|"
		     "$PM_SETTLED\"",
		none, env, NULL);
	assert_string_equal(result.out.ptr, "new value=1|gone||kept\n");
	drop(&result);
	/* Ours is as it was. */
	assert_string_equal(getenv("PM_SET"), "old");
}

static void test_directory(void **state)
{
	struct result result = run("pwd -P", none, NULL, "/");

	(void)state;
	assert_string_equal(result.out.ptr, "/\n");
	drop(&result);
	result = run("pwd", none, NULL, "/nowhere");
	assert_int_equal(result.code, PM_ENOTFOUND);
	assert_string_equal(result.message.ptr,
		"cannot run 'sh' in '/nowhere': No such file or directory");
	drop(&result);
}

static void test_no_program(void **state)
{
	const char *const absent[] = {"pm-no-such-program", NULL};
	const char *const directory[] = {"/tmp", NULL};
	struct pm_process process = {.argv = absent};
	struct pm_ctx *ctx;

	(void)state;
	if (under_valgrind())
		skip();
	ctx = pm_ctx_new();
	assert_int_equal(pm_process_run(ctx, &process), PM_ENOTFOUND);
	assert_string_equal(pm_ctx_error(ctx)->message.ptr,
		"cannot run 'pm-no-such-program': no such program");
	process.argv = directory;
	assert_int_equal(pm_process_run(ctx, &process), PM_ERROR);
	pm_ctx_free(ctx);
}

/* What a program leaves running may keep its pipes; we do not wait for it. */
static void test_daemon(void **state)
{
	struct timespec before;
	struct timespec after;
	struct result result;

	(void)state;
	if (under_valgrind())
		skip();
	clock_gettime(CLOCK_MONOTONIC, &before);
	result = run("echo started; sleep 20 & exit 0", none, NULL, NULL);
	clock_gettime(CLOCK_MONOTONIC, &after);
	assert_int_equal(result.code, 0);
	assert_string_equal(result.out.ptr, "started\n");
	assert_true(after.tv_sec - before.tv_sec < 10);
	drop(&result);
}

/* The program gets signals as usual, and ours are given back. */
static void test_signals(void **state)
{
	const char *const argv[] = {"sh", "-c",
		"kill -INT $PPID; kill -QUIT $PPID; kill -INT $$", NULL};
	struct pm_process process = {.argv = argv, .terminal = true};
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	struct sigaction old;
	struct pm_ctx *ctx = pm_ctx_new();

	(void)state;
	/* Whoever starts the tests in the background ignores it for them. */
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	assert_int_equal(pm_process_run(ctx, &process), 128 + SIGINT);
	sigaction(SIGINT, NULL, &old);
	assert_true(old.sa_handler == SIG_DFL);
	sigaction(SIGPIPE, NULL, &old);
	assert_true(old.sa_handler == SIG_DFL);
	sigaction(SIGPIPE, &ignore, NULL);
	check("yes | head -n 1; kill -PIPE $$", 128 + SIGPIPE, "y\n", "");
	sigaction(SIGPIPE, NULL, &old);
	assert_true(old.sa_handler == SIG_IGN);
	pm_ctx_free(ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_status),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_environment),
		cmocka_unit_test(test_directory),
		cmocka_unit_test(test_no_program),
		cmocka_unit_test(test_daemon),
		cmocka_unit_test(test_signals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
