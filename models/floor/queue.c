/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queues: who waits before a station, and who goes next.
 *
 * First come, first served is a list. Rules whose keys are known when a part arrives (shortest
 * work, due date) keep a binary heap (Williams 1964); rules that look at the moment or at the
 * machine, and batches, look through the list when one is taken. Ties: the rule's keys in order,
 * then arrival at this queue, then serial number. */
#include "floor.h"

#include <math.h>
#include <stdlib.h>

static double key_value(const struct run *run, const struct queue_key *key, const struct part *part,
                        int32_t machine) {
    if (key->name == JOB_PRIORITY) return -(double)part->priority;
    if (key->name < JOB_NAME_COUNT) return job_value(run, part, key->name, machine);
    struct job job = {run, part, machine};
    struct formula_env env = {.read = job_read, .context = &job};
    double value = formula_value(key->formula, &env);
    return isnan(value) ? INFINITY : value; /* 0 over 0, never less never: last */
}

/* Its keys from number FIRST on. */
static void entry_keys(const struct run *run, const struct queue_rule *rule, int32_t machine,
                       int32_t first, struct queue_entry *entry) {
    const struct part *part = &run->parts[entry->part];
    for (int32_t i = first; i < rule->key_count; i++)
        entry->keys[i] = key_value(run, &rule->keys[i], part, machine);
}

/* What settles ties; its keys are not known yet. */
static inline void entry_begin(const struct run *run, int32_t id, struct queue_entry *entry) {
    entry->since = run->parts[id].since;
    entry->serial = run->parts[id].serial;
    entry->part = id;
}

static struct queue_entry entry_of(const struct run *run, int32_t station, int32_t id,
                                   int32_t machine) {
    struct queue_entry entry;
    entry_begin(run, id, &entry);
    entry_keys(run, station_rule(run, station), machine, 0, &entry);
    return entry;
}

static bool entry_before(const struct queue_entry *a, const struct queue_entry *b,
                         int32_t key_count) {
    for (int32_t i = 0; i < key_count; i++)
        if (a->keys[i] != b->keys[i]) return a->keys[i] < b->keys[i];
    if (a->since != b->since) return a->since < b->since;
    return a->serial < b->serial;
}

bool queue_goes_before(const struct run *run, int32_t a, int32_t b) {
    int32_t at_a = run->plant->steps[run->parts[a].step].station;
    int32_t at_b = run->plant->steps[run->parts[b].step].station;
    struct queue_entry first = entry_of(run, at_a, a, NOBODY),
                       second = entry_of(run, at_b, b, NOBODY);
    return entry_before(&first, &second, at_a == at_b ? station_rule(run, at_a)->key_count : 0);
}

static void heap_push(struct queue *queue, struct queue_entry entry, int32_t key_count) {
    if (queue->count == queue->heap_room) {
        queue->heap_room = queue->heap_room ? 2 * queue->heap_room : 1;
        queue->heap = memory_grown(queue->heap, (size_t)queue->heap_room, sizeof *queue->heap);
    }
    int32_t at = queue->count;
    while (at > 0 && entry_before(&entry, &queue->heap[(at - 1) / 2], key_count)) {
        queue->heap[at] = queue->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    queue->heap[at] = entry;
}

/* Takes the first entry of COUNT. */
static int32_t heap_pull(struct queue *queue, int32_t key_count) {
    int32_t part = queue->heap[0].part, count = queue->count - 1, at = 0;
    struct queue_entry entry = queue->heap[count];
    for (int32_t child = 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count &&
            entry_before(&queue->heap[child + 1], &queue->heap[child], key_count))
            child++;
        if (!entry_before(&queue->heap[child], &entry, key_count)) break;
        queue->heap[at] = queue->heap[child];
        at = child;
    }
    queue->heap[at] = entry;
    return part;
}

