/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "import-dump.h"

#include <string.h>
#include <time.h>

/* --- reading --- */

/* What came of a feed: the drafts, and the issues one a line. */
typedef struct
{
  GPtrArray *drafts;
  GString   *issues;
  guint      n_issues;
  char      *title;
  char      *source;
  char      *language;
} Result;

static void
result_free (Result *self)
{
  g_ptr_array_unref (self->drafts);
  g_string_free (self->issues, TRUE);
  g_free (self->title);
  g_free (self->source);
  g_free (self->language);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Result, result_free)

static Result *
read_part (AnnalsPart *part)
{
  g_autoptr(AnnalsFormatReader) reader = annals_format_reader_new_for_format (part, &annals_format_feed, NULL);
  g_autoptr(GError) error = NULL;
  Result *self = g_new0 (Result, 1);
  AnnalsReadResult result;

  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_draft_free);
  self->issues = g_string_new (NULL);

  do
    {
      AnnalsDraft *draft = NULL;
      g_autoptr(AnnalsIssue) issue = NULL;

      result = annals_format_reader_next (reader, &draft, &issue, NULL, &error);
      if (draft != NULL)
        g_ptr_array_add (self->drafts, draft);
      if (issue != NULL)
        {
          g_string_append_printf (self->issues, "%s %s %s: %s\n", annals_severity_to_string (issue->severity),
                                  annals_issue_code_to_string (issue->code), issue->place, issue->reason);
          self->n_issues++;
        }
    }
  while (result == ANNALS_READ_DRAFT || result == ANNALS_READ_ISSUE);

  g_assert_no_error (error);
  self->title = g_strdup (annals_format_reader_get_archive (reader));
  self->source = g_strdup (annals_format_reader_get_source (reader));
  self->language = g_strdup (annals_format_reader_get_language (reader));

  return self;
}

static Result *
read_bytes (const void *data,
            gsize       length)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, length);
  g_autoptr(AnnalsPart) part = annals_part_new ("x.xml", annals_import_input_new_for_bytes (bytes, "x.xml"));

  return read_part (part);
}

static Result *
read_string (const char *xml)
{
  return read_bytes (xml, strlen (xml));
}

static AnnalsDraft *
get (Result *self,
     guint   i)
{
  g_assert_cmpuint (i, <, self->drafts->len);

  return self->drafts->pdata[i];
}

static const char *
text_of (AnnalsDraft *draft)
{
  return draft->text ? annals_text_get_string (draft->text) : "";
}

#define RSS "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>T</title>"
#define END "</channel></rss>"

/* --- dialects --- */

