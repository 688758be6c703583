/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-facts-private.h"
#include "annals-page-marks.h"

#include <string.h>

/* What the elements of an article say: microdata, microformats, <time>, links with a rel. */

/* --- which article --- */

static gboolean
is_article_type (xmlNode *node)
{
  g_autofree char *type = annals_page_dup_attribute (node, "itemtype");

  return type != NULL && (g_str_has_suffix (type, "Article") || g_str_has_suffix (type, "BlogPosting"));
}

static gboolean
is_entry (xmlNode *node)
{
  return node->properties != NULL &&
         (annals_claims_has_word (node, "class", "hentry") || annals_claims_has_word (node, "class", "h-entry") ||
          is_article_type (node));
}

static gboolean
is_of_readers (xmlNode *node)
{
  return (annals_page_node_get_marks (node) & (ANNALS_MARK_COMMENTS | ANNALS_MARK_COMMENT)) != 0;
}

static char *
dup_body_post_id (xmlNode *root)
{
  for (xmlNode *node = root; node != NULL; node = annals_page_next_element (node, root, TRUE))
    if (annals_page_node_is (node, "body"))
      {
        g_autofree char *class_names = annals_page_dup_attribute (node, "class");
        const char *at = class_names ? strstr (class_names, "postid-") : NULL;

        return at ? g_strdup_printf ("post-%" G_GUINT64_FORMAT, g_ascii_strtoull (at + 7, NULL, 10)) : NULL;
      }

  return NULL;
}

static gboolean
holds_h1 (xmlNode *node)
{
  for (xmlNode *at = node; at != NULL; at = annals_page_next_element (at, node, TRUE))
    if (annals_page_node_is (at, "h1"))
      return TRUE;

  return FALSE;
}

/* The entry that the page is about: the only one, or the one with the post's number, or with the page's
 * title. @several (out): there are entries, but none is it. */
static xmlNode *
find_entry (AnnalsPage *page,
            gboolean   *several)
{
  xmlNode *root = annals_page_get_root (page);
  g_autofree char *post_id = root ? dup_body_post_id (root) : NULL;
  xmlNode *first = NULL;
  xmlNode *titled = NULL;
  guint n = 0;
  gboolean descend = TRUE;

  for (xmlNode *node = root; node != NULL; node = annals_page_next_element (node, root, descend))
    {
      g_autofree char *id = NULL;

      descend = !is_of_readers (node);
      if (!descend || annals_page_node_is (node, "body") || !is_entry (node))
        continue;

      descend = FALSE;
      id = annals_page_dup_attribute (node, "id");
      if (post_id != NULL && g_strcmp0 (id, post_id) == 0)
        return node;
      if (titled == NULL && holds_h1 (node))
        titled = node;
      if (first == NULL)
        first = node;
      n++;
    }

  *several = n > 1 && titled == NULL;

  return n == 1 ? first : titled;
}

/* --- one element --- */

/* What an element of microdata says: its content, its datetime, what its thing is called, its words. */
static char *
dup_value (AnnalsClaims *self,
           xmlNode      *node)
{
  static const char *const attributes[] = { "content", "datetime" };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      char *value = annals_page_dup_attribute (node, attributes[i]);

      if (value != NULL && *value != '\0')
        return value;
      g_free (value);
    }

  return annals_claims_dup_line (self, node);
}

/* The first element in @node of which @test is true, near its beginning. */
static xmlNode *
find_near (AnnalsClaims *self,
           xmlNode      *node,
           const char   *attribute,
           const char   *word)
{
  guint n = 0;

  for (xmlNode *at = node; at != NULL && n < 200 && self->budget > 0; at = annals_page_next_element (at, node, TRUE))
    {
      n++;
      self->budget--;
      if (at != node && annals_claims_has_word (at, attribute, word))
        return at;
    }

  return NULL;
}

