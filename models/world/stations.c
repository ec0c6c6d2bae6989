/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of calendars and stations. */
#include "../run/run.h" /* states of machines */
#include "rows.h"

/* ---- calendars ---- */
static const struct field clock_text_fields[] = {
    FIELD(clock_text, text, NONE, MAIN, NULL, 0, 0, NULL,
          "A range of the clock, a date or a range of dates."),
};
static const struct rows clock_text_rows = ROWS(clock_text, clock_text_fields, NULL, "A range.");

static const struct field open_text_fields[] = {
    FIELD(open_text, text, NONE, MAIN, NULL, 0, 0, NULL, "A date or a range of dates, and hours."),
};
static const struct rows open_text_rows =
    ROWS(open_text, open_text_fields, NULL, "Hours of an extra day.");

static const struct field cycle_fields[] = {
    FIELD(cycle, work, TIME, LIVE, NULL, 0, 0, NULL, "Open this long,"),
    FIELD(cycle, rest, TIME, LIVE, NULL, 0, 0, NULL, "then closed this long, over and over."),
};
static const struct rows cycle_rows = ROWS(cycle, cycle_fields, NULL, "Work and rest in turn.");

static const struct field calendar_fields[] = {
    FIELD(calendar, days, NONE, LIVE, "Mon-Sun", 0, 0, NULL, "Work days."),
    FIELD(calendar, hours, NONE, LIVE | MAIN, "[]", 0, 0, &clock_text_rows,
          "Work hours, each range a shift; by itself all day."),
    FIELD(calendar, breaks, NONE, LIVE, "[]", 0, 0, &clock_text_rows, "Pauses of each work day."),
    FIELD(calendar, closed, NONE, LIVE, "[]", 0, 0, &clock_text_rows, "Dates without work."),
    FIELD(calendar, cycle, NONE, FIXED, "none", 0, 0, &cycle_rows,
          "Instead of days and hours: work and rest in turn."),
    FIELD(
        calendar, open, NONE, LIVE, "[]", 0, 0, &open_text_rows,
        "Dates with hours that are open besides, such as 2027-05-01 06:00-14:00, also on `closed` "
        "dates."),
};
const struct rows calendar_rows = ROWS(calendar, calendar_fields, NULL, "When work is done.");

/* ---- stops ---- */
static const struct word clocks[] = {{"busy", "time at work"},
                                     {"up", "time since the repair, working or not"},
                                     {"calendar", "from start to start"},
                                     {"pieces", "pieces worked"},
                                     {"cycles", "loads worked"}};
static const struct words clock_words = WORDS(clocks);
static const struct word stop_moments[] = {
    {"now", "at once"},
    {"after-part", "when the piece at hand is done; the lot, if it is worked as a whole"},
    {"after-lot", "when the lot or batch at hand is done"}};
static const struct words stop_moment_words = WORDS(stop_moments);
static const struct word thens[] = {{"as-station", "as the station's `interrupted` says"},
                                    {"resume", "it goes on where it was"},
                                    {"restart", "it begins again"},
                                    {"scrap", "it is lost"}};
static const struct words then_words = WORDS(thens);

static const struct target target_stop = {TARGET_LOOSE, "stop", NULL, {0, NULL}};
static const struct field renew_fields[] = {
    FIELD(renew, stop, NONE, FIXED | MAIN, NULL, 0, 0, &target_stop,
          "A failure or maintenance of the same station."),
};
static const struct rows renew_rows = ROWS(renew, renew_fields, NULL, "Whose clock starts anew.");

