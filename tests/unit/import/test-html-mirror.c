/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-stamp.h"
#include "import-dump.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* A blog as wget leaves it: 307 files in which posts stand in their own pages, in month and day pages
 * and in feeds. What is found is compared with what the pages' sources say, read in another way: by
 * searching for their marks. */

#define MIRROR "html-mirror-partitopirata"
#define MONTHS "plaintext-months-partitopirata"

/* --- reading --- */

/* All files of the folder, sorted (element type char*). */
static void
list_files (const char *folder,
            GPtrArray  *files)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        list_files (path, files);
      else
        g_ptr_array_add (files, g_steal_pointer (&path));
    }
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* The drafts of a file (element type AnnalsDraft). @format (out) (nullable): its id. NULL when no format knows it. */
static GPtrArray *
read_drafts (const char  *path,
             const char **format)
{
  g_autoptr(GError) error = NULL;
  AnnalsImportInput *input = annals_import_input_new_for_path (path, &error);
  g_autoptr(AnnalsPart) part = NULL;
  g_autoptr(AnnalsFormatReader) reader = NULL;
  GPtrArray *drafts;
  AnnalsReadResult result;

  g_assert_no_error (error);
  part = annals_part_new (path, input);
  if ((reader = annals_format_reader_new (part, NULL, NULL)) == NULL)
    return NULL;

  drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_draft_free);
  do
    {
      g_autoptr(AnnalsIssue) issue = NULL;
      AnnalsDraft *draft = NULL;

      result = annals_format_reader_next (reader, &draft, &issue, NULL, &error);
      if (draft != NULL)
        g_ptr_array_add (drafts, draft);
    }
  while (result == ANNALS_READ_DRAFT || result == ANNALS_READ_ISSUE);

  g_assert_no_error (error);
  if (format != NULL)
    *format = annals_format_reader_get_format (reader)->id;

  return drafts;
}

/* --- what the sources say --- */

/* What stands between @start and @end, after the first @anchor; NULL when it is not there. */
static char *
dup_between (const char *source,
             const char *anchor,
             const char *start,
             const char *end)
{
  const char *at = strstr (source, anchor);
  const char *stop;

  if (at == NULL || (at = strstr (at, start)) == NULL)
    return NULL;

  at += strlen (start);
  stop = strstr (at, end);

  return stop ? g_strndup (at, (gsize) (stop - at)) : NULL;
}

static GHashTable *
count_words (const char *text)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto(GStrv) pieces = g_strsplit_set (text, " \n\t", -1);

  for (guint i = 0; pieces[i] != NULL; i++)
    if (*pieces[i] != '\0')
      g_hash_table_insert (words, g_strdup (pieces[i]),
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (words, pieces[i])) + 1));

  return words;
}

static double
word_f1 (const char *a,
         const char *b)
{
  g_autoptr(GHashTable) words_a = count_words (a);
  g_autoptr(GHashTable) words_b = count_words (b);
  GHashTableIter iter;
  gpointer word, count;
  guint n_a = 0, n_b = 0, n_both = 0;

  g_hash_table_iter_init (&iter, words_a);
  while (g_hash_table_iter_next (&iter, &word, &count))
    {
      n_a += GPOINTER_TO_UINT (count);
      n_both += MIN (GPOINTER_TO_UINT (count), GPOINTER_TO_UINT (g_hash_table_lookup (words_b, word)));
    }
  g_hash_table_iter_init (&iter, words_b);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    n_b += GPOINTER_TO_UINT (count);

  return n_a + n_b > 0 ? 2.0 * n_both / (n_a + n_b) : 1;
}

/* --- posts in their own pages --- */

typedef struct
{
  guint   n, n_one, n_title, n_date, n_url, n_text, n_author, n_tags;
  double  f1;
} Shares;

static gboolean
is_same (AnnalsDate *a,
         AnnalsDate *b)
{
  return a != NULL && b != NULL && g_str_equal (annals_date_get_edtf (a), annals_date_get_edtf (b));
}

