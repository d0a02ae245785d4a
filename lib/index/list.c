/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lists: the typed fields of all documents that match, newest first, straight
 * from the index. Rows are given out as they come, so memory does not grow
 * with the list.
 */
#include "index/private.h"

static const char select_head[] =
	"SELECT d.name, d.path, b.title, b.kind, b.status, b.severity,"
	" b.owner, b.incident, b.detected_by, b.set_off, b.services,"
	" b.departments, b.tags, b.times, b.ttd, b.tta, b.tti, b.ttm, b.ttr,"
	" b.actions, b.open, b.done, b.unowned,"
	" CASE WHEN b.due < ? THEN (SELECT count(*) FROM action a"
	" WHERE a.blob = b.id AND a.due < ? AND a.state <= 2)"
	" ELSE 0 END"
	" FROM ";
static const char select_tail[] =
	" d CROSS JOIN blob b ON b.id = d.blob WHERE d.view = ?";
static const char select_match[] =
	" AND d.blob IN (SELECT rowid FROM words WHERE words MATCH ?)";
static const char select_order[] = " ORDER BY d.date DESC, d.name, d.path";

_Static_assert(PM_ACTION_PROPOSED == 0 && PM_ACTION_OPEN == 1 &&
		       PM_ACTION_IN_PROGRESS == 2,
	"select_head counts the states that can be late");

/* Where the columns of select_head begin. */
enum {
	COL_NAME,
	COL_PATH,
	COL_TITLE,
	COL_KIND,
	COL_STATUS,
	COL_SEVERITY,
	COL_OWNER,
	COL_INCIDENT,
	COL_DETECTED_BY,
	COL_TRIGGER,
	COL_SERVICES,
	COL_DEPARTMENTS,
	COL_TAGS,
	COL_TIMES,
	COL_DURATIONS,
	COL_ACTIONS = COL_DURATIONS + PM_DURATION_COUNT,
	COL_OPEN,
	COL_DONE,
	COL_UNOWNED,
	COL_OVERDUE,
};

struct list {
	struct pm_index *index;
	struct pm_query query;
	struct pm_compiled compiled;
	struct pm_arena arena; /* lists of one row */
	pm_list_fn fn;
	void *data;
	int given; /* rows handed out */
};

/* Cuts a column at its separators. */
static struct pm_slice *split(
	struct pm_arena *arena, struct pm_slice text, size_t *n)
{
	struct pm_slice *out;
	size_t count = 1, from = 0;

	*n = 0;
	if (text.len == 0)
		return NULL;
	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == PM_INDEX_SEP;
	out = pm_arena_alloc(arena, count, sizeof *out);
	while (*n < count) {
		ptrdiff_t end = pm_slice_find(text, from, PM_INDEX_SEP);
		size_t until = end < 0 ? text.len : (size_t)end;

		out[(*n)++] = pm_slice_sub(text, from, until - from);
		from = until + 1;
	}
	return out;
}

static void fill_lists(
	struct list *list, struct pm_stmt *stmt, struct pm_list_item *item)
{
	struct pm_arena *arena = &list->arena;

	item->services = split(
		arena, pm_stmt_col_text(stmt, COL_SERVICES), &item->nservices);
	item->departments = split(arena,
		pm_stmt_col_text(stmt, COL_DEPARTMENTS), &item->ndepartments);
	item->tags =
		split(arena, pm_stmt_col_text(stmt, COL_TAGS), &item->ntags);
}

static void fill_times(
	struct list *list, struct pm_stmt *stmt, struct pm_list_item *item)
{
	struct pm_time times[PM_MOMENT_COUNT];
	struct pm_buf text = PM_BUF_INIT;

	pm_row_times(pm_stmt_col_text(stmt, COL_TIMES), times);
	for (int i = 0; i < PM_MOMENT_COUNT; i++) {
		if (!times[i].precision)
			continue;
		pm_buf_reset(&text);
		pm_time_print(&text, &times[i], PM_TIME_RFC3339);
		item->times[i] =
			pm_arena_slice(&list->arena, pm_buf_slice(&text));
	}
	pm_buf_release(&text);
}

