/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-notes-place.h"

#include <glib/gi18n.h>

#include "annals-lists.h"
#include "annals-note-row.h"
#include "annals-posts.h"
#include "annals-text-conflict.h"

struct _AnnalsNotesPlace
{
  GtkWidget           parent_instance;

  GtkWidget          *box;
  GtkWidget          *search;
  GtkLabel           *count;
  GtkStack           *stack;
  GtkWidget          *list_view;
  GtkWidget          *context_menu;
  GtkWidget          *edit_popover;
  GtkTextView        *edit_text;
  GtkWidget          *save_button;

  AnnalsDesk         *desk;
  GListStore         *notes;
  GtkSingleSelection *selection;
  GCancellable       *loading;
  gint64              edited_id;     /* the annotation whose note is being edited; 0: none */
  char               *edited_note;   /* as it was */
};

typedef enum
{
  PROP_DESK = 1,
} AnnalsNotesPlaceProp;

static GParamSpec *properties[PROP_DESK + 1];

G_DEFINE_FINAL_TYPE (AnnalsNotesPlace, annals_notes_place, GTK_TYPE_WIDGET)

/* --- finding --- */

typedef struct
{
  char         *words;
  GCancellable *cancellable;   /* tells this question from a later one */
  GPtrArray    *items;         /* (element type AnnalsNoteItem) */
} NotesJob;

static void
notes_job_free (NotesJob *self)
{
  g_free (self->words);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

static char *
build_where (AnnalsDb               *db,
             const AnnalsAnnotation *annotation)
{
  g_autoptr(AnnalsPost) post = NULL;
  g_autofree char *date = NULL;

  if (!(post = annals_db_load_post (db, annotation->post_id, NULL)))
    return g_strdup (annotation->post_title);

  date = annals_date_dup_display_short (post->published);
  if (*post->source == '\0')
    return g_strjoin (" · ", post->title, date, NULL);

  return g_strjoin (" · ", post->title, post->source, date, NULL);
}

static gboolean
find_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  NotesJob *job = data;
  g_autoptr(GPtrArray) annotations = NULL;
  g_autofree char *where = NULL;
  gint64 post_id = 0;

  annotations = *job->words != '\0' ? annals_db_search_annotations (db, job->words, error)
                                    : annals_db_list_annotations (db, 0, error);
  if (annotations == NULL)
    return FALSE;

  job->items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_set_free_func (annotations, NULL);   /* each goes into its item */
  for (guint i = 0; i < annotations->len; i++)
    {
      AnnalsAnnotation *annotation = annotations->pdata[i];

      /* A post's annotations follow one another. */
      if (annotation->post_id != post_id)
        {
          g_free (where);
          where = build_where (db, annotation);
          post_id = annotation->post_id;
        }
      g_ptr_array_add (job->items, annals_note_item_new (annotation, where));
    }

  return TRUE;
}

static void
found_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (owner);
  NotesJob *job = data;
  g_autofree char *count = NULL;
  guint n;

  if (job->cancellable != self->loading)
    return;

  g_clear_object (&self->loading);
  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The notes could not be read"), error->message);
      return;
    }

  n = job->items->len;
  count = g_strdup_printf (ngettext ("%'u note", "%'u notes", n), n);
  gtk_label_set_text (self->count, count);
  /* First away with the old: a view compares each removed row with each added one otherwise. */
  g_list_store_remove_all (self->notes);
  g_list_store_splice (self->notes, 0, 0, job->items->pdata, n);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" :
                                                 *job->words != '\0' ? "nothing" : "empty");
}

static void
reload (AnnalsNotesPlace *self)
{
  NotesJob *job;

  if (self->desk == NULL || annals_desk_get_notebook (self->desk) == NULL)
    return;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();

  job = g_new0 (NotesJob, 1);
  job->words = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  job->cancellable = g_object_ref (self->loading);
  annals_desk_read (self->desk, self, find_in_reader, job, (GDestroyNotify) notes_job_free,
                    self->loading, found_cb);
}

/* --- changing --- */

typedef struct
{
  gint64  id;
  char   *note;
} NoteJob;

