/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-address.h"
#include "annals-limits.h"
#include "annals-page.h"

#include "annals-page-marks.h"

#include <string.h>

/* What browsers write before a page that they save stands in its first kilobytes. */
#define HEAD_SIZE (16 * 1024)
/* Elements in one line of words */
#define MAX_LINE_ELEMENTS 1000

struct _AnnalsPage
{
  xmlDoc    *document;
  GPtrArray *owned;      /* xmlDoc */
  char      *address;
  char      *base;
  char      *saved;
};

/* --- nodes --- */

xmlNode *
annals_page_next_element (xmlNode  *node,
                          xmlNode  *root,
                          gboolean  descend)
{
  g_return_val_if_fail (node != NULL && root != NULL, NULL);

  do
    {
      if (descend && node->type != XML_ENTITY_REF_NODE && node->children != NULL)
        {
          node = node->children;
        }
      else
        {
          while (node != root && node->next == NULL)
            node = node->parent;
          if (node == root)
            return NULL;
          node = node->next;
        }
      descend = TRUE;
    }
  while (node->type != XML_ELEMENT_NODE);

  return node;
}

gboolean
annals_page_node_is (xmlNode    *node,
                     const char *name)
{
  /* most are another, which their first letter tells in either case */
  return node != NULL && node->type == XML_ELEMENT_NODE && ((*node->name ^ (guchar) *name) | 0x20) == 0x20 &&
         g_ascii_strcasecmp ((const char *) node->name, name) == 0;
}

/* Without a copy where it is one text, as the parser leaves nearly all. */
const char *
annals_page_attribute_borrow (xmlAttr  *attribute,
                              xmlChar **made)
{
  xmlNode *text = attribute->children;

  *made = NULL;
  if (text == NULL)
    return "";
  if (text->type == XML_TEXT_NODE && text->next == NULL && text->content != NULL)
    return (const char *) text->content;

  *made = xmlNodeListGetString (attribute->doc, text, 1);

  return *made != NULL ? (const char *) *made : "";
}

/* The same of the attribute called @name; %NULL when @node has none. */
static const char *
borrow_attribute (xmlNode    *node,
                  const char *name,
                  xmlChar   **made)
{
  *made = NULL;
  if (node == NULL || node->type != XML_ELEMENT_NODE)
    return NULL;

  for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    if (attribute->ns == NULL && g_str_equal (attribute->name, name))
      return annals_page_attribute_borrow (attribute, made);

  return NULL;
}

gboolean
annals_page_node_has_word (xmlNode    *node,
                           const char *attribute,
                           const char *word)
{
  gsize length = strlen (word);
  xmlChar *made;
  const char *value = borrow_attribute (node, attribute, &made);
  gboolean found = FALSE;

  if (value == NULL)
    return FALSE;

  for (const char *p = value; *p != '\0' && !found;)
    {
      gsize n;

      p += strspn (p, " \t\r\n\f");
      n = strcspn (p, " \t\r\n\f");
      found = n == length && n > 0 && g_ascii_strncasecmp (p, word, n) == 0;
      p += n;
    }
  xmlFree (made);

  return found;
}

gboolean
annals_page_node_has_class (xmlNode    *node,
                            const char *word)
{
  return annals_page_node_has_word (node, "class", word);
}

char *
annals_page_dup_attribute (xmlNode    *node,
                           const char *name)
{
  xmlChar *made;
  const char *value = borrow_attribute (node, name, &made);
  char *line = NULL;

  if (value != NULL)
    line = annals_text_normalize_line (value, -1);
  xmlFree (made);

  return line;
}

typedef struct
{
  xmlNode *node;
  guint    n_seen;
} LineRules;

/* What is only read aloud ("(opens in a new window)") stands in no line; and a line has an end, so that
 * asking for one after the other of a hundred thousand that stand inside each other takes no time. */
static gboolean
leave_out_of_line (xmlNode  *node,
                   gpointer  data)
{
  LineRules *rules = data;

  if (node == rules->node)
    return FALSE;

  return rules->n_seen++ > MAX_LINE_ELEMENTS ||
         (annals_page_node_get_marks (node) & ANNALS_MARK_HIDDEN) != 0;
}

