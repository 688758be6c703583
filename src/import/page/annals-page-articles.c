/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-articles.h"

#include "annals-draft.h"
#include "annals-page-articles-private.h"

#include <string.h>

/* Bytes of text that make an element a post of its own, whatever posts stand in it. */
#define OWN_TEXT 400

/* What the page says of itself. */
typedef struct
{
  gboolean  is_single;      /* WordPress's word for it */
  gboolean  is_listing;
  gboolean  is_nothing;
  gboolean  is_article;     /* Open Graph's, schema.org's */
  char     *post_id;        /* "post-12" */
  char     *address;        /* canonical */
} Signals;

void
annals_page_article_free (AnnalsPageArticle *self)
{
  if (self == NULL)
    return;

  g_free (self->url);
  g_free (self);
}

/* --- what the page is --- */

static void
read_body_class (Signals *self,
                 xmlNode *body)
{
  static const char * const listing[] = {
    "archive", "blog", "search", "search-results", "paged", "category", "tag", "author", "date", "tax-post_format",
  };
  static const char * const single[] = {
    "single", "single-post", "page", "attachment", "post-template", "post-template-default", "item-view",
  };
  g_autofree char *names = annals_page_dup_attribute (body, "class");
  g_auto(GStrv) words = g_strsplit (names ? names : "", " ", 200);

  for (guint i = 0; words[i] != NULL; i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (listing); j++)
        self->is_listing |= g_str_equal (words[i], listing[j]);
      for (guint j = 0; j < G_N_ELEMENTS (single); j++)
        self->is_single |= g_str_equal (words[i], single[j]);
      self->is_nothing |= g_str_equal (words[i], "error404") || g_str_equal (words[i], "search-no-results");
      if (g_str_has_prefix (words[i], "postid-") && self->post_id == NULL)
        {
          self->post_id = g_strconcat ("post-", words[i] + strlen ("postid-"), NULL);
          self->is_single = TRUE;
        }
    }

  /* an archive's template can have the classes of a page ("archive … page-2"), a post's none of an archive */
  if (self->is_listing)
    self->is_single = FALSE;
}

static void
read_meta (Signals *self,
           xmlNode *node)
{
  g_autofree char *property = annals_page_dup_attribute (node, "property");
  g_autofree char *content = NULL;

  if (property == NULL)
    return;

  if (g_str_equal (property, "article:published_time"))
    self->is_article = TRUE;
  if (g_str_equal (property, "og:type"))
    {
      content = annals_page_dup_attribute (node, "content");
      if (g_strcmp0 (content, "article") == 0)
        self->is_article = TRUE;
    }
}

static void
read_signals (AnnalsPage *page,
              Signals    *self)
{
  xmlNode *root = annals_page_get_root (page);
  const char *address = annals_page_get_address (page);

  for (xmlNode *node = root; node != NULL; node = annals_page_next_element (node, root, TRUE))
    {
      if (annals_page_node_is (node, "meta"))
        {
          read_meta (self, node);
        }
      else if (annals_page_node_is (node, "link") && self->address == NULL &&
               annals_page_node_has_word (node, "rel", "canonical"))
        {
          g_autofree char *href = annals_page_dup_attribute (node, "href");

          self->address = annals_page_dup_absolute (page, href);
        }
      else if (annals_page_node_is (node, "body"))
        {
          read_body_class (self, node);
          break;
        }
    }

  if (self->address == NULL)
    self->address = g_strdup (address);
}

static void
signals_clear (Signals *self)
{
  g_free (self->post_id);
  g_free (self->address);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Signals, signals_clear)

/* --- which candidates are posts --- */

static AnnalsPageCandidate *
candidate_at (GArray *candidates,
              guint   index)
{
  return &g_array_index (candidates, AnnalsPageCandidate, index);
}

static xmlNode *
title_of (const AnnalsPageCandidate *self)
{
  return self->title ? self->title : self->first_h1 ? self->first_h1 : self->heading;
}

