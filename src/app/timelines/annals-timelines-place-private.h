/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "annals-colour-dot.h"
#include "annals-event-editor.h"
#include "annals-mentions-button.h"
#include "annals-timeline-canvas.h"
#include "annals-timeline-data.h"
#include "annals-timeline-edit.h"
#include "annals-timeline-overview.h"
#include "annals-timeline-scale.h"
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
  gint64                  wanted_event;  /* to be selected once it is loaded */
  gboolean                is_split;      /* the fields have been given their room */

  GtkStack               *stack;
  GtkSpinner             *spinner;
  AdwStatusPage          *error_page;
  AnnalsColourDot        *dot;
  GtkLabel               *title;
  AnnalsMentionsButton   *mentions;
  GtkLabel               *summary;
  GtkWidget              *add_button;
  GtkPaned               *paned;
  AnnalsTimelineCanvas   *canvas;
  GtkWidget              *hint;
  AnnalsTimelineScale    *scale;
  AnnalsTimelineOverview *overview;
  GtkWidget              *tray_box;
  GtkBox                 *tray;
  AnnalsEventEditor      *editor;

  GtkWidget              *new_event;     /* popovers, made when first needed */
  GtkWidget              *new_timeline;
  GtkWidget              *rename_lane;
  GtkWidget              *event_menu;
  gint64                  renamed_lane;
};

/* annals-timelines-place-actions.c */
void annals_timelines_place_install_actions (GtkWidgetClass       *widget_class);
void annals_timelines_place_update_actions  (AnnalsTimelinesPlace *self);
void annals_timelines_place_delete_event    (AnnalsTimelinesPlace *self,
                                             gint64                event_id);
void annals_timelines_place_pop_up_menu     (AnnalsTimelinesPlace *self,
                                             gint64                event_id);
void annals_timelines_place_clear_popovers  (AnnalsTimelinesPlace *self);

G_END_DECLS
