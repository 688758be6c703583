/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libxml/tree.h>

#include "annals-qdpx-archive.h"
#include "annals-records.h"

G_BEGIN_DECLS

/* A note of the project, which passages, sources and codes refer to. */
typedef struct
{
  const char *uid;      /* the key's */
  char       *title;
  char       *text;
  xmlNode    *node;
  gboolean    used;     /* by a passage, a source or a link */
} AnnalsQdeNote;

/* What a Coding may mean. */
typedef struct
{
  int   number;         /* in the codebook; -1: none */
  char *colour;         /* (nullable): of the highlight, when it is one of Annals' own colours */
} AnnalsQdeCode;

typedef struct
{
  AnnalsRecords     *records;
  AnnalsQdpxArchive *archive;     /* (nullable) */
  GHashTable        *users;       /* uid → name */
  GHashTable        *codes;       /* uid → AnnalsQdeCode */
  GHashTable        *variables;   /* uid → what it is, of the names below */
  GHashTable        *notes;       /* uid → AnnalsQdeNote */
  GPtrArray         *note_order;  /* (element type AnnalsQdeNote), borrowed */
  GHashTable        *ends;        /* uids of sources and passages: what links may lead to */
  guint              n_others;    /* sources without a text */
  guint              n_unknown;   /* codings with a code that there is not */
  GHashTable        *other_variables;  /* uid → name of one that is none of those */
  GHashTable        *left_variables;   /* set of those names that a source has a value of */
} AnnalsQde;

/* project.qde, with the texts of @archive (nullable). */
AnnalsRecords *annals_qde_parse         (const char *bytes, gsize size, AnnalsQdpxArchive *archive, const char *name,
                                         GError **error);

/* --- annals-qde-sources.c --- */
void           annals_qde_read_sources  (AnnalsQde *self, xmlNode *sources);
/* The text of a TextSource or a Note: what stands in it, else in the archive; NULL when there is none. */
char          *annals_qde_dup_text      (AnnalsQde *self, xmlNode *node);

/* --- both --- */
gboolean       annals_qde_is            (xmlNode *node, const char *name);
xmlNode       *annals_qde_child         (xmlNode *node, const char *name);
/* never NULL */
char          *annals_qde_dup_attribute (xmlNode *node, const char *name);
/* NULL when it is none */
char          *annals_qde_dup_guid      (xmlNode *node, const char *name);
char          *annals_qde_dup_content   (xmlNode *node);
/* "project.qdpx, line 12" */
char          *annals_qde_dup_place     (AnnalsQde *self, xmlNode *node);
/* Who made @node and when. */
void           annals_qde_read_author   (AnnalsQde *self, xmlNode *node, char **author, gint64 *created,
                                         gint64 *modified);
/* The words of the notes that @node refers to, which then are used, below each other; "" when there are none. */
char          *annals_qde_dup_note_words (AnnalsQde *self, xmlNode *node);

G_END_DECLS
