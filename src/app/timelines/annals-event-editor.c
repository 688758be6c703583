/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-event-editor.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "annals-date-reading.h"
#include "annals-event-places.h"
#include "annals-evidence-dates.h"
#include "annals-evidence-drop.h"
#include "annals-evidence-picker.h"
#include "annals-evidence-row.h"
#include "annals-mistake.h"
#include "annals-text.h"
#include "annals-link-dialog.h"
#include "annals-links-section.h"
#include "annals-timeline-edit.h"
#include "annals-wrap-layout.h"

struct _AnnalsEventEditor
{
  GtkWidget             parent_instance;
  AnnalsDesk           *desk;
  AnnalsTimelineData   *data;       /* (nullable) */
  gint64                event_id;
  GCancellable         *dating;     /* (nullable): the question what dates its evidence speaks of */
  char                 *dated;      /* (nullable): the event and the evidence that it was asked of */
  gint64                removing;   /* evidence that is being removed here; 0: none */
  gboolean              filling;    /* the fields are being set, not edited */

  GtkStack             *stack;
  GtkWidget            *title;
  GtkWidget            *date;
  AnnalsDateReading    *reading;
  GtkEventController   *date_focus;
  GtkDropDown          *lane;
  GtkWidget            *new_lane;
  AnnalsEventPlaces    *tags;
  AnnalsEventPlaces    *timelines;
  GtkLabel             *sources;
  GtkBox               *evidence;
  GtkWidget            *add_button;
  GtkPopover           *add_popover;
  AnnalsEvidencePicker *picker;
  GtkTextView          *account;
  AnnalsLinksSection   *links;
};

typedef enum
{
  PROP_DESK = 1,
} AnnalsEventEditorProp;

static GParamSpec *properties[PROP_DESK + 1];

G_DEFINE_FINAL_TYPE (AnnalsEventEditor, annals_event_editor, GTK_TYPE_WIDGET)

/* (nullable) */
static AnnalsEvent *
get_event (AnnalsEventEditor *self)
{
  return self->data != NULL && self->event_id != 0
         ? annals_timeline_data_find (self->data, self->event_id) : NULL;
}

static AnnalsTimelineEdit *
new_edit (AnnalsEventEditor *self)
{
  return annals_timeline_edit_new (self->data->timeline->id, self->event_id);
}

static void
commit (AnnalsEventEditor  *self,
        const char         *label,
        const char         *message,
        AnnalsTimelineEdit *edit)
{
  annals_desk_change (self->desk, self, label, message, annals_timeline_edit_apply, edit,
                      (GDestroyNotify) annals_timeline_edit_free, NULL);
}

/* --- title --- */

static void
title_done_cb (AnnalsEventEditor *self)
{
  const AnnalsEvent *event = get_event (self);
  g_autofree char *title = annals_text_normalize_line (gtk_editable_get_text (GTK_EDITABLE (self->title)), -1);
  AnnalsTimelineEdit *edit;

  if (event == NULL || g_str_equal (title, event->title))
    return;

  /* An event cannot be without a title: the old one comes back. */
  if (*title == '\0')
    {
      gtk_editable_set_text (GTK_EDITABLE (self->title), event->title);
      return;
    }

  edit = new_edit (self);
  edit->event_title = g_steal_pointer (&title);
  commit (self, _("Rename event"), NULL, edit);
}

/* --- date --- */

static void
date_changed_cb (AnnalsEventEditor *self)
{
  annals_show_mistake (self->date, NULL, annals_date_reading_update (self->reading) == NULL);
}

static void
date_done_cb (AnnalsEventEditor *self)
{
  const AnnalsEvent *event = get_event (self);
  AnnalsDate *date = annals_date_reading_get_date (self->reading);
  AnnalsTimelineEdit *edit;

  /* A mistake stays in the entry with its reason beside it, to be mended. */
  if (event == NULL || date == NULL)
    return;

  if (g_str_equal (annals_date_get_edtf (date), annals_date_get_edtf (event->date)))
    return;

  edit = new_edit (self);
  edit->event_date = annals_date_ref (date);
  commit (self, _("Change date of event"), NULL, edit);
}

