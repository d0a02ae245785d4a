/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A document becomes one flat record: typed fields, durations, counts, the
 * text of each column, the actions. Runs in a worker process; insert.c reads
 * the record in the same order. Nothing here depends on the path, because a
 * blob is indexed once however many paths show it.
 */
#include "index/private.h"

/* Flags of a moment, beside its precision. */
#define PRECISION   7
#define APPROXIMATE 8
#define HAS_OFFSET  16

struct columns {
	struct pm_buf text[PM_TEXT_COLUMNS];
};

static void add_piece(void *data, const struct pm_piece *piece)
{
	struct columns *columns = data;
	struct pm_buf *text = &columns->text[piece->column];

	if (text->len)
		pm_buf_addc(text, '\n');
	pm_buf_add_slice(text, piece->text);
}

static void put_columns(const struct pm_doc *doc, struct pm_buf *out)
{
	struct columns columns;

	for (int i = 0; i < PM_TEXT_COLUMNS; i++)
		columns.text[i] = (struct pm_buf)PM_BUF_INIT;
	pm_pieces(doc, add_piece, &columns);
	for (int i = 0; i < PM_TEXT_COLUMNS; i++) {
		pm_record_put_str(out, pm_buf_slice(&columns.text[i]));
		pm_buf_release(&columns.text[i]);
	}
}

/* A list as one string with separators between its values. */
static void put_list(struct pm_buf *out, const struct pm_field_list *list)
{
	struct pm_buf text = PM_BUF_INIT;

	for (size_t i = 0; i < list->len; i++) {
		struct pm_slice value = list->items[i].text;

		if (i)
			pm_buf_addc(&text, PM_INDEX_SEP);
		for (size_t j = 0; j < value.len; j++)
			pm_buf_addc(&text, value.ptr[j] == PM_INDEX_SEP
						   ? ' '
						   : value.ptr[j]);
	}
	pm_record_put_str(out, pm_buf_slice(&text));
	pm_buf_release(&text);
}

/* A quarter of the bytes that the text would take. */
static void put_times(struct pm_buf *out, const struct pm_doc *doc)
{
	struct pm_buf times = PM_BUF_INIT;
	int64_t last = 0;

	for (int i = 0; i < PM_MOMENT_COUNT; i++) {
		const struct pm_time *time = &doc->times[i].time;
		bool known = doc->times[i].valid && time->precision;

		pm_record_put_int(&times,
			known ? (int64_t)time->precision |
					(time->approximate ? APPROXIMATE : 0) |
					(time->has_offset ? HAS_OFFSET : 0)
			      : 0);
		if (!known)
			continue;
		pm_record_put_int(&times, time->sec - last);
		pm_record_put_int(&times, time->offset_min);
		last = time->sec;
	}
	pm_record_put_str(out, pm_buf_slice(&times));
	pm_buf_release(&times);
}

/* Seconds of the first and the last day that can be written. */
#define FIRST_SEC (-62135596800)
#define LAST_SEC  253402300799

/* True when what stands in an index could have come from a document: the file
   may be anybody's. */
static bool is_sane(const struct pm_time *time, int64_t step, int64_t offset)
{
	return time->precision <= PM_PRECISION_SECOND &&
	       step >= -LAST_SEC * 2 && step <= LAST_SEC * 2 &&
	       time->sec + step >= FIRST_SEC && time->sec + step <= LAST_SEC &&
	       offset > -1440 && offset < 1440;
}

void pm_row_times(struct pm_slice bytes, struct pm_time times[PM_MOMENT_COUNT])
{
	static const struct pm_time unknown;
	struct pm_record record;
	int64_t last = 0;

	pm_record_init(&record, bytes);
	for (int i = 0; i < PM_MOMENT_COUNT; i++) {
		int64_t flags = pm_record_int(&record), step, offset;

		times[i] = (struct pm_time){
			.precision = (enum pm_precision)(flags & PRECISION),
			.approximate = flags & APPROXIMATE,
			.has_offset = flags & HAS_OFFSET,
			.sec = last,
		};
		if (!times[i].precision) {
			times[i].sec = 0;
			continue;
		}
		step = pm_record_int(&record);
		offset = pm_record_int(&record);
		if (!is_sane(&times[i], step, offset)) {
			times[i] = unknown;
			continue;
		}
		last += step;
		times[i].sec = last;
		times[i].offset_min = (int32_t)offset;
	}
}

static void add_person(struct pm_buf *out, struct pm_slice person)
{
	struct pm_buf key = PM_BUF_INIT;

	if (pm_doc_names_person(person)) {
		pm_person_key(&key, person);
		pm_row_key(out, PM_KEY_OWNER, pm_buf_slice(&key));
	}
	pm_buf_release(&key);
}

