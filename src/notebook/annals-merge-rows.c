/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-tags.h"
#include "annals-text.h"

/* --- finding --- */

static void
note_uid_of_tag (AnnalsMerge *self,
                 const char  *uid,
                 gint64       id)
{
  GPtrArray *uids;

  if (self->tag_uids == NULL)
    self->tag_uids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  if (!(uids = g_hash_table_lookup (self->tag_uids, &id)))
    {
      uids = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->tag_uids, g_memdup2 (&id, sizeof id), uids);
    }
  g_ptr_array_add (uids, g_strdup (uid));
}

void
annals_merge_note_other (AnnalsMerge     *self,
                         AnnalsEntryKind  kind,
                         const char      *uid,
                         gint64           id)
{
  if (self->others[kind] == NULL)
    self->others[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_hash_table_insert (self->others[kind], g_strdup (uid), g_memdup2 (&id, sizeof id));
  if (kind == ANNALS_ENTRY_TAG)
    note_uid_of_tag (self, uid, id);
}

static const char *
get_find_sql (AnnalsEntryKind kind)
{
  switch ((int) kind)
    {
    case ANNALS_ENTRY_IMPORT:
      return "SELECT id FROM import WHERE uid = :uid";

    case ANNALS_ENTRY_ATTACHMENT:
      return "SELECT id FROM attachment WHERE sha256 = :uid";

    case ANNALS_ENTRY_POST:
      return "SELECT id FROM post WHERE uid = :uid";

    case ANNALS_ENTRY_TAG:
      return "SELECT id FROM tag WHERE uid = :uid";

    case ANNALS_ENTRY_ANNOTATION:
      return "SELECT id FROM annotation WHERE uid = :uid";

    case ANNALS_ENTRY_TIMELINE:
      return "SELECT id FROM timeline WHERE uid = :uid";

    case ANNALS_ENTRY_LANE:
      return "SELECT id FROM lane WHERE uid = :uid";

    case ANNALS_ENTRY_EVENT:
      return "SELECT id FROM event WHERE uid = :uid";

    case ANNALS_ENTRY_EVIDENCE:
      return "SELECT id FROM evidence WHERE uid = :uid";

    case ANNALS_ENTRY_LINK:
      return "SELECT id FROM link WHERE uid = :uid";

    case ANNALS_ENTRY_MEMO:
      return "SELECT id FROM memo WHERE uid = :uid";

    case ANNALS_ENTRY_SAVED_SEARCH:
      return "SELECT id FROM saved_search WHERE uid = :uid";

    default:
      g_return_val_if_reached ("SELECT 0 WHERE :uid IS NULL");
    }
}

gboolean
annals_merge_find (AnnalsMerge      *self,
                   AnnalsEntryKind   kind,
                   const char       *uid,
                   gint64           *id,
                   GError          **error)
{
  const gint64 *other = self->others[kind] != NULL ? g_hash_table_lookup (self->others[kind], uid) : NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  /* All that takes long comes by here again and again. */
  if (g_cancellable_set_error_if_cancelled (self->db->cancellable, error))
    return FALSE;

  *id = other != NULL ? *other : 0;
  if (other != NULL)
    return TRUE;

  if (!(stmt = annals_db_borrow (self->db, get_find_sql (kind), error)))
    return FALSE;

  bind_text (stmt, ":uid", uid);
  if ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    *id = column_int64 (stmt, 0);

  return step != STEP_ERROR;
}

gboolean
annals_merge_find_end (AnnalsMerge  *self,
                       const char   *word,
                       const char   *uid,
                       gint64       *id,
                       GError      **error)
{
  return annals_merge_find (self,
                            g_str_equal (word, "post") ? ANNALS_ENTRY_POST
                            : g_str_equal (word, "annotation") ? ANNALS_ENTRY_ANNOTATION : ANNALS_ENTRY_EVENT,
                            uid, id, error);
}

/* The text of a post that came with that import. */
static gboolean
find_revision (AnnalsMerge  *self,
               gint64        post,
               const char   *import_uid,
               gint64       *id,
               GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 import_id;

  *id = 0;
  if (!annals_merge_find (self, ANNALS_ENTRY_IMPORT, import_uid, &import_id, error) ||
      !(stmt = annals_db_borrow (self->db,
                                 "SELECT ifnull (max (id), 0) FROM revision WHERE post = :post AND import = :import",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":post", post);
  bind_int64 (stmt, ":import", import_id);
  if (annals_db_step (self->db, stmt, error) != STEP_ROW)
    return FALSE;

  *id = column_int64 (stmt, 0);
  return TRUE;
}

static gint64
get_seen (AnnalsMerge *self,
          const char  *import_uid)
{
  guint place = GPOINTER_TO_UINT (import_uid != NULL ? g_hash_table_lookup (self->run_of, import_uid) : NULL);
  gint64 seen = self->last_before;

  for (guint i = 0; i < place; i++)
    seen = MAX (seen, g_array_index (self->runs, AnnalsMergeRun, i).last_post);

  return seen;
}

/* --- values --- */

/* *id 0: what is referred to is not here. */
static gboolean
resolve (AnnalsMerge  *self,
         AnnalsEntry  *entry,
         guint         field,
         gint64       *id,
         GError      **error)
{
  const AnnalsEntryField *what = &annals_entry_get_class (entry->kind)->fields[field];
  const char *uid = entry->values[field].text != NULL ? entry->values[field].text : "";
  gint64 post;

  if (what->type == ANNALS_VALUE_EITHER)
    return annals_merge_find_end (self, entry->values[field - 1].text, uid, id, error);
  if (entry->kind != ANNALS_ENTRY_ANNOTATION || what->target != ANNALS_ENTRY_IMPORT)
    return annals_merge_find (self, what->target, uid, id, error);

  *id = 0;
  return annals_merge_find (self, ANNALS_ENTRY_POST, annals_entry_get_text (entry, "post"), &post, error) &&
         (post == 0 || find_revision (self, post, uid, id, error));
}

static void
bind_string (BorrowedStmt           *stmt,
             const char             *name,
             const AnnalsEntryField *field,
             const char             *text)
{
  g_autofree char *clean = NULL;

  if (g_str_equal (field->member, "title") || g_str_equal (field->member, "name"))
    clean = annals_text_normalize_line (text, -1);
  else if (g_str_equal (field->member, "colour"))
    clean = g_strdup (annals_db_clean_colour (text, 0, NULL) != NULL || *text == '\0'
                      ? text : annals_db_clean_colour (NULL, 0, NULL));

  bind_text (stmt, name, clean != NULL ? clean : text);
}

/* FALSE in *done: what it refers to is not here. */
static gboolean
bind_value (AnnalsMerge   *self,
            BorrowedStmt  *stmt,
            const char    *name,
            AnnalsEntry   *entry,
            guint          field,
            gboolean      *done,
            GError       **error)
{
  const AnnalsEntryField *what = &annals_entry_get_class (entry->kind)->fields[field];
  const AnnalsEntryValue *value = &entry->values[field];
  gint64 id;

  *done = TRUE;
  switch (what->type)
    {
    case ANNALS_VALUE_INTEGER:
    case ANNALS_VALUE_TIME:
      bind_int64 (stmt, name, value->is_null ? 0 : value->number);
      return TRUE;

    case ANNALS_VALUE_BOOLEAN:
      bind_int64 (stmt, name, value->number != 0);
      return TRUE;

    case ANNALS_VALUE_SEEN:
      bind_int64 (stmt, name, value->is_null ? 0 : get_seen (self, value->text));
      return TRUE;

    case ANNALS_VALUE_REFERENCE:
    case ANNALS_VALUE_EITHER:
      if (value->is_null)
        {
          bind_null (stmt, name);
          return TRUE;
        }
      if (!resolve (self, entry, field, &id, error))
        return FALSE;
      bind_id (stmt, name, id);
      *done = id != 0 || what->nullable;
      return TRUE;

    case ANNALS_VALUE_UID:
    case ANNALS_VALUE_STRING:
    case ANNALS_VALUE_LINES:
    case ANNALS_VALUE_DATE:
    case ANNALS_VALUE_JSON:
      bind_string (stmt, name, what, value->text != NULL ? value->text : "");
      return TRUE;

    case ANNALS_VALUE_SECONDS:
    case ANNALS_VALUE_HEX:
    case ANNALS_VALUE_BYTES:
    case ANNALS_VALUE_MARKUP:
    case ANNALS_VALUE_NUMBER:
    case ANNALS_VALUE_PARTS:
      break;   /* of what imports bring: annals-merge-archive.c */
    }

  g_return_val_if_reached (FALSE);
}

static gboolean
is_stored (const AnnalsEntryField *field)
{
  return *field->column != '\0';
}

/* --- columns that follow from others --- */

static void
bind_bounds (BorrowedStmt *stmt,
             const char   *edtf)
{
  g_autoptr(AnnalsDate) date = annals_date_parse (edtf, NULL);
  gint64 seconds;

  if (date != NULL && annals_date_get_from (date, &seconds))
    bind_int64 (stmt, ":from", seconds);
  if (date != NULL && annals_date_get_to (date, &seconds))
    bind_int64 (stmt, ":to", seconds);
}

static void
bind_derived (BorrowedStmt *stmt,
              AnnalsEntry  *entry)
{
  if (entry->kind == ANNALS_ENTRY_TAG)
    {
      g_autofree char *folded = annals_tag_fold (annals_entry_get_text (entry, "name"));

      bind_text (stmt, ":folded", folded);
    }
  else if (entry->kind == ANNALS_ENTRY_EVENT)
    bind_bounds (stmt, annals_entry_get_text (entry, "date"));
}

static const char *
get_insert (AnnalsMerge     *self,
            AnnalsEntryKind  kind)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (kind);
  g_autoptr(GString) columns = NULL;
  g_autoptr(GString) values = NULL;

  if (self->inserts[kind] != NULL)
    return self->inserts[kind];

  columns = g_string_new (NULL);
  values = g_string_new (NULL);
  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    if (is_stored (&klass->fields[i]))
      {
        g_string_append_printf (columns, ", \"%s\"", klass->fields[i].column);
        g_string_append_printf (values, ", :f%u", i);
      }
  if (klass->parent != NULL)
    {
      g_string_append_printf (columns, ", %s", klass->parent);
      g_string_append (values, ", :parent");
    }
  if (kind == ANNALS_ENTRY_TAG)
    {
      g_string_append (columns, ", folded");
      g_string_append (values, ", :folded");
    }
  else if (kind == ANNALS_ENTRY_EVENT)
    {
      g_string_append (columns, ", date_from, date_to");
      g_string_append (values, ", :from, :to");
    }

  self->inserts[kind] = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT DO NOTHING", klass->table,
                                         columns->str + 2, values->str + 2);
  return self->inserts[kind];
}

static gboolean
note_missing (AnnalsMerge *self,
              AnnalsEntry *entry,
              guint        field)
{
  const AnnalsEntryField *what = &annals_entry_get_class (entry->kind)->fields[field];

  const char *missing = entry->values[field].text != NULL ? entry->values[field].text : "";

  if (entry->line > 0)
    annals_merge_take_remark (self, entry->kind, annals_merge_get_name (entry),
                              g_strdup_printf (_("Left out: line %u names as “%s” %s, which is not in this notebook"),
                                               entry->line, what->member, missing));
  else
    annals_merge_take_remark (self, entry->kind, annals_merge_get_name (entry),
                              g_strdup_printf (_("Left out: its “%s” is %s, which is not in this notebook"),
                                               what->member, missing));

  return TRUE;
}

gboolean
annals_merge_insert (AnnalsMerge  *self,
                     AnnalsEntry  *entry,
                     gint64        parent,
                     gint64       *id,
                     GError      **error)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (entry->kind);
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, get_insert (self, entry->kind), error);
  gboolean done;

  *id = 0;
  if (stmt == NULL)
    return FALSE;

  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    {
      char name[8];

      if (!is_stored (&klass->fields[i]))
        continue;
      g_snprintf (name, sizeof name, ":f%u", i);
      if (!bind_value (self, stmt, name, entry, i, &done, error))
        return FALSE;
      if (!done)
        return note_missing (self, entry, i);
    }
  if (klass->parent != NULL)
    bind_int64 (stmt, ":parent", parent);
  bind_derived (stmt, entry);
  if (!annals_db_run (self->db, stmt, error))
    return FALSE;

  if (sqlite3_changes (self->db->native) == 0)
    return TRUE;   /* there is one already */

  *id = annals_db_last_id (self->db);
  self->result->n_added[entry->kind]++;
  if (entry->kind == ANNALS_ENTRY_TAG)
    annals_merge_note_synonyms (self, *id);
  return TRUE;
}

/* --- one field of a row that is here --- */

gboolean
annals_merge_update (AnnalsMerge  *self,
                     AnnalsEntry  *entry,
                     guint         field,
                     gint64        id,
                     gboolean     *done,
                     GError      **error)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (entry->kind);
  const char *column = klass->fields[field].column;
  gboolean is_date = entry->kind == ANNALS_ENTRY_EVENT && g_str_equal (column, "date");
  gboolean is_name = entry->kind == ANNALS_ENTRY_TAG && g_str_equal (column, "name");
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET \"%s\" = :value%s WHERE id = :id", klass->table, column,
                                          is_date ? ", date_from = :from, date_to = :to"
                                          : is_name ? ", folded = :folded" : "");
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, sql, error);

  if (stmt == NULL || !bind_value (self, stmt, ":value", entry, field, done, error))
    return FALSE;
  if (!*done)
    return TRUE;

  if (is_date || is_name)
    bind_derived (stmt, entry);
  bind_int64 (stmt, ":id", id);
  if (entry->kind == ANNALS_ENTRY_TAG)
    annals_merge_note_synonyms (self, id);

  return annals_db_run (self->db, stmt, error);
}
