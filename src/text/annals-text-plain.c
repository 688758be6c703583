/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text.h"
#include "annals-text-private.h"

#include <string.h>

static gboolean
line_is_blank (const char *line,
               gsize       length)
{
  for (const char *p = line; p < line + length; p = g_utf8_next_char (p))
    if (annals_char_classify (g_utf8_get_char (p)) == ANNALS_CHAR_VISIBLE)
      return FALSE;

  return TRUE;
}

/**
 * annals_text_new_from_plain:
 * @text: in UTF-8 or nearly
 * @length: in bytes, or -1 when it ends with NUL
 *
 * Blank lines separate the blocks; a line end inside a block is white space.
 *
 * Returns: (transfer full): the text; any input gives one
 */
AnnalsText *
annals_text_new_from_plain (const char *text,
                            gssize      length)
{
  g_autoptr(AnnalsTextBuilder) builder = annals_text_builder_new ();
  g_autoptr(GString) source = NULL;
  const char *p;
  const char *end;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  source = annals_text_repair (text, length);
  end = source->str + source->len;

  for (p = source->str; p < end;)
    {
      const char *newline = memchr (p, '\n', end - p);
      const char *stop = newline != NULL ? newline : end;

      if (line_is_blank (p, stop - p))
        annals_text_builder_break (builder);
      else
        annals_text_builder_append (builder, p, stop - p);
      annals_text_builder_space (builder);

      p = newline != NULL ? newline + 1 : end;
    }

  return annals_text_builder_finish (builder);
}

/* Whether @string, as most names and titles, is one line as it stands */
static gboolean
is_plain_line (const char *string,
               gsize       length)
{
  guchar before = ' ';

  for (gsize i = 0; i < length; i++)
    {
      guchar byte = string[i];

      if (byte < 0x20 || byte >= 0x7f || (byte == ' ' && before == ' '))
        return FALSE;
      before = byte;
    }

  return length == 0 || before != ' ';
}

/**
 * annals_text_normalize_line:
 * @string: (nullable): a short string in UTF-8 or nearly
 * @length: in bytes, or -1 when it ends with NUL
 *
 * Returns: (transfer full): it in one line, repaired, NFC, white space of any kind (also no-break)
 *   folded to one space, none at the ends
 */
char *
annals_text_normalize_line (const char *string,
                            gssize      length)
{
  g_autoptr(GString) source = NULL;
  g_autoptr(GString) line = NULL;
  gboolean space = FALSE;

  if (string == NULL)
    return g_strdup ("");

  if (length < 0)
    length = (gssize) strlen (string);
  if (is_plain_line (string, (gsize) length))
    return g_strndup (string, (gsize) length);

  source = annals_text_repair (string, length);
  line = g_string_sized_new (source->len);

  for (const char *p = source->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (annals_char_classify (g_utf8_get_char (p)) != ANNALS_CHAR_VISIBLE)
        {
          space = line->len > 0;
          continue;
        }

      if (space)
        g_string_append_c (line, ' ');
      g_string_append_len (line, p, g_utf8_skip[*(const guchar *) p]);
      space = FALSE;
    }

  return annals_nfc_dup (line->str, line->len, NULL, NULL);
}