static void
check_page (Shares      *shares,
            const char  *path,
            const char  *source,
            AnnalsDraft *draft)
{
  g_autofree char *title_html = dup_between (source, "<h1 class=\"entry-title\"", ">", "</h1>");
  g_autofree char *stamp = dup_between (source, "itemprop=\"datePublished\"", "content=\"", "\"");
  g_autofree char *og_url = dup_between (source, "property=\"og:url\"", "content=\"", "\"");
  g_autofree char *date_url = dup_between (source, "class=\"entry-date\"", "href=\"", "\"");
  g_autofree char *body = dup_between (source, "<div id=\"entry-content\"", ">", "<footer class=\"entry-footer");
  g_autofree char *title = annals_text_line_from_html (title_html, -1);
  g_autofree char *identity = annals_draft_dup_identity (draft, "");
  g_autofree char *expected = annals_draft_canonical_url (og_url ? og_url : date_url);
  g_autoptr(AnnalsDate) date = annals_stamp_parse (stamp, NULL, NULL, &(AnnalsStampDoubt) { 0 });
  g_autofree char *og_stamp = dup_between (source, "article:published_time", "content=\"", "\"");
  g_autoptr(AnnalsDate) og_date = annals_stamp_parse (og_stamp, NULL, NULL, &(AnnalsStampDoubt) { 0 });
  g_autoptr(AnnalsText) text = annals_text_new_from_html (body, -1, NULL);
  double f1 = word_f1 (annals_text_get_string (text), annals_text_get_string (draft->text));
  gboolean same_date = is_same (date, draft->published);

  /* one page says it twice, with two zones */
  same_date = same_date || is_same (og_date, draft->published);
  shares->n_title += g_strcmp0 (title, draft->title) == 0;
  shares->n_date += same_date;
  shares->n_url += g_strcmp0 (identity, expected) == 0;
  shares->n_text += f1 >= 0.999;
  shares->f1 += f1;
  shares->n_author += draft->author != NULL;
  shares->n_tags += draft->tags != NULL && draft->tags[0] != NULL;

  if (g_strcmp0 (title, draft->title) != 0 || g_strcmp0 (identity, expected) != 0 || f1 < 0.999 || !same_date)
    g_test_message ("%s: “%s” (%s), %s (%s), %s (%s), F1 %.4f", path, draft->title, title,
                    draft->published ? annals_date_get_edtf (draft->published) : "-", stamp, identity, expected, f1);
}

static void
test_posts (void)
{
  g_autofree char *folder = import_shared_path (MIRROR);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  Shares shares = { 0, };

  if (folder == NULL)
    return;

  list_files (folder, files);
  g_ptr_array_sort (files, compare_strings);
  for (guint i = 0; i < files->len; i++)
    {
      const char *path = g_ptr_array_index (files, i);
      g_autofree char *source = NULL;
      g_autoptr(GPtrArray) drafts = NULL;

      g_file_get_contents (path, &source, NULL, NULL);
      if (strstr (source, "single-post postid") == NULL)
        continue;

      shares.n++;
      drafts = read_drafts (path, NULL);
      g_assert_nonnull (drafts);
      if (drafts->len != 1)
        {
          g_test_message ("%s: %u drafts", path, drafts->len);
          continue;
        }
      shares.n_one++;
      g_assert_cmpint (((AnnalsDraft *) g_ptr_array_index (drafts, 0))->extent, ==, ANNALS_EXTENT_WHOLE);
      g_assert_null (((AnnalsDraft *) g_ptr_array_index (drafts, 0))->skipped);
      check_page (&shares, path, source, g_ptr_array_index (drafts, 0));
    }

  g_print ("# posts with a page: %u; one draft %u, title %u, date %u, address %u, whole text %u (mean F1 %.5f), "
           "author %u, tags %u\n",
           shares.n, shares.n_one, shares.n_title, shares.n_date, shares.n_url, shares.n_text,
           shares.f1 / MAX (shares.n, 1), shares.n_author, shares.n_tags);
  g_assert_cmpuint (shares.n, ==, 100);
  g_assert_cmpuint (shares.n_one, ==, shares.n);
  g_assert_cmpuint (shares.n_title, ==, shares.n);
  g_assert_cmpuint (shares.n_date, ==, shares.n);
  g_assert_cmpuint (shares.n_url, ==, shares.n);
  g_assert_cmpuint (shares.n_text, ==, shares.n);
}

