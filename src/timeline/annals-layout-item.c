/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-layout.h"

static gboolean
is_imprecise (AnnalsDate *date)
{
  switch (annals_date_get_precision (date))
    {
    case ANNALS_DATE_MONTH:
    case ANNALS_DATE_SEASON:
    case ANNALS_DATE_YEAR:
    case ANNALS_DATE_DECADE:
    case ANNALS_DATE_CENTURY:
      return TRUE;

    case ANNALS_DATE_RANGE:
      /* one of several is somewhere in its bounds; an interval or all of several fills them */
      return *annals_date_get_edtf (date) == '[';

    case ANNALS_DATE_UNDATED:
    case ANNALS_DATE_TIME:
    case ANNALS_DATE_DAY:
      break;
    }

  return (annals_date_get_flags (date) & ANNALS_DATE_UNSPECIFIED) != 0;
}

/**
 * annals_layout_item_set_date:
 * @item: an item
 * @date: its date
 *
 * Sets flags, from and to, and leaves the other fields alone.
 */
void
annals_layout_item_set_date (AnnalsLayoutItem *item,
                             AnnalsDate       *date)
{
  AnnalsDateFlags known;

  g_return_if_fail (item != NULL);
  g_return_if_fail (date != NULL);

  known = annals_date_get_flags (date);
  item->flags = 0;
  item->from = 0;
  item->to = 0;

  if (annals_date_is_undated (date))
    {
      item->flags = ANNALS_LAYOUT_UNDATED;
      return;
    }

  if (!annals_date_get_from (date, &item->from))
    item->flags |= ANNALS_LAYOUT_OPEN_START;
  if (!annals_date_get_to (date, &item->to))
    item->flags |= ANNALS_LAYOUT_OPEN_END;
  if (known & ANNALS_DATE_APPROXIMATE)
    item->flags |= ANNALS_LAYOUT_APPROXIMATE;
  if (known & ANNALS_DATE_UNCERTAIN)
    item->flags |= ANNALS_LAYOUT_UNCERTAIN;
  if (is_imprecise (date))
    item->flags |= ANNALS_LAYOUT_IMPRECISE;
}
