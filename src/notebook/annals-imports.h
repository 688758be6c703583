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
 * AnnalsIssueCode:
 *
 * What an issue is about, so that the many of an archive can be shown by kind.
 */
typedef enum
{
  ANNALS_ISSUE_OTHER,
  ANNALS_ISSUE_KIND,         /* a record of a kind that was not asked for: a draft, a page, a comment */
  ANNALS_ISSUE_EMPTY,        /* no text */
  ANNALS_ISSUE_TITLE,        /* no title, or a doubtful one */
  ANNALS_ISSUE_DATE,         /* no date, an impossible or a doubtful one */
  ANNALS_ISSUE_CHARACTERS,   /* a character set assumed, bytes that mean nothing, text encoded twice */
  ANNALS_ISSUE_DAMAGE,       /* not well-formed, cut off */
  ANNALS_ISSUE_FORMAT,       /* a file that is of no known format, or holds no post */
  ANNALS_ISSUE_LIMIT,        /* too long, too deep, too many */
  ANNALS_ISSUE_COPY,         /* other versions of a post in the same archive */
  ANNALS_ISSUE_REMAINDER,    /* text beside the posts that was not used */
} AnnalsIssueCode;

#define ANNALS_N_ISSUE_CODES (ANNALS_ISSUE_REMAINDER + 1)

/* What the notebook stores: "kind", "empty", … */
const char      *annals_issue_code_to_string   (AnnalsIssueCode code);
/* ANNALS_ISSUE_OTHER for what it does not know. */
AnnalsIssueCode  annals_issue_code_from_string (const char *string);

/**
 * AnnalsPostKind:
 *
 * What a record is where it comes from. Only posts are imported unless the user asks for more.
 */
typedef enum
{
  ANNALS_POST_POST,
  ANNALS_POST_PAGE,
  ANNALS_POST_DRAFT,      /* also: pending, scheduled */
  ANNALS_POST_PRIVATE,    /* also: with a password */
  ANNALS_POST_TRASH,
  ANNALS_POST_COMMENT,
  ANNALS_POST_OTHER,      /* menus, attachments, templates: nobody's text */
} AnnalsPostKind;

#define ANNALS_N_POST_KINDS (ANNALS_POST_OTHER + 1)

/* A set of them: 1 << ANNALS_POST_PAGE, … */
typedef guint AnnalsPostKinds;

/* What the notebook stores: "post", "page", … */
const char *annals_post_kind_to_string   (AnnalsPostKind kind);
gboolean    annals_post_kind_from_string (const char *string, AnnalsPostKind *kind);

/**
 * AnnalsExtent:
 *
 * How much of a post a copy of it holds: the more, the better a source of its text.
 */
typedef enum
{
  ANNALS_EXTENT_EXCERPT,   /* a teaser, a summary */
  ANNALS_EXTENT_LISTED,    /* whole, but among others: a month page, a feed */
  ANNALS_EXTENT_WHOLE,     /* its own page, or what the author's system holds */
} AnnalsExtent;

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
  char     *state;        /* "running", "interrupted" (its program is gone), "done" or "undone" */
  char     *path;         /* where the file or folder stood; "" when that was not kept */
  char     *options;      /* JSON: what the user said of the archive */
  char     *file_name;
  gint64    file_size;
  char     *file_sha256;
  char     *format;       /* "text-month", "wxr", …; "folder", "zip", … of a file that holds files */
  char     *archive;
  guint     n_read, n_new, n_updated, n_unchanged, n_skipped, n_issues;
} AnnalsImport;

void annals_import_free (AnnalsImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsImport, annals_import_free)

typedef struct
{
  gint64           id;
  char            *import_uid;
  AnnalsSeverity   severity;
  AnnalsIssueCode  code;
  guint            record;     /* of the run, from 1, that was skipped; 0: the issue skips none */
  gboolean         can_force;  /* the record can be imported anyway */
  char            *place;     /* file, then item number, line or byte */
  char            *reason;
  char            *excerpt;   /* the raw piece, at most 4,000 characters */
} AnnalsIssue;

void annals_issue_free (AnnalsIssue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsIssue, annals_issue_free)

/**
 * AnnalsImportFile:
 *
 * A file that posts were read from: the imported file itself, or one inside the imported folder or
 * archive.
 */
typedef struct
{
  gint64   id;
  char    *path;          /* inside the folder or archive; the file's name when it is the file itself */
  gint64   size;
  char    *sha256;        /* lower-case hex; "" while it is being read */
  char    *format;
} AnnalsImportFile;

void annals_import_file_free (AnnalsImportFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsImportFile, annals_import_file_free)

