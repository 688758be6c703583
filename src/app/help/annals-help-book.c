/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-help-book.h"

#include <libxml/parser.h>
#include <string.h>

#include "annals-collation.h"

#define FOLDER ANNALS_RESOURCE_PATH "/help/"
#define SUFFIX ".page"

struct _AnnalsHelpBook
{
  GPtrArray  *pages;   /* (element type AnnalsHelpPage) */
  GHashTable *by_id;
  GHashTable *parts;   /* of the index: name to place, from 1 */
};

static void
page_free (AnnalsHelpPage *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->sort_title);
  g_free (self->guide);
  g_free (self->description);
  g_free (self->text);
  g_clear_pointer (&self->document, xmlFreeDoc);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsHelpPage, page_free)

static gboolean
is_element (xmlNode    *node,
            const char *name)
{
  return node->type == XML_ELEMENT_NODE && strcmp ((const char *) node->name, name) == 0;
}

static xmlNode *
find_child (xmlNode    *node,
            const char *name)
{
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    if (is_element (child, name))
      return child;

  return NULL;
}

static char *
dup_content (xmlNode *node)
{
  xmlChar *content = node != NULL ? xmlNodeGetContent (node) : NULL;
  char *text = g_strdup (content != NULL ? (const char *) content : "");

  xmlFree (content);

  return g_strstrip (text);
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

/* The title that pages are sorted by where it is not the one that is shown, as Mallard has it. */
static char *
dup_sort_title (xmlNode *info)
{
  for (xmlNode *child = info != NULL ? info->children : NULL; child != NULL; child = child->next)
    {
      g_autofree char *type = is_element (child, "title") ? dup_attribute (child, "type") : NULL;

      if (g_strcmp0 (type, "sort") == 0)
        return dup_content (child);
    }

  return NULL;
}

/* The part of the index that leads to the page. */
static char *
dup_guide (xmlNode *info)
{
  for (xmlNode *child = info != NULL ? info->children : NULL; child != NULL; child = child->next)
    {
      g_autofree char *type = is_element (child, "link") ? dup_attribute (child, "type") : NULL;
      g_autofree char *target = type != NULL && g_str_equal (type, "guide") ? dup_attribute (child, "xref") : NULL;

      if (target != NULL && g_str_has_prefix (target, "index#"))
        return g_strdup (target + strlen ("index#"));
    }

  return NULL;
}

static AnnalsHelpPage *
load_page (const char *name)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr(AnnalsHelpPage) page = g_new0 (AnnalsHelpPage, 1);
  g_autofree char *content = NULL;
  xmlNode *root, *info;

  if (bytes != NULL)
    page->document = xmlReadMemory (g_bytes_get_data (bytes, NULL), (int) g_bytes_get_size (bytes), NULL, "UTF-8",
                                    XML_PARSE_NONET | XML_PARSE_NOWARNING | XML_PARSE_NOERROR);
  root = page->document != NULL ? xmlDocGetRootElement (page->document) : NULL;
  if (root == NULL || !is_element (root, "page"))
    return NULL;

  info = find_child (root, "info");
  page->id = g_strndup (name, strlen (name) - strlen (SUFFIX));
  page->title = dup_content (find_child (root, "title"));
  page->sort_title = dup_sort_title (info);
  page->guide = dup_guide (info);
  page->description = dup_content (info != NULL ? find_child (info, "desc") : NULL);
  content = dup_content (root);
  page->text = g_utf8_casefold (content, -1);

  return g_steal_pointer (&page);
}

static guint
get_part (AnnalsHelpBook       *self,
          const AnnalsHelpPage *page)
{
  return page->guide != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->parts, page->guide)) : 0;
}

static const char *
get_sort_title (const AnnalsHelpPage *page)
{
  return page->sort_title != NULL ? page->sort_title : page->title;
}

static int
compare_pages (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const AnnalsHelpPage *one = *(const AnnalsHelpPage * const *) a;
  const AnnalsHelpPage *other = *(const AnnalsHelpPage * const *) b;
  int difference = (int) get_part (user_data, one) - (int) get_part (user_data, other);

  return difference != 0 ? difference : annals_collate (get_sort_title (one), get_sort_title (other));
}

static void
sort_pages (AnnalsHelpBook *self)
{
  const AnnalsHelpPage *index = annals_help_book_find (self, "index");
  guint n = 0;

  for (xmlNode *child = index != NULL ? xmlDocGetRootElement (index->document)->children : NULL;
       child != NULL; child = child->next)
    if (is_element (child, "section"))
      g_hash_table_insert (self->parts, dup_attribute (child, "id"), GUINT_TO_POINTER (++n));

  g_ptr_array_sort_with_data (self->pages, compare_pages, self);
}

AnnalsHelpBook *
annals_help_book_new (void)
{
  AnnalsHelpBook *self = g_new0 (AnnalsHelpBook, 1);
  g_auto(GStrv) names = g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) page_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      AnnalsHelpPage *page = g_str_has_suffix (names[i], SUFFIX) ? load_page (names[i]) : NULL;

      if (page == NULL)
        continue;
      g_ptr_array_add (self->pages, page);
      g_hash_table_insert (self->by_id, page->id, page);
    }
  sort_pages (self);

  return self;
}

void
annals_help_book_free (AnnalsHelpBook *self)
{
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->parts);
  g_ptr_array_unref (self->pages);
  g_free (self);
}

guint
annals_help_book_count (AnnalsHelpBook *self)
{
  return self->pages->len;
}

const AnnalsHelpPage *
annals_help_book_get (AnnalsHelpBook *self,
                      guint           position)
{
  g_return_val_if_fail (position < self->pages->len, NULL);

  return self->pages->pdata[position];
}

const AnnalsHelpPage *
annals_help_book_find (AnnalsHelpBook *self,
                       const char     *id)
{
  g_autofree char *page = g_strndup (id, strcspn (id, "#"));

  return g_hash_table_lookup (self->by_id, page);
}

gboolean
annals_help_page_matches (const AnnalsHelpPage *self,
                          const char           *words)
{
  g_autofree char *folded = g_utf8_casefold (words, -1);
  g_auto(GStrv) each = g_strsplit_set (folded, " \t", -1);

  for (guint i = 0; each[i] != NULL; i++)
    if (strstr (self->text, each[i]) == NULL)
      return FALSE;

  return TRUE;
}
