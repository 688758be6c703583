/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-page-main.h"

G_BEGIN_DECLS

/* The page as an array in its own order, so that all that follows walks forwards or backwards and
 * needs neither recursion nor changes to the tree. */

#define ANNALS_MAIN_NONE G_MAXUINT

typedef enum
{
  ANNALS_TAG_TEXT,          /* no element */
  ANNALS_TAG_INLINE,        /* and everything unknown */
  ANNALS_TAG_BREAK,
  ANNALS_TAG_IMAGE,
  ANNALS_TAG_LINK,
  ANNALS_TAG_ADDRESS,
  ANNALS_TAG_ARTICLE,
  ANNALS_TAG_ASIDE,
  ANNALS_TAG_BODY,
  ANNALS_TAG_BUTTON,
  ANNALS_TAG_CELL,
  ANNALS_TAG_CODE,
  ANNALS_TAG_DETAILS,
  ANNALS_TAG_DIV,
  ANNALS_TAG_FIELDSET,
  ANNALS_TAG_FIGURE,
  ANNALS_TAG_FOOTER,
  ANNALS_TAG_FORM,
  ANNALS_TAG_HEADER,
  ANNALS_TAG_HEADING,       /* h1 to h6 */
  ANNALS_TAG_INPUT,
  ANNALS_TAG_ITEM,          /* li, dt, dd */
  ANNALS_TAG_LIST,
  ANNALS_TAG_MAIN,
  ANNALS_TAG_NAV,
  ANNALS_TAG_PARAGRAPH,
  ANNALS_TAG_PRE,
  ANNALS_TAG_QUOTATION,
  ANNALS_TAG_ROW,
  ANNALS_TAG_SECTION,
  ANNALS_TAG_TABLE,
  ANNALS_TAG_TABLE_PART,    /* tbody, thead, tfoot, caption */
} AnnalsMainTag;

/* What the names in class and id say of an element. */
typedef enum
{
  ANNALS_NAMES_UNLIKELY = 1 << 0,   /* furniture, if one may trust names */
  ANNALS_NAMES_MAYBE    = 1 << 1,   /* names that text has too */
  ANNALS_NAMES_GOOD     = 1 << 2,
  ANNALS_NAMES_BAD      = 1 << 3,
  ANNALS_NAMES_SHARE    = 1 << 4,   /* buttons to pass the page on */
  ANNALS_NAMES_BYLINE   = 1 << 5,
  ANNALS_NAMES_TALK     = 1 << 6,   /* a list of comments, or a form for them */
  ANNALS_NAMES_MORE     = 1 << 7,   /* teasers of other pages */
  ANNALS_NAMES_CONSENT  = 1 << 8,   /* a cookie notice */
} AnnalsMainNames;

/* What is known of an element wherever it stands. */
typedef enum
{
  ANNALS_MAIN_FURNITURE_ROLE = 1 << 0,
  ANNALS_MAIN_DATA_TABLE     = 1 << 1,
  ANNALS_MAIN_IN_DATA_TABLE  = 1 << 2,
  ANNALS_MAIN_IN_TABLE       = 1 << 3,
  ANNALS_MAIN_IN_CODE        = 1 << 4,
  ANNALS_MAIN_IN_FIGURE      = 1 << 5,
  ANNALS_MAIN_IN_LINK        = 1 << 6,
  ANNALS_MAIN_IN_HEADING     = 1 << 7,
  ANNALS_MAIN_IN_LIST        = 1 << 8,
  ANNALS_MAIN_BYLINE_MARK    = 1 << 9,    /* rel=author, itemprop=author */
  ANNALS_MAIN_NEAR_LINK      = 1 << 10,   /* a link into the page itself */
  ANNALS_MAIN_TITLE          = 1 << 11,   /* a heading that says the page's title again */
  ANNALS_MAIN_TEXT_MARK      = 1 << 12,   /* itemprop=articleBody */
  ANNALS_MAIN_HOLDS_TITLE    = 1 << 13,   /* something in it is the title or a text so marked */
} AnnalsMainFacts;

/**
 * AnnalsMainNode:
 *
 * An element or a text. The counts are of what is in it and not left out.
 */
