/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text-html.h"

#include <string.h>

/* The cases by which browsers' parsers are tested: none may crash or hang, and the words found are compared
 * with those of the tree that each case expects. That tree is a browser's; where it gives text that no browser
 * shows (scripts, styles, templates, titles), that is left out. */

typedef struct
{
  guint  n_files;
  guint  n_cases;
  guint  n_equal;
  guint  n_kept;         /* cases none of whose letters is lost */
  guint  n_page_equal;
} Shares;

/* Elements whose text is not part of a page's. */
static gboolean
is_silent (const char *name)
{
  static const char * const silent[] = {
    "script", "style", "title", "template", "iframe", "noembed", "noframes", "audio", "video", "canvas", "datalist",
    "svg script", "svg style", "svg title", "math script",
  };

  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    if (g_str_equal (name, silent[i]))
      return TRUE;

  return FALSE;
}

/* The texts of a tree as the cases write it: "|   <p>" and "|     "words"", a text going on in the next lines. */
static char *
dup_tree_text (char **lines)
{
  GString *text = g_string_new (NULL);
  gsize silent_depth = G_MAXSIZE;
  gboolean in_text = FALSE;
  gboolean keep = FALSE;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = lines[i];
      gsize depth;

      if (in_text)
        {
          gboolean ends = g_str_has_suffix (line, "\"");

          if (keep)
            g_string_append_printf (text, "\n%.*s", (int) (strlen (line) - ends), line);
          in_text = !ends;
          if (ends && keep)
            g_string_append_c (text, ' ');
          continue;
        }
      if (!g_str_has_prefix (line, "| "))
        continue;

      line += 2;
      depth = strspn (line, " ");
      line += depth;
      if (depth <= silent_depth)
        silent_depth = G_MAXSIZE;

      if (*line == '<' && line[1] != '!' && line[1] != '?')
        {
          g_autofree char *name = g_strndup (line + 1, strcspn (line + 1, ">"));

          if (silent_depth == G_MAXSIZE && is_silent (name))
            silent_depth = depth;
        }
      else if (*line == '"')
        {
          gboolean ends = strlen (line) > 1 && g_str_has_suffix (line, "\"");

          keep = depth <= silent_depth;
          if (keep)
            g_string_append_printf (text, "%.*s%s", (int) (strlen (line) - 1 - ends), line + 1, ends ? " " : "");
          in_text = !ends;
        }
    }

  return g_string_free (text, FALSE);
}

/* Letters and digits only: where one text breaks a word in two ("A<b>B"), both trees' are the same. */
static char *
dup_letters (const char *text)
{
  GString *letters = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isgraph (c) && c != 0xfffd && c != 0xfffc && c >= 0x20)
        g_string_append_unichar (letters, c);
    }

  return g_string_free (letters, FALSE);
}

/* Whether all letters of @expected stand in @found, in whatever order. */
static gboolean
has_all_letters (const char *expected,
                 const char *found)
{
  g_autoptr(GHashTable) counts = g_hash_table_new (NULL, NULL);

  for (const char *p = found; *p != '\0'; p = g_utf8_next_char (p))
    {
      gpointer c = GUINT_TO_POINTER (g_utf8_get_char (p));

      g_hash_table_insert (counts, c, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, c)) + 1));
    }
  for (const char *p = expected; *p != '\0'; p = g_utf8_next_char (p))
    {
      gpointer c = GUINT_TO_POINTER (g_utf8_get_char (p));
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, c));

      if (n == 0)
        return FALSE;
      g_hash_table_insert (counts, c, GUINT_TO_POINTER (n - 1));
    }

  return TRUE;
}

