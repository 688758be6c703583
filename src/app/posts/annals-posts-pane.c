/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-posts-pane.h"

#include <glib/gi18n.h>

#include "annals-lists.h"
#include "annals-menu-button.h"
#include "annals-post-card.h"
#include "annals-posts-pane-private.h"

typedef enum
{
  PROP_DESK = 1,
  PROP_MATCH,
  PROP_SORT,
} AnnalsPostsPaneProp;

enum
{
  POST_SELECTED,
  OPEN_POST,
  SCOPE_CLEARED,
  N_SIGNALS
};

/* @name is what the action posts.sort takes. */
static const struct
{
  AnnalsOrder  order;
  const char  *name;
  const char  *label;
} orders[] = {
  { ANNALS_ORDER_NEWEST, "newest", N_("Newest first") },
  { ANNALS_ORDER_OLDEST, "oldest", N_("Oldest first") },
  { ANNALS_ORDER_TITLE, "title", N_("Title") },
  { ANNALS_ORDER_PLACE, "place", N_("Archive order") },
  { ANNALS_ORDER_SOURCE, "source", N_("Source") },
  { ANNALS_ORDER_RELEVANCE, "relevance", N_("Relevance") },
};

static GParamSpec *properties[PROP_SORT + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsPostsPane, annals_posts_pane, GTK_TYPE_WIDGET)

static void
update_sort_button (AnnalsPostsPane *self)
{
  AnnalsOrder order = annals_posts_pane_get_order (self);

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (orders[i].order == order)
      annals_menu_button_set_label (self->sort_button, _(orders[i].label));
}

/* What words are found in is best first unless the user wants it otherwise; everything else has an order of
 * its own. */
static void
set_order (AnnalsPostsPane *self,
           AnnalsOrder      order)
{
  if (annals_posts_pane_get_order (self) == order)
    return;

  if (self->match != NULL)
    self->search_order = order;
  else
    self->order = order;
  update_sort_button (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
  annals_posts_pane_reload (self);
}

/* @query: (nullable): what has been understood */
static void
set_query (AnnalsPostsPane *self,
           AnnalsQuery     *query,
           const char      *text)
{
  const char *match = query != NULL ? annals_query_get_marks (query) : NULL;

  g_free (self->query);
  self->query = query != NULL && !annals_query_is_everything (query) ? g_strdup (text) : NULL;
  if (g_strcmp0 (self->match, match) == 0)
    return;

  g_free (self->match);
  self->match = g_strdup (match);
  update_sort_button (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MATCH]);
}

