/* SPDX-License-Identifier: Apache-2.0 */
/*
 * English clauses, read from the right: what stands before a verb is its
 * subject, once adverbs are skipped, unless it hangs on a preposition. That is
 * no parser; where it is not sure, it says that there is no person.
 */
#include "check/clause.h"

#include <strings.h>

#include "base/ascii.h"

/* A subject that is farther away is not looked for. */
#define WORDS 16
#define REACH 200

struct clause {
	struct pm_slice words[WORDS]; /* in their order */
	size_t len;
	bool whole; /* nothing of it was left out */
};

/* Who can be at fault; "user" and "customer" are those it happened to. */
static const char *const persons[] = {"administrator", "administrators",
	"admins", "anybody", "anyone", "author", "colleague", "colleagues",
	"committer", "contractor", "contractors", "coworker", "dba", "dbas",
	"developer", "developers", "devs", "employee", "employees", "engineer",
	"engineers", "everybody", "everyone", "he", "human", "humans", "i",
	"intern", "maintainer", "maintainers", "nobody", "on-call", "oncall",
	"people", "person", "personnel", "programmer", "programmers",
	"responder", "responders", "reviewer", "reviewers", "she", "somebody",
	"someone", "sre", "sres", "staff", "sysadmin", "sysadmins", "team",
	"teams", "technician", "technicians", "who", NULL};

/* Persons, and programs where Kubernetes is spoken of. */
static const char *const ambiguous[] = {
	"admin", "dev", "manager", "operator", "operators", NULL};

/* Given names by which examples and small teams call somebody; none that a
   well-known program has. */
static const char *const names[] = {"Adam", "Alex", "Alice", "Ana", "Andrea",
	"Andrew", "Anna", "Anne", "Ben", "Bob", "Carl", "Carlos", "Carol",
	"Charlie", "Chris", "Claire", "Dan", "Daniel", "Dave", "David", "Diego",
	"Elena", "Emily", "Emma", "Eric", "Erik", "Eva", "Frank", "George",
	"Hans", "Henry", "Ivan", "Jack", "James", "Jan", "Jane", "Jason", "Jim",
	"Joe", "John", "Jon", "Jose", "Julia", "Kate", "Kevin", "Laura", "Lena",
	"Lisa", "Lucas", "Luis", "Maria", "Mark", "Martin", "Mary", "Matt",
	"Michael", "Mike", "Nick", "Nina", "Olivia", "Paul", "Pedro", "Peter",
	"Priya", "Rachel", "Robert", "Ryan", "Sam", "Sara", "Sarah", "Simon",
	"Sofia", "Steve", "Thomas", "Tim", "Tom", "Wei", NULL};

/* Between a subject and its verb. */
static const char *const skipped[] = {"actually", "again", "already", "also",
	"always", "either", "even", "had", "has", "have", "just", "maybe",
	"never", "perhaps", "really", "still", "then", NULL};

/* What hangs on these is no subject. */
static const char *const prepositions[] = {"about", "after", "against", "among",
	"at", "before", "between", "by", "for", "from", "in", "into", "like",
	"of", "on", "per", "than", "through", "to", "under", "via", "with",
	"without", NULL};

/* "one of the engineers" is one. */
static const char *const parts[] = {"any", "each", "few", "many", "member",
	"members", "most", "neither", "none", "one", "some", "two", NULL};

/* "the engineer on duty": these go on with a person. */
static const char *const goes_on[] = {"at", "deploying", "doing", "from", "in",
	"of", "on", "performing", "responsible", "running", "who", "working",
	NULL};

/* A new clause, with a subject of its own. */
static const char *const breaks[] = {"and", "because", "but", "if", "it", "or",
	"since", "so", "that", "then", "they", "this", "we", "when", "where",
	"which", "while", "you", NULL};

/* The subject before these may be that of the verb behind them. */
static const char *const joints[] = {"and", "but", "or", NULL};

static const char *const before_noun[] = {"a", "all", "an", "another", "any",
	"each", "every", "her", "his", "junior", "least", "my", "new", "no",
	"on-call", "oncall", "one", "other", "our", "previous", "same",
	"senior", "single", "some", "such", "that", "the", "their", "these",
	"this", "those", "tired", "two", "whole", "your", NULL};

static const char *const denials[] = {"against", "any", "anything", "assume",
	"assumed", "avoid", "avoiding", "avoids", "chance", "chances", "detect",
	"eliminate", "eliminates", "instead", "isn't", "less", "limit",
	"limits", "may", "might", "minimise", "minimize", "never", "no", "not",
	"nor", "nothing", "or", "possibility", "possible", "potential",
	"prevent", "preventing", "prevents", "prone", "rather", "reduce",
	"reduces", "reducing", "risk", "risks", "room", "rule", "ruled", "safe",
	"suspected", "wasn't", "without", NULL};

