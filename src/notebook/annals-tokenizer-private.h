/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "annals-tokenizer.h"

G_BEGIN_DECLS

/* FTS5's interface for functions and tokenizers. Returns an SQLite result code. */
int annals_tokenizer_get_api (sqlite3   *native,
                              fts5_api **api);

G_END_DECLS