/* Everything that field:value can ask for. */
static void put_keys(struct pm_buf *out, const struct pm_doc *doc)
{
	struct pm_buf keys = PM_BUF_INIT;

	pm_row_key(&keys, PM_KEY_KIND, doc->kind.text);
	pm_row_key(&keys, PM_KEY_STATUS, doc->status.text);
	pm_row_key(&keys, PM_KEY_SEVERITY, doc->severity.text);
	pm_row_key(&keys, PM_KEY_TRIGGER, doc->trigger.text);
	for (size_t i = 0; i < doc->ncauses; i++)
		pm_row_key(&keys, PM_KEY_CAUSE, doc->causes[i].kind.text);
	for (size_t i = 0; i < doc->services.len; i++)
		pm_row_key(&keys, PM_KEY_SERVICE, doc->services.items[i].text);
	for (size_t i = 0; i < doc->departments.len; i++)
		pm_row_key(&keys, PM_KEY_DEPARTMENT,
			doc->departments.items[i].text);
	for (size_t i = 0; i < doc->tags.len; i++)
		pm_row_key(&keys, PM_KEY_TAG, doc->tags.items[i].text);
	add_person(&keys, doc->owner.text);
	for (size_t i = 0; i < doc->nactions; i++)
		add_person(&keys, doc->actions[i].owner.text);
	if (keys.len)
		pm_buf_addc(&keys, PM_INDEX_SEP);
	pm_record_put_str(out, pm_buf_slice(&keys));
	pm_buf_release(&keys);
}

/* Minutes of a duration; -1 when it is unknown or runs backwards. */
static int64_t minutes(const struct pm_doc *doc, enum pm_duration which)
{
	int64_t seconds;

	if (!pm_doc_duration(doc, which, &seconds) || seconds < 0)
		return -1;
	return seconds / 60;
}

static bool is_open(const struct pm_action *action)
{
	return action->state == PM_ACTION_PROPOSED ||
	       action->state == PM_ACTION_OPEN ||
	       action->state == PM_ACTION_IN_PROGRESS ||
	       action->state == PM_ACTION_UNKNOWN;
}

/* The day an action is due, or INT64_MAX. */
static int64_t due_day(const struct pm_action *action)
{
	return action->due_date.year ? pm_date_to_days(action->due_date)
				     : INT64_MAX;
}

/* As the rule action-overdue sees it; list.c counts the same way. */
static bool can_be_late(const struct pm_action *action)
{
	return action->state <= PM_ACTION_IN_PROGRESS;
}

static void put_counts(struct pm_buf *out, const struct pm_doc *doc)
{
	int64_t open = 0, done = 0, unowned = 0, due = INT64_MAX;

	for (size_t i = 0; i < doc->nactions; i++) {
		const struct pm_action *action = &doc->actions[i];
		int64_t day = can_be_late(action) ? due_day(action) : INT64_MAX;

		open += is_open(action);
		done += action->state == PM_ACTION_DONE;
		unowned += is_open(action) &&
			   !pm_doc_names_person(action->owner.text);
		due = day < due ? day : due;
	}
	pm_record_put_int(out, (int64_t)doc->nactions);
	pm_record_put_int(out, open);
	pm_record_put_int(out, done);
	pm_record_put_int(out, unowned);
	pm_record_put_int(out, due);
}

static void put_action(struct pm_buf *out, const struct pm_action *action)
{
	pm_record_put_int(out, (int64_t)action->state);
	pm_record_put_int(out, due_day(action));
	pm_record_put_int(out, action->line);
	pm_record_put_str(out, action->id.text);
	pm_record_put_str(out, action->type.text);
	pm_record_put_str(out, action->owner.text);
	pm_record_put_str(out, action->priority.text);
}

void pm_row_write(const struct pm_doc *doc, struct pm_buf *out)
{
	const struct pm_moment_value *start = &doc->times[PM_MOMENT_STARTED];
	bool dated = start->valid && start->time.precision;
	struct pm_slice title = doc->name;

	/* A row is shared by all paths with these bytes, an id is one path's.
	 */
	if (title.ptr == doc->id.ptr)
		title.len = 0;
	pm_record_put_str(out, title);
	pm_record_put_str(out, doc->kind.text);
	pm_record_put_str(out, doc->status.text);
	pm_record_put_str(out, doc->severity.text);
	pm_record_put_str(out, doc->owner.text);
	pm_record_put_str(out, doc->incident.text);
	pm_record_put_str(out, doc->detected_by.text);
	pm_record_put_str(out, doc->trigger.text);
	put_list(out, &doc->services);
	put_list(out, &doc->departments);
	put_list(out, &doc->tags);
	put_times(out, doc);
	put_keys(out, doc);
	pm_record_put_int(out, dated ? start->time.sec : INT64_MIN);
	for (int i = 0; i < PM_DURATION_COUNT; i++)
		pm_record_put_int(out, minutes(doc, (enum pm_duration)i));
	put_counts(out, doc);
	put_columns(doc, out);
	pm_record_put_int(out, (int64_t)doc->nactions);
	for (size_t i = 0; i < doc->nactions; i++)
		put_action(out, &doc->actions[i]);
}

/* FNV-1a over eight bytes at a time: only accidents have to be noticed. */
int64_t pm_row_digest(struct pm_slice record)
{
	uint64_t hash = 0xcbf29ce484222325u;
	size_t i = 0;

	for (; i + 8 <= record.len; i += 8) {
		uint64_t word;

		memcpy(&word, record.ptr + i, 8);
		hash = (hash ^ word) * 0x100000001b3u;
		hash ^= hash >> 29;
	}
	for (; i < record.len; i++)
		hash = (hash ^ (unsigned char)record.ptr[i]) * 0x100000001b3u;
	return (int64_t)hash;
}
