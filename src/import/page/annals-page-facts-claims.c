/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-limits.h"
#include "annals-page-facts-private.h"

#include <string.h>

/* Longer ones are no titles, names or tags (bytes). */
#define MAX_VALUE 2000
#define MAX_ADDRESS 8000
/* Nodes looked at for lines in all, and in one. */
#define BUDGET 100000
#define MAX_LINE_NODES 400

static void
claim_clear (gpointer claim)
{
  g_free (((AnnalsClaim *) claim)->value);
}

void
annals_claims_init (AnnalsClaims *self,
                    AnnalsPage   *page,
                    xmlNode      *article)
{
  *self = (AnnalsClaims) { .page = page, .article = article, .budget = BUDGET };

  for (guint i = 0; i < ANNALS_N_FACTS; i++)
    {
      self->claims[i] = g_array_new (FALSE, FALSE, sizeof (AnnalsClaim));
      g_array_set_clear_func (self->claims[i], claim_clear);
    }
}

void
annals_claims_clear (AnnalsClaims *self)
{
  for (guint i = 0; i < ANNALS_N_FACTS; i++)
    g_clear_pointer (&self->claims[i], g_array_unref);
  g_clear_pointer (&self->heading, g_free);
  g_clear_pointer (&self->head_title, g_free);
}

guint
annals_claims_count (AnnalsClaims *self,
                     AnnalsFact    fact)
{
  return self->claims[fact]->len;
}

gboolean
annals_claims_are_full (AnnalsClaims *self,
                        AnnalsFact    fact)
{
  return self->claims[fact]->len >= ANNALS_LIMIT_PAGE_CLAIMS || self->budget == 0;
}

const AnnalsClaim *
annals_claims_get (AnnalsClaims *self,
                   AnnalsFact    fact,
                   guint         index)
{
  return &g_array_index (self->claims[fact], AnnalsClaim, index);
}

static void
take_claim (AnnalsClaims *self,
            AnnalsFact    fact,
            AnnalsTrust   trust,
            char         *value)
{
  GArray *claims = self->claims[fact];
  AnnalsClaim claim = { trust, value };
  guint at = claims->len;

  if (claims->len >= ANNALS_LIMIT_PAGE_CLAIMS)
    {
      g_free (value);
      return;
    }

  while (at > 0 && g_array_index (claims, AnnalsClaim, at - 1).trust > trust)
    at--;
  g_array_insert_val (claims, at, claim);
}

/* Some sites write references twice ("&amp;#8217;"). */
static char *
dup_decoded (const char *value)
{
  if (strchr (value, '&') != NULL && strchr (value, ';') != NULL && strchr (value, '<') == NULL)
    return annals_text_line_from_html (value, -1);

  return annals_text_normalize_line (value, -1);
}

/* Marks of byte order and places to break a line, which nobody sees. */
static char *
dup_visible (const char *line)
{
  static const char *const unseen[] = { "\357\273\277", "\342\200\213", "\342\200\216", "\342\200\217" };
  GString *visible = g_string_new (line);
  char *string;

  for (guint i = 0; i < G_N_ELEMENTS (unseen); i++)
    {
      while (g_str_has_prefix (visible->str, unseen[i]))
        g_string_erase (visible, 0, (gssize) strlen (unseen[i]));
      while (g_str_has_suffix (visible->str, unseen[i]))
        g_string_truncate (visible, visible->len - strlen (unseen[i]));
    }

  string = g_string_free (visible, FALSE);
  return g_strstrip (string);
}

void
annals_claims_add (AnnalsClaims *self,
                   AnnalsFact    fact,
                   AnnalsTrust   trust,
                   const char   *value)
{
  g_autofree char *line = NULL;

  if (value == NULL || strnlen (value, MAX_VALUE) == MAX_VALUE)
    return;

  line = dup_decoded (value);
  /* what a site's program writes when it has nothing */
  if (*line == '\0' || g_ascii_strcasecmp (line, "null") == 0 || g_ascii_strcasecmp (line, "undefined") == 0 ||
      g_str_has_prefix (line, "{{"))
    return;

  take_claim (self, fact, trust, dup_visible (line));
}

void
annals_claims_add_address (AnnalsClaims *self,
                           AnnalsFact    fact,
                           AnnalsTrust   trust,
                           const char   *href)
{
  char *address;

  if (href == NULL || strnlen (href, MAX_ADDRESS) == MAX_ADDRESS)
    return;
  address = annals_page_dup_absolute (self->page, href);
  if (address != NULL)
    take_claim (self, fact, trust, address);
}

void
annals_claims_add_list (AnnalsClaims *self,
                        AnnalsFact    fact,
                        AnnalsTrust   trust,
                        const char   *list)
{
  g_autofree char *decoded = NULL;
  g_autoptr(GString) parted = NULL;
  g_auto(GStrv) pieces = NULL;

  if (list == NULL || strnlen (list, MAX_ADDRESS) == MAX_ADDRESS)
    return;

  decoded = dup_decoded (list);
  parted = g_string_new (decoded);
  g_string_replace (parted, "，", ",", 0);
  pieces = g_strsplit_set (parted->str, ",;", ANNALS_LIMIT_PAGE_CLAIMS);
  for (guint i = 0; pieces[i] != NULL; i++)
    annals_claims_add (self, fact, trust, pieces[i]);
}

