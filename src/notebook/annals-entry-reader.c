/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-entry.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "annals-db-private.h"
#include "annals-imports.h"

/* A row of the notebook and its number in what is handed on. */
typedef struct
{
  gint64 id;
  guint  number;
} Numbered;

typedef struct
{
  gint64 id;
  char  *uid;
  gint64 first_post;   /* the lowest id of the posts that it was the first to bring; 0: none */
} Run;

typedef struct
{
  gint64 id;
  guint  run;      /* which was the first to bring it */
  guint  number;   /* in the order of uids */
} Post;

struct _AnnalsEntryReader
{
  AnnalsDb        *db;
  GArray          *runs;       /* (element type Run) in the order of imports */
  GArray          *posts;      /* (element type Post) in their order */
  GArray          *files;      /* (element type Numbered) by id */
  char            *selects[ANNALS_N_ENTRIES];
  AnnalsEntryKind  section;    /* that @stmt reads */
  BorrowedStmt    *stmt;       /* (nullable) */
  guint            n_posts;    /* read so far */
};

static void
run_clear (gpointer data)
{
  g_free (((Run *) data)->uid);
}

static int
compare_numbered (gconstpointer a,
                  gconstpointer b)
{
  const Numbered *x = a;
  const Numbered *y = b;

  return (x->id > y->id) - (x->id < y->id);
}

static int
compare_posts (gconstpointer a,
               gconstpointer b)
{
  const Post *x = a;
  const Post *y = b;

  if (x->run != y->run)
    return x->run < y->run ? -1 : 1;

  return x->number < y->number ? -1 : 1;
}

/* The numbers of all files. */
static GArray *
number_files (AnnalsDb  *db,
              GError   **error)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (ANNALS_ENTRY_FILE);
  g_autofree char *sql = g_strdup_printf ("SELECT t.id FROM %s AS t %s", klass->table, klass->rest);
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (Numbered));
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, sql, error);
  AnnalsStep step;

  if (stmt == NULL)
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      Numbered row = { column_int64 (stmt, 0), rows->len + 1 };

      g_array_append_val (rows, row);
    }
  g_array_sort (rows, compare_numbered);

  return step == STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

/* 0: it is not handed on */
static guint
get_number (GArray *rows,
            gint64  id)
{
  Numbered wanted = { id, 0 };
  guint at;

  return g_array_binary_search (rows, &wanted, compare_numbered, &at) ? g_array_index (rows, Numbered, at).number : 0;
}

/* --- the order of posts: by the import that was the first to bring them, then by uid --- */

static GArray *
list_runs (AnnalsDb  *db,
           GError   **error)
{
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (Run));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_array_set_clear_func (runs, run_clear);
  if (!(stmt = annals_db_borrow (db, "SELECT id, uid FROM import WHERE state = 'done' ORDER BY started, uid", error)))
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      Run run = { column_int64 (stmt, 0), column_dup_text (stmt, 1), 0 };

      g_array_append_val (runs, run);
    }

  return step == STEP_DONE ? g_steal_pointer (&runs) : NULL;
}

/* (element type Numbered): for each post that has a revision which counts, by id, the place of the first run
 * in the list of runs. */
static GArray *
list_first_runs (AnnalsEntryReader  *self,
                 GError            **error)
{
  g_autoptr(GArray) firsts = g_array_new (FALSE, FALSE, sizeof (Numbered));
  g_autoptr(GArray) runs = g_array_new (FALSE, FALSE, sizeof (Numbered));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  for (guint i = 0; i < self->runs->len; i++)
    {
      Numbered run = { g_array_index (self->runs, Run, i).id, i + 1 };

      g_array_append_val (runs, run);
    }
  g_array_sort (runs, compare_numbered);

  if (!(stmt = annals_db_borrow (self->db, "SELECT post, import FROM revision INDEXED BY revision_post ORDER BY post",
                                 error)))
    return NULL;

  while ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    {
      Numbered first = { column_int64 (stmt, 0), get_number (runs, column_int64 (stmt, 1)) };
      Numbered *last = firsts->len > 0 ? &g_array_index (firsts, Numbered, firsts->len - 1) : NULL;

      if (first.number == 0)
        continue;
      if (last != NULL && last->id == first.id)
        last->number = MIN (last->number, first.number);
      else
        g_array_append_val (firsts, first);
    }

  return step == STEP_DONE ? g_steal_pointer (&firsts) : NULL;
}

