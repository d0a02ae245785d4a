/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Edits of a document: changes of the bytes they mean to change and of no
 * others. They are collected against the document as it was parsed and applied
 * together; comments, key order, quotes, indentation and line ends stay.
 *
 *	struct pm_edits edits;
 *	struct pm_buf out = PM_BUF_INIT;
 *	pm_edits_init(&edits, doc);
 *	pm_edits_value(&edits, &doc->owner, pm_slice_str("@bo"));
 *	if (pm_edits_apply(&edits, &out))
 *		write_it(&out);
 *	pm_edits_release(&edits);
 */
#ifndef PM_DOC_EDIT_H
#define PM_DOC_EDIT_H

#include "base/arena.h"
#include "base/record.h"
#include "base/vec.h"
#include "doc/doc.h"
#include "yaml/yaml.h"

struct pm_edit {
	struct pm_span span;  /* what goes; len 0: nothing */
	struct pm_slice text; /* what comes in its place */
	size_t order;         /* of two at one place the first comes first */
};

struct pm_edits {
	const struct pm_doc *doc; /* outlives the edits */
	struct pm_arena arena;
	struct pm_yaml yaml; /* the front matter, read when needed */
	bool has_yaml;
	PM_VEC(struct pm_edit) items;
};

void pm_edits_init(struct pm_edits *edits, const struct pm_doc *doc);
void pm_edits_release(struct pm_edits *edits);

/* Puts text (copied) in the place of a span. */
void pm_edits_replace(
	struct pm_edits *edits, struct pm_span span, struct pm_slice text);

/*
 * Gives a field of the front matter a value: in the place of the one that is
 * written, or after its key. It is quoted when YAML wants that, and as the
 * old value was quoted. The field has a span or a key.
 */
void pm_edits_value(struct pm_edits *edits, const struct pm_field *field,
	struct pm_slice value);

/*
 * Appends an item to a list at the top of the front matter, in the style of
 * the list, and makes the list when it is not there. item is YAML for one
 * line: "{by: a, at: b}". False when the front matter is absent, cannot be
 * read whole or is written in brackets, and when the field holds something
 * else than a list.
 */
bool pm_edits_append(
	struct pm_edits *edits, const char *key, struct pm_slice item);

/*
 * Adds lines, each with its end, behind the last field at the top: fields that
 * are not there, as they would be written with no blanks before them. False as
 * pm_edits_append, where the fields that are there have blanks before them, and
 * where no line closes them.
 */
bool pm_edits_add_fields(struct pm_edits *edits, struct pm_slice lines);

/*
 * Adds one field, with quotes where YAML wants them, as the first, or behind
 * the schema where that is. False as pm_edits_add_fields.
 */
bool pm_edits_add_first(
	struct pm_edits *edits, const char *key, struct pm_slice value);

/*
 * Appends the new document to out. False, with out as it was, when two edits
 * want the same bytes.
 */
bool pm_edits_apply(const struct pm_edits *edits, struct pm_buf *out);

/*
 * Edits are found in a worker and made by its parent: put appends them to a
 * record with the digest of the document they are for; replay reads them and
 * appends the new document for src to out. PM_EINVALID: src is another text.
 */
void pm_edits_put(const struct pm_edits *edits, struct pm_buf *record);
int pm_edits_replay(
	struct pm_record *record, struct pm_slice src, struct pm_buf *out);

#endif
