/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "annals-text.h"

#include <string.h>

#define BASE "https://example.org/dir/page"

/* Compares text and spans, whose addresses are resolved against BASE. */
typedef struct
{
  const char *name;
  const char *html;
  const char *text;
  const char *spans;
} HtmlCase;

static const HtmlCase html_cases[] = {
  { "empty", "", "", "[]" },
  { "no-text", "<!DOCTYPE html><html><head></head><body>\n<p> </p></body></html>", "", "[]" },
  { "bare", "just text", "just text", "[]" },
  { "blocks", "<p>one</p><p>two</p><div>three<div>four</div>five</div>",
    "one\ntwo\nthree\nfour\nfive", "[]" },
  { "fold", "<p> a\n\t b <b> c </b> d</p>", "a b c d", "[[4,5,\"strong\",null]]" },
  { "break", "a<br>b<br/><br>c<hr>d", "a\nb\nc\nd", "[]" },
  { "headings", "<h1>A</h1><h6>B <em>c</em></h6>", "A\nB c",
    "[[0,1,\"heading\",\"1\"],[2,5,\"heading\",\"6\"],[4,5,\"emphasis\",null]]" },
  { "inline", "<i>a</i><cite>b</cite><b>c</b><strong>d</strong><code>e</code><kbd>f</kbd>"
    "<samp>g</samp>", "abcdefg",
    "[[0,1,\"emphasis\",null],[1,2,\"emphasis\",null],[2,3,\"strong\",null],"
    "[3,4,\"strong\",null],[4,5,\"code\",null],[5,6,\"code\",null],[6,7,\"code\",null]]" },
  { "inline-nested", "<em><i>a</i><b>b</b></em>", "ab",
    "[[0,2,\"emphasis\",null],[1,2,\"strong\",null]]" },
  { "inline-over-blocks", "<strong><p>a</p><p>b</p></strong>c", "a\nb\nc", "[[0,3,\"strong\",null]]" },
  { "inline-empty", "a<b></b><i> </i><em>&nbsp;</em>b", "a \xc2\xa0""b", "[]" },
  { "quotation", "<blockquote cite='../s'><p>a</p><p>b</p></blockquote>c", "a\nb\nc",
    "[[0,3,\"quotation\",\"https://example.org/s\"]]" },
  { "quotation-nested", "<blockquote>a<blockquote>b</blockquote></blockquote>", "a\nb",
    "[[0,3,\"quotation\",null],[2,3,\"quotation\",null]]" },
  { "quote", "He said <q>yes</q>.", "He said “yes”.", "[]" },
  { "list", "<ul><li>a<li>b<ul><li>c</li></ul></li></ul>d", "a\nb\nc\nd",
    "[[0,1,\"list-item\",\"-\"],[2,5,\"list-item\",\"-\"],[4,5,\"list-item\",\"- \"]]" },
  { "list-numbers", "<ol start=3><li>a<li value=7>b<li>c</ol><ol reversed><li>d<li>e</ol>",
    "a\nb\nc\nd\ne",
    "[[0,1,\"list-item\",\"3\"],[2,3,\"list-item\",\"7\"],[4,5,\"list-item\",\"8\"],"
    "[6,7,\"list-item\",\"2\"],[8,9,\"list-item\",\"1\"]]" },
  { "list-mixed", "<ol><li>a<ul><li>b</ul><li>c</ol>", "a\nb\nc",
    "[[0,3,\"list-item\",\"1\"],[2,3,\"list-item\",\"- \"],[4,5,\"list-item\",\"2\"]]" },
  { "definitions", "<dl><dt>a<dd>b<dd>c</dl>", "a\nb\nc", "[]" },
  { "pre", "<p>x</p><pre>\n a\n\tb  c\n\n  <b>d</b>\n</pre>y", "x\na\n        b  c\n\n  d\ny",
    "[[2,21,\"preformatted\",null],[20,21,\"strong\",null]]" },
  { "pre-lines", "<pre><div>a {</div><div>  b</div></pre>", "a {\n  b",
    "[[0,7,\"preformatted\",null]]" },
  { "pre-code", "<pre><code>a\nb</code></pre>", "a\nb",
    "[[0,3,\"preformatted\",null],[0,3,\"code\",null]]" },
  { "table", "<table><tr><th>A<th>B</tr><tr><td>1 </td><td> 2</td></tr></table>after",
    "A B\n1 2\nafter",
    "[[0,7,\"table\",\"2\"],[0,1,\"cell\",\"0,0h\"],[2,3,\"cell\",\"0,1h\"],"
    "[4,5,\"cell\",\"1,0\"],[6,7,\"cell\",\"1,1\"]]" },
  { "table-spans", "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d<tr><td>e</table>",
    "a b\nc d\ne",
    "[[0,9,\"table\",\"3\"],[0,1,\"cell\",\"0,0\"],[2,3,\"cell\",\"0,1\"],[4,5,\"cell\",\"1,1\"],"
    "[6,7,\"cell\",\"1,2\"],[8,9,\"cell\",\"2,0\"]]" },
  { "table-layout", "<table><tr><td><p>a<p>b<td>c</table>", "a\nb\nc",
    "[[0,5,\"table\",\"2\"],[0,3,\"cell\",\"0,0\"],[4,5,\"cell\",\"0,1\"]]" },
  { "table-line-break", "<table><tr><td>a<br>b<td><p>c</p></table>", "a b c",
    "[[0,5,\"table\",\"2\"],[0,3,\"cell\",\"0,0\"],[4,5,\"cell\",\"0,1\"]]" },
  { "table-nested", "<table><tr><td>a<table><tr><td>b<td>c</table><td>d</table>", "a\nb c\nd",
    "[[0,7,\"table\",\"2\"],[0,5,\"cell\",\"0,0\"],[2,5,\"table\",\"2\"],[2,3,\"cell\",\"0,0\"],"
    "[4,5,\"cell\",\"0,1\"],[6,7,\"cell\",\"0,1\"]]" },
  { "table-empty-cells", "<table><tr><td><td>a<td></table><table><tr><td></table>", "a",
    "[[0,1,\"table\",\"3\"],[0,1,\"cell\",\"0,1\"]]" },
  { "cells-alone", "<td>a</td><td>b</td>", "a\nb", "[]" },
  { "image", "a <img src='p.png' alt=' a  map '> b<img src=q.png>", "a a map b￼",
    "[[2,7,\"image\",\"https://example.org/dir/p.png\"],"
    "[9,10,\"image\",\"https://example.org/dir/q.png\"]]" },
  { "image-kinds", "<img alt=''>1<img src=t.gif width=1 height=1>2<img src='data:image/gif;base64,R0'"
    " data-src=l.png>3<p>4<noscript><img src=n.png></noscript>", "12￼3\n4￼",
    "[[2,3,\"image\",\"https://example.org/dir/l.png\"],"
    "[6,7,\"image\",\"https://example.org/dir/n.png\"]]" },
  { "image-late", "<img src='data:,' data-src=l.png><noscript><img src=l.png></noscript>", "￼",
    "[[0,1,\"image\",\"https://example.org/dir/l.png\"]]" },
  { "figure", "<figure><img src=/p.png><figcaption>c <a href=#x>d</a></figcaption></figure>e",
    "￼\nc d\ne",
    "[[0,1,\"image\",\"https://example.org/p.png\"],"
    "[4,5,\"link\",\"https://example.org/dir/page#x\"]]" },
  { "links", "<a href='?a=1&copy=2&amp;b=3'>a</a><a name=x>b</a><a href='mailto:x@y'>c</a>"
    "<a href='javascript:x()'>d</a><a href=' JavaScript:x()'>e</a><a href='//cdn/x'>f</a>", "abcdef",
    "[[0,1,\"link\",\"https://example.org/dir/page?a=1&copy=2&b=3\"],[2,3,\"link\",\"mailto:x@y\"],"
    "[5,6,\"link\",\"https://cdn/x\"]]" },
  { "link-bad", "<a href='http://[bad'>a</a><a href=''>b</a>", "ab",
    "[[0,1,\"link\",\"http://[bad\"]]" },
  { "base", "<base href='/other/'><base href='/no/'><a href=x>a</a>", "a",
    "[[0,1,\"link\",\"https://example.org/other/x\"]]" },
  { "not-text", "a<script>var x='<p>no</p>'</script><style>p{}</style><template>no</template>"
    "<title>no</title><!-- no --><iframe>no</iframe><video>no</video><p hidden>no</p>"
    "<p hidden=until-found>b</p>", "a\nb", "[]" },
  { "noscript", "<noscript><p>yes</p></noscript>", "yes", "[]" },
  { "hidden-page", "<body hidden><p>yes</p>", "yes", "[]" },
  { "head", "<html><head><title>no</title>stray<link rel=x><x-y>text</x-y></head><p>b",
    "straytext\nb", NULL },
  { "entities", "&amp;&lt;&gt;&quot;&apos;&nbsp;&eacute;&hellip;&ccaron;&comma;&AMP;&Tab;x",
    "&<>\"'\xc2\xa0é…č,& x", "[]" },
  { "entities-bare", "AT&T &amp &copy 2020 &nbspx &bogus; & &; &eacute&lt", "AT&T & © 2020 &nbspx &bogus; & &; é<",
    "[]" },
  { "amp-amp", "&amp;lt; &amp;#65; &#38;lt; &num;65;", "&lt; &#65; &lt; #65;", "[]" },
  { "numbers", "&#65;&#x42;&#X43&#68 &#146;&#x80;", "ABCD ’€", "[]" },
  { "numbers-bad", "a&#0;b&#xD800;c&#x110000;d&#99999999999;e&#xFFFF;f&#1;g&#127;h&#;&#x;&#xg;",
    "a�b�c�d�e�f g h&#;&#x;&#xg;", "[]" },
  { "less-than", "1 < 2, 3 <4, <5>, << and <3 </3 <", "1 < 2, 3 <4, <5>, << and <3 </3 <", "[]" },
  { "comments", "a<!-->b<!--->c<!-- x --!>d<!-- > -->e<!---- f -->g", "abcdeg", "[]" },
  { "comment-open", "a<!-- b <i>c</i>", "a b c", "[[4,5,\"emphasis\",null]]" },
  { "bogus", "a<!x>b<?php x ?>c<![CDATA[d]]>e</ >f<!doctype x>g", "abcd]]>e</ >fg", "[]" },
  { "tag-open", "a <b", "a <b", "[]" },
  { "quote-open", "<p title=\"x>a</p><p>b</p>", "a\nb", "[]" },
  { "quoted-greater", "<p title='a > b' data-x=\"<p>\">c</p>", "c", "[]" },
  { "script-open", "a<script>b", "a", "[]" },
  { "script-closed", "a<script/>b<script src=x></SCRIPT >c", "a b c", "[]" },
  { "title-open", "<title>a <p>b", "a\nb", "[]" },
  { "iframe-open", "<iframe src=x>a", "a", "[]" },
  { "video-open", "<p><video src=x>a</p><p>b<canvas>c", "a\nb c", "[]" },
  { "template-torn", "<template><table><tr><td></template><p>a", "a", "[]" },
  { "literal", "<xmp>a <b>&amp;</b></xmp><textarea>c\n<p>&amp;</textarea>d<xmp>e",
    "a <b>&amp;</b>\nc\n<p>&\nd\ne", NULL },
  { "misnested", "<b>a<i>b</b>c</i>d", "abcd", NULL },
  { "unknown", "<o:p>a</o:p><foo-bar>b</foo-bar><font color=red>c</font>", "abc", "[]" },
  { "charset", "<meta charset=iso-8859-1><meta http-equiv=content-type content='text/html; "
    "charset=windows-1251'>조선 é", "조선 é", "[]" },
  { "xml", "<?xml version='1.0' encoding='latin1'?><p>é</p>", "é", "[]" },
  { "nfc-span", "e<b>\xcc\x81x</b>", "éx", "[[0,2,\"strong\",null]]" },
  { "nfc-shift", "A\xcc\x8a""e\xcc\x81 <i>조선</i> \xe1\x84\x92<b>\xe1\x85\xa1</b>\xe1\x86\xab!",
    "Åé 조선 한!", "[[3,5,\"emphasis\",null],[6,7,\"strong\",null]]" },
  { "bad-byte", "<p>a\xff</p><p>b</p>", "a�\nb", "[]" },
  { "emoji", "👩‍👩‍👧<b>🇰🇵</b>", "👩‍👩‍👧🇰🇵", "[[5,7,\"strong\",null]]" },
};

