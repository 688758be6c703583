/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-imports.h"

G_BEGIN_DECLS

/**
 * AnnalsPicture:
 *
 * A picture that came with a post: what data: addresses held.
 */
typedef struct
{
  char   *address;      /* as in the text's IMAGE span */
  char   *media_type;
  GBytes *bytes;
} AnnalsPicture;

AnnalsPicture *annals_picture_new  (const char    *address,
                                    const char    *media_type,
                                    GBytes        *bytes);
void           annals_picture_free (AnnalsPicture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPicture, annals_picture_free)

/**
 * AnnalsDraft:
 *
 * A record as a format's reader found it, before the notebook knows it. Strings may be NULL where
 * the file says nothing. A record of a kind that may not be wanted is drafted whole all the same:
 * the run decides.
 */
typedef struct
{
  AnnalsPostKind kind;
  AnnalsExtent extent;      /* ANNALS_EXTENT_WHOLE from annals_draft_new() */
  char       *guid;         /* an identity that the file gives it */
  char       *url;          /* its own address, absolute */
  char      **aliases;      /* (nullable): further addresses of it: short links, feedburner's */
  char       *title;        /* one line; "" or NULL when it has none */
  char       *author;       /* several: joined by ", " */
  char       *source;
  char       *language;     /* BCP 47 */
  AnnalsDate *published;    /* NULL when unknown */
  char      **tags;
  AnnalsText *text;         /* NULL only when it is skipped */
  GPtrArray  *pictures;     /* (nullable) (element type AnnalsPicture) */
  GBytes     *markup;
  const char *markup_kind;  /* "html" or "text" */
  char       *place;        /* for people: "march-2020.txt, line 120" */
  gboolean    is_entry;     /* of a bibliography: what it says of the post counts without its text */
  char       *skipped;      /* why it is not to be imported; NULL when it is. With a text, the user can
                               import it all the same */
  AnnalsIssueCode code;     /* of that */
  AnnalsSeverity severity;  /* of that: an error when it is damaged, else a note */
  char       *excerpt;      /* what to show of it when it is skipped */
} AnnalsDraft;

AnnalsDraft *annals_draft_new  (void);
void         annals_draft_free (AnnalsDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsDraft, annals_draft_free)

/* What identifies the draft among all posts: its canonical address, else its guid, else what is
 * known of it together, in the archive @archive. The importer adds the ordinal among equals. The
 * address comes first because a page, a month page, a feed and an export of one blog all know it, and
 * only some know the guid. */
char        *annals_draft_dup_identity (const AnnalsDraft *self,
                                        const char        *archive);
/* What it is known by besides (a NULL-terminated array, maybe empty). */
char       **annals_draft_dup_aliases  (const AnnalsDraft *self);
/* An address in its canonical form, the same for all spellings of it that one server would answer with one
 * page: http for https, host in lower case without "www.", no default port, no fragment, no
 * "index.html" and no slash at the end, without what only tracks readers or opens a comment form (utm_…,
 * fbclid, replytocom, …). For comparing, not for opening. */
char        *annals_draft_canonical_url (const char *url);

G_END_DECLS
