/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-list-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

AnnalsListSource *
annals_list_source_new (AnnalsFormatReader *reader)
{
  AnnalsListSource *self = g_new0 (AnnalsListSource, 1);

  self->reader = reader;
  self->text = g_string_new (NULL);
  self->rest = g_byte_array_new ();
  self->bom = annals_decoder_get_bom_length (annals_format_reader_get_decoder (reader));
  self->offset = (gint64) self->bom;
  self->line = 1;

  return self;
}

void
annals_list_source_free (AnnalsListSource *self)
{
  if (self == NULL)
    return;

  g_string_free (self->text, TRUE);
  g_byte_array_unref (self->rest);
  g_free (self);
}

gboolean
annals_list_source_fill (AnnalsListSource  *self,
                         GCancellable      *cancellable,
                         GError           **error)
{
  AnnalsDecoder *decoder = annals_format_reader_get_decoder (self->reader);
  AnnalsImportInput *input = annals_format_reader_get_input (self->reader);
  guint kept = self->rest->len;
  gsize skipped, used;
  gssize n;

  if (self->at_end)
    return TRUE;

  g_byte_array_set_size (self->rest, kept + ANNALS_IMPORT_HEAD_SIZE);
  n = annals_import_input_read (input, self->rest->data + kept, ANNALS_IMPORT_HEAD_SIZE, cancellable, error);
  g_byte_array_set_size (self->rest, kept + (guint) MAX (n, 0));
  if (n < 0)
    return FALSE;

  skipped = MIN (self->bom, self->rest->len);
  if (skipped > 0)
    g_byte_array_remove_range (self->rest, 0, (guint) skipped);
  self->bom -= skipped;

  self->at_end = n == 0;
  used = annals_decoder_push (decoder, self->rest->data, self->rest->len, self->at_end, self->text);
  if (used > 0)
    g_byte_array_remove_range (self->rest, 0, (guint) used);

  return TRUE;
}

void
annals_list_source_discard (AnnalsListSource *self,
                            gsize             length)
{
  self->line = annals_list_source_line_at (self, length);
  self->offset += (gint64) length;
  g_string_erase (self->text, 0, (gssize) length);
}

guint
annals_list_source_line_at (AnnalsListSource *self,
                            gsize             position)
{
  const char *at = self->text->str;
  const char *end = at + MIN (position, self->text->len);
  guint line = self->line;

  while ((at = memchr (at, '\n', (gsize) (end - at))) != NULL)
    {
      line++;
      at++;
    }

  return line;
}

void
annals_list_source_report (AnnalsFormatReader *reader)
{
  AnnalsDecoder *decoder = annals_format_reader_get_decoder (reader);
  const char *name = annals_format_reader_get_name (reader);
  guint n_repaired = (guint) MIN (annals_decoder_get_n_repaired (decoder), G_MAXUINT);

  if (n_repaired > 0)
    annals_format_reader_take_issue (
      reader, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_CHARACTERS, g_strdup (name),
      g_strdup_printf (ngettext ("%u byte that is no text was replaced", "%u bytes that are no text were replaced",
                                 n_repaired),
                       n_repaired),
      NULL);

  if (annals_decoder_is_assumed (decoder))
    annals_format_reader_take_issue (
      reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_CHARACTERS, g_strdup (name),
      g_strdup_printf (_("The file does not say in which characters it is written; %s was assumed"),
                       annals_decoder_get_charset (decoder)),
      NULL);
}