/* At the end; among those that came at this same instant, by serial number. */
static void list_push(struct run *run, struct queue *queue, int32_t id) {
    struct part *parts = run->parts;
    int32_t before = queue->last;
    if (before != NOBODY && parts[before].since == run->now &&
        parts[before].serial > parts[id].serial) {
        before = NOBODY;
        for (int32_t at = queue->first;
             parts[at].since < run->now || parts[at].serial < parts[id].serial; at = parts[at].next)
            before = at;
    }
    int32_t *link = before == NOBODY ? &queue->first : &parts[before].next;
    parts[id].next = *link;
    *link = id;
    if (parts[id].next == NOBODY) queue->last = id;
}

static void list_remove(struct run *run, struct queue *queue, int32_t before, int32_t part) {
    int32_t next = run->parts[part].next;
    if (before == NOBODY)
        queue->first = next;
    else
        run->parts[before].next = next;
    if (queue->last == part) queue->last = before;
}

void queue_push_ruled(struct run *run, int32_t station, int32_t part) {
    struct queue *queue = &run->stations[station].queue;
    if (run->backlogs) backlog_add(run, station, part);
    if (queue->mode == QUEUE_HEAP)
        heap_push(queue, entry_of(run, station, part, NOBODY),
                  station_rule(run, station)->key_count);
    else
        list_push(run, queue, part);
}

void queue_changed(struct run *run, int32_t station) {
    struct queue *queue = &run->stations[station].queue;
    int32_t count = queue->count;
    if (queue->mode != QUEUE_HEAP) return;
    for (queue->count = 0; queue->count < count; queue->count++)
        heap_push(queue, entry_of(run, station, queue->heap[queue->count].part, NOBODY),
                  station_rule(run, station)->key_count);
}

/* One part less waits. The largest length is taken when the station falls asleep: see
 * station_start. */
static inline void count_out(struct run *run, struct queue *queue) {
    queue->count--;
    queue->length.now--;
    queue->length.moment -= run->now;
}

/* It waits no longer: the work that it brought goes with it. */
static int32_t work_out(struct run *run, int32_t station, int32_t part) {
    if (run->backlogs && part != NOBODY) backlog_take(run, station, part);
    return part;
}

static int64_t batch_size(const struct station *station, const struct part *part) {
    return station->batch_pieces ? part->pieces : 1;
}

static bool parts_alike(const struct run *run, const struct station *station, const struct part *a,
                        const struct part *b) {
    const struct step *steps = run->plant->steps;
    if (station->has_setup && !setups_alike(run, a, b)) return false;
    return steps[a->step].batch_kind == steps[b->step].batch_kind;
}

bool queue_alike(const struct run *run, int32_t machine, const struct part *a,
                 const struct part *b) {
    const struct station *plan = &run->plant->stations[run->machines[machine].station];
    return parts_alike(run, plan, a, b) && (!plan->choosy || own_works(run, machine, b));
}

/* The first of the kind of FIRST that comes behind AFTER in the order of the rule and fits into
 * ROOM. */
static const struct part *next_that_fits(const struct run *run, int32_t station, int32_t machine,
                                         const struct part *first, int64_t room,
                                         struct queue_entry *after) {
    int32_t key_count = station_rule(run, station)->key_count;
    const struct part *best = NULL;
    struct queue_entry best_entry = {.part = NOBODY};
    for (int32_t id = run->stations[station].queue.first; id != NOBODY; id = run->parts[id].next) {
        const struct part *part = &run->parts[id];
        if (part == first || part->pieces > room || !queue_alike(run, machine, first, part))
            continue;
        struct queue_entry entry = entry_of(run, station, id, NOBODY);
        if (after->part != NOBODY && !entry_before(after, &entry, key_count)) continue;
        if (best && !entry_before(&entry, &best_entry, key_count)) continue;
        best = part;
        best_entry = entry;
    }
    *after = best_entry;
    return best;
}

