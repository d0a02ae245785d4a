/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading a baseline, and matching findings with it. Everything happens in
 * the parent, on findings as they leave the workers: their lines have the
 * document's secrets hidden, so a fingerprint is never made of one.
 */
#include "check/baseline.h"

#include "base/alloc.h"
#include "base/ascii.h"
#include "base/path.h"
#include "base/utf8.h"
#include "check/check.h"
#include "pm/term.h"

bool pm_rule_baselined(struct pm_slice rule)
{
	const struct pm_rule *entry = pm_rule_named(rule);

	return entry && !entry->told;
}

static bool blinds(const char *rule)
{
	const struct pm_rule *entry = pm_rule_named(pm_slice_str(rule));

	return entry && entry->blinds;
}

/* --- fingerprints -------------------------------------------------------- */

/* Where the next figures are from off on, and where these end. */
static size_t next_figures(struct pm_slice words, size_t off, size_t *end)
{
	while (off < words.len && !pm_is_digit(words.ptr[off]))
		off++;
	for (*end = off; *end < words.len; ++*end)
		if (!pm_is_digit(words.ptr[*end]))
			break;
	return off;
}

/* Widens figures to the "line 12" or the "12 days" that they are part of, which
   change by themselves; false for others. */
static bool is_passing(struct pm_slice words, size_t *from, size_t *end)
{
	struct pm_slice before = pm_slice_sub(words, 0, *from);
	size_t lead = strlen("line ");

	if (pm_slice_ends(before, "line ") &&
		(before.len == lead ||
			!pm_is_digit(before.ptr[before.len - lead - 1]))) {
		*from -= lead;
		return true;
	}
	if (!pm_slice_starts(pm_slice_from(words, *end), " day"))
		return false;
	*end += strlen(" day");
	*end += *end < words.len && words.ptr[*end] == 's';
	return true;
}

static void add_words(struct pm_buf *out, struct pm_slice words)
{
	size_t done = 0, end = 0, from;

	while ((from = next_figures(words, end, &end)) < words.len) {
		if (!is_passing(words, &from, &end))
			continue;
		pm_buf_add_slice(out, pm_slice_sub(words, done, from - done));
		done = end;
	}
	pm_buf_add_slice(out, pm_slice_from(words, done));
}

/*
 * What stands at the first line is about the document, whatever that line
 * says; where front matter comes to stand before it, it must stay the same.
 */
static bool is_about_all(const struct pm_finding *finding)
{
	struct pm_slice line = pm_slice_trim(finding->source);

	return finding->start.line <= 1 || pm_slice_is(line, "---") ||
	       pm_slice_is(line, "+++");
}

/* The fingerprint that goes by the place, if that is not the whole document; it
   is the beginning of hex. */
static struct pm_slice place_print(
	const struct pm_finding *finding, bool whole, char hex[PM_SHA256_HEX])
{
	struct pm_buf text = PM_BUF_INIT;

	pm_buf_reserve(&text, strlen(finding->rule) + finding->message.len +
				      finding->source.len + 2);
	pm_buf_adds(&text, finding->rule);
	pm_buf_addc(&text, '\0');
	add_words(&text, finding->message);
	pm_buf_addc(&text, '\0');
	if (!whole)
		pm_buf_add_slice(&text, pm_slice_trim(finding->source));
	pm_sha256_hex(pm_buf_slice(&text), hex);
	pm_buf_release(&text);
	return pm_slice_make(hex, PM_FINGERPRINT_LEN);
}

/* The fingerprint. Where a finding is about an action, it stays the same when
   the action goes from the body to front matter. */
struct pm_slice pm_baseline_print(
	const struct pm_finding *finding, char hex[PM_SHA256_HEX])
{
	struct pm_buf text = PM_BUF_INIT;

	if (!finding->about.len)
		return place_print(finding, is_about_all(finding), hex);
	pm_buf_reserve(&text, strlen(finding->rule) + finding->about.len + 32);
	pm_buf_adds(&text, finding->rule);
	pm_buf_adds(&text, " about an action");
	pm_buf_addc(&text, '\0');
	add_words(&text, finding->about);
	pm_sha256_hex(pm_buf_slice(&text), hex);
	pm_buf_release(&text);
	return pm_slice_make(hex, PM_FINGERPRINT_LEN);
}

