/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-fuzzy.h"
#include "annals-quick-find.h"
#include "notebook-fixture.h"

static int
score (const char *typed,
       const char *name)
{
  g_autoptr(AnnalsFuzzy) fuzzy = annals_fuzzy_new (typed);

  return annals_fuzzy_score (fuzzy, name);
}

static void
test_fits (void)
{
  static const struct
  {
    const char *typed;
    const char *name;
    gboolean    fits;
  } cases[] = {
    { "", "Sanctions", FALSE }, { "  ", "Sanctions", FALSE }, { "sanc", "Sanctions", TRUE },
    { "SANC", "sanctions", TRUE }, { "ctions", "Sanctions", TRUE }, { "snct", "Sanctions", TRUE },
    { "nct x", "Sanctions", FALSE }, { "resp covid", "COVID response", TRUE }, { "ecole", "École", TRUE },
    { "école", "Ecole", TRUE }, { "북한", "북한 뉴스", TRUE }, { "뉴스", "북한 뉴스", TRUE }, { "zz", "Sanctions", FALSE },
    { "su", "Sanctions against us", FALSE }, { "xyz", "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if ((score (cases[i].typed, cases[i].name) > 0) != cases[i].fits)
      g_error ("“%s” and “%s”", cases[i].typed, cases[i].name);
}

/* The same name, its beginning, a word's beginning, the inside of a word, letters. */
static void
test_order (void)
{
  static const char * const names[] = {
    "kits", "kits for all", "the kits for all", "Russian testkits delivered", "keep it simple",
  };

  for (guint i = 1; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpint (score ("kits", names[i - 1]), >, score ("kits", names[i]));
}

static void
test_long (void)
{
  g_autofree char *name = g_strnfill (1 << 20, 'a');

  g_assert_cmpint (score ("aaaaaaaaaaaaaaaaaab", name), ==, 0);
  g_assert_cmpint (score ("aaaa", name), >, 0);
}

typedef struct
{
  const char   *typed;
  guint         kinds;
  AnnalsRecent  recent[1];
  guint         n_recent;
  GPtrArray    *hits;
} Asked;

static gboolean
ask (AnnalsDb      *db,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  Asked *asked = data;

  asked->hits = annals_db_quick_find (db, asked->typed, asked->kinds, asked->recent, asked->n_recent, 50, error);
  return asked->hits != NULL;
}

static gboolean
make (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03", NULL);
  gint64 post = *(gint64 *) data;
  gint64 tag, timeline, event;

  return annals_db_ensure_tag (db, "Harbour", &tag, error) &&
         annals_db_add_timeline (db, "Harbour closures", "", NULL, "", &timeline, error) &&
         annals_db_add_event (db, timeline, 0, date, "The ferry leaves the harbour", "", &event, error) &&
         annals_db_add_memo (db, "Notes on the harbour", "", NULL, error) &&
         annals_db_add_annotation (db, post, 0, 9, "yellow", "Which harbour?", NULL, error);
}

static void
begin (Fixture *f)
{
  gint64 post = fixture_post (f, 0);
  g_autoptr(GError) error = NULL;

  annals_notebook_finish_index (f->notebook, NULL, &error);
  g_assert_no_error (error);
  CHANGE (f, "Make", make, &post);
}

/* "tag Harbour; post Post 0": what is found, in its order. */
static char *
found (Fixture    *f,
       const char *typed,
       guint       kinds)
{
  Asked asked = { typed, kinds };
  g_autoptr(GString) names = g_string_new (NULL);

  READ (f, ask, &asked);
  for (guint i = 0; i < asked.hits->len; i++)
    {
      const AnnalsQuickHit *hit = asked.hits->pdata[i];

      g_string_append_printf (names, "%s%s", i > 0 ? "; " : "", hit->named->title);
    }
  g_ptr_array_unref (asked.hits);

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
assert_found (Fixture    *f,
              const char *typed,
              guint       kinds,
              const char *expected)
{
  g_autofree char *names = found (f, typed, kinds);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_find (Fixture       *f,
           gconstpointer  data)
{
  begin (f);
  assert_found (f, "harbour", ANNALS_QUICK_ALL,
                "Harbour; Harbour closures; Notes on the harbour; The ferry leaves the harbour; The ferry");
  assert_found (f, "harb", ANNALS_QUICK_KIND (ANNALS_RECORD_TAG), "Harbour");
  assert_found (f, "post", ANNALS_QUICK_KIND (ANNALS_RECORD_POST), "Post 2; Post 1; Post 0");
  assert_found (f, "po", ANNALS_QUICK_KIND (ANNALS_RECORD_POST), "Post 2; Post 1; Post 0");
  assert_found (f, "po 1", ANNALS_QUICK_KIND (ANNALS_RECORD_POST), "");
  assert_found (f, "post 1", ANNALS_QUICK_KIND (ANNALS_RECORD_POST), "Post 1");
  /* What stands in FTS5 for something else is only text here. */
  assert_found (f, "\"post\" OR * ( ^", ANNALS_QUICK_ALL, "");
  assert_found (f, "}{ : -", ANNALS_QUICK_ALL, "");
  assert_found (f, "\"\"\"", ANNALS_QUICK_ALL, "");
}

/* Nothing typed: what was looked at, then the rest; and it has some ahead when something is. */
static void
test_recent (Fixture       *f,
             gconstpointer  data)
{
  Asked asked = { "post", ANNALS_QUICK_KIND (ANNALS_RECORD_POST), { { ANNALS_RECORD_POST, fixture_post (f, 0) } }, 1 };
  const AnnalsQuickHit *first;

  begin (f);
  READ (f, ask, &asked);
  first = asked.hits->pdata[0];
  g_assert_cmpstr (first->named->title, ==, "Post 0");
  g_ptr_array_unref (asked.hits);

  asked.typed = "";
  asked.kinds = ANNALS_QUICK_ALL;
  READ (f, ask, &asked);
  first = asked.hits->pdata[0];
  g_assert_cmpstr (first->named->title, ==, "Post 0");
  g_assert_cmpuint (asked.hits->len, ==, 9);   /* with the tag that was imported */
  g_ptr_array_unref (asked.hits);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  g_test_add_func ("/quick-find/fits", test_fits);
  g_test_add_func ("/quick-find/order", test_order);
  g_test_add_func ("/quick-find/long", test_long);
  ADD ("/quick-find/find", test_find);
  ADD ("/quick-find/recent", test_recent);

  return g_test_run ();
}
