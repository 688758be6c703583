/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A name is one tag's, be it what it is called or is also called: what two notebooks said between them may be neither. */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-memos-private.h"
#include "annals-tags-private.h"

/* characters of a rule that came of two */
#define MAX_RULE 2000

static gboolean
write_synonyms (AnnalsMerge  *self,
                gint64        id,
                char        **synonyms,
                GError      **error)
{
  g_autofree char *stored = g_strjoinv ("\n", synonyms);
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "UPDATE tag SET synonyms = :synonyms WHERE id = :id",
                                                   error);

  if (stmt == NULL)
    return FALSE;

  bind_text (stmt, ":synonyms", stored);
  bind_int64 (stmt, ":id", id);
  annals_merge_note_synonyms (self, id);
  return annals_db_run (self->db, stmt, error);
}

/* --- two tags that are one --- */

static gboolean
run_for_pair (AnnalsMerge  *self,
              const char   *sql,
              gint64        from,
              gint64        into,
              GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, sql, error);

  if (stmt == NULL)
    return FALSE;

  bind_int64 (stmt, ":from", from);
  bind_int64 (stmt, ":into", into);
  return annals_db_run (self->db, stmt, error);
}

/* One that stays and stands below the one that goes takes its place first. */
static gboolean
move_children (AnnalsMerge  *self,
               gint64        from,
               gint64        into,
               GError      **error)
{
  gboolean below;

  return annals_tag_is_below (self->db, into, from, &below, error) &&
         (!below || run_for_pair (self, "UPDATE tag SET parent = (SELECT parent FROM tag WHERE id = :from) "
                                  "WHERE id = :into", from, into, error)) &&
         run_for_pair (self, "UPDATE tag SET parent = :into WHERE parent = :from AND id != :into", from, into, error);
}

/* Both keep what was said of them, as far as there is room. */
static gboolean
join_texts (AnnalsMerge  *self,
            gint64        from,
            gint64        into,
            GError      **error)
{
  g_autofree char *rule = NULL;

  rule = g_strdup_printf ("UPDATE tag SET rule = '(' || tag.rule || ') OR (' || goes.rule || ')' FROM tag AS goes "
                          "WHERE tag.id = :into AND goes.id = :from AND goes.rule NOT IN ('', tag.rule) "
                          "AND tag.rule != '' AND length (tag.rule) + length (goes.rule) < %d - 10", MAX_RULE);

  return run_for_pair (self, rule, from, into, error) &&
         run_for_pair (self, "UPDATE tag SET rule = goes.rule FROM tag AS goes WHERE tag.id = :into "
                       "AND goes.id = :from AND tag.rule = ''", from, into, error) &&
         run_for_pair (self, "UPDATE tag SET description = iif (tag.description = '', goes.description, "
                       "tag.description || char (10, 10) || goes.description) FROM tag AS goes WHERE tag.id = :into "
                       "AND goes.id = :from AND goes.description NOT IN ('', tag.description)", from, into, error);
}

/* Of the row itself, as far as the history does not tell. */
static gint64
get_time (AnnalsMerge *self,
          AnnalsEntry *entry,
          const char  *column)
{
  return annals_merge_times_get (self->times, "tag", entry->id, column, annals_merge_get_number (entry, "created"),
                                 annals_merge_get_number (entry, "modified"));
}

