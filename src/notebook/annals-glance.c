/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-glance.h"

#include <glib/gi18n-lib.h>

#include "annals-db-private.h"
#include "annals-notebook-file-private.h"

static gboolean
check_version (AnnalsDb  *db,
               GError   **error)
{
  gint64 version;

  if (!annals_db_query_int64 (db, "PRAGMA user_version", 0, 0, &version, error))
    return FALSE;

  if (version == annals_schema_get_version ())
    return TRUE;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_FAILED,
               _("“%s”: it was written by an earlier version; open it in Annals once"), db->path);
  return FALSE;
}

gboolean
annals_glance (const char    *path,
               AnnalsDbFunc   func,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(AnnalsDb) db = NULL;
  gboolean done;

  g_return_val_if_fail (path != NULL && func != NULL, FALSE);

  if (!annals_notebook_file_look (path, error) || !(db = annals_db_open_read_only (path, error)))
    return FALSE;

  /* looked at where SQLite waits and works */
  db->cancellable = cancellable;
  if (!annals_schema_verify (db, error) || !check_version (db, error) || !annals_db_exec (db, "BEGIN", error))
    return FALSE;

  done = func (db, data, cancellable, error);
  annals_db_roll_back (db);

  return done;
}
