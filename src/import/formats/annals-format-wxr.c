/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-limits.h"
#include "annals-wxr-parser.h"
#include "annals-xml-filter.h"
#include "annals-xml.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>

#include <string.h>

/* WordPress eXtended RSS, 1.0 to 1.2: RSS 2.0 with elements of WordPress's own. Each item is parsed
 * as a document of its own, inside the file's own <rss> tag: an item that is damaged is reported
 * and does no harm to the others, and memory holds a few items and the names of the authors.
 *
 * Items are drafted ahead, on the workers' threads; what they came to is taken in the file's order. What stands
 * in no item changes what all know of the blog, and so waits until none is being drafted.
 */

/* Comments that one step hands out */
#define COMMENTS_PER_STEP 100
/* Bytes of items that are drafted ahead */
#define MAX_AHEAD (2 * 1024 * 1024)

typedef struct _Wxr Wxr;

/* An item on its way from its place in the file to a draft */
typedef struct
{
  Wxr                *wxr;        /* borrowed */
  GString            *piece;
  guint               line;
  guint               number;
  AnnalsWork         *work;
  AnnalsFormatReader *found;      /* what it came to */
  AnnalsWxrCounts     counts;
  AnnalsWxrItem      *commented;  /* (nullable): it has more comments than were drafted with it */
} Job;

struct _Wxr
{
  AnnalsFormatReader *reader;      /* borrowed */
  AnnalsXmlFilter    *filter;
  char               *root;        /* the file's start tag <rss …> on one line */
  gboolean            has_root;    /* the file has one */
  AnnalsWxrBlog      *blog;
  AnnalsWxrItem      *commented;   /* an item whose comments are still to come */
  guint               n_commented; /* how many of them came */
  gboolean            ended;       /* the channel's end was seen */
  guint               n_items;     /* of those that were cut out of the file */
  GQueue              jobs;        /* of Job, in the file's order */
  gsize               n_ahead;     /* bytes of their pieces */
  GMutex              lock;
  GQueue              parsers;     /* of AnnalsWxrParser that nobody uses; under the lock */
  gboolean            held;        /* the piece comes when all jobs are taken */
  AnnalsXmlPiece      kind;        /* of the held piece */
  GString            *piece;
  guint               line;
  GError             *failure;     /* (nullable): of the held piece */
};

static const char *
file_name (Wxr *self)
{
  return annals_format_reader_get_name (self->reader);
}

/* --- damage --- */

/* An item that cannot be read: a record that is left out. @line: where the damage is. Takes @reason. */
static void
skip_damaged (AnnalsFormatReader *reader,
              const GString      *piece,
              guint               number,
              guint               line,
              char               *reason)
{
  AnnalsDraft *draft = annals_draft_new ();

  draft->place = g_strdup_printf (_("%s, item %u, line %u"), annals_format_reader_get_name (reader), number, line);
  draft->skipped = reason;
  draft->severity = ANNALS_SEVERITY_ERROR;
  draft->excerpt = annals_format_reader_dup_excerpt (piece->str);
  annals_format_reader_take_draft (reader, draft);
}

static void
report_repairs (Wxr *self)
{
  guint line;
  guint n_mended = annals_xml_filter_get_n_mended (self->filter, &line);
  guint64 n_undecoded = annals_xml_filter_get_n_undecoded (self->filter);
  const char *charset = annals_xml_filter_get_assumed_charset (self->filter);
  const char *name = file_name (self);

  if (n_mended > 0)
    annals_format_reader_take_issue (
      self->reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_DAMAGE, g_strdup_printf (_("%s, line %u"), name, line),
      g_strdup_printf (
        ngettext ("%u place was mended that XML does not allow (a control character, "
                  "an unknown entity, a single “&”)",
                  "%u places were mended that XML does not allow (control characters, "
                  "unknown entities, single “&”); the first is here",
                  n_mended),
        n_mended),
      NULL);

  if (n_undecoded > 0)
    annals_format_reader_take_issue (
      self->reader, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_CHARACTERS, g_strdup (name),
      g_strdup_printf (ngettext ("%u byte that is no text was replaced",
                                 "%u bytes that are no text were replaced",
                                 (gulong) MIN (n_undecoded, G_MAXUINT)),
                       (guint) MIN (n_undecoded, G_MAXUINT)),
      NULL);

  if (charset != NULL)
    annals_format_reader_take_issue (
      self->reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_CHARACTERS, g_strdup (name),
      g_strdup_printf (_(
                         "The file does not say in which characters it is written; %s was assumed"),
                       charset),
      NULL);
}

