/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-passage-view-private.h"

#include <stdlib.h>
#include <string.h>

/* Cells of a row stand in one line with a space between them. Where all but the last column leave room,
 * the space is shown as a tab, which is one character too, and the last column goes on under itself. With
 * other letters or another measure the columns are given other places; tabs stay tabs. */

#define COLUMN_GAP 22
#define MAX_COLUMNS 24
/* Cells of a column that are measured: its longest ones by characters. */
#define MEASURED 3
/* Characters of prose by whose width letters are told from others. */
#define SAMPLE 100
/* Of the line, for all columns but the last. */
#define MOST_OF_LINE 0.75

typedef struct
{
  guint length[MEASURED];
  guint start[MEASURED];
  int   width;
} Column;

typedef struct
{
  guint start, end;
  guint row, column;
} Cell;

static gboolean
parse_cell (const AnnalsSpan *span,
            Cell             *cell)
{
  char *comma;

  cell->start = span->start;
  cell->end = span->end;
  if (span->value == NULL || (comma = strchr (span->value, ',')) == NULL)
    return FALSE;

  cell->row = (guint) strtoul (span->value, NULL, 10);
  cell->column = (guint) strtoul (comma + 1, NULL, 10);

  return cell->column < MAX_COLUMNS;
}

static void
note_length (Column     *column,
             const Cell *cell)
{
  guint length = cell->end - cell->start;

  for (guint i = 0; i < MEASURED; i++)
    if (length > column->length[i])
      {
        for (guint k = MEASURED - 1; k > i; k--)
          {
            column->length[k] = column->length[k - 1];
            column->start[k] = column->start[k - 1];
          }
        column->length[i] = length;
        column->start[i] = cell->start;
        return;
      }
}

static void
measure_column (AnnalsPassageView *self,
                Column            *column)
{
  for (guint i = 0; i < MEASURED && column->length[i] > 0; i++)
    {
      g_autofree char *text = annals_text_dup_slice (self->text, column->start[i],
                                                     column->start[i] + MIN (column->length[i], 200));
      g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
      PangoAttrList *bold = pango_attr_list_new ();
      int width;

      /* a header's letters are wider */
      pango_attr_list_insert (bold, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      pango_layout_set_attributes (layout, bold);
      pango_attr_list_unref (bold);
      pango_layout_get_pixel_size (layout, &width, NULL);
      column->width = MAX (column->width, width);
    }
}

/* Where each column begins, in pixels; FALSE when they do not fit. */
static gboolean
find_stops (AnnalsPassageView *self,
            GArray            *cells,
            int                measure,
            int               *stops,
            guint             *n_columns)
{
  Column columns[MAX_COLUMNS];
  int x = 0;

  memset (columns, 0, sizeof columns);
  *n_columns = 0;
  for (guint i = 0; i < cells->len; i++)
    {
      const Cell *cell = &g_array_index (cells, Cell, i);

      note_length (&columns[cell->column], cell);
      *n_columns = MAX (*n_columns, cell->column + 1);
    }

  for (guint i = 0; i < *n_columns; i++)
    {
      stops[i] = x;
      measure_column (self, &columns[i]);
      if (i + 1 < *n_columns)
        x += columns[i].width + COLUMN_GAP;
    }

  return *n_columns > 1 && x <= measure * MOST_OF_LINE;
}

/* A row's line begins at its first cell; each further one has a stop. */
static GtkTextTag *
make_row_tag (AnnalsPassageView *self,
              GArray            *cells,
              guint              first,
              guint              last,
              const int         *stops)
{
  PangoTabArray *tabs = pango_tab_array_new ((int) (last - first), TRUE);
  GtkTextTag *tag = gtk_text_tag_new (NULL);
  int origin = stops[g_array_index (cells, Cell, first).column];

  for (guint i = first + 1; i <= last; i++)
    pango_tab_array_set_tab (tabs, (int) (i - first - 1), PANGO_TAB_LEFT,
                             stops[g_array_index (cells, Cell, i).column] - origin);
  g_object_set (tag,
                "tabs", tabs,
                "left-margin", origin,
                "accumulative-margin", TRUE,
                "indent", -(stops[g_array_index (cells, Cell, last).column] - origin),
                NULL);
  pango_tab_array_free (tabs);
  gtk_text_tag_table_add (gtk_text_buffer_get_tag_table (self->buffer), tag);
  g_ptr_array_add (self->table_tags, tag);
  g_object_unref (tag);   /* the table keeps it */

  return tag;
}

/* @tags: those made for the table, by the columns that a row has */
static GtkTextTag *
ensure_row_tag (AnnalsPassageView *self,
                GHashTable        *tags,
                GArray            *cells,
                guint              first,
                guint              last,
                const int         *stops)
{
  GtkTextTag *tag;
  guint columns = 0;

  for (guint i = first; i <= last; i++)
    columns |= 1u << g_array_index (cells, Cell, i).column;

  if (!(tag = g_hash_table_lookup (tags, GUINT_TO_POINTER (columns))))
    {
      tag = make_row_tag (self, cells, first, last, stops);
      g_hash_table_insert (tags, GUINT_TO_POINTER (columns), tag);
    }

  return tag;
}

static void
set_row (AnnalsPassageView *self,
         GArray            *cells,
         guint              first,
         guint              last,
         GtkTextTag        *tag)
{
  const Cell *cell = &g_array_index (cells, Cell, first);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, (int) cell->start);
  gtk_text_iter_set_line_offset (&start, 0);
  end = start;
  gtk_text_iter_forward_line (&end);
  gtk_text_buffer_apply_tag (self->buffer, tag, &start, &end);

  for (guint i = first + 1; i <= last; i++)
    {
      gtk_text_buffer_get_iter_at_offset (self->buffer, &end, (int) g_array_index (cells, Cell, i).start);
      start = end;
      gtk_text_iter_backward_char (&start);
      if (gtk_text_iter_get_char (&start) == '\t')
        continue;

      gtk_text_buffer_delete (self->buffer, &start, &end);
      gtk_text_buffer_insert_with_tags (self->buffer, &start, "\t", 1, tag,
                                        self->span_tags[ANNALS_SPAN_TABLE], NULL);
    }
}