/* --- lines --------------------------------------------------------------- */

static bool is_plain(unsigned char c)
{
	return c > 0x20 && c != 0x7f && c != '%';
}

/* A path without blanks and controls, with what would break a line as %20. */
static void add_path(struct pm_buf *out, struct pm_slice path)
{
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];

		/* They begin a comment, or a conflict of a merge. */
		bool begins = i == 0 && memchr("#<>|=", c, 5);

		if (is_plain(c) && !begins)
			pm_buf_addc(out, (char)c);
		else
			pm_buf_addf(out, "%%%02X", c);
	}
}

/* Decodes a path; one without a pointer when it cannot be one. */
static struct pm_slice read_path(struct pm_arena *arena, struct pm_slice word)
{
	char *path;
	size_t n = 0;

	if (pm_slice_find(word, 0, '%') < 0)
		return word;
	path = pm_arena_alloc(arena, word.len + 1, 1);
	for (size_t i = 0; i < word.len; i++, n++) {
		int high = -1, low = -1;

		path[n] = word.ptr[i];
		if (word.ptr[i] != '%')
			continue;
		if (i + 2 < word.len) {
			high = pm_hex_value(word.ptr[i + 1]);
			low = pm_hex_value(word.ptr[i + 2]);
		}
		if (high < 0 || low < 0 || high + low == 0)
			return pm_slice_make(NULL, 0);
		path[n] = (char)(high * 16 + low);
		i += 2;
	}
	return pm_slice_make(path, n);
}

/* Cuts the next word off *rest. */
static struct pm_slice next_word(struct pm_slice *rest)
{
	size_t from = 0;
	ptrdiff_t blank, tab;
	struct pm_slice word;

	while (from < rest->len &&
		(rest->ptr[from] == ' ' || rest->ptr[from] == '\t'))
		from++;
	word = *rest = pm_slice_from(*rest, from);
	blank = pm_slice_find(word, 0, ' ');
	if (blank >= 0)
		word.len = (size_t)blank;
	tab = pm_slice_find(word, 0, '\t');
	if (tab >= 0)
		word.len = (size_t)tab;
	*rest = pm_slice_from(*rest, word.len);
	return word;
}

static bool is_print(struct pm_slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (pm_hex_value(word.ptr[i]) < 0)
			return false;
	return word.len == PM_FINGERPRINT_LEN;
}

static bool is_conflict(struct pm_slice line)
{
	return pm_slice_starts(line, "<<<<<<< ") ||
	       pm_slice_starts(line, ">>>>>>> ") ||
	       pm_slice_starts(line, "||||||| ") ||
	       pm_slice_is(line, "=======");
}

const char *pm_baseline_read_line(struct pm_arena *arena, struct pm_slice text,
	struct pm_baseline_line *out)
{
	struct pm_slice rest = pm_slice_trim(text), word;
	const char *near;

	*out = (struct pm_baseline_line){.text = text};
	if (!rest.len || rest.ptr[0] == '#')
		return NULL;
	if (is_conflict(rest))
		return "a merge is not finished here (keep the lines of both "
		       "sides, take the markers out)";
	word = next_word(&rest);
	out->rule = next_word(&rest);
	out->print = next_word(&rest);
	rest = pm_slice_trim(rest);
	if (!is_print(out->print) || (rest.len && rest.ptr[0] != '#'))
		return "this is not 'PATH RULE FINGERPRINT # words' (take the "
		       "line out and accept the finding again: 'pm check "
		       "--accept')";
	if (!pm_rule_find(out->rule)) {
		near = pm_rule_nearest(out->rule);
		return pm_arena_printf(arena,
			near ? "no rule is called '%.*s' (did you mean '%s'?)"
			     : "no rule is called '%.*s'%s",
			PM_SLICE_ARG(out->rule), near ? near : "");
	}
	out->path = read_path(arena, word);
	return out->path.len ? NULL : "the path has a '%' without two digits";
}

