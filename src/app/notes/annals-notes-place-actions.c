/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-notes-place-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-memos.h"
#include "annals-menu.h"
#include "annals-palette.h"
#include "annals-pick-popover.h"
#include "annals-posts.h"
#include "annals-tags.h"
#include "annals-timelines.h"

/* characters of an event's title that is made of a note */
#define TITLE_CHARACTERS 120

/* --- the chosen notes --- */

/* What is done to the notes that are chosen: one action, one step of the history. */
typedef struct
{
  GArray *ids;       /* (element type gint64); a memo's is negative */
  gint64  id;        /* of the tag or timeline; 0: @name is a new one */
  char   *name;      /* of the colour, tag or timeline */
} BulkJob;

static void
bulk_job_free (BulkJob *self)
{
  g_array_unref (self->ids);
  g_free (self->name);
  g_free (self);
}

static guint
count_passages (GArray *ids)
{
  guint n = 0;

  for (guint i = 0; i < ids->len; i++)
    n += g_array_index (ids, gint64, i) > 0;

  return n;
}

static BulkJob *
bulk_job_new (AnnalsNotesPlace *self,
              gint64            id,
              const char       *name)
{
  BulkJob *job = g_new0 (BulkJob, 1);

  job->ids = annals_paged_list_dup_selected (self->notes);
  job->id = id;
  job->name = g_strdup (name);

  return job;
}

typedef gboolean (*PassageFunc) (AnnalsDb       *db,
                                 gint64          id,
                                 const BulkJob  *job,
                                 GError        **error);

static gboolean
each_passage (AnnalsDb       *db,
              const BulkJob  *job,
              PassageFunc     func,
              GError        **error)
{
  for (guint i = 0; i < job->ids->len; i++)
    {
      gint64 id = g_array_index (job->ids, gint64, i);

      if (id > 0 && !func (db, id, job, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
tag_one (AnnalsDb       *db,
         gint64          id,
         const BulkJob  *job,
         GError        **error)
{
  return annals_db_tag_annotation (db, job->id, id, error);
}

static gboolean
tag_in_writer (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  BulkJob *job = data;

  return (job->id != 0 || annals_db_ensure_tag (db, job->name, &job->id, error)) &&
         each_passage (db, job, tag_one, error);
}

static gboolean
untag_one (AnnalsDb       *db,
           gint64          id,
           const BulkJob  *job,
           GError        **error)
{
  return annals_db_untag_annotation (db, job->id, id, error);
}

static gboolean
untag_in_writer (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  return each_passage (db, data, untag_one, error);
}

static gboolean
colour_one (AnnalsDb       *db,
            gint64          id,
            const BulkJob  *job,
            GError        **error)
{
  return annals_db_set_annotation_colour (db, id, job->name, error);
}

static gboolean
colour_in_writer (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return each_passage (db, data, colour_one, error);
}

/* What somebody said of the passage, else the passage itself, in one line. */
static char *
dup_event_title (const AnnalsAnnotation *annotation)
{
  g_auto(GStrv) lines = g_strsplit (annotation->note, "\n", 2);
  const char *text = lines[0] != NULL && *lines[0] != '\0' ? lines[0] :
                     *annotation->selector.exact != '\0' ? annotation->selector.exact : annotation->post_title;

  return annals_named_dup_lead (text, TITLE_CHARACTERS);
}

static gboolean
add_event_of (AnnalsDb       *db,
              gint64          id,
              const BulkJob  *job,
              GError        **error)
{
  g_autoptr(AnnalsAnnotation) annotation = NULL;
  g_autoptr(AnnalsPost) post = NULL;
  g_autofree char *title = NULL;
  gint64 event_id;

  if (!(annotation = annals_db_load_annotation (db, id, error)) ||
      !(post = annals_db_load_post (db, annotation->post_id, error)))
    return FALSE;

  title = dup_event_title (annotation);
  return annals_db_add_event (db, job->id, 0, post->published, *title != '\0' ? title : post->title, "", &event_id,
                              error) &&
         annals_db_add_evidence (db, event_id, 0, id, ANNALS_STANCE_SUPPORTS, "", NULL, error);
}

static gboolean
add_to_timeline_in_writer (AnnalsDb      *db,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  BulkJob *job = data;

  return (job->id != 0 || annals_db_add_timeline (db, job->name, "", NULL, "", &job->id, error)) &&
         each_passage (db, job, add_event_of, error);
}

static gboolean
delete_in_writer (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  BulkJob *job = data;

  for (guint i = 0; i < job->ids->len; i++)
    {
      gint64 id = g_array_index (job->ids, gint64, i);

      if (id > 0 ? !annals_db_delete_annotation (db, id, error) : !annals_db_delete_memo (db, -id, error))
        return FALSE;
    }

  return TRUE;
}

/* --- actions --- */

/* The row that commands for one note mean: the only one that is chosen. */
static const AnnalsNote *
get_chosen (AnnalsNotesPlace *self,
            guint            *position)
{
  g_autoptr(GArray) ids = self->notes != NULL ? annals_paged_list_dup_selected (self->notes) : NULL;
  g_autoptr(AnnalsPagedItem) item = NULL;

  if (ids == NULL || ids->len != 1 || !annals_paged_list_find (self->notes, g_array_index (ids, gint64, 0), position))
    return NULL;

  /* The view holds the row as long as it is seen. */
  item = g_list_model_get_item (G_LIST_MODEL (self->notes), *position);
  return item != NULL ? annals_paged_item_get_content (item) : NULL;
}

static void
get_focused_place (AnnalsNotesPlace *self,
                   GdkRectangle     *place)
{
  GtkWidget *row = gtk_widget_get_focus_child (self->list_view);
  graphene_rect_t bounds;

  *place = (GdkRectangle) { gtk_widget_get_width (GTK_WIDGET (self)) / 2, 120, 1, 1 };
  if (row != NULL && gtk_widget_compute_bounds (row, GTK_WIDGET (self), &bounds))
    *place = (GdkRectangle) { bounds.origin.x + bounds.size.width / 2,
                              bounds.origin.y + bounds.size.height / 2, 1, 1 };
}

static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (widget);
  guint position;

  if (get_chosen (self, &position) != NULL)
    annals_notes_place_open (self, position);
}

static void
edit_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (widget);
  guint position;
  const AnnalsNote *note = get_chosen (self, &position);
  GdkRectangle place;

  if (note == NULL)
    return;
  if (note->annotation == NULL)
    {
      annals_notes_place_open (self, position);   /* a memo is written in its own place */
      return;
    }

  get_focused_place (self, &place);
  self->edited_id = note->annotation->id;
  g_free (self->edited_note);
  self->edited_note = g_strdup (note->annotation->note);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->edit_text), self->edited_note, -1);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->edit_popover), &place);
  gtk_popover_popup (GTK_POPOVER (self->edit_popover));
  gtk_widget_grab_focus (GTK_WIDGET (self->edit_text));
}

