/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-import-find.h"

#include <string.h>

#include "annals-imports-private.h"
#include "annals-shingles.h"

/* Below it two texts are about something else. */
#define UNRELATED 0.2
/* Fewer shingles tell nothing. */
#define MIN_SHINGLES 3
/* So many posts of one identity are told apart by number; after these the title does. */
#define MAX_ORDINAL 8
/* An id beyond it (of a damaged file) is not noted. */
#define MAX_SEEN_ID (1 << 28)

/* Parameters in the order of annals-import-store.c */
static const char * const hot_sql[ANNALS_N_HOT] = {
  [ANNALS_HOT_FIND_UID] = "SELECT id FROM post WHERE uid = ?1",
  [ANNALS_HOT_FIND_ALIAS] =
    "SELECT post, (SELECT uid FROM post WHERE post.id = post_alias.post) FROM post_alias WHERE id = ?1",
  [ANNALS_HOT_FIND_REVISIONS] =
    "SELECT max(CASE WHEN import = ?2 THEN id END), "
    "(SELECT newer.id FROM revision AS newer JOIN import ON import.id = newer.import "
    "WHERE newer.post = ?1 AND import.id != ?2 AND import.state = 'done' "
    "ORDER BY " ANNALS_REVISION_ORDER ("newer") " LIMIT 1), "
    "max(created) FROM revision WHERE post = ?1",
  [ANNALS_HOT_FIND_SOURCE] = "SELECT id FROM source WHERE name = ?1",
  [ANNALS_HOT_INSERT_POST] =
    "INSERT INTO post (uid, title, url, author, source, published, published_from, published_to, language, "
    "import, place, kind, withdrawn) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1)",
  [ANNALS_HOT_INSERT_REVISION] =
    "INSERT INTO revision (post, import, created, title, url, author, source, published, language, place, tags, "
    "sha256, text, spans, markup_kind, markup, kind, extent, file) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
  [ANNALS_HOT_INSERT_ALIAS] = "INSERT OR IGNORE INTO post_alias (id, post, import) VALUES (?1, ?2, ?3)",
  [ANNALS_HOT_POINT] = "UPDATE post SET revision = ?1 WHERE id = ?2",
};

BorrowedStmt *
annals_import_borrow (AnnalsDb   *db,
                      AnnalsHot   hot,
                      GError    **error)
{
  if (db->hot == NULL)
    db->hot = g_new0 (BorrowedStmt *, ANNALS_N_HOT);
  if (db->hot[hot] == NULL)
    db->hot[hot] = annals_db_borrow (db, hot_sql[hot], error);

  return db->hot[hot];
}

/* --- what was seen: a bit for each post --- */

void
annals_import_see (AnnalsDb *db,
                   gint64    import_id,
                   gint64    post_id)
{
  if (post_id < 0 || post_id > MAX_SEEN_ID)
    return;

  if (db->seen == NULL)
    db->seen = g_byte_array_new ();
  if (db->seen_import != import_id)
    g_byte_array_set_size (db->seen, 0);
  db->seen_import = import_id;

  if (post_id / 8 >= db->seen->len)
    {
      guint length = db->seen->len;

      g_byte_array_set_size (db->seen, (guint) (post_id / 8 + 4096));
      memset (db->seen->data + length, 0, db->seen->len - length);
    }
  db->seen->data[post_id / 8] |= (guint8) (1 << (post_id % 8));
}

gboolean
annals_import_has_seen (AnnalsDb *db,
                        gint64    import_id,
                        gint64    post_id)
{
  return db->seen != NULL && db->seen_import == import_id && post_id >= 0 && post_id / 8 < db->seen->len &&
         (db->seen->data[post_id / 8] & (1 << (post_id % 8))) != 0;
}

/* --- finding --- */

static gboolean
find_uid (AnnalsTarget         *self,
          AnnalsDb             *db,
          const AnnalsPostUid  *uid,
          GError              **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_import_borrow (db, ANNALS_HOT_FIND_UID, error);
  AnnalsStep step;

  self->post_id = 0;
  self->uid = *uid;
  if (stmt == NULL)
    return FALSE;

  bind_text_at (stmt, 1, uid->string);
  step = annals_db_step (db, stmt, error);
  if (step == STEP_ROW)
    self->post_id = column_int64 (stmt, 0);

  return step != STEP_ERROR;
}

