#!/usr/bin/env python3
"""Writes an invented network of boards: areas of uneven size, hubs, and ties between areas.

    benches/boards.py ACTORS TIES [AREAS] > boards.tieline.json
"""

import random
import sys

GIVEN = "Rita Paul Sara Jonas Hugo Vera Dora Leo Mira Alma Tomas Nora".split()
FAMILY = "Kestrel Jansky Okafor Quayle Larkin Moreau Bellamy Vasari Engel Novak Mercer Reyes Silva Thorne".split()
FIRMS = "Corvane Lumen Redfern Albion Yarrow Vantage Highmoor Harrow Astel Nimbus Oakline Umbra".split()
TRADES = "Power Dredging Trust Grid Estates Media Pharma Rail Minerals Grain Works".split()
# Share of ties between areas.
BETWEEN = 0.06


def ties_of(actors, count, areas):
    weights = [1 / (area + 2) ** 0.7 for area in range(areas)]
    bounds = [0]
    for weight in weights:
        bounds.append(bounds[-1] + int(actors * weight / sum(weights)))
    bounds[-1] = actors
    ties, pools = [], []
    for first, end in zip(bounds, bounds[1:]):
        pool = [first] * 8
        for actor in range(first + 1, end):
            other = random.choice(pool)
            ties.append((actor, other))
            pool += [actor, other, other]
        pools.append(pool)
    while len(ties) < count * (1 - BETWEEN):
        pool = random.choice(pools)
        ties.append((random.choice(pool), random.choice(pool)))
    while len(ties) < count:
        one, other = random.sample(pools, 2)
        ties.append((random.choice(one), random.choice(other)))
    return [(a, b) for a, b in ties if a != b]


def name(index):
    if index % 3 == 1:
        return f"{random.choice(GIVEN)} {random.choice(FAMILY)} {index}"
    return f"{random.choice(FIRMS)} {random.choice(TRADES)} {index}"


def main():
    actors, ties = int(sys.argv[1]), int(sys.argv[2])
    areas = int(sys.argv[3]) if len(sys.argv) > 3 else max(8, min(60, int(actors**0.4)))
    random.seed(actors + 7)
    out = sys.stdout.write
    out('{"format": "tieline", "version": "1.0", "map": {"title": "Boards"},\n')
    out('"sources": [{"id": "s0", "title": "The gazette"}, {"id": "s1", "title": "The register"}],\n"actors": [\n')
    rows = [
        f'{{"id": "a{index}", "kind": "{["company", "person", "fund"][index % 3]}", "name": "{name(index)}"}}'
        for index in range(actors)
    ]
    out(",\n".join(rows) + '],\n"ties": [\n')
    kinds = ["position", "ownership", "loan", "contract"]
    rows = [
        f'{{"id": "t{index}", "kind": "{kinds[index % 4]}", "from": "a{a}", "to": "a{b}", '
        f'"evidence": [{{"source": "s{index % 2}"}}]}}'
        for index, (a, b) in enumerate(ties_of(actors, ties, areas))
    ]
    out(",\n".join(rows) + "]}\n")


main()
