/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export.h"

#include <glib/gi18n-lib.h>

#include "annals-export-file.h"
#include "annals-export-json.h"
#include "annals-export-pdf.h"
#include "annals-report.h"

static const char * const timeline_formats[] = { "json", "pdf", NULL };

G_DEFINE_QUARK (annals-export-error-quark, annals_export_error)

static gboolean
check_format (const char  *format,
              GError     **error)
{
  g_autofree char *known = NULL;

  if (g_strv_contains (timeline_formats, format))
    return TRUE;

  known = g_strjoinv (", ", (char **) timeline_formats);
  g_set_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_UNKNOWN_FORMAT,
               /* translators: the second %s is a list of formats: "json, pdf" */
               _("A timeline cannot be exported as “%s”; the formats are %s"), format, known);
  return FALSE;
}

static gboolean
write_json (AnnalsReport      *report,
            AnnalsExportFile  *file)
{
  g_autofree char *data = NULL;
  gsize length;

  data = annals_export_json_to_data (report, &length);
  return annals_export_file_write (file, data, length);
}

gboolean
annals_export_read_time (gint64  *seconds,
                         GError **error)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  char *end;

  if (epoch == NULL || *epoch == '\0')
    {
      *seconds = g_get_real_time () / G_USEC_PER_SEC;
      return TRUE;
    }

  /* 253402300799 is the last second of the year 9999, the last that RFC 3339 can name. Not
   * g_ascii_string_to_signed(): it takes an errno that another thread's first number left for a failure. */
  *seconds = g_ascii_isdigit (*epoch) ? g_ascii_strtoll (epoch, &end, 10) : -1;
  if (*seconds >= 0 && *end == '\0' && *seconds <= G_GINT64_CONSTANT (253402300799))
    return TRUE;

  g_set_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_TIME,
               _("The environment variable SOURCE_DATE_EPOCH is “%s”, which is not a number of "
                 "seconds since 1970"), epoch);
  return FALSE;
}

const char * const *
annals_export_get_timeline_formats (void)
{
  return timeline_formats;
}

gboolean
annals_export_timeline (AnnalsNotebook             *notebook,
                        gint64                      timeline_id,
                        const char                 *format,
                        const char                 *path,
                        gboolean                    overwrite,
                        const AnnalsExportOptions  *options,
                        AnnalsExportProgress        progress,
                        gpointer                    user_data,
                        GCancellable               *cancellable,
                        GError                    **error)
{
  static const AnnalsExportOptions plain = { ANNALS_PAPER_A4, FALSE };
  g_autoptr(AnnalsExportFile) file = NULL;
  g_autoptr(AnnalsReport) report = NULL;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), FALSE);
  g_return_val_if_fail (format != NULL && path != NULL, FALSE);
  g_return_val_if_fail (!cancellable || G_IS_CANCELLABLE (cancellable), FALSE);

  if (!check_format (format, error) ||
      !(report = annals_report_load (notebook, timeline_id, cancellable, error)) ||
      !(file = annals_export_file_new (path, annals_notebook_get_path (notebook), overwrite,
                                       error)))
    return FALSE;

  /* What goes wrong while writing is kept by the file and told by the commit. */
  if (g_str_equal (format, "json"))
    write_json (report, file);
  else if (!annals_export_pdf_write (report, options != NULL ? options : &plain, file,
                                     progress, user_data, cancellable, error))
    return FALSE;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !annals_export_file_commit (file, error))
    return FALSE;

  if (progress != NULL)
    progress (1, user_data);

  return TRUE;
}
