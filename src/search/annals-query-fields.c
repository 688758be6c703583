/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-query-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char * const is_values[] = {
  "unread", "starred", "annotated", "tagged", "linked", "undated", "changed", "review", NULL,
};

static const char * const has_values[] = { "image", "note", NULL };

static const char * const names[] = {
  [ANNALS_QUERY_TITLE] = "title",       [ANNALS_QUERY_TEXT] = "text",         [ANNALS_QUERY_NOTE] = "note",
  [ANNALS_QUERY_QUOTE] = "quote",       [ANNALS_QUERY_AUTHOR] = "author",     [ANNALS_QUERY_SOURCE] = "source",
  [ANNALS_QUERY_TAG] = "tag",           [ANNALS_QUERY_TIMELINE] = "timeline", [ANNALS_QUERY_LANGUAGE] = "lang",
  [ANNALS_QUERY_IMPORT] = "import",     [ANNALS_QUERY_URL] = "url",           [ANNALS_QUERY_DATE] = "date",
  [ANNALS_QUERY_BEFORE] = "before",     [ANNALS_QUERY_AFTER] = "after",       [ANNALS_QUERY_IS] = "is",
  [ANNALS_QUERY_HAS] = "has",           [ANNALS_QUERY_COLOUR] = "colour",
};

G_STATIC_ASSERT (G_N_ELEMENTS (names) == ANNALS_QUERY_N_FIELDS);

gboolean
annals_query_fail (GError           **error,
                   AnnalsQueryError   code,
                   guint              column,
                   const char        *format,
                   ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);

  /* Translators: where in a search the mistake is that the message names */
  g_set_error (error, ANNALS_QUERY_ERROR, code, _("column %u: %s"), column, message);

  return FALSE;
}

/**
 * annals_query_field_get_name:
 * @field: a field
 *
 * Returns: its name as it is typed, without the colon
 */
const char *
annals_query_field_get_name (AnnalsQueryField field)
{
  g_return_val_if_fail (field < ANNALS_QUERY_N_FIELDS, NULL);

  return names[field];
}

/**
 * annals_query_field_get_values:
 * @field: a field
 *
 * Returns: (nullable) (array zero-terminated=1): the only values that it takes; %NULL for a field that
 *   takes any
 */
const char * const *
annals_query_field_get_values (AnnalsQueryField field)
{
  return field == ANNALS_QUERY_IS ? is_values : field == ANNALS_QUERY_HAS ? has_values : NULL;
}

/**
 * annals_query_field_is_part:
 * @field: a field
 *
 * Returns: whether words follow it, which are looked for in that part of a post
 */
gboolean
annals_query_field_is_part (AnnalsQueryField field)
{
  return field <= ANNALS_QUERY_QUOTE;
}

static gboolean
is_one_of (const char * const *values,
           char               *value)
{
  for (guint i = 0; values[i] != NULL; i++)
    if (g_ascii_strcasecmp (values[i], value) == 0)
      {
        /* from here on it is written as in the list */
        memcpy (value, values[i], strlen (values[i]));
        return TRUE;
      }

  return FALSE;
}

static gboolean
check_date (AnnalsQueryNode  *node,
            GError          **error)
{
  g_autoptr(GError) failure = NULL;

  node->date = annals_date_parse (node->value, NULL);
  if (node->date == NULL)
    node->date = annals_date_parse_words (node->value, &failure);

  if (node->date == NULL)
    return annals_query_fail (error, ANNALS_QUERY_ERROR_VALUE, node->column,
                              _("“%s:” needs a date such as 2020-03-09 (%s)"), names[node->field],
                              failure->message);

  if (annals_date_is_undated (node->date))
    return annals_query_fail (error, ANNALS_QUERY_ERROR_VALUE, node->column,
                              _("“%s:” needs a date such as 2020-03-09"), names[node->field]);

  return TRUE;
}

/* "before:" needs a beginning to be before, "after:" an end. */
static gboolean
check_bounds (AnnalsQueryNode  *node,
              GError          **error)
{
  gint64 seconds;

  if (node->field == ANNALS_QUERY_BEFORE && !annals_date_get_from (node->date, &seconds))
    return annals_query_fail (error, ANNALS_QUERY_ERROR_VALUE, node->column,
                              _("nothing is before “%s”, which has no beginning"), node->value);

  if (node->field == ANNALS_QUERY_AFTER && !annals_date_get_to (node->date, &seconds))
    return annals_query_fail (error, ANNALS_QUERY_ERROR_VALUE, node->column,
                              _("nothing is after “%s”, which has no end"), node->value);

  return TRUE;
}

gboolean
annals_query_check_filter (AnnalsQueryNode  *node,
                           GError          **error)
{
  const char * const *values = annals_query_field_get_values (node->field);

  if (values != NULL && !is_one_of (values, node->value))
    {
      g_autofree char *all = g_strjoinv (", ", (char **) values);

      return annals_query_fail (error, ANNALS_QUERY_ERROR_VALUE, node->column,
                                _("“%s:” takes one of these: %s; not “%s”"), names[node->field], all,
                                node->value);
    }

  if (node->field == ANNALS_QUERY_DATE || node->field == ANNALS_QUERY_BEFORE ||
      node->field == ANNALS_QUERY_AFTER)
    return check_date (node, error) && check_bounds (node, error);

  return TRUE;
}

/* Characters that a word of a query ends at, and those between which a value can stand. */
static gboolean
needs_quotes (const char *value)
{
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);

      if (g_unichar_isspace (ch) || ch == '(' || ch == ')' || annals_query_is_quote (ch))
        return TRUE;
    }

  return FALSE;
}

/**
 * annals_query_dup_filter:
 * @field: a field
 * @value: what it has to be
 *
 * Returns: (transfer full): the two as they are typed into a query; a quotation mark in the value becomes an
 *   apostrophe, which is taken for the same in a name
 */
char *
annals_query_dup_filter (AnnalsQueryField  field,
                         const char       *value)
{
  g_autoptr(GString) filter = NULL;

  g_return_val_if_fail (field < ANNALS_QUERY_N_FIELDS && value != NULL, NULL);

  filter = g_string_new (names[field]);
  if (!needs_quotes (value))
    {
      g_string_append_printf (filter, ":%s", value);
      return g_string_free (g_steal_pointer (&filter), FALSE);
    }

  g_string_append (filter, ":\"");
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);

      g_string_append_unichar (filter, annals_query_is_quote (ch) ? '\'' : ch);
    }
  g_string_append_c (filter, '"');

  return g_string_free (g_steal_pointer (&filter), FALSE);
}
