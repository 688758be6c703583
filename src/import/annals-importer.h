/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-imports.h"
#include "annals-mapping.h"
#include "annals-notebook.h"

G_BEGIN_DECLS

/**
 * AnnalsImportOptions:
 *
 * What the user says of an archive that the archive does not say itself. Pointers may be NULL.
 */
typedef struct
{
  char            *archive;    /* part of the identity of posts that have no address */
  char            *source;     /* for posts that name none */
  AnnalsDate      *date;       /* for posts that have none */
  char            *language;   /* BCP 47, for posts that name none */
  GTimeZone       *zone;       /* of times that name none; NULL: UTC */
  AnnalsPostKinds  kinds;      /* what comes in; 0: posts only */
  AnnalsMapping   *mapping;    /* of lists; NULL: guessed */
  GArray          *records;    /* (element type guint) the numbers of the only records that are looked at, and
                                  which are imported whatever their kind; NULL: all */
} AnnalsImportOptions;

AnnalsImportOptions *annals_import_options_new  (void);
AnnalsImportOptions *annals_import_options_copy (const AnnalsImportOptions *self);
void                 annals_import_options_free (AnnalsImportOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsImportOptions, annals_import_options_free)

/* What the notebook remembers of @self (nullable); free with g_free(). */
char                *annals_import_options_to_json   (const AnnalsImportOptions *self);
/* Fails with ANNALS_IMPORT_ERROR_OPTIONS. */
AnnalsImportOptions *annals_import_options_from_json (const char                *json,
                                                      GError                   **error);
/* Fills what @self does not say from @other. */
void                 annals_import_options_fill      (AnnalsImportOptions       *self,
                                                      const AnnalsImportOptions *other);

typedef struct
{
  char           *title;
  char           *author;
  char           *source;
  AnnalsDate     *published;
  char           *lead;
  AnnalsPostKind  kind;
  gboolean        is_other;    /* no post but an annotation or an event, whose words or name are the title */
} AnnalsPreviewPost;

/**
 * AnnalsPreviewFormat:
 *
 * A kind of file in an archive, and how many of it.
 */
typedef struct
{
  const char *id;      /* as the notebook stores it */
  const char *label;   /* for people, translated */
  guint       n_files;
  guint       n_others;  /* records in them that are no posts */
} AnnalsPreviewFormat;

/**
 * AnnalsPreview:
 *
 * What a file or folder was recognised as and what an import of it would bring; nothing is written.
 */
typedef struct
{
  char      *path;
  char      *file_name;
  gint64     file_size;
  char      *format;         /* "text-month", "wxr", "folder", "zip", … */
  char      *format_label;   /* for people: "Month page as plain text" */
  char      *archive;        /* proposed name; "" when the file names none */
  gboolean   complete;       /* all of it was read; else the counts are of its beginning */
  guint      n_files;        /* with something in them that is a record */
  guint      n_posts;        /* records that would be imported, copies of one post counted each */
  guint      n_others;       /* of them, those that are no posts */
  guint      n_skipped;
  guint      n_issues;
  guint      n_of_kind[ANNALS_N_POST_KINDS];    /* whether they come in or not */
  guint      n_of_code[ANNALS_N_ISSUE_CODES];   /* issues, by code */
  GPtrArray *posts;          /* the first ten that would be imported (element type AnnalsPreviewPost) */
  GPtrArray *issues;         /* the first hundred (element type AnnalsIssue) */
  GArray    *formats;        /* what is in an archive (element type AnnalsPreviewFormat) */
  AnnalsMapping *mapping;    /* of a list: what was guessed or given; else NULL */
  GPtrArray *columns;        /* of a list (element type AnnalsColumn) */
  gboolean   has_from, has_to;
  gint64     from, to;       /* bounds of the posts' dates */
} AnnalsPreview;

void annals_preview_free (AnnalsPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPreview, annals_preview_free)

/* What would be imported, for people: "3 annotations"; "12 posts, 3 annotations". Free with g_free(). */
char *annals_preview_dup_count (const AnnalsPreview *self);
/* Whether the records of a file of that format are posts, not annotations, events or a mixture. */
gboolean annals_import_is_of_posts (const char *format);

/* @done: bytes read, @total: size of all; called on one of the threads that import, never on two at a time, at most
 * 20 times a second and at some marks of the way. Of records that are no posts placing them counts as well */
