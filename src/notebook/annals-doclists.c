/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-doclists-private.h"
#include "annals-limits.h"

#include <string.h>

#define FORMAT_VERSION 4
/* The row of post_index_data that tells of all segments. */
#define STRUCTURE_ID 10
/* A leaf's row: its segment's number, then its own in so many bits. */
#define SEGMENT_SHIFT 37
/* Terms of the index proper begin with it, those of its prefix indexes with others. */
#define MAIN_INDEX "0"
/* A post takes no more in a count that is cut short, or its word is common in it. */
#define BYTES_PER_POST 16
/* So many bytes can be read behind any place. */
#define PADDING 16
/* Buffers of each kind that a thread keeps, and of how many bytes at most: those of words that are not in every post
 * of a million. */
#define MAX_KEPT 2
#define MAX_KEPT_BYTES (6 << 20)

typedef struct
{
  gint64 number;
  gint64 first_page;
  gint64 last_page;
} Segment;

/* One term of one segment. */
typedef struct
{
  GBytes *term;
  guint   segment;
  guint   first;       /* of its postings */
  guint   n;
} TermList;

/* A page of terms and postings. */
typedef struct
{
  const guint8 *bytes;
  gsize         end;          /* of the postings; then come the places of its terms */
  gsize         size;
  gsize         first_id;     /* where the first id is that belongs to a term of an earlier page; 0: none */
  gsize         next_term;    /* 0: none */
  gsize         next_place;   /* where the place of the one behind it is told */
} Leaf;

/* Reading one segment. */
typedef struct
{
  AnnalsDoclists *lists;
  guint           segment;
  const guint8   *wanted;      /* the term */
  gsize           n_wanted;
  gboolean        prefix;
  guint8          term[ANNALS_LIMIT_INDEX_TERM];
  gsize           n_term;
  gboolean        inside;      /* postings of a wanted term continue on the next page */
  guint           start;       /* of them in the bytes */
  gboolean        cut;         /* they are more than are wanted */
  gboolean        done;
} Reading;

/* --- buffers --- */

/* Fresh memory costs a page fault for every 4 KB of it, a tenth of the time that a phrase takes. */
typedef struct
{
  GByteArray *bytes[MAX_KEPT];
  GArray     *postings[MAX_KEPT];
} Kept;

static void
kept_free (gpointer data)
{
  Kept *self = data;

  for (guint i = 0; i < MAX_KEPT; i++)
    {
      g_clear_pointer (&self->bytes[i], g_byte_array_unref);
      g_clear_pointer (&self->postings[i], g_array_unref);
    }
  g_free (self);
}

static Kept *
get_kept (void)
{
  static GPrivate private = G_PRIVATE_INIT (kept_free);
  Kept *kept = g_private_get (&private);

  if (kept == NULL)
    {
      kept = g_new0 (Kept, 1);
      g_private_set (&private, kept);
    }

  return kept;
}

static GByteArray *
take_bytes (void)
{
  Kept *kept = get_kept ();

  for (guint i = 0; i < MAX_KEPT; i++)
    if (kept->bytes[i] != NULL)
      return g_byte_array_set_size (g_steal_pointer (&kept->bytes[i]), 0);

  return g_byte_array_new ();
}

static GArray *
take_postings (void)
{
  Kept *kept = get_kept ();

  for (guint i = 0; i < MAX_KEPT; i++)
    if (kept->postings[i] != NULL)
      return g_array_set_size (g_steal_pointer (&kept->postings[i]), 0);

  return g_array_new (FALSE, FALSE, sizeof (AnnalsPosting));
}

