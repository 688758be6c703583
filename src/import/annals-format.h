/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-decoder.h"
#include "annals-draft.h"
#include "annals-import-input.h"

G_BEGIN_DECLS

typedef struct _AnnalsReader AnnalsReader;

/**
 * AnnalsFormat:
 * @id: what the notebook stores
 * @label: for people, untranslated (marked with N_())
 * @sniff: how sure it is, from 0 (not this format) to 100, that a file which begins with @head is of
 *   this format; @head is UTF-8 without NUL, cut anywhere
 * @open: makes the state that @step works on; the reader's input stands at its beginning
 * @step: reads a bounded piece of the input and gives what it found to annals_reader_take_draft() and
 *   annals_reader_take_issue(); sets @at_end when there is no more. %FALSE if and only if @error is set
 * @close: frees the state
 *
 * A kind of file that can be imported. One file in formats/ each; annals-format.c lists them.
 */
typedef struct
{
  const char *id;
  const char *label;
  guint     (*sniff) (const char    *head);
  gpointer  (*open)  (AnnalsReader  *reader);
  gboolean  (*step)  (gpointer       state,
                      gboolean      *at_end,
                      GCancellable  *cancellable,
                      GError       **error);
  void      (*close) (gpointer       state);
} AnnalsFormat;

/* The formats, ended by NULL. */
const AnnalsFormat * const *annals_format_list (void);
/* The format that fits the first bytes best; NULL when none does. */
const AnnalsFormat *annals_format_detect       (const guint8 *head,
                                                gsize         length);

/**
 * AnnalsAccountKind:
 *
 * What became of a run of a file's bytes.
 */
typedef enum
{
  ANNALS_ACCOUNT_BLANK,       /* white space, a byte order mark */
  ANNALS_ACCOUNT_HEADING,     /* furniture: says which month the page is of */
  ANNALS_ACCOUNT_BYLINE,      /* furniture: became a post's date and author, or tags */
  ANNALS_ACCOUNT_SOURCE,      /* furniture: became a post's source */
  ANNALS_ACCOUNT_NAVIGATION,  /* furniture: leads elsewhere on the web site */
  ANNALS_ACCOUNT_TITLE,
  ANNALS_ACCOUNT_BODY,
  ANNALS_ACCOUNT_ISSUE,       /* has a row in the issues */
} AnnalsAccountKind;

typedef struct
{
  gint64            offset;
  gint64            length;
  AnnalsAccountKind kind;
} AnnalsAccount;

typedef enum
{
  ANNALS_READ_ERROR,
  ANNALS_READ_DRAFT,
  ANNALS_READ_ISSUE,
  ANNALS_READ_END,
} AnnalsReadResult;

/* Recognises what @input holds. Fails with ANNALS_IMPORT_ERROR_UNKNOWN. Borrows @input, which must
 * stand at its beginning and outlive the reader. */
AnnalsReader       *annals_reader_new          (AnnalsImportInput  *input,
                                                GError            **error);
/* The same with the format given. */
AnnalsReader       *annals_reader_new_for_format (AnnalsImportInput  *input,
                                                  const AnnalsFormat *format);
void                annals_reader_free         (AnnalsReader       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsReader, annals_reader_free)

/* The next thing found, in the file's order; the caller owns it. */
AnnalsReadResult    annals_reader_next         (AnnalsReader       *self,
                                                AnnalsDraft       **draft,
                                                AnnalsIssue       **issue,
                                                GCancellable       *cancellable,
                                                GError            **error);
const AnnalsFormat *annals_reader_get_format   (AnnalsReader       *self);
/* What the file says of all its posts, known at the latest when the first draft has come; never NULL.
 */
const char         *annals_reader_get_archive  (AnnalsReader       *self);
const char         *annals_reader_get_source   (AnnalsReader       *self);
const char         *annals_reader_get_language (AnnalsReader       *self);
/* Keeps an account of every byte from now on (element type AnnalsAccount; owned by the reader), in
 * the order in which the reader decided, not in the file's. Formats of marked-up files keep none. */
GArray             *annals_reader_keep_account (AnnalsReader       *self);

/* --- for formats --- */
AnnalsImportInput  *annals_reader_get_input    (AnnalsReader       *self);
AnnalsDecoder      *annals_reader_get_decoder  (AnnalsReader       *self);
void                annals_reader_set_archive  (AnnalsReader       *self,
                                                const char         *archive);
void                annals_reader_set_source   (AnnalsReader       *self,
                                                const char         *source);
void                annals_reader_set_language (AnnalsReader       *self,
                                                const char         *language);
void                annals_reader_take_draft   (AnnalsReader       *self,
                                                AnnalsDraft        *draft);
/* Takes @place and @reason; copies the first 4,000 characters of @excerpt (nullable). */
void                annals_reader_take_issue   (AnnalsReader       *self,
                                                AnnalsSeverity      severity,
                                                char               *place,
                                                char               *reason,
                                                const char         *excerpt);
void                annals_reader_account      (AnnalsReader       *self,
                                                gint64              offset,
                                                gint64              length,
                                                AnnalsAccountKind   kind);
/* As much of @text as an issue shows. */
char               *annals_reader_dup_excerpt  (const char         *text);
/* The title of a post that has none: its first words. */
char               *annals_reader_dup_title    (AnnalsText         *text);

extern const AnnalsFormat annals_format_text_month;
extern const AnnalsFormat annals_format_wxr;

G_END_DECLS
