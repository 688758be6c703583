/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The session extension's declarations hang on these two. */
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

#include "annals-date.h"
#include "annals-db.h"
#include "annals-schema.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_DOOR_NONE,     /* reading */
  ANNALS_DOOR_CHANGE,   /* inside annals_notebook_change() */
  ANNALS_DOOR_BULK,     /* inside annals_notebook_bulk() */
} AnnalsDoor;

typedef struct _BorrowedStmt BorrowedStmt;

typedef struct _AnnalsComparing AnnalsComparing;
typedef struct _AnnalsSharedColumns AnnalsSharedColumns;

struct _AnnalsDb
{
  sqlite3       *native;
  GThread       *thread;
  char          *path;
  guint          serial;       /* tells the connections of one process apart */
  GHashTable    *statements;   /* SQL → BorrowedStmt; prepared once */
  AnnalsDoor     door;
  GCancellable  *cancellable;  /* of the job at hand; looked at by the progress handler */
  char          *author;
  gint64         now;          /* UTC microseconds, one for the whole job */
  gboolean       announce;     /* the bulk job wants "changed" emitted */
  gboolean       renamed;      /* it gave the notebook another uid and title */
  BorrowedStmt **hot;          /* (nullable): annals-import-find.c's handles; the statements are above */
  GByteArray    *seen;         /* (nullable): a bit for each post that came in the import below */
  gint64         seen_import;
  AnnalsComparing *comparing;  /* (nullable): annals-same-text.c's */
  AnnalsSharedColumns *columns;  /* (nullable): annals-columns.c's; the notebook's connections share them */
  gint64         data_version; /* as the writer's thread last saw it: another one means that others wrote */
  gboolean       gone;         /* as the writer's thread last told: the file is no longer where it was */
  gboolean       begun;        /* a transaction, which whoever began it has not ended */
  int            lost_code;    /* why it is over all the same */
  GAsyncQueue   *waiting;      /* (nullable): jobs that wait for this thread; long steps give way to them */
};

/* annals-db-locks.c: locks of SQLite's that no other close() in the process ends. Once, before the first
 * connection; more calls do nothing. */
void      annals_db_keep_locks (void);

AnnalsDb *annals_db_open   (const char *path,
                            gboolean    writable,
                            GError    **error);
/* @cancellable (nullable) ends the waiting for a file that another program has locked, here and later, until it is taken
 * off the connection. */
AnnalsDb *annals_db_open_cancellable (const char    *path,
                                      gboolean       writable,
                                      GCancellable  *cancellable,
                                      GError       **error);
/* Reads a file to which nobody writes, such as a backup: without locks, and leaving nothing beside it. A file with a
 * write-ahead log cannot be read so. */
AnnalsDb *annals_db_open_still (const char *path,
                                GError    **error);
/* As the file is, without so much as a log beside it that would be ours. */
AnnalsDb *annals_db_open_read_only (const char *path,
                                    GError    **error);
/* An empty database that is no file, to compare with. */
AnnalsDb *annals_db_open_in_memory (GError **error);
/* Hands the connection to the thread that calls. */
void      annals_db_adopt  (AnnalsDb   *self);
void      annals_db_free   (AnnalsDb   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsDb, annals_db_free)

/* Runs SQL that returns no rows: pragmas, BEGIN, schema steps. */
gboolean  annals_db_exec   (AnnalsDb   *self,
                            const char *sql,
                            GError    **error);
/* Ends what is left of a transaction that failed. */
void      annals_db_roll_back (AnnalsDb *self);
/* FALSE with its reason when SQLite has ended the transaction by itself, as it does when a page cannot be read or
 * written, be it by a SELECT. No statement runs then: each would be a transaction of its own. */
gboolean  annals_db_check_transaction (AnnalsDb  *self,
                                       GError   **error);
/* Sets @error from the connection's last failure, for people: full disk, read-only, busy… */
void      annals_db_set_error (AnnalsDb   *self,
                               int         code,
                               const char *doing,
                               GError    **error);

/* Whether a job waits for the writer's thread. */
gboolean  annals_db_is_awaited (AnnalsDb *self);

/* NOT_FOUND when the file is no longer where it was opened: SQLite would go on writing to what is
 * deleted, and all of it would be lost. */
gboolean  annals_db_check_place (AnnalsDb *self,
                                 GError  **error);

/* A cached statement on loan. Giving it back resets it, so that no read transaction outlives the
 * function that opened it. One statement cannot be on loan twice at once. */
BorrowedStmt *annals_db_borrow      (AnnalsDb     *self,
                                     const char   *sql,
                                     GError      **error);
void          borrowed_stmt_release (BorrowedStmt *stmt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BorrowedStmt, borrowed_stmt_release)

typedef enum
{
  STEP_ROW,
  STEP_DONE,
  STEP_ERROR,
} AnnalsStep;

AnnalsStep    annals_db_step   (AnnalsDb      *self,
                                BorrowedStmt  *stmt,
                                GError       **error);
/* The first row of @stmt, which asks for the record @id; NOT_FOUND when there is none. */
gboolean      annals_db_step_to
                               (AnnalsDb      *self,
                                BorrowedStmt  *stmt,
                                gint64         id,
                                GError       **error);
/* What is wrong with the file's structure is added to @damages, in one line each, indexes of words aside. @deep: also
 * what takes long to find. *@index: why an index of words cannot even be opened, NULL where each can. A page that cannot
 * be read is an error, no damage. */
gboolean      annals_db_check_structure
                               (AnnalsDb      *self,
                                gboolean       deep,
                                GPtrArray     *damages,
                                char         **index,
                                GError       **error);
