/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-citation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-cited-date.h"
#include "annals-html.h"
#include "annals-markdown-write.h"
#include "annals-report-words.h"

/* A citation in the making. */
typedef struct
{
  GString              *out;
  AnnalsCitationMarkup  markup;
} Citation;

/* What stands for who wrote it: the author, else where it stood. */
static const char *
get_author (const AnnalsPost *post)
{
  return *post->author != '\0' ? post->author : post->source;
}

/* In the title's quotation marks those of the title are single. */
static char *
dup_title (const AnnalsPost *post)
{
  g_autoptr(GString) title = NULL;

  if (*post->title == '\0')
    return g_strdup (_("Untitled"));

  title = g_string_new (post->title);
  g_string_replace (title, "“", "‘", 0);
  g_string_replace (title, "”", "’", 0);
  g_string_replace (title, "\"", "'", 0);
  return g_string_free (g_steal_pointer (&title), FALSE);
}

/* The comma or full stop goes inside the quotation marks; NUL: none. */
static char *
dup_quoted_title (const AnnalsPost *post,
                  char              mark)
{
  g_autofree char *title = dup_title (post);
  g_autofree char *marked = g_strdup_printf ("%s%c", title, mark);

  return g_strdup_printf (_("“%s”"), annals_report_ends_sentence (title) ? title : marked);
}

static char *
dup_year_name (gint64 year)
{
  g_autofree char *edtf = g_strdup_printf (ABS (year) > 9999 ? "Y%s%" G_GINT64_FORMAT : "%s%04" G_GINT64_FORMAT,
                                           year < 0 ? "-" : "", ABS (year));
  g_autoptr(AnnalsDate) date = annals_date_parse (edtf, NULL);

  return date != NULL ? annals_date_dup_display (date) : g_steal_pointer (&edtf);
}

/* "2020", "2019–2021", "2020–", "1950s" */
static char *
dup_years (AnnalsDate            *date,
           const AnnalsCitedDate *cited)
{
  AnnalsDatePrecision precision = annals_date_get_precision (date);
  g_autofree char *first = cited->has_first ? dup_year_name (cited->first.year) : NULL;
  g_autofree char *last = cited->has_last ? dup_year_name (cited->last.year) : NULL;

  if (precision == ANNALS_DATE_DECADE && !cited->circa)
    return annals_date_dup_display (date);
  if (first == NULL)
    return g_strdup_printf ("–%s", last);
  if (last == NULL)
    return g_strdup_printf ("%s–", first);
  if (g_str_equal (first, last))
    return g_steal_pointer (&first);

  return g_strdup_printf ("%s–%s", first, last);
}

static char *
dup_year (const AnnalsPost *post)
{
  AnnalsCitedDate cited;
  g_autofree char *years = NULL;

  annals_cited_date_read (post->published, &cited);
  if (!cited.has_first && !cited.has_last)
    /* Translators: “no date”, as citations abbreviate it */
    return g_strdup (_("n.d."));

  years = dup_years (post->published, &cited);
  if (cited.first.uncertain || cited.last.uncertain)
    return g_strdup_printf ("[%s?]", years);
  if (cited.circa)
    /* Translators: “about” in front of a year, as citations abbreviate it */
    return g_strdup_printf (_("ca. %s"), years);

  return g_steal_pointer (&years);
}

/* The date in full, else the day on which it was fetched; "" when neither is known. */
static char *
dup_date (const AnnalsPost *post,
          gboolean          begins)
{
  AnnalsCitedPoint point;
  g_autofree char *edtf = NULL;
  g_autofree char *day = NULL;
  g_autoptr(AnnalsDate) date = NULL;

  if (!annals_date_is_undated (post->published))
    return annals_date_dup_display (post->published);
  if (post->fetched == 0)
    return g_strdup ("");

  annals_cited_point_at (post->fetched, &point);
  edtf = g_strdup_printf ("%04d-%02d-%02d", (int) point.year, point.month, point.day);
  date = annals_date_parse (edtf, NULL);
  day = date != NULL ? annals_date_dup_display (date) : g_steal_pointer (&edtf);

  /* Translators: when a page was fetched, of which no date is known; the %s is a day. First at the beginning of a
   * sentence, then amidst one. */
  return begins ? g_strdup_printf (_("Accessed %s"), day) : g_strdup_printf (_("accessed %s"), day);
}

static void
append_text (Citation   *self,
             const char *text)
{
  switch (self->markup)
    {
    case ANNALS_CITATION_PLAIN:
      g_string_append (self->out, text);
      break;

    case ANNALS_CITATION_HTML:
      annals_html_append_text (self->out, text);
      break;

    case ANNALS_CITATION_MARKDOWN:
      annals_markdown_append_plain (self->out, text, " ");
      break;
    }
}

/* Appends a part of a citation, and before it what separates it from the part before. */
static void
add (Citation   *self,
     const char *separator,
     const char *text)
{
  if (*text == '\0')
    return;
  if (self->out->len > 0)
    g_string_append (self->out, separator);
  append_text (self, text);
}

static gboolean
ends_sentence (Citation *self)
{
  return annals_report_ends_sentence (self->out->str) || g_str_has_suffix (self->out->str, "”");
}

