/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-notebook-document.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "annals-date.h"
#include "annals-importer.h"
#include "annals-json-pull.h"
#include "annals-limits.h"

/* As much of a file's beginning as says what it is */
#define HEAD 4096

struct _AnnalsNotebookDocument
{
  char                *name;
  AnnalsJsonPull      *pull;
  gint64               size;
  AnnalsNotebookFacts  facts;
  gint64               version;
  AnnalsEntryKind      section;       /* whose list is open; NONE: none */
  gboolean             is_at_list;    /* the next token is that list's beginning */
  gboolean             has_ended;
};

static gboolean
fail (AnnalsNotebookDocument  *self,
      GError                 **error,
      const char              *what,
      const char              *why)
{
  g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_DAMAGED, _("“%s”, line %u: “%s” %s"), self->name,
               annals_json_pull_get_line (self->pull), what, why);
  return FALSE;
}

/* What the reader of tokens says, with the file's name. */
static AnnalsJsonToken
next (AnnalsNotebookDocument  *self,
      GError                 **error)
{
  g_autoptr(GError) failure = NULL;
  AnnalsJsonToken token = annals_json_pull_next (self->pull, &failure);

  if (failure != NULL)
    g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_DAMAGED, "“%s”, %s", self->name, failure->message);

  return token;
}

static gboolean
skip (AnnalsNotebookDocument  *self,
      AnnalsJsonToken          token,
      GError                 **error)
{
  g_autoptr(GError) failure = NULL;

  if (token != ANNALS_JSON_TOKEN_ERROR && annals_json_pull_skip (self->pull, token, &failure))
    return TRUE;

  if (failure != NULL)
    g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_DAMAGED, "“%s”, %s", self->name, failure->message);
  return FALSE;
}

/* --- values --- */

static gboolean
parse_time (const char *text,
            gint64     *microseconds)
{
  g_autoptr(GDateTime) seconds = NULL;
  int year, month, day, hour, minute, second, fraction;
  int length = 0;

  if (sscanf (text, "%4d-%2d-%2dT%2d:%2d:%2d.%6dZ%n", &year, &month, &day, &hour, &minute, &second, &fraction,
              &length) != 7 || length != 27 || text[length] != '\0' || fraction < 0 ||
      !(seconds = g_date_time_new_utc (year, month, day, hour, minute, second)))
    return FALSE;

  *microseconds = g_date_time_to_unix (seconds) * G_USEC_PER_SEC + fraction;
  return TRUE;
}

static gboolean
is_uid (const char *text)
{
  if (!g_uuid_string_is_valid (text))
    return FALSE;

  for (; *text != '\0'; text++)
    if (g_ascii_isupper (*text))
      return FALSE;

  return TRUE;
}

static gboolean
is_hex (const char *text,
        gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]) && (text[i] < 'a' || text[i] > 'f'))
      return FALSE;

  return length % 2 == 0;
}

static gboolean
is_date (const char *text)
{
  g_autoptr(AnnalsDate) date = *text != '\0' ? annals_date_parse (text, NULL) : NULL;

  return *text == '\0' || date != NULL;
}

/* The words that the notebook takes. */
static const struct
{
  AnnalsEntryKind  kind;
  const char      *member;
  const char      *words[8];
} choices[] = {
  { ANNALS_ENTRY_ISSUE, "severity", { "note", "warning", "error" } },
  { ANNALS_ENTRY_REVISION, "markup_kind", { "html", "text" } },
  { ANNALS_ENTRY_REVISION, "kind", { "post", "page", "draft", "private", "trash", "comment", "other" } },
  { ANNALS_ENTRY_ANNOTATION, "state", { "anchored", "moved", "review" } },
  { ANNALS_ENTRY_EVIDENCE, "stance", { "supports", "contradicts" } },
  { ANNALS_ENTRY_LINK, "from_kind", { "post", "annotation", "event" } },
  { ANNALS_ENTRY_LINK, "to_kind", { "post", "annotation", "event" } },
  { ANNALS_ENTRY_LINK, "relation", { "follows", "supports", "contradicts", "cites", "same event", "related" } },
  { ANNALS_ENTRY_SUGGESTION, "decision", { "added", "rejected", "later" } },
};

