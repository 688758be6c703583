/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-look.h"

#include <glib/gi18n.h>
#include <string.h>

#define NORMAL 100

/* Per cent; each has its class in annals-reader.css. */
static const int sizes[] = { 70, 80, 90, 100, 115, 130, 150, 175, 200, 250 };

/* Settings that are style classes: KEY-VALUE. */
static const char * const keys[] = { "reader-width", "reader-font", "reader-page" };

struct _AnnalsReaderLook
{
  GtkPopover  parent_instance;
  GtkWidget  *size;
  GSettings  *settings;
};

G_DEFINE_FINAL_TYPE (AnnalsReaderLook, annals_reader_look, GTK_TYPE_POPOVER)

static guint
find_size (GSettings *settings)
{
  return annals_reader_look_find_size (g_settings_get_int (settings, "reader-text-size"));
}

static void
size_cb (AnnalsReaderLook *self)
{
  /* Translators: the size of the text, per cent of the normal one */
  g_autofree char *text = g_strdup_printf (_("%d %%"), sizes[find_size (self->settings)]);

  gtk_button_set_label (GTK_BUTTON (self->size), text);
}

static void
annals_reader_look_dispose (GObject *object)
{
  AnnalsReaderLook *self = ANNALS_READER_LOOK (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_READER_LOOK);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (annals_reader_look_parent_class)->dispose (object);
}

static void
annals_reader_look_class_init (AnnalsReaderLookClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_reader_look_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-reader-look.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsReaderLook, size);
}

static void
annals_reader_look_init (AnnalsReaderLook *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

const int *
annals_reader_look_get_sizes (guint *n_sizes)
{
  g_return_val_if_fail (n_sizes != NULL, NULL);

  *n_sizes = G_N_ELEMENTS (sizes);
  return sizes;
}

guint
annals_reader_look_find_size (int size)
{
  guint found = 0;

  for (guint i = 1; i < G_N_ELEMENTS (sizes); i++)
    if (ABS (sizes[i] - size) < ABS (sizes[found] - size))
      found = i;

  return found;
}

GtkWidget *
annals_reader_look_new (GSettings *settings)
{
  AnnalsReaderLook *self = g_object_new (ANNALS_TYPE_READER_LOOK, NULL);
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self->settings = g_object_ref (settings);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr(GAction) action = g_settings_create_action (settings, keys[i]);

      g_action_map_add_action (G_ACTION_MAP (group), action);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "look", G_ACTION_GROUP (group));
  g_signal_connect_object (settings, "changed::reader-text-size", G_CALLBACK (size_cb), self,
                           G_CONNECT_SWAPPED);
  size_cb (self);

  return GTK_WIDGET (self);
}

static void
set_class (GtkWidget  *page,
           const char *name,
           gboolean    set)
{
  if (set)
    gtk_widget_add_css_class (page, name);
  else
    gtk_widget_remove_css_class (page, name);
}

void
annals_reader_look_apply (GSettings *settings,
                          GtkWidget *page)
{
  guint size;

  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (GTK_IS_WIDGET (page));

  size = find_size (settings);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *name = g_strdup_printf ("size-%d", sizes[i]);

      set_class (page, name, i == size);
    }

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *chosen = g_settings_get_string (settings, keys[i]);
      g_autoptr(GSettingsSchema) schema = NULL;
      g_autoptr(GSettingsSchemaKey) key = NULL;
      g_autoptr(GVariant) range = NULL;
      g_autoptr(GVariant) values = NULL;

      g_object_get (settings, "settings-schema", &schema, NULL);
      key = g_settings_schema_get_key (schema, keys[i]);
      range = g_settings_schema_key_get_range (key);
      g_variant_get (range, "(sv)", NULL, &values);
      for (gsize k = 0; k < g_variant_n_children (values); k++)
        {
          g_autofree char *name = NULL;
          const char *value;

          g_variant_get_child (values, k, "&s", &value);
          name = g_strconcat (keys[i] + strlen ("reader-"), "-", value, NULL);
          set_class (page, name, g_str_equal (value, chosen));
        }
    }
}

void
annals_reader_look_zoom (GSettings *settings,
                         int        step)
{
  int size = NORMAL;

  g_return_if_fail (G_IS_SETTINGS (settings));

  if (step != 0)
    size = sizes[CLAMP ((int) find_size (settings) + step, 0, (int) G_N_ELEMENTS (sizes) - 1)];

  g_settings_set_int (settings, "reader-text-size", size);
}
