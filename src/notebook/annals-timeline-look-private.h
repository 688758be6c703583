/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Of the row of meta that holds a timeline's look: this and the timeline's uid. */
#define ANNALS_TIMELINE_LOOK_KEY "timeline-look."
