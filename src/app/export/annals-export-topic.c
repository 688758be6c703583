/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-topic.h"

#include <glib/gi18n.h>

#include "annals-query.h"
#include "annals-search-notes.h"
#include "annals-search.h"
#include "annals-timelines.h"

struct _AnnalsExportTopic
{
  AnnalsExportSubject  subject;
  gint64               timeline_id;
  AnnalsNoteFilter    *filter;       /* (nullable) */
  char                *text;         /* (nullable): what was typed beside the filter, or a search for posts */
  GArray              *ids;          /* (nullable) */
};

static AnnalsExportTopic *
topic_new (AnnalsExportSubject subject)
{
  AnnalsExportTopic *self = g_atomic_rc_box_new0 (AnnalsExportTopic);

  self->subject = subject;

  return self;
}

AnnalsExportTopic *
annals_export_topic_new_timeline (gint64 timeline_id)
{
  AnnalsExportTopic *self = topic_new (ANNALS_EXPORT_TIMELINE);

  self->timeline_id = timeline_id;

  return self;
}

AnnalsExportTopic *
annals_export_topic_new_notes (AnnalsNoteFilter *filter,
                               const char       *text,
                               GArray           *ids)
{
  AnnalsExportTopic *self = topic_new (ANNALS_EXPORT_NOTES);

  self->filter = filter;
  self->text = g_strdup (text);
  self->ids = ids;

  return self;
}

AnnalsExportTopic *
annals_export_topic_new_posts (const char *query,
                               GArray     *ids)
{
  AnnalsExportTopic *self = topic_new (ANNALS_EXPORT_POSTS);

  self->text = g_strdup (query);
  self->ids = ids;

  return self;
}

AnnalsExportTopic *
annals_export_topic_new_notebook (void)
{
  return topic_new (ANNALS_EXPORT_NOTEBOOK);
}

AnnalsExportTopic *
annals_export_topic_ref (AnnalsExportTopic *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_topic (gpointer data)
{
  AnnalsExportTopic *self = data;

  g_clear_pointer (&self->filter, annals_note_filter_free);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self->text);
}

void
annals_export_topic_unref (AnnalsExportTopic *self)
{
  g_atomic_rc_box_release_full (self, clear_topic);
}

AnnalsExportSubject
annals_export_topic_get_subject (const AnnalsExportTopic *self)
{
  g_return_val_if_fail (self != NULL, ANNALS_EXPORT_NOTEBOOK);

  return self->subject;
}

/* --- what to ask for --- */

/* Returns: (transfer full) (nullable): the filter with the names in what was typed looked up */
static AnnalsNoteFilter *
resolve_filter (const AnnalsExportTopic  *self,
                AnnalsDb                 *db,
                GError                  **error)
{
  g_autoptr(AnnalsNoteFilter) filter = annals_note_filter_copy (self->filter);

  if (!annals_note_filter_parse (filter, db, self->text != NULL ? self->text : "", error) ||
      !annals_search_note_posts (filter, db, error))
    return NULL;

  return g_steal_pointer (&filter);
}

typedef struct
{
  const AnnalsExportTopic *topic;
  AnnalsNoteFilter        *filter;
} ResolveJob;

static gboolean
resolve_cb (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  ResolveJob *job = data;

  return (job->filter = resolve_filter (job->topic, db, error)) != NULL;
}

gboolean
annals_export_topic_resolve (const AnnalsExportTopic  *self,
                             AnnalsNotebook           *notebook,
                             AnnalsExportRequest      *request,
                             AnnalsNoteFilter        **filter,
                             GCancellable             *cancellable,
                             GError                  **error)
{
  ResolveJob job = { .topic = self };

  g_return_val_if_fail (self != NULL && request != NULL && filter != NULL, FALSE);

  if (self->filter != NULL && !annals_notebook_read (notebook, resolve_cb, &job, cancellable, error))
    return FALSE;

  *filter = job.filter;
  *request = (AnnalsExportRequest) {
    .subject = self->subject,
    .timeline_id = self->timeline_id,
    .filter = job.filter,
    .ids = self->ids,
    .query = self->subject == ANNALS_EXPORT_POSTS && self->ids == NULL ? self->text : NULL,
  };

  return TRUE;
}

/* --- what it is called, and how much it is --- */

static char *
describe_posts (guint n)
{
  return g_strdup_printf (ngettext ("%'u post", "%'u posts", n), n);
}

static char *
describe_notes (guint n)
{
  return g_strdup_printf (ngettext ("%'u note", "%'u notes", n), n);
}

static gboolean
count_posts (AnnalsDb    *db,
             const char  *text,
             guint       *n,
             GError     **error)
{
  g_autoptr(AnnalsQuery) query = annals_query_parse (text != NULL ? text : "", error);
  guint n_new;

  return query != NULL && annals_search_count (db, query, 0, n, &n_new, error);
}

