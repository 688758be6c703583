/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-posts-pane.h"

#include <glib/gi18n.h>

#include "annals-lists.h"
#include "annals-posts-pane-private.h"
#include "annals-search.h"

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

/* A list of posts, asked of a reader's thread. */
typedef struct
{
  AnnalsScope   scope;
  gint64        scope_id;
  AnnalsQuery  *query;
  AnnalsOrder   order;
  GCancellable *cancellable;   /* tells this question from a later one */
  GArray       *ids;
} ListJob;

static void
list_job_free (ListJob *self)
{
  annals_query_free (self->query);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

static gboolean
list_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  ListJob *job = data;

  job->ids = annals_search_posts (db, job->query, job->scope, job->scope_id, job->order, error);

  return job->ids != NULL;
}

static guint
get_index_pending (AnnalsPostsPane *self)
{
  AnnalsNotebook *notebook = self->desk != NULL ? annals_desk_get_notebook (self->desk) : NULL;
  guint pending = 0;

  if (notebook != NULL)
    g_object_get (notebook, "index-pending", &pending, NULL);

  return pending;
}

/* Says under the search entry why what is shown may not be the answer; NULL: it is. */
static void
show_remark (AnnalsPostsPane *self,
             const char      *text,
             gboolean         is_error)
{
  if (text != NULL)
    gtk_label_set_text (self->remark, text);
  gtk_revealer_set_reveal_child (self->remark_revealer, text != NULL);

  if (is_error)
    {
      gtk_widget_add_css_class (self->search, "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->remark), "error");
    }
  else
    {
      gtk_widget_remove_css_class (self->search, "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->remark), "error");
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_STATE_INVALID,
                               is_error ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
show_index_remark (AnnalsPostsPane *self)
{
  guint pending = get_index_pending (self);
  g_autofree char *text = NULL;

  if (gtk_widget_has_css_class (self->search, "error"))
    return;

  if (self->query != NULL && pending > 0)
    text = g_strdup_printf (ngettext ("%'u post is still being indexed and may be missing here",
                                      "%'u posts are still being indexed and may be missing here",
                                      pending), pending);
  show_remark (self, text, FALSE);
}

static void
show_nothing (AnnalsPostsPane *self)
{
  gboolean searching = self->query != NULL;
  g_autofree char *description = NULL;

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

static void
listed_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (owner);
  ListJob *job = data;
  g_autofree char *count = NULL;
  guint n, position;

  if (job->cancellable != self->loading)
    return;

  g_clear_object (&self->loading);
  g_clear_handle_id (&self->slow_source, g_source_remove);
  if (error != NULL)
    {
      show_remark (self, error->message, TRUE);
      if (annals_post_list_get_n_posts (self->posts) > 0)
        gtk_stack_set_visible_child_name (self->stack, "list");
      return;
    }

  annals_post_list_set_ids (self->posts, job->ids, annals_query_get_marks (job->query));
  n = job->ids->len;
  count = g_strdup_printf (ngettext ("%'u post", "%'u posts", n), n);
  gtk_label_set_text (self->count, count);
  show_index_remark (self);
  if (n == 0)
    show_nothing (self);
  else
    gtk_stack_set_visible_child_name (self->stack, "list");

  if (self->to_show != 0 && annals_post_list_find (self->posts, self->to_show, &position))
    select_position (self, position);
  self->to_show = 0;
  annals_posts_pane_update_actions (self);
}

static gboolean
slow_cb (gpointer data)
{
  AnnalsPostsPane *self = data;

  gtk_stack_set_visible_child_name (self->stack, "loading");
  self->slow_source = 0;

  return G_SOURCE_REMOVE;
}

static void
reload (AnnalsPostsPane *self)
{
  ListJob *job;

  if (self->desk == NULL || annals_desk_get_notebook (self->desk) == NULL)
    return;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  if (self->slow_source == 0)
    self->slow_source = g_timeout_add (SLOW, slow_cb, self);

  job = g_new0 (ListJob, 1);
  job->scope = self->scope;
  job->scope_id = self->scope_id;
  job->query = annals_query_parse (self->query != NULL ? self->query : "", NULL);
  job->order = self->order;
  job->cancellable = g_object_ref (self->loading);
  annals_desk_read (self->desk, self, list_in_reader, job, (GDestroyNotify) list_job_free,
                    self->loading, listed_cb);
}

static void
update_sort_button (AnnalsPostsPane *self)
{
  gtk_menu_button_set_label (self->sort_button, _(orders[self->order].label));
}

static void
set_order (AnnalsPostsPane *self,
           AnnalsOrder      order)
{
  if (self->order == order)
    return;

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
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MATCH]);
}

static void
search_changed_cb (AnnalsPostsPane *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autoptr(AnnalsQuery) query = NULL;
  g_autoptr(GError) error = NULL;

  /* What cannot be understood is said, and the list stays as it was. */
  if (!(query = annals_query_parse (text, &error)))
    {
      show_remark (self, error->message, TRUE);
      return;
    }

  show_remark (self, NULL, FALSE);
  if (g_strcmp0 (self->query, annals_query_is_everything (query) ? NULL : text) == 0)
    {
      show_index_remark (self);
      return;
    }

  set_query (self, query, text);
  reload (self);
}

static void
stop_search_cb (AnnalsPostsPane *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_changed_cb (self);
  annals_posts_pane_focus_list (self);
}

static void
search_activate_cb (AnnalsPostsPane *self)
{
  search_changed_cb (self);
  annals_posts_pane_focus_list (self);
}

static void
scope_clicked_cb (AnnalsPostsPane *self)
{
  annals_posts_pane_set_scope (self, ANNALS_SCOPE_ALL, 0, NULL);
  g_signal_emit (self, signals[SCOPE_CLEARED], 0);
}

static void
row_activated_cb (AnnalsPostsPane *self,
                  guint            position)
{
  g_signal_emit (self, signals[OPEN_POST], 0);
}

static void
selection_changed_cb (AnnalsPostsPane *self)
{
  g_autoptr(GtkBitset) selected = NULL;

  annals_posts_pane_update_actions (self);
  if (annals_post_list_get_n_selected (self->posts) != 1)
    return;

  selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->posts));
  g_signal_emit (self, signals[POST_SELECTED], 0,
                 annals_post_list_get_id (self->posts, gtk_bitset_get_minimum (selected)));
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
    annals_post_list_refresh (self->posts, NULL, G_MAXUINT);
}

