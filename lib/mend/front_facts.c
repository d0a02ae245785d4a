/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fields of front matter from what the first lines of a body state about the
 * whole incident. Only what can be read one way is taken: a severity of the
 * policy, people by their handles, a moment with day, clock and zone, where
 * the day may stand on a line of its own if the start shows that it is meant.
 */
#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/map.h"
#include "mend/convert.h"

/* What the body says once; twice is a contradiction, or two incidents. */
struct facts {
	const struct pm_doc *doc;
	enum pm_date_order order; /* see pm_doc_order */
	struct pm_fact_line line[PM_FACT_COUNT];
	unsigned count[PM_FACT_COUNT];
	struct pm_buf people; /* a line of YAML each */
	struct pm_map known;  /* their keys */
	struct pm_time last;  /* of the moments taken so far */
	bool has_last;
	bool is_start_of_day; /* of day, with a clock: clocks may lean on it */
	char day[sizeof "2026-11-22"]; /* of the incident; "": not stated */
};

/* A bare word may be half of a name. */
static bool is_handle(struct pm_slice text)
{
	return pm_doc_names_person(text) && pm_person_valid(text) &&
	       memchr(text.ptr, '@', text.len);
}

/* The next of "@ana, @bo & @cy"; empty at the end. */
static struct pm_slice next_person(struct pm_slice *rest)
{
	size_t at = 0, end;

	while (at < rest->len && memchr(" ,;&", rest->ptr[at], 4))
		at++;
	end = at;
	while (end < rest->len && !memchr(" ,;&", rest->ptr[end], 4))
		end++;
	*rest = pm_slice_from(*rest, at);
	end -= at;
	*rest = pm_slice_from(*rest, end);
	return pm_slice_make(rest->ptr - end, end);
}

/* "@ana." at the end of a sentence is @ana. */
static struct pm_slice cut_stop(struct pm_slice person)
{
	if (pm_slice_ends(person, "."))
		person.len--;
	return person;
}

static void take_person(struct facts *facts, struct pm_slice person)
{
	struct pm_buf text = PM_BUF_INIT;
	bool added;

	pm_person_key(&text, person);
	pm_map_put(&facts->known, pm_buf_slice(&text), &added);
	if (added) {
		pm_buf_reset(&text);
		pm_person_print(&text, person);
		pm_buf_adds(&facts->people, "  - ");
		pm_yaml_scalar(&facts->people, pm_buf_slice(&text));
		pm_buf_addc(&facts->people, '\n');
	}
	pm_buf_release(&text);
}

/* All the people of a line, or none: half of them would be a new statement. */
static void take_people(struct facts *facts, struct pm_slice value)
{
	struct pm_slice rest = value, person;

	while ((person = next_person(&rest)).len)
		if (!is_handle(cut_stop(person)))
			return;
	for (rest = value; (person = next_person(&rest)).len;)
		take_person(facts, cut_stop(person));
}

static void find(struct facts *facts)
{
	struct pm_fact_line fact;
	unsigned line = 0;

	while (pm_doc_next_fact(facts->doc, &line, &fact)) {
		facts->line[fact.fact] = fact;
		facts->count[fact.fact]++;
		if (fact.fact == PM_FACT_PARTICIPANTS)
			take_people(facts, fact.value);
	}
}

/* True when text names a severity other than the given one. */
static bool names_another(struct pm_slice text, const struct pm_policy *policy,
	const struct pm_severity *given)
{
	const struct pm_severity *found;
	size_t end;

	for (; text.len; text = pm_slice_from(text, end + (end < text.len))) {
		end = 0;
		while (end < text.len &&
			!memchr(" ()[]/|,;:.>-", text.ptr[end], 13))
			end++;
		found = pm_policy_severity(policy, pm_slice_sub(text, 0, end));
		if (found && found != given)
			return true;
	}
	return false;
}