static gboolean
is_word (AnnalsEntryKind  kind,
         const char      *member,
         const char      *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (choices[i].kind == kind && g_str_equal (choices[i].member, member))
      return g_strv_contains (choices[i].words, text);

  return TRUE;
}

static void
take_text (AnnalsEntryValue *value,
           char             *text,
           gsize             length)
{
  g_free (value->text);
  value->text = text;
  value->length = length;
  value->is_null = FALSE;
}

static gboolean
take_string (AnnalsNotebookDocument  *self,
             AnnalsEntryKind          kind,
             const AnnalsEntryField  *field,
             AnnalsEntryValue        *value,
             GError                 **error)
{
  const char *text = annals_json_pull_get_text (self->pull, NULL);
  char *given;
  gsize length;

  if (!is_word (kind, field->member, text))
    return fail (self, error, field->member, _("holds a word that means nothing there"));

  given = annals_json_pull_steal_text (self->pull, &length);
  take_text (value, given, length);
  return TRUE;
}

static gboolean
take_base64 (AnnalsNotebookDocument  *self,
             const char              *member,
             AnnalsEntryValue        *value,
             GError                 **error)
{
  gsize length;
  char *text = annals_json_pull_steal_text (self->pull, &length);

  if (length % 4 != 0 || strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") != length)
    {
      g_free (text);
      return fail (self, error, member, _("is not base64"));
    }

  if (length > 1)
    g_base64_decode_inplace (text, &length);
  take_text (value, text, length);
  return TRUE;
}

/* {"base64": …}, its beginning read */
static gboolean
take_markup_object (AnnalsNotebookDocument  *self,
                    AnnalsEntryValue        *value,
                    GError                 **error)
{
  AnnalsJsonToken token;

  while ((token = next (self, error)) == ANNALS_JSON_TOKEN_KEY)
    {
      gboolean is_bytes = g_str_equal (annals_json_pull_get_text (self->pull, NULL), "base64");

      token = next (self, error);
      if (is_bytes && token == ANNALS_JSON_TOKEN_STRING)
        {
          if (!take_base64 (self, "base64", value, error))
            return FALSE;
        }
      else if (!skip (self, token, error))
        return FALSE;
    }

  return token == ANNALS_JSON_TOKEN_END_OBJECT &&
         (value->text != NULL || fail (self, error, "markup", _("holds no bytes")));
}

static gboolean
take_lines (AnnalsNotebookDocument  *self,
            const char              *member,
            AnnalsEntryValue        *value,
            GError                 **error)
{
  g_autoptr(GString) lines = g_string_new (NULL);
  AnnalsJsonToken token;

  while ((token = next (self, error)) == ANNALS_JSON_TOKEN_STRING)
    {
      const char *line = annals_json_pull_get_text (self->pull, NULL);

      if (*line == '\0' || strchr (line, '\n') != NULL || lines->len > ANNALS_LIMIT_DOCUMENT_STRING)
        return fail (self, error, member, _("holds a text that is empty or more than one line"));
      if (lines->len > 0)
        g_string_append_c (lines, '\n');
      g_string_append (lines, line);
    }
  if (token != ANNALS_JSON_TOKEN_END_ARRAY)
    return token != ANNALS_JSON_TOKEN_ERROR && fail (self, error, member, _("is not a list of texts"));

  value->length = lines->len;
  take_text (value, g_string_free (g_steal_pointer (&lines), FALSE), value->length);
  return TRUE;
}

static gboolean
take_number (AnnalsNotebookDocument  *self,
             const AnnalsEntryField  *field,
             AnnalsEntryValue        *value,
             GError                 **error)
{
  const char *text = annals_json_pull_get_text (self->pull, NULL);
  char *end;

  value->is_null = FALSE;
  errno = 0;
  if (field->type == ANNALS_VALUE_SECONDS)
    value->seconds = g_ascii_strtod (text, &end);
  else
    value->number = g_ascii_strtoll (text, &end, 10);

  if (*end != '\0' || errno != 0)
    return fail (self, error, field->member, _("is not a number that can stand there"));
  if (field->type == ANNALS_VALUE_INTEGER && value->number < 0 && !g_str_equal (field->member, "extent"))
    return fail (self, error, field->member, _("is below 0"));

  return TRUE;
}

static gboolean read_entry (AnnalsNotebookDocument  *self,
                            AnnalsEntry             *entry,
                            guint                    depth,
                            GError                 **error);

static gboolean
take_parts (AnnalsNotebookDocument  *self,
            const AnnalsEntryField  *field,
            AnnalsEntryValue        *value,
            guint                    depth,
            GError                 **error)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_entry_free);
  AnnalsJsonToken token;

  while ((token = next (self, error)) == ANNALS_JSON_TOKEN_BEGIN_OBJECT)
    {
      AnnalsEntry *part = annals_entry_new (field->target);

      g_ptr_array_add (parts, part);
      if (parts->len > ANNALS_LIMIT_DOCUMENT_PARTS)
        return fail (self, error, field->member, _("is too long"));
      if (!read_entry (self, part, depth + 1, error))
        return FALSE;
    }
  if (token != ANNALS_JSON_TOKEN_END_ARRAY)
    return token != ANNALS_JSON_TOKEN_ERROR && fail (self, error, field->member, _("is not a list of objects"));

  g_clear_pointer (&value->parts, g_ptr_array_unref);
  value->parts = g_steal_pointer (&parts);
  return TRUE;
}

