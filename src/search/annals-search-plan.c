/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-search-private.h"

#include <glib/gi18n-lib.h>

#include "annals-match.h"
#include "annals-note-index.h"
#include "annals-palette.h"
#include "annals-post-sets.h"

/* So many posts are asked one by one whether their address fits, or their words; for more of them the whole
 * is asked once. */
#define FEW_POSTS 5000
#define FEW_NOTED 200

/* What is known of the words of one node. */
typedef struct
{
  AnnalsIdSet *notes;   /* posts in whose notes or quotations they stand */
  AnnalsIdSet *posts;   /* (nullable): posts in whose title or text they stand; not asked for */
} Leaf;

static void
leaf_free (Leaf *self)
{
  g_clear_pointer (&self->notes, annals_id_set_free);
  g_clear_pointer (&self->posts, annals_id_set_free);
  g_free (self);
}

void
annals_plan_init (AnnalsPlan           *self,
                  AnnalsDb             *db,
                  const AnnalsColumns  *columns)
{
  self->db = db;
  self->columns = columns;
  self->leaves = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) leaf_free);
}

void
annals_plan_clear (AnnalsPlan *self)
{
  g_clear_pointer (&self->leaves, g_hash_table_unref);
}

static AnnalsIdSet *
new_set (AnnalsPlan *self)
{
  return annals_id_set_new (self->columns->top);
}

/* --- words --- */

static Leaf *
get_leaf (AnnalsPlan             *self,
          const AnnalsQueryNode  *node,
          GError                **error)
{
  Leaf *leaf = g_hash_table_lookup (self->leaves, node);
  AnnalsNotePart part = node->part == PART_NOTE ? ANNALS_NOTE_PART_TEXT
                        : node->part == PART_QUOTE ? ANNALS_NOTE_PART_QUOTE : ANNALS_NOTE_PART_ANY;

  if (leaf != NULL)
    return leaf;

  leaf = g_new0 (Leaf, 1);
  leaf->notes = new_set (self);
  g_hash_table_insert (self->leaves, (gpointer) node, leaf);
  if (node->part != PART_TITLE && node->part != PART_TEXT &&
      !annals_db_collect_noted (self->db, part, node->match, leaf->notes, error))
    return NULL;

  return leaf;
}

/* Posts about which the user wrote any of the words: of all others the notes say nothing. */
static gboolean
collect_noted (AnnalsPlan             *self,
               const AnnalsQueryNode  *node,
               AnnalsIdSet            *noted,
               GError                **error)
{
  if (node->kind == NODE_WORDS)
    {
      Leaf *leaf = get_leaf (self, node, error);

      if (leaf == NULL)
        return FALSE;
      annals_id_set_unite (noted, leaf->notes);
    }

  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    if (!collect_noted (self, node->children->pdata[i], noted, error))
      return FALSE;

  return TRUE;
}

static gboolean
has_words (AnnalsPlan             *self,
           const AnnalsQueryNode  *node,
           gint64                  id,
           gboolean                ask_all,
           gboolean               *fits,
           GError                **error)
{
  Leaf *leaf = get_leaf (self, node, error);
  g_autofree char *match = NULL;

  if (leaf == NULL)
    return FALSE;

  *fits = annals_id_set_contains (leaf->notes, id);
  if (*fits)
    return TRUE;

  match = annals_query_node_dup_match (node);
  if (ask_all && leaf->posts == NULL)
    {
      leaf->posts = new_set (self);
      if (!annals_db_match_posts (self->db, match, leaf->posts, error))
        return FALSE;
    }

  if (leaf->posts == NULL)
    return annals_db_match_post (self->db, match, id, fits, error);

  *fits = annals_id_set_contains (leaf->posts, id);

  return TRUE;
}

/* Whether one post fits @node, which holds words alone. */
static gboolean
fits_words (AnnalsPlan             *self,
            const AnnalsQueryNode  *node,
            gint64                  id,
            gboolean                ask_all,
            gboolean               *fits,
            GError                **error)
{
  gboolean wanted = node->kind == NODE_OR;

  if (node->kind == NODE_WORDS)
    return has_words (self, node, id, ask_all, fits, error);

  for (guint i = 0; i < node->children->len; i++)
    {
      if (!fits_words (self, node->children->pdata[i], id, ask_all, fits, error))
        return FALSE;

      /* one that fits is enough for OR, one that does not is too much for AND */
      if (node->kind != NODE_NOT && *fits == wanted)
        return TRUE;
    }

  *fits = node->kind == NODE_NOT ? !*fits : !wanted;

  return TRUE;
}

