/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of actions: a row is an action, and its columns are found by their
 * header. A table without any column that actions have (a legend of types,
 * say) is left alone.
 */
#include "doc/actions.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/stamp.h"
#include "doc/table.h"

static bool has(const struct pm_table *table, enum pm_column_kind kind)
{
	return pm_table_column(table, kind) >= 0;
}

/* The first column called so that holds more than numbers: "Item | Action",
   "項目 | 措施" with 1, 2, 3 in the first; else the first of them. */
static int worded_column(const struct pm_table *table)
{
	int first = pm_table_column(table, PM_COLUMN_TITLE);
	size_t row = table->md->blocks[table->header].end;

	if (first < 0 || row >= table->md->blocks[table->block].end)
		return first;
	for (size_t i = (size_t)first; i < table->ncolumns; i++) {
		struct pm_slice text = pm_table_text(table, row, (int)i);
		size_t digits = 0;

		while (digits < text.len && pm_is_digit(text.ptr[digits]))
			digits++;
		if (table->kinds[i] == PM_COLUMN_TITLE && digits < text.len)
			return (int)i;
	}
	return first;
}

/*
 * Columns of what is to be done where no other is called so: "Problem | Fix |
 * Owner". In a timeline or a report of what was done they mean something else,
 * so they do not make a table one of actions.
 */
static int answer_column(const struct pm_table *table)
{
	static const char *const words[] = {"activity", "ask", "change",
		"changes", "commitment", "control", "countermeasure",
		"countermeasures", "deliverable", "enhancement", "fix", "fixes",
		"guardrail", "initiative", "mitigation", "mitigations",
		"objective", "planned work", "prevention", "proposal",
		"proposed fix", "requirement", "response", "safeguard",
		"solution", "step", "steps", "suggestion", "work"};

	for (size_t i = 0; i < table->ncolumns; i++) {
		struct pm_slice name = pm_trim_marks(
			pm_table_text(table, table->header, (int)i));

		if (table->kinds[i] != PM_COLUMN_OTHER)
			continue;
		for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
			if (pm_slice_is_nocase(name, words[k]))
				return (int)i;
	}
	return -1;
}

/* Of the columns that are called nothing pm knows the one with most words:
   "# | Theme | Finding" has numbers and names in the others. */
static int wordy_column(const struct pm_table *table)
{
	const struct pm_md_block *blocks = table->md->blocks;
	size_t most = 0, sums[PM_TABLE_COLUMNS] = {0};
	int column = pm_table_column(table, PM_COLUMN_OTHER);

	for (size_t row = blocks[table->header].end;
		row < blocks[table->block].end; row = blocks[row].end)
		for (size_t i = 0; i < table->ncolumns; i++)
			sums[i] += pm_table_text(table, row, (int)i).len;
	for (size_t i = 0; i < table->ncolumns; i++) {
		if (table->kinds[i] != PM_COLUMN_OTHER || sums[i] <= most)
			continue;
		most = sums[i];
		column = (int)i;
	}
	return column;
}

/* The column that says what is to be done: the one called so, else what answers
   a finding, a description, or most words under a name pm does not know. */
static int title_column(const struct pm_table *table)
{
	int column = worded_column(table);

	if (column < 0)
		column = answer_column(table);
	if (column < 0)
		column = pm_table_column(table, PM_COLUMN_EVENT);
	if (column < 0)
		column = wordy_column(table);
	/* "Issue | Assignee | State": the ticket says it. */
	if (column < 0 && has(table, PM_COLUMN_OWNER))
		column = pm_table_column(table, PM_COLUMN_TRACKER);
	return column;
}

/* True when every clock of a column may be a day, "12.06", and there are two of
   them or more: few logs have all their minutes in the months of a year. */
static bool holds_days(const struct pm_table *table, int column)
{
	enum { MONTHS = 12 };
	const struct pm_md_block *blocks = table->md->blocks;
	size_t row = blocks[table->header].end, days = 0;

	for (; row < blocks[table->block].end; row = blocks[row].end) {
		struct pm_slice text = pm_table_text(table, row, column);
		struct pm_scan scan = {text, 0, false};
		unsigned day, month;

		if (!text.len)
			continue;
		if (!pm_scan_number(&scan, 1, 2, &day) || !day ||
			!pm_scan_any(&scan, ".") ||
			!pm_scan_number(&scan, 1, 2, &month) || !month ||
			month > MONTHS)
			return false;
		pm_scan_any(&scan, ".");
		if (!pm_scan_end(&scan))
			return false;
		days++;
	}
	return days > 1;
}

