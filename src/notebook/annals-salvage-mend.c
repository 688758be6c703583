/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notebook again, out of the rows that could be read: what names something that is lost names nothing, or goes;
 * texts that lost their posts get them back. */
#include "config.h"

#include "annals-salvage-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-date.h"
#include "annals-text.h"

/* rounds of taking away what names what was taken away */
#define MAX_ROUNDS 16

#define NEW_UID "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || " \
                "'-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"

/* As ANNALS_REVISION_ORDER has it, of imports that were undone last. EXTENT goes in a file of version 1, which knows
 * none. */
#define NEWEST(post_) \
  "(SELECT one.id FROM revision AS one JOIN import ON import.id = one.import WHERE one.post = " post_ \
  " ORDER BY import.state, EXTENT one.created DESC, one.id DESC LIMIT 1)"

#define IS_SHOWN \
  "EXISTS (SELECT 1 FROM revision JOIN import ON import.id = revision.import WHERE revision.post = post.id " \
  "AND import.state = 'done')"

typedef enum
{
  QUIETLY,
  IMPORTS,
  RUNS,
  ENTRIES,
  VERSIONS,
  TEXTS,
  EVENTS,
  TAGS,
} Loss;

/* Each in this order; @loss: what its rows have lost. */
static const struct
{
  const char *sql;
  Loss        loss;
} repairs[] = {
  /* What has a name of its own is made up for what names it. */
  { "INSERT OR IGNORE INTO import (id, uid, started, state, runner, file_name, format, archive, options) "
    "SELECT id, " NEW_UID ", 0, 'done', '', '?', 'unknown', '', '{}' FROM "
    "(SELECT DISTINCT import AS id FROM revision UNION SELECT DISTINCT import FROM post) "
    "WHERE id NOT IN (SELECT id FROM import)", IMPORTS },
  { "UPDATE import SET state = 'done' WHERE state NOT IN ('done', 'undone')", RUNS },
  { "INSERT OR IGNORE INTO post (id, uid, title, url, author, source, published, language, import, place, revision) "
    "SELECT post, " NEW_UID ", title, url, author, source, published, language, import, place, id FROM revision "
    "WHERE post NOT IN (SELECT id FROM post) AND id = " NEWEST ("revision.post"), ENTRIES },
  { "UPDATE post SET revision = " NEWEST ("post.id") " "
    "WHERE NOT EXISTS (SELECT 1 FROM revision WHERE revision.id = post.revision AND revision.post = post.id) "
    "AND id IN (SELECT post FROM revision)", VERSIONS },
  /* Its notes, tags and events are worth more than its text. */
  { "INSERT INTO revision (post, import, created, title, url, author, source, published, language, place, tags, "
    "sha256, text, spans, markup_kind) SELECT id, import, 0, title, url, author, source, published, language, place, "
    "'', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '', '[]', 'text' FROM post "
    "WHERE id NOT IN (SELECT post FROM revision)", TEXTS },
  { "UPDATE post SET revision = " NEWEST ("post.id") " "
    "WHERE NOT EXISTS (SELECT 1 FROM revision WHERE revision.id = post.revision AND revision.post = post.id)",
    QUIETLY },
  { "UPDATE post SET withdrawn = NOT " IS_SHOWN " WHERE withdrawn != NOT " IS_SHOWN, QUIETLY },
  { "INSERT INTO timeline (uid, title, description, colour, rule, created, modified, author) "
    "SELECT " NEW_UID ", 'Recovered', '', 'blue', '', 0, 0, '' "
    "WHERE EXISTS (SELECT 1 FROM event WHERE id NOT IN (SELECT event FROM timeline_event "
    "WHERE timeline IN (SELECT id FROM timeline)))", QUIETLY },
  { "INSERT OR IGNORE INTO timeline_event (timeline, event) SELECT (SELECT max(id) FROM timeline), id FROM event "
    "WHERE id NOT IN (SELECT event FROM timeline_event WHERE timeline IN (SELECT id FROM timeline))", EVENTS },
  { "UPDATE tag SET parent = NULL WHERE id NOT IN (WITH RECURSIVE tree (id) AS (SELECT id FROM tag WHERE parent IS NULL "
    "UNION SELECT tag.id FROM tag JOIN tree ON tag.parent = tree.id) SELECT id FROM tree)", TAGS },
};