static void
note_job_free (NoteJob *self)
{
  g_free (self->note);
  g_free (self);
}

static gboolean
delete_in_writer (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  NoteJob *job = data;

  return annals_db_delete_annotation (db, job->id, error);
}

/* What was typed is kept however the popover closes. */
static void
edit_closed_cb (AnnalsNotesPlace *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->edit_text);
  GtkTextIter start, end;
  g_autofree char *note = NULL;

  if (self->edited_id == 0)
    return;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  note = g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, TRUE));
  if (!g_str_equal (note, self->edited_note))
    annals_text_conflict_save (self->desk, GTK_WIDGET (self), &annals_text_kind_note, self->edited_id, _("Edit note"),
                               _("Note changed"), self->edited_note, note);
  self->edited_id = 0;
  gtk_widget_grab_focus (self->list_view);
}

static void
save_clicked_cb (AnnalsNotesPlace *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->edit_popover));
}

/* --- the chosen note --- */

static const AnnalsAnnotation *
get_chosen (AnnalsNotesPlace *self)
{
  AnnalsNoteItem *item = gtk_single_selection_get_selected_item (self->selection);

  return item != NULL ? annals_note_item_get_annotation (item) : NULL;
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (widget);
  const AnnalsAnnotation *annotation = get_chosen (self);

  if (annotation != NULL)
    annals_desk_show_post (self->desk, annotation->post_id, annotation->id);
}

static void
get_focused_place (AnnalsNotesPlace *self,
                   GdkRectangle     *place)
{
  GtkWidget *row = gtk_widget_get_focus_child (self->list_view);
  graphene_rect_t bounds;

  *place = (GdkRectangle) { gtk_widget_get_width (GTK_WIDGET (self)) / 2, 80, 1, 1 };
  if (row != NULL && gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
    *place = (GdkRectangle) { bounds.origin.x + bounds.size.width / 2,
                              bounds.origin.y + bounds.size.height / 2, 1, 1 };
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (widget);
  const AnnalsAnnotation *annotation = get_chosen (self);
  GdkRectangle place;

  if (annotation == NULL)
    return;

  get_focused_place (self, &place);
  self->edited_id = annotation->id;
  g_free (self->edited_note);
  self->edited_note = g_strdup (annotation->note);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->edit_text), annotation->note, -1);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->edit_popover), &place);
  gtk_popover_popup (GTK_POPOVER (self->edit_popover));
  gtk_widget_grab_focus (GTK_WIDGET (self->edit_text));
}

static void
delete_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (widget);
  const AnnalsAnnotation *annotation = get_chosen (self);
  NoteJob *job;

  if (annotation == NULL)
    return;

  job = g_new0 (NoteJob, 1);
  job->id = annotation->id;
  annals_desk_change (self->desk, self, _("Delete note"), _("Note deleted"), delete_in_writer, job,
                      (GDestroyNotify) note_job_free, NULL);
}

static void
popup_menu (AnnalsNotesPlace *self,
            double            x,
            double            y)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu), &(GdkRectangle) { x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}

static void
menu_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (widget);
  GdkRectangle place;

  get_focused_place (self, &place);
  if (get_chosen (self) != NULL)
    popup_menu (self, place.x, place.y);
}

/* --- rows --- */

