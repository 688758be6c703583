/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "annals-text.h"

#include <string.h>

static char *
repeat (const char *unit,
        guint       n)
{
  GString *string = g_string_sized_new (strlen (unit) * n);

  for (guint i = 0; i < n; i++)
    g_string_append (string, unit);

  return g_string_free (string, FALSE);
}

typedef struct
{
  const char *name;
  const char *before;
  const char *unit;
  guint       n;
  const char *after;
  const char *holds;   /* the text has this at its end */
} HostileCase;

/* Each would run into the test's time limit if any step took time in the square of its size. */
static const HostileCase hostile_cases[] = {
  { "deep-div", "", "<div>", 50000, "end", "end" },
  { "deep-inline", "", "<b><i><font>", 30000, "end", "end" },
  { "deep-quotations", "", "<blockquote><ul><li>", 30000, "end", "end" },
  { "deep-tables", "", "<table><tr><td>", 30000, "end", "end" },
  { "deep-links", "", "<a href=x>", 50000, "end", "end" },
  { "wide-tables", "<table>", "<tr><td colspan=1000 rowspan=65534>x", 20000, "end", "end" },
  { "lists", "", "<ol reversed>", 30000, "<li>end", "end" },
  { "attributes", "<a ", "a b=1 ", 100000, ">end", "end" },
  { "less-than", "", "<", 150000, "end", "end" },
  { "ampersands", "", "&", 150000, "end", "end" },
  { "references", "", "&#x", 150000, " end", "end" },
  { "comments", "", "<!--", 100000, "end", "end" },
  { "titles", "", "<title>", 100000, "end", "end" },
  { "title-ends", "", "<title></title", 100000, "end", NULL },
  { "script-ends", "<script>", "</", 150000, "</script>end", "end" },
  { "quotes", "", "<a b=\">\" ", 50000, "end", "end" },
  { "quotes-open", "", "<a b=\"", 50000, "end", "end" },
  { "syllables", "", "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 200000, "end", "end" },
  { "marks", "e", "\xcc\x81\xcc\xa3\xe0\xbd\xb3", 100000, "end", "end" },
  { "bad-bytes", "", "\xff", 500000, "end", "end" },
  { "no-breaks", "", "\xc2\xa0 ", 500000, "end", "end" },
};

static void
test_hostile (gconstpointer data)
{
  const HostileCase *test = data;
  g_autofree char *middle = repeat (test->unit, test->n);
  g_autofree char *html = g_strconcat (test->before, middle, test->after, NULL);
  g_autoptr(AnnalsText) text = NULL;
  g_autoptr(AnnalsText) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL;

  text = annals_text_new_from_html (html, -1, NULL);
  json = annals_text_dup_spans_json (text);
  again = annals_text_new_from_stored (annals_text_get_string (text), json, &error);
  g_assert_no_error (error);

  if (test->holds != NULL)
    g_assert_true (g_str_has_suffix (annals_text_get_string (text), test->holds));
}

/* libxml2 cuts a text node at 10 MB unless it is told not to. */
static void
test_long_node (void)
{
  g_autofree char *words = repeat ("word ", 2500000);
  g_autofree char *html = g_strconcat ("<p>", words, "</p><p>end", NULL);
  g_autoptr(AnnalsText) text = annals_text_new_from_html (html, -1, NULL);

  g_assert_cmpuint (annals_text_get_n_bytes (text), ==, 2500000 * 5 - 1 + 4);
}

static void
test_long_attribute (void)
{
  g_autofree char *address = repeat ("0123456789", 1200000);
  g_autofree char *html = NULL;
  g_autoptr(AnnalsText) text = NULL;
  g_autofree char *json = NULL;

  html = g_strdup_printf ("<p>a<img src='data:image/png;base64,%s'>b<a href='%s'>c</a>",
                          address, address);
  text = annals_text_new_from_html (html, -1, NULL);
  json = annals_text_dup_spans_json (text);

  g_assert_cmpstr (annals_text_get_string (text), ==, "a￼bc");
  g_assert_cmpstr (json, ==, "[[1,2,\"image\",null]]");
}

/* A stranger's notebook. */
static void
test_stored_deep (void)
{
  g_autofree char *json = repeat ("[", 1000000);
  g_autoptr(GError) error = NULL;

  g_assert_null (annals_text_new_from_stored ("a", json, &error));
  g_assert_error (error, ANNALS_TEXT_ERROR, ANNALS_TEXT_ERROR_BAD_SPANS);
}

/* Bytes at random, and a good page with bytes changed at random: always canonical. */
static void
test_random (void)
{
  static const char page[] =
    "<html><body><h1>Title &amp; more</h1><p class=\"x\">Some <b>bold</b> text</p><!-- c -->"
    "<table><tr><th>A<td>B</table><pre>x\ty</pre><a href='?a=1&b=2'>\xec\xa1\xb0\xec\x84\xa0</a>";
  g_autoptr(GRand) rand = g_rand_new_with_seed (4711);

  for (guint i = 0; i < 4000; i++)
    {
      gsize size = i % 2 == 0 ? sizeof page - 1 : (gsize) g_rand_int_range (rand, 0, 200);
      g_autofree char *bytes = g_malloc (size + 1);
      g_autoptr(AnnalsText) text = NULL;
      g_autoptr(AnnalsText) again = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *json = NULL;

      if (i % 2 == 0)
        memcpy (bytes, page, size);
      for (gsize k = 0; k < (i % 2 == 0 ? 6 : size); k++)
        bytes[i % 2 == 0 ? (gsize) g_rand_int_range (rand, 0, size) : k] =
          g_rand_int_range (rand, 0, 256);

      text = annals_text_new_from_html (bytes, size, NULL);
      json = annals_text_dup_spans_json (text);
      again = annals_text_new_from_stored (annals_text_get_string (text), json, &error);
      g_assert_no_error (error);
    }
}

/* GLib fails an assertion, which ends a test, at a host with a ";". */
static void
test_odd_hosts (void)
{
  static const char * const bases[] = { NULL, "https://quay.example/a/", "http://a;b.example/x" };

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      g_autoptr(AnnalsText) text = annals_text_new_from_html (
        "<p><a href=\"//strange;host/x\">a</a> <a href=\"y\">b</a> <img src=\"//x;y\" alt=\"c\"></p>", -1, bases[i]);

      g_assert_cmpstr (annals_text_get_string (text), ==, "a b c");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (hostile_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/text/hostile/%s", hostile_cases[i].name);

      g_test_add_data_func (path, &hostile_cases[i], test_hostile);
    }
  g_test_add_func ("/text/hostile-long-node", test_long_node);
  g_test_add_func ("/text/hostile-long-attribute", test_long_attribute);
  g_test_add_func ("/text/hostile-stored-deep", test_stored_deep);
  g_test_add_func ("/text/hostile-random", test_random);

  g_test_add_func ("/text/hostile/odd-hosts", test_odd_hosts);

  return g_test_run ();
}
