/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-cli-json.h"

#include <string.h>

void
annals_cli_json_tag_members (JsonBuilder     *builder,
                             const AnnalsTag *tag)
{
  annals_json_string (builder, "uid", tag->uid);
  annals_json_string (builder, "name", tag->name);
  annals_json_nullable (builder, "parent", tag->parent_id != 0 ? tag->parent : NULL);
  annals_json_string (builder, "colour", tag->colour);
  annals_json_int (builder, "posts", tag->n_posts);
  annals_json_int (builder, "annotations", tag->n_annotations);
  annals_json_string (builder, "description", tag->description);
  annals_json_names (builder, "synonyms", tag->synonyms);
  annals_json_string (builder, "rule", tag->rule);
}

void
annals_cli_json_timeline_members (JsonBuilder          *builder,
                                  const AnnalsTimeline *timeline)
{
  annals_json_string (builder, "uid", timeline->uid);
  annals_json_string (builder, "title", timeline->title);
  annals_json_string (builder, "description", timeline->description);
  annals_json_string (builder, "colour", timeline->colour);
  annals_json_string (builder, "rule", timeline->rule);
  annals_json_int (builder, "events", timeline->n_events);
  annals_json_bound (builder, "from", timeline->has_from, timeline->from);
  annals_json_bound (builder, "to", timeline->has_to, timeline->to);
}

void
annals_cli_json_event_members (JsonBuilder          *builder,
                               const AnnalsEvent    *event,
                               const AnnalsTimeline *timeline)
{
  const char *lane_uid = NULL;

  for (guint i = 0; i < timeline->lanes->len; i++)
    {
      const AnnalsLane *lane = g_ptr_array_index (timeline->lanes, i);

      if (lane->id == event->lane_id)
        lane_uid = lane->uid;
    }

  annals_json_string (builder, "uid", event->uid);
  annals_json_string (builder, "title", event->title);
  annals_json_string (builder, "account", event->account);
  annals_json_string (builder, "timeline", timeline->uid);
  annals_json_nullable (builder, "lane", lane_uid);
  annals_json_date (builder, "date", event->date);
  annals_json_names (builder, "tags", event->tags);
  annals_json_add_sources (builder, event);
  annals_json_begin_array (builder, "evidence");

  for (guint i = 0; i < event->evidence->len; i++)
    annals_json_add_evidence (builder, g_ptr_array_index (event->evidence, i));

  json_builder_end_array (builder);
}

void
annals_cli_json_import_members (JsonBuilder        *builder,
                                const AnnalsImport *import)
{
  annals_json_string (builder, "uid", import->uid);
  json_builder_set_member_name (builder, "file");
  json_builder_begin_object (builder);
  annals_json_string (builder, "name", import->file_name);
  annals_json_int (builder, "size", import->file_size);
  annals_json_string (builder, "sha256", import->file_sha256);
  json_builder_end_object (builder);
  annals_json_string (builder, "format", import->format);
  annals_json_string (builder, "archive", import->archive);
  annals_json_string (builder, "state", import->state);
  annals_json_time (builder, "time", import->started);
  annals_json_int (builder, "read", import->n_read);
  annals_json_int (builder, "new", import->n_new);
  annals_json_int (builder, "updated", import->n_updated);
  annals_json_int (builder, "unchanged", import->n_unchanged);
  annals_json_int (builder, "skipped", import->n_skipped);
  annals_json_int (builder, "issues", import->n_issues);
  annals_json_seconds (builder, "seconds", import->seconds);
}

void
annals_cli_json_issue_members (JsonBuilder       *builder,
                               const AnnalsIssue *issue)
{
  annals_json_nullable (builder, "import", issue->import_uid);
  annals_json_string (builder, "severity", annals_severity_to_string (issue->severity));
  annals_json_string (builder, "code", annals_issue_code_to_string (issue->code));
  if (issue->record > 0)
    annals_json_int (builder, "record", issue->record);
  json_builder_set_member_name (builder, "can_import");
  json_builder_add_boolean_value (builder, issue->can_force);
  annals_json_string (builder, "place", issue->place);
  annals_json_string (builder, "reason", issue->reason);
  annals_json_string (builder, "excerpt", issue->excerpt);
}

static void
add_spans (JsonBuilder *builder,
           AnnalsText  *text)
{
  guint n_spans = 0;
  const AnnalsSpan *spans = annals_text_get_spans (text, &n_spans);

  annals_json_begin_array (builder, "spans");

  for (guint i = 0; i < n_spans; i++)
    {
      json_builder_begin_object (builder);
      annals_json_int (builder, "start", spans[i].start);
      annals_json_int (builder, "end", spans[i].end);
      annals_json_string (builder, "kind", annals_span_kind_to_string (spans[i].kind));
      annals_json_nullable (builder, "value", spans[i].value);
      json_builder_end_object (builder);
    }

  json_builder_end_array (builder);
}

static gboolean
add_revisions (JsonBuilder  *builder,
               AnnalsDb     *db,
               gint64        post_id,
               GError      **error)
{
  g_autoptr(GPtrArray) revisions = NULL;

  if (!(revisions = annals_db_list_revisions (db, post_id, error)))
    return FALSE;

  annals_json_begin_array (builder, "revisions");

  for (guint i = 0; i < revisions->len; i++)
    {
      const AnnalsRevision *revision = g_ptr_array_index (revisions, i);

      json_builder_begin_object (builder);
      annals_json_string (builder, "sha256", revision->sha256);
      annals_json_time (builder, "time", revision->created);
      json_builder_end_object (builder);
    }

  json_builder_end_array (builder);

  return TRUE;
}