/* What waits of the kind of PART. Kinds are few: each is counted once in a look through the queue;
 * of more than there is room for the last place is counted anew. */
static struct queue_kind *kind_of(const struct run *run, int32_t station, int32_t machine,
                                  const struct part *part, struct queue_kinds *kinds) {
    const struct station *plan = &run->plant->stations[station];
    for (int32_t k = 0; k < kinds->count; k++)
        if (parts_alike(run, plan, kinds->of[k].first, part)) return &kinds->of[k];
    if (kinds->count < QUEUE_KINDS_MOST) kinds->count++;
    struct queue_kind *kind = &kinds->of[kinds->count - 1];
    *kind = (struct queue_kind){.first = part, .smallest = part->pieces, .largest = part->pieces};
    for (int32_t id = run->stations[station].queue.first; id != NOBODY; id = run->parts[id].next) {
        const struct part *other = &run->parts[id];
        if (!queue_alike(run, machine, part, other)) continue;
        kind->all += batch_size(plan, other);
        if (other->pieces < kind->smallest) kind->smallest = other->pieces;
        if (other->pieces > kind->largest) kind->largest = other->pieces;
    }
    return kind;
}

/* No batch that begins with FIRST is larger: and most are as large. */
static int64_t largest_batch(const struct run *run, const struct part *first,
                             const struct queue_kind *kind) {
    int64_t most = run->settings.steps[first->step].batch_max;
    return kind->all < most ? kind->all : first->pieces > most ? first->pieces : most;
}

/* How large a batch that begins with FIRST would be now. It takes lots in the order of the rule and
 * passes over those that do not fit: what is left of the room only shrinks, so one pass is enough.
 */
static int64_t filled_batch(const struct run *run, int32_t station, int32_t machine,
                            const struct part *first, const struct queue_kind *kind) {
    int64_t most = run->settings.steps[first->step].batch_max, size = first->pieces;
    if (kind->all <= most) return kind->all;
    if (!run->plant->stations[station].batch_pieces) return most;
    if (size >= most) return size;
    if (kind->smallest == kind->largest) return most - most % size;
    struct queue_entry after = {.part = NOBODY};
    const struct part *part;
    while (size < most &&
           (part = next_that_fits(run, station, machine, first, most - size, &after)) != NULL)
        size += part->pieces;
    return size;
}

/* Is a batch that begins with FIRST no smaller than the minimum? When more wait than it holds, the
 * one that is left over does not fit: it is not filled to see that this suffices. */
static bool enough(const struct run *run, int32_t station, int32_t machine,
                   const struct part *first, const struct queue_kind *kind) {
    const struct step_settings *settings = &run->settings.steps[first->step];
    if (kind->all > settings->batch_max &&
        settings->batch_max - kind->largest >= settings->batch_min - 1)
        return true;
    return filled_batch(run, station, machine, first, kind) >= settings->batch_min;
}

/* Has one of its kind waited as long as it may? */
static bool overdue(const struct run *run, int32_t station, int32_t machine,
                    struct queue_kind *kind) {
    if (kind->asked) return kind->overdue;
    kind->asked = true;
    for (int32_t id = run->stations[station].queue.first; id != NOBODY && !kind->overdue;
         id = run->parts[id].next)
        kind->overdue = run->now - run->parts[id].since >=
                            run->settings.steps[run->parts[id].step].batch_wait &&
                        queue_alike(run, machine, kind->first, &run->parts[id]);
    return kind->overdue;
}

bool queue_batch_ready(const struct run *run, int32_t station, int32_t machine,
                       const struct part *first, struct queue_kinds *kinds) {
    const struct step_settings *settings = &run->settings.steps[first->step];
    const struct station *plan = &run->plant->stations[station];
    struct queue_kind *kind = kind_of(run, station, machine, first, kinds);
    int32_t rule = plan->batch_rule;
    if (rule == BATCH_READY && !plan->batch_pieces)
        return kind->all >= settings->batch_min || overdue(run, station, machine, kind);
    bool full = kind->all >= settings->batch_max;
    if (!enough(run, station, machine, first, kind) || (rule == BATCH_FULL && !full))
        return overdue(run, station, machine, kind);
    return rule != BATCH_LOOK_AHEAD || full || overdue(run, station, machine, kind) ||
           !batch_awaits(run, machine, first, kind->all);
}

