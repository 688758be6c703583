/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-facts.h"
#include "annals-page-facts-private.h"

#include <string.h>
#include <time.h>

#define ADDRESS "https://harbour.example/2020/notes"

/* All facts in one line each, those that are there. */
static char *
dump (const AnnalsPageFacts *facts)
{
  GString *out = g_string_new (NULL);
  const struct { const char *name; const char *value; } fields[] = {
    { "title", facts->title }, { "author", facts->author }, { "source", facts->source },
    { "language", facts->language }, { "url", facts->url }, { "guid", facts->guid },
    { "published", facts->published ? annals_date_get_edtf (facts->published) : NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].value != NULL)
      g_string_append_printf (out, "%s=%s\n", fields[i].name, fields[i].value);
  if (facts->tags != NULL)
    {
      g_autofree char *tags = g_strjoinv ("|", facts->tags);

      g_string_append_printf (out, "tags=%s\n", tags);
    }
  if (facts->aliases != NULL)
    {
      g_autofree char *aliases = g_strjoinv ("|", facts->aliases);

      g_string_append_printf (out, "aliases=%s\n", aliases);
    }
  if (facts->is_page)
    g_string_append (out, "page\n");

  return g_string_free (out, FALSE);
}

static char *
read_dump (const char *html,
           const char *address)
{
  g_autoptr(AnnalsPage) page = annals_page_new (html, strlen (html), address);
  g_autoptr(AnnalsPageFacts) facts = annals_page_facts_read (page, NULL, NULL);

  return dump (facts);
}

typedef struct
{
  const char *name;
  const char *html;
  const char *facts;
} Case;

static void
check_cases (const Case *cases,
             guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *found = read_dump (cases[i].html, NULL);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (found, ==, cases[i].facts);
    }
}

/* --- machines first --- */

static const Case json_cases[] = {
  { "one article",
    "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\","
    "\"headline\":\"Tide &amp; time\",\"datePublished\":\"2020-03-04T05:06:07+09:00\","
    "\"dateModified\":\"2021-01-01\",\"author\":[{\"@type\":\"Person\",\"name\":\"Ann Hill\"},"
    "{\"name\":\"Bo Reed\"}],\"publisher\":{\"name\":\"The Harbour\"},\"keywords\":\"Sea, Ships\","
    "\"articleSection\":[\"News\"],\"inLanguage\":\"en_GB\",\"url\":\"https://h.example/tide\"}</script>"
    "<title>Something else</title>",
    "title=Tide & time\nauthor=Ann Hill, Bo Reed\nsource=The Harbour\nlanguage=en-GB\n"
    "url=https://h.example/tide\npublished=2020-03-04T05:06:07+09:00\ntags=Sea|Ships|News\n" },
  { "a graph with references",
    "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"Site\"},"
    "{\"@type\":[\"BlogPosting\"],\"headline\":\"Fog\",\"author\":{\"@id\":\"#ann\"}},"
    "{\"@type\":\"Person\",\"@id\":\"#ann\",\"name\":\"Ann Hill\"}]}</script>",
    "title=Fog\nauthor=Ann Hill\n" },
  { "in CDATA, with line ends in strings, ended by a semicolon",
    "<script type='application/ld+json'>\n//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"Two\nlines\"};\n//]]></script>",
    "title=Two lines\n" },
  { "one broken, one whole",
    "<script type='application/ld+json'>{\"@type\":\"Article\",</script>"
    "<script type='application/ld+json'>[{\"@type\":\"Article\",\"name\":\"Named\"}]</script>",
    "title=Named\n" },
  { "a name that the title holds before a slogan",
    "<title>Winds - Weather book</title><script type='application/ld+json'>{\"@type\":\"Article\","
    "\"name\":\"Winds\",\"headline\":\"moving air\"}</script>",
    "title=Winds\n" },
  { "several articles: only the one in the title",
    "<h1>Second</h1><script type='application/ld+json'>[{\"@type\":\"Article\",\"headline\":\"First\","
    "\"datePublished\":\"2020-01-01\"},{\"@type\":\"Article\",\"headline\":\"Second\","
    "\"datePublished\":\"2020-02-02\"}]</script>",
    "title=Second\npublished=2020-02-02\n" },
  { "an author that is an address, when there is a better",
    "<meta name=author content='Ann Hill'><script type='application/ld+json'>{\"@type\":\"Article\","
    "\"headline\":\"A\",\"author\":\"https://h.example/people/bo-reed\"}</script>",
    "title=A\nauthor=Ann Hill\n" },
  { "an author that is an address, when there is none",
    "<meta property='article:author' content='https://h.example/people/bo-reed/'><title>A</title>",
    "title=A\nauthor=Bo Reed\n" },
  { "an author that is an address which names nobody",
    "<meta property='article:author' content='https://h.example/?author=12'><title>A</title>",
    "title=A\n" },
  { "numbers where strings are expected",
    "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":[1,null,{}],"
    "\"author\":true,\"datePublished\":1583298367,\"@id\":5}</script><title>T</title>",
    "title=1\npublished=2020-03-04T05:06:07Z\n" },
};

