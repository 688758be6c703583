/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-private.h"

#include <glib/gi18n.h>

/* A post whose end was seen, and that was looked at for more than a moment, has been read. That is
 * a change as any other, but nobody's action: it must not come between an action and its Undo, nor
 * end what could be redone. So it waits until the post was left and nothing is offered to be
 * undone. */

#define READ_AFTER (3 * G_USEC_PER_SEC / 2)
#define QUIET_TIME (10 * G_USEC_PER_SEC)   /* longer than a toast stays */

static void mark_later (AnnalsReader *self,
                        gint64        wait);

static gboolean
mark_cb (gpointer user_data)
{
  AnnalsReader *self = user_data;
  AnnalsNotebook *notebook = self->desk != NULL ? annals_desk_get_notebook (self->desk) : NULL;
  AnnalsPostChange *change;
  g_autofree char *label = NULL;
  guint n_posts = self->finished->len;

  self->finished_id = 0;
  if (notebook == NULL || n_posts == 0)
    return G_SOURCE_REMOVE;

  if (g_get_monotonic_time () - self->last_toast < QUIET_TIME ||
      annals_notebook_get_redo_label (notebook) != NULL)
    {
      mark_later (self, QUIET_TIME);
      return G_SOURCE_REMOVE;
    }

  change = annals_post_change_new (0);
  g_array_append_vals (change->post_ids, self->finished->data, n_posts);
  change->read = TRUE;
  g_array_set_size (self->finished, 0);
  label = g_strdup_printf (ngettext ("Mark %u post as read", "Mark %u posts as read", n_posts),
                           n_posts);
  annals_desk_change (self->desk, self, n_posts == 1 ? _("Mark as read") : label, NULL,
                      annals_post_change_apply, change,
                      (GDestroyNotify) annals_post_change_free, NULL);

  return G_SOURCE_REMOVE;
}

static void
mark_later (AnnalsReader *self,
            gint64        wait)
{
  if (self->finished_id == 0)
    self->finished_id = g_timeout_add (wait / 1000, mark_cb, self);
}

void
annals_reader_begin_reading (AnnalsReader *self)
{
  self->shown_since = g_get_monotonic_time ();
  self->end_seen = FALSE;
}

static gboolean
was_looked_at (AnnalsReader *self)
{
  return self->shown_since != 0 && g_get_monotonic_time () - self->shown_since >= READ_AFTER;
}

void
annals_reader_note_scroll (AnnalsReader *self)
{
  if (!self->end_seen && was_looked_at (self))
    self->end_seen = annals_reader_page_is_at_end (self->page);
}

void
annals_reader_end_reading (AnnalsReader *self)
{
  annals_reader_note_scroll (self);

  if (self->end_seen && self->reading != NULL && !self->reading->post->read)
    {
      g_array_append_val (self->finished, self->post_id);
      mark_later (self, G_USEC_PER_SEC / 2);
    }

  self->shown_since = 0;
  self->end_seen = FALSE;
}

void
annals_reader_forget_finished (AnnalsReader *self)
{
  g_clear_handle_id (&self->finished_id, g_source_remove);
  g_array_set_size (self->finished, 0);
}
