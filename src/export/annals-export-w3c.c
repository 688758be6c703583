/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-export-run.h"
#include "annals-foreign-records.h"
#include "annals-json-writer.h"
#include "annals-json.h"
#include "annals-palette.h"
#include "annals-posts.h"

/* Annotations after the Web Annotation Data Model (W3C, 2017): a collection with its one page inside. A post is named
 * by its address, else by its uid; the very text that offsets count in by its hash (RFC 6920). */

#define CONTEXT "http://www.w3.org/ns/anno.jsonld"

typedef struct
{
  GString    *out;
  AnnalsPost *post;        /* (nullable): that the last one stands in */
  GPtrArray  *revisions;   /* (nullable) (element type AnnalsRevision): of it */
  guint       n_written;
  guint       n_memos;
  guint       n_unplaced;
} W3cJob;

/* --- pieces --- */

static char *
dup_urn (const char *uid)
{
  return g_strconcat ("urn:uuid:", uid, NULL);
}

static void
add_urn (JsonBuilder *builder,
         const char  *name,
         const char  *uid)
{
  g_autofree char *urn = dup_urn (uid);

  annals_json_string (builder, name, urn);
}

static void
begin_object (JsonBuilder *builder,
              const char  *name)
{
  if (name != NULL)
    json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

/* "ni:///sha-256;…"; NULL for what is no hash. */
static char *
dup_hash_name (const char *sha256)
{
  guchar bytes[32];
  g_autofree char *base64 = NULL;

  if (strlen (sha256) != 64)
    return NULL;

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guchar) (g_ascii_xdigit_value (sha256[i * 2]) * 16 + g_ascii_xdigit_value (sha256[i * 2 + 1]));
  base64 = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (base64, "+", '-');
  g_strdelimit (base64, "/", '_');
  base64[strcspn (base64, "=")] = '\0';

  return g_strconcat ("ni:///sha-256;", base64, NULL);
}

static void
add_text_body (JsonBuilder *builder,
               const char  *purpose,
               const char  *format,
               const char  *value)
{
  begin_object (builder, NULL);
  annals_json_string (builder, "type", "TextualBody");
  annals_json_string (builder, "purpose", purpose);
  annals_json_string (builder, "format", format);
  annals_json_string (builder, "value", value);
  json_builder_end_object (builder);
}

static void
add_bodies (JsonBuilder            *builder,
            const AnnalsAnnotation *annotation)
{
  if (*annotation->note == '\0' && annotation->tags[0] == NULL)
    return;

  annals_json_begin_array (builder, "body");
  if (*annotation->note != '\0')
    add_text_body (builder, "commenting", "text/markdown", annotation->note);
  for (guint i = 0; annotation->tags[i] != NULL; i++)
    add_text_body (builder, "tagging", "text/plain", annotation->tags[i]);
  json_builder_end_array (builder);
}

/* --- the target --- */

static gboolean
is_web_address (const char *url)
{
  return (g_str_has_prefix (url, "http://") || g_str_has_prefix (url, "https://")) &&
         strpbrk (url, " \n<>\"{}|\\^`") == NULL;
}

static void
add_source (JsonBuilder      *builder,
            const AnnalsPost *post)
{
  begin_object (builder, "source");
  if (is_web_address (post->url))
    annals_json_string (builder, "id", post->url);
  else
    add_urn (builder, "id", post->uid);
  annals_json_string (builder, "type", "Text");
  if (*post->language != '\0')
    annals_json_string (builder, "language", post->language);
  add_urn (builder, "canonical", post->uid);
  annals_json_string (builder, "dcterms:title", post->title);
  json_builder_end_object (builder);
}

