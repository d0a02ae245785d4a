/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the parts of this room fit together. The text as given (text.c) becomes
 * a copy that libyaml can read: bytes it would refuse are replaced one for
 * one, and mended slips are applied as edits. The copy is read into a tree
 * (tree.c); where that fails, or where the tree shows a slip that libyaml
 * swallowed (suspect.c), a problem and an edit are added (slip.c) and the
 * copy is read again. The plainest texts are spared that and read as they
 * stand (plain.c). At last the finished tree is inspected (inspect.c).
 *
 * Offsets are bytes of the text as given everywhere but in tree.c.
 */
#ifndef PM_YAML_PRIVATE_H
#define PM_YAML_PRIVATE_H

#include <stdint.h>

#include "base/lines.h"
#include "base/vec.h"
#include "yaml/yaml.h"

/* "these len bytes at off are read as with": one mended place. */
struct pm_yaml_edit {
	size_t off, len;
	struct pm_slice with; /* arena or static */
};

/* Where and why libyaml stopped. */
struct pm_yaml_stop {
	bool set;
	bool final;                    /* a limit: nothing can be mended */
	const char *context, *problem; /* libyaml's words, never NULL */
	size_t context_off, off;
};

/* What a line looks like to a person (shape.c). */
struct pm_yaml_shape {
	unsigned line;
	size_t start, end; /* without the line end */
	size_t first;      /* first byte that is not white space, or end */
	bool blank;        /* nothing or a comment */
	bool tab;          /* a tab stands in the indentation */
	bool item;         /* begins with "- " */
	size_t content;    /* after the dashes of list items */
	bool keyed;        /* "key:" stands at content */
	size_t key_end;    /* after the key, quotes included */
	size_t colon;
	size_t value;     /* content when there is no key */
	size_t value_end; /* before trailing white space and comment */
};

struct pm_yaml_nodes; /* a pool, used again by the next attempt */

struct pm_yaml_reader {
	struct pm_arena *arena;
	struct pm_slice text;   /* as given */
	struct pm_slice base;   /* as given, refused bytes replaced */
	struct pm_slice copy;   /* what libyaml reads: base with edits */
	bool ascii;             /* copy is known to be plain ASCII */
	bool standins;          /* base holds stand-ins for line breaks */
	bool odd_spaces;        /* text holds some (pm_yaml_text_odd_space) */
	bool returns;           /* text holds some: CR */
	struct pm_lines *lines; /* of text; for pm_yaml_lines */
	unsigned max_depth;
	PM_VEC(struct pm_yaml_edit) edits; /* sorted, apart from each other */
	PM_VEC(struct pm_yaml_problem) problems;
	struct pm_yaml_nodes *nodes;
	struct pm_yaml_node *root; /* of the last attempt */
	struct pm_yaml_stop stop;  /* of the last attempt */
	bool overflow;             /* more problems than are kept */
};

/* memory.c */

/* Makes arena libyaml's memory, where it is linked so. */
void pm_yaml_use(struct pm_arena *arena);

/* True when it is: nothing that libyaml made needs to be freed. */
bool pm_yaml_keeps(void);

/* What libyaml calls there; NULL is never returned. */
void *pm_yaml_malloc(size_t size);
void *pm_yaml_realloc(void *old, size_t size);
char *pm_yaml_strdup(const char *text);
void pm_yaml_free(void *ptr);

/* text.c */

/* The lines of the text. What is as it should be never asks for them. */
const struct pm_lines *pm_yaml_lines(const struct pm_yaml_reader *rd);

/* Fills base, adding a problem for what had to be replaced. */
void pm_yaml_text_prepare(struct pm_yaml_reader *rd);

/* Makes copy of base and edits. */
void pm_yaml_text_apply(struct pm_yaml_reader *rd);

/* The offset in the text as given of an offset in copy. */
size_t pm_yaml_text_origin(const struct pm_yaml_reader *rd, size_t off);

/*
 * Adds an edit; false when it meets an earlier one (nothing is added) or
 * there are too many.
 */
bool pm_yaml_text_edit(struct pm_yaml_reader *rd, size_t off, size_t len,
	struct pm_slice with);

/* Reads the bytes as so many letters, so that any value becomes plain. */
bool pm_yaml_text_fill(struct pm_yaml_reader *rd, size_t off, size_t len);

/* True when something was put in at off. */
bool pm_yaml_text_inserted(const struct pm_yaml_reader *rd, size_t off);

/* True when something in [off, end] was mended. */
bool pm_yaml_text_edited(
	const struct pm_yaml_reader *rd, size_t off, size_t end);

/* True when some bytes of the span were filled. */
bool pm_yaml_text_filled(const struct pm_yaml_reader *rd, struct pm_span span);

/*
 * Reads the lines from first to last as blank ones, whatever was mended in
 * them; false when they are blank already.
 */
bool pm_yaml_text_blank(
	struct pm_yaml_reader *rd, unsigned first, unsigned last);

/* True for spaces that look like one and are none to YAML. */
bool pm_yaml_text_odd_space(uint32_t cp);

/* A copy of a decoded value with stand-ins turned back into what they hide. */
struct pm_slice pm_yaml_text_restore(
	struct pm_arena *arena, struct pm_slice value);

/* tree.c */

/* Reads copy into root; sets stop when libyaml gave up. */
void pm_yaml_tree_read(struct pm_yaml_reader *rd);

