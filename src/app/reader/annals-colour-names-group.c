/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-colour-names-group.h"

#include <glib/gi18n.h>

#include "annals-colour-dot.h"
#include "annals-colour-names.h"

struct _AnnalsColourNamesGroup
{
  AdwPreferencesGroup  parent_instance;
  AnnalsDesk          *desk;
  GPtrArray           *rows;   /* (element type AdwEntryRow, borrowed), as the palette has them */
};

G_DEFINE_FINAL_TYPE (AnnalsColourNamesGroup, annals_colour_names_group, ADW_TYPE_PREFERENCES_GROUP)

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
apply_cb (AnnalsColourNamesGroup *self,
          AdwEntryRow            *row)
{
  Job *job = g_new0 (Job, 1);

  job->colour = g_object_get_data (G_OBJECT (row), "annals-colour");
  job->name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
  g_object_set_data_full (G_OBJECT (row), "annals-told", g_strdup (job->name), g_free);
  annals_desk_change (self->desk, self, _("Rename colour of highlights"), _("Colour renamed"), rename_colour, job,
                      job_free, NULL);
}

static GtkWidget *
create_row (AnnalsColourNamesGroup *self,
            const AnnalsColour     *colour)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(colour->label));
  adw_entry_row_add_prefix (ADW_ENTRY_ROW (row), annals_colour_dot_new (colour->name));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "annals-colour", (gpointer) colour);
  g_signal_connect_object (row, "apply", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);

  return row;
}

/* --- the names as the notebook has them --- */

static gboolean
list_names (AnnalsDb      *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  GHashTable **names = data;

  return (*names = annals_db_list_colour_names (db, error)) != NULL;
}

static void
names_free (gpointer data)
{
  GHashTable **names = data;

  g_clear_pointer (names, g_hash_table_unref);
  g_free (names);
}

static void
listed_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsColourNamesGroup *self = owner;
  GHashTable **names = data;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The Names of Colours Were Not Read"), error->message);
      return;
    }

  for (guint i = 0; i < self->rows->len; i++)
    {
      AdwEntryRow *row = self->rows->pdata[i];
      const AnnalsColour *colour = g_object_get_data (G_OBJECT (row), "annals-colour");
      const char *kept = g_hash_table_lookup (*names, colour->name);
      const char *name = kept != NULL ? kept : annals_colour_get_meaning (colour);
      const char *last = g_object_get_data (G_OBJECT (row), "annals-told");
      const char *told = last != NULL ? last : "";
      const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
      gboolean same = g_str_equal (text, name);

      /* What is being typed is not overwritten by a change of another row, nor by the first answer. */
      if (!same && !g_str_equal (text, told))
        continue;

      g_object_set_data_full (G_OBJECT (row), "annals-told", g_strdup (name), g_free);
      if (same)
        continue;

      /* Else the row would offer to apply what it has been told. */
      adw_entry_row_set_show_apply_button (row, FALSE);
      gtk_editable_set_text (GTK_EDITABLE (row), name);
      adw_entry_row_set_show_apply_button (row, TRUE);
    }
}

static void
read_names (AnnalsColourNamesGroup *self)
{
  annals_desk_read (self->desk, self, list_names, g_new0 (GHashTable *, 1), names_free, NULL, listed_cb);
}

/* --- the widget --- */

static void
annals_colour_names_group_dispose (GObject *object)
{
  g_clear_object (&ANNALS_COLOUR_NAMES_GROUP (object)->desk);

  G_OBJECT_CLASS (annals_colour_names_group_parent_class)->dispose (object);
}

static void
annals_colour_names_group_finalize (GObject *object)
{
  g_ptr_array_unref (ANNALS_COLOUR_NAMES_GROUP (object)->rows);

  G_OBJECT_CLASS (annals_colour_names_group_parent_class)->finalize (object);
}

static void
annals_colour_names_group_class_init (AnnalsColourNamesGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = annals_colour_names_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = annals_colour_names_group_finalize;
}

static void
annals_colour_names_group_init (AnnalsColourNamesGroup *self)
{
  const AnnalsColour *palette;
  guint n_colours;

  self->rows = g_ptr_array_new ();
  palette = annals_palette_get (&n_colours);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self),
                                         _("What highlights of a colour mean in this notebook."));
  for (guint i = 0; i < n_colours; i++)
    {
      GtkWidget *row = create_row (self, &palette[i]);

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    }
}

GtkWidget *
annals_colour_names_group_new (AnnalsDesk *desk)
{
  AnnalsColourNamesGroup *self;

  g_return_val_if_fail (ANNALS_IS_DESK (desk), NULL);

  self = g_object_new (ANNALS_TYPE_COLOUR_NAMES_GROUP, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (read_names), self, G_CONNECT_SWAPPED);
  read_names (self);

  return GTK_WIDGET (self);
}
