/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of programmes: dated or triggered changes of what a run may change, and what they cost. */
#include "rows.h"

const struct target target_programme = {1u << SECTION_PROGRAMMES, "programme", NULL, {0, NULL}};

static const struct field programme_name_fields[] = {
    FIELD(programme_name, programme, NONE, MAIN, NULL, 0, 0, &target_programme, "A programme."),
};
static const struct rows programme_name_rows =
    ROWS(programme_name, programme_name_fields, NULL, "A programme by name.");

/* Triggers see the present value of any result. */
const struct scope result_scope = {.name = "results"};

/* ---- while it is introduced, and how it grows ---- */
static const struct field dip_fields[] = {
    /* `for` is no name for a member in C. */
    {"for", offsetof(struct dip_spec, lasts), SHAPE_SPAN, UNIT_TIME, FIXED, NULL, 0, 0, NULL,
     "How long, from the introduction on."},
    FIELD(dip, change, NONE, FIXED, NULL, 0, 0, NULL, "A map of path: value, as of the programme."),
};
static const struct rows dip_rows = ROWS(dip, dip_fields, NULL, "What is worse at first.");

static const struct word shape_list[] = {
    {"step", "all at once"},
    {"linear", "evenly"},
    {"exponential", "fast at first: 95 % of the way to its end are three time constants"},
    {"learning", "the same gain each time the experience doubles, three times in all"}};
static const struct words shape_words = WORDS(shape_list);
static const struct field ramp_fields[] = {
    FIELD(ramp, shape, NONE, FIXED | MAIN, "linear", 0, 0, &shape_words, "How the effect grows,"),
    FIELD(ramp, over, TIME, FIXED, NULL, 0, 0, NULL,
          "and until when it is whole. Times, shares, amounts and money grow; counts, words, rules "
          "and calendars change at once."),
};
static const struct rows ramp_rows = ROWS(ramp, ramp_fields, NULL, "How the effect grows.");

/* ---- programmes ---- */
static const struct word level_list[] = {{"none", "not said"},
                                         {"production", "tactical: the shop floor"},
                                         {"operations", "strategic: the whole chain"}};
static const struct words level_words = WORDS(level_list);
static const struct word at_list[] = {{"never", "it is there for others to switch on"}};
static const struct words at_words = WORDS(at_list);
static const struct word review_list[] = {
    {"day", "at midnight"},
    {"week", "on Monday 00:00"},
    {"month", "on the first"},
    {"quarter", "on the first of January, April, ..."},
    {"year", "on the first of January"},
    {"shift", "whenever a calendar opens"},
    {"event", "after every event; only levels such as stocks.NAME.net can be looked at so often"}};
static const struct words review_words = WORDS(review_list);
static const struct word again_list[] = {
    {"no", "once in a run"}, {"yes", "when it is over"}, {"stack", "also on top of itself"}};
static const struct words again_words = WORDS(again_list);

static const struct field programme_fields[] = {
    FIELD(programme, change, NONE, FIXED | MAIN | OPTIONAL, NULL, 0, 0, NULL,
          "What it does: a map of path: value, undone at its end. Only what a run may change."),
    FIELD(programme, at, NONE, FIXED, "0 s", 0, 0, &at_words,
          "Time or date from which it may start."),
    FIELD(programme, when, PLAIN, FIXED | OPTIONAL, NULL, 0, 0, &result_scope,
          "Its trigger: it starts when this is true, such as stocks.parts.net < 20; by itself at "
          "once."),
    FIELD(programme, until, PLAIN, FIXED | OPTIONAL, NULL, 0, 0, &result_scope,
          "It ends when this is true."),
    {"for", offsetof(struct programme_spec, lasts), SHAPE_SPAN, UNIT_TIME, FIXED | OPTIONAL, NULL,
     0, 0, NULL, "It ends so long after its introduction."},
    FIELD(programme, review, TIME, FIXED, "event", 0, 0, &review_words,
          "How often trigger and end are looked at."),
    FIELD(programme, again, NONE, FIXED, "yes", 0, 0, &again_words,
          "May the trigger start it again?"),
    FIELD(programme, capex, MONEY, FIXED, "0", 0, 0, NULL, "Paid when it is decided."),
    FIELD(programme, cost, MONEY_RATE, FIXED, "0 /h", 0, 0, NULL,
          "Running cost, from its introduction to its end."),
    FIELD(programme, delay, TIME, FIXED, "0 s", 0, 0, NULL,
          "From the decision to its introduction."),
    FIELD(programme, life, TIME, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "What was bought is worn out so long after the introduction, which ends it."),
    FIELD(programme, residual, SHARE, FIXED, "0 %", 0, 1, NULL,
          "Share of the capex that comes back at its end."),
    FIELD(programme, dip, NONE, FIXED, "none", 0, 0, &dip_rows, "Worse while it is introduced."),
    FIELD(programme, ramp, NONE, FIXED, "none", 0, 0, &ramp_rows,
          "How the effect grows; by itself it is whole at once."),
    FIELD(programme, success, SHARE, FIXED, "100 %", 0, 1, NULL,
          "Chance that it works; if not, capex and dip were for nothing and it ends there."),
    FIELD(programme, excludes, NONE, FIXED, "[]", 0, 0, &programme_name_rows,
          "It does not start while one of these is decided or live."),
    FIELD(programme, needs, NONE, FIXED, "[]", 0, 0, &programme_name_rows,
          "It does not start unless all of these are live."),
    FIELD(programme, level, NONE, FIXED, "none", 0, 0, &level_words, "Whose policy it is."),
    FIELD(programme, about, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL, "What it stands for."),
};

static void check_programme(const void *block, struct place place, struct faults *faults) {
    const struct programme_spec *programme = block;
    bool by_time = programme->review.ticks >= 0;
    if (by_time && programme->review.ticks == 0)
        fault_error(faults, place, "review: week", "a time between reviews is above 0");
    if (programme->again.index == PROGRAMME_STACKS && !programme->when.formula)
        fault_error(faults, place, "when: stocks.parts.net < 20",
                    "'%s' would stack without end: it has no trigger", programme->thing.name);
    if (programme->until.formula && programme->again.index == PROGRAMME_STACKS)
        fault_error(faults, place, "for: 4 wk",
                    "what stacks ends after a time, not by a condition");
}
const struct rows programme_rows =
    ROWS(programme, programme_fields, check_programme,
         "A change with a date or a trigger, a cost, a delay and a risk.");
