/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a backup says that differs. */
#include "config.h"

#include <sqlite3.h>
#include <string.h>

#include "annals-backup-private.h"
#include "annals-entry.h"
#include "annals-links.h"
#include "notebook-fixture.h"

static gboolean
change_all_kinds (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  gint64 *post = data;
  gint64 id, timeline;

  return annals_db_ensure_tag (db, "quay", &id, error) &&
         annals_db_tag_posts (db, id, post, 1, error) &&
         annals_db_set_post_starred (db, post, 1, TRUE, error) &&
         annals_db_add_timeline (db, "Line", "", NULL, "", &timeline, error) &&
         annals_db_add_memo (db, "Memo", "Text", &id, error);
}

static void
test_compare (Fixture       *f,
              gconstpointer  data)
{
  static const char * const expected[] = { "posts 0 1 0", "tags 1 0 0", "tagged 1 0 0", "memos 1 0 0",
                                           "timelines 1 0 0" };
  g_autofree char *old = fixture_backup (f, ANNALS_BACKUP_MANUAL);
  g_autofree char *new = NULL;
  g_autoptr(GPtrArray) kinds = NULL;
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GPtrArray) back = NULL;
  g_autoptr(GError) error = NULL;
  gint64 post = fixture_post (f, 0);

  CHANGE (f, "Change", change_all_kinds, &post);
  kinds = annals_backup_compare (f->path, old, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kinds->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < kinds->len; i++)
    {
      const AnnalsBackupKind *kind = kinds->pdata[i];
      g_autofree char *found = g_strdup_printf ("%s %u %u %u", kind->name, kind->n_added, kind->n_changed,
                                                kind->n_missing);

      g_assert_cmpstr (found, ==, expected[i]);
    }
  g_assert_cmpstr (((AnnalsBackupKind *) kinds->pdata[0])->changed->pdata[0], ==, "Post 0");
  g_assert_cmpstr (((AnnalsBackupKind *) kinds->pdata[2])->added->pdata[0], ==, "quay: Post 0");

  new = fixture_backup (f, ANNALS_BACKUP_MANUAL);
  none = annals_backup_compare (f->path, new, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  annals_backup_restore (f->notebook, old, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  back = annals_backup_compare (f->path, new, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->len, ==, kinds->len);
  g_assert_cmpuint (((AnnalsBackupKind *) back->pdata[1])->n_missing, ==, 1);
  g_assert_cmpstr (((AnnalsBackupKind *) back->pdata[1])->missing->pdata[0], ==, "quay");
}

/* --- nothing is forgotten in the comparison --- */

static gboolean
fill_all_kinds (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(AnnalsDate) date = annals_date_parse ("2020-03", NULL);
  gint64 post = *(gint64 *) data;
  gint64 id, tag, timeline, lane, event, note;

  return annals_db_ensure_tag (db, "above/quay", &tag, error) &&
         annals_db_tag_posts (db, tag, &post, 1, error) &&
         annals_db_add_annotation (db, post, 0, 3, NULL, "A note", &note, error) &&
         annals_db_tag_annotation (db, tag, note, error) &&
         annals_db_add_timeline (db, "Line", "", NULL, "", &timeline, error) &&
         annals_db_ensure_lane (db, timeline, "Lane", NULL, &lane, error) &&
         annals_db_add_event (db, timeline, lane, date, "Event", "Account", &event, error) &&
         annals_db_add_evidence (db, event, post, note, ANNALS_STANCE_SUPPORTS, "", &id, error) &&
         annals_db_add_memo (db, "Memo", "Text", &id, error);
}

/* What has no function above, as rows. */
static const char ROWS[] =
  "INSERT INTO link (uid, from_kind, from_id, relation, to_kind, to_id, note, created, modified, author) "
  "SELECT 'l', 'post', 1, 'cites', 'event', id, '', 1, 1, '' FROM event LIMIT 1;"
  "INSERT INTO event_tag SELECT event.id, tag.id, 1, '' FROM event, tag LIMIT 1;"
  "INSERT INTO saved_search (uid, name, query, position, created, modified, author) VALUES ('s', 'S', 'q', 1, 1, 1, '');"
  "INSERT INTO suggestion SELECT timeline.id, 1, 'later', 1, '' FROM timeline LIMIT 1;"
  "INSERT INTO colour_name VALUES ('yellow', 'Doubt');"
  "INSERT INTO import_rule VALUES ('A', 'p', 'text-month', '{}', 1);"
  "INSERT INTO attachment VALUES (1, 'aa', 'image/png', 1, x'00');"
  "INSERT INTO picture (id, scope, address, attachment) VALUES (1, 0, 'http://a/b.png', 1);"
  "UPDATE meta SET value = 'T' WHERE key = 'title';";

static void
run_sql (const char *path,
         const char *sql)
{
  sqlite3 *native = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &native), ==, SQLITE_OK);
  sqlite3_exec (native, "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF", NULL, NULL, NULL);
  if (sqlite3_exec (native, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
  sqlite3_close (native);
}

/* One row of the table says something else in that column. */
static char *
dup_mutation (const AnnalsEntryClass *klass,
              const AnnalsEntryField *field)
{
  g_autoptr(GString) to = NULL;
  const char *value;

  switch (field->type)
    {
    case ANNALS_VALUE_INTEGER:
    case ANNALS_VALUE_SECONDS:
    case ANNALS_VALUE_TIME:
    case ANNALS_VALUE_NUMBER:
    case ANNALS_VALUE_SEEN:
      value = "ifnull (%s, 0) + 7";
      break;

    case ANNALS_VALUE_BOOLEAN:
      value = "1 - %s";
      break;

    case ANNALS_VALUE_REFERENCE:
    case ANNALS_VALUE_EITHER:
      /* to another row, if there is one, or to none */
      value = field->nullable ? "NULL" : g_str_equal (field->column, "tag") ? "3 - %s" : "%s + 1";
      break;

    default:
      value = "%s || '7'";
      break;
    }

  to = g_string_new (value);
  g_string_replace (to, "%s", field->column, 0);
  return g_strdup_printf ("UPDATE %s SET %s = %s WHERE rowid = (SELECT min (rowid) FROM %s)", klass->table,
                          field->column, to->str, klass->table);
}

/* Whatever column of the user's is another one, the comparison says so. */
static void
test_compare_every_column (Fixture       *f,
                           gconstpointer  data)
{
  g_autofree char *backup = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr(GError) error = NULL;
  gint64 post = fixture_post (f, 0);
  gsize length;
  guint n = 0;
  static const char * const others[] = {
    "DELETE FROM annotation_tag", "DELETE FROM event_tag", "UPDATE timeline_event SET lane = NULL", "DELETE FROM evidence",
    "UPDATE evidence SET annotation = NULL", "UPDATE evidence SET post = 2", "UPDATE tag SET parent = NULL",
    "UPDATE suggestion SET decision = 'added'", "DELETE FROM suggestion", "UPDATE colour_name SET name = 'x'",
    "DELETE FROM post_tag", "DELETE FROM timeline_event", "UPDATE annotation SET post = 2",
    "UPDATE meta SET value = 'Other' WHERE key = 'title'", "UPDATE history SET undone = 1",
    "UPDATE picture SET attachment = NULL", "UPDATE link SET to_id = to_id + 1",
  };

  CHANGE (f, "Fill", fill_all_kinds, &post);
  annals_notebook_close (f->notebook, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (f->notebook);
  run_sql (f->path, ROWS);
  backup = fixture_backup (f, ANNALS_BACKUP_MANUAL);
  g_assert_true (g_file_get_contents (f->path, &bytes, &length, NULL));

  for (AnnalsEntryKind kind = 0; kind < ANNALS_N_ENTRIES; kind++)
    {
      const AnnalsEntryClass *klass = annals_entry_get_class (kind);

      for (guint i = 0; i < annals_entry_class_count (klass); i++)
        {
          const AnnalsEntryField *field = &klass->fields[i];
          g_autofree char *sql = NULL;
          g_autoptr(GPtrArray) kinds = NULL;

          /* WITHOUT ROWID tables are keys, which other tests put and take. */
          if (*field->column == '\0' || annals_backup_why_not_compared (kind, field->member) != NULL ||
              kind == ANNALS_ENTRY_POST_TAG || kind == ANNALS_ENTRY_ANNOTATION_TAG || kind == ANNALS_ENTRY_EVENT_TAG ||
              kind == ANNALS_ENTRY_PLACE || kind == ANNALS_ENTRY_SUGGESTION || kind == ANNALS_ENTRY_COLOUR ||
              field->expression != NULL || field->type == ANNALS_VALUE_REFERENCE || field->type == ANNALS_VALUE_EITHER)
            continue;

          g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length, NULL));
          sql = dup_mutation (klass, field);
          run_sql (f->path, sql);
          kinds = annals_backup_compare (f->path, backup, NULL, &error);
          g_assert_no_error (error);
          if (kinds->len == 0)
            g_error ("Not seen: %s", sql);
          n++;
        }
    }

  g_assert_cmpuint (n, >, 60);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr(GPtrArray) kinds = NULL;

      g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length, NULL));
      run_sql (f->path, others[i]);
      kinds = annals_backup_compare (f->path, backup, NULL, &error);
      g_assert_no_error (error);
      if (kinds->len == 0)
        g_error ("Not seen: %s", others[i]);
    }

  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length, NULL));
  f->notebook = annals_notebook_open (f->path, &error);
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("/notebook/backup/compare", test_compare);
  ADD ("/notebook/backup/compare-every-column", test_compare_every_column);

  return g_test_run ();
}
