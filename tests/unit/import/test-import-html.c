/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-articles.h"
#include "annals-page-marks.h"
#include "annals-walk.h"
#include "import-dump.h"

#include <string.h>
#include <time.h>

/* --- reading --- */

typedef struct
{
  GPtrArray *drafts;   /* AnnalsDraft */
  GPtrArray *issues;   /* AnnalsIssue */
} Found;

static void
found_clear (Found *self)
{
  g_clear_pointer (&self->drafts, g_ptr_array_unref);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

static void
read_part (Found      *self,
           AnnalsPart *part)
{
  g_autoptr(AnnalsFormatReader) reader = NULL;
  g_autoptr(GError) error = NULL;
  AnnalsReadResult result;

  reader = annals_format_reader_new (part, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (annals_format_reader_get_format (reader)->id, ==, "html");
  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_draft_free);
  self->issues = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_issue_free);

  do
    {
      AnnalsDraft *draft = NULL;
      AnnalsIssue *issue = NULL;

      result = annals_format_reader_next (reader, &draft, &issue, NULL, &error);
      if (draft != NULL)
        g_ptr_array_add (self->drafts, draft);
      if (issue != NULL)
        g_ptr_array_add (self->issues, issue);
    }
  while (result == ANNALS_READ_DRAFT || result == ANNALS_READ_ISSUE);

  g_assert_no_error (error);
}

/* @address (nullable): where the page was fetched from */
static void
read_bytes (Found      *self,
            GBytes     *bytes,
            const char *address)
{
  g_autoptr(AnnalsPart) part = annals_part_new ("page.html", annals_import_input_new_for_bytes (bytes, "page.html"));

  part->url = g_strdup (address);
  read_part (self, part);
}

static void
read_page (Found      *self,
           const char *html,
           const char *address)
{
  g_autoptr(GBytes) bytes = g_bytes_new (html, strlen (html));

  read_bytes (self, bytes, address);
}

static void
read_fixture (Found      *self,
              const char *name)
{
  g_autofree char *path = import_fixture_path (name);
  g_autoptr(GBytes) bytes = import_read_bytes (path);

  read_bytes (self, bytes, NULL);
}

static AnnalsDraft *
draft_at (Found *self,
          guint  index)
{
  g_assert_cmpuint (index, <, self->drafts->len);

  return g_ptr_array_index (self->drafts, index);
}

static guint
count_issues (Found           *self,
              AnnalsIssueCode  code)
{
  guint n = 0;

  for (guint i = 0; i < self->issues->len; i++)
    n += ((AnnalsIssue *) g_ptr_array_index (self->issues, i))->code == code;

  return n;
}

static void
assert_day (AnnalsDraft *draft,
            const char  *day)
{
  g_assert_nonnull (draft->published);
  g_assert_true (g_str_has_prefix (annals_date_get_edtf (draft->published), day));
}

static gboolean
markup_has (AnnalsDraft *draft,
            const char  *words)
{
  gsize length;
  const char *markup = g_bytes_get_data (draft->markup, &length);

  return g_strstr_len (markup, (gssize) length, words) != NULL;
}

/* --- a post's own page --- */

