/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-run.h"
#include "annals-pdf-compose.h"

static gboolean
write_cb (gpointer      user_data,
          const guint8 *data,
          gsize         length)
{
  AnnalsExportRun *run = user_data;

  return annals_export_file_write (run->file, data, length);
}

/* The same bytes for the same notebook, options, time and fonts. */
gboolean
annals_export_pdf_write (AnnalsExportRun  *run,
                         GError          **error)
{
  AnnalsPdfTarget target = { .write = write_cb, .user_data = run, .cancellable = run->cancellable };
  AnnalsPdfSetup setup;

  annals_pdf_setup_init (&setup, run->options);

  return annals_pdf_compose (run, &setup, &target, NULL, error);
}
