/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/**
 * AnnalsHelpPage:
 *
 * A page of the help, in Mallard. Borrowed from its book.
 */
typedef struct
{
  char   *id;
  char   *title;
  char   *sort_title;    /* (nullable) */
  char   *guide;      /* (nullable): the part of the index that leads to it: "work" */
  char   *description;
  char   *text;       /* all of its words, casefolded */
  xmlDoc *document;
} AnnalsHelpPage;

/**
 * AnnalsHelpBook:
 *
 * All pages of the help, as the program carries them, in the order of the index: its parts as they stand there, and in
 * a part by title, or by what a page has as its title of type “sort”.
 */
typedef struct _AnnalsHelpBook AnnalsHelpBook;

AnnalsHelpBook       *annals_help_book_new      (void);
void                  annals_help_book_free     (AnnalsHelpBook       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsHelpBook, annals_help_book_free)

guint                 annals_help_book_count    (AnnalsHelpBook       *self);
const AnnalsHelpPage *annals_help_book_get      (AnnalsHelpBook       *self,
                                                 guint                 position);
/* (nullable); @id may name a section as well: "index#work" */
const AnnalsHelpPage *annals_help_book_find     (AnnalsHelpBook       *self,
                                                 const char           *id);
/* Whether all of these words stand on it; they may be beginnings of words. */
gboolean              annals_help_page_matches  (const AnnalsHelpPage *self,
                                                 const char           *words);

G_END_DECLS
