/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-wordpress.h"
#include "annals-xml-filter.h"
#include "import-dump.h"

#include <string.h>

#define HEAD                                                                                       \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                                   \
  "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"\n"              \
  "  xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "                                               \
  "xmlns:wp=\"http://wordpress.org/export/1.2/\">\n"                                               \
  "<channel><title>Test</title><wp:wxr_version>1.2</wp:wxr_version>\n"
#define TAIL "</channel></rss>\n"
#define ITEM(title, content)                                                                       \
  "<item><title>" title "</title><guid>" title "</guid><content:encoded><![CDATA[" content         \
  "]]></content:encoded><wp:post_date_gmt>2020-03-01 00:00:00</wp:post_date_gmt></item>\n"

/* --- what WordPress stores --- */

static void
test_wordpress (void)
{
  static const struct { const char *content; const char *text;
  } cases[] = {
    { "one\n\ntwo\nthree", "one\ntwo\nthree" },
    { "one\r\n\r\n\r\ntwo", "one\ntwo" },
    { "<p>a</p>\n\n<p>b</p>", "a\nb" },
    { "<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>\nafter", "a\nb\nafter" },
    { "<!-- wp:paragraph -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->\n\nfree\n\ntext",
      "a b\nfree\ntext" },
    { "a<!--more-->\n\nb", "a\nb" },
    { "<em>a\n\nb</em>", "a\nb" },
    { "x [gallery ids=\"1,2\"] y", "x y" },
    { "[embed]https://v.example/1[/embed]", "https://v.example/1" },
    { "[youtube https://v.example/2]", "https://v.example/2" },
    { "[audio src=\"https://v.example/3.mp3\"][/audio]", "https://v.example/3.mp3" },
    { "[caption id=\"a\" width=\"1\"]words[/caption]", "words" },
    { "[caption id=\"a\" caption=\"old words\"]x[/caption]", "old words\nx" },
    { "an aside [sic] and [1] stay, [unknown code] too",
      "an aside [sic] and [1] stay, [unknown code] too" },
    { "a < b and b > c", "a < b and b > c" },
    { "<!-- never closed", "" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *html = annals_wordpress_to_html (cases[i].content);
      g_autoptr(AnnalsText) text = annals_text_new_from_html (html, -1, NULL);

      g_test_message ("%s -> %s", cases[i].content, html);
      g_assert_cmpstr (annals_text_get_string (text), ==, cases[i].text);
    }
}

/* --- the filter --- */

/* The pieces of @xml, each with the line where it begins and its kind, one a line */
static char *
filter (const char *xml)
{
  g_autoptr(GBytes) bytes = g_bytes_new (xml, strlen (xml));
  g_autoptr(AnnalsPart) part = annals_part_new ("x.xml", annals_import_input_new_for_bytes (bytes, "x.xml"));
  g_autoptr(AnnalsDecoder) decoder =
    annals_decoder_new_for_head ((const guint8 *) xml, strlen (xml));
  g_autoptr(AnnalsXmlFilter) self = annals_xml_filter_new (part->input, decoder);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  static const char kinds[] = "!-+c>D.";

  while (TRUE)
    {
      guint line = 0;
      AnnalsXmlPiece piece = annals_xml_filter_next (self, text, &line, NULL, NULL);

      if (piece == ANNALS_XML_PIECE_END)
        return g_string_free (g_steal_pointer (&out), FALSE);

      if (piece == ANNALS_XML_PIECE_DOCTYPE)
        {
          g_string_append_c (out, 'D');
          return g_string_free (g_steal_pointer (&out), FALSE);
        }

      g_string_append_printf (out, "%s%u%c%s", out->len ? "|" : "", line, kinds[piece], text->str);
    }
}

static void
test_filter (void)
{
  static const struct { const char *in; const char *out;
  } cases[] = {
    { "<a>x</a>", "1-<a>x</a>" },
    { "<a>x\001y&nbsp;z</a>", "1-<a>x y\u00a0z</a>" },
    { "<a>R&D &amp; &#65; &#x41; &bogus; &#1; &</a>",
      "1-<a>R&amp;D &amp; &#65; &#x41; &amp;bogus;   &amp;</a>" },
    { "<a b='1 < 2 & 3'/>", "1-<a b='1 &lt; 2 &amp; 3'/>" },
    { "<a>1 < 2 ]]> 3</a>", "1-<a>1 &lt; 2 ]]&gt; 3</a>" },
    { "<a><![CDATA[<b> & &nbsp; ]] > \002]]></a>",
      "1-<a>&lt;b&gt; &amp; &amp;nbsp; ]] &gt;  </a>" },
    { "<?xml version='1.1'?>\n<!-- a -- b\n --><a/>", "1-\n\n<a/>" },
    { "<a>\xef\xbf\xbf</a>", "1-<a>\xef\xbf\xbd</a>" },
    { "<a>unfinished &am", "1-<a>unfinished &amp;am" },
    { "<a>unfinished <![CDA", "1-<a>unfinished " },
    { "<a/>\n<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "D" },
    { "<c>\n<item>1</item>\n<item a='>'/>\n<item><![CDATA[<item></item>]]></item></c>",
      "1-<c>\n|2+<item>1</item>|2-\n|3+<item "
      "a='>'/>|3-\n|4+<item>&lt;item&gt;&lt;/item&gt;</item>|4-</c>" },
    { "<item>1<item>2</item><item>3", "1c<item>1|1+<item>2</item>|1c<item>3" },
    { "<items/><!-- <item> --></item>", "1-<items/></item>" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *pieces = filter (cases[i].in);

      g_assert_cmpstr (pieces, ==, cases[i].out);
    }
}

/* What is mended must not depend on where the reading was interrupted. */
static void
test_filter_chunks (void)
{
  const char *xml = "<item>a &nbsp; <![CDATA[x ]] ]]]>&#2;</item><!-- y -- z --><item>é &am";

  for (guint padding = ANNALS_IMPORT_HEAD_SIZE / 2 - 80; padding < ANNALS_IMPORT_HEAD_SIZE / 2 + 5;
       padding++)
    {
      g_autofree char *fill = g_strnfill (padding, ' ');
      g_autofree char *padded = g_strconcat (fill, xml, NULL);
      g_autofree char *pieces = filter (padded);
      g_autofree char *wanted =
        g_strdup_printf ("1-%s|1+<item>a \u00a0 x ]] ] </item>|1c<item>é &amp;am", fill);

      g_assert_cmpstr (pieces, ==, wanted);
    }
}

/* --- whole exports --- */

typedef struct
{
  guint      n_posts;      /* of any kind */
  guint      n_skipped;
  guint      n_of_kind[ANNALS_N_POST_KINDS];
  GPtrArray *drafts;
  GPtrArray *titles;
  GPtrArray *issues;
  GError    *error;
} Export;

static void
export_free (Export *self)
{
  g_ptr_array_unref (self->titles);
  g_ptr_array_unref (self->drafts);
  g_ptr_array_unref (self->issues);
  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static Export *
read_export (GBytes *bytes)
{
  g_autoptr(AnnalsPart) part = annals_part_new ("export.xml", annals_import_input_new_for_bytes (bytes, "export.xml"));
  g_autoptr(AnnalsFormatReader) reader =
    annals_format_reader_new_for_format (part, &annals_format_wxr, NULL);
  Export *self = g_new0 (Export, 1);
  AnnalsReadResult result = ANNALS_READ_DRAFT;

  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->issues = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_issue_free);
  self->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_draft_free);

  while (result == ANNALS_READ_DRAFT || result == ANNALS_READ_ISSUE)
    {
      g_autoptr(AnnalsDraft) draft = NULL;
      AnnalsIssue *issue;

      result = annals_format_reader_next (reader, &draft, &issue, NULL, &self->error);
      if (issue)
        g_ptr_array_add (self->issues, issue);
      if (draft && draft->skipped)
        {
          self->n_skipped++;
          issue = g_new0 (AnnalsIssue, 1);
          issue->severity = draft->severity;
          issue->place = g_strdup (draft->place);
          issue->reason = g_strdup (draft->skipped);
          g_ptr_array_add (self->issues, issue);
        }
      else if (draft)
        {
          self->n_posts++;
          self->n_of_kind[draft->kind]++;
          g_ptr_array_add (self->titles, g_strdup (draft->title));
          g_ptr_array_add (self->drafts, g_steal_pointer (&draft));
        }
    }

  return self;
}

static Export *
read_string (const char *string)
{
  g_autoptr(GBytes) bytes = g_bytes_new (string, strlen (string));

  return read_export (bytes);
}

static AnnalsIssue *
find_issue (Export     *self,
            const char *reason)
{
  for (guint i = 0; i < self->issues->len; i++)
    {
      AnnalsIssue *issue = self->issues->pdata[i];

      if (strstr (issue->reason, reason))
        return issue;
    }

  return NULL;
}

static void
test_golden (void)
{
  g_autofree char *path = import_fixture_path ("harbour.xml");
  g_autoptr(GError) error = NULL;
  AnnalsImportInput *input = annals_import_input_new_for_path (path, &error);
  g_autoptr(AnnalsPart) part = NULL;
  g_autoptr(AnnalsFormatReader) reader = NULL;
  g_autofree char *dump = NULL;

  g_assert_no_error (error);
  part = annals_part_new ("harbour.xml", input);
  reader = annals_format_reader_new (part, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (annals_format_reader_get_format (reader) == &annals_format_wxr);
  dump = import_dump (reader);
  import_check_golden (dump, "harbour.golden");
}

static guint
count_before (const char *data,
              gsize       length,
              const char *needle)
{
  guint n = 0;

  for (const char *at = data;
       (at = g_strstr_len (at, (gssize) (length - (gsize) (at - data)), needle)); at++)
    n++;

  return n;
}

/* Cut anywhere, every item that is complete comes in, and the cut is an issue. */
static void
test_cut (void)
{
  g_autoptr(GString) whole = g_string_new (HEAD);
  gsize head = strlen (HEAD);

  for (guint i = 0; i < 5; i++)
    g_string_append (whole,
                     ITEM ("a", "one") ITEM ("b", "a somewhat longer text &amp; more of it"));
  g_string_append (whole, TAIL);

  for (gsize length = head; length < whole->len - strlen (TAIL) + 10; length++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (whole->str, length);
      g_autoptr(Export) cut = read_export (bytes);

      g_assert_no_error (cut->error);
      g_assert_cmpuint (cut->n_posts, ==, count_before (whole->str, length, "</item>"));
      g_assert_nonnull (find_issue (cut, "ends here too early"));
    }
}

/* Damage to one item is told with its line, and does no harm to the others. */
static void
test_damaged (void)
{
  const char *items = ITEM ("a", "one") ITEM ("b", "two");
  g_autofree char *xml =
    g_strconcat (HEAD, items, "<item>\n<title>c</title>\n</wrong></item>\n<item>\n", items, TAIL,
                 NULL);
  g_autoptr(Export) damaged = read_string (xml);
  AnnalsIssue *issue = find_issue (damaged, "is damaged");

  g_assert_cmpuint (damaged->n_posts, ==, 4);
  g_assert_cmpuint (damaged->issues->len, ==, 2);
  g_assert_nonnull (issue);
  g_assert_cmpint (issue->severity, ==, ANNALS_SEVERITY_ERROR);
  g_assert_cmpstr (issue->place, ==, "export.xml, item 3, line 9");
  issue = find_issue (damaged, "has no end");
  g_assert_nonnull (issue);
  g_assert_cmpstr (issue->place, ==, "export.xml, item 4, line 10");
}

static void
test_hostile (void)
{
  g_autoptr(Export) doctype =
    read_string ("<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" HEAD TAIL);
  g_autoptr(Export) inside = read_string (HEAD ITEM ("a", "x") "<!DOCTYPE y>" TAIL);
  g_autoptr(Export) empty = read_string ("");
  g_autoptr(Export) deep = NULL;
  g_autoptr(GString) string = g_string_new (HEAD ITEM ("a", "x") "<item>");

  g_assert_error (doctype->error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNKNOWN);
  g_assert_error (inside->error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNKNOWN);
  g_assert_no_error (empty->error);
  g_assert_nonnull (find_issue (empty, "ends here too early"));

  for (guint i = 0; i < 100000; i++)
    g_string_append (string, "<d>");
  g_string_append (string, "</item>" ITEM ("b", "y") TAIL);
  deep = read_string (string->str);
  g_assert_no_error (deep->error);
  g_assert_cmpuint (deep->n_posts, ==, 2);
  g_assert_nonnull (find_issue (deep, "more than 64 deep"));
}

/* One item of more than 64 MB is left out, and a large one below that is read. */
static void
test_too_long (void)
{
  g_autoptr(GString) string = g_string_new (HEAD ITEM ("a", "x"));
  g_autoptr(Export) export = NULL;
  const guint sizes[] = { 66, 6 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gsize start = string->len;

      g_string_append (string, "<item><title>b</title><content:encoded><![CDATA[");
      while (string->len - start < sizes[i] * 1024 * 1024)
        g_string_append (string, "A sentence that comes again and again and never ends. ");
      g_string_append (string, "]]></content:encoded></item>");
    }
  g_string_append (string, ITEM ("c", "y") TAIL);
  export = read_string (string->str);
  g_assert_no_error (export->error);
  g_assert_cmpuint (export->n_posts, ==, 3);
  g_assert_nonnull (find_issue (export, "longer than 64 MB"));
}

static void
test_charsets (void)
{
  static const struct
  {
    const char *charset;
    const char *declared;
    const char *bom;
    guint n_issues;
  } cases[] = {
    { "windows-1252", "ISO-8859-1", "", 0 },
    { "windows-1251", "windows-1251", "", 0 },
    { "UTF-16LE", "UTF-16", "\xff\xfe", 0 },
    { "UTF-8", "UTF-8", "\xef\xbb\xbf", 0 },
    { "UTF-8", "UTF-16", "", 0 },
    { "windows-1252", "UTF-8", "", 1 },
    { "windows-1252", "no-such-set", "", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean cyrillic = g_str_equal (cases[i].charset, "windows-1251");
      const char *title = cyrillic ? "Мост" : "Café à l’été";
      g_autofree char *xml =
        g_strdup_printf ("<?xml version=\"1.0\" encoding=\"%s\"?>\n<rss "
                         "xmlns:wp=\"http://wordpress.org/export/1.0/\"><channel>"
                         "<item><title>%s</title><pubDate>Sun, 01 Mar 2020 00:00:00 +0000"
                         "</pubDate><description>x</description></item></channel></rss>",
                         cases[i].declared, title);
      gsize length;
      g_autofree char *converted =
        g_convert (xml, -1, cases[i].charset, "UTF-8", NULL, &length, NULL);
      g_autoptr(GByteArray) array = g_byte_array_new ();
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(AnnalsPart) part = NULL;
      g_autoptr(Export) export = NULL;

      g_byte_array_append (array, (const guint8 *) cases[i].bom, (guint) strlen (cases[i].bom));
      g_byte_array_append (array, (const guint8 *) converted, (guint) length);
      bytes = g_bytes_new (array->data, array->len);
      part = annals_part_new ("x.xml", annals_import_input_new_for_bytes (bytes, "x.xml"));
      g_assert_true (annals_format_detect (part) == &annals_format_wxr);
      export = read_export (bytes);
      g_test_message ("%s as %s", cases[i].charset, cases[i].declared);
      g_assert_cmpuint (export->n_posts, ==, 1);
      g_assert_cmpstr (export->titles->pdata[0], ==, title);
      g_assert_cmpint (find_issue (export, "was assumed") != NULL, ==, cases[i].n_issues > 0);
    }
}

/* What an item is, which the run asks before it takes it. */
static void
test_kinds (void)
{
  static const struct
  {
    const char *elements;
    AnnalsPostKind kind;
  } cases[] = {
    { "", ANNALS_POST_POST },
    { "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>", ANNALS_POST_POST },
    { "<wp:post_type>page</wp:post_type>", ANNALS_POST_PAGE },
    { "<wp:status>draft</wp:status><wp:post_type>page</wp:post_type>", ANNALS_POST_DRAFT },
    { "<wp:status>auto-draft</wp:status>", ANNALS_POST_DRAFT },
    { "<wp:status>pending</wp:status>", ANNALS_POST_DRAFT },
    { "<wp:status>future</wp:status>", ANNALS_POST_DRAFT },
    { "<wp:status>private</wp:status>", ANNALS_POST_PRIVATE },
    { "<wp:status>publish</wp:status><wp:post_password>x</wp:post_password>", ANNALS_POST_PRIVATE },
    { "<wp:status>of-an-extension</wp:status>", ANNALS_POST_PRIVATE },
    { "<wp:status>trash</wp:status>", ANNALS_POST_TRASH },
    { "<wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>", ANNALS_POST_OTHER },
    { "<wp:status>publish</wp:status><wp:post_type>nav_menu_item</wp:post_type>", ANNALS_POST_OTHER },
    { "<wp:status>publish</wp:status><wp:post_type>wp_block</wp:post_type>", ANNALS_POST_OTHER },
    { "<wp:status>publish</wp:status><wp:post_type>briefing</wp:post_type>", ANNALS_POST_POST },
    { "<wp:status>draft</wp:status><wp:post_type>briefing</wp:post_type>", ANNALS_POST_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strconcat (HEAD "<item><title>a</title>"
                                          "<content:encoded>words</content:encoded>",
                                          cases[i].elements, "</item>" TAIL, NULL);
      g_autoptr(Export) export = read_string (xml);

      g_test_message ("%s", cases[i].elements);
      g_assert_cmpuint (export->drafts->len, ==, 1);
      g_assert_cmpint (((AnnalsDraft *) export->drafts->pdata[0])->kind, ==, cases[i].kind);
      g_assert_cmpuint (find_issue (export, "of the kind") != NULL, ==, cases[i].kind == ANNALS_POST_OTHER);
    }
}

/* Comments are records of their own, and each has an identity that is not its post's. */
static void
test_comments (void)
{
  g_autoptr(Export) export = read_string (
    HEAD "<link>https://blog.example</link>"
    "<item><title>Ice</title><link>https://blog.example/ice/</link>"
    "<content:encoded>words</content:encoded><wp:post_date_gmt>2020-03-01 00:00:00</wp:post_date_gmt>"
    "<wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_author>Ana &amp;#268;</wp:comment_author>"
    "<wp:comment_content><![CDATA[First.\n\n<b>Second</b>.]]></wp:comment_content>"
    "<wp:comment_date>2020-03-02 10:00:00</wp:comment_date>"
    "<wp:comment_date_gmt>2020-03-02 09:00:00</wp:comment_date_gmt><wp:comment_approved>1</wp:comment_approved>"
    "<wp:commentmeta><wp:meta_key>comment_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:commentmeta>"
    "</wp:comment>"
    "<wp:comment><wp:comment_id>8</wp:comment_id><wp:comment_content>Buy</wp:comment_content>"
    "<wp:comment_approved>spam</wp:comment_approved></wp:comment>"
    "<wp:comment><wp:comment_id>9</wp:comment_id><wp:comment_content>Hm</wp:comment_content>"
    "<wp:comment_approved>0</wp:comment_approved></wp:comment></item>" TAIL);
  AnnalsDraft *comment;
  g_autofree char *post_identity = NULL;
  g_autofree char *identity = NULL;

  g_assert_cmpuint (export->drafts->len, ==, 4);
  g_assert_cmpuint (export->n_of_kind[ANNALS_POST_COMMENT], ==, 2);
  g_assert_cmpuint (export->n_of_kind[ANNALS_POST_TRASH], ==, 1);
  g_assert_nonnull (find_issue (export, "waited for approval"));

  comment = export->drafts->pdata[1];
  g_assert_cmpstr (comment->title, ==, "Comment by Ana Č on Ice");
  g_assert_cmpstr (comment->author, ==, "Ana Č");
  g_assert_cmpstr (comment->url, ==, "https://blog.example/ice/#comment-7");
  g_assert_cmpstr (annals_date_get_edtf (comment->published), ==, "2020-03-02T10:00:00+01:00");
  g_assert_cmpstr (annals_text_get_string (comment->text), ==, "First.\nSecond.");
  g_assert_cmpstr (((AnnalsDraft *) export->drafts->pdata[2])->title, ==, "Comment on Ice");

  post_identity = annals_draft_dup_identity (export->drafts->pdata[0], "");
  identity = annals_draft_dup_identity (comment, "");
  g_assert_cmpstr (post_identity, !=, identity);
}

/* Hangul that a form has written as numeric references, inside CDATA, is text that can be searched. */
static void
test_references (void)
{
  g_autoptr(Export) export = read_string (
    HEAD "<item><title><![CDATA[&#54620;&#44397; news]]></title><dc:creator><![CDATA[&#44608;]]></dc:creator>"
    "<category><![CDATA[&#48513;&#54620;]]></category>"
    "<content:encoded><![CDATA[<p>&#xD55C;&#44544; &#51228;&#51116;</p>]]></content:encoded></item>" TAIL);
  AnnalsDraft *draft = export->drafts->pdata[0];

  g_assert_cmpstr (draft->title, ==, "한국 news");
  g_assert_cmpstr (draft->author, ==, "김");
  g_assert_cmpstr (draft->tags[0], ==, "북한");
  g_assert_cmpstr (annals_text_get_string (draft->text), ==, "한글 제재");
}

/* The later part of a split export: without the channel's head, or without any root. */
static void
test_parts (void)
{
  static const char * const parts[] = {
    "<rss xmlns:wp='http://wordpress.org/export/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
    "<channel><item><title>a</title><content:encoded>x</content:encoded><wp:status>publish</wp:status>"
    "<wp:post_type>post</wp:post_type></item></channel></rss>",
    "<item><title>a</title><content:encoded><![CDATA[\n\nx\n]]></content:encoded><wp:post_id>1</wp:post_id>"
    "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (parts[i], strlen (parts[i]));
      g_autoptr(AnnalsPart) part = annals_part_new ("x.xml", annals_import_input_new_for_bytes (bytes, "x.xml"));
      g_autoptr(Export) export = read_export (bytes);

      g_assert_true (annals_format_detect (part) == &annals_format_wxr);
      g_assert_cmpuint (export->n_of_kind[ANNALS_POST_POST], ==, 1);
      g_assert_cmpstr (export->titles->pdata[0], ==, "a");
      g_assert_cmpstr (annals_text_get_string (((AnnalsDraft *) export->drafts->pdata[0])->text), ==, "x");
      g_assert_null (find_issue (export, "too early"));
    }
}

/* Dates that cannot be are unknown, and said to be so. */
static void
test_dates (void)
{
  static const struct
  {
    const char *elements;
    const char *date;
    gboolean issue;
  } cases[] = {
    { "<wp:post_date>2020-03-01 09:30:00</wp:post_date><wp:post_date_gmt>2020-03-01 00:30:00</wp:post_date_gmt>",
      "2020-03-01T09:30:00+09:00", FALSE },
    { "<wp:post_date_gmt>2020-03-01 00:30:00</wp:post_date_gmt>", "2020-03-01T00:30:00Z", FALSE },
    { "<pubDate>Sun, 01 Mar 2020 00:30:00 +0000</pubDate>", "2020-03-01T00:30:00Z", FALSE },
    { "<wp:post_date>0000-00-00 00:00:00</wp:post_date><wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>",
      NULL, TRUE },
    { "<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>", NULL, TRUE },
    { "", NULL, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *xml = g_strconcat (HEAD "<item><title>a</title>"
                                          "<content:encoded>words</content:encoded>",
                                          cases[i].elements, "</item>" TAIL, NULL);
      g_autoptr(Export) export = read_string (xml);
      AnnalsDraft *draft = export->drafts->pdata[0];

      g_test_message ("%s", cases[i].elements);
      g_assert_cmpstr (draft->published ? annals_date_get_edtf (draft->published) : NULL, ==, cases[i].date);
      g_assert_cmpuint (export->issues->len, ==, cases[i].issue);
      if (cases[i].issue)
        g_assert_cmpint (((AnnalsIssue *) export->issues->pdata[0])->code, ==, ANNALS_ISSUE_DATE);
    }
}

static const char *
item_value (const char *item,
            const char *end,
            const char *name,
            char       *buffer,
            gsize       size)
{
  g_autofree char *open = g_strdup_printf ("<%s>", name);
  const char *at = g_strstr_len (item, end - item, open);
  gsize length;

  buffer[0] = '\0';
  if (at == NULL)
    return buffer;

  at += strlen (open);
  if (g_str_has_prefix (at, "<![CDATA["))
    at += 9;
  length = strcspn (at, "<]");
  g_strlcpy (buffer, at, MIN (size, length + 1));

  return buffer;
}

/* What an item is, looked at without any of the reader's code */
static AnnalsPostKind
plain_kind (const char *item,
            const char *end)
{
  static const char * const drafts[] = { "draft", "pending", "auto-draft", "future", NULL };
  char type[64], status[64], password[64];

  item_value (item, end, "wp:post_type", type, sizeof type);
  item_value (item, end, "wp:status", status, sizeof status);
  item_value (item, end, "wp:post_password", password, sizeof password);

  if (*type != '\0' && !g_str_equal (type, "post") && !g_str_equal (type, "page"))
    return ANNALS_POST_OTHER;
  if (g_strv_contains (drafts, status))
    return ANNALS_POST_DRAFT;
  if (g_str_equal (status, "trash"))
    return ANNALS_POST_TRASH;
  if (g_str_equal (status, "private") || *password != '\0')
    return ANNALS_POST_PRIVATE;

  return g_str_equal (type, "page") ? ANNALS_POST_PAGE : ANNALS_POST_POST;
}

static AnnalsPostKind
plain_comment_kind (const char    *comment,
                    const char    *end,
                    AnnalsPostKind kind)
{
  char approved[64];

  item_value (comment, end, "wp:comment_approved", approved, sizeof approved);

  if (g_str_equal (approved, "spam") || g_str_equal (approved, "trash") || kind == ANNALS_POST_TRASH)
    return ANNALS_POST_TRASH;

  return kind == ANNALS_POST_PRIVATE ? kind : ANNALS_POST_COMMENT;
}

/* Every real export: as many of each kind as a plain look at the text counts. */
static void
check_counts (const char *path,
              guint      *total)
{
  g_autoptr(GBytes) bytes = import_read_bytes (path);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data, length);
  g_autoptr(Export) export = read_export (bytes);
  g_autoptr(GHashTable) identities = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint plain[ANNALS_N_POST_KINDS] = { 0 };

  for (char *item = strstr (text, "<item>"); item; item = strstr (item + 1, "<item>"))
    {
      const char *end = strstr (item, "</item>");
      AnnalsPostKind kind;

      g_assert_nonnull (end);
      kind = plain_kind (item, end);
      plain[kind]++;

      for (const char *comment = g_strstr_len (item, end - item, "<wp:comment>"); comment;
           comment = g_strstr_len (comment + 1, end - comment - 1, "<wp:comment>"))
        plain[plain_comment_kind (comment, strstr (comment, "</wp:comment>"), kind)]++;
    }

  g_assert_no_error (export->error);
  g_assert_cmpuint (export->n_skipped, ==, 0);
  for (guint i = 0; i < ANNALS_N_POST_KINDS; i++)
    {
      if (plain[i] > 0)
        g_test_message ("%s: %u %s", path, plain[i], annals_post_kind_to_string (i));
      g_assert_cmpuint (export->n_of_kind[i], ==, plain[i]);
      total[i] += plain[i];
    }

  /* no two records are taken for one */
  for (guint i = 0; i < export->drafts->len; i++)
    {
      AnnalsDraft *draft = export->drafts->pdata[i];
      char *identity = annals_draft_dup_identity (draft, "");

      if (draft->kind != ANNALS_POST_OTHER && !g_hash_table_add (identities, identity))
        g_error ("%s: two records are %s, the second is %s", path, identity, draft->place);
      else if (draft->kind == ANNALS_POST_OTHER)
        g_free (identity);
    }
}

static void
test_real_exports (void)
{
  static const char * const folders[] = { "wxr-importer-fixtures", "wxr-cc-labs" };
  guint total[ANNALS_N_POST_KINDS] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = import_shared_path (folders[i]);
      g_autoptr(GDir) dir = NULL;
      const char *name;

      if (path == NULL)
        return;

      dir = g_dir_open (path, 0, NULL);
      while ((name = g_dir_read_name (dir)))
        {
          g_autofree char *file = g_build_filename (path, name, NULL);

          if (g_str_has_suffix (name, ".xml"))
            check_counts (file, total);
        }
    }

  g_print ("# wxr: %u posts, %u pages, %u drafts, %u private, %u in the trash, %u comments, %u others\n",
           total[ANNALS_POST_POST], total[ANNALS_POST_PAGE], total[ANNALS_POST_DRAFT], total[ANNALS_POST_PRIVATE],
           total[ANNALS_POST_TRASH], total[ANNALS_POST_COMMENT], total[ANNALS_POST_OTHER]);
  g_assert_cmpuint (total[ANNALS_POST_POST], >=, 289);
  g_assert_cmpuint (total[ANNALS_POST_COMMENT], >=, 219);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import/wxr/wordpress", test_wordpress);
  g_test_add_func ("/import/wxr/filter", test_filter);
  g_test_add_func ("/import/wxr/filter-chunks", test_filter_chunks);
  g_test_add_func ("/import/wxr/golden", test_golden);
  g_test_add_func ("/import/wxr/kinds", test_kinds);
  g_test_add_func ("/import/wxr/comments", test_comments);
  g_test_add_func ("/import/wxr/references", test_references);
  g_test_add_func ("/import/wxr/parts", test_parts);
  g_test_add_func ("/import/wxr/dates", test_dates);
  g_test_add_func ("/import/wxr/cut", test_cut);
  g_test_add_func ("/import/wxr/damaged", test_damaged);
  g_test_add_func ("/import/wxr/hostile", test_hostile);
  g_test_add_func ("/import/wxr/too-long", test_too_long);
  g_test_add_func ("/import/wxr/charsets", test_charsets);
  g_test_add_func ("/import/wxr/real-exports", test_real_exports);

  return g_test_run ();
}
