/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-facts-private.h"
#include "annals-page-marks.h"

#include <string.h>

/* What only a reader sees: "Posted on 3 March 2020 by Ann Hill". */

#define MAX_LINES 80
#define MAX_LINE 300
/* So far behind the heading stands who wrote it and when. */
#define MAX_BEHIND_HEADING 30

typedef struct
{
  AnnalsClaims *claims;
  gboolean      wants_author;
  gboolean      wants_date;
  guint         n_lines;
} Lines;

/* Whether class or id say that the element is about the author or the date. */
static gboolean
is_marked (xmlNode  *node,
           gboolean *is_name)
{
  static const char *const names[] = { "byline", "author", "writer" };
  static const char *const others[] = { "posted", "date", "publish", "meta", "credit", "written" };
  g_autofree char *class_names = annals_page_dup_attribute (node, "class");
  g_autofree char *id = annals_page_dup_attribute (node, "id");
  g_autofree char *both = NULL;

  *is_name = FALSE;
  if (class_names == NULL && id == NULL)
    return FALSE;
  both = g_strdup_printf ("%.200s %.200s", class_names ? class_names : "", id ? id : "");
  for (char *p = both; *p != '\0'; p++)
    *p = g_ascii_tolower (*p);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strstr (both, names[i]) != NULL)
      return *is_name = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (strstr (both, others[i]) != NULL)
      return TRUE;

  return FALSE;
}

static void
read_line (Lines       *self,
           xmlNode     *node,
           gboolean     is_name,
           AnnalsTrust  trust)
{
  g_autofree char *line = annals_claims_dup_line (self->claims, node);
  g_autofree char *author = NULL;
  g_autofree char *date = NULL;

  self->n_lines++;
  if (line == NULL || *line == '\0' || strlen (line) > MAX_LINE)
    return;

  annals_byline_read (line, is_name, self->claims->language, self->claims->zone, &author, &date);
  if (self->wants_author && author != NULL)
    {
      annals_claims_add_author (self->claims, trust, author);
      self->wants_author = FALSE;
    }
  if (self->wants_date && date != NULL)
    {
      annals_claims_add (self->claims, ANNALS_FACT_PUBLISHED, trust, date);
      self->wants_date = FALSE;
    }
}

static gboolean
is_elsewhere (xmlNode  *node,
              gboolean  in_article)
{
  AnnalsPageMarks others = ANNALS_MARK_COMMENTS | ANNALS_MARK_COMMENT | ANNALS_MARK_ZONE | ANNALS_MARK_EXTRA;

  /* an article's own footer */
  if (in_article && (annals_page_node_is (node, "footer") || annals_page_node_is (node, "aside")))
    others &= ~(guint) ANNALS_MARK_ZONE;

  return (annals_page_node_get_marks (node) & others) != 0;
}

static void
read_marked (Lines   *self,
             xmlNode *scope)
{
  gboolean descend = TRUE;

  for (xmlNode *node = scope; node != NULL && self->n_lines < MAX_LINES && (self->wants_author || self->wants_date);
       node = annals_page_next_element (node, scope, descend))
    {
      gboolean is_name = FALSE;

      descend = node == scope || !is_elsewhere (node, scope != annals_page_get_root (self->claims->page));
      if (descend && node != scope && node->properties != NULL && !annals_page_node_is (node, "body") &&
          is_marked (node, &is_name))
        read_line (self, node, is_name, ANNALS_TRUST_LINE);
    }
}

static gboolean
is_heading (xmlNode *node)
{
  return annals_page_node_is (node, "h1") || annals_page_node_is (node, "h2");
}

/* Without any mark: the lines behind the first heading. */
static void
read_behind_heading (Lines   *self,
                     xmlNode *scope)
{
  xmlNode *node = scope;
  gboolean descend = TRUE;
  guint n = 0;

  while (node != NULL && !is_heading (node))
    node = annals_page_next_element (node, scope, TRUE);
  if (node == NULL)
    return;

  for (node = annals_page_next_element (node, scope, FALSE);
       node != NULL && n < MAX_BEHIND_HEADING && (self->wants_author || self->wants_date);
       node = annals_page_next_element (node, scope, descend), n++)
    {
      descend = !is_elsewhere (node, TRUE);
      if (descend && !annals_page_node_is (node, "a") && !annals_page_node_is (node, "li"))
        read_line (self, node, FALSE, ANNALS_TRUST_WORDS);
    }
}

void
annals_claims_read_lines (AnnalsClaims *self,
                          xmlNode      *scope)
{
  Lines lines = { .claims = self };

  lines.wants_author = annals_claims_count (self, ANNALS_FACT_AUTHOR) == 0 ||
                       annals_claims_get (self, ANNALS_FACT_AUTHOR, 0)->trust > ANNALS_TRUST_LINE;
  lines.wants_date = annals_claims_count (self, ANNALS_FACT_PUBLISHED) == 0 ||
                     annals_claims_get (self, ANNALS_FACT_PUBLISHED, 0)->trust > ANNALS_TRUST_LINE;

  read_marked (&lines, scope);
  read_behind_heading (&lines, scope);
}
