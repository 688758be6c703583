/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-limits.h"
#include "annals-records-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-archive-sniff.h"
#include "annals-qde-private.h"

/* Projects of programs for qualitative data analysis after REFI-QDA 1.5 (qdasoftware.org): project.qde, and the texts
 * of its sources beside it in a ZIP archive. */

AnnalsRecords *
annals_records_parse_qdpx (const char  *bytes,
                           gsize        size,
                           const char  *name,
                           GTimeZone   *zone,
                           GError     **error)
{
  g_autoptr(AnnalsQdpxArchive) archive = NULL;
  gsize length;
  const char *project;

  g_return_val_if_fail (bytes != NULL || size == 0, NULL);

  if (size < 4 || memcmp (bytes, "PK\3\4", 4) != 0)
    return annals_qde_parse (bytes, size, NULL, name, error);

  if (!(archive = annals_qdpx_archive_new (bytes, size, name, error)))
    return NULL;

  project = g_bytes_get_data (archive->project, &length);
  return annals_qde_parse (project, length, archive, name, error);
}

static guint
qdpx_sniff (const AnnalsSniff *sniff)
{
  if (annals_archive_is_project (sniff->bytes, sniff->n_bytes, sniff->name))
    return 95;

  return strstr (sniff->text, "urn:QDA-XML:project:") != NULL && strstr (sniff->text, "<Project") != NULL ? 95 : 0;
}

static char *
dup_count (guint n)
{
  return g_strdup_printf (ngettext ("%'u record", "%'u records", n), n);
}

const AnnalsRecordsFormat annals_records_format_qdpx = {
  .id = "qdpx",
  .label = N_("REFI-QDA project"),
  .sniff = qdpx_sniff,
  .dup_count = dup_count,
  .max_size = ANNALS_LIMIT_PROJECT_FILE,
  .parse = annals_records_parse_qdpx,
};
