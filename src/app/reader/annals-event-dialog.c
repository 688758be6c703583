/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-event-dialog.h"

#include <glib/gi18n.h>

#include "annals-date-reading.h"
#include "annals-text.h"

#define TITLE_CHARS 80     /* proposed titles are cut there */
#define WIDTH 480
#define MOST_HEIGHT 560    /* on a small screen the form is scrolled */
#define MAX_TITLE 500      /* the notebook takes no longer ones */

struct _AnnalsEventDialog
{
  AdwWindow   parent_instance;
  GtkWidget  *accept;
  GtkWidget  *scroller;
  GtkWidget  *form;
  GtkWidget  *quotation;
  GtkWidget  *title;
  GtkWidget  *date;
  AnnalsDateReading *reading;
  GtkWidget  *timeline;
  GtkWidget  *new_timeline;
  GtkWidget  *lane;
  GtkWidget  *new_lane;

  GPtrArray  *timelines;
  AnnalsDate *parsed;      /* (nullable) */
  guint       focus_id;
};

enum
{
  ACCEPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsEventDialog, annals_event_dialog, ADW_TYPE_WINDOW)

static char *
dup_line (GtkWidget *row)
{
  return annals_text_normalize_line (gtk_editable_get_text (GTK_EDITABLE (row)), -1);
}

/* NULL: a new one */
static AnnalsTimeline *
get_timeline (AnnalsEventDialog *self)
{
  guint index = adw_combo_row_get_selected (ADW_COMBO_ROW (self->timeline));

  return index < self->timelines->len ? g_ptr_array_index (self->timelines, index) : NULL;
}

static gboolean
wants_new_lane (AnnalsEventDialog *self)
{
  AnnalsTimeline *timeline = get_timeline (self);
  guint n_lanes = timeline != NULL ? timeline->lanes->len : 0;

  return adw_combo_row_get_selected (ADW_COMBO_ROW (self->lane)) == n_lanes + 1;
}

static gboolean
is_title (GtkWidget *row)
{
  g_autofree char *line = dup_line (row);

  return *line != '\0' && g_utf8_strlen (line, -1) <= MAX_TITLE;
}

static void
read_date (AnnalsEventDialog *self)
{
  AnnalsDate *date = annals_date_reading_update (self->reading);

  g_clear_pointer (&self->parsed, annals_date_unref);
  if (date != NULL && !annals_date_is_undated (date))
    self->parsed = annals_date_ref (date);
}

static void
changed_cb (AnnalsEventDialog *self)
{
  gboolean new_timeline;
  gboolean new_lane;

  if (self->timelines == NULL)
    return;

  new_timeline = get_timeline (self) == NULL;
  new_lane = wants_new_lane (self);
  gtk_widget_set_visible (self->new_timeline, new_timeline);
  gtk_widget_set_visible (self->new_lane, new_lane);

  read_date (self);
  gtk_widget_set_sensitive (self->accept,
                            self->parsed != NULL && is_title (self->title) &&
                            (!new_timeline || is_title (self->new_timeline)) &&
                            (!new_lane || is_title (self->new_lane)));
}

/* For what came or went. A scrolled window asks for the height of its widest form, in which the dates that are offered
 * stand in one line. */
static void
make_room (AnnalsEventDialog *self)
{
  int height;

  gtk_widget_measure (self->form, GTK_ORIENTATION_VERTICAL, WIDTH, NULL, &height, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), MIN (height, MOST_HEIGHT));
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, -1);
}

static gboolean
focus_new_lane_cb (gpointer user_data)
{
  AnnalsEventDialog *self = user_data;

  self->focus_id = 0;
  gtk_widget_grab_focus (self->new_lane);

  return G_SOURCE_REMOVE;
}

static void
lane_cb (AnnalsEventDialog *self)
{
  changed_cb (self);

  make_room (self);
  g_clear_handle_id (&self->focus_id, g_source_remove);
  if (gtk_widget_get_visible (self->new_lane) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->focus_id = g_idle_add (focus_new_lane_cb, self);   /* after the list has closed */
}

static void
timeline_cb (AnnalsEventDialog *self)
{
  g_autoptr(GtkStringList) lanes = gtk_string_list_new (NULL);
  AnnalsTimeline *timeline;

  if (self->timelines == NULL)
    return;

  timeline = get_timeline (self);
  gtk_string_list_append (lanes, _("None"));
  for (guint i = 0; timeline != NULL && i < timeline->lanes->len; i++)
    gtk_string_list_append (lanes, ((AnnalsLane *) g_ptr_array_index (timeline->lanes, i))->name);
  gtk_string_list_append (lanes, _("New Lane…"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->lane), G_LIST_MODEL (lanes));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->lane), 0);

  lane_cb (self);
}

