/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-report-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-date-style.h"

#define SOURCES_NAMED 6   /* the rest are counted together */
#define HASH_SHOWN 12     /* characters of a hash where the whole one stands elsewhere */

static gboolean
runs_from_right (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if ((c >= 0x0590 && c <= 0x08ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfefe) ||
          (c >= 0x10800 && c <= 0x10fff) || (c >= 0x1e800 && c <= 0x1efff))
        return TRUE;
    }

  return FALSE;
}

char *
annals_report_dup_isolated (const char *name)
{
  /* FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE */
  return runs_from_right (name) ? g_strdup_printf ("\xe2\x81\xa8%s\xe2\x81\xa9", name) : g_strdup (name);
}

gboolean
annals_report_ends_sentence (const char *text)
{
  static const char * const marks[] = { ".", "?", "!", "…", "。", "？", "！" };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_suffix (text, marks[i]))
      return TRUE;

  return FALSE;
}

char *
annals_report_dup_day (gint64 seconds)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (seconds);
  g_autoptr(AnnalsDate) date = NULL;
  g_autofree char *edtf = NULL;

  if (time == NULL)
    return annals_date_format_rfc3339 (seconds);

  edtf = g_date_time_format (time, "%Y-%m-%d");
  date = annals_date_parse (edtf, NULL);

  return date != NULL ? annals_date_dup_display (date) : g_steal_pointer (&edtf);
}

char *
annals_report_dup_subtitle (AnnalsReport *report)
{
  g_autofree char *day = annals_report_dup_day (report->exported);
  g_autofree char *events = NULL;
  g_autofree char *posts = NULL;
  g_autofree char *title = annals_report_dup_isolated (report->notebook_title);

  events = g_strdup_printf (ngettext ("%u event", "%u events", report->events->len),
                            report->events->len);
  posts = g_strdup_printf (ngettext ("%u post", "%u posts", report->posts->len),
                           report->posts->len);

  /* translators: the notebook's title, "38 events", "29 posts", a day */
  return g_strdup_printf (_("A timeline from the notebook “%s” · %s · %s · exported %s"),
                          title, events, posts, day);
}

char *
annals_report_dup_theme (AnnalsReport *report)
{
  const AnnalsTimeline *timeline = report->timeline;
  g_autofree char *description = NULL;
  g_autofree char *rule = NULL;

  if (*timeline->rule == '\0')
    return g_strdup (timeline->description);

  /* translators: the %s is a search query */
  rule = g_strdup_printf (_("rule: %s"), timeline->rule);
  if (*timeline->description == '\0')
    return g_steal_pointer (&rule);

  /* the sentence goes on */
  description = g_strchomp (g_strdup (timeline->description));
  if (g_str_has_suffix (description, ".") && !g_str_has_suffix (description, ".."))
    description[strlen (description) - 1] = '\0';

  return g_strconcat (description, "; ", rule, NULL);
}

/* What is in brackets after the period: "(2 events with uncertain dates, marked ~; …)" */
static void
append_remark (GString    *remarks,
               const char *remark)
{
  g_string_append (remarks, remarks->len == 0 ? " (" : "; ");
  g_string_append (remarks, remark);
}

char *
annals_report_dup_period (AnnalsReport *report)
{
  g_autofree char *period = annals_date_dup_display (report->period);
  g_autoptr(GString) remarks = g_string_new (NULL);

  if (report->events->len == 0)
    return g_strdup ("");

  if (report->n_uncertain > 0)
    {
      g_autofree char *uncertain =
        g_strdup_printf (ngettext ("%u event with an uncertain date, marked ~",
                                   "%u events with uncertain dates, marked ~",
                                   report->n_uncertain), report->n_uncertain);

      append_remark (remarks, uncertain);
    }
  if (report->open_start)
    append_remark (remarks, _("some began earlier"));
  if (report->open_end)
    append_remark (remarks, _("some go on"));
  if (remarks->len > 0)
    g_string_append (remarks, ")");

  return g_strconcat (period, remarks->str, NULL);
}

