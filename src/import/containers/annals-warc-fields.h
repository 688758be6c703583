/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the lines before a record of a web archive hold. */

/* Seconds since 1970 UTC of "2020-03-09T08:30:00Z"; 0 when it cannot be read. @date may be NULL. */
gint64     annals_warc_parse_date   (const char  *date);
/* The same of "20140216050221", and digits that nobody knows. */
gint64     annals_arc_parse_date    (const char  *date);
/* Bytes of a record. FALSE when @text (nullable) is no such number. */
gboolean   annals_warc_parse_length (const char  *text,
                                     gint64      *length);
/* "http://example.com/ 93.184.216.119 20140216050221 text/html 1591": the fields from the last to the first, the
 * address, which may hold spaces, at the end. NULL when there are less than @n_fields. */
char     **annals_arc_split_line    (const char  *line,
                                     guint        n_fields);
/* Whether the fields are those of a record: the date is one. */
gboolean   annals_arc_is_record     (char       **fields,
                                     guint        n_fields);
/* WARC-Target-URI as one line, without the brackets that some programs put around it. */
char      *annals_warc_dup_address  (const char  *value);
/* The same as an address that is valid: old archives hold spaces. NULL when it is not absolute. */
char      *annals_warc_dup_url      (const char  *address);

G_END_DECLS
