/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-qdpx-archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-importer.h"
#include "annals-limits.h"

typedef struct
{
  AnnalsQdpxArchive *self;
  struct archive    *zip;
  const char        *name;
  gsize              total;
  guint              n_members;
} Reading;

void
annals_qdpx_archive_free (AnnalsQdpxArchive *self)
{
  g_clear_pointer (&self->project, g_bytes_unref);
  g_hash_table_unref (self->texts);
  g_free (self);
}

static gboolean
fail (Reading     *reading,
      const char  *why,
      GError     **error)
{
  g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE, "“%s”: %s", reading->name, why);
  return FALSE;
}

static char *
dup_base (struct archive_entry *entry)
{
  const char *path = archive_entry_pathname_utf8 (entry);
  g_autofree char *valid = NULL;
  g_autofree char *lower = NULL;
  const char *slash;

  if (path == NULL)
    path = archive_entry_pathname (entry);
  valid = g_utf8_make_valid (path != NULL ? path : "", -1);
  lower = g_utf8_strdown (valid, -1);
  slash = strrchr (lower, '/');

  return g_strdup (slash != NULL ? slash + 1 : lower);
}

static GBytes *
read_member (Reading  *reading,
             GError  **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint8 piece[65536];
  la_ssize_t n;

  while ((n = archive_read_data (reading->zip, piece, sizeof piece)) > 0)
    {
      reading->total += (gsize) n;
      if (bytes->len + (gsize) n > ANNALS_LIMIT_PROJECT_MEMBER || reading->total > ANNALS_LIMIT_PROJECT_TOTAL)
        {
          fail (reading, _("what it unpacks to is too large"), error);
          return NULL;
        }
      g_byte_array_append (bytes, piece, (guint) n);
    }

  if (n < 0)
    {
      g_autofree char *why = g_strdup_printf (_("the archive is damaged (%s)"),
                                              archive_error_string (reading->zip) != NULL
                                                ? archive_error_string (reading->zip) : "");

      fail (reading, why, error);
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
take_member (Reading               *reading,
             struct archive_entry  *entry,
             GError               **error)
{
  g_autofree char *base = dup_base (entry);
  gboolean is_project = g_str_has_suffix (base, ".qde");
  GBytes *bytes;

  if (archive_entry_filetype (entry) == AE_IFDIR)
    return TRUE;
  if (++reading->n_members > ANNALS_LIMIT_PROJECT_MEMBERS)
    return fail (reading, _("it holds too many files"), error);

  if (!is_project && !g_str_has_suffix (base, ".txt"))
    {
      reading->self->n_others++;
      return TRUE;
    }

  if (!(bytes = read_member (reading, error)))
    return FALSE;

  if (!is_project)
    g_hash_table_replace (reading->self->texts, g_steal_pointer (&base), bytes);
  else if (reading->self->project == NULL)
    reading->self->project = bytes;
  else
    g_bytes_unref (bytes);

  return TRUE;
}

static gboolean
read_members (Reading  *reading,
              GError  **error)
{
  struct archive_entry *entry;
  int code;

  while ((code = archive_read_next_header (reading->zip, &entry)) == ARCHIVE_OK || code == ARCHIVE_WARN)
    if (!take_member (reading, entry, error))
      return FALSE;

  if (code != ARCHIVE_EOF)
    return fail (reading, _("the archive is damaged"), error);
  if (reading->self->project == NULL)
    return fail (reading, _("it holds no project.qde, which a REFI-QDA project has"), error);

  return TRUE;
}

AnnalsQdpxArchive *
annals_qdpx_archive_new (const char  *bytes,
                         gsize        size,
                         const char  *name,
                         GError     **error)
{
  g_autoptr(AnnalsQdpxArchive) self = g_new0 (AnnalsQdpxArchive, 1);
  Reading reading = { .self = self, .name = name };
  gboolean ok;

  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  reading.zip = archive_read_new ();
  archive_read_support_format_zip_seekable (reading.zip);
  ok = archive_read_open_memory (reading.zip, bytes, size) == ARCHIVE_OK
         ? read_members (&reading, error) : fail (&reading, _("the archive is damaged"), error);
  archive_read_free (reading.zip);

  return ok ? g_steal_pointer (&self) : NULL;
}