static void
accept_cb (AnnalsEventDialog *self)
{
  g_signal_emit (self, signals[ACCEPTED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
annals_event_dialog_dispose (GObject *object)
{
  AnnalsEventDialog *self = ANNALS_EVENT_DIALOG (object);

  g_clear_handle_id (&self->focus_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), ANNALS_TYPE_EVENT_DIALOG);

  G_OBJECT_CLASS (annals_event_dialog_parent_class)->dispose (object);
}

static void
annals_event_dialog_finalize (GObject *object)
{
  AnnalsEventDialog *self = ANNALS_EVENT_DIALOG (object);

  g_clear_pointer (&self->timelines, g_ptr_array_unref);
  g_clear_pointer (&self->parsed, annals_date_unref);

  G_OBJECT_CLASS (annals_event_dialog_parent_class)->finalize (object);
}

static void
annals_event_dialog_class_init (AnnalsEventDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_event_dialog_dispose;
  object_class->finalize = annals_event_dialog_finalize;

  signals[ACCEPTED] = g_signal_new ("accepted", ANNALS_TYPE_EVENT_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ANNALS_TYPE_DATE_READING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-event-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventDialog, form);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventDialog, quotation);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventDialog, title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventDialog, date);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventDialog, reading);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventDialog, timeline);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventDialog, new_timeline);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventDialog, lane);
  gtk_widget_class_bind_template_child (widget_class, AnnalsEventDialog, new_lane);
  gtk_widget_class_bind_template_callback (widget_class, accept_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, lane_cb);
  gtk_widget_class_bind_template_callback (widget_class, timeline_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* The inner text of an entry row has no name of its own. */
static void
name_entry (GtkWidget *row)
{
  GtkEditable *inner = gtk_editable_get_delegate (GTK_EDITABLE (row));

  gtk_accessible_update_property (GTK_ACCESSIBLE (inner), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
}

static void
annals_event_dialog_init (AnnalsEventDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  name_entry (self->title);
  name_entry (self->date);
  name_entry (self->new_timeline);
  name_entry (self->new_lane);
}

static char *
propose_title (const char *words)
{
  g_autoptr(AnnalsText) text = annals_text_new_from_plain (words, -1);

  return annals_text_dup_lead (text, TITLE_CHARS);
}

GtkWidget *
annals_event_dialog_new (GtkWindow  *parent,
                         GPtrArray  *timelines,
                         gint64      timeline_id,
                         const char *quotation,
                         const char *title,
                         AnnalsDate *date)
{
  AnnalsEventDialog *self = g_object_new (ANNALS_TYPE_EVENT_DIALOG, "transient-for", parent, NULL);
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char *quoted = quotation != NULL ? g_strdup_printf (_("“%s”"), quotation)
                                              : g_strdup (_("The post as a whole is its evidence."));
  g_autofree char *proposed = propose_title (title);
  guint selected = 0;

  for (guint i = 0; i < timelines->len; i++)
    {
      AnnalsTimeline *timeline = g_ptr_array_index (timelines, i);

      gtk_string_list_append (titles, timeline->title);
      if (timeline->id == timeline_id)
        selected = i;
    }
  gtk_string_list_append (titles, _("New Timeline…"));

  annals_date_reading_set_seen_from (self->reading, date);
  gtk_label_set_text (GTK_LABEL (self->quotation), quoted);
  if (quotation == NULL)
    gtk_widget_remove_css_class (self->quotation, "annals-quotation");
  gtk_editable_set_text (GTK_EDITABLE (self->title), proposed);
  gtk_editable_set_text (GTK_EDITABLE (self->date), annals_date_get_edtf (date));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->timeline), G_LIST_MODEL (titles));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->timeline), selected);

  self->timelines = g_ptr_array_ref (timelines);
  timeline_cb (self);
  gtk_widget_grab_focus (timelines->len > 0 ? self->title : self->new_timeline);

  return GTK_WIDGET (self);
}

void
annals_event_dialog_propose (AnnalsEventDialog *self,
                             AnnalsDate        *date,
                             const char        *words)
{
  g_return_if_fail (ANNALS_IS_EVENT_DIALOG (self));

  annals_date_reading_propose (self->reading, date, words);
  make_room (self);
}

void
annals_event_dialog_fill (AnnalsEventDialog *self,
                          AnnalsMark        *mark)
{
  AnnalsTimeline *timeline;
  guint lane;

  g_return_if_fail (ANNALS_IS_EVENT_DIALOG (self));
  g_return_if_fail (self->parsed != NULL);

  timeline = get_timeline (self);
  lane = adw_combo_row_get_selected (ADW_COMBO_ROW (self->lane));

  mark->event_date = annals_date_ref (self->parsed);
  mark->event_title = dup_line (self->title);
  mark->timeline_id = timeline != NULL ? timeline->id : 0;
  mark->timeline = annals_event_dialog_dup_timeline (self);
  if (wants_new_lane (self))
    mark->lane = dup_line (self->new_lane);
  else if (timeline != NULL && lane > 0 && lane <= timeline->lanes->len)
    mark->lane_id = ((AnnalsLane *) g_ptr_array_index (timeline->lanes, lane - 1))->id;
}

char *
annals_event_dialog_dup_timeline (AnnalsEventDialog *self)
{
  AnnalsTimeline *timeline;

  g_return_val_if_fail (ANNALS_IS_EVENT_DIALOG (self), NULL);

  timeline = get_timeline (self);

  return timeline != NULL ? g_strdup (timeline->title) : dup_line (self->new_timeline);
}