void
annals_doclists_give_back (GArray     *postings,
                           GByteArray *bytes)
{
  Kept *kept = get_kept ();

  for (guint i = 0; i < MAX_KEPT; i++)
    {
      if (postings != NULL && kept->postings[i] == NULL && postings->len * sizeof (AnnalsPosting) <= MAX_KEPT_BYTES)
        kept->postings[i] = g_steal_pointer (&postings);
      if (bytes != NULL && kept->bytes[i] == NULL && bytes->len <= MAX_KEPT_BYTES)
        kept->bytes[i] = g_steal_pointer (&bytes);
    }

  g_clear_pointer (&postings, g_array_unref);
  g_clear_pointer (&bytes, g_byte_array_unref);
}

/* --- the segments --- */

static gboolean
take_segments (AnnalsDoclists *self,
               const guint8   *bytes,
               const guint8   *end)
{
  guint64 n_levels, n_segments, n_merged, n_written;
  const guint8 *p = bytes + 4;

  p = annals_doclists_varint (p, &n_levels);
  p = annals_doclists_varint (p, &n_segments);
  p = annals_doclists_varint (p, &n_written);
  if (p > end || n_segments > ANNALS_LIMIT_INDEX_SEGMENTS || n_levels > ANNALS_LIMIT_INDEX_SEGMENTS)
    return FALSE;

  for (guint64 level = 0; level < n_levels; level++)
    {
      guint first = self->segments->len;

      p = annals_doclists_varint (p, &n_merged);
      p = annals_doclists_varint (p, &n_segments);
      if (p > end || n_segments > ANNALS_LIMIT_INDEX_SEGMENTS)
        return FALSE;

      for (guint64 i = 0; i < n_segments && p <= end; i++)
        {
          guint64 number, first_page, last_page;
          Segment segment;

          p = annals_doclists_varint (p, &number);
          p = annals_doclists_varint (p, &first_page);
          p = annals_doclists_varint (p, &last_page);
          segment = (Segment) { (gint64) number, (gint64) first_page, (gint64) last_page };
          /* without pages: merged already */
          if (first_page == 0)
            continue;
          if (number > G_MAXUINT16 || first_page > last_page || last_page > G_MAXINT32)
            return FALSE;
          /* the last of a level is its newest */
          g_array_insert_val (self->segments, first, segment);
        }
    }

  return p <= end;
}

static gboolean
read_structure (AnnalsDoclists *self)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, "SELECT block FROM post_index_data WHERE id = :id", NULL);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  static const guint8 zeros[PADDING * 2];
  gconstpointer block;
  gsize size;

  if (stmt == NULL)
    return FALSE;

  bind_int64 (stmt, ":id", STRUCTURE_ID);
  if (annals_db_step (self->db, stmt, NULL) != STEP_ROW)
    return FALSE;

  block = column_bytes (stmt, 0, &size);
  if (size < 7)
    return FALSE;

  g_byte_array_append (bytes, block, (guint) size);
  g_byte_array_append (bytes, zeros, sizeof zeros);
  /* of a later version, with what these do not know */
  if (bytes->data[4] == 0xff)
    return FALSE;

  /* Past the end there are zeros only, and reading ends after the first group of them. */
  return take_segments (self, bytes->data, bytes->data + size);
}

gboolean
annals_doclists_open (AnnalsDoclists *self,
                      AnnalsDb       *db)
{
  gint64 version = 0;

  memset (self, 0, sizeof *self);
  /* What is being written is not in the tables before its transaction ends. */
  if (db->door != ANNALS_DOOR_NONE ||
      !annals_db_query_int64 (db, "SELECT v FROM post_index_config WHERE k = 'version'", 0, 0, &version, NULL) ||
      version != FORMAT_VERSION)
    return FALSE;

  self->db = db;
  self->segments = g_array_new (FALSE, FALSE, sizeof (Segment));

  return read_structure (self);
}

static void
term_list_clear (TermList *self)
{
  g_clear_pointer (&self->term, g_bytes_unref);
}

static void
end_lists (AnnalsDoclists *self)
{
  annals_doclists_give_back (g_steal_pointer (&self->postings), g_steal_pointer (&self->bytes));
  g_clear_pointer (&self->breaks, g_array_unref);
  g_clear_pointer (&self->lists, g_array_unref);
}

