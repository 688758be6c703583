/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-codebook.h"
#include "annals-export-codebook.h"
#include "annals-limits.h"
#include "annals-notebook.h"

#include <glib/gstdio.h>
#include <libxml/xmlschemas.h>
#include <string.h>

typedef struct
{
  char           *folder;
  AnnalsNotebook *notebook;
  AnnalsCodebook *codebook;
  GPtrArray      *plans;
  char           *text;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  f->folder = g_dir_make_tmp ("annals-codebook-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (f->folder, "test.annals", NULL);
  f->notebook = annals_notebook_create (path, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (f->folder, "test.annals", NULL);

  annals_notebook_close (f->notebook, &error);
  g_assert_no_error (error);
  g_clear_object (&f->notebook);
  g_clear_pointer (&f->codebook, annals_codebook_free);
  g_clear_pointer (&f->plans, g_ptr_array_unref);
  g_free (f->text);
  g_unlink (path);
  g_rmdir (f->folder);
  g_free (f->folder);
}

static gboolean
plan (AnnalsDb      *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Fixture *f = data;

  return (f->plans = annals_db_plan_codebook (db, f->codebook, error)) != NULL;
}

static gboolean
import (AnnalsDb      *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  return annals_db_import_codebook (db, ((Fixture *) data)->codebook, NULL, error);
}

static gboolean
write_csv (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return (((Fixture *) data)->text = annals_db_dup_codebook (db, "csv", NULL, error)) != NULL;
}

static gboolean
write_qdc (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return (((Fixture *) data)->text = annals_db_dup_codebook (db, "qdc", NULL, error)) != NULL;
}

/* The tags as CSV, without their identifiers, in one string. */
static char *
dup_tags (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GRegex) uid = g_regex_new (",[0-9a-f]{8}-[0-9a-f-]{27}\r\n", 0, 0, NULL);
  g_autofree char *text = NULL;

  if (!annals_notebook_read (f->notebook, write_csv, f, NULL, &error))
    return g_strdup ("");

  text = g_steal_pointer (&f->text);
  return g_regex_replace_literal (uid, strchr (text, '\n') + 1, -1, 0, "|", 0, NULL);
}

static void
parse (Fixture    *f,
       const char *text)
{
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&f->codebook, annals_codebook_free);
  f->codebook = annals_codebook_parse (text, strlen (text), "test", &error);
  g_assert_no_error (error);
}

/* "name:state", by commas. */
static char *
dup_plan (Fixture *f)
{
  static const char * const states[] = { "new", "changed", "same" };
  g_autoptr(GError) error = NULL;
  GString *words = g_string_new (NULL);

  g_clear_pointer (&f->plans, g_ptr_array_unref);
  annals_notebook_read (f->notebook, plan, f, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < f->plans->len; i++)
    {
      const AnnalsCodePlan *one = f->plans->pdata[i];

      g_string_append_printf (words, "%s%s:%s", i > 0 ? "," : "", one->name,
                              *one->changes != '\0' && one->state == ANNALS_CODE_CHANGED ? one->changes
                                                                                          : states[one->state]);
    }

  return g_string_free (words, FALSE);
}

static void
import_text (Fixture    *f,
             const char *text)
{
  g_autoptr(GError) error = NULL;

  parse (f, text);
  annals_notebook_change (f->notebook, "Import tags", import, f, NULL, &error);
  g_assert_no_error (error);
}

#define QDC(codes) \
  "<?xml version=\"1.0\" encoding=\"utf-8\"?><CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"Another\"><Codes>" \
  codes "</Codes></CodeBook>"
#define SEA "1ff58b12-6f6f-4b0c-8be5-bbdc91f55294"
#define SHIPS "eca18d76-2b8b-4f26-bc1d-19eca19fb3f0"

static void
test_qdc (Fixture       *f,
          gconstpointer  data)
{
  static const char text[] = QDC (
    "<Code guid=\"{1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294}\" name=\"Sea\" isCodable=\"false\" color=\"#1F9A50\">"
    "<Description>All that floats &amp; <![CDATA[<sinks>]]></Description>"
    "<Code guid=\"" SHIPS "\" name=\"Ships\" isCodable=\"true\" color=\"#f00\"/></Code>"
    "<Code guid=\"DFE5C38E-9449-5959-A1F7-E3D895CFA87F\" name=\"제재\" isCodable=\"true\"/>");
  static const char changed[] = QDC (
    "<Code guid=\"" SHIPS "\" name=\"Vessels\" isCodable=\"true\" color=\"#f00\"/>"
    "<Code guid=\"11111111-9449-4959-a1f7-e3d895cfa87f\" name=\"SEA\" isCodable=\"true\"/>");
  g_autofree char *tags = NULL;
  g_autofree char *plans = NULL;
  g_autofree char *again = NULL;
  g_autofree char *other = NULL;
  g_autoptr(GError) error = NULL;

  parse (f, text);
  plans = dup_plan (f);
  g_assert_cmpstr (plans, ==, "Sea:new,Ships:new,제재:new");
  import_text (f, text);
  tags = dup_tags (f);
  g_assert_cmpstr (tags, ==, "Sea,,green,All that floats & <sinks>,,|Ships,Sea,red,,,|제재,,orange,,,|");
  again = dup_plan (f);
  g_assert_cmpstr (again, ==, "Sea:same,Ships:same,제재:same");

  /* by identifier, else by name */
  parse (f, changed);
  other = dup_plan (f);
  g_assert_cmpstr (other, ==, "Vessels:name, place,Sea:same");
  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&tags, g_free);
  tags = dup_tags (f);
  g_assert_cmpstr (tags, ==, "");
}

