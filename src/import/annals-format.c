/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include <glib/gi18n-lib.h>

#define MAX_EXCERPT 4000
#define MAX_COLUMNS 200
/* characters of a text that stand in for a lost title */
#define TITLE_LENGTH 80

G_DEFINE_QUARK (annals-import-error-quark, annals_import_error)

struct _AnnalsFormatReader
{
  AnnalsPart         *part;     /* borrowed */
  AnnalsFormatSettings settings;
  GTimeZone          *utc;
  AnnalsMapping      *mapping;  /* NULL: not a list */
  GPtrArray          *columns;
  AnnalsDecoder      *decoder;  /* NULL for a branch, as @format and @state */
  const AnnalsFormat *format;
  gpointer            state;
  gboolean            at_end;
  GQueue              pending;  /* of Pending */
  GArray             *account;  /* NULL when nobody asked for it */
  char               *archive;
  char               *source;
  char               *language;
};

/* One of the two */
typedef struct
{
  AnnalsDraft *draft;
  AnnalsIssue *issue;
} Pending;

static const AnnalsFormat * const formats[] = {
  &annals_format_bibtex,
  &annals_format_csl,
  &annals_format_csv,
  &annals_format_feed,
  &annals_format_html,
  &annals_format_json,
  &annals_format_markdown,
  &annals_format_ris,
  &annals_format_text_month,
  &annals_format_wxr,
  NULL,
};

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  g_clear_pointer (&pending->draft, annals_draft_free);
  g_clear_pointer (&pending->issue, annals_issue_free);
  g_free (pending);
}

/* Text has few control characters; what has many, or NULs in no order, is something else. */
static gboolean
is_binary (const guint8 *head,
           gsize         length)
{
  gsize n_controls = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (head[i] < 0x20 && head[i] != '\t' && head[i] != '\n' && head[i] != '\r' &&
          head[i] != '\f')
        n_controls++;
    }

  return n_controls > length / 50;
}

const AnnalsFormat * const *
annals_format_list (void)
{
  return formats;
}

static AnnalsDecoder *
decoder_for_part (AnnalsPart *part)
{
  gsize length;
  const guint8 *head = annals_import_input_get_head (part->input, &length);

  return annals_decoder_new_for_file (head, length, part->charset);
}

const AnnalsFormat *
annals_format_detect (AnnalsPart *part)
{
  g_autoptr(AnnalsDecoder) decoder = NULL;
  g_autoptr(GString) text = NULL;
  AnnalsSniff sniff = { .name = part->path, .media_type = part->media_type };
  const AnnalsFormat *best = NULL;
  guint best_confidence = 0;
  gsize bom;

  g_return_val_if_fail (part != NULL, NULL);

  sniff.bytes = annals_import_input_get_head (part->input, &sniff.n_bytes);
  decoder = decoder_for_part (part);
  text = g_string_new (NULL);
  bom = annals_decoder_get_bom_length (decoder);
  annals_decoder_push (decoder, sniff.bytes + bom, sniff.n_bytes - bom, FALSE, text);
  sniff.text = text->str;

  for (guint i = 0; formats[i] != NULL; i++)
    {
      guint confidence = formats[i]->sniff (&sniff);

      if (confidence > best_confidence)
        {
          best = formats[i];
          best_confidence = confidence;
        }
    }

  return best;
}

AnnalsFormatReader *
annals_format_reader_new (AnnalsPart                  *part,
                          const AnnalsFormatSettings  *settings,
                          GError                     **error)
{
  const AnnalsFormat *format;
  const guint8 *head;
  gsize length;

  g_return_val_if_fail (part != NULL, NULL);

  if ((format = annals_format_detect (part)) == NULL)
    {
      gboolean wide;

      head = annals_import_input_get_head (part->input, &length);
      wide = length >= 2 && ((head[0] == 0xff && head[1] == 0xfe) ||
                             (head[0] == 0xfe && head[1] == 0xff));
      g_set_error (
        error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNKNOWN,
        !wide && is_binary (head, length)
          ? _("“%s” is not a text: no kind of archive that can be imported looks like it")
          : _("“%s” is a text, but no kind of archive that can be imported looks like it"),
        part->path);
      return NULL;
    }

  return annals_format_reader_new_for_format (part, format, settings);
}

