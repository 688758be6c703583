/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date.h"
#include "annals-db.h"
#include "annals-text.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_SEVERITY_NOTE,
  ANNALS_SEVERITY_WARNING,
  ANNALS_SEVERITY_ERROR,
} AnnalsSeverity;

const char *annals_severity_to_string (AnnalsSeverity severity);

/**
 * AnnalsImport:
 *
 * One run. read = new + updated + unchanged + skipped.
 */
typedef struct
{
  gint64    id;
  char     *uid;
  gint64    started;      /* UTC microseconds */
  double    seconds;
  char     *state;        /* "running", "done" or "undone" */
  char     *file_name;
  gint64    file_size;
  char     *file_sha256;
  char     *format;       /* "text-month", "wxr" */
  char     *archive;
  guint     n_read, n_new, n_updated, n_unchanged, n_skipped, n_issues;
} AnnalsImport;

void annals_import_free (AnnalsImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsImport, annals_import_free)

typedef struct
{
  char           *import_uid;
  AnnalsSeverity  severity;
  char           *place;     /* file, then item number, line or byte */
  char           *reason;
  char           *excerpt;   /* the raw piece, at most 4,000 characters */
} AnnalsIssue;

void annals_issue_free (AnnalsIssue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsIssue, annals_issue_free)

/* newest first (element type AnnalsImport) */
GPtrArray    *annals_db_list_imports (AnnalsDb *db, GError **error);
AnnalsImport *annals_db_load_import  (AnnalsDb *db, gint64 id, GError **error);
/* in the order they came (element type AnnalsIssue); @import_id 0: of all imports */
GPtrArray    *annals_db_list_issues  (AnnalsDb *db, gint64 import_id, GError **error);

/* --- writing: only inside the bulk door --- */
typedef enum
{
  ANNALS_STORED_NEW,
  ANNALS_STORED_UPDATED,     /* the text became a new revision, or what is known of the post changed */
  ANNALS_STORED_UNCHANGED,
} AnnalsStored;

/**
 * AnnalsNewPost:
 *
 * A post ready to be stored. Borrowed by the call. Strings may be NULL for "unknown".
 */
typedef struct
{
  const char  *identity;     /* its guid or canonical address, or what the importer made of archive,
                                title, date and ordinal; the uid is the version 5 UUID of it */
  const char  *title;
  const char  *url;
  const char  *author;
  const char  *source;
  AnnalsDate  *published;    /* (nullable) */
  const char  *language;
  guint        place;
  const char * const *tags;  /* (nullable) */
  AnnalsText  *text;
  GBytes      *markup;       /* as it stood in the archive */
  const char  *markup_kind;  /* "html" or "text" */
} AnnalsNewPost;

/* Makes the import's row, state "running". A run that never finishes is removed when the notebook
 * is opened next. */
gboolean annals_db_begin_import   (AnnalsDb *db, const char *file_name, const char *format, const char *archive,
                                   const char *options_json, gint64 *id, GError **error);
/* A changed text becomes a revision; annotations on the post are anchored anew: "moved" or "review"
 * when they did not stay where they were. A post of an undone import counts as new. */
gboolean annals_db_store_post     (AnnalsDb *db, gint64 import_id, const AnnalsNewPost *post, AnnalsStored *stored,
                                   gint64 *post_id, GError **error);
gboolean annals_db_add_issue      (AnnalsDb *db, gint64 import_id, AnnalsSeverity severity, const char *place,
                                   const char *reason, const char *excerpt, GError **error);
/* Ends the run: counts (n_issues is counted here), state "done", one history row "Import NAME" unless
 * nothing was new or updated. */
gboolean annals_db_finish_import  (AnnalsDb *db, gint64 import_id, const char *file_sha256, gint64 file_size,
                                   guint n_read, guint n_new, guint n_updated, guint n_unchanged, guint n_skipped,
                                   double seconds, GError **error);
/* Takes a running import back as if it had never begun: its posts, revisions, issues and row. */
gboolean annals_db_remove_import  (AnnalsDb *db, gint64 import_id, GError **error);

/* The version 5 UUID (RFC 9562) of a post's identity, lower case; free with g_free(). */
char    *annals_post_uid_for_identity (const char *identity);

G_END_DECLS
