/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-export-dialog.h"
#include "annals-palette.h"
#include "annals-sidebar-private.h"
#include "annals-tags.h"
#include "annals-timelines.h"

/* One tag or timeline that is made, changed or deleted. */
typedef struct
{
  AnnalsScope  scope;
  gint64       id;
  char        *name;
  char        *colour;
} RecordJob;

static RecordJob *
record_job_new (AnnalsScope  scope,
                gint64       id,
                const char  *name,
                const char  *colour)
{
  RecordJob *self = g_new0 (RecordJob, 1);

  self->scope = scope;
  self->id = id;
  self->name = g_strdup (name);
  self->colour = g_strdup (colour);

  return self;
}

static void
record_job_free (RecordJob *self)
{
  g_free (self->name);
  g_free (self->colour);
  g_free (self);
}

static gboolean
add_in_writer (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  RecordJob *job = data;

  if (job->scope == ANNALS_SCOPE_TIMELINE)
    return annals_db_add_timeline (db, job->name, "", job->colour, "", &job->id, error);

  return annals_db_ensure_tag (db, job->name, &job->id, error) &&
         annals_db_set_tag_colour (db, job->id, job->colour, error);
}

static gboolean
set_in_writer (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  RecordJob *job = data;

  if (job->scope == ANNALS_SCOPE_TIMELINE)
    return annals_db_set_timeline (db, job->id, job->name, NULL, job->colour, NULL, error);

  return annals_db_rename_tag (db, job->id, job->name, error) &&
         annals_db_set_tag_colour (db, job->id, job->colour, error);
}

static gboolean
delete_in_writer (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  RecordJob *job = data;

  return job->scope == ANNALS_SCOPE_TIMELINE ? annals_db_delete_timeline (db, job->id, error)
                                             : annals_db_delete_tag (db, job->id, error);
}

static void
added_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (owner);
  RecordJob *job = data;

  if (error == NULL && job->scope == ANNALS_SCOPE_TIMELINE && self->timelines_only)
    annals_desk_show_timeline (self->desk, job->id, 0);
}

static void
applied_cb (AnnalsSidebar *self,
            const char    *name,
            const char    *colour)
{
  gboolean timeline = self->asked_scope == ANNALS_SCOPE_TIMELINE;
  RecordJob *job = record_job_new (self->asked_scope, self->asked_id, name, colour);
  g_autofree char *message = NULL;

  if (self->asked_id == 0)
    {
      /* Translators: a timeline or a tag was made; %s is its name */
      message = g_strdup_printf (_("“%s” added"), name);
      annals_desk_change (self->desk, self, timeline ? _("Add timeline") : _("Add tag"), message,
                          add_in_writer, job, (GDestroyNotify) record_job_free, added_cb);
      return;
    }

  /* Translators: a timeline's or a tag's name or colour was changed; %s is its name */
  message = g_strdup_printf (_("“%s” changed"), name);
  annals_desk_change (self->desk, self, timeline ? _("Change timeline") : _("Change tag"), message,
                      set_in_writer, job, (GDestroyNotify) record_job_free, NULL);
}

static void
point_at_row (AnnalsSidebar *self,
              GtkWidget     *popover,
              GtkWidget     *widget)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (widget, GTK_WIDGET (self), &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (popover),
                                 &(GdkRectangle) { bounds.origin.x, bounds.origin.y,
                                                   bounds.size.width, bounds.size.height });
}

void
annals_sidebar_point_at_menu_row (AnnalsSidebar *self,
                                  GtkWidget     *popover)
{
  point_at_row (self, popover, self->menu_row != NULL ? self->menu_row : GTK_WIDGET (self->tags));
}

