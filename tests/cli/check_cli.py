# SPDX-License-Identifier: MIT
"""The command line: exit codes, what goes where, and what each wrong use is told. Usage: check_cli.py PROGRAM SOURCE"""
import json
import os
import resource
import shutil
import subprocess

from case import DATA, PROGRAM, case, call, clean_environment, dataset, equal, holds, main

COMMANDS = ["check", "build", "serve", "get", "coverage", "import", "routes"]

# Arguments, and a part of what standard error says.
WRONG_USE = [
    ([], "--help lists the commands"),
    (["chekc"], "did you mean check?"),
    (["something-else"], "there is no command"),
    (["--verison"], "there is no command"),
    (["check", "--fromat"], "did you mean --format?"),
    (["check", "--format=yes"], "takes no value"),
    (["check", "--format", "--canonical", DATA], "not both"),
    (["check", "one", "two"], "\"two\" is one argument too many"),
    (["build", DATA], "build [DATA] -o FILE.db"),
    (["build", DATA, "--output="], "build [DATA] -o FILE.db"),
    (["check", ""], "an argument is empty"),
    (["get", "", "/v1"], "an argument is empty"),
    (["build", "-o"], "--output needs a value"),
    (["build", DATA, "-o", "x.db", "--previous"], "--previous needs a value"),
    (["build", DATA, "-o", "x.db", "--previus", "y.db"], "did you mean --previous?"),
    (["build", "-o", "x.db", "--threads", "many"], "allowed: 0 to 256"),
    (["serve"], "something is missing"),
    (["serve", "x.db", "--prot", "80"], "did you mean --port?"),
    (["serve", "x.db", "--port", "http"], "--port"),
    (["get", "x.db"], "something is missing"),
    (["get", "x.db", "v1/countries"], "paths begin with a slash"),
    (["get", "x.db", "/v1", "more"], "one argument too many"),
    (["import", "csv"], "import csv KIND FILE"),
    (["import", "xlsx", "certs", "x"], "only sheets"),
    (["import", "csv", "cert", "x.csv"], "did you mean certs?"),
    (["import", "csv", "certs", "x.csv", "more"], "one argument too many"),
    (["import", "csv", "certs", "x.csv", "--dry-rnu"], "did you mean --dry-run?"),
    (["routes", "all"], "one argument too many"),
]


@case
def every_wrong_use_is_2_and_says_what_to_do(_folder):
    for arguments, part in WRONG_USE:
        ended = call(*arguments)
        equal((ended.returncode, ended.stdout), (2, ""), arguments)
        holds(part, ended.stderr)


@case
def a_bad_variable_is_2_and_named(_folder):
    ended = call("serve", "x.db", environment={"CYBERATLAS_PORT": "tcp://10.0.0.1:80"})
    equal(ended.returncode, 2)
    holds("CYBERATLAS_PORT", ended.stderr)


@case
def help_and_version_go_to_standard_output(_folder):
    for arguments in (["--help"], ["--version"], *([name, "--help"] for name in COMMANDS)):
        ended = call(*arguments)
        equal((ended.returncode, ended.stderr), (0, ""), arguments)
        holds("cyberatlas", ended.stdout)
    help_text = call("--help").stdout
    for name in COMMANDS:
        holds(f"cyberatlas {name} ", help_text)
    holds("CYBERATLAS_HEAD_TIMEOUT", call("serve", "--help").stdout)


@case
def the_seeds_of_the_tree_have_no_fault_and_are_canonical(_folder):
    ended = call("check", "--canonical", DATA)
    equal((ended.returncode, ended.stdout, ended.stderr), (0, "", ""))


@case
def every_fault_is_printed_and_nothing_is_written(folder):
    seeds = shutil.copytree(DATA, os.path.join(folder, "data"))
    for name in ("dataset.json", "sources.json"):
        with open(os.path.join(seeds, name), "w", encoding="utf-8") as file:
            file.write('{"a": 1, "a": 2')
    output = os.path.join(folder, "atlas.db")
    for arguments in (["check", seeds], ["build", seeds, "-o", output], ["coverage", seeds]):
        ended = call(*arguments)
        equal((ended.returncode, ended.stdout), (1, ""))
        holds("dataset.json:", ended.stderr)
        holds("sources.json:", ended.stderr)
    equal(os.listdir(folder), ["data"])


@case
def format_makes_a_seed_canonical_again(folder):
    seeds = shutil.copytree(DATA, os.path.join(folder, "data"))
    path = os.path.join(seeds, "dataset.json")
    with open(path, encoding="utf-8") as file:
        before = file.read()
    with open(path, "w", encoding="utf-8") as file:
        json.dump(json.loads(before), file)
    ended = call("check", "--canonical", seeds)
    equal(ended.returncode, 1)
    holds("dataset.json", ended.stderr)
    equal(call("check", "--format", seeds).returncode, 0)
    with open(path, encoding="utf-8") as file:
        equal(file.read(), before)