static void
test_post (void)
{
  g_auto(Found) found = { NULL, };
  AnnalsDraft *post;

  read_fixture (&found, "harbour-post.html");
  post = draft_at (&found, 0);
  g_assert_null (post->skipped);
  g_assert_cmpint (post->kind, ==, ANNALS_POST_POST);
  g_assert_cmpint (post->extent, ==, ANNALS_EXTENT_WHOLE);
  g_assert_cmpstr (post->title, ==, "The north mole is moving");
  g_assert_cmpstr (post->url, ==, "https://harbour.example/2017/04/the-north-mole/");
  g_assert_cmpstr (post->author, ==, "Ines Calder");
  g_assert_cmpstr (post->source, ==, "Harbour Notes");
  g_assert_cmpstr (post->language, ==, "en-GB");
  g_assert_cmpstr (annals_date_get_edtf (post->published), ==, "2017-04-12T08:15:00+01:00");
  g_assert_nonnull (post->tags);
  g_assert_true (g_strv_contains ((const char * const *) post->tags, "mole"));
  g_assert_true (g_strv_contains ((const char * const *) post->tags, "Works"));
  g_assert_cmpstr (annals_text_get_string (post->text), ==,
                   "The survey of last spring left no doubt: the north mole slides eleven millimetres a year.\n"
                   "Nobody had looked since 1954.\n"
                   "The mole at low water\n"
                   "The mole, seen from the pilots’ tower.\n"
                   "What was measured\n"
                   "the crown, at forty points\n"
                   "the foot, by divers\n"
                   "Year Shift\n2015 9 mm\n2016 11 mm\n"
                   "No danger to shipping at present.\n"
                   "More in the divers’ report.");
  g_assert_true (markup_has (post, "<nav class=\"main-navigation\">"));
  g_assert_cmpstr (post->markup_kind, ==, "html");
}

static void
test_spans (void)
{
  g_auto(Found) found = { NULL, };
  const AnnalsSpan *spans;
  guint n_spans;
  guint kinds[ANNALS_SPAN_IMAGE + 1] = { 0, };
  const char *picture = NULL;

  read_fixture (&found, "harbour-post.html");
  spans = annals_text_get_spans (draft_at (&found, 0)->text, &n_spans);
  for (guint i = 0; i < n_spans; i++)
    {
      kinds[spans[i].kind]++;
      if (spans[i].kind == ANNALS_SPAN_IMAGE)
        picture = spans[i].value;
      if (spans[i].kind == ANNALS_SPAN_LINK)
        g_assert_cmpstr (spans[i].value, ==, "https://harbour.example/2017/04/the-divers/");
      if (spans[i].kind == ANNALS_SPAN_QUOTATION)
        g_assert_cmpstr (spans[i].value, ==, "https://port.example/report");
    }

  g_assert_cmpstr (picture, ==, "https://harbour.example/wp-content/uploads/2017/04/mole.jpg");
  g_assert_cmpuint (kinds[ANNALS_SPAN_HEADING], ==, 1);
  g_assert_cmpuint (kinds[ANNALS_SPAN_LIST_ITEM], ==, 2);
  g_assert_cmpuint (kinds[ANNALS_SPAN_TABLE], ==, 1);
  g_assert_cmpuint (kinds[ANNALS_SPAN_CELL], ==, 6);
  g_assert_cmpuint (kinds[ANNALS_SPAN_EMPHASIS], ==, 1);
  g_assert_cmpuint (kinds[ANNALS_SPAN_STRONG], ==, 1);
  g_assert_cmpuint (kinds[ANNALS_SPAN_LINK], ==, 1);
}

static void
test_comments (void)
{
  g_auto(Found) found = { NULL, };
  AnnalsDraft *comment;

  read_fixture (&found, "harbour-post.html");
  g_assert_cmpuint (found.drafts->len, ==, 3);

  comment = draft_at (&found, 1);
  g_assert_cmpint (comment->kind, ==, ANNALS_POST_COMMENT);
  g_assert_cmpstr (comment->title, ==, "Comment by Old Pilot on The north mole is moving");
  g_assert_cmpstr (comment->author, ==, "Old Pilot");
  g_assert_cmpstr (comment->url, ==, "https://harbour.example/2017/04/the-north-mole/#comment-7");
  g_assert_cmpstr (annals_text_get_string (comment->text), ==, "It moved in 1961 too. Ask the lighthouse.");
  assert_day (comment, "2017-04-13");

  comment = draft_at (&found, 2);
  g_assert_cmpstr (comment->author, ==, "Ines Calder");
  g_assert_cmpstr (comment->url, ==, "https://harbour.example/2017/04/the-north-mole/#comment-8");
  g_assert_cmpstr (annals_text_get_string (comment->text), ==, "I shall.");
  assert_day (comment, "2017-04-14");
}

