/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "anchor-changes.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Of a folder with many files some are enough. */
#define FILES_OF_A_FOLDER 60

typedef struct
{
  GPtrArray *texts;
  guint      min_length;
  guint      max_length;
} Loading;

static void
take_text (Loading    *loading,
           AnnalsText *text)
{
  guint length = annals_text_get_length (text);

  if (length >= loading->min_length && length <= loading->max_length)
    g_ptr_array_add (loading->texts, text);
  else
    annals_text_unref (text);
}

static void
load_file (Loading    *loading,
           const char *path)
{
  g_autofree char *content = NULL;
  gsize size;

  if (g_str_has_suffix (path, ".json") || !g_file_get_contents (path, &content, &size, NULL))
    return;

  /* Not what people write: what test pages are filled with, and a post's source. */
  if (strstr (content, "orem ipsum") != NULL || strstr (content, "dolore magna") != NULL)
    return;
  if (g_str_has_suffix (path, ".md"))
    {
      const char *body = strstr (content, "\n---\n");

      if (body == NULL || strchr (body, '<') != NULL)
        return;
      take_text (loading, annals_text_new_from_plain (body + strlen ("\n---\n"), -1));
      return;
    }

  take_text (loading, g_str_has_suffix (path, ".html")
                        ? annals_text_new_from_html (content, size, NULL)
                        : annals_text_new_from_plain (content, size));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
load_folder (Loading    *loading,
             const char *path,
             const char *inner)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  guint step;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  step = MAX (names->len / FILES_OF_A_FOLDER, 1);

  for (guint i = 0; i < names->len; i += step)
    {
      g_autofree char *file = g_build_filename (path, names->pdata[i], inner, NULL);

      load_file (loading, file);
    }
}

/* Formulas that come again and again in one text and in all of them. */
static void
load_stories (Loading    *loading,
              const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autoptr(JsonParser) parser = json_parser_new ();
      JsonArray *stories;

      if (!g_str_has_suffix (name, ".json") || !json_parser_load_from_file (parser, file, NULL))
        continue;

      stories = json_node_get_array (json_parser_get_root (parser));
      for (guint i = 0; i < json_array_get_length (stories); i++)
        {
          const char *story = json_object_get_string_member_with_default (
            json_array_get_object_element (stories, i), "story_text", "");
          g_auto(GStrv) lines = g_strsplit (story, "\n", -1);
          g_autofree char *blocks = g_strjoinv ("\n\n", lines);

          take_text (loading, annals_text_new_from_plain (blocks, -1));
        }
    }
}

GPtrArray *
anchor_texts_load (guint min_length,
                   guint max_length)
{
  const char *shared = g_getenv ("ANNALS_SHARED");
  g_autofree char *data = g_build_filename (shared != NULL ? shared : "/nonexistent", "data", NULL);
  g_autofree char *seed = g_build_filename (data, "seed", "march-2020.txt", NULL);
  g_autofree char *months = g_build_filename (data, "plaintext-months-partitopirata", NULL);
  g_autofree char *blog = g_build_filename (data, "md-codeforamerica", NULL);
  g_autofree char *pages = g_build_filename (data, "readability-pages", NULL);
  g_autofree char *stories = g_build_filename (data, "kcna-json", NULL);
  g_autofree char *harbour = g_test_build_filename (G_TEST_DIST, "fixtures", "import", "harbour-march.txt", NULL);
  g_autofree char *sample = g_test_build_filename (G_TEST_DIST, "..", "data", "sample", "may-2021.txt", NULL);
  Loading loading = {
    g_ptr_array_new_with_free_func ((GDestroyNotify) annals_text_unref), min_length, max_length
  };

  load_file (&loading, seed);
  load_folder (&loading, months, NULL);
  load_folder (&loading, blog, NULL);
  load_folder (&loading, pages, "source.html");
  load_stories (&loading, stories);
  if (loading.texts->len == 0)
    {
      load_file (&loading, sample);
      load_file (&loading, harbour);
    }

  return loading.texts;
}