/* --- month pages --- */

typedef struct
{
  guint n_pages, n_posts, n_found, n_title, n_date, n_url, n_first, n_tags;
} MonthShares;

static void
check_month_post (MonthShares *shares,
                  JsonObject  *gold,
                  AnnalsDraft *draft)
{
  const char *gold_title = json_object_get_string_member (gold, "title");
  const char *gold_date = json_object_get_string_member (gold, "date");
  const char *first = json_object_get_string_member_with_default (gold, "first", "");
  g_autofree char *suffix = g_strdup_printf (" (%s)", gold_date);
  g_autofree char *identity = annals_draft_dup_identity (draft, "");
  g_autofree char *expected = annals_draft_canonical_url (json_object_get_string_member (gold, "href"));
  g_autofree char *title = NULL;
  g_autofree char *first_line = annals_text_normalize_line (first, -1);
  g_autofree char *line = annals_text_normalize_line (annals_text_get_string (draft->text), -1);
  g_autoptr(AnnalsDate) date = annals_stamp_parse (gold_date, "en", NULL, &(AnnalsStampDoubt) { 0 });
  gboolean same_title, same_date, same_url, same_first;

  title = annals_text_normalize_line (gold_title, g_str_has_suffix (gold_title, suffix)
                                                    ? (gssize) (strlen (gold_title) - strlen (suffix)) : -1);
  same_title = g_strcmp0 (title, draft->title) == 0;
  same_date = is_same (date, draft->published);
  same_url = g_strcmp0 (identity, expected) == 0;
  same_first = g_str_has_prefix (line, first_line);

  shares->n_title += same_title;
  shares->n_date += same_date;
  shares->n_url += same_url;
  shares->n_first += same_first;
  shares->n_tags += draft->tags != NULL && draft->tags[0] != NULL;
  if (!same_title || !same_date || !same_url || !same_first)
    g_test_message ("%s: “%s” (%s), %s (%s), %s (%s), “%.60s” (“%.60s”)", draft->place, draft->title, title,
                    draft->published ? annals_date_get_edtf (draft->published) : "-", gold_date, identity, expected,
                    line, first_line);
}

static void
test_months (void)
{
  g_autofree char *folder = import_shared_path (MIRROR);
  g_autofree char *gold_folder = NULL;
  g_autoptr(GDir) dir = NULL;
  MonthShares shares = { 0, };
  const char *name;

  if (folder == NULL || (gold_folder = import_shared_path (MONTHS)) == NULL)
    return;

  dir = g_dir_open (gold_folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr(JsonParser) parser = json_parser_new ();
      g_autoptr(GPtrArray) drafts = NULL;
      g_autofree char *gold_path = g_build_filename (gold_folder, name, NULL);
      g_autofree char *path = NULL;
      JsonObject *gold;
      JsonArray *posts;

      if (!g_str_has_suffix (name, ".gold.json"))
        continue;

      g_assert_true (json_parser_load_from_file (parser, gold_path, NULL));
      gold = json_node_get_object (json_parser_get_root (parser));
      posts = json_object_get_array_member (gold, "posts");
      path = g_build_filename (folder, json_object_get_string_member (gold, "page"), NULL);
      drafts = read_drafts (path, NULL);
      g_assert_nonnull (drafts);
      shares.n_pages++;
      shares.n_posts += json_array_get_length (posts);
      shares.n_found += drafts->len;
      if (drafts->len != json_array_get_length (posts))
        {
          g_test_message ("%s: %u drafts, %u posts", path, drafts->len, json_array_get_length (posts));
          continue;
        }
      for (guint i = 0; i < drafts->len; i++)
        check_month_post (&shares, json_array_get_object_element (posts, i), g_ptr_array_index (drafts, i));
    }

  g_print ("# month pages: %u with %u posts; found %u, title %u, date %u, address %u, begin of text %u, tags %u\n",
           shares.n_pages, shares.n_posts, shares.n_found, shares.n_title, shares.n_date, shares.n_url, shares.n_first,
           shares.n_tags);
  g_assert_cmpuint (shares.n_pages, ==, 98);
  g_assert_cmpuint (shares.n_found, ==, shares.n_posts);
  g_assert_cmpuint (shares.n_title, ==, shares.n_posts);
  g_assert_cmpuint (shares.n_date, ==, shares.n_posts);
  g_assert_cmpuint (shares.n_url, ==, shares.n_posts);
  g_assert_cmpuint (shares.n_first, ==, shares.n_posts);
}

