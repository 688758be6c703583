/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-format.h"
#include "annals-list-record.h"

G_BEGIN_DECLS

/* Records that a mapping is guessed from */
#define ANNALS_LIST_SURVEY 30

/**
 * AnnalsListSurvey:
 *
 * What the first records of a list are like: which column holds what is seen by its name and its values.
 */
typedef struct _AnnalsListSurvey AnnalsListSurvey;

AnnalsListSurvey *annals_list_survey_new      (void);
void              annals_list_survey_free     (AnnalsListSurvey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsListSurvey, annals_list_survey_free)

void              annals_list_survey_add      (AnnalsListSurvey *self,
                                               AnnalsListRecord *record);
/* Never NULL; a field for which no column is likely has none. */
AnnalsMapping    *annals_list_survey_guess    (AnnalsListSurvey *self);
/* The column that holds a short form of the text, NULL when there is none. */
const char       *annals_list_survey_get_excerpt_column (AnnalsListSurvey *self);

/* Whether @column is called as such columns are. */
gboolean          annals_list_names_field     (const char       *column,
                                               AnnalsField       field);
/* Whether what @mapping finds in a list can be posts. */
gboolean          annals_list_mapping_is_likely (const AnnalsMapping *mapping);

G_END_DECLS
