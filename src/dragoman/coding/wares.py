"""What is transferred: the item in the report's words, its count, and whether the tables know it as goods or money."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.coding.arguments import case_of, children, modifiers
from dragoman.coding.draft import Draft
from dragoman.coding.tokens import Token
from dragoman.facts import Figure
from dragoman.lexicon import predicates, transfer_words

GOODS_CLASSES = ("arms", "aid", "trade", "warships")
WRAPPERS = frozenset({
    "shipment", "delivery", "export", "sale", "package", "consignment", "batch", "load", "cargo", "worth",
    "supply", "total", "number", "quantity", "amount", "dozen", "hundred", "thousand", "million", "billion",
    "ton", "tonne", "barrel", "pair", "squadron", "tranche", "instalment", "installment", "lot", "metre", "meter",
    "foot", "kilogram", "pound", "bushel",
})  # fmt: skip
"""Heads that count or wrap the goods: "20 tonnes of wheat" is a transfer of wheat."""
CURRENCIES = frozenset({
    "dollar", "euro", "pound", "mark", "franc", "crown", "krone", "krona", "rouble", "ruble", "dinar", "dirham",
    "riyal", "rial", "rupee", "peso", "yen", "yuan", "shilling", "lira", "peseta", "guilder", "schilling", "zloty",
})  # fmt: skip
"""Money even where no figure knows which country's."""
NO_GOODS = frozenset({
    "message", "speech", "letter", "statement", "warning", "ultimatum", "information", "detail", "evidence",
    "report", "support", "idea", "story", "point", "case", "plan", "signal", "word", "vote", "time", "right",
    "power", "control", "share", "stake", "company", "house", "soul", "troop", "soldier", "man", "people",
    "service", "solution", "opportunity", "land", "territory", "seat", "ticket", "name", "bond", "debt",
    "currency", "money", "answer", "it", "stuff", "property", "group", "mine", "team", "concern", "backing",
    "guarantee", "access", "assurance", "hope", "reason", "proposal", "deal", "resolution", "leadership",
})  # fmt: skip
"""What is handed over in a manner of speaking, or in a trade that is none between states."""
MAX_ITEM_TOKENS = 8
MAX_DIGITS = 15
"""A longer number is no count, and would lose digits as a float."""


@dataclass(frozen=True)
class Ware:
    """Goods: `noun` is their head; tokens `start` to `end` (exclusive) are the phrase. `count` is None where unsaid."""

    noun: Token
    start: int
    end: int
    item: str
    count: float | None
    money: bool
    arms: bool


def ware_of(draft: Draft, thing: Token) -> Ware | None:
    """The goods that the nominal THING names; None where it names no thing that could change hands."""
    noun = _goods(draft, thing)
    inside = [f for f in draft.figures if _within(draft, f, thing, noun)]
    money = any(_is_money(f) for f in inside) or (bool(inside) and thing.lemma_.lower() in CURRENCIES)
    if noun.pos_ not in ("NOUN", "PROPN", "SYM", "NUM") or noun.lemma_.lower() in NO_GOODS:
        return None
    if not money and (noun.pos_ in ("SYM", "NUM") or noun.ent_type_ in ("PERSON", "DATE")):
        return None
    start, end = _phrase(noun)
    counted = next((f for f in inside if f.measure not in ("duration", "rank")), None)
    arms = noun.lemma_.lower() in draft.lexicon.compiled(predicates.index).classes["arms"]
    low = min(start, *(t.i for t in (thing, noun)), _first_token(draft, counted) if counted else start)
    item = draft.doc[start:end].text
    count = counted.value if counted is not None else _number(noun)
    if noun == thing and money and counted is not None and noun.pos_ in ("NUM", "SYM") or _is_unit(draft, noun):
        item = draft.report.text[slice(*counted.span)] if counted is not None else item
    return Ware(noun, low, max(end, thing.i + 1), item, count, money, arms)


