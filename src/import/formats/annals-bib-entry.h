/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-format.h"

G_BEGIN_DECLS

/**
 * AnnalsBibEntry:
 *
 * An entry of a bibliography: a post to be filled. What an import of its page brings later takes the place of its
 * abstract, as the two have one address. Strings are NULL where nothing is said, and as they stand in the file.
 */
typedef struct
{
  char      *id;          /* of the entry */
  char      *title;
  GPtrArray *authors;     /* (element type char *) as they are said: "Given Family" */
  char      *container;   /* the publication */
  char      *url;
  char      *doi;
  char      *language;
  char      *abstract;
  char      *date;        /* EDTF, or words */
  GPtrArray *keywords;    /* (element type char *) */
  guint      line;        /* 0: not known */
  guint      number;      /* in the file, from 1 */
} AnnalsBibEntry;

AnnalsBibEntry *annals_bib_entry_new      (guint               number,
                                           guint               line);
void            annals_bib_entry_free     (AnnalsBibEntry     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsBibEntry, annals_bib_entry_free)

/* "Family, Given" as "Given Family". Free with g_free(). */
char           *annals_bib_entry_dup_name (const char         *name);
/* EDTF of numbers as they were said, 0 where nothing was; NULL when they are no date. Free with g_free(). */
char           *annals_bib_entry_dup_date (gint64              year,
                                           gint64              month,
                                           gint64              day);
/* Gives @reader the draft that it is, made of @source, the entry as it stands in the file. */
void            annals_bib_entry_draft    (AnnalsBibEntry     *self,
                                           AnnalsFormatReader *reader,
                                           const char         *source,
                                           gsize               length);

G_END_DECLS
