/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-front-matter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The TOML that posts have: keys, strings of all four kinds, numbers, dates, lists and tables. What else there is
 * (inline tables) is told and left out. */

typedef struct
{
  AnnalsFrontMatter *matter;
  const char        *at;
  const char        *end;
  guint              line;
  char              *table;    /* in front of the keys that follow; "" */
} Toml;

static void
skip_blanks (Toml *self)
{
  while (self->at < self->end && (*self->at == ' ' || *self->at == '\t' || *self->at == '\r'))
    self->at++;
}

/* To the next line's beginning. */
static void
skip_line (Toml *self)
{
  while (self->at < self->end && *self->at != '\n')
    self->at++;
  if (self->at < self->end)
    {
      self->at++;
      self->line++;
    }
}

/* Over white space, line ends and comments: between the values of a list. */
static void
skip_space (Toml *self)
{
  while (self->at < self->end)
    {
      if (*self->at == '#')
        skip_line (self);
      else if (*self->at == '\n')
        skip_line (self);
      else if (*self->at == ' ' || *self->at == '\t' || *self->at == '\r')
        self->at++;
      else
        break;
    }
}

static gunichar
read_hex (Toml *self,
          guint n)
{
  gunichar c = 0;

  for (guint i = 0; i < n && self->at < self->end && g_ascii_isxdigit (*self->at); i++)
    c = c * 16 + (gunichar) g_ascii_xdigit_value (*self->at++);

  return c > 0 && g_unichar_validate (c) ? c : 0xfffd;
}

/* The escape behind a "\". */
static void
read_escape (Toml    *self,
             GString *value)
{
  char c = self->at < self->end ? *self->at++ : '\\';

  switch (c)
    {
    case 'n':
      g_string_append_c (value, '\n');
      break;
    case 't':
    case 'r':
    case 'b':
    case 'f':
      g_string_append_c (value, ' ');
      break;
    case 'u':
      g_string_append_unichar (value, read_hex (self, 4));
      break;
    case 'U':
      g_string_append_unichar (value, read_hex (self, 8));
      break;
    case '\n':
      /* a line end that is none, with the white space behind it */
      self->line++;
      while (self->at < self->end && g_ascii_isspace (*self->at))
        self->line += *self->at++ == '\n';
      break;
    default:
      g_string_append_c (value, c);
    }
}

/* The string that begins at a quotation mark; NULL when it has no end. */
static char *
read_string (Toml *self)
{
  g_autoptr(GString) value = g_string_new (NULL);
  char quote = *self->at;
  gboolean multi = self->end - self->at >= 3 && self->at[1] == quote && self->at[2] == quote;

  self->at += multi ? 3 : 1;
  if (multi && self->at < self->end && *self->at == '\n')
    {
      self->at++;
      self->line++;
    }

  while (self->at < self->end)
    {
      char c = *self->at;

      if (c == quote && (!multi || (self->end - self->at >= 3 && self->at[1] == quote && self->at[2] == quote)))
        {
          self->at += multi ? 3 : 1;
          return g_string_free (g_steal_pointer (&value), FALSE);
        }
      if (c == '\n' && !multi)
        return NULL;

      self->at++;
      self->line += c == '\n';
      if (c == '\\' && quote == '"')
        read_escape (self, value);
      else
        g_string_append_c (value, c);
    }

  return NULL;
}

/* A number, a date, true or false. */
static char *
read_word (Toml *self)
{
  const char *start = self->at;
  g_autofree char *word = NULL;

  while (self->at < self->end && strchr (",]}#\n", *self->at) == NULL)
    self->at++;

  word = g_strstrip (g_strndup (start, (gsize) (self->at - start)));

  return *word && strpbrk (word, "{[=\"'") == NULL ? g_steal_pointer (&word) : NULL;
}

static gboolean
read_list (Toml       *self,
           const char *path)
{
  g_autofree char *list = g_strconcat (path, "[]", NULL);

  self->at++;
  while (TRUE)
    {
      char *value;

      skip_space (self);
      if (self->at >= self->end)
        return FALSE;
      if (*self->at == ']')
        {
          self->at++;
          return TRUE;
        }
      if (*self->at == ',')
        {
          self->at++;
          continue;
        }

      value = *self->at == '"' || *self->at == '\'' ? read_string (self) : read_word (self);
      if (value == NULL)
        return FALSE;
      annals_list_record_take (self->matter->values, list, value);
    }
}

static gboolean
read_value (Toml       *self,
            const char *path)
{
  char *value;

  skip_blanks (self);
  if (self->at >= self->end)
    return FALSE;
  if (*self->at == '[')
    return read_list (self, path);

  value = *self->at == '"' || *self->at == '\'' ? read_string (self) : read_word (self);
  if (value == NULL)
    return FALSE;

  annals_list_record_take (self->matter->values, path, value);

  return TRUE;
}

/* A key, bare, quoted or dotted, up to @stop; NULL when there is none. */
static char *
read_key (Toml *self,
          char  stop)
{
  const char *start = self->at;
  g_autofree char *key = NULL;

  while (self->at < self->end && *self->at != stop && *self->at != '\n')
    self->at++;
  if (self->at >= self->end || *self->at != stop)
    return NULL;

  key = g_strstrip (g_strndup (start, (gsize) (self->at - start)));
  self->at++;

  /* quotation marks around a key, and spaces around its dots, mean nothing here */
  for (char *from = key, *to = key;; from++)
    if (strchr ("\"' \t", *from) == NULL || *from == '\0')
      {
        *to++ = *from;
        if (*from == '\0')
          break;
      }

  return *key ? g_steal_pointer (&key) : NULL;
}

static gboolean
read_entry (Toml *self)
{
  g_autofree char *key = NULL;
  g_autofree char *path = NULL;

  if (*self->at == '[')
    {
      while (self->at < self->end && *self->at == '[')
        self->at++;
      if ((key = read_key (self, ']')) == NULL)
        return FALSE;

      g_free (self->table);
      self->table = g_steal_pointer (&key);
      return TRUE;
    }

  if ((key = read_key (self, '=')) == NULL)
    return FALSE;

  path = *self->table ? g_strconcat (self->table, ".", key, NULL) : g_strdup (key);

  return read_value (self, path);
}

void
annals_front_matter_read_toml (AnnalsFrontMatter *self,
                               const char        *toml,
                               gsize              length,
                               guint              line)
{
  Toml state = { .matter = self, .at = toml, .end = toml + length, .line = line, .table = g_strdup ("") };

  while (TRUE)
    {
      guint first;

      skip_space (&state);
      if (state.at >= state.end)
        break;

      first = state.line;
      if (!read_entry (&state))
        annals_front_matter_problem (self, first, g_strdup (_("A line in front of the text could not be read")));
      skip_line (&state);
    }

  g_free (state.table);
}
