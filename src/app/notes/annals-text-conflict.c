/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-text-conflict.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "annals-annotations.h"
#include "annals-conflict-dialog.h"

static char *
load_note (AnnalsDb  *db,
           gint64     id,
           GError   **error)
{
  g_autoptr(AnnalsAnnotation) annotation = annals_db_load_annotation (db, id, error);

  return annotation != NULL ? g_steal_pointer (&annotation->note) : NULL;
}

const AnnalsTextKind annals_text_kind_note = { load_note, annals_db_set_annotation_note };

/* A text on its way into the notebook. */
typedef struct
{
  GWeakRef              desk;
  GWeakRef              window;
  const AnnalsTextKind *kind;
  gint64                id;
  char                 *label;
  char                 *message;
  char                 *base;
  char                 *text;
  char                 *theirs;     /* what stood there instead of @base; NULL: @text was saved */
  gboolean              gone;       /* nothing stood there */
} Saving;

static Saving *
saving_new (AnnalsDesk           *desk,
            GtkWindow            *window,
            const AnnalsTextKind *kind,
            gint64                id)
{
  Saving *self = g_new0 (Saving, 1);

  g_weak_ref_init (&self->desk, desk);
  g_weak_ref_init (&self->window, window);
  self->kind = kind;
  self->id = id;

  return self;
}

static void
saving_free (Saving *self)
{
  g_weak_ref_clear (&self->desk);
  g_weak_ref_clear (&self->window);
  g_free (self->label);
  g_free (self->message);
  g_free (self->base);
  g_free (self->text);
  g_free (self->theirs);
  g_free (self);
}

static gboolean
save_in_writer (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Saving *self = data;
  g_autoptr(GError) failure = NULL;
  g_autofree char *found = self->kind->load (db, self->id, &failure);

  if (g_error_matches (failure, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND))
    {
      self->gone = TRUE;
      return TRUE;
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  if (g_str_equal (found, self->base) || g_str_equal (found, self->text))
    return self->kind->save (db, self->id, self->text, error);

  self->theirs = g_steal_pointer (&found);
  return TRUE;
}

static void start (Saving *self);

static Saving *
saving_follow_up (const Saving *self,
                  AnnalsDesk   *desk,
                  GtkWindow    *window,
                  const char   *base,
                  const char   *text)
{
  Saving *next = saving_new (desk, window, self->kind, self->id);

  next->label = g_strdup (self->label);
  next->message = g_strdup (self->message);
  next->base = g_strdup (base);
  next->text = g_strdup (text);

  return next;
}

/* @text: what is to stand there; NULL: theirs stays. */
static void
chosen_cb (const char *text,
           gpointer    user_data)
{
  Saving *self = user_data;
  g_autoptr(AnnalsDesk) desk = g_weak_ref_get (&self->desk);
  g_autoptr(GtkWindow) window = g_weak_ref_get (&self->window);

  /* Meanwhile it may have been changed again: then it is asked again. */
  if (text != NULL && desk != NULL && window != NULL)
    start (saving_follow_up (self, desk, window, self->theirs, text));
}

static void
saved_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  AnnalsDesk *desk = ANNALS_DESK (owner);
  Saving *self = data;
  g_autoptr(GtkWindow) window = g_weak_ref_get (&self->window);
  Saving *kept;

  if (error != NULL)
    return;   /* the desk has said so */

  if (self->theirs == NULL && !self->gone)
    {
      if (self->message != NULL)
        annals_desk_toast (desk, self->message, TRUE);
      return;
    }

  kept = saving_follow_up (self, desk, window, self->base, self->text);
  kept->theirs = g_strdup (self->theirs);
  annals_conflict_dialog_present (window, self->text, self->theirs, chosen_cb, kept, (GDestroyNotify) saving_free);
}

/* Takes @self. */
static void
start (Saving *self)
{
  g_autoptr(AnnalsDesk) desk = g_weak_ref_get (&self->desk);

  annals_desk_change (desk, desk, self->label, NULL, save_in_writer, self, (GDestroyNotify) saving_free, saved_cb);
}

void
annals_text_conflict_save (AnnalsDesk           *desk,
                           GtkWidget            *parent,
                           const AnnalsTextKind *kind,
                           gint64                id,
                           const char           *label,
                           const char           *message,
                           const char           *base,
                           const char           *text)
{
  Saving *saving;
  GtkRoot *root;

  g_return_if_fail (ANNALS_IS_DESK (desk));
  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (kind != NULL && base != NULL && text != NULL);

  root = gtk_widget_get_root (parent);
  saving = saving_new (desk, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, kind, id);
  saving->label = g_strdup (label);
  saving->message = g_strdup (message);
  saving->base = g_strdup (base);
  saving->text = g_strdup (text);
  start (saving);
}
