/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

/* What a notebook consists of, in the order in which it is handed on: what imports brought, then what the
 * user made of it. */
typedef enum
{
  ANNALS_ENTRY_IMPORT,
  ANNALS_ENTRY_FILE,
  ANNALS_ENTRY_ISSUE,
  ANNALS_ENTRY_RULE,
  ANNALS_ENTRY_ATTACHMENT,
  ANNALS_ENTRY_PICTURE,
  ANNALS_ENTRY_POST,
  ANNALS_ENTRY_TAG,
  ANNALS_ENTRY_MARK,           /* what the user marked a post with */
  ANNALS_ENTRY_ANNOTATION,
  ANNALS_ENTRY_TIMELINE,
  ANNALS_ENTRY_EVENT,
  ANNALS_ENTRY_LINK,
  ANNALS_ENTRY_MEMO,
  ANNALS_ENTRY_SAVED_SEARCH,
  ANNALS_ENTRY_SUGGESTION,
  ANNALS_ENTRY_COLOUR,
  ANNALS_N_SECTIONS,

  /* parts of others */
  ANNALS_ENTRY_ALIAS = ANNALS_N_SECTIONS,
  ANNALS_ENTRY_KNOWN_COPY,
  ANNALS_ENTRY_REVISION,
  ANNALS_ENTRY_COPY,
  ANNALS_ENTRY_POST_TAG,
  ANNALS_ENTRY_ANNOTATION_TAG,
  ANNALS_ENTRY_EVENT_TAG,
  ANNALS_ENTRY_LANE,
  ANNALS_ENTRY_PLACE,          /* an event's, in a timeline */
  ANNALS_ENTRY_EVIDENCE,
  ANNALS_N_ENTRIES,

  ANNALS_ENTRY_NONE = ANNALS_N_ENTRIES,
} AnnalsEntryKind;

typedef enum
{
  ANNALS_VALUE_UID,        /* its own, which tells it from all others */
  ANNALS_VALUE_STRING,
  ANNALS_VALUE_LINES,      /* kept joined by line feeds: a list of strings */
  ANNALS_VALUE_DATE,       /* EDTF */
  ANNALS_VALUE_JSON,       /* kept as JSON */
  ANNALS_VALUE_INTEGER,
  ANNALS_VALUE_BOOLEAN,
  ANNALS_VALUE_SECONDS,
  ANNALS_VALUE_TIME,       /* microseconds since 1970; 0 stands for none where the field is nullable */
  ANNALS_VALUE_HEX,        /* bytes, few */
  ANNALS_VALUE_BYTES,
  ANNALS_VALUE_MARKUP,     /* bytes, kept compressed; mostly text */
  ANNALS_VALUE_REFERENCE,  /* the uid (SHA-256, name) of a record of the kind @target */
  ANNALS_VALUE_EITHER,     /* the uid of a record whose kind the field before says */
  ANNALS_VALUE_NUMBER,     /* the number of an entry of the kind @target among those, from 1 */
  ANNALS_VALUE_SEEN,       /* how far posts had been seen: the uid of the last import whose had */
  ANNALS_VALUE_PARTS,      /* entries of the kind @target */
} AnnalsEntryFieldType;

/**
 * AnnalsEntryField:
 * @member: its name in JSON
 * @column: where the notebook keeps it; "" for parts, and for what is kept elsewhere
 * @expression: (nullable): how it is read, when that is not just the column
 *
 * What an entry says.
 */
typedef struct
{
  const char           *member;
  const char           *column;
  AnnalsEntryFieldType  type;
  gboolean              nullable;
  AnnalsEntryKind       target;
  const char           *expression;
} AnnalsEntryField;

#define ANNALS_ENTRY_MAX_FIELDS 24

/**
 * AnnalsEntryClass:
 * @member: the name of its list in JSON
 * @table: where the notebook keeps it
 * @parent: (nullable): the column that says what it is a part of
 * @rest: which of them, and their order, in SQL
 */
typedef struct
{
  const char       *member;
  const char       *table;
  const char       *parent;
  const char       *rest;
  AnnalsEntryField  fields[ANNALS_ENTRY_MAX_FIELDS];
} AnnalsEntryClass;

