/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-codebook.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-csv.h"
#include "annals-export-file.h"
#include "annals-export.h"
#include "annals-palette.h"
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

/* XML has no way to write most control characters. */
static void
append_xml (GString    *xml,
            const char *text)
{
  GString *clean = g_string_new (NULL);
  g_autofree char *kept = NULL;
  g_autofree char *escaped = NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);

      if ((ch < 0x20 && ch != '\t' && ch != '\n' && ch != '\r') || ch == 0xFFFE || ch == 0xFFFF)
        ch = 0xFFFD;
      g_string_append_unichar (clean, ch);
    }

  kept = g_string_free (clean, FALSE);
  escaped = g_markup_escape_text (kept, -1);
  g_string_append (xml, escaped);
}

static void
append_indent (GString *xml,
               guint    depth)
{
  g_string_append_printf (xml, "%*s", (int) depth * 2 + 4, "");
}

static void
begin_code (GString         *xml,
            const AnnalsTag *tag,
            guint            depth)
{
  const AnnalsColour *colour = annals_palette_lookup (tag->colour);

  append_indent (xml, depth);
  g_string_append_printf (xml, "<Code guid=\"%s\" name=\"", tag->uid);
  append_xml (xml, tag->name);
  g_string_append (xml, "\" isCodable=\"true\"");
  if (colour != NULL)
    g_string_append_printf (xml, " color=\"#%06X\"", colour->strong);
  g_string_append (xml, ">\n");
  if (*tag->description == '\0')
    return;

  append_indent (xml, depth + 1);
  g_string_append (xml, "<Description>");
  append_xml (xml, tag->description);
  g_string_append (xml, "</Description>\n");
}

static void
end_code (GString *xml,
          guint    depth)
{
  append_indent (xml, depth);
  g_string_append (xml, "</Code>\n");
}

static char *
dup_qdc (GPtrArray *tags)
{
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                               "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"Annals " ANNALS_VERSION "\">\n"
                               "  <Codes>\n");
  guint n_open = 0;

  for (guint i = 0; i < tags->len; i++)
    {
      const AnnalsTag *tag = tags->pdata[i];
      guint depth = MIN (tag->depth, n_open);   /* a tag follows the one above it */

      while (n_open > depth)
        end_code (xml, --n_open);
      begin_code (xml, tag, depth);
      n_open++;
    }
  while (n_open > 0)
    end_code (xml, --n_open);
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

  if (!(tags = annals_db_list_tags (db, error)))
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
