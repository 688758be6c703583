/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-date-style.h"
#include "annals-memos-place-private.h"
#include "annals-text-conflict.h"

/* A pause of so many milliseconds ends a step. */
#define PAUSE 900

static gboolean
save_text (AnnalsDb    *db,
           gint64       id,
           const char  *text,
           GError     **error)
{
  return annals_db_set_memo (db, id, NULL, text, error);
}

static const AnnalsTextKind memo_kind = { annals_db_dup_memo_text, save_text };

/* --- saving --- */

typedef struct
{
  gint64  id;
  char   *title;
} TitleJob;

static void
title_job_free (TitleJob *self)
{
  g_free (self->title);
  g_free (self);
}

static gboolean
set_title_in_writer (AnnalsDb      *db,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  TitleJob *job = data;

  return annals_db_set_memo (db, job->id, job->title, NULL, error);
}

static void
save_title (AnnalsMemosPlace *self)
{
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->title))));
  TitleJob *job;

  /* A memo that has no name for a moment keeps the one it had. */
  if (*title == '\0' || g_strcmp0 (title, self->base_title) == 0)
    return;

  g_free (self->base_title);
  self->base_title = g_strdup (title);
  job = g_new0 (TitleJob, 1);
  job->id = self->memo_id;
  job->title = g_steal_pointer (&title);
  annals_desk_change (self->desk, self->desk, _("Rename memo"), NULL, set_title_in_writer, job,
                      (GDestroyNotify) title_job_free, NULL);
}

void
annals_memos_place_flush (AnnalsMemosPlace *self)
{
  g_autofree char *text = NULL;

  g_clear_handle_id (&self->save_id, g_source_remove);
  if (!self->dirty || self->memo_id == 0 || self->desk == NULL || annals_desk_get_notebook (self->desk) == NULL)
    return;

  self->dirty = FALSE;
  save_title (self);
  text = annals_memo_text_dup_text (self->text);
  if (g_strcmp0 (text, self->base) == 0)
    return;

  annals_text_conflict_save (self->desk, GTK_WIDGET (self), &memo_kind, self->memo_id, _("Edit memo"), NULL, self->base,
                             text);
  g_free (self->base);
  self->base = g_steal_pointer (&text);
}

static gboolean
pause_cb (gpointer user_data)
{
  AnnalsMemosPlace *self = user_data;

  self->save_id = 0;
  annals_memos_place_flush (self);

  return G_SOURCE_REMOVE;
}

void
annals_memos_place_edited (AnnalsMemosPlace *self)
{
  if (self->filling || self->memo_id == 0)
    return;

  self->dirty = TRUE;
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->save_id = g_timeout_add (PAUSE, pause_cb, self);
}

/* --- reading --- */

typedef struct
{
  gint64        id;
  GCancellable *cancellable;
  AnnalsMemo   *memo;       /* (out) */
  char         *resolved;   /* (out): its text with the titles in brackets that name something by now */
} LoadJob;

static void
load_job_free (LoadJob *self)
{
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->memo, annals_memo_free);
  g_free (self->resolved);
  g_free (self);
}

static gboolean
load_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  LoadJob *job = data;

  return (job->memo = annals_db_load_memo (db, job->id, error)) != NULL &&
         (job->resolved = annals_db_resolve_references (db, job->memo->text, error)) != NULL;
}

static void
show_remark (AnnalsMemosPlace *self,
             const AnnalsMemo *memo)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (memo->modified / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *time = local != NULL ? annals_date_style_format (local, "%c") : g_strdup ("");
  /* Translators: when a memo was changed */
  g_autofree char *remark = g_strdup_printf (_("Changed %s"), time);

  gtk_label_set_text (self->remark, remark);
}

static void
show_memo (AnnalsMemosPlace *self,
           LoadJob          *job)
{
  const AnnalsMemo *memo = job->memo;
  gboolean other = self->memo_id != memo->id;

  self->filling = TRUE;
  self->memo_id = memo->id;
  g_free (self->base);
  self->base = g_strdup (memo->stored);
  g_free (self->base_title);
  self->base_title = g_strdup (memo->title);
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->title)), memo->title) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->title), memo->title);
  annals_memo_text_set_text (self->text, memo->text, memo->references);
  annals_links_section_show (self->mentions, ANNALS_RECORD_MEMO, memo->id);
  show_remark (self, memo);
  annals_memos_place_select (self);
  self->filling = FALSE;

  gtk_stack_set_visible_child_name (self->stack, "memo");
  if (other)
    annals_desk_note_visit (self->desk, ANNALS_RECORD_MEMO, memo->id);
  if (self->named_id == memo->id)
    {
      self->named_id = 0;
      gtk_widget_grab_focus (self->title);
      gtk_editable_select_region (GTK_EDITABLE (self->title), 0, -1);
    }
  /* what was followed is often gone, and the keyboard with it */
  else if (self->followed_id == memo->id)
    gtk_widget_grab_focus (GTK_WIDGET (self->text));
  self->followed_id = 0;

  /* [[titles]] that were typed and fit one record lead there from now on. */
  if (!g_str_equal (job->resolved, memo->text))
    {
      annals_memo_text_set_text (self->text, job->resolved, NULL);
      annals_memos_place_edited (self);
    }
}

static void
loaded_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsMemosPlace *self = ANNALS_MEMOS_PLACE (owner);
  LoadJob *job = data;

  if (job->cancellable != self->loading)
    return;

  g_clear_object (&self->loading);
  if (error == NULL)
    {
      /* What is being typed is newer; it meets what came in between when it is saved. */
      if (!self->dirty || self->memo_id != job->id)
        show_memo (self, job);
      return;
    }

  self->dirty = FALSE;
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->memo_id = 0;
  annals_links_section_show (self->mentions, ANNALS_RECORD_MEMO, 0);
  gtk_stack_set_visible_child_name (self->stack, "none");
  if (!g_error_matches (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND))
    annals_desk_fail (self->desk, _("The memo could not be read"), error->message);
}

void
annals_memos_place_load (AnnalsMemosPlace *self,
                         gint64            memo_id)
{
  LoadJob *job;

  if (self->desk == NULL || memo_id == 0)
    return;

  if (memo_id != self->memo_id)
    annals_memos_place_flush (self);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  job = g_new0 (LoadJob, 1);
  job->id = memo_id;
  job->cancellable = g_object_ref (self->loading);
  annals_desk_read (self->desk, self, load_in_reader, job, (GDestroyNotify) load_job_free, self->loading, loaded_cb);
}
