/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "annals-notebook-file-private.h"
#include "annals-schema.h"

/* Another notebook that is read from its beginning to its end. */
typedef struct
{
  AnnalsDb          *db;
  AnnalsEntryReader *reader;
  AnnalsEntryKind    section;
  guint              n_posts;   /* read so far */
  char              *folder;    /* (nullable): that a copy of it stands in */
} Other;

static void
remove_copy (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
other_clear (Other *self)
{
  if (self->db != NULL)
    annals_db_adopt (self->db);
  g_clear_pointer (&self->reader, annals_entry_reader_free);
  g_clear_pointer (&self->db, annals_db_free);
  if (self->folder != NULL)
    remove_copy (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

static gboolean
copy_into (AnnalsDb    *db,
           const char  *path,
           GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, "VACUUM INTO :path", error);

  if (stmt == NULL)
    return FALSE;

  bind_text (stmt, ":path", path);
  return annals_db_run (db, stmt, error);
}

/* An older one: a copy of it is brought up to date, and it stays what it is. */
static gboolean
bring_up_to_date (Other   *self,
                  GError **error)
{
  gint64 version = 0;
  g_autofree char *path = NULL;

  if (!annals_db_query_int64 (self->db, "PRAGMA user_version", 0, 0, &version, error))
    return FALSE;
  if (version == annals_schema_get_version ())
    return TRUE;

  if (!(self->folder = g_dir_make_tmp ("annals-merge-XXXXXX", error)))
    return FALSE;

  /* The file is open to be read only; this is about the copy. */
  path = g_build_filename (self->folder, "other.annals", NULL);
  if (!annals_db_exec (self->db, "PRAGMA query_only=OFF", error) || !copy_into (self->db, path, error) ||
      !annals_notebook_file_upgrade (path, error))
    return FALSE;

  g_clear_pointer (&self->db, annals_db_free);
  self->db = annals_db_open_read_only (path, error);

  return self->db != NULL;
}

static AnnalsEntry *
next_cb (gpointer   user_data,
         GError   **error)
{
  Other *self = user_data;

  annals_db_adopt (self->db);   /* the writer's thread reads it */
  for (; self->section < ANNALS_N_SECTIONS; self->section++)
    {
      g_autoptr(GError) failure = NULL;
      AnnalsEntry *entry = annals_entry_reader_next (self->reader, self->section, &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (entry != NULL)
        {
          self->n_posts += entry->kind == ANNALS_ENTRY_POST;
          return entry;
        }
    }

  return NULL;
}

static double
fraction_cb (gpointer user_data)
{
  const Other *self = user_data;
  guint n = annals_entry_reader_count_posts (self->reader);

  return self->section > ANNALS_ENTRY_POST || n == 0 ? 1 : (double) self->n_posts / n;
}

static gboolean
check_other (AnnalsNotebook  *notebook,
             const char      *path,
             GError         **error)
{
  struct stat ours, theirs;

  if (stat (annals_notebook_get_path (notebook), &ours) != 0 || stat (path, &theirs) != 0 ||
      ours.st_dev != theirs.st_dev || ours.st_ino != theirs.st_ino)
    return TRUE;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CONFLICT,
               _("“%s” is the notebook itself; there is nothing to merge"), path);
  return FALSE;
}

static gboolean
open_other (Other       *self,
            const char  *path,
            GError     **error)
{
  return (self->db = annals_notebook_file_open_other (path, error)) != NULL &&
         bring_up_to_date (self, error) &&
         annals_db_exec (self->db, "BEGIN", error) &&
         (self->reader = annals_entry_reader_new (self->db, error)) != NULL;
}

AnnalsMergeResult *
annals_notebook_merge_file (AnnalsNotebook       *self,
                            const char           *path,
                            AnnalsMergeProgress   progress,
                            gpointer              user_data,
                            GCancellable         *cancellable,
                            GError              **error)
{
  AnnalsMergeSource source = { next_cb, fraction_cb };
  Other other = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  AnnalsMergeResult *result = NULL;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  name = g_path_get_basename (path);
  /* Translators: a step of the history; the name of the other notebook's file */
  label = g_strdup_printf (_("Merge “%s”"), name);
  if (check_other (self, path, error) && open_other (&other, path, error) &&
      annals_db_load_facts (other.db, &source.facts, error))
    {
      source.user_data = &other;
      source.other = other.db;
      result = annals_notebook_merge (self, &source, label, progress, user_data, cancellable, error);
    }
  annals_notebook_facts_clear (&source.facts);
  other_clear (&other);

  return result;
}
