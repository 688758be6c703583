/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows out of a table some of whose pages are damaged.
 *
 * SQLite gives up at the first damaged page it meets. The rows behind it are reached by asking for higher row
 * ids until there is an answer, and then by halving the gap. Tables without row ids are read from both ends. */
#include "config.h"

#include "annals-salvage-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>

/* bytes: a cell's pointer, its length and its key */
#define MIN_ROW_SIZE 4

typedef struct
{
  sqlite3       *source;
  AnnalsDb      *target;
  const char    *table;
  GPtrArray     *columns;      /* those that both have (element type utf8) */
  sqlite3_stmt  *insert;
  GCancellable  *cancellable;
  guint          n_gaps;
  gint64         n_missing;    /* row ids in the gaps: rows at most */
  guint          n_refused;    /* rows that no notebook may hold */
} Table;

static gboolean
is_derived (const char *table)
{
  return g_str_has_prefix (table, "sqlite_") || g_str_has_prefix (table, "post_index") ||
         g_str_has_prefix (table, "note_index") || g_str_equal (table, "text_signature") ||
         g_str_equal (table, "same_text") || g_str_equal (table, "history");
}

void
annals_salvage_tell (GPtrArray  *lost,
                     const char *format,
                     ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (lost, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* Tables that people know by other names; the rest is told by its own. */
static const struct
{
  const char *table;
  const char *label;
} labels[] = {
  { "post", N_("Posts") },
  { "revision", N_("Texts of posts") },
  { "annotation", N_("Notes and highlights") },
  { "tag", N_("Tags") },
  { "post_tag", N_("Tags on posts") },
  { "annotation_tag", N_("Tags on notes") },
  { "event_tag", N_("Tags on events") },
  { "timeline", N_("Timelines") },
  { "lane", N_("Lanes") },
  { "event", N_("Events") },
  { "timeline_event", N_("Events in timelines") },
  { "evidence", N_("Evidence") },
  { "link", N_("Links") },
  { "memo", N_("Memos") },
  { "saved_search", N_("Saved searches") },
  { "source", N_("Sources") },
  { "import", N_("Imports") },
  { "import_issue", N_("Issues of imports") },
  { "attachment", N_("Pictures") },
  { "suggestion", N_("Decisions on suggestions") },
  { "meta", N_("Properties of the notebook") },
  { "import_file", N_("Files of imports") },
  { "import_rule", N_("Settings of imports") },
  { "post_alias", N_("Other addresses of posts") },
  { "revision_copy", N_("Copies of posts") },
  { "known_copy", N_("Copies of posts that were seen before") },
  { "picture", N_("Addresses of pictures") },
  { "revision_picture", N_("Pictures in texts") },
  { "memo_reference", N_("References in memos") },
  { "colour_name", N_("Names of colours") },
};

const char *
annals_salvage_get_label (const char *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (strcmp (labels[i].table, table) == 0)
      return _(labels[i].label);

  return table;
}

static GPtrArray *
list_columns (sqlite3    *native,
              const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info('%s')", table);
  GPtrArray *columns = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (native, sql, -1, &stmt, NULL) == SQLITE_OK)
    while (sqlite3_step (stmt) == SQLITE_ROW)
      g_ptr_array_add (columns, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
  sqlite3_finalize (stmt);

  return columns;
}

/* Names of the columns that both have, in the target's order. */
static GPtrArray *
list_shared_columns (sqlite3    *source,
                     sqlite3    *target,
                     const char *table)
{
  g_autoptr(GPtrArray) theirs = list_columns (source, table);
  g_autoptr(GPtrArray) ours = list_columns (target, table);
  GPtrArray *shared = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < ours->len; i++)
    if (g_ptr_array_find_with_equal_func (theirs, ours->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (shared, g_strdup_printf ("\"%s\"", (const char *) ours->pdata[i]));

  return shared;
}

static char *
join (GPtrArray *columns)
{
  g_autofree const char **names = g_new0 (const char *, columns->len + 1);

  for (guint i = 0; i < columns->len; i++)
    names[i] = columns->pdata[i];

  return g_strjoinv (", ", (char **) names);
}

static gboolean
prepare_insert (Table   *self,
                GError **error)
{
  g_autofree char *names = join (self->columns);
  g_autoptr(GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "INSERT OR IGNORE INTO %s (%s) VALUES (", self->table, names);
  for (guint i = 0; i < self->columns->len; i++)
    g_string_append (sql, i == 0 ? "?" : ", ?");
  g_string_append_c (sql, ')');

  if (sqlite3_prepare_v2 (self->target->native, sql->str, -1, &self->insert, NULL) == SQLITE_OK)
    return TRUE;

  annals_db_set_error (self->target, sqlite3_extended_errcode (self->target->native), NULL, error);
  return FALSE;
}

/* @first: the column of @from that is the table's first. FALSE: the target is at fault. */
static gboolean
insert_row (Table         *self,
            sqlite3_stmt  *from,
            int            first,
            GError       **error)
{
  int code;

  for (guint i = 0; i < self->columns->len; i++)
    sqlite3_bind_value (self->insert, (int) i + 1, sqlite3_column_value (from, first + (int) i));

  code = sqlite3_step (self->insert);
  sqlite3_reset (self->insert);
  sqlite3_clear_bindings (self->insert);
  if (code == SQLITE_DONE)
    return TRUE;

  code = sqlite3_extended_errcode (self->target->native);
  if ((code & 0xff) == SQLITE_CONSTRAINT || (code & 0xff) == SQLITE_MISMATCH || (code & 0xff) == SQLITE_TOOBIG)
    {
      self->n_refused++;
      return TRUE;
    }

  annals_db_set_error (self->target, code, NULL, error);
  return FALSE;
}

typedef enum
{
  ALL_READ,
  DAMAGED,
  FAILED,     /* the target, or cancelled */
} Answer;

/* Rows from *@row on; *@row: the first that could not be read. Rows of a damaged tree may come again or in any order,
 * for ever: what does not go on is damage. */
static Answer
read_from (Table         *self,
           sqlite3_stmt  *stmt,
           gint64        *row,
           GError       **error)
{
  Answer answer = FAILED;
  int code;

  sqlite3_bind_int64 (stmt, 1, *row);
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      if (id < *row)
        {
          code = SQLITE_CORRUPT;
          break;
        }
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !insert_row (self, stmt, 1, error))
        break;

      if (id == G_MAXINT64)
        {
          code = SQLITE_DONE;
          break;
        }
      *row = id + 1;
    }

  if (code == SQLITE_DONE)
    answer = ALL_READ;
  else if (code != SQLITE_ROW)
    answer = DAMAGED;
  sqlite3_reset (stmt);

  return answer;
}

/* Whether there is an answer for rows from @row on; *@found: the first, or G_MAXINT64: there is none. */
static gboolean
probe (sqlite3_stmt *stmt,
       gint64        row,
       gint64       *found)
{
  int code;

  sqlite3_bind_int64 (stmt, 1, row);
  code = sqlite3_step (stmt);
  *found = code == SQLITE_ROW ? sqlite3_column_int64 (stmt, 0) : G_MAXINT64;
  sqlite3_reset (stmt);

  return code == SQLITE_DONE || (code == SQLITE_ROW && *found >= row);
}

/* The first row behind the damage at @row; G_MAXINT64: none. */
static gint64
find_next (sqlite3_stmt *stmt,
           gint64        row)
{
  gint64 bad = row;
  gint64 good, found;

  for (gint64 step = 1; ; step *= 2)
    {
      if (row > G_MAXINT64 - step || step > G_MAXINT64 / 4)
        return G_MAXINT64;

      good = row + step;
      if (probe (stmt, good, &found))
        break;
      bad = good;
    }

  while (good - bad > 1)
    {
      gint64 middle = bad + (good - bad) / 2;
      gint64 there;

      if (probe (stmt, middle, &there))
        {
          good = middle;
          found = there;
        }
      else
        bad = middle;
    }

  return found;
}

static gboolean
read_by_rowid (Table         *self,
               sqlite3_stmt  *rows,
               sqlite3_stmt  *ids,
               GError       **error)
{
  gint64 row = 0;   /* ids are above it, and a stranger's others are lost */

  for (;;)
    {
      Answer answer = read_from (self, rows, &row, error);
      gint64 next;

      if (answer != DAMAGED)
        return answer == ALL_READ;

      self->n_gaps++;
      next = find_next (ids, row);
      if (next == G_MAXINT64)
        return TRUE;

      self->n_missing += next - row;
      row = next;
    }
}

/* No file holds more rows than this. A damaged tree that leads back into itself has rows without end. */
static gint64
get_most_rows (sqlite3 *native)
{
  GStatBuf info;

  return g_stat (sqlite3_db_filename (native, "main"), &info) == 0 ? info.st_size / MIN_ROW_SIZE : 0;
}

static gboolean
read_one_way (Table       *self,
              const char  *order,
              gboolean    *damaged,
              GError     **error)
{
  g_autofree char *names = join (self->columns);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s NOT INDEXED ORDER BY %s", names, self->table, order);
  sqlite3_stmt *stmt = NULL;
  gint64 n_left = get_most_rows (self->source);
  gboolean ok = TRUE;
  int code = sqlite3_prepare_v2 (self->source, sql, -1, &stmt, NULL);

  while (ok && stmt != NULL && (code = sqlite3_step (stmt)) == SQLITE_ROW && n_left-- > 0)
    ok = !g_cancellable_set_error_if_cancelled (self->cancellable, error) && insert_row (self, stmt, 0, error);

  *damaged = ok && code != SQLITE_DONE;
  sqlite3_finalize (stmt);

  return ok;
}

static char *
dup_key (sqlite3    *native,
         const char *table,
         const char *direction)
{
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info('%s') WHERE pk > 0 ORDER BY pk", table);
  g_autoptr(GString) key = g_string_new (NULL);
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (native, sql, -1, &stmt, NULL) == SQLITE_OK)
    while (sqlite3_step (stmt) == SQLITE_ROW)
      g_string_append_printf (key, "%s\"%s\" %s", key->len > 0 ? ", " : "",
                              (const char *) sqlite3_column_text (stmt, 0), direction);
  sqlite3_finalize (stmt);

  return g_string_free (g_steal_pointer (&key), FALSE);
}

