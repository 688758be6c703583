/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-posts-pane.h"

#include <glib/gi18n.h>

#include "annals-lists.h"
#include "annals-post-card.h"
#include "annals-post-listing.h"
#include "annals-posts-pane-private.h"

/* Rows that are there at once when a large notebook has just been opened. */
#define FIRST_ROWS 200

/* A question that takes longer (milliseconds) shows that it is being worked on. */
#define SLOW 200

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

/* How far the indexes are behind: of posts, and of what the user wrote. */
static void
get_pending (AnnalsPostsPane *self,
             guint           *posts,
             guint           *notes)
{
  AnnalsNotebook *notebook = self->desk != NULL ? annals_desk_get_notebook (self->desk) : NULL;

  *posts = *notes = 0;
  if (notebook != NULL)
    g_object_get (notebook, "index-pending", posts, "notes-pending", notes, NULL);
}

static void
show_index_remark (AnnalsPostsPane *self)
{
  g_autofree char *text = NULL;
  guint pending, notes;

  get_pending (self, &pending, &notes);
  if (annals_search_bar_has_error (self->search))
    return;

  if (self->query != NULL && pending > 0)
    text = g_strdup_printf (ngettext ("%'u post is still being indexed and may be missing here",
                                      "%'u posts are still being indexed and may be missing here",
                                      pending), pending);
  else if (self->query != NULL && notes > 0)
    text = g_strdup_printf (ngettext ("%'u note or memo is still being indexed and may be missing here",
                                      "%'u notes and memos are still being indexed and may be missing here",
                                      notes), notes);
  annals_search_bar_show_remark (self->search, text, FALSE);
}

static void
show_nothing (AnnalsPostsPane *self)
{
  gboolean searching = self->query != NULL;
  g_autofree char *description = NULL;

  if (self->kin != ANNALS_POSTS_KIN_NONE)
    {
      adw_status_page_set_title (self->nothing_page, _("Nothing Found"));
      adw_status_page_set_description (self->nothing_page,
                                       self->kin == ANNALS_POSTS_KIN_SAME
                                       ? _("No two posts have nearly the same text.")
                                       : _("No other post is like this one."));
      gtk_widget_set_visible (self->clear_search_button, FALSE);
      gtk_stack_set_visible_child_name (self->stack, "nothing");
      return;
    }

  if (self->scope == ANNALS_SCOPE_ALL && !searching)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      return;
    }

  if (searching && self->scope != ANNALS_SCOPE_ALL)
    /* Translators: %s is a part of the notebook, such as “Unread” or a tag */
    description = g_markup_printf_escaped (_("No post in “%s” fits the search."), self->scope_name);
  else if (searching)
    description = g_strdup (_("No post fits the search."));
  else
    description = g_markup_printf_escaped (_("“%s” has no posts."), self->scope_name);

  adw_status_page_set_title (self->nothing_page, searching ? _("Nothing Found") : _("No Posts"));
  adw_status_page_set_description (self->nothing_page, description);
  gtk_widget_set_visible (self->clear_search_button, searching);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

/* Selects without telling anybody: the reader knows already. */
static void
select_position (AnnalsPostsPane *self,
                 guint            position)
{
  g_signal_handler_block (self->posts, self->selection_id);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->posts), position, TRUE);
  g_signal_handler_unblock (self->posts, self->selection_id);
  annals_posts_pane_update_actions (self);
  annals_list_scroll_to (self->list_view, position);
}

/* @ids, @keys: the same posts */
static void
show_posts (AnnalsPostsPane         *self,
            GArray                  *ids,
            GArray                  *keys,
            AnnalsPostCardsQuestion *question)
{
  g_clear_pointer (&self->ids, g_array_unref);
  self->ids = g_array_ref (ids);
  annals_paged_list_set_question (self->posts, question, (GDestroyNotify) annals_post_cards_question_free);
  annals_paged_list_set_keys (self->posts, keys);
}