@case
def a_sheet_is_merged_once_and_only_where_asked(folder):
    seeds = shutil.copytree(DATA, os.path.join(folder, "data"))
    sheet = os.path.join(folder, "teams.csv")
    with open(sheet, "w", encoding="utf-8") as file:
        file.write("id,country,name,status,source\nmade-up-team,KP,A team,active,enisa-csirts-2023\n")
    path = os.path.join(seeds, "certs/kp.json")
    if os.path.exists(path):
        os.unlink(path)
    for arguments, told, written in ((["--dry-run"], True, False), ([], True, True), ([], False, True)):
        ended = call("import", "csv", "certs", sheet, "--data", seeds, *arguments)
        equal((ended.returncode, ended.stderr), (0, ""), arguments)
        equal("new: made-up-team\n" in ended.stdout, told)
        equal(os.path.exists(path), written)
    equal(call("check", "--canonical", seeds).returncode, 0)


@case
def a_sheet_with_a_fault_is_1_and_without_a_file_2(folder):
    sheet = os.path.join(folder, "teams.csv")
    with open(sheet, "w", encoding="utf-8") as file:
        file.write("country,name,status,source\nKP,A team,actve,enisa-csirts-2023\n")
    ended = call("import", "csv", "certs", sheet, "--data", DATA, "--dry-run")
    equal((ended.returncode, ended.stdout), (1, ""))
    holds(sheet + ":2:11: status: ", ended.stderr)
    ended = call("import", "csv", "certs")
    equal(ended.returncode, 2)
    holds("a term of cert-statuses (needed)", ended.stdout)
    holds("say which file", ended.stderr)


@case
def two_builds_of_the_same_seeds_are_equal(folder):
    one = dataset(folder)
    two = os.path.join(folder, "two.db")
    seeds = shutil.copytree(DATA, os.path.join(folder, "elsewhere"))
    equal(call("build", seeds, "--output", two, "--threads", "1", environment={"TZ": "Asia/Tokyo"}).returncode, 0)
    with open(one, "rb") as first, open(two, "rb") as second:
        equal(first.read() == second.read(), True)


@case
def a_build_that_fails_leaves_the_old_file(folder):
    path = dataset(folder)
    with open(path, "rb") as file:
        before = file.read()
    equal(call("build", os.path.join(folder, "nowhere"), "-o", path).returncode in (1, 3), True)
    with open(path, "rb") as file:
        equal(file.read() == before, True)
    equal(os.listdir(folder), ["atlas.db"])


@case
def a_folder_that_is_not_there_is_3(folder):
    ended = call("build", DATA, "-o", os.path.join(folder, "no", "atlas.db"))
    equal((ended.returncode, ended.stdout), (3, ""))
    holds("atlas.db", ended.stderr)


