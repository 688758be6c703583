/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-format.h"
#include "annals-line-reader.h"
#include "annals-month-lines.h"
#include "annals-month-survey.h"

G_BEGIN_DECLS

#define ANNALS_MONTH_MAX_TITLE 400
/* A line of a page that a program broke into lines */
#define ANNALS_MONTH_MAX_BROKEN 120

typedef enum
{
  ANNALS_MONTH_TITLES_ABOVE_BYLINES,
  ANNALS_MONTH_TITLES_UNDER_BYLINES,   /* the byline opens the post, its title follows */
  ANNALS_MONTH_TITLES_BEHIND_BYLINES,  /* the byline ends a post, the next one's title follows */
  ANNALS_MONTH_TITLES_BY_DATE,         /* "Title (3 March, 2020)" */
  ANNALS_MONTH_TITLES_BY_MARK,         /* "## Title" */
  ANNALS_MONTH_TITLES_BY_GAP,
  ANNALS_MONTH_TITLES_BY_HEADING,      /* gaps say nothing either: one post */
} AnnalsMonthTitles;

/**
 * AnnalsMonthSegment:
 * @lines: element type AnnalsLine
 * @join: what joins them to the text before
 * @sidebar: begins with what can be a sidebar's heading
 *
 * Lines of a block that belong together.
 */
typedef struct
{
  GPtrArray  *lines;
  const char *join;
  gboolean    sidebar;
} AnnalsMonthSegment;

/**
 * AnnalsMonthPost:
 *
 * A post while it is read.
 */
typedef struct
{
  char               *title;     /* NULL when it has none */
  char               *url;
  char               *author;
  AnnalsDate         *date;
  GPtrArray          *tags;
  guint               line;
  GString            *body;
  AnnalsMonthSegment *tail;      /* the last segment, not in the body: it may end with the source */
  gboolean            full;
  gboolean            teaser;    /* what leads on to the whole post stood under it */
  gboolean            half;      /* its byline was a day or a name alone */
} AnnalsMonthPost;

/**
 * AnnalsMonthAside:
 * @segments: element type AnnalsMonthSegment
 * @n_signs: lines of it that only a sidebar has
 *
 * Blocks that may be a sidebar.
 */
typedef struct
{
  GPtrArray *segments;
  guint      n_signs;
  gsize      n_bytes;
} AnnalsMonthAside;

/**
 * AnnalsMonthPage:
 *
 * The state of the reader.
 */
typedef struct
{
  AnnalsFormatReader         *reader;      /* borrowed */
  const AnnalsFormatSettings *settings;    /* borrowed */
  AnnalsLineReader           *lines;
  AnnalsMonthTitles           titles;
  AnnalsMonthDialect          dialect;
  guint                       mark_level;  /* of titles, with TITLES_BY_MARK */
  gboolean                    days;        /* days and names alone are bylines */
  gboolean                    joined;      /* no blank lines between title and byline */
  gboolean                    bare;        /* headings are months alone */
  AnnalsDate                 *month;       /* of the last heading; NULL before it */
  AnnalsLine                 *pending;     /* a heading that is a title if a byline follows */
  GPtrArray                  *block;       /* of AnnalsLine: the block being read */
  gsize                       block_bytes;
  gboolean                    block_cut;   /* the block goes on what was cut off before */
  guint                       gap;         /* blank lines before the block */
  gboolean                    after_heading;
  gboolean                    expect_title;
  gboolean                    begun;       /* a block was read */
  AnnalsMonthSegment         *held;        /* the last one, which may be the next post's title */
  AnnalsMonthSegment         *references;  /* "References", which may head the list of addresses */
  gboolean                    in_references;
  AnnalsMonthAside           *aside;       /* NULL outside of what may be a sidebar */
  AnnalsMonthPost            *post;        /* NULL before the first title */
} AnnalsMonthPage;

/**
 * AnnalsMonthKindOf:
 * @ANNALS_MONTH_KIND_MARK: a title by its mark
 * @ANNALS_MONTH_KIND_DAY: a byline where the page has no others
 *
 * What a line is in its block.
 */
