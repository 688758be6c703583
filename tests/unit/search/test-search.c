/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-annotations.h"
#include "annals-note-index.h"
#include "annals-tags.h"
#include "annals-timelines.h"
#include "search-fixture.h"

/* Their ids are 1, 2, 3… */
static const SearchPost posts[] = {
  { "Sanctions hamper COVID-19 efforts", "Test kits were sent to the U.N. by plane; write to kim@example.org.",
    "NK News", "Chad O'Carroll", "en", "2020-03-09", "https://www.nknews.org/2020/03/sanctions-covid" },
  { "Missile launch", "북한이 미사일을 발사했다. 제재는 계속된다.", "조선중앙통신", "", "ko", "2020-03", "" },
  { "制裁措施", "对朝鲜的制裁措施。核。", "Reuters", "王小明", "zh-CN", "2021-01-05", "https://cn.reuters.com/a" },
  { "ミサイル発射", "北朝鮮のミサイル発射について。核実験はなかった。", "NK News Japan", "", "ja", "2019/2020", "" },
  { "Cyber", "A hacker group’s café in Perú tested kits, negotiating a policy.", "Reuters", "Chad Brown", "en-GB",
    "", "http://reuters.com/cyber?id=7" },
  { "Санкции против банков", "Банки под санкциями. Ракета не взлетела.", NULL, NULL, "ru", "2020-03-09T14:00:00Z",
    "" },
};

static gboolean
mark_up (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  gint64 ids[] = { 1, 5 };
  gint64 first, second, tag, child, other, timeline, event;
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03", NULL);

  return annals_db_add_annotation (db, 1, 0, 9, "yellow", "The *vaccine* question", &first, error) &&
         annals_db_add_annotation (db, 3, 0, 4, "blue", "", &second, error) &&
         annals_db_ensure_tag (db, "Sanctions", &tag, error) &&
         annals_db_ensure_tag (db, "Sanctions/Banks", &child, error) &&
         annals_db_ensure_tag (db, "Launch site", &other, error) &&
         annals_db_tag_posts (db, tag, ids, 1, error) &&
         annals_db_tag_posts (db, child, ids + 1, 1, error) &&
         annals_db_tag_annotation (db, other, second, error) &&
         annals_db_add_timeline (db, "COVID response", "", NULL, "", &timeline, error) &&
         annals_db_add_event (db, timeline, 0, date, "Borders shut", "A quarantine begins.", &event, error) &&
         annals_db_add_evidence (db, event, 2, 0, ANNALS_STANCE_SUPPORTS, "", NULL, error) &&
         annals_db_set_post_read (db, ids, 2, TRUE, error) &&
         annals_db_set_post_starred (db, ids + 1, 1, TRUE, error);
}

static void
set_up (SearchFixture *f,
        gconstpointer  data)
{
  search_fixture_set_up (f, data);
  g_assert_cmpint (search_fixture_import (f, "march-2020.txt", posts, G_N_ELEMENTS (posts)), ==, 1);
  search_fixture_change (f, mark_up, NULL);
}

