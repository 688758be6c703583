/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-post-uid.h"

#include <string.h>

#include "annals-imports.h"

/* Namespace of posts' uids: the version 5 UUID, in the URL namespace of RFC 9562, of
 * "https://io.github.annals/post". It may never change. */
static const guint8 post_namespace[16] = {
  0x8e, 0x79, 0xa1, 0x3e, 0xf9, 0x02, 0x57, 0x90, 0x9f, 0x10, 0x2b, 0xfe, 0x88, 0x71, 0x45, 0xaa,
};

/* Of an identity that is a uid itself: what Annals said of a post in a file for another program. */
#define OWN_PREFIX "annals:post:"

/* RFC 9562, section 5.5 */
static void
init_from_hash (AnnalsPostUid *self,
                const char    *identity)
{
  static const char hex[] = "0123456789abcdef";
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 d[20];
  gsize size = sizeof d;
  char *p = self->string;

  g_checksum_update (checksum, post_namespace, sizeof post_namespace);
  g_checksum_update (checksum, (const guint8 *) identity, (gssize) strlen (identity));
  g_checksum_get_digest (checksum, d, &size);
  d[6] = (d[6] & 0x0f) | 0x50;
  d[8] = (d[8] & 0x3f) | 0x80;
  memcpy (self->bytes, d, sizeof self->bytes);

  for (guint i = 0; i < sizeof self->bytes; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *p++ = '-';
      *p++ = hex[d[i] >> 4];
      *p++ = hex[d[i] & 15];
    }
  *p = '\0';
}

void
annals_post_uid_init (AnnalsPostUid *self,
                      const char    *identity)
{
  const char *own = identity + strlen (OWN_PREFIX);

  if (!g_str_has_prefix (identity, OWN_PREFIX) || !g_uuid_string_is_valid (own) ||
      !annals_post_uid_init_from_string (self, own))
    init_from_hash (self, identity);
}

gboolean
annals_post_uid_init_from_string (AnnalsPostUid *self,
                                  const char    *string)
{
  guint n = 0;

  for (const char *p = string; *p != '\0' && n < 2 * sizeof self->bytes; p++)
    {
      int digit = g_ascii_xdigit_value (*p);

      if (digit < 0 && *p != '-')
        return FALSE;
      if (digit < 0)
        continue;

      self->bytes[n / 2] = (guint8) (n % 2 == 0 ? digit << 4 : self->bytes[n / 2] | digit);
      n++;
    }

  g_strlcpy (self->string, string, sizeof self->string);
  return n == 2 * sizeof self->bytes;
}

char *
annals_post_identity_for_uid (const char *uid)
{
  g_autofree char *lower = NULL;

  g_return_val_if_fail (uid != NULL, NULL);

  lower = g_ascii_strdown (uid, -1);
  return g_strconcat (OWN_PREFIX, lower, NULL);
}

char *
annals_post_uid_for_identity (const char *identity)
{
  AnnalsPostUid uid;

  g_return_val_if_fail (identity != NULL, NULL);

  annals_post_uid_init (&uid, identity);

  return g_strdup (uid.string);
}
