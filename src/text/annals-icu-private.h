/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

G_BEGIN_DECLS

typedef struct
{
  __typeof__ (uloc_canonicalize)    *canonicalize;
  __typeof__ (u_strFromUTF8WithSub) *from_utf8;
  __typeof__ (ucol_open)            *open;
  __typeof__ (ucol_setAttribute)    *set_attribute;
  __typeof__ (ucol_strcollUTF8)     *compare;
  __typeof__ (ucol_getSortKey)      *get_key;
} AnnalsIcu;

const AnnalsIcu *annals_icu_get (void);

G_END_DECLS