/* True when the first row holds a bare clock: such a table tells what was done
   when, and not what is to be done. */
static bool is_log(const struct pm_table *table)
{
	size_t row = table->md->blocks[table->header].end;
	int column = pm_table_column(table, PM_COLUMN_TIME);
	struct pm_stamp stamp;

	return column >= 0 && row < table->md->blocks[table->block].end &&
	       !has(table, PM_COLUMN_DUE) &&
	       pm_stamp_read(pm_table_text(table, row, column), PM_STAMP_LOOSE,
		       &stamp) &&
	       stamp.clock.precision != PM_PRECISION_NONE &&
	       !(stamp.clock.dotted && has(table, PM_COLUMN_OWNER) &&
		       holds_days(table, column));
}

static bool is_action_table(const struct pm_table *table)
{
	return title_column(table) >= 0 && !is_log(table) &&
	       (has(table, PM_COLUMN_TITLE) || has(table, PM_COLUMN_OWNER) ||
		       has(table, PM_COLUMN_DUE) ||
		       has(table, PM_COLUMN_READY) ||
		       has(table, PM_COLUMN_STATUS) ||
		       has(table, PM_COLUMN_TRACKER));
}

bool pm_action_is_table(const struct pm_md *md, size_t at)
{
	struct pm_table table;
	bool titled;

	if (pm_action_is_card(md, at, &titled))
		return titled;
	pm_table_read(&table, md, at);
	return is_action_table(&table);
}

static bool is_one_of(struct pm_slice name, const char *const *list)
{
	while (*list && !pm_slice_is_nocase(name, *list))
		list++;
	return *list != NULL;
}

bool pm_action_is_named_table(const struct pm_md *md, size_t at)
{
	static const char *const named[] = {"action item", "action items",
		"aksjonspunkt", "tiltak", "tiltag", "åtgärd", "Åtgärd",
		"再発防止策", "アクションアイテム", NULL};
	static const char *const vague[] = {"action", "actions", "task", NULL};
	struct pm_table table;
	struct pm_slice name;

	pm_table_read(&table, md, at);
	if (!is_action_table(&table))
		return false;
	name = pm_trim_marks(
		pm_table_text(&table, table.header, title_column(&table)));
	/* Without an owner the state has to say that somebody follows them:
	   "Tiltak | Kostnad" only weighs them. */
	if (!has(&table, PM_COLUMN_OWNER))
		return is_one_of(name, named) && !has(&table, PM_COLUMN_TIME) &&
		       has(&table, PM_COLUMN_STATUS);
	/* Who did what when is a log, and a figure without a state no plan. */
	return is_one_of(name, named) ||
	       (is_one_of(name, vague) && !has(&table, PM_COLUMN_TIME) &&
		       (has(&table, PM_COLUMN_DUE) ||
			       has(&table, PM_COLUMN_STATUS)));
}

/* The column with the dates: "When" beside "Who" is when it will be done. */
static int due_column(const struct pm_table *table)
{
	int column = pm_table_column(table, PM_COLUMN_DUE);

	if (column < 0 && has(table, PM_COLUMN_OWNER)) {
		/* "Start | End" */
		column = pm_table_column(table, PM_COLUMN_END);
		if (column < 0)
			column = pm_table_column(table, PM_COLUMN_TIME);
		if (column < 0)
			column = pm_table_column(table, PM_COLUMN_DATE);
	}
	return column < 0 ? pm_table_column(table, PM_COLUMN_READY) : column;
}

/* "CLOSED", as trackers write states: a sentence has it small. */
static bool in_capitals(struct pm_slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!pm_is_capital(word.ptr[i]))
			return false;
	return word.len > 0;
}

/* True where a text is a ticket and nothing else, "#12" or "OPS-12". */
static bool is_ticket(struct pm_slice text)
{
	text = pm_slice_trim(text);
	return text.len && (pm_tracker_number(text).len == text.len ||
				   pm_tracker_entry(text).len == text.len);
}

