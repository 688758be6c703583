/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-desk.h"

#include <glib/gi18n.h>

/* Visits that are remembered. */
#define MAX_RECENT 24

struct _AnnalsDesk
{
  GObject         parent_instance;
  AnnalsNotebook *notebook;
  gulong          changed_id;
  GArray         *recent;       /* (element type AnnalsRecent) the last visit first */
};

typedef enum
{
  PROP_NOTEBOOK = 1,
} AnnalsDeskProp;

enum
{
  CHANGED,
  TOAST,
  FAILED,
  SHOW_POST,
  SHOW_TIMELINE,
  SHOW_MEMO,
  SHOW_SUGGESTIONS,
  SHOW_REVIEW,
  SHOW_SCOPE,
  SHOW_QUERY,
  VISITED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_NOTEBOOK + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AnnalsDesk, annals_desk, G_TYPE_OBJECT)

/* A question on its way: who asked, and what is to be said when it succeeds. */
typedef struct
{
  AnnalsDesk     *desk;
  GWeakRef        owner;
  AnnalsDeskDone  done;
  char           *message;
} Errand;

static Errand *
errand_new (AnnalsDesk     *desk,
            gpointer        owner,
            const char     *message,
            AnnalsDeskDone  done)
{
  Errand *self = g_new0 (Errand, 1);

  self->desk = g_object_ref (desk);
  g_weak_ref_init (&self->owner, owner);
  self->done = done;
  self->message = g_strdup (message);

  return self;
}

static void
errand_free (Errand *self)
{
  g_object_unref (self->desk);
  g_weak_ref_clear (&self->owner);
  g_free (self->message);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Errand, errand_free)

static void
errand_answer (Errand         *self,
               AnnalsNotebook *notebook,
               GAsyncResult   *result,
               const GError   *error)
{
  g_autoptr(GObject) owner = g_weak_ref_get (&self->owner);

  if (owner == NULL || self->done == NULL || self->desk->notebook != notebook ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->done (owner, annals_notebook_job_get_data (result), error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Errand) errand = user_data;
  g_autoptr(GError) error = NULL;

  annals_notebook_read_finish (ANNALS_NOTEBOOK (source), result, &error);
  errand_answer (errand, ANNALS_NOTEBOOK (source), result, error);
}

static void
change_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Errand) errand = user_data;
  g_autoptr(GError) error = NULL;

  if (!annals_notebook_change_finish (ANNALS_NOTEBOOK (source), result, &error))
    annals_desk_fail (errand->desk, _("The change was not made"), error->message);
  else if (errand->message != NULL)
    annals_desk_toast (errand->desk, errand->message, TRUE);

  errand_answer (errand, ANNALS_NOTEBOOK (source), result, error);
}

/* Says what an undo or a redo came to. */
static void
tell_history_step (AnnalsDesk     *self,
                   AnnalsNotebook *notebook,
                   GAsyncResult   *result,
                   const char     *failure,
                   const char     *nothing,
                   const char     *done)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *label = NULL;

  if (!annals_notebook_undo_finish (notebook, result, &label, &error))
    annals_desk_fail (self, failure, error->message);
  else if (label == NULL)
    annals_desk_toast (self, nothing, FALSE);
  else
    {
      g_autofree char *message = g_strconcat (done, label, NULL);

      annals_desk_toast (self, message, FALSE);
    }
}

static void
undo_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(AnnalsDesk) self = user_data;

  /* Translators: what the user did, such as “Add highlight”, follows */
  tell_history_step (self, ANNALS_NOTEBOOK (source), result, _("Undo was not possible"),
                     _("Nothing to undo"), _("Undone: "));
}

static void
redo_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(AnnalsDesk) self = user_data;

  /* Translators: what the user did, such as “Add highlight”, follows */
  tell_history_step (self, ANNALS_NOTEBOOK (source), result, _("Redo was not possible"),
                     _("Nothing to redo"), _("Redone: "));
}

