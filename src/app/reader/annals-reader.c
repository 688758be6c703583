/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-reader-private.h"

#include <glib/gi18n.h>

#include "annals-drag-origin.h"
#include "annals-link-popover.h"
#include "annals-selection-popover.h"
#include "annals-tag-entry.h"

/* How long the page before stays, in milliseconds, until "loading" is said. */
#define PATIENCE 300

typedef enum
{
  PROP_DESK = 1,
  PROP_SHOW_DETAILS,
} AnnalsReaderProp;

enum
{
  STEP_POST,
  N_SIGNALS
};

static GParamSpec *properties[PROP_SHOW_DETAILS + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsReader, annals_reader, GTK_TYPE_WIDGET)

static void
show_stack (AnnalsReader *self,
            const char   *name)
{
  g_clear_handle_id (&self->loading_id, g_source_remove);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), name);
}

void
annals_reader_hide_popovers (AnnalsReader *self)
{
  gtk_popover_popdown (self->tools);
  gtk_popover_popdown (self->tag_popover);
  gtk_popover_popdown (self->link_popover);
}

/* Forgets the post, after what was typed has been handed on. */
static void
leave_post (AnnalsReader *self)
{
  if (self->reading != NULL)
    {
      annals_passage_view_commit_bounds (annals_reader_page_get_passage (self->page));
      annals_reader_page_save_notes (self->page);
      annals_reader_end_reading (self);
      annals_reader_leave_stop (self);
    }

  annals_reader_hide_popovers (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->generation++;
  self->goal_id = 0;
  self->edit_id = 0;
  self->tools_id = 0;
  self->clicked = G_MAXUINT;
}

static gboolean
loading_cb (gpointer user_data)
{
  AnnalsReader *self = user_data;

  self->loading_id = 0;
  show_stack (self, "loading");

  return G_SOURCE_REMOVE;
}

void
annals_reader_go_to_note (AnnalsReader *self,
                          gint64        annotation_id)
{
  AnnalsAnnotation *annotation = annals_reading_find_annotation (self->reading, annotation_id);

  if (annotation == NULL)
    return;

  annals_reader_page_set_current (self->page, annotation_id);
  annals_passage_view_scroll_to (annals_reader_page_get_passage (self->page),
                                 annotation->selector.start);
}

void
annals_reader_refresh_page (AnnalsReader *self)
{
  g_autoptr(GPtrArray) annotations = g_ptr_array_new ();
  gboolean placed = self->draft == NULL;

  for (guint i = 0; i < self->reading->annotations->len; i++)
    {
      AnnalsAnnotation *annotation = g_ptr_array_index (self->reading->annotations, i);

      if (!placed && annotation->selector.start > self->draft->selector.start)
        {
          g_ptr_array_add (annotations, self->draft);
          placed = TRUE;
        }
      g_ptr_array_add (annotations, annotation);
    }
  if (!placed)
    g_ptr_array_add (annotations, self->draft);

  annals_reader_page_show (self->page, self->reading, annotations);
}

/* Of what is not seen nothing is asked. */
static void
update_details (AnnalsReader *self)
{
  gtk_widget_set_visible (self->details_box, self->show_details);
  if (self->show_details && self->reading != NULL && self->desk != NULL &&
      self->post_id == self->reading->post->id)
    annals_reader_details_show (self->details, self->desk, self->reading);
}

/* Takes the new reading; the one before must stay until the page has let go of it. */
static void
show_reading (AnnalsReader  *self,
              AnnalsReading *reading)
{
  g_autoptr(AnnalsReading) before = g_steal_pointer (&self->reading);
  g_autoptr(AnnalsAnnotation) draft = NULL;
  AnnalsPassageView *passage = annals_reader_page_get_passage (self->page);
  gboolean other = before == NULL || before->post->id != reading->post->id;
  gint64 edit_id = self->edit_id;

  self->reading = annals_reading_ref (reading);
  if (other || self->draft_saved)
    {
      draft = g_steal_pointer (&self->draft);
      self->draft_saved = FALSE;
    }

  if (other)
    annals_passage_view_set_hits (passage, NULL);
  annals_reader_header_set (annals_reader_page_get_header (self->page), reading);
  annals_reader_name_colours (self);
  annals_reader_bar_set_post (self->bar, reading->post);
  update_details (self);
  annals_reader_refresh_page (self);
  annals_drag_set_passage (GTK_TEXT_VIEW (passage), reading->post->id, self->colour);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (passage), GTK_ACCESSIBLE_PROPERTY_LABEL,
      *reading->post->title != '\0' ? reading->post->title : _("Untitled"), -1);

  if (other)
    {
      annals_reader_page_set_current (self->page, 0);
      annals_reader_page_scroll_home (self->page);
      annals_reader_begin_reading (self);
      annals_reader_arrive (self, reading->post->id);
    }
  if (self->finding && (other || before->text != reading->text))
    annals_reader_find_again (self);
  else if (!self->finding && (other || before->hits->len != reading->hits->len))
    annals_reader_show_hits (self);

  annals_links_section_show (annals_reader_page_get_links (self->page), ANNALS_RECORD_POST, reading->post->id);
  show_stack (self, "post");
  if (self->goal_id != 0)
    annals_reader_go_to_note (self, self->goal_id);
  self->goal_id = 0;

  self->edit_id = 0;
  if (edit_id != 0 && annals_reading_find_annotation (reading, edit_id) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "reader.edit-note", "x", edit_id);
}

