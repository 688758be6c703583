/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-check.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "annals-date.h"
#include "annals-index-private.h"
#include "annals-text.h"

void
annals_problem_free (AnnalsProblem *self)
{
  g_free (self->what);
  g_free (self->where);
  g_free (self);
}

static void
report (GPtrArray  *problems,
        const char *what,
        const char *where)
{
  AnnalsProblem *problem = g_new0 (AnnalsProblem, 1);

  problem->what = g_strdup (what);
  problem->where = g_strdup (where);
  g_ptr_array_add (problems, problem);
}

static gboolean
check_structure (AnnalsDb   *db,
                 gboolean    deep,
                 GPtrArray  *problems,
                 GError    **error)
{
  g_autoptr(GPtrArray) damages = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) failure = NULL;
  g_autofree char *index = NULL;

  if (!annals_db_check_structure (db, deep, damages, &index, &failure) &&
      !g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  for (guint i = 0; i < damages->len; i++)
    report (problems, _("The file's structure is damaged"), damages->pdata[i]);
  if (failure != NULL)
    report (problems, _("The file's structure is damaged"), failure->message);
  if (index != NULL)
    report (problems, _("The search index does not fit the texts"), index);

  return TRUE;
}

static gboolean
check_references (AnnalsDb   *db,
                  GPtrArray  *problems,
                  GError    **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, "PRAGMA foreign_key_check", error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      g_autofree char *where = g_strdup_printf ("%s %" G_GINT64_FORMAT " → %s", column_text (stmt, 0),
                                                column_int64 (stmt, 1), column_text (stmt, 2));

      report (problems, _("A record names another that is not there"), where);
    }

  return step == STEP_DONE;
}

static gboolean
check_annotations (AnnalsDb   *db,
                   GPtrArray  *problems,
                   GError    **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT annotation.uid FROM annotation "
                                 "JOIN revision ON revision.id = annotation.revision "
                                 "WHERE revision.post != annotation.post OR (NOT (start = 0 AND end = 0 AND quote = '') "
                                 "AND (start < 0 OR end <= start OR end > length(text) "
                                 "OR substr(text, start + 1, end - start) != quote))", error)))
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      g_autofree char *where = g_strdup_printf (_("annotation %s"), column_text (stmt, 0));

      report (problems, _("A quotation does not stand where it says"), where);
    }

  return step == STEP_DONE;
}

/* @sql answers with the uids of the records at fault. */
static gboolean
check_none (AnnalsDb    *db,
            const char  *sql,
            const char  *what,
            const char  *kind,
            GPtrArray   *problems,
            GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, sql, error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      g_autofree char *where = g_strdup_printf ("%s %s", kind, column_text (stmt, 0));

      report (problems, what, where);
    }

  return step == STEP_DONE;
}

static gboolean
check_attachments (AnnalsDb      *db,
                   GPtrArray     *problems,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, "SELECT id, sha256, bytes FROM attachment", error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      g_autoptr(GBytes) bytes = column_dup_bytes (stmt, 2);
      g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
      g_autofree char *where = g_strdup_printf (_("picture %" PRId64), column_int64 (stmt, 0));

      if (!g_str_equal (sha256, column_text (stmt, 1)))
        report (problems, _("A picture does not fit its SHA-256"), where);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }

  return step == STEP_DONE;
}