/* The same behind a full stop, unless the part before has brought its own. */
static void
add_sentence (Citation   *self,
              const char *text)
{
  add (self, ends_sentence (self) ? " " : ". ", text);
}

static void
add_address (Citation         *self,
             const AnnalsPost *post,
             const char       *separator)
{
  const char *address = annals_cited_address (post->url);

  if (*address == '\0' || self->markup == ANNALS_CITATION_PLAIN)
    {
      add (self, separator, post->url);
      return;
    }

  if (self->out->len > 0)
    g_string_append (self->out, g_str_equal (separator, ". ") ? "." : ",");
  if (self->markup == ANNALS_CITATION_MARKDOWN)
    {
      annals_markdown_append_link (self->out, address);
      return;
    }
  if (self->out->len > 0)
    g_string_append_c (self->out, ' ');
  annals_html_append_link (self->out, address, address);
}

static void
end (Citation *self)
{
  if (!g_str_has_suffix (self->out->str, "."))
    g_string_append_c (self->out, '.');
}

/* Author, “Title,” Source, date, address. */
static void
append_note (Citation         *self,
             const AnnalsPost *post)
{
  g_autofree char *title = dup_quoted_title (post, ',');
  g_autofree char *date = dup_date (post, FALSE);
  const char *before = *post->source != '\0' ? ", " : " ";

  add (self, "", post->author);
  add (self, ", ", title);
  add (self, " ", post->source);
  add (self, before, date);
  add_address (self, post, *post->source != '\0' || *date != '\0' ? ", " : " ");
  end (self);
}

/* Author. Year. “Title.” Source, date. Address. Without @with_year the entry of a bibliography. */
static void
append_reference (Citation         *self,
                  const AnnalsPost *post,
                  gboolean          with_year)
{
  g_autofree char *year = with_year ? dup_year (post) : g_strdup ("");
  g_autofree char *title = dup_quoted_title (post, '.');
  g_autofree char *date = dup_date (post, TRUE);
  gboolean dated = !annals_date_is_undated (post->published);
  gboolean sourced = *post->source != '\0' && *post->author != '\0';

  if (*get_author (post) != '\0')
    {
      add (self, "", get_author (post));
      add_sentence (self, year);
      add_sentence (self, title);
    }
  else
    {
      add (self, "", title);
      add_sentence (self, year);
    }

  if (sourced)
    add_sentence (self, post->source);
  if (sourced && dated)
    add (self, ", ", date);
  else
    add_sentence (self, date);
  add_address (self, post, ends_sentence (self) ? " " : ". ");
  end (self);
}

/* "(Author 2020)" */
static void
append_in_text (Citation         *self,
                const AnnalsPost *post)
{
  g_autofree char *title = dup_title (post);
  g_autofree char *quoted = g_strdup_printf (_("“%s”"), title);
  g_autofree char *year = dup_year (post);
  g_autofree char *words = g_strdup_printf (" (%s %s)", *get_author (post) != '\0' ? get_author (post) : quoted, year);

  append_text (self, words);
}

static void
append_quotation (Citation   *self,
                  const char *quotation)
{
  g_auto(GStrv) lines = NULL;
  g_autofree char *quoted = g_strdup_printf (_("“%s”"), quotation);

  if (self->markup != ANNALS_CITATION_MARKDOWN)
    {
      append_text (self, quoted);
      return;
    }

  lines = g_strsplit (quoted, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_string_append (self->out, i == 0 ? "> " : "\n> ");
      append_text (self, lines[i]);
    }
}

static char *
dup_source (const AnnalsPost     *post,
            AnnalsCitationStyle   style,
            AnnalsCitationMarkup  markup)
{
  Citation self = { g_string_new (NULL), markup };

  if (style == ANNALS_CITATION_NOTE)
    append_note (&self, post);
  else
    append_reference (&self, post, style == ANNALS_CITATION_AUTHOR_DATE);

  return g_string_free (self.out, FALSE);
}

char *
annals_citation_dup (const AnnalsPost     *post,
                     const char           *quotation,
                     AnnalsCitationStyle   style,
                     AnnalsCitationMarkup  markup)
{
  Citation self = { g_string_new (NULL), markup };
  gboolean html = markup == ANNALS_CITATION_HTML;
  gboolean apart = style != ANNALS_CITATION_NOTE || markup == ANNALS_CITATION_MARKDOWN;
  g_autofree char *source = NULL;

  g_return_val_if_fail (post != NULL && style < ANNALS_N_CITATION_STYLES, g_string_free (self.out, FALSE));

  source = dup_source (post, style, markup);
  if (html)
    g_string_append (self.out, "<p>");
  if (quotation != NULL)
    {
      append_quotation (&self, quotation);
      if (style == ANNALS_CITATION_AUTHOR_DATE)
        append_in_text (&self, post);
      g_string_append (self.out, !apart ? " " : html ? "</p><p>" : "\n\n");
    }
  g_string_append (self.out, source);
  if (html)
    g_string_append (self.out, "</p>");

  return g_string_free (self.out, FALSE);
}
