/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-date.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_NEW_EVENT_POPOVER (annals_new_event_popover_get_type ())
/**
 * AnnalsNewEventPopover:
 *
 * Asks for the title and the date of a new event; the date may be left out.
 *
 * Signal "accepted" (const char *title, AnnalsDate *date). The popover has closed itself by then.
 */
G_DECLARE_FINAL_TYPE (AnnalsNewEventPopover, annals_new_event_popover, ANNALS, NEW_EVENT_POPOVER, GtkPopover)

GtkWidget *annals_new_event_popover_new (void);
/* Opens it with an empty title; @date (nullable): what stands in its field at first */
void       annals_new_event_popover_ask (AnnalsNewEventPopover *self,
                                         AnnalsDate            *date);

G_END_DECLS
