/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-address.h"
#include "annals-markdown.h"

#include <string.h>

/* "kind level indent quotes marker|markup", a line for each block. */
static char *
dump (const char *markdown)
{
  static const char * const kinds[] = { "p", "h", "code", "rule" };
  g_autoptr(GPtrArray) blocks = annals_markdown_parse (markdown, 100000, NULL);
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const AnnalsMarkdownBlock *block = g_ptr_array_index (blocks, i);
      g_autofree char *markup = annals_markdown_block_dup_markup (block);

      g_string_append_printf (out, "%s%u i%u q%u %s|%s\n", kinds[block->kind], block->level, block->indent, block->quotes,
                              block->marker != NULL ? block->marker : "-", markup);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_blocks (void)
{
  static const struct { const char *markdown, *blocks; } cases[] = {
    { "", "" },
    { "Plain words", "p0 i0 q0 -|Plain words\n" },
    { "One\ntwo\n\nthree", "p0 i0 q0 -|One\ntwo\np0 i0 q0 -|three\n" },
    { "# Head *it*", "h1 i0 q0 -|Head <i>it</i>\n" },
    { "Two\n---", "h2 i0 q0 -|Two\n" },
    { "**b** and `a < b`", "p0 i0 q0 -|<b>b</b> and <tt>a &lt; b</tt>\n" },
    { "- a\n- b\n  - c\n", "p0 i1 q0 •|a\np0 i1 q0 •|b\np0 i2 q0 •|c\n" },
    { "3. a\n4. b\n\n   more", "p0 i1 q0 3.|a\np0 i1 q0 4.|b\np0 i1 q0 -|more\n" },
    { "-\n- b", "p0 i1 q0 •|\np0 i1 q0 •|b\n" },
    { "> said\n>> before", "p0 i0 q1 -|said\np0 i0 q2 -|before\n" },
    { "```\nif (a & b)\n  go;\n```", "code0 i0 q0 -|if (a &amp; b)\n  go;\n" },
    { "a\n\n***\n\nb", "p0 i0 q0 -|a\nrule0 i0 q0 -|\np0 i0 q0 -|b\n" },
    { "![a *sea*](sea.png)", "p0 i0 q0 -|<i>a </i><i>sea</i>\n" },
    /* HTML is text */
    { "a <b>bold</b> & <img src=x onerror=y>",
      "p0 i0 q0 -|a &lt;b&gt;bold&lt;/b&gt; &amp; &lt;img src=x onerror=y&gt;\n" },
    { "<script>\nalert (1)\n</script>", "p0 i0 q0 -|&lt;script&gt;\nalert (1)\n&lt;/script&gt;\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *blocks = dump (cases[i].markdown);

      g_assert_cmpstr (blocks, ==, cases[i].blocks);
    }
}

static void
test_links (void)
{
  static const struct { const char *markdown, *markup; } cases[] = {
    { "[here](https://example.org/a?b=1&c)",
      "<a href=\"https://example.org/a?b=1&amp;c\" title=\"example.org\n"
      "https://example.org/a?b=1&amp;amp;c\">here</a>" },
    { "<mailto:a@example.org>", "<a href=\"mailto:a@example.org\" title=\"mailto:a@example.org\">mailto:a@example.org</a>" },
    /* the host is what stands after the @ */
    { "[bank](http://bank.example@evil.example/)",
      "<a href=\"http://bank.example@evil.example/\" title=\"evil.example\nhttp://bank.example@evil.example/\">bank</a>" },
    { "[a](https://a.example/)[**b** c](https://a.example/)",
      "<a href=\"https://a.example/\" title=\"a.example\nhttps://a.example/\">a</a>"
      "<a href=\"https://a.example/\" title=\"a.example\nhttps://a.example/\"><b>b</b> c</a>" },
    { "[no](javascript:alert(1))", "no" },
    { "[no](file:///etc/passwd)", "no" },
    { "[no](data:text/html,x) [*no*](vbscript:x)", "no <i>no</i>" },
    { "[\"q\"](https://example.org/\"><b>)",
      "<a href=\"https://example.org/&quot;&gt;&lt;b&gt;\" title=\"example.org\n"
      "https://example.org/&amp;quot;&amp;gt;&amp;lt;b&amp;gt;\">&quot;q&quot;</a>" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) blocks = annals_markdown_parse (cases[i].markdown, 1000, NULL);
      g_autofree char *markup = NULL;

      g_assert_cmpuint (blocks->len, ==, 1);
      markup = annals_markdown_block_dup_markup (blocks->pdata[0]);
      g_assert_cmpstr (markup, ==, cases[i].markup);
    }
}

/* What was only typed as a line end is told from one that is meant. */
static void
test_breaks (void)
{
  g_autoptr(GPtrArray) blocks = annals_markdown_parse ("one\ntwo\\\nthree", 1000, NULL);
  const AnnalsMarkdownBlock *block = blocks->pdata[0];
  const AnnalsMarkdownPiece *pieces = (const AnnalsMarkdownPiece *) block->pieces->data;

  g_assert_cmpuint (block->pieces->len, ==, 5);
  g_assert_cmpstr (pieces[1].text, ==, "\n");
  g_assert_cmpuint (pieces[1].look, ==, ANNALS_MARKDOWN_BREAK);
  g_assert_cmpstr (pieces[3].text, ==, "\n");
  g_assert_cmpuint (pieces[3].look, ==, ANNALS_MARKDOWN_PLAIN);
}

static void
test_hosts (void)
{
  g_autofree char *host = annals_address_dup_host ("https://b\xc3\xbc""cher.example/");
  g_autofree char *none = annals_address_dup_host ("mailto:a@example.org");

  g_assert_cmpstr (host, ==, "b\xc3\xbc""cher.example (xn--bcher-kva.example)");
  g_assert_null (none);
  g_assert_true (annals_address_can_open ("HTTPS://example.org"));
  g_assert_true (annals_address_can_open ("mailto:a@example.org"));
  g_assert_false (annals_address_can_open ("ftp://example.org"));
  g_assert_false (annals_address_can_open ("file:///etc/passwd"));
  g_assert_false (annals_address_can_open ("javascript:alert(1)"));
  g_assert_false (annals_address_can_open ("data:text/html,x"));
  g_assert_false (annals_address_can_open ("//example.org"));
  g_assert_false (annals_address_can_open (""));
}

/* Each block is well-formed XML: what Pango would complain of must not come so far. */
static void
assert_well_formed (const char *markdown)
{
  static const GMarkupParser nothing = { NULL };
  g_autoptr(GPtrArray) blocks = annals_markdown_parse (markdown, 5000, NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const AnnalsMarkdownBlock *block = g_ptr_array_index (blocks, i);
      g_autofree char *markup = annals_markdown_block_dup_markup (block);
      g_autofree char *whole = g_strdup_printf ("<markup>%s</markup>", markup);
      g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new (&nothing, 0, NULL, NULL);
      g_autoptr(GError) error = NULL;

      g_markup_parse_context_parse (context, whole, -1, &error);
      g_assert_no_error (error);
      g_markup_parse_context_end_parse (context, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (block->indent, <=, 4);
      g_assert_cmpuint (block->quotes, <=, 4);
    }
}

static void
test_hostile (void)
{
  static const char * const pieces[] = {
    "*", "**", "_", "`", "```\n", "[", "](", ")", "!", "<", ">", "&", "&#0;", "&#1;", "\n", "\n\n", "> ", "- ", "1. ", "# ",
    "a", " ", "\t", "\\", "<b>", "</b>", "https://example.org/", "javascript:", "\xe5\x8c\x97", "\x01", "\x7f", "\"", "'",
  };
  GString *deep = g_string_new (NULL);

  for (guint n = 0; n < 4000; n++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      guint length = (guint) g_test_rand_int_range (1, 60);

      for (guint i = 0; i < length; i++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      assert_well_formed (text->str);
    }

  for (guint i = 0; i < 5000; i++)
    g_string_append (deep, i % 3 == 0 ? "> " : i % 3 == 1 ? "- " : "*");
  assert_well_formed (deep->str);
  g_string_free (deep, TRUE);
}

static void
test_cut (void)
{
  g_autoptr(GString) long_one = g_string_new (NULL);
  g_autoptr(GPtrArray) blocks = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *short_one = NULL;
  gboolean is_cut;
  gsize shown = 0;

  while (long_one->len < 1024 * 1024)
    g_string_append (long_one, "Some **words** of a very long note in Markdown.\n\n");

  blocks = annals_markdown_parse (long_one->str, 4000, &is_cut);
  g_assert_true (is_cut);
  for (guint i = 0; i < blocks->len; i++)
    {
      g_autofree char *words = annals_markdown_block_dup_plain (blocks->pdata[i]);

      shown += strlen (words);
    }
  g_assert_cmpuint (shown, >, 3000);
  g_assert_cmpuint (shown, <=, 4000);

  plain = annals_markdown_dup_plain (long_one->str, 20);
  g_assert_cmpstr (plain, ==, "Some words of a very…");
  short_one = annals_markdown_dup_plain ("## Same *flight*\n\n- as\n- before", 200);
  g_assert_cmpstr (short_one, ==, "Same flight as before");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/markdown/blocks", test_blocks);
  g_test_add_func ("/text/markdown/links", test_links);
  g_test_add_func ("/text/markdown/breaks", test_breaks);
  g_test_add_func ("/text/markdown/hosts", test_hosts);
  g_test_add_func ("/text/markdown/hostile", test_hostile);
  g_test_add_func ("/text/markdown/cut", test_cut);

  return g_test_run ();
}
