/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-wxr-draft.h"

G_BEGIN_DECLS

/**
 * AnnalsWxrParser:
 *
 * Reads the pieces into which a WordPress export was cut. One for each thread that reads them.
 */
typedef struct _AnnalsWxrParser AnnalsWxrParser;

AnnalsWxrParser *annals_wxr_parser_new          (void);
void             annals_wxr_parser_free         (AnnalsWxrParser    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsWxrParser, annals_wxr_parser_free)

/* @piece: from <item> to </item>; @root: the file's own start tag <rss …>, which declares its namespaces.
 * Returns NULL when the item is damaged. */
AnnalsWxrItem   *annals_wxr_parser_read_item    (AnnalsWxrParser    *self,
                                                 const char         *root,
                                                 const GString      *piece);
/* Reads what stands in the channel and in no item: what it says goes to @blog and @reader. FALSE when it is
 * damaged; what came before the damage is known all the same. */
gboolean         annals_wxr_parser_read_channel (AnnalsWxrParser    *self,
                                                 const char         *root,
                                                 const char         *xml,
                                                 gsize               length,
                                                 AnnalsWxrBlog      *blog,
                                                 AnnalsFormatReader *reader);
/* What the parser stumbled over in the last piece, "" when it did not say; @line (out): of the piece, from 1. */
const char      *annals_wxr_parser_get_damage   (AnnalsWxrParser    *self,
                                                 guint              *line);

G_END_DECLS
