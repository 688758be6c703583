/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-match-expression-private.h"

#include <stdlib.h>
#include <string.h>

/* In a post's places: the number of the column follows. */
#define COLUMN_MARK 1
/* From so many postings to one on, each is searched for in the long list; below, both are walked. */
#define MUCH_LONGER 32

/* --- the places of a post --- */

/* How many numbers end in the bytes: those bytes whose highest bit is not set. Up to 7 bytes more are looked at. */
static guint
count_numbers (const guint8 *p,
               guint         size)
{
  const guint64 highest = G_GUINT64_CONSTANT (0x8080808080808080);
  guint n = 0;

  for (guint at = 0; at < size; at += 8)
    {
      guint64 eight;

      memcpy (&eight, p + at, 8);
      eight = GUINT64_FROM_LE (eight);
      if (size - at < 8)
        eight |= ~(guint64) 0 << (size - at) * 8;
      /* the bits are added in the highest byte */
      n += (guint) (((~eight & highest) >> 7) * G_GUINT64_CONSTANT (0x0101010101010101) >> 56);
    }

  return n;
}

/* What the places in @column (-1: in both) count. */
static float
weigh_places (const guint8 *p,
              guint         size,
              int           column)
{
  static const float weights[] = { ANNALS_TITLE_WEIGHT, 1.0f };
  const guint8 *end = p + size;
  guint n[2] = { 0, 0 };
  guint at = 0;

  /* in the text alone, as nearly all are */
  if (size > 2 && p[0] == COLUMN_MARK && p[1] == 1)
    return column != 0 ? (float) count_numbers (p + 2, size - 2) * weights[1] : 0;

  while (p < end)
    {
      if (*p == COLUMN_MARK)
        {
          at = p[1] == 0 ? 0 : 1;
          p += 2;
          continue;
        }

      while ((*p & 0x80) != 0)
        p++;
      p++;
      n[at]++;
    }

  return (column != 1 ? (float) n[0] * weights[0] : 0) + (column != 0 ? (float) n[1] * weights[1] : 0);
}

/* Each place as a number, the column in the upper half; there is room for @size of them. Returns how many. */
static guint
read_places (guint64      *places,
             const guint8 *p,
             guint         size)
{
  const guint8 *end = p + size;
  guint64 *to = places;
  guint64 place = 0;

  while (p < end)
    {
      guint64 value;

      p = annals_doclists_varint (p, &value);
      if (value == COLUMN_MARK)
        {
          place = (guint64) (*p++ & 1) << 32;
          continue;
        }

      /* each is told as the way from the one before, and 2 more */
      place += value - 2;
      *to++ = place;
    }

  return (guint) (to - places);
}

/* --- phrases --- */

/* One term of a phrase. */
typedef struct
{
  GArray     *postings;
  GByteArray *bytes;
  guint       at;         /* the posting that is looked at */
  guint64    *places;     /* of the post at hand */
  guint       n_places;
  guint       room;       /* for places */
} Term;

typedef struct
{
  AnnalsDoclists   *doclists;
  gint64            top;
  AnnalsPhraseFunc  func;
  gpointer          data;
  guint             n_phrases;   /* that have been told */
} Search;

