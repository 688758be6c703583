/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-named.h"

G_BEGIN_DECLS

/* Which kinds are looked for: of the records with names (annals-named.h) those whose bit is set. */
#define ANNALS_QUICK_KIND(record) (1u << (record))
#define ANNALS_QUICK_ALL \
  (ANNALS_QUICK_KIND (ANNALS_RECORD_POST) | ANNALS_QUICK_KIND (ANNALS_RECORD_ANNOTATION) | \
   ANNALS_QUICK_KIND (ANNALS_RECORD_EVENT) | ANNALS_QUICK_KIND (ANNALS_RECORD_TIMELINE) | \
   ANNALS_QUICK_KIND (ANNALS_RECORD_TAG) | ANNALS_QUICK_KIND (ANNALS_RECORD_MEMO) | \
   ANNALS_QUICK_KIND (ANNALS_RECORD_SAVED_SEARCH))

/* Posts also by the words of their texts, behind those that have them in their titles. */
#define ANNALS_QUICK_TEXTS (1u << ANNALS_N_RECORDS)

/* A record that was looked at lately. */
typedef struct
{
  AnnalsRecord kind;
  gint64       id;
} AnnalsRecent;

typedef struct
{
  AnnalsNamed *named;
  int          score;   /* as annals_fuzzy_score() gives it, with what is added for recent ones */
} AnnalsQuickHit;

void annals_quick_hit_free (AnnalsQuickHit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsQuickHit, annals_quick_hit_free)

/* What @typed may mean, best first (element type AnnalsQuickHit). When nothing is typed: what was looked at
 * lately, then what was changed last. Posts in the trash are left out.
 *
 * Made to be asked at every key, the older question being cancelled: titles of posts and what annotations say come
 * from their indexes, by the words' beginnings; words of fewer than three letters alone find only titles that begin
 * so, and no annotations. */
GPtrArray *annals_db_quick_find (AnnalsDb            *db,
                                 const char          *typed,
                                 guint                kinds,
                                 const AnnalsRecent  *recent,
                                 guint                n_recent,
                                 guint                limit,
                                 GError             **error);

G_END_DECLS
