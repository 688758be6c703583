/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notebook copied while others work on it.
 *
 * With a write-ahead log the copy is of one moment: a reading transaction is held, and writers go on. Without
 * one a reader holds the writers up, so the pages are copied a few at a time, and SQLite begins anew when
 * somebody wrote between two of them; when that has happened too often, the writers wait once. */
#include "config.h"

#include "annals-backup-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "annals-notebook-file-private.h"
#include "annals-scratch-private.h"

#define STEP_PAGES 256
#define MAX_RESTARTS 3

/* The file format's version for writing and reading: 1 is a file without a write-ahead log. */
#define HEADER_FORMAT 18

static const char * const counted[] = {
  "post", "revision", "annotation", "tag", "post_tag", "event", "evidence", "timeline", "import",
};

typedef struct
{
  gint64 rows[G_N_ELEMENTS (counted)];
  gint64 history;
} Counts;

static gboolean
count (AnnalsDb  *db,
       Counts    *counts,
       GError   **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", counted[i]);

      if (!annals_db_query_int64 (db, sql, 0, 0, &counts->rows[i], error))
        return FALSE;
    }

  return annals_db_query_int64 (db, "SELECT max(id) FROM history", 0, 0, &counts->history, error);
}

/* A failure of the copy's file is told with its name, any other with the notebook's. */
static gboolean
fail (AnnalsDb  *source,
      AnnalsDb  *target,
      int        code,
      GError   **error)
{
  int primary = code & 0xff;

  annals_db_set_error (primary == SQLITE_FULL || primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN ||
                       primary == SQLITE_READONLY ? target : source, code, NULL, error);
  return FALSE;
}

static void
tell_progress (sqlite3_backup         *backup,
               const AnnalsBackupWork *work)
{
  int remaining = sqlite3_backup_remaining (backup);
  int n_pages = sqlite3_backup_pagecount (backup);

  if (work->progress != NULL && n_pages > 0)
    work->progress (0.9 * (n_pages - remaining) / n_pages, work->user_data);
}

static gboolean
copy_pages (AnnalsDb                *source,
            AnnalsDb                *target,
            guint                    max_restarts,
            gboolean                *restarted,
            const AnnalsBackupWork  *work,
            GError                 **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (target->native, "main", source->native, "main");
  int left = G_MAXINT;
  guint n_restarts = 0;
  int code;

  if (backup == NULL)
    return fail (source, target, sqlite3_extended_errcode (target->native), error);

  *restarted = FALSE;
  while ((code = sqlite3_backup_step (backup, STEP_PAGES)) == SQLITE_OK)
    {
      int remaining = sqlite3_backup_remaining (backup);

      if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
        {
          sqlite3_backup_finish (backup);
          return FALSE;
        }
      if (remaining >= left && ++n_restarts > max_restarts)
        {
          *restarted = TRUE;
          sqlite3_backup_finish (backup);
          return TRUE;
        }
      left = remaining;
      tell_progress (backup, work);
    }

  sqlite3_backup_finish (backup);

  return code == SQLITE_DONE || fail (source, target, code, error);
}

gboolean
annals_backup_copy_pages (AnnalsDb                *source,
                          AnnalsDb                *target,
                          AnnalsBackupReady        ready,
                          gpointer                 data,
                          const AnnalsBackupWork  *work,
                          GError                 **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (target->native, "main", source->native, "main");
  int code;

  if (backup == NULL)
    return fail (source, target, sqlite3_extended_errcode (target->native), error);

  /* The first page takes the lock, which is kept to the last; until then all is in memory. */
  code = sqlite3_backup_step (backup, 1);
  if (code == SQLITE_OK && !ready (data, error))
    {
      sqlite3_backup_finish (backup);
      return FALSE;
    }

  while (code == SQLITE_OK)
    {
      if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
        {
          sqlite3_backup_finish (backup);
          return FALSE;
        }
      tell_progress (backup, work);
      code = sqlite3_backup_step (backup, STEP_PAGES);
    }

  sqlite3_backup_finish (backup);

  return code == SQLITE_DONE || fail (source, target, code, error);
}

static gboolean
compare (AnnalsDb      *copy,
         const Counts  *wanted,
         GError       **error)
{
  g_autofree char *damage = NULL;
  Counts found;

  if (!annals_db_find_damage (copy, &damage, error))
    return FALSE;

  if (damage != NULL)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT,
                   _("“%s”: the notebook is damaged, and so would its copy be (%s)"), copy->path, damage);
      return FALSE;
    }

  if (!count (copy, &found, error))
    return FALSE;
  if (memcmp (&found, wanted, sizeof found) == 0)
    return TRUE;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CONFLICT,
               _("“%s”: the copy does not hold what the notebook holds"), copy->path);
  return FALSE;
}

/* One try. @hold: nobody writes meanwhile, or what is written is not seen. */
static gboolean
copy_once (AnnalsDb                *source,
           AnnalsDb                *target,
           gboolean                 hold,
           Counts                  *counts,
           gboolean                *restarted,
           const AnnalsBackupWork  *work,
           GError                 **error)
{
  gboolean ok;

  if (hold && !annals_db_exec (source, "BEGIN", error))
    return FALSE;

  /* The first reading is what the transaction begins with. */
  ok = (!hold || count (source, counts, error)) &&
       copy_pages (source, target, hold ? G_MAXUINT : MAX_RESTARTS, restarted, work, error) &&
       (hold || count (source, counts, error));
  if (hold)
    annals_db_roll_back (source);

  return ok;
}

