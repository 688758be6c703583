/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a notebook has that its backup has not, and the other way round. Records are told by their uids, and by
 * what they say, never by their ids: of each a hash of both is kept, for all that annals-entry.c says a record holds but
 * for what is named here. */
#include "config.h"

#include "annals-backup-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-notebook-file-private.h"

/* names that are told of each kind */
#define MAX_NAMES 50
/* of a name, in characters */
#define MAX_NAME 80

#define HASH_SIZE 16

typedef struct
{
  guint8  key[HASH_SIZE];
  guint8  content[HASH_SIZE];
  gint64  id;
  gint64  other;   /* of a pair: the second id */
  char   *name;    /* (nullable): looked up by the ids when it is wanted */
} Row;

/* What is many, or large, has SQL of its own: key, content, id, the second id; and its names, by :id and :other. Else
 * the first @n_key fields of an entry tell it from others. */
typedef struct
{
  const char      *name;
  const char      *label;
  AnnalsEntryKind  entry;
  guint            n_key;
  const char      *rows;
  const char      *names;
} Kind;

static const Kind kinds[] = {
  { "posts", N_("Posts"), ANNALS_ENTRY_POST, 0,
    "SELECT uid, starred || char(31) || trashed || char(31) || (SELECT group_concat(text, char(30)) FROM "
    "(SELECT import.uid || char(31) || revision.kind || char(31) || extent || char(31) || revision.title || "
    "char(31) || revision.url || char(31) || revision.author || char(31) || revision.published || char(31) || "
    "revision.language || char(31) || tags || char(31) || "
    "sha256 || char(31) || ifnull((SELECT name FROM source WHERE source.id = revision.source), '') || "
    "char(31) || (revision.id = post.revision) AS text "
    "FROM revision JOIN import ON import.id = revision.import WHERE revision.post = post.id AND import.state = 'done' "
    "ORDER BY import.uid)), id, 0 FROM post WHERE withdrawn = 0",
    "SELECT title FROM post WHERE id = :id AND :other = 0" },
  { "annotations", N_("Notes and highlights"), ANNALS_ENTRY_ANNOTATION, 1 },
  { "tags", N_("Tags"), ANNALS_ENTRY_TAG, 1 },
  { "tagged", N_("Tags on posts"), ANNALS_ENTRY_MARK, 0,
    "SELECT post.uid || ' ' || tag.uid, '', tag.id, post.id FROM post_tag JOIN post ON post.id = post_tag.post "
    "JOIN tag ON tag.id = post_tag.tag WHERE post.withdrawn = 0",
    "SELECT tag.name || ': ' || post.title FROM tag JOIN post ON post.id = :other WHERE tag.id = :id" },
  { "links", N_("Links"), ANNALS_ENTRY_LINK, 1 },
  { "memos", N_("Memos"), ANNALS_ENTRY_MEMO, 1 },
  { "timelines", N_("Timelines"), ANNALS_ENTRY_TIMELINE, 1 },
  { "events", N_("Events"), ANNALS_ENTRY_EVENT, 1 },
  { "suggestions", N_("Decisions on suggestions"), ANNALS_ENTRY_SUGGESTION, 0,
    "SELECT timeline.uid || ' ' || post.uid, decision, timeline.id, post.id FROM suggestion "
    "JOIN timeline ON timeline.id = suggestion.timeline JOIN post ON post.id = suggestion.post",
    "SELECT timeline.title || ': ' || post.title FROM timeline JOIN post ON post.id = :other WHERE timeline.id = :id" },
  { "searches", N_("Saved searches"), ANNALS_ENTRY_SAVED_SEARCH, 1 },
  { "colours", N_("Names of colours"), ANNALS_ENTRY_COLOUR, 1 },
  { "imports", N_("Imports"), ANNALS_ENTRY_IMPORT, 1 },
  { "rules", N_("Settings of imports"), ANNALS_ENTRY_RULE, 1 },
  { "pictures", N_("Pictures"), ANNALS_ENTRY_PICTURE, 2 },
  { "title", N_("Title of the notebook"), ANNALS_ENTRY_NONE, 0,
    "SELECT 'title', value, rowid, 0 FROM meta WHERE key = 'title'",
    "SELECT value FROM meta WHERE rowid = :id AND :other = 0" },
};

