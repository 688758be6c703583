/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-repair.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "annals-backup-private.h"
#include "annals-check.h"
#include "annals-index-private.h"
#include "annals-limits.h"
#include "annals-notebook-file-private.h"
#include "annals-salvage-private.h"
#include "annals-scratch-private.h"

#define PAGE_SIZE 8192
#define HEADER_SIZE 100
#define HEADER_USER_VERSION 60

/* The header of a notebook, as SQLite writes it: https://www.sqlite.org/fileformat.html, section 1.3 */
static void
write_header (guint8  *header,
              guint32  version)
{
  static const guint8 fixed[] = { 0x20, 0x00, 1, 1, 0, 64, 32, 32 };
  const guint32 four = GUINT32_TO_BE (4);
  const guint32 one = GUINT32_TO_BE (1);
  const guint32 application = GUINT32_TO_BE (ANNALS_APPLICATION_NUMBER);
  const guint32 user_version = GUINT32_TO_BE (version);

  memset (header, 0, HEADER_SIZE);
  memcpy (header, "SQLite format 3", 16);
  memcpy (header + 16, fixed, sizeof fixed);
  memcpy (header + 44, &four, 4);
  memcpy (header + 56, &one, 4);
  memcpy (header + HEADER_USER_VERSION, &user_version, 4);
  memcpy (header + 68, &application, 4);
}

/* A copy's header that is none is written anew. *@version: of the format, as far as can be told */
static gboolean
mend_header (const char  *copy,
             guint32     *version,
             GError     **error)
{
  guint8 header[HEADER_SIZE] = { 0 };
  guint32 number;
  int fd = g_open (copy, O_RDWR | O_CLOEXEC, 0);
  gboolean ok = fd >= 0 && pread (fd, header, sizeof header, 0) >= 0;
  int saved = errno;

  memcpy (&number, header + HEADER_USER_VERSION, sizeof number);
  number = GUINT32_FROM_BE (number);
  *version = number >= 1 && number <= (guint32) annals_schema_get_version () ? number
                                                                             : (guint32) annals_schema_get_version ();
  if (ok && (memcmp (header, "SQLite format 3", 16) != 0 || header[21] != 64 || header[22] != 32 || header[23] != 32))
    {
      write_header (header, *version);
      ok = pwrite (fd, header, sizeof header, 0) == sizeof header;
      saved = errno;
    }
  if (fd >= 0)
    g_close (fd, NULL);
  if (!ok)
    g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_FAILED, "“%s”: %s", copy, g_strerror (saved));

  return ok;
}

/* With its log, so that nothing is done to the damaged file. */
static gboolean
copy_files (const char    *path,
            const char    *copy,
            GCancellable  *cancellable,
            GError       **error)
{
  static const char * const suffixes[] = { "", "-wal", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (copy, suffixes[i], NULL);
      g_autoptr(GFile) source = g_file_new_for_path (from);
      g_autoptr(GFile) target = g_file_new_for_path (to);
      g_autoptr(GError) failure = NULL;

      if ((i > 0 && !g_file_test (from, G_FILE_TEST_EXISTS)) ||
          g_file_copy (source, target, G_FILE_COPY_NONE, cancellable, NULL, NULL, &failure))
        continue;

      if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        g_set_error (error, ANNALS_NOTEBOOK_ERROR,
                     g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? ANNALS_NOTEBOOK_ERROR_FULL
                     : g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? ANNALS_NOTEBOOK_ERROR_NOT_FOUND
                                                                                   : ANNALS_NOTEBOOK_ERROR_FAILED,
                     "“%s”: %s", from, failure->message);
      return FALSE;
    }

  return TRUE;
}

