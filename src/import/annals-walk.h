/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-container.h"

G_BEGIN_DECLS

/**
 * AnnalsWalk:
 *
 * All the files in a file or folder, also those inside archives inside it, in an order that depends on
 * their names only, never on the folder's.
 *
 * Hostile input is bounded: archives in archives to a depth of 6; what is unpacked from one archive to
 * 200 times its size once it is more than 256 MB; a million files; symbolic links and special files in
 * folders are not followed. Each limit is an issue.
 */
typedef struct _AnnalsWalk AnnalsWalk;

typedef enum
{
  ANNALS_WALK_ERROR,
  ANNALS_WALK_PART,
  ANNALS_WALK_ISSUE,
  ANNALS_WALK_END,
} AnnalsWalkResult;

/* @path: a file or a folder. Fails with ANNALS_IMPORT_ERROR. */
AnnalsWalk       *annals_walk_new           (const char       *path,
                                             GError          **error);
void              annals_walk_free          (AnnalsWalk       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsWalk, annals_walk_free)

/* @part (out): not a container; borrowed until the next call. @issue (out): the caller's. */
AnnalsWalkResult  annals_walk_next          (AnnalsWalk       *self,
                                             AnnalsPart      **part,
                                             AnnalsIssue     **issue,
                                             GCancellable     *cancellable,
                                             GError          **error);
/* The file's or folder's name, for people. */
const char       *annals_walk_get_name      (AnnalsWalk       *self);
/* "folder", or the id of the container that the file is; NULL for a file that holds no files. */
const char       *annals_walk_get_container (AnnalsWalk       *self);
/* For people; NULL as above. */
const char       *annals_walk_get_label     (AnnalsWalk       *self);
/* Bytes read so far and in all, of the files on disk. */
gint64            annals_walk_get_offset    (AnnalsWalk       *self);
gint64            annals_walk_get_size      (AnnalsWalk       *self);
/* After the end: lower-case hex of the file's bytes; of a folder, of the lines "PATH\0SHA256\n" of its
 * files in the order of their paths. */
const char       *annals_walk_get_sha256    (AnnalsWalk       *self);

G_END_DECLS
