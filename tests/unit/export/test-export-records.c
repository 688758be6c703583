/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <libxml/relaxng.h>
#include <string.h>

#include "annals-annotations.h"
#include "annals-importer.h"
#include "annals-links.h"
#include "annals-memos.h"
#include "annals-posts.h"
#include "annals-tags.h"
#include "export-fixture.h"

/* Annotations go out as web annotations and as a project of REFI-QDA, and come back. */

static gboolean
add_notes_cb (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GArray) posts = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_PLACE, error);
  g_autoptr(GPtrArray) annotations = annals_db_list_annotations (db, 0, error);
  gint64 id, tag, below;

  return posts != NULL && annotations != NULL &&
         annals_db_add_post_note (db, g_array_index (posts, gint64, 1), "orange",
                                  "</script> \"{}%\" \xe2\x80\x8f\xd7\xa9 e\xcc\x81\n\n]]> & so on", &id, error) &&
         annals_db_ensure_tag (db, "sea/ships, \"old\" <&>", &below, error) &&
         annals_db_tag_annotation (db, below, id, error) &&
         annals_db_ensure_tag (db, "sea", &tag, error) &&
         annals_db_set_tag_description (db, tag, "All that\nsails", error) &&
         annals_db_tag_posts (db, tag, &g_array_index (posts, gint64, 2), 1, error) &&
         annals_db_add_link (db, ANNALS_RECORD_ANNOTATION, ((AnnalsAnnotation *) annotations->pdata[0])->id,
                             ANNALS_RELATION_CONTRADICTS, ANNALS_RECORD_POST, g_array_index (posts, gint64, 1),
                             "Not so", &id, error) &&
         annals_db_add_memo (db, "Questions", "# Who?\n\nNobody.", &id, error);
}

static void
add_notes (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_change (f->notebook, "Add notes", add_notes_cb, NULL, NULL, &error);
  g_assert_no_error (error);
}

static char *
export_to (AnnalsNotebook  *notebook,
           Fixture         *f,
           const char      *format,
           const char      *name,
           GPtrArray      **remarks)
{
  g_autoptr(GError) error = NULL;
  char *path = fixture_path (f, name);
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_NOTES };

  annals_export (notebook, &request, format, path, TRUE, NULL, NULL, NULL, remarks, NULL, &error);
  g_assert_no_error (error);

  return path;
}

/* --- the archive --- */

/* @name (nullable): the names of all members instead */
static char *
read_member (const char *path,
             const char *name)
{
  struct archive *zip = archive_read_new ();
  struct archive_entry *entry;
  GString *out = g_string_new (NULL);
  char piece[4096];
  la_ssize_t n;

  archive_read_support_format_zip (zip);
  g_assert_cmpint (archive_read_open_filename (zip, path, 4096), ==, ARCHIVE_OK);
  while (archive_read_next_header (zip, &entry) == ARCHIVE_OK)
    if (name == NULL)
      g_string_append_printf (out, "%s\n", archive_entry_pathname (entry));
    else if (g_str_equal (archive_entry_pathname (entry), name))
      while ((n = archive_read_data (zip, piece, sizeof piece)) > 0)
        g_string_append_len (out, piece, n);
  archive_read_free (zip);

  return g_string_free (out, FALSE);
}

static gboolean
replace_uid_cb (const GMatchInfo *info,
                GString          *result,
                gpointer          user_data)
{
  GHashTable *numbers = user_data;
  g_autofree char *uid = g_match_info_fetch (info, 0);
  gpointer number = g_hash_table_lookup (numbers, uid);

  if (number == NULL)
    {
      number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
      g_hash_table_insert (numbers, g_strdup (uid), number);
    }
  g_string_append_printf (result, "00000000-0000-4000-8000-%012u", GPOINTER_TO_UINT (number));

  return FALSE;
}

/* uids are random: numbered as they come first. Times are the test's. */
static char *
normalise (const char *text)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GRegex) uid = g_regex_new ("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", 0, 0, NULL);
  g_autoptr(GRegex) time = g_regex_new ("20[0-9-]{8}T[0-9:.]+Z", 0, 0, NULL);
  g_autofree char *plain = g_regex_replace_eval (uid, text, -1, 0, 0, replace_uid_cb, numbers, NULL);
  g_autofree char *timeless = g_regex_replace_literal (time, plain, -1, 0, "2026-11-23T12:00:00Z", 0, NULL);
  g_auto(GStrv) parts = g_strsplit (timeless, "Annals " ANNALS_VERSION, -1);

  return g_strjoinv ("Annals 0.0.0", parts);
}