gboolean
annals_plan_add_notes (AnnalsPlan             *self,
                       const AnnalsQueryNode  *words,
                       const AnnalsIdSet      *among,
                       AnnalsIdSet            *found,
                       gboolean               *changed,
                       GError                **error)
{
  g_autoptr(AnnalsIdSet) noted = new_set (self);
  g_autoptr(GArray) ids = NULL;

  if (!collect_noted (self, words, noted, error))
    return FALSE;

  if (among != NULL)
    annals_id_set_intersect (noted, among);
  ids = annals_id_set_list (noted);

  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      gboolean fits;

      if (!fits_words (self, words, id, ids->len > FEW_NOTED, &fits, error))
        return FALSE;

      *changed = *changed || fits != annals_id_set_contains (found, id);
      if (fits)
        annals_id_set_add (found, id);
      else
        annals_id_set_remove (found, id);
    }

  return TRUE;
}

static AnnalsIdSet *
find_words (AnnalsPlan             *self,
            const AnnalsQueryNode  *node,
            const char             *match,
            GError                **error)
{
  g_autoptr(AnnalsIdSet) found = new_set (self);
  gboolean changed = FALSE;

  return annals_db_match_posts (self->db, match, found, error) &&
         annals_plan_add_notes (self, node, NULL, found, &changed, error) ? g_steal_pointer (&found) : NULL;
}

/* --- filters --- */

static gboolean
add_named (AnnalsPlan             *self,
           AnnalsRecord            record,
           AnnalsPostSet           kind,
           const AnnalsQueryNode  *node,
           AnnalsIdSet            *set,
           GError                **error)
{
  g_autoptr(GArray) ids = annals_search_resolve (self->db, record, node, error);

  if (ids == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    if (!annals_db_collect_posts (self->db, kind, g_array_index (ids, gint64, i), NULL, set, error))
      return FALSE;

  return TRUE;
}

static gboolean
add_sources (AnnalsPlan             *self,
             const AnnalsQueryNode  *node,
             AnnalsIdSet            *set,
             GError                **error)
{
  g_autoptr(GArray) ids = annals_search_resolve (self->db, ANNALS_RECORD_SOURCE, node, error);

  if (ids == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      guint32 source = (guint32) g_array_index (ids, gint64, i);

      for (gint64 id = 0; id <= self->columns->top; id++)
        if (self->columns->source[id] == source)
          annals_id_set_add (set, id);
    }

  return TRUE;
}

/* What is not dated may lie anywhere, which is no reason to show it for every date. */
static void
add_dated (AnnalsPlan             *self,
           const AnnalsQueryNode  *node,
           AnnalsIdSet            *set)
{
  const AnnalsColumns *columns = self->columns;
  gint64 from = G_MININT64;
  gint64 to = G_MAXINT64;

  annals_date_get_from (node->date, &from);
  annals_date_get_to (node->date, &to);

  for (gint64 id = 0; id <= columns->top; id++)
    {
      gboolean fits = node->field == ANNALS_QUERY_BEFORE ? columns->from[id] < from
                      : node->field == ANNALS_QUERY_AFTER ? columns->to[id] > to
                      : columns->from[id] < to && columns->to[id] > from;

      if (fits)
        annals_id_set_add (set, id);
    }

  annals_id_set_subtract (set, columns->undated);
}

static gboolean
add_coloured (AnnalsPlan             *self,
              const AnnalsQueryNode  *node,
              AnnalsIdSet            *set,
              GError                **error)
{
  g_autofree char *wanted = annals_search_fold (node->value);
  g_autofree char *colour = NULL;
  guint n_colours;
  const AnnalsColour *palette = annals_palette_get (&n_colours);

  if (!(colour = annals_db_find_named_colour (self->db, node->value, error)))
    return FALSE;

  for (guint i = 0; i < n_colours && *colour == '\0'; i++)
    {
      g_autofree char *label = annals_search_fold (_(palette[i].label));
      g_autofree char *meaning = annals_search_fold (annals_colour_get_meaning (&palette[i]));

      if (g_str_equal (palette[i].name, wanted) || g_str_equal (label, wanted) || g_str_equal (meaning, wanted))
        {
          g_free (colour);
          colour = g_strdup (palette[i].name);
        }
    }

  if (*colour == '\0')
    return annals_query_fail (error, ANNALS_QUERY_ERROR_VALUE, node->column, _("there is no colour “%s”"),
                              node->value);

  return annals_db_collect_posts (self->db, ANNALS_POSTS_OF_COLOUR, 0, colour, set, error);
}

static gboolean
add_marked (AnnalsPlan             *self,
            const AnnalsQueryNode  *node,
            AnnalsIdSet            *set,
            GError                **error)
{
  static const struct
  {
    const char    *value;
    AnnalsPostSet  kind;
  } kinds[] = {
    { "annotated", ANNALS_POSTS_ANNOTATED },   { "tagged", ANNALS_POSTS_TAGGED },
    { "linked", ANNALS_POSTS_LINKED },         { "changed", ANNALS_POSTS_CHANGED },
    { "review", ANNALS_POSTS_REVIEW },         { "image", ANNALS_POSTS_WITH_IMAGE },
    { "note", ANNALS_POSTS_WITH_NOTE },
  };

  if (g_str_equal (node->value, "unread"))
    {
      annals_id_set_unite (set, self->columns->visible);
      annals_id_set_subtract (set, self->columns->read);
    }
  else if (g_str_equal (node->value, "starred"))
    annals_id_set_unite (set, self->columns->starred);
  else if (g_str_equal (node->value, "undated"))
    annals_id_set_unite (set, self->columns->undated);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (node->value, kinds[i].value))
      return annals_db_collect_posts (self->db, kinds[i].kind, 0, NULL, set, error);

  return TRUE;
}

