/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-db-private.h"

#include <glib/gi18n-lib.h>

#include "annals-backup-private.h"

/* Rows that the user makes have a uid, created, modified (UTC microseconds) and author. Tables that
 * undo records need a declared primary key that is never NULL, and no generated columns. */
static const char STEP_1[] =
  "CREATE TABLE meta ("
  "  key TEXT NOT NULL PRIMARY KEY,"
  "  value TEXT NOT NULL"
  ") STRICT;"

  "CREATE TABLE source ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  name TEXT NOT NULL UNIQUE"
  ") STRICT;"

  "CREATE TABLE import ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  uid TEXT NOT NULL UNIQUE,"
  "  started INTEGER NOT NULL,"
  "  seconds REAL NOT NULL DEFAULT 0,"
  "  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'undone')),"
  "  runner TEXT NOT NULL,"
  "  file_name TEXT NOT NULL,"
  "  file_size INTEGER NOT NULL DEFAULT 0,"
  "  file_sha256 TEXT NOT NULL DEFAULT '',"
  "  format TEXT NOT NULL,"
  "  archive TEXT NOT NULL,"
  "  options TEXT NOT NULL,"
  "  n_read INTEGER NOT NULL DEFAULT 0,"
  "  n_new INTEGER NOT NULL DEFAULT 0,"
  "  n_updated INTEGER NOT NULL DEFAULT 0,"
  "  n_unchanged INTEGER NOT NULL DEFAULT 0,"
  "  n_skipped INTEGER NOT NULL DEFAULT 0,"
  "  n_issues INTEGER NOT NULL DEFAULT 0"
  ") STRICT;"

  "CREATE TABLE import_issue ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  import INTEGER NOT NULL REFERENCES import (id),"
  "  severity TEXT NOT NULL CHECK (severity IN ('note', 'warning', 'error')),"
  "  place TEXT NOT NULL,"
  "  reason TEXT NOT NULL,"
  "  excerpt TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX import_issue_import ON import_issue (import);"

  /* What lists and filters need of a post: a copy of what its current revision says, and the user's
   * marks. withdrawn: its imports are running still or undone. */
  "CREATE TABLE post ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  uid TEXT NOT NULL UNIQUE,"
  "  title TEXT NOT NULL,"
  "  url TEXT NOT NULL,"
  "  author TEXT NOT NULL,"
  "  source INTEGER REFERENCES source (id),"
  "  published TEXT NOT NULL,"
  "  published_from INTEGER,"
  "  published_to INTEGER,"
  "  language TEXT NOT NULL,"
  "  import INTEGER NOT NULL REFERENCES import (id),"
  "  place INTEGER NOT NULL,"
  "  read INTEGER NOT NULL DEFAULT 0,"
  "  starred INTEGER NOT NULL DEFAULT 0,"
  "  trashed INTEGER NOT NULL DEFAULT 0,"
  "  withdrawn INTEGER NOT NULL DEFAULT 0,"
  "  revision INTEGER REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED"
  ") STRICT;"
  /* Both are whole lists, in their order: NEWEST (backwards OLDEST) and TITLE of annals-posts.c. */
  "CREATE INDEX post_published ON post (withdrawn, trashed, published_from DESC, published_to DESC,"
  " import DESC, place);"
  "CREATE INDEX post_title ON post (withdrawn, trashed, title COLLATE NOCASE);"
  "CREATE INDEX post_source ON post (source);"
  "CREATE INDEX post_import ON post (import);"

  /* One import's version of a post: all that was imported, as it was imported. markup is deflated. */
  "CREATE TABLE revision ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  post INTEGER NOT NULL REFERENCES post (id),"
  "  import INTEGER NOT NULL REFERENCES import (id),"
  "  created INTEGER NOT NULL,"
  "  title TEXT NOT NULL,"
  "  url TEXT NOT NULL,"
  "  author TEXT NOT NULL,"
  "  source INTEGER REFERENCES source (id),"
  "  published TEXT NOT NULL,"
  "  language TEXT NOT NULL,"
  "  place INTEGER NOT NULL,"
  "  tags TEXT NOT NULL,"
  "  sha256 TEXT NOT NULL,"
  "  text TEXT NOT NULL,"
  "  spans TEXT NOT NULL,"
  "  markup_kind TEXT NOT NULL CHECK (markup_kind IN ('html', 'text')),"
  "  markup BLOB"
  ") STRICT;"
  /* Rows are wide: what is asked of many of them stands in the indexes. */
  "CREATE INDEX revision_post ON revision (post, import);"
  "CREATE INDEX revision_import ON revision (import, post);"

  "CREATE TABLE annotation ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  uid TEXT NOT NULL UNIQUE,"
  "  post INTEGER NOT NULL REFERENCES post (id),"
  "  revision INTEGER NOT NULL REFERENCES revision (id),"
  "  start INTEGER NOT NULL,"
  "  end INTEGER NOT NULL,"
  "  quote TEXT NOT NULL,"
  "  prefix TEXT NOT NULL,"
  "  suffix TEXT NOT NULL,"
  "  colour TEXT NOT NULL,"
  "  note TEXT NOT NULL,"
  "  state TEXT NOT NULL CHECK (state IN ('anchored', 'moved', 'review')),"
  "  created INTEGER NOT NULL,"
  "  modified INTEGER NOT NULL,"
  "  author TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX annotation_post ON annotation (post, start, end);"

  "CREATE TABLE tag ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  uid TEXT NOT NULL UNIQUE,"
  "  name TEXT NOT NULL,"
  "  folded TEXT NOT NULL UNIQUE,"
  "  parent INTEGER REFERENCES tag (id),"
  "  colour TEXT NOT NULL,"
  "  description TEXT NOT NULL,"
  "  synonyms TEXT NOT NULL,"
  "  created INTEGER NOT NULL,"
  "  modified INTEGER NOT NULL,"
  "  author TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX tag_parent ON tag (parent);"

  "CREATE TABLE post_tag ("
  "  post INTEGER NOT NULL REFERENCES post (id),"
  "  tag INTEGER NOT NULL REFERENCES tag (id),"
  "  created INTEGER NOT NULL,"
  "  author TEXT NOT NULL,"
  "  PRIMARY KEY (post, tag)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX post_tag_tag ON post_tag (tag, post);"

  "CREATE TABLE annotation_tag ("
  "  annotation INTEGER NOT NULL REFERENCES annotation (id),"
  "  tag INTEGER NOT NULL REFERENCES tag (id),"
  "  created INTEGER NOT NULL,"
  "  author TEXT NOT NULL,"
  "  PRIMARY KEY (annotation, tag)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX annotation_tag_tag ON annotation_tag (tag, annotation);"

  "CREATE TABLE timeline ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  uid TEXT NOT NULL UNIQUE,"
  "  title TEXT NOT NULL,"
  "  description TEXT NOT NULL,"
  "  colour TEXT NOT NULL,"
  "  rule TEXT NOT NULL,"
  "  created INTEGER NOT NULL,"
  "  modified INTEGER NOT NULL,"
  "  author TEXT NOT NULL"
  ") STRICT;"

  "CREATE TABLE lane ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  uid TEXT NOT NULL UNIQUE,"
  "  timeline INTEGER NOT NULL REFERENCES timeline (id),"
  "  name TEXT NOT NULL,"
  "  colour TEXT NOT NULL,"
  "  position INTEGER NOT NULL,"
  "  created INTEGER NOT NULL,"
  "  modified INTEGER NOT NULL,"
  "  author TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX lane_timeline ON lane (timeline, position);"

  "CREATE TABLE event ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  uid TEXT NOT NULL UNIQUE,"
  "  date TEXT NOT NULL,"
  "  date_from INTEGER,"
  "  date_to INTEGER,"
  "  title TEXT NOT NULL,"
  "  account TEXT NOT NULL,"
  "  created INTEGER NOT NULL,"
  "  modified INTEGER NOT NULL,"
  "  author TEXT NOT NULL"
  ") STRICT;"

  "CREATE TABLE timeline_event ("
  "  timeline INTEGER NOT NULL REFERENCES timeline (id),"
  "  event INTEGER NOT NULL REFERENCES event (id),"
  "  lane INTEGER REFERENCES lane (id),"
  "  PRIMARY KEY (timeline, event)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX timeline_event_event ON timeline_event (event);"
  "CREATE INDEX timeline_event_lane ON timeline_event (lane);"

  "CREATE TABLE evidence ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  uid TEXT NOT NULL UNIQUE,"
  "  event INTEGER NOT NULL REFERENCES event (id),"
  "  post INTEGER NOT NULL REFERENCES post (id),"
  "  annotation INTEGER REFERENCES annotation (id),"
  "  stance TEXT NOT NULL CHECK (stance IN ('supports', 'contradicts')),"
  "  note TEXT NOT NULL,"
  "  position INTEGER NOT NULL,"
  "  created INTEGER NOT NULL,"
  "  modified INTEGER NOT NULL,"
  "  author TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX evidence_event ON evidence (event, position);"
  "CREATE INDEX evidence_post ON evidence (post);"
  "CREATE INDEX evidence_annotation ON evidence (annotation);"

  "CREATE TABLE history ("
  "  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,"
  "  label TEXT NOT NULL,"
  "  time INTEGER NOT NULL,"
  "  import INTEGER REFERENCES import (id),"
  "  changes BLOB NOT NULL,"
  "  undone INTEGER NOT NULL DEFAULT 0"
  ") STRICT;"
  "CREATE INDEX history_undone ON history (id) WHERE undone = 1;"

  "CREATE VIEW post_text (id, title, text) AS"
  "  SELECT post.id, post.title, revision.text"
  "  FROM post JOIN revision ON revision.id = post.revision;";