static void
begin_lists (AnnalsDoclists *self)
{
  end_lists (self);
  self->bytes = take_bytes ();
  self->breaks = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->lists = g_array_new (FALSE, FALSE, sizeof (TermList));
  self->postings = take_postings ();
  g_array_set_clear_func (self->lists, (GDestroyNotify) term_list_clear);
}

void
annals_doclists_clear (AnnalsDoclists *self)
{
  g_clear_pointer (&self->segments, g_array_unref);
  end_lists (self);
}

/* --- postings --- */

static const guint8 *
get_break (AnnalsDoclists *self,
           const guint8   *bytes,
           guint           n,
           const guint8   *end)
{
  return n < self->breaks->len ? bytes + g_array_index (self->breaks, guint32, n) : end;
}

/* The bytes from @start on as postings. @cut: the last one need not be whole. */
static gboolean
decode (AnnalsDoclists *self,
        guint           start,
        gboolean        cut)
{
  static const guint8 zeros[PADDING];
  guint length = self->bytes->len;
  guint n = self->postings->len;
  guint next = 0;
  gboolean whole = TRUE;
  const guint8 *bytes, *p, *end, *next_break;
  AnnalsPosting *to;
  guint64 id = 0;

  g_byte_array_append (self->bytes, zeros, sizeof zeros);
  g_array_set_size (self->postings, n + (length - start) / 2 + 1);
  to = &g_array_index (self->postings, AnnalsPosting, n);
  bytes = self->bytes->data;
  p = bytes + start;
  end = bytes + length;
  next_break = get_break (self, bytes, next, end);

  while (p < end)
    {
      guint64 difference, size;

      if (p >= next_break)
        {
          if (p > next_break)
            return FALSE;
          id = 0;
          next_break = get_break (self, bytes, ++next, end);
        }

      p = annals_doclists_varint (p, &difference);
      p = annals_doclists_varint (p, &size);
      id += difference;
      size >>= 1;   /* the lowest bit: an older posting of the post is replaced */
      if (p > end || size > (guint64) (end - p))
        {
          whole = FALSE;
          break;
        }
      if (id > G_MAXUINT32)
        return FALSE;

      *to++ = (AnnalsPosting) { (guint32) id, (guint32) size, (guint32) (p - bytes) };
      p += size;
    }

  g_array_set_size (self->postings, (guint) (to - (AnnalsPosting *) (gpointer) self->postings->data));
  g_byte_array_set_size (self->bytes, length);

  return whole || cut;
}

/* The postings that were gathered last are those of the term at hand. */
static gboolean
finish_list (Reading *self)
{
  AnnalsDoclists *lists = self->lists;
  TermList list = { NULL, self->segment, lists->postings->len, 0 };
  gboolean ok = decode (lists, self->start, self->cut);

  self->inside = FALSE;
  self->done = self->done || !self->prefix;
  g_array_set_size (lists->breaks, 0);
  list.n = lists->postings->len - list.first;
  list.term = g_bytes_new (self->term, self->n_term);
  g_array_append_val (lists->lists, list);

  return ok;
}

static void
add_break (Reading *self,
           guint    at)
{
  g_array_append_vals (self->lists->breaks, &at, 1);
}

static gboolean
append_bytes (Reading      *self,
              const guint8 *bytes,
              gsize         n)
{
  AnnalsDoclists *lists = self->lists;

  g_byte_array_append (lists->bytes, bytes, (guint) n);
  if (lists->max_bytes > 0 && lists->bytes->len > lists->max_bytes)
    self->cut = self->done = TRUE;

  return lists->bytes->len < ANNALS_LIMIT_INDEX_BYTES;
}

/* --- pages --- */

