/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-limits.h"
#include "annals-query-lexer-private.h"
#include "annals-query-private.h"
#include "annals-script-private.h"
#include "annals-tokenizer.h"

/* What has been read of the query, and where in it the parser is. */
typedef struct
{
  AnnalsQueryLexer  lexer;
  guint             depth;
  gboolean          in_part;   /* inside of a part's parenthesis */
  AnnalsQueryField  field;     /* that part */
} Parser;

typedef struct
{
  AnnalsQueryNode *node;       /* NULL: nothing can be looked for (punctuation) */
  guint            column;
  const char      *start;      /* in the query, for messages */
  const char      *end;
} Operand;

G_DEFINE_QUARK (annals-query-error-quark, annals_query_error)

static AnnalsQueryNode *parse_or (Parser *self, GError **error);

static void
operand_clear (Operand *self)
{
  g_clear_pointer (&self->node, annals_query_node_free);
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

/* The bytes of @words without what follows a run of pairs at their end: in the text the run may go on. */
static gssize
find_end (const char *words)
{
  const char *end = words + strlen (words);
  const char *last = end;

  while (last > words)
    {
      const char *before = g_utf8_prev_char (last);

      if (annals_script_is_searchable (before, last))
        return annals_tokenizer_is_paired (g_utf8_get_char (before)) ? last - words : end - words;
      last = before;
    }

  return end - words;
}

/* A phrase for FTS5. Its tokenizer keeps Han, Kana and Hangul in pairs, so a single character at the
 * end has to be asked for as a beginning: of a pair or, where it ends its run, of itself. What
 * stands before a beginning is a string of its own, else it would not be stemmed; the space at its end tells the
 * tokenizer that a run ends there, which none does at the end of the whole. */
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
      g_autofree char *before = g_strndup (words, (gsize) (last - words));
      g_autofree char *ended = g_strconcat (before, g_str_has_suffix (before, " ") ? "" : " ", NULL);

      append_string (phrase, ended, -1);
      g_string_append (phrase, " + ");
      words = last;
    }

  append_string (phrase, words, find_end (words));

  if (beginning)
    g_string_append (phrase, " *");

  return g_string_free (phrase, FALSE);
}

static AnnalsQueryPart
get_part (const Parser *self)
{
  if (!self->in_part)
    return PART_ANY;

  switch ((guint) self->field)
    {
    case ANNALS_QUERY_TITLE:
      return PART_TITLE;

    case ANNALS_QUERY_TEXT:
      return PART_TEXT;

    case ANNALS_QUERY_NOTE:
      return PART_NOTE;

    default:
      return PART_QUOTE;
    }
}

static gboolean
parse_words (Parser   *self,
             Operand  *operand,
             GError  **error)
{
  AnnalsToken *token = &self->lexer.token;

  if (annals_script_is_searchable (token->words, NULL))
    {
      AnnalsQueryNode *node = annals_query_node_new (NODE_WORDS, token->column);

      g_free (node->match);
      node->match = make_phrase (token->words, token->beginning);
      node->part = get_part (self);
      g_ptr_array_add (node->phrases, g_strdup (node->match));
      if (!token->beginning)
        g_ptr_array_add (node->forms, g_strdup (token->words));
      operand->node = node;
    }

  return next (self, error);
}

static gboolean
parse_filter (Parser   *self,
              Operand  *operand,
              GError  **error)
{
  AnnalsToken *token = &self->lexer.token;
  AnnalsQueryNode *node = annals_query_node_new (NODE_FILTER, token->column);

  operand->node = node;
  node->field = token->field;
  node->value = g_steal_pointer (&token->words);

  if (self->in_part)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, token->column,
                              _("“%s:” stands inside “%s:”, where only words can stand"),
                              annals_query_field_get_name (token->field),
                              annals_query_field_get_name (self->field));

  return annals_query_check_filter (node, error) && next (self, error);
}

static gboolean
parse_parenthesis (Parser   *self,
                   Operand  *operand,
                   GError  **error)
{
  guint column = self->lexer.token.column;

  if (++self->depth > ANNALS_LIMIT_QUERY_DEPTH)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, column,
                              _("more than %d parentheses in one another"), ANNALS_LIMIT_QUERY_DEPTH);

  if (!next (self, error))
    return FALSE;

  if (self->lexer.token.kind == TOKEN_CLOSE)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, column,
                              _("there is nothing in the parentheses"));

  if (!(operand->node = parse_or (self, error)))
    return FALSE;

  if (self->lexer.token.kind != TOKEN_CLOSE)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, column,
                              _("the parenthesis is not closed"));

  self->depth--;

  return next (self, error);
}

