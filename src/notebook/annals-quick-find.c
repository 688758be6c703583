/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-quick-find.h"

#include <string.h>

#include "annals-db-private.h"
#include "annals-fuzzy.h"
#include "annals-note-index.h"

/* Posts and notes that are scored, of those that have the words: the last ones to come. */
#define MAX_POSTS 300
#define MAX_NOTES 300
#define MAX_PREFIX 60
/* what a record that was looked at just now has ahead */
#define RECENT_BONUS 16

typedef struct
{
  AnnalsRecord kind;
  gint64       id;
  int          score;
} Candidate;

typedef struct
{
  AnnalsDb           *db;
  AnnalsFuzzy        *fuzzy;
  const AnnalsRecent *recent;
  guint               n_recent;
  GArray             *candidates;   /* (element type Candidate) */
  GHashTable         *posts;        /* ids that are candidates already */
} Search;

void
annals_quick_hit_free (AnnalsQuickHit *self)
{
  g_clear_pointer (&self->named, annals_named_free);
  g_free (self);
}

static int
get_recent_bonus (const Search *self,
                  AnnalsRecord  kind,
                  gint64        id)
{
  for (guint i = 0; i < self->n_recent; i++)
    if (self->recent[i].kind == kind && self->recent[i].id == id)
      return MAX (2, RECENT_BONUS - (int) i);

  return 0;
}

static void
add (Search       *self,
     AnnalsRecord  kind,
     gint64        id,
     int           score)
{
  Candidate candidate = { kind, id, score + get_recent_bonus (self, kind, id) };

  g_array_append_val (self->candidates, candidate);
}

/* --- what has a name of its own: all names are looked at --- */

/* id, name, another name or "" */
static gboolean
score_rows (Search        *self,
            AnnalsRecord   kind,
            const char    *sql,
            GError       **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, sql, error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    {
      const char *other = column_text (stmt, 2);
      int score = annals_fuzzy_score (self->fuzzy, column_text (stmt, 1));

      if (*other != '\0')
        score = MAX (score, annals_fuzzy_score (self->fuzzy, other) - 4);
      if (score > 0)
        add (self, kind, column_int64 (stmt, 0), score);
    }

  return step == STEP_DONE;
}

static const struct
{
  AnnalsRecord  kind;
  const char   *sql;
} own_kinds[] = {
  { ANNALS_RECORD_TAG, "SELECT id, name, replace (synonyms, char (10), ' ') FROM tag" },
  { ANNALS_RECORD_TIMELINE, "SELECT id, title, '' FROM timeline" },
  { ANNALS_RECORD_MEMO, "SELECT id, title, '' FROM memo" },
  { ANNALS_RECORD_SAVED_SEARCH, "SELECT id, name, query FROM saved_search" },
  { ANNALS_RECORD_EVENT, "SELECT id, title, '' FROM event" },
};

/* --- the words' indexes --- */

static gboolean
is_worth_asking (const char *word)
{
  return g_utf8_strlen (word, -1) >= 3 || g_utf8_get_char (word) >= 0x2E80;
}

/* An expression of FTS5; NULL when nothing typed is long enough. *complete: it asks for every word. */
static char *
dup_match (const Search *self,
           gboolean     *complete)
{
  const char * const *words = annals_fuzzy_get_words (self->fuzzy);
  g_autoptr(GString) match = g_string_new (NULL);

  *complete = TRUE;
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (words[i], "\"", -1);
      g_autofree char *word = g_strjoinv (" ", parts);

      if (is_worth_asking (words[i]))
        g_string_append_printf (match, "%s\"%s\" *", match->len > 0 ? " AND " : "", word);
      else
        *complete = FALSE;
    }

  return match->len > 0 ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}

/* --- notes and passages --- */

static gboolean
score_note (Search    *self,
            gint64     id,
            gboolean   sure,
            GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (!(stmt = annals_db_borrow (self->db,
                                 "SELECT substr (quote, 1, 240), substr (note, 1, 240) FROM annotation "
                                 "JOIN post ON post.id = annotation.post "
                                 "WHERE annotation.id = :id AND post.withdrawn = 0 AND post.trashed = 0", error)))
    return FALSE;

  bind_int64 (stmt, ":id", id);
  if ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    {
      int quote = annals_fuzzy_score (self->fuzzy, column_text (stmt, 0));
      int note = annals_fuzzy_score (self->fuzzy, column_text (stmt, 1)) - 4;

      if (quote > 0 || note > 0 || sure)
        add (self, ANNALS_RECORD_ANNOTATION, id, MAX (1, MAX (quote, note)));
    }

  return step != STEP_ERROR;
}

