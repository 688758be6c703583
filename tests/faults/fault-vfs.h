/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A VFS of SQLite's, over the system's own, whose n-th call of a kind fails when it is told to. Files are not
 * synchronised with the disk: what is tested is this program, which lives on. */

typedef enum
{
  FAULT_READ,
  FAULT_WRITE,
  FAULT_SHORT_WRITE,   /* half of it is written */
  FAULT_SYNC,
  FAULT_TRUNCATE,
  FAULT_OPEN,
  FAULT_DELETE,
  FAULT_SIZE,
  FAULT_LOCK,
  FAULT_SHARED,        /* memory and its locks */
  FAULT_CHANGING,      /* any that changes a file: a disk that became read-only */
  FAULT_N_KINDS,
} FaultKind;

typedef struct
{
  const char *name;
  FaultKind   kind;
  int         code;      /* SQLite's */
  gboolean    sticky;    /* all calls of that kind from then on */
} Fault;

/* Makes it the one that connections are opened with. */
void     fault_vfs_install (void);
/* @fault: fails from now on at its @at-th call, from 1; 0: is only counted */
void     fault_vfs_arm     (const Fault *fault,
                            guint        at);
/* How many calls of that kind there were since. No more faults. */
guint    fault_vfs_disarm  (void);

G_END_DECLS
