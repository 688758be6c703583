/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-private.h"

#include <string.h>

#define REPORT_INTERVAL (G_USEC_PER_SEC / 20)

G_DEFINE_QUARK (annals-import-error-quark, annals_import_error)

AnnalsImportOptions *
annals_import_options_new (void)
{
  return g_new0 (AnnalsImportOptions, 1);
}

AnnalsImportOptions *
annals_import_options_copy (const AnnalsImportOptions *self)
{
  AnnalsImportOptions *copy = annals_import_options_new ();

  if (self == NULL)
    return copy;

  copy->archive = g_strdup (self->archive);
  copy->source = g_strdup (self->source);
  copy->date = self->date ? annals_date_ref (self->date) : NULL;
  copy->language = g_strdup (self->language);
  copy->zone = self->zone ? g_time_zone_ref (self->zone) : NULL;
  copy->kinds = self->kinds;
  copy->mapping = annals_mapping_copy (self->mapping);
  copy->records = self->records ? g_array_copy (self->records) : NULL;

  return copy;
}

void
annals_import_options_free (AnnalsImportOptions *self)
{
  if (self == NULL)
    return;

  g_free (self->archive);
  g_free (self->source);
  g_clear_pointer (&self->date, annals_date_unref);
  g_free (self->language);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->mapping, annals_mapping_free);
  g_clear_pointer (&self->records, g_array_unref);
  g_free (self);
}

static gboolean
is_set (const char *string)
{
  return string != NULL && *string != '\0';
}

/* The first of the three that says something. */
static char *
choose (char       *own,
        const char *second,
        const char *third)
{
  if (is_set (own))
    return own;

  g_free (own);

  return g_strdup (is_set (second) ? second : is_set (third) ? third : "");
}

/* What the record does not say of itself, the user says, or the file for all of its records. */
static void
complete (AnnalsImportRun *self,
          AnnalsDraft     *draft)
{
  const AnnalsImportOptions *options = self->options;

  draft->source = choose (draft->source, options ? options->source : NULL,
                          annals_format_reader_get_source (self->reader));
  draft->language = choose (draft->language, annals_format_reader_get_language (self->reader),
                            options ? options->language : NULL);

  if (draft->published == NULL && options != NULL && options->date != NULL)
    draft->published = annals_date_ref (options->date);
}

AnnalsImportRun *
annals_import_run_new (const char                 *path,
                       const AnnalsImportOptions  *options,
                       AnnalsImportProgress        progress,
                       gpointer                    user_data,
                       GError                    **error)
{
  g_autoptr(AnnalsImportRun) self = g_new0 (AnnalsImportRun, 1);

  self->options = options;
  self->progress = progress;
  self->user_data = user_data;
  self->identities = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (!(self->input = annals_import_input_new_for_path (path, error)))
    return NULL;

  self->part = annals_part_new (annals_import_input_get_name (self->input), self->input);
  if (!(self->reader = annals_format_reader_new (self->part, NULL, error)))
    return NULL;

  return g_steal_pointer (&self);
}

void
annals_import_run_free (AnnalsImportRun *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->reader, annals_format_reader_free);
  g_clear_pointer (&self->part, annals_part_free);
  g_hash_table_unref (self->identities);
  g_free (self);
}

AnnalsReadResult
annals_import_run_next (AnnalsImportRun  *self,
                        AnnalsDraft     **draft,
                        AnnalsIssue     **issue,
                        GCancellable     *cancellable,
                        GError          **error)
{
  AnnalsReadResult result =
    annals_format_reader_next (self->reader, draft, issue, cancellable, error);

  if (result == ANNALS_READ_DRAFT && (*draft)->skipped == NULL)
    {
      complete (self, *draft);
      self->n_posts++;
      self->place++;
    }

  annals_import_run_report (self, FALSE);

  return result;
}

char *
annals_import_run_dup_identity (AnnalsImportRun   *self,
                                const AnnalsDraft *draft,
                                guint             *repeated)
{
  g_autofree char *identity =
    annals_draft_dup_identity (draft, annals_import_run_get_archive (self));
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  gint64 key;

  /* eight bytes are enough: a million posts collide once in 30 million runs */
  g_checksum_update (checksum, (const guchar *) identity, -1);
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (&key, digest, sizeof key);

  *repeated = GPOINTER_TO_UINT (g_hash_table_lookup (self->identities, &key));
  g_hash_table_replace (self->identities, g_memdup2 (&key, sizeof key),
                        GUINT_TO_POINTER (*repeated + 1));

  if (*repeated == 0)
    return g_steal_pointer (&identity);

  return g_strdup_printf ("%s\x1f%u", identity, *repeated + 1);
}

const char *
annals_import_run_get_archive (AnnalsImportRun *self)
{
  if (self->options != NULL && is_set (self->options->archive))
    return self->options->archive;

  return annals_format_reader_get_archive (self->reader);
}

void
annals_import_run_report (AnnalsImportRun *self,
                          gboolean         always)
{
  gint64 now;

  if (self->progress == NULL)
    return;

  now = g_get_monotonic_time ();
  if (!always && now < self->next_report)
    return;

  self->next_report = now + REPORT_INTERVAL;
  self->progress (annals_import_input_get_offset (self->input),
                  annals_import_input_get_size (self->input), self->n_posts, self->user_data);
}
