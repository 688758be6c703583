/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-facts.h"
#include "annals-page-main.h"
#include "import-dump.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include <time.h>

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

/* --- pages of our own --- */

#define SENTENCE                                                                                   \
  "The ferry left the quay at seven, turned once around the buoy, and was gone before the bell rang twice. "
#define PROSE "<p>" SENTENCE SENTENCE "</p><p>It came back in the evening, late, with fog on its rails. " SENTENCE "</p>"
#define CHATTER                                                                                    \
  "<div class='comment'><p>I was there, too, and I can say that nobody on the pier heard any bell at all, not once, "   \
  "whatever the paper, the priest, or the pilot may have told you since.</p></div>"
#define TEN(x) x x x x x x x x x x

typedef struct
{
  const char *name;
  const char *html;
  const char *with[4];      /* stand in the main text */
  const char *without[4];   /* do not */
} MainCase;

static const MainCase main_cases[] = {
  { "tables for layout",
    "<html><title>Ferry news</title><body><table width=100%><tr><td colspan=2><font size=5>FERRY NEWS ONLINE</font></td></tr>"
    "<tr><td width=120 valign=top><a href=1>Home</a><br><a href=2>Timetable</a><br><a href=3>Fares</a><br><a href=4>Links</a></td>"
    "<td valign=top><font face=arial size=2><b>Fog on the sound</b><br><br>" SENTENCE SENTENCE "<br><br>"
    SENTENCE "The <a href=5>pilot</a> kept his word.<br><br>" SENTENCE SENTENCE "<br><br>Last words, at the end of it.</font></td></tr>"
    "<tr><td colspan=2 align=center><font size=1><a href=6>About</a> | <a href=7>Contact</a> | Copyright 2003</font></td></tr></table>",
    { "left the quay", "pilot kept his word", "Last words" }, { "Timetable", "Copyright" } },
  { "more comments than text",
    "<title>A short notice</title><body><div id=content><h1>A short notice</h1><div class=text><p>The ferry will not run on "
    "Monday, because its engine is being mended, and there is no other.</p></div></div>"
    "<div id=comments><h3>Comments</h3>" TEN (CHATTER) TEN (CHATTER) "</div>",
    { "will not run on Monday" }, { "nobody on the pier" } },
  { "more comments than text, both without names",
    "<title>A short notice</title><body><article><h1>A short notice</h1><p>" SENTENCE SENTENCE "</p></article>"
    "<section class='post-comments'>" TEN (CHATTER) "</section>",
    { "left the quay" }, { "nobody on the pier" } },
  { "a notice about cookies before it",
    "<title>Fog</title><body><div id='cookie-consent-wall'><h2>Your privacy</h2><p>" TEN ("We, and our partners, store cookies, "
    "identifiers, and data about you, in order to measure, profile, and sell. ") "</p><button>Accept</button></div>"
    "<div><h1>Fog</h1>" PROSE "</div>",
    { "left the quay", "fog on its rails" }, { "our partners", "Accept" } },
  { "teasers without end",
    "<title>Fog</title><body><div class=page><div class=story><h1>Fog</h1>" PROSE "</div><div class='related-stories'>"
    TEN ("<div class=card><h3><a href=x>Why the pier, after all, was moved</a></h3><p><a href=x>Ten years, three plans, and one storm "
    "later, the old pier, or what is left of it, stands elsewhere.</a></p></div>")
    TEN ("<div class=card><h3><a href=y>Another</a></h3><p><a href=y>Nobody, it seems, asked the gulls, the crabs, or the "
    "keeper of the light about it.</a></p></div>") "</div></div>",
    { "left the quay", "fog on its rails" }, { "old pier", "asked the gulls" } },
  { "a menu of links longer than the text",
    "<title>Fog</title><body><ul>" TEN (TEN ("<li><a href=z>Some page, of some name, or other</a></li>")) "</ul><div>" PROSE "</div>",
    { "left the quay", "fog on its rails" }, { "Some page, of some name" } },
  { "Chinese",
    "<html lang=zh><title>渡轮</title><body><div class=nav><a href=1>首页</a><a href=2>时刻表</a></div><div><p>渡轮七点离开码头，绕浮标一圈，"
    "钟声未响第二遍，就已不见了。岸上的人等了很久，说着话，看着雾，谁也没有离开。</p><p>傍晚它回来了，栏杆上带着雾，船长什么也没说，"
    "只是把缆绳系好，走上岸来。</p></div><div class=links><a href=3>关于我们</a><a href=4>联系方式</a></div>",
    { "渡轮七点离开码头", "把缆绳系好" }, { "时刻表", "联系方式" } },
  { "Arabic",
    "<html lang=ar dir=rtl><title>العبّارة</title><body><ul><li><a href=1>الرئيسية</a></li><li><a href=2>المواعيد</a></li></ul><div><p>غادرت العبّارة "
    "الرصيف في السابعة، ودارت مرة حول العوامة، واختفت قبل أن يدق الجرس مرتين، ولم يقل أحد شيئا عنها.</p><p>وعادت في المساء، متأخرة، "
    "والضباب على حواجزها، ونزل القبطان إلى الرصيف، وربط الحبل، ومضى.</p></div>",
    { "غادرت العبّارة", "وربط الحبل" }, { "المواعيد" } },
  { "a poem",
    "<title>Ferry</title><body><div id=menu><a href=1>Home</a> <a href=2>Poems</a></div><div class=poem><h1>Ferry</h1>"
    "<p>Seven o'clock,<br>the rope is off,<br>the quay is small,</p><p>a gull, a buoy,<br>a bell that stops,<br>and that is all.</p>"
    "<p>We wait for fog,<br>we wait for rain,<br>we wait for news,</p><p>and then at night<br>it comes again,<br>in wet black shoes.</p></div>"
    "<div id=footer>All rights reserved</div>",
    { "the rope is off", "a bell that stops", "in wet black shoes" }, { "Poems" } },
  { "a list and nothing else",
    "<title>Things found on the pier</title><body><nav><ul><li><a href=1>Home</a></li><li><a href=2>Lists</a></li></ul></nav>"
    "<div class=entry-content><ul><li>A glove, left hand, of brown leather, with a hole in its thumb.</li>"
    "<li>Two keys, one of them bent.</li><li>A <a href=3>letter</a>, wet, that nobody could read, and nobody threw away.</li>"
    "<li>The bell.</li><li>A list like this one, but shorter, in another hand.</li></ul></div>",
    { "A glove, left hand", "Two keys", "that nobody could read", "The bell." }, { "Lists" } },
  { "names that mislead",
    "<title>Fog</title><body><div class='sidebar-left layout hidden-xs'>" PROSE PROSE PROSE "</div><div><p>Some other, "
    "shorter words, that are not meant.</p></div>",
    { "left the quay", "fog on its rails" }, { NULL } },
  { "a text that a script would show",
    "<title>Fog</title><body><div id=app style='display: none'>" PROSE "</div>",
    { "left the quay", "fog on its rails" }, { NULL } },
  { "a form around everything",
    "<title>Fog</title><body><form action='/'><input type=hidden name=a><input type=hidden name=b><div id=head><input type=text>"
    "<input type=submit></div><div>" PROSE PROSE "</div></form>",
    { "left the quay", "fog on its rails" }, { NULL } },
  { "a table of numbers stays",
    "<title>Fares</title><body><div>" PROSE "<table><tr><th>Way</th><th>Fare</th></tr><tr><td>Out</td><td>4.50</td></tr>"
    "<tr><td>Back</td><td>3.75</td></tr></table>" PROSE "</div>",
    { "left the quay", "4.50", "3.75" }, { NULL } },
  { "buttons to share are no words, what parts words parts them",
    "<title>Fog</title><body><div>" PROSE "<p>One<button>Tweet</button>two.</p><div class='share-bar'><a href=1>Mail this</a></div>" PROSE "</div>",
    { "left the quay", "One two." }, { "Tweet", "Mail this" } },
};

