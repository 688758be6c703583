/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-query-lexer-private.h"
#include "annals-script-private.h"

/* FTS5's own parser has a stack of 100, of which a parenthesis here takes up to 7. */
#define MAX_DEPTH 12
#define MAX_CHARACTERS 4000

struct _AnnalsQuery
{
  char *match;
};

/* What has been read of the query, and where in it the parser is. An expression is FTS5's; "" is
 * one of which nothing can be looked for (punctuation). */
typedef struct
{
  AnnalsQueryLexer  lexer;
  guint             depth;
  const char       *field;   /* inside its parenthesis */
} Parser;

typedef struct
{
  char        *expression;
  gboolean     is_words;     /* what NEAR can stand beside */
  guint        column;
  const char  *start;        /* in the query, for messages */
  const char  *end;
} Operand;

G_DEFINE_QUARK (annals-query-error-quark, annals_query_error)

static char *parse_or (Parser *self, GError **error);

static void
operand_clear (Operand *self)
{
  g_free (self->expression);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Operand, operand_clear)

static gboolean
next (Parser  *self,
      GError **error)
{
  return annals_query_lexer_next (&self->lexer, error);
}

static void
append_string (GString    *expression,
               const char *text,
               gssize      length)
{
  g_string_append_c (expression, '"');

  for (const char *p = text; length < 0 ? *p != '\0' : p < text + length; p++)
    {
      if (*p == '"')
        g_string_append_c (expression, '"');

      g_string_append_c (expression, *p);
    }

  g_string_append_c (expression, '"');
}

/* The last word of @words that holds a letter or a digit. */
static const char *
find_last_word (const char *words)
{
  const char *last = words;

  for (const char *p = words; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)) && annals_script_is_searchable (p, NULL))
      last = p;

  return last;
}

/* A phrase for FTS5. Its tokenizer keeps Han, Kana and Hangul in pairs, so a single character at the
 * end has to be asked for as a beginning: of a pair or, where it ends its run, of itself. What
 * stands before a beginning is a string of its own, else it would not be stemmed. */
static char *
make_phrase (const char *words,
             gboolean    beginning)
{
  GString *phrase = g_string_new (NULL);
  const char *last = annals_script_find_single_at_end (words);

  beginning = beginning || last != NULL;

  if (beginning && last == NULL)
    last = find_last_word (words);

  if (last != NULL && annals_script_is_searchable (words, last))
    {
      append_string (phrase, words, last - words);
      g_string_append (phrase, " + ");
      words = last;
    }

  append_string (phrase, words, -1);

  if (beginning)
    g_string_append (phrase, " *");

  return g_string_free (phrase, FALSE);
}

static gboolean
parse_words (Parser   *self,
             Operand  *operand,
             GError  **error)
{
  AnnalsToken *token = &self->lexer.token;

  operand->is_words = TRUE;
  operand->expression = annals_script_is_searchable (token->words, NULL)
                        ? make_phrase (token->words, token->beginning) : g_strdup ("");

  return next (self, error);
}

static gboolean
parse_parenthesis (Parser   *self,
                   Operand  *operand,
                   GError  **error)
{
  guint column = self->lexer.token.column;

  if (++self->depth > MAX_DEPTH)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, column,
                              _("more than %d parentheses in one another"), MAX_DEPTH);

  if (!next (self, error))
    return FALSE;

  if (self->lexer.token.kind == TOKEN_CLOSE)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, column,
                              _("there is nothing in the parentheses"));

  if (!(operand->expression = parse_or (self, error)))
    return FALSE;

  if (self->lexer.token.kind != TOKEN_CLOSE)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, column,
                              _("the parenthesis is not closed"));

  self->depth--;

  return next (self, error);
}

static gboolean parse_operand (Parser *self, Operand *operand, GError **error);

static gboolean
parse_field (Parser   *self,
             Operand  *operand,
             GError  **error)
{
  const char *field = self->lexer.token.field;
  g_auto(Operand) inner = { 0 };

  if (self->field != NULL)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, operand->column,
                              _("“%s:” stands inside “%s:”; a word is in one part of a post"),
                              field, self->field);

  if (!next (self, error))
    return FALSE;

  if (self->lexer.token.kind != TOKEN_WORDS && self->lexer.token.kind != TOKEN_OPEN &&
      self->lexer.token.kind != TOKEN_FIELD)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, operand->column,
                              _("“%s:” needs a word, a phrase or a parenthesis right behind it"),
                              field);

  self->field = field;

  if (!parse_operand (self, &inner, error))
    return FALSE;

  self->field = NULL;
  operand->expression = *inner.expression == '\0'
                        ? g_strdup ("") : g_strdup_printf ("%s : (%s)", field, inner.expression);

  return TRUE;
}

