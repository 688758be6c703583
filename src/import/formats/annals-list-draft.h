/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-format.h"
#include "annals-list-mapping.h"

G_BEGIN_DECLS

/**
 * AnnalsListPlan:
 *
 * How the records of a list become drafts: for every field the columns that may hold it.
 */
typedef struct _AnnalsListPlan AnnalsListPlan;

/* @given (nullable): what the user says: a field's column, "" for none, NULL to have it guessed from @survey. */
AnnalsListPlan      *annals_list_plan_new           (AnnalsListSurvey    *survey,
                                                     const AnnalsMapping *given);
/* The items of a JSON Feed. */
AnnalsListPlan      *annals_list_plan_new_json_feed (const AnnalsMapping *given);
/* What WordPress's programming interface gives: posts, pages, comments. */
AnnalsListPlan      *annals_list_plan_new_wordpress (const AnnalsMapping *given);
void                 annals_list_plan_free          (AnnalsListPlan      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsListPlan, annals_list_plan_free)

/* For records that do not say: whose list it is. */
void                 annals_list_plan_set_author    (AnnalsListPlan      *self,
                                                     const char          *author);
/* What relative addresses begin at (nullable). */
void                 annals_list_plan_set_base      (AnnalsListPlan      *self,
                                                     const char          *base);
/* ANNALS_EXTENT_LISTED unless set */
void                 annals_list_plan_set_extent    (AnnalsListPlan      *self,
                                                     AnnalsExtent         extent);
/* The likeliest column of each field. */
AnnalsMapping       *annals_list_plan_dup_mapping   (AnnalsListPlan      *self);
gboolean             annals_list_plan_uses          (AnnalsListPlan      *self,
                                                     const char          *column);

/* Gives @reader the draft that @record is, or the reason why it is none. Takes @place. */
void                 annals_list_plan_draft         (AnnalsListPlan      *self,
                                                     AnnalsFormatReader  *reader,
                                                     AnnalsListRecord    *record,
                                                     char                *place);

/* The text that a value is: HTML or plain as it looks. @markup_kind (out): "html" or "text". */
AnnalsText          *annals_list_text               (const char          *value,
                                                     const char          *base,
                                                     const char         **markup_kind);
/* A title or name in one line, with what references and tags of HTML stand for. NULL gives NULL. */
char                *annals_list_dup_line           (const char          *value);
/* As a line of its own, once, as long as there are not too many. */
void                 annals_list_add_tag            (GPtrArray           *tags,
                                                     const char          *value);
/* "ko_KR" as BCP 47 writes it; NULL for what is no code of a language. */
char                *annals_list_dup_language       (const char          *value);
/* Whether an identifier can be unique: a number only counts the records of one table. */
gboolean             annals_list_guid_is_worldwide  (const char          *guid);
/* Says of a draft whose text was encoded twice ("Ã©" for "é") that it was: what was meant is a guess, so it is
 * left as it is. */
void                 annals_list_note_double_encoding (AnnalsFormatReader *reader,
                                                       const AnnalsDraft  *draft);

G_END_DECLS
