/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-csv.h"
#include "annals-export-run.h"
#include "annals-json.h"

static const char * const columns[] = {
  "uid", "title", "author", "source", "published", "from", "to", "url", "language", "tags", "kind", "read", "starred",
  "annotations", "events", "place", "import", "imported", "sha256", "text",
};

static gboolean
write_post (AnnalsExportRun         *run,
            AnnalsDb                *db,
            const AnnalsExportPost  *item,
            gpointer                 user_data,
            GError                 **error)
{
  GString *csv = user_data;
  const AnnalsPost *post = item->post;
  g_autofree char *tags = annals_csv_dup_list ((const char * const *) post->tags);
  g_autofree char *from = annals_csv_dup_bound (post->published, FALSE);
  g_autofree char *to = annals_csv_dup_bound (post->published, TRUE);
  g_autofree char *n_annotations = g_strdup_printf ("%u", post->n_annotations);
  g_autofree char *n_events = g_strdup_printf ("%u", post->n_events);
  g_autofree char *place = g_strdup_printf ("%u", post->place);
  g_autofree char *imported = item->import != NULL ? annals_json_dup_time (item->import->started) : NULL;
  const char *file = item->import != NULL ? item->import->file_name : "";
  const char *cells[] = {
    post->uid, post->title, post->author, post->source, annals_date_get_edtf (post->published), from, to, post->url,
    post->language, tags, annals_post_kind_to_string (post->kind), post->read ? "true" : "false",
    post->starred ? "true" : "false", n_annotations, n_events, place, file,
    imported != NULL ? imported : "", post->sha256, annals_text_get_string (item->text),
  };

  annals_csv_append_row (csv, cells, G_N_ELEMENTS (cells));
  return TRUE;
}

gboolean
annals_export_posts_csv_write (AnnalsExportRun  *run,
                               GError          **error)
{
  g_autoptr(GString) csv = g_string_new (NULL);

  annals_csv_begin (csv, run->options, columns, G_N_ELEMENTS (columns));
  annals_export_file_write (run->file, csv->str, csv->len);
  g_string_truncate (csv, 0);

  return annals_export_run_each_post (run, ANNALS_EXPORT_POST_TEXT | ANNALS_EXPORT_POST_COUNTS, write_post, csv,
                                      csv, NULL, error);
}
