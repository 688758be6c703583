/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window that is to go, and what may keep it: an import that still runs, a notebook that is nowhere else. */
#include "config.h"

#include "annals-application-private.h"
#include "annals-import-dialog.h"
#include "annals-merge-dialog.h"
#include "annals-window-private.h"

static gboolean
is_above (GtkWindow    *window,
          AnnalsWindow *self)
{
  while (window != NULL && window != GTK_WINDOW (self))
    window = gtk_window_get_transient_for (window);

  return window != NULL;
}

GtkWindow *
annals_window_find_import (AnnalsWindow *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      /* the list of imports has dialogs of its own */
      if ((ANNALS_IS_IMPORT_DIALOG (window) || ANNALS_IS_MERGE_DIALOG (window)) && is_above (window, self))
        return window;
    }

  return NULL;
}

void
annals_window_stay (AnnalsWindow *self)
{
  self->close_after_import = FALSE;
  annals_application_call_off_quit (ANNALS_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
}

static void
import_gone_cb (AnnalsWindow *self)
{
  if (self->close_after_import)
    gtk_window_close (GTK_WINDOW (self));
}

/* Closes the dialog: one that works asks, or stops first. */
static gboolean
waits_for_import (AnnalsWindow *self)
{
  GtkWindow *dialog = annals_window_find_import (self);

  if (dialog == NULL)
    return FALSE;

  if (!self->close_after_import)
    {
      self->close_after_import = TRUE;
      g_signal_connect_object (dialog, "destroy", G_CALLBACK (import_gone_cb), self, G_CONNECT_SWAPPED);
      if (ANNALS_IS_IMPORT_DIALOG (dialog))
        g_signal_connect_object (dialog, "goes-on", G_CALLBACK (annals_window_stay), self, G_CONNECT_SWAPPED);
    }
  gtk_window_close (dialog);

  /* One without work is gone at once. */
  return annals_window_find_import (self) != NULL;
}

gboolean
annals_window_may_stay (AnnalsWindow *self)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);

  return annals_window_find_import (self) != NULL ||
         (notebook != NULL && annals_notebook_is_gone (notebook) && !self->leaves_gone);
}

gboolean
annals_window_close_request (GtkWindow *window)
{
  AnnalsWindow *self = ANNALS_WINDOW (window);

  annals_window_keep_session (self);
  if (waits_for_import (self) || annals_window_keeps_gone (self))
    return TRUE;
  if (annals_desk_get_notebook (self->desk) == NULL && self->closing == NULL && self->opening == NULL)
    return FALSE;
  /* It may wait for another program; who opens keeps the window until that is told. */
  if (self->may_leave)
    {
      g_cancellable_cancel (self->opening);
      return FALSE;
    }

  annals_window_close_notebook (self, TRUE);

  return TRUE;
}
