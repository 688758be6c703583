/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of languages come from iso-codes, which holds them in many languages; where it is not installed, a
 * language is shown as its code. */
#include "config.h"

#include "annals-language.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <libintl.h>
#include <string.h>

/* One list of ISO 639, and what its translations are called. */
typedef struct
{
  const char *domain;
  const char *list;
  GHashTable *names;   /* code → English name */
} Standard;

static void
add_code (GHashTable *names,
          JsonObject *language,
          const char *member,
          const char *name)
{
  const char *code = json_object_get_string_member_with_default (language, member, NULL);

  if (code != NULL)
    g_hash_table_insert (names, g_strdup (code), g_strdup (name));
}

static void
add_language (JsonArray *array,
              guint      i,
              JsonNode  *node,
              gpointer   data)
{
  JsonObject *language = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *name = language != NULL ? json_object_get_string_member_with_default (language, "name", NULL) : NULL;

  if (name == NULL)
    return;

  add_code (data, language, "alpha_2", name);
  add_code (data, language, "alpha_3", name);
}

static gboolean
load_file (Standard   *self,
           const char *path)
{
  g_autoptr(JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root, *list;

  if (!json_parser_load_from_file (parser, path, NULL))
    return FALSE;

  root = json_parser_get_root (parser);
  list = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), self->list)
                                                       : NULL;
  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    return FALSE;

  json_array_foreach_element (json_node_get_array (list), add_language, self->names);

  return TRUE;
}

/* Names, and beside them their translations. */
static void
load (Standard *self)
{
  const char * const *folders = g_get_system_data_dirs ();
  g_autofree char *file = g_strconcat (self->domain, ".json", NULL);

  self->names = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], "iso-codes", "json", file, NULL);
      g_autofree char *translations = g_build_filename (folders[i], "locale", NULL);

      if (!load_file (self, path))
        continue;

      bindtextdomain (self->domain, translations);
      bind_textdomain_codeset (self->domain, "UTF-8");
      return;
    }
}

/* Any thread. The second list has all languages and is long: it is read for one that the first has not. */
static const char *
look_up (const char *code)
{
  static Standard standards[] = { { "iso_639-2", "639-2", NULL }, { "iso_639-3", "639-3", NULL } };
  static GMutex mutex;
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&mutex);

  for (guint i = 0; i < G_N_ELEMENTS (standards); i++)
    {
      const char *name;

      if (standards[i].names == NULL)
        load (&standards[i]);
      if ((name = g_hash_table_lookup (standards[i].names, code)))
        return dgettext (standards[i].domain, name);
    }

  return NULL;
}

/**
 * annals_language_dup_name:
 * @tag: of a language as BCP 47 has them, such as "ko" or "en-GB"; "" or "und" for none
 *
 * Reads a file the first time: not for the window's thread.
 *
 * Returns: (transfer full): its name in the user's language; @tag where none is known
 */
char *
annals_language_dup_name (const char *tag)
{
  gsize length;
  g_autofree char *code = NULL;
  g_autofree char *only = NULL;
  const char *name;

  g_return_val_if_fail (tag != NULL, NULL);

  if (*tag == '\0' || g_ascii_strcasecmp (tag, ANNALS_LANGUAGE_NONE) == 0)
    /* Translators: of posts, that no language is named for them */
    return g_strdup (_("No language named"));

  length = strcspn (tag, "-_");
  code = g_ascii_strdown (tag, (gssize) length);
  if (length < 2 || length > 3 || !(name = look_up (code)))
    return g_strdup (tag);

  /* "Spanish; Castilian" */
  only = g_strndup (name, strcspn (name, ";"));

  return tag[length] != '\0' ? g_strdup_printf ("%s (%s)", only, tag + length + 1) : g_steal_pointer (&only);
}
