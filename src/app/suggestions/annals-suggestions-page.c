/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-suggestions-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-post-card.h"
#include "annals-rule-dialog.h"
#include "annals-suggestion-row.h"
#include "annals-timelines.h"

/* So many are shown; the next ones follow as they are decided. */
#define MAX_SHOWN 30
#define LEAD_WORDS 40
/* Milliseconds after a change until it is looked again: several changes, one look. */
#define PAUSE 120

typedef struct _LookJob LookJob;

struct _AnnalsSuggestionsPage
{
  GtkWidget       parent_instance;
  GtkWidget      *box;
  GtkWidget      *back_button;
  GtkLabel       *title;
  GtkLabel       *summary;
  GtkLabel       *rule;
  GtkStack       *stack;
  GtkSpinner     *spinner;
  GtkListBox     *list;
  GtkLabel       *more;
  GtkButton      *waiting_button;
  AdwStatusPage  *empty_page;
  GtkWidget      *empty_waiting_button;
  GtkWidget      *set_rule_button;
  AdwStatusPage  *error_page;
  GtkWidget      *mend_button;

  AnnalsDesk     *desk;
  gint64          timeline_id;
  gboolean        with_waiting;   /* those that were put off were asked for */
  gboolean        wants_focus;    /* when it is loaded */
  guint           n_suggestions;
  guint           pause_id;
  GCancellable   *looking;
  LookJob        *unseen;         /* (nullable): what was found while the page was out of sight, and has no rows yet */
};

typedef enum
{
  PROP_DESK = 1,
  PROP_N_SUGGESTIONS,
} AnnalsSuggestionsPageProp;

enum
{
  CLOSED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_N_SUGGESTIONS + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsSuggestionsPage, annals_suggestions_page, GTK_TYPE_WIDGET)

/* --- loading --- */

struct _LookJob
{
  gint64             timeline_id;
  gboolean           with_waiting;
  AnnalsTimeline    *timeline;
  AnnalsSuggestions *found;
  GPtrArray         *posts;       /* (element type AnnalsPost), parallel to those found */
  GPtrArray         *leads;       /* markup, likewise */
};

static void
look_job_free (LookJob *self)
{
  g_clear_pointer (&self->timeline, annals_timeline_free);
  g_clear_pointer (&self->found, annals_suggestions_free);
  g_clear_pointer (&self->posts, g_ptr_array_unref);
  g_clear_pointer (&self->leads, g_ptr_array_unref);
  g_free (self);
}

/* Leaves @self empty. */
static LookJob *
look_job_steal (LookJob *self)
{
  LookJob *stolen = g_memdup2 (self, sizeof *self);

  *self = (LookJob) { 0 };

  return stolen;
}

static gboolean
load_posts (LookJob   *job,
            AnnalsDb  *db,
            GError   **error)
{
  job->posts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_post_free);
  job->leads = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < job->found->posts->len; i++)
    {
      const AnnalsSuggestion *suggestion = job->found->posts->pdata[i];
      AnnalsPost *post = annals_db_load_post (db, suggestion->post_id, error);
      g_autofree char *snippet = NULL;

      if (post == NULL)
        return FALSE;

      g_ptr_array_add (job->posts, post);
      if (job->found->marks != NULL)
        snippet = annals_db_dup_snippet (db, post->id, job->found->marks, LEAD_WORDS, NULL);
      g_ptr_array_add (job->leads, annals_post_card_dup_lead (snippet != NULL ? snippet : post->lead));
    }

  return TRUE;
}

static gboolean
look_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  LookJob *job = data;

  return (job->timeline = annals_db_load_timeline (db, job->timeline_id, error)) != NULL &&
         (job->found = annals_db_suggest (db, job->timeline_id, MAX_SHOWN, job->with_waiting, error)) != NULL &&
         load_posts (job, db, error);
}

/* --- showing --- */

static void
set_n_suggestions (AnnalsSuggestionsPage *self,
                   guint                  n)
{
  if (self->n_suggestions == n)
    return;

  self->n_suggestions = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SUGGESTIONS]);
}

static void
set_summary (AnnalsSuggestionsPage *self,
             const char            *summary)
{
  gtk_label_set_text (self->summary, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), *summary != '\0');
}

