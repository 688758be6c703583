/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-private.h"
#include "annals-records-format.h"

#include <glib/gi18n-lib.h>

#define MAX_POSTS 10
#define MAX_ISSUES 100
/* characters of a text shown with its title */
#define LEAD_LENGTH 160

char *
annals_preview_dup_count (const AnnalsPreview *self)
{
  guint n_posts;
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  if (annals_records_lookup (self->format) != NULL)
    return annals_records_lookup (self->format)->dup_count (self->n_posts);

  n_posts = self->n_posts - self->n_others;
  text = g_string_new (NULL);
  if (n_posts > 0 || self->n_others == 0)
    g_string_append_printf (text, ngettext ("%'u post", "%'u posts", n_posts), n_posts);
  for (guint i = 0; i < self->formats->len; i++)
    {
      const AnnalsPreviewFormat *format = &g_array_index (self->formats, AnnalsPreviewFormat, i);
      const AnnalsRecordsFormat *records = annals_records_lookup (format->id);
      g_autofree char *count = records != NULL && format->n_others > 0 ? records->dup_count (format->n_others) : NULL;

      if (count != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", count);
    }

  return g_string_free (text, FALSE);
}

gboolean
annals_import_is_of_posts (const char *format)
{
  g_return_val_if_fail (format != NULL, TRUE);

  return annals_records_lookup (format) == NULL;
}

static void
preview_post_free (gpointer data)
{
  AnnalsPreviewPost *post = data;

  g_free (post->title);
  g_free (post->author);
  g_free (post->source);
  g_clear_pointer (&post->published, annals_date_unref);
  g_free (post->lead);
  g_free (post);
}

AnnalsPreview *
annals_preview_new (const char *path,
                    const char *file_name)
{
  AnnalsPreview *self = g_new0 (AnnalsPreview, 1);

  self->path = g_strdup (path);
  self->file_name = g_strdup (file_name);
  self->formats = g_array_new (FALSE, FALSE, sizeof (AnnalsPreviewFormat));
  self->posts = g_ptr_array_new_with_free_func (preview_post_free);
  self->issues = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_issue_free);

  return self;
}

static void
take_issue (AnnalsPreview *self,
            AnnalsIssue   *issue)
{
  self->n_issues++;
  self->n_of_code[issue->code]++;

  if (self->issues->len < MAX_ISSUES)
    g_ptr_array_add (self->issues, issue);
  else
    annals_issue_free (issue);
}

/* A record that is left out has a row of its own in the import's issues. */
static void
add_skipped (AnnalsPreview *self,
             AnnalsDraft   *draft)
{
  AnnalsIssue *issue = g_new0 (AnnalsIssue, 1);

  issue->severity = draft->severity;
  issue->code = draft->code;
  issue->can_force = draft->text != NULL;
  issue->place = g_strdup (draft->place);
  issue->reason = g_strdup (draft->skipped);
  issue->excerpt = g_strdup (draft->excerpt);
  self->n_skipped++;
  take_issue (self, issue);
}

static void
widen (AnnalsPreview *self,
       AnnalsDate    *date)
{
  gint64 from, to;

  if (annals_date_get_from (date, &from))
    {
      self->from = self->has_from ? MIN (self->from, from) : from;
      self->has_from = TRUE;
    }

  if (annals_date_get_to (date, &to))
    {
      self->to = self->has_to ? MAX (self->to, to) : to;
      self->has_to = TRUE;
    }
}

static void
add_post (AnnalsPreview *self,
          AnnalsDraft   *draft)
{
  AnnalsPreviewPost *post;

  self->n_posts++;
  if (draft->published != NULL)
    widen (self, draft->published);

  if (self->posts->len == MAX_POSTS)
    return;

  post = g_new0 (AnnalsPreviewPost, 1);
  post->title = g_strdup (draft->title);
  post->author = g_strdup (draft->author ? draft->author : "");
  post->source = g_strdup (draft->source);
  post->published =
    draft->published ? annals_date_ref (draft->published) : annals_date_new_undated ();
  post->kind = draft->kind;
  post->lead = annals_text_dup_lead (draft->text, LEAD_LENGTH);
  g_ptr_array_add (self->posts, post);
}

