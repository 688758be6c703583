/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tags are taken in together: a name that one gives up may be another's there, and one may stand before the tag that
 * it is below. */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-tags-private.h"
#include "annals-text.h"

typedef struct
{
  gint64       id;
  AnnalsEntry *entry;    /* borrowed; says its name */
} Naming;

/* What became of an entry. */
typedef struct
{
  gboolean is_made;      /* its tag */
  gboolean taken;        /* something of it */
  gboolean kept;         /* something is otherwise here */
} Fate;

typedef struct
{
  GArray     *namings;   /* (element type Naming) tags here whose names are to change */
  GHashTable *fates;     /* AnnalsEntry → Fate */
} Settling;

static void
settling_clear (Settling *self)
{
  g_clear_pointer (&self->namings, g_array_unref);
  g_clear_pointer (&self->fates, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Settling, settling_clear)

static guint
get_field (const char *member)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (ANNALS_ENTRY_TAG);
  guint i;

  for (i = 0; !g_str_equal (klass->fields[i].member, member); i++);

  return i;
}

/* --- tags that are in both --- */

static gboolean
compare_names (AnnalsMerge  *self,
               Settling     *settling,
               AnnalsEntry  *ours,
               AnnalsEntry  *entry,
               Fate         *fate,
               GError      **error)
{
  guint i = get_field ("name");
  const AnnalsEntryField *field = &annals_entry_get_class (ANNALS_ENTRY_TAG)->fields[i];
  Naming naming = { ours->id, entry };
  gboolean newer;

  if (entry->values[i].is_unsaid || annals_merge_is_equal (&ours->values[i], &entry->values[i]))
    return TRUE;
  if (!annals_merge_is_theirs_newer (self, ours, entry, field, &newer, error))
    return FALSE;

  annals_merge_add_difference (self, ours, field, &ours->values[i], &entry->values[i], newer);
  fate->taken |= newer;
  fate->kept |= !newer;
  if (newer)
    g_array_append_val (settling->namings, naming);
  return TRUE;
}

static gboolean
compare (AnnalsMerge  *self,
         Settling     *settling,
         AnnalsEntry  *entry,
         gint64        id,
         GError      **error)
{
  g_autoptr(AnnalsEntry) ours = annals_entry_reader_load (self->here, ANNALS_ENTRY_TAG, id, error);
  Fate *fate = g_hash_table_lookup (settling->fates, entry);

  return ours != NULL && compare_names (self, settling, ours, entry, fate, error) &&
         annals_merge_fields (self, ours, entry, &fate->taken, &fate->kept, error);
}

static gboolean
take_known (AnnalsMerge  *self,
            Settling     *settling,
            AnnalsEntry  *entry,
            gboolean     *known,
            GError      **error)
{
  gint64 id;

  if (!annals_merge_find (self, ANNALS_ENTRY_TAG, annals_entry_get_text (entry, "uid"), &id, error))
    return FALSE;

  *known = id != 0;
  return id == 0 || entry->is_mention ||
         compare (self, settling, entry, id, error);
}

/* No name at all, while names move around. */
static gboolean
clear_names (AnnalsMerge   *self,
             const GArray  *namings,
             GError       **error)
{
  for (guint i = 0; i < namings->len; i++)
    if (!annals_db_run_for_id (self->db, "UPDATE tag SET folded = char (1) || id WHERE id = :id",
                               g_array_index (namings, Naming, i).id, error))
      return FALSE;

  return TRUE;
}

static gboolean
write_name (AnnalsMerge  *self,
            gint64        id,
            const char   *name,
            GError      **error)
{
  g_autofree char *folded = annals_tag_fold (name);
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "UPDATE tag SET name = :name, folded = :folded "
                                                   "WHERE id = :id", error);

  if (stmt == NULL)
    return FALSE;

  bind_text (stmt, ":name", name);
  bind_text (stmt, ":folded", folded);
  bind_int64 (stmt, ":id", id);
  return annals_db_run (self->db, stmt, error);
}

/* Two tags that are in both notebooks have one name by now: that with the higher uid gets a number behind it. */
static gboolean
number_name (AnnalsMerge  *self,
             gint64        id,
             gint64        other,
             const char   *name,
             GError      **error)
{
  g_autoptr(AnnalsEntry) ours = annals_entry_reader_load (self->here, ANNALS_ENTRY_TAG, id, error);
  g_autoptr(AnnalsEntry) owner = ours != NULL ? annals_entry_reader_load (self->here, ANNALS_ENTRY_TAG, other, error)
                                              : NULL;
  g_autofree char *numbered = owner != NULL ? annals_merge_dup_free_name (self, name, error) : NULL;
  gboolean first;

  if (numbered == NULL)
    return FALSE;

  first = strcmp (annals_entry_get_text (ours, "uid"), annals_entry_get_text (owner, "uid")) < 0;
  annals_merge_take_remark (self, ANNALS_ENTRY_TAG, name,
                            g_strdup_printf (_("Two tags came to have this name; one of them is “%s” now"), numbered));

  return write_name (self, first ? other : id, numbered, error) && (!first || write_name (self, id, name, error));
}

