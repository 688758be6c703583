/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* not among the folders that programs are given */
#include "../../src/import/page/annals-page-facts-private.h"
#include "../../src/import/page/annals-page-main.h"

#include <stdint.h>
#include <string.h>

/* Any bytes as a page: its main text and its facts, and those of some of its elements, whatever the page says
 * of itself; and as a line about an author. */

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
check_line (const char *line)
{
  g_assert_true (line == NULL || (g_utf8_validate (line, -1, NULL) && *line != '\0' && strchr (line, '\n') == NULL));
}

static void
check_facts (AnnalsPage *page,
             xmlNode    *article)
{
  g_autoptr(AnnalsPageFacts) facts = annals_page_facts_read (page, article, NULL);

  check_line (facts->author);
  check_line (facts->source);
  check_line (facts->language);
  check_line (facts->stamp);
  g_assert_true (facts->title == NULL || g_utf8_validate (facts->title, -1, NULL));
  for (guint i = 0; facts->tags != NULL && facts->tags[i] != NULL; i++)
    check_line (facts->tags[i]);
  g_assert_true ((facts->published != NULL) ==
                 (facts->doubt == ANNALS_STAMP_CLEAR || facts->doubt == ANNALS_STAMP_AMBIGUOUS));
}

static void
check_byline (const uint8_t *data,
              size_t         size)
{
  g_autofree char *copy = g_strndup ((const char *) data, MIN (size, 300));
  g_autofree char *line = annals_text_normalize_line (copy, -1);
  g_autofree char *author = NULL;
  g_autofree char *date = NULL;

  annals_byline_read (line, size % 2, NULL, NULL, &author, &date);
  check_line (author);
  check_line (date);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(AnnalsPage) page = annals_page_new ((const char *) data, size,
                                                size % 2 ? "https://fuzz.example/2020/01/02/a/" : NULL);
  xmlNode *root = annals_page_get_root (page);
  xmlNode *main_text = annals_page_find_main (page);
  guint n = 0;

  if (main_text != NULL)
    {
      g_autoptr(AnnalsText) text = annals_text_new_from_html_node (main_text, NULL, NULL, NULL);

      g_assert_true (g_utf8_validate (annals_text_get_string (text), -1, NULL));
    }

  check_facts (page, NULL);
  for (xmlNode *node = root; node != NULL && n < 4; node = annals_page_next_element (node, root, TRUE), n++)
    check_facts (page, node);
  check_byline (data, size);

  return 0;
}
