/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-annotations.h"
#include "annals-cli-json.h"
#include "annals-cli.h"
#include "annals-collation.h"
#include "annals-note-list.h"
#include "annals-palette.h"
#include "annals-posts.h"
#include "annals-search-notes.h"
#include "annals-tags.h"

/* of a quotation in a message */
#define LEAD_CHARACTERS 60

static char *quote_option;
static int occurrence_option;
static char *note_option;
static char *colour_option;
static char **tag_options;

static const GOptionEntry annotate_options[] = {
  { "quote", 'q', 0, G_OPTION_ARG_FILENAME, &quote_option,
    N_("The passage to mark, word for word; without it --note is about the whole post"), N_("TEXT") },
  { "occurrence", 0, 0, G_OPTION_ARG_INT, &occurrence_option,
    N_("Which one, from 1, when the passage stands there several times"), N_("N") },
  { "note", 0, 0, G_OPTION_ARG_FILENAME, &note_option,
    N_("What there is to say of it, in Markdown"), N_("TEXT") },
  { "colour", 0, 0, G_OPTION_ARG_FILENAME, &colour_option,
    N_("The colour of the mark"), N_("NAME") },
  { "tag", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &tag_options,
    N_("A tag for it; several are allowed"), N_("NAME") },
  G_OPTION_ENTRY_NULL
};

typedef struct
{
  const char       *post;
  AnnalsAnnotation *annotation;
} AnnotateJob;

static char *
dup_lead (const char *text)
{
  g_autoptr(AnnalsText) whole = annals_text_new_from_plain (text, -1);

  return annals_text_dup_lead (whole, LEAD_CHARACTERS);
}

gboolean
annals_cli_find_passage (AnnalsText  *text,
                         const char  *title,
                         const char  *quote,
                         int          occurrence,
                         guint       *start,
                         guint       *end,
                         GError     **error)
{
  g_autofree char *lead = dup_lead (quote);
  guint n = annals_text_count (text, quote);

  if (n == 0)
    g_set_error (error, ANNALS_CLI_ERROR, ANNALS_CLI_ERROR_FAILED,
                 _("“%s” does not stand in “%s”"), lead, title);
  else if (occurrence == 0 && n > 1)
    g_set_error (error, ANNALS_CLI_ERROR, ANNALS_CLI_ERROR_FAILED,
                 ngettext ("“%s” stands %u time in “%s”; say with --occurrence which one",
                           "“%s” stands %u times in “%s”; say with --occurrence which one", n),
                 lead, n, title);
  else if ((guint) occurrence > n)
    g_set_error (error, ANNALS_CLI_ERROR, ANNALS_CLI_ERROR_FAILED,
                 ngettext ("“%s” stands only %u time in “%s”",
                           "“%s” stands only %u times in “%s”", n),
                 lead, n, title);
  else if (annals_text_find (text, quote, MAX (occurrence, 1), start, end))
    return TRUE;
  else
    g_set_error (error, ANNALS_CLI_ERROR, ANNALS_CLI_ERROR_FAILED,
                 _("“%s” cannot be placed in “%s”"), lead, title);

  return FALSE;
}

