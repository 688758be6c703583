/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-limits.h"
#include "annals-match-expression-private.h"

#include <string.h>

#include "annals-tokenizer-private.h"

typedef struct
{
  AnnalsDb   *db;
  const char *p;
  guint       depth;
} Parser;

/* --- parsing --- */

static AnnalsExpression *parse_list (Parser *self, int column);

static AnnalsExpression *
expression_new (AnnalsExpressionKind kind,
                int                  column)
{
  AnnalsExpression *self = g_new0 (AnnalsExpression, 1);

  self->kind = kind;
  self->column = column;
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_expression_free);
  self->terms = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
annals_expression_free (AnnalsExpression *self)
{
  g_ptr_array_unref (self->children);
  g_ptr_array_unref (self->terms);
  g_free (self);
}

static gboolean
skip (Parser     *self,
      const char *token)
{
  gsize length = strlen (token);

  while (*self->p == ' ')
    self->p++;
  if (strncmp (self->p, token, length) != 0)
    return FALSE;

  self->p += length;

  return TRUE;
}

/* Between quotation marks, where two stand for one. */
static char *
parse_string (Parser *self)
{
  g_autoptr(GString) string = g_string_new (NULL);

  if (!skip (self, "\""))
    return NULL;

  while (*self->p != '\0')
    {
      if (*self->p == '"' && *++self->p != '"')
        return g_string_free (g_steal_pointer (&string), FALSE);

      g_string_append_c (string, *self->p++);
    }

  return NULL;
}

static int
term_cb (void       *context,
         int         flags,
         const char *token,
         int         length,
         int         start,
         int         end)
{
  GPtrArray *terms = context;

  /* two terms in one place are left to FTS5 */
  if ((flags & FTS5_TOKEN_COLOCATED) != 0)
    return SQLITE_MISMATCH;

  g_ptr_array_add (terms, g_strndup (token, (gsize) length));

  return SQLITE_OK;
}

static AnnalsExpression *
parse_phrase (Parser *self,
              int     column)
{
  g_autoptr(AnnalsExpression) phrase = expression_new (EXPRESSION_PHRASE, column);

  do
    {
      g_autofree char *string = parse_string (self);
      gboolean beginning = string != NULL && skip (self, "*");

      /* a beginning ends its phrase */
      if (string == NULL || phrase->beginning ||
          !annals_tokenizer_run (self->db->native, string,
                                 FTS5_TOKENIZE_QUERY | (beginning ? FTS5_TOKENIZE_PREFIX : 0), term_cb, phrase->terms))
        return NULL;

      phrase->beginning = beginning;
    }
  while (skip (self, "+"));

  /* nothing but punctuation has rules of its own */
  return phrase->terms->len > 0 ? g_steal_pointer (&phrase) : NULL;
}

static AnnalsExpression *
parse_one (Parser *self,
           int     column)
{
  g_autoptr(AnnalsExpression) inner = NULL;
  int own = column < 0 && skip (self, "title :") ? 0 : column < 0 && skip (self, "text :") ? 1 : column;

  if (!skip (self, "("))
    return parse_phrase (self, own);

  if (++self->depth > ANNALS_LIMIT_MATCH_DEPTH)
    return NULL;

  inner = parse_list (self, own);
  self->depth--;

  return inner != NULL && skip (self, ")") ? g_steal_pointer (&inner) : NULL;
}

/* Of one kind of operator: among different ones there would be a precedence. */
static AnnalsExpression *
parse_list (Parser *self,
            int     column)
{
  static const char * const operators[] = { NULL, "AND ", "OR ", "NOT " };
  g_autoptr(AnnalsExpression) list = NULL;
  AnnalsExpression *item = parse_one (self, column);
  AnnalsExpressionKind kind = EXPRESSION_PHRASE;

  for (AnnalsExpressionKind k = EXPRESSION_AND; item != NULL && kind == EXPRESSION_PHRASE && k <= EXPRESSION_NOT; k++)
    if (skip (self, operators[k]))
      kind = k;

  if (kind == EXPRESSION_PHRASE)
    return item;

  list = expression_new (kind, column);
  g_ptr_array_add (list->children, item);
  do
    {
      if (!(item = parse_one (self, column)))
        return NULL;
      g_ptr_array_add (list->children, item);
    }
  while (skip (self, operators[kind]));

  return g_steal_pointer (&list);
}

AnnalsExpression *
annals_expression_parse (AnnalsDb   *db,
                         const char *match)
{
  Parser parser = { db, match, 0 };
  g_autoptr(AnnalsExpression) self = parse_list (&parser, -1);

  return self != NULL && skip (&parser, "") && *parser.p == '\0' ? g_steal_pointer (&self) : NULL;
}