static void
test_own_pages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (main_cases); i++)
    {
      const MainCase *c = &main_cases[i];
      g_autoptr(AnnalsPage) page = annals_page_new (c->html, strlen (c->html), "https://ferry.example/fog");
      g_autofree char *text = main_text (page);

      g_test_message ("%s: %s", c->name, text);
      for (guint k = 0; k < G_N_ELEMENTS (c->with) && c->with[k] != NULL; k++)
        g_assert_nonnull (strstr (text, c->with[k]));
      for (guint k = 0; k < G_N_ELEMENTS (c->without) && c->without[k] != NULL; k++)
        g_assert_null (strstr (text, c->without[k]));
    }
}

/* The page's own tree is not touched: twice gives the same, and all of the page is still there. */
static void
test_untouched (void)
{
  static const char html[] = "<title>Fog</title><body><div class=sidebar>menu</div><div>" PROSE "</div>";
  g_autoptr(AnnalsPage) page = annals_page_new (html, strlen (html), NULL);
  g_autofree char *before = annals_page_dup_line (annals_page_get_root (page));
  g_autofree char *first = main_text (page);
  g_autofree char *second = main_text (page);
  g_autofree char *after = annals_page_dup_line (annals_page_get_root (page));

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (before, ==, after);
}

static void
test_nothing (void)
{
  static const char *const pages[] = { "", " ", "<html>", "<body></body>", "<p></p>", "<img src=a>", "<script>x</script>" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr(AnnalsPage) page = annals_page_new (pages[i], strlen (pages[i]), NULL);

      g_assert_null (annals_page_find_main (page));
    }
}

