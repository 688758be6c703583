/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-bar.h"

#include <glib/gi18n.h>

#include "annals-reader-look.h"

struct _AnnalsReaderBar
{
  GtkWidget  parent_instance;
  GtkWidget *box;
  GtkWidget *star;
  GtkWidget *read;
  GtkWidget *look;
  GtkWidget *menu;
};

G_DEFINE_FINAL_TYPE (AnnalsReaderBar, annals_reader_bar, GTK_TYPE_WIDGET)

static void
star_cb (AnnalsReaderBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "reader.star", NULL);
}

static void
read_cb (AnnalsReaderBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "reader.read", NULL);
}

static void
set_toggle (GtkWidget  *button,
            gboolean    active,
            const char *icon,
            const char *name)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), active);
  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
annals_reader_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ANNALS_TYPE_READER_BAR);

  G_OBJECT_CLASS (annals_reader_bar_parent_class)->dispose (object);
}

static void
annals_reader_bar_class_init (AnnalsReaderBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_reader_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-reader-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderBar, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderBar, star);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderBar, read);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderBar, look);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderBar, menu);
  gtk_widget_class_bind_template_callback (widget_class, star_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_cb);
}

static void
annals_reader_bar_init (AnnalsReaderBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  annals_reader_bar_set_post (self, NULL);
}

void
annals_reader_bar_set_post (AnnalsReaderBar  *self,
                            const AnnalsPost *post)
{
  gboolean starred = post != NULL && post->starred;
  gboolean read = post != NULL && post->read;

  g_return_if_fail (ANNALS_IS_READER_BAR (self));

  set_toggle (self->star, starred, starred ? "starred-symbolic" : "non-starred-symbolic",
              starred ? _("Remove Star") : _("Add Star"));
  set_toggle (self->read, read, read ? "mail-read-symbolic" : "mail-unread-symbolic",
              read ? _("Mark as Unread") : _("Mark as Read"));
  gtk_widget_set_sensitive (self->star, post != NULL);
  gtk_widget_set_sensitive (self->read, post != NULL);
  gtk_widget_set_sensitive (self->menu, post != NULL);
}

void
annals_reader_bar_set_settings (AnnalsReaderBar *self,
                                GSettings       *settings)
{
  g_return_if_fail (ANNALS_IS_READER_BAR (self));

  gtk_widget_set_visible (self->look, settings != NULL);
  if (settings != NULL)
    gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->look), annals_reader_look_new (settings));
}
