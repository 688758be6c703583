/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-facts-private.h"

#include <string.h>

/* What the head of a page says: <meta>, <link>, <title>. */

typedef struct
{
  const char  *name;    /* in lower case */
  AnnalsFact   fact;
  AnnalsTrust  trust;
} MetaName;

static const MetaName meta_names[] = {
  { "dc:title", ANNALS_FACT_TITLE, ANNALS_TRUST_DUBLIN },
  { "og:title", ANNALS_FACT_TITLE, ANNALS_TRUST_GRAPH },
  { "weibo:article:title", ANNALS_FACT_TITLE, ANNALS_TRUST_TOOL },
  { "weibo:webpage:title", ANNALS_FACT_TITLE, ANNALS_TRUST_TOOL },
  { "title", ANNALS_FACT_TITLE, ANNALS_TRUST_META },
  { "twitter:title", ANNALS_FACT_TITLE, ANNALS_TRUST_TOOL },
  { "parsely-title", ANNALS_FACT_TITLE, ANNALS_TRUST_TOOL },
  { "sailthru.title", ANNALS_FACT_TITLE, ANNALS_TRUST_TOOL },
  { "citation_title", ANNALS_FACT_TITLE, ANNALS_TRUST_META },
  { "headline", ANNALS_FACT_TITLE, ANNALS_TRUST_META },

  { "dc:creator", ANNALS_FACT_AUTHOR, ANNALS_TRUST_DUBLIN },
  { "article:author", ANNALS_FACT_AUTHOR, ANNALS_TRUST_GRAPH },
  { "article:author:name", ANNALS_FACT_AUTHOR, ANNALS_TRUST_GRAPH },
  { "og:article:author", ANNALS_FACT_AUTHOR, ANNALS_TRUST_GRAPH },
  { "author", ANNALS_FACT_AUTHOR, ANNALS_TRUST_META },
  { "citation_author", ANNALS_FACT_AUTHOR, ANNALS_TRUST_META },
  { "byl", ANNALS_FACT_AUTHOR, ANNALS_TRUST_TOOL },
  { "parsely-author", ANNALS_FACT_AUTHOR, ANNALS_TRUST_TOOL },
  { "sailthru.author", ANNALS_FACT_AUTHOR, ANNALS_TRUST_TOOL },
  { "dcsext.author", ANNALS_FACT_AUTHOR, ANNALS_TRUST_TOOL },

  { "og:site_name", ANNALS_FACT_SOURCE, ANNALS_TRUST_JSON },
  { "dc:publisher", ANNALS_FACT_SOURCE, ANNALS_TRUST_DUBLIN },
  { "application-name", ANNALS_FACT_SOURCE, ANNALS_TRUST_META },
  { "citation_journal_title", ANNALS_FACT_SOURCE, ANNALS_TRUST_META },

  { "dc:language", ANNALS_FACT_LANGUAGE, ANNALS_TRUST_DUBLIN },
  { "og:locale", ANNALS_FACT_LANGUAGE, ANNALS_TRUST_GRAPH },
  { "content-language", ANNALS_FACT_LANGUAGE, ANNALS_TRUST_META },
  { "language", ANNALS_FACT_LANGUAGE, ANNALS_TRUST_TOOL },

  { "article:published_time", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_JSON_OTHER },
  { "article:published", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_GRAPH },
  { "og:published_time", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_GRAPH },
  { "og:article:published_time", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_GRAPH },
  { "dc:date", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_DUBLIN },
  { "dc:issued", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_DUBLIN },
  { "dc:date:issued", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_DUBLIN },
  { "dc:date:created", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_DUBLIN },
  { "dc:created", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_DUBLIN_NAME },
  { "date", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_META },
  { "pubdate", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_META },
  { "pub_date", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_META },
  { "publishdate", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_META },
  { "publish-date", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_META },
  { "publish_date", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_META },
  { "publication_date", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_META },
  { "published", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_META },
  { "datepublished", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_META },
  { "citation_publication_date", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_META },
  { "citation_date", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_META },
  { "parsely-pub-date", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_TOOL },
  { "sailthru.date", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_TOOL },
  { "ptime", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_TOOL },
  { "pdate", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_TOOL },
  { "dcsext.articlefirstpublished", ANNALS_FACT_PUBLISHED, ANNALS_TRUST_TOOL },

  { "article:tag", ANNALS_FACT_TAG, ANNALS_TRUST_GRAPH },
  { "article:section", ANNALS_FACT_TAG, ANNALS_TRUST_GRAPH },
  { "dc:subject", ANNALS_FACT_TAG, ANNALS_TRUST_DUBLIN },
  { "news_keywords", ANNALS_FACT_TAG, ANNALS_TRUST_META },
  { "tags", ANNALS_FACT_TAG, ANNALS_TRUST_META },
  { "parsely-tags", ANNALS_FACT_TAG, ANNALS_TRUST_TOOL },
  { "parsely-section", ANNALS_FACT_TAG, ANNALS_TRUST_TOOL },
  { "sailthru.tags", ANNALS_FACT_TAG, ANNALS_TRUST_TOOL },
  /* written for search engines: only where there are no others */
  { "keywords", ANNALS_FACT_TAG, ANNALS_TRUST_WORDS },

  { "og:url", ANNALS_FACT_URL, ANNALS_TRUST_GRAPH },
  { "twitter:url", ANNALS_FACT_ALIAS, ANNALS_TRUST_TOOL },
  { "citation_public_url", ANNALS_FACT_ALIAS, ANNALS_TRUST_TOOL },
};

