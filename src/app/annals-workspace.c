/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-workspace.h"

#include "annals-workspace-private.h"

typedef enum
{
  PROP_SHOW_SIDEBAR = 1,
} AnnalsWorkspaceProp;

static GParamSpec *properties[PROP_SHOW_SIDEBAR + 1];

G_DEFINE_FINAL_TYPE (AnnalsWorkspace, annals_workspace, GTK_TYPE_WIDGET)

/* --- places that are made when they are visited --- */

/* Milliseconds from the notebook's coming up to the first place that is made ahead, and between them. */
#define SPARE_INTERVAL 600

/* To make a large place and to lay it out takes longer than a frame, so it is made while the program rests, and given
 * the desk, of which it asks for what it shows, when it is visited. */
static gboolean
make_spare_cb (gpointer data)
{
  AnnalsWorkspace *self = data;

  if (self->timelines == NULL && self->spare_timelines == NULL)
    {
      self->spare_timelines = g_object_ref_sink (annals_timelines_place_new ());
      return G_SOURCE_CONTINUE;
    }

  if (self->notes == NULL && self->spare_notes == NULL)
    self->spare_notes = g_object_ref_sink (g_object_new (ANNALS_TYPE_NOTES_PLACE, NULL));
  self->spare_source = 0;

  return G_SOURCE_REMOVE;
}

/* Puts the one that was made ahead into @bin, or a new one. */
static gpointer
make_place (AnnalsWorkspace *self,
            AdwBin          *bin,
            GtkWidget      **spare,
            GType            type)
{
  g_autoptr(GtkWidget) place = g_steal_pointer (spare);

  if (place == NULL)
    place = g_object_ref_sink (g_object_new (type, NULL));
  g_object_set (place, "desk", self->desk, NULL);
  adw_bin_set_child (bin, place);

  return place;
}

static AnnalsTimelinesPlace *
ensure_timelines (AnnalsWorkspace *self)
{
  if (self->timelines == NULL)
    {
      self->timelines = make_place (self, self->timelines_bin, &self->spare_timelines, ANNALS_TYPE_TIMELINES_PLACE);
      if (self->last_timeline != 0)
        {
          annals_sidebar_select_timeline (self->sidebar, self->last_timeline);
          annals_timelines_place_show (self->timelines, self->last_timeline, 0);
        }
    }

  return self->timelines;
}

static void
ensure_notes (AnnalsWorkspace *self)
{
  if (self->notes == NULL)
    self->notes = make_place (self, self->notes_bin, &self->spare_notes, ANNALS_TYPE_NOTES_PLACE);
}

static AnnalsReviewPlace *
ensure_review (AnnalsWorkspace *self)
{
  if (self->review == NULL)
    {
      self->review = g_object_new (ANNALS_TYPE_REVIEW_PLACE, "desk", self->desk, NULL);
      adw_bin_set_child (self->review_bin, GTK_WIDGET (self->review));
    }

  return self->review;
}

static AnnalsMemosPlace *
ensure_memos (AnnalsWorkspace *self)
{
  if (self->memos == NULL)
    {
      self->memos = g_object_new (ANNALS_TYPE_MEMOS_PLACE, "desk", self->desk, NULL);
      adw_bin_set_child (self->memos_bin, GTK_WIDGET (self->memos));
      if (self->last_memo != 0)
        annals_memos_place_show (self->memos, self->last_memo);
    }

  return self->memos;
}

static void
place_changed_cb (AnnalsWorkspace *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->places);

  if (self->desk == NULL)   /* while the template is being built */
    return;

  if (g_strcmp0 (name, "timelines") == 0)
    ensure_timelines (self);
  else if (g_strcmp0 (name, "notes") == 0)
    ensure_notes (self);
  else if (g_strcmp0 (name, "review") == 0)
    ensure_review (self);
  else if (g_strcmp0 (name, "memos") == 0)
    ensure_memos (self);

  annals_sidebar_set_review_shown (self->sidebar, g_strcmp0 (name, "review") == 0);
  annals_sidebar_set_timelines_only (self->sidebar, g_strcmp0 (name, "timelines") == 0);
}