static const char *
get_label (const char *format)
{
  const AnnalsRecordsFormat *records = annals_records_lookup (format);

  for (guint i = 0; annals_format_list ()[i] != NULL; i++)
    if (g_str_equal (annals_format_list ()[i]->id, format))
      return _(annals_format_list ()[i]->label);

  return records != NULL ? _(records->label) : format;
}

static AnnalsPreviewFormat *
ensure_format (AnnalsPreview *self,
               const char    *format)
{
  AnnalsPreviewFormat entry = { .id = format };

  for (guint i = 0; i < self->formats->len; i++)
    {
      AnnalsPreviewFormat *known = &g_array_index (self->formats, AnnalsPreviewFormat, i);

      if (g_str_equal (known->id, format))
        return known;
    }

  entry.label = get_label (format);
  g_array_append_val (self->formats, entry);

  return &g_array_index (self->formats, AnnalsPreviewFormat, self->formats->len - 1);
}

static void
add_file (AnnalsPreview *self,
          const char    *format)
{
  self->n_files++;
  ensure_format (self, format)->n_files++;
}

static void
add_records (AnnalsPreview             *self,
             AnnalsRecords             *records,
             const AnnalsRecordsFormat *format)
{
  ensure_format (self, format->id)->n_others += annals_records_count (records);
  annals_records_show (records, self);
}

static void
take_draft (AnnalsPreview *self,
            AnnalsDraft   *draft)
{
  self->n_of_kind[draft->kind]++;
  if (draft->skipped != NULL)
    add_skipped (self, draft);
  else
    add_post (self, draft);
}

/* What is known when all that is looked at was read. */
static void
finish (AnnalsPreview   *self,
        AnnalsImportRun *run)
{
  self->format = g_strdup (run->format ? run->format : "");
  self->format_label = g_strdup (run->format_label ? run->format_label : "");
  self->archive = g_strdup (annals_import_run_get_archive (run));
  self->file_size = annals_walk_get_size (run->walk);
  if (run->reader != NULL)
    {
      GPtrArray *columns = annals_format_reader_get_columns (run->reader);

      self->mapping = annals_mapping_copy (annals_format_reader_get_mapping (run->reader));
      self->columns = columns ? g_ptr_array_ref (columns) : NULL;
    }
  else
    {
      self->mapping = annals_mapping_copy (run->mapping);
      self->columns = run->columns ? g_ptr_array_ref (run->columns) : NULL;
    }
  annals_import_run_report (run, TRUE);
}

void
annals_preview_free (AnnalsPreview *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->file_name);
  g_free (self->format);
  g_free (self->format_label);
  g_free (self->archive);
  g_array_unref (self->formats);
  g_clear_pointer (&self->mapping, annals_mapping_free);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_ptr_array_unref (self->posts);
  g_ptr_array_unref (self->issues);
  g_free (self);
}

AnnalsPreview *
annals_import_preview (const char                 *path,
                       const AnnalsImportOptions  *options,
                       const AnnalsImportHooks    *hooks,
                       guint                       seconds,
                       GCancellable               *cancellable,
                       GError                    **error)
{
  gint64 deadline = seconds > 0 ? g_get_monotonic_time () + seconds * G_USEC_PER_SEC : G_MAXINT64;
  g_autoptr(AnnalsImportRun) run = NULL;
  g_autoptr(AnnalsPreview) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!(run = annals_import_run_new (path, options, hooks, error)))
    return NULL;

  self = annals_preview_new (path, annals_walk_get_name (run->walk));

  do
    {
      g_auto(AnnalsRunItem) item = { 0 };

      switch (annals_import_run_next (run, &item, cancellable, error))
        {
        case ANNALS_RUN_ERROR:
          return NULL;

        case ANNALS_RUN_FILE:
          add_file (self, item.format);
          break;

        case ANNALS_RUN_DRAFT:
          take_draft (self, item.draft);
          break;

        case ANNALS_RUN_ISSUE:
          take_issue (self, g_steal_pointer (&item.issue));
          break;

        case ANNALS_RUN_RECORDS:
          add_records (self, item.records, run->records_format);
          break;

        case ANNALS_RUN_FILE_END:
          break;

        case ANNALS_RUN_END:
          self->complete = TRUE;
          finish (self, run);
          return g_steal_pointer (&self);
        }
    }
  while (g_get_monotonic_time () < deadline);

  finish (self, run);

  return g_steal_pointer (&self);
}