static void
context_clicked_cb (GtkGestureClick *gesture,
                    int              n_press,
                    double           x,
                    double           y,
                    gpointer         user_data)
{
  GtkListItem *item = user_data;
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *place = gtk_widget_get_ancestor (row, ANNALS_TYPE_NOTES_PLACE);
  graphene_point_t point;

  if (place == NULL || gtk_list_item_get_position (item) == GTK_INVALID_LIST_POSITION)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_single_selection_set_selected (ANNALS_NOTES_PLACE (place)->selection,
                                     gtk_list_item_get_position (item));
  gtk_widget_grab_focus (gtk_widget_get_parent (row));
  if (gtk_widget_compute_point (row, place, &GRAPHENE_POINT_INIT (x, y), &point))
    popup_menu (ANNALS_NOTES_PLACE (place), point.x, point.y);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  GtkWidget *row = annals_note_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  /* When the button comes up: a menu that opens before it takes the release away from the row,
   * which then stays drawn as held down. */
  g_signal_connect_object (click, "released", G_CALLBACK (context_clicked_cb), item, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item,
         gpointer                  user_data)
{
  AnnalsNoteItem *note = gtk_list_item_get_item (item);
  const AnnalsAnnotation *annotation = annals_note_item_get_annotation (note);
  g_autofree char *name = *annotation->note != '\0'
    ? g_strdup_printf ("“%s”, %s, %s", annotation->selector.exact, annotation->note,
                       annals_note_item_get_where (note))
    : g_strdup_printf ("“%s”, %s", annotation->selector.exact, annals_note_item_get_where (note));

  annals_note_row_set_item (ANNALS_NOTE_ROW (gtk_list_item_get_child (item)), note);
  annals_list_name_row (item, name);
}

static void
row_activated_cb (AnnalsNotesPlace *self,
                  guint             position)
{
  g_autoptr(AnnalsNoteItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  const AnnalsAnnotation *annotation = annals_note_item_get_annotation (item);

  annals_desk_show_post (self->desk, annotation->post_id, annotation->id);
}

static void
search_changed_cb (AnnalsNotesPlace *self)
{
  reload (self);
}

static void
stop_search_cb (AnnalsNotesPlace *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  reload (self);
}

static void
changed_cb (AnnalsNotesPlace *self,
            AnnalsChanges    *changes)
{
  if (annals_changes_touch (changes, ANNALS_RECORD_ANNOTATION) ||
      annals_changes_touch (changes, ANNALS_RECORD_IMPORT))
    reload (self);
}

static void
notebook_cb (AnnalsNotesPlace *self)
{
  g_list_store_remove_all (self->notes);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  reload (self);
}

static void
set_desk (AnnalsNotesPlace *self,
          AnnalsDesk       *desk)
{
  /* A place has one desk for its life: the window's. */
  g_return_if_fail (self->desk == NULL);

  if (!g_set_object (&self->desk, desk))
    return;

  g_signal_connect_object (desk, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (notebook_cb), self,
                           G_CONNECT_SWAPPED);
  notebook_cb (self);
}

static void
annals_notes_place_dispose (GObject *object)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->edited_id = 0;
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  g_clear_pointer (&self->edit_popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_NOTES_PLACE);
  g_clear_object (&self->selection);
  g_clear_object (&self->notes);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->edited_note, g_free);

  G_OBJECT_CLASS (annals_notes_place_parent_class)->dispose (object);
}

static void
annals_notes_place_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (object);

  switch ((AnnalsNotesPlaceProp) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    }
}

static void
annals_notes_place_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (object);

  switch ((AnnalsNotesPlaceProp) prop_id)
    {
    case PROP_DESK:
      set_desk (self, g_value_get_object (value));
      break;
    }
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "notes.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "notes.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "notes.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "notes.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "notes.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "notes.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "notes.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "notes.menu", NULL);
}

static void
annals_notes_place_class_init (AnnalsNotesPlaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_notes_place_dispose;
  object_class->get_property = annals_notes_place_get_property;
  object_class->set_property = annals_notes_place_set_property;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, ANNALS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-notes-place.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, search);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, count);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, list_view);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, context_menu);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, edit_popover);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, edit_text);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, save_button);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  install_actions (widget_class);
}

static void
annals_notes_place_init (AnnalsNotesPlace *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (self->context_menu, GTK_WIDGET (self));
  gtk_widget_set_parent (self->edit_popover, GTK_WIDGET (self));

  self->notes = g_list_store_new (ANNALS_TYPE_NOTE_ITEM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->notes)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list_view), factory);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list_view), GTK_SELECTION_MODEL (self->selection));
  annals_list_leave_by_tab (self->list_view);
}

GtkWidget *
annals_notes_place_new (void)
{
  return g_object_new (ANNALS_TYPE_NOTES_PLACE, NULL);
}

void
annals_notes_place_focus_search (AnnalsNotesPlace *self)
{
  g_return_if_fail (ANNALS_IS_NOTES_PLACE (self));

  gtk_widget_grab_focus (self->search);
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}
