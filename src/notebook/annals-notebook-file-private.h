/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db-private.h"

G_BEGIN_DECLS

/* Makes the file with its schema and its identity. When it fails, no file stays. */
AnnalsDb *annals_notebook_file_create (const char  *path,
                                       const char  *title,
                                       GError     **error);
/* Looks before SQLite does (it takes an empty file for a database and finds a foreign one out at the
 * first read only), opens, migrates, and takes back imports whose program is gone. */
AnnalsDb *annals_notebook_file_open   (const char    *path,
                                       GCancellable  *cancellable,
                                       GError       **error);
/* Whether it is written through a log, beside which others can read. */
gboolean  annals_notebook_file_has_log (AnnalsDb   *db,
                                        gboolean   *log,
                                        GError    **error);
/* Whether it looks like a notebook that we can read, without SQLite. */
gboolean  annals_notebook_file_look   (const char  *path,
                                       GError     **error);
/* Whether it looks like a notebook that can be written, without SQLite. */
gboolean  annals_notebook_file_check  (const char  *path,
                                       GError     **error);
/* Migrates a file that is a copy already, and leaves it as one file without a write-ahead log. */
gboolean  annals_notebook_file_upgrade (const char    *path,
                                        GCancellable  *cancellable,
                                        GError       **error);
/* Makes the indexes begin anew where they are of another version. */
gboolean  annals_notebook_file_settle (AnnalsDb    *db,
                                       GError     **error);
/* One that is nobody's work here: to be read only, of whatever format up to ours. */
AnnalsDb *annals_notebook_file_open_other
                                      (const char  *path,
                                       GError     **error);
/* Takes back imports that are running still, and folds the write-ahead log into the file, so that the
 * one file can travel. */
void      annals_notebook_file_fold   (AnnalsDb    *db);

G_END_DECLS
