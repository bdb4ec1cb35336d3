"""Mentions of actors: names, titles, groups, bodies and pronouns, each resolved to country, sector and role.

Three layers: `pieces` marks what the tables and the parser know (countries, bodies, roles, names of persons);
`actors` joins pieces that are one party ("the Iranian foreign minister, Mohammad Zarif"), with `owners` for whose it is
and `nominals` for nouns that no table of titles has; `reference` follows pronouns, surnames and descriptions back to
what they stand for.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from dragoman.coding.actors.explaining import note_pieces
from dragoman.coding.actors.found import Found, Nature, head_of, span_of
from dragoman.coding.actors.nominals import counted, country_nouns, nominals
from dragoman.coding.actors.owners import ABROAD, BEFORE_TITLE, REACH, Ownership, left_owners, owners_of
from dragoman.coding.actors.pieces import BodyPiece, CountryPiece, NamePiece, Owner, Pieces, RolePiece, find_pieces
from dragoman.coding.actors.reference import resolve
from dragoman.coding.draft import Draft, Mention, MentionKind
from dragoman.coding.tree import Tree
from dragoman.facts import Actor
from dragoman.terms import BODY_SECTORS

KINDS: dict[str, MentionKind] = {"adjective": "demonym", "prefix": "demonym", "place": "place"}
OF_BODY = frozenset({"REB", "PTY", "MIL", "JUD", "LEG", "COP", "SPY", "OPP", "JRN", "PRM", "CRM"})
"""Sectors of a body that those who lead it or speak for it share."""
LOCATIVE = frozenset({"in", "near", "inside", "outside", "within", "throughout", "across", "around", "over",
                      "through", "into", "onto", "along", "off"})  # fmt: skip
"""Prepositions before a mere place."""
DEPARTURE = frozenset({
    "withdraw", "withdrawal", "leave", "fly", "arrive", "travel", "return", "flee", "pull", "pullout", "expel",
    "evacuate", "evacuation", "depart", "drive", "escape", "move", "retreat", "broadcast", "report", "flight",
})  # fmt: skip
"""Words with which "from" tells a place and no party."""
PLAIN = frozenset({"man", "woman", "men", "women", "persons", "person", "individuals"})
"""Titles of nobody in particular: with a country beside them its people."""
LANDED = MappingProxyType({**dict.fromkeys(PLAIN, "CVL"), "bomber": "MIL", "bombers": "MIL"})
"""Titles with the sector that they have beside a country: its bombers are aircraft."""
FLYING = frozenset({"intercept", "scramble", "escort", "buzz", "fly", "shoot", "strafe", "bomb", "patrol", "crash"})
"""What fighters do that are aircraft."""
ABSTRACT = frozenset({"resistance", "opposition"})
"""Groups that are no party where "to" follows: "opposition to the plan"."""
EVENTS = frozenset({"summit", "conference", "mission", "fact-finding mission", "observer mission", "alliance", "staff",
                    "industry", "session", "resistance"})  # fmt: skip
"""Group nouns that name a meeting or undertaking more often than a party: parties only as subjects or with an owner."""
SENDING = frozenset({"send", "deploy", "withdraw", "mobilize", "mobilise", "pull", "recall", "dispatch", "lose",
                     "station", "redeploy", "commit", "contribute", "name", "appoint", "mass"})  # fmt: skip
"""Verbs whose object, if soldiers or envoys, are the subject's own."""
STARTS = ("nsubj", "nsubj:pass", "nsubj:outer")


def find(draft: Draft) -> tuple[Mention, ...]:
    """All mentions of actors, in the order of the text."""
    pieces = find_pieces(draft)
    taken: set[int] = set()
    found: list[Found] = []
    for role in pieces.roles:
        if role.start not in taken:
            party = _party(pieces, role)
            if party is not None:
                found.append(party)
                taken.update(range(party.mention.start, party.mention.end))
    found.extend(_names(pieces, taken))
    found.extend(_bodies(pieces, taken))
    found.extend(nominals(draft.lexicon, pieces, taken))
    found.extend(country_nouns(pieces, taken))
    found.extend(_lands(pieces, taken))
    found = [counted(pieces.tree, one) for one in found]
    note_pieces(draft, pieces, found)
    return resolve(draft, pieces, tuple(sorted(found, key=lambda f: (f.mention.start, -f.mention.end))))