static void
index_pending_cb (AnnalsPostsPane *self)
{
  show_index_remark (self);
  if (self->query != NULL && get_index_pending (self) == 0)
    reload (self);
}

static void
notebook_cb (AnnalsPostsPane *self)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  g_autoptr(GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  annals_post_list_set_ids (self->posts, none, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  set_query (self, NULL, NULL);
  if (notebook != NULL)
    g_signal_connect_object (notebook, "notify::index-pending", G_CALLBACK (index_pending_cb),
                             self, G_CONNECT_SWAPPED);
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

  self->posts = annals_post_list_new (desk);
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
  g_clear_pointer (&self->timeline_popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_POSTS_PANE);
  g_clear_object (&self->posts);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_posts_pane_parent_class)->dispose (object);
}

static void
annals_posts_pane_finalize (GObject *object)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (object);

  g_clear_pointer (&self->match, g_free);
  g_clear_pointer (&self->query, g_free);
  g_clear_pointer (&self->scope_name, g_free);

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
      g_value_set_string (value, orders[self->order].name);
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

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-posts-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, search);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, remark_revealer);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, remark);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, count);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, scope_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, scope_label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, sort_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, nothing_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, clear_search_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, list_view);
  gtk_widget_class_bind_template_child (widget_class, AnnalsPostsPane, context_menu);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, scope_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_property_action (widget_class, "posts.sort", "sort");
  annals_posts_pane_install_actions (widget_class);
}

static void
annals_posts_pane_init (AnnalsPostsPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  annals_posts_pane_init_rows (self);
  annals_posts_pane_init_popovers (self);
  annals_posts_pane_update_actions (self);
  update_sort_button (self);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search), self->list_view);
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
  g_autofree char *name = NULL;

  g_return_if_fail (ANNALS_IS_POSTS_PANE (self));

  /* The label may have changed with the scope as it was: a tag was renamed. */
  g_free (self->scope_name);
  self->scope_name = g_strdup (label);
  gtk_widget_set_visible (self->scope_button, scope != ANNALS_SCOPE_ALL);
  gtk_label_set_text (self->scope_label, label != NULL ? label : "");
  if (label != NULL)
    {
      /* Translators: a button; %s is the part of the notebook that is shown, such as a tag */
      name = g_strdup_printf (_("%s: show all posts instead"), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->scope_button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }

  if (self->scope == scope && self->scope_id == scope_id)
    return;

  self->scope = scope;
  self->scope_id = scope_id;
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
  else if (annals_post_list_find (self->posts, post_id, &position))
    select_position (self, position);
  else
    {
      self->to_show = post_id;
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      set_query (self, NULL, NULL);
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

  n_posts = self->posts != NULL ? annals_post_list_get_n_posts (self->posts) : 0;
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

  gtk_widget_grab_focus (self->search);
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}

void
annals_posts_pane_search (AnnalsPostsPane *self,
                          const char      *query)
{
  g_return_if_fail (ANNALS_IS_POSTS_PANE (self));
  g_return_if_fail (query != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->search), query);
  search_changed_cb (self);
  gtk_widget_grab_focus (self->list_view);
}

void
annals_posts_pane_focus_list (AnnalsPostsPane *self)
{
  g_return_if_fail (ANNALS_IS_POSTS_PANE (self));

  if (!gtk_widget_grab_focus (self->list_view))
    gtk_widget_grab_focus (self->search);
}