static void
show_nothing (AnnalsReader *self)
{
  self->post_id = 0;
  annals_reader_bar_set_post (self->bar, NULL);
  show_stack (self, "empty");
}

static void
loaded_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsReader *self = owner;
  AnnalsReadingJob *job = data;

  if (job->generation != self->generation)
    return;

  g_clear_object (&self->cancellable);

  if (error == NULL)
    {
      show_reading (self, job->reading);
    }
  else if (g_error_matches (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND) &&
           self->reading != NULL && self->reading->post->id == job->post_id)
    {
      show_nothing (self);   /* it went away while it was being read: its import was undone */
    }
  else
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      if (g_error_matches (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND))
        annals_reader_forget_stop (self, job->post_id);
      adw_status_page_set_description (ADW_STATUS_PAGE (self->error_page), escaped);
      show_stack (self, "error");
    }
}

void
annals_reader_load (AnnalsReader *self)
{
  AnnalsReadingJob *job;

  if (self->desk == NULL || self->post_id == 0)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  job = g_new0 (AnnalsReadingJob, 1);
  job->post_id = self->post_id;
  job->generation = ++self->generation;
  job->match = g_strdup (self->match);
  if (self->reading != NULL && self->reading->post->id == self->post_id)
    {
      job->known_revision = self->reading->post->revision_id;
      job->known_text = annals_text_ref (self->reading->text);
      job->known_pictures = g_hash_table_ref (self->reading->pictures);
    }

  annals_desk_read (self->desk, self, annals_reading_load, job,
                    (GDestroyNotify) annals_reading_job_free, self->cancellable, loaded_cb);
}

/* Whether a change may show on the page. A note that is not known may be a new one of this post. */
static gboolean
concerns (AnnalsReader  *self,
          AnnalsChanges *changes)
{
  const gint64 *ids;
  guint n_ids;

  if (annals_changes_touch_id (changes, ANNALS_RECORD_POST, self->post_id) ||
      annals_changes_touch (changes, ANNALS_RECORD_TAG) ||
      annals_changes_touch (changes, ANNALS_RECORD_SOURCE) ||
      annals_changes_touch (changes, ANNALS_RECORD_TIMELINE) ||
      annals_changes_touch (changes, ANNALS_RECORD_EVENT) ||
      annals_changes_touch (changes, ANNALS_RECORD_EVIDENCE))
    return TRUE;

  ids = annals_changes_get_ids (changes, ANNALS_RECORD_ANNOTATION, &n_ids);

  return ids != NULL || n_ids == G_MAXUINT;
}

static void
changed_cb (AnnalsReader  *self,
            AnnalsChanges *changes)
{
  if (self->post_id != 0 && concerns (self, changes))
    annals_reader_load (self);
}

static void
notebook_cb (AnnalsReader *self)
{
  /* What is open in an editor belongs to the notebook that has gone. */
  annals_reader_forget_reading (self);
  annals_passage_view_cancel_bounds (annals_reader_page_get_passage (self->page));
  leave_post (self);
  self->timeline_id = 0;
  annals_reader_forget_stops (self);
  show_nothing (self);
}

static void
reload_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  annals_reader_load (ANNALS_READER (widget));
}

static void
scrolled_cb (AnnalsReader *self)
{
  annals_reader_note_scroll (self);
  annals_reader_place_tools (self);
  gtk_popover_popdown (self->link_popover);
}

/* How posts look is a matter of settings; where the schema is not installed (a test program) they look
 * as usual. */
