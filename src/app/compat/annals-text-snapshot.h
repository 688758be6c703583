/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*AnnalsSnapshotFunc) (GtkWidget   *widget,
                                    GtkSnapshot *snapshot);

/* Has @widget, in which a GtkTextView is, drawn by @func, its parent class's. GtkTextView of GTK 4.8 may find out how
 * high its text is while it draws; the scrollbar, which has its place by then, is told when the frame is done.
 * @adjustment: (nullable): the vertical one */
void annals_text_snapshot (GtkWidget          *widget,
                           GtkSnapshot        *snapshot,
                           GtkAdjustment      *adjustment,
                           AnnalsSnapshotFunc  func);

typedef void (*AnnalsAllocateFunc) (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline);

/* The same for when it is given its place. */
void annals_text_allocate (GtkWidget          *widget,
                           int                 width,
                           int                 height,
                           int                 baseline,
                           GtkAdjustment      *adjustment,
                           AnnalsAllocateFunc  func);

G_END_DECLS
