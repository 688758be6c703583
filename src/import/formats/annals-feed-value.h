/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-feed-lexer.h"
#include "annals-text.h"

G_BEGIN_DECLS

/* How an element of a feed holds its text. */
typedef enum
{
  ANNALS_FEED_FORM_GUESS,   /* plain text, or HTML escaped, as it looks */
  ANNALS_FEED_FORM_PLAIN,
  ANNALS_FEED_FORM_HTML,    /* escaped, or in CDATA */
  ANNALS_FEED_FORM_INLINE,  /* its tags are the feed's own */
  ANNALS_FEED_FORM_BASE64,
  ANNALS_FEED_FORM_NONE,    /* it is no text, or stands elsewhere */
} AnnalsFeedForm;

/* The form that the attributes type, mode and src of an element (element type AnnalsFeedAttribute) say.
 * @otherwise: when they say nothing. */
AnnalsFeedForm   annals_feed_form_for_attributes  (GArray           *attributes,
                                                   AnnalsFeedForm    otherwise);
/* The value of an attribute, whatever its prefix and case; NULL when it is not there. */
const char      *annals_feed_attribute            (GArray           *attributes,
                                                   const char       *name);

/**
 * AnnalsFeedValue:
 *
 * What an element of a feed holds, as it comes in.
 */
typedef struct
{
  AnnalsFeedForm  form;
  char           *base;       /* (nullable): what addresses in it are relative to */
  char           *language;   /* (nullable) */
  GString        *raw;        /* its text, unescaped */
  GString        *marked;     /* the same with its tags, escaped; NULL while there are none */
} AnnalsFeedValue;

AnnalsFeedValue *annals_feed_value_new            (AnnalsFeedForm    form,
                                                   const char       *base,
                                                   const char       *language);
void             annals_feed_value_free           (AnnalsFeedValue  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFeedValue, annals_feed_value_free)

void             annals_feed_value_append         (AnnalsFeedValue  *self,
                                                   const char       *text,
                                                   gsize             length,
                                                   gboolean          cdata);
/* @base (nullable): what its attributes' addresses are relative to. */
void             annals_feed_value_begin_element  (AnnalsFeedValue  *self,
                                                   const char       *name,
                                                   GArray           *attributes,
                                                   gboolean          empty,
                                                   const char       *base);
void             annals_feed_value_end_element    (AnnalsFeedValue  *self,
                                                   const char       *name);
gsize            annals_feed_value_get_length     (AnnalsFeedValue  *self);

/* All of it; @html (out): it is HTML, not plain text. */
char            *annals_feed_value_dup_source     (AnnalsFeedValue  *self,
                                                   gboolean         *html);
/* As one line of plain text. */
char            *annals_feed_value_dup_line       (AnnalsFeedValue  *self);

/* @address made absolute by @base (nullable); as it is when that cannot be done. */
char            *annals_feed_resolve              (const char       *address,
                                                   const char       *base);

G_END_DECLS
