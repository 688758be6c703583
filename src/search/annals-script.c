/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-script-private.h"

#include "annals-tokenizer.h"

/* Letters, digits and the private use area, as unicode61 has it; marks go with their letter. */
static gboolean
has_term (gunichar ch)
{
  return g_unichar_isalnum (ch) || annals_tokenizer_is_paired (ch) ||
         g_unichar_type (ch) == G_UNICODE_PRIVATE_USE;
}

gboolean
annals_script_is_searchable (const char *start,
                             const char *end)
{
  for (const char *p = start; end != NULL ? p < end : *p != '\0'; p = g_utf8_next_char (p))
    if (has_term (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

const char *
annals_script_find_single_at_end (const char *words)
{
  const char *last = NULL;
  gunichar before = 0;

  for (const char *p = words; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);

      if (g_unichar_ismark (ch) && !annals_tokenizer_is_paired (ch))
        continue;

      if (annals_tokenizer_is_paired (ch))
        last = annals_tokenizer_is_paired (before) ? NULL : p;
      else if (has_term (ch))
        last = NULL;

      before = ch;
    }

  return last;
}
