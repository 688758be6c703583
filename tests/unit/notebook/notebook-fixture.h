/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-annotations.h"
#include "annals-backup.h"
#include "annals-check.h"
#include "annals-history.h"
#include "annals-imports.h"
#include "annals-links.h"
#include "annals-memos.h"
#include "annals-notebook.h"
#include "annals-posts.h"
#include "annals-tags.h"
#include "annals-timelines.h"

G_BEGIN_DECLS

/* A notebook in a folder of its own, with three posts of one import. */
typedef struct
{
  char           *folder;
  char           *path;
  AnnalsNotebook *notebook;
} Fixture;

void  fixture_set_up    (Fixture *f, gconstpointer data);
void  fixture_tear_down (Fixture *f, gconstpointer data);
/* Closes and opens again, as after a restart. */
void  fixture_reopen    (Fixture *f);
/* Imports posts "0".."n-1" whose texts are @texts; their identities are "post-0"… */
gint64 fixture_import   (Fixture *f, const char * const *texts, AnnalsStored *stored);
/* One string that holds every row of every table of the user's, to compare before with after. */
char *fixture_dump      (Fixture *f);
gint64 fixture_post     (Fixture *f, guint n);
/* Makes a backup; its path. */
char *fixture_backup    (Fixture *f, AnnalsBackupReason reason);

/* One change, as a function of the connection. */
#define CHANGE(f, label, func, data) \
  G_STMT_START { \
    g_autoptr(GError) change_error = NULL; \
    annals_notebook_change ((f)->notebook, (label), (func), (data), NULL, &change_error); \
    g_assert_no_error (change_error); \
  } G_STMT_END

#define READ(f, func, data) \
  G_STMT_START { \
    g_autoptr(GError) read_error = NULL; \
    annals_notebook_read ((f)->notebook, (func), (data), NULL, &read_error); \
    g_assert_no_error (read_error); \
  } G_STMT_END

G_END_DECLS