static void
test_json (void)
{
  check_cases (json_cases, G_N_ELEMENTS (json_cases));
}

static void
test_json_depth (void)
{
  /* in the second json-glib takes what JSON does not have, and no string begins */
  static const char * const beginnings[] = { "", "{'a\"':" };

  for (guint n = 0; n < G_N_ELEMENTS (beginnings); n++)
    {
      g_autoptr(GString) html = g_string_new ("<title>T</title><script type='application/ld+json'>");
      g_autofree char *found = NULL;

      g_string_append (html, beginnings[n]);
      for (guint i = 0; i < 200000; i++)
        g_string_append (html, i % 2 ? "[" : "{\"a\":");
      g_string_append (html, "</script>");
      found = read_dump (html->str, NULL);

      g_assert_cmpstr (found, ==, "title=T\n");
    }
}

/* --- the head --- */

static const Case meta_cases[] = {
  { "Open Graph",
    "<html lang='it-IT'><meta property='og:title' content='Il porto &#8211; Il Molo'>"
    "<meta property='og:site_name' content='Il Molo'><meta property='og:url' content='https://m.example/porto'>"
    "<meta property='article:published_time' content='2020-03-04T10:00:00+01:00'>"
    "<meta property='article:tag' content='Mare, barche'><meta property='article:tag' content='mare, Barche'>"
    "<meta property='article:section' content='Senza categoria'><meta name=keywords content='a, b'>",
    "title=Il porto\nsource=Il Molo\nlanguage=it-IT\nurl=https://m.example/porto\n"
    "published=2020-03-04T10:00:00+01:00\ntags=Mare, barche\n" },
  { "an og:title that is the site's",
    "<title>The long night | The Harbour</title><meta property='og:title' content='The Harbour'>"
    "<meta property='og:site_name' content='The Harbour'>",
    "title=The long night\nsource=The Harbour\n" },
  { "the site's name first",
    "<title>The Harbour: the long night</title><title>no</title><meta property='og:site_name' content='Other'>",
    "title=The Harbour: the long night\nsource=Other\n" },
  { "a part of the title that nobody else says",
    "<title>Ships - boats - rafts</title>", "title=Ships - boats - rafts\n" },
  { "the heading is in the title",
    "<title>The lights went out at nine « Old News</title><h1>The lights went out at nine</h1>",
    "title=The lights went out at nine\n" },
  { "a heading that is the site's",
    "<meta property='og:site_name' content='Old News'><title>Lights out « Old News</title><h1>Old News</h1>",
    "title=Lights out\nsource=Old News\n" },
  { "Dublin Core, its property before its name",
    "<meta name='DC.title' content='B'><meta property='dcterms:title' content='A'>"
    "<meta name='DC.creator' content='Ann Hill'><meta name='DC.creator' content='Bo Reed'>"
    "<meta name='dc.date.issued' content='2019'><meta name='DC.subject' content='x; y; X'>",
    "title=A\nauthor=Ann Hill, Bo Reed\npublished=2019\ntags=x|y\n" },
  { "seconds since 1970", "<title>T</title><meta name='sailthru.date' content='1583298367'>",
    "title=T\npublished=2020-03-04T05:06:07Z\n" },
  { "milliseconds", "<title>T</title><meta name='parsely-pub-date' content='1583298367000'>",
    "title=T\npublished=2020-03-04T05:06:07Z\n" },
  { "an unreadable date does not hide a good one",
    "<title>T</title><meta property='article:published_time' content='soon'><meta name=date content='2020-03-04'>",
    "title=T\npublished=2020-03-04\n" },
  { "nothing but keywords", "<title>T</title><meta name=keywords content='Uncategorized, Sea,sea,未分類, Wind'>",
    "title=T\ntags=Sea|Wind\n" },
  { "the language that only the locale says",
    "<title>T</title><meta property='og:locale' content='fr_FR'>", "title=T\nlanguage=fr-FR\n" },
  { "what is no language", "<html lang='English'><title>T</title>", "title=T\n" },
  { "short links",
    "<title>T</title><link rel=canonical href='https://h.example/t/'><link rel=shortlink href='https://h.example/?p=12'>",
    "title=T\nurl=https://h.example/t/\nguid=https://h.example/?p=12\naliases=https://h.example/?p=12\n" },
  { "the number that only the interface for programs says",
    "<title>T</title><link rel=canonical href='https://h.example/b/t/'>"
    "<link rel=alternate type='application/json' href='https://h.example/b/wp-json/wp/v2/posts/12'>",
    "title=T\nurl=https://h.example/b/t/\nguid=https://h.example/b/?p=12\naliases=https://h.example/b/?p=12\n" },
  { "the day of a permalink",
    "<title>T</title><link rel=canonical href='https://h.example/2020/03/04/t/'>",
    "title=T\nurl=https://h.example/2020/03/04/t/\npublished=2020-03-04\n" },
  { "a page, not a post",
    "<title>About</title><body class='page-template-default page page-id-2'>", "title=About\npage\n" },
  { "a front page", "<title>T</title><meta property='og:type' content='website'>", "title=T\npage\n" },
  { "a website with a date is a post all the same",
    "<title>T</title><meta property='og:type' content='website'><meta name=date content='2020-03-04'>",
    "title=T\npublished=2020-03-04\n" },
  { "references twice", "<meta property='og:title' content='Ann&amp;#8217;s &amp;amp; Bo'>", "title=Ann’s & Bo\n" },
  { "nothing", "", "" },
};

