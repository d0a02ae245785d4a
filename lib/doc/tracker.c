/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where an action is tracked: the address of an issue, a pull request or a
 * ticket, or its number. Addresses are known by their path, because trackers
 * live on any host. Commits, dashboards and documents track nothing.
 */
#include "doc/actions.h"

#include <string.h>

#include "base/ascii.h"
#include "doc/scan.h"

/* Parts of an address; those which end in a slash want a number behind. */
static const char *const paths[] = {"/issues/", "/issue/", "/pull/", "/pulls/",
	"/pull-requests/", "/merge_requests/", "/tickets/", "/ticket/",
	"/work_items/", "/_workitems/edit/", "/bug/", "/bugs/", "/+bug/",
	"crbug.com/", "bugzil.la/"};

/* Parts of an address that are enough by themselves. */
static const char *const marks[] = {"/browse/",
	"show_bug.cgi?id=", "trello.com/c/", "linear.app/", "app.asana.com/",
	"clickup.com/t/", "shortcut.com/", "pivotaltracker.com/story",
	"selectedissue=", "/secure/rapidboard", "atlassian.net/jira/",
	"youtrack", "monday.com/boards", "ticketzoom.pl",
	"itemid=", "/-/epics/"};

static const char *find_part(struct pm_slice url, const char *part)
{
	size_t len = strlen(part);

	for (size_t i = 0; i + len <= url.len; i++) {
		size_t k = 0;

		/* The slash has the bit that makes letters small as well. */
		if ((url.ptr[i] | 32) != part[0])
			continue;
		while (k < len &&
			(url.ptr[i + k] == part[k] ||
				(pm_is_capital(url.ptr[i + k]) &&
					(url.ptr[i + k] | 32) == part[k])))
			k++;
		if (k == len)
			return url.ptr + i + len;
	}
	return NULL;
}

/* False when a text holds none of the parts: all have a slash or an equals
   sign, but "youtrack" and "ticketzoom.pl". */
static bool may_hold_part(struct pm_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i] | 32;
		char next = i + 1 < text.len ? text.ptr[i + 1] | 32 : '\0';

		if (c == '/' || c == '=' || (c == 'y' && next == 'o') ||
			(c == '.' && next == 'p'))
			return true;
	}
	return false;
}

/* True for an address that ends in "/T1234", as Phabricator has its tasks. */
static bool ends_in_task(struct pm_slice url)
{
	enum { FIGURES_LEAST = 2 };
	size_t end = url.len, at;

	for (size_t i = 0; i < url.len; i++)
		if (url.ptr[i] == '#' && end == url.len)
			end = i;
	for (at = end; at > 0 && pm_is_digit(url.ptr[at - 1]); at--)
		;
	return end - at >= FIGURES_LEAST && at > 1 && url.ptr[at - 1] == 'T' &&
	       url.ptr[at - 2] == '/';
}

bool pm_tracker_url(struct pm_slice url)
{
	/* Nobody's tracker has longer addresses; data: URLs do. */
	if (url.len > 400 || !may_hold_part(url))
		return false;
	if (ends_in_task(url))
		return true;
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		const char *behind = find_part(url, paths[i]);

		if (behind && behind < url.ptr + url.len &&
			pm_is_digit(*behind))
			return true;
	}
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (find_part(url, marks[i]))
			return true;
	return false;
}

