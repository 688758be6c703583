/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <nettle/sha2.h>

G_BEGIN_DECLS

#define ANNALS_SHA256_HEX_LENGTH 64

/**
 * AnnalsSha256:
 *
 * A SHA-256 (FIPS 180-4) being computed. A value that can be copied: a copy goes its own way. GLib's own takes
 * twenty times as long on processors that can do it by themselves.
 */
typedef struct
{
  struct sha256_ctx context;
} AnnalsSha256;

void  annals_sha256_init    (AnnalsSha256       *self);
void  annals_sha256_update  (AnnalsSha256       *self,
                             gconstpointer       data,
                             gsize               length);
/* Lower-case hex of what was given so far; more can be given afterwards. Free with g_free(). */
char *annals_sha256_dup_hex (const AnnalsSha256 *self);
/* The same of one piece. */
char *annals_sha256_dup_hex_of (gconstpointer    data,
                                gsize            length);

G_END_DECLS