static void
add_selectors (JsonBuilder          *builder,
               const AnnalsSelector *selector)
{
  annals_json_begin_array (builder, "selector");
  begin_object (builder, NULL);
  annals_json_string (builder, "type", "TextQuoteSelector");
  annals_json_string (builder, "exact", selector->exact);
  annals_json_string (builder, "prefix", selector->prefix);
  annals_json_string (builder, "suffix", selector->suffix);
  json_builder_end_object (builder);
  begin_object (builder, NULL);
  annals_json_string (builder, "type", "TextPositionSelector");
  annals_json_int (builder, "start", selector->start);
  annals_json_int (builder, "end", selector->end);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
}

/* Which of the post's texts it stands in: when that came into the notebook, and its hash. */
static void
add_state (JsonBuilder          *builder,
           const AnnalsRevision *revision)
{
  g_autofree char *name = dup_hash_name (revision->sha256);

  begin_object (builder, "state");
  annals_json_string (builder, "type", "TimeState");
  annals_json_time (builder, "sourceDate", revision->created);
  if (name != NULL)
    annals_json_string (builder, "cached", name);
  json_builder_end_object (builder);
}

static const AnnalsRevision *
find_revision (W3cJob *job,
               gint64  id)
{
  for (guint i = 0; i < job->revisions->len; i++)
    {
      const AnnalsRevision *revision = job->revisions->pdata[i];

      if (revision->id == id)
        return revision;
    }

  return NULL;
}

static void
add_target (W3cJob                 *job,
            JsonBuilder            *builder,
            const AnnalsAnnotation *annotation)
{
  const AnnalsRevision *revision = find_revision (job, annotation->revision_id);

  begin_object (builder, "target");
  annals_json_string (builder, "type", "SpecificResource");
  add_source (builder, job->post);
  annals_json_string (builder, "styleClass", annotation->colour);
  if (!annals_annotation_is_post_note (annotation))
    add_selectors (builder, &annotation->selector);
  if (revision != NULL)
    add_state (builder, revision);
  json_builder_end_object (builder);
}

/* --- an annotation --- */

static void
add_style (JsonBuilder *builder,
           const char  *colour)
{
  const AnnalsColour *known = annals_palette_lookup (colour);
  g_autofree char *css = NULL;

  if (known == NULL)
    return;

  css = g_strdup_printf (".%s { background-color: #%06X; color: #000000; }", known->name, known->light);
  begin_object (builder, "stylesheet");
  annals_json_string (builder, "type", "CssStylesheet");
  annals_json_string (builder, "value", css);
  json_builder_end_object (builder);
}

static void
add_creator (JsonBuilder *builder,
             const char  *name)
{
  g_autofree char *uid = NULL;

  if (*name == '\0')
    return;

  uid = annals_foreign_dup_uid ("user", name);
  begin_object (builder, "creator");
  add_urn (builder, "id", uid);
  annals_json_string (builder, "type", "Person");
  annals_json_string (builder, "name", name);
  json_builder_end_object (builder);
}

static char *
dup_annotation (W3cJob                 *job,
                const AnnalsAnnotation *annotation)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonNode) root = NULL;

  begin_object (builder, NULL);
  add_urn (builder, "id", annotation->uid);
  annals_json_string (builder, "type", "Annotation");
  annals_json_string (builder, "motivation", *annotation->note != '\0' ? "commenting"
                                             : annotation->tags[0] != NULL ? "tagging" : "highlighting");
  add_creator (builder, annotation->author);
  annals_json_time (builder, "created", annotation->created);
  annals_json_time (builder, "modified", annotation->modified);
  add_style (builder, annotation->colour);
  add_bodies (builder, annotation);
  add_target (job, builder, annotation);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static gboolean
load_post (W3cJob    *job,
           AnnalsDb  *db,
           gint64     post_id,
           GError   **error)
{
  if (job->post != NULL && job->post->id == post_id)
    return TRUE;

  g_clear_pointer (&job->post, annals_post_free);
  g_clear_pointer (&job->revisions, g_ptr_array_unref);

  return (job->post = annals_db_load_post (db, post_id, error)) != NULL &&
         (job->revisions = annals_db_list_revisions (db, post_id, error)) != NULL;
}

