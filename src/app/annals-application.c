/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-application.h"

#include <glib/gi18n.h>

#include "annals-about.h"
#include "annals-backup-keeper.h"
#include "annals-export-content.h"
#include "annals-window.h"

#define MAX_RECENT 10

struct _AnnalsApplication
{
  AdwApplication  parent_instance;
  GSettings      *settings;
  GMenu          *recent_menu;
  GPtrArray      *shared;       /* (element type SharedNotebook): those that windows show */
};

/* One file, one notebook, however many windows show it: so they stay in step. */
typedef struct
{
  AnnalsNotebook     *notebook;
  AnnalsBackupKeeper *keeper;
  guint               n_windows;
} SharedNotebook;

G_DEFINE_FINAL_TYPE (AnnalsApplication, annals_application, ADW_TYPE_APPLICATION)

/* The window that shows @path, or %NULL. */
static AnnalsWindow *
find_window (AnnalsApplication *self,
             const char        *path)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    {
      if (ANNALS_IS_WINDOW (l->data) && g_strcmp0 (annals_window_get_path (l->data), path) == 0)
        return l->data;
    }

  return NULL;
}

static AnnalsWindow *
get_active_window (AnnalsApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    {
      if (ANNALS_IS_WINDOW (l->data))
        return l->data;
    }

  return NULL;
}

static void
shared_notebook_free (SharedNotebook *self)
{
  annals_backup_keeper_stop (self->keeper);
  g_object_unref (self->keeper);
  g_object_unref (self->notebook);
  g_free (self);
}

static SharedNotebook *
find_shared (AnnalsApplication *self,
             const char        *path)
{
  g_autofree char *canonical = g_canonicalize_filename (path, NULL);

  for (guint i = 0; i < self->shared->len; i++)
    {
      SharedNotebook *shared = self->shared->pdata[i];

      if (g_str_equal (annals_notebook_get_path (shared->notebook), canonical))
        return shared;
    }

  return NULL;
}

/* In a window that shows the notebook. */
static void
backup_failed_cb (AnnalsApplication  *self,
                  const char         *message,
                  AnnalsBackupKeeper *keeper)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      AnnalsDesk *desk = ANNALS_IS_WINDOW (l->data) ? annals_window_get_desk (l->data) : NULL;
      AnnalsNotebook *notebook = desk != NULL ? annals_desk_get_notebook (desk) : NULL;
      SharedNotebook *shared =
        notebook != NULL ? find_shared (self, annals_notebook_get_path (notebook)) : NULL;

      if (shared != NULL && shared->keeper == keeper)
        {
          annals_desk_fail (desk, _("The Notebook Was Not Backed Up"), message);
          return;
        }
    }
}

static void
update_recent_menu (AnnalsApplication *self)
{
  g_auto(GStrv) paths = g_settings_get_strv (self->settings, "recent-notebooks");

  g_menu_remove_all (self->recent_menu);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *name = g_filename_display_basename (paths[i]);
      g_autoptr(GString) label = g_string_new (name);
      g_autoptr(GMenuItem) item = NULL;

      if (g_str_has_suffix (label->str, ".annals"))
        g_string_truncate (label, label->len - strlen (".annals"));
      g_string_replace (label, "_", "__", 0);   /* no mnemonics in names of files */
      item = g_menu_item_new (label->str, NULL);
      g_menu_item_set_action_and_target (item, "app.open-path", "s", paths[i]);
      g_menu_append_item (self->recent_menu, item);
    }
}

static void
apply_colour_scheme (AnnalsApplication *self)
{
  const char *forced = g_getenv ("ANNALS_COLOUR_SCHEME");
  g_autofree char *kept = g_settings_get_string (self->settings, "colour-scheme");
  const char *scheme = forced != NULL && *forced != '\0' ? forced : kept;

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (scheme, "light") ? ADW_COLOR_SCHEME_FORCE_LIGHT :
                                      g_str_equal (scheme, "dark") ? ADW_COLOR_SCHEME_FORCE_DARK :
                                      ADW_COLOR_SCHEME_DEFAULT);
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_autoptr(GList) windows = NULL;

  /* Each window closes its notebook first; the application ends with the last one. */
  windows = g_list_copy (gtk_application_get_windows (user_data));
  for (GList *l = windows; l; l = l->next)
    {
      if (ANNALS_IS_WINDOW (l->data))
        gtk_window_close (l->data);
    }
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  annals_present_about (gtk_application_get_active_window (user_data));
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

  gtk_window_set_transient_for (window, gtk_application_get_active_window (user_data));
  gtk_window_present (window);
}

