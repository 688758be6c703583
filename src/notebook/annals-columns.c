/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-columns-private.h"
#include "annals-limits.h"

#include <string.h>

/* As many languages as a post's number of one has room for. */
#define MAX_LANGUAGES G_MAXUINT16
/* Commits that may come in while everything is loaded before that is begun anew. */
#define MAX_ATTEMPTS 8
/* Phrases whose numbers are remembered. */
#define MAX_DFS 50000

struct _AnnalsSharedColumns
{
  gatomicrefcount    refs;
  GMutex             loading;      /* held by the one that loads */
  GRWLock            lock;         /* of all below */
  AnnalsColumns      data;
  AnnalsColumnParts  parts;        /* that are there */
  guint              generation;   /* of commits that touched posts */
  gint64             last_length;  /* how far the lengths are */
  gint64             last_action;  /* of history: later ones are another program's */
  GHashTable        *author_numbers;
  GHashTable        *language_numbers;
  GHashTable        *host_numbers;
  GMutex             dfs_lock;
  GHashTable        *dfs;          /* phrase → 1 + the posts it stands in */
};

/* --- memory --- */

static void
clear_order (guint32 **ids,
             guint32 **places,
             guint    *n)
{
  g_clear_pointer (ids, g_free);
  g_clear_pointer (places, g_free);
  *n = 0;
}

static void
clear_lengths (AnnalsSharedColumns *self)
{
  g_clear_pointer (&self->data.lengths, g_free);
  self->data.total_length = 0;
  self->data.n_lengths = 0;
  self->last_length = 0;
  self->parts &= ~ANNALS_COLUMNS_LENGTHS;
}

static void
clear_orders (AnnalsSharedColumns *self)
{
  AnnalsColumns *data = &self->data;

  clear_order (&data->newest, &data->newest_place, &data->n_newest);
  clear_order (&data->titles, &data->titles_place, &data->n_titles);
  self->parts &= ~(ANNALS_COLUMNS_NEWEST | ANNALS_COLUMNS_TITLES);
}

static void
clear_addresses (AnnalsSharedColumns *self)
{
  AnnalsColumns *data = &self->data;

  g_clear_pointer (&data->host, g_free);
  g_clear_pointer (&data->pieces, g_free);
  g_clear_pointer (&self->host_numbers, g_hash_table_unref);
  g_clear_pointer (&data->hosts, g_ptr_array_unref);
  self->parts &= ~ANNALS_COLUMNS_ADDRESSES;
}

static void
forget_dfs (AnnalsSharedColumns *self)
{
  g_mutex_lock (&self->dfs_lock);
  g_hash_table_remove_all (self->dfs);
  g_mutex_unlock (&self->dfs_lock);
}

static void
clear_rows (AnnalsSharedColumns *self)
{
  AnnalsColumns *data = &self->data;

  g_clear_pointer (&data->visible, annals_id_set_free);
  g_clear_pointer (&data->read, annals_id_set_free);
  g_clear_pointer (&data->starred, annals_id_set_free);
  g_clear_pointer (&data->undated, annals_id_set_free);
  g_clear_pointer (&data->from, g_free);
  g_clear_pointer (&data->to, g_free);
  g_clear_pointer (&data->source, g_free);
  g_clear_pointer (&data->author, g_free);
  g_clear_pointer (&data->language, g_free);
  g_clear_pointer (&self->author_numbers, g_hash_table_unref);
  g_clear_pointer (&self->language_numbers, g_hash_table_unref);
  g_clear_pointer (&data->authors, g_ptr_array_unref);
  g_clear_pointer (&data->languages, g_ptr_array_unref);
}

static void
clear_all (AnnalsSharedColumns *self)
{
  clear_orders (self);
  clear_lengths (self);
  clear_addresses (self);
  clear_rows (self);
  forget_dfs (self);
  self->parts = 0;
}

