/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-facts.h"
#include "annals-page-main.h"
#include "import-dump.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* --- words --- */

/* Counts the words of @text: runs of letters and digits; a character of a script without spaces is one. */
static GHashTable *
count_words (const char *text,
             guint      *n)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *p = text;

  *n = 0;
  while (*p != '\0')
    {
      const char *word = p;
      char *key;

      if (g_unichar_isalnum (g_utf8_get_char (p)) && g_unichar_iswide (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      else
        while (*p != '\0' && g_unichar_isalnum (g_utf8_get_char (p)) && !g_unichar_iswide (g_utf8_get_char (p)))
          p = g_utf8_next_char (p);

      if (p == word)
        {
          p = g_utf8_next_char (p);
          continue;
        }

      key = g_strndup (word, (gsize) (p - word));
      g_hash_table_replace (words, key,
                            GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (words, key)) + 1));
      ++*n;
    }

  return words;
}

static double
word_f1 (const char *found,
         const char *expected)
{
  guint n_found = 0;
  guint n_expected = 0;
  g_autoptr(GHashTable) of_found = count_words (found, &n_found);
  g_autoptr(GHashTable) of_expected = count_words (expected, &n_expected);
  guint common = 0;
  GHashTableIter iter;
  gpointer word;
  gpointer times;

  g_hash_table_iter_init (&iter, of_found);
  while (g_hash_table_iter_next (&iter, &word, &times))
    common += MIN (GPOINTER_TO_UINT (times), GPOINTER_TO_UINT (g_hash_table_lookup (of_expected, word)));

  return n_found + n_expected == 0 ? 1 : 2.0 * common / (n_found + n_expected);
}

static char *
main_text (AnnalsPage *page)
{
  xmlNode *node = annals_page_find_main (page);
  g_autoptr(AnnalsText) text = NULL;

  if (node == NULL)
    return g_strdup ("");
  text = annals_text_new_from_html_node (node, annals_page_get_base (page), NULL, NULL);

  return g_strdup (annals_text_get_string (text));
}

/* --- pages that others made --- */

static char *
read_case (const char *folder,
           const char *name,
           const char *file)
{
  g_autofree char *path = g_build_filename (folder, name, file, NULL);
  char *contents = NULL;

  g_file_get_contents (path, &contents, NULL, NULL);

  return contents;
}

static void
write_texts (const char *name,
             const char *found,
             const char *expected)
{
  const char *folder = g_getenv ("ANNALS_READABILITY_OUT");
  g_autofree char *found_path = NULL;
  g_autofree char *expected_path = NULL;

  if (folder == NULL)
    return;

  found_path = g_strdup_printf ("%s/%s.found", folder, name);
  expected_path = g_strdup_printf ("%s/%s.expected", folder, name);
  g_file_set_contents (found_path, found, -1, NULL);
  g_file_set_contents (expected_path, expected, -1, NULL);
}

static double
score_case (const char *folder,
            const char *name)
{
  g_autofree char *source = read_case (folder, name, "source.html");
  g_autofree char *html = read_case (folder, name, "expected.html");
  g_autoptr(AnnalsPage) page = NULL;
  g_autoptr(AnnalsText) expected = NULL;
  g_autofree char *found = NULL;
  double f1;

  if (source == NULL || html == NULL)
    return -1;

  page = annals_page_new (source, strlen (source), "http://fakehost/test/page.html");
  found = main_text (page);
  expected = annals_text_new_from_html (html, -1, NULL);
  f1 = word_f1 (found, annals_text_get_string (expected));
  write_texts (name, found, annals_text_get_string (expected));
  if (f1 < 0.97)
    g_test_message ("%s: %.3f", name, f1);

  return f1;
}

static void
test_pages (void)
{
  g_autofree char *folder = import_shared_path ("readability-pages");
  g_autoptr(GDir) dir = folder ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  double sum = 0;
  guint n = 0;

  if (dir == NULL)
    return;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      double f1 = score_case (folder, name);

      if (f1 < 0)
        continue;
      sum += f1;
      n++;
    }

  g_test_message ("main text of %u pages: mean word F1 %.4f", n, sum / MAX (n, 1));
  g_assert_cmpuint (n, ==, 54);
  g_assert_cmpfloat (sum / n, >=, 0.97);
}

