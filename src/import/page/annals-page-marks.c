/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-page-marks.h"

#include <stdlib.h>
#include <string.h>

#define HIDDEN   ANNALS_MARK_HIDDEN
#define POST     ANNALS_MARK_POST
#define BODY     ANNALS_MARK_BODY
#define LOOSE    (ANNALS_MARK_BODY | ANNALS_MARK_LOOSE)
#define SUMMARY  ANNALS_MARK_SUMMARY
#define TITLE    ANNALS_MARK_TITLE
#define META     ANNALS_MARK_META
#define ZONE     ANNALS_MARK_ZONE
#define EXTRA    ANNALS_MARK_EXTRA
#define COMMENTS ANNALS_MARK_COMMENTS
#define COMMENT  ANNALS_MARK_COMMENT
#define MORE     ANNALS_MARK_MORE

typedef struct
{
  const char *word;
  guint       marks;
} WordMarks;

/* Whole words of the class attribute, sorted by strcmp(). */
static const WordMarks class_marks[] = {
  { "a2a_kit", EXTRA },
  { "abh_box", EXTRA },
  { "addthis_toolbox", EXTRA },
  { "addtoany_content", EXTRA },
  { "addtoany_share_save_container", EXTRA },
  { "adsbygoogle", EXTRA },
  { "advertisement", EXTRA },
  { "article-body", LOOSE },
  { "article-content", LOOSE },
  { "article-meta", META },
  { "article-title", TITLE },
  { "article__body", LOOSE },
  { "article__content", LOOSE },
  { "author-bio", EXTRA },
  { "author-box", EXTRA },
  { "author-info", EXTRA },
  { "blogger-labels", META },
  { "breadcrumb", ZONE },
  { "breadcrumbs", ZONE },
  { "byline", META },
  { "cat-links", META },
  { "comment", COMMENT },
  { "comment-form", COMMENTS },
  { "comment-list", COMMENTS },
  { "comment-respond", COMMENTS },
  { "commentlist", COMMENTS },
  { "comments", COMMENTS },
  { "comments-area", COMMENTS },
  { "comments-link", META },
  { "commentslink", META },
  { "cookie-banner", EXTRA | ZONE },
  { "cookie-consent", EXTRA | ZONE },
  { "cookie-notice", EXTRA | ZONE },
  { "crp_related", EXTRA },
  { "date", META },
  { "date-header", META },
  { "dt-published", META },
  { "e-content", BODY },
  { "edit-link", META },
  { "element-invisible", HIDDEN },
  { "entry-author", META },
  { "entry-body", LOOSE },
  { "entry-categories", META },
  { "entry-cats", META },
  { "entry-content", BODY },
  { "entry-date", META },
  { "entry-footer", META },
  { "entry-meta", META },
  { "entry-summary", SUMMARY },
  { "entry-tags", META },
  { "entry-title", TITLE },
  { "entry-utility", META },
  { "entry__content", LOOSE },
  { "essb_links", EXTRA },
  { "excerpt", SUMMARY },
  { "fb-like", EXTRA },
  { "fb-share-button", EXTRA },
  { "gh-content", BODY },
  { "ghost-comments", COMMENTS },
  { "h-cite", COMMENT },
  { "h-entry", POST },
  { "heateor_sss_sharing_container", EXTRA },
  { "hentry", POST },
  { "jp-relatedposts", EXTRA | ZONE },
  { "js-cookie-notice", EXTRA | ZONE },
  { "mc4wp-form", EXTRA },
  { "meta-nav", EXTRA },
  { "more-link", MORE },
  { "nav", ZONE },
  { "nav-links", ZONE },
  { "nav-previous", ZONE },
  { "navigation", ZONE },
  { "newsletter-signup", EXTRA },
  { "p-comment", COMMENT },
  { "p-summary", SUMMARY },
  { "pagination", ZONE },
  { "pingback", COMMENT },
  { "post", POST },
  { "post-body", BODY },
  { "post-bottom-meta", META },
  { "post-categories", META },
  { "post-content", BODY },
  { "post-date", META },
  { "post-entry", LOOSE },
  { "post-excerpt", SUMMARY },
  { "post-footer", META },
  { "post-info", META },
  { "post-meta", META },
  { "post-metadata", META },
  { "post-navigation", ZONE },
  { "post-ratings", EXTRA },
  { "post-summary", SUMMARY },
  { "post-tags", META },
  { "post-title", TITLE },
  { "post-views", EXTRA },
  { "postauthor", META },
  { "posted-in", META },
  { "posted-on", META },
  { "postmetadata", META },
  { "posttitle", TITLE },
  { "print-link", EXTRA },
  { "printfriendly", EXTRA },
  { "related", ZONE | EXTRA },
  { "related-articles", ZONE | EXTRA },
  { "related-post", ZONE | EXTRA },
  { "related-posts", ZONE | EXTRA },
  { "related_posts", ZONE | EXTRA },
  { "relatedposts", ZONE | EXTRA },
  { "respond", COMMENTS },
  { "screen-reader-response", HIDDEN },
  { "screen-reader-shortcut", HIDDEN },
  { "screen-reader-text", HIDDEN },
  { "sd-block", EXTRA },
  { "sd-sharing", EXTRA },
  { "share-buttons", EXTRA },
  { "sharedaddy", EXTRA },
  { "sharing", EXTRA },
  { "sidebar", ZONE | EXTRA },
  { "simple-share", EXTRA },
  { "site-footer", ZONE },
  { "site-header", ZONE },
  { "site-navigation", ZONE },
  { "skip-link", HIDDEN },
  { "skip-links", HIDDEN },
  { "sociable", EXTRA },
  { "social-links", EXTRA },
  { "social-share", EXTRA },
  { "sr-only", HIDDEN },
  { "ssba", EXTRA },
  { "swp_social_panel", EXTRA },
  { "tag-links", META },
  { "tagcloud", ZONE },
  { "tags-links", META },
  { "td-post-content", BODY },
  { "trackback", COMMENT },
  { "twitter-follow-button", EXTRA },
  { "twitter-share-button", EXTRA },
  { "type-post", POST },
  { "visually-hidden", HIDDEN },
  { "visuallyhidden", HIDDEN },
  { "widget", ZONE },
  { "widget-area", ZONE },
  { "wordads-ad", EXTRA },
  { "wp-block-comments", COMMENTS },
  { "wp-block-post-author", META },
  { "wp-block-post-comments", COMMENTS },
  { "wp-block-post-content", BODY },
  { "wp-block-post-date", META },
  { "wp-block-post-excerpt", SUMMARY },
  { "wp-block-post-navigation-link", ZONE },
  { "wp-block-post-terms", META },
  { "wp-block-post-title", TITLE },
  { "wp-block-read-more", MORE },
  { "wp-block-social-links", EXTRA },
  { "wp_rp_wrap", EXTRA },
  { "wpcf7", EXTRA },
  { "wpcnt", EXTRA },
  { "yarpp", EXTRA | ZONE },
  { "yarpp-related", EXTRA | ZONE },
  { "zemanta-related", EXTRA },
};

