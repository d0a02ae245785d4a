/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths inside a repository: relative, "/" between components, no ".", no
 * "..". Globs follow gitignore: "*" stays within a component, "**" crosses.
 */
#ifndef PM_BASE_PATH_H
#define PM_BASE_PATH_H

#include "pm/buf.h"

/* The part after the last "/", and the part before it ("" if none). */
struct pm_slice pm_path_base(struct pm_slice path);
struct pm_slice pm_path_dir(struct pm_slice path);

/* The file name without its last suffix: "a/2026-01-02-x.md" -> "2026-01-02-x".
 */
struct pm_slice pm_path_stem(struct pm_slice path);

/* The id of the document at a path: the file name without its suffix, but the
   directory's name for what stands for it: "2026-01-02-x/index.md", _index.md
   and README.md. */
struct pm_slice pm_path_id(struct pm_slice path);

/*
 * Appends path, which counts from the top, as it is written from the directory
 * here ("" is the top): "a/b.md" from "a/c" is "../b.md".
 */
void pm_path_relative(
	struct pm_buf *buf, struct pm_slice here, struct pm_slice path);

/*
 * Appends base/path with "." and ".." resolved and doubled "/" removed. Returns
 * PM_EINVALID when the result would climb above the root; path may be
 * absolute-in-repository ("/x" means "x").
 */
int pm_path_join(
	struct pm_buf *buf, struct pm_slice base, struct pm_slice path);

/*
 * Checks a path that pm is about to create or commit: no control characters,
 * no "\\", no ":", no leading "-", no trailing dot or space, no Windows
 * device name, nothing that git takes for .git, components of at most 255
 * bytes, 4096 in all (hazards.txt 52). Returns NULL or a static reason.
 */
const char *pm_path_refuse(struct pm_slice path);

/* True when path matches the glob; linear in practice, bounded always. */
bool pm_glob_match(struct pm_slice glob, struct pm_slice path);

/* The literal directory before the first wildcard: "a/b/ *.md" -> "a/b". */
struct pm_slice pm_glob_root(struct pm_slice glob);

#endif
