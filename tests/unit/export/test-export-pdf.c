/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <time.h>

#include "export-fixture.h"

static const AnnalsExportOptions with_notes = { .with_notes = TRUE };

static gboolean
has_fonts (void)
{
  const char *argv[] = { "fc-match", "Noto Serif", NULL };
  int status;
  g_autofree char *output = run_tool (argv, &status);

  if (output == NULL)
    return FALSE;
  if (strstr (output, "NotoSerif") != NULL)
    return TRUE;

  g_test_skip ("the font Noto Serif is not installed");
  return FALSE;
}

/* Line by line with single spaces, without empty lines; imports have the time of the test. */
static char *
normalise (const char *text)
{
  g_autoptr(GRegex) time = g_regex_new ("imported .* UTC", 0, 0, NULL);
  g_autofree char *without_time = g_regex_replace_literal (time, text, -1, 0, "imported TIME", 0,
                                                           NULL);
  g_auto(GStrv) lines = g_strsplit_set (without_time, "\n\f", -1);
  GString *normal = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = fold (lines[i]);

      g_strstrip (line);
      if (*line != '\0')
        g_string_append_printf (normal, "%s\n", line);
    }

  return g_string_free (normal, FALSE);
}

static void
check_golden (Fixture *f)
{
  g_autofree char *text = NULL;
  g_autofree char *normal = NULL;

  if (!has_fonts () || !(text = ask (f, "pdftotext", "-layout", "out.pdf", "-")))
    return;

  normal = normalise (text);
  assert_golden (normal, "timeline.txt");
}

/* The words are in the user's language, the times in UTC: where the user is makes no difference. */
static void
test_same_bytes (Fixture       *f,
                 gconstpointer  data)
{
  gsize n, m;
  g_autofree char *first = fixture_export (f, "pdf", &with_notes, "first.pdf", &n);
  g_autofree char *second = NULL;

  g_setenv ("TZ", "Pacific/Chatham", TRUE);
  tzset ();
  second = fixture_export (f, "pdf", &with_notes, "second.pdf", &m);
  g_unsetenv ("TZ");
  tzset ();

  g_assert_true (g_str_has_prefix (first, "%PDF-1.4"));
  g_assert_cmpmem (first, n, second, m);
}

static void
check_sound (Fixture *f)
{
  g_autofree char *output = NULL;

  output = ask (f, "qpdf", "--check", "out.pdf", NULL);
  if (output != NULL)
    assert_says (output, "No syntax or stream encoding errors found");
}

static void
test_properties (Fixture       *f,
                 gconstpointer  data)
{
  g_autofree char *info = NULL;
  g_autofree char *folded = NULL;

  g_free (fixture_export (f, "pdf", NULL, "out.pdf", NULL));
  info = ask (f, "pdfinfo", "-isodates", "out.pdf", NULL);
  if (info == NULL)
    return;

  folded = fold (info);
  assert_says (folded, "Title: The closed harbour ");
  assert_says (folded, "Subject: A timeline from the notebook “Sund 2020” ");
  assert_says (folded, "Author: Ada ");
  assert_says (folded, "Creator: Annals " ANNALS_VERSION " ");
  assert_says (folded, "CreationDate: 2026-11-23T00:00:00Z ");
  assert_says (folded, "ModDate: 2026-11-23T00:00:00Z ");
  assert_says (folded, "Tagged: yes ");
  assert_says (folded, "Page size: 595.28 x 841.89 pts (A4)");
}

/* It is read in the order of the pages. */
static void
check_structure (Fixture *f)
{
  static const char * const words[] = {
    "H1 (block) \"The closed harbour\"", "TH: /Scope /Row \"Period\"", "Figure", "H2 (block) \"March 2020\"",
    "H3 (block) \"The harbour is closed\"", "\"Closed at noon; all ships, see \" Link (inline)", "BlockQuote \"“no ship will enter”\"",
    "BlockQuote \"“항구가 월요일에 폐쇄되었다”\"", "H2 (block) \"Sources\"",
    "H2 (block) \"Notes\"", "H2 (block) \"Provenance\"",
  };
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;
  const char *at;

  text = ask (f, "pdfinfo", "-struct-text", "out.pdf", NULL);
  if (text == NULL)
    return;

  folded = fold (text);
  at = folded;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *found = strstr (at, words[i]);

      if (found == NULL)
        g_error ("“%s” is not in “%s”", words[i], at);
      at = found + strlen (words[i]);
    }

  /* a foot is no part of it */
  g_assert_false (g_regex_match_simple ("\"[0-9]+ / [0-9]+\"", folded, 0, 0));
}

