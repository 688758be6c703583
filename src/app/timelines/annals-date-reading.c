/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date-reading.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-direction.h"
#include "annals-wrap-layout.h"

#define CHOICE_CHARS 46

struct _AnnalsDateReading
{
  GtkWidget    parent_instance;
  GtkWidget   *box;
  GtkLabel    *label;
  GtkBox      *readings;
  GtkWidget   *heading;
  GtkBox      *proposals;

  GtkEditable *editable;    /* (nullable), weak */
  AnnalsDate  *seen_from;   /* (nullable) */
  AnnalsDate  *date;        /* (nullable): as the entry is understood */
  gboolean     hides;       /* what is proposed, till it is wanted */
};

typedef enum
{
  PROP_EDITABLE = 1,
} AnnalsDateReadingProp;

static GParamSpec *properties[PROP_EDITABLE + 1];

G_DEFINE_FINAL_TYPE (AnnalsDateReading, annals_date_reading, GTK_TYPE_WIDGET)

static void
choice_cb (GtkButton *button,
           gpointer   user_data)
{
  AnnalsDateReading *self = user_data;
  g_autofree char *edtf = g_strdup (g_object_get_data (G_OBJECT (button), "annals-edtf"));

  if (self->editable == NULL)
    return;

  /* the button may go with the entry's change */
  gtk_widget_grab_focus (GTK_WIDGET (self->editable));
  gtk_editable_set_text (self->editable, edtf);
  gtk_editable_set_position (self->editable, -1);
}

static void
add_choice (AnnalsDateReading *self,
            GtkBox            *box,
            AnnalsDate        *date,
            const char        *text)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (text);
  const char *edtf = annals_date_get_edtf (date);
  g_autofree char *tip = annals_direction_isolate (edtf);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CHOICE_CHARS);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "annals-date-choice");
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data_full (G_OBJECT (button), "annals-edtf", g_strdup (edtf), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choice_cb), self, 0);
  gtk_box_append (box, button);
  gtk_widget_set_visible (GTK_WIDGET (box), TRUE);
}

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);

  gtk_widget_set_visible (GTK_WIDGET (box), FALSE);
}

static void
update_proposals (AnnalsDateReading *self)
{
  gboolean visible = !self->hides && gtk_widget_get_first_child (GTK_WIDGET (self->proposals)) != NULL;

  gtk_widget_set_visible (self->heading, visible);
  gtk_widget_set_visible (GTK_WIDGET (self->proposals), visible);
}

static void
show_text (AnnalsDateReading *self,
           const char        *text,
           gboolean           is_error)
{
  gtk_label_set_text (self->label, text);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->label), "error");

  annals_describe (GTK_WIDGET (self->editable), text);
}

static void
show_date (AnnalsDateReading *self)
{
  g_autofree char *display = NULL;
  g_autofree char *remark = NULL;
  g_autofree char *text = NULL;

  if (annals_date_is_undated (self->date))
    {
      show_text (self, _("A date such as 2020-03-09, March 2020, early March 2020 or 2020-03/2020-05"),
                 FALSE);
      return;
    }

  display = annals_date_dup_display (self->date);
  remark = annals_date_dup_remark (self->date);
  text = remark != NULL
             /* Translators: how a date was understood: “Means March 2020: month known, day unknown” */
             ? g_strdup_printf (_("Means %s: %s"), display, remark)
             : g_strdup_printf (_("Means %s"), display);
  show_text (self, text, FALSE);
}

static void
show_readings (AnnalsDateReading *self,
               GPtrArray         *readings)
{
  show_text (self, _("Which date is meant?"), FALSE);

  for (guint i = 0; i < readings->len; i++)
    {
      g_autofree char *display = annals_date_dup_display (g_ptr_array_index (readings, i));

      add_choice (self, self->readings, g_ptr_array_index (readings, i), display);
    }
}

static void
annals_date_reading_dispose (GObject *object)
{
  AnnalsDateReading *self = ANNALS_DATE_READING (object);

  g_clear_weak_pointer (&self->editable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_DATE_READING);

  G_OBJECT_CLASS (annals_date_reading_parent_class)->dispose (object);
}

