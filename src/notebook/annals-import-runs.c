/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-imports-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "annals-history-private.h"
#include "annals-index-private.h"
#include "annals-same-text-private.h"

/* Posts that one step of taking an import back removes, and how long such steps may go on before others
 * have their turn. */
#define REMOVE_POSTS 500
#define REMOVE_MICROSECONDS (300 * 1000)

/* --- whose run it is: "HOST PID START SERIAL", where START tells a process from a later one of its
 * number, and SERIAL the notebook among those it has open --- */

static char *
process_start (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) pid);
  g_autofree char *stat = NULL;
  g_auto(GStrv) fields = NULL;
  const char *after_name;

  if (!g_file_get_contents (path, &stat, NULL, NULL) || !(after_name = strrchr (stat, ')')))
    return g_strdup ("0");

  /* proc(5): field 22, starttime; the two before the name's end are gone */
  fields = g_strsplit (after_name + 1, " ", -1);
  return g_strdup (g_strv_length (fields) > 20 ? fields[20] : "0");
}

static char *
runner_of (pid_t  pid,
           guint  serial)
{
  g_autofree char *started = process_start (pid);

  return g_strdup_printf ("%s %d %s %u", g_get_host_name (), (int) pid, started, serial);
}

char *
annals_import_dup_runner (AnnalsDb *db)
{
  return runner_of (getpid (), db->serial);
}

gboolean
annals_import_runner_is_gone (const char *runner)
{
  g_auto(GStrv) fields = g_strsplit (runner, " ", 4);
  g_autofree char *now = NULL;
  gint64 pid;

  if (g_strv_length (fields) != 4 || !g_str_equal (fields[0], g_get_host_name ()))
    return TRUE;

  pid = g_ascii_strtoll (fields[1], NULL, 10);
  if (pid <= 0 || pid > G_MAXINT || (kill ((pid_t) pid, 0) != 0 && errno == ESRCH))
    return TRUE;

  now = runner_of ((pid_t) pid, (guint) g_ascii_strtoull (fields[3], NULL, 10));
  return !g_str_equal (now, runner);
}

/* Imports that began at this connection and are running still; ids (gint64). */
static GArray *
list_own (AnnalsDb  *db,
          GError   **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *runner = runner_of (getpid (), db->serial);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT id FROM import WHERE state = 'running' AND NOT " ANNALS_IMPORT_IS_GOING
                                 " AND runner = :runner", error)))
    return NULL;

  bind_text (stmt, ":runner", runner);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }

  return step == STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

gboolean
annals_import_runs_here (AnnalsDb *db)
{
  g_autoptr(GArray) ids = list_own (db, NULL);

  return ids != NULL && ids->len > 0;
}

/* Runs that came with another notebook and will not be done any more: nobody could go on with them. */
static GArray *
list_gone (AnnalsDb  *db,
           GError   **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT id, runner FROM import WHERE state = 'running' AND removing = 0 "
                                 "AND mark_digest = '" ANNALS_IMPORT_OF_NOTEBOOK "'", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);

      if (annals_import_runner_is_gone (column_text (stmt, 1)))
        g_array_append_val (ids, id);
    }

  return step == STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

gboolean
annals_import_has_gone (AnnalsDb  *db,
                        gboolean  *has,
                        GError   **error)
{
  g_autoptr(GArray) ids = list_gone (db, error);

  *has = ids != NULL && ids->len > 0;

  return ids != NULL;
}

gboolean
annals_import_drop_gone (AnnalsDb  *db,
                         GError   **error)
{
  g_autoptr(GArray) ids = list_gone (db, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!annals_db_run_for_id (db, "UPDATE import SET removing = 1 WHERE id = :id", g_array_index (ids, gint64, i),
                               error))
      return FALSE;

  return ids != NULL;
}

/* --- a run's beginning, its marks and its end --- */

