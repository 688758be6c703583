/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-imports.h"
#include "annals-notebook.h"

G_BEGIN_DECLS

/* A notebook with two posts, in a folder for files to import. */
typedef struct
{
  char           *folder;
  AnnalsNotebook *notebook;
} Fixture;

/* The one with an address, as it was imported. */
extern const char harbour[];
/* A REFI-QDA project: a text with a mark, its codes, a memo. */
extern const char foreign[];

void          set_up        (Fixture            *f,
                             gconstpointer       data);
void          tear_down     (Fixture            *f,
                             gconstpointer       data);
char         *path_of       (Fixture            *f,
                             const char         *name);
void          write_file    (Fixture            *f,
                             const char         *name,
                             const char         *contents);
AnnalsImport *import        (Fixture            *f,
                             const char         *name);
/* The annotations, a line each; @reason (out, optional): of the first issue */
char         *dump_notes    (Fixture            *f,
                             char              **reason);
void          assert_counts (const AnnalsImport *import,
                             guint               n_new,
                             guint               n_updated,
                             guint               n_unchanged,
                             guint               n_skipped);

#define ANNOTATION(rest) \
  "{\"@context\": \"http://www.w3.org/ns/anno.jsonld\", \"id\": \"http://a.example/1\", \"type\": \"Annotation\", " rest "}"

#define QUOTE(exact, prefix, suffix) \
  "{\"type\": \"TextQuoteSelector\", \"exact\": \"" exact "\", \"prefix\": \"" prefix "\", \"suffix\": \"" suffix "\"}"
#define TARGET(source, selector) "\"target\": {\"source\": \"" source "\", \"selector\": " selector "}"

#define GUID(n) "00000000-0000-4000-8000-00000000000" n
#define PROJECT(rest) "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project name=\"p\" xmlns=\"urn:QDA-XML:project:1.0\">" \
                      rest "</Project>"

G_END_DECLS
