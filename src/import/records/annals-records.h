/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-anchor.h"
#include "annals-codebook.h"
#include "annals-draft.h"
#include "annals-imports.h"
#include "annals-links.h"

G_BEGIN_DECLS

/* What a file of another program holds beside posts, before the notebook knows it. Strings may be NULL where the file
 * says nothing; uids are in lower case. */

/* A text that notes stand in. */
typedef struct
{
  char       *uid;
  char       *title;
  char       *url;
  char       *author;
  char       *source;
  char       *language;
  char       *published;    /* EDTF, or nearly */
  AnnalsText *text;         /* NULL: the file has none that can be read */
  char       *raw;          /* as it stands in the file: what offsets count in */
  gboolean    canonical;    /* that is the text itself */
  GArray     *codes;        /* (element type guint): of the whole, numbers in the codebook */
  char       *place;        /* for people */
  gint64      post_id;      /* the post that it is or has become; 0: not known yet */
} AnnalsRecordSource;

/* A passage that is marked, or a note on a whole post. */
typedef struct
{
  char           *uid;
  int             source;        /* its number; -1: it is found by what follows */
  char           *post_uid;
  char           *url;
  char           *sha256;        /* of the text that the offsets count in */
  gboolean        whole;         /* it has no passage */
  gboolean        has_position;
  AnnalsSelector  selector;
  char           *note;
  char           *colour;        /* a name of annals-palette.h */
  GPtrArray      *tags;          /* (element type char *) names */
  GArray         *codes;         /* (element type guint) */
  char           *author;
  gint64          created;       /* UTC microseconds; 0: unknown */
  gint64          modified;
  char           *place;
} AnnalsRecordNote;

typedef struct
{
  char   *uid;
  char   *title;
  char   *text;
  char   *author;
  gint64  created;
  gint64  modified;
  char   *place;
} AnnalsRecordMemo;

typedef struct
{
  char           *uid;
  char           *from;      /* uid of a source or a note */
  char           *to;
  AnnalsRelation  relation;
  char           *note;
  char           *place;
} AnnalsRecordLink;

typedef struct
{
  char       *uid;           /* the same whenever the file comes again */
  char       *title;
  char       *account;       /* Markdown */
  char       *lane;
  AnnalsDate *date;          /* never NULL */
  char       *place;
} AnnalsRecordEvent;

/**
 * AnnalsRecords:
 *
 * All of a file.
 */
typedef struct
{
  gatomicrefcount ref_count;
  char           *name;         /* the file's, for people */
  GPtrArray      *sources;
  GPtrArray      *notes;
  GPtrArray      *memos;
  GPtrArray      *links;
  AnnalsCodebook *codebook;     /* (nullable) */
  char           *timeline;     /* (nullable): title of a timeline that the events are of */
  char           *timeline_uid; /* the same whenever the file comes again */
  char           *description;
  GPtrArray      *events;
  GPtrArray      *issues;       /* (element type AnnalsIssue) */
  guint           n_skipped;    /* records that have an error among the issues */
  guint           n_over;       /* records beyond the limit */
} AnnalsRecords;

AnnalsRecords      *annals_records_new        (const char *name);
AnnalsRecords      *annals_records_ref        (AnnalsRecords *self);
void                annals_records_unref      (AnnalsRecords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsRecords, annals_records_unref)

/* Whether @list, one of @self's, takes no more; what is left out for that is counted. */
gboolean            annals_records_is_full    (AnnalsRecords *self, GPtrArray *list);
/* What the codebook has to remark, as issues. */
void                annals_records_take_remarks (AnnalsRecords *self);
/* When all was read: says how many were left out. */
void                annals_records_finish     (AnnalsRecords *self);

/* Each is in its list from then on, empty. Takes @place. */
AnnalsRecordSource *annals_records_add_source (AnnalsRecords *self, char *place);
AnnalsRecordNote   *annals_records_add_note   (AnnalsRecords *self, char *place);
AnnalsRecordMemo   *annals_records_add_memo   (AnnalsRecords *self, char *place);
AnnalsRecordLink   *annals_records_add_link   (AnnalsRecords *self, char *place);
AnnalsRecordEvent  *annals_records_add_event  (AnnalsRecords *self, char *place);
/* Takes @reason; copies the beginning of @excerpt (nullable). */
void                annals_records_take_issue (AnnalsRecords *self, AnnalsSeverity severity, AnnalsIssueCode code,
                                               const char *place, char *reason, const char *excerpt);
/* The same for a record that is left out. */
void                annals_records_take_skipped (AnnalsRecords *self, AnnalsIssueCode code, const char *place,
                                                 char *reason, const char *excerpt);
/* How many records there are that may come in, without the sources, which are posts. */
guint               annals_records_count      (AnnalsRecords *self);
/* What a source says as the draft of a post. */
AnnalsDraft        *annals_record_source_dup_draft (const AnnalsRecordSource *self);

/* A passage's words and surroundings: it stands in @text between @from and @to, which are the code points @start and
 * @end of it. */
void                annals_record_note_quote  (AnnalsRecordNote *self, const char *text, const char *from,
                                               const char *to, guint start, guint end);

/* A uid out of "urn:uuid:…", "{…}" or itself; NULL when @string is none. */
char               *annals_records_dup_uid    (const char *string);
/* A uid that is always the same for what another program calls @id. */
char               *annals_records_dup_uid_for (const char *id);
/* UTC microseconds of an xsd:dateTime; 0 when it is none. */
gint64              annals_records_read_time  (const char *string);

G_END_DECLS