static gboolean parse_operand (Parser *self, Operand *operand, GError **error);

static gboolean
parse_part (Parser   *self,
            Operand  *operand,
            GError  **error)
{
  AnnalsQueryField field = self->lexer.token.field;
  const char *name = annals_query_field_get_name (field);
  g_auto(Operand) inner = { 0 };

  if (self->in_part)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, operand->column,
                              _("“%s:” stands inside “%s:”; a word is in one part of a post"),
                              name, annals_query_field_get_name (self->field));

  if (!next (self, error))
    return FALSE;

  if (self->lexer.token.kind != TOKEN_WORDS && self->lexer.token.kind != TOKEN_OPEN &&
      self->lexer.token.kind != TOKEN_PART)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, operand->column,
                              _("“%s:” needs a word, a phrase or a parenthesis right behind it"), name);

  self->in_part = TRUE;
  self->field = field;

  if (!parse_operand (self, &inner, error))
    return FALSE;

  self->in_part = FALSE;
  operand->node = g_steal_pointer (&inner.node);

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

    case TOKEN_PART:
      if (!parse_part (self, operand, error))
        return FALSE;
      break;

    case TOKEN_FILTER:
      operand->end = token->end;
      return parse_filter (self, operand, error);

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
check_near_operand (const Operand    *operand,
                    AnnalsQueryPart   part,
                    guint             column,
                    GError          **error)
{
  if (operand->node == NULL && operand->start != NULL && *operand->start != '(')
    return fail_for_empty (operand, error);

  if (operand->node == NULL || operand->node->kind != NODE_WORDS || operand->node->phrases->len != 1 ||
      operand->node->part != part)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, column,
                              _("“NEAR” needs a word or a phrase on either side"));

  return TRUE;
}

/* a NEAR/5 b NEAR/3 c: each pair at its own distance */
static gboolean
parse_near (Parser   *self,
            Operand  *operand,
            GError  **error)
{
  g_autoptr(AnnalsQueryNode) all = NULL;
  g_autoptr(GString) match = NULL;
  g_autofree char *left = NULL;
  guint n_pairs = 0;

  if (!parse_operand (self, operand, error))
    return FALSE;

  if (self->lexer.token.kind != TOKEN_NEAR)
    return TRUE;

  /* "(a) NEAR b", "title:a NEAR b": what stands in one place has to be named in it */
  if (*operand->start == '(' || !check_near_operand (operand, get_part (self), self->lexer.token.column, error))
    return *operand->start != '('
           ? FALSE
           : annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, self->lexer.token.column,
                                _("“NEAR” needs a word or a phrase on either side"));

  match = g_string_new (NULL);
  all = annals_query_node_new (NODE_WORDS, operand->column);
  all->part = operand->node->part;
  left = g_strdup (operand->node->match);

  while (self->lexer.token.kind == TOKEN_NEAR)
    {
      guint distance = self->lexer.token.distance;
      guint column = self->lexer.token.column;
      g_auto(Operand) right = { 0 };

      if (!next (self, error) || !parse_operand (self, &right, error) ||
          !check_near_operand (&right, get_part (self), column, error))
        return FALSE;

      g_string_append_printf (match, "%sNEAR (%s %s, %u)", n_pairs++ > 0 ? " AND " : "",
                              left, right.node->match, distance);
      g_ptr_array_add (all->phrases, g_steal_pointer (&left));
      g_ptr_array_add (all->phrases, g_strdup (right.node->match));
      left = g_strdup (right.node->match);
      operand->end = right.end;
    }

  g_free (all->match);
  all->match = n_pairs > 1 ? g_strdup_printf ("(%s)", match->str) : g_strdup (match->str);
  annals_query_node_free (operand->node);
  operand->node = g_steal_pointer (&all);

  return TRUE;
}

static gboolean
begins_operand (AnnalsTokenKind kind)
{
  return kind == TOKEN_WORDS || kind == TOKEN_OPEN || kind == TOKEN_PART || kind == TOKEN_FILTER ||
         kind == TOKEN_MINUS || kind == TOKEN_NOT;
}

