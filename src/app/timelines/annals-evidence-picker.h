/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_EVIDENCE_PICKER (annals_evidence_picker_get_type ())
/**
 * AnnalsEvidencePicker:
 *
 * Finds a post by its words and offers it and the passages marked in it. For popovers.
 *
 * Signal "picked" (gint64 post_id, gint64 annotation_id; 0: the post as a whole).
 */
G_DECLARE_FINAL_TYPE (AnnalsEvidencePicker, annals_evidence_picker, ANNALS, EVIDENCE_PICKER, GtkWidget)

GtkWidget *annals_evidence_picker_new   (void);
/* Empties the entry, offers the newest posts, takes the keyboard's focus. */
void       annals_evidence_picker_begin (AnnalsEvidencePicker *self,
                                         AnnalsDesk           *desk);

G_END_DECLS
