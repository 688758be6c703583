/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-imports-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

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
  g_free (self->path);
  g_free (self->options);
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

void
annals_import_file_free (AnnalsImportFile *self)
{
  g_free (self->path);
  g_free (self->sha256);
  g_free (self->format);
  g_free (self);
}

/* One that is being taken back is gone for everybody. */
#define SELECT_IMPORT \
  "SELECT id, uid, started, seconds, state, runner, path, options, file_name, file_size, file_sha256, format, " \
  "archive, n_read, n_new, n_updated, n_unchanged, n_skipped, n_issues FROM import " \
  "WHERE NOT " ANNALS_IMPORT_IS_GOING " "

static AnnalsImport *
import_from_row (BorrowedStmt *stmt)
{
  AnnalsImport *self = g_new0 (AnnalsImport, 1);

  self->id = column_int64 (stmt, 0);
  self->uid = column_dup_text (stmt, 1);
  self->started = column_int64 (stmt, 2);
  self->seconds = column_double (stmt, 3);
  self->state = column_dup_text (stmt, 4);
  if (g_str_equal (self->state, "running") && annals_import_runner_is_gone (column_text (stmt, 5)))
    {
      g_free (self->state);
      self->state = g_strdup ("interrupted");
    }
  self->path = column_dup_text (stmt, 6);
  self->options = column_dup_text (stmt, 7);
  self->file_name = column_dup_text (stmt, 8);
  self->file_size = column_int64 (stmt, 9);
  self->file_sha256 = column_dup_text (stmt, 10);
  self->format = column_dup_text (stmt, 11);
  self->archive = column_dup_text (stmt, 12);
  self->n_read = column_uint (stmt, 13);
  self->n_new = column_uint (stmt, 14);
  self->n_updated = column_uint (stmt, 15);
  self->n_unchanged = column_uint (stmt, 16);
  self->n_skipped = column_uint (stmt, 17);
  self->n_issues = column_uint (stmt, 18);

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

  if (!(stmt = annals_db_borrow (db, SELECT_IMPORT "AND id = :id", error)))
    return NULL;

  bind_int64 (stmt, ":id", id);
  switch (annals_db_step (db, stmt, error))
    {
    case STEP_ROW:
      return import_from_row (stmt);

    case STEP_DONE:
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                   _("There is no import with the number %" PRId64), id);
      break;

    case STEP_ERROR:
      break;
    }

  return NULL;
}

/* --- issues --- */

#define SELECT_ISSUE \
  "SELECT import_issue.id, import.uid, severity, code, record, can_force, place, reason, excerpt " \
  "FROM import_issue JOIN import ON import.id = import_issue.import AND NOT " ANNALS_IMPORT_IS_GOING " "

static AnnalsIssue *
issue_from_row (BorrowedStmt *stmt)
{
  AnnalsIssue *self = g_new0 (AnnalsIssue, 1);

  self->id = column_int64 (stmt, 0);
  self->import_uid = column_dup_text (stmt, 1);
  self->severity = severity_from_string (column_text (stmt, 2));
  self->code = annals_issue_code_from_string (column_text (stmt, 3));
  self->record = column_uint (stmt, 4);
  self->can_force = column_int64 (stmt, 5) != 0;
  self->place = column_dup_text (stmt, 6);
  self->reason = column_dup_text (stmt, 7);
  self->excerpt = column_dup_text (stmt, 8);

  return self;
}

/* @stmt: bound; reads it to its end */
static GPtrArray *
collect_issues (AnnalsDb      *db,
                BorrowedStmt  *stmt,
                GError       **error)
{
  g_autoptr(GPtrArray) issues = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_issue_free);
  AnnalsStep step;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    g_ptr_array_add (issues, issue_from_row (stmt));

  return step == STEP_DONE ? g_steal_pointer (&issues) : NULL;
}

GPtrArray *
annals_db_list_issues (AnnalsDb  *db,
                       gint64     import_id,
                       GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 import_id == 0
                                 ? SELECT_ISSUE "ORDER BY import_issue.id"
                                 : SELECT_ISSUE "WHERE import = :id ORDER BY import_issue.id", error)))
    return NULL;

  if (import_id != 0)
    bind_int64 (stmt, ":id", import_id);

  return collect_issues (db, stmt, error);
}

