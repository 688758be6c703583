/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-events-private.h"

#include <glib/gi18n-lib.h>

/*
 * Who says so, counted once each. Two posts are of one source when they are the same post, have nearly the same
 * text (an agency's report in two papers), or come from the same publication. What has any of these in common
 * with another belongs together, and so does what that one belongs to: disjoint sets with path halving (Tarjan and
 * van Leeuwen, "Worst-case analysis of set union algorithms", J. ACM 31, 1984).
 */

typedef struct
{
  guint      *parents;
  GHashTable *firsts;   /* what posts may have in common → the first that has it, plus 1 */
} Groups;

static guint
find_root (Groups *self,
           guint   i)
{
  while (self->parents[i] != i)
    {
      self->parents[i] = self->parents[self->parents[i]];
      i = self->parents[i];
    }

  return i;
}

/* @mark: (transfer full): what this one has */
static void
join (Groups *self,
      guint   i,
      char   *mark)
{
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (self->firsts, mark));

  if (first == 0)
    g_hash_table_insert (self->firsts, mark, GUINT_TO_POINTER (i + 1));
  else
    {
      self->parents[find_root (self, i)] = find_root (self, first - 1);
      g_free (mark);
    }
}

static gboolean
are_of_one (const AnnalsEvidence *a,
            const AnnalsEvidence *b)
{
  return a->post_id == b->post_id || (a->same_text != 0 && a->same_text == b->same_text) ||
         (*a->origin != '\0' && g_str_equal (a->origin, b->origin));
}

/* Most events have one piece of evidence or two. */
static gboolean
count_few (GPtrArray    *evidence,
           AnnalsStance  stance,
           guint        *n)
{
  const AnnalsEvidence *items[2];

  *n = 0;
  for (guint i = 0; i < evidence->len; i++)
    {
      const AnnalsEvidence *item = g_ptr_array_index (evidence, i);

      if (item->stance != stance)
        continue;
      if (*n == G_N_ELEMENTS (items))
        return FALSE;
      items[(*n)++] = item;
    }
  if (*n == 2 && are_of_one (items[0], items[1]))
    *n = 1;

  return TRUE;
}

static guint
count_groups (GPtrArray    *evidence,
              AnnalsStance  stance)
{
  g_autofree guint *parents = g_new (guint, evidence->len + 1);
  g_autoptr(GHashTable) firsts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Groups groups = { parents, firsts };
  guint n = 0;

  for (guint i = 0; i < evidence->len; i++)
    {
      const AnnalsEvidence *item = g_ptr_array_index (evidence, i);

      parents[i] = i;
      if (item->stance != stance)
        continue;

      join (&groups, i, g_strdup_printf ("post %" G_GINT64_FORMAT, item->post_id));
      if (item->same_text != 0)
        join (&groups, i, g_strdup_printf ("text %" G_GINT64_FORMAT, item->same_text));
      if (*item->origin != '\0')
        join (&groups, i, g_strconcat ("from ", item->origin, NULL));
    }

  for (guint i = 0; i < evidence->len; i++)
    {
      const AnnalsEvidence *item = g_ptr_array_index (evidence, i);

      if (item->stance == stance && parents[i] == i)
        n++;
    }

  return n;
}

void
annals_event_count_sources (AnnalsEvent *event)
{
  if (!count_few (event->evidence, ANNALS_STANCE_SUPPORTS, &event->n_supporting))
    event->n_supporting = count_groups (event->evidence, ANNALS_STANCE_SUPPORTS);
  if (!count_few (event->evidence, ANNALS_STANCE_CONTRADICTS, &event->n_contradicting))
    event->n_contradicting = count_groups (event->evidence, ANNALS_STANCE_CONTRADICTS);
}

char *
annals_event_dup_sources (const AnnalsEvent *self)
{
  g_autofree char *supporting = NULL;
  g_autofree char *contradicting = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  supporting = g_strdup_printf (ngettext ("Supported by %u independent source", "Supported by %u independent sources",
                                          self->n_supporting), self->n_supporting);
  if (self->n_contradicting == 0)
    return self->n_supporting > 0 ? g_steal_pointer (&supporting) : g_strdup ("");
  if (self->n_supporting == 0)
    return g_strdup_printf (ngettext ("Contradicted by %u independent source", "Contradicted by %u independent sources",
                                      self->n_contradicting), self->n_contradicting);

  contradicting = g_strdup_printf (ngettext ("contradicted by %u", "contradicted by %u", self->n_contradicting),
                                   self->n_contradicting);

  /* Translators: "Supported by 2 independent sources", "contradicted by 1" */
  return g_strdup_printf (_("%s, %s"), supporting, contradicting);
}