/* True for "Utført" and "(done)": all of a text. */
static bool is_done(struct pm_slice text)
{
	bool whole;

	return pm_status_of(pm_trim_marks(text), &whole) == PM_ACTION_DONE &&
	       whole;
}

/*
 * True for "Utført", "#12 完了", "PLAT-12 CLOSED", "#12 Utført" and "DONE #12".
 * Of words of letters behind others than a ticket the last may belong to a
 * sentence.
 */
static bool says_done(struct pm_slice text)
{
	enum pm_action_status status;
	size_t at = text.len;
	ptrdiff_t first = pm_slice_find(text, 0, ' ');
	struct pm_slice word;
	bool whole;

	status = pm_status_of(text, &whole);
	if (status != PM_ACTION_UNKNOWN && whole)
		return status == PM_ACTION_DONE;
	if (first > 0 && is_ticket(pm_slice_from(text, (size_t)first)))
		return is_done(pm_slice_sub(text, 0, (size_t)first));
	while (at > 0 && text.ptr[at - 1] != ' ')
		at--;
	word = pm_slice_from(text, at);
	return at && word.len && is_done(word) &&
	       ((unsigned char)*word.ptr & 0x80 || in_capitals(word) ||
		       is_ticket(pm_slice_sub(text, 0, at)));
}

/*
 * A state in the cell for a ticket, "n/a **DONE**", "Utført", or all of the
 * cell for notes, where no column is for states. In another cell the word may
 * belong to a sentence.
 */
static bool done_elsewhere(const struct pm_table *table, size_t row, int title)
{
	struct pm_slice ticket = pm_table_text(
		table, row, pm_table_column(table, PM_COLUMN_TRACKER));
	int notes = pm_table_column(table, PM_COLUMN_EVENT);
	struct pm_slice note = pm_table_text(table, row, notes);
	bool whole;

	if (has(table, PM_COLUMN_STATUS))
		return false;
	if (ticket.len && says_done(ticket))
		return true;
	return note.len && notes != title &&
	       pm_status_of(note, &whole) == PM_ACTION_DONE && whole;
}

/* The value in a cell: of "~~@ana~~ @bo", the new one. */
static struct pm_slice cell_value(struct pm_body *body,
	const struct pm_table *table, size_t row, int column)
{
	const struct pm_md_block *cell = pm_table_cell(table, row, column);
	const struct pm_md_run *runs;
	struct pm_slice text;

	if (!cell)
		return (struct pm_slice){NULL, 0};
	runs = &body->md->runs[cell->run];
	text = cell->text;
	pm_action_unstruck(body, &text, &runs, cell->nruns, true);
	return pm_slice_trim(text);
}

/* Takes a cell as it is, with its place. */
static void set_plain(struct pm_body *body, struct pm_field *field,
	const struct pm_table *table, size_t row, int column)
{
	const struct pm_md_block *cell = pm_table_cell(table, row, column);

	if (!cell || !cell->text.len || pm_says_nothing(body, cell->text))
		return;
	field->text = pm_slice_trim(cell->text);
	if (cell->nruns == 1)
		field->span = body->md->runs[cell->run].span;
}

/* "| Write the runbook | @owner | YYYY-MM-DD |": nobody and no day yet. Whoever
   put a name into such a row means it. */
static bool is_sample(const struct pm_table *table, size_t row)
{
	struct pm_slice owner = pm_trim_marks(pm_table_text(
		table, row, pm_table_column(table, PM_COLUMN_OWNER)));

	return pm_action_is_pattern(
		       pm_table_text(table, row, due_column(table))) &&
	       (!owner.len || !pm_doc_names_person(owner));
}

/* The column with the states: "Ferdig" beside "Frist" is one. */
static int status_column(const struct pm_table *table)
{
	int column = pm_table_column(table, PM_COLUMN_STATUS);
	int ready = pm_table_column(table, PM_COLUMN_READY);

	return column < 0 && ready != due_column(table) ? ready : column;
}

/* Of the columns that are called so the one with people: "Team | Owner" has
   somebody beside the team, and "Has owner" only says that there is. */
