/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-text.h"

G_BEGIN_DECLS

/* Markdown and HTML of what the notebook holds. What was imported or is a name is text, not markup. */

/* @text as it is to be read; line feeds become @newline. */
void  annals_markdown_append_plain (GString    *out,
                                    const char *text,
                                    const char *newline);
/* The text of a post with its headings, lists, quotations, links, tables and emphasis; @level is added to headings. */
void  annals_markdown_append_post  (GString    *out,
                                    AnnalsText *text,
                                    guint       level);
/* What a person wrote in CommonMark, as CommonMark that ends what it begins, so that something may follow it: raw HTML
 * is the text that it is, a picture its words. @level is added to headings. */
void  annals_markdown_append_own   (GString    *out,
                                    const char *markdown,
                                    guint       level);
/* The same as HTML. */
void  annals_markdown_append_html  (GString    *out,
                                    const char *markdown,
                                    guint       level);
/* "[[The harbour closes]]": a link to a note of that name in programs that know them, such as Obsidian. */
void  annals_markdown_append_wiki  (GString    *out,
                                    const char *name);
/* "#north-korea"; nothing when no letter of @name can stand in a tag. */
void  annals_markdown_append_tag   (GString    *out,
                                    const char *name);
/* " <https://…>", with what would end it as percent escapes */
void  annals_markdown_append_link  (GString    *out,
                                    const char *address);
/* "](https://…)": the end of a link whose words were written behind a "[" */
void  annals_markdown_append_target (GString    *out,
                                     const char *address);
/* name: "value" of the YAML in front of a document. */
void  annals_yaml_append           (GString    *out,
                                    const char *name,
                                    const char *value);

G_END_DECLS