static void
test_meta (void)
{
  check_cases (meta_cases, G_N_ELEMENTS (meta_cases));
}

static void
test_canonical_is_front (void)
{
  g_autofree char *found =
    read_dump ("<title>T</title><link rel=canonical href='https://harbour.example/'>", ADDRESS);

  g_assert_cmpstr (found, ==, "title=T\nurl=" ADDRESS "\n");
}

/* --- marks --- */

static const Case mark_cases[] = {
  { "hAtom",
    "<title>x</title><div class='hentry category-sea-salt tag-old'><h2 class=entry-title><a rel=bookmark "
    "href='https://h.example/salt'>Salt</a></h2><abbr class=published title='2009-03-31T18:00:00+02:00'>31</abbr>"
    "<span class='updated'>2010-01-01</span><span class='author vcard'>by <a class='url fn n'>Ann Hill</a></span>"
    "<a rel='category tag'>Sea Salt</a><a rel=tag>Uncategorised</a></div>",
    "title=Salt\nauthor=Ann Hill\npublished=2009-03-31T18:00:00+02:00\ntags=Sea Salt\n" },
  { "old hAtom with nothing but updated",
    "<div class=hentry><h1 class=entry-title>Salt</h1><time class='updated' datetime='2009-03-31'>31</time></div>",
    "title=Salt\npublished=2009-03-31\n" },
  { "h-entry",
    "<article class=h-entry><h1 class=p-name>Salt</h1><time class=dt-published datetime='2009-03-31T18:00Z'></time>"
    "<a class='p-author h-card' href='/'>Ann Hill</a><a class=p-category>Sea</a>"
    "<section class=comments><div class='h-entry'><p class=p-name>me too</p><time datetime='2011-11-11'></time></div>"
    "</section></article>",
    "title=Salt\nauthor=Ann Hill\npublished=2009-03-31T18:00Z\ntags=Sea\n" },
  { "microdata",
    "<div itemscope itemtype='http://schema.org/BlogPosting'><h1 itemprop='headline'>Salt</h1>"
    "<span itemprop=author itemscope itemtype='http://schema.org/Person'><span itemprop=name>Ann Hill</span></span>"
    "<meta itemprop=dateModified content='2011-01-01'><meta itemprop=datePublished content='2009-03-31'>"
    "<span itemprop=publisher itemscope><b itemprop=name>The Harbour</b></span>"
    "<meta itemprop=keywords content='Sea,Salt'></div>",
    "title=Salt\nauthor=Ann Hill\nsource=The Harbour\npublished=2009-03-31\ntags=Sea\n" },
  { "sections as links",
    "<article class=hentry><h1 class=entry-title>Salt</h1><div itemprop=articleSection><a>Sea</a> <a>Ships</a></div></article>",
    "title=Salt\ntags=Sea|Ships\n" },
  { "several entries: the one with the page's number",
    "<body class='single postid-7'><div class=hentry id=post-9><h2 class=entry-title>Other</h2>"
    "<b class=published>2001-01-01</b></div><div class=hentry id=post-7><h2 class=entry-title>Salt</h2>"
    "<b class=published>2009-03-31</b></div>",
    "title=Salt\npublished=2009-03-31\n" },
  { "time behind the heading",
    "<h1>Salt</h1><time datetime='2009-03-31'>then</time><time datetime='2012-01-01'>other</time>",
    "title=Salt\npublished=2009-03-31\n" },
  { "a modified date is no published one when both are there",
    "<article itemscope itemtype='https://schema.org/Article'><h1>Salt</h1>"
    "<time class=updated datetime='2020-01-01'></time><time itemprop=datePublished datetime='2009-03-31'></time></article>",
    "title=Salt\npublished=2009-03-31\n" },
};

