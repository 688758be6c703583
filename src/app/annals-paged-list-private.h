/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-paged-list.h"

G_BEGIN_DECLS

AnnalsPagedItem *annals_paged_item_new          (const AnnalsPagedKey *key,
                                                 GDestroyNotify        destroy);
/* @content: not NULL */
void             annals_paged_item_take_content (AnnalsPagedItem      *self,
                                                 gpointer              content);

G_END_DECLS