/* By a further identity */
static gboolean
find_alias (AnnalsTarget         *self,
            AnnalsDb             *db,
            const AnnalsPostUid  *uid,
            GError              **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_import_borrow (db, ANNALS_HOT_FIND_ALIAS, error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  bind_blob_at (stmt, 1, uid->bytes, sizeof uid->bytes);
  step = annals_db_step (db, stmt, error);
  if (step == STEP_ROW && annals_post_uid_init_from_string (&self->uid, column_text (stmt, 1)))
    self->post_id = column_int64 (stmt, 0);

  return step != STEP_ERROR;
}

static gboolean
find_revisions (AnnalsTarget  *self,
                AnnalsDb      *db,
                gint64         import_id,
                GError       **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_import_borrow (db, ANNALS_HOT_FIND_REVISIONS, error);

  if (stmt == NULL)
    return FALSE;

  bind_int64_at (stmt, 1, self->post_id);
  bind_int64_at (stmt, 2, import_id);
  if (annals_db_step (db, stmt, error) != STEP_ROW)
    return FALSE;

  self->own_id = column_int64 (stmt, 0);
  self->before_id = column_int64 (stmt, 1);
  self->newest = column_int64 (stmt, 2);

  return TRUE;
}

/* --- one post or two --- */

static gboolean
texts_are_unrelated (const char *a,
                     const char *b)
{
  g_autoptr(AnnalsShingles) first = annals_shingles_new (a, strlen (a));
  g_autoptr(AnnalsShingles) second = annals_shingles_new (b, strlen (b));

  /* texts of a few words: one that is not in the other is not the other's beginning */
  if (first->n < MIN_SHINGLES || second->n < MIN_SHINGLES)
    return strstr (a, b) == NULL && strstr (b, a) == NULL;

  return annals_shingles_share (first, second) < UNRELATED;
}

typedef enum
{
  LIKENESS_OTHER,     /* another post under the same identity */
  LIKENESS_RELATED,
  LIKENESS_EQUAL,     /* the same text or the same title */
} Likeness;

/* @can_differ: it may be another post, so that the texts are worth comparing */
static gboolean
compare_with (AnnalsDb             *db,
              gint64                revision_id,
              const AnnalsNewPost  *post,
              const AnnalsCopy     *copy,
              gboolean              can_differ,
              Likeness             *likeness,
              GError              **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  const char *title;

  if (!(stmt = annals_db_borrow (db, "SELECT sha256, title, extent, text FROM revision WHERE id = :id", error)))
    return FALSE;

  bind_int64 (stmt, ":id", revision_id);
  if (!annals_db_step_to (db, stmt, revision_id, error))
    return FALSE;

  *likeness = LIKENESS_RELATED;
  title = column_text (stmt, 1);
  if (g_str_equal (column_text (stmt, 0), copy->sha256) ||
      (*title != '\0' && g_str_equal (title, copy->fields[ANNALS_FIELD_TITLE])))
    *likeness = LIKENESS_EQUAL;
  else if (can_differ && *title != '\0' && *copy->fields[ANNALS_FIELD_TITLE] != '\0' &&
           column_int64 (stmt, 2) != ANNALS_EXTENT_EXCERPT && copy->extent != ANNALS_EXTENT_EXCERPT &&
           texts_are_unrelated (column_text (stmt, 3), annals_text_get_string (post->text)))
    *likeness = LIKENESS_OTHER;

  return TRUE;
}

/* Whether the post came in this import already; then another one of the same identity may be another
 * post. */
static gboolean
came_before (const AnnalsTarget *self,
             AnnalsDb           *db,
             gint64              import_id)
{
  return self->own_id != 0 || annals_import_has_seen (db, import_id, self->post_id);
}

static gboolean
find_known (AnnalsTarget         *self,
            AnnalsDb             *db,
            gint64                import_id,
            const AnnalsPostUid  *uid,
            GError              **error)
{
  self->own_id = self->before_id = self->newest = 0;

  return find_uid (self, db, uid, error) &&
         (self->post_id == 0 || find_revisions (self, db, import_id, error));
}

/* Other posts under the identity of @self, whose likeness to the copy is @likeness: the one that fits
 * best, else @self unless it is a post of its own. */
static gboolean
choose_sibling (AnnalsTarget         *self,
                AnnalsDb             *db,
                gint64                import_id,
                const AnnalsNewPost  *post,
                const AnnalsCopy     *copy,
                Likeness              likeness,
                GError              **error)
{
  for (guint ordinal = 2; ordinal <= MAX_ORDINAL + 1; ordinal++)
    {
      g_autofree char *identity =
        ordinal <= MAX_ORDINAL
        ? g_strdup_printf ("%s\x1f%u", post->identity, ordinal)
        : g_strdup_printf ("%s\x1f%s", post->identity, copy->fields[ANNALS_FIELD_TITLE]);
      AnnalsTarget sibling = { .is_sibling = TRUE };
      AnnalsPostUid uid;
      Likeness sibling_likeness;
      gint64 revision_id;

      annals_post_uid_init (&uid, identity);
      if (!find_known (&sibling, db, import_id, &uid, error))
        return FALSE;

      revision_id = sibling.own_id != 0 ? sibling.own_id : sibling.before_id;
      if (revision_id == 0)
        {
          if (likeness == LIKENESS_OTHER)
            *self = sibling;
          return TRUE;
        }

      if (!compare_with (db, revision_id, post, copy, TRUE, &sibling_likeness, error))
        return FALSE;

      if (sibling_likeness == LIKENESS_EQUAL ||
          (sibling_likeness == LIKENESS_RELATED && likeness == LIKENESS_OTHER) ||
          ordinal > MAX_ORDINAL)
        {
          *self = sibling;
          return TRUE;
        }
    }

  return TRUE;
}

/* @self was found by one of the copy's identities. Is it this very post? @own: by the first. */
static gboolean
settle (AnnalsTarget         *self,
        AnnalsDb             *db,
        gint64                import_id,
        const AnnalsNewPost  *post,
        const AnnalsCopy     *copy,
        gboolean              own,
        GError              **error)
{
  gint64 revision_id;
  gboolean again;
  Likeness likeness;

  if (!find_revisions (self, db, import_id, error))
    return FALSE;

  revision_id = self->own_id != 0 ? self->own_id : self->before_id;
  if (revision_id == 0)
    return TRUE;

  again = came_before (self, db, import_id);
  if (!compare_with (db, revision_id, post, copy, again, &likeness, error))
    return FALSE;

  if (likeness == LIKENESS_EQUAL || (!again && !own))
    return TRUE;

  if (own)
    return choose_sibling (self, db, import_id, post, copy, likeness, error);

  if (likeness == LIKENESS_OTHER)
    self->post_id = 0;   /* an identity that was not the copy's own led astray */

  return TRUE;
}

gboolean
annals_target_find (AnnalsTarget         *self,
                    AnnalsDb             *db,
                    gint64                import_id,
                    const AnnalsNewPost  *post,
                    const AnnalsCopy     *copy,
                    const AnnalsPostUid  *keys,
                    guint                 n_keys,
                    GError              **error)
{
  for (guint i = 0; i < n_keys; i++)
    {
      *self = (AnnalsTarget) { 0 };
      if (!find_uid (self, db, &keys[i], error) ||
          (self->post_id == 0 && !find_alias (self, db, &keys[i], error)))
        return FALSE;

      if (self->post_id == 0)
        continue;

      if (!settle (self, db, import_id, post, copy, i == 0, error))
        return FALSE;
      if (self->post_id != 0 || i == 0)
        return TRUE;   /* with 0: another post under the same identity, still to be made */
    }

  *self = (AnnalsTarget) { .uid = keys[0] };
  return TRUE;
}
