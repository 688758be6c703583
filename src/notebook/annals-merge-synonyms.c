/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who has a name, or is also called so, of thousands of tags: annals_tag_find_folded() folds all other names each time. */
#include "config.h"

#include "annals-merge-private.h"

#include "annals-tags-private.h"

struct _AnnalsMergeSynonyms
{
  GHashTable *owners;    /* folded name → GArray (element type gint64) of tags */
  GHashTable *names;     /* tag → GStrv of its folded names */
  GArray     *changed;   /* (element type gint64) tags to be read again */
};

void
annals_merge_synonyms_free (AnnalsMergeSynonyms *self)
{
  g_hash_table_unref (self->owners);
  g_hash_table_unref (self->names);
  g_array_unref (self->changed);
  g_free (self);
}

/* Takes @names. */
static void
add (AnnalsMergeSynonyms  *self,
     gint64                id,
     char                **names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      GArray *ids = g_hash_table_lookup (self->owners, names[i]);

      if (ids == NULL)
        {
          ids = g_array_new (FALSE, FALSE, sizeof (gint64));
          g_hash_table_insert (self->owners, g_strdup (names[i]), ids);
        }
      g_array_append_val (ids, id);
    }
  g_hash_table_insert (self->names, g_memdup2 (&id, sizeof id), names);
}

static void
take_away (AnnalsMergeSynonyms *self,
           gint64               id)
{
  char **names = g_hash_table_lookup (self->names, &id);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      GArray *ids = g_hash_table_lookup (self->owners, names[i]);

      for (guint j = ids->len; j > 0; j--)
        if (g_array_index (ids, gint64, j - 1) == id)
          g_array_remove_index_fast (ids, j - 1);
    }
  g_hash_table_remove (self->names, &id);
}

static char **
dup_folded (const char *stored)
{
  char **names = annals_tag_split_synonyms (stored);

  for (guint i = 0; names[i] != NULL; i++)
    {
      char *folded = annals_tag_fold (names[i]);

      g_free (names[i]);
      names[i] = folded;
    }

  return names;
}

/* @id 0: all of them */
static gboolean
read_synonyms (AnnalsMerge  *self,
               gint64        id,
               GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, id != 0
                                                   ? "SELECT id, synonyms FROM tag WHERE synonyms != '' AND id = :id"
                                                   : "SELECT id, synonyms FROM tag WHERE synonyms != ''", error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  if (id != 0)
    bind_int64 (stmt, ":id", id);
  while ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    add (self->synonyms, column_int64 (stmt, 0), dup_folded (column_text (stmt, 1)));

  return step == STEP_DONE;
}

static gboolean
bring_up_to_date (AnnalsMerge  *self,
                  GError      **error)
{
  AnnalsMergeSynonyms *synonyms = self->synonyms;

  if (synonyms == NULL)
    {
      self->synonyms = synonyms = g_new0 (AnnalsMergeSynonyms, 1);
      synonyms->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
      synonyms->names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_strfreev);
      synonyms->changed = g_array_new (FALSE, FALSE, sizeof (gint64));
      return read_synonyms (self, 0, error);
    }

  for (guint i = 0; i < synonyms->changed->len; i++)
    {
      gint64 id = g_array_index (synonyms->changed, gint64, i);

      take_away (synonyms, id);
      if (!read_synonyms (self, id, error))
        return FALSE;
    }
  g_array_set_size (synonyms->changed, 0);

  return TRUE;
}

void
annals_merge_note_synonyms (AnnalsMerge *self,
                            gint64       id)
{
  if (self->synonyms != NULL)
    g_array_append_val (self->synonyms->changed, id);
}

gboolean
annals_merge_find_name (AnnalsMerge  *self,
                        const char   *folded,
                        gint64       *id,
                        GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "SELECT id FROM tag WHERE folded = :folded", error);
  AnnalsStep step;

  *id = 0;
  if (stmt == NULL)
    return FALSE;

  bind_text (stmt, ":folded", folded);
  if ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    *id = column_int64 (stmt, 0);

  return step != STEP_ERROR;
}

gboolean
annals_merge_find_any_name (AnnalsMerge  *self,
                            const char   *folded,
                            gint64       *id,
                            gboolean     *by_synonym,
                            GError      **error)
{
  const GArray *ids;

  *by_synonym = FALSE;
  if (!annals_merge_find_name (self, folded, id, error) || !bring_up_to_date (self, error))
    return FALSE;
  if (*id != 0 || (ids = g_hash_table_lookup (self->synonyms->owners, folded)) == NULL)
    return TRUE;

  for (guint i = 0; i < ids->len; i++)
    if (*id == 0 || g_array_index (ids, gint64, i) < *id)
      *id = g_array_index (ids, gint64, i);
  *by_synonym = *id != 0;

  return TRUE;
}