static AnnalsSuggestionRow *
get_row (AnnalsSuggestionsPage *self,
         int                    place)
{
  return (AnnalsSuggestionRow *) gtk_list_box_get_row_at_index (self->list, place);
}

/* (nullable): the row that has the keyboard, or one of whose buttons has it */
static AnnalsSuggestionRow *
get_focused_row (AnnalsSuggestionsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, ANNALS_TYPE_SUGGESTION_ROW) : NULL;

  return row != NULL && gtk_widget_is_ancestor (row, GTK_WIDGET (self->list)) ? ANNALS_SUGGESTION_ROW (row) : NULL;
}

static void
focus_row (AnnalsSuggestionsPage *self,
           AnnalsSuggestionRow   *row)
{
  if (row == NULL)
    {
      annals_suggestions_page_focus (self);
      return;
    }

  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Rows stay where they are and are given what is to be seen there now; the keyboard follows its post. */
static void
fill_list (AnnalsSuggestionsPage *self,
           LookJob               *job)
{
  AnnalsSuggestionRow *focused = get_focused_row (self);
  gint64 focused_id = focused != NULL ? annals_suggestion_row_get_post_id (focused) : 0;
  AnnalsSuggestionRow *same = NULL;
  AnnalsSuggestionRow *row;
  int n = (int) job->posts->len;

  for (int i = 0; i < n; i++)
    {
      const AnnalsPost *post = job->posts->pdata[i];

      if (!(row = get_row (self, i)))
        {
          row = ANNALS_SUGGESTION_ROW (annals_suggestion_row_new ());
          gtk_list_box_append (self->list, GTK_WIDGET (row));
        }
      annals_suggestion_row_show (row, job->found->posts->pdata[i], post, job->leads->pdata[i]);
      if (post->id == focused_id)
        same = row;
    }

  if (focused != NULL && n > 0 && same != focused)
    focus_row (self, same != NULL ? same : get_row (self, MIN (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)),
                                                               n - 1)));
  while ((row = get_row (self, n)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
show_waiting (AnnalsSuggestionsPage *self,
              guint                  n_waiting)
{
  /* Translators: a button that shows them: so many posts were put off */
  g_autofree char *label = g_strdup_printf (ngettext ("%u Put Off", "%u Put Off", n_waiting), n_waiting);
  gboolean offers = n_waiting > 0 && !self->with_waiting;

  gtk_button_set_label (self->waiting_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting_button), offers);
  gtk_widget_set_visible (self->empty_waiting_button, offers);
}

/* While the index is behind, posts that just came are missing. */
static char *
dup_summary (AnnalsSuggestionsPage *self,
             guint                  n_all)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  g_autofree char *count = g_strdup_printf (ngettext ("%'u post to decide about", "%'u posts to decide about", n_all),
                                            n_all);
  guint pending = 0;

  if (notebook != NULL)
    g_object_get (notebook, "index-pending", &pending, NULL);

  return pending == 0 ? g_steal_pointer (&count)
                      : g_strdup_printf ("%s · %s", count, _("new posts are still being indexed"));
}

static void
show_header (AnnalsSuggestionsPage *self,
             const AnnalsTimeline  *timeline)
{
  /* Translators: %s is the title of a timeline */
  g_autofree char *title = g_strdup_printf (_("Suggestions for “%s”"), timeline->title);
  g_autofree char *rule = g_strdup_printf (_("Rule: %s"), timeline->rule);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->rule, rule);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->rule), timeline->rule);
  gtk_widget_set_visible (GTK_WIDGET (self->rule), *timeline->rule != '\0');
}

static void
show_found (AnnalsSuggestionsPage *self,
            LookJob               *job)
{
  const AnnalsSuggestions *found = job->found;
  g_autofree char *summary = dup_summary (self, found->n_all);
  g_autofree char *more = NULL;

  set_summary (self, found->n_all > 0 ? summary : "");
  set_n_suggestions (self, found->n_all);
  show_waiting (self, found->n_waiting);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill_list (self, job);
  /* Translators: the first %u of %u suggestions are shown */
  more = g_strdup_printf (_("The best %u of %u. The next ones follow as you decide."), found->posts->len, found->n_all);
  gtk_label_set_text (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more), found->n_all > found->posts->len);

  if (found->n_all > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (*job->timeline->rule == '\0' && job->timeline->n_posts == 0)
    gtk_stack_set_visible_child_name (self->stack, "no-rule");
  else
    {
      adw_status_page_set_description (self->empty_page,
                                       *job->timeline->rule == '\0'
                                       ? _("No other post is much like what the timeline has. A rule finds more.")
                                       : _("New posts that fit come here with the next import."));
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }
}

