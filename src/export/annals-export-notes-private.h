/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-export-run.h"
#include "annals-memos.h"
#include "annals-note-list.h"
#include "annals-posts.h"

G_BEGIN_DECLS

void annals_notes_csv_append_head       (GString                *csv,
                                         const AnnalsExportOptions *options);
void annals_notes_csv_append_annotation (GString                *csv,
                                         const AnnalsAnnotation *annotation,
                                         AnnalsPost             *post);
void annals_notes_csv_append_memo       (GString                *csv,
                                         const AnnalsMemo       *memo);

/* --- annals-export-notes-markdown.c --- */
void annals_notes_markdown_append_head       (GString                *out,
                                              AnnalsExportRun        *run);
/* The heading of what follows about @post. */
void annals_notes_markdown_append_post       (GString                *out,
                                              const AnnalsPost       *post);
void annals_notes_markdown_append_annotation (GString                *out,
                                              const AnnalsAnnotation *annotation);
void annals_notes_markdown_append_memo       (GString                *out,
                                              const AnnalsMemo       *memo);

G_END_DECLS