static void
new_window_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  AnnalsApplication *self = ANNALS_APPLICATION (user_data);
  AnnalsWindow *active = get_active_window (self);
  AnnalsWindow *window = ANNALS_WINDOW (annals_window_new (self));
  const char *path = active != NULL ? annals_window_get_path (active) : NULL;

  /* A second window on what the first one shows. */
  if (path != NULL && find_shared (self, path) != NULL)
    annals_window_open (window, path, FALSE, FALSE);
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_path_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  annals_application_open_path (user_data, GTK_WINDOW (get_active_window (user_data)),
                                g_variant_get_string (parameter, NULL), FALSE);
}

static const GActionEntry actions[] = {
  { "quit", quit_action },
  { "about", about_action },
  { "shortcuts", shortcuts_action },
  { "new-window", new_window_action },
  { "open-path", open_path_action, "s" },
};

static void
annals_application_startup (GApplication *application)
{
  AnnalsApplication *self = ANNALS_APPLICATION (application);
  g_autoptr(GAction) colour_scheme = NULL;

  G_APPLICATION_CLASS (annals_application_parent_class)->startup (application);

  self->settings = g_settings_new (ANNALS_APPLICATION_ID);
  self->recent_menu = g_menu_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  colour_scheme = g_settings_create_action (self->settings, "colour-scheme");
  g_action_map_add_action (G_ACTION_MAP (self), colour_scheme);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit",
                                         (const char *[]) { "<Control>q", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.shortcuts",
                                         (const char *[]) { "<Control>question", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.new-window",
                                         (const char *[]) { "<Shift><Control>n", NULL });

  g_signal_connect_object (self->settings, "changed::recent-notebooks",
                           G_CALLBACK (update_recent_menu), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::colour-scheme",
                           G_CALLBACK (apply_colour_scheme), self, G_CONNECT_SWAPPED);
  update_recent_menu (self);
  apply_colour_scheme (self);
  gtk_window_set_default_icon_name (ANNALS_APPLICATION_ID);
}

static void
annals_application_activate (GApplication *application)
{
  AnnalsApplication *self = ANNALS_APPLICATION (application);
  g_auto(GStrv) recent = NULL;
  AnnalsWindow *window = get_active_window (self);

  if (window == NULL)
    {
      window = ANNALS_WINDOW (annals_window_new (self));
      recent = g_settings_get_strv (self->settings, "recent-notebooks");
      if (recent[0] != NULL)
        annals_window_open (window, recent[0], FALSE, TRUE);
    }

  gtk_window_present (GTK_WINDOW (window));
}

static void
annals_application_open (GApplication  *application,
                         GFile        **files,
                         int            n_files,
                         const char    *hint)
{
  AnnalsApplication *self = ANNALS_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      const char *path = g_file_peek_path (files[i]);

      if (path != NULL)
        annals_application_open_path (self, GTK_WINDOW (get_active_window (self)), path, FALSE);
      else
        {
          g_autofree char *uri = g_file_get_uri (files[i]);

          g_printerr (_("annals: “%s” cannot be opened: it is not a file on this computer\n"), uri);
        }
    }

  if (get_active_window (self) == NULL)
    g_application_activate (application);
}

static void
annals_application_finalize (GObject *object)
{
  AnnalsApplication *self = ANNALS_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->recent_menu);
  g_clear_pointer (&self->shared, g_ptr_array_unref);

  G_OBJECT_CLASS (annals_application_parent_class)->finalize (object);
}

static void
annals_application_shutdown (GApplication *application)
{
  annals_export_content_forget ();

  G_APPLICATION_CLASS (annals_application_parent_class)->shutdown (application);
}

static void
annals_application_class_init (AnnalsApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = annals_application_finalize;
  application_class->startup = annals_application_startup;
  application_class->activate = annals_application_activate;
  application_class->open = annals_application_open;
  application_class->shutdown = annals_application_shutdown;
}

static int
handle_local_options_cb (GApplication *application,
                         GVariantDict *options,
                         gpointer      user_data)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;

  g_print ("annals %s\n", ANNALS_VERSION);
  return 0;
}

static void
annals_application_init (AnnalsApplication *self)
{
  static const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { NULL }
  };

  self->shared = g_ptr_array_new_with_free_func ((GDestroyNotify) shared_notebook_free);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[NOTEBOOK.annals…]"));
  g_signal_connect (self, "handle-local-options", G_CALLBACK (handle_local_options_cb), NULL);
}

