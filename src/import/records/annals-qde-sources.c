/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-qde-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-decoder.h"

/* Offsets of REFI-QDA are Unicode code points of the plain text, and a line end counts as one. */

/* bytes of every so-many-th character */
#define INDEX_STEP 256

/* --- texts --- */

static char *
dup_decoded (GBytes *bytes)
{
  gsize size, mark;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr(AnnalsDecoder) decoder = annals_decoder_new_for_head (data, MIN (size, ANNALS_DECODER_WINDOW));
  GString *text = g_string_new (NULL);

  mark = annals_decoder_get_bom_length (decoder);
  annals_decoder_push (decoder, data + mark, size - mark, TRUE, text);

  return g_string_free (text, FALSE);
}

static char *
dup_lines (const char *text)
{
  g_auto(GStrv) pieces = g_strsplit (text, "\r\n", -1);
  char *joined = g_strjoinv ("\n", pieces);

  return g_strdelimit (joined, "\r", '\n');
}

char *
annals_qde_dup_text (AnnalsQde *self,
                     xmlNode   *node)
{
  xmlNode *content = annals_qde_child (node, "PlainTextContent");
  g_autofree char *path = annals_qde_dup_attribute (node, "plainTextPath");
  g_autofree char *text = NULL;
  g_autofree char *base = NULL;
  const char *slash = strrchr (path, '/');
  GBytes *bytes;

  if (content != NULL)
    {
      text = annals_qde_dup_content (content);
      return dup_lines (text);
    }

  base = g_utf8_strdown (slash != NULL ? slash + 1 : path, -1);
  bytes = self->archive != NULL ? g_hash_table_lookup (self->archive->texts, base) : NULL;
  if (bytes == NULL)
    return NULL;

  text = dup_decoded (bytes);
  return dup_lines (text);
}

/* Each line is a paragraph, as these programs show it. */
static AnnalsText *
text_new (const char *raw)
{
  AnnalsText *text = annals_text_new_from_stored (raw, "[]", NULL);
  g_auto(GStrv) lines = NULL;
  g_autofree char *blocks = NULL;

  if (text != NULL)
    return text;

  lines = g_strsplit (raw, "\n", -1);
  blocks = g_strjoinv ("\n\n", lines);

  return annals_text_new_from_plain (blocks, -1);
}

/* --- offsets --- */

typedef struct
{
  const char *raw;
  GArray     *index;    /* (element type gsize) */
  guint       length;
} Offsets;

static void
offsets_init (Offsets    *self,
              const char *raw)
{
  self->raw = raw;
  self->index = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->length = 0;
  for (const char *p = raw; *p != '\0'; p = g_utf8_next_char (p), self->length++)
    if (self->length % INDEX_STEP == 0)
      {
        gsize at = (gsize) (p - raw);

        g_array_append_val (self->index, at);
      }
}

static const char *
offsets_get (Offsets *self,
             guint    offset)
{
  guint step = offset / INDEX_STEP;
  const char *p;

  if (step >= self->index->len)
    return self->raw + strlen (self->raw);

  p = self->raw + g_array_index (self->index, gsize, step);
  for (guint i = step * INDEX_STEP; i < offset && *p != '\0'; i++)
    p = g_utf8_next_char (p);

  return p;
}

/* --- passages --- */

static void
take_coding (AnnalsQde  *self,
             xmlNode    *coding,
             GArray     *codes,
             char      **colour)
{
  xmlNode *reference = annals_qde_child (coding, "CodeRef");
  g_autofree char *uid = reference != NULL ? annals_qde_dup_guid (reference, "targetGUID") : NULL;
  const AnnalsQdeCode *code = uid != NULL ? g_hash_table_lookup (self->codes, uid) : NULL;
  guint number;

  if (code == NULL)
    return;

  if (code->colour != NULL && colour != NULL && *colour == NULL)
    *colour = g_strdup (code->colour);
  if (code->number < 0)
    return;

  number = (guint) code->number;
  for (guint i = 0; i < codes->len; i++)
    if (g_array_index (codes, guint, i) == number)
      return;
  g_array_append_val (codes, number);
}

static void
take_codings (AnnalsQde  *self,
              xmlNode    *node,
              GArray     *codes,
              char      **colour)
{
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    if (annals_qde_is (child, "Coding"))
      take_coding (self, child, codes, colour);
}

/* In other programs a highlight has the colour of its code: the first that has one. */
static void
colour_by_code (AnnalsQde        *self,
                AnnalsRecordNote *note)
{
  for (guint i = 0; note->colour == NULL && i < note->codes->len; i++)
    {
      const AnnalsCode *code = self->records->codebook->codes->pdata[g_array_index (note->codes, guint, i)];

      note->colour = g_strdup (code->colour);
    }
}

static gboolean
read_position (xmlNode    *node,
               const char *name,
               guint      *position)
{
  g_autofree char *value = annals_qde_dup_attribute (node, name);
  char *end;
  gint64 number = g_ascii_strtoll (value, &end, 10);

  *position = (guint) CLAMP (number, 0, G_MAXINT);

  return end != value && *end == '\0' && number >= 0 && number <= G_MAXINT;
}

