/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_RULE_DIALOG (annals_rule_dialog_get_type ())
/**
 * AnnalsRuleDialog:
 *
 * The rule of a timeline: the search whose posts are suggested for it, with what it finds while it is typed.
 */
G_DECLARE_FINAL_TYPE (AnnalsRuleDialog, annals_rule_dialog, ANNALS, RULE_DIALOG, AdwWindow)

void annals_rule_dialog_present (GtkWindow  *parent,
                                 AnnalsDesk *desk,
                                 gint64      timeline_id);

G_END_DECLS