static void
show_scope (AnnalsPostsPane *self)
{
  gboolean kin = self->kin != ANNALS_POSTS_KIN_NONE;
  const char *label = kin ? self->kin_label : self->scope_name;
  g_autofree char *name = NULL;

  annals_mentions_button_show (self->mentions, ANNALS_RECORD_TAG,
                               !kin && self->scope == ANNALS_SCOPE_TAG ? self->scope_id : 0);
  gtk_widget_set_visible (self->scope_button, kin || self->scope != ANNALS_SCOPE_ALL);
  gtk_label_set_text (self->scope_label, label != NULL ? label : "");
  if (label != NULL)
    {
      /* Translators: a button; %s is the part of the notebook that is shown, such as a tag */
      name = g_strdup_printf (_("%s: show all posts instead"), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->scope_button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static void
leave_kin (AnnalsPostsPane *self)
{
  self->kin = ANNALS_POSTS_KIN_NONE;
  self->kin_id = 0;
  g_clear_pointer (&self->kin_label, g_free);
  show_scope (self);
}

static void
search_changed_cb (AnnalsPostsPane *self)
{
  g_autofree char *text = annals_search_bar_dup_query (self->search);
  g_autoptr(AnnalsQuery) query = NULL;

  /* What cannot be understood is said, and the list stays as it was. */
  if (!(query = annals_search_bar_parse (self->search)))
    return;

  if (self->kin == ANNALS_POSTS_KIN_NONE &&
      g_strcmp0 (self->query, annals_query_is_everything (query) ? NULL : text) == 0)
    {
      annals_posts_pane_show_index_remark (self);
      return;
    }

  leave_kin (self);
  set_query (self, query, text);
  annals_posts_pane_reload (self);
}

static void
stop_search_cb (AnnalsPostsPane *self)
{
  annals_search_bar_set_query (self->search, "");
  annals_posts_pane_focus_list (self);
}

static void
search_activate_cb (AnnalsPostsPane *self)
{
  if (!annals_search_bar_has_error (self->search))
    annals_posts_pane_focus_list (self);
}

static void
facets_toggled_cb (AnnalsPostsPane *self)
{
  gtk_revealer_set_reveal_child (self->facets_revealer, gtk_toggle_button_get_active (self->facets_button));
  annals_posts_pane_update_facets (self);
}

static void
narrow_cb (AnnalsPostsPane *self,
           const char      *filter)
{
  annals_search_bar_add_filter (self->search, filter);
}

static void
scope_clicked_cb (AnnalsPostsPane *self)
{
  if (self->kin != ANNALS_POSTS_KIN_NONE)
    {
      leave_kin (self);
      annals_posts_pane_reload (self);
      return;
    }

  annals_posts_pane_set_scope (self, ANNALS_SCOPE_ALL, 0, NULL);
  g_signal_emit (self, signals[SCOPE_CLEARED], 0);
}

static void
row_activated_cb (AnnalsPostsPane *self,
                  guint            position)
{
  annals_search_bar_remember (self->search);
  g_signal_emit (self, signals[OPEN_POST], 0);
}

static void
selection_changed_cb (AnnalsPostsPane *self)
{
  g_autoptr(GtkBitset) selected = NULL;

  annals_posts_pane_update_actions (self);
  if (annals_paged_list_get_n_selected (self->posts) != 1)
    return;

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->posts));
  g_signal_emit (self, signals[POST_SELECTED], 0,
                 g_array_index (self->ids, gint64, gtk_bitset_get_minimum (selected)));
}

static void
changed_cb (AnnalsPostsPane *self,
            AnnalsChanges   *changes)
{
  if (annals_changes_touch (changes, ANNALS_RECORD_POST) ||
      annals_changes_touch (changes, ANNALS_RECORD_IMPORT) ||
      (annals_changes_touch (changes, ANNALS_RECORD_ANNOTATION) &&
       self->scope == ANNALS_SCOPE_ANNOTATED) ||
      (annals_changes_touch (changes, ANNALS_RECORD_EVENT) && self->scope == ANNALS_SCOPE_TIMELINE))
    annals_posts_pane_reload (self);
  else if (annals_changes_touch (changes, ANNALS_RECORD_ANNOTATION) ||
           annals_changes_touch (changes, ANNALS_RECORD_EVENT) ||
           annals_changes_touch (changes, ANNALS_RECORD_TAG) ||
           annals_changes_touch (changes, ANNALS_RECORD_SOURCE))
    annals_paged_list_refresh (self->posts);
}

static void
index_pending_cb (AnnalsPostsPane *self)
{
  guint posts, notes;

  annals_posts_pane_show_index_remark (self);
  annals_posts_pane_get_pending (self, &posts, &notes);
  if (self->query != NULL && posts == 0 && notes == 0)
    annals_posts_pane_reload (self);
}

static void
notebook_cb (AnnalsPostsPane *self)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  g_autoptr(GArray) no_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) no_keys = g_array_new (FALSE, FALSE, sizeof (AnnalsPagedKey));
  g_autoptr(AnnalsPagedChange) nothing = annals_paged_list_begin_change (self->posts);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_cancellable_cancel (self->preparing);
  g_clear_object (&self->preparing);
  annals_paged_change_set_keys (nothing, no_keys);
  annals_posts_pane_show_posts (self, no_ids, nothing, annals_post_cards_question_new (NULL, NULL));
  leave_kin (self);
  annals_search_bar_set_query (self->search, "");
  if (notebook != NULL)
    {
      g_signal_connect_object (notebook, "notify::index-pending", G_CALLBACK (index_pending_cb),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (notebook, "notify::notes-pending", G_CALLBACK (index_pending_cb),
                               self, G_CONNECT_SWAPPED);
    }
  annals_posts_pane_reload (self);
}

