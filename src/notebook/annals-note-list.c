/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-note-list.h"

#include <string.h>

#include "annals-collation.h"
#include "annals-db-private.h"
#include "annals-memos.h"

/* rows between two looks at the cancellable */
#define LOOK_EVERY 256
/* characters of a memo's text that a row shows */
#define LEAD_CHARACTERS 300
#define LEAD_BYTES 8192

/* A record that fits, and what orders it. */
typedef struct
{
  gint64 id;
  gint64 post_id;
  gint64 created;
  gint64 modified;
  guint  place;      /* in the order by posts */
  guint  group_rank;
  gint64 group;
} Row;

/* What the conditions come to, as sets of ids. */
typedef struct
{
  AnnalsDb               *db;
  const AnnalsNoteFilter *filter;
  GPtrArray              *tagged;      /* (element type GHashTable): for each tag the annotations, then memos as negative ids */
  GHashTable             *in_timeline; /* (nullable) */
} Conditions;

static gboolean
fill_set (AnnalsDb     *db,
          GHashTable   *set,
          const char   *sql,
          gint64        id,
          gboolean      negative,
          GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, sql, error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  bind_int64 (stmt, ":id", id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 found = negative ? -column_int64 (stmt, 0) : column_int64 (stmt, 0);

      g_hash_table_add (set, g_memdup2 (&found, sizeof found));
    }

  return step == STEP_DONE;
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/* The tag and those below it; UNION ends a circle that a damaged file may hold. */
#define BELOW "WITH RECURSIVE below (id) AS (SELECT :id UNION SELECT tag.id FROM tag JOIN below ON tag.parent = below.id) "

static gboolean
conditions_init (Conditions  *self,
                 GError     **error)
{
  const AnnalsNoteFilter *filter = self->filter;

  self->tagged = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  for (guint i = 0; i < filter->tag_ids->len; i++)
    {
      GHashTable *set = new_set ();
      gint64 id = g_array_index (filter->tag_ids, gint64, i);

      g_ptr_array_add (self->tagged, set);
      if (!fill_set (self->db, set,
                     BELOW "SELECT annotation FROM annotation_tag JOIN below ON below.id = annotation_tag.tag",
                     id, FALSE, error) ||
          !fill_set (self->db, set,
                     BELOW "SELECT memo FROM memo_reference JOIN below ON below.id = target WHERE kind = 'tag'",
                     id, TRUE, error))
        return FALSE;
    }

  if (filter->timeline_id == 0)
    return TRUE;

  self->in_timeline = new_set ();
  return fill_set (self->db, self->in_timeline,
                   "SELECT annotation FROM evidence JOIN timeline_event USING (event) "
                   "WHERE timeline = :id AND annotation IS NOT NULL", filter->timeline_id, FALSE, error) &&
         fill_set (self->db, self->in_timeline,
                   "SELECT memo FROM memo_reference WHERE kind = 'timeline' AND target = :id UNION "
                   "SELECT memo FROM memo_reference JOIN timeline_event ON event = target "
                   "WHERE kind = 'event' AND timeline = :id", filter->timeline_id, TRUE, error);
}

static void
conditions_clear (Conditions *self)
{
  g_clear_pointer (&self->tagged, g_ptr_array_unref);
  g_clear_pointer (&self->in_timeline, g_hash_table_unref);
}

static gboolean
has_colour (const AnnalsNoteFilter *filter,
            const char             *colour)
{
  for (guint i = 0; i < filter->colours->len; i++)
    if (g_str_equal (filter->colours->pdata[i], colour))
      return TRUE;

  return filter->colours->len == 0;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static gboolean
is_in_posts (const AnnalsNoteFilter *filter,
             gint64                  post_id)
{
  return filter->post_ids == NULL ||
         bsearch (&post_id, filter->post_ids->data, filter->post_ids->len, sizeof (gint64), compare_ids) != NULL;
}

/* What memos and annotations are asked alike. */
static gboolean
fits (const Conditions *self,
      const Row        *row,
      const char       *author)
{
  const AnnalsNoteFilter *filter = self->filter;

  if ((filter->from != 0 && row->created < filter->from) || (filter->to != 0 && row->created >= filter->to) ||
      (filter->author != NULL && !g_str_equal (filter->author, author)) ||
      (self->in_timeline != NULL && !g_hash_table_contains (self->in_timeline, &row->id)))
    return FALSE;

  for (guint i = 0; i < self->tagged->len; i++)
    if (!g_hash_table_contains (self->tagged->pdata[i], &row->id))
      return FALSE;

  return TRUE;
}

static gboolean
fits_kind (AnnalsNoteKind  kind,
           const char     *note,
           const char     *state)
{
  switch (kind)
    {
    case ANNALS_NOTES_ALL:
    case ANNALS_NOTES_PASSAGES:
      return TRUE;

    case ANNALS_NOTES_WITH_NOTE:
      return *note != '\0';

    case ANNALS_NOTES_BARE:
      return *note == '\0';

    case ANNALS_NOTES_REVIEW:
      return g_str_equal (state, "review");

    case ANNALS_NOTES_MEMOS:
      return FALSE;
    }

  g_assert_not_reached ();
}

static gboolean
has_words (const char *words,
           const char *a,
           const char *b,
           const char *c,
           const char *d)
{
  g_autofree char *hay = NULL;

  if (*words == '\0')
    return TRUE;

  hay = g_strjoin (" ", a, b, c, d, NULL);
  return g_str_match_string (words, hay, TRUE);
}

#define TAG_NAMES \
  "(SELECT group_concat (name, ' ') FROM annotation_tag JOIN tag ON tag.id = annotation_tag.tag " \
  "  WHERE annotation = annotation.id) "
#define PASSAGES(tags) \
  "SELECT annotation.id, annotation.post, annotation.created, annotation.modified, annotation.author, colour, note, " \
  "state, title, quote, " tags \
  "FROM annotation JOIN post ON post.id = annotation.post WHERE post.withdrawn = 0 AND post.trashed = 0 " \
  "ORDER BY post.published_from IS NULL, post.published_from DESC, post.place, post.id, start, end, annotation.id"

static gboolean
add_passages (Conditions    *self,
              GArray        *rows,
              GCancellable  *cancellable,
              GError       **error)
{
  const AnnalsNoteFilter *filter = self->filter;
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db,
                                                    *filter->words != '\0' ? PASSAGES (TAG_NAMES) : PASSAGES ("'' "),
                                                    error);
  guint place = 0;
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    {
      Row row = { column_int64 (stmt, 0), column_int64 (stmt, 1), column_int64 (stmt, 2), column_int64 (stmt, 3),
                  ++place, 0, 0 };
      const char *note = column_text (stmt, 6);

      if (fits_kind (filter->kind, note, column_text (stmt, 7)) && has_colour (filter, column_text (stmt, 5)) &&
          is_in_posts (filter, row.post_id) && fits (self, &row, column_text (stmt, 4)) &&
          has_words (filter->words, column_text (stmt, 8), column_text (stmt, 9), note, column_text (stmt, 10)))
        g_array_append_val (rows, row);

      if (place % LOOK_EVERY == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }

  return step == STEP_DONE;
}

static gboolean
names_one_of_posts (Conditions  *self,
                    gint64       memo_id,
                    gboolean    *yes,
                    GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step = STEP_DONE;

  *yes = self->filter->post_ids == NULL;
  if (*yes)
    return TRUE;

  if (!(stmt = annals_db_borrow (self->db, "SELECT target FROM memo_reference WHERE memo = :id AND kind = 'post'",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":id", memo_id);
  while (!*yes && (step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    *yes = is_in_posts (self->filter, column_int64 (stmt, 0));

  return step != STEP_ERROR;
}

static gboolean
add_memos (Conditions  *self,
           GArray      *rows,
           GError     **error)
{
  const AnnalsNoteFilter *filter = self->filter;
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if ((filter->kind != ANNALS_NOTES_ALL && filter->kind != ANNALS_NOTES_MEMOS) || filter->colours->len > 0)
    return TRUE;
  if (!(stmt = annals_db_borrow (self->db, "SELECT id, created, modified, author, title, text FROM memo "
                                           "ORDER BY modified DESC, id", error)))
    return FALSE;

  while ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    {
      Row row = { -column_int64 (stmt, 0), 0, column_int64 (stmt, 1), column_int64 (stmt, 2), 0, 0, 0 };
      gboolean named;

      if (!names_one_of_posts (self, -row.id, &named, error))
        return FALSE;
      if (named && fits (self, &row, column_text (stmt, 3)) &&
          has_words (filter->words, column_text (stmt, 4), column_text (stmt, 5), "", ""))
        g_array_append_val (rows, row);
    }

  return step == STEP_DONE;
}

/* --- order and groups --- */

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const Row *x = a;
  const Row *y = b;
  AnnalsNoteOrder order = GPOINTER_TO_UINT (user_data);
  gint64 later = 0;

  if (x->group_rank != y->group_rank)
    return x->group_rank < y->group_rank ? -1 : 1;

  if (order == ANNALS_NOTES_BY_CREATED)
    later = y->created - x->created;
  else if (order == ANNALS_NOTES_BY_MODIFIED)
    later = y->modified - x->modified;
  if (later != 0)
    return later < 0 ? -1 : 1;

  return x->place != y->place ? (x->place < y->place ? -1 : 1) : compare_ids (&x->id, &y->id);
}

/* Groups come as the first of their rows does. */
static void
group_by_post (GArray          *rows,
               AnnalsNoteOrder  order)
{
  g_autoptr(GHashTable) ranks = new_set ();
  guint n = 0;

  g_array_sort_with_data (rows, compare_rows, GUINT_TO_POINTER (order));
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);
      gpointer rank;

      row->group = row->post_id;
      if (!g_hash_table_lookup_extended (ranks, &row->post_id, NULL, &rank))
        {
          rank = GUINT_TO_POINTER (++n);
          g_hash_table_insert (ranks, g_memdup2 (&row->post_id, sizeof (gint64)), rank);
        }
      row->group_rank = GPOINTER_TO_UINT (rank);
    }
}

typedef struct
{
  gint64  id;
  char   *name;
} Tag;

static void
clear_tag (gpointer data)
{
  g_free (((Tag *) data)->name);
}

static int
compare_tags (gconstpointer a,
              gconstpointer b,
              gpointer      for_file)
{
  const Tag *x = a;
  const Tag *y = b;
  int order = for_file ? strcmp (x->name, y->name) : annals_collate (x->name, y->name);

  return order != 0 ? order : compare_ids (&x->id, &y->id);
}

/* The place of each tag among all: id → place, from 1 on */
static GHashTable *
rank_tags (AnnalsDb  *db,
           gboolean   for_file,
           GError   **error)
{
  g_autoptr(GHashTable) ranks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr(GArray) tags = g_array_new (FALSE, FALSE, sizeof (Tag));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_array_set_clear_func (tags, clear_tag);
  if (!(stmt = annals_db_borrow (db, for_file ? "SELECT id, folded FROM tag" : "SELECT id, name FROM tag", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      Tag tag = { column_int64 (stmt, 0), column_dup_text (stmt, 1) };

      g_array_append_val (tags, tag);
    }
  if (step != STEP_DONE)
    return NULL;

  g_array_sort_with_data (tags, compare_tags, GINT_TO_POINTER (for_file));
  for (guint i = 0; i < tags->len; i++)
    g_hash_table_insert (ranks, g_memdup2 (&g_array_index (tags, Tag, i).id, sizeof (gint64)), GUINT_TO_POINTER (i + 1));

  return g_steal_pointer (&ranks);
}

/* A row of a passage for each of its tags. */
static GArray *
group_by_tag (AnnalsDb  *db,
              GArray    *rows,
              gboolean   for_file,
              GError   **error)
{
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(GArray) grouped = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr(GHashTable) ranks = rank_tags (db, for_file, error);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (ranks == NULL)
    return NULL;

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_insert (by_id, &g_array_index (rows, Row, i).id, &g_array_index (rows, Row, i));

  if (!(stmt = annals_db_borrow (db, "SELECT tag, annotation FROM annotation_tag", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 tag = column_int64 (stmt, 0);
      gint64 id = column_int64 (stmt, 1);
      Row *row = g_hash_table_lookup (by_id, &id);
      Row copy;

      if (row == NULL)
        continue;

      row->group = 1;   /* it has one */
      copy = *row;
      copy.group = tag;
      copy.group_rank = GPOINTER_TO_UINT (g_hash_table_lookup (ranks, &tag));
      g_array_append_val (grouped, copy);
    }

  for (guint i = 0; i < rows->len; i++)
    {
      Row row = g_array_index (rows, Row, i);

      if (row.group != 0)
        continue;
      row.group = row.id < 0 ? ANNALS_NOTES_NO_GROUP : 0;
      row.group_rank = row.id < 0 ? G_MAXUINT : G_MAXUINT - 1;
      g_array_append_val (grouped, row);
    }

  return step == STEP_DONE ? g_steal_pointer (&grouped) : NULL;
}

static GArray *
arrange (AnnalsDb                *db,
         const AnnalsNoteFilter  *filter,
         GArray                  *rows,
         GError                 **error)
{
  g_autoptr(GArray) grouped = NULL;
  GArray *keys;

  if (filter->grouping == ANNALS_NOTES_GROUP_TAG)
    {
      if (!(grouped = group_by_tag (db, rows, filter->for_file, error)))
        return NULL;
      rows = grouped;
    }
  else if (filter->grouping == ANNALS_NOTES_GROUP_POST)
    group_by_post (rows, filter->order);
  g_array_sort_with_data (rows, compare_rows, GUINT_TO_POINTER (filter->order));

  keys = g_array_sized_new (FALSE, FALSE, sizeof (AnnalsNoteKey), rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      AnnalsNoteKey key = { row->id, row->group };

      g_array_append_val (keys, key);
    }

  return keys;
}

GArray *
annals_db_list_notes (AnnalsDb                *db,
                      const AnnalsNoteFilter  *filter,
                      GCancellable            *cancellable,
                      GError                 **error)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  Conditions conditions = { db, filter, NULL, NULL };
  gboolean ok;

  g_return_val_if_fail (db != NULL && filter != NULL, NULL);

  ok = conditions_init (&conditions, error) &&
       add_memos (&conditions, rows, error) &&
       (filter->kind == ANNALS_NOTES_MEMOS || add_passages (&conditions, rows, cancellable, error));
  conditions_clear (&conditions);

  return ok ? arrange (db, filter, rows, error) : NULL;
}

/* --- rows --- */

void
annals_note_free (AnnalsNote *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->annotation, annals_annotation_free);
  g_free (self->title);
  g_free (self->source);
  g_free (self->date);
  g_free (self->text);
  g_free (self->group_title);
  g_free (self->author);
  g_free (self);
}

/* No more of the post than a row says. */
static gboolean
fill_passage (AnnalsNote  *self,
              AnnalsDb    *db,
              gint64       id,
              GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  g_autoptr(AnnalsDate) date = NULL;
  AnnalsStep step;

  if (!(self->annotation = annals_db_load_annotation (db, id, error)) ||
      !(stmt = annals_db_borrow (db,
                                 "SELECT published, source.name FROM post LEFT JOIN source ON source.id = post.source "
                                 "WHERE post.id = :id", error)))
    return FALSE;

  bind_int64 (stmt, ":id", self->annotation->post_id);
  if ((step = annals_db_step (db, stmt, error)) == STEP_ERROR)
    return FALSE;

  date = annals_db_date_of (step == STEP_ROW ? column_text (stmt, 0) : "");
  self->title = g_strdup (self->annotation->post_title);
  self->source = step == STEP_ROW ? column_dup_text (stmt, 1) : g_strdup ("");
  self->date = annals_date_dup_display_short (date);
  self->text = g_strdup ("");
  self->created = self->annotation->created;
  self->modified = self->annotation->modified;
  self->author = g_strdup (self->annotation->author);
  return TRUE;
}

static gboolean
fill_memo (AnnalsNote  *self,
           AnnalsDb    *db,
           gint64       id,
           GError     **error)
{
  g_autoptr(AnnalsMemo) memo = annals_db_load_memo (db, id, error);
  g_autofree char *begin = NULL;
  const char *end;

  if (memo == NULL)
    return FALSE;

  /* Of a long text a row shows no more than what its references leave of this. */
  g_utf8_validate (memo->text, (gssize) MIN (strlen (memo->text), LEAD_BYTES), &end);
  begin = g_strndup (memo->text, end - memo->text);
  self->memo_id = id;
  self->title = g_strdup (memo->title);
  self->source = g_strdup ("");
  self->date = g_strdup ("");
  self->text = annals_memo_dup_lead (begin, LEAD_CHARACTERS);
  self->created = memo->created;
  self->modified = memo->modified;
  self->author = g_strdup (memo->author);
  return TRUE;
}

static gboolean
fill_group (AnnalsNote          *self,
            AnnalsDb            *db,
            AnnalsNoteGrouping   grouping,
            gint64               group,
            GError             **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (grouping == ANNALS_NOTES_GROUP_POST && group > 0)
    self->group_title = g_strdup (self->title);
  else if (grouping == ANNALS_NOTES_GROUP_TAG && group > 0)
    {
      if (!(stmt = annals_db_borrow (db, "SELECT name FROM tag WHERE id = :id", error)))
        return FALSE;
      bind_int64 (stmt, ":id", group);
      if ((step = annals_db_step (db, stmt, error)) == STEP_ERROR)
        return FALSE;
      self->group_title = step == STEP_ROW ? column_dup_text (stmt, 0) : NULL;
    }
  if (self->group_title == NULL)
    self->group_title = g_strdup ("");

  return TRUE;
}

GPtrArray *
annals_db_load_notes (AnnalsDb             *db,
                      AnnalsNoteGrouping    grouping,
                      const AnnalsNoteKey  *keys,
                      guint                 n_keys,
                      GError              **error)
{
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_note_free);

  g_return_val_if_fail (db != NULL && (keys != NULL || n_keys == 0), NULL);

  for (guint i = 0; i < n_keys; i++)
    {
      g_autoptr(AnnalsNote) note = g_new0 (AnnalsNote, 1);
      g_autoptr(GError) failure = NULL;

      if ((keys[i].id < 0 ? fill_memo (note, db, -keys[i].id, &failure)
                          : fill_passage (note, db, keys[i].id, &failure)) &&
          fill_group (note, db, grouping, keys[i].group, &failure))
        {
          g_ptr_array_add (notes, g_steal_pointer (&note));
          continue;
        }

      if (!g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      g_ptr_array_add (notes, NULL);
    }

  return g_steal_pointer (&notes);
}

char **
annals_db_list_note_authors (AnnalsDb  *db,
                             GError   **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db, "SELECT author FROM annotation WHERE author != '' UNION "
                                     "SELECT author FROM memo WHERE author != '' ORDER BY 1", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    g_ptr_array_add (names, column_dup_text (stmt, 0));
  g_ptr_array_add (names, NULL);

  return step == STEP_DONE ? (char **) g_ptr_array_steal (names, NULL) : NULL;
}
