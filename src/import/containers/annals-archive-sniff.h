/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

struct archive;

/* How sure it is, from 0 to 100, that a file which begins so is a ZIP archive, a TAR archive (also compressed),
 * a compressed file. As AnnalsContainer's sniff(). */
guint annals_archive_sniff_zip        (const guint8   *head,
                                       gsize           length,
                                       const char     *name);
guint annals_archive_sniff_tar        (const guint8   *head,
                                       gsize           length,
                                       const char     *name);
guint annals_archive_sniff_compressed (const guint8   *head,
                                       gsize           length,
                                       const char     *name);
/* Whether it is a project of REFI-QDA: zipped, but one thing, not an archive of files. */
gboolean annals_archive_is_project    (const guint8   *head,
                                       gsize           length,
                                       const char     *name);
/* Makes @archive read what is compressed in one of the ways that are supported. */
void  annals_archive_support_filters  (struct archive *archive);

G_END_DECLS
