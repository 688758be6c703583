/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ANNALS_FIELD_TITLE,
  ANNALS_FIELD_TEXT,
  ANNALS_FIELD_DATE,
  ANNALS_FIELD_URL,
  ANNALS_FIELD_AUTHOR,
  ANNALS_FIELD_SOURCE,
  ANNALS_FIELD_LANGUAGE,
  ANNALS_FIELD_TAGS,
  ANNALS_FIELD_GUID,
} AnnalsField;

#define ANNALS_N_FIELDS (ANNALS_FIELD_GUID + 1)

/* "title", "text", … as the command line and the notebook write them */
const char *annals_field_to_string   (AnnalsField field);
gboolean    annals_field_from_string (const char *string, AnnalsField *field);
/* for people, translated */
const char *annals_field_get_label   (AnnalsField field);

/**
 * AnnalsMapping:
 *
 * Which column of a CSV list, or member of the objects of a JSON list ("content.rendered"), holds
 * which field of a post. NULL: none does; in what the user says of a list, NULL leaves the field to be guessed
 * and "" says that none does.
 */
typedef struct
{
  char *columns[ANNALS_N_FIELDS];
} AnnalsMapping;

AnnalsMapping *annals_mapping_new  (void);
AnnalsMapping *annals_mapping_copy (const AnnalsMapping *self);
void           annals_mapping_free (AnnalsMapping       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsMapping, annals_mapping_free)

/**
 * AnnalsColumn:
 *
 * A column that a list has, with a value to know it by.
 */
typedef struct
{
  char *name;
  char *sample;   /* one line, at most 80 characters */
} AnnalsColumn;

AnnalsColumn *annals_column_new  (const char   *name,
                                  const char   *sample);
void          annals_column_free (AnnalsColumn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsColumn, annals_column_free)

G_END_DECLS