static gboolean
leaf_init (Leaf         *self,
           const guint8 *bytes,
           gsize         size)
{
  if (size < 4)
    return FALSE;

  self->bytes = bytes;
  self->size = size;
  self->first_id = (gsize) bytes[0] << 8 | bytes[1];
  self->end = (gsize) bytes[2] << 8 | bytes[3];
  self->next_term = 0;
  self->next_place = self->end;

  return self->end >= 4 && self->end <= size && self->first_id < self->end;
}

/* Bounded; what is cut short reads as 0. */
static gsize
read_number (const Leaf *leaf,
             gsize      *at,
             gsize       end)
{
  gsize value = 0;
  guint8 byte;

  do
    {
      if (*at >= end)
        return 0;
      byte = leaf->bytes[(*at)++];
      value = value << 7 | (byte & 0x7f);
    }
  while ((byte & 0x80) != 0 && value <= G_MAXUINT16);

  return value;
}

/* The place of the next term becomes leaf->next_term. */
static gboolean
next_place (Leaf *leaf)
{
  gsize step;

  if (leaf->next_place >= leaf->size)
    {
      leaf->next_term = 0;
      return TRUE;
    }

  step = read_number (leaf, &leaf->next_place, leaf->size);
  leaf->next_term += step;

  return step > 0 && leaf->next_term >= 4 && leaf->next_term < leaf->end;
}

/* The term at @at becomes the one at hand; @at is left behind it. */
static gboolean
read_term (Reading *self,
           Leaf    *leaf,
           gsize   *at,
           gboolean first)
{
  gsize kept = first ? 0 : read_number (leaf, at, leaf->end);
  gsize n = read_number (leaf, at, leaf->end);

  if (kept > self->n_term || n == 0 || n > leaf->end - *at || kept + n > ANNALS_LIMIT_INDEX_TERM)
    return FALSE;

  memcpy (self->term + kept, leaf->bytes + *at, n);
  self->n_term = kept + n;
  *at += n;

  return TRUE;
}

/* Where the term at hand stands beside the wanted one: 0 also where it begins so, if that is enough. */
static int
compare_term (const Reading *self)
{
  int order = memcmp (self->term, self->wanted, MIN (self->n_term, self->n_wanted));

  if (order != 0 || self->n_term == self->n_wanted || (self->prefix && self->n_term > self->n_wanted))
    return order;

  return self->n_term < self->n_wanted ? -1 : 1;
}

/* The postings that a page begins with. */
static gboolean
continue_list (Reading *self,
               Leaf    *leaf)
{
  gsize end = leaf->next_term > 0 ? leaf->next_term : leaf->end;

  if (leaf->first_id >= 4 && leaf->first_id < end)
    add_break (self, self->lists->bytes->len + (guint) leaf->first_id - 4);

  return append_bytes (self, leaf->bytes + 4, end - 4) && (leaf->next_term == 0 || finish_list (self));
}

static gboolean
read_leaf (Reading *self,
           Leaf    *leaf)
{
  gboolean first = TRUE;

  if (!next_place (leaf) || (self->inside && !continue_list (self, leaf)))
    return FALSE;

  while (leaf->next_term > 0 && !self->done)
    {
      gsize at = leaf->next_term;
      gsize end;
      int order;

      if (!read_term (self, leaf, &at, first) || !next_place (leaf))
        return FALSE;

      first = FALSE;
      end = leaf->next_term > 0 ? leaf->next_term : leaf->end;
      order = compare_term (self);
      if (order > 0)
        self->done = TRUE;
      else if (order == 0)
        {
          if (end < at)
            return FALSE;
          self->start = self->lists->bytes->len;
          self->inside = TRUE;
          if (!append_bytes (self, leaf->bytes + at, end - at) || (leaf->next_term > 0 && !finish_list (self)))
            return FALSE;
        }
    }

  return TRUE;
}

/* --- reading --- */