void pm_baseline_add_line(struct pm_buf *out, const struct pm_finding *finding,
	const char *reason)
{
	char hex[PM_SHA256_HEX];

	add_path(out, finding->path);
	pm_buf_addf(out, " %s ", finding->rule);
	pm_buf_add_slice(out, pm_baseline_print(finding, hex));
	pm_buf_adds(out, " # ");
	pm_term_text(out, finding->message, false);
	if (reason) {
		pm_buf_adds(out, " (reason: ");
		pm_term_text(out, pm_slice_str(reason), false);
		pm_buf_addc(out, ')');
	}
	pm_buf_addc(out, '\n');
}

/* The order of lines about one document. */
static int by_rule(
	const struct pm_baseline_line *a, const struct pm_baseline_line *b)
{
	int order = pm_slice_cmp(a->rule, b->rule);

	return order ? order : pm_slice_cmp(a->print, b->print);
}

int pm_baseline_order(
	const struct pm_baseline_line *a, const struct pm_baseline_line *b)
{
	int order = pm_slice_cmp(a->path, b->path);

	return order ? order : by_rule(a, b);
}

/* --- a file -------------------------------------------------------------- */

static int by_order(const void *pa, const void *pb, void *lines)
{
	const struct pm_baseline_line *all = lines;
	size_t a = *(const size_t *)pa, b = *(const size_t *)pb;
	int order = pm_baseline_order(&all[a], &all[b]);

	if (order)
		return order;
	return a < b ? -1 : a > b;
}

static void sort(struct pm_baseline *baseline)
{
	struct pm_baseline_line *lines = baseline->lines.items;
	size_t n = 0, *sorted;
	bool in_order = true;

	sorted = pm_alloc(baseline->lines.len + 1, sizeof *sorted);
	for (size_t i = 0; i < baseline->lines.len; i++) {
		if (!lines[i].path.len)
			continue;
		sorted[n] = i;
		in_order = in_order &&
			   (!n || by_order(&sorted[n - 1], &i, lines) < 0);
		n++;
	}
	/* They are, unless somebody merged or edited the file. */
	if (!in_order)
		qsort_r(sorted, n, sizeof *sorted, by_order, lines);
	baseline->sorted = sorted;
	baseline->nsorted = n;
}

static struct pm_baseline *new_baseline(void)
{
	struct pm_baseline *baseline = pm_alloc(1, sizeof *baseline);

	*baseline = (struct pm_baseline){.text = PM_BUF_INIT,
		.arena = PM_ARENA_INIT,
		.moved = PM_MAP_INIT,
		.signs = PM_MAP_INIT,
		.path = PM_BUF_INIT};
	return baseline;
}

/* Reads the lines of the text that the baseline has. */
static int read_lines(struct pm_ctx *ctx, struct pm_baseline *baseline)
{
	struct pm_slice rest = pm_buf_slice(&baseline->text);

	/* Some editors put it before what they save. */
	if (pm_slice_starts(rest, "\xef\xbb\xbf"))
		rest = pm_slice_from(rest, 3);
	while (rest.len) {
		ptrdiff_t end = pm_slice_find(rest, 0, '\n');
		size_t n = end < 0 ? rest.len : (size_t)end + 1;
		const char *wrong = pm_baseline_read_line(&baseline->arena,
			pm_slice_sub(rest, 0, n),
			pm_vec_push(&baseline->lines));
		struct pm_pos pos = {(unsigned)baseline->lines.len, 1};

		if (wrong)
			return pm_fail_at(ctx, PM_EINVALID, PM_BASELINE_PATH,
				pos, "%s", wrong);
		rest = pm_slice_from(rest, n);
	}
	sort(baseline);
	return 0;
}