def _party(pieces: Pieces, role: RolePiece) -> Found | None:
    """The party that a title or group noun names, with its country, body and person where the phrase gives them."""
    tree = pieces.tree
    head = head_of(tree, role.start, role.end)
    person, last = _bearer(pieces, role)
    if person is not None and person.start >= role.end:
        head = head_of(tree, person.start, person.end)
    ownership = owners_of(pieces, last, head, person)
    if last is not role and not ownership.owners:
        ownership = owners_of(pieces, role, head_of(tree, role.start, role.end), None)
    following = tree.low[role.end] if role.end < len(tree) else ""
    if role.title in ABSTRACT and following in ("to", "against"):
        return None
    if role.title in EVENTS and not ownership.owners and tree.dep[head] not in STARTS:
        return None
    start, end = min(role.start, ownership.start if ownership.start is not None else role.start), role.end
    if person is not None:
        start, end = min(start, person.start), max(end, person.end)
        if person.start >= role.end:
            head = head_of(tree, role.start, person.end)
    actors = _actors(pieces, role, ownership, person, start)
    if not ownership.owners and ownership.pointer is None:
        ownership = replace(ownership, pointer=_sender(tree, role, head))
    mention = Mention(start, end, head, actors[0], "title", tuple(actors[1:]))
    nature: Nature = "person" if role.kind == "person" and not role.plural else "body" if _is_body(role) else "people"
    return Found(
        mention, nature, role.title, role.office, role.effect, named=person is not None, pointer=ownership.pointer,
        definite=_definite(tree, start), owners=tuple(o.start for o in ownership.owners),
    )  # fmt: skip


def _sender(tree: Tree, role: RolePiece, head: int) -> int | None:
    """The subject that sends its own troops or envoys somewhere or takes them back: "Cameroon sent troops"."""
    verb = tree.head[head]
    if role.sector != "MIL" and role.office not in ABROAD - {"spokesperson", "mediator"}:
        return None
    if tree.dep[head] != "obj" or tree.lemma[verb] not in SENDING:
        return None
    return tree.first(verb, "nsubj")


def _is_body(role: RolePiece) -> bool:
    return role.kind == "institution" or (role.kind == "group" and not role.plural)


def _definite(tree: Tree, start: int) -> bool:
    """Whether the phrase from START has a definite article or owner, or stands bare with a capital ("President")."""
    if start and tree.pos[start - 1] == "NUM":
        start -= 1
    before = tree.low[start - 1] if start else ""
    if before in ("the", "this", "that", "these", "those", "both", "his", "her", "its", "their", "'s", "’s"):
        return True
    return before not in ("a", "an", "another", "some", "any", "no", "every") and tree.words[start][:1].isupper()


def _actors(pieces: Pieces, role: RolePiece, ownership: Ownership, person: NamePiece | None, start: int) -> list[Actor]:
    """One actor for each country that owns the title; a title of two countries is named once for each."""
    tree = pieces.tree
    body = next((o for o in ownership.owners if isinstance(o, BodyPiece)), None)
    group = next((o for o in ownership.owners if isinstance(o, CountryPiece) and o.kind == "group"), None)
    lands = [o for o in ownership.owners if o.country]
    first, last = (min(start, person.start), max(role.end, person.end)) if person else (start, role.end)
    found = []
    every: list[Owner | None] = [*lands] or [None]
    for land in every:
        name = (
            " ".join(span_text(tree, person.start, person.end).split())
            if person is not None
            else _title_name(tree, role, ownership, land, len(lands), start)
        )
        found.append(Actor(
            name=name,
            country=land.country if land else None,
            sector=LANDED[role.title] if land and role.title in LANDED else _sector(pieces, role, body),
            role=role.title,
            group=body.name if body else role.name if role.name else group.name if group and not land else None,
            span=span_of(tree, first, last),
        ))  # fmt: skip
    unique = {actor.country: actor for actor in reversed(found)}
    return list(reversed(unique.values()))


def span_text(tree: Tree, start: int, end: int) -> str:
    """The text of tokens START to END (exclusive)."""
    return tree.text[tree.start[start] : tree.end[end - 1]]


