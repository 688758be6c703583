/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @address as it is seen from @base (RFC 3986, section 5, read kindly); NULL when it cannot be told. Both come from
 * files: GLib 2.74's g_uri_resolve_relative() fails an assertion where a host holds a ";". */
char *annals_address_resolve (const char *base,
                              const char *address);

G_END_DECLS
