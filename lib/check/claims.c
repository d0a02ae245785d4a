/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a typed duration is said to be. The sentence around it is folded first
 * (lower case, blanks single, no emphasis), then the words right before and
 * right behind the duration decide. A sentence that speaks of something else,
 * an earlier incident, a target, what would have been, claims nothing.
 */
#include "check/claims.h"

#include "base/ascii.h"

/* How much of a sentence is looked at on either side. */
#define SIDE 240

/* One side of a sentence, folded and terminated. */
struct side {
	char text[SIDE + 1];
	size_t len;
	bool to_line; /* it reaches a line's or cell row's beginning */
};

/* Words that end with the sentence's claim: it is of something else. */
static const char *const others[] = {"ago", "another", "average", "batch",
	"business", "could have", "deadline", "each", "earlier incident",
	"every", "expected", "goal", "had been", "hypothetical", "if",
	"interval", "last week", "last month", "last year", "last time", "may",
	"maximum", "mean", "median", "might", "must", "next", "normally",
	"objective", "once", "per", "planned", "policy", "previous",
	"previously", "retention", "retained", "schedule", "scheduled", "shall",
	"should", "similar", "sla", "slas", "slo", "slos", "support", "target",
	"threshold", "timeout", "to be", "ttl", "typically", "unless",
	"usually", "will", "working", "would", NULL};

/* Words that make it a part of the whole. */
static const char *const parts[] = {"additional", "all but", "complete",
	"completely", "degraded", "entirely", "extra", "first", "full",
	"further", "initial", "intermittent", "intermittently", "longest",
	"main", "majority", "most", "only", "part", "partial", "partially",
	"peak", "periodic", "remaining", "second", "some", "third", "two",
	"three", "until", "worst", NULL};

/* The incident itself, by its common names. */
static const char *const nouns[] = {"incident", "outage", "disruption",
	"downtime", "degradation", "interruption", NULL};

/* What may stand before such a noun and leaves it the whole. */
static const char *const neutral[] = {
	"whole", "entire", "overall", "service", "production", NULL};

static const char *const articles[] = {"the", "this", "our", "a", "an", NULL};

/* What may stand between the word that claims and the duration. */
static const char *const fillers[] = {"for", "overall", "a", "an", "total",
	"of", "in", "just", "only", "is", "was", "were", "the", "at", NULL};

static const char *const lasted[] = {
	"lasted", "lasting", "lasts", "spanned", "spanning", NULL};

static const char *const over[] = {"resolved", "mitigated", "fixed", "restored",
	"recovered", "over", "ended", NULL};

static const char *const noticed[] = {"detected", "noticed", NULL};

static const char *const limits[] = {"within", "in", "after", "under", NULL};

/* What was the matter for so long. */
static const char *const failing[] = {"affected", "could not", "couldn't",
	"cut off", "degraded", "disrupted", "down", "errors", "failed",
	"failing", "impacted", "inaccessible", "interrupted", "offline",
	"outage", "unable", "unavailable", "unreachable", NULL};

