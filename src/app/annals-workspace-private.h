/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-memos-place.h"
#include "annals-notes-place.h"
#include "annals-posts-pane.h"
#include "annals-reader.h"
#include "annals-review-place.h"
#include "annals-shell.h"
#include "annals-sidebar.h"
#include "annals-timelines-place.h"
#include "annals-workspace.h"

G_BEGIN_DECLS

struct _AnnalsWorkspace
{
  GtkWidget             parent_instance;
  AnnalsDesk           *desk;
  gboolean              show_sidebar;

  AnnalsShell          *shell;
  AnnalsSidebar        *sidebar;
  AdwViewStack         *places;
  GtkPaned             *read_paned;
  AnnalsPostsPane      *posts;
  AnnalsReader         *reader;
  AdwBin               *timelines_bin;
  AdwBin               *notes_bin;
  AdwBin               *review_bin;
  AdwBin               *memos_bin;
  AnnalsTimelinesPlace *timelines;   /* (nullable): until it is visited */
  AnnalsNotesPlace     *notes;       /* (nullable): likewise */
  AnnalsReviewPlace    *review;      /* (nullable): likewise */
  AnnalsMemosPlace     *memos;       /* (nullable): likewise */
  GtkWidget            *spare_timelines;   /* (nullable): made ahead of the first visit */
  GtkWidget            *spare_notes;       /* (nullable): likewise */
  guint                 spare_source;      /* 0: none */

  gint64                last_timeline;   /* to be shown first in its place, which is not made yet; 0: none */
  gint64                last_memo;       /* likewise */
  GVariant             *resuming;        /* (nullable): what is to be shown as soon as it is found */
};

G_END_DECLS
