/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-tag-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-search.h"

void
annals_tag_rule_fit_clear (AnnalsTagRuleFit *self)
{
  g_clear_pointer (&self->lacking, g_array_unref);
}

static AnnalsQuery *
parse (const char  *rule,
       GError     **error)
{
  if (rule[strspn (rule, " \t\n")] != '\0')
    return annals_query_parse (rule, error);

  g_set_error_literal (error, ANNALS_QUERY_ERROR, ANNALS_QUERY_ERROR_SYNTAX,
                       _("A tag's rule must say which posts it is for"));
  return NULL;
}

gboolean
annals_tag_rule_check (const char  *rule,
                       GError     **error)
{
  g_autoptr(AnnalsQuery) query = NULL;

  g_return_val_if_fail (rule != NULL, FALSE);

  query = parse (rule, error);

  return query != NULL;
}

static GArray *
list_fitting (AnnalsDb    *db,
              const char  *rule,
              GError     **error)
{
  g_autoptr(AnnalsQuery) query = parse (rule, error);

  return query != NULL ? annals_search_posts (db, query, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_NEWEST, error)
                       : NULL;
}

gboolean
annals_db_fit_tag_rule (AnnalsDb          *db,
                        gint64             tag_id,
                        const char        *rule,
                        AnnalsTagRuleFit  *fit,
                        GError           **error)
{
  g_autoptr(AnnalsTag) tag = NULL;
  g_autoptr(GArray) fitting = NULL;
  g_autoptr(GArray) lacking = NULL;
  guint n_new = 0;

  g_return_val_if_fail (db != NULL && rule != NULL && fit != NULL, FALSE);

  if ((tag_id != 0 && !(tag = annals_db_load_tag (db, tag_id, error))) ||
      !(fitting = list_fitting (db, rule, error)) ||
      !(lacking = annals_db_list_untagged (db, tag_id, fitting, error)))
    return FALSE;

  for (guint i = 0; i < lacking->len; i++)
    if (tag == NULL || g_array_index (lacking, gint64, i) > tag->rule_seen)
      n_new++;

  *fit = (AnnalsTagRuleFit) { fitting->len, g_steal_pointer (&lacking), n_new };
  return TRUE;
}

GArray *
annals_db_list_due_tag_rules (AnnalsDb  *db,
                              GError   **error)
{
  g_autoptr(GPtrArray) tags = NULL;
  g_autoptr(GArray) due = g_array_new (FALSE, FALSE, sizeof (AnnalsTagCount));

  g_return_val_if_fail (db != NULL, NULL);

  if (!(tags = annals_db_list_tags (db, error)))
    return NULL;

  for (guint i = 0; i < tags->len; i++)
    {
      const AnnalsTag *tag = tags->pdata[i];
      AnnalsTagRuleFit fit = { 0 };
      AnnalsTagCount count = { tag->id, 0 };
      GError *failure = NULL;

      if (*tag->rule == '\0')
        continue;

      if (!annals_db_fit_tag_rule (db, tag->id, tag->rule, &fit, &failure))
        {
          if (failure->domain != ANNALS_QUERY_ERROR)
            {
              g_propagate_error (error, failure);
              return NULL;
            }

          g_error_free (failure);
          continue;
        }

      count.n_posts = fit.n_new;
      annals_tag_rule_fit_clear (&fit);
      if (count.n_posts > 0)
        g_array_append_val (due, count);
    }

  return g_steal_pointer (&due);
}

gboolean
annals_db_apply_tag_rule (AnnalsDb  *db,
                          gint64     tag_id,
                          guint     *n_tagged,
                          GError   **error)
{
  g_autoptr(AnnalsTag) tag = NULL;
  AnnalsTagRuleFit fit = { 0 };
  gboolean done;

  g_return_val_if_fail (db != NULL, FALSE);

  if (!(tag = annals_db_load_tag (db, tag_id, error)) ||
      !annals_db_fit_tag_rule (db, tag_id, tag->rule, &fit, error))
    return FALSE;

  if (n_tagged != NULL)
    *n_tagged = fit.lacking->len;
  done = annals_db_tag_posts (db, tag_id, (const gint64 *) (gpointer) fit.lacking->data, fit.lacking->len,
                              error) &&
         annals_db_set_tag_rule_seen (db, tag_id, error);
  annals_tag_rule_fit_clear (&fit);

  return done;
}
