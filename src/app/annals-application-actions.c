/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-about.h"
#include "annals-application-private.h"
#include "annals-help.h"
#include "annals-preferences.h"

void
annals_application_close_windows (AnnalsApplication *self)
{
  /* referenced: one that shows no notebook goes at once, and with it, by annals_application_window_removed(), others */
  g_autolist(GtkWindow) windows = g_list_copy_deep (gtk_application_get_windows (GTK_APPLICATION (self)),
                                                    (GCopyFunc) (GCallback) g_object_ref, NULL);

  /* One that asks comes before the others: when the answer is that it stays, all do. */
  for (GList *l = windows; l != NULL; l = l->next)
    if (ANNALS_IS_WINDOW (l->data) && annals_window_may_stay (l->data))
      {
        gtk_window_present (l->data);
        gtk_window_close (l->data);
        return;
      }

  /* Each closes its notebook first; the application ends with the last one. */
  for (GList *l = windows; l != NULL; l = l->next)
    if (ANNALS_IS_WINDOW (l->data))
      gtk_window_close (l->data);
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  AnnalsApplication *self = user_data;

  annals_application_keep_session (self);
  self->quitting = TRUE;
  annals_application_close_windows (self);
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  annals_present_about (gtk_application_get_active_window (user_data));
}

static void
help_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  annals_help_present ("index");
}

/* The window of shortcuts needs 1,380 pixels whatever the screen's size, and more with large text. */
static void
make_scrollable (GtkWindow *window)
{
  g_autoptr(GtkWidget) child = g_object_ref (gtk_window_get_child (window));
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_window_set_child (window, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_window_set_child (window, scroller);
}

static void
shortcuts_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  /* Made when it is asked for: GTK's own help overlay would be built before each window's first frame. */
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource (ANNALS_RESOURCE_PATH
                                                                 "/annals-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  make_scrollable (window);
  gtk_window_set_transient_for (window, gtk_application_get_active_window (user_data));
  gtk_window_present (window);
}

static void
preferences_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  AnnalsApplication *self = ANNALS_APPLICATION (user_data);
  AnnalsWindow *window = annals_application_get_active (self);

  annals_preferences_present (window != NULL ? GTK_WINDOW (window) : NULL, self->settings,
                              annals_application_get_account (),
                              window != NULL ? annals_window_get_desk (window) : NULL);
}

static void
new_window_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  AnnalsApplication *self = ANNALS_APPLICATION (user_data);
  AnnalsWindow *active = annals_application_get_active (self);
  AnnalsWindow *window = ANNALS_WINDOW (annals_window_new (self));

  /* A second window on what the first one shows. */
  if (active != NULL && annals_desk_get_notebook (annals_window_get_desk (active)) != NULL)
    annals_window_open (window, annals_window_get_path (active), FALSE, FALSE);
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_path_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  AnnalsApplication *self = ANNALS_APPLICATION (user_data);

  annals_application_open_path (self, GTK_WINDOW (annals_application_get_active (self)),
                                g_variant_get_string (parameter, NULL), FALSE);
}

/* The active window; where there is none, those of the last time, of which one comes to the front. */
static AnnalsWindow *
ensure_window (AnnalsApplication *self)
{
  AnnalsWindow *window = annals_application_get_active (self);

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
  else
    g_application_activate (G_APPLICATION (self));

  return annals_application_get_active (self);
}

static void
open_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  gtk_widget_activate_action (GTK_WIDGET (ensure_window (user_data)), "win.open-notebook", NULL);
}

static void
import_errand (AnnalsWindow *window,
               gpointer      data)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.import", NULL);
}

static void
import_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  AnnalsWindow *window = ensure_window (user_data);

  if (annals_window_is_free (window))
    import_errand (window, NULL);
  else
    annals_window_run_errand (window, import_errand, NULL, NULL);
}

/* --- what the desktop's search has found --- */

typedef struct
{
  AnnalsRecord  kind;
  char         *uid;
  AnnalsNamed  *named;   /* (nullable) */
} Goal;

static void
goal_free (gpointer data)
{
  Goal *goal = data;

  g_free (goal->uid);
  g_clear_pointer (&goal->named, annals_named_free);
  g_free (goal);
}

