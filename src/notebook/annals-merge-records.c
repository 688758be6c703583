/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-memos-private.h"
#include "annals-references.h"
#include "annals-tags-private.h"
#include "annals-text.h"
#include "annals-timeline-look-private.h"

/* --- whose change of a field is the newer one --- */

static gboolean
load_times (AnnalsMerge  *self,
            GError      **error)
{
  if (self->times == NULL && !(self->times = annals_merge_times_new (self->db, error)))
    return FALSE;

  return self->other_times != NULL || self->source->other == NULL ||
         (self->other_times = annals_merge_times_new (self->source->other, error)) != NULL;
}

static gint64
get_number (AnnalsEntry *entry,
            const char  *member)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (entry->kind);

  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    if (g_str_equal (klass->fields[i].member, member))
      return entry->values[i].number;

  return 0;
}

/* As far as the histories of both, or the rows themselves, tell. */
static gboolean
get_times (AnnalsMerge             *self,
           AnnalsEntry             *ours,
           AnnalsEntry             *theirs,
           const AnnalsEntryField  *field,
           gint64                  *our_time,
           gint64                  *their_time,
           GError                 **error)
{
  const char *table = annals_entry_get_class (ours->kind)->table;

  if (!load_times (self, error))
    return FALSE;

  *our_time = annals_merge_times_get (self->times, table, ours->id, field->column, get_number (ours, "created"),
                                      get_number (ours, "modified"));
  *their_time = self->other_times != NULL
                ? annals_merge_times_get (self->other_times, table, theirs->id, field->column,
                                          get_number (theirs, "created"), get_number (theirs, "modified"))
                : get_number (theirs, "modified");

  return TRUE;
}

static gboolean
is_theirs_newer (AnnalsMerge             *self,
                 AnnalsEntry             *ours,
                 AnnalsEntry             *theirs,
                 const AnnalsEntryField  *field,
                 gboolean                *newer,
                 GError                 **error)
{
  gint64 our_time, their_time;

  if (!get_times (self, ours, theirs, field, &our_time, &their_time, error))
    return FALSE;

  *newer = their_time > our_time;
  return TRUE;
}

static gboolean
is_equal (const AnnalsEntryValue *a,
          const AnnalsEntryValue *b)
{
  if (a->is_null || b->is_null)
    return a->is_null && b->is_null;

  return a->number == b->number && a->length == b->length &&
         (a->length == 0 || memcmp (a->text, b->text, a->length) == 0);
}

/* References are compared by what they lead to here. */
static gboolean
leads_to_same (AnnalsMerge            *self,
               const AnnalsEntryField *field,
               const AnnalsEntryValue *ours,
               const AnnalsEntryValue *theirs)
{
  gint64 a = 0;
  gint64 b = 0;

  return field->type == ANNALS_VALUE_REFERENCE && !ours->is_null && !theirs->is_null &&
         field->target != ANNALS_ENTRY_IMPORT &&
         annals_merge_find (self, field->target, ours->text, &a, NULL) &&
         annals_merge_find (self, field->target, theirs->text, &b, NULL) && a == b;
}

/* Times of the row, places in a list, and how far posts were seen, are nobody's change. */
static gboolean
is_compared (const AnnalsEntryField *field)
{
  static const char * const aside[] = { "created", "modified", "author", "position", NULL };

  return field->type != ANNALS_VALUE_UID && field->type != ANNALS_VALUE_PARTS && field->type != ANNALS_VALUE_SEEN &&
         *field->column != '\0' && !g_strv_contains (aside, field->member);
}

/* Where a note stands is one thing. */
static gboolean
is_of_place (AnnalsEntryKind         kind,
             const AnnalsEntryField *field)
{
  static const char * const place[] = {
    "revision", "start", "end", "quote", "prefix", "suffix", "state", "orphan", "moved", "was_quote", "was_start", NULL
  };

  return kind == ANNALS_ENTRY_ANNOTATION && g_strv_contains (place, field->member);
}

/* Whether the note @entry, which is the row @id here, stands on the text that its post shows. */
static gboolean
is_on_current (AnnalsMerge  *self,
               AnnalsEntry  *entry,
               gint64        id,
               gboolean     *is,
               GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (self->db,
                                 "SELECT 1 FROM annotation JOIN post ON post.id = annotation.post "
                                 "JOIN revision ON revision.id = post.revision "
                                 "JOIN import ON import.id = revision.import "
                                 "WHERE annotation.id = :id AND import.uid = :import", error)))
    return FALSE;

  bind_int64 (stmt, ":id", id);
  bind_text (stmt, ":import", annals_entry_get_text (entry, "revision"));
  step = annals_db_step (self->db, stmt, error);
  *is = step == STEP_ROW;

  return step != STEP_ERROR;
}

/* Whether theirs is the newer place of a note, whatever of it was changed last. One on the text that is shown goes
 * before one that would have to be looked for there. */
static gboolean
is_their_place_newer (AnnalsMerge  *self,
                      AnnalsEntry  *ours,
                      AnnalsEntry  *theirs,
                      gboolean     *newer,
                      GError      **error)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (ours->kind);
  gint64 our_time = G_MININT64;
  gint64 their_time = G_MININT64;
  gboolean ours_is, theirs_is;

  if (!is_on_current (self, ours, ours->id, &ours_is, error) || !is_on_current (self, theirs, ours->id, &theirs_is, error))
    return FALSE;

  *newer = theirs_is;
  if (ours_is != theirs_is)
    return TRUE;

  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    {
      gint64 a, b;

      if (!is_of_place (ours->kind, &klass->fields[i]))
        continue;
      if (!get_times (self, ours, theirs, &klass->fields[i], &a, &b, error))
        return FALSE;
      our_time = MAX (our_time, a);
      their_time = MAX (their_time, b);
    }
  *newer = their_time > our_time;

  return TRUE;
}

