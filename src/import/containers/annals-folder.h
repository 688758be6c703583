/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-container.h"

G_BEGIN_DECLS

/**
 * AnnalsFolder:
 *
 * The files in a folder and in those below it, in the order of their names' bytes, a folder's in its
 * name's place. What belongs to nobody's archive (hidden files, what systems leave behind) is passed over;
 * what is neither file nor folder is not followed and said to be so.
 */
typedef struct _AnnalsFolder AnnalsFolder;

typedef enum
{
  ANNALS_FOLDER_FILE,
  ANNALS_FOLDER_ISSUE,
  ANNALS_FOLDER_END,
} AnnalsFolderResult;

/**
 * AnnalsFolderFile:
 * @path: as it is on the disk, below the folder; any bytes
 * @name: the last piece of it
 * @fd: of the folder that @name is in
 * @size: in bytes
 *
 * A file that was found. All of it is good until the next one is asked for.
 */
typedef struct
{
  const char *path;
  const char *name;
  int         fd;
  gint64      size;
} AnnalsFolderFile;

/* Fails with ANNALS_IMPORT_ERROR_UNREADABLE. */
AnnalsFolder       *annals_folder_new   (const char        *path,
                                         GError           **error);
void                annals_folder_free  (AnnalsFolder      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFolder, annals_folder_free)

/* The next @file, or an @issue (out), which is the caller's. */
AnnalsFolderResult  annals_folder_next  (AnnalsFolder      *self,
                                         AnnalsFolderFile  *file,
                                         AnnalsIssue      **issue);
/* How many files there are, at most a little more than @limit, and their bytes. */
gboolean            annals_folder_count (const char        *path,
                                         guint              limit,
                                         guint             *n_files,
                                         gint64            *size,
                                         GError           **error);

G_END_DECLS
