/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-annotations.h"
#include "annals-cli-json.h"
#include "annals-cli-table.h"
#include "annals-cli.h"
#include "annals-collation.h"
#include "annals-export-json.h"
#include "annals-report.h"
#include "annals-suggest.h"
#include "annals-tags.h"
#include "annals-themes.h"
#include "annals-timelines.h"

static char *rule_option;
static char *theme_option;
static char *description_option;
static char *colour_option;
static char *date_option;
static char *title_option;
static char *account_option;
static char *lane_option;
static char **evidence_options;
static char **contradicting_options;
static char **tag_options;
static char **also_options;

static const GOptionEntry new_options[] = {
  { "description", 0, 0, G_OPTION_ARG_FILENAME, &description_option,
    N_("What it is about"), N_("TEXT") },
  { "colour", 0, 0, G_OPTION_ARG_FILENAME, &colour_option, N_("Its colour"), N_("NAME") },
  { "rule", 0, 0, G_OPTION_ARG_FILENAME, &rule_option,
    N_("The search that finds the posts of its theme"), N_("QUERY") },
  { "theme", 0, 0, G_OPTION_ARG_FILENAME, &theme_option,
    N_("A theme to start with: its title, description and rule where none are given"), "covid|sanctions|cyber" },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry set_options[] = {
  { "title", 0, 0, G_OPTION_ARG_FILENAME, &title_option, N_("Another title"), N_("TEXT") },
  { "description", 0, 0, G_OPTION_ARG_FILENAME, &description_option,
    N_("What it is about"), N_("TEXT") },
  { "colour", 0, 0, G_OPTION_ARG_FILENAME, &colour_option, N_("Its colour"), N_("NAME") },
  { "rule", 0, 0, G_OPTION_ARG_FILENAME, &rule_option,
    N_("The search that finds the posts of its theme, “\"\"” for none"), N_("QUERY") },
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry event_options[] = {
  { "date", 0, 0, G_OPTION_ARG_FILENAME, &date_option,
    N_("When it was, such as 2020-03-09, 2020-03~ or 2020-03/2020-05"), N_("EDTF") },
  { "title", 0, 0, G_OPTION_ARG_FILENAME, &title_option, N_("What happened, in a line"), N_("TEXT") },
  { "account", 0, 0, G_OPTION_ARG_FILENAME, &account_option,
    N_("What happened, in Markdown"), N_("TEXT") },
  { "lane", 0, 0, G_OPTION_ARG_FILENAME, &lane_option,
    N_("The lane that it is drawn in, made when there is none of that name"), N_("NAME") },
  { "evidence", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &evidence_options,
    N_("A post or an annotation that it rests on; several are allowed"), N_("POST|ANNOTATION") },
  { "contradicts", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &contradicting_options,
    N_("A post or an annotation that says otherwise; several are allowed"), N_("POST|ANNOTATION") },
  { "tag", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &tag_options,
    N_("A tag for it, made when there is none of that name; several are allowed"), N_("NAME") },
  { "also", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &also_options,
    N_("Another timeline that it belongs to; several are allowed"), N_("TIMELINE") },
  G_OPTION_ENTRY_NULL
};

typedef struct
{
  const char     *name;
  AnnalsDate     *date;
  AnnalsTimeline *timeline;
  AnnalsEvent    *event;
} Job;

static void
job_clear (Job *self)
{
  g_clear_pointer (&self->date, annals_date_unref);
  g_clear_pointer (&self->timeline, annals_timeline_free);
  g_clear_pointer (&self->event, annals_event_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

/* The time that the events take, in a line; "" when there is none to tell. */
static char *
dup_period (const AnnalsTimeline *timeline)
{
  g_autoptr(GDateTime) from = NULL;
  g_autoptr(GDateTime) to = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  /* "to" is the first second that is outside */
  from = timeline->has_from ? g_date_time_new_from_unix_utc (timeline->from) : NULL;
  to = timeline->has_to ? g_date_time_new_from_unix_utc (timeline->to - 1) : NULL;
  first = from != NULL ? g_date_time_format (from, "%Y-%m-%d") : g_strdup ("");
  last = to != NULL ? g_date_time_format (to, "%Y-%m-%d") : g_strdup ("");

  if (*first == '\0' && *last == '\0')
    return g_strdup ("");

  return strcmp (first, last) == 0 ? g_strdup (first) : g_strdup_printf ("%s – %s", first, last);
}

static gboolean
new_cb (AnnalsDb      *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Job *job = data;
  gint64 id;

  if (!annals_db_add_timeline (db, job->name, description_option != NULL ? description_option : "",
                               colour_option, rule_option != NULL ? rule_option : "", &id, error))
    return FALSE;

  job->timeline = annals_db_load_timeline (db, id, error);

  return job->timeline != NULL;
}

static gboolean
check_timeline_options (GError **error)
{
  GError *failure = NULL;

  if (!annals_cli_check_text (&title_option, "--title", error) ||
      !annals_cli_check_text (&description_option, "--description", error) ||
      !annals_cli_check_text (&colour_option, "--colour", error) ||
      !annals_cli_check_text (&rule_option, "--rule", error))
    return FALSE;

  if (rule_option == NULL || annals_timeline_rule_check (rule_option, &failure))
    return TRUE;

  g_propagate_prefixed_error (error, failure, "--rule: ");

  return FALSE;
}

/* What was not said is as the theme has it. */
static gboolean
take_theme (Job     *job,
            GError **error)
{
  const AnnalsTheme *theme;
  g_autoptr(GString) names = NULL;

  if (theme_option == NULL)
    return job->name != NULL || annals_cli_misuse (error, _("it takes a title, or --theme"));

  if ((theme = annals_theme_find (theme_option)) != NULL)
    {
      job->name = job->name != NULL ? job->name : theme->title;
      description_option = description_option != NULL ? description_option : g_strdup (theme->description);
      rule_option = rule_option != NULL ? rule_option : g_strdup (theme->rule);
      return TRUE;
    }

  names = g_string_new (NULL);
  for (guint i = 0; (theme = annals_theme_get (i)) != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", theme->name);

  return annals_cli_misuse (error, _("there is no theme “%s”; there are: %s"), theme_option, names->str);
}

static void
print_timeline_made (AnnalsCli            *cli,
                     const AnnalsTimeline *timeline)
{
  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_cli_json_timeline_members (cli->builder, timeline);
      json_builder_end_object (cli->builder);
    }
  else
    g_string_append_printf (cli->out, "%s  %s\n", timeline->uid, timeline->title);
}

static gboolean
run_new (AnnalsCli       *cli,
         AnnalsNotebook  *notebook,
         char           **args,
         GError         **error)
{
  g_auto(Job) job = { .name = args[1] };

  if (!check_timeline_options (error) ||
      !annals_cli_check_text (&theme_option, "--theme", error) ||
      !take_theme (&job, error) ||
      !annals_notebook_change (notebook, _("Add timeline"), new_cb, &job, NULL, error))
    return FALSE;

  print_timeline_made (cli, job.timeline);

  return TRUE;
}

static gboolean
set_cb (AnnalsDb      *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  Job *job = data;
  gint64 id;

  if (!annals_db_find (db, ANNALS_RECORD_TIMELINE, job->name, &id, error) ||
      !annals_db_set_timeline (db, id, title_option, description_option, colour_option, rule_option, error))
    return FALSE;

  job->timeline = annals_db_load_timeline (db, id, error);

  return job->timeline != NULL;
}

static gboolean
run_set (AnnalsCli       *cli,
         AnnalsNotebook  *notebook,
         char           **args,
         GError         **error)
{
  g_auto(Job) job = { .name = args[1] };

  if (title_option == NULL && description_option == NULL && colour_option == NULL && rule_option == NULL)
    return annals_cli_misuse (error, _("it takes --title, --description, --colour or --rule"));

  if (!check_timeline_options (error) ||
      !annals_notebook_change (notebook, _("Change timeline"), set_cb, &job, NULL, error))
    return FALSE;

  print_timeline_made (cli, job.timeline);

  return TRUE;
}

static gboolean
timelines_cb (AnnalsDb      *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  GPtrArray **timelines = data;

  *timelines = annals_db_list_timelines (db, error);

  return *timelines != NULL;
}

static void
print_timelines (AnnalsCli *cli,
                 GPtrArray *timelines)
{
  g_autoptr(AnnalsCliTable) table = annals_cli_table_new ("llrl");

  if (timelines->len == 0)
    {
      g_string_append_printf (cli->out, "%s\n", _("There are no timelines."));
      return;
    }

  annals_cli_table_add (table, _("Uid"), _("Timeline"), _("Events"), _("Period"));

  for (guint i = 0; i < timelines->len; i++)
    {
      const AnnalsTimeline *timeline = g_ptr_array_index (timelines, i);
      g_autofree char *uid = annals_cli_dup_short_uid (timeline->uid);
      g_autofree char *n_events = g_strdup_printf ("%u", timeline->n_events);
      g_autofree char *period = dup_period (timeline);

      annals_cli_table_add (table, uid, timeline->title, n_events, period);
    }

  annals_cli_table_append (table, cli->out);
}

static gboolean
run_timelines (AnnalsCli       *cli,
               AnnalsNotebook  *notebook,
               char           **args,
               GError         **error)
{
  g_autoptr(GPtrArray) timelines = NULL;

  if (!annals_notebook_read (notebook, timelines_cb, &timelines, NULL, error))
    return FALSE;

  if (!cli->json)
    {
      print_timelines (cli, timelines);
      return TRUE;
    }

  json_builder_begin_object (cli->builder);
  annals_json_begin_array (cli->builder, "timelines");

  for (guint i = 0; i < timelines->len; i++)
    {
      json_builder_begin_object (cli->builder);
      annals_cli_json_timeline_members (cli->builder, g_ptr_array_index (timelines, i));
      json_builder_end_object (cli->builder);
    }

  json_builder_end_array (cli->builder);
  json_builder_end_object (cli->builder);

  return TRUE;
}

/* A post or an annotation; 0 for what it is not. */
static gboolean
find_evidence (AnnalsDb    *db,
               const char  *name,
               gint64      *post_id,
               gint64      *annotation_id,
               GError     **error)
{
  g_autoptr(GError) no_post = NULL;
  g_autoptr(GError) no_annotation = NULL;

  *post_id = 0;
  *annotation_id = 0;
  annals_db_find (db, ANNALS_RECORD_POST, name, post_id, &no_post);

  if (no_post != NULL &&
      !g_error_matches (no_post, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&no_post));
      return FALSE;
    }

  /* Only a post can be named by its title. */
  if (g_str_has_prefix (name, "title:"))
    {
      if (no_post != NULL)
        g_propagate_error (error, g_steal_pointer (&no_post));

      return *post_id != 0;
    }

  annals_db_find (db, ANNALS_RECORD_ANNOTATION, name, annotation_id, &no_annotation);

  if (no_annotation != NULL &&
      !g_error_matches (no_annotation, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&no_annotation));
      return FALSE;
    }

  if (no_post == NULL && no_annotation == NULL)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_AMBIGUOUS,
                   _("both a post and an annotation fit “%s”; give more of the uid"), name);
      return FALSE;
    }

  if (no_post != NULL && no_annotation != NULL)
    {
      g_set_error (error, ANNALS_NOTEBOOK_ERROR, ANNALS_NOTEBOOK_ERROR_NOT_FOUND,
                   _("no post and no annotation fits “%s”"), name);
      return FALSE;
    }

  return TRUE;
}

