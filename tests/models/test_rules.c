/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queue rules: each against its formula in the literature, computed here for a shop so small that
 * it can be worked off by hand. */
#include "world.h"

/* Six jobs wait at `m` when it is free at 2 h; then they go to `n`, where 60 h of work wait, or to
 * `x`, where nothing does. */
enum { JOBS = 6 };
struct job_of_test {
    double work, later, due, weight;
    bool to_n;
};
static const struct job_of_test jobs[JOBS] = {
    {3, 2, 12, 1, true},  {1, 6, 30, 2, false},   {4, 1, 9, 5, true},
    {2, 3, 14, 1, false}, {5, 9, 15.5, 3, false}, {2.5, 0.5, 7, 0.5, true},
};

struct moment_of_test {
    double now;
    double at_n; /* work that waits there */
    double here; /* work that waits at `m` */
    int32_t waiting;
};

typedef double rule_of_test(const struct job_of_test *, const struct moment_of_test *);

static double left(const struct job_of_test *job) {
    return job->work + job->later;
}
static double slack(const struct job_of_test *job, const struct moment_of_test *at) {
    return job->due - at->now - left(job);
}
#define RULE(NAME, VALUE)                                                                          \
    static double NAME(const struct job_of_test *j, const struct moment_of_test *at) {             \
        (void)at;                                                                                  \
        return VALUE;                                                                              \
    }
RULE(spt, j->work)
RULE(lpt, -j->work)
RULE(edd, j->due)
RULE(mdd, fmax(j->due, at->now + left(j)))
RULE(odd, 1 + (j->due - 1) * j->work / left(j))
RULE(least_slack, slack(j, at))
RULE(slack_per_step, slack(j, at) / 2)
RULE(cr, (j->due - at->now) / left(j))
RULE(atc, -j->weight / j->work * exp(-fmax(0, slack(j, at)) / (2 * at->here / at->waiting)))
RULE(wspt, j->work / j->weight)
RULE(mwkr, -left(j))
RULE(lwkr, left(j))
RULE(winq, j->to_n ? at->at_n : 0)
RULE(pt_winq, j->work + (j->to_n ? at->at_n : 0))
RULE(covert, -j->weight / j->work * fmax(0, 1 - fmax(0, slack(j, at)) / (4 * left(j))))

/* Works them off one after the other, the smallest value first, ties by number. */
static void expect_starts_by(struct world *world, rule_of_test *rule, double ends[JOBS]) {
    bool done[JOBS] = {false};
    double now = 2, at_n = 60;
    world->text[world->used = 0] = '\0';
    world_add(world, "0/1/0");
    for (int32_t turn = 0; turn < JOBS; turn++) {
        struct moment_of_test at = {.now = now, .at_n = at_n, .waiting = JOBS - turn};
        for (int32_t i = 0; i < JOBS; i++)
            if (!done[i]) at.here += jobs[i].work;
        int32_t best = -1;
        for (int32_t i = 0; i < JOBS; i++)
            if (!done[i] && (best < 0 || rule(&jobs[i], &at) < rule(&jobs[best], &at) - 1e-12))
                best = i;
        world_add(world, "%g/1/%d", now, best + 4);
        done[best] = true;
        now += jobs[best].work;
        if (jobs[best].to_n) at_n += jobs[best].later;
        ends[best] = now;
    }
}