static void
tell_loss (GPtrArray *lost,
           Loss       loss,
           int        n_rows)
{
  guint n = (guint) n_rows;

  switch (loss)
    {
    case QUIETLY:
      break;

    case IMPORTS:
      annals_salvage_tell (lost, ngettext ("%u import was lost; its posts name one without a file",
                                           "%u imports were lost; their posts name ones without files", n), n);
      break;

    case RUNS:
      annals_salvage_tell (lost, ngettext ("%u import had not come to its end; what it had brought is kept",
                                           "%u imports had not come to their ends; what they had brought is kept", n),
                           n);
      break;

    case ENTRIES:
      annals_salvage_tell (lost, ngettext ("%u post had lost its entry and was made again from its text, under a new "
                                           "identity",
                                           "%u posts had lost their entries and were made again from their texts, "
                                           "under new identities", n), n);
      break;

    case VERSIONS:
      annals_salvage_tell (lost, ngettext ("%u post shows another version of its text",
                                           "%u posts show other versions of their texts", n), n);
      break;

    case TEXTS:
      annals_salvage_tell (lost, ngettext ("%u post has lost its text", "%u posts have lost their texts", n), n);
      break;

    case EVENTS:
      annals_salvage_tell (lost, ngettext ("%u event had lost its timeline and is in another one",
                                           "%u events had lost their timelines and are in another one", n), n);
      break;

    case TAGS:
      annals_salvage_tell (lost, ngettext ("%u tag is no longer below another one",
                                           "%u tags are no longer below others", n), n);
      break;
    }
}

#define HAS_END(end_) \
  "CASE " end_ "_kind WHEN 'post' THEN " end_ "_id IN (SELECT id FROM post) WHEN 'event' THEN " end_ \
  "_id IN (SELECT id FROM event) ELSE " end_ "_id IN (SELECT id FROM annotation) END"

/* What names rows without the schema saying so. */
static gboolean
drop_files (AnnalsDb   *db,
            GPtrArray  *lost,
            GError    **error)
{
  int n;

  if (!annals_db_exec (db, "UPDATE revision SET file = NULL WHERE file IS NOT NULL AND NOT EXISTS (SELECT 1 "
                           "FROM import_file WHERE import_file.id = revision.file "
                           "AND import_file.import = revision.import)", error))
    return FALSE;

  if ((n = sqlite3_changes (db->native)) > 0)
    annals_salvage_tell (lost, ngettext ("%d text no longer says which file it came from",
                                         "%d texts no longer say which files they came from", (gulong) n), n);

  return annals_db_exec (db, "UPDATE import SET removing = 0", error);
}

static gboolean
drop_links (AnnalsDb   *db,
            GPtrArray  *lost,
            GError    **error)
{
  int n;

  if (!annals_db_exec (db, "DELETE FROM link WHERE NOT " HAS_END ("from") " OR NOT " HAS_END ("to"), error))
    return FALSE;

  if ((n = sqlite3_changes (db->native)) > 0)
    annals_salvage_tell (lost, ngettext ("%d link went with what it led to or came from",
                                         "%d links went with what they led to or came from", (gulong) n), n);

  return TRUE;
}

static gboolean
run_repairs (AnnalsDb   *db,
             int         version,
             GPtrArray  *lost,
             GError    **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (repairs); i++)
    {
      g_autoptr(GString) sql = g_string_new (repairs[i].sql);
      int n;

      g_string_replace (sql, "EXTENT", version >= 2 ? "one.extent DESC," : "", 0);
      if (!annals_db_exec (db, sql->str, error))
        return FALSE;

      n = sqlite3_changes (db->native);
      if (n > 0)
        tell_loss (lost, repairs[i].loss, n);
    }

  return TRUE;
}

/* --- names of what is lost --- */

typedef struct
{
  char     *table;
  char     *column;
  char     *parent;
  gboolean  nullable;
} Reference;

static void
reference_free (Reference *self)
{
  g_free (self->table);
  g_free (self->column);
  g_free (self->parent);
  g_free (self);
}

static GPtrArray *
list_references (AnnalsDb  *db,
                 GError   **error)
{
  g_autoptr(GPtrArray) references = g_ptr_array_new_with_free_func ((GDestroyNotify) reference_free);
  g_autoptr(BorrowedStmt) stmt =
    annals_db_borrow (db,
                      "SELECT t.name, f.\"from\", f.\"table\", NOT c.\"notnull\" FROM sqlite_schema AS t "
                      "JOIN pragma_foreign_key_list (t.name) AS f JOIN pragma_table_info (t.name) AS c "
                      "ON c.name = f.\"from\" WHERE t.type = 'table' AND t.name NOT GLOB 'sqlite_*' "
                      "AND t.name NOT GLOB '*_index*'", error);
  AnnalsStep step;

  if (stmt == NULL)
    return NULL;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      Reference *reference = g_new0 (Reference, 1);

      reference->table = column_dup_text (stmt, 0);
      reference->column = column_dup_text (stmt, 1);
      reference->parent = column_dup_text (stmt, 2);
      reference->nullable = column_int64 (stmt, 3) != 0;
      g_ptr_array_add (references, reference);
    }

  return step == STEP_DONE ? g_steal_pointer (&references) : NULL;
}

