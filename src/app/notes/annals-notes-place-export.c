/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-notes-place-private.h"

#include "annals-copy.h"
#include "annals-export-dialog.h"
#include "annals-print.h"

/* The chosen notes, or all that are listed. */
static AnnalsExportTopic *
create_topic (AnnalsNotesPlace *self)
{
  gboolean chosen = self->notes != NULL && annals_paged_list_get_n_selected (self->notes) > 0;

  return annals_export_topic_new_notes (annals_notes_place_dup_filter (self),
                                        gtk_editable_get_text (GTK_EDITABLE (self->search)),
                                        chosen ? annals_paged_list_dup_selected (self->notes) : NULL);
}

static GtkWindow *
get_window (AnnalsNotesPlace *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return self->desk != NULL && annals_desk_get_notebook (self->desk) != NULL && GTK_IS_WINDOW (root)
         ? GTK_WINDOW (root) : NULL;
}

static void
export_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (widget);
  GtkWindow *window = get_window (self);

  if (window != NULL)
    annals_export_dialog_present (window, self->desk, create_topic (self));
}

static void
print_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (widget);
  GtkWindow *window = get_window (self);

  if (window != NULL && annals_print_can_print (ANNALS_EXPORT_NOTES))
    annals_print (window, self->desk, create_topic (self));
}

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (widget);
  gboolean markdown = g_str_equal (action_name, "notes.copy-markdown");

  if (annals_paged_list_get_n_selected (self->notes) > 0)
    annals_copy_records (widget, self->desk, ANNALS_RECORD_ANNOTATION, annals_paged_list_dup_selected (self->notes),
                         markdown ? ANNALS_COPY_MARKDOWN : ANNALS_COPY_CITATION);
}

void
annals_notes_place_install_export (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "notes.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "notes.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "notes.copy-citation", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "notes.copy-markdown", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "notes.copy-citation", NULL);
}
