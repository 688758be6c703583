/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-parts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-palette.h"
#include "annals-pdf-markdown.h"

#define NO_COLOUR 0xc0bfbc    /* the bar of a quotation without a highlight */
#define SIDE_LINES 8          /* of a date or a lane's name, before it is cut */

/* Where a group of events stands among the groups. */
typedef enum
{
  ERA_UNKNOWN_START,
  ERA_DATED,
  ERA_UNDATED,
} Era;

/* The events under one heading: a month, or a longer time for dates that name no month. */
typedef struct
{
  char      *heading;
  Era        era;
  gint64     from;
  gint64     to;
  GPtrArray *events;   /* (element-type AnnalsEvent), the report's */
  GArray    *numbers;  /* parallel: their numbers in the report, from 1 */
} Group;

static void
group_free (Group *group)
{
  g_free (group->heading);
  g_ptr_array_unref (group->events);
  g_array_unref (group->numbers);
  g_free (group);
}

/* Longer times first, so that a year stands before its months. */
static int
compare_groups (gconstpointer a,
                gconstpointer b)
{
  const Group *left = *(Group **) a;
  const Group *right = *(Group **) b;

  if (left->era != right->era)
    return left->era < right->era ? -1 : 1;
  if (left->from != right->from)
    return left->from < right->from ? -1 : 1;
  if (left->to != right->to)
    return left->to > right->to ? -1 : 1;

  return strcmp (left->heading, right->heading);
}

/* What a date begins with: for an interval its first end, so that "2019/2021" is not put under a
 * month that nobody named. */
static AnnalsDate *
get_beginning (AnnalsDate *date)
{
  const char *edtf = annals_date_get_edtf (date);
  const char *slash = strchr (edtf, '/');
  g_autofree char *first = NULL;
  AnnalsDate *beginning;

  if (slash == NULL)
    return annals_date_ref (date);

  first = g_strndup (edtf, (gsize) (slash - edtf));
  beginning = annals_date_parse (first, NULL);

  return beginning != NULL ? beginning : annals_date_ref (date);
}

/* "2020-03" of a day or a time, as it was written, in its own zone. */
static char *
get_month_as_written (AnnalsDate *date)
{
  const char *edtf = annals_date_get_edtf (date);
  AnnalsDatePrecision precision = annals_date_get_precision (date);

  if ((precision != ANNALS_DATE_DAY && precision != ANNALS_DATE_TIME) || strlen (edtf) < 7 ||
      edtf[4] != '-')
    return NULL;

  for (guint i = 0; i < 7; i++)
    if (i != 4 && !g_ascii_isdigit (edtf[i]))
      return NULL;

  return g_strndup (edtf, 7);
}

/* The month, else the year, in which all of [from, to) lies, as EDTF; NULL when it is longer. */
static char *
get_unit (gint64 from,
          gint64 to)
{
  g_autoptr(GDateTime) first = g_date_time_new_from_unix_utc (from);
  g_autoptr(GDateTime) last = g_date_time_new_from_unix_utc (MAX (from, to - 1));

  if (first == NULL || last == NULL || g_date_time_get_year (first) != g_date_time_get_year (last))
    return NULL;

  return g_date_time_format (first, g_date_time_get_month (first) == g_date_time_get_month (last)
                                      ? "%Y-%m" : "%Y");
}

static void
describe_group (Group      *group,
                AnnalsDate *date)
{
  g_autoptr(AnnalsDate) beginning = get_beginning (date);
  g_autoptr(AnnalsDate) unit = NULL;
  g_autofree char *edtf = NULL;
  gboolean has_to;

  group->era = ERA_DATED;
  if (annals_date_is_undated (date))
    {
      group->era = ERA_UNDATED;
      group->heading = g_strdup (_("Undated"));
      return;
    }
  if (!annals_date_get_from (beginning, &group->from))
    {
      group->era = ERA_UNKNOWN_START;
      group->heading = g_strdup (_("Beginning unknown"));
      return;
    }

  has_to = annals_date_get_to (beginning, &group->to);
  edtf = get_month_as_written (beginning);
  if (edtf == NULL && has_to)
    edtf = get_unit (group->from, group->to);

  unit = edtf != NULL ? annals_date_parse (edtf, NULL) : NULL;
  if (unit == NULL)
    {
      group->heading = annals_date_dup_display (beginning);
      return;
    }

  annals_date_get_from (unit, &group->from);
  annals_date_get_to (unit, &group->to);
  group->heading = annals_date_dup_display (unit);
}

