/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quality: pieces that are made bad, and inspections that find them, or think they do.
 *
 * A lot knows how many of its pieces are bad, and nobody else does: bad pieces flow on like good
 * ones until an inspection finds them, or leave with the lot. A piece is made bad by chance
 * (`defects`) or because what is measured lies outside its limits (`measure`). Which pieces of a
 * lot are bad does not matter, so where some of them are taken out, chance says how many bad ones
 * are among them. */
#include "quick.h"

#include <math.h>

static struct draw draw_for(const struct run *run, const struct part *part, uint64_t stream,
                            int32_t piece) {
    return draw_at(run_stream(run, stream), part->luck, part->visits, run->replication,
                   (uint64_t)(part_first_piece(run, part) + piece));
}

/* How many bad ones are among TAKEN of so many pieces. */
static int32_t bad_among(const struct run *run, struct draw *draw, int32_t taken, int32_t pieces,
                         int32_t bad) {
    int32_t among = 0;
    for (int32_t i = 0; i < taken && bad > among; i++)
        among += run_uniform(run, draw) * (pieces - i) < bad - among;
    return among;
}

static int32_t count_hits(const struct run *run, struct draw *draw, int32_t pieces, double share) {
    int32_t hits = 0;
    for (int32_t i = 0; i < pieces; i++) hits += run_uniform(run, draw) < share;
    return hits;
}

/* ---- how pieces become bad ---- */
static bool measures_bad(const struct run *run, const struct part *part, int32_t id,
                         int32_t piece) {
    const struct quality_settings *settings = &run->settings.qualities[id];
    struct draw draw = draw_for(run, part, run->plant->qualities[id].measure_stream, piece);
    struct job job = {run, part, NOBODY};
    struct formula_env env = {.read = job_read, .context = &job, .draw = &draw};
    double value = law_value(&settings->measured, &draw, &env);
    return value < settings->low || value > settings->high;
}

/* How many more than so many are bad: those that are bad already stay so. */
static int32_t made_bad(const struct run *run, const struct part *part, int32_t id, int32_t pieces,
                        int32_t before) {
    const struct quality *quality = &run->plant->qualities[id];
    double defects = run->settings.qualities[id].defects;
    int32_t made = 0;
    struct draw draw = draw_for(run, part, quality->defects_stream, 0);
    for (int32_t piece = 0; piece < pieces; piece++) {
        bool bad = defects > 0 && run_uniform(run, &draw) < defects;
        bad |= quality->measures && measures_bad(run, part, id, piece);
        made += bad && piece >= before;
    }
    return made;
}

/* ---- inspection ---- */
struct looked_at {
    int32_t bad, good;
};

/* Each piece with the chance of the sample, or so many of them. */
static struct looked_at take_sample(const struct run *run, struct draw *draw,
                                    const struct quality_settings *settings, int32_t pieces,
                                    int32_t bad) {
    struct looked_at at;
    if (settings->sample_pieces) {
        int32_t taken = settings->sample_pieces < pieces ? settings->sample_pieces : pieces;
        at.bad = bad_among(run, draw, taken, pieces, bad);
        at.good = taken - at.bad;
    } else {
        at.bad = count_hits(run, draw, bad, settings->sample);
        at.good = count_hits(run, draw, pieces - bad, settings->sample);
    }
    return at;
}

struct judged {
    enum inspected inspected;
    int32_t bad, lost;
};

/* What becomes of a lot that comes to the end of its step with so many pieces, and bad ones. */
static struct judged judge(const struct run *run, const struct part *part, int32_t pieces,
                           int32_t bad) {
    int32_t id = run->plant->steps[part->step].quality;
    const struct quality *quality = &run->plant->qualities[id];
    const struct quality_settings *settings = &run->settings.qualities[id];
    if (quality->makes_bad) bad += made_bad(run, part, id, pieces, bad);
    CHECK_SLOW(bad >= 0 && bad <= pieces);
    if (!quality->inspects) return (struct judged){INSPECTED_GOOD, bad, 0};
    struct draw draw = draw_for(run, part, quality->inspect_stream, 0);
    struct looked_at at = take_sample(run, &draw, settings, pieces, bad);
    int32_t found = count_hits(run, &draw, at.bad, settings->finds);
    int32_t called = found + count_hits(run, &draw, at.good, settings->false_alarms);
    if (called <= (settings->accept == ABSENT_COUNT ? 0 : settings->accept))
        return (struct judged){INSPECTED_GOOD, bad, 0};
    if (quality->reworks) return (struct judged){INSPECTED_BAD, bad, 0};
    if (settings->accept == ABSENT_COUNT)
        return (struct judged){INSPECTED_LOST, bad - found, called};
    return (struct judged){INSPECTED_LOST, 0, pieces};
}

enum inspected quality_judge(struct run *run, int32_t part_id, int32_t *lost) {
    struct part_extra *extra = &run->extras[part_id];
    const struct part *part = &run->parts[part_id];
    struct judged judged = judge(run, part, part->pieces, extra->bad);
    extra->bad = judged.bad;
    *lost = judged.lost;
    return judged.inspected;
}

/* ---- lots that become smaller, leave or are made good ---- */
static int32_t bad_among_lost(const struct run *run, const struct part *part, int32_t lost) {
    struct draw draw = draw_for(run, part, run->plant->steps[part->step].bad_stream, 0);
    return bad_among(run, &draw, lost, part->pieces, run->extras[part - run->parts].bad);
}

enum inspected quality_ahead(const struct run *run, const struct part *part, int32_t lost) {
    int32_t bad = run->extras[part - run->parts].bad;
    if (lost && bad) bad -= bad_among_lost(run, part, lost);
    return judge(run, part, part->pieces - lost, bad).inspected;
}

void quality_lost(struct run *run, int32_t part_id, int32_t lost) {
    run->extras[part_id].bad -= bad_among_lost(run, &run->parts[part_id], lost);
}

void quality_split(struct run *run, int32_t rest, int32_t front) {
    const struct part *part = &run->parts[rest];
    struct draw draw = draw_for(run, part, run->plant->steps[part->step].bad_stream, 0);
    int32_t taken = run->parts[front].pieces;
    run->extras[front].bad =
        bad_among(run, &draw, taken, part->pieces + taken, run->extras[rest].bad);
    run->extras[rest].bad -= run->extras[front].bad;
}
