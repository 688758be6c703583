/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-date.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_DATE_READING (annals_date_reading_get_type ())
/**
 * AnnalsDateReading:
 *
 * Stands below the entry of a date and says at once how it is understood. When the words may mean
 * several dates ("9/3/2020") each is a button; so is each date that is proposed. A button writes its
 * date into the entry, and nothing else does.
 */
G_DECLARE_FINAL_TYPE (AnnalsDateReading, annals_date_reading, ANNALS, DATE_READING, GtkWidget)

/* Reads the entry again, to be called when it has changed. Returns: (transfer none) (nullable): the
 * one date that it means, also the undated one of an empty entry. */
AnnalsDate *annals_date_reading_update        (AnnalsDateReading *self);
/* As the entry was read last */
AnnalsDate *annals_date_reading_get_date      (AnnalsDateReading *self);
/* The day from which "yesterday" is counted; NULL: none, as at first */
void        annals_date_reading_set_seen_from (AnnalsDateReading *self,
                                               AnnalsDate        *seen_from);
/* Keeps what is offered out of sight; at first it is seen. */
void        annals_date_reading_set_hides     (AnnalsDateReading *self,
                                               gboolean           hides);
/* Offers no dates any more. */
void        annals_date_reading_clear         (AnnalsDateReading *self);
/* Offers @date, which some @words of a text speak of. */
void        annals_date_reading_propose       (AnnalsDateReading *self,
                                               AnnalsDate        *date,
                                               const char        *words);

G_END_DECLS
