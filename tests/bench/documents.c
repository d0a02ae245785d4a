/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes post-mortems for the benchmarks: documents COUNT SEED writes a stream
 * for git fast-import with COUNT of them under postmortems/YYYY/MM/, each 7 to
 * 11 KB, complete by the built-in policy, the same bytes for the same seed.
 *
 * Words follow the frequency curve of natural text (the n-th is n times rarer
 * than the first). Three search terms are planted: "timeout" in six documents
 * of ten, the phrase "replica lag alarm" in one of twenty (its words alone in
 * many), and "quokka" in one of a thousand.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	WORDS = 30000,
	WORD_MAX = 24,
	DOC_MAX = 32 * 1024,
	DAYS = 3600, /* ten years of twelve months of thirty days */
	SECTIONS = 11,
};

static const char *const common[] = {
	"the",
	"of",
	"and",
	"to",
	"a",
	"in",
	"was",
	"that",
	"for",
	"it",
	"on",
	"we",
	"is",
	"with",
	"as",
	"by",
	"at",
	"from",
	"this",
	"not",
	"were",
	"which",
	"but",
	"had",
	"or",
	"an",
	"be",
	"service",
	"request",
	"error",
	"after",
	"when",
	"deploy",
	"database",
	"alert",
	"cache",
	"replica",
	"config",
	"queue",
	"traffic",
	"region",
	"shard",
	"customer",
	"latency",
	"rollback",
	"load",
	"memory",
	"team",
	"change",
	"node",
	"connection",
	"cluster",
	"restart",
	"disk",
	"release",
	"lag",
	"monitor",
	"certificate",
	"retry",
	"alarm",
	"pool",
	"login",
	"checkout",
	"payment",
	"gateway",
	"backup",
	"script",
	"dashboard",
	"canary",
	"limit",
	"leader",
	"token",
};

static const char *const headings[SECTIONS] = {
	"Summary",
	"Impact",
	"Timeline",
	"Trigger and causes",
	"Detection",
	"Resolution",
	"What went well",
	"What went wrong",
	"Where we got lucky",
	"Lessons learned",
	"Supporting data",
};

struct maker {
	uint64_t state; /* of the random numbers */
	char (*words)[WORD_MAX];
	double *cumulative; /* of the frequencies, WORDS of them */
	char *text;         /* DOC_MAX bytes */
	size_t len;
	size_t number; /* of the document */
	int year, month, day;
};

static uint64_t next(struct maker *m)
{
	m->state ^= m->state << 13;
	m->state ^= m->state >> 7;
	m->state ^= m->state << 17;
	return m->state;
}

static unsigned below(struct maker *m, unsigned n)
{
	return (unsigned)((next(m) >> 32) % n);
}

/* Words after the common ones are made of syllables. */
static void make_words(struct maker *m)
{
	static const char *const on[] = {"b", "c", "d", "f", "g", "k", "l", "m",
		"n", "p", "r", "s", "t", "v", "st", "tr", "pl", "gr"};
	static const char *const rime[] = {"a", "e", "i", "o", "u", "ar", "en",
		"il", "on", "us", "ea", "or", "ane", "ing"};
	size_t ncommon = sizeof common / sizeof *common;
	double sum = 0;

	m->words = calloc(WORDS, WORD_MAX);
	m->cumulative = calloc(WORDS, sizeof *m->cumulative);
	m->text = malloc(DOC_MAX);
	if (!m->words || !m->cumulative || !m->text)
		abort();
	for (size_t i = 0; i < WORDS; i++) {
		unsigned syllables = 1 + below(m, 2) + (i > 2000) + (i > 12000);
		char *word = m->words[i];

		if (i < ncommon) {
			snprintf(word, WORD_MAX, "%s", common[i]);
		} else {
			while (syllables--)
				snprintf(word + strlen(word),
					WORD_MAX - strlen(word), "%s%s",
					on[below(m, 18)], rime[below(m, 14)]);
		}
		sum += 1.0 / (double)(i + 2);
		m->cumulative[i] = sum;
	}
}

