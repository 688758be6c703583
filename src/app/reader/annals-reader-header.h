/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-reading.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ANNALS_TYPE_READER_HEADER (annals_reader_header_get_type ())
/**
 * AnnalsReaderHeader:
 *
 * What stands above a post's text: its title, where and when it was published, its tags, the
 * timelines that cite it. It acts through the reader's actions.
 */
G_DECLARE_FINAL_TYPE (AnnalsReaderHeader, annals_reader_header, ANNALS, READER_HEADER, GtkWidget)

void annals_reader_header_set (AnnalsReaderHeader *self,
                               AnnalsReading      *reading);

G_END_DECLS
