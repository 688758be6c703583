/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-private.h"
#include "annals-json-loose.h"
#include "annals-month-words.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

AnnalsImportOptions *
annals_import_options_new (void)
{
  return g_new0 (AnnalsImportOptions, 1);
}

AnnalsImportOptions *
annals_import_options_copy (const AnnalsImportOptions *self)
{
  AnnalsImportOptions *copy = annals_import_options_new ();

  if (self == NULL)
    return copy;

  annals_import_options_fill (copy, self);
  copy->records = self->records ? g_array_copy (self->records) : NULL;

  return copy;
}

void
annals_import_options_free (AnnalsImportOptions *self)
{
  if (self == NULL)
    return;

  g_free (self->archive);
  g_free (self->source);
  g_clear_pointer (&self->date, annals_date_unref);
  g_free (self->language);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->mapping, annals_mapping_free);
  g_clear_pointer (&self->records, g_array_unref);
  g_free (self);
}

static gboolean
is_set (const char *string)
{
  return string != NULL && *string != '\0';
}

static void
fill_string (char       **own,
             const char  *other)
{
  if (is_set (*own) || !is_set (other))
    return;

  g_free (*own);
  *own = g_strdup (other);
}

void
annals_import_options_fill (AnnalsImportOptions       *self,
                            const AnnalsImportOptions *other)
{
  g_return_if_fail (self != NULL && other != NULL);

  fill_string (&self->archive, other->archive);
  fill_string (&self->source, other->source);
  fill_string (&self->language, other->language);

  if (self->date == NULL && other->date != NULL)
    self->date = annals_date_ref (other->date);
  if (self->zone == NULL && other->zone != NULL)
    self->zone = g_time_zone_ref (other->zone);
  if (self->kinds == 0)
    self->kinds = other->kinds;
  if (self->mapping == NULL)
    self->mapping = annals_mapping_copy (other->mapping);
}

/* --- as the notebook remembers them --- */

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  if (!is_set (value))
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_kinds (JsonBuilder     *builder,
           AnnalsPostKinds  kinds)
{
  json_builder_set_member_name (builder, "kinds");
  json_builder_begin_array (builder);
  for (guint i = 0; i < ANNALS_N_POST_KINDS; i++)
    if (kinds & (1u << i))
      json_builder_add_string_value (builder, annals_post_kind_to_string (i));
  json_builder_end_array (builder);
}

static void
add_mapping (JsonBuilder         *builder,
             const AnnalsMapping *mapping)
{
  json_builder_set_member_name (builder, "mapping");
  json_builder_begin_object (builder);
  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    {
      /* "" says that no column holds the field, nothing that it is to be guessed */
      if (mapping->columns[i] == NULL)
        continue;

      json_builder_set_member_name (builder, annals_field_to_string (i));
      json_builder_add_string_value (builder, mapping->columns[i]);
    }
  json_builder_end_object (builder);
}

static void
add_records (JsonBuilder *builder,
             GArray      *records)
{
  json_builder_set_member_name (builder, "records");
  json_builder_begin_array (builder);
  for (guint i = 0; i < records->len; i++)
    json_builder_add_int_value (builder, g_array_index (records, guint, i));
  json_builder_end_array (builder);
}

char *
annals_import_options_to_json (const AnnalsImportOptions *self)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  if (self != NULL)
    {
      add_string (builder, "archive", self->archive);
      add_string (builder, "source", self->source);
      add_string (builder, "date", self->date ? annals_date_get_edtf (self->date) : NULL);
      add_string (builder, "language", self->language);
      add_string (builder, "timezone", self->zone ? g_time_zone_get_identifier (self->zone) : NULL);
      if (self->kinds != 0)
        add_kinds (builder, self->kinds);
      if (self->mapping != NULL)
        add_mapping (builder, self->mapping);
      if (self->records != NULL)
        add_records (builder, self->records);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/* NULL unless @name is a string. */
static const char *
get_string (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node)
                                                                          : NULL;
}