/* The popover saves what was typed as it closes. */
static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  gtk_popover_popdown (GTK_POPOVER (ANNALS_NOTES_PLACE (widget)->edit_popover));
}

static void
delete_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (widget);
  BulkJob *job = bulk_job_new (self, 0, NULL);
  guint n = job->ids->len;
  g_autofree char *label = n == 1 ? g_strdup (_("Delete note"))
                                  : g_strdup_printf (ngettext ("Delete %u note", "Delete %u notes", n), n);
  g_autofree char *message = n == 1 ? g_strdup (_("Note deleted"))
                                    : g_strdup_printf (ngettext ("%u note deleted", "%u notes deleted", n), n);

  if (n == 0)
    {
      bulk_job_free (job);
      return;
    }

  annals_desk_change (self->desk, self, label, message, delete_in_writer, job, (GDestroyNotify) bulk_job_free, NULL);
}

static void
colour_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (widget);
  BulkJob *job = bulk_job_new (self, 0, g_variant_get_string (parameter, NULL));
  guint n = count_passages (job->ids);
  g_autofree char *label = g_strdup_printf (ngettext ("Colour %u note", "Colour %u notes", n), n);
  g_autofree char *message = g_strdup_printf (ngettext ("Colour of %u note changed", "Colour of %u notes changed", n),
                                              n);

  annals_desk_change (self->desk, self, label, message, colour_in_writer, job, (GDestroyNotify) bulk_job_free, NULL);
}

static void
tag_picked_cb (AnnalsNotesPlace *self,
               gint64            id,
               const char       *name)
{
  BulkJob *job = bulk_job_new (self, id, name);
  guint n = count_passages (job->ids);
  g_autofree char *label = g_strdup_printf (ngettext ("Tag %u note", "Tag %u notes", n), n);
  /* Translators: %s is a tag's name */
  g_autofree char *message = g_strdup_printf (ngettext ("%u note tagged “%s”", "%u notes tagged “%s”", n), n, name);

  annals_desk_change (self->desk, self, label, message, tag_in_writer, job, (GDestroyNotify) bulk_job_free, NULL);
}

