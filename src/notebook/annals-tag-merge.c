/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "annals-memos-private.h"
#include "annals-tags-private.h"

/* The parameters of all these statements: the tag that goes, the tag that stays. */
static BorrowedStmt *
borrow_for_pair (AnnalsDb    *db,
                 const char  *sql,
                 gint64       from,
                 gint64       into,
                 GError     **error)
{
  BorrowedStmt *stmt = annals_db_borrow (db, sql, error);

  if (stmt == NULL)
    return NULL;

  bind_int64 (stmt, ":from", from);
  bind_int64 (stmt, ":into", into);

  return stmt;
}

static gboolean
run_for_pair (AnnalsDb    *db,
              const char  *sql,
              gint64       from,
              gint64       into,
              GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = borrow_for_pair (db, sql, from, into, error);

  return stmt != NULL && annals_db_run (db, stmt, error);
}

static gboolean
check_pair (AnnalsDb  *db,
            gint64     from,
            gint64     into,
            GError   **error)
{
  if (!annals_db_require (db, ANNALS_RECORD_TAG, from, error) ||
      !annals_db_require (db, ANNALS_RECORD_TAG, into, error))
    return FALSE;

  if (from != into)
    return TRUE;

  g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
                       _("A tag cannot be merged into itself"));
  return FALSE;
}

gboolean
annals_db_count_tag_merge (AnnalsDb        *db,
                           gint64           from,
                           gint64           into,
                           AnnalsTagMerge  *merge,
                           GError         **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && merge != NULL, FALSE);

  if (!check_pair (db, from, into, error) ||
      !(stmt = borrow_for_pair (db,
        "WITH shown (post) AS (SELECT post_tag.post FROM post_tag CROSS JOIN post ON post.id = post_tag.post "
        "  WHERE tag = :from AND withdrawn = 0 AND trashed = 0), "
        "had (post) AS (SELECT post FROM post_tag WHERE tag = :into) "
        "SELECT (SELECT count(*) FROM shown WHERE post NOT IN had), "
        "(SELECT count(*) FROM shown WHERE post IN had), "
        "(SELECT count(*) FROM annotation_tag WHERE tag = :from AND annotation NOT IN "
        " (SELECT annotation FROM annotation_tag WHERE tag = :into)), "
        "(SELECT count(*) FROM event_tag WHERE tag = :from AND event NOT IN "
        " (SELECT event FROM event_tag WHERE tag = :into)), "
        "(SELECT count(*) FROM tag WHERE parent = :from AND id != :into)", from, into, error)) ||
      annals_db_step (db, stmt, error) != STEP_ROW)
    return FALSE;

  *merge = (AnnalsTagMerge) {
    .posts = column_uint (stmt, 0),
    .posts_with_both = column_uint (stmt, 1),
    .annotations = column_uint (stmt, 2),
    .events = column_uint (stmt, 3),
    .children = column_uint (stmt, 4),
  };

  return TRUE;
}

/* What carries the tag that goes carries the one that stays, with the time and the author as they were. */
gboolean
annals_tag_move_uses (AnnalsDb  *db,
                      gint64     from,
                      gint64     into,
                      GError   **error)
{
  return run_for_pair (db, "INSERT INTO post_tag (post, tag, created, author) "
                       "SELECT post, :into, created, author FROM post_tag WHERE tag = :from "
                       "ON CONFLICT DO NOTHING", from, into, error) &&
         run_for_pair (db, "INSERT INTO annotation_tag (annotation, tag, created, author) "
                       "SELECT annotation, :into, created, author FROM annotation_tag WHERE tag = :from "
                       "ON CONFLICT DO NOTHING", from, into, error) &&
         run_for_pair (db, "INSERT INTO event_tag (event, tag, created, author) "
                       "SELECT event, :into, created, author FROM event_tag WHERE tag = :from "
                       "ON CONFLICT DO NOTHING", from, into, error);
}

static gboolean
list_children (AnnalsDb  *db,
               gint64     id,
               GArray    *children,
               GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db, "SELECT id FROM tag WHERE parent = :id ORDER BY id", error)))
    return FALSE;

  bind_int64 (stmt, ":id", id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 child = column_int64 (stmt, 0);

      g_array_append_val (children, child);
    }

  return step == STEP_DONE;
}

/* One that stays and stands below the one that goes takes its place first. */
static gboolean
move_children (AnnalsDb         *db,
               const AnnalsTag  *from,
               const AnnalsTag  *into,
               GError          **error)
{
  g_autoptr(GArray) children = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean below;

  if (!annals_tag_is_below (db, into->id, from->id, &below, error) ||
      (below && !annals_db_set_tag_parent (db, into->id, from->parent_id, error)) ||
      !list_children (db, from->id, children, error))
    return FALSE;

  for (guint i = 0; i < children->len; i++)
    if (!annals_db_set_tag_parent (db, g_array_index (children, gint64, i), into->id, error))
      return FALSE;

  return TRUE;
}

static gboolean
join_names (AnnalsDb         *db,
            const AnnalsTag  *from,
            const AnnalsTag  *into,
            GError          **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; into->synonyms[i] != NULL; i++)
    g_ptr_array_add (names, into->synonyms[i]);
  g_ptr_array_add (names, from->name);
  for (guint i = 0; from->synonyms[i] != NULL; i++)
    g_ptr_array_add (names, from->synonyms[i]);
  g_ptr_array_add (names, NULL);

  return annals_db_set_tag_synonyms (db, into->id, (const char * const *) names->pdata, error);
}

static gboolean
join_texts (AnnalsDb         *db,
            const AnnalsTag  *from,
            const AnnalsTag  *into,
            GError          **error)
{
  g_autofree char *description = NULL;
  g_autofree char *rule = NULL;

  if (*from->description != '\0' && !g_str_equal (from->description, into->description))
    description = *into->description == '\0'
                  ? g_strdup (from->description)
                  : g_strconcat (into->description, "\n\n", from->description, NULL);
  if (*from->rule != '\0' && !g_str_equal (from->rule, into->rule))
    rule = *into->rule == '\0' ? g_strdup (from->rule)
                               : g_strdup_printf ("(%s) OR (%s)", into->rule, from->rule);

  return (description == NULL || annals_db_set_tag_description (db, into->id, description, error)) &&
         (rule == NULL || annals_db_set_tag_rule (db, into->id, rule, error));
}

gboolean
annals_db_merge_tags (AnnalsDb  *db,
                      gint64     from,
                      gint64     into,
                      GError   **error)
{
  g_autoptr(AnnalsTag) goes = NULL;
  g_autoptr(AnnalsTag) stays = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return check_pair (db, from, into, error) &&
         (goes = annals_db_load_tag (db, from, error)) != NULL &&
         (stays = annals_db_load_tag (db, into, error)) != NULL &&
         annals_tag_move_uses (db, from, into, error) &&
         annals_memos_redirect (db, ANNALS_RECORD_TAG, from, into, TRUE, error) &&
         move_children (db, goes, stays, error) &&
         annals_db_delete_tag (db, from, error) &&
         join_names (db, goes, stays, error) &&
         join_texts (db, goes, stays, error);
}