/* What themes before 2010 made of comments */
static void
test_old_comments (void)
{
  g_auto(Found) found = { NULL, };

  read_page (
    &found,
    "<html><body class='single'><div class='post hentry' id='post-3'><h1 class='entry-title'>Ropes</h1>"
    "<div class='entry-content'><p>Hemp is back in the chandlers’ windows this year.</p></div></div>"
    "<ol class='commentlist'><li class='comment' id='comment-1'><div id='div-comment-1' class='comment-body'>"
    "<div class='comment-author vcard'><cite class='fn'>Ada</cite> <span class='says'>says:</span></div>"
    "<div class='comment-meta commentmetadata'><a href='http://h.example/ropes/#comment-1'>March 3, 2008 at 9:15 am</a></div>"
    "<p>It never went.</p><p>Ask Tom.</p><div class='reply'><a href='#'>Reply</a></div></div></li></ol>"
    "<span class='comment'>1 comment</span></body></html>",
    "http://h.example/ropes/");
  g_assert_cmpuint (found.drafts->len, ==, 2);
  g_assert_cmpstr (draft_at (&found, 1)->author, ==, "Ada");
  g_assert_cmpstr (annals_text_get_string (draft_at (&found, 1)->text), ==, "It never went.\nAsk Tom.");
  assert_day (draft_at (&found, 1), "2008-03-03");
  g_assert_cmpstr (annals_text_get_string (draft_at (&found, 0)->text), ==,
                   "Hemp is back in the chandlers’ windows this year.");
}

/* --- pages of several posts --- */

static void
test_month (void)
{
  g_auto(Found) found = { NULL, };
  AnnalsDraft *draft;

  read_fixture (&found, "harbour-month.html");
  g_assert_cmpuint (found.drafts->len, ==, 3);

  draft = draft_at (&found, 0);
  g_assert_cmpint (draft->extent, ==, ANNALS_EXTENT_LISTED);
  g_assert_cmpstr (draft->title, ==, "The fog signal is silent");
  g_assert_cmpstr (draft->url, ==, "https://harbour.example/2017/04/fog-signal/");
  g_assert_cmpstr (draft->author, ==, "Tom Reed");
  g_assert_cmpstr (draft->place, ==, "page.html, item 1");
  assert_day (draft, "2017-04-20");
  g_assert_cmpstr (annals_text_get_string (draft->text), ==,
                   "Since Monday the horn on the south mole keeps quiet.\n"
                   "A new one is on its way, the harbour master says.");
  g_assert_true (markup_has (draft, "<p>Since Monday"));
  g_assert_false (markup_has (draft, "Eels"));

  draft = draft_at (&found, 1);
  g_assert_cmpint (draft->extent, ==, ANNALS_EXTENT_EXCERPT);
  g_assert_cmpstr (draft->title, ==, "The north mole is moving");
  g_assert_cmpstr (draft->url, ==, "https://harbour.example/2017/04/the-north-mole/");
  assert_day (draft, "2017-04-12");
  g_assert_cmpstr (annals_text_get_string (draft->text), ==,
                   "The survey of last spring left no doubt: the north mole slides eleven millimetres a year.");

  draft = draft_at (&found, 2);
  g_assert_cmpint (draft->extent, ==, ANNALS_EXTENT_EXCERPT);
  g_assert_cmpstr (draft->title, ==, "Eels");
  g_assert_cmpstr (annals_text_get_string (draft->text), ==, "They are back in the inner basin […]");
}

/* A page and its teaser elsewhere are the same post. */
static void
test_identity (void)
{
  g_auto(Found) post = { NULL, };
  g_auto(Found) month = { NULL, };
  g_autofree char *identity = NULL;
  g_autofree char *listed = NULL;

  read_fixture (&post, "harbour-post.html");
  read_fixture (&month, "harbour-month.html");
  identity = annals_draft_dup_identity (draft_at (&post, 0), "");
  listed = annals_draft_dup_identity (draft_at (&month, 1), "");
  g_assert_cmpstr (identity, ==, listed);
}

