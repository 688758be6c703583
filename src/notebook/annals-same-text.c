/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-same-text-private.h"

#include <string.h>

#include "annals-index-private.h"
#include "annals-posts.h"
#include "annals-shingles.h"
#include "annals-tokenizer.h"

/* Of what is compared; with the tokenizer's, which says what a word is. */
#define VERSION 1
#define VERSION_KEY "same-text.version"
#define COMPARED_KEY "same-text.compared"

/* A shorter text is like many others by chance. */
#define MIN_TOKENS 20
/* The shorter one's shingles that the longer one has too, and how much shorter it may be. */
#define SAME_SHARE 0.85
#define MIN_LENGTH_RATIO 0.5

/* Two texts that agree in all values of a band are compared: with 5 % of the words changed, 0.75 of the
 * shingles are common, and 998 of 1,000 pairs share a band. */
#define N_BANDS 16
#define BAND_VALUES (ANNALS_SIGNATURE_VALUES / N_BANDS)
/* Below it, by three standard deviations, the estimate says that a comparison is not worth it. */
#define MIN_EQUAL_VALUES 37

/* Revisions that are compared with all others in one go: their signatures are in memory, 45 MB at most, and
 * each round reads all others. */
#define ROUND_REVISIONS 65536
/* What is looked at of the many that share a band, and compared of them in vain: a blog's boilerplate must
 * not cost the square of its posts. */
#define MAX_CHAIN 8
#define MAX_FAILURES 4
#define MAX_CACHED_SHINGLES 256

#define SIGN_REVISIONS 1000
#define STEP_MICROSECONDS (200 * 1000)
/* rows between two looks at the clock and at who waits */
#define ROWS_PER_LOOK 64

typedef struct
{
  gint64          revision;
  AnnalsSignature signature;
} Entry;

struct _AnnalsComparing
{
  gint64      first;      /* revisions after it are new; of meta "compared" */
  gint64      last;       /* the last one of the round */
  gint64      loaded;     /* how far new ones are in memory, and compared with each other */
  gint64      scanned;    /* how far old ones were compared with them */
  gint64      version;    /* of the file's data, to see what other programs do */
  GArray     *entries;    /* of Entry */
  guint32    *slots;      /* of a hash of a band: 1 + the first link */
  guint       slot_bits;
  GArray     *links;      /* of Link */
  GHashTable *shingles;   /* revision → AnnalsShingles */
};

typedef struct
{
  guint32 entry;
  guint32 next;    /* 1 + a link */
} Link;

void
annals_comparing_free (AnnalsComparing *self)
{
  g_array_unref (self->entries);
  g_array_unref (self->links);
  g_hash_table_unref (self->shingles);
  g_free (self->slots);
  g_free (self);
}

/* --- how far it is --- */

static gboolean
get_compared (AnnalsDb  *db,
              gint64    *compared,
              GError   **error)
{
  g_autofree char *value = NULL;
  GError *failure = NULL;

  value = annals_db_get_meta (db, COMPARED_KEY, &failure);
  *compared = value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
  if (failure != NULL)
    g_propagate_error (error, failure);

  return failure == NULL;
}

static gboolean
set_compared (AnnalsDb  *db,
              gint64     compared,
              GError   **error)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, compared);

  return annals_db_set_meta (db, COMPARED_KEY, value, error);
}

static gboolean
get_last (AnnalsDb    *db,
          const char  *sql,
          gint64      *last,
          GError     **error)
{
  return annals_db_query_int64 (db, sql, 0, 0, last, error);
}

#define LAST_REVISION "SELECT max(id) FROM revision"
#define LAST_SIGNED "SELECT max(revision) FROM text_signature"

static char *
dup_version (void)
{
  return g_strdup_printf ("%d.%d", VERSION, ANNALS_TOKENIZER_VERSION);
}

static gboolean
is_current (AnnalsDb  *db,
            gboolean  *current,
            GError   **error)
{
  g_autofree char *version = NULL;
  g_autofree char *wanted = dup_version ();
  GError *failure = NULL;

  version = annals_db_get_meta (db, VERSION_KEY, &failure);
  *current = g_strcmp0 (version, wanted) == 0;
  if (failure != NULL)
    g_propagate_error (error, failure);

  return failure == NULL;
}

