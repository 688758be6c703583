/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-db-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "annals-columns-private.h"
#include "annals-index-private.h"
#include "annals-limits.h"
#include "annals-note-index-private.h"
#include "annals-same-text-private.h"

/* how often a running statement looks whether it was cancelled, in virtual machine steps */
#define PROGRESS_STEPS 4000
/* how long another program's writing is waited for; looked at so often, or a program that writes one
 * batch after the other would always be first */
#define BUSY_MS 10000
#define BUSY_STEP_MS 5

static int
progress_cb (gpointer user_data)
{
  AnnalsDb *self = user_data;

  return self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);
}

static int
busy_cb (gpointer user_data,
         int      n_calls)
{
  if (n_calls >= BUSY_MS / BUSY_STEP_MS || progress_cb (user_data))
    return 0;

  sqlite3_sleep (BUSY_STEP_MS);

  return 1;
}

/* A full disk is not always told as such: the memory that connections share may be what finds no room. */
static int
settle_code (AnnalsDb *self,
             int       code)
{
  int system_error = self->native != NULL ? sqlite3_system_errno (self->native) : 0;

  if ((code & 0xff) == SQLITE_IOERR &&
      (system_error == ENOSPC || system_error == EDQUOT || code == SQLITE_IOERR_SHMSIZE))
    return SQLITE_FULL;

  return code;
}

static AnnalsNotebookError
error_code_for (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ANNALS_NOTEBOOK_ERROR_BUSY;

    case SQLITE_FULL:
      return ANNALS_NOTEBOOK_ERROR_FULL;

    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return ANNALS_NOTEBOOK_ERROR_READ_ONLY;

    case SQLITE_CORRUPT:
      return ANNALS_NOTEBOOK_ERROR_CORRUPT;

    case SQLITE_NOTADB:
      return ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK;

    default:
      return ANNALS_NOTEBOOK_ERROR_FAILED;
    }
}

static char *
reason_for (AnnalsDb *self,
            int       code)
{
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return g_strdup (_("another program is writing to it; try again in a moment"));

    case SQLITE_FULL:
      return g_strdup (_("there is no space left on the disk"));

    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return g_strdup (_("the file or its folder cannot be written"));

    case SQLITE_CORRUPT:
      return g_strdup (_("the file is damaged"));

    case SQLITE_NOTADB:
      return g_strdup (_("the file is not a notebook"));

    case SQLITE_IOERR:
      return g_strdup (_("the file cannot be read or written; the disk or the network may have a fault"));

    default:
      return g_strdup (self->native != NULL ? sqlite3_errmsg (self->native) : sqlite3_errstr (code));
    }
}

void
annals_db_set_error (AnnalsDb    *self,
                     int          code,
                     const char  *doing,
                     GError     **error)
{
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *reason = NULL;

  if ((code & 0xff) == SQLITE_INTERRUPT ||
      ((code & 0xff) == SQLITE_BUSY && progress_cb (self)))   /* cancelled while it waited */
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled"));
      return;
    }

  code = settle_code (self, code);
  reason = reason_for (self, code);
  if (doing != NULL)
    g_set_error (error, ANNALS_NOTEBOOK_ERROR, error_code_for (code), "“%s”: %s (%s)",
                 name, reason, doing);
  else
    g_set_error (error, ANNALS_NOTEBOOK_ERROR, error_code_for (code), "“%s”: %s", name, reason);
}

static void
set_last_error (AnnalsDb  *self,
                GError   **error)
{
  int code = sqlite3_extended_errcode (self->native);

  if (self->begun && self->lost_code == SQLITE_OK && sqlite3_get_autocommit (self->native))
    self->lost_code = code;
  annals_db_set_error (self, code, NULL, error);
}

gboolean
annals_db_check_transaction (AnnalsDb  *self,
                             GError   **error)
{
  if (!self->begun || !sqlite3_get_autocommit (self->native))
    return TRUE;

  annals_db_set_error (self, self->lost_code != SQLITE_OK ? self->lost_code : SQLITE_IOERR, NULL, error);
  return FALSE;
}