static GPtrArray *
group_events (AnnalsReport *report)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) group_free);
  g_autoptr(GHashTable) by_heading = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < report->events->len; i++)
    {
      AnnalsEvent *event = g_ptr_array_index (report->events, i);
      Group *group = g_new0 (Group, 1);
      Group *same;
      guint number = i + 1;

      group->events = g_ptr_array_new ();
      group->numbers = g_array_new (FALSE, FALSE, sizeof (guint));
      describe_group (group, event->date);

      same = g_hash_table_lookup (by_heading, group->heading);
      if (same == NULL)
        {
          g_ptr_array_add (groups, group);
          g_hash_table_insert (by_heading, group->heading, group);
          same = group;
        }
      else
        {
          group_free (group);
        }

      g_ptr_array_add (same->events, event);
      g_array_append_val (same->numbers, number);
    }

  g_ptr_array_sort (groups, compare_groups);
  return groups;
}

static AnnalsPdfBlock *
add_block (AnnalsPdf      *pdf,
           GPtrArray      *blocks,
           AnnalsPdfText  *text,
           AnnalsPdfStyle  style,
           const char     *tag,
           double          before)
{
  AnnalsPdfBlock *block = annals_pdf_block_new (pdf, text, style, tag, ANNALS_PDF_COLUMN);

  block->before = before;
  g_ptr_array_add (blocks, block);

  return block;
}

static void
add_side (AnnalsPdf      *pdf,
          GPtrArray      *side,
          const char     *string,
          AnnalsPdfStyle  style,
          gint64          colour)
{
  AnnalsPdfText *text = annals_pdf_text_new ();
  AnnalsPdfBlock *block;

  annals_pdf_text_append (text, string, ANNALS_PDF_PLAIN);
  block = annals_pdf_block_new (pdf, text, style, "P", 0);
  block->width = ANNALS_PDF_COLUMN - 12;
  block->max_lines = SIDE_LINES;
  block->colour = colour;
  g_ptr_array_add (side, block);
}

static void
fill_side (AnnalsPdf         *pdf,
           AnnalsReport      *report,
           const AnnalsEvent *event,
           GPtrArray         *side)
{
  const AnnalsLane *lane = annals_report_get_lane (report, event->lane_id);
  const AnnalsColour *colour = lane != NULL ? annals_palette_lookup (lane->colour) : NULL;
  g_autofree char *display = annals_date_dup_display (event->date);
  g_autofree char *date = NULL;

  date = annals_report_date_is_uncertain (event->date) ? g_strconcat (display, " ~", NULL)
                                                       : g_strdup (display);
  add_side (pdf, side, date, ANNALS_PDF_STYLE_DATE, colour != NULL ? (gint64) colour->strong : -1);
  if (lane != NULL)
    add_side (pdf, side, lane->name, ANNALS_PDF_STYLE_LANE, -1);
}

/* "[1] Title, Source, 9 Mar 2020" */
static void
append_source (AnnalsPdfText        *text,
               AnnalsReport         *report,
               const AnnalsEvidence *evidence)
{
  guint number = annals_report_get_number (report, evidence->post_id);
  g_autofree char *mark = g_strdup_printf ("[%u]", number);
  g_autofree char *dest = g_strdup_printf ("source-%u", number);
  g_autofree char *published = NULL;

  if (evidence->stance == ANNALS_STANCE_CONTRADICTS)
    {
      annals_pdf_text_append (text, _("Contradicts:"), ANNALS_PDF_ALERT | ANNALS_PDF_BOLD);
      annals_pdf_text_append (text, " ", ANNALS_PDF_PLAIN);
    }

  annals_pdf_text_append_dest (text, mark, ANNALS_PDF_MUTED, dest);
  annals_pdf_text_append (text, " ", ANNALS_PDF_PLAIN);
  annals_pdf_text_append_dest (text, evidence->post_title, ANNALS_PDF_PLAIN, dest);

  if (evidence->post_source != NULL && *evidence->post_source != '\0')
    {
      annals_pdf_text_append (text, ", ", ANNALS_PDF_PLAIN);
      annals_pdf_text_append (text, evidence->post_source, ANNALS_PDF_PLAIN);
    }

  if (evidence->post_published != NULL && !annals_date_is_undated (evidence->post_published))
    {
      published = annals_date_dup_display_short (evidence->post_published);
      annals_pdf_text_append (text, ", ", ANNALS_PDF_PLAIN);
      annals_pdf_text_append (text, published, ANNALS_PDF_PLAIN);
    }
}