/* Headings that are links, and a date here and there, in no element of their own */
static void
test_unmarked_list (void)
{
  g_auto(Found) found = { NULL, };

  read_fixture (&found, "harbour-old.html");
  g_assert_cmpuint (found.drafts->len, ==, 3);
  g_assert_cmpstr (draft_at (&found, 0)->title, ==, "New buoys");
  g_assert_cmpstr (draft_at (&found, 0)->url, ==, "http://old.harbour.example/2003/11/buoys.html");
  g_assert_cmpstr (annals_text_get_string (draft_at (&found, 0)->text), ==,
                   "4 November 2003\nThree green ones were laid in the fairway.\nThey blink.");
  assert_day (draft_at (&found, 0), "2003-11-04");
  g_assert_cmpint (draft_at (&found, 0)->extent, ==, ANNALS_EXTENT_LISTED);
  g_assert_cmpstr (draft_at (&found, 1)->title, ==, "The ferry is late");
  g_assert_cmpstr (draft_at (&found, 2)->title, ==, "A net in the screw");
  g_assert_cmpint (draft_at (&found, 2)->extent, ==, ANNALS_EXTENT_EXCERPT);
  g_assert_cmpstr (annals_text_get_string (draft_at (&found, 2)->text), ==, "The tug lost half a day.");
}

static void
test_shapes (void)
{
  static const struct
  {
    const char     *name;
    const char     *html;
    AnnalsPageShape shape;
    guint           n;
  } cases[] = {
    { "one article", "<article><h1>A</h1><p>text</p></article>", ANNALS_PAGE_SINGLE, 1 },
    { "two articles", "<article><h2><a href='/a'>A</a></h2><p>x</p></article>"
                      "<article><h2><a href='/b'>B</a></h2><p>y</p></article>", ANNALS_PAGE_LISTING, 2 },
    { "one on an archive page", "<body class='archive'><article><h2><a href='/a'>A</a></h2></article></body>",
      ANNALS_PAGE_LISTING, 1 },
    { "a post and cards", "<body class='single'><article id='post-1'><h1>A</h1><div class='entry-content'>long</div>"
                          "</article><article><h3><a href='/b'>B</a></h3></article></body>", ANNALS_PAGE_SINGLE, 1 },
    { "cards in a side bar", "<article><h1>A</h1></article><aside><article><h3>B</h3></article></aside>",
      ANNALS_PAGE_SINGLE, 1 },
    { "a wrapper", "<article><article><h2>A</h2><p>x</p></article><article><h2>B</h2><p>y</p></article></article>",
      ANNALS_PAGE_LISTING, 2 },
    { "canonical is one of them", "<link rel='canonical' href='http://h.example/b/'>"
                                  "<article><h2><a href='http://h.example/a/'>A</a></h2></article>"
                                  "<article><h2><a href='http://h.example/b/'>B</a></h2></article>",
      ANNALS_PAGE_SINGLE, 1 },
    { "nothing marked", "<p>Some words.</p>", ANNALS_PAGE_UNMARKED, 0 },
    { "not there", "<body class='error404'><article><h1>Oops</h1></article></body>", ANNALS_PAGE_NOTHING, 0 },
    { "empty", "", ANNALS_PAGE_NOTHING, 0 },
    { "body without article", "<h1>A</h1><div class='post-content'><p>x</p></div>", ANNALS_PAGE_SINGLE, 1 },
    { "microdata", "<div itemscope itemtype='https://schema.org/BlogPosting'><h1 itemprop='headline'>A</h1></div>",
      ANNALS_PAGE_SINGLE, 1 },
    { "headings in a text", "<body class='single'><h2><a href='/2020/01/a'>A</a></h2><p>x</p><h2><a href='/2020/01/b'>B</a></h2>"
                            "</body>", ANNALS_PAGE_UNMARKED, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsPage) page = annals_page_new (cases[i].html, strlen (cases[i].html), "http://h.example/x");
      g_autoptr(GPtrArray) articles = NULL;
      AnnalsPageShape shape;

      g_test_message ("%s", cases[i].name);
      articles = annals_page_find_articles (page, &shape);
      g_assert_cmpint (shape, ==, cases[i].shape);
      g_assert_cmpuint (articles->len, ==, cases[i].n);
    }
}

