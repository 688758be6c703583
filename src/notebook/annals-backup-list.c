/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The backups that are there: their names, what is in them, and which of them are kept. */
#include "config.h"

#include "annals-backup-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "annals-notebook-file-private.h"
#include "annals-scratch-private.h"

#define PART ANNALS_BACKUP_SUFFIX ".part"
#define DELETED ANNALS_BACKUP_SUFFIX ANNALS_BACKUP_DELETED

#define DAYS 7
#define WEEKS 5

static const char * const reason_names[ANNALS_N_BACKUP_REASONS] = {
  [ANNALS_BACKUP_AUTOMATIC] = "automatic",
  [ANNALS_BACKUP_MANUAL] = "manual",
  [ANNALS_BACKUP_IMPORT] = "import",
  [ANNALS_BACKUP_RESTORE] = "restore",
  [ANNALS_BACKUP_MIGRATION] = "migration",
  [ANNALS_BACKUP_REPAIR] = "repair",
};

const char *
annals_backup_reason_get_name (AnnalsBackupReason reason)
{
  g_return_val_if_fail (reason < ANNALS_N_BACKUP_REASONS, NULL);

  return reason_names[reason];
}

const char *
annals_backup_reason_get_label (AnnalsBackupReason reason)
{
  switch (reason)
    {
    case ANNALS_BACKUP_AUTOMATIC:
      /* Translators: of a backup */
      return _("Automatic");

    case ANNALS_BACKUP_MANUAL:
      return _("Made by hand");

    case ANNALS_BACKUP_IMPORT:
      return _("Before an import");

    case ANNALS_BACKUP_RESTORE:
      return _("Before a backup was restored");

    case ANNALS_BACKUP_MIGRATION:
      return _("Before the file’s format changed");

    case ANNALS_BACKUP_REPAIR:
      return _("Before a repair");

    case ANNALS_N_BACKUP_REASONS:
      break;
    }

  g_return_val_if_reached (NULL);
}

void
annals_backup_free (AnnalsBackup *self)
{
  g_free (self->path);
  g_free (self->problem);
  g_free (self);
}

/* --- names --- */

