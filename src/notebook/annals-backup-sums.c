/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a folder of backups says of each: its SHA-256, as sha256sum writes and checks it, and in a line that sha256sum
 * takes for a comment of which notebook it is, in which state, and how long: "# STATE UID SIZE  NAME". So nothing has to
 * be opened to find out whether a backup is due, or which are to go. */
#include "config.h"

#include "annals-backup-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SUMS "SHA256SUMS"
#define READ_SIZE (1024 * 1024)
#define HASH_LENGTH 64

char *
annals_backup_dup_sha256 (const char    *path,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (READ_SIZE);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gssize n = -1;
  int saved;

  while (fd >= 0 && (n = read (fd, buffer, READ_SIZE)) > 0 && !g_cancellable_is_cancelled (cancellable))
    g_checksum_update (checksum, buffer, n);

  saved = errno;
  if (fd >= 0)
    g_close (fd, NULL);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (n == 0)
    return g_strdup (g_checksum_get_string (checksum));

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_FAILED, "“%s”: %s", path, g_strerror (saved));
  return NULL;
}

/* --- lines --- */

static void
note_free (gpointer data)
{
  AnnalsBackupNote *self = data;

  g_free (self->state);
  g_free (self->uid);
  g_free (self);
}

static AnnalsBackupNote *
note_parse (const char  *line,
            const char **name)
{
  g_auto(GStrv) words = NULL;
  const char *end = strstr (line, "  ");
  AnnalsBackupNote *self;

  if (!g_str_has_prefix (line, "# ") || end == NULL)
    return NULL;

  words = g_strsplit (line, " ", 5);
  if (g_strv_length (words) < 5 || strlen (words[1]) != HASH_LENGTH)
    return NULL;

  self = g_new0 (AnnalsBackupNote, 1);
  self->state = g_strdup (words[1]);
  self->uid = g_strdup (words[2]);
  self->size = g_ascii_strtoll (words[3], NULL, 10);
  *name = end + 2;

  return self;
}

/* The file of a line; NULL: none */
static const char *
get_name (const char *line)
{
  const char *end;

  if (line[0] == '#')
    return (end = strstr (line, "  ")) != NULL && end[2] != '\0' ? end + 2 : NULL;

  return strlen (line) > HASH_LENGTH + 2 && line[HASH_LENGTH] == ' ' ? line + HASH_LENGTH + 2 : NULL;
}

/* One that was deleted may be put back. */
static gboolean
is_there (const char *folder,
          const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *deleted = g_strconcat (path, ANNALS_BACKUP_DELETED, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (deleted, G_FILE_TEST_EXISTS);
}

static char **
read_lines (const char *folder)
{
  g_autofree char *sums = g_build_filename (folder, SUMS, NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (sums, &text, NULL, NULL))
    return g_new0 (char *, 1);

  return g_strsplit (text, "\n", -1);
}

char *
annals_backup_dup_known_sha256 (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_auto(GStrv) lines = read_lines (folder);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '#' && g_strcmp0 (get_name (lines[i]), name) == 0)
      return g_strndup (lines[i], HASH_LENGTH);

  return NULL;
}

GHashTable *
annals_backup_load_notes (const char *folder)
{
  g_auto(GStrv) lines = read_lines (folder);
  GHashTable *notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, note_free);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *name;
      AnnalsBackupNote *note = note_parse (lines[i], &name);

      if (note != NULL)
        g_hash_table_replace (notes, g_strdup (name), note);
    }

  return notes;
}

gboolean
annals_backup_note (const char  *path,
                    const char  *sha256,
                    const char  *state,
                    const char  *uid,
                    GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *sums = g_build_filename (folder, SUMS, NULL);
  g_autofree char *name = g_path_get_basename (path);
  g_auto(GStrv) lines = read_lines (folder);
  g_autoptr(GString) text = g_string_new (NULL);
  GStatBuf info;

  /* A name with a line feed would be written as two lines. */
  if (strpbrk (name, "\n\\") != NULL || g_stat (path, &info) != 0)
    return TRUE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *file = get_name (lines[i]);

      if (file != NULL && strcmp (file, name) != 0 && is_there (folder, file))
        g_string_append_printf (text, "%s\n", lines[i]);
    }
  g_string_append_printf (text, "%s  %s\n", sha256, name);
  if (strpbrk (uid, " \n") == NULL && *uid != '\0')
    g_string_append_printf (text, "# %s %s %" G_GINT64_FORMAT "  %s\n", state, uid, (gint64) info.st_size, name);

  return g_file_set_contents (sums, text->str, (gssize) text->len, error);
}

/* --- the state of a notebook --- */

/* Numbers of the history begin anew where a backup was restored: the time of the last step tells the two apart. */
#define STATE_SQL \
  "SELECT (SELECT value FROM meta WHERE key = 'uid') || ' ' || " \
  "ifnull((SELECT id || ' ' || time || ' ' || label FROM history ORDER BY id DESC LIMIT 1), '') || ' ' || " \
  "(SELECT count(*) FROM history WHERE undone = 1) || ' ' || " \
  "ifnull((SELECT time FROM history WHERE undone = 0 ORDER BY id DESC LIMIT 1), '') || ' ' || " \
  "(SELECT ifnull(max(id), 0) || ' ' || count(*) || ' ' || ifnull(sum(state = 'done'), 0) || ' ' || " \
  "ifnull(max(started), 0) FROM import)"

char *
annals_backup_dup_state (AnnalsDb  *db,
                         GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, STATE_SQL, error);

  if (stmt == NULL || annals_db_step (db, stmt, error) != STEP_ROW)
    return NULL;

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, column_text (stmt, 0), -1);
}
