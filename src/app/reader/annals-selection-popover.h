/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-reading.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_SELECTION_POPOVER (annals_selection_popover_get_type ())
/**
 * AnnalsSelectionPopover:
 *
 * What can be done to the selected passage, or to one that is marked already. It never takes the
 * keyboard from the text unless Tab leads there. It acts through the reader's actions.
 */
G_DECLARE_FINAL_TYPE (AnnalsSelectionPopover,
                      annals_selection_popover,
                      ANNALS,
                      SELECTION_POPOVER,
                      GtkPopover)

GtkWidget *annals_selection_popover_new (void);
/* @annotation (nullable): the marked passage of @reading it is about, read now and not kept; NULL: the
 * selection. @can_move: the selection may become the bounds of a mark that it overlaps. */
void       annals_selection_popover_set (AnnalsSelectionPopover *self,
                                         AnnalsReading          *reading,
                                         AnnalsAnnotation       *annotation,
                                         gboolean                can_move);
/* Offers the highlights that lie over each other at a place (element type AnnalsAnnotation); none are offered
 * where there is only one, or @choices is NULL. */
void       annals_selection_popover_set_choices (AnnalsSelectionPopover *self,
                                                 AnnalsReading          *reading,
                                                 GPtrArray              *choices,
                                                 gint64                  chosen_id);

G_END_DECLS