static gboolean
read_reason (const char         *text,
             gsize               length,
             AnnalsBackupReason *reason)
{
  for (guint i = 0; i < ANNALS_N_BACKUP_REASONS; i++)
    if (strlen (reason_names[i]) == length && strncmp (reason_names[i], text, length) == 0)
      {
        *reason = i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
read_stamp (const char *text,
            gint64     *time)
{
  g_autoptr(GDateTime) stamp = NULL;
  int n = 0;
  int year, month, day, hour, minute, second;

  if (sscanf (text, "%4d-%2d-%2dT%2d%2d%2dZ%n", &year, &month, &day, &hour, &minute, &second, &n) != 6 ||
      n != 18 || !(stamp = g_date_time_new_utc (year, month, day, hour, minute, second)))
    return FALSE;

  *time = g_date_time_to_unix (stamp);
  return TRUE;
}

AnnalsBackup *
annals_backup_new_from_name (const char *folder,
                             const char *name)
{
  AnnalsBackupReason reason;
  AnnalsBackup *self;
  const char *end, *word;
  gint64 time;

  if (!g_str_has_suffix (name, ANNALS_BACKUP_SUFFIX))
    return NULL;

  end = name + strlen (name) - strlen (ANNALS_BACKUP_SUFFIX);
  for (word = end; word > name && word[-1] != ' '; word--)
    ;
  if (word - name < 20 || word[-20] != ' ' || !read_reason (word, (gsize) (end - word), &reason) ||
      !read_stamp (word - 19, &time))
    return NULL;

  self = g_new0 (AnnalsBackup, 1);
  self->path = g_build_filename (folder, name, NULL);
  self->reason = reason;
  self->time = time;

  return self;
}

char *
annals_backup_dup_default_folder (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);

  return g_build_filename (folder, "Annals Backups", NULL);
}

/* --- what is in a folder --- */

static gboolean
count_rows (AnnalsDb    *db,
            const char  *sql,
            guint       *n,
            GError     **error)
{
  gint64 number = 0;

  if (!annals_db_query_int64 (db, sql, 0, 0, &number, error))
    return FALSE;

  *n = (guint) CLAMP (number, 0, G_MAXUINT);
  return TRUE;
}

static gboolean
read_contents (AnnalsBackup  *self,
               AnnalsDb      *db,
               GError       **error)
{
  gint64 version = 0;

  if (!annals_schema_verify (db, error) ||
      !annals_db_query_int64 (db, "PRAGMA user_version", 0, 0, &version, error) ||
      !count_rows (db, "SELECT count(*) FROM post WHERE withdrawn = 0", &self->posts, error) ||
      !count_rows (db, "SELECT count(*) FROM annotation", &self->annotations, error) ||
      !count_rows (db, "SELECT count(*) FROM event", &self->events, error))
    return FALSE;

  self->version = (int) version;
  return TRUE;
}

/* FALSE: it is of another notebook. @uid (nullable): any will do */
static gboolean
read_backup (AnnalsBackup *self,
             const char   *uid)
{
  g_autoptr(AnnalsDb) db = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *own = NULL;
  GStatBuf info;

  if (g_stat (self->path, &info) == 0)
    self->size = info.st_size;

  db = annals_db_open_still (self->path, &error);
  if (db != NULL && read_contents (self, db, &error))
    {
      own = annals_db_get_meta (db, "uid", NULL);
      return uid == NULL || g_strcmp0 (own, uid) == 0;
    }

  self->posts = self->annotations = self->events = 0;
  self->problem = g_strdup (error->message);
  return TRUE;
}

static char *
dup_uid (const char *path)
{
  g_autoptr(AnnalsDb) db = annals_db_open (path, FALSE, NULL);

  return db != NULL ? annals_db_get_meta (db, "uid", NULL) : NULL;
}

/* Of a notebook that cannot be read, and of a backup that cannot, the name is all there is. */
static gboolean
is_named_after (const AnnalsBackup *self,
                const char         *path)
{
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *base = g_path_get_basename (path);

  if (g_str_has_suffix (base, ".annals"))
    base[strlen (base) - strlen (".annals")] = '\0';

  return g_str_has_prefix (name, base) && name[strlen (base)] == ' ' &&
         strrchr (name, ' ') - name == (gssize) strlen (base) + 19;
}

/* What was noted of it when it was made, where it is as long as it was: without opening it. */
static gboolean
recall (AnnalsBackup *self,
        GHashTable   *notes,
        const char   *name,
        const char   *uid,
        gboolean     *ours)
{
  const AnnalsBackupNote *note = g_hash_table_lookup (notes, name);
  GStatBuf info;

  if (note == NULL || uid == NULL || g_stat (self->path, &info) != 0 || info.st_size != note->size)
    return FALSE;

  self->size = info.st_size;
  *ours = g_str_equal (note->uid, uid);
  return TRUE;
}

/* @quickly: nothing is counted, and only what nothing was noted of is opened */
static gboolean
add_folder (GPtrArray     *backups,
            const char    *folder,
            const char    *path,
            const char    *uid,
            gboolean       quickly,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr(GHashTable) notes = annals_backup_load_notes (folder);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr(AnnalsBackup) backup = annals_backup_new_from_name (folder, name);
      gboolean ours;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (backup == NULL)
        continue;

      if (!quickly || !recall (backup, notes, name, uid, &ours))
        ours = read_backup (backup, uid);
      if (ours && ((uid != NULL && backup->problem == NULL) || is_named_after (backup, path)))
        g_ptr_array_add (backups, g_steal_pointer (&backup));
    }

  return TRUE;
}

static int
compare_newest (gconstpointer a,
                gconstpointer b)
{
  const AnnalsBackup *one = *(AnnalsBackup * const *) a;
  const AnnalsBackup *other = *(AnnalsBackup * const *) b;

  if (one->time != other->time)
    return one->time > other->time ? -1 : 1;

  return strcmp (one->path, other->path);
}

