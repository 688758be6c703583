/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "annals-importer.h"
#include "annals-notebook.h"
#include "annals-posts.h"
#include "annals-tex.h"
#include "import-read.h"

/* A line for each post. */
static char *
describe (const char *name,
          const char *data,
          const char *format)
{
  g_autoptr(ImportRead) read = import_read (name, data, -1, NULL, NULL);
  GString *out = g_string_new (NULL);

  g_assert_no_error (read->error);
  g_assert_nonnull (read->detected);
  g_assert_cmpstr (read->detected->id, ==, format);
  for (guint i = 0; i < read->drafts->len; i++)
    {
      const AnnalsDraft *draft = read->drafts->pdata[i];
      g_autofree char *tags = draft->tags != NULL ? g_strjoinv (",", draft->tags) : g_strdup ("");

      if (draft->skipped != NULL)
        {
          g_string_append_printf (out, "skipped: %s\n", draft->skipped);
          continue;
        }
      g_assert_cmpint (draft->extent, ==, ANNALS_EXTENT_EXCERPT);
      g_string_append_printf (out, "%s | %s | %s | %s | %s | %s | %s | %s\n", draft->title,
                              draft->author != NULL ? draft->author : "", draft->source != NULL ? draft->source : "",
                              draft->published != NULL ? annals_date_get_edtf (draft->published) : "",
                              draft->url != NULL ? draft->url : "", draft->language != NULL ? draft->language : "", tags,
                              annals_text_get_string (draft->text));
    }

  return g_string_free (out, FALSE);
}

static void
test_ris (void)
{
  g_autofree char *posts = describe (
    "a.ris",
    "\r\nTY  - ELEC\r\nTI  - The harbour closes\r\nAU  - Berg, Ada\r\nAU  - King, Martin, Jr.\r\nAU  - Sund Council\r\n"
    "T2  - Coast Gazette\r\nDA  - 2020/03/09/\r\nPY  - 2020\r\nUR  - https://news.example/harbour\r\nAB  - Closed on\r\n"
    "Monday.\r\nKW  - shipping\r\nKW  - fog\r\nLA  - en\r\nER  - \r\n\r\n"
    "TY  - JOUR\r\nT1  - Untold\r\nY1  - 2020/03//spring\r\nDO  - doi:10.1000/xyz\r\nER  -\r\n"
    "TY  - JOUR\r\nER  - \r\nTY  - JOUR\r\nTI  - Not ended\r\nDA  - Easter 2020",
    "ris");

  g_assert_cmpstr (posts, ==,
                   "The harbour closes | Ada Berg, Martin King Jr., Sund Council | Coast Gazette | 2020-03-09 | "
                   "https://news.example/harbour | en | shipping,fog | Closed on Monday.\n"
                   "Untold |  |  | 2020-03 | https://doi.org/10.1000/xyz |  |  | \n"
                   "skipped: The record has neither a title nor a text\n"
                   "Not ended |  |  |  |  |  |  | \n");
}

