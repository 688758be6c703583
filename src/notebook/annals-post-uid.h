/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsPostUid:
 *
 * The version 5 UUID of an identity of a post, as the notebook holds a post's own (the string) and its
 * further ones (the bytes).
 */
typedef struct
{
  guint8 bytes[16];
  char   string[37];
} AnnalsPostUid;

void     annals_post_uid_init             (AnnalsPostUid *self,
                                           const char    *identity);
/* FALSE when @string is none; only of a damaged file. */
gboolean annals_post_uid_init_from_string (AnnalsPostUid *self,
                                           const char    *string);

G_END_DECLS
