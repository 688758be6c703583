/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-front-matter.h"
#include "annals-markdown-body.h"
#include "annals-text-markdown.h"
#include "import-dump.h"
#include "import-read.h"

#include <string.h>

static char *
join (AnnalsListRecord *values,
      const char       *name)
{
  const char * const *all = annals_list_record_get_all (values, name);

  return all ? g_strjoinv ("|", (char **) all) : NULL;
}

/* --- front matter --- */

static void
test_front_matter (void)
{
  static const struct
  {
    const char *text, *name, *value, *body;
    guint n_problems;
  } cases[] = {
    { "---\ntitle: Ice\n---\nWords", "title", "Ice", "Words", 0 },
    { "---\r\ntitle: Ice\r\n---\r\nWords", "title", "Ice", "Words", 0 },
    { "\n---  \ntitle: 'It''s ice'\n...\nWords", "title", "It's ice", "Words", 0 },
    { "---\ntitle: \"A \\u00e9 \\\"b\\\"\"\n---\n", "title", "A é \"b\"", "", 0 },
    { "---\ntags: [a, b c]\n---\n", "tags[]", "a|b c", "", 0 },
    { "---\ntags:\n- a\n- b: 1\n---\n", "tags[]", "a", "", 0 },
    { "---\nauthor:\n  name: Jon\n---\n", "author.name", "Jon", "", 0 },
    { "---\nauthors:\n  - name: Jon\n  - name: Ana\n---\n", "authors.name", "Jon|Ana", "", 0 },
    { "---\na: &x Ice\ntitle: *x\n---\n", "title", "Ice", "", 0 },
    { "---\na: &x [1, 2]\ntitle: *x\nb: c\n---\n", "b", "c", "", 1 },
    { "---\ntitle: Ice: the return\ntags:\n  - a\n---\nW", "title", "Ice: the return", "W", 1 },
    { "---\ntitle: Ice: the return\ntags:\n  - a\n---\nW", "tags[]", "a", "W", 1 },
    { "---\ntitle: ~\ndate: 2020-03-01 10:00:00 +0100\n---\n", "date", "2020-03-01 10:00:00 +0100", "", 0 },
    { "---\n---\nWords", "title", NULL, "Words", 0 },
    { "---\ntitle: no end\n", "title", NULL, "---\ntitle: no end\n", 1 },
    { "--- \n\nA line across\n", "title", NULL, "--- \n\nA line across\n", 0 },
    { "Words\n---\ntitle: Ice\n---\n", "title", NULL, "Words\n---\ntitle: Ice\n---\n", 0 },
    { "+++\ntitle = \"Ice \\\"x\\\"\"\n+++\nWords", "title", "Ice \"x\"", "Words", 0 },
    { "+++\ntags = [ \"a\", # one\n  'b',\n]\n+++\n", "tags[]", "a|b", "", 0 },
    { "+++\ndate = 2020-03-01T10:00:00Z # when\n+++\n", "date", "2020-03-01T10:00:00Z", "", 0 },
    { "+++\n[taxonomies]\ntags = ['x']\n+++\n", "taxonomies.tags[]", "x", "", 0 },
    { "+++\ntitle = '''\nTwo\nlines'''\n+++\n", "title", "Two\nlines", "", 0 },
    { "+++\na = {b = 1}\nnonsense\ntitle = 'Ice'\n+++\n", "title", "Ice", "", 2 },
    { "{\n \"title\": \"Ice\",\n \"tags\": [\"a\", \"b\"]\n}\n\nWords", "tags", "a|b", "\n\nWords", 0 },
    { "{ not json }\nWords", "title", NULL, "{ not json }\nWords", 0 },
    { "", "title", NULL, "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsFrontMatter) matter = annals_front_matter_new (cases[i].text);
      g_autofree char *value = join (matter->values, cases[i].name);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (value, ==, cases[i].value);
      g_assert_cmpstr (cases[i].text + matter->body, ==, cases[i].body);
      g_assert_cmpuint (matter->problems->len, ==, cases[i].n_problems);
    }
}

/* Aliases of aliases, and containers in containers, end soon. */
static void
test_hostile (void)
{
  g_autoptr(GString) laughs = g_string_new ("---\na: &a lol\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n");
  g_autoptr(GString) deep = g_string_new ("---\na: ");
  g_autoptr(GString) long_list = g_string_new ("---\ntags:\n");
  g_autoptr(GString) highlight = g_string_new ("---\ntitle: x\n---\n");
  g_autoptr(GString) quotes = g_string_new ("---\ntitle: x\n---\n");
  GString *all[] = { laughs, deep, long_list, highlight, quotes };

  for (char c = 'c'; c <= 'z'; c++)
    g_string_append_printf (laughs, "%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, c - 1, c - 1, c - 1, c - 1, c - 1,
                            c - 1);
  g_string_append (laughs, "---\n");

  for (guint i = 0; i < 20000; i++)
    g_string_append_c (deep, '[');
  g_string_append (deep, "\n---\n");

  for (guint i = 0; i < 30000; i++)
    g_string_append (long_list, "- a\n");
  g_string_append (long_list, "---\n");

  for (guint i = 0; i < 200000; i++)
    g_string_append (highlight, "{% highlight c %} ");
  g_string_append (highlight, "endhighlight");

  for (guint i = 0; i < 20000; i++)
    g_string_append (quotes, "> ");

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr(ImportRead) read = import_read ("x.md", all[i]->str, -1, &annals_format_markdown, NULL);

      g_assert_no_error (read->error);
      g_assert_cmpuint (read->drafts->len, ==, 1);
      if (i < 3)
        g_assert_cmpuint (read->issues->len, >, 0);
    }
}

