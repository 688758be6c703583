/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-json.h"

#include "annals-export-run.h"
#include "annals-json.h"

#define FORMAT_NAME "annals-timeline"
#define FORMAT_VERSION 1

static void
add_timeline (JsonBuilder          *builder,
              const AnnalsTimeline *timeline)
{
  json_builder_set_member_name (builder, "timeline");
  json_builder_begin_object (builder);
  annals_json_string (builder, "uid", timeline->uid);
  annals_json_string (builder, "title", timeline->title);
  annals_json_string (builder, "description", timeline->description);
  annals_json_string (builder, "colour", timeline->colour);
  annals_json_string (builder, "rule", timeline->rule);

  json_builder_set_member_name (builder, "lanes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < timeline->lanes->len; i++)
    {
      const AnnalsLane *lane = g_ptr_array_index (timeline->lanes, i);

      json_builder_begin_object (builder);
      annals_json_string (builder, "uid", lane->uid);
      annals_json_string (builder, "name", lane->name);
      annals_json_string (builder, "colour", lane->colour);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_event (JsonBuilder       *builder,
           AnnalsReport      *report,
           const AnnalsEvent *event)
{
  const AnnalsLane *lane = annals_report_get_lane (report, event->lane_id);

  json_builder_begin_object (builder);
  annals_json_string (builder, "uid", event->uid);
  annals_json_string (builder, "title", event->title);
  annals_json_string (builder, "account", event->account);
  annals_json_nullable (builder, "lane", lane != NULL ? lane->uid : NULL);
  annals_json_date (builder, "date", event->date);
  annals_json_names (builder, "tags", event->tags);
  annals_json_add_sources (builder, event);

  json_builder_set_member_name (builder, "evidence");
  json_builder_begin_array (builder);
  for (guint i = 0; i < event->evidence->len; i++)
    annals_json_add_evidence (builder, g_ptr_array_index (event->evidence, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_post (JsonBuilder           *builder,
          const AnnalsCitedPost *cited)
{
  const AnnalsPost *post = cited->post;

  json_builder_begin_object (builder);
  annals_json_string (builder, "uid", post->uid);
  annals_json_string (builder, "title", post->title);
  annals_json_string (builder, "url", post->url);
  annals_json_string (builder, "author", post->author);
  annals_json_string (builder, "source", post->source);
  annals_json_date (builder, "published", post->published);
  annals_json_string (builder, "language", post->language);
  annals_json_names (builder, "tags", post->tags);
  annals_json_nullable (builder, "import", cited->import != NULL ? cited->import->uid : NULL);
  annals_json_int (builder, "place", post->place);
  annals_json_string (builder, "sha256", post->sha256);
  annals_json_nullable (builder, "text_import",
                        cited->text_import != NULL ? cited->text_import->uid : NULL);
  json_builder_end_object (builder);
}

static void
add_import (JsonBuilder        *builder,
            const AnnalsImport *import)
{
  json_builder_begin_object (builder);
  annals_json_string (builder, "uid", import->uid);
  annals_json_string (builder, "format", import->format);
  annals_json_time (builder, "time", import->started);

  json_builder_set_member_name (builder, "file");
  json_builder_begin_object (builder);
  annals_json_string (builder, "name", import->file_name);
  annals_json_int (builder, "size", import->file_size);
  annals_json_string (builder, "sha256", import->file_sha256);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_head (JsonBuilder  *builder,
          AnnalsReport *report)
{
  annals_json_string (builder, "format", FORMAT_NAME);
  annals_json_int (builder, "version", FORMAT_VERSION);
  annals_json_string (builder, "generator", "Annals " ANNALS_VERSION);
  annals_json_bound (builder, "exported", TRUE, report->exported);

  json_builder_set_member_name (builder, "notebook");
  json_builder_begin_object (builder);
  annals_json_string (builder, "uid", report->notebook_uid);
  annals_json_string (builder, "title", report->notebook_title);
  json_builder_end_object (builder);
}

static JsonNode *
build_document (AnnalsReport *report)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_head (builder, report);
  add_timeline (builder, report->timeline);

  json_builder_set_member_name (builder, "events");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->events->len; i++)
    add_event (builder, report, g_ptr_array_index (report->events, i));
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "posts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->posts->len; i++)
    add_post (builder, g_ptr_array_index (report->posts, i));
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "imports");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->imports->len; i++)
    add_import (builder, g_ptr_array_index (report->imports, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

char *
annals_export_json_to_data (AnnalsReport *report,
                            gsize        *length)
{
  g_autoptr(JsonGenerator) generator = NULL;
  g_autoptr(JsonNode) root = NULL;
  GString *data;

  g_return_val_if_fail (report != NULL, NULL);
  g_return_val_if_fail (length != NULL, NULL);

  root = build_document (report);
  generator = json_generator_new ();
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 2);
  json_generator_set_root (generator, root);

  data = g_string_new (NULL);
  json_generator_to_gstring (generator, data);
  g_string_append_c (data, '\n');
  *length = data->len;

  return g_string_free (data, FALSE);
}

gboolean
annals_export_json_write (AnnalsExportRun  *run,
                          GError          **error)
{
  gsize length;
  g_autofree char *data = annals_export_json_to_data (run->report, &length);

  annals_export_file_write (run->file, data, length);
  return TRUE;
}
