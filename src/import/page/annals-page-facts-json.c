/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-json-loose.h"
#include "annals-limits.h"
#include "annals-page-facts-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* JSON-LD: what a page tells search engines in <script type="application/ld+json">. */

#define MAX_VALUES 100

typedef struct
{
  AnnalsClaims *claims;
  GPtrArray    *parsers;   /* JsonParser: own the nodes */
  GPtrArray    *queue;     /* JsonNode, borrowed */
  GHashTable   *by_id;     /* const char → JsonObject */
  GPtrArray    *articles;  /* JsonObject */
  GPtrArray    *pages;     /* JsonObject */
} Graph;

/* --- getting it --- */

/* What stands between the first bracket and the last: comments and CDATA marks around it are no JSON, line
 * ends in strings neither. */
static char *
dup_trimmed (const char *content)
{
  gsize start = strcspn (content, "{[");
  const char *end = content + strlen (content);
  char *json;

  /* "[" of "<![CDATA[" */
  if (strncmp (content + start, "[CDATA[", 7) == 0)
    start += 7 + strcspn (content + start + 7, "{[");
  while (end > content + start && end[-1] != '}' && end[-1] != ']')
    end--;
  /* "]" of "]]>" */
  if (end - (content + start) > 2 && g_str_has_prefix (end - 2, "]]>"))
    {
      end -= 2;
      while (end > content + start && end[-1] != '}' && end[-1] != ']')
        end--;
    }

  json = g_strndup (content + start, (gsize) (end - (content + start)));
  for (char *p = json; *p != '\0'; p++)
    if ((guchar) *p < 0x20)
      *p = ' ';

  return json;
}

static JsonParser *
parse (const char *json)
{
  g_autoptr(JsonParser) parser = json_parser_new ();

  if (*json == '\0' || annals_loose_find_fault (json, strlen (json)) != NULL || !json_parser_load_from_data (parser, json, -1, NULL) ||
      json_parser_get_root (parser) == NULL)
    return NULL;

  return g_steal_pointer (&parser);
}

static void
read_script (Graph   *graph,
             xmlNode *node)
{
  xmlChar *content = xmlNodeGetContent (node);
  g_autofree char *json = NULL;
  JsonParser *parser;

  if (content == NULL || strlen ((const char *) content) > ANNALS_LIMIT_LINKED_DATA)
    {
      xmlFree (content);
      return;
    }

  json = dup_trimmed ((const char *) content);
  xmlFree (content);
  parser = parse (json);
  if (parser == NULL && strstr (json, "&quot;") != NULL)
    {
      g_autofree char *decoded = annals_text_line_from_html (json, -1);

      parser = parse (decoded);
    }

  if (parser == NULL)
    return;
  g_ptr_array_add (graph->parsers, parser);
  g_ptr_array_add (graph->queue, json_parser_get_root (parser));
}

static void
read_scripts (Graph *graph)
{
  AnnalsClaims *claims = graph->claims;
  xmlNode *root = claims->article ? claims->article : annals_page_get_root (claims->page);

  for (xmlNode *node = root; node != NULL; node = annals_page_next_element (node, root, TRUE))
    {
      g_autofree char *type = NULL;

      if (!annals_page_node_is (node, "script") || graph->parsers->len >= ANNALS_LIMIT_LINKED_DATA_SCRIPTS)
        continue;
      type = annals_page_dup_attribute (node, "type");
      if (type != NULL && g_ascii_strncasecmp (type, "application/ld+json", 19) == 0)
        read_script (graph, node);
    }
}

/* --- what is in it --- */

static const char *
get_string (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/* "https://schema.org/NewsArticle" and "NewsArticle" alike */
static gboolean
type_is (const char *type,
         gboolean    article)
{
  static const char *const articles[] = { "Article", "Posting", "Report", "ReviewNewsArticle" };
  static const char *const pages[] = { "Page", "CreativeWork", "Webpage" };

  for (guint i = 0; article && i < G_N_ELEMENTS (articles); i++)
    if (g_str_has_suffix (type, articles[i]) && !g_str_has_suffix (type, "JobPosting"))
      return TRUE;
  for (guint i = 0; !article && i < G_N_ELEMENTS (pages); i++)
    if (g_str_has_suffix (type, pages[i]))
      return TRUE;

  return FALSE;
}

static gboolean
object_is (JsonObject *object,
           gboolean    article)
{
  JsonNode *node = json_object_get_member (object, "@type");
  JsonArray *array;

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return get_string (object, "@type") != NULL && type_is (get_string (object, "@type"), article);

  array = json_node_get_array (node);
  for (guint i = 0; i < MIN (json_array_get_length (array), MAX_VALUES); i++)
    {
      JsonNode *type = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (type) && json_node_get_value_type (type) == G_TYPE_STRING &&
          type_is (json_node_get_string (type), article))
        return TRUE;
    }

  return FALSE;
}

