/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-history-row.h"

#include <glib/gi18n.h>

struct _AnnalsHistoryRow
{
  GtkWidget  parent_instance;
  GtkWidget *box;
  GtkLabel  *heading;
  GtkWidget *line;
  GtkImage  *icon;
  GtkLabel  *label;
  GtkLabel  *state;
  GtkLabel  *time;
};

G_DEFINE_FINAL_TYPE (AnnalsHistoryRow, annals_history_row, GTK_TYPE_WIDGET)

static void
annals_history_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ANNALS_TYPE_HISTORY_ROW);

  G_OBJECT_CLASS (annals_history_row_parent_class)->dispose (object);
}

static void
annals_history_row_class_init (AnnalsHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_history_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryRow, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryRow, heading);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryRow, line);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryRow, label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryRow, state);
  gtk_widget_class_bind_template_child (widget_class, AnnalsHistoryRow, time);
}

static void
annals_history_row_init (AnnalsHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
annals_history_row_new (void)
{
  return g_object_new (ANNALS_TYPE_HISTORY_ROW, NULL);
}

typedef struct
{
  const char *icon;
  const char *words;     /* beside the label; "" for what is simply done */
  gboolean    faint;
} Look;

static Look
get_look (const AnnalsAction *action,
          gboolean            current)
{
  if (current)
    return (Look) { "annals-history-now-symbolic", _("You are here"), FALSE };
  if (action->undone)
    return (Look) { "edit-undo-symbolic", _("Undone"), TRUE };
  if (action->reverted_by != 0)
    return (Look) { "edit-undo-symbolic", _("Taken back by a later step"), TRUE };

  return (Look) { "object-select-symbolic", "", FALSE };
}

char *
annals_history_row_set_action (AnnalsHistoryRow   *self,
                               const AnnalsAction *action,
                               gboolean            current)
{
  g_autoptr(GDateTime) utc = NULL;
  g_autoptr(GDateTime) local = NULL;
  g_autofree char *time = NULL;
  Look look;

  g_return_val_if_fail (ANNALS_IS_HISTORY_ROW (self), NULL);

  if (action == NULL)
    {
      gtk_label_set_text (self->label, _("Loading…"));
      gtk_label_set_text (self->state, "");
      gtk_label_set_text (self->time, "");
      gtk_image_clear (self->icon);
      return g_strdup (_("Loading…"));
    }

  look = get_look (action, current);
  if (action->time != 0)
    {
      utc = g_date_time_new_from_unix_utc (action->time / G_USEC_PER_SEC);
      local = utc != NULL ? g_date_time_to_local (utc) : NULL;
      time = local != NULL ? g_date_time_format (local, "%X") : NULL;
    }

  gtk_label_set_text (self->label, action->label);
  gtk_label_set_text (self->state, look.words);
  gtk_widget_set_visible (GTK_WIDGET (self->state), *look.words != '\0');
  gtk_label_set_text (self->time, time != NULL ? time : "");
  gtk_image_set_from_icon_name (self->icon, look.icon);
  if (look.faint)
    gtk_widget_add_css_class (self->line, "undone");
  else
    gtk_widget_remove_css_class (self->line, "undone");

  return g_strjoin (", ", action->label, *look.words != '\0' ? look.words : _("Done"), time, NULL);
}

void
annals_history_row_set_heading (AnnalsHistoryRow *self,
                                const char       *heading)
{
  g_return_if_fail (ANNALS_IS_HISTORY_ROW (self));

  gtk_label_set_text (self->heading, heading != NULL ? heading : "");
  gtk_widget_set_visible (GTK_WIDGET (self->heading), heading != NULL);
}
