/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-number.h"

/**
 * annals_number_parse:
 * @text: (nullable): what is to be a number
 * @max: the largest one that is taken, below %G_MAXUINT64
 * @number: (out): where to put it
 *
 * Reads a number from 0 to @max in ASCII digits, with nothing before or behind them.
 *
 * g_ascii_string_to_unsigned() and _signed() do not do here: they take for a failure what waiting for another
 * thread's first number leaves in errno.
 *
 * Returns: whether it is one; otherwise @number is as it was.
 */
gboolean
annals_number_parse (const char *text,
                     guint64     max,
                     guint64    *number)
{
  char *end;
  guint64 value;

  if (text == NULL || !g_ascii_isdigit (*text))
    return FALSE;

  /* too large: G_MAXUINT64 */
  value = g_ascii_strtoull (text, &end, 10);
  if (*end != '\0' || value > max)
    return FALSE;

  *number = value;

  return TRUE;
}