/* Dates are offered to who is at the date, and to an event that has none. */
static void
date_focus_cb (AnnalsEventEditor *self)
{
  const AnnalsEvent *event = get_event (self);
  gboolean wanted = gtk_event_controller_focus_contains_focus (GTK_EVENT_CONTROLLER_FOCUS (self->date_focus)) ||
                    (event != NULL && annals_date_is_undated (event->date));

  annals_date_reading_set_hides (self->reading, !wanted);
}

/* --- lane --- */

static void
lane_selected_cb (AnnalsEventEditor *self)
{
  const AnnalsEvent *event = get_event (self);
  guint selected = gtk_drop_down_get_selected (self->lane);
  GPtrArray *lanes;
  AnnalsTimelineEdit *edit;
  gint64 lane_id;

  if (self->filling || event == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;

  lanes = self->data->timeline->lanes;
  gtk_widget_set_visible (self->new_lane, selected == lanes->len + 1);
  if (selected == lanes->len + 1)
    {
      gtk_widget_grab_focus (self->new_lane);
      return;
    }

  lane_id = selected == 0 ? 0 : ((AnnalsLane *) g_ptr_array_index (lanes, selected - 1))->id;
  if (lane_id == event->lane_id)
    return;

  edit = new_edit (self);
  edit->set_lane = TRUE;
  edit->lane_id = lane_id;
  commit (self, _("Move event to lane"), NULL, edit);
}

static void
new_lane_cb (AnnalsEventEditor *self)
{
  g_autofree char *name = annals_text_normalize_line (gtk_editable_get_text (GTK_EDITABLE (self->new_lane)), -1);
  AnnalsTimelineEdit *edit;

  if (get_event (self) == NULL || *name == '\0' || !gtk_widget_get_visible (self->new_lane))
    return;

  gtk_widget_set_visible (self->new_lane, FALSE);
  edit = new_edit (self);
  edit->set_lane = TRUE;
  edit->lane_name = g_steal_pointer (&name);
  commit (self, _("Move event to new lane"), NULL, edit);
}

static void
fill_lanes (AnnalsEventEditor *self,
            const AnnalsEvent *event)
{
  GPtrArray *lanes = self->data->timeline->lanes;
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, C_("lane", "None"));
  for (guint i = 0; i < lanes->len; i++)
    {
      const AnnalsLane *lane = g_ptr_array_index (lanes, i);

      gtk_string_list_append (names, lane->name);
      if (lane->id == event->lane_id)
        selected = i + 1;
    }
  gtk_string_list_append (names, _("New Lane…"));

  gtk_drop_down_set_model (self->lane, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->lane, selected);
  gtk_editable_set_text (GTK_EDITABLE (self->new_lane), "");
  gtk_widget_set_visible (self->new_lane, FALSE);
}

/* --- account --- */

static char *
dup_account (AnnalsEventEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->account);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
set_account (AnnalsEventEditor *self,
             const char        *account)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->account);
  g_autofree char *old = dup_account (self);

  /* Setting the same words would take the cursor to the end. */
  if (!g_str_equal (old, account))
    {
      gtk_text_buffer_begin_irreversible_action (buffer);
      gtk_text_buffer_set_text (buffer, account, -1);
      gtk_text_buffer_end_irreversible_action (buffer);
    }
}

static void
account_done_cb (AnnalsEventEditor *self)
{
  const AnnalsEvent *event = get_event (self);
  g_autofree char *account = dup_account (self);
  AnnalsTimelineEdit *edit;

  if (event == NULL || g_str_equal (account, event->account))
    return;

  edit = new_edit (self);
  edit->event_account = g_steal_pointer (&account);
  commit (self, _("Edit account of event"), NULL, edit);
}

/* --- evidence --- */

static void
add_shown_cb (AnnalsEventEditor *self)
{
  annals_evidence_picker_begin (self->picker, self->desk);
}

