/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-tag-entry.h"

#include "annals-swatch.h"
#include "annals-tags.h"

#define MAX_OFFERED 6

struct _AnnalsTagEntry
{
  GtkWidget   parent_instance;
  GtkWidget  *box;
  GtkWidget  *entry;
  GtkWidget  *list;
  GPtrArray  *tags;
  char      **without;
};

enum
{
  TAG_ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsTagEntry, annals_tag_entry, GTK_TYPE_WIDGET)

/* @synonym (nullable): the other name by which it was found. */
static void
add_row (AnnalsTagEntry  *self,
         const AnnalsTag *tag,
         const char      *synonym)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (tag->name);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), annals_swatch_new ("dot", tag->colour));
  gtk_box_append (GTK_BOX (box), label);
  if (synonym != NULL)
    {
      GtkWidget *other = gtk_label_new (synonym);

      gtk_label_set_ellipsize (GTK_LABEL (other), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (other, "dim-label");
      gtk_box_append (GTK_BOX (box), other);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "annals-tag", g_strdup (tag->name), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, tag->name, -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static gboolean
is_left_out (AnnalsTagEntry *self,
             const char     *name)
{
  return self->without != NULL && g_strv_contains ((const char * const *) self->without, name);
}

static void
offer (AnnalsTagEntry *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr(GArray) offers = NULL;
  GtkWidget *row;
  guint n_offered = 0;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);

  if (self->tags != NULL)
    offers = annals_tags_complete (self->tags, typed, 0);
  for (guint i = 0; offers != NULL && i < offers->len && n_offered < MAX_OFFERED; i++)
    {
      AnnalsTagOffer found = g_array_index (offers, AnnalsTagOffer, i);

      if (is_left_out (self, found.tag->name))
        continue;

      add_row (self, found.tag, found.synonym);
      n_offered++;
    }

  gtk_list_box_unselect_all (GTK_LIST_BOX (self->list));
  gtk_widget_set_visible (self->list, n_offered > 0);
}

static void
changed_cb (AnnalsTagEntry *self)
{
  offer (self);
}

static void
activate_cb (AnnalsTagEntry *self)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  if (*g_strstrip (name) != '\0')
    g_signal_emit (self, signals[TAG_ENTERED], 0, name);
}

static void
row_activated_cb (AnnalsTagEntry *self,
                  GtkListBoxRow  *row)
{
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (row), "annals-tag"));

  g_signal_emit (self, signals[TAG_ENTERED], 0, name);
}

static gboolean
annals_tag_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (ANNALS_TAG_ENTRY (widget)->entry);
}

static void
annals_tag_entry_dispose (GObject *object)
{
  AnnalsTagEntry *self = ANNALS_TAG_ENTRY (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_TAG_ENTRY);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->without, g_strfreev);

  G_OBJECT_CLASS (annals_tag_entry_parent_class)->dispose (object);
}

static void
annals_tag_entry_class_init (AnnalsTagEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_tag_entry_dispose;
  widget_class->grab_focus = annals_tag_entry_grab_focus;

  signals[TAG_ENTERED] = g_signal_new ("tag-entered", ANNALS_TYPE_TAG_ENTRY, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-tag-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEntry, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, AnnalsTagEntry, list);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
annals_tag_entry_init (AnnalsTagEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
annals_tag_entry_new (void)
{
  return g_object_new (ANNALS_TYPE_TAG_ENTRY, NULL);
}

void
annals_tag_entry_set_tags (AnnalsTagEntry     *self,
                           GPtrArray          *tags,
                           const char * const *without)
{
  g_return_if_fail (ANNALS_IS_TAG_ENTRY (self));

  if (tags != NULL)
    g_ptr_array_ref (tags);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  self->tags = tags;
  g_strfreev (self->without);
  self->without = g_strdupv ((char **) without);
  offer (self);
}

void
annals_tag_entry_begin (AnnalsTagEntry *self)
{
  g_return_if_fail (ANNALS_IS_TAG_ENTRY (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  offer (self);
  gtk_widget_grab_focus (self->entry);
}
