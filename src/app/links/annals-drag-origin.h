/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whatever drags records by their ids says so when the drag is prepared. */
void     annals_drag_begin_from (GtkWidget *source);
/* Whether what is dragged belongs to the notebook that @target's window shows: an id of another one would mean
 * another record here. */
gboolean annals_drag_belongs_to (GtkWidget *target);

/* A selection of words in @view, which GtkTextView drags by itself, is a passage of this post; code points of its
 * text are characters of the buffer. To be said again of another buffer. */
void     annals_drag_set_passage (GtkTextView   *view,
                                  gint64         post_id,
                                  const char    *colour);
/* The passage that is dragged in @drop; FALSE when it is none of the notebook of @target's window. @colour (out,
 * nullable, borrowed): what the user marks with. */
gboolean annals_drag_get_passage (GtkWidget     *target,
                                  GdkDrop       *drop,
                                  gint64        *post_id,
                                  guint         *start,
                                  guint         *end,
                                  const char   **colour);

G_END_DECLS
