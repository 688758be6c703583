/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * AnnalsQdpxArchive:
 *
 * What a project of REFI-QDA is zipped of.
 */
typedef struct
{
  GBytes     *project;   /* project.qde */
  GHashTable *texts;     /* name without its folder, in lower case → GBytes */
  guint       n_others;  /* files that are no plain text */
} AnnalsQdpxArchive;

/* Takes ZIP apart in memory; fails with ANNALS_IMPORT_ERROR_UNREADABLE. @name: what errors call it */
AnnalsQdpxArchive *annals_qdpx_archive_new  (const char *bytes, gsize size, const char *name, GError **error);
void               annals_qdpx_archive_free (AnnalsQdpxArchive *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsQdpxArchive, annals_qdpx_archive_free)

G_END_DECLS
