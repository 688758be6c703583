/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "annals-annotations.h"
#include "annals-imports.h"
#include "annals-posts.h"
#include "annals-tags.h"
#include "annals-timelines.h"

G_BEGIN_DECLS

/* The shapes of the --json documents. Those that end in _members() write into an object that is
 * open; the others write a member's value or an array's element. */

void annals_cli_json_string      (JsonBuilder *builder, const char *name, const char *value);
/* NULL gives null */
void annals_cli_json_nullable    (JsonBuilder *builder, const char *name, const char *value);
void annals_cli_json_int         (JsonBuilder *builder, const char *name, gint64 value);
void annals_cli_json_bool        (JsonBuilder *builder, const char *name, gboolean value);
/* to the millisecond */
void annals_cli_json_seconds     (JsonBuilder *builder, const char *name, double value);
/* @microseconds: since 1970 UTC */
void annals_cli_json_time        (JsonBuilder *builder, const char *name, gint64 microseconds);
void annals_cli_json_bound       (JsonBuilder *builder, const char *name, gboolean known, gint64 seconds);
void annals_cli_json_names       (JsonBuilder *builder, const char *name, char **names);
void annals_cli_json_date        (JsonBuilder *builder, const char *name, AnnalsDate *date);
void annals_cli_json_begin_array (JsonBuilder *builder, const char *name);

void annals_cli_json_annotation_members (JsonBuilder *builder, const AnnalsAnnotation *annotation);
void annals_cli_json_tag_members        (JsonBuilder *builder, const AnnalsTag *tag);
void annals_cli_json_timeline_members   (JsonBuilder *builder, const AnnalsTimeline *timeline);
void annals_cli_json_event_members      (JsonBuilder *builder, const AnnalsEvent *event,
                                         const AnnalsTimeline *timeline);
void annals_cli_json_import_members     (JsonBuilder *builder, const AnnalsImport *import);
void annals_cli_json_issue_members      (JsonBuilder *builder, const AnnalsIssue *issue);
/* POST; reads what belongs to it */
gboolean annals_cli_json_post_members   (JsonBuilder *builder, AnnalsDb *db, const AnnalsPost *post,
                                         gboolean with_text, GError **error);

/* RFC 3339 in UTC, for microseconds since 1970 */
char *annals_cli_dup_time (gint64 microseconds);

G_END_DECLS
