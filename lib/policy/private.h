/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shared by the files of this room and by nobody else: the part of a policy
 * that its readers do not see, and the reader that fills it. A policy and all
 * it points to live in one arena, except the maps.
 */
#ifndef PM_POLICY_PRIVATE_H
#define PM_POLICY_PRIVATE_H

#include "base/arena.h"
#include "base/lines.h"
#include "base/map.h"
#include "pm/policy.h"
#include "yaml/yaml.h"

/* Mistakes of one file that are told; the others are counted. */
#define PM_POLICY_MISTAKES 20

/*
 * Records one more mistake of a file; *mistakes counts them. text is the
 * message. Returns PM_EINVALID.
 */
int pm_policy_mistake(struct pm_ctx *ctx, size_t *mistakes, const char *path,
	struct pm_pos pos, const char *text);

/* When all is read: the code of a file with so many mistakes, the last of them
   saying how many were not told. */
int pm_policy_mistakes_end(
	struct pm_ctx *ctx, size_t mistakes, const char *path);

/* Longest name of a list, and longest person. */
#define PM_NAME_MAX   100
#define PM_PERSON_MAX 254

/* A map that pm_names.index points at; all are released with the policy. */
struct pm_policy_index {
	struct pm_map map;
	struct pm_policy_index *next;
};

/* What a pm_policy is inside: the public part comes first. */
struct pm_policy_own {
	struct pm_policy policy;
	struct pm_arena arena;
	struct pm_policy_index *indexes;
	struct pm_map severities;  /* folded name or alias -> number + 1 */
	struct pm_map services;    /* folded name -> number + 1 */
	struct pm_map departments; /* folded name -> number + 1 */
	struct pm_map people;      /* keys of all who may be named */
	struct pm_map teams;       /* keys of the services' teams */
	size_t people_cap;         /* of policy.people.items */
};

/* Reading one file of settings. */
struct pm_policy_reader {
	struct pm_ctx *ctx;
	struct pm_policy_own *own;
	struct pm_lines lines;
	size_t mistakes; /* so far */
	bool shipped;    /* a test has looked for names twice in it */
	bool documents_said, new_dir_said;
};

/* Reads one value into the field that it is for. */
typedef int (*pm_policy_read_fn)(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);

/* One key of a map and where its value goes; a NULL key ends the table. */
struct pm_policy_setting {
	const char *key;
	pm_policy_read_fn read;
	size_t off; /* of the field in the struct that is being filled */
};

/*
 * Fails with PM_EINVALID at a place of the policy file. Whoever reads a list or
 * a map goes on after an entry that failed, so that one run tells all mistakes.
 */
int pm_policy_fail(struct pm_policy_reader *reader, struct pm_span span,
	const char *fmt, ...) PM_PRINTF(3, 4);

/* The code of a whole of which a part failed before (first) or now. */
static inline int pm_policy_worse(int first, int now)
{
	return first < 0 ? first : now;
}

/* The first entry of a list or map, none where the node is no such thing. */
static inline const struct pm_yaml_node *pm_policy_entries(
	const struct pm_yaml_node *node, int error)
{
	return error == 0 ? node->child : NULL;
}

/* Fails about a word that is none of words, with the nearest of them. */
int pm_policy_fail_word(struct pm_policy_reader *reader, struct pm_span span,
	const char *what, struct pm_slice word, const char *const *words);

/* True for a key with nothing after it, or with YAML's word for nothing. */
bool pm_policy_is_nothing(const struct pm_yaml_node *node);

/* Fail unless the node has this kind; nothing is an empty list or map. */
int pm_policy_want_list(
	struct pm_policy_reader *reader, const struct pm_yaml_node *node);
int pm_policy_want_map(
	struct pm_policy_reader *reader, const struct pm_yaml_node *node);
int pm_policy_want_scalar(
	struct pm_policy_reader *reader, const struct pm_yaml_node *node);

/* One name from a scalar, copied into the policy; field is const char **. */
int pm_policy_read_name(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);

/* A list of names without doubles; field is struct pm_names *. */
int pm_policy_read_names(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);

/* Remembers name in seen; fails when it was there, naming the first line. */
int pm_policy_check_twice(struct pm_policy_reader *reader, struct pm_map *seen,
	struct pm_span span, struct pm_slice name);

size_t pm_policy_count(const struct pm_yaml_node *node);

/* Prepares a list for as many names as node has children. */
void pm_policy_names_room(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, struct pm_names *names);

/* Reads a map's values into record by a table of settings. */
int pm_policy_read_map(struct pm_policy_reader *reader,
	const struct pm_yaml_node *map,
	const struct pm_policy_setting *settings, void *record);

/*
 * Reads a list of named records of size bytes whose first member is the name;
 * an item is a name, a map with "name", or an entry of a map. *out receives
 * the array, in the policy's arena.
 */
int pm_policy_read_items(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node,
	const struct pm_policy_setting *settings, size_t size, void *out);

/* Where the name of such an item stands, for messages. */
struct pm_span pm_policy_item_span(const struct pm_yaml_node *item);

/* Cuts a number off text; false when there is none or it is huge. */
bool pm_policy_read_digits(struct pm_slice *text, size_t *out);

/* The settings that are records, by key. */
int pm_policy_read_severities(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);
int pm_policy_read_people(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);
int pm_policy_read_departments(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);
int pm_policy_read_services(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);
int pm_policy_read_statuses(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);
int pm_policy_read_sections(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);
int pm_policy_read_rules(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);

int pm_policy_read_approvals(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);
int pm_policy_read_transitions(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);
int pm_policy_read_wording(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);
int pm_policy_read_working_days(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);
int pm_policy_read_holidays(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);

/* "true" or "false"; field is bool *. */
int pm_policy_read_bool(struct pm_policy_reader *reader,
	const struct pm_yaml_node *node, void *field);

/* Fails when a severity asks for more approvals than there are approvers. */
int pm_policy_check_approvals(
	struct pm_policy_reader *reader, const struct pm_yaml_node *list);

/* Fails when a service names a department that is not listed. */
int pm_policy_check_services(
	struct pm_policy_reader *reader, const struct pm_yaml_node *list);

/* Reads every setting of the map root into reader->own. */
int pm_policy_read_settings(
	struct pm_policy_reader *reader, const struct pm_yaml_node *root);

/* Adds a person's key to the list and the map, unless it is there. */
void pm_policy_add_person(struct pm_policy_own *own, struct pm_slice key);

/* Why a glob cannot be one, or NULL. Static. */
const char *pm_policy_glob_refuse(struct pm_slice glob);

/* Folds ASCII case into out, which has room for text.len bytes. */
struct pm_slice pm_policy_fold(char *out, struct pm_slice text);

#endif
