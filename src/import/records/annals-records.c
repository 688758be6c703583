/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-records.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-format.h"
#include "annals-limits.h"

static void
source_free (AnnalsRecordSource *self)
{
  g_free (self->uid);
  g_free (self->title);
  g_free (self->url);
  g_free (self->author);
  g_free (self->source);
  g_free (self->language);
  g_free (self->published);
  g_clear_pointer (&self->text, annals_text_unref);
  g_free (self->raw);
  g_array_unref (self->codes);
  g_free (self->place);
  g_free (self);
}

static void
note_free (AnnalsRecordNote *self)
{
  g_free (self->uid);
  g_free (self->post_uid);
  g_free (self->url);
  g_free (self->sha256);
  g_free (self->selector.exact);
  g_free (self->selector.prefix);
  g_free (self->selector.suffix);
  g_free (self->note);
  g_free (self->colour);
  g_ptr_array_unref (self->tags);
  g_array_unref (self->codes);
  g_free (self->author);
  g_free (self->place);
  g_free (self);
}

static void
memo_free (AnnalsRecordMemo *self)
{
  g_free (self->uid);
  g_free (self->title);
  g_free (self->text);
  g_free (self->author);
  g_free (self->place);
  g_free (self);
}

static void
link_free (AnnalsRecordLink *self)
{
  g_free (self->uid);
  g_free (self->from);
  g_free (self->to);
  g_free (self->note);
  g_free (self->place);
  g_free (self);
}

static void
event_free (AnnalsRecordEvent *self)
{
  g_free (self->uid);
  g_free (self->title);
  g_free (self->account);
  g_free (self->lane);
  g_clear_pointer (&self->date, annals_date_unref);
  g_free (self->place);
  g_free (self);
}

AnnalsRecords *
annals_records_new (const char *name)
{
  AnnalsRecords *self = g_new0 (AnnalsRecords, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (name);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) source_free);
  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) note_free);
  self->memos = g_ptr_array_new_with_free_func ((GDestroyNotify) memo_free);
  self->links = g_ptr_array_new_with_free_func ((GDestroyNotify) link_free);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) event_free);
  self->issues = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_issue_free);

  return self;
}

AnnalsRecords *
annals_records_ref (AnnalsRecords *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
annals_records_unref (AnnalsRecords *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->name);
  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->memos);
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->issues);
  g_clear_pointer (&self->codebook, annals_codebook_free);
  g_free (self->timeline);
  g_free (self->timeline_uid);
  g_free (self->description);
  g_free (self);
}

AnnalsRecordSource *
annals_records_add_source (AnnalsRecords *self,
                           char          *place)
{
  AnnalsRecordSource *source = g_new0 (AnnalsRecordSource, 1);

  source->codes = g_array_new (FALSE, FALSE, sizeof (guint));
  source->place = place;
  g_ptr_array_add (self->sources, source);

  return source;
}

AnnalsRecordNote *
annals_records_add_note (AnnalsRecords *self,
                         char          *place)
{
  AnnalsRecordNote *note = g_new0 (AnnalsRecordNote, 1);

  note->source = -1;
  note->tags = g_ptr_array_new_with_free_func (g_free);
  note->codes = g_array_new (FALSE, FALSE, sizeof (guint));
  note->place = place;
  g_ptr_array_add (self->notes, note);

  return note;
}

AnnalsRecordMemo *
annals_records_add_memo (AnnalsRecords *self,
                         char          *place)
{
  AnnalsRecordMemo *memo = g_new0 (AnnalsRecordMemo, 1);

  memo->place = place;
  g_ptr_array_add (self->memos, memo);

  return memo;
}

AnnalsRecordLink *
annals_records_add_link (AnnalsRecords *self,
                         char          *place)
{
  AnnalsRecordLink *link = g_new0 (AnnalsRecordLink, 1);

  link->relation = ANNALS_RELATION_RELATED;
  link->place = place;
  g_ptr_array_add (self->links, link);

  return link;
}

AnnalsRecordEvent *
annals_records_add_event (AnnalsRecords *self,
                          char          *place)
{
  AnnalsRecordEvent *event = g_new0 (AnnalsRecordEvent, 1);

  event->date = annals_date_new_undated ();
  event->place = place;
  g_ptr_array_add (self->events, event);

  return event;
}

void
annals_records_take_issue (AnnalsRecords   *self,
                           AnnalsSeverity   severity,
                           AnnalsIssueCode  code,
                           const char      *place,
                           char            *reason,
                           const char      *excerpt)
{
  AnnalsIssue *issue;

  if (self->issues->len >= ANNALS_LIMIT_RECORD_ISSUES)
    {
      g_free (reason);
      return;
    }

  issue = g_new0 (AnnalsIssue, 1);
  issue->severity = severity;
  issue->code = code;
  issue->place = g_strdup (place);
  issue->reason = reason;
  issue->excerpt = annals_format_reader_dup_excerpt (excerpt != NULL ? excerpt : "");
  g_ptr_array_add (self->issues, issue);
}

