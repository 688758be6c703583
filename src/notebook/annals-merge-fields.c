/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include <string.h>

#include "annals-tags-private.h"

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
gboolean
annals_merge_leads_to_same (AnnalsMerge            *self,
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

  bind_int64 (stmt, ":time", annals_merge_get_number (theirs, "modified"));
  bind_int64 (stmt, ":id", ours->id);
  annals_merge_times_touch (self->times, annals_entry_get_class (ours->kind)->table, ours->id,
                            MAX (annals_merge_get_number (ours, "modified"),
                                 annals_merge_get_number (theirs, "modified")));

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
                                        : annals_merge_is_theirs_newer (self, ours, theirs, field, &newer, error)) ||
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
gboolean
annals_merge_row (AnnalsMerge  *self,
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
      if (annals_merge_is_equal (&ours->values[i], &theirs->values[i]) ||
          annals_merge_leads_to_same (self, field, &ours->values[i], &theirs->values[i]) ||
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
