/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date-proposals.h"

G_BEGIN_DECLS

/* More are too many to choose from. */
#define ANNALS_EVENT_DATES_MAX 6

typedef struct
{
  AnnalsDate *date;
  char       *words;
} AnnalsEventDate;

/* @date: an AnnalsEventDate */
void annals_event_date_free (gpointer date);

/* The dates that @text speaks of next to the passage from @start to @end, in code points, nearest
 * first; each date once. Takes as long as the text: not for the window's thread.
 * Returns: (transfer full) (element-type AnnalsEventDate) */
GPtrArray *annals_event_dates_find (AnnalsText *text,
                                    AnnalsDate *published,
                                    guint       start,
                                    guint       end);

G_END_DECLS
