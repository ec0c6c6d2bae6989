/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs, in the order of help; help.c says which of them begins a group. */
#include "command.h"

#define READING (HAS(SET) | HAS(INCLUDE) | HAS(QUIET) | HAS(HELP))
#define RUNNING                                                                                    \
    (READING | HAS(SEED) | HAS(REPLICATIONS) | HAS(PRECISION) | HAS(JOBS) | HAS(OUTPUT) |          \
     HAS(RESUME) | HAS(MIXED) | HAS(JSON) | HAS(ALL) | HAS(QUANTITY))
#define SELECTING (HAS(SELECT) | HAS(OF) | HAS(INDIFFERENCE) | HAS(METHOD) | HAS(BUDGET))

const struct verb verbs[] = {
    {"new", "write a small scenario to start from", "FILE.yaml",
     "The file explains itself and runs as it is. A file that exists is never overwritten; - "
     "prints it instead.",
     "takt new line.yaml\n"
     "takt new - > line.yaml\n",
     HAS(HELP), 1, 1, verb_new},
    {"check", "list every fault of a scenario, and how busy each station will be", "SCENARIO",
     "Nothing is run.",
     "takt check line.yaml\n"
     "takt check line.yaml --set stations.cut.machines=2\n",
     READING | HAS(JSON), 1, 1, verb_check},
    {"fit", "find laws of chance that data may come from, ready for a scenario", "DATA.csv",
     "Fits the laws of the language to one column of a CSV file, tests each against the values, "
     "and "
     "says which are\nrefuted and which cannot be told apart. With --arrivals the column holds "
     "moments: dates, times of day, or numbers\nwith --unit.",
     "takt fit times.csv --column paint --unit min\n"
     "takt fit orders.csv --column received --arrivals -o rates.csv\n"
     "takt fit lives.csv --unit h --laws weibull,lognormal --json\n"
     "cut -d, -f3 log.csv | takt fit - --unit s\n",
     HAS(COLUMN) | HAS(UNIT) | HAS(LAWS) | HAS(ARRIVALS) | HAS(EVERY) | HAS(SEED) | HAS(SAMPLES) |
         HAS(OUTPUT) | HAS(JSON) | HAS(QUIET) | HAS(HELP),
     1, 1, verb_fit},
    {"run", "simulate the scenario as it is, or one of its arms", "SCENARIO",
     "Prints the quantities of interest with their intervals, the stations, and what became of the "
     "claims.",
     "takt run line.yaml\n"
     "takt run line.yaml --replications 100 -o line.h5\n"
     "takt run line.yaml --precision 1%\n"
     "takt run line.yaml --replications 500 -o line.h5 --resume\n"
     "takt run line.yaml --set 'customers.shop.rate=9 /h' --all\n"
     "takt run line.yaml --json | jq .points[0].kpis\n",
     RUNNING | HAS(ARM), 1, 1, verb_run},
    {"sweep", "simulate the scenario at every point of its sweep", "SCENARIO",
     "The points are those of `sweep` in the file and of --set with several values: a list, or a "
     "range with a step.\n"
     "All points meet the same luck. `run` takes only those of --set, `compare` every arm at every "
     "point.",
     "takt sweep line.yaml\n"
     "takt sweep line.yaml --set stations.cut.machines=1..4\n"
     "takt sweep line.yaml --set 'customers.shop.rate=6 .. 9 /h step 0.5 /h'\n"
     "takt sweep line.yaml --set sweep.design=sobol --set sweep.points=64\n"
     "takt sweep line.yaml --select best --of money.profit --budget 400\n",
     RUNNING | HAS(ARM) | SELECTING, 1, 1, verb_sweep},
    {"compare", "simulate all arms on the same luck and show how they differ", "SCENARIO",
     "Every arm meets the same customers, failures and times, so small differences show early. "
     "`base`, the scenario\n"
     "as it is, is always one of them. With --select only one question is asked, which arm is best "
     "in one quantity, and\n"
     "arms that fall behind get no more replications; --replications are then those that every arm "
     "gets first (10),\n"
     "and claims are not judged.",
     "takt compare policies.yaml\n"
     "takt compare policies.yaml --replications 50 -o policies.h5\n"
     "takt compare policies.yaml --select best --of money.profit --budget 400\n"
     "takt compare policies.yaml --select best --of money.profit \\\n"
     "    --indifference '2 kEUR'\n"
     "takt compare policies.yaml --crossover 'customers.shop.rate=6 .. 9 /h'\n",
     RUNNING | SELECTING | HAS(CROSSOVER), 1, 1, verb_compare},
    {"bottleneck", "what limits, by every method, and what more speed is worth", "SCENARIO",
     "Static load, utilization, active periods, arrows and turning point of one run, beside what "
     "is "
     "measured: every station is made a little faster and slower, on the same luck. Says who names "
     "which station and where they disagree. The measure is the throughput where work comes "
     "without end, else the cycle time, or the result of --of. At least 10 replications.",
     "takt bottleneck line.yaml\n"
     "takt bottleneck line.yaml --set stations.cut.machines=2 --replications 50\n"
     "takt bottleneck line.yaml --of system.wip --step 2%\n"
     "takt bottleneck line.yaml --json | jq .methods\n",
     READING | HAS(SEED) | HAS(REPLICATIONS) | HAS(JOBS) | HAS(JSON) | HAS(ARM) | HAS(OF) |
         HAS(STEP),
     1, 1, verb_bottleneck},
    {"theory", "what formulas say of the scenario, beside a run of it", "SCENARIO",
     "Queues, lines and stocks by the formula that holds for each: exact, approximate, or none, "
     "with its source,\n"
     "its conditions, and how far it is from the simulation.",
     "takt theory line.yaml\n"
     "takt theory line.yaml --no-run\n"
     "takt theory line.yaml --set stations.cut.machines=2 --replications 100\n",
     READING | HAS(SEED) | HAS(REPLICATIONS) | HAS(JOBS) | HAS(JSON) | HAS(ARM) | HAS(NO_RUN), 1, 1,
     verb_theory},
    {"trace", "print one line per event of one replication", "SCENARIO",
     "The first thing to look at when a model does what nobody expected. Times count from the "
     "moment measuring begins.",
     "takt trace line.yaml --to '2 h'\n"
     "takt trace line.yaml --station cut --from '1 d' --to '1.5 d'\n"
     "takt trace line.yaml | head -50\n",
     READING | HAS(SEED) | HAS(ARM) | HAS(REPLICATION) | HAS(FROM) | HAS(TO) | HAS(STATION) |
         HAS(MOST) | HAS(JSON),
     1, 1, verb_trace},
    {"show", "print the tables of a results file", "RESULTS.h5",
     "The file is what -o of run and compare wrote.",
     "takt show line.h5\n"
     "takt show line.h5 --all\n"
     "takt show line.h5 --histogram system.cycle-time\n"
     "takt show line.h5 --quantity money.profit\n",
     HAS(JSON) | HAS(ALL) | HAS(HISTOGRAM) | HAS(QUANTITY) | HAS(HELP), 1, 1, verb_show},
    {"export", "write results or a log for other programs", "RESULTS.h5 | SCENARIO",
     "csv and json are tidy tables: results (one value a row), statistics, series, sequences, or "
     "the log.\n"
     "ocel is an event log for process mining (OCEL 2.0), perfetto a Gantt chart of the machines "
     "for ui.perfetto.dev;\n"
     "both are made of the log of one replication: of a results file, that of a replication that "
     "`record: {log: [1]}`\n"
     "names. A scenario is run for it.",
     "takt export line.h5 > line.csv\n"
     "takt export line.h5 --table series -o series.csv\n"
     "takt export line.yaml --format perfetto --to '3 d' -o line.json\n"
     "takt export line.yaml --format ocel --replication 2 -o line.jsonocel\n",
     READING | HAS(SEED) | HAS(REPLICATIONS) | HAS(JOBS) | HAS(OUTPUT) | HAS(ARM) |
         HAS(REPLICATION) | HAS(FROM) | HAS(TO) | HAS(FORMAT) | HAS(TABLE),
     1, 1, verb_export},
    {"schema", "print the JSON Schema of scenarios, for editors", "",
     "Editors that know it complete keys and mark mistakes.", "takt schema > takt.schema.json\n",
     HAS(HELP), 0, 0, verb_schema},
    {"doc", "print the manual of the language: every key, unit and default", "", "Markdown.",
     "takt doc | less\n", HAS(HELP), 0, 0, verb_doc},
    {"completion", "print what makes a shell complete takt's words", "SHELL",
     "SHELL is bash, zsh or fish. Verbs, options, files, and the names of arms, stations and "
     "parameters in the scenario on the line are completed. `make install` puts it where shells "
     "look. "
     "Scripts may ask for lists: `verbs`, or `arms FILE`, `stations FILE`, `paths FILE`.",
     "eval \"$(takt completion bash)\"\n"
     "takt completion fish > ~/.config/fish/completions/takt.fish\n"
     "takt completion paths line.yaml\n",
     HAS(HELP), 1, 2, verb_completion},
    {"help", "explain a verb", "[VERB]", "Without a verb: an overview.",
     "takt help run\n"
     "takt help run --man | man -l -\n",
     HAS(MAN) | HAS(HELP), 0, 1, verb_help},
};

const int32_t verb_count = sizeof verbs / sizeof *verbs;
