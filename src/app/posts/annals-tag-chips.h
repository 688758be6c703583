/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_TAG_CHIPS (annals_tag_chips_get_type ())
/**
 * AnnalsTagChips:
 *
 * The tags of a post in one line, each a chip with its colour; what does not fit is counted in a last
 * chip ("+3"). Only to be looked at: it is drawn, not made of widgets, as a list shows hundreds.
 */
G_DECLARE_FINAL_TYPE (AnnalsTagChips, annals_tag_chips, ANNALS, TAG_CHIPS, GtkWidget)

GtkWidget *annals_tag_chips_new      (void);
/* @names and @colours (names of annals-palette.h): parallel, copied, NULL-terminated. Without any the widget hides. */
void       annals_tag_chips_set_tags (AnnalsTagChips      *self,
                                      const char * const  *names,
                                      const char * const  *colours);

G_END_DECLS