gboolean
annals_db_begin_import (AnnalsDb    *db,
                        const char  *path,
                        const char  *file_name,
                        const char  *format,
                        const char  *archive,
                        const char  *options_json,
                        gint64      *id,
                        GError     **error)
{
  g_autofree char *uid = g_uuid_string_random ();
  g_autofree char *runner = runner_of (getpid (), db->serial);
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO import (uid, started, state, runner, path, file_name, format, "
                                 "archive, options) VALUES (:uid, :started, 'running', :runner, :path, "
                                 ":file_name, :format, :archive, :options)", error)))
    return FALSE;

  bind_text (stmt, ":uid", uid);
  bind_int64 (stmt, ":started", db->now);
  bind_text (stmt, ":runner", runner);
  bind_text (stmt, ":path", path != NULL ? path : "");
  bind_text (stmt, ":file_name", file_name);
  bind_text (stmt, ":format", format);
  bind_text (stmt, ":archive", archive != NULL ? archive : "");
  bind_text (stmt, ":options", options_json != NULL ? options_json : "{}");
  if (!annals_db_run (db, stmt, error))
    return FALSE;

  *id = annals_db_last_id (db);
  return TRUE;
}

gboolean
annals_db_mark_import (AnnalsDb                *db,
                       gint64                   import_id,
                       const AnnalsImportMark  *mark,
                       GError                 **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && mark != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  if (!(stmt = annals_db_borrow (db,
                                 "UPDATE import SET mark_records = :records, mark_digest = :digest, "
                                 "mark_file = :file, n_read = :read, n_new = :new, n_updated = :updated, "
                                 "n_unchanged = :unchanged, n_skipped = :skipped WHERE id = :id", error)))
    return FALSE;

  bind_int64 (stmt, ":records", (gint64) MIN (mark->n_records, G_MAXINT64));
  bind_text (stmt, ":digest", mark->digest);
  bind_id (stmt, ":file", mark->file_id);
  bind_int64 (stmt, ":read", mark->n_read);
  bind_int64 (stmt, ":new", mark->n_new);
  bind_int64 (stmt, ":updated", mark->n_updated);
  bind_int64 (stmt, ":unchanged", mark->n_unchanged);
  bind_int64 (stmt, ":skipped", mark->n_skipped);
  bind_int64 (stmt, ":id", import_id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_db_load_import_mark (AnnalsDb          *db,
                            gint64             import_id,
                            AnnalsImportMark  *mark,
                            GError           **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && mark != NULL, FALSE);

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT state, runner, mark_records, mark_digest, n_read, n_new, n_updated, "
                                 "n_unchanged, n_skipped, mark_file FROM import WHERE id = :id AND NOT "
                                 ANNALS_IMPORT_IS_GOING, error)))
    return FALSE;

  bind_int64 (stmt, ":id", import_id);
  switch (annals_db_step (db, stmt, error))
    {
    case STEP_ROW:
      break;

    case STEP_DONE:
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                   _("There is no import with the number %" PRId64), import_id);
      return FALSE;

    case STEP_ERROR:
      return FALSE;
    }

  if (!g_str_equal (column_text (stmt, 0), "running"))
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CONFLICT,
                   _("The import with the number %" PRId64 " came to its end; there is nothing to resume"),
                   import_id);
      return FALSE;
    }

  if (!annals_import_runner_is_gone (column_text (stmt, 1)))
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CONFLICT,
                   _("The import with the number %" PRId64 " is still running"), import_id);
      return FALSE;
    }

  memset (mark, 0, sizeof *mark);
  mark->n_records = (guint64) MAX (column_int64 (stmt, 2), 0);
  g_strlcpy (mark->digest, column_text (stmt, 3), sizeof mark->digest);
  mark->n_read = column_uint (stmt, 4);
  mark->n_new = column_uint (stmt, 5);
  mark->n_updated = column_uint (stmt, 6);
  mark->n_unchanged = column_uint (stmt, 7);
  mark->n_skipped = column_uint (stmt, 8);
  mark->file_id = column_int64 (stmt, 9);

  return TRUE;
}

gboolean
annals_db_resume_import (AnnalsDb          *db,
                         gint64             import_id,
                         AnnalsImportMark  *mark,
                         GError           **error)
{
  g_autofree char *runner = runner_of (getpid (), db->serial);
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && mark != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  if (!annals_db_load_import_mark (db, import_id, mark, error) ||
      !(stmt = annals_db_borrow (db, "UPDATE import SET runner = :runner WHERE id = :id", error)))
    return FALSE;

  bind_text (stmt, ":runner", runner);
  bind_int64 (stmt, ":id", import_id);

  return annals_db_run (db, stmt, error);
}

