/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-babel.h"
#include "annals-cited-date.h"
#include "annals-export-run.h"

/* Entries of biblatex (its manual, 2.1.1 "@online" and 2.3.8 "Date and Time Specifications"; years of more than four
 * digits are with a capital Y since biber 2.11). */

/* Hexadecimal digits of the uid in a key: so many that a million posts do not share one. */
#define KEY_DIGITS 16

static void
append_tex (GString    *out,
            const char *text)
{
  g_autofree char *line = annals_text_normalize_line (text, -1);

  for (const char *p = line; *p != '\0'; p++)
    if (strchr ("{}$&#%_", *p) != NULL)
      g_string_append_printf (out, "\\%c", *p);
    else if (*p == '\\')
      g_string_append (out, "\\textbackslash{}");
    else if (*p == '^')
      g_string_append (out, "\\textasciicircum{}");
    else if (*p == '~')
      g_string_append (out, "\\textasciitilde{}");
    else
      g_string_append_c (out, *p);
}

/* Styles that put titles into small letters would take those of names as well: what has capitals behind its first
 * letter stays as it was published. */
static gboolean
has_capitals (const char *text)
{
  gboolean is_first = TRUE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_first && g_unichar_isupper (c))
        return TRUE;
      is_first &= !g_unichar_isalnum (c);
    }

  return FALSE;
}

static void
append_field (GString    *out,
              const char *name,
              const char *text)
{
  if (*text == '\0')
    return;

  g_string_append_printf (out, ",\n  %s = {", name);
  append_tex (out, text);
  g_string_append_c (out, '}');
}

/* What is in braces of its own is not taken to pieces, and keeps its capitals. */
static void
append_whole (GString    *out,
              const char *name,
              const char *text)
{
  if (*text == '\0')
    return;

  g_string_append_printf (out, ",\n  %s = {{", name);
  append_tex (out, text);
  g_string_append (out, "}}");
}

/* The field is read as it is, so braces and what TeX ends a word at are written as percent escapes. */
static void
append_url (GString    *out,
            const char *url)
{
  if (*url == '\0')
    return;

  g_string_append (out, ",\n  url = {");
  for (const char *p = url; *p != '\0'; p++)
    if (strchr ("{}\\ \"<>^`|", *p) != NULL || g_ascii_iscntrl (*p))
      g_string_append_printf (out, "%%%02X", (guchar) *p);
    else
      g_string_append_c (out, *p);
  g_string_append_c (out, '}');
}

static void
append_point (GString                *out,
              const AnnalsCitedPoint *point)
{
  gint64 year = ABS (point->year);

  if (year > 9999)
    g_string_append_c (out, 'Y');
  g_string_append_printf (out, "%s%04" G_GINT64_FORMAT, point->year < 0 ? "-" : "", year);
  if (point->season != 0)
    g_string_append_printf (out, "-%d", 20 + point->season);
  if (point->month != 0)
    g_string_append_printf (out, "-%02d", point->month);
  if (point->day != 0)
    g_string_append_printf (out, "-%02d", point->day);
  if (point->approximate || point->uncertain)
    g_string_append_c (out, point->approximate && point->uncertain ? '%' : point->approximate ? '~' : '?');
}

/* "195X" and "19XX"; FALSE for anything else. */
static gboolean
append_years (GString               *out,
              AnnalsDate            *date,
              const AnnalsCitedDate *cited)
{
  AnnalsDatePrecision precision = annals_date_get_precision (date);
  gint64 n_years = cited->last.year - cited->first.year + 1;

  if ((precision != ANNALS_DATE_DECADE && precision != ANNALS_DATE_CENTURY) || (n_years != 10 && n_years != 100) ||
      cited->first.year < 0 || cited->last.year > 9999 || cited->first.year % n_years != 0 || cited->circa)
    return FALSE;

  g_string_append_printf (out, n_years == 10 ? "%03" G_GINT64_FORMAT "X" : "%02" G_GINT64_FORMAT "XX",
                          cited->first.year / n_years);
  return TRUE;
}

