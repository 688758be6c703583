/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <cmark.h>
#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

#include "annals-csv.h"
#include "annals-html.h"
#include "annals-json-writer.h"
#include "annals-markdown-write.h"

/* --- JSON --- */

/* Every character up to U+00FF, bytes that are no UTF-8, and long runs with an escape at each place. */
static void
test_json_strings (void)
{
  g_autoptr(GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);

  for (gunichar c = 1; c < 0x100; c++)
    {
      GString *string = g_string_new ("a");

      g_string_append_unichar (string, c);
      g_ptr_array_add (strings, g_string_free (string, FALSE));
    }
  for (guint i = 0; i < 40; i++)
    {
      char *run = g_strdup ("0123456789012345678901234567890123456789한");

      run[i] = "\"\\\n\x01\x7f"[i % 5];
      g_ptr_array_add (strings, run);
    }
  g_ptr_array_add (strings, g_strdup (""));

  for (guint i = 0; i < strings->len; i++)
    {
      g_autoptr(AnnalsJsonWriter) writer = annals_json_writer_new (NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) root = NULL;
      g_autofree char *json = NULL;
      gsize length;

      annals_json_writer_begin_object (writer, NULL);
      annals_json_writer_string (writer, strings->pdata[i], strings->pdata[i]);
      annals_json_writer_end_object (writer);
      annals_json_writer_finish (writer);
      json = annals_json_writer_steal (writer, &length);

      for (const char *p = json + 1; *p != '\0'; p++)
        g_assert_true ((guchar) *p >= 0x20 || *p == '\n');
      root = json_from_string (json, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (root), strings->pdata[i]), ==, strings->pdata[i]);
    }
}

static void
test_json_shapes (void)
{
  g_autoptr(AnnalsJsonWriter) writer = annals_json_writer_new (NULL);
  const char *names[] = { "a", "b\xff", NULL };
  g_autofree char *json = NULL;
  gsize length;

  annals_json_writer_begin_object (writer, NULL);
  annals_json_writer_begin_array (writer, "none");
  annals_json_writer_end_array (writer);
  annals_json_writer_names (writer, "names", names);
  annals_json_writer_int (writer, "least", G_MININT64);
  annals_json_writer_int (writer, "zero", 0);
  annals_json_writer_bool (writer, "yes", TRUE);
  annals_json_writer_nullable (writer, "nothing", NULL);
  annals_json_writer_time (writer, "time", -1);
  annals_json_writer_begin_object (writer, "empty");
  annals_json_writer_end_object (writer);
  annals_json_writer_end_object (writer);
  annals_json_writer_finish (writer);
  json = annals_json_writer_steal (writer, &length);

  g_assert_cmpuint (strlen (json), ==, length);
  g_assert_cmpstr (json, ==, "{\n  \"none\" : [],\n  \"names\" : [\n    \"a\",\n    \"b\xef\xbf\xbd\"\n  ],\n"
                   "  \"least\" : -9223372036854775808,\n  \"zero\" : 0,\n  \"yes\" : true,\n  \"nothing\" : null,\n"
                   "  \"time\" : \"1969-12-31T23:59:59Z\",\n  \"empty\" : {}\n}\n");
}

/* --- Markdown --- */

/* What a reader of Markdown sees: the words of all its nodes. */
static char *
dup_words (const char *markdown)
{
  cmark_node *document = cmark_parse_document (markdown, strlen (markdown), CMARK_OPT_DEFAULT);
  cmark_iter *iter = cmark_iter_new (document);
  GString *words = g_string_new (NULL);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);
      const char *literal = cmark_node_get_literal (node);

      g_assert_cmpint (cmark_node_get_type (node), !=, CMARK_NODE_HTML_BLOCK);
      g_assert_cmpint (cmark_node_get_type (node), !=, CMARK_NODE_HTML_INLINE);
      if (event == CMARK_EVENT_ENTER && literal != NULL)
        g_string_append (words, literal);
    }
  cmark_iter_free (iter);
  cmark_node_free (document);

  for (char *p = words->str; *p != '\0';)
    if (g_ascii_isspace (*p))
      memmove (p, p + 1, strlen (p));
    else
      p++;
  return g_string_free (words, FALSE);
}

static char *
dup_without_space (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (out, *p);

  return g_string_free (out, FALSE);
}

/* Names and texts are read as they were, whatever they look like. */
static void
test_plain (void)
{
  static const char * const texts[] = {
    "# no heading", "1. no list", "12) no list", "- no list", "+ no list", "= no rule", "---", "a * b _c_ `d`", "<b>&amp;",
    "[[a|b]] [x](y) ![z](w)", "\\back \\* slash", "~~x~~ ~", "2020. A year", "$x$", "::: x", "    four spaces", "> no quote",
    "|a|b|", "http://example.org/", "RTL \u200fعنوان\u200e", "\u0301", "a\nb\n# c", "***", "___", "<!-- x", "&copy;",
    "R&D & more;", "&#65; &amp &notit; &",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GString) out = g_string_new (NULL);
      g_autofree char *words = NULL;
      g_autofree char *expected = dup_without_space (texts[i]);

      annals_markdown_append_plain (out, texts[i], "\n");
      words = dup_words (out->str);
      g_test_message ("%s", out->str);
      g_assert_cmpstr (words, ==, expected);
    }
}