/* Names of measures, as a label or at the end of what precedes. */
static const struct label {
	struct pm_slice words;
	enum pm_claim_kind kind;
	bool alone; /* only as the whole label of a line or cell */
	bool bare;  /* needs no sign and no verb behind it: "TTD 7m" */
} labels[] = {
	{PM_SLICE_LIT("duration"), PM_CLAIM_WHOLE, true, false},
	{PM_SLICE_LIT("incident duration"), PM_CLAIM_WHOLE, false, false},
	{PM_SLICE_LIT("outage duration"), PM_CLAIM_WHOLE, false, false},
	{PM_SLICE_LIT("total duration"), PM_CLAIM_WHOLE, true, false},
	{PM_SLICE_LIT("duration of incident"), PM_CLAIM_WHOLE, false, false},
	{PM_SLICE_LIT("duration of outage"), PM_CLAIM_WHOLE, false, false},
	{PM_SLICE_LIT("duration of the incident"), PM_CLAIM_WHOLE, false,
		false},
	{PM_SLICE_LIT("duration of the outage"), PM_CLAIM_WHOLE, false, false},
	{PM_SLICE_LIT("length of outage"), PM_CLAIM_WHOLE, true, false},
	{PM_SLICE_LIT("length of the incident"), PM_CLAIM_WHOLE, true, false},
	{PM_SLICE_LIT("length of the outage"), PM_CLAIM_WHOLE, true, false},
	{PM_SLICE_LIT("downtime"), PM_CLAIM_WHOLE, true, false},
	{PM_SLICE_LIT("total downtime"), PM_CLAIM_WHOLE, true, false},
	{PM_SLICE_LIT("outage time"), PM_CLAIM_WHOLE, true, false},
	{PM_SLICE_LIT("total outage time"), PM_CLAIM_WHOLE, true, false},
	{PM_SLICE_LIT("time to detect"), PM_CLAIM_TTD, false, false},
	{PM_SLICE_LIT("time to detection"), PM_CLAIM_TTD, false, false},
	{PM_SLICE_LIT("ttd"), PM_CLAIM_TTD, false, true},
	{PM_SLICE_LIT("mttd"), PM_CLAIM_TTD, true, false},
	{PM_SLICE_LIT("time to acknowledge"), PM_CLAIM_TTA, false, false},
	{PM_SLICE_LIT("time to acknowledgement"), PM_CLAIM_TTA, false, false},
	{PM_SLICE_LIT("tta"), PM_CLAIM_TTA, false, true},
	{PM_SLICE_LIT("time to identify"), PM_CLAIM_TTI, false, false},
	{PM_SLICE_LIT("time to identification"), PM_CLAIM_TTI, false, false},
	{PM_SLICE_LIT("tti"), PM_CLAIM_TTI, false, true},
	{PM_SLICE_LIT("time to mitigate"), PM_CLAIM_TTM, false, false},
	{PM_SLICE_LIT("time to mitigation"), PM_CLAIM_TTM, false, false},
	{PM_SLICE_LIT("ttm"), PM_CLAIM_TTM, false, true},
	{PM_SLICE_LIT("time to resolve"), PM_CLAIM_TTR, false, false},
	{PM_SLICE_LIT("time to resolution"), PM_CLAIM_TTR, false, false},
	{PM_SLICE_LIT("time to recover"), PM_CLAIM_TTR, false, false},
	{PM_SLICE_LIT("time to recovery"), PM_CLAIM_TTR, false, false},
	{PM_SLICE_LIT("time to restore"), PM_CLAIM_TTR, false, false},
	{PM_SLICE_LIT("time to repair"), PM_CLAIM_TTR, false, false},
	{PM_SLICE_LIT("ttr"), PM_CLAIM_TTR, false, true},
	{PM_SLICE_LIT("mttr"), PM_CLAIM_TTR, true, false},
};

#define NLABELS (sizeof labels / sizeof *labels)

/* --- folding ------------------------------------------------------------- */

