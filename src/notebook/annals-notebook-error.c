/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-notebook-error.h"

G_DEFINE_QUARK (annals-notebook-error-quark, annals_notebook_error)