/* Names before a dash and a number that are no projects. */
static bool is_standard(struct pm_slice name)
{
	static const char *const names[] = {"ADR", "AES", "AI", "ALPN", "API",
		"AVX", "COVID", "CPU", "CVE", "CWE", "DNS", "EC", "ECMA", "GMT",
		"GPT", "HTTP", "IEEE", "IPV", "ISO", "P", "PEP", "PM", "RFC",
		"RSA", "SEV", "SHA", "SSE", "TLS", "USB", "UTC", "UTF"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (pm_slice_is(name, names[i]))
			return true;
	return false;
}

/* OPS-12 at the start of text; its length or 0. */
static size_t project_number(struct pm_slice text)
{
	size_t name = 0, end;

	while (name < text.len && name < 11 && pm_is_capital(text.ptr[name]))
		name++;
	if (name < 2 || name > 10 || name + 1 >= text.len ||
		text.ptr[name] != '-' ||
		is_standard(pm_slice_sub(text, 0, name)))
		return 0;
	for (end = name + 1; end < text.len && pm_is_digit(text.ptr[end]);
		end++)
		;
	if (end == name + 1 || end > name + 7)
		return 0;
	/* UTF-8 and such aside, "T-1000-x" is a name. */
	return end < text.len && text.ptr[end] == '-' ? 0 : end;
}

/* T12345 at the start of text: so many figures count or measure nothing. */
static size_t task_number(struct pm_slice text)
{
	enum { FIGURES_LEAST = 4, FIGURES_MOST = 7 };
	size_t end = 1;

	if (text.ptr[0] != 'T')
		return 0;
	while (end < text.len && pm_is_digit(text.ptr[end]))
		end++;
	if (end <= FIGURES_LEAST || end > FIGURES_MOST + 1)
		return 0;
	/* "T1000-x" is a name; "T12345: add a cache" is not. */
	if (end < text.len &&
		(pm_is_letter(text.ptr[end]) || text.ptr[end] == '-' ||
			text.ptr[end] == '_'))
		return 0;
	return end;
}

/* #12 or GH-12 or !12 at the start of text. */
static size_t hash_number(struct pm_slice text)
{
	size_t end = 1;

	if (text.ptr[0] != '#' && text.ptr[0] != '!')
		return 0;
	while (end < text.len && pm_is_digit(text.ptr[end]))
		end++;
	return end > 1 && end < 10 ? end : 0;
}

/* "bug 1604925", "ticket 12", "support case 345678" */
static size_t word_number(struct pm_slice text)
{
	static const char *const words[] = {"bug ", "ticket ", "issue ",
		"case ", "incident ", "pr ", "sak ", "jira "};

	/* Asked at every word: nearly all begin otherwise. */
	if (!memchr("bticpsj", text.ptr[0] | 32, 7))
		return 0;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t len, end;

		if ((text.ptr[0] | 32) != words[i][0])
			continue;
		len = end = strlen(words[i]);
		if (text.len <= len ||
			!pm_slice_is_nocase(
				pm_slice_sub(text, 0, len), words[i]))
			continue;
		if (text.ptr[end] == '#')
			end++;
		while (end < text.len && pm_is_digit(text.ptr[end]))
			end++;
		/* Two figures are a count: "issue 2 new keys". */
		if (end - len >= 3 && end - len <= 10)
			return end;
	}
	return 0;
}

/* True for a sign of the names of repositories and those they belong to. */
static bool in_name(char c)
{
	return pm_is_letter(c) || pm_is_digit(c) || (c && strchr("-_.", c));
}

/* "option #1", "step#2": one of what the document itself counts. */
static bool counted_here(struct pm_slice before)
{
	static const char *const words[] = {"option", "step", "item", "point",
		"row", "phase", "attempt", "alternative", "alternativ", "steg",
		"trinn", "trin", "punkt", "forsøk", "opsjon", NULL};

	return pm_ends_in_one(pm_slice_trim(before), words) > 0;
}

/* How many bytes before a "#12" are "shop/search", as an issue of another
   repository is written; 0 for none. */
static size_t repo_before(struct pm_slice text, size_t at)
{
	enum { REPO_LEAST = 2 };
	size_t name = at, owner;

	while (name > 0 && in_name(text.ptr[name - 1]))
		name--;
	/* "infra#904"; "C#7" is a language, and "step#2" is counted here. */
	if (at - name >= REPO_LEAST &&
		(name == 0 || memchr(" (", text.ptr[name - 1], 2)))
		return counted_here(pm_slice_sub(text, 0, at)) ? 0 : at - name;
	if (name == at || name == 0 || text.ptr[name - 1] != '/')
		return 0;
	owner = name - 1;
	while (owner > 0 && in_name(text.ptr[owner - 1]))
		owner--;
	/* A path has more slashes, an address has them as well. */
	return owner == name - 1 || (owner > 0 && text.ptr[owner - 1] == '/')
		       ? 0
		       : at - owner;
}

/* As hash_number at an offset, but for what is counted here. */
static size_t own_number(struct pm_slice text, size_t at)
{
	if (text.ptr[at] == '#' && counted_here(pm_slice_sub(text, 0, at)))
		return 0;
	return hash_number(pm_slice_from(text, at));
}

/* True for a byte behind which no number begins. */
static bool in_number(char c)
{
	return pm_is_digit(c) || pm_is_letter(c) || c == '/' || c == '-' ||
	       c == '_' || c == '&' || c == '#';
}

struct pm_slice pm_tracker_number(struct pm_slice text)
{
	/* Bytes of the longest name before a number, with its dash. */
	enum { NAME_MOST = 11 };
	size_t figure = 0, from;
	bool inside;

