/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include "annals-json-record.h"
#include "annals-json-splitter.h"
#include "annals-limits.h"
#include "annals-list-draft.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Lists of JSON: an array of objects, alone or inside another object, or one object behind the other (JSON
 * Lines). JSON Feed and what WordPress's programming interface gives are known; of any other list the
 * members that hold title, text and so on are guessed from the first records, which are kept until then.
 */

/* Bytes of JSON from which a mapping is guessed */
#define SURVEY_BYTES (8 * 1024 * 1024)

typedef struct
{
  AnnalsListRecord *record;
  char             *place;
} Waiting;

typedef struct
{
  AnnalsFormatReader *reader;     /* borrowed */
  AnnalsJsonLayout   *layout;
  AnnalsListSource   *source;
  AnnalsJsonSplitter *splitter;
  AnnalsListSurvey   *survey;     /* of the list at hand */
  AnnalsListPlan     *plan;       /* NULL: it is not decided yet */
  char               *path;       /* of that list */
  GQueue              waiting;    /* of Waiting */
  gsize               n_waiting;  /* bytes of them */
  GHashTable         *columns;    /* names that were reported */
  guint               n_records;
  guint               n_scalars;
  guint               scalar_line;
  guint               n_mended;
  guint               mended_line;
} Json;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  annals_list_record_free (waiting->record);
  g_free (waiting->place);
  g_free (waiting);
}

/* --- recognising --- */

static AnnalsListSurvey *
survey_head (const char             *head,
             const AnnalsJsonLayout *layout)
{
  g_autoptr(GBytes) bytes = g_bytes_new (head, strlen (head));
  g_autoptr(AnnalsPart) part = annals_part_new ("head", annals_import_input_new_for_bytes (bytes, "head"));
  g_autoptr(AnnalsFormatReader) reader =
    annals_format_reader_new_for_format (part, &annals_format_json, NULL);
  g_autoptr(AnnalsListSource) source = annals_list_source_new (reader);
  g_autoptr(AnnalsJsonSplitter) splitter = annals_json_splitter_new (source, layout);
  g_autoptr(AnnalsListSurvey) survey = annals_list_survey_new ();
  AnnalsJsonPiece piece;
  const char *json;
  gsize length;

  for (guint n = 0; n < ANNALS_LIST_SURVEY; n++)
    {
      g_autoptr(AnnalsListRecord) record = NULL;
      gboolean mended;

      piece = annals_json_splitter_next (splitter, &json, &length, NULL, NULL);
      if (piece == ANNALS_JSON_PIECE_END || piece == ANNALS_JSON_PIECE_ERROR)
        break;
      if (piece == ANNALS_JSON_PIECE_RECORD &&
          (record = annals_json_record_new (json, length, &mended, NULL)) != NULL)
        annals_list_survey_add (survey, record);
      else if (piece == ANNALS_JSON_PIECE_CUT && n > 0)
        break;
    }

  return g_steal_pointer (&survey);
}

/* "{"title": "…", "text": "…", and so on, of which the end is not in the head */
static gboolean
head_names_fields (const char *head)
{
  g_autoptr(AnnalsMapping) mapping = annals_mapping_new ();
  const char *at = head;

  for (guint n = 0; n < 400 && (at = strchr (at, '"')) != NULL; n++)
    {
      const char *end = strpbrk (at + 1, "\"\\");
      g_autofree char *name = NULL;

      if (end == NULL)
        break;
      name = g_strndup (at + 1, MIN ((gsize) (end - at - 1), 60));
      at = *end == '\\' ? end + 1 + (end[1] != '\0') : end + 1;

      if (*end != '"' || at[strspn (at, " \t\r\n")] != ':')
        continue;
      for (AnnalsField field = 0; field <= ANNALS_FIELD_URL; field++)
        if (mapping->columns[field] == NULL && annals_list_names_field (name, field))
          {
            mapping->columns[field] = g_strdup (name);
            break;
          }
    }

  return annals_list_mapping_is_likely (mapping);
}

static gboolean
is_embed (const char *head)
{
  return strstr (head, "\"provider_name\"") != NULL && strstr (head, "\"version\"") != NULL &&
         strstr (head, "\"html\"") != NULL;
}