static GPtrArray *
list (const char    *path,
      const char    *folder,
      gboolean       quickly,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr(GPtrArray) backups = g_ptr_array_new_with_free_func ((GDestroyNotify) annals_backup_free);
  g_autofree char *beside = NULL;
  g_autofree char *chosen = NULL;
  g_autofree char *uid = NULL;

  beside = annals_backup_dup_default_folder (path);
  chosen = folder != NULL ? g_canonicalize_filename (folder, NULL) : NULL;
  uid = dup_uid (path);
  if (!add_folder (backups, beside, path, uid, quickly, cancellable, error) ||
      (chosen != NULL && strcmp (chosen, beside) != 0 &&
       !add_folder (backups, chosen, path, uid, quickly, cancellable, error)))
    return NULL;

  g_ptr_array_sort (backups, compare_newest);

  return g_steal_pointer (&backups);
}

GPtrArray *
annals_backup_list (const char    *path,
                    const char    *folder,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return list (path, folder, FALSE, cancellable, error);
}

/* Any of them: after an older one was restored, or the clock was set back, it is not the newest. */
static gboolean
has_backup_of (const char *folder,
               const char *state)
{
  g_autoptr(GHashTable) notes = annals_backup_load_notes (folder);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, notes);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const AnnalsBackupNote *note = value;
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if (g_str_equal (note->state, state) && g_stat (path, &info) == 0 && info.st_size == note->size)
        return TRUE;
    }

  return FALSE;
}

gboolean
annals_backup_is_due (const char    *path,
                      const char    *folder,
                      gboolean      *due,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr(AnnalsDb) db = NULL;
  g_autofree char *beside = NULL;
  g_autofree char *state = NULL;
  gint64 filled = 0;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (due != NULL, FALSE);

  if (!annals_notebook_file_check (path, error) || !(db = annals_db_open (path, FALSE, error)))
    return FALSE;

  /* There is nothing yet in a new notebook. */
  db->cancellable = cancellable;
  if (!(state = annals_backup_dup_state (db, error)) ||
      !annals_db_query_int64 (db, "SELECT EXISTS (SELECT 1 FROM history) OR EXISTS (SELECT 1 FROM import)", 0, 0,
                              &filled, error))
    return FALSE;

  beside = annals_backup_dup_default_folder (path);
  *due = filled != 0 && !has_backup_of (beside, state) && (folder == NULL || !has_backup_of (folder, state));

  return TRUE;
}

/* --- which are kept --- */

/* Of the days or weeks of which the last backup is kept: which one it is in; -1: an older one */
static int
period_of (gint64     time,
           gint64     now,
           GTimeZone *zone,
           int        days,
           int        n)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc (time);
  g_autoptr(GDateTime) today = g_date_time_new_from_unix_utc (now);
  g_autoptr(GDateTime) moment_there = moment != NULL ? g_date_time_to_timezone (moment, zone) : NULL;
  g_autoptr(GDateTime) today_there = today != NULL ? g_date_time_to_timezone (today, zone) : NULL;
  GDate date, last;
  int ago;

  if (moment_there == NULL || today_there == NULL)
    return -1;

  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (moment_there),
                  (GDateMonth) g_date_time_get_month (moment_there),
                  (GDateYear) g_date_time_get_year (moment_there));
  g_date_set_dmy (&last, (GDateDay) g_date_time_get_day_of_month (today_there),
                  (GDateMonth) g_date_time_get_month (today_there),
                  (GDateYear) g_date_time_get_year (today_there));
  if (days == 7)   /* weeks begin on Monday, wherever today stands in its week */
    g_date_add_days (&last, (guint) (7 - g_date_get_weekday (&last)));

  /* A clock that was set back leaves backups of the days to come: they are today's. */
  ago = MAX (0, g_date_days_between (&date, &last)) / days;

  return ago < n ? ago : -1;
}

