/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-run.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "annals-calendar.h"
#include "annals-entry.h"
#include "annals-json-writer.h"
#include "annals-text.h"

/* Written in pieces of about that. */
#define PIECE (256 * 1024)

typedef struct
{
  AnnalsExportRun   *run;
  AnnalsEntryReader *reader;
  GString           *out;
} Writing;

/* --- values --- */

/* RFC 3339 to the microsecond; what lies outside its years is the nearest that does not. */
static void
append_time (GString *out,
             gint64   microseconds)
{
  gint64 time = CLAMP (microseconds, -G_GINT64_CONSTANT (62135596800000000), G_GINT64_CONSTANT (253402300799999999));
  gint64 seconds = time / G_USEC_PER_SEC - (time % G_USEC_PER_SEC < 0);
  int fraction = (int) (time - seconds * G_USEC_PER_SEC);
  gint64 days = seconds / 86400 - (seconds % 86400 < 0);
  int rest = (int) (seconds - days * 86400);
  gint64 year;
  int month, day;

  annals_calendar_from_days (days, &year, &month, &day);
  g_string_append_printf (out, "\"%04d-%02d-%02dT%02d:%02d:%02d.%06dZ\"", (int) year, month, day, rest / 3600,
                          rest / 60 % 60, rest % 60, fraction);
}

static void
append_number (GString *out,
               double   number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    number = 0;
  g_ascii_formatd (text, sizeof text, "%.15g", number);
  if (g_ascii_strtod (text, NULL) != number)
    g_ascii_dtostr (text, sizeof text, number);
  g_string_append (out, text);
}

static void
append_base64 (GString    *out,
               const char *bytes,
               gsize       length)
{
  g_autofree char *text = g_base64_encode ((const guchar *) bytes, length);

  annals_json_append_string (out, text, strlen (text));
}

static void
append_lines (GString    *out,
              const char *lines)
{
  g_string_append_c (out, '[');
  for (const char *line = lines; *line != '\0';)
    {
      gsize length = strcspn (line, "\n");

      if (length > 0)
        {
          if (out->str[out->len - 1] != '[')
            g_string_append_c (out, ',');
          annals_json_append_string (out, line, length);
        }
      line += length;
      line += *line == '\n';
    }
  g_string_append_c (out, ']');
}

/* Spans as we write them, whatever white space they were kept with; a stranger's file may keep what is none. */
static void
append_spans (GString     *out,
              AnnalsEntry *entry,
              const char  *spans)
{
  g_autoptr(AnnalsText) text = NULL;
  g_autofree char *json = NULL;

  if (!g_str_equal (spans, "[]") &&
      (text = annals_text_new_from_stored (annals_entry_get_text (entry, "text"), spans, NULL)) != NULL)
    json = annals_text_dup_spans_json (text);

  g_string_append (out, json != NULL ? json : "[]");
}

static void
append_markup (GString    *out,
               const char *markup,
               gsize       length)
{
  if (g_utf8_validate_len (markup, length, NULL))
    {
      annals_json_append_string (out, markup, length);
      return;
    }

  g_string_append (out, "{\"base64\":");
  append_base64 (out, markup, length);
  g_string_append_c (out, '}');
}

static void append_entry (GString     *out,
                          AnnalsEntry *entry);

static void
append_parts (GString   *out,
              GPtrArray *parts)
{
  g_string_append_c (out, '[');
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_entry (out, parts->pdata[i]);
    }
  g_string_append_c (out, ']');
}