gboolean
annals_same_text_is_behind (AnnalsDb  *db,
                            gboolean  *behind,
                            GError   **error)
{
  gint64 last_revision, last_signed, compared;
  gboolean current;

  if (!get_last (db, LAST_REVISION, &last_revision, error) ||
      !get_last (db, LAST_SIGNED, &last_signed, error) ||
      !get_compared (db, &compared, error) ||
      !is_current (db, &current, error))
    return FALSE;

  *behind = last_revision > 0 && (!current || last_signed < last_revision || compared < last_signed);
  return TRUE;
}

/* Signatures of another version are worth nothing. */
static gboolean
begin_anew (AnnalsDb  *db,
            GError   **error)
{
  g_autofree char *version = dup_version ();

  g_clear_pointer (&db->comparing, annals_comparing_free);

  return annals_db_exec (db, "DELETE FROM text_signature; DELETE FROM same_text", error) &&
         set_compared (db, 0, error) &&
         annals_db_set_meta (db, VERSION_KEY, version, error);
}

/* --- signatures --- */

static gboolean
insert_signature (AnnalsDb    *db,
                  gint64       revision_id,
                  const char  *text,
                  GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsSignature signature;
  gsize size = 0;

  if (!(stmt = annals_db_borrow (db, "INSERT OR REPLACE INTO text_signature (revision, signature) VALUES (?1, ?2)",
                                 error)))
    return FALSE;

  if (annals_signature_read (text, strlen (text), signature) >= MIN_TOKENS)
    {
      for (guint i = 0; i < ANNALS_SIGNATURE_VALUES; i++)
        signature[i] = GUINT16_TO_LE (signature[i]);
      size = sizeof signature;
    }

  bind_int64_at (stmt, 1, revision_id);
  bind_blob_at (stmt, 2, signature, size);

  return annals_db_run (db, stmt, error);
}

static gboolean
has_time (AnnalsDb *db,
          gint64    end)
{
  return g_get_monotonic_time () < end && !annals_db_is_awaited (db);
}

