/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws: random words for one thing that is left to chance.
 *
 * A draw is keyed by what it is for: (stream, draw, sub-draw, replication, extra), such as
 * (route/cut/time, luck of the job, visit, replication, piece). It hands out words on demand. Most
 * laws need one, some need a few, and a law that rejects may need many; the first four come from
 * one Philox block, the next from blocks whose sub-draw counter is raised in its high 32 bits. The
 * caller counts visits and attempts in the low 32 bits, so that no two draws ever share a word.
 *
 * A feed is the cheaper form for a sequence without keys of its own (the times between arrivals of
 * a source, the repairs of a machine): occurrence n takes word n % 4 of block n / 4 as its first
 * word, so that four occurrences share the cost of a block. Further words of an occurrence come
 * from blocks of its own. It is still random access: the n-th occurrence has the same words
 * whatever the ones before it needed. */
#ifndef TAKT_SIM_DRAW_H
#define TAKT_SIM_DRAW_H

#include "philox.h"

#include <stdint.h>

struct draw {
    struct stream stream;
    uint64_t
        at[4]; /* draw, sub-draw, replication, extra; at[0] is also the occurrence of a trace */
    struct block block;
    int32_t used; /* words of the block that are spent */
    int32_t sub;  /* number of the block within the draw */
};

static inline struct draw draw_at(struct stream stream, uint64_t draw, uint64_t sub,
                                  uint64_t replication, uint64_t extra) {
    return (struct draw){.stream = stream,
                         .at = {draw, sub, replication, extra},
                         .block = philox(stream, draw, sub, replication, extra)};
}

static inline uint64_t draw_word(struct draw *draw) {
    if (__builtin_expect(draw->used == 4, 0)) {
        uint64_t sub = draw->at[1] + ((uint64_t)++draw->sub << 32);
        draw->block = philox(draw->stream, draw->at[0], sub, draw->at[2], draw->at[3]);
        draw->used = 0;
    }
    return draw->block.word[draw->used++];
}

/* An odd multiple of 2^-53: inside (0, 1), and 1 - u is exact and just as likely. */
static inline double uniform_of_word(uint64_t word) {
    return (double)(int64_t)(word >> 11 | 1) * 0x1p-53;
}

static inline double draw_uniform(struct draw *draw) {
    return uniform_of_word(draw_word(draw));
}

struct feed {
    struct stream stream;
    uint64_t replication, extra;
    uint64_t next; /* the next occurrence */
    struct block block;
    uint64_t block_number; /* of `block`; UINT64_MAX when there is none yet */
};

static inline void feed_init(struct feed *feed, struct stream stream, uint64_t replication,
                             uint64_t extra) {
    *feed = (struct feed){
        .stream = stream, .replication = replication, .extra = extra, .block_number = UINT64_MAX};
}

/* Out of line, because three times in four it is not needed. */
void feed_refill(struct feed *, uint64_t block_number);

/* The first word of the next occurrence, which feed_draw then goes on with. */
static inline const uint64_t *feed_word(struct feed *feed) {
    uint64_t number = feed->next / 4;
    if (number != feed->block_number) feed_refill(feed, number);
    return &feed->block.word[feed->next % 4];
}

/* The draw of the next occurrence. */
static inline struct draw feed_draw(struct feed *feed) {
    uint64_t word = *feed_word(feed), occurrence = feed->next++;
    return (struct draw){.stream = feed->stream,
                         .at = {occurrence, 0, feed->replication, feed->extra},
                         .block = {.word[3] = word},
                         .used = 3};
}

/* The same for things that have a key, are drawn in any order and mostly come one after the other
 * (the work of jobs at a step): four neighbours share a block. Its counter has a bit that no other
 * draw of the stream sets. */
struct quartet {
    uint64_t number, sub; /* of `block`: key / 4, sub-draw; UINT64_MAX when there is none yet */
    struct block block;
    struct schedule schedule;
};

static inline struct quartet quartet_of(struct stream stream) {
    return (struct quartet){.number = UINT64_MAX, .schedule = schedule_of(stream)};
}

void quartet_refill(struct quartet *, uint64_t number, uint64_t sub, uint64_t replication);

static inline uint64_t quartet_word(struct quartet *quartet, uint64_t key, uint64_t sub,
                                    uint64_t replication) {
    if (key / 4 != quartet->number || sub != quartet->sub)
        quartet_refill(quartet, key / 4, sub, replication);
    return quartet->block.word[key % 4];
}

#endif