static gboolean
check_text (AnnalsNotebookDocument  *self,
            const AnnalsEntryField  *field,
            const AnnalsEntryValue  *value,
            GError                 **error)
{
  switch (field->type)
    {
    case ANNALS_VALUE_UID:
      return is_uid (value->text) || fail (self, error, field->member, _("is not a UUID in lower case"));

    case ANNALS_VALUE_DATE:
      return is_date (value->text) || fail (self, error, field->member, _("is not a date in EDTF"));

    case ANNALS_VALUE_HEX:
      return is_hex (value->text, value->length) || fail (self, error, field->member, _("is not hexadecimal"));

    default:
      return TRUE;
    }
}

/* A value that is no list and no object; @token begins it. */
static gboolean
take_plain (AnnalsNotebookDocument  *self,
            AnnalsEntryKind          kind,
            const AnnalsEntryField  *field,
            AnnalsEntryValue        *value,
            AnnalsJsonToken          token,
            GError                 **error)
{
  switch (field->type)
    {
    case ANNALS_VALUE_INTEGER:
    case ANNALS_VALUE_NUMBER:
    case ANNALS_VALUE_SECONDS:
      return token == ANNALS_JSON_TOKEN_NUMBER ? take_number (self, field, value, error)
                                               : fail (self, error, field->member, _("is not a number"));

    case ANNALS_VALUE_BOOLEAN:
      value->is_null = FALSE;
      value->number = token == ANNALS_JSON_TOKEN_TRUE;
      return token == ANNALS_JSON_TOKEN_TRUE || token == ANNALS_JSON_TOKEN_FALSE ||
             fail (self, error, field->member, _("is neither true nor false"));

    case ANNALS_VALUE_TIME:
      value->is_null = FALSE;
      return (token == ANNALS_JSON_TOKEN_STRING &&
              parse_time (annals_json_pull_get_text (self->pull, NULL), &value->number)) ||
             fail (self, error, field->member, _("is not a time such as 2026-11-28T09:30:00.000000Z"));

    case ANNALS_VALUE_BYTES:
      return token == ANNALS_JSON_TOKEN_STRING ? take_base64 (self, field->member, value, error)
                                               : fail (self, error, field->member, _("is not base64"));

    case ANNALS_VALUE_UID:
    case ANNALS_VALUE_STRING:
    case ANNALS_VALUE_DATE:
    case ANNALS_VALUE_HEX:
    case ANNALS_VALUE_MARKUP:
    case ANNALS_VALUE_REFERENCE:
    case ANNALS_VALUE_EITHER:
    case ANNALS_VALUE_SEEN:
      return token == ANNALS_JSON_TOKEN_STRING
             ? take_string (self, kind, field, value, error) && check_text (self, field, value, error)
             : fail (self, error, field->member, _("is not a text"));

    case ANNALS_VALUE_LINES:
    case ANNALS_VALUE_JSON:
    case ANNALS_VALUE_PARTS:
      break;
    }

  g_return_val_if_reached (FALSE);
}