static guint
json_sniff (const AnnalsSniff *sniff)
{
  g_autoptr(AnnalsJsonLayout) layout = NULL;
  g_autoptr(AnnalsListSurvey) survey = NULL;
  g_autoptr(AnnalsMapping) mapping = NULL;
  const char *start = sniff->text + strspn (sniff->text, " \t\r\n");

  if (*start == '\0' || *start == '<' || (layout = annals_json_layout_new (sniff->text)) == NULL)
    return 0;

  if (layout->feed)
    return 95;
  /* a web site's answer to who wants to show one of its posts */
  if (layout->single && is_embed (sniff->text))
    return 0;
  if (layout->wordpress || layout->ghost)
    return 90;

  survey = survey_head (sniff->text, layout);
  mapping = annals_list_survey_guess (survey);
  if (annals_list_mapping_is_likely (mapping))
    return layout->start > 0 ? 70 : 85;

  return head_names_fields (sniff->text) ? 60 : 0;
}

/* --- the list's plan --- */

static gpointer
json_open (AnnalsFormatReader *reader)
{
  Json *self = g_new0 (Json, 1);

  self->reader = reader;
  self->source = annals_list_source_new (reader);
  self->survey = annals_list_survey_new ();
  self->path = g_strdup ("");
  self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->waiting);

  return self;
}

/* A JSON Feed says of itself what its items do not. */
static void
take_feed (Json *self)
{
  const char *title = annals_json_splitter_get_member (self->splitter, "title");
  const char *home = annals_json_splitter_get_member (self->splitter, "home_page_url");
  const char *address = annals_json_splitter_get_member (self->splitter, "feed_url");
  const char *language = annals_json_splitter_get_member (self->splitter, "language");
  const char *author = annals_json_splitter_get_member (self->splitter, "authors.name");

  if (author == NULL)
    author = annals_json_splitter_get_member (self->splitter, "author.name");

  if (title != NULL)
    {
      g_autofree char *line = annals_text_line_from_html (title, -1);

      annals_format_reader_set_archive (self->reader, line);
      annals_format_reader_set_source (self->reader, line);
    }
  if (language != NULL)
    annals_format_reader_set_language (self->reader, language);
  if (author != NULL)
    {
      g_autofree char *line = annals_text_normalize_line (author, -1);

      annals_list_plan_set_author (self->plan, line);
    }
  if (home != NULL || address != NULL)
    annals_list_plan_set_base (self->plan, home ? home : address);
}

static void
decide (Json *self)
{
  const AnnalsMapping *given = annals_format_reader_get_settings (self->reader)->mapping;
  const char *url = annals_format_reader_get_part (self->reader)->url;

  if (self->layout->feed)
    self->plan = annals_list_plan_new_json_feed (given);
  else if (self->layout->wordpress)
    self->plan = annals_list_plan_new_wordpress (given);
  else
    self->plan = annals_list_plan_new (self->survey, given);

  annals_list_plan_set_base (self->plan, url);
  if (self->layout->feed)
    take_feed (self);
  if (self->layout->single)
    annals_list_plan_set_extent (self->plan, ANNALS_EXTENT_WHOLE);

  annals_format_reader_take_mapping (self->reader, annals_list_plan_dup_mapping (self->plan));
}

static void
take_columns (Json             *self,
              AnnalsListRecord *record)
{
  for (guint i = 0; i < annals_list_record_get_n_columns (record); i++)
    {
      const char *name = annals_list_record_get_column (record, i);
      const char *sample = annals_list_record_get (record, name);

      if (sample == NULL || g_hash_table_size (self->columns) >= ANNALS_LIMIT_COLUMNS ||
          g_hash_table_contains (self->columns, name))
        continue;

      g_hash_table_add (self->columns, g_strdup (name));
      annals_format_reader_take_column (self->reader, annals_column_new (name, sample));
    }
}

/* The records that the plan was made from can be drafted now. */
static void
draft_waiting (Json *self)
{
  Waiting *waiting;

  if (self->plan == NULL)
    decide (self);

  while ((waiting = g_queue_pop_head (&self->waiting)) != NULL)
    {
      annals_list_plan_draft (self->plan, self->reader, waiting->record, g_steal_pointer (&waiting->place));
      waiting_free (waiting);
    }
  self->n_waiting = 0;
}

/* --- records --- */

static char *
dup_place (Json *self)
{
  return g_strdup_printf (_("%s, item %u, line %u"), annals_format_reader_get_name (self->reader),
                          self->n_records, annals_json_splitter_get_line (self->splitter));
}

/* A record that cannot be read is left out. Takes @reason. */
static void
skip_record (Json            *self,
             AnnalsIssueCode  code,
             char            *reason,
             const char      *json,
             gsize            length)
{
  AnnalsDraft *draft = annals_draft_new ();
  g_autofree char *piece = g_strndup (json, MIN (length, 16000));
  g_autofree char *valid = g_utf8_make_valid (piece, -1);

  draft->place = dup_place (self);
  draft->skipped = reason;
  draft->code = code;
  draft->severity = ANNALS_SEVERITY_ERROR;
  draft->excerpt = annals_format_reader_dup_excerpt (valid);
  annals_format_reader_take_draft (self->reader, draft);
}

