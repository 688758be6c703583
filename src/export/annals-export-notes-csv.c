/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-notes-private.h"

#include "annals-csv.h"
#include "annals-json.h"

static const char * const columns[] = {
  "kind", "uid", "title", "source", "published", "url", "quote", "note", "colour", "tags", "state", "start", "end",
  "post", "created", "modified", "author",
};

void
annals_notes_csv_append_head (GString                   *csv,
                              const AnnalsExportOptions *options)
{
  annals_csv_begin (csv, options, columns, G_N_ELEMENTS (columns));
}

void
annals_notes_csv_append_annotation (GString                *csv,
                                    const AnnalsAnnotation *annotation,
                                    AnnalsPost             *post)
{
  g_autofree char *tags = annals_csv_dup_list ((const char * const *) annotation->tags);
  g_autofree char *start = g_strdup_printf ("%u", annotation->selector.start);
  g_autofree char *end = g_strdup_printf ("%u", annotation->selector.end);
  g_autofree char *created = annals_json_dup_time (annotation->created);
  g_autofree char *modified = annals_json_dup_time (annotation->modified);
  const char *cells[] = {
    "annotation", annotation->uid, annotation->post_title, post->source, annals_date_get_edtf (post->published),
    post->url, annotation->selector.exact, annotation->note, annotation->colour, tags, annotation->state, start, end,
    annotation->post_uid, created, modified, annotation->author,
  };

  annals_csv_append_row (csv, cells, G_N_ELEMENTS (cells));
}

void
annals_notes_csv_append_memo (GString          *csv,
                              const AnnalsMemo *memo)
{
  g_autofree char *created = annals_json_dup_time (memo->created);
  g_autofree char *modified = annals_json_dup_time (memo->modified);
  const char *cells[] = {
    "memo", memo->uid, memo->title, "", "", "", "", memo->text, "", "", "", "", "", "", created, modified,
    memo->author,
  };

  annals_csv_append_row (csv, cells, G_N_ELEMENTS (cells));
}
