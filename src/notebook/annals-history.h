/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64    id;
  char     *label;
  gint64    time;         /* UTC microseconds */
  gboolean  undone;
  gint64    import_id;    /* 0 unless it is an import */
  gint64    reverts;      /* the action that this step took back by itself; 0: none */
  gint64    reverted_by;  /* the step that took this one back by itself; 0: none */
} AnnalsAction;

void annals_action_free (AnnalsAction *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsAction, annals_action_free)

/* newest first (element type AnnalsAction); @limit 0: all */
GPtrArray *annals_db_list_history     (AnnalsDb      *db,
                                       guint          limit,
                                       GError       **error);

/* A row of a long list: what it takes to group by day. */
typedef struct
{
  gint64 id;
  gint64 time;
} AnnalsActionTime;

/* newest first (element type AnnalsActionTime): those whose label holds @words, case and accents
 * aside; "": all */
GArray    *annals_db_list_action_times (AnnalsDb     *db,
                                        const char   *words,
                                        GCancellable *cancellable,
                                        GError      **error);
/* In the order of @ids; what is gone is left out (element type AnnalsAction). */
GPtrArray *annals_db_load_actions      (AnnalsDb     *db,
                                        const gint64 *ids,
                                        guint         n_ids,
                                        GError      **error);
/* The later actions that build on what action @id did: what has to be undone before it can be undone by
 * itself. oldest first (element type AnnalsAction). NOT_FOUND. */
GPtrArray *annals_db_list_dependents   (AnnalsDb     *db,
                                        gint64        id,
                                        GError      **error);

/* How far a walk to a chosen step has come. */
typedef struct
{
  gboolean redoing;
  guint    n_done;    /* steps undone or redone by this call */
  guint    n_left;    /* 0: it is there */
} AnnalsHistoryWalk;

G_END_DECLS