/* Only when nothing else differs: what was done and undone again. */
static const Kind history = {
  "history", N_("Steps of the history"), ANNALS_ENTRY_NONE, 0,
  "SELECT id || ' ' || time || ' ' || label, undone, id, 0 FROM history",
  "SELECT label FROM history WHERE id = :id AND :other = 0"
};

/* Sections that are not compared, or members of entries. @kind NONE: of any */
static const struct
{
  AnnalsEntryKind  kind;
  const char      *member;   /* NULL: all */
  const char      *why;
} left_out[] = {
  { ANNALS_ENTRY_NONE, "created", "who and when: what else the record says tells" },
  { ANNALS_ENTRY_NONE, "modified", "who and when: what else the record says tells" },
  { ANNALS_ENTRY_NONE, "author", "who and when: what else the record says tells" },
  { ANNALS_ENTRY_FILE, NULL, "comes with its import" },
  { ANNALS_ENTRY_ISSUE, NULL, "comes with its import" },
  { ANNALS_ENTRY_ATTACHMENT, NULL, "told by its SHA-256, with the picture" },
  { ANNALS_ENTRY_ALIAS, NULL, "comes with its import" },
  { ANNALS_ENTRY_KNOWN_COPY, NULL, "comes with its import" },
  { ANNALS_ENTRY_COPY, NULL, "comes with its import" },
  { ANNALS_ENTRY_REVISION, "place", "comes with its import" },
  { ANNALS_ENTRY_REVISION, "file", "comes with its import" },
  { ANNALS_ENTRY_REVISION, "text", "told by its SHA-256" },
  { ANNALS_ENTRY_REVISION, "spans", "comes with its import" },
  { ANNALS_ENTRY_REVISION, "markup_kind", "comes with its import" },
  { ANNALS_ENTRY_REVISION, "markup", "comes with its import" },
  { ANNALS_ENTRY_MARK, "read", "noted by the program itself" },
  { ANNALS_ENTRY_TAG, "rule_seen", "noted by the program itself" },
  { ANNALS_ENTRY_SAVED_SEARCH, "seen", "noted by the program itself" },
  { ANNALS_ENTRY_TIMELINE, "look", "how it is looked at" },
};

const char *
annals_backup_why_not_compared (AnnalsEntryKind  kind,
                                const char      *member)
{
  /* an author of a text is what the text says */
  if (kind == ANNALS_ENTRY_REVISION && g_str_equal (member, "author"))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (left_out); i++)
    if ((left_out[i].kind == kind || left_out[i].kind == ANNALS_ENTRY_NONE) &&
        (left_out[i].member == NULL || g_str_equal (left_out[i].member, member)))
      return left_out[i].why;

  return NULL;
}

void
annals_backup_kind_free (AnnalsBackupKind *self)
{
  g_ptr_array_unref (self->added);
  g_ptr_array_unref (self->changed);
  g_ptr_array_unref (self->missing);
  g_free (self);
}

