/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-history-window-private.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-ask.h"

static void walk_on (AnnalsHistoryWindow *self);

static void
toast (AnnalsHistoryWindow *self,
       const char          *message,
       const char          *button,
       const char          *action)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_button_label (toast, button);
  adw_toast_set_action_name (toast, action);
  adw_toast_overlay_add_toast (self->toasts, toast);
  annals_announce (GTK_WIDGET (self->toasts), message);
}

/* One toast for the whole way, with the way back. */
static void
tell_arrival (AnnalsHistoryWindow *self)
{
  guint n = self->n_walked;
  g_autofree char *message =
    self->redoing ? g_strdup_printf (ngettext ("%u step done again", "%u steps done again", n), n)
                  : g_strdup_printf (ngettext ("%u step undone", "%u steps undone", n), n);

  if (n == 0)
    return;

  self->way_back = self->start;
  toast (self, message, self->redoing ? _("_Undo Again") : _("_Do Again"), "history.way-back");
}

static void
end_walk (AnnalsHistoryWindow *self)
{
  g_clear_object (&self->walking);
  tell_arrival (self);
  annals_history_window_update (self);
}

static void
walked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(AnnalsHistoryWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  AnnalsHistoryWalk walk;

  if (!annals_notebook_go_to_finish (ANNALS_NOTEBOOK (source), result, &walk, &error))
    {
      if (self->walking == NULL)
        return;   /* the window is gone */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        annals_tell (GTK_WINDOW (self), _("The Way Is Blocked"), error->message);
      end_walk (self);
      return;
    }

  if (self->walking == NULL)
    return;

  self->n_walked += walk.n_done;
  self->redoing = walk.redoing;
  gtk_progress_bar_set_fraction (self->progress, (double) self->n_walked / (self->n_walked + walk.n_left));

  /* Between steps it can be stopped: what was undone by then stays so. */
  if (walk.n_left == 0 || g_cancellable_is_cancelled (self->walking))
    end_walk (self);
  else
    walk_on (self);
}

static void
walk_on (AnnalsHistoryWindow *self)
{
  annals_notebook_go_to_async (annals_desk_get_notebook (self->desk), self->target, self->walking, walked_cb,
                               g_object_ref (self));
}

void
annals_history_window_walk (AnnalsHistoryWindow *self,
                            gint64               id)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);

  if (self->walking != NULL || notebook == NULL)
    return;

  self->walking = g_cancellable_new ();
  self->target = id;
  self->start = annals_notebook_get_undo_step (notebook);
  self->n_walked = 0;
  gtk_progress_bar_set_fraction (self->progress, 0);
  annals_history_window_update (self);
  walk_on (self);
}

/* --- one by itself --- */

typedef struct
{
  AnnalsHistoryWindow *window;
  char                *label;
} OnlyErrand;

static void
only_errand_free (OnlyErrand *self)
{
  g_object_unref (self->window);
  g_free (self->label);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OnlyErrand, only_errand_free)

static void
only_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(OnlyErrand) errand = user_data;
  AnnalsHistoryWindow *self = errand->window;
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;

  if (annals_notebook_undo_finish (ANNALS_NOTEBOOK (source), result, &label, &error))
    {
      /* Translators: what the user did, such as “Add highlight”, follows */
      text = g_strconcat (_("Undone by itself: "), label, NULL);
      if (self->desk != NULL)
        toast (self, text, _("_Undo"), "history.undo");
      return;
    }

  if (self->desk == NULL)
    return;

  annals_tell (GTK_WINDOW (self), _("This Step Cannot Be Undone by Itself"), error->message);
}

void
annals_history_window_undo_only (AnnalsHistoryWindow *self,
                                 gint64               id,
                                 const char          *label)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  OnlyErrand *errand;

  if (self->walking != NULL || notebook == NULL)
    return;

  errand = g_new0 (OnlyErrand, 1);
  errand->window = g_object_ref (self);
  errand->label = g_strdup (label);
  annals_notebook_undo_only_async (notebook, id, only_cb, errand);
}
