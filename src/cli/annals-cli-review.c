/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "annals-cli-json.h"
#include "annals-cli.h"
#include "annals-posts.h"
#include "annals-review.h"

static char *place_option;
static int candidate_option;
static char *quote_option;
static int occurrence_option;
static char *keep_option;
static char *confirm_option;
static char *remove_option;

static const GOptionEntry review_options[] = {
  { "place", 0, 0, G_OPTION_ARG_FILENAME, &place_option,
    N_("Place this annotation; --candidate or --quote says where"), N_("ANNOTATION") },
  { "candidate", 0, 0, G_OPTION_ARG_INT, &candidate_option,
    N_("Which of its candidates, from 1, as the list shows them"), N_("K") },
  { "quote", 'q', 0, G_OPTION_ARG_FILENAME, &quote_option,
    N_("Other words of the post to place it on, word for word"), N_("TEXT") },
  { "occurrence", 0, 0, G_OPTION_ARG_INT, &occurrence_option,
    N_("Which one, from 1, when those words stand there several times"), N_("N") },
  { "keep", 0, 0, G_OPTION_ARG_FILENAME, &keep_option,
    N_("Keep this annotation though its passage is gone"), N_("ANNOTATION") },
  { "confirm", 0, 0, G_OPTION_ARG_FILENAME, &confirm_option,
    N_("This annotation moved, and where it is now is right"), N_("ANNOTATION") },
  { "delete", 0, 0, G_OPTION_ARG_FILENAME, &remove_option,
    N_("Delete this annotation"), N_("ANNOTATION") },
  G_OPTION_ENTRY_NULL
};

typedef struct
{
  AnnalsAnnotation *annotation;   /* of a change: as it is now, or was when it is gone */
  GPtrArray        *reviews;      /* (element type AnnalsReview) */
} ReviewJob;

static const char *
explain (AnnalsAnchorReason reason)
{
  switch (reason)
    {
    case ANNALS_ANCHOR_FOUND:
      return _("found again by now");

    case ANNALS_ANCHOR_DELETED:
      return _("the passage is gone");

    case ANNALS_ANCHOR_REWRITTEN:
      return _("other words stand in its place");

    case ANNALS_ANCHOR_SEVERAL:
      return _("several passages may be the one");

    case ANNALS_ANCHOR_ALIKE:
      return _("only passages somewhat like it are left");

    case ANNALS_ANCHOR_OTHER:
      return _("the passage is gone; one like it stood there before");
    }

  g_return_val_if_reached ("");
}

static gboolean
list_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  ReviewJob *job = data;
  g_autoptr(GPtrArray) annotations = annals_db_list_review (db, error);

  if (annotations == NULL)
    return FALSE;

  job->reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_review_free);
  for (guint i = 0; i < annotations->len; i++)
    {
      const AnnalsAnnotation *annotation = annotations->pdata[i];
      AnnalsReview *review = annals_db_load_review (db, annotation->id, error);

      if (review == NULL)
        return FALSE;
      g_ptr_array_add (job->reviews, review);
    }

  return TRUE;
}

