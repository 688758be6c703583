/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-draft.h"
#include "annals-page.h"

G_BEGIN_DECLS

/* The pictures that stand in @node itself, as data: addresses (element type AnnalsPicture), each once; NULL
 * when there are none. Each <img> gets the address of its picture, "sha256:HEX", in the place of the data, so that
 * the text's IMAGE span has it. Placeholders of pictures that a program loads later are left alone. */
GPtrArray *annals_page_take_pictures (xmlNode *node);

G_END_DECLS
