/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that were made twice, here and there, and are one: tags and lanes of one name, links and evidence between the
 * same two. Each has another uid in the other notebook. The one that sorts first is kept, so that both notebooks come to
 * the same, and what was changed of it later finds it. */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-links.h"
#include "annals-memos-private.h"
#include "annals-references.h"

gboolean
annals_merge_rename (AnnalsMerge      *self,
                     AnnalsEntryKind   kind,
                     gint64            id,
                     const char       *uid,
                     gint64            created,
                     const char       *author,
                     GError          **error)
{
  g_autoptr(AnnalsEntry) ours = annals_entry_reader_load (self->here, kind, id, error);
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET uid = :uid, created = :created, author = :author WHERE id = :id",
                                          annals_entry_get_class (kind)->table);
  g_autoptr(BorrowedStmt) stmt = ours != NULL ? annals_db_borrow (self->db, sql, error) : NULL;

  if (stmt == NULL)
    return FALSE;

  bind_text (stmt, ":uid", uid);
  bind_int64 (stmt, ":created", created);
  bind_text (stmt, ":author", author);
  bind_int64 (stmt, ":id", id);
  if (!annals_db_run (self->db, stmt, error))
    return FALSE;

  annals_merge_note_other (self, kind, annals_entry_get_text (ours, "uid"), id);

  return kind != ANNALS_ENTRY_TAG ||
         annals_memos_follow_uid (self->db, ANNALS_RECORD_TAG, id, annals_entry_get_text (ours, "uid"), uid, error);
}

gboolean
annals_merge_unite (AnnalsMerge  *self,
                    AnnalsEntry  *entry,
                    gint64        id,
                    GError      **error)
{
  const char *uid = annals_entry_get_text (entry, "uid");
  g_autoptr(AnnalsEntry) ours = NULL;

  annals_merge_note_other (self, entry->kind, uid, id);
  if (entry->is_mention || annals_entry_get (entry, "uid")->is_unsaid)
    return TRUE;
  if (!(ours = annals_entry_reader_load (self->here, entry->kind, id, error)))
    return FALSE;

  return strcmp (uid, annals_entry_get_text (ours, "uid")) > 0 ||
         annals_merge_rename (self, entry->kind, id, uid, annals_merge_get_number (entry, "created"),
                              annals_entry_get_text (entry, "author"), error);
}

/* --- links and evidence --- */

/* The first row that @stmt finds. */
static gboolean
find_with (AnnalsMerge   *self,
           BorrowedStmt  *stmt,
           gint64        *id,
           GError       **error)
{
  AnnalsStep step = annals_db_step (self->db, stmt, error);

  *id = step == STEP_ROW ? column_int64 (stmt, 0) : 0;
  return step != STEP_ERROR;
}

/* One of the two that is in both notebooks by itself, is itself. */
static gboolean
is_among (AnnalsMerge      *self,
          const GPtrArray  *siblings,
          gint64            id,
          gboolean         *is,
          GError          **error)
{
  AnnalsEntryKind kind = ((AnnalsEntry *) siblings->pdata[0])->kind;

  *is = FALSE;
  for (guint i = 0; !*is && i < siblings->len; i++)
    {
      gint64 one;

      if (!annals_merge_find (self, kind, annals_entry_get_text (siblings->pdata[i], "uid"), &one, error))
        return FALSE;
      *is = one == id;
    }

  return TRUE;
}

