/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-links-section.h"
#include "annals-note-card.h"
#include "annals-passage-view.h"
#include "annals-reader-header.h"

G_BEGIN_DECLS

#define ANNALS_TYPE_READER_PAGE (annals_reader_page_get_type ())
/**
 * AnnalsReaderPage:
 *
 * The sheet that scrolls: a post's header, its text in a column of readable width, and the notes
 * beside their passages, or below the text where the page is narrow. For a GtkScrolledWindow.
 *
 * The text view fills the whole page and does the scrolling; header and notes lie in its margins
 * and move with it. So only the lines in view are ever laid out or drawn, however long the text is.
 */
G_DECLARE_FINAL_TYPE (AnnalsReaderPage, annals_reader_page, ANNALS, READER_PAGE, GtkWidget)

AnnalsReaderHeader *annals_reader_page_get_header  (AnnalsReaderPage *self);
AnnalsPassageView  *annals_reader_page_get_passage (AnnalsReaderPage *self);

/* What stands below the text. */
AnnalsLinksSection *annals_reader_page_get_links   (AnnalsReaderPage *self);

/* @annotations: (element type AnnalsAnnotation) by start, kept by reference; those of @reading, and
 * those that are being made. Cards of notes shown before stay as they are. */
void                annals_reader_page_show        (AnnalsReaderPage *self,
                                                    AnnalsReading    *reading,
                                                    GPtrArray        *annotations);
/* The card of that note, made if need be; NULL when there is no such note. */
AnnalsNoteCard     *annals_reader_page_get_card    (AnnalsReaderPage *self,
                                                    gint64            annotation_id);
/* The card of the note being made has become that of the note @annotation_id. */
void                annals_reader_page_adopt       (AnnalsReaderPage *self,
                                                    gint64            annotation_id);
/* Makes a note stand out; 0: none. */
void                annals_reader_page_set_current (AnnalsReaderPage *self,
                                                    gint64            annotation_id);
/* Scrolls so that the card can be seen. */
void                annals_reader_page_reveal_card (AnnalsReaderPage *self,
                                                    gint64            annotation_id);
/* The note @step further on in the text; 0 at the end. */
gint64              annals_reader_page_get_next    (AnnalsReaderPage *self,
                                                    gint64            annotation_id,
                                                    int               step);
/* Hands on what is typed in open editors. */
void                annals_reader_page_save_notes  (AnnalsReaderPage *self);
void                annals_reader_page_scroll_home (AnnalsReaderPage *self);
/* The first code point in view. */
guint               annals_reader_page_get_top_offset (AnnalsReaderPage *self);
/* How many characters a line holds where there is room for them. */
void                annals_reader_page_set_measure (AnnalsReaderPage *self,
                                                    guint             n_chars);
/* Whether the end of the text is in view. */
gboolean            annals_reader_page_is_at_end   (AnnalsReaderPage *self);
/* Makes it a child of the page, in whose coordinates it points. */
void                annals_reader_page_add_popover (AnnalsReaderPage *self,
                                                    GtkPopover       *popover);

G_END_DECLS
