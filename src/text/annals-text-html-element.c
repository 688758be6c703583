/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text-html-private.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char        *name;
  AnnalsHtmlElement  element;
} ElementName;

/* Sorted by strcmp(). Head and body are as good as nothing: libxml2 leaves text in both. What is never
 * shown was taken out before (annals_html_source_mend()). */
static const ElementName element_names[] = {
  { "a", ANNALS_HTML_LINK },
  { "address", ANNALS_HTML_BLOCK },
  { "article", ANNALS_HTML_BLOCK },
  { "aside", ANNALS_HTML_BLOCK },
  { "b", ANNALS_HTML_STRONG },
  { "base", ANNALS_HTML_BASE },
  { "blockquote", ANNALS_HTML_QUOTATION },
  { "body", ANNALS_HTML_BLOCK },
  { "br", ANNALS_HTML_BREAK },
  { "caption", ANNALS_HTML_BLOCK },
  { "center", ANNALS_HTML_BLOCK },
  { "cite", ANNALS_HTML_EMPHASIS },
  { "code", ANNALS_HTML_CODE },
  { "dd", ANNALS_HTML_BLOCK },
  { "details", ANNALS_HTML_BLOCK },
  { "dfn", ANNALS_HTML_EMPHASIS },
  { "dialog", ANNALS_HTML_BLOCK },
  { "dir", ANNALS_HTML_LIST },
  { "div", ANNALS_HTML_BLOCK },
  { "dl", ANNALS_HTML_BLOCK },
  { "dt", ANNALS_HTML_BLOCK },
  { "em", ANNALS_HTML_EMPHASIS },
  { "fieldset", ANNALS_HTML_BLOCK },
  { "figcaption", ANNALS_HTML_BLOCK },
  { "figure", ANNALS_HTML_BLOCK },
  { "footer", ANNALS_HTML_BLOCK },
  { "form", ANNALS_HTML_BLOCK },
  { "h1", ANNALS_HTML_HEADING },
  { "h2", ANNALS_HTML_HEADING },
  { "h3", ANNALS_HTML_HEADING },
  { "h4", ANNALS_HTML_HEADING },
  { "h5", ANNALS_HTML_HEADING },
  { "h6", ANNALS_HTML_HEADING },
  { "header", ANNALS_HTML_BLOCK },
  { "hgroup", ANNALS_HTML_BLOCK },
  { "hr", ANNALS_HTML_RULE },
  { "i", ANNALS_HTML_EMPHASIS },
  { "img", ANNALS_HTML_IMAGE },
  { "kbd", ANNALS_HTML_CODE },
  { "legend", ANNALS_HTML_BLOCK },
  { "li", ANNALS_HTML_ITEM },
  { "listing", ANNALS_HTML_PREFORMATTED },
  { "main", ANNALS_HTML_BLOCK },
  { "menu", ANNALS_HTML_LIST },
  { "nav", ANNALS_HTML_BLOCK },
  { "noscript", ANNALS_HTML_NOSCRIPT },
  { "ol", ANNALS_HTML_LIST },
  { "optgroup", ANNALS_HTML_BLOCK },
  { "option", ANNALS_HTML_BLOCK },
  { "p", ANNALS_HTML_BLOCK },
  { "plaintext", ANNALS_HTML_PREFORMATTED },
  { "pre", ANNALS_HTML_PREFORMATTED },
  { "q", ANNALS_HTML_QUOTE },
  { "samp", ANNALS_HTML_CODE },
  { "search", ANNALS_HTML_BLOCK },
  { "section", ANNALS_HTML_BLOCK },
  { "strong", ANNALS_HTML_STRONG },
  { "summary", ANNALS_HTML_BLOCK },
  { "table", ANNALS_HTML_TABLE },
  { "tbody", ANNALS_HTML_INLINE },
  { "td", ANNALS_HTML_CELL },
  { "textarea", ANNALS_HTML_PREFORMATTED },
  { "th", ANNALS_HTML_CELL },
  { "tr", ANNALS_HTML_ROW },
  { "tt", ANNALS_HTML_CODE },
  { "ul", ANNALS_HTML_LIST },
  { "var", ANNALS_HTML_EMPHASIS },
  { "xmp", ANNALS_HTML_PREFORMATTED },
};

static int
compare_element (const void *name,
                 const void *element)
{
  return strcmp (name, ((const ElementName *) element)->name);
}

AnnalsHtmlElement
annals_html_element_lookup (xmlNode *node)
{
  const ElementName *found;

  found = bsearch (node->name, element_names, G_N_ELEMENTS (element_names),
                   sizeof *element_names, compare_element);

  return found != NULL ? found->element : ANNALS_HTML_INLINE;
}

xmlNode *
annals_html_next (xmlNode  *node,
                  xmlNode  *root,
                  gboolean  descend)
{
  if (descend && node->type == XML_ELEMENT_NODE && node->children != NULL)
    return node->children;

  while (node != root && node->next == NULL)
    node = node->parent;

  return node == root ? root : node->next;
}

char *
annals_html_dup_attribute (xmlNode    *node,
                           const char *name)
{
  xmlChar *value = xmlGetNoNsProp (node, (const xmlChar *) name);
  char *copy = NULL;

  if (value != NULL)
    copy = annals_text_normalize_line ((const char *) value, -1);
  xmlFree (value);

  return copy;
}
