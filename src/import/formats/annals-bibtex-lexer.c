/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-bibtex-lexer.h"

#include <string.h>

#include "annals-limits.h"

void
annals_bibtex_lexer_init (AnnalsBibtexLexer *self)
{
  static const char * const months[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                                         "dec" };

  *self = (AnnalsBibtexLexer) { 0 };
  self->macros = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    g_hash_table_insert (self->macros, g_strdup (months[i]), g_strdup (months[i]));
}

void
annals_bibtex_lexer_clear (AnnalsBibtexLexer *self)
{
  g_clear_pointer (&self->macros, g_hash_table_unref);
}

const char *
annals_bibtex_skip_space (const char *at)
{
  for (;;)
    {
      at += strspn (at, " \t\r\n");
      if (*at != '%')
        return at;
      at += strcspn (at, "\n");
    }
}

const char *
annals_bibtex_read_word (const char  *at,
                         char       **word)
{
  gsize length = strcspn (at, " \t\r\n{}(),=#\"%@");

  *word = g_strndup (at, length);

  return at + length;
}

/* Whether a line begins an entry: "@online{key," or "@string{name =". Inside a value it says that a brace is missing. */
static gboolean
begins_entry (const char *at)
{
  at += strspn (at, " \t");
  if (at[0] != '@' || !g_ascii_isalpha (at[1]))
    return FALSE;

  for (at++; g_ascii_isalpha (*at);)
    at++;
  at += strspn (at, " \t");
  if (*at != '{' && *at != '(')
    return FALSE;

  at++;
  at += strspn (at, " \t");
  at += strcspn (at, " \t\r\n{}(),=#\"%@");
  at += strspn (at, " \t");

  return *at == ',' || *at == '=';
}

static void
put (GString *value,
     char     c)
{
  if (value->len <= ANNALS_LIMIT_BIBTEX_FIELD)
    g_string_append_c (value, c);
}

/* Whether the value ends at @at though nothing closes it. */
static gboolean
is_runaway (AnnalsBibtexLexer *self,
            const char        *at)
{
  if (*at != '\0' && (*at != '\n' || !begins_entry (at + 1)))
    return FALSE;

  self->is_open = TRUE;
  return TRUE;
}

/* Behind an opening brace, to behind the one that closes it. */
static const char *
read_braced (AnnalsBibtexLexer *self,
             const char        *at,
             GString           *value)
{
  guint depth = 1;

  for (; !is_runaway (self, at); at++)
    {
      if (*at == '\\' && at[1] != '\0' && at[1] != '\n')
        put (value, *at++);
      else if (*at == '{')
        depth++;
      else if (*at == '}' && --depth == 0)
        return at + 1;
      put (value, *at);
    }

  return at;
}

static const char *
read_quoted (AnnalsBibtexLexer *self,
             const char        *at,
             GString           *value)
{
  guint depth = 0;

  for (; !is_runaway (self, at); at++)
    {
      if (*at == '"' && depth == 0)
        return at + 1;
      if (*at == '{')
        depth++;
      else if (*at == '}' && depth > 0)
        depth--;
      put (value, *at);
    }

  return at;
}

/* A number or a macro. A few bytes of macros can stand for more than there is memory, so all of them together have a
 * limit. */
static const char *
read_bare (AnnalsBibtexLexer *self,
           const char        *at,
           GString           *value)
{
  g_autofree char *word = NULL;
  g_autofree char *lower = NULL;
  const char *text;

  at = annals_bibtex_read_word (at, &word);
  lower = g_ascii_strdown (word, -1);
  text = g_hash_table_lookup (self->macros, lower);
  if (text != NULL && strlen (text) > strlen (word))
    {
      if (self->expanded + strlen (text) > ANNALS_LIMIT_BIBTEX_EXPANDED)
        {
          self->is_exhausted = TRUE;
          text = NULL;
        }
      else
        self->expanded += strlen (text);
    }

  for (const char *p = text != NULL ? text : word; *p != '\0'; p++)
    put (value, *p);

  return at;
}

const char *
annals_bibtex_lexer_read_value (AnnalsBibtexLexer *self,
                                const char        *at,
                                GString           *value)
{
  for (;;)
    {
      at = annals_bibtex_skip_space (at);
      if (*at == '{')
        at = read_braced (self, at + 1, value);
      else if (*at == '"')
        at = read_quoted (self, at + 1, value);
      else
        at = read_bare (self, at, value);

      at = annals_bibtex_skip_space (at);
      if (*at != '#')
        return at;
      at++;
    }
}

const char *
annals_bibtex_lexer_read_fields (AnnalsBibtexLexer *self,
                                 const char        *at,
                                 GHashTable        *fields,
                                 GPtrArray         *too_long)
{
  while (*(at = annals_bibtex_skip_space (at)) != '\0')
    {
      g_autofree char *name = NULL;
      g_autoptr(GString) value = NULL;

      if (*at == '}' || *at == ')')
        return at + 1;
      if (*at == '@')
        break;   /* the brace is missing */
      if (*at == ',')
        {
          at++;
          continue;
        }

      at = annals_bibtex_skip_space (annals_bibtex_read_word (at, &name));
      if (*at != '=')
        {
          if (*name == '\0')
            at++;
          continue;
        }

      value = g_string_new (NULL);
      at = annals_bibtex_lexer_read_value (self, at + 1, value);
      if (value->len > ANNALS_LIMIT_BIBTEX_FIELD)
        g_ptr_array_add (too_long, g_steal_pointer (&name));
      else
        g_hash_table_replace (fields, g_ascii_strdown (name, -1), g_strdup (value->str));
    }

  self->is_open = TRUE;
  return at;
}
