/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-container.h"

G_BEGIN_DECLS

/**
 * AnnalsWalk:
 *
 * All the files in a file or folder, also those inside archives inside it. A folder's come in the order of
 * their names' bytes, whatever the file system's or the language's; an archive's in the archive's own, in
 * the place of its name. Hidden files and what systems leave behind (Thumbs.db) are passed over.
 *
 * Hostile input is bounded: archives in archives to a depth of 6, folders in folders to 100; what is
 * unpacked from one file to 200 times its size once it is more than 256 MB; a million files; symbolic links
 * and special files in folders are not followed. Each limit is an issue.
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

/* @part (out): not an archive; borrowed until the next call. Its input ends early where it is damaged, and an
 * issue after it says so. @issue (out): the caller's. Fails when it was cancelled only. */
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
/* Bytes read so far, which never go back, and in all, of the files on disk. */
gint64            annals_walk_get_offset    (AnnalsWalk       *self);
gint64            annals_walk_get_size      (AnnalsWalk       *self);
/* After the end: lower-case hex of the file's bytes; of a folder, of the lines "PATH\0SHA256\n" of its
 * files that were read, in their order. NULL before. */
const char       *annals_walk_get_sha256    (AnnalsWalk       *self);

G_END_DECLS
