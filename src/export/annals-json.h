/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "annals-annotations.h"
#include "annals-date.h"
#include "annals-timelines.h"

G_BEGIN_DECLS

/* The shapes that exports and the --json documents of annals-cli share. Each writes one member of the object
 * that is open; strings that JSON cannot hold are mended. */

/* NULL gives "" */
void  annals_json_string       (JsonBuilder *builder, const char *name, const char *value);
/* NULL gives null */
void  annals_json_nullable     (JsonBuilder *builder, const char *name, const char *value);
void  annals_json_int          (JsonBuilder *builder, const char *name, gint64 value);
void  annals_json_bool         (JsonBuilder *builder, const char *name, gboolean value);
/* to the millisecond */
void  annals_json_seconds      (JsonBuilder *builder, const char *name, double value);
/* @microseconds: since 1970 UTC */
void  annals_json_time         (JsonBuilder *builder, const char *name, gint64 microseconds);
/* @seconds: since 1970 UTC; null unless @known */
void  annals_json_bound        (JsonBuilder *builder, const char *name, gboolean known, gint64 seconds);
/* @names (nullable): an empty array */
void  annals_json_names        (JsonBuilder *builder, const char *name, char **names);
void  annals_json_date         (JsonBuilder *builder, const char *name, AnnalsDate *date);
void  annals_json_begin_array  (JsonBuilder *builder, const char *name);
/* An element of the array that is open. */
void  annals_json_add_evidence (JsonBuilder *builder, const AnnalsEvidence *evidence);
/* The member "sources": how many independent ones support and contradict an event. */
void  annals_json_add_sources  (JsonBuilder *builder, const AnnalsEvent *event);

/* An annotation's own members, in the object that is open. */
void  annals_json_annotation_members (JsonBuilder *builder, const AnnalsAnnotation *annotation);

/* RFC 3339 in UTC; @microseconds: since 1970. Returns: (transfer full) */
char *annals_json_dup_time     (gint64 microseconds);

G_END_DECLS
