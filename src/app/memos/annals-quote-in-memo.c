/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-quote-in-memo.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-annotations.h"
#include "annals-memos.h"
#include "annals-palette.h"
#include "annals-quick-open.h"
#include "annals-text.h"

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
  char       *before;    /* (nullable): of the memo's text; it is put behind all of it */
  char       *after;
} QuoteJob;

static void
quote_job_free (QuoteJob *self)
{
  g_object_unref (self->desk);
  g_free (self->colour);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

/* A quotation is a block: an empty line stands before it and behind it. */
static char *
dup_with_quotation (const char *before,
                    const char *quotation,
                    const char *after)
{
  const char *gap = *before == '\0' || g_str_has_suffix (before, "\n\n") ? "" :
                    g_str_has_suffix (before, "\n") ? "\n" : "\n\n";
  const char *next;

  after += strspn (after, "\n");
  next = *after == '\0' ? "" : "\n";

  return g_strconcat (before, gap, quotation, next, after, NULL);
}

static gboolean
is_still (const QuoteJob *job,
          const char     *text)
{
  g_autofree char *whole = job->before != NULL ? g_strconcat (job->before, job->after, NULL) : NULL;
  g_autofree char *composed = whole != NULL ? annals_text_compose (whole) : NULL;

  return composed != NULL && g_str_equal (composed, text);
}

static gboolean
quote_in_writer (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  QuoteJob *job = data;
  g_autofree char *quotation = NULL;
  g_autofree char *text = NULL;
  g_autoptr(AnnalsMemo) memo = NULL;
  gboolean still;

  if (job->annotation_id == 0 &&
      !annals_db_add_annotation (db, job->post_id, job->start, job->end, job->colour, "", &job->annotation_id, error))
    return FALSE;

  if (!(memo = annals_db_load_memo (db, job->memo_id, error)) ||
      !(quotation = annals_db_quote_annotation (db, job->annotation_id, error)))
    return FALSE;

  /* The editor has the titles of records as they are now. */
  still = is_still (job, memo->text);
  text = dup_with_quotation (still ? job->before : memo->stored, quotation, still ? job->after : "");
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
  *job = (QuoteJob) { g_object_ref (desk), annotation_id, post_id, start, end, g_strdup (colour), 0, NULL,
                      NULL };
  g_object_set_data_full (G_OBJECT (root), QUOTE, job, (GDestroyNotify) quote_job_free);
  annals_quick_open_pick (GTK_WINDOW (root), desk, _("Quote in Memo…"), ANNALS_QUICK_KIND (ANNALS_RECORD_MEMO), root,
                          picked_cb);
}

void
annals_quote_in_memo_at (AnnalsDesk *desk,
                         gint64      memo_id,
                         gint64      post_id,
                         guint       start,
                         guint       end,
                         const char *colour,
                         const char *before,
                         const char *after)
{
  guint n_colours;
  QuoteJob *job;

  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (before != NULL && after != NULL);

  job = g_new0 (QuoteJob, 1);
  *job = (QuoteJob) { g_object_ref (desk), 0, post_id, start, end,
                      g_strdup (colour != NULL ? colour : annals_palette_get (&n_colours)[0].name), memo_id,
                      g_strdup (before), g_strdup (after) };
  annals_desk_change (desk, desk, _("Quote passage in memo"), _("Passage quoted"), quote_in_writer, job,
                      (GDestroyNotify) quote_job_free, NULL);
}
