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

typedef struct
{
  char       *title;
  char       *author;
  char       *source;
  AnnalsDate *published;
  char       *lead;
} AnnalsPreviewPost;

/**
 * AnnalsPreview:
 *
 * What a file was recognised as and what an import of it would bring; nothing is written.
 */
typedef struct
{
  char      *path;
  char      *file_name;
  gint64     file_size;
  char      *format;         /* "text-month", "wxr" */
  char      *format_label;   /* for people: "Month page as plain text" */
  char      *archive;        /* proposed name; "" when the file names none */
  guint      n_posts;
  guint      n_skipped;
  guint      n_issues;
  GPtrArray *posts;          /* the first ten (element type AnnalsPreviewPost) */
  GPtrArray *issues;         /* the first hundred (element type AnnalsIssue) */
  gboolean   has_from, has_to;
  gint64     from, to;       /* bounds of the posts' dates */
} AnnalsPreview;

void annals_preview_free (AnnalsPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPreview, annals_preview_free)

/* @done: bytes read, @total: size of the file; called on the thread that reads, at most 20 times a
 * second */
typedef void (*AnnalsImportProgress) (gint64   done,
                                      gint64   total,
                                      guint    n_posts,
                                      gpointer user_data);

#define ANNALS_IMPORT_ERROR (annals_import_error_quark ())
GQuark annals_import_error_quark (void);

typedef enum
{
  ANNALS_IMPORT_ERROR_UNREADABLE,   /* no such file, a directory, no permission */
  ANNALS_IMPORT_ERROR_EMPTY,
  ANNALS_IMPORT_ERROR_UNKNOWN,      /* no format fits: a binary, a text that is no archive */
} AnnalsImportError;

/* Reads the whole file and says what it holds. Blocks: call it from a worker thread. */
AnnalsPreview *annals_import_preview (const char                *path,
                                      const AnnalsImportOptions *options,
                                      AnnalsImportProgress       progress,
                                      gpointer                   user_data,
                                      GCancellable              *cancellable,
                                      GError                   **error);

/* Imports one file. When it fails or is cancelled, nothing of it stays in the notebook. Blocks:
 * call it from a worker thread, never from the window's or one of the notebook's own. Returns the
 * run's record, with its counts. */
AnnalsImport  *annals_import_file    (AnnalsNotebook            *notebook,
                                      const char                *path,
                                      const AnnalsImportOptions *options,
                                      AnnalsImportProgress       progress,
                                      gpointer                   user_data,
                                      GCancellable              *cancellable,
                                      GError                   **error);

G_END_DECLS
