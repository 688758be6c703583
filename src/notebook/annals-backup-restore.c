/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going back to a backup.
 *
 * An open notebook takes the backup's pages in one transaction of SQLite's, while its writer waits: whoever has
 * the file open sees a change that another program made, and a program that is killed amidst it leaves what
 * there was. */
#include "config.h"

#include "annals-backup-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "annals-imports-private.h"
#include "annals-notebook-file-private.h"
#include "annals-notebook-private.h"
#include "annals-scratch-private.h"

static gboolean
query (AnnalsDb    *db,
       const char  *sql,
       int         *value,
       GError     **error)
{
  gint64 number = 0;

  if (!annals_db_query_int64 (db, sql, 0, 0, &number, error))
    return FALSE;

  *value = (int) number;
  return TRUE;
}

/* A backup of this version with pages of this size can be read as it is. */
static gboolean
fits (AnnalsDb  *db,
      int        page_size,
      gboolean  *fit,
      GError   **error)
{
  int version, size;

  if (!query (db, "PRAGMA user_version", &version, error) || !query (db, "PRAGMA page_size", &size, error))
    return FALSE;

  *fit = version == annals_schema_get_version () && (page_size == 0 || size == page_size);
  return TRUE;
}

static gboolean
set_page_size (const char    *path,
               int            page_size,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr(AnnalsDb) db = annals_db_open (path, TRUE, error);
  g_autofree char *sql = g_strdup_printf ("PRAGMA page_size=%d; VACUUM", page_size);

  if (db != NULL)
    db->cancellable = cancellable;

  return db != NULL && annals_db_exec (db, sql, error);
}

AnnalsDb *
annals_backup_bring_up (AnnalsDb                *db,
                        const char              *near,
                        int                      page_size,
                        const AnnalsBackupWork  *work,
                        char                   **scratch,
                        GError                 **error)
{
  const AnnalsBackupWork quietly = { NULL, NULL, work->cancellable };
  g_autoptr(AnnalsDb) taken = db;
  gboolean fit;

  if (db == NULL || !fits (db, page_size, &fit, error))
    return NULL;

  if (fit)
    return g_steal_pointer (&taken);

  *scratch = annals_scratch_dup_name (near, ANNALS_SCRATCH_RESTORE);
  if (!annals_backup_write_db (db, *scratch, &quietly, error) ||
      !annals_notebook_file_upgrade (*scratch, work->cancellable, error) ||
      (page_size != 0 && !set_page_size (*scratch, page_size, work->cancellable, error)))
    return NULL;

  return annals_db_open_still (*scratch, error);
}

AnnalsDb *
annals_backup_open (const char              *backup,
                    const char              *near,
                    int                      page_size,
                    const AnnalsBackupWork  *work,
                    char                   **scratch,
                    GError                 **error)
{
  if (!annals_backup_verify (backup, work->cancellable, error))
    return NULL;

  return annals_backup_bring_up (annals_db_open_still (backup, error), near, page_size, work, scratch, error);
}

typedef struct
{
  AnnalsNotebook   *notebook;
  AnnalsDb         *backup;
  AnnalsBackupWork  work;
  char             *state;    /* of the notebook before its present state was backed up */
  AnnalsDb         *present;  /* the writer's own, while the backup is copied */
  gboolean          log;      /* others read beside a writer */
  guint32           change;   /* without a log: of the file, when its state was read */
} Restoring;

/* Runs that the backup saw go on would look like this program's own. */
static const char FORGET_RUNS[] = "UPDATE import SET runner = 'restored' WHERE state = 'running'";

/* The number that each change of a file without a log raises: https://www.sqlite.org/fileformat.html, section 1.3.7 */
#define HEADER_CHANGE 24

static gboolean
read_change (AnnalsDb  *db,
             guint32   *change,
             GError   **error)
{
  sqlite3_file *file = NULL;
  int code = sqlite3_file_control (db->native, "main", SQLITE_FCNTL_FILE_POINTER, &file);

  if (code == SQLITE_OK)
    code = file->pMethods->xRead (file, change, sizeof *change, HEADER_CHANGE);
  if (code == SQLITE_OK)
    return TRUE;

  annals_db_set_error (db, code, NULL, error);
  return FALSE;
}

static gboolean
tell_changed (Restoring  *self,
              GError    **error)
{
  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_BUSY,
               _("“%s”: it was changed while its present state was backed up; nothing was restored, try again"),
               self->present->path);
  return FALSE;
}