static const WordMarks id_marks[] = {
  { "ad-footer", ZONE },
  { "comments", COMMENTS },
  { "cookie-law-info-bar", ZONE | EXTRA },
  { "cookie-notice", ZONE | EXTRA },
  { "disqus_thread", COMMENTS },
  { "footer", ZONE },
  { "header", ZONE },
  { "jp-post-flair", EXTRA },
  { "jp-relatedposts", ZONE | EXTRA },
  { "nav", ZONE },
  { "navigation", ZONE },
  { "related", ZONE },
  { "related-posts", ZONE | EXTRA },
  { "respond", COMMENTS },
  { "secondary", ZONE },
  { "sidebar", ZONE },
};

static const WordMarks itemprop_marks[] = {
  { "articleBody", LOOSE },
  { "author", META },
  { "blogPost", POST },
  { "comment", COMMENT },
  { "dateModified", META },
  { "datePublished", META },
  { "headline", TITLE },
};

/* The last piece of an itemtype */
static const WordMarks itemtype_marks[] = {
  { "AnalysisNewsArticle", POST },
  { "Article", POST },
  { "BackgroundNewsArticle", POST },
  { "BlogPosting", POST },
  { "Comment", COMMENT },
  { "LiveBlogPosting", POST },
  { "NewsArticle", POST },
  { "OpinionNewsArticle", POST },
  { "Report", POST },
  { "ReportageNewsArticle", POST },
  { "ReviewNewsArticle", POST },
  { "ScholarlyArticle", POST },
  { "SiteNavigationElement", ZONE },
  { "SocialMediaPosting", POST },
  { "TechArticle", POST },
  { "UserComments", COMMENT },
  { "WPFooter", ZONE },
  { "WPSideBar", ZONE },
};