static void
check_round_trip (AnnalsText *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *json = annals_text_dup_spans_json (text);
  g_autofree char *again_json = NULL;
  g_autoptr(AnnalsText) again = NULL;

  again = annals_text_new_from_stored (annals_text_get_string (text), json, &error);
  g_assert_no_error (error);
  again_json = annals_text_dup_spans_json (again);
  g_assert_cmpstr (again_json, ==, json);
  g_assert_cmpstr (annals_text_get_sha256 (again), ==, annals_text_get_sha256 (text));
}

static void
test_html (gconstpointer data)
{
  const HtmlCase *test = data;
  g_autoptr(AnnalsText) text = annals_text_new_from_html (test->html, -1, BASE);
  g_autofree char *json = annals_text_dup_spans_json (text);

  g_assert_cmpstr (annals_text_get_string (text), ==, test->text);
  if (test->spans != NULL)
    g_assert_cmpstr (json, ==, test->spans);
  check_round_trip (text);
}

static void
test_no_base (void)
{
  g_autoptr(AnnalsText) text = annals_text_new_from_html ("<a href='../x y'>a</a>", -1, NULL);
  g_autoptr(AnnalsText) bad = annals_text_new_from_html ("<a href=x>a</a>", -1, "no base");
  g_autofree char *json = annals_text_dup_spans_json (text);
  g_autofree char *bad_json = annals_text_dup_spans_json (bad);

  g_assert_cmpstr (json, ==, "[[0,1,\"link\",\"../x y\"]]");
  g_assert_cmpstr (bad_json, ==, "[[0,1,\"link\",\"x\"]]");
}

