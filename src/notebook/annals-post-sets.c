/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-post-sets.h"

#include <string.h>

#include "annals-collation.h"
#include "annals-db-private.h"
#include "annals-note-index-private.h"
#include "annals-tags-private.h"

#define TAGS_BELOW \
  "WITH RECURSIVE below (id) AS (VALUES (:scope) UNION " \
  "SELECT tag.id FROM tag JOIN below ON tag.parent = below.id) "

static const char *
get_sql (AnnalsPostSet kind)
{
  switch (kind)
    {
    case ANNALS_POSTS_ANNOTATED:
      return "SELECT DISTINCT post FROM annotation";

    case ANNALS_POSTS_TAGGED:
      return "SELECT post FROM post_tag UNION ALL SELECT annotation.post FROM annotation_tag "
             "JOIN annotation ON annotation.id = annotation_tag.annotation";

    case ANNALS_POSTS_LINKED:
      return "SELECT from_id FROM link WHERE from_kind = 'post' UNION ALL "
             "SELECT to_id FROM link WHERE to_kind = 'post' UNION ALL "
             "SELECT post FROM link JOIN annotation ON annotation.id = from_id "
             "WHERE from_kind = 'annotation' UNION ALL "
             "SELECT post FROM link JOIN annotation ON annotation.id = to_id WHERE to_kind = 'annotation'";

    case ANNALS_POSTS_CHANGED:
      return "SELECT post FROM revision JOIN import ON import.id = revision.import "
             "WHERE import.state = 'done' AND import.removing = 0 GROUP BY post HAVING count(*) > 1";

    case ANNALS_POSTS_REVIEW:
      return "SELECT post FROM annotation WHERE state = 'review' AND orphan = 0";

    case ANNALS_POSTS_WITH_IMAGE:
      return "SELECT post.id FROM revision_picture JOIN post ON post.revision = revision_picture.revision";

    case ANNALS_POSTS_WITH_NOTE:
      return "SELECT post FROM annotation WHERE note != ''";

    case ANNALS_POSTS_OF_TAG:
      return TAGS_BELOW
             "SELECT post FROM post_tag WHERE tag IN below UNION ALL "
             "SELECT annotation.post FROM annotation_tag JOIN annotation "
             "ON annotation.id = annotation_tag.annotation WHERE tag IN below";

    case ANNALS_POSTS_OF_TIMELINE:
      return "SELECT post FROM evidence JOIN timeline_event USING (event) WHERE timeline = :scope";

    case ANNALS_POSTS_OF_IMPORT:
      return "SELECT post FROM revision WHERE import = :scope";

    case ANNALS_POSTS_OF_COLOUR:
      return "SELECT post FROM annotation WHERE colour = :name";

    case ANNALS_POSTS_OF_ANNOTATION:
      return "SELECT post FROM annotation WHERE id = :scope";

    case ANNALS_POSTS_OF_URL:
      return "SELECT id FROM post WHERE instr (lower (url), lower (:name)) > 0";
    }

  g_return_val_if_reached ("SELECT 0");
}

gboolean
annals_db_collect_posts (AnnalsDb       *db,
                         AnnalsPostSet   kind,
                         gint64          id,
                         const char     *name,
                         AnnalsIdSet    *set,
                         GError        **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  const char *sql = get_sql (kind);
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && set != NULL, FALSE);

  if (!(stmt = annals_db_borrow (db, sql, error)))
    return FALSE;

  if (strstr (sql, ":scope") != NULL)
    bind_int64 (stmt, ":scope", id);
  if (strstr (sql, ":name") != NULL)
    bind_text (stmt, ":name", name);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    annals_id_set_add (set, column_int64 (stmt, 0));

  return step == STEP_DONE;
}

gboolean
annals_db_collect_noted (AnnalsDb        *db,
                         AnnalsNotePart   part,
                         const char      *match,
                         AnnalsIdSet     *set,
                         GError         **error)
{
  g_autofree char *expression = annals_note_index_dup_expression (part, match);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && match != NULL && set != NULL, FALSE);

  /* CROSS JOIN: the notes that fit first */
  if (!(stmt = annals_db_borrow (db,
                                 "SELECT annotation.post FROM note_index CROSS JOIN annotation "
                                 "ON annotation.id = note_index.rowid >> 2 "
                                 "WHERE note_index MATCH :match AND note_index.rowid & 3 = 0", error)))
    return FALSE;

  bind_text (stmt, ":match", expression);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    annals_id_set_add (set, column_int64 (stmt, 0));

  return step == STEP_DONE;
}

