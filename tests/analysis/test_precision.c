/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many replications are looked at next. */
#include "../../analysis/precision.h"

#include <criterion/criterion.h>
#include <math.h>

/* A half-width shrinks with the root of the number: one half too wide needs 2.25 times as many, of
 * which twice as many are looked at first. */
Test(precision, the_next_look_is_where_the_half_width_should_be_reached) {
    cr_expect(precision_next(100, 1.2, 500) == 144);
    cr_expect(precision_next(100, 1.5, 500) == 200);
}

Test(precision, looks_are_a_tenth_apart_at_least_and_never_beyond_the_most) {
    cr_expect(precision_next(100, 1.001, 500) == 110);
    cr_expect(precision_next(10, 1.001, 500) == 11);
    cr_expect(precision_next(400, 2, 500) == 500);
    cr_expect(precision_next(100, INFINITY, 500) == 200);
}