/* Import any archive. A CHECK on a new column would make SQLite read every row of the table. */
static const char STEP_2[] =
  /* What a run that was interrupted can go on from: path, and how far it is. removing: it is being taken
   * back, in steps. */
  "ALTER TABLE import ADD COLUMN path TEXT NOT NULL DEFAULT '';"
  "ALTER TABLE import ADD COLUMN mark_records INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE import ADD COLUMN mark_digest TEXT NOT NULL DEFAULT '';"
  "ALTER TABLE import ADD COLUMN mark_file INTEGER;"
  "ALTER TABLE import ADD COLUMN removing INTEGER NOT NULL DEFAULT 0;"

  "ALTER TABLE import_issue ADD COLUMN code TEXT NOT NULL DEFAULT 'other';"
  "ALTER TABLE import_issue ADD COLUMN record INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE import_issue ADD COLUMN can_force INTEGER NOT NULL DEFAULT 0;"
  "DROP INDEX import_issue_import;"
  "CREATE INDEX import_issue_import ON import_issue (import, code);"

  /* A file that posts were read from. */
  "CREATE TABLE import_file ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  import INTEGER NOT NULL REFERENCES import (id),"
  "  path TEXT NOT NULL,"
  "  size INTEGER NOT NULL DEFAULT 0,"
  "  sha256 TEXT NOT NULL DEFAULT '',"
  "  format TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX import_file_import ON import_file (import);"

  /* extent: AnnalsExtent. What came before is WXR, where posts are whole, and plain text of months. file
   * has no REFERENCES: each file that goes would walk all revisions. */
  "ALTER TABLE post ADD COLUMN kind TEXT NOT NULL DEFAULT 'post';"
  "ALTER TABLE revision ADD COLUMN kind TEXT NOT NULL DEFAULT 'post';"
  "ALTER TABLE revision ADD COLUMN extent INTEGER NOT NULL DEFAULT 2;"
  "ALTER TABLE revision ADD COLUMN file INTEGER;"
  "UPDATE revision SET extent = 1 WHERE import IN (SELECT id FROM import WHERE format = 'text-month');"

  /* Whole lists, as before, but of what is shown: a run's posts are hidden until its end, and then moved
   * from one end of these to the other. */
  "DROP INDEX post_published;"
  "CREATE INDEX post_published ON post (trashed, published_from DESC, published_to DESC, import DESC, place)"
  " WHERE withdrawn = 0;"
  "DROP INDEX post_title;"
  "CREATE INDEX post_title ON post (trashed, title COLLATE NOCASE) WHERE withdrawn = 0;"
  /* Without them each revision that goes would walk all posts and notes for one that names it. */
  "CREATE INDEX post_revision ON post (revision);"
  "CREATE INDEX annotation_revision ON annotation (revision);"
  /* The end of a run puts tags on posts, and most have none. */
  "CREATE INDEX revision_tagged ON revision (import) WHERE tags != '';"

  /* Further identities of a post: id is the 16 bytes of the version 5 UUID that such an identity would
   * give. import: the run that said so. */
  "CREATE TABLE post_alias ("
  "  id BLOB NOT NULL PRIMARY KEY,"
  "  post INTEGER NOT NULL REFERENCES post (id),"
  "  import INTEGER NOT NULL"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX post_alias_post ON post_alias (post);"

  /* What the copies say that a revision was made of, best first, when it was not made of one alone. */
  "CREATE TABLE revision_copy ("
  "  revision INTEGER NOT NULL REFERENCES revision (id),"
  "  n INTEGER NOT NULL,"
  "  extent INTEGER NOT NULL,"
  "  length INTEGER NOT NULL,"
  "  sha256 TEXT NOT NULL,"
  "  uid TEXT NOT NULL,"
  "  kind TEXT NOT NULL,"
  "  title TEXT NOT NULL,"
  "  url TEXT NOT NULL,"
  "  author TEXT NOT NULL,"
  "  source TEXT NOT NULL,"
  "  published TEXT NOT NULL,"
  "  language TEXT NOT NULL,"
  "  tags TEXT NOT NULL,"
  "  place INTEGER NOT NULL,"
  "  file INTEGER,"
  "  PRIMARY KEY (revision, n)"
  ") STRICT, WITHOUT ROWID;"

  /* Copies of a post that were seen and were not the best: their digests, so that the same archive brings
   * nothing new the next time. */
  "CREATE TABLE known_copy ("
  "  post INTEGER NOT NULL REFERENCES post (id),"
  "  digest BLOB NOT NULL,"
  "  import INTEGER NOT NULL,"
  "  PRIMARY KEY (post, digest, import)"
  ") STRICT, WITHOUT ROWID;"

  /* Bytes that posts show, once each. */
  "CREATE TABLE attachment ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  sha256 TEXT NOT NULL UNIQUE,"
  "  media_type TEXT NOT NULL,"
  "  size INTEGER NOT NULL,"
  "  bytes BLOB NOT NULL"
  ") STRICT;"
  /* Addresses of pictures that texts show. scope: the import of an address that means something there
   * alone; 0: an absolute one. import: the one that brought the bytes. */
  "CREATE TABLE picture ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  scope INTEGER NOT NULL,"
  "  address TEXT NOT NULL,"
  "  attachment INTEGER REFERENCES attachment (id),"
  "  import INTEGER,"
  "  UNIQUE (scope, address)"
  ") STRICT;"
  "CREATE INDEX picture_attachment ON picture (attachment);"
  "CREATE INDEX picture_import ON picture (import) WHERE import IS NOT NULL;"
  "CREATE TABLE revision_picture ("
  "  revision INTEGER NOT NULL REFERENCES revision (id),"
  "  picture INTEGER NOT NULL REFERENCES picture (id),"
  "  PRIMARY KEY (revision, picture)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX revision_picture_picture ON revision_picture (picture);"

  /* What was said of an archive. */
  "CREATE TABLE import_rule ("
  "  archive TEXT NOT NULL PRIMARY KEY,"
  "  pattern TEXT NOT NULL,"
  "  format TEXT NOT NULL,"
  "  options TEXT NOT NULL,"
  "  saved INTEGER NOT NULL"
  ") STRICT;"
  "CREATE INDEX import_rule_pattern ON import_rule (pattern, format);"

  /* Derived by annals-same-text.c: each revision's signature (empty: too short to tell), and which
   * revisions have nearly the same text; cluster is the lowest of them. */
  "CREATE TABLE text_signature ("
  "  revision INTEGER NOT NULL PRIMARY KEY,"
  "  signature BLOB NOT NULL"
  ") STRICT;"
  "CREATE TABLE same_text ("
  "  revision INTEGER NOT NULL PRIMARY KEY,"
  "  cluster INTEGER NOT NULL"
  ") STRICT;"
  "CREATE INDEX same_text_cluster ON same_text (cluster);";