	/* Whatever a number is called, it is made of figures. */
	while (figure < text.len && !pm_is_digit(text.ptr[figure]))
		figure++;
	if (figure == text.len)
		return (struct pm_slice){NULL, 0};
	from = figure > NAME_MOST ? figure - NAME_MOST : 0;
	inside = from && in_number(text.ptr[from - 1]);
	for (size_t i = from; i < text.len; i++) {
		struct pm_slice rest = pm_slice_from(text, i);
		char c = text.ptr[i];
		size_t len = 0, before = 0;

		if (inside && c == '#' && (len = hash_number(rest)) > 0 &&
			!(before = repo_before(text, i)))
			len = 0;
		if (!inside) {
			len = project_number(rest);
			if (!len)
				len = task_number(rest);
			if (!len)
				len = own_number(text, i);
			if (!len)
				len = word_number(rest);
		}
		if (len)
			return pm_slice_sub(text, i - before, len + before);
		inside = in_number(c);
	}
	return (struct pm_slice){NULL, 0};
}

struct pm_slice pm_tracker_entry(struct pm_slice text)
{
	enum { FIGURES_LEAST = 3, FIGURES_MOST = 10 };
	size_t key = 0, end;

	text = pm_slice_trim(text);
	while (key < text.len && (pm_is_capital(text.ptr[key]) ||
					 (key && pm_is_digit(text.ptr[key]))))
		key++;
	/* "T111" in a column for it is one as well. */
	if (key > 1 && text.ptr[0] == 'T' && pm_is_digit(text.ptr[1]))
		key = 1;
	else
		key = key > 1 && key < text.len && text.ptr[key] == '-'
			      ? key + 1
			      : 0;
	for (end = key; end < text.len && pm_is_digit(text.ptr[end]); end++)
		;
	/* A small number counts something, or numbers the rows. */
	if (end - key < (key > 1 ? 1 : FIGURES_LEAST) ||
		end - key > FIGURES_MOST ||
		(end < text.len && !memchr(" ,;/", text.ptr[end], 4)))
		return (struct pm_slice){NULL, 0};
	return pm_slice_sub(text, 0, end);
}

bool pm_tracker_leads(struct pm_slice text)
{
	enum { FIGURES_LEAST = 2 };
	size_t at = 0, from;

	while (at < text.len && pm_is_capital(text.ptr[at]))
		at++;
	if (at < 2)
		return false;
	if (at < text.len && text.ptr[at] == '-')
		at++;
	from = at;
	while (at < text.len && pm_is_digit(text.ptr[at]))
		at++;
	return at - from >= FIGURES_LEAST &&
	       (at == text.len || text.ptr[at] == ' ');
}

static bool is_struck(const struct pm_md_run *run)
{
	return (run->style & PM_MD_STRIKE) != 0;
}

/* "Post-mortem: US-4 and US-5": what the document is about tracks none of its
   actions: "Redesign US-4". */
static bool is_of_title(const struct pm_body *body, struct pm_slice number)
{
	struct pm_slice title = body->doc->heading;
	ptrdiff_t at = pm_slice_find_text(title, 0, number);

	return at >= 0 && memchr(number.ptr, '-', number.len) &&
	       ((size_t)at + number.len == title.len ||
		       !pm_is_digit(title.ptr[(size_t)at + number.len]));
}

/* The tracker among the runs that are struck through, or among the others. */
static bool find_tracker(struct pm_body *body, struct pm_action *action,
	const struct pm_text_line *line, bool struck)
{
	const struct pm_md_run *run = &body->md->runs[line->run];
	const struct pm_md_run *end = run + line->nruns;

	for (; run < end; run++) {
		if (is_struck(run) != struck)
			continue;
		if (run->url.len && !(run->style & PM_MD_IMAGE) &&
			pm_tracker_url(run->url)) {
			action->tracker.text = run->url;
			action->tracker.span = run->span;
			return true;
		}
	}
	for (run = end - line->nruns; run < end; run++) {
		struct pm_slice number;

		if (run->style & (PM_MD_INLINE_CODE | PM_MD_INLINE_HTML) ||
			is_struck(run) != struck)
			continue;
		number = pm_tracker_number(run->text);
		if (!number.len || is_of_title(body, number))
			continue;
		action->tracker.text = number;
		if (run->span.len)
			action->tracker.span = (struct pm_span){
				run->span.off +
					(size_t)(number.ptr - run->text.ptr),
				number.len};
		return true;
	}
	return false;
}

void pm_action_find_tracker(struct pm_body *body, struct pm_action *action,
	const struct pm_text_line *line)
{
	/* Of "~~#12~~ #13" the second holds; what is struck as a whole keeps
	   its own. */
	if (!action->tracker.text.len &&
		!find_tracker(body, action, line, false))
		find_tracker(body, action, line, true);
}
