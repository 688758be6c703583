/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-timelines.h"
#include "export-fixture.h"

static const AnnalsExportOptions with_notes = { ANNALS_PAPER_A4, TRUE };

/* What `TOOL OPTION FILE LAST` prints, which must succeed; NULL when the tool is not there. */
static char *
ask (Fixture    *f,
     const char *tool,
     const char *option,
     const char *name,
     const char *last)
{
  g_autofree char *path = fixture_path (f, name);
  const char *argv[] = { tool, option, path, last, NULL };
  int status = 0;
  char *output = run_tool (argv, &status);

  if (output != NULL && !g_spawn_check_wait_status (status, NULL))
    g_error ("%s %s fails: %s", tool, option, output);

  return output;
}

static void
assert_says (const char *text,
             const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("“%s” is not in “%s”", words, text);
}

/* All white space to single spaces, so that words are found over the ends of lines. */
static char *
fold (const char *text)
{
  g_autoptr(GRegex) space = g_regex_new ("\\s+", 0, 0, NULL);

  return g_regex_replace_literal (space, text, -1, 0, " ", 0, NULL);
}

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
test_golden (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autofree char *normal = NULL;

  g_free (fixture_export (f, "pdf", &with_notes, "out.pdf", NULL));
  if (!has_fonts () || !(text = ask (f, "pdftotext", "-layout", "out.pdf", "-")))
    return;

  normal = normalise (text);
  assert_golden (normal, "timeline.txt");
}

static void
test_same_bytes (Fixture       *f,
                 gconstpointer  data)
{
  gsize n, m;
  g_autofree char *first = fixture_export (f, "pdf", &with_notes, "first.pdf", &n);
  g_autofree char *second = fixture_export (f, "pdf", &with_notes, "second.pdf", &m);

  g_assert_true (g_str_has_prefix (first, "%PDF-1.5"));
  g_assert_cmpmem (first, n, second, m);
}

static void
test_sound (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *output = NULL;

  g_free (fixture_export (f, "pdf", &with_notes, "out.pdf", NULL));
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

static void
test_structure (Fixture       *f,
                gconstpointer  data)
{
  static const char * const words[] = {
    "H1 (block) \"The closed harbour\"", "TH \"Period\"", "Figure", "H2 (block) \"March 2020\"",
    "H3 (block) \"The harbour is closed\"", "BlockQuote \"“no ship will enter”\"",
    "BlockQuote \"“항구가 월요일에 폐쇄되었다”\"", "H2 (block) \"Sources\"",
    "H2 (block) \"Notes\"", "H2 (block) \"Provenance\"",
    "\"Closed at noon; all ships, see \" Link (inline)",
  };
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;

  g_free (fixture_export (f, "pdf", &with_notes, "out.pdf", NULL));
  text = ask (f, "pdfinfo", "-struct-text", "out.pdf", NULL);
  if (text == NULL)
    return;

  folded = fold (text);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    assert_says (folded, words[i]);
}

/* A link to a name that is nowhere is no error to Cairo: every one is looked up here. */
static void
test_links (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *dests = NULL;
  g_autofree char *json = NULL;
  g_autoptr(GRegex) used = g_regex_new ("\"/Dest\": \"u:([a-z0-9-]+)\"", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  guint n_links = 0;

  g_free (fixture_export (f, "pdf", &with_notes, "out.pdf", NULL));
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

static void
test_options (Fixture       *f,
              gconstpointer  data)
{
  static const AnnalsExportOptions letter = { ANNALS_PAPER_LETTER, FALSE };
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

static void
test_many (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *check = NULL;

  fixture_add_events (f, 1000);
  g_free (fixture_export (f, "pdf", NULL, "many.pdf", NULL));
  if (!(check = ask (f, "qpdf", "--check", "many.pdf", NULL)) ||
      !(text = ask (f, "pdftotext", "-layout", "many.pdf", "-")))
    return;

  assert_says (check, "No syntax or stream encoding errors found");
  folded = fold (text);
  assert_says (folded, "1006 events");
  for (guint i = 1; i <= 1000; i++)
    {
      g_autofree char *title = g_strdup_printf ("Generated event %u of many", i);

      assert_says (folded, title);
    }
}

static gboolean
make_hostile (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Fixture *f = data;
  g_autofree char *long_title = g_strnfill (500, 'W');
  g_autofree char *quotes = g_strnfill (20000, '>');
  g_autofree char *stars = g_strnfill (5000, '*');
  g_autofree char *lines = NULL;
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020", NULL);
  g_autoptr(AnnalsDate) open = annals_date_parse ("../..", NULL);
  g_autoptr(GString) many = g_string_new (NULL);
  gint64 id, lane;

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (many, "Line %u of a very long account\\\n", i);
  lines = g_strdup_printf ("%s x\n\n%s\n\n[l](https://x.example/%%00'\\(\\)) ![i](file:///etc/passwd)\n\n"
                           "<script>alert(1)</script>\n\n%s", quotes, stars, many->str);

  return annals_db_set_timeline (db, f->timeline_id, long_title, lines, NULL, "a'b\\c)(", error) &&
         annals_db_ensure_lane (db, f->timeline_id, "L (x) \\ 'y' <z>", NULL, &lane, error) &&
         annals_db_add_event (db, f->timeline_id, lane, date, long_title, lines, &id, error) &&
         annals_db_add_event (db, f->timeline_id, lane, date, "\\(')", "", &id, error) &&
         (open == NULL ||
          annals_db_add_event (db, f->timeline_id, 0, open, "Ever", "", &id, error));
}

static void
test_hostile (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *check = NULL;
  g_autofree char *text = NULL;

  annals_notebook_change (f->notebook, "Make it hostile", make_hostile, f, NULL, &error);
  g_assert_no_error (error);

  g_free (fixture_export (f, "pdf", NULL, "hostile.pdf", NULL));
  if (!(check = ask (f, "qpdf", "--check", "hostile.pdf", NULL)) ||
      !(text = ask (f, "pdftotext", "-raw", "hostile.pdf", "-")))
    return;

  assert_says (check, "No syntax or stream encoding errors found");
  assert_says (text, "Line 399 of a very long account");
  assert_says (text, "<script>alert(1)</script>");
  assert_says (text, "\\(')");
}

static gboolean
make_empty (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Fixture *f = data;

  return annals_db_add_timeline (db, "Nothing yet", "", NULL, "", &f->timeline_id, error);
}

static void
test_empty (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *check = NULL;
  g_autofree char *text = NULL;

  annals_notebook_change (f->notebook, "Make an empty timeline", make_empty, f, NULL, &error);
  g_assert_no_error (error);

  g_free (fixture_export (f, "pdf", &with_notes, "empty.pdf", NULL));
  if (!(check = ask (f, "qpdf", "--check", "empty.pdf", NULL)) ||
      !(text = ask (f, "pdftotext", "-raw", "empty.pdf", "-")))
    return;

  assert_says (check, "No syntax or stream encoding errors found");
  assert_says (text, "Nothing yet");
  assert_says (text, "1 / 1");
}

#define ADD(name, func) \
  g_test_add ("/export/pdf/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("golden", test_golden);
  ADD ("same-bytes", test_same_bytes);
  ADD ("sound", test_sound);
  ADD ("properties", test_properties);
  ADD ("structure", test_structure);
  ADD ("links", test_links);
  ADD ("options", test_options);
  ADD ("many", test_many);
  ADD ("hostile", test_hostile);
  ADD ("empty", test_empty);

  return g_test_run ();
}