static const WordMarks element_marks[] = {
  { "article", POST },
  { "aside", ZONE },
  { "button", ANNALS_MARK_CONTROL },
  { "input", ANNALS_MARK_CONTROL },
  { "nav", ZONE | EXTRA },
  { "option", ANNALS_MARK_CONTROL },
  { "select", ANNALS_MARK_CONTROL },
};

static const WordMarks role_marks[] = {
  { "banner", ZONE },
  { "complementary", ZONE },
  { "contentinfo", ZONE },
  { "navigation", ZONE | EXTRA },
  { "search", ZONE | EXTRA },
};

typedef struct
{
  const char *attribute;
  const WordMarks *words;
  gsize       n_words;
} AttributeMarks;

static const AttributeMarks attributes[] = {
  { "class", class_marks, G_N_ELEMENTS (class_marks) },
  { "id", id_marks, G_N_ELEMENTS (id_marks) },
  { "itemprop", itemprop_marks, G_N_ELEMENTS (itemprop_marks) },
  { "itemtype", itemtype_marks, G_N_ELEMENTS (itemtype_marks) },
  { "role", role_marks, G_N_ELEMENTS (role_marks) },
};

/* A class attribute has a few words; one of thousands is none. */
#define MAX_WORDS 200

static guint
look_up (const WordMarks *words,
         gsize            n_words,
         const char      *word,
         gsize            length)
{
  gsize low = 0, high = n_words;

  while (low < high)
    {
      gsize middle = (low + high) / 2;
      int order = strncmp (word, words[middle].word, length);

      if (order == 0 && words[middle].word[length] != '\0')
        order = -1;
      if (order == 0)
        return words[middle].marks;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return 0;
}

static guint
marks_of_words (const AttributeMarks *attribute,
                const char           *value)
{
  guint marks = 0;

  for (guint n = 0; *value != '\0' && n < MAX_WORDS; n++)
    {
      gsize length;

      value += strspn (value, " \t\r\n\f");
      length = strcspn (value, " \t\r\n\f");
      if (attribute->words == itemtype_marks)
        {
          const char *slash = g_strrstr_len (value, (gssize) length, "/");

          if (slash != NULL)
            {
              length -= (gsize) (slash + 1 - value);
              value = slash + 1;
            }
        }
      if (length > 0)
        marks |= look_up (attribute->words, attribute->n_words, value, length);
      value += length;
    }

  return marks;
}

static gboolean
style_hides (const char *style)
{
  g_autofree char *plain = g_ascii_strdown (style, -1);
  char *to = plain;

  for (const char *from = plain; *from != '\0'; from++)
    if (!g_ascii_isspace (*from))
      *to++ = *from;
  *to = '\0';

  return strstr (plain, "display:none") != NULL || strstr (plain, "visibility:hidden") != NULL;
}

static guint
marks_of_attribute (xmlAttr *attribute)
{
  const char *name = (const char *) attribute->name;
  xmlChar *made;
  const char *value;
  guint marks = 0;

  if (g_str_equal (name, "hidden"))
    return HIDDEN;
  if (!g_str_equal (name, "style") && !g_str_equal (name, "class") && !g_str_equal (name, "id") &&
      !g_str_has_prefix (name, "item") && !g_str_equal (name, "role"))
    return 0;

  value = annals_page_attribute_borrow (attribute, &made);
  if (g_str_equal (name, "style") && style_hides (value))
    marks = HIDDEN;
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    if (g_str_equal (name, attributes[i].attribute))
      marks |= marks_of_words (&attributes[i], value);
  xmlFree (made);

  return marks;
}

static guint
read_marks (xmlNode *node)
{
  gboolean is_frame;
  guint marks;

  marks = look_up (element_marks, G_N_ELEMENTS (element_marks), (const char *) node->name,
                   strlen ((const char *) node->name));
  for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
    marks |= marks_of_attribute (attribute);

  /* Blogger's posts stand in a "widget" */
  if ((marks & ZONE) && annals_page_node_has_class (node, "widget") && annals_page_node_has_class (node, "Blog"))
    marks &= ~(guint) ZONE;
  /* the page's outermost elements are all of it, whatever their classes say, and wait for a program to be shown */
  is_frame = annals_page_node_is (node, "html") || annals_page_node_is (node, "body");
  if (is_frame)
    return 0;
  if (annals_page_node_is (node, "main"))
    marks &= ~(guint) (ZONE | HIDDEN);
  /* a post may be called what a region is called, but it is a post */
  if ((marks & POST) && !(marks & (COMMENT | COMMENTS)))
    marks &= ~(guint) (ZONE | EXTRA | META);

  return marks;
}

/* Each of those that look for something on the page asks for the marks of nearly all elements. They are read once
 * and kept where libxml2 leaves room for it: no attribute that they depend on is ever changed, and a copy of a node
 * begins without them. */
AnnalsPageMarks
annals_page_node_get_marks (xmlNode *node)
{
  const guint known = 1u << 31;
  guint kept;

  g_return_val_if_fail (node != NULL, 0);

  if (node->type != XML_ELEMENT_NODE)
    return 0;

  kept = GPOINTER_TO_UINT (node->_private);
  if ((kept & known) == 0)
    {
      kept = read_marks (node) | known;
      node->_private = GUINT_TO_POINTER (kept);
    }

  return (AnnalsPageMarks) (kept & ~known);
}

static gboolean
has_no_letter (const char *words)
{
  for (; *words != '\0'; words = g_utf8_next_char (words))
    if (g_unichar_isalnum (g_utf8_get_char (words)))
      return FALSE;

  return TRUE;
}

gboolean
annals_page_words_are_more (const char *words)
{
  static const char * const beginnings[] = {
    "(more", "continua a", "continua il", "continua la", "continuar a ler", "continuar le", "continue lendo", "continue reading", "continuer la lecture", "continuer à lire",
    "czytaj dalej", "czytaj więcej", "devamını oku", "full story", "fortsätt läsa", "fortsæt med at læse",
    "keep reading", "leer más", "lees meer", "lees verder", "leggi ancora", "leggi di più", "leggi il resto",
    "leggi l'articolo", "leggi l’articolo", "leggi tutto", "leia mais", "ler mais", "les mer", "lire la suite",
    "lire plus", "lue lisää", "läs mer", "læs mere", "mehr lesen",
    "okumaya devam", "read full", "read more", "read on", "read the full", "read the rest", "saber más",
    "seguir leyendo", "sigue leyendo", "verder lezen", "view full", "vollständigen artikel", "weiter lesen", "weiterlesen",
    "en savoir plus", "tovább olvasom", "citește mai mult", "číst dál", "pokračovat ve čtení",
    "далее", "подробнее", "продолжить чтение", "читать", "читати далі", "διαβάστε περισσότερα",
    "اقرأ المزيد", "קרא עוד", "계속 읽기", "더 보기", "더 읽기", "もっと読む", "続きを読む", "全文を読む", "继续阅读", "繼續閱讀",
    "阅读全文", "閱讀全文", "阅读更多", "閱讀更多", "查看全文",
  };
  g_autofree char *line = annals_text_normalize_line (words, -1);
  g_autofree char *folded = NULL;
  const char *at;

  /* a link that says more than "Continue reading TITLE" is a sentence */
  if (*line == '\0' || strlen (line) > 400)
    return FALSE;

  folded = g_utf8_casefold (line, -1);
  at = folded;
  while (*at != '\0' && !g_unichar_isalnum (g_utf8_get_char (at)) && *at != '(')
    at = g_utf8_next_char (at);
  if ((g_str_has_prefix (at, "more") && has_no_letter (at + strlen ("more"))) ||
      (g_str_has_prefix (at, "continua") && has_no_letter (at + strlen ("continua"))))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (at, beginnings[i]))
      return TRUE;

  return FALSE;
}

gboolean
annals_page_text_is_cut (const char *text)
{
  static const char * const ends[] = { "[…]", "[...]", "[&hellip;]", "(…)", "(...)", "[…", "[. . .]" };
  gsize length = strlen (text);

  while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\n'))
    length--;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (length >= strlen (ends[i]) &&
        strncmp (text + length - strlen (ends[i]), ends[i], strlen (ends[i])) == 0)
      return TRUE;

  return FALSE;
}

char *
annals_page_dup_comment_number (xmlNode *node)
{
  static const char * const prefixes[] = { "comment-", "li-comment-", "div-comment-" };
  g_autofree char *id = annals_page_dup_attribute (node, "id");

  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (prefixes); i++)
    {
      const char *number = id + strlen (prefixes[i]);

      if (g_str_has_prefix (id, prefixes[i]) && *number != '\0' &&
          strspn (number, "0123456789") == strlen (number) && strlen (number) < 20)
        return g_strdup (number);
    }

  return NULL;
}
