/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crew.h"

#include "identity.h"
#include "takt.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { HANDFUL_MOST = 256 }; /* units of one message */

/* A unit that is done, as a message: this, then its values or why it stopped. */
struct parcel_head {
    int32_t point, replication, stopped, zero;
};

/* ---- Rank 0 ---- */

struct helper {
    bool ready, dropping;
    int32_t threads;
    int64_t has; /* units that it was handed and has not handed back */
};

struct crew {
    struct crew_options options;
    struct helper *helpers; /* by rank; the first is rank 0 itself, and never ready */
    int32_t threads;        /* of all that are ready */
    const char *failure;
};

struct crew *crew_create(const struct crew_options *options) {
    struct crew *crew = memory_zeroed(1, sizeof *crew);
    crew->options = *options;
    crew->threads = options->threads;
    crew->helpers = memory_zeroed((size_t)options->ranks->count, sizeof *crew->helpers);
    return crew;
}

void crew_delete(struct crew *crew) {
    if (!crew) return;
    free(crew->helpers);
    free(crew);
}

const char *crew_failure(const struct crew *crew) {
    return crew->failure;
}

bool crew_busy(const struct crew *crew) {
    for (int32_t i = 1; i < crew->options.ranks->count; i++)
        if (crew->helpers[i].has > 0) return true;
    return false;
}

void crew_drop(struct crew *crew) {
    for (int32_t i = 1; i < crew->options.ranks->count; i++) {
        struct helper *helper = &crew->helpers[i];
        if (helper->has == 0 || helper->dropping) continue;
        helper->dropping = true;
        ranks_send(crew->options.ranks, i, RANKS_DROP, NULL, 0);
    }
}

/* As many as half its share of what is left: so nobody has much to do when all others are done. */
static void hand_out(struct crew *crew, int32_t rank) {
    struct helper *helper = &crew->helpers[rank];
    const struct crew_owner *owner = &crew->options.owner;
    int64_t share = owner->left(owner->context) * helper->threads / (2 * (int64_t)crew->threads);
    if (share > HANDFUL_MOST) share = HANDFUL_MOST;
    if (share < helper->threads) share = helper->threads;
    if (helper->has >= (share > helper->threads ? share / 2 : share)) return;
    struct replication list[HANDFUL_MOST];
    int32_t count =
        owner->take(owner->context, list, share < HANDFUL_MOST ? (int32_t)share : HANDFUL_MOST);
    if (count == 0) return;
    helper->has += count;
    ranks_send(crew->options.ranks, rank, RANKS_WORK, list, (size_t)count * sizeof *list);
}

static void hear(struct crew *crew, const struct ranks_message *message) {
    struct arena *arena = crew->options.arena;
    struct ranks_hello hello = {.status = TAKT_INTERNAL};
    const char *identity = (const char *)message->bytes + sizeof hello, *doubt = NULL;
    if (message->size >= sizeof hello) memcpy(&hello, message->bytes, sizeof hello);
    if (hello.status != TAKT_OK) {
        crew->failure =
            arena_text(arena, "process %d of mpirun, on %s, cannot help: %s", message->rank,
                       hello.host, takt_status_text((enum takt_status)hello.status));
        return;
    }
    const char *why = identity_refusal(arena, identity, crew->options.identity, &doubt);
    if (!why && crew->options.mixed) doubt = NULL;
    if (why || doubt) {
        crew->failure =
            arena_text(arena, "process %d of mpirun, on %s, %s%s", message->rank, hello.host,
                       why ? "has another experiment: what it would do " : "",
                       why ? why
                           : "is of another build or kind of processor, so the last "
                             "digits may differ; --mixed allows it");
        return;
    }
    crew->helpers[message->rank].ready = true;
    crew->helpers[message->rank].threads = hello.threads;
    crew->threads += hello.threads;
}

static void take_parcel(struct crew *crew, const struct ranks_message *message) {
    const struct parcel_head *head = message->bytes;
    CHECK(message->size >= sizeof *head);
    size_t size = message->size - sizeof *head;
    struct journal_unit unit = {.point = head->point, .replication = head->replication};
    if (head->stopped) {
        unit.why = (const char *)(head + 1);
        unit.why_size = size;
    } else {
        unit.values = (const double *)(const void *)(head + 1);
        unit.value_count = (int64_t)(size / sizeof(double));
    }
    crew->options.owner.put(crew->options.owner.context, &unit);
    crew->helpers[message->rank].has--;
}

static void take_message(struct crew *crew, const struct ranks_message *message) {
    struct helper *helper = &crew->helpers[message->rank];
    switch (message->kind) {
    case RANKS_HELLO: hear(crew, message); break;
    case RANKS_UNIT: take_parcel(crew, message); break;
    case RANKS_DROPPED:
        helper->has = 0;
        helper->dropping = false;
        break;
    default: CHECK(false);
    }
}

bool crew_look(struct crew *crew) {
    struct ranks_message message;
    bool any = false;
    while (ranks_receive(crew->options.ranks, &message)) {
        take_message(crew, &message);
        free(message.bytes);
        any = true;
    }
    for (int32_t i = 1; i < crew->options.ranks->count; i++)
        if (crew->helpers[i].ready && !crew->helpers[i].dropping && !crew->failure)
            hand_out(crew, i);
    return any;
}

/* ---- Helpers ---- */

struct parcel {
    struct parcel *next;
    size_t size;
    struct parcel_head head; /* and what belongs to it */
};