static gboolean
find_goal (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Goal *goal = data;

  return (goal->named = annals_db_find_named (db, goal->kind, goal->uid, error)) != NULL;
}

static void
goal_found_cb (gpointer      owner,
               gpointer      data,
               const GError *error)
{
  AnnalsDesk *desk = annals_window_get_desk (owner);
  Goal *goal = data;

  if (error != NULL)
    annals_desk_fail (desk, _("It Cannot Be Shown"), error->message);
  else if (!annals_desk_show_named (desk, goal->named))
    annals_desk_toast (desk, _("It is gone from this notebook, or lies in its trash"), FALSE);
}

static void
show_errand (AnnalsWindow *window,
             gpointer      data)
{
  const Goal *wanted = data;
  Goal *goal = g_new0 (Goal, 1);

  goal->kind = wanted->kind;
  goal->uid = g_strdup (wanted->uid);
  annals_desk_read (annals_window_get_desk (window), window, find_goal, goal, goal_free, NULL, goal_found_cb);
}

static void
show_record_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  static const struct
  {
    const char   *name;
    AnnalsRecord  kind;
  } kinds[] = {
    { "post", ANNALS_RECORD_POST },
    { "note", ANNALS_RECORD_ANNOTATION },
    { "timeline", ANNALS_RECORD_TIMELINE },
  };
  AnnalsApplication *self = ANNALS_APPLICATION (user_data);
  const char *path, *name, *uid;
  Goal *goal;

  g_variant_get (parameter, "(&s&s&s)", &path, &name, &uid);
  annals_application_open_path (self, GTK_WINDOW (annals_application_get_active (self)), path, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      {
        goal = g_new0 (Goal, 1);
        goal->kind = kinds[i].kind;
        goal->uid = g_strdup (uid);
        annals_window_run_errand (annals_application_find_window (self, path), show_errand, goal, goal_free);
        return;
      }
}

static void
search_errand (AnnalsWindow *window,
               gpointer      data)
{
  annals_desk_show_query (annals_window_get_desk (window), data);
}

static void
search_action (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  annals_window_run_errand (ensure_window (user_data), search_errand, g_variant_dup_string (parameter, NULL), g_free);
}

static const GActionEntry actions[] = {
  { "quit", quit_action },
  { "about", about_action },
  { "help", help_action },
  { "shortcuts", shortcuts_action },
  { "preferences", preferences_action },
  { "new-window", new_window_action },
  { "open-path", open_path_action, "s" },
  { "open", open_action },
  { "import", import_action },
  { "show-record", show_record_action, "(sss)" },
  { "search", search_action, "s" },
};

void
annals_application_install_actions (AnnalsApplication *self)
{
  GtkApplication *application = GTK_APPLICATION (self);
  g_autoptr(GAction) colour_scheme = g_settings_create_action (self->settings, "colour-scheme");

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_action_map_add_action (G_ACTION_MAP (self), colour_scheme);
  gtk_application_set_accels_for_action (application, "app.quit", (const char *[]) { "<Control>q", NULL });
  gtk_application_set_accels_for_action (application, "app.help", (const char *[]) { "F1", NULL });
  gtk_application_set_accels_for_action (application, "app.preferences", (const char *[]) { "<Control>comma", NULL });
  gtk_application_set_accels_for_action (application, "app.shortcuts",
                                         (const char *[]) { "<Control>question", NULL });
  gtk_application_set_accels_for_action (application, "app.new-window",
                                         (const char *[]) { "<Shift><Control>n", NULL });
}

int
annals_application_take_options (AnnalsApplication *self,
                                 GVariantDict      *options)
{
  static const char * const names[] = { "new-window", "open", "import" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_variant_dict_contains (options, names[i]))
      {
        g_autoptr(GError) error = NULL;

        if (!g_application_register (G_APPLICATION (self), NULL, &error))
          {
            g_printerr ("annals: %s\n", error->message);
            return 1;
          }
        g_action_group_activate_action (G_ACTION_GROUP (self), names[i], NULL);

        /* the program that runs already does it; this one has a window now, or none to wait for */
        return g_application_get_is_remote (G_APPLICATION (self)) ? 0 : -1;
      }

  return -1;
}