/* --- the format --- */

static guint
wxr_sniff (const AnnalsSniff *sniff)
{
  const char *head = sniff->text;
  const char *rss = strstr (head, "<rss");
  const char *start = head + strspn (head, " \t\r\n");

  if (rss != NULL)
    return strstr (rss, "wordpress.org/export/") != NULL || strstr (rss, "<wp:wxr_version>") != NULL ? 95 : 0;

  /* a later part of an export that was cut at its items */
  if (*start == '<' && strstr (head, "<item>") != NULL &&
      (strstr (head, "<wp:post_type>") != NULL || strstr (head, "<wp:post_id>") != NULL))
    return 90;

  return 0;
}

static gpointer
wxr_open (AnnalsFormatReader *reader)
{
  Wxr *self = g_new0 (Wxr, 1);

  annals_xml_init ();
  self->reader = reader;
  self->blog = annals_wxr_blog_new ();
  self->piece = g_string_new (NULL);
  self->root = g_strdup ("<rss>");
  self->filter = annals_xml_filter_new (annals_format_reader_get_input (reader),
                                        annals_format_reader_get_decoder (reader));
  g_mutex_init (&self->lock);

  return self;
}

/* --- items, on any thread --- */

static AnnalsWxrParser *
borrow_parser (Wxr *self)
{
  AnnalsWxrParser *parser;

  g_mutex_lock (&self->lock);
  parser = g_queue_pop_head (&self->parsers);
  g_mutex_unlock (&self->lock);

  return parser != NULL ? parser : annals_wxr_parser_new ();
}

static void
return_parser (Wxr             *self,
               AnnalsWxrParser *parser)
{
  g_mutex_lock (&self->lock);
  g_queue_push_head (&self->parsers, parser);
  g_mutex_unlock (&self->lock);
}

static void
draft_item (Job           *job,
            AnnalsWxrItem *item)
{
  guint n = MIN (item->comments->len, COMMENTS_PER_STEP);

  item->line = job->line;
  item->number = job->number;
  annals_wxr_draft_item (job->found, job->wxr->blog, item, &job->counts);
  for (guint i = 0; i < n; i++)
    annals_wxr_draft_comment (job->found, job->wxr->blog, item, i);
}

static void
job_func (gpointer data)
{
  Job *job = data;
  AnnalsWxrParser *parser = borrow_parser (job->wxr);
  g_autoptr(AnnalsWxrItem) item = annals_wxr_parser_read_item (parser, job->wxr->root, job->piece);

  if (item != NULL)
    {
      draft_item (job, item);
      if (item->comments->len > COMMENTS_PER_STEP)
        job->commented = g_steal_pointer (&item);
    }
  else
    {
      guint line;
      const char *damage = annals_wxr_parser_get_damage (parser, &line);

      skip_damaged (job->found, job->piece, job->number, job->line + line - 1,
                    g_strdup_printf (_("The item is damaged (%s) and was not imported"), damage));
    }

  return_parser (job->wxr, parser);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->work != NULL)
    annals_work_drop (job->work);
  g_string_free (job->piece, TRUE);
  annals_format_reader_free (job->found);
  g_free (job->counts.other);
  g_clear_pointer (&job->commented, annals_wxr_item_free);
  g_free (job);
}

