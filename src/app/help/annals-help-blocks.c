/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-help-blocks.h"

#include <string.h>

#define FOLDER ANNALS_RESOURCE_PATH "/help/"
/* pixels: without it a picture shrinks to next to nothing where one can scroll */
#define FIGURE_HEIGHT 340
/* Elements in one another; the pages have five or so. */
#define MAX_DEPTH 32

typedef struct
{
  AnnalsHelpBook       *book;
  const AnnalsHelpPage *page;
  int                   depth;
} Filling;

static gboolean
is_element (const xmlNode *node,
            const char    *name)
{
  return node->type == XML_ELEMENT_NODE && strcmp ((const char *) node->name, name) == 0;
}

static char *
dup_attribute (xmlNode    *node,
               const char *name)
{
  xmlChar *value = xmlGetNoNsProp (node, (const xmlChar *) name);
  char *copy = g_strdup ((const char *) value);

  xmlFree (value);

  return copy;
}

/* --- words --- */

/* Line feeds and indents of the file are one space each. */
static void
append_text (GString    *markup,
             const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  for (const char *p = escaped; *p != '\0'; p++)
    {
      if (!g_ascii_isspace (*p))
        g_string_append_c (markup, *p);
      else if (markup->len > 0 && markup->str[markup->len - 1] != ' ')
        g_string_append_c (markup, ' ');
    }
}

static void append_words (Filling *self, GString *markup, xmlNode *parent);

static void
append_link (Filling *self,
             GString *markup,
             xmlNode *node)
{
  g_autofree char *target = dup_attribute (node, "xref");
  const AnnalsHelpPage *page = target != NULL ? annals_help_book_find (self->book, target) : NULL;
  g_autofree char *title = page != NULL ? g_markup_escape_text (page->title, -1) : NULL;

  if (page == NULL)
    {
      append_words (self, markup, node);
      return;
    }

  g_string_append_printf (markup, "<a href=\"%s\">", page->id);
  if (node->children != NULL)
    append_words (self, markup, node);
  else
    g_string_append (markup, title);
  g_string_append (markup, "</a>");
}

static void
append_keys (Filling *self,
             GString *markup,
             xmlNode *node)
{
  gboolean first = TRUE;

  for (xmlNode *child = node->children; child != NULL; child = child->next)
    if (is_element (child, "key"))
      {
        g_string_append (markup, first ? "<b>" : "+<b>");
        append_words (self, markup, child);
        g_string_append (markup, "</b>");
        first = FALSE;
      }
}

static void
append_element (Filling *self,
                GString *markup,
                xmlNode *node)
{
  static const struct
  {
    const char *name;
    const char *tag;
  } tags[] = {
    { "em", "i" }, { "app", "b" }, { "gui", "b" }, { "key", "b" },
    { "code", "tt" }, { "input", "tt" }, { "cmd", "tt" }, { "file", "tt" },
  };

  if (is_element (node, "link"))
    append_link (self, markup, node);
  else if (is_element (node, "keyseq"))
    append_keys (self, markup, node);
  else
    {
      const char *tag = NULL;

      for (guint i = 0; tag == NULL && i < G_N_ELEMENTS (tags); i++)
        tag = is_element (node, tags[i].name) ? tags[i].tag : NULL;
      if (tag != NULL)
        g_string_append_printf (markup, "<%s>", tag);
      append_words (self, markup, node);
      if (tag != NULL)
        g_string_append_printf (markup, "</%s>", tag);
    }
}

static void
append_words (Filling *self,
              GString *markup,
              xmlNode *parent)
{
  if (++self->depth <= MAX_DEPTH)
    for (xmlNode *node = parent->children; node != NULL; node = node->next)
      {
        if (node->type == XML_TEXT_NODE)
          append_text (markup, (const char *) node->content);
        else if (node->type == XML_ELEMENT_NODE)
          append_element (self, markup, node);
      }
  self->depth--;
}

static GtkWidget *
create_label (Filling    *self,
              xmlNode    *node,
              const char *css_class)
{
  g_autoptr(GString) markup = g_string_new (NULL);
  GtkWidget *label = gtk_label_new (NULL);

  append_words (self, markup, node);
  gtk_label_set_markup (GTK_LABEL (label), g_strstrip (markup->str));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

/* --- blocks --- */

static void append_blocks (Filling *self, GtkBox *box, xmlNode *parent);

static GtkWidget *
create_box (int spacing)
{
  return gtk_box_new (GTK_ORIENTATION_VERTICAL, spacing);
}

static void
append_list (Filling  *self,
             GtkBox   *box,
             xmlNode  *list,
             gboolean  numbered)
{
  int n = 0;

  for (xmlNode *node = list->children; node != NULL; node = node->next)
    if (is_element (node, "item"))
      {
        g_autofree char *sign = numbered ? g_strdup_printf ("%d.", ++n) : g_strdup ("•");
        GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
        GtkWidget *label = gtk_label_new (sign);
        GtkWidget *content = create_box (6);

        gtk_label_set_xalign (GTK_LABEL (label), 1);
        gtk_label_set_yalign (GTK_LABEL (label), 0);
        gtk_label_set_width_chars (GTK_LABEL (label), 3);
        append_blocks (self, GTK_BOX (content), node);
        gtk_box_append (GTK_BOX (row), label);
        gtk_box_append (GTK_BOX (row), content);
        gtk_box_append (box, row);
      }
}

static void
attach_row (Filling *self,
            GtkGrid *grid,
            xmlNode *row,
            int      y,
            gboolean head)
{
  int x = 0;

  for (xmlNode *cell = row->children; cell != NULL; cell = cell->next)
    if (is_element (cell, "td"))
      gtk_grid_attach (grid, create_label (self, cell, head ? "heading" : NULL), x++, y, 1, 1);
}

static void
append_table (Filling *self,
              GtkBox  *box,
              xmlNode *table)
{
  GtkWidget *grid = gtk_grid_new ();
  int y = 0;

  for (xmlNode *part = table->children; part != NULL; part = part->next)
    for (xmlNode *row = part->type == XML_ELEMENT_NODE ? part->children : NULL; row != NULL; row = row->next)
      if (is_element (row, "tr"))
        {
          attach_row (self, GTK_GRID (grid), row, y, is_element (part, "thead"));
          gtk_grid_attach (GTK_GRID (grid), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0, y + 1, 2, 1);
          y += 2;
        }

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_box_append (box, grid);
}

static void
append_note (Filling *self,
             GtkBox  *box,
             xmlNode *note)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-information-symbolic");
  GtkWidget *content = create_box (6);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  append_blocks (self, GTK_BOX (content), note);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "help-note");
  gtk_box_append (GTK_BOX (card), icon);
  gtk_box_append (GTK_BOX (card), content);
  gtk_box_append (box, card);
}