static void
add_quote (AnnalsPdf            *pdf,
           AnnalsReport         *report,
           const AnnalsEvidence *evidence,
           GPtrArray            *blocks)
{
  const AnnalsAnnotation *annotation = annals_report_get_annotation (report,
                                                                     evidence->annotation_id);
  const AnnalsColour *colour = NULL;
  AnnalsPdfText *text = annals_pdf_text_new ();
  AnnalsPdfBlock *block;
  guint number = annals_report_get_number (report, evidence->post_id);

  annals_pdf_text_append (text, "“", ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, evidence->exact, ANNALS_PDF_PLAIN);
  annals_pdf_text_append (text, "”", ANNALS_PDF_PLAIN);
  if (g_strcmp0 (evidence->state, "review") == 0)
    {
      annals_pdf_text_append (text, " ", ANNALS_PDF_PLAIN);
      /* Translators: behind a quotation whose post was changed by a later import */
      annals_pdf_text_append (text, _("[as it was marked; no longer found in the post]"), ANNALS_PDF_PLAIN);
    }
  block = add_block (pdf, blocks, text, ANNALS_PDF_STYLE_QUOTE, "BlockQuote", 5);
  block->keep = TRUE;
  block->with_next = TRUE;

  if (annotation != NULL)
    colour = annals_palette_lookup (annotation->colour);
  block->bar = colour != NULL ? colour->strong : NO_COLOUR;

  /* in the language's own forms of the characters that several languages share */
  if (number > 0)
    {
      const AnnalsCitedPost *cited = g_ptr_array_index (report->posts, number - 1);

      block->language = cited->post->language;
    }
}

static gboolean
has_note (const AnnalsEvidence *evidence)
{
  return evidence->note != NULL && *evidence->note != '\0';
}

/* Whether the next piece of evidence says its source together with this one: several quotations of
 * one post, or several posts as wholes. */
static gboolean
is_joined (const AnnalsEvidence *evidence,
           const AnnalsEvidence *next)
{
  if (has_note (evidence) || evidence->stance != next->stance)
    return FALSE;

  if (evidence->exact == NULL)
    return next->exact == NULL;

  return next->exact != NULL && next->post_id == evidence->post_id;
}

static void
add_evidence (AnnalsPdf         *pdf,
              AnnalsReport      *report,
              const AnnalsEvent *event,
              GPtrArray         *blocks)
{
  AnnalsPdfText *sources = NULL;

  for (guint i = 0; i < event->evidence->len; i++)
    {
      const AnnalsEvidence *evidence = g_ptr_array_index (event->evidence, i);
      gboolean joined = i + 1 < event->evidence->len &&
                        is_joined (evidence, g_ptr_array_index (event->evidence, i + 1));

      if (evidence->exact != NULL)
        add_quote (pdf, report, evidence, blocks);
      if (evidence->exact != NULL && joined)
        continue;

      if (sources == NULL)
        sources = annals_pdf_text_new ();
      else
        annals_pdf_text_append (sources, " · ", ANNALS_PDF_PLAIN);
      append_source (sources, report, evidence);
      if (joined)
        continue;

      add_block (pdf, blocks, g_steal_pointer (&sources), ANNALS_PDF_STYLE_SOURCE, "P", 3)
        ->keep_direction = TRUE;
      if (has_note (evidence))
        annals_pdf_markdown_append (pdf, blocks, evidence->note, ANNALS_PDF_STYLE_SOURCE,
                                    ANNALS_PDF_COLUMN, 1);
    }
}

