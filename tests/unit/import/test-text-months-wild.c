/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"
#include "annals-stamp.h"
#include "import-dump.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* --- the pages of other blogs and of the programs that dump them --- */

static void
dump_draft (GString     *out,
            AnnalsDraft *draft)
{
  g_autofree char *tags = draft->tags ? g_strjoinv (" | ", draft->tags) : NULL;

  g_string_append_printf (out, "== %s\n%s, %s", draft->title,
                          draft->published ? annals_date_get_edtf (draft->published) : "undated",
                          draft->extent == ANNALS_EXTENT_EXCERPT ? "excerpt" : "listed");
  if (draft->author)
    g_string_append_printf (out, ", by %s", draft->author);
  if (draft->source)
    g_string_append_printf (out, ", from %s", draft->source);
  if (tags)
    g_string_append_printf (out, ", in %s", tags);
  if (draft->url)
    g_string_append_printf (out, ", at %s", draft->url);
  g_string_append_printf (out, "\n%s\n\n", annals_text_get_string (draft->text));
}

/* Every byte of the file has one entry of the account. */
static void
check_account (AnnalsFormatReader *reader,
               GArray             *account,
               gsize               size)
{
  gint64 sum = 0;

  for (guint i = 0; i < account->len; i++)
    sum += g_array_index (account, AnnalsAccount, i).length;
  g_assert_cmpint (sum, ==, (gint64) size);
}

static char *
dump_page (const char *name)
{
  g_autofree char *file = g_build_filename ("months", name, NULL);
  g_autofree char *path = import_fixture_path (file);
  g_autoptr(GBytes) bytes = import_read_bytes (path);
  g_autoptr(AnnalsPart) part = annals_part_new (name, annals_import_input_new_for_bytes (bytes, name));
  g_autoptr(AnnalsFormatReader) reader = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  AnnalsReadResult result = ANNALS_READ_DRAFT;
  GArray *account;

  g_assert_true (annals_format_detect (part) == &annals_format_text_month);
  reader = annals_format_reader_new_for_format (part, &annals_format_text_month, NULL);
  account = annals_format_reader_keep_account (reader);

  while (result != ANNALS_READ_END)
    {
      g_autoptr(AnnalsDraft) draft = NULL;
      g_autoptr(AnnalsIssue) issue = NULL;

      result = annals_format_reader_next (reader, &draft, &issue, NULL, &error);
      g_assert_no_error (error);
      if (draft)
        dump_draft (out, draft);
      if (issue)
        g_string_append_printf (out, "-- %s\n%s\n\n", issue->reason, issue->excerpt);
    }

  check_account (reader, account, g_bytes_get_size (bytes));

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_page (gconstpointer data)
{
  const char *name = data;
  g_autofree char *file = g_strdup_printf ("%s.txt", name);
  g_autofree char *golden = g_strdup_printf ("months/%s.golden", name);
  g_autofree char *dump = dump_page (file);

  import_check_golden (dump, golden);
}

/* The same page by four programs: the same titles, days, names and words */
static void
test_same_page (void)
{
  static const char *const names[] = { "lynx.txt", "lynx-nolist.txt", "w3m.txt", "links.txt", "html2text-old.txt" };
  g_autofree char *expected = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *dump = dump_page (names[i]);
      g_autoptr(GString) posts = g_string_new (NULL);
      g_auto(GStrv) blocks = g_strsplit (dump, "\n\n", -1);

      /* without the issues; the programs differ in whether what leads on belongs to the text */
      for (guint j = 0; blocks[j]; j++)
        if (g_str_has_prefix (blocks[j], "== "))
          {
            char *teaser = strstr (blocks[j], " Continue reading");

            if (teaser)
              *teaser = '\0';
            g_string_append (posts, g_strdelimit (blocks[j], "\n", ' '));
            g_string_append_c (posts, '\n');
          }

      /* each has its own sign for an entry */
      g_string_replace (posts, "•", "*", 0);
      if (expected == NULL)
        expected = g_strdup (posts->str);
      g_test_message ("%s", names[i]);
      g_assert_cmpstr (posts->str, ==, expected);
    }
}