static void
test_marks (void)
{
  check_cases (mark_cases, G_N_ELEMENTS (mark_cases));
}

/* Only what is in the article counts. */
static void
test_article (void)
{
  static const char html[] =
    "<html lang=en><title>March</title><meta name=author content='The Editor'><meta property='og:type' content='website'>"
    "<div class=post lang=it><h2><a href='/2020/03/04/uno/'>Uno</a></h2><p class=meta>Pubblicato il 4 marzo 2020 da "
    "Anna Colle</p><p>Testo.</p></div><div class=post><h2>Two</h2><p>by Bo Reed</p></div>";
  g_autoptr(AnnalsPage) page = annals_page_new (html, strlen (html), "https://h.example/2020/03/");
  xmlNode *root = annals_page_get_root (page);
  g_autoptr(GString) found = g_string_new (NULL);

  for (xmlNode *node = root; node != NULL; node = annals_page_next_element (node, root, TRUE))
    if (annals_page_node_has_class (node, "post"))
      {
        g_autoptr(AnnalsPageFacts) facts = annals_page_facts_read (page, node, NULL);
        g_autofree char *one = dump (facts);

        g_string_append (found, one);
      }

  g_assert_cmpstr (found->str, ==,
                   "title=Uno\nauthor=Anna Colle\nlanguage=it\nurl=https://h.example/2020/03/04/uno/\n"
                   "published=2020-03-04\n"
                   "title=Two\nauthor=Bo Reed\nlanguage=en\n");
}

/* --- what readers see --- */