AnnalsSharedColumns *
annals_shared_columns_new (void)
{
  AnnalsSharedColumns *self = g_new0 (AnnalsSharedColumns, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->loading);
  g_mutex_init (&self->dfs_lock);
  g_rw_lock_init (&self->lock);
  self->dfs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

AnnalsSharedColumns *
annals_shared_columns_ref (AnnalsSharedColumns *self)
{
  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
annals_shared_columns_unref (AnnalsSharedColumns *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  clear_all (self);
  g_hash_table_unref (self->dfs);
  g_mutex_clear (&self->dfs_lock);
  g_mutex_clear (&self->loading);
  g_rw_lock_clear (&self->lock);
  g_free (self);
}

static guint
intern (GPtrArray  *strings,
        GHashTable *numbers,
        const char *string,
        guint       max)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, string));
  char *copy;

  if (n != 0 || *string == '\0' || strings->len >= max)
    return n;

  copy = g_strdup (string);
  n = strings->len;
  g_ptr_array_add (strings, copy);
  g_hash_table_insert (numbers, copy, GUINT_TO_POINTER (n));

  return n;
}

static void
make_room (AnnalsSharedColumns *self,
           gint64               top)
{
  AnnalsColumns *data = &self->data;
  gsize n = (gsize) top + 1;

  data->top = top;
  data->visible = annals_id_set_new (top);
  data->read = annals_id_set_new (top);
  data->starred = annals_id_set_new (top);
  data->undated = annals_id_set_new (top);
  data->from = g_new0 (gint64, n);
  data->to = g_new0 (gint64, n);
  data->source = g_new0 (guint32, n);
  data->author = g_new0 (guint32, n);
  data->language = g_new0 (guint16, n);
  data->authors = g_ptr_array_new_with_free_func (g_free);
  data->languages = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (data->authors, g_strdup (""));
  g_ptr_array_add (data->languages, g_strdup (""));
  self->author_numbers = g_hash_table_new (g_str_hash, g_str_equal);
  self->language_numbers = g_hash_table_new (g_str_hash, g_str_equal);
}

/* --- rows --- */

#define SELECT_ROWS \
  "SELECT id, published_from, published_to, published = '', source, author, language, read, starred, " \
  "withdrawn = 0 AND trashed = 0 FROM post"

static void
set_bit (AnnalsIdSet *set,
         gint64       id,
         gboolean     value)
{
  if (value)
    annals_id_set_add (set, id);
  else
    annals_id_set_remove (set, id);
}

static void
take_row (AnnalsSharedColumns *self,
          BorrowedStmt        *stmt)
{
  AnnalsColumns *data = &self->data;
  gint64 id = column_int64 (stmt, 0);

  if (id < 0 || id > data->top)
    return;

  data->from[id] = column_is_null (stmt, 1) ? G_MININT64 : column_int64 (stmt, 1);
  data->to[id] = column_is_null (stmt, 2) ? G_MAXINT64 : column_int64 (stmt, 2);
  set_bit (data->undated, id, column_int64 (stmt, 3) != 0);
  data->source[id] = (guint32) CLAMP (column_int64 (stmt, 4), 0, G_MAXUINT32);
  data->author[id] = intern (data->authors, self->author_numbers, column_text (stmt, 5), G_MAXUINT);
  data->language[id] = (guint16) intern (data->languages, self->language_numbers, column_text (stmt, 6),
                                         MAX_LANGUAGES);
  set_bit (data->read, id, column_int64 (stmt, 7) != 0);
  set_bit (data->starred, id, column_int64 (stmt, 8) != 0);
  set_bit (data->visible, id, column_int64 (stmt, 9) != 0);
}

static gboolean
load_rows (AnnalsSharedColumns  *self,
           AnnalsDb             *db,
           GError              **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;
  gint64 top;

  if (!annals_db_query_int64 (db, "SELECT max(id) FROM post", 0, 0, &top, error) ||
      !(stmt = annals_db_borrow (db, SELECT_ROWS " ORDER BY id", error)))
    return FALSE;

  make_room (self, CLAMP (top, 0, ANNALS_LIMIT_COLUMN_ID));
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    take_row (self, stmt);

  return step == STEP_DONE;
}

/* --- orders --- */

