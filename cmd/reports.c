/* SPDX-License-Identifier: Apache-2.0 */
/* Findings in several formats at once. */
#include "reports.h"

/* Where FILE is, seen from the directory of -C. Free with free(). */
static char *file_path(const struct pm_cli *cli, const char *file)
{
	struct pm_buf path = PM_BUF_INIT;

	if (file[0] != '/' && strcmp(cli->dir, ".") != 0)
		pm_buf_addf(&path, "%s/", cli->dir);
	pm_buf_adds(&path, file);
	return pm_buf_take(&path);
}

/* Each place takes one report. */
static int check_place(const struct pm_cli_reports *reports, const char *file)
{
	for (size_t i = 0; i < reports->len; i++) {
		const char *other = reports->files[i];

		if (!file && !other)
			return pm_fail(reports->cli->ctx, PM_EUSAGE,
				"stdout takes one format only (write the "
				"others to files: --format sarif=out.sarif)");
		if (file && other && strcmp(file, other) == 0)
			return pm_fail(reports->cli->ctx, PM_EUSAGE,
				"two formats are to be written to '%s'", file);
	}
	return 0;
}

/* True for what is read by people, on a terminal or in the log of a job. */
static bool is_log(const char *format)
{
	return !format || strcmp(format, "text") == 0 ||
	       strcmp(format, "github") == 0;
}

/* Opens the report of "F" or "F=FILE"; NULL is text, the file "-" stdout. */
static int open_one(struct pm_cli_reports *reports, const char *word)
{
	const char *equals = word ? strchr(word, '=') : NULL;
	bool is_file = equals && strcmp(equals, "=-") != 0;
	struct pm_report_opts opts = pm_cli_report(reports->cli, word);
	struct pm_buf format = PM_BUF_INIT;
	char **file = &reports->files[reports->len];
	int ret;

	if (equals && !equals[1])
		return pm_fail(reports->cli->ctx, PM_EUSAGE,
			"'--format %s' names no file", word);
	if (reports->len == PM_REPORTS_MOST)
		return pm_fail(reports->cli->ctx, PM_EUSAGE,
			"at most %d formats at once", PM_REPORTS_MOST);
	opts.warnings_fail = reports->warnings_fail;
	if (equals) {
		pm_buf_add(&format, word, (size_t)(equals - word));
		opts.format = format.ptr;
	}
	if (is_file) {
		*file = file_path(reports->cli, equals + 1);
		opts.file = *file;
		opts.color = opts.terminal = false;
		opts.width = 0;
	} else {
		reports->text = is_log(opts.format);
	}
	ret = check_place(reports, *file);
	if (ret == 0)
		ret = pm_report_new(reports->cli->ctx, &opts, &pm_shape_finding,
			&reports->items[reports->len]);
	if (ret == 0) {
		reports->len++;
	} else {
		free(*file);
		*file = NULL;
	}
	pm_buf_release(&format);
	return ret;
}

int pm_cli_reports_open(
	struct pm_cli_reports *reports, const struct pm_opt_list *formats)
{
	reports->text = true;
	if (formats->len == 0)
		return open_one(reports, NULL);
	for (size_t i = 0; i < formats->len; i++) {
		int ret = open_one(reports, formats->items[i]);

		if (ret < 0)
			return ret;
	}
	return 0;
}

int pm_cli_reports_finding(void *data, const struct pm_finding *finding)
{
	struct pm_cli_reports *reports = data;
	struct pm_value values[PM_FINDING_COLUMNS];

	pm_finding_values(finding, values);
	for (size_t i = 0; i < reports->len; i++) {
		int ret = pm_report_record(reports->items[i], values);

		if (ret < 0)
			return ret;
	}
	return 0;
}

static void tell_cut(struct pm_cli *cli, const struct pm_check_totals *totals)
{
	size_t found = totals->errors + totals->warnings + totals->notes;

	if (totals->cut)
		pm_cli_say(cli,
			"%zu of %zu findings are not shown (--max-findings "
			"%zu)",
			totals->cut, found, found - totals->cut);
}

int pm_cli_reports_close(struct pm_cli_reports *reports, int ret,
	const struct pm_check_totals *totals)
{
	for (size_t i = 0; i < reports->len; i++) {
		struct pm_report *report = reports->items[i];
		int end;

		pm_report_total(
			report, "documents", (int64_t)totals->documents);
		pm_report_total(report, "errors", (int64_t)totals->errors);
		pm_report_total(report, "warnings", (int64_t)totals->warnings);
		pm_report_total(report, "waived", (int64_t)totals->waived);
		pm_report_total(report, "old", (int64_t)totals->old);
		pm_report_total(report, "baseline", (int64_t)totals->held);
		pm_report_total(report, "not_shown", (int64_t)totals->cut);
		if (ret < 0)
			pm_report_spoil(report, ret);
		end = pm_report_end(report);
		if (ret == 0)
			ret = end;
		free(reports->files[i]);
	}
	reports->len = 0;
	if (ret == 0)
		tell_cut(reports->cli, totals);
	return ret;
}
