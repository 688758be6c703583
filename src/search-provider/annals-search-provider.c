/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-search-provider.h"

#include <glib/gi18n.h>
#include <string.h>

#include "annals-date-style.h"
#include "annals-found.h"

/* Notebooks that are searched: the ones opened last. */
#define MAX_NOTEBOOKS 5
/* milliseconds that it waits for the next question */
#define IDLE 10000

struct _AnnalsSearchProvider
{
  GApplication  parent_instance;
  GSettings    *settings;
  guint         object_id;
  GCancellable *searching;   /* (nullable): the question at hand; a newer one stops it */
  GHashTable   *known;       /* id → AnnalsFound: of the last answer */
};

G_DEFINE_FINAL_TYPE (AnnalsSearchProvider, annals_search_provider, G_TYPE_APPLICATION)

static const char interface_xml[] =
  "<node>"
  "  <interface name='org.gnome.Shell.SearchProvider2'>"
  "    <method name='GetInitialResultSet'>"
  "      <arg type='as' name='terms' direction='in'/>"
  "      <arg type='as' name='results' direction='out'/>"
  "    </method>"
  "    <method name='GetSubsearchResultSet'>"
  "      <arg type='as' name='previous_results' direction='in'/>"
  "      <arg type='as' name='terms' direction='in'/>"
  "      <arg type='as' name='results' direction='out'/>"
  "    </method>"
  "    <method name='GetResultMetas'>"
  "      <arg type='as' name='identifiers' direction='in'/>"
  "      <arg type='aa{sv}' name='metas' direction='out'/>"
  "    </method>"
  "    <method name='ActivateResult'>"
  "      <arg type='s' name='identifier' direction='in'/>"
  "      <arg type='as' name='terms' direction='in'/>"
  "      <arg type='u' name='timestamp' direction='in'/>"
  "    </method>"
  "    <method name='LaunchSearch'>"
  "      <arg type='as' name='terms' direction='in'/>"
  "      <arg type='u' name='timestamp' direction='in'/>"
  "    </method>"
  "  </interface>"
  "</node>";

/* A question on its way through a thread. */
typedef struct
{
  GDBusMethodInvocation *invocation;
  char                 **paths;   /* (nullable) */
  char                 **words;   /* terms, or ids */
  GPtrArray             *found;   /* (nullable) */
} Question;

static void
question_free (Question *self)
{
  g_object_unref (self->invocation);
  g_strfreev (self->paths);
  g_strfreev (self->words);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self);
}

static void
ask (AnnalsSearchProvider  *self,
     GDBusMethodInvocation *invocation,
     char                 **paths,
     char                 **words,
     GCancellable          *cancellable,
     GTaskThreadFunc        func,
     GAsyncReadyCallback    callback)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, NULL);
  Question *question = g_new0 (Question, 1);

  question->invocation = g_object_ref (invocation);
  question->paths = paths;
  question->words = words;
  g_task_set_source_tag (task, ask);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  /* the answer is owed: it does not end before */
  g_application_hold (G_APPLICATION (self));
  g_task_run_in_thread (task, func);
}

/* --- what is found --- */

static void
search_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Question *question = task_data;

  question->found = annals_found_search ((const char * const *) question->paths,
                                         (const char * const *) question->words, cancellable);
  g_task_return_boolean (task, TRUE);
}

static void
keep (AnnalsSearchProvider *self,
      Question             *question)
{
  g_hash_table_remove_all (self->known);
  for (guint i = 0; i < question->found->len; i++)
    {
      AnnalsFound *found = question->found->pdata[i];

      g_hash_table_replace (self->known, found->id, found);
    }
  g_ptr_array_set_free_func (question->found, NULL);
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  AnnalsSearchProvider *self = ANNALS_SEARCH_PROVIDER (source);
  Question *question = g_task_get_task_data (G_TASK (result));
  g_auto(GVariantBuilder) ids = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_STRING_ARRAY);

  if (question->found != NULL)
    {
      for (guint i = 0; i < question->found->len; i++)
        g_variant_builder_add (&ids, "s", ((AnnalsFound *) question->found->pdata[i])->id);
      keep (self, question);
    }

  g_dbus_method_invocation_return_value (question->invocation, g_variant_new ("(as)", &ids));
  g_application_release (G_APPLICATION (self));
}

static char **
dup_notebooks (AnnalsSearchProvider *self)
{
  g_auto(GStrv) recent = g_settings_get_strv (self->settings, "recent-notebooks");
  GPtrArray *paths = g_ptr_array_new ();

  for (guint i = 0; recent[i] != NULL && paths->len < MAX_NOTEBOOKS; i++)
    if (*recent[i] == '/')
      g_ptr_array_add (paths, g_strdup (recent[i]));
  g_ptr_array_add (paths, NULL);

  return (char **) g_ptr_array_free (paths, FALSE);
}