static gboolean
find_notes (Search  *self,
            GError **error)
{
  gboolean complete;
  g_autofree char *match = dup_match (self, &complete);
  g_autoptr(GArray) ids = NULL;

  if (match == NULL)
    return TRUE;
  if (!(ids = annals_db_search_texts (self->db, ANNALS_RECORD_ANNOTATION, ANNALS_NOTE_PART_ANY, match, error)))
    return FALSE;

  for (guint i = ids->len > MAX_NOTES ? ids->len - MAX_NOTES : 0; i < ids->len; i++)
    if (!score_note (self, g_array_index (ids, gint64, i), complete, error))
      return FALSE;

  return TRUE;
}

/* --- posts --- */

/* @sure: the index has found every word typed; it knows word forms that the letters do not tell. */
static gboolean
score_posts (Search        *self,
             BorrowedStmt  *stmt,
             gboolean       sure,
             GError       **error)
{
  AnnalsStep step;

  while ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);
      int score = annals_fuzzy_score (self->fuzzy, column_text (stmt, 1));

      if ((score > 0 || sure) && g_hash_table_add (self->posts, g_memdup2 (&id, sizeof id)))
        add (self, ANNALS_RECORD_POST, id, MAX (score, 1));
    }

  return step == STEP_DONE;
}

static gboolean
find_by_words (Search    *self,
               gboolean   in_texts,
               GError   **error)
{
  gboolean complete;
  g_autofree char *match = dup_match (self, &complete);
  g_autofree char *in_titles = NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (match == NULL || (in_texts && !complete))
    return TRUE;

  if (!(stmt = annals_db_borrow (self->db,
                                 "SELECT post.id, post.title FROM post_index JOIN post ON post.id = post_index.rowid "
                                 "WHERE post_index MATCH :match AND withdrawn = 0 AND trashed = 0 "
                                 "ORDER BY post_index.rowid DESC LIMIT :limit", error)))
    return FALSE;

  in_titles = g_strdup_printf ("{title} : (%s)", match);
  bind_text (stmt, ":match", in_texts ? match : in_titles);
  bind_int64 (stmt, ":limit", MAX_POSTS);

  return score_posts (self, stmt, complete, error);
}

static gboolean
find_by_beginning (Search      *self,
                   const char  *typed,
                   GError     **error)
{
  g_autofree char *line = g_strstrip (g_strdup (typed));
  g_autofree char *after = g_strconcat (line, "\364\217\277\277", NULL);   /* above all that begins so */
  g_autoptr(BorrowedStmt) stmt = NULL;

  if (!(stmt = annals_db_borrow (self->db,
                                 "SELECT id, title FROM post WHERE withdrawn = 0 AND trashed = 0 "
                                 "AND title >= :line COLLATE NOCASE AND title < :after COLLATE NOCASE "
                                 "ORDER BY title COLLATE NOCASE LIMIT :limit", error)))
    return FALSE;

  bind_text (stmt, ":line", line);
  bind_text (stmt, ":after", after);
  bind_int64 (stmt, ":limit", MAX_PREFIX);

  return score_posts (self, stmt, FALSE, error);
}

/* --- nothing typed --- */

static gboolean
add_rows (Search        *self,
          AnnalsRecord   kind,
          const char    *sql,
          GError       **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, sql, error);
  AnnalsStep step;

  if (stmt == NULL)
    return FALSE;

  while ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    add (self, kind, column_int64 (stmt, 0), 1);

  return step == STEP_DONE;
}

static const struct
{
  AnnalsRecord  kind;
  const char   *sql;
} last_changed[] = {
  { ANNALS_RECORD_MEMO, "SELECT id FROM memo ORDER BY modified DESC LIMIT 6" },
  { ANNALS_RECORD_TIMELINE, "SELECT id FROM timeline ORDER BY modified DESC LIMIT 6" },
  { ANNALS_RECORD_TAG, "SELECT id FROM tag ORDER BY modified DESC LIMIT 6" },
  { ANNALS_RECORD_SAVED_SEARCH, "SELECT id FROM saved_search ORDER BY modified DESC LIMIT 4" },
  { ANNALS_RECORD_EVENT, "SELECT id FROM event ORDER BY id DESC LIMIT 6" },
  { ANNALS_RECORD_ANNOTATION, "SELECT annotation.id FROM annotation JOIN post ON post.id = annotation.post "
                              "WHERE withdrawn = 0 AND trashed = 0 ORDER BY annotation.id DESC LIMIT 6" },
  { ANNALS_RECORD_POST, "SELECT id FROM post WHERE withdrawn = 0 AND trashed = 0 "
                        "ORDER BY published_from DESC, published_to DESC, import DESC, place LIMIT 12" },
};