/* As little of SQLite's care as can be: it is to read what it would refuse. Nothing of a stranger's schema runs. */
static sqlite3 *
open_damaged (const char  *copy,
              GError     **error)
{
  sqlite3 *native = NULL;

  annals_db_keep_locks ();
  if (sqlite3_open_v2 (copy, &native, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
    {
      sqlite3_limit (native, SQLITE_LIMIT_LENGTH, ANNALS_LIMIT_SQLITE_LENGTH);
      sqlite3_limit (native, SQLITE_LIMIT_EXPR_DEPTH, ANNALS_LIMIT_SQLITE_EXPRESSION_DEPTH);
      sqlite3_limit (native, SQLITE_LIMIT_ATTACHED, 0);
      sqlite3_db_config (native, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
      sqlite3_db_config (native, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
      sqlite3_db_config (native, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
      sqlite3_db_config (native, SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1, NULL);
      if (sqlite3_exec (native, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA query_only=ON", NULL, NULL,
                        NULL) == SQLITE_OK)
        return native;
    }

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT,
               _("“%s”: nothing in it can be read (%s)"), copy, sqlite3_errmsg (native));
  sqlite3_close (native);
  return NULL;
}

static AnnalsDb *
make_target (const char  *part,
             guint32      version,
             GError     **error)
{
  g_autofree char *application = g_strdup_printf ("PRAGMA application_id = %d", ANNALS_APPLICATION_NUMBER);
  g_autoptr(AnnalsDb) db = NULL;
  int fd = g_open (part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

  if (fd < 0)
    {
      int saved = errno;

      g_set_error (error, ANNALS_NOTEBOOK_ERROR,
                   saved == ENOSPC ? ANNALS_NOTEBOOK_ERROR_FULL : ANNALS_NOTEBOOK_ERROR_READ_ONLY, "“%s”: %s", part,
                   g_strerror (saved));
      return NULL;
    }
  g_close (fd, NULL);

  if (!(db = annals_db_open (part, TRUE, error)) ||
      !annals_db_exec (db, "PRAGMA page_size=8192; PRAGMA foreign_keys=OFF; BEGIN IMMEDIATE", error) ||
      !annals_db_exec (db, application, error) ||
      !annals_schema_create (db, (int) version, error))
    return NULL;

  return g_steal_pointer (&db);
}

static gboolean
has_anything (AnnalsDb    *db,
              const char  *path,
              GError     **error)
{
  gint64 n = 0;

  if (!annals_db_query_int64 (db,
                              "SELECT (SELECT count(*) FROM post) + (SELECT count(*) FROM tag) + "
                              "(SELECT count(*) FROM event) + (SELECT count(*) FROM meta)", 0, 0, &n, error))
    return FALSE;
  if (n > 0)
    return TRUE;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT,
               _("“%s”: nothing in it can be read; only a backup can help"), path);
  return FALSE;
}

static char *
dup_title (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *valid = NULL;

  if (g_str_has_suffix (base, ".annals"))
    base[strlen (base) - strlen (".annals")] = '\0';
  valid = g_utf8_make_valid (base, -1);

  return g_steal_pointer (&valid);
}

static gboolean
transfer (const char    *path,
          const char    *copy,
          const char    *part,
          GPtrArray     *lost,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr(AnnalsDb) target = NULL;
  g_autofree char *title = dup_title (path);
  sqlite3 *source = NULL;
  guint32 version;
  gboolean ok;

  if (!mend_header (copy, &version, error) || !(source = open_damaged (copy, error)))
    return FALSE;

  ok = (target = make_target (part, version, error)) != NULL;
  if (ok)
    target->cancellable = cancellable;
  ok = ok && annals_salvage_read (source, target, lost, cancellable, error) &&
       has_anything (target, path, error) &&
       annals_salvage_mend (target, title, lost, error) &&
       annals_db_exec (target, "COMMIT", error);
  sqlite3_close (source);

  return ok;
}

static gboolean
check_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  GPtrArray **problems = data;

  return (*problems = annals_db_check (db, TRUE, cancellable, error)) != NULL;
}

/* Indexed anew, and looked at as any notebook. */
static gboolean
finish (const char    *part,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr(AnnalsNotebook) notebook = NULL;
  g_autoptr(GPtrArray) problems = NULL;
  gboolean ok;

  if (!annals_notebook_file_upgrade (part, cancellable, error) || !(notebook = annals_notebook_open (part, error)))
    return FALSE;

  ok = annals_notebook_finish_index (notebook, cancellable, error) &&
       annals_notebook_bulk (notebook, check_cb, &problems, cancellable, error);
  ok = annals_notebook_close (notebook, ok ? error : NULL) && ok;
  if (ok && problems->len > 0)
    {
      const AnnalsProblem *problem = problems->pdata[0];

      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT, "%s: %s", problem->what,
                   problem->where);
      ok = FALSE;
    }

  return ok;
}

char *
annals_salvage_dup_name (const char *path)
{
  g_autofree char *stem = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  stem = g_strdup (path);
  if (g_str_has_suffix (stem, ".annals"))
    stem[strlen (stem) - strlen (".annals")] = '\0';

  for (guint i = 1; ; i++)
    {
      /* Translators: put behind the name of a notebook's file */
      g_autofree char *name = i == 1 ? g_strdup_printf (_("%s (repaired).annals"), stem)
                                     : g_strdup_printf (_("%s (repaired %u).annals"), stem, i);

      if (!g_file_test (name, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&name);
    }
}

GPtrArray *
annals_salvage (const char    *path,
                const char    *target,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(GPtrArray) lost = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *copy = NULL;
  g_autofree char *part = NULL;
  gboolean ok;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (target != NULL, NULL);

  if (g_file_test (target, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_EXISTS, "“%s”: %s", target,
                   _("there is a file of that name already"));
      return NULL;
    }

  copy = annals_scratch_dup_name (target, ANNALS_SCRATCH_DAMAGED);
  part = annals_scratch_dup_name (target, ANNALS_SCRATCH_SALVAGED);
  ok = copy_files (path, copy, cancellable, error) &&
       transfer (path, copy, part, lost, cancellable, error) &&
       finish (part, cancellable, error) &&
       annals_backup_name_file (part, target, error);
  annals_backup_remove (copy);
  if (!ok)
    {
      annals_backup_remove (part);
      return NULL;
    }

  annals_salvage_tell (lost, "%s", _("The history was left out: what is done from now on can be undone"));
  return g_steal_pointer (&lost);
}
