/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-json-record.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* Members of members are named by their path to this depth. */
#define MAX_PATH_DEPTH 12

/* --- mending --- */

/* The code unit whose four digits begin at @at; -1 when they do not. */
static int
code_unit (const char *at,
           const char *end)
{
  int unit = 0;

  if (end - at < 4)
    return -1;

  for (guint i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;
      unit = unit * 16 + g_ascii_xdigit_value (at[i]);
    }

  return unit;
}

/* Appends the escape with a number whose "u" @at is; its last character. NUL stands in no text, and half a pair
 * of surrogates is nothing. */
static const char *
clean_number (GString    *out,
              const char *at,
              const char *end)
{
  int unit = code_unit (at + 1, end);
  int low;

  if (unit < 0 || (unit & 0xfc00) == 0xdc00)
    {
      g_string_append (out, "\\ufffd");
      return unit < 0 ? at : at + 4;
    }

  if ((unit & 0xfc00) != 0xd800)
    {
      g_string_append_printf (out, "\\u%04x", unit == 0 ? ' ' : unit);
      return at + 4;
    }

  low = end - at > 10 && at[5] == '\\' && at[6] == 'u' ? code_unit (at + 7, end) : -1;
  if ((low & 0xfc00) != 0xdc00 || low < 0)
    {
      g_string_append (out, "\\ufffd");
      return at + 4;
    }

  g_string_append_printf (out, "\\u%04x\\u%04x", unit, low);

  return at + 10;
}

/* Appends the string whose first quote @at is; behind its last one. */
static const char *
clean_string (GString    *out,
              const char *at,
              const char *end,
              gboolean   *mended)
{
  g_string_append_c (out, '"');

  for (at++; at < end && *at != '"'; at++)
    {
      if ((guchar) *at < 0x20)
        {
          g_string_append_printf (out, "\\u%04x", (guchar) *at);
          *mended |= *at != '\t';
        }
      else if (*at != '\\')
        {
          g_string_append_c (out, *at);
        }
      else if (at + 1 < end)
        {
          at++;
          if (*at == 'u')
            {
              at = clean_number (out, at, end);
            }
          else if (strchr ("\"\\/bfnrt", *at) != NULL)
            {
              g_string_append_c (out, '\\');
              g_string_append_c (out, *at);
            }
          else
            {
              *mended = TRUE;
              g_string_append_c (out, *at);
            }
        }
    }

  g_string_append_c (out, '"');

  return at + 1;
}

/* Appends the word at @at in the way of JSON; behind it. */
static const char *
clean_word (GString    *out,
            const char *at,
            const char *end,
            gboolean   *mended)
{
  static const struct { const char *word; const char *json; } words[] = {
    { "NaN", "null" }, { "Infinity", "null" }, { "undefined", "null" }, { "None", "null" },
    { "True", "true" }, { "False", "false" }, { "-Infinity", "null" },
  };
  gsize length = 1;

  while (at + length < end && (g_ascii_isalnum (at[length]) || strchr ("+-.", at[length]) != NULL))
    length++;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i].word) == length && strncmp (at, words[i].word, length) == 0)
      {
        *mended = TRUE;
        g_string_append (out, words[i].json);
        return at + length;
      }

  g_string_append_len (out, at, (gssize) length);

  return at + length;
}

/* @json as the parser takes it; NULL when something stands in it that JSON does not have. So the
 * parser sees the same strings as who counted the brackets, and no comment hides one: it is recursive, and
 * knows no limit of its own. */
static GString *
clean (const char *json,
       gsize       length,
       gboolean   *mended)
{
  g_autoptr(GString) out = g_string_sized_new (length + 16);
  const char *end = json + length;

  *mended = FALSE;
  for (const char *at = json; at < end;)
    {
      if (*at == '"')
        {
          at = clean_string (out, at, end, mended);
        }
      else if (*at == ',')
        {
          const char *next = at + 1;

          while (next < end && (g_ascii_isspace (*next) || *next == ','))
            next++;
          if (next < end && (*next == '}' || *next == ']'))
            *mended = TRUE;
          else
            g_string_append_c (out, ',');
          at = next;
        }
      else if (strchr ("{}[]: \t\r\n", *at) != NULL && *at != '\0')
        {
          g_string_append_c (out, *at++);
        }
      else if (g_ascii_isalnum (*at) || *at == '-')
        {
          at = clean_word (out, at, end, mended);
        }
      else
        {
          return NULL;
        }
    }

  return g_steal_pointer (&out);
}

/* --- members become columns --- */

static char *
dup_scalar (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    return g_utf8_make_valid (json_node_get_string (node), -1);
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  if (type == G_TYPE_DOUBLE)
    {
      double number = json_node_get_double (node);
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      /* seconds with a fraction, and numbers that were written as 1.58e9 */
      if (number > -1e15 && number < 1e15 && (number > 1e8 || number == (double) (gint64) number))
        return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) number);

      return g_strdup (g_ascii_dtostr (buffer, sizeof buffer, number));
    }

  return g_strdup ("");
}

static void
flatten (AnnalsListRecord *record,
         JsonNode         *node,
         const char       *path,
         guint             depth)
{
  if (depth > MAX_PATH_DEPTH)
    return;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          g_autofree char *valid = g_utf8_make_valid (name, -1);
          g_autofree char *inner = *path ? g_strconcat (path, ".", valid, NULL) : g_strdup (valid);

          flatten (record, member, inner, depth + 1);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *number = *path ? NULL : g_strdup_printf ("%u", i + 1);

          flatten (record, json_array_get_element (array, i), number ? number : path, depth + 1);
        }
    }
  else
    {
      annals_list_record_take (record, path, dup_scalar (node));
    }
}

AnnalsListRecord *
annals_json_record_new (const char  *json,
                        gsize        length,
                        gboolean    *mended,
                        GError     **error)
{
  g_autoptr(GString) text = clean (json, length, mended);
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(AnnalsListRecord) record = NULL;
  JsonNode *root;

  if (text == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _("something stands in it that JSON does not have"));
      return NULL;
    }

  if (!json_parser_load_from_data (parser, text->str, (gssize) text->len, NULL) ||
      (root = json_parser_get_root (parser)) == NULL ||
      (!JSON_NODE_HOLDS_OBJECT (root) && !JSON_NODE_HOLDS_ARRAY (root)))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("it is no valid JSON"));
      return NULL;
    }

  record = annals_list_record_new ();
  flatten (record, root, "", 0);

  return g_steal_pointer (&record);
}