static void
picked_cb (AnnalsEventEditor *self,
           gint64             post_id,
           gint64             annotation_id)
{
  AnnalsTimelineEdit *edit;

  gtk_popover_popdown (self->add_popover);
  if (get_event (self) == NULL)
    return;

  edit = new_edit (self);
  edit->post_id = post_id;
  edit->annotation_id = annotation_id;
  commit (self, _("Add evidence"), _("Evidence added"), edit);
}

static AnnalsEvidence *
find_evidence (AnnalsEventEditor *self,
               gint64             evidence_id)
{
  const AnnalsEvent *event = get_event (self);

  for (guint i = 0; event != NULL && i < event->evidence->len; i++)
    {
      AnnalsEvidence *evidence = g_ptr_array_index (event->evidence, i);

      if (evidence->id == evidence_id)
        return evidence;
    }

  return NULL;
}

static void
open_evidence_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  AnnalsEventEditor *self = ANNALS_EVENT_EDITOR (widget);
  const AnnalsEvidence *evidence = find_evidence (self, g_variant_get_int64 (parameter));

  if (evidence != NULL)
    annals_desk_show_post (self->desk, evidence->post_id, evidence->annotation_id);
}

static void
set_stance_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  AnnalsEventEditor *self = ANNALS_EVENT_EDITOR (widget);
  const AnnalsEvidence *evidence;
  AnnalsTimelineEdit *edit;
  gint64 id;
  int stance;

  g_variant_get (parameter, "(xi)", &id, &stance);
  evidence = find_evidence (self, id);
  if (evidence == NULL || (int) evidence->stance == stance)
    return;

  edit = new_edit (self);
  edit->evidence_id = id;
  edit->stance = stance;
  edit->evidence_note = g_strdup (evidence->note);
  commit (self, stance == ANNALS_STANCE_CONTRADICTS ? _("Mark evidence as contradicting")
                                                    : _("Mark evidence as supporting"), NULL, edit);
}

static void
remove_evidence_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  AnnalsEventEditor *self = ANNALS_EVENT_EDITOR (widget);
  AnnalsTimelineEdit *edit;

  if (find_evidence (self, g_variant_get_int64 (parameter)) == NULL)
    return;

  self->removing = g_variant_get_int64 (parameter);
  edit = new_edit (self);
  edit->evidence_id = self->removing;
  edit->delete_evidence = TRUE;
  commit (self, _("Remove evidence"), _("Evidence removed"), edit);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  AnnalsEventEditor *self = ANNALS_EVENT_EDITOR (widget);
  AnnalsTimelineEdit *edit;

  if (get_event (self) == NULL)
    return;

  edit = new_edit (self);
  edit->delete_event = TRUE;
  commit (self, _("Delete event"), _("Event deleted"), edit);
}

/* (nullable) */
static GtkWidget *
find_row (AnnalsEventEditor *self,
          gint64             evidence_id)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->evidence));

  while (child != NULL && annals_evidence_row_get_id (ANNALS_EVIDENCE_ROW (child)) != evidence_id)
    child = gtk_widget_get_next_sibling (child);

  return child;
}

/* Between the closing of a row's menu and the next frame the keyboard is at an item of the menu that is not to be seen
 * any more, and a moment later nowhere. */
static gboolean
has_keyboard (AnnalsEventEditor *self,
              GtkWidget         *row)
{
  GtkRoot *root = gtk_widget_get_root (row);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_get_mapped (focus))
    return root != NULL && annals_evidence_row_get_id (ANNALS_EVIDENCE_ROW (row)) == self->removing;

  return gtk_widget_is_ancestor (focus, row);
}

/* The keyboard goes from a row that is removed to the one after it, else before it, else to the button below. */
static void
remove_row (AnnalsEventEditor *self,
            GtkWidget         *row)
{
  if (has_keyboard (self, row))
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);

      if (next == NULL)
        next = gtk_widget_get_prev_sibling (row);
      if (next == NULL || !gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD))
        gtk_widget_child_focus (self->add_button, GTK_DIR_TAB_FORWARD);
    }

  gtk_box_remove (self->evidence, row);
}

