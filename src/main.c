/* SPDX-License-Identifier: MIT */
/* The program: a table of subcommands, and what each prints. It knows no field, no SQL and no HTTP; it joins the rooms'
 * doors and turns their errors into exit codes: 0 done, 1 the input is at fault, 2 usage, 3 the system. Data goes to
 * standard output, everything else to standard error; output that could not be written is an error of the system. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cyberatlas/base/facts.h"
#include "cyberatlas/base/log.h"
#include "cyberatlas/base/nearest.h"
#include "cyberatlas/build.h"
#include "cyberatlas/config.h"
#include "cyberatlas/http.h"
#include "cyberatlas/seed.h"
#include "cyberatlas/serve.h"
#include "cyberatlas/store.h"
#include "cyberatlas/view.h"
#include "settings.h"
#include "workplace.h"

enum { COVERAGE_BYTES = 64 * 1024 * 1024, MOST_OPERANDS = 3 };

/* What any subcommand but serve may be told. */
struct arguments {
    bool format;
    bool canonical;
    bool no_compress;
    bool json;
    bool dry_run;
    uint32_t threads;
    const char *output;
    const char *previous;
    const char *accept;
    const char *data;
    const char *items[MOST_OPERANDS];
};

struct command {
    const char *name;
    const char *usage;
    const char *summary;
    const struct setting *options; /* NULL: the settings of serve */
    size_t least, most;            /* operands */
    int (*run)(const struct arguments *arguments, const struct config *config);
};

static int fail(const struct err *err)
{
    log_write(LOG_ERROR, "%s", err->text);
    return (int)err->kind;
}

/* What a failed check or build has to say; its exit code. */
static int fail_seeds(const struct seed_faults *faults, const struct err *err)
{
    if (faults->count == 0)
        return fail(err);
    if (faults->lines.data != NULL)
        (void)fwrite(faults->lines.data, 1, faults->lines.len, stderr);
    log_write(LOG_ERROR, "%zu %s found", faults->count, faults->count == 1 ? "fault" : "faults");
    return ERR_INPUT;
}

static const char *data_folder(const struct arguments *arguments)
{
    return arguments->items[0] != NULL ? arguments->items[0] : "data";
}

static int check(const struct arguments *arguments, const struct config *config)
{
    (void)config;
    CLEANUP(seed_faults_done) struct seed_faults faults;
    seed_faults_init(&faults);
    CLEANUP(facts_cleanup) struct facts *facts = NULL;
    struct err err = {0};
    size_t changed = 0;
    const char *data = data_folder(arguments);
    if (arguments->format && arguments->canonical)
        return fail(&(struct err){ERR_USAGE, "check: give --format or --canonical, not both"});
    if (arguments->format && !seed_format(data, false, &faults, &changed, &err))
        return fail_seeds(&faults, &err);
    if (!seed_load(data, &facts, &faults, &err))
        return fail_seeds(&faults, &err);
    if (arguments->canonical && !seed_format(data, true, &faults, &changed, &err))
        return fail_seeds(&faults, &err);
    if (isatty(STDERR_FILENO) != 0)
        (void)fprintf(stderr, "%s: no faults; %zu files rewritten\n", data, changed);
    return ERR_NONE;
}

/* On a terminal only: one line that is written over. */
static void show_progress(void *cls, const char *step, size_t done, size_t total)
{
    (void)cls;
    (void)fprintf(stderr, "\r\033[K%s", step);
    if (total > 0)
        (void)fprintf(stderr, " %zu of %zu", done, total);
}

static int build_to(const char *data, const char *output, const struct arguments *arguments)
{
    bool terminal = isatty(STDERR_FILENO) != 0;
    struct build_options options = {.threads = arguments->threads,
                                    .previous = arguments->previous,
                                    .compress = !arguments->no_compress,
                                    .progress = terminal ? show_progress : NULL};
    struct build_result result = {0};
    CLEANUP(seed_faults_done) struct seed_faults faults;
    seed_faults_init(&faults);
    struct err err = {0};
    bool done = build_dataset(data, output, &options, &result, &faults, &err);
    if (terminal)
        (void)fputs("\r\033[K", stderr);
    if (!done)
        return fail_seeds(&faults, &err);
    if (terminal)
        (void)fprintf(stderr, "%s: revision %s, %zu countries, %zu documents, %zu bytes\n", output, result.revision,
                      result.countries, result.documents, result.bytes);
    return ERR_NONE;
}

static int build(const struct arguments *arguments, const struct config *config)
{
    (void)config;
    if (arguments->output == NULL || *arguments->output == '\0')
        return fail(&(struct err){ERR_USAGE, "build: say where to: build [DATA] -o FILE.db"});
    return build_to(data_folder(arguments), arguments->output, arguments);
}