static gboolean
add_annotations (JsonBuilder  *builder,
                 AnnalsDb     *db,
                 gint64        post_id,
                 GError      **error)
{
  g_autoptr(GPtrArray) annotations = NULL;

  if (!(annotations = annals_db_list_annotations (db, post_id, error)))
    return FALSE;

  annals_json_begin_array (builder, "annotations");

  for (guint i = 0; i < annotations->len; i++)
    {
      json_builder_begin_object (builder);
      annals_json_annotation_members (builder, g_ptr_array_index (annotations, i));
      json_builder_end_object (builder);
    }

  json_builder_end_array (builder);

  return TRUE;
}

static gboolean
add_links (JsonBuilder  *builder,
           AnnalsDb     *db,
           gint64        post_id,
           GError      **error)
{
  g_autoptr(GPtrArray) links = NULL;

  if (!(links = annals_db_list_links (db, ANNALS_RECORD_POST, post_id, error)))
    return FALSE;

  annals_json_begin_array (builder, "links");
  for (guint i = 0; i < links->len; i++)
    annals_cli_json_end_link (builder, links->pdata[i]);
  json_builder_end_array (builder);

  return TRUE;
}

static gboolean
add_events (JsonBuilder  *builder,
            AnnalsDb     *db,
            gint64        post_id,
            GError      **error)
{
  g_autoptr(GArray) events = NULL;

  if (!(events = annals_db_list_events_of_post (db, post_id, NULL, error)))
    return FALSE;

  annals_json_begin_array (builder, "events");

  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *uid = NULL;

      if (!(uid = annals_db_dup_uid (db, ANNALS_RECORD_EVENT, g_array_index (events, gint64, i), error)))
        return FALSE;

      json_builder_add_string_value (builder, uid);
    }

  json_builder_end_array (builder);

  return TRUE;
}

/* Other posts with nearly the same text: their uids. */
static gboolean
add_same_text (JsonBuilder  *builder,
               AnnalsDb     *db,
               gint64        post_id,
               GError      **error)
{
  g_autoptr(GArray) ids = annals_db_list_same_text (db, post_id, error);

  if (ids == NULL)
    return FALSE;

  annals_json_begin_array (builder, "same_text");
  for (guint i = 0; i < ids->len; i++)
    {
      g_autofree char *uid = annals_db_dup_uid (db, ANNALS_RECORD_POST, g_array_index (ids, gint64, i), error);

      if (uid == NULL)
        return FALSE;

      json_builder_add_string_value (builder, uid);
    }
  json_builder_end_array (builder);

  return TRUE;
}

/* The file inside what was imported that the text was read from; null when the notebook does not say. */
static gboolean
add_file (JsonBuilder       *builder,
          AnnalsDb          *db,
          const AnnalsPost  *post,
          GError           **error)
{
  g_autoptr(GError) failure = NULL;
  g_autoptr(AnnalsImportFile) file = annals_db_load_revision_file (db, post->revision_id, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  if (file == NULL)
    {
      annals_json_nullable (builder, "file", NULL);
      return TRUE;
    }

  json_builder_set_member_name (builder, "file");
  json_builder_begin_object (builder);
  annals_json_string (builder, "name", file->path);
  annals_json_int (builder, "size", file->size);
  annals_json_string (builder, "sha256", file->sha256);
  annals_json_string (builder, "format", file->format);
  json_builder_end_object (builder);

  return TRUE;
}

gboolean
annals_cli_json_post_members (JsonBuilder       *builder,
                              AnnalsDb          *db,
                              const AnnalsPost  *post,
                              gboolean           with_text,
                              GError           **error)
{
  g_autoptr(AnnalsText) text = NULL;

  if (!(text = annals_db_load_text (db, post->id, 0, error)))
    return FALSE;

  annals_json_string (builder, "uid", post->uid);
  annals_json_string (builder, "title", post->title);
  annals_json_string (builder, "url", post->url);
  annals_json_string (builder, "author", post->author);
  annals_json_string (builder, "source", post->source);
  annals_json_date (builder, "published", post->published);
  annals_json_string (builder, "language", post->language);
  annals_json_bool (builder, "read", post->read);
  annals_json_bool (builder, "starred", post->starred);
  annals_json_names (builder, "tags", post->tags);
  annals_json_nullable (builder, "import", post->import_uid);
  annals_json_int (builder, "place", post->place);
  annals_json_string (builder, "kind", annals_post_kind_to_string (post->kind));

  if (!add_file (builder, db, post, error) ||
      !add_same_text (builder, db, post->id, error))
    return FALSE;

  if (with_text)
    annals_json_string (builder, "text", annals_text_get_string (text));

  add_spans (builder, text);

  if (!add_revisions (builder, db, post->id, error) ||
      !add_annotations (builder, db, post->id, error))
    return FALSE;


  return add_links (builder, db, post->id, error) && add_events (builder, db, post->id, error);
}