static gboolean
drop_references (AnnalsDb   *db,
                 GPtrArray  *lost,
                 GError    **error)
{
  g_autoptr(GPtrArray) references = list_references (db, error);
  gboolean again = references != NULL;

  for (guint round = 0; again && round < MAX_ROUNDS; round++)
    {
      again = FALSE;
      for (guint i = 0; i < references->len; i++)
        {
          const Reference *one = references->pdata[i];
          g_autofree char *where = g_strdup_printf ("\"%s\" IS NOT NULL AND \"%s\" NOT IN (SELECT id FROM \"%s\")",
                                                    one->column, one->column, one->parent);
          g_autofree char *sql = one->nullable
            ? g_strdup_printf ("UPDATE \"%s\" SET \"%s\" = NULL WHERE %s", one->table, one->column, where)
            : g_strdup_printf ("DELETE FROM \"%s\" WHERE %s", one->table, where);
          int n;

          if (!annals_db_exec (db, sql, error))
            return FALSE;

          if ((n = sqlite3_changes (db->native)) == 0)
            continue;

          again = TRUE;
          annals_salvage_tell (lost, one->nullable
                                     ? ngettext ("%s: %d no longer names what is lost (%s)",
                                                 "%s: %d no longer name what is lost (%s)", (gulong) n)
                                     : ngettext ("%s: %d went with what it belonged to (%s)",
                                                 "%s: %d went with what they belonged to (%s)", (gulong) n),
                               annals_salvage_get_label (one->table), n, annals_salvage_get_label (one->parent));
        }
    }

  return references != NULL;
}

/* --- texts, dates --- */

static gboolean
store_text (AnnalsDb    *db,
            gint64       id,
            const char  *text,
            const char  *spans,
            GError     **error)
{
  g_autoptr(BorrowedStmt) stmt =
    annals_db_borrow (db, "UPDATE revision SET text = :text, spans = :spans, sha256 = :sha256 WHERE id = :id", error);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  if (stmt == NULL)
    return FALSE;

  bind_int64 (stmt, ":id", id);
  bind_text (stmt, ":text", text);
  bind_text (stmt, ":spans", spans);
  bind_text (stmt, ":sha256", sha256);

  return annals_db_run (db, stmt, error);
}

/* What is not as it was imported is kept, and said. */
static gboolean
mend_text (AnnalsDb      *db,
           BorrowedStmt  *stmt,
           gboolean      *changed,
           GError       **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, column_raw_text (stmt, 2), -1);
  g_autoptr(AnnalsText) text = annals_text_new_from_stored (column_raw_text (stmt, 2), column_raw_text (stmt, 3), NULL);
  g_autoptr(AnnalsText) bare = NULL;
  g_autofree char *plain = NULL;

  *changed = text == NULL || !g_str_equal (sha256, column_text (stmt, 1));
  if (!*changed)
    return TRUE;
  if (text != NULL)
    return store_text (db, column_int64 (stmt, 0), column_raw_text (stmt, 2), column_raw_text (stmt, 3), error);
  if ((text = annals_text_new_from_stored (column_raw_text (stmt, 2), "[]", NULL)) != NULL)
    return store_text (db, column_int64 (stmt, 0), column_raw_text (stmt, 2), "[]", error);

  plain = column_dup_text (stmt, 2);
  bare = annals_text_new_from_plain (plain, -1);
  return store_text (db, column_int64 (stmt, 0), annals_text_get_string (bare), "[]", error);
}

static gboolean
mend_texts (AnnalsDb   *db,
            GPtrArray  *lost,
            GError    **error)
{
  g_autoptr(BorrowedStmt) stmt =
    annals_db_borrow (db,
                      "SELECT revision.id, sha256, text, spans, post.title FROM revision "
                      "JOIN post ON post.id = revision.post ORDER BY revision.id", error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gboolean changed;

      if (!mend_text (db, stmt, &changed, error))
        return FALSE;
      if (changed)
        annals_salvage_tell (lost, _("The text of “%s” is not as it was imported"), column_text (stmt, 4));
    }

  return step == STEP_DONE;
}