static gboolean
follows (AnnalsPassageView *self,
         const Cell        *cell,
         const Cell        *next)
{
  GtkTextIter iter;

  if (next->row != cell->row || next->column <= cell->column || next->start != cell->end + 1)
    return FALSE;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, (int) cell->end);

  return gtk_text_iter_get_char (&iter) == ' ' || gtk_text_iter_get_char (&iter) == '\t';
}

static void
lay_out (AnnalsPassageView *self,
         GArray            *cells)
{
  g_autoptr(GHashTable) tags = g_hash_table_new (NULL, NULL);
  int stops[MAX_COLUMNS];
  guint n_columns, next;

  if (!find_stops (self, cells, self->measure - TABLE_INDENT, stops, &n_columns))
    return;

  for (guint i = 0; i < cells->len; i = next)
    {
      next = i + 1;
      while (next < cells->len &&
             follows (self, &g_array_index (cells, Cell, next - 1), &g_array_index (cells, Cell, next)))
        next++;
      if (next > i + 1 || g_array_index (cells, Cell, i).column > 0)
        set_row (self, cells, i, next - 1, ensure_row_tag (self, tags, cells, i, next - 1, stops));
    }
}

void
annals_passage_view_lay_out_tables (AnnalsPassageView *self)
{
  g_autoptr(GArray) cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (self->buffer);
  const AnnalsSpan *spans;
  guint n_spans, end = 0;

  for (guint i = 0; i < self->table_tags->len; i++)
    gtk_text_tag_table_remove (table, g_ptr_array_index (self->table_tags, i));
  g_ptr_array_set_size (self->table_tags, 0);
  self->has_tables = FALSE;
  self->table_measure = self->measure;

  spans = annals_text_get_spans (self->text, &n_spans);
  for (guint i = 0; i < n_spans; i++)
    {
      Cell cell;

      if (cells->len > 0 && spans[i].start >= end)
        {
          lay_out (self, cells);
          g_array_set_size (cells, 0);
        }
      if (spans[i].kind == ANNALS_SPAN_TABLE && spans[i].start >= end)
        end = spans[i].end;
      else if (spans[i].kind == ANNALS_SPAN_CELL && parse_cell (&spans[i], &cell))
        g_array_append_val (cells, cell);
      self->has_tables |= cells->len > 0;
    }
  if (cells->len > 0)
    lay_out (self, cells);
  if (self->has_tables)
    self->table_prose = annals_passage_view_measure_prose (self, SAMPLE);
}

static gboolean
table_cb (gpointer user_data)
{
  AnnalsPassageView *self = user_data;

  self->table_id = 0;
  if (!self->has_tables || (self->table_measure == self->measure &&
                            self->table_prose == annals_passage_view_measure_prose (self, SAMPLE)))
    return G_SOURCE_REMOVE;

  annals_passage_view_lay_out_tables (self);
  /* a tab that took the place of a space has nothing else on it */
  annals_passage_view_paint_marks (self);
  annals_passage_view_paint_hits (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));

  return G_SOURCE_REMOVE;
}

/* Not at once: sizes or styles are being given out. */
void
annals_passage_view_queue_tables (AnnalsPassageView *self)
{
  if (self->has_tables && self->table_id == 0)
    self->table_id = g_idle_add_full (GTK_PRIORITY_RESIZE, table_cb, self, NULL);
}