static void
queue_member (Graph      *graph,
              JsonObject *object,
              const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node != NULL)
    g_ptr_array_add (graph->queue, node);
}

static void
see_object (Graph      *graph,
            JsonObject *object)
{
  const char *id = get_string (object, "@id");

  /* a mere reference has nothing else */
  if (id != NULL && json_object_get_size (object) > 1)
    g_hash_table_replace (graph->by_id, (gpointer) id, object);

  if (object_is (object, TRUE))
    g_ptr_array_add (graph->articles, object);
  else if (object_is (object, FALSE))
    g_ptr_array_add (graph->pages, object);

  queue_member (graph, object, "@graph");
  queue_member (graph, object, "mainEntity");
  queue_member (graph, object, "mainEntityOfPage");
  queue_member (graph, object, "author");
  queue_member (graph, object, "publisher");
}

static void
see_all (Graph *graph)
{
  for (guint i = 0; i < graph->queue->len && i < ANNALS_LIMIT_LINKED_DATA_OBJECTS; i++)
    {
      JsonNode *node = g_ptr_array_index (graph->queue, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          see_object (graph, json_node_get_object (node));
        }
      else if (JSON_NODE_HOLDS_ARRAY (node))
        {
          JsonArray *array = json_node_get_array (node);

          for (guint k = 0;
               k < json_array_get_length (array) && graph->queue->len < ANNALS_LIMIT_LINKED_DATA_OBJECTS; k++)
            g_ptr_array_add (graph->queue, json_array_get_element (array, k));
        }
    }
}

/* --- values --- */

typedef void (*UseValue) (Graph      *graph,
                          const char *value,
                          AnnalsTrust trust);

static void
use_object (Graph       *graph,
            JsonObject  *object,
            UseValue     use,
            AnnalsTrust  trust)
{
  static const char *const members[] = { "name", "@value", "alternateName", "url", "@id" };
  const char *id = get_string (object, "@id");
  JsonObject *known = id ? g_hash_table_lookup (graph->by_id, id) : NULL;

  if (known != NULL && get_string (object, "name") == NULL)
    object = known;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *value = get_string (object, members[i]);

      if (value != NULL && *value != '\0')
        {
          use (graph, value, trust);
          return;
        }
    }
}

/* A string, a thing with a name, or several of these. */
static void
use_member (Graph       *graph,
            JsonObject  *object,
            const char  *member,
            UseValue     use,
            AnnalsTrust  trust)
{
  JsonNode *node = json_object_get_member (object, member);
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array ? MIN (json_array_get_length (array), MAX_VALUES) : 1;

  for (guint i = 0; node != NULL && i < n; i++)
    {
      JsonNode *value = array ? json_array_get_element (array, i) : node;

      if (JSON_NODE_HOLDS_OBJECT (value))
        {
          use_object (graph, json_node_get_object (value), use, trust);
        }
      else if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
        {
          use (graph, json_node_get_string (value), trust);
        }
      else if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_INT64)
        {
          g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));

          use (graph, number, trust);
        }
    }
}

static void
use_title (Graph       *graph,
           const char  *value,
           AnnalsTrust  trust)
{
  annals_claims_add (graph->claims, ANNALS_FACT_TITLE, trust, value);
}

static void
use_author (Graph       *graph,
            const char  *value,
            AnnalsTrust  trust)
{
  annals_claims_add_author (graph->claims, trust, value);
}

static void
use_source (Graph       *graph,
            const char  *value,
            AnnalsTrust  trust)
{
  if (!g_str_has_prefix (value, "http"))
    annals_claims_add (graph->claims, ANNALS_FACT_SOURCE, MAX (trust, ANNALS_TRUST_JSON_OTHER), value);
}

static void
use_published (Graph       *graph,
               const char  *value,
               AnnalsTrust  trust)
{
  annals_claims_add (graph->claims, ANNALS_FACT_PUBLISHED, trust, value);
}

static void
use_created (Graph       *graph,
             const char  *value,
             AnnalsTrust  trust)
{
  annals_claims_add (graph->claims, ANNALS_FACT_PUBLISHED, MAX (trust, ANNALS_TRUST_LATER), value);
}

