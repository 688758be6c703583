/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-facts.h"
#include "annals-page-facts-private.h"

#include <string.h>

#define MAX_TAGS 100
/* A longer tag is a sentence (characters). */
#define MAX_TAG 100
#define MAX_ALIASES 16
#define MAX_AUTHORS 50

void
annals_page_facts_free (AnnalsPageFacts *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->author);
  g_free (self->source);
  g_free (self->language);
  g_free (self->url);
  g_free (self->guid);
  g_strfreev (self->aliases);
  g_strfreev (self->tags);
  g_clear_pointer (&self->published, annals_date_unref);
  g_free (self->stamp);
  g_free (self);
}

/* --- addresses --- */

/* "https://blog.example/": every post of a site has this one. */
static gboolean
is_front (const char *address)
{
  g_autoptr(GUri) uri = g_uri_parse (address, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  const char *path = uri ? g_uri_get_path (uri) : NULL;

  return uri == NULL || ((path == NULL || *path == '\0' || g_str_equal (path, "/")) && g_uri_get_query (uri) == NULL);
}

static const char *
choose_address (AnnalsClaims *claims)
{
  const char *own = claims->article ? NULL : annals_page_get_address (claims->page);

  for (guint i = 0; i < annals_claims_count (claims, ANNALS_FACT_URL); i++)
    {
      const char *address = annals_claims_get (claims, ANNALS_FACT_URL, i)->value;

      if (!is_front (address) || (own != NULL && is_front (own)))
        return address;
    }

  return own;
}

static gboolean
add_alias (GPtrArray  *aliases,
           GHashTable *known,
           const char *address)
{
  g_autofree char *canonical = NULL;

  if (address == NULL || is_front (address) || aliases->len >= MAX_ALIASES)
    return FALSE;

  canonical = annals_draft_canonical_url (address);
  if (canonical == NULL || g_hash_table_contains (known, canonical))
    return FALSE;

  g_hash_table_add (known, g_steal_pointer (&canonical));
  g_ptr_array_add (aliases, g_strdup (address));

  return TRUE;
}

static char **
dup_aliases (AnnalsClaims *claims,
             const char   *url)
{
  static const AnnalsFact facts[] = { ANNALS_FACT_URL, ANNALS_FACT_ALIAS };
  g_autoptr(GPtrArray) aliases = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char *canonical = url ? annals_draft_canonical_url (url) : NULL;

  if (canonical != NULL)
    g_hash_table_add (known, canonical);

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    for (guint k = 0; k < annals_claims_count (claims, facts[i]); k++)
      add_alias (aliases, known, annals_claims_get (claims, facts[i], k)->value);
  if (claims->article == NULL)
    add_alias (aliases, known, annals_page_get_address (claims->page));

  if (aliases->len == 0)
    return NULL;
  g_ptr_array_add (aliases, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&aliases), FALSE);
}

/* "/2020/03/04/" in a permalink is the day. */
static char *
dup_date_of_address (const char *address)
{
  static GRegex *regex;
  static gsize made;
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *year = NULL;
  g_autofree char *month = NULL;
  g_autofree char *day = NULL;

  if (g_once_init_enter (&made))
    {
      regex = g_regex_new ("/((?:19|20)[0-9]{2})/([01][0-9])/([0-3][0-9])/", 0, 0, NULL);
      g_once_init_leave (&made, 1);
    }

  if (address == NULL || !g_regex_match (regex, address, 0, &match))
    return NULL;
  year = g_match_info_fetch (match, 1);
  month = g_match_info_fetch (match, 2);
  day = g_match_info_fetch (match, 3);

  return g_strdup_printf ("%s-%s-%s", year, month, day);
}

/* --- the title --- */

static char *
dup_host (const char *address)
{
  g_autoptr(GUri) uri = address ? g_uri_parse (address, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL) : NULL;
  const char *host = uri ? g_uri_get_host (uri) : NULL;

  if (host == NULL)
    return NULL;

  return g_strdup (g_str_has_prefix (host, "www.") ? host + 4 : host);
}

static gboolean
is_site_name (const char *words,
              const char *source,
              const char *host)
{
  const char *dot = host ? strchr (host, '.') : NULL;
  g_autofree char *label = dot ? g_strndup (host, (gsize) (dot - host)) : NULL;

  return annals_claims_same_words (words, source) || annals_claims_same_words (words, host) ||
         annals_claims_same_words (words, label);
}

