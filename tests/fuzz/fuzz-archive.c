/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "container-run.h"

#include <stdint.h>

/* Archives and compressed files; what looks like none is given to all three. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const AnnalsContainer * const all[] = {
    &annals_container_zip, &annals_container_tar, &annals_container_compressed,
  };
  const AnnalsContainer *detected = annals_container_detect (data, size, "fuzz");

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      if (detected == NULL || detected == all[i])
        run_container (all[i], data, size);
    }

  return 0;
}
