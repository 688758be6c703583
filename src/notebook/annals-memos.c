/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-limits.h"
#include "annals-memos-private.h"
#include "annals-memos.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-db-private.h"

#define MAX_TITLE 500
#define LEAD 120

void
annals_memo_free (AnnalsMemo *self)
{
  g_free (self->uid);
  g_free (self->title);
  g_free (self->text);
  g_free (self->stored);
  g_clear_pointer (&self->references, g_ptr_array_unref);
  g_free (self->author);
  g_free (self);
}

void
annals_memo_line_free (AnnalsMemoLine *self)
{
  g_free (self->uid);
  g_free (self->title);
  g_free (self->lead);
  g_free (self);
}

/* The word that memo_reference.kind has for it, which is the table's. */
static const char *
kind_to_column (AnnalsRecord kind)
{
  return kind == ANNALS_RECORD_ANNOTATION ? "annotation" : annals_reference_kind_to_string (kind);
}

/* --- reading --- */

/* Without the signs of headings and quotations at the beginnings of its lines. */
static char *
dup_without_signs (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize length = strspn (lines[i], "#> ");

      memmove (lines[i], lines[i] + length, strlen (lines[i] + length) + 1);
    }

  return g_strjoinv ("\n", lines);
}

char *
annals_memo_dup_lead (const char *text,
                      guint       max)
{
  g_autoptr(GPtrArray) references = NULL;
  g_autoptr(GString) plain = NULL;
  g_autofree char *shown = NULL;
  const char *open;
  gsize done = 0;

  g_return_val_if_fail (text != NULL, NULL);

  references = annals_references_parse (text);
  plain = g_string_new (NULL);
  for (guint i = 0; i < references->len; i++)
    {
      const AnnalsReference *reference = references->pdata[i];

      g_string_append_len (plain, text + done, reference->start - done);
      g_string_append (plain, reference->title);
      done = reference->end;
    }
  g_string_append (plain, text + done);
  if ((open = g_strrstr (plain->str, "[[")) != NULL && strstr (open, "]]") == NULL)
    g_string_truncate (plain, open - plain->str);   /* one that was cut */

  shown = dup_without_signs (plain->str);
  return annals_named_dup_lead (shown, max);
}

GPtrArray *
annals_db_list_memos (AnnalsDb  *db,
                      GError   **error)
{
  g_autoptr(GPtrArray) memos = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_memo_line_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT id, uid, title, substr (text, 1, 600), modified, "
                                 "(SELECT count (*) FROM memo_reference WHERE kind = 'memo' AND target = memo.id "
                                 "AND memo_reference.memo != memo.id) "
                                 "FROM memo ORDER BY modified DESC, id DESC", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsMemoLine *memo = g_new0 (AnnalsMemoLine, 1);

      memo->id = column_int64 (stmt, 0);
      memo->uid = column_dup_text (stmt, 1);
      memo->title = column_dup_text (stmt, 2);
      memo->lead = annals_memo_dup_lead (column_text (stmt, 3), LEAD);
      memo->modified = column_int64 (stmt, 4);
      memo->n_mentions = column_uint (stmt, 5);
      g_ptr_array_add (memos, memo);
    }

  return step == STEP_DONE ? g_steal_pointer (&memos) : NULL;
}

static AnnalsMemo *
load_row (AnnalsDb  *db,
          gint64     id,
          GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsMemo *self = NULL;

  if (!(stmt = annals_db_borrow (db, "SELECT id, uid, title, text, created, modified, author FROM memo WHERE id = :id",
                                 error)))
    return NULL;

  bind_int64 (stmt, ":id", id);
  switch (annals_db_step (db, stmt, error))
    {
    case STEP_ROW:
      self = g_new0 (AnnalsMemo, 1);
      self->id = column_int64 (stmt, 0);
      self->uid = column_dup_text (stmt, 1);
      self->title = column_dup_text (stmt, 2);
      self->stored = column_dup_text (stmt, 3);
      self->created = column_int64 (stmt, 4);
      self->modified = column_int64 (stmt, 5);
      self->author = column_dup_text (stmt, 6);
      break;

    case STEP_DONE:
      annals_db_require (db, ANNALS_RECORD_MEMO, id, error);
      break;

    case STEP_ERROR:
      break;
    }

  return self;
}

AnnalsMemo *
annals_db_load_memo (AnnalsDb  *db,
                     gint64     id,
                     GError   **error)
{
  g_autoptr(AnnalsMemo) memo = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(memo = load_row (db, id, error)) ||
      !(memo->text = annals_db_refresh_references (db, memo->stored, &memo->references, error)))
    return NULL;

  return g_steal_pointer (&memo);
}

