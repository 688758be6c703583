/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-desk.h"
#include "annals-links.h"

G_BEGIN_DECLS

/**
 * AnnalsLinkFrom:
 *
 * What is to be linked with something: one record, several posts, or a passage that is not marked yet and is
 * marked along with the link, as one action.
 */
typedef struct
{
  AnnalsRecord  kind;
  GArray       *ids;       /* (element type gint64) empty: a passage to be marked */
  gint64        post_id;   /* of the passage to be marked, and its place in code points */
  guint         start;
  guint         end;
  char         *colour;    /* (nullable) */
  char         *title;     /* what the dialog calls it */
} AnnalsLinkFrom;

AnnalsLinkFrom *annals_link_from_new         (AnnalsRecord    kind,
                                              gint64          id,
                                              const char     *title);
/* @ids: (element type gint64) copied */
AnnalsLinkFrom *annals_link_from_new_posts   (GArray         *ids);
AnnalsLinkFrom *annals_link_from_new_passage (gint64          post_id,
                                              guint           start,
                                              guint           end,
                                              const char     *colour,
                                              const char     *quotation);
void            annals_link_from_free        (AnnalsLinkFrom *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsLinkFrom, annals_link_from_free)

#define ANNALS_TYPE_LINK_DIALOG (annals_link_dialog_get_type ())
/**
 * AnnalsLinkDialog:
 *
 * How two things are linked, and what there is to say of it.
 */
G_DECLARE_FINAL_TYPE (AnnalsLinkDialog, annals_link_dialog, ANNALS, LINK_DIALOG, AdwWindow)

/* Lets the user find what to link @from with, then say how. @widget: in the window that asks; @from: (transfer
 * full) */
void annals_link_pick (GtkWidget         *widget,
                       AnnalsDesk        *desk,
                       AnnalsLinkFrom    *from);
/* The same when the other end is known already, as after a drag. */
void annals_link_ask  (GtkWidget         *widget,
                       AnnalsDesk        *desk,
                       AnnalsLinkFrom    *from,
                       const AnnalsNamed *to);
/* Changes what a link says. */
void annals_link_edit (GtkWidget         *widget,
                       AnnalsDesk        *desk,
                       const AnnalsLink  *link);

G_END_DECLS
