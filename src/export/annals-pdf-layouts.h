/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * AnnalsPdfLayouts:
 *
 * Paragraphs that were set in type, by all that they are made of: the pass that draws has them from the one that
 * measured, and what is said again, such as a source, is set once. It holds no more than so much text.
 */
typedef struct _AnnalsPdfLayouts AnnalsPdfLayouts;

AnnalsPdfLayouts *annals_pdf_layouts_new        (void);
AnnalsPdfLayouts *annals_pdf_layouts_ref        (AnnalsPdfLayouts *self);
void              annals_pdf_layouts_unref      (AnnalsPdfLayouts *self);

/* @hyphens (out) (optional) (transfer none) (nullable): what came with it.
 * Returns: (transfer full) (nullable): not to be changed any more */
PangoLayout      *annals_pdf_layouts_ref_layout (AnnalsPdfLayouts  *self,
                                                 const char        *key,
                                                 GArray           **hyphens);
/* @key is taken. Keeps @layout while there is room. @hyphens (nullable) (element-type guint): the bytes of the
 * paragraph's text before which hyphens were put in. */
void              annals_pdf_layouts_add        (AnnalsPdfLayouts  *self,
                                                 char              *key,
                                                 PangoLayout       *layout,
                                                 GArray            *hyphens);

G_END_DECLS