static void
claim_person (AnnalsClaims *self,
              xmlNode      *node,
              AnnalsTrust   trust)
{
  g_autofree char *content = annals_page_dup_attribute (node, "content");
  g_autofree char *value = NULL;
  xmlNode *name;

  /* further down a page, names are those of other articles */
  if ((!self->in_entry && annals_claims_count (self, ANNALS_FACT_AUTHOR) > 0) ||
      annals_claims_are_full (self, ANNALS_FACT_AUTHOR))
    return;

  name = find_near (self, node, "itemprop", "name");
  if (name == NULL)
    name = find_near (self, node, "class", "fn");
  if (name == NULL)
    name = find_near (self, node, "class", "p-name");

  if (name != NULL)
    value = dup_value (self, name);
  else if (content != NULL && *content != '\0')
    value = g_steal_pointer (&content);
  else
    value = annals_claims_dup_line (self, node);

  if (value != NULL && *value != '\0' && strlen (value) < 300)
    {
      g_autofree char *author = NULL;
      g_autofree char *date = NULL;

      annals_byline_read (value, TRUE, self->language, self->zone, &author, &date);
      annals_claims_add_author (self, trust, name == NULL && author != NULL ? author : value);
    }
}

static void
claim_date (AnnalsClaims *self,
            xmlNode      *node,
            AnnalsTrust   trust)
{
  g_autofree char *value = NULL;
  xmlNode *title;

  if (annals_claims_are_full (self, ANNALS_FACT_PUBLISHED))
    return;

  title = find_near (self, node, "class", "value-title");
  value = title ? annals_page_dup_attribute (title, "title") : NULL;
  if (value == NULL || *value == '\0')
    {
      g_free (value);
      value = annals_page_node_is (node, "abbr") ? annals_page_dup_attribute (node, "title") : NULL;
    }
  if (value == NULL)
    value = dup_value (self, node);

  annals_claims_add (self, ANNALS_FACT_PUBLISHED, trust, value);
}

static void
claim_line (AnnalsClaims *self,
            xmlNode      *node,
            AnnalsFact    fact)
{
  g_autofree char *value = annals_claims_are_full (self, fact) ? NULL : dup_value (self, node);

  annals_claims_add (self, fact, ANNALS_TRUST_MARK, value);
}

/* Where links stand in it, each is one. */
static void
claim_tags (AnnalsClaims *self,
            xmlNode      *node)
{
  guint n = 0;
  guint n_links = 0;

  for (xmlNode *at = node; at != NULL && n < 200 && self->budget > 0; at = annals_page_next_element (at, node, TRUE))
    {
      n++;
      self->budget--;
      if (annals_page_node_is (at, "a"))
        {
          claim_line (self, at, ANNALS_FACT_TAG);
          n_links++;
        }
    }

  if (n_links == 0)
    claim_line (self, node, ANNALS_FACT_TAG);
}

static void
claim_href (AnnalsClaims *self,
            xmlNode      *node,
            AnnalsTrust   trust)
{
  static const char *const attributes[] = { "href", "content", "itemid" };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      g_autofree char *href = annals_page_dup_attribute (node, attributes[i]);

      if (href != NULL && *href != '\0')
        {
          annals_claims_add_address (self, ANNALS_FACT_URL, trust, href);
          return;
        }
    }
}

/* --- microdata --- */

static void
read_item_property (AnnalsClaims *self,
                    xmlNode      *node,
                    const char   *property,
                    gboolean      of_article)
{
  if (g_str_equal (property, "headline") || (of_article && g_str_equal (property, "name")))
    claim_line (self, node, ANNALS_FACT_TITLE);
  else if (g_str_equal (property, "author"))
    claim_person (self, node, ANNALS_TRUST_MARK);
  else if (g_str_equal (property, "datePublished"))
    claim_date (self, node, ANNALS_TRUST_MARK);
  else if (g_str_equal (property, "dateCreated"))
    claim_date (self, node, ANNALS_TRUST_LATER);
  else if (g_str_equal (property, "inLanguage"))
    claim_line (self, node, ANNALS_FACT_LANGUAGE);
  else if (g_str_equal (property, "articleSection"))
    claim_tags (self, node);
  else if (g_str_equal (property, "keywords"))
    {
      g_autofree char *value = dup_value (self, node);

      annals_claims_add_list (self, ANNALS_FACT_TAG, ANNALS_TRUST_MARK, value);
    }
  else if (g_str_equal (property, "publisher"))
    {
      xmlNode *name = find_near (self, node, "itemprop", "name");
      g_autofree char *value = name ? dup_value (self, name) : NULL;

      annals_claims_add (self, ANNALS_FACT_SOURCE, ANNALS_TRUST_MARK, value);
    }
  else if (g_str_equal (property, "mainEntityOfPage") || (of_article && g_str_equal (property, "url")))
    claim_href (self, node, ANNALS_TRUST_MARK);
}