/* What stands where words are expected. */
static gboolean
fail_for_token (Parser  *self,
                GError **error)
{
  AnnalsToken *token = &self->lexer.token;

  if (token->kind == TOKEN_CLOSE && self->depth == 0)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, token->column,
                              _("this parenthesis closes none"));

  if (token->kind == TOKEN_END || token->kind == TOKEN_CLOSE)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, token->column,
                              _("words to look for are missing here"));

  return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, token->column,
                            _("“%.*s” needs words before it and behind it; put it between quotation "
                              "marks to look for it"),
                            (int) (token->end - token->start), token->start);
}

static gboolean
parse_operand (Parser   *self,
               Operand  *operand,
               GError  **error)
{
  AnnalsToken *token = &self->lexer.token;

  operand->column = token->column;
  operand->start = token->start;

  switch (token->kind)
    {
    case TOKEN_WORDS:
      operand->end = token->end;
      return parse_words (self, operand, error);

    case TOKEN_OPEN:
      if (!parse_parenthesis (self, operand, error))
        return FALSE;
      break;

    case TOKEN_FIELD:
      if (!parse_field (self, operand, error))
        return FALSE;
      break;

    case TOKEN_END:
    case TOKEN_CLOSE:
    case TOKEN_MINUS:
    case TOKEN_AND:
    case TOKEN_OR:
    case TOKEN_NOT:
    case TOKEN_NEAR:
      return fail_for_token (self, error);
    }

  operand->end = self->lexer.token.start;

  return TRUE;
}

/* Nothing can be looked for in @operand: punctuation where words have to stand. */
static gboolean
fail_for_empty (const Operand  *operand,
                GError        **error)
{
  int length = (int) (operand->end - operand->start);

  while (length > 0 && g_ascii_isspace (operand->start[length - 1]))
    length--;

  return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, operand->column,
                            _("“%.*s” holds no letter and no digit to look for"),
                            length, operand->start);
}

static gboolean
check_near_operand (const Operand  *operand,
                    guint           column,
                    GError        **error)
{
  if (!operand->is_words)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, column,
                              _("“NEAR” needs a word or a phrase on either side"));

  return *operand->expression != '\0' || fail_for_empty (operand, error);
}

/* a NEAR/5 b NEAR/3 c: each pair at its own distance */
static gboolean
parse_near (Parser   *self,
            Operand  *operand,
            GError  **error)
{
  g_autoptr(GString) all = NULL;
  g_autofree char *left = NULL;
  guint n_pairs = 0;

  if (!parse_operand (self, operand, error))
    return FALSE;

  if (self->lexer.token.kind != TOKEN_NEAR)
    return TRUE;

  all = g_string_new (NULL);
  left = g_strdup (operand->expression);

  if (!check_near_operand (operand, self->lexer.token.column, error))
    return FALSE;

  while (self->lexer.token.kind == TOKEN_NEAR)
    {
      guint distance = self->lexer.token.distance;
      guint column = self->lexer.token.column;
      g_auto(Operand) right = { 0 };

      if (!next (self, error) ||
          !parse_operand (self, &right, error) ||
          !check_near_operand (&right, column, error))
        return FALSE;

      g_string_append_printf (all, "%sNEAR (%s %s, %u)", n_pairs++ > 0 ? " AND " : "",
                              left, right.expression, distance);
      g_free (left);
      left = g_strdup (right.expression);
      operand->end = right.end;
    }

  g_free (operand->expression);
  operand->expression = n_pairs > 1 ? g_strdup_printf ("(%s)", all->str) : g_strdup (all->str);
  operand->is_words = FALSE;

  return TRUE;
}

static char *
join (GPtrArray  *expressions,
      const char *separator)
{
  g_autofree char *joined = NULL;

  if (expressions->len == 0)
    return g_strdup ("");

  if (expressions->len == 1)
    return g_strdup (g_ptr_array_index (expressions, 0));

  g_ptr_array_add (expressions, NULL);
  joined = g_strjoinv (separator, (char **) expressions->pdata);
  g_ptr_array_remove_index (expressions, expressions->len - 1);

  return g_strdup_printf ("(%s)", joined);
}

static gboolean
begins_operand (AnnalsTokenKind kind)
{
  return kind == TOKEN_WORDS || kind == TOKEN_OPEN || kind == TOKEN_FIELD ||
         kind == TOKEN_MINUS || kind == TOKEN_NOT;
}

