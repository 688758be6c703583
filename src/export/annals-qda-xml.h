/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-tags.h"

G_BEGIN_DECLS

/* What codebooks and projects of REFI-QDA have in common. */

/* Words as they stand in an element or an attribute; what XML has no way to write becomes U+FFFD. */
void annals_qda_append_text  (GString *xml, const char *text);
/* @n spaces */
void annals_qda_append_space (GString *xml, guint n);
/* A Code for each tag, in the one for the tag above it. @tags: as of annals_db_list_tags_for_file(); @indent: of the outermost. */
void annals_qda_append_codes (GString *xml, GPtrArray *tags, guint indent);

G_END_DECLS
