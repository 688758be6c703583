/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-themes.h"

#include <glib/gi18n-lib.h>

static const AnnalsTheme themes[] = {
  { "covid", N_("COVID response"),
    N_("The pandemic and what was done about it: quarantine, closed borders, tests, vaccines, aid."),
    "covid* OR coronavirus* OR pandemic* OR epidemic* OR quarantin* OR lockdown* OR vaccin* OR \"test kits\" OR "
    "testkit* OR 코로나* OR 방역 OR 백신" },
  { "sanctions", N_("Sanctions"),
    N_("Sanctions and embargoes, how they are imposed, enforced, evaded and eased."),
    "sanction* OR embargo* OR \"export control\"* OR \"asset freeze\"* OR \"Panel of Experts\" OR \"dual use\" OR "
    "제재 OR 금수" },
  { "cyber", N_("Cyber operations"),
    N_("Attacks on computers and networks: who is behind them, whom they hit, how they are answered."),
    "cyber* OR hacker* OR hacking OR hacked OR malware OR ransomware OR phishing OR \"data breach\"* OR botnet* OR "
    "\"zero day\" OR 해킹 OR 해커 OR 사이버" },
};

const AnnalsTheme *
annals_theme_get (guint i)
{
  static AnnalsTheme translated[G_N_ELEMENTS (themes)];

  if (i >= G_N_ELEMENTS (themes))
    return NULL;

  translated[i] = themes[i];
  translated[i].title = _(themes[i].title);
  translated[i].description = _(themes[i].description);

  return &translated[i];
}

const AnnalsTheme *
annals_theme_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (themes); i++)
    if (g_ascii_strcasecmp (themes[i].name, name) == 0)
      return annals_theme_get (i);

  return NULL;
}
