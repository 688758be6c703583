/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-json-pull.h"

#include "annals-limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PIECE (256 * 1024)
#define MAX_NUMBER 64

struct _AnnalsJsonPull
{
  GInputStream *stream;
  char         *piece;
  gsize         at;
  gsize         length;
  gint64        offset;      /* of the piece's end */
  gboolean      is_at_end;
  GError       *failure;     /* of the stream */
  guint         line;
  char          open[ANNALS_LIMIT_JSON_TREE_DEPTH];
  guint         depth;
  gboolean      after_key;   /* a value is to come */
  gboolean      after_value; /* a comma or the end of the container is to come */
  gboolean      has_begun;
  GString      *text;
  GString      *raw;         /* (nullable): what goes by is kept */
};

AnnalsJsonPull *
annals_json_pull_new (GInputStream *stream)
{
  AnnalsJsonPull *self = g_new0 (AnnalsJsonPull, 1);

  self->stream = g_object_ref (stream);
  self->piece = g_malloc (PIECE);
  self->line = 1;
  self->text = g_string_new (NULL);

  return self;
}

void
annals_json_pull_free (AnnalsJsonPull *self)
{
  g_clear_object (&self->stream);
  g_clear_error (&self->failure);
  g_free (self->piece);
  g_string_free (self->text, TRUE);
  if (self->raw != NULL)
    g_string_free (self->raw, TRUE);
  g_free (self);
}

static AnnalsJsonToken
fail (AnnalsJsonPull  *self,
      const char      *why,
      GError         **error)
{
  if (self->failure != NULL)
    g_propagate_error (error, g_steal_pointer (&self->failure));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("line %u: %s"), self->line, why);

  return ANNALS_JSON_TOKEN_ERROR;
}

static gboolean
fill (AnnalsJsonPull *self)
{
  gssize n;

  if (self->is_at_end)
    return FALSE;

  n = g_input_stream_read (self->stream, self->piece, PIECE, NULL, &self->failure);
  self->is_at_end = n <= 0;
  self->at = 0;
  self->length = n > 0 ? (gsize) n : 0;
  self->offset += self->length;

  return n > 0;
}

/* 0 at the end; a zero in the file is no character of JSON either */
static inline char
peek (AnnalsJsonPull *self)
{
  return G_LIKELY (self->at < self->length) || fill (self) ? self->piece[self->at] : '\0';
}

static inline void
advance (AnnalsJsonPull *self)
{
  if (self->raw != NULL)
    g_string_append_c (self->raw, self->piece[self->at]);
  self->at++;
}

static char
skip_space (AnnalsJsonPull *self)
{
  char c;

  while ((c = peek (self)) == ' ' || c == '\n' || c == '\r' || c == '\t')
    {
      self->line += c == '\n';
      self->at++;
    }

  return c;
}

/* --- strings --- */

static gboolean
read_unit (AnnalsJsonPull *self,
           gunichar       *unit)
{
  *unit = 0;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (peek (self));

      if (digit < 0)
        return FALSE;
      *unit = *unit << 4 | (gunichar) digit;
      advance (self);
    }

  return TRUE;
}

/* What stands behind "\u"; half of a pair alone is U+FFFD. */
static gboolean
read_unicode (AnnalsJsonPull *self)
{
  gunichar c, low;

  if (!read_unit (self, &c))
    return FALSE;

  while (c >= 0xd800 && c < 0xe000)
    {
      if (c >= 0xdc00 || peek (self) != '\\')
        {
          c = 0xfffd;
          break;
        }
      advance (self);
      if (peek (self) != 'u')
        return FALSE;
      advance (self);
      if (!read_unit (self, &low))
        return FALSE;
      if (low >= 0xdc00 && low < 0xe000)
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
      else
        {
          g_string_append_unichar (self->text, 0xfffd);
          c = low;
        }
    }

  g_string_append_unichar (self->text, c != 0 ? c : 0xfffd);
  return TRUE;
}