/* The page on which the term stands, if it stands anywhere. */
static gint64
find_page (Reading       *self,
           const Segment *segment)
{
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->lists->db,
                                                   "SELECT pgno >> 1 FROM post_index_idx"
                                                   " WHERE segid = ?1 AND term <= ?2 ORDER BY term DESC LIMIT 1",
                                                   NULL);

  if (stmt == NULL)
    return -1;

  bind_int64_at (stmt, 1, segment->number);
  bind_blob_at (stmt, 2, self->wanted, self->n_wanted);
  switch (annals_db_step (self->lists->db, stmt, NULL))
    {
    case STEP_ROW:
      return MAX (column_int64 (stmt, 0), segment->first_page);

    case STEP_DONE:
      return segment->first_page;

    case STEP_ERROR:
      break;
    }

  return -1;
}

static gboolean
read_segment (Reading       *self,
              const Segment *segment)
{
  gint64 page = find_page (self, segment);
  gint64 base = segment->number << SEGMENT_SHIFT;
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  if (page < 0 || !(stmt = annals_db_borrow (self->lists->db,
                                             "SELECT id, block FROM post_index_data"
                                             " WHERE id BETWEEN ?1 AND ?2 ORDER BY id", NULL)))
    return FALSE;

  self->done = FALSE;
  self->inside = FALSE;
  self->n_term = 0;
  bind_int64_at (stmt, 1, base + page);
  bind_int64_at (stmt, 2, base + segment->last_page);
  while (!self->done && (step = annals_db_step (self->lists->db, stmt, NULL)) == STEP_ROW)
    {
      Leaf leaf;
      gsize size;
      const guint8 *bytes = column_bytes (stmt, 1, &size);

      if (column_int64 (stmt, 0) != base + page++ || !leaf_init (&leaf, bytes, size) || !read_leaf (self, &leaf))
        return FALSE;
    }

  /* to the segment's end */
  return (self->done || (step == STEP_DONE && page == segment->last_page + 1)) && (!self->inside || finish_list (self));
}

static int
compare_lists (gconstpointer a,
               gconstpointer b)
{
  const TermList *one = a;
  const TermList *other = b;
  int order = g_bytes_compare (one->term, other->term);

  return order != 0 ? order : (one->segment > other->segment) - (one->segment < other->segment);
}

static const AnnalsPosting *
postings_of (AnnalsDoclists *self,
             const TermList *list)
{
  return &g_array_index (self->postings, AnnalsPosting, list->first);
}

/* Whether each of the lists, of which the newest is the first, is of later posts than the next. */
static gboolean
are_in_order (AnnalsDoclists *self,
              const TermList *lists,
              guint           n_lists)
{
  for (guint i = 1; i < n_lists; i++)
    if (lists[i - 1].n == 0 || lists[i].n == 0 ||
        postings_of (self, &lists[i])[lists[i].n - 1].id >= postings_of (self, &lists[i - 1])[0].id)
      return FALSE;

  return TRUE;
}

/* @seen: (nullable): posts of which something newer is known. */
static AnnalsPosting *
take_list (AnnalsDoclists *self,
           const TermList *list,
           gint64          top,
           AnnalsIdSet    *seen,
           AnnalsPosting  *to)
{
  const AnnalsPosting *postings = postings_of (self, list);

  for (guint i = 0; i < list->n; i++)
    {
      guint32 id = postings[i].id;

      if (seen != NULL && annals_id_set_contains (seen, id))
        continue;

      *to = postings[i];
      to += id <= top && postings[i].size > 0;
      if (seen != NULL)
        annals_id_set_add (seen, id);
    }

  return to;
}

