/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-records-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-qde-private.h"

/* Projects of programs for qualitative data analysis after REFI-QDA 1.5 (qdasoftware.org): project.qde, and the texts
 * of its sources beside it in a ZIP archive. */

#define MAX_SIZE (256 * 1024 * 1024)

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

static gboolean
names_project (const AnnalsSniff *sniff)
{
  static const char project[] = "project.qde";

  for (gsize i = 0; i + sizeof project - 1 <= sniff->n_bytes; i++)
    if (g_ascii_strncasecmp ((const char *) sniff->bytes + i, project, sizeof project - 1) == 0)
      return TRUE;

  return FALSE;
}

static guint
qdpx_sniff (const AnnalsSniff *sniff)
{
  g_autofree char *lower = g_ascii_strdown (sniff->name, -1);

  if (sniff->n_bytes >= 4 && memcmp (sniff->bytes, "PK\3\4", 4) == 0)
    return g_str_has_suffix (lower, ".qdpx") || names_project (sniff) ? 95 : 0;

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
  .max_size = MAX_SIZE,
  .parse = annals_records_parse_qdpx,
};