/* A file by itself, on the disk. */
static gboolean
finish_file (const char  *part,
             const char  *target,
             GError     **error)
{
  static const guint8 format[] = { 1, 1 };
  int fd = g_open (part, O_RDWR | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && pwrite (fd, format, sizeof format, HEADER_FORMAT) == sizeof format && fsync (fd) == 0;
  int saved = errno;

  if (fd >= 0)
    g_close (fd, NULL);
  if (ok)
    return TRUE;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR,
               saved == ENOSPC || saved == EDQUOT ? ANNALS_NOTEBOOK_ERROR_FULL : ANNALS_NOTEBOOK_ERROR_FAILED,
               "“%s”: %s", target, g_strerror (saved));
  return FALSE;
}

static gboolean
copy_to (AnnalsDb                *source,
         const char              *part,
         const char              *target_path,
         gboolean                 hold,
         gboolean                *again,
         const AnnalsBackupWork  *work,
         GError                 **error)
{
  g_autoptr(AnnalsDb) target = NULL;
  g_autoptr(AnnalsDb) copy = NULL;
  g_autoptr(GError) failure = NULL;
  Counts counts;

  /* What an earlier try has left is no database. */
  if (truncate (part, 0) != 0 || !(target = annals_db_open (part, TRUE, error)))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_FAILED, "“%s”: %s", target_path,
                     g_strerror (errno));
      return FALSE;
    }

  g_free (target->path);
  target->path = g_strdup (target_path);
  if (!annals_db_exec (target, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", error) ||
      !copy_once (source, target, hold, &counts, again, work, error))
    return FALSE;
  if (*again)
    return TRUE;

  g_clear_pointer (&target, annals_db_free);
  if (!finish_file (part, target_path, error) ||
      !(copy = annals_db_open_still (part, error)))
    return FALSE;

  g_free (copy->path);
  copy->path = g_strdup (source->path);
  copy->cancellable = work->cancellable;
  if (compare (copy, &counts, &failure))
    return TRUE;

  /* Without a log something may have been written between the copy and the count. */
  *again = !hold && g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CONFLICT);
  if (*again)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

void
annals_backup_remove (const char *path)
{
  static const char * const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}

/* What a program that was killed has left. */
static void
remove_abandoned (const char *part)
{
  GStatBuf info;

  if (g_stat (part, &info) == 0 &&
      ABS (g_get_real_time () / G_USEC_PER_SEC - (gint64) info.st_mtime) > ANNALS_SCRATCH_ABANDONED)
    annals_backup_remove (part);
}

static gboolean
make_empty (const char  *part,
            const char  *target,
            const char  *like,
            GError     **error)
{
  GStatBuf info;
  int mode = g_stat (like, &info) == 0 ? (int) (info.st_mode & 0666) : 0600;
  int fd = g_open (part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  int saved = errno;

  if (fd >= 0)
    {
      g_close (fd, NULL);
      return TRUE;
    }

  g_set_error (error, ANNALS_NOTEBOOK_ERROR,
               saved == ENOSPC || saved == EDQUOT ? ANNALS_NOTEBOOK_ERROR_FULL
               : saved == EEXIST ? ANNALS_NOTEBOOK_ERROR_BUSY
               : saved == ENOENT ? ANNALS_NOTEBOOK_ERROR_NOT_FOUND : ANNALS_NOTEBOOK_ERROR_READ_ONLY,
               "“%s”: %s", target, saved == EEXIST ? _("it is being written already") : g_strerror (saved));
  return FALSE;
}

gboolean
annals_backup_name_file (const char  *part,
                         const char  *target,
                         GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (target);
  int fd, saved;

  /* link() does not replace what came meanwhile; where there are no links, rename() it is. */
  if (link (part, target) == 0)
    g_unlink (part);
  else if (errno == EEXIST || g_rename (part, target) != 0)
    {
      saved = errno;
      g_set_error (error, ANNALS_NOTEBOOK_ERROR,
                   saved == EEXIST ? ANNALS_NOTEBOOK_ERROR_EXISTS : ANNALS_NOTEBOOK_ERROR_READ_ONLY,
                   "“%s”: %s", target,
                   saved == EEXIST ? _("there is a file of that name already") : g_strerror (saved));
      return FALSE;
    }

  if ((fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)) >= 0)
    {
      fsync (fd);
      g_close (fd, NULL);
    }

  return TRUE;
}

gboolean
annals_backup_write_db (AnnalsDb                *source,
                        const char              *target,
                        const AnnalsBackupWork  *work,
                        GError                 **error)
{
  g_autofree char *part = g_strconcat (target, ".part", NULL);
  gboolean again = TRUE;
  gboolean hold;
  gboolean ok = TRUE;

  if (g_file_test (target, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS, "“%s”: %s", target,
                   _("there is a file of that name already"));
      return FALSE;
    }

  source->cancellable = work->cancellable;
  remove_abandoned (part);
  if (!annals_notebook_file_has_log (source, &hold, error) || !make_empty (part, target, source->path, error))
    return FALSE;

  for (; ok && again; hold = TRUE)
    ok = copy_to (source, part, target, hold, &again, work, error);

  source->cancellable = NULL;
  ok = ok && annals_backup_name_file (part, target, error);
  if (!ok)
    annals_backup_remove (part);
  else if (work->progress != NULL)
    work->progress (1, work->user_data);

  return ok;
}
