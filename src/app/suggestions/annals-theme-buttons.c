/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-theme-buttons.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-themes.h"
#include "annals-timelines.h"

struct _AnnalsThemeButtons
{
  GtkWidget  parent_instance;
  GtkWidget *box;
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsThemeButtons, annals_theme_buttons, GTK_TYPE_WIDGET)

static void
clicked_cb (AnnalsThemeButtons *self,
            GtkWidget          *button)
{
  guint number = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "number"));

  g_signal_emit (self, signals[PICKED], 0, number);
}

static void
add_button (AnnalsThemeButtons *self,
            guint               number,
            const AnnalsTheme  *theme)
{
  GtkWidget *button = gtk_button_new_with_label (theme->title);

  g_object_set_data (G_OBJECT (button), "number", GUINT_TO_POINTER (number));
  gtk_widget_set_tooltip_text (button, theme->description);
  annals_describe (button, theme->description);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), button);
}

static void
annals_theme_buttons_dispose (GObject *object)
{
  g_clear_pointer (&ANNALS_THEME_BUTTONS (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (annals_theme_buttons_parent_class)->dispose (object);
}

static void
annals_theme_buttons_class_init (AnnalsThemeButtonsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = annals_theme_buttons_dispose;

  signals[PICKED] = g_signal_new ("picked", ANNALS_TYPE_THEME_BUTTONS, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
annals_theme_buttons_init (AnnalsThemeButtons *self)
{
  GtkWidget *heading = gtk_label_new (_("From a starter theme"));
  const AnnalsTheme *theme;

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "caption-heading");
  gtk_widget_add_css_class (heading, "dim-label");
  gtk_box_append (GTK_BOX (self->box), heading);
  for (guint i = 0; (theme = annals_theme_get (i)) != NULL; i++)
    add_button (self, i, theme);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
annals_theme_buttons_new (void)
{
  return g_object_new (ANNALS_TYPE_THEME_BUTTONS, NULL);
}

/* --- starting --- */

typedef struct
{
  const AnnalsTheme *theme;
  char              *colour;
  gint64             id;
} StartJob;

static void
start_job_free (StartJob *self)
{
  g_free (self->colour);
  g_free (self);
}

static gboolean
start_in_writer (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  StartJob *job = data;

  return annals_db_add_timeline (db, job->theme->title, job->theme->description, job->colour, job->theme->rule,
                                 &job->id, error);
}

static void
started_cb (gpointer      owner,
            gpointer      data,
            const GError *error)
{
  if (error == NULL)
    annals_desk_show_suggestions (ANNALS_DESK (owner), ((StartJob *) data)->id);
}

void
annals_theme_start (AnnalsDesk *desk,
                    guint       number,
                    const char *colour)
{
  const AnnalsTheme *theme = annals_theme_get (number);
  g_autofree char *message = NULL;
  StartJob *job;

  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (theme != NULL);

  job = g_new0 (StartJob, 1);
  job->theme = theme;
  job->colour = g_strdup (colour);
  message = g_strdup_printf (_("“%s” added"), theme->title);
  annals_desk_change (desk, desk, _("Add timeline"), message, start_in_writer, job, (GDestroyNotify) start_job_free,
                      started_cb);
}
