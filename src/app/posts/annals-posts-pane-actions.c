/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-link-dialog.h"
#include "annals-post-card.h"
#include "annals-post-changes.h"
#include "annals-posts-pane-private.h"
#include "annals-timelines.h"

/* The one or the first selected post as far as it is loaded; NULL otherwise. */
static const AnnalsPost *
get_first_selected (AnnalsPostsPane *self)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->posts));
  g_autoptr(AnnalsPagedItem) item = NULL;
  AnnalsPostCard *card;

  if (gtk_bitset_is_empty (selected))
    return NULL;

  item = g_list_model_get_item (G_LIST_MODEL (self->posts), gtk_bitset_get_minimum (selected));
  card = item != NULL ? annals_paged_item_get_content (item) : NULL;

  return card != NULL ? card->post : NULL;
}

static void
set_read_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (widget);

  annals_posts_set_read (self->desk, self, annals_paged_list_dup_selected (self->posts),
                         g_str_equal (action_name, "posts.mark-read"));
}

static void
toggle_read_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (widget);
  const AnnalsPost *post = get_first_selected (self);

  annals_posts_set_read (self->desk, self, annals_paged_list_dup_selected (self->posts),
                         post == NULL || !post->read);
}

static void
set_starred_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (widget);

  annals_posts_set_starred (self->desk, self, annals_paged_list_dup_selected (self->posts),
                            g_str_equal (action_name, "posts.star"));
}

static void
toggle_starred_action (GtkWidget  *widget,
                       const char *action_name,
                       GVariant   *parameter)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (widget);
  const AnnalsPost *post = get_first_selected (self);

  annals_posts_set_starred (self->desk, self, annals_paged_list_dup_selected (self->posts),
                            post == NULL || !post->starred);
}

static void
link_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (widget);
  g_autoptr(GArray) ids = annals_paged_list_dup_selected (self->posts);
  const AnnalsPost *post = get_first_selected (self);
  AnnalsLinkFrom *from;

  if (ids->len == 0)
    return;

  from = ids->len == 1 && post != NULL ? annals_link_from_new (ANNALS_RECORD_POST, post->id, post->title)
                                       : annals_link_from_new_posts (ids);
  annals_link_pick (widget, self->desk, from);
}

/* What can be picked, asked of a reader's thread. */
typedef struct
{
  GPtrArray *timelines;
} ChoicesJob;

static void
choices_job_free (ChoicesJob *self)
{
  g_clear_pointer (&self->timelines, g_ptr_array_unref);
  g_free (self);
}

static gboolean
list_timelines_in_reader (AnnalsDb      *db,
                          gpointer       data,
                          GCancellable  *cancellable,
                          GError       **error)
{
  ChoicesJob *job = data;

  return (job->timelines = annals_db_list_timelines (db, error)) != NULL;
}

static void
timelines_cb (gpointer      owner,
              gpointer      data,
              const GError *error)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (owner);
  AnnalsPickPopover *popover = ANNALS_PICK_POPOVER (self->timeline_popover);
  ChoicesJob *job = data;

  annals_pick_popover_clear (popover);
  for (guint i = 0; error == NULL && i < job->timelines->len; i++)
    {
      const AnnalsTimeline *timeline = job->timelines->pdata[i];

      annals_pick_popover_add_choice (popover, timeline->id, timeline->title, timeline->colour);
    }
  annals_pick_popover_popup (popover);
}

void
annals_posts_pane_get_place (AnnalsPostsPane *self,
                             GdkRectangle    *place)
{
  GtkWidget *row = gtk_widget_get_focus_child (self->list_view);
  graphene_rect_t bounds;

  *place = (GdkRectangle) { gtk_widget_get_width (GTK_WIDGET (self)) / 2, 120, 1, 1 };
  if (row != NULL && gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
    *place = (GdkRectangle) { bounds.origin.x + bounds.size.width / 2,
                              bounds.origin.y + bounds.size.height / 2, 1, 1 };
}

static void
add_to_timeline_action (GtkWidget  *widget,
                        const char *action_name,
                        GVariant   *parameter)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (widget);
  GdkRectangle place;

  annals_posts_pane_get_place (self, &place);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->timeline_popover), &place);
  annals_desk_read (self->desk, self, list_timelines_in_reader, g_new0 (ChoicesJob, 1),
                    (GDestroyNotify) choices_job_free, NULL, timelines_cb);
}

static void
menu_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (widget);
  GdkRectangle place;

  annals_posts_pane_get_place (self, &place);
  annals_posts_pane_popup_menu (self, place.x, place.y);
}

static void
similar_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (widget);
  g_autoptr(GArray) ids = annals_paged_list_dup_selected (self->posts);
  const AnnalsPost *post = get_first_selected (self);
  g_autofree char *label = NULL;

  if (ids->len != 1 || post == NULL)
    return;

  /* Translators: the posts that are like one with this title */
  label = g_strdup_printf (_("Like “%s”"), *post->title != '\0' ? post->title : _("Untitled"));
  annals_posts_pane_show_kin (self, ANNALS_POSTS_KIN_SIMILAR, g_array_index (ids, gint64, 0), label);
}