char *
annals_db_dup_memo_text (AnnalsDb  *db,
                         gint64     id,
                         GError   **error)
{
  g_autoptr(AnnalsMemo) memo = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  memo = load_row (db, id, error);

  return memo != NULL ? g_steal_pointer (&memo->stored) : NULL;
}

/* The number of a record that has gone may be another one's by now: its uid decides. */
#define SELECT_MENTIONS \
  "SELECT memo.id FROM memo_reference JOIN memo ON memo.id = memo_reference.memo " \
  "WHERE memo_reference.kind = :kind AND target = :id AND NOT (:kind = 'memo' AND memo.id = :id) " \
  "AND instr (memo.text, :uid) > 0 ORDER BY memo.title COLLATE NOCASE, memo.id"

static GPtrArray *
list_mentions (AnnalsDb      *db,
               AnnalsRecord   kind,
               gint64         id,
               const char    *uid,
               GError       **error)
{
  g_autoptr(GPtrArray) mentions = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_named_free);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db, SELECT_MENTIONS, error)))
    return NULL;

  bind_text (stmt, ":kind", kind_to_column (kind));
  bind_int64 (stmt, ":id", id);
  bind_text (stmt, ":uid", uid);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsNamed *memo = annals_db_load_named (db, ANNALS_RECORD_MEMO, column_int64 (stmt, 0), error);

      if (memo == NULL)
        return NULL;
      g_ptr_array_add (mentions, memo);
    }

  return step == STEP_DONE ? g_steal_pointer (&mentions) : NULL;
}

GPtrArray *
annals_db_list_mentions (AnnalsDb      *db,
                         AnnalsRecord   kind,
                         gint64         id,
                         GError       **error)
{
  g_autofree char *uid = NULL;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (annals_reference_takes (kind), NULL);

  uid = annals_db_dup_uid (db, kind, id, error);
  return uid != NULL ? list_mentions (db, kind, id, uid, error) : NULL;
}

/* --- changes --- */

static gboolean
add_reference (AnnalsDb           *db,
               gint64              memo_id,
               const AnnalsNamed  *named,
               GError            **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (db,
                                 "INSERT OR IGNORE INTO memo_reference (memo, kind, target) "
                                 "VALUES (:memo, :kind, :target)", error)))
    return FALSE;

  bind_int64 (stmt, ":memo", memo_id);
  bind_text (stmt, ":kind", kind_to_column (named->kind));
  bind_int64 (stmt, ":target", named->id);

  return annals_db_run (db, stmt, error);
}

gboolean
annals_memo_write_references (AnnalsDb    *db,
                              gint64       memo_id,
                              const char  *text,
                              GError     **error)
{
  g_autoptr(GPtrArray) named = NULL;
  g_autofree char *fresh = NULL;

  if (!(fresh = annals_db_refresh_references (db, text, &named, error)) ||
      !annals_db_run_for_id (db, "DELETE FROM memo_reference WHERE memo = :id", memo_id, error))
    return FALSE;

  for (guint i = 0; i < named->len; i++)
    {
      const AnnalsNamed *one = named->pdata[i];

      if (one->where != ANNALS_WHERE_MISSING && !add_reference (db, memo_id, one, error))
        return FALSE;
    }

  return TRUE;
}

static char *
clean_text (const char  *text,
            GError     **error)
{
  g_autofree char *clean = annals_db_clean_text (text);

  if (strlen (clean) <= ANNALS_LIMIT_MEMO)
    return g_steal_pointer (&clean);

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_INVALID,
               _("A memo must not be longer than %d MiB"), ANNALS_LIMIT_MEMO >> 20);
  return NULL;
}

gboolean
annals_db_add_memo (AnnalsDb    *db,
                    const char  *title,
                    const char  *text,
                    gint64      *id,
                    GError     **error)
{
  g_autofree char *uid = g_uuid_string_random ();
  g_autofree char *clean_title = NULL;
  g_autofree char *clean = NULL;
  gint64 new_id;

  g_return_val_if_fail (db != NULL && title != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!(clean_title = annals_db_clean_name (title, _("A memo's title"), MAX_TITLE, error)) ||
      !(clean = clean_text (text, error)))
    return FALSE;

  {
    g_autoptr(BorrowedStmt) stmt = NULL;

    if (!(stmt = annals_db_borrow (db,
                                   "INSERT INTO memo (uid, title, text, created, modified, author) "
                                   "VALUES (:uid, :title, :text, :now, :now, :author)", error)))
      return FALSE;

    bind_text (stmt, ":uid", uid);
    bind_text (stmt, ":title", clean_title);
    bind_text (stmt, ":text", clean);
    bind_int64 (stmt, ":now", db->now);
    bind_text (stmt, ":author", db->author);
    if (!annals_db_run (db, stmt, error))
      return FALSE;
  }

  new_id = annals_db_last_id (db);
  if (id != NULL)
    *id = new_id;
  return annals_memo_write_references (db, new_id, clean, error);
}