/* The first rows of a list that is still to come. */
static void
first_listed_cb (gpointer      owner,
                 gpointer      data,
                 const GError *error)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (owner);
  AnnalsPostListing *job = data;

  /* A failure is said of the whole. */
  if (job->cancellable != self->loading || error != NULL || job->ids->len == 0)
    return;

  g_clear_handle_id (&self->slow_source, g_source_remove);
  show_posts (self, job->ids, job->keys, annals_post_cards_question_new (NULL, NULL));
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
listed_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (owner);
  AnnalsPostListing *job = data;
  g_autofree char *count = NULL;
  guint n, position;

  if (job->cancellable != self->loading)
    return;

  g_clear_object (&self->loading);
  g_clear_handle_id (&self->slow_source, g_source_remove);
  if (error != NULL)
    {
      annals_search_bar_show_remark (self->search, error->message, TRUE);
      if (self->ids->len > 0)
        gtk_stack_set_visible_child_name (self->stack, "list");
      return;
    }

  show_posts (self, job->ids, job->keys,
              annals_post_cards_question_new (annals_query_get_marks (job->query), job->reasons));
  n = job->ids->len;
  count = g_strdup_printf (ngettext ("%'u post", "%'u posts", n), n);
  gtk_label_set_text (self->count, count);
  show_index_remark (self);
  annals_posts_pane_show_others (self, job);
  if (n == 0)
    show_nothing (self);
  else
    gtk_stack_set_visible_child_name (self->stack, "list");

  if (self->to_show != 0 && annals_paged_list_find (self->posts, self->to_show, &position))
    select_position (self, position);
  self->to_show = 0;
  annals_posts_pane_update_actions (self);
  annals_posts_pane_update_facets (self);
}

static gboolean
slow_cb (gpointer data)
{
  AnnalsPostsPane *self = data;

  gtk_stack_set_visible_child_name (self->stack, "loading");
  self->slow_source = 0;

  return G_SOURCE_REMOVE;
}

static AnnalsPostListing *
create_listing (AnnalsPostsPane *self)
{
  AnnalsPostListing *job = g_new0 (AnnalsPostListing, 1);

  job->scope = self->scope;
  job->scope_id = self->scope_id;
  job->query = annals_query_parse (self->query != NULL ? self->query : "", NULL);
  job->order = annals_posts_pane_get_order (self);
  job->kin = self->kin;
  job->kin_id = self->kin_id;
  job->cancellable = g_object_ref (self->loading);

  return job;
}

/* To know all posts of a large notebook in their order takes a second, the first time. */
static void
load_first (AnnalsPostsPane *self)
{
  AnnalsOrder order = annals_posts_pane_get_order (self);
  AnnalsPostListing *job;

  if (self->ids->len > 0 || self->query != NULL || self->scope != ANNALS_SCOPE_ALL ||
      self->kin != ANNALS_POSTS_KIN_NONE || (order != ANNALS_ORDER_NEWEST && order != ANNALS_ORDER_OLDEST))
    return;

  job = create_listing (self);
  job->limit = FIRST_ROWS;
  annals_desk_read (self->desk, self, annals_post_listing_run, job, (GDestroyNotify) annals_post_listing_free,
                    self->loading, first_listed_cb);
}

static void
reload (AnnalsPostsPane *self)
{
  if (self->desk == NULL || annals_desk_get_notebook (self->desk) == NULL)
    return;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  if (self->slow_source == 0)
    self->slow_source = g_timeout_add (SLOW, slow_cb, self);

  load_first (self);
  annals_desk_read (self->desk, self, annals_post_listing_run, create_listing (self),
                    (GDestroyNotify) annals_post_listing_free, self->loading, listed_cb);
}

static void
update_sort_button (AnnalsPostsPane *self)
{
  AnnalsOrder order = annals_posts_pane_get_order (self);

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (orders[i].order == order)
      gtk_menu_button_set_label (self->sort_button, _(orders[i].label));
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
  reload (self);
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
      show_index_remark (self);
      return;
    }

  leave_kin (self);
  set_query (self, query, text);
  reload (self);
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
      reload (self);
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
    reload (self);
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

  show_index_remark (self);
  get_pending (self, &posts, &notes);
  if (self->query != NULL && posts == 0 && notes == 0)
    reload (self);
}

static void
notebook_cb (AnnalsPostsPane *self)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  g_autoptr(GArray) no_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) no_keys = g_array_new (FALSE, FALSE, sizeof (AnnalsPagedKey));

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  show_posts (self, no_ids, no_keys, annals_post_cards_question_new (NULL, NULL));
  leave_kin (self);
  annals_search_bar_set_query (self->search, "");
  if (notebook != NULL)
    {
      g_signal_connect_object (notebook, "notify::index-pending", G_CALLBACK (index_pending_cb),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (notebook, "notify::notes-pending", G_CALLBACK (index_pending_cb),
                               self, G_CONNECT_SWAPPED);
    }
  reload (self);
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
  reload (self);
}

static void
annals_posts_pane_dispose (GObject *object)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_handle_id (&self->slow_source, g_source_remove);
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
  reload (self);
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
  reload (self);
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
    select_position (self, position);
  else
    {
      self->to_show = post_id;
      leave_kin (self);
      annals_search_bar_set_query (self->search, "");
      scope_clicked_cb (self);
      reload (self);
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
