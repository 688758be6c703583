/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>
#include <pango/pango.h>

#include "annals-export.h"
#include "annals-pdf-text.h"

G_BEGIN_DECLS

/**
 * AnnalsPdfSetup:
 * @width: of the page, in points (1/72 inch)
 * @height: of the page, in points
 * @margin: left, right and above; below the foot comes in, too
 * @scale: of all text; 1: as it was designed
 * @hyphenate: break words at the ends of lines where their language is known
 *
 * The paper and what is made of it.
 */
typedef struct
{
  double   width;
  double   height;
  double   margin;
  double   scale;
  gboolean hyphenate;
} AnnalsPdfSetup;

/* What a block is in the report; each has one typeface, size and colour. */
typedef enum
{
  ANNALS_PDF_STYLE_TITLE,
  ANNALS_PDF_STYLE_LONG_TITLE,
  ANNALS_PDF_STYLE_SUBTITLE,
  ANNALS_PDF_STYLE_HEADING,
  ANNALS_PDF_STYLE_EVENT,
  ANNALS_PDF_STYLE_BODY,
  ANNALS_PDF_STYLE_QUOTE,
  ANNALS_PDF_STYLE_CODE,
  ANNALS_PDF_STYLE_DATE,
  ANNALS_PDF_STYLE_LANE,
  ANNALS_PDF_STYLE_SOURCE,
  ANNALS_PDF_STYLE_LABEL,
  ANNALS_PDF_STYLE_VALUE,
  ANNALS_PDF_STYLE_CHART,
  ANNALS_PDF_STYLE_FOOTER,
  ANNALS_PDF_N_STYLES
} AnnalsPdfStyle;

/**
 * AnnalsPdfBlock:
 * @text: (transfer full): what it says
 * @style: how it looks
 * @tag: its structure element ("P", "H2"), a literal
 * @level: lists around it
 * @is_item: it begins an item of a list
 * @x: its left edge, from the body's
 * @width: at most so wide
 * @before: space above it, none at the top of a page
 * @hang: all lines but the first are indented by so much
 * @colour: of the text; -1: the style's
 * @bar: colour of a bar at its left; -1: none
 * @max_lines: cut with "…" after so many; 0: never
 * @keep: not broken over pages where it fits on one
 * @with_next: stands on the page on which the next block begins
 * @keep_direction: begins at the left whatever the script of its first word
 * @dest: (nullable) (transfer full): the name under which links find it
 * @language: (nullable): BCP 47, borrowed
 * @layout: (nullable): made when it is first measured
 *
 * A paragraph, heading or cell.
 */
typedef struct
{
  AnnalsPdfText  *text;
  AnnalsPdfStyle  style;
  const char     *tag;
  guint           level;
  gboolean        is_item;
  double          x;
  double          width;
  double          before;
  double          hang;
  gint64          colour;
  gint64          bar;
  guint           max_lines;
  gboolean        keep;
  gboolean        with_next;
  gboolean        keep_direction;
  char           *dest;
  const char     *language;
  PangoLayout    *layout;
} AnnalsPdfBlock;

/**
 * AnnalsPdf:
 *
 * A document in the making: pages with their frame, a place on the page, and the tree of structure
 * elements. Lengths are points, y grows downwards. One thread.
 */
typedef struct _AnnalsPdf AnnalsPdf;

/* Takes the bytes of the document; FALSE ends it. */
typedef gboolean (*AnnalsPdfWrite) (gpointer      user_data,
                                    const guint8 *data,
                                    gsize         length);

/**
 * AnnalsPdfTarget:
 * @write: (nullable): takes a tagged PDF document
 * @begin_page: (nullable): gives what the next page is drawn on, without links and structure.
 *   Returns: (transfer full)
 * @user_data: of either
 * @cancellable: (nullable) borrowed: ends it
 *
 * Where the pages go: one of the two, or neither, which measures only and is how the number of
 * pages is found.
 */
typedef struct
{
  AnnalsPdfWrite    write;
  cairo_t        *(*begin_page) (gpointer user_data);
  gpointer          user_data;
  GCancellable     *cancellable;
} AnnalsPdfTarget;

void            annals_pdf_setup_init      (AnnalsPdfSetup            *self,
                                            const AnnalsExportOptions *options);

/* The fonts of documents, the costly part of one: to be shared by the passes over a report. A map
 * of its own, so that the program's resolution and font settings do not reach the paper.
 * Returns: (transfer full) */
PangoFontMap   *annals_pdf_create_fonts    (void);

/* @measured (nullable): the pass before this one over the same, which knows the number of pages and
 * what is on which. It is not kept. */
AnnalsPdf      *annals_pdf_new             (const AnnalsPdfSetup  *setup,
                                            const AnnalsPdfTarget *target,
                                            AnnalsPdf             *measured,
                                            const char            *title,
                                            const char            *notebook_title,
                                            PangoFontMap          *fonts);
void            annals_pdf_free            (AnnalsPdf      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPdf, annals_pdf_free)

/* What the document says of itself; @exported in seconds since 1970 UTC, @author may be "". */
void            annals_pdf_set_metadata    (AnnalsPdf      *self,
                                            const char     *author,
                                            const char     *subject,
                                            gint64          exported);
/* Whether what is drawn on takes nothing any more, or it was cancelled: the rest need not be placed. */
gboolean        annals_pdf_has_failed      (AnnalsPdf      *self);
/* Ends the last page. FALSE when something could not be drawn or written; *why is then Cairo's word
 * for it, not to be freed. */