static void
test_csv (Fixture       *f,
          gconstpointer  data)
{
  static const char text[] =
    "\xef\xbb\xbfTag;Parent;Color;Definition;Synonyms\r\n"
    "Ships;Sea;teal;\"Two\nlines; and \"\"more\"\"\";\"vessels; boats\"\r\n"
    "\"'=cmd()\";;#d33a44;;\r\n"
    ";;;;\r\n"
    "SHIPS;;;;\r\n";
  g_autofree char *tags = NULL;
  g_autofree char *plans = NULL;

  import_text (f, "name,description\nvessels,x\n");
  parse (f, "Tag;Parent;Synonyms\r\nShips;Sea;\"vessels; boats\"\r\n");
  plans = dup_plan (f);
  g_assert_cmpstr (plans, ==, "Ships:new,Sea:new");
  g_assert_cmpuint (f->codebook->remarks->len, ==, 1);
  g_assert_cmpstr (f->codebook->remarks->pdata[0], ==,
                   "“vessels” is another tag's name and not added to “Ships”");

  import_text (f, text);
  g_assert_cmpuint (f->codebook->remarks->len, ==, 3);
  tags = dup_tags (f);
  g_assert_nonnull (strstr (tags, "\"'=cmd()\",,red,,,|"));
  g_assert_nonnull (strstr (tags, "Ships,Sea,teal,\"Two\nlines; and \"\"more\"\"\",boats,|"));
}

/* What is not said does not change; other names are added. */
static void
test_merge (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *tags = NULL;
  g_autofree char *same = NULL;

  import_text (f, "name,parent,colour,description,synonyms\nSea,,teal,Water,ocean\nShips,Sea,red,,\n");
  import_text (f, "name,synonyms\nsea,main\nOCEAN,\nShips,\n");
  tags = dup_tags (f);
  g_assert_cmpstr (tags, ==, "OCEAN 2,,orange,,,|Sea,,teal,Water,\"ocean; main\",|Ships,Sea,red,,,|");
  parse (f, "name\nships\n");
  same = dup_plan (f);
  g_assert_cmpstr (same, ==, "Ships:same");
}

static void
test_rings (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *tags = NULL;

  import_text (f, "name,parent\na,b\nb,a\nc,a\nd,d\n");
  g_assert_cmpuint (f->codebook->remarks->len, ==, 3);
  tags = dup_tags (f);
  g_assert_cmpstr (tags, ==, "a,,blue,,,|c,a,orange,,,|b,,green,,,|d,,purple,,,|");
}

/* Codes of one name: tags' names differ. */
static void
test_same_names (Fixture       *f,
                 gconstpointer  data)
{
  static const char text[] = QDC (
    "<Code guid=\"10000000-9449-4959-a1f7-e3d895cfa87f\" name=\"A\" isCodable=\"true\">"
    "<Code guid=\"20000000-9449-4959-a1f7-e3d895cfa87f\" name=\"good\" isCodable=\"true\"/></Code>"
    "<Code guid=\"30000000-9449-4959-a1f7-e3d895cfa87f\" name=\"B/C\" isCodable=\"true\">"
    "<Code guid=\"40000000-9449-4959-a1f7-e3d895cfa87f\" name=\"Good\" isCodable=\"true\"/>"
    "<Code guid=\"50000000-9449-4959-a1f7-e3d895cfa87f\" name=\"Good\" isCodable=\"true\"/></Code>");
  g_autofree char *tags = NULL;
  g_autofree char *plans = NULL;

  import_text (f, text);
  tags = dup_tags (f);
  g_assert_nonnull (strstr (tags, "good,A,"));
  g_assert_nonnull (strstr (tags, "Good (B-C),B-C,"));
  g_assert_nonnull (strstr (tags, "Good 2,B-C,"));
  plans = dup_plan (f);
  g_assert_cmpstr (plans, ==, "A:same,good:same,B-C:same,Good (B-C):same,Good 2:same");
}

