/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "question.h"

#define WORDS(LIST)                                                                                \
    { (int32_t)(sizeof(LIST) / sizeof *(LIST)), LIST }

static const struct field moment_entry_fields[] = {
    FIELD(moment_entry, at, NONE, MAIN, NULL, 0, 0, NULL, "A time from the start of measuring."),
};
static const struct rows moment_entry_rows =
    ROWS(moment_entry, moment_entry_fields, NULL, "A moment.");
static const struct field text_entry_fields[] = {
    FIELD(text_entry, text, NONE, MAIN, NULL, 0, 0, NULL, "A name or path."),
};
static const struct rows text_entry_rows =
    ROWS(text_entry, text_entry_fields, NULL, "A name or path.");

static const struct field count_entry_fields[] = {
    FIELD(count_entry, number, COUNT, MAIN, NULL, 1, 1e6, NULL, "A number, from 1."),
};
static const struct rows count_entry_rows =
    ROWS(count_entry, count_entry_fields, NULL, "A number.");

static const struct word length_words_list[] = {{"until empty", "until no work is left"}};
static const struct words length_words = WORDS(length_words_list);
static const struct word warm_up_words_list[] = {{"auto", "found by ten pilot runs"}};
static const struct words warm_up_words = WORDS(warm_up_words_list);

static const struct field precision_fields[] = {
    FIELD(precision, half_width, SHARE, MAIN, NULL, 1e-6, 1, NULL,
          "Half-width of the 95 % interval, as a share of the mean."),
    FIELD(precision, of, NONE, FIXED, "[]", 0, 0, &text_entry_rows,
          "Paths, which may hold `*`; by itself what `show` names, or what tables show."),
    FIELD(precision, most, COUNT, FIXED, "500", 2, 1e6, NULL, "Replications at most."),
};
static const struct rows precision_rows =
    ROWS(precision, precision_fields, NULL, "Replicate until a half-width is reached.");

static const struct field run_fields[] = {
    FIELD(
        run, length, TIME, MAIN, NULL, 0, 0, &length_words,
        "How long is measured; the warm-up comes before it. `until empty`: until no work is left."),
    FIELD(run, warm_up, TIME, FIXED, "0 s", 0, 0, &warm_up_words,
          "Simulated before, not measured. `auto`: as long as ten pilot runs of every arm need to "
          "settle, by MSER-5; the longest serves all."),
    FIELD(run, replications, COUNT, OPTIONAL, NULL, 1, 1e6, NULL,
          "Independent repetitions; by itself 1."),
    FIELD(run, precision, NONE, OPTIONAL, NULL, 0, 0, &precision_rows,
          "Instead of `replications`: replicate until a half-width is reached, in all arms."),
    FIELD(run, seed, COUNT, FIXED, "1", 0, 2e9, NULL, "Start of the generator of chance."),
    FIELD(run, start, NONE, OPTIONAL, NULL, 0, 0, NULL,
          "Date and time at which measuring begins; needed when dates are used."),
    FIELD(run, horizons, NONE, FIXED, "[]", 0, 0, &moment_entry_rows,
          "Results are also given for these first parts of what is measured."),
    FIELD(
        run, order_of_events, NONE, FIXED, "[]", 0, 0, &text_entry_rows,
        "Order within one instant of receive, demand, serve and order; by itself as just written. "
        "`order-from-source`: the stock nearest the source orders first."),
    FIELD(run, show, NONE, FIXED, "[]", 0, 0, &text_entry_rows,
          "What tables show first; by itself ten of interest."),
    FIELD(run, antithetic, NONE, FIXED, "no", 0, 0, NULL,
          "A replication is a pair of runs with opposite luck, and its results are their means."),
};
static void check_run(const void *block, struct place place, struct faults *faults) {
    const struct run_spec *run = block;
    if (run->precision.block && run->replications != ABSENT_COUNT)
        fault_error(faults, place, "leave one of them out",
                    "a run has `replications` or `precision`, not both");
    if (run->warm_up.ticks == SPAN_WORD(WARM_UP_AUTO) &&
        run->length.ticks == SPAN_WORD(LENGTH_UNTIL_EMPTY))
        fault_error(faults, place, "warm-up: 0 h",
                    "`warm-up: auto` looks for a settled state, and a run `until empty` has none");
}

static const struct rows run_rows =
    ROWS(run, run_fields, check_run, "How long and how often to run.");

static const struct field record_fields[] = {
    FIELD(record, series, NONE, MAIN, "[]", 0, 0, &text_entry_rows,
          "Values on a grid of times: paths, which may hold `*`."),
    FIELD(record, every, TIME, OPTIONAL, NULL, 0, 0, NULL,
          "Step of the grid; by itself a two-hundredth of the length."),
    FIELD(record, log, NONE, FIXED, "[]", 0, 0, &count_entry_rows,
          "Replications, from 1, whose events are kept in the results file."),
    FIELD(record, active, NONE, FIXED, "no", 0, 0, NULL,
          "Find the bottleneck of each moment: `stations.NAME.active.sole` and `.shifting`. It is "
          "also done when `show`, a claim or a trigger names one of these."),
    FIELD(record, queue_work, NONE, FIXED, "no", 0, 0, NULL,
          "Measure the work that waits before stations: `stations.NAME.queue.work`. It is also "
          "done when `show`, a series, a claim or a trigger names it."),
};
static const struct rows record_rows = ROWS(record, record_fields, NULL, "What to keep.");

