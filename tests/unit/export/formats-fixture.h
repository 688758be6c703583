/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "export-fixture.h"

/* The fixture with what is hard to write down: names and texts with signs of every format, events and posts of every
 * kind of date, markup in a post's text. */
void  formats_set_up    (Fixture       *self,
                         gconstpointer  data);
/* What is exported, as text; @remarks (out) (optional): what was said of it, in lines. */
char *formats_export    (Fixture              *self,
                         AnnalsExportSubject   subject,
                         const char           *query,
                         const char           *format,
                         const char           *name,
                         char                **remarks);
/* The same without what differs from run to run: uids, the times of imports, the version. */
char *formats_normalise (const char           *text);
/* Runs a script of this folder over a file of the fixture's; 77 as its status skips the test. */
void  formats_check     (Fixture              *self,
                         const char           *script,
                         const char           *argument,
                         const char           *name);