static void
check_case (Shares     *shares,
            const char *data,
            char      **tree)
{
  g_autoptr(AnnalsText) text = annals_text_new_from_html (data, -1, NULL);
  g_autofree char *tree_text = dup_tree_text (tree);
  g_autofree char *valid = g_utf8_make_valid (tree_text, -1);
  g_autofree char *expected = dup_letters (valid);
  g_autofree char *found = dup_letters (annals_text_get_string (text));
  g_autoptr(AnnalsText) page_text = NULL;
  xmlDoc *doc = annals_html_parse (data, strlen (data));

  shares->n_cases++;
  shares->n_kept += has_all_letters (expected, found);
  if (g_str_equal (expected, found))
    shares->n_equal++;
  else
    g_test_message ("%s\n  expected “%s”\n  found “%s”", data, expected, found);

  /* the page's tree gives the same text but for what is kept for others */
  g_assert_nonnull (doc);
  page_text = annals_text_new_from_html_node ((xmlNode *) doc, NULL, NULL, NULL);
  shares->n_page_equal += g_str_equal (annals_text_get_string (page_text), annals_text_get_string (text));
  xmlFreeDoc (doc);
}

/* A line that begins a part of a case. Texts in a tree may hold an empty line, so that only "#data" behind one
 * ends it. */
static void
check_file (Shares     *shares,
            const char *path)
{
  g_autofree char *content = NULL;
  g_auto(GStrv) lines = NULL;
  gsize length;
  guint i = 0;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  lines = g_strsplit (content, "\n", -1);
  shares->n_files++;

  while (lines[i] != NULL)
    {
      g_autoptr(GString) data = g_string_new (NULL);
      g_autoptr(GPtrArray) tree = g_ptr_array_new ();
      gboolean fragment = FALSE;

      while (lines[i] != NULL && !g_str_equal (lines[i], "#data"))
        i++;
      if (lines[i] == NULL)
        break;

      for (i++; lines[i] != NULL && !g_str_equal (lines[i], "#errors"); i++)
        g_string_append_printf (data, "%s%s", data->len > 0 ? "\n" : "", lines[i]);
      for (; lines[i] != NULL && !g_str_equal (lines[i], "#document"); i++)
        fragment = fragment || g_str_equal (lines[i], "#document-fragment") || g_str_equal (lines[i], "#script-on");
      for (; lines[i] != NULL && !(g_str_equal (lines[i], "#data") && *lines[i - 1] == '\0'); i++)
        g_ptr_array_add (tree, lines[i]);
      /* the empty line between two cases */
      if (lines[i] != NULL && tree->len > 0)
        g_ptr_array_set_size (tree, (int) tree->len - 1);
      g_ptr_array_add (tree, NULL);

      /* a fragment's tree hangs on what is around it, which a page does not have */
      if (!fragment)
        check_case (shares, data->str, (char **) tree->pdata);
    }
}

static void
check_folder (Shares     *shares,
              const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        check_folder (shares, path);
      else if (g_str_has_suffix (name, ".dat"))
        check_file (shares, path);
    }
}

static void
test_cases (void)
{
  const char *shared = g_getenv ("ANNALS_SHARED");
  g_autofree char *folder = NULL;
  Shares shares = { 0, };

  folder = shared ? g_build_filename (shared, "data", "html5lib-tree-construction", NULL) : NULL;
  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("the folder of shared test data is missing");
      return;
    }

  check_folder (&shares, folder);
  g_print ("# html5lib: %u files, %u cases; same letters as the browser's tree %u (%.1f %%), none lost %u (%.1f %%); "
           "the page's tree gives the same text %u\n",
           shares.n_files, shares.n_cases, shares.n_equal, 100.0 * shares.n_equal / MAX (shares.n_cases, 1),
           shares.n_kept, 100.0 * shares.n_kept / MAX (shares.n_cases, 1), shares.n_page_equal);
  g_assert_cmpuint (shares.n_cases, >=, 1500);
  g_assert_cmpuint (shares.n_equal * 100, >=, shares.n_cases * 90);
  g_assert_cmpuint (shares.n_kept * 100, >=, shares.n_cases * 95);
  g_assert_cmpuint (shares.n_page_equal, ==, shares.n_cases);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/html5lib/cases", test_cases);

  return g_test_run ();
}
