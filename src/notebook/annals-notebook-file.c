/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-notebook-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "annals-imports-private.h"
#include "annals-index-private.h"
#include "annals-note-index-private.h"
#include "annals-scratch-private.h"
#include "annals-text.h"

/* The database header: https://www.sqlite.org/fileformat.html, section 1.3 */
#define HEADER_SIZE 100
#define HEADER_MAGIC "SQLite format 3"
#define HEADER_USER_VERSION 60
#define HEADER_APPLICATION_ID 68

static gboolean
fail (GError              **error,
      AnnalsNotebookError   code,
      const char           *path,
      const char           *reason)
{
  g_set_error (error, ANNALS_NOTEBOOK_ERROR, code, "“%s”: %s", path, reason);

  return FALSE;
}

static guint32
header_number (const guint8 *header,
               guint         offset)
{
  guint32 number;

  memcpy (&number, header + offset, sizeof number);

  return GUINT32_FROM_BE (number);
}

static gboolean
check_header (const char    *path,
              const guint8  *header,
              gsize          length,
              GError       **error)
{
  g_autofree char *reason = NULL;
  guint32 version;

  if (length == 0)
    return fail (error, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK, path, _("the file is empty, not a notebook"));

  if (length < HEADER_SIZE)
    return fail (error, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK, path,
                 _("the file is too short to be a notebook"));

  if (memcmp (header, HEADER_MAGIC, sizeof HEADER_MAGIC) != 0)
    return fail (error, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK, path, _("the file is not a notebook"));

  if (header_number (header, HEADER_APPLICATION_ID) != ANNALS_APPLICATION_NUMBER)
    return fail (error, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK, path,
                 _("the file is a database of another program, not a notebook"));

  version = header_number (header, HEADER_USER_VERSION);
  if (version <= (guint32) annals_schema_get_version ())
    return TRUE;

  reason = g_strdup_printf (_("written by a newer version of Annals (its format is %u, this program "
                              "knows formats up to %d)"), version, annals_schema_get_version ());
  return fail (error, ANNALS_NOTEBOOK_ERROR_TOO_NEW, path, reason);
}

gboolean
annals_notebook_file_look (const char  *path,
                           GError     **error)
{
  guint8 header[HEADER_SIZE];
  GStatBuf info;
  gssize length;
  int fd;

  if (g_stat (path, &info) != 0)
    return fail (error,
                 errno == ENOENT || errno == ENOTDIR ? ANNALS_NOTEBOOK_ERROR_NOT_FOUND
                                                     : ANNALS_NOTEBOOK_ERROR_FAILED,
                 path, errno == ENOENT || errno == ENOTDIR ? _("there is no such file") : g_strerror (errno));

  if (S_ISDIR (info.st_mode))
    return fail (error, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK, path, _("this is a folder, not a notebook"));

  if (!S_ISREG (info.st_mode))
    return fail (error, ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK, path, _("this is not a file"));

  if ((fd = g_open (path, O_RDONLY | O_CLOEXEC, 0)) < 0)
    return fail (error, ANNALS_NOTEBOOK_ERROR_READ_ONLY, path, g_strerror (errno));

  length = read (fd, header, sizeof header);
  g_close (fd, NULL);

  if (length < 0)
    return fail (error, ANNALS_NOTEBOOK_ERROR_FAILED, path, g_strerror (errno));

  return check_header (path, header, (gsize) length, error);
}

static gboolean
check_writable (const char  *path,
                GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_access (path, W_OK) != 0)
    return fail (error, ANNALS_NOTEBOOK_ERROR_READ_ONLY, path, _("the file cannot be written"));
  if (g_access (folder, W_OK) != 0)
    return fail (error, ANNALS_NOTEBOOK_ERROR_READ_ONLY, path,
                 _("its folder cannot be written, and a notebook needs that"));

  return TRUE;
}

gboolean
annals_notebook_file_check (const char  *path,
                            GError     **error)
{
  return annals_notebook_file_look (path, error) && check_writable (path, error);
}