/* The node after this one in document order, NULL after the last. */
const struct pm_yaml_node *pm_yaml_tree_next(const struct pm_yaml_node *node);

/* plain.c */

/* Reads text into root when it is of the plainest kind; root stays NULL for
   any other, which libyaml has to read. */
void pm_yaml_plain(struct pm_yaml_reader *rd);

/* suspect.c: slips that libyaml reads as something else. */

/* True when a problem and an edit were added: the copy must be read again. */
bool pm_yaml_suspect(struct pm_yaml_reader *rd);

/*
 * Slips that slip.c meets as well. Each adds its problem and its edit, or
 * returns false when the line does not show it: "key:value", "-item", a quote
 * at off that is not closed, an odd space anywhere in the line.
 */
bool pm_yaml_mend_colon(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape);
bool pm_yaml_mend_dash(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape);
bool pm_yaml_mend_quote(struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, size_t off);
bool pm_yaml_mend_spaces(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape);

/* slip.c: slips at which libyaml stops. */

struct pm_yaml_slip {
	struct pm_yaml_reader *rd;
	size_t off;                 /* where libyaml stopped */
	size_t context;             /* where what it was reading began */
	struct pm_yaml_shape here;  /* the line of off */
	struct pm_yaml_shape there; /* the line of context */
};

/* As pm_yaml_suspect, for the place in stop: adds a problem if it can. */
bool pm_yaml_slip(struct pm_yaml_reader *rd);

/* Leaves the line of off out, with what is below it, and says why. */
bool pm_yaml_stray_line(struct pm_yaml_slip *s, size_t len, const char *hint,
	const char *message);

/*
 * The slips that have a file of their own; each adds its problem and its edit
 * or returns false. indent.c: tabs in the indentation; first lines that are
 * indented when later ones are not; a line indented like none before it.
 */
bool pm_yaml_slip_tabs(struct pm_yaml_slip *s);

/*
 * Replaces white space at the start of a line that is none to YAML by as many
 * spaces as the line needs to stand where it was meant to.
 */
bool pm_yaml_mend_white(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape);
bool pm_yaml_slip_first_lines(struct pm_yaml_slip *s);
bool pm_yaml_mend_indent(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape);

/* bracket.c: a bracket that is not closed, an entry that is none. */
bool pm_yaml_slip_open_bracket(struct pm_yaml_slip *s);
bool pm_yaml_slip_empty_entry(struct pm_yaml_slip *s);

/*
 * value.c: the value of a line that needs quotes, the entry in brackets that
 * begins at off, and whatever it is that begins at off in a line.
 */
bool pm_yaml_mend_value(
	struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape);
bool pm_yaml_mend_entry(struct pm_yaml_reader *rd, size_t off);
bool pm_yaml_mend_at(struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, size_t off);

/* inspect.c: what YAML allows and pm does not, in the finished tree. */
void pm_yaml_inspect(struct pm_yaml_reader *rd);

/* shape.c: what a line looks like to a person. */

/* The byte at off, a line end beyond the text; the bytes [off, end). */
char pm_yaml_byte(const struct pm_yaml_reader *rd, size_t off);
struct pm_slice pm_yaml_bytes(
	const struct pm_yaml_reader *rd, size_t off, size_t end);

/* True when c is one of the set's characters; NUL never is. */
bool pm_yaml_among(char c, const char *set);

/* The key of a line, or its first words, to name it in a message. */
struct pm_slice pm_yaml_name(
	const struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape);

/* Looks at a 1-based line of the text as given. */
struct pm_yaml_shape pm_yaml_shape(
	const struct pm_yaml_reader *rd, unsigned line);

/* As pm_yaml_shape for the line that holds an offset. */
struct pm_yaml_shape pm_yaml_shape_at(
	const struct pm_yaml_reader *rd, size_t off);

/* The nearest line before or after that is not blank; false: none. */
bool pm_yaml_shape_after(const struct pm_yaml_reader *rd, unsigned line,
	struct pm_yaml_shape *out);
bool pm_yaml_shape_before(const struct pm_yaml_reader *rd, unsigned line,
	struct pm_yaml_shape *out);

/* The indentation of a line as mended so far; 0 for one left out. */
size_t pm_yaml_shape_mended(
	const struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape);

/*
 * The number of spaces with which a line like shape may begin, judged by the
 * lines before it as mended so far: the nearest to here, the deeper of two,
 * or SIZE_MAX.
 */
size_t pm_yaml_shape_column(const struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, size_t here);

/* The last line of the block that line begins: all deeper lines after it. */
unsigned pm_yaml_shape_last(
	const struct pm_yaml_reader *rd, const struct pm_yaml_shape *shape);

/* yaml.c */

/* Adds a problem; hint (kept as it is) may be NULL. */
void pm_yaml_problem(struct pm_yaml_reader *rd, enum pm_yaml_problem_kind kind,
	struct pm_span span, const char *hint, const char *fmt, ...)
	PM_PRINTF(5, 6);

/* Sets the other place of the problem added last. */
void pm_yaml_problem_other(struct pm_yaml_reader *rd, struct pm_span other);

/* "write: owner: "@x"" for a value of the line; in the arena. */
const char *pm_yaml_hint_quote(const struct pm_yaml_reader *rd,
	const struct pm_yaml_shape *shape, struct pm_slice value);

#endif
