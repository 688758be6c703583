/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-json-writer.h"

#include <string.h>

#include "annals-json.h"

/* What is held before the file gets it */
#define BUFFER_SIZE ((gsize) 1 << 16)
#define MAX_INDENT 64

struct _AnnalsJsonWriter
{
  AnnalsExportFile *file;
  GString          *out;
  guint             depth;
  gboolean          is_first;   /* nothing stands yet in what is open */
};

/* Bytes that cannot stand in a string as they are. */
static gboolean
must_escape (guchar byte)
{
  return byte < 0x20 || byte == '"' || byte == '\\' || byte == 0x7f;
}

static void
append_escape (GString *out,
               guchar   byte)
{
  static const char shorts[] = "\"\"\\\\\bb\ff\nn\rr\tt";

  for (guint i = 0; shorts[i] != '\0'; i += 2)
    if ((guchar) shorts[i] == byte)
      {
        char escape[] = { '\\', shorts[i + 1] };

        g_string_append_len (out, escape, sizeof escape);
        return;
      }

  g_string_append_printf (out, "\\u%04x", byte);
}

#define EACH_BYTE(value) (G_GUINT64_CONSTANT (0x0101010101010101) * (value))

/* Whether one of eight bytes is zero; a TRUE may be wrong. */
static inline guint64
has_zero (guint64 word)
{
  return (word - EACH_BYTE (1)) & ~word & EACH_BYTE (0x80);
}

/* Whether one of eight bytes must be escaped; a TRUE may be wrong. */
static inline gboolean
must_escape_any (const char *p)
{
  guint64 word;

  memcpy (&word, p, sizeof word);
  return (((word - EACH_BYTE (0x20)) & ~word & EACH_BYTE (0x80)) | has_zero (word ^ EACH_BYTE ('"')) |
          has_zero (word ^ EACH_BYTE ('\\')) | has_zero (word ^ EACH_BYTE (0x7f))) != 0;
}

/* The first byte from @p on that must be escaped, or @end. */
static const char *
find_escape (const char *p,
             const char *end)
{
  for (; p < end; p++)
    {
      while (end - p >= 8 && !must_escape_any (p))
        p += 8;
      if (p == end || must_escape ((guchar) *p))
        break;
    }

  return p;
}

/* @value is valid UTF-8. */
static void
append_escaped (GString    *out,
                const char *value,
                gsize       length)
{
  const char *end = value + length;
  const char *run = value;

  for (const char *p = find_escape (value, end); p < end; p = find_escape (run, end))
    {
      g_string_append_len (out, run, p - run);
      append_escape (out, (guchar) *p);
      run = p + 1;
    }
  g_string_append_len (out, run, end - run);
}

/* @value is valid UTF-8. Most have nothing to escape and are set down at once. */
static void
append_quoted (GString    *out,
               const char *value,
               gsize       length)
{
  gsize start = out->len;

  if (find_escape (value, value + length) == value + length)
    {
      g_string_set_size (out, start + length + 2);
      out->str[start] = '"';
      memcpy (out->str + start + 1, value, length);
      out->str[start + 1 + length] = '"';
      return;
    }

  g_string_append_c (out, '"');
  append_escaped (out, value, length);
  g_string_append_c (out, '"');
}

void
annals_json_append_string (GString    *out,
                           const char *value,
                           gsize       length)
{
  g_autofree char *valid = NULL;

  if (!g_utf8_validate_len (value, length, NULL))
    {
      valid = g_utf8_make_valid (value, (gssize) length);
      value = valid;
      length = strlen (value);
    }

  append_quoted (out, value, length);
}

char *
annals_json_dup_string (const char *value)
{
  GString *out = g_string_new (NULL);

  annals_json_append_string (out, value, strlen (value));

  return g_string_free (out, FALSE);
}

static void
append_string (GString    *out,
               const char *value)
{
  annals_json_append_string (out, value, strlen (value));
}

/* A new line, with a comma before it unless it is the first in what is open. */
static void
append_line (AnnalsJsonWriter *self,
             gboolean          comma)
{
  gsize start = self->out->len;
  gsize indent = 2 * MIN (self->depth, MAX_INDENT);
  char *p;

  g_string_set_size (self->out, start + comma + 1 + indent);
  p = self->out->str + start;
  if (comma)
    *p++ = ',';
  *p++ = '\n';
  memset (p, ' ', indent);
}

static void
flush (AnnalsJsonWriter *self)
{
  if (self->file == NULL)
    return;

  annals_export_file_write (self->file, self->out->str, self->out->len);
  g_string_truncate (self->out, 0);
}

/* What stands before a value. */
static void
begin_value (AnnalsJsonWriter *self,
             const char       *name)
{
  if (self->depth > 0)
    append_line (self, !self->is_first);
  self->is_first = FALSE;

  if (name != NULL)
    {
      append_string (self->out, name);
      g_string_append_len (self->out, " : ", 3);
    }

  if (self->out->len >= BUFFER_SIZE)
    flush (self);
}