/* --- pieces --- */

/* The piece that was cut is an item. */
static void
begin_item (Wxr *self)
{
  Job *job = g_new0 (Job, 1);

  annals_wxr_blog_settle (self->blog);
  job->wxr = self;
  job->piece = g_steal_pointer (&self->piece);
  job->line = self->line;
  job->number = ++self->n_items;
  job->found = annals_format_reader_new_branch (self->reader);
  self->piece = g_string_new (NULL);
  self->n_ahead += job->piece->len;
  g_queue_push_tail (&self->jobs, job);
  job->work = annals_workers_begin (annals_format_reader_get_settings (self->reader)->workers, job_func, job);
}

static void
end_item (Wxr *self)
{
  Job *job = g_queue_pop_head (&self->jobs);

  annals_work_finish (g_steal_pointer (&job->work));
  annals_format_reader_join_branch (self->reader, job->found);
  annals_wxr_blog_count (self->blog, &job->counts);
  g_clear_pointer (&self->commented, annals_wxr_item_free);
  self->commented = g_steal_pointer (&job->commented);
  self->n_commented = COMMENTS_PER_STEP;
  self->n_ahead -= job->piece->len;
  job_free (job);
}

/* White space between two items says nothing. */
static gboolean
is_blank (const GString *piece)
{
  return strspn (piece->str, " \t\n\r\f\v") == piece->len;
}

/* Cuts as many items out of the file as are drafted ahead. FALSE when it was cancelled. */
static gboolean
read_ahead (Wxr           *self,
            GCancellable  *cancellable,
            GError       **error)
{
  guint room = annals_workers_get_room (annals_format_reader_get_settings (self->reader)->workers);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  while (!self->held && self->jobs.length < room && self->n_ahead < MAX_AHEAD)
    {
      self->kind = annals_xml_filter_next (self->filter, self->piece, &self->line, cancellable, &self->failure);
      if (self->kind == ANNALS_XML_PIECE_ITEM)
        begin_item (self);
      else if (self->kind != ANNALS_XML_PIECE_OUTSIDE || self->n_items == 0 || !is_blank (self->piece))
        self->held = TRUE;
    }

  return TRUE;
}

/* Keeps the file's own root, which declares its namespaces; behind the channel's start tag. */
static const char *
take_root (Wxr *self)
{
  char *root = strstr (self->piece->str, "<rss");
  char *end = root ? strchr (root, '>') : NULL;
  const char *channel, *behind;

  self->has_root = root != NULL;
  if (end == NULL)
    return self->piece->str;

  if (end - root < ANNALS_LIMIT_WXR_ROOT)
    {
      g_free (self->root);
      self->root = g_strndup (root, (gsize) (end + 1 - root));
      g_strdelimit (self->root, "\r\n", ' ');
    }

  channel = strstr (end, "<channel");
  behind = channel ? strchr (channel, '>') : NULL;

  return behind ? behind + 1 : end + 1;
}

/* Hands out comments of the last item; FALSE when none is left. */
static gboolean
take_comments (Wxr *self)
{
  if (self->commented == NULL || self->n_commented >= self->commented->comments->len)
    return FALSE;

  for (guint i = 0; i < COMMENTS_PER_STEP && self->n_commented < self->commented->comments->len; i++)
    annals_wxr_draft_comment (self->reader, self->blog, self->commented, self->n_commented++);

  return TRUE;
}