static gboolean
count_notes (AnnalsDb                *db,
             const AnnalsNoteFilter  *filter,
             guint                   *n,
             GCancellable            *cancellable,
             GError                 **error)
{
  g_autoptr(AnnalsNoteFilter) flat = annals_note_filter_copy (filter);
  g_autoptr(GArray) keys = NULL;

  /* in a group for each of its tags a note would be there more than once */
  flat->grouping = ANNALS_NOTES_UNGROUPED;
  if (!(keys = annals_db_list_notes (db, flat, cancellable, error)))
    return FALSE;

  *n = keys->len;
  return TRUE;
}

static gboolean
sum_up_timeline (const AnnalsExportTopic  *self,
                 AnnalsDb                 *db,
                 AnnalsExportSummary      *summary,
                 GError                  **error)
{
  g_autoptr(AnnalsTimeline) timeline = annals_db_load_timeline (db, self->timeline_id, error);
  g_autofree char *events = NULL;
  g_autofree char *posts = NULL;

  if (timeline == NULL)
    return FALSE;

  events = g_strdup_printf (ngettext ("%u event", "%u events", timeline->n_events), timeline->n_events);
  posts = g_strdup_printf (ngettext ("%u post cited", "%u posts cited", timeline->n_posts), timeline->n_posts);
  summary->key = g_strdup (timeline->uid);
  summary->title = g_strdup (timeline->title);
  /* Translators: “38 events · 29 posts cited” */
  summary->counts = g_strdup_printf (_("%s · %s"), events, posts);

  return TRUE;
}

static gboolean
sum_up_notes (const AnnalsExportTopic  *self,
              AnnalsDb                 *db,
              AnnalsExportSummary      *summary,
              GCancellable             *cancellable,
              GError                  **error)
{
  g_autoptr(AnnalsNoteFilter) filter = NULL;
  guint n;

  if (self->ids != NULL)
    n = self->ids->len;
  else if (!(filter = resolve_filter (self, db, error)) || !count_notes (db, filter, &n, cancellable, error))
    return FALSE;

  summary->key = g_strdup ("notes");
  summary->title = g_strdup (self->ids != NULL ? _("Chosen Notes") : _("Notes"));
  summary->counts = describe_notes (n);
  summary->empty = n == 0;

  return TRUE;
}

static gboolean
sum_up_posts (const AnnalsExportTopic  *self,
              AnnalsDb                 *db,
              AnnalsExportSummary      *summary,
              GError                  **error)
{
  guint n;

  if (self->ids != NULL)
    n = self->ids->len;
  else if (!count_posts (db, self->text, &n, error))
    return FALSE;

  summary->key = g_strdup ("posts");
  summary->title = g_strdup (self->text != NULL && *self->text != '\0' ? self->text : _("Posts"));
  summary->counts = describe_posts (n);
  summary->empty = n == 0;

  return TRUE;
}

static gboolean
sum_up_notebook (AnnalsDb             *db,
                 const char           *title,
                 AnnalsExportSummary  *summary,
                 GCancellable         *cancellable,
                 GError              **error)
{
  g_autoptr(AnnalsNoteFilter) filter = annals_note_filter_new ();
  g_autoptr(GPtrArray) timelines = annals_db_list_timelines (db, error);
  g_autofree char *posts = NULL;
  g_autofree char *notes = NULL;
  g_autofree char *lines = NULL;
  guint n_posts, n_notes;

  if (timelines == NULL || !count_posts (db, NULL, &n_posts, error) ||
      !count_notes (db, filter, &n_notes, cancellable, error))
    return FALSE;

  posts = describe_posts (n_posts);
  notes = describe_notes (n_notes);
  lines = g_strdup_printf (ngettext ("%u timeline", "%u timelines", timelines->len), timelines->len);
  summary->key = g_strdup ("notebook");
  summary->title = g_strdup (title);
  /* Translators: “1,204 posts · 38 notes · 2 timelines” */
  summary->counts = g_strdup_printf (_("%s · %s · %s"), posts, notes, lines);

  return TRUE;
}

gboolean
annals_export_topic_sum_up (const AnnalsExportTopic  *self,
                            AnnalsDb                 *db,
                            const char               *notebook_title,
                            AnnalsExportSummary      *summary,
                            GCancellable             *cancellable,
                            GError                  **error)
{
  g_return_val_if_fail (self != NULL && db != NULL && summary != NULL, FALSE);

  switch (self->subject)
    {
    case ANNALS_EXPORT_TIMELINE:
      return sum_up_timeline (self, db, summary, error);

    case ANNALS_EXPORT_NOTES:
      return sum_up_notes (self, db, summary, cancellable, error);

    case ANNALS_EXPORT_POSTS:
      return sum_up_posts (self, db, summary, error);

    case ANNALS_EXPORT_NOTEBOOK:
    case ANNALS_N_EXPORT_SUBJECTS:
      break;
    }

  return sum_up_notebook (db, notebook_title, summary, cancellable, error);
}

void
annals_export_summary_clear (AnnalsExportSummary *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->counts, g_free);
}