gboolean
annals_db_set_memo (AnnalsDb    *db,
                    gint64       id,
                    const char  *title,
                    const char  *text,
                    GError     **error)
{
  g_autofree char *clean_title = NULL;
  g_autofree char *clean = NULL;

  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  if (!annals_db_require (db, ANNALS_RECORD_MEMO, id, error) ||
      (title != NULL && !(clean_title = annals_db_clean_name (title, _("A memo's title"), MAX_TITLE, error))) ||
      (text != NULL && !(clean = clean_text (text, error))))
    return FALSE;

  return (clean_title == NULL ||
          annals_db_set_text (db, "UPDATE memo SET title = :value, modified = :now "
                                  "WHERE id = :id AND title != :value", id, clean_title, error)) &&
         (clean == NULL ||
          (annals_db_set_text (db, "UPDATE memo SET text = :value, modified = :now "
                                   "WHERE id = :id AND text != :value", id, clean, error) &&
           annals_memo_write_references (db, id, clean, error)));
}

gboolean
annals_db_delete_memo (AnnalsDb  *db,
                       gint64     id,
                       GError   **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_assert (db->door == ANNALS_DOOR_CHANGE);

  return annals_db_require (db, ANNALS_RECORD_MEMO, id, error) &&
         annals_db_run_for_id (db, "DELETE FROM memo_reference WHERE memo = :id", id, error) &&
         annals_db_run_for_id (db, "DELETE FROM memo WHERE id = :id", id, error);
}

/* --- one record becomes another --- */

/* The same text in other words: it was not changed. */
static gboolean
write_text (AnnalsDb    *db,
            gint64       id,
            const char  *text,
            GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, "UPDATE memo SET text = :text WHERE id = :id", error);

  if (stmt == NULL)
    return FALSE;

  bind_text (stmt, ":text", text);
  bind_int64 (stmt, ":id", id);
  return annals_db_run (db, stmt, error);
}

gboolean
annals_memos_redirect (AnnalsDb      *db,
                       AnnalsRecord   kind,
                       gint64         from,
                       gint64         into,
                       gboolean       is_change,
                       GError       **error)
{
  g_autofree char *uid = annals_db_dup_uid (db, kind, from, error);
  g_autoptr(AnnalsNamed) named = NULL;
  g_autoptr(GPtrArray) memos = NULL;

  if (uid == NULL || !(named = annals_db_load_named (db, kind, into, error)) ||
      !(memos = list_mentions (db, kind, from, uid, error)))
    return FALSE;

  for (guint i = 0; i < memos->len; i++)
    {
      gint64 memo_id = ((AnnalsNamed *) memos->pdata[i])->id;
      g_autofree char *text = annals_db_dup_memo_text (db, memo_id, error);
      g_autofree char *redirected = NULL;

      if (text == NULL)
        return FALSE;

      redirected = annals_references_rename (text, kind, uid, named->uid, named->title);
      if (!(is_change ? annals_db_set_memo (db, memo_id, NULL, redirected, error)
                      : write_text (db, memo_id, redirected, error) &&
                        annals_memo_write_references (db, memo_id, redirected, error)))
        return FALSE;
    }

  return TRUE;
}

gboolean
annals_memos_follow_uid (AnnalsDb      *db,
                         AnnalsRecord   kind,
                         gint64         id,
                         const char    *uid,
                         const char    *again,
                         GError       **error)
{
  g_autoptr(GPtrArray) memos = list_mentions (db, kind, id, uid, error);

  for (guint i = 0; memos != NULL && i < memos->len; i++)
    {
      gint64 memo_id = ((AnnalsNamed *) memos->pdata[i])->id;
      g_autofree char *text = annals_db_dup_memo_text (db, memo_id, error);
      g_autofree char *renamed = text != NULL ? annals_references_rename (text, kind, uid, again, NULL) : NULL;

      if (renamed == NULL || !write_text (db, memo_id, renamed, error))
        return FALSE;
    }

  return memos != NULL;
}
