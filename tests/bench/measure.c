/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs commands in turn, A B C A B C ..., and prints a line for each:
 * "LABEL MEDIAN MIN MAX PEAK RATIO CPU", its median, fastest and slowest run in
 * milliseconds, the peak memory of its largest process in MiB, and the median
 * over the rounds of the first command's time over its own, as the clock and
 * as the processors count it. The last is what holds on a busy machine.
 *
 *	measure ROUNDS [-b 'shell text'] LABEL COMMAND... [-- LABEL COMMAND...]
 *
 * -b runs before every command, in turn with it and not counted. A command's
 * output is dropped, its input is the file named by MEASURE_INPUT or nothing,
 * and a status of 2 or more ends the measurement.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS = 8, ROUNDS = 1000 };

struct command {
	const char *label;
	char **argv;
	double ms[ROUNDS];
	double cpu[ROUNDS];
	double ratio[ROUNDS];
	double cpu_ratio[ROUNDS];
	long peak_kib;
};

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void become(char **argv)
{
	const char *input = getenv("MEASURE_INPUT");
	int in = open(input ? input : "/dev/null", O_RDONLY);
	int out = open("/dev/null", O_WRONLY);

	if (in < 0 || out < 0)
		_exit(127);
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	if (!getenv("MEASURE_STDERR"))
		dup2(out, STDERR_FILENO);
	close(in);
	close(out);
	execvp(argv[0], argv);
	_exit(127);
}

static double cpu_ms(const struct rusage *usage)
{
	return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1e3 +
	       (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) /
		       1e3;
}

/* Runs to the end; returns the exit status. */
static int run(char **argv, double *ms, double *cpu, long *peak_kib)
{
	struct rusage usage;
	double start = now_ms();
	int status;
	pid_t pid = vfork();

	if (pid == 0)
		become(argv);
	if (pid < 0 || wait4(pid, &status, 0, &usage) < 0)
		return 127;
	*ms = now_ms() - start;
	*cpu = cpu_ms(&usage);
	if (usage.ru_maxrss > *peak_kib)
		*peak_kib = usage.ru_maxrss;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values, int n)
{
	qsort(values, (size_t)n, sizeof *values, by_value);
	return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static void run_before(char *text)
{
	char shell[] = "sh";
	char flag[] = "-c";
	char *argv[] = {shell, flag, text, NULL};
	double ms, cpu;
	long peak = 0;

	if (text && run(argv, &ms, &cpu, &peak) != 0) {
		fprintf(stderr, "measure: failed: %s\n", text);
		exit(3);
	}
}

static void measure(struct command *commands, int n, int rounds, char *before)
{
	/* Round -1 warms the caches and is not counted. */
	for (int round = -1; round < rounds; round++) {
		for (int i = 0; i < n; i++) {
			struct command *c = &commands[i];
			double ms = 0;
			double cpu = 0;
			long peak = 0;
			int status;

			run_before(before);
			status = run(c->argv, &ms, &cpu, &peak);
			if (status >= 2) {
				fprintf(stderr, "measure: %s: status %d\n",
					c->label, status);
				exit(3);
			}
			if (round < 0)
				continue;
			c->ms[round] = ms;
			c->cpu[round] = cpu;
			c->ratio[round] = commands[0].ms[round] / ms;
			c->cpu_ratio[round] = commands[0].cpu[round] / cpu;
			if (peak > c->peak_kib)
				c->peak_kib = peak;
		}
	}
}

int main(int argc, char **argv)
{
	static struct command commands[COMMANDS];
	int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 0;
	char *before = NULL;
	int n = 0;
	int i = 2;

	if (argc > 4 && strcmp(argv[2], "-b") == 0) {
		before = argv[3];
		i = 4;
	}
	for (; i < argc && n < COMMANDS; n++) {
		commands[n].label = argv[i];
		commands[n].argv = &argv[i + 1];
		while (i < argc && strcmp(argv[i], "--"))
			i++;
		if (i < argc)
			argv[i++] = NULL;
	}
	if (rounds < 1 || rounds > ROUNDS || n == 0) {
		fputs("usage: measure ROUNDS [-b TEXT] LABEL COMMAND... [-- "
		      "...]\n",
			stderr);
		return 2;
	}
	measure(commands, n, rounds, before);
	for (i = 0; i < n; i++) {
		struct command *c = &commands[i];
		double mid = median(c->ms, rounds);

		printf("%s %.2f %.2f %.2f %.1f %.3f %.3f\n", c->label, mid,
			c->ms[0], c->ms[rounds - 1], (double)c->peak_kib / 1024,
			median(c->ratio, rounds), median(c->cpu_ratio, rounds));
	}
	return 0;
}
