/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-run.h"

#include "annals-export-notes-private.h"
#include "annals-json-writer.h"
#include "annals-json.h"

typedef struct
{
  guint       n_written;
  AnnalsPost *post;      /* (nullable): that the last one stands in */
  GString    *out;
} NotesJob;

/* The post that @annotation stands in; *follows: as does the one before it. */
static gboolean
load_post (NotesJob                *job,
           AnnalsDb                *db,
           const AnnalsAnnotation  *annotation,
           gboolean                *follows,
           GError                 **error)
{
  *follows = job->post != NULL && job->post->id == annotation->post_id;
  if (*follows)
    return TRUE;

  g_clear_pointer (&job->post, annals_post_free);
  job->post = annals_db_load_post (db, annotation->post_id, error);

  return job->post != NULL;
}

/* --- JSON --- */

static void
append_element (NotesJob    *job,
                JsonBuilder *builder)
{
  g_autoptr(JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);

  g_string_append_printf (job->out, "%s\n    %s", job->n_written++ > 0 ? "," : "", text);
}

static void
write_json_annotation (NotesJob         *job,
                       const AnnalsNote *note)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  annals_json_annotation_members (builder, note->annotation);
  annals_json_string (builder, "post_title", note->annotation->post_title);
  json_builder_end_object (builder);
  append_element (job, builder);
}

static gboolean
write_json_memo (NotesJob  *job,
                 AnnalsDb  *db,
                 gint64     id,
                 GError   **error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(AnnalsMemo) memo = annals_db_load_memo (db, id, error);

  if (memo == NULL)
    return FALSE;

  json_builder_begin_object (builder);
  annals_json_string (builder, "uid", memo->uid);
  annals_json_string (builder, "title", memo->title);
  annals_json_string (builder, "text", memo->text);
  annals_json_time (builder, "created", memo->created);
  annals_json_time (builder, "modified", memo->modified);
  annals_json_string (builder, "author", memo->author);
  json_builder_end_object (builder);
  append_element (job, builder);

  return TRUE;
}

/* --- Markdown --- */

static gboolean
write_markdown_annotation (NotesJob          *job,
                           AnnalsDb          *db,
                           const AnnalsNote  *note,
                           GError           **error)
{
  gboolean follows;

  if (!load_post (job, db, note->annotation, &follows, error))
    return FALSE;

  if (!follows)
    annals_notes_markdown_append_post (job->out, job->post);
  annals_notes_markdown_append_annotation (job->out, note->annotation);
  return TRUE;
}

static gboolean
write_markdown_memo (NotesJob  *job,
                     AnnalsDb  *db,
                     gint64     id,
                     GError   **error)
{
  g_autoptr(AnnalsMemo) memo = annals_db_load_memo (db, id, error);

  if (memo == NULL)
    return FALSE;

  annals_notes_markdown_append_memo (job->out, memo);
  g_clear_pointer (&job->post, annals_post_free);   /* the next passage needs its heading again */
  return TRUE;
}

/* --- CSV --- */

static gboolean
write_csv_annotation (NotesJob          *job,
                      AnnalsDb          *db,
                      const AnnalsNote  *note,
                      GError           **error)
{
  gboolean follows;

  if (!load_post (job, db, note->annotation, &follows, error))
    return FALSE;

  annals_notes_csv_append_annotation (job->out, note->annotation, job->post);
  return TRUE;
}

static gboolean
write_csv_memo (NotesJob  *job,
                AnnalsDb  *db,
                gint64     id,
                GError   **error)
{
  g_autoptr(AnnalsMemo) memo = annals_db_load_memo (db, id, error);

  if (memo == NULL)
    return FALSE;

  annals_notes_csv_append_memo (job->out, memo);
  return TRUE;
}

/* --- writers --- */

static gboolean
json_cb (AnnalsExportRun      *run,
         AnnalsDb             *db,
         const AnnalsNoteKey  *key,
         const AnnalsNote     *note,
         gpointer              user_data,
         GError              **error)
{
  if (key->id < 0)
    return write_json_memo (user_data, db, -key->id, error);

  write_json_annotation (user_data, note);
  return TRUE;
}

static gboolean
markdown_cb (AnnalsExportRun      *run,
             AnnalsDb             *db,
             const AnnalsNoteKey  *key,
             const AnnalsNote     *note,
             gpointer              user_data,
             GError              **error)
{
  return key->id < 0 ? write_markdown_memo (user_data, db, -key->id, error)
                     : write_markdown_annotation (user_data, db, note, error);
}

