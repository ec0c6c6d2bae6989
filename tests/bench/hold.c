/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hold model: what one event costs in the calendar.
 *
 * N events are pending. One hold takes the first, and plans its source again an exponential time
 * later (Vaucher and Duval 1975). With moves, each hold also plans another pending event, picked at
 * random, to another time, as failures, preemptions and changed speeds do. The calendar is measured
 * beside two textbook heaps, of 4 and of 2 children a node, that know where each event stands and
 * so can move it too; they take the first event out and put it back, because a simulator cannot
 * know that the same source plans next.
 *
 *     hold [HOLDS]        prints ns per hold: pending, moves, calendar, heap of 4, heap of 2 */
#include "../../sim/calendar.h"
#include "reference.h"

enum { DELAYS = 1024 };

struct luck {
    tick delays[DELAYS]; /* exponential, of mean 1 s; drawn before the clock runs */
    uint64_t state;
};

static inline uint64_t luck_word(struct luck *l) {
    l->state = l->state * 6364136223846793005u + 1442695040888963407u;
    return l->state >> 32;
}

static inline tick luck_delay(struct luck *l) {
    return l->delays[luck_word(l) % DELAYS];
}

/* ---- A heap of a fixed number of children a node, with the place of every event ---- */

struct heap {
    int32_t count;
    uint64_t sequence;
    struct entry {
        event_key key;
        int32_t id;
    } * entries;
    int32_t *place; /* of each event */
};

static inline void heap_put(struct heap *h, int32_t at, struct entry e) {
    h->entries[at] = e;
    h->place[e.id] = at;
}

static inline void heap_rise(struct heap *h, int32_t at, struct entry e, int32_t children) {
    while (at > 0) {
        int32_t parent = (at - 1) / children;
        if (h->entries[parent].key <= e.key) break;
        heap_put(h, at, h->entries[parent]);
        at = parent;
    }
    heap_put(h, at, e);
}

static inline void heap_sink(struct heap *h, int32_t at, struct entry e, int32_t children) {
    for (;;) {
        int32_t first = at * children + 1, least = first;
        if (first >= h->count) break;
        int32_t end = first + children < h->count ? first + children : h->count;
        for (int32_t i = first + 1; i < end; i++)
            least = h->entries[i].key < h->entries[least].key ? i : least;
        if (e.key <= h->entries[least].key) break;
        heap_put(h, at, h->entries[least]);
        at = least;
    }
    heap_put(h, at, e);
}

static inline void heap_remove(struct heap *h, int32_t at, int32_t children) {
    struct entry last = h->entries[--h->count];
    if (at == h->count) return;
    if (at > 0 && last.key < h->entries[(at - 1) / children].key)
        heap_rise(h, at, last, children);
    else
        heap_sink(h, at, last, children);
}

static inline void heap_push(struct heap *h, int32_t id, tick at, int32_t children) {
    struct entry e = {event_bound(at, 0) | h->sequence++, id};
    heap_rise(h, h->count++, e, children);
}

/* ---- One measurement ---- */

struct question {
    int32_t pending;
    bool moves;
    int64_t holds;
};

static double seconds(void) {
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (double)used.tv_sec + 1e-9 * (double)used.tv_nsec;
}

static inline double heap_ns(const struct question *q, struct luck *luck, int32_t children) {
    struct heap h = {.entries = calloc((size_t)q->pending + 1, sizeof *h.entries),
                     .place = calloc((size_t)q->pending + 1, sizeof *h.place)};
    for (int32_t id = 0; id < q->pending; id++) heap_push(&h, id, luck_delay(luck), children);
    double begin = seconds();
    for (int64_t i = 0; i < q->holds; i++) {
        struct entry first = h.entries[0];
        tick now = event_tick(first.key);
        heap_remove(&h, 0, children);
        heap_push(&h, first.id, now + luck_delay(luck), children);
        if (!q->moves) continue;
        int32_t other = (int32_t)(luck_word(luck) * (uint64_t)q->pending >> 32);
        heap_remove(&h, h.place[other], children);
        heap_push(&h, other, now + luck_delay(luck), children);
    }
    double ns = 1e9 * (seconds() - begin) / (double)q->holds;
    free(h.entries);
    free(h.place);
    return ns;
}

static double heap4_ns(const struct question *q, struct luck *luck) {
    return heap_ns(q, luck, 4);
}

static double heap2_ns(const struct question *q, struct luck *luck) {
    return heap_ns(q, luck, 2);
}

static double calendar_ns(const struct question *q, struct luck *luck) {
    struct calendar c;
    calendar_init(&c, q->pending);
    for (int32_t slot = 0; slot < q->pending; slot++) calendar_plan(&c, slot, luck_delay(luck), 0);
    double begin = seconds();
    for (int64_t i = 0; i < q->holds; i++) {
        event_key first = calendar_first(&c);
        tick now = event_tick(first);
        calendar_plan(&c, event_slot(first), now + luck_delay(luck), 0);
        if (!q->moves) continue;
        int32_t other = (int32_t)(luck_word(luck) * (uint64_t)q->pending >> 32);
        calendar_plan(&c, other, now + luck_delay(luck), 0);
    }
    double ns = 1e9 * (seconds() - begin) / (double)q->holds;
    calendar_clear(&c);
    return ns;
}

int main(int argc, char **argv) {
    int64_t holds = jobs_asked(argc, argv, 2000000);
    static struct chance chance;
    static struct luck luck;
    chance_start(&chance, 1);
    for (int i = 0; i < DELAYS; i++) luck.delays[i] = (tick)(1e6 * chance_exponential(&chance));
    for (int moves = 0; moves < 2; moves++) {
        for (int32_t pending = 10; pending <= 1000000; pending *= 10) {
            struct question q = {pending, moves, holds};
            printf("pending %d moves %d calendar %.1f heap4 %.1f heap2 %.1f\n", pending, moves,
                   calendar_ns(&q, &luck), heap4_ns(&q, &luck), heap2_ns(&q, &luck));
        }
    }
}