static void
append_value (GString                *out,
              AnnalsEntry            *entry,
              const AnnalsEntryField *field,
              const AnnalsEntryValue *value)
{
  if (value->is_null && field->type != ANNALS_VALUE_PARTS)
    {
      g_string_append (out, "null");
      return;
    }

  switch (field->type)
    {
    case ANNALS_VALUE_INTEGER:
    case ANNALS_VALUE_NUMBER:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, value->number);
      break;

    case ANNALS_VALUE_BOOLEAN:
      g_string_append (out, value->number != 0 ? "true" : "false");
      break;

    case ANNALS_VALUE_SECONDS:
      append_number (out, value->seconds);
      break;

    case ANNALS_VALUE_TIME:
      append_time (out, value->number);
      break;

    case ANNALS_VALUE_LINES:
      append_lines (out, value->text);
      break;

    case ANNALS_VALUE_JSON:
      append_spans (out, entry, value->text);
      break;

    case ANNALS_VALUE_BYTES:
      append_base64 (out, value->text, value->length);
      break;

    case ANNALS_VALUE_MARKUP:
      append_markup (out, value->text, value->length);
      break;

    case ANNALS_VALUE_PARTS:
      append_parts (out, value->parts);
      break;

    case ANNALS_VALUE_UID:
    case ANNALS_VALUE_STRING:
    case ANNALS_VALUE_DATE:
    case ANNALS_VALUE_HEX:
    case ANNALS_VALUE_REFERENCE:
    case ANNALS_VALUE_EITHER:
    case ANNALS_VALUE_SEEN:
      annals_json_append_string (out, value->text, value->length);
      break;
    }
}

static void
append_entry (GString     *out,
              AnnalsEntry *entry)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (entry->kind);
  guint n = annals_entry_class_count (klass);

  g_string_append_c (out, '{');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, '"');
      g_string_append (out, klass->fields[i].member);
      g_string_append_len (out, "\":", 2);
      append_value (out, entry, &klass->fields[i], &entry->values[i]);
    }
  g_string_append_c (out, '}');
}

/* --- the document --- */

static void
flush (Writing *self)
{
  annals_export_file_write (self->run->file, self->out->str, self->out->len);
  g_string_truncate (self->out, 0);
}

static gboolean
write_section (Writing          *self,
               AnnalsEntryKind   section,
               GError          **error)
{
  g_autoptr(GError) failure = NULL;
  guint n_posts = annals_entry_reader_count_posts (self->reader);
  guint n = 0;

  g_string_append_printf (self->out, ",\n\"%s\":[", annals_entry_get_class (section)->member);
  for (;; n++)
    {
      g_autoptr(AnnalsEntry) entry = annals_entry_reader_next (self->reader, section, &failure);

      if (entry == NULL)
        break;
      if (g_cancellable_set_error_if_cancelled (self->run->cancellable, error))
        return FALSE;

      g_string_append (self->out, n > 0 ? ",\n" : "\n");
      append_entry (self->out, entry);
      if (self->out->len >= PIECE)
        flush (self);
      if (section == ANNALS_ENTRY_POST && n % 256 == 0)
        annals_export_run_progress (self->run, 0.9 * n / n_posts);
    }
  g_string_append (self->out, n > 0 ? "\n]" : "]");

  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
write_head (Writing   *self,
            AnnalsDb  *db,
            GError   **error)
{
  AnnalsNotebookFacts facts = { 0 };
  gboolean ok = annals_db_load_facts (db, &facts, error);

  if (ok)
    {
      g_string_append (self->out, "{\"format\":\"annals-notebook\",\"version\":1,\"generator\":\"Annals " ANNALS_VERSION
                                  "\",\n\"notebook\":{\"uid\":");
      annals_json_append_string (self->out, facts.uid, strlen (facts.uid));
      g_string_append (self->out, ",\"title\":");
      annals_json_append_string (self->out, facts.title, strlen (facts.title));
      g_string_append (self->out, ",\"created\":");
      append_time (self->out, facts.created);
      g_string_append_c (self->out, '}');
    }
  annals_notebook_facts_clear (&facts);

  return ok;
}

gboolean
annals_export_notebook_write (AnnalsExportRun  *run,
                              GError          **error)
{
  g_autoptr(GString) out = g_string_sized_new (2 * PIECE);
  g_autoptr(AnnalsEntryReader) reader = annals_entry_reader_new (run->db, error);
  Writing self = { .run = run, .reader = reader, .out = out };

  if (reader == NULL || !write_head (&self, run->db, error))
    return FALSE;

  for (AnnalsEntryKind section = 0; section < ANNALS_N_SECTIONS; section++)
    if (!write_section (&self, section, error))
      return FALSE;

  g_string_append (out, "\n}\n");
  flush (&self);

  return TRUE;
}
