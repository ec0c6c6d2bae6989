/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the text of a scenario to its tree.
 *
 * The language is a strict subset of YAML 1.2: maps, lists, plain and quoted texts, `|` and `>`
 * texts; JSON is read as it is. Whatever makes YAML surprising is refused with its place and what
 * to write instead: anchors, aliases, tags, merge keys, second documents, blank values, repeated
 * keys. Every value stays text. */
#ifndef TAKT_SCENARIOS_YAML_H
#define TAKT_SCENARIOS_YAML_H

#include "node.h"
#include "source.h"

enum {
    YAML_DEPTH_MOST = 64, /* maps and lists inside each other */
    YAML_NODES_MOST = 4 * 1000 * 1000,
    YAML_KEY_MOST = 1024,             /* bytes of a key */
    YAML_TEXT_MOST = 5 * 1024 * 1024, /* bytes of one value */
};

/* Reads a source into nodes of the arena and adds all faults found. Returns NULL when there is no
 * tree to go on with: the source is empty or no text, its YAML breaks off, or one of the limits
 * above is passed. Otherwise the tree is complete, and what was refused is either left out or a
 * text that is NULL. */
struct node *yaml_read(struct arena *, const struct sources *, int32_t source, struct faults *);

#endif