gboolean
annals_db_exec (AnnalsDb    *self,
                const char  *sql,
                GError     **error)
{
  g_assert (self->thread == g_thread_self ());

  if (!annals_db_check_transaction (self, error))
    return FALSE;

  if (sqlite3_exec (self->native, sql, NULL, NULL, NULL) != SQLITE_OK)
    {
      set_last_error (self, error);
      return FALSE;
    }

  self->begun = !sqlite3_get_autocommit (self->native);
  self->lost_code = SQLITE_OK;
  return TRUE;
}

void
annals_db_roll_back (AnnalsDb *self)
{
  self->begun = FALSE;
  self->lost_code = SQLITE_OK;
  if (!sqlite3_get_autocommit (self->native))
    annals_db_exec (self, "ROLLBACK", NULL);   /* the first error is the one that is told */
}

gboolean
annals_db_is_awaited (AnnalsDb *self)
{
  return self->waiting != NULL && g_async_queue_length (self->waiting) > 0;
}

gboolean
annals_db_check_place (AnnalsDb  *self,
                       GError   **error)
{
  int moved = 0;

  /* Where the file system cannot tell, it is taken to be there. */
  if (sqlite3_file_control (self->native, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK || !moved)
    return TRUE;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
               _("“%s”: the file was moved or deleted while it was open; nothing was changed"), self->path);
  return FALSE;
}

static void
finalize_stmt (gpointer stmt)
{
  sqlite3_finalize (stmt);   /* its answer repeats the last step's */
}

