/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"
#include "annals-pick-popover.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_TAG_EDITOR (annals_tag_editor_get_type ())
/**
 * AnnalsTagEditor:
 *
 * All that is said of a tag: its name, the tag above it, colour, description, other names and rule. What the
 * rule finds is shown while it is typed. Saving is one action of the user.
 */
G_DECLARE_FINAL_TYPE (AnnalsTagEditor, annals_tag_editor, ANNALS, TAG_EDITOR, AdwWindow)

/* @tag_id 0: a new one, below @parent_id (0: at the top) */
void annals_tag_editor_present     (GtkWindow         *parent,
                                    AnnalsDesk        *desk,
                                    gint64             tag_id,
                                    gint64             parent_id);

/* The id of the choice that means: below no tag. */
#define ANNALS_TAG_EDITOR_TOP -1
/* Fills @popover with the tags (element type AnnalsTag, in the order of their tree) that @tag_id (0: a new one) can
 * be below. */
void annals_tag_editor_add_parents (AnnalsPickPopover *popover,
                                    GPtrArray         *tags,
                                    gint64             tag_id);

G_END_DECLS
