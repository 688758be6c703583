/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-limits.h"
#include "annals-list-record.h"

G_BEGIN_DECLS

/* The object (or array) that @json, a piece of the splitter's, is; its containers must not stand deeper than
 * ANNALS_LIMIT_JSON_DEPTH. Small faults are mended: commas before a closing bracket, control characters in
 * strings, NaN and Python's None; @mended (out) says so. Fails with G_IO_ERROR_INVALID_DATA, the
 * message being what is wrong, in a few words. */
AnnalsListRecord *annals_json_record_new (const char  *json,
                                          gsize        length,
                                          gboolean    *mended,
                                          GError     **error);

G_END_DECLS
