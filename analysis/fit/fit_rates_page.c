/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rates of arrivals as a page, as lines of a scenario, as CSV and as JSON. */
#include "fit_arrivals.h"

#include "../tables/friendly.h"
#include "../tables/grid.h"
#include "../json.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

static const char *const pattern_names[] = {
#define X(id, name) name,
    FIT_PATTERNS(X)
#undef X
};
static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
enum { WEEK_DAYS = 7, GROUP = 24, BAR_PLACES = 32 };

static const struct pattern_fit *best_of(const struct rates *rates) {
    return &rates->patterns[rates->best];
}

static double slot_hour(const struct rates *rates, int32_t slot) {
    return slot % rates->day_slots * rates->every_s / 3600;
}

/* ---- Lines of a scenario ---- */

/* "8.25 /h": what most rates of the pattern read best in. */
static void print_rate(FILE *file, double rate_s) {
    double rate = rate_s * 3600;
    if (rate > 0 && rate < 0.1)
        fprintf(file, "%.4g /d", 24 * rate);
    else
        fprintf(file, "%.4g /h", rate);
}

/* `if hour < 6 then 2 /h else ...` over slots FIRST to END - 1 of a day; rates that are alike are
 * written once. */
static void print_steps(const struct rates *rates, FILE *file, const struct rate_slot *slots,
                        int32_t first, int32_t end, const char *indent) {
    for (int32_t i = first; i < end; i++) {
        if (i + 1 < end && slots[i].rate == slots[i + 1].rate) continue;
        if (i + 1 < end) fprintf(file, "if hour < %g then ", (i + 1) * rates->every_s / 3600);
        print_rate(file, slots[i].rate);
        if (i + 1 < end) fprintf(file, "\n%selse ", indent);
    }
}

/* Formulas may be nested some dozens deep, so a long day is split in parts. */
static void print_day(const struct rates *rates, FILE *file, const struct rate_slot *slots,
                      const char *indent) {
    int32_t count = rates->day_slots;
    for (int32_t first = 0; first < count; first += GROUP) {
        int32_t end = first + GROUP < count ? first + GROUP : count;
        if (count <= GROUP) {
            print_steps(rates, file, slots, first, end, indent);
            continue;
        }
        if (end < count) fprintf(file, "if hour < %g then ", end * rates->every_s / 3600);
        fputc('(', file);
        print_steps(rates, file, slots, first, end, indent);
        fputc(')', file);
        if (end < count) fprintf(file, "\n%selse ", indent);
    }
}

static const char indent[] = "        ";

static void print_week(const struct rates *rates, FILE *file) {
    const struct rate_slot *slots = best_of(rates)->slots;
    for (int32_t day = 0; day < WEEK_DAYS; day++) {
        fprintf(file, "    arrivals-%s:\n      value: >\n%s", days[day], indent);
        print_day(rates, file, &slots[day * rates->day_slots], indent);
        fputc('\n', file);
    }
    fprintf(file, "    arrivals-rate:\n      value: >\n%s", indent);
    for (int32_t day = 0; day < WEEK_DAYS - 1; day++)
        fprintf(file, "if weekday = %d then arrivals-%s\n%selse ", day + 1, days[day], indent);
    fprintf(file, "arrivals-%s\n", days[WEEK_DAYS - 1]);
}

/* An hourly rate of an average day, and a factor of the weekday. */
static void print_days(const struct rates *rates, FILE *file) {
    const struct pattern_fit *best = best_of(rates);
    fprintf(file, "    arrivals-of-the-hour:\n      value: >\n%s", indent);
    struct rate_slot *slots = memory_zeroed((size_t)rates->day_slots, sizeof *slots);
    for (int32_t i = 0; i < rates->day_slots; i++) slots[i].rate = best->hours[i];
    print_day(rates, file, slots, indent);
    free(slots);
    fprintf(file, "\n    arrivals-of-the-weekday:\n      value: >\n%s", indent);
    for (int32_t day = 0; day < WEEK_DAYS - 1; day++)
        fprintf(file, "if weekday = %d then %.4g\n%selse ", day + 1, best->weekdays[day], indent);
    fprintf(file, "%.4g\n", best->weekdays[WEEK_DAYS - 1]);
    fputs("    arrivals-rate: arrivals-of-the-hour * arrivals-of-the-weekday\n", file);
}

void rates_print_lines(const struct rates *rates, FILE *file) {
    const struct pattern_fit *best = best_of(rates);
    if (rates->best == FIT_CONSTANT) {
        fputs("  rate: ", file);
        print_rate(file, best->slots[0].rate);
        fputc('\n', file);
        return;
    }
    fputs("  drivers:\n", file);
    if (rates->best == FIT_WEEK) {
        print_week(rates, file);
    } else if (rates->best == FIT_DAYS) {
        print_days(rates, file);
    } else {
        fprintf(file, "    arrivals-rate:\n      value: >\n%s", indent);
        print_day(rates, file, best->slots, indent);
        fputc('\n', file);
    }
    fputs("  rate: arrivals-rate   # in a release or a customer\n", file);
}

