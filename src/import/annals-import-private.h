/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-file-work.h"
#include "annals-format.h"
#include "annals-importer.h"
#include "annals-records-format.h"
#include "annals-walk.h"

G_BEGIN_DECLS

/**
 * AnnalsWantedPictures:
 *
 * The addresses of pictures that posts show, with the places in the archive where their files may be.
 */
typedef struct _AnnalsWantedPictures AnnalsWantedPictures;

AnnalsWantedPictures *annals_wanted_pictures_new  (void);
void                  annals_wanted_pictures_free (AnnalsWantedPictures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsWantedPictures, annals_wanted_pictures_free)

/* Takes the pictures that @draft, read from @part, shows. */
void                  annals_wanted_pictures_add  (AnnalsWantedPictures *self,
                                                   const AnnalsPart     *part,
                                                   const AnnalsDraft    *draft);
guint                 annals_wanted_pictures_get_n (AnnalsWantedPictures *self);
/* The address (borrowed) whose picture @part is; NULL when no post shows it. */
const char           *annals_wanted_pictures_find (AnnalsWantedPictures *self,
                                                   const AnnalsPart     *part);
/* Whether the number of them is too great for memory, and some were left out. */
gboolean              annals_wanted_pictures_is_full (AnnalsWantedPictures *self);
/* The media type of a picture by its first bytes; NULL when they are of none that can be shown. */
const char           *annals_picture_sniff_part   (const AnnalsPart     *part);

/* Says nothing yet. */
AnnalsPreview   *annals_preview_new       (const char                 *path,
                                           const char                 *file_name);

typedef enum
{
  ANNALS_RUN_ERROR,
  ANNALS_RUN_FILE,       /* a file of the archive begins; the drafts that follow are from it */
  ANNALS_RUN_DRAFT,
  ANNALS_RUN_ISSUE,
  ANNALS_RUN_FILE_END,   /* it was read to its end: size and hash are known */
  ANNALS_RUN_RECORDS,    /* what is in the file besides posts; its sources follow as drafts */
  ANNALS_RUN_END,
} AnnalsRunResult;

/**
 * AnnalsRunItem:
 *
 * What a run came to. Which members are set depends on the result.
 */
typedef struct
{
  AnnalsDraft  *draft;
  AnnalsIssue  *issue;
  char         *identity;  /* of a draft that is to be imported */
  guint         record;    /* number of the draft in the run, from 1 */
  guint         place;     /* its number among those that are imported */
  char         *path;      /* of a file that begins or ends */
  const char   *format;
  gint64        size;
  char         *sha256;
  AnnalsRecords      *records;   /* of a file whose records are not posts; of a draft that is one of its sources, too */
  AnnalsRecordSource *source;    /* that source, the records' */
} AnnalsRunItem;

void annals_run_item_clear (AnnalsRunItem *item);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AnnalsRunItem, annals_run_item_clear)

/**
 * AnnalsImportRun:
 *
 * What preview and import have in common: the files of an archive read one after the other, their
 * drafts completed with what the user said and given their identity, progress reported now and then.
 */
typedef struct
{
  AnnalsWalk                *walk;
  AnnalsWorkers             *workers;
  GQueue                     ahead;         /* what the walk came to and was not reported yet */
  gsize                      n_ahead;       /* bytes of the files that are read ahead */
  AnnalsPart                *part;          /* (nullable) borrowed: the file being read */
  AnnalsPart                *joined;        /* (nullable): it, when its beginning was read ahead in vain */
  AnnalsFileWork            *work;          /* (nullable): it, when it was read ahead */
  AnnalsFormatReader        *reader;        /* (nullable) of the part; the work's when there is one */
  const AnnalsRecordsFormat *records_format;  /* (nullable): of the part, in the reader's place */
  AnnalsRecords             *records;       /* (nullable): its, once it was read */
  guint                      n_sources;     /* of them, those that were given */
  gboolean                   finished;      /* the walk is at its end */
  GQueue                     pending;       /* of AnnalsIssue: to be reported at the end */
  const AnnalsImportOptions *options;       /* (nullable) borrowed */
  AnnalsFormatSettings       settings;
  const AnnalsImportHooks   *hooks;         /* (nullable) borrowed */
  gint64                     next_report;   /* monotonic microseconds */
  char                      *format;        /* of the archive, or of the one file */
  char                      *format_label;
  char                      *archive;       /* what the first file that names one calls it */
  guint                      n_records;
  guint                      n_posts;
  guint                      n_others;      /* records that are no posts */
  guint                      n_tenths;      /* of bringing them in that were reported */
  gsize                      n_records_bytes;  /* of the files that those are from, which are held till the end */
  guint                      n_files;
  guint                      n_pictures;
  GHashTable                *ordinals;      /* hash of an identity that is no address → how often it came */
  GHashTable                *chosen;        /* (nullable): numbers of the only records that count */
  GHashTable                *left_out;      /* kind of file that holds no posts → how many */
  AnnalsWantedPictures      *wanted;        /* (nullable): no pictures can be at hand */
  AnnalsMapping             *mapping;       /* (nullable) */
  GPtrArray                 *columns;       /* (nullable) */
} AnnalsImportRun;

/* annals-import-left-out.c */
/* What to call a file that belongs to a web site and is no text; NULL for any other. */
const char      *annals_part_get_furniture         (const AnnalsPart *part);
/* Says of a part that no format knows that it was left out; NULL of pictures and a web site's furniture, which are
 * counted only. */
AnnalsIssue     *annals_import_run_leave_out       (AnnalsImportRun *self,
                                                    AnnalsPart      *part);
/* What was counted becomes issues, in an order of their own. */
void             annals_import_run_report_left_out (AnnalsImportRun *self);
/* Leaves the draft out when its kind is not wanted. */
void             annals_import_run_judge_kind      (AnnalsImportRun *self,
                                                    AnnalsDraft     *draft);

AnnalsImportRun *annals_import_run_new    (const char                 *path,
                                           const AnnalsImportOptions  *options,
                                           const AnnalsImportHooks    *hooks,
                                           GError                    **error);
void             annals_import_run_free   (AnnalsImportRun            *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsImportRun, annals_import_run_free)

/* Clears @item and fills it. */
AnnalsRunResult  annals_import_run_next   (AnnalsImportRun            *self,
                                           AnnalsRunItem              *item,
                                           GCancellable               *cancellable,
                                           GError                    **error);
/* what the user called the archive, or what it calls itself; never NULL */
const char      *annals_import_run_get_archive (AnnalsImportRun       *self);
/* Reports progress, at most 20 times a second unless @always. */
void             annals_import_run_report (AnnalsImportRun            *self,
                                           gboolean                    always);
/* The same when all was read and what is no post is being brought in; @fraction of that is done. Each tenth of it is
 * told, however soon it comes. */
void             annals_import_run_report_rest
                                          (AnnalsImportRun            *self,
                                           double                      fraction);

/* What the names of an archive's files have in common: @name with "#" for digits and names of months. */
char            *annals_import_dup_pattern (const char                *name);

G_END_DECLS