static gboolean
list_posts (AnnalsEntryReader  *self,
            GError            **error)
{
  g_autoptr(GArray) firsts = list_first_runs (self, error);
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (firsts == NULL ||
      !(stmt = annals_db_borrow (self->db, "SELECT id FROM post WHERE withdrawn = 0 ORDER BY uid", error)))
    return FALSE;

  while ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    {
      Post post = { column_int64 (stmt, 0), 0, self->posts->len };
      Run *run;

      if ((post.run = get_number (firsts, post.id)) == 0)
        continue;

      run = &g_array_index (self->runs, Run, post.run - 1);
      run->first_post = run->first_post == 0 ? post.id : MIN (run->first_post, post.id);
      g_array_append_val (self->posts, post);
    }
  g_array_sort (self->posts, compare_posts);

  return step == STEP_DONE;
}

/* --- entries --- */

static gboolean
has_id (const AnnalsEntryClass *klass)
{
  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    if (klass->fields[i].type == ANNALS_VALUE_UID || klass->fields[i].type == ANNALS_VALUE_PARTS)
      return TRUE;

  return FALSE;
}

/* The number of the row first, if any, then a column for each field. */
static const char *
get_select (AnnalsEntryReader *self,
            AnnalsEntryKind    kind)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (kind);
  g_autoptr(GString) sql = NULL;

  if (self->selects[kind] != NULL)
    return self->selects[kind];

  sql = g_string_new (has_id (klass) ? "SELECT t.id" : "SELECT 0");
  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    {
      const AnnalsEntryField *field = &klass->fields[i];

      if (field->type == ANNALS_VALUE_PARTS)
        g_string_append (sql, ", 0");
      else if (field->expression != NULL)
        g_string_append_printf (sql, ", %s", field->expression);
      else
        g_string_append_printf (sql, ", t.%s", field->column);
    }
  g_string_append_printf (sql, " FROM %s AS t %s", klass->table, klass->rest);

  return self->selects[kind] = g_string_free (g_steal_pointer (&sql), FALSE);
}

static void
take_text (AnnalsEntryValue *value,
           char             *text)
{
  value->text = text;
  value->length = text != NULL ? strlen (text) : 0;
  value->is_null = text == NULL;
}

static void
take_bytes (AnnalsEntryValue *value,
            GBytes           *bytes)
{
  gsize length;

  value->text = g_bytes_unref_to_data (bytes, &length);
  value->length = length;
  value->is_null = FALSE;
}

static char *
dup_hex (BorrowedStmt *stmt,
         int           column)
{
  gsize size;
  const guint8 *bytes = column_bytes (stmt, column, &size);
  g_autoptr(GString) hex = g_string_sized_new (2 * size);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);

  return g_string_free (g_steal_pointer (&hex), FALSE);
}

/* What is damaged is null: the text that was made of it is there. */
static void
read_markup (AnnalsEntryValue *value,
             BorrowedStmt     *stmt,
             int               column)
{
  g_autoptr(GBytes) deflated = column_dup_bytes (stmt, column);
  GBytes *markup = annals_inflate_markup (deflated, NULL);

  value->is_null = markup == NULL;
  if (markup != NULL)
    take_bytes (value, markup);
}

/* The last import some of whose new posts had been seen. */
static const char *
get_seen (AnnalsEntryReader *self,
          gint64             post_id)
{
  for (guint i = self->runs->len; i > 0; i--)
    {
      const Run *run = &g_array_index (self->runs, Run, i - 1);

      if (run->first_post != 0 && run->first_post <= post_id)
        return run->uid;
    }

  return NULL;
}

