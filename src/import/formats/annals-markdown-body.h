/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A post's Markdown as CommonMark has it: what the programs that make web sites of it add is taken away or
 * written otherwise ({% highlight %}, {{ site.baseurl }}, {: .class }). Free with g_free(). */
char *annals_markdown_body_prepare     (const char  *body);
/* The heading that the text begins with, as Markdown, and @behind (out) what follows it; NULL when it begins
 * with none. */
char *annals_markdown_body_dup_heading (const char  *body,
                                        const char **behind);
/* The day in a file's name ("_posts/2020-03-09-ice.md" → "2020-03-09"); NULL when there is none. */
char *annals_markdown_dup_name_date    (const char  *path);

G_END_DECLS
