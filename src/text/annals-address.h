/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @address as it is seen from @base (RFC 3986, section 5, read kindly); NULL when it cannot be told. Both come from
 * files: GLib 2.74's g_uri_resolve_relative() fails an assertion where a host holds a ";". */
char *annals_address_resolve (const char *base,
                              const char *address);
/* Whether it may be handed to another program: an archive's links are a stranger's, so only what a browser or a
 * mail program shows is. */
gboolean annals_address_can_open (const char *address);
/* Where it really leads: what stands before an "@" may look like another host, and letters of other scripts like
 * Latin ones. Returns: (transfer full) (nullable): the host, with its ASCII form if it has other letters */
char    *annals_address_dup_host (const char *address);

G_END_DECLS
