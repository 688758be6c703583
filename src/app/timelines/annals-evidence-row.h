/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-timelines.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_EVIDENCE_ROW (annals_evidence_row_get_type ())
/**
 * AnnalsEvidenceRow:
 *
 * One piece of evidence in the editor: a button that leads to it (action "editor.open-evidence") and a
 * menu with its stance and its removal ("editor.set-stance", "editor.remove-evidence").
 */
G_DECLARE_FINAL_TYPE (AnnalsEvidenceRow, annals_evidence_row, ANNALS, EVIDENCE_ROW, GtkWidget)

GtkWidget *annals_evidence_row_new    (const AnnalsEvidence *evidence);
gint64     annals_evidence_row_get_id (AnnalsEvidenceRow    *self);
/* The same evidence as it is now: who is at the row stays there. */
void       annals_evidence_row_update (AnnalsEvidenceRow    *self,
                                       const AnnalsEvidence *evidence);

G_END_DECLS
