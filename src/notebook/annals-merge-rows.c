/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-merge-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-tags.h"
#include "annals-text.h"
#include "annals-timeline-look-private.h"

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
    { "account", N_("account") }, { "annotation", N_("passage") }, { "colour", N_("colour") }, { "date", N_("date") },
    { "decision", N_("decision") }, { "description", N_("description") }, { "from", N_("from") },
    { "hidden", N_("hidden") }, { "name", N_("name") }, { "note", N_("note") },
    { "orphan", N_("kept without its passage") },
    { "parent", N_("tag above it") }, { "post", N_("post") }, { "query", N_("query") }, { "quote", N_("passage") },
    { "read", N_("read") }, { "relation", N_("relation") }, { "rule", N_("rule") }, { "stance", N_("stance") },
    { "starred", N_("starred") }, { "state", N_("state") }, { "synonyms", N_("other names") }, { "text", N_("text") },
    { "title", N_("title") }, { "to", N_("to") }, { "trashed", N_("in the trash") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].member, member))
      return _(members[i].label);

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

static char *
dup_value (const AnnalsEntryField *field,
           const AnnalsEntryValue *value)
{
  if (value->is_null)
    return g_strdup ("");
  if (field->type == ANNALS_VALUE_BOOLEAN)
    return g_strdup (value->number != 0 ? _("yes") : _("no"));

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
annals_merge_add_difference (AnnalsMerge            *self,
                             AnnalsEntry            *entry,
                             const AnnalsEntryField *field,
                             const AnnalsEntryValue *ours,
                             const AnnalsEntryValue *theirs,
                             gboolean                taken)
{
  AnnalsMergeDifference *difference = g_new0 (AnnalsMergeDifference, 1);

  difference->kind = entry->kind;
  difference->name = dup_shown (annals_merge_get_name (entry));
  difference->member = g_strdup (field->member);
  difference->ours = dup_value (field, ours);
  difference->theirs = dup_value (field, theirs);
  difference->taken = taken;
  take_difference (self, difference);

  self->result->n_changed += taken;
  self->result->n_kept += !taken;
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

/* --- finding --- */

void
annals_merge_note_other (AnnalsMerge     *self,
                         AnnalsEntryKind  kind,
                         const char      *uid,
                         gint64           id)
{
  if (self->others[kind] == NULL)
    self->others[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_hash_table_insert (self->others[kind], g_strdup (uid), g_memdup2 (&id, sizeof id));
}

static const char *
get_find_sql (AnnalsEntryKind kind)
{
  switch ((int) kind)
    {
    case ANNALS_ENTRY_IMPORT:
      return "SELECT id FROM import WHERE uid = :uid";

    case ANNALS_ENTRY_ATTACHMENT:
      return "SELECT id FROM attachment WHERE sha256 = :uid";

    case ANNALS_ENTRY_POST:
      return "SELECT id FROM post WHERE uid = :uid";

    case ANNALS_ENTRY_TAG:
      return "SELECT id FROM tag WHERE uid = :uid";

    case ANNALS_ENTRY_ANNOTATION:
      return "SELECT id FROM annotation WHERE uid = :uid";

    case ANNALS_ENTRY_TIMELINE:
      return "SELECT id FROM timeline WHERE uid = :uid";

    case ANNALS_ENTRY_LANE:
      return "SELECT id FROM lane WHERE uid = :uid";

    case ANNALS_ENTRY_EVENT:
      return "SELECT id FROM event WHERE uid = :uid";

    case ANNALS_ENTRY_EVIDENCE:
      return "SELECT id FROM evidence WHERE uid = :uid";

    case ANNALS_ENTRY_LINK:
      return "SELECT id FROM link WHERE uid = :uid";

    case ANNALS_ENTRY_MEMO:
      return "SELECT id FROM memo WHERE uid = :uid";

    case ANNALS_ENTRY_SAVED_SEARCH:
      return "SELECT id FROM saved_search WHERE uid = :uid";

    default:
      g_return_val_if_reached ("SELECT 0 WHERE :uid IS NULL");
    }
}

gboolean
annals_merge_find (AnnalsMerge      *self,
                   AnnalsEntryKind   kind,
                   const char       *uid,
                   gint64           *id,
                   GError          **error)
{
  const gint64 *other = self->others[kind] != NULL ? g_hash_table_lookup (self->others[kind], uid) : NULL;
  g_autoptr(BorrowedStmt) stmt = NULL;
  AnnalsStep step;

  *id = other != NULL ? *other : 0;
  if (other != NULL)
    return TRUE;

  if (!(stmt = annals_db_borrow (self->db, get_find_sql (kind), error)))
    return FALSE;

  bind_text (stmt, ":uid", uid);
  if ((step = annals_db_step (self->db, stmt, error)) == STEP_ROW)
    *id = column_int64 (stmt, 0);

  return step != STEP_ERROR;
}

/* The text of a post that came with that import. */
static gboolean
find_revision (AnnalsMerge  *self,
               gint64        post,
               const char   *import_uid,
               gint64       *id,
               GError      **error)
{
  g_autoptr(BorrowedStmt) stmt = NULL;
  gint64 import_id;

  *id = 0;
  if (!annals_merge_find (self, ANNALS_ENTRY_IMPORT, import_uid, &import_id, error) ||
      !(stmt = annals_db_borrow (self->db,
                                 "SELECT ifnull (max (id), 0) FROM revision WHERE post = :post AND import = :import",
                                 error)))
    return FALSE;

  bind_int64 (stmt, ":post", post);
  bind_int64 (stmt, ":import", import_id);
  if (annals_db_step (self->db, stmt, error) != STEP_ROW)
    return FALSE;

  *id = column_int64 (stmt, 0);
  return TRUE;
}

static gint64
get_seen (AnnalsMerge *self,
          const char  *import_uid)
{
  guint place = GPOINTER_TO_UINT (import_uid != NULL ? g_hash_table_lookup (self->run_of, import_uid) : NULL);
  gint64 seen = self->last_before;

  for (guint i = 0; i < place; i++)
    seen = MAX (seen, g_array_index (self->runs, AnnalsMergeRun, i).last_post);

  return seen;
}

/* --- values --- */

static AnnalsEntryKind
kind_of_end (const char *word)
{
  return g_str_equal (word, "post") ? ANNALS_ENTRY_POST
         : g_str_equal (word, "annotation") ? ANNALS_ENTRY_ANNOTATION : ANNALS_ENTRY_EVENT;
}

/* *id 0: what is referred to is not here. */
static gboolean
resolve (AnnalsMerge  *self,
         AnnalsEntry  *entry,
         guint         field,
         gint64       *id,
         GError      **error)
{
  const AnnalsEntryField *what = &annals_entry_get_class (entry->kind)->fields[field];
  const char *uid = entry->values[field].text != NULL ? entry->values[field].text : "";
  gint64 post;

  if (what->type == ANNALS_VALUE_EITHER)
    return annals_merge_find (self, kind_of_end (entry->values[field - 1].text), uid, id, error);
  if (entry->kind != ANNALS_ENTRY_ANNOTATION || what->target != ANNALS_ENTRY_IMPORT)
    return annals_merge_find (self, what->target, uid, id, error);

  *id = 0;
  return annals_merge_find (self, ANNALS_ENTRY_POST, annals_entry_get_text (entry, "post"), &post, error) &&
         (post == 0 || find_revision (self, post, uid, id, error));
}

static void
bind_string (BorrowedStmt           *stmt,
             const char             *name,
             const AnnalsEntryField *field,
             const char             *text)
{
  g_autofree char *clean = NULL;

  if (g_str_equal (field->member, "title") || g_str_equal (field->member, "name"))
    clean = annals_text_normalize_line (text, -1);
  else if (g_str_equal (field->member, "colour"))
    clean = g_strdup (annals_db_clean_colour (text, 0, NULL) != NULL || *text == '\0'
                      ? text : annals_db_clean_colour (NULL, 0, NULL));

  bind_text (stmt, name, clean != NULL ? clean : text);
}

/* FALSE in *done: what it refers to is not here. */
static gboolean
bind_value (AnnalsMerge   *self,
            BorrowedStmt  *stmt,
            const char    *name,
            AnnalsEntry   *entry,
            guint          field,
            gboolean      *done,
            GError       **error)
{
  const AnnalsEntryField *what = &annals_entry_get_class (entry->kind)->fields[field];
  const AnnalsEntryValue *value = &entry->values[field];
  gint64 id;

  *done = TRUE;
  switch (what->type)
    {
    case ANNALS_VALUE_INTEGER:
    case ANNALS_VALUE_TIME:
      bind_int64 (stmt, name, value->is_null ? 0 : value->number);
      return TRUE;

    case ANNALS_VALUE_BOOLEAN:
      bind_int64 (stmt, name, value->number != 0);
      return TRUE;

    case ANNALS_VALUE_SEEN:
      bind_int64 (stmt, name, value->is_null ? 0 : get_seen (self, value->text));
      return TRUE;

    case ANNALS_VALUE_REFERENCE:
    case ANNALS_VALUE_EITHER:
      if (value->is_null)
        {
          bind_null (stmt, name);
          return TRUE;
        }
      if (!resolve (self, entry, field, &id, error))
        return FALSE;
      bind_id (stmt, name, id);
      *done = id != 0 || what->nullable;
      return TRUE;

    case ANNALS_VALUE_UID:
    case ANNALS_VALUE_STRING:
    case ANNALS_VALUE_LINES:
    case ANNALS_VALUE_DATE:
    case ANNALS_VALUE_JSON:
      bind_string (stmt, name, what, value->text != NULL ? value->text : "");
      return TRUE;

    case ANNALS_VALUE_SECONDS:
    case ANNALS_VALUE_HEX:
    case ANNALS_VALUE_BYTES:
    case ANNALS_VALUE_MARKUP:
    case ANNALS_VALUE_NUMBER:
    case ANNALS_VALUE_PARTS:
      break;   /* of what imports bring: annals-merge-archive.c */
    }

  g_return_val_if_reached (FALSE);
}

static gboolean
is_stored (const AnnalsEntryField *field)
{
  return *field->column != '\0';
}

/* --- columns that follow from others --- */

static void
bind_bounds (BorrowedStmt *stmt,
             const char   *edtf)
{
  g_autoptr(AnnalsDate) date = annals_date_parse (edtf, NULL);
  gint64 seconds;

  if (date != NULL && annals_date_get_from (date, &seconds))
    bind_int64 (stmt, ":from", seconds);
  if (date != NULL && annals_date_get_to (date, &seconds))
    bind_int64 (stmt, ":to", seconds);
}

static void
bind_derived (BorrowedStmt *stmt,
              AnnalsEntry  *entry)
{
  if (entry->kind == ANNALS_ENTRY_TAG)
    {
      g_autofree char *folded = annals_tag_fold (annals_entry_get_text (entry, "name"));

      bind_text (stmt, ":folded", folded);
    }
  else if (entry->kind == ANNALS_ENTRY_EVENT)
    bind_bounds (stmt, annals_entry_get_text (entry, "date"));
}

static const char *
get_insert (AnnalsMerge     *self,
            AnnalsEntryKind  kind)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (kind);
  g_autoptr(GString) columns = NULL;
  g_autoptr(GString) values = NULL;

  if (self->inserts[kind] != NULL)
    return self->inserts[kind];

  columns = g_string_new (NULL);
  values = g_string_new (NULL);
  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    if (is_stored (&klass->fields[i]))
      {
        g_string_append_printf (columns, ", \"%s\"", klass->fields[i].column);
        g_string_append_printf (values, ", :f%u", i);
      }
  if (klass->parent != NULL)
    {
      g_string_append_printf (columns, ", %s", klass->parent);
      g_string_append (values, ", :parent");
    }
  if (kind == ANNALS_ENTRY_TAG)
    {
      g_string_append (columns, ", folded");
      g_string_append (values, ", :folded");
    }
  else if (kind == ANNALS_ENTRY_EVENT)
    {
      g_string_append (columns, ", date_from, date_to");
      g_string_append (values, ", :from, :to");
    }

  self->inserts[kind] = g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT DO NOTHING", klass->table,
                                         columns->str + 2, values->str + 2);
  return self->inserts[kind];
}

static gboolean
note_missing (AnnalsMerge *self,
              AnnalsEntry *entry,
              guint        field)
{
  const AnnalsEntryField *what = &annals_entry_get_class (entry->kind)->fields[field];

  const char *missing = entry->values[field].text != NULL ? entry->values[field].text : "";

  if (entry->line > 0)
    annals_merge_take_remark (self, entry->kind, annals_merge_get_name (entry),
                              g_strdup_printf (_("Left out: line %u names as “%s” %s, which is not in this notebook"),
                                               entry->line, what->member, missing));
  else
    annals_merge_take_remark (self, entry->kind, annals_merge_get_name (entry),
                              g_strdup_printf (_("Left out: its “%s” is %s, which is not in this notebook"),
                                               what->member, missing));

  return TRUE;
}

gboolean
annals_merge_insert (AnnalsMerge  *self,
                     AnnalsEntry  *entry,
                     gint64        parent,
                     gint64       *id,
                     GError      **error)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (entry->kind);
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, get_insert (self, entry->kind), error);
  gboolean done;

  *id = 0;
  if (stmt == NULL)
    return FALSE;

  for (guint i = 0; i < annals_entry_class_count (klass); i++)
    {
      char name[8];

      if (!is_stored (&klass->fields[i]))
        continue;
      g_snprintf (name, sizeof name, ":f%u", i);
      if (!bind_value (self, stmt, name, entry, i, &done, error))
        return FALSE;
      if (!done)
        return note_missing (self, entry, i);
    }
  if (klass->parent != NULL)
    bind_int64 (stmt, ":parent", parent);
  bind_derived (stmt, entry);
  if (!annals_db_run (self->db, stmt, error))
    return FALSE;

  if (sqlite3_changes (self->db->native) == 0)
    return TRUE;

  *id = annals_db_last_id (self->db);
  self->result->n_added[entry->kind]++;
  return TRUE;
}

/* --- one field of a row that is here --- */

gboolean
annals_merge_update (AnnalsMerge  *self,
                     AnnalsEntry  *entry,
                     guint         field,
                     gint64        id,
                     gboolean     *done,
                     GError      **error)
{
  const AnnalsEntryClass *klass = annals_entry_get_class (entry->kind);
  const char *column = klass->fields[field].column;
  gboolean is_date = entry->kind == ANNALS_ENTRY_EVENT && g_str_equal (column, "date");
  gboolean is_name = entry->kind == ANNALS_ENTRY_TAG && g_str_equal (column, "name");
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET \"%s\" = :value%s WHERE id = :id", klass->table, column,
                                          is_date ? ", date_from = :from, date_to = :to"
                                          : is_name ? ", folded = :folded" : "");
  g_autoptr(BorrowedStmt) stmt = annals_db_borrow (self->db, sql, error);

  if (stmt == NULL || !bind_value (self, stmt, ":value", entry, field, done, error))
    return FALSE;
  if (!*done)
    return TRUE;

  if (is_date || is_name)
    bind_derived (stmt, entry);
  bind_int64 (stmt, ":id", id);

  return annals_db_run (self->db, stmt, error);
}