/* ---- The page ---- */

static void print_heading(FILE *file, bool colour, const char *text) {
    fprintf(file, "\n%s%s%s\n", colour ? "\033[1m" : "", text, colour ? "\033[0m" : "");
}

static void print_patterns(const struct rates *rates, FILE *file, int32_t width, bool colour) {
    struct grid grid;
    grid_init(&grid, FIT_PATTERN_COUNT + 1, 3, 1);
    grid_set(&grid, 0, 0, "the rate follows");
    grid_set(&grid, 0, 1, "rates");
    grid_set(&grid, 0, 2, "ΔBIC");
    static const char *const names[] = {"nothing", "the hour of the day",
                                        "the hour, times the weekday", "the hour of the week"};
    for (int32_t i = 0; i < FIT_PATTERN_COUNT; i++) {
        const struct pattern_fit *pattern = &rates->patterns[i];
        grid_set(&grid, i + 1, 0, "%s", names[i]);
        if (!pattern->eligible) {
            grid_set(&grid, i + 1, 2, "too short");
            continue;
        }
        grid_set(&grid, i + 1, 1, "%d", pattern->rate_count);
        grid_set(&grid, i + 1, 2, "%.1f", pattern->bic - best_of(rates)->bic);
    }
    fputc('\n', file);
    grid_print(&grid, file, width, colour);
    grid_clear(&grid);
}

static double highest_rate(const struct pattern_fit *pattern) {
    double highest = 0;
    for (int32_t i = 0; i < pattern->slot_count; i++)
        highest = fmax(highest, pattern->slots[i].rate);
    return highest;
}

static void print_clock(FILE *file, double hour) {
    int32_t minutes = (int32_t)lround(hour * 60);
    fprintf(file, "%02d:%02d", minutes / 60, minutes % 60);
}

/* One line an interval of the day, with a bar. */
static void print_day_rates(const struct rates *rates, FILE *file, bool colour) {
    const struct pattern_fit *best = best_of(rates);
    double highest = highest_rate(best);
    print_heading(file, colour, "from   arrivals       /h");
    for (int32_t i = 0; i < best->slot_count; i++) {
        const struct rate_slot *slot = &best->slots[i];
        print_clock(file, slot_hour(rates, i));
        if (!(slot->watched_s > 0)) {
            fputs("  not watched\n", file);
            continue;
        }
        fprintf(file, " %9d %8.2f%s", slot->count, slot->rate * 3600, slot->count ? "  " : "");
        for (int32_t k = 0; k < lround(BAR_PLACES * slot->rate / highest); k++) fputs("█", file);
        fputc('\n', file);
    }
}

/* A row an interval, a column a day of the week. */
static void print_week_rates(const struct rates *rates, FILE *file, int32_t width, bool colour) {
    struct grid grid;
    grid_init(&grid, rates->day_slots + 1, WEEK_DAYS + 1, 1);
    grid_set(&grid, 0, 0, "/h from");
    for (int32_t day = 0; day < WEEK_DAYS; day++) grid_set(&grid, 0, day + 1, "%s", days[day]);
    for (int32_t i = 0; i < rates->day_slots; i++) {
        int32_t minutes = (int32_t)lround(slot_hour(rates, i) * 60);
        grid_set(&grid, i + 1, 0, "%02d:%02d", minutes / 60, minutes % 60);
        for (int32_t day = 0; day < WEEK_DAYS; day++) {
            const struct rate_slot *slot = &best_of(rates)->slots[day * rates->day_slots + i];
            if (slot->rate > 0)
                grid_set(&grid, i + 1, day + 1, "%.2f", slot->rate * 3600);
            else
                grid_set(&grid, i + 1, day + 1, "%s", slot->watched_s > 0 ? "0" : "·");
        }
    }
    fputc('\n', file);
    grid_print(&grid, file, width, colour);
    grid_clear(&grid);
}

