/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-header-block.h"

#include <string.h>

/* Nobody writes as much; what follows is not kept. */
#define MAX_LINES 1000
#define MAX_VALUE (64 * 1024)
/* of a parameter in pieces */
#define MAX_PIECES 50

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

  if (self->last == NULL || self->last->len > MAX_VALUE || *more == '\0')
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
  if (self->n_lines > MAX_LINES || g_hash_table_contains (self->values, name))
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
      if (g_str_has_prefix (found, extended) && n_pieces++ < MAX_PIECES)
        g_string_append (pieces, value);
    }

  return pieces->len > 0 ? g_string_free (g_steal_pointer (&pieces), FALSE) : NULL;
}