static void
set_desk (AnnalsPostsPane *self,
          AnnalsDesk      *desk)
{
  /* A pane has one desk for its life: the window's. */
  g_return_if_fail (self->desk == NULL);

  if (!g_set_object (&self->desk, desk))
    return;

  annals_mentions_button_set_desk (self->mentions, desk);
  g_object_set (self->search, "desk", desk, NULL);
  self->posts = annals_paged_list_new (desk, annals_post_cards_load, (GDestroyNotify) annals_post_card_free);
  self->selection_id =
    g_signal_connect_object (self->posts, "selection-changed", G_CALLBACK (selection_changed_cb),
                             self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list_view), GTK_SELECTION_MODEL (self->posts));
  g_signal_connect_object (desk, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (notebook_cb), self,
                           G_CONNECT_SWAPPED);
  annals_posts_pane_reload (self);
}

static void
annals_posts_pane_dispose (GObject *object)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_cancellable_cancel (self->preparing);
  g_clear_object (&self->preparing);
  g_clear_handle_id (&self->slow_source, g_source_remove);
  g_clear_handle_id (&self->remark_source, g_source_remove);
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  g_clear_pointer (&self->tag_popover, gtk_widget_unparent);
  g_clear_pointer (&self->untag_popover, gtk_widget_unparent);
  g_clear_pointer (&self->timeline_popover, gtk_widget_unparent);
  g_clear_pointer (&self->date_popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_POSTS_PANE);
  g_clear_object (&self->posts);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_posts_pane_parent_class)->dispose (object);
}

static void
annals_posts_pane_finalize (GObject *object)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (object);

  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->match, g_free);
  g_clear_pointer (&self->query, g_free);
  g_clear_pointer (&self->tagged_ids, g_array_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_pointer (&self->scope_name, g_free);
  g_clear_pointer (&self->announced, g_free);
  g_clear_pointer (&self->kin_label, g_free);

  G_OBJECT_CLASS (annals_posts_pane_parent_class)->finalize (object);
}

static void
annals_posts_pane_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (object);

  switch ((AnnalsPostsPaneProp) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;

    case PROP_MATCH:
      g_value_set_string (value, self->match);
      break;

    case PROP_SORT:
      for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
        if (orders[i].order == annals_posts_pane_get_order (self))
          g_value_set_string (value, orders[i].name);
      break;
    }
}

static void
annals_posts_pane_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (object);

  switch ((AnnalsPostsPaneProp) prop_id)
    {
    case PROP_DESK:
      set_desk (self, g_value_get_object (value));
      break;

    case PROP_MATCH:
      g_assert_not_reached ();

    case PROP_SORT:
      for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
        {
          if (g_strcmp0 (orders[i].name, g_value_get_string (value)) == 0)
            set_order (self, orders[i].order);
        }
      break;
    }
}

static void
install_properties (GObjectClass *object_class)
{
  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, ANNALS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MATCH] =
    g_param_spec_string ("match", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SORT] =
    g_param_spec_string ("sort", NULL, NULL, "newest",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
annals_posts_pane_class_init (AnnalsPostsPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_posts_pane_dispose;
  object_class->finalize = annals_posts_pane_finalize;
  object_class->get_property = annals_posts_pane_get_property;
  object_class->set_property = annals_posts_pane_set_property;
  install_properties (object_class);

  signals[POST_SELECTED] = g_signal_new ("post-selected", ANNALS_TYPE_POSTS_PANE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[OPEN_POST] = g_signal_new ("open-post", ANNALS_TYPE_POSTS_PANE, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SCOPE_CLEARED] = g_signal_new ("scope-cleared", ANNALS_TYPE_POSTS_PANE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ANNALS_TYPE_SEARCH_BAR);
  g_type_ensure (ANNALS_TYPE_FACETS_PANEL);
  g_type_ensure (ANNALS_TYPE_MENTIONS_BUTTON);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-posts-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, search);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, count);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, busy);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, scope_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, mentions);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, scope_label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, sort_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, facets_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, others_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, facets_revealer);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, facets);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, clear_search_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, list_view);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, context_menu);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, facets_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, scope_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_property_action (widget_class, "posts.sort", "sort");
  annals_posts_pane_install_actions (widget_class);
}