struct service {
    const struct crew_service *asked;
    pthread_mutex_t mutex; /* of all below */
    pthread_cond_t changed;
    struct replication *list; /* to be done, from NEXT on */
    int32_t count, next, room, running;
    struct parcel *done; /* to be sent */
    bool over;
};

static struct parcel *parcel_make(const struct plant *plant, struct run *run, uint64_t seed,
                                  struct replication unit) {
    size_t size = (size_t)plant->layout.value_count * sizeof(double);
    struct parcel *parcel = memory_zeroed(1, sizeof *parcel + size);
    double *block = (double *)(void *)(&parcel->head + 1);
    const char *why = run_replicate(run, seed, (uint64_t)unit.replication + 1, block, NULL);
    parcel->head = (struct parcel_head){unit.point, unit.replication, why != NULL, 0};
    parcel->size = size;
    if (why) {
        parcel->size = strlen(why);
        parcel = memory_grown(parcel, 1, sizeof *parcel + parcel->size + size);
        memcpy(&parcel->head + 1, why, parcel->size);
    }
    return parcel;
}

/* Waits for a unit; false when there will be none. With the mutex. */
static bool wait_for_unit(struct service *service, struct replication *unit) {
    while (service->next == service->count && !service->over)
        pthread_cond_wait(&service->changed, &service->mutex);
    if (service->over) return false;
    *unit = service->list[service->next++];
    service->running++;
    return true;
}

static void *serve(void *context) {
    struct service *service = context;
    const struct crew_service *asked = service->asked;
    struct run *run = NULL;
    int32_t run_point = -1;
    struct replication unit;
    pthread_mutex_lock(&service->mutex);
    while (wait_for_unit(service, &unit)) {
        pthread_mutex_unlock(&service->mutex);
        const struct plant *plant = asked->points[unit.point].plant;
        if (unit.point != run_point) {
            run_delete(run);
            run = run_create(plant);
            run_point = unit.point;
        }
        struct parcel *parcel = parcel_make(plant, run, asked->seed, unit);
        pthread_mutex_lock(&service->mutex);
        parcel->next = service->done;
        service->done = parcel;
        service->running--;
    }
    pthread_mutex_unlock(&service->mutex);
    run_delete(run);
    return NULL;
}

/* Adds units behind those that are not begun. */
static void take_work(struct service *service, const struct ranks_message *message) {
    const struct replication *units = message->bytes;
    int32_t count = (int32_t)(message->size / sizeof *units), left = service->count - service->next;
    if (left) memmove(service->list, service->list + service->next, (size_t)left * sizeof *units);
    if (left + count > service->room) {
        service->room = left + count;
        service->list = memory_grown(service->list, (size_t)service->room, sizeof *service->list);
    }
    memcpy(service->list + left, units, (size_t)count * sizeof *units);
    for (int32_t i = 0; i < count; i++)
        CHECK(units[i].point >= 0 && units[i].point < service->asked->point_count);
    service->next = 0;
    service->count = left + count;
}

/* Takes in all messages. False if there was none. */
static bool receive_all(struct service *service, bool *dropping) {
    struct ranks_message message;
    bool any = false;
    while (ranks_receive(service->asked->ranks, &message)) {
        pthread_mutex_lock(&service->mutex);
        if (message.kind == RANKS_WORK) take_work(service, &message);
        if (message.kind == RANKS_DROP) *dropping = true;
        if (message.kind == RANKS_DROP || message.kind == RANKS_OVER)
            service->next = service->count = 0;
        if (message.kind == RANKS_OVER) service->over = true;
        pthread_cond_broadcast(&service->changed);
        pthread_mutex_unlock(&service->mutex);
        free(message.bytes);
        any = true;
    }
    return any;
}

/* Sends all that is done. False if there was nothing; *IDLE: and nothing is running either. */
static bool send_all(struct service *service, bool *idle) {
    pthread_mutex_lock(&service->mutex);
    struct parcel *done = service->done;
    *idle = service->running == 0 && service->next == service->count;
    service->done = NULL;
    pthread_mutex_unlock(&service->mutex);
    bool any = done != NULL;
    while (done) {
        struct parcel *parcel = done;
        done = parcel->next;
        ranks_send(service->asked->ranks, 0, RANKS_UNIT, &parcel->head,
                   sizeof parcel->head + parcel->size);
        free(parcel);
    }
    return any;
}

/* The main thread: between rank 0 and the threads that work. */
static void correspond(struct service *service) {
    bool dropping = false, idle;
    while (!service->asked->ranks->over) {
        bool received = receive_all(service, &dropping), sent = send_all(service, &idle);
        if (dropping && idle) {
            ranks_send(service->asked->ranks, 0, RANKS_DROPPED, NULL, 0);
            dropping = false;
        }
        if (!received && !sent) ranks_wait_a_little();
    }
}

void crew_serve(const struct crew_service *asked) {
    struct service service = {.asked = asked};
    pthread_mutex_init(&service.mutex, NULL);
    pthread_cond_init(&service.changed, NULL);
    pthread_t *threads = memory_zeroed((size_t)asked->threads, sizeof *threads);
    int32_t started = 0;
    while (started < asked->threads &&
           pthread_create(&threads[started], NULL, serve, &service) == 0)
        started++;
    ranks_say_hello(asked->ranks, started ? TAKT_OK : TAKT_INTERNAL, started, asked->identity);
    correspond(&service);
    for (int32_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
    CHECK(!service.done);
    free(threads);
    free(service.list);
    pthread_cond_destroy(&service.changed);
    pthread_mutex_destroy(&service.mutex);
}