static bool is_word(char c)
{
	return pm_is_small(c) || pm_is_digit(c) || (unsigned char)c >= 0x80;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* True when a new block begins with the line at off: blank, a list item, a
   heading, a quote or a row. */
static bool begins_block(struct pm_slice text, size_t off)
{
	while (off < text.len &&
		(text.ptr[off] == ' ' || text.ptr[off] == '\t'))
		off++;
	if (off >= text.len || memchr("\r\n#|>-+", text.ptr[off], 7))
		return true;
	if (text.ptr[off] == '*')
		return off + 1 < text.len && text.ptr[off + 1] == ' ';
	while (off < text.len && pm_is_digit(text.ptr[off]))
		off++;
	return off + 1 < text.len &&
	       (text.ptr[off] == '.' || text.ptr[off] == ')') &&
	       text.ptr[off + 1] == ' ';
}

/* True when a sentence ends at off: a stop with a blank and no figure or
   "approx" around it. */
static inline bool ends_sentence(struct pm_slice text, size_t off)
{
	char c = text.ptr[off];

	if (c == '!' || c == '?' || c == ';')
		return true;
	return c == '.' && off + 1 < text.len && is_blank(text.ptr[off + 1]) &&
	       !(off >= 6 && memcmp(text.ptr + off - 6, "approx", 6) == 0) &&
	       !(off >= 3 && memcmp(text.ptr + off - 3, " ca", 3) == 0);
}

/* Where the sentence begins that off lies in. */
static size_t sentence_start(struct pm_slice text, size_t off, bool *to_line)
{
	size_t low = off > SIDE ? off - SIDE : 0;

	*to_line = false;
	while (off > low && !ends_sentence(text, off - 1)) {
		if (text.ptr[off - 1] == '\n' &&
			(begins_block(text, off) ||
				(off > 1 &&
					(text.ptr[off - 2] == '\n' ||
						text.ptr[off - 2] == '\r')))) {
			*to_line = true;
			break;
		}
		off--;
	}
	*to_line = *to_line || off == 0;
	return off;
}

static size_t sentence_end(struct pm_slice text, size_t off)
{
	size_t high = text.len - off > SIDE ? off + SIDE : text.len;

	for (; off < high; off++)
		if (ends_sentence(text, off) ||
			(text.ptr[off] == '\n' && begins_block(text, off + 1)))
			break;
	return off;
}

static void fold(struct pm_slice text, struct side *out)
{
	bool blank = true;

	out->len = 0;
	for (size_t i = 0; i < text.len && out->len < SIDE; i++) {
		char c = text.ptr[i];

		if (c == '*' || c == '_' || c == '`' || c == '[' || c == ']')
			continue;
		if (is_blank(c)) {
			if (!blank)
				out->text[out->len++] = ' ';
			blank = true;
			continue;
		}
		out->text[out->len++] = pm_lower(c);
		blank = false;
	}
	while (out->len && out->text[out->len - 1] == ' ')
		out->len--;
	out->text[out->len] = '\0';
}

/* --- words --------------------------------------------------------------- */

static bool in_list(struct pm_slice word, const char *const *list)
{
	for (; *list; list++)
		if (pm_slice_is(word, *list))
			return true;
	return false;
}

/* True when the phrase stands in text between other than word characters. */
static bool has_phrase(struct pm_slice text, const char *phrase)
{
	size_t len = strlen(phrase);
	const char *hit = text.len ? text.ptr : NULL;
	const char *end = hit ? hit + text.len : NULL;

	while (hit && (hit = memmem(hit, (size_t)(end - hit), phrase, len))) {
		if ((hit == text.ptr || !is_word(hit[-1])) &&
			(hit + len == end || !is_word(hit[len])))
			return true;
		hit++;
	}
	return false;
}

static bool has_any(struct pm_slice text, const char *const *list)
{
	for (; *list; list++)
		if (has_phrase(text, *list))
			return true;
	return false;
}

/* Cuts the last word off text; empty when it does not end with one. */
static struct pm_slice pop(struct pm_slice *text)
{
	size_t end = text->len, start;

	while (end && text->ptr[end - 1] == ' ')
		end--;
	start = end;
	while (start &&
		(is_word(text->ptr[start - 1]) || text->ptr[start - 1] == '\''))
		start--;
	text->len = start;
	return pm_slice_make(text->ptr + start, end - start);
}

/* Cuts words of a list off the end. */
static struct pm_slice strip(struct pm_slice text, const char *const *list)
{
	for (;;) {
		struct pm_slice rest = text;
		struct pm_slice word = pop(&rest);

		if (!word.len || !in_list(word, list))
			return text;
		text = rest;
	}
}

/* What text says right before its end. */
enum subject { NOTHING, A_PART, THE_WHOLE };

/* How far the noun at the end of text is the incident itself. */
static enum subject noun_at_end(struct pm_slice text)
{
	struct pm_slice word = pop(&text);
	bool bare = true;

	if (!in_list(word, nouns))
		return NOTHING;
	for (;;) {
		word = pop(&text);
		if (!word.len)
			return bare ? THE_WHOLE : A_PART;
		if (in_list(word, articles))
			return THE_WHOLE;
		if (!in_list(word, neutral))
			return A_PART;
		bare = false;
	}
}

/* --- patterns ------------------------------------------------------------ */

/* True when text ends with the label, and may. */
static bool is_label(
	const struct label *label, struct pm_slice text, bool to_line)
{
	struct pm_slice rest = text, words = label->words;

	/* Most differ in their last byte. */
	if (text.len < words.len ||
		text.ptr[text.len - 1] != words.ptr[words.len - 1] ||
		!pm_slice_ends(text, words.ptr))
		return false;
	rest.len -= words.len;
	if (rest.len == 0 && to_line)
		return true;
	if (pm_slice_is(rest, "the ") && pm_slice_starts(words, "total "))
		return true;
	return !label->alone && !(rest.len && is_word(rest.ptr[rest.len - 1]));
}

/* True when these words are a name of the measure, and no more. */
static bool is_measure(struct pm_slice words, enum pm_claim_kind kind)
{
	for (size_t i = 0; i < NLABELS; i++)
		if (labels[i].kind == kind &&
			pm_slice_eq(words, labels[i].words))
			return true;
	return false;
}

static struct pm_claim claim(enum pm_claim_kind kind, enum subject subject)
{
	struct pm_claim out = {.kind = kind, .part = subject == A_PART};

	if (subject == NOTHING)
		out.kind = PM_CLAIM_NONE;
	return out;
}

/* Cuts "(TTD)" off the end; it is put into aside. */
static struct pm_slice cut_aside(struct pm_slice text, struct pm_slice *aside)
{
	size_t at = text.len;

	*aside = pm_slice_make("", 0);
	if (!text.len || text.ptr[text.len - 1] != ')')
		return text;
	while (at && text.ptr[at - 1] != '(')
		at--;
	if (at < 2)
		return text;
	*aside = pm_slice_sub(text, at, text.len - 1 - at);
	return pm_slice_trim(pm_slice_sub(text, 0, at - 1));
}

/* "TTR: 45 min", "time to detect was 7 minutes", "| Duration | 2 h",
   "Time to detect (TTD): 7 min". What else stands in such brackets says of
   what part it is, or how it was counted. */
static struct pm_claim read_label(struct pm_slice before, bool to_line)
{
	struct pm_slice aside = pm_slice_make("", 0);
	struct pm_slice text = before;
	bool sign = false;

	while (text.len && strchr(" :=|-(~", text.ptr[text.len - 1])) {
		sign = sign || text.ptr[text.len - 1] != ' ';
		text.len--;
	}
	if (!sign) {
		struct pm_slice rest = strip(text, fillers);

		sign = rest.len < text.len;
		text = rest;
	}
	while (to_line && text.len &&
		(strchr("-+#|> .)", text.ptr[0]) || pm_is_digit(text.ptr[0])))
		text = pm_slice_from(text, 1);
	text = pm_slice_trim(text);
	if (sign)
		text = cut_aside(text, &aside);
	for (size_t i = 0; i < NLABELS; i++)
		if ((sign || labels[i].bare) &&
			is_label(&labels[i], text, to_line))
			return claim(labels[i].kind,
				!aside.len || is_measure(aside, labels[i].kind)
					? THE_WHOLE
					: A_PART);
	return claim(PM_CLAIM_NONE, NOTHING);
}

/* "The incident lasted ...", "an outage lasting ...", "... from 10:02 to 11:04
   UTC (62 minutes)". */
static struct pm_claim read_lasted(struct pm_slice before)
{
	struct pm_slice text = strip(before, fillers), rest, word;

	if (text.len && text.ptr[text.len - 1] == '(') {
		const char *from = memmem(text.ptr, text.len, " from ", 6);

		if (!from || (size_t)(text.ptr + text.len - from) > 60)
			return claim(PM_CLAIM_NONE, NOTHING);
		text.len = (size_t)(from - text.ptr);
		rest = text;
		word = pop(&rest);
		if (pm_slice_is(word, "was") || pm_slice_is(word, "ran") ||
			in_list(word, lasted))
			text = rest;
		return claim(PM_CLAIM_WHOLE, noun_at_end(text));
	}
	word = pop(&text);
	if (!in_list(word, lasted))
		return claim(PM_CLAIM_NONE, NOTHING);
	return claim(PM_CLAIM_WHOLE, noun_at_end(text));
}

/* Cuts the first word off text. */
static struct pm_slice shift(struct pm_slice *text)
{
	size_t end = 0;
	struct pm_slice word;

	*text = pm_slice_trim(*text);
	while (end < text->len && is_word(text->ptr[end]))
		end++;
	word = pm_slice_sub(*text, 0, end);
	*text = pm_slice_from(*text, end);
	return word;
}

/* True where a place or a group may follow: then it is of that part. */
static bool goes_on(struct pm_slice after)
{
	static const char *const places[] = {
		"of", "in", "on", "for", "at", NULL};

	return in_list(shift(&after), places);
}

/* True when nothing follows that could be of what the duration is, as "of our
   time" or "before the alert" is: at most another clause. */
static bool ends_clause(struct pm_slice after)
{
	static const char *const sums[] = {
		"altogether", "in all", "in total", "overall", NULL};
	static const char *const clauses[] = {"although", "and", "as",
		"because", "but", "due", "since", "so", "though", "which",
		"while", NULL};

	after = pm_slice_trim(after);
	for (size_t i = 0; sums[i]; i++)
		if (pm_slice_starts(after, sums[i]))
			after = pm_slice_trim(
				pm_slice_from(after, strlen(sums[i])));
	return !after.len || strchr(".,()", after.ptr[0]) ||
	       in_list(shift(&after), clauses);
}

/* "to resolve", "to fix completely": cut off, or as it was. */
static struct pm_slice cut_deed(struct pm_slice after)
{
	static const char *const deeds[] = {
		"to resolve", "to fix", "to mitigate", NULL};
	static const char *const whole[] = {
		"completely", "entirely", "fully", NULL};
	struct pm_slice rest;

	for (size_t i = 0; deeds[i]; i++) {
		if (!pm_slice_starts(after, deeds[i]))
			continue;
		after = pm_slice_from(after, strlen(deeds[i]));
		rest = after;
		return in_list(shift(&rest), whole) ? rest : after;
	}
	return after;
}

/* What "to detect the outage" is the time to. */
static struct pm_claim read_deed(struct pm_slice after)
{
	static const struct {
		const char *verb;
		enum pm_claim_kind kind;
	} deeds[] = {
		{"detect", PM_CLAIM_TTD},
		{"notice", PM_CLAIM_TTD},
		{"acknowledge", PM_CLAIM_TTA},
		{"mitigate", PM_CLAIM_TTM},
		{"fix", PM_CLAIM_TTR},
		{"resolve", PM_CLAIM_TTR},
		{"restore", PM_CLAIM_TTR},
	};
	/* They may be others': then it must not be longer than the whole. */
	static const char *const vague[] = {"it", "issue", "problem", NULL};
	enum subject subject = NOTHING;
	struct pm_slice word;

	if (!pm_slice_is(shift(&after), "to"))
		return claim(PM_CLAIM_NONE, NOTHING);
	word = shift(&after);
	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
		struct pm_slice object;

		if (!pm_slice_is(word, deeds[i].verb))
			continue;
		object = shift(&after);
		if (in_list(object, articles))
			object = shift(&after);
		if (pm_slice_is(word, "restore"))
			subject = pm_slice_is(object, "service") &&
						  ends_clause(after)
					  ? A_PART
					  : NOTHING;
		else if (in_list(object, nouns))
			subject = goes_on(after) ? A_PART : THE_WHOLE;
		else if (in_list(object, vague) && !goes_on(after))
			subject = A_PART;
		return claim(deeds[i].kind, subject);
	}
	return claim(PM_CLAIM_NONE, NOTHING);
}

