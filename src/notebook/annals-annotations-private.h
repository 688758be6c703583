/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-annotations.h"

G_BEGIN_DECLS

/* @where: what follows "FROM annotation JOIN post"; without parameters. (element type AnnalsAnnotation) */
GPtrArray *annals_annotations_select (AnnalsDb    *db,
                                      const char  *where,
                                      GError     **error);

G_END_DECLS
