/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-batch.h"
#include "annals-limits.h"
#include "annals-records-apply.h"
#include "annals-sha256.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* An import from the reading side. */
typedef struct
{
  AnnalsNotebook            *notebook;
  const char                *path;
  const AnnalsImportHooks   *hooks;      /* (nullable) */
  GCancellable              *cancellable;
  AnnalsImportRun           *run;
  AnnalsImportStore         *store;
  AnnalsImportBatch         *batch;
  AnnalsSha256               digest;     /* of the records so far */
  guint64                    n_records;
  const AnnalsImportMark    *resume;     /* (nullable): what is in the notebook already */
  guint                      n_shown;    /* pictures that came in */
  GPtrArray                 *records;    /* (element type AnnalsRecords) what is no post, of all files */
} Job;

static void
job_clear (Job *job)
{
  g_clear_pointer (&job->batch, annals_import_batch_free);
  g_clear_pointer (&job->store, annals_import_store_free);
  g_clear_pointer (&job->run, annals_import_run_free);
  g_clear_pointer (&job->records, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

/* --- handing over --- */

/* FALSE when the notebook takes no more. */
static gboolean
push (Job *job)
{
  g_autofree char *digest = annals_sha256_dup_hex (&job->digest);
  AnnalsImportBatch *batch = g_steal_pointer (&job->batch);

  batch->n_records = job->n_records;
  batch->archive = g_strdup (annals_import_run_get_archive (job->run));
  batch->format = g_strdup (job->run->format);
  g_strlcpy (batch->digest, digest, sizeof batch->digest);
  job->batch = annals_import_batch_new ();

  return annals_import_store_push (job->store, batch);
}

static void
add_to_digest (Job        *job,
               const char *string)
{
  if (string != NULL)
    annals_sha256_update (&job->digest, string, strlen (string));
  annals_sha256_update (&job->digest, "\x1f", 1);
}

/* What a record is known by when the file is read again. Words for people are none of it: they depend
 * on the language. */
static void
digest_item (Job                 *job,
             AnnalsRunResult      kind,
             const AnnalsRunItem *item)
{
  const char kinds[] = { 'e', 'F', 'D', 'I', 'E', 'R', '.', '\0' };
  const char letter[] = { kinds[kind], '\0' };

  add_to_digest (job, letter);
  /* a file that was given another name is the same */
  add_to_digest (job, annals_walk_get_container (job->run->walk) ? item->path : NULL);
  add_to_digest (job, item->sha256);
  add_to_digest (job, item->identity);
  if (item->draft == NULL)
    return;

  add_to_digest (job, item->draft->title);
  add_to_digest (job, item->draft->author);
  add_to_digest (job, item->draft->published ? annals_date_get_edtf (item->draft->published) : NULL);
  add_to_digest (job, item->draft->text ? annals_text_get_sha256 (item->draft->text) : NULL);
}

static gboolean
fail_changed (Job     *job,
              GError **error)
{
  g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_CHANGED,
               _("“%s” is not the same any more as when its import was interrupted"),
               annals_walk_get_name (job->run->walk));

  return FALSE;
}

/* A resumed import passes over what is in the notebook already. */
static gboolean
is_known (Job       *job,
          gboolean  *known,
          GError   **error)
{
  g_autofree char *digest = NULL;

  *known = job->resume != NULL && job->n_records <= job->resume->n_records;
  if (!*known || job->n_records < job->resume->n_records)
    return TRUE;

  digest = annals_sha256_dup_hex (&job->digest);

  return g_str_equal (digest, job->resume->digest) || fail_changed (job, error);
}

static gboolean
take (Job              *job,
      AnnalsRunResult   kind,
      AnnalsRunItem    *item,
      gboolean         *open,
      GError          **error)
{
  gboolean known;

  job->n_records++;
  digest_item (job, kind, item);
  if (!is_known (job, &known, error))
    return FALSE;

  /* They come in at the end, also when the import is resumed. */
  if (kind == ANNALS_RUN_RECORDS)
    {
      g_ptr_array_add (job->records, g_steal_pointer (&item->records));
      return TRUE;
    }

  if (known)
    return TRUE;

  if (kind == ANNALS_RUN_DRAFT && item->draft->skipped != NULL)
    item->source = NULL;
  annals_import_batch_take (job->batch, kind, item);
  *open = !annals_import_batch_is_full (job->batch) || push (job);

  return TRUE;
}

/* Reads all that the archive holds. TRUE also when the notebook takes no more, which the store's end
 * tells. */
static gboolean
read_all (Job     *job,
          GError **error)
{
  gboolean open = TRUE;

  while (open)
    {
      g_auto(AnnalsRunItem) item = { 0 };
      AnnalsRunResult kind = annals_import_run_next (job->run, &item, job->cancellable, error);

      if (kind == ANNALS_RUN_ERROR)
        return FALSE;

      if (kind == ANNALS_RUN_END)
        return job->resume == NULL || job->n_records >= job->resume->n_records ||
               fail_changed (job, error);

      if (!take (job, kind, &item, &open, error))
        return FALSE;
    }

  return TRUE;
}

/* --- pictures: a second look at the archive, when posts show some that it may hold --- */

static GBytes *
read_picture (AnnalsPart    *part,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (ANNALS_IMPORT_HEAD_SIZE);
  gssize n;

  while ((n = annals_import_input_read (part->input, buffer, ANNALS_IMPORT_HEAD_SIZE, cancellable,
                                        error)) > 0 &&
         bytes->len <= ANNALS_LIMIT_PICTURE)
    g_byte_array_append (bytes, buffer, (guint) n);

  if (n < 0)
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
take_picture (Job           *job,
              AnnalsPart    *part,
              const char    *address,
              gboolean      *open,
              GError       **error)
{
  const char *type = annals_picture_sniff_part (part);
  g_autoptr(GError) failure = NULL;
  g_autoptr(GBytes) bytes = read_picture (part, job->cancellable, &failure);

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  /* what cannot be read was an issue at the first look */
  if (bytes == NULL || g_bytes_get_size (bytes) > ANNALS_LIMIT_PICTURE)
    return TRUE;

  g_ptr_array_add (job->batch->pictures, annals_picture_new (address, type, bytes));
  job->batch->n_bytes += g_bytes_get_size (bytes);
  job->n_shown++;
  *open = !annals_import_batch_is_full (job->batch) || push (job);

  return TRUE;
}

static gboolean
read_pictures (Job     *job,
               GError **error)
{
  g_autoptr(AnnalsWalk) walk = annals_walk_new (job->path, error);
  gboolean open = TRUE;

  if (walk == NULL)
    return FALSE;

  while (open)
    {
      g_autoptr(AnnalsIssue) issue = NULL;
      AnnalsPart *part;
      const char *address;

      switch (annals_walk_next (walk, &part, &issue, job->cancellable, error))
        {
        case ANNALS_WALK_ERROR:
          return FALSE;

        case ANNALS_WALK_END:
          return TRUE;

        case ANNALS_WALK_ISSUE:
          break;

        case ANNALS_WALK_PART:
          if (annals_picture_sniff_part (part) != NULL &&
              (address = annals_wanted_pictures_find (job->run->wanted, part)) != NULL &&
              !take_picture (job, part, address, &open, error))
            return FALSE;
          break;
        }
    }

  return TRUE;
}

static void
add_issue (Job             *job,
           AnnalsIssueCode  code,
           char            *reason)
{
  AnnalsRunItem item = {
    .issue = annals_container_issue (ANNALS_SEVERITY_NOTE, code,
                                     g_strdup (annals_walk_get_name (job->run->walk)), reason),
  };

  annals_import_batch_take (job->batch, ANNALS_RUN_ISSUE, &item);
}

static gboolean
take_pictures (Job     *job,
               GError **error)
{
  AnnalsImportRun *run = job->run;
  guint n_others;

  if (run->wanted == NULL || run->n_pictures == 0 ||
      (run->options != NULL && run->options->records != NULL))
    return TRUE;

  if (annals_wanted_pictures_get_n (run->wanted) > 0 && !read_pictures (job, error))
    return FALSE;

  if (annals_wanted_pictures_is_full (run->wanted))
    add_issue (job, ANNALS_ISSUE_LIMIT,
               g_strdup_printf (_("Only the first %u pictures that posts show were looked for"),
                                annals_wanted_pictures_get_n (run->wanted)));

  n_others = run->n_pictures - MIN (job->n_shown, run->n_pictures);
  if (n_others > 0)
    add_issue (job, ANNALS_ISSUE_FORMAT,
               g_strdup_printf (ngettext ("%u picture that no post shows was left out",
                                          "%u pictures that no post shows were left out", n_others),
                                n_others));

  return TRUE;
}

/* --- ending --- */

/* Of what was cancelled: the whole file's, so that it can be known again; "" for a folder. */
static char *
hash_file (const char *path)
{
  g_autoptr(AnnalsImportInput) input = annals_import_input_new_for_path (path, NULL);

  if (input == NULL || !annals_import_input_drain (input, NULL, NULL))
    return g_strdup ("");

  return g_strdup (annals_import_input_get_sha256 (input));
}

static AnnalsImportRule *
rule_new (Job *job)
{
  const AnnalsImportOptions *options = job->run->options;
  const char *archive = annals_import_run_get_archive (job->run);
  AnnalsImportRule *rule;

  if (options == NULL || options->records != NULL ||
      (options->archive == NULL && options->source == NULL && options->date == NULL &&
       options->language == NULL && options->zone == NULL && options->kinds == 0 &&
       options->mapping == NULL))
    return NULL;

  rule = g_new0 (AnnalsImportRule, 1);
  rule->pattern = annals_import_dup_pattern (annals_walk_get_name (job->run->walk));
  rule->archive = g_strdup (*archive ? archive : rule->pattern);
  rule->format = g_strdup (job->run->format);
  rule->options = annals_import_options_to_json (options);

  return rule;
}

static gboolean
is_cancelled (GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What came in before a cancelled import was stopped stays, when who runs it says so. */
static gboolean
keep_cancelled (Job    *job,
                GError *failure)
{
  return is_cancelled (failure) && job->hooks != NULL && job->hooks->keep != NULL && job->run->n_posts > 0 &&
         job->hooks->keep (job->hooks->user_data);
}

static AnnalsIssue *
cut_issue_new (Job *job)
{
  guint n = job->run->n_records;

  return annals_container_issue (ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_LIMIT,
                                 g_strdup (annals_walk_get_name (job->run->walk)),
                                 g_strdup_printf (ngettext ("The import was stopped after %u record; what follows "
                                                            "is missing",
                                                            "The import was stopped after %u records; what follows "
                                                            "is missing", n), n));
}

static void
rest_cb (double   fraction,
         gpointer user_data)
{
  annals_import_run_report_rest (((Job *) user_data)->run, fraction);
}

/* Posts have come in; notes look for their places among them, a piece at a time, so that others get on. */
static gboolean
place_records (Job                 *job,
               AnnalsRecordsApply  *apply,
               GError             **error)
{
  while (!annals_records_apply_is_placed (apply))
    if (!annals_notebook_read (job->notebook, annals_records_apply_place_cb, apply, job->cancellable, error))
      return FALSE;

  return TRUE;
}

/* With what is no post, if there is any and nothing was cut off. */
static AnnalsImport *
finish_job (Job     *job,
            gboolean cut,
            GError **error)
{
  gboolean has_rest = !cut && job->records->len > 0;
  g_autoptr(AnnalsImportRule) rule = rule_new (job);
  g_autoptr(AnnalsIssue) last = cut ? cut_issue_new (job) : NULL;
  g_autoptr(AnnalsRecordsApply) apply = has_rest ? annals_records_apply_new (job->records, rest_cb, job) : NULL;
  g_autofree char *sha256 = annals_walk_get_sha256 (job->run->walk) != NULL
                              ? g_strdup (annals_walk_get_sha256 (job->run->walk)) : hash_file (job->path);

  if (has_rest && !place_records (job, apply, error))
    return NULL;

  return annals_import_store_finish (job->store, sha256, annals_walk_get_size (job->run->walk), rule, apply, last,
                                     has_rest ? job->cancellable : NULL, error);
}

static AnnalsImport *
end_job (Job       *job,
         gboolean   cut,
         GError   **error)
{
  g_autoptr(GError) failure = NULL;
  AnnalsImport *import;

  push (job);
  if (!annals_import_store_join (job->store, error))
    return NULL;

  import = finish_job (job, cut, &failure);
  if (import == NULL && !cut && keep_cancelled (job, failure))
    {
      g_clear_error (&failure);
      import = finish_job (job, TRUE, &failure);
    }

  if (import != NULL)
    annals_import_run_report (job->run, TRUE);
  else
    g_propagate_error (error, g_steal_pointer (&failure));

  return import;
}

static AnnalsImport *
run_job (Job                        *job,
         const AnnalsImportOptions  *options,
         gint64                      import_id,
         GError                    **error)
{
  g_autoptr(GError) failure = NULL;
  AnnalsImport *import = NULL;
  gboolean cut;

  annals_sha256_init (&job->digest);
  job->batch = annals_import_batch_new ();
  job->records = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_records_unref);
  job->store = annals_import_store_new (job->notebook, job->path, annals_walk_get_name (job->run->walk),
                                        options, import_id, job->resume);
  cut = !(read_all (job, &failure) && take_pictures (job, &failure));

  if (!cut || keep_cancelled (job, failure))
    {
      g_clear_error (&failure);
      import = end_job (job, cut, &failure);
    }

  if (import != NULL)
    return import;

  /* a resumed import that cannot go on stays as it was: it may be the wrong file */
  annals_import_store_join (job->store, NULL);
  if (import_id == 0 || is_cancelled (failure))
    annals_import_store_remove (job->store);

  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

AnnalsImport *
annals_import_file (AnnalsNotebook             *notebook,
                    const char                 *path,
                    const AnnalsImportOptions  *options,
                    const AnnalsImportHooks    *hooks,
                    GCancellable               *cancellable,
                    GError                    **error)
{
  g_autofree char *absolute = NULL;
  g_auto(Job) job = { .notebook = notebook, .hooks = hooks, .cancellable = cancellable };

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  absolute = g_canonicalize_filename (path, NULL);
  job.path = absolute;
  if (!(job.run = annals_import_run_new (absolute, options, hooks, error)))
    return NULL;

  return run_job (&job, options, 0, error);
}

/* --- imports that were made before --- */

typedef struct
{
  gint64            id;
  AnnalsImport     *import;
  AnnalsImportMark  mark;
} Earlier;

static void
earlier_clear (Earlier *earlier)
{
  g_clear_pointer (&earlier->import, annals_import_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Earlier, earlier_clear)

static gboolean
load_func (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Earlier *earlier = data;

  earlier->import = annals_db_load_import (db, earlier->id, error);

  return earlier->import != NULL;
}

static gboolean
load_with_mark_func (AnnalsDb      *db,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  Earlier *earlier = data;

  return load_func (db, data, cancellable, error) &&
         annals_db_load_import_mark (db, earlier->id, &earlier->mark, error);
}

static char *
dup_path (const AnnalsImport  *import,
          const char          *path,
          GError             **error)
{
  if (path != NULL)
    return g_canonicalize_filename (path, NULL);

  if (*import->path != '\0')
    return g_strdup (import->path);

  g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE,
               _("The notebook does not say where “%s” is"), import->file_name);

  return NULL;
}

AnnalsImport *
annals_import_resume (AnnalsNotebook           *notebook,
                      gint64                    import_id,
                      const char               *path,
                      const AnnalsImportHooks  *hooks,
                      GCancellable             *cancellable,
                      GError                  **error)
{
  g_auto(Earlier) earlier = { .id = import_id };
  g_autoptr(AnnalsImportOptions) options = NULL;
  g_autofree char *place = NULL;
  g_auto(Job) job = { .notebook = notebook, .hooks = hooks, .cancellable = cancellable };

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), NULL);

  if (!annals_notebook_read (notebook, load_with_mark_func, &earlier, cancellable, error) ||
      !(options = annals_import_options_from_json (earlier.import->options, error)) ||
      !(place = dup_path (earlier.import, path, error)))
    return NULL;

  job.path = place;
  job.resume = &earlier.mark;
  if (!(job.run = annals_import_run_new (place, options, hooks, error)))
    return NULL;

  return run_job (&job, options, import_id, error);
}

/* Whether the file at @path is the one that was imported. A folder's files are compared one by one as they
 * are read, in the digest of its names and contents. */
static gboolean
is_same_file (const AnnalsImport  *import,
              const char          *path,
              GError             **error)
{
  g_autofree char *sha256 = NULL;

  if (g_str_equal (import->format, "folder"))
    return TRUE;

  sha256 = hash_file (path);
  if (g_str_equal (sha256, import->file_sha256))
    return TRUE;

  g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_CHANGED,
               g_file_test (path, G_FILE_TEST_EXISTS)
                 ? _("“%s” is not the same any more as when it was imported")
                 : _("“%s” is not where it was when it was imported"),
               path);

  return FALSE;
}

