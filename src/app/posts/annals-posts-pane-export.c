/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-copy.h"
#include "annals-export-dialog.h"
#include "annals-posts-pane-private.h"

static void
present (AnnalsPostsPane   *self,
         AnnalsExportTopic *topic)
{
  annals_export_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->desk, topic);
}

/* The chosen posts, in the order of the list. */
static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (widget);
  g_autoptr(GArray) ids = annals_paged_list_dup_selected (self->posts);

  if (ids->len > 0)
    present (self, annals_export_topic_new_posts (NULL, g_steal_pointer (&ids)));
}

/* What is listed: a search of all posts as such, anything else by its ids. */
static void
export_list_action (GtkWidget  *widget,
                    const char *action_name,
                    GVariant   *parameter)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (widget);
  gboolean by_query = self->scope == ANNALS_SCOPE_ALL && self->kin == ANNALS_POSTS_KIN_NONE;

  if (self->ids == NULL)
    return;

  present (self, annals_export_topic_new_posts (by_query ? self->query : NULL,
                                                by_query ? NULL : g_array_copy (self->ids)));
}

/* As many as are chosen, when it is more than the one that is read. */
static void
export_shown_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (widget);
  gboolean several = self->posts != NULL && annals_paged_list_get_n_selected (self->posts) > 1;

  gtk_widget_activate_action (widget, several ? "posts.export" : "posts.export-list", NULL);
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsPostsPane *self = ANNALS_POSTS_PANE (widget);
  gboolean markdown = g_str_equal (action_name, "posts.copy-markdown");

  if (annals_paged_list_get_n_selected (self->posts) > 0)
    annals_copy_records (widget, self->desk, ANNALS_RECORD_POST, annals_paged_list_dup_selected (self->posts),
                         markdown ? ANNALS_COPY_MARKDOWN : ANNALS_COPY_CITATION);
}

void
annals_posts_pane_install_export_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "posts.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "posts.export-list", NULL, export_list_action);
  gtk_widget_class_install_action (widget_class, "posts.export-shown", NULL, export_shown_action);
  gtk_widget_class_install_action (widget_class, "posts.copy-citation", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "posts.copy-markdown", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "posts.copy-citation", NULL);
}
