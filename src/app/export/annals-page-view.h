/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-pdf-document.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_PAGE_VIEW (annals_page_view_get_type ())
/**
 * AnnalsPageView:
 *
 * The pages of a document, one at a time, as large as there is room. They are drawn on a thread of its own. Page Up
 * and Page Down, the arrows, Home and End turn the pages.
 */
G_DECLARE_FINAL_TYPE (AnnalsPageView, annals_page_view, ANNALS, PAGE_VIEW, GtkWidget)

/* Shows @document; where it has so many pages, the same page as before. Again for one that has grown. */
void  annals_page_view_set_document (AnnalsPageView    *self,
                                     AnnalsPdfDocument *document);
/* The page that is shown, from 0. */
guint annals_page_view_get_page     (AnnalsPageView    *self);

G_END_DECLS