/* Links, memos, rules of tags, names of colours, saved searches, what was decided of suggestions. */
static const char STEP_3[] =
  "CREATE TABLE link ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  uid TEXT NOT NULL UNIQUE,"
  "  from_kind TEXT NOT NULL CHECK (from_kind IN ('post', 'annotation', 'event')),"
  "  from_id INTEGER NOT NULL,"
  "  relation TEXT NOT NULL CHECK (relation IN ('follows', 'supports', 'contradicts', 'cites', 'same event',"
  "   'related')),"
  "  to_kind TEXT NOT NULL CHECK (to_kind IN ('post', 'annotation', 'event')),"
  "  to_id INTEGER NOT NULL,"
  "  note TEXT NOT NULL,"
  "  created INTEGER NOT NULL,"
  "  modified INTEGER NOT NULL,"
  "  author TEXT NOT NULL,"
  "  UNIQUE (from_kind, from_id, relation, to_kind, to_id)"
  ") STRICT;"
  "CREATE INDEX link_to ON link (to_kind, to_id);"

  "CREATE TABLE memo ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  uid TEXT NOT NULL UNIQUE,"
  "  title TEXT NOT NULL,"
  "  text TEXT NOT NULL,"
  "  created INTEGER NOT NULL,"
  "  modified INTEGER NOT NULL,"
  "  author TEXT NOT NULL"
  ") STRICT;"
  /* What the [[links]] of a memo name; written with its text. */
  "CREATE TABLE memo_reference ("
  "  memo INTEGER NOT NULL REFERENCES memo (id),"
  "  kind TEXT NOT NULL CHECK (kind IN ('post', 'annotation', 'event', 'timeline', 'memo', 'tag')),"
  "  target INTEGER NOT NULL,"
  "  PRIMARY KEY (memo, kind, target)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX memo_reference_target ON memo_reference (kind, target);"

  /* rule_seen: the highest id of a post when the rule was last applied or put off. */
  "ALTER TABLE tag ADD COLUMN rule TEXT NOT NULL DEFAULT '';"
  "ALTER TABLE tag ADD COLUMN rule_seen INTEGER NOT NULL DEFAULT 0;"
  "CREATE TABLE event_tag ("
  "  event INTEGER NOT NULL REFERENCES event (id),"
  "  tag INTEGER NOT NULL REFERENCES tag (id),"
  "  created INTEGER NOT NULL,"
  "  author TEXT NOT NULL,"
  "  PRIMARY KEY (event, tag)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX event_tag_tag ON event_tag (tag, event);"

  /* A note whose passage is gone and which was kept all the same: its state stays "review". */
  "ALTER TABLE annotation ADD COLUMN orphan INTEGER NOT NULL DEFAULT 0;"
  /* One that moved and that nobody has looked at since: when (0: none such), and what and where it was. */
  "ALTER TABLE annotation ADD COLUMN moved INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE annotation ADD COLUMN was_quote TEXT NOT NULL DEFAULT '';"
  "ALTER TABLE annotation ADD COLUMN was_start INTEGER NOT NULL DEFAULT 0;"
  "CREATE INDEX annotation_review ON annotation (post) WHERE state = 'review';"
  /* What the user calls highlights of a colour, where it is not the palette's own word. */
  "CREATE TABLE colour_name ("
  "  colour TEXT NOT NULL PRIMARY KEY,"
  "  name TEXT NOT NULL"
  ") STRICT, WITHOUT ROWID;"
  "ALTER TABLE lane ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;"
  /* The action that this step took back by itself; 0: none. */
  "ALTER TABLE history ADD COLUMN reverts INTEGER NOT NULL DEFAULT 0;"
  "CREATE INDEX history_reverts ON history (reverts) WHERE reverts != 0;"

  /* seen: the highest id of a post when its posts were last shown. */
  "CREATE TABLE saved_search ("
  "  id INTEGER NOT NULL PRIMARY KEY,"
  "  uid TEXT NOT NULL UNIQUE,"
  "  name TEXT NOT NULL,"
  "  query TEXT NOT NULL,"
  "  position INTEGER NOT NULL,"
  "  seen INTEGER NOT NULL DEFAULT 0,"
  "  created INTEGER NOT NULL,"
  "  modified INTEGER NOT NULL,"
  "  author TEXT NOT NULL"
  ") STRICT;"

  /* Posts that were suggested for a timeline, and what became of them. */
  "CREATE TABLE suggestion ("
  "  timeline INTEGER NOT NULL REFERENCES timeline (id),"
  "  post INTEGER NOT NULL REFERENCES post (id),"
  "  decision TEXT NOT NULL CHECK (decision IN ('added', 'rejected', 'later')),"
  "  created INTEGER NOT NULL,"
  "  author TEXT NOT NULL,"
  "  PRIMARY KEY (timeline, post)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX suggestion_post ON suggestion (post);";