static int named_owner(const struct pm_table *table)
{
	static const char *const teams[] = {"department", "group",
		"owning team", "responsible team", "squad", "team", NULL};
	int column = -1;

	for (size_t i = 0; i < table->ncolumns; i++) {
		struct pm_slice name = pm_trim_marks(
			pm_table_text(table, table->header, (int)i));

		if (table->kinds[i] != PM_COLUMN_OWNER ||
			pm_slice_starts(name, "Has "))
			continue;
		if (!is_one_of(name, teams))
			return (int)i;
		column = column < 0 ? (int)i : column;
	}
	return column;
}

/* The column with the owners. "Enhet", "Navn" stand in many tables, but in one
   that says what is to be done and how it stands it is theirs. */
static int owner_column(const struct pm_table *table)
{
	static const char *const weak[] = {"afdeling", "avdeling", "avdelning",
		"enhed", "enhet", "gruppe", "init", "init.", "initialer",
		"kontaktperson", "namn", "navn", "seksjon", "sektion", "sign",
		"sign.", NULL};
	int column = named_owner(table);

	if (column >= 0 || !has(table, PM_COLUMN_TITLE) ||
		(due_column(table) < 0 && status_column(table) < 0))
		return column;
	for (size_t i = 0; i < table->ncolumns; i++)
		if (table->kinds[i] == PM_COLUMN_OTHER &&
			is_one_of(pm_trim_marks(pm_table_text(
					  table, table->header, (int)i)),
				weak))
			return (int)i;
	return column;
}

/* A row that holds no words, or only dashes and words of the template. */
static bool empty_row(const struct pm_body *body, const struct pm_table *table,
	size_t row, int title)
{
	struct pm_slice text = pm_trim_marks(pm_table_text(table, row, title));

	/* "_Action_" below "Action" says what is to be written there. */
	return !pm_table_is_row(body, row) || pm_action_is_example(text) ||
	       is_sample(table, row) ||
	       (row != table->header &&
		       pm_slice_eq(text, pm_trim_marks(pm_table_text(table,
						 table->header, title)))) ||
	       pm_says_nothing(body, pm_table_text(table, row, title));
}

/* "V712", "P81234": letters and figures, as trackers number tickets. */
static bool names_ticket(struct pm_slice text)
{
	enum { LETTERS = 4, FIGURES = 2 };
	size_t letters = 0, at;

	text = pm_slice_trim(text);
	while (letters < text.len && pm_is_capital(text.ptr[letters]))
		letters++;
	for (at = letters; at < text.len && pm_is_digit(text.ptr[at]); at++)
		;
	return letters && letters <= LETTERS && at == text.len &&
	       at - letters >= FIGURES;
}

/* AI-1 in a column of numbers is no ticket where one is for them. */
static void read_ticket(struct pm_body *body, struct pm_action *action,
	const struct pm_table *table, size_t row)
{
	int column = pm_table_column(table, PM_COLUMN_TRACKER);
	const struct pm_md_block *cell;
	struct pm_text_line words;

	if (!pm_table_text(table, row, column).len)
		return;
	cell = pm_table_cell(table, row, column);
	words = pm_body_text(cell);
	pm_action_find_tracker(body, action, &words);
	if (action->tracker.text.len)
		return;
	action->tracker.text = pm_tracker_entry(cell->text);
	/* "[V712](https://...)" in a column for tickets is one of a tracker
	   that pm does not know. */
	if (!action->tracker.text.len && cell->nruns == 1 &&
		names_ticket(cell->text) &&
		pm_slice_starts(body->md->runs[cell->run].url, "http")) {
		action->tracker.text = body->md->runs[cell->run].url;
		action->tracker.span = body->md->runs[cell->run].span;
		return;
	}
	if (action->tracker.text.len && cell->nruns == 1)
		action->tracker.span =
			(struct pm_span){body->md->runs[cell->run].span.off,
				action->tracker.text.len};
}

/* When an action is due and its state: "Done" among the dates is the latter,
   where no column is for states, and so is "nei" below "Ferdig". "Done by May"
   is a day, but "DONE in v2" is none. */
static void set_when(struct pm_body *body, struct pm_action *action,
	const struct pm_table *table, size_t row)
{
	int column = status_column(table), when = due_column(table);
	struct pm_slice due = cell_value(body, table, row, when);
	bool ready = when >= 0 && table->kinds[when] == PM_COLUMN_READY;
	enum pm_action_status status = PM_ACTION_UNKNOWN;
	bool whole = false;

	if (column < 0 && due.len)
		status = pm_status_of(due, &whole);
	whole = whole || pm_slice_starts(due, "DONE ");
	if (whole && (ready ? status != PM_ACTION_UNKNOWN
			    : status == PM_ACTION_DONE)) {
		pm_action_set_status(body, action, due);
		return;
	}
	pm_action_set_due(body, action, due);
	pm_action_set_status(
		body, action, cell_value(body, table, row, column));
}

