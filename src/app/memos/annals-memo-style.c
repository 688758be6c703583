/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-memo-text-private.h"

#include <string.h>

/* Lines styled at a time, and the longest one whose words are looked at, in bytes. */
#define LINES 200
#define MAX_LINE 20000

void
annals_memo_style_init (AnnalsMemoText *self)
{
  static const double scales[] = { 1.5, 1.25, 1.1 };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    self->styles[ANNALS_STYLE_HEADING_1 + i] =
      gtk_text_buffer_create_tag (self->buffer, NULL, "weight", PANGO_WEIGHT_BOLD, "scale", scales[i], NULL);
  self->styles[ANNALS_STYLE_QUOTE] =
    gtk_text_buffer_create_tag (self->buffer, NULL, "left-margin", 28, "style", PANGO_STYLE_ITALIC, NULL);
  self->styles[ANNALS_STYLE_SIGN] = gtk_text_buffer_create_tag (self->buffer, NULL, "weight", PANGO_WEIGHT_LIGHT,
                                                               "foreground", "#878787", NULL);
  self->styles[ANNALS_STYLE_BOLD] = gtk_text_buffer_create_tag (self->buffer, NULL, "weight", PANGO_WEIGHT_BOLD, NULL);
  self->styles[ANNALS_STYLE_ITALIC] = gtk_text_buffer_create_tag (self->buffer, NULL, "style", PANGO_STYLE_ITALIC, NULL);
  self->styles[ANNALS_STYLE_CODE] = gtk_text_buffer_create_tag (self->buffer, NULL, "family", "monospace", NULL);
  self->styles[ANNALS_STYLE_OPEN] = gtk_text_buffer_create_tag (self->buffer, NULL, "underline", PANGO_UNDERLINE_ERROR,
                                                               NULL);
}

static void
apply (AnnalsMemoText *self,
       AnnalsStyle     style,
       int             line,
       int             start,
       int             end)
{
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_line_index (self->buffer, &from, line, start);
  gtk_text_buffer_get_iter_at_line_index (self->buffer, &to, line, end);
  gtk_text_buffer_apply_tag (self->buffer, self->styles[style], &from, &to);
}

/* "**words**", "*words*", "`words`": one kind of sign in a line. */
static void
style_pairs (AnnalsMemoText *self,
             int             line,
             const char     *text,
             const char     *sign,
             AnnalsStyle     style)
{
  gsize length = strlen (sign);
  const char *open = text;

  while ((open = strstr (open, sign)) != NULL)
    {
      const char *close = strstr (open + length, sign);

      if (close == NULL)
        return;
      if (close == open + length || g_ascii_isspace (open[length]))
        {
          open += length;
          continue;
        }

      apply (self, style, line, open - text, close + length - text);
      apply (self, ANNALS_STYLE_SIGN, line, open - text, open + length - text);
      apply (self, ANNALS_STYLE_SIGN, line, close - text, close + length - text);
      open = close + length;
    }
}

static void
style_beginning (AnnalsMemoText *self,
                 int             line,
                 const char     *text,
                 int             length)
{
  int signs = (int) strspn (text, "#");

  if (signs >= 1 && signs <= 6 && text[signs] == ' ')
    {
      apply (self, ANNALS_STYLE_HEADING_1 + MIN (signs, 3) - 1, line, 0, length);
      apply (self, ANNALS_STYLE_SIGN, line, 0, signs);
    }
  else if (*text == '>')
    {
      apply (self, ANNALS_STYLE_QUOTE, line, 0, length);
      apply (self, ANNALS_STYLE_SIGN, line, 0, 1);
    }
  else if ((*text == '-' || *text == '*' || *text == '+') && text[1] == ' ')
    apply (self, ANNALS_STYLE_BOLD, line, 0, 1);
}

static void
style_line (AnnalsMemoText *self,
            int             line)
{
  g_autofree char *text = NULL;
  g_autoptr(GPtrArray) references = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_line (self->buffer, &start, line);
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  for (guint i = 0; i < ANNALS_N_STYLES; i++)
    gtk_text_buffer_remove_tag (self->buffer, self->styles[i], &start, &end);

  text = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  style_beginning (self, line, text, (int) strlen (text));
  if (strlen (text) > MAX_LINE)
    return;

  style_pairs (self, line, text, "**", ANNALS_STYLE_BOLD);
  if (strstr (text, "**") == NULL && !g_str_has_prefix (text, "* "))
    style_pairs (self, line, text, "*", ANNALS_STYLE_ITALIC);
  style_pairs (self, line, text, "`", ANNALS_STYLE_CODE);

  references = annals_references_parse (text);
  for (guint i = 0; i < references->len; i++)
    {
      const AnnalsReference *reference = references->pdata[i];

      apply (self, ANNALS_STYLE_OPEN, line, (int) reference->start, (int) reference->end);
    }
}

static gboolean
style_cb (gpointer user_data)
{
  AnnalsMemoText *self = user_data;
  int last = MIN (self->last_dirty, gtk_text_buffer_get_line_count (self->buffer) - 1);
  int until = MIN (last, self->first_dirty + LINES);

  for (int line = self->first_dirty; line <= until; line++)
    style_line (self, line);

  if (until < last)
    {
      self->first_dirty = until + 1;
      return G_SOURCE_CONTINUE;
    }

  self->first_dirty = -1;
  self->style_id = 0;
  return G_SOURCE_REMOVE;
}

void
annals_memo_style_queue (AnnalsMemoText *self,
                         int             first,
                         int             last)
{
  self->last_dirty = self->first_dirty < 0 ? last : MAX (self->last_dirty, last);
  self->first_dirty = self->first_dirty < 0 ? first : MIN (self->first_dirty, first);
  if (self->style_id == 0)
    self->style_id = g_idle_add_full (GTK_TEXT_VIEW_PRIORITY_VALIDATE + 10, style_cb, self, NULL);
}
