/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-quote-in-memo.h"

#include <glib/gi18n.h>

#include "annals-annotations.h"
#include "annals-memos.h"
#include "annals-quick-open.h"

#define QUOTE "annals-quote"

typedef struct
{
  AnnalsDesk *desk;
  gint64      annotation_id;
  gint64      post_id;
  guint       start;
  guint       end;
  char       *colour;
  gint64      memo_id;
} QuoteJob;

static void
quote_job_free (QuoteJob *self)
{
  g_object_unref (self->desk);
  g_free (self->colour);
  g_free (self);
}

static gboolean
quote_in_writer (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  QuoteJob *job = data;
  g_autofree char *before = NULL;
  g_autofree char *quotation = NULL;
  g_autofree char *text = NULL;

  if (job->annotation_id == 0 &&
      !annals_db_add_annotation (db, job->post_id, job->start, job->end, job->colour, "", &job->annotation_id, error))
    return FALSE;

  if (!(before = annals_db_dup_memo_text (db, job->memo_id, error)) ||
      !(quotation = annals_db_quote_annotation (db, job->annotation_id, error)))
    return FALSE;

  text = *before == '\0' ? g_strdup (quotation)
                         : g_strconcat (before, g_str_has_suffix (before, "\n") ? "\n" : "\n\n", quotation, NULL);
  return annals_db_set_memo (db, job->memo_id, NULL, text, error);
}

static void
picked_cb (gpointer           owner,
           const AnnalsNamed *named)
{
  QuoteJob *job = g_object_steal_data (owner, QUOTE);
  g_autofree char *message = NULL;

  if (job == NULL)
    return;

  job->memo_id = named->id;
  message = g_strdup_printf (_("Quoted in “%s”"), named->title);
  annals_desk_change (job->desk, job->desk, _("Quote passage in memo"), message, quote_in_writer, job,
                      (GDestroyNotify) quote_job_free, NULL);
}

void
annals_quote_in_memo (GtkWidget  *widget,
                      AnnalsDesk *desk,
                      gint64      annotation_id,
                      gint64      post_id,
                      guint       start,
                      guint       end,
                      const char *colour)
{
  GtkRoot *root;
  QuoteJob *job;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (ANNALS_IS_DESK (desk));

  root = gtk_widget_get_root (widget);
  if (!GTK_IS_WINDOW (root))
    return;

  job = g_new0 (QuoteJob, 1);
  *job = (QuoteJob) { g_object_ref (desk), annotation_id, post_id, start, end, g_strdup (colour), 0 };
  g_object_set_data_full (G_OBJECT (root), QUOTE, job, (GDestroyNotify) quote_job_free);
  annals_quick_open_pick (GTK_WINDOW (root), desk, _("Quote in Memo…"), ANNALS_QUICK_KIND (ANNALS_RECORD_MEMO), root,
                          picked_cb);
}
