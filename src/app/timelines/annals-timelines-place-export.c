/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-copy.h"
#include "annals-export-content.h"
#include "annals-export-dialog.h"
#include "annals-export-options-box.h"
#include "annals-print.h"
#include "annals-split-button.h"
#include "annals-timelines-place-private.h"

static AnnalsExportTopic *
create_topic (AnnalsTimelinesPlace *self)
{
  return annals_export_topic_new_timeline (self->data->timeline->id);
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);

  if (self->data != NULL)
    annals_export_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->desk, create_topic (self));
}

static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);

  if (self->data != NULL)
    annals_print (GTK_WINDOW (gtk_widget_get_root (widget)), self->desk, create_topic (self));
}

/* --- the picture --- */

/* Returns: (transfer full) (nullable): the drawing, made when somebody takes it */
static GdkContentProvider *
create_picture (AnnalsTimelinesPlace *self)
{
  static const char * const formats[] = { "svg", "png", NULL };
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  g_autoptr(AnnalsExportTopic) topic = NULL;
  g_autoptr(GSettings) settings = NULL;
  AnnalsExportOptions options;

  if (self->data == NULL || notebook == NULL)
    return NULL;

  topic = create_topic (self);
  settings = annals_export_options_dup_settings (self->data->timeline->uid);
  annals_export_options_read (settings, &options);

  return annals_export_content_new (notebook, topic, formats, &options, self->data->timeline->title);
}

static void
copy_picture_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);
  g_autoptr(GdkContentProvider) picture = create_picture (self);

  if (picture != NULL && gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), picture))
    annals_desk_toast (self->desk, _("Picture copied"), FALSE);
}

static GdkContentProvider *
prepare_picture_cb (AnnalsTimelinesPlace *self,
                    double                x,
                    double                y)
{
  return create_picture (self);
}

void
annals_timelines_place_init_export (AnnalsTimelinesPlace *self)
{
  GtkDragSource *drag = gtk_drag_source_new ();

  g_signal_connect_object (drag, "prepare", G_CALLBACK (prepare_picture_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->title), GTK_EVENT_CONTROLLER (drag));
  annals_split_button_name_arrow (self->export_button);
}

/* --- events --- */

/* The event of the menu, with those that are chosen along with it. */
static void
copy_events_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);
  gint64 id = g_variant_get_int64 (parameter);
  g_autoptr(GArray) ids = annals_timeline_canvas_dup_selection (self->canvas);
  gboolean chosen = FALSE;

  for (guint i = 0; i < ids->len; i++)
    chosen |= g_array_index (ids, gint64, i) == id;
  if (!chosen)
    {
      g_array_set_size (ids, 0);
      g_array_append_val (ids, id);
    }

  annals_copy_records (widget, self->desk, ANNALS_RECORD_EVENT, g_steal_pointer (&ids),
                       g_str_equal (name, "timeline.copy-markdown") ? ANNALS_COPY_MARKDOWN : ANNALS_COPY_CITATION);
}

void
annals_timelines_place_install_export (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "timeline.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "timeline.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "timeline.copy-picture", NULL, copy_picture_action);
  gtk_widget_class_install_action (widget_class, "timeline.copy-citations", "x", copy_events_action);
  gtk_widget_class_install_action (widget_class, "timeline.copy-markdown", "x", copy_events_action);
}

void
annals_timelines_place_update_export (AnnalsTimelinesPlace *self)
{
  gboolean has_timeline = self->data != NULL && self->data->timeline->id != 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.export", has_timeline);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.print", has_timeline);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.copy-picture", has_timeline);
}