static void
begin (AnnalsJsonWriter *self,
       const char       *name,
       char              bracket)
{
  begin_value (self, name);
  g_string_append_c (self->out, bracket);
  self->depth++;
  self->is_first = TRUE;
}

static void
end (AnnalsJsonWriter *self,
     char              bracket)
{
  g_assert (self->depth > 0);
  self->depth--;
  if (!self->is_first)
    append_line (self, FALSE);
  g_string_append_c (self->out, bracket);
  self->is_first = FALSE;
}

/**
 * annals_json_writer_new:
 * @file: (nullable): where it goes; borrowed
 *
 * Returns: (transfer full)
 */
AnnalsJsonWriter *
annals_json_writer_new (AnnalsExportFile *file)
{
  AnnalsJsonWriter *self = g_new0 (AnnalsJsonWriter, 1);

  self->file = file;
  self->out = g_string_sized_new (BUFFER_SIZE + BUFFER_SIZE / 4);
  self->is_first = TRUE;

  return self;
}

void
annals_json_writer_free (AnnalsJsonWriter *self)
{
  if (self == NULL)
    return;

  g_string_free (self->out, TRUE);
  g_free (self);
}

void
annals_json_writer_begin_object (AnnalsJsonWriter *self,
                                 const char       *name)
{
  begin (self, name, '{');
}

void
annals_json_writer_end_object (AnnalsJsonWriter *self)
{
  end (self, '}');
}

void
annals_json_writer_begin_array (AnnalsJsonWriter *self,
                                const char       *name)
{
  begin (self, name, '[');
}

void
annals_json_writer_end_array (AnnalsJsonWriter *self)
{
  end (self, ']');
}

void
annals_json_writer_string (AnnalsJsonWriter *self,
                           const char       *name,
                           const char       *value)
{
  begin_value (self, name);
  append_string (self->out, value != NULL ? value : "");
}

void
annals_json_writer_text (AnnalsJsonWriter *self,
                         const char       *name,
                         AnnalsText       *text)
{
  begin_value (self, name);
  append_quoted (self->out, annals_text_get_string (text), annals_text_get_n_bytes (text));
}

void
annals_json_writer_nullable (AnnalsJsonWriter *self,
                             const char       *name,
                             const char       *value)
{
  begin_value (self, name);
  if (value != NULL)
    append_string (self->out, value);
  else
    g_string_append_len (self->out, "null", 4);
}

void
annals_json_writer_int (AnnalsJsonWriter *self,
                        const char       *name,
                        gint64            value)
{
  char digits[24];
  char *p = digits + sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  do
    *--p = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (value < 0)
    *--p = '-';

  begin_value (self, name);
  g_string_append_len (self->out, p, digits + sizeof digits - p);
}

void
annals_json_writer_bool (AnnalsJsonWriter *self,
                         const char       *name,
                         gboolean          value)
{
  begin_value (self, name);
  g_string_append (self->out, value ? "true" : "false");
}

void
annals_json_writer_time (AnnalsJsonWriter *self,
                         const char       *name,
                         gint64            microseconds)
{
  g_autofree char *time = annals_json_dup_time (microseconds);

  annals_json_writer_string (self, name, time);
}

static void
write_bound (AnnalsJsonWriter *self,
             const char       *name,
             gboolean          known,
             gint64            seconds)
{
  g_autofree char *time = known ? annals_date_format_rfc3339 (seconds) : NULL;

  annals_json_writer_nullable (self, name, time);
}

void
annals_json_writer_date (AnnalsJsonWriter *self,
                         const char       *name,
                         AnnalsDate       *date)
{
  g_autofree char *display = annals_date_dup_display (date);
  gint64 seconds = 0;
  gboolean known;

  annals_json_writer_begin_object (self, name);
  annals_json_writer_string (self, "edtf", annals_date_get_edtf (date));
  known = annals_date_get_from (date, &seconds);
  write_bound (self, "from", known, seconds);
  known = annals_date_get_to (date, &seconds);
  write_bound (self, "to", known, seconds);
  annals_json_writer_string (self, "display", display);
  annals_json_writer_end_object (self);
}

void
annals_json_writer_names (AnnalsJsonWriter   *self,
                          const char         *name,
                          const char * const *names)
{
  annals_json_writer_begin_array (self, name);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    annals_json_writer_string (self, NULL, names[i]);
  annals_json_writer_end_array (self);
}

void
annals_json_writer_node (AnnalsJsonWriter *self,
                         const char       *name,
                         JsonNode         *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  begin_value (self, name);
  g_string_append (self->out, text);
}

void
annals_json_writer_finish (AnnalsJsonWriter *self)
{
  g_return_if_fail (self->depth == 0);

  g_string_append_c (self->out, '\n');
  flush (self);
}

char *
annals_json_writer_steal (AnnalsJsonWriter *self,
                          gsize            *length)
{
  GString *out = self->out;

  g_return_val_if_fail (self->file == NULL, NULL);

  self->out = g_string_new (NULL);
  *length = out->len;

  return g_string_free (out, FALSE);
}
