/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

/* One transaction holds so many records or so much text, whichever comes first. */
#define BATCH_RECORDS 300
#define BATCH_BYTES (8 * 1024 * 1024)

/* A record on its way into the notebook: a draft or an issue */
typedef struct
{
  AnnalsDraft *draft;
  AnnalsIssue *issue;
  char        *identity;
  guint        place;
} Record;

typedef struct
{
  AnnalsImportRun *run;
  AnnalsNotebook  *notebook;
  GCancellable    *cancellable;
  GPtrArray       *batch;      /* of Record */
  gsize            batch_bytes;
  gint64           id;         /* of the import's row; 0 before it is made */
  gint64           started;    /* monotonic microseconds */
  guint            n_read;
  guint            n_stored[ANNALS_STORED_UNCHANGED + 1];
  guint            n_skipped;
  AnnalsImport    *result;
} Job;

static void
record_free (gpointer data)
{
  Record *record = data;

  g_clear_pointer (&record->draft, annals_draft_free);
  g_clear_pointer (&record->issue, annals_issue_free);
  g_free (record->identity);
  g_free (record);
}

/* --- on the writer's thread --- */

static char *
options_to_json (const AnnalsImportOptions *options)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  const struct { const char *name; const char *value; } members[] = {
    { "archive", options ? options->archive : NULL },
    { "source", options ? options->source : NULL },
    { "date", options && options->date ? annals_date_get_edtf (options->date) : NULL },
    { "language", options ? options->language : NULL },
  };

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (members[i].value == NULL)
        continue;

      json_builder_set_member_name (builder, members[i].name);
      json_builder_add_string_value (builder, members[i].value);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static gboolean
begin_func (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Job *job = data;
  g_autofree char *options = options_to_json (job->run->options);

  return annals_db_begin_import (db, "", annals_import_input_get_name (job->run->input),
                                 annals_format_reader_get_format (job->run->reader)->id,
                                 annals_import_run_get_archive (job->run), options, &job->id,
                                 error);
}

static gboolean
store_draft (AnnalsDb  *db,
             Job       *job,
             Record    *record,
             GError   **error)
{
  AnnalsDraft *draft = record->draft;
  AnnalsStored stored;
  AnnalsNewPost post = {
    .identity = record->identity,
    .title = draft->title,
    .url = draft->url,
    .author = draft->author,
    .source = draft->source,
    .published = draft->published,
    .language = draft->language,
    .place = record->place,
    .tags = (const char * const *) draft->tags,
    .text = draft->text,
    .markup = draft->markup,
    .markup_kind = draft->markup_kind,
  };
  gint64 post_id;

  if (!annals_db_store_post (db, job->id, &post, &stored, &post_id, error))
    return FALSE;

  job->n_stored[stored]++;

  return TRUE;
}

static gboolean
store_func (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Job *job = data;

  for (guint i = 0; i < job->batch->len; i++)
    {
      Record *record = g_ptr_array_index (job->batch, i);
      gboolean ok;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      if (record->issue != NULL)
        ok = annals_db_add_issue (db, job->id, record->issue, error);
      else if (record->draft->skipped != NULL)
        ok = annals_db_add_issue (db, job->id,
                                  &(AnnalsIssue) {
                                    .severity = record->draft->severity,
                                    .code = record->draft->code,
                                    .place = record->draft->place,
                                    .reason = record->draft->skipped,
                                    .excerpt = record->draft->excerpt,
                                  },
                                  error);
      else
        ok = store_draft (db, job, record, error);

      if (!ok)
        return FALSE;
    }

  return TRUE;
}

static gboolean
finish_func (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Job *job = data;
  AnnalsImportInput *input = job->run->input;
  double seconds = (double) (g_get_monotonic_time () - job->started) / G_USEC_PER_SEC;

  return annals_db_finish_import (db, job->id, annals_import_input_get_sha256 (input),
                                  annals_import_input_get_offset (input), job->n_read,
                                  job->n_stored[ANNALS_STORED_NEW],
                                  job->n_stored[ANNALS_STORED_UPDATED],
                                  job->n_stored[ANNALS_STORED_UNCHANGED], job->n_skipped, seconds,
                                  error) &&
         (job->result = annals_db_load_import (db, job->id, error)) != NULL;
}

