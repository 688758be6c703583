/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-private.h"

#include <glib/gi18n.h>

#include "annals-link-dialog.h"
#include "annals-original-window.h"
#include "annals-palette.h"
#include "annals-revisions-window.h"
#include "annals-text-conflict.h"

/* --- a passage whose note is written before it is marked, so that both are one step --- */

void
annals_reader_begin_draft (AnnalsReader *self,
                           guint         start,
                           guint         end)
{
  AnnalsAnnotation *draft;
  AnnalsNoteCard *card;
  guint n_colours;

  annals_reader_page_save_notes (self->page);
  annals_reader_drop_draft (self);

  draft = g_new0 (AnnalsAnnotation, 1);
  draft->post_id = self->post_id;
  draft->selector.start = start;
  draft->selector.end = end;
  draft->selector.exact = annals_text_dup_slice (self->reading->text, start, end);
  draft->selector.prefix = g_strdup ("");
  draft->selector.suffix = g_strdup ("");
  draft->colour = g_strdup (self->colour != NULL
                            ? self->colour
                            : annals_palette_get (&n_colours)[0].name);
  draft->note = g_strdup ("");
  draft->state = g_strdup ("anchored");
  draft->tags = g_new0 (char *, 1);
  draft->created = g_get_real_time ();
  draft->modified = draft->created;
  self->draft = draft;

  annals_reader_refresh_page (self);
  if ((card = annals_reader_page_get_card (self->page, 0)) != NULL)
    annals_note_card_edit (card);
}

void
annals_reader_drop_draft (AnnalsReader *self)
{
  g_autoptr(AnnalsAnnotation) draft = g_steal_pointer (&self->draft);

  self->draft_saved = FALSE;
  if (draft != NULL)
    annals_reader_refresh_page (self);   /* before it is freed */
}

static void
drop_draft_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);

  if (self->draft_saved)
    return;

  annals_reader_drop_draft (self);
  gtk_widget_grab_focus (GTK_WIDGET (annals_reader_page_get_passage (self->page)));
}

static void
draft_added_cb (gpointer      owner,
                gpointer      data,
                const GError *error)
{
  AnnalsReader *self = owner;
  AnnalsMark *mark = data;

  if (error != NULL)
    {
      annals_reader_drop_draft (self);
      return;
    }

  if (mark->post_id != self->post_id)
    return;

  if (self->draft != NULL && self->draft_saved)
    annals_reader_page_adopt (self->page, mark->annotation_id);
  annals_reader_page_set_current (self->page, mark->annotation_id);
}

static void
add_draft (AnnalsReader *self,
           const char   *note)
{
  AnnalsMark *mark;

  if (self->draft == NULL || self->draft_saved)
    return;

  /* A note on the whole post that says nothing would be seen nowhere. */
  if (*note == '\0' && self->draft->selector.end == 0)
    {
      annals_reader_drop_draft (self);
      gtk_widget_grab_focus (GTK_WIDGET (annals_reader_page_get_passage (self->page)));
      return;
    }

  mark = annals_mark_new (self->draft->post_id, 0);
  mark->start = self->draft->selector.start;
  mark->end = self->draft->selector.end;
  mark->colour = g_strdup (self->draft->colour);
  mark->note = g_strdup (note);
  g_free (self->draft->note);
  self->draft->note = g_strdup (note);
  self->draft_saved = TRUE;

  annals_desk_change (self->desk, self,
                      *note != '\0' ? _("Add note") : _("Add highlight"),
                      *note != '\0' ? _("Note added") : _("Highlight added"),
                      annals_mark_apply, mark, (GDestroyNotify) annals_mark_free, draft_added_cb);
}

/* --- notes --- */

static void
change_note (AnnalsReader *self,
             const char   *label,
             const char   *message,
             AnnalsMark   *mark)
{
  if (self->desk == NULL)
    {
      annals_mark_free (mark);
      return;
    }

  annals_desk_change (self->desk, self, label, message, annals_mark_apply, mark,
                      (GDestroyNotify) annals_mark_free, NULL);
}

static void
save_note_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  const char *note;
  const char *base;
  gint64 id;

  g_variant_get (parameter, "(x&s&s)", &id, &note, &base);
  if (id == 0)
    add_draft (self, note);
  else if (self->desk != NULL)
    annals_text_conflict_save (self->desk, widget, &annals_text_kind_note, id, _("Edit note"), _("Note saved"), base,
                               note);
}

static void
edit_note_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  gint64 id = g_variant_get_int64 (parameter);
  AnnalsNoteCard *card = annals_reader_page_get_card (self->page, id);

  if (card == NULL)
    {
      self->edit_id = id;   /* once it has been read */
      return;
    }

  annals_reader_page_set_current (self->page, id);
  annals_note_card_edit (card);
}

