/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts of the front half. A field is described by a row: its name, where
 * it goes, what it holds. Rows make tables, tables are read by one function,
 * so that a new field is one row. Private to this room.
 */
#ifndef PM_DOC_FRONT_H
#define PM_DOC_FRONT_H

#include "base/map.h"
#include "doc/private.h"
#include "yaml/yaml.h"

struct pm_front {
	struct pm_doc *doc;
	size_t base;        /* where the YAML begins in the document */
	struct pm_map told; /* unknown fields, each told once */
};

enum pm_front_kind {
	PM_FRONT_TEXT, /* struct pm_field */
	PM_FRONT_LIST, /* struct pm_field_list: a list, or one value */
	PM_FRONT_NODE, /* read by a function */
};

struct pm_front_row {
	const char *name;
	enum pm_front_kind kind;
	size_t off; /* of the field in the struct the table is for */
	void (*read)(struct pm_front *front, const struct pm_yaml_node *node);
};

struct pm_front_table {
	const char *what; /* "an action": for messages; "" at the top */
	const struct pm_front_row *rows;
	size_t nrows;
};

/* encoding.c: adds problems; false when the bytes are no text pm can read. */
bool pm_doc_check_encoding(struct pm_doc *doc);

/* fence.c: sets body_off, has_front, and front and fence in private. */
void pm_doc_find_front(struct pm_doc *doc);

/* front.c */

/* The node's place, and its key's, in the document. */
struct pm_span pm_front_span(const struct pm_front *front, struct pm_span span);

/* Reads the keys of a map by a table into the struct at out. */
void pm_front_read(struct pm_front *front, const struct pm_yaml_node *map,
	const struct pm_front_table *table, void *out);

/* Tells that a field holds something of another shape. */
void pm_front_type(struct pm_front *front, const struct pm_yaml_node *node,
	const char *hint, const char *wants);

/* True for nothing, "~" and "null": the field is there and says nothing. */
bool pm_front_null(const struct pm_yaml_node *node);

/* front_items.c: the lists of records. */
void pm_front_participants(
	struct pm_front *front, const struct pm_yaml_node *node);
void pm_front_causes(struct pm_front *front, const struct pm_yaml_node *node);
void pm_front_evidence(struct pm_front *front, const struct pm_yaml_node *node);
void pm_front_actions(struct pm_front *front, const struct pm_yaml_node *node);
void pm_front_approvals(
	struct pm_front *front, const struct pm_yaml_node *node);
void pm_front_waivers(struct pm_front *front, const struct pm_yaml_node *node);

#endif