static JsonArray *
get_array (JsonObject *object,
           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static AnnalsPostKinds
read_kinds (JsonArray *array)
{
  AnnalsPostKinds kinds = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      AnnalsPostKind kind;

      if (json_node_get_value_type (node) == G_TYPE_STRING &&
          annals_post_kind_from_string (json_node_get_string (node), &kind))
        kinds |= 1u << kind;
    }

  return kinds;
}

static GArray *
read_records (JsonArray *array)
{
  g_autoptr(GArray) records = NULL;

  if (array == NULL)
    return NULL;

  records = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      guint number = json_node_get_value_type (node) == G_TYPE_INT64 ? (guint) json_node_get_int (node) : 0;

      if (number != 0)
        g_array_append_val (records, number);
    }

  return g_steal_pointer (&records);
}

static AnnalsMapping *
read_mapping (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "mapping");
  AnnalsMapping *mapping;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  mapping = annals_mapping_new ();
  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    mapping->columns[i] = g_strdup (get_string (json_node_get_object (node), annals_field_to_string (i)));

  return mapping;
}

AnnalsImportOptions *
annals_import_options_from_json (const char  *json,
                                 GError     **error)
{
  g_autoptr(AnnalsImportOptions) self = annals_import_options_new ();
  g_autoptr(JsonParser) parser = json_parser_new ();
  const char *zone, *date;
  JsonObject *object;

  g_return_val_if_fail (json != NULL, NULL);

  if (annals_loose_find_fault (json, strlen (json)) != NULL ||
      !json_parser_load_from_data (parser, json, -1, NULL) ||
      json_parser_get_root (parser) == NULL ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error_literal (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_OPTIONS,
                           _("What the notebook remembers of the archive’s last import cannot be read"));
      return NULL;
    }

  object = json_node_get_object (json_parser_get_root (parser));
  self->archive = g_strdup (get_string (object, "archive"));
  self->source = g_strdup (get_string (object, "source"));
  self->language = g_strdup (get_string (object, "language"));
  self->kinds = read_kinds (get_array (object, "kinds"));
  self->records = read_records (get_array (object, "records"));
  self->mapping = read_mapping (object);

  if ((date = get_string (object, "date")) != NULL)
    self->date = annals_date_parse (date, NULL);
  if ((zone = get_string (object, "timezone")) != NULL)
    self->zone = g_time_zone_new_identifier (zone);

  return g_steal_pointer (&self);
}

/* --- which archive a file is of --- */

/* A run of letters or of digits; moves @at behind it. */
static char *
take_word (const char **at)
{
  const char *start = *at;
  gboolean digits = g_unichar_isdigit (g_utf8_get_char (start));

  while (**at != '\0')
    {
      gunichar c = g_utf8_get_char (*at);

      if (digits ? !g_unichar_isdigit (c) : !g_unichar_isalpha (c))
        break;
      *at = g_utf8_next_char (*at);
    }

  return g_strndup (start, (gsize) (*at - start));
}

static gboolean
is_month (const char *word)
{
  g_autofree char *dated = g_strconcat (word, " 2020", NULL);
  g_autoptr(AnnalsDate) month = annals_month_words_parse_month (dated);

  return month != NULL;
}

char *
annals_import_dup_pattern (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  g_autoptr(GString) pattern = g_string_new (NULL);
  const char *at = folded;

  while (*at != '\0')
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isdigit (c) || g_unichar_isalpha (c))
        {
          g_autofree char *word = take_word (&at);

          g_string_append (pattern, g_unichar_isdigit (c) || is_month (word) ? "#" : word);
        }
      else
        {
          g_string_append_unichar (pattern, c);
          at = g_utf8_next_char (at);
        }
    }

  return g_string_free (g_steal_pointer (&pattern), FALSE);
}
