/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-db.h"

G_BEGIN_DECLS

/**
 * AnnalsForeignPost:
 * @uid: what a document calls it
 * @sha256: (nullable): of the text that it had there
 * @address: (nullable): in its canonical form
 * @title: (nullable): for messages
 * @id: (out): of the post here; 0: there is none
 *
 * A post that a document of another notebook names.
 */
typedef struct
{
  char     *uid;
  char     *sha256;
  char     *address;
  char     *title;
  gint64    id;
  char     *own_uid;      /* what it is called here */
  char     *import_uid;   /* of the import that brought the text it shows here */
} AnnalsForeignPost;

AnnalsForeignPost *annals_foreign_post_new      (const char         *uid);
void               annals_foreign_post_free     (AnnalsForeignPost  *self);

/* Finds each of @posts (element type AnnalsForeignPost): by its uid, else by its text, else by its address; as
 * annals-foreign-records.h does. */
gboolean           annals_db_find_foreign_posts (AnnalsDb           *db,
                                                 GPtrArray          *posts,
                                                 GError            **error);

G_END_DECLS