/* How well it is founded, where that is not plain, and what it is tagged with. */
static void
add_foot (AnnalsPdf         *pdf,
          const AnnalsEvent *event,
          GPtrArray         *blocks)
{
  g_autofree char *sources = event->evidence->len > 1 ? annals_event_dup_sources (event) : g_strdup ("");
  g_autofree char *tags = g_strjoinv (", ", event->tags);
  AnnalsPdfText *text;

  if (*sources == '\0' && *tags == '\0')
    return;

  text = annals_pdf_text_new ();
  annals_pdf_text_append (text, sources, ANNALS_PDF_MUTED);
  if (*sources != '\0' && *tags != '\0')
    annals_pdf_text_append (text, " · ", ANNALS_PDF_MUTED);
  annals_pdf_text_append (text, tags, ANNALS_PDF_MUTED);
  add_block (pdf, blocks, text, ANNALS_PDF_STYLE_SOURCE, "P", 3);
}

static GPtrArray *
make_event_blocks (AnnalsPdf         *pdf,
                   AnnalsReport      *report,
                   const AnnalsEvent *event,
                   guint              number)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_pdf_block_free);
  AnnalsPdfText *text = annals_pdf_text_new ();
  AnnalsPdfBlock *title;

  annals_pdf_text_append (text, event->title, ANNALS_PDF_PLAIN);
  title = add_block (pdf, blocks, text, ANNALS_PDF_STYLE_EVENT, "H3", 13);
  title->keep = TRUE;
  title->with_next = TRUE;
  title->dest = g_strdup_printf ("event-%u", number);

  annals_pdf_markdown_append (pdf, blocks, event->account, ANNALS_PDF_STYLE_BODY,
                              ANNALS_PDF_COLUMN, 1);
  add_evidence (pdf, report, event, blocks);
  add_foot (pdf, event, blocks);

  return blocks;
}

static void
put_event (AnnalsPdf         *pdf,
           const AnnalsEvent *event,
           guint              number,
           GPtrArray         *blocks,
           GPtrArray         *side,
           int                parent)
{
  g_autofree char *dest = g_strdup_printf ("event-%u", number);

  annals_pdf_add_bookmark (pdf, parent, event->title, dest, FALSE);
  annals_pdf_begin (pdf, "Sect");
  annals_pdf_place (pdf, blocks, side);
  annals_pdf_end (pdf, "Sect");
}

static gboolean
put_group (AnnalsPdf     *pdf,
           AnnalsReport  *report,
           const Group   *group,
           guint          group_number,
           int            parent,
           gboolean     (*tick) (gpointer user_data),
           gpointer       user_data)
{
  g_autofree char *dest = g_strdup_printf ("period-%u", group_number);
  int bookmark = 0;

  annals_pdf_begin (pdf, "Sect");
  for (guint i = 0; i < group->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (group->events, i);
      guint number = g_array_index (group->numbers, guint, i);
      g_autoptr(GPtrArray) blocks = make_event_blocks (pdf, report, event, number);
      g_autoptr(GPtrArray) side =
        g_ptr_array_new_with_free_func ((GDestroyNotify) annals_pdf_block_free);

      fill_side (pdf, report, event, side);
      if (i == 0)
        {
          AnnalsPdfBlock *title = g_ptr_array_index (blocks, 0);

          title->before = 4;
          annals_pdf_put_heading (pdf, group->heading, dest,
                                  annals_pdf_measure_head (pdf, blocks, side),
                                  parent, FALSE, &bookmark);
        }
      put_event (pdf, event, number, blocks, side, bookmark);

      if (tick != NULL && !tick (user_data))
        return FALSE;
    }
  annals_pdf_end (pdf, "Sect");

  return TRUE;
}

gboolean
annals_pdf_put_events (AnnalsPdf    *pdf,
                       AnnalsReport *report,
                       int           parent,
                       gboolean    (*tick) (gpointer user_data),
                       gpointer      user_data)
{
  g_autoptr(GPtrArray) groups = group_events (report);

  for (guint i = 0; i < groups->len; i++)
    if (!put_group (pdf, report, g_ptr_array_index (groups, i), i + 1, parent, tick, user_data))
      return FALSE;

  return TRUE;
}