/* What came since would be in no backup. */
static gboolean
check_state (Restoring  *self,
             GError    **error)
{
  g_autofree char *state = annals_backup_dup_state (self->present, error);

  if (state == NULL)
    return FALSE;

  return g_str_equal (state, self->state) || tell_changed (self, error);
}

/* Nobody writes any more. Without a log nobody reads either, and a number tells whether somebody wrote. */
static gboolean
check_locked (gpointer   data,
              GError   **error)
{
  Restoring *self = data;
  guint32 change = 0;

  if (self->log)
    return check_state (self, error);

  return read_change (self->present, &change, error) && (change == self->change || tell_changed (self, error));
}

/* Within one reading of the file: the number is that of the state. */
static gboolean
check_unlocked (Restoring  *self,
                GError    **error)
{
  gboolean ok = annals_db_exec (self->present, "BEGIN", error) &&
                check_state (self, error) &&
                (self->log || read_change (self->present, &self->change, error));

  annals_db_roll_back (self->present);

  return ok;
}

static gboolean
restore_alone (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Restoring *restoring = data;
  g_autoptr(AnnalsDb) target = NULL;

  if (!annals_db_check_place (db, error))
    return FALSE;
  if (annals_import_runs_here (db))
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_BUSY,
                   _("“%s”: something is being imported; a backup can be restored when that has ended"), db->path);
      return FALSE;
    }

  restoring->present = db;
  if (!annals_notebook_file_has_log (db, &restoring->log, error) || !check_unlocked (restoring, error))
    return FALSE;

  /* Of its own, so that this thread's sees it as another program's change. */
  if (!(target = annals_db_open (db->path, TRUE, error)) ||
      !annals_backup_copy_pages (restoring->backup, target, check_locked, restoring, &restoring->work, error))
    return FALSE;

  /* It is restored: what fails from here on, the next opening does. */
  annals_notebook_file_settle (target, NULL);
  annals_db_exec (target, FORGET_RUNS, NULL);
  return TRUE;
}

static gboolean
read_state (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Restoring *restoring = data;

  restoring->state = annals_backup_dup_state (db, error);
  return restoring->state != NULL;
}

static gboolean
check_identity (AnnalsDb    *backup,
                const char  *uid,
                const char  *path,
                GError     **error)
{
  g_autofree char *own = annals_db_get_meta (backup, "uid", NULL);

  if (g_strcmp0 (own, uid) == 0)
    return TRUE;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
               _("“%s”: it is not a backup of this notebook"), path);
  return FALSE;
}

static gboolean
get_page_size (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  return query (db, "PRAGMA page_size", data, error);
}

/* The backup's connection belongs to the thread that opened it; the writer's takes it over. */
static gboolean
hand_over (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Restoring *restoring = data;
  gboolean ok;

  annals_db_adopt (restoring->backup);
  ok = restore_alone (db, data, cancellable, error);

  return ok;
}

gboolean
annals_backup_restore (AnnalsNotebook        *notebook,
                       const char            *backup,
                       const char            *folder,
                       char                 **kept,
                       AnnalsBackupProgress   progress,
                       gpointer               user_data,
                       GCancellable          *cancellable,
                       GError               **error)
{
  Restoring restoring = { notebook, NULL, { progress, user_data, cancellable } };
  g_autofree char *scratch = NULL;
  g_autofree char *present = NULL;
  const char *path;
  int page_size = 0;
  gboolean ok = FALSE;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), FALSE);
  g_return_val_if_fail (backup != NULL, FALSE);

  path = annals_notebook_get_path (notebook);
  if (annals_notebook_read (notebook, get_page_size, &page_size, cancellable, error) &&
      (restoring.backup = annals_backup_open (backup, path, page_size, &restoring.work, &scratch, error)) != NULL &&
      check_identity (restoring.backup, annals_notebook_get_uid (notebook), backup, error) &&
      annals_notebook_read (notebook, read_state, &restoring, cancellable, error) &&
      (present = annals_backup_make (path, folder, ANNALS_BACKUP_RESTORE, NULL, NULL, cancellable, error)) != NULL)
    ok = annals_notebook_alone (notebook, hand_over, &restoring, cancellable, error);

  if (restoring.backup != NULL)
    annals_db_adopt (restoring.backup);
  g_clear_pointer (&restoring.backup, annals_db_free);
  g_free (restoring.state);
  if (scratch != NULL)
    annals_backup_remove (scratch);
  if (ok && kept != NULL)
    *kept = g_steal_pointer (&present);

  return ok;
}