static gboolean
read_value (AnnalsNotebookDocument  *self,
            AnnalsEntryKind          kind,
            const AnnalsEntryField  *field,
            AnnalsEntryValue        *value,
            guint                    depth,
            GError                 **error)
{
  AnnalsJsonToken token;

  if (field->type == ANNALS_VALUE_JSON)
    {
      g_autoptr(GError) failure = NULL;
      char *raw = annals_json_pull_dup_raw (self->pull, &failure);

      if (raw == NULL)
        {
          g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_DAMAGED, "“%s”, %s", self->name,
                       failure->message);
          return FALSE;
        }
      take_text (value, raw, strlen (raw));
      return TRUE;
    }

  if ((token = next (self, error)) == ANNALS_JSON_TOKEN_ERROR)
    return FALSE;
  if (token == ANNALS_JSON_TOKEN_NULL && field->type != ANNALS_VALUE_PARTS)
    return field->nullable || field->type == ANNALS_VALUE_SEEN || fail (self, error, field->member, _("is null"));

  if (field->type == ANNALS_VALUE_LINES)
    return token == ANNALS_JSON_TOKEN_BEGIN_ARRAY ? take_lines (self, field->member, value, error)
                                                  : fail (self, error, field->member, _("is not a list of texts"));
  if (field->type == ANNALS_VALUE_PARTS)
    return token == ANNALS_JSON_TOKEN_BEGIN_ARRAY ? take_parts (self, field, value, depth, error)
                                                  : fail (self, error, field->member, _("is not a list of objects"));
  if (field->type == ANNALS_VALUE_MARKUP && token == ANNALS_JSON_TOKEN_BEGIN_OBJECT)
    return take_markup_object (self, value, error);

  return take_plain (self, kind, field, value, token, error);
}

/* --- entries --- */

/* The object whose beginning was read. */
static gboolean
read_entry (AnnalsNotebookDocument  *self,
            AnnalsEntry             *entry,
            guint                    depth,
            GError                 **error)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (entry->kind);
  guint n = annals_entry_class_count (klass);
  guint seen = 0;
  AnnalsJsonToken token;

  entry->line = annals_json_pull_get_line (self->pull);
  for (guint i = 0; i < n; i++)
    entry->values[i].is_null = TRUE;

  while ((token = next (self, error)) == ANNALS_JSON_TOKEN_KEY)
    {
      const char *key = annals_json_pull_get_text (self->pull, NULL);
      guint i;

      for (i = 0; i < n && !g_str_equal (klass->fields[i].member, key); i++);
      if (i == n)   /* added later */
        {
          if (!skip (self, next (self, error), error))
            return FALSE;
          continue;
        }
      if (seen & 1u << i)
        return fail (self, error, klass->fields[i].member, _("stands there twice"));
      seen |= 1u << i;
      if (!read_value (self, entry->kind, &klass->fields[i], &entry->values[i], depth, error))
        return FALSE;
    }
  if (token != ANNALS_JSON_TOKEN_END_OBJECT)
    return FALSE;

  for (guint i = 0; i < n; i++)
    if (!(seen & 1u << i))
      return fail (self, error, klass->fields[i].member, _("is missing"));

  return TRUE;
}

/* --- the document --- */

static AnnalsEntryKind
section_for (const char *name)
{
  for (AnnalsEntryKind i = 0; i < ANNALS_N_SECTIONS; i++)
    if (g_str_equal (annals_entry_get_class (i)->member, name))
      return i;

  return ANNALS_ENTRY_NONE;
}