/* A stop that is asked for during the build waits until the server takes it, so that the folder is always removed. */
static int serve_folder(const struct arguments *arguments, const struct config *config)
{
    CLEANUP(workplace_remove) struct workplace place = {0};
    struct err err = {0};
    sigset_t stops;
    (void)sigemptyset(&stops);
    (void)sigaddset(&stops, SIGINT);
    (void)sigaddset(&stops, SIGTERM);
    (void)sigaddset(&stops, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &stops, NULL);
    if (!workplace_make(&place, &err))
        return fail(&err);
    int code = build_to(arguments->items[0], place.file, arguments);
    if (code == ERR_NONE && !http_run(config, place.file, &err))
        code = fail(&err);
    return code;
}

static int serve(const struct arguments *arguments, const struct config *config)
{
    struct stat status;
    struct err err = {0};
    if (stat(arguments->items[0], &status) == 0 && S_ISDIR(status.st_mode))
        return serve_folder(arguments, config);
    return http_run(config, arguments->items[0], &err) ? ERR_NONE : fail(&err);
}

/* The body to standard output, or a problem to standard error. */
static int print_outcome(const struct outcome *outcome)
{
    bool good = outcome->status == 200 || outcome->status == 204;
    FILE *out = good ? stdout : stderr;
    if (outcome->ready != NULL)
        (void)fwrite(outcome->ready->body, 1, outcome->ready->len, out);
    else if (outcome->made != NULL)
        (void)fwrite(outcome->made->body, 1, outcome->made->len, out);
    else if (outcome->location[0] != '\0')
        log_write(LOG_ERROR, "this is now at %s", outcome->location);
    return good ? ERR_NONE : ERR_INPUT;
}

static int get(const struct arguments *arguments, const struct config *config)
{
    const char *path = arguments->items[1];
    struct config served = *config;
    struct err err = {0};
    size_t none = 0;
    if (!config_read(0, NULL, &served, NULL, 0, &none, &err)) /* what serve would be told by the environment */
        return fail(&err);
    if (path[0] != '/') {
        err_set(&err, ERR_USAGE, "get: \"%.200s\" is no path; paths begin with a slash, as in /v1/countries/BE", path);
        return fail(&err);
    }
    struct snapshot *snapshot = NULL;
    if (!snapshot_open(arguments->items[0], &served, 1, &snapshot, &err))
        return fail(&err);
    struct request request = {.method = "GET", .target = path, .accept = arguments->accept};
    struct outcome outcome = {0};
    serve_request(snapshot, &request, &outcome);
    int code = print_outcome(&outcome);
    made_unref(outcome.made);
    snapshot_free(snapshot);
    return code;
}

static int import(const struct arguments *arguments, const struct config *config)
{
    (void)config;
    struct seed_import what = {arguments->data, arguments->items[1], arguments->items[2], arguments->dry_run};
    CLEANUP(seed_faults_done) struct seed_faults faults;
    seed_faults_init(&faults);
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, IMPORT_CHANGES);
    struct err err = {0};
    if (strcmp(arguments->items[0], "csv") != 0)
        return fail(&(struct err){ERR_USAGE, "import: only sheets can be imported: import csv KIND FILE"});
    bool done = seed_import(&what, &text, &faults, &err);
    if ((done || what.file == NULL) && text.data != NULL)
        (void)fwrite(text.data, 1, text.len, stdout);
    return done ? ERR_NONE : fail_seeds(&faults, &err);
}

static int coverage(const struct arguments *arguments, const struct config *config)
{
    (void)config;
    CLEANUP(seed_faults_done) struct seed_faults faults;
    seed_faults_init(&faults);
    CLEANUP(facts_cleanup) struct facts *facts = NULL;
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, COVERAGE_BYTES);
    struct err err = {0};
    if (!seed_load(data_folder(arguments), &facts, &faults, &err) || !coverage_write(facts, &text, &err))
        return fail_seeds(&faults, &err);
    (void)fwrite(text.data, 1, text.len, stdout);
    return ERR_NONE;
}

static int routes(const struct arguments *arguments, const struct config *config)
{
    (void)config;
    return routes_print(arguments->json, stdout) ? ERR_NONE : ERR_SYSTEM;
}

#define AT(member) .offset = offsetof(struct arguments, member)

static const struct setting check_options[] = {
    {.name = "format", .kind = SETTING_FLAG, AT(format), .help = "first rewrite the seeds in their canonical form"},
    {.name = "canonical", .kind = SETTING_FLAG, AT(canonical), .help = "a seed in any other form is a fault"},
    {.name = NULL},
};

static const struct setting build_options[] = {
    {.name = "output", .letter = 'o', .kind = SETTING_TEXT, AT(output), .value = "FILE.db", .help = "the dataset"},
    {.name = "previous",
     .kind = SETTING_TEXT,
     AT(previous),
     .value = "FILE.db",
     .help = "dataset published before, whose log of changes goes on"},
    {.name = "no-compress", .kind = SETTING_FLAG, AT(no_compress), .help = "make no gzip and br variants"},
    {.name = "threads",
     .kind = SETTING_NUMBER,
     .most = 256,
     AT(threads),
     .value = "NUMBER",
     .help = "threads to work on; 0: one for each processor"},
    {.name = NULL},
};

