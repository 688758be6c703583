/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-colour-names-window.h"

#include <glib/gi18n.h>

#include "annals-colour-dot.h"
#include "annals-colour-names.h"

struct _AnnalsColourNamesWindow
{
  AdwWindow   parent_instance;
  AnnalsDesk *desk;
};

G_DEFINE_FINAL_TYPE (AnnalsColourNamesWindow, annals_colour_names_window, ADW_TYPE_WINDOW)

typedef struct
{
  const AnnalsColour *colour;
  char               *name;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->name);
  g_free (job);
}

static gboolean
rename_colour (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Job *job = data;

  return annals_db_set_colour_name (db, job->colour->name, job->name, error);
}

static void
apply_cb (AnnalsColourNamesWindow *self,
          AdwEntryRow             *row)
{
  Job *job = g_new0 (Job, 1);

  job->colour = g_object_get_data (G_OBJECT (row), "annals-colour");
  job->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
  annals_desk_change (self->desk, self, _("Rename colour of highlights"), _("Colour renamed"), rename_colour, job,
                      job_free, NULL);
}

static GtkWidget *
make_row (AnnalsColourNamesWindow *self,
          const AnnalsColour      *colour,
          GHashTable              *names)
{
  GtkWidget *row = adw_entry_row_new ();
  const char *name = g_hash_table_lookup (names, colour->name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(colour->label));
  adw_entry_row_add_prefix (ADW_ENTRY_ROW (row), annals_colour_dot_new (colour->name));
  gtk_editable_set_text (GTK_EDITABLE (row), name != NULL ? name : _(colour->meaning));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "annals-colour", (gpointer) colour);
  g_signal_connect_object (row, "apply", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
annals_colour_names_window_dispose (GObject *object)
{
  g_clear_object (&ANNALS_COLOUR_NAMES_WINDOW (object)->desk);

  G_OBJECT_CLASS (annals_colour_names_window_parent_class)->dispose (object);
}

static void
annals_colour_names_window_class_init (AnnalsColourNamesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_colour_names_window_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

static void
annals_colour_names_window_init (AnnalsColourNamesWindow *self)
{
}

static void
fill (AnnalsColourNamesWindow *self,
      GHashTable              *names)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  const AnnalsColour *palette;
  guint n_colours;

  palette = annals_palette_get (&n_colours);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("What highlights of a colour mean in this notebook."));
  for (guint i = 0; i < n_colours; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (self, &palette[i], names));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (self), box);
}

void
annals_colour_names_window_present (GtkWindow  *parent,
                                    AnnalsDesk *desk,
                                    GHashTable *names)
{
  AnnalsColourNamesWindow *self;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk) && names != NULL);

  self = g_object_new (ANNALS_TYPE_COLOUR_NAMES_WINDOW, "transient-for", parent, "modal", TRUE,
                       "destroy-with-parent", TRUE, "title", _("Name Colours"), "default-width", 420,
                       "default-height", 620, NULL);
  self->desk = g_object_ref (desk);
  fill (self, names);
  gtk_window_present (GTK_WINDOW (self));
}
