/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Philox against published values and the authors' library; streams, draws and feeds on top of it.
 */
#include <criterion/criterion.h>

#include "../../sim/draw.h"
#include "../../sim/stream.h"

#include <Random123/philox.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void expect_block(struct block block, const uint64_t words[4]) {
    cr_assert_arr_eq(block.word, words, sizeof block.word);
}

/* From kat_vectors of Random123. */
Test(philox, known_answers_hold) {
    const uint64_t of_zeros[4] = {0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b,
                                  0x7e68b68aec7ba23b};
    const uint64_t of_ones[4] = {0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6,
                                 0xa09caebf594f0ba0};
    const uint64_t all = UINT64_MAX;
    expect_block(philox((struct stream){{0, 0}}, 0, 0, 0, 0), of_zeros);
    expect_block(philox((struct stream){{all, all}}, all, all, all, all), of_ones);
}

Test(philox, it_is_the_function_of_the_authors_library) {
    uint64_t at[6] = {1, 2, 3, 4, 5, 6};
    for (int i = 0; i < 1000; i++) {
        philox4x64_ctr_t counter = {{at[0], at[1], at[2], at[3]}};
        philox4x64_key_t key = {{at[4], at[5]}};
        philox4x64_ctr_t theirs = philox4x64(counter, key);
        struct block ours = philox((struct stream){{at[4], at[5]}}, at[0], at[1], at[2], at[3]);
        cr_assert_arr_eq(ours.word, theirs.v, sizeof ours.word);
        memmove(&at[1], &at[0], 5 * sizeof at[0]);
        at[0] = ours.word[i % 4];
    }
}

/* FNV-1a of "foobar" is 85944171f73967e8 (published); its finished form was worked out apart from
 * this code. */
Test(stream, names_hash_as_documented) {
    cr_assert_eq(stream_hash("foobar"), UINT64_C(0x2c22194922d1672b));
    cr_assert_eq(stream_hash("stations/oven/repair"), UINT64_C(0x2b98a826349cf494));
}

Test(stream, a_change_in_the_last_letter_changes_half_of_the_bits) {
    int changed = 0;
    char name[] = "stations/cut/repair0";
    uint64_t before = stream_hash(name);
    for (int i = 1; i < 60; i++) {
        name[sizeof name - 2] = (char)('0' + i);
        uint64_t after = stream_hash(name);
        changed += __builtin_popcountll(before ^ after);
        before = after;
    }
    cr_assert_float_eq(changed / 59.0, 32, 2.1); /* 4 standard errors of a mean of 59 */
}

static int by_word(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* Neighbours in every coordinate, and blocks beyond the first: no word comes twice. */
Test(draw, draws_of_different_keys_share_no_word) {
    enum { WORDS = 10, SIDE = 4 };
    static uint64_t words[SIDE * SIDE * SIDE * SIDE * WORDS];
    size_t count = 0;
    struct stream stream = stream_named(1, "test");
    for (uint64_t i = 0; i < SIDE * SIDE * SIDE * SIDE; i++) {
        struct draw draw = draw_at(stream, i % 4, i / 4 % 4, i / 16 % 4, i / 64);
        for (int k = 0; k < WORDS; k++) words[count++] = draw_word(&draw);
    }
    qsort(words, count, sizeof *words, by_word);
    for (size_t i = 1; i < count; i++) cr_assert_neq(words[i - 1], words[i]);
}

Test(draw, words_after_the_fourth_come_from_raised_sub_draws) {
    struct stream stream = stream_named(1, "test");
    struct draw draw = draw_at(stream, 7, 5, 3, 2);
    for (uint64_t block = 0; block < 3; block++) {
        struct block expected = philox(stream, 7, 5 + (block << 32), 3, 2);
        for (int i = 0; i < 4; i++) cr_assert_eq(draw_word(&draw), expected.word[i]);
    }
}

Test(draw, uniforms_are_inside_and_mirror_exactly) {
    struct draw draw = {.block = {{0, UINT64_MAX, UINT64_C(1) << 63, 12345}}};
    cr_assert_eq(draw_uniform(&draw), 0x1p-53);
    cr_assert_eq(draw_uniform(&draw), 1 - 0x1p-53);
    for (int i = 0; i < 2; i++) {
        double u = draw_uniform(&draw);
        cr_assert_eq(1 - (1 - u), u);
    }
}

Test(feed, occurrences_are_random_access) {
    struct stream stream = stream_named(1, "test");
    struct feed straight, late;
    feed_init(&straight, stream, 3, 2);
    feed_init(&late, stream, 3, 2);
    late.next = 9;
    for (uint64_t i = 0; i < 9; i++) {
        struct draw draw = feed_draw(&straight);
        cr_assert_eq(draw.at[0], i);
        cr_assert_eq(draw_word(&draw), philox(stream, i / 4, 0, 3, 2).word[i % 4]);
        for (uint64_t k = 0; k < i; k++) draw_word(&draw); /* what it takes shifts nothing */
    }
    struct draw ninth = feed_draw(&straight), same = feed_draw(&late);
    for (int k = 0; k < 9; k++) cr_assert_eq(draw_word(&ninth), draw_word(&same));
}

Test(feed, further_words_of_an_occurrence_are_its_own) {
    enum { OCCURRENCES = 64, WORDS = 6 };
    static uint64_t words[OCCURRENCES * WORDS];
    size_t count = 0;
    struct feed feed;
    feed_init(&feed, stream_named(1, "test"), 0, 0);
    for (int i = 0; i < OCCURRENCES; i++) {
        struct draw draw = feed_draw(&feed);
        for (int k = 0; k < WORDS; k++) words[count++] = draw_word(&draw);
    }
    qsort(words, count, sizeof *words, by_word);
    for (size_t i = 1; i < count; i++) cr_assert_neq(words[i - 1], words[i]);
}

Test(quartet, a_word_depends_on_its_key_alone) {
    enum { KEYS = 40, SUBS = 3, REPLICATION = 6 };
    struct stream stream = stream_named(1, "test");
    struct quartet forward = quartet_of(stream), leaping = forward;
    for (uint64_t i = 0; i < KEYS * SUBS; i++) {
        uint64_t key = i / SUBS, sub = i % SUBS, leap = i * 7 % (KEYS * SUBS);
        uint64_t apart = sub | UINT64_C(1) << 63;
        cr_assert_eq(quartet_word(&forward, key, sub, REPLICATION),
                     philox(stream, key / 4, apart, REPLICATION, 0).word[key % 4]);
        quartet_word(&leaping, leap / SUBS, leap % SUBS, REPLICATION);
        cr_assert_eq(quartet_word(&leaping, key, sub, REPLICATION),
                     quartet_word(&forward, key, sub, REPLICATION));
    }
}

Test(stream, gsl_distributions_take_their_chance_from_a_draw) {
    struct draw draw = draw_at(stream_named(1, "gsl"), 0, 0, 0, 0), again = draw;
    gsl_rng view = stream_rng(&draw);
    gsl_rng *own = gsl_rng_alloc(stream_rng_type);
    gsl_rng_set(own, 1);
    enum { COUNT = 40000 };
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
        double x = gsl_ran_rayleigh(&view, 1);
        cr_assert_eq(x, gsl_ran_rayleigh(own, 1));
        sum += x;
    }
    gsl_rng_free(own);
    cr_assert_float_eq(sum / COUNT, sqrt(M_PI / 2), 4 * sqrt((2 - M_PI / 2) / COUNT));
    view = stream_rng(&again);
    cr_assert_eq(gsl_rng_get(&view), again.block.word[0]);
}
