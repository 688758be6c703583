/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-merge.h"

G_BEGIN_DECLS

/**
 * AnnalsNotebookDocument:
 *
 * A notebook that was exported as JSON ("annals-notebook"), read one entry at a time. All of it is checked as it is
 * read: where it is not what the schema says, reading fails with ANNALS_IMPORT_ERROR_DAMAGED in a sentence that says
 * where and why.
 */
typedef struct _AnnalsNotebookDocument AnnalsNotebookDocument;

/* What kind of document of our own the file is, from its beginning: "annals-notebook", "annals-timeline",
 * "annals-notes"; NULL: none, or it cannot be read. */
const char             *annals_document_sniff             (const char              *path);

AnnalsNotebookDocument *annals_notebook_document_open     (const char              *path,
                                                           GError                 **error);
/* As the above, of a stream with the size @size (0: nobody knows); @name: what messages call it */
AnnalsNotebookDocument *annals_notebook_document_new      (GInputStream            *stream,
                                                           const char              *name,
                                                           gint64                   size,
                                                           GError                 **error);
void                    annals_notebook_document_free     (AnnalsNotebookDocument  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsNotebookDocument, annals_notebook_document_free)
const AnnalsNotebookFacts *
                        annals_notebook_document_get_facts (AnnalsNotebookDocument *self);
/* NULL without @error at the end. */
AnnalsEntry            *annals_notebook_document_next     (AnnalsNotebookDocument  *self,
                                                           GError                 **error);
/* 0 to 1 */
double                  annals_notebook_document_get_fraction
                                                          (AnnalsNotebookDocument  *self);

/* Takes the document into the notebook: an empty one becomes what was exported, another one is merged with it. As
 * annals_notebook_merge(). */
AnnalsMergeResult      *annals_import_notebook_document   (AnnalsNotebook          *notebook,
                                                           const char              *path,
                                                           AnnalsMergeProgress      progress,
                                                           gpointer                 user_data,
                                                           GCancellable            *cancellable,
                                                           GError                 **error);

G_END_DECLS