/* FALSE: what it needs is not there, so that the entry cannot be either. */
static gboolean
read_value (AnnalsEntryReader      *self,
            const AnnalsEntryField *field,
            AnnalsEntryValue       *value,
            BorrowedStmt           *stmt,
            int                     column)
{
  value->is_null = column_is_null (stmt, column);
  switch (field->type)
    {
    case ANNALS_VALUE_INTEGER:
    case ANNALS_VALUE_BOOLEAN:
      value->number = column_int64 (stmt, column);
      return TRUE;

    case ANNALS_VALUE_TIME:
      value->number = column_int64 (stmt, column);
      value->is_null = field->nullable && value->number == 0;
      return TRUE;

    case ANNALS_VALUE_SECONDS:
      value->seconds = column_double (stmt, column);
      return TRUE;

    case ANNALS_VALUE_NUMBER:
      value->number = get_number (self->files, column_int64 (stmt, column));
      value->is_null = value->number == 0;
      break;

    case ANNALS_VALUE_SEEN:
      take_text (value, g_strdup (get_seen (self, column_int64 (stmt, column))));
      return TRUE;

    case ANNALS_VALUE_HEX:
      take_text (value, dup_hex (stmt, column));
      return TRUE;

    case ANNALS_VALUE_BYTES:
      take_bytes (value, column_dup_bytes (stmt, column));
      return TRUE;

    case ANNALS_VALUE_MARKUP:
      if (!value->is_null)
        read_markup (value, stmt, column);
      return TRUE;

    case ANNALS_VALUE_PARTS:
      return TRUE;

    case ANNALS_VALUE_UID:
    case ANNALS_VALUE_STRING:
    case ANNALS_VALUE_LINES:
    case ANNALS_VALUE_DATE:
    case ANNALS_VALUE_JSON:
    case ANNALS_VALUE_REFERENCE:
    case ANNALS_VALUE_EITHER:
      if (!value->is_null)
        take_text (value, column_dup_text (stmt, column));
      break;
    }

  return !value->is_null || field->nullable;
}

static AnnalsEntry *
read_row (AnnalsEntryReader *self,
          AnnalsEntryKind    kind,
          BorrowedStmt      *stmt)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (kind);
  g_autoptr(AnnalsEntry) entry = annals_entry_new (kind);
  guint n = annals_entry_class_count (klass);

  entry->id = column_int64 (stmt, 0);
  for (guint i = 0; i < n; i++)
    if (!read_value (self, &klass->fields[i], &entry->values[i], stmt, (int) i + 1))
      return NULL;

  return g_steal_pointer (&entry);
}

static GPtrArray *
read_parts (AnnalsEntryReader  *self,
            AnnalsEntryKind     kind,
            gint64              parent,
            GError            **error)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_entry_free);
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, get_select (self, kind), error);
  AnnalsStep step;

  if (stmt == NULL)
    return NULL;

  bind_int64 (stmt, ":parent", parent);
  while ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    {
      AnnalsEntry *entry = read_row (self, kind, stmt);

      if (entry != NULL)
        g_ptr_array_add (parts, entry);
    }

  return step == STEP_DONE ? g_steal_pointer (&parts) : NULL;
}

/* The statement of each kind is on loan once: parts are read when the row they belong to has been. */
static gboolean
fill_parts (AnnalsEntryReader  *self,
            AnnalsEntry        *entry,
            GError            **error)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (entry->kind);

  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    {
      GPtrArray *parts;

      if (klass->fields[i].type != ANNALS_VALUE_PARTS)
        continue;
      if (!(parts = entry->values[i].parts = read_parts (self, klass->fields[i].target, entry->id, error)))
        return FALSE;

      for (guint j = 0; j < parts->len; j++)
        if (!fill_parts (self, parts->pdata[j], error))
          return FALSE;
    }

  return TRUE;
}

static void
end_section (AnnalsEntryReader *self)
{
  g_clear_pointer (&self->stmt, borrowed_stmt_release);
}

static AnnalsEntry *
next_row (AnnalsEntryReader  *self,
          AnnalsEntryKind     section,
          GError            **error)
{
  AnnalsStep step;

  if ((self->stmt == NULL || self->section != section))
    {
      end_section (self);
      if (!(self->stmt = annals_db_borrow (self->db, get_select (self, section), error)))
        return NULL;
      self->section = section;
    }

  while ((step = annals_db_step (self->db, self->stmt, error)) == STEP_ROW)
    {
      AnnalsEntry *entry = read_row (self, section, self->stmt);

      if (entry != NULL)
        return entry;
    }

  end_section (self);
  return NULL;
}