static void
open_timeline_action (GtkWidget  *widget,
                      const char *action_name,
                      GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);

  if (self->menu_item != NULL)
    annals_desk_show_timeline (self->desk, annals_sidebar_item_get_id (self->menu_item), 0);
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);

  if (self->menu_item == NULL)
    return;

  self->asked_scope = annals_sidebar_item_get_scope (self->menu_item);
  self->asked_id = annals_sidebar_item_get_id (self->menu_item);
  gtk_widget_set_visible (self->themes, FALSE);
  annals_name_popover_ask (ANNALS_NAME_POPOVER (self->name_popover),
                           self->asked_scope == ANNALS_SCOPE_TIMELINE ? _("Timeline") : _("Tag"),
                           _("_Apply"), annals_sidebar_item_get_name (self->menu_item),
                           annals_sidebar_item_get_colour (self->menu_item));
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->menu_item != NULL && GTK_IS_WINDOW (root))
    annals_export_dialog_present (GTK_WINDOW (root), self->desk,
                                  annals_export_topic_new_timeline (annals_sidebar_item_get_id (self->menu_item)));
}

static void
delete_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);
  g_autofree char *message = NULL;
  AnnalsScope scope;
  RecordJob *job;

  if (self->menu_item == NULL)
    return;

  scope = annals_sidebar_item_get_scope (self->menu_item);
  job = record_job_new (scope, annals_sidebar_item_get_id (self->menu_item), NULL, NULL);
  /* Translators: a timeline or a tag was deleted; %s is its name */
  message = g_strdup_printf (_("“%s” deleted"), annals_sidebar_item_get_name (self->menu_item));
  annals_desk_change (self->desk, self,
                      scope == ANNALS_SCOPE_TIMELINE ? _("Delete timeline") : _("Delete tag"),
                      message, delete_in_writer, job, (GDestroyNotify) record_job_free, NULL);
}

/* --- a whole part of the posts --- */

typedef struct
{
  AnnalsScope  scope;
  gint64       id;
} PartJob;

static gboolean
read_part_in_writer (AnnalsDb      *db,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  PartJob *job = data;
  g_autoptr(GArray) ids = annals_db_list_posts (db, job->scope, job->id, NULL, ANNALS_ORDER_PLACE, error);

  return ids != NULL &&
         annals_db_set_post_read (db, (const gint64 *) (gpointer) ids->data, ids->len, TRUE, error);
}

static void
mark_read_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);
  g_autofree char *message = NULL;
  PartJob *job;

  if (self->menu_item == NULL)
    return;

  job = g_new0 (PartJob, 1);
  job->scope = annals_sidebar_item_get_scope (self->menu_item);
  job->id = annals_sidebar_item_get_id (self->menu_item);
  /* Translators: %s is a part of the notebook, such as a source or a tag */
  message = g_strdup_printf (_("All posts of “%s” marked as read"), annals_sidebar_item_get_name (self->menu_item));
  annals_desk_change (self->desk, self, _("Mark posts as read"), message, read_part_in_writer, job, g_free, NULL);
}

static void
copy_name_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);

  if (self->menu_item != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), annals_sidebar_item_get_name (self->menu_item));
}

static void
show_part_action (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);

  if (self->menu_item != NULL)
    annals_sidebar_choose (self, self->menu_item);
}

void
annals_sidebar_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sidebar.open-timeline", NULL, open_timeline_action);
  gtk_widget_class_install_action (widget_class, "sidebar.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "sidebar.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "sidebar.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "sidebar.mark-read", NULL, mark_read_action);
  gtk_widget_class_install_action (widget_class, "sidebar.copy-name", NULL, copy_name_action);
  gtk_widget_class_install_action (widget_class, "sidebar.show", NULL, show_part_action);
  annals_sidebar_install_tag_actions (widget_class);
  annals_sidebar_install_codebook_actions (widget_class);
  annals_sidebar_install_suggestion_actions (widget_class);
}

void
annals_sidebar_init_popovers (AnnalsSidebar *self)
{
  self->name_popover = annals_name_popover_new ();
  gtk_widget_set_parent (self->name_popover, GTK_WIDGET (self));
  gtk_widget_set_parent (self->timeline_menu, GTK_WIDGET (self));
  gtk_widget_set_parent (self->tag_menu, GTK_WIDGET (self));
  gtk_widget_set_parent (self->part_menu, GTK_WIDGET (self));
  annals_sidebar_init_tag_popovers (self);
  annals_sidebar_init_suggestions (self);
  g_signal_connect_object (self->name_popover, "applied", G_CALLBACK (applied_cb), self,
                           G_CONNECT_SWAPPED);
}