static void open_shop(struct world *world, const char *rule, const char *warm_up) {
    char text[2000];
    int32_t used = snprintf(text, sizeof text,
                            "run: {length: 90 h%s}\n"
                            "items:\n  first: {route: {m: 2 h}}\n  slow: {route: {n: 100 h}}\n"
                            "  next: {route: {n: 30 h}}\n",
                            warm_up);
    for (int32_t i = 0; i < JOBS; i++)
        used += snprintf(text + used, sizeof text - (size_t)used,
                         "  j%d: {route: {m: %g h, %c: %g h}}\n", i, jobs[i].work,
                         jobs[i].to_n ? 'n' : 'x', jobs[i].later);
    used += snprintf(text + used, sizeof text - (size_t)used,
                     "stations: {m: {queue: '%s'}, n: 1, x: 9}\nreleases:\n"
                     "  a: {item: first, list: [{at: 0 h}]}\n"
                     "  b: {item: slow, list: [{at: 0 h}]}\n"
                     "  c: {item: next, list: [{at: 0 h}, {at: 0 h}]}\n",
                     rule);
    for (int32_t i = 0; i < JOBS; i++)
        used += snprintf(text + used, sizeof text - (size_t)used,
                         "  r%d: {item: j%d, list: [{at: 1 h}], due: %g h, weight: %g}\n", i, i,
                         jobs[i].due - 1, jobs[i].weight);
    world_run(world, text);
}

static const struct {
    const char *name;
    rule_of_test *rule;
} rules[] = {{"spt", spt},
             {"lpt", lpt},
             {"edd", edd},
             {"mdd", mdd},
             {"odd", odd},
             {"slack", least_slack},
             {"slack-per-step", slack_per_step},
             {"cr", cr},
             {"cr-work", cr},
             {"atc", atc},
             {"atcs", atc}, /* without setups the same */
             {"wspt", wspt},
             {"mwkr", mwkr},
             {"lwkr", lwkr},
             {"winq", winq},
             {"pt-winq", pt_winq},
             {"covert", covert}};

Test(rules, every_rule_chooses_by_its_formula) {
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        struct world world, other = {0};
        double ends[JOBS];
        open_shop(&world, rules[i].name, "");
        expect_starts_by(&other, rules[i].rule, ends);
        const char *starts = world_starts(&world, "m");
        cr_expect_str_eq(starts, other.text, "%s: %s, not %s", rules[i].name, starts, other.text);
        world_close(&world);
    }
}

/* Sums of expected work are kept where they are the same for all lots. With a time that names what
 * is 1 at the moment they cannot be, and are reckoned for each lot. */
Test(rules, expected_work_is_the_same_whether_it_is_kept_or_reckoned_anew) {
    static const char shop[] =
        "run: {length: 60 h}\ndrivers: {pace: {value: 1}}\n"
        "items:\n"
        "  a: {lot: 3, route: {m: 20 min/piece, n: '%s', m2: {at: m, time: uniform(1 2) h}}}\n"
        "  b: {route: {m: triangular(20 50 90) min, n: '%s'}}\n"
        "stations: {m: {queue: cr, load: 2 min}, n: {queue: slack, unload: 3 min/piece}}\n"
        "releases:\n"
        "  a: {item: a, every: exponential(4 h), due: 9 h}\n"
        "  b: {item: b, every: exponential(3 h), due: 5 h}\n";
    char text[2][1000], *starts[2][2];
    snprintf(text[0], sizeof text[0], shop, "exponential(40 min)", "25 min/piece");
    snprintf(text[1], sizeof text[1], shop, "exponential(40 min * pace)", "25 min/piece * pace");
    for (int32_t i = 0; i < 2; i++) {
        struct world world;
        world_run(&world, text[i]);
        cr_expect_eq(isnan(world.run->standards[0].of_lot), i == 1);
        starts[i][0] = strdup(world_starts(&world, "m"));
        starts[i][1] = strdup(world_starts(&world, "n"));
        world_close(&world);
    }
    for (int32_t station = 0; station < 2; station++) {
        cr_expect_str_eq(starts[0][station], starts[1][station]);
        cr_expect_gt(strlen(starts[0][station]), 100);
        free(starts[0][station]);
        free(starts[1][station]);
    }
}