/* @names: (nullable) */
static gboolean
add_evidence (AnnalsDb      *db,
              gint64         event_id,
              char         **names,
              AnnalsStance   stance,
              GError       **error)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      gint64 post_id;
      gint64 annotation_id;
      gint64 id;

      if (!find_evidence (db, names[i], &post_id, &annotation_id, error) ||
          !annals_db_add_evidence (db, event_id, post_id, annotation_id, stance, "", &id, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_places (AnnalsDb  *db,
            gint64     event_id,
            GError   **error)
{
  for (guint i = 0; tag_options != NULL && tag_options[i] != NULL; i++)
    {
      gint64 tag_id;

      if (!annals_db_ensure_tag (db, tag_options[i], &tag_id, error) ||
          !annals_db_tag_event (db, tag_id, event_id, error))
        return FALSE;
    }

  for (guint i = 0; also_options != NULL && also_options[i] != NULL; i++)
    {
      gint64 timeline_id;

      if (!annals_db_find (db, ANNALS_RECORD_TIMELINE, also_options[i], &timeline_id, error) ||
          !annals_db_set_event_lane (db, event_id, timeline_id, 0, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
event_cb (AnnalsDb      *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Job *job = data;
  gint64 timeline_id;
  gint64 lane_id = 0;
  gint64 id;

  if (!annals_db_find (db, ANNALS_RECORD_TIMELINE, job->name, &timeline_id, error) ||
      (lane_option != NULL &&
       !annals_db_ensure_lane (db, timeline_id, lane_option, NULL, &lane_id, error)) ||
      !annals_db_add_event (db, timeline_id, lane_id, job->date, title_option,
                            account_option != NULL ? account_option : "", &id, error) ||
      !add_evidence (db, id, evidence_options, ANNALS_STANCE_SUPPORTS, error) ||
      !add_evidence (db, id, contradicting_options, ANNALS_STANCE_CONTRADICTS, error) ||
      !add_places (db, id, error) ||
      !(job->timeline = annals_db_load_timeline (db, timeline_id, error)))
    return FALSE;

  job->event = annals_db_load_event (db, id, timeline_id, error);

  return job->event != NULL;
}

static gboolean
check_list (char       **values,
            const char  *option,
            GError     **error)
{
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    if (!annals_cli_check_text (&values[i], option, error))
      return FALSE;

  return TRUE;
}

static gboolean
check_event_options (GError **error)
{
  if (!annals_cli_check_text (&date_option, "--date", error) ||
      !annals_cli_check_text (&title_option, "--title", error) ||
      !annals_cli_check_text (&account_option, "--account", error) ||
      !annals_cli_check_text (&lane_option, "--lane", error) ||
      !check_list (evidence_options, "--evidence", error) ||
      !check_list (contradicting_options, "--contradicts", error) ||
      !check_list (tag_options, "--tag", error) ||
      !check_list (also_options, "--also", error))
    return FALSE;

  if (date_option == NULL)
    return annals_cli_misuse (error, _("--date is missing: when it was, “\"\"” when that is not known"));

  if (title_option == NULL)
    return annals_cli_misuse (error, _("--title is missing: what happened"));

  return TRUE;
}

static const char *
get_lane_name (const AnnalsTimeline *timeline,
               gint64                lane_id)
{
  for (guint i = 0; i < timeline->lanes->len; i++)
    {
      const AnnalsLane *lane = g_ptr_array_index (timeline->lanes, i);

      if (lane->id == lane_id)
        return lane->name;
    }

  return NULL;
}

static void
print_places (GString           *out,
              const AnnalsEvent *event)
{
  g_autofree char *sources = annals_event_dup_sources (event);

  if (*event->tags != NULL)
    {
      g_autofree char *tags = annals_collate_joined (event->tags);

      g_string_append_printf (out, "  %s %s\n", _("Tags:"), tags);
    }

  for (guint i = 0; i < event->others->len; i++)
    {
      const AnnalsEventTimeline *other = g_ptr_array_index (event->others, i);

      g_string_append_printf (out, "  %s %s\n", _("Also in:"), other->title);
    }

  if (*sources != '\0')
    g_string_append_printf (out, "  %s\n", sources);
}

static void
print_event (GString              *out,
             const AnnalsEvent    *event,
             const AnnalsTimeline *timeline)
{
  g_autofree char *uid = annals_cli_dup_short_uid (event->uid);
  g_autofree char *date = annals_date_dup_display (event->date);
  const char *lane = get_lane_name (timeline, event->lane_id);

  g_string_append_printf (out, "%s  %s", uid, date);

  if (lane != NULL)
    g_string_append_printf (out, " · %s", lane);

  g_string_append_printf (out, "\n  \002%s\003\n", event->title);

  if (*event->account != '\0')
    g_string_append_printf (out, "  %s\n", event->account);
  print_places (out, event);

  for (guint i = 0; i < event->evidence->len; i++)
    {
      const AnnalsEvidence *evidence = g_ptr_array_index (event->evidence, i);
      g_autofree char *quote = g_strdup (evidence->exact);

      g_string_append_printf (out, "  %s %s", evidence->stance == ANNALS_STANCE_SUPPORTS ? "+" : "−",
                              evidence->post_title);

      if (*evidence->post_source != '\0')
        g_string_append_printf (out, " [%s]", evidence->post_source);

      g_string_append_c (out, '\n');

      if (quote != NULL)
        g_string_append_printf (out, "    “%s”\n", g_strdelimit (quote, "\n", ' '));
    }
}

static gboolean
run_event (AnnalsCli       *cli,
           AnnalsNotebook  *notebook,
           char           **args,
           GError         **error)
{
  g_auto(Job) job = { .name = args[1] };

  if (!check_event_options (error) ||
      !(job.date = annals_date_parse (date_option, error)) ||
      !annals_notebook_change (notebook, _("Add event"), event_cb, &job, NULL, error))
    return FALSE;

  if (cli->json)
    {
      json_builder_begin_object (cli->builder);
      annals_cli_json_event_members (cli->builder, job.event, job.timeline);
      json_builder_end_object (cli->builder);
    }
  else
    print_event (cli->out, job.event, job.timeline);

  return TRUE;
}

typedef struct
{
  const char *name;
  gint64      id;
} FindJob;

static gboolean
find_cb (AnnalsDb      *db,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  FindJob *job = data;

  return annals_db_find (db, ANNALS_RECORD_TIMELINE, job->name, &job->id, error);
}

static void
print_timeline (GString            *out,
                const AnnalsReport *report)
{
  const AnnalsTimeline *timeline = report->timeline;
  g_autofree char *period = dup_period (timeline);

  g_string_append_printf (out, "\002%s\003\n", timeline->title);

  if (*timeline->description != '\0')
    g_string_append_printf (out, "%s\n", timeline->description);

  g_string_append_printf (out, ngettext ("%u event", "%u events", timeline->n_events),
                          timeline->n_events);

  if (*period != '\0')
    g_string_append_printf (out, ", %s", period);

  g_string_append (out, "\n");

  for (guint i = 0; i < report->events->len; i++)
    {
      g_string_append_c (out, '\n');
      print_event (out, g_ptr_array_index (report->events, i), timeline);
    }
}

static gboolean
run_timeline (AnnalsCli       *cli,
              AnnalsNotebook  *notebook,
              char           **args,
              GError         **error)
{
  FindJob job = { args[1], 0 };
  g_autoptr(AnnalsReport) report = NULL;
  gsize length;

  if (!annals_notebook_read (notebook, find_cb, &job, NULL, error) ||
      !(report = annals_report_load (notebook, job.id, NULL, error)))
    return FALSE;

  if (cli->json)
    cli->document = annals_export_json_to_data (report, &length);
  else
    print_timeline (cli->out, report);

  return TRUE;
}

const AnnalsCliCommand annals_cli_timeline_commands[] = {
  { "timeline-new", N_("NOTEBOOK [TITLE]"), N_("Make a timeline"), 1, 2, new_options, run_new },
  { "timeline-edit", N_("NOTEBOOK TIMELINE"), N_("Change a timeline's title, description, colour or rule"), 2, 2,
    set_options, run_set },
  { "timelines", N_("NOTEBOOK"), N_("List the timelines"), 1, 1, NULL, run_timelines },
  { "event", N_("NOTEBOOK TIMELINE"), N_("Add an event to a timeline"), 2, 2, event_options, run_event },
  { "timeline", N_("NOTEBOOK TIMELINE"), N_("Print a timeline with its evidence"), 2, 2, NULL,
    run_timeline },
  { NULL }
};
