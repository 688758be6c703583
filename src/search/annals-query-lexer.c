/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-query-lexer-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-number.h"

#define NEAR_DISTANCE 10
#define MAX_NEAR_DISTANCE 1000

/* What keyboards and word processors of the world make of a quotation mark: 0 when @ch opens none. */
static gunichar
closing_quote_of (gunichar ch)
{
  switch (ch)
    {
    case '"':
    case 0x201C:    /* “ */
    case 0x201E:    /* „ */
      return '"';
    case 0xAB:      /* « */
      return 0xBB;
    case 0x300C:    /* 「 */
      return 0x300D;
    case 0x300E:    /* 『 */
      return 0x300F;
    default:
      return 0;
    }
}

/* Some keyboards have “ or " for both ends. */
static gboolean
closes_quote (gunichar ch,
              gunichar closing)
{
  return ch == closing || (closing == '"' && (ch == 0x201C || ch == 0x201D));
}

gboolean
annals_query_is_quote (gunichar ch)
{
  return closing_quote_of (ch) != 0 || ch == 0x201D || ch == 0xBB || ch == 0x300D || ch == 0x300F;
}

static gboolean
ends_word (gunichar ch)
{
  return ch == '\0' || g_unichar_isspace (ch) || ch == '(' || ch == ')' || closing_quote_of (ch) != 0;
}

static void
advance (AnnalsQueryLexer *self)
{
  self->p = g_utf8_next_char (self->p);
  self->column++;
}

static char *
dup_normalized (const char *start,
                const char *end)
{
  return g_utf8_normalize (start, end - start, G_NORMALIZE_DEFAULT_COMPOSE);
}

static gboolean
is_word (const char *start,
         const char *end,
         const char *word)
{
  return (gsize) (end - start) == strlen (word) && strncmp (start, word, end - start) == 0;
}

static gboolean
read_phrase (AnnalsQueryLexer  *self,
             GError           **error)
{
  gunichar closing = closing_quote_of (g_utf8_get_char (self->p));
  guint column = self->column;
  const char *start;

  advance (self);
  start = self->p;

  while (*self->p != '\0' && !closes_quote (g_utf8_get_char (self->p), closing))
    advance (self);

  if (*self->p == '\0')
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, column,
                              _("the quotation mark is not closed"));

  self->token.kind = TOKEN_WORDS;
  self->token.words = dup_normalized (start, self->p);
  advance (self);

  if (*self->p == '*')
    {
      self->token.beginning = TRUE;
      advance (self);
    }

  return TRUE;
}

static gboolean
read_near (AnnalsQueryLexer  *self,
           const char        *start,
           const char        *end,
           GError           **error)
{
  guint64 distance = NEAR_DISTANCE;

  if (end > start + 4)
    {
      g_autofree char *digits = g_strndup (start + 5, end - start - 5);

      if (!annals_number_parse (digits, MAX_NEAR_DISTANCE, &distance))
        return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, self->token.column,
                                  _("“NEAR/” needs a number of words from 0 to %d"),
                                  MAX_NEAR_DISTANCE);
    }

  self->token.kind = TOKEN_NEAR;
  self->token.distance = (guint) distance;

  return TRUE;
}

/* "NAME:" with something right behind it. Other things with a colon are words: "12:30",
 * "https://…", "Breaking:". */
static gboolean
find_field (const char  *start,
            const char **end)
{
  const char *p = start;

  while (g_ascii_isalpha (*p))
    p++;

  *end = p;

  return p > start && *p == ':' && !g_str_has_prefix (p, "://");
}