/* newest first: 3, 6, 1, 2 (all of March), 4, 5 (undated) */
static const struct
{
  const char *query;
  const char *found;
} cases[] = {
  { "", "3 6 1 2 4 5" },
  { "sanction", "1" },
  { "-sanction", "3 6 2 4 5" },
  { "санкции", "6" },
  { "банк*", "6" },
  { "ракета -missile", "6" },
  { "test kits", "1 5" },
  { "\"test kits\" -plane", "5" },
  { "sanction OR 制裁", "3 1" },
  { "북", "2" },
  { "核", "3 4" },
  { "U.N.", "1" },
  { "kim@example.org", "1" },
  { "covid-19", "1" },
  { "vaccine", "1" },                       /* in the note alone */
  { "vaccine plane", "1" },
  { "vaccine -plane", "" },
  { "vaccine OR missile", "1 2" },
  { "kits -vaccine", "5" },
  { "text:vaccine", "" },
  { "note:vaccine", "1" },
  { "note:(vaccine question)", "1" },
  { "note:sanctions", "" },
  { "-note:vaccine", "3 6 2 4 5" },
  { "quote:\"test kits\"", "1" },
  { "quote:朝鲜", "3" },
  { "title:test", "" },
  { "title:cyber", "5" },
  { "source:reuters", "3 5" },
  { "source:\"NK News\"", "1" },            /* the exact name, not the one that begins so */
  { "source:nk", "1 4" },
  { "source:조선", "2" },
  { "-source:reuters kits", "1" },
  { "author:chad", "1 5" },
  { "author:o’carroll", "1" },
  { "author:小明", "3" },
  { "author:had", "" },
  { "lang:en", "1 5" },
  { "lang:en-gb", "5" },
  { "lang:zh", "3" },
  { "lang:e", "" },
  { "url:nknews.org", "1" },
  { "url:REUTERS", "3 5" },
  { "url:reuters kits", "5" },
  { "-url:reuters url:http", "1" },
  { "tag:sanctions", "1 5" },               /* and the tag below it */
  { "tag:banks", "5" },
  { "tag:\"launch site\"", "3" },           /* on a passage */
  { "timeline:\"covid response\"", "2" },
  { "timeline:covid", "2" },
  { "import:march-2020.txt", "3 6 1 2 4 5" },
  { "import:march sanction", "1" },
  { "date:2020-03-09", "6 1 2 4" },
  { "date:2020-03", "6 1 2 4" },
  { "date:2020", "6 1 2 4" },
  { "date:2019", "4" },
  { "date:2020-03/2021", "3 6 1 2 4" },
  { "date:../2019", "4" },
  { "date:\"March 9, 2020\"", "6 1 2 4" },
  { "before:2020-03-09", "2 4" },
  { "before:2020-03", "4" },
  { "after:2020-03-09", "3 2 4" },
  { "after:2020-03", "3 4" },
  { "after:2020", "3" },
  { "after:2020-03 before:2021", "4" },
  { "-date:2020", "3 5" },
  { "is:undated", "5" },
  { "is:unread", "3 6 2 4" },
  { "-is:unread", "1 5" },
  { "is:starred", "5" },
  { "is:annotated", "3 1" },
  { "is:tagged", "3 1 5" },
  { "is:linked", "" },
  { "is:changed", "" },
  { "is:review", "" },
  { "has:note", "1" },
  { "has:image", "" },
  { "colour:yellow", "1" },
  { "colour:Blue", "3" },
  { "is:starred OR lang:ru", "6 5" },
  { "(is:starred OR lang:ru) -reuters kits", "5" },
  { "kits (source:reuters OR note:vaccine)", "1 5" },
  { "missile OR tag:banks OR lang:ja", "2 4 5" },
  { "-(lang:en OR lang:ko)", "3 6 4" },
  { "sanction tag:banks", "" },
  { "  ", "3 6 1 2 4 5" },
  { "tag:nosuch", "column 1: there is no tag “nosuch”" },
  { "kits tag:\"no such\"", "column 6: there is no tag “no such”" },
  { "source:times", "column 1: there is no source “times”" },
  { "timeline:x", "column 1: there is no timeline “x”" },
  { "import:june", "column 1: no file “june” was imported" },
  { "colour:mauve", "column 1: there is no colour “mauve”" },
  { "kits before:soon", "column 6: “before:” needs a date such as 2020-03-09 (" },
};

static void
check (SearchFixture *f,
       const char    *query,
       AnnalsOrder    order,
       const char    *wanted)
{
  g_autoptr(GArray) ids = NULL;
  g_autofree char *found = search_fixture_find (f, query, order, &ids);

  if (ids != NULL ? strcmp (found, wanted) != 0 : !g_str_has_prefix (found, wanted) || *wanted == '\0')
    g_error ("“%s”: found %s, not %s", query, found, wanted);
}

static void
test_language (SearchFixture *f,
               gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check (f, cases[i].query, ANNALS_ORDER_NEWEST, cases[i].found);
}

static void
test_orders (SearchFixture *f,
             gconstpointer  data)
{
  check (f, "", ANNALS_ORDER_OLDEST, "4 2 1 6 3 5");
  check (f, "", ANNALS_ORDER_TITLE, "5 2 1 6 4 3");
  check (f, "", ANNALS_ORDER_SOURCE, "1 4 3 5 2 6");
  check (f, "", ANNALS_ORDER_PLACE, "1 2 3 4 5 6");
  check (f, "", ANNALS_ORDER_RELEVANCE, "3 6 1 2 4 5");
  check (f, "kits", ANNALS_ORDER_TITLE, "5 1");
  check (f, "kits OR missile OR 核", ANNALS_ORDER_SOURCE, "1 4 3 5 2");

  /* the title before the text; what is found in a note alone at the end */
  check (f, "cyber OR vaccine", ANNALS_ORDER_RELEVANCE, "5 1");
  check (f, "missile OR kits OR vaccine", ANNALS_ORDER_RELEVANCE, "2 5 1");
  check (f, "kits lang:en", ANNALS_ORDER_RELEVANCE, "5 1");
  check (f, "missile OR is:starred", ANNALS_ORDER_RELEVANCE, "2 5");
}