static AnnalsFormatReader *
reader_new (AnnalsPart                 *part,
            const AnnalsFormatSettings *settings)
{
  AnnalsFormatReader *self = g_new0 (AnnalsFormatReader, 1);

  self->part = part;
  self->utc = g_time_zone_new_utc ();
  if (settings != NULL)
    self->settings = *settings;
  if (self->settings.zone == NULL)
    self->settings.zone = self->utc;
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_column_free);
  g_queue_init (&self->pending);

  return self;
}

AnnalsFormatReader *
annals_format_reader_new_for_format (AnnalsPart                 *part,
                                     const AnnalsFormat         *format,
                                     const AnnalsFormatSettings *settings)
{
  AnnalsFormatReader *self;

  g_return_val_if_fail (part != NULL && format != NULL, NULL);

  self = reader_new (part, settings);
  self->decoder = decoder_for_part (part);
  self->format = format;
  self->archive = g_strdup ("");
  self->source = g_strdup ("");
  self->language = g_strdup ("");
  self->state = format->open (self);

  return self;
}

AnnalsFormatReader *
annals_format_reader_new_branch (AnnalsFormatReader *self)
{
  AnnalsFormatReader *branch;

  g_return_val_if_fail (self != NULL, NULL);

  branch = reader_new (self->part, &self->settings);
  branch->at_end = TRUE;
  branch->archive = g_strdup (self->archive);
  branch->source = g_strdup (self->source);
  branch->language = g_strdup (self->language);

  return branch;
}

void
annals_format_reader_join_branch (AnnalsFormatReader *self,
                                  AnnalsFormatReader *branch)
{
  gpointer pending;

  g_return_if_fail (self != NULL && branch != NULL);

  while ((pending = g_queue_pop_head (&branch->pending)) != NULL)
    g_queue_push_tail (&self->pending, pending);
}

void
annals_format_reader_free (AnnalsFormatReader *self)
{
  if (self == NULL)
    return;

  if (self->format != NULL)
    self->format->close (self->state);
  g_queue_clear_full (&self->pending, pending_free);
  g_clear_pointer (&self->decoder, annals_decoder_free);
  g_clear_pointer (&self->mapping, annals_mapping_free);
  g_ptr_array_unref (self->columns);
  g_time_zone_unref (self->utc);
  g_clear_pointer (&self->account, g_array_unref);
  g_free (self->archive);
  g_free (self->source);
  g_free (self->language);
  g_free (self);
}

AnnalsReadResult
annals_format_reader_next (AnnalsFormatReader  *self,
                    AnnalsDraft  **draft,
                    AnnalsIssue  **issue,
                    GCancellable  *cancellable,
                    GError       **error)
{
  Pending *pending;
  AnnalsReadResult result;

  g_return_val_if_fail (self != NULL && draft != NULL && issue != NULL, ANNALS_READ_ERROR);

  *draft = NULL;
  *issue = NULL;

  while (g_queue_is_empty (&self->pending) && !self->at_end)
    {
      if (!self->format->step (self->state, &self->at_end, cancellable, error))
        return ANNALS_READ_ERROR;
    }

  pending = g_queue_pop_head (&self->pending);
  if (pending == NULL)
    return ANNALS_READ_END;

  result = pending->draft ? ANNALS_READ_DRAFT : ANNALS_READ_ISSUE;
  *draft = g_steal_pointer (&pending->draft);
  *issue = g_steal_pointer (&pending->issue);
  pending_free (pending);

  return result;
}

const AnnalsFormat *
annals_format_reader_get_format (AnnalsFormatReader *self)
{
  return self->format;
}

const char *
annals_format_reader_get_archive (AnnalsFormatReader *self)
{
  return self->archive;
}

const char *
annals_format_reader_get_source (AnnalsFormatReader *self)
{
  return self->source;
}

const char *
annals_format_reader_get_language (AnnalsFormatReader *self)
{
  return self->language;
}

GArray *
annals_format_reader_keep_account (AnnalsFormatReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->account == NULL)
    self->account = g_array_new (FALSE, FALSE, sizeof (AnnalsAccount));

  return self->account;
}

const AnnalsMapping *
annals_format_reader_get_mapping (AnnalsFormatReader *self)
{
  return self->mapping;
}

GPtrArray *
annals_format_reader_get_columns (AnnalsFormatReader *self)
{
  return self->columns;
}

void
annals_format_reader_take_mapping (AnnalsFormatReader *self,
                                   AnnalsMapping      *mapping)
{
  g_clear_pointer (&self->mapping, annals_mapping_free);
  self->mapping = mapping;
}