/* One spelling for "DC.title", "dcterm:title" and "dcterms.title". */
static char *
dup_meta_name (const char *written)
{
  static const char *const dublin[] = { "dcterms", "dcterm", "dc" };
  char *name = g_ascii_strdown (written, -1);

  for (guint i = 0; i < G_N_ELEMENTS (dublin); i++)
    {
      gsize n = strlen (dublin[i]);

      if (g_str_has_prefix (name, dublin[i]) && (name[n] == '.' || name[n] == ':'))
        {
          char *one = g_strdup_printf ("dc:%s", name + n + 1);

          g_free (name);
          return g_strdelimit (one, ".", ':');
        }
    }

  return name;
}

static void
claim_meta (AnnalsClaims   *self,
            const MetaName *meta,
            AnnalsTrust     trust,
            const char     *content)
{
  switch (meta->fact)
    {
    case ANNALS_FACT_AUTHOR:
      annals_claims_add_author (self, trust, content);
      break;

    case ANNALS_FACT_URL:
    case ANNALS_FACT_ALIAS:
      annals_claims_add_address (self, meta->fact, trust, content);
      break;

    case ANNALS_FACT_TAG:
      if (g_str_has_prefix (meta->name, "article:"))
        annals_claims_add (self, ANNALS_FACT_TAG, trust, content);
      else
        annals_claims_add_list (self, ANNALS_FACT_TAG, trust, content);
      break;

    default:
      annals_claims_add (self, meta->fact, trust, content);
      break;
    }
}

static void
read_meta_name (AnnalsClaims *self,
                const char   *written,
                gboolean      is_property,
                const char   *content)
{
  g_autofree char *name = dup_meta_name (written);

  if (g_str_equal (name, "og:type"))
    {
      self->is_website |= g_ascii_strcasecmp (content, "website") == 0;
      self->has_article |= g_ascii_strcasecmp (content, "article") == 0;
    }

  for (guint i = 0; i < G_N_ELEMENTS (meta_names); i++)
    if (g_str_equal (name, meta_names[i].name))
      {
        AnnalsTrust trust = meta_names[i].trust;

        if (trust == ANNALS_TRUST_DUBLIN && !is_property)
          trust = ANNALS_TRUST_DUBLIN_NAME;
        claim_meta (self, &meta_names[i], trust, content);
        return;
      }
}

