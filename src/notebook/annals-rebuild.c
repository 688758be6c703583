/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is derived, made anew in the notebook itself. */
#include "config.h"

#include "annals-repair.h"

#include "annals-backup.h"
#include "annals-index-private.h"
#include "annals-note-index-private.h"
#include "annals-salvage-private.h"

/* FTS5 reads the version and the structure of an index before it drops it. So it is given that of an empty one: a
 * cookie, and no levels, no segments, no writes. */
#define EMPTY_INDEX(table) \
  "INSERT OR REPLACE INTO " table "_config (k, v) VALUES ('version', 4);" \
  "DELETE FROM " table "_data; DELETE FROM " table "_idx;" \
  "INSERT INTO " table "_data (id, block) VALUES (1, x''), (10, x'00000000000000');"

static const char FORGET[] =
  "DROP TABLE IF EXISTS post_index;"
  "DROP TABLE IF EXISTS note_index;"
  "DELETE FROM text_signature;"
  "DELETE FROM same_text;"
  "DELETE FROM meta WHERE key GLOB 'index.*' OR key GLOB 'note-index.*' OR key GLOB 'same-text.*';"
  "REINDEX;";

static gboolean
rebuild_cb (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  db->announce = TRUE;

  /* Where this fails, so does what follows. */
  sqlite3_db_config (db->native, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
  annals_db_exec (db, EMPTY_INDEX ("post_index"), NULL);
  annals_db_exec (db, EMPTY_INDEX ("note_index"), NULL);
  if (sqlite3_db_config (db->native, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) != SQLITE_OK)
    {
      annals_db_set_error (db, SQLITE_ERROR, NULL, error);
      return FALSE;
    }

  return annals_db_exec (db, FORGET, error) &&
         annals_index_prepare (db, error) &&
         annals_note_index_prepare (db, error) &&
         annals_salvage_fit_dates (db, NULL, error);
}

gboolean
annals_notebook_rebuild (AnnalsNotebook  *notebook,
                         const char      *folder,
                         GCancellable    *cancellable,
                         GError         **error)
{
  g_autofree char *backup = NULL;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), FALSE);

  /* Of a damaged structure there is no backup that could be trusted, and nothing derived to rebuild it from. */
  backup = annals_backup_make (annals_notebook_get_path (notebook), folder, ANNALS_BACKUP_REPAIR, NULL, NULL,
                               cancellable, error);

  return backup != NULL &&
         annals_notebook_bulk (notebook, rebuild_cb, NULL, cancellable, error) &&
         annals_notebook_finish_index (notebook, cancellable, error);
}