static void print_tests(const struct rates *rates, FILE *file) {
    fputc('\n', file);
    if (!isnan(rates->dispersion_p))
        fprintf(file,
                "Counts of an interval vary %.2f times as much as a Poisson stream's (p %.2g).\n",
                rates->dispersion, rates->dispersion_p);
    if (!isnan(rates->memory_p))
        fprintf(file, "Times between, within an interval: KS %.3f from exponential (p %.2g).\n",
                rates->memory, rates->memory_p);
    if (rates->together > 0.05)
        fprintf(file,
                "%.0f %% come at the same moment as the one before: moments are rounded, or things "
                "come in\ngroups (`size`), and p is not to be trusted.\n",
                100 * rates->together);
    if (rates->poisson && (!isnan(rates->dispersion_p) || !isnan(rates->memory_p)))
        fputs("Nothing speaks against a Poisson stream with this rate.\n", file);
    else if (!rates->poisson && rates->dispersion > 1 && rates->best == FIT_CONSTANT)
        fputs("A Poisson stream is refuted: arrivals come in bursts.\n", file);
    else if (!rates->poisson && rates->best == FIT_CONSTANT)
        fputs("A Poisson stream is refuted.\n", file);
    else if (!rates->poisson)
        fputs("A Poisson stream with this rate is refuted: something else than the hour moves the "
              "arrivals as well.\n",
              file);
}

void rates_print_page(const struct rates *rates, const char *what, FILE *file, int32_t width,
                      bool colour) {
    double span = rates->moments[rates->count - 1] - rates->moments[0];
    char text[FRIENDLY_SIZE];
    grid_text(file, what);
    fprintf(file, ": %d arrivals in %s h, ", rates->count, friendly_number(text, span / 3600));
    print_rate(file, rates->patterns[FIT_CONSTANT].slots[0].rate);
    fputs(" on average\n", file);
    print_patterns(rates, file, width, colour);
    if (rates->best == FIT_DAY) print_day_rates(rates, file, colour);
    if (rates->best >= FIT_DAYS) print_week_rates(rates, file, width, colour);
    print_tests(rates, file);
}

/* ---- CSV and JSON ---- */

void rates_csv(const struct rates *rates, FILE *file) {
    const struct pattern_fit *best = best_of(rates);
    fputs("weekday,from [h],watched [h],arrivals,rate [/h]\n", file);
    for (int32_t i = 0; i < best->slot_count; i++) {
        const struct rate_slot *slot = &best->slots[i];
        if (rates->best >= FIT_DAYS) fprintf(file, "%d", 1 + i / rates->day_slots);
        fprintf(file, ",%.10g,%.10g,%d,%.10g\n",
                rates->best == FIT_CONSTANT ? 0 : slot_hour(rates, i), slot->watched_s / 3600,
                slot->count, slot->rate * 3600);
    }
}

static void json_slots(const struct rates *rates, FILE *file) {
    const struct pattern_fit *best = best_of(rates);
    fputs(",\"rates\":[", file);
    for (int32_t i = 0; i < best->slot_count; i++) {
        const struct rate_slot *slot = &best->slots[i];
        fprintf(file, "%s\n  {\"weekday\":", i ? "," : "");
        json_number(file,
                    rates->best >= FIT_DAYS ? (double)(1 + i / rates->day_slots) : (double)NAN);
        fputs(",\"from_h\":", file);
        json_number(file, rates->best == FIT_CONSTANT ? NAN : slot_hour(rates, i));
        fputs(",\"watched_h\":", file);
        json_number(file, slot->watched_s / 3600);
        fprintf(file, ",\"arrivals\":%" PRId32 ",\"rate_per_h\":", slot->count);
        json_number(file, slot->watched_s > 0 ? slot->rate * 3600 : NAN);
        fputc('}', file);
    }
    fputc(']', file);
}

void rates_json(const struct rates *rates, FILE *file) {
    fprintf(file, "\"arrivals\":%" PRId32 ",\"span_h\":", rates->count);
    json_number(file, (rates->moments[rates->count - 1] - rates->moments[0]) / 3600);
    fputs(",\"patterns\":[", file);
    for (int32_t i = 0; i < FIT_PATTERN_COUNT; i++) {
        const struct pattern_fit *pattern = &rates->patterns[i];
        fprintf(file, "%s{\"follows\":\"%s\",\"rates\":%" PRId32 ",\"bic\":", i ? "," : "",
                pattern_names[i], pattern->rate_count);
        json_number(file, pattern->eligible ? pattern->bic : NAN);
        fputc('}', file);
    }
    fprintf(file, "],\"follows\":\"%s\",\"dispersion\":{\"value\":", pattern_names[rates->best]);
    json_number(file, rates->dispersion);
    fprintf(file, ",\"degrees\":%" PRId32 ",\"p\":", rates->dispersion_df);
    json_number(file, rates->dispersion_p);
    fputs("},\"exponential\":{\"kolmogorov_smirnov\":", file);
    json_number(file, rates->memory);
    fprintf(file, ",\"count\":%" PRId32 ",\"p\":", rates->memory_count);
    json_number(file, rates->memory_p);
    fprintf(file, "},\"poisson\":%s", rates->poisson ? "true" : "false");
    json_slots(rates, file);
}
