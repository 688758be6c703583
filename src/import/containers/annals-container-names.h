/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsNames:
 *
 * The names that an archive has given to its files, so that two of one name stay apart. Holds hashes, which
 * are much smaller than the names.
 */
typedef struct _AnnalsNames AnnalsNames;

AnnalsNames *annals_names_new        (void);
void         annals_names_free       (AnnalsNames *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsNames, annals_names_free)

/* @name, or "NAME (2)" when that is taken, …; taken from now on. */
char        *annals_names_dup_unique (AnnalsNames *self,
                                      const char  *name);
/* A name's hash, for a set of direct pointers. */
gpointer     annals_names_key        (const char  *name);

G_END_DECLS