static gboolean
remove_func (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Job *job = data;

  return annals_db_remove_import (db, job->id, error);
}

/* --- on the caller's thread --- */

static gboolean
flush (Job     *job,
       GError **error)
{
  if (job->id == 0 &&
      !annals_notebook_bulk (job->notebook, begin_func, job, job->cancellable, error))
    return FALSE;

  if (job->batch->len > 0 &&
      !annals_notebook_bulk (job->notebook, store_func, job, job->cancellable, error))
    return FALSE;

  g_ptr_array_set_size (job->batch, 0);
  job->batch_bytes = 0;

  return TRUE;
}

static Record *
add_record (Job *job)
{
  Record *record = g_new0 (Record, 1);

  g_ptr_array_add (job->batch, record);

  return record;
}

static void
take_draft (Job         *job,
            AnnalsDraft *draft)
{
  Record *record = add_record (job);
  guint repeated;

  record->draft = draft;
  job->n_read++;

  if (draft->skipped != NULL)
    {
      job->n_skipped++;
      return;
    }

  record->place = job->run->place;
  record->identity = annals_import_run_dup_identity (job->run, draft, &repeated);
  job->batch_bytes += annals_text_get_n_bytes (draft->text) + g_bytes_get_size (draft->markup);

  /* posts of one title and month are no surprise, two posts with one identity of their own are */
  if (repeated > 0 && ((draft->guid && *draft->guid) || (draft->url && *draft->url)))
    {
      record = add_record (job);
      record->issue = g_new0 (AnnalsIssue, 1);
      record->issue->severity = ANNALS_SEVERITY_NOTE;
      record->issue->place = g_strdup (draft->place);
      record->issue->reason =
        g_strdup (_("An earlier post of the file says that it is the same post; both were kept"));
      record->issue->excerpt = g_strdup (draft->title);
    }
}

static gboolean
run_job (Job     *job,
         GError **error)
{
  while (TRUE)
    {
      AnnalsDraft *draft;
      AnnalsIssue *issue;

      switch (annals_import_run_next (job->run, &draft, &issue, job->cancellable, error))
        {
        case ANNALS_READ_ERROR:
          return FALSE;

        case ANNALS_READ_DRAFT:
          take_draft (job, draft);
          break;

        case ANNALS_READ_ISSUE:
          add_record (job)->issue = issue;
          break;

        case ANNALS_READ_END:
          return annals_import_input_drain (job->run->input, job->cancellable, error) &&
                 flush (job, error) &&
                 annals_notebook_bulk (job->notebook, finish_func, job, job->cancellable, error);
        }

      if ((job->batch->len >= BATCH_RECORDS || job->batch_bytes >= BATCH_BYTES) &&
          !flush (job, error))
        return FALSE;
    }
}

/* Nothing of a run that failed stays. Should even this fail (the disk is full), the notebook
 * removes it when it is opened next. */
static void
take_back (Job *job)
{
  g_autoptr(GError) error = NULL;

  if (job->id != 0 && !annals_notebook_bulk (job->notebook, remove_func, job, NULL, &error))
    g_debug ("The import could not be taken back now: %s", error->message);
}

AnnalsImport *
annals_import_file (AnnalsNotebook             *notebook,
                    const char                 *path,
                    const AnnalsImportOptions  *options,
                    AnnalsImportProgress        progress,
                    gpointer                    user_data,
                    GCancellable               *cancellable,
                    GError                    **error)
{
  g_autoptr(AnnalsImportRun) run = NULL;
  g_autoptr(GPtrArray) batch = NULL;
  Job job = { 0 };

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  if (!(run = annals_import_run_new (path, options, progress, user_data, error)))
    return NULL;

  batch = g_ptr_array_new_with_free_func (record_free);
  job.run = run;
  job.notebook = notebook;
  job.cancellable = cancellable;
  job.batch = batch;
  job.started = g_get_monotonic_time ();

  if (!run_job (&job, error))
    {
      g_clear_pointer (&job.result, annals_import_free);
      take_back (&job);
      return NULL;
    }

  annals_import_run_report (run, TRUE);

  return job.result;
}
