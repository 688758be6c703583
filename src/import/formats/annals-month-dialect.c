/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-month-dialect.h"

#include <string.h>

/* Fewer numbered links, or links with an address, are an author's own. */
#define MIN_REFS 3
#define MIN_LINKS 3
/* Stars around a heading */
#define MIN_STARS 3
#define MIN_STARRED 2
/* Bytes of a link's text and address; a longer one is none. */
#define MAX_LINK 800

/* "[12]" before something: its length, and its number; 0 when none stands there. */
static gsize
match_ref (const char *p,
           guint      *number)
{
  gsize digits = *p == '[' ? strspn (p + 1, "0123456789") : 0;

  if (digits == 0 || digits > 5 || p[digits + 1] != ']')
    return 0;

  *number = (guint) g_ascii_strtoull (p + 1, NULL, 10);

  return digits + 2;
}

guint
annals_month_dialect_get_level (const char *line)
{
  gsize spaces = strspn (line, " ");
  gsize marks = strspn (line + spaces, "#");

  return spaces <= 3 && marks <= 6 && line[spaces + marks] == ' ' ? (guint) marks : 0;
}

gboolean
annals_month_dialect_is_starred (const char *line)
{
  gsize stars = strspn (line, "*");

  return stars >= MIN_STARS && stars <= 6 && line[stars] == ' ';
}

gboolean
annals_month_dialect_is_any (const AnnalsMonthDialect *self)
{
  return self->refs || self->marks || self->stars;
}

void
annals_month_dialect_detect (AnnalsMonthDialect *self,
                             const char         *text)
{
  guint n_refs = 0;
  guint n_links = 0;
  guint n_starred = 0;
  gboolean heading = FALSE;

  for (const char *p = text; (p = strchr (p, '[')); p++)
    {
      guint number;

      /* they count up from 1 */
      if (match_ref (p, &number) > 0 && number == n_refs + 1)
        n_refs++;
    }

  for (const char *p = text; (p = strstr (p, "](")); p++)
    n_links += p[2] == '/' || g_str_has_prefix (p + 2, "http") || p[2] == '<';

  for (const char *p = text; p; p = strchr (p, '\n'))
    {
      p += *p == '\n';
      heading |= annals_month_dialect_get_level (p) > 0;
      n_starred += annals_month_dialect_is_starred (p);
    }

  self->refs = n_refs >= MIN_REFS;
  self->stars = n_starred >= MIN_STARRED;
  self->marks = heading || n_links >= MIN_LINKS;
}

/* "[text](address)" or "![text](address)" from @p on: its length, and where its parts are; 0 when
 * none is there */
static gsize
match_link (const char  *p,
            const char  *end,
            const char **text_end,
            const char **address)
{
  const char *at = p + 1;
  guint depth = 1;

  for (; at < end && at < p + MAX_LINK && depth > 0; at++)
    {
      if (*at == '\\' && at + 1 < end)
        at++;
      else if (*at == '[')
        depth++;
      else if (*at == ']')
        depth--;
    }
  if (depth > 0 || at >= end || *at != '(')
    return 0;

  *text_end = at - 1;
  *address = at + 1;
  for (depth = 1, at++; at < end && at < *address + MAX_LINK && depth > 0; at++)
    depth += (*at == '(') - (*at == ')');

  return depth == 0 ? (gsize) (at - p) : 0;
}

static char *
dup_address (const char *address,
             const char *end)
{
  gsize length;

  address += strspn (address, " <\n");
  length = strcspn (address, " >)\n\"");

  return g_strndup (address, MIN (length, (gsize) (end - address)));
}

/* Emphasis: signs that a letter or a sign touches on one side only */
static gsize
match_emphasis (const char *start,
                const char *p,
                const char *end)
{
  gsize n = strspn (p, *p == '*' ? "*" : "_");
  gboolean before = p > start && !g_ascii_isspace (p[-1]);
  gboolean behind = p + n < end && !g_ascii_isspace (p[n]);
  gboolean word_before = p > start && (g_ascii_isalnum (p[-1]) || (guchar) p[-1] >= 0x80);
  gboolean word_behind = p + n < end && (g_ascii_isalnum (p[n]) || (guchar) p[n] >= 0x80);

  return n <= 3 && before + behind > 0 && !(word_before && word_behind) ? n : 0;
}

static void
append_marked (GString     *out,
               const char  *text,
               const char  *end,
               char       **url)
{
  const char *start = text;

  for (const char *p = text; p < end;)
    {
      const char *text_end;
      const char *address;
      gsize n;

      if ((p == start || p[-1] == '\n') && annals_month_dialect_get_level (p) > 0)
        {
          p += strspn (p, " ");
          p += strspn (p, "#");
          p += strspn (p, " ");
        }
      else if (*p == '\\' && p + 1 < end && g_ascii_ispunct (p[1]))
        {
          g_string_append_c (out, p[1]);
          p += 2;
        }
      else if ((*p == '[' && (n = match_link (p, end, &text_end, &address)) > 0) ||
               (*p == '!' && p + 1 < end && p[1] == '[' &&
                   (n = match_link (p + 1, end, &text_end, &address)) > 0))
        {
          const char *inside = p + 1 + (*p == '!');

          if (url && *url == NULL && *p == '[')
            *url = dup_address (address, end);
          /* nested ones are pictures: one level is enough to take them apart */
          for (; inside < text_end; inside++)
            if (!(*inside == '!' && inside[1] == '[') && *inside != '[' && *inside != ']')
              g_string_append_c (out, *inside);
          p += n + (*p == '!');
        }
      else if ((*p == '*' || *p == '_') && (n = match_emphasis (start, p, end)) > 0)
        {
          p += n;
        }
      else
        {
          g_string_append_c (out, *p++);
        }
    }
}

static void
append_starred (GString    *out,
                const char *text,
                const char *end)
{
  for (const char *p = text; p < end;)
    {
      gsize stars = strspn (p, "*");

      if (stars >= MIN_STARS && (p == text || p[-1] == '\n' || p[-1] == ' '))
        p += MIN (stars + (p[stars] == ' '), (gsize) (end - p));
      else if (*p == '_' && p > text && p + 1 < end && p[1] != '_' && p[-1] != '_' &&
               !g_ascii_isspace (p[-1]))
        {
          g_string_append_c (out, ' ');
          p++;
        }
      else
        g_string_append_c (out, *p++);
    }
}

char *
annals_month_dialect_dup_plain (const AnnalsMonthDialect  *self,
                                const char                *text,
                                gsize                      length,
                                char                     **url)
{
  GString *out = g_string_sized_new (length);
  const char *end = text + length;
  guint number;

  if (url)
    *url = NULL;

  if (self->stars)
    {
      append_starred (out, text, end);
      return g_string_free (out, FALSE);
    }

  if (self->marks)
    {
      append_marked (out, text, end, url);
      return g_string_free (out, FALSE);
    }

  for (const char *p = text; p < end;)
    {
      gsize n = self->refs ? match_ref (p, &number) : 0;

      if (n > 0 && p + n < end && !g_ascii_isspace (p[n]))
        p += n;
      else
        g_string_append_c (out, *p++);
    }

  return g_string_free (out, FALSE);
}
