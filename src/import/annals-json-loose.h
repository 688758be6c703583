/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Members of JSON that a stranger wrote: what is of another kind counts as not there. */

/* Why json-glib must not be given @json, an object or a list, translated; NULL when it may: it calls itself at each bracket,
 * knows comments and other quotation marks as well, in which brackets would hide from who counts them, and loses the memory of
 * a first value when a second follows. Borrowed */
const char *annals_loose_find_fault  (const char *json, gsize length);
/* "" for what is no text */
const char *annals_loose_get_text    (JsonObject *object, const char *member);
/* 0 for what is none; never below 0, nor more than an int holds */
gint64      annals_loose_get_number  (JsonObject *object, const char *member);
gboolean    annals_loose_get_boolean (JsonObject *object, const char *member);
/* NULL for what is none. Borrowed */
JsonObject *annals_loose_get_object  (JsonObject *object, const char *member);
/* How many elements the list has; 0 for what is none */
guint       annals_loose_count       (JsonObject *object, const char *member);
/* One of them; NULL for what is no object. Borrowed */
JsonObject *annals_loose_get_element (JsonObject *object, const char *member, guint i);
/* Microseconds since 1970 of a text in ISO 8601 */
gint64      annals_loose_get_time    (JsonObject *object, const char *member, gint64 otherwise);
/* The member "uid"; NULL unless it is a UUID in lower case */
const char *annals_loose_get_uid     (JsonObject *object);

G_END_DECLS
