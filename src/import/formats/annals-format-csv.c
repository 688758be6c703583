/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-format.h"

#include "annals-csv-row.h"
#include "annals-limits.h"
#include "annals-list-draft.h"
#include "annals-list-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Tables as text: fields separated by commas, semicolons, tabs or bars. Which column holds what is guessed
 * from their names and the first rows, which are kept until then.
 */

/* Bytes of rows from which a mapping is guessed */
#define SURVEY_BYTES (8 * 1024 * 1024)
/* Kept before the window moves */
#define KEEP (1024 * 1024)

typedef struct
{
  AnnalsListRecord *record;
  char             *place;
} Waiting;

typedef struct
{
  AnnalsFormatReader *reader;     /* borrowed */
  AnnalsListSource   *source;
  AnnalsCsvDialect    dialect;
  gboolean            begun;
  gsize               position;   /* in the source's window */
  guint               line;       /* there, from 1 */
  GPtrArray          *cells;      /* of the row at hand */
  GPtrArray          *names;      /* of the columns */
  AnnalsListSurvey   *survey;
  AnnalsListPlan     *plan;       /* NULL: it is not decided yet */
  GQueue              waiting;    /* of Waiting */
  gsize               n_waiting;  /* bytes of them */
  gboolean            seen[ANNALS_LIMIT_COLUMNS];   /* the column's sample was given */
  GPtrArray          *reported;   /* names of those columns */
  guint               n_rows;     /* without the header */
  gsize               budget;
} Csv;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  annals_list_record_free (waiting->record);
  g_free (waiting->place);
  g_free (waiting);
}

/* --- columns --- */

/* What the file says for nothing */
static gboolean
is_nothing (const char *cell)
{
  return g_str_equal (cell, "NULL") || g_str_equal (cell, "\\N") || g_str_equal (cell, "nan") ||
         g_str_equal (cell, "NaN") || g_str_equal (cell, "None");
}

static gboolean
has_name (GPtrArray  *names,
          const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

/* A column without a name is called by its number, the second of a name gets one behind it. */
static void
add_name (GPtrArray  *names,
          const char *heading)
{
  g_autofree char *name = annals_text_normalize_line (heading, -1);

  if (*name == '\0')
    {
      g_free (name);
      name = g_strdup_printf ("%u", names->len + 1);
    }

  for (guint i = 2; has_name (names, name) && i < 100; i++)
    {
      g_autofree char *line = annals_text_normalize_line (heading, -1);

      g_free (name);
      name = g_strdup_printf ("%s %u", line, i);
    }

  g_ptr_array_add (names, g_steal_pointer (&name));
}

static AnnalsListRecord *
make_record (GPtrArray *names,
             GPtrArray *cells)
{
  AnnalsListRecord *record = annals_list_record_new ();

  for (guint i = 0; i < cells->len; i++)
    {
      const char *cell = cells->pdata[i];
      const char *name;
      char number[16];

      if (i < names->len)
        {
          name = names->pdata[i];
        }
      else
        {
          g_snprintf (number, sizeof number, "%u", i + 1);
          name = number;
        }

      annals_list_record_take (record, name, is_nothing (cell) ? NULL : g_strdup (cell));
    }

  return record;
}

/* --- recognising --- */

static gboolean
has_suffix (const char *name,
            const char *suffix)
{
  gsize length = strlen (name), n = strlen (suffix);

  return length > n && g_ascii_strcasecmp (name + length - n, suffix) == 0;
}

static gboolean
is_called_table (const AnnalsSniff *sniff)
{
  const char *name = sniff->name ? sniff->name : "";

  if (sniff->media_type != NULL && (g_str_equal (sniff->media_type, "text/csv") ||
                                    g_str_equal (sniff->media_type, "text/tab-separated-values")))
    return TRUE;

  return has_suffix (name, ".csv") || has_suffix (name, ".tsv") || has_suffix (name, ".tab");
}

/* Whether what the columns of the table that begins so hold can be posts; @n_named (out): how many of them are
 * called as such columns are. */
static gboolean
head_is_likely (const AnnalsCsvDialect *dialect,
                const char             *head,
                gboolean                whole,
                guint                  *n_named)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(AnnalsListSurvey) survey = annals_list_survey_new ();
  g_autoptr(AnnalsMapping) mapping = NULL;
  const char *end = head + strlen (head);
  guint n = 0;

  *n_named = 0;
  for (const char *at = head + dialect->start; at < end && n < ANNALS_LIST_SURVEY; n++)
    {
      g_autoptr(AnnalsListRecord) record = NULL;

      if (annals_csv_row_read (at, end, dialect->separator, TRUE, whole, cells, &at) != ANNALS_CSV_ROW)
        break;

      if (n == 0 && dialect->header)
        {
          for (guint i = 0; i < cells->len; i++)
            {
              gboolean known = FALSE;

              add_name (names, cells->pdata[i]);
              for (AnnalsField field = 0; field < ANNALS_N_FIELDS && !known; field++)
                known = annals_list_names_field (cells->pdata[i], field);
              *n_named += known;
            }
          continue;
        }

      record = make_record (names, cells);
      annals_list_survey_add (survey, record);
    }

  mapping = annals_list_survey_guess (survey);

  return annals_list_mapping_is_likely (mapping);
}

