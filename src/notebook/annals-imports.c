/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-imports-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

#include "annals-history-private.h"

#define MAX_EXCERPT 4000

static const char * const severities[] = { "note", "warning", "error" };

const char *
annals_severity_to_string (AnnalsSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (severities), NULL);

  return severities[severity];
}

static const char * const issue_codes[] = {
  "other", "kind", "empty", "title", "date", "characters", "damage", "format", "limit", "copy", "remainder",
};

const char *
annals_issue_code_to_string (AnnalsIssueCode code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (issue_codes), NULL);

  return issue_codes[code];
}

AnnalsIssueCode
annals_issue_code_from_string (const char *string)
{
  for (guint i = 0; i < G_N_ELEMENTS (issue_codes); i++)
    if (g_str_equal (issue_codes[i], string))
      return i;

  return ANNALS_ISSUE_OTHER;
}

static const char * const post_kinds[] = { "post", "page", "draft", "private", "trash", "comment", "other" };

const char *
annals_post_kind_to_string (AnnalsPostKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (post_kinds), NULL);

  return post_kinds[kind];
}

gboolean
annals_post_kind_from_string (const char     *string,
                              AnnalsPostKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (post_kinds); i++)
    if (g_str_equal (post_kinds[i], string))
      {
        *kind = i;
        return TRUE;
      }

  return FALSE;
}

static AnnalsSeverity
severity_from_string (const char *string)
{
  for (guint i = 0; i < G_N_ELEMENTS (severities); i++)
    if (g_str_equal (severities[i], string))
      return i;

  return ANNALS_SEVERITY_ERROR;
}

void
annals_import_free (AnnalsImport *self)
{
  g_free (self->uid);
  g_free (self->state);
  g_free (self->file_name);
  g_free (self->file_sha256);
  g_free (self->format);
  g_free (self->archive);
  g_free (self);
}

void
annals_issue_free (AnnalsIssue *self)
{
  g_free (self->import_uid);
  g_free (self->place);
  g_free (self->reason);
  g_free (self->excerpt);
  g_free (self);
}

#define SELECT_IMPORT \
  "SELECT id, uid, started, seconds, state, file_name, file_size, file_sha256, format, archive, " \
  "n_read, n_new, n_updated, n_unchanged, n_skipped, n_issues FROM import "

static AnnalsImport *
import_from_row (BorrowedStmt *stmt)
{
  AnnalsImport *self = g_new0 (AnnalsImport, 1);

  self->id = column_int64 (stmt, 0);
  self->uid = column_dup_text (stmt, 1);
  self->started = column_int64 (stmt, 2);
  self->seconds = column_double (stmt, 3);
  self->state = column_dup_text (stmt, 4);
  self->file_name = column_dup_text (stmt, 5);
  self->file_size = column_int64 (stmt, 6);
  self->file_sha256 = column_dup_text (stmt, 7);
  self->format = column_dup_text (stmt, 8);
  self->archive = column_dup_text (stmt, 9);
  self->n_read = column_uint (stmt, 10);
  self->n_new = column_uint (stmt, 11);
  self->n_updated = column_uint (stmt, 12);
  self->n_unchanged = column_uint (stmt, 13);
  self->n_skipped = column_uint (stmt, 14);
  self->n_issues = column_uint (stmt, 15);

  return self;
}

GPtrArray *
annals_db_list_imports (AnnalsDb  *db,
                        GError   **error)
{
  g_autoptr(GPtrArray) imports = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_import_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, SELECT_IMPORT "ORDER BY id DESC", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    g_ptr_array_add (imports, import_from_row (stmt));

  return step == STEP_DONE ? g_steal_pointer (&imports) : NULL;
}

AnnalsImport *
annals_db_load_import (AnnalsDb  *db,
                       gint64     id,
                       GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, SELECT_IMPORT "WHERE id = :id", error)))
    return NULL;

  bind_int64 (stmt, ":id", id);
  switch (annals_db_step (db, stmt, error))
    {
    case STEP_ROW:
      return import_from_row (stmt);

    case STEP_DONE:
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                   _("There is no import with the number %" G_GINT64_FORMAT), id);
      break;

    case STEP_ERROR:
      break;
    }

  return NULL;
}