void
annals_records_take_skipped (AnnalsRecords   *self,
                             AnnalsIssueCode  code,
                             const char      *place,
                             char            *reason,
                             const char      *excerpt)
{
  self->n_skipped++;
  annals_records_take_issue (self, ANNALS_SEVERITY_ERROR, code, place, reason, excerpt);
}

guint
annals_records_count (AnnalsRecords *self)
{
  return self->notes->len + self->memos->len + self->links->len + self->events->len;
}

gboolean
annals_records_is_full (AnnalsRecords *self,
                        GPtrArray     *list)
{
  if (list->len < ANNALS_LIMIT_RECORDS)
    return FALSE;

  self->n_over++;
  return TRUE;
}

void
annals_records_take_remarks (AnnalsRecords *self)
{
  GPtrArray *remarks = self->codebook->remarks;

  for (guint i = 0; i < remarks->len; i++)
    annals_records_take_issue (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_OTHER, self->name,
                               g_strdup (remarks->pdata[i]), NULL);
  g_ptr_array_set_size (remarks, 0);
}

void
annals_records_finish (AnnalsRecords *self)
{
  if (self->n_over > 0)
    annals_records_take_issue (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_LIMIT, self->name,
                               g_strdup_printf (ngettext ("It has more than %u records of one kind; %u was left out",
                                                          "It has more than %u records of one kind; %u were left out",
                                                          self->n_over), ANNALS_LIMIT_RECORDS, self->n_over), NULL);
}

/* Its own identity is what the file calls it; of a source that has no name its text is. */
AnnalsDraft *
annals_record_source_dup_draft (const AnnalsRecordSource *self)
{
  AnnalsDraft *draft = annals_draft_new ();

  draft->extent = ANNALS_EXTENT_LISTED;
  draft->guid = self->uid != NULL ? g_strconcat ("urn:uuid:", self->uid, NULL)
                                  : g_strconcat ("text:", annals_text_get_sha256 (self->text), NULL);
  draft->url = g_strdup (self->url);
  draft->title = g_strdup (self->title);
  draft->author = g_strdup (self->author);
  draft->source = g_strdup (self->source);
  draft->language = g_strdup (self->language);
  draft->published = self->published != NULL ? annals_date_parse_words (self->published, NULL) : NULL;
  draft->text = annals_text_ref (self->text);
  draft->markup = g_bytes_new (self->raw, strlen (self->raw));
  draft->markup_kind = "text";
  draft->place = g_strdup (self->place);

  return draft;
}

void
annals_record_note_quote (AnnalsRecordNote *self,
                          const char       *text,
                          const char       *from,
                          const char       *to,
                          guint             start,
                          guint             end)
{
  const char *before, *after;

  before = from;
  for (guint i = 0; i < ANNALS_ANCHOR_CONTEXT && before > text; i++)
    before = g_utf8_prev_char (before);
  after = to;
  for (guint i = 0; i < ANNALS_ANCHOR_CONTEXT && *after != '\0'; i++)
    after = g_utf8_next_char (after);

  self->has_position = TRUE;
  self->selector.start = start;
  self->selector.end = end;
  self->selector.exact = g_strndup (from, (gsize) (to - from));
  self->selector.prefix = g_strndup (before, (gsize) (from - before));
  self->selector.suffix = g_strndup (to, (gsize) (after - to));
}

char *
annals_records_dup_uid (const char *string)
{
  g_autofree char *uid = g_strstrip (g_ascii_strdown (string, -1));
  gsize length = strlen (uid);

  if (g_str_has_prefix (uid, "urn:uuid:"))
    memmove (uid, uid + strlen ("urn:uuid:"), length - strlen ("urn:uuid:") + 1);
  else if (length > 2 && uid[0] == '{' && uid[length - 1] == '}')
    {
      uid[length - 1] = '\0';
      memmove (uid, uid + 1, length - 1);
    }

  return g_uuid_string_is_valid (uid) ? g_steal_pointer (&uid) : NULL;
}

char *
annals_records_dup_uid_for (const char *id)
{
  g_autofree char *uid = annals_records_dup_uid (id);
  g_autofree char *identity = g_strconcat ("record:", id, NULL);

  return uid != NULL ? g_steal_pointer (&uid) : annals_post_uid_for_identity (identity);
}

gint64
annals_records_read_time (const char *string)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) time = string != NULL ? g_date_time_new_from_iso8601 (string, utc) : NULL;

  if (time == NULL)
    return 0;

  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}
