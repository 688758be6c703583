/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "annals-colour-names.h"
#include "annals-foreign-records.h"
#include "annals-json.h"
#include "annals-links.h"
#include "annals-posts.h"
#include "annals-qda-xml.h"
#include "annals-qdpx-private.h"

/* What a post says of itself, as variables of its source; annals-qde.c knows them by these names. */
static const char * const variables[] = { "Author", "Published", "Source", "URL", "Language" };

static void
post_free (gpointer data)
{
  AnnalsQdpxPost *self = data;

  g_free (self->uid);
  g_string_free (self->selections, TRUE);
  g_string_free (self->references, TRUE);
  g_free (self);
}

AnnalsQdpxProject *
annals_qdpx_project_new (AnnalsExportRun *run)
{
  AnnalsQdpxProject *self = g_new0 (AnnalsQdpxProject, 1);

  self->run = run;
  self->tags_by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->colours = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->posts = g_ptr_array_new_with_free_func (post_free);
  self->posts_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->users = g_ptr_array_new ();
  self->known_users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sources = g_string_new (NULL);
  self->notes = g_string_new (NULL);
  self->memos = g_string_new (NULL);
  self->links = g_string_new (NULL);

  return self;
}

void
annals_qdpx_project_free (AnnalsQdpxProject *self)
{
  g_hash_table_unref (self->tags_by_name);
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->colour_names, g_hash_table_unref);
  g_hash_table_unref (self->colours);
  g_hash_table_unref (self->posts_by_id);
  g_ptr_array_unref (self->posts);
  g_hash_table_unref (self->ends);
  g_ptr_array_unref (self->users);
  g_hash_table_unref (self->known_users);
  g_string_free (self->sources, TRUE);
  g_string_free (self->notes, TRUE);
  g_string_free (self->memos, TRUE);
  g_string_free (self->links, TRUE);
  g_free (self);
}

void
annals_qdpx_append_author (AnnalsQdpxProject *self,
                           GString           *xml,
                           const char        *author,
                           gint64             created,
                           gint64             modified)
{
  g_autofree char *made = annals_json_dup_time (created);
  g_autofree char *changed = annals_json_dup_time (modified);
  g_autofree char *uid = *author != '\0' ? annals_foreign_dup_uid ("user", author) : NULL;

  if (uid != NULL && !g_hash_table_contains (self->known_users, author))
    {
      char *name = g_strdup (author);

      g_hash_table_add (self->known_users, name);
      g_ptr_array_add (self->users, name);
    }

  if (uid != NULL)
    g_string_append_printf (xml, " creatingUser=\"%s\"", uid);
  g_string_append_printf (xml, " creationDateTime=\"%s\"", made);
  if (modified != created && uid != NULL)
    g_string_append_printf (xml, " modifyingUser=\"%s\"", uid);
  if (modified != created)
    g_string_append_printf (xml, " modifiedDateTime=\"%s\"", changed);
}

void
annals_qdpx_add_note (AnnalsQdpxProject *self,
                      const char        *uid,
                      const char        *title,
                      const char        *text,
                      const char        *codings,
                      const char        *author,
                      gint64             created,
                      gint64             modified)
{
  g_string_append_printf (self->notes, "    <Note guid=\"%s\" name=\"", uid);
  annals_qda_append_text (self->notes, title);
  g_string_append_c (self->notes, '"');
  annals_qdpx_append_author (self, self->notes, author, created, modified);
  g_string_append (self->notes, ">\n      <PlainTextContent>");
  annals_qda_append_text (self->notes, text);
  g_string_append_printf (self->notes, "</PlainTextContent>\n%s    </Note>\n", codings);
}

/* --- tags --- */

gboolean
annals_qdpx_read_tags (AnnalsQdpxProject  *self,
                       GError            **error)
{
  AnnalsDb *db = self->run->db;

  if (!(self->tags = annals_db_list_tags_for_file (db, error)) ||
      !(self->colour_names = annals_db_list_colour_names (db, error)))
    return FALSE;

  for (guint i = 0; i < self->tags->len; i++)
    {
      AnnalsTag *tag = self->tags->pdata[i];

      g_hash_table_insert (self->tags_by_name, tag->name, tag);
    }

  return TRUE;
}