static void
search (AnnalsSearchProvider  *self,
        GDBusMethodInvocation *invocation,
        char                 **terms)
{
  g_autofree char *style = NULL;

  g_cancellable_cancel (self->searching);
  g_clear_object (&self->searching);

  if (!g_settings_get_boolean (self->settings, "search-provider"))
    {
      g_strfreev (terms);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(as)", NULL));
      return;
    }

  style = g_settings_get_string (self->settings, "date-style");
  annals_date_style_set_named (style);
  self->searching = g_cancellable_new ();
  ask (self, invocation, dup_notebooks (self), terms, self->searching, search_in_thread, searched_cb);
}

/* --- what it is called --- */

static const char *
get_icon (AnnalsRecord kind)
{
  switch (kind)
    {
    case ANNALS_RECORD_TIMELINE:   return ANNALS_APPLICATION_ID "-timeline-symbolic";
    case ANNALS_RECORD_ANNOTATION: return ANNALS_APPLICATION_ID "-note-symbolic";
    default:                       return ANNALS_APPLICATION_ID "-post-symbolic";
    }
}

/* What it is, and where it stands. */
static char *
dup_description (const AnnalsFound *found)
{
  g_autofree char *name = g_filename_display_basename (found->path);
  char *suffix = g_str_has_suffix (name, ".annals") ? strrchr (name, '.') : NULL;

  if (suffix != NULL)
    *suffix = '\0';

  switch (found->named->kind)
    {
    case ANNALS_RECORD_ANNOTATION:
      /* Translators: of a search result; the first %s is a post's title, the second one a notebook's name */
      return g_strdup_printf (_("Note on “%s” · %s"), found->named->context, name);

    case ANNALS_RECORD_TIMELINE:
      /* Translators: of a search result; %s is a notebook's name */
      return g_strdup_printf (_("Timeline · %s"), name);

    default:
      return *found->named->context != '\0' ? g_strdup_printf ("%s · %s", found->named->context, name)
                                            : g_steal_pointer (&name);
    }
}

static void
add_meta (GVariantBuilder   *metas,
          const AnnalsFound *found)
{
  g_autoptr(GIcon) icon = g_themed_icon_new (get_icon (found->named->kind));
  g_autoptr(GVariant) stored = g_icon_serialize (icon);
  g_autofree char *icon_name = g_icon_to_string (icon);
  g_autofree char *description = dup_description (found);

  g_variant_builder_open (metas, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (metas, "{sv}", "id", g_variant_new_string (found->id));
  g_variant_builder_add (metas, "{sv}", "name", g_variant_new_string (found->named->title));
  g_variant_builder_add (metas, "{sv}", "description", g_variant_new_string (description));
  g_variant_builder_add (metas, "{sv}", "icon", stored);
  g_variant_builder_add (metas, "{sv}", "gicon", g_variant_new_string (icon_name));
  g_variant_builder_close (metas);
}

static void
look_up_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Question *question = task_data;

  question->found = annals_found_look_up ((const char * const *) question->words, cancellable);
  g_task_return_boolean (task, TRUE);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Question *question = g_task_get_task_data (G_TASK (result));
  g_auto(GVariantBuilder) metas = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (guint i = 0; i < question->found->len; i++)
    add_meta (&metas, question->found->pdata[i]);
  g_dbus_method_invocation_return_value (question->invocation, g_variant_new ("(aa{sv})", &metas));
  g_application_release (G_APPLICATION (source));
}

static void
describe (AnnalsSearchProvider  *self,
          GDBusMethodInvocation *invocation,
          char                 **ids)
{
  g_auto(GVariantBuilder) metas = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (guint i = 0; ids[i] != NULL; i++)
    {
      AnnalsFound *found = g_hash_table_lookup (self->known, ids[i]);

      if (found == NULL)   /* of an earlier answer, or of an earlier run */
        {
          ask (self, invocation, NULL, ids, NULL, look_up_in_thread, looked_up_cb);
          return;
        }
      add_meta (&metas, found);
    }

  g_strfreev (ids);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(aa{sv})", &metas));
}

/* --- what is chosen --- */

static void
activated_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GDBusMethodInvocation) invocation = user_data;
  g_autoptr(GVariant) answer = NULL;
  g_autoptr(GError) error = NULL;

  if ((answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error)))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    g_dbus_method_invocation_return_gerror (invocation, error);
  g_application_release (g_application_get_default ());
}

/* An action of the application, which the bus starts when it does not run. */
static void
activate (AnnalsSearchProvider  *self,
          GDBusMethodInvocation *invocation,
          const char            *action,
          GVariant              *parameter,
          guint32                timestamp)
{
  g_auto(GVariantBuilder) parameters = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  g_auto(GVariantBuilder) platform = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autofree char *startup_id = g_strdup_printf ("_TIME%u", timestamp);

  g_variant_builder_add (&parameters, "v", parameter);
  g_variant_builder_add (&platform, "{sv}", "desktop-startup-id", g_variant_new_string (startup_id));
  g_application_hold (G_APPLICATION (self));
  g_dbus_connection_call (g_dbus_method_invocation_get_connection (invocation), ANNALS_APPLICATION_ID,
                          ANNALS_RESOURCE_PATH, "org.freedesktop.Application", "ActivateAction",
                          g_variant_new ("(sava{sv})", action, &parameters, &platform), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, activated_cb, g_object_ref (invocation));
}

