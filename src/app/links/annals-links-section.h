/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_LINKS_SECTION (annals_links_section_get_type ())
/**
 * AnnalsLinksSection:
 *
 * What a record is linked with, in words that say which way ("contradicted by"), and the memos that name it.
 * Follows the notebook. It is hidden while there is neither.
 *
 * Property "desk" (AnnalsDesk, nullable).
 */
G_DECLARE_FINAL_TYPE (AnnalsLinksSection, annals_links_section, ANNALS, LINKS_SECTION, GtkWidget)

GtkWidget *annals_links_section_new  (void);
/* @kind: a record that links or memos can name; @id 0: none. With a post come the links of its passages. */
void       annals_links_section_show (AnnalsLinksSection *self,
                                      AnnalsRecord        kind,
                                      gint64              id);

/* "in the trash": where a record is that cannot be shown; NULL when it can. */
const char *annals_where_get_words   (AnnalsWhere         where);

G_END_DECLS
