/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-json.h"

#include <json-glib/json-glib.h>

#define FORMAT_NAME "annals-timeline"
#define FORMAT_VERSION 1

static gint64
seconds_from_micros (gint64 micros)
{
  gint64 seconds = micros / G_USEC_PER_SEC;

  return micros % G_USEC_PER_SEC < 0 ? seconds - 1 : seconds;
}

static void
begin_member (JsonBuilder *builder,
              const char  *name)
{
  json_builder_set_member_name (builder, name);
}

/* A notebook from a stranger may hold bytes that are no UTF-8; JSON may not. */
static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  g_autofree char *valid = NULL;

  if (value != NULL && !g_utf8_validate (value, -1, NULL))
    value = valid = g_utf8_make_valid (value, -1);

  begin_member (builder, name);
  json_builder_add_string_value (builder, value != NULL ? value : "");
}

static void
add_string_or_null (JsonBuilder *builder,
                    const char  *name,
                    const char  *value)
{
  if (value != NULL)
    {
      add_string (builder, name, value);
      return;
    }

  begin_member (builder, name);
  json_builder_add_null_value (builder);
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  begin_member (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_time (JsonBuilder *builder,
          const char  *name,
          gint64       seconds)
{
  g_autofree char *time = annals_date_format_rfc3339 (seconds);

  add_string (builder, name, time);
}

static void
add_bound (JsonBuilder *builder,
           const char  *name,
           gboolean     known,
           gint64       seconds)
{
  g_autofree char *time = known ? annals_date_format_rfc3339 (seconds) : NULL;

  add_string_or_null (builder, name, time);
}

static void
add_date (JsonBuilder *builder,
          const char  *name,
          AnnalsDate  *date)
{
  g_autofree char *display = annals_date_dup_display (date);
  gint64 from = 0;
  gint64 to = 0;
  gboolean has_from = annals_date_get_from (date, &from);
  gboolean has_to = annals_date_get_to (date, &to);

  begin_member (builder, name);
  json_builder_begin_object (builder);
  add_string (builder, "edtf", annals_date_get_edtf (date));
  add_bound (builder, "from", has_from, from);
  add_bound (builder, "to", has_to, to);
  add_string (builder, "display", display);
  json_builder_end_object (builder);
}

static void
add_names (JsonBuilder  *builder,
           const char   *name,
           char        **names)
{
  begin_member (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (names[i], -1);

      json_builder_add_string_value (builder, valid);
    }
  json_builder_end_array (builder);
}

static void
add_timeline (JsonBuilder          *builder,
              const AnnalsTimeline *timeline)
{
  begin_member (builder, "timeline");
  json_builder_begin_object (builder);
  add_string (builder, "uid", timeline->uid);
  add_string (builder, "title", timeline->title);
  add_string (builder, "description", timeline->description);
  add_string (builder, "colour", timeline->colour);
  add_string (builder, "rule", timeline->rule);

  begin_member (builder, "lanes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < timeline->lanes->len; i++)
    {
      const AnnalsLane *lane = g_ptr_array_index (timeline->lanes, i);

      json_builder_begin_object (builder);
      add_string (builder, "uid", lane->uid);
      add_string (builder, "name", lane->name);
      add_string (builder, "colour", lane->colour);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_quote (JsonBuilder          *builder,
           const AnnalsEvidence *evidence)
{
  begin_member (builder, "quote");
  if (evidence->exact == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  add_string (builder, "exact", evidence->exact);
  add_string (builder, "prefix", evidence->prefix);
  add_string (builder, "suffix", evidence->suffix);
  add_int (builder, "start", evidence->start);
  add_int (builder, "end", evidence->end);
  json_builder_end_object (builder);
}

static void
add_evidence (JsonBuilder          *builder,
              const AnnalsEvidence *evidence)
{
  json_builder_begin_object (builder);
  add_string (builder, "stance", annals_stance_to_string (evidence->stance));
  add_string (builder, "post", evidence->post_uid);
  add_string_or_null (builder, "annotation", evidence->annotation_uid);
  add_quote (builder, evidence);
  add_string (builder, "note", evidence->note);
  json_builder_end_object (builder);
}

static void
add_event (JsonBuilder       *builder,
           AnnalsReport      *report,
           const AnnalsEvent *event)
{
  const AnnalsLane *lane = annals_report_get_lane (report, event->lane_id);

  json_builder_begin_object (builder);
  add_string (builder, "uid", event->uid);
  add_string (builder, "title", event->title);
  add_string (builder, "account", event->account);
  add_string_or_null (builder, "lane", lane != NULL ? lane->uid : NULL);
  add_date (builder, "date", event->date);
  add_names (builder, "tags", NULL);   /* events carry none in this version of the notebook */

  begin_member (builder, "evidence");
  json_builder_begin_array (builder);
  for (guint i = 0; i < event->evidence->len; i++)
    add_evidence (builder, g_ptr_array_index (event->evidence, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_post (JsonBuilder           *builder,
          const AnnalsCitedPost *cited)
{
  const AnnalsPost *post = cited->post;

  json_builder_begin_object (builder);
  add_string (builder, "uid", post->uid);
  add_string (builder, "title", post->title);
  add_string (builder, "url", post->url);
  add_string (builder, "author", post->author);
  add_string (builder, "source", post->source);
  add_date (builder, "published", post->published);
  add_string (builder, "language", post->language);
  add_names (builder, "tags", post->tags);
  add_string_or_null (builder, "import", cited->import != NULL ? cited->import->uid : NULL);
  add_int (builder, "place", post->place);
  add_string (builder, "sha256", post->sha256);
  add_string_or_null (builder, "text_import",
                      cited->text_import != NULL ? cited->text_import->uid : NULL);
  json_builder_end_object (builder);
}

static void
add_import (JsonBuilder        *builder,
            const AnnalsImport *import)
{
  json_builder_begin_object (builder);
  add_string (builder, "uid", import->uid);
  add_string (builder, "format", import->format);
  add_time (builder, "time", seconds_from_micros (import->started));

  begin_member (builder, "file");
  json_builder_begin_object (builder);
  add_string (builder, "name", import->file_name);
  add_int (builder, "size", import->file_size);
  add_string (builder, "sha256", import->file_sha256);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_head (JsonBuilder  *builder,
          AnnalsReport *report)
{
  add_string (builder, "format", FORMAT_NAME);
  add_int (builder, "version", FORMAT_VERSION);
  add_string (builder, "generator", "Annals " ANNALS_VERSION);
  add_time (builder, "exported", report->exported);

  begin_member (builder, "notebook");
  json_builder_begin_object (builder);
  add_string (builder, "uid", report->notebook_uid);
  add_string (builder, "title", report->notebook_title);
  json_builder_end_object (builder);
}

static JsonNode *
build_document (AnnalsReport *report)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_head (builder, report);
  add_timeline (builder, report->timeline);

  begin_member (builder, "events");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->events->len; i++)
    add_event (builder, report, g_ptr_array_index (report->events, i));
  json_builder_end_array (builder);

  begin_member (builder, "posts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->posts->len; i++)
    add_post (builder, g_ptr_array_index (report->posts, i));
  json_builder_end_array (builder);

  begin_member (builder, "imports");
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