static gboolean
lookup_field (const char       *start,
              const char       *end,
              AnnalsQueryField *field)
{
  for (guint i = 0; i < ANNALS_QUERY_N_FIELDS; i++)
    {
      const char *name = annals_query_field_get_name (i);

      if (strlen (name) == (gsize) (end - start) && g_ascii_strncasecmp (name, start, end - start) == 0)
        {
          *field = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
fail_for_value (AnnalsQueryLexer  *self,
                GError           **error)
{
  const char *name = annals_query_field_get_name (self->token.field);

  switch (self->token.field)
    {
    case ANNALS_QUERY_TITLE:
    case ANNALS_QUERY_TEXT:
    case ANNALS_QUERY_NOTE:
    case ANNALS_QUERY_QUOTE:
      return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, self->token.column,
                                _("“%s:” needs a word, a phrase or a parenthesis right behind it"), name);

    case ANNALS_QUERY_DATE:
    case ANNALS_QUERY_BEFORE:
    case ANNALS_QUERY_AFTER:
      return annals_query_fail (error, ANNALS_QUERY_ERROR_VALUE, self->token.column,
                                _("“%s:” needs a date such as 2020-03-09"), name);

    case ANNALS_QUERY_IS:
    case ANNALS_QUERY_HAS:
      {
        g_autofree char *values = g_strjoinv (", ", (char **) annals_query_field_get_values (self->token.field));

        return annals_query_fail (error, ANNALS_QUERY_ERROR_VALUE, self->token.column,
                                  _("“%s:” needs one of these right behind it: %s"), name, values);
      }

    default:
      return annals_query_fail (error, ANNALS_QUERY_ERROR_VALUE, self->token.column,
                                _("“%s:” needs a name right behind it, or one between quotation marks"), name);
    }
}

/* What stands right behind a filter's colon. */
static gboolean
read_value (AnnalsQueryLexer  *self,
            GError           **error)
{
  const char *start = self->p;

  if (closing_quote_of (g_utf8_get_char (start)) != 0)
    {
      if (!read_phrase (self, error))
        return FALSE;

      g_strstrip (self->token.words);
      self->token.beginning = FALSE;
    }
  else
    {
      while (!ends_word (g_utf8_get_char (self->p)))
        advance (self);

      self->token.words = dup_normalized (start, self->p);
    }

  self->token.kind = TOKEN_FILTER;

  return *self->token.words != '\0' || fail_for_value (self, error);
}

/* *found is FALSE when what stands here is a word. */
static gboolean
read_field (AnnalsQueryLexer  *self,
            gboolean          *found,
            GError           **error)
{
  const char *end;
  gboolean alone;

  *found = FALSE;

  if (!find_field (self->p, &end))
    return TRUE;

  alone = end[1] == '\0' || g_unichar_isspace (g_utf8_get_char (end + 1)) || end[1] == ')';

  if (!lookup_field (self->p, end, &self->token.field))
    return alone ||
           annals_query_fail (error, ANNALS_QUERY_ERROR_UNKNOWN_FIELD, self->token.column,
                              _("there is no field “%.*s:”; put the words between quotation marks to "
                                "look for them as they stand"), (int) (end - self->p), self->p);

  if (alone || (end[1] == '(' && !annals_query_field_is_part (self->token.field)))
    return fail_for_value (self, error);

  *found = TRUE;
  self->column += end + 1 - self->p;
  self->p = end + 1;

  if (!annals_query_field_is_part (self->token.field))
    return read_value (self, error);

  self->token.kind = TOKEN_PART;

  return TRUE;
}

static gboolean
read_word (AnnalsQueryLexer  *self,
           GError           **error)
{
  const char *start = self->p;
  const char *end;
  const char *star = NULL;
  guint star_column = 0;

  while (!ends_word (g_utf8_get_char (self->p)))
    {
      if (*self->p == '*' && star == NULL)
        {
          star = self->p;
          star_column = self->column;
        }

      advance (self);
    }

  end = self->p;

  if (is_word (start, end, "AND"))
    self->token.kind = TOKEN_AND;
  else if (is_word (start, end, "OR"))
    self->token.kind = TOKEN_OR;
  else if (is_word (start, end, "NOT"))
    self->token.kind = TOKEN_NOT;
  else if (is_word (start, end, "NEAR") || g_str_has_prefix (start, "NEAR/"))
    return read_near (self, start, end, error);
  else
    {
      if (star != NULL && (star == start || star + 1 != end) && end > start + 1)
        return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, star_column,
                                  _("“*” can stand only at the end of a word"));

      self->token.kind = TOKEN_WORDS;
      self->token.beginning = star != NULL;
      self->token.words = dup_normalized (start, star != NULL ? star : end);
    }

  return TRUE;
}

void
annals_query_lexer_init (AnnalsQueryLexer *self,
                         const char       *text)
{
  *self = (AnnalsQueryLexer) { .text = text, .p = text, .column = 1 };
}

void
annals_query_lexer_clear (AnnalsQueryLexer *self)
{
  g_clear_pointer (&self->token.words, g_free);
}

static gboolean
read_token (AnnalsQueryLexer  *self,
            GError           **error)
{
  gunichar ch = g_utf8_get_char (self->p);
  gboolean is_field = FALSE;

  if (ch == '\0')
    return TRUE;

  if (ch == '(' || ch == ')')
    {
      self->token.kind = ch == '(' ? TOKEN_OPEN : TOKEN_CLOSE;
      advance (self);
      return TRUE;
    }

  if (closing_quote_of (ch) != 0)
    return read_phrase (self, error);

  /* A dash between spaces and a row of dashes are punctuation. */
  if (ch == '-' && self->p[1] != '-' && self->p[1] != ')' &&
      !g_unichar_isspace (g_utf8_get_char (self->p + 1)) && self->p[1] != '\0')
    {
      self->token.kind = TOKEN_MINUS;
      advance (self);
      return TRUE;
    }

  if (!read_field (self, &is_field, error))
    return FALSE;

  return is_field || read_word (self, error);
}

gboolean
annals_query_lexer_next (AnnalsQueryLexer  *self,
                         GError           **error)
{
  annals_query_lexer_clear (self);

  while (*self->p != '\0' && g_unichar_isspace (g_utf8_get_char (self->p)))
    advance (self);

  self->token = (AnnalsToken) { .kind = TOKEN_END, .column = self->column, .start = self->p };

  if (!read_token (self, error))
    return FALSE;

  self->token.end = self->p;

  return TRUE;
}