static gboolean
tag_it (AnnalsDb  *db,
        gint64     annotation_id,
        GError   **error)
{
  for (guint i = 0; tag_options != NULL && tag_options[i] != NULL; i++)
    {
      gint64 tag_id;

      if (!annals_db_ensure_tag (db, tag_options[i], &tag_id, error) ||
          !annals_db_tag_annotation (db, tag_id, annotation_id, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
annotate_cb (AnnalsDb      *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  AnnotateJob *job = data;
  g_autoptr(AnnalsPost) post = NULL;
  g_autoptr(AnnalsText) text = NULL;
  guint n_colours;
  gint64 post_id;
  gint64 id;
  guint start;
  guint end;

  if (!annals_db_find (db, ANNALS_RECORD_POST, job->post, &post_id, error))
    return FALSE;

  if (quote_option == NULL)
    return annals_db_add_post_note (db, post_id,
                                    colour_option != NULL ? colour_option : annals_palette_get (&n_colours)[0].name,
                                    note_option, &id, error) &&
           tag_it (db, id, error) &&
           (job->annotation = annals_db_load_annotation (db, id, error)) != NULL;

  if (!(post = annals_db_load_post (db, post_id, error)) ||
      !(text = annals_db_load_text (db, post_id, 0, error)) ||
      !annals_cli_find_passage (text, post->title, quote_option, occurrence_option, &start, &end, error) ||
      !annals_db_add_annotation (db, post_id, start, end,
                                 colour_option != NULL ? colour_option
                                                       : annals_palette_get (&n_colours)[0].name,
                                 note_option != NULL ? note_option : "", &id, error) ||
      !tag_it (db, id, error))
    return FALSE;

  job->annotation = annals_db_load_annotation (db, id, error);

  return job->annotation != NULL;
}

static gboolean
check_annotate_options (GError **error)
{
  if (!annals_cli_check_text (&quote_option, "--quote", error) ||
      !annals_cli_check_text (&note_option, "--note", error) ||
      !annals_cli_check_text (&colour_option, "--colour", error))
    return FALSE;

  for (guint i = 0; tag_options != NULL && tag_options[i] != NULL; i++)
    if (!annals_cli_check_text (&tag_options[i], "--tag", error))
      return FALSE;

  if (quote_option != NULL ? *quote_option == '\0' : note_option == NULL || *note_option == '\0')
    return annals_cli_misuse (error, _("Say with --quote which passage to mark, or with --note what there is "
                                       "to say of the whole post"));

  if (quote_option == NULL && occurrence_option != 0)
    return annals_cli_misuse (error, _("--occurrence is about the passage of --quote, which is missing"));

  if (occurrence_option < 0)
    return annals_cli_misuse (error, _("--occurrence takes a number from 1 on"));

  return TRUE;
}

void
annals_cli_print_annotation (GString                *out,
                             const AnnalsAnnotation *annotation)
{
  g_autofree char *uid = annals_cli_dup_short_uid (annotation->uid);
  g_autofree char *tags = annals_collate_joined (annotation->tags);
  g_autofree char *quote = g_strdup (annotation->selector.exact);

  g_string_append_printf (out, "%s  %s\n", uid, annotation->post_title);
  if (annals_annotation_is_post_note (annotation))
    g_string_append_printf (out, "  %s, %s\n", annotation->colour, _("on the whole post"));
  else
    g_string_append_printf (out, "  “%s”\n  %s, %u–%u\n", g_strdelimit (quote, "\n", ' '), annotation->colour,
                            annotation->selector.start, annotation->selector.end);

  if (*annotation->note != '\0')
    g_string_append_printf (out, "  %s: %s\n", _("Note"), annotation->note);

  if (*tags != '\0')
    g_string_append_printf (out, "  %s: %s\n", _("Tags"), tags);

  if (strcmp (annotation->state, "review") == 0)
    g_string_append_printf (out, "  %s\n", annotation->orphan ? _("Its passage is gone; kept without it")
                                                              : _("Its passage has changed: to be reviewed"));
  else if (strcmp (annotation->state, "moved") == 0)
    g_string_append_printf (out, "  %s\n", _("Moved with its passage; not confirmed"));
}

static gboolean
run_annotate (AnnalsCli       *cli,
              AnnalsNotebook  *notebook,
              char           **args,
              GError         **error)
{
  AnnotateJob job = { args[1], NULL };
  g_autoptr(AnnalsAnnotation) annotation = NULL;
  gboolean done;

  if (!check_annotate_options (error))
    return FALSE;

  done = annals_notebook_change (notebook,
                                 note_option != NULL && *note_option != '\0' ? _("Add note")
                                                                             : _("Add highlight"),
                                 annotate_cb, &job, NULL, error);
  annotation = job.annotation;

  if (!done)
    return FALSE;

  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_json_annotation_members (cli->builder, annotation);
      json_builder_end_object (cli->builder);
    }
  else
    annals_cli_print_annotation (cli->out, annotation);

  return TRUE;
}

static char **colour_options;
static char *timeline_option;
static char *author_option;
static char *posts_option;

static const GOptionEntry list_options[] = {
  { "colour", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &colour_options,
    N_("Of this colour; several are allowed: any of them"), N_("NAME") },
  { "tag", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &tag_options,
    N_("With this tag or one below it; several are allowed: each of them"), N_("NAME") },
  { "timeline", 0, 0, G_OPTION_ARG_FILENAME, &timeline_option,
    N_("That an event of this timeline rests on"), N_("TIMELINE") },
  { "author", 0, 0, G_OPTION_ARG_FILENAME, &author_option, N_("Made by this person"), N_("NAME") },
  { "posts", 0, 0, G_OPTION_ARG_FILENAME, &posts_option, N_("In posts that this finds"), N_("QUERY") },
  G_OPTION_ENTRY_NULL
};

typedef struct
{
  const char *text;   /* (nullable): words and conditions */
  GPtrArray  *annotations;
} ListJob;

static gboolean
add_options (AnnalsNoteFilter  *filter,
             AnnalsDb          *db,
             GError           **error)
{
  gint64 id;

  for (guint i = 0; colour_options != NULL && colour_options[i] != NULL; i++)
    g_ptr_array_add (filter->colours, g_strdup (colour_options[i]));
  for (guint i = 0; tag_options != NULL && tag_options[i] != NULL; i++)
    {
      if (!annals_db_find (db, ANNALS_RECORD_TAG, tag_options[i], &id, error))
        return FALSE;
      g_array_append_val (filter->tag_ids, id);
    }
  if (author_option != NULL)
    {
      g_free (filter->author);
      filter->author = g_strdup (author_option);
    }

  return timeline_option == NULL ||
         annals_db_find (db, ANNALS_RECORD_TIMELINE, timeline_option, &filter->timeline_id, error);
}

static gboolean
annotations_cb (AnnalsDb      *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  ListJob *job = data;
  g_autoptr(AnnalsNoteFilter) filter = annals_note_filter_new ();
  g_autoptr(GArray) keys = NULL;

  filter->kind = ANNALS_NOTES_PASSAGES;
  filter->posts_query = g_strdup (posts_option);
  if (!annals_note_filter_parse (filter, db, job->text != NULL ? job->text : "", error) ||
      !add_options (filter, db, error) ||
      !annals_search_note_posts (filter, db, error) ||
      !(keys = annals_db_list_notes (db, filter, cancellable, error)))
    return FALSE;

  job->annotations = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_annotation_free);
  for (guint i = 0; i < keys->len; i++)
    {
      AnnalsAnnotation *annotation = annals_db_load_annotation (db, g_array_index (keys, AnnalsNoteKey, i).id, error);

      if (annotation == NULL)
        return FALSE;
      g_ptr_array_add (job->annotations, annotation);
    }

  return TRUE;
}

static gboolean
check_list_options (GError **error)
{
  if (!annals_cli_check_text (&timeline_option, "--timeline", error) ||
      !annals_cli_check_text (&author_option, "--author", error) ||
      !annals_cli_check_text (&posts_option, "--posts", error))
    return FALSE;

  for (guint i = 0; tag_options != NULL && tag_options[i] != NULL; i++)
    if (!annals_cli_check_text (&tag_options[i], "--tag", error))
      return FALSE;

  for (guint i = 0; colour_options != NULL && colour_options[i] != NULL; i++)
    {
      if (!annals_cli_check_text (&colour_options[i], "--colour", error))
        return FALSE;
      if (annals_palette_lookup (colour_options[i]) == NULL)
        return annals_cli_misuse (error, _("--colour: there is no colour “%s”"), colour_options[i]);
    }

  return TRUE;
}

static gboolean
run_annotations (AnnalsCli       *cli,
                 AnnalsNotebook  *notebook,
                 char           **args,
                 GError         **error)
{
  ListJob job = { args[1], NULL };
  g_autoptr(GPtrArray) annotations = NULL;
  gboolean done;

  if (!check_list_options (error))
    return FALSE;

  done = annals_notebook_read (notebook, annotations_cb, &job, NULL, error);
  annotations = job.annotations;

  if (!done)
    return FALSE;

  json_builder_begin_object (cli->builder);
  annals_json_begin_array (cli->builder, "annotations");

  for (guint i = 0; i < annotations->len; i++)
    {
      const AnnalsAnnotation *annotation = g_ptr_array_index (annotations, i);

      if (cli->json)
        {
          json_builder_begin_object (cli->builder);
          annals_json_annotation_members (cli->builder, annotation);
          annals_json_string (cli->builder, "post_title", annotation->post_title);
          json_builder_end_object (cli->builder);
        }
      else
        annals_cli_print_annotation (cli->out, annotation);
    }

  json_builder_end_array (cli->builder);
  json_builder_end_object (cli->builder);

  if (!cli->json && annotations->len == 0)
    g_string_append_printf (cli->out, "%s\n", _("There are no annotations."));

  return TRUE;
}

const AnnalsCliCommand annals_cli_annotation_commands[] = {
  { "annotate", N_("NOTEBOOK POST"), N_("Mark a passage of a post"), 2, 2, annotate_options,
    run_annotate },
  { "annotations", N_("NOTEBOOK [QUERY]"), N_("List marked passages, all or those with these words"), 1, 2,
    list_options, run_annotations },
  { NULL }
};