static void
annals_date_reading_finalize (GObject *object)
{
  AnnalsDateReading *self = ANNALS_DATE_READING (object);

  g_clear_pointer (&self->seen_from, annals_date_unref);
  g_clear_pointer (&self->date, annals_date_unref);

  G_OBJECT_CLASS (annals_date_reading_parent_class)->finalize (object);
}

static void
annals_date_reading_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  AnnalsDateReading *self = ANNALS_DATE_READING (object);

  switch ((AnnalsDateReadingProp) prop_id)
    {
    case PROP_EDITABLE:
      g_value_set_object (value, self->editable);
      break;
    }
}

static void
annals_date_reading_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  AnnalsDateReading *self = ANNALS_DATE_READING (object);

  switch ((AnnalsDateReadingProp) prop_id)
    {
    case PROP_EDITABLE:
      if (!g_set_weak_pointer (&self->editable, g_value_get_object (value)))
        break;
      if (self->editable != NULL)
        annals_direction_keep (self->editable);
      g_object_notify_by_pspec (object, properties[PROP_EDITABLE]);
      break;
    }
}

static void
annals_date_reading_class_init (AnnalsDateReadingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_date_reading_dispose;
  object_class->finalize = annals_date_reading_finalize;
  object_class->get_property = annals_date_reading_get_property;
  object_class->set_property = annals_date_reading_set_property;

  properties[PROP_EDITABLE] =
    g_param_spec_object ("editable", NULL, NULL, GTK_TYPE_EDITABLE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (ANNALS_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-date-reading.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsDateReading, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsDateReading, label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsDateReading, readings);
  gtk_widget_class_bind_template_child (widget_class, AnnalsDateReading, heading);
  gtk_widget_class_bind_template_child (widget_class, AnnalsDateReading, proposals);
}

static void
annals_date_reading_init (AnnalsDateReading *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AnnalsDate *
annals_date_reading_update (AnnalsDateReading *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) readings = NULL;

  g_return_val_if_fail (ANNALS_IS_DATE_READING (self), NULL);
  g_return_val_if_fail (self->editable != NULL, NULL);

  g_clear_pointer (&self->date, annals_date_unref);
  clear (self->readings);

  readings = annals_date_parse_entry (gtk_editable_get_text (self->editable), self->seen_from, &error);
  if (readings == NULL)
    {
      show_text (self, error->message, TRUE);
    }
  else if (readings->len > 1)
    {
      show_readings (self, readings);
    }
  else
    {
      self->date = annals_date_ref (g_ptr_array_index (readings, 0));
      show_date (self);
    }

  return self->date;
}

AnnalsDate *
annals_date_reading_get_date (AnnalsDateReading *self)
{
  g_return_val_if_fail (ANNALS_IS_DATE_READING (self), NULL);

  return self->date;
}

void
annals_date_reading_set_seen_from (AnnalsDateReading *self,
                                   AnnalsDate        *seen_from)
{
  g_return_if_fail (ANNALS_IS_DATE_READING (self));

  g_clear_pointer (&self->seen_from, annals_date_unref);
  self->seen_from = seen_from != NULL ? annals_date_ref (seen_from) : NULL;
}

void
annals_date_reading_set_hides (AnnalsDateReading *self,
                               gboolean           hides)
{
  g_return_if_fail (ANNALS_IS_DATE_READING (self));

  self->hides = hides;
  update_proposals (self);
}

void
annals_date_reading_clear (AnnalsDateReading *self)
{
  g_return_if_fail (ANNALS_IS_DATE_READING (self));

  clear (self->proposals);
  update_proposals (self);
}

void
annals_date_reading_propose (AnnalsDateReading *self,
                             AnnalsDate        *date,
                             const char        *words)
{
  g_autofree char *display = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (ANNALS_IS_DATE_READING (self));
  g_return_if_fail (date != NULL && words != NULL);

  display = annals_date_dup_display_short (date);
  /* Translators: words of a text and the date that they mean: “last November” → Nov 2019 */
  text = g_strdup_printf (_("“%s” → %s"), words, display);
  add_choice (self, self->proposals, date, text);
  update_proposals (self);
}
