/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-mapping.h"

#include <glib/gi18n-lib.h>

#include "annals-text.h"

#define MAX_SAMPLE 80

static const struct
{
  const char *nick;
  const char *label;
} fields[ANNALS_N_FIELDS] = {
  [ANNALS_FIELD_TITLE] = { "title", N_("Title") },
  [ANNALS_FIELD_TEXT] = { "text", N_("Text") },
  [ANNALS_FIELD_DATE] = { "date", N_("Date") },
  [ANNALS_FIELD_URL] = { "url", N_("Address") },
  [ANNALS_FIELD_AUTHOR] = { "author", N_("Author") },
  [ANNALS_FIELD_SOURCE] = { "source", N_("Source") },
  [ANNALS_FIELD_LANGUAGE] = { "language", N_("Language") },
  [ANNALS_FIELD_TAGS] = { "tags", N_("Tags") },
  [ANNALS_FIELD_GUID] = { "guid", N_("Identifier") },
};

const char *
annals_field_to_string (AnnalsField field)
{
  g_return_val_if_fail (field < ANNALS_N_FIELDS, NULL);

  return fields[field].nick;
}

gboolean
annals_field_from_string (const char  *string,
                          AnnalsField *field)
{
  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    if (g_str_equal (fields[i].nick, string))
      {
        *field = i;
        return TRUE;
      }

  return FALSE;
}

const char *
annals_field_get_label (AnnalsField field)
{
  g_return_val_if_fail (field < ANNALS_N_FIELDS, NULL);

  return _(fields[field].label);
}

AnnalsMapping *
annals_mapping_new (void)
{
  return g_new0 (AnnalsMapping, 1);
}

AnnalsMapping *
annals_mapping_copy (const AnnalsMapping *self)
{
  AnnalsMapping *copy;

  if (self == NULL)
    return NULL;

  copy = annals_mapping_new ();
  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    copy->columns[i] = g_strdup (self->columns[i]);

  return copy;
}

void
annals_mapping_free (AnnalsMapping *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < ANNALS_N_FIELDS; i++)
    g_free (self->columns[i]);
  g_free (self);
}

AnnalsColumn *
annals_column_new (const char *name,
                   const char *sample)
{
  AnnalsColumn *self = g_new0 (AnnalsColumn, 1);
  g_autofree char *line = annals_text_normalize_line (sample, -1);

  self->name = g_strdup (name);
  self->sample = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), MAX_SAMPLE));

  return self;
}

void
annals_column_free (AnnalsColumn *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->sample);
  g_free (self);
}