bool queue_offers(const struct run *run, int32_t station, int32_t machine) {
    const struct station *plan = &run->plant->stations[station];
    struct queue_kinds kinds;
    kinds.count = 0;
    for (int32_t id = run->stations[station].queue.first; id != NOBODY; id = run->parts[id].next)
        if (own_works(run, machine, &run->parts[id]) &&
            (!plan->has_batch || queue_batch_ready(run, station, machine, &run->parts[id], &kinds)))
            return true;
    return false;
}

/* Lots that machines are kept for go first, whatever the rule. */
static int32_t kept_before(const struct run *run, int32_t station, const struct queue_entry *a,
                           const struct queue_entry *b) {
    return reserve_wanted(run, station, a->part) - reserve_wanted(run, station, b->part);
}

/* Does RIVAL, of which only what settles ties is known, go before BEST? Its keys are worked out one
 * by one, for most choices are settled before the last; if it does, it has them all. */
static bool overtakes(const struct run *run, int32_t station, int32_t machine,
                      struct queue_entry *rival, const struct queue_entry *best) {
    const struct queue_rule *rule = station_rule(run, station);
    bool keeps = run->plant->stations[station].reserve && best->part != NOBODY;
    int32_t kept = keeps ? kept_before(run, station, rival, best) : 0;
    if (best->part == NOBODY || kept != 0) {
        if (kept >= 0) entry_keys(run, rule, machine, 0, rival);
        return kept >= 0;
    }
    for (int32_t i = 0; i < rule->key_count; i++) {
        rival->keys[i] = key_value(run, &rule->keys[i], &run->parts[rival->part], machine);
        if (rival->keys[i] == best->keys[i]) continue;
        if (!(rival->keys[i] < best->keys[i])) return false;
        entry_keys(run, rule, machine, i + 1, rival);
        return true;
    }
    return rival->since != best->since ? rival->since < best->since : rival->serial < best->serial;
}

/* Of the lots that would interrupt PART at once the most urgent; without one it stays PART. BEFORE
 * is who stands before it in the list. */
static int32_t who_would_interrupt(const struct run *run, int32_t station, int32_t machine,
                                   int32_t part, int32_t *before) {
    int32_t key_count = station_rule(run, station)->key_count;
    struct queue_entry best = {.part = NOBODY};
    int32_t priority = run->parts[part].priority;
    for (int32_t last = NOBODY, id = run->stations[station].queue.first; id != NOBODY;
         last = id, id = run->parts[id].next) {
        int32_t its = run->parts[id].priority;
        if (its < priority || (its == priority && best.part == NOBODY)) continue;
        if (!preempt_wanted(run, station, id)) continue;
        struct queue_entry entry = entry_of(run, station, id, machine);
        if (its == priority && !entry_before(&entry, &best, key_count)) continue;
        best = entry;
        priority = its;
        *before = last;
    }
    return best.part == NOBODY ? part : best.part;
}

/* Takes the best of the list: of those like ALIKE that fit into ROOM, when it is given; else of
 * those whose batch may begin. */