static void
test_nul (void)
{
  static const char html[] = "<p>a\0b</p>\0<p>c</p>";
  g_autoptr(AnnalsText) text = annals_text_new_from_html (html, sizeof html - 1, NULL);
  g_autoptr(AnnalsText) none = annals_text_new_from_html (NULL, 0, NULL);

  g_assert_cmpstr (annals_text_get_string (text), ==, "a b\nc");
  g_assert_cmpstr (annals_text_get_string (none), ==, "");
}

static void
test_line (void)
{
  static const struct { const char *html; const char *line; } cases[] = {
    { NULL, "" },
    { "", "" },
    { "plain  title", "plain title" },
    { "A &amp; B &#8211; <em>C</em><br>D", "A & B – C D" },
    { "<img src=x>Title<img src=y alt='of it'>", "Titleof it" },
    { "a < b &nbsp; c", "a < b c" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line = annals_text_line_from_html (cases[i].html, -1);

      g_assert_cmpstr (line, ==, cases[i].line);
    }
}

/* A page of pieces in any order and nesting: always canonical, never a word lost that is in no
 * markup. */
static void
test_property (void)
{
  static const char *const pieces[] = {
    "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<ul>", "</ul>", "<li>",
    "<ol>", "</ol>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<th>", "<pre>", "</pre>",
    "<blockquote>", "</blockquote>", "<br>", "<hr>", "<h2>", "</h2>", "<a href=x>", "</a>",
    "<code>", "</code>", "<q>", "</q>", "<!-- c -->", "<img src=i>", "&nbsp;", "\n", "\t", " ",
    "&#133;", "\xff", "\xcc\x81", "\xe1\x84\x92", "\xe1\x85\xa1", "<span>", "</span>", "<caption>",
    "<select>", "<option>", "<form>", "</form>", "<svg>", "<math>", "</svg>", "<body>", "</body>",
    "</html>", "<html>", "<head>", "</head>", "<frameset>", "<noscript>", "</noscript>", "<font>",
  };
  g_autoptr(GRand) rand = g_rand_new_with_seed (1312);

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr(GString) html = g_string_new (NULL);
      g_autoptr(AnnalsText) text = NULL;
      guint n_words = 0;

      for (int n = g_rand_int_range (rand, 1, 60); n > 0; n--)
        {
          if (g_rand_int_range (rand, 0, 3) == 0)
            g_string_append_printf (html, " word%u. ", n_words++);
          else
            g_string_append (html, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
        }

      text = annals_text_new_from_html (html->str, html->len, BASE);
      for (guint w = 0; w < n_words; w++)
        {
          g_autofree char *word = g_strdup_printf ("word%u.", w);

          if (strstr (annals_text_get_string (text), word) == NULL)
            g_error ("'%s' is lost from %s", word, html->str);
        }
      check_round_trip (text);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (html_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/text/html/%s", html_cases[i].name);

      g_test_add_data_func (path, &html_cases[i], test_html);
    }
  g_test_add_func ("/text/html-no-base", test_no_base);
  g_test_add_func ("/text/html-nul", test_nul);
  g_test_add_func ("/text/html-line", test_line);
  g_test_add_func ("/text/html-property", test_property);

  return g_test_run ();
}