static gboolean
store_date (AnnalsDb          *db,
            const char        *sql,
            gint64             id,
            const char        *edtf,
            AnnalsDate        *date,
            GError           **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, sql, error);
  gint64 bound;

  if (stmt == NULL)
    return FALSE;

  bind_int64 (stmt, ":id", id);
  bind_text (stmt, ":edtf", edtf);
  if (annals_date_get_from (date, &bound))
    bind_int64 (stmt, ":from", bound);
  else
    bind_null (stmt, ":from");
  if (annals_date_get_to (date, &bound))
    bind_int64 (stmt, ":to", bound);
  else
    bind_null (stmt, ":to");

  return annals_db_run (db, stmt, error);
}

static gboolean
fit_dates (AnnalsDb    *db,
           const char  *from,
           const char  *to,
           GPtrArray   *lost,
           GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, from, error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      g_autoptr(AnnalsDate) date = annals_date_parse (column_text (stmt, 1), NULL);
      g_autofree char *edtf = g_strdup (date != NULL ? column_text (stmt, 1) : "");

      if (date == NULL)
        {
          date = annals_date_parse ("", NULL);
          if (lost != NULL)
            annals_salvage_tell (lost, _("“%s” has lost its date"), column_text (stmt, 2));
        }
      if (!store_date (db, to, column_int64 (stmt, 0), edtf, date, error))
        return FALSE;
    }

  return step == STEP_DONE;
}

gboolean
annals_salvage_fit_dates (AnnalsDb   *db,
                          GPtrArray  *lost,
                          GError    **error)
{
  return fit_dates (db, "SELECT id, published, title FROM post",
                    "UPDATE post SET published = :edtf, published_from = :from, published_to = :to WHERE id = :id",
                    lost, error) &&
         fit_dates (db, "SELECT id, date, title FROM event",
                    "UPDATE event SET date = :edtf, date_from = :from, date_to = :to WHERE id = :id", lost, error);
}

static gboolean
drop_pictures (AnnalsDb   *db,
               GPtrArray  *lost,
               GError    **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, "SELECT id, sha256, bytes FROM attachment", error);
  g_autoptr(GString) bad = g_string_new ("DELETE FROM attachment WHERE id IN (0");
  AnnalsStep step;
  guint n = 0;

  if (stmt == NULL)
    return FALSE;

  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      g_autoptr(GBytes) bytes = column_dup_bytes (stmt, 2);
      g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

      if (g_str_equal (sha256, column_text (stmt, 1)))
        continue;

      g_string_append_printf (bad, ", %" G_GINT64_FORMAT, column_int64 (stmt, 0));
      n++;
    }
  g_string_append_c (bad, ')');

  if (n > 0)
    annals_salvage_tell (lost, ngettext ("%u picture is damaged and was left out",
                                         "%u pictures are damaged and were left out", n), n);

  return step == STEP_DONE && annals_db_exec (db, bad->str, error);
}

/* --- the notebook's own name --- */

static gboolean
keep_meta (AnnalsDb    *db,
           const char  *key,
           const char  *otherwise,
           GPtrArray   *lost,
           const char  *what,
           GError     **error)
{
  g_autoptr(GError) failure = NULL;
  g_autofree char *value = annals_db_get_meta (db, key, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (value != NULL && *value != '\0')
    return TRUE;

  if (what != NULL)
    annals_salvage_tell (lost, "%s", what);
  return annals_db_set_meta (db, key, otherwise, error);
}

gboolean
annals_salvage_mend (AnnalsDb    *db,
                     const char  *title,
                     GPtrArray   *lost,
                     GError     **error)
{
  g_autofree char *uid = g_uuid_string_random ();
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time ());
  gint64 version = 0;

  return annals_db_query_int64 (db, "PRAGMA user_version", 0, 0, &version, error) &&
         annals_db_exec (db, "DELETE FROM meta WHERE key GLOB 'index.*' OR key GLOB 'note-index.*' "
                             "OR key GLOB 'same-text.*'", error) &&
         keep_meta (db, "uid", uid, lost, _("The notebook has lost its identity and has a new one"), error) &&
         keep_meta (db, "title", title, lost, _("The notebook has lost its title"), error) &&
         keep_meta (db, "created", now, lost, NULL, error) &&
         (version < 2 || drop_pictures (db, lost, error)) &&
         run_repairs (db, (int) version, lost, error) &&
         drop_references (db, lost, error) &&
         run_repairs (db, (int) version, lost, error) &&
         (version < 2 || drop_files (db, lost, error)) &&
         (version < 3 || drop_links (db, lost, error)) &&
         mend_texts (db, lost, error) &&
         annals_salvage_mend_notes (db, (int) version, lost, error) &&
         drop_references (db, lost, error) &&
         annals_salvage_fit_dates (db, lost, error);
}
