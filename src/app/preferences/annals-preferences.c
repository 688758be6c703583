/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-preferences.h"

#include <glib/gi18n.h>

#include "annals-backup-folder-row.h"
#include "annals-colour-names-group.h"
#include "annals-date-style.h"
#include "annals-preferences-window.h"
#include "annals-present.h"
#include "annals-reader-look.h"

/* Milliseconds without a key: a name is no name while it is typed. */
#define REST 1000
#define APPLY_KEY "annals-apply"

typedef struct
{
  const char *id;          /* of a combo row */
  const char *key;
  const char *values[6];   /* in the order of its items */
} Choice;

static const Choice choices[] = {
  { "style_row", "colour-scheme", { "default", "light", "dark" } },
  { "font_row", "reader-font", { "serif", "sans" } },
  { "width_row", "reader-width", { "narrow", "normal", "wide" } },
  { "page_row", "reader-page", { "window", "light", "sepia", "dark" } },
  { "citation_row", "citation-style", { "author-date", "note", "bibliography" } },
  { "date_row", "date-style", { "words", "numbers" } },
  { "week_row", "first-weekday", { "region", "monday", "saturday", "sunday" } },
};

static const struct
{
  const char *id;
  const char *property;
  const char *key;
} plain[] = {
  { "search_switch", "active", "search-provider" },
  { "details_switch", "active", "reader-details" },
  { "backup_switch", "active", "backup-automatically" },
  { "newest", "value", "backup-newest" },
};

static gboolean
value_to_position (GValue   *value,
                   GVariant *variant,
                   gpointer  user_data)
{
  const Choice *choice = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (choice->values) && choice->values[i] != NULL; i++)
    if (g_str_equal (choice->values[i], g_variant_get_string (variant, NULL)))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }

  return FALSE;
}

static GVariant *
position_to_value (const GValue       *value,
                   const GVariantType *type,
                   gpointer            user_data)
{
  const Choice *choice = user_data;
  guint position = g_value_get_uint (value);

  return position < G_N_ELEMENTS (choice->values) && choice->values[position] != NULL
           ? g_variant_new_string (choice->values[position])
           : NULL;
}

/* --- the size of a post's text --- */

static gboolean
size_to_position (GValue   *value,
                  GVariant *variant,
                  gpointer  user_data)
{
  g_value_set_uint (value, annals_reader_look_find_size (g_variant_get_int32 (variant)));

  return TRUE;
}

static GVariant *
position_to_size (const GValue       *value,
                  const GVariantType *type,
                  gpointer            user_data)
{
  const int *sizes;
  guint n_sizes;

  sizes = annals_reader_look_get_sizes (&n_sizes);
  return g_value_get_uint (value) < n_sizes ? g_variant_new_int32 (sizes[g_value_get_uint (value)]) : NULL;
}

static void
bind_size (AdwComboRow *row,
           GSettings   *settings)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  const int *sizes;
  guint n_sizes;

  sizes = annals_reader_look_get_sizes (&n_sizes);
  for (guint i = 0; i < n_sizes; i++)
    gtk_string_list_take (names, g_strdup_printf (_("%d %%"), sizes[i]));
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  g_settings_bind_with_mapping (settings, "reader-text-size", row, "selected", G_SETTINGS_BIND_DEFAULT, size_to_position,
                                position_to_size, NULL, NULL);
}

/* --- dates --- */

/* Each way to show them is named by what it makes of a day. */
static void
fill_date_row (AdwComboRow *row)
{
  g_autoptr(GtkStringList) examples = gtk_string_list_new (NULL);

  gtk_string_list_take (examples, annals_date_style_dup_example (ANNALS_DATE_STYLE_WORDS));
  gtk_string_list_take (examples, annals_date_style_dup_example (ANNALS_DATE_STYLE_NUMBERS));
  adw_combo_row_set_model (row, G_LIST_MODEL (examples));
}

/* --- the window --- */

