/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-limits.h"
#include "annals-page-main-private.h"

#include <stdlib.h>
#include <string.h>

/* A title is not longer. */
#define MAX_TITLE 500

typedef struct
{
  const char    *name;
  AnnalsMainTag  tag;
} TagName;

/* Sorted by strcmp(). */
static const TagName tag_names[] = {
  { "a", ANNALS_TAG_LINK },
  { "address", ANNALS_TAG_ADDRESS },
  { "article", ANNALS_TAG_ARTICLE },
  { "aside", ANNALS_TAG_ASIDE },
  { "blockquote", ANNALS_TAG_QUOTATION },
  { "body", ANNALS_TAG_BODY },
  { "br", ANNALS_TAG_BREAK },
  { "button", ANNALS_TAG_BUTTON },
  { "caption", ANNALS_TAG_TABLE_PART },
  { "center", ANNALS_TAG_DIV },
  { "code", ANNALS_TAG_CODE },
  { "dd", ANNALS_TAG_ITEM },
  { "details", ANNALS_TAG_DETAILS },
  { "dir", ANNALS_TAG_LIST },
  { "div", ANNALS_TAG_DIV },
  { "dl", ANNALS_TAG_LIST },
  { "dt", ANNALS_TAG_ITEM },
  { "fieldset", ANNALS_TAG_FIELDSET },
  { "figure", ANNALS_TAG_FIGURE },
  { "footer", ANNALS_TAG_FOOTER },
  { "form", ANNALS_TAG_FORM },
  { "h1", ANNALS_TAG_HEADING },
  { "h2", ANNALS_TAG_HEADING },
  { "h3", ANNALS_TAG_HEADING },
  { "h4", ANNALS_TAG_HEADING },
  { "h5", ANNALS_TAG_HEADING },
  { "h6", ANNALS_TAG_HEADING },
  { "header", ANNALS_TAG_HEADER },
  { "img", ANNALS_TAG_IMAGE },
  { "input", ANNALS_TAG_INPUT },
  { "li", ANNALS_TAG_ITEM },
  { "main", ANNALS_TAG_MAIN },
  { "menu", ANNALS_TAG_LIST },
  { "nav", ANNALS_TAG_NAV },
  { "ol", ANNALS_TAG_LIST },
  { "p", ANNALS_TAG_PARAGRAPH },
  { "picture", ANNALS_TAG_IMAGE },
  { "pre", ANNALS_TAG_PRE },
  { "section", ANNALS_TAG_SECTION },
  { "select", ANNALS_TAG_INPUT },
  { "table", ANNALS_TAG_TABLE },
  { "tbody", ANNALS_TAG_TABLE_PART },
  { "td", ANNALS_TAG_CELL },
  { "textarea", ANNALS_TAG_INPUT },
  { "tfoot", ANNALS_TAG_TABLE_PART },
  { "th", ANNALS_TAG_CELL },
  { "thead", ANNALS_TAG_TABLE_PART },
  { "tr", ANNALS_TAG_ROW },
  { "ul", ANNALS_TAG_LIST },
};

/* What nobody reads. */
static const char *const unread[] = {
  "embed", "frame", "frameset", "head", "iframe", "link", "meta", "noframes", "noscript", "object",
  "script", "style", "svg", "template", "title",
};

static int
compare_name (const void *name,
              const void *entry)
{
  return strcmp (name, ((const TagName *) entry)->name);
}

static AnnalsMainTag
look_up_tag (xmlNode *node)
{
  const TagName *found;

  if (node->type != XML_ELEMENT_NODE)
    return ANNALS_TAG_TEXT;

  found = bsearch (node->name, tag_names, G_N_ELEMENTS (tag_names), sizeof *tag_names, compare_name);

  return found != NULL ? found->tag : ANNALS_TAG_INLINE;
}

gboolean
annals_main_tag_is_inline (AnnalsMainTag tag)
{
  switch (tag)
    {
    case ANNALS_TAG_TEXT:
    case ANNALS_TAG_INLINE:
    case ANNALS_TAG_BREAK:
    case ANNALS_TAG_IMAGE:
    case ANNALS_TAG_LINK:
    case ANNALS_TAG_BUTTON:
    case ANNALS_TAG_CODE:
    case ANNALS_TAG_INPUT:
      return TRUE;

    default:
      return FALSE;
    }
}

