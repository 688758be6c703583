/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-search-private.h"

#include <string.h>

#include "annals-match.h"

/* So many of the best posts are looked at: their texts are read. */
#define MAX_LOOKED_AT 100
/* What a post is worth more in which all words stand as they were typed. */
#define EXACT_BONUS 0.3f

typedef struct
{
  gint64 id;
  float  score;
  guint  place;
} Best;

/* Only words in ASCII letters have other forms in the index. */
static void
collect_forms (const AnnalsQueryNode *node,
               GPtrArray             *forms)
{
  for (guint i = 0; node->forms != NULL && i < node->forms->len; i++)
    if (g_str_is_ascii (node->forms->pdata[i]))
      g_ptr_array_add (forms, node->forms->pdata[i]);

  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    {
      const AnnalsQueryNode *child = node->children->pdata[i];

      if (child->kind != NODE_NOT)
        collect_forms (child, forms);
    }
}

static gboolean
is_letter (char ch)
{
  return g_ascii_isalnum (ch) || (guchar) ch >= 0x80;
}

/* Whether @form stands in @text as a word of its own, case aside. */
static gboolean
has_form (const char *text,
          const char *form)
{
  gsize length = strlen (form);
  char first[] = { g_ascii_tolower (*form), g_ascii_toupper (*form), '\0' };

  for (const char *p = strpbrk (text, first); p != NULL; p = strpbrk (p + 1, first))
    if ((p == text || !is_letter (p[-1])) && g_ascii_strncasecmp (p, form, length) == 0 && !is_letter (p[length]))
      return TRUE;

  return FALSE;
}

static int
compare_best (gconstpointer a,
              gconstpointer b)
{
  const Best *one = a;
  const Best *two = b;

  return one->score != two->score ? (one->score < two->score ? 1 : -1) : (one->place > two->place) - (one->place < two->place);
}

/* The scores of the first ids. */
static GArray *
take_best (GArray              *ids,
           const AnnalsRanking *ranking)
{
  GArray *best = g_array_new (FALSE, FALSE, sizeof (Best));
  guint n = MIN (ids->len, MAX_LOOKED_AT);

  for (guint i = 0; i < n; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      Best one = { id, ranking->scores[id], i };

      g_array_append_val (best, one);
    }

  return best;
}

gboolean
annals_search_prefer_exact (AnnalsPlan             *plan,
                            const AnnalsQueryNode  *words,
                            const AnnalsRanking    *ranking,
                            GArray                 *ids,
                            GError                **error)
{
  g_autoptr(GPtrArray) forms = g_ptr_array_new ();
  g_autoptr(GArray) best = NULL;

  collect_forms (words, forms);
  if (forms->len == 0)
    return TRUE;

  best = take_best (ids, ranking);
  for (guint i = 0; i < best->len; i++)
    {
      Best *one = &g_array_index (best, Best, i);
      g_autofree char *text = annals_db_dup_words (plan->db, one->id, error);
      guint n = 0;

      if (text == NULL && error != NULL && *error != NULL)
        return FALSE;

      for (guint k = 0; text != NULL && k < forms->len; k++)
        n += has_form (text, forms->pdata[k]);
      one->score *= 1 + EXACT_BONUS * (float) n / (float) forms->len;
    }

  g_array_sort (best, compare_best);
  for (guint i = 0; i < best->len; i++)
    g_array_index (ids, gint64, i) = g_array_index (best, Best, i).id;

  return TRUE;
}