static void
add_candidates (JsonBuilder        *builder,
                const AnnalsReview *review)
{
  annals_json_begin_array (builder, "candidates");
  for (guint i = 0; i < review->candidates->len; i++)
    {
      const AnnalsAnchorCandidate *place = &g_array_index (review->candidates, AnnalsAnchorCandidate, i);
      g_autofree char *quote = annals_text_dup_slice (review->text, place->start, place->end);

      json_builder_begin_object (builder);
      annals_json_int (builder, "start", place->start);
      annals_json_int (builder, "end", place->end);
      annals_json_string (builder, "quote", quote);
      annals_json_seconds (builder, "score", place->score);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_review (GString            *out,
              const AnnalsReview *review)
{
  const AnnalsAnnotation *annotation = review->annotation;
  g_autofree char *uid = annals_cli_dup_short_uid (annotation->uid);
  g_autofree char *old = g_strdelimit (g_strdup (annotation->selector.exact), "\n", ' ');

  g_string_append_printf (out, "%s  %s\n  “%s”\n  %s\n", uid, annotation->post_title, old,
                          explain (review->reason));
  if (*annotation->note != '\0')
    g_string_append_printf (out, "  %s: %s\n", _("Note"), annotation->note);

  for (guint i = 0; i < review->candidates->len; i++)
    {
      const AnnalsAnchorCandidate *place = &g_array_index (review->candidates, AnnalsAnchorCandidate, i);
      g_autofree char *quote = annals_text_dup_slice (review->text, place->start, place->end);

      g_string_append_printf (out, "  %u. “%s” (%u–%u, %.0f %%)\n", i + 1, g_strdelimit (quote, "\n", ' '),
                              place->start, place->end, place->score * 100);
    }
}

static gboolean
list_reviews (AnnalsCli       *cli,
              AnnalsNotebook  *notebook,
              GError         **error)
{
  ReviewJob job = { NULL, NULL };
  gboolean done = annals_notebook_read (notebook, list_cb, &job, NULL, error);
  g_autoptr(GPtrArray) reviews = job.reviews;

  if (!done)
    return FALSE;

  json_builder_begin_object (cli->builder);
  annals_json_begin_array (cli->builder, "review");
  for (guint i = 0; i < reviews->len; i++)
    {
      const AnnalsReview *review = reviews->pdata[i];

      if (!cli->json)
        {
          print_review (cli->out, review);
          continue;
        }
      json_builder_begin_object (cli->builder);
      annals_json_annotation_members (cli->builder, review->annotation);
      annals_json_string (cli->builder, "post_title", review->annotation->post_title);
      annals_json_string (cli->builder, "reason", annals_anchor_reason_to_string (review->reason));
      add_candidates (cli->builder, review);
      json_builder_end_object (cli->builder);
    }
  json_builder_end_array (cli->builder);
  json_builder_end_object (cli->builder);

  if (!cli->json && reviews->len == 0)
    g_string_append_printf (cli->out, "%s\n", _("There is nothing to review."));

  return TRUE;
}

static gboolean
place_on_quote (AnnalsDb  *db,
                gint64     id,
                GError   **error)
{
  g_autoptr(AnnalsAnnotation) annotation = annals_db_load_annotation (db, id, error);
  g_autoptr(AnnalsText) text = NULL;
  guint start, end;

  return annotation != NULL &&
         (text = annals_db_load_text (db, annotation->post_id, 0, error)) != NULL &&
         annals_cli_find_passage (text, annotation->post_title, quote_option, occurrence_option, &start, &end, error) &&
         annals_db_place_annotation (db, id, start, end, error);
}

static gboolean
decide_cb (AnnalsDb      *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  ReviewJob *job = data;
  const char *name = place_option != NULL ? place_option : keep_option != NULL ? keep_option
                     : confirm_option != NULL ? confirm_option : remove_option;
  gboolean done;
  gint64 id;

  if (!annals_db_find (db, ANNALS_RECORD_ANNOTATION, name, &id, error))
    return FALSE;

  if (remove_option != NULL)
    return (job->annotation = annals_db_load_annotation (db, id, error)) != NULL &&
           annals_db_delete_annotation (db, id, error);

  if (place_option != NULL)
    done = quote_option != NULL ? place_on_quote (db, id, error)
                                : annals_db_place_on_candidate (db, id, candidate_option - 1, error);
  else if (keep_option != NULL)
    done = annals_db_set_annotation_orphan (db, id, TRUE, error);
  else
    done = annals_db_confirm_annotation (db, id, error);

  return done && (job->annotation = annals_db_load_annotation (db, id, error)) != NULL;
}

static gboolean
check_options (guint   *n_decisions,
               GError **error)
{
  char **const texts[] = { &place_option, &keep_option, &confirm_option, &remove_option };
  const char *const names[] = { "--place", "--keep", "--confirm", "--delete" };

  *n_decisions = 0;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (!annals_cli_check_text (texts[i], names[i], error))
        return FALSE;
      *n_decisions += *texts[i] != NULL;
    }

  if (*n_decisions > 1)
    return annals_cli_misuse (error, _("only one of --place, --keep, --confirm and --delete at a time"));

  if (!annals_cli_check_text (&quote_option, "--quote", error))
    return FALSE;

  if ((place_option != NULL) != ((candidate_option != 0) != (quote_option != NULL)))
    return annals_cli_misuse (error, _("--place goes with either --candidate or --quote"));

  if (candidate_option < 0)
    return annals_cli_misuse (error, _("--candidate takes a number from 1 on"));

  if (occurrence_option < 0 || (occurrence_option != 0 && quote_option == NULL))
    return annals_cli_misuse (error, _("--occurrence goes with --quote and takes a number from 1 on"));

  return TRUE;
}

static gboolean
run_review (AnnalsCli       *cli,
            AnnalsNotebook  *notebook,
            char           **args,
            GError         **error)
{
  ReviewJob job = { NULL, NULL };
  g_autoptr(AnnalsAnnotation) annotation = NULL;
  const char *label;
  guint n_decisions;
  gboolean done;

  if (!check_options (&n_decisions, error))
    return FALSE;

  if (n_decisions == 0)
    return list_reviews (cli, notebook, error);

  label = place_option != NULL ? _("Place note") : keep_option != NULL ? _("Keep note without its passage")
          : confirm_option != NULL ? _("Confirm moved note") : _("Delete note");
  done = annals_notebook_change (notebook, label, decide_cb, &job, NULL, error);
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

const AnnalsCliCommand annals_cli_review_commands[] = {
  { "review", N_("NOTEBOOK"), N_("List notes whose passage was not found again, or decide on one"), 1, 1,
    review_options, run_review },
  { NULL }
};