def _first_token(draft: Draft, figure: Figure) -> int:
    """The index of the token that FIGURE begins in."""
    span = draft.doc.char_span(figure.span[0], figure.span[1], alignment_mode="expand")
    return int(span.start) if span is not None else len(draft.doc)


def is_listed(draft: Draft, ware: Ware) -> bool:
    """Whether the tables know the goods as arms, aid or trade, or they are money."""
    classes = draft.lexicon.compiled(predicates.index).classes
    words = draft.lexicon.compiled(transfer_words.index)
    lemma = ware.noun.lemma_.lower()
    return ware.money or ("goods", "NOUN", lemma) in words or any(lemma in classes[name] for name in GOODS_CLASSES)


def _number(noun: Token) -> float | None:
    """A plain number before the noun, where no figure was read there: "give Pakistan 28 aircraft"."""
    digits = [c.text.replace(",", "") for c in children(noun, "nummod") if c.i < noun.i]
    return float(digits[0]) if digits and digits[0].isdecimal() and len(digits[0]) < MAX_DIGITS else None


def _goods(draft: Draft, thing: Token) -> Token:
    """The noun of the goods: behind "of" or "in" where THING only counts or wraps them."""
    wraps = (
        thing.lemma_.lower() in WRAPPERS | CURRENCIES
        or thing.pos_ in ("NUM", "SYM", "ADJ", "DET")
        or _is_unit(draft, thing)
    )
    if wraps:
        inner = [t for t in children(thing, "nmod", "obl") if case_of(t) in ("of", "in", "worth of") and _is_thing(t)]
        inner = inner or _beside(thing)
        if inner:
            return _goods(draft, inner[0])
    before = [t for t in modifiers(thing) if t.pos_ == "NOUN" and t.dep_ == "compound" and t.head == thing]
    return before[-1] if wraps and before and not _is_unit(draft, before[-1]) else thing


def _beside(thing: Token) -> list[Token]:
    """What an amount is given in, where the parse hangs it on the verb: "gave $5 billion in aid"."""
    after = thing.right_edge.i + 1
    return [t for t in children(thing.head, "obl") if case_of(t) == "in" and t.left_edge.i == after and _is_thing(t)]


def _is_thing(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "NUM", "SYM") and token.ent_type_ not in ("GPE", "DATE", "PERSON")


def _is_unit(draft: Draft, token: Token) -> bool:
    """Whether TOKEN is the unit of a figure: "dollars", "tonnes"."""
    return any(f.unit and f.span[0] <= token.idx < f.span[1] for f in draft.figures)


def _is_money(figure: Figure) -> bool:
    return figure.unit is not None and len(figure.unit) == 3 and figure.unit.isupper()


def _within(draft: Draft, figure: Figure, thing: Token, noun: Token) -> bool:
    """Whether FIGURE counts the goods: it stands in their phrase up to the noun."""
    start = min(thing.left_edge.idx, noun.left_edge.idx)
    end = max(thing.idx + len(thing), noun.idx)
    for child in children(thing, "nmod", "obl"):
        if case_of(child) in ("of", "in", "worth") and _is_unit(draft, child):
            end = max(end, child.right_edge.idx)  # "a loan of 300 million dollars"
    return start <= figure.span[0] < end


def _phrase(noun: Token) -> tuple[int, int]:
    """Tokens of the goods' name: the noun with what stands before it, less articles, numbers and possessors."""
    start = noun.i
    doc = noun.doc
    names = {t.i for t in modifiers(noun) if t.dep_ in ("amod", "compound", "nmod:desc", "nmod:unmarked")}
    while start > 0 and noun.i - start < MAX_ITEM_TOKENS and (start - 1 in names or doc[start - 1].text == "-"):
        start -= 1
    while start < noun.i and doc[start].text == "-":
        start += 1
    end = noun.i + 1
    while end < len(doc) and doc[end].dep_ in ("flat", "nummod") and doc[end].head == noun and end - start < 8:
        end += 1
    return start, end
