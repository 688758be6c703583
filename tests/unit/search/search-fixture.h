/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-notebook.h"
#include "annals-search.h"

G_BEGIN_DECLS

/* A notebook in a folder of its own, with the posts that a test gives it. */
typedef struct
{
  char           *folder;
  char           *path;
  AnnalsNotebook *notebook;
} SearchFixture;

typedef struct
{
  const char *title;
  const char *text;
  const char *source;     /* (nullable) */
  const char *author;     /* (nullable) */
  const char *language;   /* (nullable) */
  const char *published;  /* EDTF */
  const char *url;        /* (nullable) */
  gboolean    html;       /* the text is */
} SearchPost;

void   search_fixture_set_up    (SearchFixture    *f,
                                 gconstpointer     data);
void   search_fixture_tear_down (SearchFixture    *f,
                                 gconstpointer     data);
/* Imports them as one file and indexes them; their ids are what is returned and the ones after it. */
gint64 search_fixture_import    (SearchFixture    *f,
                                 const char       *file_name,
                                 const SearchPost *posts,
                                 guint             n_posts);
void   search_fixture_change    (SearchFixture    *f,
                                 AnnalsDbFunc      func,
                                 gpointer          data);
/* The ids found, or the message of the mistake; NULL in *ids then. */
char  *search_fixture_find      (SearchFixture    *f,
                                 const char       *query,
                                 AnnalsOrder       order,
                                 GArray          **ids);

/* Imports a few real archives, in several languages; FALSE when they are not there. */
gboolean search_fixture_import_shared (SearchFixture *f);
/* How many of the posts hold the word, case aside, in title or text. */
guint  search_fixture_scan      (SearchFixture    *f,
                                 GArray           *ids,
                                 const char       *word);

G_END_DECLS