static void
untag_picked_cb (AnnalsNotesPlace *self,
                 gint64            id,
                 const char       *name)
{
  BulkJob *job = bulk_job_new (self, id, name);
  guint n = count_passages (job->ids);
  /* Translators: %s is a tag's name */
  g_autofree char *label = g_strdup_printf (_("Remove tag “%s” from notes"), name);
  g_autofree char *message = g_strdup_printf (ngettext ("“%2$s” removed from %1$u note",
                                                        "“%2$s” removed from %1$u notes", n), n, name);

  annals_desk_change (self->desk, self, label, message, untag_in_writer, job, (GDestroyNotify) bulk_job_free, NULL);
}

static void
timeline_picked_cb (AnnalsNotesPlace *self,
                    gint64            id,
                    const char       *name)
{
  BulkJob *job = bulk_job_new (self, id, name);
  guint n = count_passages (job->ids);
  g_autofree char *label = g_strdup_printf (ngettext ("Add %u event", "Add %u events", n), n);
  /* Translators: %s is a timeline's title */
  g_autofree char *message = g_strdup_printf (ngettext ("%u event added to “%s”", "%u events added to “%s”", n), n,
                                              name);

  annals_desk_change (self->desk, self, label, message, add_to_timeline_in_writer, job,
                      (GDestroyNotify) bulk_job_free, NULL);
}

/* --- choices --- */

typedef enum
{
  PICK_TAG,
  PICK_TAG_TO_REMOVE,
  PICK_TIMELINE,
} Pick;

typedef struct
{
  Pick       pick;
  GArray    *ids;        /* of the chosen passages */
  GPtrArray *records;    /* (element type AnnalsTag or AnnalsTimeline) */
  GArray    *counts;     /* (element type AnnalsTagCount) (nullable) */
} ChoicesJob;

static void
choices_job_free (ChoicesJob *self)
{
  g_array_unref (self->ids);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_array_unref);
  g_free (self);
}

static gboolean
choices_in_reader (AnnalsDb      *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  ChoicesJob *job = data;

  if (job->pick == PICK_TIMELINE)
    return (job->records = annals_db_list_timelines (db, error)) != NULL;

  return (job->records = annals_db_list_tags (db, error)) != NULL &&
         (job->counts = annals_db_count_tags_on_annotations (db, (const gint64 *) (gpointer) job->ids->data,
                                                             job->ids->len, cancellable, error)) != NULL;
}

static guint
count_of (GArray *counts,
          gint64  tag_id)
{
  for (guint i = 0; i < counts->len; i++)
    if (g_array_index (counts, AnnalsTagCount, i).tag_id == tag_id)
      return g_array_index (counts, AnnalsTagCount, i).n_posts;

  return 0;
}

static void
add_tag_choice (AnnalsPickPopover *popover,
                const ChoicesJob  *job,
                const AnnalsTag   *tag)
{
  guint n_have = count_of (job->counts, tag->id);
  g_autofree char *detail = NULL;

  if (job->pick == PICK_TAG_TO_REMOVE && n_have == 0)
    return;

  if (n_have > 0)
    /* Translators: how many of the chosen notes have a tag */
    detail = g_strdup_printf (_("%'u of %'u"), n_have, job->ids->len);
  annals_pick_popover_add (popover, &(AnnalsPickChoice) {
    .id = tag->id, .name = tag->name, .colour = tag->colour,
    .depth = job->pick == PICK_TAG_TO_REMOVE ? 0 : tag->depth, .detail = detail,
    .aliases = (const char * const *) tag->synonyms });
}

static void
choices_cb (gpointer      owner,
            gpointer      data,
            const GError *error)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (owner);
  ChoicesJob *job = data;
  GtkWidget *popovers[] = { self->tag_popover, self->untag_popover, self->timeline_popover };
  AnnalsPickPopover *popover = ANNALS_PICK_POPOVER (popovers[job->pick]);
  GdkRectangle place;

  if (error != NULL)
    {
      annals_desk_fail (self->desk, _("The notebook could not be read"), error->message);
      return;
    }

  if (job->pick == PICK_TAG_TO_REMOVE && job->counts->len == 0)
    {
      annals_desk_toast (self->desk, ngettext ("The note has no tags", "The notes have no tags", job->ids->len), FALSE);
      return;
    }

  annals_pick_popover_clear (popover);
  for (guint i = 0; i < job->records->len; i++)
    if (job->pick == PICK_TIMELINE)
      {
        const AnnalsTimeline *timeline = job->records->pdata[i];

        annals_pick_popover_add_choice (popover, timeline->id, timeline->title, timeline->colour);
      }
    else
      add_tag_choice (popover, job, job->records->pdata[i]);

  get_focused_place (self, &place);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &place);
  annals_pick_popover_popup (popover);
}