static const char * const steps[] = {
  STEP_1,
  STEP_2,
  STEP_3,
};

int
annals_schema_get_version (void)
{
  return G_N_ELEMENTS (steps);
}

static gboolean
run_step (AnnalsDb  *self,
          int        version,
          GError   **error)
{
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %d", version);

  return annals_db_exec (self, steps[version - 1], error) && annals_db_exec (self, set_version, error);
}

static gboolean
apply_step (AnnalsDb  *self,
            int        version,
            GError   **error)
{
  if (annals_db_exec (self, "BEGIN IMMEDIATE", error) &&
      run_step (self, version, error) &&
      annals_db_exec (self, "COMMIT", error))
    return TRUE;

  annals_db_roll_back (self);

  return FALSE;
}

gboolean
annals_schema_create (AnnalsDb  *self,
                      int        version,
                      GError   **error)
{
  for (int i = 1; i <= version; i++)
    if (!run_step (self, i, error))
      return FALSE;

  return TRUE;
}

/* As it is before its first migration step. Beside the file, wherever else backups are kept: that is known to
 * the window alone. */
static gboolean
back_up (AnnalsDb  *self,
         GError   **error)
{
  const AnnalsBackupWork work = { NULL, NULL, self->cancellable };
  g_autoptr(GError) failure = NULL;
  g_autofree char *backup = annals_backup_make_db (self, NULL, ANNALS_BACKUP_MIGRATION, &work, &failure);

  if (backup != NULL)
    return TRUE;

  g_set_error (error, failure->domain, failure->code,
               _("“%s”: its format is older and was left as it is, because the backup before the change cannot be "
                 "written: %s"), self->path, failure->message);
  return FALSE;
}

