/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-text.h"

#include <libxml/tree.h>

G_BEGIN_DECLS

/* A page of HTML as a tree, for those who look for something in it: as browsers read it or more kindly, so
 * that no text is lost on what libxml2 cannot take. Programs, styles, comments, templates and frames are
 * left out; kept are <title> and data in scripts (application/ld+json). Linear in the length; 100,000
 * elements may stand in each other, so walk it without recursion. @length: in bytes. NULL when the page is
 * longer than libxml2 can count (2 GB). Free with xmlFreeDoc(). */
xmlDoc           *annals_html_parse              (const char *html,
                                                  gsize       length);

/* Whether the element and what is in it is left out of a text. */
typedef gboolean (*AnnalsHtmlLeaveOut) (xmlNode  *node,
                                        gpointer  data);

/* The text of @node, an element or a document of annals_html_parse(), and all that is in it: the same
 * as annals_text_new_from_html() makes of its source. @base_uri (nullable) resolves relative addresses,
 * which <base> in @node only does without it. @leave_out (nullable): asked of every element, @node too. */
AnnalsText       *annals_text_new_from_html_node (xmlNode            *node,
                                                  const char         *base_uri,
                                                  AnnalsHtmlLeaveOut  leave_out,
                                                  gpointer            data);

G_END_DECLS