/* One of the words, phrases… side by side, with its minus. */
static gboolean
parse_item (Parser     *self,
            GPtrArray  *wanted,
            GPtrArray  *unwanted,
            GError    **error)
{
  g_auto(Operand) operand = { 0 };
  gboolean without = self->lexer.token.kind == TOKEN_MINUS || self->lexer.token.kind == TOKEN_NOT;

  if (without && !next (self, error))
    return FALSE;

  if (!parse_near (self, &operand, error))
    return FALSE;

  if (*operand.expression != '\0')
    g_ptr_array_add (without ? unwanted : wanted, g_steal_pointer (&operand.expression));
  else if (without)
    return fail_for_empty (&operand, error);

  return TRUE;
}

/* What stands side by side, up to what cannot stand there. */
static gboolean
parse_items (Parser     *self,
             GPtrArray  *wanted,
             GPtrArray  *unwanted,
             GError    **error)
{
  gboolean more = begins_operand (self->lexer.token.kind);

  if (!more)
    return fail_for_token (self, error);

  while (more)
    {
      if (!parse_item (self, wanted, unwanted, error))
        return FALSE;

      more = begins_operand (self->lexer.token.kind);

      if (self->lexer.token.kind == TOKEN_AND)
        {
          if (!next (self, error))
            return FALSE;

          if (!begins_operand (self->lexer.token.kind))
            return fail_for_token (self, error);

          more = TRUE;
        }
    }

  return TRUE;
}

static char *
parse_and (Parser  *self,
           GError **error)
{
  g_autoptr(GPtrArray) wanted = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) unwanted = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *with = NULL;
  g_autofree char *without = NULL;
  Operand whole = { .column = self->lexer.token.column, .start = self->lexer.token.start };

  if (!parse_items (self, wanted, unwanted, error))
    return NULL;

  whole.end = self->lexer.token.start;

  if (wanted->len == 0 && unwanted->len > 0)
    annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, whole.column,
                       _("a minus takes posts away from those that are found; say also what to look "
                         "for"));
  else if (wanted->len == 0)
    fail_for_empty (&whole, error);

  if (wanted->len == 0)
    return NULL;

  with = join (wanted, " AND ");

  if (unwanted->len == 0)
    return g_steal_pointer (&with);

  without = join (unwanted, " OR ");

  return g_strdup_printf ("(%s NOT %s)", with, without);
}

static char *
parse_or (Parser  *self,
          GError **error)
{
  g_autoptr(GPtrArray) either = g_ptr_array_new_with_free_func (g_free);
  char *expression;

  if (!(expression = parse_and (self, error)))
    return NULL;

  g_ptr_array_add (either, expression);

  while (self->lexer.token.kind == TOKEN_OR)
    {
      if (!next (self, error) || !(expression = parse_and (self, error)))
        return NULL;

      g_ptr_array_add (either, expression);
    }

  return join (either, " OR ");
}

static gboolean
check_text (const char  *text,
            GError     **error)
{
  const char *end = NULL;

  if (!g_utf8_validate (text, -1, &end))
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX,
                              (guint) g_utf8_strlen (text, end - text) + 1,
                              _("the search is not UTF-8"));

  if (g_utf8_strlen (text, -1) > MAX_CHARACTERS)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, MAX_CHARACTERS + 1,
                              _("the search is longer than %d characters"), MAX_CHARACTERS);

  return TRUE;
}

/**
 * annals_query_parse:
 * @text: what was typed
 * @error: where the mistake goes, its column first
 *
 * Understands a query. An empty one, or one of white space, is every post.
 *
 * Returns: (transfer full): the query; %NULL when there is a mistake in it
 */
AnnalsQuery *
annals_query_parse (const char  *text,
                    GError     **error)
{
  g_autoptr(AnnalsQuery) query = g_new0 (AnnalsQuery, 1);
  Parser parser = { 0 };
  gboolean done;

  g_return_val_if_fail (text != NULL, NULL);

  if (!check_text (text, error))
    return NULL;

  annals_query_lexer_init (&parser.lexer, text);
  done = next (&parser, error);

  if (done && parser.lexer.token.kind != TOKEN_END)
    {
      query->match = parse_or (&parser, error);
      done = query->match != NULL;

      /* parse_or() goes on as far as it can: what is left cannot stand here. */
      if (done && parser.lexer.token.kind != TOKEN_END)
        done = fail_for_token (&parser, error);
    }

  annals_query_lexer_clear (&parser.lexer);

  return done ? g_steal_pointer (&query) : NULL;
}

/**
 * annals_query_free:
 * @self: (transfer full): a query
 */
void
annals_query_free (AnnalsQuery *self)
{
  g_free (self->match);
  g_free (self);
}

/**
 * annals_query_get_match:
 * @self: a query
 *
 * Returns: (nullable): its expression for FTS5; %NULL for every post
 */
const char *
annals_query_get_match (AnnalsQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->match;
}
