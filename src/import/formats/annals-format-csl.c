/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-list-source.h"
#include "annals-records-json.h"
#include "annals-bib-entry.h"

/* CSL-JSON, the items of citeproc (citeproc-js.readthedocs.io, "CSL JSON"), as Zotero writes them: an array, or an
 * object whose "items" they are. */

#define FILE_LIMIT (64 * 1024 * 1024)

typedef struct
{
  AnnalsFormatReader *reader;
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

static gint64
get_number (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return 0;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_ascii_strtoll (json_node_get_string (node), NULL, 10);

  return (gint64) CLAMP (json_node_get_double (node), -1e9, 1e9);
}

/* [2020, 3, 9], and a season where there is no month */
static char *
dup_parts (JsonArray *parts,
           gint64     season)
{
  guint n = json_array_get_length (parts);
  gint64 month = n > 1 ? get_number (json_array_get_element (parts, 1)) : 0;

  if (n == 0)
    return NULL;
  if (month == 0 && season >= 1 && season <= 4)
    month = 20 + season;
  else if (month >= 13 && month <= 16)
    month += 8;

  return annals_bib_entry_dup_date (get_number (json_array_get_element (parts, 0)), month,
                                    n > 2 && month < 13 ? get_number (json_array_get_element (parts, 2)) : 0);
}

static char *
dup_date (JsonObject *date)
{
  JsonNode *node = json_object_get_member (date, "date-parts");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonNode *circa = json_object_get_member (date, "circa");
  gint64 season = get_number (json_object_get_member (date, "season"));
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  const char *about = circa != NULL && get_number (circa) != 0 ? "~" : "";
  char *raw;

  if (circa != NULL && JSON_NODE_HOLDS_VALUE (circa) && json_node_get_value_type (circa) == G_TYPE_BOOLEAN)
    about = json_node_get_boolean (circa) ? "~" : "";

  for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), 2); i++)
    {
      JsonNode *parts = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_ARRAY (parts))
        *(i == 0 ? &from : &to) = dup_parts (json_node_get_array (parts), season);
    }

  raw = from == NULL ? annals_records_dup_string (date, "raw") : NULL;
  if (from == NULL)
    return raw != NULL ? raw : annals_records_dup_string (date, "literal");
  if (to == NULL)
    return g_strconcat (from, about, NULL);

  return g_strdup_printf ("%s%s/%s%s", from, about, to, about);
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
  JsonObject *issued = annals_records_get_object (item, "issued");
  g_autofree char *source = json_to_string (node, TRUE);

  entry->id = annals_records_dup_string (item, "id");
  entry->title = annals_records_dup_string (item, "title");
  annals_records_each_value (item, "author", author_cb, entry);
  entry->container = annals_records_dup_string (item, "container-title");
  entry->url = annals_records_dup_string (item, "URL");
  entry->doi = annals_records_dup_string (item, "DOI");
  entry->language = annals_records_dup_string (item, "language");
  entry->abstract = annals_records_dup_string (item, "abstract");
  entry->date = issued != NULL ? dup_date (issued) : NULL;
  read_keywords (entry, item);
  annals_bib_entry_draft (entry, self->reader, source, strlen (source));
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
  g_autofree char *source = annals_format_reader_read_all (self->reader, FILE_LIMIT, &length, cancellable, error);
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
  annals_list_source_report (self->reader);
  *at_end = TRUE;

  return TRUE;
}

static void
csl_close (gpointer state)
{
  g_free (state);
}

const AnnalsFormat annals_format_csl = {
  .id = "csl",
  .label = N_("Bibliography (CSL-JSON)"),
  .sniff = csl_sniff,
  .open = csl_open,
  .step = csl_step,
  .close = csl_close,
};
