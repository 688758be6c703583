/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-window.h"

#include <glib/gi18n.h>

#include "annals-announce.h"
#include "annals-ask.h"
#include "annals-place-switcher.h"
#include "annals-recent-files.h"
#include "annals-split-button.h"
#include "annals-window-private.h"

typedef enum
{
  PROP_DESK = 1,
} AnnalsWindowProp;

static GParamSpec *properties[PROP_DESK + 1];

G_DEFINE_FINAL_TYPE (AnnalsWindow, annals_window, ADW_TYPE_APPLICATION_WINDOW)

static void
toast_cb (AnnalsWindow *self,
          const char   *message,
          gboolean      undoable)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (escaped);

  /* An older toast's Undo would undo the newer action. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);

  if (undoable)
    {
      adw_toast_set_button_label (toast, _("_Undo"));
      adw_toast_set_action_name (toast, "win.undo");
    }
  g_set_weak_pointer (&self->toast, toast);
  self->toast_step = undoable && notebook != NULL ? annals_notebook_get_undo_step (notebook) : 0;
  adw_toast_overlay_add_toast (self->toasts, toast);
  annals_announce (GTK_WIDGET (self->toasts), message);
}

/* So would the Undo of a toast that outlived its action, which another window followed or undid. */
static void
changed_cb (AnnalsWindow  *self,
            AnnalsChanges *changes)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);

  if (self->toast != NULL && self->toast_step != 0 && notebook != NULL &&
      self->toast_step != annals_notebook_get_undo_step (notebook))
    adw_toast_dismiss (self->toast);
}

static void
failed_cb (AnnalsWindow *self,
           const char   *heading,
           const char   *message)
{
  annals_tell (GTK_WINDOW (self), heading, message);
}

static void
recent_chosen_cb (AnnalsWindow *self,
                  const char   *path)
{
  annals_window_open (self, path, FALSE, FALSE);
}

/* Only the list is changed, but a long path is not found again soon. */
static void
recent_removed_cb (AnnalsWindow *self,
                   const char   *name,
                   const char   *path,
                   guint         place)
{
  g_autofree char *message = g_strdup_printf (_("“%s” is no longer in the list"), name);
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.restore-recent");
  adw_toast_set_action_target_value (toast, g_variant_new ("(su)", path, place));
  adw_toast_overlay_add_toast (self->toasts, toast);
  annals_announce (GTK_WIDGET (self->toasts), message);
}

/* Undo and redo say what they would do. */
static void
update_history (AnnalsWindow *self)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  const char *undo = notebook != NULL ? annals_notebook_get_undo_label (notebook) : NULL;
  const char *redo = notebook != NULL ? annals_notebook_get_redo_label (notebook) : NULL;
  /* Translators: %s is what the user did, such as “Add highlight” */
  g_autofree char *undo_text = undo != NULL ? g_strdup_printf (_("Undo: %s"), undo) : NULL;
  g_autofree char *redo_text = redo != NULL ? g_strdup_printf (_("Redo: %s"), redo) : NULL;

  gtk_widget_set_tooltip_text (self->undo_button, undo_text != NULL ? undo_text : _("Undo"));
  gtk_widget_set_tooltip_text (self->redo_button, redo_text != NULL ? redo_text : _("Redo"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->undo_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  undo_text != NULL ? undo_text : _("Undo"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->redo_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  redo_text != NULL ? redo_text : _("Redo"), -1);
  annals_window_update_actions (self);
}

void
annals_window_update_title (AnnalsWindow *self)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);
  const char *title = notebook != NULL ? annals_notebook_get_title (notebook) : NULL;
  g_autofree char *name = NULL;

  /* One that could not be opened is not asked for its title. */
  if (notebook == NULL && self->opening == NULL && self->path != NULL)
    title = name = annals_recent_files_dup_name (self->path);

  gtk_window_set_title (GTK_WINDOW (self), title != NULL && *title != '\0' ? title : _("Annals"));
}

static void
notebook_cb (AnnalsWindow *self)
{
  AnnalsNotebook *notebook = annals_desk_get_notebook (self->desk);

  if (notebook != NULL)
    {
      g_signal_connect_object (notebook, "notify::undo-label", G_CALLBACK (update_history), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (notebook, "notify::redo-label", G_CALLBACK (update_history), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (notebook, "notify::title", G_CALLBACK (annals_window_update_title), self,
                               G_CONNECT_SWAPPED);
    }

  annals_window_update_title (self);
  update_history (self);
}

/* --- the start, measured --- */

static void
first_frame_cb (AnnalsWindow  *self,
                GdkFrameClock *clock)
{
  const char *start = g_getenv ("ANNALS_BENCH_FIRST_FRAME");

  g_signal_handlers_disconnect_by_func (clock, first_frame_cb, self);
  if (start != NULL)
    g_printerr ("first-frame: %.1f ms\n",
                (g_get_monotonic_time () - g_ascii_strtoll (start, NULL, 10)) / 1000.0);
  if (g_getenv ("ANNALS_BENCH_QUIT") != NULL)
    g_application_quit (g_application_get_default ());

  self->has_painted = TRUE;
  annals_window_show_opened (self);
}

static void
annals_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (annals_window_parent_class)->realize (widget);

  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint", G_CALLBACK (first_frame_cb),
                           widget, G_CONNECT_SWAPPED);
  annals_window_follow_header (ANNALS_WINDOW (widget));
}

