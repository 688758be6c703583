/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "annals-codebook-private.h"

/* What is to become of a code. Strings that are NULL: nothing changes there. */
typedef struct
{
  const AnnalsTag *tag;          /* (nullable): the one it is; the planning's */
  gint64           id;           /* 0: not made yet */
  char            *name;         /* from then on */
  gboolean         renamed;
  gboolean         has_parent;   /* where it stands is said */
  int              parent;       /* a code's number; -1: the top */
  guint            depth;        /* among the codes */
  gboolean         moved;
  const char      *colour;
  const char      *description;
  const char      *rule;
  GPtrArray       *synonyms;     /* (nullable): all it has from then on (element type char *, borrowed) */
} Target;

typedef struct
{
  AnnalsCodebook *codebook;
  GPtrArray      *tags;
  GHashTable     *by_uid;        /* → AnnalsTag */
  GHashTable     *by_name;       /* folded name or other name → AnnalsTag */
  GHashTable     *owners;        /* folded names from then on → number of the code + 1, or AnnalsTag */
  GHashTable     *met;           /* tags that are a code already */
  GArray         *targets;       /* (element type Target) */
} Planning;

static void
target_clear (gpointer data)
{
  Target *self = data;

  g_free (self->name);
  g_clear_pointer (&self->synonyms, g_ptr_array_unref);
}

static void
planning_clear (Planning *self)
{
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->by_uid, g_hash_table_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->owners, g_hash_table_unref);
  g_clear_pointer (&self->met, g_hash_table_unref);
  g_clear_pointer (&self->targets, g_array_unref);
}

static Target *
get_target (Planning *self,
            guint     i)
{
  return &g_array_index (self->targets, Target, i);
}

static const AnnalsCode *
get_code (Planning *self,
          guint     i)
{
  return self->codebook->codes->pdata[i];
}

static gboolean
index_tags (Planning  *self,
            AnnalsDb  *db,
            GError   **error)
{
  if (!(self->tags = annals_db_list_tags (db, error)))
    return FALSE;

  self->by_uid = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->met = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < self->tags->len; i++)
    {
      AnnalsTag *tag = self->tags->pdata[i];

      g_hash_table_insert (self->by_uid, tag->uid, tag);
      g_hash_table_insert (self->by_name, annals_tag_fold (tag->name), tag);
      g_hash_table_insert (self->owners, annals_tag_fold (tag->name), tag);
      for (guint j = 0; tag->synonyms[j] != NULL; j++)
        {
          g_hash_table_insert (self->by_name, annals_tag_fold (tag->synonyms[j]), tag);
          g_hash_table_insert (self->owners, annals_tag_fold (tag->synonyms[j]), tag);
        }
    }

  return TRUE;
}

static const AnnalsTag *
find_tag (Planning         *self,
          const AnnalsCode *code)
{
  g_autofree char *folded = annals_tag_fold (code->name);
  const AnnalsTag *tag = code->uid != NULL ? g_hash_table_lookup (self->by_uid, code->uid) : NULL;

  if (tag == NULL)
    tag = g_hash_table_lookup (self->by_name, folded);

  return tag != NULL && g_hash_table_add (self->met, (gpointer) tag) ? tag : NULL;
}

/* A name as tags have it: without "/", and not too long. */
static char *
dup_allowed (Planning   *self,
             const char *name)
{
  g_autofree char *bare = g_strdelimit (g_strdup (name), "/", '-');

  if (strchr (name, '/') != NULL)
    annals_codebook_remark (self->codebook, _("“%s” becomes “%s”: a “/” stands between a tag and the tags below it"),
                            name, bare);
  if (g_utf8_strlen (bare, -1) <= ANNALS_TAG_MAX_NAME)
    return g_steal_pointer (&bare);

  annals_codebook_remark (self->codebook, _("The name “%.60s…” is cut to %d characters"), bare, ANNALS_TAG_MAX_NAME);
  return g_utf8_substring (bare, 0, ANNALS_TAG_MAX_NAME);
}

