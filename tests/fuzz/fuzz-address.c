/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "annals-address.h"
#include "annals-fuzzy.h"
#include "annals-hyphenation.h"
#include "annals-tags.h"
#include "annals-text.h"

/* Short texts of strangers: an address that is shown and opened, a name that is typed, a word that is broken. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_address (const char *text)
{
  g_autofree char *resolved G_GNUC_UNUSED = annals_address_resolve ("https://example.org/a/b?c", text);
  g_autofree char *host = annals_address_dup_host (text);

  if (annals_address_can_open (text))
    g_assert_true (g_ascii_strncasecmp (text, "http", 4) == 0 || g_ascii_strncasecmp (text, "mailto:", 7) == 0);
  g_assert_true (host == NULL || *host != '\0');
}

static void
check_name (const char *text)
{
  g_autoptr(AnnalsFuzzy) fuzzy = annals_fuzzy_new (text);
  g_autofree char *folded = annals_tag_fold (text);
  g_autofree char *composed = annals_text_compose (text);
  g_autofree char *line = annals_text_normalize_line (text, -1);

  g_assert_cmpint (annals_fuzzy_score (fuzzy, text), >=, 0);
  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_true (g_utf8_validate (composed, -1, NULL) && g_utf8_validate (line, -1, NULL));
  g_assert_null (strchr (line, '\n'));
}

static void
check_word (const char *text)
{
  static AnnalsHyphenation *hyphenation = NULL;
  g_autoptr(GArray) places = NULL;
  gsize at = 0;

  if (hyphenation == NULL)
    hyphenation = annals_hyphenation_new ();
  places = annals_hyphenation_find (hyphenation, "en-US", text);
  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      gsize place = g_array_index (places, guint, i);

      g_assert_cmpuint (place, >, at);
      g_assert_cmpuint (place, <, strlen (text));
      g_assert_true (g_utf8_validate (text + place, -1, NULL));
      at = place;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_autofree char *text = g_utf8_make_valid (bytes, -1);

  check_address (text);
  check_name (text);
  check_word (text);

  return 0;
}