/* The first colour of the palette that none has yet; when all are taken, they go round. */
static const char *
pick_colour (AnnalsSidebarSection *section,
             guint                 n_items)
{
  guint n_colours;
  const AnnalsColour *palette = annals_palette_get (&n_colours);

  for (guint i = 0; i < n_colours; i++)
    {
      if (!annals_sidebar_section_has_colour (section, palette[i].name))
        return palette[i].name;
    }

  return annals_palette_pick (n_items)->name;
}

void
annals_sidebar_ask_new (AnnalsSidebar *self,
                        AnnalsScope    scope,
                        GtkWidget     *button)
{
  gboolean timeline = scope == ANNALS_SCOPE_TIMELINE;

  self->asked_scope = scope;
  self->asked_id = 0;
  gtk_widget_set_visible (self->themes, timeline);
  point_at_row (self, self->name_popover, button);
  annals_name_popover_ask (ANNALS_NAME_POPOVER (self->name_popover),
                           timeline ? _("New Timeline") : _("New Tag"), _("_Add"), "",
                           timeline ? pick_colour (self->timelines, self->n_timelines)
                                    : pick_colour (self->tags, self->n_tags));
}

static GtkWidget *
get_menu (AnnalsSidebar     *self,
          AnnalsSidebarItem *item)
{
  switch (annals_sidebar_item_get_scope (item))
    {
    case ANNALS_SCOPE_TIMELINE:
      return self->timeline_menu;

    case ANNALS_SCOPE_TAG:
      return self->tag_menu;

    case ANNALS_SCOPE_ALL:
    case ANNALS_SCOPE_UNREAD:
    case ANNALS_SCOPE_STARRED:
    case ANNALS_SCOPE_ANNOTATED:
    case ANNALS_SCOPE_REVIEW:
    case ANNALS_SCOPE_TRASH:
    case ANNALS_SCOPE_SOURCE:
    case ANNALS_SCOPE_IMPORT:
      break;
    }

  return self->part_menu;
}

static void
hold_item (AnnalsSidebar     *self,
           AnnalsSidebarItem *item,
           GtkWidget         *row)
{
  AnnalsScope scope = annals_sidebar_item_get_scope (item);

  g_set_object (&self->menu_item, item);
  g_set_weak_pointer (&self->menu_row, row);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sidebar.put-off-rule",
                                 annals_sidebar_item_get_due (item) > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sidebar.mark-read", scope != ANNALS_SCOPE_TRASH);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sidebar.copy-name",
                                 scope == ANNALS_SCOPE_SOURCE || scope == ANNALS_SCOPE_TAG);
}

void
annals_sidebar_popup_menu (AnnalsSidebar     *self,
                           AnnalsSidebarItem *item,
                           GtkWidget         *row,
                           double             x,
                           double             y)
{
  GtkWidget *menu = get_menu (self, item);
  graphene_point_t point;

  hold_item (self, item, row);
  point_at_row (self, self->name_popover, row);
  if (!gtk_widget_compute_point (row, GTK_WIDGET (self), &GRAPHENE_POINT_INIT (x, y), &point))
    return;

  gtk_popover_set_pointing_to (GTK_POPOVER (menu), &(GdkRectangle) { point.x, point.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (menu));
}

void
annals_sidebar_edit_item (AnnalsSidebar     *self,
                          AnnalsSidebarItem *item,
                          GtkWidget         *row)
{
  AnnalsScope scope = annals_sidebar_item_get_scope (item);

  if (scope != ANNALS_SCOPE_TAG && scope != ANNALS_SCOPE_TIMELINE)
    return;

  hold_item (self, item, row);
  point_at_row (self, self->name_popover, row);
  gtk_widget_activate_action (GTK_WIDGET (self), scope == ANNALS_SCOPE_TAG ? "sidebar.edit-tag" : "sidebar.edit",
                              NULL);
}

void
annals_sidebar_remove_item (AnnalsSidebar     *self,
                            AnnalsSidebarItem *item)
{
  AnnalsScope scope = annals_sidebar_item_get_scope (item);

  if (scope != ANNALS_SCOPE_TAG && scope != ANNALS_SCOPE_TIMELINE)
    return;

  hold_item (self, item, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "sidebar.delete", NULL);
}
