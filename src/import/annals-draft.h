/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-imports.h"

G_BEGIN_DECLS

/**
 * AnnalsDraft:
 *
 * A record as a format's reader found it, before the notebook knows it. Strings may be NULL where
 * the file says nothing.
 */
typedef struct
{
  char       *guid;         /* an identity that the file gives it */
  char       *url;
  char       *title;        /* one line; "" or NULL when it has none */
  char       *author;
  char       *source;
  char       *language;
  AnnalsDate *published;    /* NULL when unknown */
  char      **tags;
  AnnalsText *text;         /* NULL only when it is skipped */
  GBytes     *markup;
  const char *markup_kind;  /* "html" or "text" */
  char       *place;        /* for people: "march-2020.txt, line 120" */
  char       *skipped;      /* why it is not to be imported; NULL when it is */
  AnnalsSeverity severity;  /* of that: an error when it is damaged, else a note */
  char       *excerpt;      /* what to show of it when it is skipped */
} AnnalsDraft;

AnnalsDraft *annals_draft_new  (void);
void         annals_draft_free (AnnalsDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsDraft, annals_draft_free)

/* What identifies the draft among all posts: its guid, else its canonical address, else what is
 * known of it together, in the archive @archive. The importer adds the ordinal among equals. */
char        *annals_draft_dup_identity (const AnnalsDraft *self,
                                        const char        *archive);
/* An address in its canonical form: scheme and host in lower case, no default port, no fragment. */
char        *annals_draft_canonical_url (const char *url);

G_END_DECLS
