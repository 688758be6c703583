/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-feed-names.h"

#include <string.h>

static const struct { const char *uri; const char *prefix; } namespaces[] = {
  { "http://www.w3.org/2005/atom", "" },
  { "http://purl.org/atom/ns", "" },
  { "http://purl.org/rss/1.0", "" },
  { "http://my.netscape.com/rdf/simple/0.9", "" },
  { "http://channel.netscape.com/rdf/simple/0.9", "" },
  { "http://my.netscape.com/publish/formats/rss-0.91.dtd", "" },
  { "http://backend.userland.com/rss", "" },
  { "http://backend.userland.com/rss2", "" },
  { "http://blogs.law.harvard.edu/tech/rss", "" },
  { "http://cyber.law.harvard.edu/rss", "" },
  { "http://purl.org/net/rss1.1", "" },
  { "http://purl.org/rss/1.0/modules/rss091", "" },
  { "http://purl.org/rss/1.0/modules/content", "content" },
  { "http://purl.org/dc/elements/1.1", "dc" },
  { "http://purl.org/dc/elements/1.0", "dc" },
  { "http://purl.org/dc/terms", "dcterms" },
  { "http://www.w3.org/1999/02/22-rdf-syntax-ns", "rdf" },
  { "http://www.w3.org/1999/xhtml", "xhtml" },
  { "http://www.w3.org/xml/1998/namespace", "xml" },
  { "http://www.w3.org/1999/xlink", "xlink" },
  { "http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes" },
  { "http://www.itunes.com/dtds/podcast", "itunes" },
  { "http://search.yahoo.com/mrss", "media" },
  { "http://tools.search.yahoo.com/mrss", "media" },
  { "http://purl.org/syndication/thread/1.0", "thr" },
  { "http://rssnamespace.org/feedburner/ext/1.0", "feedburner" },
  { "http://www.w3.org/2007/app", "app" },
  { "http://purl.org/atom/app", "app" },
};

/* What stands where */
enum
{
  IN_CHANNEL = 1 << 0,
  IN_ITEM = 1 << 1,
  IN_AUTHOR = 1 << 2,
  IN_GROUP = 1 << 3,
  IN_SOURCE = 1 << 4,
};

static const struct { const char *name; AnnalsFeedField field; guint where; } fields[] = {
  { "title", ANNALS_FEED_FIELD_TITLE, IN_CHANNEL | IN_ITEM },
  { "title", ANNALS_FEED_FIELD_SOURCE, IN_SOURCE },
  { "dc:title", ANNALS_FEED_FIELD_TITLE, IN_CHANNEL | IN_ITEM },
  { "media:title", ANNALS_FEED_FIELD_MEDIA_TITLE, IN_ITEM | IN_GROUP },
  { "itunes:title", ANNALS_FEED_FIELD_MEDIA_TITLE, IN_ITEM },
  { "link", ANNALS_FEED_FIELD_LINK, IN_CHANNEL | IN_ITEM },
  { "feedburner:origlink", ANNALS_FEED_FIELD_ORIGINAL_LINK, IN_ITEM },
  { "id", ANNALS_FEED_FIELD_ID, IN_ITEM },
  { "guid", ANNALS_FEED_FIELD_ID, IN_ITEM },
  { "dc:identifier", ANNALS_FEED_FIELD_ID, IN_ITEM },
  { "pubdate", ANNALS_FEED_FIELD_PUBLISHED, IN_ITEM },
  { "published", ANNALS_FEED_FIELD_PUBLISHED, IN_ITEM },
  { "issued", ANNALS_FEED_FIELD_PUBLISHED, IN_ITEM },
  { "dcterms:issued", ANNALS_FEED_FIELD_PUBLISHED, IN_ITEM },
  { "dcterms:available", ANNALS_FEED_FIELD_PUBLISHED, IN_ITEM },
  { "dc:date", ANNALS_FEED_FIELD_DATE, IN_ITEM },
  { "dcterms:date", ANNALS_FEED_FIELD_DATE, IN_ITEM },
  { "date", ANNALS_FEED_FIELD_DATE, IN_ITEM },
  { "created", ANNALS_FEED_FIELD_CREATED, IN_ITEM },
  { "dcterms:created", ANNALS_FEED_FIELD_CREATED, IN_ITEM },
  { "updated", ANNALS_FEED_FIELD_UPDATED, IN_ITEM },
  { "modified", ANNALS_FEED_FIELD_UPDATED, IN_ITEM },
  { "dcterms:modified", ANNALS_FEED_FIELD_UPDATED, IN_ITEM },
  { "author", ANNALS_FEED_FIELD_AUTHOR, IN_CHANNEL | IN_ITEM },
  { "dc:creator", ANNALS_FEED_FIELD_AUTHOR, IN_ITEM },
  { "dc:author", ANNALS_FEED_FIELD_AUTHOR, IN_ITEM },
  { "itunes:author", ANNALS_FEED_FIELD_AUTHOR, IN_ITEM },
  { "name", ANNALS_FEED_FIELD_NAME, IN_AUTHOR },
  { "email", ANNALS_FEED_FIELD_EMAIL, IN_AUTHOR },
  { "category", ANNALS_FEED_FIELD_TAG, IN_ITEM },
  { "keywords", ANNALS_FEED_FIELD_KEYWORDS, IN_ITEM },
  { "tags", ANNALS_FEED_FIELD_KEYWORDS, IN_ITEM },
  { "dc:subject", ANNALS_FEED_FIELD_TAG, IN_ITEM },
  { "media:category", ANNALS_FEED_FIELD_TAG, IN_ITEM | IN_GROUP },
  { "itunes:category", ANNALS_FEED_FIELD_TAG, IN_ITEM },
  { "itunes:keywords", ANNALS_FEED_FIELD_KEYWORDS, IN_ITEM },
  { "media:keywords", ANNALS_FEED_FIELD_KEYWORDS, IN_ITEM | IN_GROUP },
  { "content", ANNALS_FEED_FIELD_CONTENT, IN_ITEM },
  { "content:encoded", ANNALS_FEED_FIELD_CONTENT, IN_ITEM },
  { "xhtml:body", ANNALS_FEED_FIELD_CONTENT, IN_ITEM },
  { "body", ANNALS_FEED_FIELD_CONTENT, IN_ITEM },
  { "fullitem", ANNALS_FEED_FIELD_CONTENT, IN_ITEM },
  { "description", ANNALS_FEED_FIELD_SUMMARY, IN_ITEM },
  { "summary", ANNALS_FEED_FIELD_SUMMARY, IN_ITEM },
  { "abstract", ANNALS_FEED_FIELD_SUMMARY, IN_ITEM },
  { "dc:description", ANNALS_FEED_FIELD_SUMMARY, IN_ITEM },
  { "dcterms:abstract", ANNALS_FEED_FIELD_SUMMARY, IN_ITEM },
  { "itunes:summary", ANNALS_FEED_FIELD_CAPTION, IN_ITEM },
  { "media:description", ANNALS_FEED_FIELD_CAPTION, IN_ITEM | IN_GROUP },
  { "language", ANNALS_FEED_FIELD_LANGUAGE, IN_CHANNEL | IN_ITEM },
  { "dc:language", ANNALS_FEED_FIELD_LANGUAGE, IN_CHANNEL | IN_ITEM },
  { "thr:in-reply-to", ANNALS_FEED_FIELD_REPLY, IN_ITEM },
  { "app:draft", ANNALS_FEED_FIELD_CONTROL, IN_GROUP },
};

