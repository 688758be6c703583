/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>
#include <stdint.h>

#include "annals-csv.h"
#include "annals-importer.h"
#include "annals-json-writer.h"

/* What is written of any text is read as the same; what a stranger's notebook says of an import is refused or read. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_written (const char *text)
{
  g_autoptr(AnnalsJsonWriter) writer = annals_json_writer_new (NULL);
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *json = NULL;
  gsize length;

  annals_json_writer_begin_object (writer, NULL);
  annals_json_writer_string (writer, "text", text);
  annals_json_writer_begin_array (writer, "names");
  annals_json_writer_string (writer, NULL, text);
  annals_json_writer_end_array (writer);
  annals_json_writer_end_object (writer);
  annals_json_writer_finish (writer);
  json = annals_json_writer_steal (writer, &length);

  g_assert_true (json_parser_load_from_data (parser, json, (gssize) length, &error));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (json_parser_get_root (parser)), "text"), ==, text);
}

static void
check_options (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AnnalsImportOptions) options = annals_import_options_from_json (text, &error);
  g_autoptr(AnnalsImportOptions) again = NULL;
  g_autofree char *json = NULL;
  g_autofree char *json_again = NULL;

  g_assert_true ((options == NULL) == (error != NULL));
  if (options == NULL)
    return;

  json = annals_import_options_to_json (options);
  again = annals_import_options_from_json (json, &error);
  g_assert_no_error (error);
  json_again = annals_import_options_to_json (again);
  g_assert_cmpstr (json_again, ==, json);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *bytes = g_strndup ((const char *) data, size);
  g_autofree char *text = g_utf8_make_valid (bytes, -1);
  g_autoptr(GString) csv = g_string_new (NULL);

  check_written (text);
  check_options (text);
  annals_csv_append_cell (csv, text, TRUE);
  g_assert_true (g_utf8_validate (csv->str, (gssize) csv->len, NULL));

  return 0;
}