static void read_row(struct pm_body *body, const struct pm_table *table,
	size_t row, int title, const struct pm_action_group *group)
{
	unsigned line = body->md->blocks[row].line;
	struct pm_action *action = pm_action_add(body, line, line);
	struct pm_text_line words;

	pm_action_set_owner(body, action,
		cell_value(body, table, row, owner_column(table)));
	set_when(body, action, table, row);
	set_plain(body, &action->type, table, row,
		pm_table_column(table, PM_COLUMN_TYPE));
	set_plain(body, &action->priority, table, row,
		pm_table_column(table, PM_COLUMN_PRIORITY));
	set_plain(body, &action->id, table, row,
		pm_table_column(table, PM_COLUMN_ID));
	words = pm_body_text(pm_table_cell(table, row, title));
	pm_action_read_text(body, action, &words);
	read_ticket(body, action, table, row);
	for (size_t cell = row + 1; cell < body->md->blocks[row].end; cell++) {
		words = pm_body_text(&body->md->blocks[cell]);
		pm_action_find_tracker(body, action, &words);
	}
	if (done_elsewhere(table, row, title))
		action->state = PM_ACTION_DONE;
	pm_action_apply_group(body, action, group);
}

/* Reads the rows of a table from one on. */
static void read_rows(struct pm_body *body, const struct pm_table *table,
	size_t row, const struct pm_action_group *group)
{
	const struct pm_md_block *blocks = body->md->blocks;
	int title = title_column(table);
	bool parts = pm_table_has_parts(body, table, row);

	for (; row < blocks[table->block].end; row = blocks[row].end)
		if (!empty_row(body, table, row, title) &&
			!(parts && pm_table_names_part(body, table, row)))
			read_row(body, table, row, title, group);
}

void pm_action_rows(struct pm_body *body, size_t at,
	const enum pm_column_kind *kinds, const struct pm_action_group *group)
{
	struct pm_table table;

	pm_table_read(&table, body->md, at);
	memcpy(table.kinds, kinds, table.ncolumns * sizeof *kinds);
	read_rows(body, &table, table.header, group);
}

/* True for "✅", "⬜", "[x]": a state that is drawn. */
static bool is_sign(struct pm_slice text)
{
	bool whole;

	return (text.ptr[0] & 0x80 || text.ptr[0] == '[') &&
	       pm_status_of(text, &whole) != PM_ACTION_UNKNOWN && whole;
}

/* What the cells of a column are, which no header names: the same in each that
   holds anything. Days may have states among them, and numbers are none. */
static enum pm_column_kind kind_by_cells(
	const struct pm_table *table, struct pm_body *body, int column)
{
	size_t row = table->md->blocks[table->header].end, end;
	size_t owners = 0, dues = 0, states = 0, cells = 0, figures = 0;

	for (end = table->md->blocks[table->block].end; row < end;
		row = table->md->blocks[row].end) {
		struct pm_slice text =
			pm_trim_marks(pm_table_text(table, row, column));
		bool whole = false;

		/* Nobody, or no day yet, speaks for no kind; a tick has no
		   words either. */
		if (!text.len ||
			(pm_says_nothing(body, text) && !is_sign(text)))
			continue;
		cells++;
		figures += pm_is_digit(text.ptr[text.len - 1]) && text.len < 3;
		owners += text.ptr[0] == '@' &&
			  pm_looks_like_name(body->doc->own->policy, text);
		dues += pm_action_is_day(text) || pm_action_is_period(text);
		states += pm_status_of(text, &whole) != PM_ACTION_UNKNOWN &&
			  whole;
	}
	if (!cells || figures == cells)
		return PM_COLUMN_OTHER;
	return owners == cells                  ? PM_COLUMN_OWNER
	       : dues && dues + states == cells ? PM_COLUMN_DUE
	       : states == cells                ? PM_COLUMN_STATUS
						: PM_COLUMN_TITLE;
}