static gboolean
read_facts (AnnalsNotebookDocument  *self,
            GError                 **error)
{
  AnnalsJsonToken token = next (self, error);
  gint64 created;

  if (token != ANNALS_JSON_TOKEN_BEGIN_OBJECT)
    return token != ANNALS_JSON_TOKEN_ERROR && fail (self, error, "notebook", _("is not an object"));

  while ((token = next (self, error)) == ANNALS_JSON_TOKEN_KEY)
    {
      g_autofree char *key = g_strdup (annals_json_pull_get_text (self->pull, NULL));
      char **place = g_str_equal (key, "uid") ? &self->facts.uid
                     : g_str_equal (key, "title") ? &self->facts.title : NULL;

      if ((token = next (self, error)) == ANNALS_JSON_TOKEN_ERROR)
        return FALSE;
      if (token == ANNALS_JSON_TOKEN_STRING && place != NULL)
        {
          g_free (*place);
          *place = g_strdup (annals_json_pull_get_text (self->pull, NULL));
        }
      else if (token == ANNALS_JSON_TOKEN_STRING && g_str_equal (key, "created") &&
               parse_time (annals_json_pull_get_text (self->pull, NULL), &created))
        self->facts.created = created;
      else if (!skip (self, token, error))
        return FALSE;
    }

  return token == ANNALS_JSON_TOKEN_END_OBJECT &&
         (self->facts.uid == NULL || is_uid (self->facts.uid) ||
          fail (self, error, "uid", _("is not a UUID in lower case")));
}

static gboolean
read_head_value (AnnalsNotebookDocument  *self,
                 const char              *key,
                 GError                 **error)
{
  AnnalsJsonToken token;

  if (g_str_equal (key, "notebook"))
    return read_facts (self, error);

  if ((token = next (self, error)) == ANNALS_JSON_TOKEN_ERROR)
    return FALSE;
  if (g_str_equal (key, "format"))
    return (token == ANNALS_JSON_TOKEN_STRING &&
            g_str_equal (annals_json_pull_get_text (self->pull, NULL), "annals-notebook")) ||
           fail (self, error, "format", _("is not “annals-notebook”"));
  if (g_str_equal (key, "version"))
    {
      self->version = token == ANNALS_JSON_TOKEN_NUMBER
                      ? g_ascii_strtoll (annals_json_pull_get_text (self->pull, NULL), NULL, 10) : 0;
      return self->version == 1 || fail (self, error, "version", _("is not 1; a newer Annals may read it"));
    }

  return skip (self, token, error);
}

/* Up to the next list of entries, whose name has been read then. */
static gboolean
find_section (AnnalsNotebookDocument  *self,
              GError                 **error)
{
  AnnalsJsonToken token;

  while ((token = next (self, error)) == ANNALS_JSON_TOKEN_KEY)
    {
      g_autofree char *key = g_strdup (annals_json_pull_get_text (self->pull, NULL));

      if ((self->section = section_for (key)) != ANNALS_ENTRY_NONE)
        {
          self->is_at_list = TRUE;
          return TRUE;
        }
      if (!read_head_value (self, key, error))
        return FALSE;
    }

  self->has_ended = TRUE;
  return token == ANNALS_JSON_TOKEN_END_OBJECT && next (self, error) == ANNALS_JSON_TOKEN_END;
}

AnnalsEntry *
annals_notebook_document_next (AnnalsNotebookDocument  *self,
                               GError                 **error)
{
  while (!self->has_ended)
    {
      g_autoptr(AnnalsEntry) entry = NULL;
      AnnalsJsonToken token = next (self, error);

      if (self->is_at_list)
        {
          if (token != ANNALS_JSON_TOKEN_BEGIN_ARRAY)
            {
              if (token != ANNALS_JSON_TOKEN_ERROR)
                fail (self, error, annals_entry_get_class (self->section)->member, _("is not a list"));
              return NULL;
            }
          self->is_at_list = FALSE;
          continue;
        }

      switch (token)
        {
        case ANNALS_JSON_TOKEN_BEGIN_OBJECT:
          entry = annals_entry_new (self->section);
          return read_entry (self, entry, 0, error) ? g_steal_pointer (&entry) : NULL;

        case ANNALS_JSON_TOKEN_END_ARRAY:
          if (!find_section (self, error))
            return NULL;
          break;

        case ANNALS_JSON_TOKEN_ERROR:
          return NULL;

        default:
          fail (self, error, annals_entry_get_class (self->section)->member, _("holds what is no object"));
          return NULL;
        }
    }

  return NULL;
}

