/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notes that no longer stand where they say: looked for by their quotation, what stood around it and where it was, as
 * after an import. One that cannot be placed with certainty is on its post as a whole, with the quotation in its text. */
#include "config.h"

#include "annals-salvage-private.h"

#include <glib/gi18n-lib.h>

#include "annals-anchor.h"
#include "annals-text.h"

#define MISPLACED \
  "(NOT (start = 0 AND end = 0 AND quote = '') AND (start < 0 OR end <= start OR NOT EXISTS (SELECT 1 FROM revision " \
  "WHERE revision.id = annotation.revision AND revision.post = annotation.post " \
  "AND end <= length (text) AND substr (text, start + 1, end - start) = quote)))"

typedef struct
{
  gint64          id;
  gint64          revision_id;
  AnnalsSelector  selector;
} Stray;

static void
stray_clear (gpointer data)
{
  Stray *self = data;

  g_free (self->selector.exact);
  g_free (self->selector.prefix);
  g_free (self->selector.suffix);
}

static GArray *
list_strays (AnnalsDb  *db,
             GError   **error)
{
  g_autoptr(GArray) strays = g_array_new (FALSE, FALSE, sizeof (Stray));
  g_autoptr(BorrowedStmt) stmt =
    annals_db_borrow (db, "SELECT id, revision, start, end, quote, prefix, suffix FROM annotation WHERE quote != '' "
                          "AND " MISPLACED " ORDER BY revision, id", error);
  AnnalsStep step;

  g_array_set_clear_func (strays, stray_clear);
  if (stmt == NULL)
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      Stray stray = {
        column_int64 (stmt, 0), column_int64 (stmt, 1),
        { column_uint (stmt, 2), column_uint (stmt, 3), column_dup_text (stmt, 4), column_dup_text (stmt, 5),
          column_dup_text (stmt, 6) },
      };

      g_array_append_val (strays, stray);
    }

  return step == STEP_DONE ? g_steal_pointer (&strays) : NULL;
}

/* *@text NULL: it is not there, or cannot be read. */
static gboolean
load_text (AnnalsDb    *db,
           gint64       revision_id,
           AnnalsText **text,
           GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, "SELECT text, spans FROM revision WHERE id = :id", error);
  AnnalsStep step;

  g_clear_pointer (text, annals_text_unref);
  if (stmt == NULL)
    return FALSE;

  bind_int64 (stmt, ":id", revision_id);
  if ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    *text = annals_text_new_from_stored (column_raw_text (stmt, 0), column_raw_text (stmt, 1), NULL);

  return step != STEP_ERROR;
}

/* @was: what a file of version 3 says of a note that moved. */
static gboolean
place (AnnalsDb                 *db,
       const Stray              *stray,
       AnnalsText               *text,
       const AnnalsAnchorMatch  *match,
       gboolean                  was,
       GError                  **error)
{
  g_autoptr(AnnalsSelector) selector = annals_selector_new (text, match->start, match->end);
  g_autoptr(BorrowedStmt) stmt =
    annals_db_borrow (db,
                      was ? "UPDATE annotation SET start = :start, end = :end, prefix = :prefix, suffix = :suffix, "
                            "was_quote = quote, was_start = max (start, 0), moved = :now, quote = :quote, "
                            "state = 'moved' WHERE id = :id"
                          : "UPDATE annotation SET start = :start, end = :end, prefix = :prefix, suffix = :suffix, "
                            "quote = :quote, state = 'moved' WHERE id = :id", error);

  if (stmt == NULL)
    return FALSE;

  bind_int64 (stmt, ":start", selector->start);
  bind_int64 (stmt, ":end", selector->end);
  bind_text (stmt, ":quote", selector->exact);
  bind_text (stmt, ":prefix", selector->prefix);
  bind_text (stmt, ":suffix", selector->suffix);
  if (was)
    bind_int64 (stmt, ":now", g_get_real_time ());
  bind_int64 (stmt, ":id", stray->id);

  return annals_db_run (db, stmt, error);
}

static gboolean
place_strays (AnnalsDb   *db,
              GArray     *strays,
              gboolean    was,
              guint      *n_placed,
              GError    **error)
{
  g_autoptr(AnnalsText) text = NULL;
  g_autoptr(AnnalsAnchor) anchor = NULL;

  for (guint i = 0; i < strays->len; i++)
    {
      const Stray *stray = &g_array_index (strays, Stray, i);
      AnnalsAnchorMatch match;

      if (i == 0 || stray->revision_id != g_array_index (strays, Stray, i - 1).revision_id)
        {
          g_clear_pointer (&anchor, annals_anchor_free);
          if (!load_text (db, stray->revision_id, &text, error))
            return FALSE;
          anchor = text != NULL ? annals_anchor_new (text, NULL) : NULL;
        }
      if (anchor == NULL)
        continue;

      match = annals_anchor_find (anchor, &stray->selector);
      if (match.state == ANNALS_ANCHOR_REVIEW || match.start >= match.end)
        continue;

      if (!place (db, stray, text, &match, was, error))
        return FALSE;
      (*n_placed)++;
    }

  return TRUE;
}

gboolean
annals_salvage_mend_notes (AnnalsDb   *db,
                           int         version,
                           GPtrArray  *lost,
                           GError    **error)
{
  g_autoptr(GArray) strays = NULL;
  guint n_placed = 0;
  int n;

  if (!annals_db_exec (db,
                       "UPDATE annotation SET revision = (SELECT revision FROM post WHERE post.id = annotation.post) "
                       "WHERE post IN (SELECT id FROM post) AND NOT EXISTS (SELECT 1 FROM revision WHERE "
                       "revision.id = annotation.revision AND revision.post = annotation.post)", error) ||
      !(strays = list_strays (db, error)) ||
      !place_strays (db, strays, version >= 3, &n_placed, error) ||
      !annals_db_exec (db,
                       "UPDATE annotation SET note = note || CASE WHEN quote != '' THEN char (10, 10) || '> ' || "
                       "replace (quote, char (10), char (10) || '> ') ELSE '' END, start = 0, end = 0, quote = '', "
                       "prefix = '', suffix = '', state = 'anchored' WHERE " MISPLACED, error))
    return FALSE;

  n = sqlite3_changes (db->native);
  if (n_placed > 0)
    annals_salvage_tell (lost, ngettext ("%u note did not stand where it said and was found again",
                                         "%u notes did not stand where they said and were found again", n_placed),
                         n_placed);
  if (n > 0)
    annals_salvage_tell (lost, ngettext ("%d note is on its post as a whole now, with its quotation in its text",
                                         "%d notes are on their posts as a whole now, with their quotations in their "
                                         "texts", (gulong) n), n);

  return TRUE;
}