static void
same_text_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  annals_posts_pane_show_kin (ANNALS_POSTS_PANE (widget), ANNALS_POSTS_KIN_SAME, 0, _("Same Text"));
}

static void
go_to_date_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  annals_posts_pane_go_to_date (ANNALS_POSTS_PANE (widget));
}

static void
timeline_picked_cb (AnnalsPostsPane *self,
                    gint64           id,
                    const char      *title)
{
  annals_posts_add_to_timeline (self->desk, self, annals_paged_list_dup_selected (self->posts),
                                id, title);
}

static void
trash_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (widget);

  annals_posts_set_trashed (self->desk, self, annals_paged_list_dup_selected (self->posts),
                            g_str_equal (action_name, "posts.trash"));
}

void
annals_posts_pane_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "posts.mark-read", NULL, set_read_action);
  gtk_widget_class_install_action (widget_class, "posts.mark-unread", NULL, set_read_action);
  gtk_widget_class_install_action (widget_class, "posts.toggle-read", NULL, toggle_read_action);
  gtk_widget_class_install_action (widget_class, "posts.star", NULL, set_starred_action);
  gtk_widget_class_install_action (widget_class, "posts.unstar", NULL, set_starred_action);
  gtk_widget_class_install_action (widget_class, "posts.toggle-starred", NULL, toggle_starred_action);
  gtk_widget_class_install_action (widget_class, "posts.trash", NULL, trash_action);
  gtk_widget_class_install_action (widget_class, "posts.put-back", NULL, trash_action);
  gtk_widget_class_install_action (widget_class, "posts.add-to-timeline", NULL,
                                   add_to_timeline_action);
  gtk_widget_class_install_action (widget_class, "posts.link", NULL, link_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "posts.link", NULL);
  gtk_widget_class_install_action (widget_class, "posts.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "posts.similar", NULL, similar_action);
  gtk_widget_class_install_action (widget_class, "posts.same-text", NULL, same_text_action);
  gtk_widget_class_install_action (widget_class, "posts.go-to-date", NULL, go_to_date_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK,
                                       "posts.toggle-read", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK,
                                       "posts.toggle-starred", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "posts.add-to-timeline", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, GDK_CONTROL_MASK, "posts.go-to-date", NULL);
  annals_posts_pane_install_tag_actions (widget_class);
  annals_posts_pane_install_export_actions (widget_class);
}

void
annals_posts_pane_update_actions (AnnalsPostsPane *self)
{
  static const char * const names[] = {
    "posts.mark-read", "posts.mark-unread", "posts.toggle-read", "posts.star", "posts.unstar",
    "posts.toggle-starred", "posts.add-tag", "posts.remove-tag", "posts.add-to-timeline", "posts.link",
    "posts.menu", "posts.export", "posts.copy-citation", "posts.copy-markdown",
  };
  gboolean any = self->posts != NULL && annals_paged_list_get_n_selected (self->posts) > 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), names[i], any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "posts.similar",
                                 any && annals_paged_list_get_n_selected (self->posts) == 1);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "posts.export-list", self->ids != NULL && self->ids->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "posts.trash", any && self->scope != ANNALS_SCOPE_TRASH);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "posts.put-back", any && self->scope == ANNALS_SCOPE_TRASH);
}

void
annals_posts_pane_popup_menu (AnnalsPostsPane *self,
                              double           x,
                              double           y)
{
  const AnnalsPost *post = get_first_selected (self);
  gboolean one = annals_paged_list_get_n_selected (self->posts) == 1;

  /* With one post only what would change it is offered; several may differ. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "posts.mark-read",
                                 !one || post == NULL || !post->read);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "posts.mark-unread",
                                 !one || post == NULL || post->read);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "posts.star",
                                 !one || post == NULL || !post->starred);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "posts.unstar",
                                 !one || post == NULL || post->starred);

  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu),
                               &(GdkRectangle) { x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}

void
annals_posts_pane_init_popovers (AnnalsPostsPane *self)
{
  annals_posts_pane_init_tag_popovers (self);
  self->timeline_popover = annals_pick_popover_new (_("Timelines"), _("Find or create a timeline"));
  gtk_widget_set_parent (self->context_menu, GTK_WIDGET (self));
  gtk_widget_set_parent (self->timeline_popover, GTK_WIDGET (self));
  /* The keyboard is where it was before what the menu leads to takes it. */
  g_signal_connect_object (self->context_menu, "closed", G_CALLBACK (annals_posts_pane_focus_list), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_object (self->timeline_popover, "picked", G_CALLBACK (timeline_picked_cb), self,
                           G_CONNECT_SWAPPED);
}
