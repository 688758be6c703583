/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  ANNALS_JSON_TOKEN_ERROR,
  ANNALS_JSON_TOKEN_END,            /* of the document */
  ANNALS_JSON_TOKEN_BEGIN_OBJECT,
  ANNALS_JSON_TOKEN_END_OBJECT,
  ANNALS_JSON_TOKEN_BEGIN_ARRAY,
  ANNALS_JSON_TOKEN_END_ARRAY,
  ANNALS_JSON_TOKEN_KEY,
  ANNALS_JSON_TOKEN_STRING,
  ANNALS_JSON_TOKEN_NUMBER,
  ANNALS_JSON_TOKEN_TRUE,
  ANNALS_JSON_TOKEN_FALSE,
  ANNALS_JSON_TOKEN_NULL,
} AnnalsJsonToken;

/**
 * AnnalsJsonPull:
 *
 * Reads a document of JSON (RFC 8259) token by token and holds no more of it than that: for documents of our
 * own, where damage is an error. One thread at a time.
 */
typedef struct _AnnalsJsonPull AnnalsJsonPull;

AnnalsJsonPull  *annals_json_pull_new         (GInputStream    *stream);
void             annals_json_pull_free        (AnnalsJsonPull  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsJsonPull, annals_json_pull_free)

/* ERROR if and only if @error is set: with G_IO_ERROR_INVALID_DATA, in a sentence that names the line, or what the
 * stream fails with. */
AnnalsJsonToken  annals_json_pull_next        (AnnalsJsonPull  *self,
                                               GError         **error);
/* Of the last KEY, STRING or NUMBER: its text, unescaped, which is UTF-8 and holds no zero. Borrowed until the
 * next token. */
const char      *annals_json_pull_get_text    (AnnalsJsonPull  *self,
                                               gsize           *length);
/* Gives away what the last STRING says. */
char            *annals_json_pull_steal_text  (AnnalsJsonPull  *self,
                                               gsize           *length);
/* Passes over the rest of the value that @token began. */
gboolean         annals_json_pull_skip        (AnnalsJsonPull  *self,
                                               AnnalsJsonToken  token,
                                               GError         **error);
/* The value that comes next, as it stands, without white space around its signs. */
char            *annals_json_pull_dup_raw     (AnnalsJsonPull  *self,
                                               GError         **error);
/* Of the last token, from 1. */
guint            annals_json_pull_get_line    (AnnalsJsonPull  *self);
/* Bytes read. */
gint64           annals_json_pull_get_offset  (AnnalsJsonPull  *self);

G_END_DECLS