/* Another list begins: it may have other members. */
static void
enter_list (Json *self)
{
  const char *path = annals_json_splitter_get_path (self->splitter);

  if (g_str_equal (path, self->path))
    return;

  draft_waiting (self);
  g_free (self->path);
  self->path = g_strdup (path);
  g_clear_pointer (&self->plan, annals_list_plan_free);
  g_clear_pointer (&self->survey, annals_list_survey_free);
  self->survey = annals_list_survey_new ();
}

static void
take_record (Json       *self,
             const char *json,
             gsize       length)
{
  g_autoptr(AnnalsListRecord) record = NULL;
  g_autoptr(GError) error = NULL;
  gboolean mended;

  record = annals_json_record_new (json, length, &mended, &error);
  if (record == NULL)
    {
      skip_record (self, ANNALS_ISSUE_DAMAGE,
                   g_strdup_printf (_("The record at byte %" PRId64 " is damaged (%s) and was not imported"),
                                    annals_json_splitter_get_offset (self->splitter), error->message),
                   json, length);
      annals_json_splitter_reject (self->splitter);
      return;
    }

  if (mended && self->n_mended++ == 0)
    self->mended_line = annals_json_splitter_get_line (self->splitter);

  take_columns (self, record);

  if (self->plan == NULL)
    {
      Waiting *waiting = g_new0 (Waiting, 1);

      annals_list_survey_add (self->survey, record);
      waiting->record = g_steal_pointer (&record);
      waiting->place = dup_place (self);
      g_queue_push_tail (&self->waiting, waiting);
      self->n_waiting += length;

      if (self->waiting.length >= ANNALS_LIST_SURVEY || self->n_waiting > SURVEY_BYTES || self->layout->feed ||
          self->layout->wordpress)
        draft_waiting (self);
      return;
    }

  annals_list_plan_draft (self->plan, self->reader, record, dup_place (self));
}

/* --- the end --- */

/* Takes @place and @reason. */
static void
report (Json            *self,
        AnnalsSeverity   severity,
        AnnalsIssueCode  code,
        char            *place,
        char            *reason)
{
  annals_format_reader_take_issue (self->reader, severity, code, place, reason, NULL);
}

static char *
dup_line_place (Json  *self,
                guint  line)
{
  return g_strdup_printf (_("%s, line %u"), annals_format_reader_get_name (self->reader), line);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

static void
report_unused (Json *self)
{
  g_autoptr(GPtrArray) unused = g_ptr_array_new ();
  g_autofree char *list = NULL;
  GHashTableIter iter;
  gpointer name;

  if (self->plan == NULL || self->layout->feed || self->layout->wordpress)
    return;

  g_hash_table_iter_init (&iter, self->columns);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!annals_list_plan_uses (self->plan, name))
      g_ptr_array_add (unused, name);
  if (unused->len == 0)
    return;

  g_ptr_array_sort (unused, compare_names);
  g_ptr_array_add (unused, NULL);
  list = g_strjoinv (", ", (char **) unused->pdata);
  annals_format_reader_take_issue (self->reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_REMAINDER,
                                   g_strdup (annals_format_reader_get_name (self->reader)),
                                   g_strdup (_("Members of the records that hold no field of a post were left out")),
                                   list);
}

static void
report_end (Json *self)
{
  guint n_passed = annals_json_splitter_get_n_passed (self->splitter);
  guint line;
  gint64 offset;
  const char *remainder = annals_json_splitter_get_remainder (self->splitter, &line, &offset);

  if (remainder != NULL)
    {
      g_autofree char *valid = g_utf8_make_valid (remainder, -1);

      annals_format_reader_take_issue (
        self->reader, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE, dup_line_place (self, line),
        g_strdup_printf (_("After the damage no further record was found from byte %" PRId64 " on"), offset),
        valid);
    }

  if (!annals_json_splitter_is_complete (self->splitter))
    report (self, ANNALS_SEVERITY_ERROR, ANNALS_ISSUE_DAMAGE,
            dup_line_place (self, annals_list_source_line_at (self->source, self->source->text->len)),
            g_strdup (_("The file ends here too early: what should follow is missing")));

  if (self->n_mended > 0)
    report (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_DAMAGE, dup_line_place (self, self->mended_line),
            g_strdup_printf (ngettext ("%u record was mended in a place that JSON does not allow",
                                       "%u records were mended in places that JSON does not allow; the first is here",
                                       self->n_mended),
                             self->n_mended));

  if (self->n_scalars > 0)
    report (self, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_REMAINDER, dup_line_place (self, self->scalar_line),
            g_strdup_printf (ngettext ("%u entry of the list is no record, but a single value, and was left out",
                                       "%u entries of the list are no records, but single values, and were left out",
                                       self->n_scalars),
                             self->n_scalars));

  if (n_passed > 0 && !self->layout->feed)
    report (self, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_REMAINDER,
            g_strdup (annals_format_reader_get_name (self->reader)),
            g_strdup_printf (ngettext ("%u object outside the list was left out",
                                       "%u objects outside the list were left out", n_passed),
                             n_passed));

  report_unused (self);
  annals_list_source_report (self->reader);
}

