/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ANNALS_NOTEBOOK_ERROR (annals_notebook_error_quark ())
GQuark annals_notebook_error_quark (void);

/**
 * AnnalsNotebookError:
 * @ANNALS_NOTEBOOK_ERROR_FAILED: anything the others do not say
 * @ANNALS_NOTEBOOK_ERROR_NOT_FOUND: no such file or no such record
 * @ANNALS_NOTEBOOK_ERROR_AMBIGUOUS: several records fit
 * @ANNALS_NOTEBOOK_ERROR_EXISTS: a new notebook's file, or a name, is there already
 * @ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK: a directory, an empty or foreign file
 * @ANNALS_NOTEBOOK_ERROR_TOO_NEW: written by a newer Annals
 * @ANNALS_NOTEBOOK_ERROR_CORRUPT: damaged
 * @ANNALS_NOTEBOOK_ERROR_READ_ONLY: the file or its folder cannot be written
 * @ANNALS_NOTEBOOK_ERROR_FULL: no space left
 * @ANNALS_NOTEBOOK_ERROR_BUSY: another program holds the file
 * @ANNALS_NOTEBOOK_ERROR_INVALID: the caller's data is not acceptable (a message for a person)
 * @ANNALS_NOTEBOOK_ERROR_CONFLICT: undo or redo depends on later work
 */
typedef enum
{
  ANNALS_NOTEBOOK_ERROR_FAILED,
  ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
  ANNALS_NOTEBOOK_ERROR_AMBIGUOUS,
  ANNALS_NOTEBOOK_ERROR_EXISTS,
  ANNALS_NOTEBOOK_ERROR_NOT_A_NOTEBOOK,
  ANNALS_NOTEBOOK_ERROR_TOO_NEW,
  ANNALS_NOTEBOOK_ERROR_CORRUPT,
  ANNALS_NOTEBOOK_ERROR_READ_ONLY,
  ANNALS_NOTEBOOK_ERROR_FULL,
  ANNALS_NOTEBOOK_ERROR_BUSY,
  ANNALS_NOTEBOOK_ERROR_INVALID,
  ANNALS_NOTEBOOK_ERROR_CONFLICT,
} AnnalsNotebookError;

G_END_DECLS
