/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-note-index-private.h"

#include <stdio.h>

#include "annals-index-private.h"
#include "annals-tokenizer.h"

#define VERSION_KEY "note-index.version"
#define NEXT_KEY "note-index.next"

/* A row's number is its record's with the kind in the last two bits. */
#define KIND_BITS 2
#define MAX_ID (G_MAXINT64 >> 3)

static const char CREATE_SQL[] =
  "CREATE VIRTUAL TABLE note_index USING fts5 (title, text, quote, tokenize='annals');";

static const struct
{
  AnnalsRecord  record;
  const char   *insert;    /* of one */
  const char   *insert_next;
  const char   *last;
  const char   *count;
  const char   *remove_gone;
} kinds[] = {
#define KIND(n, table, columns) \
  "INSERT INTO note_index (rowid, title, text, quote) SELECT id << 2 | " #n ", " columns " FROM " table \
  " WHERE id = :id", \
  "INSERT INTO note_index (rowid, title, text, quote) SELECT id << 2 | " #n ", " columns " FROM " table \
  " WHERE id > :id AND id <= :last ORDER BY id", \
  "SELECT max(id) FROM (SELECT id FROM " table " WHERE id > :id ORDER BY id LIMIT 500)", \
  "SELECT count(*) FROM " table " WHERE id > :id", \
  "DELETE FROM note_index WHERE rowid & 3 = " #n " AND rowid > (:id << 2 | 3) AND rowid <= (:last << 2 | 3)"
  { ANNALS_RECORD_ANNOTATION, KIND (0, "annotation", "'', note, quote") },
  { ANNALS_RECORD_MEMO, KIND (1, "memo", "title, text, ''") },
  { ANNALS_RECORD_EVENT, KIND (2, "event", "title, account, ''") },
#undef KIND
};

gboolean
annals_note_index_needs_preparing (AnnalsDb  *db,
                                   gboolean  *needs,
                                   GError   **error)
{
  gboolean there, current;

  if (!annals_index_find_table (db, "note_index", CREATE_SQL, VERSION_KEY, &there, &current, error))
    return FALSE;

  *needs = !current;

  return TRUE;
}

gboolean
annals_note_index_prepare (AnnalsDb  *db,
                           GError   **error)
{
  g_autofree char *version = g_strdup_printf ("%d", ANNALS_TOKENIZER_VERSION);
  gboolean there, current;

  if (!annals_index_find_table (db, "note_index", CREATE_SQL, VERSION_KEY, &there, &current, error))
    return FALSE;

  return current ||
         ((!there || annals_db_exec (db, "DROP TABLE note_index", error)) &&
          annals_db_exec (db, CREATE_SQL, error) &&
          annals_db_set_meta (db, NEXT_KEY, "0:0", error) &&
          annals_db_set_meta (db, VERSION_KEY, version, error));
}

/* --- one row --- */

static gboolean
index_again (AnnalsDb  *db,
             guint      kind,
             gint64     id,
             GError   **error)
{
  return annals_db_run_for_id (db, "DELETE FROM note_index WHERE rowid = :id", id << KIND_BITS | kind, error) &&
         annals_db_run_for_id (db, kinds[kind].insert, id, error);
}

gboolean
annals_note_index_follow (AnnalsDb       *db,
                          AnnalsChanges  *changes,
                          GError        **error)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      const gint64 *ids;
      guint n_ids;

      ids = annals_changes_get_ids (changes, kinds[kind].record, &n_ids);

      /* Too many to name: all of them, behind the user. */
      if (n_ids == G_MAXUINT)
        return annals_db_set_meta (db, NEXT_KEY, "0:0", error);

      for (guint i = 0; i < n_ids; i++)
        if (!index_again (db, kind, ids[i], error))
          return FALSE;
    }

  return TRUE;
}

/* --- all of them --- */

