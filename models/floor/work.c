/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long work takes, and what formulas see of the world.
 *
 * What belongs to a job at a step is drawn from the step's stream with the job's luck, its visit
 * and the piece. So it is the same for any order of working, any station and any speed, and it can
 * be known before it happens: `work-left` of a rule is the work as it will be drawn. */
#include "quick.h"

#include <math.h>

static struct formula_env job_env(const struct job *job, struct draw *draw) {
    return (struct formula_env){.read = job_read, .context = job, .draw = draw};
}

/* Which lot of its source or stock it is, from 0: a trace goes through its values by it. */
static uint64_t part_number(const struct run *run, const struct part *part) {
    const struct plant *plant = run->plant;
    const struct flow *flow = &plant->flows[part->flow];
    if (flow->kit_use != NOBODY) return (uint64_t)run->extras[part - run->parts].number;
    return part->luck - (flow->source == NOBODY ? plant->stocks[flow->stock].luck
                                                : plant->sources[flow->source].luck);
}

__attribute__((noinline)) static tick draw_in_full(const struct run *run, const struct part *part,
                                                   const struct law *law, uint64_t stream,
                                                   uint64_t piece) {
    uint64_t key = law_is_traced(law) ? part_number(run, part) : part->luck;
    struct draw draw = draw_at(run_stream(run, stream), key, part->visits, run->replication, piece);
    struct job job = {run, part, NOBODY};
    struct formula_env env = job_env(&job, &draw);
    return law_ticks(law, &draw, &env);
}

/* With the keys of the stream's rounds, which all pieces of a lot share. */
static inline tick drawn_with(const struct schedule *schedule, const struct run *run,
                              const struct part *part, const struct law *law, uint64_t stream,
                              uint64_t piece) {
    struct block block =
        philox_scheduled(schedule, part->luck, part->visits, run->replication, piece);
    double value;
    if (LIKELY(law_value_at_once(law, block.word, 4, &value))) return law_round(value);
    return draw_in_full(run, part, law, stream, piece);
}

/* Kept out of line, as is the rest of a draw: in the middle of other work the twenty products would
 * push everything else out of the registers. */
__attribute__((noinline)) tick work_drawn(const struct run *run, const struct part *part,
                                          const struct law *law, uint64_t stream, uint64_t piece) {
    struct schedule schedule = schedule_of(run_stream(run, stream));
    return drawn_with(&schedule, run, part, law, stream, piece);
}

/* Of any law but Erlang's. The first word comes from a block that jobs with neighbouring lucks
 * share, further ones from blocks of its own; a trace knows its value by the number of the job. */
__attribute__((noinline)) static tick draw_beside_neighbours(const struct run *run,
                                                             const struct part *part, int32_t at) {
    const struct law *law = &run->settings.steps[at].time;
    uint64_t stream = run->plant->steps[at].time_stream;
    if (law_takes_words(law) || law_is_traced(law)) return draw_in_full(run, part, law, stream, 0);
    struct draw draw = {.stream = run_stream(run, stream),
                        .at = {part->luck, part->visits, run->replication, 0},
                        .block.word[3] = quartet_word(&run->quartets[at], part->luck, part->visits,
                                                      run->replication),
                        .used = 3};
    struct job job = {run, part, NOBODY};
    struct formula_env env = job_env(&job, &draw);
    return law_ticks(law, &draw, &env);
}

/* A law that takes several words does better with a block for each job. */
__attribute__((noinline)) tick work_drawn_at(const struct run *run, const struct part *part,
                                             int32_t at) {
    const struct law *law = &run->settings.steps[at].time;
    if (law->kind != LAW_ERLANG) return draw_beside_neighbours(run, part, at);
    const struct schedule *schedule = &run->quartets[at].schedule;
    struct block block = philox_scheduled(schedule, part->luck, part->visits, run->replication, 0);
    double value;
    if (LIKELY(law_value_at_once(law, block.word, 4, &value))) return law_round(value);
    return draw_in_full(run, part, law, run->plant->steps[at].time_stream, 0);
}

tick work_of_pieces(const struct run *run, const struct part *part, const struct law *law,
                    uint64_t stream) {
    if (law_constant(law)) return law_round(law->a) * part->pieces;
    struct schedule schedule = schedule_of(run_stream(run, stream));
    int32_t first = part_first_piece(run, part);
    tick sum = 0;
    for (int32_t piece = first; piece < first + part->pieces; piece++)
        sum += drawn_with(&schedule, run, part, law, stream, (uint64_t)piece);
    return sum;
}

tick work_in_full(const struct run *run, const struct part *part, int32_t at) {
    const struct step *step = &run->plant->steps[at];
    const struct law *law = &run->settings.steps[at].time;
    tick time = part_first_piece(run, part) == 0 ? work_at(run, part, at)
                                                 : work_of_lot(run, part, law, step->time_stream);
    return step->flags & STEP_PHASES ? time + work_phases(run, part, at) : time;
}

tick work_phases(const struct run *run, const struct part *part, int32_t at) {
    const struct step *step = &run->plant->steps[at];
    const struct step_settings *settings = &run->settings.steps[at];
    return work_of_lot(run, part, &settings->load, step->load_stream) +
           work_of_lot(run, part, &settings->unload, step->unload_stream);
}

tick work_phase(const struct run *run, const struct part *part, int32_t phase) {
    const struct step *step = &run->plant->steps[part->step];
    const struct step_settings *settings = &run->settings.steps[part->step];
    if (!(step->flags & STEP_PHASES)) return 0;
    return phase == PHASE_LOAD ? work_of_lot(run, part, &settings->load, step->load_stream)
                               : work_of_lot(run, part, &settings->unload, step->unload_stream);
}

double world_read(const void *context, int32_t what, int32_t index) {
    const struct run *run = context;
    tick measured = run->now - run->plant->warm_up;
    switch (what) {
    case FORMULA_NOW: return (double)measured;
    case FORMULA_HOUR:
        return (double)((run->plant->day_start + run->now) % TICK_D) / (double)TICK_H;
    case FORMULA_WEEKDAY: return (double)((run->plant->day_start + run->now) / TICK_D % 7 + 1);
    case FORMULA_MONTH:
        return (double)(calendar_months(run->plant->start_second + measured / TICK_S) % 12 + 1);
    case FORMULA_DRIVER: return driver_value(run, index);
    case FORMULA_RESULT: return seen_value(run, index);
    case FORMULA_PARAMETER:
        return run->settings.parameters ? run->settings.parameters[index].value
                                        : run->plant->settings.parameters[index].value;
    default: return NAN;
    }
}
