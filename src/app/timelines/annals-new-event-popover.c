/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-new-event-popover.h"

#include <glib/gi18n.h>

#include "annals-date-reading.h"
#include "annals-mistake.h"
#include "annals-text.h"

struct _AnnalsNewEventPopover
{
  GtkPopover         parent_instance;
  GtkWidget         *box;
  GtkWidget         *title;
  GtkWidget         *date;
  AnnalsDateReading *reading;
  GtkWidget         *accept;
};

enum
{
  ACCEPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsNewEventPopover, annals_new_event_popover, GTK_TYPE_POPOVER)

static char *
dup_title (AnnalsNewEventPopover *self)
{
  return annals_text_normalize_line (gtk_editable_get_text (GTK_EDITABLE (self->title)), -1);
}

static void
changed_cb (AnnalsNewEventPopover *self)
{
  AnnalsDate *date = annals_date_reading_update (self->reading);
  g_autofree char *title = dup_title (self);

  annals_show_mistake (self->date, NULL, date == NULL);
  gtk_widget_set_sensitive (self->accept, date != NULL && *title != '\0');
}

static void
accept_cb (AnnalsNewEventPopover *self)
{
  AnnalsDate *date = annals_date_reading_get_date (self->reading);
  g_autofree char *title = dup_title (self);

  if (date == NULL || *title == '\0')
    return;

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[ACCEPTED], 0, title, date);
}

static void
annals_new_event_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ANNALS_TYPE_NEW_EVENT_POPOVER);

  G_OBJECT_CLASS (annals_new_event_popover_parent_class)->dispose (object);
}

static void
annals_new_event_popover_class_init (AnnalsNewEventPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_new_event_popover_dispose;

  signals[ACCEPTED] = g_signal_new ("accepted", ANNALS_TYPE_NEW_EVENT_POPOVER, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, ANNALS_TYPE_DATE);

  g_type_ensure (ANNALS_TYPE_DATE_READING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-new-event-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsNewEventPopover, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNewEventPopover, title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNewEventPopover, date);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNewEventPopover, reading);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNewEventPopover, accept);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
}

static void
annals_new_event_popover_init (AnnalsNewEventPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
annals_new_event_popover_new (void)
{
  return g_object_new (ANNALS_TYPE_NEW_EVENT_POPOVER, NULL);
}

void
annals_new_event_popover_ask (AnnalsNewEventPopover *self,
                              AnnalsDate            *date)
{
  g_return_if_fail (ANNALS_IS_NEW_EVENT_POPOVER (self));

  gtk_editable_set_text (GTK_EDITABLE (self->title), "");
  gtk_editable_set_text (GTK_EDITABLE (self->date), date != NULL ? annals_date_get_edtf (date) : "");
  changed_cb (self);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->title);
}
