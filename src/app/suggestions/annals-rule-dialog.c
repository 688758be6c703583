/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-rule-dialog.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-search-bar.h"
#include "annals-search.h"
#include "annals-theme-buttons.h"
#include "annals-themes.h"
#include "annals-timelines.h"

/* Milliseconds after the last key until the rule is tried. */
#define PAUSE 200
/* Titles that are shown of what the rule finds. */
#define MAX_TITLES 8

/* What is longer does not stand whole in the entry. */
#define MAX_SEEN 50

struct _AnnalsRuleDialog
{
  AdwWindow           parent_instance;
  GtkWidget          *save_button;
  GtkLabel           *explanation;
  AnnalsSearchBar    *search;
  GtkLabel           *whole;
  GtkLabel           *found;
  GtkLabel           *titles;
  GtkWidget          *themes;

  AnnalsDesk         *desk;
  gint64              timeline_id;
  guint               pause_id;
  GCancellable       *trying;       /* of the rule whose posts are looked for */
};

G_DEFINE_FINAL_TYPE (AnnalsRuleDialog, annals_rule_dialog, ADW_TYPE_WINDOW)

/* --- what it finds --- */

typedef struct
{
  AnnalsQuery  *query;
  GCancellable *cancellable;   /* tells this question from a later one */
  guint         n;
  GPtrArray    *posts;
} TryJob;

static void
try_job_free (TryJob *self)
{
  g_clear_pointer (&self->query, annals_query_free);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->posts, g_ptr_array_unref);
  g_free (self);
}

static gboolean
try_in_reader (AnnalsDb      *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  TryJob *job = data;
  g_autoptr(GArray) ids = annals_search_posts (db, job->query, ANNALS_SCOPE_ALL, 0, ANNALS_ORDER_RELEVANCE, error);

  if (ids == NULL)
    return FALSE;

  job->n = ids->len;
  job->posts = annals_db_load_posts (db, (const gint64 *) (gpointer) ids->data, MIN (ids->len, MAX_TITLES), error);

  return job->posts != NULL;
}

static void
show_found (AnnalsRuleDialog *self,
            const char       *found,
            GPtrArray        *posts)
{
  g_autoptr(GString) titles = g_string_new (NULL);

  for (guint i = 0; posts != NULL && i < posts->len; i++)
    {
      const AnnalsPost *post = posts->pdata[i];
      g_autofree char *date = annals_date_dup_display (post->published);

      g_string_append_printf (titles, "%s• %s", i > 0 ? "\n" : "", *post->title != '\0' ? post->title : _("Untitled"));
      if (*date != '\0')
        g_string_append_printf (titles, " (%s)", date);
    }

  gtk_label_set_text (self->found, found);
  gtk_widget_set_visible (GTK_WIDGET (self->found), *found != '\0');
  gtk_label_set_text (self->titles, titles->str);
  gtk_widget_set_visible (GTK_WIDGET (self->titles), titles->len > 0);
}

static void
tried_cb (gpointer      owner,
          gpointer      data,
          const GError *error)
{
  AnnalsRuleDialog *self = ANNALS_RULE_DIALOG (owner);
  TryJob *job = data;
  g_autofree char *found = NULL;

  if (job->cancellable != self->trying)
    return;

  g_clear_object (&self->trying);
  annals_search_bar_show_remark (self->search, error != NULL ? error->message : NULL, error != NULL);
  gtk_widget_set_sensitive (self->save_button, error == NULL);
  if (error == NULL)
    found = g_strdup_printf (ngettext ("%'u post fits", "%'u posts fit", job->n), job->n);
  show_found (self, found != NULL ? found : "", error == NULL ? job->posts : NULL);
}

static gboolean
try_cb (gpointer user_data)
{
  AnnalsRuleDialog *self = user_data;
  AnnalsQuery *query = annals_search_bar_parse (self->search);
  g_autofree char *text = annals_search_bar_dup_query (self->search);
  TryJob *job;

  self->pause_id = 0;
  gtk_label_set_text (self->whole, text);
  gtk_widget_set_visible (GTK_WIDGET (self->whole), g_utf8_strlen (text, -1) > MAX_SEEN);
  gtk_widget_set_visible (self->themes, *text == '\0');
  gtk_widget_set_sensitive (self->save_button, query != NULL);
  if (query == NULL || *text == '\0')
    {
      show_found (self, "", NULL);
      g_clear_pointer (&query, annals_query_free);
      return G_SOURCE_REMOVE;
    }

  self->trying = g_cancellable_new ();
  job = g_new0 (TryJob, 1);
  job->query = query;
  job->cancellable = g_object_ref (self->trying);
  annals_desk_read (self->desk, self, try_in_reader, job, (GDestroyNotify) try_job_free, self->trying, tried_cb);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (AnnalsRuleDialog *self)
{
  g_cancellable_cancel (self->trying);
  g_clear_object (&self->trying);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE, try_cb, self);
}

