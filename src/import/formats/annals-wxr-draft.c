/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-address.h"
#include "annals-wxr-draft.h"

#include "annals-limits.h"
#include "annals-list-draft.h"
#include "annals-wordpress.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Kinds of records that are told apart when they are counted */
#define MAX_OTHERS 50
/* Characters of a post's title in those of its comments */
#define MAX_SHOWN_TITLE 200

static gboolean
is_set (const char *string)
{
  return string != NULL && *string != '\0';
}

AnnalsWxrBlog *
annals_wxr_blog_new (void)
{
  AnnalsWxrBlog *blog = g_new0 (AnnalsWxrBlog, 1);

  blog->authors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  blog->others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return blog;
}

void
annals_wxr_blog_free (AnnalsWxrBlog *blog)
{
  if (blog == NULL)
    return;

  g_free (blog->link);
  g_free (blog->home);
  g_hash_table_unref (blog->authors);
  g_hash_table_unref (blog->others);
  g_free (blog);
}

void
annals_wxr_blog_settle (AnnalsWxrBlog *blog)
{
  /* what is set stays */
  if (blog->home == NULL && is_set (blog->link))
    blog->home = annals_draft_canonical_url (blog->link);
}

static void
note (AnnalsFormatReader *reader,
      AnnalsDraft        *draft,
      AnnalsIssueCode     code,
      char               *reason)
{
  annals_format_reader_take_issue (reader, ANNALS_SEVERITY_NOTE, code, g_strdup (draft->place), reason,
                                   draft->title);
}

/* --- what items and comments have in common --- */

/* The address of the item itself; NULL when it names none, or only the home page. */
static char *
dup_own_address (const AnnalsWxrBlog *blog,
                 const char          *link)
{
  g_autofree char *absolute = NULL;
  g_autofree char *own = NULL;

  if (!is_set (link) || strlen (link) > ANNALS_LIMIT_ADDRESS)
    return NULL;

  absolute = is_set (blog->link) ? annals_address_resolve (blog->link, link)
                                 : NULL;
  if (absolute == NULL)
    absolute = g_strdup (link);

  if (strstr (absolute, "://") == NULL)
    return NULL;

  own = annals_draft_canonical_url (absolute);

  return g_strcmp0 (own, blog->home) == 0 ? NULL : g_steal_pointer (&absolute);
}

/* Some exports give it to several posts. */
static gboolean
is_home_page (const char *address)
{
  const char *host = address ? strstr (address, "://") : NULL;

  if (host == NULL)
    return FALSE;

  host += strlen ("://");
  host += strcspn (host, "/?#");

  return host[strspn (host, "/")] == '\0';
}

static void
fill_date (AnnalsFormatReader   *reader,
           AnnalsDraft          *draft,
           const AnnalsWxrTimes *times)
{
  const AnnalsFormatSettings *settings = annals_format_reader_get_settings (reader);
  const char *language = annals_format_reader_get_language (reader);
  AnnalsStampDoubt doubt;
  const char *said;

  draft->published = annals_wxr_times_dup_date (times, is_set (language) ? language : settings->language,
                                                settings->zone, &doubt, &said);

  if (doubt == ANNALS_STAMP_MISSING)
    note (reader, draft, ANNALS_ISSUE_DATE, g_strdup (_("The post has no date")));
  else if (doubt != ANNALS_STAMP_CLEAR)
    note (reader, draft, ANNALS_ISSUE_DATE, annals_stamp_dup_reason (doubt, said));
}

static void
fill_text (AnnalsDraft *draft,
           const char  *content,
           const char  *base)
{
  g_autofree char *html = annals_wordpress_to_html (content);

  draft->text = annals_text_new_from_html (html, -1, base);
  draft->markup = g_bytes_new (content, strlen (content));
  draft->markup_kind = "html";
}

/* A name, in which a form may have left references */
static char *
dup_name (const char *name)
{
  return is_set (name) ? annals_text_line_from_html (name, -1) : NULL;
}

/* --- items --- */