/* --- texts --- */

static void
test_texts (void)
{
  static const struct { const char *markdown; const char *text; } cases[] = {
    { "One\ntwo\n\nthree", "One two\nthree" },
    { "# Head\n\nWords *here* and [there](http://a.example).", "Head\nWords here and there." },
    { "* a\n* b", "a\nb" },
    { "A <b>bold</b> word <script>alert(1)</script>", "A bold word" },
    { "<div>\n<p>html</p>\n</div>\n\nand words", "html\nand words" },
    { "R&amp;D &#8217;", "R&D ’" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(AnnalsText) text = annals_text_new_from_markdown (cases[i].markdown, -1, NULL);

      g_assert_cmpstr (annals_text_get_string (text), ==, cases[i].text);
    }
}

static void
test_bodies (void)
{
  static const struct { const char *body; const char *prepared; } cases[] = {
    { "a {{ site.baseurl }}/b and {{site.url}}/c", "a /b and /c" },
    { "{{ page.title }} and {% raw %}x{% endraw %}", "{{ page.title }} and {% raw %}x{% endraw %}" },
    { "{% highlight ruby %}\nputs 1\n{% endhighlight %}\nx", "\n~~~~~~ ruby\nputs 1\n\n~~~~~~\n\nx" },
    { "{% highlight ruby %} has no end", "{% highlight ruby %} has no end" },
    { "Words\n{: .lead }\nmore {: x}", "Words\nmore {: x}" },
    { "{", "{" },
    { "{%", "{%" },
    { "{{", "{{" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *prepared = annals_markdown_body_prepare (cases[i].body);

      g_assert_cmpstr (prepared, ==, cases[i].prepared);
    }
}

/* --- posts --- */

static void
test_posts (void)
{
  static const struct
  {
    const char *name, *source;
    const char *title, *date, *author, *tags, *url, *text;
    AnnalsPostKind kind;
    guint n_issues;
  } cases[] = {
    { "_posts/2020-03-09-ice.md",
      "---\ntitle: Ice &amp; fog\ncategories: sea weather\nauthor: Jon\nlayout: post\n---\nCold.\n",
      "Ice & fog", "2020-03-09", "Jon", "sea|weather", NULL, "Cold.", ANNALS_POST_POST, 0 },
    { "2020-03-09-ice.markdown", "---\ntitle: Ice\ndate: 2020-03-01 10:00:00 +0100\ntags:\n- one two\n---\nCold.\n",
      "Ice", "2020-03-01T10:00:00+01:00", NULL, "one two", NULL, "Cold.", ANNALS_POST_POST, 0 },
    { "ice.md", "+++\ntitle = \"Ice\"\ndate = 2020-03-01\ndraft = true\nauthors = [\"A\", \"B\"]\n+++\nCold.",
      "Ice", "2020-03-01", "A, B", NULL, NULL, "Cold.", ANNALS_POST_DRAFT, 0 },
    { "ice.md", "---\ntitle: Ice\ndate: 2020-03-01\npublished: false\n---\nCold.", "Ice", "2020-03-01", NULL, NULL,
      NULL, "Cold.", ANNALS_POST_DRAFT, 0 },
    { "about.md", "---\ntitle: Us\nlayout: page\n---\nWe.", "Us", NULL, NULL, NULL, NULL, "We.", ANNALS_POST_PAGE, 1 },
    { "ice.md", "---\ntitle: Ice\ndate: 2020-03-01\nguid: http://a.example/?p=7\npermalink: /2020/ice/\n---\nCold.",
      "Ice", "2020-03-01", NULL, NULL, "http://a.example/2020/ice/", "Cold.", ANNALS_POST_POST, 0 },
    { "ice.md", "---\ntitle: Ice\ndate: 2020-03-01\npermalink: /:year/:title/\n---\nCold.", "Ice", "2020-03-01", NULL,
      NULL, NULL, "Cold.", ANNALS_POST_POST, 0 },
    { "README.md", "# About *this*\n\nWords.", "About this", NULL, NULL, NULL, NULL, "Words.", ANNALS_POST_PAGE, 1 },
    { "2020-03-09-ice.md", "Ice again\n=========\n\nWords.", "Ice again", "2020-03-09", NULL, NULL, NULL, "Words.",
      ANNALS_POST_POST, 0 },
    { "2020-03-09-ice.md", "Only words.", "Only words.", "2020-03-09", NULL, NULL, NULL, "Only words.",
      ANNALS_POST_POST, 1 },
    { "ice.md", "---\ntitle: Ice\ndate: 0000-00-00\n---\nCold.", "Ice", NULL, NULL, NULL, NULL, "Cold.",
      ANNALS_POST_POST, 1 },
    { "ice.md", "---\ntitle: Ice\ndate: 2020\nexcerpt: In short.\n---\n", "Ice", "2020", NULL, NULL, NULL, "In short.",
      ANNALS_POST_POST, 1 },
    { "2020-03-09-ice.html", "---\ntitle: Ice\n---\n<div>\n\n      <p>Indented.</p>\n</div>", "Ice", "2020-03-09", NULL,
      NULL, NULL, "Indented.", ANNALS_POST_POST, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(ImportRead) read = import_read (cases[i].name, cases[i].source, -1, NULL, NULL);
      AnnalsDraft *draft;
      g_autofree char *tags = NULL;

      g_test_message ("%s", cases[i].source);
      g_assert_true (read->detected == &annals_format_markdown);
      g_assert_cmpuint (read->drafts->len, ==, 1);
      draft = import_read_draft (read, 0);
      tags = draft->tags ? g_strjoinv ("|", draft->tags) : NULL;
      g_assert_cmpstr (draft->title, ==, cases[i].title);
      g_assert_cmpstr (draft->published ? annals_date_get_edtf (draft->published) : NULL, ==, cases[i].date);
      g_assert_cmpstr (draft->author, ==, cases[i].author);
      g_assert_cmpstr (tags, ==, cases[i].tags);
      g_assert_cmpstr (draft->url, ==, cases[i].url);
      g_assert_cmpstr (annals_text_get_string (draft->text), ==, cases[i].text);
      g_assert_cmpint (draft->kind, ==, cases[i].kind);
      g_assert_cmpuint (read->issues->len, ==, cases[i].n_issues);
    }
}

static void
test_not_markdown (void)
{
  static const struct { const char *name; const char *text; } cases[] = {
    { "_config.yml", "---\ntitle: My site\n---\nauthor: me\n" },
    { "notes.txt", "Some words, no more.\n" },
    { "letter.txt", "---\nDear Ana,\n---\n" },
    { "posts", "{\"title\": \"Ice\", \"text\": \"Cold\", \"date\": \"2020\"}\n{\"title\": \"Fog\", \"text\": \"Grey\"}\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(ImportRead) read = import_read (cases[i].name, cases[i].text, -1, NULL, NULL);

      g_test_message ("%s", cases[i].name);
      g_assert_false (read->detected == &annals_format_markdown);
    }
}

/* --- real posts --- */

/* The value of "KEY: …" in front matter, looked at without any of the reader's code */
static char *
plain_value (const char *text,
             const char *key)
{
  g_autofree char *pattern = g_strdup_printf ("\n%s:", key);
  const char *end = strstr (text + 4, "\n---");
  const char *at = strstr (text, pattern);
  g_autofree char *raw = NULL;
  gsize length;

  if (at == NULL || at > end)
    return NULL;

  at += strlen (pattern);
  /* a long one goes on in the next line */
  length = strcspn (at, "\n");
  while (at[length] == '\n' && at[length + 1] == ' ')
    length += 1 + strcspn (at + length + 1, "\n");

  raw = g_strstrip (g_strndup (at, length));
  length = strlen (raw);
  if (length >= 2 && *raw == '\'' && raw[length - 1] == '\'')
    {
      g_autoptr(GString) value = g_string_new_len (raw + 1, (gssize) length - 2);

      g_string_replace (value, "''", "'", 0);
      return g_string_free (g_steal_pointer (&value), FALSE);
    }
  if (length >= 2 && *raw == '"' && raw[length - 1] == '"')
    {
      g_autofree char *inner = g_strndup (raw + 1, length - 2);

      return g_strcompress (inner);
    }

  return g_steal_pointer (&raw);
}

/* "&#8217;", "&amp;" and the "<br />" that seven titles have as what they stand for, spaces folded */
static char *
plain_line (const char *value)
{
  g_autoptr(GString) line = g_string_new (NULL);

  for (const char *at = value; *at != '\0';)
    {
      char *end;

      if (g_str_has_prefix (at, "&#"))
        {
          g_string_append_unichar (line, (gunichar) strtoul (at + 2, &end, 10));
          at = end + (*end == ';');
        }
      else if (g_str_has_prefix (at, "&amp;"))
        {
          g_string_append_c (line, '&');
          at += 5;
        }
      else if (g_str_has_prefix (at, "<br />"))
        {
          g_string_append_c (line, ' ');
          at += 6;
        }
      else
        {
          g_string_append_c (line, *at++);
        }
    }

  return annals_text_normalize_line (line->str, -1);
}

static void
add_categories (GHashTable *set,
                const char *text)
{
  const char *end = strstr (text + 4, "\n---");
  const char *at = strstr (text, "\ncategories:\n");

  if (at == NULL || at > end)
    return;

  for (at += strlen ("\ncategories:\n"); g_str_has_prefix (at, "  - "); at += strcspn (at, "\n") + 1)
    {
      g_autofree char *raw = g_strndup (at + 4, strcspn (at + 4, "\n"));
      gsize length = strlen (raw);

      if (*raw == '\'')
        g_hash_table_add (set, g_strndup (raw + 1, length - 2));
      else
        g_hash_table_add (set, g_strdup (raw));
    }
}

typedef struct
{
  guint       n_files;
  guint       n_posts;
  guint       n_dates;
  guint       n_titles;
  guint       n_urls;
  GHashTable *keys;     /* addresses and guids: no two posts are taken for one */
  GHashTable *wanted;   /* categories in the files */
  GHashTable *found;    /* tags of the drafts */
} Blog;

static void
check_post (Blog       *blog,
            const char *name,
            const char *text,
            gsize       length)
{
  g_autoptr(ImportRead) read = import_read (name, text, (gssize) length, NULL, NULL);
  g_autofree char *date = plain_value (text, "date");
  g_autofree char *raw_title = plain_value (text, "title");
  g_autofree char *title = plain_line (raw_title);
  g_autoptr(GDateTime) when = g_date_time_new_from_iso8601 (date, NULL);
  AnnalsDraft *draft = import_read_draft (read, 0);
  gint64 from;

  g_assert_nonnull (when);
  blog->n_posts += draft->kind == ANNALS_POST_POST && draft->skipped == NULL;
  blog->n_urls += draft->url != NULL && strstr (draft->url, "/20") != NULL;
  if (draft->published != NULL && annals_date_get_from (draft->published, &from) &&
      from == g_date_time_to_unix (when))
    blog->n_dates++;
  else
    g_test_message ("%s: date %s", name, date);

  if (g_strcmp0 (draft->title, title) == 0)
    blog->n_titles++;
  else
    g_test_message ("%s: title %s, not %s", name, draft->title, title);

  g_assert_true (g_hash_table_add (blog->keys, annals_draft_dup_identity (draft, "")));
  if (draft->guid != NULL)
    g_assert_true (g_hash_table_add (blog->keys, annals_draft_canonical_url (draft->guid)));

  add_categories (blog->wanted, text);
  for (guint i = 0; draft->tags != NULL && draft->tags[i] != NULL; i++)
    g_hash_table_add (blog->found, g_strdup (draft->tags[i]));
}

static void
test_code_for_america (void)
{
  g_autofree char *path = import_shared_path ("md-codeforamerica");
  g_autoptr(GHashTable) wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Blog blog = { .keys = keys, .wanted = wanted, .found = found };
  g_autoptr(GDir) dir = NULL;
  const char *name;
  GHashTableIter iter;
  gpointer category;
  guint n_there = 0;

  if (path == NULL)
    return;

  dir = g_dir_open (path, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (!g_ascii_isdigit (*name))
        continue;

      g_assert_true (g_file_get_contents (file, &text, &length, NULL));
      blog.n_files++;
      check_post (&blog, name, text, length);
    }

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &category, NULL))
    {
      g_autofree char *line = plain_line (category);

      n_there += g_hash_table_contains (found, line);
    }

  g_print ("# md-codeforamerica: %u files, %u posts, %u dates, %u titles, %u addresses, %u of %u categories\n",
           blog.n_files, blog.n_posts, blog.n_dates, blog.n_titles, blog.n_urls, n_there, g_hash_table_size (wanted));
  g_assert_cmpuint (blog.n_files, ==, 1039);
  g_assert_cmpuint (blog.n_posts, ==, 1039);
  g_assert_cmpuint (blog.n_dates, ==, 1039);
  g_assert_cmpuint (blog.n_titles, ==, 1039);
  g_assert_cmpuint (blog.n_urls, ==, 1039);
  g_assert_cmpuint (n_there, ==, g_hash_table_size (wanted));
  g_assert_cmpuint (n_there, ==, 87);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import/markdown/front-matter", test_front_matter);
  g_test_add_func ("/import/markdown/hostile", test_hostile);
  g_test_add_func ("/import/markdown/texts", test_texts);
  g_test_add_func ("/import/markdown/bodies", test_bodies);
  g_test_add_func ("/import/markdown/posts", test_posts);
  g_test_add_func ("/import/markdown/not-markdown", test_not_markdown);
  g_test_add_func ("/import/markdown/code-for-america", test_code_for_america);

  return g_test_run ();
}