static void
delete_note_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  gint64 id = g_variant_get_int64 (parameter);
  AnnalsMark *mark;

  if (id == 0)
    return;

  mark = annals_mark_new (self->post_id, id);
  mark->remove = TRUE;
  gtk_widget_grab_focus (GTK_WIDGET (annals_reader_page_get_passage (self->page)));
  change_note (self, _("Delete highlight"), _("Highlight deleted"), mark);
}

static gboolean
confirm_in_writer (AnnalsDb      *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  const gint64 *id = data;

  return annals_db_confirm_annotation (db, *id, error);
}

static void
confirm_note_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  gint64 id = g_variant_get_int64 (parameter);

  if (self->desk == NULL)
    return;

  /* The button goes with what it confirms. */
  annals_reader_page_set_current (self->page, id);
  gtk_widget_grab_focus (GTK_WIDGET (annals_reader_page_get_passage (self->page)));
  annals_desk_change (self->desk, self, _("Confirm moved note"), _("Note confirmed"), confirm_in_writer,
                      g_memdup2 (&id, sizeof id), g_free, NULL);
}

static void
review_note_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);

  if (self->desk != NULL)
    annals_desk_show_review (self->desk, g_variant_get_int64 (parameter));
}

static void
untag_note_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsMark *mark = annals_mark_new (self->post_id, 0);

  g_variant_get (parameter, "(xx)", &mark->annotation_id, &mark->remove_tag_id);
  change_note (self, _("Remove tag from passage"), _("Tag removed"), mark);
}

/* A card that gets the keyboard makes its passage stand out and be seen. */
static void
select_note_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  gint64 id = g_variant_get_int64 (parameter);

  annals_reader_page_set_current (self->page, id);
  annals_reader_page_reveal_card (self->page, id);
}

static void
step_note_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsNoteCard *card;
  gint64 id;
  int step;

  g_variant_get (parameter, "(xi)", &id, &step);
  id = annals_reader_page_get_next (self->page, id, step);
  if (id == 0 || !(card = annals_reader_page_get_card (self->page, id)))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  /* Cards far from the view are not shown and could not take the keyboard. */
  gtk_widget_set_child_visible (GTK_WIDGET (card), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (card));
}

static void
show_timeline_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  gint64 timeline_id;
  gint64 event_id;

  g_variant_get (parameter, "(xx)", &timeline_id, &event_id);
  if (self->desk != NULL)
    annals_desk_show_timeline (self->desk, timeline_id, event_id);
}

/* --- the whole post --- */

static void
post_changed_cb (gpointer      owner,
                 gpointer      data,
                 const GError *error)
{
  AnnalsReader *self = owner;

  /* A button that was pressed says what did not come true. */
  if (error != NULL && self->reading != NULL)
    annals_reader_bar_set_post (self->bar, self->reading->post);
}

static void
change_post (AnnalsReader     *self,
             const char       *label,
             const char       *message,
             AnnalsPostChange *change)
{
  if (self->desk == NULL)
    {
      annals_post_change_free (change);
      return;
    }

  annals_desk_change (self->desk, self, label, message, annals_post_change_apply, change,
                      (GDestroyNotify) annals_post_change_free, post_changed_cb);
}

static void
show_post_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  annals_desk_show_post (ANNALS_READER (widget)->desk, g_variant_get_int64 (parameter), 0);
}

static void
link_post_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);

  if (self->reading != NULL && self->post_id == self->reading->post->id)
    annals_link_pick (widget, self->desk,
                      annals_link_from_new (ANNALS_RECORD_POST, self->post_id,
                                            *self->reading->post->title != '\0' ? self->reading->post->title
                                                                                : _("Untitled")));
}

/* The links of the page's own passages; the post's are in the section below it, which follows them itself. */
static void
follow_link_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  const AnnalsLink *link = self->reading != NULL
                           ? annals_reading_find_link (self->reading, g_variant_get_int64 (parameter)) : NULL;

  if (link != NULL && !annals_desk_show_named (self->desk, annals_link_get_other (link)))
    gtk_widget_error_bell (widget);
}

static void
view_original_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->reading == NULL || !GTK_IS_WINDOW (root))
    return;

  annals_original_window_present (GTK_WINDOW (root), self->desk, self->reading->post->revision_id,
                                  self->reading->post->title);
}

static void
revisions_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->reading != NULL && self->post_id != 0 && GTK_IS_WINDOW (root))
    annals_revisions_window_present (GTK_WINDOW (root), self->desk, self->reading->post->id,
                                     self->reading->post->title);
}

