/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-records-json.h"

#include <glib/gi18n-lib.h>

#include "annals-importer.h"
#include "annals-json-loose.h"

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
  const char *fault;

  if (size >= 3 && (guchar) bytes[0] == 0xef && (guchar) bytes[1] == 0xbb && (guchar) bytes[2] == 0xbf)
    {
      bytes += 3;
      size -= 3;
    }

  if (!g_utf8_validate (bytes, (gssize) size, NULL))
    fail (name, _("it is not UTF-8, as JSON has to be"), error);
  else if ((fault = annals_loose_find_fault (bytes, size)) != NULL)
    fail (name, fault, error);
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
