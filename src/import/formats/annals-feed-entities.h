/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsFeedEntities:
 *
 * What references in a feed stand for: XML's, numbers, HTML's names, and those that the feed's own document
 * type declares as plain text. All of them together give out a bounded length.
 */
typedef struct _AnnalsFeedEntities AnnalsFeedEntities;

typedef enum
{
  ANNALS_FEED_REFERENCE_NONE,    /* stands for nothing; nothing was appended */
  ANNALS_FEED_REFERENCE_GOOD,
  ANNALS_FEED_REFERENCE_MENDED,  /* XML does not allow it here */
} AnnalsFeedReference;

AnnalsFeedEntities  *annals_feed_entities_new     (void);
void                 annals_feed_entities_free    (AnnalsFeedEntities *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFeedEntities, annals_feed_entities_free)

/* Takes the entities that the document type @doctype declares. */
void                 annals_feed_entities_declare (AnnalsFeedEntities *self,
                                                   const char         *doctype,
                                                   gsize               length);
/* Appends what the reference @name (what stands between "&" and ";") stands for. */
AnnalsFeedReference  annals_feed_entities_resolve (AnnalsFeedEntities *self,
                                                   const char         *name,
                                                   gsize               length,
                                                   GString            *out);
/* The longest run of references, in bytes, that annals_feed_entities_resolve_bytes() looks at */
#define ANNALS_FEED_MAX_BYTE_REFERENCES 40

/* The character whose bytes of UTF-8 the references at the beginning of @text stand for, one each
 * ("&#226;&#128;&#166;"): one of them at least is no character at all. Appends it and returns how long they are
 * together; 0 when it is not so. */
gsize                annals_feed_entities_resolve_bytes (const char    *text,
                                                         gsize          length,
                                                         GString       *out);

G_END_DECLS
