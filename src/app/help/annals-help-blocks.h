/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-help-book.h"

G_BEGIN_DECLS

/* Fills @box with what stands on @page. Of Mallard it knows what the pages use: titles, paragraphs, sections, lists,
 * steps, tables, notes, code and figures; the labels' links are ids of pages. */
void annals_help_blocks_fill (GtkBox               *box,
                              AnnalsHelpBook       *book,
                              const AnnalsHelpPage *page);

G_END_DECLS
