/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-backup-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "annals-notebook-file-private.h"

/* names tried when a backup of the same second is there */
#define MAX_NAMES 60

gboolean
annals_backup_write (const char            *path,
                     const char            *target,
                     AnnalsBackupProgress   progress,
                     gpointer               user_data,
                     GCancellable          *cancellable,
                     GError               **error)
{
  g_autoptr(AnnalsDb) db = NULL;
  const AnnalsBackupWork work = { progress, user_data, cancellable };

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (target != NULL, FALSE);

  return annals_notebook_file_check (path, error) &&
         (db = annals_db_open (path, FALSE, error)) != NULL &&
         annals_backup_write_db (db, target, &work, error);
}

/* Backups are in the order of their seconds, so a second has one. One that was deleted may be put back. */
static gboolean
is_taken (const char *folder,
          const char *base,
          const char *stamp)
{
  for (guint i = 0; i < ANNALS_N_BACKUP_REASONS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %s %s" ANNALS_BACKUP_SUFFIX, base, stamp,
                                               annals_backup_reason_get_name (i));
      g_autofree char *full = g_build_filename (folder, name, NULL);
      g_autofree char *part = g_strconcat (full, ".part", NULL);
      g_autofree char *deleted = g_strconcat (full, ANNALS_BACKUP_DELETED, NULL);

      if (g_file_test (full, G_FILE_TEST_EXISTS) || g_file_test (part, G_FILE_TEST_EXISTS) ||
          g_file_test (deleted, G_FILE_TEST_EXISTS))
        return TRUE;
    }

  return FALSE;
}

static char *
dup_name (const char         *path,
          const char         *folder,
          AnnalsBackupReason  reason)
{
  g_autofree char *base = g_path_get_basename (path);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if (g_str_has_suffix (base, ".annals"))
    base[strlen (base) - strlen (".annals")] = '\0';

  for (guint i = 0; i < MAX_NAMES; i++)
    {
      g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (now + i);
      g_autofree char *stamp = g_date_time_format (time, "%Y-%m-%dT%H%M%SZ");
      g_autofree char *name = g_strdup_printf ("%s %s %s" ANNALS_BACKUP_SUFFIX, base, stamp,
                                               annals_backup_reason_get_name (reason));

      if (!is_taken (folder, base, stamp))
        return g_build_filename (folder, name, NULL);
    }

  return NULL;
}

static gboolean
make_folder (const char  *folder,
             GError     **error)
{
  int saved;

  if (g_mkdir_with_parents (folder, 0777) == 0)
    return TRUE;

  saved = errno;
  g_set_error (error, ANNALS_NOTEBOOK_ERROR,
               saved == ENOSPC || saved == EDQUOT ? ANNALS_NOTEBOOK_ERROR_FULL : ANNALS_NOTEBOOK_ERROR_READ_ONLY,
               _("“%s”: the folder for backups cannot be made: %s"), folder, g_strerror (saved));
  return FALSE;
}

static gboolean
note (const char              *backup,
      const AnnalsBackupWork  *work,
      GError                 **error)
{
  g_autofree char *sha256 = annals_backup_dup_sha256 (backup, work->cancellable, error);
  g_autoptr(AnnalsDb) db = sha256 != NULL ? annals_db_open_still (backup, error) : NULL;
  g_autofree char *state = db != NULL ? annals_backup_dup_state (db, error) : NULL;
  g_autofree char *uid = state != NULL ? annals_db_get_meta (db, "uid", NULL) : NULL;

  return state != NULL && annals_backup_note (backup, sha256, state, uid != NULL ? uid : "", error);
}

char *
annals_backup_make_db (AnnalsDb                *source,
                       const char              *folder,
                       AnnalsBackupReason       reason,
                       const AnnalsBackupWork  *work,
                       GError                 **error)
{
  g_autofree char *beside = annals_backup_dup_default_folder (source->path);
  g_autofree char *target = NULL;

  if (folder == NULL)
    folder = beside;
  if (!make_folder (folder, error))
    return NULL;

  if (!(target = dup_name (source->path, folder, reason)))
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS,
                   _("“%s”: too many backups were made at once"), folder);
      return NULL;
    }

  if (!annals_backup_write_db (source, target, work, error))
    return NULL;

  /* It is whole already; what follows is for finding out later whether it still is, and what it is. */
  if (!note (target, work, error))
    {
      annals_backup_remove (target);
      return NULL;
    }

  return g_steal_pointer (&target);
}

char *
annals_backup_make (const char            *path,
                    const char            *folder,
                    AnnalsBackupReason     reason,
                    AnnalsBackupProgress   progress,
                    gpointer               user_data,
                    GCancellable          *cancellable,
                    GError               **error)
{
  g_autoptr(AnnalsDb) db = NULL;
  const AnnalsBackupWork work = { progress, user_data, cancellable };

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (reason < ANNALS_N_BACKUP_REASONS, NULL);

  if (!annals_notebook_file_check (path, error) || !(db = annals_db_open (path, FALSE, error)))
    return NULL;

  return annals_backup_make_db (db, folder, reason, &work, error);
}

gboolean
annals_backup_keep_up (const char          *path,
                       const char          *folder,
                       guint                n_newest,
                       AnnalsBackupReason   reason,
                       gboolean            *made,
                       GCancellable        *cancellable,
                       GError             **error)
{
  g_autofree char *backup = NULL;
  gboolean due = FALSE;

  g_return_val_if_fail (path != NULL, FALSE);

  if (!annals_backup_is_due (path, folder, &due, cancellable, error) ||
      (due && !(backup = annals_backup_make (path, folder, reason, NULL, NULL, cancellable, error))))
    return FALSE;

  if (made != NULL)
    *made = due;

  return !due || annals_backup_rotate (path, folder, n_newest, cancellable, error);
}

static gboolean
verify_sha256 (const char    *backup,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autofree char *known = annals_backup_dup_known_sha256 (backup);
  g_autofree char *found = NULL;

  if (known == NULL)
    return TRUE;
  if (!(found = annals_backup_dup_sha256 (backup, cancellable, error)))
    return FALSE;
  if (strcmp (found, known) == 0)
    return TRUE;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT,
               _("“%s”: the backup is not what was written: its SHA-256 is another one"), backup);
  return FALSE;
}

gboolean
annals_backup_verify (const char    *backup,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr(AnnalsDb) db = NULL;
  g_autofree char *damage = NULL;

  g_return_val_if_fail (backup != NULL, FALSE);

  if (!g_file_test (backup, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND, _("“%s”: there is no such file"),
                   backup);
      return FALSE;
    }

  if (!verify_sha256 (backup, cancellable, error) ||
      !(db = annals_db_open_still (backup, error)) ||
      !annals_schema_verify (db, error))
    return FALSE;

  db->cancellable = cancellable;
  if (!annals_db_find_damage (db, &damage, error))
    return FALSE;
  if (damage == NULL)
    return TRUE;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT, _("“%s”: the backup is damaged (%s)"),
               backup, damage);
  return FALSE;
}