static void
term_clear (Term *self)
{
  annals_doclists_give_back (g_steal_pointer (&self->postings), g_steal_pointer (&self->bytes));
  g_clear_pointer (&self->places, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Term, term_clear)

static const AnnalsPosting *
term_at (const Term *self,
         guint       i)
{
  /* without postings there is no place to count from */
  return self->postings->len > 0 ? &g_array_index (self->postings, AnnalsPosting, i) : NULL;
}

/* Merges two runs that ascend. */
static void
merge_runs (const AnnalsPosting *from,
            guint                start,
            guint                middle,
            guint                end,
            AnnalsPosting       *to)
{
  guint i = start;
  guint j = middle;

  for (guint n = start; n < end; n++)
    to[n] = j >= end || (i < middle && from[i].id <= from[j].id) ? from[i++] : from[j++];
}

/* Where the run that begins at @start ends. */
static guint
find_run_end (const AnnalsPosting *postings,
              guint                start,
              guint                n)
{
  guint i = start + 1;

  while (i < n && postings[i - 1].id <= postings[i].id)
    i++;

  return MIN (i, n);
}

/* By id. They come in few runs that ascend already: one for each segment, or term. */
static void
sort_postings (GArray *postings)
{
  AnnalsPosting *from = (AnnalsPosting *) (gpointer) postings->data;
  guint n = postings->len;
  g_autofree AnnalsPosting *other = NULL;

  while (n > 0 && find_run_end (from, 0, n) < n)
    {
      if (other == NULL)
        other = g_new (AnnalsPosting, n);

      for (guint start = 0; start < n; )
        {
          guint middle = find_run_end (from, start, n);
          guint end = middle < n ? find_run_end (from, middle, n) : n;

          merge_runs (from, start, middle, end, other);
          start = end;
        }
      memcpy (from, other, n * sizeof *from);
    }
}

static gboolean
read_terms (const AnnalsExpression *phrase,
            Search                 *search,
            Term                   *terms)
{
  for (guint i = 0; i < phrase->terms->len; i++)
    {
      if (!annals_doclists_read (search->doclists, phrase->terms->pdata[i],
                                 phrase->beginning && i + 1 == phrase->terms->len, search->top,
                                 &terms[i].postings, &terms[i].bytes))
        return FALSE;

      sort_postings (terms[i].postings);
    }

  return TRUE;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  guint64 one = *(const guint64 *) a;
  guint64 other = *(const guint64 *) b;

  return (one > other) - (one < other);
}

static guint
drop_repeated (guint64 *places,
               guint    n)
{
  guint kept = 0;

  for (guint i = 0; i < n; i++)
    if (kept == 0 || places[kept - 1] != places[i])
      places[kept++] = places[i];

  return kept;
}

/* The places of the post that the term stands at; a beginning has a posting for each term. */
static void
collect_places (Term *self)
{
  const AnnalsPosting *posting = term_at (self, self->at);
  const AnnalsPosting *end = term_at (self, self->postings->len);
  guint32 id = posting->id;
  guint n = 0;

  self->n_places = 0;
  for (; posting < end && posting->id == id; posting++, n++)
    {
      if (self->room < self->n_places + posting->size)
        {
          self->room = (self->n_places + posting->size) * 2;
          self->places = g_renew (guint64, self->places, self->room);
        }
      self->n_places += read_places (self->places + self->n_places, self->bytes->data + posting->at, posting->size);
    }

  if (n > 1)
    {
      qsort (self->places, self->n_places, sizeof *self->places, compare_places);
      self->n_places = drop_repeated (self->places, self->n_places);
    }
}

guint
annals_expression_keep_followed (guint64       *starts,
                                 guint          n_starts,
                                 const guint64 *places,
                                 guint          n_places,
                                 guint          distance)
{
  guint kept = 0;
  guint k = 0;

  for (guint i = 0; i < n_starts; i++)
    {
      while (k < n_places && places[k] < starts[i] + distance)
        k++;
      if (k < n_places && places[k] == starts[i] + distance)
        starts[kept++] = starts[i];
    }

  return kept;
}

/* What @places count; -1: in both columns. */
static float
weigh_numbers (const guint64 *places,
               guint          n,
               int            column)
{
  float frequency = 0;

  for (guint i = 0; i < n; i++)
    {
      int at = (int) (places[i] >> 32);

      if (column < 0 || at == column)
        frequency += at == 0 ? ANNALS_TITLE_WEIGHT : 1;
    }

  return frequency;
}

/* What the phrase counts in the post that all terms stand at; 0: it is not there. */
static float
weigh_phrase (Term  *terms,
              guint  n_terms,
              int    column)
{
  guint n;

  collect_places (&terms[0]);
  n = terms[0].n_places;
  for (guint i = 1; i < n_terms && n > 0; i++)
    {
      collect_places (&terms[i]);
      n = annals_expression_keep_followed (terms[0].places, n, terms[i].places, terms[i].n_places, i);
    }

  return weigh_numbers (terms[0].places, n, column);
}

static guint
find_rarest (const Term *terms,
             guint       n_terms)
{
  guint rarest = 0;

  for (guint i = 1; i < n_terms; i++)
    if (terms[i].postings->len < terms[rarest].postings->len)
      rarest = i;

  return rarest;
}

/* Posts that may have the phrase, as indices: at[k][i] is the posting of term k for the i-th of them. */
typedef struct
{
  guint   n;
  guint   n_terms;   /* that have been looked at */
  guint **at;
} Candidates;

/* The first posting from @low on whose post is @id or a later one: in steps that double, and back by halves. */
static guint
find_posting (const Term *self,
              guint       low,
              guint32     id)
{
  const AnnalsPosting *postings = term_at (self, 0);
  guint n = self->postings->len;
  guint step = 1;
  guint high;

  while (low + step < n && postings[low + step].id < id)
    {
      low += step;
      step *= 2;
    }

  for (high = MIN (low + step, n); low < high; )
    {
      guint middle = (low + high) / 2;

      if (postings[middle].id < id)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static void
keep_candidate (Candidates *self,
                guint       kept,
                guint       i,
                guint       posting)
{
  for (guint k = 0; k < self->n_terms; k++)
    self->at[k][kept] = self->at[k][i];
  self->at[self->n_terms][kept] = posting;
}

/* Keeps the candidates at which @term stands too. @first: the term that they were made of.
 *
 * Where two common words meet is as good as random, and a branch on it is mispredicted each second time, which took
 * longer than all else: so both lists are walked without one. */
static void
keep_common (Candidates *self,
             const Term *first,
             const Term *term)
{
  const AnnalsPosting *ours = term_at (first, 0);
  const AnnalsPosting *theirs = term_at (term, 0);
  gboolean is_long = term->postings->len / MUCH_LONGER > self->n;
  guint kept = 0;
  guint i = 0;
  guint k = 0;

  while (i < self->n && k < term->postings->len)
    {
      guint32 id = ours[self->at[0][i]].id;

      if (is_long && (k = find_posting (term, k, id)) == term->postings->len)
        break;

      keep_candidate (self, kept, i, k);
      kept += theirs[k].id == id;
      i += id <= theirs[k].id;
      k += theirs[k].id <= id;
    }

  self->n = kept;
  self->n_terms++;
}

/* One for each post of the term; a beginning may have several postings of a post. */
static void
make_candidates (Candidates *self,
                 const Term *term)
{
  guint kept = 0;

  for (guint i = 0; i < term->postings->len; i++)
    {
      self->at[0][kept] = i;
      kept += i == 0 || term_at (term, i)->id != term_at (term, i - 1)->id;
    }
  self->n = kept;
  self->n_terms = 1;
}

/* @order: the terms' numbers in the order in which the candidates know them. */
static void
match_candidates (const Candidates *self,
                  const guint      *order,
                  Term             *terms,
                  int               column,
                  GArray           *found)
{
  AnnalsWeighed *to;

  g_array_set_size (found, self->n);
  to = (AnnalsWeighed *) (gpointer) found->data;
  for (guint i = 0; i < self->n; i++)
    {
      for (guint k = 0; k < self->n_terms; k++)
        terms[order[k]].at = self->at[k][i];

      to->id = term_at (&terms[0], terms[0].at)->id;
      to->frequency = weigh_phrase (terms, self->n_terms, column);
      to += to->frequency > 0;
    }
  g_array_set_size (found, (guint) (to - (AnnalsWeighed *) (gpointer) found->data));
}

static void
match_terms (Term   *terms,
             guint   n_terms,
             int     column,
             GArray *found)
{
  guint rarest = find_rarest (terms, n_terms);
  guint n = terms[rarest].postings->len;
  g_autofree guint *order = g_new (guint, n_terms);
  g_autofree guint **at = g_new0 (guint *, n_terms);
  Candidates candidates = { .at = at };

  order[0] = rarest;
  at[0] = g_new (guint, n);
  make_candidates (&candidates, &terms[rarest]);
  for (guint k = 1; k < n_terms; k++)
    {
      order[k] = k - (k <= rarest);
      at[k] = g_new (guint, candidates.n);
      keep_common (&candidates, &terms[rarest], &terms[order[k]]);
    }
  match_candidates (&candidates, order, terms, column, found);

  for (guint k = 0; k < n_terms; k++)
    g_free (at[k]);
}

/* --- one term --- */

/* Each posting is a post. */
static void
weigh_term (const Term *term,
            int         column,
            GArray     *found)
{
  AnnalsWeighed *to;
  guint n = term->postings->len;

  g_array_set_size (found, n);
  to = (AnnalsWeighed *) (gpointer) found->data;
  for (guint i = 0; i < n; i++)
    {
      const AnnalsPosting *posting = term_at (term, i);

      *to = (AnnalsWeighed) { posting->id, weigh_places (term->bytes->data + posting->at, posting->size, column) };
      to += to->frequency > 0;
    }
  g_array_set_size (found, (guint) (to - (AnnalsWeighed *) (gpointer) found->data));
}

/* A post has a posting for each term that begins so, and a word and its stem are two in one place. */
static void
weigh_beginning (Term   *term,
                 int     column,
                 GArray *found)
{
  guint next;

  sort_postings (term->postings);
  for (guint i = 0; i < term->postings->len; i = next)
    {
      const AnnalsPosting *posting = term_at (term, i);
      AnnalsWeighed weighed = { posting->id, 0 };

      for (next = i + 1; next < term->postings->len && term_at (term, next)->id == weighed.id; next++)
        ;
      if (next == i + 1)
        weighed.frequency = weigh_places (term->bytes->data + posting->at, posting->size, column);
      else
        {
          term->at = i;
          collect_places (term);
          weighed.frequency = weigh_numbers (term->places, term->n_places, column);
        }

      if (weighed.frequency > 0)
        g_array_append_val (found, weighed);
    }
}

/* --- the whole --- */

static gboolean
find_term (const AnnalsExpression *self,
           Search                 *search,
           AnnalsIdSet            *set,
           GArray                 *found)
{
  g_auto(Term) term = { 0 };

  if (!annals_doclists_read (search->doclists, self->terms->pdata[0], self->beginning, search->top,
                             &term.postings, &term.bytes))
    return FALSE;

  if (search->func == NULL && self->column < 0)
    for (guint i = 0; i < term.postings->len; i++)
      annals_id_set_add (set, term_at (&term, i)->id);
  else if (self->beginning)
    weigh_beginning (&term, self->column, found);
  else
    weigh_term (&term, self->column, found);

  return TRUE;
}

static gboolean
find_terms (const AnnalsExpression *self,
            Search                 *search,
            GArray                 *found)
{
  guint n = self->terms->len;
  g_autofree Term *terms = g_new0 (Term, n);
  gboolean ok = read_terms (self, search, terms);

  if (ok)
    match_terms (terms, n, self->column, found);
  for (guint i = 0; i < n; i++)
    term_clear (&terms[i]);

  return ok;
}

static AnnalsIdSet *
find_phrase (const AnnalsExpression *self,
             Search                 *search)
{
  g_autoptr(AnnalsIdSet) set = annals_id_set_new (search->top);
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (AnnalsWeighed));

  if (self->terms->len == 1 ? !find_term (self, search, set, found) : !find_terms (self, search, found))
    return NULL;

  for (guint i = 0; i < found->len; i++)
    annals_id_set_add (set, g_array_index (found, AnnalsWeighed, i).id);
  if (search->func != NULL)
    search->func (search->n_phrases++, (const AnnalsWeighed *) (gpointer) found->data, found->len, search->data);

  return g_steal_pointer (&set);
}

static AnnalsIdSet *
find (const AnnalsExpression *self,
      Search                 *search)
{
  g_autoptr(AnnalsIdSet) set = NULL;

  if (self->kind == EXPRESSION_PHRASE)
    return find_phrase (self, search);

  for (guint i = 0; i < self->children->len; i++)
    {
      g_autoptr(AnnalsIdSet) other = find (self->children->pdata[i], search);

      if (other == NULL)
        return NULL;

      if (set == NULL)
        set = g_steal_pointer (&other);
      else if (self->kind == EXPRESSION_AND)
        annals_id_set_intersect (set, other);
      else if (self->kind == EXPRESSION_OR)
        annals_id_set_unite (set, other);
      else
        annals_id_set_subtract (set, other);
    }

  return g_steal_pointer (&set);
}

AnnalsIdSet *
annals_expression_find (const AnnalsExpression *self,
                        AnnalsDoclists         *doclists,
                        gint64                  top,
                        AnnalsPhraseFunc        func,
                        gpointer                data)
{
  Search search = { doclists, top, func, data, 0 };

  return find (self, &search);
}

gboolean
annals_expression_count (const AnnalsExpression *self,
                         AnnalsDoclists         *doclists,
                         guint                   limit,
                         guint                  *n)
{
  if (self->kind != EXPRESSION_PHRASE || self->terms->len != 1 || self->column >= 0 || self->beginning)
    return FALSE;

  if (!annals_doclists_count (doclists, self->terms->pdata[0], limit, n))
    return FALSE;

  *n = limit > 0 ? MIN (*n, limit) : *n;

  return TRUE;
}