/* The same words in the same number: the form that was typed comes first. */
static void
test_exact (SearchFixture *f,
            gconstpointer  data)
{
  static const SearchPost forms[] = {
    { "A", "The bankers negotiate over the harbour with others.", NULL, NULL, "en", "2021", NULL },
    { "B", "The bankers negotiating over the harbour with others.", NULL, NULL, "en", "2020", NULL },
    { "C", "The bankers negotiated over the harbour with others.", NULL, NULL, "en", "2019", NULL },
  };

  search_fixture_import (f, "forms.txt", forms, G_N_ELEMENTS (forms));
  check (f, "negotiate", ANNALS_ORDER_RELEVANCE, "1 2 3");
  check (f, "negotiating", ANNALS_ORDER_RELEVANCE, "2 1 3");
  check (f, "Negotiated harbour", ANNALS_ORDER_RELEVANCE, "3 1 2");
}

/* Words out of real archives in six languages: each is found where a plain scan finds it. */
static void
count_scan (SearchFixture *f,
            const char    *word,
            guint         *n_scan,
            guint         *n_found)
{
  g_autoptr(GArray) all = NULL;
  g_autoptr(GArray) found = NULL;
  g_autofree char *list = search_fixture_find (f, "", ANNALS_ORDER_NEWEST, &all);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", word);
  g_autofree char *hits = search_fixture_find (f, quoted, ANNALS_ORDER_NEWEST, &found);

  g_assert_nonnull (all);
  g_assert_nonnull (found);
  *n_scan = search_fixture_scan (f, all, word);
  *n_found = found->len;
}

static void
test_languages (SearchFixture *f,
                gconstpointer  data)
{
  static const char * const words[] = {
    "Pirata", "Assemblea", "svedese",             /* Italian */
    "Committee", "Korea", "people",              /* English */
    "북한", "미사일", "한국어",                       /* Korean */
    "制裁", "太空", "科技", "宇航员", "的",            /* Chinese */
    "ミサイル", "フリー", "ニュース", "について",         /* Japanese */
    "Санкции", "Банки", "Ракета",                /* Russian */
  };

  if (!search_fixture_import_shared (f))
    g_test_message ("without ../shared: over the test's own posts alone");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      guint n_scan, n_found;

      count_scan (f, words[i], &n_scan, &n_found);
      g_test_message ("%s: %u by a scan, %u by search", words[i], n_scan, n_found);

      /* Search knows other forms and accents too. */
      g_assert_cmpuint (n_found, >=, n_scan);
      if (g_unichar_iswide (g_utf8_get_char (words[i])))
        g_assert_cmpuint (n_found, ==, n_scan);
    }
}

/* --- in step with changes --- */

static gboolean
rewrite_note (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return annals_db_set_annotation_note (db, 1, data, error);
}

static gboolean
trash (AnnalsDb      *db,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  gint64 id = 5;

  return annals_db_set_post_trashed (db, &id, 1, TRUE, error);
}

/* What was thrown away, and nothing else, is there to be taken back. */
static gboolean
assert_in_trash (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr(AnnalsQuery) query = annals_query_parse ("kits", error);
  g_autoptr(GArray) ids = NULL;

  if (query == NULL || !(ids = annals_search_posts (db, query, ANNALS_SCOPE_TRASH, 0, ANNALS_ORDER_NEWEST, error)))
    return FALSE;

  g_assert_cmpuint (ids->len, ==, 1);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, 5);

  return TRUE;
}

static void
undo (SearchFixture *f)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
}

