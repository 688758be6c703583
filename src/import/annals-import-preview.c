/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-private.h"

#include <glib/gi18n-lib.h>

#define MAX_POSTS 10
#define MAX_ISSUES 100
/* characters of a text shown with its title */
#define LEAD_LENGTH 160

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

static AnnalsPreview *
preview_new (const char      *path,
             AnnalsImportRun *run)
{
  AnnalsPreview *self = g_new0 (AnnalsPreview, 1);
  const AnnalsFormat *format = annals_format_reader_get_format (run->reader);

  self->path = g_strdup (path);
  self->file_name = g_strdup (annals_import_input_get_name (run->input));
  self->format = g_strdup (format->id);
  self->format_label = g_strdup (_(format->label));
  self->posts = g_ptr_array_new_with_free_func (preview_post_free);
  self->issues = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_issue_free);

  return self;
}

static void
take_issue (AnnalsPreview *self,
            AnnalsIssue   *issue)
{
  self->n_issues++;

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
  post->lead = annals_text_dup_lead (draft->text, LEAD_LENGTH);
  g_ptr_array_add (self->posts, post);
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
  g_ptr_array_unref (self->posts);
  g_ptr_array_unref (self->issues);
  g_free (self);
}

AnnalsPreview *
annals_import_preview (const char                 *path,
                       const AnnalsImportOptions  *options,
                       AnnalsImportProgress        progress,
                       gpointer                    user_data,
                       GCancellable               *cancellable,
                       GError                    **error)
{
  g_autoptr(AnnalsImportRun) run = NULL;
  g_autoptr(AnnalsPreview) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!(run = annals_import_run_new (path, options, progress, user_data, error)))
    return NULL;

  self = preview_new (path, run);

  while (TRUE)
    {
      g_autoptr(AnnalsDraft) draft = NULL;
      AnnalsIssue *issue;

      switch (annals_import_run_next (run, &draft, &issue, cancellable, error))
        {
        case ANNALS_READ_ERROR:
          return NULL;

        case ANNALS_READ_DRAFT:
          if (draft->skipped != NULL)
            add_skipped (self, draft);
          else
            add_post (self, draft);
          break;

        case ANNALS_READ_ISSUE:
          take_issue (self, issue);
          break;

        case ANNALS_READ_END:
          self->archive = g_strdup (annals_import_run_get_archive (run));
          self->file_size = annals_import_input_get_size (run->input);
          annals_import_run_report (run, TRUE);
          return g_steal_pointer (&self);
        }
    }
}