static gboolean
configure (AnnalsDb  *self,
           gboolean   writable,
           GError   **error)
{
  static const struct
  {
    int id;
    int value;
  } limits[] = {
    { SQLITE_LIMIT_LENGTH, ANNALS_LIMIT_SQLITE_LENGTH },
    { SQLITE_LIMIT_TRIGGER_DEPTH, 10 },
    { SQLITE_LIMIT_EXPR_DEPTH, ANNALS_LIMIT_SQLITE_EXPRESSION_DEPTH },
    { SQLITE_LIMIT_ATTACHED, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (self->native, limits[i].id, limits[i].value);

  sqlite3_extended_result_codes (self->native, 1);
  sqlite3_busy_handler (self->native, busy_cb, self);
  sqlite3_progress_handler (self->native, PROGRESS_STEPS, progress_cb, self);

  /* The file may come from a stranger: no trigger of his runs, no function is called by his schema. */
  if (sqlite3_db_config (self->native, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) != SQLITE_OK ||
      sqlite3_db_config (self->native, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) != SQLITE_OK ||
      sqlite3_db_config (self->native, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL) != SQLITE_OK)
    {
      annals_db_set_error (self, SQLITE_ERROR, NULL, error);
      return FALSE;
    }

  /* What a reader asks for often is in memory as columns; the writer keeps much of the index at hand. */
  return annals_index_register (self, error) &&
         annals_db_exec (self,
                         "PRAGMA cell_size_check=ON;"
                         "PRAGMA foreign_keys=ON;"
                         "PRAGMA mmap_size=0;"
                         "PRAGMA temp_store=MEMORY;"
                         "PRAGMA synchronous=NORMAL;"
                         "PRAGMA journal_size_limit=67108864;", error) &&
         annals_db_exec (self,
                         writable ? "PRAGMA cache_size=-65536"
                                  : "PRAGMA cache_size=-16384; PRAGMA query_only=ON", error);
}

static AnnalsDb *
open_database (const char    *path,
               int            flags,
               gboolean       writable,
               GCancellable  *cancellable,
               GError       **error)
{
  static gint n_connections;
  g_autoptr(AnnalsDb) self = g_new0 (AnnalsDb, 1);
  int code;

  self->serial = (guint) g_atomic_int_add (&n_connections, 1);
  self->path = g_strdup (path);
  self->thread = g_thread_self ();
  self->cancellable = cancellable;
  self->author = g_strdup ("");
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_stmt);

  annals_db_keep_locks ();
  code = sqlite3_open_v2 (path, &self->native, flags | SQLITE_OPEN_NOMUTEX, NULL);
  if (code != SQLITE_OK)
    {
      annals_db_set_error (self, code, NULL, error);
      return NULL;
    }

  if (!configure (self, writable, error))
    return NULL;

  return g_steal_pointer (&self);
}

AnnalsDb *
annals_db_open (const char  *path,
                gboolean     writable,
                GError     **error)
{
  return open_database (path, SQLITE_OPEN_READWRITE, writable, NULL, error);
}

AnnalsDb *
annals_db_open_cancellable (const char    *path,
                            gboolean       writable,
                            GCancellable  *cancellable,
                            GError       **error)
{
  return open_database (path, SQLITE_OPEN_READWRITE, writable, cancellable, error);
}

AnnalsDb *
annals_db_open_still (const char  *path,
                      GError     **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *escaped = g_uri_escape_bytes ((const guint8 *) absolute, strlen (absolute), "/");
  g_autofree char *uri = g_strconcat ("file://", escaped, "?immutable=1", NULL);
  AnnalsDb *self = open_database (uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, FALSE, NULL, error);

  if (self == NULL)
    return NULL;

  g_free (self->path);
  self->path = g_steal_pointer (&absolute);

  return self;
}

AnnalsDb *
annals_db_open_read_only (const char  *path,
                          GError     **error)
{
  return open_database (path, SQLITE_OPEN_READONLY, FALSE, NULL, error);
}

AnnalsDb *
annals_db_open_in_memory (GError **error)
{
  return open_database (":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, TRUE, NULL, error);
}

void
annals_db_adopt (AnnalsDb *self)
{
  self->thread = g_thread_self ();
}

void
annals_db_free (AnnalsDb *self)
{
  g_clear_pointer (&self->comparing, annals_comparing_free);
  g_clear_pointer (&self->hot, g_free);
  g_clear_pointer (&self->seen, g_byte_array_unref);
  g_clear_pointer (&self->columns, annals_shared_columns_unref);
  g_clear_pointer (&self->statements, g_hash_table_unref);
  if (self->native != NULL)
    {
      int code = sqlite3_close (self->native);

      g_assert (code == SQLITE_OK);
    }
  g_free (self->path);
  g_free (self->author);
  g_free (self);
}

/* --- statements --- */

static inline sqlite3_stmt *
native_stmt (BorrowedStmt *stmt)
{
  return (sqlite3_stmt *) stmt;
}

BorrowedStmt *
annals_db_borrow (AnnalsDb    *self,
                  const char  *sql,
                  GError     **error)
{
  sqlite3_stmt *stmt;

  g_assert (self->thread == g_thread_self ());

  stmt = g_hash_table_lookup (self->statements, sql);
  if (stmt == NULL)
    {
      if (sqlite3_prepare_v3 (self->native, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
        {
          annals_db_set_error (self, sqlite3_extended_errcode (self->native), NULL, error);
          return NULL;
        }
      g_hash_table_insert (self->statements, g_strdup (sql), stmt);
    }

  g_assert (!sqlite3_stmt_busy (stmt));

  return (BorrowedStmt *) stmt;
}

void
borrowed_stmt_release (BorrowedStmt *stmt)
{
  sqlite3_reset (native_stmt (stmt));
  sqlite3_clear_bindings (native_stmt (stmt));
}

AnnalsStep
annals_db_step (AnnalsDb      *self,
                BorrowedStmt  *stmt,
                GError       **error)
{
  int code;

  g_assert (self->thread == g_thread_self ());

  if (!annals_db_check_transaction (self, error))
    return STEP_ERROR;

  code = sqlite3_step (native_stmt (stmt));
  if (code == SQLITE_ROW)
    return STEP_ROW;
  if (code == SQLITE_DONE)
    return STEP_DONE;

  set_last_error (self, error);
  return STEP_ERROR;
}

gboolean
annals_db_run (AnnalsDb      *self,
               BorrowedStmt  *stmt,
               GError       **error)
{
  AnnalsStep step = annals_db_step (self, stmt, error);

  g_assert (step != STEP_ROW);

  return step == STEP_DONE;
}

void
rewind_stmt (BorrowedStmt *stmt)
{
  sqlite3_reset (native_stmt (stmt));
}

static int
parameter (BorrowedStmt *stmt,
           const char   *name)
{
  int index = sqlite3_bind_parameter_index (native_stmt (stmt), name);

  g_assert (index > 0);

  return index;
}

void
bind_int64 (BorrowedStmt *stmt,
            const char   *name,
            gint64        value)
{
  sqlite3_bind_int64 (native_stmt (stmt), parameter (stmt, name), value);
}

void
bind_double (BorrowedStmt *stmt,
             const char   *name,
             double        value)
{
  sqlite3_bind_double (native_stmt (stmt), parameter (stmt, name), value);
}

void
bind_text (BorrowedStmt *stmt,
           const char   *name,
           const char   *value)
{
  sqlite3_bind_text (native_stmt (stmt), parameter (stmt, name), value, -1, SQLITE_TRANSIENT);
}

void
bind_bytes (BorrowedStmt *stmt,
            const char   *name,
            GBytes       *value)
{
  gsize size;
  gconstpointer data;

  if (value == NULL)
    {
      bind_null (stmt, name);
      return;
    }

  data = g_bytes_get_data (value, &size);
  sqlite3_bind_blob64 (native_stmt (stmt), parameter (stmt, name), data != NULL ? data : "", size,
                       SQLITE_TRANSIENT);
}

void
bind_null (BorrowedStmt *stmt,
           const char   *name)
{
  sqlite3_bind_null (native_stmt (stmt), parameter (stmt, name));
}

void
bind_pointer (BorrowedStmt *stmt,
              const char   *name,
              gpointer      value,
              const char   *type)
{
  sqlite3_bind_pointer (native_stmt (stmt), parameter (stmt, name), value, type, NULL);
}

void
bind_id (BorrowedStmt *stmt,
         const char   *name,
         gint64        id)
{
  if (id == 0)
    bind_null (stmt, name);
  else
    bind_int64 (stmt, name, id);
}

void
bind_int64_at (BorrowedStmt *stmt,
               int           parameter,
               gint64        value)
{
  sqlite3_bind_int64 (native_stmt (stmt), parameter, value);
}

void
bind_text_at (BorrowedStmt *stmt,
              int           parameter,
              const char   *value)
{
  sqlite3_bind_text (native_stmt (stmt), parameter, value, -1, SQLITE_STATIC);
}

void
bind_blob_at (BorrowedStmt  *stmt,
              int            parameter,
              gconstpointer  bytes,
              gsize          size)
{
  sqlite3_bind_blob64 (native_stmt (stmt), parameter, bytes != NULL ? bytes : "", size, SQLITE_STATIC);
}

void
bind_column_at (BorrowedStmt *stmt,
                int           parameter,
                BorrowedStmt *from,
                int           column)
{
  sqlite3_bind_value (native_stmt (stmt), parameter, sqlite3_column_value (native_stmt (from), column));
}

gint64
column_int64 (BorrowedStmt *stmt,
              int           column)
{
  return sqlite3_column_int64 (native_stmt (stmt), column);
}

double
column_double (BorrowedStmt *stmt,
               int           column)
{
  return sqlite3_column_double (native_stmt (stmt), column);
}

gboolean
column_is_null (BorrowedStmt *stmt,
                int           column)
{
  return sqlite3_column_type (native_stmt (stmt), column) == SQLITE_NULL;
}

const char *
column_raw_text (BorrowedStmt *stmt,
                 int           column)
{
  const char *text = (const char *) sqlite3_column_text (native_stmt (stmt), column);

  return text != NULL ? text : "";
}

const char *
column_text (BorrowedStmt *stmt,
             int           column)
{
  const char *text = column_raw_text (stmt, column);

  return g_utf8_validate (text, -1, NULL) ? text : "\357\277\275";
}

char *
column_dup_text (BorrowedStmt *stmt,
                 int           column)
{
  const char *text = column_raw_text (stmt, column);
  gsize length = (gsize) sqlite3_column_bytes (native_stmt (stmt), column);

  /* a NUL is not valid: such a text ends there */
  if (g_utf8_validate_len (text, length, NULL))
    return g_memdup2 (text, length + 1);

  return g_utf8_make_valid (text, -1);
}

guint
column_uint (BorrowedStmt *stmt,
             int           column)
{
  return (guint) CLAMP (column_int64 (stmt, column), 0, G_MAXUINT);
}

gboolean
column_copy_blob (BorrowedStmt *stmt,
                  int           column,
                  gpointer      bytes,
                  gsize         size)
{
  gconstpointer data = sqlite3_column_blob (native_stmt (stmt), column);

  if (data == NULL || (gsize) sqlite3_column_bytes (native_stmt (stmt), column) != size)
    return FALSE;

  memcpy (bytes, data, size);
  return TRUE;
}

gconstpointer
column_bytes (BorrowedStmt *stmt,
              int           column,
              gsize        *size)
{
  gconstpointer data = sqlite3_column_blob (native_stmt (stmt), column);

  *size = (gsize) sqlite3_column_bytes (native_stmt (stmt), column);

  return data;
}

GBytes *
column_dup_bytes (BorrowedStmt *stmt,
                  int           column)
{
  gconstpointer data = sqlite3_column_blob (native_stmt (stmt), column);

  return g_bytes_new (data, sqlite3_column_bytes (native_stmt (stmt), column));
}

gboolean
annals_db_step_to (AnnalsDb      *self,
                   BorrowedStmt  *stmt,
                   gint64         id,
                   GError       **error)
{
  AnnalsStep step = annals_db_step (self, stmt, error);

  if (step == STEP_DONE)
    g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                 _("There is no record with the number %" PRId64), id);

  return step == STEP_ROW;
}

gboolean
annals_db_query_int64 (AnnalsDb    *self,
                       const char  *sql,
                       gint64       id,
                       gint64       fallback,
                       gint64      *value,
                       GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (self, sql, error)))
    return FALSE;

  if (sqlite3_bind_parameter_index (native_stmt (stmt), ":id") > 0)
    bind_int64 (stmt, ":id", id);

  switch (annals_db_step (self, stmt, error))
    {
    case STEP_ROW:
      *value = column_is_null (stmt, 0) ? fallback : column_int64 (stmt, 0);
      return TRUE;

    case STEP_DONE:
      *value = fallback;
      return TRUE;

    case STEP_ERROR:
      break;
    }

  return FALSE;
}

char *
annals_db_get_meta (AnnalsDb    *self,
                    const char  *key,
                    GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (self, "SELECT value FROM meta WHERE key = :key", error)))
    return NULL;

  bind_text (stmt, ":key", key);
  if (annals_db_step (self, stmt, error) == STEP_ROW)
    return column_dup_text (stmt, 0);

  return NULL;
}

gboolean
annals_db_set_meta (AnnalsDb    *self,
                    const char  *key,
                    const char  *value,
                    GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (self,
                                 "INSERT INTO meta (key, value) VALUES (:key, :value) "
                                 "ON CONFLICT (key) DO UPDATE SET value = excluded.value", error)))
    return FALSE;

  bind_text (stmt, ":key", key);
  bind_text (stmt, ":value", value);

  return annals_db_run (self, stmt, error);
}

gboolean
annals_db_run_for_id (AnnalsDb    *self,
                      const char  *sql,
                      gint64       id,
                      GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (self, sql, error)))
    return FALSE;

  bind_int64 (stmt, ":id", id);
  return annals_db_run (self, stmt, error);
}

gboolean
annals_db_set_text (AnnalsDb    *self,
                    const char  *sql,
                    gint64       id,
                    const char  *value,
                    GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self, sql, error);

  if (stmt == NULL)
    return FALSE;

  bind_text (stmt, ":value", value);
  bind_int64 (stmt, ":now", self->now);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (self, stmt, error);
}

gint64
annals_db_last_id (AnnalsDb *self)
{
  return sqlite3_last_insert_rowid (self->native);
}