static void
test_changes (SearchFixture *f,
              gconstpointer  data)
{
  static const SearchPost more[] = {
    { "More sanctions", "A new report.", "NK News", NULL, "en", "2022", NULL },
    { "Nothing", "Nothing at all.", "The Times", "Ann", "en", "2023", NULL },
  };
  g_autoptr(GError) error = NULL;

  search_fixture_change (f, rewrite_note, (gpointer) "About a quarantine");
  check (f, "vaccine", ANNALS_ORDER_NEWEST, "");
  check (f, "quarantine", ANNALS_ORDER_NEWEST, "1");
  undo (f);
  check (f, "vaccine", ANNALS_ORDER_NEWEST, "1");
  check (f, "quarantine", ANNALS_ORDER_NEWEST, "");
  annals_notebook_redo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  check (f, "quarantine", ANNALS_ORDER_NEWEST, "1");

  search_fixture_change (f, trash, NULL);
  check (f, "kits", ANNALS_ORDER_NEWEST, "1");
  check (f, "", ANNALS_ORDER_TITLE, "2 1 6 4 3");
  annals_notebook_read (f->notebook, assert_in_trash, NULL, NULL, &error);
  g_assert_no_error (error);
  undo (f);
  check (f, "kits", ANNALS_ORDER_RELEVANCE, "5 1");
  check (f, "", ANNALS_ORDER_NEWEST, "3 6 1 2 4 5");

  search_fixture_import (f, "june.txt", more, G_N_ELEMENTS (more));
  check (f, "sanctions", ANNALS_ORDER_RELEVANCE, "7 1");
  check (f, "import:june", ANNALS_ORDER_NEWEST, "8 7");
  check (f, "source:times", ANNALS_ORDER_NEWEST, "8");
  undo (f);
  check (f, "sanctions", ANNALS_ORDER_RELEVANCE, "1");
  check (f, "import:june", ANNALS_ORDER_NEWEST, "column 1: no file “june” was imported");
}

/* What another program puts into the notebook is found too. */
static void
test_other_program (SearchFixture *f,
                    gconstpointer  data)
{
  static const SearchPost more[] = {
    { "More sanctions", "A new report.", "NK News", NULL, "en", "2022", NULL },
  };
  SearchFixture other = { f->folder, f->path, NULL };
  g_autoptr(GError) error = NULL;

  check (f, "sanction", ANNALS_ORDER_RELEVANCE, "1");
  other.notebook = annals_notebook_open (f->path, &error);
  g_assert_no_error (error);
  search_fixture_import (&other, "other.txt", more, G_N_ELEMENTS (more));
  search_fixture_change (&other, trash, NULL);
  check (f, "sanction", ANNALS_ORDER_RELEVANCE, "7 1");
  check (f, "kits", ANNALS_ORDER_NEWEST, "1");

  annals_notebook_close (other.notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (other.notebook);
}

typedef struct
{
  AnnalsRecord    record;
  AnnalsNotePart  part;
  const char     *match;
  guint           n;
} Texts;

static gboolean
search_texts (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Texts *texts = data;
  g_autoptr(GArray) ids = annals_db_search_texts (db, texts->record, texts->part, texts->match, error);

  texts->n = ids != NULL ? ids->len : 0;

  return ids != NULL;
}

static void
test_small_texts (SearchFixture *f,
                  gconstpointer  data)
{
  Texts all[] = {
    { ANNALS_RECORD_EVENT, ANNALS_NOTE_PART_ANY, "\"border\"", 1 },
    { ANNALS_RECORD_EVENT, ANNALS_NOTE_PART_TEXT, "\"border\"", 0 },
    { ANNALS_RECORD_EVENT, ANNALS_NOTE_PART_TEXT, "\"quarantines\"", 1 },
    { ANNALS_RECORD_EVENT, ANNALS_NOTE_PART_ANY, "\"vaccine\"", 0 },
    { ANNALS_RECORD_ANNOTATION, ANNALS_NOTE_PART_ANY, "\"vaccine\"", 1 },
    { ANNALS_RECORD_ANNOTATION, ANNALS_NOTE_PART_QUOTE, "\"朝鲜\"", 1 },
    { ANNALS_RECORD_MEMO, ANNALS_NOTE_PART_ANY, "\"vaccine\"", 0 },
  };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      guint wanted = all[i].n;

      annals_notebook_read (f->notebook, search_texts, &all[i], NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (all[i].n, ==, wanted);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/search/language", SearchFixture, NULL, set_up, test_language, search_fixture_tear_down);
  g_test_add ("/search/orders", SearchFixture, NULL, set_up, test_orders, search_fixture_tear_down);
  g_test_add ("/search/exact", SearchFixture, NULL, search_fixture_set_up, test_exact, search_fixture_tear_down);
  g_test_add ("/search/languages", SearchFixture, NULL, set_up, test_languages, search_fixture_tear_down);
  g_test_add ("/search/changes", SearchFixture, NULL, set_up, test_changes, search_fixture_tear_down);
  g_test_add ("/search/other-program", SearchFixture, NULL, set_up, test_other_program, search_fixture_tear_down);
  g_test_add ("/search/small-texts", SearchFixture, NULL, set_up, test_small_texts, search_fixture_tear_down);

  return g_test_run ();
}
