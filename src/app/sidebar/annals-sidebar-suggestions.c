/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-rule-dialog.h"
#include "annals-sidebar-private.h"
#include "annals-suggest.h"
#include "annals-theme-buttons.h"

/* Milliseconds after a change until it is counted again: several changes, one count. */
#define COUNT_DELAY 500

/* --- counting --- */

typedef struct
{
  GHashTable *suggested;    /* id → number */
} SuggestJob;

static void
suggest_job_free (SuggestJob *self)
{
  g_hash_table_unref (self->suggested);
  g_free (self);
}

/* A timeline without a rule is not looked after unless its page is opened. */
static gboolean
count_in_reader (AnnalsDb      *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SuggestJob *job = data;
  g_autoptr(GPtrArray) timelines = annals_db_list_timelines (db, error);

  for (guint i = 0; timelines != NULL && i < timelines->len; i++)
    {
      const AnnalsTimeline *timeline = timelines->pdata[i];
      guint n = 0;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      /* What a rule names may be gone: nothing is suggested then, and the page says why. */
      if (*timeline->rule != '\0' && annals_db_count_suggestions (db, timeline->id, &n, NULL))
        g_hash_table_insert (job->suggested, GSIZE_TO_POINTER (timeline->id), GUINT_TO_POINTER (n));
    }

  return timelines != NULL;
}

static guint
get_suggested (gint64   id,
               gpointer data)
{
  AnnalsSidebar *self = data;

  return self->suggested != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->suggested, GSIZE_TO_POINTER (id))) : 0;
}

void
annals_sidebar_show_suggestions (AnnalsSidebar *self)
{
  annals_sidebar_section_set_due (self->timelines, get_suggested, self);
}

static void
counted_cb (gpointer      owner,
            gpointer      data,
            const GError *error)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (owner);
  SuggestJob *job = data;

  /* What cannot be read is said where the timelines are read. */
  if (error != NULL)
    return;

  g_clear_pointer (&self->suggested, g_hash_table_unref);
  self->suggested = g_hash_table_ref (job->suggested);
  annals_sidebar_show_suggestions (self);
}

static gboolean
count_cb (gpointer user_data)
{
  AnnalsSidebar *self = user_data;
  SuggestJob *job = g_new0 (SuggestJob, 1);

  self->suggest_source = 0;
  g_cancellable_cancel (self->suggesting);
  g_clear_object (&self->suggesting);
  self->suggesting = g_cancellable_new ();
  job->suggested = g_hash_table_new (NULL, NULL);
  annals_desk_read (self->desk, self, count_in_reader, job, (GDestroyNotify) suggest_job_free, self->suggesting,
                    counted_cb);

  return G_SOURCE_REMOVE;
}

void
annals_sidebar_look_for_suggestions (AnnalsSidebar *self)
{
  if (self->suggest_source == 0)
    self->suggest_source = g_timeout_add (COUNT_DELAY, count_cb, self);
}

/* --- the menu --- */

static void
show_suggestions_of_action (GtkWidget  *widget,
                            const char *name,
                            GVariant   *parameter)
{
  annals_desk_show_suggestions (ANNALS_SIDEBAR (widget)->desk, g_variant_get_int64 (parameter));
}

static void
show_suggestions_action (GtkWidget  *widget,
                         const char *name,
                         GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);

  if (self->menu_item != NULL)
    annals_desk_show_suggestions (self->desk, annals_sidebar_item_get_id (self->menu_item));
}

static void
edit_rule_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  AnnalsSidebar *self = ANNALS_SIDEBAR (widget);

  if (self->menu_item != NULL)
    annals_rule_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->desk,
                                annals_sidebar_item_get_id (self->menu_item));
}

/* --- a new timeline of a theme --- */

static void
theme_picked_cb (AnnalsSidebar *self,
                 guint          number)
{
  gtk_popover_popdown (GTK_POPOVER (self->name_popover));
  annals_theme_start (self->desk, number, NULL);
}

void
annals_sidebar_install_suggestion_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sidebar.show-suggestions-of", "x", show_suggestions_of_action);
  gtk_widget_class_install_action (widget_class, "sidebar.show-suggestions", NULL, show_suggestions_action);
  gtk_widget_class_install_action (widget_class, "sidebar.edit-rule", NULL, edit_rule_action);
}

void
annals_sidebar_init_suggestions (AnnalsSidebar *self)
{
  self->themes = annals_theme_buttons_new ();
  g_signal_connect_object (self->themes, "picked", G_CALLBACK (theme_picked_cb), self, G_CONNECT_SWAPPED);
  annals_name_popover_append (ANNALS_NAME_POPOVER (self->name_popover), self->themes);
}

void
annals_sidebar_dispose_suggestions (AnnalsSidebar *self)
{
  g_clear_handle_id (&self->suggest_source, g_source_remove);
  g_cancellable_cancel (self->suggesting);
  g_clear_object (&self->suggesting);
  g_clear_pointer (&self->suggested, g_hash_table_unref);
}