/* Failures and maintenance differ in two defaults. */
#define STOP_FIELDS(CLOCK, WHAT, STOPS)                                                            \
    FIELD(stop, clock, NONE, FIXED | OPTIONAL, NULL, 0, 0, &clock_words,                           \
          "What `after` counts; by itself " CLOCK ".")                                             \
    , FIELD(stop, after, ANY, LIVE | OPTIONAL, NULL, 0, 0, NULL,                                   \
            "Until it stops: a time, or pieces or loads.")                                         \
    , FIELD(stop, first, ANY, LIVE | OPTIONAL, NULL, 0, 0, NULL,                                   \
            "The first time; by itself as after.")                                                 \
    , FIELD(stop, at, NONE, FIXED, "[]", 0, 0, &moment_rows,                                       \
            "Moments or dates, instead of `after`.")                                               \
    , FIELD(stop, lasts, TIME, LIVE | MAIN, NULL, 0, 0, NULL, "How long the " WHAT " takes.")      \
    , FIELD(stop, needs, NONE, FIXED, "{}", 0, 0, &need_rows,                                      \
            "People for the " WHAT "; by itself the station's `needs.repair`.")                    \
    , FIELD(stop, priority, COUNT, LIVE, "0", -1e9, 1e9, NULL,                                     \
            "Among those who wait for people: larger goes first.")                                 \
    , FIELD(stop, stops, NONE, LIVE, STOPS, 0, 0, &stop_moment_words, "When the machine stands.")  \
    , FIELD(stop, then, NONE, LIVE, "as-station", 0, 0, &then_words,                               \
            "What becomes of the part at hand.")                                                   \
    , FIELD(stop, join, NONE, FIXED, "no", 0, 0, NULL,                                             \
            "Begins together with another stop of the machine that comes first.")                  \
    , FIELD(stop, renews, NONE, FIXED, "[]", 0, 0, &renew_rows,                                    \
            "Stops whose clocks start anew with it, besides its own.")                             \
    , FIELD(stop, cost, MONEY, LIVE, "0", 0, 0, NULL, "Cost of each " WHAT ".")

static const struct field failure_fields[] = {STOP_FIELDS("busy", "repair", "now")};
static const struct field maintenance_fields[] = {
    STOP_FIELDS("calendar", "maintenance", "after-part")};

/* What is counted and what is measured in time are numbers alike: one that cannot be meant is told
 * from its size. */
static void check_after(const struct stop_spec *stop, const struct law *after, struct place place,
                        struct faults *faults) {
    enum { FEW_TICKS = 1000, MANY_PIECES = 50000000 };
    bool counts = stop->clock.index == CLOCK_PIECES || stop->clock.index == CLOCK_CYCLES;
    if (after->kind == (int32_t)ABSENT_LAW || law_needs_env(after)) return;
    double mean = law_mean(after);
    if (!counts && mean > 0 && mean < FEW_TICKS)
        fault_error(faults, place, "after: 3 h, or clock: pieces",
                    "'after' counts time here and needs a unit");
    if (counts && mean > MANY_PIECES)
        fault_error(faults, place, "after: 200", "'after' counts pieces or loads here, not time");
}

static void check_stop(const void *block, struct place place, struct faults *faults) {
    const struct stop_spec *stop = block;
    bool after = stop->after.kind != (int32_t)ABSENT_LAW, at = stop->at.count > 0;
    if (after == at)
        fault_error(faults, place, "after: exponential(40 h), or at: [100 h, 200 h]",
                    "exactly one of 'after' and 'at' must be given");
    if (at && (stop->clock.index >= 0 || stop->first.kind != (int32_t)ABSENT_LAW))
        fault_error(faults, place, "leave them out",
                    "with 'at' there is no 'clock' and no 'first'");
    check_after(stop, &stop->after, place, faults);
    check_after(stop, &stop->first, place, faults);
}
static const struct rows failure_rows =
    ROWS_CHECKED("stop", stop, failure_fields, check_stop, "An unplanned stop.");
static const struct rows maintenance_rows =
    ROWS_CHECKED("maintenance", stop, maintenance_fields, check_stop, "A planned stop.");

/* ---- queue, setup, batch ---- */
static const struct field rule_entry_fields[] = {
    FIELD(rule_entry, rule, ANY, MAIN | LIVE, NULL, 0, 0, &rule_scope,
          "A rule by name, or an expression: smallest first."),
};
static const struct rows rule_entry_rows =
    ROWS(rule_entry, rule_entry_fields, NULL, "A key of a rule.");

static const struct scope_name hot_names[] = {{"never", 0, {0}, "no lot", "0"}};
static const struct scope hot_scope = {"hot lot", 1, hot_names, &job_scope, NULL};

static const struct word unlimiteds[] = {{"unlimited", "no limit"}};
static const struct words unlimited_words = WORDS(unlimiteds);

