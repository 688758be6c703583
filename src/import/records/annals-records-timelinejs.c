/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-records-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-foreign-records.h"
#include "annals-limits.h"
#include "annals-records-json.h"
#include "annals-sha256.h"
#include "annals-text-markdown.h"

/* A timeline as TimelineJS 3 has it (timeline.knightlab.com/docs/json-format.html): a title, events and eras. */

#define MAX_TITLE 500

typedef struct
{
  AnnalsRecords *records;
  GTimeZone     *zone;
  const char    *lane;   /* (nullable): of what says none */
  guint          n;
} Reading;

/* --- dates --- */

/* A number, which may stand in quotation marks; FALSE when it is none. *said: whether there is one. */
static gboolean
read_number (JsonObject *date,
             const char *member,
             gint64      least,
             gint64      most,
             gint64     *value,
             gboolean   *said)
{
  JsonNode *node = json_object_get_member (date, member);
  g_autofree char *string = NULL;
  char *end;

  *said = FALSE;
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return TRUE;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    string = g_strstrip (g_strdup (json_node_get_string (node)));
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    string = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    string = g_strdup_printf ("%.0f", json_node_get_double (node));
  if (*string == '\0')
    return TRUE;

  *said = TRUE;
  *value = g_ascii_strtoll (string, &end, 10);

  return *end == '\0' && end != string && *value >= least && *value <= most;
}

/* EDTF of a year: four digits, or "Y" and more. */
static void
append_year (GString *edtf,
             gint64   year)
{
  if (ABS (year) > 9999)
    g_string_append_printf (edtf, "Y%" G_GINT64_FORMAT, year);
  else
    g_string_append_printf (edtf, "%s%04" G_GINT64_FORMAT, year < 0 ? "-" : "", ABS (year));
}

static void
append_time (Reading    *self,
             GString    *edtf,
             JsonObject *date,
             gint64      year,
             gint64      month,
             gint64      day)
{
  gint64 hour = 0, minute = 0, second = 0;
  gboolean has_hour, has_minute, has_second;
  g_autoptr(GDateTime) time = NULL;
  int offset;

  if (year < 1 || !read_number (date, "hour", 0, 23, &hour, &has_hour) || !has_hour ||
      !read_number (date, "minute", 0, 59, &minute, &has_minute) ||
      !read_number (date, "second", 0, 59, &second, &has_second) ||
      !(time = g_date_time_new (self->zone, (gint) year, (gint) month, (gint) day, (gint) hour, (gint) minute,
                                (gdouble) second)))
    return;

  offset = (int) (g_date_time_get_utc_offset (time) / (60 * G_USEC_PER_SEC));
  g_string_append_printf (edtf, "T%02d:%02d:%02d", (int) hour, (int) minute, (int) second);
  if (offset == 0)
    g_string_append_c (edtf, 'Z');
  else
    g_string_append_printf (edtf, "%c%02d:%02d", offset < 0 ? '-' : '+', ABS (offset) / 60, ABS (offset) % 60);
}

/* As precise as it is said; NULL when it is no date. */
static char *
dup_edtf (Reading    *self,
          JsonObject *date)
{
  g_autoptr(GString) edtf = g_string_new (NULL);
  gint64 year = 0, month = 0, day = 0;
  gboolean has_year, has_month, has_day;

  if (!read_number (date, "year", -99999999999, 99999999999, &year, &has_year) || !has_year ||
      !read_number (date, "month", 1, 12, &month, &has_month) || !read_number (date, "day", 1, 31, &day, &has_day))
    return NULL;

  append_year (edtf, year);
  if (has_month && ABS (year) <= 9999)
    {
      g_string_append_printf (edtf, "-%02d", (int) month);
      if (has_day)
        {
          g_string_append_printf (edtf, "-%02d", (int) day);
          append_time (self, edtf, date, year, month, day);
        }
    }

  return g_string_free (g_steal_pointer (&edtf), FALSE);
}

static AnnalsDate *
parse_interval (const char *start,
                const char *end)
{
  g_autofree char *edtf = g_strdup_printf ("%s/%s", start, end);
  g_autofree char *start_day = g_strndup (start, strcspn (start, "T"));
  g_autofree char *end_day = g_strndup (end, strcspn (end, "T"));
  g_autofree char *days = g_strdup_printf ("%s/%s", start_day, end_day);
  AnnalsDate *date = annals_date_parse (edtf, NULL);

  if (date != NULL)
    return date;

  return g_str_equal (start_day, end_day) ? annals_date_parse (start_day, NULL) : annals_date_parse (days, NULL);
}