/* Fills the window before the layout is looked for: its beginning decides. */
static gboolean
begin (Json          *self,
       GCancellable  *cancellable,
       GError       **error)
{
  AnnalsListSource *source = self->source;

  while (source->text->len < ANNALS_IMPORT_HEAD_SIZE && !source->at_end)
    if (!annals_list_source_fill (source, cancellable, error))
      return FALSE;

  self->layout = annals_json_layout_new (source->text->str);
  if (self->layout == NULL)
    {
      g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNKNOWN,
                   _("“%s” holds no list of records in JSON"), annals_format_reader_get_name (self->reader));
      return FALSE;
    }

  self->splitter = annals_json_splitter_new (source, self->layout);

  return TRUE;
}

static gboolean
json_step (gpointer       state,
           gboolean      *at_end,
           GCancellable  *cancellable,
           GError       **error)
{
  Json *self = state;
  AnnalsJsonPiece piece;
  const char *json;
  gsize length;

  if (self->splitter == NULL && !begin (self, cancellable, error))
    return FALSE;

  piece = annals_json_splitter_next (self->splitter, &json, &length, cancellable, error);

  switch (piece)
    {
    case ANNALS_JSON_PIECE_ERROR:
      return FALSE;

    case ANNALS_JSON_PIECE_RECORD:
      enter_list (self);
      self->n_records++;
      take_record (self, json, length);
      return TRUE;

    case ANNALS_JSON_PIECE_SCALAR:
      if (self->n_scalars++ == 0)
        self->scalar_line = annals_json_splitter_get_line (self->splitter);
      return TRUE;

    case ANNALS_JSON_PIECE_BROKEN:
      self->n_records++;
      skip_record (self, ANNALS_ISSUE_DAMAGE,
                   g_strdup_printf (_("The record that begins here is damaged at byte %" PRId64
                                      " and was not imported"),
                                    annals_json_splitter_get_offset (self->splitter) + (gint64) length),
                   json, length);
      return TRUE;

    case ANNALS_JSON_PIECE_TOO_DEEP:
      self->n_records++;
      skip_record (self, ANNALS_ISSUE_LIMIT,
                   g_strdup (_("The record’s members stand inside each other more than 100 deep; it was not imported")),
                   json, length);
      return TRUE;

    case ANNALS_JSON_PIECE_TOO_LONG:
      self->n_records++;
      skip_record (self, ANNALS_ISSUE_LIMIT,
                   g_strdup (_("The record that begins here is longer than 64 MB and was not imported")), json, length);
      return TRUE;

    case ANNALS_JSON_PIECE_CUT:
      self->n_records++;
      skip_record (self, ANNALS_ISSUE_DAMAGE,
                   g_strdup (_("The record that begins here has no end and was not imported")), json, length);
      return TRUE;

    case ANNALS_JSON_PIECE_END:
      break;
    }

  draft_waiting (self);
  report_end (self);
  *at_end = TRUE;

  return TRUE;
}

static void
json_close (gpointer state)
{
  Json *self = state;

  g_queue_clear_full (&self->waiting, waiting_free);
  g_clear_pointer (&self->splitter, annals_json_splitter_free);
  g_clear_pointer (&self->layout, annals_json_layout_free);
  g_clear_pointer (&self->plan, annals_list_plan_free);
  g_clear_pointer (&self->survey, annals_list_survey_free);
  annals_list_source_free (self->source);
  g_hash_table_unref (self->columns);
  g_free (self->path);
  g_free (self);
}

const AnnalsFormat annals_format_json = {
  .id = "json",
  .label = N_("List of posts in JSON"),
  .sniff = json_sniff,
  .open = json_open,
  .step = json_step,
  .close = json_close,
};
