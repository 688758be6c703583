/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-address.h"
#include "annals-limits.h"
#include "annals-text-html.h"
#include "annals-text-html-private.h"

#include <string.h>

typedef struct
{
  gboolean ordered;
  int      step;
  int      next;
} List;

/* An element that has to be told when it ends. */
typedef struct
{
  xmlNode           *node;
  AnnalsHtmlElement  element;
  guint              span;
  gboolean           flag;   /* row: on one line */
} Open;

typedef struct
{
  AnnalsTextBuilder *builder;
  GArray            *open;     /* Open */
  GArray            *lists;    /* List */
  GPtrArray         *tables;   /* AnnalsHtmlTable */
  char              *base;
  gboolean           base_set;
  gboolean           is_page;   /* the tree holds titles and data */
  AnnalsHtmlLeaveOut leave_out; /* (nullable) */
  gpointer           data;
} Walk;

/* Returns: (transfer full) (nullable): the whole address, NULL when it is none to go to */
static char *
resolve (Walk       *walk,
         const char *address)
{
  g_autofree char *scheme = NULL;
  char *whole = NULL;

  if (address == NULL || *address == '\0' || strlen (address) > ANNALS_LIMIT_ADDRESS)
    return NULL;

  scheme = g_uri_parse_scheme (address);
  if (scheme != NULL)
    {
      if (g_ascii_strcasecmp (scheme, "javascript") == 0
          || g_ascii_strcasecmp (scheme, "vbscript") == 0
          || g_ascii_strcasecmp (scheme, "data") == 0)
        return NULL;
      return g_strdup (address);
    }

  if (walk->base != NULL)
    whole = annals_address_resolve (walk->base, address);

  return whole != NULL ? whole : g_strdup (address);
}

static char *
dup_address (Walk       *walk,
             xmlNode    *node,
             const char *name)
{
  g_autofree char *value = annals_html_dup_attribute (node, name);

  return resolve (walk, value);
}

static gboolean
attribute_is_tiny (xmlNode    *node,
                   const char *name)
{
  g_autofree char *value = annals_html_dup_attribute (node, name);

  return value != NULL && (g_str_equal (value, "0") || g_str_equal (value, "1")
                           || g_str_equal (value, "0px") || g_str_equal (value, "1px"));
}

/* Where the picture is; pages that load it late keep the address in an attribute of their own. */
static char *
dup_image_address (Walk    *walk,
                   xmlNode *node)
{
  static const char *const names[] = {
    "src", "data-src", "data-lazy-src", "data-original", "data-url",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char *address = dup_address (walk, node, names[i]);

      if (address != NULL)
        return address;
    }

  return NULL;
}

/* An image in a noscript element right behind one is the same again. */
static gboolean
image_is_repeated (xmlNode *node)
{
  xmlNode *parent = node->parent;
  xmlNode *before;

  if (parent == NULL || parent->type != XML_ELEMENT_NODE
      || annals_html_element_lookup (parent) != ANNALS_HTML_NOSCRIPT)
    return FALSE;

  before = xmlPreviousElementSibling (parent);

  return before != NULL && annals_html_element_lookup (before) == ANNALS_HTML_IMAGE;
}

static void
append_image (Walk    *walk,
              xmlNode *node)
{
  g_autofree char *alt = annals_html_dup_attribute (node, "alt");
  g_autofree char *address = dup_image_address (walk, node);
  gboolean named = alt != NULL && *alt != '\0';
  guint span;

  if (image_is_repeated (node))
    return;
  if (!named && address == NULL && !xmlHasProp (node, (const xmlChar *) "src"))
    return;
  /* A counter of visitors */
  if (!named && attribute_is_tiny (node, "width") && attribute_is_tiny (node, "height"))
    return;

  span = annals_text_builder_open (walk->builder, ANNALS_SPAN_IMAGE, g_steal_pointer (&address));
  if (named)
    annals_text_builder_append (walk->builder, alt, strlen (alt));
  else
    annals_text_builder_append (walk->builder, "\357\277\274", 3);
  annals_text_builder_close (walk->builder, span);
}

