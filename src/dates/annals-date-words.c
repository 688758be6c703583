/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-date.h"

AnnalsDate *
annals_date_parse_words (const char  *words,
                         GError     **error)
{
  return annals_date_parse (words, error);
}