/* Among the actions a table may have an empty header: handles or days in a
   column of it say what it is, and the first of words what is to be done. */
static void name_columns(struct pm_table *table, struct pm_body *body)
{
	bool titled = false, sure = false;
	enum pm_column_kind kinds[PM_TABLE_COLUMNS] = {PM_COLUMN_OTHER};

	for (size_t i = 0; i < table->ncolumns; i++) {
		if (pm_table_text(table, table->header, (int)i).len)
			return;
		kinds[i] = kind_by_cells(table, body, (int)i);
		sure = sure || kinds[i] == PM_COLUMN_OWNER ||
		       kinds[i] == PM_COLUMN_DUE;
		if (kinds[i] == PM_COLUMN_TITLE && titled)
			kinds[i] = PM_COLUMN_OTHER;
		titled = titled || kinds[i] == PM_COLUMN_TITLE;
	}
	if (titled && sure)
		memcpy(table->kinds, kinds, sizeof kinds);
}

/* True when the cells of a column are what it is for, wherever they hold
   anything. */
static bool cells_are(const struct pm_table *table, struct pm_body *body,
	int column, enum pm_column_kind kind)
{
	const struct pm_md_block *blocks = body->md->blocks;
	size_t row = blocks[table->header].end, names = 0;

	if (kind != PM_COLUMN_OWNER)
		return kind_by_cells(table, body, column) == kind;
	for (; row < blocks[table->block].end; row = blocks[row].end) {
		struct pm_slice text =
			pm_trim_marks(pm_table_text(table, row, column));

		if (!text.len || pm_says_nothing(body, text))
			continue;
		if (!pm_looks_like_name(body->doc->own->policy, text))
			return false;
		names++;
	}
	return names > 0;
}

/* True for "Task" above nothing but tickets: another column, often the one
   without a name, says what is to be done. */
static bool holds_tickets(const struct pm_table *table, int column)
{
	const struct pm_md_block *blocks = table->md->blocks;
	size_t found = 0;

	for (size_t row = blocks[table->header].end;
		row < blocks[table->block].end; row = blocks[row].end) {
		struct pm_slice text =
			pm_trim_marks(pm_table_text(table, row, column));

		if (!text.len)
			continue;
		if (pm_tracker_entry(text).len != text.len &&
			pm_tracker_number(text).len != text.len)
			return false;
		found++;
	}
	return found > 0;
}

/*
 * Names of columns that say who, when or how far only where no other column
 * does and their own cells agree: "Action | Name | Date", "Fix | Shipped?".
 * As keys of values, "Fixed: the quota", they would take words for them.
 */
static void settle_columns(struct pm_table *table, struct pm_body *body)
{
	static const struct {
		const char *name;
		enum pm_column_kind kind;
	} weak[] = {{"author", PM_COLUMN_OWNER}, {"by", PM_COLUMN_OWNER},
		{"contributor", PM_COLUMN_OWNER},
		{"department", PM_COLUMN_OWNER},
		{"directorate", PM_COLUMN_OWNER}, {"handle", PM_COLUMN_OWNER},
		{"maintainer", PM_COLUMN_OWNER}, {"name", PM_COLUMN_OWNER},
		{"by", PM_COLUMN_DUE}, {"completion", PM_COLUMN_DUE},
		{"delivery", PM_COLUMN_DUE}, {"estimate", PM_COLUMN_DUE},
		{"forecast", PM_COLUMN_DUE}, {"horizon", PM_COLUMN_DUE},
		{"milestone", PM_COLUMN_DUE}, {"planned", PM_COLUMN_DUE},
		{"quarter", PM_COLUMN_DUE}, {"required by", PM_COLUMN_DUE},
		{"schedule", PM_COLUMN_DUE}, {"scheduled", PM_COLUMN_DUE},
		{"sprint", PM_COLUMN_DUE}, {"check", PM_COLUMN_STATUS},
		{"completion", PM_COLUMN_STATUS},
		{"deployed", PM_COLUMN_STATUS}, {"fixed", PM_COLUMN_STATUS},
		{"landed", PM_COLUMN_STATUS}, {"live", PM_COLUMN_STATUS},
		{"merged", PM_COLUMN_STATUS}, {"resolution", PM_COLUMN_STATUS},
		{"result", PM_COLUMN_STATUS}, {"rolled out", PM_COLUMN_STATUS},
		{"shipped", PM_COLUMN_STATUS}, {"stage", PM_COLUMN_STATUS},
		{"verified", PM_COLUMN_STATUS}, {"✅", PM_COLUMN_STATUS},
		{"✓", PM_COLUMN_STATUS}, {"✔", PM_COLUMN_STATUS},
		{"✔️", PM_COLUMN_STATUS}, {"☑", PM_COLUMN_STATUS},
		{"☑️", PM_COLUMN_STATUS}, {"[x]", PM_COLUMN_STATUS},
		{"", PM_COLUMN_STATUS}};
	int title = worded_column(table);

	if (title >= 0 && !has(table, PM_COLUMN_TRACKER) &&
		has(table, PM_COLUMN_OTHER) && holds_tickets(table, title))
		table->kinds[title] = PM_COLUMN_TRACKER;
	for (size_t i = 0; i < table->ncolumns; i++) {
		struct pm_slice name = pm_trim_marks(
			pm_table_text(table, table->header, (int)i));
		bool free = table->kinds[i] == PM_COLUMN_OTHER ||
			    (table->kinds[i] == PM_COLUMN_TITLE &&
				    worded_column(table) != (int)i);

		while (pm_slice_ends(name, "?"))
			name.len--;
		for (size_t k = 0; free && k < sizeof weak / sizeof weak[0];
			k++) {
			if (!pm_slice_is_nocase(name, weak[k].name) ||
				has(table, weak[k].kind) ||
				!cells_are(table, body, (int)i, weak[k].kind))
				continue;
			table->kinds[i] = weak[k].kind;
			break;
		}
	}
}

