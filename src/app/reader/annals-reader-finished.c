/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-private.h"

/* A post whose end was seen, and that was looked at for more than a moment, has been read. That is
 * nobody's action: it is noted without a step of history. */

#define READ_AFTER (3 * G_USEC_PER_SEC / 2)

void
annals_reader_begin_reading (AnnalsReader *self)
{
  self->shown_since = g_get_monotonic_time ();
  self->end_seen = FALSE;
}

void
annals_reader_forget_reading (AnnalsReader *self)
{
  self->shown_since = 0;
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

  if (self->end_seen && self->reading != NULL && !self->reading->post->read && self->desk != NULL)
    {
      AnnalsPostChange *change = annals_post_change_new (self->post_id);

      change->read = TRUE;
      annals_desk_change (self->desk, self, NULL, NULL, annals_post_change_apply, change,
                          (GDestroyNotify) annals_post_change_free, NULL);
    }

  annals_reader_forget_reading (self);
}