/* *done: all revisions have a signature. */
static gboolean
sign_some (AnnalsDb  *db,
           gint64     end,
           gboolean  *done,
           GError   **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step = STEP_DONE;
  gint64 last;
  guint n = 0;

  if (!get_last (db, LAST_SIGNED, &last, error) ||
      !(stmt = annals_db_borrow (db, "SELECT id, text FROM revision WHERE id > :last ORDER BY id LIMIT :limit",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":last", last);
  bind_int64 (stmt, ":limit", SIGN_REVISIONS);
  while ((n % ROWS_PER_LOOK != 0 || n == 0 || has_time (db, end)) &&
         (step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      if (!insert_signature (db, column_int64 (stmt, 0), column_text (stmt, 1), error))
        return FALSE;
      n++;
    }

  *done = step == STEP_DONE && n < SIGN_REVISIONS;
  return step != STEP_ERROR;
}

/* --- clusters --- */

static gboolean
get_cluster (AnnalsDb  *db,
             gint64     revision_id,
             gint64    *cluster,
             GError   **error)
{
  return annals_db_query_int64 (db, "SELECT cluster FROM same_text WHERE revision = :id", revision_id, 0, cluster,
                                error);
}

static gboolean
run_pair (AnnalsDb    *db,
          const char  *sql,
          gint64       first,
          gint64       second,
          GError     **error)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (db, sql, error);

  if (stmt == NULL)
    return FALSE;

  bind_int64_at (stmt, 1, first);
  bind_int64_at (stmt, 2, second);

  return annals_db_run (db, stmt, error);
}

#define INSERT_SAME "INSERT INTO same_text (revision, cluster) VALUES (?1, ?2)"

/* @cluster_a and @cluster_b: theirs, 0 for none */
static gboolean
join (AnnalsDb  *db,
      gint64     a,
      gint64     cluster_a,
      gint64     b,
      gint64     cluster_b,
      GError   **error)
{
  if (cluster_a != 0 && cluster_b != 0)
    return run_pair (db, "UPDATE same_text SET cluster = ?1 WHERE cluster = ?2",
                     MIN (cluster_a, cluster_b), MAX (cluster_a, cluster_b), error);
  if (cluster_a != 0)
    return run_pair (db, INSERT_SAME, b, cluster_a, error);
  if (cluster_b != 0)
    return run_pair (db, INSERT_SAME, a, cluster_b, error);

  return run_pair (db, INSERT_SAME, a, MIN (a, b), error) &&
         run_pair (db, INSERT_SAME, b, MIN (a, b), error);
}

/* --- comparing --- */

/* NULL when the revision is gone; then *error is not set. */
static const AnnalsShingles *
get_shingles (AnnalsComparing  *self,
              AnnalsDb         *db,
              gint64            revision_id,
              GError          **error)
{
  AnnalsShingles *shingles = g_hash_table_lookup (self->shingles, &revision_id);
  g_autoptr(BorrowedStmt) stmt = NULL;
  const char *text;

  if (shingles != NULL)
    return shingles;

  if (!(stmt = annals_db_borrow (db, "SELECT text FROM revision WHERE id = ?1", error)))
    return NULL;

  bind_int64_at (stmt, 1, revision_id);
  if (annals_db_step (db, stmt, error) != STEP_ROW)
    return NULL;

  text = column_text (stmt, 0);
  shingles = annals_shingles_new (text, strlen (text));
  g_hash_table_insert (self->shingles, g_memdup2 (&revision_id, sizeof revision_id), shingles);

  return shingles;
}

static gboolean
are_same (AnnalsComparing  *self,
          AnnalsDb         *db,
          gint64            a,
          gint64            b,
          gboolean         *same,
          GError          **error)
{
  const AnnalsShingles *first, *second;
  GError *failure = NULL;

  *same = FALSE;
  if (g_hash_table_size (self->shingles) >= MAX_CACHED_SHINGLES)
    g_hash_table_remove_all (self->shingles);

  first = get_shingles (self, db, a, &failure);
  second = failure == NULL ? get_shingles (self, db, b, &failure) : NULL;
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }

  *same = first != NULL && second != NULL &&
          MIN (first->n, second->n) >= MIN_LENGTH_RATIO * MAX (first->n, second->n) &&
          annals_shingles_share (first, second) >= SAME_SHARE;
  return TRUE;
}

static guint
count_equal (const guint16 *a,
             const guint16 *b)
{
  guint n = 0;

  for (guint i = 0; i < ANNALS_SIGNATURE_VALUES; i++)
    n += a[i] == b[i];

  return n;
}

static guint32 *
get_slot (AnnalsComparing *self,
          const guint16   *signature,
          guint            band)
{
  guint64 key;

  G_STATIC_ASSERT (sizeof key == BAND_VALUES * sizeof *signature);
  memcpy (&key, signature + band * BAND_VALUES, sizeof key);
  key = (key + band) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  key ^= key >> 32;
  key *= G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);

  return &self->slots[key >> (64 - self->slot_bits)];
}

static const Entry *
get_entry (AnnalsComparing *self,
           guint            n)
{
  return &g_array_index (self->entries, Entry, n);
}

/* The entry that fits @signature best of those that share a band with it, but for @skip (n of them);
 * FALSE when there is none worth a look. */
static gboolean
find_best (AnnalsComparing  *self,
           const guint16    *signature,
           const guint32    *skip,
           guint             n_skip,
           guint32          *best)
{
  guint most = MIN_EQUAL_VALUES - 1;

  for (guint band = 0; band < N_BANDS; band++)
    {
      guint32 link = *get_slot (self, signature, band);

      for (guint i = 0; link != 0 && i < MAX_CHAIN; i++)
        {
          const Link *one = &g_array_index (self->links, Link, link - 1);
          guint n_equal = count_equal (signature, get_entry (self, one->entry)->signature);
          gboolean skipped = FALSE;

          for (guint k = 0; k < n_skip; k++)
            skipped |= skip[k] == one->entry;
          if (n_equal > most && !skipped)
            {
              most = n_equal;
              *best = one->entry;
            }
          link = one->next;
        }
    }

  return most >= MIN_EQUAL_VALUES;
}

/* Puts a revision into the cluster of those in memory that it is like. */
static gboolean
compare (AnnalsComparing  *self,
         AnnalsDb         *db,
         gint64            revision_id,
         const guint16    *signature,
         GError          **error)
{
  guint32 seen[MAX_FAILURES];
  guint n_seen = 0;
  guint32 best;

  while (n_seen < MAX_FAILURES && find_best (self, signature, seen, n_seen, &best))
    {
      gint64 other = get_entry (self, best)->revision;
      gint64 cluster, other_cluster;
      gboolean same;

      if (!get_cluster (db, revision_id, &cluster, error) ||
          !get_cluster (db, other, &other_cluster, error))
        return FALSE;

      if (cluster == 0 || cluster != other_cluster)
        {
          if (!are_same (self, db, revision_id, other, &same, error) ||
              (same && !join (db, revision_id, cluster, other, other_cluster, error)))
            return FALSE;
        }

      seen[n_seen++] = best;
    }

  return TRUE;
}