static gboolean
load_order (AnnalsDb       *db,
            const char     *sql,
            gint64          top,
            guint32       **ids,
            guint32       **places,
            guint          *n,
            GError        **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, sql, error);
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree guint32 *found_places = g_new0 (guint32, (gsize) top + 1);
  AnnalsStep step = STEP_ERROR;

  while (stmt != NULL && (step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);
      guint32 short_id = (guint32) id;

      if (id < 0 || id > top)
        continue;

      found_places[id] = found->len;
      g_array_append_val (found, short_id);
    }

  if (step != STEP_DONE)
    return FALSE;

  *n = found->len;
  *ids = (guint32 *) (gpointer) g_array_free (g_steal_pointer (&found), FALSE);
  *places = g_steal_pointer (&found_places);

  return TRUE;
}

/* The orders of annals-posts.c, which its indexes hold. */
#define NEWEST \
  "SELECT id FROM post WHERE withdrawn = 0 AND trashed = 0 " \
  "ORDER BY published_from DESC, published_to DESC, import DESC, place, id"
#define TITLES \
  "SELECT id FROM post WHERE withdrawn = 0 AND trashed = 0 ORDER BY title COLLATE NOCASE, id"

/* Of more posts the index's own order is taken: keys of a million titles take seconds, after each change anew. */
#define MOST_SORTED 200000

static gboolean
load_titles (AnnalsColumns  *data,
             AnnalsDb       *db,
             GError        **error)
{
  return data->top <= MOST_SORTED
         ? annals_db_load_title_order (db, data->top, &data->titles, &data->titles_place, &data->n_titles, error)
         : load_order (db, TITLES, data->top, &data->titles, &data->titles_place, &data->n_titles, error);
}

/* --- lengths --- */

/* The column sizes of FTS5's _docsize are its variable-length integers. */
static guint32
sum_varints (const guint8 *bytes,
             gsize         size)
{
  guint64 sum = 0;
  guint64 value = 0;

  for (gsize i = 0; i < size; i++)
    {
      value = value << 7 | (bytes[i] & 0x7f);
      if ((bytes[i] & 0x80) == 0)
        {
          sum += value;
          value = 0;
        }
    }

  return (guint32) MIN (sum, G_MAXUINT32);
}

static gboolean
load_lengths (AnnalsSharedColumns  *self,
              AnnalsDb             *db,
              GError              **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsColumns *data = &self->data;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (db, "SELECT id, sz FROM post_index_docsize WHERE id > :id ORDER BY id", error)))
    return FALSE;

  if (data->lengths == NULL)
    data->lengths = g_new0 (guint32, (gsize) data->top + 1);

  bind_int64 (stmt, ":id", self->last_length);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);
      gsize size;
      gconstpointer bytes = column_bytes (stmt, 1, &size);

      self->last_length = id;
      if (id < 0 || id > data->top)
        continue;

      data->lengths[id] = sum_varints (bytes, size);
      data->total_length += data->lengths[id];
      data->n_lengths++;
    }

  return step == STEP_DONE;
}

/* --- addresses --- */

/* Between "//" and the next "/" or ":"; "" when there is none. */
static char *
dup_host (const char *address)
{
  const char *start = strstr (address, "//");

  return start != NULL ? g_ascii_strdown (start + 2, (gssize) strcspn (start + 2, "/:?#")) : g_strdup ("");
}

static void
take_address (AnnalsSharedColumns *self,
              gint64               id,
              const char          *address)
{
  AnnalsColumns *data = &self->data;
  g_autofree char *host = dup_host (address);

  if (id < 0 || id > data->top)
    return;

  data->host[id] = intern (data->hosts, self->host_numbers, host, G_MAXUINT);
  annals_address_pieces (address, data->pieces + 2 * id);
}

static gboolean
load_addresses (AnnalsSharedColumns  *self,
                AnnalsDb             *db,
                GError              **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, "SELECT id, url FROM post ORDER BY id", error);
  AnnalsColumns *data = &self->data;
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  data->host = g_new0 (guint32, (gsize) data->top + 1);
  data->pieces = g_new0 (guint64, 2 * ((gsize) data->top + 1));
  data->hosts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (data->hosts, g_strdup (""));
  self->host_numbers = g_hash_table_new (g_str_hash, g_str_equal);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    take_address (self, column_int64 (stmt, 0), column_text (stmt, 1));

  return step == STEP_DONE;
}