/* What the rows of a table hold that has nothing but words. */
struct row_words {
	size_t rows, orders, told; /* of them, those of several words */
	bool sorted;               /* by kinds that several have, or numbers */
};

static struct row_words count_rows(
	const struct pm_table *table, int title, int beside)
{
	const struct pm_md_block *blocks = table->md->blocks;
	struct row_words out = {0};
	struct pm_slice before = {NULL, 0};

	for (size_t row = blocks[table->header].end;
		row < blocks[table->block].end; row = blocks[row].end) {
		struct pm_slice text = pm_table_text(table, row, title);
		struct pm_slice kind = pm_table_text(table, row, beside);

		if (!text.len)
			continue;
		out.rows++;
		out.orders += pm_begins_with_verb(text);
		out.told += pm_slice_find(text, 0, ' ') > 0;
		out.sorted = out.sorted ||
			     (kind.len && (pm_slice_eq(kind, before) ||
						  pm_is_digit(kind.ptr[0])));
		before = kind;
	}
	return out;
}

/*
 * "Kind | Description" among the actions: nobody, no day and no state, but the
 * rows are orders, or sorted by kinds that come again. A legend explains each
 * kind once, and what a table of figures holds is no order.
 */
static bool is_plain_table(const struct pm_table *table)
{
	int title = title_column(table), beside = title == 0;
	struct row_words words;

	if (title < 0 || table->ncolumns < 2 || has(table, PM_COLUMN_TIME) ||
		has(table, PM_COLUMN_DATE) || has(table, PM_COLUMN_END) ||
		(table->kinds[title] != PM_COLUMN_EVENT &&
			answer_column(table) != title))
		return false;
	words = count_rows(table, title, beside);
	if (!words.rows || words.told < words.rows)
		return false;
	if (words.sorted)
		return true;
	return words.orders * 2 >= words.rows &&
	       (table->kinds[title] != PM_COLUMN_EVENT ||
		       (table->kinds[beside] != PM_COLUMN_TYPE &&
			       table->kinds[beside] != PM_COLUMN_PRIORITY));
}

bool pm_action_table(
	struct pm_body *body, size_t at, const struct pm_action_group *group)
{
	struct pm_table table;
	bool titled;

	if (pm_action_card(body, at, group))
		return true;
	/* What is said in it of a heading above is read with that. */
	if (pm_action_is_card(body->md, at, &titled))
		return false;
	pm_table_read(&table, body->md, at);
	name_columns(&table, body);
	settle_columns(&table, body);
	if (!is_action_table(&table) && !is_plain_table(&table))
		return false;
	read_rows(body, &table, body->md->blocks[table.header].end, group);
	return true;
}
