/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsTheme:
 * @name: a word for the command line
 * @title: in the user's language
 * @description: likewise
 * @rule: a query; the same in every language, as it is about the posts'
 *
 * A timeline to start with, whose rule can be read and changed.
 */
typedef struct
{
  const char *name;
  const char *title;
  const char *description;
  const char *rule;
} AnnalsTheme;

/* (nullable): the @i-th, from 0; the strings are translated. */
const AnnalsTheme *annals_theme_get  (guint       i);
/* (nullable): that of this name */
const AnnalsTheme *annals_theme_find (const char *name);

G_END_DECLS