static gboolean
csv_cb (AnnalsExportRun      *run,
        AnnalsDb             *db,
        const AnnalsNoteKey  *key,
        const AnnalsNote     *note,
        gpointer              user_data,
        GError              **error)
{
  return key->id < 0 ? write_csv_memo (user_data, db, -key->id, error)
                     : write_csv_annotation (user_data, db, note, error);
}

/* The annotations or the memos among @keys. */
static gboolean
write_json_list (NotesJob         *job,
                 AnnalsExportRun  *run,
                 GArray           *keys,
                 gboolean          memos,
                 GError          **error)
{
  g_autoptr(GArray) some = g_array_new (FALSE, FALSE, sizeof (AnnalsNoteKey));

  for (guint i = 0; i < keys->len; i++)
    if ((g_array_index (keys, AnnalsNoteKey, i).id < 0) == memos)
      g_array_append_val (some, g_array_index (keys, AnnalsNoteKey, i));

  job->n_written = 0;
  return annals_export_run_each_note (run, some, json_cb, job, job->out, memos ? 0.5 : 0, memos ? 1 : 0.5, error);
}

static gboolean
write_json (NotesJob         *job,
            AnnalsExportRun  *run,
            GArray           *keys,
            GError          **error)
{
  g_autofree char *time = annals_json_dup_time (run->exported * G_USEC_PER_SEC);
  g_autofree char *uid = annals_json_dup_string (annals_notebook_get_uid (run->notebook));
  g_autofree char *title = annals_json_dup_string (annals_notebook_get_title (run->notebook));

  g_string_append_printf (job->out,
                          "{\n  \"format\": \"annals-notes\",\n  \"version\": 1,\n  \"generator\": \"Annals "
                          ANNALS_VERSION "\",\n  \"exported\": \"%s\",\n  \"notebook\": {\"uid\": %s, \"title\": %s},\n"
                          "  \"annotations\": [", time, uid, title);
  if (!write_json_list (job, run, keys, FALSE, error))
    return FALSE;

  g_string_append (job->out, job->n_written > 0 ? "\n  ],\n  \"memos\": [" : "],\n  \"memos\": [");
  if (!write_json_list (job, run, keys, TRUE, error))
    return FALSE;

  g_string_append (job->out, job->n_written > 0 ? "\n  ]\n}\n" : "]\n}\n");
  annals_export_file_write (run->file, job->out->str, job->out->len);
  return TRUE;
}

static gboolean
write_markdown (NotesJob         *job,
                AnnalsExportRun  *run,
                GArray           *keys,
                GError          **error)
{
  annals_notes_markdown_append_head (job->out, run);
  annals_export_file_write (run->file, job->out->str, job->out->len);
  g_string_truncate (job->out, 0);

  return annals_export_run_each_note (run, keys, markdown_cb, job, job->out, 0, 1, error);
}

static gboolean
write_csv (NotesJob         *job,
           AnnalsExportRun  *run,
           GArray           *keys,
           GError          **error)
{
  annals_notes_csv_append_head (job->out, run->options);
  annals_export_file_write (run->file, job->out->str, job->out->len);
  g_string_truncate (job->out, 0);

  return annals_export_run_each_note (run, keys, csv_cb, job, job->out, 0, 1, error);
}

static gboolean
write_as (AnnalsExportRun  *run,
          gboolean        (*write) (NotesJob *job, AnnalsExportRun *run, GArray *keys, GError **error),
          GError          **error)
{
  g_autoptr(GArray) keys = annals_export_run_list_notes (run, error);
  NotesJob job = { 0 };
  gboolean ok;

  if (keys == NULL)
    return FALSE;

  job.out = g_string_new (NULL);
  ok = write (&job, run, keys, error);
  g_clear_pointer (&job.post, annals_post_free);
  g_string_free (job.out, TRUE);

  return ok;
}

gboolean
annals_export_notes_json_write (AnnalsExportRun  *run,
                                GError          **error)
{
  return write_as (run, write_json, error);
}

gboolean
annals_export_notes_markdown_write (AnnalsExportRun  *run,
                                    GError          **error)
{
  return write_as (run, write_markdown, error);
}

gboolean
annals_export_notes_csv_write (AnnalsExportRun  *run,
                               GError          **error)
{
  return write_as (run, write_csv, error);
}