static gboolean
has_controls (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text < 0x20 && strchr ("\t\r\n\f\v", *text) == NULL)
      return TRUE;

  return FALSE;
}

static guint
csv_sniff (const AnnalsSniff *sniff)
{
  gboolean called = is_called_table (sniff);
  gboolean whole = sniff->n_bytes < ANNALS_IMPORT_HEAD_SIZE;
  const char *start = sniff->text + strspn (sniff->text, " \r\n");
  AnnalsCsvDialect dialect;
  guint n_named;
  gboolean likely;

  if (*start == '\0' || strchr ("<{[", *start) != NULL || has_controls (sniff->text) ||
      (sniff->n_bytes > 3 && sniff->bytes[0] != 0xff && sniff->bytes[0] != 0xfe &&
       memchr (sniff->bytes, '\0', sniff->n_bytes) != NULL))
    return 0;

  if (!annals_csv_dialect_guess (&dialect, sniff->text, whole))
    return 0;

  likely = head_is_likely (&dialect, sniff->text, whole, &n_named);

  if (called && dialect.header && n_named >= 2 && (dialect.n_rows >= 2 || !whole))
    return 85;
  if (called && dialect.n_rows >= 2 && dialect.n_regular * 10 >= dialect.n_rows * 6)
    return likely ? 85 : 15;

  /* a text has commas, too */
  if (!called && dialect.header && dialect.n_columns >= 3 && dialect.n_rows >= 3 && n_named >= 2 && likely &&
      dialect.n_regular * 20 >= dialect.n_rows * 19)
    return 65;

  return 0;
}

/* --- rows --- */

static gpointer
csv_open (AnnalsFormatReader *reader)
{
  Csv *self = g_new0 (Csv, 1);

  self->reader = reader;
  self->source = annals_list_source_new (reader);
  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->reported = g_ptr_array_new_with_free_func (g_free);
  self->survey = annals_list_survey_new ();
  self->budget = ANNALS_LIMIT_RESCANNED;
  self->line = 1;
  g_queue_init (&self->waiting);

  return self;
}

static char *
dup_place (Csv *self)
{
  return g_strdup_printf (_("%s, item %u, line %u"), annals_format_reader_get_name (self->reader), self->n_rows,
                          self->line);
}

static void
warn (Csv             *self,
      AnnalsSeverity   severity,
      AnnalsIssueCode  code,
      char            *reason,
      gsize            length)
{
  g_autofree char *piece = g_strndup (self->source->text->str + self->position, MIN (length, 16000));
  g_autofree char *valid = g_utf8_make_valid (piece, -1);

  annals_format_reader_take_issue (self->reader, severity, code, dup_place (self), reason, valid);
}

