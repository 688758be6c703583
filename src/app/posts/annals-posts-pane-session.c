/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-posts-pane-private.h"

void
annals_posts_pane_save (AnnalsPostsPane *self,
                        GVariantDict    *state)
{
  g_autofree char *sort = NULL;

  g_return_if_fail (ANNALS_IS_POSTS_PANE (self));

  g_object_get (self, "sort", &sort, NULL);
  g_variant_dict_insert (state, "sort", "s", sort);
  g_variant_dict_insert (state, "query", "s", self->query != NULL ? self->query : "");
  g_variant_dict_insert (state, "scope", "u", (guint) self->scope);
  g_variant_dict_insert (state, "scope-id", "x", self->scope_id);
  g_variant_dict_insert (state, "scope-name", "s", self->scope_name != NULL ? self->scope_name : "");
}

void
annals_posts_pane_resume (AnnalsPostsPane *self,
                          GVariant        *state,
                          gint64           post_id)
{
  const char *query = "";
  const char *sort;
  guint position;

  g_return_if_fail (ANNALS_IS_POSTS_PANE (self));

  /* The list that comes last selects it. */
  self->to_show = post_id;
  g_variant_lookup (state, "query", "&s", &query);
  if (*query != '\0')
    annals_search_bar_set_query (self->search, query);
  if (g_variant_lookup (state, "sort", "&s", &sort))
    g_object_set (self, "sort", sort, NULL);

  if (self->loading == NULL && self->to_show != 0)
    {
      if (annals_paged_list_find (self->posts, post_id, &position))
        annals_posts_pane_select_position (self, position);
      self->to_show = 0;
    }
}
