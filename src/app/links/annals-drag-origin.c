/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-drag-origin.h"

#include "annals-window.h"

#define PASSAGE "annals-passage"

/* Of the last drag; there is one at a time. */
static GWeakRef origin;

static AnnalsNotebook *
get_notebook (GtkWidget *widget)
{
  GtkWidget *window = gtk_widget_get_ancestor (widget, ANNALS_TYPE_WINDOW);

  return window != NULL ? annals_desk_get_notebook (annals_window_get_desk (ANNALS_WINDOW (window))) : NULL;
}

void
annals_drag_begin_from (GtkWidget *source)
{
  g_return_if_fail (GTK_IS_WIDGET (source));

  g_weak_ref_set (&origin, get_notebook (source));
}

gboolean
annals_drag_belongs_to (GtkWidget *target)
{
  g_autoptr(GObject) notebook = g_weak_ref_get (&origin);

  g_return_val_if_fail (GTK_IS_WIDGET (target), FALSE);

  return notebook != NULL && notebook == (GObject *) get_notebook (target);
}

/* --- passages --- */

typedef struct
{
  GWeakRef  notebook;
  gint64    post_id;
  char     *colour;
} Passage;

static void
passage_free (Passage *self)
{
  g_weak_ref_clear (&self->notebook);
  g_free (self->colour);
  g_free (self);
}

void
annals_drag_set_passage (GtkTextView *view,
                         gint64       post_id,
                         const char  *colour)
{
  Passage *passage;

  g_return_if_fail (GTK_IS_TEXT_VIEW (view));

  passage = g_new0 (Passage, 1);
  g_weak_ref_init (&passage->notebook, get_notebook (GTK_WIDGET (view)));
  passage->post_id = post_id;
  passage->colour = g_strdup (colour);
  g_object_set_data_full (G_OBJECT (gtk_text_view_get_buffer (view)), PASSAGE, passage, (GDestroyNotify) passage_free);
}

/* GtkTextView offers its buffer itself to the same program. */
static GtkTextBuffer *
ref_buffer (GdkDrop *drop)
{
  GdkDrag *drag = gdk_drop_get_drag (drop);
  g_auto(GValue) value = G_VALUE_INIT;

  if (drag == NULL)
    return NULL;

  g_value_init (&value, GTK_TYPE_TEXT_BUFFER);
  if (!gdk_content_provider_get_value (gdk_drag_get_content (drag), &value, NULL))
    return NULL;

  return g_value_dup_object (&value);
}

gboolean
annals_drag_get_passage (GtkWidget   *target,
                         GdkDrop     *drop,
                         gint64      *post_id,
                         guint       *start,
                         guint       *end,
                         const char **colour)
{
  g_autoptr(GtkTextBuffer) buffer = NULL;
  g_autoptr(GObject) notebook = NULL;
  Passage *passage;
  GtkTextIter first, last;

  g_return_val_if_fail (GTK_IS_WIDGET (target) && GDK_IS_DROP (drop), FALSE);

  buffer = ref_buffer (drop);
  passage = buffer != NULL ? g_object_get_data (G_OBJECT (buffer), PASSAGE) : NULL;
  if (passage == NULL || !gtk_text_buffer_get_selection_bounds (buffer, &first, &last))
    return FALSE;

  notebook = g_weak_ref_get (&passage->notebook);
  if (notebook == NULL || notebook != (GObject *) get_notebook (target))
    return FALSE;

  *post_id = passage->post_id;
  *start = gtk_text_iter_get_offset (&first);
  *end = gtk_text_iter_get_offset (&last);
  *colour = passage->colour;

  return TRUE;
}