/* What stands in the only candidate inside another belongs to that, as far as it has none of its own. */
static void
borrow (AnnalsPageCandidate       *self,
        const AnnalsPageCandidate *inner)
{
  if (self->title == NULL)
    self->title = inner->title;
  if (self->heading == NULL)
    self->heading = inner->heading;
  if (self->first_h1 == NULL)
    self->first_h1 = inner->first_h1;
  if (self->body == NULL)
    {
      self->body = inner->body;
      self->body_text = inner->body_text;
      self->body_split = inner->body_split;
      self->body_loose = inner->body_loose;
    }
  if (self->summary == NULL)
    self->summary = inner->summary;
  if (self->bookmark == NULL)
    self->bookmark = inner->bookmark;
  if (self->title_link == NULL)
    self->title_link = inner->title_link;
  if (self->more_link == NULL)
    self->more_link = inner->more_link;
  if (self->date_link == NULL)
    self->date_link = inner->date_link;
}

/* Whether the element itself is a post, and not only something around posts. */
static gboolean
is_post (GArray *candidates,
         guint   index)
{
  AnnalsPageCandidate *self = candidate_at (candidates, index);
  gsize own = self->text - MIN (self->text, self->inner_text);

  if (self->n_inner == 1)
    {
      AnnalsPageCandidate *inner = candidate_at (candidates, index + 1);

      if (title_of (self) != NULL && self->body == NULL && title_of (inner) != NULL && inner->body != NULL &&
          inner->title_link != NULL)
        return FALSE;
      if (own < self->inner_text || self->body == NULL)
        borrow (self, inner);
    }
  else if (self->n_inner > 1)
    {
      return title_of (self) != NULL && own >= OWN_TEXT && own >= self->inner_text;
    }

  return title_of (self) != NULL || self->body != NULL || self->summary != NULL;
}

/* The posts among the candidates (element type guint: indexes). The first candidate, the page, is none. */
static GArray *
choose_posts (GArray *candidates)
{
  g_autoptr(GArray) posts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint8 *inside = g_new0 (guint8, candidates->len);

  for (guint i = 1; i < candidates->len; i++)
    {
      inside[i] = inside[candidate_at (candidates, i)->parent];
      if (inside[i] || !is_post (candidates, i))
        continue;

      g_array_append_val (posts, i);
      inside[i] = TRUE;
    }

  return g_steal_pointer (&posts);
}

/* --- articles --- */

static char *
dup_link (AnnalsPage *page,
          xmlNode    *link)
{
  g_autofree char *href = link ? annals_page_dup_attribute (link, "href") : NULL;
  char *url = href ? annals_page_dup_absolute (page, href) : NULL;
  char *fragment = url ? strchr (url, '#') : NULL;

  if (fragment != NULL)
    *fragment = '\0';

  return url;
}

static char *
dup_permalink (AnnalsPage                *page,
               const AnnalsPageCandidate *self)
{
  xmlNode *links[] = { self->bookmark, self->title_link, self->more_link, self->date_link };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      char *url = dup_link (page, links[i]);

      if (url != NULL)
        return url;
    }

  return NULL;
}

static AnnalsPageArticle *
make_article (AnnalsPage                *page,
              const AnnalsPageCandidate *candidate,
              AnnalsExtent               extent)
{
  AnnalsPageArticle *self = g_new0 (AnnalsPageArticle, 1);

  self->node = candidate->node;
  self->title = title_of (candidate);
  self->url = dup_permalink (page, candidate);
  self->extent = extent;
  self->is_loose = candidate->body_loose;
  if (candidate->body != NULL && !candidate->body_split)
    self->body = candidate->body;
  /* a summary above a text that is marked is a part of the head */
  if (candidate->body == NULL)
    self->body = candidate->summary;

  return self;
}

static AnnalsExtent
extent_in_listing (AnnalsPage                *page,
                   const AnnalsPageCandidate *candidate)
{
  g_autofree char *permalink = NULL;
  g_autofree char *more = NULL;

  if (candidate->body == NULL && candidate->summary != NULL)
    return ANNALS_EXTENT_EXCERPT;

  if (candidate->more_link != NULL)
    {
      permalink = dup_permalink (page, candidate);
      more = dup_link (page, candidate->more_link);
      /* one that leads elsewhere is about something else */
      if (more == NULL || g_strcmp0 (permalink, more) == 0)
        return ANNALS_EXTENT_EXCERPT;
    }

  return ANNALS_EXTENT_LISTED;
}

static gboolean
same_address (const char *a,
              const char *b)
{
  g_autofree char *canonical_a = a ? annals_draft_canonical_url (a) : NULL;
  g_autofree char *canonical_b = b ? annals_draft_canonical_url (b) : NULL;

  return canonical_a != NULL && g_strcmp0 (canonical_a, canonical_b) == 0;
}