static void
take_outside (Wxr *self)
{
  const char *start = self->n_items == 0 ? take_root (self) : self->piece->str;
  const char *end = strstr (start, "</channel");
  gsize length = end ? (gsize) (end - start) : strlen (start);
  AnnalsWxrParser *parser = borrow_parser (self);
  guint line = self->line;
  gboolean blank = TRUE;

  for (const char *at = self->piece->str; at < start; at++)
    line += *at == '\n';

  self->ended = self->ended || (end != NULL && strstr (end, "</rss") != NULL);

  for (gsize i = 0; i < length && blank; i++)
    blank = g_ascii_isspace (start[i]);

  if (!blank && !annals_wxr_parser_read_channel (parser, self->root, start, length, self->blog, self->reader))
    {
      guint damage_line;
      const char *damage = annals_wxr_parser_get_damage (parser, &damage_line);

      annals_format_reader_take_issue (
        self->reader, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE,
        g_strdup_printf (_("%s, line %u"), file_name (self), line + damage_line - 1),
        g_strdup_printf (_("What stands here, in no item, is damaged (%s)"), damage), start);
    }

  return_parser (self, parser);
}

static void
take_end (Wxr *self)
{
  if (!self->ended && (self->has_root || self->n_items == 0))
    annals_format_reader_take_issue (
      self->reader, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE,
      g_strdup_printf (_("%s, line %u"), file_name (self),
                       annals_xml_filter_get_line (self->filter)),
      g_strdup (_("The file ends here too early: what should follow is missing")), NULL);

  report_repairs (self);
  annals_wxr_draft_report (self->reader, self->blog);
}

static gboolean
fail_doctype (Wxr     *self,
              GError **error)
{
  g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNKNOWN,
               _("“%s” declares a document type on line %u, which no WordPress export does"),
               file_name (self), annals_xml_filter_get_line (self->filter));

  return FALSE;
}

/* What is no item comes when all that stand before it were taken. */
static gboolean
take_held (Wxr       *self,
           gboolean  *at_end,
           GError   **error)
{
  self->held = FALSE;

  switch (self->kind)
    {
    case ANNALS_XML_PIECE_ERROR:
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;

    case ANNALS_XML_PIECE_DOCTYPE:
      return fail_doctype (self, error);

    case ANNALS_XML_PIECE_OUTSIDE:
      take_outside (self);
      return TRUE;

    case ANNALS_XML_PIECE_CUT:
      skip_damaged (self->reader, self->piece, ++self->n_items, self->line,
                    g_strdup (_("The item that begins here has no end and was not imported")));
      return TRUE;

    case ANNALS_XML_PIECE_TOO_LONG:
      skip_damaged (self->reader, self->piece, ++self->n_items, self->line,
                    g_strdup (_("The item that begins here is longer than 64 MB and was not imported")));
      return TRUE;

    case ANNALS_XML_PIECE_ITEM:
      g_assert_not_reached ();

    case ANNALS_XML_PIECE_END:
      break;
    }

  take_end (self);
  *at_end = TRUE;

  return TRUE;
}

/* Gives out what one piece is: an item with its first comments, more of them, or what stands between two items. */
static gboolean
wxr_step (gpointer       state,
          gboolean      *at_end,
          GCancellable  *cancellable,
          GError       **error)
{
  Wxr *self = state;

  if (take_comments (self))
    return TRUE;

  if (!read_ahead (self, cancellable, error))
    return FALSE;

  if (self->jobs.length == 0)
    return take_held (self, at_end, error);

  end_item (self);

  return TRUE;
}

static void
wxr_close (gpointer state)
{
  Wxr *self = state;

  g_queue_clear_full (&self->jobs, job_free);
  g_queue_clear_full (&self->parsers, (GDestroyNotify) annals_wxr_parser_free);
  annals_xml_filter_free (self->filter);
  g_clear_pointer (&self->commented, annals_wxr_item_free);
  annals_wxr_blog_free (self->blog);
  g_string_free (self->piece, TRUE);
  g_clear_error (&self->failure);
  g_mutex_clear (&self->lock);
  g_free (self->root);
  g_free (self);
}

const AnnalsFormat annals_format_wxr = {
  .id = "wxr",
  .label = N_("WordPress export"),
  .sniff = wxr_sniff,
  .open = wxr_open,
  .step = wxr_step,
  .close = wxr_close,
};
