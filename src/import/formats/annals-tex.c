/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-tex.h"

#include <string.h>

#include "annals-text.h"

/* Accents of TeX as the characters that combine with the letter before them */
static gunichar
find_accent (char sign)
{
  static const struct
  {
    char     sign;
    gunichar mark;
  } accents[] = {
    { '`', 0x300 }, { '\'', 0x301 }, { '^', 0x302 }, { '~', 0x303 }, { '"', 0x308 }, { '=', 0x304 }, { '.', 0x307 },
    { 'u', 0x306 }, { 'v', 0x30c }, { 'H', 0x30b }, { 'c', 0x327 }, { 'k', 0x328 }, { 'd', 0x323 }, { 'b', 0x331 },
    { 'r', 0x30a },
  };

  for (guint i = 0; i < G_N_ELEMENTS (accents); i++)
    if (accents[i].sign == sign)
      return accents[i].mark;

  return 0;
}

static const char *
find_word (const char *word)
{
  static const struct
  {
    const char *word;
    const char *text;
  } words[] = {
    { "ss", "ß" }, { "ae", "æ" }, { "AE", "Æ" }, { "oe", "œ" }, { "OE", "Œ" }, { "aa", "å" }, { "AA", "Å" },
    { "o", "ø" }, { "O", "Ø" }, { "l", "ł" }, { "L", "Ł" }, { "i", "ı" }, { "j", "ȷ" }, { "textendash", "–" },
    { "textemdash", "—" }, { "textquoteleft", "‘" }, { "textquoteright", "’" }, { "textquotedblleft", "“" },
    { "textquotedblright", "”" }, { "ldots", "…" }, { "dots", "…" }, { "textbackslash", "\\" },
    { "textasciitilde", "~" }, { "textasciicircum", "^" }, { "euro", "€" }, { "S", "§" }, { "copyright", "©" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, word))
      return words[i].text;

  return "";   /* what only changes the type */
}

/* Behind an accent: the letter it is for, maybe in braces, maybe an i without its dot. */
static const char *
append_accented (GString    *out,
                 const char *at,
                 gunichar    mark)
{
  gboolean braced;

  at += strspn (at, " ");
  braced = *at == '{';
  at += braced;
  if (*at == '\\' && (at[1] == 'i' || at[1] == 'j'))
    at++;
  if (*at == '\0')
    return at;

  g_string_append_unichar (out, g_utf8_get_char (at));
  g_string_append_unichar (out, mark);
  at = g_utf8_next_char (at);

  return braced && *at == '}' ? at + 1 : at;
}

/* @at: behind a backslash */
static const char *
append_command (GString    *out,
                const char *at)
{
  gsize length = 0;
  g_autofree char *word = NULL;
  gunichar mark;

  while (g_ascii_isalpha (at[length]))
    length++;
  mark = length <= 1 ? find_accent (*at) : 0;
  if (mark != 0 && (length == 0 || at[1] == '{' || at[1] == ' '))
    return append_accented (out, at + 1, mark);

  if (length == 0)
    {
      if (*at == '\0')
        return at;
      g_string_append_unichar (out, g_utf8_get_char (at));   /* "\&", "\%" */
      return g_utf8_next_char (at);
    }

  word = g_strndup (at, length);
  g_string_append (out, find_word (word));

  return at + length + strspn (at + length, " ");
}

char *
annals_tex_dup_text (const char *tex)
{
  g_autoptr(GString) out = g_string_new (NULL);

  g_return_val_if_fail (tex != NULL, NULL);

  for (const char *at = tex; *at != '\0';)
    {
      if (*at == '\\')
        at = append_command (out, at + 1);
      else if (*at == '{' || *at == '}')
        at++;
      else if (*at == '~')
        {
          g_string_append (out, "\u00a0");
          at++;
        }
      else if (g_str_has_prefix (at, "---"))
        {
          g_string_append (out, "—");
          at += 3;
        }
      else if (g_str_has_prefix (at, "--"))
        {
          g_string_append (out, "–");
          at += 2;
        }
      else
        g_string_append_c (out, *at++);
    }

  return annals_text_compose (out->str);
}