def _title_name(tree: Tree, role: RolePiece, own: Ownership, land: Owner | None, lands: int, start: int) -> str:
    words = span_text(tree, role.start, role.end)
    if own.after and own.owners:
        if lands > 1 and land is not None:
            return f"{role.title} of {span_text(tree, land.start, land.end)}"
        return span_text(tree, role.start, own.owners[0].end)
    if land is not None and lands > 1 and land.end <= role.start:
        return f"{span_text(tree, land.start, land.end)} {words}"
    return span_text(tree, start, role.end)


def _sector(pieces: Pieces, role: RolePiece, owner: BodyPiece | None) -> str | None:
    if role.title == "fighters" and FLYING & {pieces.tree.lemma[pieces.tree.head[role.end - 1]]}:
        return "MIL"
    if role.sector == "MIL":
        before = pieces.role_ending(role.start)
        return "REB" if before is not None and before.sector in ("REB", "OPP") else _sector_with(role, owner)
    return _sector_with(role, owner)


def _sector_with(role: RolePiece, owner: BodyPiece | None) -> str | None:
    if owner is None or role.effect in ("former", "dead"):
        return role.sector
    if owner.sector in BODY_SECTORS or not role.sector:
        return owner.sector or role.sector
    return owner.sector if owner.sector in OF_BODY else role.sector


def _bearer(pieces: Pieces, role: RolePiece) -> tuple[NamePiece | None, RolePiece]:
    """The person who bears the title, right after it or in apposition to it, and the last title before the name.

    Between them may stand another title ("Foreign Minister Prince Saud") and a word of courtesy.
    """
    if role.kind != "person" or role.plural or role.sector == "UNK":
        return None, role
    i, last = role.end, role
    for _ in range(REACH):
        person = pieces.person_at(i)
        if person is not None:
            return person, last
        following = pieces.role_at(i)
        if following is not None and following.kind == "person" and not following.plural:
            last, i = following, following.end
        elif i < len(pieces.tree) and pieces.tree.low[i].rstrip(".") in ("mr", "mrs", "ms", "dr", "sir", "lord"):
            i += 1
        else:
            break
    return _in_apposition(pieces, role), role


def _in_apposition(pieces: Pieces, role: RolePiece) -> NamePiece | None:
    """The person set off by commas after or before the title's phrase."""
    tree = pieces.tree
    end = _phrase_end(pieces, role)
    if end < len(tree) - 1 and tree.words[end] == ",":
        another = pieces.role_at(end + 1)
        titled = another is not None and another.kind == "person" and not another.plural
        following = pieces.person_at(another.end if another is not None and titled else end + 1)
        if following is not None and _closed(tree, following.end):
            return following
    i = role.start - 1
    while i > 0 and i >= role.start - REACH - 3 and tree.pos[i] in ("DET", *BEFORE_TITLE) and tree.words[i] != ",":
        i -= 1
    return pieces.person_ending(i) if i > 0 and tree.words[i] == "," else None


def _phrase_end(pieces: Pieces, role: RolePiece) -> int:
    """The end of "the president of Egypt" where an owner follows, else of the title."""
    tree, i = pieces.tree, role.end
    if i < len(tree) and tree.low[i] in ("of", "for"):
        i += 2 if i + 1 < len(tree) and tree.low[i + 1] == "the" else 1
        owner = pieces.owner_at(i)
        return owner.end if owner is not None else role.end
    return i


def _closed(tree: Tree, end: int) -> bool:
    """Whether an apposition that ends at token END is set off on its right too."""
    return (
        end >= len(tree) or tree.words[end] in ("of", ",", ".", "—", "–", ";", ":") or tree.pos[end] in ("VERB", "AUX")
    )


def _names(pieces: Pieces, taken: set[int]) -> list[Found]:
    """Persons named without a title: with the country of "Anwar Sadat of Egypt" or "Egypt's Sadat"."""
    tree = pieces.tree
    found = []
    for person in pieces.persons:
        if taken.isdisjoint(range(person.start, person.end)):
            head = head_of(tree, person.start, person.end)
            land = _land_of(pieces, person)
            actor = Actor(span_text(tree, person.start, person.end), land, span=span_of(tree, person.start, person.end))
            found.append(Found(Mention(person.start, person.end, head, actor, "name"), "person", named=True))
            taken.update(range(person.start, person.end))
    return found