static gboolean
check_posts_and_tags (AnnalsDb   *db,
                      GPtrArray  *problems,
                      GError    **error)
{
  return check_none (db,
                     "SELECT uid FROM post WHERE NOT EXISTS "
                     "(SELECT 1 FROM revision WHERE revision.id = post.revision AND revision.post = post.id)",
                     _("A post has lost its text"), _("post"), problems, error) &&
         check_none (db,
                     "SELECT uid FROM post WHERE id IN (SELECT post FROM revision WHERE file IS NOT NULL "
                     "AND NOT EXISTS (SELECT 1 FROM import_file WHERE import_file.id = revision.file "
                     "AND import_file.import = revision.import))",
                     _("A post names a file that its import did not read"), _("post"), problems, error) &&
         check_none (db,
                     "WITH RECURSIVE tree (id) AS (SELECT id FROM tag WHERE parent IS NULL "
                     "UNION SELECT tag.id FROM tag JOIN tree ON tag.parent = tree.id) "
                     "SELECT uid FROM tag WHERE id NOT IN (SELECT id FROM tree)",
                     _("A tag is below itself"), _("tag"), problems, error);
}

static gboolean
check_dates (AnnalsDb    *db,
             const char  *sql,
             const char  *kind,
             GPtrArray   *problems,
             GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, sql, error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      g_autoptr(AnnalsDate) date = annals_date_parse (column_text (stmt, 1), NULL);
      gint64 from = 0, to = 0;
      gboolean has_from = date != NULL && annals_date_get_from (date, &from);
      gboolean has_to = date != NULL && annals_date_get_to (date, &to);
      g_autofree char *where = NULL;

      if (date != NULL && has_from == !column_is_null (stmt, 2) && has_to == !column_is_null (stmt, 3) &&
          (!has_from || from == column_int64 (stmt, 2)) && (!has_to || to == column_int64 (stmt, 3)))
        continue;

      where = g_strdup_printf ("%s %s", kind, column_text (stmt, 0));
      report (problems, _("A date and its bounds do not agree"), where);
    }

  return step == STEP_DONE;
}

static gboolean
check_texts (AnnalsDb      *db,
             GPtrArray     *problems,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT post.uid, revision.id, sha256, text, spans FROM revision "
                                 "JOIN post ON post.id = revision.post ORDER BY revision.id", error)))
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, column_raw_text (stmt, 3), -1);
      g_autoptr(AnnalsText) text = annals_text_new_from_stored (column_raw_text (stmt, 3),
                                                                column_raw_text (stmt, 4), NULL);
      g_autofree char *where = g_strdup_printf (_("post %s, revision %" PRId64), column_text (stmt, 0),
                                                column_int64 (stmt, 1));

      if (!g_str_equal (sha256, column_text (stmt, 2)))
        report (problems, _("A text does not fit its SHA-256"), where);
      if (text == NULL)
        report (problems, _("A text or its markup is malformed"), where);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }

  return step == STEP_DONE;
}

/* Last, as it ends the transaction in which the rest was read. */
static gboolean
check_index (AnnalsDb   *db,
             GPtrArray  *problems,
             GError    **error)
{
  const char *what = _("The search index does not fit the texts");
  g_autoptr(GError) failure = NULL;

  /* once is enough */
  for (guint i = 0; i < problems->len; i++)
    if (g_str_equal (((AnnalsProblem *) problems->pdata[i])->what, what))
      return TRUE;

  if (annals_index_check (db, &failure))
    return TRUE;

  if (g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_BUSY))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  report (problems, what, failure->message);

  return TRUE;
}

GPtrArray *
annals_db_check (AnnalsDb      *db,
                 gboolean       deep,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_problem_free);

  g_return_val_if_fail (db != NULL, NULL);

  if (!check_structure (db, deep, problems, error) ||
      !check_references (db, problems, error) ||
      !check_annotations (db, problems, error) ||
      !check_posts_and_tags (db, problems, error) ||
      !check_dates (db, "SELECT uid, published, published_from, published_to FROM post", _("post"),
                    problems, error) ||
      !check_dates (db, "SELECT uid, date, date_from, date_to FROM event", _("event"), problems, error))
    return NULL;

  if (deep)
    {
      if (!check_texts (db, problems, cancellable, error) ||
          !check_attachments (db, problems, cancellable, error) ||
          !check_index (db, problems, error))
        return NULL;
    }

  return g_steal_pointer (&problems);
}
