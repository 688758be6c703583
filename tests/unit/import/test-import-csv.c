/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-csv-row.h"
#include "import-read.h"

#include <string.h>

/* --- rows --- */

static void
test_rows (void)
{
  static const struct { const char *in; const char *cells; const char *behind; } cases[] = {
    { "a,b,c\n", "a|b|c", "" },
    { "a,b\r\nc", "a|b", "c" },
    { "a,b\rc", "a|b", "c" },
    { "\"a\",\"b\"\n", "a|b", "" },
    { "\"a, b\",c\n", "a, b|c", "" },
    { "\"a\nb\",c\n", "a\nb|c", "" },
    { "\"say \"\"yes\"\"\",c\n", "say \"yes\"|c", "" },
    { "\"say \\\"yes\\\" now\",c\n", "say \"yes\" now|c", "" },
    { "\"say \"yes\" now\",c\n", "say \"yes\" now|c", "" },
    { "a \"b\" c,d\n", "a \"b\" c|d", "" },
    { ",,\n", "||", "" },
    { "\"\",x\n", "|x", "" },
    { "last", "last", "" },
    { "a,\"b\"", "a|b", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *joined = NULL;
      const char *behind = NULL;

      g_test_message ("%s", cases[i].in);
      g_assert_cmpint (annals_csv_row_read (cases[i].in, cases[i].in + strlen (cases[i].in), ',', TRUE, TRUE, cells,
                                            &behind), ==, ANNALS_CSV_ROW);
      g_ptr_array_add (cells, NULL);
      joined = g_strjoinv ("|", (char **) cells->pdata);
      g_assert_cmpstr (joined, ==, cases[i].cells);
      g_assert_cmpstr (behind, ==, cases[i].behind);
    }
}

/* Cut anywhere, a row has no end yet: never another end. */
static void
test_rows_cut (void)
{
  const char *row = "one,\"two \"\"2\"\"\nlines\",three\r\n";
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  const char *behind;

  for (gsize length = 0; length < strlen (row) - 1; length++)
    {
      g_autofree char *cut = g_strndup (row, length);

      g_assert_cmpint (annals_csv_row_read (cut, cut + length, ',', TRUE, FALSE, cells, &behind), ==, ANNALS_CSV_MORE);
    }
}

/* --- tables --- */

static void
test_tables (void)
{
  static const struct { const char *name; const char *csv; } cases[] = {
    { "x.csv", "title,date,text\nIce,2020-03-01,\"Cold, very\"\nFog,2020-03-02,Grey\n" },
    { "x.csv", "\xef\xbb\xbf\"title\";\"date\";\"text\"\r\n\"Ice\";\"2020-03-01\";\"Cold, very\"\r\nFog;2020-03-02;Grey" },
    { "x.tsv", "title\tdate\ttext\nIce\t2020-03-01\tCold, very\nFog\t2020-03-02\tGrey\n" },
    { "x.csv", "sep=|\ntitle|date|text\nIce|2020-03-01|Cold, very\nFog|2020-03-02|Grey\n" },
    { "table", "id,title,date,text,url\n1,Ice,2020-03-01,\"Cold, very\",https://a.example/1\n2,Fog,2020-03-02,Grey,\n" },
    { "x.csv", ",Title,Published at,Full text\n0,Ice,2020-03-01,\"Cold, very\"\n1,Fog,2020-03-02,Grey\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(ImportRead) read = import_read (cases[i].name, cases[i].csv, -1, NULL, NULL);
      AnnalsDraft *draft;

      g_test_message ("%s", cases[i].csv);
      g_assert_true (read->detected == &annals_format_csv);
      g_assert_no_error (read->error);
      g_assert_cmpuint (import_read_n_posts (read), ==, 2);
      draft = import_read_draft (read, 0);
      g_assert_cmpstr (draft->title, ==, "Ice");
      g_assert_cmpstr (annals_text_get_string (draft->text), ==, "Cold, very");
      g_assert_cmpstr (annals_date_get_edtf (draft->published), ==, "2020-03-01");
      g_assert_cmpstr (import_read_draft (read, 1)->title, ==, "Fog");
    }
}

/* Without names the columns have numbers, and the values say what they are. */
static void
test_no_header (void)
{
  g_autoptr(GString) csv = g_string_new (NULL);
  g_autoptr(ImportRead) read = NULL;
  const AnnalsMapping *mapping;

  for (guint i = 1; i <= 4; i++)
    g_string_append_printf (csv, "2020-03-0%u,Report number %u of the harbour,https://h.example/%u,\"%s\"\n", i, i, i,
                            "The ice came early this year, and the boats stayed in the harbour for a week. Nobody minded, "
                            "for there was enough to mend, and the nights were long. In the mornings the children "
                            "walked out as far as the mole.");
  read = import_read ("x.csv", csv->str, -1, NULL, NULL);
  g_assert_true (read->detected == &annals_format_csv);
  g_assert_cmpuint (import_read_n_posts (read), ==, 4);
  mapping = annals_format_reader_get_mapping (read->reader);
  g_assert_cmpstr (mapping->columns[ANNALS_FIELD_DATE], ==, "1");
  g_assert_cmpstr (mapping->columns[ANNALS_FIELD_TITLE], ==, "2");
  g_assert_cmpstr (mapping->columns[ANNALS_FIELD_URL], ==, "3");
  g_assert_cmpstr (mapping->columns[ANNALS_FIELD_TEXT], ==, "4");
  g_assert_cmpuint (annals_format_reader_get_columns (read->reader)->len, ==, 4);
}

static void
test_given_mapping (void)
{
  g_autoptr(AnnalsMapping) mapping = annals_mapping_new ();
  AnnalsFormatSettings settings = { .mapping = mapping };
  g_autoptr(ImportRead) read = NULL;

  mapping->columns[ANNALS_FIELD_TITLE] = g_strdup ("b");
  mapping->columns[ANNALS_FIELD_TEXT] = g_strdup ("a");
  read = import_read ("x.csv", "a,b,date\nwords,name,2020\nmore,other,2021\n", -1, NULL, &settings);
  g_assert_true (read->detected == &annals_format_csv);
  g_assert_cmpstr (import_read_draft (read, 0)->title, ==, "name");
  g_assert_cmpstr (annals_text_get_string (import_read_draft (read, 0)->text), ==, "words");
}

/* What is no table, or no table of posts, is left to others. */
static void
test_not_tables (void)
{
  static const struct { const char *name; const char *text; } cases[] = {
    { "letter.txt", "Dear Ana,\nthe boats, the nets, the ropes,\nall is ready, they say.\nYours, Jon\n" },
    { "list.txt", "one, two, three\nfour, five, six\nseven, eight, nine\nten, eleven, twelve\nmore, and, more\n" },
    { "x.csv", "only one line" },
    { "x.csv", "" },
    { "x.csv", "<html><p>a,b,c</p></html>" },
    { "x.csv", "a\0b,c\n" },
    { "march.txt", "title, date, text\nand then, a sentence\nwithout, much, order, in it\nnone\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(ImportRead) read = import_read (cases[i].name, cases[i].text,
                                                i == 5 ? 6 : -1, NULL, NULL);

      g_test_message ("%s", cases[i].text);
      g_assert_false (read->detected == &annals_format_csv);
    }
}

/* --- damage --- */

static void
test_ragged (void)
{
  g_autoptr(ImportRead) read = import_read (
    "x.csv", "title,date,text\nIce,2020-03-01,Cold\nFog,2020-03-02\nRain,2020-03-03,Wet, and more\n\nSun,2020-03-04,Warm,,\n",
    -1, NULL, NULL);
  AnnalsIssue *issue;

  g_assert_cmpuint (import_read_n_posts (read), ==, 4);
  g_assert_nonnull (import_read_find (read, "has 2 fields, the table 3"));
  g_assert_nonnull (import_read_find (read, "has 4 fields, the table 3"));
  g_assert_null (import_read_find (read, "has 5 fields"));
  issue = read->issues->pdata[0];
  g_assert_cmpstr (issue->place, ==, "x.csv, item 2, line 3");
  g_assert_cmpint (issue->code, ==, ANNALS_ISSUE_DAMAGE);
}

/* A quotation mark that is not closed costs its line and no other. */
static void
test_unclosed (void)
{
  g_autoptr(ImportRead) read = import_read (
    "x.csv", "title,date,text\nIce,2020-03-01,\"Cold\nFog,2020-03-02,Grey\nRain,2020-03-03,Wet\n", -1, NULL, NULL);

  g_assert_cmpuint (import_read_n_posts (read), ==, 3);
  g_assert_nonnull (import_read_find (read, "not closed"));
  g_assert_cmpstr (import_read_draft (read, 2)->title, ==, "Rain");
}

/* Rows longer than what is read at a time, and a file that is all quotation marks */
static void
test_large (void)
{
  g_autoptr(GString) csv = g_string_new ("title,date,text\n");
  g_autoptr(GString) marks = g_string_new ("title,date,text\n");
  g_autoptr(ImportRead) read = NULL;
  g_autoptr(ImportRead) hostile = NULL;

  g_string_append (csv, "Long,2020-03-01,\"");
  while (csv->len < 3 * 1024 * 1024)
    g_string_append (csv, "A sentence, with a comma,\nand a \"\"line\"\" end. ");
  g_string_append (csv, "\"\nShort,2020-03-02,x\n");
  read = import_read ("x.csv", csv->str, -1, &annals_format_csv, NULL);
  g_assert_cmpuint (import_read_n_posts (read), ==, 2);
  g_assert_cmpstr (import_read_draft (read, 1)->title, ==, "Short");
  g_assert_cmpstr (import_read_draft (read, 1)->place, >, "x.csv, item 2, line 4");

  /* every row opens a quotation that nothing closes */
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (marks, "%u,\"2020,x%s\n", i, i % 2 ? "\"" : "");
  hostile = import_read ("x.csv", marks->str, -1, &annals_format_csv, NULL);
  g_assert_no_error (hostile->error);
  g_assert_cmpuint (hostile->drafts->len, >, 5000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import/csv/rows", test_rows);
  g_test_add_func ("/import/csv/rows-cut", test_rows_cut);
  g_test_add_func ("/import/csv/tables", test_tables);
  g_test_add_func ("/import/csv/no-header", test_no_header);
  g_test_add_func ("/import/csv/given-mapping", test_given_mapping);
  g_test_add_func ("/import/csv/not-tables", test_not_tables);
  g_test_add_func ("/import/csv/ragged", test_ragged);
  g_test_add_func ("/import/csv/unclosed", test_unclosed);
  g_test_add_func ("/import/csv/large", test_large);

  return g_test_run ();
}