static void
annals_posts_pane_init (AnnalsPostsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->search_order = ANNALS_ORDER_RELEVANCE;
  annals_posts_pane_init_rows (self);
  annals_posts_pane_init_popovers (self);
  annals_posts_pane_update_actions (self);
  update_sort_button (self);
  annals_posts_pane_init_go (self);
  annals_posts_pane_init_others (self);
  annals_search_bar_capture (self->search, self->list_view);
}

AnnalsOrder
annals_posts_pane_get_order (AnnalsPostsPane *self)
{
  return self->match != NULL ? self->search_order : self->order;
}

void
annals_posts_pane_show_kin (AnnalsPostsPane *self,
                            AnnalsPostsKin   kin,
                            gint64           post_id,
                            const char      *label)
{
  self->kin = kin;
  self->kin_id = post_id;
  g_free (self->kin_label);
  self->kin_label = g_strdup (label);
  show_scope (self);
  annals_posts_pane_reload (self);
}

GtkWidget *
annals_posts_pane_new (void)
{
  return g_object_new (ANNALS_TYPE_POSTS_PANE, NULL);
}

const char *
annals_posts_pane_get_match (AnnalsPostsPane *self)
{
  g_return_val_if_fail (ANNALS_IS_POSTS_PANE (self), NULL);

  return self->match;
}

void
annals_posts_pane_set_scope (AnnalsPostsPane *self,
                             AnnalsScope      scope,
                             gint64           scope_id,
                             const char      *label)
{
  gboolean same = self->scope == scope && self->scope_id == scope_id;

  g_return_if_fail (ANNALS_IS_POSTS_PANE (self));

  /* The label may have changed with the scope as it was: a tag was renamed. */
  g_free (self->scope_name);
  self->scope_name = g_strdup (label);
  self->scope = scope;
  self->scope_id = scope_id;
  if (same)
    {
      show_scope (self);
      return;
    }

  leave_kin (self);
  annals_posts_pane_reload (self);
}

void
annals_posts_pane_show_post (AnnalsPostsPane *self,
                             gint64           post_id)
{
  guint position;

  g_return_if_fail (ANNALS_IS_POSTS_PANE (self));

  if (self->posts == NULL)
    return;

  if (post_id == 0)
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->posts));
  else if (annals_paged_list_find (self->posts, post_id, &position))
    annals_posts_pane_select_position (self, position);
  else
    {
      self->to_show = post_id;
      leave_kin (self);
      annals_search_bar_set_query (self->search, "");
      scope_clicked_cb (self);
      annals_posts_pane_reload (self);
    }
}

gboolean
annals_posts_pane_step (AnnalsPostsPane *self,
                        int              step)
{
  g_autoptr(GtkBitset) selected = NULL;
  guint n_posts, position;

  g_return_val_if_fail (ANNALS_IS_POSTS_PANE (self), FALSE);

  n_posts = self->ids->len;
  if (n_posts == 0)
    return FALSE;

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->posts));
  if (gtk_bitset_is_empty (selected))
    position = step > 0 ? 0 : n_posts - 1;
  else if (step > 0)
    position = gtk_bitset_get_maximum (selected) + 1;
  else if ((position = gtk_bitset_get_minimum (selected)) == 0)
    return FALSE;
  else
    position--;

  if (position >= n_posts)
    return FALSE;

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->posts), position, TRUE);
  annals_list_scroll_to (self->list_view, position);

  return TRUE;
}

void
annals_posts_pane_focus_search (AnnalsPostsPane *self)
{
  g_return_if_fail (ANNALS_IS_POSTS_PANE (self));

  annals_search_bar_focus (self->search);
}

void
annals_posts_pane_search (AnnalsPostsPane *self,
                          const char      *query)
{
  g_return_if_fail (ANNALS_IS_POSTS_PANE (self));
  g_return_if_fail (query != NULL);

  annals_search_bar_set_query (self->search, query);
  gtk_widget_grab_focus (self->list_view);
}

void
annals_posts_pane_focus_list (AnnalsPostsPane *self)
{
  g_return_if_fail (ANNALS_IS_POSTS_PANE (self));

  if (!gtk_widget_grab_focus (self->list_view))
    annals_search_bar_focus (self->search);
}