/* --- what is shown --- */

/* The value of an attribute where it stands; NULL when it is not there. The parser makes one text of it. */
static const char *
peek (xmlNode    *node,
      const char *name)
{
  for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    if (g_str_equal (attribute->name, name))
      return attribute->children == NULL || attribute->children->content == NULL
               ? "" : (const char *) attribute->children->content;

  return NULL;
}

static gboolean
attribute_is (xmlNode    *node,
              const char *name,
              const char *value)
{
  const char *found = peek (node, name);

  return found != NULL && g_ascii_strcasecmp (found, value) == 0;
}

/* "display:none", with any white space between */
static gboolean
style_hides (xmlNode *node)
{
  const char *style = peek (node, "style");
  g_autofree char *squeezed = NULL;
  gsize n = 0;

  if (style == NULL || *style == '\0')
    return FALSE;

  squeezed = g_ascii_strdown (style, -1);
  for (const char *p = squeezed; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      squeezed[n++] = *p;
  squeezed[n] = '\0';

  return strstr (squeezed, "display:none") != NULL || strstr (squeezed, "visibility:hidden") != NULL;
}

static gboolean
is_hidden (xmlNode *node)
{
  const char *class_names;

  if (node->properties == NULL || g_str_equal (node->name, "html") || g_str_equal (node->name, "body"))
    return FALSE;
  if (style_hides (node))
    return TRUE;
  if (peek (node, "hidden") != NULL && !attribute_is (node, "hidden", "until-found"))
    return TRUE;
  if (attribute_is (node, "aria-modal", "true") && attribute_is (node, "role", "dialog"))
    return TRUE;
  if (!attribute_is (node, "aria-hidden", "true"))
    return FALSE;

  /* pictures of formulas, for those who do not hear them */
  class_names = peek (node, "class");

  return class_names == NULL || strstr (class_names, "fallback-image") == NULL;
}

static gboolean
is_read (xmlNode  *node,
         gboolean  show_hidden)
{
  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
    return TRUE;
  if (node->type != XML_ELEMENT_NODE)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (unread); i++)
    if (g_str_equal (node->name, unread[i]))
      return FALSE;

  if (g_str_equal (node->name, "input") && attribute_is (node, "type", "hidden"))
    return FALSE;

  return show_hidden || !is_hidden (node);
}

/* --- texts --- */

static gboolean
is_comma (gunichar c)
{
  switch (c)
    {
    case ',':
    case 0x055D:   /* Armenian */
    case 0x060C:   /* Arabic */
    case 0x1363:   /* Ethiopic */
    case 0x2E32:
    case 0x2E34:
    case 0x2E41:
    case 0x3001:   /* ideographic */
    case 0xFE10:
    case 0xFE11:
    case 0xFE50:
    case 0xFF0C:
    case 0xFF64:
      return TRUE;

    default:
      return FALSE;
    }
}

/* A Chinese character says as much as two letters at least. */
static void
measure_text (AnnalsMainNode *self)
{
  gboolean space = TRUE;

  for (const char *p = (const char *) self->node->content; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80 ? g_ascii_isspace (c) : g_unichar_isspace (c))
        {
          self->own_chars += !space;
          space = TRUE;
          continue;
        }

      space = FALSE;
      self->own_chars += c >= 0x1100 && g_unichar_iswide (c) ? 2 : 1;
      self->own_commas += is_comma (c);
    }
}

/* --- elements --- */

static gboolean
has_furniture_role (const char *role)
{
  static const char *const roles[] = {
    "alert", "alertdialog", "complementary", "dialog", "menu", "menubar", "navigation",
  };

  for (guint i = 0; role != NULL && i < G_N_ELEMENTS (roles); i++)
    if (g_ascii_strcasecmp (role, roles[i]) == 0)
      return TRUE;

  return FALSE;
}

