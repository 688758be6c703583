/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-json-layout.h"
#include "import-dump.h"
#include "import-read.h"

#include <string.h>

#define POST(n) "{\"title\": \"Title " n "\", \"text\": \"Some words of number " n ".\", \"date\": \"2020-03-0" n "\"}"

/* --- where the records are --- */

static void
test_layouts (void)
{
  static const struct
  {
    const char *json;
    const char *path;   /* NULL: none */
    char container;
    guint n_posts;
  } cases[] = {
    { "[" POST ("1") "," POST ("2") "]", "", '[', 2 },
    { "  \n[" POST ("1") "]", "", '[', 1 },
    { POST ("1") "\n" POST ("2") "\n" POST ("3") "\n", "", 0, 3 },
    { POST ("1") POST ("2"), "", 0, 2 },
    { POST ("1"), "", 0, 1 },
    { "{\"items\": [" POST ("1") "," POST ("2") "], \"n\": 2}", "items", '[', 2 },
    { "{\"response\": {\"numFound\": 2, \"docs\": [" POST ("1") "]}}", "response.docs", '[', 1 },
    { "{\"hits\": {\"total\": 1, \"hits\": [{\"_id\": \"a\", \"_source\": " POST ("1") "}]}}", "hits.hits", '[', 1 },
    { "{\"db\": [{\"meta\": {}, \"data\": {\"tags\": [{\"id\": 1, \"name\": \"a long tag with a name\"}], \"posts\": ["
      POST ("1") "]}}]}",
      "db.data.posts", '[', 1 },
    { "{\"unheard\": [" POST ("1") "," POST ("2") "], \"of\": [{\"a\": 1}]}", "unheard", '[', 2 },
    { "{\"12\": " POST ("1") ", \"13\": " POST ("2") "}", "", '{', 2 },
    { "{\"title\": \"One\", \"text\": \"Its words\", \"comments\": [{\"a\": 1}]}", "", 0, 1 },
    { "window.posts = [" POST ("1") "," POST ("2") "];\n", "", '[', 2 },
    { "callback({\"posts\": [" POST ("1") "]})", "posts", '[', 1 },
    { "{}", NULL, 0, 0 },
    { "[]", NULL, 0, 0 },
    { "[1, 2, 3]", NULL, 0, 0 },
    { "{\"name\": \"tool\", \"version\": \"1.0\", \"dependencies\": {\"a\": \"1\"}}", NULL, 0, 0 },
    { "\"a string\"", NULL, 0, 0 },
    { "A text [with] brackets {and} braces", NULL, 0, 0 },
    { "", NULL, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsJsonLayout) layout = annals_json_layout_new (cases[i].json);
      g_autoptr(ImportRead) read = import_read ("list", cases[i].json, -1, NULL, NULL);

      g_test_message ("%s", cases[i].json);
      g_assert_no_error (read->error);
      g_assert_cmpuint (import_read_n_posts (read), ==, cases[i].n_posts);
      if (cases[i].n_posts == 0)
        {
          g_assert_null (read->detected);
          continue;
        }

      g_assert_true (read->detected == &annals_format_json);
      g_assert_cmpstr (layout->path, ==, cases[i].path);
      g_assert_cmpint (layout->container, ==, cases[i].container);
      if (strstr (cases[i].json, "Title 1") != NULL)
        {
          g_assert_cmpstr (import_read_draft (read, 0)->title, ==, "Title 1");
          g_assert_cmpstr (annals_date_get_edtf (import_read_draft (read, 0)->published), ==, "2020-03-01");
          g_assert_cmpstr (annals_text_get_string (import_read_draft (read, 0)->text), ==, "Some words of number 1.");
        }
    }
}

/* --- which member is what --- */