static void
test_lazy_pictures (void)
{
  static const char html[] = "<title>Fog</title><body><div>" PROSE
                             "<p><img src='data:image/gif;base64,R0lG' data-src='/fog.jpg' alt=''></p></div>";
  g_autoptr(AnnalsPage) page = annals_page_new (html, strlen (html), NULL);
  xmlNode *node = annals_page_find_main (page);
  g_autofree char *address = NULL;

  for (xmlNode *at = node; at != NULL; at = annals_page_next_element (at, node, TRUE))
    if (annals_page_node_is (at, "img"))
      address = annals_page_dup_attribute (at, "src");

  g_assert_cmpstr (address, ==, "/fog.jpg");
}

/* --- time --- */

static void
time_page (const char *name,
           const char *piece,
           guint       n)
{
  g_autoptr(GString) html = g_string_new ("<title>some words of a title</title><body>");
  g_autoptr(AnnalsPage) page = NULL;
  clock_t start;
  double seconds;

  for (guint i = 0; i < n; i++)
    g_string_append (html, piece);
  page = annals_page_new (html->str, html->len, NULL);

  /* of this process: others may keep the machine busy */
  start = clock ();
  annals_page_find_main (page);
  seconds = (double) (clock () - start) / CLOCKS_PER_SEC;
  g_test_message ("%s: %" G_GSIZE_FORMAT " bytes in %.2f s", name, html->len, seconds);
  /* half a second at most on a machine at rest; what is quadratic takes minutes */
  g_assert_cmpfloat (seconds, <, 20);
}

static void
test_time (void)
{
  time_page ("nested", "<div>", 100000);
  time_page ("nested with text", "<div class='content post'>some words, enough of them, to count for a paragraph", 100000);
  time_page ("nested phrases", "<span>some words, enough of them, to count for a paragraph", 100000);
  time_page ("paragraphs", "<p>a, b, c d</p>", 25000);
  time_page ("unclosed headings", "<h1>some words <h2>of a title", 25000);
  time_page ("tables", "<table><tr><td>x", 30000);
  time_page ("lines", "<a href=#x>word</a><br>", 50000);
  time_page ("gaps", "<b hidden>x</b>word ", 100000);
  time_page ("bylines", "<p class='byline author'>by some writer of words</p>", 25000);
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

  /* where not all: the suite keeps sites' names and "By", and takes a commenter for the author */
  g_assert_cmpuint (titles.right, >=, 46);
  g_assert_cmpuint (titles.right + titles.also, >=, 52);
  g_assert_cmpuint (authors.right + authors.also, >=, 21);
  g_assert_cmpuint (dates.right, ==, dates.stated);
  g_assert_cmpuint (languages.right, ==, languages.stated);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/readability/own-pages", test_own_pages);
  g_test_add_func ("/readability/untouched", test_untouched);
  g_test_add_func ("/readability/nothing", test_nothing);
  g_test_add_func ("/readability/lazy-pictures", test_lazy_pictures);
  g_test_add_func ("/readability/time", test_time);
  g_test_add_func ("/readability/pages", test_pages);
  g_test_add_func ("/readability/facts", test_facts);

  return g_test_run ();
}
