/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-import-copies.h"
#include "annals-post-uid.h"

G_BEGIN_DECLS

/* The statements that storing a post runs each time. Their handles are kept by number and their
 * parameters bound by number: looking both up by name took a fifth of the time. */
typedef enum
{
  ANNALS_HOT_FIND_UID,
  ANNALS_HOT_FIND_ALIAS,
  ANNALS_HOT_FIND_REVISIONS,
  ANNALS_HOT_FIND_SOURCE,
  ANNALS_HOT_INSERT_POST,
  ANNALS_HOT_INSERT_REVISION,
  ANNALS_HOT_INSERT_ALIAS,
  ANNALS_HOT_POINT,
} AnnalsHot;

#define ANNALS_N_HOT (ANNALS_HOT_POINT + 1)

BorrowedStmt *annals_import_borrow  (AnnalsDb              *db,
                                     AnnalsHot              hot,
                                     GError               **error);

/* What the notebook has of a post that is about to be stored. */
typedef struct
{
  gint64        post_id;      /* 0: nothing */
  gint64        before_id;    /* the revision that counts, of another import; 0: none */
  gint64        own_id;       /* the one that this import made already; 0: none */
  gint64        newest;       /* when the newest of all its revisions was made; 0: none */
  gboolean      is_sibling;   /* it is not the first post under the copy's identity, which is not its own */
  AnnalsPostUid uid;          /* of the post that is there, or of the one to make */
} AnnalsTarget;

/* @keys: the uids of its identity and then of its aliases, @n_keys of them. */
gboolean      annals_target_find    (AnnalsTarget          *self,
                                     AnnalsDb              *db,
                                     gint64                 import_id,
                                     const AnnalsNewPost   *post,
                                     const AnnalsCopy      *copy,
                                     const AnnalsPostUid   *keys,
                                     guint                  n_keys,
                                     GError               **error);

/* That a post came in this import as it is in the notebook; what is remembered is lost when the program
 * ends. */
void          annals_import_see     (AnnalsDb              *db,
                                     gint64                 import_id,
                                     gint64                 post_id);
gboolean      annals_import_has_seen (AnnalsDb             *db,
                                     gint64                 import_id,
                                     gint64                 post_id);

G_END_DECLS
