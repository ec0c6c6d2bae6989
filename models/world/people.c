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
    FIELD(overtime, up_to, HOURS_A_DAY, LIVE | MAIN, NULL, 0, 24, NULL,
          "Hours added after the last shift of each work day."),
    FIELD(overtime, when, ANY, LIVE | OPTIONAL, NULL, 0, 0, &overtime_scope,
          "A condition, looked at when the overtime would begin; by itself on every work day."),
    FIELD(overtime, pay, SHARE, LIVE, "100 %", 0, 100, NULL,
          "Pay relative to the wage: of a crew's own overtime, and of the people that the overtime "
          "of a station brings."),
};
const struct rows overtime_rows = ROWS(overtime, overtime_fields, NULL, "Longer days.");

static const struct field crew_fields[] = {
    FIELD(crew, people, COUNT, FIXED | MAIN, "1", 0, 1e4, NULL, "How many they are."),
    FIELD(crew, calendar, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_calendar,
          "When they are there; by itself always."),
    FIELD(crew, skills, NONE, FIXED, "{}", 0, 0, &skill_rows,
          "What they can do besides what is called like them."),
    FIELD(crew, wage, MONEY_RATE, LIVE, "0 /h", 0, 0, NULL,
          "Of each of them, for the hours of the calendar."),
    FIELD(crew, overtime, NONE, FIXED, "none", 0, 0, &overtime_rows, "Longer days."),
    LATER("site", "Place."),
    LATER("absence", "A stop for each person."),
    LATER("walk", "Time to come to another station."),
    LATER("hire", "What a change of people costs and takes."),
};
const struct rows crew_rows = ROWS(crew, crew_fields, NULL, "People who work or repair.");