static void
show_error (AnnalsSuggestionsPage *self,
            const char            *message)
{
  g_autofree char *markup = g_markup_escape_text (message, -1);

  adw_status_page_set_description (self->error_page, markup);
  set_summary (self, "");
  set_n_suggestions (self, 0);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
looked_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsSuggestionsPage *self = ANNALS_SUGGESTIONS_PAGE (owner);
  LookJob *job = data;
  gboolean had_focus = get_focused_row (self) != NULL;

  if (job->timeline_id != self->timeline_id)
    return;

  gtk_spinner_stop (self->spinner);
  g_clear_pointer (&self->unseen, look_job_free);
  if (job->timeline != NULL)
    show_header (self, job->timeline);
  if (error != NULL)
    show_error (self, error->message);
  else
    {
      show_found (self, job);
      /* the timeline's button needs the count alone, and thirty rows take longer than a frame */
      if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
        self->unseen = look_job_steal (job);
    }

  if (self->wants_focus || (had_focus && get_focused_row (self) == NULL))
    annals_suggestions_page_focus (self);
}

static void
look (AnnalsSuggestionsPage *self)
{
  LookJob *job;

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  if (self->timeline_id == 0 || self->desk == NULL || annals_desk_get_notebook (self->desk) == NULL)
    return;

  self->looking = g_cancellable_new ();
  job = g_new0 (LookJob, 1);
  job->timeline_id = self->timeline_id;
  job->with_waiting = self->with_waiting;
  annals_desk_read (self->desk, self, look_in_reader, job, (GDestroyNotify) look_job_free, self->looking, looked_cb);
}

static gboolean
pause_cb (gpointer user_data)
{
  AnnalsSuggestionsPage *self = user_data;

  self->pause_id = 0;
  look (self);

  return G_SOURCE_REMOVE;
}

/* --- news --- */

static void
look_soon (AnnalsSuggestionsPage *self)
{
  if (self->timeline_id != 0 && self->pause_id == 0)
    self->pause_id = g_timeout_add (PAUSE, pause_cb, self);
}

/* A rule may ask for anything, a tag or a star; what was read along the way changes nothing that is out of sight. */
static void
changed_cb (AnnalsSuggestionsPage *self,
            AnnalsChanges         *changes)
{
  if (annals_changes_touch (changes, ANNALS_RECORD_IMPORT) ||
      annals_changes_touch_id (changes, ANNALS_RECORD_TIMELINE, self->timeline_id) ||
      annals_changes_touch (changes, ANNALS_RECORD_EVIDENCE) ||
      annals_changes_touch (changes, ANNALS_RECORD_TAG) ||
      (gtk_widget_get_mapped (GTK_WIDGET (self)) && annals_changes_touch (changes, ANNALS_RECORD_POST)))
    look_soon (self);
}

static void
index_pending_cb (AnnalsSuggestionsPage *self,
                  GParamSpec            *pspec,
                  AnnalsNotebook        *notebook)
{
  guint pending;

  g_object_get (notebook, "index-pending", &pending, NULL);
  if (pending == 0 && notebook == annals_desk_get_notebook (self->desk))
    look_soon (self);
}

static void
notebook_cb (AnnalsSuggestionsPage *self)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);

  annals_suggestions_page_set_timeline (self, 0);
  if (notebook != NULL)
    g_signal_connect_object (notebook, "notify::index-pending", G_CALLBACK (index_pending_cb), self,
                             G_CONNECT_SWAPPED);
}

/* --- decisions --- */

typedef struct
{
  gint64         timeline_id;
  gint64         post_id;
  AnnalsDecision decision;
} DecideJob;

static gboolean
decide_in_writer (AnnalsDb      *db,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  DecideJob *job = data;

  return annals_db_decide (db, job->timeline_id, job->post_id, job->decision, NULL, error);
}