static void
read_meta (AnnalsClaims *self,
           xmlNode      *node)
{
  static const char *const attributes[] = { "property", "name", "http-equiv" };
  g_autofree char *content = annals_page_dup_attribute (node, "content");

  if (content == NULL || *content == '\0')
    return;

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      g_autofree char *names = annals_page_dup_attribute (node, attributes[i]);
      g_auto(GStrv) words = NULL;

      if (names == NULL || strlen (names) > 500)
        continue;
      words = g_strsplit (names, " ", 8);
      for (guint k = 0; words[k] != NULL; k++)
        read_meta_name (self, words[k], i == 0, content);
    }
}

/* A blog of WordPress says where it is; with the post's number, that is "https://blog.example/?p=123" too. */
static void
read_wordpress_number (AnnalsClaims *self,
                       const char   *type,
                       const char   *href)
{
  static const char *const paths[] = { "/wp-json/wp/v2/posts/", "/?rest_route=/wp/v2/posts/" };
  g_autofree char *address = NULL;

  if (g_strcmp0 (type, "application/json") != 0 || (address = annals_page_dup_absolute (self->page, href)) == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      const char *at = strstr (address, paths[i]);
      const char *number = at ? at + strlen (paths[i]) : "";
      g_autofree char *guid = NULL;

      if (*number == '\0' || strspn (number, "0123456789") != strlen (number))
        continue;
      guid = g_strdup_printf ("%.*s/?p=%s", (int) (at - address), address, number);
      annals_claims_add (self, ANNALS_FACT_GUID, ANNALS_TRUST_TOOL, guid);
      annals_claims_add (self, ANNALS_FACT_ALIAS, ANNALS_TRUST_TOOL, guid);
    }
}

/* "https://blog.example/?p=123" is what WordPress calls the post in its exports. */
static gboolean
is_wordpress_number (const char *address)
{
  const char *query = strstr (address, "/?p=");

  return query != NULL && query[4] != '\0' && strspn (query + 4, "0123456789") == strlen (query + 4);
}

static void
read_link (AnnalsClaims *self,
           xmlNode      *node)
{
  g_autofree char *href = annals_page_dup_attribute (node, "href");

  if (href == NULL)
    return;

  if (annals_page_node_has_word (node, "rel", "canonical"))
    annals_claims_add_address (self, ANNALS_FACT_URL, ANNALS_TRUST_JSON, href);

  if (annals_page_node_has_word (node, "rel", "shortlink"))
    {
      g_autofree char *address = annals_page_dup_absolute (self->page, href);

      annals_claims_add_address (self, ANNALS_FACT_ALIAS, ANNALS_TRUST_META, href);
      if (address != NULL && is_wordpress_number (address))
        annals_claims_add (self, ANNALS_FACT_GUID, ANNALS_TRUST_META, address);
    }

  if (annals_page_node_has_word (node, "rel", "alternate"))
    {
      g_autofree char *type = annals_page_dup_attribute (node, "type");

      read_wordpress_number (self, type, href);
    }

  if (annals_page_node_has_word (node, "rel", "author"))
    {
      g_autofree char *title = annals_page_dup_attribute (node, "title");

      annals_claims_add_author (self, ANNALS_TRUST_ADDRESS, title && *title ? title : href);
    }
}

static gboolean
is_in_drawing (xmlNode *node)
{
  return node->parent != NULL && node->parent->type == XML_ELEMENT_NODE &&
         !annals_page_node_is (node->parent, "head") && !annals_page_node_is (node->parent, "html") &&
         !annals_page_node_is (node->parent, "body");
}

void
annals_claims_read_meta (AnnalsClaims *self)
{
  xmlNode *root = annals_page_get_root (self->page);

  for (xmlNode *node = root; node != NULL; node = annals_page_next_element (node, root, TRUE))
    {
      if (annals_page_node_is (node, "meta"))
        read_meta (self, node);
      else if (annals_page_node_is (node, "link"))
        read_link (self, node);
      else if (annals_page_node_is (node, "title") && self->head_title == NULL && !is_in_drawing (node))
        self->head_title = annals_claims_dup_line (self, node);
      else if (annals_page_node_is (node, "h1") && self->heading == NULL)
        self->heading = annals_claims_dup_line (self, node);
    }
}
