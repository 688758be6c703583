/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-bib-date.h"
#include "annals-bib-entry.h"
#include "annals-limits.h"
#include "annals-list-source.h"
#include "annals-records-json.h"

/* CSL-JSON, the items of citeproc (citeproc-js.readthedocs.io, "CSL JSON"), as Zotero writes them: an array, or an
 * object whose "items" they are. */

typedef struct
{
  AnnalsFormatReader *reader;
  AnnalsBibRemarks    remarks;
  guint               n;
} Csl;

/* --- recognising --- */

static gboolean
has_type (const char *text)
{
  static const char * const types[] = {
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "figure",
    "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage", NULL,
  };

  for (const char *at = text; (at = strstr (at, "\"type\"")) != NULL;)
    {
      g_autofree char *word = NULL;

      at += strlen ("\"type\"");
      at += strspn (at, " \t\r\n:");
      if (*at != '"')
        continue;
      word = g_strndup (at + 1, MIN (strcspn (at + 1, "\""), 40));
      if (g_strv_contains (types, word))
        return TRUE;
    }

  return FALSE;
}

static guint
csl_sniff (const AnnalsSniff *sniff)
{
  const char *start = sniff->text + strspn (sniff->text, " \t\r\n");

  if ((*start != '[' && *start != '{') || strstr (start, "\"rendered\"") != NULL)
    return 0;

  return (strstr (start, "\"date-parts\"") != NULL || strstr (start, "\"container-title\"") != NULL ||
          strstr (start, "\"issued\"") != NULL) && has_type (start) ? 93 : 0;
}

/* --- an item --- */

static char *
dup_author (JsonObject *name)
{
  g_autofree char *literal = annals_records_dup_string (name, "literal");
  const char *given = annals_records_get_string (name, "given");
  const char *particle = annals_records_get_string (name, "non-dropping-particle");
  const char *family = annals_records_get_string (name, "family");
  const char *suffix = annals_records_get_string (name, "suffix");
  g_autofree char *joined = NULL;
  g_autofree char *valid = NULL;

  if (literal != NULL)
    return g_steal_pointer (&literal);

  joined = g_strjoin (" ", given != NULL ? given : "", particle != NULL ? particle : "", family != NULL ? family : "",
                      suffix != NULL ? suffix : "", NULL);
  valid = g_utf8_make_valid (joined, -1);

  return annals_text_normalize_line (valid, -1);
}

static gboolean
author_cb (JsonNode *value,
           gpointer  data)
{
  AnnalsBibEntry *entry = data;

  if (JSON_NODE_HOLDS_OBJECT (value))
    g_ptr_array_add (entry->authors, dup_author (json_node_get_object (value)));

  return TRUE;
}

/* FALSE when it is no number: null, words */
static gboolean
read_number (JsonNode *node,
             gint64   *number)
{
  g_autofree char *text = NULL;
  char *end;

  *number = 0;
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return FALSE;
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    {
      *number = (gint64) CLAMP (json_node_get_double (node), -1e9, 1e9);
      return TRUE;
    }

  text = g_strstrip (g_strdup (json_node_get_string (node)));
  *number = g_ascii_strtoll (text, &end, 10);

  return *text != '\0' && *end == '\0';
}

/* 1 to 4, or its name */
static gint64
get_season (JsonObject *date)
{
  const char *name = annals_records_get_string (date, "season");
  gint64 season;

  if (!read_number (json_object_get_member (date, "season"), &season))
    season = name != NULL ? annals_bib_date_get_season (name) - 20 : 0;

  return season >= 1 && season <= 4 ? season : 0;
}

/* true, or a number that is not 0 */
static gboolean
is_circa (JsonObject *date)
{
  JsonNode *node = json_object_get_member (date, "circa");
  gint64 number;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);

  return read_number (node, &number) && number != 0;
}

/* "9 March 2020" of parts that are no numbers, such as "c. 1900" */
static char *
join_parts (JsonArray *parts)
{
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = json_array_get_length (parts); i > 0; i--)
    {
      JsonNode *part = json_array_get_element (parts, i - 1);
      gint64 number;

      if (words->len > 0)
        g_string_append_c (words, ' ');
      if (read_number (part, &number))
        g_string_append_printf (words, "%" G_GINT64_FORMAT, number);
      else if (JSON_NODE_HOLDS_VALUE (part) && json_node_get_value_type (part) == G_TYPE_STRING)
        g_string_append (words, json_node_get_string (part));
    }

  return g_utf8_make_valid (g_strstrip (words->str), -1);
}

/* [2020, 3, 9], and a season where there is no month. There is no year 0, and -1 is 1 BC. */
static char *
dup_parts (JsonArray  *parts,
           gint64      season,
           const char *about)
{
  gint64 numbers[3] = { 0, 0, 0 };
  g_autofree char *edtf = NULL;

  for (guint i = 0; i < MIN (json_array_get_length (parts), G_N_ELEMENTS (numbers)); i++)
    {
      JsonNode *part = json_array_get_element (parts, i);

      if (!read_number (part, &numbers[i]) && JSON_NODE_HOLDS_VALUE (part))
        return join_parts (parts);
    }

  if (numbers[0] == 0)
    return NULL;
  if (numbers[0] < 0)
    numbers[0]++;
  if (numbers[1] == 0 && season > 0)
    numbers[1] = 20 + season;
  else if (numbers[1] >= 13 && numbers[1] <= 16)
    numbers[1] += 8;

  edtf = annals_bib_date_dup_numbers (numbers[0], numbers[1], numbers[1] > 0 && numbers[1] < 13 ? numbers[2] : 0);
  return edtf != NULL ? g_strconcat (edtf, about, NULL) : NULL;
}

