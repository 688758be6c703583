/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-markdown-label.h"

#include "annals-markdown.h"

#define INDENT 16
#define MARKER_GAP 6
/* Further ones are left out: each is a widget. */
#define MAX_BLOCKS 120

struct _AnnalsMarkdownLabel
{
  GtkWidget  parent_instance;
  char      *shown;      /* (nullable): what its children were made of */
  gsize      max_chars;
  gboolean   whole;
};

static guint address_signal;

G_DEFINE_FINAL_TYPE (AnnalsMarkdownLabel, annals_markdown_label, GTK_TYPE_WIDGET)

/* Nothing is opened by a label itself. */
static gboolean
activate_link_cb (AnnalsMarkdownLabel *self,
                  const char          *address)
{
  g_signal_emit (self, address_signal, 0, address);

  return GDK_EVENT_STOP;
}

static GtkWidget *
make_label (AnnalsMarkdownLabel       *self,
            const AnnalsMarkdownBlock *block)
{
  g_autofree char *markup = annals_markdown_block_dup_markup (block);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_WORD);
  gtk_widget_set_hexpand (label, TRUE);
  g_signal_connect_object (label, "activate-link", G_CALLBACK (activate_link_cb), self, G_CONNECT_SWAPPED);

  if (block->kind == ANNALS_MARKDOWN_HEADING)
    gtk_widget_add_css_class (label, block->level == 1 ? "heading-1" : block->level == 2 ? "heading-2" : "heading-3");
  else if (block->kind == ANNALS_MARKDOWN_CODE)
    gtk_widget_add_css_class (label, "code");

  return label;
}

/* A list's item: its mark stands beside its words. */
static GtkWidget *
make_item (AnnalsMarkdownLabel       *self,
           const AnnalsMarkdownBlock *block)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, MARKER_GAP);
  GtkWidget *marker = gtk_label_new (block->marker);

  gtk_widget_set_valign (marker, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (marker), 1);
  gtk_widget_set_size_request (marker, INDENT - MARKER_GAP, -1);
  gtk_box_append (GTK_BOX (box), marker);
  gtk_box_append (GTK_BOX (box), make_label (self, block));

  return box;
}

static GtkWidget *
make_block (AnnalsMarkdownLabel       *self,
            const AnnalsMarkdownBlock *block)
{
  guint indent = block->marker != NULL ? block->indent - 1 : block->indent;
  GtkWidget *widget;

  if (block->kind == ANNALS_MARKDOWN_RULE)
    widget = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  else if (block->marker != NULL)
    widget = make_item (self, block);
  else
    widget = make_label (self, block);
  gtk_widget_set_margin_start (widget, (int) indent * INDENT);

  for (guint i = 0; i < block->quotes; i++)
    {
      GtkWidget *quote = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_box_append (GTK_BOX (quote), widget);
      gtk_widget_add_css_class (quote, "quotation");
      widget = quote;
    }

  return widget;
}

static void
clear (AnnalsMarkdownLabel *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
annals_markdown_label_dispose (GObject *object)
{
  clear (ANNALS_MARKDOWN_LABEL (object));

  G_OBJECT_CLASS (annals_markdown_label_parent_class)->dispose (object);
}

static void
annals_markdown_label_finalize (GObject *object)
{
  g_clear_pointer (&ANNALS_MARKDOWN_LABEL (object)->shown, g_free);

  G_OBJECT_CLASS (annals_markdown_label_parent_class)->finalize (object);
}

static void
annals_markdown_label_class_init (AnnalsMarkdownLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_markdown_label_dispose;
  object_class->finalize = annals_markdown_label_finalize;

  address_signal = g_signal_new ("address-activated", ANNALS_TYPE_MARKDOWN_LABEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "markdown");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
annals_markdown_label_init (AnnalsMarkdownLabel *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 5);
  self->whole = TRUE;
}

GtkWidget *
annals_markdown_label_new (void)
{
  return g_object_new (ANNALS_TYPE_MARKDOWN_LABEL, NULL);
}

gboolean
annals_markdown_label_set (AnnalsMarkdownLabel *self,
                           const char          *markdown,
                           gsize                max_chars)
{
  g_autoptr(GPtrArray) blocks = NULL;
  gboolean is_cut;

  g_return_val_if_fail (ANNALS_IS_MARKDOWN_LABEL (self), FALSE);
  g_return_val_if_fail (markdown != NULL, FALSE);

  if (self->max_chars == max_chars && g_strcmp0 (self->shown, markdown) == 0)
    return self->whole;

  g_free (self->shown);
  self->shown = g_strdup (markdown);
  self->max_chars = max_chars;

  clear (self);
  blocks = annals_markdown_parse (markdown, max_chars, &is_cut);
  for (guint i = 0; i < MIN (blocks->len, MAX_BLOCKS); i++)
    gtk_widget_set_parent (make_block (self, g_ptr_array_index (blocks, i)), GTK_WIDGET (self));
  self->whole = !is_cut && blocks->len <= MAX_BLOCKS;

  return self->whole;
}
