/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>

#include "annals-colour-names.h"
#include "annals-memos-private.h"
#include "annals-timeline-look-private.h"

/* *id: of the row that stands for the entry here; *is_new: it was made. 0: it could not be. */
static gboolean
take_row (AnnalsMerge  *self,
          AnnalsEntry  *entry,
          gint64        parent,
          gint64       *id,
          gboolean     *is_new,
          GError      **error)
{
  const char *uid = annals_entry_get_text (entry, "uid");

  *is_new = FALSE;
  if (!annals_merge_find (self, entry->kind, uid, id, error))
    return FALSE;
  if (*id != 0)
    return entry->is_mention || annals_merge_row (self, entry, *id, error);

  *is_new = TRUE;
  return annals_merge_insert (self, entry, parent, id, error);
}

/* Of two who said the same the first one did. */
static gboolean
keep_earlier (AnnalsMerge  *self,
              AnnalsEntry  *part,
              gint64        parent,
              GError      **error)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (part->kind);
  g_autofree char *sql = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 tag;

  if (annals_entry_get (part, "created")->is_unsaid)
    return TRUE;
  if (!annals_merge_find (self, ANNALS_ENTRY_TAG, annals_entry_get_text (part, "tag"), &tag, error))
    return FALSE;

  sql = g_strdup_printf ("UPDATE %s SET created = :created, author = :author WHERE %s = :parent AND tag = :tag "
                         "AND created > :created", klass->table, klass->parent);
  if (!(stmt = annals_db_borrow (self->db, sql, error)))
    return FALSE;

  bind_int64 (stmt, ":created", annals_merge_get_number (part, "created"));
  bind_text (stmt, ":author", annals_entry_get_text (part, "author"));
  bind_int64 (stmt, ":parent", parent);
  bind_int64 (stmt, ":tag", tag);
  return annals_db_run (self->db, stmt, error);
}

gboolean
annals_merge_take_parts (AnnalsMerge  *self,
                         AnnalsEntry  *entry,
                         const char   *member,
                         gint64        parent,
                         GError      **error)
{
  const GPtrArray *parts = annals_entry_get (entry, member)->parts;

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      gint64 id;

      if (!annals_merge_insert (self, parts->pdata[i], parent, &id, error) ||
          (id == 0 && !keep_earlier (self, parts->pdata[i], parent, error)))
        return FALSE;
    }

  return TRUE;
}

/* --- the rest --- */

static gboolean
take_annotation (AnnalsMerge  *self,
                 AnnalsEntry  *entry,
                 GError      **error)
{
  gboolean is_new;
  gint64 id;

  return take_row (self, entry, 0, &id, &is_new, error) &&
         (id == 0 || annals_merge_take_parts (self, entry, "tags", id, error));
}

/* The next free place in a list; new rows of one that was here stand behind the others. */
static gboolean
append_position (AnnalsMerge  *self,
                 AnnalsEntry  *entry,
                 const char   *sql,
                 gint64        parent,
                 GError      **error)
{
  gint64 next;

  if (!annals_db_query_int64 (self->db, sql, parent, 0, &next, error))
    return FALSE;

  annals_entry_set_number (entry, "position", next);
  return TRUE;
}

/* Evidence of an event, and a lane of a timeline, is one thing, whoever noted it. */
static gboolean
find_same (AnnalsMerge  *self,
           AnnalsEntry  *part,
           GPtrArray    *siblings,
           gint64        parent,
           GError      **error)
{
  return part->kind == ANNALS_ENTRY_EVIDENCE ? annals_merge_find_same_evidence (self, part, siblings, parent, error)
                                             : annals_merge_find_same_lane (self, part, siblings, parent, error);
}

