/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-reading.h"

G_BEGIN_DECLS

/* The page's colours. */
typedef enum
{
  ANNALS_TONE_WINDOW,   /* light or dark, as the windows are */
  ANNALS_TONE_LIGHT,
  ANNALS_TONE_SEPIA,
  ANNALS_TONE_DARK,
} AnnalsTone;

#define ANNALS_TYPE_PASSAGE_VIEW (annals_passage_view_get_type ())
/**
 * AnnalsPassageView:
 *
 * The text of a post, read-only, with its markup, what was marked in it and what was searched for.
 * Offsets of its buffer are the code points of the canonical text.
 *
 * Signals:
 *   "passage-clicked" (guint offset)   the primary button, without a selection, or Enter
 *   "selection-settled"                the pointer was released or the keyboard rested, and
 *                                      there is a selection
 *   "selection-changed"                at once, for what stands beside it to go away
 *   "bounds-moved" (gint64 id, guint start, guint end)
 *                                      the open passage's bounds were moved there, by pointer or
 *                                      keyboard; it is shown there until the text is set again
 */
G_DECLARE_FINAL_TYPE (AnnalsPassageView, annals_passage_view, ANNALS, PASSAGE_VIEW, GtkTextView)

GtkWidget        *annals_passage_view_new               (void);
/* Shows @text with @annotations painted (element type AnnalsAnnotation), by start, kept by reference.
 * Those under review have no place in the text. */
void              annals_passage_view_set_text          (AnnalsPassageView *self,
                                                         AnnalsText        *text,
                                                         GPtrArray         *annotations);
AnnalsText       *annals_passage_view_get_text          (AnnalsPassageView *self);

void              annals_passage_view_set_tone          (AnnalsPassageView *self,
                                                         AnnalsTone         tone);

/* Shows those of its pictures that are at hand; @bytes: address → GBytes, kept by reference. */
void              annals_passage_view_set_pictures      (AnnalsPassageView *self,
                                                         GHashTable        *bytes);
/* What highlights of a colour are called: colour → name, kept by reference. */
void              annals_passage_view_set_colour_names  (AnnalsPassageView *self,
                                                         GHashTable        *names);
/* How wide a line is, in pixels: tables are laid out for it. */
void              annals_passage_view_set_measure       (AnnalsPassageView *self,
                                                         int                measure);
/* The one that stands out; 0: none */
void              annals_passage_view_set_current       (AnnalsPassageView *self,
                                                         gint64             annotation_id);
/* All there, the innermost first (element type AnnalsAnnotation, borrowed). Returns: (transfer full) */
GPtrArray        *annals_passage_view_list_annotations_at (AnnalsPassageView *self,
                                                           guint              offset);
/* The innermost there; NULL when there is none. */
AnnalsAnnotation *annals_passage_view_get_annotation_at (AnnalsPassageView *self,
                                                         guint              offset);
/* The address; NULL when there is no link. */
const char       *annals_passage_view_get_link_at       (AnnalsPassageView *self,
                                                         guint              offset);

/* @hits: (element type AnnalsHit) (nullable), kept by reference */
void              annals_passage_view_set_hits          (AnnalsPassageView *self,
                                                         GArray            *hits);
/* Makes one stand out and scrolls to it; G_MAXUINT: none. */
void              annals_passage_view_set_current_hit   (AnnalsPassageView *self,
                                                         guint              index);

/* Whether a passage is open whose bounds can be moved. */
gboolean          annals_passage_view_has_bounds        (AnnalsPassageView *self);
/* Moves the end or the start of the open passage by @step words; it counts when it is committed, or when the
 * keyboard has rested. FALSE when there is no way to go. */
gboolean          annals_passage_view_step_bound        (AnnalsPassageView *self,
                                                         gboolean           end,
                                                         int                step);
void              annals_passage_view_commit_bounds     (AnnalsPassageView *self);
/* FALSE when none were being moved. */
gboolean          annals_passage_view_cancel_bounds     (AnnalsPassageView *self);

/* FALSE when nothing is selected. */
gboolean          annals_passage_view_get_selection     (AnnalsPassageView *self,
                                                         guint             *start,
                                                         guint             *end);
void              annals_passage_view_select            (AnnalsPassageView *self,
                                                         guint              start,
                                                         guint              end);
/* Brings it into view, with some text above it. */
void              annals_passage_view_scroll_to         (AnnalsPassageView *self,
                                                         guint              offset);
/* Makes it the first that is seen. */
void              annals_passage_view_scroll_to_top     (AnnalsPassageView *self,
                                                         guint              offset);
/* Where the end of the range is seen, in the widget's coordinates; FALSE when it is out of view. */
gboolean          annals_passage_view_get_rectangle     (AnnalsPassageView *self,
                                                         guint              start,
                                                         guint              end,
                                                         GdkRectangle      *rectangle);
/* Pixels that @n_chars of ordinary prose take in its font. */
int               annals_passage_view_measure_prose     (AnnalsPassageView *self,
                                                         guint              n_chars);

G_END_DECLS