static void
add_entry (AnnalsComparing *self,
           gint64           revision_id,
           const guint16   *signature)
{
  Entry entry = { .revision = revision_id };
  Link link = { .entry = self->entries->len };
  guint32 twin = *get_slot (self, signature, 0);

  /* One of equal signatures stands for all. */
  for (guint i = 0; twin != 0 && i < MAX_CHAIN; i++)
    {
      const Link *one = &g_array_index (self->links, Link, twin - 1);

      if (memcmp (get_entry (self, one->entry)->signature, signature, sizeof entry.signature) == 0)
        return;
      twin = one->next;
    }

  memcpy (entry.signature, signature, sizeof entry.signature);
  g_array_append_val (self->entries, entry);
  for (guint band = 0; band < N_BANDS; band++)
    {
      guint32 *slot = get_slot (self, signature, band);

      link.next = *slot;
      g_array_append_val (self->links, link);
      *slot = self->links->len;
    }
}

/* Goes through signatures in (*position, @last]; new ones (@add) become entries. *done: to the end. */
static gboolean
walk (AnnalsComparing  *self,
      AnnalsDb         *db,
      gint64            end,
      gint64           *position,
      gint64            last,
      gboolean          add,
      gboolean         *done,
      GError          **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step = STEP_DONE;
  guint n = 0;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT revision, signature FROM text_signature WHERE revision > :after "
                                 "AND revision <= :last ORDER BY revision", error)))
    return FALSE;

  bind_int64 (stmt, ":after", *position);
  bind_int64 (stmt, ":last", last);
  while ((++n % ROWS_PER_LOOK != 0 || has_time (db, end)) &&
         (step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      AnnalsSignature signature;
      gint64 revision_id = column_int64 (stmt, 0);

      if (column_copy_blob (stmt, 1, signature, sizeof signature))
        {
          if (!compare (self, db, revision_id, signature, error))
            return FALSE;
          if (add)
            add_entry (self, revision_id, signature);
        }
      *position = revision_id;
      step = STEP_ROW;
    }

  *done = step == STEP_DONE;
  return step != STEP_ERROR;
}

static gboolean
begin_round (AnnalsDb  *db,
             gint64     compared,
             GError   **error)
{
  AnnalsComparing *self;
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 last, version;

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT max(revision), count(*) FROM (SELECT revision FROM text_signature "
                                 "WHERE revision > :compared ORDER BY revision LIMIT :limit)", error)))
    return FALSE;

  bind_int64 (stmt, ":compared", compared);
  bind_int64 (stmt, ":limit", ROUND_REVISIONS);
  if (annals_db_step (db, stmt, error) != STEP_ROW ||
      !annals_db_query_int64 (db, "PRAGMA data_version", 0, 0, &version, error))
    return FALSE;
  last = column_int64 (stmt, 0);

  self = g_new0 (AnnalsComparing, 1);
  self->first = self->loaded = compared;
  self->last = MAX (last, compared);
  self->version = version;
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->links = g_array_new (FALSE, FALSE, sizeof (Link));
  self->slot_bits = g_bit_storage (MAX (column_uint (stmt, 1), 1) * N_BANDS);
  self->slots = g_new0 (guint32, (gsize) 1 << self->slot_bits);
  self->shingles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                          (GDestroyNotify) annals_shingles_free);
  db->comparing = self;

  return TRUE;
}

/* Another program's changes, or some of our own that were taken back, make the round begin again. */
static gboolean
ensure_round (AnnalsDb  *db,
              gint64     compared,
              GError   **error)
{
  gint64 version;

  if (!annals_db_query_int64 (db, "PRAGMA data_version", 0, 0, &version, error))
    return FALSE;

  if (db->comparing != NULL && (db->comparing->first != compared || db->comparing->version != version))
    g_clear_pointer (&db->comparing, annals_comparing_free);

  return db->comparing != NULL || begin_round (db, compared, error);
}