gboolean
annals_db_count_issues (AnnalsDb  *db,
                        gint64     import_id,
                        guint     *counts,
                        GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && counts != NULL, FALSE);

  memset (counts, 0, ANNALS_N_ISSUE_CODES * sizeof *counts);
  if (!(stmt = annals_db_borrow (db,
                                 import_id != 0
                                   ? "SELECT code, count(*) FROM import_issue WHERE import = :id GROUP BY code"
                                   : "SELECT code, count(*) FROM import_issue GROUP BY code",
                                 error)))
    return FALSE;

  if (import_id != 0)
    bind_int64 (stmt, ":id", import_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    counts[annals_issue_code_from_string (column_text (stmt, 0))] += column_uint (stmt, 1);

  return step == STEP_DONE;
}

GPtrArray *
annals_db_list_issues_of (AnnalsDb         *db,
                          gint64            import_id,
                          AnnalsIssueCode   code,
                          guint             offset,
                          guint             limit,
                          GError          **error)
{
#define PAGE "ORDER BY import_issue.id LIMIT :limit OFFSET :offset"
  static const char * const queries[2][2] = {
    { SELECT_ISSUE PAGE, SELECT_ISSUE "WHERE code = :code " PAGE },
    { SELECT_ISSUE "WHERE import = :id " PAGE, SELECT_ISSUE "WHERE import = :id AND code = :code " PAGE },
  };
#undef PAGE
  gboolean of_code = code < ANNALS_N_ISSUE_CODES;
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, queries[import_id != 0][of_code], error)))
    return NULL;

  if (import_id != 0)
    bind_int64 (stmt, ":id", import_id);
  if (of_code)
    bind_text (stmt, ":code", annals_issue_code_to_string (code));
  bind_int64 (stmt, ":limit", limit);
  bind_int64 (stmt, ":offset", offset);

  return collect_issues (db, stmt, error);
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
                                 "INSERT INTO import_issue (import, severity, code, record, can_force, place, "
                                 "reason, excerpt) VALUES (:import, :severity, :code, :record, :force, :place, "
                                 ":reason, :excerpt)", error)))
    return FALSE;

  valid = g_utf8_make_valid (issue->excerpt != NULL ? issue->excerpt : "", -1);
  cut = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_EXCERPT));
  bind_int64 (stmt, ":import", import_id);
  bind_text (stmt, ":severity", annals_severity_to_string (issue->severity));
  bind_text (stmt, ":code", annals_issue_code_to_string (issue->code));
  bind_int64 (stmt, ":record", issue->record);
  bind_int64 (stmt, ":force", issue->can_force);
  bind_text (stmt, ":place", issue->place != NULL ? issue->place : "");
  bind_text (stmt, ":reason", issue->reason != NULL ? issue->reason : "");
  bind_text (stmt, ":excerpt", cut);

  return annals_db_run (db, stmt, error);
}

/* --- files --- */

AnnalsImportFile *
annals_db_load_revision_file (AnnalsDb  *db,
                              gint64     revision_id,
                              GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsImportFile *self;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT import_file.id, path, size, import_file.sha256, import_file.format "
                                 "FROM revision "
                                 "JOIN revision AS source ON source.id = " ANNALS_REVISION_OF_TEXT ("revision")
                                 " JOIN import_file ON import_file.id = source.file WHERE revision.id = :id", error)))
    return NULL;

  bind_int64 (stmt, ":id", revision_id);
  if (annals_db_step (db, stmt, error) != STEP_ROW)
    return NULL;

  self = g_new0 (AnnalsImportFile, 1);
  self->id = column_int64 (stmt, 0);
  self->path = column_dup_text (stmt, 1);
  self->size = column_int64 (stmt, 2);
  self->sha256 = column_dup_text (stmt, 3);
  self->format = column_dup_text (stmt, 4);

  return self;
}