static void
decided_cb (gpointer      owner,
            gpointer      data,
            const GError *error)
{
  /* What could not be decided has to come back. */
  if (error != NULL)
    look (ANNALS_SUGGESTIONS_PAGE (owner));
}

static AnnalsSuggestionRow *
find_row (AnnalsSuggestionsPage *self,
          gint64                 post_id)
{
  AnnalsSuggestionRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    if (annals_suggestion_row_get_post_id (row) == post_id)
      return row;

  return NULL;
}

/* The row goes at once; the next one gets the keyboard. */
static void
remove_row (AnnalsSuggestionsPage *self,
            AnnalsSuggestionRow   *row)
{
  int place = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  AnnalsSuggestionRow *next = get_row (self, place + 1);

  if (next == NULL && place > 0)
    next = get_row (self, place - 1);
  if (next != NULL)
    focus_row (self, next);
  else
    gtk_widget_grab_focus (self->back_button);
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static const char *
get_label (AnnalsDecision decision)
{
  return decision == ANNALS_DECISION_ADDED ? _("Add suggested post")
         : decision == ANNALS_DECISION_REJECTED ? _("Reject suggested post") : _("Put off suggested post");
}

static char *
dup_message (AnnalsDecision  decision,
             const char     *title)
{
  /* Translators: in these, %s is the title of a post */
  return decision == ANNALS_DECISION_ADDED ? g_strdup_printf (_("“%s” added to the timeline"), title)
         : decision == ANNALS_DECISION_REJECTED ? g_strdup_printf (_("“%s” is not suggested again"), title)
                                                : g_strdup_printf (_("“%s” put off"), title);
}

static void
decide (AnnalsSuggestionsPage *self,
        gint64                 post_id,
        AnnalsDecision         decision)
{
  AnnalsSuggestionRow *row = find_row (self, post_id);
  g_autofree char *message = NULL;
  DecideJob *job;

  if (row == NULL)
    return;

  message = dup_message (decision, annals_suggestion_row_get_title (row));
  job = g_new0 (DecideJob, 1);
  *job = (DecideJob) { self->timeline_id, post_id, decision };
  remove_row (self, row);
  annals_desk_change (self->desk, self, get_label (decision), message, decide_in_writer, job, g_free, decided_cb);
}

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  decide (ANNALS_SUGGESTIONS_PAGE (widget), g_variant_get_int64 (parameter), ANNALS_DECISION_ADDED);
}

static void
reject_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  decide (ANNALS_SUGGESTIONS_PAGE (widget), g_variant_get_int64 (parameter), ANNALS_DECISION_REJECTED);
}

static void
put_off_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  decide (ANNALS_SUGGESTIONS_PAGE (widget), g_variant_get_int64 (parameter), ANNALS_DECISION_LATER);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  annals_desk_show_post (ANNALS_SUGGESTIONS_PAGE (widget)->desk, g_variant_get_int64 (parameter), 0);
}

static void
row_activated_cb (AnnalsSuggestionsPage *self,
                  GtkListBoxRow         *row)
{
  annals_desk_show_post (self->desk, annals_suggestion_row_get_post_id (ANNALS_SUGGESTION_ROW (row)), 0);
}

static void
edit_rule_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  AnnalsSuggestionsPage *self = ANNALS_SUGGESTIONS_PAGE (widget);

  if (self->timeline_id != 0)
    annals_rule_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->desk, self->timeline_id);
}

static void
show_waiting_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  AnnalsSuggestionsPage *self = ANNALS_SUGGESTIONS_PAGE (widget);

  self->with_waiting = TRUE;
  self->wants_focus = TRUE;
  look (self);
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

/* --- the widget --- */

static void
annals_suggestions_page_map (GtkWidget *widget)
{
  AnnalsSuggestionsPage *self = ANNALS_SUGGESTIONS_PAGE (widget);
  gboolean was_unseen = self->unseen != NULL;

  if (was_unseen)
    fill_list (self, self->unseen);
  g_clear_pointer (&self->unseen, look_job_free);

  GTK_WIDGET_CLASS (annals_suggestions_page_parent_class)->map (widget);

  if (was_unseen && self->wants_focus)
    annals_suggestions_page_focus (self);
}

static void
annals_suggestions_page_dispose (GObject *object)
{
  AnnalsSuggestionsPage *self = ANNALS_SUGGESTIONS_PAGE (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_pointer (&self->unseen, look_job_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_SUGGESTIONS_PAGE);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_suggestions_page_parent_class)->dispose (object);
}

