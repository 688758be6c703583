/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-limits.h"
#include "annals-qde-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-decoder.h"
#include "annals-foreign-records.h"

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
    {
      self->n_unknown++;
      return;
    }

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

/* What is said of a passage: its own words, then its notes and those of its codings. */
static char *
dup_words (AnnalsQde *self,
           xmlNode   *node)
{
  g_autofree char *description = annals_qde_dup_content (annals_qde_child (node, "Description"));
  g_autoptr(GString) words = g_string_new (g_strstrip (description));
  g_autofree char *notes = annals_qde_dup_note_words (self, node);

  g_string_append_printf (words, "%s%s", words->len > 0 && *notes != '\0' ? "\n\n" : "", notes);
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      g_autofree char *more = annals_qde_is (child, "Coding") ? annals_qde_dup_note_words (self, child) : g_strdup ("");

      g_string_append_printf (words, "%s%s", words->len > 0 && *more != '\0' ? "\n\n" : "", more);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
add_passage (AnnalsQde *self,
             xmlNode   *node,
             Offsets   *offsets,
             guint      source,
             guint      start,
             guint      end)
{
  AnnalsRecordNote *note;

  if (annals_records_is_full (self->records, self->records->notes))
    return;

  note = annals_records_add_note (self->records, annals_qde_dup_place (self, node));
  note->uid = annals_qde_dup_guid (node, "guid");
  note->source = (int) source;
  annals_record_note_quote (note, offsets->raw, offsets_get (offsets, start), offsets_get (offsets, end), start, end);
  take_codings (self, node, note->codes, &note->colour);
  colour_by_code (self, note);
  annals_qde_read_author (self, node, &note->author, &note->created, &note->modified);
  note->note = dup_words (self, node);
  if (note->uid != NULL)
    g_hash_table_add (self->ends, g_strdup (note->uid));
}

static void
take_selection (AnnalsQde *self,
                xmlNode   *node,
                Offsets   *offsets,
                guint      source)
{
  g_autofree char *place = NULL;
  g_autofree char *description = NULL;
  guint start, end;

  if (read_position (node, "startPosition", &start) && read_position (node, "endPosition", &end) && start < end &&
      end <= offsets->length)
    {
      add_passage (self, node, offsets, source, start, end);
      return;
    }

  place = annals_qde_dup_place (self, node);
  description = annals_qde_dup_content (annals_qde_child (node, "Description"));
  annals_records_take_skipped (self->records, ANNALS_ISSUE_DAMAGE, place,
                               g_strdup_printf (_("The passage is not in its text, which has %u characters"),
                                                offsets->length), description);
}

/* --- transcripts: moments of the recording stand at places in the text --- */

static GHashTable *
list_moments (xmlNode *transcript)
{
  GHashTable *moments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (xmlNode *node = transcript->children; node != NULL; node = node->next)
    {
      char *uid = annals_qde_is (node, "SyncPoint") ? annals_qde_dup_guid (node, "guid") : NULL;
      guint position;

      if (uid != NULL && read_position (node, "position", &position))
        g_hash_table_replace (moments, uid, GUINT_TO_POINTER (position));
      else
        g_free (uid);
    }

  return moments;
}

static gboolean
get_moment (GHashTable *moments,
            xmlNode    *node,
            const char *name,
            guint      *position)
{
  g_autofree char *uid = annals_qde_dup_guid (node, name);
  gpointer found = NULL;

  if (uid == NULL || !g_hash_table_lookup_extended (moments, uid, NULL, &found))
    return FALSE;

  *position = GPOINTER_TO_UINT (found);
  return TRUE;
}

/* FALSE: its moments stand nowhere in the text. */
static gboolean
take_transcript_selection (AnnalsQde  *self,
                           xmlNode    *node,
                           GHashTable *moments,
                           Offsets    *offsets,
                           guint       source)
{
  guint start, end;

  if (!get_moment (moments, node, "fromSyncPoint", &start) || !get_moment (moments, node, "toSyncPoint", &end) ||
      start >= end || end > offsets->length)
    return FALSE;

  add_passage (self, node, offsets, source, start, end);
  return TRUE;
}

/* --- notes on all of a source --- */

/* Of what several sources have: the same each time */
static char *
dup_uid_of_pair (AnnalsQde  *self,
                 const char *key,
                 guint       number)
{
  const AnnalsRecordSource *source = self->records->sources->pdata[number];
  g_autofree char *both = g_strdup_printf ("%s %s", key, source->uid != NULL ? source->uid
                                                                             : annals_text_get_sha256 (source->text));

  return annals_foreign_dup_uid ("note", both);
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

  if (found == NULL || *found->text == '\0' || annals_records_is_full (self->records, self->records->notes))
    return;

  note = annals_records_add_note (self->records, annals_qde_dup_place (self, found->node));
  note->uid = found->used ? dup_uid_of_pair (self, found->uid, source) : g_strdup (found->uid);
  found->used = TRUE;
  note->source = (int) source;
  note->whole = TRUE;
  note->note = g_strdup (found->text);
  take_codings (self, found->node, note->codes, &note->colour);
  annals_qde_read_author (self, found->node, &note->author, &note->created, &note->modified);
  g_hash_table_add (self->ends, g_strdup (note->uid));
}

static void
take_source_description (AnnalsQde *self,
                         xmlNode   *description,
                         guint      source)
{
  g_autofree char *words = annals_qde_dup_content (description);
  AnnalsRecordNote *note;

  if (*g_strstrip (words) == '\0' || annals_records_is_full (self->records, self->records->notes))
    return;

  note = annals_records_add_note (self->records, annals_qde_dup_place (self, description));
  note->uid = dup_uid_of_pair (self, "description", source);
  note->source = (int) source;
  note->whole = TRUE;
  note->note = g_steal_pointer (&words);
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

  if (meaning == NULL && uid != NULL && g_hash_table_contains (self->other_variables, uid))
    g_hash_table_add (self->left_variables, g_strdup (g_hash_table_lookup (self->other_variables, uid)));
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

/* What a source says of itself besides its passages. */
static void
take_facts (AnnalsQde          *self,
            xmlNode            *node,
            AnnalsRecordSource *source,
            guint               number)
{
  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (annals_qde_is (child, "NoteRef"))
        take_source_note (self, child, number);
      else if (annals_qde_is (child, "VariableValue"))
        take_variable (self, child, source);
      else if (annals_qde_is (child, "Description"))
        take_source_description (self, child, number);
    }
  take_codings (self, node, source->codes, NULL);
}

/* Returns how many of the marks were none in the text: frames in pictures and on pages, stretches of recordings. */
static guint
take_marks (AnnalsQde *self,
            xmlNode   *node,
            Offsets   *offsets,
            guint      number)
{
  g_autoptr(GHashTable) moments = list_moments (node);
  guint n_left = 0;

  for (xmlNode *child = node->children; child != NULL; child = child->next)
    {
      if (annals_qde_is (child, "PlainTextSelection"))
        take_selection (self, child, offsets, number);
      else if (annals_qde_is (child, "TranscriptSelection"))
        n_left += !take_transcript_selection (self, child, moments, offsets, number);
      else if (child->type == XML_ELEMENT_NODE && g_str_has_suffix ((const char *) child->name, "Selection"))
        n_left++;
    }

  return n_left;
}

static void
fill_source (AnnalsQde          *self,
             xmlNode            *node,
             xmlNode            *outer,
             AnnalsRecordSource *source)
{
  guint number = self->records->sources->len - 1;
  Offsets offsets, none;
  guint n_left;

  offsets_init (&offsets, source->raw);
  offsets_init (&none, "");
  n_left = take_marks (self, node, &offsets, number);
  take_facts (self, node, source, number);
  if (outer != node)
    {
      n_left += take_marks (self, outer, &none, number);
      take_facts (self, outer, source, number);
    }
  g_array_unref (offsets.index);
  g_array_unref (none.index);

  if (n_left > 0)
    annals_records_take_issue (self->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_OTHER, source->place,
                               g_strdup_printf (ngettext ("%u mark was left out: it is on a picture, a page or a "
                                                          "recording, not in the text",
                                                          "%u marks were left out: they are on pictures, pages or "
                                                          "recordings, not in the text", n_left), n_left),
                               source->title);
}

static void
check_date (AnnalsQde          *self,
            AnnalsRecordSource *source)
{
  g_autoptr(AnnalsDate) date = NULL;

  if (source->published == NULL || *source->published == '\0' ||
      (date = annals_date_parse_words (source->published, NULL)) != NULL)
    return;

  annals_records_take_issue (self->records, ANNALS_SEVERITY_WARNING, ANNALS_ISSUE_DATE, source->place,
                             g_strdup (_("The date of the source is none; it comes in undated")), source->published);
}

/* @outer: what holds @node when that is the text of something else: of a PDF, a picture, a recording. @uid (nullable):
 * taken */
static void
take_source (AnnalsQde *self,
             xmlNode   *node,
             xmlNode   *outer,
             char      *uid)
{
  g_autofree char *own = uid;
  g_autofree char *raw = annals_qde_dup_text (self, node);
  g_autofree char *name = annals_qde_dup_attribute (outer, "name");
  AnnalsRecordSource *source;

  if (raw == NULL)
    {
      g_autofree char *place = annals_qde_dup_place (self, node);

      annals_records_take_skipped (self->records, ANNALS_ISSUE_EMPTY, place,
                                   g_strdup (_("The text of the source is not in the project; what is marked in it was left out")), name);
      return;
    }
  if (annals_records_is_full (self->records, self->records->sources))
    return;

  source = annals_records_add_source (self->records, annals_qde_dup_place (self, outer));
  source->uid = g_steal_pointer (&own);
  source->title = annals_text_normalize_line (name, -1);
  source->text = text_new (raw);
  source->canonical = g_str_equal (raw, annals_text_get_string (source->text));
  source->raw = g_steal_pointer (&raw);
  if (source->uid != NULL)
    g_hash_table_add (self->ends, g_strdup (source->uid));
  fill_source (self, node, outer, source);
  check_date (self, source);
}

/* A PDF and a picture have one text at most, which is the source's; a recording may have several transcripts. */
static gboolean
take_texts (AnnalsQde *self,
            xmlNode   *outer)
{
  gboolean has_text = FALSE;

  for (xmlNode *node = outer->children; node != NULL; node = node->next)
    {
      gboolean is_text = annals_qde_is (node, "Representation") || annals_qde_is (node, "TextDescription");

      if (is_text || annals_qde_is (node, "Transcript"))
        take_source (self, node, outer, annals_qde_dup_guid (is_text || !has_text ? outer : node, "guid"));
      has_text = has_text || is_text || annals_qde_is (node, "Transcript");
    }

  return has_text;
}

void
annals_qde_read_sources (AnnalsQde *self,
                         xmlNode   *sources)
{
  for (xmlNode *node = sources != NULL ? sources->children : NULL; node != NULL; node = node->next)
    {
      if (node->type != XML_ELEMENT_NODE)
        continue;

      if (annals_qde_is (node, "TextSource"))
        take_source (self, node, node, annals_qde_dup_guid (node, "guid"));
      else if (!take_texts (self, node))
        self->n_others++;
    }
}