static void
look_cb (AnnalsReader *self)
{
  annals_reader_look_apply (self->settings, GTK_WIDGET (self));
  annals_passage_view_set_tone (annals_reader_page_get_passage (self->page),
                                gtk_widget_has_css_class (GTK_WIDGET (self), "page-dark") ? ANNALS_TONE_DARK
                                : gtk_widget_has_css_class (GTK_WIDGET (self), "page-light") ? ANNALS_TONE_LIGHT
                                : gtk_widget_has_css_class (GTK_WIDGET (self), "page-sepia") ? ANNALS_TONE_SEPIA
                                : ANNALS_TONE_WINDOW);
  annals_reader_page_set_measure (self->page,
                                  gtk_widget_has_css_class (GTK_WIDGET (self), "width-narrow") ? 52
                                  : gtk_widget_has_css_class (GTK_WIDGET (self), "width-wide") ? 88 : 68);
}

static void
follow_settings (AnnalsReader *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GSettingsSchema) schema = NULL;
  g_autoptr(GAction) style = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, ANNALS_APPLICATION_ID, TRUE);
  if (schema == NULL)
    {
      annals_reader_bar_set_settings (self->bar, NULL);
      return;
    }

  self->settings = g_settings_new_full (schema, NULL, NULL);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (look_cb), self, G_CONNECT_SWAPPED);
  annals_reader_bar_set_settings (self->bar, self->settings);
  style = g_settings_create_action (self->settings, "citation-style");
  g_action_map_add_action (G_ACTION_MAP (group), style);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "citation", G_ACTION_GROUP (group));
  g_settings_bind (self->settings, "reader-details", self, "show-details", G_SETTINGS_BIND_DEFAULT);
  look_cb (self);
}

static void
load_style (void)
{
  static gsize once;
  GtkCssProvider *provider;

  if (!g_once_init_enter (&once))
    return;

  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, ANNALS_RESOURCE_PATH "/annals-reader.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_unref (provider);
  g_once_init_leave (&once, 1);
}

static void
annals_reader_dispose (GObject *object)
{
  AnnalsReader *self = ANNALS_READER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->loading_id, g_source_remove);
  if (self->desk_signals != NULL)
    g_signal_group_set_target (self->desk_signals, NULL);
  g_clear_object (&self->desk_signals);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_READER);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_reader_parent_class)->dispose (object);
}

static void
annals_reader_finalize (GObject *object)
{
  AnnalsReader *self = ANNALS_READER (object);

  g_clear_pointer (&self->match, g_free);
  g_clear_pointer (&self->found, g_array_unref);
  g_clear_pointer (&self->stops, g_array_unref);
  g_clear_pointer (&self->colour, g_free);
  g_clear_pointer (&self->draft, annals_annotation_free);
  g_clear_pointer (&self->reading, annals_reading_unref);

  G_OBJECT_CLASS (annals_reader_parent_class)->finalize (object);
}

static void
annals_reader_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  AnnalsReader *self = ANNALS_READER (object);

  switch ((AnnalsReaderProp) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;

    case PROP_SHOW_DETAILS:
      g_value_set_boolean (value, self->show_details);
      break;
    }
}

static void
annals_reader_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  AnnalsReader *self = ANNALS_READER (object);

  switch ((AnnalsReaderProp) prop_id)
    {
    case PROP_DESK:
      if (!g_set_object (&self->desk, g_value_get_object (value)))
        break;
      g_signal_group_set_target (self->desk_signals, self->desk);
      g_object_set (annals_reader_page_get_links (self->page), "desk", self->desk, NULL);
      notebook_cb (self);
      g_object_notify_by_pspec (object, pspec);
      break;

    case PROP_SHOW_DETAILS:
      if (self->show_details == g_value_get_boolean (value))
        break;
      self->show_details = !self->show_details;
      update_details (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    }
}

static gboolean
annals_reader_grab_focus (GtkWidget *widget)
{
  AnnalsReader *self = ANNALS_READER (widget);

  return self->post_id != 0 &&
         gtk_widget_grab_focus (GTK_WIDGET (annals_reader_page_get_passage (self->page)));
}

/* By Tab through all there is; GTK would ask annals_reader_grab_focus() first, which passes the header by. */
static gboolean
annals_reader_focus (GtkWidget        *widget,
                     GtkDirectionType  direction)
{
  return gtk_widget_child_focus (ANNALS_READER (widget)->box, direction);
}

static void
find_next_cb (AnnalsReader *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "reader.next-hit", NULL);
}

static void
find_previous_cb (AnnalsReader *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "reader.previous-hit", NULL);
}

static void
stop_find_cb (AnnalsReader *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "reader.end-find", NULL);
}

