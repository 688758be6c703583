/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-copy.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-citations.h"
#include "annals-markdown-copy.h"

/* What the clipboard takes at once: more is for a file. */
#define MAX_COPIED 1000u

typedef struct
{
  AnnalsDesk           *desk;
  AnnalsRecord          kind;
  GArray               *ids;
  AnnalsCopyAs          as;
  AnnalsCitationStyle   style;
  char                 *plain;
  char                 *html;    /* (nullable) */
  guint                 n;       /* how many were copied */
} CopyJob;

static void
copy_job_free (CopyJob *job)
{
  g_object_unref (job->desk);
  g_array_unref (job->ids);
  g_free (job->plain);
  g_free (job->html);
  g_free (job);
}

AnnalsCitationStyle
annals_copy_get_style (void)
{
  g_autoptr(GSettings) settings = g_settings_new (ANNALS_APPLICATION_ID);
  g_autofree char *style = g_settings_get_string (settings, "citation-style");

  if (g_str_equal (style, "note"))
    return ANNALS_CITATION_NOTE;

  return g_str_equal (style, "bibliography") ? ANNALS_CITATION_BIBLIOGRAPHY : ANNALS_CITATION_AUTHOR_DATE;
}

/* --- on a reader's thread --- */

static char *
dup_markdown (AnnalsDb      *db,
              AnnalsRecord   kind,
              gint64         id,
              GError       **error)
{
  if (kind == ANNALS_RECORD_POST)
    return annals_db_dup_post_markdown (db, id, error);
  if (kind == ANNALS_RECORD_EVENT)
    return annals_db_dup_event_markdown (db, id, error);

  return id < 0 ? annals_db_dup_memo_markdown (db, -id, error) : annals_db_dup_annotation_markdown (db, id, error);
}

static gboolean
write_markdown (AnnalsDb      *db,
                CopyJob       *job,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < job->ids->len; i++)
    {
      g_autofree char *one = dup_markdown (db, job->kind, g_array_index (job->ids, gint64, i), error);

      if (one == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_string_append_printf (out, "%s%s", i > 0 ? "\n" : "", one);
    }

  job->n = job->ids->len;
  job->plain = g_string_free (g_steal_pointer (&out), FALSE);
  return TRUE;
}

/* Memos have no source. */
static GArray *
dup_cited (GArray *ids)
{
  GArray *cited = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) > 0)
      g_array_append_val (cited, g_array_index (ids, gint64, i));

  return cited;
}

static gboolean
copy_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  CopyJob *job = data;
  g_autoptr(GArray) cited = NULL;
  g_autoptr(AnnalsCitations) citations = NULL;

  if (job->as == ANNALS_COPY_MARKDOWN)
    return write_markdown (db, job, cancellable, error);

  cited = dup_cited (job->ids);
  if (!(citations = annals_db_cite_records (db, job->kind, cited, job->style, cancellable, error)))
    return FALSE;

  job->plain = g_steal_pointer (&citations->plain);
  job->html = g_steal_pointer (&citations->html);
  job->n = citations->n;
  return TRUE;
}

/* --- on the main thread --- */

static void
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  g_object_unref (cancellable);
}

/* Of two copies the later one counts: the one that may be on its way still is given up. */
static GCancellable *
supersede (AnnalsDesk *desk)
{
  GCancellable *cancellable = g_cancellable_new ();

  g_object_set_data_full (G_OBJECT (desk), "annals-copy", cancellable, cancel);
  return cancellable;
}

static void
copied_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  const CopyJob *job = data;
  g_autofree char *message = NULL;

  if (error != NULL)
    {
      annals_desk_fail (job->desk, _("It was not copied"), error->message);
      return;
    }

  if (*job->plain == '\0')
    message = g_strdup (_("There is no source to cite"));
  else if (job->as == ANNALS_COPY_MARKDOWN)
    message = g_strdup (_("Copied as Markdown"));
  else
    message = g_strdup_printf (ngettext ("%'u citation copied", "%'u citations copied", job->n), job->n);

  if (*job->plain != '\0')
    annals_copy_text (GTK_WIDGET (owner), job->plain, job->html);
  annals_desk_toast (job->desk, message, FALSE);
}

void
annals_copy_records (GtkWidget    *widget,
                     AnnalsDesk   *desk,
                     AnnalsRecord  kind,
                     GArray       *ids,
                     AnnalsCopyAs  as)
{
  CopyJob *job;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (ids != NULL);

  if (ids->len > MAX_COPIED)
    {
      g_autofree char *why = g_strdup_printf (ngettext ("No more than %'u record can be copied at once. Export takes any "
                                                        "number.",
                                                        "No more than %'u records can be copied at once. Export takes "
                                                        "any number.", MAX_COPIED), MAX_COPIED);

      annals_desk_fail (desk, _("It was not copied"), why);
      g_array_unref (ids);
      return;
    }

  job = g_new0 (CopyJob, 1);
  job->desk = g_object_ref (desk);
  job->kind = kind;
  job->ids = ids;
  job->as = as;
  job->style = annals_copy_get_style ();
  annals_desk_read (desk, widget, copy_in_reader, job, (GDestroyNotify) copy_job_free, supersede (desk), copied_cb);
}

void
annals_copy_record (GtkWidget    *widget,
                    AnnalsDesk   *desk,
                    AnnalsRecord  kind,
                    gint64        id,
                    AnnalsCopyAs  as)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof id);

  g_array_append_val (ids, id);
  annals_copy_records (widget, desk, kind, ids, as);
}

void
annals_copy_text (GtkWidget  *widget,
                  const char *plain,
                  const char *html)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentProvider *providers[2];
  g_autoptr(GdkContentProvider) both = NULL;
  g_autoptr(GBytes) bytes = NULL;

  g_return_if_fail (plain != NULL);

  if (html == NULL)
    {
      gdk_clipboard_set_text (clipboard, plain);
      return;
    }

  bytes = g_bytes_new (html, strlen (html));
  providers[0] = gdk_content_provider_new_for_bytes ("text/html", bytes);
  providers[1] = gdk_content_provider_new_typed (G_TYPE_STRING, plain);
  both = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (clipboard, both);
}