/* The colours of highlights, as codes of a group of their own. */
static void
append_colours (AnnalsQdpxProject *self,
                GString           *xml)
{
  g_autofree char *group = annals_foreign_dup_uid ("codes", "highlights");
  guint n;
  const AnnalsColour *palette = annals_palette_get (&n);

  if (g_hash_table_size (self->colours) == 0)
    return;

  g_string_append_printf (xml, "      <Code guid=\"%s\" name=\"", group);
  annals_qda_append_text (xml, _("Highlights"));
  g_string_append (xml, "\" isCodable=\"false\">\n");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uid = annals_foreign_dup_uid ("colour", palette[i].name);
      const char *name = g_hash_table_lookup (self->colour_names, palette[i].name);

      if (!g_hash_table_contains (self->colours, palette[i].name))
        continue;
      g_string_append_printf (xml, "        <Code guid=\"%s\" name=\"", uid);
      annals_qda_append_text (xml, name != NULL ? name : annals_colour_get_meaning (&palette[i]));
      g_string_append_printf (xml, "\" isCodable=\"true\" color=\"#%06X\"/>\n", palette[i].strong);
    }
  g_string_append (xml, "      </Code>\n");
}

/* --- sources --- */

static void
append_variable (GString    *xml,
                 const char *name,
                 const char *value)
{
  g_autofree char *uid = NULL;

  if (*value == '\0')
    return;

  uid = annals_foreign_dup_uid ("variable", name);
  g_string_append_printf (xml, "      <VariableValue><VariableRef targetGUID=\"%s\"/><TextValue>", uid);
  annals_qda_append_text (xml, value);
  g_string_append (xml, "</TextValue></VariableValue>\n");
}

/* Tags of all of the post */
static void
append_post_codings (AnnalsQdpxProject *self,
                     GString           *xml,
                     const AnnalsPost  *post)
{
  for (guint i = 0; post->tags[i] != NULL; i++)
    {
      const AnnalsTag *tag = g_hash_table_lookup (self->tags_by_name, post->tags[i]);
      g_autofree char *key = tag != NULL ? g_strdup_printf ("%s %s", post->uid, tag->uid) : NULL;
      g_autofree char *uid = tag != NULL ? annals_foreign_dup_uid ("coding", key) : NULL;

      if (tag != NULL)
        g_string_append_printf (xml, "      <Coding guid=\"%s\"><CodeRef targetGUID=\"%s\"/></Coding>\n", uid, tag->uid);
    }
}

static void
append_source (AnnalsQdpxProject    *self,
               const AnnalsQdpxPost *entry,
               const AnnalsPost     *post)
{
  GString *xml = self->sources;
  const char *values[] = { post->author, annals_date_get_edtf (post->published), post->source, post->url,
                           post->language };

  g_string_append_printf (xml, "    <TextSource guid=\"%s\" name=\"", entry->uid);
  annals_qda_append_text (xml, post->title);
  g_string_append_printf (xml, "\" plainTextPath=\"internal://%s.txt\">\n%s", entry->uid, entry->selections->str);
  append_post_codings (self, xml, post);
  g_string_append (xml, entry->references->str);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    append_variable (xml, variables[i], values[i]);
  g_string_append (xml, "    </TextSource>\n");
}

/* --- links --- */

