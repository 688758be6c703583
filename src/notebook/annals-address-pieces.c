/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-columns.h"

void
annals_address_pieces (const char *address,
                       guint64     pieces[2])
{
  guint32 three = 0;

  pieces[0] = pieces[1] = 0;
  for (guint i = 0; address[i] != '\0'; i++)
    {
      three = (three << 8 | (guchar) g_ascii_tolower (address[i])) & 0xffffff;
      if (i >= 2)
        {
          guint bit = three * 2654435761u >> 25;   /* Knuth's multiplicative hash */

          pieces[bit >> 6] |= G_GUINT64_CONSTANT (1) << (bit & 63);
        }
    }
}
