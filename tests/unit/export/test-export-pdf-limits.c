/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-timelines.h"
#include "export-fixture.h"

/* The sanitizers make this some thirty times slower. */
#ifdef __SANITIZE_ADDRESS__
#define MANY 100
#else
#define MANY 1000
#endif

static void
test_many (Fixture       *f,
           gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *check = NULL;
  g_autofree char *count = g_strdup_printf ("%u events", MANY + 6);

  fixture_add_events (f, MANY);
  g_free (fixture_export (f, "pdf", NULL, "many.pdf", NULL));
  if (!(check = ask (f, "qpdf", "--check", "many.pdf", NULL)) ||
      !(text = ask (f, "pdftotext", "-layout", "many.pdf", "-")))
    return;

  assert_says (check, "No syntax or stream encoding errors found");
  folded = fold (text);
  assert_says (folded, count);
  for (guint i = 1; i <= MANY; i++)
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
  g_autofree char *quotes = g_strnfill (5000, '>');
  g_autofree char *stars = g_strnfill (5000, '*');
  g_autofree char *lines = NULL;
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020", NULL);
  g_autoptr(AnnalsDate) open = annals_date_parse ("../..", NULL);
  g_autoptr(GString) many = g_string_new (NULL);
  gint64 id, lane;

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (many, "Line %u of a very long account\\\n", i);
  lines = g_strdup_printf ("%s x\n\n%s\n\n[l](https://x.example/%%00'\\(\\)) "
                           "![i](file:///etc/passwd)\n\n"
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

  return annals_db_add_timeline (db, "Nothing yet", "Of ships.", NULL, "harbour", &f->timeline_id, error);
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

  g_free (fixture_export (f, "pdf", NULL, "empty.pdf", NULL));
  if (!(check = ask (f, "qpdf", "--check", "empty.pdf", NULL)) ||
      !(text = ask (f, "pdftotext", "-raw", "empty.pdf", "-")))
    return;

  assert_says (check, "No syntax or stream encoding errors found");
  assert_says (text, "Nothing yet");
  assert_says (text, "Of ships; rule: harbour");
  assert_says (text, "1 / 1");
}

static guint
count_words (const char *text,
             const char *words)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, words)) != NULL; p += strlen (words))
    n++;

  return n;
}

/* A short list is not torn, so that one of its items would stand alone, and no source begins a page. */
static void
test_kept (Fixture       *f,
           gconstpointer  data)
{
  static const char words[] = "What came to pass on that day was told by all who had been there at the time. ";
  g_autofree char *text = NULL;
  g_auto(GStrv) pages = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr(GString) account = g_string_new (NULL);

      for (guint j = 0; j <= i % 7; j++)
        g_string_append (account, words);
      g_string_append (account, "\n\n- The first of all\n- Another\n- The last of all");
      fixture_add_long_event (f, account->str);
    }
  g_free (fixture_export (f, "pdf", NULL, "kept.pdf", NULL));
  if (!(text = ask (f, "pdftotext", "-raw", "kept.pdf", "-")))
    return;

  g_assert_cmpuint (count_words (text, "The first of all"), ==, 40);
  pages = g_strsplit (text, "\f", -1);
  g_assert_cmpuint (g_strv_length (pages), >, 6);
  for (guint i = 0; pages[i] != NULL; i++)
    g_assert_cmpuint (count_words (pages[i], "The first of all"), ==, count_words (pages[i], "The last of all"));
}

static gboolean
add_lasting (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Fixture *f = data;

  for (guint i = 0; i < 240; i++)
    {
      g_autofree char *when = g_strdup_printf ("%u-%02u/%u-%02u", 2000 + i / 24, 1 + i % 12, 2003 + i / 24, 1 + i % 12);
      g_autofree char *title = g_strdup_printf ("What lasted, number %u", i);
      g_autoptr(AnnalsDate) date = annals_date_parse (when, error);
      gint64 lane, id;

      if (date == NULL || !annals_db_ensure_lane (db, f->timeline_id, "Lasting", NULL, &lane, error) ||
          !annals_db_add_event (db, f->timeline_id, lane, date, title, "", &id, error))
        return FALSE;
    }

  return TRUE;
}

/* What goes on for years is not drawn in each of the drawing's parts. */
static void
test_lasting (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *tree = NULL;

  annals_notebook_change (f->notebook, "Add what lasts", add_lasting, f, NULL, &error);
  g_assert_no_error (error);
  g_free (fixture_export (f, "pdf", NULL, "lasting.pdf", NULL));
  if (!(tree = ask (f, "pdfinfo", "-struct", "lasting.pdf", NULL)))
    return;

  g_assert_cmpuint (count_words (tree, "Figure"), >, 2);
  g_assert_cmpuint (count_words (tree, "Figure"), <, 12);
}

#define ADD(name, func) \
  g_test_add ("/export/pdf-limits/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("many", test_many);
  ADD ("hostile", test_hostile);
  ADD ("empty", test_empty);
  ADD ("kept", test_kept);
  ADD ("lasting", test_lasting);

  return g_test_run ();
}
