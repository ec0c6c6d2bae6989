/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of people: crews, and who is needed where. */
#include "rows.h"

static const struct field need_fields[] = {
    FIELD(need, people, COUNT, FIXED | MAIN, "1", 1, 1e4, NULL, "How many of them at once."),
};
const struct rows need_rows = ROWS(need, need_fields, NULL, "A crew or a skill, and how many.");

static const struct field needs_fields[] = {
    FIELD(needs, run, NONE, FIXED, "{}", 0, 0, &need_rows, "While the work runs."),
    FIELD(needs, load, NONE, FIXED, "{}", 0, 0, &need_rows, "While it is loaded."),
    FIELD(needs, unload, NONE, FIXED, "{}", 0, 0, &need_rows, "While it is unloaded."),
    FIELD(needs, setup, NONE, FIXED, "{}", 0, 0, &need_rows, "While a machine is set up."),
    FIELD(needs, repair, NONE, FIXED, "{}", 0, 0, &need_rows,
          "For stops that do not say otherwise."),
};
const struct rows needs_rows = ROWS(needs, needs_fields, NULL, "People who must be there.");
static const struct field step_needs_fields[] = {
    FIELD(needs, run, NONE, FIXED, "{}", 0, 0, &need_rows, "While the work runs."),
    FIELD(needs, load, NONE, FIXED, "{}", 0, 0, &need_rows, "While it is loaded."),
    FIELD(needs, unload, NONE, FIXED, "{}", 0, 0, &need_rows, "While it is unloaded."),
    FIELD(needs, setup, NONE, FIXED, "{}", 0, 0, &need_rows, "While a machine is set up for it."),
};
const struct rows step_needs_rows =
    ROWS_CHECKED("step-needs", needs, step_needs_fields, NULL,
                 "People who must be there; by itself the station's.");

static const struct field skill_fields[] = {
    FIELD(skill, share, SHARE, MAIN, "100 %", 0.01, 100, NULL,
          "How fast: at 80 % a work takes 1/0.8 as long."),
};
static const struct rows skill_rows = ROWS(skill, skill_fields, NULL, "What a crew can do.");

static const struct field overtime_fields[] = {
    FIELD(overtime, up_to, HOURS_A_DAY, LIVE | MAIN, "0 h/d", 0, 24, NULL,
          "Hours added after the last shift of each work day."),
    FIELD(overtime, when, ANY, LIVE | OPTIONAL, NULL, 0, 0, &overtime_scope,
          "A condition, looked at when the overtime would begin; by itself on every work day."),
    FIELD(overtime, pay, SHARE, LIVE | OPTIONAL, NULL, 0, 100, NULL,
          "Pay relative to the wage, by itself 100 %; of the people that the overtime of a station "
          "brings, by itself as the overtime of their crew says."),
};
const struct rows overtime_rows = ROWS(overtime, overtime_fields, NULL, "Longer days.");

static const struct word absence_clocks[] = {{"up", "time since he is back, at work or not"},
                                             {"calendar", "from start to start"},
                                             {"busy", "time at work"}};
static const struct words absence_clock_words = WORDS(absence_clocks);
static const struct word absence_stops[] = {{"now", "at once; others may go on with his work"},
                                            {"after-part", "when the work at hand is done"}};
static const struct words absence_stop_words = WORDS(absence_stops);
static const struct field absence_fields[] = {
    FIELD(absence, clock, NONE, FIXED | OPTIONAL, NULL, 0, 0, &absence_clock_words,
          "What `after` counts; by itself up."),
    FIELD(absence, after, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL, "Time until it begins."),
    FIELD(absence, first, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "The first time, from the beginning of the run; by itself as after."),
    FIELD(absence, lasts, TIME, LIVE | MAIN, NULL, 0, 0, NULL, "How long it lasts."),
    FIELD(absence, stops, NONE, FIXED, "now", 0, 0, &absence_stop_words, "When he leaves."),
    FIELD(absence, at, NONE, FIXED, "[]", 0, 0, &moment_rows,
          "Moments or dates, instead of `after`."),
};
static void check_absence(const void *block, struct place place, struct faults *faults) {
    const struct absence_spec *absence = block;
    check_clock(&absence->clock, &absence->after, &absence->first, &absence->at, place, faults);
}
static const struct rows absence_rows =
    ROWS(absence, absence_fields, check_absence, "When each person is away, each on his own.");

static const struct field hire_fields[] = {
    FIELD(hire, cost, MONEY, LIVE, "0", 0, 0, NULL, "Of each who comes, when he comes."),
    FIELD(hire, delay, TIME, LIVE, "0 s", 0, 0, NULL, "Until who is wanted comes."),
    FIELD(hire, notice, TIME, LIVE, "0 s", 0, 0, NULL, "Until who is no longer wanted goes."),
};
static const struct rows hire_rows =
    ROWS(hire, hire_fields, NULL, "What a change of `people` during the run costs and takes.");

static const struct field crew_fields[] = {
    FIELD(crew, people, COUNT, LIVE | MAIN, "1", 0, 1e4, NULL, "How many they are."),
    FIELD(crew, calendar, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_calendar,
          "When they are there; by itself always."),
    FIELD(crew, skills, NONE, FIXED, "{}", 0, 0, &skill_rows,
          "What they can do besides what is called like them."),
    FIELD(crew, wage, MONEY_RATE, LIVE, "0 /h", 0, 0, NULL,
          "Of each of them, for the hours of the calendar."),
    FIELD(crew, overtime, NONE, FIXED, "none", 0, 0, &overtime_rows, "Longer days."),
    FIELD(crew, absence, NONE, FIXED, "none", 0, 0, &absence_rows, "When each of them is away."),
    FIELD(crew, walk, TIME, LIVE, "0 s", 0, 0, NULL,
          "Time to come to another station than that where he worked last."),
    FIELD(crew, hire, NONE, FIXED, "none", 0, 0, &hire_rows,
          "What a change of `people` during the run costs and takes."),
    FIELD(crew, site, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_site,
          "Where they work: at stations of that site and of those in it; by itself everywhere."),
};
const struct rows crew_rows = ROWS(crew, crew_fields, NULL, "People who work or repair.");