static gboolean
add_recent (Search  *self,
            guint    kinds,
            GError **error)
{
  for (guint i = 0; i < self->n_recent; i++)
    if (kinds & ANNALS_QUICK_KIND (self->recent[i].kind))
      {
        Candidate candidate = { self->recent[i].kind, self->recent[i].id, 1000 - (int) i };

        g_array_append_val (self->candidates, candidate);
      }

  for (guint i = 0; i < G_N_ELEMENTS (last_changed); i++)
    if ((kinds & ANNALS_QUICK_KIND (last_changed[i].kind)) &&
        !add_rows (self, last_changed[i].kind, last_changed[i].sql, error))
      return FALSE;

  return TRUE;
}

/* --- the best --- */

/* Of equals, what the user made comes before posts, and the newer before the older. */
static int
compare (gconstpointer a,
         gconstpointer b)
{
  static const int ranks[ANNALS_N_RECORDS] = {
    [ANNALS_RECORD_TAG] = 0, [ANNALS_RECORD_TIMELINE] = 1, [ANNALS_RECORD_MEMO] = 2, [ANNALS_RECORD_SAVED_SEARCH] = 3,
    [ANNALS_RECORD_EVENT] = 4, [ANNALS_RECORD_POST] = 5, [ANNALS_RECORD_ANNOTATION] = 6,
  };
  const Candidate *x = a;
  const Candidate *y = b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  if (x->kind != y->kind)
    return ranks[x->kind] - ranks[y->kind];

  return (x->id < y->id) - (x->id > y->id);
}

static GPtrArray *
take_best (Search  *self,
           guint    limit,
           GError **error)
{
  g_autoptr(GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_quick_hit_free);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_array_sort (self->candidates, compare);
  for (guint i = 0; i < self->candidates->len && hits->len < limit; i++)
    {
      const Candidate *candidate = &g_array_index (self->candidates, Candidate, i);
      AnnalsQuickHit *hit;
      AnnalsNamed *named;

      if (!g_hash_table_add (seen, g_strdup_printf ("%d %" G_GINT64_FORMAT, candidate->kind, candidate->id)))
        continue;
      if (!(named = annals_db_load_named (self->db, candidate->kind, candidate->id, error)))
        return NULL;
      if (named->where != ANNALS_WHERE_HERE)
        {
          annals_named_free (named);
          continue;
        }

      hit = g_new0 (AnnalsQuickHit, 1);
      hit->named = named;
      hit->score = candidate->score;
      g_ptr_array_add (hits, hit);
    }

  return g_steal_pointer (&hits);
}

static gboolean
collect (Search      *self,
         const char  *typed,
         guint        kinds,
         GError     **error)
{
  if (annals_fuzzy_is_empty (self->fuzzy))
    return add_recent (self, kinds, error);

  for (guint i = 0; i < G_N_ELEMENTS (own_kinds); i++)
    if ((kinds & ANNALS_QUICK_KIND (own_kinds[i].kind)) &&
        !score_rows (self, own_kinds[i].kind, own_kinds[i].sql, error))
      return FALSE;

  return (!(kinds & ANNALS_QUICK_KIND (ANNALS_RECORD_ANNOTATION)) || find_notes (self, error)) &&
         (!(kinds & ANNALS_QUICK_KIND (ANNALS_RECORD_POST)) ||
          (find_by_beginning (self, typed, error) && find_by_words (self, FALSE, error) &&
           (!(kinds & ANNALS_QUICK_TEXTS) || find_by_words (self, TRUE, error))));
}

GPtrArray *
annals_db_quick_find (AnnalsDb            *db,
                      const char          *typed,
                      guint                kinds,
                      const AnnalsRecent  *recent,
                      guint                n_recent,
                      guint                limit,
                      GError             **error)
{
  g_autoptr(AnnalsFuzzy) fuzzy = NULL;
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autoptr(GHashTable) posts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree char *line = NULL;
  Search search;

  g_return_val_if_fail (db != NULL && typed != NULL, NULL);

  line = annals_db_clean_text (typed);
  fuzzy = annals_fuzzy_new (line);
  search = (Search) { db, fuzzy, recent, n_recent, candidates, posts };
  if (!collect (&search, line, kinds, error))
    return NULL;

  return take_best (&search, limit, error);
}