static void
fill_item_text (AnnalsWxrItem   *item,
                AnnalsDraft     *draft,
                AnnalsWxrCounts *counts)
{
  const char *content = item->content ? item->content : "";

  if (*content == '\0' && is_set (item->excerpt))
    {
      content = item->excerpt;
      draft->extent = ANNALS_EXTENT_EXCERPT;
    }
  else if (is_set (item->excerpt))
    {
      counts->n_excerpts++;
    }

  fill_text (draft, content, draft->url);
}

static void
note_what_is_missing (AnnalsFormatReader *reader,
                      AnnalsDraft        *draft)
{
  /* a menu's entry has no text and need not have one */
  gboolean silent = draft->kind == ANNALS_POST_OTHER;

  if (*draft->title == '\0')
    {
      g_free (draft->title);
      draft->title = annals_format_reader_dup_title (draft->text);
      if (!silent)
        note (reader, draft, ANNALS_ISSUE_TITLE, g_strdup (_("The post has no title; its first words stand for it")));
    }

  if (silent)
    return;

  if (annals_text_get_length (draft->text) == 0)
    note (reader, draft, ANNALS_ISSUE_EMPTY, g_strdup (_("The post has no text")));
  else if (draft->extent == ANNALS_EXTENT_EXCERPT)
    note (reader, draft, ANNALS_ISSUE_EMPTY, g_strdup (_("The post has no text; its excerpt stands for it")));
}

static void
count_other (AnnalsWxrBlog *blog,
             const char    *type)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (blog->others, type));

  if (n > 0 || g_hash_table_size (blog->others) < MAX_OTHERS)
    g_hash_table_insert (blog->others, annals_text_normalize_line (type, -1), GUINT_TO_POINTER (n + 1));
}

void
annals_wxr_blog_count (AnnalsWxrBlog   *blog,
                       AnnalsWxrCounts *counts)
{
  blog->n_fields += counts->n_fields;
  blog->n_excerpts += counts->n_excerpts;
  if (counts->other != NULL)
    count_other (blog, counts->other);

  g_free (counts->other);
  *counts = (AnnalsWxrCounts) { 0 };
}

void
annals_wxr_draft_item (AnnalsFormatReader  *reader,
                       const AnnalsWxrBlog *blog,
                       AnnalsWxrItem       *item,
                       AnnalsWxrCounts     *counts)
{
  g_autoptr(AnnalsDraft) draft = annals_draft_new ();
  const char *type = annals_wxr_item_get_type (item);
  const char *name;

  draft->kind = annals_wxr_item_get_kind (item);
  draft->title = annals_wxr_item_dup_title (item);
  draft->place = g_strdup_printf (_("%s, item %u, line %u"), annals_format_reader_get_name (reader),
                                  item->number, item->line);
  draft->guid = is_home_page (item->guid) ? NULL : g_strdup (item->guid);
  draft->url = dup_own_address (blog, item->link);

  name = item->creator ? g_hash_table_lookup (blog->authors, item->creator) : NULL;
  draft->author = dup_name (name ? name : item->creator);

  if (item->tags->len > 0)
    {
      g_ptr_array_add (item->tags, NULL);
      draft->tags = g_strdupv ((char **) item->tags->pdata);
    }

  fill_item_text (item, draft, counts);
  note_what_is_missing (reader, draft);

  if (draft->kind != ANNALS_POST_OTHER)
    {
      counts->n_fields += item->n_fields;
      fill_date (reader, draft, &item->times);
      annals_list_note_double_encoding (reader, draft);
    }
  else
    {
      AnnalsStampDoubt doubt;
      const char *said;

      counts->other = g_strdup (type);
      draft->published = annals_wxr_times_dup_date (
        &item->times, NULL, annals_format_reader_get_settings (reader)->zone, &doubt, &said);
    }

  if (draft->kind == ANNALS_POST_POST && !g_str_equal (type, "post"))
    note (reader, draft, ANNALS_ISSUE_KIND,
          g_strdup_printf (
            _("The site calls this “%s”; it is taken for a post, because it was published and has a text"), type));

  annals_format_reader_take_draft (reader, g_steal_pointer (&draft));
}

/* --- comments --- */

