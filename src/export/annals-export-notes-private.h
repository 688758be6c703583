/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-export.h"
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

G_END_DECLS