/* --- loading --- */

/* A reader's transaction sees the file as it was at its first read; a later commit must not be missed. */
static gboolean
begin_anew (AnnalsDb  *db,
            GError   **error)
{
  return db->door != ANNALS_DOOR_NONE || sqlite3_get_autocommit (db->native) ||
         (annals_db_exec (db, "COMMIT", error) && annals_db_exec (db, "BEGIN", error));
}

static gboolean
load_parts (AnnalsSharedColumns  *self,
            AnnalsDb             *db,
            AnnalsColumnParts     parts,
            GError              **error)
{
  AnnalsColumns *data = &self->data;

  if ((parts & ANNALS_COLUMNS_ROWS) != 0 && !load_rows (self, db, error))
    return FALSE;

  if ((parts & ANNALS_COLUMNS_NEWEST) != 0 &&
      !load_order (db, NEWEST, data->top, &data->newest, &data->newest_place, &data->n_newest, error))
    return FALSE;

  if ((parts & ANNALS_COLUMNS_TITLES) != 0 && !load_titles (data, db, error))
    return FALSE;

  if ((parts & ANNALS_COLUMNS_ADDRESSES) != 0 && !load_addresses (self, db, error))
    return FALSE;

  return (parts & ANNALS_COLUMNS_LENGTHS) == 0 || load_lengths (self, db, error);
}

/* Takes over from @fresh what was loaded into it. */
static void
take_parts (AnnalsSharedColumns *self,
            AnnalsSharedColumns *fresh)
{
  AnnalsColumnParts parts = self->parts;

  self->data = fresh->data;
  self->last_length = fresh->last_length;
  self->author_numbers = fresh->author_numbers;
  self->language_numbers = fresh->language_numbers;
  self->host_numbers = fresh->host_numbers;
  self->parts = parts;
}

/* What @wanted lacks, and lengths of posts that were indexed since. */
static AnnalsColumnParts
find_missing (AnnalsSharedColumns *self,
              AnnalsColumnParts    wanted,
              gint64               last_indexed)
{
  AnnalsColumnParts missing = wanted & ~self->parts;

  if ((wanted & ANNALS_COLUMNS_LENGTHS) != 0 && self->last_length < last_indexed)
    missing |= ANNALS_COLUMNS_LENGTHS;

  return missing;
}

/* What was loaded for nothing. */
static void
drop_parts (AnnalsSharedColumns *fresh,
            AnnalsColumnParts    parts)
{
  AnnalsColumns *data = &fresh->data;

  if ((parts & ANNALS_COLUMNS_ROWS) != 0)
    clear_rows (fresh);
  if ((parts & ANNALS_COLUMNS_NEWEST) != 0)
    clear_order (&data->newest, &data->newest_place, &data->n_newest);
  if ((parts & ANNALS_COLUMNS_TITLES) != 0)
    clear_order (&data->titles, &data->titles_place, &data->n_titles);
  if ((parts & ANNALS_COLUMNS_LENGTHS) != 0)
    g_clear_pointer (&data->lengths, g_free);
  if ((parts & ANNALS_COLUMNS_ADDRESSES) != 0)
    clear_addresses (fresh);
}

static void
copy_present (AnnalsSharedColumns *self,
              AnnalsSharedColumns *fresh,
              AnnalsColumnParts    parts)
{
  fresh->data = self->data;
  fresh->last_length = self->last_length;
  fresh->author_numbers = self->author_numbers;
  fresh->language_numbers = self->language_numbers;
  fresh->host_numbers = self->host_numbers;
  /* what is lengthened stays as it is until it is taken over */
  if ((parts & ANNALS_COLUMNS_LENGTHS) != 0 && fresh->data.lengths != NULL)
    fresh->data.lengths = g_memdup2 (fresh->data.lengths, ((gsize) fresh->data.top + 1) * sizeof (guint32));
}

