/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-import-input.h"

G_BEGIN_DECLS

/**
 * AnnalsHttpBody:
 *
 * What a server sent, without what HTTP puts around it: pieces (chunked), compression. What is not as the
 * headers say is taken as it stands, as browsers do.
 */
typedef struct _AnnalsHttpBody AnnalsHttpBody;

/* Reads the bytes as they were sent by @read. @encoding (nullable): of Content-Encoding. */
AnnalsHttpBody *annals_http_body_new        (AnnalsInputRead   read,
                                             gpointer          data,
                                             gboolean          chunked,
                                             const char       *encoding);
void            annals_http_body_free       (AnnalsHttpBody   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsHttpBody, annals_http_body_free)

/* Fills @buffer with up to @count bytes. Returns their number, 0 at the end, -1 with @error set. */
gssize          annals_http_body_read       (AnnalsHttpBody   *self,
                                             guint8           *buffer,
                                             gsize             count,
                                             GCancellable     *cancellable,
                                             GError          **error);
/* After reading: whether the compression was damaged or ended early. */
gboolean        annals_http_body_is_damaged (AnnalsHttpBody   *self);
/* Looks at the first bytes. @unknown (out): the compression that cannot be undone ("br"), owned by the body; NULL
 * when there is none. FALSE with @error set as reading. */
gboolean        annals_http_body_check      (AnnalsHttpBody   *self,
                                             const char      **unknown,
                                             GCancellable     *cancellable,
                                             GError          **error);

G_END_DECLS