static gboolean
own_name (Planning   *self,
          guint       i,
          const char *name)
{
  g_autofree char *folded = annals_tag_fold (name);

  if (g_hash_table_contains (self->owners, folded))
    return FALSE;

  g_hash_table_insert (self->owners, g_steal_pointer (&folded), GUINT_TO_POINTER (i + 1));
  return TRUE;
}

/* Codes of one name under several others get the upper one's name behind theirs: tags' names differ. */
static char *
dup_free_name (Planning   *self,
               guint       i,
               const char *wanted)
{
  int above = get_code (self, i)->parent;
  g_autofree char *name = g_utf8_substring (wanted, 0, MIN (g_utf8_strlen (wanted, -1), ANNALS_TAG_MAX_NAME / 2 - 8));
  g_autofree char *upper = NULL;
  g_autofree char *candidate = NULL;

  if (own_name (self, i, wanted))
    return g_strdup (wanted);

  upper = above >= 0 ? g_utf8_substring (get_code (self, above)->name, 0,
                                         MIN (g_utf8_strlen (get_code (self, above)->name, -1),
                                              ANNALS_TAG_MAX_NAME / 2 - 8)) : NULL;
  if (upper != NULL)
    candidate = g_strdelimit (g_strdup_printf ("%s (%s)", name, upper), "/", '-');
  for (guint n = 2; candidate == NULL || !own_name (self, i, candidate); n++)
    {
      g_free (candidate);
      candidate = g_strdup_printf ("%s %u", name, n);
    }

  annals_codebook_remark (self->codebook, _("There is more than one “%s”: this one becomes “%s”"), wanted, candidate);
  return g_steal_pointer (&candidate);
}

static void
plan_name (Planning *self,
           guint     i)
{
  const AnnalsCode *code = get_code (self, i);
  Target *target = get_target (self, i);
  g_autofree char *wanted = dup_allowed (self, code->name);
  g_autofree char *folded = annals_tag_fold (wanted);

  if (target->tag == NULL)
    {
      target->name = dup_free_name (self, i, wanted);
      return;
    }

  target->name = g_strdup (target->tag->name);
  if (code->uid == NULL || !g_str_equal (code->uid, target->tag->uid) || g_str_equal (wanted, target->tag->name))
    return;

  if (g_hash_table_lookup (self->owners, folded) != target->tag && !own_name (self, i, wanted))
    {
      annals_codebook_remark (self->codebook, _("“%s” keeps its name: there is another “%s”"), target->name, wanted);
      return;
    }

  g_free (target->name);
  target->name = g_steal_pointer (&wanted);
  target->renamed = TRUE;
}

static gboolean
is_below_itself (Planning *self,
                 guint     i)
{
  int above = get_code (self, i)->parent;

  for (guint n = 0; above >= 0 && n <= self->codebook->codes->len; n++)
    {
      if ((guint) above == i)
        return TRUE;
      above = get_code (self, above)->parent;
    }

  return FALSE;
}

static void
plan_place (Planning *self,
            guint     i)
{
  const AnnalsCode *code = get_code (self, i);
  Target *target = get_target (self, i);
  gboolean below_itself = is_below_itself (self, i);

  if (below_itself)
    annals_codebook_remark (self->codebook, _("“%s” is below itself; it keeps its place"), code->name);
  target->has_parent = code->parent != ANNALS_CODE_UNSAID && !below_itself;
  target->parent = target->has_parent ? code->parent : ANNALS_CODE_TOP;
}

/* How far it stands below the top of the codebook. */
static void
measure_depth (Planning *self,
               guint     i)
{
  Target *target = get_target (self, i);

  for (int above = target->parent; above >= 0; above = get_target (self, above)->parent)
    target->depth++;
}

/* When all codes have found their tags. */
static void
compare_place (Planning *self,
               guint     i)
{
  Target *target = get_target (self, i);
  const AnnalsTag *above = target->parent >= 0 ? get_target (self, target->parent)->tag : NULL;
  gint64 above_id = above != NULL ? above->id : 0;

  target->moved = target->has_parent && target->tag != NULL &&
                  ((target->parent >= 0 && above == NULL) || target->tag->parent_id != above_id);
}

