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

gboolean
annals_address_can_open (const char *address)
{
  g_autofree char *scheme = NULL;

  g_return_val_if_fail (address != NULL, FALSE);

  scheme = g_uri_parse_scheme (address);

  return scheme != NULL &&
         (g_ascii_strcasecmp (scheme, "http") == 0 || g_ascii_strcasecmp (scheme, "https") == 0 ||
          g_ascii_strcasecmp (scheme, "mailto") == 0);
}

char *
annals_address_dup_host (const char *address)
{
  g_autoptr(GUri) uri = NULL;
  g_autofree char *ascii = NULL;
  const char *host;

  g_return_val_if_fail (address != NULL, NULL);

  uri = g_uri_parse (address, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_NON_DNS, NULL);
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (host == NULL || *host == '\0')
    return NULL;

  ascii = g_hostname_is_non_ascii (host) ? g_hostname_to_ascii (host) : NULL;

  return ascii != NULL ? g_strdup_printf ("%s (%s)", host, ascii) : g_strdup (host);
}