/* @title without the site's name before or behind a separator. */
static char *
dup_without_site (const char *title,
                  const char *source,
                  const char *host)
{
  static const char *const separators[] = {
    " | ", " - ", " – ", " — ", " » ", " « ", " :: ", " · ", " • ", " / ", " > ", " < ", "_", "｜",
  };

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      gsize n = strlen (separators[i]);
      const char *last = g_strrstr (title, separators[i]);
      const char *first = strstr (title, separators[i]);

      if (last != NULL && last > title && is_site_name (last + n, source, host))
        return g_strchomp (g_strndup (title, (gsize) (last - title)));
      if (first != NULL && first > title && first[n] != '\0')
        {
          g_autofree char *head = g_strndup (title, (gsize) (first - title));

          if (is_site_name (head, source, host))
            return g_strdup (first + n);
        }
    }

  return g_strdup (title);
}

/* The page's <title>; where the heading is a part of it, the rest is the site's. */
static char *
dup_head_title (AnnalsClaims *claims,
                const char   *source,
                const char   *host)
{
  const char *title = claims->head_title;
  const char *heading = claims->heading;
  const char *at;

  if (title == NULL || *title == '\0')
    return NULL;
  if (heading == NULL || *heading == '\0' || is_site_name (heading, source, host))
    return dup_without_site (title, source, host);

  at = strstr (title, heading);
  if (at != NULL && at != title && g_utf8_strlen (heading, -1) * 3 < g_utf8_strlen (title, -1))
    at = NULL;
  if (at != NULL && g_utf8_strlen (heading, -1) >= 10)
    return g_strdup (heading);

  return dup_without_site (title, source, host);
}

static char *
dup_title (AnnalsClaims *claims,
           const char   *source,
           const char   *url)
{
  g_autofree char *host = dup_host (url);
  g_autofree char *title = NULL;

  for (guint i = 0; i < annals_claims_count (claims, ANNALS_FACT_TITLE); i++)
    {
      const char *value = annals_claims_get (claims, ANNALS_FACT_TITLE, i)->value;

      /* what the site says of itself on every page */
      if (!is_site_name (value, source, host))
        return dup_without_site (value, source, host);
    }

  if (claims->article == NULL)
    title = dup_head_title (claims, source, host);
  if (title != NULL && !is_site_name (title, source, host))
    return g_steal_pointer (&title);
  if (claims->article == NULL && claims->heading != NULL && *claims->heading != '\0')
    return g_strdup (claims->heading);
  if (annals_claims_count (claims, ANNALS_FACT_TITLE) > 0)
    return g_strdup (annals_claims_get (claims, ANNALS_FACT_TITLE, 0)->value);

  return g_steal_pointer (&title);
}

/* The heading of an article that does not mark it. */
static void
read_heading (AnnalsClaims *claims)
{
  xmlNode *article = claims->article;

  for (xmlNode *node = article; node != NULL; node = annals_page_next_element (node, article, TRUE))
    {
      g_autofree char *heading = NULL;

      if (!annals_page_node_is (node, "h1") && !annals_page_node_is (node, "h2") &&
          !annals_page_node_is (node, "h3"))
        continue;

      heading = annals_claims_dup_line (claims, node);
      annals_claims_add (claims, ANNALS_FACT_TITLE, ANNALS_TRUST_ELEMENT, heading);
      for (xmlNode *link = node; link != NULL; link = annals_page_next_element (link, node, TRUE))
        if (annals_page_node_is (link, "a"))
          {
            g_autofree char *href = annals_page_dup_attribute (link, "href");

            annals_claims_add_address (claims, ANNALS_FACT_URL, ANNALS_TRUST_WORDS, href);
            return;
          }
      return;
    }
}

/* --- other fields --- */

/* Whether @value is @name, or begins with it: "Ann Hill", "Ann Hill Correspondent Follow" */
static gboolean
is_same_author (const char *name,
                const char *value)
{
  gsize n = strlen (name);

  return annals_claims_same_words (name, value) || (g_str_has_prefix (value, name) && value[n] == ' ');
}

/* The best of them only: others say the same in other words. */
static char *
dup_authors (AnnalsClaims *claims)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < annals_claims_count (claims, ANNALS_FACT_AUTHOR) && names->len < MAX_AUTHORS; i++)
    {
      const AnnalsClaim *claim = annals_claims_get (claims, ANNALS_FACT_AUTHOR, i);
      gboolean known = FALSE;

      if (claim->trust != annals_claims_get (claims, ANNALS_FACT_AUTHOR, 0)->trust)
        break;
      for (guint k = 0; k < names->len && !known; k++)
        known = is_same_author (g_ptr_array_index (names, k), claim->value);
      if (!known)
        g_ptr_array_add (names, claim->value);
    }

  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);

  return g_strjoinv (", ", (char **) names->pdata);
}