/* True for "SEV-2" and "P1": "S3", "high" and the like are words of titles. */
static bool is_grade(struct pm_slice word)
{
	size_t at = 1;

	if (word.len > 3 && pm_slice_is_nocase(pm_slice_sub(word, 0, 3), "sev"))
		at = word.ptr[3] == '-' ? 4 : 3;
	else if (!word.len || word.ptr[0] != 'P')
		return false;
	return word.len == at + 1 && pm_is_digit(word.ptr[at]);
}

/*
 * "[P1] Mail is down", "SEV-2: mail is late", "Mail is late (SEV2)": a severity
 * that signs set off from the words of a title. Two of them are none for sure.
 */
static struct pm_slice title_severity(
	struct pm_slice title, const struct pm_policy *policy)
{
	static const char signs[] = "()[]:,|";
	struct pm_slice found = {NULL, 0};
	size_t end;

	for (size_t i = 0; i < title.len; i = end + 1) {
		struct pm_slice part;

		end = i;
		while (end < title.len && !memchr(signs, title.ptr[end], 7))
			end++;
		part = pm_slice_trim(pm_slice_sub(title, i, end - i));
		if (!is_grade(part) || part.len == title.len ||
			!pm_policy_severity(policy, part))
			continue;
		if (found.len && !pm_slice_eq(found, part))
			return (struct pm_slice){NULL, 0};
		found = part;
	}
	return found;
}

/* "P1 (critical)" and "SEV2 - major" as the policy knows them; of "SEV1, then
   SEV2" none is the incident's for sure. */
static void add_severity(const struct facts *facts,
	const struct pm_policy *policy, struct pm_front_draft *out)
{
	struct pm_slice value =
		pm_doc_severity_word(facts->line[PM_FACT_SEVERITY].value);
	size_t end = 0;

	if (facts->doc->severity.key.len)
		return;
	if (!facts->count[PM_FACT_SEVERITY]) {
		value = title_severity(facts->doc->name, policy);
		if (value.len)
			pm_front_add(out, "severity", value);
		return;
	}
	if (facts->count[PM_FACT_SEVERITY] != 1)
		return;
	while (end < value.len && value.ptr[end] != ' ')
		end++;
	if (!pm_policy_severity(policy, value))
		value.len = end;
	if (pm_policy_severity(policy, value) &&
		!names_another(facts->line[PM_FACT_SEVERITY].value, policy,
			pm_policy_severity(policy, value)))
		pm_front_add(out, "severity", value);
}

static void add_owner(const struct facts *facts, struct pm_front_draft *out)
{
	struct pm_slice value = cut_stop(facts->line[PM_FACT_OWNER].value);
	struct pm_buf text = PM_BUF_INIT;

	if (facts->doc->owner.key.len || facts->count[PM_FACT_OWNER] != 1 ||
		!is_handle(value))
		return;
	pm_person_print(&text, value);
	pm_front_add(out, "owner", pm_buf_slice(&text));
	pm_buf_release(&text);
}

static void add_people(const struct facts *facts, struct pm_front_draft *out)
{
	if (facts->doc->nparticipants || !facts->people.len)
		return;
	pm_buf_adds(&out->fields, "participants:\n");
	pm_buf_add_slice(&out->fields, pm_buf_slice(&facts->people));
	pm_front_add_word(out, "participants");
}

/* Appends the day that a text gives. */
static void put_day(
	const struct facts *facts, struct pm_slice text, struct pm_buf *out)
{
	struct pm_date day;

	if (pm_doc_find_day(text, facts->order, &day))
		pm_buf_addf(
			out, "%04d-%02u-%02u", day.year, day.month, day.day);
}

/* The day the title or else the name gives, "2026-11-22-disk.md"; or "". */
static void day_of_name(const struct facts *facts, struct pm_buf *out)
{
	pm_buf_reset(out);
	put_day(facts, facts->doc->heading, out);
	if (!out->len)
		put_day(facts, facts->doc->id, out);
}

/* True when title and name give two days: one of them may be when it was
   written, and which one neither says. */