def _land_of(pieces: Pieces, person: NamePiece) -> str | None:
    tree = pieces.tree
    after = pieces.owner_at(person.end + 1) if person.end + 1 < len(tree) and tree.low[person.end] == "of" else None
    left = left_owners(pieces, person.start, reach=2) if after is None else ()
    pieces_of = [after] if after is not None else list(left)
    lands = {p.country for p in pieces_of if isinstance(p, CountryPiece) and p.country and p.kind != "place"}
    return lands.pop() if len(lands) == 1 else None


def _bodies(pieces: Pieces, taken: set[int]) -> list[Found]:
    found = []
    for body in pieces.bodies:
        if not taken.isdisjoint(range(body.start, body.end)):
            continue
        start, country = body.start, body.country
        if not body.known and country is None:
            owners = [o for o in left_owners(pieces, body.start) if isinstance(o, CountryPiece) and o.country]
            if len({o.country for o in owners}) == 1:
                country, start = owners[0].country, owners[0].start
        actor = Actor(body.name, country, body.sector, span=span_of(pieces.tree, start, body.end))
        mention = Mention(start, body.end, head_of(pieces.tree, body.start, body.end), actor, "name")
        found.append(Found(mention, "body", named=True))
        taken.update(range(start, body.end))
    return found


def _lands(pieces: Pieces, taken: set[int]) -> list[Found]:
    """Countries, places and groups of countries by name."""
    found = []
    for land in pieces.countries:
        if land.start in taken:
            continue
        tree = pieces.tree
        head = head_of(tree, land.start, land.end)
        sector, kind = land.sector, KINDS.get(land.kind, "name")
        people = land.kind == "people" or (land.kind == "adjective" and tree.words[head].endswith("s"))
        if land.kind == "people" and sector == "GOV":
            sector = "GOV" if _as_party(pieces, land, head) else "CVL"
        elif land.kind == "adjective" and tree.dep[head] in (*STARTS, "obj", "obl", "obl:agent"):
            kind = "name"
        elif _is_spot(tree, head, land):
            sector, kind = None, "place"
        if land.kind == "adjective" and kind == "name" and not people:
            sector = None
        if land.kind == "group":
            sector = None
            kind = "demonym" if tree.dep[head] in ("amod", "compound") else "name"
        name = land.name
        actor = Actor(name, land.country, sector, span=span_of(tree, land.start, land.end),
                      group=name if land.kind == "group" else None)  # fmt: skip
        nature: Nature = "place" if kind == "place" else "people" if people else "country"
        if land.kind == "adjective" and kind == "name" and not people:
            nature = "person"
        found.append(Found(Mention(land.start, land.end, head, actor, kind), nature, named=True))
    return found


def _as_party(pieces: Pieces, land: CountryPiece, head: int) -> bool:
    """Whether a people's name is the state's side ("the Soviets and the Americans") and not some of its people."""
    tree = pieces.tree
    if tree.first(head, "nummod", "amod", "acl:relcl", "acl", "compound") is not None:
        return False
    article = any(tree.low[k] == "the" for k in tree.children(head, "det"))
    coordinated = [k for k in (*tree.kids[head], tree.head[head]) if tree.dep[k] == "conj" or tree.dep[head] == "conj"]
    return (article or any(pieces.owner_at(k) is not None for k in coordinated)) and tree.dep[head] != "nsubj:pass"


def _is_spot(tree: Tree, head: int, land: CountryPiece) -> bool:
    """Whether a country or capital is only where something is: "in Moscow", "flew from Paris"."""
    if land.kind not in ("name", "capital", "metonym"):
        return False
    case = tree.words_of(head, "case").partition(" ")[0]
    if case in LOCATIVE or (case == "at" and land.kind != "name"):
        return True
    above = [tree.head[head]]
    above.append(tree.head[above[0]])
    above.append(tree.head[above[1]])
    return case == "from" and not DEPARTURE.isdisjoint(tree.lemma[i] for i in above)