static void
test_csl (void)
{
  g_autofree char *posts = describe (
    "b.json",
    "[{\"id\": \"http://zotero.org/users/1/items/A\", \"type\": \"webpage\", \"title\": \"The <i>harbour</i> &amp; more\", "
    "\"container-title\": \"Coast Gazette\", \"URL\": \"https://news.example/opens\", \"language\": \"en-GB\", "
    "\"author\": [{\"family\": \"Berg\", \"given\": \"Ada\", \"non-dropping-particle\": \"van\"}, {\"literal\": \"Council\"}], "
    "\"issued\": {\"date-parts\": [[2020, 4]]}, \"abstract\": \"<p>Words.</p>\", \"keyword\": \"a, b\"},"
    "{\"type\": \"report\", \"title\": \"Range\", \"issued\": {\"date-parts\": [[2020, 4], [2020, 6]], \"circa\": true}},"
    "{\"type\": \"report\", \"title\": \"About\", \"issued\": {\"date-parts\": [[\"2020\"]], \"circa\": 1}},"
    "{\"type\": \"book\", \"title\": \"Season\", \"issued\": {\"date-parts\": [[2019]], \"season\": 2}},"
    "{\"type\": \"book\", \"title\": \"Raw\", \"issued\": {\"raw\": \"9 March 2020\"}},"
    "{\"type\": \"book\", \"title\": \"Nonsense\", \"issued\": {\"date-parts\": [[2020, 13, 45]]}},"
    "{\"type\": \"book\", \"title\": \"Old\", \"issued\": {\"date-parts\": [[-44, 3, 15]]}}, 7, {\"type\": \"book\"}]",
    "csl");

  g_assert_cmpstr (posts, ==,
                   "The harbour & more | Ada van Berg, Council | Coast Gazette | 2020-04 | https://news.example/opens | "
                   "en-GB | a,b | Words.\n"
                   "Range |  |  | 2020-04~/2020-06~ |  |  |  | \n"
                   "About |  |  | 2020~ |  |  |  | \n"
                   "Season |  |  | 2019-22 |  |  |  | \n"
                   "Raw |  |  | 2020-03-09 |  |  |  | \n"
                   "Nonsense |  |  | 2020-21 |  |  |  | \n"
                   "Old |  |  | -0043-03-15 |  |  |  | \n"
                   "skipped: The record has neither a title nor a text\n");
}

/* The dates that are read of entries, and what is said of them. */
static char *
dates_of (const char *name,
          const char *data)
{
  g_autoptr(ImportRead) read = import_read (name, data, -1, NULL, NULL);
  GString *out = g_string_new (NULL);

  g_assert_no_error (read->error);
  for (guint i = 0; i < read->drafts->len; i++)
    {
      const AnnalsDraft *draft = read->drafts->pdata[i];

      g_string_append_printf (out, "%s%s", i > 0 ? "; " : "",
                              draft->published != NULL ? annals_date_get_edtf (draft->published) : "-");
    }
  for (guint i = 0; i < read->issues->len; i++)
    {
      const AnnalsIssue *issue = read->issues->pdata[i];

      if (issue->code == ANNALS_ISSUE_DATE && strstr (issue->reason, "is not kept") != NULL)
        g_string_append_printf (out, "; %s", issue->reason);
    }

  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *said;
  const char *dates;
} DateCase;

static void
check_dates (const char     *name,
             const char     *format,
             const DateCase *cases,
             guint           n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autoptr(GString) data = g_string_new (format);
      g_autofree char *dates = NULL;

      g_string_replace (data, "@@", cases[i].said, 0);
      dates = dates_of (name, data->str);
      g_test_message ("%s: %s", cases[i].said, dates);
      g_assert_cmpstr (dates, ==, cases[i].dates);
    }
}

static void
test_ris_dates (void)
{
  static const DateCase cases[] = {
    { "DA  - 2020/03/09/", "2020-03-09" }, { "DA  - 2020/03//", "2020-03" }, { "DA  - 2020", "2020" },
    { "DA  - 2020///Spring", "2020-21" }, { "DA  - 2020///about 2020", "2020~" },
    { "DA  - 2020/03/09/9 March 2020 – open", "2020-03-09/.." },
    { "DA  - 2020/04//second quarter of 2020", "2020-34" }, { "DA  - 1950///1950s", "195X" },
    { "DA  - ///15 March 44 BC", "-0043-03-15" },
    { "DA  - 1999///until 1999", "../1999" },
    { "DA  - 2020///Easter", "2020; “Easter” of its date is not kept: only “2020” is understood" },
    { "DA  - 2020/03/09/12", "2020-03-09" },
    { "DA  - 2020/03/09/23:30 UTC-05:00", "2020-03-09T23:30-05:00" }, { "DA  - 2020/03/09/15:49:25 UTC", "2020-03-09T15:49:25Z" },
    { "DA  - 2020/03/09/9 March 2020, 23:30 UTC", "2020-03-09T23:30Z" },
    { "DA  - 2020/03/09/3rd edition", "2020-03-09; “3rd edition” of its date is not kept: only “2020-03-09” is understood" },
    { "DA  - Easter\nPY  - 2020", "2020; “Easter” of its date is not kept: only “2020” is understood" },
    { "DA  - -9223372036854775808/1/1", "-" }, { "DA  - 99999/1/1", "-" },
  };

  check_dates ("a.ris", "TY  - ELEC\nTI  - X\n@@\nER  - \n", cases, G_N_ELEMENTS (cases));
}