gboolean
annals_db_retain_url (AnnalsDb     *db,
                      const char   *piece,
                      AnnalsIdSet  *set,
                      GError      **error)
{
  g_autoptr(GArray) ids = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  g_return_val_if_fail (db != NULL && piece != NULL && set != NULL, FALSE);

  if (!(stmt = annals_db_borrow (db, "SELECT 1 FROM post WHERE id = :id AND instr (lower (url), lower (:name)) > 0",
                                 error)))
    return FALSE;

  ids = annals_id_set_list (set);
  bind_text (stmt, ":name", piece);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      AnnalsStep step;

      rewind_stmt (stmt);
      bind_int64 (stmt, ":id", id);
      step = annals_db_step (db, stmt, error);
      if (step == STEP_ERROR)
        return FALSE;
      if (step == STEP_DONE)
        annals_id_set_remove (set, id);
    }

  return TRUE;
}

/* --- names --- */

void
annals_listed_name_free (AnnalsListedName *self)
{
  g_free (self->name);
  g_free (self);
}

static void
add_name (GPtrArray  *names,
          gint64      id,
          const char *name)
{
  AnnalsListedName *named = g_new0 (AnnalsListedName, 1);

  named->id = id;
  named->name = g_strdup (name);
  g_ptr_array_add (names, named);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const AnnalsListedName *one = *(AnnalsListedName * const *) a;
  const AnnalsListedName *two = *(AnnalsListedName * const *) b;
  int order = annals_collate (one->name, two->name);

  return order != 0 ? order : (one->id > two->id) - (one->id < two->id);
}

static const char *
get_names_sql (AnnalsRecord record)
{
  switch ((guint) record)
    {
    case ANNALS_RECORD_SOURCE:
      return "SELECT id, name, '' FROM source";

    case ANNALS_RECORD_TAG:
      return "SELECT id, name, synonyms FROM tag";

    case ANNALS_RECORD_TIMELINE:
      return "SELECT id, title, '' FROM timeline";

    case ANNALS_RECORD_IMPORT:
      return "SELECT id, file_name, '' FROM import WHERE state = 'done'";
    }

  g_return_val_if_reached ("SELECT 0, '', ''");
}

GPtrArray *
annals_db_list_names (AnnalsDb      *db,
                      AnnalsRecord   record,
                      GError       **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_listed_name_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, get_names_sql (record), error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      g_auto(GStrv) synonyms = annals_tag_split_synonyms (column_text (stmt, 2));

      add_name (names, column_int64 (stmt, 0), column_text (stmt, 1));
      for (guint i = 0; synonyms[i] != NULL; i++)
        add_name (names, column_int64 (stmt, 0), synonyms[i]);
    }
  g_ptr_array_sort (names, compare_names);

  return step == STEP_DONE ? g_steal_pointer (&names) : NULL;
}

char *
annals_db_find_named_colour (AnnalsDb    *db,
                             const char  *name,
                             GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  g_autofree char *wanted = g_utf8_casefold (name, -1);
  g_autofree char *found = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db, "SELECT colour, name FROM colour_name", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      g_autofree char *folded = g_utf8_casefold (column_text (stmt, 1), -1);

      if (found == NULL && g_str_equal (folded, wanted))
        found = column_dup_text (stmt, 0);
    }

  if (step != STEP_DONE)
    return NULL;

  return found != NULL ? g_steal_pointer (&found) : g_strdup ("");
}

/* --- counting --- */

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  const AnnalsTagFacet *one = a;
  const AnnalsTagFacet *two = b;

  return one->n != two->n ? (one->n < two->n ? 1 : -1) : (one->tag > two->tag) - (one->tag < two->tag);
}

GArray *
annals_db_count_tags (AnnalsDb           *db,
                      const AnnalsIdSet  *set,
                      GError            **error)
{
  g_autoptr(GArray) counts = g_array_new (FALSE, FALSE, sizeof (AnnalsTagFacet));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsTagFacet count = { 0, 0 };
  AnnalsStep step;

  g_return_val_if_fail (db != NULL && set != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, "SELECT tag, post FROM post_tag ORDER BY tag, post", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 tag = column_int64 (stmt, 0);

      if (tag != count.tag)
        {
          if (count.n > 0)
            g_array_append_val (counts, count);
          count = (AnnalsTagFacet) { tag, 0 };
        }

      count.n += annals_id_set_contains (set, column_int64 (stmt, 1));
    }

  if (step != STEP_DONE)
    return NULL;

  if (count.n > 0)
    g_array_append_val (counts, count);
  g_array_sort (counts, compare_counts);

  return g_steal_pointer (&counts);
}
