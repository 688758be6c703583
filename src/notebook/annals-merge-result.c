/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-text.h"

/* characters of a value that the list of differences shows */
#define SHOWN 200

static const char * const labels[ANNALS_N_ENTRIES] = {
  [ANNALS_ENTRY_IMPORT] = N_("Import"),
  [ANNALS_ENTRY_FILE] = N_("File"),
  [ANNALS_ENTRY_ISSUE] = N_("Issue of an import"),
  [ANNALS_ENTRY_RULE] = N_("Rule of an archive"),
  [ANNALS_ENTRY_ATTACHMENT] = N_("Picture"),
  [ANNALS_ENTRY_PICTURE] = N_("Picture"),
  [ANNALS_ENTRY_POST] = N_("Post"),
  [ANNALS_ENTRY_TAG] = N_("Tag"),
  [ANNALS_ENTRY_MARK] = N_("Post"),
  [ANNALS_ENTRY_ANNOTATION] = N_("Note"),
  [ANNALS_ENTRY_TIMELINE] = N_("Timeline"),
  [ANNALS_ENTRY_EVENT] = N_("Event"),
  [ANNALS_ENTRY_LINK] = N_("Link"),
  [ANNALS_ENTRY_MEMO] = N_("Memo"),
  [ANNALS_ENTRY_SAVED_SEARCH] = N_("Saved search"),
  [ANNALS_ENTRY_SUGGESTION] = N_("Suggestion"),
  [ANNALS_ENTRY_COLOUR] = N_("Name of a colour"),
  [ANNALS_ENTRY_ALIAS] = N_("Post"),
  [ANNALS_ENTRY_KNOWN_COPY] = N_("Post"),
  [ANNALS_ENTRY_REVISION] = N_("Text of a post"),
  [ANNALS_ENTRY_COPY] = N_("Text of a post"),
  [ANNALS_ENTRY_POST_TAG] = N_("Tag of a post"),
  [ANNALS_ENTRY_ANNOTATION_TAG] = N_("Tag of a note"),
  [ANNALS_ENTRY_EVENT_TAG] = N_("Tag of an event"),
  [ANNALS_ENTRY_LANE] = N_("Lane"),
  [ANNALS_ENTRY_PLACE] = N_("Event in a timeline"),
  [ANNALS_ENTRY_EVIDENCE] = N_("Evidence"),
};

const char *
annals_entry_kind_get_label (AnnalsEntryKind kind)
{
  g_return_val_if_fail (kind < ANNALS_N_ENTRIES, NULL);

  return _(labels[kind]);
}

const char *
annals_entry_member_get_label (const char *member)
{
  static const struct
  {
    const char *member;
    const char *label;
  } members[] = {
    { "account", NC_("field", "account") }, { "annotation", NC_("field", "passage") },
    { "colour", NC_("field", "colour") }, { "date", NC_("field", "date") },
    { "decision", NC_("field", "decision") }, { "description", NC_("field", "description") },
    { "from", NC_("field", "from") }, { "hidden", NC_("field", "hidden") },
    { "lane", NC_("field", "lane") }, { "name", NC_("field", "name") },
    { "note", NC_("field", "note") }, { "orphan", NC_("field", "kept without its passage") },
    { "parent", NC_("field", "tag above it") },
    /* Translators: of what is in a list */
    { "position", NC_("field", "order") },
    { "post", NC_("field", "post") }, { "query", NC_("field", "query") },
    { "quote", NC_("field", "passage") }, { "read", NC_("field", "read") },
    { "relation", NC_("field", "relation") }, { "rule", NC_("field", "rule") },
    { "stance", NC_("field", "stance") }, { "starred", NC_("field", "starred") },
    { "state", NC_("field", "state") }, { "synonyms", NC_("field", "other names") },
    { "text", NC_("field", "text") }, { "title", NC_("field", "title") },
    { "to", NC_("field", "to") }, { "trashed", NC_("field", "in the trash") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].member, member))
      return g_dpgettext2 (GETTEXT_PACKAGE, "field", members[i].label);

  return member;
}

