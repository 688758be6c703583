/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-private.h"

#include <glib/gi18n.h>

AnnalsAnnotation *
annals_reader_find_overlapped (AnnalsReader       *self,
                               const AnnalsTarget *selection)
{
  AnnalsAnnotation *found = NULL;
  guint most = 0;

  for (guint i = 0; i < self->reading->annotations->len; i++)
    {
      AnnalsAnnotation *annotation = g_ptr_array_index (self->reading->annotations, i);
      guint start = MAX (annotation->selector.start, selection->start);
      guint end = MIN (annotation->selector.end, selection->end);

      if (start < end && end - start > most && !g_str_equal (annotation->state, "review"))
        {
          most = end - start;
          found = annotation;
        }
    }

  return found;
}

static void
placed_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsReader *self = owner;
  AnnalsMark *mark = data;

  if (mark->post_id != self->post_id)
    return;

  /* what was shown of it is not what is in the notebook */
  if (error != NULL)
    annals_passage_view_cancel_bounds (annals_reader_page_get_passage (self->page));
  else
    annals_reader_page_set_current (self->page, mark->annotation_id);
}

static void
place (AnnalsReader *self,
       gint64        annotation_id,
       guint         start,
       guint         end)
{
  AnnalsMark *mark = annals_mark_new (self->post_id, annotation_id);

  mark->start = start;
  mark->end = end;
  mark->place = TRUE;
  annals_desk_change (self->desk, self, _("Move highlight’s bounds"), _("Highlight’s bounds moved"), annals_mark_apply,
                      mark, (GDestroyNotify) annals_mark_free, placed_cb);
}

static void
move_bounds_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsAnnotation *annotation;
  AnnalsTarget target;

  if (!annals_reader_find_target (self, &target) || target.annotation_id != 0 ||
      !(annotation = annals_reader_find_overlapped (self, &target)))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  annals_reader_end_selection (self);
  place (self, annotation->id, target.start, target.end);
}

/* The passage that is open, or else the one that the cursor is in, is the one whose bounds move. */
static gboolean
open_passage (AnnalsReader *self)
{
  AnnalsPassageView *passage = annals_reader_page_get_passage (self->page);
  AnnalsTarget target;

  if (annals_passage_view_has_bounds (passage))
    return TRUE;

  if (!annals_reader_find_target (self, &target) || target.annotation_id == 0)
    return FALSE;

  annals_reader_page_set_current (self->page, target.annotation_id);

  return annals_passage_view_has_bounds (passage);
}

static void
step_bound_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsPassageView *passage = annals_reader_page_get_passage (self->page);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gboolean end;
  int step;

  /* in an editor it is the words written there that the keys are about */
  if (GTK_IS_TEXT_VIEW (focus) && focus != GTK_WIDGET (passage))
    return;

  g_variant_get (parameter, "(bi)", &end, &step);
  if (!open_passage (self) || !annals_passage_view_step_bound (passage, end, step))
    gtk_widget_error_bell (widget);
}

/* While the keys are held it is one movement, and one step in the history. */
static void
key_released_cb (AnnalsReader          *self,
                 guint                  keyval,
                 guint                  keycode,
                 GdkModifierType        state,
                 GtkEventControllerKey *controller)
{
  switch (keyval)
    {
    case GDK_KEY_Alt_L:
    case GDK_KEY_Alt_R:
    case GDK_KEY_Meta_L:
    case GDK_KEY_Meta_R:
    case GDK_KEY_Shift_L:
    case GDK_KEY_Shift_R:
      annals_passage_view_commit_bounds (annals_reader_page_get_passage (self->page));
      break;
    }
}

static void
bounds_moved_cb (AnnalsReader *self,
                 gint64        annotation_id,
                 guint         start,
                 guint         end)
{
  if (self->desk != NULL && self->reading != NULL && self->post_id == self->reading->post->id)
    place (self, annotation_id, start, end);
}

void
annals_reader_connect_bounds (AnnalsReader *self)
{
  GtkEventController *key = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (key, "key-released", G_CALLBACK (key_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->page), key);
  g_signal_connect_object (annals_reader_page_get_passage (self->page), "bounds-moved", G_CALLBACK (bounds_moved_cb),
                           self, G_CONNECT_SWAPPED);
}

static void
add_step (GtkWidgetClass  *widget_class,
          guint            keyval,
          GdkModifierType  modifiers,
          gboolean         end,
          int              step)
{
  gtk_widget_class_add_binding_action (widget_class, keyval, modifiers, "reader.step-bound", "(bi)", end, step);
}

void
annals_reader_install_bounds_actions (GtkWidgetClass *widget_class)
{
  const GdkModifierType alt = GDK_SHIFT_MASK | GDK_ALT_MASK;
  const GdkModifierType ctrl_alt = alt | GDK_CONTROL_MASK;

  gtk_widget_class_install_action (widget_class, "reader.move-bounds", NULL, move_bounds_action);
  gtk_widget_class_install_action (widget_class, "reader.step-bound", "(bi)", step_bound_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, GDK_CONTROL_MASK | GDK_ALT_MASK, "reader.move-bounds",
                                       NULL);
  add_step (widget_class, GDK_KEY_Right, alt, TRUE, 1);
  add_step (widget_class, GDK_KEY_KP_Right, alt, TRUE, 1);
  add_step (widget_class, GDK_KEY_Left, alt, TRUE, -1);
  add_step (widget_class, GDK_KEY_KP_Left, alt, TRUE, -1);
  add_step (widget_class, GDK_KEY_Right, ctrl_alt, FALSE, 1);
  add_step (widget_class, GDK_KEY_KP_Right, ctrl_alt, FALSE, 1);
  add_step (widget_class, GDK_KEY_Left, ctrl_alt, FALSE, -1);
  add_step (widget_class, GDK_KEY_KP_Left, ctrl_alt, FALSE, -1);
}
