/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-dialog.h"
#include "annals-print.h"
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

void
annals_timelines_place_install_export (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "timeline.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "timeline.print", NULL, print_action);
}

void
annals_timelines_place_update_export (AnnalsTimelinesPlace *self)
{
  gboolean has_timeline = self->data != NULL && self->data->timeline->id != 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.export", has_timeline);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "timeline.print", has_timeline);
}
