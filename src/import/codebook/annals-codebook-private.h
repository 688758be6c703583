/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-codebook.h"

G_BEGIN_DECLS

AnnalsCodebook *annals_codebook_new      (void);
/* (transfer none): a new one, which says nothing but its name (taken). NULL: there are too many. */
AnnalsCode     *annals_codebook_add      (AnnalsCodebook *self, char *name, GError **error);
void            annals_codebook_remark   (AnnalsCodebook *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* NULL (and a remark) unless @text is a UUID, with or without braces. */
char           *annals_codebook_dup_uid  (AnnalsCodebook *self, const char *text);
/* A colour's name in the palette, or the one that is nearest to "#RRGGBB" or "#RGB"; NULL and a remark when it
 * is neither. */
char           *annals_codebook_dup_colour (AnnalsCodebook *self, const char *text);

AnnalsCodebook *annals_codebook_parse_csv (const char *text, gsize size, const char *name, GError **error);
AnnalsCodebook *annals_codebook_parse_qdc (const char *bytes, gsize size, const char *name, GError **error);

G_END_DECLS