/* What WordPress puts a post in that nobody put anywhere. */
static gboolean
is_no_tag (const char *tag)
{
  static const char *const none[] = {
    "uncategorized", "uncategorised", "unfiled", "senza categoria", "sin categoría", "sin categorizar",
    "sem categoria", "não categorizado", "non classé", "nicht kategorisiert", "unkategorisiert",
    "geen categorie", "niet gecategoriseerd", "ongecategoriseerd", "без рубрики", "без категории",
    "без категорії", "без категория", "bez kategorii", "nezařazené", "nezaradené", "nekategorizirano",
    "fără categorie", "egyéb kategória", "okategoriserade", "okategoriserad", "ukategorisert", "ikke kategoriseret",
    "luokittelematon", "kategorisiz", "genel kategorisiz", "χωρίς κατηγορία", "sense categoria", "غير مصنف",
    "دسته‌بندی نشده", "미분류", "未分類", "未分类", "chưa phân loại", "tak berkategori", "ไม่มีหมวดหมู่",
  };
  g_autofree char *lower = g_utf8_strdown (tag, -1);

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    if (g_str_equal (lower, none[i]))
      return TRUE;

  return FALSE;
}

/* What programs put among the tags for themselves: numbers of records, "Lite:true". */
static const char *
tag_of (const char *value)
{
  const char *colon = strchr (value, ':');

  if (g_ascii_strncasecmp (value, "tag:", 4) == 0 && value[4] != ' ')
    value += 4;
  else if (colon != NULL && colon[1] != ' ' && strchr (value, ' ') == NULL)
    return NULL;

  return *value == '\0' || g_uuid_string_is_valid (value) || is_no_tag (value) ||
         g_utf8_strlen (value, -1) > MAX_TAG ? NULL : value;
}

static char **
dup_tags (AnnalsClaims *claims,
          const char   *title)
{
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean chosen = FALSE;

  for (guint i = 0; i < annals_claims_count (claims, ANNALS_FACT_TAG) && tags->len < MAX_TAGS; i++)
    {
      const AnnalsClaim *claim = annals_claims_get (claims, ANNALS_FACT_TAG, i);
      const char *tag = tag_of (claim->value);
      g_autofree char *folded = tag ? g_utf8_casefold (tag, -1) : NULL;

      if (claim->trust >= ANNALS_TRUST_WORDS && chosen)
        break;
      if (tag == NULL || annals_claims_same_words (tag, title) || g_hash_table_contains (known, folded))
        continue;
      chosen |= claim->trust < ANNALS_TRUST_WORDS;
      g_hash_table_add (known, g_steal_pointer (&folded));
      g_ptr_array_add (tags, g_strdup (tag));
    }

  if (tags->len == 0)
    return NULL;
  g_ptr_array_add (tags, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&tags), FALSE);
}

/* "en_US" and "EN" are written otherwise; what is no tag is none. */
static char *
dup_language_tag (const char *value)
{
  gsize n;
  char *tag;

  if (value == NULL)
    return NULL;

  n = strcspn (value, ".@,; ");
  if (n < 2 || n > 35)
    return NULL;
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isalnum (value[i]) && value[i] != '-' && value[i] != '_')
      return NULL;
  /* a language has two or three letters: "English" is no tag */
  if (strcspn (value, "-_.@,; ") > 3)
    return NULL;

  tag = g_strndup (value, n);
  return g_strdelimit (tag, "_", '-');
}

static char *
dup_language_of (xmlNode *node)
{
  static const char *const attributes[] = { "lang", "xml:lang" };

  for (; node != NULL && node->type == XML_ELEMENT_NODE; node = node->parent)
    for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
      {
        g_autofree char *value = annals_page_dup_attribute (node, attributes[i]);
        char *tag = dup_language_tag (value);

        if (tag != NULL)
          return tag;
      }

  return NULL;
}

static char *
dup_language (AnnalsClaims *claims)
{
  char *tag = dup_language_of (claims->article ? claims->article : annals_page_get_root (claims->page));

  for (guint i = 0; tag == NULL && i < annals_claims_count (claims, ANNALS_FACT_LANGUAGE); i++)
    tag = dup_language_tag (annals_claims_get (claims, ANNALS_FACT_LANGUAGE, i)->value);

  return tag;
}

/* --- the date --- */

static AnnalsDate *
find_date (AnnalsClaims     *claims,
           AnnalsStampDoubt  wanted,
           gboolean          later,
           const char       *language,
           char            **stamp)
{
  for (guint i = 0; i < annals_claims_count (claims, ANNALS_FACT_PUBLISHED); i++)
    {
      const AnnalsClaim *claim = annals_claims_get (claims, ANNALS_FACT_PUBLISHED, i);
      AnnalsStampDoubt doubt = ANNALS_STAMP_MISSING;
      g_autoptr(AnnalsDate) date = NULL;

      if ((claim->trust == ANNALS_TRUST_LATER) != later)
        continue;
      date = annals_stamp_parse (claim->value, language, claims->zone, &doubt);
      if (date != NULL && doubt == wanted)
        {
          *stamp = g_strdup (claim->value);
          return g_steal_pointer (&date);
        }
    }

  return NULL;
}

