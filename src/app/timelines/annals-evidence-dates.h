/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "annals-date-reading.h"
#include "annals-desk.h"
#include "annals-timelines.h"

G_BEGIN_DECLS

/* Has @reading offer, instead of what it offered, the dates that the posts speak of near the passages which are the
 * event's evidence; relative words are seen from the first of those posts. @cancellable: for when another event is
 * shown. */
void annals_evidence_dates_propose (AnnalsDesk        *desk,
                                    AnnalsDateReading *reading,
                                    const AnnalsEvent *event,
                                    GCancellable      *cancellable);

G_END_DECLS