int pm_baseline_parse(
	struct pm_ctx *ctx, struct pm_slice text, struct pm_baseline **out)
{
	struct pm_baseline *baseline = new_baseline();
	int ret;

	pm_buf_add_slice(&baseline->text, text);
	ret = read_lines(ctx, baseline);
	if (ret == 0)
		*out = baseline;
	else
		pm_baseline_free(baseline);
	return ret;
}

struct pm_baseline_line *pm_baseline_entry(
	const struct pm_baseline *baseline, size_t i)
{
	return &baseline->lines.items[baseline->sorted[i]];
}

/* What a sparse checkout leaves out is not looked at, wherever it lies now. */
static void note_left_out(
	const struct pm_snapshot *snap, struct pm_baseline *baseline)
{
	struct pm_map ids = PM_MAP_INIT;

	pm_snapshot_left_out_ids(snap, &ids);
	for (size_t i = 0; ids.len && i < baseline->nsorted; i++) {
		struct pm_baseline_line *line = pm_baseline_entry(baseline, i);

		line->unread = pm_map_get(&ids, pm_path_id(line->path)) &&
			       pm_snapshot_known(snap, line->path) == SIZE_MAX;
	}
	pm_map_release(&ids);
}

int pm_baseline_load(
	struct pm_ctx *ctx, struct pm_snapshot *snap, struct pm_baseline **out)
{
	struct pm_baseline *baseline = new_baseline();
	int ret = pm_reader_new(ctx, snap, &baseline->reader);

	*out = NULL;
	if (ret == 0)
		ret = pm_reader_file(ctx, baseline->reader,
			pm_slice_str(PM_BASELINE_PATH), PM_BASELINE_MOST,
			&baseline->text);
	if (ret == 0)
		ret = read_lines(ctx, baseline);
	if (ret == 0) {
		baseline->snap = snap;
		note_left_out(snap, baseline);
		*out = baseline;
		return 0;
	}
	pm_baseline_free(baseline);
	if (ret != PM_ENOTFOUND)
		return ret;
	pm_ctx_clear(ctx);
	return 0;
}

void pm_baseline_free(struct pm_baseline *baseline)
{
	if (!baseline)
		return;
	pm_reader_free(baseline->reader);
	pm_vec_release(&baseline->lines);
	pm_arena_release(&baseline->arena);
	pm_map_release(&baseline->moved);
	pm_map_release(&baseline->signs);
	pm_vec_release(&baseline->gone);
	pm_buf_release(&baseline->text);
	pm_buf_release(&baseline->path);
	free(baseline->sorted);
	free(baseline);
}

/* --- matching ------------------------------------------------------------ */

/* The first entry from low on that is not before key in an order; high: all
   are. */