static char *
dup_comment_title (const char *author,
                   const char *post)
{
  if (!is_set (author))
    return g_strdup_printf (_("Comment on %s"), post);

  /* Translators: the first %s is a person's name, the second the title of a post */
  return g_strdup_printf (_("Comment by %s on %s"), author, post);
}

/* What all comments on the item need of it */
static void
prepare_comments (const AnnalsWxrBlog *blog,
                  AnnalsWxrItem       *item)
{
  g_autofree char *html = NULL;
  g_autoptr(AnnalsText) text = NULL;
  gboolean titled;

  if (item->shown_title != NULL)
    return;

  if (!(item->address = dup_own_address (blog, item->link)))
    item->address = dup_own_address (blog, item->guid);
  if (item->address != NULL)
    item->address[strcspn (item->address, "#")] = '\0';

  titled = is_set (item->title);
  html = titled ? NULL : annals_wordpress_to_html (item->content ? item->content : "");
  text = annals_text_new_from_html (titled ? item->title : html, -1, NULL);
  item->shown_title = annals_text_dup_lead (text, MAX_SHOWN_TITLE);
}

void
annals_wxr_draft_comment (AnnalsFormatReader  *reader,
                          const AnnalsWxrBlog *blog,
                          AnnalsWxrItem       *item,
                          guint                index)
{
  g_autoptr(AnnalsDraft) draft = annals_draft_new ();
  AnnalsWxrComment *comment = item->comments->pdata[index];
  g_autofree char *title = NULL;

  prepare_comments (blog, item);
  draft->kind = annals_wxr_comment_get_kind (comment, annals_wxr_item_get_kind (item));
  draft->author = dup_name (comment->author);
  title = dup_comment_title (draft->author, item->shown_title);
  draft->title = annals_text_normalize_line (title, -1);
  draft->place = g_strdup_printf (_("%s, item %u, line %u, comment %u"), annals_format_reader_get_name (reader),
                                  item->number, item->line, index + 1);

  if (item->address != NULL && is_set (comment->id))
    draft->url = g_strdup_printf ("%s#comment-%s", item->address, comment->id);

  fill_text (draft, comment->content ? comment->content : "", item->address);
  fill_date (reader, draft, &comment->times);

  if (annals_text_get_length (draft->text) == 0)
    note (reader, draft, ANNALS_ISSUE_EMPTY, g_strdup (_("The comment has no text")));
  if (g_strcmp0 (comment->approved, "0") == 0)
    note (reader, draft, ANNALS_ISSUE_KIND, g_strdup (_("The comment still waited for approval")));

  annals_format_reader_take_draft (reader, g_steal_pointer (&draft));
}

/* --- at the end --- */

static int
compare_types (gconstpointer a,
               gconstpointer b)
{
  return strcmp (a, b);
}

static void
report (AnnalsFormatReader *reader,
        AnnalsIssueCode     code,
        char               *reason)
{
  annals_format_reader_take_issue (reader, ANNALS_SEVERITY_NOTE, code,
                                   g_strdup (annals_format_reader_get_name (reader)), reason, NULL);
}

void
annals_wxr_draft_report (AnnalsFormatReader *reader,
                         AnnalsWxrBlog      *blog)
{
  g_autoptr(GList) types = g_list_sort (g_hash_table_get_keys (blog->others), compare_types);

  for (GList *l = types; l != NULL; l = l->next)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (blog->others, l->data));

      report (reader, ANNALS_ISSUE_KIND,
              g_strdup_printf (ngettext ("%u record is of the kind “%s”, which is no post",
                                         "%u records are of the kind “%s”, which is no post", n),
                               n, (char *) l->data));
    }

  if (blog->n_fields > 0)
    report (reader, ANNALS_ISSUE_OTHER,
            g_strdup_printf (ngettext ("%u custom field of a post was left out",
                                       "%u custom fields of posts were left out", blog->n_fields),
                             blog->n_fields));

  if (blog->n_excerpts > 0)
    report (reader, ANNALS_ISSUE_OTHER,
            g_strdup_printf (ngettext ("%u excerpt beside a post’s text was left out",
                                       "%u excerpts beside posts’ texts were left out", blog->n_excerpts),
                             blog->n_excerpts));
}
