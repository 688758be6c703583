/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-named.h"

G_BEGIN_DECLS

/**
 * AnnalsFound:
 *
 * What the desktop's search found: a record of a notebook. Its name for the desktop says all that is needed to find it
 * again, as the desktop may give it to another run of the program.
 */
typedef struct
{
  char        *id;
  char        *path;        /* of the notebook */
  AnnalsNamed *named;
  int          score;
} AnnalsFound;

void       annals_found_free       (AnnalsFound   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFound, annals_found_free)

/* The parts of an id. FALSE when it is none. @kind, @uid, @path: (out) (transfer full) */
gboolean   annals_found_parse_id   (const char    *id,
                                    AnnalsRecord  *kind,
                                    char         **uid,
                                    char         **path);
/* What the application's action "show-record" calls the kind */
const char *annals_found_get_kind_name (AnnalsRecord kind);

/* Posts, notes and timelines of the notebooks at @paths that have all of @terms, best first, few (element type
 * AnnalsFound). A notebook that cannot be read has none. Blocks; (nullable): NULL when it was cancelled */
GPtrArray *annals_found_search     (const char * const *paths,
                                    const char * const *terms,
                                    GCancellable       *cancellable);
/* Those of these ids that are there, in their order. Blocks. */
GPtrArray *annals_found_look_up    (const char * const *ids,
                                    GCancellable       *cancellable);

G_END_DECLS