static void
plan_synonyms (Planning *self,
               guint     i)
{
  const AnnalsCode *code = get_code (self, i);
  Target *target = get_target (self, i);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  guint n_had = 0;

  for (; target->tag != NULL && target->tag->synonyms[n_had] != NULL; n_had++)
    g_ptr_array_add (names, target->tag->synonyms[n_had]);

  for (guint j = 0; code->synonyms != NULL && code->synonyms[j] != NULL; j++)
    {
      g_autofree char *folded = annals_tag_fold (code->synonyms[j]);
      gpointer owner = g_hash_table_lookup (self->owners, folded);

      if (strchr (code->synonyms[j], '/') != NULL || g_utf8_strlen (code->synonyms[j], -1) > ANNALS_TAG_MAX_NAME)
        annals_codebook_remark (self->codebook, _("“%.60s” cannot be another name of a tag"), code->synonyms[j]);
      else if (owner == NULL)
        {
          g_hash_table_insert (self->owners, g_steal_pointer (&folded), GUINT_TO_POINTER (i + 1));
          g_ptr_array_add (names, code->synonyms[j]);
        }
      else if (owner != GUINT_TO_POINTER (i + 1) && (target->tag == NULL || owner != target->tag))
        annals_codebook_remark (self->codebook, _("“%s” is another tag's name and not added to “%s”"),
                                code->synonyms[j], target->name);
    }

  if (names->len == n_had)
    return;

  g_ptr_array_add (names, NULL);
  target->synonyms = g_steal_pointer (&names);
}

static void
plan_rest (Planning *self,
           guint     i)
{
  const AnnalsCode *code = get_code (self, i);
  Target *target = get_target (self, i);
  const AnnalsTag *tag = target->tag;

  if (code->colour != NULL && (tag == NULL || !g_str_equal (tag->colour, code->colour)))
    target->colour = code->colour;
  if (code->description != NULL && (tag == NULL || !g_str_equal (tag->description, code->description)))
    target->description = code->description;
  if (code->rule != NULL && (tag == NULL || !g_str_equal (tag->rule, code->rule)))
    target->rule = code->rule;
}

static gboolean
plan (Planning        *self,
      AnnalsDb        *db,
      AnnalsCodebook  *codebook,
      GError         **error)
{
  guint n = codebook->codes->len;

  self->codebook = codebook;
  if (!index_tags (self, db, error))
    return FALSE;

  self->targets = g_array_new (FALSE, TRUE, sizeof (Target));
  g_array_set_clear_func (self->targets, target_clear);
  g_array_set_size (self->targets, n);
  for (guint i = 0; i < n; i++)
    get_target (self, i)->tag = find_tag (self, get_code (self, i));
  for (guint i = 0; i < n; i++)
    {
      plan_name (self, i);
      plan_place (self, i);
      plan_rest (self, i);
    }
  for (guint i = 0; i < n; i++)
    {
      plan_synonyms (self, i);
      measure_depth (self, i);
      compare_place (self, i);
    }

  return TRUE;
}

/* --- for people --- */

static void
code_plan_free (AnnalsCodePlan *self)
{
  g_free (self->name);
  g_free (self->parent);
  g_free (self->changes);
  g_free (self);
}

static char *
dup_changes (const Target *target)
{
  GString *changes = g_string_new (NULL);
  const struct
  {
    gboolean    is;
    const char *what;
  } parts[] = {
    { target->renamed, C_("field", "name") },
    { target->moved, C_("field", "place") },
    { target->colour != NULL, C_("field", "colour") },
    { target->description != NULL, C_("field", "description") },
    { target->synonyms != NULL, C_("field", "other names") },
    { target->rule != NULL, C_("field", "rule") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].is)
      g_string_append_printf (changes, "%s%s", changes->len > 0 ? ", " : "", parts[i].what);

  return g_string_free (changes, FALSE);
}