static gboolean
take_rows_of (AnnalsMerge  *self,
              AnnalsEntry  *entry,
              const char   *member,
              const char   *next_position,
              gint64        parent,
              gboolean      parent_is_new,
              GError      **error)
{
  GPtrArray *parts = annals_entry_get (entry, member)->parts;
  g_autoptr(GArray) places = g_array_new (FALSE, FALSE, sizeof (AnnalsMergePlace));
  AnnalsEntryKind kind = ANNALS_ENTRY_NONE;

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      AnnalsEntry *part = parts->pdata[i];
      AnnalsMergePlace place = { 0, part->id, i, FALSE };

      kind = part->kind;
      if (!find_same (self, part, parts, parent, error) ||
          !annals_merge_find (self, kind, annals_entry_get_text (part, "uid"), &place.id, error) ||
          (place.id == 0 && !parent_is_new && !append_position (self, part, next_position, parent, error)) ||
          !take_row (self, part, parent, &place.id, &place.is_new, error))
        return FALSE;
      if (place.id != 0)
        g_array_append_val (places, place);
    }

  return parent_is_new || places->len == 0 ||
         annals_merge_order (self, kind, parent, annals_merge_get_name (entry), places, error);
}

/* How a timeline is shown has no time, and what undo takes back does not hold it. */
static gboolean
take_look (AnnalsMerge  *self,
           AnnalsEntry  *entry,
           gboolean      is_new,
           GError      **error)
{
  const AnnalsEntryValue *look = annals_entry_get (entry, "look");
  g_autofree char *key = g_strconcat (ANNALS_TIMELINE_LOOK_KEY, annals_entry_get_text (entry, "uid"), NULL);
  g_autoptr(GError) failure = NULL;
  g_autofree char *ours = NULL;

  if (look->is_unsaid)
    return TRUE;
  if (is_new)
    return look->is_null || annals_db_set_meta (self->db, key, look->text, error);

  ours = annals_db_get_meta (self->db, key, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (g_strcmp0 (ours, look->is_null ? NULL : look->text) != 0)
    annals_merge_take_remark (self, ANNALS_ENTRY_TIMELINE, annals_merge_get_name (entry),
                              g_strdup (_("It is shown in another way there (lanes, overlays); here it stays as it is")));
  return TRUE;
}

static gboolean
take_timeline (AnnalsMerge  *self,
               AnnalsEntry  *entry,
               GError      **error)
{
  gboolean is_new;
  gint64 id;

  if (!take_row (self, entry, 0, &id, &is_new, error))
    return FALSE;

  return id == 0 ||
         (take_look (self, entry, is_new, error) &&
          take_rows_of (self, entry, "lanes", "SELECT max (position) + 1 FROM lane WHERE timeline = :id", id, is_new,
                        error) &&
          annals_merge_join_lanes (self, id, error));
}

static gboolean
take_event (AnnalsMerge  *self,
            AnnalsEntry  *entry,
            GError      **error)
{
  gboolean is_new;
  gint64 id;

  return take_row (self, entry, 0, &id, &is_new, error) &&
         (id == 0 ||
          (annals_merge_take_places (self, entry, id, error) &&
           annals_merge_take_parts (self, entry, "tags", id, error) &&
           take_rows_of (self, entry, "evidence", "SELECT max (position) + 1 FROM evidence WHERE event = :id", id,
                         is_new, error)));
}

static gboolean
take_memo (AnnalsMerge  *self,
           AnnalsEntry  *entry,
           GError      **error)
{
  g_autofree char *text = annals_merge_dup_own_references (self, annals_entry_get_text (entry, "text"), error);
  gboolean is_new;
  gint64 id;

  if (text == NULL)
    return FALSE;

  if (!annals_entry_get (entry, "text")->is_unsaid)
    annals_entry_set_text (entry, "text", text);
  if (!take_row (self, entry, 0, &id, &is_new, error))
    return FALSE;

  if (id != 0)
    g_array_append_val (self->memos, id);
  return TRUE;
}

static gboolean
take_link (AnnalsMerge  *self,
           AnnalsEntry  *entry,
           GError      **error)
{
  gboolean is_new;
  gint64 id;

  return annals_merge_find_same_link (self, entry, error) && take_row (self, entry, 0, &id, &is_new, error) &&
         annals_merge_add_link_note (self, id, error);
}

static gboolean
take_search (AnnalsMerge  *self,
             AnnalsEntry  *entry,
             GError      **error)
{
  AnnalsMergePlace place = { 0, entry->id, annals_merge_get_number (entry, "position"), FALSE };

  if (!annals_merge_find (self, entry->kind, annals_entry_get_text (entry, "uid"), &place.id, error))
    return FALSE;

  /* for the order of the list, when all are here */
  place.is_new = place.id == 0;
  if ((place.is_new && !self->was_empty &&
       !append_position (self, entry, "SELECT max (position) + 1 FROM saved_search", 0, error)) ||
      !take_row (self, entry, 0, &place.id, &place.is_new, error))
    return FALSE;

  if (place.id != 0)
    g_array_append_val (self->searches, place);
  return TRUE;
}

/* What is here, if anything. */
static gboolean
load_decision (AnnalsMerge  *self,
               gint64        timeline,
               gint64        post,
               char        **decision,
               gint64       *created,
               GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (self->db,
                                 "SELECT decision, created FROM suggestion WHERE timeline = :timeline AND post = :post",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":timeline", timeline);
  bind_int64 (stmt, ":post", post);
  if ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    {
      *decision = column_dup_text (stmt, 0);
      *created = column_int64 (stmt, 1);
    }

  return step != STEP_ERROR;
}

static gboolean
write_decision (AnnalsMerge  *self,
                AnnalsEntry  *entry,
                gint64        timeline,
                gint64        post,
                GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (self->db,
                                 "UPDATE suggestion SET decision = :decision, created = :created, author = :author "
                                 "WHERE timeline = :timeline AND post = :post", error)))
    return FALSE;

  bind_int64 (stmt, ":timeline", timeline);
  bind_int64 (stmt, ":post", post);
  bind_text (stmt, ":decision", annals_entry_get_text (entry, "decision"));
  bind_int64 (stmt, ":created", annals_entry_get (entry, "created")->number);
  bind_text (stmt, ":author", annals_entry_get_text (entry, "author"));

  return annals_db_run (self->db, stmt, error);
}

