/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <cmark.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "annals-markdown-write.h"
#include "annals-text-markdown.h"

#define N_RANDOM 4000

/* What a reader of Markdown sees, without white space and pictures: the words of all its nodes. */
static char *
dup_seen (const char *markdown)
{
  cmark_node *document = cmark_parse_document (markdown, strlen (markdown), CMARK_OPT_DEFAULT);
  cmark_iter *iter = cmark_iter_new (document);
  GString *seen = g_string_new (NULL);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      const char *literal = cmark_node_get_literal (cmark_iter_get_node (iter));

      if (event == CMARK_EVENT_ENTER && literal != NULL)
        g_string_append (seen, literal);
    }
  cmark_iter_free (iter);
  cmark_node_free (document);

  return g_string_free (seen, FALSE);
}

static char *
dup_words (const char *text)
{
  GString *words = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)) && g_utf8_get_char (p) != 0xfffc)
      g_string_append_unichar (words, g_utf8_get_char (p));

  return g_string_free (words, FALSE);
}

static void
assert_same_words (AnnalsText *text)
{
  g_autofree char *markdown = annals_text_dup_markdown (text);
  g_autofree char *spans = annals_text_dup_spans_json (text);
  g_autofree char *seen = dup_seen (markdown);
  g_autofree char *words = dup_words (seen);
  g_autofree char *expected = dup_words (annals_text_get_string (text));

  if (!g_str_equal (words, expected))
    g_test_message ("of “%s” %s came\n%s", annals_text_get_string (text), spans, markdown);
  g_assert_cmpstr (words, ==, expected);
}

