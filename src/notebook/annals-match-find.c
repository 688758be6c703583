/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-match-expression-private.h"

#include <stdlib.h>
#include <string.h>

/* In a post's places: the number of the column follows. */
#define COLUMN_MARK 1
/* Postings that are passed over one by one. */
#define SINGLE_STEPS 8

/* --- the places of a post --- */

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
  return &g_array_index (self->postings, AnnalsPosting, i);
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

/* Goes on to the first posting of @id or a later post: by single steps, as it is near when both words are common,
 * then in steps that double, and back by halves. */
static gboolean
go_to (Term    *self,
       guint32  id)
{
  const AnnalsPosting *postings = (const AnnalsPosting *) (gpointer) self->postings->data;
  guint n = self->postings->len;
  guint step = 1;
  guint low = self->at;
  guint near = MIN (n, low + SINGLE_STEPS);

  while (low < near && postings[low].id < id)
    low++;

  if (low == near && low < n && postings[low].id < id)
    {
      while (low + step < n && postings[low + step].id < id)
        {
          low += step;
          step *= 2;
        }

      for (guint high = MIN (low + step, n); low < high; )
        {
          guint middle = (low + high) / 2;

          if (postings[middle].id < id)
            low = middle + 1;
          else
            high = middle;
        }
    }
  self->at = low;

  return low < n && postings[low].id == id;
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

static void
match_terms (Term   *terms,
             guint   n_terms,
             int     column,
             GArray *found)
{
  Term *rarest = &terms[find_rarest (terms, n_terms)];

  for (guint i = 0; i < rarest->postings->len; i++)
    {
      AnnalsWeighed weighed = { term_at (rarest, i)->id, 0 };
      gboolean in_all = TRUE;

      if (i > 0 && term_at (rarest, i - 1)->id == weighed.id)
        continue;

      rarest->at = i;
      for (guint k = 0; k < n_terms && in_all; k++)
        in_all = &terms[k] == rarest || go_to (&terms[k], weighed.id);

      if (in_all && (weighed.frequency = weigh_phrase (terms, n_terms, column)) > 0)
        g_array_append_val (found, weighed);
    }
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
