/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-note.h"

#include <glib/gi18n-lib.h>

#include "annals-colour-names.h"
#include "annals-markdown-write.h"
#include "annals-pdf-markdown.h"
#include "annals-pdf-parts.h"
#include "annals-report-words.h"

#define NOTE_GAP 14.0

/* When it was made and, where there are several, by whom. */
static void
add_origin (AnnalsPdf  *pdf,
            GPtrArray  *side,
            gint64      micros,
            const char *author)
{
  g_autofree char *day = annals_report_dup_day (micros / G_USEC_PER_SEC);

  annals_pdf_add_side (pdf, side, day, ANNALS_PDF_STYLE_LANE, -1);
  if (author != NULL && *author != '\0')
    annals_pdf_add_side (pdf, side, author, ANNALS_PDF_STYLE_LANE, -1);
}

/* What the highlight means, in its colour, and where it comes from. */
static void
fill_side (AnnalsPdf              *pdf,
           const AnnalsAnnotation *annotation,
           GHashTable             *colours,
           gboolean                names_author,
           GPtrArray              *side)
{
  const AnnalsColour *colour = annals_palette_lookup (annotation->colour);
  const char *name = g_hash_table_lookup (colours, annotation->colour);

  if (name == NULL)
    name = colour != NULL ? annals_colour_get_meaning (colour) : annotation->colour;
  annals_pdf_add_side (pdf, side, name, ANNALS_PDF_STYLE_DATE, colour != NULL ? (gint64) colour->strong : -1);
  add_origin (pdf, side, annotation->created, names_author ? annotation->author : NULL);
}

/* Which post it is from, when nothing above says so, and its tags. */
static void
add_foot (AnnalsPdf              *pdf,
          AnnalsReport           *report,
          const AnnalsAnnotation *annotation,
          gboolean                names_post,
          GPtrArray              *blocks)
{
  g_autofree char *tags = g_strjoinv (", ", annotation->tags);
  guint number = annals_report_get_number (report, annotation->post_id);
  AnnalsPdfText *text;
  AnnalsPdfBlock *block;

  if (*tags == '\0' && !names_post)
    return;

  text = annals_pdf_text_new ();
  if (names_post)
    {
      const AnnalsCitedPost *cited = g_ptr_array_index (report->posts, number - 1);

      annals_pdf_append_source (text, number, annotation->post_title, cited->post->source, cited->post->published);
    }
  if (names_post && *tags != '\0')
    annals_pdf_text_append (text, " · ", ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, tags, ANNALS_PDF_ITALIC);

  ((AnnalsPdfBlock *) g_ptr_array_index (blocks, blocks->len - 1))->with_next = TRUE;
  block = annals_pdf_block_new (pdf, text, ANNALS_PDF_STYLE_SOURCE, "P", annals_pdf_get_column (pdf));
  block->before = 3;
  block->keep_direction = TRUE;
  g_ptr_array_add (blocks, block);
}

GPtrArray *
annals_pdf_note_make (AnnalsPdf              *pdf,
                      AnnalsReport           *report,
                      const AnnalsAnnotation *annotation,
                      GHashTable             *colours,
                      gboolean                names_post,
                      gboolean                names_author,
                      GPtrArray              *side)
{
  GPtrArray *blocks = annals_pdf_blocks_new ();
  guint number = annals_report_get_number (report, annotation->post_id);
  const AnnalsCitedPost *cited = g_ptr_array_index (report->posts, number - 1);

  if (annals_annotation_is_post_note (annotation))
    {
      AnnalsPdfText *text = annals_pdf_text_new ();
      AnnalsPdfBlock *block;

      annals_pdf_text_append (text, _("On the whole post"), ANNALS_PDF_ITALIC);
      block = annals_pdf_block_new (pdf, text, ANNALS_PDF_STYLE_BODY, "P", annals_pdf_get_column (pdf));
      block->with_next = TRUE;
      g_ptr_array_add (blocks, block);
    }
  else
    {
      g_ptr_array_add (blocks, annals_pdf_make_quote (pdf, annotation->selector.exact, annotation->colour,
                                                      cited->post->language,
                                                      g_str_equal (annotation->state, "review")));
    }

  ((AnnalsPdfBlock *) g_ptr_array_index (blocks, 0))->before = NOTE_GAP;
  if (*annotation->note != '\0')
    {
      ((AnnalsPdfBlock *) g_ptr_array_index (blocks, 0))->with_next = TRUE;   /* what is said of it begins below it */
      annals_pdf_markdown_append (pdf, blocks, annotation->note, ANNALS_PDF_STYLE_BODY, annals_pdf_get_column (pdf), 4);
    }
  add_foot (pdf, report, annotation, names_post, blocks);
  fill_side (pdf, annotation, colours, names_author, side);

  return blocks;
}