static const struct field queue_fields[] = {
    FIELD(queue, room, COUNT, LIVE, "unlimited", 0, 1e9, &unlimited_words,
          "Lots that may wait here, without those on machines."),
    FIELD(queue, rule, NONE, LIVE | MAIN, "[fifo]", 0, 0, &rule_entry_rows,
          "Who goes next: smallest first; a list breaks ties in order, last of all arrival and "
          "serial number."),
    FIELD(queue, preempt, ANY, FIXED, "never", 0, 0, &hot_scope,
          "A condition: such a lot interrupts one of lower priority."),
    FIELD(queue, reserve, ANY, FIXED, "never", 0, 0, &hot_scope,
          "A condition: such a lot keeps the next free machine for itself while it is still on its "
          "way."),
};
static const struct rows queue_rows =
    ROWS(queue, queue_fields, NULL, "What waits before a station.");

static const struct word setup_whens[] = {
    {"item changes", "another item than before"},
    {"family changes", "an item of another family; without a family it is one by itself"},
    {"step changes", "another step of a route"},
    {"tool changes", "a step with another tool; one without a tool takes what is there"},
    {"lot changes", "every lot"},
    {"every N pieces", "the first lot after so many pieces"}};
static const struct words setup_when_words = WORDS(setup_whens);
static const struct field setup_change_fields[] = {
    FIELD(setup_change, from, NONE, FIXED, "any", 0, 0, NULL,
          "What the machine is set up for: an item, family, step or tool, or any."),
    FIELD(setup_change, to, NONE, FIXED, "any", 0, 0, NULL, "What it is to be set up for, or any."),
    FIELD(setup_change, time, TIME, FIXED, NULL, 0, 0, NULL, "How long that takes."),
    FIELD(setup_change, place, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
};
static const struct rows setup_change_rows =
    ROWS(setup_change, setup_change_fields, NULL,
         "A change and its time; the cell that names more wins, and of two the one with `to`.");

static const struct word setup_idles[] = {
    {"stay", "the machine keeps its last setup"},
    {"cycle", "it is set up for the next in turn when nothing waits, as a polling server"}};
static const struct words setup_idle_words = WORDS(setup_idles);
static const struct field setup_fields[] = {
    FIELD(setup, when, NONE, FIXED, "item changes", 0, 0, &setup_when_words,
          "When a machine is set up."),
    FIELD(setup, time, TIME, LIVE | MAIN | OPTIONAL, NULL, 0, 0, NULL, "How long it takes."),
    FIELD_WRITTEN_OUT(setup, "time", changes, &setup_change_rows,
                      "Or a matrix: a table or list of from, to and time."),
    FIELD(setup, cost, MONEY, LIVE, "0", 0, 0, NULL, "Cost of each setup."),
    FIELD(setup, min_run, COUNT, LIVE, "0", 0, 1e6, NULL,
          "Lots before the next change, as long as lots of its setup wait."),
    FIELD(setup, idle, NONE, FIXED, "stay", 0, 0, &setup_idle_words,
          "What a machine does when nothing waits."),
    FIELD(setup, needs, NONE, FIXED, "{}", 0, 0, &need_rows,
          "People for it; by itself the station's `needs.setup`."),
};

static void check_setup(const void *block, struct place place, struct faults *faults) {
    const struct setup_spec *setup = block;
    if (setup->time.kind == ABSENT_LAW && setup->changes.count == 0)
        fault_error(faults, place, "time: 20 min, or {table: FILE.csv} with from, to and time",
                    "'time' must be given");
    if (setup->when.index == SETUP_EVERY && setup->when.number == 0)
        fault_error(faults, place, "when: every 10 pieces", "a setup every how many pieces?");
}
static const struct rows setup_rows =
    ROWS(setup, setup_fields, check_setup, "What a change of work costs.");

static const struct word batch_ofs[] = {
    {"any", "whatever waits"},
    {"item", "one item only"},
    {"step", "one step of one item"},
    {"family", "items of one family; an item without one is by itself"},
    {"tool", "steps with one tool; those without one go together"}};
static const struct words batch_of_words = WORDS(batch_ofs);
static const struct word batch_counts[] = {{"lots", "min and max are lots"},
                                           {"pieces", "min and max are pieces"}};
static const struct words batch_count_words = WORDS(batch_counts);
static const struct word batch_rules[] = {
    {"ready", "as soon as the minimum waits"},
    {"full", "when nothing more goes in"},
    {"best-family", "as `ready`, and of all that could start the largest batch does"},
    {"look-ahead",
     "as `ready`, unless it saves time to wait for lots that are at work and come next"}};
static const struct words batch_rule_words = WORDS(batch_rules);
static const struct field batch_fields[] = {
    FIELD(batch, min, AMOUNT, LIVE, "1", 1, 1e6, NULL, "Starts with no fewer."),
    FIELD(batch, max, AMOUNT, LIVE | MAIN | OPTIONAL, NULL, 1, 1e6, NULL,
          "Takes no more; or each step says it."),
    FIELD(batch, counts, NONE, FIXED | OPTIONAL, NULL, 0, 0, &batch_count_words,
          "What min and max count; by itself what they say (`max: 75 pieces`), and lots when they "
          "say "
          "nothing."),
    FIELD(batch, of, NONE, FIXED, "item", 0, 0, &batch_of_words, "What may be mixed."),
    FIELD(batch, wait, TIME, LIVE | OPTIONAL, NULL, 0, 0, NULL,
          "Longest wait of a lot for the minimum; by itself for ever."),
    FIELD(batch, rule, NONE, FIXED, "ready", 0, 0, &batch_rule_words,
          "When to start, and with what."),
};
static const struct rows batch_rows =
    ROWS(batch, batch_fields, NULL, "Lots that are worked together.");

static const struct word state_list[] = {
#define X(name, path, e10) {path, "power in this state"},
    MACHINE_STATES(X)
#undef X
};
static const struct target target_state = {
    0, "state of a machine", "They are those of stations.NAME.states", WORDS(state_list)};
static const struct field power_fields[] = {
    FIELD(power, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
    FIELD(power, power, POWER, FIXED | MAIN, NULL, 0, 1e9, NULL, "What a machine draws."),
};
static const struct rows power_rows =
    ROWS_OF_NAMES(power, power_fields, NULL, "Power in a state.", &target_state);

static const struct word shift_ends[] = {
    {"suspend", "the part waits on the machine and goes on"},
    {"finish", "what was begun is finished, also after a repair"},
    {"fit", "nothing starts that would not be done; a lot that fits may pass others"}};
static const struct words shift_end_words = WORDS(shift_ends);
static const struct word interrupteds[] = {
    {"resume", "it goes on where it was"}, {"restart", "it begins again"}, {"scrap", "it is lost"}};
static const struct words interrupted_words = WORDS(interrupteds);

static const struct word blockings[] = {
    {"after", "a finished part waits on the machine for room ahead"},
    {"before", "a machine starts only with room ahead, which is kept for it"},
    {"repeat", "a finished part that finds no room is worked again"}};
static const struct words blocking_words = WORDS(blockings);

static const struct field conveyor_fields[] = {
    FIELD(conveyor, length, LENGTH, FIXED, NULL, 1e-6, 1e7, NULL, "From its beginning to its end."),
    FIELD(conveyor, speed, SPEED, FIXED, NULL, 1e-9, 1e6, NULL, "How fast it moves."),
    FIELD(conveyor, spacing, LENGTH, FIXED, NULL, 1e-6, 1e7, NULL,
          "From the front of a lot to the front of the next."),
    FIELD(conveyor, accumulates, NONE, FIXED, "no", 0, 0, NULL,
          "Lots close up behind one that cannot leave; else all of it stands."),
};
static void check_conveyor(const void *block, struct place place, struct faults *faults) {
    const struct conveyor_spec *conveyor = block;
    if (conveyor->spacing.value > conveyor->length.value)
        fault_error(faults, place, "a smaller spacing",
                    "not even one lot fits on the conveyor: its spacing is larger than its length");
}
static const struct rows conveyor_rows =
    ROWS(conveyor, conveyor_fields, check_conveyor, "A conveyor.");

static const struct field machine_item_fields[] = {
    FIELD(machine_item, self, NONE, OPTIONAL, NULL, 0, 0, NULL, ""),
};
static const struct rows machine_item_rows =
    ROWS_OF_NAMES(machine_item, machine_item_fields, NULL, "An item.", &target_item);
static const struct field machine_fields[] = {
    FIELD(machine, speed, SHARE, LIVE | MAIN, "100 %", 0.001, 1000, NULL,
          "How fast it works: at 80 % a work takes 1/0.8 as long. Setups, loading and unloading "
          "keep their time."),
    FIELD(machine, items, NONE, FIXED, "{}", 0, 0, &machine_item_rows,
          "What it may work; by itself all that comes."),
    FIELD(machine, calendar, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_calendar,
          "When it is open; by itself as the station."),
    FIELD(machine, failures, NONE, FIXED, "{}", 0, 0, &failure_rows,
          "Stops of its own, beside those of the station; one of the same name takes its place."),
    FIELD(machine, maintenance, NONE, FIXED, "{}", 0, 0, &maintenance_rows, "In the same way."),
};
static const struct rows machine_rows =
    ROWS(machine, machine_fields, NULL, "A machine that differs from its neighbours.");

static const struct field station_fields[] = {
    FIELD(station, machines, COUNT, LIVE | MAIN, "1", 0, 1e6, &unlimited_words,
          "Machines that share the queue."),
    FIELD_WRITTEN_OUT(station, "machines", named, &machine_rows,
                      "Or each by its name, where they are not alike."),
    FIELD(station, time, WORK_TIME, LIVE, "0 s", 0, 0, &job_scope,
          "Work, for every step that does not say otherwise."),
    FIELD(station, load, WORK_TIME, LIVE, "0 s", 0, 0, &job_scope, "Time to load before the work."),
    FIELD(station, unload, WORK_TIME, LIVE, "0 s", 0, 0, &job_scope, "Time to unload after it."),
    FIELD(station, cascade, WORK_TIME, LIVE | OPTIONAL, NULL, 0, 0, &job_scope,
          "Time after which the next lot may start on a machine, while this one is still inside."),
    FIELD(station, conveyor, NONE, FIXED, "none", 0, 0, &conveyor_rows,
          "Each machine is a conveyor, and the way on it the work."),
    FIELD(station, scrap, SHARE, LIVE, "0", 0, 1, NULL, "Share of the pieces that is lost."),
    FIELD(station, queue, NONE, FIXED, "{}", 0, 0, &queue_rows, "What waits before it."),
    FIELD(station, blocking, NONE, FIXED, "after", 0, 0, &blocking_words,
          "What a machine does when there is no room ahead."),
    FIELD(station, needs, NONE, FIXED, "{}", 0, 0, &needs_rows, "People who must be there."),
    FIELD(station, setup, NONE, FIXED, "none", 0, 0, &setup_rows, "Time between different work."),
    FIELD(station, batch, NONE, FIXED, "none", 0, 0, &batch_rows, "Lots worked together."),
    FIELD(station, calendar, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_calendar,
          "When it is open; by itself always."),
    FIELD(station, overtime, NONE, FIXED, "none", 0, 0, &overtime_rows, "Longer days."),
    FIELD(station, at_shift_end, NONE, LIVE, "suspend", 0, 0, &shift_end_words,
          "What becomes of the part at hand when it closes."),
    FIELD(station, failures, NONE, FIXED, "{}", 0, 0, &failure_rows,
          "Unplanned stops, each with a name."),
    FIELD(station, maintenance, NONE, FIXED, "{}", 0, 0, &maintenance_rows,
          "Planned stops, each with a name."),
    FIELD(station, interrupted, NONE, FIXED, "resume", 0, 0, &interrupted_words,
          "A part cut off by a failure."),
    FIELD(station, cost, MONEY_RATE, LIVE, "0 /h", 0, 0, NULL,
          "Cost of an hour of work or setup of one machine."),
    FIELD(station, energy, NONE, FIXED, "{}", 0, 0, &power_rows,
          "Power of one machine in each state."),
    FIELD(station, site, NONE, FIXED | OPTIONAL, NULL, 0, 0, &target_site, "Where it stands."),
    FIELD(station, tool, NONE, FIXED | OPTIONAL, NULL, 0, 0, NULL,
          "What its machines are set up for at the start: item, family, step or tool."),
};
const struct rows station_rows = ROWS(station, station_fields, NULL, "Where work is done.");