gboolean
annals_merge_find_same_evidence (AnnalsMerge      *self,
                                 AnnalsEntry      *entry,
                                 const GPtrArray  *siblings,
                                 gint64            event,
                                 GError          **error)
{
  gboolean is;
  const char *annotation_uid = annals_entry_get (entry, "annotation")->text;
  gint64 annotation = 0;
  gint64 post, id;

  if (!annals_merge_find (self, ANNALS_ENTRY_EVIDENCE, annals_entry_get_text (entry, "uid"), &id, error) ||
      !annals_merge_find (self, ANNALS_ENTRY_POST, annals_entry_get_text (entry, "post"), &post, error) ||
      (annotation_uid != NULL &&
       !annals_merge_find (self, ANNALS_ENTRY_ANNOTATION, annotation_uid, &annotation, error)))
    return FALSE;
  if (id != 0)
    return TRUE;

  {
    g_autoptr(BorrowedStmt) stmt = NULL;

    /* by the event's index */
    if (!(stmt = annals_db_borrow (self->db,
                                   "SELECT id FROM evidence WHERE event = :event AND +post = :post "
                                   "AND +annotation IS :annotation", error)))
      return FALSE;
    bind_int64 (stmt, ":event", event);
    bind_int64 (stmt, ":post", post);
    bind_id (stmt, ":annotation", annotation);
    if (!find_with (self, stmt, &id, error))
      return FALSE;
  }

  return id == 0 ||
         (is_among (self, siblings, id, &is, error) && (is || annals_merge_unite (self, entry, id, error)));
}

#define FIND_LINK \
  "SELECT id FROM link WHERE relation = :relation AND id != :id AND " \
  "((from_kind = :from_kind AND from_id = :from AND to_kind = :to_kind AND to_id = :to) OR " \
  "(:mutual AND from_kind = :to_kind AND from_id = :to AND to_kind = :from_kind AND to_id = :from)) ORDER BY id"

/* Another link than @but of that relation between what @entry links; *id 0: there is none. */
static gboolean
find_link (AnnalsMerge  *self,
           AnnalsEntry  *entry,
           const char   *word,
           gint64        but,
           gint64       *id,
           GError      **error)
{
  const char *from_kind = annals_entry_get_text (entry, "from_kind");
  const char *to_kind = annals_entry_get_text (entry, "to_kind");
  AnnalsRelation relation = ANNALS_RELATION_CITES;
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 from, to;

  *id = 0;
  if (!annals_merge_find_end (self, from_kind, annals_entry_get_text (entry, "from"), &from, error) ||
      !annals_merge_find_end (self, to_kind, annals_entry_get_text (entry, "to"), &to, error) ||
      !(stmt = annals_db_borrow (self->db, FIND_LINK, error)))
    return FALSE;

  annals_relation_from_string (word, &relation);
  bind_text (stmt, ":relation", word);
  bind_text (stmt, ":from_kind", from_kind);
  bind_int64 (stmt, ":from", from);
  bind_text (stmt, ":to_kind", to_kind);
  bind_int64 (stmt, ":to", to);
  bind_int64 (stmt, ":mutual", annals_relation_is_mutual (relation));
  bind_int64 (stmt, ":id", but);

  return find_with (self, stmt, id, error);
}

/* One that is the same in both directions may go the other way here. It goes as the one does whose uid stays, should it
 * become one with a direction. */
static gboolean
settle_direction (AnnalsMerge  *self,
                  AnnalsEntry  *entry,
                  gint64        id,
                  GError      **error)
{
  static const char * const ends[] = { "from_kind", "from", "to_kind", "to" };
  g_autoptr(AnnalsEntry) ours = annals_entry_reader_load (self->here, ANNALS_ENTRY_LINK, id, error);
  gint64 our_from, from;

  if (ours == NULL ||
      !annals_merge_find_end (self, annals_entry_get_text (ours, "from_kind"), annals_entry_get_text (ours, "from"),
                              &our_from, error) ||
      !annals_merge_find_end (self, annals_entry_get_text (entry, "from_kind"), annals_entry_get_text (entry, "from"),
                              &from, error))
    return FALSE;
  if (our_from == from && g_str_equal (annals_entry_get_text (ours, "from_kind"),
                                       annals_entry_get_text (entry, "from_kind")))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    annals_entry_leave_unsaid (entry, ends[i]);

  return !g_str_equal (annals_entry_get_text (ours, "uid"), annals_entry_get_text (entry, "uid")) ||
         annals_db_run_for_id (self->db,
                               "UPDATE link SET (from_kind, from_id, to_kind, to_id) = "
                               "(to_kind, to_id, from_kind, from_id) WHERE id = :id", id, error);
}