static void
theme_picked_cb (AnnalsRuleDialog *self,
                 guint             number)
{
  annals_search_bar_set_query (self->search, annals_theme_get (number)->rule);
  annals_search_bar_focus (self->search);
}

/* --- the timeline's --- */

typedef struct
{
  gint64          id;
  AnnalsTimeline *timeline;
  char           *rule;
} RuleJob;

static void
rule_job_free (RuleJob *self)
{
  g_clear_pointer (&self->timeline, annals_timeline_free);
  g_free (self->rule);
  g_free (self);
}

static gboolean
load_in_reader (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  RuleJob *job = data;

  return (job->timeline = annals_db_load_timeline (db, job->id, error)) != NULL;
}

static void
loaded_cb (gpointer      owner,
           gpointer      data,
           const GError *error)
{
  AnnalsRuleDialog *self = ANNALS_RULE_DIALOG (owner);
  RuleJob *job = data;
  g_autofree char *explanation = NULL;

  if (error != NULL)
    {
      annals_search_bar_show_remark (self->search, error->message, TRUE);
      return;
    }

  /* Translators: %s is the title of a timeline */
  explanation = g_strdup_printf (_("Posts that this search finds are suggested for “%s”. Nothing is added by itself."),
                                 job->timeline->title);
  gtk_label_set_text (self->explanation, explanation);
  annals_search_bar_set_query (self->search, job->timeline->rule);
  gtk_widget_set_sensitive (self->save_button, TRUE);
  annals_search_bar_focus (self->search);
  changed_cb (self);
}

static gboolean
save_in_writer (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  RuleJob *job = data;

  return annals_db_set_timeline (db, job->id, NULL, NULL, NULL, job->rule, error);
}

static void
save_cb (AnnalsRuleDialog *self)
{
  AnnalsQuery *query = annals_search_bar_parse (self->search);
  RuleJob *job;

  if (query == NULL)
    {
      annals_search_bar_focus (self->search);
      return;
    }

  annals_query_free (query);
  job = g_new0 (RuleJob, 1);
  job->id = self->timeline_id;
  job->rule = annals_search_bar_dup_query (self->search);
  annals_desk_change (self->desk, self->desk, _("Change rule of timeline"),
                      *job->rule != '\0' ? _("Rule changed") : _("Rule removed"), save_in_writer, job,
                      (GDestroyNotify) rule_job_free, NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
stopped_cb (AnnalsRuleDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
activated_cb (AnnalsRuleDialog *self)
{
  gtk_widget_grab_focus (self->save_button);
}

/* --- the widget --- */

static void
annals_rule_dialog_dispose (GObject *object)
{
  AnnalsRuleDialog *self = ANNALS_RULE_DIALOG (object);

  g_cancellable_cancel (self->trying);
  g_clear_object (&self->trying);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_RULE_DIALOG);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (annals_rule_dialog_parent_class)->dispose (object);
}

static void
annals_rule_dialog_class_init (AnnalsRuleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = annals_rule_dialog_dispose;

  g_type_ensure (ANNALS_TYPE_SEARCH_BAR);
  g_type_ensure (ANNALS_TYPE_THEME_BUTTONS);
  gtk_widget_class_set_template_from_resource (widget_class, ANNALS_RESOURCE_PATH "/annals-rule-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, AnnalsRuleDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsRuleDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, AnnalsRuleDialog, search);
  gtk_widget_class_bind_template_child (widget_class, AnnalsRuleDialog, whole);
  gtk_widget_class_bind_template_child (widget_class, AnnalsRuleDialog, found);
  gtk_widget_class_bind_template_child (widget_class, AnnalsRuleDialog, titles);
  gtk_widget_class_bind_template_child (widget_class, AnnalsRuleDialog, themes);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, theme_picked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
annals_rule_dialog_init (AnnalsRuleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  annals_announce_changes (self->found);
  annals_search_bar_set_name (self->search, _("Rule"));
  gtk_widget_set_sensitive (self->save_button, FALSE);
  gtk_widget_set_visible (self->themes, FALSE);
  show_found (self, "", NULL);
}

void
annals_rule_dialog_present (GtkWindow  *parent,
                            AnnalsDesk *desk,
                            gint64      timeline_id)
{
  AnnalsRuleDialog *self;
  RuleJob *job;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ANNALS_IS_DESK (desk));

  self = g_object_new (ANNALS_TYPE_RULE_DIALOG, "transient-for", parent, NULL);
  self->desk = g_object_ref (desk);
  self->timeline_id = timeline_id;
  g_object_set (self->search, "desk", desk, NULL);
  job = g_new0 (RuleJob, 1);
  job->id = timeline_id;
  annals_desk_read (desk, self, load_in_reader, job, (GDestroyNotify) rule_job_free, NULL, loaded_cb);
  gtk_window_present (GTK_WINDOW (self));
}