static gboolean
was_closed_cleanly (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  GStatBuf info;

  return (g_stat (log, &info) != 0 || info.st_size == 0) &&
         (g_stat (journal, &info) != 0 || info.st_size == 0);
}

static gboolean
check_structure (AnnalsDb  *db,
                 GError   **error)
{
  g_autofree char *damage = NULL;

  if (!annals_db_find_damage (db, &damage, error))
    return FALSE;
  if (damage == NULL)
    return TRUE;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT,
               _("“%s”: the file is damaged (%s)"), db->path, damage);
  return FALSE;
}

static gboolean
set_wal (AnnalsDb  *db,
         GError   **error)
{
  /* On a file system that cannot share memory SQLite answers "delete" here, which works too. */
  return annals_db_exec (db, "PRAGMA journal_mode=WAL", error);
}

/* Both indexes. One that goes need not be overwritten, as SQLite may be built to do, which would put all of it into the
 * log: the texts it was made of stay. */
static gboolean
prepare_indexes (AnnalsDb  *db,
                 GError   **error)
{
  g_autofree char *restore = NULL;
  gint64 how = 0;

  if (!annals_db_query_int64 (db, "PRAGMA secure_delete", 0, 0, &how, error) ||
      !annals_db_exec (db, "PRAGMA secure_delete=0", error) ||
      !annals_index_prepare (db, error) ||
      !annals_note_index_prepare (db, error))
    return FALSE;

  restore = g_strdup_printf ("PRAGMA secure_delete=%d", (int) how);

  return annals_db_exec (db, restore, error);
}

gboolean
annals_notebook_file_has_log (AnnalsDb  *db,
                              gboolean  *log,
                              GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, "PRAGMA journal_mode", error);

  if (stmt == NULL || annals_db_step (db, stmt, error) == STEP_ERROR)
    return FALSE;

  *log = g_str_equal (column_text (stmt, 0), "wal");
  return TRUE;
}

/* Most files need nothing, and then opening them does not wait for another program that writes. */
gboolean
annals_notebook_file_settle (AnnalsDb  *db,
                             GError   **error)
{
  gboolean wanted, notes_wanted, has_gone;

  if (!annals_index_needs_preparing (db, &wanted, error) ||
      !annals_note_index_needs_preparing (db, &notes_wanted, error) ||
      !annals_import_has_gone (db, &has_gone, error))
    return FALSE;
  if (!wanted && !notes_wanted && !has_gone)
    return TRUE;

  db->now = g_get_real_time ();

  if (!annals_db_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;

  if (prepare_indexes (db, error) &&
      annals_import_drop_gone (db, error) &&
      annals_db_exec (db, "COMMIT", error))
    return TRUE;

  annals_db_roll_back (db);

  return FALSE;
}

static AnnalsDb *
open_file (const char    *path,
           gboolean       back_up,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(AnnalsDb) db = NULL;
  gboolean clean;

  if (!annals_notebook_file_check (path, error))
    return NULL;

  clean = was_closed_cleanly (path);

  /* looked at where SQLite waits and works */
  if (!(db = annals_db_open_cancellable (path, TRUE, cancellable, error)))
    return NULL;

  if ((!clean && !check_structure (db, error)) ||
      !annals_schema_verify (db, error) ||
      !set_wal (db, error) ||
      !annals_schema_migrate (db, back_up, error) ||
      !annals_notebook_file_settle (db, error))
    return NULL;

  db->cancellable = NULL;
  return g_steal_pointer (&db);
}

AnnalsDb *
annals_notebook_file_open (const char    *path,
                           GCancellable  *cancellable,
                           GError       **error)
{
  AnnalsDb *db = open_file (path, TRUE, cancellable, error);

  if (db != NULL)
    annals_scratch_clean (path);

  return db;
}

gboolean
annals_notebook_file_upgrade (const char    *path,
                              GCancellable  *cancellable,
                              GError       **error)
{
  g_autoptr(AnnalsDb) db = open_file (path, FALSE, cancellable, error);

  return db != NULL && annals_db_exec (db, "PRAGMA journal_mode=DELETE", error);
}

AnnalsDb *
annals_notebook_file_open_other (const char  *path,
                                 GError     **error)
{
  g_autoptr(AnnalsDb) db = NULL;

  if (!annals_notebook_file_look (path, error))
    return NULL;

  if (!(db = annals_db_open_read_only (path, error)) || !check_structure (db, error) || !annals_schema_verify (db, error))
    return NULL;

  return g_steal_pointer (&db);
}

/* The whole in one transaction: a program that is killed here leaves an empty file, which says of
 * itself that it is no notebook. */
static gboolean
fill_new (AnnalsDb    *db,
          const char  *title,
          GError     **error)
{
  g_autofree char *uid = g_uuid_string_random ();
  g_autofree char *created = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time ());
  g_autofree char *set_application = g_strdup_printf ("PRAGMA application_id = %d",
                                                      ANNALS_APPLICATION_NUMBER);

  return annals_db_exec (db, "PRAGMA page_size=8192", error) &&
         annals_db_exec (db, "BEGIN IMMEDIATE", error) &&
         annals_db_exec (db, set_application, error) &&
         annals_schema_create (db, annals_schema_get_version (), error) &&
         annals_db_set_meta (db, "uid", uid, error) &&
         annals_db_set_meta (db, "title", title, error) &&
         annals_db_set_meta (db, "created", created, error) &&
         annals_index_prepare (db, error) &&
         annals_note_index_prepare (db, error) &&
         annals_db_exec (db, "COMMIT", error) &&
         set_wal (db, error);
}

