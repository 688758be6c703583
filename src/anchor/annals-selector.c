/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-anchor.h"

/**
 * annals_selector_new:
 * @start: first code point
 * @end: code point after the last; more than @start and no more than the text's length
 *
 * Returns: (transfer full): the passage with its context
 */
AnnalsSelector *
annals_selector_new (AnnalsText *text,
                     guint       start,
                     guint       end)
{
  AnnalsSelector *self;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (start < end && end <= annals_text_get_length (text), NULL);

  self = g_new0 (AnnalsSelector, 1);
  self->start = start;
  self->end = end;
  self->exact = annals_text_dup_slice (text, start, end);
  self->prefix = annals_text_dup_slice (text, start - MIN (start, ANNALS_ANCHOR_CONTEXT), start);
  self->suffix = annals_text_dup_slice (text, end, end + ANNALS_ANCHOR_CONTEXT);

  return self;
}

/**
 * annals_selector_free:
 *
 * Frees it with its strings.
 */
void
annals_selector_free (AnnalsSelector *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->exact);
  g_free (self->prefix);
  g_free (self->suffix);
  g_free (self);
}