GPtrArray *
annals_db_list_issues (AnnalsDb  *db,
                       gint64     import_id,
                       GError   **error)
{
  g_autoptr(GPtrArray) issues = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_issue_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT import.uid, severity, place, reason, excerpt "
                                 "FROM import_issue JOIN import ON import.id = import_issue.import "
                                 "WHERE :id = 0 OR import = :id ORDER BY import_issue.id", error)))
    return NULL;

  bind_int64 (stmt, ":id", import_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsIssue *issue = g_new0 (AnnalsIssue, 1);

      issue->import_uid = column_dup_text (stmt, 0);
      issue->severity = severity_from_string (column_text (stmt, 1));
      issue->place = column_dup_text (stmt, 2);
      issue->reason = column_dup_text (stmt, 3);
      issue->excerpt = column_dup_text (stmt, 4);
      g_ptr_array_add (issues, issue);
    }

  return step == STEP_DONE ? g_steal_pointer (&issues) : NULL;
}

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

static gboolean
runner_is_gone (const char *runner)
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
                                 "INSERT INTO import (uid, started, state, runner, file_name, format, "
                                 "archive, options) VALUES (:uid, :started, 'running', :runner, "
                                 ":file_name, :format, :archive, :options)", error)))
    return FALSE;

  bind_text (stmt, ":uid", uid);
  bind_int64 (stmt, ":started", db->now);
  bind_text (stmt, ":runner", runner);
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
annals_db_add_issue (AnnalsDb           *db,
                     gint64              import_id,
                     const AnnalsIssue  *issue,
                     GError            **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  g_autofree char *valid = NULL;
  g_autofree char *cut = NULL;

  g_return_val_if_fail (db != NULL && issue != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO import_issue (import, severity, place, reason, excerpt) "
                                 "VALUES (:import, :severity, :place, :reason, :excerpt)", error)))
    return FALSE;

  valid = g_utf8_make_valid (issue->excerpt != NULL ? issue->excerpt : "", -1);
  cut = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_EXCERPT));
  bind_int64 (stmt, ":import", import_id);
  bind_text (stmt, ":severity", annals_severity_to_string (issue->severity));
  bind_text (stmt, ":place", issue->place);
  bind_text (stmt, ":reason", issue->reason);
  bind_text (stmt, ":excerpt", cut);

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
  const guint counts[] = { n_read, n_new, n_updated, n_unchanged, n_skipped };
  g_autoptr(AnnalsRecording) recording = NULL;
  g_autoptr(AnnalsImport) import = NULL;
  g_autofree char *label = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  if (!write_counts (db, import_id, file_sha256, file_size, counts, seconds, error) ||
      !(import = annals_db_load_import (db, import_id, error)) ||
      !annals_import_set_done (db, import_id, TRUE, NULL, error))
    return FALSE;

  db->announce = TRUE;
  if (n_new + n_updated == 0)
    return count_issues (db, import_id, error);

  /* Tags that came along, and notes that moved with a changed text, are undone with the import. */
  label = g_strdup_printf (_("Import “%s”"), import->file_name);
  return (recording = annals_recording_begin (db, error)) != NULL &&
         annals_import_apply_tags (db, import_id, error) &&
         annals_import_anchor (db, import_id, error) &&
         count_issues (db, import_id, error) &&
         annals_recording_end (recording, label, import_id, NULL, error);
}

/* Runs whose program is gone or, with @own, that began at this connection; ids (gint64). */
static GArray *
list_running (AnnalsDb  *db,
              gboolean   own,
              GError   **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *runner = runner_of (getpid (), db->serial);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db, "SELECT id, runner FROM import WHERE state = 'running'", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);

      if (own ? g_str_equal (column_text (stmt, 1), runner) : runner_is_gone (column_text (stmt, 1)))
        g_array_append_val (ids, id);
    }

  return step == STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
remove_running (AnnalsDb  *db,
                gboolean   own,
                GError   **error)
{
  g_autoptr(GArray) ids = list_running (db, own, error);
  AnnalsDoor door = db->door;
  gboolean ok = ids != NULL;

  db->door = ANNALS_DOOR_BULK;
  for (guint i = 0; ok && i < ids->len; i++)
    ok = annals_db_remove_import (db, g_array_index (ids, gint64, i), error);
  db->door = door;

  return ok;
}

gboolean
annals_import_has_abandoned (AnnalsDb  *db,
                             gboolean  *found,
                             GError   **error)
{
  g_autoptr(GArray) ids = list_running (db, FALSE, error);

  *found = ids != NULL && ids->len > 0;

  return ids != NULL;
}

gboolean
annals_import_remove_abandoned (AnnalsDb  *db,
                                GError   **error)
{
  return remove_running (db, FALSE, error);
}

gboolean
annals_import_remove_own (AnnalsDb  *db,
                          GError   **error)
{
  return remove_running (db, TRUE, error);
}

gboolean
annals_import_runs_here (AnnalsDb *db)
{
  g_autoptr(GArray) ids = list_running (db, TRUE, NULL);

  return ids != NULL && ids->len > 0;
}
