/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-posts.h"
#include "annals-qdpx-private.h"

/* A project after REFI-QDA 1.5 (qdasoftware.org): a ZIP archive of project.qde and the texts it speaks of. Offsets are
 * Unicode code points of these texts, in which a line ends with one line feed. */

typedef struct
{
  AnnalsExportRun      *run;
  struct archive       *zip;
  const AnnalsQdpxPost *post;   /* whose text is written */
  AnnalsText           *text;
} Packing;

static la_ssize_t
write_cb (struct archive *zip,
          void           *data,
          const void     *bytes,
          size_t          length)
{
  Packing *self = data;

  /* what went wrong is kept by the file and told by its commit */
  return annals_export_file_write (self->run->file, bytes, length) ? (la_ssize_t) length : -1;
}

static gboolean
is_cancelled (Packing *self)
{
  return self->run->cancellable != NULL && g_cancellable_is_cancelled (self->run->cancellable);
}

/* FALSE when the file takes no more. */
static gboolean
add_file (Packing    *self,
          const char *path,
          const char *bytes,
          gsize       length)
{
  struct archive_entry *entry = archive_entry_new ();
  gboolean ok;

  archive_entry_set_pathname (entry, path);
  archive_entry_set_size (entry, (la_int64_t) length);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_mtime (entry, (time_t) self->run->exported, 0);
  ok = archive_write_header (self->zip, entry) == ARCHIVE_OK &&
       archive_write_data (self->zip, bytes, length) == (la_ssize_t) length;
  archive_entry_free (entry);

  return ok;
}

/* The very texts that the offsets were taken from. */
static gboolean
add_texts (Packing            *self,
           AnnalsQdpxProject  *project,
           gboolean           *open,
           GError            **error)
{
  for (guint i = 0; *open && i < project->posts->len; i++)
    {
      g_autofree char *path = NULL;

      self->post = project->posts->pdata[i];
      if (is_cancelled (self))
        return !g_cancellable_set_error_if_cancelled (self->run->cancellable, error);
      self->text = annals_db_load_text (self->run->db, self->post->id, self->post->revision_id, error);
      if (self->text == NULL)
        return FALSE;

      path = g_strdup_printf ("sources/%s.txt", self->post->uid);
      *open = add_file (self, path, annals_text_get_string (self->text), annals_text_get_n_bytes (self->text));
      g_clear_pointer (&self->text, annals_text_unref);
      annals_export_run_progress (self->run, 0.5 + 0.5 * (i + 1) / project->posts->len);
    }

  return TRUE;
}

static gboolean
pack (AnnalsExportRun    *run,
      AnnalsQdpxProject  *project,
      GError            **error)
{
  Packing self = { .run = run };
  g_autofree char *xml = annals_qdpx_project_dup_xml (project);
  gboolean open;
  gboolean ok;

  self.zip = archive_write_new ();
  archive_write_set_format_zip (self.zip);
  archive_write_set_bytes_in_last_block (self.zip, 1);
  open = archive_write_open (self.zip, &self, NULL, write_cb, NULL) == ARCHIVE_OK &&
         add_file (&self, "project.qde", xml, strlen (xml));
  ok = add_texts (&self, project, &open, error);
  if (ok && open)
    open = archive_write_close (self.zip) == ARCHIVE_OK;

  /* What the file could not take, its commit tells better; all else would leave an archive without its end. */
  if (ok && !open && annals_export_file_write (run->file, "", 0))
    {
      g_set_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_WRITE, _("The archive cannot be written: %s"),
                   archive_error_string (self.zip) != NULL ? archive_error_string (self.zip) : _("unknown reason"));
      ok = FALSE;
    }
  archive_write_free (self.zip);

  return ok;
}

static void
remark (AnnalsQdpxProject *project)
{
  if (project->n_unplaced > 0)
    annals_export_run_remark (project->run,
                              ngettext ("%u passage is not in its post's text any more; it is a note on the post",
                                        "%u passages are not in their posts' texts any more; they are notes on the posts",
                                        project->n_unplaced), project->n_unplaced);
  if (project->n_links_left > 0)
    annals_export_run_remark (project->run,
                              ngettext ("%u link leads to something that is not exported and was left out",
                                        "%u links lead to something that is not exported and were left out",
                                        project->n_links_left), project->n_links_left);
}

gboolean
annals_export_qdpx_write (AnnalsExportRun  *run,
                          GError          **error)
{
  g_autoptr(GArray) keys = annals_export_run_list_notes (run, error);
  g_autoptr(AnnalsQdpxProject) project = NULL;

  if (keys == NULL)
    return FALSE;

  project = annals_qdpx_project_new (run);
  if (!annals_qdpx_read_tags (project, error) || !annals_qdpx_collect_notes (project, keys, error) ||
      !annals_qdpx_read_rest (project, error) || !pack (run, project, error))
    return FALSE;

  remark (project);
  return TRUE;
}
