/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work that only some can do: how busy they must be at least.
 *
 * Work of each kind may be shared among those who may do it, so the busiest is as little busy as
 * can be when the work of some set of kinds, over all who may do any of them, is the most: the
 * bottleneck of the bipartite graph. It is found as by Dinkelbach (Management Science 13, 1967):
 * with everybody so busy, as much work as goes is handed out (a maximum flow; Edmonds and Karp
 * 1972); what finds nobody, and what keeps those busy who could do it, is a set that asks for more.
 */
#include "load.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct sharing {
    const double *work, *capacity;
    const bool *may; /* kinds x servers */
    int32_t kinds, servers;
    double *given, *left, *room; /* kinds x servers; of kinds; of servers */
    int32_t *kind_from, *server_from, *list;
};

enum { UNSEEN = -2, ROOT = -1 };
static const double LEAST = 1e-12; /* of all work: what is less is rounding */

/* From kinds with work left, who can be reached: kinds over servers that may do them, servers'
 * kinds by taking work back. Returns a server with room, or -1; then the kinds reached are the set
 * that is short. */
static int32_t search(const struct sharing *s, double least) {
    int32_t count = 0;
    for (int32_t k = 0; k < s->kinds; k++) {
        s->kind_from[k] = s->left[k] > least ? ROOT : UNSEEN;
        if (s->kind_from[k] == ROOT) s->list[count++] = k;
    }
    for (int32_t m = 0; m < s->servers; m++) s->server_from[m] = UNSEEN;
    for (int32_t at = 0; at < count; at++) {
        int32_t kind = s->list[at];
        for (int32_t m = 0; m < s->servers; m++) {
            if (s->server_from[m] != UNSEEN || !s->may[kind * s->servers + m]) continue;
            s->server_from[m] = kind;
            if (s->room[m] > least) return m;
            for (int32_t k = 0; k < s->kinds; k++) {
                if (s->kind_from[k] != UNSEEN || !(s->given[k * s->servers + m] > least)) continue;
                s->kind_from[k] = m;
                s->list[count++] = k;
            }
        }
    }
    return -1;
}

/* Hands work on along the way that leads to this server. */
static void hand_on(struct sharing *s, int32_t server) {
    double amount = s->room[server];
    for (int32_t m = server;;) {
        int32_t kind = s->server_from[m], before = s->kind_from[kind];
        amount =
            fmin(amount, before == ROOT ? s->left[kind] : s->given[kind * s->servers + before]);
        if (before == ROOT) break;
        m = before;
    }
    s->room[server] -= amount;
    for (int32_t m = server;;) {
        int32_t kind = s->server_from[m], before = s->kind_from[kind];
        s->given[kind * s->servers + m] += amount;
        if (before == ROOT) {
            s->left[kind] -= amount;
            break;
        }
        s->given[kind * s->servers + before] -= amount;
        m = before;
    }
}

/* The work of the kinds that were reached last, over who may do them. */
static double share_of_short(const struct sharing *s) {
    double work = 0, capacity = 0;
    for (int32_t k = 0; k < s->kinds; k++)
        if (s->kind_from[k] != UNSEEN) work += s->work[k];
    for (int32_t m = 0; m < s->servers; m++)
        if (s->server_from[m] != UNSEEN) capacity += s->capacity[m];
    return capacity > 0 ? work / capacity : INFINITY;
}

double load_least(const double *work, int32_t kinds, const double *capacity, int32_t servers,
                  const bool *may) {
    size_t cells = (size_t)kinds * (size_t)servers;
    struct sharing s = {work, capacity, may, kinds, servers, NULL, NULL, NULL, NULL, NULL, NULL};
    double all = 0, sum = 0;
    for (int32_t k = 0; k < kinds; k++) all += work[k];
    for (int32_t m = 0; m < servers; m++) sum += capacity[m];
    if (!(all > 0)) return 0;
    if (!(sum > 0)) return INFINITY;
    s.given = memory_zeroed(cells + (size_t)(kinds + servers), sizeof *s.given);
    s.left = s.given + cells;
    s.room = s.left + kinds;
    s.kind_from = memory_zeroed((size_t)(2 * kinds + servers) + 1, sizeof *s.kind_from);
    s.server_from = s.kind_from + kinds;
    s.list = s.server_from + servers;
    double load = all / sum;
    for (int32_t round = 0; round <= kinds; round++) { /* each leaves a smaller set */
        memset(s.given, 0, cells * sizeof *s.given);
        for (int32_t k = 0; k < kinds; k++) s.left[k] = work[k];
        for (int32_t m = 0; m < servers; m++) s.room[m] = load * capacity[m];
        int32_t server;
        while ((server = search(&s, LEAST * all)) >= 0) hand_on(&s, server);
        bool done = true;
        for (int32_t k = 0; k < kinds; k++) done = done && s.kind_from[k] == UNSEEN;
        if (done) break;
        double more = share_of_short(&s);
        if (!(more > load)) break;
        load = more;
        if (isinf(load)) break;
    }
    free(s.kind_from);
    free(s.given);
    return load;
}
