/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-records-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-import-private.h"
#include "annals-records-apply.h"

#define MAX_POSTS 10
#define MAX_ISSUES 100
#define LEAD_LENGTH 160

static const AnnalsRecordsFormat * const formats[] = {
  &annals_records_format_w3c,
  &annals_records_format_qdpx,
  &annals_records_format_timelinejs,
};

const AnnalsRecordsFormat *
annals_records_lookup (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i]->id, id))
      return formats[i];

  return NULL;
}

/* A ZIP archive is none of text. */
static char *
dup_head_text (const guint8 *head,
               gsize         length)
{
  g_autoptr(AnnalsDecoder) decoder = NULL;
  GString *text = g_string_new (NULL);
  gsize mark;

  if (length < 4 || memcmp (head, "PK\3\4", 4) != 0)
    {
      decoder = annals_decoder_new_for_file (head, length, NULL);
      mark = annals_decoder_get_bom_length (decoder);
      annals_decoder_push (decoder, head + mark, length - mark, FALSE, text);
    }

  return g_string_free (text, FALSE);
}

const AnnalsRecordsFormat *
annals_records_detect (const char *path)
{
  g_autoptr(AnnalsImportInput) input = NULL;
  g_autofree char *text = NULL;
  AnnalsSniff sniff = { NULL };
  const AnnalsRecordsFormat *best = NULL;
  guint most = 0;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) || !(input = annals_import_input_new_for_path (path, NULL)))
    return NULL;

  sniff.bytes = annals_import_input_get_head (input, &sniff.n_bytes);
  sniff.name = annals_import_input_get_name (input);
  sniff.text = text = dup_head_text (sniff.bytes, sniff.n_bytes);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      guint sure = formats[i]->sniff (&sniff);

      if (sure > most)
        best = formats[i];
      most = MAX (most, sure);
    }

  return best;
}

static GBytes *
read_all (const char    *path,
          gsize          limit,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr(AnnalsImportInput) input = annals_import_input_new_for_path (path, error);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint8 piece[65536];
  gssize n;

  if (input == NULL)
    return NULL;

  while ((n = annals_import_input_read (input, piece, sizeof piece, cancellable, error)) > 0)
    {
      g_byte_array_append (bytes, piece, (guint) n);
      if (bytes->len > limit)
        {
          g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE,
                       _("“%s” is longer than %u MB, which is more than such a file can be read of"),
                       annals_import_input_get_name (input), (guint) (limit / (1024 * 1024)));
          return NULL;
        }
    }

  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static AnnalsRecords *
load (const AnnalsRecordsFormat  *format,
      const char                 *path,
      const AnnalsImportOptions  *options,
      GCancellable               *cancellable,
      GError                    **error)
{
  g_autoptr(GBytes) bytes = read_all (path, format->max_size, cancellable, error);
  g_autofree char *name = g_filename_display_basename (path);
  gsize size;
  const char *data;

  if (bytes == NULL)
    return NULL;

  data = g_bytes_get_data (bytes, &size);
  return format->parse (data, size, name, options != NULL ? options->zone : NULL, error);
}

/* --- preview --- */

static void
add_row (AnnalsPreview *preview,
         const char    *title,
         const char    *author,
         AnnalsDate    *date,
         const char    *lead)
{
  AnnalsPreviewPost *row;
  g_autoptr(AnnalsText) text = NULL;

  if (preview->posts->len == MAX_POSTS)
    return;

  text = annals_text_new_from_plain (lead != NULL ? lead : "", -1);
  row = g_new0 (AnnalsPreviewPost, 1);
  row->title = annals_text_normalize_line (title, -1);
  row->author = g_strdup (author != NULL ? author : "");
  row->published = date != NULL ? annals_date_ref (date) : annals_date_new_undated ();
  row->lead = annals_text_dup_lead (text, LEAD_LENGTH);
  g_ptr_array_add (preview->posts, row);
}