/* What a file's schema consists of, but for the tables of the search indexes, which annals-index.c and
 * annals-note-index.c make.
 * The statistics of ANALYZE may be there. */
#define SCHEMA_SQL \
  "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull (sql, '') FROM sqlite_schema " \
  "WHERE ((name NOT GLOB 'post_index*' AND name NOT GLOB 'note_index*') OR type != 'table') " \
  "AND name NOT GLOB 'sqlite_stat[1-4]' ORDER BY 1"

static char *
dup_schema (AnnalsDb  *self,
            GError   **error)
{
  g_autoptr(GString) schema = g_string_new (NULL);
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self, SCHEMA_SQL, error);
  AnnalsStep step;

  if (stmt == NULL)
    return NULL;

  while ((step = annals_db_step (self, stmt, error)) == STEP_ROW)
    g_string_append_printf (schema, "%s\n", column_text (stmt, 0));

  return step == STEP_DONE ? g_string_free (g_steal_pointer (&schema), FALSE) : NULL;
}

static gboolean
get_version (AnnalsDb  *self,
             int       *version,
             GError   **error)
{
  gint64 number = 0;

  if (!annals_db_query_int64 (self, "PRAGMA user_version", 0, 0, &number, error))
    return FALSE;

  *version = (int) number;
  if (number >= 1 && number <= annals_schema_get_version ())
    return TRUE;

  if (number < 1)
    g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT,
                 _("“%s”: the notebook has no tables; it was not made to its end"), self->path);
  else
    g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_TOO_NEW,
                 _("“%s”: written by a newer version of Annals (its format is %d, this program "
                   "knows formats up to %d)"), self->path, *version, annals_schema_get_version ());
  return FALSE;
}

gboolean
annals_schema_verify (AnnalsDb  *self,
                      GError   **error)
{
  g_autoptr(AnnalsDb) model = NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *found = NULL;
  int version;

  if (!get_version (self, &version, error) ||
      !(model = annals_db_open_in_memory (error)) ||
      !annals_schema_create (model, version, error) ||
      !(wanted = dup_schema (model, error)) ||
      !(found = dup_schema (self, error)))
    return FALSE;

  if (g_str_equal (found, wanted))
    return TRUE;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_CORRUPT,
               _("“%s”: its tables are not those of a notebook; the file is damaged or was changed by "
                 "another program"), self->path);
  return FALSE;
}

gboolean
annals_schema_migrate (AnnalsDb  *self,
                       gboolean   with_backup,
                       GError   **error)
{
  int version;

  if (!get_version (self, &version, error) ||
      (with_backup && version < annals_schema_get_version () && !back_up (self, error)))
    return FALSE;

  while (version < annals_schema_get_version ())
    if (g_cancellable_set_error_if_cancelled (self->cancellable, error) || !apply_step (self, ++version, error))
      return FALSE;

  return TRUE;
}
