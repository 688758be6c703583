/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-search-private.h"

#include <string.h>

#include "annals-post-sets.h"

/* Shorter ones have no pieces, and stand in most addresses. */
#define MIN_PIECE 3
/* From so many on it is faster to look at all addresses in their order. */
#define MANY 100000

AnnalsColumnParts
annals_search_query_parts (const AnnalsQueryNode *node)
{
  AnnalsColumnParts parts = ANNALS_COLUMNS_ROWS;

  if (node == NULL)
    return parts;

  if (node->kind == NODE_FILTER && node->field == ANNALS_QUERY_URL)
    parts |= ANNALS_COLUMNS_ADDRESSES;
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    parts |= annals_search_query_parts (node->children->pdata[i]);

  return parts;
}

/* Of each host whether @wanted stands in it: then its posts need not be looked at one by one. */
static gboolean *
find_hosts (const AnnalsColumns *columns,
            const char          *wanted)
{
  gboolean *fitting = g_new0 (gboolean, columns->hosts->len);

  for (guint i = 0; i < columns->hosts->len; i++)
    fitting[i] = strstr (columns->hosts->pdata[i], wanted) != NULL;

  return fitting;
}

gboolean
annals_search_add_addresses (AnnalsDb               *db,
                             const AnnalsColumns    *columns,
                             const AnnalsQueryNode  *node,
                             AnnalsIdSet            *set,
                             GError                **error)
{
  g_autofree char *wanted = g_ascii_strdown (node->value, -1);
  g_autofree gboolean *hosts = NULL;
  g_autoptr(AnnalsIdSet) possible = NULL;
  guint64 pieces[2];

  if (columns->hosts == NULL || strlen (wanted) < MIN_PIECE)
    return annals_db_collect_posts (db, ANNALS_POSTS_OF_URL, 0, node->value, set, error);

  hosts = find_hosts (columns, wanted);
  possible = annals_id_set_new (columns->top);
  annals_address_pieces (wanted, pieces);
  for (gint64 id = 0; id <= columns->top; id++)
    if (hosts[columns->host[id]])
      annals_id_set_add (set, id);
    else if ((columns->pieces[2 * id] & pieces[0]) == pieces[0] &&
             (columns->pieces[2 * id + 1] & pieces[1]) == pieces[1])
      annals_id_set_add (possible, id);

  if (annals_id_set_count (possible) > MANY)
    return annals_db_collect_posts (db, ANNALS_POSTS_OF_URL, 0, node->value, set, error);

  if (!annals_db_retain_url (db, node->value, possible, error))
    return FALSE;
  annals_id_set_unite (set, possible);

  return TRUE;
}
