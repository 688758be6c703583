/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"

G_BEGIN_DECLS

/* A text of the notebook that several windows may edit at once: notes, memos, accounts. */
typedef struct
{
  /* The text as it stands. NOT_FOUND when its record is gone. */
  char     *(*load) (AnnalsDb    *db,
                     gint64       id,
                     GError     **error);
  /* Inside the one door. */
  gboolean  (*save) (AnnalsDb    *db,
                     gint64       id,
                     const char  *text,
                     GError     **error);
} AnnalsTextKind;

/* The note of an annotation. */
extern const AnnalsTextKind annals_text_kind_note;

/* Saves @text, which somebody made of @base, as one action @label with the toast @message (nullable). When it
 * is no longer @base that stands there, nothing is saved but asked: the dialog over @parent says that this is
 * the later one, shows both, and keeps mine, theirs or both. When the record is gone, the text can be
 * copied. @kind is static. */
void annals_text_conflict_save (AnnalsDesk           *desk,
                                GtkWidget            *parent,
                                const AnnalsTextKind *kind,
                                gint64                id,
                                const char           *label,
                                const char           *message,
                                const char           *base,
                                const char           *text);

G_END_DECLS