static void
read_date (Reading           *self,
           AnnalsRecordEvent *event,
           JsonObject        *object)
{
  JsonObject *from = annals_records_get_object (object, "start_date");
  JsonObject *to = annals_records_get_object (object, "end_date");
  g_autofree char *start = from != NULL ? dup_edtf (self, from) : NULL;
  g_autofree char *end = to != NULL ? dup_edtf (self, to) : NULL;
  g_autoptr(AnnalsDate) date = NULL;

  if (start != NULL)
    date = end != NULL && !g_str_equal (start, end) ? parse_interval (start, end) : annals_date_parse (start, NULL);
  if (date == NULL && start != NULL && end != NULL && (date = annals_date_parse (start, NULL)) != NULL)
    g_clear_pointer (&end, g_free);   /* it is before the beginning, or no day of its month */

  if (date == NULL)
    {
      annals_records_take_issue (self->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_DATE, event->place,
                                 g_strdup (from == NULL ? _("The event has no date")
                                                        : _("The event's date is none; it comes in undated")),
                                 event->title);
      return;
    }

  if (to != NULL && end == NULL)
    annals_records_take_issue (self->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_DATE, event->place,
                               g_strdup (_("The event's end is no date; it has only its beginning")), event->title);
  annals_date_unref (event->date);
  event->date = g_steal_pointer (&date);
}

/* --- words --- */

static void
append_paragraph (GString    *account,
                  const char *paragraph)
{
  if (*paragraph == '\0')
    return;

  g_string_append (account, account->len > 0 ? "\n\n" : "");
  g_string_append (account, paragraph);
}

/* Of HTML, as TimelineJS shows it. */
static char *
dup_markdown (JsonObject *object,
              const char *member)
{
  const char *html = annals_records_get_string (object, member);
  g_autoptr(AnnalsText) text = annals_text_new_from_html (html != NULL ? html : "", -1, NULL);

  return annals_text_dup_markdown (text);
}

static gboolean
is_web_address (const char *url)
{
  return url != NULL && (g_str_has_prefix (url, "http://") || g_str_has_prefix (url, "https://")) &&
         strpbrk (url, "<> \n") == NULL;
}

/* A picture or film is named, not fetched: its words, who made it, where it is. */
static void
append_media (GString    *account,
              JsonObject *media)
{
  g_autofree char *caption = dup_markdown (media, "caption");
  g_autofree char *credit = dup_markdown (media, "credit");
  const char *url = annals_records_get_string (media, "url");
  const char *link = annals_records_get_string (media, "link");

  append_paragraph (account, caption);
  append_paragraph (account, credit);
  if (is_web_address (url))
    g_string_append_printf (account, "%s<%s>", account->len > 0 ? "\n\n" : "", url);
  else if (url != NULL && *url == '<')
    {
      /* an element of HTML: a quotation, an embedded page */
      g_autofree char *words = dup_markdown (media, "url");

      append_paragraph (account, words);
    }
  if (is_web_address (link))
    g_string_append_printf (account, "%s<%s>", account->len > 0 ? "\n\n" : "", link);
}

static char *
dup_title (const char *html)
{
  g_autofree char *line = annals_text_line_from_html (html != NULL ? html : "", -1);

  return g_utf8_strlen (line, -1) > MAX_TITLE ? g_utf8_substring (line, 0, MAX_TITLE) : g_steal_pointer (&line);
}

static void
read_words (AnnalsRecordEvent *event,
            JsonObject        *object)
{
  JsonObject *text = annals_records_get_object (object, "text");
  JsonObject *media = annals_records_get_object (object, "media");
  GString *account = g_string_new (NULL);
  g_autofree char *words = text != NULL ? dup_markdown (text, "text") : g_strdup ("");

  append_paragraph (account, words);
  if (media != NULL)
    append_media (account, media);
  event->account = g_string_free (account, FALSE);
  event->title = dup_title (text != NULL ? annals_records_get_string (text, "headline") : NULL);
  if (*event->title == '\0' && media != NULL)
    {
      g_free (event->title);
      event->title = dup_title (annals_records_get_string (media, "caption"));
    }
}

/* --- identities --- */

/* The uid in an identifier that Annals wrote: "event-…" and "timeline-…"; NULL when it is of another's making. */
static char *
dup_own_uid (JsonObject *object,
             const char *prefix)
{
  const char *id = object != NULL ? annals_records_get_string (object, "unique_id") : NULL;

  return id != NULL && g_str_has_prefix (id, prefix) ? annals_records_dup_uid (id + strlen (prefix)) : NULL;
}

/* Others need not say what is the same: a file is known by all that it says. */
static char *
dup_timeline_uid (JsonObject *title,
                  const char *bytes,
                  gsize       size)
{
  char *own = dup_own_uid (title, "timeline-");
  g_autofree char *sha256 = own == NULL ? annals_sha256_dup_hex_of (bytes, size) : NULL;

  return own != NULL ? own : annals_foreign_dup_uid ("timelinejs", sha256);
}

/* And an event by the same, in its timeline. */
static char *
dup_event_uid (Reading  *self,
               JsonNode *node)
{
  char *own = dup_own_uid (json_node_get_object (node), "event-");
  g_autofree char *words = own == NULL ? json_to_string (node, FALSE) : NULL;
  g_autofree char *key = own == NULL ? g_strconcat (self->records->timeline_uid, ":", words, NULL) : NULL;

  return own != NULL ? own : annals_foreign_dup_uid ("timelinejs-event", key);
}