typedef enum
{
  ANNALS_MONTH_KIND_TEXT,
  ANNALS_MONTH_KIND_HEADING,
  ANNALS_MONTH_KIND_BYLINE,
  ANNALS_MONTH_KIND_FILING,
  ANNALS_MONTH_KIND_MAYBE_NAVIGATION,
  ANNALS_MONTH_KIND_NAVIGATION,
  ANNALS_MONTH_KIND_SIDEBAR,
  ANNALS_MONTH_KIND_MARK,
  ANNALS_MONTH_KIND_DAY,
  ANNALS_MONTH_KIND_NAME,
} AnnalsMonthKindOf;

/**
 * AnnalsMonthKind:
 * @continues: furniture that says that the post goes on elsewhere
 * @byline: (nullable): what the line says as one
 */
typedef struct
{
  AnnalsMonthKindOf  kind;
  gboolean           continues;
  AnnalsByline      *byline;
} AnnalsMonthKind;

/* annals-month-kinds.c */
/* Of the lines of the block, which has one at least (element type AnnalsMonthKind). */
GArray             *annals_month_page_dup_kinds  (AnnalsMonthPage          *self);
/* A heading by its marks, which ends the text before it without a blank line */
gboolean            annals_month_page_is_marked  (AnnalsMonthPage          *self,
                                                  const AnnalsLine         *line);

/* annals-month-post.c */
/* The line without what its dialect wrote into it */
char               *annals_month_page_dup_plain  (AnnalsMonthPage          *self,
                                                  const AnnalsLine         *line);
AnnalsMonthSegment *annals_month_segment_new     (const char               *join);
void                annals_month_segment_free    (AnnalsMonthSegment       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsMonthSegment, annals_month_segment_free)
void                annals_month_post_free       (AnnalsMonthPost          *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsMonthPost, annals_month_post_free)

char               *annals_month_page_place      (AnnalsMonthPage          *self,
                                                  guint                     line);
void                annals_month_page_account    (AnnalsMonthPage          *self,
                                                  const AnnalsLine         *line,
                                                  AnnalsAccountKind         kind);
void                annals_month_page_account_segment (AnnalsMonthPage          *self,
                                                       const AnnalsMonthSegment *segment,
                                                       AnnalsAccountKind         kind);
/* Text that is in no post goes into the issues whole, in as many rows as it needs. */
void                annals_month_page_report     (AnnalsMonthPage          *self,
                                                  const AnnalsMonthSegment *segment,
                                                  AnnalsSeverity            severity,
                                                  const char               *reason);
/* Takes @segment (nullable) as text of the post. */
void                annals_month_page_take_text  (AnnalsMonthPage          *self,
                                                  AnnalsMonthSegment       *segment);
gboolean            annals_month_page_can_be_title (AnnalsMonthPage          *self,
                                                    const AnnalsMonthSegment *segment);
/* Ends the post before and begins one. Takes @title (nullable), which stands before its byline. */
void                annals_month_page_begin_post (AnnalsMonthPage          *self,
                                                  AnnalsMonthSegment       *title,
                                                  guint                     line);
/* Takes @title as the title of the post that has begun. */
void                annals_month_page_set_title  (AnnalsMonthPage          *self,
                                                  AnnalsMonthSegment       *title);
void                annals_month_page_finish_post (AnnalsMonthPage         *self);
void                annals_month_post_take_byline (AnnalsMonthPost         *self,
                                                   AnnalsByline            *byline);

/* annals-month-aside.c */
void                annals_month_aside_free      (AnnalsMonthAside         *self);
/* Whether @segment belongs to a sidebar or may do so; then it is taken. */
gboolean            annals_month_page_take_aside (AnnalsMonthPage          *self,
                                                  AnnalsMonthSegment       *segment);
/* Ends it: furniture if it was a sidebar for sure, else text. */
void                annals_month_page_end_aside  (AnnalsMonthPage          *self);
/* The last block, which was the next post's title; NULL when it cannot be. */
AnnalsMonthSegment *annals_month_page_cut_aside  (AnnalsMonthPage          *self);
gboolean            annals_month_page_in_sidebar (AnnalsMonthPage          *self);
/* The same for the list of the page's addresses. */
gboolean            annals_month_page_take_references (AnnalsMonthPage     *self,
                                                       AnnalsMonthSegment  *segment);
void                annals_month_page_end_references  (AnnalsMonthPage     *self);

G_END_DECLS
