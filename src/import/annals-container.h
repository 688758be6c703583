/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-draft.h"
#include "annals-part.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_CONTAINER_ERROR,
  ANNALS_CONTAINER_PART,
  ANNALS_CONTAINER_ISSUE,
  ANNALS_CONTAINER_END,
} AnnalsContainerResult;

/**
 * AnnalsContainer:
 * @id: what the notebook stores: "zip", "warc", …
 * @label: for people, untranslated (marked with N_())
 * @sniff: how sure it is, from 0 to 100, that a file which begins with these @length bytes (at most
 * ANNALS_IMPORT_HEAD_SIZE) holds files in its way. @name: the file's, for formats that nothing else tells
 * @open: makes the state that @next works on; @part, which is borrowed and outlives the state, stands at
 * its beginning. %NULL if and only if @error is set
 * @next: the next file in it, which is the caller's and good until the following call of @next; or
 * something that could not be used, whose place is inside this file (NULL: the file itself). A file's bytes
 * that nobody read are skipped. Damage in the middle is an issue and what follows is found if it can be;
 * %ANNALS_CONTAINER_ERROR is for what makes reading on senseless (cancelled, the disk fails)
 * @close: frees the state
 *
 * A file that holds files: ZIP, TAR, gzip, WARC, MHTML. One file in containers/ each;
 * annals-container.c lists them. Streaming: memory does not grow with what is inside.
 */
typedef struct
{
  const char            *id;
  const char            *label;
  guint                 (*sniff) (const guint8  *head,
                                  gsize          length,
                                  const char    *name);
  gpointer              (*open)  (AnnalsPart    *part,
                                  GError       **error);
  AnnalsContainerResult (*next)  (gpointer       state,
                                  AnnalsPart   **part,
                                  AnnalsIssue  **issue,
                                  GCancellable  *cancellable,
                                  GError       **error);
  void                  (*close) (gpointer       state);
} AnnalsContainer;

/* ended by NULL */
const AnnalsContainer * const *annals_container_list   (void);
/* The one that fits best; NULL when none does. */
const AnnalsContainer         *annals_container_detect (const guint8 *head,
                                                        gsize         length,
                                                        const char   *name);

/* A name as an archive holds it as a path inside the archive: "\" as "/", without "." and ".." and a
 * leading "/" or drive, controls replaced, what is not UTF-8 read as its likeliest character set. "" when
 * nothing is left. */
char                          *annals_container_dup_path (const char *name,
                                                          gssize      length);
/* The same for what is no path (an address): one line of valid UTF-8, cut when it is very long. */
char                          *annals_container_dup_line (const char *text,
                                                          gssize      length);
/* Whether @path is nobody's archive: hidden, or in something hidden, or what systems leave behind
 * (Thumbs.db, __MACOSX). */
gboolean                       annals_container_is_litter (const char *path);
/* A new issue of a container. Takes @place and @reason. */
AnnalsIssue                   *annals_container_issue   (AnnalsSeverity   severity,
                                                         AnnalsIssueCode  code,
                                                         char            *place,
                                                         char            *reason);

extern const AnnalsContainer annals_container_compressed;   /* gz, xz, zst, bz2 of one file */
extern const AnnalsContainer annals_container_mhtml;
extern const AnnalsContainer annals_container_tar;          /* also compressed */
extern const AnnalsContainer annals_container_warc;         /* WARC and ARC */
extern const AnnalsContainer annals_container_zip;

G_END_DECLS