static void
changed_cb (AnnalsDesk     *self,
            AnnalsChanges  *changes,
            AnnalsNotebook *notebook)
{
  g_signal_emit (self, signals[CHANGED], 0, changes);
}

static void
annals_desk_dispose (GObject *object)
{
  AnnalsDesk *self = ANNALS_DESK (object);

  if (self->notebook != NULL)
    g_clear_signal_handler (&self->changed_id, self->notebook);
  g_clear_object (&self->notebook);

  G_OBJECT_CLASS (annals_desk_parent_class)->dispose (object);
}

static void
annals_desk_finalize (GObject *object)
{
  g_clear_pointer (&ANNALS_DESK (object)->recent, g_array_unref);

  G_OBJECT_CLASS (annals_desk_parent_class)->finalize (object);
}

static void
annals_desk_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  AnnalsDesk *self = ANNALS_DESK (object);

  switch ((AnnalsDeskProp) prop_id)
    {
    case PROP_NOTEBOOK:
      g_value_set_object (value, self->notebook);
      break;
    }
}

static void
annals_desk_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  AnnalsDesk *self = ANNALS_DESK (object);

  switch ((AnnalsDeskProp) prop_id)
    {
    case PROP_NOTEBOOK:
      annals_desk_set_notebook (self, g_value_get_object (value));
      break;
    }
}

