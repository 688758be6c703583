/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-query-private.h"

AnnalsQueryNode *
annals_query_node_new (AnnalsQueryKind kind,
                       guint           column)
{
  AnnalsQueryNode *self = g_new0 (AnnalsQueryNode, 1);

  self->kind = kind;
  self->column = column;
  if (kind == NODE_WORDS)
    {
      self->match = g_strdup ("");
      self->phrases = g_ptr_array_new_with_free_func (g_free);
      self->forms = g_ptr_array_new_with_free_func (g_free);
    }
  else if (kind != NODE_FILTER)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_query_node_free);

  return self;
}

void
annals_query_node_free (AnnalsQueryNode *self)
{
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->phrases, g_ptr_array_unref);
  g_clear_pointer (&self->forms, g_ptr_array_unref);
  g_clear_pointer (&self->date, annals_date_unref);
  g_free (self->match);
  g_free (self->value);
  g_free (self);
}

/* @column: (nullable) */
static char *
limit_to_column (const char *expression,
                 const char *column)
{
  return column != NULL ? g_strdup_printf ("%s : (%s)", column, expression) : g_strdup (expression);
}

static const char *
get_column (AnnalsQueryPart part)
{
  return part == PART_TITLE ? "title" : part == PART_TEXT ? "text" : NULL;
}

static char *
join (GPtrArray  *expressions,
      const char *separator)
{
  g_autofree char *joined = NULL;

  if (expressions->len == 1)
    return g_strdup (g_ptr_array_index (expressions, 0));

  g_ptr_array_add (expressions, NULL);
  joined = g_strjoinv (separator, (char **) expressions->pdata);
  g_ptr_array_remove_index (expressions, expressions->len - 1);

  return g_strdup_printf ("(%s)", joined);
}

/* *with and *without: what has to fit and what must not; FALSE when a child cannot be expressed. */
static gboolean
collect (const AnnalsQueryNode *self,
         GPtrArray             *with,
         GPtrArray             *without)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      const AnnalsQueryNode *child = self->children->pdata[i];
      gboolean is_not = child->kind == NODE_NOT && self->kind == NODE_AND;
      char *expression = annals_query_node_dup_match (is_not ? child->children->pdata[0] : child);

      if (expression == NULL)
        return FALSE;

      g_ptr_array_add (is_not ? without : with, expression);
    }

  return with->len > 0;
}

char *
annals_query_node_dup_match (const AnnalsQueryNode *self)
{
  g_autoptr(GPtrArray) with = NULL;
  g_autoptr(GPtrArray) without = NULL;
  g_autofree char *all = NULL;
  g_autofree char *none = NULL;

  if (self->kind == NODE_WORDS)
    return self->part > PART_TEXT ? NULL : limit_to_column (self->match, get_column (self->part));

  if (self->kind != NODE_AND && self->kind != NODE_OR)
    return NULL;

  with = g_ptr_array_new_with_free_func (g_free);
  without = g_ptr_array_new_with_free_func (g_free);
  if (!collect (self, with, without))
    return NULL;

  all = join (with, self->kind == NODE_AND ? " AND " : " OR ");
  if (without->len == 0)
    return g_steal_pointer (&all);

  none = join (without, " OR ");

  return g_strdup_printf ("(%s NOT %s)", all, none);
}

static void
add_own_phrases (const AnnalsQueryNode *self,
                 gboolean               unwanted,
                 GPtrArray             *phrases)
{
  for (guint i = 0; i < self->phrases->len; i++)
    g_ptr_array_add (phrases, unwanted ? g_strdup ("")
                                       : limit_to_column (self->phrases->pdata[i], get_column (self->part)));
}

/* As the expression has them: what must not fit stands behind all that has to. */
static void
add_phrases (const AnnalsQueryNode *self,
             gboolean               unwanted,
             GPtrArray             *phrases)
{
  if (self->kind == NODE_WORDS)
    add_own_phrases (self, unwanted, phrases);

  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    {
      const AnnalsQueryNode *child = self->children->pdata[i];

      if (child->kind != NODE_NOT)
        add_phrases (child, unwanted, phrases);
    }

  for (guint i = 0; self->kind == NODE_AND && i < self->children->len; i++)
    {
      const AnnalsQueryNode *child = self->children->pdata[i];

      if (child->kind == NODE_NOT)
        add_phrases (child->children->pdata[0], TRUE, phrases);
    }
}

void
annals_query_node_add_phrases (const AnnalsQueryNode *self,
                               GPtrArray             *phrases)
{
  add_phrases (self, FALSE, phrases);
}

void
annals_query_node_add_marked (const AnnalsQueryNode *self,
                              GPtrArray             *phrases)
{
  if (self->kind == NODE_WORDS && self->part <= PART_TEXT)
    add_own_phrases (self, FALSE, phrases);

  if (self->kind == NODE_AND || self->kind == NODE_OR)
    for (guint i = 0; i < self->children->len; i++)
      annals_query_node_add_marked (self->children->pdata[i], phrases);
}

static void
add_marks (const AnnalsQueryNode *self,
           GPtrArray             *marks)
{
  if (self->kind == NODE_WORDS && self->part <= PART_TEXT)
    g_ptr_array_add (marks, limit_to_column (self->match, get_column (self->part)));

  if (self->kind == NODE_AND || self->kind == NODE_OR)
    for (guint i = 0; i < self->children->len; i++)
      add_marks (self->children->pdata[i], marks);
}

char *
annals_query_node_dup_marks (const AnnalsQueryNode *self)
{
  g_autoptr(GPtrArray) marks = g_ptr_array_new_with_free_func (g_free);

  add_marks (self, marks);

  return marks->len > 0 ? join (marks, " OR ") : NULL;
}