/* A clear one first, whoever says it; an ambiguous one before that of a change. */
static void
decide_date (AnnalsPageFacts *self,
             AnnalsClaims    *claims)
{
  const char *language = self->language ? self->language : claims->language;

  self->doubt = ANNALS_STAMP_CLEAR;
  if ((self->published = find_date (claims, ANNALS_STAMP_CLEAR, FALSE, language, &self->stamp)) != NULL)
    return;
  self->doubt = ANNALS_STAMP_AMBIGUOUS;
  if ((self->published = find_date (claims, ANNALS_STAMP_AMBIGUOUS, FALSE, language, &self->stamp)) != NULL)
    return;
  self->doubt = ANNALS_STAMP_CLEAR;
  if ((self->published = find_date (claims, ANNALS_STAMP_CLEAR, TRUE, language, &self->stamp)) != NULL)
    return;

  self->doubt = ANNALS_STAMP_MISSING;
  if (annals_claims_count (claims, ANNALS_FACT_PUBLISHED) == 0)
    return;

  self->stamp = g_strdup (annals_claims_get (claims, ANNALS_FACT_PUBLISHED, 0)->value);
  self->published = annals_stamp_parse (self->stamp, language, claims->zone, &self->doubt);
}

/* --- no post --- */

static gboolean
body_is_page (AnnalsPage *page)
{
  xmlNode *root = annals_page_get_root (page);

  for (xmlNode *node = root; node != NULL; node = annals_page_next_element (node, root, TRUE))
    if (annals_page_node_is (node, "body"))
      {
        g_autofree char *class_names = annals_page_dup_attribute (node, "class");

        return class_names != NULL && annals_page_node_has_class (node, "page") &&
               !annals_page_node_has_class (node, "single") &&
               (strstr (class_names, "page-id-") != NULL || strstr (class_names, "page-template") != NULL);
      }

  return FALSE;
}

/* --- all --- */

static void
read_all (AnnalsClaims *claims)
{
  g_autofree char *day = NULL;

  if (claims->article == NULL)
    annals_claims_read_meta (claims);
  annals_claims_read_json (claims);
  annals_claims_read_marks (claims);
  if (claims->article != NULL)
    read_heading (claims);

  day = dup_date_of_address (choose_address (claims));
  annals_claims_add (claims, ANNALS_FACT_PUBLISHED, ANNALS_TRUST_ADDRESS, day);
}

/**
 * annals_page_facts_read:
 * @page: a page
 * @article: (nullable): the element to read; all of the page without it
 * @settings: (nullable): the zone and the language of dates
 *
 * Returns: (transfer full): what it says of itself
 */
AnnalsPageFacts *
annals_page_facts_read (AnnalsPage                 *page,
                        xmlNode                    *article,
                        const AnnalsFormatSettings *settings)
{
  AnnalsPageFacts *self;
  AnnalsClaims claims;

  g_return_val_if_fail (page != NULL, NULL);

  self = g_new0 (AnnalsPageFacts, 1);
  annals_claims_init (&claims, page, article);
  claims.zone = settings ? settings->zone : NULL;
  self->language = dup_language_of (article ? article : annals_page_get_root (page));
  claims.language = self->language ? self->language : settings ? settings->language : NULL;

  read_all (&claims);

  if (self->language == NULL)
    self->language = dup_language (&claims);
  self->url = g_strdup (choose_address (&claims));
  self->aliases = dup_aliases (&claims, self->url);
  if (annals_claims_count (&claims, ANNALS_FACT_GUID) > 0)
    self->guid = g_strdup (annals_claims_get (&claims, ANNALS_FACT_GUID, 0)->value);
  if (annals_claims_count (&claims, ANNALS_FACT_SOURCE) > 0)
    self->source = g_strdup (annals_claims_get (&claims, ANNALS_FACT_SOURCE, 0)->value);
  self->title = dup_title (&claims, self->source, self->url ? self->url : annals_page_get_address (page));
  self->author = dup_authors (&claims);
  self->tags = dup_tags (&claims, self->title);
  claims.language = settings ? settings->language : NULL;
  decide_date (self, &claims);
  self->is_page = article == NULL &&
                  (body_is_page (page) ||
                   (claims.is_website && !claims.has_article && self->published == NULL));

  annals_claims_clear (&claims);

  return self;
}