static bool names_two_days(const struct facts *facts, const struct pm_buf *day)
{
	struct pm_buf id = PM_BUF_INIT;
	bool two;

	put_day(facts, facts->doc->id, &id);
	two = id.len && !pm_slice_eq(pm_buf_slice(&id), pm_buf_slice(day));
	pm_buf_release(&id);
	return two;
}

/* The day the timeline begins on, in the zone it is written in; "" where that
   is not certain. */
static void day_of_timeline(const struct pm_doc *doc, struct pm_buf *out)
{
	pm_buf_reset(out);
	if (doc->timeline.nentries && !doc->timeline.entries[0].problem)
		pm_time_print(
			out, &doc->timeline.entries[0].time, PM_TIME_RFC3339);
	if (out->len > strlen("2026-11-22"))
		pm_buf_splice(out, strlen("2026-11-22"),
			out->len - strlen("2026-11-22"), pm_slice_make("", 0));
}

/* True when the first entry says its day itself. */
static bool begins_with_day(const struct facts *facts)
{
	const struct pm_doc *doc = facts->doc;
	struct pm_date day;

	return doc->timeline.nentries &&
	       pm_doc_find_day(pm_doc_line(doc, doc->timeline.entries[0].line),
		       facts->order, &day);
}

/* The day the one line says that states it, "" when it cannot be read; false
   when more say, or none. */
static bool day_of_line(
	const struct facts *facts, enum pm_fact fact, struct pm_buf *out)
{
	pm_buf_reset(out);
	if (facts->count[fact] == 1 &&
		!pm_doc_iso_date(facts->line[fact].value, facts->order, out))
		pm_buf_reset(out);
	return facts->count[fact] == 1;
}

/* True when the value holds the day: "2026-11-22, in the morning". */
static bool holds_day(
	const struct facts *facts, struct pm_slice value, struct pm_slice day)
{
	struct pm_date date;
	struct pm_buf text = PM_BUF_INIT;
	bool same = false;

	if (pm_doc_find_day(value, facts->order, &date)) {
		pm_buf_addf(&text, "%04d-%02u-%02u", date.year, date.month,
			date.day);
		same = pm_slice_eq(pm_buf_slice(&text), day);
	}
	pm_buf_release(&text);
	return same;
}

/* True when the line, if there is one, says the day of the name as well. */
static bool name_holds(
	const struct facts *facts, enum pm_fact fact, const struct pm_buf *name)
{
	return !facts->count[fact] ||
	       (facts->count[fact] == 1 &&
		       holds_day(facts, facts->line[fact].value,
			       pm_buf_slice(name)));
}

/* The day of the incident. "Incident date:" says so; a bare "Date:" may be that
   of the document, and a day in its name, too: two of them, or one of them and
   the timeline, must say the same. A name says nothing against a line. */
static void find_day(struct facts *facts)
{
	struct pm_buf day = PM_BUF_INIT, name = PM_BUF_INIT,
		      begin = PM_BUF_INIT;
	enum pm_fact fact =
		facts->count[PM_FACT_DAY] ? PM_FACT_DAY : PM_FACT_DATE;
	bool stated = day_of_line(facts, fact, &day) && day.len;
	bool certain = stated && fact == PM_FACT_DAY;

	day_of_name(facts, &name);
	day_of_timeline(facts->doc, &begin);
	if (!day.len && name_holds(facts, fact, &name)) {
		pm_buf_add_slice(&day, pm_buf_slice(&name));
		pm_buf_reset(&name);
	}
	/* Clocks alone take their day from the line, or from the title, and say
	   nothing for it where the name has another. */
	if ((name.len || (!stated && names_two_days(facts, &day))) &&
		!begins_with_day(facts))
		pm_buf_reset(&begin);
	if (day.len && day.len < sizeof facts->day &&
		(certain ||
			pm_slice_eq(pm_buf_slice(&day), pm_buf_slice(&name)) ||
			pm_slice_eq(pm_buf_slice(&day), pm_buf_slice(&begin))))
		memcpy(facts->day, day.ptr, day.len + 1);
	pm_buf_release(&day);
	pm_buf_release(&name);
	pm_buf_release(&begin);
}