/* --- pages of no post --- */

static void
test_no_post (void)
{
  static const char * const pages[] = {
    "<html><head><title>Tags</title></head><body><div class='tagcloud'><a href='/tag/a'>mole</a> <a href='/tag/b'>eels</a>"
    "</div></body></html>",
    "<html><body><form action='/search'><input name='s'><button>Search</button></form></body></html>",
    "<html><body class='error404'><h1>Not found</h1><p>There is nothing here, and there was nothing here before; try to "
    "search for it, or go back to where you came from and read something else instead of this.</p></body></html>",
    "<html><head><title>Frames</title></head><frameset cols='20%,80%'><frame src='a.html'></frameset></html>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_auto(Found) found = { NULL, };

      g_test_message ("%s", pages[i]);
      read_page (&found, pages[i], "http://h.example/");
      g_assert_cmpuint (found.drafts->len, ==, 1);
      g_assert_nonnull (draft_at (&found, 0)->skipped);
      g_assert_cmpint (draft_at (&found, 0)->code, ==, ANNALS_ISSUE_FORMAT);
      g_assert_nonnull (draft_at (&found, 0)->text);
    }
}

static void
test_static_page (void)
{
  g_auto(Found) found = { NULL, };

  read_page (&found,
             "<html><head><title>About | Harbour Notes</title><meta property='og:type' content='website'></head>"
             "<body class='page page-id-2'><article id='post-2' class='post-2 page type-page hentry'>"
             "<h1 class='entry-title'>About</h1><div class='entry-content'><p>Four people write about one harbour.</p></div>"
             "</article></body></html>",
             "http://h.example/about/");
  g_assert_cmpuint (found.drafts->len, ==, 1);
  g_assert_null (draft_at (&found, 0)->skipped);
  g_assert_cmpint (draft_at (&found, 0)->kind, ==, ANNALS_POST_PAGE);
  g_assert_cmpstr (draft_at (&found, 0)->title, ==, "About");
}

/* --- browsers' saves --- */

static void
test_single_file (void)
{
  g_auto(Found) found = { NULL, };
  AnnalsDraft *post;
  AnnalsPicture *picture;
  const AnnalsSpan *spans;
  guint n_spans;
  gboolean shown = FALSE;

  read_page (&found,
             "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://harbour.example/2018/02/ice/ \n "
             "saved date: Mon Feb 12 2018 06:39:58 GMT+0000 (Coordinated Universal Time)\n--><meta charset=utf-8>"
             "<title>Ice</title><body class=single><article class='post hentry'><h1 class=entry-title>Ice</h1>"
             "<div class=entry-content><p>The basin froze over.<img alt src=\"data:image/gif;base64,"
             "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7\"></p><p>It bore.<img alt src='data:image/gif;base64,"
             "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'></p></div></article>"
             "<img src=\"data:image/gif;base64,R0lGODdh\">",
             NULL);
  post = draft_at (&found, 0);
  g_assert_cmpstr (post->url, ==, "https://harbour.example/2018/02/ice/");
  g_assert_nonnull (post->pictures);
  g_assert_cmpuint (post->pictures->len, ==, 1);
  picture = g_ptr_array_index (post->pictures, 0);
  g_assert_cmpstr (picture->media_type, ==, "image/gif");
  g_assert_cmpuint (g_bytes_get_size (picture->bytes), ==, 42);
  g_assert_true (g_str_has_prefix (picture->address, "sha256:"));

  spans = annals_text_get_spans (post->text, &n_spans);
  for (guint i = 0; i < n_spans; i++)
    shown |= spans[i].kind == ANNALS_SPAN_IMAGE && g_strcmp0 (spans[i].value, picture->address) == 0;
  g_assert_true (shown);
}

