/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the formats for build servers share. A fingerprint must be the same
 * tomorrow: it leaves out the line, and numbers that stand alone in a message,
 * since "3 days overdue" is the finding that said "2 days" yesterday.
 */
#include "report/finding.h"

#include <inttypes.h>

#include "base/ascii.h"
#include "base/utf8.h"

/* A line or a column: at least 1. */
static unsigned place_of(const struct pm_report *report,
	const struct pm_value *values, enum pm_role role)
{
	const struct pm_value *value = pm_report_value(report, values, role);

	if (!value || value->kind != PM_VALUE_INT || value->u.i < 1 ||
		value->u.i > INT32_MAX)
		return 1;
	return (unsigned)value->u.i;
}

const char *pm_rank_name(enum pm_rank rank)
{
	static const char *const names[PM_RANKS] = {
		[PM_RANK_ERROR] = "error",
		[PM_RANK_WARNING] = "warning",
		[PM_RANK_NOTE] = "note",
	};

	return names[rank];
}

static enum pm_rank rank_of(struct pm_slice level)
{
	if (pm_slice_is(level, "error"))
		return PM_RANK_ERROR;
	return pm_slice_is(level, "warning") ? PM_RANK_WARNING : PM_RANK_NOTE;
}

/* A byte column as a column in code points; beyond the text, as it is. */
static unsigned char_column(struct pm_slice source, unsigned col)
{
	size_t off = col - 1;

	if (off > source.len)
		return col;
	return (unsigned)pm_utf8_count(pm_slice_sub(source, 0, off)) + 1;
}

struct pm_seen pm_seen_read(
	const struct pm_report *report, const struct pm_value *values)
{
	struct pm_slice source = pm_report_text(report, values, PM_ROLE_SOURCE);
	struct pm_seen seen = {
		.path = pm_report_text(report, values, PM_ROLE_PATH),
		.rule = pm_report_text(report, values, PM_ROLE_RULE),
		.message = pm_report_text(report, values, PM_ROLE_MESSAGE),
		.hint = pm_report_text(report, values, PM_ROLE_HINT),
		.document = pm_report_text(report, values, PM_ROLE_ID),
		.rank = rank_of(pm_report_text(report, values, PM_ROLE_LEVEL)),
		.line = place_of(report, values, PM_ROLE_LINE),
		.col = place_of(report, values, PM_ROLE_COL),
		.end_line = place_of(report, values, PM_ROLE_END_LINE),
		.end_col = place_of(report, values, PM_ROLE_END_COL),
	};
	unsigned end = seen.end_col;

	if (seen.end_line < seen.line)
		seen.end_line = seen.line;
	if (seen.end_line == seen.line && seen.end_col < seen.col)
		seen.end_col = end = seen.col;
	if (seen.end_line > seen.line)
		end = (unsigned)source.len + 1;
	seen.char_col = char_column(source, seen.col);
	seen.char_end_col = char_column(source, end);
	if (seen.char_end_col < seen.char_col)
		seen.char_end_col = seen.char_col;
	return seen;
}

void pm_held_add(struct pm_held *held, const struct pm_seen *seen, size_t most)
{
	struct pm_arena *arena = &held->arena;
	struct pm_seen *copy;

	if (held->seen[seen->rank]++ >= most)
		return;
	copy = pm_vec_push(&held->ranks[seen->rank]);
	*copy = *seen;
	copy->path = pm_arena_slice(arena, seen->path);
	copy->rule = pm_arena_slice(arena, seen->rule);
	copy->message = pm_arena_slice(arena, seen->message);
	copy->hint = pm_arena_slice(arena, seen->hint);
	copy->document = pm_arena_slice(arena, seen->document);
	copy->fingerprint = pm_arena_slice(arena, seen->fingerprint);
}

size_t pm_held_total(const struct pm_held *held)
{
	size_t total = 0;

	for (size_t i = 0; i < PM_RANKS; i++)
		total += held->seen[i];
	return total;
}

void pm_held_release(struct pm_held *held)
{
	for (size_t i = 0; i < PM_RANKS; i++)
		pm_vec_release(&held->ranks[i]);
	pm_arena_release(&held->arena);
}

static size_t total_of(const struct pm_report *report, const char *name)
{
	for (size_t i = 0; i < report->ntotals; i++)
		if (strcmp(report->totals[i].name, name) == 0)
			return (size_t)report->totals[i].value;
	return 0;
}

size_t pm_held_back(const struct pm_report *report, size_t counts[PM_RANKS])
{
	size_t held = total_of(report, "not_shown");

	if (held) {
		counts[PM_RANK_ERROR] = total_of(report, "errors");
		counts[PM_RANK_WARNING] = total_of(report, "warnings");
	}
	return held;
}

void pm_add_counts(struct pm_buf *buf, const size_t counts[PM_RANKS])
{
	const char *comma = "";

	for (unsigned i = 0; i < PM_RANKS; i++) {
		if (counts[i] == 0)
			continue;
		pm_buf_addf(buf, "%s%zu %s%s", comma, counts[i],
			pm_rank_name(i), pm_plural(counts[i]));
		comma = ", ";
	}
	if (!*comma)
		pm_buf_adds(buf, "no findings");
}

/* FNV-1a: short, the same everywhere, and nobody's secret depends on it. */
static uint64_t mix(uint64_t hash, struct pm_slice text)
{
	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.ptr[i]) * 0x100000001b3u;
	/* An end, so that texts cannot trade bytes. */
	return (hash ^ 0xFF) * 0x100000001b3u;
}

/* The message with every number that stands between blanks as "#". */
static void add_settled(struct pm_buf *buf, struct pm_slice message)
{
	size_t i = 0;

	while (i < message.len) {
		size_t end = i;
		bool alone = i == 0 || message.ptr[i - 1] == ' ';

		while (end < message.len && pm_is_digit(message.ptr[end]))
			end++;
		if (alone && end > i &&
			(end == message.len || message.ptr[end] == ' '))
			pm_buf_addc(buf, '#');
		else
			pm_buf_add(buf, message.ptr + i, end > i ? end - i : 1);
		i = end > i ? end : i + 1;
	}
}

void pm_add_fingerprint(
	struct pm_buf *buf, struct pm_map *seen, const struct pm_seen *finding)
{
	struct pm_buf settled = PM_BUF_INIT;
	uint64_t hash = 0xcbf29ce484222325u;
	char hex[17];
	uintptr_t *times;

	add_settled(&settled, finding->message);
	hash = mix(hash, finding->rule);
	hash = mix(hash,
		finding->document.len ? finding->document : finding->path);
	hash = mix(hash, pm_buf_slice(&settled));
	pm_buf_release(&settled);
	snprintf(hex, sizeof hex, "%016" PRIx64, hash);
	times = pm_map_put(seen, pm_slice_str(hex), NULL);
	pm_buf_addf(buf, "%s:%u", hex, (unsigned)++*times);
}