static void
test_csl_dates (void)
{
  static const DateCase cases[] = {
    { "{\"date-parts\": [[null]]}", "-" }, { "{\"date-parts\": [[0]]}", "-" }, { "{\"date-parts\": [[\"\"]]}", "-" },
    { "{\"date-parts\": [[]]}", "-" }, { "{\"date-parts\": []}", "-" },
    { "{\"date-parts\": [[\"c. 1900\"]]}", "1900~" }, { "{\"literal\": \"c. 1900\"}", "1900~" },
    { "{\"date-parts\": [[2020, \"March\"]]}", "2020-03" }, { "{\"date-parts\": [[2020, null]]}", "2020" },
    { "{\"date-parts\": [[-1]]}", "0000" }, { "{\"date-parts\": [[2020], [0]]}", "2020/.." },
    { "{\"date-parts\": [[2020], []]}", "2020" }, { "{\"date-parts\": [[2020], [null]]}", "2020" },
    { "{\"date-parts\": [[2020]], \"season\": \"Autumn\"}", "2020-23" },
    { "{\"date-parts\": [[2020]], \"edtf\": \"2020-03/..\"}", "2020-03/.." },
    { "{\"date-parts\": [[2020]], \"edtf\": \"soon\"}", "2020" }, { "\"2020-03~\"", "2020-03~" },
    { "{\"date-parts\": [[1e300, 99999999999, -5]]}", "-" },
  };

  check_dates ("a.json", "[{\"type\": \"book\", \"title\": \"X\", \"issued\": @@}]", cases, G_N_ELEMENTS (cases));
}

static void
test_bibtex_dates (void)
{
  static const DateCase cases[] = {
    { "year = 2020, month = mar # \"/\" # apr", "2020-03/2020-04" }, { "year = 2020, month = {1/3}", "2020-01/2020-03" },
    { "year = 2024, month = {June--July}, day = {30--5}", "2024-06-30/2024-07-05" },
    { "year = 2020, month = \"1~\" # jan", "2020-01-01" }, { "year = 2020, month = {May 12--15}", "2020-05-12/2020-05-15" },
    { "year = 2020, month = {12--15 May}", "2020-05-12/2020-05-15" }, { "year = 2020, month = jul, day = {2nd}", "2020-07-02" },
    { "year = 2020, month = {30 May--2 June}", "2020-05-30/2020-06-02" },
    { "year = 2020, month = {Sept.}", "2020-09" }, { "year = {1998--1999}", "1998/1999" }, { "year = {1998/99}", "1998/1999" },
    { "year = {2019/2020}, month = {Dec/Jan}", "2019-12/2020-01" }, { "year = {c. 1900}", "1900~" },
    { "year = 2020, month = {Spring}", "2020-21" }, { "year = 2020, month = {M{\\\"a}rz}", "2020-03" },
    { "year = 2020, month = {Easter}", "2020; “Easter” of its date is not kept: only “2020” is understood" },
    { "year = 2021, month = feb, day = 30", "2021; “30 feb” of its date is not kept: only “2021” is understood" },
    { "year = 2020, month = {June/July}, day = 30",
      "2020-06/2020-07; “30” of its date is not kept: only “2020-06/2020-07” is understood" },
    { "date = {soon}, year = 2020", "2020; “soon” of its date is not kept: only “2020” is understood" },
    { "year = {9223372036854775807/99}", "-" }, { "date = {2020-03/}", "2020-03/" }, { "date = {/2020-03}", "/2020-03" }, { "date = {2020-03/..}", "2020-03/.." },
  };

  check_dates ("a.bib", "@misc{x, title = {X}, @@}\n", cases, G_N_ELEMENTS (cases));
}

