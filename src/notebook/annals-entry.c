/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-entry.h"

#include <string.h>

#include "annals-timeline-look-private.h"

#define UID(member_) { member_, member_, ANNALS_VALUE_UID, FALSE, ANNALS_ENTRY_NONE, NULL }
#define OF(type_, member_) { member_, member_, ANNALS_VALUE_ ## type_, FALSE, ANNALS_ENTRY_NONE, NULL }
#define AS(type_, member_, column_) { member_, column_, ANNALS_VALUE_ ## type_, FALSE, ANNALS_ENTRY_NONE, NULL }
#define TO(member_, column_, target_, expression_) \
  { member_, column_, ANNALS_VALUE_REFERENCE, FALSE, ANNALS_ENTRY_ ## target_, expression_ }
#define MAYBE_TO(member_, column_, target_, expression_) \
  { member_, column_, ANNALS_VALUE_REFERENCE, TRUE, ANNALS_ENTRY_ ## target_, expression_ }
#define PARTS(member_, target_) { member_, "", ANNALS_VALUE_PARTS, FALSE, ANNALS_ENTRY_ ## target_, NULL }
#define WRITTEN OF (TIME, "created"), OF (TIME, "modified"), OF (STRING, "author")

#define DONE(column_) "EXISTS (SELECT 1 FROM import WHERE import.id = " column_ " AND import.state = 'done')"
#define IMPORT_UID(column_) "(SELECT uid FROM import WHERE id = " column_ " AND state = 'done')"
#define REVISION_UID(column_) \
  "(SELECT import.uid FROM revision JOIN import ON import.id = revision.import WHERE revision.id = " column_ \
  " AND import.state = 'done')"
#define POST_UID(column_) "(SELECT uid FROM post WHERE id = " column_ " AND withdrawn = 0)"
#define ANNOTATION_UID(column_) \
  "(SELECT annotation.uid FROM annotation JOIN post ON post.id = annotation.post " \
  "WHERE annotation.id = " column_ " AND post.withdrawn = 0)"
#define UID_OF(table_, column_) "(SELECT uid FROM " table_ " WHERE id = " column_ ")"
#define END_UID(end_) \
  "CASE t." end_ "_kind WHEN 'post' THEN " POST_UID ("t." end_ "_id") \
  " WHEN 'annotation' THEN " ANNOTATION_UID ("t." end_ "_id") \
  " ELSE " UID_OF ("event", "t." end_ "_id") " END"
#define SOURCE_NAME "ifnull ((SELECT name FROM source WHERE id = t.source), '')"

/* "t" is the table. */
static const AnnalsEntryClass classes[ANNALS_N_ENTRIES] = {
  [ANNALS_ENTRY_IMPORT] = {
    "imports", "import", NULL, "WHERE t.state = 'done' ORDER BY t.started, t.uid",
    { UID ("uid"), OF (TIME, "started"), OF (SECONDS, "seconds"), OF (STRING, "path"), OF (STRING, "file_name"),
      OF (INTEGER, "file_size"), OF (STRING, "file_sha256"), OF (STRING, "format"), OF (STRING, "archive"),
      OF (STRING, "options"), AS (INTEGER, "read", "n_read"), AS (INTEGER, "new", "n_new"),
      AS (INTEGER, "updated", "n_updated"), AS (INTEGER, "unchanged", "n_unchanged"),
      AS (INTEGER, "skipped", "n_skipped"), AS (INTEGER, "issues", "n_issues") } },
  [ANNALS_ENTRY_FILE] = {
    "files", "import_file", NULL,
    "JOIN import ON import.id = t.import WHERE import.state = 'done' ORDER BY import.started, import.uid, t.id",
    { TO ("import", "import", IMPORT, IMPORT_UID ("t.import")), OF (STRING, "path"), OF (INTEGER, "size"),
      OF (STRING, "sha256"), OF (STRING, "format") } },
  [ANNALS_ENTRY_ISSUE] = {
    "issues", "import_issue", NULL,
    "JOIN import ON import.id = t.import WHERE import.state = 'done' ORDER BY import.started, import.uid, t.id",
    { TO ("import", "import", IMPORT, IMPORT_UID ("t.import")), OF (STRING, "severity"), OF (STRING, "code"),
      OF (STRING, "place"), OF (STRING, "reason"), OF (STRING, "excerpt"), OF (INTEGER, "record"),
      OF (BOOLEAN, "can_force") } },
  [ANNALS_ENTRY_RULE] = {
    "import_rules", "import_rule", NULL, "ORDER BY t.archive",
    { OF (STRING, "archive"), OF (STRING, "pattern"), OF (STRING, "format"), OF (STRING, "options"),
      OF (TIME, "saved") } },
  [ANNALS_ENTRY_ATTACHMENT] = {
    "attachments", "attachment", NULL,
    "WHERE EXISTS (SELECT 1 FROM picture WHERE picture.attachment = t.id AND (picture.import IS NULL OR "
    DONE ("picture.import") ")) ORDER BY t.sha256",
    { AS (STRING, "sha256", "sha256"), OF (STRING, "media_type"), OF (INTEGER, "size"), OF (BYTES, "bytes") } },
  [ANNALS_ENTRY_PICTURE] = {
    "pictures", "picture", NULL,
    "LEFT JOIN import ON import.id = t.scope WHERE t.attachment IS NOT NULL AND "
    "(t.scope = 0 OR import.state = 'done') "
    "ORDER BY import.started, import.uid, t.address",
    { MAYBE_TO ("scope", "scope", IMPORT, IMPORT_UID ("t.scope")), OF (STRING, "address"),
      TO ("attachment", "attachment", ATTACHMENT,
                "(SELECT sha256 FROM attachment WHERE id = t.attachment AND (t.import IS NULL OR "
                DONE ("t.import") "))"),
      MAYBE_TO ("import", "import", IMPORT, IMPORT_UID ("t.import")) } },
  [ANNALS_ENTRY_POST] = {
    "posts", "post", NULL, "WHERE t.id = :parent",
    { UID ("uid"), TO ("current", "revision", IMPORT, REVISION_UID ("t.revision")),
      PARTS ("aliases", ALIAS), PARTS ("known_copies", KNOWN_COPY), PARTS ("revisions", REVISION) } },
  [ANNALS_ENTRY_ALIAS] = {
    "aliases", "post_alias", "post", "WHERE t.post = :parent AND " DONE ("t.import") " ORDER BY t.id",
    { AS (HEX, "id", "id"), TO ("import", "import", IMPORT, IMPORT_UID ("t.import")) } },
  [ANNALS_ENTRY_KNOWN_COPY] = {
    "known_copies", "known_copy", "post",
    "JOIN import ON import.id = t.import WHERE t.post = :parent AND import.state = 'done' "
    "ORDER BY t.digest, import.started, import.uid",
    { AS (HEX, "digest", "digest"), TO ("import", "import", IMPORT, IMPORT_UID ("t.import")) } },
  [ANNALS_ENTRY_REVISION] = {
    "revisions", "revision", "post",
    "JOIN import ON import.id = t.import WHERE t.post = :parent AND import.state = 'done' "
    "ORDER BY t.created, import.started, import.uid",
    { TO ("import", "import", IMPORT, IMPORT_UID ("t.import")), OF (TIME, "created"), OF (STRING, "kind"),
      OF (INTEGER, "extent"), OF (STRING, "title"), OF (STRING, "url"), OF (STRING, "author"),
      { "source", "source", ANNALS_VALUE_STRING, FALSE, ANNALS_ENTRY_NONE, SOURCE_NAME },
      OF (DATE, "published"), OF (STRING, "language"), OF (INTEGER, "place"),
      OF (LINES, "tags"),
      { "file", "file", ANNALS_VALUE_NUMBER, TRUE, ANNALS_ENTRY_FILE, NULL },
      OF (STRING, "sha256"), OF (STRING, "text"), OF (JSON, "spans"), OF (STRING, "markup_kind"),
      { "markup", "markup", ANNALS_VALUE_MARKUP, TRUE, ANNALS_ENTRY_NONE, NULL },
      PARTS ("copies", COPY) } },
  [ANNALS_ENTRY_COPY] = {
    "copies", "revision_copy", "revision", "WHERE t.revision = :parent ORDER BY t.n",
    { OF (INTEGER, "n"), OF (INTEGER, "extent"), OF (INTEGER, "length"), OF (STRING, "sha256"),
      OF (STRING, "uid"), OF (STRING, "kind"), OF (STRING, "title"), OF (STRING, "url"), OF (STRING, "author"),
      OF (STRING, "source"), OF (DATE, "published"), OF (STRING, "language"), OF (LINES, "tags"),
      OF (INTEGER, "place"), { "file", "file", ANNALS_VALUE_NUMBER, TRUE, ANNALS_ENTRY_FILE, NULL } } },
  [ANNALS_ENTRY_TAG] = {
    "tags", "tag", NULL, "ORDER BY t.uid",
    { UID ("uid"), OF (STRING, "name"), MAYBE_TO ("parent", "parent", TAG, UID_OF ("tag", "t.parent")),
      OF (STRING, "colour"), OF (STRING, "description"), OF (LINES, "synonyms"), OF (STRING, "rule"),
      AS (SEEN, "rule_seen", "rule_seen"), WRITTEN } },
  [ANNALS_ENTRY_MARK] = {
    "marks", "post", NULL,
    "WHERE t.withdrawn = 0 AND (t.read OR t.starred OR t.trashed OR "
    "EXISTS (SELECT 1 FROM post_tag WHERE post_tag.post = t.id)) ORDER BY t.uid",
    { TO ("post", "id", POST, "t.uid"), OF (BOOLEAN, "read"), OF (BOOLEAN, "starred"), OF (BOOLEAN, "trashed"),
      PARTS ("tags", POST_TAG) } },
  [ANNALS_ENTRY_POST_TAG] = {
    "tags", "post_tag", "post", "JOIN tag ON tag.id = t.tag WHERE t.post = :parent ORDER BY tag.uid",
    { TO ("tag", "tag", TAG, UID_OF ("tag", "t.tag")), OF (TIME, "created"), OF (STRING, "author") } },
  [ANNALS_ENTRY_ANNOTATION] = {
    "annotations", "annotation", NULL, "ORDER BY t.uid",
    { UID ("uid"), TO ("post", "post", POST, POST_UID ("t.post")),
      TO ("revision", "revision", IMPORT, REVISION_UID ("t.revision")), OF (INTEGER, "start"),
      OF (INTEGER, "end"), OF (STRING, "quote"), OF (STRING, "prefix"), OF (STRING, "suffix"),
      OF (STRING, "colour"), OF (STRING, "note"), OF (STRING, "state"), OF (BOOLEAN, "orphan"),
      { "moved", "moved", ANNALS_VALUE_TIME, TRUE, ANNALS_ENTRY_NONE, NULL },
      OF (STRING, "was_quote"), OF (INTEGER, "was_start"), WRITTEN, PARTS ("tags", ANNOTATION_TAG) } },
  [ANNALS_ENTRY_ANNOTATION_TAG] = {
    "tags", "annotation_tag", "annotation", "JOIN tag ON tag.id = t.tag WHERE t.annotation = :parent ORDER BY tag.uid",
    { TO ("tag", "tag", TAG, UID_OF ("tag", "t.tag")), OF (TIME, "created"), OF (STRING, "author") } },
  [ANNALS_ENTRY_TIMELINE] = {
    "timelines", "timeline", NULL, "ORDER BY t.uid",
    { UID ("uid"), OF (STRING, "title"), OF (STRING, "description"), OF (STRING, "colour"), OF (STRING, "rule"),
      { "look", "", ANNALS_VALUE_STRING, TRUE, ANNALS_ENTRY_NONE,
        "(SELECT value FROM meta WHERE key = '" ANNALS_TIMELINE_LOOK_KEY "' || t.uid)" },
      WRITTEN, PARTS ("lanes", LANE) } },
  [ANNALS_ENTRY_LANE] = {
    "lanes", "lane", "timeline", "WHERE t.timeline = :parent ORDER BY t.position, t.uid",
    { UID ("uid"), OF (STRING, "name"), OF (STRING, "colour"), OF (INTEGER, "position"), OF (BOOLEAN, "hidden"),
      WRITTEN } },
  [ANNALS_ENTRY_EVENT] = {
    "events", "event", NULL, "ORDER BY t.uid",
    { UID ("uid"), OF (DATE, "date"), OF (STRING, "title"), OF (STRING, "account"), WRITTEN,
      PARTS ("timelines", PLACE), PARTS ("tags", EVENT_TAG), PARTS ("evidence", EVIDENCE) } },
  [ANNALS_ENTRY_PLACE] = {
    "timelines", "timeline_event", "event",
    "JOIN timeline ON timeline.id = t.timeline WHERE t.event = :parent ORDER BY timeline.uid",
    { TO ("timeline", "timeline", TIMELINE, UID_OF ("timeline", "t.timeline")),
      MAYBE_TO ("lane", "lane", LANE, UID_OF ("lane", "t.lane")) } },
  [ANNALS_ENTRY_EVENT_TAG] = {
    "tags", "event_tag", "event", "JOIN tag ON tag.id = t.tag WHERE t.event = :parent ORDER BY tag.uid",
    { TO ("tag", "tag", TAG, UID_OF ("tag", "t.tag")), OF (TIME, "created"), OF (STRING, "author") } },
  [ANNALS_ENTRY_EVIDENCE] = {
    "evidence", "evidence", "event", "WHERE t.event = :parent ORDER BY t.position, t.uid",
    { UID ("uid"), TO ("post", "post", POST, POST_UID ("t.post")),
      MAYBE_TO ("annotation", "annotation", ANNOTATION, ANNOTATION_UID ("t.annotation")), OF (STRING, "stance"),
      OF (STRING, "note"), OF (INTEGER, "position"), WRITTEN } },
  [ANNALS_ENTRY_LINK] = {
    "links", "link", NULL, "ORDER BY t.uid",
    { UID ("uid"), OF (STRING, "from_kind"),
      { "from", "from_id", ANNALS_VALUE_EITHER, FALSE, ANNALS_ENTRY_NONE, END_UID ("from") },
      OF (STRING, "relation"), OF (STRING, "to_kind"),
      { "to", "to_id", ANNALS_VALUE_EITHER, FALSE, ANNALS_ENTRY_NONE, END_UID ("to") },
      OF (STRING, "note"), WRITTEN } },
  [ANNALS_ENTRY_MEMO] = {
    "memos", "memo", NULL, "ORDER BY t.uid",
    { UID ("uid"), OF (STRING, "title"), OF (STRING, "text"), WRITTEN } },
  [ANNALS_ENTRY_SAVED_SEARCH] = {
    "saved_searches", "saved_search", NULL, "ORDER BY t.uid",
    { UID ("uid"), OF (STRING, "name"), OF (STRING, "query"), OF (INTEGER, "position"), OF (SEEN, "seen"),
      WRITTEN } },
  [ANNALS_ENTRY_SUGGESTION] = {
    "suggestions", "suggestion", NULL,
    "JOIN timeline ON timeline.id = t.timeline JOIN post ON post.id = t.post ORDER BY timeline.uid, post.uid",
    { TO ("timeline", "timeline", TIMELINE, UID_OF ("timeline", "t.timeline")),
      TO ("post", "post", POST, POST_UID ("t.post")), OF (STRING, "decision"), OF (TIME, "created"),
      OF (STRING, "author") } },
  [ANNALS_ENTRY_COLOUR] = {
    "colour_names", "colour_name", NULL, "ORDER BY t.colour", { OF (STRING, "colour"), OF (STRING, "name") } },
};

static const struct
{
  const char *table;
  const char *column;   /* NULL: all */
  const char *why;
} left_out[] = {
  { "meta", NULL, "identity and title stand at the head, looks with their timelines; the rest is of the indexes" },
  { "source", NULL, "each revision names its own" },
  { "history", NULL, "steps that were taken in this file" },
  { "revision_picture", NULL, "made of the revision's text" },
  { "memo_reference", NULL, "made of the memo's text" },
  { "text_signature", NULL, "made of the revision's text" },
  { "same_text", NULL, "made of the signatures" },
  { "import", "state", "runs that are not done are left out" },
  { "import", "runner", "of a run that is not done" },
  { "import", "mark_records", "of a run that is not done" },
  { "import", "mark_digest", "of a run that is not done" },
  { "import", "mark_file", "of a run that is not done" },
  { "import", "removing", "of a run that is not done" },
  { "post", "title", "its current revision's" },
  { "post", "url", "its current revision's" },
  { "post", "author", "its current revision's" },
  { "post", "source", "its current revision's" },
  { "post", "published", "its current revision's" },
  { "post", "published_from", "made of the date" },
  { "post", "published_to", "made of the date" },
  { "post", "language", "its current revision's" },
  { "post", "import", "its current revision's" },
  { "post", "place", "its current revision's" },
  { "post", "kind", "its current revision's" },
  { "post", "withdrawn", "posts that do not count are left out" },
  { "tag", "folded", "made of the name" },
  { "event", "date_from", "made of the date" },
  { "event", "date_to", "made of the date" },
};

const AnnalsEntryClass *
annals_entry_get_class (AnnalsEntryKind kind)
{
  g_return_val_if_fail (kind < ANNALS_N_ENTRIES, NULL);

  return &classes[kind];
}

guint
annals_entry_class_count (const AnnalsEntryClass *klass)
{
  guint n = 0;

  while (n < ANNALS_ENTRY_MAX_FIELDS && klass->fields[n].member != NULL)
    n++;

  return n;
}

AnnalsEntry *
annals_entry_new (AnnalsEntryKind kind)
{
  AnnalsEntry *self = g_new0 (AnnalsEntry, 1);

  self->kind = kind;

  return self;
}

void
annals_entry_free (AnnalsEntry *self)
{
  for (guint i = 0; i < ANNALS_ENTRY_MAX_FIELDS; i++)
    {
      g_free (self->values[i].text);
      g_clear_pointer (&self->values[i].parts, g_ptr_array_unref);
    }
  g_free (self);
}

AnnalsEntryValue *
annals_entry_get (AnnalsEntry *self,
                  const char  *member)
{
  const AnnalsEntryClass *klass = &classes[self->kind];

  for (guint i = 0; i < ANNALS_ENTRY_MAX_FIELDS && klass->fields[i].member != NULL; i++)
    if (g_str_equal (klass->fields[i].member, member))
      return &self->values[i];

  g_return_val_if_reached (NULL);
}

const char *
annals_entry_get_text (AnnalsEntry *self,
                       const char  *member)
{
  const AnnalsEntryValue *value = annals_entry_get (self, member);

  return value != NULL && value->text != NULL ? value->text : "";
}

void
annals_entry_set_text (AnnalsEntry *self,
                       const char  *member,
                       const char  *text)
{
  AnnalsEntryValue *value = annals_entry_get (self, member);

  g_free (value->text);
  value->text = g_strdup (text);
  value->length = text != NULL ? strlen (text) : 0;
  value->is_null = text == NULL;
}

void
annals_entry_set_number (AnnalsEntry *self,
                         const char  *member,
                         gint64       number)
{
  AnnalsEntryValue *value = annals_entry_get (self, member);

  value->number = number;
  value->is_null = FALSE;
}

void
annals_entry_leave_unsaid (AnnalsEntry *self,
                           const char  *member)
{
  annals_entry_get (self, member)->is_unsaid = TRUE;
}

const char *
annals_entry_why_left_out (const char *table,
                           const char *column)
{
  for (guint i = 0; i < G_N_ELEMENTS (left_out); i++)
    if (g_str_equal (left_out[i].table, table) &&
        (left_out[i].column == NULL || g_strcmp0 (left_out[i].column, column) == 0))
      return left_out[i].why;

  return NULL;
}

gboolean
annals_entry_holds (const char *table,
                    const char *column)
{
  for (guint i = 0; i < ANNALS_N_ENTRIES; i++)
    {
      if (!g_str_equal (classes[i].table, table))
        continue;

      /* What rows are numbered by says nothing to anybody else. */
      if (g_str_equal (column, "id") || g_strcmp0 (classes[i].parent, column) == 0)
        return TRUE;

      for (guint j = 0; j < ANNALS_ENTRY_MAX_FIELDS && classes[i].fields[j].member != NULL; j++)
        if (g_str_equal (classes[i].fields[j].column, column))
          return TRUE;
    }

  return FALSE;
}