static void
annals_reader_class_init (AnnalsReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_reader_dispose;
  object_class->finalize = annals_reader_finalize;
  object_class->get_property = annals_reader_get_property;
  object_class->set_property = annals_reader_set_property;
  widget_class->grab_focus = annals_reader_grab_focus;
  widget_class->focus = annals_reader_focus;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, ANNALS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_DETAILS] =
    g_param_spec_boolean ("show-details", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[STEP_POST] = g_signal_new ("step-post", ANNALS_TYPE_READER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_INT);

  g_type_ensure (ANNALS_TYPE_READER_BAR);
  g_type_ensure (ANNALS_TYPE_READER_DETAILS);
  g_type_ensure (ANNALS_TYPE_READER_PAGE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-reader.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsReader, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReader, error_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReader, scroller);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReader, hits_revealer);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReader, hits_label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReader, find_entry);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReader, find_close);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReader, bar);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReader, details_box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReader, details);
  gtk_widget_class_install_property_action (widget_class, "reader.details", "show-details");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_ALT_MASK, "reader.details", NULL);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReader, page);

  gtk_widget_class_install_action (widget_class, "reader.reload", NULL, reload_action);
  annals_reader_install_passage_actions (widget_class);
  annals_reader_install_evidence_actions (widget_class);
  annals_reader_install_bounds_actions (widget_class);
  annals_reader_install_tools_actions (widget_class);
  annals_reader_install_note_actions (widget_class);
  annals_reader_install_card_menu_actions (widget_class);
  annals_reader_install_hit_actions (widget_class);
  annals_reader_install_find_actions (widget_class);
  annals_reader_install_travel_actions (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, annals_reader_find_again);
  gtk_widget_class_bind_template_callback (widget_class, find_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_find_cb);
  gtk_widget_class_bind_template_child (widget_class, AnnalsReader, box);
}

static void
add_popovers (AnnalsReader *self)
{
  annals_reader_init_drop (self);
  self->tools = GTK_POPOVER (annals_selection_popover_new ());
  annals_reader_page_add_popover (self->page, self->tools);
  self->link_popover = GTK_POPOVER (annals_link_popover_new ());
  annals_reader_page_add_popover (self->page, self->link_popover);

  self->tag_popover = GTK_POPOVER (gtk_popover_new ());
  self->tag_entry = annals_tag_entry_new ();
  gtk_popover_set_child (self->tag_popover, self->tag_entry);
  annals_reader_page_add_popover (self->page, self->tag_popover);
  annals_reader_init_card_menu (self);
}

static void
annals_reader_init (AnnalsReader *self)
{
  self->hit = G_MAXUINT;
  self->clicked = G_MAXUINT;
  self->desk_signals = g_signal_group_new (ANNALS_TYPE_DESK);
  g_signal_group_connect_swapped (self->desk_signals, "changed", G_CALLBACK (changed_cb), self);
  g_signal_group_connect_swapped (self->desk_signals, "notify::notebook", G_CALLBACK (notebook_cb),
                                  self);

  load_style ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->find_entry), NULL);
  annals_reader_init_travel (self);
  follow_settings (self);
  add_popovers (self);
  annals_reader_connect_passages (self);
  g_signal_connect_object (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "value-changed",
      G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
annals_reader_new (void)
{
  return g_object_new (ANNALS_TYPE_READER, NULL);
}

void
annals_reader_show_post (AnnalsReader *self,
                         gint64        post_id,
                         gint64        annotation_id)
{
  g_return_if_fail (ANNALS_IS_READER (self));

  if (post_id == self->post_id && post_id != 0)
    {
      if (self->cancellable != NULL)
        self->goal_id = annotation_id;
      else if (self->reading != NULL && annotation_id != 0)
        annals_reader_go_to_note (self, annotation_id);
      return;
    }

  leave_post (self);
  if (post_id == 0)
    {
      show_nothing (self);
      return;
    }

  self->post_id = post_id;
  self->goal_id = annotation_id;
  if (self->loading_id == 0)
    self->loading_id = g_timeout_add (PATIENCE, loading_cb, self);
  annals_reader_load (self);
}

void
annals_reader_step_post (AnnalsReader *self,
                         int           step)
{
  g_signal_emit (self, signals[STEP_POST], 0, step);
}

void
annals_reader_set_match (AnnalsReader *self,
                         const char   *match)
{
  g_autofree char *copy = g_strdup (match);

  g_return_if_fail (ANNALS_IS_READER (self));

  if (g_strcmp0 (self->match, match) == 0)
    return;

  g_free (self->match);
  self->match = g_steal_pointer (&copy);
  if (self->post_id != 0)
    annals_reader_load (self);
  else
    annals_reader_show_hits (self);
}
