/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-feed-names.h"

G_BEGIN_DECLS

/**
 * AnnalsFeedElement:
 *
 * An element that is open.
 */
typedef struct
{
  char            *tag;         /* as in the file */
  AnnalsFeedRole   role;
  AnnalsFeedField  field;
  GRefString      *base;        /* (nullable): what addresses in it are relative to */
  GRefString      *language;    /* (nullable): said by it or by one around it, but not by the feed */
  guint            n_bindings;  /* of namespaces, before it */
} AnnalsFeedElement;

/**
 * AnnalsFeedStack:
 *
 * The elements that are open, each in the one before, and what their attributes say of all in them.
 */
typedef struct _AnnalsFeedStack AnnalsFeedStack;

/* @base (nullable): what the feed's own addresses are relative to. */
AnnalsFeedStack   *annals_feed_stack_new          (const char       *base);
void               annals_feed_stack_free         (AnnalsFeedStack  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFeedStack, annals_feed_stack_free)

guint              annals_feed_stack_get_length   (AnnalsFeedStack  *self);
AnnalsFeedElement *annals_feed_stack_get          (AnnalsFeedStack  *self,
                                                   guint             i);
/* The innermost one; NULL when none is open. */
AnnalsFeedElement *annals_feed_stack_get_top      (AnnalsFeedStack  *self);
/* Where the element that the end tag @tag ends stands; -1 when none is open. */
int                annals_feed_stack_find         (AnnalsFeedStack  *self,
                                                   const char       *tag);
/* The same of the item. */
int                annals_feed_stack_find_item    (AnnalsFeedStack  *self);

/* Takes the namespaces that the attributes (element type AnnalsFeedAttribute) of an element declare which is
 * about to be pushed. Returns how many were known before. */
guint              annals_feed_stack_bind         (AnnalsFeedStack  *self,
                                                   GArray           *attributes);
/* The tag as the tables of annals-feed-names.c write it. @atom (out): it is in Atom's namespace. A prefix that
 * nobody declared, or whose address nobody knows, is taken by its word. */
char              *annals_feed_stack_dup_name     (AnnalsFeedStack  *self,
                                                   const char       *tag,
                                                   gboolean         *atom);
/* @n_bindings: what annals_feed_stack_bind() returned. */
void               annals_feed_stack_push         (AnnalsFeedStack  *self,
                                                   const char       *tag,
                                                   AnnalsFeedRole    role,
                                                   AnnalsFeedField   field,
                                                   GArray           *attributes,
                                                   guint             n_bindings);
void               annals_feed_stack_pop          (AnnalsFeedStack  *self);

/* What xml:lang says among @attributes; NULL when it is not there. */
const char        *annals_feed_language_attribute (GArray           *attributes,
                                                   AnnalsFeedRole    role);

G_END_DECLS