/* What persons have that ends like something they do. */
static const char *const trades[] = {"meeting", "monitoring", "onboarding",
	"testing", "tooling", "training", NULL};

static const char *const participles[] = {"become", "been", "begun", "brought",
	"built", "caught", "chosen", "come", "cut", "done", "driven", "felt",
	"found", "given", "gone", "gotten", "had", "held", "hit", "kept",
	"known", "led", "left", "let", "lost", "made", "meant", "met", "put",
	"read", "realised", "run", "said", "seen", "sent", "set", "shown",
	"shut", "spent", "spoken", "stuck", "taken", "thought", "told",
	"understood", "written", NULL};

static bool in(const char *const *list, struct pm_slice word)
{
	for (; *list; list++)
		if (pm_slice_is_nocase(word, *list))
			return true;
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_word(char c)
{
	return pm_is_letter(c) || pm_is_digit(c) || (c & 0x80) || c == '\'' ||
	       c == '-' || c == '@' || c == '/' || c == '_';
}

static bool ends_clause(struct pm_slice text, size_t at)
{
	char next = at + 1 < text.len ? text.ptr[at + 1] : ' ';

	if (strchr("|()[]{}<>", text.ptr[at]))
		return true;
	return strchr(".;:!?,", text.ptr[at]) &&
	       (is_blank(next) || next == '"' || next == '*');
}

/* True when the line that begins at off begins something new. */
static bool begins_block(struct pm_slice text, size_t off)
{
	while (off < text.len &&
		(text.ptr[off] == ' ' || text.ptr[off] == '\t'))
		off++;
	return off >= text.len || strchr("-*+#>|\r\n", text.ptr[off]) != NULL;
}

/* Where the clause that holds off begins. */
static size_t clause_start(struct pm_slice text, size_t off)
{
	size_t least = off < REACH ? 0 : off - REACH;

	for (size_t at = off; at > least; at--) {
		if (ends_clause(text, at - 1))
			return at;
		if (text.ptr[at - 1] == '\n' && begins_block(text, at))
			return at;
	}
	return least;
}

/* The last words before off. */
static void read_before(struct pm_slice text, size_t off, struct clause *clause)
{
	size_t start = clause_start(text, off), at = off, end;

	clause->len = 0;
	while (at > start && clause->len < WORDS) {
		while (at > start && !is_word(text.ptr[at - 1]))
			at--;
		end = at;
		while (at > start && is_word(text.ptr[at - 1]))
			at--;
		if (end > at)
			clause->words[clause->len++] =
				pm_slice_sub(text, at, end - at);
	}
	while (at > start && !is_word(text.ptr[at - 1]))
		at--;
	clause->whole = at == start && !(start && off - start >= REACH);
	for (size_t i = 0; i < clause->len / 2; i++) {
		struct pm_slice word = clause->words[i];

		clause->words[i] = clause->words[clause->len - 1 - i];
		clause->words[clause->len - 1 - i] = word;
	}
}

/* The first words from off on, up to the clause's end. */
static void read_after(struct pm_slice text, size_t off, struct clause *clause)
{
	clause->len = 0;
	while (off < text.len && clause->len < WORDS) {
		size_t at = off;

		if (ends_clause(text, at) ||
			(text.ptr[at] == '\n' && begins_block(text, at + 1)))
			return;
		while (at < text.len && is_word(text.ptr[at]))
			at++;
		if (at > off)
			clause->words[clause->len++] =
				pm_slice_sub(text, off, at - off);
		off = at > off ? at : off + 1;
	}
}

/* "@bo's", "engineers'" -> without it. */
static bool take_owner(struct pm_slice *word)
{
	if (pm_slice_ends(*word, "'s")) {
		word->len -= 2;
		return true;
	}
	if (pm_slice_ends(*word, "\xe2\x80\x99s")) {
		word->len -= 4;
		return true;
	}
	if (!pm_slice_ends(*word, "s'"))
		return false;
	word->len--;
	return true;
}

/* The first part of a handle or address: "ana" of "@ana.lopez". */
static bool is_called(struct pm_slice person, struct pm_slice word)
{
	size_t len = 0;

	if (person.len && person.ptr[0] == '@')
		person = pm_slice_from(person, 1);
	/* "@acme/checkout" begins with the house, not with a name. */
	if (memchr(person.len ? person.ptr : "", '/', person.len))
		return false;
	while (len < person.len && !strchr(".-_@/ ", person.ptr[len]))
		len++;
	return len >= 2 && len == word.len &&
	       !strncasecmp(person.ptr, word.ptr, len);
}

static bool is_listed(const struct pm_names *people, struct pm_slice word)
{
	for (size_t i = 0; i < people->len; i++)
		if (is_called(pm_slice_str(people->items[i]), word))
			return true;
	return false;
}

static bool takes_part(const struct pm_doc *doc, struct pm_slice word)
{
	if (is_called(doc->owner.text, word))
		return true;
	for (size_t i = 0; i < doc->nparticipants; i++)
		if (is_called(doc->participants[i].person.text, word))
			return true;
	for (size_t i = 0; i < doc->nactions; i++)
		if (is_called(doc->actions[i].owner.text, word))
			return true;
	return false;
}

static bool is_known(const struct pm_policy *policy, struct pm_slice word)
{
	if (is_listed(&policy->people, word) ||
		is_listed(&policy->approvers, word))
		return true;
	for (size_t i = 0; i < policy->ndepartments; i++)
		if (is_listed(&policy->departments[i].people, word))
			return true;
	return false;
}

/* Written with a capital, and one who takes part or whom the policy knows. */
static bool is_named(const struct pm_check *check, struct pm_slice word)
{
	if (word.len < 2 || !pm_is_capital(word.ptr[0]))
		return false;
	for (size_t i = 0; names[i]; i++)
		if (pm_slice_is(word, names[i]))
			return true;
	return takes_part(check->doc, word) || is_known(check->policy, word);
}

static bool is_person(const struct pm_check *check, struct pm_slice word)
{
	struct pm_slice src = check->doc->src;

	if (word.len > 1 && word.ptr[0] == '@')
		return true;
	if (in(persons, word) || is_named(check, word))
		return true;
	return in(ambiguous, word) &&
	       !memmem(src.ptr, src.len, "ubernetes", 9) &&
	       !memmem(src.ptr, src.len, "k8s", 3);
}

static bool ends(struct pm_slice word, const char *tail)
{
	return word.len > strlen(tail) + 2 && pm_slice_ends(word, tail);
}

/* A person who stands at i hangs on no preposition, or as "one of" does. */
static bool is_head(const struct clause *clause, size_t i)
{
	size_t tries = 3;

	while (i > 0 && tries-- > 0) {
		struct pm_slice word = clause->words[i - 1];

		if (in(prepositions, word))
			return i > 1 && pm_slice_is_nocase(word, "of") &&
			       in(parts, clause->words[i - 2]);
		if (in(breaks, word))
			return true;
		i--;
	}
	return true;
}

/* A verb, as far as its look tells: "the team calendar" is a calendar. */
static bool is_doing(struct pm_slice word)
{
	static const char *const verbs[] = {"could", "did", "didn't", "does",
		"had", "hadn't", "has", "is", "knew", "left", "made", "ran",
		"saw", "sent", "took", "was", "wasn't", "were", "went", NULL};

	return in(verbs, word) || in(skipped, word) || ends(word, "ed");
}

/* "The engineer did not look and ...": what comes next has the same subject,
   when the clause begins with it and has no other. */
static bool begins_with_person(
	const struct pm_check *check, const struct clause *clause)
{
	size_t i = 0;

	while (i + 1 < clause->len && in(before_noun, clause->words[i]))
		i++;
	if (!clause->whole || i + 1 >= clause->len ||
		!is_person(check, clause->words[i]) ||
		!is_doing(clause->words[i + 1]))
		return false;
	for (size_t k = i + 1; k + 1 < clause->len; k++)
		if (in(breaks, clause->words[k]))
			return false;
	return true;
}

/* How many words there are up to the last that is no adverb. */
static size_t len_without_adverbs(const struct clause *clause)
{
	size_t len = clause->len;

	while (len && (in(skipped, clause->words[len - 1]) ||
			      ends(clause->words[len - 1], "ly")))
		len--;
	return len;
}

bool pm_clause_person_before(
	const struct pm_check *check, struct pm_slice text, size_t off)
{
	struct clause clause;
	size_t last;

	read_before(text, off, &clause);
	last = len_without_adverbs(&clause);
	if (!last)
		return false;
	if (is_person(check, clause.words[last - 1]))
		return is_head(&clause, last - 1);
	if (last > 1 && in(joints, clause.words[last - 1]))
		return begins_with_person(check, &clause);
	/* "the engineer on duty", "the person who pushed the change" */
	for (size_t i = last; i-- > 1;) {
		if (in(breaks, clause.words[i]))
			return false;
		if (is_person(check, clause.words[i - 1]))
			return in(goes_on, clause.words[i]) &&
			       is_head(&clause, i - 1);
	}
	return false;
}

bool pm_clause_nobody_before(struct pm_slice text, size_t off)
{
	static const char *const none[] = {
		"neither", "no", "nobody", "none", NULL};
	struct clause clause;

	read_before(text, off, &clause);
	return clause.len &&
	       (in(none, clause.words[0]) ||
		       in(none, clause.words[clause.len - 1]) ||
		       (clause.len > 1 && in(joints, clause.words[0]) &&
			       in(none, clause.words[1])));
}

bool pm_clause_thing_before(struct pm_slice text, size_t off)
{
	static const char *const things[] = {"agent", "app", "application",
		"balancer", "broker", "browser", "cache", "client", "cluster",
		"code", "compiler", "controller", "customer", "customers",
		"daemon", "database", "device", "driver", "firewall", "host",
		"image", "it", "job", "kernel", "leader", "library", "module",
		"node", "nodes", "pipeline", "pod", "pods", "process",
		"program", "proxy", "replica", "resolver", "router", "runner",
		"scheduler", "script", "server", "servers", "service", "switch",
		"system", "that", "these", "they", "this", "tool", "user",
		"users", "we", "which", "worker", "workers", "you", NULL};
	struct clause clause;
	size_t last;

	read_before(text, off, &clause);
	last = len_without_adverbs(&clause);
	return !last || in(things, clause.words[last - 1]);
}

bool pm_clause_person_after(
	const struct pm_check *check, struct pm_slice text, size_t off)
{
	struct clause clause;
	struct pm_slice next;
	size_t i = 0;

	read_after(text, off, &clause);
	while (i + 1 < clause.len && in(before_noun, clause.words[i]))
		i++;
	if (i >= clause.len)
		return false;
	if (take_owner(&clause.words[i]))
		return is_person(check, clause.words[i]);
	if (!is_person(check, clause.words[i]))
		return false;
	if (i + 1 >= clause.len)
		return true;
	/* "caused by developer tools" is about tools. */
	next = clause.words[i + 1];
	if (in(trades, next))
		return false;
	return in(prepositions, next) || in(goes_on, next) ||
	       in(breaks, next) || ends(next, "ing") || ends(next, "ed");
}

bool pm_clause_owner_before(
	const struct pm_check *check, struct pm_slice text, size_t off)
{
	static const char *const owners[] = {"her", "his", "my", "your", NULL};
	struct clause clause;
	struct pm_slice word;

	read_before(text, off, &clause);
	if (!clause.len || pm_clause_denies(text, off))
		return false;
	word = clause.words[clause.len - 1];
	if (text.ptr[off] == '\'' || text.ptr[off] == '\xe2')
		return is_person(check, word);
	return in(owners, word) ||
	       (take_owner(&word) && is_person(check, word));
}

bool pm_clause_denies(struct pm_slice text, size_t off)
{
	struct clause clause;
	size_t first;

	read_before(text, off, &clause);
	first = clause.len > 4 ? clause.len - 4 : 0;
	for (size_t i = first; i < clause.len; i++)
		if (in(denials, clause.words[i]))
			return true;
	return false;
}

bool pm_clause_denies_after(struct pm_slice text, size_t off)
{
	static const char *const guards[] = {"guard", "guards", "prevention",
		"protection", "safeguard", "safeguards", NULL};
	static const char *const verbs[] = {"are", "can", "could", "does",
		"explains", "is", "must", "should", "was", "were", NULL};
	static const char *const nots[] = {
		"never", "no", "not", "nothing", NULL};
	static const char *const both[] = {"aren't", "can't", "cannot",
		"doesn't", "isn't", "never", "wasn't", NULL};
	struct clause clause;

	read_after(text, off, &clause);
	if (clause.len &&
		(in(guards, clause.words[0]) || in(both, clause.words[0])))
		return true;
	return clause.len > 1 && in(verbs, clause.words[0]) &&
	       in(nots, clause.words[1]);
}

bool pm_clause_participle_after(struct pm_slice text, size_t off, bool *passive)
{
	struct clause clause;
	size_t i = 0;

	*passive = false;
	read_after(text, off, &clause);
	while (i < clause.len &&
		(in(skipped, clause.words[i]) || ends(clause.words[i], "ly")))
		i++;
	if (i >= clause.len)
		return false;
	*passive = pm_slice_is_nocase(clause.words[i], "been");
	return in(participles, clause.words[i]) ||
	       ends(clause.words[i], "ed") || ends(clause.words[i], "wn");
}
