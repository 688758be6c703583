/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON in UTF-8 of at most 64 levels; fails with ANNALS_IMPORT_ERROR_UNREADABLE in one sentence. */
JsonParser *annals_records_parse_json (const char *bytes, gsize size, const char *name, GError **error);

/* A member that is a string, or NULL. */
const char *annals_records_get_string (JsonObject *object, const char *member);
/* The same, free with g_free(); half characters mended. */
char       *annals_records_dup_string (JsonObject *object, const char *member);
/* A member that is an object, or NULL. */
JsonObject *annals_records_get_object (JsonObject *object, const char *member);

/* Told of each value of a member that may be one or an array of them. Goes on while it returns TRUE. */
typedef gboolean (*AnnalsRecordsValueFunc) (JsonNode *value, gpointer data);
/* FALSE when one told to stop. */
gboolean    annals_records_each_value (JsonObject *object, const char *member, AnnalsRecordsValueFunc func,
                                       gpointer data);

G_END_DECLS
