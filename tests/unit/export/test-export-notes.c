/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "annals-annotations.h"
#include "annals-memos.h"
#include "annals-posts.h"
#include "annals-tags.h"
#include "formats-fixture.h"

/* Cells that a spreadsheet would take for formulas, or that would end too early. */
static gboolean
add_notes_cb (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GArray) posts = annals_db_list_posts (db, ANNALS_SCOPE_ALL, 0, NULL, ANNALS_ORDER_PLACE, error);
  g_autofree char *uid = NULL;
  g_autofree char *text = NULL;
  gint64 id, tag, other;

  if (posts == NULL ||
      !annals_db_add_post_note (db, g_array_index (posts, gint64, 1), "orange", "=HYPERLINK(\"x\")\n\n\"Quoted\", said he",
                                &id, error) ||
      !annals_db_ensure_tag (db, "a; b", &tag, error) || !annals_db_tag_annotation (db, tag, id, error) ||
      !annals_db_ensure_tag (db, "c", &other, error) || !annals_db_tag_annotation (db, other, id, error) ||
      !(uid = annals_db_dup_uid (db, ANNALS_RECORD_POST, g_array_index (posts, gint64, 0), error)))
    return FALSE;

  text = g_strdup_printf ("# Who closed it\n\nSee [[post:%s|an older title]].", uid);
  return annals_db_add_memo (db, "@Questions", text, &id, error);
}

static char *
export (Fixture    *f,
        const char *format,
        GArray     *ids)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = fixture_path (f, format);
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_NOTES, .ids = ids };
  char *contents = NULL;

  annals_export (f->notebook, &request, format, path, TRUE, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);

  return contents;
}

static gboolean
replace_uid_cb (const GMatchInfo *info,
                GString          *result,
                gpointer          user_data)
{
  GHashTable *numbers = user_data;
  char *uid = g_match_info_fetch (info, 0);
  gpointer number = g_hash_table_lookup (numbers, uid);

  if (number == NULL)
    {
      number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
      g_hash_table_insert (numbers, g_strdup (uid), number);
    }
  g_string_append_printf (result, "00000000-0000-4000-8000-%012u", GPOINTER_TO_UINT (number));
  g_free (uid);

  return FALSE;
}

/* uids are random: numbered as they come first. Times are the test's, but for the export's own. */
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
add_notes (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  annals_notebook_change (f->notebook, "Add notes", add_notes_cb, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_golden (Fixture       *f,
             gconstpointer  data)
{
  static const char * const formats[][2] = {
    { "json", "notes.json" }, { "csv", "notes.csv" }, { "markdown", "notes.md" },
  };

  add_notes (f);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *text = export (f, formats[i][0], NULL);
      g_autofree char *normal = normalise (text);

      assert_golden (normal, formats[i][1]);
    }
}

static void
test_schema (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *path = fixture_path (f, "json");
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "unit", "export", "validate.py", NULL);
  g_autofree char *schema = g_test_build_filename (G_TEST_DIST, "..", "data", "schemas",
                                                   "annals-notes-1.schema.json", NULL);
  const char *argv[] = { "python3", script, schema, path, NULL };
  g_autofree char *output = NULL;
  int status = 0;

  add_notes (f);
  g_free (export (f, "json", NULL));
  output = run_tool (argv, &status);
  if (output == NULL)
    return;

  if (g_spawn_check_wait_status (status, NULL))
    g_assert_cmpstr (output, ==, "");
  else if (strstr (output, "is not installed") != NULL)
    g_test_skip (output);
  else
    g_error ("the export does not fit its schema: %s", output);
}

static void
test_markdown (Fixture       *f,
               gconstpointer  data)
{
  g_autofree char *text = NULL;

  add_notes (f);
  text = export (f, "markdown", NULL);
  assert_says (text, "See [[The harbour closes]].");
  formats_check (f, "check-markdown.py", "Sund 2020", "markdown");
}

/* Only those that were chosen; a file that takes no other format says so. */
static void
test_chosen (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *path = fixture_path (f, "notes.doc");
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_NOTES };
  g_autofree char *csv = NULL;
  gint64 id = 1;

  g_array_append_val (ids, id);
  csv = export (f, "csv", ids);
  assert_says (csv, "no ship will enter");
  g_assert_null (strstr (csv, "Two ferries"));

  g_assert_false (annals_export (f->notebook, &request, "doc", path, TRUE, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_UNKNOWN_FORMAT);
  assert_says (error->message, "markdown, json, csv");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/export/notes/golden", Fixture, NULL, fixture_set_up, test_golden, fixture_tear_down);
  g_test_add ("/export/notes/schema", Fixture, NULL, fixture_set_up, test_schema, fixture_tear_down);
  g_test_add ("/export/notes/markdown", Fixture, NULL, fixture_set_up, test_markdown, fixture_tear_down);
  g_test_add ("/export/notes/chosen", Fixture, NULL, fixture_set_up, test_chosen, fixture_tear_down);

  return g_test_run ();
}