AnnalsImport *
annals_import_records (AnnalsNotebook           *notebook,
                       gint64                    import_id,
                       GArray                   *records,
                       const char               *path,
                       const AnnalsImportHooks  *hooks,
                       GCancellable             *cancellable,
                       GError                  **error)
{
  g_auto(Earlier) earlier = { .id = import_id };
  g_autoptr(AnnalsImportOptions) options = NULL;
  g_autofree char *place = NULL;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook) && records != NULL, NULL);

  if (!annals_notebook_read (notebook, load_func, &earlier, cancellable, error) ||
      !(options = annals_import_options_from_json (earlier.import->options, error)) ||
      !(place = dup_path (earlier.import, path, error)) ||
      !is_same_file (earlier.import, place, error))
    return NULL;

  g_clear_pointer (&options->records, g_array_unref);
  options->records = g_array_copy (records);

  return annals_import_file (notebook, place, options, hooks, cancellable, error);
}

/* --- removing --- */

static gboolean
remove_func (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Earlier *earlier = data;

  return annals_db_remove_import (db, earlier->id, error);
}

gboolean
annals_import_remove (AnnalsNotebook  *notebook,
                      gint64           import_id,
                      GCancellable    *cancellable,
                      GError         **error)
{
  g_auto(Earlier) earlier = { .id = import_id };

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), FALSE);

  return annals_notebook_bulk (notebook, remove_func, &earlier, cancellable, error);
}
