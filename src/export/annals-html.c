/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-html.h"

#include "annals-address.h"

static const char *
get_entity (char c)
{
  switch (c)
    {
    case '&':
      return "&amp;";

    case '<':
      return "&lt;";

    case '>':
      return "&gt;";

    case '"':
      return "&quot;";

    case '\'':
      return "&#39;";

    default:
      /* controls; what of UTF-8 is above ASCII is no ASCII control */
      return g_ascii_iscntrl (c) && c != '\n' && c != '\t' ? " " : NULL;
    }
}

void
annals_html_append_text (GString    *html,
                         const char *text)
{
  g_autofree char *valid = NULL;
  const char *run;

  g_return_if_fail (html != NULL && text != NULL);

  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);

  run = text;
  for (const char *p = text; *p != '\0'; p++)
    {
      const char *entity = get_entity (*p);

      if (entity == NULL)
        continue;
      g_string_append_len (html, run, p - run);
      g_string_append (html, entity);
      run = p + 1;
    }
  g_string_append (html, run);
}

void
annals_html_append_format (GString    *html,
                           const char *format,
                           ...)
{
  va_list args;

  va_start (args, format);
  for (const char *p = format; *p != '\0'; p++)
    if (p[0] == '%' && p[1] == 's')
      {
        annals_html_append_text (html, va_arg (args, const char *));
        p++;
      }
    else
      {
        g_string_append_c (html, *p);
      }
  va_end (args);
}

void
annals_html_append_link (GString    *html,
                         const char *address,
                         const char *text)
{
  if (annals_address_can_open (address))
    annals_html_append_format (html, "<a href=\"%s\">%s</a>", address, text);
  else
    annals_html_append_text (html, text);
}