static void
pick (AnnalsNotesPlace *self,
      Pick              what)
{
  g_autoptr(GArray) ids = annals_paged_list_dup_selected (self->notes);
  ChoicesJob *job = g_new0 (ChoicesJob, 1);

  job->pick = what;
  job->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) > 0)
      g_array_append_val (job->ids, g_array_index (ids, gint64, i));
  annals_desk_read (self->desk, self, choices_in_reader, job, (GDestroyNotify) choices_job_free, NULL, choices_cb);
}

static void
tag_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  pick (ANNALS_NOTES_PLACE (widget), PICK_TAG);
}

static void
untag_action (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  pick (ANNALS_NOTES_PLACE (widget), PICK_TAG_TO_REMOVE);
}

static void
timeline_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  pick (ANNALS_NOTES_PLACE (widget), PICK_TIMELINE);
}

/* --- the menu --- */

static void
menu_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsNotesPlace *self = ANNALS_NOTES_PLACE (widget);
  GdkRectangle place;

  get_focused_place (self, &place);
  if (self->notes != NULL && annals_paged_list_get_n_selected (self->notes) > 0)
    annals_notes_place_popup_menu (self, place.x, place.y);
}

void
annals_notes_place_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "notes.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "notes.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "notes.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "notes.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "notes.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "notes.tag", NULL, tag_action);
  gtk_widget_class_install_action (widget_class, "notes.untag", NULL, untag_action);
  gtk_widget_class_install_action (widget_class, "notes.colour", "s", colour_action);
  gtk_widget_class_install_action (widget_class, "notes.timeline", NULL, timeline_action);
  annals_notes_place_install_export (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "notes.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "notes.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, "notes.tag", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "notes.untag", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "notes.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "notes.menu", NULL);
}

void
annals_notes_place_update_actions (AnnalsNotesPlace *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr(GArray) ids = annals_paged_list_dup_selected (self->notes);
  guint n_passages = count_passages (ids);
  g_autofree char *selected = g_strdup_printf (ngettext ("%u chosen", "%u chosen", ids->len), ids->len);

  gtk_label_set_text (self->selected, selected);
  gtk_revealer_set_reveal_child (self->actions, ids->len > 0);
  gtk_widget_action_set_enabled (widget, "notes.open", ids->len == 1);
  gtk_widget_action_set_enabled (widget, "notes.edit", ids->len == 1);
  gtk_widget_action_set_enabled (widget, "notes.delete", ids->len > 0);
  gtk_widget_action_set_enabled (widget, "notes.copy-citation", n_passages > 0);
  gtk_widget_action_set_enabled (widget, "notes.copy-markdown", ids->len > 0);
  gtk_widget_action_set_enabled (widget, "notes.tag", n_passages > 0);
  gtk_widget_action_set_enabled (widget, "notes.untag", n_passages > 0);
  gtk_widget_action_set_enabled (widget, "notes.colour", n_passages > 0);
  gtk_widget_action_set_enabled (widget, "notes.timeline", n_passages > 0);
}

static void
fill_colour_menu (AnnalsNotesPlace *self)
{
  guint n_colours;
  const AnnalsColour *palette = annals_palette_get (&n_colours);

  g_menu_remove_all (self->colour_menu);
  for (guint i = 0; i < n_colours; i++)
    annals_menu_append_name (self->colour_menu, annals_note_filter_bar_get_colour_name (self->bar, palette[i].name),
                             "notes.colour", g_variant_new_string (palette[i].name));
}

void
annals_notes_place_init_actions (AnnalsNotesPlace *self)
{
  fill_colour_menu (self);
  g_signal_connect_object (self->bar, "colours-named", G_CALLBACK (fill_colour_menu), self, G_CONNECT_SWAPPED);

  self->tag_popover = annals_pick_popover_new (_("Tags"), _("Find or create a tag"));
  self->untag_popover = annals_pick_popover_new (_("Tags"), _("Find a tag"));
  annals_pick_popover_set_create (ANNALS_PICK_POPOVER (self->untag_popover), FALSE, NULL);
  self->timeline_popover = annals_pick_popover_new (_("Timelines"), _("Find or create a timeline"));
  gtk_widget_set_parent (self->tag_popover, GTK_WIDGET (self));
  gtk_widget_set_parent (self->untag_popover, GTK_WIDGET (self));
  gtk_widget_set_parent (self->timeline_popover, GTK_WIDGET (self));
  g_signal_connect_object (self->tag_popover, "picked", G_CALLBACK (tag_picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->untag_popover, "picked", G_CALLBACK (untag_picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline_popover, "picked", G_CALLBACK (timeline_picked_cb), self,
                           G_CONNECT_SWAPPED);
}
