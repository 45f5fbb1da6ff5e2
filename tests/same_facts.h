/* SPDX-License-Identifier: MIT */
/* Comparing facts in tests. */
#pragma once
#include "cyberatlas/base/fact.h"

/* Fails the running test unless all that was written was found again. */
void same_facts(const struct facts *found, const struct facts *written);