/* Of several posts on one post's page, the one that the page is of; the longest when nothing tells. */
static guint
choose_main (AnnalsPage    *page,
             const Signals *signals,
             GArray        *candidates,
             GArray        *posts,
             gboolean      *certain)
{
  guint best = g_array_index (posts, guint, 0);
  guint n_h1 = 0;
  guint with_h1 = 0;
  gsize others = 0;

  *certain = TRUE;
  for (guint i = 0; i < posts->len; i++)
    {
      guint index = g_array_index (posts, guint, i);
      const AnnalsPageCandidate *candidate = candidate_at (candidates, index);
      g_autofree char *id = annals_page_dup_attribute (candidate->node, "id");
      g_autofree char *url = dup_permalink (page, candidate);

      if (signals->post_id != NULL && g_strcmp0 (id, signals->post_id) == 0)
        return index;
      if (same_address (url, signals->address))
        return index;

      if (candidate->first_h1 != NULL)
        {
          n_h1++;
          with_h1 = index;
        }
      others += candidate->text;
      if (candidate->text > candidate_at (candidates, best)->text)
        best = index;
    }

  others -= candidate_at (candidates, best)->text;
  if (n_h1 == 1 && (with_h1 == best || candidate_at (candidates, with_h1)->text >= OWN_TEXT))
    best = with_h1;
  *certain = posts->len > 1 && n_h1 == 1 && best == with_h1 && candidate_at (candidates, best)->text > 3 * others;

  return best;
}

/* Whether the only post of a page is its subject, and not the only one of a list. */
static gboolean
is_alone (AnnalsPage                *page,
          const Signals             *signals,
          const AnnalsPageCandidate *candidate)
{
  g_autofree char *url = NULL;

  if (signals->is_article || candidate->first_h1 != NULL)
    return TRUE;

  url = dup_permalink (page, candidate);

  return url == NULL || signals->address == NULL || same_address (url, signals->address);
}

static AnnalsPageShape
find_shape (AnnalsPage    *page,
            const Signals *signals,
            GArray        *candidates,
            GArray        *posts,
            guint         *main_post)
{
  gboolean certain;

  if (signals->is_nothing)
    return ANNALS_PAGE_NOTHING;
  if (posts->len == 0)
    return ANNALS_PAGE_UNMARKED;

  *main_post = choose_main (page, signals, candidates, posts, &certain);
  if (signals->is_single)
    return ANNALS_PAGE_SINGLE;
  if (signals->is_listing)
    return ANNALS_PAGE_LISTING;
  if (posts->len == 1)
    return is_alone (page, signals, candidate_at (candidates, *main_post)) ? ANNALS_PAGE_SINGLE
                                                                          : ANNALS_PAGE_LISTING;

  return certain || signals->is_article ? ANNALS_PAGE_SINGLE : ANNALS_PAGE_LISTING;
}

static AnnalsPageShape
find_unmarked (AnnalsPage    *page,
               const Signals *signals,
               GArray        *candidates,
               GPtrArray     *articles)
{
  const AnnalsPageCandidate *whole = candidate_at (candidates, 0);

  if (!signals->is_single && !signals->is_article)
    {
      GPtrArray *blocks = annals_page_find_blocks (page);

      g_ptr_array_extend_and_steal (articles, blocks);
      if (articles->len > 0)
        return ANNALS_PAGE_LISTING;
    }

  /* a text that is marked as one, in no element that is marked as a post */
  if (whole->body != NULL && whole->body_text > 0 && title_of (whole) != NULL)
    {
      AnnalsPageArticle *article = make_article (page, whole, ANNALS_EXTENT_WHOLE);

      g_clear_pointer (&article->url, g_free);
      if (article->body != NULL)
        {
          g_ptr_array_add (articles, article);
          return ANNALS_PAGE_SINGLE;
        }
      annals_page_article_free (article);
    }

  return ANNALS_PAGE_UNMARKED;
}

/**
 * annals_page_find_articles:
 * @page: a page
 * @shape: (out): what kind of page it is
 *
 * Returns: (transfer full) (element-type AnnalsPageArticle): its posts
 */