static void
test_golden (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(GPtrArray) remarks = NULL;
  g_autofree char *json_path = NULL;
  g_autofree char *zip_path = NULL;
  g_autofree char *json = NULL;
  g_autofree char *qde = NULL;
  g_autofree char *names = NULL;
  g_autofree char *normal_json = NULL;
  g_autofree char *normal_qde = NULL;

  add_notes (f);
  json_path = export_to (f->notebook, f, "w3c", "notes.jsonld", &remarks);
  g_assert_cmpuint (remarks->len, ==, 1);
  g_assert_cmpstr (remarks->pdata[0], ==, "1 memo was left out: it is no annotation of a post");
  g_file_get_contents (json_path, &json, NULL, NULL);
  normal_json = normalise (json);
  assert_golden (normal_json, "notes.jsonld");

  zip_path = export_to (f->notebook, f, "qdpx", "notes.qdpx", NULL);
  qde = read_member (zip_path, "project.qde");
  normal_qde = normalise (qde);
  assert_golden (normal_qde, "notes.qde");
  names = read_member (zip_path, NULL);
  g_assert_true (g_str_has_prefix (names, "project.qde\nsources/"));
}

/* Elements in the order that the standard wants. */
static void
test_valid (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *grammar = g_test_build_filename (G_TEST_DIST, "fixtures", "export", "qda-project.rng", NULL);
  g_autofree char *path = NULL;
  g_autofree char *qde = NULL;
  xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewParserCtxt (grammar);
  xmlRelaxNG *schema = xmlRelaxNGParse (parser);
  xmlRelaxNGValidCtxt *valid;
  xmlDoc *doc;

  g_assert_nonnull (schema);
  valid = xmlRelaxNGNewValidCtxt (schema);
  add_notes (f);
  path = export_to (f->notebook, f, "qdpx", "notes.qdpx", NULL);
  qde = read_member (path, "project.qde");
  doc = xmlReadMemory (qde, (int) strlen (qde), NULL, NULL, XML_PARSE_NONET);
  g_assert_nonnull (doc);
  g_assert_cmpint (xmlRelaxNGValidateDoc (valid, doc), ==, 0);

  /* it can fail */
  xmlSetProp (xmlDocGetRootElement (doc), BAD_CAST "creationDateTime", BAD_CAST "yesterday");
  xmlRelaxNGSetValidErrors (valid, NULL, NULL, NULL);
  xmlSetGenericErrorFunc (NULL, NULL);
  g_assert_cmpint (xmlRelaxNGValidateDoc (valid, doc), !=, 0);
  xmlFreeDoc (doc);
  xmlRelaxNGFreeValidCtxt (valid);
  xmlRelaxNGFree (schema);
  xmlRelaxNGFreeParserCtxt (parser);
}

/* Offsets are code points of the very text that lies beside. */
static void
test_offsets (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autofree char *qde = NULL;
  g_autofree char *found = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  g_autofree char *slice = NULL;
  xmlDoc *doc;
  xmlNode *node;
  xmlChar *guid, *start, *end;

  path = export_to (f->notebook, f, "qdpx", "notes.qdpx", NULL);
  qde = read_member (path, "project.qde");
  doc = xmlReadMemory (qde, (int) strlen (qde), NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOBLANKS);
  for (node = xmlDocGetRootElement (doc)->children; g_strcmp0 ((char *) node->name, "Sources") != 0;)
    node = node->next;
  for (node = node->last; node != NULL; node = node->prev)
    if ((guid = xmlGetProp (node, BAD_CAST "name")) != NULL)
      {
        found = g_strdup ((char *) guid);
        xmlFree (guid);
        if (g_str_equal (found, "항구 폐쇄"))
          break;
        g_clear_pointer (&found, g_free);
      }
  g_assert_nonnull (node);
  guid = xmlGetProp (node, BAD_CAST "guid");
  start = xmlGetProp (node->children, BAD_CAST "startPosition");
  end = xmlGetProp (node->children, BAD_CAST "endPosition");
  name = g_strdup_printf ("sources/%s.txt", guid);
  text = read_member (path, name);
  slice = g_utf8_substring (text, (glong) g_ascii_strtoll ((char *) start, NULL, 10),
                            (glong) g_ascii_strtoll ((char *) end, NULL, 10));
  g_assert_cmpstr (slice, ==, "항구가 월요일에 폐쇄되었다");
  xmlFree (guid);
  xmlFree (start);
  xmlFree (end);
  xmlFreeDoc (doc);
}

/* --- and back --- */