/* "The incident took ...", "... from start to finish", "it took us ... to
   detect the outage". */
static struct pm_claim read_took(struct pm_slice before, struct pm_slice after)
{
	static const char *const all[] = {"from start to finish",
		"from start to end", "from beginning to end",
		"from start to resolution", "from end to end", NULL};
	struct pm_slice text = strip(before, fillers), rest = text;

	if (pm_slice_is(pop(&rest), "us"))
		text = rest;
	if (!pm_slice_is(pop(&text), "took"))
		return claim(PM_CLAIM_NONE, NOTHING);
	rest = text;
	if (!has_any(after, all) && pm_slice_is(pop(&rest), "it"))
		return read_deed(after);
	if (!has_any(after, all))
		return claim(PM_CLAIM_WHOLE, ends_clause(cut_deed(after))
						     ? noun_at_end(text)
						     : NOTHING);
	text = strip(text, (const char *const[]){"it", "all", "this", NULL});
	/* "It" may be another's: then it must not be longer than the whole. */
	return claim(PM_CLAIM_WHOLE, text.len ? noun_at_end(text) : A_PART);
}

/* "The downtime was ...", "the outage was ... long", "was down ...". */
static struct pm_claim read_was(struct pm_slice before, struct pm_slice after)
{
	static const char *const downs[] = {"down", "inaccessible", "offline",
		"unavailable", "unreachable", NULL};
	static const char *const verbs[] = {"was", "were", "went", NULL};
	struct pm_slice text = before, word = pop(&text), rest = after;

