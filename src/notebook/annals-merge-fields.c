/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include <string.h>

/* --- whose change of a field is the newer one --- */

gboolean
annals_merge_load_times (AnnalsMerge  *self,
                         GError      **error)
{
  if (self->times == NULL && !(self->times = annals_merge_times_new (self->db, error)))
    return FALSE;

  return self->other_times != NULL || self->source->other == NULL ||
         (self->other_times = annals_merge_times_new (self->source->other, error)) != NULL;
}

gint64
annals_merge_get_number (AnnalsEntry *entry,
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

  if (!annals_merge_load_times (self, error))
    return FALSE;

  *our_time = annals_merge_times_get (self->times, table, ours->id, field->column,
                                      annals_merge_get_number (ours, "created"),
                                      annals_merge_get_number (ours, "modified"));
  *their_time = self->other_times != NULL
                ? annals_merge_times_get (self->other_times, table, theirs->id, field->column,
                                          annals_merge_get_number (theirs, "created"),
                                          annals_merge_get_number (theirs, "modified"))
                : annals_merge_get_number (theirs, "modified");

  return TRUE;
}

gboolean
annals_merge_is_theirs_newer (AnnalsMerge             *self,
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

gboolean
annals_merge_is_equal (const AnnalsEntryValue *a,
                       const AnnalsEntryValue *b)
{
  if (a->is_null || b->is_null)
    return a->is_null && b->is_null;

  return a->number == b->number && a->length == b->length &&
         (a->length == 0 || memcmp (a->text, b->text, a->length) == 0);
}

/* References are compared by what they lead to here. */
static gboolean
leads_to_same (AnnalsMerge  *self,
               AnnalsEntry  *ours,
               AnnalsEntry  *theirs,
               guint         i,
               gboolean     *same,
               GError      **error)
{
  const AnnalsEntryField *field = &annals_entry_get_class (ours->kind)->fields[i];
  const char *a_uid = ours->values[i].text;
  const char *b_uid = theirs->values[i].text;
  gint64 a = 0;
  gint64 b = 0;

  *same = FALSE;
  if (a_uid == NULL || b_uid == NULL)
    return TRUE;

  if (field->type == ANNALS_VALUE_EITHER)
    {
      if (!annals_merge_find_end (self, ours->values[i - 1].text, a_uid, &a, error) ||
          !annals_merge_find_end (self, theirs->values[i - 1].text, b_uid, &b, error))
        return FALSE;
    }
  else if (field->type != ANNALS_VALUE_REFERENCE || field->target == ANNALS_ENTRY_IMPORT)
    return TRUE;
  else if (!annals_merge_find (self, field->target, a_uid, &a, error) ||
           !annals_merge_find (self, field->target, b_uid, &b, error))
    return FALSE;

  *same = a == b;
  return TRUE;
}

/* Times of the row, and how far posts were seen, are nobody's change; places in a list are looked at together, and a
 * tag's name and place with those of all tags. */
static gboolean
is_compared (AnnalsEntryKind         kind,
             const AnnalsEntryField *field)
{
  static const char * const aside[] = { "created", "modified", "author", "position", NULL };
  static const char * const of_tags[] = { "name", "parent", NULL };

  return (kind != ANNALS_ENTRY_TAG || !g_strv_contains (of_tags, field->member)) &&
         field->type != ANNALS_VALUE_UID && field->type != ANNALS_VALUE_PARTS && field->type != ANNALS_VALUE_SEEN &&
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

  if (!is_on_current (self, ours, ours->id, &ours_is, error) ||
      !is_on_current (self, theirs, ours->id, &theirs_is, error))
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

/* The row's time is the later one. What holds something of both has one that is later than either, and so does what
 * took something over without it: the change set is to tell when what is taken was changed, which is not when it was
 * taken. Whichever notebook takes in the other comes to the same time. */
gboolean
annals_merge_set_modified (AnnalsMerge  *self,
                           AnnalsEntry  *ours,
                           AnnalsEntry  *theirs,
                           gboolean      taken,
                           gboolean      kept,
                           GError      **error)
{
  const char *table = annals_entry_get_class (ours->kind)->table;
  gint64 our_time = annals_merge_get_number (ours, "modified");
  gint64 their_time = annals_merge_get_number (theirs, "modified");
  gint64 time = their_time > our_time && !kept ? their_time : MAX (our_time, their_time) + 1;
  g_autofree char *sql = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  /* What deleting another record changed in both has left the time as it was. */
  if (their_time == our_time ||
      (!taken && (their_time < our_time || annals_entry_get (theirs, "modified")->is_unsaid)))
    return TRUE;

  sql = g_strdup_printf ("UPDATE %s SET modified = :time WHERE id = :id", table);
  if (!annals_merge_load_times (self, error) || !(stmt = annals_db_borrow (self->db, sql, error)))
    return FALSE;

  bind_int64 (stmt, ":time", time);
  bind_int64 (stmt, ":id", ours->id);
  annals_merge_times_touch (self->times, table, ours->id, time);

  return annals_db_run (self->db, stmt, error);
}

/* What joins two records, is them. */
static gboolean
may_take (AnnalsEntryKind         kind,
          const AnnalsEntryField *field)
{
  static const char * const ends[] = { "from_kind", "from", "to_kind", "to", NULL };

  return kind != ANNALS_ENTRY_LINK || !g_strv_contains (ends, field->member);
}

/* Of a note's place: what a reader of it sees. */
static gboolean
is_told (AnnalsEntry *ours,
         AnnalsEntry *theirs,
         guint        i)
{
  static const char * const seen[] = { "quote", "state", "orphan", NULL };
  const AnnalsEntryField *field = &annals_entry_get_class (ours->kind)->fields[i];

  if (!is_of_place (ours->kind, field) || g_strv_contains (seen, field->member))
    return TRUE;

  /* The same words, at another place of the same text. */
  return g_str_equal (field->member, "start") &&
         g_str_equal (annals_entry_get_text (ours, "quote"), annals_entry_get_text (theirs, "quote")) &&
         g_str_equal (annals_entry_get_text (ours, "revision"), annals_entry_get_text (theirs, "revision"));
}

/* Two tags may still be joined, and one that comes be compared with what was taken. */
static gboolean
note_taken (AnnalsMerge             *self,
            AnnalsEntry             *ours,
            AnnalsEntry             *theirs,
            const AnnalsEntryField  *field,
            GError                 **error)
{
  gint64 our_time, their_time;

  if (!get_times (self, ours, theirs, field, &our_time, &their_time, error))
    return FALSE;

  annals_merge_times_set (self->times, annals_entry_get_class (ours->kind)->table, ours->id, field->column, their_time);
  return TRUE;
}

static gboolean
take_field (AnnalsMerge  *self,
            AnnalsEntry  *ours,
            AnnalsEntry  *theirs,
            guint         i,
            gboolean     *taken,
            gboolean     *kept,
            GError      **error)
{
  const AnnalsEntryField *field = &annals_entry_get_class (ours->kind)->fields[i];
  gboolean newer;
  gboolean done = FALSE;

  if (!(is_of_place (ours->kind, field) ? is_their_place_newer (self, ours, theirs, &newer, error)
                                        : annals_merge_is_theirs_newer (self, ours, theirs, field, &newer, error)))
    return FALSE;

  newer = newer && may_take (ours->kind, field);
  if (newer && ours->kind == ANNALS_ENTRY_LINK && g_str_equal (field->member, "relation") &&
      !annals_merge_clear_relation (self, ours->id, theirs->values[i].text, error))
    return FALSE;
  if ((newer && !annals_merge_update (self, theirs, i, ours->id, &done, error)) ||
      (done && ours->kind == ANNALS_ENTRY_TAG && !note_taken (self, ours, theirs, field, error)))
    return FALSE;

  /* imports move notes and leave their time as it is */
  *taken |= done && !is_of_place (ours->kind, field);
  *kept |= !done && !is_of_place (ours->kind, field);
  if (is_told (ours, theirs, i))
    annals_merge_add_difference (self, ours, field, &ours->values[i], &theirs->values[i], done);

  return TRUE;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

/* Synonyms of tags are united, in an order that is the same whichever notebook takes in the other. */
static void
unite_lines (AnnalsEntryValue       *theirs,
             const AnnalsEntryValue *ours)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  const char *texts[] = { ours->text, theirs->text };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto(GStrv) lines = g_strsplit (texts[i] != NULL ? texts[i] : "", "\n", -1);

      for (guint j = 0; lines[j] != NULL; j++)
        if (*lines[j] != '\0' && !g_ptr_array_find_with_equal_func (all, lines[j], g_str_equal, NULL))
          g_ptr_array_add (all, g_strdup (lines[j]));
    }
  g_ptr_array_sort (all, compare_lines);
  g_ptr_array_add (all, NULL);

  g_free (theirs->text);
  theirs->text = g_strjoinv ("\n", (char **) all->pdata);
  theirs->length = strlen (theirs->text);
}

static gboolean
take_lines (AnnalsMerge  *self,
            AnnalsEntry  *ours,
            AnnalsEntry  *theirs,
            guint         i,
            GError      **error)
{
  const AnnalsEntryField *field = &annals_entry_get_class (ours->kind)->fields[i];
  gboolean done;

  unite_lines (&theirs->values[i], &ours->values[i]);
  if (annals_merge_is_equal (&ours->values[i], &theirs->values[i]))
    return TRUE;
  if (!annals_merge_update (self, theirs, i, ours->id, &done, error))
    return FALSE;

  annals_merge_add_difference (self, ours, field, &ours->values[i], &theirs->values[i], TRUE);
  return TRUE;
}

gboolean
annals_merge_fields (AnnalsMerge  *self,
                     AnnalsEntry  *ours,
                     AnnalsEntry  *theirs,
                     gboolean     *taken,
                     gboolean     *kept,
                     GError      **error)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (theirs->kind);

  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    {
      const AnnalsEntryField *field = &klass->fields[i];
      gboolean same;

      if (!is_compared (theirs->kind, field) || theirs->values[i].is_unsaid ||
          annals_merge_is_equal (&ours->values[i], &theirs->values[i]))
        continue;
      if (!leads_to_same (self, ours, theirs, i, &same, error))
        return FALSE;
      if (same)
        continue;
      if (!(field->type == ANNALS_VALUE_LINES ? take_lines (self, ours, theirs, i, error)
                                              : take_field (self, ours, theirs, i, taken, kept, error)))
        return FALSE;
    }

  return TRUE;
}

gboolean
annals_merge_row (AnnalsMerge  *self,
                  AnnalsEntry  *theirs,
                  gint64        id,
                  GError      **error)
{
  g_autoptr(AnnalsEntry) ours = annals_entry_reader_load (self->here, theirs->kind, id, error);
  gboolean taken = FALSE;
  gboolean kept = FALSE;

  return ours != NULL && annals_merge_fields (self, ours, theirs, &taken, &kept, error) &&
         annals_merge_set_modified (self, ours, theirs, taken, kept, error);
}
