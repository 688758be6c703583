/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-citation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What stands for who wrote it: the author, else where it stood. */
static const char *
get_author (const AnnalsPost *post)
{
  return *post->author != '\0' ? post->author : post->source;
}

static const char *
get_title (const AnnalsPost *post)
{
  return *post->title != '\0' ? post->title : _("Untitled");
}

/* "2020", "2020s" as far as it is known; "n.d." when it is not */
static char *
dup_year (const AnnalsPost *post)
{
  const char *edtf = annals_date_get_edtf (post->published);

  if (strlen (edtf) >= 4 && g_ascii_isdigit (edtf[0]) && g_ascii_isdigit (edtf[1]) &&
      g_ascii_isdigit (edtf[2]) && g_ascii_isdigit (edtf[3]))
    return g_strndup (edtf, 4);

  /* Translators: “no date”, as citations abbreviate it */
  return g_strdup (_("n.d."));
}

static char *
dup_escaped (const char *text,
             gboolean    html)
{
  return html ? g_markup_escape_text (text, -1) : g_strdup (text);
}

/* Appends a part of a citation, and before it what separates it from the part before. */
static void
add (GString    *out,
     gboolean    html,
     const char *separator,
     const char *text)
{
  g_autofree char *escaped = dup_escaped (text, html);

  if (*text == '\0')
    return;
  if (out->len > 0)
    g_string_append (out, separator);
  g_string_append (out, escaped);
}

static void
add_address (GString          *out,
             const AnnalsPost *post,
             gboolean          html,
             const char       *separator)
{
  g_autofree char *scheme = g_uri_parse_scheme (post->url);
  g_autofree char *escaped = g_markup_escape_text (post->url, -1);

  if (!html || scheme == NULL ||
      (g_ascii_strcasecmp (scheme, "http") != 0 && g_ascii_strcasecmp (scheme, "https") != 0))
    {
      add (out, html, separator, post->url);
      return;
    }

  g_string_append_printf (out, "%s<a href=\"%s\">%s</a>", out->len > 0 ? separator : "", escaped, escaped);
}

/* The comma or full stop goes inside the quotation marks. */
static char *
dup_quoted_title (const AnnalsPost *post,
                  char              mark)
{
  const char *title = get_title (post);
  gboolean ended = g_str_has_suffix (title, "?") || g_str_has_suffix (title, "!") || g_str_has_suffix (title, ".");
  g_autofree char *marked = g_strdup_printf ("%s%c", title, mark);

  return g_strdup_printf (_("“%s”"), ended ? title : marked);
}

/* Author, “Title,” Source, date, address. */
static char *
dup_note (const AnnalsPost *post,
          gboolean          html)
{
  GString *out = g_string_new (NULL);
  g_autofree char *title = dup_quoted_title (post, ',');
  g_autofree char *date = annals_date_dup_display (post->published);

  add (out, html, "", post->author);
  add (out, html, ", ", title);
  add (out, html, " ", post->source);
  add (out, html, ", ", date);
  add_address (out, post, html, ", ");

  return g_string_free (g_string_append_c (out, '.'), FALSE);
}

/* Author. Year. “Title.” Source, date. Address. */
static char *
dup_reference (const AnnalsPost *post,
               gboolean          html)
{
  GString *out = g_string_new (NULL);
  g_autofree char *year = dup_year (post);
  g_autofree char *title = dup_quoted_title (post, '.');
  g_autofree char *date = annals_date_dup_display (post->published);

  add (out, html, "", get_author (post));
  add (out, html, g_str_has_suffix (out->str, ".") ? " " : ". ", year);
  add (out, html, g_str_has_suffix (out->str, ".") ? " " : ". ", title);
  if (*post->author != '\0')
    {
      add (out, html, " ", post->source);
      add (out, html, *post->source != '\0' ? ", " : " ", date);
    }
  else
    add (out, html, " ", date);
  add_address (out, post, html, ". ");

  return g_string_free (g_string_append_c (out, '.'), FALSE);
}

char *
annals_citation_dup (const AnnalsPost    *post,
                     const char          *quotation,
                     AnnalsCitationStyle  style,
                     gboolean             html)
{
  GString *out = g_string_new (NULL);
  g_autofree char *source = NULL;

  g_return_val_if_fail (post != NULL, NULL);

  if (html && quotation != NULL)
    g_string_append (out, "<p>");
  if (quotation != NULL)
    {
      g_autofree char *escaped = dup_escaped (quotation, html);

      g_string_append_printf (out, _("“%s”"), escaped);
    }

  if (style == ANNALS_CITATION_NOTE)
    {
      source = dup_note (post, html);
      g_string_append_printf (out, "%s%s%s", quotation != NULL ? " " : html ? "<p>" : "", source, html ? "</p>" : "");
      return g_string_free (out, FALSE);
    }

  source = dup_reference (post, html);
  if (quotation != NULL)
    {
      g_autofree char *author = dup_escaped (*get_author (post) != '\0' ? get_author (post) : get_title (post), html);
      g_autofree char *year = dup_year (post);

      g_string_append_printf (out, " (%s %s)", author, year);
      g_string_append (out, html ? "</p>" : "\n\n");
    }
  g_string_append_printf (out, html ? "<p>%s</p>" : "%s", source);

  return g_string_free (out, FALSE);
}
