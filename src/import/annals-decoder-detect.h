/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-decoder-labels.h"

G_BEGIN_DECLS

/* What the bytes of a file say of its character set: declarations and looks. */

/* The character set that the file's beginning names itself: in an XML declaration, or in a <meta> of
 * HTML. NULL when it names none or an unknown one. */
const AnnalsCharset *annals_charset_from_head   (const guint8 *head,
                                                 gsize         length);
/* Where the bytes stop being ASCII. Escapes of ISO 2022 are ASCII that means something else. */
gsize                annals_charset_find_high   (const guint8 *bytes,
                                                 gsize         length);
/* Whether @bytes, which may be cut anywhere at their end, are UTF-8 with at most a few bytes that are not.
 * @n_characters (out, nullable): characters of more than one byte; @n_bad (out, nullable): bytes that fit
 * in none. */
gboolean             annals_charset_is_utf8     (const guint8 *bytes,
                                                 gsize         length,
                                                 gsize        *n_characters,
                                                 gsize        *n_bad);
/* Whether @bytes can be read as @charset: hardly any of those that are not ASCII mean nothing in it. */
gboolean             annals_charset_fits        (const AnnalsCharset *charset,
                                                 const guint8        *bytes,
                                                 gsize                length);
/* The legacy character set in which @bytes look like a language; windows-1252 when none can be told.
 * Never NULL. */
const AnnalsCharset *annals_charset_guess       (const guint8 *bytes,
                                                 gsize         length);

G_END_DECLS