/* The row of self->position is a single line, whatever quotation marks stand in it. */
static const char *
read_line (Csv *self)
{
  const char *text = self->source->text->str;
  const char *behind = NULL;

  annals_csv_row_read (text + self->position, text + self->source->text->len, self->dialect.separator, FALSE, TRUE,
                       self->cells, &behind);

  return behind;
}

/* Reads the row at self->position. @length (out): its bytes, 0 at the end. */
static gboolean
read_row (Csv           *self,
          gsize         *length,
          GCancellable  *cancellable,
          GError       **error)
{
  AnnalsListSource *source = self->source;
  gsize wanted = ANNALS_IMPORT_HEAD_SIZE;

  *length = 0;
  while (TRUE)
    {
      const char *at = source->text->str + self->position;
      const char *end = source->text->str + source->text->len;
      const char *behind = NULL;
      AnnalsCsvResult result = ANNALS_CSV_MORE;

      if (at == end && source->at_end)
        return TRUE;

      if (at < end)
        result = annals_csv_row_read (at, end, self->dialect.separator, self->budget > 0, source->at_end, self->cells,
                                      &behind);

      if (result == ANNALS_CSV_ROW)
        {
          *length = (gsize) (behind - at);
          return TRUE;
        }

      if (result == ANNALS_CSV_UNCLOSED || (result == ANNALS_CSV_MORE && end - at > ANNALS_LIMIT_CSV_ROW))
        {
          self->budget -= MIN (self->budget, (gsize) (end - at));
          behind = read_line (self);
          *length = (gsize) (behind - at);
          warn (self, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_DAMAGE,
                g_strdup (_("A quotation mark in the row is not closed; the row was read as a single line")), *length);
          return TRUE;
        }

      /* twice as much each time, so that a long row is not read over and over */
      while (source->text->len - self->position < wanted && !source->at_end)
        if (!annals_list_source_fill (source, cancellable, error))
          return FALSE;
      wanted *= 2;
    }
}

static void
advance (Csv   *self,
         gsize  length)
{
  const char *at = self->source->text->str + self->position;
  const char *end = at + length;

  while ((at = memchr (at, '\n', (gsize) (end - at))) != NULL)
    {
      self->line++;
      at++;
    }
  self->position += length;
}

static void
take_columns (Csv *self)
{
  GPtrArray *names = self->names;

  for (guint i = 0; i < self->cells->len && i < G_N_ELEMENTS (self->seen); i++)
    {
      g_autofree char *number = NULL;
      const char *name;

      if (self->seen[i] || *(char *) self->cells->pdata[i] == '\0')
        continue;

      self->seen[i] = TRUE;
      number = i < names->len ? NULL : g_strdup_printf ("%u", i + 1);
      name = number ? number : names->pdata[i];
      g_ptr_array_add (self->reported, g_strdup (name));
      annals_format_reader_take_column (self->reader, annals_column_new (name, self->cells->pdata[i]));
    }
}

static void
draft_waiting (Csv *self)
{
  Waiting *waiting;

  if (self->plan == NULL)
    {
      self->plan =
        annals_list_plan_new (self->survey, annals_format_reader_get_settings (self->reader)->mapping);
      annals_list_plan_set_base (self->plan, annals_format_reader_get_part (self->reader)->url);
      annals_format_reader_take_mapping (self->reader, annals_list_plan_dup_mapping (self->plan));
    }

  while ((waiting = g_queue_pop_head (&self->waiting)) != NULL)
    {
      annals_list_plan_draft (self->plan, self->reader, waiting->record, g_steal_pointer (&waiting->place));
      waiting_free (waiting);
    }
}

/* Fields at the end of the row that are empty do not count. */
static guint
count_cells (GPtrArray *cells)
{
  guint n = cells->len;

  while (n > 1 && *(char *) cells->pdata[n - 1] == '\0')
    n--;

  return n;
}