static gboolean
name_tag (AnnalsMerge  *self,
          gint64        id,
          const char   *name,
          GError      **error)
{
  g_autofree char *folded = annals_tag_fold (name);
  gboolean by_synonym;
  gboolean has = FALSE;
  gint64 other;

  if (!annals_merge_find_any_name (self, folded, &other, &by_synonym, error) ||
      (other != 0 && !annals_merge_has_tag (self, other, &has, error)))
    return FALSE;

  if (other == 0 || other == id)
    return write_name (self, id, name, error);
  if (by_synonym)
    return has ? annals_merge_drop_synonym (self, other, folded, error) && write_name (self, id, name, error)
               : annals_merge_join_tags (self, id, other, TRUE, error);

  return has ? number_name (self, id, other, name, error)
             : annals_merge_join_tags (self, other, id, FALSE, error) && write_name (self, id, name, error);
}

static gboolean
name_tags (AnnalsMerge   *self,
           const GArray  *namings,
           GError       **error)
{
  if (!clear_names (self, namings, error))
    return FALSE;

  for (guint i = 0; i < namings->len; i++)
    {
      const Naming *naming = &g_array_index (namings, Naming, i);
      g_autofree char *name = annals_text_normalize_line (annals_entry_get_text (naming->entry, "name"), -1);

      if (!name_tag (self, naming->id, name, error))
        return FALSE;
    }

  return TRUE;
}

/* --- tags that are not here, or by another uid --- */

static gboolean
take_new (AnnalsMerge  *self,
          Settling     *settling,
          AnnalsEntry  *entry,
          GError      **error)
{
  const char *name = annals_entry_get_text (entry, "name");
  g_autofree char *folded = annals_tag_fold (name);
  AnnalsEntryValue *parent = annals_entry_get (entry, "parent");
  AnnalsEntryValue kept = *parent;
  gboolean by_synonym, ok;
  gint64 id;

  if (*folded == '\0')
    {
      annals_merge_take_remark (self, ANNALS_ENTRY_TAG, name, g_strdup (_("Left out: the tag has no name")));
      return TRUE;
    }
  if (!annals_merge_find_any_name (self, folded, &id, &by_synonym, error))
    return FALSE;

  if (id != 0)
    {
      if (by_synonym)
        {
          annals_entry_leave_unsaid (entry, "name");
          annals_entry_leave_unsaid (entry, "uid");   /* the one whose other name it is keeps its own */
        }
      if (!annals_merge_unite (self, entry, id, error))
        return FALSE;
      if (entry->is_mention)
        return TRUE;
      annals_merge_take_remark (self, ANNALS_ENTRY_TAG, name,
                                g_strdup (_("There was a tag of that name in both; they are one now")));
      return compare (self, settling, entry, id, error);
    }

  /* It may come later than its tags. */
  parent->text = NULL;
  parent->is_null = TRUE;
  ok = annals_merge_insert (self, entry, 0, &id, error);
  *parent = kept;
  ((Fate *) g_hash_table_lookup (settling->fates, entry))->is_made = ok && id != 0;

  return ok;
}

/* --- the tree --- */

/* The tag below @id on the way down to @below, which is under it; the same when it stands right below. */
static gboolean
find_top (AnnalsMerge  *self,
          gint64        id,
          gint64        below,
          gint64       *top,
          GError      **error)
{
  gint64 parent = 0;

  for (*top = below; ; *top = parent)
    {
      if (!annals_db_query_int64 (self->db, "SELECT ifnull (parent, 0) FROM tag WHERE id = :id", *top, 0, &parent,
                                  error))
        return FALSE;
      if (parent == id || parent == 0)
        return TRUE;
    }
}

/* Two tags that were each put below the other: the one that was moved last stays there. */
static gboolean
break_ring (AnnalsMerge  *self,
            AnnalsEntry  *ours,
            AnnalsEntry  *theirs,
            gint64        parent,
            gboolean     *may,
            GError      **error)
{
  const AnnalsEntryField *field = &annals_entry_get_class (ANNALS_ENTRY_TAG)->fields[get_field ("parent")];
  g_autoptr(AnnalsEntry) first = NULL;
  gint64 top;

  *may = FALSE;
  if (parent == ours->id)
    return TRUE;

  return find_top (self, ours->id, parent, &top, error) &&
         (first = annals_entry_reader_load (self->here, ANNALS_ENTRY_TAG, top, error)) != NULL &&
         annals_merge_is_theirs_newer (self, first, theirs, field, may, error) &&
         (!*may || annals_db_run_for_id (self->db, "UPDATE tag SET parent = NULL WHERE id = :id", top, error));
}