static AnnalsBackupKind *
kind_new (const Kind *kind)
{
  AnnalsBackupKind *self = g_new0 (AnnalsBackupKind, 1);

  self->name = kind->name;
  self->label = _(kind->label);
  self->added = g_ptr_array_new_with_free_func (g_free);
  self->changed = g_ptr_array_new_with_free_func (g_free);
  self->missing = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/* --- rows --- */

static void
row_clear (gpointer data)
{
  g_free (((Row *) data)->name);
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  return memcmp (((const Row *) a)->key, ((const Row *) b)->key, HASH_SIZE);
}

static void
take_hash (GChecksum *checksum,
           guint8    *hash)
{
  guint8 digest[20];
  gsize length = sizeof digest;

  g_checksum_get_digest (checksum, digest, &length);
  memcpy (hash, digest, HASH_SIZE);
  g_checksum_reset (checksum);
}

static void
add_field (GChecksum *checksum,
           const char *text,
           gssize      length)
{
  g_checksum_update (checksum, (const guint8 *) text, length);
  g_checksum_update (checksum, (const guint8 *) "", 1);
}

static void
add_value (GChecksum              *checksum,
           const AnnalsEntryValue *value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE + 24];
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];

  if (value->is_null)
    add_field (checksum, "null", -1);
  else if (value->text != NULL)
    add_field (checksum, value->text, (gssize) value->length);
  else
    {
      g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT " %s", value->number,
                  g_ascii_dtostr (seconds, sizeof seconds, value->seconds));
      add_field (checksum, number, -1);
    }
}

static void
add_entry (GChecksum   *checksum,
           AnnalsEntry *entry)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (entry->kind);

  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    {
      const AnnalsEntryValue *value = &entry->values[i];

      if (annals_backup_why_not_compared (entry->kind, klass->fields[i].member) != NULL)
        continue;
      if (value->parts == NULL)
        add_value (checksum, value);

      for (guint j = 0; value->parts != NULL && j < value->parts->len; j++)
        {
          add_entry (checksum, value->parts->pdata[j]);
          add_field (checksum, "part", -1);
        }
    }
}

static char *
dup_name (AnnalsEntry *entry)
{
  static const char * const members[] = { "note", "title", "name", "file_name", "archive", "address", "quote", "relation" };
  const AnnalsEntryClass *klass = annals_entry_get_class (entry->kind);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    for (guint j = 0; j < annals_entry_class_count (klass); j++)
      {
        const char *text = entry->values[j].text;

        if (g_str_equal (klass->fields[j].member, members[i]) && text != NULL && *text != '\0')
          return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_NAME));
      }

  return g_strdup ("");
}

static gboolean
read_entries (AnnalsDb    *db,
              const Kind  *kind,
              GArray      *rows,
              GError     **error)
{
  g_autoptr(AnnalsEntryReader) reader = annals_entry_reader_new_for_rows (db, error);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autoptr(GError) failure = NULL;

  if (reader == NULL)
    return FALSE;

  for (;;)
    {
      g_autoptr(AnnalsEntry) entry = annals_entry_reader_next (reader, kind->entry, &failure);
      Row row = { .name = NULL };

      if (entry == NULL)
        break;

      for (guint i = 0; i < kind->n_key; i++)
        add_value (checksum, &entry->values[i]);
      take_hash (checksum, row.key);
      add_entry (checksum, entry);
      take_hash (checksum, row.content);
      row.name = dup_name (entry);
      g_array_append_val (rows, row);
    }

  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
read_sql (AnnalsDb    *db,
          const Kind  *kind,
          GArray      *rows,
          GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, kind->rows, error);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      Row row = { .id = column_int64 (stmt, 2), .other = column_int64 (stmt, 3) };

      add_field (checksum, column_text (stmt, 0), -1);
      take_hash (checksum, row.key);
      add_field (checksum, column_text (stmt, 1), -1);
      take_hash (checksum, row.content);
      g_array_append_val (rows, row);
    }

  return step == STEP_DONE;
}

static GArray *
read_rows (AnnalsDb    *db,
           const Kind  *kind,
           GError     **error)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));

  g_array_set_clear_func (rows, row_clear);
  if (!(kind->rows != NULL ? read_sql (db, kind, rows, error) : read_entries (db, kind, rows, error)))
    return NULL;

  g_array_sort (rows, compare_keys);
  return g_steal_pointer (&rows);
}

/* --- what differs --- */

