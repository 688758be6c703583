/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-named.h"
#include "annals-post-sets.h"
#include "annals-workspace-private.h"

/* What is looked for before it is shown: it may have gone since. */
typedef struct
{
  gint64       post_id;
  guint        offset;
  gint64       timeline_id;
  gint64       memo_id;
  guint        scope;
  gint64       scope_id;
  char        *scope_name;
} Resumption;

static void
resumption_free (gpointer data)
{
  Resumption *self = data;

  g_free (self->scope_name);
  g_free (self);
}

static Resumption *
resumption_new (GVariant *state)
{
  Resumption *self = g_new0 (Resumption, 1);

  g_variant_lookup (state, "post", "x", &self->post_id);
  g_variant_lookup (state, "offset", "u", &self->offset);
  g_variant_lookup (state, "timeline", "x", &self->timeline_id);
  g_variant_lookup (state, "memo", "x", &self->memo_id);
  g_variant_lookup (state, "scope", "u", &self->scope);
  g_variant_lookup (state, "scope-id", "x", &self->scope_id);
  g_variant_lookup (state, "scope-name", "s", &self->scope_name);

  return self;
}

/* @id becomes 0 when there is no such record now. @name: (optional) (inout): what it is called now */
static gboolean
look_for (AnnalsDb      *db,
          AnnalsRecord   kind,
          gint64        *id,
          char         **name,
          GError       **error)
{
  g_autoptr(AnnalsNamed) named = NULL;

  if (*id == 0)
    return TRUE;
  if (!(named = annals_db_load_named (db, kind, *id, error)))
    return FALSE;

  if (named->where != ANNALS_WHERE_HERE)
    *id = 0;
  else if (name != NULL)
    {
      g_free (*name);
      *name = g_strdup (named->title);
    }

  return TRUE;
}

/* A source without posts is in no list, nor is an import that was undone. */
static gboolean
look_for_origin (AnnalsDb    *db,
                 Resumption  *self,
                 GError     **error)
{
  gboolean is_source = self->scope == ANNALS_SCOPE_SOURCE;
  g_autoptr(GPtrArray) found = is_source ? annals_db_list_sources (db, error)
                                         : annals_db_list_names (db, ANNALS_RECORD_IMPORT, error);

  if (found == NULL)
    return FALSE;

  for (guint i = 0; i < found->len; i++)
    if (self->scope_id == (is_source ? ((AnnalsSource *) found->pdata[i])->id
                                     : ((AnnalsListedName *) found->pdata[i])->id))
      return TRUE;
  self->scope = ANNALS_SCOPE_ALL;

  return TRUE;
}

static gboolean
look_for_scope (AnnalsDb    *db,
                Resumption  *self,
                GError     **error)
{
  if (self->scope == ANNALS_SCOPE_TAG || self->scope == ANNALS_SCOPE_TIMELINE)
    {
      if (!look_for (db, self->scope == ANNALS_SCOPE_TAG ? ANNALS_RECORD_TAG : ANNALS_RECORD_TIMELINE, &self->scope_id,
                     &self->scope_name, error))
        return FALSE;
      if (self->scope_id == 0)
        self->scope = ANNALS_SCOPE_ALL;
    }
  else if (self->scope_name != NULL && (self->scope == ANNALS_SCOPE_SOURCE || self->scope == ANNALS_SCOPE_IMPORT))
    {
      return look_for_origin (db, self, error);
    }
  else if (self->scope > ANNALS_SCOPE_IMPORT || self->scope_name == NULL)
    {
      self->scope = ANNALS_SCOPE_ALL;
    }

  return TRUE;
}

static gboolean
look_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Resumption *self = data;

  return look_for (db, ANNALS_RECORD_POST, &self->post_id, NULL, error) &&
         look_for (db, ANNALS_RECORD_TIMELINE, &self->timeline_id, NULL, error) &&
         look_for (db, ANNALS_RECORD_MEMO, &self->memo_id, NULL, error) &&
         look_for_scope (db, self, error);
}