/* --- what the result says --- */

static void
difference_free (gpointer data)
{
  AnnalsMergeDifference *self = data;

  g_free (self->name);
  g_free (self->member);
  g_free (self->ours);
  g_free (self->theirs);
  g_free (self->remark);
  g_free (self);
}

AnnalsMergeResult *
annals_merge_result_new (void)
{
  AnnalsMergeResult *self = g_new0 (AnnalsMergeResult, 1);

  self->differences = g_ptr_array_new_with_free_func (difference_free);

  return self;
}

void
annals_merge_result_free (AnnalsMergeResult *self)
{
  g_ptr_array_unref (self->differences);
  g_free (self);
}

guint
annals_merge_result_count_added (const AnnalsMergeResult *self)
{
  guint n = 0;

  for (guint i = ANNALS_ENTRY_TAG; i < ANNALS_N_ENTRIES; i++)
    if (i != ANNALS_ENTRY_MARK && i != ANNALS_ENTRY_PLACE && (i < ANNALS_N_SECTIONS || i >= ANNALS_ENTRY_POST_TAG))
      n += self->n_added[i];

  return n;
}

const char *
annals_merge_get_name (AnnalsEntry *entry)
{
  static const char * const members[] = { "title", "name", "quote", "note", "uid", "post", "archive", "colour" };
  const AnnalsEntryClass *klass = annals_entry_get_class (entry->kind);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    for (guint j = 0; j < annals_entry_class_count (klass); j++)
      if (g_str_equal (klass->fields[j].member, members[i]) && entry->values[j].text != NULL &&
          *entry->values[j].text != '\0')
        return entry->values[j].text;

  return "";
}

static char *
dup_shown (const char *text)
{
  g_autofree char *line = annals_text_normalize_line (text, -1);
  g_autofree char *cut = NULL;

  if (g_utf8_strlen (line, -1) <= SHOWN)
    return g_steal_pointer (&line);

  cut = g_utf8_substring (line, 0, SHOWN);
  return g_strconcat (cut, "…", NULL);
}

static const char *
get_name_sql (AnnalsEntryKind kind)
{
  switch ((int) kind)
    {
    case ANNALS_ENTRY_POST:
      return "SELECT title FROM post WHERE id = :id";

    case ANNALS_ENTRY_TAG:
      return "SELECT name FROM tag WHERE id = :id";

    case ANNALS_ENTRY_ANNOTATION:
      return "SELECT iif (quote = '', note, quote) FROM annotation WHERE id = :id";

    case ANNALS_ENTRY_TIMELINE:
      return "SELECT title FROM timeline WHERE id = :id";

    case ANNALS_ENTRY_LANE:
      return "SELECT name FROM lane WHERE id = :id";

    case ANNALS_ENTRY_EVENT:
      return "SELECT title FROM event WHERE id = :id";

    case ANNALS_ENTRY_EVIDENCE:
      return "SELECT title FROM post WHERE id = (SELECT post FROM evidence WHERE id = :id)";

    case ANNALS_ENTRY_MEMO:
      return "SELECT title FROM memo WHERE id = :id";

    case ANNALS_ENTRY_SAVED_SEARCH:
      return "SELECT name FROM saved_search WHERE id = :id";

    default:
      return NULL;
    }
}

char *
annals_merge_dup_row_name (AnnalsMerge     *self,
                           AnnalsEntryKind  kind,
                           gint64           id)
{
  const char *sql = get_name_sql (kind);
  g_autoptr(BorrowedStmt) stmt = sql != NULL && id != 0 ? annals_db_borrow (self->db, sql, NULL) : NULL;

  if (stmt == NULL)
    return g_strdup ("");

  bind_int64 (stmt, ":id", id);
  return annals_db_step (self->db, stmt, NULL) == STEP_ROW ? column_dup_text (stmt, 0) : g_strdup ("");
}