static void
append_count (GString    *out,
              const char *name,
              guint       n)
{
  g_string_append_printf (out, "%s%s %u", out->len > 0 ? " · " : "", name, n);
}

char *
annals_report_dup_source_counts (AnnalsReport *report)
{
  GString *out = g_string_new (NULL);
  guint n_named = 0;
  guint n_others = 0;
  guint n_unnamed = 0;

  for (guint i = 0; i < report->sources->len; i++)
    {
      const AnnalsSourceCount *source = g_ptr_array_index (report->sources, i);

      if (*source->name == '\0')
        n_unnamed += source->n_posts;
      else if (n_named++ < SOURCES_NAMED)
        append_count (out, source->name, source->n_posts);
      else
        n_others += source->n_posts;
    }

  if (n_others > 0)
    append_count (out, _("others"), n_others);
  if (n_unnamed > 0)
    append_count (out, _("not named"), n_unnamed);

  return g_string_free (out, FALSE);
}

char *
annals_report_dup_short_hash (const char *sha256)
{
  return g_strdup_printf ("%.*s…", HASH_SHOWN, sha256);
}

char *
annals_report_dup_date (AnnalsDate *date)
{
  g_autofree char *display = annals_date_dup_display (date);
  g_autofree char *remark = annals_date_dup_remark (date);

  if (remark == NULL || annals_date_is_undated (date))
    return g_steal_pointer (&display);

  return g_strdup_printf ("%s (%s)", display, remark);
}

char *
annals_report_dup_origin (const AnnalsCitedPost *cited)
{
  const AnnalsImport *import = cited->text_import != NULL ? cited->text_import : cited->import;
  guint place = cited->post->place;
  g_autofree char *hash = NULL;
  g_autofree char *origin = NULL;

  if (import == NULL)
    return NULL;

  hash = annals_report_dup_short_hash (import->file_sha256);
  origin = g_strdup_printf (_("Imported from “%s”, SHA-256 %s"), import->file_name, hash);
  if (place == 0)
    return g_steal_pointer (&origin);
  if (place > import->n_read)
    return g_strdup_printf (_("%s, post %u"), origin, place);

  return g_strdup_printf (_("%s, post %u of %u"), origin, place, import->n_read);
}

static const char *
describe_format (const char *format)
{
  if (g_str_equal (format, "text-month"))
    return _("month page in plain text");
  if (g_str_equal (format, "wxr"))
    return _("WordPress export");

  return format;
}

static char *
format_time (gint64 micros)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (micros / G_USEC_PER_SEC);

  if (time != NULL && annals_date_style_get () == ANNALS_DATE_STYLE_NUMBERS)
    return g_date_time_format (time, "%Y-%m-%d %H:%M UTC");

  /* translators: a date and time of day, in UTC; see g_date_time_format() */
  return time != NULL ? g_date_time_format (time, _("%-e %b %Y %H:%M UTC")) : g_strdup ("");
}

char *
annals_report_dup_file (const AnnalsImport *import)
{
  g_autofree char *time = format_time (import->started);
  g_autofree char *size = g_format_size_full ((guint64) MAX (0, import->file_size),
                                              G_FORMAT_SIZE_LONG_FORMAT);
  g_autofree char *posts = g_strdup_printf (ngettext ("%u post", "%u posts", import->n_read),
                                            import->n_read);

  /* translators: the format of a file, "10 posts", its size, when it was imported */
  return g_strdup_printf (_("%s · %s · %s · imported %s"), describe_format (import->format), posts, size, time);
}

GPtrArray *
annals_report_list_notes (AnnalsReport *report)
{
  GPtrArray *notes = g_ptr_array_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < report->events->len; i++)
    {
      const AnnalsEvent *event = g_ptr_array_index (report->events, i);

      for (guint j = 0; j < event->evidence->len; j++)
        {
          const AnnalsEvidence *evidence = g_ptr_array_index (event->evidence, j);
          const AnnalsAnnotation *annotation = annals_report_get_annotation (report, evidence->annotation_id);

          if (annotation != NULL && g_hash_table_add (seen, (gpointer) annotation))
            g_ptr_array_add (notes, (gpointer) annotation);
        }
    }

  return notes;
}