typedef void (*AnnalsImportProgress) (gint64   done,
                                      gint64   total,
                                      guint    n_posts,
                                      gpointer user_data);

/**
 * AnnalsImportHooks:
 * @progress: (nullable)
 * @keep: (nullable): asked once when the import was cancelled, on the thread that imports: whether what
 * came in so far stays. Without it nothing stays
 * @n_threads: how many threads read records; 0: as many as there are processors. What comes in is the same
 *
 * How an import talks to who runs it.
 */
typedef struct
{
  AnnalsImportProgress  progress;
  gboolean            (*keep) (gpointer user_data);
  gpointer              user_data;
  guint                 n_threads;
} AnnalsImportHooks;

#define ANNALS_IMPORT_ERROR (annals_import_error_quark ())
GQuark annals_import_error_quark (void);

typedef enum
{
  ANNALS_IMPORT_ERROR_UNREADABLE,   /* no such file, no permission */
  ANNALS_IMPORT_ERROR_EMPTY,
  ANNALS_IMPORT_ERROR_UNKNOWN,      /* no format fits: a binary, a text that is no archive */
  ANNALS_IMPORT_ERROR_OPTIONS,      /* remembered options that cannot be read */
  ANNALS_IMPORT_ERROR_CHANGED,      /* the file is no longer the one that was being imported */
  ANNALS_IMPORT_ERROR_DAMAGED,      /* a document of our own that is not what it should be */
} AnnalsImportError;

/* Reads the file or folder and says what it holds. @seconds: look no longer than about that, 0: at all
 * of it. Blocks: call it from a worker thread. */
AnnalsPreview *annals_import_preview  (const char                *path,
                                       const AnnalsImportOptions *options,
                                       const AnnalsImportHooks   *hooks,
                                       guint                      seconds,
                                       GCancellable              *cancellable,
                                       GError                   **error);

/* Imports one file or folder. Records that are not posts (of annotations, of a project of REFI-QDA, of a timeline) come
 * in when all posts have, at once, and count. When it fails, nothing of it stays in the notebook; when it is
 * cancelled, nothing or, if the hook says so, what came in before, with an issue that says where it was
 * cut off. Blocks: call it from a worker thread, never from the window's or one of the notebook's own.
 * Returns the run's record, with its counts, also when it was cancelled and kept. */
AnnalsImport  *annals_import_file     (AnnalsNotebook            *notebook,
                                       const char                *path,
                                       const AnnalsImportOptions *options,
                                       const AnnalsImportHooks   *hooks,
                                       GCancellable              *cancellable,
                                       GError                   **error);
/* Goes on with an import that was interrupted (its program was killed), from the record after the last
 * one that is in the notebook. @path (nullable): where the file is now, if not where it was. Fails with
 * ANNALS_IMPORT_ERROR_CHANGED when the file is not the same any more; the import then stays
 * interrupted. Blocks as above. */
AnnalsImport  *annals_import_resume   (AnnalsNotebook            *notebook,
                                       gint64                     import_id,
                                       const char                *path,
                                       const AnnalsImportHooks   *hooks,
                                       GCancellable              *cancellable,
                                       GError                   **error);
/* Takes an interrupted import back. Blocks as above. */
gboolean       annals_import_remove   (AnnalsNotebook            *notebook,
                                       gint64                     import_id,
                                       GCancellable              *cancellable,
                                       GError                   **error);
/* Imports records of an earlier import that had been skipped. @records: their numbers
 * (element type guint). @path (nullable) as above; fails with ANNALS_IMPORT_ERROR_CHANGED. */
AnnalsImport  *annals_import_records  (AnnalsNotebook            *notebook,
                                       gint64                     import_id,
                                       GArray                    *records,
                                       const char                *path,
                                       const AnnalsImportHooks   *hooks,
                                       GCancellable              *cancellable,
                                       GError                   **error);
/* Fills @options with what was said of the archive when it, or a file of a similar name, was imported
 * last. @archive (out, transfer full, optional): which archive that was, NULL when none was found. */
gboolean       annals_import_recall   (AnnalsNotebook            *notebook,
                                       const char                *path,
                                       AnnalsImportOptions       *options,
                                       char                     **archive,
                                       GCancellable              *cancellable,
                                       GError                   **error);

G_END_DECLS