static gboolean
write_counts (AnnalsDb    *db,
              gint64       import_id,
              const char  *file_sha256,
              gint64       file_size,
              const guint  counts[5],
              double       seconds,
              GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "UPDATE import SET file_sha256 = :sha256, file_size = :size, "
                                 "n_read = :read, n_new = :new, n_updated = :updated, "
                                 "n_unchanged = :unchanged, n_skipped = :skipped, seconds = :seconds "
                                 "WHERE id = :id", error)))
    return FALSE;

  bind_text (stmt, ":sha256", file_sha256);
  bind_int64 (stmt, ":size", file_size);
  bind_int64 (stmt, ":read", counts[0]);
  bind_int64 (stmt, ":new", counts[1]);
  bind_int64 (stmt, ":updated", counts[2]);
  bind_int64 (stmt, ":unchanged", counts[3]);
  bind_int64 (stmt, ":skipped", counts[4]);
  bind_double (stmt, ":seconds", seconds);
  bind_int64 (stmt, ":id", import_id);

  return annals_db_run (db, stmt, error);
}

/* Last, as tags may have added some. */
static gboolean
count_issues (AnnalsDb  *db,
              gint64     import_id,
              GError   **error)
{
  return annals_db_run_for_id (db,
                               "UPDATE import SET n_issues = "
                               "(SELECT count(*) FROM import_issue WHERE import = :id) WHERE id = :id",
                               import_id, error);
}

/* What comes along with an import is part of its step, so it is undone with it: tags of its posts, notes that moved
 * with a changed text, and what @along brings. */
static gboolean
record_step (AnnalsDb      *db,
             gint64         import_id,
             gboolean       has_posts,
             AnnalsDbFunc   along,
             gpointer       data,
             GError       **error)
{
  g_autoptr(AnnalsRecording) recording = annals_recording_begin (db, error);
  g_autoptr(AnnalsImport) import = NULL;
  g_autofree char *label = NULL;
  gboolean ok;

  if (recording == NULL || !(import = annals_db_load_import (db, import_id, error)))
    return FALSE;

  if (has_posts && !(annals_import_apply_tags (db, import_id, recording, error) &&
                     annals_import_anchor (db, import_id, error)))
    return FALSE;

  db->door = ANNALS_DOOR_CHANGE;
  ok = along == NULL || along (db, data, db->cancellable, error);
  db->door = ANNALS_DOOR_BULK;
  if (!ok || !count_issues (db, import_id, error))
    return FALSE;

  label = g_strdup_printf (_("Import “%s”"), import->file_name);
  if (!has_posts && annals_recording_is_empty (recording))
    import_id = 0;

  return annals_recording_end (recording, label, import_id, NULL, error);
}

gboolean
annals_db_finish_import_with (AnnalsDb               *db,
                              gint64                  import_id,
                              const char             *file_sha256,
                              gint64                  file_size,
                              const AnnalsImportMark *mark,
                              double                  seconds,
                              AnnalsDbFunc            along,
                              gpointer                data,
                              GError                **error)
{
  const guint counts[] = { mark->n_read, mark->n_new, mark->n_updated, mark->n_unchanged, mark->n_skipped };
  gboolean has_posts = mark->n_new + mark->n_updated > 0;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  if (!write_counts (db, import_id, file_sha256, file_size, counts, seconds, error) ||
      !annals_import_set_done (db, import_id, TRUE, NULL, error))
    return FALSE;

  db->announce = TRUE;
  if (!has_posts && along == NULL)
    return count_issues (db, import_id, error);

  return record_step (db, import_id, has_posts, along, data, error);
}

gboolean
annals_db_finish_import (AnnalsDb    *db,
                         gint64       import_id,
                         const char  *file_sha256,
                         gint64       file_size,
                         guint        n_read,
                         guint        n_new,
                         guint        n_updated,
                         guint        n_unchanged,
                         guint        n_skipped,
                         double       seconds,
                         GError     **error)
{
  const AnnalsImportMark mark = {
    .n_read = n_read, .n_new = n_new, .n_updated = n_updated, .n_unchanged = n_unchanged, .n_skipped = n_skipped,
  };

  return annals_db_finish_import_with (db, import_id, file_sha256, file_size, &mark, seconds, NULL, NULL, error);
}