void
annals_backup_choose (const gint64 *times,
                      gboolean     *kept,
                      guint         n,
                      guint         n_newest,
                      gint64        now,
                      GTimeZone    *zone)
{
  gboolean has_day[DAYS] = { FALSE };
  gboolean has_week[WEEKS] = { FALSE };

  for (guint i = 0; i < n; i++)
    {
      int day = period_of (times[i], now, zone, 1, DAYS);
      int week = period_of (times[i], now, zone, 7, WEEKS);

      kept[i] = i < MAX (n_newest, 1) || (day >= 0 && !has_day[day]) || (week >= 0 && !has_week[week]);
      if (day >= 0)
        has_day[day] = TRUE;
      if (week >= 0)
        has_week[week] = TRUE;
    }
}

static void
remove_abandoned (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      /* A name that was changed is no writing. */
      if ((g_str_has_suffix (name, PART) || g_str_has_suffix (name, DELETED)) && g_stat (path, &info) == 0 &&
          ABS (now - (gint64) MAX (info.st_mtime, info.st_ctime)) > ANNALS_SCRATCH_ABANDONED)
        annals_backup_remove (path);
    }
}

static gboolean
goes_by_itself (const AnnalsBackup *backup)
{
  return backup->problem == NULL && backup->reason != ANNALS_BACKUP_MANUAL &&
         backup->reason != ANNALS_BACKUP_MIGRATION;
}

gboolean
annals_backup_rotate (const char    *path,
                      const char    *folder,
                      guint          n_newest,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr(GPtrArray) backups = NULL;
  g_autoptr(GPtrArray) own = g_ptr_array_new ();
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *beside = NULL;
  g_autofree gint64 *times = NULL;
  g_autofree gboolean *kept = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  if (!(backups = list (path, folder, TRUE, cancellable, error)))
    return FALSE;

  beside = annals_backup_dup_default_folder (path);
  remove_abandoned (folder != NULL ? folder : beside);

  for (guint i = 0; i < backups->len; i++)
    if (goes_by_itself (backups->pdata[i]))
      g_ptr_array_add (own, backups->pdata[i]);

  times = g_new0 (gint64, own->len + 1);
  kept = g_new0 (gboolean, own->len + 1);
  for (guint i = 0; i < own->len; i++)
    times[i] = ((AnnalsBackup *) own->pdata[i])->time;
  annals_backup_choose (times, kept, own->len, n_newest, g_get_real_time () / G_USEC_PER_SEC, zone);

  for (guint i = 0; i < own->len; i++)
    if (!kept[i])
      g_unlink (((AnnalsBackup *) own->pdata[i])->path);

  return TRUE;
}

/* --- one that goes by hand --- */

static gboolean
move (const char  *backup,
      gboolean     aside,
      GError     **error)
{
  g_autofree char *deleted = g_strconcat (backup, ANNALS_BACKUP_DELETED, NULL);
  int saved;

  /* What came by its name meanwhile stays. */
  if (g_file_test (aside ? deleted : backup, G_FILE_TEST_EXISTS))
    saved = EEXIST;
  else if (g_rename (aside ? backup : deleted, aside ? deleted : backup) == 0)
    return TRUE;
  else
    saved = errno;

  g_set_error (error, ANNALS_NOTEBOOK_ERROR,
               saved == ENOENT   ? ANNALS_NOTEBOOK_ERROR_NOT_FOUND
               : saved == EEXIST ? ANNALS_NOTEBOOK_ERROR_EXISTS
                                 : ANNALS_NOTEBOOK_ERROR_READ_ONLY,
               "“%s”: %s", backup, g_strerror (saved));
  return FALSE;
}

gboolean
annals_backup_set_aside (const char  *backup,
                         GError     **error)
{
  g_return_val_if_fail (backup != NULL && g_str_has_suffix (backup, ANNALS_BACKUP_SUFFIX), FALSE);

  return move (backup, TRUE, error);
}

gboolean
annals_backup_put_back (const char  *backup,
                        GError     **error)
{
  g_return_val_if_fail (backup != NULL, FALSE);

  return move (backup, FALSE, error);
}

void
annals_backup_discard (const char *backup)
{
  g_autofree char *deleted = NULL;

  g_return_if_fail (backup != NULL);

  deleted = g_strconcat (backup, ANNALS_BACKUP_DELETED, NULL);
  g_unlink (deleted);
}
