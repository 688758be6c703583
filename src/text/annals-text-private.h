/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-text.h"

G_BEGIN_DECLS

#define ANNALS_N_SPAN_KINDS (ANNALS_SPAN_IMAGE + 1)

/* What a character is to the folding of white space. */
typedef enum
{
  ANNALS_CHAR_VISIBLE,
  ANNALS_CHAR_SPACE,      /* folded: Unicode's white space and every control character */
  ANNALS_CHAR_NO_BREAK,   /* kept inside a block, trimmed at its ends */
} AnnalsCharClass;

AnnalsCharClass annals_char_classify (gunichar c);

/* @text as valid UTF-8 without NUL: bad bytes and U+FFFE, U+FFFF become U+FFFD, line ends "\n",
 * C0, DEL and C1 but "\n" and tab a space; a byte order mark at the start is dropped.
 * @length -1: NUL-terminated. */
GString *annals_text_repair (const char *text,
                             gssize      length);

/* Normal form NFC in time linear in the length, which g_utf8_normalize() is not (it moves the rest
 * of the string at every composition: a megabyte of Korean takes minutes). */
typedef struct
{
  gsize from, from_length;  /* bytes of the string given */
  gsize to, to_length;      /* bytes of the string made of them */
} AnnalsNfcChange;

/* @changes: (nullable): gets an #AnnalsNfcChange for every run that was changed, ascending. */
char     *annals_nfc_dup (const char *string,
                          gsize       length,
                          gsize      *new_length,
                          GArray     *changes);
gboolean  annals_nfc_is  (const char *string,
                          gsize       length);

/**
 * AnnalsTextBuilder:
 *
 * Makes an #AnnalsText from pieces of valid UTF-8: folds white space, separates blocks, trims
 * them, and keeps spans at the visible characters.
 */
typedef struct _AnnalsTextBuilder AnnalsTextBuilder;

#define ANNALS_NO_SPAN G_MAXUINT

AnnalsTextBuilder *annals_text_builder_new        (void);
void               annals_text_builder_free       (AnnalsTextBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AnnalsTextBuilder, annals_text_builder_free)

void               annals_text_builder_append     (AnnalsTextBuilder *self,
                                                   const char        *text,
                                                   gsize              length);
/* The next visible character begins a new block. */
void               annals_text_builder_break      (AnnalsTextBuilder *self);
/* White space; nothing at the end of a block. */
void               annals_text_builder_space      (AnnalsTextBuilder *self);
/* Until the matching pop, white space is kept as it is. */
void               annals_text_builder_push_preformatted (AnnalsTextBuilder *self);
void               annals_text_builder_pop_preformatted  (AnnalsTextBuilder *self);
/* Until the matching pop, a break is only white space. */
void               annals_text_builder_push_line  (AnnalsTextBuilder *self);
void               annals_text_builder_pop_line   (AnnalsTextBuilder *self);
/* ANNALS_NO_SPAN when too many of the kind are open (one inside its like says nothing new, and a
 * hostile page could nest a hundred thousand). Takes @value. */
guint              annals_text_builder_open       (AnnalsTextBuilder *self,
                                                   AnnalsSpanKind     kind,
                                                   char              *take_value);
/* A span that covers no visible character vanishes. */
void               annals_text_builder_close      (AnnalsTextBuilder *self,
                                                   guint              span);
void               annals_text_builder_set_value  (AnnalsTextBuilder *self,
                                                   guint              span,
                                                   char              *take_value);
/* Leaves the builder empty. */
AnnalsText        *annals_text_builder_finish     (AnnalsTextBuilder *self);

/* Takes @string, which is canonical. */
AnnalsText *annals_text_new_take          (char       *take_string,
                                           gsize       n_bytes);
/* Takes an array of annals_span_array_new() and sorts it; only while @self is not yet shared. */
void        annals_text_take_spans        (AnnalsText *self,
                                           GArray     *take_spans);
void        annals_span_clear             (AnnalsSpan *span);
/* An empty array that clears its spans. */
GArray     *annals_span_array_new         (void);
GArray     *annals_span_array_from_json   (const char  *json,
                                           guint        length,
                                           GError     **error);

/* The source of a page mended for libxml2: repaired UTF-8, and the references and comments that it
 * would lose text on rewritten. @keep_data: titles, and scripts that hold data, stay in it. */
GString    *annals_html_source_mend       (const char *html,
                                           gssize      length,
                                           gboolean    keep_data);

G_END_DECLS