static void
read_attributes (AnnalsMainNode *self)
{
  xmlNode *node = self->node;

  if (node->properties == NULL)
    return;

  self->names = (guint16) annals_main_names_of (peek (node, "class"), peek (node, "id"));
  if (has_furniture_role (peek (node, "role")))
    self->facts |= ANNALS_MAIN_FURNITURE_ROLE;
  if ((peek (node, "rel") != NULL && annals_page_node_has_word (node, "rel", "author")) ||
      (peek (node, "itemprop") != NULL && annals_page_node_has_word (node, "itemprop", "author")))
    self->facts |= ANNALS_MAIN_BYLINE_MARK;
  if (peek (node, "itemprop") != NULL && annals_page_node_has_word (node, "itemprop", "articleBody"))
    self->facts |= ANNALS_MAIN_TEXT_MARK;
}

/* What is inherited. */
static guint16
facts_below (const AnnalsMainNode *parent)
{
  guint16 facts = parent->facts & (ANNALS_MAIN_IN_TABLE | ANNALS_MAIN_IN_CODE | ANNALS_MAIN_IN_FIGURE |
                                   ANNALS_MAIN_IN_LINK | ANNALS_MAIN_IN_HEADING | ANNALS_MAIN_IN_LIST);

  switch ((AnnalsMainTag) parent->tag)
    {
    case ANNALS_TAG_TABLE:
      return facts | ANNALS_MAIN_IN_TABLE;
    case ANNALS_TAG_CODE:
    case ANNALS_TAG_PRE:
      return facts | ANNALS_MAIN_IN_CODE;
    case ANNALS_TAG_FIGURE:
      return facts | ANNALS_MAIN_IN_FIGURE;
    case ANNALS_TAG_LINK:
      return facts | ANNALS_MAIN_IN_LINK;
    case ANNALS_TAG_HEADING:
      return facts | ANNALS_MAIN_IN_HEADING;
    case ANNALS_TAG_LIST:
      return facts | ANNALS_MAIN_IN_LIST;
    default:
      return facts;
    }
}

/* --- the title said again --- */

/* The next run of letters and digits from @p on; NULL at the end. @p (inout): behind it. */
static char *
next_word (const char **p)
{
  const char *word;

  while (**p != '\0' && !g_unichar_isalnum (g_utf8_get_char (*p)))
    *p = g_utf8_next_char (*p);
  for (word = *p; **p != '\0' && g_unichar_isalnum (g_utf8_get_char (*p));)
    *p = g_utf8_next_char (*p);

  return *p == word ? NULL : g_strndup (word, (gsize) (*p - word));
}