const char *
annals_feed_prefix_for_uri (const char *uri)
{
  gsize length = strlen (uri);

  /* the same name is written with and without its last character, and with https: */
  while (length > 0 && (uri[length - 1] == '/' || uri[length - 1] == '#'))
    length--;

  if (length == 0)
    return "";

  for (guint i = 0; i < G_N_ELEMENTS (namespaces); i++)
    {
      const char *known = namespaces[i].uri;
      const char *rest = uri;
      gsize rest_length = length;

      if (g_ascii_strncasecmp (uri, "https:", 6) == 0)
        {
          known += 5;
          rest += 6;
          rest_length -= 6;
        }

      if (strlen (known) == rest_length && g_ascii_strncasecmp (known, rest, rest_length) == 0)
        return namespaces[i].prefix;
    }

  return NULL;
}

gboolean
annals_feed_uri_is_atom (const char *uri)
{
  return g_ascii_strncasecmp (uri, "http://www.w3.org/2005/atom", 27) == 0;
}

/* The elements that hold others. */
static AnnalsFeedRole
role_of_container (const char     *name,
                   AnnalsFeedRole  parent)
{
  if (g_str_equal (name, "rss") || g_str_equal (name, "rdf:rdf"))
    return ANNALS_FEED_ROLE_ROOT;

  if (g_str_equal (name, "feed") || g_str_equal (name, "channel"))
    return ANNALS_FEED_ROLE_CHANNEL;

  if (g_str_equal (name, "item") || g_str_equal (name, "entry"))
    return ANNALS_FEED_ROLE_ITEM;

  if (parent == ANNALS_FEED_ROLE_ITEM &&
      (g_str_equal (name, "media:group") || g_str_equal (name, "app:control")))
    return ANNALS_FEED_ROLE_GROUP;

  if (parent == ANNALS_FEED_ROLE_ITEM && g_str_equal (name, "source"))
    return ANNALS_FEED_ROLE_SOURCE;

  return ANNALS_FEED_ROLE_OTHER;
}

AnnalsFeedRole
annals_feed_role_for_name (const char      *name,
                           AnnalsFeedRole   parent,
                           AnnalsFeedField  parent_field,
                           AnnalsFeedField *field)
{
  guint where = 0;

  *field = ANNALS_FEED_FIELD_NONE;

  switch (parent)
    {
    case ANNALS_FEED_ROLE_ROOT:
    case ANNALS_FEED_ROLE_CHANNEL:
      where = IN_CHANNEL;
      break;

    case ANNALS_FEED_ROLE_ITEM:
      where = IN_ITEM;
      break;

    case ANNALS_FEED_ROLE_GROUP:
      where = IN_GROUP;
      break;

    case ANNALS_FEED_ROLE_SOURCE:
      where = IN_SOURCE;
      break;

    case ANNALS_FEED_ROLE_FIELD:
      where = parent_field == ANNALS_FEED_FIELD_AUTHOR ? IN_AUTHOR : 0;
      break;

    case ANNALS_FEED_ROLE_OTHER:
    case ANNALS_FEED_ROLE_MARKUP:
      break;
    }

  for (guint i = 0; i < G_N_ELEMENTS (fields) && where != 0; i++)
    {
      if ((fields[i].where & where) != 0 && g_str_equal (name, fields[i].name))
        {
          *field = fields[i].field;
          return ANNALS_FEED_ROLE_FIELD;
        }
    }

  return role_of_container (name, parent);
}
