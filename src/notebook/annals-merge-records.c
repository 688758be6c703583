/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>

#include "annals-memos-private.h"
#include "annals-references.h"
#include "annals-tags-private.h"
#include "annals-text.h"
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

/* Rows that say no more than that two records belong together. */
static gboolean
take_parts (AnnalsMerge  *self,
            AnnalsEntry  *entry,
            const char   *member,
            gint64        parent,
            GError      **error)
{
  const GPtrArray *parts = annals_entry_get (entry, member)->parts;

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      gint64 id;

      if (!annals_merge_insert (self, parts->pdata[i], parent, &id, error))
        return FALSE;
    }

  return TRUE;
}

/* --- tags --- */

static gboolean
take_tag (AnnalsMerge  *self,
          AnnalsEntry  *entry,
          GError      **error)
{
  const char *uid = annals_entry_get_text (entry, "uid");
  g_autofree char *folded = annals_tag_fold (annals_entry_get_text (entry, "name"));
  AnnalsEntryValue *parent = annals_entry_get (entry, "parent");
  AnnalsEntryValue kept = *parent;
  gboolean by_synonym, is_new, ok;
  gint64 id, named;

  if (*folded == '\0')
    return TRUE;
  if (!annals_merge_find (self, ANNALS_ENTRY_TAG, uid, &id, error) ||
      (id == 0 && !self->was_empty && !annals_tag_find_folded (self->db, folded, &named, &by_synonym, error)))
    return FALSE;

  if (id == 0 && !self->was_empty && named != 0)
    {
      annals_merge_note_other (self, ANNALS_ENTRY_TAG, uid, named);
      if (entry->is_mention)
        return TRUE;
      annals_merge_take_remark (self, ANNALS_ENTRY_TAG, annals_entry_get_text (entry, "name"),
                                g_strdup (_("There was a tag of that name in both; they are one now")));
      ok = annals_merge_row (self, entry, named, error);
    }
  else
    {
      /* It may come later than its tags. */
      parent->text = NULL;
      parent->is_null = TRUE;
      ok = take_row (self, entry, 0, &id, &is_new, error);
      *parent = kept;
    }

  return ok;
}

static gboolean
set_parent (AnnalsMerge  *self,
            AnnalsEntry  *entry,
            GError      **error)
{
  g_autoptr(AnnalsEntry) ours = NULL;
  const AnnalsEntryClass *klass = annals_entry_get_class (ANNALS_ENTRY_TAG);
  gint64 id, parent;
  gboolean below, newer, done;
  guint i;

  if (annals_entry_get (entry, "parent")->is_null)
    return TRUE;
  if (!annals_merge_find (self, ANNALS_ENTRY_TAG, annals_entry_get_text (entry, "uid"), &id, error) ||
      !annals_merge_find (self, ANNALS_ENTRY_TAG, annals_entry_get_text (entry, "parent"), &parent, error))
    return FALSE;
  if (id == 0 || parent == 0)
    return TRUE;
  if (!(ours = annals_entry_reader_load (self->here, ANNALS_ENTRY_TAG, id, error)) ||
      !annals_tag_is_below (self->db, parent, id, &below, error))
    return FALSE;

  for (i = 0; !g_str_equal (klass->fields[i].member, "parent"); i++);
  if (annals_merge_is_equal (&ours->values[i], &entry->values[i]) ||
      annals_merge_leads_to_same (self, &klass->fields[i], &ours->values[i], &entry->values[i]))
    return TRUE;

  /* One that was made just now has its times from there. */
  if (!annals_merge_is_theirs_newer (self, ours, entry, &klass->fields[i], &newer, error))
    return FALSE;
  newer = newer || (ours->values[i].is_null &&
                    annals_merge_get_number (ours, "modified") == annals_merge_get_number (entry, "modified"));
  if (newer && !below && !annals_merge_update (self, entry, i, id, &done, error))
    return FALSE;
  if (!ours->values[i].is_null || below)
    annals_merge_add_difference (self, ours, &klass->fields[i], &ours->values[i], &entry->values[i], newer && !below);

  return TRUE;
}

/* --- marks of posts --- */

/* What was set in one of both is set, unless the histories tell which is newer. */
static gboolean
take_mark_field (AnnalsMerge  *self,
                 AnnalsEntry  *entry,
                 guint         i,
                 gint64        post_id,
                 gboolean      here,
                 GError      **error)
{
  const AnnalsEntryField *field = &annals_entry_get_class (ANNALS_ENTRY_MARK)->fields[i];
  g_autofree char *sql = g_strdup_printf ("UPDATE post SET %s = :value WHERE id = :id", field->column);
  AnnalsEntryValue ours = { .number = here };
  gboolean there = entry->values[i].number != 0;
  gint64 our_time, their_time;
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (here == there)
    return TRUE;

  if (self->was_empty)
    our_time = their_time = 0;
  else
    {
      if (!annals_merge_load_times (self, error))
        return FALSE;
      our_time = annals_merge_times_get (self->times, "post", post_id, field->column, 0, 0);
      their_time = self->other_times != NULL
                   ? annals_merge_times_get (self->other_times, "post", entry->id, field->column, 0, 0) : 0;
    }
  if (their_time < our_time || (their_time == our_time && !there))
    {
      annals_merge_add_difference (self, entry, field, &ours, &entry->values[i], FALSE);
      return TRUE;
    }

  if (!(stmt = annals_db_borrow (self->db, sql, error)))
    return FALSE;
  bind_int64 (stmt, ":value", there);
  bind_int64 (stmt, ":id", post_id);

  return annals_db_run (self->db, stmt, error);
}