static void
bind_rows (GtkBuilder *builder,
           GSettings  *settings)
{
  fill_date_row (ADW_COMBO_ROW (gtk_builder_get_object (builder, "date_row")));
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    g_settings_bind_with_mapping (settings, choices[i].key, gtk_builder_get_object (builder, choices[i].id), "selected",
                                  G_SETTINGS_BIND_DEFAULT, value_to_position, position_to_value, (gpointer) &choices[i],
                                  NULL);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    g_settings_bind (settings, plain[i].key, gtk_builder_get_object (builder, plain[i].id), plain[i].property,
                     G_SETTINGS_BIND_DEFAULT);
  bind_size (ADW_COMBO_ROW (gtk_builder_get_object (builder, "size_row")), settings);
  annals_backup_folder_row_set_settings (ANNALS_BACKUP_FOLDER_ROW (gtk_builder_get_object (builder, "folder_row")),
                                         settings);
}

/* --- the author's name --- */

static gboolean
apply_cb (gpointer user_data)
{
  GSettings *delayed = user_data;

  g_object_set_data (G_OBJECT (delayed), APPLY_KEY, NULL);
  g_settings_apply (delayed);

  return G_SOURCE_REMOVE;
}

static void
typed_cb (GSettings *delayed)
{
  guint source = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (delayed), APPLY_KEY));

  if (source != 0)
    g_source_remove (source);
  source = g_timeout_add_full (G_PRIORITY_DEFAULT, REST, apply_cb, g_object_ref (delayed), g_object_unref);
  g_object_set_data (G_OBJECT (delayed), APPLY_KEY, GUINT_TO_POINTER (source));
}

/* Each write is one to the disk, so that it waits until the name is there, or the window goes. */
static void
bind_author (GtkBuilder *builder)
{
  GtkWidget *row = GTK_WIDGET (gtk_builder_get_object (builder, "author_row"));
  GSettings *delayed = g_settings_new (ANNALS_APPLICATION_ID);

  g_settings_delay (delayed);
  g_settings_bind (delayed, "author", row, "text", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (row, "changed", G_CALLBACK (typed_cb), delayed, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "unrealize", G_CALLBACK (g_settings_apply), delayed, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (row), "annals-settings", delayed, g_object_unref);
}

static void
say_author (GtkBuilder *builder,
            const char *account)
{
  g_autofree char *text = NULL;
  g_autofree char *escaped = g_markup_escape_text (account, -1);

  /* Translators: %s is the name of the user's account */
  text = g_strdup_printf (_("New notes, tags and events are signed with this name; while it is empty, with “%s”."), escaped);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "author_group")), text);
}

static AdwPreferencesPage *
create_notebook_page (AnnalsDesk *desk)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = annals_colour_names_group_new (desk);

  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), _("This Notebook"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (page), "text-x-generic-symbolic");
  adw_preferences_page_set_name (ADW_PREFERENCES_PAGE (page), "notebook");
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Colours of Highlights"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));

  return ADW_PREFERENCES_PAGE (page);
}

void
annals_preferences_present (GtkWindow  *parent,
                            GSettings  *settings,
                            const char *account,
                            AnnalsDesk *desk)
{
  static const char * const pages[] = { "general_page", "reading_page", "backups_page" };
  g_autoptr(GtkBuilder) builder = NULL;
  GtkWindow *window;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_type_ensure (ANNALS_TYPE_BACKUP_FOLDER_ROW);
  builder = gtk_builder_new_from_resource (ANNALS_RESOURCE_PATH "/annals-preferences.ui");
  bind_rows (builder, settings);
  bind_author (builder);
  say_author (builder, account);

  window = annals_preferences_window_new (parent);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    annals_preferences_window_add (window, ADW_PREFERENCES_PAGE (gtk_builder_get_object (builder, pages[i])));
  if (desk != NULL && annals_desk_get_notebook (desk) != NULL)
    annals_preferences_window_add (window, create_notebook_page (desk));
  annals_present_built (window);
}