static void
test_addresses (void)
{
  static const struct { const char *html; const char *told; const char *address; const char *base; } cases[] = {
    { "<p>x", NULL, NULL, NULL },
    { "<p>x", "http://a.example/1", "http://a.example/1", "http://a.example/1" },
    { "<link rel=canonical href='http://b.example/2'>", "http://a.example/1", "http://a.example/1", "http://a.example/1" },
    { "<link rel=canonical href='http://b.example/2'>", NULL, "http://b.example/2", "http://b.example/2" },
    { "<meta property='og:url' content='http://c.example/3'>", NULL, "http://c.example/3", "http://c.example/3" },
    { "<base href='/d/'>", "http://a.example/1", "http://a.example/1", "http://a.example/d/" },
    { "<base href='http://d.example/e/'>", NULL, NULL, "http://d.example/e/" },
    { "<base href='cid:7'>", "http://a.example/1", "http://a.example/1", "http://a.example/1" },
    { "<!-- saved from url=(0022)http://e.example/4.htm -->\n<p>x", NULL, "http://e.example/4.htm", "http://e.example/4.htm" },
    { "<!-- saved from url=(0014)about:internet --><p>x", NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsPage) page = annals_page_new (cases[i].html, strlen (cases[i].html), cases[i].told);

      g_test_message ("%s", cases[i].html);
      g_assert_cmpstr (annals_page_get_address (page), ==, cases[i].address);
      g_assert_cmpstr (annals_page_get_base (page), ==, cases[i].base);
    }
}

/* --- characters --- */

static void
test_charsets (void)
{
  /* "Порт" in windows-1251, and in UTF-8 under a wrong name */
  static const char cyrillic[] = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>"
                                 "</head><body class='single'><article><h1>\xcf\xee\xf0\xf2</h1><div class='entry-content'>"
                                 "<p>\xcf\xee\xf0\xf2 \xe7\xe0\xec\xb8\xf0\xe7.</p></div></article></body></html>";
  static const char wrong[] = "<html><head><meta charset='iso-8859-1'></head><body class='single'><article><h1>Порт</h1>"
                              "<div class='entry-content'><p>Порт замёрз.</p></div></article></body></html>";
  const char *pages[] = { cyrillic, wrong };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_auto(Found) found = { NULL, };

      read_page (&found, pages[i], NULL);
      g_assert_cmpstr (draft_at (&found, 0)->title, ==, "Порт");
      g_assert_cmpstr (annals_text_get_string (draft_at (&found, 0)->text), ==, "Порт замёрз.");
      /* what it says wrongly is noted */
      g_assert_cmpuint (count_issues (&found, ANNALS_ISSUE_CHARACTERS), ==, i);
    }
}

/* --- marks and words --- */

