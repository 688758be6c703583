/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-annotations.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_NOTES_ALL,
  ANNALS_NOTES_WITH_NOTE,    /* passages that something is said of */
  ANNALS_NOTES_BARE,         /* passages that are only marked */
  ANNALS_NOTES_REVIEW,       /* whose post has changed */
  ANNALS_NOTES_MEMOS,
  ANNALS_NOTES_PASSAGES,     /* all but memos */
} AnnalsNoteKind;

typedef enum
{
  ANNALS_NOTES_BY_POST,      /* by the post's date, newest first, then as they stand in the post; memos first */
  ANNALS_NOTES_BY_CREATED,   /* newest first */
  ANNALS_NOTES_BY_MODIFIED,  /* newest first */
} AnnalsNoteOrder;

typedef enum
{
  ANNALS_NOTES_UNGROUPED,
  ANNALS_NOTES_GROUP_POST,   /* group: the post; 0: memos, which have none */
  ANNALS_NOTES_GROUP_TAG,    /* group: the tag; 0: none, ANNALS_NOTES_NO_GROUP: memos. In all its tags' groups. */
} AnnalsNoteGrouping;

#define ANNALS_NOTES_NO_GROUP (-1)

/**
 * AnnalsNoteFilter:
 *
 * Which annotations and memos a list shows: those that fit every condition. Memos have no colour; they carry
 * a tag, belong to a timeline or to a post when they name it.
 */
typedef struct
{
  AnnalsNoteKind      kind;
  GPtrArray          *colours;      /* (element type char *): any of these; empty: all */
  GArray             *tag_ids;      /* (element type gint64): each of these, or a tag below it */
  gint64              timeline_id;  /* an event of it rests on the passage; 0: all */
  char               *author;       /* (nullable) */
  gint64              from, to;     /* made then, UTC microseconds, half open; 0: open */
  char               *words;        /* in the post's title, the passage, the note or its tags; "": all */
  char               *posts_query;  /* (nullable): what was asked of posts, for those who look for them */
  GArray             *post_ids;     /* (element type gint64) (nullable): of these posts only, ascending */
  AnnalsNoteOrder     order;
  AnnalsNoteGrouping  grouping;
  gboolean            for_file;     /* groups in an order that is everybody's, not the user's language's */
} AnnalsNoteFilter;

AnnalsNoteFilter *annals_note_filter_new   (void);
AnnalsNoteFilter *annals_note_filter_copy  (const AnnalsNoteFilter *self);
void              annals_note_filter_free  (AnnalsNoteFilter       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsNoteFilter, annals_note_filter_free)
/* Whether anything is left out. */
gboolean          annals_note_filter_is_empty (const AnnalsNoteFilter *self);
/* Takes "colour:yellow", "tag:x", "timeline:x", "author:x" and "is:review" out of what somebody typed into
 * conditions; the rest becomes the words. NOT_FOUND and INVALID, in a sentence, for what does not exist. */
gboolean          annals_note_filter_parse (AnnalsNoteFilter       *self,
                                            AnnalsDb               *db,
                                            const char             *text,
                                            GError                **error);

/* A row of the list. A memo's id is negative. */
typedef struct
{
  gint64 id;
  gint64 group;
} AnnalsNoteKey;

/* The rows, in order and group by group (element type AnnalsNoteKey). Posts in the trash and of undone imports
 * are left out with what is marked in them. */
GArray    *annals_db_list_notes      (AnnalsDb                *db,
                                      const AnnalsNoteFilter  *filter,
                                      GCancellable            *cancellable,
                                      GError                 **error);

/**
 * AnnalsNote:
 *
 * What a row shows: a passage or a memo.
 */
typedef struct
{
  AnnalsAnnotation *annotation;    /* (nullable): a memo has none */
  gint64            memo_id;       /* 0: none */
  char             *title;         /* the memo's, or the post's */
  char             *source;        /* of the post; "" when none */
  char             *date;          /* of the post, for people */
  char             *text;          /* of the memo, its beginning */
  char             *group_title;   /* of the post or the tag; "" where there is none */
  gint64            created;
  gint64            modified;
  char             *author;
} AnnalsNote;

void annals_note_free (AnnalsNote *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsNote, annals_note_free)

/* Parallel to @keys; NULL for what is gone (element type AnnalsNote). */
GPtrArray *annals_db_load_notes      (AnnalsDb                *db,
                                      AnnalsNoteGrouping       grouping,
                                      const AnnalsNoteKey     *keys,
                                      guint                    n_keys,
                                      GError                 **error);
/* Who has signed annotations and memos, by name. Free with g_strfreev(). */
char     **annals_db_list_note_authors (AnnalsDb              *db,
                                        GError               **error);

G_END_DECLS