static gboolean
set_modified (AnnalsMerge  *self,
              AnnalsEntry  *ours,
              AnnalsEntry  *theirs,
              GError      **error)
{
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET modified = max (modified, :time) WHERE id = :id",
                                          annals_entry_get_class (ours->kind)->table);
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, sql, error);

  if (stmt == NULL)
    return FALSE;

  bind_int64 (stmt, ":time", get_number (theirs, "modified"));
  bind_int64 (stmt, ":id", ours->id);
  annals_merge_times_touch (self->times, annals_entry_get_class (ours->kind)->table, ours->id,
                            MAX (get_number (ours, "modified"), get_number (theirs, "modified")));

  return annals_db_run (self->db, stmt, error);
}

/* A tag's name may be another tag's here. */
static gboolean
may_take (AnnalsMerge             *self,
          AnnalsEntry             *ours,
          AnnalsEntry             *theirs,
          const AnnalsEntryField  *field,
          gboolean                *may,
          GError                 **error)
{
  g_autofree char *folded = NULL;
  gboolean by_synonym;
  gint64 other;

  *may = TRUE;
  if (ours->kind != ANNALS_ENTRY_TAG || !g_str_equal (field->member, "name"))
    return TRUE;

  folded = annals_tag_fold (annals_entry_get_text (theirs, "name"));
  if (!annals_tag_find_folded (self->db, folded, &other, &by_synonym, error))
    return FALSE;

  *may = other == 0 || other == ours->id;
  return TRUE;
}

static gboolean
take_field (AnnalsMerge  *self,
            AnnalsEntry  *ours,
            AnnalsEntry  *theirs,
            guint         i,
            gboolean     *taken,
            GError      **error)
{
  const AnnalsEntryField *field = &annals_entry_get_class (ours->kind)->fields[i];
  gboolean newer, may;
  gboolean done = FALSE;

  if (!(is_of_place (ours->kind, field) ? is_their_place_newer (self, ours, theirs, &newer, error)
                                        : is_theirs_newer (self, ours, theirs, field, &newer, error)) ||
      !may_take (self, ours, theirs, field, &may, error) ||
      (newer && may && !annals_merge_update (self, theirs, i, ours->id, &done, error)))
    return FALSE;

  *taken |= done;
  if (!is_of_place (ours->kind, field) || g_str_equal (field->member, "quote") || g_str_equal (field->member, "state"))
    annals_merge_add_difference (self, ours, field, &ours->values[i], &theirs->values[i], done);

  return TRUE;
}

/* Synonyms of tags are united. */
static void
unite_lines (AnnalsEntryValue       *theirs,
             const AnnalsEntryValue *ours)
{
  g_auto(GStrv) old = g_strsplit (ours->text != NULL ? ours->text : "", "\n", -1);
  g_auto(GStrv) more = g_strsplit (theirs->text != NULL ? theirs->text : "", "\n", -1);
  g_autoptr(GString) all = g_string_new (ours->text);

  for (guint i = 0; more[i] != NULL; i++)
    if (*more[i] != '\0' && !g_strv_contains ((const char * const *) old, more[i]))
      g_string_append_printf (all, all->len > 0 ? "\n%s" : "%s", more[i]);

  g_free (theirs->text);
  theirs->length = all->len;
  theirs->text = g_string_free (g_steal_pointer (&all), FALSE);
}

/* The row @id says what the newer change of each field said. */
static gboolean
merge_row (AnnalsMerge  *self,
           AnnalsEntry  *theirs,
           gint64        id,
           GError      **error)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (theirs->kind);
  g_autoptr(AnnalsEntry) ours = annals_entry_reader_load (self->here, theirs->kind, id, error);
  gboolean taken = FALSE;

  if (ours == NULL)
    return FALSE;

  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    {
      const AnnalsEntryField *field = &klass->fields[i];

      if (!is_compared (field))
        continue;
      if (field->type == ANNALS_VALUE_LINES)
        unite_lines (&theirs->values[i], &ours->values[i]);
      if (is_equal (&ours->values[i], &theirs->values[i]) ||
          leads_to_same (self, field, &ours->values[i], &theirs->values[i]) ||
          (theirs->kind == ANNALS_ENTRY_TAG && g_str_equal (field->member, "parent")))
        continue;

      if (field->type == ANNALS_VALUE_LINES)
        {
          gboolean done;

          if (!annals_merge_update (self, theirs, i, id, &done, error))
            return FALSE;
          annals_merge_add_difference (self, ours, field, &ours->values[i], &theirs->values[i], TRUE);
        }
      else if (!take_field (self, ours, theirs, i, &taken, error))
        return FALSE;
    }

  return !taken || set_modified (self, ours, theirs, error);
}

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
    return merge_row (self, entry, *id, error);

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
      annals_merge_take_remark (self, ANNALS_ENTRY_TAG, annals_entry_get_text (entry, "name"),
                                g_strdup (_("There was a tag of that name in both; they are one now")));
      ok = merge_row (self, entry, named, error);
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
  if (is_equal (&ours->values[i], &entry->values[i]) ||
      leads_to_same (self, &klass->fields[i], &ours->values[i], &entry->values[i]))
    return TRUE;

  /* One that was made just now has its times from there. */
  if (!is_theirs_newer (self, ours, entry, &klass->fields[i], &newer, error))
    return FALSE;
  newer = newer || (ours->values[i].is_null && get_number (ours, "modified") == get_number (entry, "modified"));
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
      if (!load_times (self, error))
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

      if (!annals_merge_find (self, part->kind, annals_entry_get_text (part, "uid"), &id, error) ||
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
