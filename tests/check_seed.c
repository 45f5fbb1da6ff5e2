/* SPDX-License-Identifier: MIT */
/* The tests of the seed room, all suites in one program. */
#include "check_seed.h"
#include "run_suites.h"

int main(void)
{
    return run_suites((Suite *[]){seed_schema_suite(), seed_kinds_suite(), seed_cases_suite(), seed_files_suite(),
                                  seed_facts_suite(), seed_format_suite(), seed_import_suite(), NULL});
}
