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
  char      *date_rest;   /* words of it that have no place in the date */
  GPtrArray *keywords;    /* (element type char *) */
  guint      line;        /* 0: not known */
  guint      number;      /* in the file, from 1 */
} AnnalsBibEntry;

/**
 * AnnalsBibRemarks:
 *
 * What is true of many entries of a file, as bibliographies are lists of what is still to be read: counted, and said
 * once. Zeros to begin with.
 */
typedef struct
{
  guint      n_fillable;   /* without a text, with an address */
  guint      n_empty;      /* with neither */
  guint      n_undated;
  GPtrArray *undated;      /* (element type char *) (nullable): titles of the first of these */
} AnnalsBibRemarks;

/* Gives them to @reader as issues of the file, and empties @self. */
void            annals_bib_remarks_report (AnnalsBibRemarks   *self,
                                           AnnalsFormatReader *reader);
/* When they are not to be reported any more. */
void            annals_bib_remarks_clear  (AnnalsBibRemarks   *self);

AnnalsBibEntry *annals_bib_entry_new      (guint               number,
                                           guint               line);
void            annals_bib_entry_free     (AnnalsBibEntry     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsBibEntry, annals_bib_entry_free)

/* "Family, Given" as "Given Family"; @suffix_second: "Family, Jr., Given", as BibTeX has it, else the suffix is last.
 * Free with g_free(). */
char           *annals_bib_entry_dup_name (const char         *name,
                                           gboolean            suffix_second);
/* "file.bib, item 3, line 20": where it stands. Free with g_free(). */
char           *annals_bib_entry_dup_place (AnnalsBibEntry     *self,
                                            AnnalsFormatReader *reader);
/* Gives @reader the draft that it is, made of @source, the entry as it stands in the file. */
void            annals_bib_entry_draft    (AnnalsBibEntry     *self,
                                           AnnalsFormatReader *reader,
                                           AnnalsBibRemarks   *remarks,
                                           const char         *source,
                                           gsize               length);

G_END_DECLS
