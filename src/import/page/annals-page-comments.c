/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-comments.h"

#include "annals-page-marks.h"

#include <string.h>

/* A name is no longer than this. */
#define MAX_NAME 200

void
annals_page_comment_free (AnnalsPageComment *self)
{
  if (self == NULL)
    return;

  g_free (self->number);
  g_free (self->author);
  g_free (self->stamp);
  g_clear_pointer (&self->text, annals_text_unref);
  g_free (self);
}

static gboolean
has_one_of (xmlNode            *node,
            const char         *attribute,
            const char * const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (annals_page_node_has_word (node, attribute, words[i]))
      return TRUE;

  return FALSE;
}

/* --- finding --- */

/* An element that is open. */
typedef struct
{
  xmlNode *node;
  char    *number;   /* (nullable) */
} Open;

static void
open_clear (gpointer data)
{
  g_free (((Open *) data)->number);
}

/* Whether @node is a comment, and another one than @around (nullable), in which it stands. */
static gboolean
is_comment (xmlNode    *node,
            const Open *around,
            const char *number)
{
  guint marks;

  if (number != NULL)
    return around == NULL || g_strcmp0 (around->number, number) != 0;

  marks = annals_page_node_get_marks (node);
  if (!(marks & ANNALS_MARK_COMMENT) || annals_page_node_is (node, "span") || annals_page_node_is (node, "a"))
    return FALSE;

  /* an answer, where the blog does not number them */
  return around == NULL || (around->number == NULL && xmlStrEqual (around->node->name, node->name));
}

/* All comments (element type AnnalsPageComment), not looked into yet. */
static GPtrArray *
list_comments (xmlNode *root)
{
  GPtrArray *comments = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_page_comment_free);
  g_autoptr(GArray) open = g_array_new (FALSE, FALSE, sizeof (Open));
  xmlNode *node = root;

  g_array_set_clear_func (open, open_clear);
  while (node != NULL)
    {
      if (node->type == XML_ELEMENT_NODE)
        {
          const Open *around = open->len > 0 ? &g_array_index (open, Open, open->len - 1) : NULL;
          g_autofree char *number = node->properties ? annals_page_dup_comment_number (node) : NULL;

          if (is_comment (node, around, number))
            {
              AnnalsPageComment *comment = g_new0 (AnnalsPageComment, 1);
              Open entry = { node, g_strdup (number) };

              comment->node = comment->body = node;
              comment->number = g_steal_pointer (&number);
              g_ptr_array_add (comments, comment);
              g_array_append_val (open, entry);
            }
        }

      if (node->type == XML_ELEMENT_NODE && node->children != NULL)
        {
          node = node->children;
          continue;
        }
      for (;;)
        {
          if (open->len > 0 && g_array_index (open, Open, open->len - 1).node == node)
            g_array_set_size (open, open->len - 1);
          if (node == root)
            return comments;
          if (node->next != NULL)
            break;
          node = node->parent;
        }
      node = node->next;
    }

  return comments;
}

/* --- what is in one --- */

/* "Ada says:" */
static char *
dup_name (xmlNode *node)
{
  static const char * const says[] = {
    " says", " said", " wrote", " dice", " ha detto", " scrive", " dit", " a dit", " sagt", " schreibt", " schrieb",
    " disse", " diz", " zegt", " schreef", " пишет", " pisze",
  };
  char *name = annals_page_dup_line (node);
  gsize length = strlen (name);

  while (length > 0 && (name[length - 1] == ':' || name[length - 1] == ' '))
    name[--length] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (says); i++)
    if (g_str_has_suffix (name, says[i]))
      {
        name[length - strlen (says[i])] = '\0';
        break;
      }

  if (*name == '\0' || strlen (name) > MAX_NAME)
    g_clear_pointer (&name, g_free);

  return name;
}

/* How sure a node tells the author; 0 when it does not. */
static guint
author_rank (xmlNode *node)
{
  static const char * const lines[] = { "comment-author", "comment_author", "commentauthor", "comment-by", NULL };

  if (annals_page_node_has_class (node, "fn") || annals_page_node_has_class (node, "p-name"))
    return 4;
  if (annals_page_node_has_class (node, "p-author") || annals_page_node_has_word (node, "itemprop", "author") ||
      annals_page_node_has_word (node, "itemprop", "creator"))
    return 3;
  if (has_one_of (node, "class", lines))
    return 2;

  return annals_page_node_is (node, "cite") ? 1 : 0;
}