static void
annals_suggestions_page_get_property (GObject    *object,
                                      guint       prop_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  AnnalsSuggestionsPage *self = ANNALS_SUGGESTIONS_PAGE (object);

  switch ((AnnalsSuggestionsPageProp) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;

    case PROP_N_SUGGESTIONS:
      g_value_set_uint (value, self->n_suggestions);
      break;
    }
}

static void
annals_suggestions_page_set_property (GObject      *object,
                                      guint         prop_id,
                                      const GValue *value,
                                      GParamSpec   *pspec)
{
  AnnalsSuggestionsPage *self = ANNALS_SUGGESTIONS_PAGE (object);

  switch ((AnnalsSuggestionsPageProp) prop_id)
    {
    case PROP_DESK:
      /* A page has one desk for its life: the window's. */
      if (self->desk == NULL && g_set_object (&self->desk, g_value_get_object (value)))
        {
          g_signal_connect_object (self->desk, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
          g_signal_connect_object (self->desk, "notify::notebook", G_CALLBACK (notebook_cb), self,
                                   G_CONNECT_SWAPPED);
          notebook_cb (self);
        }
      break;

    case PROP_N_SUGGESTIONS:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      break;
    }
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, title);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, summary);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, rule);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, list);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, more);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, waiting_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, empty_waiting_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, set_rule_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsSuggestionsPage, mend_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
annals_suggestions_page_class_init (AnnalsSuggestionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_suggestions_page_dispose;
  object_class->get_property = annals_suggestions_page_get_property;
  object_class->set_property = annals_suggestions_page_set_property;
  widget_class->map = annals_suggestions_page_map;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, ANNALS_TYPE_DESK,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_SUGGESTIONS] =
    g_param_spec_uint ("n-suggestions", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CLOSED] = g_signal_new ("closed", ANNALS_TYPE_SUGGESTIONS_PAGE, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-suggestions-page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "suggestions.add", "x", add_action);
  gtk_widget_class_install_action (widget_class, "suggestions.reject", "x", reject_action);
  gtk_widget_class_install_action (widget_class, "suggestions.put-off", "x", put_off_action);
  gtk_widget_class_install_action (widget_class, "suggestions.open", "x", open_action);
  gtk_widget_class_install_action (widget_class, "suggestions.edit-rule", NULL, edit_rule_action);
  gtk_widget_class_install_action (widget_class, "suggestions.show-waiting", NULL, show_waiting_action);
  gtk_widget_class_install_action (widget_class, "suggestions.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "suggestions.close", NULL);
}

static void
annals_suggestions_page_init (AnnalsSuggestionsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  annals_announce_changes (self->summary);
}

void
annals_suggestions_page_set_timeline (AnnalsSuggestionsPage *self,
                                      gint64                 timeline_id)
{
  g_return_if_fail (ANNALS_IS_SUGGESTIONS_PAGE (self));

  if (self->timeline_id == timeline_id)
    return;

  self->timeline_id = timeline_id;
  self->with_waiting = FALSE;
  self->wants_focus = FALSE;
  g_clear_pointer (&self->unseen, look_job_free);
  gtk_label_set_text (self->title, "");
  set_summary (self, "");
  gtk_widget_set_visible (GTK_WIDGET (self->rule), FALSE);
  set_n_suggestions (self, 0);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  gtk_spinner_start (self->spinner);
  look (self);
}

void
annals_suggestions_page_focus (AnnalsSuggestionsPage *self)
{
  const char *name;
  AnnalsSuggestionRow *row;

  g_return_if_fail (ANNALS_IS_SUGGESTIONS_PAGE (self));

  name = gtk_stack_get_visible_child_name (self->stack);
  row = get_row (self, 0);
  self->wants_focus = g_str_equal (name, "loading") || self->unseen != NULL;
  if (g_str_equal (name, "list") && row != NULL)
    focus_row (self, row);
  else if (g_str_equal (name, "no-rule"))
    gtk_widget_grab_focus (self->set_rule_button);
  else if (g_str_equal (name, "error"))
    gtk_widget_grab_focus (self->mend_button);
  else
    gtk_widget_grab_focus (self->back_button);
}
