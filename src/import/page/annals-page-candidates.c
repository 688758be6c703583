/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-articles-private.h"

#include <string.h>

/* A link's words are looked at when they are no longer than this. */
#define MAX_LINK_WORDS 400

/* An element that is open. */
typedef struct
{
  xmlNode *node;
  guint    marks;
  guint    candidate;    /* the innermost one it belongs to */
  guint    order;
  gsize    text;
} Frame;

typedef struct
{
  GArray  *frames;
  GArray  *candidates;
  guint    order;
  guint    title_depth;  /* frames that were open when a title began; 0: none is */
  xmlNode *link;         /* the one that is open */
  guint    meta_depth;   /* as above, of a date, an author */
} Walk;

static AnnalsPageCandidate *
candidate_at (Walk  *self,
              guint  index)
{
  return &g_array_index (self->candidates, AnnalsPageCandidate, index);
}

static gboolean
is_heading (xmlNode *node)
{
  const char *name = (const char *) node->name;

  return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0';
}

static gsize
count_text (xmlNode *node)
{
  gsize n = 0;
  gboolean space = TRUE;

  for (const char *p = (const char *) node->content; p != NULL && *p != '\0'; p++)
    {
      gboolean is_space = g_ascii_isspace (*p);

      n += !is_space || !space;
      space = is_space;
    }

  return n;
}

/* A word such as "post" says it of what has room for one only. */
static gboolean
has_room (xmlNode *node)
{
  static const char * const small[] = { "a", "b", "em", "i", "img", "label", "p", "span", "strong", "time" };

  for (guint i = 0; i < G_N_ELEMENTS (small); i++)
    if (annals_page_node_is (node, small[i]))
      return FALSE;

  return !is_heading (node);
}

static guint
begin_candidate (Walk    *self,
                 xmlNode *node,
                 guint    parent)
{
  AnnalsPageCandidate candidate = { .node = node, .parent = parent };

  if (parent != G_MAXUINT)
    candidate_at (self, parent)->n_inner++;
  g_array_append_val (self->candidates, candidate);

  return self->candidates->len - 1;
}

