/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-sha256.h"

#include <nettle/base16.h>

G_STATIC_ASSERT (BASE16_ENCODE_LENGTH (SHA256_DIGEST_SIZE) == ANNALS_SHA256_HEX_LENGTH);

void
annals_sha256_init (AnnalsSha256 *self)
{
  g_return_if_fail (self != NULL);

  sha256_init (&self->context);
}

void
annals_sha256_update (AnnalsSha256  *self,
                      gconstpointer  data,
                      gsize          length)
{
  g_return_if_fail (self != NULL && (data != NULL || length == 0));

  sha256_update (&self->context, length, data);
}

char *
annals_sha256_dup_hex (const AnnalsSha256 *self)
{
  struct sha256_ctx copy;
  guint8 digest[SHA256_DIGEST_SIZE];
  char *hex;

  g_return_val_if_fail (self != NULL, NULL);

  copy = self->context;
  sha256_digest (&copy, sizeof digest, digest);
  hex = g_malloc (ANNALS_SHA256_HEX_LENGTH + 1);
  base16_encode_update (hex, sizeof digest, digest);
  hex[ANNALS_SHA256_HEX_LENGTH] = '\0';

  return hex;
}

char *
annals_sha256_dup_hex_of (gconstpointer data,
                          gsize         length)
{
  AnnalsSha256 sha256;

  annals_sha256_init (&sha256);
  annals_sha256_update (&sha256, data, length);

  return annals_sha256_dup_hex (&sha256);
}