static void
test_more_words (void)
{
  static const char * const more[] = {
    "Continue reading →", "Continue reading “The mole”", "Read more", "Read More »", "(more…)", "[more]", "More »",
    "Leggi tutto", "Continua a leggere", "Weiterlesen →", "Lire la suite", "Seguir leyendo", "続きを読む", "계속 읽기",
    "Читать далее", "→ Read the rest of this entry",
  };
  static const char * const other[] = {
    "", "the divers’ report", "Moreover, he said", "Reader", "Home", "More people came than last year", "Leggings",
  };

  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    {
      g_test_message ("%s", more[i]);
      g_assert_true (annals_page_words_are_more (more[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (other); i++)
    {
      g_test_message ("%s", other[i]);
      g_assert_false (annals_page_words_are_more (other[i]));
    }
}

/* --- hostile pages --- */

static char *
repeat (const char *before,
        const char *piece,
        guint       n,
        const char *after)
{
  GString *html = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append (html, piece);
  g_string_append (html, after);

  return g_string_free (html, FALSE);
}

/* Memory that is checked at every access is slow. */
#ifdef __SANITIZE_ADDRESS__
#define SLOWER 20
#else
#define SLOWER (g_getenv ("ANNALS_MEMCHECK") ? 20u : 1u)
#endif

/* Deep and wide ones: each takes a moment of the processor, not a minute. */
static void
test_hostile (void)
{
  static const struct { const char *piece; guint n; } cases[] = {
    { "<div>", 100000 },
    { "<article>", 50000 },
    { "<article><h2><a href=/a>x</a></h2>", 20000 },
    { "<div class='entry-content'>", 50000 },
    { "<li class='comment' id='comment-1'><cite>x", 20000 },
    { "<cite class=fn>", 50000 },
    { "<h2><a href='/2020/01/x'>y</a></h2>", 30000 },
    { "<div><h2><a href='/2020/01/x'>y</a></h2>", 30000 },
    { "<a href=x><div>", 50000 },
    { "<img src='data:image/gif;base64,AAAA'>", 20000 },
    { "<p class='", 20000 },
    { "<!--", 20000 },
    { "<time>", 50000 },
    { "<span itemprop=author>", 50000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *html = repeat ("<!DOCTYPE html><body class=single><h1>A</h1>", cases[i].piece,
                                      cases[i].n / SLOWER, "end");
      g_autofree char *list = repeat ("<!DOCTYPE html><body>", cases[i].piece, cases[i].n / SLOWER, "end");
      g_auto(Found) found = { NULL, };
      g_auto(Found) listed = { NULL, };
      clock_t start = clock ();
      double seconds;

      read_page (&found, html, "http://h.example/");
      read_page (&listed, list, "http://h.example/");
      seconds = (double) (clock () - start) / CLOCKS_PER_SEC;
      g_test_message ("%s: %.2f s", cases[i].piece, seconds);
      g_assert_cmpfloat (seconds, <, 20);
    }
}

static void
test_too_long (void)
{
  gsize size = (gsize) 65 * 1024 * 1024;
  char *html = g_malloc (size);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(AnnalsPart) part = NULL;
  g_autoptr(AnnalsFormatReader) reader = NULL;
  g_autoptr(AnnalsDraft) draft = NULL;
  g_autoptr(AnnalsIssue) issue = NULL;
  g_autoptr(GError) error = NULL;

  memset (html, ' ', size);
  memcpy (html, "<html>", 6);
  bytes = g_bytes_new_take (html, size);
  part = annals_part_new ("page.html", annals_import_input_new_for_bytes (bytes, "page.html"));
  reader = annals_format_reader_new (part, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (annals_format_reader_next (reader, &draft, &issue, NULL, &error), ==, ANNALS_READ_ERROR);
  g_assert_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE);
}

/* --- what is a page --- */

static void
test_sniff (void)
{
  static const struct { const char *name; const char *text; gboolean is_page; } cases[] = {
    { "a.html", "<!DOCTYPE html><html>", TRUE },
    { "a", "\n<!-- x --><HTML lang=en>", TRUE },
    { "a.xhtml", "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", TRUE },
    { "a.htm", "<p>words</p>", TRUE },
    { "a.html", "<?xml version='1.0'?><rss version='2.0'><channel><item><description>&lt;p&gt;", FALSE },
    { "a.html", "<feed xmlns='http://www.w3.org/2005/Atom'>", FALSE },
    { "a.txt", "Month: March 2020\n\nTitle\n\nText <b>bold</b>", FALSE },
    { "a.json", "{\"html\": \"<p>x</p>\"}", FALSE },
    { "a.md", "---\ntitle: x\n---\n<div>x</div>", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AnnalsSniff sniff = { cases[i].text, (const guint8 *) cases[i].text, strlen (cases[i].text), cases[i].name, NULL };

      g_test_message ("%s: %s", cases[i].name, cases[i].text);
      g_assert_cmpint (annals_format_html.sniff (&sniff) > 0, ==, cases[i].is_page);
    }
}

/* --- real saves --- */

static void
test_shared_single_file (void)
{
  g_autofree char *path = import_shared_path ("singlefile/pp.localhost_8766_2020_03_index.html.singlefile.html");
  g_autoptr(GBytes) bytes = NULL;
  g_auto(Found) found = { NULL, };

  if (path == NULL)
    return;

  bytes = import_read_bytes (path);
  read_bytes (&found, bytes, NULL);
  g_assert_cmpuint (found.drafts->len, ==, 4);
  for (guint i = 0; i < found.drafts->len; i++)
    {
      g_assert_cmpint (draft_at (&found, i)->extent, ==, ANNALS_EXTENT_EXCERPT);
      g_assert_true (g_str_has_prefix (draft_at (&found, i)->url, "https://www.partito-pirata.it/2020/03/"));
      assert_day (draft_at (&found, i), "2020-03-");
    }
  g_assert_cmpstr (draft_at (&found, 3)->title, ==, "Pirati uniti contro il virus");
  g_print ("# SingleFile: %u posts of 4\n", found.drafts->len);
}

/* A browser's save in one file: the page is a part of it, and knows where it was. */
static void
test_shared_mhtml (void)
{
  static const struct { const char *name; guint n; AnnalsExtent extent; const char *title; } saves[] = {
    { "mhtml/pp-2020_03_index.html.mhtml", 4, ANNALS_EXTENT_EXCERPT, "Assemblea Pre-Congressuale del 31/3" },
    { "mhtml/pp-2020_03_pirati-uniti-contro-il-virus_index.html.mhtml", 1, ANNALS_EXTENT_WHOLE,
      "Pirati uniti contro il virus" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (saves); i++)
    {
      g_autofree char *path = import_shared_path (saves[i].name);
      g_autoptr(AnnalsWalk) walk = NULL;
      g_autoptr(GError) error = NULL;
      AnnalsWalkResult result = ANNALS_WALK_PART;
      AnnalsPart *part = NULL;
      AnnalsIssue *issue = NULL;
      guint n_pages = 0;

      if (path == NULL)
        return;

      walk = annals_walk_new (path, &error);
      g_assert_no_error (error);
      while ((result = annals_walk_next (walk, &part, &issue, NULL, &error)) == ANNALS_WALK_PART ||
             result == ANNALS_WALK_ISSUE)
        {
          g_auto(Found) found = { NULL, };

          if (result == ANNALS_WALK_ISSUE)
            annals_issue_free (issue);
          else if (g_strcmp0 (part->media_type, "text/html") == 0)
            {
              n_pages++;
              read_part (&found, part);
              g_assert_cmpuint (found.drafts->len, ==, saves[i].n);
              g_assert_cmpstr (draft_at (&found, 0)->title, ==, saves[i].title);
              g_assert_cmpint (draft_at (&found, 0)->extent, ==, saves[i].extent);
              assert_day (draft_at (&found, 0), "2020-03-");
            }
        }
      g_assert_no_error (error);
      g_assert_cmpuint (n_pages, ==, 1);
      g_print ("# MHTML: %s: %u of %u\n", saves[i].name, saves[i].n, saves[i].n);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import/html/post", test_post);
  g_test_add_func ("/import/html/spans", test_spans);
  g_test_add_func ("/import/html/comments", test_comments);
  g_test_add_func ("/import/html/old-comments", test_old_comments);
  g_test_add_func ("/import/html/month", test_month);
  g_test_add_func ("/import/html/identity", test_identity);
  g_test_add_func ("/import/html/unmarked-list", test_unmarked_list);
  g_test_add_func ("/import/html/shapes", test_shapes);
  g_test_add_func ("/import/html/no-post", test_no_post);
  g_test_add_func ("/import/html/static-page", test_static_page);
  g_test_add_func ("/import/html/single-file", test_single_file);
  g_test_add_func ("/import/html/addresses", test_addresses);
  g_test_add_func ("/import/html/charsets", test_charsets);
  g_test_add_func ("/import/html/more-words", test_more_words);
  g_test_add_func ("/import/html/hostile", test_hostile);
  g_test_add_func ("/import/html/too-long", test_too_long);
  g_test_add_func ("/import/html/sniff", test_sniff);
  g_test_add_func ("/import/html/shared-single-file", test_shared_single_file);
  g_test_add_func ("/import/html/shared-mhtml", test_shared_mhtml);

  return g_test_run ();
}