static int
number_attribute (xmlNode    *node,
                  const char *name,
                  int         fallback)
{
  g_autofree char *value = annals_html_dup_attribute (node, name);
  gint64 number;
  char *end;

  if (value == NULL || *value == '\0')
    return fallback;

  number = g_ascii_strtoll (value, &end, 10);

  return *end == '\0' && number > -1000000000 && number < 1000000000 ? (int) number : fallback;
}

static guint
count_items (xmlNode *list)
{
  guint n = 0;

  for (xmlNode *child = list->children; child != NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE && annals_html_element_lookup (child) == ANNALS_HTML_ITEM)
      n++;

  return n;
}

static void
push_list (Walk    *walk,
           xmlNode *node)
{
  List list = { g_str_equal (node->name, "ol"), 1, 1 };

  if (list.ordered && xmlHasProp (node, (const xmlChar *) "reversed"))
    {
      list.step = -1;
      list.next = count_items (node);
    }
  if (list.ordered)
    list.next = number_attribute (node, "start", list.next);

  g_array_append_val (walk->lists, list);
}

static char *
dup_item_value (Walk    *walk,
                xmlNode *node)
{
  guint level = walk->lists->len;
  GString *value = g_string_new (NULL);
  List *list = level > 0 ? &g_array_index (walk->lists, List, level - 1) : NULL;

  if (list != NULL && list->ordered)
    {
      int number = number_attribute (node, "value", list->next);

      g_string_append_printf (value, "%d", number);
      list->next = number + list->step;
    }
  else
    {
      g_string_append_c (value, '-');
    }

  for (guint i = 1; i < MIN (level, ANNALS_LIMIT_HTML_LIST_LEVEL + 1); i++)
    g_string_append_c (value, ' ');

  return g_string_free (value, FALSE);
}

static void
push_open (Walk              *walk,
           xmlNode           *node,
           AnnalsHtmlElement  element,
           guint              span,
           gboolean           flag)
{
  Open open = { node, element, span, flag };

  g_array_append_val (walk->open, open);
}

static guint
open_span (Walk           *walk,
           AnnalsSpanKind  kind,
           char           *take_value)
{
  return annals_text_builder_open (walk->builder, kind, take_value);
}

static void
enter_table (Walk    *walk,
             xmlNode *node)
{
  guint span;

  annals_text_builder_break (walk->builder);
  span = open_span (walk, ANNALS_SPAN_TABLE, NULL);
  g_ptr_array_add (walk->tables, annals_html_table_new (span));
  push_open (walk, node, ANNALS_HTML_TABLE, span, FALSE);
}

static void
enter_row (Walk    *walk,
           xmlNode *node)
{
  gboolean line = walk->tables->len > 0 && annals_html_row_is_line (node);

  annals_text_builder_break (walk->builder);
  if (walk->tables->len > 0)
    annals_html_table_begin_row (g_ptr_array_index (walk->tables, walk->tables->len - 1));
  if (line)
    annals_text_builder_push_line (walk->builder);
  push_open (walk, node, ANNALS_HTML_ROW, ANNALS_NO_SPAN, line);
}

static void
enter_cell (Walk    *walk,
            xmlNode *node)
{
  AnnalsHtmlTable *table = NULL;
  guint span = ANNALS_NO_SPAN;

  annals_text_builder_break (walk->builder);
  if (walk->tables->len > 0)
    table = g_ptr_array_index (walk->tables, walk->tables->len - 1);
  /* A cell without its table is a block; a table too deep for a span has no cells either. */
  if (table != NULL && table->span != ANNALS_NO_SPAN)
    span = open_span (walk, ANNALS_SPAN_CELL, annals_html_table_take_cell (table, node));
  push_open (walk, node, ANNALS_HTML_CELL, span, FALSE);
}