gboolean        annals_pdf_finish          (AnnalsPdf      *self,
                                            const char    **why);

const AnnalsPdfSetup *
                annals_pdf_get_setup       (AnnalsPdf      *self);
/* The page's left edge of the body. */
double          annals_pdf_get_left        (AnnalsPdf      *self);
/* The width of the side column with its gutter. */
double          annals_pdf_get_column      (AnnalsPdf      *self);
double          annals_pdf_get_body_width  (AnnalsPdf      *self);
double          annals_pdf_get_body_height (AnnalsPdf      *self);
/* From the page's top edge to where the next block goes. */
double          annals_pdf_get_y           (AnnalsPdf      *self);
/* From there to the body's end. */
double          annals_pdf_get_room        (AnnalsPdf      *self);
guint           annals_pdf_get_page        (AnnalsPdf      *self);
/* The page on which the pass before this one placed what is found as @dest; 0: not known. */
guint           annals_pdf_get_page_of     (AnnalsPdf      *self,
                                            const char     *dest);
/* What the heads of pages say from here on: the name of the part that goes on there. */
void            annals_pdf_set_section     (AnnalsPdf      *self,
                                            const char     *title);
/* Of the page at hand; NULL while only measuring. */
cairo_t        *annals_pdf_get_cairo       (AnnalsPdf      *self);

/* Moves down; at the top of a page nothing moves. */
void            annals_pdf_skip            (AnnalsPdf      *self,
                                            double          height);
/* Moves down after something of that height was drawn. */
void            annals_pdf_advance         (AnnalsPdf      *self,
                                            double          height);
/* A new page, unless @height fits on this one or nowhere. */
void            annals_pdf_reserve         (AnnalsPdf      *self,
                                            double          height);
/* A structure element around other elements; text goes in blocks only. */
void            annals_pdf_begin           (AnnalsPdf      *self,
                                            const char     *tag);
void            annals_pdf_end             (AnnalsPdf      *self,
                                            const char     *tag);
/* The same, saying what is drawn in words, of a Span the text that it stands for, or that it is in another language
 * than the document; both nullable. */
void            annals_pdf_begin_with      (AnnalsPdf      *self,
                                            const char     *tag,
                                            const char     *words,
                                            const char     *language);
/* Closes and opens the elements of lists, so that a block of @level stands in as many. */
void            annals_pdf_set_list_level  (AnnalsPdf      *self,
                                            guint           level,
                                            gboolean        is_item);
/* @link: the attributes of Cairo's link tag. */
void            annals_pdf_begin_link      (AnnalsPdf      *self,
                                            const char     *link);
void            annals_pdf_end_link        (AnnalsPdf      *self);
/* An entry among the bookmarks, below @parent (0: at the top). Returns its number; 0 while
 * measuring. */
int             annals_pdf_add_bookmark    (AnnalsPdf      *self,
                                            int             parent,
                                            const char     *title,
                                            const char     *dest,
                                            gboolean        open);
/* A name for a height on this page. */
void            annals_pdf_add_dest        (AnnalsPdf      *self,
                                            const char     *dest,
                                            double          y);
/* A thin line across the body. */
void            annals_pdf_draw_rule       (AnnalsPdf      *self);

/* Returns: (transfer full): a block as wide as the body right of @x, to be changed before it is
 * placed */
AnnalsPdfBlock *annals_pdf_block_new       (AnnalsPdf      *self,
                                            AnnalsPdfText  *text,
                                            AnnalsPdfStyle  style,
                                            const char     *tag,
                                            double          x);
void            annals_pdf_block_free      (AnnalsPdfBlock *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPdfBlock, annals_pdf_block_free)

/* Returns: (transfer full) (element-type AnnalsPdfBlock): none yet */
GPtrArray      *annals_pdf_blocks_new      (void);
/* The height of all of a block, with the space above it. */
double          annals_pdf_measure_block   (AnnalsPdf      *self,
                                            AnnalsPdfBlock *block);
/* The room that the beginning of @blocks needs so as not to be torn from what follows, beside @side
 * (nullable). */
double          annals_pdf_measure_head    (AnnalsPdf      *self,
                                            GPtrArray      *blocks,
                                            GPtrArray      *side);
/* Places @blocks below each other, over as many pages as it takes, and @side (nullable) in the side
 * column at the first one's height. */
void            annals_pdf_place           (AnnalsPdf      *self,
                                            GPtrArray      *blocks,
                                            GPtrArray      *side);
/* Places one block. */
void            annals_pdf_place_block     (AnnalsPdf      *self,
                                            AnnalsPdfBlock *block);

/* A short text at a point of a drawing: one line, cut with "…" at @width. Returns the width it
 * took. */
double          annals_pdf_draw_label      (AnnalsPdf      *self,
                                            const char     *string,
                                            AnnalsPdfStyle  style,
                                            gint64          colour,
                                            double          x,
                                            double          y,
                                            double          width);
/* The width and height that annals_pdf_draw_label() would take. */
void            annals_pdf_measure_label   (AnnalsPdf      *self,
                                            const char     *string,
                                            AnnalsPdfStyle  style,
                                            double         *width,
                                            double         *height);
void            annals_pdf_set_colour      (cairo_t        *cr,
                                            gint64          colour);

G_END_DECLS