/* --- all of it --- */

static int
compare_extents (gconstpointer a,
                 gconstpointer b)
{
  return ((const AnnalsDraft *) a)->extent - ((const AnnalsDraft *) b)->extent;
}

/* Every distinct post is found by its address; a teaser is the beginning of the post whose page is there. */
static void
test_whole (void)
{
  g_autofree char *folder = import_shared_path (MIRROR);
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) best = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  guint n_pages = 0, n_other = 0, n_drafts = 0, n_skipped = 0, n_whole = 0, n_static = 0;
  guint n_teasers = 0, n_with_page = 0, n_begin = 0;
  GHashTableIter iter;
  gpointer value;

  if (folder == NULL)
    return;

  list_files (folder, files);
  g_ptr_array_sort (files, compare_strings);
  for (guint i = 0; i < files->len; i++)
    {
      const char *format = NULL;
      GPtrArray *drafts;

      if (!g_str_has_suffix (g_ptr_array_index (files, i), ".html") ||
          (drafts = read_drafts (g_ptr_array_index (files, i), &format)) == NULL)
        {
          n_other++;
          continue;
        }
      n_pages += g_str_equal (format, "html");
      g_ptr_array_add (all, drafts);
      for (guint j = 0; j < drafts->len; j++)
        {
          AnnalsDraft *draft = g_ptr_array_index (drafts, j);
          g_autofree char *identity = annals_draft_dup_identity (draft, "");
          AnnalsDraft *known = g_hash_table_lookup (best, identity);

          n_drafts++;
          n_skipped += draft->skipped != NULL;
          n_static += draft->kind == ANNALS_POST_PAGE;
          if (draft->skipped == NULL && (known == NULL || compare_extents (draft, known) > 0))
            g_hash_table_insert (best, g_steal_pointer (&identity), draft);
        }
    }

  g_hash_table_iter_init (&iter, best);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    n_whole += ((AnnalsDraft *) value)->extent == ANNALS_EXTENT_WHOLE;

  for (guint i = 0; i < all->len; i++)
    {
      GPtrArray *drafts = g_ptr_array_index (all, i);

      for (guint j = 0; j < drafts->len; j++)
        {
          AnnalsDraft *draft = g_ptr_array_index (drafts, j);
          g_autofree char *identity = annals_draft_dup_identity (draft, "");
          g_autofree char *begin = NULL;
          g_autofree char *line = NULL;
          AnnalsDraft *whole;

          if (draft->extent != ANNALS_EXTENT_EXCERPT || draft->skipped != NULL)
            continue;
          n_teasers++;
          whole = g_hash_table_lookup (best, identity);
          if (whole == NULL || whole->extent != ANNALS_EXTENT_WHOLE)
            continue;
          n_with_page++;
          begin = annals_text_dup_slice (draft->text, 0, 40);
          line = annals_text_normalize_line (annals_text_get_string (whole->text), -1);
          g_strdelimit (begin, "\n", ' ');
          n_begin += strstr (line, begin) != NULL;
        }
    }

  g_print ("# the mirror: %u pages, %u other files; %u drafts (%u skipped, %u static pages), %u distinct posts, %u of "
           "them whole; %u teasers, %u of posts with a page, %u of those begin with its words\n",
           n_pages, n_other, n_drafts, n_skipped, n_static, g_hash_table_size (best), n_whole, n_teasers, n_with_page,
           n_begin);
  g_assert_cmpuint (n_pages, ==, 227);
  g_assert_cmpuint (n_skipped, ==, 0);
  /* 100 posts and a page about the licence */
  g_assert_cmpuint (n_whole, ==, 101);
  g_assert_cmpuint (n_static, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import/html-mirror/posts", test_posts);
  g_test_add_func ("/import/html-mirror/months", test_months);
  g_test_add_func ("/import/html-mirror/whole", test_whole);

  return g_test_run ();
}
