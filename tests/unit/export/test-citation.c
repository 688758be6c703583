/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-citation.h"

/* 2026-11-23 */
#define ACCESSED (G_GINT64_CONSTANT (1795392000) * G_USEC_PER_SEC)

typedef struct
{
  const char           *author, *title, *source, *url, *date;
  const char           *quotation;
  AnnalsCitationMarkup  markup;
  gint64                accessed;
  const char           *author_date, *note, *bibliography;
} Case;

static const Case cases[] = {
  { "Jos Pellam", "Ice in the strait", "Merrin Radio", "https://example.org/a", "2021-05-24", "We go", ANNALS_CITATION_PLAIN, 0,
    "“We go” (Jos Pellam 2021)\n\nJos Pellam. 2021. “Ice in the strait.” Merrin Radio, 24 May 2021. "
    "https://example.org/a.",
    "“We go” Jos Pellam, “Ice in the strait,” Merrin Radio, 24 May 2021, https://example.org/a.",
    "“We go”\n\nJos Pellam. “Ice in the strait.” Merrin Radio, 24 May 2021. https://example.org/a." },
  /* the source stands for its author */
  { "", "Who is it?", "Merrin Radio", "", "2021-05", "We go", ANNALS_CITATION_PLAIN, ACCESSED,
    "“We go” (Merrin Radio 2021)\n\nMerrin Radio. 2021. “Who is it?” May 2021.",
    "“We go” “Who is it?” Merrin Radio, May 2021.",
    "“We go”\n\nMerrin Radio. “Who is it?” May 2021." },
  /* the title stands for both */
  { "", "No one’s “own” words", "", "https://example.org/", "2020-03-09", "x", ANNALS_CITATION_PLAIN, 0,
    "“x” (“No one’s ‘own’ words” 2020)\n\n“No one’s ‘own’ words.” 2020. 9 March 2020. https://example.org/.",
    "“x” “No one’s ‘own’ words,” 9 March 2020, https://example.org/.",
    "“x”\n\n“No one’s ‘own’ words.” 9 March 2020. https://example.org/." },
  /* nothing but that it was there */
  { "", "", "", "", "", NULL, ANNALS_CITATION_PLAIN, ACCESSED,
    "“Untitled.” n.d. Accessed 23 November 2026.", "“Untitled,” accessed 23 November 2026.",
    "“Untitled.” Accessed 23 November 2026." },
  { "A. B.", "A <b> & “c”", "S", "javascript:alert(1)", "", "x < y", ANNALS_CITATION_HTML, 0,
    "<p>“x &lt; y” (A. B. n.d.)</p><p>A. B. n.d. “A &lt;b&gt; &amp; ‘c’.” S. javascript:alert(1).</p>",
    "<p>“x &lt; y” A. B., “A &lt;b&gt; &amp; ‘c’,” S, javascript:alert(1).</p>",
    "<p>“x &lt; y”</p><p>A. B. “A &lt;b&gt; &amp; ‘c’.” S. javascript:alert(1).</p>" },
  { "A", "T", "S", "https://example.org/?a=1&b=\"2\"", "2020", NULL, ANNALS_CITATION_HTML, 0,
    "<p>A. 2020. “T.” S, 2020. <a href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\">"
    "https://example.org/?a=1&amp;b=&quot;2&quot;</a>.</p>",
    "<p>A, “T,” S, 2020, <a href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\">"
    "https://example.org/?a=1&amp;b=&quot;2&quot;</a>.</p>",
    "<p>A. “T.” S, 2020. <a href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\">"
    "https://example.org/?a=1&amp;b=&quot;2&quot;</a>.</p>" },
  { "A_B", "T*", "S", "https://example.org/x", "2020", "one\ntwo_", ANNALS_CITATION_MARKDOWN, 0,
    "> “one\n> two\\_” (A\\_B 2020)\n\nA\\_B. 2020. “T\\*.” S, 2020. <https://example.org/x>.",
    "> “one\n> two\\_”\n\nA\\_B, “T\\*,” S, 2020, <https://example.org/x>.",
    "> “one\n> two\\_”\n\nA\\_B. “T\\*.” S, 2020. <https://example.org/x>." },
  /* a name that brings its own mark */
  { "", "Ice", "Yahoo!", "https://example.org/y", "2021", NULL, ANNALS_CITATION_PLAIN, 0,
    "Yahoo! 2021. “Ice.” 2021. https://example.org/y.",
    "“Ice,” Yahoo!, 2021, https://example.org/y.",
    "Yahoo! “Ice.” 2021. https://example.org/y." },
  { "Jo", "Ice", "Who?", "https://example.org/y", "", NULL, ANNALS_CITATION_PLAIN, 0,
    "Jo. n.d. “Ice.” Who? https://example.org/y.",
    "Jo, “Ice,” Who?, https://example.org/y.",
    "Jo. “Ice.” Who? https://example.org/y." },
  /* Chinese, Japanese and Korean: their own marks end a title */
  { "김 철수", "국경이 닫혔는가？", "로동신문", "", "2020-03~", NULL, ANNALS_CITATION_PLAIN, 0,
    "김 철수. ca. 2020. “국경이 닫혔는가？” 로동신문, about March 2020.",
    "김 철수, “국경이 닫혔는가？” 로동신문, about March 2020.",
    "김 철수. “국경이 닫혔는가？” 로동신문, about March 2020." },
};

