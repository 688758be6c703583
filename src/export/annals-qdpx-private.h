/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-export-run.h"

G_BEGIN_DECLS

/* A post whose passages and notes go out. */
typedef struct
{
  gint64   id;
  gint64   revision_id;
  char    *uid;
  GString *selections;   /* PlainTextSelection elements */
  GString *references;   /* NoteRef elements */
} AnnalsQdpxPost;

/**
 * AnnalsQdpxProject:
 *
 * What project.qde will hold, as its parts come together.
 */
typedef struct
{
  AnnalsExportRun *run;
  GPtrArray       *tags;          /* (element type AnnalsTag) */
  GHashTable      *tags_by_name;  /* borrowed both */
  GHashTable      *colour_names;  /* colour → what it is called here */
  GHashTable      *colours;       /* names of the palette that highlights have */
  GPtrArray       *posts;         /* (element type AnnalsQdpxPost) in the order of their first note */
  GHashTable      *posts_by_id;
  GHashTable      *ends;          /* uids of what links may lead to */
  GPtrArray       *users;         /* names, borrowed from the table */
  GHashTable      *known_users;
  GString         *sources;
  GString         *notes;
  GString         *memos;         /* NoteRef elements of the project */
  GString         *links;
  guint            n_unplaced;
  guint            n_links_left;
} AnnalsQdpxProject;

/* --- annals-qdpx-notes.c --- */
/* Collects the passages, notes and memos that are asked for. */
gboolean annals_qdpx_collect_notes (AnnalsQdpxProject *self, GArray *keys, GError **error);

/* --- annals-qdpx-project.c --- */
AnnalsQdpxProject *annals_qdpx_project_new  (AnnalsExportRun *run);
void               annals_qdpx_project_free (AnnalsQdpxProject *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsQdpxProject, annals_qdpx_project_free)
/* ' creatingUser="…"' and the times, of what @author made (nothing where it is unknown). */
void               annals_qdpx_append_author (AnnalsQdpxProject *self, GString *xml, const char *author,
                                              gint64 created, gint64 modified);
/* A Note with @text, in the Notes. @codings: elements that stand in it, "" for none. */
void               annals_qdpx_add_note      (AnnalsQdpxProject *self, const char *uid, const char *title,
                                              const char *text, const char *codings, const char *author,
                                              gint64 created, gint64 modified);
/* Tags, colours and links, read before (@first) and after the notes. */
gboolean           annals_qdpx_read_tags     (AnnalsQdpxProject *self, GError **error);
gboolean           annals_qdpx_read_rest     (AnnalsQdpxProject *self, GError **error);
/* All of project.qde. */
char              *annals_qdpx_project_dup_xml (AnnalsQdpxProject *self);

G_END_DECLS
