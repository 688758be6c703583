/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text-bytes-private.h"
#include "annals-text-private.h"

#include <string.h>

#define REPLACEMENT "\357\277\275"

AnnalsCharClass
annals_char_classify (gunichar c)
{
  if (c > 0x20 && c < 0x7f)
    return ANNALS_CHAR_VISIBLE;

  if (c < 0xa0)
    return ANNALS_CHAR_SPACE;

  switch (c)
    {
    case 0x00a0:
    case 0x2007:
    case 0x202f:
      return ANNALS_CHAR_NO_BREAK;

    case 0x1680:
    case 0x2000 ... 0x2006:
    case 0x2008 ... 0x200a:
    case 0x2028:
    case 0x2029:
    case 0x205f:
    case 0x3000:
      return ANNALS_CHAR_SPACE;

    default:
      return ANNALS_CHAR_VISIBLE;
    }
}

/* The bytes of a run of valid UTF-8 that stand as they are. */
static gsize
clean_prefix (const char *text,
              gsize       length)
{
  gsize i;

  for (i = 0; i < length; i++)
    {
      guchar byte;

      while (i + 8 <= length && annals_bytes_are_printable (annals_bytes_load (text + i)))
        i += 8;
      if (i == length)
        break;

      byte = text[i];
      if (byte > 0xc2 && byte != 0xef)
        {
          i += g_utf8_skip[byte] - 1;
          continue;
        }
      if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f)
        break;
      if (byte == 0xc2 && (guchar) text[i + 1] < 0xa0)
        break;
      if (byte == 0xef && (guchar) text[i + 1] == 0xbf && (guchar) text[i + 2] >= 0xbe)
        break;
    }

  return i;
}

/* Valid UTF-8, so a lead byte is always followed by its trail. */
static void
append_valid (GString    *out,
              const char *text,
              gsize       length)
{
  gsize i = 0;

  while (i < length)
    {
      gsize clean = clean_prefix (text + i, length - i);

      g_string_append_len (out, text + i, clean);
      i += clean;

      if (i == length)
        break;

      if (text[i] == '\r')
        {
          g_string_append_c (out, '\n');
          i += i + 1 < length && text[i + 1] == '\n' ? 2 : 1;
        }
      else if ((guchar) text[i] == 0xc2)
        {
          g_string_append_c (out, (guchar) text[i + 1] == 0x85 ? '\n' : ' ');
          i += 2;
        }
      else if ((guchar) text[i] == 0xef)
        {
          g_string_append (out, REPLACEMENT);
          i += 3;
        }
      else
        {
          g_string_append_c (out, ' ');
          i++;
        }
    }
}

GString *
annals_text_repair (const char *text,
                    gssize      length)
{
  gsize left = length < 0 ? strlen (text) : (gsize) length;
  GString *out = g_string_sized_new (left);

  if (left >= 3 && memcmp (text, "\357\273\277", 3) == 0)
    {
      text += 3;
      left -= 3;
    }

  while (left > 0)
    {
      const char *end;
      gsize valid;

      g_utf8_validate_len (text, left, &end);
      valid = end - text;
      append_valid (out, text, valid);
      text += valid;
      left -= valid;

      if (left > 0)
        {
          if (*text == '\0')
            g_string_append_c (out, ' ');
          else
            g_string_append (out, REPLACEMENT);
          text++;
          left--;
        }
    }

  return out;
}
