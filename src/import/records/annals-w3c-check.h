/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the Web Annotation Data Model forbids in an annotation, in a few words for people; NULL when it is as it should
 * be. Free with g_free(). */
char    *annals_w3c_dup_fault    (JsonObject *annotation);
/* Whether an object's type is, or is among others, @type. */
gboolean annals_w3c_is_a         (JsonObject *object, const char *type);
/* Whether its context is that of web annotations, or has it among others. */
gboolean annals_w3c_has_context  (JsonObject *object);

G_END_DECLS
