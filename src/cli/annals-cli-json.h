/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-annotations.h"
#include "annals-imports.h"
#include "annals-json.h"
#include "annals-links.h"
#include "annals-posts.h"
#include "annals-tags.h"
#include "annals-timelines.h"

G_BEGIN_DECLS

/* The shapes of the --json documents. Those that end in _members() write into an object that is
 * open; the others write a member's value or an array's element. */

/* Where @quote stands in the text of the post @title; @occurrence: which one, from 1, 0: the only one. */
gboolean annals_cli_find_passage       (AnnalsText *text, const char *title, const char *quote, int occurrence,
                                        guint *start, guint *end, GError **error);
/* For people: the same in a few lines. */
void annals_cli_print_annotation        (GString *out, const AnnalsAnnotation *annotation);
void annals_cli_json_tag_members        (JsonBuilder *builder, const AnnalsTag *tag);
void annals_cli_json_timeline_members   (JsonBuilder *builder, const AnnalsTimeline *timeline);
void annals_cli_json_event_members      (JsonBuilder *builder, const AnnalsEvent *event,
                                         const AnnalsTimeline *timeline);
/* An element of "links": as the end that was asked about sees it. */
void annals_cli_json_end_link           (JsonBuilder *builder, const AnnalsLink *link);
void annals_cli_json_import_members     (JsonBuilder *builder, const AnnalsImport *import);
void annals_cli_json_issue_members      (JsonBuilder *builder, const AnnalsIssue *issue);
/* POST; reads what belongs to it */
gboolean annals_cli_json_post_members   (JsonBuilder *builder, AnnalsDb *db, const AnnalsPost *post,
                                         gboolean with_text, GError **error);

G_END_DECLS