/* The text of a post comes through with all its words, whatever its markup. */
static void
test_post (void)
{
  static const char * const pages[] = {
    "<h1>a</h1><h6>b</h6><p>c <b>d <i>e</i></b><i> f</i></p>",
    "<ul><li>a<ul><li>b<ol><li>c</li><li>d</li></ol></li></ul></li><li>e</li></ul>",
    "<ol start=9><li>a<p>more</p></li><li>b</li></ol><ol><li>c</li></ol>",
    "<blockquote><p>a</p><blockquote><p>b</p><ul><li>c</li></ul></blockquote></blockquote><p>d</p>",
    "<pre>~~~~~~\nx\n\n  y</pre><pre>z</pre>",
    "<blockquote><pre>q\nr</pre></blockquote>",
    "<p><a href='https://a.example/(x) y'>l <b>m</b></a> <a href='javascript:x'>n</a> <code>`o`</code></p>",
    "<p># a</p><p>1. b</p><p>- c</p><p>&lt;script&gt;x&lt;/script&gt;</p><p>a*b*c</p>",
    "<ul><li># x</li><li>- y</li><li>1. z</li></ul>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autoptr(AnnalsText) text = annals_text_new_from_html (pages[i], -1, NULL);
      g_autoptr(GString) out = g_string_new (NULL);
      g_autofree char *words = NULL;
      g_autofree char *expected = dup_without_space (annals_text_get_string (text));

      annals_markdown_append_post (out, text, 2);
      words = dup_words (out->str);
      g_test_message ("%s", out->str);
      g_assert_cmpstr (words, ==, expected);
    }
}

/* What a person wrote ends what it begins, and means nothing to a browser. */
static void
test_own (void)
{
  static const char * const texts[] = {
    "```\nopen", "<script>alert(1)</script>", "<!-- open", "<pre>\nopen", "![alt](https://x.example/p.png)",
    "[bad](javascript:alert(1)) [good](https://x.example/?a=1&b=2)", "# one\n\n###### six", "<div>\n\n*x*\n\n</div>",
    "a <b onclick=x>b</b>", "[x]: javascript:alert(1)\n\n[x]", "<javascript:alert(1)>", "> > > deep", "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GString) html = g_string_new (NULL);
      g_autoptr(GString) markdown = g_string_new (NULL);
      g_autofree char *words = NULL;

      annals_markdown_append_html (html, texts[i], 3);
      g_assert_null (strstr (html->str, "<script"));
      g_assert_null (strstr (html->str, "<b "));
      g_assert_null (strstr (html->str, "<img"));
      g_assert_null (strstr (html->str, "<!--"));
      g_assert_null (strstr (html->str, "href=\"javascript"));
      g_assert_null (strstr (html->str, "<h1>"));

      annals_markdown_append_own (markdown, texts[i], 3);
      g_string_append (markdown, "\nafterwards\n");
      words = dup_words (markdown->str);
      g_test_message ("%s", markdown->str);
      g_assert_true (g_str_has_suffix (words, "afterwards"));
    }
}

static void
test_names (void)
{
  static const struct { const char *name, *wiki, *tag; } names[] = {
    { "A post", "[[A post]]", "#A-post" },
    { "Who? What: [x]|y#z", "[[Who What x y z|Who? What: x y#z]]", "#Who-What-x-y-z" },
    { "...and so on...", "[[and so on|...and so on...]]", "#and-so-on" },
    { "R&D", "[[R&D]]", "#R-D" },
    { "A <b> tag", "[[A b tag|A ‹b› tag]]", "#A-b-tag" },
    { "2020", "[[2020]]", "#2020_" },
    { "북한/제재", "[[북한 제재|북한/제재]]", "#북한/제재" },
    { "[[]]", "\\[\\[\\]\\]", "" },
  };
  g_autoptr(GString) yaml = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GString) wiki = g_string_new (NULL);
      g_autoptr(GString) tag = g_string_new (NULL);

      annals_markdown_append_wiki (wiki, names[i].name);
      annals_markdown_append_tag (tag, names[i].name);
      g_assert_cmpstr (wiki->str, ==, names[i].wiki);
      g_assert_cmpstr (tag->str, ==, names[i].tag);
    }

  annals_yaml_append (yaml, "title", "a \"b\" \\ c: # d\n\x01\u2028 {e}");
  g_assert_cmpstr (yaml->str, ==, "title: \"a \\\"b\\\" \\\\ c: # d\\n\\u0001\\u2028 {e}\"\n");
}

/* --- HTML --- */

static void
test_html (void)
{
  g_autoptr(GString) html = g_string_new (NULL);

  annals_html_append_format (html, "<p title=\"%s\">%s</p>", "a\"b'<>&", "c\x01\xff\n100 %s");
  annals_html_append_link (html, "https://x.example/\"><script>", "<x>");
  annals_html_append_link (html, "javascript:alert(1)", "<y>");
  g_assert_cmpstr (html->str, ==, "<p title=\"a&quot;b&#39;&lt;&gt;&amp;\">c \xef\xbf\xbd\n100 %s</p>"
                   "<a href=\"https://x.example/&quot;&gt;&lt;script&gt;\">&lt;x&gt;</a>&lt;y&gt;");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/writing/json-strings", test_json_strings);
  g_test_add_func ("/export/writing/json-shapes", test_json_shapes);
  g_test_add_func ("/export/writing/plain", test_plain);
  g_test_add_func ("/export/writing/post", test_post);
  g_test_add_func ("/export/writing/own", test_own);
  g_test_add_func ("/export/writing/names", test_names);
  g_test_add_func ("/export/writing/html", test_html);

  return g_test_run ();
}