/* The memo's text with the titles of what it names in the place of its references. */
static char *
dup_readable (const char *text)
{
  g_autoptr(GPtrArray) references = annals_references_parse (text);
  GString *readable = g_string_new (NULL);
  gsize end = 0;

  for (guint i = 0; i < references->len; i++)
    {
      const AnnalsReference *reference = g_ptr_array_index (references, i);

      g_string_append_len (readable, text + end, (gssize) (reference->start - end));
      g_string_append (readable, "“");
      annals_markdown_append_plain (readable, reference->title, " ");
      g_string_append (readable, "”");
      end = reference->end;
    }
  g_string_append (readable, text + end);

  return g_string_free (readable, FALSE);
}

GPtrArray *
annals_pdf_note_make_memo (AnnalsPdf        *pdf,
                           const AnnalsMemo *memo,
                           gboolean          names_author,
                           GPtrArray        *side)
{
  GPtrArray *blocks = annals_pdf_blocks_new ();
  AnnalsPdfText *text = annals_pdf_text_new ();
  g_autofree char *readable = dup_readable (memo->text);
  AnnalsPdfBlock *title;

  annals_pdf_text_append (text, memo->title, ANNALS_PDF_PLAIN);
  title = annals_pdf_block_new (pdf, text, ANNALS_PDF_STYLE_EVENT, "H3", annals_pdf_get_column (pdf));
  title->before = NOTE_GAP;
  title->keep = TRUE;
  title->with_next = TRUE;
  g_ptr_array_add (blocks, title);

  annals_pdf_markdown_append (pdf, blocks, readable, ANNALS_PDF_STYLE_BODY, annals_pdf_get_column (pdf), 1);
  annals_pdf_add_side (pdf, side, _("Memo"), ANNALS_PDF_STYLE_DATE, -1);
  add_origin (pdf, side, memo->modified, names_author ? memo->author : NULL);

  return blocks;
}

AnnalsPdfBlock *
annals_pdf_note_make_source (AnnalsPdf        *pdf,
                             guint             number,
                             const AnnalsPost *post)
{
  AnnalsPdfText *text = annals_pdf_text_new ();
  AnnalsPdfBlock *block;
  g_autofree char *mark = g_strdup_printf ("[%u]", number);
  g_autofree char *dest = g_strdup_printf ("source-%u", number);
  g_autofree char *date = annals_date_dup_display_short (post->published);
  const char *details[] = { post->author, post->source, date };
  gboolean any = FALSE;

  annals_pdf_text_append_dest (text, mark, ANNALS_PDF_MUTED, dest);
  annals_pdf_text_append (text, " ", ANNALS_PDF_PLAIN);
  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    {
      if (*details[i] == '\0')
        continue;

      annals_pdf_text_append (text, any ? ", " : "", ANNALS_PDF_PLAIN);
      annals_pdf_text_append (text, details[i], ANNALS_PDF_PLAIN);
      any = TRUE;
    }

  block = annals_pdf_block_new (pdf, text, ANNALS_PDF_STYLE_SOURCE, "P", 0);
  block->before = 1;
  block->keep = TRUE;
  block->keep_direction = TRUE;

  return block;
}
