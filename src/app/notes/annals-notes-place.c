/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-notes-place-private.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-collation.h"
#include "annals-lists.h"
#include "annals-query.h"
#include "annals-search-notes.h"
#include "annals-text-conflict.h"
#include "annals-wrap-layout.h"

typedef enum
{
  PROP_DESK = 1,
} AnnalsNotesPlaceProp;

static GParamSpec *properties[PROP_DESK + 1];

G_DEFINE_FINAL_TYPE (AnnalsNotesPlace, annals_notes_place, GTK_TYPE_WIDGET)

/* --- finding, on a reader's thread --- */

G_STATIC_ASSERT (sizeof (AnnalsPagedKey) == sizeof (AnnalsNoteKey));

typedef struct
{
  AnnalsNoteFilter *filter;
  char             *text;          /* as it was typed: words and conditions */
  GCancellable     *cancellable;   /* tells this question from a later one */
  GArray           *keys;          /* (element type AnnalsNoteKey) */
  guint             n_notes;       /* a note in several groups counts once */
  AnnalsPagedChange *change;       /* gets the same keys */
} NotesJob;

static void
notes_job_free (NotesJob *self)
{
  annals_note_filter_free (self->filter);
  g_free (self->text);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->keys, g_array_unref);
  annals_paged_change_free (self->change);
  g_free (self);
}

static guint
count_notes (GArray *keys)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < keys->len; i++)
    g_hash_table_add (seen, &g_array_index (keys, AnnalsNoteKey, i).id);

  return g_hash_table_size (seen);
}

static GPtrArray *
load_rows (AnnalsDb              *db,
           gconstpointer          grouping,
           const AnnalsPagedKey  *keys,
           guint                  n_keys,
           GError               **error)
{
  g_autofree AnnalsNoteKey *note_keys = g_new (AnnalsNoteKey, n_keys);
  GPtrArray *notes;

  for (guint i = 0; i < n_keys; i++)
    note_keys[i] = (AnnalsNoteKey) { keys[i].id, keys[i].group };

  if (!(notes = annals_db_load_notes (db, (AnnalsNoteGrouping) GPOINTER_TO_INT (grouping), note_keys, n_keys, error)))
    return NULL;

  for (guint i = 0; i < notes->len; i++)
    {
      const AnnalsNote *note = g_ptr_array_index (notes, i);

      if (note != NULL && note->annotation != NULL)
        annals_collate_names (note->annotation->tags, NULL);
    }

  return notes;
}

static gboolean
find_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  NotesJob *job = data;

  if (!annals_note_filter_parse (job->filter, db, job->text, error) ||
      !annals_search_note_posts (job->filter, db, error) ||
      !(job->keys = annals_db_list_notes (db, job->filter, cancellable, error)))
    return FALSE;

  job->n_notes = count_notes (job->keys);
  annals_paged_change_set_keys (job->change, job->keys);

  return annals_paged_change_load_first (job->change, db, load_rows, GINT_TO_POINTER (job->filter->grouping), error);
}

/* Each grouping has a list of its own: its rows' contents are others. */
static void
use_list (AnnalsNotesPlace   *self,
          AnnalsNoteGrouping  grouping)
{
  if (self->notes != NULL && self->grouping == grouping)
    return;

  gtk_list_view_set_model (GTK_LIST_VIEW (self->list_view), NULL);
  g_clear_object (&self->notes);
  self->grouping = grouping;
  self->notes = annals_paged_list_new (self->desk, load_rows, (GDestroyNotify) annals_note_free);
  annals_paged_list_set_question (self->notes, GINT_TO_POINTER (grouping), NULL);
  g_signal_connect_object (self->notes, "selection-changed", G_CALLBACK (annals_notes_place_update_actions), self,
                           G_CONNECT_SWAPPED);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->list_view), GTK_SELECTION_MODEL (self->notes));
}

static void
show_error (AnnalsNotesPlace *self,
            const NotesJob   *job,
            const GError     *error)
{
  g_autofree char *message = g_markup_escape_text (error->message, -1);

  if (job->filter->posts_query != NULL && error->domain == ANNALS_QUERY_ERROR)
    annals_note_filter_bar_set_mistake (self->bar, error->message);
  adw_status_page_set_description (self->error_page, message);
  gtk_label_set_text (self->count, "");
  gtk_stack_set_visible_child_name (self->stack, "error");
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
      show_error (self, job, error);
      return;
    }

  n = job->n_notes;
  count = g_strdup_printf (ngettext ("%'u note", "%'u notes", n), n);
  gtk_label_set_text (self->count, count);
  use_list (self, job->filter->grouping);
  annals_paged_list_apply (self->notes, job->change);
  annals_notes_place_update_actions (self);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" :
                                                 annals_note_filter_is_empty (job->filter) ? "empty" : "nothing");
}

