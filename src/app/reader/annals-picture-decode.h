/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes a picture of a file's bytes in a thread. They come from a stranger: only formats of pixels are
 * read, pictures of more than 50 million pixels are refused, and what is wider than any page is made
 * smaller while it is decoded. Nothing is fetched. */
void        annals_picture_decode_async  (GBytes               *bytes,
                                          GCancellable         *cancellable,
                                          GAsyncReadyCallback   callback,
                                          gpointer              user_data);
GdkTexture *annals_picture_decode_finish (GAsyncResult         *result,
                                          GError              **error);

G_END_DECLS