/* --- where the notebook cannot be opened --- */

static gboolean
move_aside (const char  *path,
            char       **aside,
            GError     **error)
{
  static const char * const suffixes[] = { "-wal", "-shm", "-journal", "" };
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y-%m-%dT%H%M%SZ");
  g_autofree char *to = g_strdup_printf ("%s.damaged-%s", path, stamp);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *there = g_strconcat (to, suffixes[i], NULL);

      if (g_file_test (from, G_FILE_TEST_EXISTS) && g_rename (from, there) != 0)
        {
          g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_READ_ONLY, "“%s”: %s", from,
                       g_strerror (errno));
          return FALSE;
        }
    }

  *aside = g_steal_pointer (&to);
  return TRUE;
}

/* @path is there whole, or not at all. */
static gboolean
copy_out (const char              *backup,
          const char              *target,
          gboolean                 new_identity,
          const AnnalsBackupWork  *work,
          GError                 **error)
{
  g_autofree char *scratch = NULL;
  g_autofree char *part = annals_scratch_dup_name (target, ANNALS_SCRATCH_COPY);
  g_autofree char *uid = g_uuid_string_random ();
  g_autoptr(AnnalsDb) db = annals_backup_open (backup, target, 0, work, &scratch, error);
  g_autoptr(AnnalsDb) copy = NULL;
  gboolean ok;

  ok = db != NULL && annals_backup_write_db (db, part, work, error) &&
       (copy = annals_db_open (part, TRUE, error)) != NULL &&
       annals_db_exec (copy, FORGET_RUNS, error) &&
       (!new_identity || annals_db_set_meta (copy, "uid", uid, error));
  g_clear_pointer (&db, annals_db_free);
  g_clear_pointer (&copy, annals_db_free);
  if (scratch != NULL)
    annals_backup_remove (scratch);

  /* Never over a notebook that may be open, or a log that is not its own. */
  ok = ok && annals_backup_name_file (part, target, error);
  if (!ok)
    annals_backup_remove (part);

  return ok;
}

gboolean
annals_backup_replace (const char            *path,
                       const char            *backup,
                       char                 **aside,
                       AnnalsBackupProgress   progress,
                       gpointer               user_data,
                       GCancellable          *cancellable,
                       GError               **error)
{
  const AnnalsBackupWork work = { progress, user_data, cancellable };
  g_autofree char *ready = NULL;
  g_autofree char *moved = NULL;
  gboolean ok;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (backup != NULL, FALSE);

  /* The damaged file is moved when all else is done: two renames are the whole change. */
  ready = annals_scratch_dup_name (path, ANNALS_SCRATCH_RESTORED);
  if (!copy_out (backup, ready, FALSE, &work, error))
    return FALSE;

  ok = !g_file_test (path, G_FILE_TEST_EXISTS) || move_aside (path, &moved, error);
  if (ok && g_rename (ready, path) != 0)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_READ_ONLY, "“%s”: %s", path,
                   g_strerror (errno));
      ok = FALSE;
    }
  if (!ok)
    annals_backup_remove (ready);
  if (aside != NULL)
    *aside = g_steal_pointer (&moved);

  return ok;
}

gboolean
annals_backup_copy_out (const char    *backup,
                        const char    *target,
                        GCancellable  *cancellable,
                        GError       **error)
{
  const AnnalsBackupWork work = { NULL, NULL, cancellable };

  g_return_val_if_fail (backup != NULL, FALSE);
  g_return_val_if_fail (target != NULL, FALSE);

  return copy_out (backup, target, TRUE, &work, error);
}

static gboolean
save_alone (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const AnnalsBackupWork work = { NULL, NULL, cancellable };

  return annals_backup_write_db (db, data, &work, error);
}

gboolean
annals_backup_save_copy (AnnalsNotebook  *notebook,
                         const char      *target,
                         GCancellable    *cancellable,
                         GError         **error)
{
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), FALSE);
  g_return_val_if_fail (target != NULL, FALSE);

  return annals_notebook_alone (notebook, save_alone, (gpointer) target, cancellable, error);
}