/* Of two decisions on one post the later one counts. */
static gboolean
take_suggestion (AnnalsMerge  *self,
                 AnnalsEntry  *entry,
                 GError      **error)
{
  const AnnalsEntryField *field = &annals_entry_get_class (entry->kind)->fields[2];
  g_autofree char *decision = NULL;
  AnnalsEntryValue ours = { 0 };
  gint64 created = 0;
  gint64 id, timeline, post;
  gboolean newer;

  if (!annals_merge_find (self, ANNALS_ENTRY_TIMELINE, annals_entry_get_text (entry, "timeline"), &timeline, error) ||
      !annals_merge_find (self, ANNALS_ENTRY_POST, annals_entry_get_text (entry, "post"), &post, error) ||
      !load_decision (self, timeline, post, &decision, &created, error))
    return FALSE;
  if (decision == NULL)
    return annals_merge_insert (self, entry, 0, &id, error);

  newer = annals_entry_get (entry, "created")->number > created;
  ours.text = decision;
  if (!g_str_equal (decision, annals_entry_get_text (entry, "decision")))
    annals_merge_add_difference (self, entry, field, &ours, annals_entry_get (entry, "decision"), newer);

  return !newer || write_decision (self, entry, timeline, post, error);
}

static char *
dup_colour_name (AnnalsMerge  *self,
                 const char   *colour,
                 GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "SELECT name FROM colour_name WHERE colour = :colour",
                                                   error);
  AnnalsStep step;

  if (stmt == NULL)
    return NULL;

  bind_text (stmt, ":colour", colour);
  step = annals_db_step (self->db, stmt, error);
  return step == STEP_ROW ? column_dup_text (stmt, 0) : step == STEP_DONE ? g_strdup ("") : NULL;
}

static gint64
get_time_of_colour (AnnalsMergeTimes *times,
                    const char       *colour)
{
  return times != NULL ? annals_merge_times_get_of_text (times, "colour_name", colour, "name") : 0;
}

