/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-text-html.h"

G_BEGIN_DECLS

/**
 * AnnalsPage:
 *
 * A page of HTML that was read: its tree and what is known of where it was. Not thread-safe.
 */
typedef struct _AnnalsPage AnnalsPage;

/* @html: @length bytes of UTF-8 (what is not is repaired); not kept. @address (nullable): where it was
 * fetched from, absolute. Any input gives a page. */
AnnalsPage *annals_page_new           (const char *html,
                                       gsize       length,
                                       const char *address);
void        annals_page_free          (AnnalsPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPage, annals_page_free)

/* The page's tree (see annals_html_parse()); the page owns it, and nobody changes it except by
 * annals_page_own_document(). Never NULL. */
xmlDoc     *annals_page_get_document  (AnnalsPage *self);
/* The document's <html> element; NULL when the page is empty. */
xmlNode    *annals_page_get_root      (AnnalsPage *self);
/* Frees @document, a tree made from the page, together with the page. */
void        annals_page_own_document  (AnnalsPage *self,
                                       xmlDoc     *document);
/* Where the page itself was: what annals_page_new() was told, else what the browser that saved it wrote
 * into it ("saved from url", SingleFile), else its canonical address, else og:url. NULL when nothing says. */
const char *annals_page_get_address   (AnnalsPage *self);
/* What relative addresses are relative to: <base href>, else the address. */
const char *annals_page_get_base      (AnnalsPage *self);
/* @href made absolute and cleaned of white space; NULL for what leads nowhere (empty, "javascript:",
 * "data:", "#" alone) and for what stays relative because no base is known. */
char       *annals_page_dup_absolute  (AnnalsPage *self,
                                       const char *href);
/* What the program that saved the page wrote of when it did; NULL when it did not. */
const char *annals_page_get_saved     (AnnalsPage *self);

/* --- nodes of a page; names and classes are compared without regard to case --- */

/* The element after @node in the page's order inside @root, not @root itself; NULL at the end. With
 * @descend FALSE what is in @node is left out. @node may be @root to begin. */
xmlNode    *annals_page_next_element  (xmlNode    *node,
                                       xmlNode    *root,
                                       gboolean    descend);
/* An element of that name ("h1") */
gboolean    annals_page_node_is       (xmlNode    *node,
                                       const char *name);
/* Whether one of the words of @attribute ("class", "rel", "itemprop", "property") is @word. */
gboolean    annals_page_node_has_word (xmlNode    *node,
                                       const char *attribute,
                                       const char *word);
/* The same for the class attribute. */
gboolean    annals_page_node_has_class (xmlNode    *node,
                                        const char *word);
/* The value of @attribute, "" when it is empty. *@made (out) is the caller's to free with xmlFree(); NULL when
 * the value could be borrowed from the tree. */
const char *annals_page_attribute_borrow (xmlAttr  *attribute,
                                          xmlChar **made);
/* The attribute's value in one line, trimmed; NULL when it is not there. */
char       *annals_page_dup_attribute (xmlNode    *node,
                                       const char *name);
/* The words in @node in one line, as they are shown (what is hidden left out). */
char       *annals_page_dup_line      (xmlNode    *node);

G_END_DECLS