/* A text of both is as new as the newer one: what comes later in the same merge does not go before it. */
static gboolean
note_times (AnnalsMerge  *self,
            AnnalsEntry  *goes,
            AnnalsEntry  *stays,
            GError      **error)
{
  static const char * const texts[] = { "rule", "description" };

  if (!annals_merge_load_times (self, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = annals_entry_get_text (goes, texts[i]);

      if (*text != '\0' && !g_str_equal (text, annals_entry_get_text (stays, texts[i])))
        annals_merge_times_set (self->times, "tag", stays->id, texts[i],
                                MAX (get_time (self, goes, texts[i]), get_time (self, stays, texts[i])));
    }

  return TRUE;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

static gboolean
join_names (AnnalsMerge  *self,
            AnnalsEntry  *goes,
            AnnalsEntry  *stays,
            GError      **error)
{
  g_auto(GStrv) old = annals_tag_split_synonyms (annals_entry_get_text (stays, "synonyms"));
  g_auto(GStrv) more = annals_tag_split_synonyms (annals_entry_get_text (goes, "synonyms"));
  g_autoptr(GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; old[i] != NULL; i++)
    g_ptr_array_add (all, old[i]);
  g_ptr_array_add (all, (gpointer) annals_entry_get_text (goes, "name"));
  for (guint i = 0; more[i] != NULL; i++)
    g_ptr_array_add (all, more[i]);
  g_ptr_array_sort (all, compare_texts);
  g_ptr_array_add (all, NULL);

  /* what is there twice goes when all names are known */
  return write_synonyms (self, stays->id, (char **) all->pdata, error);
}

/* What others went by into the tag that goes leads on. */
static void
redirect_uids (AnnalsMerge *self,
               gint64       from,
               gint64       into)
{
  const GPtrArray *uids = self->tag_uids != NULL ? g_hash_table_lookup (self->tag_uids, &from) : NULL;

  for (guint i = 0; uids != NULL && i < uids->len; i++)
    {
      const gint64 *id = g_hash_table_lookup (self->others[ANNALS_ENTRY_TAG], uids->pdata[i]);

      if (id != NULL && *id == from)
        annals_merge_note_other (self, ANNALS_ENTRY_TAG, uids->pdata[i], into);
    }
}

gboolean
annals_merge_join_tags (AnnalsMerge  *self,
                        gint64        from,
                        gint64        into,
                        gboolean      by_synonym,
                        GError      **error)
{
  g_autoptr(AnnalsEntry) goes = annals_entry_reader_load (self->here, ANNALS_ENTRY_TAG, from, error);
  g_autoptr(AnnalsEntry) stays = goes != NULL ? annals_entry_reader_load (self->here, ANNALS_ENTRY_TAG, into, error)
                                              : NULL;
  const char *uid;

  if (stays == NULL ||
      !annals_tag_move_uses (self->db, from, into, error) ||
      !annals_memos_redirect (self->db, ANNALS_RECORD_TAG, from, into, FALSE, error) ||
      !move_children (self, from, into, error) ||
      !join_texts (self, from, into, error) ||
      !note_times (self, goes, stays, error) ||
      !annals_db_delete_tag (self->db, from, error) ||
      !join_names (self, goes, stays, error))
    return FALSE;

  uid = annals_entry_get_text (goes, "uid");
  annals_merge_note_other (self, ANNALS_ENTRY_TAG, uid, into);
  redirect_uids (self, from, into);
  annals_merge_note_synonyms (self, from);
  annals_merge_take_remark (self, ANNALS_ENTRY_TAG, annals_entry_get_text (goes, "name"),
                            g_strdup_printf (_("It and “%s” have one name in one of both; they are one now"),
                                             annals_entry_get_text (stays, "name")));

  return by_synonym || strcmp (uid, annals_entry_get_text (stays, "uid")) > 0 ||
         annals_merge_rename (self, ANNALS_ENTRY_TAG, into, uid, annals_merge_get_number (goes, "created"),
                              annals_entry_get_text (goes, "author"), error);
}

/* --- other names, which are no other tag's --- */

typedef struct
{
  gint64  id;
  char   *name;
  char  **synonyms;
} Names;

static void
names_clear (gpointer data)
{
  Names *self = data;

  g_free (self->name);
  g_strfreev (self->synonyms);
}

/* (element type Names), those with other names, by uid */
static GArray *
list_names (AnnalsMerge  *self,
            GError      **error)
{
  g_autoptr(GArray) list = g_array_new (FALSE, FALSE, sizeof (Names));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_array_set_clear_func (list, names_clear);
  if (!(stmt = annals_db_borrow (self->db, "SELECT id, name, synonyms FROM tag WHERE synonyms != '' ORDER BY uid",
                                 error)))
    return NULL;

  while ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    {
      Names names = { column_int64 (stmt, 0), column_dup_text (stmt, 1),
                      annals_tag_split_synonyms (column_text (stmt, 2)) };

      g_array_append_val (list, names);
    }

  return step == STEP_DONE ? g_steal_pointer (&list) : NULL;
}

void
annals_merge_note_said (AnnalsMerge *self,
                        AnnalsEntry *entry)
{
  if (entry->is_mention)
    return;

  if (self->said_tags == NULL)
    self->said_tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (self->said_tags, g_strdup (annals_entry_get_text (entry, "uid")));
}

/* Whether they have a tag by that uid which is the tag @id here. */
static gboolean
is_said_as (AnnalsMerge  *self,
            const char   *uid,
            gint64        id,
            gboolean     *is,
            GError      **error)
{
  gint64 one;

  *is = FALSE;
  if (self->said_tags == NULL || !g_hash_table_contains (self->said_tags, uid))
    return TRUE;
  if (!annals_merge_find (self, ANNALS_ENTRY_TAG, uid, &one, error))
    return FALSE;

  *is = one == id;
  return TRUE;
}

static gboolean
has_own_uid (AnnalsMerge  *self,
             gint64        id,
             gboolean     *has,
             GError      **error)
{
  g_autofree char *uid = NULL;

  {
    g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "SELECT uid FROM tag WHERE id = :id", error);
    AnnalsStep step;

    if (stmt == NULL)
      return FALSE;

    bind_int64 (stmt, ":id", id);
    if ((step = annals_db_step (self->db, stmt, error)) == STEP_ERROR)
      return FALSE;
    uid = step == STEP_ROW ? column_dup_text (stmt, 0) : g_strdup ("");
  }

  return is_said_as (self, uid, id, has, error);
}

gboolean
annals_merge_has_tag (AnnalsMerge  *self,
                      gint64        id,
                      gboolean     *has,
                      GError      **error)
{
  const GPtrArray *others = self->tag_uids != NULL ? g_hash_table_lookup (self->tag_uids, &id) : NULL;

  if (!has_own_uid (self, id, has, error))
    return FALSE;

  for (guint i = 0; !*has && others != NULL && i < others->len; i++)
    if (!is_said_as (self, others->pdata[i], id, has, error))
      return FALSE;

  return TRUE;
}

gboolean
annals_merge_drop_synonym (AnnalsMerge  *self,
                           gint64        id,
                           const char   *folded,
                           GError      **error)
{
  g_autoptr(AnnalsEntry) ours = annals_entry_reader_load (self->here, ANNALS_ENTRY_TAG, id, error);
  g_autoptr(GPtrArray) kept = g_ptr_array_new ();
  g_auto(GStrv) synonyms = NULL;

  if (ours == NULL)
    return FALSE;

  synonyms = annals_tag_split_synonyms (annals_entry_get_text (ours, "synonyms"));
  for (guint i = 0; synonyms[i] != NULL; i++)
    {
      g_autofree char *one = annals_tag_fold (synonyms[i]);

      if (!g_str_equal (one, folded))
        g_ptr_array_add (kept, synonyms[i]);
      else
        annals_merge_take_remark (self, ANNALS_ENTRY_TAG, annals_entry_get_text (ours, "name"),
                                  g_strdup_printf (_("Its other name “%s” is another tag's and was left out"),
                                                   synonyms[i]));
    }
  g_ptr_array_add (kept, NULL);

  return write_synonyms (self, id, (char **) kept->pdata, error);
}

char *
annals_merge_dup_free_name (AnnalsMerge  *self,
                            const char   *name,
                            GError      **error)
{
  for (guint n = 1; ; n++)
    {
      g_autofree char *candidate = n > 1 ? g_strdup_printf ("%s %u", name, n) : g_strdup (name);
      g_autofree char *folded = annals_tag_fold (candidate);
      gboolean by_synonym;
      gint64 id;

      if (!annals_merge_find_any_name (self, folded, &id, &by_synonym, error))
        return NULL;
      if (id == 0)
        return g_steal_pointer (&candidate);
    }
}

/* A tag that is called what another one is also called goes into it, unless both are in both notebooks: then it is that
 * tag's name alone. *changed: something was to be done. */
static gboolean
settle_synonym (AnnalsMerge  *self,
                gint64        id,
                const char   *synonym,
                gboolean     *changed,
                GError      **error)
{
  g_autofree char *folded = annals_tag_fold (synonym);
  gboolean has, other_has;
  gint64 other;

  if (!annals_merge_find_name (self, folded, &other, error))
    return FALSE;
  if (other == 0 || other == id)
    return TRUE;

  *changed = TRUE;
  if (!annals_merge_has_tag (self, id, &has, error) || !annals_merge_has_tag (self, other, &other_has, error))
    return FALSE;

  return has == other_has ? annals_merge_drop_synonym (self, id, folded, error)
                          : annals_merge_join_tags (self, other, id, TRUE, error);
}

/* The first of the tag's other names that is to be settled; what it comes to may bring more. */
static gboolean
settle_one (AnnalsMerge  *self,
            gint64        id,
            gboolean     *changed,
            GError      **error)
{
  g_auto(GStrv) synonyms = NULL;

  *changed = FALSE;
  {
    g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "SELECT synonyms FROM tag WHERE id = :id", error);
    AnnalsStep step;

    if (stmt == NULL)
      return FALSE;

    bind_int64 (stmt, ":id", id);
    if ((step = annals_db_step (self->db, stmt, error)) != STEP_ROW)
      return step == STEP_DONE;   /* it went into another */
    synonyms = annals_tag_split_synonyms (column_text (stmt, 0));
  }

  for (guint i = 0; !*changed && synonyms[i] != NULL; i++)
    if (!settle_synonym (self, id, synonyms[i], changed, error))
      return FALSE;

  return TRUE;
}

