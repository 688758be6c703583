/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-conflict-dialog.h"

#include <glib/gi18n.h>

struct _AnnalsConflictDialog
{
  AdwWindow             parent_instance;
  GtkLabel             *heading;
  GtkLabel             *explanation;
  GtkWidget            *theirs_box;
  GtkTextView          *theirs_view;
  GtkTextView          *mine_view;
  GtkWidget            *choices;
  GtkWidget            *gone_buttons;
  GtkWidget            *keep_both;

  char                 *mine;
  char                 *theirs;      /* (nullable) */
  AnnalsConflictChosen  chosen;
  gpointer              user_data;
  GDestroyNotify        destroy;
};

G_DEFINE_FINAL_TYPE (AnnalsConflictDialog, annals_conflict_dialog, ADW_TYPE_WINDOW)

static void
answer (AnnalsConflictDialog *self,
        const char           *text)
{
  AnnalsConflictChosen chosen = g_steal_pointer (&self->chosen);

  if (chosen != NULL)
    chosen (text, self->user_data);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
keep_mine_cb (AnnalsConflictDialog *self)
{
  answer (self, self->mine);
}

static void
keep_theirs_cb (AnnalsConflictDialog *self)
{
  answer (self, NULL);
}

static void
keep_both_cb (AnnalsConflictDialog *self)
{
  g_autofree char *both = g_strconcat (self->theirs, "\n\n", self->mine, NULL);

  answer (self, both);
}

static void
copy_mine (AnnalsConflictDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->mine);
}

static void
copy_cb (AnnalsConflictDialog *self)
{
  copy_mine (self);
  answer (self, NULL);
}

/* What was typed is not lost by a key that was meant for something else. */
static gboolean
annals_conflict_dialog_close_request (GtkWindow *window)
{
  AnnalsConflictDialog *self = ANNALS_CONFLICT_DIALOG (window);

  copy_mine (self);

  return GTK_WINDOW_CLASS (annals_conflict_dialog_parent_class)->close_request (window);
}

static void
annals_conflict_dialog_dispose (GObject *object)
{
  AnnalsConflictDialog *self = ANNALS_CONFLICT_DIALOG (object);
  GDestroyNotify destroy = g_steal_pointer (&self->destroy);

  self->chosen = NULL;
  if (destroy != NULL)
    destroy (g_steal_pointer (&self->user_data));
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_CONFLICT_DIALOG);
  g_clear_pointer (&self->mine, g_free);
  g_clear_pointer (&self->theirs, g_free);

  G_OBJECT_CLASS (annals_conflict_dialog_parent_class)->dispose (object);
}

static void
annals_conflict_dialog_class_init (AnnalsConflictDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_conflict_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = annals_conflict_dialog_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsConflictDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, AnnalsConflictDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, AnnalsConflictDialog, theirs_box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsConflictDialog, theirs_view);
  gtk_widget_class_bind_template_child (widget_class, AnnalsConflictDialog, mine_view);
  gtk_widget_class_bind_template_child (widget_class, AnnalsConflictDialog, choices);
  gtk_widget_class_bind_template_child (widget_class, AnnalsConflictDialog, gone_buttons);
  gtk_widget_class_bind_template_child (widget_class, AnnalsConflictDialog, keep_both);
  gtk_widget_class_bind_template_callback (widget_class, keep_mine_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_theirs_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_both_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
annals_conflict_dialog_init (AnnalsConflictDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_gone (AnnalsConflictDialog *self)
{
  gtk_label_set_text (self->heading, _("The Text Has No Place Any More"));
  gtk_label_set_text (self->explanation,
                      _("What you wrote on was deleted in the meantime, in another window or by another program. "
                        "Copy your text to keep it, or undo the deletion and paste it there."));
  gtk_widget_set_visible (self->theirs_box, FALSE);
  gtk_widget_set_visible (self->choices, FALSE);
  gtk_widget_set_visible (self->gone_buttons, TRUE);
}

void
annals_conflict_dialog_present (GtkWindow            *parent,
                                const char           *mine,
                                const char           *theirs,
                                AnnalsConflictChosen  chosen,
                                gpointer              user_data,
                                GDestroyNotify        destroy)
{
  AnnalsConflictDialog *self;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (mine != NULL && chosen != NULL);

  self = g_object_new (ANNALS_TYPE_CONFLICT_DIALOG, "transient-for", parent, "modal", TRUE,
                       "destroy-with-parent", TRUE, NULL);
  self->mine = g_strdup (mine);
  self->theirs = g_strdup (theirs);
  self->chosen = chosen;
  self->user_data = user_data;
  self->destroy = destroy;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->mine_view), mine, -1);
  if (theirs != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->theirs_view), theirs, -1);
  else
    show_gone (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (theirs != NULL ? self->keep_both : gtk_widget_get_last_child (self->gone_buttons));
}