static char *
title_for (const char *path,
           const char *title)
{
  g_autofree char *clean = annals_text_normalize_line (title, -1);
  char *suffix;

  if (*clean != '\0')
    return g_steal_pointer (&clean);

  g_free (clean);
  clean = g_path_get_basename (path);
  suffix = strrchr (clean, '.');
  if (suffix != NULL && suffix != clean)
    *suffix = '\0';

  return annals_text_normalize_line (clean, -1);
}

AnnalsDb *
annals_notebook_file_create (const char  *path,
                             const char  *title,
                             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *clean = title_for (path, title);
  g_autoptr(AnnalsDb) db = NULL;
  int fd;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      fail (error, ANNALS_NOTEBOOK_ERROR_NOT_FOUND, folder, _("there is no such folder"));
      return NULL;
    }

  /* O_EXCL makes it ours, or says that somebody else's is there. */
  fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0)
    {
      int saved = errno;

      fail (error,
            saved == EEXIST ? ANNALS_NOTEBOOK_ERROR_EXISTS
            : saved == ENOSPC ? ANNALS_NOTEBOOK_ERROR_FULL
                              : ANNALS_NOTEBOOK_ERROR_READ_ONLY,
            path, saved == EEXIST ? _("there is a file of that name already") : g_strerror (saved));
      return NULL;
    }
  g_close (fd, NULL);

  db = annals_db_open (path, TRUE, error);
  if (db != NULL && fill_new (db, clean, error))
    return g_steal_pointer (&db);

  g_clear_pointer (&db, annals_db_free);
  for (guint i = 0; i < 4; i++)
    {
      static const char * const suffixes[] = { "", "-wal", "-shm", "-journal" };
      g_autofree char *left = g_strconcat (path, suffixes[i], NULL);

      g_unlink (left);
    }

  return NULL;
}

void
annals_notebook_file_fold (AnnalsDb *db)
{
  /* An import that closing cuts off; what does not go at once, the next opening's writer removes. Should
   * this fail (a full disk), the import is left interrupted. */
  if (annals_db_exec (db, "BEGIN IMMEDIATE", NULL) &&
      !(annals_import_remove_own (db, NULL) && annals_db_exec (db, "COMMIT", NULL)))
    annals_db_roll_back (db);

  /* Fails when another program has the notebook open; then that one does it. A checkpoint that empties the log as well
   * would look like a change to the other, which would read everything again. */
  annals_db_exec (db, "PRAGMA wal_checkpoint(PASSIVE)", NULL);
  annals_db_exec (db, "PRAGMA busy_timeout=0; PRAGMA journal_mode=DELETE", NULL);
}