static void
annals_desk_class_init (AnnalsDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = annals_desk_dispose;
  object_class->finalize = annals_desk_finalize;
  object_class->get_property = annals_desk_get_property;
  object_class->set_property = annals_desk_set_property;

  properties[PROP_NOTEBOOK] =
    g_param_spec_object ("notebook", NULL, NULL, ANNALS_TYPE_NOTEBOOK,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[CHANGED] = g_signal_new ("changed", ANNALS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, ANNALS_TYPE_CHANGES);
  signals[TOAST] = g_signal_new ("toast", ANNALS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[FAILED] = g_signal_new ("failed", ANNALS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SHOW_POST] = g_signal_new ("show-post", ANNALS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[SHOW_TIMELINE] = g_signal_new ("show-timeline", ANNALS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[SHOW_SUGGESTIONS] = g_signal_new ("show-suggestions", ANNALS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SHOW_MEMO] = g_signal_new ("show-memo", ANNALS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SHOW_REVIEW] = g_signal_new ("show-review", ANNALS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SHOW_SCOPE] = g_signal_new ("show-scope", ANNALS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_INT64, G_TYPE_STRING);
  signals[SHOW_QUERY] = g_signal_new ("show-query", ANNALS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /* A record was shown: its AnnalsRecord and its id. */
  signals[VISITED] = g_signal_new ("visited", ANNALS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT64);
  /* A file was written: the export says so. */
  g_signal_new ("exported", ANNALS_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
annals_desk_init (AnnalsDesk *self)
{
  self->recent = g_array_new (FALSE, FALSE, sizeof (AnnalsRecent));
}

AnnalsDesk *
annals_desk_new (void)
{
  return g_object_new (ANNALS_TYPE_DESK, NULL);
}

AnnalsNotebook *
annals_desk_get_notebook (AnnalsDesk *self)
{
  g_return_val_if_fail (ANNALS_IS_DESK (self), NULL);

  return self->notebook;
}

void
annals_desk_set_notebook (AnnalsDesk     *self,
                          AnnalsNotebook *notebook)
{
  g_return_if_fail (ANNALS_IS_DESK (self));
  g_return_if_fail (notebook == NULL || ANNALS_IS_NOTEBOOK (notebook));

  if (self->notebook == notebook)
    return;

  if (self->notebook != NULL)
    g_clear_signal_handler (&self->changed_id, self->notebook);

  g_set_object (&self->notebook, notebook);
  g_array_set_size (self->recent, 0);

  if (notebook != NULL)
    self->changed_id = g_signal_connect_object (notebook, "changed", G_CALLBACK (changed_cb),
                                                self, G_CONNECT_SWAPPED);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTEBOOK]);
}

void
annals_desk_read (AnnalsDesk     *self,
                  gpointer        owner,
                  AnnalsDbFunc    func,
                  gpointer        data,
                  GDestroyNotify  destroy,
                  GCancellable   *cancellable,
                  AnnalsDeskDone  done)
{
  g_return_if_fail (ANNALS_IS_DESK (self));
  g_return_if_fail (G_IS_OBJECT (owner));

  if (self->notebook == NULL)
    {
      if (destroy != NULL)
        destroy (data);
      return;
    }

  annals_notebook_read_async (self->notebook, func, data, destroy, cancellable, read_cb,
                              errand_new (self, owner, NULL, done));
}

void
annals_desk_change (AnnalsDesk     *self,
                    gpointer        owner,
                    const char     *label,
                    const char     *message,
                    AnnalsDbFunc    func,
                    gpointer        data,
                    GDestroyNotify  destroy,
                    AnnalsDeskDone  done)
{
  g_return_if_fail (ANNALS_IS_DESK (self));
  g_return_if_fail (G_IS_OBJECT (owner));

  if (self->notebook == NULL)
    {
      if (destroy != NULL)
        destroy (data);
      return;
    }

  annals_notebook_change_async (self->notebook, label, func, data, destroy, NULL, change_cb,
                                errand_new (self, owner, message, done));
}

void
annals_desk_undo (AnnalsDesk *self)
{
  g_return_if_fail (ANNALS_IS_DESK (self));

  if (self->notebook != NULL)
    annals_notebook_undo_async (self->notebook, undo_cb, g_object_ref (self));
}

void
annals_desk_redo (AnnalsDesk *self)
{
  g_return_if_fail (ANNALS_IS_DESK (self));

  if (self->notebook != NULL)
    annals_notebook_redo_async (self->notebook, redo_cb, g_object_ref (self));
}

void
annals_desk_toast (AnnalsDesk *self,
                   const char *message,
                   gboolean    undoable)
{
  g_return_if_fail (ANNALS_IS_DESK (self));

  g_signal_emit (self, signals[TOAST], 0, message, undoable);
}

void
annals_desk_fail (AnnalsDesk *self,
                  const char *heading,
                  const char *message)
{
  g_return_if_fail (ANNALS_IS_DESK (self));

  g_signal_emit (self, signals[FAILED], 0, heading, message);
}

void
annals_desk_show_post (AnnalsDesk *self,
                       gint64      post_id,
                       gint64      annotation_id)
{
  g_return_if_fail (ANNALS_IS_DESK (self));

  annals_desk_note_visit (self, ANNALS_RECORD_POST, post_id);
  g_signal_emit (self, signals[SHOW_POST], 0, post_id, annotation_id);
}

void
annals_desk_show_timeline (AnnalsDesk *self,
                           gint64      timeline_id,
                           gint64      event_id)
{
  g_return_if_fail (ANNALS_IS_DESK (self));

  annals_desk_note_visit (self, ANNALS_RECORD_TIMELINE, timeline_id);
  g_signal_emit (self, signals[SHOW_TIMELINE], 0, timeline_id, event_id);
}

void
annals_desk_show_suggestions (AnnalsDesk *self,
                              gint64      timeline_id)
{
  g_return_if_fail (ANNALS_IS_DESK (self));

  annals_desk_note_visit (self, ANNALS_RECORD_TIMELINE, timeline_id);
  g_signal_emit (self, signals[SHOW_SUGGESTIONS], 0, timeline_id);
}

void
annals_desk_show_memo (AnnalsDesk *self,
                       gint64      memo_id)
{
  g_return_if_fail (ANNALS_IS_DESK (self));

  annals_desk_note_visit (self, ANNALS_RECORD_MEMO, memo_id);
  g_signal_emit (self, signals[SHOW_MEMO], 0, memo_id);
}

void
annals_desk_show_review (AnnalsDesk *self,
                         gint64      annotation_id)
{
  g_return_if_fail (ANNALS_IS_DESK (self));

  g_signal_emit (self, signals[SHOW_REVIEW], 0, annotation_id);
}

void
annals_desk_show_scope (AnnalsDesk  *self,
                        AnnalsScope  scope,
                        gint64       id,
                        const char  *name)
{
  g_return_if_fail (ANNALS_IS_DESK (self));
  g_return_if_fail (name != NULL);

  if (scope == ANNALS_SCOPE_TAG)
    annals_desk_note_visit (self, ANNALS_RECORD_TAG, id);
  g_signal_emit (self, signals[SHOW_SCOPE], 0, (guint) scope, id, name);
}

void
annals_desk_show_query (AnnalsDesk *self,
                        const char *query)
{
  g_return_if_fail (ANNALS_IS_DESK (self));
  g_return_if_fail (query != NULL);

  g_signal_emit (self, signals[SHOW_QUERY], 0, query);
}

gboolean
annals_desk_show_named (AnnalsDesk        *self,
                        const AnnalsNamed *named)
{
  g_return_val_if_fail (ANNALS_IS_DESK (self), FALSE);
  g_return_val_if_fail (named != NULL, FALSE);

  if (named->where != ANNALS_WHERE_HERE)
    return FALSE;

  switch (named->kind)
    {
    case ANNALS_RECORD_POST:
      annals_desk_show_post (self, named->id, 0);
      return TRUE;

    case ANNALS_RECORD_ANNOTATION:
      annals_desk_show_post (self, named->post_id, named->id);
      return TRUE;

    case ANNALS_RECORD_EVENT:
      if (named->timeline_id == 0)
        return FALSE;
      annals_desk_note_visit (self, ANNALS_RECORD_EVENT, named->id);
      annals_desk_show_timeline (self, named->timeline_id, named->id);
      return TRUE;

    case ANNALS_RECORD_TIMELINE:
      annals_desk_show_timeline (self, named->id, 0);
      return TRUE;

    case ANNALS_RECORD_TAG:
      annals_desk_show_scope (self, ANNALS_SCOPE_TAG, named->id, named->title);
      return TRUE;

    case ANNALS_RECORD_MEMO:
      annals_desk_show_memo (self, named->id);
      return TRUE;

    case ANNALS_RECORD_SAVED_SEARCH:
      annals_desk_note_visit (self, ANNALS_RECORD_SAVED_SEARCH, named->id);
      annals_desk_show_query (self, named->context);   /* of a search that is its query */
      return TRUE;

    case ANNALS_RECORD_LANE:
    case ANNALS_RECORD_EVIDENCE:
    case ANNALS_RECORD_IMPORT:
    case ANNALS_RECORD_SOURCE:
    case ANNALS_RECORD_LINK:
    case ANNALS_N_RECORDS:
      break;
    }

  return FALSE;
}

void
annals_desk_note_visit (AnnalsDesk   *self,
                        AnnalsRecord  kind,
                        gint64        id)
{
  AnnalsRecent visit = { kind, id };

  g_return_if_fail (ANNALS_IS_DESK (self));

  if (id == 0)
    return;

  for (guint i = 0; i < self->recent->len; i++)
    {
      const AnnalsRecent *other = &g_array_index (self->recent, AnnalsRecent, i);

      if (other->kind == kind && other->id == id)
        {
          g_array_remove_index (self->recent, i);
          break;
        }
    }

  g_array_prepend_val (self->recent, visit);
  if (self->recent->len > MAX_RECENT)
    g_array_set_size (self->recent, MAX_RECENT);
  g_signal_emit (self, signals[VISITED], 0, kind, id);
}

GArray *
annals_desk_get_recent (AnnalsDesk *self)
{
  g_return_val_if_fail (ANNALS_IS_DESK (self), NULL);

  return self->recent;
}