static void
test_shapes (void)
{
  static const struct { const char *html, *markdown; } cases[] = {
    { "", "" },
    { "<p>a</p><p>b</p>", "a\n\nb" },
    { "<h2>Head # #</h2>", "## Head \\# \\#" },
    { "<p>a <b>b</b> <i>c</i> <b><i>d</i></b></p>", "a **b** *c* ***d***" },
    /* the sign stands beside a letter, not a space */
    { "<p>a<b> b </b>c</p>", "a **b** c" },
    { "<p><b>“제재”</b>를</p>", "**“제재**”를" },
    { "<p>x<b>“a”</b>y</p>", "x“**a**”y" },
    { "<p>(<b>“a”</b>)</p>", "(**“a”**)" },
    /* one that goes on over lines is one in each */
    { "<p><b>a<br>b</b> c</p>", "**a**\n\n**b** c" },
    { "<p><a href='https://x.example/'>a<br>b</a></p>", "[a](https://x.example/)\n\n[b](https://x.example/)" },
    /* the second would be taken for the end of the first */
    { "<p><b>a</b><b>b</b></p>", "**a**b" },
    { "<p><i>a</i><b>b</b></p>", "*a*b" },
    /* code is not escaped, and has more backticks around it than in it */
    { "<p><code>a*b_c</code></p>", "`a*b_c`" },
    { "<p><code>`</code> <code>a``b</code></p>", "`` ` `` ```a``b```" },
    { "<pre>a *b*\n  `c` &amp; \\</pre>", "~~~\na *b*\n  `c` & \\\n~~~" },
    { "<pre>~~~\nx</pre>", "~~~~\n~~~\nx\n~~~~" },
    { "<p><a href='https://x.example/?a&amp;copy;'>x</a></p>", "[x](https://x.example/?a&amp;copy;)" },
    { "<p><a href='javascript:x'>x</a></p>", "x" },
    { "<p>a <img src='https://x.example/p.png'> b</p>", "a  b" },
    { "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "-   a\n    -   b\n-   c" },
    { "<ol start=998><li>a</li><li>b<ul><li>c</li></ul></li></ol>", "998. a\n999. b\n     -   c" },
    { "<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b" },
    { "<p>1. a</p><p># b</p><p>- c</p><p>*</p>", "1\\. a\n\n\\# b\n\n\\- c\n\n\\*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsText) text = annals_text_new_from_html (cases[i].html, -1, NULL);
      g_autofree char *markdown = annals_text_dup_markdown (text);

      g_assert_cmpstr (markdown, ==, cases[i].markdown);
      assert_same_words (text);
    }
}

/* --- any text with any spans --- */

static const char * const pieces[] = {
  "a", "word", "제재", "制裁", " ", " ", "*", "**", "_", "`", "``", "~~~", "“", "”", "(", ")", "[", "]", "<b>", "&amp;", "\\", "!", "#",
  "1.", "2)", "-", "+", "=", "|", ":", "$", "€", "é", "😀", "\u00a0", "\ufffc", "http://x.example/", "e\u0301x", ".",
};

/* A line without white space at its ends. */
static void
append_line (GString *string,
             GRand   *rand)
{
  gsize begin = string->len;
  g_autofree char *line = NULL;

  for (int n = g_rand_int_range (rand, 1, 12); n > 0; n--)
    g_string_append (string, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);

  line = annals_text_normalize_line (string->str + begin, -1);
  g_string_truncate (string, begin);
  g_string_append (string, line);
  if (string->len == begin)
    g_string_append_c (string, 'x');
}

typedef struct
{
  int         start;
  int         end;
  const char *kind;
  const char *value;
} RandomSpan;

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const RandomSpan *x = a;
  const RandomSpan *y = b;

  return x->start != y->start ? x->start - y->start : y->end - x->end;
}

/* A kind for each of some lines, and stretches within and across them. */
static char *
make_spans (const char *string,
            GRand      *rand)
{
  static const char * const inlines[] = { "emphasis", "strong", "code", "link" };
  static const struct { const char *kind, *value; } blocks[] = {
    { "heading", "2" }, { "quotation", NULL }, { "list-item", "-" }, { "list-item", "7" }, { "list-item", "12345" },
    { "list-item", "- " }, { "list-item", "3  " }, { "preformatted", NULL },
  };
  g_autoptr(GArray) spans = g_array_new (FALSE, FALSE, sizeof (RandomSpan));
  g_auto(GStrv) lines = g_strsplit (string, "\n", -1);
  int length = (int) g_utf8_strlen (string, -1);
  GString *json = g_string_new ("[");
  int start = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint kind = (guint) g_rand_int_range (rand, 0, 2 * G_N_ELEMENTS (blocks));
      RandomSpan span = { .start = start, .end = start + (int) g_utf8_strlen (lines[i], -1) };

      start = span.end + 1;
      if (kind >= G_N_ELEMENTS (blocks))
        continue;
      span.kind = blocks[kind].kind;
      span.value = blocks[kind].value;
      g_array_append_val (spans, span);
    }
  for (int n = g_rand_int_range (rand, 0, 6); n > 0; n--)
    {
      RandomSpan span = { .kind = inlines[g_rand_int_range (rand, 0, G_N_ELEMENTS (inlines))] };

      int most = g_rand_int_range (rand, 1, 12);

      span.start = g_rand_int_range (rand, 0, length);
      span.end = MIN (length, span.start + most);
      span.value = g_str_equal (span.kind, "link") ? "https://x.example/a_b(c)*d" : NULL;
      g_array_append_val (spans, span);
    }
  g_array_sort (spans, compare_spans);

  for (guint i = 0; i < spans->len; i++)
    {
      const RandomSpan *span = &g_array_index (spans, RandomSpan, i);

      g_string_append_printf (json, "%s[%d,%d,\"%s\",", i > 0 ? "," : "", span->start, span->end, span->kind);
      g_string_append_printf (json, span->value != NULL ? "\"%s\"]" : "null]", span->value);
    }
  g_string_append_c (json, ']');

  return g_string_free (json, FALSE);
}

/* Whatever is set off how, a reader sees the words of the text and no sign more. */
static void
test_random (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint i = 0; i < N_RANDOM; i++)
    {
      g_autoptr(GString) string = g_string_new (NULL);
      g_autofree char *composed = NULL;
      g_autofree char *spans = NULL;
      g_autoptr(AnnalsText) text = NULL;
      g_autoptr(GError) error = NULL;

      for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
        {
          if (string->len > 0)
            g_string_append_c (string, '\n');
          append_line (string, rand);
        }
      composed = annals_text_compose (string->str);
      spans = make_spans (composed, rand);
      text = annals_text_new_from_stored (composed, spans, &error);
      g_assert_no_error (error);
      assert_same_words (text);
    }
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/markdown-write/shapes", test_shapes);
  g_test_add_func ("/text/markdown-write/random", test_random);

  return g_test_run ();
}
