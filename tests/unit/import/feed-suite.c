/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"
#include "annals-stamp.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

/* What test-feed-suite.py asks: a line of JSON in, a line of JSON out.
 *   {"feed": path, "url", "charset", "type"}   what the importer makes of the file
 *   {"decode": path, "charset"}                the file as text
 *   {"html": text} {"plain": text}             the same as a post's text
 *   {"line": text}                             HTML as a title
 *   {"date": text}                             as a date
 */

static const char *
member (JsonObject *object,
        const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static void
add (JsonBuilder *builder,
     const char  *name,
     const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_strings (JsonBuilder  *builder,
             const char   *name,
             char        **strings)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    json_builder_add_string_value (builder, strings[i]);
  json_builder_end_array (builder);
}

static void
add_draft (JsonBuilder *builder,
           AnnalsDraft *draft)
{
  json_builder_begin_object (builder);
  add (builder, "title", draft->title);
  add (builder, "url", draft->url);
  add (builder, "guid", draft->guid);
  add_strings (builder, "aliases", draft->aliases);
  add (builder, "author", draft->author);
  add (builder, "source", draft->source);
  add (builder, "language", draft->language);
  add (builder, "date", draft->published ? annals_date_get_edtf (draft->published) : NULL);
  add_strings (builder, "tags", draft->tags);
  add (builder, "text", draft->text ? annals_text_get_string (draft->text) : NULL);
  add (builder, "kind", annals_post_kind_to_string (draft->kind));
  add (builder, "skipped", draft->skipped);
  json_builder_end_object (builder);
}

static AnnalsPart *
open_part (JsonObject *request,
           const char *path)
{
  g_autoptr(GError) error = NULL;
  AnnalsImportInput *input = annals_import_input_new_for_path (path, &error);
  AnnalsPart *part;

  g_assert_no_error (error);
  part = annals_part_new (path, input);
  part->url = g_strdup (member (request, "url"));
  part->charset = g_strdup (member (request, "charset"));
  part->media_type = g_strdup (member (request, "type"));

  return part;
}

static void
answer_feed (JsonBuilder *builder,
             JsonObject  *request)
{
  g_autoptr(AnnalsPart) part = open_part (request, member (request, "feed"));
  g_autoptr(AnnalsFormatReader) reader = NULL;
  const AnnalsFormat *format = annals_format_detect (part);
  g_autoptr(GError) error = NULL;
  AnnalsReadResult result;
  guint n_issues = 0;

  add (builder, "format", format ? format->id : NULL);
  reader = annals_format_reader_new_for_format (part, &annals_format_feed, NULL);
  json_builder_set_member_name (builder, "entries");
  json_builder_begin_array (builder);

  do
    {
      g_autoptr(AnnalsDraft) draft = NULL;
      g_autoptr(AnnalsIssue) issue = NULL;

      result = annals_format_reader_next (reader, &draft, &issue, NULL, &error);
      if (draft != NULL)
        add_draft (builder, draft);
      n_issues += issue != NULL;
    }
  while (result == ANNALS_READ_DRAFT || result == ANNALS_READ_ISSUE);

  g_assert_no_error (error);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "issues");
  json_builder_add_int_value (builder, n_issues);
  add (builder, "title", annals_format_reader_get_archive (reader));
  add (builder, "source", annals_format_reader_get_source (reader));
  add (builder, "language", annals_format_reader_get_language (reader));
  add (builder, "charset", annals_decoder_get_charset (annals_format_reader_get_decoder (reader)));
}

static void
answer_decode (JsonBuilder *builder,
               JsonObject  *request)
{
  g_autoptr(AnnalsPart) part = open_part (request, member (request, "decode"));
  g_autoptr(AnnalsFormatReader) reader =
    annals_format_reader_new_for_format (part, &annals_format_feed, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = annals_format_reader_read_all (reader, 1 << 26, NULL, NULL, &error);

  g_assert_no_error (error);
  add (builder, "text", text);
  add (builder, "charset", annals_decoder_get_charset (annals_format_reader_get_decoder (reader)));
}

static void
answer_text (JsonBuilder *builder,
             JsonObject  *request)
{
  g_autoptr(AnnalsText) text = NULL;
  g_autoptr(AnnalsDate) date = NULL;
  g_autofree char *line = NULL;
  AnnalsStampDoubt doubt;

  if (member (request, "html"))
    text = annals_text_new_from_html (member (request, "html"), -1, NULL);
  else if (member (request, "plain"))
    text = annals_text_new_from_plain (member (request, "plain"), -1);
  else if (member (request, "line"))
    line = annals_text_line_from_html (member (request, "line"), -1);
  else
    date = annals_stamp_parse (member (request, "date"), NULL, NULL, &doubt);

  add (builder, "text", text ? annals_text_get_string (text) : line ? line
                        : date ? annals_date_get_edtf (date) : NULL);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GIOChannel) input = g_io_channel_unix_new (0);
  g_autofree char *line = NULL;

  while (g_io_channel_read_line (input, &line, NULL, NULL, NULL) == G_IO_STATUS_NORMAL)
    {
      g_autoptr(JsonParser) parser = json_parser_new ();
      g_autoptr(JsonBuilder) builder = json_builder_new ();
      g_autoptr(JsonGenerator) generator = json_generator_new ();
      g_autoptr(JsonNode) root = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *answer = NULL;
      JsonObject *request;

      json_parser_load_from_data (parser, line, -1, &error);
      g_assert_no_error (error);
      request = json_node_get_object (json_parser_get_root (parser));
      g_clear_pointer (&line, g_free);

      json_builder_begin_object (builder);
      if (member (request, "feed"))
        answer_feed (builder, request);
      else if (member (request, "decode"))
        answer_decode (builder, request);
      else
        answer_text (builder, request);
      json_builder_end_object (builder);

      root = json_builder_get_root (builder);
      json_generator_set_root (generator, root);
      answer = json_generator_to_data (generator, NULL);
      printf ("%s\n", answer);
      fflush (stdout);
    }

  return 0;
}
