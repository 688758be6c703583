/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-tags.h"

G_BEGIN_DECLS

/**
 * AnnalsCode:
 *
 * A tag as a codebook says it. What it does not say is NULL, or AnnalsCodePlace for where it stands.
 */
typedef struct
{
  char   *uid;           /* lower case */
  char   *name;
  int     parent;        /* another code's number; or one of these: */
#define ANNALS_CODE_TOP -1
#define ANNALS_CODE_UNSAID -2
  char   *colour;        /* a name of annals-palette.h */
  char   *description;
  char  **synonyms;
  char   *rule;
} AnnalsCode;

/**
 * AnnalsCodebook:
 *
 * What a file of tags holds: a CSV or a REFI-QDA codebook.
 */
typedef struct
{
  GPtrArray *codes;      /* (element type AnnalsCode) */
  GPtrArray *remarks;    /* sentences on what could not be used (element type char *) */
} AnnalsCodebook;

#define ANNALS_CODEBOOK_ERROR (annals_codebook_error_quark ())
GQuark annals_codebook_error_quark (void);

typedef enum
{
  ANNALS_CODEBOOK_ERROR_READ,      /* it cannot be read, or is too large */
  ANNALS_CODEBOOK_ERROR_FORMAT,    /* it is no codebook, or a damaged one */
} AnnalsCodebookError;

void            annals_codebook_free  (AnnalsCodebook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsCodebook, annals_codebook_free)

/* Reads a file, whose content says which of the two it is. Blocks: not for the window's thread. */
AnnalsCodebook *annals_codebook_load  (const char *path, GCancellable *cancellable, GError **error);
/* @name: what errors call it */
AnnalsCodebook *annals_codebook_parse (const char *bytes, gsize size, const char *name, GError **error);

typedef enum
{
  ANNALS_CODE_NEW,
  ANNALS_CODE_CHANGED,
  ANNALS_CODE_SAME,
} AnnalsCodeState;

/* What the import of a code would come to. */
typedef struct
{
  AnnalsCodeState  state;
  char            *name;      /* of the tag, from then on */
  char            *parent;    /* (nullable): of the tag above it */
  char            *changes;   /* of one that is changed: what, in words */
} AnnalsCodePlan;

/* A plan for each code, in their order (element type AnnalsCodePlan). A code is the tag of its uid, else the one
 * of its name or other name, else a new one. What the codebook says of it goes before what the notebook said; other
 * names are added; nothing is taken away. Adds to @codebook's remarks, as the import does again. */
GPtrArray      *annals_db_plan_codebook (AnnalsDb *db, AnnalsCodebook *codebook, GError **error);

/* --- changes: only inside the one door --- */
/* @tag_ids (nullable): gets the tag that each code is, in their order (element type gint64) */
gboolean        annals_db_import_codebook (AnnalsDb *db, AnnalsCodebook *codebook, GArray *tag_ids, GError **error);

G_END_DECLS
