/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text-html.h"
#include "annals-text-html-private.h"

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/parserInternals.h>

#include "annals-xml.h"

xmlDoc *
annals_html_source_parse (const GString *source)
{
  htmlParserCtxtPtr context;
  htmlDocPtr doc;

  annals_xml_init ();

  context = htmlCreateMemoryParserCtxt (source->str, source->len);
  if (context == NULL)
    return NULL;

  htmlCtxtUseOptions (context, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING
                               | HTML_PARSE_NONET | HTML_PARSE_NODEFDTD | HTML_PARSE_COMPACT
                               | HTML_PARSE_IGNORE_ENC);
  /* No option of the HTML parser, but without it text is lost beyond 256 levels and 10 MB. */
  context->options |= XML_PARSE_HUGE;
  /* Whatever the page says of itself: it was decoded before. */
  xmlSwitchEncoding (context, XML_CHAR_ENCODING_UTF8);
  htmlParseDocument (context);

  doc = context->myDoc;
  context->myDoc = NULL;
  htmlFreeParserCtxt (context);

  return doc;
}

/**
 * annals_html_parse:
 * @html: a page in UTF-8 or nearly
 * @length: in bytes
 *
 * Returns: (transfer full) (nullable): its tree, without a root when the page holds nothing; %NULL when it is
 * longer than libxml2 can count
 */
xmlDoc *
annals_html_parse (const char *html,
                   gsize       length)
{
  g_autoptr(GString) source = NULL;

  g_return_val_if_fail (html != NULL || length == 0, NULL);

  if (length > G_MAXINT - 1)
    return NULL;

  source = annals_html_source_mend (html, (gssize) length, TRUE);

  if (source->len > G_MAXINT - 1)
    return NULL;
  /* libxml2 makes no tree of nothing */
  if (source->len == 0)
    return htmlNewDocNoDtD (NULL, NULL);

  return annals_html_source_parse (source);
}