AnnalsApplication *
annals_application_new (void)
{
  return g_object_new (ANNALS_TYPE_APPLICATION,
                       "application-id", ANNALS_APPLICATION_ID,
                       "resource-base-path", ANNALS_RESOURCE_PATH,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

GSettings *
annals_application_get_settings (AnnalsApplication *self)
{
  g_return_val_if_fail (ANNALS_IS_APPLICATION (self), NULL);

  return self->settings;
}

char *
annals_application_dup_author (AnnalsApplication *self)
{
  g_autofree char *author = NULL;
  const char *account;

  g_return_val_if_fail (ANNALS_IS_APPLICATION (self), NULL);

  author = g_settings_get_string (self->settings, "author");
  if (*g_strstrip (author) != '\0')
    return g_steal_pointer (&author);

  /* GLib says "Unknown" where the account has no name of a person. */
  account = g_get_real_name ();
  return g_strdup (g_str_equal (account, "Unknown") ? g_get_user_name () : account);
}

static void
set_recent (AnnalsApplication *self,
            const char        *path,
            gboolean           keep)
{
  g_auto(GStrv) old = g_settings_get_strv (self->settings, "recent-notebooks");
  g_autoptr(GPtrArray) paths = g_ptr_array_new ();

  if (keep)
    g_ptr_array_add (paths, (char *) path);
  for (guint i = 0; old[i] != NULL && paths->len < MAX_RECENT; i++)
    {
      if (!g_str_equal (old[i], path))
        g_ptr_array_add (paths, old[i]);
    }
  g_ptr_array_add (paths, NULL);
  g_settings_set_strv (self->settings, "recent-notebooks", (const char * const *) paths->pdata);
}

void
annals_application_add_recent (AnnalsApplication *self,
                               const char        *path)
{
  g_return_if_fail (ANNALS_IS_APPLICATION (self));
  g_return_if_fail (path != NULL);

  /* A setting is UTF-8; a file name need not be. */
  if (g_utf8_validate (path, -1, NULL))
    set_recent (self, path, TRUE);
}

void
annals_application_forget_recent (AnnalsApplication *self,
                                  const char        *path)
{
  g_return_if_fail (ANNALS_IS_APPLICATION (self));
  g_return_if_fail (path != NULL);

  set_recent (self, path, FALSE);
}

AnnalsNotebook *
annals_application_share_notebook (AnnalsApplication *self,
                                   const char        *path)
{
  SharedNotebook *shared;

  g_return_val_if_fail (ANNALS_IS_APPLICATION (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  if (!(shared = find_shared (self, path)))
    return NULL;

  shared->n_windows++;
  return g_object_ref (shared->notebook);
}

void
annals_application_add_notebook (AnnalsApplication *self,
                                 AnnalsNotebook    *notebook)
{
  SharedNotebook *shared;

  g_return_if_fail (ANNALS_IS_APPLICATION (self));
  g_return_if_fail (ANNALS_IS_NOTEBOOK (notebook));

  shared = g_new0 (SharedNotebook, 1);
  shared->notebook = g_object_ref (notebook);
  shared->keeper = annals_backup_keeper_new (annals_notebook_get_path (notebook));
  g_signal_connect_object (shared->keeper, "failed", G_CALLBACK (backup_failed_cb), self, G_CONNECT_SWAPPED);
  shared->n_windows = 1;
  g_ptr_array_add (self->shared, shared);
}

gboolean
annals_application_leave_notebook (AnnalsApplication *self,
                                   AnnalsNotebook    *notebook)
{
  SharedNotebook *shared;

  g_return_val_if_fail (ANNALS_IS_APPLICATION (self), TRUE);
  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), TRUE);

  shared = find_shared (self, annals_notebook_get_path (notebook));
  if (shared == NULL || shared->notebook != notebook)
    return TRUE;

  if (--shared->n_windows > 0)
    return FALSE;

  g_ptr_array_remove_fast (self->shared, shared);
  return TRUE;
}

GMenuModel *
annals_application_get_recent_menu (AnnalsApplication *self)
{
  g_return_val_if_fail (ANNALS_IS_APPLICATION (self), NULL);

  return G_MENU_MODEL (self->recent_menu);
}

void
annals_application_open_path (AnnalsApplication *self,
                              GtkWindow         *window,
                              const char        *path,
                              gboolean           create)
{
  AnnalsWindow *target;

  g_return_if_fail (ANNALS_IS_APPLICATION (self));
  g_return_if_fail (window == NULL || ANNALS_IS_WINDOW (window));
  g_return_if_fail (path != NULL);

  target = create ? NULL : find_window (self, path);
  if (target != NULL && annals_window_is_free (target))
    annals_window_open (target, path, FALSE, FALSE);   /* it says that it could not be opened */
  else if (target == NULL)
    {
      if (window != NULL && annals_window_is_free (ANNALS_WINDOW (window)))
        target = ANNALS_WINDOW (window);
      else
        target = ANNALS_WINDOW (annals_window_new (self));

      annals_window_open (target, path, create, FALSE);
    }

  gtk_window_present (GTK_WINDOW (target));
}
