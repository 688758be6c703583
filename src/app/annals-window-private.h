/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-guide.h"
#include "annals-welcome-page.h"
#include "annals-window.h"
#include "annals-workspace.h"

G_BEGIN_DECLS

struct _AnnalsWindow
{
  AdwApplicationWindow  parent_instance;

  AdwToastOverlay      *toasts;
  GtkWidget            *sidebar_button;
  GtkWidget            *header;
  GtkWidget            *import_button;
  gboolean              import_icon_only;   /* there is no room for its word */
  GtkWidget            *search_button;
  GtkWidget            *undo_button;
  GtkWidget            *redo_button;
  GtkMenuButton        *menu_button;
  GMenu                *recent_section;
  GtkStack             *title_stack;
  GtkStack             *stack;
  AnnalsWelcomePage    *welcome_page;
  AdwStatusPage        *error_page;
  GtkWidget            *salvage_button;
  GtkWidget            *rescue_box;   /* what helps where a notebook is damaged or gone */
  GtkWidget            *drop_shade;
  GtkLabel             *drop_label;
  GtkWidget            *switcher;
  AdwBin               *workspace_bin;
  AnnalsGuide          *guide;
  AnnalsWorkspace      *workspace;    /* (nullable): until a notebook is shown */

  AnnalsDesk           *desk;
  char                 *path;         /* of the notebook that is shown, opened or could not be opened */
  GCancellable         *opening;      /* set while a notebook is being opened */
  gboolean              may_leave;    /* the window may go at once, which ends the opening */
  AnnalsNotebook       *opened;       /* that waits for the window's first frame */
  gboolean              has_painted;
  AnnalsNotebook       *closing;      /* set while a notebook is being closed */
  gboolean              close_window; /* when it is closed */
  gboolean              close_after_import;  /* the window goes when the dialog that imports has ended its work */
  gboolean              leaves_gone;  /* the notebook's file is gone, and the window may go: a copy is saved, or not wanted */
  GListModel           *to_import;    /* files to import once a notebook is open */
  AnnalsWindowErrand    errand;       /* (nullable): to be done once a notebook is shown */
  gpointer              errand_data;
  GDestroyNotify        errand_destroy;
  AdwToast             *toast;        /* the one that is shown, weak */
  GVariant             *session;      /* (nullable): what is to be shown of the notebook that is being opened */
  guint                 session_id;   /* until what is shown is kept */
  gboolean              is_second;    /* another window had opened its notebook */
  gint64                toast_step;   /* of the history, that its Undo is meant for; 0: it has none */
};

/* annals-window.c: the title of the notebook, or the name of the file that could not be opened */
void annals_window_update_title    (AnnalsWindow   *self);

/* annals-window-session.c: what is shown, kept for the next time */
void annals_window_init_session    (AnnalsWindow   *self);
void annals_window_keep_session    (AnnalsWindow   *self);
/* Shows what the notebook was left with. @panes_only: the user wants to see something else. */
void annals_window_resume          (AnnalsWindow   *self,
                                    gboolean        panes_only);

/* annals-window-actions.c */
void annals_window_install_actions (GtkWidgetClass *widget_class);
void annals_window_update_actions  (AnnalsWindow   *self);

/* annals-window-header.c */
void annals_window_follow_header   (AnnalsWindow   *self);

/* annals-window-notebook.c */
void annals_window_ask_new         (AnnalsWindow   *self);
void annals_window_ask_open        (AnnalsWindow   *self);
/* Makes the sample where there is none yet, and opens it. */
void annals_window_open_sample     (AnnalsWindow   *self);
/* Closes the notebook, then shows the welcome page or, when @window is TRUE, destroys the window. */
void annals_window_close_notebook  (AnnalsWindow   *self,
                                    gboolean        window);
void annals_window_show_welcome    (AnnalsWindow   *self);
/* Gives the page that is shown the focus, where the window is shown too. */
void annals_window_focus_page      (AnnalsWindow   *self);
/* Shows the notebook that has been opened meanwhile, if there is one. */
void annals_window_show_opened     (AnnalsWindow   *self);

void annals_window_forget_errand   (AnnalsWindow   *self);

/* annals-window-salvage.c: asks where to, and opens what could be read there. */
void annals_window_salvage         (AnnalsWindow   *self);

/* annals-window-gone.c: asks where to, and makes a copy of the notebook there. */
void annals_window_save_copy       (AnnalsWindow   *self);
/* Whether the window stays, because what is in it is nowhere else: the user is asked. */
gboolean annals_window_keeps_gone  (AnnalsWindow   *self);
/* Says so when the file of the notebook that is shown is no longer there, or is on a disk where
 * programs cannot share it as usual. */
void annals_window_watch_file      (AnnalsWindow   *self,
                                    AnnalsNotebook *notebook);

/* annals-window-close.c */
gboolean   annals_window_close_request (GtkWindow    *window);
/* It does not go after all, nor does any other. */
void       annals_window_stay          (AnnalsWindow *self);
/* (transfer none) (nullable): the dialog that imports or merges; one at a time */
GtkWindow *annals_window_find_import   (AnnalsWindow *self);

/* annals-window-drop.c */
void annals_window_init_drop       (AnnalsWindow   *self);
/* Notebooks among @files (element type GFile) are opened, the others imported. */
void annals_window_take_files      (AnnalsWindow   *self,
                                    GListModel     *files);
void annals_window_import          (AnnalsWindow   *self,
                                    GListModel     *files);
/* Takes in another notebook, or the JSON that one was exported to. */
void annals_window_merge           (AnnalsWindow   *self,
                                    const char     *path,
                                    gboolean        is_document);

G_END_DECLS