static gboolean
read_escape (AnnalsJsonPull *self)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  char c = peek (self);
  const char *found;

  if (c == 'u')
    {
      advance (self);
      return read_unicode (self);
    }
  if (c == '\0' || !(found = strchr (escapes, c)))
    return FALSE;

  advance (self);
  g_string_append_c (self->text, meanings[found - escapes]);

  return TRUE;
}

/* As much as stands plainly in the piece. */
static void
read_run (AnnalsJsonPull *self)
{
  gsize begin = self->at;
  gsize end = begin;

  while (end < self->length && (guchar) self->piece[end] >= 0x20 && self->piece[end] != '"' &&
         self->piece[end] != '\\')
    end++;

  g_string_append_len (self->text, self->piece + begin, (gssize) (end - begin));
  if (self->raw != NULL)
    g_string_append_len (self->raw, self->piece + begin, (gssize) (end - begin));
  self->at = end;
}

static AnnalsJsonToken
read_string (AnnalsJsonPull   *self,
             AnnalsJsonToken   token,
             GError          **error)
{
  char c;

  g_string_truncate (self->text, 0);
  advance (self);
  while ((c = peek (self)) != '"')
    {
      if (self->is_at_end)
        return fail (self, _("the file ends within a text"), error);
      if ((guchar) c < 0x20)
        return fail (self, _("a text holds a control character"), error);

      if (c != '\\')
        read_run (self);
      else
        {
          advance (self);
          if (!read_escape (self))
            return fail (self, _("a text holds a “\\” that means nothing"), error);
        }
      if (self->text->len > ANNALS_LIMIT_DOCUMENT_STRING)
        return fail (self, _("a text is too long"), error);
    }
  advance (self);

  if (!g_utf8_validate_len (self->text->str, self->text->len, NULL))
    return fail (self, _("a text is not UTF-8"), error);

  return token;
}

/* --- the rest --- */

static AnnalsJsonToken
read_number (AnnalsJsonPull  *self,
             GError         **error)
{
  char c;

  g_string_truncate (self->text, 0);
  while (g_ascii_isdigit (c = peek (self)) || (c != '\0' && strchr ("+-.eE", c) != NULL))
    {
      if (self->text->len == MAX_NUMBER)
        return fail (self, _("a number is too long"), error);
      g_string_append_c (self->text, c);
      advance (self);
    }

  return ANNALS_JSON_TOKEN_NUMBER;
}

static AnnalsJsonToken
read_word (AnnalsJsonPull   *self,
           const char       *word,
           AnnalsJsonToken   token,
           GError          **error)
{
  for (; *word != '\0'; word++)
    {
      if (peek (self) != *word)
        return fail (self, _("this is not JSON"), error);
      advance (self);
    }

  return token;
}

static AnnalsJsonToken
open_container (AnnalsJsonPull   *self,
                char              c,
                GError          **error)
{
  if (self->depth == ANNALS_LIMIT_JSON_TREE_DEPTH)
    return fail (self, _("lists and objects stand too deep in each other"), error);

  self->open[self->depth++] = c;
  self->after_value = FALSE;
  advance (self);

  return c == '{' ? ANNALS_JSON_TOKEN_BEGIN_OBJECT : ANNALS_JSON_TOKEN_BEGIN_ARRAY;
}

static AnnalsJsonToken
close_container (AnnalsJsonPull *self)
{
  char c = self->open[--self->depth];

  self->after_value = TRUE;
  advance (self);

  return c == '{' ? ANNALS_JSON_TOKEN_END_OBJECT : ANNALS_JSON_TOKEN_END_ARRAY;
}

static AnnalsJsonToken
read_value (AnnalsJsonPull  *self,
            char             c,
            GError         **error)
{
  self->after_key = FALSE;
  self->has_begun = TRUE;
  if (c == '{' || c == '[')
    return open_container (self, c, error);

  self->after_value = TRUE;
  switch (c)
    {
    case '"':
      return read_string (self, ANNALS_JSON_TOKEN_STRING, error);

    case 't':
      return read_word (self, "true", ANNALS_JSON_TOKEN_TRUE, error);

    case 'f':
      return read_word (self, "false", ANNALS_JSON_TOKEN_FALSE, error);

    case 'n':
      return read_word (self, "null", ANNALS_JSON_TOKEN_NULL, error);

    default:
      if (c == '-' || g_ascii_isdigit (c))
        return read_number (self, error);
      return fail (self, self->is_at_end ? _("the file ends before its end") : _("this is not JSON"), error);
    }
}