/* What is no month page, and nothing like one */
static void
test_others (void)
{
  static const struct
  {
    const char *name;
    const char *text;
  } files[] = {
    { "book.txt",
      "CHAPTER I\n\nThe Harbour\n\nIt was in March 1850 that the first ship came.\n\nOn the door was posted a list of names.\n\n"
      "By the light of the lamp the keeper read it.\n\nMarch 3, 1850\n\nToday the wind turned.\n\nMarch 4, 1850\n\nNo ship came.\n\n"
      "3 March 1850 by the old reckoning\n\nArchives\n\nThe archives of the port burned in March 1850.\n" },
    { "README",
      "Harbour tools\n=============\n\nPublished on the web since March 2020.\n\nInstallation\n------------\n\n    make\n\n"
      "Authors\n-------\n\nBy Mara Oleski\n\nReleases\n\n2020-03-03 1.0\n2020-03-09 1.1\n" },
    { "letter.eml",
      "From: Mara <mara@harbour.example>\nTo: Jon <jon@harbour.example>\nSubject: Archives: March 2020\n"
      "Date: Tue, 31 Mar 2020 14:05:09 +0200\n\nMonthly Archives: March 2020\n\nTitle\n\nPosted on March 3, 2020 by X\n\ntext\n" },
    { "table.csv",
      "date,title,author,text\n2020-03-03,One,Mara Oleski,\"Posted on the web\"\n2020-03-04,Two,Jon Aske,b\n" },
    { "notes.md", "---\ntitle: Notes\ndate: 2020-03-03\n---\n\nPosted on March 3, 2020 by X\n\ntext\n" },
    { "page.html", "<html><body><h1>Monthly Archives: March 2020</h1><p>Posted on by</p></body></html>" },
    { "list.json", "{\"title\": \"Monthly Archives: March 2020\"}" },
    { "empty.txt", "" },
    { "blank.txt", "\n \n\t\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      AnnalsSniff sniff = { .text = files[i].text, .bytes = (const guint8 *) files[i].text,
                            .n_bytes = strlen (files[i].text), .name = files[i].name };

      g_test_message ("%s", files[i].name);
      g_assert_cmpuint (annals_format_text_month.sniff (&sniff), <=, 20);
    }
}

/* --- the months of a whole blog, against their web pages --- */

typedef struct
{
  guint  n_gold;
  guint  n_read;
  guint  n_titles;
  guint  n_dates;
  double f1;
  double min_f1;
} Score;

static GHashTable *
count_words (const char *text,
             guint      *n)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *line = annals_text_normalize_line (text, -1);  /* no-break spaces part words, too */
  g_auto(GStrv) pieces = g_strsplit (line, " ", -1);

  *n = 0;
  for (guint i = 0; pieces[i]; i++)
    {
      if (*pieces[i] == '\0')
        continue;
      (*n)++;
      g_hash_table_insert (words, g_strdup (pieces[i]),
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (words, pieces[i])) + 1));
    }

  return words;
}

static double
word_f1 (const char *a,
         const char *b)
{
  guint n_a, n_b;
  g_autoptr(GHashTable) words_a = count_words (a, &n_a);
  g_autoptr(GHashTable) words_b = count_words (b, &n_b);
  GHashTableIter iter;
  gpointer word, count;
  guint common = 0;

  if (n_a + n_b == 0)
    return 1;

  g_hash_table_iter_init (&iter, words_a);
  while (g_hash_table_iter_next (&iter, &word, &count))
    common += MIN (GPOINTER_TO_UINT (count), GPOINTER_TO_UINT (g_hash_table_lookup (words_b, word)));

  return 2.0 * common / (n_a + n_b);
}

/* The words of the summary or the content of the post @id in the web page @html */
static char *
dup_expected (const char *html,
              const char *id)
{
  static const char *const classes[] = { "<div class=\"entry-summary\">", "<div class=\"entry-content\">" };
  g_autofree char *mark = g_strdup_printf ("<article id=\"%s\"", id);
  g_autoptr(AnnalsText) text = NULL;
  const char *start = strstr (html, mark);
  const char *stop;
  const char *content = NULL;

  g_assert_nonnull (start);
  stop = strstr (start, "</article>");
  g_assert_nonnull (stop);

  for (guint i = 0; content == NULL && i < G_N_ELEMENTS (classes); i++)
    {
      content = strstr (start, classes[i]);
      if (content && content < stop)
        content += strlen (classes[i]);
      else
        content = NULL;
    }

  if (content == NULL)
    return g_strdup ("");

  text = annals_text_new_from_html (content, stop - content, NULL);

  return g_strdup (annals_text_get_string (text));
}

