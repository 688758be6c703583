/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-citation.h"

static void
test_styles (void)
{
  static const struct
  {
    const char *author, *title, *source, *url, *date;
    const char *quotation;
    gboolean    html;
    const char *author_date, *note;
  } cases[] = {
    { "Jos Pellam", "Ice in the strait", "Merrin Radio", "https://example.org/a", "2021-05-24", "We go", FALSE,
      "“We go” (Jos Pellam 2021)\n\nJos Pellam. 2021. “Ice in the strait.” Merrin Radio, 24 May 2021. "
      "https://example.org/a.",
      "“We go” Jos Pellam, “Ice in the strait,” Merrin Radio, 24 May 2021, https://example.org/a." },
    { "", "Who is it?", "Merrin Radio", "", "2021-05", "We go", FALSE,
      "“We go” (Merrin Radio 2021)\n\nMerrin Radio. 2021. “Who is it?” May 2021.",
      "“We go” “Who is it?” Merrin Radio, May 2021." },
    { "A. B.", "A <b> & “c”", "S", "javascript:alert(1)", "", "x < y", TRUE,
      "<p>“x &lt; y” (A. B. n.d.)</p><p>A. B. n.d. “A &lt;b&gt; &amp; “c”.” S, undated. javascript:alert(1).</p>",
      "<p>“x &lt; y” A. B., “A &lt;b&gt; &amp; “c”,” S, undated, javascript:alert(1).</p>" },
    { "A", "T", "S", "https://example.org/?a=1&b=\"2\"", "2020", NULL, TRUE,
      "<p>A. 2020. “T.” S, 2020. <a href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\">"
      "https://example.org/?a=1&amp;b=&quot;2&quot;</a>.</p>",
      "<p>A, “T,” S, 2020, <a href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\">"
      "https://example.org/?a=1&amp;b=&quot;2&quot;</a>.</p>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsDate) date = annals_date_parse (cases[i].date, NULL);
      AnnalsPost post = { .title = (char *) cases[i].title, .author = (char *) cases[i].author,
                          .source = (char *) cases[i].source, .url = (char *) cases[i].url, .published = date };
      g_autofree char *author_date = annals_citation_dup (&post, cases[i].quotation, ANNALS_CITATION_AUTHOR_DATE,
                                                          cases[i].html);
      g_autofree char *note = annals_citation_dup (&post, cases[i].quotation, ANNALS_CITATION_NOTE, cases[i].html);

      g_assert_cmpstr (author_date, ==, cases[i].author_date);
      g_assert_cmpstr (note, ==, cases[i].note);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/citation/styles", test_styles);

  return g_test_run ();
}
