/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of a list that is in both: as a whole it is the one of the notebook where something of it was last moved,
 * and what is in one of both only stands behind what it stands behind there. */
#include "config.h"

#include "annals-merge-private.h"

#include <string.h>

#define MAX_NAMES 100

static GArray *
list_ours (AnnalsMerge      *self,
           AnnalsEntryKind   kind,
           gint64            parent,
           GError          **error)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (kind);
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE %s = :parent ORDER BY position, uid", klass->table,
                                          klass->parent != NULL ? klass->parent : "0");
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, sql, error);
  AnnalsStep step;

  if (stmt == NULL)
    return NULL;

  bind_int64 (stmt, ":parent", parent);
  while ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }

  return step == STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const AnnalsMergePlace *x = a;
  const AnnalsMergePlace *y = b;

  return (x->position > y->position) - (x->position < y->position);
}

/* Where each of @ids stands among them, from 1. Its keys are the array's own. */
static GHashTable *
index_ids (const GArray *ids)
{
  GHashTable *places = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_insert (places, &g_array_index (ids, gint64, i), GUINT_TO_POINTER (i + 1));

  return places;
}

static gboolean
has_id (GHashTable   *places,
        const gint64 *id)
{
  return g_hash_table_contains (places, id);
}

/* @leading, with what only @other has put where it stands in there: behind the last one before it that both have. */
static GArray *
weave (const GArray *leading,
       const GArray *other)
{
  GArray *woven = g_array_sized_new (FALSE, FALSE, sizeof (gint64), leading->len + other->len);
  g_autoptr(GHashTable) places = index_ids (leading);
  g_autofree GArray **behind = g_new0 (GArray *, leading->len + 1);
  guint place = 0;

  for (guint i = 0; i < other->len; i++)
    {
      const gint64 *id = &g_array_index (other, gint64, i);
      guint at = GPOINTER_TO_UINT (g_hash_table_lookup (places, id));

      if (at > 0)
        {
          place = at;
          continue;
        }
      if (behind[place] == NULL)
        behind[place] = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_array_append_val (behind[place], *id);
    }

  for (guint i = 0; i <= leading->len; i++)
    {
      if (i > 0)
        g_array_append_val (woven, g_array_index (leading, gint64, i - 1));
      if (behind[i] != NULL)
        g_array_append_vals (woven, behind[i]->data, behind[i]->len);
      g_clear_pointer (&behind[i], g_array_unref);
    }

  return woven;
}

static gboolean
is_same (const GArray *a,
         const GArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (gint64)) == 0);
}

/* Those of @ids that are in @others as well. */
static GArray *
common (const GArray *ids,
        const GArray *others)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GHashTable) places = index_ids (others);

  for (guint i = 0; i < ids->len; i++)
    if (has_id (places, &g_array_index (ids, gint64, i)))
      g_array_append_val (kept, g_array_index (ids, gint64, i));

  return kept;
}

/* Of so many of them as a person reads. */
static char *
dup_names (AnnalsMerge      *self,
           AnnalsEntryKind   kind,
           const GArray     *ids)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < MIN (ids->len, MAX_NAMES); i++)
    {
      g_autofree char *name = annals_merge_dup_row_name (self, kind, g_array_index (ids, gint64, i));

      g_string_append_printf (names, i > 0 ? ", %s" : "%s", name);
    }
  if (ids->len > MAX_NAMES)
    g_string_append (names, ", …");

  return g_string_free (names, FALSE);
}

static gboolean
write_order (AnnalsMerge      *self,
             AnnalsEntryKind   kind,
             const GArray     *ids,
             GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET position = :position WHERE id = :id AND position != :position",
                                          annals_entry_get_class (kind)->table);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr(BorrowedStmt) stmt = NULL;

      if (g_cancellable_set_error_if_cancelled (self->db->cancellable, error) ||
          !(stmt = annals_db_borrow (self->db, sql, error)))
        return FALSE;
      bind_int64 (stmt, ":position", i);
      bind_int64 (stmt, ":id", g_array_index (ids, gint64, i));
      if (!annals_db_run (self->db, stmt, error))
        return FALSE;
    }

  return TRUE;
}

static gint64
get_our_last_move (AnnalsMerge  *self,
                   const char   *table,
                   const GArray *ids)
{
  gint64 last = 0;

  for (guint i = 0; i < ids->len; i++)
    last = MAX (last, annals_merge_times_get_of (self->times, table, g_array_index (ids, gint64, i), 0, "position"));

  return last;
}

static gint64
get_their_last_move (AnnalsMerge  *self,
                     const char   *table,
                     const GArray *places)
{
  gint64 last = 0;

  for (guint i = 0; self->other_times != NULL && i < places->len; i++)
    last = MAX (last, annals_merge_times_get_of (self->other_times, table,
                                                 g_array_index (places, AnnalsMergePlace, i).other, 0, "position"));

  return last;
}

/* Each once. */
static GArray *
list_ids (const GArray *places,
          gboolean      with_new)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), places->len);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < places->len; i++)
    {
      AnnalsMergePlace *place = &g_array_index (places, AnnalsMergePlace, i);

      if ((with_new || !place->is_new) && g_hash_table_add (seen, &place->id))
        g_array_append_val (ids, place->id);
    }

  return ids;
}

/* What is there and not here has just come to the end of the list. */
static GArray *
without_new (const GArray *ids,
             const GArray *places)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) all = list_ids (places, TRUE);
  g_autoptr(GArray) known = list_ids (places, FALSE);
  g_autoptr(GHashTable) all_places = index_ids (all);
  g_autoptr(GHashTable) known_places = index_ids (known);

  for (guint i = 0; i < ids->len; i++)
    {
      const gint64 *id = &g_array_index (ids, gint64, i);

      if (!has_id (all_places, id) || has_id (known_places, id))
        g_array_append_val (kept, *id);
    }

  return kept;
}

gboolean
annals_merge_order (AnnalsMerge      *self,
                    AnnalsEntryKind   kind,
                    gint64            parent,
                    const char       *name,
                    GArray           *theirs,
                    GError          **error)
{
  const char *table = annals_entry_get_class (kind)->table;
  g_autoptr(GArray) now = list_ours (self, kind, parent, error);
  g_autoptr(GArray) ours = NULL;
  g_autoptr(GArray) ids = NULL;
  g_autoptr(GArray) woven = NULL;
  g_autoptr(GArray) our_part = NULL;
  g_autoptr(GArray) their_part = NULL;
  gboolean newer;

  if (now == NULL || !annals_merge_load_times (self, error))
    return FALSE;

  g_array_sort (theirs, compare_places);
  ours = without_new (now, theirs);
  ids = list_ids (theirs, TRUE);
  newer = get_their_last_move (self, table, theirs) > get_our_last_move (self, table, ours);
  woven = newer ? weave (ids, ours) : weave (ours, ids);

  our_part = common (ours, ids);
  their_part = common (ids, ours);
  if (!is_same (our_part, their_part))
    {
      g_autofree char *our_names = dup_names (self, kind, our_part);
      g_autofree char *their_names = dup_names (self, kind, their_part);

      annals_merge_add_words (self, kind, name, "position", our_names, their_names, newer);
    }

  return is_same (woven, now) || write_order (self, kind, woven, error);
}