static void
fill_evidence (AnnalsEventEditor *self,
               const AnnalsEvent *event)
{
  g_autofree char *sources = annals_event_dup_sources (event);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->evidence));
  GtkWidget *above = NULL;

  gtk_label_set_text (self->sources, sources);
  gtk_widget_set_visible (GTK_WIDGET (self->sources), *sources != '\0');
  while (child != NULL)
    {
      GtkWidget *row = child;

      child = gtk_widget_get_next_sibling (child);
      if (find_evidence (self, annals_evidence_row_get_id (ANNALS_EVIDENCE_ROW (row))) == NULL)
        remove_row (self, row);
    }

  for (guint i = 0; i < event->evidence->len; i++)
    {
      const AnnalsEvidence *evidence = g_ptr_array_index (event->evidence, i);
      GtkWidget *row = find_row (self, evidence->id);

      if (row != NULL)
        annals_evidence_row_update (ANNALS_EVIDENCE_ROW (row), evidence);
      else
        gtk_box_append (self->evidence, row = annals_evidence_row_new (evidence));
      gtk_box_reorder_child_after (self->evidence, row, above);
      above = row;
    }
}

/* --- the whole --- */

/* What the user is typing is not overwritten by news of something else. */
static gboolean
is_being_edited (GtkWidget *field)
{
  return (gtk_widget_get_state_flags (field) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* Asked again only for other evidence: a button that is about to be pressed stays. */
static void
propose_dates (AnnalsEventEditor *self,
               const AnnalsEvent *event)
{
  g_autoptr(GString) about = g_string_new (NULL);

  g_string_append_printf (about, "%" G_GINT64_FORMAT, event->id);
  for (guint i = 0; i < event->evidence->len; i++)
    g_string_append_printf (about, " %" G_GINT64_FORMAT, ((AnnalsEvidence *) event->evidence->pdata[i])->id);
  if (g_strcmp0 (about->str, self->dated) == 0)
    return;

  g_free (self->dated);
  self->dated = g_strdup (about->str);
  g_cancellable_cancel (self->dating);
  g_clear_object (&self->dating);
  self->dating = g_cancellable_new ();
  annals_evidence_dates_propose (self->desk, self->reading, event, self->dating);
}

static void
fill (AnnalsEventEditor *self,
      gboolean           everything)
{
  const AnnalsEvent *event = get_event (self);

  gtk_stack_set_visible_child_name (self->stack, event != NULL ? "event" : "none");
  if (event == NULL)
    return;

  self->filling = TRUE;
  if (everything || !is_being_edited (self->title))
    gtk_editable_set_text (GTK_EDITABLE (self->title), event->title);
  if (everything || !is_being_edited (self->date))
    gtk_editable_set_text (GTK_EDITABLE (self->date), annals_date_get_edtf (event->date));
  if (everything || !is_being_edited (GTK_WIDGET (self->account)))
    set_account (self, event->account);
  if (everything || !is_being_edited (self->new_lane))
    fill_lanes (self, event);
  date_changed_cb (self);
  annals_event_places_show (self->tags, event, self->data->timeline->id);
  annals_event_places_show (self->timelines, event, self->data->timeline->id);
  fill_evidence (self, event);
  self->filling = FALSE;
  propose_dates (self, event);
  date_focus_cb (self);
}

/* Takes back what was typed since the field was entered. */
static void
revert_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  fill (ANNALS_EVENT_EDITOR (widget), TRUE);
}

/* --- the widget --- */

static void
link_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  AnnalsEventEditor *self = ANNALS_EVENT_EDITOR (widget);
  AnnalsEvent *event = get_event (self);

  if (event != NULL)
    annals_link_pick (widget, self->desk, annals_link_from_new (ANNALS_RECORD_EVENT, event->id, event->title));
}

static void
annals_event_editor_dispose (GObject *object)
{
  AnnalsEventEditor *self = ANNALS_EVENT_EDITOR (object);

  g_cancellable_cancel (self->dating);
  g_clear_object (&self->dating);
  g_clear_pointer (&self->dated, g_free);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->data, annals_timeline_data_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_EVENT_EDITOR);

  G_OBJECT_CLASS (annals_event_editor_parent_class)->dispose (object);
}

