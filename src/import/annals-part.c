/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-part.h"

AnnalsPart *
annals_part_new (const char        *path,
                 AnnalsImportInput *input)
{
  AnnalsPart *self;

  g_return_val_if_fail (path != NULL && input != NULL, NULL);

  self = g_new0 (AnnalsPart, 1);
  self->path = g_strdup (path);
  self->input = input;

  return self;
}

void
annals_part_free (AnnalsPart *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->url);
  g_free (self->media_type);
  g_free (self->charset);
  annals_import_input_free (self->input);
  g_free (self);
}