gboolean
annals_merge_find_same_link (AnnalsMerge  *self,
                             AnnalsEntry  *entry,
                             GError      **error)
{
  gint64 id;

  if (!annals_merge_find (self, ANNALS_ENTRY_LINK, annals_entry_get_text (entry, "uid"), &id, error))
    return FALSE;
  if (id != 0)
    return TRUE;

  return find_link (self, entry, annals_entry_get_text (entry, "relation"), 0, &id, error) &&
         (id == 0 || (annals_merge_unite (self, entry, id, error) && settle_direction (self, entry, id, error)));
}

/* The note of one that went is not lost. */
gboolean
annals_merge_add_link_note (AnnalsMerge  *self,
                            gint64        id,
                            GError      **error)
{
  g_autofree char *note = g_steal_pointer (&self->link_note);
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (note == NULL || *note == '\0')
    return TRUE;
  if (!(stmt = annals_db_borrow (self->db,
                                 "UPDATE link SET note = iif (note = '', :note, note || char (10, 10) || :note) "
                                 "WHERE id = :id AND note != :note", error)))
    return FALSE;

  bind_text (stmt, ":note", note);
  bind_int64 (stmt, ":id", id);
  return annals_db_run (self->db, stmt, error);
}

gboolean
annals_merge_clear_relation (AnnalsMerge  *self,
                             gint64        id,
                             const char   *relation,
                             GError      **error)
{
  g_autoptr(AnnalsEntry) stays = annals_entry_reader_load (self->here, ANNALS_ENTRY_LINK, id, error);
  g_autoptr(AnnalsEntry) goes = NULL;
  const char *uid;
  gint64 other;

  if (stays == NULL || !find_link (self, stays, relation, id, &other, error))
    return FALSE;
  if (other == 0)
    return TRUE;

  if (!(goes = annals_entry_reader_load (self->here, ANNALS_ENTRY_LINK, other, error)) ||
      !annals_db_run_for_id (self->db, "DELETE FROM link WHERE id = :id", other, error))
    return FALSE;

  g_free (self->link_note);
  self->link_note = g_strdup (annals_entry_get_text (goes, "note"));
  uid = annals_entry_get_text (goes, "uid");
  annals_merge_note_other (self, ANNALS_ENTRY_LINK, uid, id);
  annals_merge_take_remark (self, ANNALS_ENTRY_LINK, annals_merge_get_name (goes),
                            g_strdup (_("There were two links of that kind between the same two; they are one now")));

  return strcmp (uid, annals_entry_get_text (stays, "uid")) > 0 ||
         annals_merge_rename (self, ANNALS_ENTRY_LINK, id, uid, annals_merge_get_number (goes, "created"),
                              annals_entry_get_text (goes, "author"), error);
}

/* --- lanes --- */

typedef struct
{
  gint64  id;
  char   *folded;
} Lane;

static void
lane_clear (gpointer data)
{
  g_free (((Lane *) data)->folded);
}

/* (element type Lane), by uid */
static GArray *
list_lanes (AnnalsMerge  *self,
            gint64        timeline,
            GError      **error)
{
  g_autoptr(GArray) lanes = g_array_new (FALSE, FALSE, sizeof (Lane));
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "SELECT id, name FROM lane WHERE timeline = :id "
                                                   "ORDER BY uid", error);
  AnnalsStep step;

  g_array_set_clear_func (lanes, lane_clear);
  if (stmt == NULL)
    return NULL;

  bind_int64 (stmt, ":id", timeline);
  while ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    {
      Lane lane = { column_int64 (stmt, 0), g_utf8_casefold (column_text (stmt, 1), -1) };

      g_array_append_val (lanes, lane);
    }

  return step == STEP_DONE ? g_steal_pointer (&lanes) : NULL;
}