/* --- from one place to another --- */

static void
show_post_cb (AnnalsWorkspace *self,
              gint64           post_id,
              gint64           annotation_id)
{
  adw_view_stack_set_visible_child_name (self->places, "read");
  annals_posts_pane_show_post (self->posts, post_id);
  annals_reader_show_post (self->reader, post_id, annotation_id);
}

static void
show_timeline_cb (AnnalsWorkspace *self,
                  gint64           timeline_id,
                  gint64           event_id)
{
  adw_view_stack_set_visible_child_name (self->places, "timelines");
  annals_sidebar_select_timeline (self->sidebar, timeline_id);
  annals_timelines_place_show (ensure_timelines (self), timeline_id, event_id);
}

static void
show_suggestions_cb (AnnalsWorkspace *self,
                     gint64           timeline_id)
{
  adw_view_stack_set_visible_child_name (self->places, "timelines");
  annals_sidebar_select_timeline (self->sidebar, timeline_id);
  annals_timelines_place_show_suggestions (ensure_timelines (self), timeline_id);
}

static void
show_memo_cb (AnnalsWorkspace *self,
              gint64           memo_id)
{
  adw_view_stack_set_visible_child_name (self->places, "memos");
  annals_memos_place_show (ensure_memos (self), memo_id);
}

static void
show_scope_cb (AnnalsWorkspace *self,
               guint            scope,
               gint64           id,
               const char      *name)
{
  adw_view_stack_set_visible_child_name (self->places, "read");
  annals_sidebar_select_scope (self->sidebar, scope, id);
  annals_posts_pane_set_scope (self->posts, scope, id, name);
  annals_posts_pane_focus_list (self->posts);
}

static void
show_query_cb (AnnalsWorkspace *self,
               const char      *query)
{
  adw_view_stack_set_visible_child_name (self->places, "read");
  annals_posts_pane_search (self->posts, query);
}

static void
show_review_cb (AnnalsWorkspace *self,
                gint64           annotation_id)
{
  adw_view_stack_set_visible_child_name (self->places, "review");
  annals_review_place_show (ensure_review (self), annotation_id);
}

static void
scope_selected_cb (AnnalsWorkspace *self,
                   guint            scope,
                   gint64           id,
                   const char      *name)
{
  annals_posts_pane_set_scope (self->posts, scope, id, name);
}

/* From the notes, the memos and the review a part of the posts leads to them; a sidebar over the content makes
 * way. */
static void
chosen_cb (AnnalsWorkspace *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->places);

  if (g_strcmp0 (name, "notes") == 0 || g_strcmp0 (name, "review") == 0 || g_strcmp0 (name, "memos") == 0)
    adw_view_stack_set_visible_child_name (self->places, "read");
  if (annals_shell_get_folded (self->shell))
    annals_shell_set_show_sidebar (self->shell, FALSE);
}

static void
scope_cleared_cb (AnnalsWorkspace *self)
{
  annals_sidebar_select_scope (self->sidebar, ANNALS_SCOPE_ALL, 0);
}

static void
post_selected_cb (AnnalsWorkspace *self,
                  gint64           post_id)
{
  annals_desk_note_visit (self->desk, ANNALS_RECORD_POST, post_id);
  annals_reader_show_post (self->reader, post_id, 0);
}

static void
step_post_cb (AnnalsWorkspace *self,
              int              step)
{
  if (!annals_posts_pane_step (self->posts, step))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/* Keys of the reader that count in the list too. */
static gboolean
reader_key_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   user_data)
{
  AnnalsWorkspace *self = ANNALS_WORKSPACE (widget);

  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->places), "read") == 0 &&
         gtk_widget_activate_action (GTK_WIDGET (self->reader), g_variant_get_string (args, NULL), NULL);
}

