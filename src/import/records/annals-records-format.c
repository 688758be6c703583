/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-records-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-archive-sniff.h"
#include "annals-decoder.h"

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

/* Whether the file can be one of these at all, which of most files their first bytes tell: a project is XML in a
 * namespace of its own, or zipped; the others are JSON. */
static gboolean
may_be (const AnnalsSniff *sniff)
{
  static const char namespace[] = "QDA-XML";
  gsize i = 0;

  if (sniff->n_bytes >= 2 && (sniff->bytes[0] >= 0xfe || sniff->bytes[0] == 0 || sniff->bytes[1] == 0))
    return TRUE;   /* characters of two bytes and more */

  if (sniff->n_bytes >= 3 && memcmp (sniff->bytes, "\xef\xbb\xbf", 3) == 0)
    i = 3;
  while (i < sniff->n_bytes && g_ascii_isspace (sniff->bytes[i]))
    i++;
  if (i == sniff->n_bytes)
    return FALSE;

  return sniff->bytes[i] == '{' || sniff->bytes[i] == '[' || annals_archive_is_project (sniff->bytes, sniff->n_bytes,
                                                                                        sniff->name) ||
         (sniff->bytes[i] == '<' && g_strstr_len ((const char *) sniff->bytes, (gssize) sniff->n_bytes, namespace));
}

/* A ZIP archive is none of text. */
static char *
dup_head_text (const AnnalsSniff *sniff,
               const char        *charset)
{
  g_autoptr(AnnalsDecoder) decoder = NULL;
  GString *text = g_string_new (NULL);
  gsize mark;

  if (!annals_archive_is_project (sniff->bytes, sniff->n_bytes, sniff->name))
    {
      decoder = annals_decoder_new_for_file (sniff->bytes, sniff->n_bytes, charset);
      mark = annals_decoder_get_bom_length (decoder);
      annals_decoder_push (decoder, sniff->bytes + mark, sniff->n_bytes - mark, FALSE, text);
    }

  return g_string_free (text, FALSE);
}

const AnnalsRecordsFormat *
annals_records_detect (AnnalsPart *part)
{
  g_autofree char *text = NULL;
  AnnalsSniff sniff = { NULL };
  const AnnalsRecordsFormat *best = NULL;
  guint most = 0;

  g_return_val_if_fail (part != NULL, NULL);

  sniff.bytes = annals_import_input_get_head (part->input, &sniff.n_bytes);
  sniff.name = part->path;
  if (!may_be (&sniff))
    return NULL;

  sniff.text = text = dup_head_text (&sniff, part->charset);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      guint sure = formats[i]->sniff (&sniff);

      if (sure > most)
        best = formats[i];
      most = MAX (most, sure);
    }

  return best;
}

AnnalsRecords *
annals_records_read (const AnnalsRecordsFormat  *format,
                     AnnalsPart                 *part,
                     GTimeZone                  *zone,
                     GCancellable               *cancellable,
                     GError                    **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (ANNALS_IMPORT_HEAD_SIZE);
  gssize n;

  g_return_val_if_fail (format != NULL && part != NULL, NULL);

  while ((n = annals_import_input_read (part->input, piece, ANNALS_IMPORT_HEAD_SIZE, cancellable, error)) > 0)
    {
      if (bytes->len + (gsize) n > format->max_size)
        {
          g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE,
                       _("“%s” is longer than %u MB, which is more than such a file can be read of"), part->path,
                       (guint) (format->max_size / (1024 * 1024)));
          return NULL;
        }
      g_byte_array_append (bytes, piece, (guint) n);
    }

  return n == 0 ? format->parse ((const char *) bytes->data, bytes->len, part->path, zone, error) : NULL;
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
  row->is_other = TRUE;
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
}

static void
add_issues (AnnalsPreview *preview,
            AnnalsRecords *records)
{
  preview->n_issues += records->issues->len;
  preview->n_skipped += records->n_skipped;
  for (guint i = 0; i < records->issues->len; i++)
    preview->n_of_code[((const AnnalsIssue *) records->issues->pdata[i])->code]++;
  while (records->issues->len > 0 && preview->issues->len < MAX_ISSUES)
    g_ptr_array_add (preview->issues, g_ptr_array_steal_index (records->issues, 0));
}

void
annals_records_show (AnnalsRecords *self,
                     AnnalsPreview *preview)
{
  g_return_if_fail (self != NULL && preview != NULL);

  preview->n_posts += annals_records_count (self);
  preview->n_others += annals_records_count (self);
  add_rows (preview, self);
  add_issues (preview, self);
}