static char *
dup_stamp (xmlNode *node)
{
  static const char * const lines[] = {
    "comment-date", "comment-metadata", "comment-meta", "commentmetadata", "comment-time", "comment_date", "dt-published",
    NULL,
  };
  static const char * const props[] = { "datePublished", "dateCreated", "commentTime", NULL };
  char *stamp = NULL;

  if (annals_page_node_is (node, "time") || has_one_of (node, "itemprop", props))
    {
      if ((stamp = annals_page_dup_attribute (node, "datetime")) == NULL)
        stamp = annals_page_dup_attribute (node, "content");
      return stamp ? stamp : annals_page_dup_line (node);
    }
  if (annals_page_node_is (node, "abbr") && annals_page_node_has_class (node, "published"))
    return annals_page_dup_attribute (node, "title");
  if (has_one_of (node, "class", lines))
    {
      xmlNode *link = annals_page_next_element (node, node, TRUE);

      while (link != NULL && !annals_page_node_is (link, "a") && !annals_page_node_is (link, "time"))
        link = annals_page_next_element (link, node, TRUE);

      return link ? NULL : annals_page_dup_line (node);
    }
  /* the link to the comment itself is its date */
  if (annals_page_node_is (node, "a"))
    {
      g_autofree char *href = annals_page_dup_attribute (node, "href");

      if (href != NULL && strstr (href, "#comment-") != NULL)
        return annals_page_dup_line (node);
    }

  return NULL;
}

static gboolean
is_body (xmlNode *node)
{
  static const char * const bodies[] = {
    "comment-content", "comment-text", "comment_content", "comment-copy", "comment-entry", "comment__content",
    "e-content", "wp-block-comment-content", NULL,
  };

  return has_one_of (node, "class", bodies) || annals_page_node_has_word (node, "itemprop", "text") ||
         annals_page_node_has_word (node, "itemprop", "commentText");
}

/* @others: all comments' nodes; those inside are looked at by themselves. */
static void
look_into (AnnalsPageComment *self,
           GHashTable        *others)
{
  guint rank = 0;
  gboolean descend = TRUE;

  for (xmlNode *node = annals_page_next_element (self->node, self->node, TRUE); node != NULL;
       node = annals_page_next_element (node, self->node, descend))
    {
      guint rank_here;

      descend = !g_hash_table_contains (others, node);
      if (!descend)
        continue;

      if (self->body == self->node && is_body (node))
        {
          self->body = node;
          descend = FALSE;
          continue;
        }

      rank_here = author_rank (node);
      if (rank_here > rank)
        {
          g_autofree char *name = dup_name (node);

          if (name != NULL)
            {
              g_free (self->author);
              self->author = g_steal_pointer (&name);
              rank = rank_here;
            }
        }
      if (self->stamp == NULL)
        self->stamp = dup_stamp (node);
    }
}

typedef struct
{
  const AnnalsPageComment *comment;
  GHashTable              *others;
} LeaveOut;

static gboolean
leave_out (xmlNode  *node,
           gpointer  data)
{
  static const char * const head[] = {
    "avatar", "children", "comment-author", "comment-awaiting-moderation", "comment-date", "comment-edit-link",
    "comment-form", "comment-meta", "comment-metadata", "comment-reply-link", "comment-respond", "commentmetadata", "fn",
    "reply", "says", "vcard", NULL,
  };
  const LeaveOut *self = data;
  guint marks;

  if (node == self->comment->body)
    return FALSE;
  if (g_hash_table_contains (self->others, node))
    return TRUE;

  marks = annals_page_node_get_marks (node);
  if (marks & (ANNALS_MARK_HIDDEN | ANNALS_MARK_EXTRA | ANNALS_MARK_CONTROL))
    return TRUE;

  return self->comment->body == self->comment->node && has_one_of (node, "class", head);
}

GPtrArray *
annals_page_find_comments (AnnalsPage *page)
{
  xmlNode *root = annals_page_get_root (page);
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GHashTable) nodes = g_hash_table_new (NULL, NULL);
  GPtrArray *comments = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_page_comment_free);

  if (root == NULL)
    return comments;

  found = list_comments (root);
  for (guint i = 0; i < found->len; i++)
    g_hash_table_add (nodes, ((AnnalsPageComment *) g_ptr_array_index (found, i))->node);

  for (guint i = 0; i < found->len; i++)
    {
      AnnalsPageComment *comment = g_ptr_array_index (found, i);
      LeaveOut rules = { comment, nodes };

      look_into (comment, nodes);
      comment->text = annals_text_new_from_html_node (comment->body, annals_page_get_base (page), leave_out, &rules);
    }

  /* a thing that is called "comment" and has neither number nor author is a counter or a button */
  for (guint i = 0; i < found->len; i++)
    {
      AnnalsPageComment *comment = g_ptr_array_index (found, i);

      if (annals_text_get_length (comment->text) > 0 &&
          (comment->number != NULL || comment->author != NULL || comment->body != comment->node))
        g_ptr_array_add (comments, g_steal_pointer (&g_ptr_array_index (found, i)));
    }

  return comments;
}
