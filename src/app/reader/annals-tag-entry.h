/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_TAG_ENTRY (annals_tag_entry_get_type ())
/**
 * AnnalsTagEntry:
 *
 * Where a tag is typed, with those that are there already offered below. For popovers.
 *
 * Signal "tag-entered" (const char *name): Enter was pressed or one of those offered was chosen.
 */
G_DECLARE_FINAL_TYPE (AnnalsTagEntry, annals_tag_entry, ANNALS, TAG_ENTRY, GtkWidget)

GtkWidget *annals_tag_entry_new      (void);
/* Which to offer: @tags (element type AnnalsTag) (nullable), kept by reference; not those in
 * @without (nullable). */
void       annals_tag_entry_set_tags (AnnalsTagEntry     *self,
                                      GPtrArray          *tags,
                                      const char * const *without);
/* Empties it and takes the keyboard's focus. */
void       annals_tag_entry_begin    (AnnalsTagEntry     *self);

G_END_DECLS