static void
take_row (Csv   *self,
          gsize  length)
{
  g_autoptr(AnnalsListRecord) record = NULL;
  guint n_names = self->names->len;
  Waiting *waiting;

  self->n_rows++;

  if (count_cells (self->cells) > n_names || self->cells->len < n_names)
    warn (self, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_DAMAGE,
          g_strdup_printf (_("The row has %u fields, the table %u columns"), self->cells->len, n_names), length);

  take_columns (self);
  record = make_record (self->names, self->cells);

  if (self->plan != NULL)
    {
      annals_list_plan_draft (self->plan, self->reader, record, dup_place (self));
      return;
    }

  annals_list_survey_add (self->survey, record);
  waiting = g_new0 (Waiting, 1);
  waiting->record = g_steal_pointer (&record);
  waiting->place = dup_place (self);
  g_queue_push_tail (&self->waiting, waiting);
  self->n_waiting += length;

  if (self->waiting.length >= ANNALS_LIST_SURVEY || self->n_waiting > SURVEY_BYTES)
    draft_waiting (self);
}

static void
report_unused (Csv *self)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (guint i = 0; i < self->reported->len; i++)
    if (!annals_list_plan_uses (self->plan, self->reported->pdata[i]))
      g_string_append_printf (list, "%s%s", list->len ? ", " : "", (char *) self->reported->pdata[i]);

  if (list->len > 0)
    annals_format_reader_take_issue (self->reader, ANNALS_SEVERITY_NOTE, ANNALS_ISSUE_REMAINDER,
                                     g_strdup (annals_format_reader_get_name (self->reader)),
                                     g_strdup (_("Columns of the table that hold no field of a post were left out")),
                                     list->str);
}

/* --- the format --- */

static gboolean
begin (Csv           *self,
       GCancellable  *cancellable,
       GError       **error)
{
  AnnalsListSource *source = self->source;
  gsize length;

  while (source->text->len < ANNALS_IMPORT_HEAD_SIZE && !source->at_end)
    if (!annals_list_source_fill (source, cancellable, error))
      return FALSE;

  self->begun = TRUE;
  if (!annals_csv_dialect_guess (&self->dialect, source->text->str, source->at_end))
    {
      /* a single column is a table, too, for those who ask for one */
      self->dialect = (AnnalsCsvDialect) { .separator = ',', .n_columns = 1 };
    }
  advance (self, self->dialect.start);

  if (!self->dialect.header)
    {
      for (guint i = 0; i < self->dialect.n_columns; i++)
        add_name (self->names, "");
      return TRUE;
    }

  if (!read_row (self, &length, cancellable, error))
    return FALSE;
  for (guint i = 0; i < self->cells->len; i++)
    add_name (self->names, self->cells->pdata[i]);
  advance (self, length);

  return TRUE;
}

static gboolean
csv_step (gpointer       state,
          gboolean      *at_end,
          GCancellable  *cancellable,
          GError       **error)
{
  Csv *self = state;
  gsize length;

  if (!self->begun && !begin (self, cancellable, error))
    return FALSE;

  if (self->position >= KEEP)
    {
      annals_list_source_discard (self->source, self->position);
      self->position = 0;
    }

  if (!read_row (self, &length, cancellable, error))
    return FALSE;

  if (length == 0)
    {
      draft_waiting (self);
      report_unused (self);
      annals_list_source_report (self->reader);
      *at_end = TRUE;
      return TRUE;
    }

  if (self->cells->len > 1 || *(char *) self->cells->pdata[0] != '\0')
    take_row (self, length);
  advance (self, length);

  return TRUE;
}

static void
csv_close (gpointer state)
{
  Csv *self = state;

  g_queue_clear_full (&self->waiting, waiting_free);
  g_clear_pointer (&self->plan, annals_list_plan_free);
  g_ptr_array_unref (self->reported);
  annals_list_survey_free (self->survey);
  annals_list_source_free (self->source);
  g_ptr_array_unref (self->cells);
  g_ptr_array_unref (self->names);
  g_free (self);
}

const AnnalsFormat annals_format_csv = {
  .id = "csv",
  .label = N_("Table of posts (CSV)"),
  .sniff = csv_sniff,
  .open = csv_open,
  .step = csv_step,
  .close = csv_close,
};