static const char *word(struct maker *m)
{
	double at = (double)(next(m) >> 11) / 9007199254740992.0 *
		    m->cumulative[WORDS - 1];
	size_t low = 0;
	size_t high = WORDS - 1;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (m->cumulative[mid] < at)
			low = mid + 1;
		else
			high = mid;
	}
	return m->words[low];
}

static void add(struct maker *m, const char *text)
{
	size_t len = strlen(text);

	if (m->len + len >= DOC_MAX)
		abort();
	memcpy(m->text + m->len, text, len + 1);
	m->len += len;
}

/* A line of count words, the first with a capital, wrapped when long. */
static void sentence(struct maker *m, unsigned count)
{
	size_t column = 0;

	for (unsigned i = 0; i < count; i++) {
		char buf[WORD_MAX + 2];

		snprintf(buf, sizeof buf, "%s%s",
			i == 0        ? ""
			: column > 68 ? "\n"
				      : " ",
			word(m));
		if (buf[0] == '\n')
			column = 0;
		if (i == 0 && buf[0] >= 'a' && buf[0] <= 'z')
			buf[0] = (char)(buf[0] - 'a' + 'A');
		column += strlen(buf);
		add(m, buf);
	}
}

/* A sentence on one line, for the front matter. */
static void line(struct maker *m, unsigned count)
{
	size_t from = m->len;

	sentence(m, count);
	for (; from < m->len; from++)
		if (m->text[from] == '\n')
			m->text[from] = ' ';
}

static void prose(struct maker *m, unsigned sentences)
{
	while (sentences--) {
		sentence(m, 8 + below(m, 14));
		add(m, below(m, 9) ? ".\n" : " in `service.conf`.\n");
	}
}

/* The terms that the searches look for. */
static void plant(struct maker *m)
{
	if (m->number % 10 < 6)
		add(m, "Requests ended in a timeout.\n");
	if (m->number % 20 == 3)
		add(m, "Nobody saw the replica lag alarm.\n");
	if (m->number % 1000 == 7)
		add(m, "A quokka chewed the cable.\n");
}

static void front_actions(struct maker *m)
{
	static const char *const types[] = {
		"prevent", "detect", "mitigate", "repair", "process"};
	unsigned count = 2 + below(m, 5);
	char buf[384];

	add(m, "action_items:\n");
	for (unsigned i = 0; i < count; i++) {
		snprintf(buf, sizeof buf, "  - id: A%u\n    title: ", i + 1);
		add(m, buf);
		line(m, 6);
		snprintf(buf, sizeof buf,
			"\n    type: %s\n    owner: \"@team-%s\"\n"
			"    due: %04d-%02d-28\n    priority: P%u\n"
			"    status: done\n    addresses: [C%u]\n"
			"    tracker: https://tracker.example.org/%u\n"
			"    proof: https://code.example.org/change/%u\n",
			types[below(m, 5)], word(m), m->year, m->month,
			1 + below(m, 3), 1 + i % 2, below(m, 90000),
			below(m, 90000));
		add(m, buf);
	}
}

static void front(struct maker *m, const char *id)
{
	char buf[1024];
	char title[128];

	snprintf(title, sizeof title, "Outage %zu of %s and %s", m->number,
		word(m), word(m));
	snprintf(buf, sizeof buf,
		"---\nschema: 1\nid: %s\ntitle: %s\n"
		"kind: incident\nstatus: final\nseverity: SEV%u\n"
		"owner: \"@team-%s\"\nincident: INC-%zu\n"
		"services: []\ndepartments: []\nparticipants: []\n"
		"times:\n  started: %04d-%02d-%02dT10:02Z\n"
		"  detected: %04d-%02d-%02dT10:09Z\n"
		"  mitigated: %04d-%02d-%02dT10:31Z\n"
		"  resolved: %04d-%02d-%02dT11:04Z\n"
		"detected_by: alert\ntrigger: config-push\n",
		id, title, 1 + below(m, 3), word(m), m->number, m->year,
		m->month, m->day, m->year, m->month, m->day, m->year, m->month,
		m->day, m->year, m->month, m->day);
	add(m, buf);
	add(m, "causes:\n  - {id: C1, kind: config-change, text: ");
	line(m, 7);
	add(m, "}\n  - {id: C2, kind: test-gap, text: ");
	line(m, 7);
	snprintf(buf, sizeof buf,
		"}\nimpact: {users: %u, requests_failed: %u}\ntags: [%s]\n"
		"related: []\n",
		below(m, 90000), below(m, 900000), word(m));
	add(m, buf);
	front_actions(m);
	add(m, "---\n");
	snprintf(buf, sizeof buf, "\n# %s\n", title);
	add(m, buf);
}

