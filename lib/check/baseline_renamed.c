/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A document under another name. The baseline knows neither its bytes nor its
 * title, so what was accepted of it has to tell: an action or a line of it
 * that one alone of the documents that are gone had, or the day in its name;
 * and then half of what the one had must be there. What several share says
 * nothing, and a wrong yes would hide what is new.
 */
#include "base/ascii.h"
#include "base/path.h"
#include "check/baseline.h"
#include "check/private.h"

/* In the place of a number: several documents that are gone have this sign. */
#define SEVERAL UINTPTR_MAX

/* Documents that are looked at for one that may be any of them. */
#define TRIED 4

/* A shorter line, "- TBD", is nobody's own. */
#define OWN_LINE 16

/* "2024-01-01" at the beginning of a name; empty: there is none. */
static struct pm_slice day_of(struct pm_slice name)
{
	static const char form[] = "0000-00-00";
	size_t n = 0;

	while (n < name.len && form[n] &&
		(form[n] == '-' ? name.ptr[n] == '-'
				: pm_is_digit(name.ptr[n])))
		n++;
	return pm_slice_sub(name, 0, form[n] ? 0 : n);
}

static void note_sign(
	struct pm_baseline *baseline, struct pm_slice sign, size_t number)
{
	uintptr_t *value;
	bool added;

	if (!sign.len)
		return;
	value = pm_map_put(&baseline->signs, sign, &added);
	if (!added && *value != number)
		number = SEVERAL;
	*value = number;
}

void pm_baseline_note_signs(struct pm_baseline *baseline)
{
	for (size_t i = 0; i < baseline->gone.len; i++) {
		const struct pm_baseline_gone *gone = &baseline->gone.items[i];
		size_t from = gone->range.from;
		struct pm_slice path = pm_baseline_entry(baseline, from)->path;

		if (gone->moved)
			continue;
		note_sign(baseline, day_of(pm_path_id(path)), i + 1);
		for (; from < gone->range.to; from++)
			note_sign(baseline,
				pm_baseline_entry(baseline, from)->print,
				i + 1);
	}
}

/* True for what hardly another document says: front matter, headings and
   comments are those of a template. */
static bool is_own(const struct pm_finding *finding)
{
	struct pm_slice line = pm_slice_trim(finding->source);

	return finding->about.len ||
	       (!finding->in_front && finding->start.line > 1 &&
		       line.len >= OWN_LINE && !memchr("#<|", line.ptr[0], 3));
}

/* Number + 1 of the only one that is gone and has this sign; 0: none. */
static size_t with_sign(
	const struct pm_baseline *baseline, struct pm_slice sign)
{
	const uintptr_t *value =
		sign.len ? pm_map_get(&baseline->signs, sign) : NULL;

	return value && *value != SEVERAL ? *value : 0;
}

/* True when half of these lines are of the findings and, where the sign is
   weak, half of the findings of these lines, those aside that lines of their
   own hold: converting a document brings many. */
static bool is_alike(struct pm_baseline *baseline,
	struct pm_baseline_range range, const struct pm_finding *of, bool weak)
{
	struct pm_record record = baseline->said;
	struct pm_finding finding = *of;
	size_t n = baseline->nsaid, all = 0, both = 0, lines = 0;

	for (size_t i = range.from; i < range.to; i++)
		lines += !pm_baseline_entry(baseline, i)->used;
	while (n-- && pm_findings_get(&record, &finding)) {
		struct pm_baseline_line *line;

		if (!pm_rule_baselined(pm_slice_str(finding.rule)))
			continue;
		all++;
		line = pm_baseline_find(baseline, range, &finding);
		if (line)
			both += line->met = true;
	}
	for (size_t i = range.from; i < range.to; i++)
		pm_baseline_entry(baseline, i)->met = false;
	if (!both || both * 2 < lines)
		return false;
	return !weak ||
	       both * 2 + (baseline->own.to - baseline->own.from) >= all;
}

size_t pm_baseline_renamed(
	struct pm_baseline *baseline, const struct pm_finding *of)
{
	struct pm_record record = baseline->said;
	struct pm_finding finding = *of;
	size_t n = baseline->nsaid, tried = 0, last = 0, number;
	char hex[PM_SHA256_HEX];

	if (!baseline->signs.len)
		return 0;
	finding.source = pm_slice_make("", 0);
	while (n-- && tried < TRIED && pm_findings_get(&record, &finding)) {
		number = is_own(&finding)
				 ? with_sign(baseline,
					   pm_baseline_print(&finding, hex))
				 : 0;
		if (!number || number == last)
			continue;
		last = number;
		tried++;
		if (is_alike(baseline, baseline->gone.items[number - 1].range,
			    of, false))
			return number;
	}
	number = with_sign(baseline, day_of(of->document));
	return number && is_alike(baseline,
				 baseline->gone.items[number - 1].range, of,
				 true)
		       ? number
		       : 0;
}