gboolean
annals_db_begin_import_file (AnnalsDb    *db,
                             gint64       import_id,
                             const char  *path,
                             const char  *format,
                             gint64      *file_id,
                             GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  g_autofree char *valid = NULL;

  g_return_val_if_fail (db != NULL && path != NULL && file_id != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO import_file (import, path, format) "
                                 "VALUES (:import, :path, :format)", error)))
    return FALSE;

  valid = g_utf8_make_valid (path, -1);
  bind_int64 (stmt, ":import", import_id);
  bind_text (stmt, ":path", valid);
  bind_text (stmt, ":format", format != NULL ? format : "");
  if (!annals_db_run (db, stmt, error))
    return FALSE;

  *file_id = annals_db_last_id (db);
  return TRUE;
}

gboolean
annals_db_end_import_file (AnnalsDb    *db,
                           gint64       file_id,
                           gint64       size,
                           const char  *sha256,
                           GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && sha256 != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  if (!(stmt = annals_db_borrow (db, "UPDATE import_file SET size = :size, sha256 = :sha256 WHERE id = :id",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":size", size);
  bind_text (stmt, ":sha256", sha256);
  bind_int64 (stmt, ":id", file_id);

  return annals_db_run (db, stmt, error);
}

/* --- rules --- */

void
annals_import_rule_free (AnnalsImportRule *self)
{
  g_free (self->archive);
  g_free (self->pattern);
  g_free (self->format);
  g_free (self->options);
  g_free (self);
}

/* NULL without @error when the bound @stmt has no row */
static AnnalsImportRule *
rule_from_stmt (AnnalsDb      *db,
                BorrowedStmt  *stmt,
                GError       **error)
{
  AnnalsImportRule *self;

  if (annals_db_step (db, stmt, error) != STEP_ROW)
    return NULL;

  self = g_new0 (AnnalsImportRule, 1);
  self->archive = column_dup_text (stmt, 0);
  self->pattern = column_dup_text (stmt, 1);
  self->format = column_dup_text (stmt, 2);
  self->options = column_dup_text (stmt, 3);

  return self;
}

static AnnalsImportRule *
find_rule_of_archive (AnnalsDb    *db,
                      const char  *archive,
                      GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT archive, pattern, format, options FROM import_rule "
                                 "WHERE archive = :archive", error)))
    return NULL;

  bind_text (stmt, ":archive", archive);
  return rule_from_stmt (db, stmt, error);
}

AnnalsImportRule *
annals_db_find_rule (AnnalsDb    *db,
                     const char  *archive,
                     const char  *pattern,
                     const char  *format,
                     GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  GError *failure = NULL;
  AnnalsImportRule *rule = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (archive != NULL && *archive != '\0')
    rule = find_rule_of_archive (db, archive, &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  if (rule != NULL || failure != NULL || pattern == NULL || format == NULL)
    return rule;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT archive, pattern, format, options FROM import_rule "
                                 "WHERE pattern = :pattern AND format = :format "
                                 "ORDER BY saved DESC, archive LIMIT 1", error)))
    return NULL;

  bind_text (stmt, ":pattern", pattern);
  bind_text (stmt, ":format", format);
  return rule_from_stmt (db, stmt, error);
}

gboolean
annals_db_save_rule (AnnalsDb                *db,
                     const AnnalsImportRule  *rule,
                     GError                 **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && rule != NULL && rule->archive != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_BULK);

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT INTO import_rule (archive, pattern, format, options, saved) "
                                 "VALUES (:archive, :pattern, :format, :options, :saved) "
                                 "ON CONFLICT (archive) DO UPDATE SET pattern = excluded.pattern, "
                                 "format = excluded.format, options = excluded.options, "
                                 "saved = excluded.saved", error)))
    return FALSE;

  bind_text (stmt, ":archive", rule->archive);
  bind_text (stmt, ":pattern", rule->pattern != NULL ? rule->pattern : "");
  bind_text (stmt, ":format", rule->format != NULL ? rule->format : "");
  bind_text (stmt, ":options", rule->options != NULL ? rule->options : "{}");
  bind_int64 (stmt, ":saved", db->now);

  return annals_db_run (db, stmt, error);
}