/* A name that is another colour's here is not taken. */
static gboolean
take_colour (AnnalsMerge  *self,
             AnnalsEntry  *entry,
             GError      **error)
{
  const AnnalsEntryField *field = &annals_entry_get_class (entry->kind)->fields[1];
  const char *colour = annals_entry_get_text (entry, "colour");
  const char *name = annals_entry_get_text (entry, "name");
  g_autofree char *our_name = dup_colour_name (self, colour, error);
  AnnalsEntryValue ours = { .text = our_name };
  g_autoptr(GError) failure = NULL;
  gboolean taken;
  gint64 id;

  if (our_name == NULL)
    return FALSE;
  if (self->was_empty && *our_name == '\0')
    return annals_merge_insert (self, entry, 0, &id, error);
  if (g_str_equal (our_name, name))
    return TRUE;
  if (!annals_merge_load_times (self, error))
    return FALSE;

  taken = *our_name == '\0' || get_time_of_colour (self->other_times, colour) > get_time_of_colour (self->times, colour);
  if (taken && !annals_db_set_colour_name (self->db, colour, name, &failure))
    {
      if (!g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      taken = FALSE;
    }

  if (!taken || *our_name != '\0')
    annals_merge_add_difference (self, entry, field, &ours, annals_entry_get (entry, "name"), taken);
  return TRUE;
}

gboolean
annals_merge_take_record (AnnalsMerge  *self,
                          AnnalsEntry  *entry,
                          GError      **error)
{
  if (entry->kind != ANNALS_ENTRY_TAG && !annals_merge_settle_tags (self, error))
    return FALSE;

  switch ((int) entry->kind)
    {
    case ANNALS_ENTRY_TAG:
      return TRUE;   /* when all have come */

    case ANNALS_ENTRY_MARK:
      return annals_merge_take_mark (self, entry, error);

    case ANNALS_ENTRY_ANNOTATION:
      return take_annotation (self, entry, error);

    case ANNALS_ENTRY_TIMELINE:
      return take_timeline (self, entry, error);

    case ANNALS_ENTRY_EVENT:
      return take_event (self, entry, error);

    case ANNALS_ENTRY_LINK:
      return TRUE;   /* likewise */

    case ANNALS_ENTRY_SAVED_SEARCH:
      return take_search (self, entry, error);

    case ANNALS_ENTRY_MEMO:
      return take_memo (self, entry, error);

    case ANNALS_ENTRY_SUGGESTION:
      return take_suggestion (self, entry, error);

    case ANNALS_ENTRY_COLOUR:
      return take_colour (self, entry, error);

    default:
      g_return_val_if_reached (FALSE);
    }
}

/* Those that are in both first: what they are now, leaves room for others. */
static gboolean
settle_links (AnnalsMerge  *self,
              GError      **error)
{
  g_autoptr(GPtrArray) unknown = g_ptr_array_new ();

  for (guint i = 0; i < self->links->len; i++)
    {
      AnnalsEntry *entry = self->links->pdata[i];
      gint64 id;

      if (!annals_merge_find (self, ANNALS_ENTRY_LINK, annals_entry_get_text (entry, "uid"), &id, error) ||
          (id != 0 && !take_link (self, entry, error)))
        return FALSE;
      if (id == 0)
        g_ptr_array_add (unknown, entry);
    }

  for (guint i = 0; i < unknown->len; i++)
    if (!take_link (self, unknown->pdata[i], error))
      return FALSE;

  return TRUE;
}

gboolean
annals_merge_settle_records (AnnalsMerge  *self,
                             GError      **error)
{
  if (!annals_merge_settle_tags (self, error) || !settle_links (self, error) ||
      (!self->was_empty && !annals_merge_settle_marks (self, error)) ||
      (!self->was_empty && self->searches->len > 0 &&
       !annals_merge_order (self, ANNALS_ENTRY_SAVED_SEARCH, 0, "", self->searches, error)))
    return FALSE;

  for (guint i = 0; i < self->memos->len; i++)
    {
      gint64 id = g_array_index (self->memos, gint64, i);
      g_autofree char *text = NULL;

      {
        g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "SELECT text FROM memo WHERE id = :id", error);

        if (stmt == NULL)
          return FALSE;
        bind_int64 (stmt, ":id", id);
        if (!annals_db_step_to (self->db, stmt, id, error))
          return FALSE;
        text = column_dup_text (stmt, 0);
      }

      if (!annals_memo_write_references (self->db, id, text, error))
        return FALSE;
    }

  return TRUE;
}
