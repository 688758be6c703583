/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "container-run.h"

#include <stdint.h>

/* Saved pages: headers, boundaries, encodings. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  annals_container_mhtml.sniff (data, size, "fuzz.mhtml");
  run_container (&annals_container_mhtml, data, size);

  return 0;
}