/* Whether more than three of four letters of @heading are in words of @title. */
static gboolean
repeats (const char *title,
         const char *heading)
{
  g_autofree char *folded_title = g_utf8_casefold (title, -1);
  g_autofree char *folded_heading = g_utf8_casefold (heading, -1);
  g_autoptr(GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *p = folded_title;
  char *word;
  gsize all = 0;
  gsize found = 0;

  while ((word = next_word (&p)) != NULL)
    g_hash_table_add (known, word);

  p = folded_heading;
  while ((word = next_word (&p)) != NULL)
    {
      all += strlen (word);
      found += g_hash_table_contains (known, word) ? strlen (word) : 0;
      g_free (word);
    }

  return all > 0 && found * 4 > all * 3;
}

static void
look_at_heading (AnnalsMainNode *self,
                 const char     *title)
{
  g_autofree char *line = NULL;

  /* headings in headings would make this quadratic */
  if (title == NULL || (self->facts & ANNALS_MAIN_IN_HEADING) ||
      (!g_str_equal (self->node->name, "h1") && !g_str_equal (self->node->name, "h2")))
    return;

  line = annals_page_dup_line (self->node);
  if (*line != '\0' && strlen (line) < MAX_TITLE && repeats (title, line))
    self->facts |= ANNALS_MAIN_TITLE;
}

/* --- tables --- */

typedef struct
{
  guint    index;
  guint    rows;
  guint    columns;       /* of the widest row */
  guint    row_columns;
  gboolean is_marked;     /* has what only tables of data have */
  gboolean is_layout;
} TableShape;

static void
open_table (GArray         *open,
            AnnalsMainTree *self,
            guint           index)
{
  AnnalsMainNode *node = annals_main_tree_get (self, index);
  TableShape shape = { .index = index };

  shape.is_layout = attribute_is (node->node, "role", "presentation") ||
                    attribute_is (node->node, "datatable", "0");
  shape.is_marked = peek (node->node, "summary") != NULL;
  if (open->len > 0)
    g_array_index (open, TableShape, open->len - 1).is_layout = TRUE;
  g_array_append_val (open, shape);
}

static guint
read_span (xmlNode    *node,
           const char *name)
{
  const char *value = peek (node, name);
  gint64 span = value ? g_ascii_strtoll (value, NULL, 10) : 1;

  return (guint) CLAMP (span, 1, 1000);
}

static void
see_in_table (TableShape     *shape,
              AnnalsMainNode *node)
{
  static const char *const marks[] = { "caption", "col", "colgroup", "tfoot", "thead", "th" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_equal (node->node->name, marks[i]) && (i > 0 || node->node->children != NULL))
      shape->is_marked = TRUE;

  if (node->tag == ANNALS_TAG_ROW)
    {
      shape->rows += read_span (node->node, "rowspan");
      shape->row_columns = 0;
    }
  else if (node->tag == ANNALS_TAG_CELL)
    {
      shape->row_columns += read_span (node->node, "colspan");
      shape->columns = MAX (shape->columns, shape->row_columns);
    }
}

static gboolean
shape_is_data (const TableShape *shape)
{
  if (shape->is_layout)
    return FALSE;
  if (shape->is_marked)
    return TRUE;
  if (shape->rows <= 1 || shape->columns <= 1)
    return FALSE;

  return shape->rows >= 10 || shape->columns > 4 || shape->rows * shape->columns > 10;
}

static void
mark_data_tables (AnnalsMainTree *self)
{
  g_autoptr(GArray) open = g_array_new (FALSE, FALSE, sizeof (TableShape));

  for (guint i = 0; i <= self->nodes->len; i++)
    {
      AnnalsMainNode *node = i < self->nodes->len ? annals_main_tree_get (self, i) : NULL;

      while (open->len > 0)
        {
          TableShape *shape = &g_array_index (open, TableShape, open->len - 1);

          if (i < annals_main_tree_get (self, shape->index)->end)
            break;
          if (shape_is_data (shape))
            annals_main_tree_get (self, shape->index)->facts |= ANNALS_MAIN_DATA_TABLE;
          g_array_set_size (open, open->len - 1);
        }

      if (node == NULL || node->tag == ANNALS_TAG_TEXT)
        continue;
      if (open->len > 0)
        see_in_table (&g_array_index (open, TableShape, open->len - 1), node);
      if (node->tag == ANNALS_TAG_TABLE)
        open_table (open, self, i);
    }

  for (guint i = 1; i < self->nodes->len; i++)
    {
      AnnalsMainNode *node = annals_main_tree_get (self, i);

      if (annals_main_tree_get (self, node->parent)->facts &
          (ANNALS_MAIN_DATA_TABLE | ANNALS_MAIN_IN_DATA_TABLE))
        node->facts |= ANNALS_MAIN_IN_DATA_TABLE;
    }
}

static void
mark_holders (AnnalsMainTree *self)
{
  for (guint i = self->nodes->len; i-- > 1;)
    {
      const AnnalsMainNode *node = annals_main_tree_get (self, i);

      if (node->facts & (ANNALS_MAIN_TITLE | ANNALS_MAIN_TEXT_MARK | ANNALS_MAIN_HOLDS_TITLE))
        annals_main_tree_get (self, node->parent)->facts |= ANNALS_MAIN_HOLDS_TITLE;
    }
}

/* --- the tree --- */

static void
append_node (AnnalsMainTree *self,
             xmlNode        *node,
             guint           parent,
             const char     *title)
{
  AnnalsMainNode new_node = { .node = node, .parent = parent };

  new_node.tag = (guint16) look_up_tag (node);
  if (parent != ANNALS_MAIN_NONE)
    new_node.facts = facts_below (annals_main_tree_get (self, parent));

  if (new_node.tag == ANNALS_TAG_TEXT)
    {
      measure_text (&new_node);
    }
  else
    {
      read_attributes (&new_node);
      if (new_node.tag == ANNALS_TAG_HEADING)
        look_at_heading (&new_node, title);
    }

  if (new_node.tag == ANNALS_TAG_LINK)
    {
      const char *address = peek (node, "href");

      if (address != NULL && address[0] == '#' && address[1] != '\0')
        new_node.facts |= ANNALS_MAIN_NEAR_LINK;
    }

  g_array_append_val (self->nodes, new_node);
}

AnnalsMainTree *
annals_main_tree_new (xmlNode    *root,
                      const char *title,
                      gboolean    show_hidden)
{
  g_autoptr(AnnalsMainTree) self = g_new0 (AnnalsMainTree, 1);
  xmlNode *node = root;
  guint parent = ANNALS_MAIN_NONE;

  self->nodes = g_array_new (FALSE, FALSE, sizeof (AnnalsMainNode));

  while (node != NULL)
    {
      gboolean read = node == root || is_read (node, show_hidden);

      if (self->nodes->len == ANNALS_LIMIT_PAGE_NODES)
        return NULL;
      if (read)
        append_node (self, node, parent, title);

      if (read && node->type == XML_ELEMENT_NODE && node->children != NULL)
        {
          parent = self->nodes->len - 1;
          node = node->children;
          continue;
        }

      if (read)
        annals_main_tree_get (self, self->nodes->len - 1)->end = self->nodes->len;
      while (node != root && node->next == NULL)
        {
          node = node->parent;
          annals_main_tree_get (self, parent)->end = self->nodes->len;
          parent = annals_main_tree_get (self, parent)->parent;
        }
      node = node == root ? NULL : node->next;
    }

  mark_data_tables (self);
  mark_holders (self);

  return g_steal_pointer (&self);
}

void
annals_main_tree_free (AnnalsMainTree *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->nodes);
  g_free (self);
}