/* What is not closed ends where the next entry begins, and is said. */
static void
test_bibtex_open (void)
{
  static const char * const breaks[] = { "note = {never closed", "note = \"never closed", "note = {a {b} c", "note = {x}", "note =" };

  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      g_autofree char *data = g_strdup_printf ("@online{a, title = {One}}\n@online{b, title = {Two},\n  %s\n"
                                               "  @online{c, title = {Three}}\n@string{g = {Gazette}}\n"
                                               "@online{d, title = {Four}, journal = g}\n", breaks[i]);
      g_autofree char *posts = describe ("a.bib", data, "bibtex");
      g_autoptr(ImportRead) read = import_read ("a.bib", data, -1, NULL, NULL);
      guint n = 0;

      g_test_message ("%s", breaks[i]);
      g_assert_cmpstr (posts, ==, "One |  |  |  |  |  |  | \nTwo |  |  |  |  |  |  | \nThree |  |  |  |  |  |  | \n"
                       "Four |  | Gazette |  |  |  |  | \n");
      for (guint j = 0; j < read->issues->len; j++)
        {
          const AnnalsIssue *issue = read->issues->pdata[j];

          if (issue->code != ANNALS_ISSUE_DAMAGE)
            continue;
          g_assert_cmpstr (issue->place, ==, "a.bib, item 2, line 2");
          n++;
        }
      g_assert_cmpuint (n, ==, 1);
    }
}

/* A quotation of a .bib file in a note is no entry, as it stands amidst a line. */
static void
test_bibtex_quoted (void)
{
  g_autofree char *posts = describe ("a.bib", "@misc{a, title = {One}, abstract = {He wrote @misc{b, title} here,\nand\n"
                                     "@ada said so}}\n@misc{c, title = {Two}}", "bibtex");

  g_assert_cmpstr (posts, ==, "One |  |  |  |  |  |  | He wrote @miscb, title here, and @ada said so\n"
                   "Two |  |  |  |  |  |  | \n");
}

/* Short texts that stand for endless ones. */
static void
test_bibtex_limits (void)
{
  g_autoptr(GString) data = g_string_new ("@string{a0 = \"0123456789\"}\n");
  g_autoptr(ImportRead) read = NULL;

  for (guint i = 1; i < 40; i++)
    g_string_append_printf (data, "@string{a%u = a%u # a%u}\n", i, i - 1, i - 1);
  for (guint i = 0; i < 500; i++)
    g_string_append_printf (data, "@misc{k%u, title = {T%u}, note = a16}\n", i, i);
  g_string_append (data, "@misc{l, title = {Long}, note = a39, abstract = a16 # a16, keywords = {x}}\n");

  read = import_read ("a.bib", data->str, -1, NULL, NULL);
  g_assert_no_error (read->error);
  g_assert_cmpuint (import_read_n_posts (read), ==, 501);
  g_assert_nonnull (import_read_find (read, "“a17” is longer than 1 MB and is left out"));
  g_assert_nonnull (import_read_find (read, "stand for more than 32 MB"));
  g_assert_cmpstr (import_read_draft (read, 500)->title, ==, "Long");
}

static void
test_bibtex_people (void)
{
  g_autofree char *posts = describe (
    "a.bib",
    "This file was written by hand.\n\n@misc{a, title = {One}, author = {King, Jr., Martin Luther and van Berg, Ada and others},"
    " howpublished = {\\url{https://news.example/a\\_b}}, langid = {ngerman}}\n"
    "@misc{b, title = {Two}, note = {Online: \\url{https://news.example/c}, seen 2020}, langid = {pt-BR}}\n", "bibtex");

  g_assert_cmpstr (posts, ==,
                   "One | Martin Luther King Jr., Ada van Berg, et al. |  |  | https://news.example/a_b | de |  | \n"
                   "Two |  |  |  | https://news.example/c | pt-BR |  | \n");
}