static AnnalsEntry *
next_post (AnnalsEntryReader  *self,
           GError            **error)
{
  while (self->n_posts < self->posts->len)
    {
      gint64 id = g_array_index (self->posts, Post, self->n_posts++).id;
      g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, get_select (self, ANNALS_ENTRY_POST), error);
      AnnalsEntry *entry;

      if (stmt == NULL)
        return NULL;

      bind_int64 (stmt, ":parent", id);
      if (!annals_db_step_to (self->db, stmt, id, error))
        return NULL;
      if ((entry = read_row (self, ANNALS_ENTRY_POST, stmt)) != NULL)
        return entry;
    }

  return NULL;
}

AnnalsEntry *
annals_entry_reader_next (AnnalsEntryReader  *self,
                          AnnalsEntryKind     section,
                          GError            **error)
{
  g_autoptr(AnnalsEntry) entry = NULL;

  g_return_val_if_fail (section < ANNALS_N_SECTIONS, NULL);

  entry = section == ANNALS_ENTRY_POST ? next_post (self, error) : next_row (self, section, error);

  return entry != NULL && fill_parts (self, entry, error) ? g_steal_pointer (&entry) : NULL;
}

AnnalsEntry *
annals_entry_reader_load (AnnalsEntryReader  *self,
                          AnnalsEntryKind     kind,
                          gint64              id,
                          GError            **error)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (kind);
  g_autofree char *all = g_strdup (get_select (self, kind));
  g_autofree char *sql = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsEntry *entry;

  all[strlen (all) - strlen (klass->rest)] = '\0';
  sql = g_strconcat (all, "WHERE t.id = :id", NULL);
  if (!(stmt = annals_db_borrow (self->db, sql, error)))
    return NULL;

  bind_int64 (stmt, ":id", id);
  if (!annals_db_step_to (self->db, stmt, id, error))
    return NULL;
  if ((entry = read_row (self, kind, stmt)) != NULL)
    return entry;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
               _("There is no record with the number %" PRId64), id);
  return NULL;
}

guint
annals_entry_reader_count_posts (AnnalsEntryReader *self)
{
  return self->posts->len;
}

AnnalsEntryReader *
annals_entry_reader_new (AnnalsDb  *db,
                         GError   **error)
{
  g_autoptr(AnnalsEntryReader) self = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  self = g_new0 (AnnalsEntryReader, 1);
  self->db = db;
  self->posts = g_array_new (FALSE, FALSE, sizeof (Post));
  if (!(self->runs = list_runs (db, error)) ||
      !(self->files = number_files (db, error)) ||
      !list_posts (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

AnnalsEntryReader *
annals_entry_reader_new_for_rows (AnnalsDb  *db,
                                  GError   **error)
{
  g_autoptr(AnnalsEntryReader) self = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  self = g_new0 (AnnalsEntryReader, 1);
  self->db = db;
  self->posts = g_array_new (FALSE, FALSE, sizeof (Post));
  self->files = g_array_new (FALSE, FALSE, sizeof (Numbered));

  return (self->runs = list_runs (db, error)) != NULL ? g_steal_pointer (&self) : NULL;
}

void
annals_entry_reader_free (AnnalsEntryReader *self)
{
  end_section (self);
  for (guint i = 0; i < ANNALS_N_ENTRIES; i++)
    g_free (self->selects[i]);
  g_clear_pointer (&self->runs, g_array_unref);
  g_clear_pointer (&self->posts, g_array_unref);
  g_clear_pointer (&self->files, g_array_unref);
  g_free (self);
}

/* --- the notebook itself --- */

void
annals_notebook_facts_clear (AnnalsNotebookFacts *self)
{
  g_clear_pointer (&self->uid, g_free);
  g_clear_pointer (&self->title, g_free);
}

gboolean
annals_db_load_facts (AnnalsDb             *db,
                      AnnalsNotebookFacts  *facts,
                      GError              **error)
{
  g_autofree char *created = NULL;

  g_return_val_if_fail (db != NULL && facts != NULL, FALSE);

  facts->uid = annals_db_get_meta (db, "uid", error);
  facts->title = facts->uid != NULL ? annals_db_get_meta (db, "title", error) : NULL;
  created = facts->title != NULL ? annals_db_get_meta (db, "created", error) : NULL;
  if (error != NULL && *error != NULL)
    return FALSE;

  facts->uid = facts->uid != NULL ? facts->uid : g_strdup ("");
  facts->title = facts->title != NULL ? facts->title : g_strdup ("");
  facts->created = created != NULL ? g_ascii_strtoll (created, NULL, 10) : 0;

  return TRUE;
}
