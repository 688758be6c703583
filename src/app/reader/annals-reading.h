/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-annotations.h"
#include "annals-links.h"
#include "annals-posts.h"
#include "annals-tags.h"
#include "annals-timelines.h"

G_BEGIN_DECLS

/* An event that rests on the post. */
typedef struct
{
  gint64  event_id;
  gint64  timeline_id;      /* 0: in none */
  char   *title;            /* the event's */
  char   *timeline;         /* its title; "" when in none */
  char   *colour;           /* the timeline's */
  GArray *annotation_ids;   /* (element type gint64) passages it rests on; 0: the whole post */
} AnnalsCiting;

/* A place where the search's words stand, in code points. */
typedef struct
{
  guint start;
  guint end;
} AnnalsHit;

/**
 * AnnalsReading:
 *
 * All that the reader shows of one post, of one moment. Immutable once loaded, counted atomically.
 */
typedef struct
{
  AnnalsPost *post;
  AnnalsText *text;
  GPtrArray  *annotations;   /* (element type AnnalsAnnotation) by start */
  char       *language;      /* (nullable): what it is called */
  GPtrArray  *citings;       /* (element type AnnalsCiting) */
  GPtrArray  *same;          /* (element type AnnalsPost) the first others that have nearly the same text */
  GPtrArray  *tags;          /* (element type AnnalsTag) every tag of the notebook */
  GHashTable *tags_by_name;  /* name → AnnalsTag, borrowed from @tags */
  GPtrArray  *links;         /* (element type AnnalsLink) those of its passages, as these see them */
  GHashTable *colour_names;  /* colour → what the user calls its highlights */
  GHashTable *pictures;      /* address → GBytes: those of its pictures that the notebook has */
  GArray     *hits;          /* (element type AnnalsHit) */
  char       *hits_error;    /* (nullable) why the search's words could not be marked */
} AnnalsReading;

AnnalsReading    *annals_reading_ref             (AnnalsReading *self);
void              annals_reading_unref           (AnnalsReading *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsReading, annals_reading_unref)

/* Borrowed; NULL when it has none of that id. */
AnnalsAnnotation *annals_reading_find_annotation (AnnalsReading *self,
                                                  gint64         id);
/* What a highlight of the colour means; @self NULL: by the palette. Never NULL. */
const char       *annals_reading_get_meaning     (AnnalsReading *self,
                                                  const char    *colour);
/* Borrowed; NULL when the tag is not known. */
AnnalsTag        *annals_reading_find_tag        (AnnalsReading *self,
                                                  const char    *name);

/* Borrowed; NULL when none of its passages has it. */
const AnnalsLink *annals_reading_find_link       (AnnalsReading *self,
                                                  gint64         id);

/* The question for annals_desk_read() with annals_reading_load(). */
typedef struct
{
  gint64         post_id;
  gint64         annotation_id;   /* the asker's own, to be found in the answer */
  guint          generation;      /* likewise */
  char          *match;           /* (nullable) FTS5 expression */
  gint64         known_revision;  /* the revision that @known_text is of; 0: none */
  AnnalsText    *known_text;      /* (nullable) taken instead of loading it again */
  GHashTable    *known_pictures;  /* (nullable) likewise */
  AnnalsReading *reading;         /* (out) */
} AnnalsReadingJob;

void     annals_reading_job_free (AnnalsReadingJob  *self);
gboolean annals_reading_load     (AnnalsDb          *db,
                                  gpointer           job,
                                  GCancellable      *cancellable,
                                  GError           **error);

G_END_DECLS