static void
test_bibtex (void)
{
  g_autofree char *posts = describe (
    "c.bib",
    "% from somewhere\n@string{cg = \"Coast Gazette\"}\n@comment{no @entry}\n@preamble{\"\\newcommand\"}\n"
    "@online{berg2020,\n  title = {The {Harbour} of {S{\\\"u}}nd \\& more -- a \\textit{history}},\n  subtitle = \"and {so} on\",\n"
    "  author = {Berg, Ada and {Sund and Council} and Erd\\H{o}s, P\\'al},\n  journal = cg # { (Sund)},\n"
    "  date = {2020-03~},\n  url = {https://news.example/a\\_b~c},\n  keywords = {shipping, fog},\n  abstract = {A 100\\% closure.},\n}\n"
    "@Article(x, title=\"Month\", year=1999, month=mar, day=2)\n"
    "@misc{y, title = {Word month}, year = {1999}, month = {March}}\n@misc{broken, title = {never closed",
    "bibtex");

  g_assert_cmpstr (posts, ==,
                   "The Harbour of Sünd & more – a history: and so on | Ada Berg, Sund and Council, Pál Erdős | "
                   "Coast Gazette (Sund) | 2020-03~ | https://news.example/a_b~c |  | shipping,fog | A 100% closure.\n"
                   "Month |  |  | 1999-03-02 |  |  |  | \n"
                   "Word month |  |  | 1999-03 |  |  |  | \n"
                   "never closed |  |  |  |  |  |  | \n");
}

static void
test_tex (void)
{
  static const char * const cases[][2] = {
    { "plain", "plain" }, { "\\'{e}\\`a\\^{\\i}\\~n\\c{c}\\v{s}\\\"{U}", "éàîñçšÜ" }, { "\\ss\\ \\o{} \\AE", "ß ø Æ" },
    { "{\\em x} \\textbf{y}", "x y" }, { "a--b---c~d", "a–b—c\u00a0d" }, { "\\", "" }, { "\\'", "" }, { "{{{", "" },
    { "\\LaTeX{} \\$5 \\#1", "$5 #1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = annals_tex_dup_text (cases[i][0]);

      g_assert_cmpstr (g_strchug (text), ==, cases[i][1]);
    }
}

/* Other lists of JSON, and text that mentions the marks of these, stay what they are. */
static void
test_others (void)
{
  static const struct
  {
    const char *name;
    const char *data;
    const char *format;   /* (nullable) */
  } cases[] = {
    { "a.json", "[{\"title\": \"A\", \"content\": \"Some text of a post\", \"date\": \"2020-03-09\", \"type\": \"post\"}]",
      "json" },
    { "b.txt", "TY - not quite\nTI - nor this", NULL },
    { "c.txt", "@ada wrote to @bob", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(ImportRead) read = import_read (cases[i].name, cases[i].data, -1, NULL, NULL);

      if (cases[i].format != NULL)
        g_assert_cmpstr (read->detected->id, ==, cases[i].format);
      else
        g_assert_true (read->detected == NULL || strstr ("ris csl bibtex", read->detected->id) == NULL);
    }
}

/* --- filling --- */

static gboolean
texts_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  GString *out = data;
  g_autoptr(GArray) ids = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_TITLE, error);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr(AnnalsPost) post = annals_db_load_post (db, g_array_index (ids, gint64, i), error);
      g_autoptr(AnnalsText) text = annals_db_load_text (db, g_array_index (ids, gint64, i), 0, error);

      g_string_append_printf (out, "%s | %s | %s | %s\n", post->title, post->author,
                              annals_date_get_edtf (post->published), annals_text_get_string (text));
    }

  return TRUE;
}