static void
score_post (Score       *score,
            AnnalsDraft *draft,
            JsonObject  *gold,
            const char  *html,
            const char  *name)
{
  g_autofree char *expected = dup_expected (html, json_object_get_string_member (gold, "id"));
  g_autoptr(AnnalsDate) date = annals_stamp_parse (json_object_get_string_member (gold, "date"), NULL, NULL, NULL);
  g_autofree char *title = annals_text_normalize_line (json_object_get_string_member (gold, "title"), -1);
  double f1 = word_f1 (expected, annals_text_get_string (draft->text));

  score->f1 += f1;
  score->min_f1 = MIN (score->min_f1, f1);
  if (f1 < 1)
    g_test_message ("%s: F1 %.4f: %s", name, f1, title);

  if (g_str_equal (draft->title, title))
    score->n_titles++;
  else
    g_test_message ("%s: “%s” is not “%s”", name, draft->title, title);

  g_assert_nonnull (date);
  if (draft->published && g_str_equal (annals_date_get_edtf (draft->published), annals_date_get_edtf (date)))
    score->n_dates++;
  else
    g_test_message ("%s: the date of “%s”", name, title);
}

static void
score_month (Score      *score,
             const char *folder,
             const char *mirror,
             const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *gold_path = g_strdup_printf ("%.*s.gold.json", (int) strlen (path) - 4, path);
  g_autofree char *html_path = NULL;
  g_autofree char *html = NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = import_read_bytes (path);
  g_autoptr(AnnalsPart) part = annals_part_new (name, annals_import_input_new_for_bytes (bytes, name));
  g_autoptr(AnnalsFormatReader) reader = annals_format_reader_new (part, NULL, &error);
  AnnalsReadResult result = ANNALS_READ_DRAFT;
  JsonObject *root;
  JsonArray *posts;
  guint n = 0;

  g_assert_no_error (error);
  g_assert_true (annals_format_reader_get_format (reader) == &annals_format_text_month);
  json_parser_load_from_file (parser, gold_path, &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));
  posts = json_object_get_array_member (root, "posts");
  html_path = g_build_filename (mirror, json_object_get_string_member (root, "page"), NULL);
  g_assert_true (g_file_get_contents (html_path, &html, NULL, NULL));

  while (result != ANNALS_READ_END)
    {
      g_autoptr(AnnalsDraft) draft = NULL;
      g_autoptr(AnnalsIssue) issue = NULL;

      result = annals_format_reader_next (reader, &draft, &issue, NULL, &error);
      g_assert_no_error (error);
      if (draft && n < json_array_get_length (posts))
        score_post (score, draft, json_array_get_object_element (posts, n), html, name);
      n += draft != NULL;
    }

  score->n_read += n;
  score->n_gold += json_array_get_length (posts);
}

static void
test_blog (void)
{
  g_autofree char *folder = import_shared_path ("plaintext-months-partitopirata");
  g_autofree char *mirror = folder ? import_shared_path ("html-mirror-partitopirata") : NULL;
  g_autoptr(GDir) dir = NULL;
  Score score = { .min_f1 = 1 };
  const char *name;
  guint n_months = 0;

  if (folder == NULL || mirror == NULL)
    return;

  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)))
    if (g_str_has_suffix (name, ".txt"))
      {
        score_month (&score, folder, mirror, name);
        n_months++;
      }

  score.f1 /= score.n_gold;
  g_test_message ("%u months: %u posts of %u read, %u titles and %u dates right, word F1 mean %.5f, least %.5f",
                  n_months, score.n_read, score.n_gold, score.n_titles, score.n_dates, score.f1, score.min_f1);
  g_assert_cmpuint (score.n_read, ==, score.n_gold);
  g_assert_cmpuint (score.n_titles, ==, score.n_gold);
  g_assert_cmpuint (score.n_dates, ==, score.n_gold);
  g_assert_cmpfloat (score.f1, >=, 0.999);
}

int
main (int    argc,
      char **argv)
{
  static const char *const pages[] = {
    "lynx", "w3m", "links", "html2text-old", "html2text", "marks", "glued", "behind", "under", "halves", "joined",
    "teasers", "languages", "several", "heading-title", "sidebar",
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/import/months-wild/page/%s", pages[i]);

      g_test_add_data_func (path, pages[i], test_page);
    }
  g_test_add_func ("/import/months-wild/same-page", test_same_page);
  g_test_add_func ("/import/months-wild/others", test_others);
  g_test_add_func ("/import/months-wild/blog", test_blog);

  return g_test_run ();
}
