/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date.h"
#include "annals-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64  id;
  char   *uid;
  char   *name;
  char   *colour;        /* a name of annals-palette.h */
} AnnalsLane;

void annals_lane_free (AnnalsLane *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsLane, annals_lane_free)

typedef struct
{
  gint64     id;
  char      *uid;
  char      *title;
  char      *description;
  char      *colour;
  char      *rule;        /* a query; "" when none */
  GPtrArray *lanes;       /* (element type AnnalsLane), in order */
  guint      n_events;
  guint      n_posts;     /* posts that its events cite */
  gboolean   has_from;    /* bounds of its events' dates, seconds UTC */
  gboolean   has_to;
  gint64     from;
  gint64     to;
} AnnalsTimeline;

void annals_timeline_free (AnnalsTimeline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsTimeline, annals_timeline_free)

typedef enum
{
  ANNALS_STANCE_SUPPORTS,
  ANNALS_STANCE_CONTRADICTS,
} AnnalsStance;

const char *annals_stance_to_string   (AnnalsStance  stance);
gboolean    annals_stance_from_string (const char   *nick,
                                       AnnalsStance *stance);

typedef struct
{
  gint64        id;
  char         *uid;
  gint64        post_id;
  GRefString   *post_uid;         /* what is said of a post is shared by all that cite it */
  GRefString   *post_title;
  GRefString   *post_source;
  AnnalsDate   *post_published;
  gint64        annotation_id;    /* 0: the post as a whole */
  char         *annotation_uid;   /* (nullable) */
  char         *annotation_note;  /* "" when none */
  char         *colour;           /* (nullable): of its annotation */
  char         *exact;            /* (nullable) the quotation; NULL with the post as a whole */
  char         *prefix;           /* (nullable) */
  char         *suffix;           /* (nullable) */
  guint         start;
  guint         end;
  char         *state;            /* (nullable): of the passage, as of its annotation */
  AnnalsStance  stance;
  char         *note;
  gint64        same_text;        /* posts with nearly the same text share it; 0: none is known */
  GRefString   *origin;           /* the publication: its source, else the host of its address; "" when unknown */
} AnnalsEvidence;

void annals_evidence_free (AnnalsEvidence *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsEvidence, annals_evidence_free)

typedef struct
{
  gint64  id;
  char   *title;
} AnnalsEventTimeline;

void annals_event_timeline_free (AnnalsEventTimeline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsEventTimeline, annals_event_timeline_free)

typedef struct
{
  gint64      id;
  char       *uid;
  char       *title;
  char       *account;       /* Markdown */
  AnnalsDate *date;
  gint64      lane_id;       /* in the timeline asked for; 0: none */
  GPtrArray  *evidence;      /* (element type AnnalsEvidence), in order */
  guint       n_supporting;  /* independent sources: the same text or the same publication counts once */
  guint       n_contradicting;
  char      **tags;          /* names, sorted; never NULL */
  GPtrArray  *others;        /* (element type AnnalsEventTimeline): the other timelines it is in, by title */
  gint64      created;
  gint64      modified;
  char       *author;
} AnnalsEvent;

void annals_event_free (AnnalsEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsEvent, annals_event_free)

/* "Supported by 2 independent sources, contradicted by 1", in the user's language; "" without evidence. */
char *annals_event_dup_sources (const AnnalsEvent *self);
typedef struct
{
  gint64  event_id;
  char   *name;
} AnnalsEventTag;

void annals_event_tag_free (AnnalsEventTag *self);

/* by title (element type AnnalsTimeline) */
GPtrArray      *annals_db_list_timelines   (AnnalsDb *db, GError **error);
AnnalsTimeline *annals_db_load_timeline    (AnnalsDb *db, gint64 id, GError **error);
/* without the counts and bounds, which are 0: for who loads the events as well */
AnnalsTimeline *annals_db_load_timeline_facts (AnnalsDb *db, gint64 id, GError **error);
/* in time order: from, to, title, uid; undated last (element type AnnalsEvent) */
GPtrArray      *annals_db_list_events      (AnnalsDb *db, gint64 timeline_id, GError **error);
AnnalsEvent    *annals_db_load_event       (AnnalsDb *db, gint64 id, gint64 timeline_id, GError **error);
/* ids (gint64) of the events that cite the post; with @timeline_ids (out, optional) parallel to
 * them one timeline of each, 0 when it is in none */