/* What Cairo has no call for: the language of the document and of a quotation, words for the drawing, lists. */
static void
check_amended (Fixture *f)
{
  g_autofree char *json = ask (f, "qpdf", "--json", "out.pdf", NULL);
  g_autofree char *tree = ask (f, "pdfinfo", "-struct", "out.pdf", NULL);
  g_autofree char *meta = ask (f, "pdfinfo", "-meta", "out.pdf", NULL);
  g_autofree char *folded = NULL;

  if (json == NULL || tree == NULL || meta == NULL)
    return;

  assert_says (json, "\"/Lang\": \"u:en\"");
  assert_says (json, "\"/Lang\": \"u:ko\"");
  assert_says (json, "\"/Alt\": \"u:Drawing of a timeline: 5 events from ");
  assert_says (json, "\"/DisplayDocTitle\": true");
  assert_says (json, "\"/Scope\": \"/Row\"");
  assert_says (meta, "<rdf:li xml:lang=\"x-default\">The closed harbour</rdf:li>");
  assert_structure (tree);
  folded = fold (tree);
  assert_says (folded, "L (block) LI (block) LBody (block) P (block) LI (block) LBody (block) P (block)");
}

/* A link to a name that is nowhere is no error to Cairo: every one is looked up here. */
static void
check_links (Fixture *f)
{
  g_autofree char *dests = NULL;
  g_autofree char *json = NULL;
  g_autoptr(GRegex) used = g_regex_new ("\"/Dest\": \"u:([a-z0-9-]+)\"", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  guint n_links = 0;

  dests = ask (f, "pdfinfo", "-dests", "out.pdf", NULL);
  json = dests != NULL ? ask (f, "qpdf", "--json", "out.pdf", NULL) : NULL;
  if (json == NULL)
    return;

  for (guint i = 1; i <= 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("\"event-%u\"", i);

      assert_says (dests, name);
    }

  for (g_regex_match (used, json, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *word = g_match_info_fetch (match, 1);
      g_autofree char *name = g_strdup_printf ("\"%s\"", word);

      assert_says (dests, name);
      n_links++;
    }
  g_assert_cmpuint (n_links, >=, 10);

  /* out: percent-encoded where the format or Cairo would misread; never a script */
  assert_says (json, "https://news.example/harbour?page=%281%29");
  assert_says (json, "https://city.example/order");
  g_assert_null (strstr (json, "javascript"));
}

/* One document, looked at from all sides. */
static void
test_document (Fixture       *f,
               gconstpointer  data)
{
  g_free (fixture_export (f, "pdf", &with_notes, "out.pdf", NULL));
  check_sound (f);
  check_structure (f);
  check_amended (f);
  check_links (f);
  check_golden (f);
}

static void
test_options (Fixture       *f,
              gconstpointer  data)
{
  static const AnnalsExportOptions letter = { .paper = ANNALS_PAPER_LETTER };
  g_autofree char *info = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *noted = NULL;

  g_free (fixture_export (f, "pdf", &letter, "letter.pdf", NULL));
  g_free (fixture_export (f, "pdf", &with_notes, "notes.pdf", NULL));
  info = ask (f, "pdfinfo", "-isodates", "letter.pdf", NULL);
  if (info != NULL)
    assert_says (info, "612 x 792 pts (letter)");

  if (!(plain = ask (f, "pdftotext", "-raw", "letter.pdf", "-")) ||
      !(noted = ask (f, "pdftotext", "-raw", "notes.pdf", "-")))
    return;

  g_assert_null (strstr (plain, "Ask the archive"));
  assert_says (noted, "Ask the archive");
  assert_says (noted, "shipping");
}

/* Emoji are drawn as pictures and said as text, and nothing beside them is lost. */
static void
test_emoji (Fixture       *f,
            gconstpointer  data)
{
  const char *argv[] = { "fc-list", ":family=Noto Color Emoji", NULL };
  int status;
  g_autofree char *fonts = run_tool (argv, &status);
  g_autofree char *json = NULL;
  g_autofree char *tree = NULL;
  g_autofree char *check = NULL;

  if (fonts == NULL || *fonts == '\0')
    {
      g_test_skip ("the font Noto Color Emoji is not installed");
      return;
    }

  fixture_add_long_event (f, "Before \xf0\x9f\x98\x80 between \xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd behind.");
  g_free (fixture_export (f, "pdf", NULL, "out.pdf", NULL));
  check = ask (f, "qpdf", "--check", "out.pdf", NULL);
  json = ask (f, "qpdf", "--json", "out.pdf", NULL);
  tree = ask (f, "pdfinfo", "-struct-text", "out.pdf", NULL);
  if (check == NULL || json == NULL || tree == NULL)
    return;

  assert_says (check, "No syntax or stream encoding errors found");
  assert_says (json, "\"/ActualText\": \"u:\xf0\x9f\x98\x80\"");
  assert_says (json, "\"/ActualText\": \"u:\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd\"");
  assert_says (tree, "\"Before \"");
  assert_says (tree, "\" between \"");
  assert_says (tree, "\" behind.\"");
}

/* The page on which the place of that name is. */
static guint
find_page (const char *dests,
           const char *name)
{
  g_autofree char *pattern = g_strdup_printf ("\\n *([0-9]+) \\[[^\\]]*\\] +\"%s\"", name);
  g_autoptr(GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *page = NULL;

  if (!g_regex_match (regex, dests, 0, &match))
    g_error ("there is no place called %s in %s", name, dests);

  page = g_match_info_fetch (match, 1);
  return (guint) g_ascii_strtoull (page, NULL, 10);
}

/* In a long document: what the contents say is where it is, bookmarks have the same names, and pages have heads. */
static void
test_contents (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr(GRegex) entry = g_regex_new ("TOCI .*?\"([^\"]+)\" Link \\(inline\\) Object [0-9]+ 0 \"([0-9]+)\"",
                                         0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *tree = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *dests = NULL;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;
  g_autofree char *bare = NULL;
  guint n = 0;

  fixture_add_events (f, 80);
  g_free (fixture_export (f, "pdf", &with_notes, "out.pdf", NULL));
  tree = ask (f, "pdfinfo", "-struct-text", "out.pdf", NULL);
  dests = ask (f, "pdfinfo", "-dests", "out.pdf", NULL);
  json = ask (f, "qpdf", "--json", "out.pdf", NULL);
  text = ask (f, "pdftotext", "-layout", "out.pdf", "-");
  bare = ask (f, "pdfinfo", "-struct", "out.pdf", NULL);
  if (tree == NULL || dests == NULL || json == NULL || text == NULL || bare == NULL)
    return;

  assert_structure (bare);

  folded = fold (tree);
  for (g_regex_match (entry, folded, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *title = g_match_info_fetch (match, 1);
      g_autofree char *number = g_match_info_fetch (match, 2);
      g_autofree char *bookmark = g_strdup_printf ("\"/Title\": \"u:%s\"", title);
      g_autofree char *period = g_strdup_printf ("period-%u", n + 1);
      const char *name = g_str_equal (title, "Sources") ? "sources" : g_str_equal (title, "Notes") ? "notes"
                         : g_str_equal (title, "Provenance") ? "provenance" : period;

      g_assert_cmpuint (g_ascii_strtoull (number, NULL, 10), ==, find_page (dests, name));
      assert_says (json, bookmark);
      n++;
    }
  g_assert_cmpuint (n, >, 20);

  /* the head of a page that goes on in a part that began before */
  g_assert_true (g_regex_match_simple ("\f {20,}[A-Z][a-z]+ 20[0-9][0-9]\\n", text, 0, 0));
}

/* What is copied from the page and what is read aloud are whole words. */
static void
test_hyphenated (Fixture       *f,
                 gconstpointer  data)
{
  static const AnnalsExportOptions options = { .hyphenate = TRUE, .text_size = ANNALS_TEXT_SIZE_LARGE,
                                               .margins = ANNALS_MARGINS_WIDE };
  g_autofree char *check = NULL;
  g_autofree char *text = NULL;
  g_autofree char *tree = NULL;

  if (!g_file_test ("/usr/share/hyphen/hyph_en_US.dic", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no dictionary of hyphenation for English is installed");
      return;
    }

  fixture_add_long_event (f, "An extraordinarily uncharacteristic representation of incomprehensible administrative "
                             "responsibilities notwithstanding internationally acknowledged considerations.");
  g_free (fixture_export (f, "pdf", &options, "out.pdf", NULL));
  check = ask (f, "qpdf", "--check", "out.pdf", NULL);
  text = ask (f, "pdftotext", "-raw", "out.pdf", "-");
  tree = ask (f, "pdfinfo", "-struct-text", "out.pdf", NULL);
  if (check == NULL || text == NULL || tree == NULL)
    return;

  assert_says (check, "No syntax or stream encoding errors found");
  assert_says (text, "\xc2\xad\n");   /* a soft hyphen, at the end of a line only */
  g_assert_false (g_regex_match_simple ("\xc2\xad[^\n]", text, 0, 0));
  assert_says (tree, "An extraordinarily uncharacteristic representation of incomprehensible administrative "
                     "responsibilities notwithstanding internationally acknowledged considerations.");
}

#define ADD(name, func) \
  g_test_add ("/export/pdf/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("document", test_document);
  ADD ("same-bytes", test_same_bytes);
  ADD ("properties", test_properties);
  ADD ("options", test_options);
  ADD ("hyphenated", test_hyphenated);
  ADD ("emoji", test_emoji);
  ADD ("contents", test_contents);

  return g_test_run ();
}