static gboolean
add_filtered (AnnalsPlan             *self,
              const AnnalsQueryNode  *node,
              AnnalsIdSet            *set,
              GError                **error)
{
  switch (node->field)
    {
    case ANNALS_QUERY_AUTHOR:
      annals_search_add_authors (self->columns, node, set);
      return TRUE;

    case ANNALS_QUERY_LANGUAGE:
      annals_search_add_languages (self->columns, node, set);
      return TRUE;

    case ANNALS_QUERY_SOURCE:
      return add_sources (self, node, set, error);

    case ANNALS_QUERY_TAG:
      return add_named (self, ANNALS_RECORD_TAG, ANNALS_POSTS_OF_TAG, node, set, error);

    case ANNALS_QUERY_TIMELINE:
      return add_named (self, ANNALS_RECORD_TIMELINE, ANNALS_POSTS_OF_TIMELINE, node, set, error);

    case ANNALS_QUERY_IMPORT:
      return add_named (self, ANNALS_RECORD_IMPORT, ANNALS_POSTS_OF_IMPORT, node, set, error);

    case ANNALS_QUERY_URL:
      return annals_search_add_addresses (self->db, self->columns, node, set, error);

    case ANNALS_QUERY_DATE:
    case ANNALS_QUERY_BEFORE:
    case ANNALS_QUERY_AFTER:
      add_dated (self, node, set);
      return TRUE;

    case ANNALS_QUERY_IS:
    case ANNALS_QUERY_HAS:
      return add_marked (self, node, set, error);

    case ANNALS_QUERY_COLOUR:
      return add_coloured (self, node, set, error);

    case ANNALS_QUERY_TITLE:
    case ANNALS_QUERY_TEXT:
    case ANNALS_QUERY_NOTE:
    case ANNALS_QUERY_QUOTE:
    case ANNALS_QUERY_N_FIELDS:
      break;
    }

  g_assert_not_reached ();
}

/* --- the whole --- */

/* Of the children of an AND or an OR those of words alone, as one node that borrows them; NULL: none. */
static AnnalsQueryNode *
gather_words (const AnnalsQueryNode *node)
{
  AnnalsQueryNode *words = annals_query_node_new (node->kind, node->column);

  g_ptr_array_set_free_func (words->children, NULL);
  for (guint i = 0; i < node->children->len; i++)
    {
      const AnnalsQueryNode *child = node->children->pdata[i];
      const AnnalsQueryNode *inner = child->kind == NODE_NOT && node->kind == NODE_AND
                                     ? child->children->pdata[0] : child;
      g_autofree char *match = annals_query_node_dup_match (inner);

      if (match != NULL)
        g_ptr_array_add (words->children, (gpointer) child);
    }

  return words;
}

static gboolean
is_in (const AnnalsQueryNode *words,
       gconstpointer          child)
{
  return g_ptr_array_find (words->children, child, NULL);
}

