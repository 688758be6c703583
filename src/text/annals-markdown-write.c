/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-markdown-write.h"

#include <string.h>

#include "annals-text.h"

#define ALPHANUMERIC "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/* of a note's file: bytes, so that with its suffix it is no longer than file systems take */
#define MAX_FILE_NAME 240

/* "&amp;" and what else would be read as one character, maybe with what is written next */
static gboolean
begins_reference (const char *ampersand)
{
  const char *end = ampersand + 1;

  end += *end == '#';
  end += strspn (end, ALPHANUMERIC);

  return *end == ';' || *end == '\0';
}

void
annals_markdown_append_plain (GString    *out,
                              const char *text,
                              const char *newline)
{
  const char *line = text;

  g_return_if_fail (out != NULL && text != NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean begins = p == line;

      if (*p == '\n')
        line = p + 1;
      if (*p == '\n')
        g_string_append (out, newline);
      else if (strchr ("\\`*_[]<>~|$", *p) != NULL || (*p == '&' && begins_reference (p)) ||
               (begins && strchr ("#+-=:", *p) != NULL) ||
               (*p == '#' && p[-1] == ' '))   /* no end of a heading, and no tag */
        g_string_append_printf (out, "\\%c", *p);
      else if ((*p == '.' || *p == ')') && !begins && strspn (line, "0123456789") == (gsize) (p - line))
        g_string_append_printf (out, "\\%c", *p);   /* no numbered list */
      else
        g_string_append_c (out, *p);
    }
}

/* @name in one line without the characters of @left_out, and with single spaces. */
static char *
dup_without (const char *name,
             const char *left_out)
{
  g_autofree char *kept = g_strdelimit (g_strdup (name), left_out, ' ');

  return annals_text_normalize_line (kept, -1);
}

/* What a note of that name may be called on every system: what no file's name can hold, or what ends a link, is left
 * out, as are dots at both ends: such a file is hidden, or loses them. */
static char *
dup_file_name (const char *name)
{
  g_autofree char *kept = dup_without (name, "[]#^|\\/:*?\"<>\n");
  const char *start = kept + strspn (kept, ". ");
  gsize length = strlen (start);

  while (length > MAX_FILE_NAME)
    length = (gsize) (g_utf8_prev_char (start + length) - start);
  while (length > 0 && strchr (". ", start[length - 1]) != NULL)
    length--;

  return g_strndup (start, length);
}

void
annals_markdown_append_wiki (GString    *out,
                             const char *name)
{
  g_autofree char *target = NULL;

  g_return_if_fail (out != NULL && name != NULL);

  target = dup_file_name (name);
  if (*target == '\0')
    annals_markdown_append_plain (out, name, " ");
  else if (g_str_equal (target, name))
    g_string_append_printf (out, "[[%s]]", name);
  else
    {
      g_autofree char *alias = dup_without (name, "[]|\n");
      g_autoptr(GString) shown = g_string_new (alias);

      /* no sign is escaped there, and what looks like an element would be one for some */
      g_string_replace (shown, "<", "‹", 0);
      g_string_replace (shown, ">", "›", 0);
      g_string_append_printf (out, "[[%s|%s]]", target, shown->str);
    }
}

void
annals_markdown_append_tag (GString    *out,
                            const char *name)
{
  g_autoptr(GString) tag = g_string_new (NULL);
  gboolean has_letter = FALSE;

  g_return_if_fail (out != NULL && name != NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_' || c == '/')
        g_string_append_unichar (tag, c);
      else if (tag->len > 0 && tag->str[tag->len - 1] != '-')
        g_string_append_c (tag, '-');
      has_letter |= g_unichar_isalpha (c);
    }
  while (tag->len > 0 && strchr ("-/", tag->str[tag->len - 1]) != NULL)
    g_string_truncate (tag, tag->len - 1);

  /* a number alone is no tag in Obsidian */
  if (tag->len > 0)
    g_string_append_printf (out, "#%s%s", tag->str, has_letter ? "" : "_");
}

void
annals_markdown_append_link (GString    *out,
                             const char *address)
{
  g_string_append (out, " <");
  for (const char *p = address; *p != '\0'; p++)
    if (*p == '<' || *p == '>' || *p == ' ' || g_ascii_iscntrl (*p))
      g_string_append_printf (out, "%%%02X", (guchar) *p);
    else
      g_string_append_c (out, *p);
  g_string_append_c (out, '>');
}

void
annals_markdown_append_target (GString    *out,
                               const char *address)
{
  g_string_append (out, "](");
  for (const char *p = address; *p != '\0'; p++)
    if (*p == '&' && p[1 + strspn (p + 1, "#" ALPHANUMERIC)] == ';')
      g_string_append (out, "&amp;");
    else if (strchr ("()<>\\ \"`|", *p) != NULL || g_ascii_iscntrl (*p))
      g_string_append_printf (out, "%%%02X", (guchar) *p);
    else
      g_string_append_c (out, *p);
  g_string_append_c (out, ')');
}

void
annals_yaml_append (GString    *out,
                    const char *name,
                    const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_string_append_printf (out, "%s: \"", name);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", (char) c);
      else if (c == '\n')
        g_string_append (out, "\\n");
      else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_unichar (out, c);
    }
  g_string_append (out, "\"\n");
}
