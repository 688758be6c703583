/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "annals-text.h"

#include <string.h>

/* Real pages with what a reader's eye would keep of each (expected.html). The words of that are
 * taken out by a scanner that knows nothing but tags and references, and each must be in the
 * text of the page. */

static char *
pages_folder (void)
{
  const char *shared = g_getenv ("ANNALS_SHARED");

  return shared != NULL ? g_build_filename (shared, "data", "readability-pages", NULL) : NULL;
}

static gboolean
is_block_tag (const char *tag)
{
  static const char *const inline_tags[] = {
    "a", "abbr", "b", "cite", "code", "em", "font", "i", "q", "s", "small", "span", "strong", "sub",
    "sup", "tt", "u", "wbr", "time", "mark", "var", "ins", "del", "big", "kbd",
  };
  gsize n = 0;

  if (*tag == '/')
    tag++;
  while (g_ascii_isalnum (tag[n]))
    n++;

  for (guint i = 0; i < G_N_ELEMENTS (inline_tags); i++)
    if (strlen (inline_tags[i]) == n && g_ascii_strncasecmp (tag, inline_tags[i], n) == 0)
      return FALSE;

  return TRUE;
}

/* Tags away, a space for a block's; comments away; the few references these files hold. */
static char *
simple_text (const char *html)
{
  static const struct { const char *name; const char *text; } references[] = {
    { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&apos;", "'" },
    { "&#39;", "'" }, { "&nbsp;", "\xc2\xa0" }, { "&#160;", "\xc2\xa0" }, { "&#xa0;", "\xc2\xa0" },
  };
  GString *out = g_string_new (NULL);
  const char *p = html;

  while (*p != '\0')
    {
      guint i;

      if (g_str_has_prefix (p, "<!--"))
        {
          const char *end = strstr (p, "-->");

          p = end != NULL ? end + 3 : p + strlen (p);
          continue;
        }
      if (*p == '<' && (g_ascii_isalpha (p[1]) || p[1] == '/'))
        {
          const char *end = strchr (p, '>');

          if (is_block_tag (p + 1))
            g_string_append_c (out, ' ');
          p = end != NULL ? end + 1 : p + strlen (p);
          continue;
        }
      for (i = 0; i < G_N_ELEMENTS (references); i++)
        if (g_str_has_prefix (p, references[i].name))
          break;
      if (i < G_N_ELEMENTS (references))
        {
          g_string_append (out, references[i].text);
          p += strlen (references[i].name);
        }
      else
        {
          g_string_append_c (out, *p++);
        }
    }

  return g_string_free (out, FALSE);
}

/* Letters and digits only, so that no difference in white space or in quotation marks counts. */
static char *
letters (const char *string)
{
  g_autofree char *line = annals_text_normalize_line (string, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)) || *p == ' ')
      g_string_append_unichar (out, g_utf8_get_char (p));

  return g_string_free (out, FALSE);
}

static GHashTable *
count_words (const char *string)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *plain = letters (string);
  g_auto(GStrv) list = g_strsplit (plain, " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    if (*list[i] != '\0')
      g_hash_table_insert (words, g_strdup (list[i]), GUINT_TO_POINTER (
        GPOINTER_TO_UINT (g_hash_table_lookup (words, list[i])) + 1));

  return words;
}

/* Returns: the words of @expected that @got has not as often */
static guint
count_missing (const char *name,
               const char *expected,
               const char *got,
               guint      *n_words)
{
  g_autoptr(GHashTable) wanted = count_words (expected);
  g_autoptr(GHashTable) found = count_words (got);
  GHashTableIter iter;
  gpointer word;
  gpointer n;
  guint missing = 0;

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &word, &n))
    {
      guint here = GPOINTER_TO_UINT (g_hash_table_lookup (found, word));

      *n_words += GPOINTER_TO_UINT (n);
      if (here < GPOINTER_TO_UINT (n))
        {
          g_test_message ("%s: '%s' %u of %u", name, (char *) word, here, GPOINTER_TO_UINT (n));
          missing += GPOINTER_TO_UINT (n) - here;
        }
    }

  return missing;
}

static char *
load (const char *folder,
      const char *page,
      const char *file)
{
  g_autofree char *path = g_build_filename (folder, page, file, NULL);
  char *contents = NULL;

  g_file_get_contents (path, &contents, NULL, NULL);

  return contents;
}

static void
test_page (const char *folder,
           const char *page,
           guint      *n_words)
{
  g_autofree char *expected = load (folder, page, "expected.html");
  g_autofree char *source = load (folder, page, "source.html");
  g_autoptr(AnnalsText) kept = NULL;
  g_autoptr(AnnalsText) whole = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsText) again = NULL;
  g_autofree char *simple = NULL;
  g_autofree char *json = NULL;

  if (expected == NULL || source == NULL)
    return;

  simple = simple_text (expected);
  kept = annals_text_new_from_html (expected, -1, NULL);
  whole = annals_text_new_from_html (source, -1, NULL);

  g_assert_cmpuint (count_missing (page, simple, annals_text_get_string (kept), n_words), ==, 0);
  /* The same words from the page as it was on the web, among all the others. */
  g_assert_cmpuint (count_missing (page, annals_text_get_string (kept),
                                   annals_text_get_string (whole), n_words), ==, 0);

  json = annals_text_dup_spans_json (whole);
  again = annals_text_new_from_stored (annals_text_get_string (whole), json, &error);
  g_assert_no_error (error);
}

static void
test_pages (void)
{
  g_autofree char *folder = pages_folder ();
  g_autoptr(GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *page;
  guint n_words = 0;

  if (dir == NULL)
    {
      g_test_skip ("ANNALS_SHARED has no readability-pages");
      return;
    }

  while ((page = g_dir_read_name (dir)) != NULL)
    test_page (folder, page, &n_words);

  g_test_message ("%u words", n_words);
  g_assert_cmpuint (n_words, >, 10000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/pages", test_pages);

  return g_test_run ();
}