/* A record that has no name of its own is called after the one that it is of. */
static char *
dup_name (AnnalsMerge *self,
          AnnalsEntry *entry)
{
  AnnalsEntryKind kind = ANNALS_ENTRY_POST;
  const char *member = "post";
  g_autofree char *name = NULL;
  gint64 id = 0;

  if (entry->kind == ANNALS_ENTRY_LINK)
    {
      const char *word = annals_entry_get_text (entry, "from_kind");

      kind = g_str_equal (word, "post") ? ANNALS_ENTRY_POST
             : g_str_equal (word, "annotation") ? ANNALS_ENTRY_ANNOTATION : ANNALS_ENTRY_EVENT;
      member = "from";
    }
  else if (entry->kind != ANNALS_ENTRY_EVIDENCE && entry->kind != ANNALS_ENTRY_MARK &&
           entry->kind != ANNALS_ENTRY_SUGGESTION)
    return g_strdup (annals_merge_get_name (entry));

  if (annals_merge_find (self, kind, annals_entry_get_text (entry, member), &id, NULL))
    name = annals_merge_dup_row_name (self, kind, id);

  return name != NULL && *name != '\0' ? g_steal_pointer (&name) : g_strdup (annals_merge_get_name (entry));
}

/* What a reference leads to, by its name. */
static char *
dup_value (AnnalsMerge            *self,
           const AnnalsEntryField *field,
           const AnnalsEntryValue *value)
{
  g_autofree char *name = NULL;
  gint64 id = 0;

  if (value->is_null)
    return g_strdup ("");
  if (field->type == ANNALS_VALUE_BOOLEAN)
    return g_strdup (value->number != 0 ? _("yes") : _("no"));
  if (field->type == ANNALS_VALUE_REFERENCE && value->text != NULL && get_name_sql (field->target) != NULL &&
      annals_merge_find (self, field->target, value->text, &id, NULL))
    name = annals_merge_dup_row_name (self, field->target, id);
  if (name != NULL && *name != '\0')
    return dup_shown (name);

  return value->text != NULL ? dup_shown (value->text) : g_strdup_printf ("%" G_GINT64_FORMAT, value->number);
}

static void
take_difference (AnnalsMerge           *self,
                 AnnalsMergeDifference *difference)
{
  if (self->result->differences->len < ANNALS_MERGE_MAX_DIFFERENCES)
    {
      g_ptr_array_add (self->result->differences, difference);
      return;
    }

  difference_free (difference);
  self->result->n_unlisted++;
}

void
annals_merge_add_words (AnnalsMerge     *self,
                        AnnalsEntryKind  kind,
                        const char      *name,
                        const char      *member,
                        const char      *ours,
                        const char      *theirs,
                        gboolean         taken)
{
  AnnalsMergeDifference *difference = g_new0 (AnnalsMergeDifference, 1);

  difference->kind = kind;
  difference->name = dup_shown (name);
  difference->member = g_strdup (member);
  difference->ours = dup_shown (ours);
  difference->theirs = dup_shown (theirs);
  difference->taken = taken;
  take_difference (self, difference);

  self->result->n_changed += taken;
  self->result->n_kept += !taken;
}

void
annals_merge_add_difference (AnnalsMerge            *self,
                             AnnalsEntry            *entry,
                             const AnnalsEntryField *field,
                             const AnnalsEntryValue *ours,
                             const AnnalsEntryValue *theirs,
                             gboolean                taken)
{
  g_autofree char *name = dup_name (self, entry);
  g_autofree char *our_words = dup_value (self, field, ours);
  g_autofree char *their_words = dup_value (self, field, theirs);

  annals_merge_add_words (self, entry->kind, name, field->member, our_words, their_words, taken);
}

void
annals_merge_take_remark (AnnalsMerge     *self,
                          AnnalsEntryKind  kind,
                          const char      *name,
                          char            *remark)
{
  AnnalsMergeDifference *difference = g_new0 (AnnalsMergeDifference, 1);

  difference->kind = kind;
  difference->name = dup_shown (name);
  difference->remark = remark;
  take_difference (self, difference);
}