static int32_t list_pull_best(struct run *run, int32_t station, int32_t machine,
                              const struct part *alike, int64_t room) {
    const struct station *plan = &run->plant->stations[station];
    struct queue *queue = &run->stations[station].queue;
    struct queue_entry best = {.part = NOBODY}, entry;
    int32_t best_before = NOBODY, asks = alike ? NOBODY : machine;
    int64_t best_size = 0;
    struct queue_kinds kinds;
    kinds.count = 0;
    bool largest = !alike && plan->batch_rule == BATCH_BEST_FAMILY;
    bool held = !alike && plan->has_setup && setup_held(run, machine);
    for (int32_t before = NOBODY, id = queue->first; id != NOBODY;
         before = id, id = run->parts[id].next) {
        const struct part *part = &run->parts[id];
        if (alike && (!parts_alike(run, plan, alike, part) || batch_size(plan, part) > room))
            continue;
        if (plan->choosy && !own_works(run, machine, part)) continue;
        if (held && run->plant->steps[part->step].setup != run->machines[machine].set_up) continue;
        entry_begin(run, id, &entry);
        int64_t size = 0;
        if (largest) {
            const struct queue_kind *kind = kind_of(run, station, machine, part, &kinds);
            if (largest_batch(run, part, kind) < best_size) continue;
            if (largest_batch(run, part, kind) == best_size &&
                !overtakes(run, station, asks, &entry, &best))
                continue;
            size = filled_batch(run, station, machine, part, kind);
        }
        if (size < best_size) continue;
        if (size > best_size)
            entry_keys(run, station_rule(run, station), asks, 0, &entry);
        else if (!overtakes(run, station, asks, &entry, &best))
            continue;
        if (!alike && plan->has_batch && !queue_batch_ready(run, station, machine, part, &kinds))
            continue;
        best = entry;
        best_size = size;
        best_before = before;
    }
    if (best.part != NOBODY && plan->preempt)
        best.part = who_would_interrupt(run, station, machine, best.part, &best_before);
    if (best.part != NOBODY) list_remove(run, queue, best_before, best.part);
    return best.part;
}

int32_t queue_pull_ruled(struct run *run, int32_t station, int32_t machine) {
    struct queue *queue = &run->stations[station].queue;
    int32_t part = queue->first;
    if (queue->mode == QUEUE_HEAP)
        part = heap_pull(queue, station_rule(run, station)->key_count);
    else if (queue->mode == QUEUE_SCAN)
        part = list_pull_best(run, station, machine, NULL, INT64_MAX);
    else
        list_remove(run, queue, NOBODY, part);
    return work_out(run, station, part);
}

int32_t queue_pull_alike(struct run *run, int32_t station, int32_t machine,
                         const struct part *first, int64_t room) {
    int32_t part = list_pull_best(run, station, machine, first, room);
    if (part != NOBODY) count_out(run, &run->stations[station].queue);
    return work_out(run, station, part);
}

/* Out of the middle of a heap: the last takes its place and finds its own. */
static void heap_remove(struct queue *queue, int32_t at, int32_t key_count) {
    int32_t count = queue->count - 1;
    struct queue_entry entry = queue->heap[count];
    if (at == count) return;
    while (at > 0 && entry_before(&entry, &queue->heap[(at - 1) / 2], key_count)) {
        queue->heap[at] = queue->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    for (int32_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count &&
            entry_before(&queue->heap[child + 1], &queue->heap[child], key_count))
            child++;
        if (!entry_before(&queue->heap[child], &entry, key_count)) break;
        queue->heap[at] = queue->heap[child];
        at = child;
    }
    queue->heap[at] = entry;
}

static bool find_and_remove(struct run *run, int32_t station, int32_t part) {
    struct queue *queue = &run->stations[station].queue;
    if (queue->mode == QUEUE_HEAP) {
        int32_t at = 0;
        while (at < queue->count && queue->heap[at].part != part) at++;
        if (at == queue->count) return false;
        heap_remove(queue, at, station_rule(run, station)->key_count);
        return true;
    }
    int32_t before = NOBODY, at = queue->count ? queue->first : NOBODY;
    while (at != NOBODY && at != part) {
        before = at;
        at = run->parts[at].next;
    }
    if (at == NOBODY) return false;
    list_remove(run, queue, before, part);
    return true;
}

