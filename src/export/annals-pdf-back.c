/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-parts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-pdf-markdown.h"

#define HASH_SHOWN 12   /* characters of a hash where the whole one stands elsewhere */
#define SECTION_ROOM 40.0

static void
append_sentence (AnnalsPdfText *text,
                 const char    *string)
{
  annals_pdf_text_append (text, " ", ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, string, ANNALS_PDF_PLAIN);
  if (!g_str_has_suffix (string, "…"))
    annals_pdf_text_append (text, ".", ANNALS_PDF_PLAIN);
}

/* "March 2020 (month known, day unknown)" */
static char *
describe_date (AnnalsDate *date)
{
  g_autofree char *display = annals_date_dup_display (date);
  g_autofree char *remark = annals_date_dup_remark (date);

  if (remark == NULL || annals_date_is_undated (date))
    return g_steal_pointer (&display);

  return g_strdup_printf ("%s (%s)", display, remark);
}

/* "Imported from “march.txt”, SHA-256 c17f12143727…, post 8 of 10" */
static char *
describe_import (const AnnalsCitedPost *cited)
{
  const AnnalsImport *import = cited->text_import != NULL ? cited->text_import : cited->import;
  guint place = cited->post->place;
  g_autofree char *origin = NULL;

  if (import == NULL)
    return NULL;

  origin = g_strdup_printf (_("Imported from “%s”, SHA-256 %.*s…"), import->file_name,
                            HASH_SHOWN, import->file_sha256);
  if (place == 0)
    return g_steal_pointer (&origin);
  if (place > import->n_read)
    return g_strdup_printf (_("%s, post %u"), origin, place);

  return g_strdup_printf (_("%s, post %u of %u"), origin, place, import->n_read);
}

static AnnalsPdfText *
describe_post (const AnnalsCitedPost *cited,
               guint                  number)
{
  const AnnalsPost *post = cited->post;
  AnnalsPdfText *text = annals_pdf_text_new ();
  g_autofree char *mark = g_strdup_printf ("[%u]", number);
  g_autofree char *published = describe_date (post->published);
  g_autofree char *import = describe_import (cited);
  g_autofree char *hash = g_strdup_printf (_("Text SHA-256 %.*s…"), HASH_SHOWN, post->sha256);

  annals_pdf_text_append (text, mark, ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, " ", ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, post->title, ANNALS_PDF_BOLD);
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

  for (guint i = 0; i < report->posts->len; i++)
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

/* The passage with its source's number, the note's first paragraph beside it, then the rest. */
static void
put_note (AnnalsPdf              *pdf,
          const AnnalsAnnotation *annotation,
          guint                   number)
{
  g_autoptr(GPtrArray) blocks = NULL;
  AnnalsPdfText *text = annals_pdf_text_new ();
  AnnalsPdfBlock *head;
  g_autofree char *mark = g_strdup_printf ("[%u]", number);
  g_autofree char *dest = g_strdup_printf ("source-%u", number);
  g_autofree char *tags = g_strjoinv (", ", annotation->tags);

  blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_pdf_block_free);
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

  head = annals_pdf_block_new (pdf, text, ANNALS_PDF_STYLE_SOURCE, "P", 0);
  head->before = 5;
  head->keep_direction = TRUE;
  head->with_next = TRUE;
  g_ptr_array_add (blocks, head);

  annals_pdf_markdown_append (pdf, blocks, annotation->note, ANNALS_PDF_STYLE_SOURCE, 0, 4);
  if (blocks->len > 1)
    {
      const AnnalsPdfBlock *first = g_ptr_array_index (blocks, 1);

      if (first->x == 0 && first->bar < 0 && first->style == ANNALS_PDF_STYLE_SOURCE)
        {
          annals_pdf_text_append (text, " — ", ANNALS_PDF_PLAIN);
          annals_pdf_text_append_text (text, first->text);
          g_ptr_array_remove_index (blocks, 1);
        }
    }
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
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < report->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (report->events, i);

      for (guint j = 0; j < event->evidence->len; j++)
        {
          const AnnalsEvidence *evidence = g_ptr_array_index (event->evidence, j);
          const AnnalsAnnotation *annotation =
            annals_report_get_annotation (report, evidence->annotation_id);

          if (annotation == NULL || *annotation->note == '\0' ||
              g_hash_table_contains (seen, annotation))
            continue;

          if (g_hash_table_size (seen) == 0)
            {
              annals_pdf_begin (pdf, "Sect");
              annals_pdf_put_heading (pdf, _("Notes"), "notes", SECTION_ROOM, parent, FALSE, NULL);
            }
          g_hash_table_add (seen, (gpointer) annotation);
          put_note (pdf, annotation, annals_report_get_number (report, evidence->post_id));
        }
    }

  if (g_hash_table_size (seen) > 0)
    annals_pdf_end (pdf, "Sect");
}

static const char *
describe_format (const char *format)
{
  if (g_str_equal (format, "text-month"))
    return _("month page in plain text");
  if (g_str_equal (format, "wxr"))
    return _("WordPress export");

  return format;
}

static char *
format_time (gint64 micros)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (micros / G_USEC_PER_SEC);

  /* translators: a date and time of day, in UTC; see g_date_time_format() */
  return time != NULL ? g_date_time_format (time, _("%-e %b %Y %H:%M UTC")) : g_strdup ("");
}

static AnnalsPdfText *
describe_file (const AnnalsImport *import)
{
  AnnalsPdfText *text = annals_pdf_text_new ();
  g_autofree char *time = format_time (import->started);
  g_autofree char *size = g_format_size_full ((guint64) MAX (0, import->file_size),
                                              G_FORMAT_SIZE_LONG_FORMAT);
  g_autofree char *posts = g_strdup_printf (ngettext ("%u post", "%u posts", import->n_read),
                                            import->n_read);
  /* translators: the format of a file, "10 posts", its size, when it was imported */
  g_autofree char *line = g_strdup_printf (_("%s · %s · %s · imported %s"),
                                           describe_format (import->format), posts, size, time);

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
  for (guint i = 0; i < report->imports->len; i++)
    {
      const AnnalsImport *import = g_ptr_array_index (report->imports, i);

      annals_pdf_put_row (pdf, import->file_name, describe_file (import));
    }
  annals_pdf_end (pdf, "Table");
  annals_pdf_end (pdf, "Sect");
}
