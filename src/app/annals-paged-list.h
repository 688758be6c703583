/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "annals-desk.h"

G_BEGIN_DECLS

/* A row of a long list: the record it shows, and the group under whose heading it stands. A record may have
 * a row in several groups. */
typedef struct
{
  gint64 id;
  gint64 group;
} AnnalsPagedKey;

#define ANNALS_TYPE_PAGED_ITEM (annals_paged_item_get_type ())
/**
 * AnnalsPagedItem:
 *
 * A row of an #AnnalsPagedList: its key, and its content once that was fetched. When rows go and others come, the item of
 * one that goes may become that of one that comes, so that a view's widget for it stays: with another key, and
 * without content for the moment. After a list has become short a view may see items that are of no row of it: empty,
 * or as they were, until they go in the next turns of the main loop.
 *
 * Signal "loaded" (): the content is there, or is another one, or none.
 */
G_DECLARE_FINAL_TYPE (AnnalsPagedItem, annals_paged_item, ANNALS, PAGED_ITEM, GObject)

const AnnalsPagedKey *annals_paged_item_get_key     (AnnalsPagedItem *self);
/* (nullable): until it is fetched */
gpointer              annals_paged_item_get_content (AnnalsPagedItem *self);

/**
 * AnnalsPagedLoad:
 * @question: (nullable): the list's, see annals_paged_list_set_question(); other pages may be asking with it at
 *   the same time
 *
 * The contents of rows, on a reader's thread: as many elements as there are keys, NULL for a record that is
 * gone; the array's free function frees them.
 */
typedef GPtrArray *(*AnnalsPagedLoad) (AnnalsDb              *db,
                                       gconstpointer          question,
                                       const AnnalsPagedKey  *keys,
                                       guint                  n_keys,
                                       GError               **error);

#define ANNALS_TYPE_PAGED_LIST (annals_paged_list_get_type ())
/**
 * AnnalsPagedList:
 *
 * The rows of a list of any length and which of them are selected: a GListModel of AnnalsPagedItem and its
 * own GtkSelectionModel, on an array of keys. Contents are fetched by pages when they are wanted; a few
 * pages stay cached. Main thread only.
 */
G_DECLARE_FINAL_TYPE (AnnalsPagedList, annals_paged_list, ANNALS, PAGED_LIST, GObject)

/* @destroy frees one row's content. */
AnnalsPagedList *annals_paged_list_new            (AnnalsDesk      *desk,
                                                   AnnalsPagedLoad  load,
                                                   GDestroyNotify   destroy);
/* What contents depend on beside their keys, from the next keys on. Takes @question. @clear (nullable) frees it,
 * on any thread. */
void             annals_paged_list_set_question   (AnnalsPagedList *self,
                                                   gpointer         question,
                                                   GDestroyNotify   clear);
/**
 * AnnalsPagedChange:
 *
 * What becomes of a list when it gets other keys: for lists that are so long that they are not to be compared on the
 * window's thread. It is begun there, keys are set on any thread, and it is applied on the window's again.
 */
typedef struct _AnnalsPagedChange AnnalsPagedChange;

AnnalsPagedChange *
                 annals_paged_list_begin_change (AnnalsPagedList   *self);
/* @keys (element type AnnalsPagedKey; referenced), none twice. What was selected and is still there stays
 * selected, and rows that stay are fetched again. */
void             annals_paged_change_set_keys   (AnnalsPagedChange *self,
                                                 GArray            *keys);
/* After the keys, on a reader's thread: reads the first rows too, as many as a window shows, so that the list comes
 * with them and is not seen empty before. @load and @question: the list's */
gboolean         annals_paged_change_load_first (AnnalsPagedChange *self,
                                                 AnnalsDb          *db,
                                                 AnnalsPagedLoad    load,
                                                 gconstpointer      question,
                                                 GError           **error);
/* What happened to the list since it was begun is taken into account. */
void             annals_paged_list_apply        (AnnalsPagedList   *self,
                                                 AnnalsPagedChange *change);
void             annals_paged_change_free       (AnnalsPagedChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsPagedChange, annals_paged_change_free)

/* Fetches the contents of all rows again. */
void             annals_paged_list_refresh        (AnnalsPagedList *self);
/* All of them, also those that the view does not know yet. */
guint            annals_paged_list_get_n_keys     (AnnalsPagedList *self);
const AnnalsPagedKey *
                 annals_paged_list_get_key        (AnnalsPagedList *self,
                                                   guint            position);
/* Whether the row is the first of its group. */
gboolean         annals_paged_list_starts_group   (AnnalsPagedList *self,
                                                   guint            position);
/* The first row of the record. FALSE when there is none. */
gboolean         annals_paged_list_find           (AnnalsPagedList *self,
                                                   gint64           id,
                                                   guint           *position);
/* A row is being shown: its page is fetched unless its content is there. */
void             annals_paged_list_want           (AnnalsPagedList *self,
                                                   guint            position);
guint            annals_paged_list_get_n_selected (AnnalsPagedList *self);
/* Returns: (transfer full) (element type gint64): the selected records, in order, each once */
GArray          *annals_paged_list_dup_selected   (AnnalsPagedList *self);

G_END_DECLS