static void
looked_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsWorkspace *self = ANNALS_WORKSPACE (owner);
  const Resumption *found = data;
  g_autoptr(GVariant) state = g_steal_pointer (&self->resuming);
  const char *place = "read";
  gint64 post_id;
  guint offset;

  annals_reader_get_place (self->reader, &post_id, &offset);

  /* Whoever has begun to read meanwhile is left in peace; and what cannot be found is no harm. */
  if (error != NULL || state == NULL || post_id != 0)
    return;

  self->last_timeline = found->timeline_id;
  self->last_memo = found->memo_id;
  if (found->scope != ANNALS_SCOPE_ALL)
    {
      annals_sidebar_select_scope (self->sidebar, found->scope, found->scope_id);
      annals_posts_pane_set_scope (self->posts, found->scope, found->scope_id, found->scope_name);
    }
  annals_posts_pane_resume (self->posts, state, found->post_id);
  if (found->post_id != 0)
    {
      annals_desk_note_visit (self->desk, ANNALS_RECORD_POST, found->post_id);
      annals_reader_resume (self->reader, found->post_id, found->offset);
    }
  if (g_variant_lookup (state, "place", "&s", &place) && !g_str_equal (place, "read") &&
      adw_view_stack_get_child_by_name (self->places, place) != NULL)
    annals_workspace_show_place (self, place);
}

GVariant *
annals_workspace_dup_state (AnnalsWorkspace *self)
{
  GVariantDict state;
  gint64 post_id;
  guint offset;

  g_return_val_if_fail (ANNALS_IS_WORKSPACE (self), NULL);

  /* What is still on its way is what will be shown. */
  if (self->resuming != NULL)
    return g_variant_ref (self->resuming);

  annals_reader_get_place (self->reader, &post_id, &offset);
  g_variant_dict_init (&state, NULL);
  g_variant_dict_insert (&state, "place", "s", adw_view_stack_get_visible_child_name (self->places));
  /* A sidebar over the content goes by itself. */
  if (!annals_shell_get_folded (self->shell))
    g_variant_dict_insert (&state, "sidebar", "b", self->show_sidebar);
  g_variant_dict_insert (&state, "posts-width", "i", gtk_paned_get_position (self->read_paned));
  g_variant_dict_insert (&state, "post", "x", post_id);
  g_variant_dict_insert (&state, "offset", "u", offset);
  g_variant_dict_insert (&state, "timeline", "x", self->timelines != NULL
                                                    ? annals_timelines_place_get_timeline (self->timelines)
                                                    : self->last_timeline);
  g_variant_dict_insert (&state, "memo", "x", self->memos != NULL ? annals_memos_place_get_memo (self->memos)
                                                                  : self->last_memo);
  annals_posts_pane_save (self->posts, &state);

  return g_variant_ref_sink (g_variant_dict_end (&state));
}

void
annals_workspace_resume (AnnalsWorkspace *self,
                         GVariant        *state,
                         gboolean         panes_only)
{
  gboolean sidebar;
  int width;

  g_return_if_fail (ANNALS_IS_WORKSPACE (self));
  g_return_if_fail (g_variant_is_of_type (state, G_VARIANT_TYPE_VARDICT));

  if (g_variant_lookup (state, "sidebar", "b", &sidebar) && !annals_shell_get_folded (self->shell))
    annals_shell_set_show_sidebar (self->shell, sidebar);
  if (g_variant_lookup (state, "posts-width", "i", &width) && width > 0)
    gtk_paned_set_position (self->read_paned, width);
  if (panes_only)
    return;

  g_clear_pointer (&self->resuming, g_variant_unref);
  self->resuming = g_variant_ref (state);
  annals_desk_read (self->desk, self, look_in_reader, resumption_new (state), resumption_free, NULL, looked_cb);
}