static AnnalsImport *
import_text (AnnalsNotebook *notebook,
             const char     *folder,
             const char     *name,
             const char     *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;
  AnnalsImport *import;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  import = annals_import_file (notebook, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_remove (path);

  return import;
}

/* The page of an entry's address gives it its text; the entry, when it comes again, takes nothing away. */
static void
test_filled (void)
{
  static const char entry[] = "TY  - ELEC\nTI  - The harbour closes\nAU  - Berg, Ada\nDA  - 2020/03/09\n"
                              "UR  - https://www.news.example/harbour/\nER  - \n";
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("annals-bibliography-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "n.annals", NULL);
  g_autoptr(AnnalsNotebook) notebook = annals_notebook_create (path, NULL, &error);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(AnnalsImport) first = import_text (notebook, folder, "a.ris", entry);
  g_autoptr(AnnalsImport) second = NULL;
  g_autoptr(AnnalsImport) third = NULL;

  g_assert_cmpuint (first->n_new, ==, 1);
  second = import_text (notebook, folder, "p.md", "---\ntitle: The harbour closes\nurl: http://news.example/harbour\n---\n"
                                                  "The harbour was closed on Monday, they say.\n");
  g_assert_cmpuint (second->n_updated, ==, 1);
  third = import_text (notebook, folder, "a.ris", entry);
  g_assert_cmpuint (third->n_unchanged, ==, 1);
  annals_notebook_read (notebook, texts_cb, out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, "The harbour closes | Ada Berg | 2020-03-09 | The harbour was closed on Monday, they say.\n");

  annals_notebook_close (notebook, &error);
  g_assert_no_error (error);
  g_remove (path);
  g_rmdir (folder);
}

/* What changed in the reference manager since changes here, and the page keeps what it says of itself. */
static void
test_changed (void)
{
  static const char first[] = "TY  - ELEC\nTI  - Harbour\nAU  - Berg, Ada\nUR  - https://news.example/harbour\nER  - \n";
  static const char changed[] = "TY  - ELEC\nTI  - Harbour\nAU  - Berg, Ada\nAU  - King, Ben\nDA  - 2020/03/09\n"
                                "UR  - https://news.example/harbour\nKW  - fog\nER  - \n";
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("annals-bibliography-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "n.annals", NULL);
  g_autoptr(AnnalsNotebook) notebook = annals_notebook_create (path, NULL, &error);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(AnnalsImport) bare = import_text (notebook, folder, "a.ris", first);
  g_autoptr(AnnalsImport) page = import_text (notebook, folder, "p.md",
                                              "---\ntitle: The harbour closes\nurl: http://news.example/harbour\n---\n"
                                              "The harbour was closed on Monday, they say.\n");
  g_autoptr(AnnalsImport) again = import_text (notebook, folder, "a.ris", changed);
  g_autoptr(AnnalsImport) unchanged = import_text (notebook, folder, "a.ris", changed);

  g_assert_cmpuint (bare->n_new, ==, 1);
  g_assert_cmpuint (page->n_updated, ==, 1);
  g_assert_cmpuint (again->n_updated, ==, 1);
  g_assert_cmpuint (unchanged->n_unchanged, ==, 1);
  g_assert_cmpuint (again->n_issues, ==, unchanged->n_issues + 1);   /* the title */
  annals_notebook_read (notebook, texts_cb, out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, "The harbour closes | Ada Berg, Ben King | 2020-03-09 | "
                   "The harbour was closed on Monday, they say.\n");

  annals_notebook_close (notebook, &error);
  g_assert_no_error (error);
  g_remove (path);
  g_rmdir (folder);
}

/* What is true of many entries is said once, with their number. */
static void
test_remarks (void)
{
  g_autoptr(GString) ris = g_string_new (NULL);
  g_autoptr(ImportRead) read = NULL;
  const char *undated;

  for (guint i = 0; i < 1300; i++)
    g_string_append_printf (ris, "TY  - ELEC\nTI  - Post %u\n%s%s%sER  - \n", i,
                            i % 100 != 0 ? "DA  - 2020\n" : "", i % 13 != 0 ? "UR  - https://news.example/x\n" : "",
                            i == 1 ? "AB  - Words.\n" : "");
  read = import_read ("a.ris", ris->str, -1, NULL, NULL);
  g_assert_no_error (read->error);
  g_assert_cmpuint (import_read_n_posts (read), ==, 1300);
  g_assert_cmpuint (read->issues->len, ==, 3);
  g_assert_nonnull (import_read_find (read, "1199 posts come without their texts"));
  g_assert_nonnull (import_read_find (read, "100 posts come without a text and without an address"));
  undated = import_read_find (read, "13 posts have no date");
  g_assert_nonnull (undated);
  for (guint i = 0; i < read->issues->len; i++)
    {
      const AnnalsIssue *issue = read->issues->pdata[i];

      g_assert_cmpint (issue->severity, ==, ANNALS_SEVERITY_NOTE);
      g_assert_cmpstr (issue->place, ==, "a.ris");
      if (issue->code == ANNALS_ISSUE_DATE)
        g_assert_true (g_str_has_prefix (issue->excerpt, "“Post 0” “Post 100” "));
    }
}

static gboolean
uids_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  GString *out = data;
  g_autoptr(GArray) ids = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_TITLE, error);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr(AnnalsPost) post = annals_db_load_post (db, g_array_index (ids, gint64, i), error);
      g_autoptr(AnnalsText) text = annals_db_load_text (db, post->id, 0, error);

      g_string_append_printf (out, "%s %s: %s\n", post->uid, post->title, annals_text_get_string (text));
    }

  return TRUE;
}