static void
enter_link (Walk    *walk,
            xmlNode *node)
{
  char *address = dup_address (walk, node, "href");
  guint span = ANNALS_NO_SPAN;

  if (address != NULL)
    span = open_span (walk, ANNALS_SPAN_LINK, address);
  push_open (walk, node, ANNALS_HTML_LINK, span, FALSE);
}

static void
enter_base (Walk    *walk,
            xmlNode *node)
{
  char *address;

  if (walk->base_set)
    return;

  address = dup_address (walk, node, "href");
  if (address != NULL)
    {
      g_free (walk->base);
      walk->base = address;
      walk->base_set = TRUE;
    }
}

static void
enter_block (Walk              *walk,
             xmlNode           *node,
             AnnalsHtmlElement  element)
{
  char level[2] = { ((const char *) node->name)[1], '\0' };
  guint span = ANNALS_NO_SPAN;

  annals_text_builder_break (walk->builder);

  switch (element)
    {
    case ANNALS_HTML_HEADING:
      span = open_span (walk, ANNALS_SPAN_HEADING, g_strdup (level));
      break;

    case ANNALS_HTML_QUOTATION:
      span = open_span (walk, ANNALS_SPAN_QUOTATION, dup_address (walk, node, "cite"));
      break;

    case ANNALS_HTML_LIST:
      push_list (walk, node);
      break;

    case ANNALS_HTML_ITEM:
      span = open_span (walk, ANNALS_SPAN_LIST_ITEM, dup_item_value (walk, node));
      break;

    case ANNALS_HTML_PREFORMATTED:
      annals_text_builder_push_preformatted (walk->builder);
      span = open_span (walk, ANNALS_SPAN_PREFORMATTED, NULL);
      break;

    default:
      break;
    }

  push_open (walk, node, element, span, FALSE);
}

static void
enter_inline (Walk              *walk,
              xmlNode           *node,
              AnnalsHtmlElement  element)
{
  AnnalsSpanKind kind = element == ANNALS_HTML_EMPHASIS ? ANNALS_SPAN_EMPHASIS
                        : element == ANNALS_HTML_STRONG ? ANNALS_SPAN_STRONG
                        : ANNALS_SPAN_CODE;

  push_open (walk, node, element, open_span (walk, kind, NULL), FALSE);
}

/* "until-found" is text that a search opens, and a page whose whole body is hidden waits for a
 * script to show it. */
static gboolean
is_hidden (xmlNode *node)
{
  g_autofree char *hidden = NULL;

  if (node->properties == NULL || g_str_equal (node->name, "body")
      || g_str_equal (node->name, "html"))
    return FALSE;

  hidden = annals_html_dup_attribute (node, "hidden");

  return hidden != NULL && g_ascii_strcasecmp (hidden, "until-found") != 0;
}

