/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-imports-private.h"

#include "annals-anchor.h"
#include "annals-posts.h"

/* A note whose post shows another revision than the one it was made on. */
typedef struct
{
  gint64          id;
  gint64          post_id;
  gint64          before_id;     /* the revision it stands on */
  gint64          revision_id;   /* the post's current one */
  AnnalsSelector  selector;
  char           *state;
  gint64          moved;
  char           *was_quote;
  guint           was_start;
} Stray;

static void
stray_clear (Stray *self)
{
  g_free (self->selector.exact);
  g_free (self->selector.prefix);
  g_free (self->selector.suffix);
  g_free (self->state);
  g_free (self->was_quote);
}

#define SELECT_STRAYS \
  "SELECT annotation.id, post.id, annotation.revision, post.revision, start, end, " \
  "quote, prefix, suffix, state, moved, was_quote, was_start " \
  "FROM annotation JOIN post ON post.id = annotation.post WHERE annotation.revision != post.revision "

/* @import_id 0: of any post, but for those that are to be reviewed anyway */
static GArray *
find_strays (AnnalsDb  *db,
             gint64     import_id,
             GError   **error)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (Stray));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_array_set_clear_func (found, (GDestroyNotify) stray_clear);
  if (!(stmt = annals_db_borrow (db,
                                 import_id != 0
                                 ? SELECT_STRAYS "AND EXISTS "
                                   "(SELECT 1 FROM revision WHERE revision.post = post.id AND import = :id) "
                                   "ORDER BY post.id, annotation.revision, annotation.id"
                                 : SELECT_STRAYS "AND state != 'review' AND post.withdrawn = 0 "
                                   "ORDER BY post.id, annotation.revision, annotation.id", error)))
    return NULL;

  if (import_id != 0)
    bind_int64 (stmt, ":id", import_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      Stray stray = {
        column_int64 (stmt, 0), column_int64 (stmt, 1), column_int64 (stmt, 2), column_int64 (stmt, 3),
        { column_uint (stmt, 4), column_uint (stmt, 5),
          column_dup_text (stmt, 6), column_dup_text (stmt, 7), column_dup_text (stmt, 8) },
        column_dup_text (stmt, 9), column_int64 (stmt, 10), column_dup_text (stmt, 11),
        column_uint (stmt, 12),
      };

      g_array_append_val (found, stray);
    }

  return step == STEP_DONE ? g_steal_pointer (&found) : NULL;
}

static gboolean
mark_for_review (AnnalsDb  *db,
                 gint64     id,
                 GError   **error)
{
  return annals_db_run_for_id (db, "UPDATE annotation SET state = 'review' WHERE id = :id", id, error);
}

/* A note on a whole post is on the new text as it was on the old one. */
static gboolean
carry_over (AnnalsDb     *db,
            const Stray  *stray,
            GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, "UPDATE annotation SET revision = :revision WHERE id = :id", error)))
    return FALSE;

  bind_int64 (stmt, ":revision", stray->revision_id);
  bind_int64 (stmt, ":id", stray->id);

  return annals_db_run (db, stmt, error);
}

/* What a note that has found its place is from now on: "moved" as long as nobody has looked, and
 * "anchored" when it is back where it was. */
static void
bind_state (BorrowedStmt          *stmt,
            AnnalsDb              *db,
            const Stray           *stray,
            const AnnalsSelector  *selector,
            gboolean               stayed)
{
  gboolean moved = stray->moved != 0 || !stayed || g_str_equal (stray->state, "moved");
  gboolean first = stray->moved == 0;
  const char *was_quote = first ? stray->selector.exact : stray->was_quote;
  guint was_start = first ? stray->selector.start : stray->was_start;

  if (moved && !first && selector->start == was_start && g_str_equal (selector->exact, was_quote))
    moved = FALSE;

  bind_text (stmt, ":state", moved ? "moved" : "anchored");
  bind_int64 (stmt, ":moved", !moved ? 0 : first ? db->now : stray->moved);
  bind_text (stmt, ":was_quote", moved ? was_quote : "");
  bind_int64 (stmt, ":was_start", moved ? was_start : 0);
}

static gboolean
settle_stray (AnnalsDb      *db,
              AnnalsText    *text,
              AnnalsAnchor  *anchor,
              const Stray   *stray,
              GError       **error)
{
  g_autoptr(AnnalsSelector) selector = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsAnchorMatch match;

  match = annals_anchor_find (anchor, &stray->selector);
  if (match.state == ANNALS_ANCHOR_REVIEW || match.start >= match.end)
    return mark_for_review (db, stray->id, error);

  if (!(stmt = annals_db_borrow (db,
                                 "UPDATE annotation SET revision = :revision, start = :start, end = :end, "
                                 "quote = :quote, prefix = :prefix, suffix = :suffix, state = :state, "
                                 "orphan = 0, moved = :moved, was_quote = :was_quote, was_start = :was_start "
                                 "WHERE id = :id", error)))
    return FALSE;

  selector = annals_selector_new (text, match.start, match.end);
  bind_int64 (stmt, ":revision", stray->revision_id);
  bind_int64 (stmt, ":start", selector->start);
  bind_int64 (stmt, ":end", selector->end);
  bind_text (stmt, ":quote", selector->exact);
  bind_text (stmt, ":prefix", selector->prefix);
  bind_text (stmt, ":suffix", selector->suffix);
  bind_state (stmt, db, stray, selector, match.state == ANNALS_ANCHOR_EXACT);
  bind_int64 (stmt, ":id", stray->id);

  return annals_db_run (db, stmt, error);
}

/* The text that the notes stand on helps to find them; where it cannot be read they are looked for
 * without. */
static AnnalsAnchor *
open_texts (AnnalsDb     *db,
            const Stray  *stray,
            AnnalsText  **text,
            GError      **error)
{
  g_autoptr(AnnalsText) before = annals_db_load_text (db, stray->post_id, stray->before_id, NULL);

  g_clear_pointer (text, annals_text_unref);
  if (!(*text = annals_db_load_text (db, stray->post_id, 0, error)))
    return NULL;

  return annals_anchor_new (*text, before);
}

static gboolean
settle_strays (AnnalsDb  *db,
               gint64     import_id,
               GError   **error)
{
  g_autoptr(GArray) strays = find_strays (db, import_id, error);
  g_autoptr(AnnalsText) text = NULL;
  g_autoptr(AnnalsAnchor) anchor = NULL;
  const Stray *last = NULL;

  if (strays == NULL)
    return FALSE;

  for (guint i = 0; i < strays->len; i++)
    {
      const Stray *stray = &g_array_index (strays, Stray, i);

      if (g_cancellable_set_error_if_cancelled (db->cancellable, error))
        return FALSE;
      if (*stray->selector.exact == '\0' && stray->selector.start == stray->selector.end)
        {
          if (!carry_over (db, stray, error))
            return FALSE;
          continue;
        }

      if (last == NULL || stray->post_id != last->post_id || stray->before_id != last->before_id)
        {
          g_clear_pointer (&anchor, annals_anchor_free);
          if (!(anchor = open_texts (db, stray, &text, error)))
            return FALSE;
        }
      last = stray;

      if (!settle_stray (db, text, anchor, stray, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
annals_import_anchor (AnnalsDb  *db,
                      gint64     import_id,
                      GError   **error)
{
  return settle_strays (db, import_id, error);
}

gboolean
annals_import_anchor_strays (AnnalsDb  *db,
                             GError   **error)
{
  return settle_strays (db, 0, error);
}
