/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-json.h"

#include "annals-export-run.h"
#include "annals-json-records.h"

#define FORMAT_NAME "annals-timeline"
#define FORMAT_VERSION 1

static void
write_timeline (AnnalsJsonWriter     *writer,
                const AnnalsTimeline *timeline)
{
  annals_json_writer_begin_object (writer, "timeline");
  annals_json_writer_string (writer, "uid", timeline->uid);
  annals_json_writer_string (writer, "title", timeline->title);
  annals_json_writer_string (writer, "description", timeline->description);
  annals_json_writer_string (writer, "colour", timeline->colour);
  annals_json_writer_string (writer, "rule", timeline->rule);

  annals_json_writer_begin_array (writer, "lanes");
  for (guint i = 0; i < timeline->lanes->len; i++)
    {
      const AnnalsLane *lane = g_ptr_array_index (timeline->lanes, i);

      annals_json_writer_begin_object (writer, NULL);
      annals_json_writer_string (writer, "uid", lane->uid);
      annals_json_writer_string (writer, "name", lane->name);
      annals_json_writer_string (writer, "colour", lane->colour);
      annals_json_writer_end_object (writer);
    }
  annals_json_writer_end_array (writer);
  annals_json_writer_end_object (writer);
}

static void
write_event (AnnalsJsonWriter  *writer,
             AnnalsReport      *report,
             const AnnalsEvent *event)
{
  const AnnalsLane *lane = annals_report_get_lane (report, event->lane_id);

  annals_json_writer_begin_object (writer, NULL);
  annals_json_writer_string (writer, "uid", event->uid);
  annals_json_writer_string (writer, "title", event->title);
  annals_json_writer_string (writer, "account", event->account);
  annals_json_writer_nullable (writer, "lane", lane != NULL ? lane->uid : NULL);
  annals_json_writer_date (writer, "date", event->date);
  annals_json_writer_names (writer, "tags", (const char * const *) event->tags);
  annals_json_writer_begin_object (writer, "sources");
  annals_json_writer_int (writer, "supporting", event->n_supporting);
  annals_json_writer_int (writer, "contradicting", event->n_contradicting);
  annals_json_writer_end_object (writer);

  annals_json_writer_begin_array (writer, "evidence");
  for (guint i = 0; i < event->evidence->len; i++)
    annals_json_write_evidence (writer, g_ptr_array_index (event->evidence, i));
  annals_json_writer_end_array (writer);
  annals_json_writer_end_object (writer);
}

static void
write_post (AnnalsJsonWriter      *writer,
            const AnnalsCitedPost *cited)
{
  const AnnalsPost *post = cited->post;

  annals_json_writer_begin_object (writer, NULL);
  annals_json_writer_string (writer, "uid", post->uid);
  annals_json_writer_string (writer, "title", post->title);
  annals_json_writer_string (writer, "url", post->url);
  annals_json_writer_string (writer, "author", post->author);
  annals_json_writer_string (writer, "source", post->source);
  annals_json_writer_date (writer, "published", post->published);
  annals_json_writer_string (writer, "language", post->language);
  annals_json_writer_names (writer, "tags", (const char * const *) post->tags);
  annals_json_writer_nullable (writer, "import", cited->import != NULL ? cited->import->uid : NULL);
  annals_json_writer_int (writer, "place", post->place);
  annals_json_writer_string (writer, "sha256", post->sha256);
  annals_json_writer_nullable (writer, "text_import", cited->text_import != NULL ? cited->text_import->uid : NULL);
  annals_json_writer_end_object (writer);
}

/* FALSE when it was cancelled. */
static gboolean
write_document (AnnalsJsonWriter  *writer,
                AnnalsReport      *report,
                GCancellable      *cancellable,
                GError           **error)
{
  annals_json_writer_begin_object (writer, NULL);
  annals_json_write_head (writer, FORMAT_NAME, FORMAT_VERSION, report->exported, report->notebook_uid,
                          report->notebook_title);
  write_timeline (writer, report->timeline);

  annals_json_writer_begin_array (writer, "events");
  for (guint i = 0; i < report->events->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      write_event (writer, report, g_ptr_array_index (report->events, i));
    }
  annals_json_writer_end_array (writer);

  annals_json_writer_begin_array (writer, "posts");
  for (guint i = 0; i < report->posts->len; i++)
    write_post (writer, g_ptr_array_index (report->posts, i));
  annals_json_writer_end_array (writer);

  annals_json_writer_begin_array (writer, "imports");
  for (guint i = 0; i < report->imports->len; i++)
    annals_json_write_import (writer, g_ptr_array_index (report->imports, i));
  annals_json_writer_end_array (writer);
  annals_json_writer_end_object (writer);
  annals_json_writer_finish (writer);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

char *
annals_export_json_to_data (AnnalsReport *report,
                            gsize        *length)
{
  g_autoptr(AnnalsJsonWriter) writer = NULL;

  g_return_val_if_fail (report != NULL, NULL);
  g_return_val_if_fail (length != NULL, NULL);

  writer = annals_json_writer_new (NULL);
  write_document (writer, report, NULL, NULL);

  return annals_json_writer_steal (writer, length);
}

gboolean
annals_export_json_write (AnnalsExportRun  *run,
                          GError          **error)
{
  g_autoptr(AnnalsJsonWriter) writer = annals_json_writer_new (run->file);

  return write_document (writer, run->report, run->cancellable, error);
}
