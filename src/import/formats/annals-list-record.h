/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-limits.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsListRecord:
 *
 * One entry of a list: a row of a table, or an object of JSON whose nested members are named by their
 * path ("content.rendered"). A column may have several values (the tags of a post). All strings are
 * valid UTF-8.
 */
typedef struct _AnnalsListRecord AnnalsListRecord;

AnnalsListRecord *annals_list_record_new           (void);
void              annals_list_record_free          (AnnalsListRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsListRecord, annals_list_record_free)

/* Adds @value to what the column has. Takes @value. */
void              annals_list_record_take          (AnnalsListRecord *self,
                                                    const char       *column,
                                                    char             *value);
/* Whether there was more than ANNALS_LIMIT_COLUMNS. */
gboolean          annals_list_record_is_full       (AnnalsListRecord *self);
guint             annals_list_record_get_n_columns (AnnalsListRecord *self);
const char       *annals_list_record_get_column    (AnnalsListRecord *self,
                                                    guint             index);
/* The first value of a column that is not empty; NULL when it has none. */
const char       *annals_list_record_get           (AnnalsListRecord *self,
                                                    const char       *column);
/* All its values that are not empty, ended by NULL; borrowed until the next change. NULL when it has none. */
const char * const *annals_list_record_get_all     (AnnalsListRecord *self,
                                                    const char       *column);
/* What it holds, for an issue: "NAME: VALUE" lines, at most @n_bytes of them. */
char             *annals_list_record_dup_excerpt   (AnnalsListRecord *self,
                                                    gsize             n_bytes);

G_END_DECLS
