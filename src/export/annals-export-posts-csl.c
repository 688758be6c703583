/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-cited-date.h"
#include "annals-export-run.h"
#include "annals-json-writer.h"

/* CSL-JSON (citation-style-language/schema, csl-data.json 1.0.2). */

/* BC is counted from 1 there. */
static gint64
get_year (const AnnalsCitedPoint *point)
{
  return point->year > 0 ? point->year : point->year - 1;
}

static void
write_parts (AnnalsJsonWriter       *writer,
             const AnnalsCitedPoint *point)
{
  annals_json_writer_begin_array (writer, NULL);
  annals_json_writer_int (writer, NULL, get_year (point));
  if (point->month != 0)
    annals_json_writer_int (writer, NULL, point->month);
  if (point->day != 0)
    annals_json_writer_int (writer, NULL, point->day);
  annals_json_writer_end_array (writer);
}

/* An open end has no place in the parts: the beginning stands alone, and EDTF says the rest. */
static void
write_issued (AnnalsJsonWriter *writer,
              AnnalsDate       *date)
{
  AnnalsCitedDate cited;

  annals_cited_date_read (date, &cited);
  if (!cited.has_first && !cited.has_last)
    return;

  annals_json_writer_begin_object (writer, "issued");
  if (cited.has_first)
    {
      annals_json_writer_begin_array (writer, "date-parts");
      write_parts (writer, &cited.first);
      if (cited.is_range && cited.has_last)
        write_parts (writer, &cited.last);
      annals_json_writer_end_array (writer);
      if (cited.first.season != 0 && !cited.is_range)
        annals_json_writer_int (writer, "season", cited.first.season);
      if (cited.circa)
        annals_json_writer_bool (writer, "circa", TRUE);
    }
  else
    {
      g_autofree char *display = annals_date_dup_display (date);

      annals_json_writer_string (writer, "literal", display);
    }
  if (!cited.is_plain || cited.has_first != cited.has_last || cited.circa)
    annals_json_writer_string (writer, "edtf", annals_date_get_edtf (date));
  annals_json_writer_end_object (writer);
}

static void
write_text (AnnalsJsonWriter *writer,
            const char       *name,
            const char       *text)
{
  g_autofree char *line = annals_text_normalize_line (text, -1);

  if (*line != '\0')
    annals_json_writer_string (writer, name, line);
}

/* What a name's family is cannot be told, so it stands as the archive has it. */
static void
write_author (AnnalsJsonWriter *writer,
              const char       *author)
{
  if (*author == '\0')
    return;

  annals_json_writer_begin_array (writer, "author");
  annals_json_writer_begin_object (writer, NULL);
  write_text (writer, "literal", author);
  annals_json_writer_end_object (writer);
  annals_json_writer_end_array (writer);
}

static void
write_accessed (AnnalsJsonWriter *writer,
                const AnnalsPost *post)
{
  AnnalsCitedPoint point;

  if (post->fetched == 0)
    return;

  annals_cited_point_at (post->fetched, &point);
  annals_json_writer_begin_object (writer, "accessed");
  annals_json_writer_begin_array (writer, "date-parts");
  write_parts (writer, &point);
  annals_json_writer_end_array (writer);
  annals_json_writer_end_object (writer);
}

static gboolean
write_post (AnnalsExportRun         *run,
            AnnalsDb                *db,
            const AnnalsExportPost  *item,
            gpointer                 user_data,
            GError                 **error)
{
  AnnalsJsonWriter *writer = user_data;
  const AnnalsPost *post = item->post;
  const char *url = annals_cited_address (post->url);
  g_autofree char *keywords = g_strjoinv (", ", post->tags);

  annals_json_writer_begin_object (writer, NULL);
  annals_json_writer_string (writer, "id", post->uid);
  annals_json_writer_string (writer, "type", post->kind == ANNALS_POST_PAGE ? "webpage" : "post-weblog");
  write_text (writer, "title", post->title);
  write_author (writer, post->author);
  write_text (writer, "container-title", post->source);
  write_issued (writer, post->published);
  write_accessed (writer, post);
  if (*url != '\0')
    annals_json_writer_string (writer, "URL", url);
  write_text (writer, "language", post->language);
  write_text (writer, "keyword", keywords);
  annals_json_writer_end_object (writer);

  return TRUE;
}

gboolean
annals_export_posts_csl_write (AnnalsExportRun  *run,
                               GError          **error)
{
  g_autoptr(AnnalsJsonWriter) writer = annals_json_writer_new (run->file);

  annals_json_writer_begin_array (writer, NULL);
  if (!annals_export_run_each_post (run, ANNALS_EXPORT_POST_PLAIN, write_post, writer, NULL, NULL, error))
    return FALSE;
  annals_json_writer_end_array (writer);
  annals_json_writer_finish (writer);

  return TRUE;
}
