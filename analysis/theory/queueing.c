/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queueing.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdlib.h>

/* ---- Poisson arrivals, exponential work ---- */

/* By the recursion B(c) = a B(c - 1) / (c + a B(c - 1)), which has no differences to lose digits
 * in. */
double queueing_erlang_loss(double offered, int32_t servers) {
    double loss = 1;
    for (int32_t c = 1; c <= servers; c++) loss = offered * loss / (c + offered * loss);
    return loss;
}

double queueing_erlang_wait(double offered, int32_t servers) {
    if (offered >= servers) return 1;
    double loss = queueing_erlang_loss(offered, servers);
    return servers * loss / (servers - offered * (1 - loss));
}

double queueing_mmc_wait(double rate, double work, int32_t servers) {
    double offered = rate * work;
    if (offered >= servers) return INFINITY;
    return queueing_erlang_wait(offered, servers) * work / (servers - offered);
}

/* Birth and death: the weight of n + 1 jobs is that of n times offered / min(n + 1, servers). */
struct queueing_loss queueing_mmck(double rate, double work, int32_t servers, int32_t room) {
    double weight = 1, sum = 1, in_queue = 0, in_system = 0;
    for (int32_t n = 1; n <= servers + room; n++) {
        weight *= rate * work / (n < servers ? n : servers);
        sum += weight;
        in_system += n * weight;
        if (n > servers) in_queue += (n - servers) * weight;
        if (sum > 1e200) sum /= 1e200, weight /= 1e200, in_system /= 1e200, in_queue /= 1e200;
    }
    return (struct queueing_loss){weight / sum, in_queue / sum, in_system / sum};
}

/* ---- other laws ---- */

double queueing_mg1_wait(double rate, double work, double cv2) {
    double load = rate * work;
    return load < 1 ? load * work * (1 + cv2) / 2 / (1 - load) : INFINITY;
}

struct transform {
    const struct law *law;
    double rate;
};

static double transform_part(double t, void *context) {
    const struct transform *transform = context;
    return exp(-t) * law_cdf(transform->law, t / transform->rate);
}

/* By parts, E[exp(-s X)] is the integral of exp(-t) F(t / s). */
double queueing_transform(const struct law *law, double rate) {
    if (law->kind == LAW_CONSTANT) return exp(-rate * law->a);
    if (law->kind == LAW_EXPONENTIAL) return 1 / (1 + rate * law->a);
    if (rate <= 0) return 1;
    if (isnan(law_cdf(law, 1))) return NAN;
    enum { PARTS = 400 };
    struct transform transform = {law, rate};
    gsl_function function = {.function = transform_part, .params = &transform};
    gsl_integration_workspace *space = gsl_integration_workspace_alloc(PARTS);
    double value = NAN, error;
    int status = gsl_integration_qagiu(&function, 0, 1e-12, 1e-10, PARTS, space, &value, &error);
    gsl_integration_workspace_free(space);
    return status == GSL_SUCCESS || error < 1e-9 ? value : NAN;
}

