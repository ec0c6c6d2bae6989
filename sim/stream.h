/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streams: one independent source of chance for each purpose, known by its name.
 *
 * A name is "object path / purpose", such as `stations/oven/repair`. The key of the generator is
 * the seed of the experiment and a hash of the name, so that no stream depends on which others
 * there are: another station, another order in the file or another number of threads shifts
 * nothing. Two names that hash alike would share their chance; who builds a plant compares the
 * hashes and refuses it. */
#ifndef TAKT_SIM_STREAM_H
#define TAKT_SIM_STREAM_H

#include <gsl/gsl_rng.h>
#include <stdint.h>

struct stream {
    uint64_t key[2]; /* seed, hash of the name */
};

/* FNV-1a over the bytes, then the finaliser of MurmurHash3, which spreads a change in the last byte
 * over all bits. */
uint64_t stream_hash(const char *name);

/* One number for two, spread in the same way: for things that come of other things. */
uint64_t stream_hash_join(uint64_t, uint64_t);

struct stream stream_named(uint64_t seed, const char *name);

struct draw;

/* A GSL generator that takes its words from DRAW (sim/draw.h), for any gsl_ran_ function: `gsl_rng
 * rng = stream_rng(&draw)`. It owns nothing and is valid as long as the draw. */
gsl_rng stream_rng(struct draw *);

/* The same as a type for gsl_rng_alloc; gsl_rng_set gives the stream (seed, "gsl"). Period 2^33
 * words. */
extern const gsl_rng_type *const stream_rng_type;

#endif
