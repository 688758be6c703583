/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-timelines-place-private.h"

#include <glib/gi18n.h>

#include "annals-name-popover.h"
#include "annals-theme-buttons.h"

/* More than this are many. */
#define MAX_COUNTED 999

static void
show_count (AnnalsTimelinesPlace *self)
{
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;
  guint n;

  g_object_get (self->suggestions, "n-suggestions", &n, NULL);
  text = n > MAX_COUNTED ? g_strdup_printf ("%d+", MAX_COUNTED) : g_strdup_printf ("%u", n);
  words = n == 0 ? g_strdup (_("Suggestions: none"))
                 : g_strdup_printf (ngettext ("Suggestions: %u post to decide about",
                                              "Suggestions: %u posts to decide about", n), n);
  gtk_label_set_text (self->suggestions_count, text);
  gtk_widget_set_visible (GTK_WIDGET (self->suggestions_count), n > 0);
  gtk_widget_set_tooltip_text (self->suggestions_button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->suggestions_button), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

static void
show_suggestions_action (GtkWidget  *widget,
                         const char *name,
                         GVariant   *parameter)
{
  AnnalsTimelinesPlace *self = ANNALS_TIMELINES_PLACE (widget);

  if (self->data == NULL)
    return;

  self->suggests = TRUE;
  annals_timelines_place_show_loaded (self);
}

static void
suggestions_closed_cb (AnnalsTimelinesPlace *self)
{
  self->suggests = FALSE;
  annals_timelines_place_show_loaded (self);
  gtk_widget_grab_focus (self->suggestions_button);
}

static void
theme_picked_cb (AnnalsTimelinesPlace *self,
                 guint                 number)
{
  annals_theme_start (self->desk, number, NULL);
}

static void
theme_picked_in_popover_cb (AnnalsTimelinesPlace *self,
                            guint                 number)
{
  gtk_popover_popdown (GTK_POPOVER (self->new_timeline));
  annals_theme_start (self->desk, number, NULL);
}

void
annals_timelines_place_offer_themes (AnnalsTimelinesPlace *self,
                                     GtkWidget            *popover)
{
  GtkWidget *themes = annals_theme_buttons_new ();

  g_signal_connect_object (themes, "picked", G_CALLBACK (theme_picked_in_popover_cb), self, G_CONNECT_SWAPPED);
  annals_name_popover_append (ANNALS_NAME_POPOVER (popover), themes);
}

void
annals_timelines_place_show_loaded (AnnalsTimelinesPlace *self)
{
  gint64 timeline_id = annals_timelines_place_get_timeline (self);
  gboolean was_shown = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "suggestions") == 0;

  annals_suggestions_page_set_timeline (self->suggestions, timeline_id);
  gtk_stack_set_visible_child_name (self->stack, self->suggests ? "suggestions" : "timeline");
  if (self->suggests && (self->wants_suggestions || !was_shown))
    annals_suggestions_page_focus (self->suggestions);
  self->wants_suggestions = FALSE;
}

void
annals_timelines_place_show_suggestions (AnnalsTimelinesPlace *self,
                                         gint64                timeline_id)
{
  g_return_if_fail (ANNALS_IS_TIMELINES_PLACE (self));

  annals_timelines_place_show (self, timeline_id, 0);
  self->suggests = TRUE;
  self->wants_suggestions = TRUE;
  if (timeline_id == annals_timelines_place_get_timeline (self))
    annals_timelines_place_show_loaded (self);
}

void
annals_timelines_place_install_suggestions (GtkWidgetClass *widget_class)
{
  g_type_ensure (ANNALS_TYPE_SUGGESTIONS_PAGE);
  g_type_ensure (ANNALS_TYPE_THEME_BUTTONS);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, suggestions);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, suggestions_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTimelinesPlace, suggestions_count);
  gtk_widget_class_bind_template_callback (widget_class, suggestions_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, theme_picked_cb);
  gtk_widget_class_install_action (widget_class, "timeline.show-suggestions", NULL, show_suggestions_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, "timeline.show-suggestions", NULL);
}

void
annals_timelines_place_init_suggestions (AnnalsTimelinesPlace *self)
{
  g_signal_connect_object (self->suggestions, "notify::n-suggestions", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  show_count (self);
}
