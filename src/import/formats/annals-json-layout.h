/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsJsonLayout:
 *
 * Where the records stand in a file of JSON, as its beginning shows it.
 */
typedef struct
{
  char      container;   /* '[' or '{' whose members are the records; 0: the file is a row of records */
  char     *path;        /* of that container: "response.docs"; "" at the outside */
  gboolean  single;      /* the whole file is one record */
  gboolean  known;       /* the path ends in a name that lists have */
  gboolean  feed;        /* JSON Feed */
  gboolean  wordpress;   /* what WordPress's programming interface gives */
  gboolean  ghost;       /* an export of Ghost, whose posts stand far behind */
  gsize     start;       /* bytes in front of the JSON ("callback(", "window.x = ") */
} AnnalsJsonLayout;

/* NULL when @head is no JSON, or holds no objects that could be records. */
AnnalsJsonLayout *annals_json_layout_new           (const char       *head);
void              annals_json_layout_free          (AnnalsJsonLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsJsonLayout, annals_json_layout_free)

/* Whether lists of posts are called @name. */
gboolean          annals_json_layout_names_list    (const char       *name);

G_END_DECLS
