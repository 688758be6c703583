/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-address.h"

#include <string.h>

/* Whether what stands between "//" and the path can be read. */
static gboolean
has_sound_host (const char *address)
{
  const char *host = strstr (address, "//");
  gsize length = host != NULL ? strcspn (host + 2, "/?#") : 0;

  return host == NULL || memchr (host + 2, ';', length) == NULL;
}

char *
annals_address_resolve (const char *base,
                        const char *address)
{
  g_return_val_if_fail (base != NULL && address != NULL, NULL);

  if (!has_sound_host (base) || !has_sound_host (address))
    return NULL;

  return g_uri_resolve_relative (base, address, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
}