static gboolean
note_cb (AnnalsExportRun      *run,
         AnnalsDb             *db,
         const AnnalsNoteKey  *key,
         const AnnalsNote     *note,
         gpointer              user_data,
         GError              **error)
{
  W3cJob *job = user_data;
  g_autofree char *json = NULL;

  if (key->id < 0)
    {
      job->n_memos++;
      return TRUE;
    }

  if (!load_post (job, db, note->annotation->post_id, error))
    return FALSE;

  if (g_str_equal (note->annotation->state, "review"))
    job->n_unplaced++;
  json = dup_annotation (job, note->annotation);
  g_string_append_printf (job->out, "%s\n      %s", job->n_written++ > 0 ? "," : "", json);

  return TRUE;
}

/* --- the file --- */

static void
append_head (W3cJob          *job,
             AnnalsExportRun *run)
{
  g_autofree char *title = annals_json_dup_string (annals_notebook_get_title (run->notebook));
  g_autofree char *time = annals_json_dup_time (run->exported * G_USEC_PER_SEC);
  g_autofree char *page = annals_foreign_dup_uid ("page", annals_notebook_get_uid (run->notebook));
  g_autofree char *software = annals_foreign_dup_uid ("software", "Annals");
  const char *uid = annals_notebook_get_uid (run->notebook);

  g_string_append_printf (job->out,
                          "{\n  \"@context\": \"" CONTEXT "\",\n  \"id\": \"urn:uuid:%s\",\n"
                          "  \"type\": \"AnnotationCollection\",\n  \"label\": %s,\n"
                          "  \"generator\": {\"id\": \"urn:uuid:%s\", \"type\": \"Software\", \"name\": \"Annals "
                          ANNALS_VERSION "\"},\n  \"generated\": \"%s\",\n  \"first\": {\n    \"id\": \"urn:uuid:%s\",\n"
                          "    \"type\": \"AnnotationPage\",\n    \"partOf\": \"urn:uuid:%s\",\n"
                          "    \"startIndex\": 0,\n    \"items\": [",
                          uid, title, software, time, page, uid);
}

static void
remark (W3cJob          *job,
        AnnalsExportRun *run)
{
  if (job->n_memos > 0)
    annals_export_run_remark (run, ngettext ("%u memo was left out: it is no annotation of a post",
                                             "%u memos were left out: they are no annotations of a post",
                                             job->n_memos), job->n_memos);
  if (job->n_unplaced > 0)
    annals_export_run_remark (run, ngettext ("%u passage stands in an earlier text of its post and says so",
                                             "%u passages stand in earlier texts of their posts and say so",
                                             job->n_unplaced), job->n_unplaced);
}

gboolean
annals_export_w3c_write (AnnalsExportRun  *run,
                         GError          **error)
{
  g_autoptr(GArray) keys = annals_export_run_list_notes (run, error);
  W3cJob job = { NULL };
  gboolean ok;

  if (keys == NULL)
    return FALSE;

  job.out = g_string_new (NULL);
  append_head (&job, run);
  annals_export_file_write (run->file, job.out->str, job.out->len);
  g_string_truncate (job.out, 0);
  ok = annals_export_run_each_note (run, keys, note_cb, &job, job.out, 0, 1, error);
  if (ok)
    {
      g_string_assign (job.out, job.n_written > 0 ? "\n    ]\n  },\n" : "]\n  },\n");
      g_string_append_printf (job.out, "  \"total\": %u\n}\n", job.n_written);
      annals_export_file_write (run->file, job.out->str, job.out->len);
      remark (&job, run);
    }
  g_clear_pointer (&job.post, annals_post_free);
  g_clear_pointer (&job.revisions, g_ptr_array_unref);
  g_string_free (job.out, TRUE);

  return ok;
}