/* newest first (element type AnnalsImport) */
GPtrArray        *annals_db_list_imports     (AnnalsDb *db, GError **error);
AnnalsImport     *annals_db_load_import      (AnnalsDb *db, gint64 id, GError **error);
/* in the order they came (element type AnnalsIssue); @import_id 0: of all imports */
GPtrArray        *annals_db_list_issues      (AnnalsDb *db, gint64 import_id, GError **error);
/* How many of each code (an array of ANNALS_N_ISSUE_CODES) the import has; @import_id 0: all imports. */
gboolean          annals_db_count_issues     (AnnalsDb *db, gint64 import_id, guint *counts, GError **error);
/* Issues of one code (ANNALS_N_ISSUE_CODES: of all), @limit of them from the @offset-th on (element type
 * AnnalsIssue); @import_id 0: of all imports. */
GPtrArray        *annals_db_list_issues_of   (AnnalsDb *db, gint64 import_id, AnnalsIssueCode code, guint offset,
                                              guint limit, GError **error);
/* The file that a revision was read from. NULL without @error when the notebook does not say. */
AnnalsImportFile *annals_db_load_revision_file (AnnalsDb *db, gint64 revision_id, GError **error);

/* --- what was said of an archive is known when more of it comes --- */

/**
 * AnnalsImportRule:
 *
 * The options of the last import of an archive.
 */
typedef struct
{
  char *archive;
  char *pattern;    /* what the names of its files have in common: digits and names of months as "#" */
  char *format;
  char *options;    /* JSON */
} AnnalsImportRule;

void annals_import_rule_free (AnnalsImportRule *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsImportRule, annals_import_rule_free)

/* The rule for the archive named @archive (nullable), else the newest one for files of @format with
 * @pattern. NULL without @error when there is none. */
AnnalsImportRule *annals_db_find_rule        (AnnalsDb *db, const char *archive, const char *pattern,
                                              const char *format, GError **error);

/* --- writing: only inside the bulk door --- */

/* Remembers the rule, in the place of the archive's earlier one. */
gboolean          annals_db_save_rule        (AnnalsDb *db, const AnnalsImportRule *rule, GError **error);

typedef enum
{
  ANNALS_STORED_NEW,
  ANNALS_STORED_UPDATED,     /* the text became a new revision, or what is known of the post changed */
  ANNALS_STORED_UNCHANGED,   /* nothing new: known already, a copy no fuller than what is there, or a further
                                copy in an import, which brings its post once whatever the copy adds to it */
} AnnalsStored;

/**
 * AnnalsNewPost:
 *
 * A post ready to be stored. Borrowed by the call. Strings may be NULL for "unknown".
 */
typedef struct
{
  const char  *identity;     /* its canonical address, its guid, or what the importer made of archive,
                                title, date and ordinal; the uid is the version 5 UUID of it */
  const char * const *aliases;  /* (nullable): further identities it is known by: its guid, a short address */
  AnnalsPostKind kind;
  AnnalsExtent extent;
  gint64       file_id;      /* of annals_db_begin_import_file(); 0: not said */
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
  GBytes      *deflated;     /* (nullable): the same compressed by annals_deflate_markup(), when that was
                                done beside the writer */
  const char  *markup_kind;  /* "html" or "text" */
  const char  *entry;        /* (nullable): it is an entry of a bibliography, whose fields count without its text;
                                where it stands, for what there is to say of that */
} AnnalsNewPost;

/* Thread-safe; what the notebook keeps of @markup. */
GBytes  *annals_deflate_markup       (GBytes *markup);
/* The same the other way round; CORRUPT. */
GBytes  *annals_inflate_markup       (GBytes *deflated, GError **error);

/* Makes the import's row, state "running". @path: where the file or folder stands, so that a run that was
 * interrupted can be resumed. */
gboolean annals_db_begin_import      (AnnalsDb *db, const char *path, const char *file_name, const char *format,
                                      const char *archive, const char *options_json, gint64 *id, GError **error);
/* A file whose posts are about to come. */
gboolean annals_db_begin_import_file (AnnalsDb *db, gint64 import_id, const char *path, const char *format,
                                      gint64 *file_id, GError **error);
/* The same when it has been read to its end. */
gboolean annals_db_end_import_file   (AnnalsDb *db, gint64 file_id, gint64 size, const char *sha256, GError **error);
/* Stores one copy of a post.
 *
 * The post is found by its identity or any of its aliases. Copies within one import become one
 * revision: the one of the greater extent, then the longer, then the one whose hash is smaller, so
 * that their order does not matter; what the chosen copy does not say (author, date, tags, …) is
 * taken from the others, then from the revision before. The uid of a post that no other import has is
 * that of the chosen copy's identity; another's stays. A copy of smaller extent than the current
 * revision's replaces nothing, nor does one that lost against others in an earlier import; otherwise a
 * changed text becomes a revision and annotations are anchored anew when the import is finished. A post
 * of an undone import counts as new.
 *
 * Of an entry of a bibliography, and of a copy without a text where there is one, the text is not wanted: what it says
 * that no fuller copy has said becomes a revision with the text of the one before, without file or markup, and what such
 * a copy has said otherwise stays and is an issue.
 *
 * Two posts that come under one identity in one import, with other titles and unrelated texts of which
 * none is an excerpt, stay two: the second one's identity is the first one's with "\x1f" and a number
 * (after eight: the title). */