static void
test_bylines (void)
{
  static const struct { const char *line; gboolean is_name; const char *author; const char *date;
  } cases[] = {
    { "Posted on March 31, 2009 by Jon Hale", FALSE, "Jon Hale", "March 31, 2009" },
    { "By Ann Hill", FALSE, "Ann Hill", NULL },
    { "by Ann Hill | 3 March 2020", FALSE, "Ann Hill", "3 March 2020" },
    { "By Ann Hill, Correspondent", FALSE, "Ann Hill", NULL },
    { "Written by Ann Hill on March 3, 2020", FALSE, "Ann Hill", "March 3, 2020" },
    { "Pubblicato il 3 marzo 2020 da Anna Colle", FALSE, "Anna Colle", "3 marzo 2020" },
    { "di Anna Colle", FALSE, "Anna Colle", NULL },
    { "Publicado el 3 de marzo de 2020 por Ana Loma", FALSE, "Ana Loma", "3 de marzo de 2020" },
    { "Publié le 3 mars 2020 par Anne Colline", FALSE, "Anne Colline", "3 mars 2020" },
    { "Veröffentlicht am 3. März 2020 von Anna Hügel", FALSE, "Anna Hügel", "3. März 2020" },
    { "Geplaatst op 3 maart 2020 door Anna Heuvel", FALSE, "Anna Heuvel", "3 maart 2020" },
    { "2020년 3월 3일", FALSE, NULL, "2020년 3월 3일" },
    { "Ann Hill", TRUE, "Ann Hill", NULL },
    { "Ann Hill", FALSE, NULL, NULL },
    { "March 3, 2020 · Ann Hill", TRUE, "Ann Hill", "March 3, 2020" },
    { "by the river we sat down", FALSE, NULL, NULL },
    { "Stand by Me", FALSE, NULL, NULL },
    { "By 2020, all ships will have left", FALSE, NULL, NULL },
    { "", TRUE, NULL, NULL },
    { "by", FALSE, NULL, NULL },
    { "by ", TRUE, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *author = NULL;
      g_autofree char *date = NULL;

      annals_byline_read (cases[i].line, cases[i].is_name, NULL, NULL, &author, &date);
      g_test_message ("%s", cases[i].line);
      g_assert_cmpstr (author, ==, cases[i].author);
      g_assert_cmpstr (date, ==, cases[i].date);
    }
}

static const Case line_cases[] = {
  { "behind the heading", "<h1>Salt</h1><p>By Ann Hill</p><p>March 3, 2020</p><p>By Noon it was gone.</p>",
    "title=Salt\nauthor=Ann Hill\npublished=2020-03-03\n" },
  { "marked by a class", "<h1>Salt</h1><div class=post-meta>Posted on 3 March 2020 by Ann Hill</div>",
    "title=Salt\nauthor=Ann Hill\npublished=2020-03-03\n" },
  { "not what is said of a comment",
    "<h1>Salt</h1><div class=comments><div class=comment-author>By Bo Reed</div></div>", "title=Salt\n" },
};

static void
test_lines (void)
{
  check_cases (line_cases, G_N_ELEMENTS (line_cases));
}

/* --- doubts --- */

static void
test_doubts (void)
{
  static const struct { const char *html; AnnalsStampDoubt doubt; const char *stamp;
  } cases[] = {
    { "<title>T</title>", ANNALS_STAMP_MISSING, NULL },
    { "<meta name=date content='yesterday or so'>", ANNALS_STAMP_UNREADABLE, "yesterday or so" },
    { "<meta name=date content='0000-00-00 00:00:00'>", ANNALS_STAMP_IMPOSSIBLE, "0000-00-00 00:00:00" },
    { "<meta name=date content='3/4/2020'>", ANNALS_STAMP_AMBIGUOUS, "3/4/2020" },
    { "<meta name=date content='2020-04-03'>", ANNALS_STAMP_CLEAR, "2020-04-03" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsPage) page = annals_page_new (cases[i].html, strlen (cases[i].html), NULL);
      g_autoptr(AnnalsPageFacts) facts = annals_page_facts_read (page, NULL, NULL);

      g_assert_cmpint (facts->doubt, ==, cases[i].doubt);
      g_assert_cmpstr (facts->stamp, ==, cases[i].stamp);
      g_assert_true ((facts->published != NULL) ==
                     (cases[i].doubt == ANNALS_STAMP_CLEAR || cases[i].doubt == ANNALS_STAMP_AMBIGUOUS));
    }
}

static void
test_zone (void)
{
  static const char html[] = "<meta name=date content='2020-03-04 10:00:00'>";
  g_autoptr(AnnalsPage) page = annals_page_new (html, strlen (html), NULL);
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("+09:00");
  AnnalsFormatSettings settings = { .zone = zone };
  g_autoptr(AnnalsPageFacts) facts = annals_page_facts_read (page, NULL, &settings);

  g_assert_cmpstr (annals_date_get_edtf (facts->published), ==, "2020-03-04T10:00:00+09:00");
}

/* --- too much of everything --- */

static void
test_limits (void)
{
  g_autoptr(GString) html = g_string_new ("<meta property='og:title' content='");
  g_autoptr(AnnalsPage) page = NULL;
  g_autoptr(AnnalsPageFacts) facts = NULL;
  clock_t start;
  double seconds;

  for (guint i = 0; i < 200000; i++)
    g_string_append (html, "long ");
  g_string_append (html, "'><title>Short</title>");
  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (html, "<meta property='article:tag' content='tag %u'>", i);
  g_string_append (html, "<div class=hentry>");
  for (guint i = 0; i < 20000; i++)
    g_string_append (html, "<div class='byline entry-title author vcard p-name' itemprop='author name'>");
  g_string_append (html, "x");

  page = annals_page_new (html->str, html->len, NULL);
  /* of this process: others may keep the machine busy */
  start = clock ();
  facts = annals_page_facts_read (page, NULL, NULL);
  seconds = (double) (clock () - start) / CLOCKS_PER_SEC;
  g_test_message ("%.2f s", seconds);

  g_assert_cmpstr (facts->title, ==, "Short");
  g_assert_cmpuint (g_strv_length (facts->tags), ==, 100);
  g_assert_cmpfloat (seconds, <, 20);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/page-facts/json", test_json);
  g_test_add_func ("/page-facts/json-depth", test_json_depth);
  g_test_add_func ("/page-facts/meta", test_meta);
  g_test_add_func ("/page-facts/canonical-is-front", test_canonical_is_front);
  g_test_add_func ("/page-facts/marks", test_marks);
  g_test_add_func ("/page-facts/article", test_article);
  g_test_add_func ("/page-facts/bylines", test_bylines);
  g_test_add_func ("/page-facts/lines", test_lines);
  g_test_add_func ("/page-facts/doubts", test_doubts);
  g_test_add_func ("/page-facts/zone", test_zone);
  g_test_add_func ("/page-facts/limits", test_limits);

  return g_test_run ();
}
