/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-list-record.h"

G_BEGIN_DECLS

/**
 * AnnalsFrontMatter:
 *
 * What stands in front of a post in Markdown: YAML between lines of "---", TOML between lines of "+++", or an
 * object of JSON.
 */
typedef struct
{
  AnnalsListRecord *values;     /* nested ones by their path; those of a list under "NAME[]" */
  gsize             body;       /* where the post begins */
  gboolean          found;      /* there is any */
  GPtrArray        *problems;   /* (element type AnnalsFrontMatterProblem) */
} AnnalsFrontMatter;

typedef struct
{
  guint  line;     /* of the file, from 1 */
  char  *reason;
} AnnalsFrontMatterProblem;

/* Never NULL; @text is valid UTF-8. */
AnnalsFrontMatter *annals_front_matter_new     (const char              *text);
void               annals_front_matter_free    (AnnalsFrontMatter       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsFrontMatter, annals_front_matter_free)

/* For its readers: takes @reason. */
void               annals_front_matter_problem (AnnalsFrontMatter       *self,
                                                guint                    line,
                                                char                    *reason);
/* Reads @length bytes of YAML, or TOML, that begin on @line of the file. */
void               annals_front_matter_read_yaml (AnnalsFrontMatter     *self,
                                                  const char            *yaml,
                                                  gsize                  length,
                                                  guint                  line);
void               annals_front_matter_read_toml (AnnalsFrontMatter     *self,
                                                  const char            *toml,
                                                  gsize                  length,
                                                  guint                  line);

G_END_DECLS