static char *
cite (const Case           *c,
      AnnalsCitationStyle   style)
{
  g_autoptr(AnnalsDate) date = annals_date_parse (c->date, NULL);
  AnnalsPost post = { .title = (char *) c->title, .author = (char *) c->author, .source = (char *) c->source,
                      .url = (char *) c->url, .published = date, .fetched = c->accessed };

  return annals_citation_dup (&post, c->quotation, style, c->markup);
}

static void
test_styles (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *author_date = cite (&cases[i], ANNALS_CITATION_AUTHOR_DATE);
      g_autofree char *note = cite (&cases[i], ANNALS_CITATION_NOTE);
      g_autofree char *bibliography = cite (&cases[i], ANNALS_CITATION_BIBLIOGRAPHY);

      g_assert_cmpstr (author_date, ==, cases[i].author_date);
      g_assert_cmpstr (note, ==, cases[i].note);
      g_assert_cmpstr (bibliography, ==, cases[i].bibliography);
    }
}

/* The year as it stands in the text. */
static void
test_years (void)
{
  static const char * const years[][2] = {
    { "2020-03-09T23:30:00-05:00", "2020" }, { "2020-03-09T23:30:00+09:00/2021", "2020–2021" }, { "2020~", "ca. 2020" },
    { "2020?", "[2020?]" }, { "2020%", "[2020?]" }, { "2020-03/2020-05", "2020" }, { "2020/..", "2020–" },
    { "../2020", "–2020" }, { "195X", "1950s" }, { "19XX", "1900–1999" }, { "2020-21", "2020" }, { "-0043", "44 BC" },
    { "0005", "AD 5" }, { "Y-170002", "170003 BC" }, { "[2020-12..2021-01]", "2020–2021" }, { "", "n.d." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      Case c = { "A", "T", "S", "", years[i][0], "q", ANNALS_CITATION_PLAIN, 0, NULL, NULL, NULL };
      g_autofree char *text = cite (&c, ANNALS_CITATION_AUTHOR_DATE);
      g_autofree char *expected = g_strdup_printf ("“q” (A %s)\n\nA. %s%s “T.” S", years[i][1], years[i][1],
                                                   g_str_has_suffix (years[i][1], ".") ? "" : ".");

      g_test_message ("%s: %s", years[i][0], text);
      g_assert_true (g_str_has_prefix (text, expected));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/citation/styles", test_styles);
  g_test_add_func ("/citation/years", test_years);

  return g_test_run ();
}