gboolean
annals_merge_find_same_lane (AnnalsMerge      *self,
                             AnnalsEntry      *entry,
                             const GPtrArray  *siblings,
                             gint64            timeline,
                             GError          **error)
{
  g_autofree char *folded = g_utf8_casefold (annals_entry_get_text (entry, "name"), -1);
  g_autoptr(GArray) lanes = NULL;
  gint64 id;

  if (!annals_merge_find (self, ANNALS_ENTRY_LANE, annals_entry_get_text (entry, "uid"), &id, error))
    return FALSE;
  if (id != 0)
    return TRUE;
  if (!(lanes = list_lanes (self, timeline, error)))
    return FALSE;

  for (guint i = 0; i < lanes->len; i++)
    {
      const Lane *lane = &g_array_index (lanes, Lane, i);
      gboolean is;

      if (!g_str_equal (lane->folded, folded))
        continue;
      if (!is_among (self, siblings, lane->id, &is, error))
        return FALSE;
      if (!is)
        return annals_merge_unite (self, entry, lane->id, error);
    }

  return TRUE;
}

static gboolean
join_lane (AnnalsMerge  *self,
           gint64        from,
           gint64        into,
           GError      **error)
{
  g_autoptr(AnnalsEntry) goes = annals_entry_reader_load (self->here, ANNALS_ENTRY_LANE, from, error);

  if (goes == NULL)
    return FALSE;

  {
    g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "UPDATE timeline_event SET lane = :into "
                                                     "WHERE lane = :from", error);

    if (stmt == NULL)
      return FALSE;
    bind_int64 (stmt, ":into", into);
    bind_int64 (stmt, ":from", from);
    if (!annals_db_run (self->db, stmt, error))
      return FALSE;
  }

  annals_merge_note_other (self, ANNALS_ENTRY_LANE, annals_entry_get_text (goes, "uid"), into);
  annals_merge_take_remark (self, ANNALS_ENTRY_LANE, annals_entry_get_text (goes, "name"),
                            g_strdup (_("There were two lanes of that name in the timeline; they are one now")));
  return annals_db_run_for_id (self->db, "DELETE FROM lane WHERE id = :id", from, error);
}

gboolean
annals_merge_join_lanes (AnnalsMerge  *self,
                         gint64        timeline,
                         GError      **error)
{
  g_autoptr(GArray) lanes = list_lanes (self, timeline, error);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; lanes != NULL && i < lanes->len; i++)
    {
      Lane *lane = &g_array_index (lanes, Lane, i);
      const gint64 *first = g_hash_table_lookup (seen, lane->folded);

      if (first == NULL)
        g_hash_table_insert (seen, lane->folded, &lane->id);
      else if (!join_lane (self, lane->id, *first, error))
        return FALSE;
    }

  return lanes != NULL;
}

/* --- what memos name --- */

char *
annals_merge_dup_own_references (AnnalsMerge  *self,
                                 const char   *text,
                                 GError      **error)
{
  static const struct
  {
    AnnalsRecord    record;
    AnnalsEntryKind kind;
  } kinds[] = {
    { ANNALS_RECORD_POST, ANNALS_ENTRY_POST },
    { ANNALS_RECORD_TAG, ANNALS_ENTRY_TAG },
  };
  g_autofree char *own = g_strdup (text);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GHashTable *others = self->others[kinds[i].kind];
      g_autoptr(GPtrArray) references = others != NULL ? annals_references_parse (text) : NULL;

      for (guint j = 0; references != NULL && j < references->len; j++)
        {
          const AnnalsReference *reference = references->pdata[j];
          const gint64 *id = reference->kind == kinds[i].record && reference->uid != NULL
                             ? g_hash_table_lookup (others, reference->uid) : NULL;
          g_autofree char *uid = NULL;
          g_autofree char *again = NULL;

          if (id == NULL)
            continue;
          if (!(uid = annals_db_dup_uid (self->db, kinds[i].record, *id, error)))
            return NULL;
          again = annals_references_rename (own, reference->kind, reference->uid, uid, NULL);
          g_free (own);
          own = g_steal_pointer (&again);
        }
    }

  return g_steal_pointer (&own);
}
