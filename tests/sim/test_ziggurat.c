/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ziggurats: their tables, the body and the tail of what they draw. Seeds are 1. */
#include <criterion/criterion.h>

#include "../../sim/law.h"
#include "../../sim/ziggurat.h"

#include <math.h>
#include <string.h>

/* 1000 cells of equal probability: chi-square has mean 999 and variance 1998. */
static double cells_score(const struct law *law) {
    enum { CELLS = 1000, COUNT = 1000000 };
    static int32_t cells[CELLS];
    memset(cells, 0, sizeof cells);
    struct feed feed;
    feed_init(&feed, stream_named(1, law_kinds[law->kind].word), 0, 0);
    for (int i = 0; i < COUNT; i++) {
        struct draw draw = feed_draw(&feed);
        cells[(int)(law_cdf(law, law_value(law, &draw, NULL)) * (CELLS - 1e-9))]++;
    }
    double sum = 0;
    for (int i = 0; i < CELLS; i++) sum += pow(cells[i] - COUNT / CELLS, 2) / (COUNT / CELLS);
    return (sum - (CELLS - 1)) / sqrt(2 * (CELLS - 1));
}

/* Gamma too, which rests on the normal; at shape 1 its rejection has most to do. */
Test(ziggurat, a_million_values_fill_all_cells_alike) {
    const struct law laws[] = {{.kind = LAW_EXPONENTIAL, .a = 1},
                               {.kind = LAW_NORMAL, .a = 0, .b = 1},
                               {.kind = LAW_GAMMA, .a = 1, .b = 1}};
    for (int i = 0; i < 3; i++) cr_expect_lt(fabs(cells_score(&laws[i])), 4, "law %d", i);
}

/* A word of the lowest layer whose place is at its very end. */
static const uint64_t INTO_TAIL = UINT64_MAX - 0x1FF;

/* Beyond its end the exponential goes on with mean 1, the normal with mean f / Q - end and E x (x -
 * end) = 1. */
Test(ziggurat, tails_go_on_as_the_law_says) {
    enum { COUNT = 200000 };
    const double end = 7.69711747013104972, normal_end = 3.6541528853610088;
    struct draw draw = draw_at(stream_named(1, "tails"), 0, 0, 0, 0);
    double sum = 0, normal_sum = 0, normal_squares = 0;
    for (int i = 0; i < COUNT; i++) {
        double z = ziggurat_normal_rest(&draw, INTO_TAIL);
        cr_assert_gt(z, normal_end);
        sum += ziggurat_exponential_rest(&draw, INTO_TAIL) - end;
        normal_sum += z - normal_end;
        normal_squares += z * (z - normal_end);
    }
    double beyond = sqrt(M_PI / 2) * erfc(normal_end / sqrt(2));
    double excess = exp(-0.5 * normal_end * normal_end) / beyond - normal_end;
    cr_expect_float_eq(sum / COUNT, 1, 4 / sqrt(COUNT));
    cr_expect_float_eq(normal_sum / COUNT, excess, 4 * excess / sqrt(COUNT));
    cr_expect_float_eq(normal_squares / COUNT, 1, 4 * 1.1 / sqrt(COUNT));
}

/* P = exp(-7.697) and 2 P(Z > 3.654). */
Test(ziggurat, tails_are_as_heavy_as_they_should_be) {
    enum { COUNT = 2000000 };
    const double end = 7.69711747013104972, normal_end = 3.6541528853610088;
    struct draw draw = draw_at(stream_named(1, "tails"), 1, 0, 0, 0);
    double count = 0, normal_count = 0;
    for (int i = 0; i < COUNT; i++) {
        count += ziggurat_exponential(&draw) > end;
        normal_count += fabs(ziggurat_normal(&draw)) > normal_end;
    }
    double expected = COUNT * exp(-end), normal_expected = COUNT * erfc(normal_end / sqrt(2));
    cr_expect_float_eq(count, expected, 4 * sqrt(expected));
    cr_expect_float_eq(normal_count, normal_expected, 4 * sqrt(normal_expected));
}

/* The tables, by what defines them: published ends, and layers of one area. */
static void expect_equal_areas(const struct ziggurat *table, double (*density)(double),
                               double area) {
    for (int i = 1; i < ZIGGURAT_LAYERS; i++) {
        double right = table->layer[i].width * 0x1p53, up = table->height[i + 1] - table->height[i];
        cr_expect_float_eq(table->height[i], density(right), 1e-15);
        cr_expect_float_eq(right * up, area, 1e-15, "layer %d", i);
        double next = i + 1 < ZIGGURAT_LAYERS ? table->layer[i + 1].width * 0x1p53 : 0;
        cr_expect_float_eq((double)table->layer[i].inside * table->layer[i].width, next, 1e-14);
    }
    cr_expect_float_eq(table->layer[0].width * 0x1p53 * table->height[1], area, 1e-15);
    cr_expect_eq(table->height[ZIGGURAT_LAYERS], 1);
}

static double exponential_density(double x) {
    return exp(-x);
}
static double normal_density(double x) {
    return exp(-0.5 * x * x);
}

Test(ziggurat, all_layers_have_one_area_and_the_published_end) {
    const struct ziggurat *exponential = &ziggurat_of_exponential, *normal = &ziggurat_of_normal;
    const double end = 7.69711747013104972, normal_end = 3.6541528853610088;
    cr_expect_float_eq(exponential->layer[1].width * 0x1p53, end, 1e-14);
    cr_expect_float_eq(normal->layer[1].width * 0x1p53, normal_end, 1e-14);
    double tail = sqrt(M_PI / 2) * erfc(normal_end / sqrt(2));
    expect_equal_areas(exponential, exponential_density, (end + 1) * exp(-end));
    expect_equal_areas(normal, normal_density, normal_end * normal_density(normal_end) + tail);
}
