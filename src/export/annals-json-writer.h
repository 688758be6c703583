/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "annals-date.h"
#include "annals-export-file.h"
#include "annals-text.h"

G_BEGIN_DECLS

/**
 * AnnalsJsonWriter:
 *
 * JSON (RFC 8259) straight into a file, without a tree: two spaces of indent, as json-glib's generator has it. In every
 * function @name is the member's name, or %NULL for an element of an array. Strings that JSON cannot hold are mended.
 * What goes wrong while writing is kept by the file. One thread.
 */
typedef struct _AnnalsJsonWriter AnnalsJsonWriter;

/* @file (nullable) is borrowed; without one everything is kept for annals_json_writer_steal(). */
AnnalsJsonWriter *annals_json_writer_new          (AnnalsExportFile *file);
/* Does not end what is open; see annals_json_writer_finish(). */
void              annals_json_writer_free         (AnnalsJsonWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsJsonWriter, annals_json_writer_free)

void              annals_json_writer_begin_object (AnnalsJsonWriter *self, const char *name);
void              annals_json_writer_end_object   (AnnalsJsonWriter *self);
void              annals_json_writer_begin_array  (AnnalsJsonWriter *self, const char *name);
void              annals_json_writer_end_array    (AnnalsJsonWriter *self);
/* NULL gives "" */
void              annals_json_writer_string       (AnnalsJsonWriter *self, const char *name, const char *value);
/* Of a post: known to be UTF-8. */
void              annals_json_writer_text         (AnnalsJsonWriter *self, const char *name, AnnalsText *text);
/* NULL gives null */
void              annals_json_writer_nullable     (AnnalsJsonWriter *self, const char *name, const char *value);
void              annals_json_writer_int          (AnnalsJsonWriter *self, const char *name, gint64 value);
void              annals_json_writer_bool         (AnnalsJsonWriter *self, const char *name, gboolean value);
/* @microseconds: since 1970 UTC */
void              annals_json_writer_time         (AnnalsJsonWriter *self, const char *name, gint64 microseconds);
/* The date object of every document. */
void              annals_json_writer_date         (AnnalsJsonWriter *self, const char *name, AnnalsDate *date);
/* @names (nullable): an empty array */
void              annals_json_writer_names        (AnnalsJsonWriter *self, const char *name,
                                                   const char * const *names);
/* What was built as a tree, for shapes that are rare. */
void              annals_json_writer_node         (AnnalsJsonWriter *self, const char *name, JsonNode *node);
/* Hands everything over, with the line feed at the end. All that was begun has been ended. */
void              annals_json_writer_finish       (AnnalsJsonWriter *self);
/* A string by itself, with its quotation marks, for documents that are put together otherwise. */
void              annals_json_append_string       (GString *out, const char *value, gsize length);
char             *annals_json_dup_string          (const char *value);
/* What was written without a file. Returns: (transfer full) */
char             *annals_json_writer_steal        (AnnalsJsonWriter *self, gsize *length);

G_END_DECLS