/* A link among a post's date and author that may lead to the post itself. */
static gboolean
may_be_permalink (xmlNode *node)
{
  static const char * const elsewhere[] = { "author", "category", "nofollow", "tag" };
  static const char * const folders[] = { "/author/", "/category/", "/tag/", "/topic/", "/user/", "mailto:" };
  g_autofree char *href = annals_page_dup_attribute (node, "href");

  for (guint i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    if (annals_page_node_has_word (node, "rel", elsewhere[i]))
      return FALSE;
  for (guint i = 0; href != NULL && i < G_N_ELEMENTS (folders); i++)
    if (strstr (href, folders[i]) != NULL)
      return FALSE;

  return href != NULL && !annals_page_node_has_class (node, "fn") && strstr (href, "#comment") == NULL &&
         strstr (href, "#respond") == NULL;
}

static void
take_link (Walk                *self,
           AnnalsPageCandidate *candidate,
           xmlNode             *node)
{
  if (!xmlHasProp (node, BAD_CAST "href"))
    return;

  self->link = node;
  if (candidate->bookmark == NULL && (annals_page_node_has_word (node, "rel", "bookmark") ||
                                      annals_page_node_has_class (node, "u-url")))
    candidate->bookmark = node;
  if (candidate->title_link == NULL && self->title_depth > 0)
    candidate->title_link = node;
  if (candidate->date_link == NULL && self->meta_depth > 0 && may_be_permalink (node))
    candidate->date_link = node;
}

/* @frame is new and on top. */
static void
take_element (Walk  *self,
              Frame *frame)
{
  AnnalsPageCandidate *candidate = candidate_at (self, frame->candidate);
  xmlNode *node = frame->node;
  gboolean heading = is_heading (node);

  if (annals_page_node_is (node, "a"))
    take_link (self, candidate, node);

  if (heading && candidate->heading == NULL)
    candidate->heading = node;
  if (annals_page_node_is (node, "h1") && candidate->first_h1 == NULL)
    candidate->first_h1 = node;
  if ((frame->marks & ANNALS_MARK_TITLE) && candidate->title == NULL)
    candidate->title = node;

  if ((heading || (frame->marks & ANNALS_MARK_TITLE)) && self->title_depth == 0)
    {
      self->title_depth = self->frames->len;
      /* a heading inside a link */
      if (candidate->title_link == NULL && self->link != NULL)
        candidate->title_link = self->link;
    }
  if (((frame->marks & ANNALS_MARK_META) || annals_page_node_is (node, "time")) && self->meta_depth == 0)
    {
      self->meta_depth = self->frames->len;
      if (candidate->date_link == NULL && self->link != NULL)
        candidate->date_link = self->link;
    }
  if ((frame->marks & ANNALS_MARK_SUMMARY) && candidate->summary == NULL)
    candidate->summary = node;
}

/* An element that is marked as a post's text ends. The inner of two inside each other is it when it holds most
 * of the text; two beside each other share it. */
static void
take_body (AnnalsPageCandidate *candidate,
           const Frame         *frame)
{
  gboolean around = candidate->body != NULL && candidate->body_order > frame->order;

  if (candidate->body != NULL && around && candidate->body_text * 2 >= frame->text)
    return;

  if (candidate->body != NULL && !around)
    {
      if (frame->text > 0 && candidate->body_text > 0)
        candidate->body_split = TRUE;
      if (candidate->body_text >= frame->text)
        return;
    }
  else
    {
      candidate->body_split = FALSE;
    }

  candidate->body = frame->node;
  candidate->body_loose = (frame->marks & ANNALS_MARK_LOOSE) != 0;
  candidate->body_text = frame->text;
  candidate->body_order = frame->order;
}

static void
leave (Walk *self)
{
  Frame frame = g_array_index (self->frames, Frame, self->frames->len - 1);
  AnnalsPageCandidate *candidate = candidate_at (self, frame.candidate);

  if (self->title_depth == self->frames->len)
    self->title_depth = 0;
  if (self->meta_depth == self->frames->len)
    self->meta_depth = 0;
  if (self->link == frame.node)
    {
      self->link = NULL;
      if (candidate->more_link == NULL && frame.text < MAX_LINK_WORDS && self->title_depth == 0)
        {
          g_autofree char *words = annals_page_dup_line (frame.node);

          if (annals_page_words_are_more (words))
            candidate->more_link = frame.node;
        }
    }
  if (frame.marks & ANNALS_MARK_BODY)
    take_body (candidate, &frame);
  if (candidate->node == frame.node)
    {
      candidate->text = frame.text;
      if (candidate->parent != G_MAXUINT)
        candidate_at (self, candidate->parent)->inner_text += frame.text;
    }

  g_array_set_size (self->frames, self->frames->len - 1);
  if (self->frames->len > 0)
    g_array_index (self->frames, Frame, self->frames->len - 1).text += frame.text;
}

/* Returns: whether what is in the element is of interest */
static gboolean
enter (Walk    *self,
       xmlNode *node)
{
  guint around = self->frames->len > 0
                   ? g_array_index (self->frames, Frame, self->frames->len - 1).candidate : 0;
  Frame frame = { .node = node, .marks = annals_page_node_get_marks (node), .candidate = around, };
  const guint without = ANNALS_MARK_HIDDEN | ANNALS_MARK_ZONE | ANNALS_MARK_EXTRA | ANNALS_MARK_COMMENTS |
                        ANNALS_MARK_COMMENT | ANNALS_MARK_CONTROL;

  if ((frame.marks & without) || annals_page_node_is (node, "title") || annals_page_node_is (node, "script"))
    return FALSE;

  frame.order = self->order++;
  if ((frame.marks & ANNALS_MARK_POST) && has_room (node))
    frame.candidate = begin_candidate (self, node, around);
  g_array_append_val (self->frames, frame);
  take_element (self, &g_array_index (self->frames, Frame, self->frames->len - 1));

  if ((frame.marks & ANNALS_MARK_MORE) && annals_page_node_is (node, "a") &&
      candidate_at (self, frame.candidate)->more_link == NULL)
    candidate_at (self, frame.candidate)->more_link = node;

  return TRUE;
}

GArray *
annals_page_list_candidates (AnnalsPage *page)
{
  xmlNode *root = annals_page_get_root (page);
  Walk self = { .frames = g_array_new (FALSE, FALSE, sizeof (Frame)),
                .candidates = g_array_new (FALSE, FALSE, sizeof (AnnalsPageCandidate)) };
  xmlNode *node = root;

  begin_candidate (&self, root, G_MAXUINT);

  while (node != NULL)
    {
      gboolean descend = FALSE;

      if (node->type == XML_ELEMENT_NODE)
        descend = enter (&self, node);
      else if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) && self.frames->len > 0)
        g_array_index (self.frames, Frame, self.frames->len - 1).text += count_text (node);

      if (descend && node->children != NULL)
        {
          node = node->children;
          continue;
        }

      for (;;)
        {
          if (self.frames->len > 0 && g_array_index (self.frames, Frame, self.frames->len - 1).node == node)
            leave (&self);
          if (node == root)
            {
              node = NULL;
              break;
            }
          if (node->next != NULL)
            {
              node = node->next;
              break;
            }
          node = node->parent;
        }
    }

  g_array_unref (self.frames);

  return self.candidates;
}
