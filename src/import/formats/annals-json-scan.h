/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a character does to a document of JSON. */
typedef enum
{
  ANNALS_JSON_NOTHING,
  ANNALS_JSON_BEGIN,     /* a container begins; it is the current one from now on */
  ANNALS_JSON_END,       /* the current container ends */
  ANNALS_JSON_STRING,    /* a string value ends: annals_json_scan_get_string() */
  ANNALS_JSON_KEY,       /* a member's name ends: it is the current key */
  ANNALS_JSON_VALUE,     /* a number, or true, false, null, begins */
  ANNALS_JSON_ILLEGAL,   /* it cannot stand here */
} AnnalsJsonEvent;

/**
 * AnnalsJsonScan:
 *
 * Goes through a document of JSON byte by byte and knows where it is; what it holds does not matter for
 * how long it is. Damage is no error: it goes on.
 */
typedef struct _AnnalsJsonScan AnnalsJsonScan;

AnnalsJsonScan  *annals_json_scan_new           (void);
void             annals_json_scan_free          (AnnalsJsonScan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsJsonScan, annals_json_scan_free)

AnnalsJsonEvent  annals_json_scan_push          (AnnalsJsonScan *self,
                                                 char            c);
/* Leaves the current container, which was read by other means. */
void             annals_json_scan_leave         (AnnalsJsonScan *self);
/* How many containers are open. */
guint            annals_json_scan_get_depth     (AnnalsJsonScan *self);
gboolean         annals_json_scan_is_in_string  (AnnalsJsonScan *self);
/* '{' or '[' for the @level-th open container from outside, from 1; 0 when there is none. */
char             annals_json_scan_get_container (AnnalsJsonScan *self,
                                                 guint           level);
/* The current key in that container; "" in an array. */
const char      *annals_json_scan_get_key       (AnnalsJsonScan *self,
                                                 guint           level);
/* The keys that lead to the contents of the @level-th container, joined by ".", without the empty ones. */
char            *annals_json_scan_dup_path      (AnnalsJsonScan *self,
                                                 guint           level);
/* The last string, of which at most 1,000 bytes are kept. */
const char      *annals_json_scan_get_string    (AnnalsJsonScan *self);

G_END_DECLS