/* Of what several segments say of one post and term the newest counts. */
static GArray *
resolve (AnnalsDoclists *self,
         gint64          top)
{
  const TermList *lists = (const TermList *) (gpointer) self->lists->data;
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (AnnalsPosting));
  AnnalsPosting *to;
  guint n;

  g_array_sort (self->lists, compare_lists);
  g_array_set_size (kept, self->postings->len + 1);
  to = (AnnalsPosting *) (gpointer) kept->data;
  for (guint i = 0; i < self->lists->len; i += n)
    {
      g_autoptr(AnnalsIdSet) seen = NULL;
      gboolean in_order;

      for (n = 1; i + n < self->lists->len && g_bytes_equal (lists[i].term, lists[i + n].term); n++)
        ;
      in_order = are_in_order (self, lists + i, n);
      if (!in_order)
        seen = annals_id_set_new (top);

      for (guint k = 0; k < n; k++)
        to = take_list (self, lists + (in_order ? i + n - 1 - k : i + k), top, seen, to);
    }
  g_array_set_size (kept, (guint) (to - (AnnalsPosting *) (gpointer) kept->data));

  return kept;
}

/* Whether the postings are those of one term as they are, but for empty ones: none says anything anew of a post
 * that an older segment has. */
static gboolean
is_resolved (AnnalsDoclists *self,
             gboolean        prefix)
{
  if (self->segments->len <= 1)
    return TRUE;

  g_array_sort (self->lists, compare_lists);

  return !prefix && are_in_order (self, (const TermList *) (gpointer) self->lists->data, self->lists->len);
}

/* The usual case: all postings count that name places. */
static guint
drop_empty (AnnalsDoclists *self,
            gint64          top)
{
  AnnalsPosting *postings = (AnnalsPosting *) (gpointer) self->postings->data;
  guint n = 0;

  for (guint i = 0; i < self->postings->len; i++)
    {
      postings[n] = postings[i];
      n += postings[i].size > 0 && postings[i].id <= top;
    }
  g_array_set_size (self->postings, n);

  return n;
}

static gint64
find_top (AnnalsDoclists *self)
{
  gint64 top = 0;

  for (guint i = 0; i < self->postings->len; i++)
    top = MAX (top, g_array_index (self->postings, AnnalsPosting, i).id);

  return top;
}

static gboolean
read_segments (AnnalsDoclists *self,
               const char     *term,
               gboolean        prefix)
{
  g_autofree char *wanted = g_strconcat (MAIN_INDEX, term, NULL);
  g_autofree Reading *reading = g_new0 (Reading, 1);

  reading->lists = self;
  reading->wanted = (const guint8 *) wanted;
  reading->n_wanted = strlen (wanted);
  reading->prefix = prefix;

  begin_lists (self);
  /* the oldest first, which has the first posts */
  for (guint i = self->segments->len; i > 0; i--)
    {
      reading->segment = i - 1;
      if (!read_segment (reading, &g_array_index (self->segments, Segment, i - 1)))
        return FALSE;
    }

  return TRUE;
}

gboolean
annals_doclists_read (AnnalsDoclists  *self,
                      const char      *term,
                      gboolean         prefix,
                      gint64           top,
                      GArray         **postings,
                      GByteArray     **bytes)
{
  static const guint8 zeros[PADDING];

  self->max_bytes = 0;
  if (!read_segments (self, term, prefix))
    return FALSE;

  g_byte_array_append (self->bytes, zeros, sizeof zeros);
  if (is_resolved (self, prefix))
    {
      drop_empty (self, top);
      *postings = g_steal_pointer (&self->postings);
    }
  else
    *postings = resolve (self, top);
  *bytes = g_steal_pointer (&self->bytes);

  return TRUE;
}

gboolean
annals_doclists_count (AnnalsDoclists *self,
                       const char     *term,
                       guint           limit,
                       guint          *n)
{
  self->max_bytes = limit * BYTES_PER_POST;
  if (!read_segments (self, term, FALSE))
    return FALSE;

  if (limit > 0 && self->bytes->len > self->max_bytes)
    *n = limit;
  else if (is_resolved (self, FALSE))
    *n = drop_empty (self, G_MAXUINT32);
  else
    {
      g_autoptr(GArray) kept = resolve (self, find_top (self));

      *n = kept->len;
    }

  return TRUE;
}