static gboolean
read_from_both_ends (Table   *self,
                     GError **error)
{
  g_autofree char *forth = dup_key (self->target->native, self->table, "ASC");
  g_autofree char *back = dup_key (self->target->native, self->table, "DESC");
  gboolean damaged;

  if (!read_one_way (self, forth, &damaged, error))
    return FALSE;
  if (!damaged)
    return TRUE;

  self->n_gaps++;
  return read_one_way (self, back, &damaged, error);
}

static void
tell_losses (Table     *self,
             GPtrArray *lost)
{
  const char *label = annals_salvage_get_label (self->table);

  if (self->n_gaps > 0 && self->n_missing > 0)
    annals_salvage_tell (lost, ngettext ("%s: a part could not be read, at most %" PRId64 " row",
                                         "%s: parts could not be read, at most %" PRId64 " rows",
                                         (gulong) MIN (self->n_missing, G_MAXINT)), label, self->n_missing);
  else if (self->n_gaps > 0)
    annals_salvage_tell (lost, _("%s: a part could not be read"), label);
  if (self->n_refused > 0)
    annals_salvage_tell (lost, ngettext ("%s: %u row is no row of a notebook and was left out",
                                         "%s: %u rows are no rows of a notebook and were left out", self->n_refused),
                         label, self->n_refused);
}

