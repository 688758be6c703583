/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-pdf-notes.h"

#include <glib/gi18n-lib.h>

#include "annals-colour-names.h"
#include "annals-pdf-note.h"
#include "annals-pdf-parts.h"
#include "annals-report-words.h"

/* Notes whose texts are in memory at a time. */
#define PAGE 256
/* Contents are given of as many notes, in as many sections. */
#define LONG_NOTES 24
#define MIN_SECTIONS 3
#define MAX_SECTIONS 400

/* Between a heading and its first note. */
#define FIRST_GAP 7.0

#define NO_SECTION G_MAXUINT

/* The notes under one heading. */
typedef struct
{
  char   *title;
  gint64  post_id;   /* 0: not of one post */
} Section;

struct _AnnalsPdfNotes
{
  AnnalsExportRun    *run;
  AnnalsReport       *report;     /* the posts that the notes are on */
  GArray             *keys;       /* (element-type AnnalsNoteKey) */
  AnnalsNoteGrouping  grouping;   /* ungrouped: by months */
  AnnalsNoteOrder     order;
  const char         *title;
  GArray             *sections;   /* (element-type Section) */
  GArray             *section_of; /* (element-type guint) parallel to @keys; NO_SECTION: one that is gone */
  GHashTable         *colours;    /* colour → what the notebook calls it, for those that it names */
  GPtrArray          *authors;    /* (element-type utf8) who made them, in the order of their first */
  GHashTable         *counted;    /* (element-type gint64) those that were counted, as one with several tags comes again */
  guint               n_passages;
  guint               n_memos;
};

/* A page of notes as it is read. */
typedef struct
{
  guint           first;
  guint           n;
  gboolean        with_memos;
  GPtrArray      *loaded;    /* (element-type AnnalsNote), NULL for what is gone */
  GPtrArray      *memos;     /* (element-type AnnalsMemo), parallel; NULL for an annotation */
} Page;

static void
section_clear (gpointer data)
{
  g_free (((Section *) data)->title);
}

static void
memo_clear (gpointer data)
{
  if (data != NULL)
    annals_memo_free (data);
}

/* --- looking through them --- */

static gboolean
read_page (AnnalsPdfNotes  *self,
           Page            *page,
           guint            first,
           GError         **error)
{
  AnnalsDb *db = self->run->db;
  const AnnalsNoteKey *keys = &g_array_index (self->keys, AnnalsNoteKey, first);

  page->first = first;
  page->n = MIN (PAGE, self->keys->len - first);
  if (g_cancellable_set_error_if_cancelled (self->run->cancellable, error))
    return FALSE;

  if (!(page->loaded = annals_db_load_notes (db, self->grouping, keys, page->n, error)))
    return FALSE;

  page->memos = g_ptr_array_new_with_free_func (memo_clear);
  for (guint i = 0; i < page->n; i++)
    {
      const AnnalsNote *note = g_ptr_array_index (page->loaded, i);
      AnnalsMemo *memo = NULL;

      if (page->with_memos && note != NULL && note->memo_id != 0 &&
          !(memo = annals_db_load_memo (db, note->memo_id, error)))
        return FALSE;
      g_ptr_array_add (page->memos, memo);

      if (!page->with_memos && note != NULL && note->annotation != NULL &&
          !annals_report_cite_post (self->report, db, note->annotation->post_id, error))
        return FALSE;
    }

  return TRUE;
}

static void
clear_page (Page *page)
{
  g_clear_pointer (&page->loaded, g_ptr_array_unref);
  g_clear_pointer (&page->memos, g_ptr_array_unref);
}

static char *
dup_month (gint64 micros)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (micros / G_USEC_PER_SEC);
  g_autofree char *edtf = time != NULL ? g_date_time_format (time, "%Y-%m") : g_strdup ("");
  g_autoptr(AnnalsDate) date = annals_date_parse (edtf, NULL);

  return date != NULL ? annals_date_dup_display (date) : g_steal_pointer (&edtf);
}

static char *
dup_section_title (AnnalsPdfNotes   *self,
                   const AnnalsNote *note)
{
  const char *title;

  if (self->grouping == ANNALS_NOTES_UNGROUPED)
    return dup_month (self->order == ANNALS_NOTES_BY_MODIFIED ? note->modified : note->created);
  if (note->annotation == NULL)
    return g_strdup (_("Memos"));
  if (self->grouping == ANNALS_NOTES_GROUP_TAG)
    return g_strdup (*note->group_title != '\0' ? note->group_title : _("Without a tag"));

  title = note->annotation->post_title;
  return g_strdup (*title != '\0' ? title : _("A post without a title"));
}