static gboolean
get_next (AnnalsDb  *db,
          gboolean  *behind,
          guint     *kind,
          gint64    *id,
          GError   **error)
{
  g_autofree char *value = NULL;
  GError *failure = NULL;

  value = annals_db_get_meta (db, NEXT_KEY, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  *behind = value != NULL && sscanf (value, "%u:%" G_GINT64_FORMAT, kind, id) == 2 &&
            *kind < G_N_ELEMENTS (kinds);

  return TRUE;
}

gboolean
annals_note_index_is_behind (AnnalsDb  *db,
                             gboolean  *behind,
                             GError   **error)
{
  guint kind;
  gint64 id;

  return get_next (db, behind, &kind, &id, error);
}

gboolean
annals_note_index_count_pending (AnnalsDb  *db,
                                 guint     *pending,
                                 GError   **error)
{
  gboolean behind;
  guint first;
  gint64 after;

  *pending = 0;
  if (!get_next (db, &behind, &first, &after, error))
    return FALSE;

  for (guint kind = behind ? first : G_N_ELEMENTS (kinds); kind < G_N_ELEMENTS (kinds); kind++)
    {
      gint64 n;

      if (!annals_db_query_int64 (db, kinds[kind].count, kind == first ? after : 0, 0, &n, error))
        return FALSE;
      *pending += (guint) CLAMP (n, 0, G_MAXINT);
    }

  return TRUE;
}

static gboolean
run_for_range (AnnalsDb    *db,
               const char  *sql,
               gint64       after,
               gint64       last,
               GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db, sql, error)))
    return FALSE;

  bind_int64 (stmt, ":id", after);
  bind_int64 (stmt, ":last", last);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_note_index_step (AnnalsDb  *db,
                        gboolean  *more,
                        GError   **error)
{
  g_autofree char *next = NULL;
  guint kind;
  gint64 after, last;
  gboolean at_end;

  if (!get_next (db, more, &kind, &after, error))
    return FALSE;
  if (!*more)
    return TRUE;

  if (!annals_db_query_int64 (db, kinds[kind].last, after, 0, &last, error))
    return FALSE;

  /* What stands beyond the last one has lost its record. */
  at_end = last == 0;
  if (!run_for_range (db, kinds[kind].remove_gone, after, at_end ? MAX_ID : last, error) ||
      (!at_end && !run_for_range (db, kinds[kind].insert_next, after, last, error)))
    return FALSE;

  if (at_end)
    {
      kind++;
      last = 0;
    }

  *more = kind < G_N_ELEMENTS (kinds);
  next = *more ? g_strdup_printf ("%u:%" G_GINT64_FORMAT, kind, last) : g_strdup ("");

  return annals_db_set_meta (db, NEXT_KEY, next, error);
}

/* --- searching --- */

static const char *
get_columns (AnnalsNotePart part)
{
  switch (part)
    {
    case ANNALS_NOTE_PART_ANY:
      break;

    case ANNALS_NOTE_PART_TITLE:
      return "title";

    case ANNALS_NOTE_PART_TEXT:
      return "text";

    case ANNALS_NOTE_PART_QUOTE:
      return "quote";
    }

  return "{title text quote}";
}

char *
annals_note_index_dup_expression (AnnalsNotePart  part,
                                  const char     *match)
{
  return g_strdup_printf ("%s : (%s)", get_columns (part), match);
}

GArray *
annals_db_search_texts (AnnalsDb        *db,
                        AnnalsRecord     record,
                        AnnalsNotePart   part,
                        const char      *match,
                        GError         **error)
{
  g_autofree char *expression = annals_note_index_dup_expression (part, match);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;
  guint kind = 0;

  g_return_val_if_fail (db != NULL && match != NULL, NULL);

  while (kind < G_N_ELEMENTS (kinds) && kinds[kind].record != record)
    kind++;
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  if (!(stmt = annals_db_borrow (db, "SELECT rowid FROM note_index WHERE note_index MATCH :match ORDER BY rowid",
                                 error)))
    return NULL;

  bind_text (stmt, ":match", expression);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 row = column_int64 (stmt, 0);
      gint64 id = row >> KIND_BITS;

      if ((row & ((1 << KIND_BITS) - 1)) == kind)
        g_array_append_val (ids, id);
    }

  return step == STEP_DONE ? g_steal_pointer (&ids) : NULL;
}