static void
read_microdata (AnnalsClaims *self,
                xmlNode      *node,
                gboolean      of_article)
{
  g_autofree char *properties = annals_page_dup_attribute (node, "itemprop");
  g_auto(GStrv) words = NULL;

  if (properties == NULL || strlen (properties) > 200)
    return;

  words = g_strsplit (properties, " ", 4);
  for (guint i = 0; words[i] != NULL; i++)
    read_item_property (self, node, words[i], of_article);
}

/* --- microformats --- */

typedef enum
{
  CLASS_TITLE     = 1 << 0,
  CLASS_PUBLISHED = 1 << 1,
  CLASS_UPDATED   = 1 << 2,
  CLASS_P_AUTHOR  = 1 << 3,
  CLASS_AUTHOR    = 1 << 4,
  CLASS_CARD      = 1 << 5,
  CLASS_CATEGORY  = 1 << 6,
  CLASS_URL       = 1 << 7,
  CLASS_UID       = 1 << 8,
} Classes;

static Classes
get_classes (xmlNode *node)
{
  static const struct { const char *word; Classes says; } words[] = {
    { "entry-title", CLASS_TITLE }, { "p-name", CLASS_TITLE },
    { "dt-published", CLASS_PUBLISHED }, { "published", CLASS_PUBLISHED },
    { "dt-updated", CLASS_UPDATED }, { "updated", CLASS_UPDATED },
    { "p-author", CLASS_P_AUTHOR }, { "author", CLASS_AUTHOR },
    { "vcard", CLASS_CARD }, { "h-card", CLASS_CARD },
    { "p-category", CLASS_CATEGORY }, { "u-url", CLASS_URL }, { "u-uid", CLASS_UID },
  };
  g_autofree char *names = annals_page_dup_attribute (node, "class");
  Classes classes = 0;

  for (const char *p = names; p != NULL && *p != '\0'; p += strcspn (p, " "), p += strspn (p, " "))
    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
      if (strcspn (p, " ") == strlen (words[i].word) &&
          g_ascii_strncasecmp (p, words[i].word, strlen (words[i].word)) == 0)
        classes |= words[i].says;

  return classes;
}

static void
read_classes (AnnalsClaims *self,
              xmlNode      *node)
{
  Classes classes = get_classes (node);

  if (classes & CLASS_TITLE)
    {
      xmlNode *link = NULL;

      claim_line (self, node, ANNALS_FACT_TITLE);
      if (self->article != NULL)
        link = annals_page_node_is (node, "a") ? node : find_near (self, node, "rel", "bookmark");
      if (link != NULL)
        claim_href (self, link, ANNALS_TRUST_MARK);
    }
  if (classes & CLASS_PUBLISHED)
    claim_date (self, node, ANNALS_TRUST_MARK);
  else if (classes & CLASS_UPDATED)
    claim_date (self, node, ANNALS_TRUST_LATER);
  if ((classes & CLASS_P_AUTHOR) || ((classes & CLASS_AUTHOR) && (classes & CLASS_CARD)))
    claim_person (self, node, ANNALS_TRUST_MARK);
  if (classes & CLASS_CATEGORY)
    claim_line (self, node, ANNALS_FACT_TAG);
  if (classes & CLASS_URL)
    claim_href (self, node, ANNALS_TRUST_MARK);
  if (classes & CLASS_UID)
    {
      g_autofree char *uid = annals_page_dup_attribute (node, "href");

      annals_claims_add (self, ANNALS_FACT_GUID, ANNALS_TRUST_MARK, uid);
    }
}

/* --- everything else --- */