static void
use_language (Graph       *graph,
              const char  *value,
              AnnalsTrust  trust)
{
  annals_claims_add (graph->claims, ANNALS_FACT_LANGUAGE, MAX (trust, ANNALS_TRUST_JSON_OTHER), value);
}

static void
use_tags (Graph       *graph,
          const char  *value,
          AnnalsTrust  trust)
{
  annals_claims_add_list (graph->claims, ANNALS_FACT_TAG, trust, value);
}

static void
use_tag (Graph       *graph,
         const char  *value,
         AnnalsTrust  trust)
{
  annals_claims_add (graph->claims, ANNALS_FACT_TAG, trust, value);
}

static void
use_address (Graph       *graph,
             const char  *value,
             AnnalsTrust  trust)
{
  annals_claims_add_address (graph->claims, ANNALS_FACT_URL, MAX (trust, ANNALS_TRUST_JSON_OTHER), value);
}

/* --- whom to believe --- */

/* Whether the page's own title holds @words. */
static gboolean
is_in_title (AnnalsClaims *claims,
             const char   *words)
{
  const char *titles[] = { claims->heading, claims->head_title };
  g_autofree char *folded = NULL;

  if (words == NULL || *words == '\0')
    return FALSE;

  folded = g_utf8_casefold (words, -1);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *title = titles[i] ? g_utf8_casefold (titles[i], -1) : NULL;

      if (title != NULL && strstr (title, folded) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* The article that the page is about: one of many is that only if the page's title names it. */
static JsonObject *
choose_article (Graph *graph)
{
  if (graph->articles->len == 1)
    return g_ptr_array_index (graph->articles, 0);

  for (guint i = 0; i < graph->articles->len; i++)
    {
      JsonObject *object = g_ptr_array_index (graph->articles, i);
      g_autofree char *headline = annals_text_line_from_html (get_string (object, "headline") ?
                                                              get_string (object, "headline") : "", -1);

      if (is_in_title (graph->claims, headline) || is_in_title (graph->claims, get_string (object, "name")))
        return object;
    }

  return NULL;
}

static void
claim_title (Graph       *graph,
             JsonObject  *object,
             AnnalsTrust  trust)
{
  gboolean name_first = is_in_title (graph->claims, get_string (object, "name")) &&
                        !is_in_title (graph->claims, get_string (object, "headline"));
  AnnalsTrust second = trust == ANNALS_TRUST_JSON ? ANNALS_TRUST_JSON_OTHER : trust;

  use_member (graph, object, name_first ? "name" : "headline", use_title, trust);
  use_member (graph, object, name_first ? "headline" : "name", use_title, second);
}

static void
claim_object (Graph       *graph,
              JsonObject  *object,
              AnnalsTrust  trust)
{
  gboolean is_page = trust == ANNALS_TRUST_JSON_PAGE;

  claim_title (graph, object, trust);
  use_member (graph, object, "author", use_author, trust);
  if (!json_object_has_member (object, "author"))
    use_member (graph, object, "creator", use_author, trust);
  use_member (graph, object, "publisher", use_source, trust);
  use_member (graph, object, "datePublished", use_published, trust);
  use_member (graph, object, "inLanguage", use_language, trust);
  use_member (graph, object, "url", use_address, trust);

  if (is_page)
    return;
  use_member (graph, object, "dateCreated", use_created, trust);
  use_member (graph, object, "keywords", use_tags, trust);
  use_member (graph, object, "articleSection", use_tag, trust);
  use_member (graph, object, "mainEntityOfPage", use_address, trust);
}

void
annals_claims_read_json (AnnalsClaims *self)
{
  Graph graph = { .claims = self };
  JsonObject *article;

  graph.parsers = g_ptr_array_new_with_free_func (g_object_unref);
  graph.queue = g_ptr_array_new ();
  graph.by_id = g_hash_table_new (g_str_hash, g_str_equal);
  graph.articles = g_ptr_array_new ();
  graph.pages = g_ptr_array_new ();

  read_scripts (&graph);
  see_all (&graph);

  article = choose_article (&graph);
  if (article != NULL)
    {
      self->has_article = TRUE;
      claim_object (&graph, article, ANNALS_TRUST_JSON);
    }
  if (graph.pages->len == 1)
    claim_object (&graph, g_ptr_array_index (graph.pages, 0), ANNALS_TRUST_JSON_PAGE);

  g_ptr_array_unref (graph.queue);
  g_hash_table_unref (graph.by_id);
  g_ptr_array_unref (graph.articles);
  g_ptr_array_unref (graph.pages);
  g_ptr_array_unref (graph.parsers);
}