static void
test_guesses (void)
{
  static const struct
  {
    const char *json;
    const char *title, *text, *date, *author, *tag, *source, *language;
  } cases[] = {
    { "{\"headline\": \"H\", \"story_text\": \"Words\", \"date\": 1722816000000, \"link\": \"http://k.example/1\","
      " \"date_str\": \"2024-08-05\"}",
      "H", "Words", "2024-08-05T00:00:00Z", NULL, NULL, NULL, NULL },
    { "{\"titolo\": \"T\", \"testo\": \"Parole\", \"data\": \"3 marzo 2020\", \"autore\": \"Anna\", \"lingua\": \"it\"}",
      "T", "Parole", "2020-03-03", "Anna", NULL, NULL, "it" },
    { "{\"Überschrift\": \"Ü\", \"Inhalt\": \"Worte\", \"Datum\": \"3. März 2020\", \"Quelle\": \"Bote\"}",
      "Ü", "Worte", "2020-03-03", NULL, NULL, "Bote", NULL },
    { "{\"제목\": \"미사일\", \"본문\": \"내용입니다\", \"날짜\": \"2020년 3월 3일\", \"기자\": \"김\"}",
      "미사일", "내용입니다", "2020-03-03", "김", NULL, NULL, NULL },
    { "{\"id\": 4, \"title\": {\"en\": \"T\"}, \"body\": {\"value\": \"B\"}, \"author\": {\"name\": \"N\", \"url\": "
      "\"https://n.example\"}, \"created_at\": \"2020-03-03T10:00:00Z\", \"tags\": [{\"name\": \"one\"}, {\"name\": "
      "\"two\"}]}",
      "T", "B", "2020-03-03T10:00:00Z", "N", "one", NULL, NULL },
    { "{\"title\": \"T\", \"content\": \"C\", \"pubDate\": \"Tue, 03 Mar 2020 10:00:00 +0900\", \"keywords\": "
      "\"a; b\", \"lang\": \"ko_KR\"}",
      "T", "C", "2020-03-03T10:00:00+09:00", NULL, "a", NULL, "ko-KR" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("[%s]", cases[i].json);
      g_autoptr(ImportRead) read = import_read ("list.json", json, -1, NULL, NULL);
      AnnalsDraft *draft;

      g_test_message ("%s", json);
      g_assert_true (read->detected == &annals_format_json);
      draft = import_read_draft (read, 0);
      g_assert_cmpstr (draft->title, ==, cases[i].title);
      g_assert_cmpstr (annals_text_get_string (draft->text), ==, cases[i].text);
      g_assert_nonnull (draft->published);
      g_assert_cmpstr (annals_date_get_edtf (draft->published), ==, cases[i].date);
      g_assert_cmpstr (draft->author, ==, cases[i].author);
      g_assert_cmpstr (draft->source, ==, cases[i].source);
      g_assert_cmpstr (draft->language, ==, cases[i].language);
      g_assert_cmpstr (draft->tags ? draft->tags[0] : NULL, ==, cases[i].tag);
      g_assert_cmpint (draft->extent, ==, ANNALS_EXTENT_LISTED);
    }
}

/* Names that say nothing: the values show what they are. */
static void
test_guess_by_values (void)
{
  g_autoptr(GString) json = g_string_new ("[");
  g_autoptr(ImportRead) read = NULL;
  const AnnalsMapping *mapping;

  for (guint i = 1; i <= 5; i++)
    g_string_append_printf (json,
                            "%s{\"c1\": %u, \"c2\": \"What the harbour master said on day %u\", \"c3\": "
                            "\"2020-03-0%u 10:00\", \"c4\": \"https://h.example/%u\", \"c5\": \"%u. %s\"}",
                            i > 1 ? "," : "", i, i, i, i, i,
                            "The ice came early this year, and the fishing boats stayed in the harbour for a week. "
                            "Nobody minded, for there was enough to mend, and the nights were long. In the mornings "
                            "the children walked out as far as the mole, which their parents did not like.");
  g_string_append_c (json, ']');
  read = import_read ("x.json", json->str, -1, NULL, NULL);

  g_assert_true (read->detected == &annals_format_json);
  mapping = annals_format_reader_get_mapping (read->reader);
  g_assert_cmpstr (mapping->columns[ANNALS_FIELD_TITLE], ==, "c2");
  g_assert_cmpstr (mapping->columns[ANNALS_FIELD_DATE], ==, "c3");
  g_assert_cmpstr (mapping->columns[ANNALS_FIELD_URL], ==, "c4");
  g_assert_cmpstr (mapping->columns[ANNALS_FIELD_TEXT], ==, "c5");
  g_assert_cmpuint (annals_format_reader_get_columns (read->reader)->len, ==, 5);
}

/* What the user says goes before what is guessed. */
static void
test_given_mapping (void)
{
  const char *json = "[{\"title\": \"A\", \"other\": \"B\", \"text\": \"T\", \"date\": \"2020-03-01\", \"author\": \"X\"}]";
  g_autoptr(AnnalsMapping) mapping = annals_mapping_new ();
  AnnalsFormatSettings settings = { .mapping = mapping };
  g_autoptr(ImportRead) read = NULL;

  mapping->columns[ANNALS_FIELD_TITLE] = g_strdup ("other");
  mapping->columns[ANNALS_FIELD_AUTHOR] = g_strdup ("");
  read = import_read ("x.json", json, -1, NULL, &settings);

  g_assert_cmpstr (import_read_draft (read, 0)->title, ==, "B");
  g_assert_cmpstr (annals_text_get_string (import_read_draft (read, 0)->text), ==, "T");
  g_assert_null (import_read_draft (read, 0)->author);
  g_assert_cmpstr (annals_format_reader_get_mapping (read->reader)->columns[ANNALS_FIELD_TITLE], ==, "other");
}

/* --- what is known --- */

static void
test_json_feed (void)
{
  const char *json =
    "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Pier &amp; Mole\", \"language\": \"en-GB\","
    " \"home_page_url\": \"https://pier.example/\", \"authors\": [{\"name\": \"Mara\"}],"
    " \"items\": [{\"id\": \"tag:pier.example,2020:1\", \"url\": \"/1\", \"title\": \"One\", \"content_html\":"
    " \"<p>First.</p><p>Second.</p>\", \"date_published\": \"2020-03-01T10:00:00+01:00\", \"tags\": [\"ice\", \"fog, "
    "night\"]}, {\"id\": \"https://pier.example/2\", \"content_text\": \"No title, but words.\", \"author\": "
    "{\"name\": \"Jon\"}}, {\"id\": \"3\", \"url\": \"https://pier.example/3\", \"title\": \"Three\", \"summary\": "
    "\"In short.\"}]}";
  g_autoptr(ImportRead) read = import_read ("feed.json", json, -1, NULL, NULL);
  AnnalsDraft *draft;

  g_assert_true (read->detected == &annals_format_json);
  g_assert_cmpstr (annals_format_reader_get_archive (read->reader), ==, "Pier & Mole");
  g_assert_cmpstr (annals_format_reader_get_language (read->reader), ==, "en-GB");
  g_assert_cmpuint (read->drafts->len, ==, 3);

  draft = import_read_draft (read, 0);
  g_assert_cmpstr (draft->url, ==, "https://pier.example/1");
  g_assert_cmpstr (draft->guid, ==, "tag:pier.example,2020:1");
  g_assert_cmpstr (draft->author, ==, "Mara");
  g_assert_cmpstr (annals_text_get_string (draft->text), ==, "First.\nSecond.");
  g_assert_cmpstr (annals_date_get_edtf (draft->published), ==, "2020-03-01T10:00:00+01:00");
  g_assert_cmpstr (draft->tags[1], ==, "fog, night");
  g_assert_cmpint (draft->extent, ==, ANNALS_EXTENT_LISTED);

  draft = import_read_draft (read, 1);
  g_assert_cmpstr (draft->title, ==, "No title, but words.");
  g_assert_cmpstr (draft->author, ==, "Jon");
  g_assert_nonnull (import_read_find (read, "no title"));

  draft = import_read_draft (read, 2);
  g_assert_null (draft->guid);
  g_assert_cmpint (draft->extent, ==, ANNALS_EXTENT_EXCERPT);
  g_assert_cmpstr (annals_text_get_string (draft->text), ==, "In short.");
}

static void
test_wordpress (void)
{
  const char *json =
    "[{\"id\":7,\"date\":\"2020-03-01T10:30:00\",\"date_gmt\":\"2020-03-01T09:30:00\",\"guid\":{\"rendered\":"
    "\"https:\\/\\/w.example\\/?p=7\"},\"slug\":\"ice\",\"status\":\"publish\",\"type\":\"post\",\"link\":"
    "\"https:\\/\\/w.example\\/ice\\/\",\"title\":{\"rendered\":\"Ice &#8211; again\"},\"content\":{\"rendered\":"
    "\"<p>Cold.<\\/p>\\n<p>Colder.<\\/p>\\n\",\"protected\":false},\"excerpt\":{\"rendered\":\"<p>Cold.<\\/p>\"},"
    "\"author\":3,\"categories\":[1],\"_embedded\":{\"author\":[{\"id\":3,\"name\":\"Mara Oleski\"}],\"wp:term\":"
    "[[{\"id\":1,\"name\":\"Weather &amp; sea\",\"taxonomy\":\"category\"}],[{\"id\":2,\"name\":\"fog\"}]]}},"
    "{\"id\":8,\"date\":\"2020-03-02T10:30:00\",\"date_gmt\":\"2020-03-02T10:30:00\",\"status\":\"publish\","
    "\"type\":\"page\",\"link\":\"https://w.example/about/\",\"title\":{\"rendered\":\"About\"},\"content\":"
    "{\"rendered\":\"Us\",\"protected\":false}},"
    "{\"id\":9,\"status\":\"draft\",\"type\":\"post\",\"title\":{\"rendered\":\"Half\"},\"content\":{\"rendered\":"
    "\"Half\"}},"
    "{\"id\":10,\"type\":\"post\",\"link\":\"https://w.example/p/\",\"title\":{\"rendered\":\"Secret\"},\"content\":"
    "{\"rendered\":\"\",\"protected\":true}},"
    "{\"id\":11,\"post\":7,\"author_name\":\"Ana\",\"date\":\"2020-03-03T00:00:00\",\"link\":"
    "\"https://w.example/ice/#comment-11\",\"content\":{\"rendered\":\"<p>Brr<\\/p>\"},\"status\":\"approved\","
    "\"type\":\"comment\"}]";
  static const AnnalsPostKind kinds[] = { ANNALS_POST_POST, ANNALS_POST_PAGE, ANNALS_POST_DRAFT, ANNALS_POST_PRIVATE,
                                          ANNALS_POST_COMMENT };
  g_autoptr(ImportRead) read = import_read ("posts", json, -1, NULL, NULL);
  AnnalsDraft *draft;

  g_assert_true (read->detected == &annals_format_json);
  g_assert_cmpuint (read->drafts->len, ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_cmpint (import_read_draft (read, i)->kind, ==, kinds[i]);

  draft = import_read_draft (read, 0);
  g_assert_cmpstr (draft->title, ==, "Ice – again");
  g_assert_cmpstr (draft->url, ==, "https://w.example/ice/");
  g_assert_cmpstr (draft->guid, ==, "https://w.example/?p=7");
  g_assert_cmpstr (draft->author, ==, "Mara Oleski");
  g_assert_cmpstr (annals_date_get_edtf (draft->published), ==, "2020-03-01T10:30:00+01:00");
  g_assert_cmpstr (annals_text_get_string (draft->text), ==, "Cold.\nColder.");
  g_assert_cmpstr (draft->tags[0], ==, "Weather & sea");
  g_assert_cmpstr (draft->tags[1], ==, "fog");
  g_assert_cmpint (draft->extent, ==, ANNALS_EXTENT_WHOLE);
  g_assert_cmpstr (import_read_draft (read, 4)->title, ==, "Comment by Ana");
}

/* The categories of a web site are no posts. */
static void
test_wordpress_others (void)
{
  g_autoptr(ImportRead) read = import_read (
    "categories", "[{\"id\":1,\"count\":3,\"description\":\"\",\"link\":\"https://w.example/c/sea/\",\"name\":\"Sea\","
                  "\"slug\":\"sea\",\"taxonomy\":\"category\",\"meta\":[],\"_links\":{\"self\":[{\"href\":"
                  "\"https://w.example/wp-json/1\"}]}}]",
    -1, NULL, NULL);

  g_assert_cmpuint (read->drafts->len, ==, 1);
  g_assert_cmpint (import_read_draft (read, 0)->kind, ==, ANNALS_POST_OTHER);
}

/* --- texts --- */

static void
test_texts (void)
{
  static const struct { const char *value; const char *text; } cases[] = {
    { "<p>a</p><p>b &amp; c</p>", "a\nb & c" },
    { "one\\n\\ntwo", "one\ntwo" },
    { "one\\ntwo", "one two" },
    { "R&amp;D\\n\\nlab", "R&D\nlab" },
    { "5 < 6 and 7 > 6", "5 < 6 and 7 > 6" },
    { "see <b>this</b>\\n\\nand that", "see this\nand that" },
    { "A first paragraph that is so long that nobody has wrapped it by hand, which can be seen from its having more "
      "than a hundred and twenty characters.\\nSecond.",
      "A first paragraph that is so long that nobody has wrapped it by hand, which can be seen from its having more "
      "than a hundred and twenty characters.\nSecond." },
    { "<script>alert(1)</script><p>safe</p>", "safe" },
    { "\\uD83D\\uDE00 \\u0000 \\ud800!", "😀 \uFFFD!" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json =
        g_strdup_printf ("[{\"title\":\"t\",\"text\":\"%s\",\"date\":\"2020\"}]", cases[i].value);
      g_autoptr(ImportRead) read = import_read ("x.json", json, -1, &annals_format_json, NULL);

      g_test_message ("%s", json);
      g_assert_cmpstr (annals_text_get_string (import_read_draft (read, 0)->text), ==, cases[i].text);
    }
}

static void
test_double_encoded (void)
{
  g_autoptr(ImportRead) read = import_read (
    "x.json", "[{\"title\":\"t\",\"text\":\"cafÃ© Ã  lâ€™Ã©tÃ©\",\"date\":\"2020\"},{\"title\":\"u\",\"text\":\"café à "
              "l’été, Ãrpád\",\"date\":\"2020\"}]", -1, NULL, NULL);

  g_assert_nonnull (import_read_find (read, "encoded twice"));
  g_assert_cmpuint (read->issues->len, ==, 1);
  g_assert_cmpstr (annals_text_get_string (import_read_draft (read, 0)->text), ==, "cafÃ© Ã lâ€™Ã©tÃ©");
}

/* --- damage --- */

/* One damaged record is told with its place; those behind it come in. */
static void
test_damaged (void)
{
  static const char * const broken[] = {
    "{\"title\": \"Broken\", \"text\": \"a\" \"b\"}",
    "{\"title\": \"Broken\", \"text\": nothing!}",
    "{\"title\": \"Broken\", \"text\": \"no end\", ",
    "{\"title\": \"Broken\", \"text\": \"a \" quote\"}",
    "{\"title\": \"Broken\", \"text\": \"no quote}",
    "{\"title\": \"Broken\", \"text\": [1, 2}",
    "{\"title\": \"Broken\" /* \"} */ }",
    "{'title': 'Broken'}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *json = g_strdup_printf ("[%s,\n%s,\n%s,\n%s,\n%s]\n", POST ("1"), POST ("2"), broken[i],
                                               POST ("3"), POST ("4"));
      g_autofree char *lines = g_strdup_printf ("%s\n%s\n%s\n%s\n%s\n", POST ("1"), POST ("2"), broken[i], POST ("3"),
                                                POST ("4"));
      const char *files[] = { json, lines };

      for (guint j = 0; j < 2; j++)
        {
          g_autoptr(ImportRead) read = import_read ("x.json", files[j], -1, &annals_format_json, NULL);

          g_test_message ("%s", files[j]);
          g_assert_no_error (read->error);
          g_assert_cmpuint (import_read_n_posts (read), ==, 4);
          g_assert_cmpstr (import_read_draft (read, read->drafts->len - 1)->title, ==, "Title 4");
          g_assert_true (import_read_find (read, "damaged") || import_read_find (read, "no end"));
        }
    }
}

/* Records that begin otherwise than the first one, each of them damaged, and an end in which nothing begins */
static void
test_much_damage (void)
{
  g_autoptr(GString) json = g_string_new ("[" POST ("1"));
  g_autoptr(ImportRead) read = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append (json, ",\n{\"id\": 1, \"title\": \"un \" quoted\", \"text\": \"b\"}");
  g_string_append (json, ",\n" POST ("2") ",\n{\"title\": oh! nothing here is a record; [1, 2, 3]]");
  read = import_read ("x.json", json->str, -1, &annals_format_json, NULL);

  g_assert_cmpuint (read->drafts->len, ==, 503);
  g_assert_cmpuint (import_read_n_posts (read), ==, 2);
  g_assert_nonnull (import_read_find (read, "no further record was found"));
}

/* An export of Ghost has much in front of its posts. */
static void
test_ghost (void)
{
  g_autoptr(GString) json = g_string_new ("{\"db\":[{\"meta\":{\"exported_on\":1583020800000,\"version\":\"5.0\"},"
                                          "\"data\":{\"custom\":[");
  g_autoptr(ImportRead) read = NULL;

  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (json, "%s{\"id\":\"%u\",\"key\":\"some key\",\"value\":null}", i ? "," : "", i);
  g_string_append (json, "],\"posts\":[{\"id\":\"5e5b\",\"title\":\"Ice\",\"slug\":\"ice\",\"mobiledoc\":\"{}\","
                         "\"html\":\"<p>Cold.</p>\",\"status\":\"published\",\"type\":\"post\",\"published_at\":"
                         "\"2020-03-01T10:00:00.000Z\"},{\"id\":\"5e5c\",\"title\":\"Half\",\"html\":\"<p>H</p>\","
                         "\"status\":\"draft\",\"type\":\"post\"}],\"tags\":[{\"id\":\"1\",\"name\":\"x\"}]}}]}");
  read = import_read ("ghost.json", json->str, -1, NULL, NULL);

  g_assert_true (read->detected == &annals_format_json);
  g_assert_cmpuint (read->drafts->len, ==, 2);
  g_assert_cmpstr (import_read_draft (read, 0)->title, ==, "Ice");
  g_assert_cmpstr (annals_text_get_string (import_read_draft (read, 0)->text), ==, "Cold.");
  g_assert_cmpint (import_read_draft (read, 1)->kind, ==, ANNALS_POST_DRAFT);
  g_assert_nonnull (import_read_find (read, "outside the list"));
}

static void
test_mended (void)
{
  g_autoptr(ImportRead) read = import_read (
    "x.json", "[{\"title\": \"A\", \"text\": \"one\n\ntwo\", \"n\": NaN, \"date\": \"2020-03-01\",},\n" POST ("2") ",]", -1,
    NULL, NULL);

  g_assert_cmpuint (import_read_n_posts (read), ==, 2);
  g_assert_cmpstr (annals_text_get_string (import_read_draft (read, 0)->text), ==, "one\ntwo");
  g_assert_nonnull (import_read_find (read, "mended"));
}

/* Cut anywhere, every record that is complete comes in, and the cut is an issue. */
static void
test_cut (void)
{
  const char *json = "[" POST ("1") ",\n" POST ("2") ",\n" POST ("3") "]";

  for (gsize length = strlen (POST ("1")) + 2; length < strlen (json); length++)
    {
      g_autoptr(ImportRead) read = import_read ("x.json", json, (gssize) length, &annals_format_json, NULL);
      guint n = 0;

      for (gsize i = 0; i < length; i++)
        n += json[i] == '}';

      g_assert_no_error (read->error);
      g_assert_cmpuint (import_read_n_posts (read), ==, n);
      g_assert_nonnull (import_read_find (read, "too early"));
    }
}

static void
test_hostile (void)
{
  g_autoptr(GString) deep = g_string_new ("[" POST ("1") ",{\"title\": ");
  g_autoptr(GString) open = g_string_new ("[");
  g_autoptr(GString) wide = g_string_new ("[{\"title\": \"W\", \"text\": \"w\"");
  g_autoptr(ImportRead) read_deep = NULL;
  g_autoptr(ImportRead) read_open = NULL;
  g_autoptr(ImportRead) read_wide = NULL;

  for (guint i = 0; i < 200000; i++)
    g_string_append_c (deep, '[');
  for (guint i = 0; i < 200000; i++)
    g_string_append_c (deep, ']');
  g_string_append (deep, "}," POST ("2") "]");
  read_deep = import_read ("x.json", deep->str, -1, &annals_format_json, NULL);
  g_assert_cmpuint (import_read_n_posts (read_deep), ==, 2);
  g_assert_nonnull (import_read_find (read_deep, "100 deep"));

  for (guint i = 0; i < 300000; i++)
    g_string_append (open, "{\"a\":[");
  read_open = import_read ("x.json", open->str, -1, &annals_format_json, NULL);
  g_assert_cmpuint (import_read_n_posts (read_open), ==, 0);

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (wide, ",\"m%u\":%u", i, i);
  g_string_append (wide, "}]");
  read_wide = import_read ("x.json", wide->str, -1, &annals_format_json, NULL);
  g_assert_cmpuint (import_read_n_posts (read_wide), ==, 1);
  g_assert_nonnull (import_read_find (read_wide, "more than 1000 members"));
}

/* A record of more than 64 MB is left out, and what follows it is read. */
static void
test_too_long (void)
{
  g_autoptr(GString) json = g_string_new ("[" POST ("1") ",{\"title\": \"Long\", \"text\": \"");
  g_autoptr(ImportRead) read = NULL;

  while (json->len < 66 * 1024 * 1024)
    g_string_append (json, "A sentence that comes again and again and never ends. ");
  g_string_append (json, "\"}," POST ("2") "]");
  read = import_read ("x.json", json->str, (gssize) json->len, &annals_format_json, NULL);
  g_assert_cmpuint (import_read_n_posts (read), ==, 2);
  g_assert_nonnull (import_read_find (read, "longer than 64 MB"));
}

/* --- real data --- */

static void
test_kcna (void)
{
  g_autofree char *path = import_shared_path ("kcna-json/headlines_2024-08-04.json");
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(ImportRead) read = NULL;
  guint n_dated = 0, n_titled = 0, n_texts = 0, n_urls = 0;
  gsize length;
  const char *data;

  if (path == NULL)
    return;

  bytes = import_read_bytes (path);
  data = g_bytes_get_data (bytes, &length);
  read = import_read ("headlines_2024-08-04.json", data, (gssize) length, NULL, NULL);
  g_assert_true (read->detected == &annals_format_json);

  for (guint i = 0; i < read->drafts->len; i++)
    {
      AnnalsDraft *draft = import_read_draft (read, i);
      gint64 from;

      n_titled += draft->title != NULL && *draft->title != '\0';
      n_urls += draft->url != NULL && g_str_has_prefix (draft->url, "http://www.kcna.kp/");
      n_texts += annals_text_get_length (draft->text) > 100;
      n_dated += draft->published != NULL && annals_date_get_from (draft->published, &from) && from > 1700000000;
    }

  g_print ("# kcna: %u items, %u titles, %u dates, %u texts, %u addresses\n", read->drafts->len, n_titled, n_dated,
           n_texts, n_urls);
  g_assert_cmpuint (read->drafts->len, ==, 264);
  g_assert_cmpuint (n_titled, ==, 264);
  g_assert_cmpuint (n_dated, ==, 264);
  g_assert_cmpuint (n_urls, ==, 264);
  g_assert_cmpuint (n_texts, >=, 236);
  g_assert_cmpstr (import_read_draft (read, 0)->title, ==,
                   "Ceremony for Celebrating Transfer of New-Type Tactical Ballistic Missile Weapon System Takes Place "
                   "with Splendor");
  g_assert_cmpstr (annals_date_get_edtf (import_read_draft (read, 0)->published), ==, "2024-08-05T00:00:00Z");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import/json/layouts", test_layouts);
  g_test_add_func ("/import/json/guesses", test_guesses);
  g_test_add_func ("/import/json/guess-by-values", test_guess_by_values);
  g_test_add_func ("/import/json/given-mapping", test_given_mapping);
  g_test_add_func ("/import/json/json-feed", test_json_feed);
  g_test_add_func ("/import/json/wordpress", test_wordpress);
  g_test_add_func ("/import/json/wordpress-others", test_wordpress_others);
  g_test_add_func ("/import/json/texts", test_texts);
  g_test_add_func ("/import/json/double-encoded", test_double_encoded);
  g_test_add_func ("/import/json/damaged", test_damaged);
  g_test_add_func ("/import/json/much-damage", test_much_damage);
  g_test_add_func ("/import/json/mended", test_mended);
  g_test_add_func ("/import/json/ghost", test_ghost);
  g_test_add_func ("/import/json/cut", test_cut);
  g_test_add_func ("/import/json/hostile", test_hostile);
  g_test_add_func ("/import/json/too-long", test_too_long);
  g_test_add_func ("/import/json/kcna", test_kcna);

  return g_test_run ();
}