/* "https://blog.example/author/ann-hill/": "Ann Hill" */
static char *
dup_name_of_address (const char *address)
{
  g_autofree char *path = NULL;
  const char *piece;
  GString *name;
  gboolean start = TRUE;

  if (!g_uri_split (address, G_URI_FLAGS_PARSE_RELAXED, NULL, NULL, NULL, NULL, &path, NULL, NULL, NULL) ||
      path == NULL)
    return NULL;
  if (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  piece = strrchr (path, '/');
  if (piece == NULL || piece[1] == '\0')
    return NULL;

  name = g_string_new (NULL);
  for (piece++; *piece != '\0'; piece++)
    {
      /* a number or a file is no name */
      if (!g_ascii_isalpha (*piece) && *piece != '-' && *piece != '_' && *piece != '+')
        {
          g_string_free (name, TRUE);
          return NULL;
        }
      if (g_ascii_isalpha (*piece))
        g_string_append_c (name, start ? g_ascii_toupper (*piece) : *piece);
      else if (!start)
        g_string_append_c (name, ' ');
      start = !g_ascii_isalpha (*piece);
    }

  return g_string_free (name, FALSE);
}

static gboolean
is_address (const char *value)
{
  return g_str_has_prefix (value, "http://") || g_str_has_prefix (value, "https://") ||
         g_str_has_prefix (value, "//") || value[0] == '/';
}

void
annals_claims_add_author (AnnalsClaims *self,
                          AnnalsTrust   trust,
                          const char   *name)
{
  g_autofree char *line = NULL;
  g_autofree char *clean = NULL;

  if (name == NULL || strnlen (name, MAX_VALUE) == MAX_VALUE)
    return;

  line = dup_decoded (name);
  if (is_address (line))
    {
      clean = dup_name_of_address (line);
      trust = ANNALS_TRUST_ADDRESS;
    }
  else if (strchr (line, '@') == NULL || strchr (line, ' ') != NULL)
    {
      clean = annals_byline_dup_name (line);
    }
  annals_claims_add (self, ANNALS_FACT_AUTHOR, trust, clean);
}

/* --- lines --- */

static gboolean
parts_words (xmlNode *node)
{
  static const char *const inside[] = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "mark", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
  };

  for (guint i = 0; i < G_N_ELEMENTS (inside); i++)
    if (annals_page_node_is (node, inside[i]))
      return FALSE;

  return TRUE;
}

gboolean
annals_claims_has_word (xmlNode    *node,
                        const char *attribute,
                        const char *word)
{
  gsize length = strlen (word);
  const char *p = NULL;

  for (xmlAttr *at = node->properties; at != NULL && p == NULL; at = at->next)
    if (at->children != NULL && at->children->content != NULL && g_str_equal (at->name, attribute))
      p = (const char *) at->children->content;

  while (p != NULL && *p != '\0')
    {
      gsize n;

      p += strspn (p, " \t\r\n\f");
      n = strcspn (p, " \t\r\n\f");
      if (n == length && n > 0 && g_ascii_strncasecmp (p, word, n) == 0)
        return TRUE;
      p += n;
    }

  return FALSE;
}

static gboolean
is_silent (xmlNode *node)
{
  static const char *const silent[] = { "noscript", "script", "style", "svg", "template" };

  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    if (annals_page_node_is (node, silent[i]))
      return TRUE;

  return node->properties != NULL &&
         (annals_claims_has_word (node, "class", "screen-reader-text") ||
          annals_claims_has_word (node, "class", "sr-only") ||
          annals_claims_has_word (node, "class", "visually-hidden") || xmlHasProp (node, BAD_CAST "hidden") != NULL);
}

char *
annals_claims_dup_line (AnnalsClaims *self,
                        xmlNode      *node)
{
  g_autoptr(GString) line = g_string_new (NULL);
  xmlNode *at = node;
  guint n = 0;

  while (at != NULL)
    {
      gboolean descend = at->type == XML_ELEMENT_NODE && (at == node || !is_silent (at));

      if (++n > MAX_LINE_NODES || self->budget == 0 || line->len > MAX_VALUE)
        return NULL;
      self->budget--;

      if (at->type == XML_TEXT_NODE && at->content != NULL)
        g_string_append (line, (const char *) at->content);
      else if (at->type == XML_ELEMENT_NODE && at != node && parts_words (at))
        g_string_append_c (line, ' ');

      if (descend && at->children != NULL)
        {
          at = at->children;
          continue;
        }
      while (at != node && at->next == NULL)
        {
          at = at->parent;
          if (at != node && parts_words (at))
            g_string_append_c (line, ' ');
        }
      at = at == node ? NULL : at->next;
    }

  if (line->len > MAX_VALUE)
    return NULL;

  return annals_text_normalize_line (line->str, (gssize) line->len);
}

/* --- comparing --- */

static char *
dup_letters (const char *string)
{
  g_autofree char *folded = g_utf8_casefold (string, -1);
  GString *letters = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_unichar (letters, g_utf8_get_char (p));

  return g_string_free (letters, FALSE);
}

gboolean
annals_claims_same_words (const char *a,
                          const char *b)
{
  g_autofree char *letters_a = NULL;
  g_autofree char *letters_b = NULL;

  if (a == NULL || b == NULL)
    return FALSE;

  letters_a = dup_letters (a);
  letters_b = dup_letters (b);

  return *letters_a != '\0' && g_str_equal (letters_a, letters_b);
}
