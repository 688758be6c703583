/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-mentions-button.h"

#include <glib/gi18n.h>

#include "annals-links-section.h"

struct _AnnalsMentionsButton
{
  GtkWidget           parent_instance;
  GtkWidget          *button;
  AnnalsLinksSection *section;
};

G_DEFINE_FINAL_TYPE (AnnalsMentionsButton, annals_mentions_button, GTK_TYPE_WIDGET)

/* It leads elsewhere: the list is not wanted any more. */
static void
left_cb (AnnalsMentionsButton *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}

static void
annals_mentions_button_dispose (GObject *object)
{
  AnnalsMentionsButton *self = ANNALS_MENTIONS_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (annals_mentions_button_parent_class)->dispose (object);
}

static void
annals_mentions_button_class_init (AnnalsMentionsButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = annals_mentions_button_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
annals_mentions_button_init (AnnalsMentionsButton *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *section = annals_links_section_new ();

  self->section = ANNALS_LINKS_SECTION (section);
  gtk_widget_set_size_request (section, 240, -1);
  gtk_widget_add_css_class (section, "popover-form");
  gtk_popover_set_child (GTK_POPOVER (popover), section);

  self->button = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "text-x-generic-symbolic", "popover", popover,
                               "tooltip-text", _("Memos that name it"), NULL);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Memos that name it"), -1);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));

  /* The section hides itself when there is nothing to list. */
  g_object_bind_property (section, "visible", self, "visible", G_BINDING_SYNC_CREATE);
}

void
annals_mentions_button_set_desk (AnnalsMentionsButton *self,
                                 AnnalsDesk           *desk)
{
  g_return_if_fail (ANNALS_IS_MENTIONS_BUTTON (self));
  g_return_if_fail (ANNALS_IS_DESK (desk));

  g_object_set (self->section, "desk", desk, NULL);
  g_signal_connect_object (desk, "show-memo", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
}

void
annals_mentions_button_show (AnnalsMentionsButton *self,
                             AnnalsRecord          kind,
                             gint64                id)
{
  g_return_if_fail (ANNALS_IS_MENTIONS_BUTTON (self));

  annals_links_section_show (self->section, kind, id);
}