static gboolean
set_parent (AnnalsMerge  *self,
            AnnalsEntry  *ours,
            AnnalsEntry  *theirs,
            gint64        parent,
            Fate         *fate,
            GError      **error)
{
  guint i = get_field ("parent");
  const AnnalsEntryField *field = &annals_entry_get_class (ANNALS_ENTRY_TAG)->fields[i];
  gboolean below = FALSE;
  gboolean take = fate->is_made;
  gboolean done;

  if ((!fate->is_made && !annals_merge_is_theirs_newer (self, ours, theirs, field, &take, error)) ||
      (parent != 0 && !annals_tag_is_below (self->db, parent, ours->id, &below, error)) ||
      (take && below && !break_ring (self, ours, theirs, parent, &take, error)) ||
      (take && !annals_merge_update (self, theirs, i, ours->id, &done, error)))
    return FALSE;

  if (!fate->is_made || !take)
    annals_merge_add_difference (self, ours, field, &ours->values[i], &theirs->values[i], take);
  fate->taken |= take;
  fate->kept |= !take;
  return TRUE;
}

static gboolean
take_parent (AnnalsMerge  *self,
             AnnalsEntry  *entry,
             Fate         *fate,
             GError      **error)
{
  const AnnalsEntryValue *value = annals_entry_get (entry, "parent");
  g_autoptr(AnnalsEntry) ours = NULL;
  gint64 our_parent = 0;
  gint64 parent = 0;
  gint64 id;

  if (entry->is_mention || value->is_unsaid ||
      !annals_merge_find (self, ANNALS_ENTRY_TAG, annals_entry_get_text (entry, "uid"), &id, error) ||
      (!value->is_null && !annals_merge_find (self, ANNALS_ENTRY_TAG, value->text, &parent, error)))
    return entry->is_mention || value->is_unsaid;
  if (id == 0 || (parent == 0 && !value->is_null))
    return TRUE;

  if (!annals_db_query_int64 (self->db, "SELECT ifnull (parent, 0) FROM tag WHERE id = :id", id, 0, &our_parent, error))
    return FALSE;
  if (our_parent == parent || parent == id)
    return TRUE;

  return (ours = annals_entry_reader_load (self->here, ANNALS_ENTRY_TAG, id, error)) != NULL &&
         set_parent (self, ours, entry, parent, fate, error);
}

/* --- all of them --- */

static gboolean
take_tags (AnnalsMerge  *self,
           Settling     *settling,
           guint         from,
           GError      **error)
{
  g_autoptr(GPtrArray) unknown = g_ptr_array_new ();
  gboolean known;

  for (guint i = from; i < self->tags->len; i++)
    {
      if (!take_known (self, settling, self->tags->pdata[i], &known, error))
        return FALSE;
      if (!known)
        g_ptr_array_add (unknown, self->tags->pdata[i]);
    }
  if (!name_tags (self, settling->namings, error))
    return FALSE;

  g_array_set_size (settling->namings, 0);
  for (guint i = 0; i < unknown->len; i++)
    {
      AnnalsEntry *entry = unknown->pdata[i];

      /* the file may say the same one twice */
      if (!take_known (self, settling, entry, &known, error) ||
          (!known && !take_new (self, settling, entry, error)))
        return FALSE;
    }

  return name_tags (self, settling->namings, error);
}

/* When all that is said of it is known. */
static gboolean
set_modified (AnnalsMerge  *self,
              AnnalsEntry  *entry,
              const Fate   *fate,
              GError      **error)
{
  g_autoptr(AnnalsEntry) ours = NULL;
  gint64 id;

  if (fate->is_made || entry->is_mention)
    return TRUE;
  if (!annals_merge_find (self, ANNALS_ENTRY_TAG, annals_entry_get_text (entry, "uid"), &id, error))
    return FALSE;

  return id == 0 ||
         ((ours = annals_entry_reader_load (self->here, ANNALS_ENTRY_TAG, id, error)) != NULL &&
          annals_merge_set_modified (self, ours, entry, fate->taken, fate->kept, error));
}

gboolean
annals_merge_settle_tags (AnnalsMerge  *self,
                          GError      **error)
{
  g_auto(Settling) settling = { g_array_new (FALSE, FALSE, sizeof (Naming)),
                               g_hash_table_new_full (NULL, NULL, NULL, g_free) };
  guint from = self->n_tags_taken;

  if (from == self->tags->len)
    return TRUE;

  self->n_tags_taken = self->tags->len;
  for (guint i = from; i < self->tags->len; i++)
    {
      g_hash_table_insert (settling.fates, self->tags->pdata[i], g_new0 (Fate, 1));
      annals_merge_note_said (self, self->tags->pdata[i]);
    }
  if (!take_tags (self, &settling, from, error))
    return FALSE;

  for (guint i = from; i < self->tags->len; i++)
    {
      AnnalsEntry *entry = self->tags->pdata[i];
      Fate *fate = g_hash_table_lookup (settling.fates, entry);

      if (!take_parent (self, entry, fate, error) || !set_modified (self, entry, fate, error))
        return FALSE;
    }

  return self->was_empty || annals_merge_settle_names (self, error);
}