gboolean
annals_db_count_import (AnnalsDb                *db,
                        gint64                   import_id,
                        const AnnalsImportMark  *mark,
                        GError                 **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && mark != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  if (!(stmt = annals_db_borrow (db,
                                 "UPDATE import SET n_read = :read, n_new = :new, n_updated = :updated, "
                                 "n_unchanged = :unchanged, n_skipped = :skipped WHERE id = :id", error)))
    return FALSE;

  bind_int64 (stmt, ":read", mark->n_read);
  bind_int64 (stmt, ":new", mark->n_new);
  bind_int64 (stmt, ":updated", mark->n_updated);
  bind_int64 (stmt, ":unchanged", mark->n_unchanged);
  bind_int64 (stmt, ":skipped", mark->n_skipped);
  bind_int64 (stmt, ":id", import_id);

  return annals_db_run (db, stmt, error) && count_issues (db, import_id, error);
}

/* --- taking a run back --- */

/* Posts of which the import has a revision, some of them; ids (gint64). */
static GArray *
list_posts_of (AnnalsDb  *db,
               gint64     import_id,
               GError   **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT DISTINCT post FROM revision WHERE import = :id "
                                 "ORDER BY post DESC LIMIT :limit", error)))
    return NULL;

  bind_int64 (stmt, ":id", import_id);
  bind_int64 (stmt, ":limit", REMOVE_POSTS);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }

  return step == STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

/* @sql has ":post" and, unless it does without, ":import". */
static gboolean
run_for_post (AnnalsDb    *db,
              const char  *sql,
              gint64       post_id,
              gint64       import_id,
              GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, sql, error)))
    return FALSE;

  bind_int64 (stmt, ":post", post_id);
  if (import_id != 0)
    bind_int64 (stmt, ":import", import_id);

  return annals_db_run (db, stmt, error);
}

#define OWN_REVISIONS "(SELECT id FROM revision WHERE post = :post AND import = :import)"

static gboolean
get_own_revision (AnnalsDb  *db,
                  gint64     import_id,
                  gint64     post_id,
                  gint64    *id,
                  GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, "SELECT max(id) FROM revision WHERE post = :post AND import = :import", error)))
    return FALSE;

  bind_int64 (stmt, ":post", post_id);
  bind_int64 (stmt, ":import", import_id);
  if (annals_db_step (db, stmt, error) != STEP_ROW)
    return FALSE;

  *id = column_int64 (stmt, 0);
  return TRUE;
}

/* What the import knows of a post, but for the post itself. */
static gboolean
remove_revisions (AnnalsDb  *db,
                  gint64     import_id,
                  gint64     post_id,
                  GError   **error)
{
  static const char * const statements[] = {
    "DELETE FROM revision_copy WHERE revision IN " OWN_REVISIONS,
    "DELETE FROM revision_picture WHERE revision IN " OWN_REVISIONS,
    "DELETE FROM known_copy WHERE post = :post AND import = :import",
    "DELETE FROM post_alias WHERE post = :post AND import = :import",
    "DELETE FROM revision WHERE post = :post AND import = :import",
  };

  gint64 revision_id = 0;

  /* There is one at most. */
  if (!get_own_revision (db, import_id, post_id, &revision_id, error) ||
      (revision_id != 0 && !annals_same_text_forget (db, revision_id, error)))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!run_for_post (db, statements[i], post_id, import_id, error))
      return FALSE;

  return TRUE;
}

/* One that this run brought, alone or along with another run at the same time, is hidden until one of
 * them is done. */
static gboolean
remove_post (AnnalsDb  *db,
             gint64     import_id,
             gint64     post_id,
             GError   **error)
{
  gint64 other = 0;
  gboolean was_in;
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT ifnull(max(id), 0) FROM revision WHERE post = :post AND import != :import",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":post", post_id);
  bind_int64 (stmt, ":import", import_id);
  if (annals_db_step (db, stmt, error) != STEP_ROW)
    return FALSE;
  other = column_int64 (stmt, 0);

  if (other != 0)
    return annals_import_leave_to_others (db, import_id, post_id, error) &&
           remove_revisions (db, import_id, post_id, error);

  return annals_index_remove_post (db, post_id, &was_in, error) &&
         remove_revisions (db, import_id, post_id, error) &&
         run_for_post (db, "DELETE FROM known_copy WHERE post = :post", post_id, 0, error) &&
         run_for_post (db, "DELETE FROM post_alias WHERE post = :post", post_id, 0, error) &&
         run_for_post (db, "DELETE FROM post WHERE id = :post", post_id, 0, error);
}