static AnnalsIdSet *
find_any (AnnalsPlan             *self,
          const AnnalsQueryNode  *node,
          GError                **error)
{
  g_autoptr(AnnalsQueryNode) words = gather_words (node);
  g_autofree char *match = annals_query_node_dup_match (words);
  g_autoptr(AnnalsIdSet) found = match != NULL ? find_words (self, words, match, error) : new_set (self);

  for (guint i = 0; found != NULL && i < node->children->len; i++)
    {
      g_autoptr(AnnalsIdSet) more = NULL;

      if (is_in (words, node->children->pdata[i]))
        continue;

      if (!(more = annals_plan_find (self, node->children->pdata[i], error)))
        return NULL;
      annals_id_set_unite (found, more);
    }

  return g_steal_pointer (&found);
}

static AnnalsIdSet *
find_all (AnnalsPlan             *self,
          const AnnalsQueryNode  *node,
          GError                **error)
{
  g_autoptr(AnnalsIdSet) found = annals_id_set_copy (self->columns->visible);

  return annals_plan_narrow (self, node, found, error) ? g_steal_pointer (&found) : NULL;
}

AnnalsIdSet *
annals_plan_find (AnnalsPlan             *self,
                  const AnnalsQueryNode  *node,
                  GError                **error)
{
  g_autoptr(AnnalsIdSet) found = NULL;
  g_autofree char *match = annals_query_node_dup_match (node);
  Leaf *leaf;

  if (match != NULL)
    return find_words (self, node, match, error);

  switch (node->kind)
    {
    case NODE_WORDS:
      leaf = get_leaf (self, node, error);
      return leaf != NULL ? annals_id_set_copy (leaf->notes) : NULL;

    case NODE_FILTER:
      found = new_set (self);
      return add_filtered (self, node, found, error) ? g_steal_pointer (&found) : NULL;

    case NODE_OR:
      return find_any (self, node, error);

    case NODE_AND:
    case NODE_NOT:
      break;
    }

  return find_all (self, node, error);
}

static gboolean
narrow_by (AnnalsPlan             *self,
           const AnnalsQueryNode  *node,
           AnnalsIdSet            *set,
           GError                **error)
{
  g_autoptr(AnnalsIdSet) found = annals_plan_find (self, node, error);

  if (found == NULL)
    return FALSE;

  annals_id_set_intersect (set, found);

  return TRUE;
}

static gboolean
take_away (AnnalsPlan             *self,
           const AnnalsQueryNode  *node,
           AnnalsIdSet            *set,
           GError                **error)
{
  g_autoptr(AnnalsIdSet) found = annals_plan_find (self, node, error);

  if (found == NULL)
    return FALSE;

  annals_id_set_subtract (set, found);

  return TRUE;
}

/* Addresses are looked at one by one: the fewer are left the better. */
static gboolean
is_address (const AnnalsQueryNode *node)
{
  return node->kind == NODE_FILTER && node->field == ANNALS_QUERY_URL;
}

static gboolean
narrow_by_children (AnnalsPlan             *self,
                    const AnnalsQueryNode  *node,
                    AnnalsIdSet            *set,
                    GError                **error)
{
  g_autoptr(AnnalsQueryNode) words = gather_words (node);
  g_autofree char *match = annals_query_node_dup_match (words);

  if (match != NULL)
    {
      g_autoptr(AnnalsIdSet) found = find_words (self, words, match, error);

      if (found == NULL)
        return FALSE;
      annals_id_set_intersect (set, found);
    }

  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < node->children->len; i++)
      {
        const AnnalsQueryNode *child = node->children->pdata[i];

        if (is_address (child) == (pass == 1) && (match == NULL || !is_in (words, child)) &&
            !annals_plan_narrow (self, child, set, error))
          return FALSE;
      }

  return TRUE;
}

gboolean
annals_plan_narrow (AnnalsPlan             *self,
                    const AnnalsQueryNode  *node,
                    AnnalsIdSet            *set,
                    GError                **error)
{
  if (node->kind == NODE_NOT)
    return take_away (self, node->children->pdata[0], set, error);

  if (node->kind == NODE_AND)
    return narrow_by_children (self, node, set, error);

  if (is_address (node) && annals_id_set_count (set) <= FEW_POSTS)
    return annals_db_retain_url (self->db, node->value, set, error);

  return narrow_by (self, node, set, error);
}