/* --- the file --- */

static void
take_event (Reading  *self,
            JsonNode *node)
{
  JsonObject *object = json_node_get_object (node);
  AnnalsRecordEvent *event;

  self->n++;
  if (self->records->events->len >= ANNALS_LIMIT_TIMELINE_EVENTS)
    return;

  /* Translators: the place of an issue: a file, and the number of an event in it */
  event = annals_records_add_event (self->records, g_strdup_printf (_("%s, event %u"), self->records->name, self->n));
  event->uid = dup_event_uid (self, node);
  read_words (event, object);
  if (*event->title == '\0')
    {
      g_free (event->title);
      event->title = g_strdup (_("Untitled"));
      annals_records_take_issue (self->records, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_TITLE, event->place,
                                 g_strdup (_("The event has no headline")), event->account);
    }
  read_date (self, event, object);
  event->lane = annals_text_normalize_line (annals_records_get_string (object, "group"), -1);
  if (*event->lane == '\0' && self->lane != NULL)
    {
      g_free (event->lane);
      event->lane = g_strdup (self->lane);
    }
}

static gboolean
event_cb (JsonNode *value,
          gpointer  data)
{
  Reading *self = data;

  if (JSON_NODE_HOLDS_OBJECT (value))
    take_event (self, value);

  return TRUE;
}

static void
read_title (Reading    *self,
            JsonObject *root)
{
  JsonObject *title = annals_records_get_object (root, "title");
  JsonObject *text = title != NULL ? annals_records_get_object (title, "text") : NULL;

  if (text != NULL)
    {
      g_autoptr(AnnalsText) words = NULL;
      const char *html = annals_records_get_string (text, "text");

      self->records->timeline = dup_title (annals_records_get_string (text, "headline"));
      words = annals_text_new_from_html (html != NULL ? html : "", -1, NULL);
      self->records->description = g_strdup (annals_text_get_string (words));
    }

  if (self->records->timeline == NULL || *self->records->timeline == '\0')
    {
      const char *dot = strrchr (self->records->name, '.');
      g_autofree char *stem = dot != NULL && dot > self->records->name
                                ? g_strndup (self->records->name, (gsize) (dot - self->records->name))
                                : g_strdup (self->records->name);

      g_free (self->records->timeline);
      self->records->timeline = annals_text_normalize_line (stem, -1);
    }
}

AnnalsRecords *
annals_records_parse_timelinejs (const char  *bytes,
                                 gsize        size,
                                 const char  *name,
                                 GTimeZone   *zone,
                                 GError     **error)
{
  g_autoptr(JsonParser) parser = annals_records_parse_json (bytes, size, name, error);
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(AnnalsRecords) records = NULL;
  Reading reading = { .zone = zone != NULL ? zone : utc };
  JsonNode *root, *events;

  if (parser == NULL)
    return NULL;

  root = json_parser_get_root (parser);
  events = JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), "events") : NULL;
  if (events == NULL || !JSON_NODE_HOLDS_ARRAY (events))
    {
      g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE,
                   _("“%s”: it has no “events”, as a timeline of TimelineJS has"), name);
      return NULL;
    }

  reading.records = records = annals_records_new (name);
  records->timeline_uid = dup_timeline_uid (annals_records_get_object (json_node_get_object (root), "title"), bytes,
                                            size);
  read_title (&reading, json_node_get_object (root));
  annals_records_each_value (json_node_get_object (root), "events", event_cb, &reading);
  /* Translators: the lane of a timeline that holds the eras it is divided into */
  reading.lane = _("Eras");
  annals_records_each_value (json_node_get_object (root), "eras", event_cb, &reading);
  if (reading.n > ANNALS_LIMIT_TIMELINE_EVENTS)
    annals_records_take_issue (records, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_LIMIT, name,
                               g_strdup_printf (_("It has more than %d events; the rest was left out"),
                                                ANNALS_LIMIT_TIMELINE_EVENTS),
                               NULL);

  return g_steal_pointer (&records);
}

/* --- the format --- */

static guint
timelinejs_sniff (const AnnalsSniff *sniff)
{
  const char *start = sniff->text + strspn (sniff->text, " \t\r\n");

  if (*start != '{' || strstr (start, "\"events\"") == NULL)
    return 0;

  return strstr (start, "\"start_date\"") != NULL &&
         (strstr (start, "\"headline\"") != NULL || strstr (start, "\"text\"") != NULL) &&
         strstr (start, "\"year\"") != NULL ? 90 : 0;
}

static char *
dup_count (guint n)
{
  return g_strdup_printf (ngettext ("%'u event", "%'u events", n), n);
}

const AnnalsRecordsFormat annals_records_format_timelinejs = {
  .id = "timelinejs",
  .label = N_("Timeline of TimelineJS"),
  .sniff = timelinejs_sniff,
  .dup_count = dup_count,
  .max_size = ANNALS_LIMIT_RECORD_FILE,
  .parse = annals_records_parse_timelinejs,
};