/* What is left when no revision is. */
static gboolean
remove_rest (AnnalsDb  *db,
             gint64     import_id,
             GError   **error)
{
  static const char * const statements[] = {
    "DELETE FROM post_alias WHERE import = :id",
    "DELETE FROM known_copy WHERE import = :id",
    "UPDATE picture SET attachment = NULL, import = NULL WHERE import = :id",
    /* Those of another notebook that is being taken in come before what shows them. */
    "DELETE FROM attachment WHERE id NOT IN (SELECT attachment FROM picture WHERE attachment IS NOT NULL) "
    "AND NOT EXISTS (SELECT 1 FROM import WHERE id != :id AND state = 'running' AND removing = 0 "
    "AND mark_digest = '" ANNALS_IMPORT_OF_NOTEBOOK "')",
    "DELETE FROM picture WHERE id NOT IN (SELECT picture FROM revision_picture) AND :id",
    "DELETE FROM import_issue WHERE import = :id",
    "DELETE FROM import_file WHERE import = :id",
    "DELETE FROM import WHERE id = :id",
    /* The first condition has an index, and is nearly always enough. */
    ("DELETE FROM source WHERE NOT EXISTS (SELECT 1 FROM post WHERE post.source = source.id) "
     "AND NOT EXISTS (SELECT 1 FROM revision WHERE revision.source = source.id) AND :id"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!annals_db_run_for_id (db, statements[i], import_id, error))
      return FALSE;

  return TRUE;
}

static gboolean
remove_some (AnnalsDb  *db,
             gint64     import_id,
             gboolean  *done,
             GError   **error)
{
  gint64 end = g_get_monotonic_time () + REMOVE_MICROSECONDS;

  *done = FALSE;
  do
    {
      g_autoptr(GArray) posts = list_posts_of (db, import_id, error);

      if (posts == NULL)
        return FALSE;

      for (guint i = 0; i < posts->len; i++)
        if (!remove_post (db, import_id, g_array_index (posts, gint64, i), error))
          return FALSE;

      *done = posts->len < REMOVE_POSTS;
    }
  while (!*done && g_get_monotonic_time () < end);

  return !*done || remove_rest (db, import_id, error);
}

gboolean
annals_import_count_removing (AnnalsDb  *db,
                              guint     *n,
                              GError   **error)
{
  gint64 count = 0;

  if (!annals_db_query_int64 (db, "SELECT count(*) FROM import WHERE " ANNALS_IMPORT_IS_GOING, 0, 0, &count, error))
    return FALSE;

  *n = (guint) count;
  return TRUE;
}

gboolean
annals_import_remove_step (AnnalsDb  *db,
                           GError   **error)
{
  gint64 id = 0;
  gboolean done;

  return annals_db_query_int64 (db, "SELECT min(id) FROM import WHERE " ANNALS_IMPORT_IS_GOING, 0, 0, &id, error) &&
         (id == 0 || remove_some (db, id, &done, error));
}

gboolean
annals_db_remove_import (AnnalsDb  *db,
                         gint64     import_id,
                         GError   **error)
{
  gboolean done;
  gint64 running = 0;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  if (!annals_db_query_int64 (db,
                              "SELECT state = 'running' FROM import WHERE id = :id AND NOT " ANNALS_IMPORT_IS_GOING,
                              import_id, -1, &running, error))
    return FALSE;

  if (running < 1)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR,
                   running < 0 ? ANNALS_NOTEBOOK_ERROR_NOT_FOUND : ANNALS_NOTEBOOK_ERROR_CONFLICT,
                   running < 0 ? _("There is no import with the number %" PRId64)
                               : _("The import with the number %" PRId64
                                   " came to its end; undo it instead"), import_id);
      return FALSE;
    }

  db->announce = TRUE;
  return annals_db_run_for_id (db, "UPDATE import SET removing = 1 WHERE id = :id", import_id, error) &&
         remove_some (db, import_id, &done, error);
}

gboolean
annals_import_remove_own (AnnalsDb  *db,
                          GError   **error)
{
  g_autoptr(GArray) ids = list_own (db, error);
  AnnalsDoor door = db->door;
  gboolean ok = ids != NULL;

  db->door = ANNALS_DOOR_BULK;
  for (guint i = 0; ok && i < ids->len; i++)
    ok = annals_db_remove_import (db, g_array_index (ids, gint64, i), error);
  db->door = door;

  return ok;
}