AnnalsNotebookDocument *
annals_notebook_document_new (GInputStream  *stream,
                              const char    *name,
                              gint64         size,
                              GError       **error)
{
  g_autoptr(AnnalsNotebookDocument) self = NULL;
  AnnalsJsonToken token;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream) && name != NULL, NULL);

  self = g_new0 (AnnalsNotebookDocument, 1);
  self->name = g_strdup (name);
  self->size = size;
  self->pull = annals_json_pull_new (stream);
  self->section = ANNALS_ENTRY_NONE;
  token = next (self, error);
  if (token != ANNALS_JSON_TOKEN_BEGIN_OBJECT)
    {
      if (token != ANNALS_JSON_TOKEN_ERROR)
        fail (self, error, "format", _("is missing: the file is no export of a notebook"));
      return NULL;
    }
  if (!find_section (self, error))
    return NULL;
  if (self->version == 0 || self->facts.uid == NULL || self->facts.title == NULL)
    {
      fail (self, error, self->version == 0 ? "version" : "notebook", _("is missing before the first list"));
      return NULL;
    }

  return g_steal_pointer (&self);
}

AnnalsNotebookDocument *
annals_notebook_document_open (const char  *path,
                               GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = NULL;
  g_autoptr(GFileInfo) info = NULL;
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr(GError) failure = NULL;

  if (!(stream = g_file_read (file, NULL, &failure)))
    {
      g_set_error (error, ANNALS_IMPORT_ERROR, ANNALS_IMPORT_ERROR_UNREADABLE, "“%s”: %s", path, failure->message);
      return NULL;
    }
  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);

  return annals_notebook_document_new (G_INPUT_STREAM (stream), name, info != NULL ? g_file_info_get_size (info) : 0,
                                       error);
}

void
annals_notebook_document_free (AnnalsNotebookDocument *self)
{
  g_clear_pointer (&self->pull, annals_json_pull_free);
  annals_notebook_facts_clear (&self->facts);
  g_free (self->name);
  g_free (self);
}

const AnnalsNotebookFacts *
annals_notebook_document_get_facts (AnnalsNotebookDocument *self)
{
  return &self->facts;
}

double
annals_notebook_document_get_fraction (AnnalsNotebookDocument *self)
{
  return self->size > 0 ? (double) annals_json_pull_get_offset (self->pull) / (double) self->size : 0;
}

/* --- what a file is --- */

const char *
annals_document_sniff (const char *path)
{
  static const char * const formats[] = { "annals-notebook", "annals-timeline", "annals-notes" };
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autoptr(GInputStream) head = NULL;
  g_autoptr(AnnalsJsonPull) pull = NULL;
  char bytes[HEAD];
  gsize length = 0;

  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, sizeof bytes, &length, NULL, NULL))
    return NULL;

  /* The first member tells. */
  head = g_memory_input_stream_new_from_data (bytes, (gssize) length, NULL);
  pull = annals_json_pull_new (head);
  if (annals_json_pull_next (pull, NULL) != ANNALS_JSON_TOKEN_BEGIN_OBJECT ||
      annals_json_pull_next (pull, NULL) != ANNALS_JSON_TOKEN_KEY ||
      !g_str_equal (annals_json_pull_get_text (pull, NULL), "format") ||
      annals_json_pull_next (pull, NULL) != ANNALS_JSON_TOKEN_STRING)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (annals_json_pull_get_text (pull, NULL), formats[i]))
      return formats[i];

  return NULL;
}

/* --- into a notebook --- */

static AnnalsEntry *
next_cb (gpointer   user_data,
         GError   **error)
{
  return annals_notebook_document_next (user_data, error);
}

static double
fraction_cb (gpointer user_data)
{
  return annals_notebook_document_get_fraction (user_data);
}

AnnalsMergeResult *
annals_import_notebook_document (AnnalsNotebook       *notebook,
                                 const char           *path,
                                 AnnalsMergeProgress   progress,
                                 gpointer              user_data,
                                 GCancellable         *cancellable,
                                 GError              **error)
{
  g_autoptr(AnnalsNotebookDocument) document = NULL;
  AnnalsMergeSource source = { next_cb, fraction_cb };
  g_autofree char *label = NULL;

  g_return_val_if_fail (ANNALS_IS_NOTEBOOK (notebook), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  if (!(document = annals_notebook_document_open (path, error)))
    return NULL;

  label = g_strdup_printf (_("Import “%s”"), document->name);
  source.user_data = document;
  source.facts = document->facts;

  return annals_notebook_merge (notebook, &source, label, progress, user_data, cancellable, error);
}