/* The lock is not held while rows are read: a commit must not wait for half a second. Nobody else writes
 * to what is missing meanwhile, as long as no commit touches posts; then *done is FALSE. @locked: commits
 * wait. */
static gboolean
load (AnnalsSharedColumns  *self,
      AnnalsDb             *db,
      AnnalsColumnParts     parts,
      gboolean              locked,
      gboolean             *done,
      GError              **error)
{
  AnnalsSharedColumns fresh = { 0 };
  guint generation;
  gboolean ok;

  g_rw_lock_writer_lock (&self->lock);
  generation = self->generation;
  copy_present (self, &fresh, parts);
  if (!locked)
    g_rw_lock_writer_unlock (&self->lock);

  ok = begin_anew (db, error) && load_parts (&fresh, db, parts, error);

  if (!locked)
    g_rw_lock_writer_lock (&self->lock);

  *done = ok && generation == self->generation;
  if (*done)
    {
      if ((parts & ANNALS_COLUMNS_LENGTHS) != 0)
        {
          g_free (self->data.lengths);
          forget_dfs (self);
        }
      take_parts (self, &fresh);
      self->parts |= parts;
    }
  else
    drop_parts (&fresh, parts);

  g_rw_lock_writer_unlock (&self->lock);

  return ok;
}

static gboolean
get_last_indexed (AnnalsDb           *db,
                  AnnalsColumnParts   parts,
                  gint64             *last,
                  GError            **error)
{
  *last = 0;

  return (parts & ANNALS_COLUMNS_LENGTHS) == 0 ||
         annals_db_query_int64 (db, "SELECT max(id) FROM post_index_docsize", 0, 0, last, error);
}

/* The history's last row; commits of this program are followed one by one. */
static gboolean
get_last_action (AnnalsDb  *db,
                 gint64    *last,
                 GError   **error)
{
  return annals_db_query_int64 (db, "SELECT max(id) FROM history", 0, 0, last, error);
}

/* What another program did is seen at the next search. */
static void
notice_others (AnnalsSharedColumns *self,
               gint64               last_action)
{
  gboolean behind;

  g_rw_lock_reader_lock (&self->lock);
  behind = last_action > self->last_action;
  g_rw_lock_reader_unlock (&self->lock);
  if (!behind)
    return;

  g_rw_lock_writer_lock (&self->lock);
  if (last_action > self->last_action)
    {
      self->last_action = last_action;
      self->generation++;
      clear_all (self);
    }
  g_rw_lock_writer_unlock (&self->lock);
}

static AnnalsSharedColumns *
get_shared (AnnalsDb *db)
{
  /* a connection of its own, outside of a notebook */
  if (db->columns == NULL)
    db->columns = annals_shared_columns_new ();

  return db->columns;
}

static gboolean
load_missing (AnnalsSharedColumns  *self,
              AnnalsDb             *db,
              AnnalsColumnParts     parts,
              gint64                last_indexed,
              GError              **error)
{
  g_autoptr(GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->loading);

  for (guint i = 0; ; i++)
    {
      AnnalsColumnParts missing;
      gboolean done;

      g_rw_lock_reader_lock (&self->lock);
      missing = find_missing (self, parts, last_indexed);
      g_rw_lock_reader_unlock (&self->lock);
      if (missing == 0)
        return TRUE;

      /* Commits that follow each other so fast wait, after a while. */
      if (!load (self, db, missing, i >= MAX_ATTEMPTS, &done, error))
        return FALSE;
    }
}

const AnnalsColumns *
annals_db_hold_columns (AnnalsDb           *db,
                        AnnalsColumnParts   parts,
                        GError            **error)
{
  AnnalsSharedColumns *self;
  gint64 last_indexed, last_action;

  g_return_val_if_fail (db != NULL, NULL);

  self = get_shared (db);
  parts |= ANNALS_COLUMNS_ROWS;
  if (!get_last_indexed (db, parts, &last_indexed, error) || !get_last_action (db, &last_action, error))
    return NULL;

  notice_others (self, last_action);

  while (TRUE)
    {
      g_rw_lock_reader_lock (&self->lock);
      if (find_missing (self, parts, last_indexed) == 0)
        return &self->data;

      g_rw_lock_reader_unlock (&self->lock);
      if (!load_missing (self, db, parts, last_indexed, error))
        return NULL;
    }
}

