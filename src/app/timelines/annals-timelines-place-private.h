/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-colour-dot.h"
#include "annals-event-editor.h"
#include "annals-event-table.h"
#include "annals-mentions-button.h"
#include "annals-suggestions-page.h"
#include "annals-timeline-canvas.h"
#include "annals-timeline-data.h"
#include "annals-timeline-edit.h"
#include "annals-timeline-overview.h"
#include "annals-timeline-scale.h"
#include "annals-timeline-view.h"
#include "annals-timelines-place.h"

G_BEGIN_DECLS

struct _AnnalsTimelinesPlace
{
  GtkWidget               parent_instance;
  AnnalsDesk             *desk;
  gulong                  changed_id;
  gulong                  notebook_id;
  GCancellable           *cancellable;   /* of the loading on its way */
  AnnalsTimelineData     *data;          /* (nullable) */
  AnnalsTimelineView     *view;          /* (nullable): how it is shown */
  GPtrArray              *timelines;     /* AnnalsTimeline: all there are */
  GPtrArray              *overlays;      /* AnnalsTimelineData: those laid over it */
  AnnalsTimelineLook     *look;          /* of @data's timeline */
  gboolean                has_density;   /* the archive's posts are counted for the overview */
  GSimpleActionGroup     *show_actions;  /* "show.": what the menu of the view turns on and off */
  gint64                  wanted_event;  /* to be selected once it is loaded */
  gboolean                is_split;      /* the fields have been given their room */
  gboolean                wants_focus;   /* once there is something that can have it */
  gboolean                has_table;     /* it has been given its room */
  gboolean                is_selecting;  /* from the table, which knows */

  GtkStack               *stack;
  GtkSpinner             *spinner;
  AdwStatusPage          *error_page;
  AnnalsColourDot        *dot;
  GtkLabel               *title;
  AnnalsMentionsButton   *mentions;
  GtkLabel               *summary;
  GtkWidget              *add_button;
  GtkMenuButton          *view_button;
  AdwSplitButton         *export_button;
  GtkPaned               *paned;
  AnnalsTimelineCanvas   *canvas;
  GtkWidget              *hint;
  GtkPaned               *table_paned;
  GtkWidget              *table_box;
  AnnalsEventTable       *table;
  AnnalsTimelineScale    *scale;
  AnnalsTimelineOverview *overview;
  GtkWidget              *tray_box;
  GtkBox                 *tray;
  char                   *tray_looks;    /* (nullable): all that its chips say and do */
  AnnalsEventEditor      *editor;

  AnnalsSuggestionsPage  *suggestions;
  GtkWidget              *suggestions_button;
  GtkLabel               *suggestions_count;
  gboolean                suggests;      /* they are shown instead of the events */
  gboolean                wants_suggestions;   /* they were asked for and get the keyboard */

  GtkWidget              *new_event;     /* popovers, made when first needed */
  GtkWidget              *new_timeline;
  GtkWidget              *rename_lane;
  GtkWidget              *event_menu;
  gint64                  renamed_lane;    /* 0: a new one is named */
  gboolean                reveals_lane;    /* the last one, which was made just now */
  gint64                  new_event_lane;  /* of the event that is asked for; 0: none */
};

/* annals-timelines-place.c: shows what was loaded, with what is hidden and laid over it now */
void annals_timelines_place_update_view     (AnnalsTimelinesPlace *self);
void annals_timelines_place_reload          (AnnalsTimelinesPlace *self,
                                             gint64                timeline_id);

/* annals-timelines-place-view.c: groups, lanes that are hidden, timelines laid over */
/* Who asks for an event gets to see it, also one of a lane that is hidden. */
void annals_timelines_place_reveal_event    (AnnalsTimelinesPlace *self,
                                             gint64                event_id);
void annals_timelines_place_install_view    (GtkWidgetClass       *widget_class);
void annals_timelines_place_update_menu     (AnnalsTimelinesPlace *self);

/* annals-timelines-place-menus.c: of the right button */
void annals_timelines_place_pop_up_menu     (AnnalsTimelinesPlace *self,
                                             gint64                event_id);
void annals_timelines_place_pop_up_ground   (AnnalsTimelinesPlace *self,
                                             double                x,
                                             double                y);

/* annals-timelines-place-drop.c: posts and notes that are dropped */
void annals_timelines_place_accept_drops    (AnnalsTimelinesPlace *self);

/* annals-timelines-place-suggestions.c */
void annals_timelines_place_init_suggestions    (AnnalsTimelinesPlace *self);
void annals_timelines_place_install_suggestions (GtkWidgetClass       *widget_class);
/* In a popover that asks for a new timeline's name. */
void annals_timelines_place_offer_themes        (AnnalsTimelinesPlace *self,
                                                 GtkWidget            *popover);
/* After a timeline was loaded, or none: shows its events, or what is suggested for it. */
void annals_timelines_place_show_loaded         (AnnalsTimelinesPlace *self);

/* annals-timelines-place-actions.c */
/* @popover, a child of the place, points to @area (nullable) of it. */
void annals_timelines_place_point_to        (AnnalsTimelinesPlace  *self,
                                             GtkWidget             *popover,
                                             const graphene_rect_t *area);
void annals_timelines_place_commit          (AnnalsTimelinesPlace *self,
                                             const char           *label,
                                             const char           *message,
                                             AnnalsTimelineEdit   *edit,
                                             AnnalsDeskDone        done);
/* annals-timelines-place-export.c */
void annals_timelines_place_init_export     (AnnalsTimelinesPlace *self);
void annals_timelines_place_install_export  (GtkWidgetClass       *widget_class);
void annals_timelines_place_update_export   (AnnalsTimelinesPlace *self);

/* Several as one; @edits: (element type AnnalsTimelineEdit) (transfer full) */
void annals_timelines_place_commit_all      (AnnalsTimelinesPlace *self,
                                             const char           *label,
                                             const char           *message,
                                             GPtrArray            *edits);
void annals_timelines_place_move_events     (AnnalsTimelinesPlace *self,
                                             GPtrArray            *moves);
void annals_timelines_place_install_actions (GtkWidgetClass       *widget_class);
void annals_timelines_place_update_actions  (AnnalsTimelinesPlace *self);
void annals_timelines_place_delete_event    (AnnalsTimelinesPlace *self,
                                             gint64                event_id);
void annals_timelines_place_clear_popovers  (AnnalsTimelinesPlace *self);

G_END_DECLS