/* The first of these, NULL where there is none, and indexes of words do not count. */
gboolean      annals_db_find_damage
                               (AnnalsDb      *self,
                                char         **damage,
                                GError       **error);
/* Steps once and expects no row; TRUE when done. */
gboolean      annals_db_run    (AnnalsDb      *self,
                                BorrowedStmt  *stmt,
                                GError       **error);
/* @sql does all its work in one step and has the one parameter ":id". */
gboolean      annals_db_run_for_id (AnnalsDb      *self,
                                    const char    *sql,
                                    gint64         id,
                                    GError       **error);
/* @sql sets one column of the row ":id" to ":value", where it is another one, and its "modified" to ":now". */
gboolean      annals_db_set_text (AnnalsDb      *self,
                                  const char    *sql,
                                  gint64         id,
                                  const char    *value,
                                  GError       **error);
/* Back to its start, bindings kept, to be stepped again. */
void          rewind_stmt      (BorrowedStmt  *stmt);

/* Parameters by name, with their colon. Binding a name that the statement lacks is a bug. */
void          bind_int64  (BorrowedStmt *stmt, const char *name, gint64 value);
void          bind_double (BorrowedStmt *stmt, const char *name, double value);
/* NULL binds NULL; the text is copied */
void          bind_text   (BorrowedStmt *stmt, const char *name, const char *value);
void          bind_bytes  (BorrowedStmt *stmt, const char *name, GBytes *value);
void          bind_null   (BorrowedStmt *stmt, const char *name);
/* For functions of ours; not copied. @type: a string that stays. */
void          bind_pointer (BorrowedStmt *stmt, const char *name, gpointer value, const char *type);
/* 0 binds NULL: for references */
void          bind_id     (BorrowedStmt *stmt, const char *name, gint64 id);

/* By number, from 1; for what runs once for each post of an import. Not copied: text and bytes must outlive
 * the loan. */
void          bind_int64_at (BorrowedStmt *stmt, int parameter, gint64 value);
void          bind_text_at  (BorrowedStmt *stmt, int parameter, const char *value);
void          bind_blob_at  (BorrowedStmt *stmt, int parameter, gconstpointer bytes, gsize size);
/* A value of the row that @from stands at */
void          bind_column_at (BorrowedStmt *stmt, int parameter, BorrowedStmt *from, int column);

gint64        column_int64    (BorrowedStmt *stmt, int column);
double        column_double   (BorrowedStmt *stmt, int column);
gboolean      column_is_null  (BorrowedStmt *stmt, int column);
/* A count or an offset; what a damaged file says beyond the bounds of one is the nearest that is. */
guint         column_uint     (BorrowedStmt *stmt, int column);
/* "" for NULL; borrowed until the next step. Always UTF-8: SQLite does not look at what stands in a
 * stranger's file, and U+FFFD stands for a text that is not. */
const char   *column_text     (BorrowedStmt *stmt, int column);
/* With U+FFFD for what is not UTF-8 alone. */
char         *column_dup_text (BorrowedStmt *stmt, int column);
/* As it stands in the file, for those who look at it themselves. */
const char   *column_raw_text (BorrowedStmt *stmt, int column);
/* FALSE unless there are exactly @size bytes. */
gboolean      column_copy_blob (BorrowedStmt *stmt, int column, gpointer bytes, gsize size);
/* Borrowed until the next step. */
gconstpointer column_bytes     (BorrowedStmt *stmt, int column, gsize *size);
GBytes       *column_dup_bytes (BorrowedStmt *stmt, int column);

/* One value of one row, or @fallback when there is no row or it is NULL. @sql has at most one
 * parameter, ":id". FALSE only on an error. */
gboolean      annals_db_query_int64 (AnnalsDb *self, const char *sql, gint64 id, gint64 fallback,
                                     gint64 *value, GError **error);
/* NULL (without an error) when there is no row */
char         *annals_db_get_meta    (AnnalsDb *self, const char *key, GError **error);
gboolean      annals_db_set_meta    (AnnalsDb *self, const char *key, const char *value, GError **error);

gint64        annals_db_last_id     (AnnalsDb *self);

/* The schema: annals-schema.c */
#define ANNALS_APPLICATION_NUMBER 0x416E6E6C   /* "Annl" */
/* The steps up to @version on an empty file, in the transaction at hand. */
gboolean      annals_schema_create  (AnnalsDb *self, int version, GError **error);
/* Reads only. CORRUPT unless the file's tables, indexes and views are those that the steps make up to
 * its version, to the letter: a stranger's file holds no trigger, no view and no expression of its own
 * that SQLite would run. TOO_NEW. */
gboolean      annals_schema_verify  (AnnalsDb *self, GError **error);
/* Runs the steps a file lacks; a backup first, without which nothing is done. */
gboolean      annals_schema_migrate (AnnalsDb *self, gboolean with_backup, GError **error);

/* What rows share: annals-records.c */
/* Titles and names as typed: one line, NFC, 1 to @max characters, else INVALID. */
char         *annals_db_clean_name  (const char *name, const char *what, guint max, GError **error);
/* Notes and accounts as typed: UTF-8, NFC; "" for NULL. Free with g_free(). */
char         *annals_db_clean_text  (const char *text);
/* The date of a stored row. annals_db_check() finds a damaged one; it must not stop anybody from
 * reading, so it counts as undated. */
AnnalsDate   *annals_db_date_of     (const char *edtf);
/* INVALID when there is no such colour. NULL gives the @n-th of the palette. */
const char   *annals_db_clean_colour (const char *colour, guint n, GError **error);
/* NOT_FOUND with the record's kind when no row has that id. */
gboolean      annals_db_require     (AnnalsDb *self, AnnalsRecord record, gint64 id, GError **error);

G_END_DECLS