	if (in_list(word, downs) && in_list(pop(&text), verbs))
		return claim(
			PM_CLAIM_WHOLE, ends_clause(after) ? A_PART : NOTHING);
	if (!pm_slice_is(word, "was"))
		return claim(PM_CLAIM_NONE, NOTHING);
	if (pm_slice_is(shift(&rest), "long"))
		after = rest;
	else if (!pm_slice_ends(pm_slice_trim(text), "downtime"))
		return claim(PM_CLAIM_NONE, NOTHING);
	return claim(PM_CLAIM_WHOLE,
		ends_clause(after) ? noun_at_end(text) : NOTHING);
}

/* "an outage of ...", "a total downtime of ...". */
static struct pm_claim read_of(struct pm_slice before)
{
	struct pm_slice text = before;

	if (!pm_slice_is(pop(&text), "of"))
		return claim(PM_CLAIM_NONE, NOTHING);
	return claim(PM_CLAIM_WHOLE, noun_at_end(text));
}

/* "a 30 minute outage", "30min outage during ...", "2 hours of downtime". */
static struct pm_claim read_behind(
	struct pm_slice before, struct pm_slice after, bool to_line)
{
	size_t i = 0;
	struct pm_slice word, tail;

	while (i < after.len && (after.ptr[i] == '-' || after.ptr[i] == ' '))
		i++;
	tail = pm_slice_from(after, i);
	word = shift(&tail);
	if (pm_slice_is(word, "of"))
		return claim(PM_CLAIM_WHOLE,
			in_list(shift(&tail), nouns) ? A_PART : NOTHING);
	if (!in_list(word, nouns))
		return claim(PM_CLAIM_NONE, NOTHING);
	if (goes_on(tail))
		return claim(PM_CLAIM_WHOLE, A_PART);
	word = pop(&before);
	return claim(PM_CLAIM_WHOLE,
		in_list(word, articles) || (!word.len && to_line) ? THE_WHOLE
								  : A_PART);
}