static const struct setting get_options[] = {
    {.name = "accept", .kind = SETTING_TEXT, AT(accept), .value = "TYPE", .help = "as the request's Accept"},
    {.name = NULL},
};

static const struct setting routes_options[] = {
    {.name = "json", .kind = SETTING_FLAG, AT(json), .help = "as JSON"},
    {.name = NULL},
};

static const struct setting import_options[] = {
    {.name = "data", .kind = SETTING_TEXT, AT(data), .value = "DATA", .help = "the seeds, a folder"},
    {.name = "dry-run", .kind = SETTING_FLAG, AT(dry_run), .help = "write nothing"},
    {.name = NULL},
};

static const struct setting no_options[] = {{.name = NULL}};

static const struct command commands[] = {
    {"check", "[--format | --canonical] [DATA]", "Read the seeds in DATA (data) and print every fault", check_options,
     0, 1, check},
    {"build", "[DATA] -o FILE.db [--previous FILE.db] [--no-compress] [--threads N]",
     "Check the seeds and write the dataset", build_options, 0, 1, build},
    {"serve", "FILE.db|DATA [settings]", "Answer HTTP; a folder of seeds is built first", NULL, 1, 1, serve},
    {"get", "FILE.db PATH [--accept TYPE]", "Print the answer to GET PATH without a server", get_options, 2, 2, get},
    {"import", "csv KIND FILE [--data DATA] [--dry-run]", "Merge a sheet into the seeds and print what that changes",
     import_options, 2, 3, import},
    {"coverage", "[DATA]", "Print what the seeds cover, as Markdown (data/COVERAGE.md)", no_options, 0, 1, coverage},
    {"routes", "[--json]", "Print the addresses there are", routes_options, 0, 0, routes},
};

static void print_command(const struct command *command)
{
    const struct arguments none = {.data = "data"};
    (void)printf("usage: cyberatlas %s %s\n\n%s.\n\n", command->name, command->usage, command->summary);
    if (command->options != NULL)
        settings_help(command->options, &none, stdout);
    else
        config_help(stdout);
    (void)puts("\nAn option wins over its variable, and a variable over the default.");
}

static void print_help(void)
{
    (void)puts("cyberatlas publishes sourced facts about national cyber security.\n");
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        (void)printf("  cyberatlas %s %s\n      %s.\n", commands[i].name, commands[i].usage, commands[i].summary);
    (void)puts("\n  cyberatlas COMMAND --help lists a command's options, cyberatlas --version the versions.\n\n"
               "Exit status: 0 done; 1 the input is at fault, each fault printed; 2 wrong use; 3 the system\n"
               "refused (file, port, memory, output).");
}

static void print_version(void)
{
    (void)printf("cyberatlas %s\ndataset schema %d, renderer %d\n", CYBERATLAS_VERSION, STORE_SCHEMA_VERSION,
                 STORE_RENDERER);
}

static const struct command *find_command(const char *word, struct err *err)
{
    struct nearest best = {0};
    for (size_t i = 0; i < COUNT_OF(commands); i++) {
        if (strcmp(word, commands[i].name) == 0)
            return &commands[i];
        nearest_try(&best, word, commands[i].name);
    }
    if (best.word != NULL)
        err_set(err, ERR_USAGE, "there is no command \"%.100s\"; did you mean %s?", word, best.word);
    else
        err_set(err, ERR_USAGE, "there is no command \"%.100s\"; cyberatlas --help lists them", word);
    return NULL;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct arguments arguments = {.data = "data"};
    struct config config = config_defaults;
    struct operands operands = {arguments.items, command->most, 0};
    struct err err = {0};
    bool read = command->options != NULL
                    ? settings_read(command->options, argc, argv, &arguments, &operands, &err)
                    : config_read(argc, argv, &config, arguments.items, command->most, &operands.count, &err);
    if (read && operands.count < command->least)
        read = err_set(&err, ERR_USAGE, "%s: something is missing: %s", command->name, command->usage);
    if (!read) {
        log_write(LOG_ERROR, "%s", err.text);
        (void)fprintf(stderr, "usage: cyberatlas %s %s\n", command->name, command->usage);
        return ERR_USAGE;
    }
    log_set_level(config.log_level);
    return command->run(&arguments, &config);
}

static int dispatch(int argc, char **argv)
{
    struct err err = {0};
    if (argc < 2) {
        err_set(&err, ERR_USAGE, "say what to do; cyberatlas --help lists the commands");
        return fail(&err);
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_help();
        return ERR_NONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        print_version();
        return ERR_NONE;
    }
    const struct command *command = find_command(argv[1], &err);
    if (command == NULL)
        return fail(&err);
    if (asks_for_help(argc - 2, argv + 2)) {
        print_command(command);
        return ERR_NONE;
    }
    return run(command, argc - 2, argv + 2);
}

int main(int argc, char **argv)
{
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is then an error of write(), which is told */
    int code = dispatch(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout) != 0) {
        log_write(LOG_ERROR, "standard output: %s", strerror(errno));
        code = ERR_SYSTEM;
    }
    exit(code);
}