AnnalsNoteFilter *
annals_notes_place_dup_filter (AnnalsNotesPlace *self)
{
  AnnalsNoteFilter *filter = annals_note_filter_copy (annals_note_filter_bar_get_filter (self->bar));

  filter->order = MIN (gtk_drop_down_get_selected (self->sort), ANNALS_NOTES_BY_MODIFIED);
  filter->grouping = MIN (gtk_drop_down_get_selected (self->group), ANNALS_NOTES_GROUP_TAG);

  return filter;
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
  job->filter = annals_notes_place_dup_filter (self);
  job->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  job->cancellable = g_object_ref (self->loading);
  if (self->notes == NULL)
    use_list (self, job->filter->grouping);
  job->change = annals_paged_list_begin_change (self->notes);
  annals_desk_read (self->desk, self, find_in_reader, job, (GDestroyNotify) notes_job_free, self->loading, found_cb);
}

/* --- editing in place --- */

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

/* --- opening --- */

void
annals_notes_place_open (AnnalsNotesPlace *self,
                         guint             position)
{
  g_autoptr(AnnalsPagedItem) item = g_list_model_get_item (G_LIST_MODEL (self->notes), position);
  const AnnalsNote *note = item != NULL ? annals_paged_item_get_content (item) : NULL;

  if (note == NULL)
    return;

  if (note->annotation != NULL)
    annals_desk_show_post (self->desk, note->annotation->post_id, note->annotation->id);
  else
    annals_desk_show_memo (self->desk, note->memo_id);
}

static void
row_activated_cb (AnnalsNotesPlace *self,
                  guint             position)
{
  annals_notes_place_open (self, position);
}

void
annals_notes_place_popup_menu (AnnalsNotesPlace *self,
                               double            x,
                               double            y)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu), &(GdkRectangle) { x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}

/* The keyboard is where it was before what the menu leads to takes it. */
static void
menu_closed_cb (AnnalsNotesPlace *self)
{
  gtk_widget_grab_focus (self->list_view);
}

/* --- what is asked for --- */

static void
stop_search_cb (AnnalsNotesPlace *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  annals_note_filter_bar_clear (self->bar);   /* which reloads */
}

static void
changed_cb (AnnalsNotesPlace *self,
            AnnalsChanges    *changes)
{
  if (annals_changes_touch (changes, ANNALS_RECORD_ANNOTATION) || annals_changes_touch (changes, ANNALS_RECORD_MEMO) ||
      annals_changes_touch (changes, ANNALS_RECORD_IMPORT) || annals_changes_touch (changes, ANNALS_RECORD_TAG) ||
      annals_changes_touch (changes, ANNALS_RECORD_EVIDENCE))
    reload (self);
}

static void
notebook_cb (AnnalsNotesPlace *self)
{
  if (annals_desk_get_notebook (self->desk) == NULL)
    return;

  gtk_list_view_set_model (GTK_LIST_VIEW (self->list_view), NULL);
  g_clear_object (&self->notes);
  use_list (self, ANNALS_NOTES_UNGROUPED);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_stack_set_visible_child_name (self->stack, "loading");
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

  use_list (self, ANNALS_NOTES_UNGROUPED);
  annals_note_filter_bar_set_desk (self->bar, desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::notebook", G_CALLBACK (notebook_cb), self,
                           G_CONNECT_SWAPPED);
  notebook_cb (self);
}

/* --- the widget --- */

static void
annals_notes_place_dispose (GObject *object)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->edited_id = 0;
  if (self->list_view != NULL)
    gtk_list_view_set_model (GTK_LIST_VIEW (self->list_view), NULL);
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  g_clear_pointer (&self->edit_popover, gtk_widget_unparent);
  g_clear_pointer (&self->tag_popover, gtk_widget_unparent);
  g_clear_pointer (&self->untag_popover, gtk_widget_unparent);
  g_clear_pointer (&self->timeline_popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_NOTES_PLACE);
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
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, search);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, bar);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, sort);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, group);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, count);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, error_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, list_view);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, context_menu);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, edit_popover);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, edit_text);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, actions);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, selected);
  gtk_widget_class_bind_template_child (widget_class, AnnalsNotesPlace, colour_menu);
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

  g_type_ensure (ANNALS_TYPE_NOTE_FILTER_BAR);
  g_type_ensure (ANNALS_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-notes-place.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, reload);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_closed_cb);
  annals_notes_place_install_actions (widget_class);
}

static void
annals_notes_place_init (AnnalsNotesPlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  annals_announce_changes (self->count);
  gtk_widget_set_parent (self->context_menu, GTK_WIDGET (self));
  gtk_widget_set_parent (self->edit_popover, GTK_WIDGET (self));
  /* what a GtkDropDown is made of has no name of its own */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->sort))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Sort by"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->group))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Group by"), -1);
  annals_notes_place_init_rows (self);
  annals_notes_place_init_actions (self);
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