static void
bind_reader_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint            key;
    GdkModifierType  modifiers;
    const char      *action;
  } keys[] = {
    { GDK_KEY_Left, GDK_ALT_MASK, "reader.back" },
    { GDK_KEY_Right, GDK_ALT_MASK, "reader.forward" },
    { GDK_KEY_Back, 0, "reader.back" },
    { GDK_KEY_Forward, 0, "reader.forward" },
    { GDK_KEY_Up, GDK_ALT_MASK, "reader.previous-post" },
    { GDK_KEY_Down, GDK_ALT_MASK, "reader.next-post" },
    { GDK_KEY_plus, GDK_CONTROL_MASK, "reader.zoom-in" },
    { GDK_KEY_plus, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "reader.zoom-in" },
    { GDK_KEY_equal, GDK_CONTROL_MASK, "reader.zoom-in" },
    { GDK_KEY_KP_Add, GDK_CONTROL_MASK, "reader.zoom-in" },
    { GDK_KEY_minus, GDK_CONTROL_MASK, "reader.zoom-out" },
    { GDK_KEY_KP_Subtract, GDK_CONTROL_MASK, "reader.zoom-out" },
    { GDK_KEY_0, GDK_CONTROL_MASK, "reader.zoom-normal" },
    { GDK_KEY_KP_0, GDK_CONTROL_MASK, "reader.zoom-normal" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, keys[i].modifiers, reader_key_cb, "s",
                                  keys[i].action);
}

static void
open_post_cb (AnnalsWorkspace *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->reader));
}

static void
match_changed_cb (AnnalsWorkspace *self)
{
  annals_reader_set_match (self->reader, annals_posts_pane_get_match (self->posts));
}

static void
notebook_cb (AnnalsWorkspace *self)
{
  annals_reader_show_post (self->reader, 0, 0);
  self->last_timeline = 0;
  self->last_memo = 0;
  g_clear_pointer (&self->resuming, g_variant_unref);
}

/* --- the widget --- */

static void
annals_workspace_dispose (GObject *object)
{
  AnnalsWorkspace *self = ANNALS_WORKSPACE (object);

  g_clear_pointer (&self->resuming, g_variant_unref);
  g_clear_handle_id (&self->spare_source, g_source_remove);
  g_clear_object (&self->spare_timelines);
  g_clear_object (&self->spare_notes);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_WORKSPACE);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_workspace_parent_class)->dispose (object);
}

static void
annals_workspace_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  AnnalsWorkspace *self = ANNALS_WORKSPACE (object);

  switch ((AnnalsWorkspaceProp) prop_id)
    {
    case PROP_SHOW_SIDEBAR:
      g_value_set_boolean (value, self->show_sidebar);
      break;
    }
}

static void
annals_workspace_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  AnnalsWorkspace *self = ANNALS_WORKSPACE (object);

  switch ((AnnalsWorkspaceProp) prop_id)
    {
    case PROP_SHOW_SIDEBAR:
      if (self->show_sidebar != g_value_get_boolean (value))
        {
          self->show_sidebar = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, properties[PROP_SHOW_SIDEBAR]);
        }
      break;
    }
}

static void
annals_workspace_class_init (AnnalsWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_workspace_dispose;
  object_class->get_property = annals_workspace_get_property;
  object_class->set_property = annals_workspace_set_property;

  properties[PROP_SHOW_SIDEBAR] =
    g_param_spec_boolean ("show-sidebar", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (ANNALS_TYPE_SHELL);
  g_type_ensure (ANNALS_TYPE_SIDEBAR);
  g_type_ensure (ANNALS_TYPE_POSTS_PANE);
  g_type_ensure (ANNALS_TYPE_READER);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-workspace.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsWorkspace, shell);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWorkspace, sidebar);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWorkspace, places);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWorkspace, read_paned);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWorkspace, posts);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWorkspace, reader);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWorkspace, timelines_bin);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWorkspace, notes_bin);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWorkspace, review_bin);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWorkspace, memos_bin);
  gtk_widget_class_bind_template_callback (widget_class, scope_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, scope_cleared_cb);
  gtk_widget_class_bind_template_callback (widget_class, post_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_post_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_post_cb);
  gtk_widget_class_bind_template_callback (widget_class, match_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_changed_cb);
  bind_reader_keys (widget_class);
}