/* As it stands, with its line feeds. */
static void
append_screen (GtkBox  *box,
               xmlNode *screen)
{
  xmlChar *content = xmlNodeGetContent (screen);
  GtkWidget *label = gtk_label_new ((const char *) content);

  xmlFree (content);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "card");
  gtk_widget_add_css_class (label, "help-note");
  gtk_box_append (box, label);
}

static xmlNode *
find_child (xmlNode    *node,
            const char *name)
{
  for (xmlNode *child = node != NULL ? node->children : NULL; child != NULL; child = child->next)
    if (is_element (child, name))
      return child;

  return NULL;
}

static void
append_figure (Filling *self,
               GtkBox  *box,
               xmlNode *figure)
{
  xmlNode *media = find_child (figure, "media");
  xmlNode *title = find_child (figure, "title");
  xmlNode *words = find_child (media, "p");
  g_autofree char *source = media != NULL ? dup_attribute (media, "src") : NULL;
  g_autofree char *path = g_strconcat (FOLDER, source, NULL);
  xmlChar *alternative = words != NULL ? xmlNodeGetContent (words) : NULL;
  GtkWidget *picture;

  if (source != NULL && g_resources_get_info (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL))
    {
      picture = gtk_picture_new_for_resource (path);
      gtk_picture_set_alternative_text (GTK_PICTURE (picture), (const char *) alternative);
      gtk_widget_set_size_request (picture, -1, FIGURE_HEIGHT);
      gtk_widget_add_css_class (picture, "help-figure");
      gtk_box_append (box, picture);
      if (title != NULL)
        gtk_box_append (box, create_label (self, title, "dim-label"));
    }
  xmlFree (alternative);
}

/* Of the index: the pages that it leads to. */
static void
append_guide (Filling *self,
              GtkBox  *box,
              xmlNode *section)
{
  g_autofree char *id = dup_attribute (section, "id");

  for (guint i = 0; id != NULL && i < annals_help_book_count (self->book); i++)
    {
      const AnnalsHelpPage *page = annals_help_book_get (self->book, i);
      g_autofree char *markup = NULL;
      GtkWidget *label;

      if (g_strcmp0 (page->guide, id) != 0)
        continue;

      markup = g_markup_printf_escaped ("<a href=\"%s\">%s</a> — %s", page->id, page->title, page->description);
      label = gtk_label_new (NULL);
      gtk_label_set_markup (GTK_LABEL (label), markup);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (box, label);
    }
}

static void
append_section (Filling *self,
                GtkBox  *box,
                xmlNode *section)
{
  GtkWidget *content = create_box (12);

  gtk_widget_set_margin_top (content, 12);
  append_blocks (self, GTK_BOX (content), section);
  if (g_str_equal (self->page->id, "index"))
    append_guide (self, GTK_BOX (content), section);
  gtk_box_append (box, content);
}

static void
append_block (Filling *self,
              GtkBox  *box,
              xmlNode *node)
{
  if (is_element (node, "p"))
    gtk_box_append (box, create_label (self, node, NULL));
  else if (is_element (node, "title"))
    gtk_box_append (box, create_label (self, node, is_element (node->parent, "page") ? "title-1" : "title-4"));
  else if (is_element (node, "list") || is_element (node, "steps"))
    append_list (self, box, node, is_element (node, "steps"));
  else if (is_element (node, "table"))
    append_table (self, box, node);
  else if (is_element (node, "note"))
    append_note (self, box, node);
  else if (is_element (node, "screen"))
    append_screen (box, node);
  else if (is_element (node, "figure"))
    append_figure (self, box, node);
  else if (is_element (node, "section"))
    append_section (self, box, node);
}

static void
append_blocks (Filling *self,
               GtkBox  *box,
               xmlNode *parent)
{
  if (++self->depth <= MAX_DEPTH)
    for (xmlNode *node = parent->children; node != NULL; node = node->next)
      append_block (self, box, node);
  self->depth--;
}

void
annals_help_blocks_fill (GtkBox               *box,
                         AnnalsHelpBook       *book,
                         const AnnalsHelpPage *page)
{
  Filling self = { book, page, 0 };

  g_return_if_fail (GTK_IS_BOX (box));
  g_return_if_fail (page != NULL);

  append_blocks (&self, box, xmlDocGetRootElement (page->document));
}