#define OWN "c29f4ab3-71c0-5c5e-8d1f-2f6a9be0c1d2"

/* Entries that Annals wrote are its posts, whichever of the three formats brings them back, and take no text away. */
static void
test_own (void)
{
  static const struct { const char *name, *text; } entries[] = {
    { "a.ris", "TY  - BLOG\nID  - C29F4AB3-71C0-5C5E-8D1F-2F6A9BE0C1D2\nTI  - Closed\nPY  - 2020\nER  - \n" },
    { "a.json", "[{\"id\": \"" OWN "\", \"type\": \"post-weblog\", \"title\": \"Closed\", \"accessed\": {\"date-parts\": [[2020]]}, "
                "\"issued\": {\"date-parts\": [[2020]]}}]" },
    { "a.bib", "@misc{post-c29f4ab371c05c5e,\n  ids = {x, " OWN "},\n  title = {{Closed}},\n  date = {2020}\n}\n" },
  };

  for (guint first = 0; first < G_N_ELEMENTS (entries); first++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *folder = g_dir_make_tmp ("annals-bibliography-XXXXXX", &error);
      g_autofree char *path = g_build_filename (folder, "n.annals", NULL);
      g_autoptr(AnnalsNotebook) notebook = annals_notebook_create (path, NULL, &error);
      g_autoptr(GString) out = g_string_new (NULL);
      g_autoptr(AnnalsImport) made = import_text (notebook, folder, entries[first].name, entries[first].text);
      g_autoptr(AnnalsImport) filled = NULL;

      g_assert_cmpuint (made->n_new, ==, 1);
      filled = import_text (notebook, folder, "b.ris",
                            "TY  - BLOG\nID  - " OWN "\nTI  - Closed\nPY  - 2020\nAB  - The harbour was closed.\nER  - \n");
      g_assert_cmpuint (filled->n_updated, ==, 1);
      for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
        {
          g_autoptr(AnnalsImport) again = import_text (notebook, folder, entries[i].name, entries[i].text);

          g_assert_cmpuint (again->n_unchanged, ==, 1);
        }

      annals_notebook_read (notebook, uids_cb, out, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (out->str, ==, OWN " Closed: The harbour was closed.\n");
      annals_notebook_close (notebook, &error);
      g_assert_no_error (error);
      g_remove (path);
      g_rmdir (folder);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bibliographies/ris", test_ris);
  g_test_add_func ("/bibliographies/csl", test_csl);
  g_test_add_func ("/bibliographies/bibtex", test_bibtex);
  g_test_add_func ("/bibliographies/ris-dates", test_ris_dates);
  g_test_add_func ("/bibliographies/csl-dates", test_csl_dates);
  g_test_add_func ("/bibliographies/bibtex-dates", test_bibtex_dates);
  g_test_add_func ("/bibliographies/bibtex-open", test_bibtex_open);
  g_test_add_func ("/bibliographies/bibtex-quoted", test_bibtex_quoted);
  g_test_add_func ("/bibliographies/bibtex-limits", test_bibtex_limits);
  g_test_add_func ("/bibliographies/bibtex-people", test_bibtex_people);
  g_test_add_func ("/bibliographies/tex", test_tex);
  g_test_add_func ("/bibliographies/others", test_others);
  g_test_add_func ("/bibliographies/filled", test_filled);
  g_test_add_func ("/bibliographies/changed", test_changed);
  g_test_add_func ("/bibliographies/remarks", test_remarks);
  g_test_add_func ("/bibliographies/own", test_own);

  return g_test_run ();
}