typedef struct
{
  xmlNode *node;
  guint    parent;      /* index; ANNALS_MAIN_NONE for the root */
  guint    end;         /* index after the last one in it */
  guint16  tag;         /* AnnalsMainTag */
  guint16  names;       /* AnnalsMainNames */
  guint16  facts;       /* AnnalsMainFacts */
  guint8   gone;        /* left out, with all that is in it */
  guint8   has_block;   /* something in it begins a line of its own */
  guint    own_chars;   /* texts only: characters, white space folded, wide ones twice */
  guint    own_commas;  /* texts only */
  guint    chars;
  guint    commas;
  guint    link_chars;  /* in links; a third of those in links into the page itself */
  guint    list_chars;
  guint    heading_chars;
  guint    paragraphs;
  guint    runs;        /* of bare text in it that are as good as a paragraph, direct ones */
  guint    images;
  guint    items;
  guint    inputs;
  float    score;
  guint8   is_candidate;
} AnnalsMainNode;

/**
 * AnnalsMainTree:
 *
 * All nodes of a page that are shown, in its order.
 */
typedef struct
{
  GArray *nodes;   /* AnnalsMainNode */
} AnnalsMainTree;

static inline AnnalsMainNode *
annals_main_tree_get (AnnalsMainTree *self,
                      guint           index)
{
  return &g_array_index (self->nodes, AnnalsMainNode, index);
}

/* What may be left out; each try has fewer. */
typedef enum
{
  ANNALS_MAIN_TRUST_NAMES  = 1 << 0,   /* unlikely elements go before anything is counted */
  ANNALS_MAIN_WEIGH_NAMES  = 1 << 1,
  ANNALS_MAIN_CLEAN        = 1 << 2,
} AnnalsMainFlags;

/* --- annals-page-main-tree.c --- */

/* @title (nullable): to know the heading that repeats it. @show_hidden: take in what the page hides. NULL
 * when @root holds too much. */
AnnalsMainTree *annals_main_tree_new   (xmlNode        *root,
                                        const char     *title,
                                        gboolean        show_hidden);
void            annals_main_tree_free  (AnnalsMainTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsMainTree, annals_main_tree_free)

/* Adds what is in @child to what is in its parent. */
void            annals_main_tree_add_up (AnnalsMainTree *self,
                                         guint           child);
void            annals_main_tree_zero   (AnnalsMainNode *node);
/* The share of the text in @node that is links, 0 to 1. */
double          annals_main_node_link_density (const AnnalsMainNode *node);
gboolean        annals_main_tag_is_inline     (AnnalsMainTag tag);

/* --- annals-page-main-runs.c --- */

/**
 * AnnalsMainRun:
 *
 * Words and phrases that stand directly in an element: a paragraph without an element of its own.
 */
typedef struct
{
  guint first;        /* index */
  guint end;
  guint chars;
  guint link_chars;
  guint commas;
} AnnalsMainRun;

/* The next run in @container, from its child @position on (the first: the index after the container's);
 * two line breaks end one too. FALSE at the end. */
gboolean        annals_main_tree_next_run   (AnnalsMainTree *self,
                                             guint           container,
                                             guint          *position,
                                             AnnalsMainRun  *run);
/* Sets the node's runs, when all that is in it is counted. */
void            annals_main_tree_count_runs (AnnalsMainTree *self,
                                             guint           index);
gboolean        annals_main_node_is_phrase  (const AnnalsMainNode *node);

/* --- annals-page-main-names.c --- */

AnnalsMainNames annals_main_names_of   (const char *class_names,
                                        const char *id);

/* --- annals-page-main-score.c --- */

/* What holds the text: the children of an element that are kept (others are gone), or everything.
 * Returns: the index of that element */
guint           annals_main_tree_choose (AnnalsMainTree  *self,
                                         AnnalsMainFlags  flags);
/* 25 or −25 for what its names say */
int             annals_main_node_weight (const AnnalsMainNode *node,
                                         AnnalsMainFlags       flags);

/* --- annals-page-main-clean.c --- */

/* Leaves out furniture inside the element @root. */
void            annals_main_tree_clean  (AnnalsMainTree  *self,
                                         guint            root,
                                         AnnalsMainFlags  flags);

G_END_DECLS