static void
add_rows (AnnalsPreview *preview,
          AnnalsRecords *records)
{
  for (guint i = 0; i < records->notes->len && preview->posts->len < MAX_POSTS; i++)
    {
      const AnnalsRecordNote *note = records->notes->pdata[i];

      if (note->selector.exact != NULL)
        add_row (preview, note->selector.exact, note->author, NULL, note->note);
      else
        add_row (preview, note->url != NULL ? note->url : _("Note on a post"), note->author, NULL, note->note);
    }
  for (guint i = 0; i < records->events->len && preview->posts->len < MAX_POSTS; i++)
    {
      const AnnalsRecordEvent *event = records->events->pdata[i];

      add_row (preview, event->title, NULL, event->date, event->account);
    }
  for (guint i = 0; i < records->sources->len && preview->posts->len < MAX_POSTS; i++)
    {
      const AnnalsRecordSource *source = records->sources->pdata[i];

      add_row (preview, source->title, source->author, NULL, annals_text_get_string (source->text));
    }
}

static void
add_issues (AnnalsPreview *preview,
            AnnalsRecords *records)
{
  preview->n_issues = records->issues->len;
  preview->n_skipped = records->n_skipped;
  for (guint i = 0; i < records->issues->len; i++)
    preview->n_of_code[((const AnnalsIssue *) records->issues->pdata[i])->code]++;
  while (records->issues->len > 0 && preview->issues->len < MAX_ISSUES)
    g_ptr_array_add (preview->issues, g_ptr_array_steal_index (records->issues, 0));
}

AnnalsPreview *
annals_records_preview (const AnnalsRecordsFormat  *format,
                        const char                 *path,
                        const AnnalsImportOptions  *options,
                        const AnnalsImportHooks    *hooks,
                        GCancellable               *cancellable,
                        GError                    **error)
{
  g_autoptr(AnnalsRecords) records = NULL;
  g_autofree char *name = g_filename_display_basename (path);
  AnnalsPreviewFormat entry = { .id = format->id, .label = _(format->label), .n_files = 1 };
  AnnalsPreview *preview;
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInfo) info = NULL;

  if (format->preview != NULL)
    return format->preview (path, options, hooks, cancellable, error);
  if (!(records = load (format, path, options, cancellable, error)))
    return NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  preview = annals_preview_new (path, name);
  preview->file_size = info != NULL ? g_file_info_get_size (info) : 0;
  preview->format = g_strdup (format->id);
  preview->format_label = g_strdup (_(format->label));
  preview->archive = g_strdup ("");
  preview->complete = TRUE;
  preview->n_files = 1;
  preview->n_posts = annals_records_count (records);
  g_array_append_val (preview->formats, entry);
  add_rows (preview, records);
  add_issues (preview, records);

  return preview;
}

/* --- import --- */

AnnalsImport *
annals_records_import (const AnnalsRecordsFormat  *format,
                       AnnalsNotebook             *notebook,
                       const char                 *path,
                       const AnnalsImportOptions  *options,
                       const AnnalsImportHooks    *hooks,
                       GCancellable               *cancellable,
                       GError                    **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *json = annals_import_options_to_json (options);
  g_autoptr(AnnalsRecords) records = NULL;
  g_autoptr(AnnalsImportInput) input = NULL;
  AnnalsRecordsStore store = { .path = absolute, .format = format->id, .options = json };

  if (format->import != NULL)
    return format->import (notebook, path, options, hooks, cancellable, error);

  store.started = g_get_monotonic_time ();
  if (!(records = load (format, path, options, cancellable, error)) ||
      !(input = annals_import_input_new_for_path (path, error)) ||
      !annals_import_input_drain (input, cancellable, error))
    return NULL;

  store.records = records;
  store.sha256 = annals_import_input_get_sha256 (input);
  store.size = annals_import_input_get_size (input);
  if (!annals_notebook_bulk (notebook, annals_records_store_cb, &store, cancellable, error))
    {
      g_clear_pointer (&store.result, annals_import_free);
      return NULL;
    }

  if (hooks != NULL && hooks->progress != NULL)
    hooks->progress (store.size, store.size, store.result->n_read, hooks->user_data);

  return store.result;
}
