/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-format.h"
#include "annals-page.h"
#include "annals-stamp.h"

G_BEGIN_DECLS

/**
 * AnnalsPageFacts:
 *
 * What a page, or one article on it, says of itself. Strings are lines, at most some thousand
 * characters long; they are NULL where nothing is said.
 */
typedef struct
{
  char            *title;
  char            *author;     /* several: joined by ", " */
  char            *source;     /* the publication's name */
  char            *language;   /* BCP 47 */
  char            *url;        /* its own address, absolute */
  char            *guid;
  char           **aliases;    /* (nullable): its other addresses */
  char           **tags;       /* (nullable): tags, categories, keywords; each once */
  AnnalsDate      *published;  /* NULL when unknown */
  AnnalsStampDoubt doubt;      /* about that; ANNALS_STAMP_MISSING when no date is there */
  char            *stamp;      /* the date as it is written there */
  gboolean         is_page;    /* no post: an "About" page, a list, the front page */
} AnnalsPageFacts;

void             annals_page_facts_free (AnnalsPageFacts            *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPageFacts, annals_page_facts_free)

/* Reads what stands in @article (nullable: the whole page, which is about one article), from what is said to
 * machines to what a reader sees; per field, the statement that is trusted most counts. @settings (nullable)
 * give the time zone of dates that name none, and a language. Never NULL. */
AnnalsPageFacts *annals_page_facts_read (AnnalsPage                 *page,
                                         xmlNode                    *article,
                                         const AnnalsFormatSettings *settings);

G_END_DECLS