/* --- what the pages say of themselves --- */

typedef struct
{
  guint right;
  guint also;      /* right but for the site's name, or a word before the author's */
  guint stated;
  guint besides;   /* found where the suite states none */
} Share;

static void
share_message (const Share *share,
               const char  *what)
{
  g_test_message ("%s: %u of %u as stated, %u more in other words, %u besides", what, share->right, share->stated,
                  share->also, share->besides);
}

static char *
dup_member (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return annals_text_normalize_line (json_node_get_string (node), -1);
}

static char *
dup_date (const char *stamp)
{
  AnnalsStampDoubt doubt;
  g_autoptr(AnnalsDate) date = annals_stamp_parse (stamp, NULL, NULL, &doubt);

  return date ? g_strdup (annals_date_get_edtf (date)) : NULL;
}

static void
share_add (Share      *share,
           const char *what,
           const char *name,
           const char *found,
           const char *stated)
{
  g_autofree char *folded_found = found ? g_utf8_casefold (found, -1) : NULL;
  g_autofree char *folded_stated = stated ? g_utf8_casefold (stated, -1) : NULL;

  if (stated == NULL)
    {
      share->besides += found != NULL;
      return;
    }

  share->stated++;
  if (g_strcmp0 (folded_found, folded_stated) == 0)
    {
      share->right++;
      return;
    }
  if (found != NULL && *found != '\0' && strstr (folded_stated, folded_found) != NULL)
    share->also++;
  g_test_message ("%s of %s: “%s” instead of “%s”", what, name, found ? found : "", stated);
}

static void
compare_facts (const char *folder,
               const char *name,
               Share      *titles,
               Share      *authors,
               Share      *dates,
               Share      *languages)
{
  g_autofree char *source = read_case (folder, name, "source.html");
  g_autofree char *json = read_case (folder, name, "expected-metadata.json");
  g_autoptr(JsonNode) root = json ? json_from_string (json, NULL) : NULL;
  JsonObject *stated;
  g_autoptr(AnnalsPage) page = NULL;
  g_autoptr(AnnalsPageFacts) facts = NULL;
  g_autofree char *title = NULL;
  g_autofree char *author = NULL;
  g_autofree char *language = NULL;
  g_autofree char *stamp = NULL;
  g_autofree char *date = NULL;

  if (source == NULL || root == NULL)
    return;

  stated = json_node_get_object (root);
  title = dup_member (stated, "title");
  author = dup_member (stated, "byline");
  language = dup_member (stated, "lang");
  stamp = dup_member (stated, "publishedTime");
  date = stamp ? dup_date (stamp) : NULL;

  page = annals_page_new (source, strlen (source), "http://fakehost/test/page.html");
  facts = annals_page_facts_read (page, NULL, NULL);
  share_add (titles, "title", name, facts->title, title);
  share_add (authors, "author", name, facts->author, author);
  share_add (dates, "date", name, facts->published ? annals_date_get_edtf (facts->published) : NULL, date);
  share_add (languages, "language", name, facts->language, language);
  if (g_getenv ("ANNALS_READABILITY_OUT") != NULL)
    g_test_message ("= %s: %s | %s | %s (%s) | %s | %s | %s", name, facts->title, facts->author,
                    facts->published ? annals_date_get_edtf (facts->published) : "-", facts->stamp, facts->source,
                    facts->tags ? g_strjoinv ("; ", facts->tags) : "-", facts->url);
}

static void
test_facts (void)
{
  g_autofree char *folder = import_shared_path ("readability-pages");
  g_autoptr(GDir) dir = folder ? g_dir_open (folder, 0, NULL) : NULL;
  Share titles = { 0 };
  Share authors = { 0 };
  Share dates = { 0 };
  Share languages = { 0 };
  const char *name;

  if (dir == NULL)
    return;

  while ((name = g_dir_read_name (dir)) != NULL)
    compare_facts (folder, name, &titles, &authors, &dates, &languages);

  share_message (&titles, "titles");
  share_message (&authors, "authors");
  share_message (&dates, "dates");
  share_message (&languages, "languages");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/readability/pages", test_pages);
  g_test_add_func ("/readability/facts", test_facts);

  return g_test_run ();
}
