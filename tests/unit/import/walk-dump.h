/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-walk.h"

G_BEGIN_DECLS

/**
 * WalkDump:
 * @text: a line per part, "PATH SIZE", and per issue, "! SEVERITY CODE PLACE: REASON"
 * @parts: of each part its path, and its address where it has one, → its SHA-256
 *
 * What a walk gives, read to the end.
 */
typedef struct
{
  char       *name;
  char       *container;
  char       *label;
  char       *sha256;
  gint64      size;
  guint       n_parts;
  guint       n_issues;
  GString    *text;
  GHashTable *hashes;
} WalkDump;

/* Asserts on the way what is true of every walk: its offset never goes back nor beyond the size, its strings
 * are UTF-8, paths are inside and differ. */
WalkDump *walk_dump        (const char     *path);
void      walk_dump_free   (WalkDump       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WalkDump, walk_dump_free)

void      walk_dump_assert (const WalkDump *self,
                            const char     *expected);
/* Removes a folder and all in it. */
void      walk_dump_remove (const char     *folder);

G_END_DECLS
