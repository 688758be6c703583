/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-qda-xml.h"

#include "annals-palette.h"

void
annals_qda_append_text (GString    *xml,
                        const char *text)
{
  GString *clean = g_string_new (NULL);
  g_autofree char *kept = NULL;
  g_autofree char *escaped = NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);

      if ((ch < 0x20 && ch != '\t' && ch != '\n' && ch != '\r') || ch == 0xFFFE || ch == 0xFFFF)
        ch = 0xFFFD;
      g_string_append_unichar (clean, ch);
    }

  kept = g_string_free (clean, FALSE);
  escaped = g_markup_escape_text (kept, -1);
  g_string_append (xml, escaped);
}

void
annals_qda_append_space (GString *xml,
                         guint    n)
{
  g_string_append_printf (xml, "%*s", (int) n, "");
}

static void
begin_code (GString         *xml,
            const AnnalsTag *tag,
            guint            indent)
{
  const AnnalsColour *colour = annals_palette_lookup (tag->colour);

  annals_qda_append_space (xml, indent);
  g_string_append_printf (xml, "<Code guid=\"%s\" name=\"", tag->uid);
  annals_qda_append_text (xml, tag->name);
  g_string_append (xml, "\" isCodable=\"true\"");
  if (colour != NULL)
    g_string_append_printf (xml, " color=\"#%06X\"", colour->strong);
  g_string_append (xml, ">\n");
  if (*tag->description == '\0')
    return;

  annals_qda_append_space (xml, indent + 2);
  g_string_append (xml, "<Description>");
  annals_qda_append_text (xml, tag->description);
  g_string_append (xml, "</Description>\n");
}

static void
end_code (GString *xml,
          guint    indent)
{
  annals_qda_append_space (xml, indent);
  g_string_append (xml, "</Code>\n");
}

void
annals_qda_append_codes (GString   *xml,
                         GPtrArray *tags,
                         guint      indent)
{
  guint n_open = 0;

  for (guint i = 0; i < tags->len; i++)
    {
      const AnnalsTag *tag = tags->pdata[i];
      guint depth = MIN (tag->depth, n_open);   /* a tag follows the one above it */

      while (n_open > depth)
        end_code (xml, indent + --n_open * 2);
      begin_code (xml, tag, indent + depth * 2);
      n_open++;
    }
  while (n_open > 0)
    end_code (xml, indent + --n_open * 2);
}