char *
annals_page_dup_line (xmlNode *node)
{
  LineRules rules = { node, 0 };
  g_autoptr(AnnalsText) text = NULL;
  g_autoptr(GString) line = NULL;

  g_return_val_if_fail (node != NULL, NULL);

  /* the element that is asked for may be one that is shown nowhere */
  if (annals_page_node_is (node, "title"))
    {
      xmlChar *content = xmlNodeGetContent (node);
      char *title = annals_text_normalize_line ((const char *) content, -1);

      xmlFree (content);
      return title;
    }

  text = annals_text_new_from_html_node (node, NULL, leave_out_of_line, &rules);
  line = g_string_new (annals_text_get_string (text));
  g_string_replace (line, "\357\277\274", " ", 0);

  return annals_text_normalize_line (line->str, (gssize) line->len);
}

/* --- where the page was --- */

static gboolean
is_web_address (const char *address)
{
  return g_ascii_strncasecmp (address, "http://", 7) == 0 ||
         g_ascii_strncasecmp (address, "https://", 8) == 0;
}

/* What stands behind @label up to white space; NULL when the label is not there. */
static char *
dup_after (const char *text,
           const char *label)
{
  const char *at = strstr (text, label);
  gsize length;

  if (at == NULL)
    return NULL;

  at += strlen (label);
  at += strspn (at, " \t");
  length = strcspn (at, " \t\r\n");

  return length > 0 && length < ANNALS_LIMIT_ADDRESS ? g_strndup (at, length) : NULL;
}

/* "saved from url=(0042)https://…", by Internet Explorer and Chromium. */
static char *
address_of_saved_from (const char *comment)
{
  const char *at = strstr (comment, "saved from url=(");
  const char *end = at ? strchr (at, ')') : NULL;
  gsize length;

  if (end == NULL)
    return NULL;

  length = strcspn (end + 1, " \t\r\n");

  return length > 0 && length < ANNALS_LIMIT_ADDRESS ? g_strndup (end + 1, length) : NULL;
}

static void
read_comment (AnnalsPage *self,
              const char *comment)
{
  g_autofree char *address = address_of_saved_from (comment);
  const char *date = NULL;

  if (address == NULL && strstr (comment, "SingleFile") != NULL)
    {
      address = dup_after (comment, "\n url:");
      if ((date = strstr (comment, "saved date:")) != NULL && self->saved == NULL)
        self->saved = annals_text_normalize_line (date + strlen ("saved date:"),
                                                  (gssize) strcspn (date + strlen ("saved date:"), "\r\n"));
    }

  if (address != NULL && self->address == NULL && is_web_address (address))
    self->address = g_steal_pointer (&address);
}

/* The comments that stand near the beginning are not in the tree. */
static void
read_comments (AnnalsPage *self,
               const char *html,
               gsize       length)
{
  g_autofree char *valid = NULL;
  g_autofree char *head = NULL;
  const char *p;

  head = g_strndup (html, MIN (length, HEAD_SIZE));
  p = valid = g_utf8_make_valid (head, -1);
  while ((p = strstr (p, "<!--")) != NULL)
    {
      const char *end = strstr (p + 4, "-->");
      g_autofree char *comment = NULL;

      if (end == NULL)
        break;
      comment = g_strndup (p + 4, (gsize) (end - p - 4));
      read_comment (self, comment);
      p = end + 3;
    }
}

/* What the elements of the page's head say; the first of each kind counts. */
typedef struct
{
  char *base;
  char *canonical;
  char *og_url;
} Head;

static void
read_head (AnnalsPage *self,
           Head       *head)
{
  xmlNode *root = annals_page_get_root (self);

  for (xmlNode *node = root; node != NULL; node = annals_page_next_element (node, root, TRUE))
    {
      if (head->base == NULL && annals_page_node_is (node, "base"))
        head->base = annals_page_dup_attribute (node, "href");
      else if (head->canonical == NULL && annals_page_node_is (node, "link") &&
               annals_page_node_has_word (node, "rel", "canonical"))
        head->canonical = annals_page_dup_attribute (node, "href");
      else if (head->og_url == NULL && annals_page_node_is (node, "meta") &&
               (annals_page_node_has_word (node, "property", "og:url") ||
                annals_page_node_has_word (node, "name", "og:url")))
        head->og_url = annals_page_dup_attribute (node, "content");
    }
}