static void
add_link (AnnalsQdpxProject *self,
          const AnnalsLink  *link)
{
  gboolean has_from = g_hash_table_contains (self->ends, link->from->uid);
  gboolean has_to = g_hash_table_contains (self->ends, link->to->uid);
  gboolean both_ways = link->relation == ANNALS_RELATION_RELATED || link->relation == ANNALS_RELATION_SAME_EVENT;

  if (!has_from || !has_to)
    {
      self->n_links_left += has_from || has_to;
      return;
    }

  g_string_append_printf (self->links,
                          "    <Link guid=\"%s\" name=\"%s\" direction=\"%s\" originGUID=\"%s\" targetGUID=\"%s\"",
                          link->uid, annals_relation_to_string (link->relation), both_ways ? "Associative" : "OneWay",
                          link->from->uid, link->to->uid);
  if (*link->note != '\0')
    {
      g_autofree char *uid = annals_foreign_dup_uid ("note", link->uid);
      g_autofree char *title = annals_named_dup_lead (link->note, 60);

      g_string_append_printf (self->links, ">\n      <NoteRef targetGUID=\"%s\"/>\n    </Link>\n", uid);
      annals_qdpx_add_note (self, uid, title, link->note, "", link->author, link->created, link->modified);
    }
  else
    g_string_append (self->links, "/>\n");
}

gboolean
annals_qdpx_read_rest (AnnalsQdpxProject  *self,
                       GError            **error)
{
  AnnalsDb *db = self->run->db;
  g_autoptr(GPtrArray) links = annals_db_list_all_links (db, error);

  if (links == NULL)
    return FALSE;

  for (guint i = 0; i < self->posts->len; i++)
    {
      const AnnalsQdpxPost *entry = self->posts->pdata[i];
      g_autoptr(AnnalsPost) post = annals_db_load_post (db, entry->id, error);

      if (post == NULL || g_cancellable_set_error_if_cancelled (self->run->cancellable, error))
        return FALSE;
      append_source (self, entry, post);
    }

  for (guint i = 0; i < links->len; i++)
    add_link (self, links->pdata[i]);

  return TRUE;
}

/* --- the whole --- */

static void
append_users (AnnalsQdpxProject *self,
              GString           *xml)
{
  if (self->users->len == 0)
    return;

  g_string_append (xml, "  <Users>\n");
  for (guint i = 0; i < self->users->len; i++)
    {
      g_autofree char *uid = annals_foreign_dup_uid ("user", self->users->pdata[i]);

      g_string_append_printf (xml, "    <User guid=\"%s\" name=\"", uid);
      annals_qda_append_text (xml, self->users->pdata[i]);
      g_string_append (xml, "\"/>\n");
    }
  g_string_append (xml, "  </Users>\n");
}

static void
append_code_book (AnnalsQdpxProject *self,
                  GString           *xml)
{
  if (self->tags->len == 0 && g_hash_table_size (self->colours) == 0)
    return;

  g_string_append (xml, "  <CodeBook>\n    <Codes>\n");
  append_colours (self, xml);
  annals_qda_append_codes (xml, self->tags, 6);
  g_string_append (xml, "    </Codes>\n  </CodeBook>\n");
}

static void
append_variables (GString *xml)
{
  g_string_append (xml, "  <Variables>\n");
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_autofree char *uid = annals_foreign_dup_uid ("variable", variables[i]);

      g_string_append_printf (xml, "    <Variable guid=\"%s\" name=\"%s\" typeOfVariable=\"Text\"/>\n", uid,
                              variables[i]);
    }
  g_string_append (xml, "  </Variables>\n");
}

static void
append_list (GString    *xml,
             const char *name,
             GString    *elements)
{
  if (elements->len > 0)
    g_string_append_printf (xml, "  <%s>\n%s  </%s>\n", name, elements->str, name);
}

char *
annals_qdpx_project_dup_xml (AnnalsQdpxProject *self)
{
  g_autofree char *time = annals_json_dup_time (self->run->exported * G_USEC_PER_SEC);
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project name=\"");

  annals_qda_append_text (xml, annals_notebook_get_title (self->run->notebook));
  g_string_append_printf (xml, "\" origin=\"Annals " ANNALS_VERSION "\" creationDateTime=\"%s\" "
                               "xmlns=\"urn:QDA-XML:project:1.0\">\n", time);
  append_users (self, xml);
  append_code_book (self, xml);
  append_variables (xml);
  append_list (xml, "Sources", self->sources);
  append_list (xml, "Notes", self->notes);
  append_list (xml, "Links", self->links);
  g_string_append (xml, self->memos->str);
  g_string_append (xml, "</Project>\n");

  return g_string_free (xml, FALSE);
}