/* Returns: whether what is in the element is walked too */
static gboolean
enter (Walk    *walk,
       xmlNode *node)
{
  AnnalsHtmlElement element = annals_html_element_lookup (node);

  if (is_hidden (node))
    return FALSE;
  if (walk->is_page && (g_str_equal (node->name, "title") || g_str_equal (node->name, "script")))
    return FALSE;
  if (walk->leave_out != NULL && walk->leave_out (node, walk->data))
    return FALSE;

  switch (element)
    {
    case ANNALS_HTML_BASE:
      enter_base (walk, node);
      return TRUE;

    case ANNALS_HTML_BREAK:
    case ANNALS_HTML_RULE:
      annals_text_builder_break (walk->builder);
      return TRUE;

    case ANNALS_HTML_IMAGE:
      append_image (walk, node);
      return TRUE;

    case ANNALS_HTML_BLOCK:
    case ANNALS_HTML_HEADING:
    case ANNALS_HTML_ITEM:
    case ANNALS_HTML_LIST:
    case ANNALS_HTML_PREFORMATTED:
    case ANNALS_HTML_QUOTATION:
      enter_block (walk, node, element);
      return TRUE;

    case ANNALS_HTML_TABLE:
      enter_table (walk, node);
      return TRUE;

    case ANNALS_HTML_ROW:
      enter_row (walk, node);
      return TRUE;

    case ANNALS_HTML_CELL:
      enter_cell (walk, node);
      return TRUE;

    case ANNALS_HTML_LINK:
      enter_link (walk, node);
      return TRUE;

    case ANNALS_HTML_CODE:
    case ANNALS_HTML_EMPHASIS:
    case ANNALS_HTML_STRONG:
      enter_inline (walk, node, element);
      return TRUE;

    case ANNALS_HTML_QUOTE:
      /* Every browser sets these marks. */
      annals_text_builder_append (walk->builder, "“", strlen ("“"));
      push_open (walk, node, element, ANNALS_NO_SPAN, FALSE);
      return TRUE;

    case ANNALS_HTML_INLINE:
    case ANNALS_HTML_NOSCRIPT:
      return TRUE;
    }

  return TRUE;
}

static void
leave_table (Walk *walk,
             guint span)
{
  AnnalsHtmlTable *table = g_ptr_array_index (walk->tables, walk->tables->len - 1);

  annals_text_builder_set_value (walk->builder, span, g_strdup_printf ("%u", table->n_columns));
  g_ptr_array_set_size (walk->tables, walk->tables->len - 1);
}

static void
leave (Walk       *walk,
       const Open *open)
{
  if (open->element == ANNALS_HTML_TABLE)
    leave_table (walk, open->span);

  annals_text_builder_close (walk->builder, open->span);

  switch (open->element)
    {
    case ANNALS_HTML_QUOTE:
      annals_text_builder_append (walk->builder, "”", strlen ("”"));
      return;

    case ANNALS_HTML_CODE:
    case ANNALS_HTML_EMPHASIS:
    case ANNALS_HTML_LINK:
    case ANNALS_HTML_STRONG:
      return;

    case ANNALS_HTML_LIST:
      g_array_set_size (walk->lists, walk->lists->len - 1);
      break;

    case ANNALS_HTML_PREFORMATTED:
      annals_text_builder_pop_preformatted (walk->builder);
      break;

    case ANNALS_HTML_ROW:
      if (open->flag)
        annals_text_builder_pop_line (walk->builder);
      break;

    default:
      break;
    }

  annals_text_builder_break (walk->builder);
}

static void
append_text (Walk    *walk,
             xmlNode *node)
{
  annals_text_builder_append (walk->builder, (const char *) node->content,
                              strlen ((const char *) node->content));
}

/* Without recursion: a page may nest a hundred thousand elements. */
static void
walk_tree (Walk    *walk,
           xmlNode *root)
{
  xmlNode *node = root->children;

  while (node != NULL)
    {
      gboolean descend = FALSE;

      if (node->type == XML_ELEMENT_NODE)
        descend = enter (walk, node);
      else if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        append_text (walk, node);

      if (descend && node->children != NULL)
        {
          node = node->children;
          continue;
        }

      for (;;)
        {
          const Open *top = walk->open->len > 0
                              ? &g_array_index (walk->open, Open, walk->open->len - 1) : NULL;

          if (top != NULL && top->node == node)
            {
              leave (walk, top);
              g_array_set_size (walk->open, walk->open->len - 1);
            }

          if (node->next != NULL)
            {
              node = node->next;
              break;
            }
          node = node->parent;
          if (node == NULL || node == root)
            return;
        }
    }
}

static void
walk_init (Walk       *walk,
           const char *base_uri)
{
  walk->builder = annals_text_builder_new ();
  walk->open = g_array_new (FALSE, FALSE, sizeof (Open));
  walk->lists = g_array_new (FALSE, FALSE, sizeof (List));
  walk->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_html_table_free);
  walk->base = g_strdup (base_uri);
}