/* A row whose document could not be read has numbers of NULL. */
static void fill_numbers(struct pm_stmt *stmt, struct pm_list_item *item)
{
	for (int i = 0; i < PM_DURATION_COUNT; i++)
		item->durations[i] =
			pm_stmt_col_null(stmt, COL_DURATIONS + i)
				? -1
				: pm_stmt_col_int(stmt, COL_DURATIONS + i);
	item->actions = pm_stmt_col_int(stmt, COL_ACTIONS);
	item->actions_open = pm_stmt_col_int(stmt, COL_OPEN);
	item->actions_done = pm_stmt_col_int(stmt, COL_DONE);
	item->actions_unowned = pm_stmt_col_int(stmt, COL_UNOWNED);
	item->actions_overdue = pm_stmt_col_int(stmt, COL_OVERDUE);
}

static int give(struct list *list, struct pm_stmt *stmt)
{
	struct pm_list_item item = {
		.id = pm_stmt_col_text(stmt, COL_NAME),
		.path = pm_stmt_col_text(stmt, COL_PATH),
		.title = pm_stmt_col_text(stmt, COL_TITLE),
		.kind = pm_stmt_col_text(stmt, COL_KIND),
		.status = pm_stmt_col_text(stmt, COL_STATUS),
		.severity = pm_stmt_col_text(stmt, COL_SEVERITY),
		.owner = pm_stmt_col_text(stmt, COL_OWNER),
		.incident = pm_stmt_col_text(stmt, COL_INCIDENT),
		.detected_by = pm_stmt_col_text(stmt, COL_DETECTED_BY),
		.trigger = pm_stmt_col_text(stmt, COL_TRIGGER),
	};

	if (item.title.len == 0)
		item.title = item.id;
	pm_arena_reset(&list->arena);
	fill_lists(list, stmt, &item);
	fill_times(list, stmt, &item);
	fill_numbers(stmt, &item);
	list->given++;
	return list->fn(list->data, &item);
}

/* Runs the query, passing over the first skip rows. */
static int run(struct list *list, int skip)
{
	struct pm_index *index = list->index;
	int64_t today = pm_index_day(index->ctx->now);
	bool match = list->compiled.match.len > 0;
	struct pm_buf sql = PM_BUF_INIT;
	struct pm_stmt *stmt;
	int pos = 1, ret;

	pm_buf_addf(&sql, "%s%s%s%s", select_head,
		index->temp ? "temp.current" : "doc", select_tail,
		match ? select_match : "");
	pm_buf_add_slice(&sql, pm_buf_slice(&list->compiled.where));
	pm_buf_adds(&sql, select_order);
	stmt = pm_sql_stmt_once(index->sql, sql.ptr);
	pm_stmt_int(stmt, pos++, today);
	pm_stmt_int(stmt, pos++, today);
	pm_stmt_int(stmt, pos++, index->temp ? 0 : index->view.id);
	if (match)
		pm_stmt_text(stmt, pos++, pm_buf_slice(&list->compiled.match));
	pm_compiled_bind(&list->compiled, stmt, pos);
	while ((ret = pm_stmt_step(stmt)) > 0) {
		if (skip-- > 0)
			continue;
		ret = give(list, stmt);
		if (ret)
			break;
	}
	pm_stmt_free(stmt);
	pm_buf_release(&sql);
	return ret;
}

int pm_index_list(struct pm_ctx *ctx, struct pm_index *index, const char *query,
	pm_list_fn fn, void *data)
{
	struct list list = {
		.index = index,
		.compiled = PM_COMPILED_INIT,
		.arena = PM_ARENA_INIT,
		.fn = fn,
		.data = data,
	};
	int ret = pm_glance_end(index);

	(void)ctx;
	if (ret == 0)
		ret = pm_index_prepare(
			index, query ? query : "", &list.query, &list.compiled);
	if (ret == 0)
		ret = run(&list, 0);
	/* After a rebuild the same rows come in the same order: those that
	   were given out before the damage showed are passed over. */
	if (pm_store_damaged(index, ret)) {
		ret = pm_index_mend(index);
		if (ret == 0)
			ret = run(&list, list.given);
	}
	if (ret == 0)
		ret = list.given;
	pm_arena_release(&list.arena);
	pm_compiled_release(&list.compiled);
	pm_query_release(&list.query);
	return ret;
}
