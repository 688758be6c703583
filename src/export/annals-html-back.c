/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-html-parts.h"

#include <glib/gi18n-lib.h>

#include "annals-html.h"
#include "annals-markdown-write.h"
#include "annals-report-words.h"

static void
append_sentence (GString    *html,
                 const char *text)
{
  if (*text != '\0')
    annals_html_append_format (html, annals_report_ends_sentence (text) ? " <bdi>%s</bdi>" : " <bdi>%s</bdi>.", text);
}

static void
append_cited (GString               *html,
              const AnnalsCitedPost *cited,
              guint                  number)
{
  const AnnalsPost *post = cited->post;
  const char *title = *post->title != '\0' ? post->title : _("Untitled");
  g_autofree char *mark = g_strdup_printf ("%u", number);
  g_autofree char *published = annals_report_dup_date (post->published);
  g_autofree char *origin = annals_report_dup_origin (cited);
  g_autofree char *hash = annals_report_dup_short_hash (post->sha256);
  g_autofree char *text = g_strdup_printf (_("Text SHA-256 %s"), hash);

  annals_html_append_format (html, "<li id=\"source-%s\"><span class=\"number\">[%s]</span><cite><bdi>%s</bdi></cite>%s",
                             mark, mark, title, annals_report_ends_sentence (title) ? "" : ".");
  append_sentence (html, post->author);
  append_sentence (html, post->source);
  append_sentence (html, published);
  if (*post->url != '\0')
    {
      g_string_append_c (html, ' ');
      annals_html_append_link (html, post->url, post->url);
    }
  g_string_append (html, " <span class=\"origin\">");
  if (origin != NULL)
    append_sentence (html, origin);
  append_sentence (html, text);
  g_string_append (html, "</span></li>\n");
}

void
annals_html_append_sources (GString      *html,
                            AnnalsReport *report)
{
  if (report->posts->len == 0)
    return;

  annals_html_append_format (html, "<section aria-labelledby=\"sources\">\n<h2 id=\"sources\">%s</h2>\n"
                             "<ol class=\"sources\">\n", _("Sources"));
  for (guint i = 0; i < report->posts->len; i++)
    append_cited (html, report->posts->pdata[i], i + 1);
  g_string_append (html, "</ol>\n</section>\n");
}

static void
append_note (GString                *html,
             AnnalsReport           *report,
             const AnnalsAnnotation *annotation)
{
  g_autofree char *number = g_strdup_printf ("%u", annals_report_get_number (report, annotation->post_id));
  g_autofree char *tags = g_strjoinv (", ", annotation->tags);

  g_string_append (html, "<div class=\"evidence\">\n<p dir=\"auto\">");
  if (annals_annotation_is_post_note (annotation))
    annals_html_append_text (html, _("On the whole post"));
  else
    annals_html_append_format (html, "“%s”", annotation->selector.exact);
  annals_html_append_format (html, " <a href=\"#source-%s\">[%s]</a></p>\n<div class=\"note\" dir=\"auto\">\n", number,
                             number);
  annals_markdown_append_html (html, annotation->note, 2);
  g_string_append (html, "</div>\n");
  if (*tags != '\0')
    annals_html_append_format (html, "<p class=\"foot\">%s</p>\n", tags);
  g_string_append (html, "</div>\n");
}

void
annals_html_append_notes (GString      *html,
                          AnnalsReport *report,
                          GPtrArray    *notes)
{
  if (notes->len == 0)
    return;

  annals_html_append_format (html, "<section aria-labelledby=\"notes\">\n<h2 id=\"notes\">%s</h2>\n", _("Notes"));
  for (guint i = 0; i < notes->len; i++)
    append_note (html, report, notes->pdata[i]);
  g_string_append (html, "</section>\n");
}

void
annals_html_append_origins (GString      *html,
                            AnnalsReport *report)
{
  if (report->imports->len == 0)
    return;

  annals_html_append_format (html, "<section aria-labelledby=\"provenance\">\n<h2 id=\"provenance\">%s</h2>\n<table>\n"
                             "<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
                             _("Provenance"), _("File"), _("What it is"));
  for (guint i = 0; i < report->imports->len; i++)
    {
      const AnnalsImport *import = report->imports->pdata[i];
      g_autofree char *file = annals_report_dup_file (import);

      annals_html_append_format (html, "<tr><th scope=\"row\"><bdi>%s</bdi></th><td>%s<br>SHA-256 <code>%s</code></td>"
                                 "</tr>\n", import->file_name, file, import->file_sha256);
    }
  g_string_append (html, "</tbody>\n</table>\n</section>\n");
}