/* Whether it begins another section than the one before it. */
static gboolean
begins_section (AnnalsPdfNotes      *self,
                const AnnalsNoteKey *key,
                const AnnalsNoteKey *before,
                const char          *title)
{
  if (before == NULL || self->sections->len == 0)
    return TRUE;
  if (self->grouping == ANNALS_NOTES_UNGROUPED)
    return !g_str_equal (g_array_index (self->sections, Section, self->sections->len - 1).title, title);

  return key->group != before->group;
}

static void
count_note (AnnalsPdfNotes      *self,
            const AnnalsNoteKey *key,
            const AnnalsNote    *note)
{
  if (!g_hash_table_add (self->counted, (gpointer) &key->id))
    return;

  self->n_passages += note->annotation != NULL;
  self->n_memos += note->annotation == NULL;
  if (*note->author != '\0' && !g_ptr_array_find_with_equal_func (self->authors, note->author, g_str_equal, NULL))
    g_ptr_array_add (self->authors, g_strdup (note->author));
}

static void
sort_in (AnnalsPdfNotes *self,
         const Page     *page)
{
  for (guint i = 0; i < page->n; i++)
    {
      const AnnalsNoteKey *key = &g_array_index (self->keys, AnnalsNoteKey, page->first + i);
      const AnnalsNote *note = g_ptr_array_index (page->loaded, i);
      guint section = NO_SECTION;

      if (note != NULL)
        {
          Section new_one = { .title = dup_section_title (self, note) };

          if (note->annotation != NULL && self->grouping == ANNALS_NOTES_GROUP_POST)
            new_one.post_id = note->annotation->post_id;
          if (begins_section (self, key, page->first + i > 0 ? key - 1 : NULL, new_one.title))
            g_array_append_val (self->sections, new_one);
          else
            section_clear (&new_one);

          section = self->sections->len - 1;
          count_note (self, key, note);
        }
      g_array_append_val (self->section_of, section);
    }
}

static gboolean
look_through (AnnalsPdfNotes  *self,
              GError         **error)
{
  for (guint first = 0; first < self->keys->len; first += PAGE)
    {
      Page page = { 0 };
      gboolean read = read_page (self, &page, first, error);

      if (read)
        sort_in (self, &page);
      clear_page (&page);
      if (!read)
        return FALSE;
    }
  annals_report_count_sources (self->report);

  return TRUE;
}

static void
read_filter (AnnalsPdfNotes         *self,
             const AnnalsNoteFilter *filter)
{
  AnnalsNoteKind kind = filter != NULL ? filter->kind : ANNALS_NOTES_ALL;

  self->title = kind == ANNALS_NOTES_MEMOS ? _("Memos") : kind == ANNALS_NOTES_PASSAGES ? _("Annotations") : _("Notes");
  self->order = filter != NULL ? filter->order : ANNALS_NOTES_BY_POST;
  self->grouping = filter != NULL ? filter->grouping : ANNALS_NOTES_UNGROUPED;
  if (self->grouping == ANNALS_NOTES_UNGROUPED && self->order == ANNALS_NOTES_BY_POST)
    self->grouping = ANNALS_NOTES_GROUP_POST;
}

