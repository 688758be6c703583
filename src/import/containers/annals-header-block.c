/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-header-block.h"

#include "annals-limits.h"

#include <string.h>

struct _AnnalsHeaderBlock
{
  GHashTable *values;    /* name in lower case → GString */
  GString    *last;      /* what a folded line continues; owned by @values */
  guint       n_lines;
};

static void
free_value (gpointer data)
{
  g_string_free (data, TRUE);
}

AnnalsHeaderBlock *
annals_header_block_new (void)
{
  AnnalsHeaderBlock *self = g_new0 (AnnalsHeaderBlock, 1);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_value);

  return self;
}

void
annals_header_block_free (AnnalsHeaderBlock *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->values);
  g_free (self);
}

static void
append_folded (AnnalsHeaderBlock *self,
               const char        *line)
{
  g_autofree char *more = g_strstrip (g_strdup (line));

  if (self->last == NULL || self->last->len > ANNALS_LIMIT_HEADER_VALUE || *more == '\0')
    return;

  if (self->last->len > 0)
    g_string_append_c (self->last, ' ');
  g_string_append (self->last, more);
}

gboolean
annals_header_block_push (AnnalsHeaderBlock *self,
                          const char        *line)
{
  const char *colon;
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  g_return_val_if_fail (self != NULL && line != NULL, FALSE);

  if (*line == ' ' || *line == '\t')
    {
      append_folded (self, line);
      return self->n_lines > 0;
    }

  colon = strchr (line, ':');
  if (colon == NULL || colon == line || strcspn (line, " \t<\"") < (gsize) (colon - line) - 1)
    return FALSE;

  self->last = NULL;
  self->n_lines++;

  name = g_strchomp (g_ascii_strdown (line, colon - line));
  if (self->n_lines > ANNALS_LIMIT_HEADER_FIELDS || g_hash_table_contains (self->values, name))
    return TRUE;

  value = g_strstrip (g_strdup (colon + 1));
  self->last = g_string_new (value);
  g_hash_table_insert (self->values, g_steal_pointer (&name), self->last);

  return TRUE;
}

guint
annals_header_block_get_n (AnnalsHeaderBlock *self)
{
  return self->n_lines;
}

const char *
annals_header_block_get (AnnalsHeaderBlock *self,
                         const char        *name)
{
  GString *value;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  value = g_hash_table_lookup (self->values, name);

  return value != NULL ? value->str : NULL;
}

char *
annals_header_block_dup_type (AnnalsHeaderBlock *self)
{
  const char *value = annals_header_block_get (self, "content-type");
  gsize length = value != NULL ? strcspn (value, "; \t,") : 0;
  g_autofree char *type = length > 0 ? g_ascii_strdown (value, (gssize) length) : NULL;

  return type != NULL && strchr (type, '/') != NULL && g_utf8_validate (type, -1, NULL) ? g_steal_pointer (&type)
                                                                                        : NULL;
}

/* Reads "NAME=VALUE" at @at, quoted or not. Returns where the next one may begin. */
static const char *
read_param (const char  *at,
            char       **name,
            char       **value)
{
  GString *text = g_string_new (NULL);
  gsize length;

  at += strspn (at, "; \t");
  length = strcspn (at, "=;");
  *name = g_strchomp (g_ascii_strdown (at, (gssize) length));
  at += length;

  if (*at == '=')
    {
      at += 1 + strspn (at + 1, " \t");
      if (*at == '"')
        {
          for (at++; *at != '\0' && *at != '"'; at++)
            {
              if (*at == '\\' && at[1] != '\0')
                at++;
              g_string_append_c (text, *at);
            }
          at += strcspn (at, ";");
        }
      else
        {
          length = strcspn (at, ";");
          g_string_append_len (text, at, (gssize) length);
          at += length;
          g_strchomp (text->str);
        }
    }

  *value = g_string_free (text, FALSE);

  return at;
}

/* "UTF-8'en'%E2%80%93" */
static char *
decode_extended (const char *value)
{
  const char *quote = strchr (value, '\'');
  const char *text = quote != NULL ? strchr (quote + 1, '\'') : NULL;
  g_autofree char *bytes = text != NULL ? g_uri_unescape_string (text + 1, NULL) : NULL;
  g_autofree char *charset = NULL;
  char *utf8;

  if (bytes == NULL)
    return g_strdup (value);

  charset = g_strndup (value, (gsize) (quote - value));
  utf8 = *charset != '\0' ? g_convert (bytes, -1, "UTF-8", charset, NULL, NULL, NULL) : NULL;

  return utf8 != NULL ? utf8 : g_steal_pointer (&bytes);
}

