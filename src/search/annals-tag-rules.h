/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-tags.h"

G_BEGIN_DECLS

/* A tag's rule is a query whose posts should carry the tag. It is kept with the tag and applied only when the
 * user says so. */

/**
 * AnnalsTagRuleFit:
 *
 * What a rule finds now.
 */
typedef struct
{
  guint   n_fitting;   /* posts that the query finds */
  GArray *lacking;     /* of them, those that do not carry the tag, newest first (element type gint64) */
  guint   n_new;       /* of those that lack it, those that came since the rule was last looked at */
} AnnalsTagRuleFit;

void      annals_tag_rule_fit_clear   (AnnalsTagRuleFit *self);

/* Whether @rule can be a tag's rule: a query that is understood and not empty, as that would be every post. */
gboolean  annals_tag_rule_check       (const char *rule, GError **error);
/* @rule: the tag's own, or one that is being thought of. @tag_id 0: a tag that is not there yet. */
gboolean  annals_db_fit_tag_rule      (AnnalsDb *db, gint64 tag_id, const char *rule, AnnalsTagRuleFit *fit,
                                       GError **error);
/* The tags with a rule that new posts fit, with their number (element type AnnalsTagCount). A rule with a
 * mistake (it names what is no longer there, a newer program wrote it) fits nothing. */
GArray   *annals_db_list_due_tag_rules (AnnalsDb *db, GError **error);

/* --- changes: only inside the one door --- */
/* Puts the tag on every post that its rule finds and that lacks it. @n_tagged (out, optional) */
gboolean  annals_db_apply_tag_rule    (AnnalsDb *db, gint64 tag_id, guint *n_tagged, GError **error);

G_END_DECLS