Test(rules, rules_do_what_they_are_known_for) {
    /* Smith 1956: spt the least mean flow, wspt the least weighted sum; Jackson 1955: edd the least
     * greatest lateness. */
    double least_sum = INFINITY, least_weighted = INFINITY, least_late = INFINITY;
    double of_spt = 0, of_wspt = 0, of_edd = 0;
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
        struct world scratch = {0};
        double ends[JOBS], sum = 0, weighted = 0, late = -INFINITY;
        expect_starts_by(&scratch, rules[r].rule, ends);
        for (int32_t i = 0; i < JOBS; i++) {
            sum += ends[i];
            weighted += jobs[i].weight * ends[i];
            late = fmax(late, ends[i] - jobs[i].due);
        }
        least_sum = fmin(least_sum, sum);
        least_weighted = fmin(least_weighted, weighted);
        least_late = fmin(least_late, late);
        if (rules[r].rule == spt) of_spt = sum;
        if (rules[r].rule == wspt) of_wspt = weighted;
        if (rules[r].rule == edd) of_edd = late;
    }
    cr_expect_eq(of_spt, least_sum);
    cr_expect_eq(of_wspt, least_weighted);
    cr_expect_eq(of_edd, least_late);
}

Test(rules, times_of_the_job_are_on_the_clock_of_now) {
    /* With a warm-up, due - now must still be the time that is left. */
    struct world plain, warm;
    open_shop(&plain, "(due - now) / work-left", "");
    open_shop(&warm, "(due - now) / work-left", ", warm-up: 7 h");
    char starts[400];
    snprintf(starts, sizeof starts, "%s", world_starts(&plain, "m"));
    cr_expect_str_eq(world_starts(&warm, "m"), starts);
    world_close(&plain);
    world_close(&warm);
}

Test(rules, a_rule_may_be_part_of_an_expression) {
    struct world rule, written;
    open_shop(&rule, "if slack < 0 h then -1 / wspt else 0 /h", "");
    open_shop(&written, "if due - now - work-left < 0 h then -weight / work-here else 0 /h", "");
    char starts[400];
    snprintf(starts, sizeof starts, "%s", world_starts(&rule, "m"));
    cr_expect_str_eq(world_starts(&written, "m"), starts);
    world_close(&rule);
    world_close(&written);
}

Test(rules, the_longest_queue_is_that_of_the_item_most_lots_of_which_wait) {
    struct world world;
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {a: {route: [m]}, b: {route: [m]}, c: {route: [m]}}\n"
                      "stations: {m: {time: 1 h, queue: longest-queue}}\n"
                      "releases:\n"
                      "  one: {item: c, at: [0 h, 0 h]}\n"
                      "  two: {item: b, at: [0 h, 0 h, 0 h]}\n"
                      "  three: {item: a, at: [0 h, 0 h, 0 h, 0 h]}\n");
    /* Lots of a: 2 5 7 8, of b: 1 4 6, of c: 0 3; of equal queues the eldest lot. */
    EXPECT_STARTS(&world, "m", "0/1/2 1/1/1 2/1/5 3/1/0 4/1/4 5/1/7 6/1/3 7/1/6 8/1/8");
    world_close(&world);
}

Test(rules, random_order_is_another_in_every_replication_and_the_same_again) {
    struct world world;
    char first[400], second[400];
    world_run(&world, "run: {length: 20 h}\n"
                      "items: {a: {route: [m]}}\n"
                      "stations: {m: {time: 1 h, queue: random}}\n"
                      "releases: {one: {item: a, at: [0 h, 0 h, 0 h, 0 h, 0 h, 0 h, 0 h, 0 h]}}\n");
    snprintf(first, sizeof first, "%s", world_starts(&world, "m"));
    world_replicate(&world, 1, 2, true);
    snprintf(second, sizeof second, "%s", world_starts(&world, "m"));
    cr_expect_str_neq(first, second);
    world_replicate(&world, 1, 1, true);
    cr_expect_str_eq(world_starts(&world, "m"), first);
    world_close(&world);
}
