/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-decoder.h"
#include "annals-draft.h"
#include "annals-mapping.h"
#include "annals-part.h"
#include "annals-workers.h"

G_BEGIN_DECLS

typedef struct _AnnalsFormatReader AnnalsFormatReader;

/**
 * AnnalsSniff:
 *
 * What a format is recognised by.
 */
typedef struct
{
  const char   *text;        /* the file's beginning as UTF-8 without NUL, cut anywhere */
  const guint8 *bytes;       /* the same as it stands in the file */
  gsize         n_bytes;
  const char   *name;        /* its name or path */
  const char   *media_type;  /* (nullable) as declared */
} AnnalsSniff;

/**
 * AnnalsFormat:
 * @id: what the notebook stores
 * @label: for people, untranslated (marked with N_())
 * @sniff: how sure it is, from 0 (not this format) to 100, that a file which begins so is of this format.
 * The content decides; a name or a declared type only where the content leaves it open
 * @open: makes the state that @step works on; the reader's input stands at its beginning
 * @step: reads a bounded piece of the input and gives what it found to
 * annals_format_reader_take_draft() and annals_format_reader_take_issue(); sets @at_end when there
 * is no more. %FALSE if and only if @error is set
 * @close: frees the state
 *
 * A kind of file that can be imported. One file in formats/ each; annals-format.c lists them.
 */
typedef struct
{
  const char *id;
  const char *label;
  guint     (*sniff) (const AnnalsSniff *sniff);
  gpointer  (*open)  (AnnalsFormatReader  *reader);
  gboolean  (*step)  (gpointer       state,
                      gboolean      *at_end,
                      GCancellable  *cancellable,
                      GError       **error);
  void      (*close) (gpointer       state);
} AnnalsFormat;

/* The formats, ended by NULL. */
const AnnalsFormat * const *annals_format_list (void);
/* The format that fits the first bytes of @part best; NULL when none does. */
const AnnalsFormat *annals_format_detect       (AnnalsPart   *part);

/**
 * AnnalsAccountKind:
 *
 * What became of a run of a file's bytes.
 */
typedef enum
{
  ANNALS_ACCOUNT_BLANK,       /* white space, a byte order mark */
  ANNALS_ACCOUNT_HEADING,     /* furniture: says which month the page is of */
  ANNALS_ACCOUNT_BYLINE,      /* furniture: became a post's date and author, or tags */
  ANNALS_ACCOUNT_SOURCE,      /* furniture: became a post's source */
  ANNALS_ACCOUNT_NAVIGATION,  /* furniture: leads elsewhere on the web site */
  ANNALS_ACCOUNT_TITLE,
  ANNALS_ACCOUNT_BODY,
  ANNALS_ACCOUNT_ISSUE,       /* has a row in the issues */
} AnnalsAccountKind;

typedef struct
{
  gint64            offset;
  gint64            length;
  AnnalsAccountKind kind;
} AnnalsAccount;

typedef enum
{
  ANNALS_READ_ERROR,
  ANNALS_READ_DRAFT,
  ANNALS_READ_ISSUE,
  ANNALS_READ_END,
} AnnalsReadResult;

/**
 * AnnalsFormatSettings:
 *
 * What the user says that formats need to know. Pointers are borrowed.
 */
typedef struct
{
  GTimeZone           *zone;      /* of times that name none; never NULL */
  const char          *language;  /* (nullable) of what says none: names of months */
  const AnnalsMapping *mapping;   /* (nullable) of lists */
  AnnalsWorkers       *workers;   /* (nullable) draft records ahead; not the user's */
} AnnalsFormatSettings;

/* Recognises what @part holds. Fails with ANNALS_IMPORT_ERROR_UNKNOWN. Borrows @part, which must
 * stand at its beginning, and @settings (nullable: UTC and nothing else said); both outlive the reader. */
AnnalsFormatReader *annals_format_reader_new            (AnnalsPart                 *part,
                                                         const AnnalsFormatSettings *settings,
                                                         GError                    **error);
/* The same with the format given. */
AnnalsFormatReader *annals_format_reader_new_for_format (AnnalsPart                 *part,
                                                         const AnnalsFormat         *format,
                                                         const AnnalsFormatSettings *settings);
void                annals_format_reader_free           (AnnalsFormatReader  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFormatReader, annals_format_reader_free)

/* The next thing found, in the file's order; the caller owns it. */
AnnalsReadResult    annals_format_reader_next           (AnnalsFormatReader  *self,
                                                         AnnalsDraft        **draft,
                                                         AnnalsIssue        **issue,
                                                         GCancellable        *cancellable,
                                                         GError             **error);
