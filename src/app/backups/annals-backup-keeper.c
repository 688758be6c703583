/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "annals-backup-keeper.h"

#include "annals-backup-job.h"

/* seconds: a notebook that was just opened is read first */
#define FIRST 5
#define INTERVAL (30 * 60)

struct _AnnalsBackupKeeper
{
  GObject       parent_instance;

  char         *path;
  GSettings    *settings;
  guint         timer;
  GCancellable *working;    /* (nullable): of the backup at hand */
  char         *told;       /* (nullable): the reason that was told last */
};

static guint failed_signal;

G_DEFINE_FINAL_TYPE (AnnalsBackupKeeper, annals_backup_keeper, G_TYPE_OBJECT)

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(AnnalsBackupKeeper) self = user_data;
  g_autoptr(AnnalsBackupJob) job = NULL;
  g_autoptr(GError) error = NULL;

  job = annals_backup_job_run_finish (result, &error);
  g_clear_object (&self->working);
  g_application_release (g_application_get_default ());

  if (job != NULL)
    g_clear_pointer (&self->told, g_free);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && g_strcmp0 (self->told, error->message) != 0)
    {
      g_free (self->told);
      self->told = g_strdup (error->message);
      g_signal_emit (self, failed_signal, 0, error->message);
    }
}

static void
work (AnnalsBackupKeeper *self)
{
  g_autoptr(AnnalsBackupJob) job = NULL;

  if (self->working != NULL || !g_settings_get_boolean (self->settings, "backup-automatically"))
    return;

  job = annals_backup_job_new (ANNALS_BACKUP_JOB_KEEP_UP, NULL, self->path, NULL);
  self->working = g_cancellable_new ();
  g_application_hold (g_application_get_default ());
  annals_backup_job_run_async (job, self->working, done_cb, g_object_ref (self));
}

static gboolean
again_cb (gpointer user_data)
{
  work (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
first_cb (gpointer user_data)
{
  AnnalsBackupKeeper *self = user_data;

  self->timer = g_timeout_add_seconds (INTERVAL, again_cb, self);
  work (self);

  return G_SOURCE_REMOVE;
}

static void
annals_backup_keeper_dispose (GObject *object)
{
  annals_backup_keeper_stop (ANNALS_BACKUP_KEEPER (object));

  G_OBJECT_CLASS (annals_backup_keeper_parent_class)->dispose (object);
}

static void
annals_backup_keeper_finalize (GObject *object)
{
  AnnalsBackupKeeper *self = ANNALS_BACKUP_KEEPER (object);

  g_clear_object (&self->settings);
  g_free (self->path);
  g_free (self->told);

  G_OBJECT_CLASS (annals_backup_keeper_parent_class)->finalize (object);
}

static void
annals_backup_keeper_class_init (AnnalsBackupKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = annals_backup_keeper_dispose;
  object_class->finalize = annals_backup_keeper_finalize;

  failed_signal = g_signal_new ("failed", ANNALS_TYPE_BACKUP_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
annals_backup_keeper_init (AnnalsBackupKeeper *self)
{
  self->settings = g_settings_new (ANNALS_APPLICATION_ID);
}

AnnalsBackupKeeper *
annals_backup_keeper_new (const char *path)
{
  AnnalsBackupKeeper *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (ANNALS_TYPE_BACKUP_KEEPER, NULL);
  self->path = g_strdup (path);
  self->timer = g_timeout_add_seconds (FIRST, first_cb, self);

  return self;
}

void
annals_backup_keeper_stop (AnnalsBackupKeeper *self)
{
  g_return_if_fail (ANNALS_IS_BACKUP_KEEPER (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->working);
}