/* s - A((1 - s) / work) is negative below the root and positive between it and 1. */
double queueing_gm1_root(const struct law *between, double work) {
    double mean = law_mean(between);
    if (!(mean > work)) return 1;
    double low = 0, high = 1;
    for (int32_t i = 0; i < 100 && high - low > 1e-13; i++) {
        double middle = 0.5 * (low + high);
        double value = middle - queueing_transform(between, (1 - middle) / work);
        if (isnan(value)) return NAN;
        if (value < 0)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

double queueing_ggc_wait(double rate, double work, int32_t servers, double arrivals_cv2,
                         double work_cv2) {
    return 0.5 * (arrivals_cv2 + work_cv2) * queueing_mmc_wait(rate, work, servers);
}

double queueing_departures_cv2(double arrivals_cv2, double work_cv2, double load, int32_t servers) {
    double square = fmin(load, 1) * fmin(load, 1);
    return 1 + (1 - square) * (arrivals_cv2 - 1) + square * (work_cv2 - 1) / sqrt(servers);
}

/* ---- rules ---- */

void queueing_priorities(struct queueing_class *classes, int32_t count, int32_t servers,
                         double residual) {
    double above = 0;
    for (int32_t i = 0; i < count; i++) {
        double with = above + classes[i].rate * classes[i].work / servers;
        classes[i].wait = with < 1 ? residual / ((1 - above) * (1 - with)) : INFINITY;
        above = with;
    }
}

/* A law whose distribution function has no jumps. */
static bool is_smooth(const struct law *law) {
    switch ((enum law_kind)law->kind) {
    case LAW_EXPONENTIAL:
    case LAW_UNIFORM:
    case LAW_TRIANGULAR:
    case LAW_PERT:
    case LAW_NORMAL:
    case LAW_LOGNORMAL:
    case LAW_GAMMA:
    case LAW_ERLANG:
    case LAW_WEIBULL:
    case LAW_BETA: return true;
    default: return false;
    }
}

/* The wait of work x is residual / (1 - load of work up to x)^2; summed over steps of x that grow
 * geometrically from a millionth of the mean, so that small work and long tails are both seen. */
double queueing_shortest_wait(const struct law *laws, const double *rates, int32_t count) {
    double all = 0, load = 0, residual = 0, mean = 0;
    for (int32_t i = 0; i < count; i++) {
        if (!is_smooth(&laws[i])) return NAN;
        double m = law_mean(&laws[i]);
        all += rates[i], load += rates[i] * m, mean += rates[i] * m;
        residual += 0.5 * rates[i] * (law_variance(&laws[i]) + m * m);
    }
    if (load >= 1) return INFINITY;
    double below = 0, up_to = 0, wait = 0, x = 0;
    for (double next = 1e-6 * mean / all; up_to < all * (1 - 1e-12) && next < 1e9 * mean / all;
         next *= 1.0005) {
        double at_next = 0, middle = 0.5 * (x + next);
        for (int32_t i = 0; i < count; i++) at_next += rates[i] * law_cdf(&laws[i], next);
        double share = at_next - up_to, load_next = below + share * middle;
        double free_here = 1 - below, free_next = 1 - load_next;
        wait +=
            share * residual * 0.5 * (1 / (free_here * free_here) + 1 / (free_next * free_next));
        x = next, up_to = at_next, below = load_next;
    }
    return wait / up_to;
}

/* ---- machines that fail ---- */

struct queueing_time queueing_with_failures(struct queueing_time work, double between,
                                            struct queueing_time repair) {
    double stretch = 1 + repair.mean / between;
    double repair_square = repair.mean * repair.mean * (1 + repair.cv2);
    double mean = work.mean * stretch;
    double variance = work.cv2 * mean * mean + work.mean / between * repair_square;
    return (struct queueing_time){mean, mean > 0 ? variance / (mean * mean) : 0};
}

struct queueing_time queueing_with_setups(struct queueing_time work, double jobs,
                                          struct queueing_time setup) {
    double mean = work.mean + setup.mean / jobs;
    double variance = work.cv2 * work.mean * work.mean +
                      setup.cv2 * setup.mean * setup.mean / jobs +
                      (jobs - 1) / (jobs * jobs) * setup.mean * setup.mean;
    return (struct queueing_time){mean, mean > 0 ? variance / (mean * mean) : 0};
}

/* The idle machine fails before the next arrival, and is not yet repaired, with the chance of being
 * down after an exponential time of mean 1 / rate; the first job of a busy time then also lasts for
 * what is left of the repair, which is a whole repair again. */
double queueing_failing_in_system(double rate, struct queueing_time work, double between,
                                  double repair) {
    struct queueing_time usual =
        queueing_with_failures(work, between, (struct queueing_time){repair, 1});
    double load = rate * usual.mean;
    if (load >= 1) return INFINITY;
    double down = (1 / between) / (rate + 1 / between + 1 / repair);
    double square = usual.mean * usual.mean * (1 + usual.cv2);
    double first = usual.mean + down * repair;
    double first_square = square + down * (2 * usual.mean * repair + 2 * repair * repair);
    double idle = 1 - load + rate * first;
    return rate * first / idle + 0.5 * rate * rate * square / (1 - load) +
           0.5 * rate * rate * (first_square - square) / idle;
}

/* Birth and death of the number of machines that stand. */
struct queueing_repairman queueing_repairman(int32_t machines, double between, double repair) {
    double weight = 1, sum = 1, standing = 0;
    for (int32_t n = 1; n <= machines; n++) {
        weight *= (machines - n + 1) * repair / between;
        sum += weight;
        standing += n * weight;
    }
    standing /= sum;
    double busy = 1 - 1 / sum;
    return (struct queueing_repairman){1 - standing / machines,
                                       (standing - busy) / (busy / repair)};
}

/* ---- batches ---- */

/* With n waiting behind a busy machine the chances are p r^n, where r solves
 * r^(most + 1) - (1 + a) r + a = 0, a = rate x work; idle with n < least waiting has the chance
 * p (1 - r^(n + 1)) / (1 - r) / a. */
struct queueing_batches queueing_batches(double rate, double work, int32_t least, int32_t most) {
    double offered = rate * work;
    if (offered >= most) return (struct queueing_batches){INFINITY, 1, most};
    double low = 0, high = 1 - 1e-12;
    for (int32_t i = 0; i < 200; i++) {
        double middle = 0.5 * (low + high);
        if (pow(middle, most + 1) - (1 + offered) * middle + offered > 0)
            low = middle;
        else
            high = middle;
    }
    double r = low, busy = 1 / (1 - r), idle = 0, waiting = r / ((1 - r) * (1 - r));
    for (int32_t n = 0; n < least; n++) {
        double chance = (1 - pow(r, n + 1)) / (1 - r) / offered;
        idle += chance;
        waiting += n * chance;
    }
    double load = busy / (busy + idle);
    return (struct queueing_batches){waiting / (busy + idle), load, offered / load};
}