static gboolean
describe_cb (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  GString *out = data;
  g_autoptr(GPtrArray) annotations = annals_db_list_annotations (db, 0, error);
  g_autoptr(GPtrArray) tags = annals_db_list_tags (db, error);
  g_autoptr(GPtrArray) memos = annals_db_list_memos (db, error);
  g_autoptr(GPtrArray) links = annals_db_list_all_links (db, error);

  for (guint i = 0; i < annotations->len; i++)
    {
      const AnnalsAnnotation *one = annotations->pdata[i];
      g_autofree char *names = g_strjoinv (",", one->tags);
      g_autoptr(AnnalsPost) post = annals_db_load_post (db, one->post_id, error);
      g_autofree char *of_post = g_strjoinv (",", post->tags);

      g_string_append_printf (out, "%s %s (%s) %u-%u %s %s [%s] %s %" G_GINT64_FORMAT " %s\n%s\n", one->uid, one->post_title,
                              annals_date_get_edtf (post->published), one->selector.start, one->selector.end,
                              one->selector.exact, one->colour, names, one->author,
                              one->created / G_USEC_PER_SEC, of_post, one->note);
    }
  for (guint i = 0; i < tags->len; i++)
    {
      const AnnalsTag *tag = tags->pdata[i];

      g_string_append_printf (out, "tag %s %s %s %s %s\n", tag->uid, tag->name, tag->parent, tag->colour, tag->description);
    }
  for (guint i = 0; i < memos->len; i++)
    g_string_append_printf (out, "memo %s %s\n", ((AnnalsMemoLine *) memos->pdata[i])->uid,
                            ((AnnalsMemoLine *) memos->pdata[i])->title);
  for (guint i = 0; i < links->len; i++)
    {
      const AnnalsLink *link = links->pdata[i];

      g_string_append_printf (out, "link %s %s %s %s %s\n", link->uid, link->from->title,
                              annals_relation_to_string (link->relation), link->to->title, link->note);
    }

  return TRUE;
}

static char *
describe (AnnalsNotebook *notebook)
{
  GString *out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  annals_notebook_read (notebook, describe_cb, out, NULL, &error);
  g_assert_no_error (error);

  return g_string_free (out, FALSE);
}

static void
close_notebook (AnnalsNotebook *notebook)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_close (notebook, &error);
  g_assert_no_error (error);
  g_object_unref (notebook);
}

static void
import_into (AnnalsNotebook *notebook,
             const char     *path,
             guint           n_new,
             guint           n_unchanged)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsImport) import = annals_import_file (notebook, path, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (import->n_new, ==, n_new);
  g_assert_cmpuint (import->n_unchanged, ==, n_unchanged);
  g_assert_cmpuint (import->n_skipped, ==, 0);
  g_assert_cmpuint (import->n_issues, ==, 0);
}

/* A project comes to the same notes, tags, memos and links in an empty notebook, and to nothing new in its own. */
static void
test_project_back (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *other_path = fixture_path (f, "other.annals");
  g_autofree char *path = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *undone = NULL;
  AnnalsNotebook *other;

  add_notes (f);
  before = describe (f->notebook);
  path = export_to (f->notebook, f, "qdpx", "notes.qdpx", NULL);
  import_into (f->notebook, path, 0, 10);   /* 3 posts, 5 notes, a memo, a link */

  other = annals_notebook_create (other_path, NULL, &error);
  g_assert_no_error (error);
  annals_notebook_set_author (other, "Bea");
  import_into (other, path, 10, 0);
  after = describe (other);
  g_assert_cmpstr (after, ==, before);
  import_into (other, path, 0, 10);

  annals_notebook_undo (other, NULL, &error);
  g_assert_no_error (error);
  undone = describe (other);
  g_assert_cmpstr (undone, ==, "");
  close_notebook (other);
}

/* Web annotations come back onto the posts of a notebook that has lost them. */
static void
test_annotations_back (Fixture       *f,
                       gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *again_path = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();

  path = export_to (f->notebook, f, "w3c", "notes.jsonld", NULL);
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  import_into (f->notebook, path, 0, 4);

  /* the annotations were made in one step with the timeline */
  annals_notebook_undo (f->notebook, NULL, &error);
  g_assert_no_error (error);
  import_into (f->notebook, path, 4, 0);
  again_path = export_to (f->notebook, f, "w3c", "again.jsonld", NULL);
  g_file_get_contents (path, &first, NULL, NULL);
  g_file_get_contents (again_path, &second, NULL, NULL);
  g_assert_cmpstr (second, ==, first);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/export-records/golden", Fixture, NULL, fixture_set_up, test_golden, fixture_tear_down);
  g_test_add ("/export-records/valid", Fixture, NULL, fixture_set_up, test_valid, fixture_tear_down);
  g_test_add ("/export-records/offsets", Fixture, NULL, fixture_set_up, test_offsets, fixture_tear_down);
  g_test_add ("/export-records/project-back", Fixture, NULL, fixture_set_up, test_project_back, fixture_tear_down);
  g_test_add ("/export-records/annotations-back", Fixture, NULL, fixture_set_up, test_annotations_back,
              fixture_tear_down);

  return g_test_run ();
}
