/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "annals-json.h"
#include "export-fixture.h"

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

/* uids are random, imports have the time of the test, the generator its version. uids become
 * numbers in the order in which they come first, so that the golden file still tells what refers
 * to what. */
static char *
normalise (const char *json)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GRegex) uid = g_regex_new ("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", 0, 0, NULL);
  g_autoptr(GRegex) time = g_regex_new ("\"time\" : \"[^\"]*\"", 0, 0, NULL);
  g_autofree char *without_uids = g_regex_replace_eval (uid, json, -1, 0, 0, replace_uid_cb,
                                                        numbers, NULL);
  g_autofree char *without_time = NULL;
  g_auto(GStrv) parts = NULL;

  without_time = g_regex_replace_literal (time, without_uids, -1, 0,
                                          "\"time\" : \"2026-11-23T12:00:00Z\"", 0, NULL);
  parts = g_strsplit (without_time, "\"Annals " ANNALS_VERSION "\"", -1);

  return g_strjoinv ("\"Annals 0.0.0\"", parts);
}

static void
test_golden (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *json = fixture_export (f, "json", NULL, "out.json", NULL);
  g_autofree char *normal = normalise (json);

  g_assert_true (g_utf8_validate (json, -1, NULL));
  g_assert_true (g_str_has_suffix (json, "}\n"));
  assert_golden (normal, "timeline.json");
}

static void
test_same_bytes (Fixture       *f,
                 gconstpointer  data)
{
  gsize n, m;
  g_autofree char *first = fixture_export (f, "json", NULL, "first.json", &n);
  g_autofree char *second = fixture_export (f, "json", NULL, "second.json", &m);

  g_assert_cmpmem (first, n, second, m);
}

static void
test_schema (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *json = NULL;
  g_autofree char *path = fixture_path (f, "out.json");
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "unit", "export", "validate.py",
                                                   NULL);
  g_autofree char *schema = g_test_build_filename (G_TEST_DIST, "..", "data", "schemas",
                                                   "annals-timeline-1.schema.json", NULL);
  const char *argv[] = { "python3", script, schema, path, NULL };
  g_autofree char *output = NULL;
  int status = 0;

  fixture_add_events (f, 30);
  json = fixture_export (f, "json", NULL, "out.json", NULL);
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

/* Everything that refers to something refers to what is there, and offsets cut the quotation. */
static void
test_references (Fixture       *f,
                 gconstpointer  data)
{
  g_autofree char *json = fixture_export (f, "json", NULL, "out.json", NULL);
  g_autoptr(JsonNode) root = json_from_string (json, NULL);
  JsonArray *events = json_object_get_array_member (json_node_get_object (root), "events");
  JsonArray *posts = json_object_get_array_member (json_node_get_object (root), "posts");
  g_autoptr(GHashTable) uids = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_quotes = 0;

  for (guint i = 0; i < json_array_get_length (posts); i++)
    g_hash_table_add (uids, (gpointer) json_object_get_string_member (
                              json_array_get_object_element (posts, i), "uid"));
  g_assert_cmpuint (g_hash_table_size (uids), ==, 3);

  for (guint i = 0; i < json_array_get_length (events); i++)
    {
      JsonObject *event = json_array_get_object_element (events, i);
      JsonArray *evidence = json_object_get_array_member (event, "evidence");

      for (guint j = 0; j < json_array_get_length (evidence); j++)
        {
          JsonObject *piece = json_array_get_object_element (evidence, j);
          JsonObject *quote;

          g_assert_true (g_hash_table_contains (uids,
                                                json_object_get_string_member (piece, "post")));
          if (json_object_get_null_member (piece, "quote"))
            continue;

          n_quotes++;
          quote = json_object_get_object_member (piece, "quote");
          g_assert_cmpint (g_utf8_strlen (json_object_get_string_member (quote, "exact"), -1), ==,
                           json_object_get_int_member (quote, "end") -
                           json_object_get_int_member (quote, "start"));
        }
    }
  g_assert_cmpuint (n_quotes, ==, 4);
}

static void
test_epoch (Fixture       *f,
            gconstpointer  data)
{
  static const char * const bad[] = { "yesterday", "-1", "12x", " 12", "99999999999999999999" };
  g_autofree char *path = fixture_path (f, "out.json");
  g_autofree char *json = NULL;
  AnnalsExportRequest request = { .subject = ANNALS_EXPORT_TIMELINE, .timeline_id = f->timeline_id };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_setenv ("SOURCE_DATE_EPOCH", bad[i], TRUE);
      g_assert_false (annals_export (f->notebook, &request, "json", path, FALSE, NULL, NULL, NULL, NULL, NULL, &error));
      g_assert_error (error, ANNALS_EXPORT_ERROR, ANNALS_EXPORT_ERROR_TIME);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }

  g_unsetenv ("SOURCE_DATE_EPOCH");
  json = fixture_export (f, "json", NULL, "out.json", NULL);
  g_assert_null (strstr (json, "2026-11-23T00:00:00Z"));
  g_setenv ("SOURCE_DATE_EPOCH", "0", TRUE);
  g_free (json);
  json = fixture_export (f, "json", NULL, "out.json", NULL);
  g_assert_nonnull (strstr (json, "\"exported\" : \"1970-01-01T00:00:00Z\""));
}

/* What a notebook may hold and JSON may not: json-glib writes U+001F as it is. */
static void
test_hostile_strings (void)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *json = NULL;
  char *names[] = { (char *) "a\x1f" "b", (char *) "c\xff", NULL };

  json_builder_begin_object (builder);
  annals_json_string (builder, "unit separator", "one\x1ftwo");
  annals_json_string (builder, "bad byte", "three\xff");
  annals_json_nullable (builder, "nothing", NULL);
  annals_json_names (builder, "names", names);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json = json_to_string (root, FALSE);

  g_assert_null (strchr (json, 0x1f));
  g_assert_true (g_utf8_validate (json, -1, NULL));
  g_assert_nonnull (strstr (json, "\"one two\""));
  g_assert_nonnull (strstr (json, "\"nothing\":null"));
  g_assert_nonnull (strstr (json, "\"a b\""));
}

#define ADD(name, func) \
  g_test_add ("/export/json/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("golden", test_golden);
  ADD ("same-bytes", test_same_bytes);
  ADD ("schema", test_schema);
  ADD ("references", test_references);
  ADD ("epoch", test_epoch);
  g_test_add_func ("/export/json/hostile-strings", test_hostile_strings);

  return g_test_run ();
}
