/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date.h"

#include <json-glib/json-glib.h>

/* The cases of edtf.js: every one of them is of a level that is supported. */
static void
test_shared_cases (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("ANNALS_SHARED"), "data", "edtf",
                                            "edtfjs-cases.json", NULL);
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  JsonArray *cases;
  guint counts[2] = { 0, 0 };

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the shared cases are not there");
      return;
    }

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  cases = json_node_get_array (json_parser_get_root (parser));

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *object = json_array_get_object_element (cases, i);
      const char *edtf = json_object_get_string_member (object, "edtf");
      gboolean valid = json_object_get_boolean_member (object, "valid");
      g_autoptr(GError) refusal = NULL;
      g_autoptr(AnnalsDate) date = annals_date_parse (edtf, &refusal);

      g_test_message ("%s: %s", edtf, date ? annals_date_get_edtf (date) : refusal->message);
      if (valid)
        g_assert_no_error (refusal);
      else
        g_assert_error (refusal, ANNALS_DATE_ERROR, ANNALS_DATE_ERROR_INVALID);
      g_assert_true ((date != NULL) == valid);
      counts[valid]++;
    }

  g_test_message ("%u valid accepted, %u invalid refused", counts[1], counts[0]);
  g_assert_cmpuint (counts[1], >, 100);
  g_assert_cmpuint (counts[0], >, 40);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dates/shared-cases", test_shared_cases);

  return g_test_run ();
}
