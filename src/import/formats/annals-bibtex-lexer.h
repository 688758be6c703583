/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AnnalsBibtexLexer:
 * @macros: @string: name in lower case → what it stands for, as TeX
 * @expanded: bytes that macros have put in place of their names so far
 * @is_open: something was not closed before the next entry or the end of the file. For the caller to reset.
 * @is_exhausted: macros stood for too much, and are left as names from then on
 *
 * Reads the pieces of a .bib file. Each function returns where its piece ended.
 */
typedef struct
{
  GHashTable *macros;
  gsize       expanded;
  gboolean    is_open;
  gboolean    is_exhausted;
} AnnalsBibtexLexer;

void        annals_bibtex_lexer_init        (AnnalsBibtexLexer *self);
void        annals_bibtex_lexer_clear       (AnnalsBibtexLexer *self);

/* White space and comments. */
const char *annals_bibtex_skip_space        (const char         *at);
/* A type, a key or a name. */
const char *annals_bibtex_read_word         (const char         *at,
                                             char              **word);
/* Pieces joined by "#"; more than ANNALS_LIMIT_BIBTEX_FIELD are cut one byte behind it. */
const char *annals_bibtex_lexer_read_value  (AnnalsBibtexLexer  *self,
                                             const char         *at,
                                             GString            *value);
/* Fields up to the brace that closes the entry. @fields: name in lower case → value, as TeX; @too_long (element-type
 * utf8): names of those that were left out. */
const char *annals_bibtex_lexer_read_fields (AnnalsBibtexLexer  *self,
                                             const char         *at,
                                             GHashTable         *fields,
                                             GPtrArray          *too_long);

G_END_DECLS