static void
annals_window_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (annals_window_parent_class)->map (widget);

  annals_window_focus_page (ANNALS_WINDOW (widget));
}

static void
annals_window_dispose (GObject *object)
{
  AnnalsWindow *self = ANNALS_WINDOW (object);

  g_clear_handle_id (&self->session_id, g_source_remove);
  g_clear_pointer (&self->session, g_variant_unref);
  g_clear_weak_pointer (&self->toast);
  g_clear_object (&self->to_import);
  annals_window_forget_errand (self);
  g_clear_object (&self->opening);
  g_clear_object (&self->closing);
  gtk_widget_dispose_template (GTK_WIDGET (self), ANNALS_TYPE_WINDOW);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (annals_window_parent_class)->dispose (object);
}

static void
annals_window_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  AnnalsWindow *self = ANNALS_WINDOW (object);

  switch ((AnnalsWindowProp) prop_id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    }
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, header);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, import_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, recent_section);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, title_stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, welcome_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, rescue_box);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, salvage_button);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, drop_shade);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, drop_label);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, workspace_bin);
  gtk_widget_class_bind_template_child (widget_class, AnnalsWindow, guide);
  gtk_widget_class_bind_template_callback (widget_class, recent_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, recent_removed_cb);
}

static void
annals_window_class_init (AnnalsWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = annals_window_dispose;
  object_class->get_property = annals_window_get_property;
  widget_class->realize = annals_window_realize;
  widget_class->map = annals_window_map;
  GTK_WINDOW_CLASS (klass)->close_request = annals_window_close_request;

  properties[PROP_DESK] =
    g_param_spec_object ("desk", NULL, NULL, ANNALS_TYPE_DESK,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (ANNALS_TYPE_PLACE_SWITCHER);
  g_type_ensure (ANNALS_TYPE_WELCOME_PAGE);
  g_type_ensure (ANNALS_TYPE_GUIDE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ANNALS_RESOURCE_PATH "/annals-window.ui");
  bind_children (widget_class);
  annals_window_install_actions (widget_class);
}

static void
annals_window_init (AnnalsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->desk = annals_desk_new ();
  g_signal_connect_object (self->desk, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "notify::notebook", G_CALLBACK (notebook_cb), self,
                           G_CONNECT_SWAPPED);
  annals_window_init_drop (self);
  annals_window_init_session (self);
  annals_split_button_name_arrow (ADW_SPLIT_BUTTON (self->import_button));
  update_history (self);
}

GtkWidget *
annals_window_new (AnnalsApplication *application)
{
  AnnalsWindow *self;
  GSettings *settings;

  g_return_val_if_fail (ANNALS_IS_APPLICATION (application), NULL);

  settings = annals_application_get_settings (application);
  self = g_object_new (ANNALS_TYPE_WINDOW,
                       "application", application,
                       "default-width", g_settings_get_int (settings, "window-width"),
                       "default-height", g_settings_get_int (settings, "window-height"),
                       "maximized", g_settings_get_boolean (settings, "window-maximized"),
                       NULL);
  g_menu_append_section (self->recent_section, NULL,
                         annals_application_get_recent_menu (application));
  annals_welcome_page_set_settings (self->welcome_page, settings);
  annals_guide_set_up (self->guide, self->desk, settings);
  annals_window_show_welcome (self);

  return GTK_WIDGET (self);
}

AnnalsDesk *
annals_window_get_desk (AnnalsWindow *self)
{
  g_return_val_if_fail (ANNALS_IS_WINDOW (self), NULL);

  return self->desk;
}

const char *
annals_window_get_path (AnnalsWindow *self)
{
  g_return_val_if_fail (ANNALS_IS_WINDOW (self), NULL);

  return self->path;
}

gboolean
annals_window_is_free (AnnalsWindow *self)
{
  g_return_val_if_fail (ANNALS_IS_WINDOW (self), FALSE);

  return annals_desk_get_notebook (self->desk) == NULL && self->opening == NULL &&
         self->closing == NULL;
}