static gboolean
take_mark (AnnalsMerge  *self,
           AnnalsEntry  *entry,
           GError      **error)
{
  const char *uid = annals_entry_get_text (entry, "post");
  gboolean marks[3];
  gint64 id;

  if (!annals_merge_find (self, ANNALS_ENTRY_POST, uid, &id, error))
    return FALSE;
  if (id == 0)
    {
      annals_merge_take_remark (self, ANNALS_ENTRY_POST, uid,
                                g_strdup (_("What it is marked with was left out: the post is not in this notebook")));
      return TRUE;
    }

  {
    g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "SELECT read, starred, trashed FROM post WHERE id = :id",
                                                     error);

    if (stmt == NULL)
      return FALSE;
    bind_int64 (stmt, ":id", id);
    if (annals_db_step (self->db, stmt, error) != STEP_ROW)
      return FALSE;
    for (int i = 0; i < 3; i++)
      marks[i] = column_int64 (stmt, i) != 0;
  }

  for (guint i = 0; i < 3; i++)
    if (!take_mark_field (self, entry, i + 1, id, marks[i], error))
      return FALSE;

  return take_parts (self, entry, "tags", id, error);
}

/* --- the rest --- */

static gboolean
take_annotation (AnnalsMerge  *self,
                 AnnalsEntry  *entry,
                 GError      **error)
{
  gboolean is_new;
  gint64 id;

  return take_row (self, entry, 0, &id, &is_new, error) && (id == 0 || take_parts (self, entry, "tags", id, error));
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

/* Evidence of an event is one thing, whoever noted it: what rests on the same is united. */
static gboolean
find_same_evidence (AnnalsMerge  *self,
                    AnnalsEntry  *entry,
                    gint64        event,
                    GError      **error)
{
  const char *annotation_uid = annals_entry_get (entry, "annotation")->text;
  gint64 post, id;
  gint64 annotation = 0;
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!annals_merge_find (self, ANNALS_ENTRY_EVIDENCE, annals_entry_get_text (entry, "uid"), &id, error) ||
      !annals_merge_find (self, ANNALS_ENTRY_POST, annals_entry_get_text (entry, "post"), &post, error) ||
      (annotation_uid != NULL &&
       !annals_merge_find (self, ANNALS_ENTRY_ANNOTATION, annotation_uid, &annotation, error)))
    return FALSE;
  if (id != 0)
    return TRUE;

  if (!(stmt = annals_db_borrow (self->db,
                                 "SELECT id FROM evidence WHERE event = :event AND post = :post "
                                 "AND annotation IS :annotation", error)))
    return FALSE;
  bind_int64 (stmt, ":event", event);
  bind_int64 (stmt, ":post", post);
  bind_id (stmt, ":annotation", annotation);
  if ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    annals_merge_note_other (self, ANNALS_ENTRY_EVIDENCE, annals_entry_get_text (entry, "uid"), column_int64 (stmt, 0));

  return step != STEP_ERROR;
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
  const GPtrArray *parts = annals_entry_get (entry, member)->parts;

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      AnnalsEntry *part = parts->pdata[i];
      gboolean is_new;
      gint64 id;

      if ((part->kind == ANNALS_ENTRY_EVIDENCE && !parent_is_new && !find_same_evidence (self, part, parent, error)) ||
          !annals_merge_find (self, part->kind, annals_entry_get_text (part, "uid"), &id, error) ||
          (id == 0 && !parent_is_new && !append_position (self, part, next_position, parent, error)) ||
          !take_row (self, part, parent, &id, &is_new, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
take_timeline (AnnalsMerge  *self,
               AnnalsEntry  *entry,
               GError      **error)
{
  const AnnalsEntryValue *look = annals_entry_get (entry, "look");
  gboolean is_new;
  gint64 id;

  if (!take_row (self, entry, 0, &id, &is_new, error))
    return FALSE;
  if (id == 0)
    return TRUE;

  if (is_new && !look->is_null)
    {
      g_autofree char *key = g_strconcat (ANNALS_TIMELINE_LOOK_KEY, annals_entry_get_text (entry, "uid"), NULL);

      if (!annals_db_set_meta (self->db, key, look->text, error))
        return FALSE;
    }

  return take_rows_of (self, entry, "lanes", "SELECT max (position) + 1 FROM lane WHERE timeline = :id", id, is_new,
                       error);
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
          (take_parts (self, entry, "timelines", id, error) &&
           take_parts (self, entry, "tags", id, error) &&
           take_rows_of (self, entry, "evidence", "SELECT max (position) + 1 FROM evidence WHERE event = :id", id,
                         is_new, error)));
}

static gboolean
take_memo (AnnalsMerge  *self,
           AnnalsEntry  *entry,
           GError      **error)
{
  gboolean is_new;
  gint64 id;

  if (!take_row (self, entry, 0, &id, &is_new, error))
    return FALSE;

  if (id != 0)
    g_array_append_val (self->memos, id);
  return TRUE;
}

static gboolean
take_plain (AnnalsMerge  *self,
            AnnalsEntry  *entry,
            GError      **error)
{
  gboolean is_new;
  gint64 id;

  if (entry->kind == ANNALS_ENTRY_SAVED_SEARCH && !self->was_empty &&
      (!annals_merge_find (self, entry->kind, annals_entry_get_text (entry, "uid"), &id, error) ||
       (id == 0 && !append_position (self, entry, "SELECT max (position) + 1 FROM saved_search", 0, error))))
    return FALSE;

  return take_row (self, entry, 0, &id, &is_new, error);
}

/* Of two decisions on one post the later one counts. */
static gboolean
take_suggestion (AnnalsMerge  *self,
                 AnnalsEntry  *entry,
                 GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 id, timeline, post;

  if (!annals_merge_insert (self, entry, 0, &id, error) ||
      !annals_merge_find (self, ANNALS_ENTRY_TIMELINE, annals_entry_get_text (entry, "timeline"), &timeline, error) ||
      !annals_merge_find (self, ANNALS_ENTRY_POST, annals_entry_get_text (entry, "post"), &post, error) ||
      !(stmt = annals_db_borrow (self->db,
                                 "UPDATE suggestion SET decision = :decision, created = :created, author = :author "
                                 "WHERE timeline = :timeline AND post = :post AND created < :created", error)))
    return FALSE;

  bind_int64 (stmt, ":timeline", timeline);
  bind_int64 (stmt, ":post", post);
  bind_text (stmt, ":decision", annals_entry_get_text (entry, "decision"));
  bind_int64 (stmt, ":created", annals_entry_get (entry, "created")->number);
  bind_text (stmt, ":author", annals_entry_get_text (entry, "author"));

  return annals_db_run (self->db, stmt, error);
}

/* Nobody notes when a colour was named: the name it has here stays. */
static gboolean
take_colour (AnnalsMerge  *self,
             AnnalsEntry  *entry,
             GError      **error)
{
  const AnnalsEntryField *field = &annals_entry_get_class (entry->kind)->fields[1];
  AnnalsEntryValue ours = { 0 };
  g_autofree char *name = NULL;
  gint64 id;

  {
    g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "SELECT name FROM colour_name WHERE colour = :colour",
                                                     error);
    AnnalsStep step;

    if (stmt == NULL)
      return FALSE;
    bind_text (stmt, ":colour", annals_entry_get_text (entry, "colour"));
    if ((step = annals_db_step (self->db, stmt, error)) == STEP_ERROR)
      return FALSE;
    if (step == STEP_ROW)
      name = column_dup_text (stmt, 0);
  }

  if (name == NULL)
    return annals_merge_insert (self, entry, 0, &id, error);

  ours.text = name;
  if (!g_str_equal (name, annals_entry_get_text (entry, "name")))
    annals_merge_add_difference (self, entry, field, &ours, annals_entry_get (entry, "name"), FALSE);
  return TRUE;
}

gboolean
annals_merge_take_record (AnnalsMerge  *self,
                          AnnalsEntry  *entry,
                          GError      **error)
{
  switch ((int) entry->kind)
    {
    case ANNALS_ENTRY_TAG:
      return take_tag (self, entry, error);

    case ANNALS_ENTRY_MARK:
      return take_mark (self, entry, error);

    case ANNALS_ENTRY_ANNOTATION:
      return take_annotation (self, entry, error);

    case ANNALS_ENTRY_TIMELINE:
      return take_timeline (self, entry, error);

    case ANNALS_ENTRY_EVENT:
      return take_event (self, entry, error);

    case ANNALS_ENTRY_LINK:
    case ANNALS_ENTRY_SAVED_SEARCH:
      return take_plain (self, entry, error);

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

gboolean
annals_merge_settle_records (AnnalsMerge  *self,
                             GError      **error)
{
  for (guint i = 0; i < self->tags->len; i++)
    if (!set_parent (self, self->tags->pdata[i], error))
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
        if (annals_db_step (self->db, stmt, error) != STEP_ROW)
          return FALSE;
        text = column_dup_text (stmt, 0);
      }

      if (!annals_memo_write_references (self->db, id, text, error))
        return FALSE;
    }

  return TRUE;
}