/* A moment in the form pm reads, from its line and those it leans on; *leans
   tells whether its day is from another line. */
static bool read_moment(const struct facts *facts, enum pm_fact fact,
	struct pm_buf *out, bool *leans)
{
	const struct pm_fact_line *line = &facts->line[fact];
	struct pm_buf text = PM_BUF_INIT;
	bool read = false;

	/* As written, with the zone of its key, and with the day before it. */
	for (int lean = 0; lean < 4 && !read; lean++) {
		bool day = lean & 2, zone = lean & 1;

		if ((zone && !line->zone.len) || (day && !facts->day[0]))
			continue;
		pm_buf_reset(&text);
		pm_buf_addf(&text, "%s%s%.*s%s%.*s", day ? facts->day : "",
			day ? " " : "", PM_SLICE_ARG(line->value),
			zone ? " " : "", zone ? (int)line->zone.len : 0,
			line->zone.ptr);
		pm_buf_reset(out);
		read = pm_doc_iso_time(pm_buf_slice(&text), facts->order, out);
		*leans = day;
	}
	pm_buf_release(&text);
	return read;
}

static void take_start(
	struct facts *facts, const struct pm_time *time, struct pm_slice text)
{
	if (pm_slice_starts(text, "~"))
		text = pm_slice_from(text, 1);
	facts->last = *time;
	facts->has_last = true;
	facts->is_start_of_day = facts->day[0] &&
				 time->precision >= PM_PRECISION_MINUTE &&
				 pm_slice_starts(text, facts->day);
}

/* False for a clock behind which a midnight may lie: the day it leans on is
   then not its own. A moment that is stated in full is none of ours to doubt,
   and pm check tells where it comes before another. */
static bool fits(struct facts *facts, enum pm_fact fact, struct pm_slice text,
	bool leans)
{
	struct pm_time time;
	const char *why;

	if (pm_time_parse(text, &time, &why) < 0)
		return false;
	if (fact == PM_FACT_STARTED) {
		take_start(facts, &time, text);
		return true;
	}
	if (leans && (!facts->is_start_of_day || time.sec < facts->last.sec))
		return false;
	if (!facts->has_last || time.sec > facts->last.sec)
		facts->last = time;
	facts->has_last = true;
	return true;
}

static void add_times(struct facts *facts, struct pm_front_draft *out)
{
	struct pm_buf time = PM_BUF_INIT;
	bool any = false;

	for (int i = 0; i < PM_MOMENT_COUNT; i++) {
		enum pm_fact fact = (enum pm_fact)(PM_FACT_STARTED + i);
		bool leans = false;
		bool stated = facts->count[fact] == 1 &&
			      read_moment(facts, fact, &time, &leans);

		if (fact == PM_FACT_STARTED && !facts->count[fact] &&
			facts->day[0]) {
			pm_buf_reset(&time);
			pm_buf_adds(&time, facts->day);
			stated = true;
		}
		if (!stated || !fits(facts, fact, pm_buf_slice(&time), leans))
			continue;
		pm_buf_addf(&out->fields, "%s  %s: %s\n", any ? "" : "times:\n",
			pm_moment_names[i], time.ptr);
		any = true;
		pm_front_add_word(out, pm_moment_names[i]);
	}
	pm_buf_release(&time);
}

void pm_front_add_facts(const struct pm_doc *doc,
	const struct pm_policy *policy, bool times, struct pm_front_draft *out)
{
	struct facts facts = {.doc = doc,
		.order = pm_doc_order(doc),
		.people = PM_BUF_INIT,
		.known = PM_MAP_INIT};

	find(&facts);
	find_day(&facts);
	add_severity(&facts, policy, out);
	add_owner(&facts, out);
	add_people(&facts, out);
	if (times && !doc->times_key.len)
		add_times(&facts, out);
	pm_buf_release(&facts.people);
	pm_map_release(&facts.known);
}
