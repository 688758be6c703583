/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-desk.h"

G_BEGIN_DECLS

/* An action of the window or of the application that a person finds by typing what it does. */
typedef struct
{
  const char *title;         /* untranslated, an order: "Import posts" */
  const char *action;        /* "win.import" */
  const char *target;        /* (nullable) a string */
  const char *accelerator;   /* (nullable) as gtk_accelerator_parse() takes it */
} AnnalsCommand;

const AnnalsCommand *annals_commands_get     (guint               *n_commands);
/* Undo and redo can be done only when there is something. */
gboolean             annals_command_is_ready (const AnnalsCommand *self,
                                              AnnalsDesk          *desk);

G_END_DECLS