/* True when a sentence has no subject, as an item of a list, or "it". */
static bool is_nobody(struct pm_slice text)
{
	struct pm_slice word = pop(&text);

	while (text.len && strchr(" -+#>|:", text.ptr[text.len - 1]))
		text.len--;
	return text.len == 0 && (!word.len || pm_slice_is(word, "it"));
}

/* "The incident was resolved within ...", "this outage was detected after".
   What "it" is, or stands nowhere, may be another's. */
static struct pm_claim read_done(struct pm_slice before, struct pm_slice after)
{
	struct pm_slice text = before, word = pop(&text);
	struct pm_claim out = {.kind = PM_CLAIM_NONE};
	enum pm_claim_kind kind;

	after = pm_slice_trim(after);
	if (!in_list(word, limits) || pm_slice_starts(after, "of ") ||
		pm_slice_starts(after, "after ") ||
		pm_slice_starts(after, "from "))
		return out;
	out.most = pm_slice_is(word, "within") || pm_slice_is(word, "under");
	word = pop(&text);
	kind = in_list(word, over)      ? PM_CLAIM_TTR
	       : in_list(word, noticed) ? PM_CLAIM_TTD
					: PM_CLAIM_NONE;
	text = strip(text, (const char *const[]){"was", "is", "been", "has",
				   "fully", "completely", "then", NULL});
	if (kind == PM_CLAIM_NONE)
		return out;
	if (noun_at_end(text) == THE_WHOLE)
		out.kind = kind;
	else if (is_nobody(text) ||
		 (kind == PM_CLAIM_TTR &&
			 pm_slice_is(pm_slice_trim(text), "service")))
		out = (struct pm_claim){
			.kind = kind, .part = true, .most = out.most};
	return out;
}