void
annals_format_reader_take_column (AnnalsFormatReader *self,
                                  AnnalsColumn       *column)
{
  if (self->columns->len < MAX_COLUMNS)
    g_ptr_array_add (self->columns, column);
  else
    annals_column_free (column);
}

AnnalsPart *
annals_format_reader_get_part (AnnalsFormatReader *self)
{
  return self->part;
}

const AnnalsFormatSettings *
annals_format_reader_get_settings (AnnalsFormatReader *self)
{
  return &self->settings;
}

const char *
annals_format_reader_get_name (AnnalsFormatReader *self)
{
  return self->part->path;
}

AnnalsImportInput *
annals_format_reader_get_input (AnnalsFormatReader *self)
{
  return self->part->input;
}

char *
annals_format_reader_read_all (AnnalsFormatReader  *self,
                               gsize                limit,
                               gsize               *length,
                               GCancellable        *cancellable,
                               GError             **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  gsize room = ANNALS_IMPORT_HEAD_SIZE;
  g_autofree guint8 *buffer = g_malloc (room);
  gsize bom = annals_decoder_get_bom_length (self->decoder);
  gsize n_read = 0;
  gssize n;

  while ((n = annals_import_input_read (self->part->input, buffer, room, cancellable, error)) > 0)
    {
      gsize used;

      n_read += (gsize) n;
      if (n_read > limit)
        {
          g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE,
                       _("“%s” is longer than %zu MB, more than one page or list may be"),
                       self->part->path, limit / (1024 * 1024));
          return NULL;
        }

      g_byte_array_append (bytes, buffer, (guint) n);
      if (bom > 0 && bytes->len >= bom)
        {
          g_byte_array_remove_range (bytes, 0, (guint) bom);
          bom = 0;
        }
      used = annals_decoder_push (self->decoder, bytes->data, bytes->len, FALSE, text);
      g_byte_array_remove_range (bytes, 0, (guint) used);
    }

  if (n < 0)
    return NULL;

  annals_decoder_push (self->decoder, bytes->data, bytes->len, TRUE, text);
  if (length != NULL)
    *length = text->len;

  return g_string_free (g_steal_pointer (&text), FALSE);
}

AnnalsDecoder *
annals_format_reader_get_decoder (AnnalsFormatReader *self)
{
  return self->decoder;
}

void
annals_format_reader_set_archive (AnnalsFormatReader *self,
                           const char   *archive)
{
  g_free (self->archive);
  self->archive = g_strdup (archive);
}

void
annals_format_reader_set_source (AnnalsFormatReader *self,
                          const char   *source)
{
  g_free (self->source);
  self->source = g_strdup (source);
}

void
annals_format_reader_set_language (AnnalsFormatReader *self,
                            const char   *language)
{
  g_free (self->language);
  self->language = g_strdup (language);
}

void
annals_format_reader_take_draft (AnnalsFormatReader *self,
                          AnnalsDraft  *draft)
{
  Pending *pending = g_new0 (Pending, 1);

  g_return_if_fail (draft->text != NULL || draft->skipped != NULL);

  pending->draft = draft;
  g_queue_push_tail (&self->pending, pending);
}

void
annals_format_reader_take_issue (AnnalsFormatReader   *self,
                          AnnalsSeverity  severity,
                          AnnalsIssueCode code,
                          char           *place,
                          char           *reason,
                          const char     *excerpt)
{
  Pending *pending = g_new0 (Pending, 1);
  AnnalsIssue *issue = g_new0 (AnnalsIssue, 1);

  issue->severity = severity;
  issue->code = code;
  issue->place = place;
  issue->reason = reason;
  issue->excerpt = annals_format_reader_dup_excerpt (excerpt ? excerpt : "");
  pending->issue = issue;
  g_queue_push_tail (&self->pending, pending);
}

void
annals_format_reader_account (AnnalsFormatReader      *self,
                       gint64             offset,
                       gint64             length,
                       AnnalsAccountKind  kind)
{
  AnnalsAccount entry = { offset, length, kind };

  if (self->account != NULL && length > 0)
    g_array_append_val (self->account, entry);
}

char *
annals_format_reader_dup_title (AnnalsText *text)
{
  return annals_text_dup_lead (text, TITLE_LENGTH);
}

char *
annals_format_reader_dup_excerpt (const char *text)
{
  const char *end = text;

  for (guint i = 0; *end && i < MAX_EXCERPT; i++)
    end = g_utf8_next_char (end);

  return g_strndup (text, (gsize) (end - text));
}
