/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader.h"

struct _AnnalsReader
{
  GtkWidget   parent_instance;
  GtkWidget  *stack;
  AnnalsDesk *desk;
  char       *match;
  gint64      post_id;
};

typedef enum
{
  PROP_DESK = 1,
} AnnalsReaderProp;

static GParamSpec *properties[PROP_DESK + 1];

G_DEFINE_FINAL_TYPE (AnnalsReader, annals_reader, GTK_TYPE_WIDGET)

static void
annals_reader_dispose (GObject *object)
{
  AnnalsReader *self = ANNALS_READER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_READER);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_reader_parent_class)->dispose (object);
}

static void
annals_reader_finalize (GObject *object)
{
  AnnalsReader *self = ANNALS_READER (object);

  g_clear_pointer (&self->match, g_free);

  G_OBJECT_CLASS (annals_reader_parent_class)->finalize (object);
}

static void
annals_reader_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  AnnalsReader *self = ANNALS_READER (object);

  switch ((AnnalsReaderProp) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    }
}

static void
annals_reader_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  AnnalsReader *self = ANNALS_READER (object);

  switch ((AnnalsReaderProp) prop_id)
    {
    case PROP_DESK:
      if (g_set_object (&self->desk, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    }
}

static void
annals_reader_class_init (AnnalsReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_reader_dispose;
  object_class->finalize = annals_reader_finalize;
  object_class->get_property = annals_reader_get_property;
  object_class->set_property = annals_reader_set_property;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, ANNALS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/annals/Annals/annals-reader.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsReader, stack);
}

static void
annals_reader_init (AnnalsReader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
annals_reader_new (void)
{
  return g_object_new (ANNALS_TYPE_READER, NULL);
}

void
annals_reader_show_post (AnnalsReader *self,
                         gint64        post_id,
                         gint64        annotation_id)
{
  g_return_if_fail (ANNALS_IS_READER (self));

  self->post_id = post_id;
}

void
annals_reader_set_match (AnnalsReader *self,
                         const char   *match)
{
  g_autofree char *copy = g_strdup (match);

  g_return_if_fail (ANNALS_IS_READER (self));

  g_free (self->match);
  self->match = g_steal_pointer (&copy);
}
