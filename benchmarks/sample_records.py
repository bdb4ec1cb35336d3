"""Score agreements, transfers and offices of the sample archive; they are few, so each has one or two rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from benchmarks.sample_facts import Fact, answer_code, plain, split_code


def _within(one: str | None, other: str | None) -> bool:
    """Whether one of two names stands in the other as whole words, in whatever case."""
    short, long = sorted((plain(one) or "", plain(other) or ""), key=len)
    return bool(short) and re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long) is not None


def _country(code: str | None) -> str | None:
    return split_code(code)[0] if code else None


def _party(actor: Fact | None) -> str | None:
    return answer_code(actor)[0] if actor else None


def same_agreement(gold: Fact, answer: Fact) -> bool:
    """Whether the names meet and, where both sides list parties, a party is shared."""
    parties = {_country(code) for code in gold["parties"]} - {None}
    answered = {_party(actor) for actor in answer["parties"]} - {None}
    return _within(gold["name"], answer["name"]) and (not parties or not answered or bool(parties & answered))


def same_transfer(gold: Fact, answer: Fact) -> bool:
    """Whether the item's words meet and supplier and recipient are of the same countries."""
    sides = (_country(gold["supplier"]), _country(gold["recipient"]))
    return _within(gold["item"], answer["item"]) and sides == (_party(answer["supplier"]), _party(answer["recipient"]))


def same_office(gold: Fact, answer: Fact) -> bool:
    """Whether the same person, by the last name, holds an office of the same name in the same country."""
    person = gold["person"].split()[-1].casefold() == answer["person"].split()[-1].casefold()
    return person and gold["country"] == answer["country"] and _within(gold["office"], answer["office"])


def matched(
    kind: str, gold: Mapping[str, Sequence[Fact]], answer: Mapping[str, Sequence[Fact]]
) -> list[tuple[Fact, Fact]]:
    """Facts of KIND taken one to one, in the order of the gold; the first answer that is the same is taken."""
    same = {"agreements": same_agreement, "transfers": same_transfer, "offices": same_office}[kind]
    free = list(answer[kind])
    pairs = []
    for one in gold[kind]:
        found = next((other for other in free if same(one, other)), None)
        if found is not None:
            free.remove(found)
            pairs.append((one, found))
    return pairs


def record_rows(
    gold: Mapping[str, Sequence[Fact]], answer: Mapping[str, Sequence[Fact]]
) -> dict[str, tuple[int, int, int]]:
    """Right, answered and gold for each row of the table."""
    rows = {}
    for kind in ("agreements", "transfers", "offices"):
        pairs = matched(kind, gold, answer)
        counted = (len(answer[kind]), len(gold[kind]))
        rows[f"{kind} found"] = (len(pairs), *counted)
        if kind != "offices":
            rows[f"{kind} status"] = (sum(one["status"] == other["status"] for one, other in pairs), *counted)
    return rows
