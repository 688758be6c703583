/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-file-work.h"

#include <string.h>

struct _AnnalsFileWork
{
  AnnalsPart                 *part;
  const AnnalsFormat         *format;
  AnnalsFormatSettings        settings;
  const AnnalsImportOptions  *options;   /* (nullable) borrowed */
  gsize                       size;
  char                       *sha256;
  AnnalsWork                 *work;      /* NULL when it is finished; the rest is the work's until then */
  AnnalsFormatReader         *reader;
  GQueue                      found;     /* of AnnalsFound */
  GError                     *failure;   /* (nullable): what ended the reading */
};

/* --- one thing --- */

void
annals_found_clear (AnnalsFound *self)
{
  g_clear_pointer (&self->draft, annals_draft_free);
  g_clear_pointer (&self->issue, annals_issue_free);
  g_clear_pointer (&self->identity, g_free);
}

static void
found_free (gpointer data)
{
  annals_found_clear (data);
  g_free (data);
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

void
annals_draft_complete (AnnalsDraft               *draft,
                       const AnnalsImportOptions *options,
                       const char                *source,
                       const char                *language)
{
  draft->source = choose (draft->source, options ? options->source : NULL, source);
  draft->language = choose (draft->language, language, options ? options->language : NULL);

  if (draft->published == NULL && options != NULL && options->date != NULL)
    draft->published = annals_date_ref (options->date);
}

AnnalsReadResult
annals_found_read (AnnalsFormatReader         *reader,
                   const AnnalsImportOptions  *options,
                   AnnalsFound                *found,
                   GCancellable               *cancellable,
                   GError                    **error)
{
  AnnalsReadResult result = annals_format_reader_next (reader, &found->draft, &found->issue, cancellable, error);
  const char *archive;

  if (result != ANNALS_READ_DRAFT)
    return result;

  annals_draft_complete (found->draft, options, annals_format_reader_get_source (reader),
                         annals_format_reader_get_language (reader));
  archive = options && is_set (options->archive) ? options->archive : annals_format_reader_get_archive (reader);
  if (found->draft->text != NULL)
    found->identity = annals_draft_dup_identity (found->draft, archive);

  return result;
}

/* --- a file --- */

static void
read_file (gpointer data)
{
  AnnalsFileWork *self = data;
  AnnalsFound found = { 0 };
  AnnalsReadResult result;

  self->reader = annals_format_reader_new_for_format (self->part, self->format, &self->settings);
  while ((result = annals_found_read (self->reader, self->options, &found, NULL, &self->failure)) !=
           ANNALS_READ_ERROR &&
         result != ANNALS_READ_END)
    {
      /* computed once and kept by the text */
      if (found.draft != NULL && found.draft->text != NULL)
        annals_text_get_sha256 (found.draft->text);
      g_queue_push_tail (&self->found, g_memdup2 (&found, sizeof found));
      found = (AnnalsFound) { 0 };
    }
}

/* The same file with other bytes. Takes @input. */
static AnnalsPart *
part_new_like (const AnnalsPart  *part,
               AnnalsImportInput *input)
{
  AnnalsPart *copy = annals_part_new (part->path, input);

  copy->url = g_strdup (part->url);
  copy->media_type = g_strdup (part->media_type);
  copy->charset = g_strdup (part->charset);
  copy->modified = part->modified;

  return copy;
}

/* A file whose beginning was read already */
typedef struct
{
  GByteArray        *beginning;
  gsize              offset;
  GError            *failure;   /* (nullable): what comes behind it; else the rest of the input does */
  AnnalsImportInput *input;     /* borrowed */
} Joined;

static gssize
joined_read (gpointer       data,
             guint8        *buffer,
             gsize          count,
             GCancellable  *cancellable,
             GError       **error)
{
  Joined *self = data;
  gsize n = MIN (count, self->beginning->len - self->offset);

  if (n > 0)
    {
      memcpy (buffer, self->beginning->data + self->offset, n);
      self->offset += n;
      return (gssize) n;
    }

  if (self->failure == NULL)
    return annals_import_input_read (self->input, buffer, count, cancellable, error);

  g_propagate_error (error, g_error_copy (self->failure));

  return -1;
}

static void
joined_free (gpointer data)
{
  Joined *self = data;

  g_byte_array_unref (self->beginning);
  g_clear_error (&self->failure);
  g_free (self);
}

/* Takes @beginning and @failure. */
static AnnalsPart *
join (AnnalsPart *part,
      GByteArray *beginning,
      GError     *failure,
      GError    **error)
{
  Joined *self = g_new0 (Joined, 1);
  gint64 size = annals_import_input_get_size (part->input);
  AnnalsImportInput *input;

  self->beginning = beginning;
  self->failure = failure;
  self->input = part->input;
  input = annals_import_input_new_for_stream (annals_import_input_get_name (part->input), size, joined_read, self,
                                              joined_free, error);

  return input != NULL ? part_new_like (part, input) : NULL;
}

static AnnalsFileWork *
begin (AnnalsPart                 *part,
       GByteArray                 *bytes,
       const AnnalsFormat         *format,
       const AnnalsFormatSettings *settings,
       const AnnalsImportOptions  *options)
{
  AnnalsFileWork *self = g_new0 (AnnalsFileWork, 1);
  g_autoptr(GBytes) content = NULL;
  AnnalsImportInput *input;

  self->format = format;
  self->settings = *settings;
  self->options = options;
  self->size = bytes->len;
  self->sha256 = g_strdup (annals_import_input_get_sha256 (part->input));
  content = g_byte_array_free_to_bytes (bytes);
  input = annals_import_input_new_for_bytes (content, annals_import_input_get_name (part->input));
  /* that of the file is known: what is read from now on is not hashed again */
  annals_import_input_get_sha256 (input);
  self->part = part_new_like (part, input);
  /* who works for others has nobody who works for him */
  self->settings.workers = NULL;
  self->work = annals_workers_begin (settings->workers, read_file, self);

  return self;
}

AnnalsFileWork *
annals_file_work_begin (AnnalsPart                  *part,
                        const AnnalsFormat          *format,
                        const AnnalsFormatSettings  *settings,
                        const AnnalsImportOptions   *options,
                        AnnalsPart                 **rest,
                        GCancellable                *cancellable,
                        GError                     **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (ANNALS_IMPORT_HEAD_SIZE);
  g_autoptr(GError) failure = NULL;
  gssize n;

  g_return_val_if_fail (part != NULL && format != NULL && settings != NULL && rest != NULL, NULL);

  *rest = NULL;
  while ((n = annals_import_input_read (part->input, buffer, ANNALS_IMPORT_HEAD_SIZE, cancellable, &failure)) > 0)
    {
      g_byte_array_append (bytes, buffer, (guint) n);
      if (bytes->len > ANNALS_FILE_WORK_LIMIT)
        break;
    }

  if (n == 0)
    return begin (part, g_steal_pointer (&bytes), format, settings, options);

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  *rest = join (part, g_steal_pointer (&bytes), g_steal_pointer (&failure), error);

  return NULL;
}

void
annals_file_work_free (AnnalsFileWork *self)
{
  if (self == NULL)
    return;

  if (self->work != NULL)
    annals_work_drop (self->work);
  g_queue_clear_full (&self->found, found_free);
  g_clear_pointer (&self->reader, annals_format_reader_free);
  g_clear_pointer (&self->part, annals_part_free);
  g_clear_error (&self->failure);
  g_free (self->sha256);
  g_free (self);
}

gsize
annals_file_work_get_size (AnnalsFileWork *self)
{
  return self->size;
}

const char *
annals_file_work_get_sha256 (AnnalsFileWork *self)
{
  return self->sha256;
}

AnnalsPart *
annals_file_work_get_part (AnnalsFileWork *self)
{
  return self->part;
}

const AnnalsFormat *
annals_file_work_get_format (AnnalsFileWork *self)
{
  return self->format;
}

AnnalsFormatReader *
annals_file_work_finish (AnnalsFileWork *self)
{
  if (self->work != NULL)
    annals_work_finish (g_steal_pointer (&self->work));

  return self->reader;
}

AnnalsReadResult
annals_file_work_next (AnnalsFileWork  *self,
                       AnnalsFound     *found,
                       GError         **error)
{
  g_autofree AnnalsFound *next = NULL;

  g_return_val_if_fail (self != NULL && self->work == NULL, ANNALS_READ_ERROR);

  if ((next = g_queue_pop_head (&self->found)) != NULL)
    {
      *found = *next;
      return found->draft != NULL ? ANNALS_READ_DRAFT : ANNALS_READ_ISSUE;
    }

  if (self->failure == NULL)
    return ANNALS_READ_END;

  g_propagate_error (error, g_error_copy (self->failure));

  return ANNALS_READ_ERROR;
}