static void
note_post_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);

  if (self->reading != NULL && self->post_id != 0)
    annals_reader_begin_draft (self, 0, 0);
}

static void
star_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsPostChange *change;

  if (self->reading == NULL || self->post_id == 0)
    return;

  change = annals_post_change_new (self->post_id);
  change->starred = !self->reading->post->starred;
  change_post (self, change->starred ? _("Add star") : _("Remove star"), NULL, change);
}

static void
read_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsPostChange *change;

  if (self->reading == NULL || self->post_id == 0)
    return;

  change = annals_post_change_new (self->post_id);
  change->read = !self->reading->post->read;
  if (!change->read)
    self->shown_since = 0;   /* to be kept as unread is what the user wants */
  change_post (self, change->read ? _("Mark as read") : _("Mark as unread"), NULL, change);
}

static void
tag_post_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  const char *tag = g_variant_get_string (parameter, NULL);
  g_autofree char *message = g_strdup_printf (_("Post tagged “%s”"), tag);
  AnnalsPostChange *change;

  if (self->post_id == 0)
    return;

  change = annals_post_change_new (self->post_id);
  change->add_tag = g_strdup (tag);
  change_post (self, _("Tag post"), message, change);
}

static void
untag_post_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  AnnalsPostChange *change;

  if (self->post_id == 0)
    return;

  change = annals_post_change_new (self->post_id);
  change->remove_tag_id = g_variant_get_int64 (parameter);
  change_post (self, _("Remove tag from post"), _("Tag removed"), change);
}

/* --- addresses --- */

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(AnnalsDesk) desk = user_data;
  g_autoptr(GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    annals_desk_fail (desk, _("The address was not opened"), error->message);
}

static void
open_address_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);
  g_autoptr(GdkAppLaunchContext) context = NULL;

  if (self->desk == NULL)
    return;

  context = gdk_display_get_app_launch_context (gtk_widget_get_display (widget));
  g_app_info_launch_default_for_uri_async (g_variant_get_string (parameter, NULL),
                                           G_APP_LAUNCH_CONTEXT (context), NULL, opened_cb,
                                           g_object_ref (self->desk));
}

static void
copy_address_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  AnnalsReader *self = ANNALS_READER (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  if (self->desk != NULL)
    annals_desk_toast (self->desk, _("Address copied"), FALSE);
}

void
annals_reader_install_note_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "reader.drop-draft", NULL, drop_draft_action);
  gtk_widget_class_install_action (widget_class, "reader.save-note", "(xss)", save_note_action);
  gtk_widget_class_install_action (widget_class, "reader.edit-note", "x", edit_note_action);
  gtk_widget_class_install_action (widget_class, "reader.delete-note", "x", delete_note_action);
  gtk_widget_class_install_action (widget_class, "reader.confirm-note", "x", confirm_note_action);
  gtk_widget_class_install_action (widget_class, "reader.review-note", "x", review_note_action);
  gtk_widget_class_install_action (widget_class, "reader.untag-note", "(xx)", untag_note_action);
  gtk_widget_class_install_action (widget_class, "reader.select-note", "x", select_note_action);
  gtk_widget_class_install_action (widget_class, "reader.step-note", "(xi)", step_note_action);
  gtk_widget_class_install_action (widget_class, "reader.show-timeline", "(xx)",
                                   show_timeline_action);
  gtk_widget_class_install_action (widget_class, "reader.show-post", "x", show_post_action);
  gtk_widget_class_install_action (widget_class, "reader.link-post", NULL, link_post_action);
  gtk_widget_class_install_action (widget_class, "reader.follow-link", "x", follow_link_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "reader.link-post", NULL);
  gtk_widget_class_install_action (widget_class, "reader.view-original", NULL, view_original_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, GDK_CONTROL_MASK, "reader.view-original", NULL);
  gtk_widget_class_install_action (widget_class, "reader.revisions", NULL, revisions_action);
  gtk_widget_class_install_action (widget_class, "reader.note-post", NULL, note_post_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK | GDK_ALT_MASK,
                                       "reader.note-post", NULL);
  gtk_widget_class_install_action (widget_class, "reader.star", NULL, star_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "reader.star", NULL);
  gtk_widget_class_install_action (widget_class, "reader.read", NULL, read_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK, "reader.read", NULL);
  gtk_widget_class_install_action (widget_class, "reader.tag-post", "s", tag_post_action);
  gtk_widget_class_install_action (widget_class, "reader.untag-post", "x", untag_post_action);
  gtk_widget_class_install_action (widget_class, "reader.open-address", "s", open_address_action);
  gtk_widget_class_install_action (widget_class, "reader.copy-address", "s", copy_address_action);
}
