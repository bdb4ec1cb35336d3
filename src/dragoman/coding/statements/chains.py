"""Through whose hands the words came: from the page's outlet inwards to the one who spoke."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.coding.statements.cue_hit import Hit
from dragoman.coding.statements.speakers import agent, subject
from dragoman.coding.tree import Tree

CITING = frozenset({"cite", "quote"})


def chain(outlet: str | None, names: Iterable[str]) -> tuple[str, ...]:
    """OUTLET and then NAMES, from the outermost to the innermost; a name that repeats the one before is left out."""
    links: list[str] = []
    for name in (outlet or "", *names):
        clean = " ".join(name.split())
        if clean and (not links or links[-1].lower() != clean.lower()):
            links.append(clean)
    return tuple(links)


def cited(tree: Tree, hit: Hit) -> list[int]:
    """Heads of the sources that a report names for what it says: "X reported, citing Y, quoting Z" gives Y, Z."""
    found: list[int] = []
    verbs = [hit.head]
    for verb in verbs:
        for k in tree.kids[verb]:
            if tree.dep[k] not in ("advcl", "conj", "parataxis", "xcomp") or not tree.low[k].endswith("ing"):
                continue
            if tree.lemma[k] in CITING and len(found) < 6:
                verbs.append(k)
                source = tree.first(k, "obj")
                if source is not None:
                    found.append(source)
    return found


def quoted_by(tree: Tree, hit: Hit) -> int | None:
    """Who is named as quoting: the agent of "was quoted by the agency as saying"."""
    above = tree.head[hit.head]
    if above == hit.head or tree.lemma[above] not in CITING:
        return None
    return agent(tree, above) or tree.first(above, "nsubj")


def cites_for(tree: Tree, hit: Hit, heads: frozenset[int]) -> bool:
    """Whether the cue is the "citing Y" of another cue, one of HEADS, and so no statement by itself."""
    if tree.lemma[hit.head] not in CITING or not tree.low[hit.head].endswith("ing"):
        return False
    above = tree.head[hit.head]
    return (
        tree.dep[hit.head] in ("advcl", "conj", "parataxis", "xcomp")
        and above in heads
        and (subject(tree, hit.head) == subject(tree, above))
    )