static gboolean
read_table (Table      *self,
            GPtrArray  *lost,
            GError    **error)
{
  g_autofree char *names = join (self->columns);
  g_autofree char *rows_sql = g_strdup_printf ("SELECT rowid, %s FROM %s NOT INDEXED WHERE rowid >= ?1 ORDER BY rowid",
                                               names, self->table);
  g_autofree char *ids_sql = g_strdup_printf ("SELECT rowid FROM %s NOT INDEXED WHERE rowid >= ?1 ORDER BY rowid "
                                              "LIMIT 1", self->table);
  sqlite3_stmt *rows = NULL;
  sqlite3_stmt *ids = NULL;
  gboolean ok;

  if (!prepare_insert (self, error))
    return FALSE;

  if (sqlite3_prepare_v2 (self->source, rows_sql, -1, &rows, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2 (self->source, ids_sql, -1, &ids, NULL) == SQLITE_OK)
    ok = read_by_rowid (self, rows, ids, error);
  else
    ok = read_from_both_ends (self, error);

  sqlite3_finalize (rows);
  sqlite3_finalize (ids);
  sqlite3_finalize (g_steal_pointer (&self->insert));
  if (ok)
    tell_losses (self, lost);

  return ok;
}

gboolean
annals_salvage_read (sqlite3       *source,
                     AnnalsDb      *target,
                     GPtrArray     *lost,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(BorrowedStmt) stmt =
    annals_db_borrow (target, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid", error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = annals_db_step (target, stmt, error)) == STEP_ROW)
    if (!is_derived (column_text (stmt, 0)))
      g_ptr_array_add (tables, column_dup_text (stmt, 0));
  if (step == STEP_ERROR)
    return FALSE;

  for (guint i = 0; i < tables->len; i++)
    {
      g_autoptr(GPtrArray) columns = list_shared_columns (source, target->native, tables->pdata[i]);
      Table table = { source, target, tables->pdata[i], columns, NULL, cancellable };

      if (columns->len == 0)
        annals_salvage_tell (lost, _("%s: none could be read"), annals_salvage_get_label (table.table));
      else if (!read_table (&table, lost, error))
        return FALSE;
    }

  return TRUE;
}
