/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-records-json.h"

#include <glib/gi18n-lib.h>

#include "annals-importer.h"
#include "annals-limits.h"

static gboolean
is_shallow (const char *json,
            gsize       size)
{
  guint depth = 0;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < size; i++)
    {
      char c = json[i];

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
        }
      else if (c == '"')
        in_string = TRUE;
      else if ((c == '{' || c == '[') && ++depth > ANNALS_LIMIT_JSON_TREE_DEPTH)
        return FALSE;
      else if ((c == '}' || c == ']') && depth > 0)
        depth--;
    }

  return TRUE;
}

static void
fail (const char  *name,
      const char  *why,
      GError     **error)
{
  g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE, "“%s”: %s", name, why);
}

JsonParser *
annals_records_parse_json (const char  *bytes,
                           gsize        size,
                           const char  *name,
                           GError     **error)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  g_autoptr(GError) failure = NULL;

  if (size >= 3 && (guchar) bytes[0] == 0xef && (guchar) bytes[1] == 0xbb && (guchar) bytes[2] == 0xbf)
    {
      bytes += 3;
      size -= 3;
    }

  if (!g_utf8_validate (bytes, (gssize) size, NULL))
    fail (name, _("it is not UTF-8, as JSON has to be"), error);
  else if (!is_shallow (bytes, size))
    fail (name, _("its objects stand in each other too deeply"), error);
  else if (!json_parser_load_from_data (parser, bytes, (gssize) size, &failure))
    fail (name, failure->message, error);
  else if (json_parser_get_root (parser) == NULL)
    fail (name, _("it is empty"), error);
  else
    return g_steal_pointer (&parser);

  return NULL;
}

const char *
annals_records_get_string (JsonObject *object,
                           const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

char *
annals_records_dup_string (JsonObject *object,
                           const char *member)
{
  const char *string = annals_records_get_string (object, member);

  return string != NULL ? g_utf8_make_valid (string, -1) : NULL;
}

JsonObject *
annals_records_get_object (JsonObject *object,
                           const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

gboolean
annals_records_each_value (JsonObject             *object,
                           const char             *member,
                           AnnalsRecordsValueFunc  func,
                           gpointer                data)
{
  JsonNode *node = json_object_get_member (object, member);
  JsonArray *array;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return func (node, data);

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!func (json_array_get_element (array, i), data))
      return FALSE;

  return TRUE;
}