static void
read_element (AnnalsClaims *self,
              xmlNode      *node)
{
  if (annals_page_node_is (node, "time"))
    {
      g_autofree char *stamp = annals_page_dup_attribute (node, "datetime");

      if (xmlHasProp (node, BAD_CAST "pubdate") != NULL)
        claim_date (self, node, ANNALS_TRUST_META);
      else if (stamp != NULL && *stamp != '\0' && !annals_page_node_has_class (node, "updated"))
        annals_claims_add (self, ANNALS_FACT_PUBLISHED,
                           self->in_entry || self->past_heading ? ANNALS_TRUST_ELEMENT : ANNALS_TRUST_WORDS,
                           stamp);
    }

  if (!annals_page_node_is (node, "a"))
    return;

  if (annals_claims_has_word (node, "rel", "tag"))
    claim_line (self, node, ANNALS_FACT_TAG);
  if (annals_claims_has_word (node, "rel", "author"))
    claim_person (self, node, ANNALS_TRUST_ELEMENT);
  if (self->article != NULL && annals_claims_has_word (node, "rel", "bookmark"))
    claim_href (self, node, ANNALS_TRUST_ELEMENT);
}

/* A thing of its own in the article: its name is not the article's. */
static gboolean
is_other_thing (xmlNode *node)
{
  return xmlHasProp (node, BAD_CAST "itemscope") != NULL && !is_article_type (node);
}

/* In the page's frame, and in the teasers that stand in an article, dates and names are other posts'. */
static gboolean
is_of_others (xmlNode  *node,
              xmlNode  *scope,
              gboolean  is_entry_scope)
{
  AnnalsPageMarks marks = annals_page_node_get_marks (node);
  gboolean is_end = annals_page_node_is (node, "footer") || annals_page_node_is (node, "aside");

  if (node == scope)
    return FALSE;
  if (marks & (ANNALS_MARK_COMMENTS | ANNALS_MARK_COMMENT))
    return TRUE;
  /* an article's own footer has its tags, a page's has other things */
  if ((marks & ANNALS_MARK_ZONE) && !(is_entry_scope && is_end))
    return TRUE;

  return (marks & ANNALS_MARK_EXTRA) != 0 || (is_entry_scope && is_entry (node));
}

/* Microdata of things that are no article, between the scope and a node, is not the article's: known by
 * the end of the open thing's subtree. */
static void
read_scope (AnnalsClaims *self,
            xmlNode      *scope,
            gboolean      is_entry_scope)
{
  xmlNode *thing = NULL;   /* the open one */
  xmlNode *after = NULL;   /* the first element behind it */
  gboolean descend = TRUE;

  self->in_entry = is_entry_scope;
  self->past_heading = FALSE;

  for (xmlNode *node = scope; node != NULL; node = annals_page_next_element (node, scope, descend))
    {
      self->past_heading |= annals_page_node_is (node, "h1");
      if (thing != NULL && node == after)
        thing = NULL;

      descend = !is_of_others (node, scope, is_entry_scope);
      if (!descend)
        continue;

      if (node->properties != NULL)
        {
          read_microdata (self, node, thing == NULL && is_entry_scope);
          if (is_entry_scope && thing == NULL)
            read_classes (self, node);
          read_element (self, node);
        }

      if (thing == NULL && node != scope && is_other_thing (node))
        {
          thing = node;
          after = annals_page_next_element (node, scope, FALSE);
        }
    }
}

void
annals_claims_read_marks (AnnalsClaims *self)
{
  gboolean several = FALSE;
  xmlNode *scope = self->article;

  if (scope == NULL)
    {
      scope = find_entry (self->page, &several);
      self->has_article |= scope != NULL;
    }

  if (scope != NULL)
    read_scope (self, scope, TRUE);
  /* what says who wrote it often stands above the article's element */
  if (self->article == NULL && !several && annals_page_get_root (self->page) != NULL &&
      (annals_claims_count (self, ANNALS_FACT_AUTHOR) == 0 || annals_claims_count (self, ANNALS_FACT_PUBLISHED) == 0))
    read_scope (self, annals_page_get_root (self->page), FALSE);

  if (scope != NULL || annals_page_get_root (self->page) != NULL)
    annals_claims_read_lines (self, scope ? scope : annals_page_get_root (self->page));
}
