/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-json-loose.h"

#include <glib/gi18n-lib.h>

#include "annals-limits.h"

const char *
annals_loose_find_fault (const char *json,
                         gsize       length)
{
  gboolean in_string = FALSE;
  gboolean begun = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = json[i];
      gboolean opens = c == '{' || c == '[';

      if (c == '"' && depth > 0)
        in_string = !in_string;
      else if (in_string)
        i += c == '\\';
      else if (g_ascii_isspace (c))
        continue;
      else if (c == '\'' || c == '/' || c == '#' || (depth == 0 && (begun || !opens)))
        return _("something stands in it that JSON does not have");
      else if (opens && ++depth > ANNALS_LIMIT_JSON_TREE_DEPTH)
        return _("its objects stand in each other too deeply");
      else if ((c == '}' || c == ']') && depth > 0)
        depth--;
      begun = TRUE;
    }

  return NULL;
}

const char *
annals_loose_get_text (JsonObject *object,
                       const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
         ? json_node_get_string (node) : "";
}

gint64
annals_loose_get_number (JsonObject *object,
                         const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
         ? CLAMP (json_node_get_int (node), 0, G_MAXINT32) : 0;
}

gboolean
annals_loose_get_boolean (JsonObject *object,
                          const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}

JsonObject *
annals_loose_get_object (JsonObject *object,
                         const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

guint
annals_loose_count (JsonObject *object,
                    const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node)) : 0;
}

JsonObject *
annals_loose_get_element (JsonObject *object,
                          const char *member,
                          guint       i)
{
  JsonNode *node = json_array_get_element (json_object_get_array_member (object, member), i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

gint64
annals_loose_get_time (JsonObject *object,
                       const char *member,
                       gint64      otherwise)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (annals_loose_get_text (object, member), NULL);

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time) : otherwise;
}

const char *
annals_loose_get_uid (JsonObject *object)
{
  const char *uid = annals_loose_get_text (object, "uid");

  if (!g_uuid_string_is_valid (uid))
    return NULL;
  for (const char *c = uid; *c != '\0'; c++)
    if (g_ascii_isupper (*c))
      return NULL;

  return uid;
}
