/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"
#include "annals-posts.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_SIDEBAR (annals_sidebar_get_type ())
/**
 * AnnalsSidebar:
 *
 * The parts of the notebook: all posts, timelines, tags, sources; or the timelines alone.
 *
 * Properties: "desk" (AnnalsDesk, nullable); "timelines-only" (boolean): shows the timelines alone, where
 * choosing one asks the desk to show it.
 *
 * Signals: "scope-selected" (uint AnnalsScope, gint64 id, const char *name): the user chose a part; also when
 * the chosen part was renamed, or removed (then it is all posts). "chosen": after it, and after a timeline
 * was asked for, when it was the user.
 */
G_DECLARE_FINAL_TYPE (AnnalsSidebar, annals_sidebar, ANNALS, SIDEBAR, GtkWidget)

GtkWidget *annals_sidebar_new             (void);
/* These select without a signal. */
void       annals_sidebar_select_scope    (AnnalsSidebar *self,
                                           AnnalsScope    scope,
                                           gint64         id);
void       annals_sidebar_select_timeline (AnnalsSidebar *self,
                                           gint64         timeline_id);
/* Whether the place of notes to review is what the window shows. */
void       annals_sidebar_set_review_shown (AnnalsSidebar *self,
                                            gboolean       review_shown);
void       annals_sidebar_set_timelines_only (AnnalsSidebar *self,
                                              gboolean       timelines_only);

G_END_DECLS
