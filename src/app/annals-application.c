/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-application.h"

#include <glib/gi18n.h>

#include "annals-application-private.h"
#include "annals-backup-keeper.h"
#include "annals-date-settings.h"
#include "annals-export-content.h"
#include "annals-menu.h"
#include "annals-recent-files.h"

#define MAX_RECENT 10

/* One file, one notebook, however many windows show it: so they stay in step. */
typedef struct
{
  AnnalsNotebook     *notebook;
  AnnalsBackupKeeper *keeper;
  guint               n_windows;
} SharedNotebook;

G_DEFINE_FINAL_TYPE (AnnalsApplication, annals_application, ADW_TYPE_APPLICATION)

AnnalsWindow *
annals_application_find_window (AnnalsApplication *self,
                                const char        *path)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l; l = l->next)
    {
      if (ANNALS_IS_WINDOW (l->data) && g_strcmp0 (annals_window_get_path (l->data), path) == 0)
        return l->data;
    }

  return NULL;
}

AnnalsWindow *
annals_application_get_active (AnnalsApplication *self)
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

      /* Of one whose file is gone that is said already, and asks for more. */
      if (shared != NULL && shared->keeper == keeper && !annals_notebook_is_gone (notebook))
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
      g_autofree char *name = annals_recent_files_dup_name (paths[i]);

      annals_menu_append_name (self->recent_menu, name, "app.open-path", g_variant_new_string (paths[i]));
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

/* Notebooks that are open are signed with it from now on, too. */
static void
apply_author (AnnalsApplication *self)
{
  g_autofree char *author = annals_application_dup_author (self);

  for (guint i = 0; i < self->shared->len; i++)
    {
      SharedNotebook *shared = self->shared->pdata[i];

      annals_notebook_set_author (shared->notebook, author);
    }
}

/* Each window reads again what it shows, with the dates in it. */
static void
apply_date_style (AnnalsApplication *self)
{
  annals_date_settings_apply (self->settings);
  for (guint i = 0; i < self->shared->len; i++)
    {
      SharedNotebook *shared = self->shared->pdata[i];

      annals_notebook_refresh (shared->notebook);
    }
}

static void
annals_application_startup (GApplication *application)
{
  AnnalsApplication *self = ANNALS_APPLICATION (application);

  G_APPLICATION_CLASS (annals_application_parent_class)->startup (application);

  self->settings = g_settings_new (ANNALS_APPLICATION_ID);
  self->recent_menu = g_menu_new ();

  annals_application_install_actions (self);
  g_signal_connect_object (self->settings, "changed::recent-notebooks",
                           G_CALLBACK (update_recent_menu), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::colour-scheme",
                           G_CALLBACK (apply_colour_scheme), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::author", G_CALLBACK (apply_author), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::date-style", G_CALLBACK (apply_date_style), self,
                           G_CONNECT_SWAPPED);
  update_recent_menu (self);
  apply_colour_scheme (self);
  annals_date_settings_apply (self->settings);
  gtk_window_set_default_icon_name (ANNALS_APPLICATION_ID);
}

static void
annals_application_activate (GApplication *application)
{
  AnnalsApplication *self = ANNALS_APPLICATION (application);
  g_auto(GStrv) recent = NULL;
  AnnalsWindow *window = annals_application_get_active (self);

  if (window == NULL && annals_application_resume_session (self))
    return;

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
        annals_application_open_path (self, GTK_WINDOW (annals_application_get_active (self)), path, FALSE);
      else
        {
          g_autofree char *uri = g_file_get_uri (files[i]);

          g_printerr (_("annals: “%s” cannot be opened: it is not a file on this computer\n"), uri);
        }
    }

  if (annals_application_get_active (self) == NULL)
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
annals_application_window_removed (GtkApplication *application,
                                   GtkWindow      *window)
{
  AnnalsApplication *self = ANNALS_APPLICATION (application);

  GTK_APPLICATION_CLASS (annals_application_parent_class)->window_removed (application, window);

  /* The next one that asks. */
  if (self->quitting && ANNALS_IS_WINDOW (window))
    annals_application_close_windows (self);
}

static void
annals_application_class_init (AnnalsApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = annals_application_finalize;
  GTK_APPLICATION_CLASS (klass)->window_removed = annals_application_window_removed;
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
    return annals_application_take_options (ANNALS_APPLICATION (application), options);

  g_print ("annals %s\n", ANNALS_VERSION);
  return 0;
}

static void
annals_application_init (AnnalsApplication *self)
{
  static const GOptionEntry options[] = {
    { "new-window", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Open another window"), NULL },
    { "open", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Choose a notebook to open"), NULL },
    { "import", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Choose files to import"), NULL },
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

const char *
annals_application_get_account (void)
{
  const char *name = g_get_real_name ();

  /* GLib says "Unknown" where the account has no name of a person. */
  return g_str_equal (name, "Unknown") ? g_get_user_name () : name;
}

char *
annals_application_dup_author (AnnalsApplication *self)
{
  g_autofree char *author = NULL;

  g_return_val_if_fail (ANNALS_IS_APPLICATION (self), NULL);

  author = g_settings_get_string (self->settings, "author");
  return *g_strstrip (author) != '\0' ? g_steal_pointer (&author) : g_strdup (annals_application_get_account ());
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

/* The files used last are in other programs' file choosers and in the desktop's own lists, too, unless the user does
 * not want that of any program. */
static void
tell_desktop (const char *path,
              gboolean    keep)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  gboolean wanted = TRUE;
  int days = 0;

  if (uri == NULL)
    return;

  /* -1 is for ever */
  g_object_get (gtk_settings_get_default (), "gtk-recent-files-enabled", &wanted, "gtk-recent-files-max-age", &days, NULL);
  if (!keep || (wanted && days != 0))
    annals_recent_files_change_async (uri, keep);
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
  tell_desktop (path, TRUE);
}

void
annals_application_restore_recent (AnnalsApplication *self,
                                   const char        *path,
                                   guint              place)
{
  g_auto(GStrv) paths = NULL;
  g_autoptr(GPtrArray) now = g_ptr_array_new ();

  g_return_if_fail (ANNALS_IS_APPLICATION (self));
  g_return_if_fail (path != NULL);

  paths = g_settings_get_strv (self->settings, "recent-notebooks");
  if (g_strv_contains ((const char * const *) paths, path))
    return;

  for (guint i = 0; paths[i] != NULL; i++)
    g_ptr_array_add (now, paths[i]);
  g_ptr_array_insert (now, (int) MIN (place, now->len), (char *) path);
  g_ptr_array_add (now, NULL);
  g_settings_set_strv (self->settings, "recent-notebooks", (const char * const *) now->pdata);
}

void
annals_application_forget_recent (AnnalsApplication *self,
                                  const char        *path)
{
  g_return_if_fail (ANNALS_IS_APPLICATION (self));
  g_return_if_fail (path != NULL);

  set_recent (self, path, FALSE);
  tell_desktop (path, FALSE);
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

  target = create ? NULL : annals_application_find_window (self, path);
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
