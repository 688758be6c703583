/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-codebook.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-csv.h"
#include "annals-export-file.h"
#include "annals-export.h"
#include "annals-qda-xml.h"
#include "annals-tags.h"

static const char * const formats[] = { "csv", "qdc", NULL };

const char * const *
annals_export_get_codebook_formats (void)
{
  return formats;
}

/* --- CSV --- */

static char *
dup_csv (GPtrArray *tags)
{
  GString *csv = g_string_new ("name,parent,colour,description,synonyms,rule,guid\r\n");

  for (guint i = 0; i < tags->len; i++)
    {
      const AnnalsTag *tag = tags->pdata[i];
      g_autofree char *synonyms = annals_csv_dup_list ((const char * const *) tag->synonyms);

      annals_csv_append_cell (csv, tag->name, FALSE);
      annals_csv_append_cell (csv, tag->parent, FALSE);
      annals_csv_append_cell (csv, tag->colour, FALSE);
      annals_csv_append_cell (csv, tag->description, FALSE);
      annals_csv_append_cell (csv, synonyms, FALSE);
      annals_csv_append_cell (csv, tag->rule, FALSE);
      annals_csv_append_cell (csv, tag->uid, TRUE);
    }

  return g_string_free (csv, FALSE);
}

/* --- REFI-QDA --- */

static char *
dup_qdc (GPtrArray *tags)
{
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                               "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"Annals " ANNALS_VERSION "\">\n"
                               "  <Codes>\n");

  annals_qda_append_codes (xml, tags, 4);
  g_string_append (xml, "  </Codes>\n</CodeBook>\n");

  return g_string_free (xml, FALSE);
}

char *
annals_db_dup_codebook (AnnalsDb    *db,
                        const char  *format,
                        guint       *n_tags,
                        GError     **error)
{
  g_autoptr(GPtrArray) tags = NULL;

  g_return_val_if_fail (db != NULL && format != NULL, NULL);

  if (!g_strv_contains (formats, format))
    {
      g_set_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_UNKNOWN_FORMAT,
                   _("Tags are exported as csv or qdc, not as “%s”"), format);
      return NULL;
    }

  if (!(tags = annals_db_list_tags_for_file (db, error)))
    return NULL;

  if (n_tags != NULL)
    *n_tags = tags->len;
  if (tags->len == 0)
    {
      g_set_error_literal (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                           _("The notebook has no tags to export"));
      return NULL;
    }

  return g_str_equal (format, "csv") ? dup_csv (tags) : dup_qdc (tags);
}

typedef struct
{
  const char *format;
  guint      *n_tags;
  char       *text;
} CodebookJob;

static gboolean
codebook_in_reader (AnnalsDb      *db,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  CodebookJob *job = data;

  return (job->text = annals_db_dup_codebook (db, job->format, job->n_tags, error)) != NULL;
}

gboolean
annals_export_codebook (AnnalsNotebook  *notebook,
                        const char      *format,
                        const char      *path,
                        gboolean         overwrite,
                        guint           *n_tags,
                        GCancellable    *cancellable,
                        GError         **error)
{
  CodebookJob job = { format, n_tags, NULL };
  g_autoptr(AnnalsExportFile) file = NULL;
  g_autofree char *text = NULL;
  gboolean read;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), FALSE);
  g_return_val_if_fail (format != NULL && path != NULL, FALSE);

  read = annals_notebook_read (notebook, codebook_in_reader, &job, cancellable, error);
  text = job.text;
  if (!read || !(file = annals_export_file_new (path, annals_notebook_get_path (notebook), overwrite, error)))
    return FALSE;

  annals_export_file_write (file, text, strlen (text));

  return annals_export_file_commit (file, error);
}