static void
take_selection (AnnalsQde *self,
                xmlNode   *node,
                Offsets   *offsets,
                guint      source)
{
  g_autofree char *place = annals_qde_dup_place (self, node);
  g_autofree char *description = annals_qde_dup_content (annals_qde_child (node, "Description"));
  g_autofree char *words = NULL;
  AnnalsRecordNote *note;
  guint start, end;

  if (!read_position (node, "startPosition", &start) || !read_position (node, "endPosition", &end) || start >= end ||
      end > offsets->length)
    {
      annals_records_take_skipped (self->records, ANNALS_ISSUE_DAMAGE, place,
                                   g_strdup_printf (_("The passage is not in its text, which has %u characters"),
                                                    offsets->length), description);
      return;
    }

  note = annals_records_add_note (self->records, g_steal_pointer (&place));
  note->uid = annals_qde_dup_guid (node, "guid");
  note->source = (int) source;
  annals_record_note_quote (note, offsets->raw, offsets_get (offsets, start), offsets_get (offsets, end), start, end);
  take_codings (self, node, note->codes, &note->colour);
  colour_by_code (self, note);
  annals_qde_read_author (self, node, &note->author, &note->created, &note->modified);
  words = annals_qde_dup_note_words (self, node);
  g_strstrip (description);
  note->note = g_strjoin (*description != '\0' && *words != '\0' ? "\n\n" : "", description, words, NULL);
  if (note->uid != NULL)
    g_hash_table_add (self->ends, g_strdup (note->uid));
}

/* A note that a source refers to is one on all of it. */
static void
take_source_note (AnnalsQde *self,
                  xmlNode   *reference,
                  guint      source)
{
  g_autofree char *uid = annals_qde_dup_guid (reference, "targetGUID");
  AnnalsQdeNote *found = uid != NULL ? g_hash_table_lookup (self->notes, uid) : NULL;
  AnnalsRecordNote *note;

  if (found == NULL || found->used || *found->text == '\0')
    return;

  found->used = TRUE;
  note = annals_records_add_note (self->records, annals_qde_dup_place (self, found->node));
  note->uid = g_strdup (found->uid);
  note->source = (int) source;
  note->whole = TRUE;
  note->note = g_strdup (found->text);
  take_codings (self, found->node, note->codes, &note->colour);
  annals_qde_read_author (self, found->node, &note->author, &note->created, &note->modified);
  g_hash_table_add (self->ends, g_strdup (note->uid));
}

/* --- sources --- */

static void
take_variable (AnnalsQde          *self,
               xmlNode            *value,
               AnnalsRecordSource *source)
{
  xmlNode *reference = annals_qde_child (value, "VariableRef");
  g_autofree char *uid = reference != NULL ? annals_qde_dup_guid (reference, "targetGUID") : NULL;
  const char *meaning = uid != NULL ? g_hash_table_lookup (self->variables, uid) : NULL;
  g_autofree char *content = NULL;
  char **field;

  if (meaning == NULL)
    return;

  field = g_str_equal (meaning, "URL") ? &source->url : g_str_equal (meaning, "Author") ? &source->author
          : g_str_equal (meaning, "Published") ? &source->published
          : g_str_equal (meaning, "Source") ? &source->source : &source->language;
  for (xmlNode *child = value->children; child != NULL && *field == NULL; child = child->next)
    if (child->type == XML_ELEMENT_NODE && g_str_has_suffix ((const char *) child->name, "Value"))
      {
        content = annals_qde_dup_content (child);
        *field = annals_text_normalize_line (content, -1);
      }
}

static void
fill_source (AnnalsQde          *self,
             xmlNode            *node,
             AnnalsRecordSource *source,
             guint               number)
{
  Offsets offsets;

  offsets_init (&offsets, source->raw);
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (annals_qde_is (child, "PlainTextSelection") && self->records->notes->len < ANNALS_RECORDS_MAX)
        take_selection (self, child, &offsets, number);
      else if (annals_qde_is (child, "NoteRef"))
        take_source_note (self, child, number);
      else if (annals_qde_is (child, "VariableValue"))
        take_variable (self, child, source);
    }
  g_array_unref (offsets.index);
  take_codings (self, node, source->codes, NULL);
}

/* @outer: what holds @node when that is the text of something else: a PDF. */
static void
take_source (AnnalsQde *self,
             xmlNode   *node,
             xmlNode   *outer)
{
  g_autofree char *raw = annals_qde_dup_text (self, node);
  g_autofree char *name = annals_qde_dup_attribute (outer, "name");
  AnnalsRecordSource *source;

  if (raw == NULL)
    {
      g_autofree char *place = annals_qde_dup_place (self, node);

      annals_records_take_skipped (self->records, ANNALS_ISSUE_EMPTY, place,
                                   g_strdup (_("The text of the source is not in the project")), name);
      return;
    }

  source = annals_records_add_source (self->records, annals_qde_dup_place (self, outer));
  source->uid = annals_qde_dup_guid (outer, "guid");
  source->title = annals_text_normalize_line (name, -1);
  source->text = text_new (raw);
  source->canonical = g_str_equal (raw, annals_text_get_string (source->text));
  source->raw = g_steal_pointer (&raw);
  if (source->uid != NULL)
    g_hash_table_add (self->ends, g_strdup (source->uid));
  fill_source (self, node, source, self->records->sources->len - 1);
}

void
annals_qde_read_sources (AnnalsQde *self,
                         xmlNode   *sources)
{
  for (xmlNode *node = sources != NULL ? sources->children : NULL; node != NULL; node = node->next)
    {
      xmlNode *text = node->type == XML_ELEMENT_NODE ? annals_qde_child (node, "Representation") : NULL;

      if (annals_qde_is (node, "TextSource"))
        take_source (self, node, node);
      else if (text != NULL)
        take_source (self, text, node);
      else if (node->type == XML_ELEMENT_NODE)
        self->n_others++;
    }
}