static void
test_dialect (gconstpointer data)
{
  const char *name = data;
  g_autofree char *path = import_fixture_path (name);
  g_autofree char *golden = g_strconcat (name, ".golden", NULL);
  g_autoptr(GBytes) bytes = import_read_bytes (path);
  g_autoptr(AnnalsPart) part = annals_part_new (name, annals_import_input_new_for_bytes (bytes, name));
  g_autoptr(AnnalsFormatReader) reader = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *dump = NULL;

  reader = annals_format_reader_new (part, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (annals_format_reader_get_format (reader)->id, ==, "feed");
  dump = import_dump (reader);
  import_check_golden (dump, golden);
}

/* What the golden files do not show */
static void
test_fields (void)
{
  g_autofree char *path = import_fixture_path ("feed-rss20.xml");
  g_autoptr(GBytes) bytes = import_read_bytes (path);
  g_autoptr(Result) result = read_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_cmpuint (result->drafts->len, ==, 4);
  g_assert_cmpstr (result->source, ==, "The Harbour Ledger");
  g_assert_cmpstr (result->language, ==, "en-GB");

  g_assert_cmpint (get (result, 0)->extent, ==, ANNALS_EXTENT_LISTED);
  g_assert_cmpstr (get (result, 0)->guid, ==, "https://harbour.example/?p=11");
  g_assert_cmpstr (get (result, 0)->markup_kind, ==, "html");
  g_assert_cmpint (get (result, 1)->extent, ==, ANNALS_EXTENT_EXCERPT);
  g_assert_cmpstr (get (result, 1)->url, ==, "https://harbour.example/2017/04/fog/");
  g_assert_cmpstr (get (result, 1)->aliases[0], ==, "https://feeds.example/~r/ledger/~3/abc/");
  g_assert_cmpstr (get (result, 1)->author, ==, "Tom Reed");
  g_assert_cmpstr (get (result, 2)->markup_kind, ==, "text");
  g_assert_cmpstr (get (result, 2)->url, ==, "https://harbour.example/2017/04/notice/");
  g_assert_null (get (result, 2)->published);
  g_assert_nonnull (get (result, 3)->skipped);
  g_assert_cmpint (get (result, 3)->code, ==, ANNALS_ISSUE_EMPTY);
}

static void
test_kinds (void)
{
  g_autofree char *path = import_fixture_path ("feed-comments.xml");
  g_autoptr(GBytes) bytes = import_read_bytes (path);
  g_autoptr(Result) comments = read_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr(Result) blogger = read_string (
    "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://purl.org/atom/app#'>"
    "<entry><title>a</title><category scheme='http://schemas.google.com/g/2005#kind' "
    "term='http://schemas.google.com/blogger/2008/kind#post'/><category term='quay'/><content>x</content></entry>"
    "<entry><title>b</title><category scheme='http://schemas.google.com/g/2005#kind' "
    "term='http://schemas.google.com/blogger/2008/kind#comment'/></entry>"
    "<entry><title>c</title><category scheme='http://schemas.google.com/g/2005#kind' "
    "term='http://schemas.google.com/blogger/2008/kind#template'/></entry>"
    "<entry><title>d</title><category scheme='http://schemas.google.com/g/2005#kind' "
    "term='http://schemas.google.com/blogger/2008/kind#page'/></entry>"
    "<entry><title>e</title><app:control><app:draft>yes</app:draft></app:control></entry></feed>");
  static const AnnalsPostKind kinds[] = { ANNALS_POST_POST, ANNALS_POST_COMMENT, ANNALS_POST_OTHER, ANNALS_POST_PAGE,
                                          ANNALS_POST_DRAFT };

  g_assert_cmpint (get (comments, 0)->kind, ==, ANNALS_POST_COMMENT);
  g_assert_cmpstr (comments->source, ==, "");

  g_assert_cmpuint (blogger->drafts->len, ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_cmpint (get (blogger, i)->kind, ==, kinds[i]);
  g_assert_cmpstr (get (blogger, 0)->tags[0], ==, "quay");
  g_assert_null (get (blogger, 0)->tags[1]);
}

static void
test_extents (void)
{
  static const struct { const char *text; AnnalsExtent extent; } cases[] = {
    { "The whole notice stands here.", ANNALS_EXTENT_LISTED },
    { "It begins here [&amp;#8230;]", ANNALS_EXTENT_EXCERPT },
    { "It begins here [...]", ANNALS_EXTENT_EXCERPT },
    { "It begins here…", ANNALS_EXTENT_EXCERPT },
    { "It begins here. &lt;a href='http://q.example/1'&gt;Continue reading &amp;rarr;&lt;/a&gt;", ANNALS_EXTENT_EXCERPT },
    { "Inizia così. Leggi tutto", ANNALS_EXTENT_EXCERPT },
    { "&lt;p&gt;It begins here.&lt;/p&gt;&lt;p&gt;&lt;a href='http://q.example/1'&gt;The page&lt;/a&gt;&lt;/p&gt;",
      ANNALS_EXTENT_EXCERPT },
    { "&lt;p&gt;It begins […]&lt;/p&gt;&lt;p&gt;The post &lt;a href='x'&gt;A&lt;/a&gt; appeared first on "
      "&lt;a href='y'&gt;B&lt;/a&gt;.&lt;/p&gt;", ANNALS_EXTENT_EXCERPT },
    { "&lt;p&gt;It is whole.&lt;/p&gt;&lt;p&gt;The post &lt;a href='x'&gt;A&lt;/a&gt; appeared first on "
      "&lt;a href='y'&gt;B&lt;/a&gt;.&lt;/p&gt;", ANNALS_EXTENT_LISTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strdup_printf (RSS "<item><title>t</title><link>http://q.example/1</link>"
                                              "<description>%s</description></item>" END, cases[i].text);
      g_autoptr(Result) result = read_string (xml);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (get (result, 0)->extent, ==, cases[i].extent);
    }
}

/* --- recognising --- */

static void
test_sniff (void)
{
  static const struct { const char *xml; const char *format; } cases[] = {
    { RSS END, "feed" },
    { "\xef\xbb\xbf\n  <!-- <html> --><rss><channel/></rss>", "feed" },
    { "<rdf:RDF xmlns='http://purl.org/rss/1.0/'><item/></rdf:RDF>", "feed" },
    { "<feed xmlns='http://www.w3.org/2005/Atom'/>", "feed" },
    { "<x:feed xmlns:x='http://www.w3.org/2005/Atom'/>", "feed" },
    { "<entry xmlns='http://www.w3.org/2005/Atom'><title>a</title></entry>", "feed" },
    { "<!DOCTYPE rss [<!ENTITY a '<b>'>]><rss><channel/></rss>", "feed" },
    { "<br />Notice: something<br /><?xml version='1.0'?><rss><channel/></rss>", "feed" },
    { "<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><wp:wxr_version>1.2</wp:wxr_version></channel></rss>",
      "wxr" },
    { "<!DOCTYPE html><html><head><title>x</title></head><body><p>&lt;rss&gt; <rss></p></body></html>", NULL },
    { "<html xmlns='http://www.w3.org/1999/xhtml'><body><channel/></body></html>", NULL },
    { "<svg xmlns='http://www.w3.org/2000/svg'><title>x</title></svg>", NULL },
    { "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><foaf:Person/></rdf:RDF>", NULL },
    { "<urlset><url><loc>http://a.example/</loc></url></urlset>", NULL },
    { "<opml version='2.0'><body/></opml>", NULL },
    { "a text that speaks of <rss> and <feed>", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (cases[i].xml, strlen (cases[i].xml));
      g_autoptr(AnnalsPart) part = annals_part_new ("x", annals_import_input_new_for_bytes (bytes, "x"));
      const AnnalsFormat *format = annals_format_detect (part);
      gboolean taken = format == &annals_format_feed;

      g_test_message ("%s", cases[i].xml);
      if (cases[i].format != NULL)
        g_assert_cmpstr (format ? format->id : NULL, ==, cases[i].format);
      else
        g_assert_false (taken);
    }
}

/* --- damage --- */

/* Each of them gives the second item whole, whatever the first one is. */
static void
test_neighbours (void)
{
  static const char * const first[] = {
    "<item><title>a</title>",
    "<item><title>a</titel><description>b</description></item>",
    "<item><title>a<description>b</item>",
    "<item><description><![CDATA[a <b>c</item>",
    "<item><description><div><div><p>a</description></item>",
    "<item><title attr='x>a</title></item>",
    "<item><!-- no end <title>a</title></item>",
    "<item><? no end <title>a</title></item>",
    "<item><title>a</title></item></channel></rss><rss><channel>",
    "<item><<title>>a<</title>></item>",
    "<item><title>a</title><item/></item>",
    "<item><title>a\x01\x02</title></item>",
    "<item><title>&#xFFFFFFFFFF;&#0;&#xD800;&;&&amp;</title></item>",
    "<item xmlns='nowhere'><title>a</title></item>",
    "<item><title/></item>",
    "</item></item></channel>",
    "<item><author><name>x</author></item>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (first); i++)
    {
      g_autofree char *xml = g_strconcat (
        RSS, first[i], "\n<item><title>Second &amp; last</title><link>http://q.example/2</link>"
        "<pubDate>Mon, 02 Mar 2020 10:00:00 +0000</pubDate>"
        "<description><![CDATA[<p>Its text</p><p>is whole</p>]]></description></item>" END, NULL);
      g_autoptr(Result) result = read_string (xml);
      AnnalsDraft *draft = get (result, result->drafts->len - 1);

      g_test_message ("%s", first[i]);
      g_assert_cmpstr (draft->title, ==, "Second & last");
      g_assert_cmpstr (text_of (draft), ==, "Its text\nis whole");
      g_assert_cmpstr (draft->url, ==, "http://q.example/2");
      g_assert_cmpstr (annals_date_get_edtf (draft->published), ==, "2020-03-02T10:00:00Z");
      g_assert_null (draft->skipped);
    }
}

/* A file cut at any byte gives all items that are whole, and says that it is cut. */
static void
test_truncated (void)
{
  static const char xml[] =
    RSS "<item><title>One</title><description>First text</description></item>"
        "<item><title>Two</title><description><![CDATA[Second <b>text</b>]]></description></item>" END;
  gsize first_end = (gsize) (strstr (xml, "</item>") - xml) + 7;
  gsize second_end = (gsize) (g_strrstr (xml, "</item>") - xml) + 7;

  for (gsize length = first_end; length < sizeof xml - 8; length++)
    {
      g_autoptr(Result) result = read_bytes (xml, length);
      guint n_whole = 0;

      for (guint i = 0; i < result->drafts->len; i++)
        n_whole += get (result, i)->skipped == NULL;

      g_assert_cmpuint (n_whole, >=, length >= second_end ? 2 : 1);
      g_assert_cmpstr (text_of (get (result, 0)), ==, "First text");
      g_assert_nonnull (strstr (result->issues->str, "ends here too early"));
      if (result->drafts->len > 1 && get (result, 1)->skipped != NULL)
        {
          g_assert_cmpint (get (result, 1)->severity, ==, ANNALS_SEVERITY_ERROR);
          g_assert_cmpint (get (result, 1)->code, ==, ANNALS_ISSUE_DAMAGE);
        }
    }
}

/* What was read of a cut item can be imported all the same. */
static void
test_cut_item (void)
{
  g_autoptr(Result) result = read_string (RSS "<item><title>One</title><description>A text that ends in the mid");

  g_assert_cmpuint (result->drafts->len, ==, 1);
  g_assert_nonnull (get (result, 0)->skipped);
  g_assert_cmpstr (get (result, 0)->title, ==, "One");
  g_assert_cmpstr (text_of (get (result, 0)), ==, "A text that ends in the mid");
}

/* --- characters and entities --- */

static void
test_characters (void)
{
  static const struct { const char *xml; const char *text; } cases[] = {
    { "don&#146;t &#x93;so&#x94;", "don’t “so”" },
    { "&eacute;t&eacute; &mdash; &amp;eacute;", "été — é" },
    { "&#226;&#128;&#166;", "…" },
    { "&acirc;&#128;&#153;s", "’s" },
    { "&#50504;&#45397; <![CDATA[&#50504;&#45397;]]>", "안녕 안녕" },
    { "a&#x301;", "á" },
    { "tab\x0bhere", "tab here" },
    { "<![CDATA[a]]><![CDATA[b]]> c", "ab c" },
    { "5 &lt; 6 &amp;&amp; 7 &gt; 6", "5 < 6 && 7 > 6" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strdup_printf (RSS "<item><title>t</title><description>%s</description></item>" END,
                                              cases[i].xml);
      g_autoptr(Result) result = read_string (xml);

      g_assert_cmpstr (text_of (get (result, 0)), ==, cases[i].text);
    }
}

/* Addresses in the file's own way, made whole as far as that can be done */
static void
test_addresses (void)
{
  static const struct { const char *base; const char *link; const char *url; } cases[] = {
    { "", "http://q.example/1", "http://q.example/1" },
    { "http://q.example/a/b", "c", "http://q.example/a/c" },
    { "http://q.example", "c?d=1#e", "http://q.example/c?d=1#e" },
    { "https://q.example/a/", "//other.example/x", "https://other.example/x" },
    { "http://q.example/", "http://strange;host", "http://strange;host" },
    { "http://q.example/", "//strange;host", "http://strange;host" },
    { "http://strange;host/", "c", "c" },
    { "relative/", "c", "c" },
    { "", "/c", "/c" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strdup_printf (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='%s'><entry><title>t</title><link href=' %s '/>"
        "</entry></feed>", cases[i].base, cases[i].link);
      g_autoptr(Result) result = read_string (xml);

      g_test_message ("%s + %s", cases[i].base, cases[i].link);
      g_assert_cmpstr (get (result, 0)->url, ==, cases[i].url);
    }
}

static void
test_double_encoded (void)
{
  g_autoptr(Result) result = read_string (
    RSS "<item><title>one</title><description>fine, café</description></item>\n"
        "<item><title>two</title><description>the harbourâ€™s last ship, cafÃ©</description></item>\n"
        "<item><title>three</title><description>the harbourâ€™s last ship</description></item>" END);
  const char *at = strstr (result->issues->str, "encoded twice");

  g_assert_cmpstr (text_of (get (result, 1)), ==, "the harbourâ€™s last ship, cafÃ©");
  g_assert_nonnull (at);
  g_assert_null (strstr (at + 1, "encoded twice"));
  g_assert_nonnull (strstr (result->issues->str, "note characters x.xml, item 2, line 2"));
}

/* Korean in code page 949 that nobody declares, far behind the head */
static void
test_late_charset (void)
{
  g_autoptr(GString) xml = g_string_new ("<rss><channel><title>T</title>");
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree char *korean = NULL;
  g_autoptr(Result) result = NULL;
  gsize length;

  for (guint i = 0; i < 3000; i++)
    g_string_append (xml, "<item><title>plain</title><description>nothing but ASCII</description></item>\n");
  g_byte_array_append (bytes, (guint8 *) xml->str, (guint) xml->len);
  korean = g_convert ("<item><title>등대의 밤</title><description>밤새 안개가 짙었고 신호는 세 번 울렸다. 항만청은 다음 "
                      "주에 공사를 시작한다고 발표했다.</description></item></channel></rss>", -1, "CP949", "UTF-8",
                      NULL, &length, NULL);
  g_byte_array_append (bytes, (guint8 *) korean, (guint) length);

  result = read_bytes (bytes->data, bytes->len);
  g_assert_cmpuint (result->drafts->len, ==, 3001);
  g_assert_cmpstr (get (result, 3000)->title, ==, "등대의 밤");
  g_assert_nonnull (strstr (result->issues->str, "EUC-KR was assumed"));
}

static void
test_entities (void)
{
  g_autoptr(GString) laughs = g_string_new ("<!DOCTYPE rss [<!ENTITY l0 'ha'>");
  g_autoptr(Result) bomb = NULL;
  g_autoptr(Result) outside = NULL;

  for (guint i = 1; i < 30; i++)
    g_string_append_printf (laughs, "<!ENTITY l%u '&l%u;&l%u;&l%u;&l%u;&l%u;&l%u;&l%u;&l%u;&l%u;&l%u;'>", i, i - 1,
                            i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
  g_string_append (laughs, "]><rss><channel><item><title>t</title><description>&l0; &l2; ");
  for (guint i = 0; i < 5000; i++)
    g_string_append (laughs, "&l29;&l3;");
  g_string_append (laughs, "</description></item></channel></rss>");

  bomb = read_string (laughs->str);
  g_assert_true (g_str_has_prefix (text_of (get (bomb, 0)), "ha haha"));
  g_assert_cmpuint (strlen (text_of (get (bomb, 0))), <, 5 * 1024 * 1024);

  outside = read_string ("<!DOCTYPE rss SYSTEM 'file:///etc/hostname' [<!ENTITY a SYSTEM 'file:///etc/passwd'>"
                         "<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p; <!ENTITY b 'in'>]>"
                         "<rss><channel><item><title>t</title><description>&a; is &b;</description></item></channel></rss>");
  g_assert_cmpstr (text_of (get (outside, 0)), ==, "&a; is in");
}

/* --- size and time --- */

/* Gives a beginning, then the same piece many times, then an end. */
typedef struct
{
  const char *begin;
  const char *piece;
  const char *end;
  guint64     n_pieces;
  guint64     at;       /* pieces given, the beginning too */
  gsize       offset;   /* in what is being given */
} Endless;

static gssize
endless_read (gpointer       data,
              guint8        *buffer,
              gsize          count,
              GCancellable  *cancellable,
              GError       **error)
{
  Endless *self = data;
  gsize given = 0;

  while (given < count)
    {
      const char *piece = self->at == 0 ? self->begin : self->at <= self->n_pieces ? self->piece : self->end;
      gsize n = MIN (count - given, strlen (piece) - self->offset);

      if (self->at > self->n_pieces + 1)
        break;

      memcpy (buffer + given, piece + self->offset, n);
      given += n;
      self->offset += n;
      if (piece[self->offset] == '\0')
        {
          self->at++;
          self->offset = 0;
        }
    }

  return (gssize) given;
}

static Result *
read_endless (const char *begin,
              const char *piece,
              guint64     n_pieces,
              const char *end,
              double     *seconds)  /* of this program's own time */
{
  Endless endless = { begin, piece, end, n_pieces, 0, 0 };
  g_autoptr(GError) error = NULL;
  clock_t begun = clock ();
  AnnalsImportInput *input = annals_import_input_new_for_stream ("x.xml", -1, endless_read, &endless, NULL, &error);
  g_autoptr(AnnalsPart) part = NULL;
  Result *result;

  g_assert_no_error (error);
  part = annals_part_new ("x.xml", input);
  result = read_part (part);
  *seconds = (double) (clock () - begun) / CLOCKS_PER_SEC;

  return result;
}

/* What is longer than an item may be is named, and the next one comes. */
static void
test_too_long (void)
{
  static const char piece[] = "The bells were silent all night, and so was the mole; nobody knew why it was so. ";
  static const char end[] = "</description></item><item><title>Next</title><description>short</description></item>" END;
  double seconds;
  g_autoptr(Result) result = read_endless (RSS "<item><title>Long</title><description>", piece, 1100000, end, &seconds);

  g_assert_cmpuint (result->drafts->len, ==, 2);
  g_assert_cmpint (get (result, 0)->code, ==, ANNALS_ISSUE_LIMIT);
  g_assert_nonnull (strstr (get (result, 0)->skipped, "64 MB"));
  g_assert_cmpstr (get (result, 0)->title, ==, "Long");
  g_assert_cmpstr (text_of (get (result, 1)), ==, "short");
}

/* Shapes that would take long if anything were looked for twice */
static void
test_linear (void)
{
  static const struct { const char *begin; const char *piece; guint64 n; } cases[] = {
    { RSS "<item><description>", "<div>", 10000 },
    { RSS "<item><description>", "<", 250000 },
    { RSS "<item><description>", "<a \"", 10000 },
    { RSS "<item><description>", "<a '<", 10000 },
    { RSS "<item><description>", "<!--", 100000 },
    { RSS "<item><description>", "<![CDATA[", 75000 },
    { RSS "<item><description><![CDATA[", "</item>", 150000 },
    { RSS "<item><description><![CDATA[", "]]", 125000 },
    { RSS "<item><description>", "<?x ", 100000 },
    { RSS "<item><description>", "<!D", 100000 },
    { RSS "<item><description>", "&", 250000 },
    { RSS "<item><description>", "&#226;", 150000 },
    { RSS "<item><description>", "</x>", 100000 },
    { RSS "<item>", "<title>", 10000 },
    { RSS "", "<item>", 10000 },
    { RSS "<item>", "<category>a</category>", 25000 },
    { RSS "<item ", "a='b' ", 125000 },
    { RSS "<item><description ", "xmlns:a='b' ", 75000 },
    { "<!DOCTYPE rss [", "<!ENTITY a 'b'>", 75000 },
    { "<feed xmlns='http://www.w3.org/2005/Atom'><entry>", "<author><name>", 10000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double seconds;
      g_autoptr(Result) result = read_endless (cases[i].begin, cases[i].piece, cases[i].n, "", &seconds);

      g_test_message ("%s…: %.2f s", cases[i].piece, seconds);
      g_assert_cmpfloat (seconds, <, 20);
      if (g_str_has_prefix (cases[i].begin, "<?xml"))
        g_assert_nonnull (strstr (result->issues->str, "error damage"));
    }
}

/* --- real feeds --- */

static guint
count_items (GBytes *bytes)
{
  const char *text = g_bytes_get_data (bytes, NULL);
  gssize length = (gssize) g_bytes_get_size (bytes);
  guint n = 0;

  for (const char *at = text; (at = g_strstr_len (at, text + length - at, "<item>")) != NULL; at++)
    n++;

  return n;
}

static void
check_real_post (AnnalsDraft *draft)
{
  g_assert_null (draft->skipped);
  g_assert_cmpint (draft->kind, ==,
                   strstr (draft->url, "#comment-") ? ANNALS_POST_COMMENT : ANNALS_POST_POST);
  g_assert_true (g_str_has_prefix (draft->url, "https://www.partito-pirata.it/"));
  g_assert_cmpstr (draft->title, !=, "");
  g_assert_nonnull (draft->author);
  g_assert_true (draft->tags != NULL || draft->kind == ANNALS_POST_COMMENT);
  g_assert_cmpint (annals_date_get_precision (draft->published), ==, ANNALS_DATE_TIME);
}

static guint
read_folder (const char *path,
             guint      *n_feeds)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n_drafts = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          n_drafts += read_folder (child, n_feeds);
        }
      else if (g_str_has_suffix (path, "/feed"))
        {
          g_autoptr(GBytes) bytes = import_read_bytes (child);
          g_autoptr(AnnalsPart) part = annals_part_new (name, annals_import_input_new_for_bytes (bytes, name));
          g_autoptr(Result) result = NULL;

          g_assert_true (annals_format_detect (part) == &annals_format_feed);
          result = read_part (part);
          g_assert_cmpuint (result->drafts->len, ==, count_items (bytes));
          g_assert_null (strstr (result->issues->str, "error"));
          if (result->drafts->len == 0)
            g_assert_cmpuint (result->n_issues, <=, 1);
          for (guint i = 0; i < result->drafts->len; i++)
            check_real_post (get (result, i));
          n_drafts += result->drafts->len;
          (*n_feeds)++;
        }
    }

  return n_drafts;
}

/* Feeds of categories, and of comments that nobody wrote */
static void
test_real_feeds (void)
{
  g_autofree char *path = import_shared_path ("html-mirror-partitopirata");
  guint n_feeds = 0, n_drafts;

  if (path == NULL)
    return;

  n_drafts = read_folder (path, &n_feeds);
  g_test_message ("%u feeds, %u items", n_feeds, n_drafts);
  g_assert_cmpuint (n_feeds, ==, 80);
  g_assert_cmpuint (n_drafts, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  static const char * const dialects[] = {
    "feed-rss20.xml", "feed-rss091.xml", "feed-rss10.rdf", "feed-rss090.rdf", "feed-atom10.xml",
    "feed-atom03.xml", "feed-cdf.xml", "feed-comments.xml", "feed-damaged.xml",
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      g_autofree char *name = g_strdup_printf ("/import/feed/dialect/%s", dialects[i]);

      g_test_add_data_func (name, dialects[i], test_dialect);
    }
  g_test_add_func ("/import/feed/fields", test_fields);
  g_test_add_func ("/import/feed/kinds", test_kinds);
  g_test_add_func ("/import/feed/extents", test_extents);
  g_test_add_func ("/import/feed/sniff", test_sniff);
  g_test_add_func ("/import/feed/neighbours", test_neighbours);
  g_test_add_func ("/import/feed/truncated", test_truncated);
  g_test_add_func ("/import/feed/cut-item", test_cut_item);
  g_test_add_func ("/import/feed/characters", test_characters);
  g_test_add_func ("/import/feed/addresses", test_addresses);
  g_test_add_func ("/import/feed/double-encoded", test_double_encoded);
  g_test_add_func ("/import/feed/late-charset", test_late_charset);
  g_test_add_func ("/import/feed/entities", test_entities);
  g_test_add_func ("/import/feed/too-long", test_too_long);
  g_test_add_func ("/import/feed/linear", test_linear);
  g_test_add_func ("/import/feed/real-feeds", test_real_feeds);

  return g_test_run ();
}