static void
annals_workspace_init (AnnalsWorkspace *self)
{
  self->show_sidebar = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
annals_workspace_new (AnnalsDesk *desk)
{
  AnnalsWorkspace *self;

  g_return_val_if_fail (ANNALS_IS_DESK (desk), NULL);

  self = g_object_new (ANNALS_TYPE_WORKSPACE, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "show-post", G_CALLBACK (show_post_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "show-suggestions", G_CALLBACK (show_suggestions_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "show-review", G_CALLBACK (show_review_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "show-timeline", G_CALLBACK (show_timeline_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "show-memo", G_CALLBACK (show_memo_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "show-scope", G_CALLBACK (show_scope_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "show-query", G_CALLBACK (show_query_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (notebook_cb), self, G_CONNECT_SWAPPED);
  g_object_set (self->sidebar, "desk", desk, NULL);
  g_object_set (self->posts, "desk", desk, NULL);
  g_object_set (self->reader, "desk", desk, NULL);
  self->spare_source = g_timeout_add_full (G_PRIORITY_LOW, SPARE_INTERVAL, make_spare_cb, self, NULL);

  return GTK_WIDGET (self);
}

AdwViewStack *
annals_workspace_get_places (AnnalsWorkspace *self)
{
  g_return_val_if_fail (ANNALS_IS_WORKSPACE (self), NULL);

  return self->places;
}

void
annals_workspace_show_place (AnnalsWorkspace *self,
                             const char      *name)
{
  g_return_if_fail (ANNALS_IS_WORKSPACE (self));

  /* The keys that follow are meant for the place. */
  adw_view_stack_set_visible_child_name (self->places, name);
  if (g_str_equal (name, "read"))
    annals_posts_pane_focus_list (self->posts);
  else
    gtk_widget_child_focus (adw_view_stack_get_visible_child (self->places), GTK_DIR_TAB_FORWARD);
}

/* Each place has an action of its own for it. */
static gboolean
activate_in_place (AnnalsWorkspace *self,
                   const char      *of_posts,
                   const char      *of_timeline,
                   const char      *of_notes)
{
  const char *name = adw_view_stack_get_visible_child_name (self->places);

  if (g_strcmp0 (name, "read") == 0)
    return of_posts != NULL && gtk_widget_activate_action (GTK_WIDGET (self->posts), of_posts, NULL);
  if (g_strcmp0 (name, "timelines") == 0 && self->timelines != NULL)
    return gtk_widget_activate_action (GTK_WIDGET (self->timelines), of_timeline, NULL);
  if (g_strcmp0 (name, "notes") == 0 && self->notes != NULL)
    return gtk_widget_activate_action (GTK_WIDGET (self->notes), of_notes, NULL);

  return FALSE;
}

gboolean
annals_workspace_export (AnnalsWorkspace *self)
{
  g_return_val_if_fail (ANNALS_IS_WORKSPACE (self), FALSE);

  return activate_in_place (self, "posts.export-shown", "timeline.export", "notes.export");
}

gboolean
annals_workspace_print (AnnalsWorkspace *self)
{
  g_return_val_if_fail (ANNALS_IS_WORKSPACE (self), FALSE);

  return activate_in_place (self, NULL, "timeline.print", "notes.print");
}

void
annals_workspace_begin_memo (AnnalsWorkspace *self)
{
  g_return_if_fail (ANNALS_IS_WORKSPACE (self));

  adw_view_stack_set_visible_child_name (self->places, "memos");
  annals_memos_place_begin (ensure_memos (self));
}

void
annals_workspace_focus_search (AnnalsWorkspace *self)
{
  g_return_if_fail (ANNALS_IS_WORKSPACE (self));

  adw_view_stack_set_visible_child_name (self->places, "read");
  annals_posts_pane_focus_search (self->posts);
}

void
annals_workspace_toggle_sidebar (AnnalsWorkspace *self)
{
  g_return_if_fail (ANNALS_IS_WORKSPACE (self));

  annals_shell_set_show_sidebar (self->shell, !annals_shell_get_show_sidebar (self->shell));
}
