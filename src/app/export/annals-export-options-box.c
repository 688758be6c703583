/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-export-options-box.h"

#define PATH "/io/github/annals/Annals/export/"

struct _AnnalsExportOptionsBox
{
  GtkWidget  parent_instance;

  GtkWidget *group;
  GtkWidget *paper;
  GtkWidget *margins;
  GtkWidget *text_size;
  GtkWidget *notes_row;
  GtkWidget *notes;
  GtkWidget *hyphenate_row;
  GtkWidget *hyphenate;
  GtkWidget *mark_row;
  GtkWidget *mark;

  GSettings *settings;   /* (nullable): of what is exported */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* In the order in which the rows offer them, which is that of their enums. */
static const char * const papers[] = { "a4", "letter", NULL };
static const char * const margins[] = { "normal", "narrow", "wide", NULL };
static const char * const text_sizes[] = { "normal", "small", "large", NULL };

G_DEFINE_FINAL_TYPE (AnnalsExportOptionsBox, annals_export_options_box, GTK_TYPE_WIDGET)

/* --- between settings and rows --- */

static gboolean
name_to_position (GValue   *value,
                  GVariant *variant,
                  gpointer  user_data)
{
  const char * const *names = user_data;
  const char *name = g_variant_get_string (variant, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }

  return FALSE;
}

static GVariant *
position_to_name (const GValue       *value,
                  const GVariantType *expected_type,
                  gpointer            user_data)
{
  const char * const *names = user_data;
  guint position = g_value_get_uint (value);

  return position < g_strv_length ((char **) names) ? g_variant_new_string (names[position]) : NULL;
}

/* Of a topic without a choice of its own: the last choice for any; before that what the locale prints on. */
static guint
get_usual_paper (void)
{
  g_autoptr(GSettings) usual = g_settings_new (ANNALS_APPLICATION_ID);
  g_autoptr(GVariant) chosen = g_settings_get_user_value (usual, "page-size");
  gboolean letter = chosen != NULL ? g_str_equal (g_variant_get_string (chosen, NULL), "letter")
                                   : g_str_equal (gtk_paper_size_get_default (), GTK_PAPER_NAME_LETTER);

  return letter ? ANNALS_PAPER_LETTER : ANNALS_PAPER_A4;
}

static gboolean
paper_to_position (GValue   *value,
                   GVariant *variant,
                   gpointer  user_data)
{
  if (!name_to_position (value, variant, (gpointer) papers))
    g_value_set_uint (value, get_usual_paper ());

  return TRUE;
}

static GVariant *
position_to_paper (const GValue       *value,
                   const GVariantType *expected_type,
                   gpointer            user_data)
{
  return position_to_name (value, expected_type, (gpointer) papers);
}

static void
bind_row (AnnalsExportOptionsBox *self,
          const char             *key,
          GtkWidget              *row,
          const char * const     *names)
{
  g_settings_bind_with_mapping (self->settings, key, row, "selected", G_SETTINGS_BIND_DEFAULT, name_to_position,
                                position_to_name, (gpointer) names, NULL);
}

static void
changed_cb (AnnalsExportOptionsBox *self,
            const char             *key)
{
  if (!g_str_equal (key, "format"))
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Where @key's value stands among @names; 0 when it is none of them. */
static guint
read_position (GSettings          *settings,
               const char         *key,
               const char * const *names)
{
  g_autofree char *name = g_settings_get_string (settings, key);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return i;

  return 0;
}

void
annals_export_options_read (GSettings           *settings,
                            AnnalsExportOptions *options)
{
  g_autofree char *paper = NULL;

  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (options != NULL);

  paper = g_settings_get_string (settings, "page-size");
  *options = (AnnalsExportOptions) {
    .paper = *paper != '\0' ? read_position (settings, "page-size", papers) : get_usual_paper (),
    .margins = read_position (settings, "margins", margins),
    .text_size = read_position (settings, "text-size", text_sizes),
    .with_notes = g_settings_get_boolean (settings, "with-notes"),
    .hyphenate = g_settings_get_boolean (settings, "hyphenate"),
    .byte_order_mark = g_settings_get_boolean (settings, "byte-order-mark"),
  };
}

GSettings *
annals_export_options_dup_settings (const char *key)
{
  g_autofree char *path = g_strconcat (PATH, key, "/", NULL);

  return g_settings_new_with_path (ANNALS_APPLICATION_ID ".export", path);
}

void
annals_export_options_box_set_settings (AnnalsExportOptionsBox *self,
                                        GSettings              *settings)
{
  g_return_if_fail (ANNALS_IS_EXPORT_OPTIONS_BOX (self));
  g_return_if_fail (G_IS_SETTINGS (settings));

  if (!g_set_object (&self->settings, settings))
    return;

  g_settings_bind_with_mapping (settings, "page-size", self->paper, "selected", G_SETTINGS_BIND_DEFAULT,
                                paper_to_position, position_to_paper, NULL, NULL);
  bind_row (self, "margins", self->margins, margins);
  bind_row (self, "text-size", self->text_size, text_sizes);
  g_settings_bind (settings, "with-notes", self->notes, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "byte-order-mark", self->mark, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "hyphenate", self->hyphenate, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (settings, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

void
annals_export_options_box_set_format (AnnalsExportOptionsBox   *self,
                                      const AnnalsExportFormat *format)
{
  gboolean pages, table, notes;

  g_return_if_fail (ANNALS_IS_EXPORT_OPTIONS_BOX (self));
  g_return_if_fail (format != NULL);

  pages = g_str_equal (format->media_type, "application/pdf");
  table = g_str_equal (format->media_type, "text/csv");
  notes = format->subject == ANNALS_EXPORT_TIMELINE &&
          (pages || g_str_equal (format->media_type, "text/html") || g_str_equal (format->media_type, "text/markdown"));
  gtk_widget_set_visible (self->paper, pages);
  gtk_widget_set_visible (self->margins, pages);
  gtk_widget_set_visible (self->text_size, pages);
  gtk_widget_set_visible (self->hyphenate_row, pages);
  gtk_widget_set_visible (self->notes_row, notes);
  gtk_widget_set_visible (self->mark_row, table);
  gtk_widget_set_visible (GTK_WIDGET (self), pages || notes || table);
}

void
annals_export_options_box_confirm (AnnalsExportOptionsBox *self)
{
  g_autoptr(GSettings) usual = g_settings_new (ANNALS_APPLICATION_ID);
  guint paper;

  g_return_if_fail (ANNALS_IS_EXPORT_OPTIONS_BOX (self));

  paper = adw_combo_row_get_selected (ADW_COMBO_ROW (self->paper));
  if (gtk_widget_get_visible (self->paper) && paper <= ANNALS_PAPER_LETTER)
    g_settings_set_string (usual, "page-size", papers[paper]);
}

static void
annals_export_options_box_dispose (GObject *object)
{
  AnnalsExportOptionsBox *self = ANNALS_EXPORT_OPTIONS_BOX (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_EXPORT_OPTIONS_BOX);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (annals_export_options_box_parent_class)->dispose (object);
}

static void
annals_export_options_box_class_init (AnnalsExportOptionsBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_export_options_box_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-export-options-box.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportOptionsBox, group);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportOptionsBox, paper);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportOptionsBox, margins);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportOptionsBox, text_size);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportOptionsBox, notes_row);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportOptionsBox, notes);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportOptionsBox, hyphenate_row);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportOptionsBox, hyphenate);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportOptionsBox, mark_row);
  gtk_widget_class_bind_template_child (widget_class, AnnalsExportOptionsBox, mark);
}

static void
annals_export_options_box_init (AnnalsExportOptionsBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
