/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-hyphenation.h"

#include <hyphen.h>
#include <stdlib.h>
#include <string.h>

#define MIN_WORD 5       /* characters; shorter ones are not broken */
#define MAX_WORD 90      /* bytes: libhyphen's own limit is 100 */

struct _AnnalsHyphenation
{
  GHashTable *dictionaries;   /* language → HyphenDict, NULL where there is none */
};

static void
dictionary_free (gpointer data)
{
  if (data != NULL)
    hnj_hyphen_free (data);
}

AnnalsHyphenation *
annals_hyphenation_new (void)
{
  AnnalsHyphenation *self = g_new0 (AnnalsHyphenation, 1);

  self->dictionaries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, dictionary_free);

  return self;
}

void
annals_hyphenation_free (AnnalsHyphenation *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->dictionaries);
  g_free (self);
}

/* The first of a folder's dictionaries of @language, by name: "de" is hyphenated as hyph_de_AT.dic has it when nothing
 * nearer is installed. */
static char *
find_variant (const char *folder,
              const char *language)
{
  g_autofree char *prefix = g_strdup_printf ("hyph_%s_", language);
  g_autofree char *best = NULL;
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".dic") && (best == NULL || strcmp (name, best) < 0))
      {
        g_free (best);
        best = g_strdup (name);
      }

  return best != NULL ? g_build_filename (folder, best, NULL) : NULL;
}

static char *
find_in_folder (const char *folder,
                const char *language)
{
  g_autofree char *locale = g_strdelimit (g_strdup (language), "-", '_');
  g_autofree char *plain = g_strndup (locale, strcspn (locale, "_"));
  const char *names[] = { locale, plain };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strdup_printf ("hyph_%s.dic", names[i]);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }

  return find_variant (folder, plain);
}

static HyphenDict *
load_dictionary (const char *language)
{
  const char * const *folders = g_get_system_data_dirs ();

  /* it becomes part of a file's name */
  if (*language == '\0' || strspn (language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") !=
                             strlen (language))
    return NULL;

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *folder = g_build_filename (folders[i], "hyphen", NULL);
      g_autofree char *path = find_in_folder (folder, language);

      if (path != NULL)
        return hnj_hyphen_load (path);
    }

  return NULL;
}

static HyphenDict *
get_dictionary (AnnalsHyphenation *self,
                const char        *language)
{
  gpointer dictionary;

  if (!g_hash_table_lookup_extended (self->dictionaries, language, NULL, &dictionary))
    {
      dictionary = load_dictionary (language);
      g_hash_table_insert (self->dictionaries, g_strdup (language), dictionary);
    }

  return dictionary;
}

/* The word as the dictionary has it, a byte or a UTF-8 sequence for each of its @n_chars; NULL when that cannot be. */
static char *
dup_for_dictionary (HyphenDict *dictionary,
                    const char *word,
                    gsize       length,
                    glong       n_chars)
{
  g_autofree char *lower = g_utf8_strdown (word, (gssize) length);
  char *converted;

  if (g_utf8_strlen (lower, -1) != n_chars)
    return NULL;
  if (dictionary->utf8)
    return g_steal_pointer (&lower);

  converted = g_convert (lower, -1, dictionary->cset, "UTF-8", NULL, NULL, NULL);
  if (converted != NULL && (glong) strlen (converted) != n_chars)
    g_clear_pointer (&converted, g_free);

  return converted;
}

/* Adds the places in one word. Those that would change its letters are left out. */
static void
add_places (HyphenDict *dictionary,
            const char *text,
            const char *word,
            gsize       length,
            GArray     *places)
{
  glong n_chars = g_utf8_strlen (word, (gssize) length);
  g_autofree char *known = NULL;
  char hyphens[2 * MAX_WORD];
  char **replacements = NULL;
  int *positions = NULL;
  int *cuts = NULL;
  const char *p = word;

  if (n_chars < MIN_WORD || length > MAX_WORD || !(known = dup_for_dictionary (dictionary, word, length, n_chars)))
    return;

  memset (hyphens, 0, sizeof hyphens);
  hnj_hyphen_hyphenate2 (dictionary, known, (int) strlen (known), hyphens, NULL, &replacements, &positions, &cuts);
  for (glong i = 0; i + 1 < n_chars; i++)
    {
      guint place;

      p = g_utf8_next_char (p);
      place = (guint) (p - text);
      if ((hyphens[i] & 1) && (replacements == NULL || replacements[i] == NULL))
        g_array_append_val (places, place);
    }

  for (gsize i = 0; replacements != NULL && i < strlen (known); i++)
    free (replacements[i]);
  free (replacements);
  free (positions);
  free (cuts);
}

GArray *
annals_hyphenation_find (AnnalsHyphenation *self,
                         const char        *language,
                         const char        *text)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));
  HyphenDict *dictionary;

  g_return_val_if_fail (self != NULL && language != NULL && text != NULL, places);

  if (!(dictionary = get_dictionary (self, language)))
    return places;

  for (const char *p = text; *p != '\0';)
    {
      const char *word = p;

      while (*p != '\0' && g_unichar_isalpha (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);

      /* an address or a name with digits is none of the language's words */
      if (p > word && !(*p != '\0' && strchr ("@/_0123456789", *p) != NULL) &&
          !(word > text && strchr ("@/._0123456789", word[-1]) != NULL))
        add_places (dictionary, text, word, (gsize) (p - word), places);
      if (*p != '\0')
        p = g_utf8_next_char (p);
    }

  return places;
}