/* One end of a range: "..": there is none; nothing: it is not known. */
static void
append_end (GString                *out,
            const AnnalsCitedPoint *point,
            gboolean                is_known,
            gboolean                is_open)
{
  if (is_known)
    append_point (out, point);
  else if (is_open)
    g_string_append (out, "..");
}

static void
append_date (GString    *out,
             AnnalsDate *date)
{
  AnnalsCitedDate cited;

  annals_cited_date_read (date, &cited);
  if (!cited.has_first && !cited.has_last)
    return;

  g_string_append (out, ",\n  date = {");
  if (!append_years (out, date, &cited))
    {
      append_end (out, &cited.first, cited.has_first, cited.first_open);
      if (cited.is_range)
        {
          g_string_append_c (out, '/');
          append_end (out, &cited.last, cited.has_last, cited.last_open);
        }
    }
  g_string_append_c (out, '}');
}

/* Tags hold no comma there. */
static void
append_keywords (GString *out,
                 char   **tags)
{
  g_autofree char *joined = NULL;
  g_auto(GStrv) plain = g_strdupv (tags);

  for (guint i = 0; plain[i] != NULL; i++)
    g_strdelimit (plain[i], ",", ' ');
  joined = g_strjoinv (", ", plain);
  append_field (out, "keywords", joined);
}

/* "berg2020-7c1e2f3a4b5c6d7e": who wrote it and when, to be known again, and enough of the uid to be alone. */
static char *
make_key (const AnnalsPost *post)
{
  const char *last = strrchr (post->author, ' ');
  const char *name = *post->author == '\0' ? post->source : last != NULL ? last + 1 : post->author;
  g_autofree char *ascii = g_str_to_ascii (name, "C");
  GString *key = g_string_new (NULL);
  AnnalsCitedDate cited;
  guint n_digits = 0;

  for (const char *p = ascii; *p != '\0' && key->len < 20; p++)
    if (g_ascii_isalpha (*p))
      g_string_append_c (key, g_ascii_tolower (*p));
  if (key->len == 0)
    g_string_append (key, "post");

  annals_cited_date_read (post->published, &cited);
  if (cited.has_first && cited.first.year > 0)
    g_string_append_printf (key, "%" G_GINT64_FORMAT, cited.first.year);
  g_string_append_c (key, '-');
  for (const char *p = post->uid; *p != '\0' && n_digits < KEY_DIGITS; p++)
    if (g_ascii_isxdigit (*p))
      {
        g_string_append_c (key, *p);
        n_digits++;
      }

  return g_string_free (key, FALSE);
}

static gboolean
write_post (AnnalsExportRun         *run,
            AnnalsDb                *db,
            const AnnalsExportPost  *item,
            gpointer                 user_data,
            GError                 **error)
{
  GString *out = user_data;
  const AnnalsPost *post = item->post;
  const char *url = annals_cited_address (post->url);
  g_autofree char *key = make_key (post);

  /* biber wants an address of everything that is online */
  g_string_append_printf (out, "@%s{%s", *url != '\0' ? "online" : "misc", key);
  /* so that it is known again when the file comes back */
  g_string_append_printf (out, ",\n  ids = {%s}", post->uid);
  append_whole (out, "author", post->author);
  if (has_capitals (post->title))
    append_whole (out, "title", post->title);
  else
    append_field (out, "title", post->title);
  append_whole (out, "organization", post->source);
  append_date (out, post->published);
  append_url (out, url);
  if (post->fetched != 0)
    {
      AnnalsCitedPoint point;

      annals_cited_point_at (post->fetched, &point);
      g_string_append (out, ",\n  urldate = {");
      append_point (out, &point);
      g_string_append_c (out, '}');
    }
  /* hyphenation follows; what babel does not know is left to the document */
  if (annals_babel_get_name (post->language) != NULL)
    append_field (out, "langid", annals_babel_get_name (post->language));
  append_keywords (out, post->tags);
  g_string_append (out, "\n}\n\n");

  return TRUE;
}

gboolean
annals_export_posts_bibtex_write (AnnalsExportRun  *run,
                                  GError          **error)
{
  g_autoptr(GString) out = g_string_new (NULL);

  return annals_export_run_each_post (run, ANNALS_EXPORT_POST_PLAIN, write_post, out, out, NULL, error);
}