@case
def a_limit_on_the_size_of_files_is_3_and_leaves_nothing(folder):
    path = dataset(folder)
    with open(path, "rb") as file:
        before = file.read()
    limit = 512 * 1024
    ended = call("build", "--no-compress", DATA, "-o", path,
                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    equal((ended.returncode, ended.stdout), (3, ""))
    with open(path, "rb") as file:
        equal(file.read() == before, True)
    equal(os.listdir(folder), ["atlas.db"])


@case
def get_prints_an_answer(folder):
    path = dataset(folder)
    ended = call("get", path, "/v1/countries/be")
    equal((ended.returncode, ended.stderr), (0, ""))
    equal(json.loads(ended.stdout)["data"]["code"], "BE")
    holds("code,", call("get", path, "/v1/countries", "--accept", "text/csv").stdout)
    equal(call("get", path, "/v1/countries?limit=1").returncode, 0)


@case
def countries_are_found_by_their_names_elsewhere(folder):
    path = dataset(folder)
    for name, code in (("Allemagne", "DE"), ("%C3%96sterreich", "AT"), ("%CE%95%CE%BB%CE%BB%CE%AC%CE%B4%CE%B1", "GR")):
        found = json.loads(call("get", path, "/v1/countries?q=" + name).stdout)["data"]
        equal([country["code"] for country in found], [code])
        equal(json.loads(call("get", path, "/v1/countries/" + name).stderr)["did_you_mean"], code)


@case
def get_answers_a_question(folder):
    path = dataset(folder)
    ended = call("get", path, "/v1/compare?countries=nld,056&weights=cip-strategy:3")
    equal((ended.returncode, ended.stderr), (0, ""))
    answer = json.loads(ended.stdout)
    equal(answer["links"]["self"], "/v1/compare?countries=BE,NL&weights=cip-strategy:3")
    equal(answer["meta"]["question"]["weights"], {"cip-strategy": 3})
    equal([row["country"] for row in answer["data"]["countries"]], ["BE", "NL"])
    ended = call("get", path, "/v1/scores.txt?group=eu&ascii=1")
    equal((ended.returncode, ended.stdout.isascii()), (0, True))
    ended = call("get", path, "/v1/compare")
    equal((ended.returncode, json.loads(ended.stderr)["parameter"]), (1, "countries"))


@case
def get_prints_a_problem_to_standard_error_and_is_1(folder):
    path = dataset(folder)
    for target, status in (("/v1/countries/QQ", 404), ("/v1/countries?colour=red", 400)):
        ended = call("get", path, target)
        equal((ended.returncode, ended.stdout), (1, ""))
        equal(json.loads(ended.stderr)["status"], status)


@case
def get_refuses_what_is_no_dataset(folder):
    junk = os.path.join(folder, "junk.db")
    with open(junk, "wb") as file:
        file.write(b"SQLite format 3\0" + bytes(5000))
    os.chmod(junk, 0o644)
    for path in (junk, os.path.join(folder, "none.db"), folder):
        ended = call("get", path, "/v1")
        equal((ended.returncode, ended.stdout), (3, ""), path)
        equal(ended.stderr.count("\n"), 1)


def write_long_lists(seeds):
    """4,000 teams and no others: as JSON their list is above the 8 MiB of a body, as a table below it."""
    for name in os.listdir(os.path.join(seeds, "certs")):
        os.unlink(os.path.join(seeds, "certs", name))
    for country in ("AD", "AE", "AF", "AG"):
        teams = [{"id": f"{country.lower()}-{i}", "name": "n" * 2050, "status": "active"} for i in range(1000)]
        seed = {"country": country, "defaults": {"source": "wiser-be-2017"}, "certs": teams}
        with open(os.path.join(seeds, "certs", country.lower() + ".json"), "w", encoding="utf-8") as file:
            json.dump(seed, file)


@case
def a_list_above_the_ceiling_of_a_body_comes_in_pages(folder):
    seeds = shutil.copytree(DATA, os.path.join(folder, "data"))
    path = os.path.join(folder, "atlas.db")
    write_long_lists(seeds)
    ended = call("build", "--no-compress", seeds, "-o", path)
    equal((ended.returncode, ended.stderr), (0, ""))
    seen, address = [], "/v1/certs"
    while address:
        page = json.loads(call("get", path, address).stdout)
        equal(page["meta"]["count"], len(page["data"]))
        equal(page["meta"]["complete"], False)
        seen += [team["id"] for team in page["data"]]
        address = page["links"].get("next")
    equal((len(seen), len(set(seen))), (page["meta"]["total"],) * 2)
    equal(page["meta"]["count"] < page["meta"]["total"], True)
    equal(len(call("get", path, "/v1/certs.csv").stdout.splitlines()), page["meta"]["total"] + 1)


@case
def coverage_prints_what_is_kept_beside_the_seeds(_folder):
    ended = call("coverage", DATA)
    equal((ended.returncode, ended.stderr), (0, ""))
    holds("| Values without a source | 0 |\n", ended.stdout)
    with open(os.path.join(DATA, "COVERAGE.md"), encoding="utf-8") as file:
        equal(ended.stdout == file.read(), True, "write it again: cyberatlas coverage data > data/COVERAGE.md")


@case
def routes_list_every_address(_folder):
    ended = call("routes")
    equal((ended.returncode, ended.stderr), (0, ""))
    holds("/v1/countries/{code}", ended.stdout)
    holds("methodology,weights,as_of,max_age,basis,sure,group,countries,country,explain,ascii,"
          "sort,limit,cursor,fields,pretty", ended.stdout)
    listed = json.dumps(json.loads(call("routes", "--json").stdout))
    holds("/v1/countries/{code}", listed)


@case
def output_that_can_not_be_written_is_3(folder):
    path = dataset(folder)
    for arguments in (["--help"], ["routes"], ["coverage", DATA], ["get", path, "/v1/countries"]):
        with open("/dev/full", "w", encoding="utf-8") as full:
            ended = call(*arguments, stdout=full, stderr=subprocess.PIPE)
        equal(ended.returncode, 3, arguments)
        holds("standard output", ended.stderr)


@case
def a_closed_pipe_is_3_and_no_signal(folder):
    path = dataset(folder)
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run([PROGRAM, "get", path, "/v1/countries"], stdout=writing, stderr=subprocess.PIPE, text=True,
                           check=False, env=clean_environment())
    os.close(writing)
    equal(ended.returncode, 3)


main()
