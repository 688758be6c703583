/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-name-popover.h"

#include <glib/gi18n.h>

#include "annals-colour-picker.h"

/* as long as a timeline's title may be */
#define MAX_LENGTH 500

struct _AnnalsNamePopover
{
  GtkPopover          parent_instance;
  GtkWidget          *box;
  GtkLabel           *heading;
  GtkWidget          *entry;
  AnnalsColourPicker *picker;
  GtkWidget          *button;
  GtkWidget          *focus;    /* (unowned) (nullable): where the keyboard was before */
};

enum
{
  APPLIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsNamePopover, annals_name_popover, GTK_TYPE_POPOVER)

static char *
dup_name (AnnalsNamePopover *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static void
typed_cb (AnnalsNamePopover *self)
{
  g_autofree char *name = dup_name (self);

  gtk_widget_set_sensitive (self->button, *name != '\0');
}

static void
apply_cb (AnnalsNamePopover *self)
{
  g_autofree char *name = dup_name (self);
  g_autofree char *colour = g_strdup (annals_colour_picker_get_colour (self->picker));

  if (*name == '\0')
    return;

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[APPLIED], 0, name, colour);
}

/* GTK would go on to whatever comes next, which may be an entry that takes Ctrl+Z for itself. */
static void
closed_cb (AnnalsNamePopover *self)
{
  GtkWidget *focus = self->focus;

  g_clear_weak_pointer (&self->focus);
  if (focus == NULL || !gtk_widget_get_mapped (focus) || !gtk_widget_grab_focus (focus))
    gtk_widget_child_focus (gtk_widget_get_parent (GTK_WIDGET (self)), GTK_DIR_TAB_FORWARD);
}

static void
annals_name_popover_dispose (GObject *object)
{
  AnnalsNamePopover *self = ANNALS_NAME_POPOVER (object);

  g_clear_weak_pointer (&self->focus);

  G_OBJECT_CLASS (annals_name_popover_parent_class)->dispose (object);
}

static void
annals_name_popover_class_init (AnnalsNamePopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = annals_name_popover_dispose;

  signals[APPLIED] = g_signal_new ("applied", ANNALS_TYPE_NAME_POPOVER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
annals_name_popover_init (AnnalsNamePopover *self)
{
  /* with large text in a low window not all of it has room */
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW,
                                      "hscrollbar-policy", GTK_POLICY_NEVER,
                                      "propagate-natural-width", TRUE,
                                      "propagate-natural-height", TRUE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *heading = gtk_label_new (NULL);

  self->box = box;
  self->heading = GTK_LABEL (heading);
  self->entry = gtk_entry_new ();
  self->picker = ANNALS_COLOUR_PICKER (annals_colour_picker_new ());
  self->button = gtk_button_new_with_mnemonic ("");
  gtk_label_set_xalign (self->heading, 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), MAX_LENGTH);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Name"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name"), -1);
  gtk_widget_add_css_class (self->button, "suggested-action");
  gtk_widget_set_halign (self->button, GTK_ALIGN_END);

  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->picker));
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_widget_add_css_class (box, "popover-form");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_popover_set_child (GTK_POPOVER (self), scroller);

  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
annals_name_popover_new (void)
{
  return g_object_new (ANNALS_TYPE_NAME_POPOVER, NULL);
}

void
annals_name_popover_append (AnnalsNamePopover *self,
                            GtkWidget         *widget)
{
  g_return_if_fail (ANNALS_IS_NAME_POPOVER (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_box_append (GTK_BOX (self->box), widget);
}

void
annals_name_popover_ask (AnnalsNamePopover *self,
                         const char        *label,
                         const char        *action,
                         const char        *name,
                         const char        *colour)
{
  GtkRoot *root;

  g_return_if_fail (ANNALS_IS_NAME_POPOVER (self));
  g_return_if_fail (label != NULL && action != NULL && name != NULL);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (root != NULL)
    g_set_weak_pointer (&self->focus, gtk_root_get_focus (root));

  gtk_label_set_text (self->heading, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_button_set_label (GTK_BUTTON (self->button), action);
  gtk_button_set_use_underline (GTK_BUTTON (self->button), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  annals_colour_picker_set_colour (self->picker, colour);
  typed_cb (self);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}
