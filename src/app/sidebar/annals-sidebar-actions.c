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
                                  annals_sidebar_item_get_id (self->menu_item));
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

void
annals_sidebar_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sidebar.open-timeline", NULL, open_timeline_action);
  gtk_widget_class_install_action (widget_class, "sidebar.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "sidebar.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "sidebar.delete", NULL, delete_action);
}

void
annals_sidebar_init_popovers (AnnalsSidebar *self)
{
  self->name_popover = annals_name_popover_new ();
  gtk_widget_set_parent (self->name_popover, GTK_WIDGET (self));
  gtk_widget_set_parent (self->timeline_menu, GTK_WIDGET (self));
  gtk_widget_set_parent (self->tag_menu, GTK_WIDGET (self));
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
  point_at_row (self, self->name_popover, button);
  annals_name_popover_ask (ANNALS_NAME_POPOVER (self->name_popover),
                           timeline ? _("New Timeline") : _("New Tag"), _("_Add"), "",
                           timeline ? pick_colour (self->timelines, self->n_timelines)
                                    : pick_colour (self->tags, self->n_tags));
}

void
annals_sidebar_popup_menu (AnnalsSidebar     *self,
                           AnnalsSidebarItem *item,
                           GtkWidget         *row,
                           double             x,
                           double             y)
{
  GtkWidget *menu = annals_sidebar_item_get_scope (item) == ANNALS_SCOPE_TIMELINE
                      ? self->timeline_menu : self->tag_menu;
  graphene_point_t point;

  g_set_object (&self->menu_item, item);
  point_at_row (self, self->name_popover, row);
  if (!gtk_widget_compute_point (row, GTK_WIDGET (self), &GRAPHENE_POINT_INIT (x, y), &point))
    return;

  gtk_popover_set_pointing_to (GTK_POPOVER (menu), &(GdkRectangle) { point.x, point.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (menu));
}