static size_t first_of(const struct pm_baseline *baseline, size_t low,
	size_t high, const struct pm_baseline_line *key,
	int (*order)(const struct pm_baseline_line *a,
		const struct pm_baseline_line *b))
{
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (order(pm_baseline_entry(baseline, mid), key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The entries of a path, which may be none. */
static struct pm_baseline_range find_entries(
	const struct pm_baseline *baseline, struct pm_slice path)
{
	struct pm_baseline_line key = {.path = path};
	size_t n = baseline->nsorted;
	size_t from = first_of(baseline, 0, n, &key, pm_baseline_order);
	size_t to = from;

	while (to < n &&
		pm_slice_eq(pm_baseline_entry(baseline, to)->path, path))
		to++;
	return (struct pm_baseline_range){from, to};
}

/* True for a path of the state; the list spares a look at the file. */
static bool is_there(
	struct pm_ctx *ctx, struct pm_baseline *baseline, struct pm_slice path)
{
	return pm_snapshot_known(baseline->snap, path) != SIZE_MAX ||
	       pm_reader_exists(ctx, baseline->reader, path) != 0;
}

/* The place of an id, whatever the case of its letters, or NULL. */
static uintptr_t *moved_slot(
	struct pm_baseline *baseline, struct pm_slice id, bool add)
{
	struct pm_buf key = PM_BUF_INIT;
	uintptr_t *slot;

	pm_utf8_fold(&key, id);
	slot = add ? pm_map_put(&baseline->moved, pm_buf_slice(&key), NULL)
		   : pm_map_get(&baseline->moved, pm_buf_slice(&key));
	pm_buf_release(&key);
	return slot;
}

/* Marks those of which a document that is there has the id. */
static void mark_moved(struct pm_baseline *baseline)
{
	for (size_t i = 0; i < pm_snapshot_count(baseline->snap); i++) {
		const uintptr_t *slot = moved_slot(baseline,
			pm_snapshot_doc(baseline->snap, i)->id, false);
		struct pm_baseline_gone *gone;

		for (size_t n = slot ? *slot : 0; n; n = gone->next) {
			gone = &baseline->gone.items[n - 1];
			gone->moved = true;
		}
	}
}

static void mark_unread(
	struct pm_baseline *baseline, struct pm_baseline_range range)
{
	for (size_t i = range.from; i < range.to; i++)
		pm_baseline_entry(baseline, i)->unread = true;
}

/* True for a document that is there and that nobody could list, such as one in
   a directory that may not be read. */
static bool is_unlisted(const struct pm_snapshot *snap, struct pm_slice path)
{
	return pm_snapshot_listed(snap) &&
	       pm_snapshot_known(snap, path) == SIZE_MAX &&
	       pm_policy_is_document(pm_snapshot_policy(snap), path);
}

/* Notes, by id, the documents of the file that are not there any more. */
static void find_moved(struct pm_ctx *ctx, struct pm_baseline *baseline)
{
	struct pm_baseline_range range;

	baseline->knows_moved = true;
	for (size_t i = 0; i < baseline->nsorted; i = range.to) {
		struct pm_slice path = pm_baseline_entry(baseline, i)->path;
		struct pm_baseline_gone *gone;
		uintptr_t *slot;

		range = find_entries(baseline, path);
		if (is_there(ctx, baseline, path)) {
			if (is_unlisted(baseline->snap, path))
				mark_unread(baseline, range);
			continue;
		}
		gone = pm_vec_push(&baseline->gone);
		slot = moved_slot(baseline, pm_path_id(path), true);
		*gone = (struct pm_baseline_gone){
			.range = range, .next = *slot};
		*slot = baseline->gone.len;
	}
	if (baseline->gone.len) {
		mark_moved(baseline);
		pm_baseline_note_signs(baseline);
	}
	pm_ctx_clear(ctx);
}

/* Number + 1 of the first document with this id that is gone; 0: none is. */
static size_t first_gone(
	struct pm_ctx *ctx, struct pm_baseline *baseline, struct pm_slice id)
{
	const uintptr_t *slot;

	if (!baseline->reader)
		return 0;
	if (!baseline->knows_moved)
		find_moved(ctx, baseline);
	if (!baseline->gone.len)
		return 0;
	slot = moved_slot(baseline, id, false);
	return slot ? *slot : 0;
}

/* The first line of the range that nothing took yet, or NULL. */
static struct pm_baseline_line *first_left(struct pm_baseline *baseline,
	struct pm_baseline_range range, const struct pm_baseline_line *key)
{
	for (size_t i = first_of(baseline, range.from, range.to, key, by_rule);
		i < range.to; i++) {
		struct pm_baseline_line *line = pm_baseline_entry(baseline, i);

		if (by_rule(line, key) != 0)
			break;
		if (!line->used && !line->met)
			return line;
	}
	return NULL;
}

struct pm_baseline_line *pm_baseline_find(struct pm_baseline *baseline,
	struct pm_baseline_range range, const struct pm_finding *finding)
{
	struct pm_baseline_line key = {.rule = pm_slice_str(finding->rule)};
	struct pm_baseline_line *line;
	char hex[PM_SHA256_HEX];

	if (range.from == range.to || !pm_rule_baselined(key.rule))
		return NULL;
	key.print = pm_baseline_print(finding, hex);
	line = first_left(baseline, range, &key);
	/* Lines of before fingerprints knew actions go by the place; and what
	   was said of the document, while it had no such field, is now said of
	   the field. */
	if (line || (!finding->about.len && !finding->in_front))
		return line;
	key.print = place_print(
		finding, !finding->about.len || is_about_all(finding), hex);
	return first_left(baseline, range, &key);
}

/* True when a line of the range has the finding, which uses it up. */
static bool has_line(struct pm_baseline *baseline,
	struct pm_baseline_range range, const struct pm_finding *finding)
{
	struct pm_baseline_line *line =
		pm_baseline_find(baseline, range, finding);

	return line && (line->used = true);
}

/* Finds what the baseline has of another document than the last one. */
static void look_up(
	struct pm_baseline *baseline, const struct pm_finding *finding)
{
	if (pm_slice_eq(pm_buf_slice(&baseline->path), finding->path))
		return;
	pm_buf_reset(&baseline->path);
	pm_buf_add_slice(&baseline->path, finding->path);
	baseline->own = find_entries(baseline, finding->path);
	baseline->knows_renamed = false;
	baseline->renamed = 0;
}

/* True when the document had the finding under another name. */
static bool had_renamed(
	struct pm_baseline *baseline, const struct pm_finding *finding)
{
	struct pm_baseline_gone *gone;

	if (!baseline->knows_renamed)
		baseline->renamed = pm_baseline_renamed(baseline, finding);
	baseline->knows_renamed = true;
	if (!baseline->renamed)
		return false;
	gone = &baseline->gone.items[baseline->renamed - 1];
	gone->moved = true;
	return has_line(baseline, gone->range, finding);
}

bool pm_baseline_holds(struct pm_ctx *ctx, struct pm_baseline *baseline,
	const struct pm_finding *finding)
{
	const struct pm_baseline_gone *gone;
	size_t first;

	if (!baseline->nsorted)
		return false;
	look_up(baseline, finding);
	if (has_line(baseline, baseline->own, finding))
		return true;
	/* It may have moved here, be it with some lines of its own since. */
	first = first_gone(ctx, baseline, finding->document);
	for (size_t i = first; i; i = gone->next) {
		gone = &baseline->gone.items[i - 1];
		if (has_line(baseline, gone->range, finding))
			return true;
	}
	if (had_renamed(baseline, finding))
		return true;
	if (!blinds(finding->rule))
		return false;
	/* What it hides comes back with the next edit. */
	mark_unread(baseline, baseline->own);
	for (size_t i = first; i; i = gone->next) {
		gone = &baseline->gone.items[i - 1];
		mark_unread(baseline, gone->range);
	}
	return false;
}

bool pm_baseline_line_gone(const struct pm_baseline_line *line)
{
	return line->path.len && !line->used && !line->unread;
}

static size_t count_gone(const struct pm_baseline *baseline)
{
	size_t n = 0;

	for (size_t i = 0; i < baseline->nsorted; i++)
		n += pm_baseline_line_gone(pm_baseline_entry(baseline, i));
	return n;
}

size_t pm_baseline_unused(
	struct pm_ctx *ctx, struct pm_baseline *baseline, size_t *lost)
{
	if (baseline->reader && !baseline->knows_moved && count_gone(baseline))
		find_moved(ctx, baseline);
	if (lost)
		*lost = 0;
	for (size_t i = 0; lost && i < baseline->gone.len; i++) {
		const struct pm_baseline_gone *gone = &baseline->gone.items[i];

		for (size_t k = gone->range.from; k < gone->range.to; k++)
			*lost += !gone->moved &&
				 pm_baseline_line_gone(
					 pm_baseline_entry(baseline, k));
	}
	return count_gone(baseline);
}