/* One of the words, phrases… side by side, with its minus. */
static gboolean
parse_item (Parser           *self,
            AnnalsQueryNode  *all,
            GError          **error)
{
  g_auto(Operand) operand = { 0 };
  guint column = self->lexer.token.column;
  gboolean without = self->lexer.token.kind == TOKEN_MINUS || self->lexer.token.kind == TOKEN_NOT;
  AnnalsQueryNode *item;

  if (without && !next (self, error))
    return FALSE;

  if (!parse_near (self, &operand, error))
    return FALSE;

  if (operand.node == NULL)
    return !without || fail_for_empty (&operand, error);

  item = g_steal_pointer (&operand.node);
  if (without)
    {
      AnnalsQueryNode *not = annals_query_node_new (NODE_NOT, column);

      g_ptr_array_add (not->children, item);
      item = not;
    }
  g_ptr_array_add (all->children, item);

  return TRUE;
}

/* What stands side by side, up to what cannot stand there. */
static gboolean
parse_items (Parser           *self,
             AnnalsQueryNode  *all,
             GError          **error)
{
  gboolean more = begins_operand (self->lexer.token.kind);

  if (!more)
    return fail_for_token (self, error);

  while (more)
    {
      if (!parse_item (self, all, error))
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

/* The only child instead of its parent. */
static AnnalsQueryNode *
take_simplest (AnnalsQueryNode *node)
{
  AnnalsQueryNode *only;

  if (node->children->len != 1)
    return node;

  only = g_ptr_array_steal_index (node->children, 0);
  annals_query_node_free (node);

  return only;
}

static AnnalsQueryNode *
parse_and (Parser  *self,
           GError **error)
{
  g_autoptr(AnnalsQueryNode) all = annals_query_node_new (NODE_AND, self->lexer.token.column);
  Operand whole = { .column = self->lexer.token.column, .start = self->lexer.token.start };

  if (!parse_items (self, all, error))
    return NULL;

  whole.end = self->lexer.token.start;

  if (all->children->len == 0)
    {
      fail_for_empty (&whole, error);
      return NULL;
    }

  return take_simplest (g_steal_pointer (&all));
}

static AnnalsQueryNode *
parse_or (Parser   *self,
          GError  **error)
{
  g_autoptr(AnnalsQueryNode) either = annals_query_node_new (NODE_OR, self->lexer.token.column);
  AnnalsQueryNode *one;

  if (!(one = parse_and (self, error)))
    return NULL;

  g_ptr_array_add (either->children, one);

  while (self->lexer.token.kind == TOKEN_OR)
    {
      if (!next (self, error) || !(one = parse_and (self, error)))
        return NULL;

      g_ptr_array_add (either->children, one);
    }

  return take_simplest (g_steal_pointer (&either));
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

  if (g_utf8_strlen (text, -1) > ANNALS_LIMIT_QUERY)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_SYNTAX, ANNALS_LIMIT_QUERY + 1,
                              _("the search is longer than %d characters"), ANNALS_LIMIT_QUERY);

  return TRUE;
}

/* *root is NULL when there is nothing in @text: every post. */
static gboolean
parse_text (const char       *text,
            AnnalsQueryNode **root,
            GError          **error)
{
  Parser parser = { 0 };
  gboolean done;

  *root = NULL;
  if (!check_text (text, error))
    return FALSE;

  annals_query_lexer_init (&parser.lexer, text);
  done = next (&parser, error);

  if (done && parser.lexer.token.kind != TOKEN_END)
    {
      *root = parse_or (&parser, error);

      /* parse_or() goes on as far as it can: what is left cannot stand here. */
      done = *root != NULL &&
             (parser.lexer.token.kind == TOKEN_END || fail_for_token (&parser, error));
      if (!done)
        g_clear_pointer (root, annals_query_node_free);
    }

  annals_query_lexer_clear (&parser.lexer);

  return done;
}

static AnnalsQuery *
query_new (AnnalsQueryNode *root)
{
  AnnalsQuery *self = g_new0 (AnnalsQuery, 1);

  self->root = root;
  if (root != NULL)
    {
      self->match = annals_query_node_dup_match (root);
      self->marks = annals_query_node_dup_marks (root);
    }

  return self;
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
  AnnalsQueryNode *root;

  g_return_val_if_fail (text != NULL, NULL);

  return parse_text (text, &root, error) ? query_new (root) : NULL;
}

static gboolean
add_to_all (AnnalsQueryNode  *all,
            const char       *text,
            GError          **error)
{
  AnnalsQueryNode *root;

  if (!parse_text (text, &root, error))
    return FALSE;

  if (root != NULL && root->kind == NODE_AND)
    {
      while (root->children->len > 0)
        g_ptr_array_add (all->children, g_ptr_array_steal_index (root->children, 0));
      annals_query_node_free (root);
    }
  else if (root != NULL)
    g_ptr_array_add (all->children, root);

  return TRUE;
}

/**
 * annals_query_parse_all:
 * @text: what was typed
 * @filters: (nullable) (array zero-terminated=1): further queries
 * @error: where the mistake goes
 *
 * Understands several queries that all have to fit. The columns of mistakes count in the one they are in.
 *
 * Returns: (transfer full): the query; %NULL when there is a mistake in one of them
 */
AnnalsQuery *
annals_query_parse_all (const char         *text,
                        const char * const *filters,
                        GError            **error)
{
  g_autoptr(AnnalsQueryNode) all = annals_query_node_new (NODE_AND, 1);

  g_return_val_if_fail (text != NULL, NULL);

  if (!add_to_all (all, text, error))
    return NULL;

  for (guint i = 0; filters != NULL && filters[i] != NULL; i++)
    if (!add_to_all (all, filters[i], error))
      return NULL;

  return query_new (all->children->len > 0 ? take_simplest (g_steal_pointer (&all)) : NULL);
}

/**
 * annals_query_free:
 * @self: (transfer full): a query
 */
void
annals_query_free (AnnalsQuery *self)
{
  g_clear_pointer (&self->root, annals_query_node_free);
  g_free (self->match);
  g_free (self->marks);
  g_free (self);
}

/**
 * annals_query_is_everything:
 * @self: a query
 *
 * Returns: whether every post fits
 */
gboolean
annals_query_is_everything (AnnalsQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->root == NULL;
}

/**
 * annals_query_get_match:
 * @self: a query
 *
 * Returns: (nullable): the expression for FTS5 of a query of words alone; %NULL for every other
 */
const char *
annals_query_get_match (AnnalsQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->match;
}

/**
 * annals_query_get_marks:
 * @self: a query
 *
 * Returns: (nullable): the expression for FTS5 of what is to be marked in what was found; %NULL: nothing
 */
const char *
annals_query_get_marks (AnnalsQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->marks;
}

void
annals_query_piece_free (AnnalsQueryPiece *self)
{
  g_free (self->value);
  g_free (self);
}

/**
 * annals_query_list_filters:
 * @text: what was typed
 *
 * Finds the filters that could as well stand beside the query.
 *
 * Returns: (transfer full) (element-type AnnalsQueryPiece): the filters, in their order
 */
GPtrArray *
annals_query_list_filters (const char *text)
{
  g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_query_piece_free);
  g_autoptr(AnnalsQuery) query = annals_query_parse (text, NULL);
  AnnalsQueryLexer lexer;
  const char *minus = NULL;
  guint depth = 0;

  g_return_val_if_fail (text != NULL, NULL);

  if (query == NULL || query->root == NULL || query->root->kind == NODE_OR)
    return g_steal_pointer (&pieces);

  annals_query_lexer_init (&lexer, text);
  while (annals_query_lexer_next (&lexer, NULL) && lexer.token.kind != TOKEN_END)
    {
      const AnnalsToken *token = &lexer.token;

      if (token->kind == TOKEN_OPEN)
        depth++;
      else if (token->kind == TOKEN_CLOSE)
        depth--;
      else if (token->kind == TOKEN_FILTER && depth == 0)
        {
          AnnalsQueryPiece *piece = g_new0 (AnnalsQueryPiece, 1);

          piece->start = (gsize) ((minus != NULL ? minus : token->start) - text);
          piece->end = (gsize) (token->end - text);
          piece->field = token->field;
          piece->without = minus != NULL;
          piece->value = g_strdup (token->words);
          g_ptr_array_add (pieces, piece);
        }
      minus = token->kind == TOKEN_MINUS || token->kind == TOKEN_NOT ? token->start : NULL;
    }
  annals_query_lexer_clear (&lexer);

  return g_steal_pointer (&pieces);
}
