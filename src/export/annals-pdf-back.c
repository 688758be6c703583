/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-parts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-pdf-markdown.h"
#include "annals-report-words.h"

#define SECTION_ROOM 40.0

static void
append_sentence (AnnalsPdfText *text,
                 const char    *string)
{
  annals_pdf_text_append (text, " ", ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, string, ANNALS_PDF_PLAIN);
  if (!annals_report_ends_sentence (string))
    annals_pdf_text_append (text, ".", ANNALS_PDF_PLAIN);
}

static AnnalsPdfText *
describe_post (const AnnalsCitedPost *cited,
               guint                  number)
{
  const AnnalsPost *post = cited->post;
  const char *title = *post->title != '\0' ? post->title : _("Untitled");
  AnnalsPdfText *text = annals_pdf_text_new ();
  g_autofree char *mark = g_strdup_printf ("[%u]", number);
  g_autofree char *published = annals_report_dup_date (post->published);
  g_autofree char *import = annals_report_dup_origin (cited);
  g_autofree char *short_hash = annals_report_dup_short_hash (post->sha256);
  g_autofree char *hash = g_strdup_printf (_("Text SHA-256 %s"), short_hash);

  annals_pdf_text_append (text, mark, ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, " ", ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, title, ANNALS_PDF_BOLD);
  if (!annals_report_ends_sentence (title))
    annals_pdf_text_append (text, ".", ANNALS_PDF_PLAIN);
  if (*post->author != '\0')
    append_sentence (text, post->author);
  if (*post->source != '\0')
    append_sentence (text, post->source);
  append_sentence (text, published);
  if (*post->url != '\0')
    {
      annals_pdf_text_append (text, " ", ANNALS_PDF_PLAIN);
      annals_pdf_text_append_uri (text, post->url, ANNALS_PDF_PLAIN, post->url);
    }
  if (import != NULL)
    append_sentence (text, import);
  append_sentence (text, hash);

  return text;
}

void
annals_pdf_put_sources (AnnalsPdf    *pdf,
                        AnnalsReport *report,
                        int           parent)
{
  if (report->posts->len == 0)
    return;

  annals_pdf_begin (pdf, "Sect");
  annals_pdf_put_heading (pdf, _("Sources"), "sources", SECTION_ROOM, parent, FALSE, NULL);

  for (guint i = 0; i < report->posts->len && !annals_pdf_has_failed (pdf); i++)
    {
      const AnnalsCitedPost *cited = g_ptr_array_index (report->posts, i);
      g_autoptr(AnnalsPdfBlock) block = NULL;

      block = annals_pdf_block_new (pdf, describe_post (cited, i + 1), ANNALS_PDF_STYLE_SOURCE,
                                    "P", 0);
      block->before = 4;
      block->hang = 18;
      block->keep = TRUE;
      block->keep_direction = TRUE;
      block->dest = g_strdup_printf ("source-%u", i + 1);
      annals_pdf_place_block (pdf, block);
    }

  annals_pdf_end (pdf, "Sect");
}

/* The passage, and the number of its source. */
static AnnalsPdfText *
describe_passage (const AnnalsAnnotation *annotation,
                  guint                   number)
{
  AnnalsPdfText *text = annals_pdf_text_new ();
  g_autofree char *mark = g_strdup_printf ("[%u]", number);
  g_autofree char *dest = g_strdup_printf ("source-%u", number);

  if (annals_annotation_is_post_note (annotation))
    {
      annals_pdf_text_append (text, _("On the whole post"), ANNALS_PDF_PLAIN);
      annals_pdf_text_append (text, " ", ANNALS_PDF_PLAIN);
    }
  else
    {
      annals_pdf_text_append (text, "“", ANNALS_PDF_PLAIN);
      annals_pdf_text_append (text, annotation->selector.exact, ANNALS_PDF_PLAIN);
      annals_pdf_text_append (text, "” ", ANNALS_PDF_PLAIN);
    }
  annals_pdf_text_append_dest (text, mark, ANNALS_PDF_PLAIN, dest);

  return text;
}