static void
walk_clear (Walk *walk)
{
  annals_text_builder_free (walk->builder);
  g_array_unref (walk->open);
  g_array_unref (walk->lists);
  g_ptr_array_unref (walk->tables);
  g_free (walk->base);
}

/**
 * annals_text_new_from_html:
 * @html: a fragment or a page in UTF-8 or nearly
 * @length: in bytes, or -1 when it ends with NUL
 * @base_uri: (nullable): where the page was, to make its relative addresses whole
 *
 * A row of a table whose cells hold a line each is one block, its cells separated by a space;
 * otherwise each cell is a block or more of its own. A line break ends a block.
 *
 * Returns: (transfer full): the text; any input gives one
 */
AnnalsText *
annals_text_new_from_html (const char *html,
                           gssize      length,
                           const char *base_uri)
{
  g_autoptr(GString) source = NULL;
  AnnalsText *text;
  xmlDoc *doc;
  Walk walk = { NULL, };

  g_return_val_if_fail (html != NULL || length == 0, NULL);

  source = annals_html_source_mend (html, length, FALSE);
  /* libxml2 counts in int: two gigabytes are taken for plain text rather than cut. */
  if (source->len > G_MAXINT - 1)
    return annals_text_new_from_plain (source->str, source->len);

  walk_init (&walk, base_uri);
  doc = annals_html_source_parse (source);
  if (doc != NULL)
    walk_tree (&walk, (xmlNode *) doc);
  text = annals_text_builder_finish (walk.builder);

  g_clear_pointer (&doc, xmlFreeDoc);
  walk_clear (&walk);

  return text;
}

/**
 * annals_text_new_from_html_node:
 * @node: an element, a document or a text of annals_html_parse()
 * @base_uri: (nullable): what its relative addresses are relative to
 * @leave_out: (nullable) (scope call): says of an element in @node whether it gives no text
 * @data: for @leave_out
 *
 * Returns: (transfer full): the text of @node and of what is in it
 */
AnnalsText *
annals_text_new_from_html_node (xmlNode            *node,
                                const char         *base_uri,
                                AnnalsHtmlLeaveOut  leave_out,
                                gpointer            data)
{
  AnnalsText *text;
  Walk walk = { .is_page = TRUE, .leave_out = leave_out, .data = data };

  g_return_val_if_fail (node != NULL, NULL);

  walk_init (&walk, base_uri);
  /* an attribute of the page around it may not count, and one in it cannot: @base_uri is said */
  walk.base_set = base_uri != NULL;

  if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
    append_text (&walk, node);
  else if (node->type != XML_ELEMENT_NODE || enter (&walk, node))
    walk_tree (&walk, node);

  while (walk.open->len > 0)
    {
      leave (&walk, &g_array_index (walk.open, Open, walk.open->len - 1));
      g_array_set_size (walk.open, walk.open->len - 1);
    }

  text = annals_text_builder_finish (walk.builder);
  walk_clear (&walk);

  return text;
}

/**
 * annals_text_line_from_html:
 * @html: (nullable): a title or the like, which may hold markup and references
 * @length: in bytes, or -1 when it ends with NUL
 *
 * Returns: (transfer full): its words in one line
 */
char *
annals_text_line_from_html (const char *html,
                            gssize      length)
{
  g_autoptr(AnnalsText) text = NULL;
  g_autoptr(GString) line = NULL;

  if (html == NULL)
    return g_strdup ("");

  if (length < 0)
    length = strlen (html);
  if (memchr (html, '<', length) == NULL && memchr (html, '&', length) == NULL)
    return annals_text_normalize_line (html, length);

  text = annals_text_new_from_html (html, length, NULL);
  line = g_string_new (annals_text_get_string (text));
  g_string_replace (line, "\357\277\274", " ", 0);

  return annals_text_normalize_line (line->str, line->len);
}
