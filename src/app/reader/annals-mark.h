/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-annotations.h"
#include "annals-posts.h"
#include "annals-tags.h"
#include "annals-timelines.h"

G_BEGIN_DECLS

/**
 * AnnalsMark:
 *
 * One action on a passage, done as one change by annals_mark_apply(): the passage is marked when it
 * is not yet (@annotation_id 0), then what is not NULL is done to it.
 */
typedef struct
{
  gint64      post_id;
  gint64      annotation_id;   /* 0: mark [start, end); afterwards the annotation */
  guint       start;
  guint       end;             /* 0, with @start 0: a note on the whole post */
  char       *colour;          /* of the new mark, or the one to be set */
  char       *note;
  char       *add_tag;         /* a name */
  gint64      remove_tag_id;   /* 0: none */
  gboolean    remove;          /* the annotation itself */
  gboolean    place;           /* the annotation that is there at [start, end) */

  AnnalsDate *event_date;      /* not NULL: an event that rests on the passage */
  gboolean    whole_post;      /* or on the post as a whole, of which nothing is marked */
  char       *event_title;
  char       *event_account;
  gint64      timeline_id;     /* 0: a new one called @timeline */
  char       *timeline;
  gint64      lane_id;         /* 0: the one called @lane, or none when that is NULL */
  char       *lane;
  gint64      event_id;        /* (out) */
} AnnalsMark;

AnnalsMark *annals_mark_new   (gint64             post_id,
                               gint64             annotation_id);
void        annals_mark_free  (AnnalsMark        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsMark, annals_mark_free)

/* An AnnalsDbFunc for the one door; @mark: an AnnalsMark. */
gboolean    annals_mark_apply (AnnalsDb          *db,
                               gpointer           mark,
                               GCancellable      *cancellable,
                               GError           **error);

/**
 * AnnalsPostChange:
 *
 * One action on whole posts, done by annals_post_change_apply().
 */
typedef struct
{
  GArray   *post_ids;     /* (element type gint64) */
  char     *add_tag;
  gint64    remove_tag_id;  /* 0: none */
  int       read;         /* -1: as it is */
  int       starred;      /* -1: as it is */
} AnnalsPostChange;

AnnalsPostChange *annals_post_change_new   (gint64             post_id);
void              annals_post_change_free  (AnnalsPostChange  *self);
gboolean          annals_post_change_apply (AnnalsDb          *db,
                                            gpointer           change,
                                            GCancellable      *cancellable,
                                            GError           **error);

G_END_DECLS
