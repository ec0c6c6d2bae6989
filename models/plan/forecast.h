/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forecasts of one series: what a period will bring, from what the periods before have brought.
 *
 * A method is a row of FORECAST_METHODS and a pair of functions: one sees the value of a period
 * that is over, the other says what it expects so many periods ahead. Its state is a few numbers
 * and, where it looks back further, a piece of memory that the caller gives. No method knows what
 * it forecasts, or when.
 *
 * References: Hyndman & Athanasopoulos, Forecasting: Principles and Practice (3rd ed. 2021) for the
 * smoothing methods; Croston, Operational Research Quarterly 23 (1972) 289; Syntetos & Boylan, Int.
 * J. of Forecasting 21 (2005) 303 (SBA); Teunter, Syntetos & Babai, EJOR 214 (2011) 606 (TSB). */
#ifndef TAKT_MODELS_PLAN_FORECAST_H
#define TAKT_MODELS_PLAN_FORECAST_H

#include <stdbool.h>
#include <stdint.h>

/* X(NAME, word, functions, in words) */
#define FORECAST_METHODS(X)                                                                        \
    X(NAIVE, "naive", naive, "the last value")                                                     \
    X(MOVING_AVERAGE, "moving-average", moving_average, "the mean of the last `window` periods")   \
    X(SES, "ses", ses, "simple exponential smoothing: a level, by `alpha`")                        \
    X(HOLT, "holt", holt, "a level and a trend, by `alpha` and `beta`")                            \
    X(HOLT_WINTERS, "holt-winters", holt_winters,                                                  \
      "level, trend and what each period of a `season` adds, by `alpha`, `beta`, `gamma`")         \
    X(HOLT_WINTERS_TIMES, "holt-winters-times", holt_winters_times,                                \
      "the same with factors in place of summands")                                                \
    X(CROSTON, "croston", croston,                                                                 \
      "for demand with many zeros: smoothed size over smoothed interval, by `alpha`")              \
    X(SBA, "sba", sba, "Croston's times (1 - alpha / 2), which takes its bias away")               \
    X(TSB, "tsb", tsb,                                                                             \
      "for demand with many zeros that may end: size by `alpha` times chance by `beta`")           \
    X(BEST, "best", best, "whichever of the others has erred least of late")

enum forecast_method {
#define X(name, word, functions, help) FORECAST_##name,
    FORECAST_METHODS(X)
#undef X
        FORECAST_COUNT
};

struct forecast_rule {
    int32_t method; /* enum forecast_method */
    double alpha, beta, gamma;
    int32_t window; /* periods of a moving average */
    int32_t season; /* periods of a season; below 2: none, and no method of seasons is tried */
};

struct forecaster {
    const struct forecast_rule *rule;
    int64_t seen; /* periods */
    double level, slope;
    double size, interval; /* of demand with zeros; TSB: size and chance */
    int64_t since;         /* periods since the last demand that was not 0 */
    double *memory;        /* forecaster_memory() doubles */
};

/* Doubles of memory that a forecaster of this rule needs. */
int32_t forecaster_memory(const struct forecast_rule *);

/* Begins with nothing seen. RULE and MEMORY live as long as the forecaster. */
void forecaster_start(struct forecaster *, const struct forecast_rule *rule, double *memory);

void forecaster_see(struct forecaster *, double value);

/* The forecast AHEAD periods from the last one seen (1 is the next); NaN before there is any. */
double forecaster_ahead(const struct forecaster *, int32_t ahead);

/* The method in use: of `best` the one that it believes at the moment. */
enum forecast_method forecaster_method(const struct forecaster *);

/* What the files of methods give to the table. */
struct forecast_method_row {
    const char *name, *help;
    int32_t (*memory)(const struct forecast_rule *);
    void (*see)(struct forecaster *, double value);
    double (*ahead)(const struct forecaster *, int32_t ahead);
};
extern const struct forecast_method_row forecast_methods[FORECAST_COUNT];

#define X(name, word, functions, help)                                                             \
    int32_t functions##_memory(const struct forecast_rule *);                                      \
    void functions##_see(struct forecaster *, double value);                                       \
    double functions##_ahead(const struct forecaster *, int32_t ahead);
FORECAST_METHODS(X)
#undef X

#endif
