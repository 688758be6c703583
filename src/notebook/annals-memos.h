/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-references.h"

G_BEGIN_DECLS

/**
 * AnnalsMemo:
 *
 * A page of the user's own. Strings are never NULL.
 */
typedef struct
{
  gint64     id;
  char      *uid;
  char      *title;
  char      *text;        /* Markdown with references (annals-references.h), these called as they are now */
  char      *stored;      /* the text as it was saved */
  GPtrArray *references;  /* (element type AnnalsNamed) parallel to the references of @text */
  gint64     created;     /* UTC microseconds */
  gint64     modified;
  char      *author;
} AnnalsMemo;

void annals_memo_free (AnnalsMemo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsMemo, annals_memo_free)

/* What a list of memos says of one. */
typedef struct
{
  gint64  id;
  char   *uid;
  char   *title;
  char   *lead;       /* the first words of the text, in one line */
  gint64  modified;   /* UTC microseconds */
  guint   n_mentions; /* memos that name it */
} AnnalsMemoLine;

void annals_memo_line_free (AnnalsMemoLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsMemoLine, annals_memo_line_free)

/* What a text is called in lists: its first @max characters in one line, with the titles of its references and without
 * the signs of headings and quotations. */
char       *annals_memo_dup_lead    (const char *text, guint max);
/* The one that was changed last first (element type AnnalsMemoLine). */
GPtrArray  *annals_db_list_memos    (AnnalsDb *db, GError **error);
AnnalsMemo *annals_db_load_memo     (AnnalsDb *db, gint64 id, GError **error);
/* The text as it was saved, nothing else. */
char       *annals_db_dup_memo_text (AnnalsDb *db, gint64 id, GError **error);
/* The memos that name a record, by title (element type AnnalsNamed). */
GPtrArray  *annals_db_list_mentions (AnnalsDb *db, AnnalsRecord kind, gint64 id, GError **error);

/* --- changes: only inside the one door --- */
/* A title is one line of 1 to 500 characters, a text at most 16 MiB, else INVALID. */
gboolean    annals_db_add_memo      (AnnalsDb *db, const char *title, const char *text, gint64 *id, GError **error);
/* NULL leaves either as it is. */
gboolean    annals_db_set_memo      (AnnalsDb *db, gint64 id, const char *title, const char *text, GError **error);
/* What other memos say of it stays in their texts and leads nowhere. */
gboolean    annals_db_delete_memo   (AnnalsDb *db, gint64 id, GError **error);

G_END_DECLS
