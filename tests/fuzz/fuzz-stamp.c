/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-stamp.h"

#include <stdint.h>
#include <string.h>

/* The first byte chooses the language and whether there is a zone. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char *const languages[] = { NULL, "en-US", "it", "ko" };
  static GTimeZone *zone;
  g_autofree char *string = NULL;
  g_autofree char *reason = NULL;
  g_autoptr(AnnalsDate) date = NULL;
  AnnalsStampDoubt doubt;

  if (size == 0)
    return 0;
  if (zone == NULL)
    zone = g_time_zone_new_offset (3600);

  string = g_strndup ((const char *) data + 1, size - 1);
  date = annals_stamp_parse (string, languages[data[0] % 4], data[0] & 4 ? zone : NULL, &doubt);
  reason = annals_stamp_dup_reason (doubt, string);

  /* what was read can be read again, and is said only where there is no great doubt */
  g_assert_true ((date != NULL) == (doubt == ANNALS_STAMP_CLEAR || doubt == ANNALS_STAMP_AMBIGUOUS));
  g_assert_true ((reason == NULL) == (doubt == ANNALS_STAMP_CLEAR));
  if (date)
    {
      g_autoptr(AnnalsDate) again = annals_date_parse (annals_date_get_edtf (date), NULL);

      g_assert_nonnull (again);
      g_assert_cmpstr (annals_date_get_edtf (again), ==, annals_date_get_edtf (date));
    }

  if (g_utf8_validate (string, -1, NULL))
    {
      gsize used;
      g_autoptr(AnnalsDate) first = annals_stamp_parse_prefix (string, -1, NULL, zone, &used, NULL);

      g_assert_true ((first != NULL) == (used > 0));
      g_assert_cmpuint (used, <=, strlen (string));
      g_assert_true (g_utf8_validate (string + used, -1, NULL));
    }

  if (reason)
    g_assert_true (g_utf8_validate (reason, -1, NULL));

  return 0;
}