gboolean annals_db_store_post        (AnnalsDb *db, gint64 import_id, const AnnalsNewPost *post, AnnalsStored *stored,
                                      gint64 *post_id, GError **error);
gboolean annals_db_add_issue         (AnnalsDb *db, gint64 import_id, const AnnalsIssue *issue, GError **error);
/* Ends the run: counts (n_issues is counted here), state "done", one history row "Import NAME" unless
 * nothing was new or updated. */
gboolean annals_db_finish_import     (AnnalsDb *db, gint64 import_id, const char *file_sha256, gint64 file_size,
                                      guint n_read, guint n_new, guint n_updated, guint n_unchanged, guint n_skipped,
                                      double seconds, GError **error);
/* Takes a running or interrupted import back as if it had never begun: its posts, revisions, issues and
 * row. No list has it from then on; of a large one, pieces are left to the writer's idle time (see
 * annals_notebook_finish_index()), in this run of the program or the next. CONFLICT when it is done. */
gboolean annals_db_remove_import     (AnnalsDb *db, gint64 import_id, GError **error);

/**
 * AnnalsImportMark:
 *
 * How far a run has come: all up to here is in the notebook.
 */
typedef struct
{
  guint64 n_records;      /* drafts and issues, in the order of the file */
  char    digest[65];     /* SHA-256, hex, of what they were, to see that the file is still the same */
  guint   n_read, n_new, n_updated, n_unchanged, n_skipped;
  gint64  file_id;        /* of annals_db_begin_import_file(): the file that is being read; 0: none */
} AnnalsImportMark;

/* annals_db_finish_import() with the counts of @mark and, besides posts, what @along (nullable) brings: it is run in
 * the one door, and what it changes is part of the import's own step of the history. Without posts and when @along
 * changed nothing there is no step. */
gboolean annals_db_finish_import_with (AnnalsDb *db, gint64 import_id, const char *file_sha256, gint64 file_size,
                                       const AnnalsImportMark *mark, double seconds, AnnalsDbFunc along, gpointer data,
                                       GError **error);
/* Counts of an import that is done, when @along found out more, and its issues anew. */
gboolean annals_db_count_import     (AnnalsDb *db, gint64 import_id, const AnnalsImportMark *mark, GError **error);
/* Where an interrupted import stopped. Fails with ANNALS_NOTEBOOK_ERROR_CONFLICT when it is not interrupted. */
gboolean annals_db_load_import_mark (AnnalsDb *db, gint64 import_id, AnnalsImportMark *mark, GError **error);
/* In the transaction that stores a batch. */
gboolean annals_db_mark_import       (AnnalsDb *db, gint64 import_id, const AnnalsImportMark *mark, GError **error);
/* Makes this program the runner of an interrupted import. @mark (out): where it stopped. Fails with
 * ANNALS_NOTEBOOK_ERROR_CONFLICT when it is not interrupted. */
gboolean annals_db_resume_import     (AnnalsDb *db, gint64 import_id, AnnalsImportMark *mark, GError **error);

/* --- pictures --- */

/* The addresses of a post's pictures are those of its text's IMAGE spans. Whether any post shows a
 * picture with this @address which is not in the notebook yet; one without a scheme means something
 * among the posts of this import alone. */
gboolean annals_db_wants_picture     (AnnalsDb *db, gint64 import_id, const char *address, gboolean *wanted,
                                      GError **error);
/* Keeps the picture, once per SHA-256, for all posts that show @address. Nothing when it is not wanted. */
gboolean annals_db_store_picture     (AnnalsDb *db, gint64 import_id, const char *address, const char *media_type,
                                      GBytes *bytes, GError **error);
/* The picture that the text of a revision shows under @address. @media_type (out, optional, transfer
 * full). NULL without @error when the notebook does not have it. */
GBytes  *annals_db_load_picture      (AnnalsDb *db, gint64 revision_id, const char *address, char **media_type,
                                      GError **error);

/* The version 5 UUID (RFC 9562) of a post's identity, lower case; free with g_free(). */
char    *annals_post_uid_for_identity (const char *identity);
/* The identity whose uid is @uid: of a post that a file names so, as exports for other programs do. Free with
 * g_free(). */
char    *annals_post_identity_for_uid (const char *uid);

G_END_DECLS