/* The first block goes on with the words of the second, if that is an ordinary paragraph. */
static void
join_paragraph (GPtrArray *blocks)
{
  const AnnalsPdfBlock *head = g_ptr_array_index (blocks, 0);
  const AnnalsPdfBlock *next = blocks->len > 1 ? g_ptr_array_index (blocks, 1) : NULL;

  if (next == NULL || next->level > 0 || next->bar >= 0 || next->style != ANNALS_PDF_STYLE_SOURCE)
    return;

  annals_pdf_text_append (head->text, " — ", ANNALS_PDF_PLAIN);
  annals_pdf_text_append_text (head->text, next->text);
  g_ptr_array_remove_index (blocks, 1);
}

/* The passage with its source's number, the note's first paragraph beside it, then the rest. */
static void
put_note (AnnalsPdf              *pdf,
          const AnnalsAnnotation *annotation,
          guint                   number)
{
  g_autoptr(GPtrArray) blocks = annals_pdf_blocks_new ();
  g_autofree char *tags = g_strjoinv (", ", annotation->tags);
  AnnalsPdfBlock *head;

  head = annals_pdf_block_new (pdf, describe_passage (annotation, number), ANNALS_PDF_STYLE_SOURCE, "P", 0);
  head->before = 5;
  head->keep_direction = TRUE;
  g_ptr_array_add (blocks, head);

  annals_pdf_markdown_append (pdf, blocks, annotation->note, ANNALS_PDF_STYLE_SOURCE, 0, 4);
  join_paragraph (blocks);
  head->with_next = blocks->len > 1;

  if (*tags != '\0')
    {
      const AnnalsPdfBlock *last = g_ptr_array_index (blocks, blocks->len - 1);

      annals_pdf_text_append (last->text, " ", ANNALS_PDF_PLAIN);
      annals_pdf_text_append (last->text, tags, ANNALS_PDF_ITALIC);
    }
  annals_pdf_place (pdf, blocks, NULL);
}

void
annals_pdf_put_notes (AnnalsPdf    *pdf,
                      AnnalsReport *report,
                      int           parent)
{
  g_autoptr(GPtrArray) notes = annals_report_list_notes (report);

  if (notes->len == 0)
    return;

  annals_pdf_begin (pdf, "Sect");
  annals_pdf_put_heading (pdf, _("Notes"), "notes", SECTION_ROOM, parent, FALSE, NULL);
  for (guint i = 0; i < notes->len && !annals_pdf_has_failed (pdf); i++)
    {
      const AnnalsAnnotation *annotation = g_ptr_array_index (notes, i);

      put_note (pdf, annotation, annals_report_get_number (report, annotation->post_id));
    }
  annals_pdf_end (pdf, "Sect");
}

static AnnalsPdfText *
describe_file (const AnnalsImport *import)
{
  AnnalsPdfText *text = annals_pdf_text_new ();
  g_autofree char *line = annals_report_dup_file (import);

  annals_pdf_text_append (text, line, ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, "\nSHA-256 ", ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, import->file_sha256, ANNALS_PDF_MONO);

  return text;
}

void
annals_pdf_put_provenance (AnnalsPdf    *pdf,
                           AnnalsReport *report,
                           int           parent)
{
  if (report->imports->len == 0)
    return;

  annals_pdf_begin (pdf, "Sect");
  annals_pdf_put_heading (pdf, _("Provenance"), "provenance", SECTION_ROOM, parent, FALSE, NULL);
  annals_pdf_skip (pdf, 2);

  annals_pdf_begin (pdf, "Table");
  for (guint i = 0; i < report->imports->len && !annals_pdf_has_failed (pdf); i++)
    {
      const AnnalsImport *import = g_ptr_array_index (report->imports, i);

      annals_pdf_put_row (pdf, import->file_name, describe_file (import));
    }
  annals_pdf_end (pdf, "Table");
  annals_pdf_end (pdf, "Sect");
}
