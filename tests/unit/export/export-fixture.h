/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-export.h"

/* A notebook in a folder of its own: three posts, one of them Korean, and a timeline with lanes,
 * events of every kind of date, quotations, notes and evidence against. */
typedef struct
{
  char           *folder;
  AnnalsNotebook *notebook;
  gint64          timeline_id;
} Fixture;

/* 2026-11-23T00:00:00Z */
#define FIXTURE_EPOCH "1795392000"

void  fixture_set_up      (Fixture       *self,
                           gconstpointer  data);
void  fixture_tear_down   (Fixture       *self,
                           gconstpointer  data);

/* Free with g_free(). */
char *fixture_path        (Fixture       *self,
                           const char    *name);
/* Exports and reads what was written. */
char *fixture_export      (Fixture                   *self,
                           const char                *format,
                           const AnnalsExportOptions *options,
                           const char                *name,
                           gsize                     *length);
/* The names in the folder, sorted, joined by " ". */
char *fixture_list        (Fixture       *self);
/* Adds @n events, spread over ten years and all lanes, each with a quotation. */
void  fixture_add_events  (Fixture       *self,
                           guint          n);

/* Adds an event in March 2020 with this account. */
void  fixture_add_long_event (Fixture    *self,
                              const char *account);

/* Compares with a file of tests/fixtures/export; ANNALS_UPDATE_GOLDEN=1 in the environment writes
 * it anew instead. */
void  assert_golden       (const char    *actual,
                           const char    *name);
/* What a program prints; NULL, and the test is skipped, when it is not installed. */
char *run_tool            (const char * const *argv,
                           int                *status);
/* What `TOOL OPTION FILE LAST` prints, which must succeed; NULL when the tool is not there. */
char *ask                 (Fixture       *self,
                           const char    *tool,
                           const char    *option,
                           const char    *name,
                           const char    *last);
void  assert_says         (const char    *text,
                           const char    *words);
/* All white space to single spaces, so that words are found over the ends of lines. */
char *fold                (const char    *text);
/* That the elements of a PDF's structure stand where PDF/UA wants them, as `pdfinfo -struct` prints them. */
void  assert_structure    (const char    *tree);