/* Both formats come back as they went out. */
static void
test_round_trip (Fixture       *f,
                 gconstpointer  data)
{
  static const char text[] =
    "name,parent,colour,description,synonyms,rule\n"
    "\"'=1+1\",,teal,\"'@x\",\"a;b\n\",\"\"\"oral vaccine\"\"\"\n"
    "\"''quoted\",\"'=1+1\",red,\"<b> & \"\"c\"\"\",one; two,\n"
    "항구,\"''quoted\",blue,,,\n";
  g_autofree char *before = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *plans = NULL;
  g_autoptr(GError) error = NULL;

  import_text (f, text);
  before = dup_tags (f);
  for (guint i = 0; i < 2; i++)
    {
      annals_notebook_read (f->notebook, i == 0 ? write_csv : write_qdc, f, NULL, &error);
      g_assert_no_error (error);
      g_clear_pointer (&csv, g_free);
      csv = g_steal_pointer (&f->text);
      parse (f, csv);
      g_clear_pointer (&plans, g_free);
      plans = dup_plan (f);
      g_assert_cmpstr (plans, ==, "=1+1:same,'quoted:same,항구:same");
      g_assert_cmpuint (f->codebook->remarks->len, ==, 0);
    }

  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  import_text (f, before[0] != '\0' ? text : "");
  g_clear_pointer (&csv, g_free);
  csv = dup_tags (f);
  g_assert_cmpstr (csv, ==, before);
}

/* The export is a codebook as the exchange format describes it. */
static void
test_schema (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "export", "refi-qda-codebook-1.0.xsd",
                                                 NULL);
  xmlSchemaParserCtxt *parser = xmlSchemaNewParserCtxt (path);
  xmlSchema *schema = xmlSchemaParse (parser);
  static const char empty[] = "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'><Codes/></CodeBook>";
  xmlSchemaValidCtxt *valid;
  g_autoptr(GError) error = NULL;
  xmlDoc *doc;

  g_assert_nonnull (schema);
  import_text (f, "name,parent,description\na,,\"x < y & \x01 \"\"z\"\"\"\nb,a,\nc,b,two\nd,,\n");
  annals_notebook_read (f->notebook, write_qdc, f, NULL, &error);
  g_assert_no_error (error);

  doc = xmlReadMemory (f->text, (int) strlen (f->text), NULL, NULL, XML_PARSE_NONET);
  g_assert_nonnull (doc);
  valid = xmlSchemaNewValidCtxt (schema);
  g_assert_cmpint (xmlSchemaValidateDoc (valid, doc), ==, 0);
  xmlFreeDoc (doc);

  /* and the schema is one that refuses */
  doc = xmlReadMemory (empty, (int) strlen (empty), NULL, NULL, XML_PARSE_NONET);
  g_assert_nonnull (doc);
  g_assert_cmpint (xmlSchemaValidateDoc (valid, doc), !=, 0);
  xmlFreeDoc (doc);
  xmlSchemaFreeValidCtxt (valid);
  xmlSchemaFree (schema);
  xmlSchemaFreeParserCtxt (parser);
}

static void
test_hostile (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } cases[] = {
    { "", "no list of tags" },
    { "no,such,column\n1,2,3\n", "no column “name”" },
    { "name\n\"open", "row 2 is not closed" },
    { "<html/>", "no REFI-QDA codebook" },
    { "<CodeBook/>", "no REFI-QDA codebook" },
    { "<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes><Code name=\"a\">", "line 1 is no XML" },
    { "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"/>",
      "document type" },
  };
  g_autoptr(GString) deep = g_string_new ("<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>");
  g_autoptr(GString) many = g_string_new ("name\n");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_null (annals_codebook_parse (cases[i].text, strlen (cases[i].text), "bad", &error));
      g_assert_true (error != NULL && error->domain == ANNALS_CODEBOOK_ERROR);
      if (strstr (error->message, cases[i].says) == NULL)
        g_error ("“%s” does not say “%s”", error->message, cases[i].says);
      g_clear_error (&error);
    }

  for (guint i = 0; i < 1000; i++)
    g_string_append (deep, "<Code name=\"a\">");
  g_assert_null (annals_codebook_parse (deep->str, deep->len, "deep", &error));
  g_assert_error (error, ANNALS_CODEBOOK_ERROR, ANNALS_CODEBOOK_ERROR_FORMAT);
  g_clear_error (&error);

  for (guint i = 0; i <= ANNALS_LIMIT_CODES; i++)
    g_string_append_printf (many, "tag %u\n", i);
  g_assert_null (annals_codebook_parse (many->str, many->len, "many", &error));
  g_assert_error (error, ANNALS_CODEBOOK_ERROR, ANNALS_CODEBOOK_ERROR_FORMAT);
}

/* Deeper than tags go: placed higher, and said. */
static void
test_deep (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new ("<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>");

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (text, "<Code name=\"level %u\">", i);
  for (guint i = 0; i < 20; i++)
    g_string_append (text, "</Code>");
  g_string_append (text, "</Codes></CodeBook>");
  import_text (f, text->str);
  g_assert_cmpuint (f->codebook->remarks->len, ==, 1);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/codebook/qdc", test_qdc);
  ADD ("/codebook/csv", test_csv);
  ADD ("/codebook/merge", test_merge);
  ADD ("/codebook/rings", test_rings);
  ADD ("/codebook/same-names", test_same_names);
  ADD ("/codebook/round-trip", test_round_trip);
  ADD ("/codebook/schema", test_schema);
  ADD ("/codebook/deep", test_deep);
  g_test_add_func ("/codebook/hostile", test_hostile);

  return g_test_run ();
}