static AnnalsJsonToken
read_key (AnnalsJsonPull  *self,
          char             c,
          GError         **error)
{
  if (c != '"')
    return fail (self, self->is_at_end ? _("the file ends before its end") : _("a name is missing"), error);
  if (read_string (self, ANNALS_JSON_TOKEN_KEY, error) == ANNALS_JSON_TOKEN_ERROR)
    return ANNALS_JSON_TOKEN_ERROR;
  if (skip_space (self) != ':')
    return fail (self, _("a colon is missing"), error);

  advance (self);
  self->after_key = TRUE;

  return ANNALS_JSON_TOKEN_KEY;
}

AnnalsJsonToken
annals_json_pull_next (AnnalsJsonPull  *self,
                       GError         **error)
{
  char c = skip_space (self);
  gboolean in_object = self->depth > 0 && self->open[self->depth - 1] == '{';
  gboolean comma = FALSE;

  if (self->depth == 0 && self->has_begun)
    return self->is_at_end && self->failure == NULL
           ? ANNALS_JSON_TOKEN_END : fail (self, _("more stands behind the end"), error);
  if (self->depth == 0 || self->after_key)
    return read_value (self, c, error);

  if (self->after_value && c == ',')
    {
      advance (self);
      c = skip_space (self);
      comma = TRUE;
    }
  else if (c == (in_object ? '}' : ']'))
    return close_container (self);
  if (self->after_value && !comma)
    return fail (self, self->is_at_end ? _("the file ends before its end") : _("a comma is missing"), error);

  return in_object ? read_key (self, c, error) : read_value (self, c, error);
}

const char *
annals_json_pull_get_text (AnnalsJsonPull *self,
                           gsize          *length)
{
  if (length != NULL)
    *length = self->text->len;

  return self->text->str;
}

char *
annals_json_pull_steal_text (AnnalsJsonPull *self,
                             gsize          *length)
{
  char *text;

  if (length != NULL)
    *length = self->text->len;

  /* What is long is given away, what is short copied. */
  if (self->text->len < PIECE)
    return g_strndup (self->text->str, self->text->len);

  text = g_string_free (self->text, FALSE);
  self->text = g_string_new (NULL);

  return text;
}

gboolean
annals_json_pull_skip (AnnalsJsonPull   *self,
                       AnnalsJsonToken   token,
                       GError          **error)
{
  guint depth;

  if (token != ANNALS_JSON_TOKEN_BEGIN_ARRAY && token != ANNALS_JSON_TOKEN_BEGIN_OBJECT)
    return token != ANNALS_JSON_TOKEN_ERROR;

  for (depth = self->depth - 1; self->depth > depth;)
    if (annals_json_pull_next (self, error) == ANNALS_JSON_TOKEN_ERROR)
      return FALSE;

  return TRUE;
}

char *
annals_json_pull_dup_raw (AnnalsJsonPull  *self,
                          GError         **error)
{
  GString *raw;
  AnnalsJsonToken token;
  gboolean ok;

  self->raw = g_string_new (NULL);
  token = annals_json_pull_next (self, error);
  ok = annals_json_pull_skip (self, token, error);
  raw = g_steal_pointer (&self->raw);
  if (ok && raw->len > ANNALS_LIMIT_DOCUMENT_STRING)
    ok = fail (self, _("a text is too long"), error) != ANNALS_JSON_TOKEN_ERROR;

  return g_string_free (raw, !ok);
}

guint
annals_json_pull_get_line (AnnalsJsonPull *self)
{
  return self->line;
}

gint64
annals_json_pull_get_offset (AnnalsJsonPull *self)
{
  return self->offset - (gint64) (self->length - self->at);
}
