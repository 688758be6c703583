/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>

#include "annals-backup-private.h"
#include "annals-notebook-file-private.h"
#include "annals-schema.h"
#include "annals-scratch-private.h"

/* of the progress, when a copy has to be made */
#define COPY_SHARE 0.3

/* Another notebook that is read from its beginning to its end. */
typedef struct
{
  AnnalsDb            *db;
  AnnalsEntryReader   *reader;
  AnnalsEntryKind      section;
  guint                n_posts;    /* read so far */
  char                *scratch;    /* (nullable): a copy of it */
  double               copied;     /* what of the progress the copy was */
  AnnalsMergeProgress  progress;   /* (nullable) */
  gpointer             user_data;
} Other;

static void
other_clear (Other *self)
{
  if (self->db != NULL)
    annals_db_adopt (self->db);
  g_clear_pointer (&self->reader, annals_entry_reader_free);
  g_clear_pointer (&self->db, annals_db_free);
  if (self->scratch != NULL)
    annals_backup_remove (self->scratch);
  g_clear_pointer (&self->scratch, g_free);
}

static void
tell_copying_cb (double   fraction,
                 gpointer user_data)
{
  Other *self = user_data;

  if (self->progress != NULL)
    self->progress (COPY_SHARE * fraction, self->user_data);
}

static void
tell_merging_cb (double   fraction,
                 gpointer user_data)
{
  Other *self = user_data;

  if (self->progress != NULL)
    self->progress (self->copied + (1 - self->copied) * fraction, self->user_data);
}

/* An older one: a copy of it, beside the notebook @near, is brought up to date, and it stays what it is. */
static gboolean
bring_up_to_date (Other         *self,
                  const char    *near,
                  GCancellable  *cancellable,
                  GError       **error)
{
  const AnnalsBackupWork work = { tell_copying_cb, self, cancellable };
  gint64 version = 0;

  if (!annals_db_query_int64 (self->db, "PRAGMA user_version", 0, 0, &version, error))
    return FALSE;
  if (version == annals_schema_get_version ())
    return TRUE;

  self->scratch = annals_scratch_dup_name (near, ANNALS_SCRATCH_MERGE);
  if (!annals_backup_write_db (self->db, self->scratch, &work, error) ||
      !annals_notebook_file_upgrade (self->scratch, cancellable, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  self->copied = COPY_SHARE;
  annals_db_free (self->db);
  self->db = annals_db_open_read_only (self->scratch, error);

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
open_other (Other         *self,
            const char    *path,
            const char    *near,
            GCancellable  *cancellable,
            GError       **error)
{
  return (self->db = annals_notebook_file_open_other (path, error)) != NULL &&
         bring_up_to_date (self, near, cancellable, error) &&
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
  Other other = { .progress = progress, .user_data = user_data };
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  AnnalsMergeResult *result = NULL;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  name = g_path_get_basename (path);
  /* Translators: a step of the history; the name of the other notebook's file */
  label = g_strdup_printf (_("Merge “%s”"), name);
  if (check_other (self, path, error) &&
      open_other (&other, path, annals_notebook_get_path (self), cancellable, error) &&
      annals_db_load_facts (other.db, &source.facts, error))
    {
      source.user_data = &other;
      source.other = other.db;
      result = annals_notebook_merge (self, &source, label, tell_merging_cb, &other, cancellable, error);
    }
  annals_notebook_facts_clear (&source.facts);
  other_clear (&other);

  return result;
}