/* [[2020, 3], [2020, 5]]; a second one whose year is 0 is an open end. */
static char *
dup_ends (JsonObject *date)
{
  JsonNode *node = json_object_get_member (date, "date-parts");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? MIN (json_array_get_length (array), 2) : 0;
  const char *about = is_circa (date) ? "~" : "";
  gint64 season = get_season (date);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  gint64 year = 1;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node_of_end = json_array_get_element (array, i);
      JsonArray *parts = JSON_NODE_HOLDS_ARRAY (node_of_end) ? json_node_get_array (node_of_end) : NULL;

      if (parts == NULL || json_array_get_length (parts) == 0)
        continue;
      *(i == 0 ? &from : &to) = dup_parts (parts, season, about);
      if (i == 1 && !read_number (json_array_get_element (parts, 0), &year))
        year = 1;
    }

  if (from == NULL || (to == NULL && year != 0))
    return g_steal_pointer (&from);

  return g_strdup_printf ("%s/%s", from, to != NULL ? to : "..");
}

/* Each form of a date that CSL has, the exact ones first. */
static char *
dup_date (JsonObject *item)
{
  static const char * const words[] = { "raw", "literal" };
  JsonObject *date = annals_records_get_object (item, "issued");
  const char *edtf = annals_records_get_string (date != NULL ? date : item, date != NULL ? "edtf" : "issued");
  g_autoptr(AnnalsDate) parsed = edtf != NULL && *edtf != '\0' ? annals_date_parse (edtf, NULL) : NULL;
  g_autofree char *said = date != NULL && parsed == NULL ? dup_ends (date) : NULL;

  if (parsed != NULL || date == NULL)
    return edtf != NULL ? g_utf8_make_valid (edtf, -1) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (words) && said == NULL; i++)
    said = annals_records_dup_string (date, words[i]);

  return g_steal_pointer (&said);
}

static void
read_keywords (AnnalsBibEntry *entry,
               JsonObject      *item)
{
  const char *keywords = annals_records_get_string (item, "keyword");
  g_auto(GStrv) words = g_strsplit (keywords != NULL ? keywords : "", ",", -1);

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (entry->keywords, g_utf8_make_valid (words[i], -1));
}

static void
take_item (Csl        *self,
           JsonNode   *node)
{
  g_autoptr(AnnalsBibEntry) entry = annals_bib_entry_new (++self->n, 0);
  JsonObject *item = json_node_get_object (node);
  g_autofree char *source = json_to_string (node, TRUE);

  entry->id = annals_records_dup_string (item, "id");
  entry->title = annals_records_dup_string (item, "title");
  annals_records_each_value (item, "author", author_cb, entry);
  entry->container = annals_records_dup_string (item, "container-title");
  entry->url = annals_records_dup_string (item, "URL");
  entry->doi = annals_records_dup_string (item, "DOI");
  entry->language = annals_records_dup_string (item, "language");
  entry->abstract = annals_records_dup_string (item, "abstract");
  entry->date = dup_date (item);
  read_keywords (entry, item);
  annals_bib_entry_draft (entry, self->reader, &self->remarks, source, strlen (source));
}

static gboolean
item_cb (JsonNode *value,
         gpointer  data)
{
  if (JSON_NODE_HOLDS_OBJECT (value))
    take_item (data, value);

  return TRUE;
}

/* --- the format --- */

static gpointer
csl_open (AnnalsFormatReader *reader)
{
  Csl *self = g_new0 (Csl, 1);

  self->reader = reader;

  return self;
}

static gboolean
csl_step (gpointer       state,
          gboolean      *at_end,
          GCancellable  *cancellable,
          GError       **error)
{
  Csl *self = state;
  gsize length = 0;
  g_autofree char *source = annals_format_reader_read_all (self->reader, ANNALS_LIMIT_TEXT_FILE, &length, cancellable,
                                                           error);
  g_autoptr(JsonParser) parser = NULL;
  JsonNode *root;

  if (source == NULL ||
      !(parser = annals_records_parse_json (source, length, annals_format_reader_get_name (self->reader), error)))
    return FALSE;

  root = json_parser_get_root (parser);
  if (JSON_NODE_HOLDS_ARRAY (root))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (root)); i++)
      item_cb (json_array_get_element (json_node_get_array (root), i), self);
  else if (JSON_NODE_HOLDS_OBJECT (root) && json_object_has_member (json_node_get_object (root), "items"))
    annals_records_each_value (json_node_get_object (root), "items", item_cb, self);
  else
    item_cb (root, self);
  annals_bib_remarks_report (&self->remarks, self->reader);
  annals_list_source_report (self->reader);
  *at_end = TRUE;

  return TRUE;
}

static void
csl_close (gpointer state)
{
  Csl *self = state;

  annals_bib_remarks_clear (&self->remarks);
  g_free (self);
}

const AnnalsFormat annals_format_csl = {
  .id = "csl",
  .label = N_("Bibliography (CSL-JSON)"),
  .sniff = csl_sniff,
  .open = csl_open,
  .step = csl_step,
  .close = csl_close,
};