static void
annals_event_editor_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  AnnalsEventEditor *self = ANNALS_EVENT_EDITOR (object);

  switch ((AnnalsEventEditorProp) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    }
}

static void
annals_event_editor_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  AnnalsEventEditor *self = ANNALS_EVENT_EDITOR (object);

  switch ((AnnalsEventEditorProp) prop_id)
    {
    case PROP_DESK:
      if (g_set_object (&self->desk, g_value_get_object (value)))
        {
          g_object_set (self->links, "desk", self->desk, NULL);
          annals_event_places_set_desk (self->tags, self->desk);
          annals_event_places_set_desk (self->timelines, self->desk);
          g_object_notify_by_pspec (object, properties[PROP_DESK]);
        }
      break;
    }
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, date);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, reading);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, date_focus);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, lane);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, new_lane);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, tags);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, timelines);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, sources);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, evidence);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, add_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, add_popover);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, picker);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, account);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventEditor, links);
  gtk_widget_class_bind_template_callback (widget_class, title_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, date_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, date_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, date_focus_cb);
  gtk_widget_class_bind_template_callback (widget_class, lane_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, new_lane_cb);
  gtk_widget_class_bind_template_callback (widget_class, account_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
}

static void
annals_event_editor_class_init (AnnalsEventEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_event_editor_dispose;
  object_class->get_property = annals_event_editor_get_property;
  object_class->set_property = annals_event_editor_set_property;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, ANNALS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (ANNALS_TYPE_DATE_READING);
  g_type_ensure (ANNALS_TYPE_EVENT_PLACES);
  g_type_ensure (ANNALS_TYPE_WRAP_LAYOUT);
  g_type_ensure (ANNALS_TYPE_EVIDENCE_PICKER);
  g_type_ensure (ANNALS_TYPE_LINKS_SECTION);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-event-editor.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "editor.open-evidence", "x", open_evidence_action);
  gtk_widget_class_install_action (widget_class, "editor.set-stance", "(xi)", set_stance_action);
  gtk_widget_class_install_action (widget_class, "editor.remove-evidence", "x", remove_evidence_action);
  gtk_widget_class_install_action (widget_class, "editor.link", NULL, link_action);
  gtk_widget_class_install_action (widget_class, "editor.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "editor.revert", NULL, revert_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "editor.revert", NULL);
}

static gboolean
get_drop_target (GtkWidget     *widget,
                 double         x,
                 double         y,
                 AnnalsDesk   **desk,
                 AnnalsRecord  *kind,
                 gint64        *id)
{
  AnnalsEventEditor *self = ANNALS_EVENT_EDITOR (widget);

  *desk = self->desk;
  *kind = ANNALS_RECORD_EVENT;
  *id = self->event_id;

  return self->desk != NULL && self->event_id != 0;
}

static void
annals_event_editor_init (AnnalsEventEditor *self)
{
  GtkWidget *button;

  gtk_widget_init_template (GTK_WIDGET (self));
  annals_evidence_accept_drops (GTK_WIDGET (self), get_drop_target);

  /* the keyboard comes to the button in the drop-down, which has no name of its own */
  button = gtk_widget_get_first_child (GTK_WIDGET (self->lane));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Lane"),
                                  -1);
}

void
annals_event_editor_show (AnnalsEventEditor  *self,
                          AnnalsTimelineData *data,
                          gint64              event_id)
{
  AnnalsTimelineData *old;
  gboolean other;

  g_return_if_fail (ANNALS_IS_EVENT_EDITOR (self));

  old = self->data;
  other = self->event_id != event_id;
  self->data = data != NULL ? annals_timeline_data_ref (data) : NULL;
  self->event_id = event_id;
  g_clear_pointer (&old, annals_timeline_data_unref);

  annals_links_section_show (self->links, ANNALS_RECORD_EVENT, event_id);
  fill (self, other);
}

void
annals_event_editor_focus_title (AnnalsEventEditor *self)
{
  g_return_if_fail (ANNALS_IS_EVENT_EDITOR (self));

  gtk_widget_grab_focus (self->title);
}
