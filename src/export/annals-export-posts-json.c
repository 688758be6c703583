/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-run.h"
#include "annals-json-records.h"
#include "annals-json.h"
#include "annals-links.h"

/* data/schemas/annals-posts-1.schema.json */
#define FORMAT_NAME "annals-posts"
#define FORMAT_VERSION 1

static void
write_spans (AnnalsJsonWriter *writer,
             AnnalsText       *text)
{
  guint n_spans;
  const AnnalsSpan *spans = annals_text_get_spans (text, &n_spans);

  annals_json_writer_begin_array (writer, "spans");
  for (guint i = 0; i < n_spans; i++)
    {
      annals_json_writer_begin_object (writer, NULL);
      annals_json_writer_int (writer, "start", spans[i].start);
      annals_json_writer_int (writer, "end", spans[i].end);
      annals_json_writer_string (writer, "kind", annals_span_kind_to_string (spans[i].kind));
      annals_json_writer_nullable (writer, "value", spans[i].value);
      annals_json_writer_end_object (writer);
    }
  annals_json_writer_end_array (writer);
}

static gboolean
write_revisions (AnnalsJsonWriter  *writer,
                 AnnalsDb          *db,
                 const AnnalsPost  *post,
                 GError           **error)
{
  g_autoptr(GPtrArray) revisions = annals_db_list_revisions (db, post->id, error);

  if (revisions == NULL)
    return FALSE;

  annals_json_writer_begin_array (writer, "revisions");
  for (guint i = 0; i < revisions->len; i++)
    {
      const AnnalsRevision *revision = revisions->pdata[i];

      annals_json_writer_begin_object (writer, NULL);
      annals_json_writer_string (writer, "sha256", revision->sha256);
      annals_json_writer_time (writer, "time", revision->created);
      annals_json_writer_end_object (writer);
    }
  annals_json_writer_end_array (writer);

  return TRUE;
}

static gboolean
write_annotations (AnnalsJsonWriter  *writer,
                   AnnalsDb          *db,
                   const AnnalsPost  *post,
                   GError           **error)
{
  g_autoptr(GPtrArray) annotations = NULL;

  annals_json_writer_begin_array (writer, "annotations");
  if (post->n_annotations > 0 && !(annotations = annals_db_list_annotations (db, post->id, error)))
    return FALSE;

  for (guint i = 0; annotations != NULL && i < annotations->len; i++)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
      g_autoptr(JsonNode) node = NULL;

      json_builder_begin_object (builder);
      annals_json_annotation_members (builder, annotations->pdata[i]);
      json_builder_end_object (builder);
      node = json_builder_get_root (builder);
      annals_json_writer_node (writer, NULL, node);
    }
  annals_json_writer_end_array (writer);

  return TRUE;
}

static gboolean
write_links (AnnalsJsonWriter  *writer,
             AnnalsDb          *db,
             const AnnalsPost  *post,
             GError           **error)
{
  g_autoptr(GPtrArray) links = annals_db_list_links (db, ANNALS_RECORD_POST, post->id, error);

  if (links == NULL)
    return FALSE;

  annals_json_writer_begin_array (writer, "links");
  for (guint i = 0; i < links->len; i++)
    {
      const AnnalsLink *link = links->pdata[i];

      annals_json_writer_begin_object (writer, NULL);
      annals_json_writer_string (writer, "uid", link->uid);
      annals_json_writer_string (writer, "relation", annals_relation_to_string (link->relation));
      annals_json_writer_string (writer, "to", annals_link_get_other (link)->uid);
      annals_json_writer_string (writer, "direction", link->outgoing ? "out" : "in");
      annals_json_writer_string (writer, "note", link->note);
      annals_json_writer_end_object (writer);
    }
  annals_json_writer_end_array (writer);

  return TRUE;
}

static gboolean
write_events (AnnalsJsonWriter  *writer,
              AnnalsDb          *db,
              const AnnalsPost  *post,
              GError           **error)
{
  g_autoptr(GArray) ids = NULL;

  annals_json_writer_begin_array (writer, "events");
  if (post->n_events > 0 && !(ids = annals_db_list_events_of_post (db, post->id, NULL, error)))
    return FALSE;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autofree char *uid = annals_db_dup_uid (db, ANNALS_RECORD_EVENT, g_array_index (ids, gint64, i), error);

      if (uid == NULL)
        return FALSE;
      annals_json_writer_string (writer, NULL, uid);
    }
  annals_json_writer_end_array (writer);

  return TRUE;
}

static gboolean
write_post (AnnalsExportRun         *run,
            AnnalsDb                *db,
            const AnnalsExportPost  *item,
            gpointer                 user_data,
            GError                 **error)
{
  AnnalsJsonWriter *writer = user_data;
  const AnnalsPost *post = item->post;

  annals_json_writer_begin_object (writer, NULL);
  annals_json_writer_string (writer, "uid", post->uid);
  annals_json_writer_string (writer, "title", post->title);
  annals_json_writer_string (writer, "url", post->url);
  annals_json_writer_string (writer, "author", post->author);
  annals_json_writer_string (writer, "source", post->source);
  annals_json_writer_date (writer, "published", post->published);
  annals_json_writer_string (writer, "language", post->language);
  annals_json_writer_bool (writer, "read", post->read);
  annals_json_writer_bool (writer, "starred", post->starred);
  annals_json_writer_names (writer, "tags", (const char * const *) post->tags);
  annals_json_writer_nullable (writer, "import", post->import_uid);
  annals_json_writer_nullable (writer, "text_import", item->import != NULL ? item->import->uid : NULL);
  annals_json_writer_int (writer, "place", post->place);
  annals_json_writer_string (writer, "kind", annals_post_kind_to_string (post->kind));
  annals_json_writer_string (writer, "sha256", post->sha256);
  annals_json_writer_text (writer, "text", item->text);
  write_spans (writer, item->text);
  if (!write_revisions (writer, db, post, error) || !write_annotations (writer, db, post, error) ||
      !write_links (writer, db, post, error) || !write_events (writer, db, post, error))
    return FALSE;

  annals_json_writer_end_object (writer);
  return TRUE;
}

gboolean
annals_export_posts_json_write (AnnalsExportRun  *run,
                                GError          **error)
{
  g_autoptr(AnnalsJsonWriter) writer = annals_json_writer_new (run->file);
  g_autoptr(GPtrArray) imports = NULL;

  annals_json_writer_begin_object (writer, NULL);
  annals_json_write_head (writer, FORMAT_NAME, FORMAT_VERSION, run->exported, annals_notebook_get_uid (run->notebook),
                          annals_notebook_get_title (run->notebook));
  annals_json_writer_string (writer, "query", run->request->query);

  annals_json_writer_begin_array (writer, "posts");
  if (!annals_export_run_each_post (run, ANNALS_EXPORT_POST_TEXT | ANNALS_EXPORT_POST_COUNTS, write_post, writer,
                                    NULL, &imports, error))
    return FALSE;
  annals_json_writer_end_array (writer);

  annals_json_writer_begin_array (writer, "imports");
  for (guint i = 0; i < imports->len; i++)
    annals_json_write_import (writer, imports->pdata[i]);
  annals_json_writer_end_array (writer);
  annals_json_writer_end_object (writer);
  annals_json_writer_finish (writer);

  return TRUE;
}