static gboolean
tell (AnnalsDb    *db,
      const Kind  *kind,
      const Row   *row,
      guint       *n,
      GPtrArray   *names,
      GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;

  if ((*n)++ >= MAX_NAMES)
    return TRUE;

  if (row->name != NULL)
    {
      g_ptr_array_add (names, g_strdup (row->name));
      return TRUE;
    }

  if (!(stmt = annals_db_borrow (db, kind->names, error)))
    return FALSE;
  bind_int64 (stmt, ":id", row->id);
  bind_int64 (stmt, ":other", row->other);
  if (annals_db_step (db, stmt, error) == STEP_ERROR)
    return FALSE;

  g_ptr_array_add (names, column_dup_text (stmt, 0));
  return TRUE;
}

static gboolean
compare_kind (AnnalsDb    *here,
              AnnalsDb    *there,
              const Kind  *kind,
              GPtrArray   *differences,
              GError     **error)
{
  g_autoptr(AnnalsBackupKind) found = kind_new (kind);
  g_autoptr(GArray) ours = read_rows (here, kind, error);
  g_autoptr(GArray) theirs = ours != NULL ? read_rows (there, kind, error) : NULL;
  guint i = 0;
  guint j = 0;

  if (theirs == NULL)
    return FALSE;

  while (i < ours->len || j < theirs->len)
    {
      const Row *one = i < ours->len ? &g_array_index (ours, Row, i) : NULL;
      const Row *other = j < theirs->len ? &g_array_index (theirs, Row, j) : NULL;
      int order = one == NULL ? 1 : other == NULL ? -1 : compare_keys (one, other);
      gboolean ok = TRUE;

      if (order < 0)
        ok = tell (here, kind, one, &found->n_added, found->added, error);
      else if (order > 0)
        ok = tell (there, kind, other, &found->n_missing, found->missing, error);
      else if (memcmp (one->content, other->content, HASH_SIZE) != 0)
        ok = tell (here, kind, one, &found->n_changed, found->changed, error);
      if (!ok)
        return FALSE;

      i += order <= 0;
      j += order >= 0;
    }

  if (found->n_added + found->n_changed + found->n_missing > 0)
    g_ptr_array_add (differences, g_steal_pointer (&found));

  return TRUE;
}

static gboolean
compare_all (AnnalsDb      *here,
             AnnalsDb      *there,
             GPtrArray     *differences,
             GCancellable  *cancellable,
             GError       **error)
{
  here->cancellable = there->cancellable = cancellable;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!compare_kind (here, there, &kinds[i], differences, error))
      return FALSE;

  return differences->len > 0 || compare_kind (here, there, &history, differences, error);
}

GPtrArray *
annals_backup_compare (const char    *path,
                       const char    *backup,
                       GCancellable  *cancellable,
                       GError       **error)
{
  const AnnalsBackupWork work = { NULL, NULL, cancellable };
  g_autoptr(GPtrArray) differences = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_backup_kind_free);
  g_autoptr(AnnalsDb) here = NULL;
  g_autoptr(AnnalsDb) there = NULL;
  g_autofree char *scratch = NULL;
  g_autofree char *other_scratch = NULL;
  gboolean ok;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (backup != NULL, NULL);

  /* Both as this version of the program writes them. */
  ok = annals_notebook_file_check (path, error) &&
       (here = annals_backup_bring_up (annals_db_open (path, FALSE, error), path, 0, &work, &scratch, error)) != NULL &&
       (there = annals_backup_open (backup, path, 0, &work, &other_scratch, error)) != NULL &&
       annals_db_exec (here, "BEGIN", error) &&
       compare_all (here, there, differences, cancellable, error);
  g_clear_pointer (&here, annals_db_free);
  g_clear_pointer (&there, annals_db_free);
  if (scratch != NULL)
    annals_backup_remove (scratch);
  if (other_scratch != NULL)
    annals_backup_remove (other_scratch);

  return ok ? g_steal_pointer (&differences) : NULL;
}