typedef struct
{
  gint64      number;
  double      seconds;
  char       *text;     /* (nullable): NULL is null, of numbers as well */
  gsize       length;   /* bytes of @text, which may hold zeros where it is bytes */
  GPtrArray  *parts;    /* (element type AnnalsEntry) */
  gboolean    is_null;
  gboolean    is_unsaid;  /* nothing is said of it: what a new record has there, and no change of one that is */
} AnnalsEntryValue;

/**
 * AnnalsEntry:
 *
 * One record of a notebook with its parts, apart from any notebook.
 */
typedef struct
{
  AnnalsEntryKind   kind;
  gint64            id;      /* in the notebook it was read from; 0: in none */
  guint             line;    /* of the file it was read from; 0: of none */
  gboolean          is_mention;  /* it is only named: made where it is not, and no change of one that is */
  AnnalsEntryValue  values[ANNALS_ENTRY_MAX_FIELDS];
} AnnalsEntry;

AnnalsEntry            *annals_entry_new       (AnnalsEntryKind    kind);
void                    annals_entry_free      (AnnalsEntry       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsEntry, annals_entry_free)
const AnnalsEntryClass *annals_entry_get_class (AnnalsEntryKind    kind);
guint                   annals_entry_class_count
                                               (const AnnalsEntryClass *klass);
/* The value of that member; only of one that the kind has. */
AnnalsEntryValue       *annals_entry_get       (AnnalsEntry       *self,
                                                const char        *member);
/* "" for none */
const char             *annals_entry_get_text  (AnnalsEntry       *self,
                                                const char        *member);
/* Copies. */
void                    annals_entry_set_text  (AnnalsEntry       *self,
                                                const char        *member,
                                                const char        *text);
void                    annals_entry_set_number
                                               (AnnalsEntry       *self,
                                                const char        *member,
                                                gint64             number);

void                    annals_entry_leave_unsaid
                                               (AnnalsEntry       *self,
                                                const char        *member);

/* What the notebook's file has and no entry holds: why; NULL where entries hold it. @column NULL: the
 * table as a whole. */
const char             *annals_entry_why_left_out
                                               (const char        *table,
                                                const char        *column);
/* Whether entries hold it. */
gboolean                annals_entry_holds     (const char        *table,
                                                const char        *column);

/* The notebook itself. */
typedef struct
{
  char   *uid;
  char   *title;
  gint64  created;
} AnnalsNotebookFacts;

void                    annals_notebook_facts_clear
                                               (AnnalsNotebookFacts *self);
gboolean                annals_db_load_facts   (AnnalsDb          *db,
                                                AnnalsNotebookFacts *facts,
                                                GError           **error);

/**
 * AnnalsEntryReader:
 *
 * All entries of a notebook, section by section, one at a time. Imports that run still or were undone,
 * and what only they brought, are left out. Belongs to the connection.
 */
typedef struct _AnnalsEntryReader AnnalsEntryReader;

AnnalsEntryReader *annals_entry_reader_new  (AnnalsDb           *db,
                                             GError            **error);
/* One that only loads single records, and takes no time to make. */
AnnalsEntryReader *annals_entry_reader_new_for_rows
                                            (AnnalsDb           *db,
                                             GError            **error);
void               annals_entry_reader_free (AnnalsEntryReader  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsEntryReader, annals_entry_reader_free)
/* The next entry of that section, in the order of the sections; NULL without @error at its end. */
AnnalsEntry       *annals_entry_reader_next (AnnalsEntryReader  *self,
                                             AnnalsEntryKind     section,
                                             GError            **error);
/* One record of a table with ids, without its parts and the numbers of its files. NOT_FOUND. */
AnnalsEntry       *annals_entry_reader_load (AnnalsEntryReader  *self,
                                             AnnalsEntryKind     kind,
                                             gint64              id,
                                             GError            **error);
guint              annals_entry_reader_count_posts
                                            (AnnalsEntryReader  *self);

G_END_DECLS