/* In the order of their uids, which is the same in both notebooks. A tag that was settled stays so: names of others only
 * become fewer. */
static gboolean
settle_synonyms (AnnalsMerge  *self,
                 GError      **error)
{
  g_autoptr(GArray) list = list_names (self, error);
  gboolean changed;

  for (guint i = 0; list != NULL && i < list->len; i++)
    do
      if (!settle_one (self, g_array_index (list, Names, i).id, &changed, error))
        return FALSE;
    while (changed);

  return list != NULL;
}

/* Keeps those that no tag before has, nor the tag itself as its name. */
static void
keep_own (AnnalsMerge *self,
          Names       *names,
          GHashTable  *seen)
{
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *own = annals_tag_fold (names->name);

  for (guint j = 0; names->synonyms[j] != NULL; j++)
    {
      g_autofree char *folded = annals_tag_fold (names->synonyms[j]);
      const Names *first = g_hash_table_lookup (seen, folded);

      if (first != NULL && first != names)
        annals_merge_take_remark (self, ANNALS_ENTRY_TAG, names->name,
                                  g_strdup_printf (_("Its other name “%s” is another tag's and was left out"),
                                                   names->synonyms[j]));
      if (first != NULL || g_str_equal (folded, own))
        continue;
      g_hash_table_insert (seen, g_steal_pointer (&folded), names);
      g_ptr_array_add (kept, g_strdup (names->synonyms[j]));
    }
  g_ptr_array_add (kept, NULL);
  g_strfreev (names->synonyms);
  names->synonyms = g_strdupv ((char **) kept->pdata);
}

/* Of two tags with the same other name, the one whose uid sorts first keeps it. */
static gboolean
drop_doubles (AnnalsMerge  *self,
              GError      **error)
{
  g_autoptr(GArray) list = list_names (self, error);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      Names *names = &g_array_index (list, Names, i);
      guint n = g_strv_length (names->synonyms);

      keep_own (self, names, seen);
      if (g_strv_length (names->synonyms) < n && !write_synonyms (self, names->id, names->synonyms, error))
        return FALSE;
    }

  return list != NULL;
}

gboolean
annals_merge_settle_names (AnnalsMerge  *self,
                           GError      **error)
{
  return settle_synonyms (self, error) && drop_doubles (self, error);
}
