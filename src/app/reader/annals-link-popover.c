/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-link-popover.h"

#include "annals-address.h"

#define SHOWN_CHARS 300

struct _AnnalsLinkPopover
{
  GtkPopover  parent_instance;
  GtkWidget  *label;
  GtkWidget  *host;
  GtkWidget  *open_button;
  char       *address;
};

G_DEFINE_FINAL_TYPE (AnnalsLinkPopover, annals_link_popover, GTK_TYPE_POPOVER)

static void
open_cb (AnnalsLinkPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "reader.open-address", "s", self->address);
}

static void
copy_cb (AnnalsLinkPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "reader.copy-address", "s", self->address);
}

static void
annals_link_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ANNALS_TYPE_LINK_POPOVER);

  G_OBJECT_CLASS (annals_link_popover_parent_class)->dispose (object);
}

static void
annals_link_popover_finalize (GObject *object)
{
  g_clear_pointer (&ANNALS_LINK_POPOVER (object)->address, g_free);

  G_OBJECT_CLASS (annals_link_popover_parent_class)->finalize (object);
}

static void
annals_link_popover_class_init (AnnalsLinkPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_link_popover_dispose;
  object_class->finalize = annals_link_popover_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-link-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsLinkPopover, label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsLinkPopover, host);
  gtk_widget_class_bind_template_child (widget_class, AnnalsLinkPopover, open_button);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
annals_link_popover_init (AnnalsLinkPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
annals_link_popover_new (void)
{
  return g_object_new (ANNALS_TYPE_LINK_POPOVER, NULL);
}

void
annals_link_popover_set_address (AnnalsLinkPopover *self,
                                 const char        *address)
{
  g_autofree char *shown = NULL;
  g_autofree char *host = NULL;

  g_return_if_fail (ANNALS_IS_LINK_POPOVER (self));

  g_free (self->address);
  self->address = g_strdup (address);
  if (g_utf8_strlen (address, -1) > SHOWN_CHARS)
    {
      g_autofree char *start = g_utf8_substring (address, 0, SHOWN_CHARS);

      shown = g_strconcat (start, "…", NULL);
    }
  gtk_label_set_text (GTK_LABEL (self->label), shown != NULL ? shown : address);
  host = annals_address_dup_host (address);
  gtk_label_set_text (GTK_LABEL (self->host), host != NULL ? host : "");
  gtk_widget_set_visible (self->host, host != NULL);
  gtk_widget_set_sensitive (self->open_button, annals_address_can_open (address));
}