/* "was down for ...", "For 62 minutes customers could not ...". */
static struct pm_claim read_for(struct pm_slice before, struct pm_slice after)
{
	static const char sum[] = "a total of";
	struct pm_slice text = before;

	if (pm_slice_ends(text, sum))
		text.len -= sizeof sum - 1;
	if (!pm_slice_is(pop(&text), "for") ||
		(!has_any(text, failing) && !has_any(after, failing)))
		return claim(PM_CLAIM_NONE, NOTHING);
	return claim(PM_CLAIM_WHOLE, A_PART);
}

/* The sentence around a duration. */
struct sentence {
	struct side before, after;
};

static void read_sentence(struct pm_slice text, const struct pm_typed *typed,
	struct sentence *out)
{
	size_t start = sentence_start(text, typed->off, &out->before.to_line);
	size_t end = sentence_end(text, typed->end);

	fold(pm_slice_sub(text, start, typed->off - start), &out->before);
	fold(pm_slice_sub(text, typed->end, end - typed->end), &out->after);
}

static struct pm_claim guess(const struct sentence *sentence, bool clock)
{
	struct pm_slice before =
		pm_slice_make(sentence->before.text, sentence->before.len);
	struct pm_slice after =
		pm_slice_make(sentence->after.text, sentence->after.len);
	bool to_line = sentence->before.to_line;
	struct pm_claim out = read_label(before, to_line);

	out.label = out.kind != PM_CLAIM_NONE;
	if (out.label || clock)
		return out;
	out = read_lasted(before);
	if (out.kind == PM_CLAIM_NONE)
		out = read_took(before, after);
	if (out.kind == PM_CLAIM_NONE)
		out = read_was(before, after);
	if (out.kind == PM_CLAIM_NONE)
		out = read_of(before);
	if (out.kind == PM_CLAIM_NONE)
		out = read_behind(before, after, to_line);
	if (out.kind == PM_CLAIM_NONE)
		out = read_done(before, after);
	if (out.kind == PM_CLAIM_NONE)
		out = read_for(before, after);
	return out;
}

struct pm_claim pm_claim_guess(
	struct pm_slice text, const struct pm_typed *typed)
{
	struct sentence sentence;

	read_sentence(text, typed, &sentence);
	return guess(&sentence, typed->clock);
}

struct pm_claim pm_claim_read(
	struct pm_slice text, const struct pm_typed *typed)
{
	struct sentence sentence;
	struct pm_slice before, after;
	struct pm_claim out;

	read_sentence(text, typed, &sentence);
	before = pm_slice_make(sentence.before.text, sentence.before.len);
	after = pm_slice_make(sentence.after.text, sentence.after.len);
	out = guess(&sentence, typed->clock);
	if (out.kind == PM_CLAIM_NONE || has_any(before, others) ||
		has_any(after, others))
		return claim(PM_CLAIM_NONE, NOTHING);
	if (!out.label && (has_any(before, parts) || has_any(after, parts)))
		out.part = true;
	return out;
}