void
annals_db_release_columns (AnnalsDb *db)
{
  g_return_if_fail (db != NULL && db->columns != NULL);

  g_rw_lock_reader_unlock (&db->columns->lock);
}

/* --- commits --- */

static gboolean
read_address_again (AnnalsSharedColumns *self,
                    AnnalsDb            *db,
                    gint64               id)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if ((self->parts & ANNALS_COLUMNS_ADDRESSES) == 0)
    return TRUE;
  if (!(stmt = annals_db_borrow (db, "SELECT url FROM post WHERE id = :id", NULL)))
    return FALSE;

  bind_int64 (stmt, ":id", id);
  if ((step = annals_db_step (db, stmt, NULL)) == STEP_ROW)
    take_address (self, id, column_text (stmt, 0));

  return step != STEP_ERROR;
}

static gboolean
read_again (AnnalsSharedColumns *self,
            AnnalsDb            *db,
            const gint64        *ids,
            guint                n_ids)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, SELECT_ROWS " WHERE id = :id", NULL);

  if (stmt == NULL)
    return FALSE;

  for (guint i = 0; i < n_ids; i++)
    {
      gboolean was_visible = annals_id_set_contains (self->data.visible, ids[i]);
      AnnalsStep step;

      if (ids[i] > self->data.top)
        return FALSE;

      rewind_stmt (stmt);
      bind_int64 (stmt, ":id", ids[i]);
      step = annals_db_step (db, stmt, NULL);
      if (step == STEP_ERROR)
        return FALSE;

      if (step == STEP_ROW)
        take_row (self, stmt);
      else
        annals_id_set_remove (self->data.visible, ids[i]);

      if (annals_id_set_contains (self->data.visible, ids[i]) != was_visible)
        clear_orders (self);
      if (!read_address_again (self, db, ids[i]))
        return FALSE;
    }

  return TRUE;
}

void
annals_shared_columns_follow (AnnalsSharedColumns *self,
                              AnnalsDb            *db,
                              AnnalsChanges       *changes)
{
  const gint64 *ids;
  gint64 last_action;
  guint n_ids;

  ids = annals_changes_get_ids (changes, ANNALS_RECORD_POST, &n_ids);

  g_rw_lock_writer_lock (&self->lock);
  if (get_last_action (db, &last_action, NULL))
    self->last_action = MAX (self->last_action, last_action);
  if (n_ids == 0 && !annals_changes_touch (changes, ANNALS_RECORD_IMPORT))
    {
      g_rw_lock_writer_unlock (&self->lock);
      return;
    }

  self->generation++;
  if (self->parts != 0 &&
      (n_ids == G_MAXUINT || annals_changes_touch (changes, ANNALS_RECORD_IMPORT) ||
       !read_again (self, db, ids, n_ids)))
    clear_all (self);
  g_rw_lock_writer_unlock (&self->lock);
}

gboolean
annals_shared_columns_get_df (AnnalsSharedColumns *self,
                              const char          *phrase,
                              guint               *df)
{
  guint value;

  g_mutex_lock (&self->dfs_lock);
  value = GPOINTER_TO_UINT (g_hash_table_lookup (self->dfs, phrase));
  g_mutex_unlock (&self->dfs_lock);

  *df = value - 1;

  return value > 0;
}

void
annals_shared_columns_set_df (AnnalsSharedColumns *self,
                              const char          *phrase,
                              guint                df)
{
  g_mutex_lock (&self->dfs_lock);
  if (g_hash_table_size (self->dfs) >= MAX_DFS)
    g_hash_table_remove_all (self->dfs);
  g_hash_table_insert (self->dfs, g_strdup (phrase), GUINT_TO_POINTER (df + 1));
  g_mutex_unlock (&self->dfs_lock);
}
