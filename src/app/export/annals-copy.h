/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-citation.h"
#include "annals-desk.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_COPY_CITATION,   /* in the user's style */
  ANNALS_COPY_MARKDOWN,
} AnnalsCopyAs;

/* The style of citations that the user has chosen. */
AnnalsCitationStyle annals_copy_get_style (void);

/* Puts records into the clipboard of @widget, citations as text and as HTML; the desk says when they are there, and that
 * they are too many where they are.
 * @kind: posts, annotations or events; among annotations a memo's id is negative. @ids: (transfer full)
 * (element-type gint64) */
void annals_copy_records (GtkWidget     *widget,
                          AnnalsDesk    *desk,
                          AnnalsRecord   kind,
                          GArray        *ids,
                          AnnalsCopyAs   as);
/* The same of one. */
void annals_copy_record  (GtkWidget     *widget,
                          AnnalsDesk    *desk,
                          AnnalsRecord   kind,
                          gint64         id,
                          AnnalsCopyAs   as);
/* @html: (nullable): for those that take it */
void annals_copy_text    (GtkWidget     *widget,
                          const char    *plain,
                          const char    *html);

G_END_DECLS