const AnnalsFormat *annals_format_reader_get_format     (AnnalsFormatReader  *self);
/* What the file says of all its posts, known at the latest when the first draft has come; never
 * NULL.
 */
const char         *annals_format_reader_get_archive    (AnnalsFormatReader  *self);
const char         *annals_format_reader_get_source     (AnnalsFormatReader  *self);
const char         *annals_format_reader_get_language   (AnnalsFormatReader  *self);
/* Of lists: the mapping that is used, guessed or given (NULL for other formats), and all columns seen
 * so far (element type AnnalsColumn). Owned by the reader. */
const AnnalsMapping *annals_format_reader_get_mapping   (AnnalsFormatReader  *self);
GPtrArray          *annals_format_reader_get_columns    (AnnalsFormatReader  *self);
/* Keeps an account of every byte from now on (element type AnnalsAccount; owned by the reader), in
 * the order in which the reader decided, not in the file's. Formats of marked-up files keep none.
 */
GArray             *annals_format_reader_keep_account   (AnnalsFormatReader  *self);

/* --- for formats --- */
/* A reader of @self's part that only collects what a record is made into, on another thread. It knows what @self
 * knows now; nothing is read by it. */
AnnalsFormatReader *annals_format_reader_new_branch     (AnnalsFormatReader  *self);
/* Takes what @branch collected. */
void                annals_format_reader_join_branch    (AnnalsFormatReader  *self,
                                                         AnnalsFormatReader  *branch);
AnnalsPart         *annals_format_reader_get_part       (AnnalsFormatReader  *self);
/* The part's. */
AnnalsImportInput  *annals_format_reader_get_input      (AnnalsFormatReader  *self);
/* What to call the part in messages. */
const char         *annals_format_reader_get_name       (AnnalsFormatReader  *self);
/* never NULL */
const AnnalsFormatSettings *annals_format_reader_get_settings (AnnalsFormatReader *self);
/* Takes @mapping. */
void                annals_format_reader_take_mapping   (AnnalsFormatReader  *self,
                                                         AnnalsMapping       *mapping);
/* Takes @column; at most 200 are kept. */
void                annals_format_reader_take_column    (AnnalsFormatReader  *self,
                                                         AnnalsColumn        *column);
/* For the part's character set: the declared one, else what its first bytes say. */
AnnalsDecoder      *annals_format_reader_get_decoder    (AnnalsFormatReader  *self);
/* All of the part as UTF-8, for formats that cannot be read piece by piece; fails with
 * ANNALS_IMPORT_ERROR_UNREADABLE when it is longer than @limit bytes. */
char               *annals_format_reader_read_all       (AnnalsFormatReader  *self,
                                                         gsize                limit,
                                                         gsize               *length,
                                                         GCancellable        *cancellable,
                                                         GError             **error);
void                annals_format_reader_set_archive    (AnnalsFormatReader  *self,
                                                         const char          *archive);
void                annals_format_reader_set_source     (AnnalsFormatReader  *self,
                                                         const char          *source);
void                annals_format_reader_set_language   (AnnalsFormatReader  *self,
                                                         const char          *language);
void                annals_format_reader_take_draft     (AnnalsFormatReader  *self,
                                                         AnnalsDraft         *draft);
/* Takes @place and @reason; copies the first 4,000 characters of @excerpt (nullable). */
void                annals_format_reader_take_issue     (AnnalsFormatReader  *self,
                                                         AnnalsSeverity       severity,
                                                         AnnalsIssueCode      code,
                                                         char                *place,
                                                         char                *reason,
                                                         const char          *excerpt);
void                annals_format_reader_account        (AnnalsFormatReader  *self,
                                                         gint64               offset,
                                                         gint64               length,
                                                         AnnalsAccountKind    kind);
/* As much of @text as an issue shows. */
char               *annals_format_reader_dup_excerpt    (const char          *text);
/* The title of a post that has none: its first words. */
char               *annals_format_reader_dup_title      (AnnalsText          *text);

extern const AnnalsFormat annals_format_bibtex;
extern const AnnalsFormat annals_format_csl;         /* CSL-JSON */
extern const AnnalsFormat annals_format_csv;
extern const AnnalsFormat annals_format_feed;        /* RSS, RDF, Atom */
extern const AnnalsFormat annals_format_html;
extern const AnnalsFormat annals_format_json;        /* JSON lists, JSON Feed, WordPress REST */
extern const AnnalsFormat annals_format_markdown;
extern const AnnalsFormat annals_format_ris;
extern const AnnalsFormat annals_format_text_month;
extern const AnnalsFormat annals_format_wxr;

G_END_DECLS
