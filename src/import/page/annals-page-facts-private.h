/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-page-facts.h"

G_BEGIN_DECLS

typedef enum
{
  ANNALS_FACT_TITLE,
  ANNALS_FACT_AUTHOR,
  ANNALS_FACT_SOURCE,
  ANNALS_FACT_LANGUAGE,
  ANNALS_FACT_URL,
  ANNALS_FACT_GUID,
  ANNALS_FACT_ALIAS,
  ANNALS_FACT_TAG,
  ANNALS_FACT_PUBLISHED,
} AnnalsFact;

#define ANNALS_N_FACTS (ANNALS_FACT_PUBLISHED + 1)

/* Who says it. What is written for machines comes before what is written for readers, and what is about
 * the article before what is about the page; what is guessed comes last. */
typedef enum
{
  ANNALS_TRUST_JSON,         /* JSON-LD of an article */
  ANNALS_TRUST_JSON_OTHER,   /* its second name for the same */
  ANNALS_TRUST_MARK,         /* microdata, microformats */
  ANNALS_TRUST_DUBLIN,
  ANNALS_TRUST_DUBLIN_NAME,  /* in a name instead of a property */
  ANNALS_TRUST_GRAPH,        /* Open Graph */
  ANNALS_TRUST_META,         /* <meta name=author> */
  ANNALS_TRUST_JSON_PAGE,    /* JSON-LD of the page around */
  ANNALS_TRUST_TOOL,         /* what some firm's robot reads */
  ANNALS_TRUST_ELEMENT,      /* <time>, rel=author, <h1> */
  ANNALS_TRUST_LINE,         /* a line that its class says is the author's or the date's */
  ANNALS_TRUST_WORDS,        /* "by …" anywhere near the title */
  ANNALS_TRUST_LATER,        /* the date of a change, where none other is */
  ANNALS_TRUST_ADDRESS,      /* what can be read off an address */
} AnnalsTrust;

typedef struct
{
  AnnalsTrust  trust;
  char        *value;
} AnnalsClaim;

/**
 * AnnalsClaims:
 *
 * All that is said of an article, before it is decided whom to believe.
 */
typedef struct
{
  AnnalsPage *page;
  xmlNode    *article;   /* (nullable) */
  GArray     *claims[ANNALS_N_FACTS];   /* AnnalsClaim, sorted by trust, then in the page's order */
  const char *language;  /* (nullable) what dates are read in */
  GTimeZone  *zone;      /* (nullable) */
  char       *heading;   /* (nullable) the first <h1> */
  char       *head_title;/* (nullable) <title> */
  guint       budget;    /* nodes that may still be read for lines */
  gboolean    in_entry;  /* what is read is the article and nothing else */
  gboolean    past_heading; /* what is read stands behind the first <h1> */
  gboolean    is_website;/* og:type */
  gboolean    has_article; /* something says that this is an article */
} AnnalsClaims;

/* --- annals-page-facts-claims.c --- */

void               annals_claims_init        (AnnalsClaims *self,
                                              AnnalsPage   *page,
                                              xmlNode      *article);
void               annals_claims_clear       (AnnalsClaims *self);
/* @value (nullable) becomes a line; nothing is claimed by an empty or endless one. */
void               annals_claims_add         (AnnalsClaims *self,
                                              AnnalsFact    fact,
                                              AnnalsTrust   trust,
                                              const char   *value);
/* The same with an address of the page, which is made absolute. */
void               annals_claims_add_address (AnnalsClaims *self,
                                              AnnalsFact    fact,
                                              AnnalsTrust   trust,
                                              const char   *href);
/* Each of a list parted by commas or semicolons. */
void               annals_claims_add_list    (AnnalsClaims *self,
                                              AnnalsFact    fact,
                                              AnnalsTrust   trust,
                                              const char   *list);
/* Somebody's name; of an address, what it ends in, as a guess. */
void               annals_claims_add_author  (AnnalsClaims *self,
                                              AnnalsTrust   trust,
                                              const char   *name);
guint              annals_claims_count       (AnnalsClaims *self,
                                              AnnalsFact    fact);
/* Whether more need not be looked for. */
gboolean           annals_claims_are_full    (AnnalsClaims *self,
                                              AnnalsFact    fact);
const AnnalsClaim *annals_claims_get         (AnnalsClaims *self,
                                              AnnalsFact    fact,
                                              guint         index);
/* The words in @node in one line; NULL when they are more than a title or a name would be. */
char              *annals_claims_dup_line    (AnnalsClaims *self,
                                              xmlNode      *node);
/* annals_page_node_has_word() without a copy, for those who ask it of one node many times */
gboolean           annals_claims_has_word    (xmlNode      *node,
                                              const char   *attribute,
                                              const char   *word);
/* Whether both say the same, but for case and what is no letter or digit. */
gboolean           annals_claims_same_words  (const char   *a,
                                              const char   *b);

/* --- those who read the page --- */

void               annals_claims_read_json   (AnnalsClaims *self);
void               annals_claims_read_meta   (AnnalsClaims *self);
void               annals_claims_read_marks  (AnnalsClaims *self);
void               annals_claims_read_lines  (AnnalsClaims *self,
                                              xmlNode      *scope);

/* --- annals-page-facts-byline.c --- */

/* What a line like "Posted on 3 March 2020 by Ann Hill" says. @is_name: it is marked as the author's, so that
 * it may be a name alone. Each of @author and @date is NULL when it is not there. */
void               annals_byline_read        (const char   *line,
                                              gboolean      is_name,
                                              const char   *language,
                                              GTimeZone    *zone,
                                              char        **author,
                                              char        **date);
/* @author without "by" before it and a place, a date or a role behind it; NULL when nothing is left that could be
 * a name. */
char              *annals_byline_dup_name    (const char   *author);

G_END_DECLS