GPtrArray *
annals_db_plan_codebook (AnnalsDb        *db,
                         AnnalsCodebook  *codebook,
                         GError         **error)
{
  g_autoptr(GPtrArray) plans = g_ptr_array_new_with_free_func ((GDestroyNotify) code_plan_free);
  Planning planning = { NULL };
  gboolean ok;

  g_return_val_if_fail (db != NULL && codebook != NULL, NULL);

  ok = plan (&planning, db, codebook, error);
  for (guint i = 0; ok && i < codebook->codes->len; i++)
    {
      const Target *target = get_target (&planning, i);
      AnnalsCodePlan *one = g_new0 (AnnalsCodePlan, 1);

      one->name = g_strdup (target->name);
      one->parent = target->parent >= 0 ? g_strdup (get_target (&planning, target->parent)->name) : NULL;
      one->changes = dup_changes (target);
      one->state = target->tag == NULL ? ANNALS_CODE_NEW
                   : *one->changes != '\0' ? ANNALS_CODE_CHANGED : ANNALS_CODE_SAME;
      g_ptr_array_add (plans, one);
    }
  planning_clear (&planning);

  return ok ? g_steal_pointer (&plans) : NULL;
}

/* --- doing it --- */

static gboolean
make_or_rename (Planning  *self,
                AnnalsDb  *db,
                guint      i,
                GError   **error)
{
  const AnnalsCode *code = get_code (self, i);
  Target *target = get_target (self, i);
  gboolean free_uid = code->uid != NULL && !g_hash_table_contains (self->by_uid, code->uid);

  if (target->tag == NULL)
    {
      if (free_uid)   /* two codes of one uid are two tags */
        g_hash_table_insert (self->by_uid, code->uid, (gpointer) code);
      return annals_db_add_tag (db, free_uid ? code->uid : NULL, target->name, &target->id, error);
    }

  target->id = target->tag->id;
  return !target->renamed || annals_db_rename_tag (db, target->id, target->name, error);
}

static gboolean
set_rest (Planning  *self,
          AnnalsDb  *db,
          guint      i,
          GError   **error)
{
  const Target *target = get_target (self, i);

  return (target->colour == NULL || annals_db_set_tag_colour (db, target->id, target->colour, error)) &&
         (target->description == NULL ||
          annals_db_set_tag_description (db, target->id, target->description, error)) &&
         (target->rule == NULL || annals_db_set_tag_rule (db, target->id, target->rule, error)) &&
         (target->synonyms == NULL ||
          annals_db_set_tag_synonyms (db, target->id, (const char * const *) target->synonyms->pdata, error));
}

/* From the top down, so that no tag is below itself on the way. */
static gboolean
place_all (Planning  *self,
           AnnalsDb  *db,
           GError   **error)
{
  guint n = self->targets->len;
  guint deepest = 0;

  for (guint i = 0; i < n; i++)
    deepest = MAX (deepest, get_target (self, i)->depth);

  for (guint depth = 0; depth <= deepest; depth++)
    for (guint i = 0; i < n; i++)
      {
        const Target *target = get_target (self, i);
        gint64 above = target->parent >= 0 ? get_target (self, target->parent)->id : 0;

        if (target->has_parent && target->depth == depth &&
            !annals_db_set_tag_parent (db, target->id, above, error))
          return FALSE;
      }

  return TRUE;
}

gboolean
annals_db_import_codebook (AnnalsDb        *db,
                           AnnalsCodebook  *codebook,
                           GArray          *tag_ids,
                           GError         **error)
{
  Planning planning = { NULL };
  gboolean ok;

  g_return_val_if_fail (db != NULL && codebook != NULL, FALSE);

  ok = plan (&planning, db, codebook, error);
  for (guint i = 0; ok && i < codebook->codes->len; i++)
    ok = make_or_rename (&planning, db, i, error);
  ok = ok && place_all (&planning, db, error);
  for (guint i = 0; ok && i < codebook->codes->len; i++)
    ok = set_rest (&planning, db, i, error);
  for (guint i = 0; ok && tag_ids != NULL && i < codebook->codes->len; i++)
    g_array_append_val (tag_ids, get_target (&planning, i)->id);
  planning_clear (&planning);

  return ok;
}