char *
annals_header_block_dup_param (AnnalsHeaderBlock *self,
                               const char        *header,
                               const char        *name)
{
  const char *at = annals_header_block_get (self, header);
  g_autofree char *extended = g_strconcat (name, "*", NULL);
  g_autoptr(GString) pieces = g_string_new (NULL);
  guint n_pieces = 0;
  gboolean encoded = FALSE;

  if (at == NULL)
    return NULL;

  at += strcspn (at, ";");
  while (*at != '\0')
    {
      g_autofree char *found = NULL;
      g_autofree char *value = NULL;

      at = read_param (at, &found, &value);
      if (strcmp (found, name) == 0)
        return g_steal_pointer (&value);
      if (strcmp (found, extended) == 0)
        return decode_extended (value);

      /* "boundary*0=…; boundary*1=…", in their order as everybody writes them */
      if (g_str_has_prefix (found, extended) && n_pieces++ < ANNALS_LIMIT_HEADER_PIECES)
        {
          encoded = encoded || (n_pieces == 1 && g_str_has_suffix (found, "*"));
          g_string_append (pieces, value);
        }
    }

  if (pieces->len == 0)
    return NULL;

  return encoded ? decode_extended (pieces->str) : g_strdup (pieces->str);
}

/* "M=C3=A4rz_2020" as bytes */
static char *
decode_q (const char *text,
          gsize       length,
          gsize      *n)
{
  GString *bytes = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '=' && i + 2 < length && g_ascii_isxdigit (text[i + 1]) && g_ascii_isxdigit (text[i + 2]))
        {
          g_string_append_c (bytes, (char) (g_ascii_xdigit_value (text[i + 1]) * 16 +
                                            g_ascii_xdigit_value (text[i + 2])));
          i += 2;
        }
      else
        {
          g_string_append_c (bytes, text[i] == '_' ? ' ' : text[i]);
        }
    }

  *n = bytes->len;

  return g_string_free (bytes, FALSE);
}

static char *
decode_b (const char *text,
          gsize       length,
          gsize      *n)
{
  g_autofree char *copy = g_strndup (text, length);

  return (char *) g_base64_decode (copy, n);
}

/* Decodes the word that begins at @at, behind "=?". Returns where it ends; NULL when it is none. */
static const char *
decode_word (const char *at,
             GString    *bytes,
             char      **charset)
{
  const char *mark = strchr (at, '?');
  const char *text = mark != NULL && mark[1] != '\0' && mark[2] == '?' ? mark + 3 : NULL;
  const char *end = text != NULL ? strstr (text, "?=") : NULL;
  g_autofree char *plain = NULL;
  gsize n = 0;

  if (end == NULL || mark == at)
    return NULL;

  if (mark[1] == 'Q' || mark[1] == 'q')
    plain = decode_q (text, (gsize) (end - text), &n);
  else if (mark[1] == 'B' || mark[1] == 'b')
    plain = decode_b (text, (gsize) (end - text), &n);
  else
    return NULL;

  g_string_append_len (bytes, plain, (gssize) n);
  *charset = g_strndup (at, strcspn (at, "?*"));

  return end + 2;
}

/* Appends what is left of one character set: a character may be spread over two words. */
static void
flush_words (GString  *result,
             GString  *bytes,
             char    **charset)
{
  g_autofree char *text = NULL;

  if (bytes->len > 0)
    text = g_convert (bytes->str, (gssize) bytes->len, "UTF-8", *charset, NULL, NULL, NULL);
  if (text == NULL)
    text = g_utf8_make_valid (bytes->str, (gssize) bytes->len);

  g_string_append (result, text);
  g_string_truncate (bytes, 0);
  g_clear_pointer (charset, g_free);
}

char *
annals_header_decode_words (const char *value)
{
  g_autoptr(GString) result = g_string_new (NULL);
  g_autoptr(GString) bytes = g_string_new (NULL);
  g_autofree char *charset = NULL;
  g_autofree char *valid = NULL;
  const char *at;

  g_return_val_if_fail (value != NULL, NULL);

  valid = g_utf8_make_valid (value, -1);
  at = valid;
  while (*at != '\0')
    {
      const char *word = g_str_has_prefix (at, "=?") ? at + 2 : NULL;
      g_autofree char *found = NULL;
      g_autoptr(GString) piece = g_string_new (NULL);
      const char *end = word != NULL ? decode_word (word, piece, &found) : NULL;
      gsize blank = strspn (at, " \t");

      if (end != NULL)
        {
          if (charset != NULL && g_ascii_strcasecmp (charset, found) != 0)
            flush_words (result, bytes, &charset);
          if (charset == NULL)
            charset = g_steal_pointer (&found);
          g_string_append_len (bytes, piece->str, (gssize) piece->len);
          at = end;
        }
      else if (charset != NULL && blank > 0 && g_str_has_prefix (at + blank, "=?"))
        {
          at += blank;    /* between two words it means nothing */
        }
      else
        {
          if (charset != NULL)
            flush_words (result, bytes, &charset);
          g_string_append_c (result, *at++);
        }
    }

  if (charset != NULL)
    flush_words (result, bytes, &charset);

  return g_utf8_make_valid (result->str, (gssize) result->len);
}