GArray         *annals_db_list_events_of_post (AnnalsDb *db, gint64 post_id, GArray **timeline_ids, GError **error);

/* the tags of each event, and of the posts and notes that are its evidence, once each, by event and
 * name (element type AnnalsEventTag) */
GPtrArray      *annals_db_list_event_tags  (AnnalsDb *db, gint64 timeline_id, GError **error);

/* --- changes: only inside the one door --- */
/* Titles are one line of 1 to 500 characters, else INVALID; @colour NULL picks one. */
gboolean annals_db_add_timeline       (AnnalsDb *db, const char *title, const char *description, const char *colour,
                                       const char *rule, gint64 *id, GError **error);
/* NULL leaves a field as it is. */
gboolean annals_db_set_timeline       (AnnalsDb *db, gint64 id, const char *title, const char *description,
                                       const char *colour, const char *rule, GError **error);
/* With its lanes and with the events that are in no other timeline. */
gboolean annals_db_delete_timeline    (AnnalsDb *db, gint64 id, GError **error);

/* The lane of that name, made at the end when there is none; @colour NULL picks one. */
gboolean annals_db_ensure_lane        (AnnalsDb *db, gint64 timeline_id, const char *name, const char *colour,
                                       gint64 *id, GError **error);
gboolean annals_db_set_lane           (AnnalsDb *db, gint64 id, const char *name, const char *colour, GError **error);
/* @position from 0 */
gboolean annals_db_move_lane          (AnnalsDb *db, gint64 id, guint position, GError **error);
/* Its events stay in the timeline, in no lane. */
gboolean annals_db_delete_lane        (AnnalsDb *db, gint64 id, GError **error);

/* @lane_id 0: none */
gboolean annals_db_add_event          (AnnalsDb *db, gint64 timeline_id, gint64 lane_id, AnnalsDate *date,
                                       const char *title, const char *account, gint64 *id, GError **error);
/* An event of the post's title and date, with the post as its evidence. */
gboolean annals_db_add_event_of_post  (AnnalsDb *db, gint64 timeline_id, gint64 post_id, gint64 *id, GError **error);
/* NULL leaves a field as it is. */
gboolean annals_db_set_event          (AnnalsDb *db, gint64 id, AnnalsDate *date, const char *title,
                                       const char *account, GError **error);
/* Puts it into the timeline as well when it is not there yet. */
gboolean annals_db_set_event_lane     (AnnalsDb *db, gint64 id, gint64 timeline_id, gint64 lane_id, GError **error);
/* Takes it out of one of its timelines; INVALID when that is the only one. */
gboolean annals_db_remove_event       (AnnalsDb *db, gint64 id, gint64 timeline_id, GError **error);
gboolean annals_db_delete_event       (AnnalsDb *db, gint64 id, GError **error);
gboolean annals_db_tag_event          (AnnalsDb *db, gint64 tag_id, gint64 event_id, GError **error);
gboolean annals_db_untag_event        (AnnalsDb *db, gint64 tag_id, gint64 event_id, GError **error);

/* @annotation_id 0: the post as a whole; @post_id 0: the annotation's post. One that is there already
 * is not added twice: its stance and note are set. */
gboolean annals_db_add_evidence       (AnnalsDb *db, gint64 event_id, gint64 post_id, gint64 annotation_id,
                                       AnnalsStance stance, const char *note, gint64 *id, GError **error);
gboolean annals_db_set_evidence       (AnnalsDb *db, gint64 id, AnnalsStance stance, const char *note, GError **error);
gboolean annals_db_delete_evidence    (AnnalsDb *db, gint64 id, GError **error);

G_END_DECLS