static const struct word level_list[] = {{"production", "tactical: the shop floor"},
                                         {"operations", "strategic: the whole chain"}};
static const struct words level_words = WORDS(level_list);

static const struct field arm_fields[] = {
    FIELD(arm, about, NONE, OPTIONAL, NULL, 0, 0, NULL, "What it is."),
    FIELD(arm, level, NONE, OPTIONAL, NULL, 0, 0, &level_words, "Level of policy."),
    FIELD(arm, change, NONE, OPTIONAL, NULL, 0, 0, NULL, "What it changes: a map of path: value."),
    FIELD(arm, with, NONE, FIXED, "[]", 0, 0, &text_entry_rows, "Arms whose changes come first."),
    FIELD(
        arm, at, NONE, OPTIONAL, NULL, 0, 0, NULL,
        "A moment, such as `0 d`: until then the run is that of the base, and then the changes are "
        "made, as a programme makes them. By itself they hold from the beginning."),
};
static const struct rows arm_rows = ROWS(arm, arm_fields, NULL, "A named set of changes.");

static const struct word design_list[] = {
    [DESIGN_FULL] = {"full", "all combinations"},
    [DESIGN_LATIN] = {"latin", "a Latin hypercube: so many points, each factor evenly, matched by "
                               "chance"},
    [DESIGN_SOBOL] = {"sobol", "so many points of Sobol's sequence, which fills the ranges evenly"},
    [DESIGN_TORNADO] = {"tornado", "each factor by itself, low and high, the others as they are"}};
static const struct words design_words = WORDS(design_list);

static const struct field sweep_fields[] = {
    FIELD(sweep, place, NONE, FIXED, NULL, 0, 0, NULL, ""),
    FIELD(sweep, over, NONE, FIXED, NULL, 0, 0, NULL,
          "What is varied: a map of path: list or range, as `[2, 4, 8]`, `1..4`, `4..20 step 4`, "
          "`0.2 .. 3 /y`."),
    FIELD(sweep, design, NONE, FIXED, "full", 0, 0, &design_words, "Which combinations are run."),
    FIELD(sweep, points, COUNT, OPTIONAL, NULL, 1, 1e5, NULL,
          "How many points; for `latin` and `sobol`."),
};

static void check_sweep(const void *block, struct place place, struct faults *faults) {
    const struct sweep_spec *sweep = block;
    bool spread = sweep->design.index == DESIGN_LATIN || sweep->design.index == DESIGN_SOBOL;
    if (spread && sweep->points == ABSENT_COUNT)
        fault_error(faults, place, "points: 64", "'%s' wants a number of points",
                    design_list[sweep->design.index].name);
    if (!spread && sweep->points != ABSENT_COUNT)
        fault_error(faults, place, "design: latin or design: sobol",
                    "'%s' has as many points as its values make; it takes no number",
                    design_list[sweep->design.index].name);
}

static const struct rows sweep_rows = ROWS(sweep, sweep_fields, check_sweep, "Points to run.");

static const struct field claim_fields[] = {
    FIELD(claim, claim, NONE, MAIN, NULL, 0, 0, NULL, "LEFT OP RIGHT over results."),
    FIELD(claim, source, NONE, OPTIONAL, NULL, 0, 0, NULL, "Where it is known from."),
};
static const struct rows claim_rows = ROWS(claim, claim_fields, NULL, "What is expected.");

static const struct field question_fields[] = {
    FIELD(question, takt, COUNT, FIXED, NULL, 1, 1e9, NULL, "Version of the language: 1."),
    FIELD(question, title, NONE, OPTIONAL, NULL, 0, 0, NULL, "A line."),
    FIELD(question, about, NONE, OPTIONAL, NULL, 0, 0, NULL, "A paragraph."),
    FIELD(question, base, NONE, OPTIONAL, NULL, 0, 0, NULL,
          "A file that this one is a variant of."),
    FIELD(question, change, NONE, OPTIONAL, NULL, 0, 0, NULL,
          "What is different: a map of path: value."),
    FIELD(question, run, NONE, FIXED, NULL, 0, 0, &run_rows, "How long and how often to run."),
    FIELD(question, record, NONE, FIXED, "{}", 0, 0, &record_rows, "What to keep."),
    FIELD(question, arms, NONE, FIXED, "{}", 0, 0, &arm_rows, "Policies to compare."),
    FIELD(question, sweep, NONE, FIXED, "none", 0, 0, &sweep_rows, "Points to run."),
    FIELD(question, claims, NONE, FIXED, "[]", 0, 0, &claim_rows, "What is expected."),
    LATER("study", "What to buy."),
    LATER("lesson", "What to teach."),
};
static void check_question(const void *block, struct place place, struct faults *faults) {
    const struct question_spec *question = block;
    if (question->takt > 1)
        fault_error(faults, place, "takt: 1", "this takt reads version 1 of the language, not %d",
                    question->takt);
}

static const struct rows question_rows =
    ROWS(question, question_fields, check_question, "The question.");

static const struct field spec_fields[] = {
    FIELD(spec, question, NONE, INLINE, "{}", 0, 0, &question_rows, ""),
    FIELD(spec, world, NONE, INLINE, "{}", 0, 0, &world_rows, ""),
};
const struct rows spec_rows = ROWS(spec, spec_fields, NULL, "A scenario.");