bool queue_remove(struct run *run, int32_t station, int32_t part) {
    if (!find_and_remove(run, station, part)) return false;
    count_out(run, &run->stations[station].queue);
    (void)work_out(run, station, part);
    station_wake(run, station); /* there its length is taken */
    if (run->stations[station].room != INT32_MAX) floor_retry(run, station);
    return true;
}

/* Lists are in the order of coming, then of serial numbers. */
static void list_put_back(struct run *run, struct queue *queue, int32_t id) {
    struct part *parts = run->parts, *part = &parts[id];
    int32_t *link = &queue->first;
    while (*link != NOBODY &&
           (parts[*link].since < part->since ||
            (parts[*link].since == part->since && parts[*link].serial < part->serial)))
        link = &parts[*link].next;
    part->next = *link;
    *link = id;
    if (part->next == NOBODY) queue->last = id;
}

void queue_put_back(struct run *run, int32_t station, int32_t part) {
    struct queue *queue = &run->stations[station].queue;
    if (queue->mode == QUEUE_HEAP)
        heap_push(queue, entry_of(run, station, part, NOBODY),
                  station_rule(run, station)->key_count);
    else
        list_put_back(run, queue, part);
    if (run->backlogs) backlog_add(run, station, part);
    queue->count++;
    queue->length.now++;
    queue->length.moment += run->now;
}

static enum queue_mode mode_of(const struct run *run, int32_t station) {
    const struct station *plan = &run->plant->stations[station];
    const struct queue_rule *rule = station_rule(run, station);
    if (plan->has_batch || plan->dynamic || rule->dynamic) return QUEUE_SCAN;
    return rule->key_count ? QUEUE_HEAP : QUEUE_LIST;
}

static void set_mode(const struct run *run, struct queue *queue, enum queue_mode mode) {
    queue->mode = mode;
    queue->appends = mode != QUEUE_HEAP && !run->backlogs;
    queue->gives_first = mode == QUEUE_LIST && !run->backlogs;
}

/* Who waits in a heap lines up in a list, and the other way round. */
static int came_before(const void *a, const void *b) {
    return entry_before(a, b, 0) ? -1 : 1;
}

static void heap_to_list(struct run *run, struct queue *queue) {
    if (queue->count) qsort(queue->heap, (size_t)queue->count, sizeof *queue->heap, came_before);
    int32_t *link = &queue->first;
    queue->last = NOBODY;
    for (int32_t i = 0; i < queue->count; i++) {
        queue->last = *link = queue->heap[i].part;
        link = &run->parts[queue->last].next;
    }
    *link = NOBODY;
}

static void list_to_heap(struct run *run, int32_t station, struct queue *queue) {
    int32_t part = queue->count ? queue->first : NOBODY;
    for (queue->count = 0; part != NOBODY; queue->count++, part = run->parts[part].next)
        heap_push(queue, entry_of(run, station, part, NOBODY),
                  station_rule(run, station)->key_count);
    queue->first = queue->last = NOBODY;
}

void queue_rule_changed(struct run *run, int32_t station) {
    struct queue *queue = &run->stations[station].queue;
    enum queue_mode mode = mode_of(run, station);
    if (queue->mode == QUEUE_HEAP) heap_to_list(run, queue);
    if (mode == QUEUE_HEAP) list_to_heap(run, station, queue);
    set_mode(run, queue, mode);
}

void queue_reset(struct run *run, int32_t station) {
    struct queue *queue = &run->stations[station].queue;
    const struct station *plan = &run->plant->stations[station];
    *queue = (struct queue){.first = NOBODY,
                            .last = NOBODY,
                            .always_wakes = plan->unlimited || plan->preempt || plan->reserve,
                            .heap = queue->heap,
                            .heap_room = queue->heap_room,
                            .waiters = {NOBODY, NOBODY},
                            .wait_sketch = queue->wait_sketch};
    set_mode(run, queue, mode_of(run, station));
}