GPtrArray *
annals_page_find_articles (AnnalsPage      *page,
                           AnnalsPageShape *shape)
{
  GPtrArray *articles = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_page_article_free);
  g_auto(Signals) signals = { FALSE, };
  g_autoptr(GArray) candidates = NULL;
  g_autoptr(GArray) posts = NULL;
  guint main_post = 0;

  g_return_val_if_fail (page != NULL && shape != NULL, articles);

  *shape = ANNALS_PAGE_NOTHING;
  if (annals_page_get_root (page) == NULL)
    return articles;

  read_signals (page, &signals);
  candidates = annals_page_list_candidates (page);
  posts = choose_posts (candidates);
  *shape = find_shape (page, &signals, candidates, posts, &main_post);

  switch (*shape)
    {
    case ANNALS_PAGE_UNMARKED:
      *shape = find_unmarked (page, &signals, candidates, articles);
      break;

    case ANNALS_PAGE_SINGLE:
      g_ptr_array_add (articles, make_article (page, candidate_at (candidates, main_post), ANNALS_EXTENT_WHOLE));
      break;

    case ANNALS_PAGE_LISTING:
      for (guint i = 0; i < posts->len; i++)
        {
          const AnnalsPageCandidate *post = candidate_at (candidates, g_array_index (posts, guint, i));

          g_ptr_array_add (articles, make_article (page, post, extent_in_listing (page, post)));
        }
      break;

    case ANNALS_PAGE_NOTHING:
      break;
    }

  return articles;
}

/* --- texts --- */

typedef struct
{
  const AnnalsPageArticle *article;
  guint                    without;   /* AnnalsPageMarks */
} LeaveOut;

/* A link to the rest is none of the text; where it stands in words of its own it is left to them. */
static gboolean
is_more_link (const AnnalsPageArticle *article,
              xmlNode                 *node,
              guint                    marks)
{
  g_autofree char *words = NULL;
  g_autofree char *href = NULL;

  if (!annals_page_node_is (node, "a") || article == NULL || article->extent != ANNALS_EXTENT_EXCERPT)
    return FALSE;
  if (marks & ANNALS_MARK_MORE)
    return TRUE;

  /* one that leads elsewhere is about something else */
  href = annals_page_dup_attribute (node, "href");
  if (href == NULL || (article->url != NULL && !g_str_has_prefix (href, article->url) &&
                       strstr (href, "://") != NULL && strstr (href, "#more-") == NULL))
    return FALSE;
  words = annals_page_dup_line (node);

  return annals_page_words_are_more (words);
}

static gboolean
leave_out (xmlNode  *node,
           gpointer  data)
{
  const LeaveOut *self = data;
  guint marks = annals_page_node_get_marks (node);

  if (self->article != NULL && node == self->article->body)
    return FALSE;
  if (marks & self->without)
    return TRUE;

  return is_more_link (self->article, node, marks);
}

/* The same for an element that holds title, date and author besides. */
static gboolean
leave_out_head (xmlNode  *node,
                gpointer  data)
{
  const LeaveOut *self = data;

  if (node == self->article->node)
    return FALSE;
  if (node == self->article->title)
    return TRUE;

  return leave_out (node, data);
}

#define NEVER_TEXT (ANNALS_MARK_HIDDEN | ANNALS_MARK_EXTRA | ANNALS_MARK_COMMENTS | ANNALS_MARK_COMMENT | \
                    ANNALS_MARK_CONTROL)

AnnalsText *
annals_page_article_dup_text (AnnalsPage              *page,
                              const AnnalsPageArticle *self)
{
  LeaveOut rules = { self, NEVER_TEXT };

  g_return_val_if_fail (page != NULL && self != NULL, NULL);

  if (self->body != NULL)
    return annals_text_new_from_html_node (self->body, annals_page_get_base (page), leave_out, &rules);

  rules.without |= ANNALS_MARK_META | ANNALS_MARK_ZONE;

  return annals_text_new_from_html_node (self->node, annals_page_get_base (page), leave_out_head, &rules);
}

AnnalsText *
annals_page_dup_text (AnnalsPage *page,
                      xmlNode    *node)
{
  AnnalsPageArticle whole = { .body = node, .extent = ANNALS_EXTENT_WHOLE };
  LeaveOut rules = { &whole, NEVER_TEXT };

  g_return_val_if_fail (page != NULL && node != NULL, NULL);

  return annals_text_new_from_html_node (node, annals_page_get_base (page), leave_out, &rules);
}
