/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-text.h"

G_BEGIN_DECLS

/* Whether @text, which a feed gives of the post at @url (nullable), is only its beginning: it ends in "[…]", in
 * "Continue reading" or its like in other languages, or it is short and ends in dots or a link to the post. */
gboolean annals_feed_text_is_excerpt (AnnalsText *text,
                                      const char *url);

G_END_DECLS