/* *done: nothing is left to compare. */
static gboolean
compare_some (AnnalsDb  *db,
              gint64     end,
              gboolean  *done,
              GError   **error)
{
  AnnalsComparing *self;
  gboolean finished = FALSE;
  gint64 compared, last;

  if (!get_compared (db, &compared, error) || !ensure_round (db, compared, error))
    return FALSE;

  self = db->comparing;
  if (!walk (self, db, end, &self->loaded, self->last, TRUE, &finished, error) ||
      (finished && !walk (self, db, end, &self->scanned, self->first, FALSE, &finished, error)))
    return FALSE;

  *done = FALSE;
  if (!finished)
    return TRUE;

  last = self->last;
  g_clear_pointer (&db->comparing, annals_comparing_free);
  if (!set_compared (db, last, error) || !get_last (db, LAST_SIGNED, &compared, error))
    return FALSE;

  *done = last >= compared;
  return TRUE;
}

gboolean
annals_same_text_step (AnnalsDb  *db,
                       gboolean  *more,
                       GError   **error)
{
  gint64 end = g_get_monotonic_time () + STEP_MICROSECONDS;
  gboolean current, done = FALSE;
  gboolean ok;

  ok = is_current (db, &current, error) &&
       (current || begin_anew (db, error)) &&
       sign_some (db, end, &done, error) &&
       (!done || compare_some (db, end, &done, error));
  if (!ok)
    g_clear_pointer (&db->comparing, annals_comparing_free);

  *more = !done;
  return ok;
}

/* --- changes --- */

static gboolean
leave_cluster (AnnalsDb  *db,
               gint64     revision_id,
               GError   **error)
{
  gint64 cluster;

  if (!get_cluster (db, revision_id, &cluster, error) || cluster == 0)
    return cluster == 0;

  /* One that is named after this revision is named after another, and one alone is none. */
  return annals_db_run_for_id (db, "DELETE FROM same_text WHERE revision = :id", revision_id, error) &&
         (cluster != revision_id ||
          annals_db_run_for_id (db,
                                "UPDATE same_text SET cluster = (SELECT min(revision) FROM same_text "
                                "WHERE cluster = :id) WHERE cluster = :id", revision_id, error));
}

gboolean
annals_same_text_forget (AnnalsDb  *db,
                         gint64     revision_id,
                         GError   **error)
{
  gint64 compared;

  g_clear_pointer (&db->comparing, annals_comparing_free);

  if (!leave_cluster (db, revision_id, error) ||
      !annals_db_run_for_id (db, "DELETE FROM text_signature WHERE revision = :id", revision_id, error) ||
      !get_compared (db, &compared, error))
    return FALSE;

  return compared < revision_id || set_compared (db, revision_id - 1, error);
}

gboolean
annals_same_text_replace (AnnalsDb    *db,
                          gint64       revision_id,
                          const char  *text,
                          GError     **error)
{
  gint64 last;

  if (!get_last (db, LAST_SIGNED, &last, error))
    return FALSE;
  if (revision_id > last)
    return TRUE;   /* its turn comes */

  return annals_same_text_forget (db, revision_id, error) &&
         insert_signature (db, revision_id, text, error);
}

/* --- asking --- */

GArray *
annals_db_list_same_text (AnnalsDb  *db,
                          gint64     post_id,
                          GError   **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  g_return_val_if_fail (db != NULL, NULL);

  if (!(stmt = annals_db_borrow (db,
                                 "SELECT other.id FROM post JOIN same_text AS mine ON mine.revision = post.revision "
                                 "JOIN same_text AS same ON same.cluster = mine.cluster "
                                 "JOIN revision ON revision.id = same.revision "
                                 "JOIN post AS other ON other.id = revision.post AND other.revision = revision.id "
                                 "WHERE post.id = :id AND other.id != :id AND other.withdrawn = 0 "
                                 "AND other.trashed = 0 ORDER BY other.id", error)))
    return NULL;

  bind_int64 (stmt, ":id", post_id);
  while ((step = annals_db_step (db, stmt, error)) == STEP_ROW)
    {
      gint64 id = column_int64 (stmt, 0);

      g_array_append_val (ids, id);
    }

  return step == STEP_DONE ? g_steal_pointer (&ids) : NULL;
}