static char *
dup_resolved (const char *base,
              const char *address)
{
  g_autofree char *scheme = g_uri_parse_scheme (address);

  if (scheme != NULL)
    return g_strdup (address);

  return base ? annals_address_resolve (base, address)
              : NULL;
}

static void
find_address (AnnalsPage *self)
{
  Head head = { NULL, };

  read_head (self, &head);

  if (self->address == NULL && head.canonical != NULL && is_web_address (head.canonical))
    self->address = g_strdup (head.canonical);
  if (self->address == NULL && head.og_url != NULL && is_web_address (head.og_url))
    self->address = g_strdup (head.og_url);

  /* a base of an address that is no place on the web (a saved page's "cid:") leads nowhere */
  if (head.base != NULL && *head.base != '\0')
    self->base = dup_resolved (self->address, head.base);
  if (self->base != NULL && !is_web_address (self->base))
    g_clear_pointer (&self->base, g_free);
  if (self->base == NULL)
    self->base = g_strdup (self->address);

  g_free (head.base);
  g_free (head.canonical);
  g_free (head.og_url);
}

/* --- the page --- */

/**
 * annals_page_new:
 * @html: the page, UTF-8 or nearly
 * @length: in bytes
 * @address: (nullable): where it was fetched from
 *
 * Returns: (transfer full): the page; any input gives one
 */
AnnalsPage *
annals_page_new (const char *html,
                 gsize       length,
                 const char *address)
{
  AnnalsPage *self;

  g_return_val_if_fail (html != NULL || length == 0, NULL);

  self = g_new0 (AnnalsPage, 1);
  self->owned = g_ptr_array_new_with_free_func ((GDestroyNotify) xmlFreeDoc);
  if (address != NULL && is_web_address (address) && strlen (address) < ANNALS_LIMIT_ADDRESS)
    self->address = g_strdup (address);

  self->document = annals_html_parse (html ? html : "", length);
  if (self->document == NULL)
    self->document = xmlNewDoc (BAD_CAST "1.0");

  read_comments (self, html ? html : "", length);
  find_address (self);

  return self;
}

void
annals_page_free (AnnalsPage *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->owned);
  g_clear_pointer (&self->document, xmlFreeDoc);
  g_free (self->address);
  g_free (self->base);
  g_free (self->saved);
  g_free (self);
}

xmlDoc *
annals_page_get_document (AnnalsPage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->document;
}

xmlNode *
annals_page_get_root (AnnalsPage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return xmlDocGetRootElement (self->document);
}

/**
 * annals_page_own_document:
 * @self: a page
 * @document: (transfer full): a tree that shall live as long
 */
void
annals_page_own_document (AnnalsPage *self,
                          xmlDoc     *document)
{
  g_return_if_fail (self != NULL && document != NULL);

  g_ptr_array_add (self->owned, document);
}

const char *
annals_page_get_address (AnnalsPage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address;
}

const char *
annals_page_get_base (AnnalsPage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->base;
}

/**
 * annals_page_dup_absolute:
 * @self: a page
 * @href: (nullable): an address as the page writes it
 *
 * Returns: (transfer full) (nullable): the whole address, %NULL when it leads nowhere
 */
char *
annals_page_dup_absolute (AnnalsPage *self,
                          const char *href)
{
  static const char * const nowhere[] = { "javascript", "vbscript", "data", "about", "blob", "cid" };
  g_autofree char *line = NULL;
  g_autofree char *scheme = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  line = annals_text_normalize_line (href, -1);
  if (*line == '\0' || g_str_equal (line, "#") || strlen (line) > ANNALS_LIMIT_ADDRESS)
    return NULL;

  scheme = g_uri_parse_scheme (line);
  for (guint i = 0; scheme != NULL && i < G_N_ELEMENTS (nowhere); i++)
    if (g_ascii_strcasecmp (scheme, nowhere[i]) == 0)
      return NULL;

  return dup_resolved (self->base, line);
}

const char *
annals_page_get_saved (AnnalsPage *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->saved;
}