AnnalsPdfNotes *
annals_pdf_notes_new (AnnalsExportRun  *run,
                      GError          **error)
{
  g_autoptr(AnnalsPdfNotes) self = g_new0 (AnnalsPdfNotes, 1);

  self->run = run;
  read_filter (self, run->request->filter);
  self->sections = g_array_new (FALSE, FALSE, sizeof (Section));
  g_array_set_clear_func (self->sections, section_clear);
  self->section_of = g_array_new (FALSE, FALSE, sizeof (guint));
  self->authors = g_ptr_array_new_with_free_func (g_free);
  self->counted = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (!(self->report = annals_report_new_of_posts (run->notebook, error)) ||
      !(self->keys = annals_export_run_list_grouped_notes (run, self->grouping, error)) ||
      !(self->colours = annals_db_list_colour_names (run->db, error)) ||
      !look_through (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
annals_pdf_notes_free (AnnalsPdfNotes *self)
{
  if (self == NULL)
    return;

  annals_report_free (self->report);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->sections, g_array_unref);
  g_clear_pointer (&self->section_of, g_array_unref);
  g_clear_pointer (&self->colours, g_hash_table_unref);
  g_clear_pointer (&self->authors, g_ptr_array_unref);
  g_clear_pointer (&self->counted, g_hash_table_unref);
  g_free (self);
}

const char *
annals_pdf_notes_get_title (AnnalsPdfNotes *self)
{
  return self->title;
}

/* --- placing them --- */

static char *
make_subtitle (AnnalsPdfNotes *self)
{
  g_autofree char *day = annals_report_dup_day (self->report->exported);
  g_autofree char *title = annals_report_dup_isolated (self->report->notebook_title);
  GString *line = g_string_new (NULL);

  /* Translators: %s is the notebook's title */
  g_string_append_printf (line, _("From the notebook “%s”"), title);
  if (self->n_passages > 0)
    {
      g_autofree char *passages = g_strdup_printf (ngettext ("%u passage", "%u passages", self->n_passages),
                                                   self->n_passages);
      g_autofree char *posts = g_strdup_printf (ngettext ("%u post", "%u posts", self->report->posts->len),
                                                self->report->posts->len);

      g_string_append_printf (line, " · %s · %s", passages, posts);
    }
  if (self->n_memos > 0)
    {
      g_autofree char *memos = g_strdup_printf (ngettext ("%u memo", "%u memos", self->n_memos), self->n_memos);

      g_string_append_printf (line, " · %s", memos);
    }
  g_string_append (line, " · ");
  /* Translators: %s is a day */
  g_string_append_printf (line, _("exported %s"), day);

  return g_string_free (line, FALSE);
}

static int
put_front (AnnalsPdfNotes *self,
           AnnalsPdf      *pdf)
{
  g_autofree char *subtitle = make_subtitle (self);
  g_autofree char *sources = annals_report_dup_source_counts (self->report);
  int top = annals_pdf_put_title (pdf, self->title, subtitle);

  if (*sources != '\0')
    {
      annals_pdf_begin (pdf, "Table");
      annals_pdf_put_fact (pdf, _("Sources"), sources);
      annals_pdf_end (pdf, "Table");
    }

  if (self->sections->len == 0)
    {
      AnnalsPdfText *text = annals_pdf_text_new ();
      g_autoptr(AnnalsPdfBlock) block = NULL;

      /* Translators: in the place of notes, when there are none to be printed */
      annals_pdf_text_append (text, _("There is nothing here."), ANNALS_PDF_PLAIN);
      block = annals_pdf_block_new (pdf, text, ANNALS_PDF_STYLE_BODY, "P", 0);
      annals_pdf_place_block (pdf, block);
    }

  return top;
}

static char *
make_dest (guint section)
{
  return g_strdup_printf ("section-%u", section + 1);
}

static void
put_contents (AnnalsPdfNotes *self,
              AnnalsPdf      *pdf,
              int             parent)
{
  g_autoptr(GPtrArray) entries = annals_pdf_entries_new ();

  if (self->keys->len < LONG_NOTES || self->sections->len < MIN_SECTIONS || self->sections->len > MAX_SECTIONS)
    return;

  for (guint i = 0; i < self->sections->len; i++)
    {
      g_autofree char *dest = make_dest (i);

      annals_pdf_entries_add (entries, g_array_index (self->sections, Section, i).title, dest);
    }
  if (self->report->posts->len > 0)
    annals_pdf_entries_add (entries, _("Sources"), "sources");
  if (self->report->imports->len > 0)
    annals_pdf_entries_add (entries, _("Provenance"), "provenance");

  annals_pdf_put_contents (pdf, entries, parent);
}

/* The heading of a section, of a post's with what is known of the post. Stands on one page with @room. */
static void
put_section_head (AnnalsPdfNotes *self,
                  AnnalsPdf      *pdf,
                  guint           number,
                  double          room,
                  int             parent)
{
  const Section *section = &g_array_index (self->sections, Section, number);
  g_autofree char *dest = make_dest (number);
  g_autoptr(AnnalsPdfBlock) line = NULL;
  double height = 0;

  if (section->post_id != 0)
    {
      guint source = annals_report_get_number (self->report, section->post_id);
      const AnnalsCitedPost *cited = g_ptr_array_index (self->report->posts, source - 1);

      line = annals_pdf_note_make_source (pdf, source, cited->post);
      height = annals_pdf_measure_block (pdf, line);
    }

  annals_pdf_put_heading (pdf, section->title, dest, height + room, parent, FALSE, NULL);
  if (line != NULL)
    annals_pdf_place_block (pdf, line);
}

static void
put_note (AnnalsPdfNotes   *self,
          AnnalsPdf        *pdf,
          const AnnalsNote *note,
          const AnnalsMemo *memo,
          guint             section,
          gboolean          is_first,
          int               parent)
{
  gboolean names_post = g_array_index (self->sections, Section, section).post_id == 0;
  g_autoptr(GPtrArray) side = annals_pdf_blocks_new ();
  g_autoptr(GPtrArray) blocks = NULL;

  if (memo != NULL)
    blocks = annals_pdf_note_make_memo (pdf, memo, self->authors->len > 1, side);
  else
    blocks = annals_pdf_note_make (pdf, self->report, note->annotation, self->colours, names_post,
                                   self->authors->len > 1, side);

  if (is_first)
    {
      ((AnnalsPdfBlock *) g_ptr_array_index (blocks, 0))->before = FIRST_GAP;
      put_section_head (self, pdf, section, annals_pdf_measure_head (pdf, blocks, side), parent);
    }
  annals_pdf_begin (pdf, "Sect");
  annals_pdf_place (pdf, blocks, side);
  annals_pdf_end (pdf, "Sect");
}

static gboolean
put_page (AnnalsPdfNotes  *self,
          AnnalsPdf       *pdf,
          const Page      *page,
          guint           *current,
          int              parent,
          GError         **error)
{
  for (guint i = 0; i < page->n; i++)
    {
      guint section = g_array_index (self->section_of, guint, page->first + i);
      const AnnalsNote *note = g_ptr_array_index (page->loaded, i);
      gboolean is_first = section != *current;

      if (note == NULL || section == NO_SECTION)
        continue;
      if (g_cancellable_set_error_if_cancelled (self->run->cancellable, error) || annals_pdf_has_failed (pdf))
        return FALSE;

      if (is_first && *current != NO_SECTION)
        annals_pdf_end (pdf, "Sect");
      if (is_first)
        annals_pdf_begin (pdf, "Sect");
      *current = section;
      put_note (self, pdf, note, g_ptr_array_index (page->memos, i), section, is_first, parent);
    }

  return TRUE;
}

static gboolean
put_notes (AnnalsPdfNotes  *self,
           AnnalsPdf       *pdf,
           int              parent,
           double           from,
           double           to,
           GError         **error)
{
  guint current = NO_SECTION;

  for (guint first = 0; first < self->keys->len; first += PAGE)
    {
      Page page = { .with_memos = TRUE };
      gboolean put = read_page (self, &page, first, error) && put_page (self, pdf, &page, &current, parent, error);

      clear_page (&page);
      if (!put)
        return FALSE;
      annals_export_run_progress (self->run, from + (to - from) * (first + PAGE) / (self->keys->len + PAGE));
    }

  if (current != NO_SECTION)
    annals_pdf_end (pdf, "Sect");

  return TRUE;
}

gboolean
annals_pdf_notes_put (AnnalsPdfNotes  *self,
                      AnnalsPdf       *pdf,
                      double           from,
                      double           to,
                      GError         **error)
{
  g_autofree char *subject = g_strdup_printf (_("From the notebook “%s”"), self->report->notebook_title);
  g_autoptr(GString) authors = g_string_new (NULL);
  int top;

  for (guint i = 0; i < self->authors->len; i++)
    g_string_append_printf (authors, "%s%s", i > 0 ? ", " : "", (const char *) self->authors->pdata[i]);
  annals_pdf_set_metadata (pdf, authors->str, subject, self->report->exported);
  top = put_front (self, pdf);
  put_contents (self, pdf, top);
  if (!put_notes (self, pdf, top, from, to, error))
    return FALSE;

  annals_pdf_put_sources (pdf, self->report, top);
  annals_pdf_put_provenance (pdf, self->report, top);

  return TRUE;
}