static void timeline(struct maker *m)
{
	unsigned count = 10 + below(m, 16);
	char buf[64];

	add(m, "All times are UTC.\n\n");
	for (unsigned i = 0; i < count; i++) {
		snprintf(buf, sizeof buf, "- %04d-%02d-%02d 10:%02uZ ", m->year,
			m->month, m->day, 2 + i * 2);
		add(m, buf);
		sentence(m, 6 + below(m, 7));
		add(m, below(m, 2) ? " (deploy log)\n" : " (pager)\n");
	}
}

/* Links, so that they are looked at as well. */
static void supporting(struct maker *m)
{
	char buf[64];

	for (unsigned i = 1 + below(m, 3); i; i--) {
		add(m, "- [");
		sentence(m, 3);
		snprintf(buf, sizeof buf, "](https://graphs.example.org/%u)\n",
			below(m, 90000));
		add(m, buf);
	}
}

static void body(struct maker *m)
{
	unsigned size = 6 + below(m, 4);

	for (size_t i = 0; i < SECTIONS; i++) {
		add(m, "\n## ");
		add(m, headings[i]);
		add(m, "\n\n");
		if (i == 2) {
			timeline(m);
		} else if (i == SECTIONS - 1) {
			supporting(m);
		} else if (i == 6 || i == 7 || i == 9) {
			for (unsigned n = 2 + below(m, 3); n; n--) {
				add(m, "- ");
				prose(m, 1);
			}
			prose(m, size / 2);
		} else {
			prose(m, size - 1);
		}
		if (i == 3)
			plant(m);
		if (i == 4)
			add(m, "\n| signal | seen |\n|---|---|\n"
			       "| error rate | yes |\n| latency | **no** |\n");
	}
}

static void write_document(const struct maker *m, const char *id)
{
	printf("M 100644 inline postmortems/%04d/%02d/%s.md\ndata %zu\n",
		m->year, m->month, id, m->len);
	if (fwrite(m->text, 1, m->len, stdout) != m->len) {
		perror("documents");
		exit(3);
	}
	putchar('\n');
}

/* Document i of count, dates spread evenly: years of twelve 28-day months. */
static void make(struct maker *m, size_t i, size_t count)
{
	unsigned day = (unsigned)((double)i / (double)count * DAYS);
	char id[64];

	m->number = i;
	m->len = 0;
	m->year = 2016 + (int)(day / (12 * 30));
	m->month = 1 + (int)(day / 30 % 12);
	m->day = 1 + (int)(day % 28);
	snprintf(id, sizeof id, "%04d-%02d-%02d-outage-%06zu", m->year,
		m->month, m->day, i);
	front(m, id);
	body(m);
	write_document(m, id);
}

int main(int argc, char **argv)
{
	struct maker m = {0};
	size_t count;

	if (argc != 3) {
		fputs("usage: documents COUNT SEED\n", stderr);
		return 2;
	}
	count = (size_t)strtoul(argv[1], NULL, 10);
	m.state = strtoul(argv[2], NULL, 10) * 2654435761u + 88172645463325252u;
	make_words(&m);
	printf("commit refs/heads/main\n"
	       "committer Bench <bench@example.org> 1795348800 +0000\n"
	       "data 12\ndocs: begin\n\n");
	for (size_t i = 0; i < count; i++)
		make(&m, i, count);
	free(m.words);
	free(m.cumulative);
	free(m.text);
	return fflush(stdout) ? 3 : 0;
}