/* --- counting --- */

void
annals_main_tree_zero (AnnalsMainNode *self)
{
  self->chars = self->own_chars;
  self->commas = self->own_commas;
  self->link_chars = 0;
  self->list_chars = 0;
  self->heading_chars = 0;
  self->paragraphs = 0;
  self->runs = 0;
  self->images = 0;
  self->items = 0;
  self->inputs = 0;
  self->has_block = FALSE;
}

static gboolean
tag_is_block (AnnalsMainTag tag)
{
  switch (tag)
    {
    case ANNALS_TAG_DIV:
    case ANNALS_TAG_IMAGE:
    case ANNALS_TAG_LIST:
    case ANNALS_TAG_PARAGRAPH:
    case ANNALS_TAG_PRE:
    case ANNALS_TAG_QUOTATION:
    case ANNALS_TAG_TABLE:
      return TRUE;

    default:
      return FALSE;
    }
}

void
annals_main_tree_add_up (AnnalsMainTree *self,
                         guint           child)
{
  AnnalsMainNode *node = annals_main_tree_get (self, child);
  AnnalsMainNode *parent;
  AnnalsMainTag tag = node->tag;

  if (node->parent == ANNALS_MAIN_NONE)
    return;

  parent = annals_main_tree_get (self, node->parent);
  parent->chars += node->chars;
  parent->commas += node->commas;
  parent->link_chars += tag != ANNALS_TAG_LINK ? node->link_chars
                        : (node->facts & ANNALS_MAIN_NEAR_LINK) ? node->chars / 3 : node->chars;
  parent->list_chars += tag == ANNALS_TAG_LIST ? node->chars : node->list_chars;
  parent->heading_chars += tag == ANNALS_TAG_HEADING ? node->chars : node->heading_chars;
  parent->paragraphs += node->paragraphs + node->runs;
  parent->images += node->images;
  parent->items += node->items;
  parent->inputs += node->inputs;
  parent->has_block |= node->has_block || tag_is_block (tag);

  switch (tag)
    {
    case ANNALS_TAG_PARAGRAPH:
      parent->paragraphs++;
      break;

    case ANNALS_TAG_DIV:
      parent->paragraphs += !node->has_block && node->chars > 0;
      break;

    case ANNALS_TAG_IMAGE:
      parent->images += g_str_equal (node->node->name, "img");
      break;

    case ANNALS_TAG_ITEM:
      parent->items += g_str_equal (node->node->name, "li");
      break;

    case ANNALS_TAG_INPUT:
      parent->inputs++;
      break;

    default:
      break;
    }
}

double
annals_main_node_link_density (const AnnalsMainNode *self)
{
  return self->chars == 0 ? 0 : MIN (1.0, (double) self->link_chars / self->chars);
}