static void
show_result (AnnalsSearchProvider  *self,
             GDBusMethodInvocation *invocation,
             const char            *id,
             guint32                timestamp)
{
  g_autofree char *uid = NULL;
  g_autofree char *path = NULL;
  AnnalsRecord kind;

  if (!annals_found_parse_id (id, &kind, &uid, &path))
    {
      g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS,
                                             "“%s” is no result of this search", id);
      return;
    }

  activate (self, invocation, "show-record",
            g_variant_new ("(sss)", path, annals_found_get_kind_name (kind), uid), timestamp);
}

/* --- the bus --- */

static void
method_cb (GDBusConnection       *connection,
           const char            *sender,
           const char            *object_path,
           const char            *interface_name,
           const char            *method,
           GVariant              *parameters,
           GDBusMethodInvocation *invocation,
           gpointer               user_data)
{
  AnnalsSearchProvider *self = user_data;
  g_autofree const char **terms = NULL;
  char **words = NULL;
  const char *id;
  guint32 timestamp;

  /* each question begins the wait anew */
  g_application_hold (G_APPLICATION (self));

  if (g_str_equal (method, "GetInitialResultSet"))
    {
      g_variant_get (parameters, "(^as)", &words);
      search (self, invocation, words);
    }
  else if (g_str_equal (method, "GetSubsearchResultSet"))
    {
      g_variant_get (parameters, "(@as^as)", NULL, &words);
      search (self, invocation, words);
    }
  else if (g_str_equal (method, "GetResultMetas"))
    {
      g_variant_get (parameters, "(^as)", &words);
      describe (self, invocation, words);
    }
  else if (g_str_equal (method, "ActivateResult"))
    {
      g_variant_get (parameters, "(&s^a&su)", &id, &terms, &timestamp);
      show_result (self, invocation, id, timestamp);
    }
  else
    {
      g_autofree char *query = NULL;

      g_variant_get (parameters, "(^a&su)", &terms, &timestamp);
      query = g_strjoinv (" ", (char **) terms);
      activate (self, invocation, "search", g_variant_new_string (query), timestamp);
    }

  g_application_release (G_APPLICATION (self));
}

static gboolean
annals_search_provider_dbus_register (GApplication     *application,
                                      GDBusConnection  *connection,
                                      const char       *object_path,
                                      GError          **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_cb };
  AnnalsSearchProvider *self = ANNALS_SEARCH_PROVIDER (application);
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, error);

  if (node == NULL ||
      !G_APPLICATION_CLASS (annals_search_provider_parent_class)->dbus_register (application, connection,
                                                                                object_path, error))
    return FALSE;

  self->object_id = g_dbus_connection_register_object (connection, object_path, node->interfaces[0], &vtable,
                                                       self, NULL, error);
  return self->object_id != 0;
}

static void
annals_search_provider_dbus_unregister (GApplication    *application,
                                        GDBusConnection *connection,
                                        const char      *object_path)
{
  AnnalsSearchProvider *self = ANNALS_SEARCH_PROVIDER (application);

  if (self->object_id != 0)
    g_dbus_connection_unregister_object (connection, self->object_id);
  self->object_id = 0;

  G_APPLICATION_CLASS (annals_search_provider_parent_class)->dbus_unregister (application, connection, object_path);
}

static void
annals_search_provider_finalize (GObject *object)
{
  AnnalsSearchProvider *self = ANNALS_SEARCH_PROVIDER (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->searching);
  g_clear_pointer (&self->known, g_hash_table_unref);

  G_OBJECT_CLASS (annals_search_provider_parent_class)->finalize (object);
}

static void
annals_search_provider_activate (GApplication *application)
{
  /* It has nothing to show by itself. */
}

static void
annals_search_provider_class_init (AnnalsSearchProviderClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = annals_search_provider_finalize;
  application_class->dbus_register = annals_search_provider_dbus_register;
  application_class->dbus_unregister = annals_search_provider_dbus_unregister;
  application_class->activate = annals_search_provider_activate;
}

static void
annals_search_provider_init (AnnalsSearchProvider *self)
{
  self->settings = g_settings_new (ANNALS_APPLICATION_ID);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) annals_found_free);
}

GApplication *
annals_search_provider_new (void)
{
  return g_object_new (ANNALS_TYPE_SEARCH_PROVIDER,
                       "application-id", ANNALS_APPLICATION_ID ".SearchProvider",
                       "flags", G_APPLICATION_IS_SERVICE,
                       "inactivity-timeout", IDLE,
                       NULL);
}
