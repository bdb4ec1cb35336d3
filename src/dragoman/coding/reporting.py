"""Finding reporting cues in a parse, and what each reports, by the frames of its row.

One pass over the tokens looks every lemma up in the table of cues; what stands in a cue's frames is read from its
dependents. Quotations are not looked at here: see `quoting`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.coding.speakers import RELATIVE, agent, holder, subject
from dragoman.coding.tree import Range, Tree, subtract
from dragoman.lexicon.cues import CueIndex, ReportingCue

VERB_GROUP = ("aux", "aux:pass", "advmod", "cop", "compound:prt", "expl")
PREDICATIVE = frozenset({"as", "of", "for", "with", "to", "over", "on", "about"})
CLAUSAL = ("ccomp", "csubj", "csubj:pass", "csubj:outer", "ccomp:outer")
LONGEST_PHRASE_GAP = 3
INSIDE_NOUN_PHRASE = frozenset(["det", "amod", "compound", "nmod:poss", "nummod", "flat", "nmod", "case", "appos"])
MAX_CLIMB = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in the text: `head` is its main token, `tokens` are all of the row's own words.

    `pieces` are the token ranges that it reports (none where only a quotation can tell), `frame` how they were found.
    `speaker` is the head token of who speaks; `silent` says that the frame has no speaker to look for.
    """

    cue: ReportingCue
    head: int
    tokens: tuple[int, ...]
    pieces: tuple[Range, ...] = ()
    frame: str = ""
    speaker: int | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    pieces: tuple[Range, ...]
    frame: str
    extra: tuple[int, ...] = ()
    silent: bool = False


def hits(tree: Tree, index: CueIndex) -> list[Hit]:
    """All cues of the text in its order, each with what it reports; a verb that may frame a quotation also without."""
    found: list[Hit] = []
    for i in range(len(tree)):
        hit = _phrase(tree, i, index) or _lemma(tree, i, index) or _label(tree, i, index)
        if hit is not None:
            found.append(hit)
    return found


def _lemma(tree: Tree, i: int, index: CueIndex) -> Hit | None:
    for pos in _parts_of_speech(tree, i):
        lemma = tree.low[i] if pos == "adj" else tree.lemma[i]
        for cue in index.at(pos, lemma) or index.at(pos, lemma + "e") or index.at(pos, lemma.removesuffix("e")):
            tokens = _tokens(tree, i, cue)
            if tokens is None:
                continue
            hit = _complete(tree, Hit(cue, i, tokens))
            if hit is not None:
                return hit
    return None


def _parts_of_speech(tree: Tree, i: int) -> tuple[str, ...]:
    pos = tree.pos[i]
    if pos == "VERB":
        return ("adj", "verb")
    if pos == "ADJ":
        return ("adj",)
    return ("noun",) if pos in ("NOUN", "PROPN") and tree.words[i] == tree.low[i] else ()


def _tokens(tree: Tree, i: int, cue: ReportingCue) -> tuple[int, ...] | None:
    """The tokens of CUE's further words behind token I, or None where they don't follow."""
    tokens = [i]
    for word in cue.cue.split()[1:]:
        at = tokens[-1]
        reach = range(at + 1, min(at + 1 + LONGEST_PHRASE_GAP, len(tree)))
        following = next((j for j in reach if tree.low[j] == word), None)
        if following is None or any(tree.is_mark(j) for j in range(at, following)):
            return None
        tokens.append(following)
    return tuple(tokens)


def _complete(tree: Tree, hit: Hit) -> Hit | None:
    """HIT with what it reports and who speaks; None where it reports nothing and can't frame a quotation."""
    finders = {"verb": _verb, "noun": _noun, "adj": _adjective}
    found = finders[hit.cue.pos](tree, hit)
    closing = _closing(tree, hit, found)
    if closing is not None:
        return closing
    if found is None:
        if not hit.cue.takes("quote"):
            return None
        found = _Found((), "quote")
    speaker = None if found.silent else speaker_of(tree, hit)
    if found.frame == "raise":
        speaker = agent(tree, hit.head) or _to_whom(tree, hit.head)
    tokens = tuple(sorted({*hit.tokens, *found.extra}))
    pieces = found.pieces
    if speaker is None and hit.cue.pos == "verb" and found.frame in ("clause", "quote") and not found.silent:
        speaker, pieces = _nearest(tree, hit, pieces)
    return Hit(hit.cue, hit.head, tokens, pieces, found.frame, speaker, found.silent or found.frame == "raise")


def beside(tree: Tree, hit: Hit) -> int | None:
    """A speaker for HIT by the order of words alone, where its subject can't be the speaker."""
    return _nearest(tree, hit, ())[0]


def _nearest(tree: Tree, hit: Hit, pieces: tuple[Range, ...]) -> tuple[int | None, tuple[Range, ...]]:
    """A speaker for a finite cue whose subject the parse has missed: the noun right behind it, where it is inverted, or
    right before it. Also what is reported, without that noun."""
    verb = hit.head
    if tree.low[verb].endswith("ing") or tree.first(verb, "nsubj:pass", "aux:pass", "expl", "obl:agent") is not None:
        return None, pieces
    if tree.dep[verb] in ("acl", "advcl", "xcomp") and not tree.children(verb, "aux", "mark"):
        return None, pieces
    found = None if hit.cue.takes("addressee") else _noun_after(tree, verb)
    span = None if found is None else (verb + 1, found[1])
    if found is None:
        span = _noun_run_before(tree, verb)
    if span is None:
        return None, pieces
    return span[1], tuple(rest for piece in pieces for rest in subtract(piece, span))


def _noun_run_before(tree: Tree, verb: int) -> Range | None:
    last = verb - 1
    while last > 0 and tree.pos[last] in ("AUX", "ADV"):
        last -= 1
    if (
        last < 0
        or tree.pos[last] not in NOMINAL
        or tree.low[last] in DAYS
        or tree.sentence[last] != tree.sentence[verb]
    ):
        return None
    first = last
    while first > 0 and verb - first < LONGEST_NAME and tree.pos[first - 1] in NOUN_PHRASE:
        first -= 1
    return (first, last)


def speaker_of(tree: Tree, hit: Hit) -> int | None:
    """The head token of who says, believes or intends it."""
    if hit.cue.pos == "noun":
        return _owner(tree, hit.head)
    if hit.cue.pos == "adj":
        return holder(tree, hit.head)
    return subject(tree, hit.head)


# ---- a cue that closes its sentence


def _closing(tree: Tree, hit: Hit, found: _Found | None) -> Hit | None:
    """ "..., the envoy said." and "..., said the envoy.": read from the order of the words where the parse took a noun of
    what is reported for the subject; None where the parse agrees or the words stand otherwise."""
    if hit.cue.pos != "verb" or not hit.cue.takes("quote") or len(hit.tokens) > 1:
        return None
    if found is not None and any(first > hit.head for first, _ in found.pieces) and found.frame != "quote":
        return None
    near = _noun_before(tree, hit.head) or (None if hit.cue.takes("addressee") else _noun_after(tree, hit.head))
    if near is None:
        return None
    mark, speaker, last = near
    parsed = subject(tree, hit.head)
    if parsed is not None and min(mark, hit.head) < parsed <= max(last, hit.head):
        return None
    first = _sentence_start(tree, mark)
    pieces = ((first, mark - 1),) if first < mark else ()
    return Hit(hit.cue, hit.head, hit.tokens, pieces, "clause", speaker)


def _noun_before(tree: Tree, verb: int) -> tuple[int, int, int] | None:
    """(mark, head, last token) of a noun phrase between a comma or closing quotation mark and VERB."""
    at = verb - 1
    while at > 0 and (tree.pos[at] in ("AUX", "ADV") or tree.low[at] in ("also", "then", "later")):
        at -= 1
    noun = at
    if at < 1 or tree.pos[noun] not in NOMINAL or tree.low[noun] in RELATIVE:
        return None
    while (
        at > 0 and verb - at < LONGEST_NAME and (tree.pos[at] in NOUN_PHRASE or tree.low[at] in ("of", "'s", "’s", "-"))
    ):
        at -= 1
    return (at, noun, verb) if tree.low[at] in CLOSERS else None


def _noun_after(tree: Tree, verb: int) -> tuple[int, int, int] | None:
    """(mark, head, last token) of a noun phrase right behind VERB, which stands behind a comma or quotation mark."""
    at = verb + 1
    if verb < 1 or at >= len(tree) or tree.low[verb - 1] not in CLOSERS:
        return None
    while at < len(tree) and at - verb < LONGEST_NAME and tree.pos[at] in NOUN_PHRASE:
        at += 1
    noun = at - 1
    if noun == verb or tree.pos[noun] not in NOMINAL or tree.low[noun] in RELATIVE or tree.low[verb + 1] in DAYS:
        return None
    return (verb - 1, noun, max(noun, tree.right[noun]))


def _sentence_start(tree: Tree, at: int) -> int:
    """The first token of the sentence that holds token AT, by the parse and by full stops before a capital."""
    first = tree.sentences[tree.sentence[at]][0]
    for i in range(at - 1, first, -1):
        if ends_sentence(tree, i):
            return i + 1
    return first


def ends_sentence(tree: Tree, i: int) -> bool:
    """Whether token I is a full stop or a paragraph's end behind which a new sentence begins."""
    if tree.pos[i] == "SPACE":
        return "\n\n" in tree.words[i]
    following = tree.words[i + 1] if i + 1 < len(tree) else ""
    return tree.low[i] in (".", "?", "!") and (following[:1].isupper() or following[:1] in QUOTE_OPENERS)


NOMINAL = frozenset(["NOUN", "PROPN", "PRON"])
NOUN_PHRASE = frozenset(["DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"])
CLOSERS = frozenset([",", "”", '"', "''", "’", "'", "»", "—", "–", "--"])
QUOTE_OPENERS = frozenset("“\"'‘«`\n")
DAYS = frozenset(
    (
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "last",
        "this",
        "earlier",
    )
)
"""Words that say when and not who behind an inverted cue: "said Friday"."""
LONGEST_NAME = 12
"""Tokens of the longest noun phrase that is read from the order of words alone."""


# ---- verbs


def _verb(tree: Tree, hit: Hit) -> _Found | None:
    for finder in (_clause, _infinitive, _predicative, _prepositional, _object, _passive, _participle, _parenthesis):
        found = finder(tree, hit)
        if found is not None:
            return found
    return None


def _holes(tree: Tree, hit: Hit, content: int | None = None) -> list[Range]:
    """What belongs to the cue's own clause and so not to what it reports."""
    own = [hit.head, *hit.tokens]
    ranges = [(i, i) for i in own]
    for k in tree.kids[hit.head]:
        if k == content:
            continue
        dep = tree.dep[k]
        if dep in VERB_GROUP or dep in (
            "nsubj",
            "nsubj:pass",
            "obj",
            "iobj",
            "obl",
            "obl:agent",
            "obl:tmod",
            "mark",
            "cc",
        ):
            ranges.append(tree.range(k))
    return ranges


def _pieces(tree: Tree, hit: Hit, whole: Range, content: int | None = None) -> tuple[Range, ...]:
    if not whole[0] <= hit.head <= whole[1]:
        return (whole,)
    return tuple(subtract(whole, *_holes(tree, hit, content)))


def _finite(tree: Tree, clause: int) -> bool:
    """Whether a clause is more than a bare gerund or participle."""
    if tree.children(clause, "nsubj", "nsubj:pass", "expl", "aux", "aux:pass", "cop", "mark"):
        return True
    return tree.pos[clause] not in ("VERB", "AUX") or not tree.low[clause].endswith("ing")


def _clause(tree: Tree, hit: Hit) -> _Found | None:
    clauses = [k for t in hit.tokens for k in tree.kids[t] if tree.dep[k] in CLAUSAL and k not in hit.tokens]
    clauses += [k for k in tree.children(hit.head, "advcl") if _indirect_question(tree, hit, k)]
    if not clauses and hit.cue.takes("clause", "quote"):
        clauses = [k for k in tree.children(hit.head, "parataxis") if k > hit.head and _after_colon(tree, hit.head, k)]
    gerunds = [k for k in clauses if not _finite(tree, k)]
    finite = [k for k in clauses if k not in gerunds]
    if finite and hit.cue.takes("clause"):
        pieces = [piece for k in finite for piece in _pieces(tree, hit, tree.range(k), k)]
        if pieces[-1][0] > hit.head:
            pieces[-1] = (pieces[-1][0], _second_clause(tree, pieces[-1][1]))
        return _Found(tuple(pieces), "clause")
    if gerunds and hit.cue.takes("ing"):
        return _Found(tuple(p for k in gerunds for p in _pieces(tree, hit, tree.range(k), k)), "ing")
    return None


def _second_clause(tree: Tree, last: int) -> int:
    """The end of "..., and that ..." behind a clause that ends with token LAST, where the parse has left it out."""
    at = last + 1
    while at < len(tree) and tree.low[at] == ",":
        at += 1
    if at + 1 >= len(tree) or tree.low[at] not in ("and", "but", "or") or tree.low[at + 1] != "that":
        return last
    verb = tree.head[at + 1]
    return max(last, tree.right[verb]) if verb > at and tree.dep[at + 1] == "mark" else last


def _indirect_question(tree: Tree, hit: Hit, clause: int) -> bool:
    """ "Asked whether ...": the parse often takes the question for an adverbial clause."""
    words = tree.words_of(clause, "mark")
    return words == "whether" or (
        words == "if" and tree.lemma[hit.head] in ("ask", "wonder", "question", "know", "inquire")
    )


def _after_colon(tree: Tree, verb: int, clause: int) -> bool:
    at = tree.left[clause]
    return any(tree.low[i] == ":" for i in range(max(verb, at - 2), min(at + 2, clause)))


def _infinitive(tree: Tree, hit: Hit) -> _Found | None:
    """An infinitive or gerund, with the object that it is asked of."""
    person = _object_of(tree, hit)
    for k in tree.children(hit.head, "xcomp", "advcl"):
        to = "to" in (tree.low[m] for m in tree.children(k, "mark"))
        if tree.dep[k] == "advcl" and not (to and person is not None and hit.cue.takes("obj+to")):
            continue
        if to and person is not None and person < k and hit.cue.takes("obj+to"):
            return _Found(_pieces(tree, hit, (tree.left[person], tree.right[k]), k), "obj+to")
        if to and tree.children(hit.head, "nsubj:pass", "aux:pass") and _raises(hit.cue):
            return _raised(tree, hit, k)
        if to and hit.cue.takes("raise") and not hit.cue.takes("to"):
            return _raised(tree, hit, k)
        if to and hit.cue.takes("to"):
            return _Found(_pieces(tree, hit, tree.range(k), k), "to")
        if not to and hit.cue.takes("ing") and tree.low[k].endswith("ing"):
            return _Found(_pieces(tree, hit, tree.range(k), k), "ing")
        if not to and hit.cue.takes("raise"):
            return _raised(tree, hit, k)
    return None


def _raises(cue: ReportingCue) -> bool:
    return cue.takes("raise", "clause") and not cue.takes("addressee")


def _raised(tree: Tree, hit: Hit, predicate: int) -> _Found:
    """ "The king is said to be ill": the subject belongs to what is reported."""
    pieces = [tree.range(predicate)]
    who = tree.first(hit.head, "nsubj", "nsubj:pass", "nsubj:outer")
    if who is None:
        who = subject(tree, hit.head)
    if who is not None and not tree.left[predicate] <= who <= tree.right[predicate]:
        pieces.insert(0, _nominal(tree, who, hit.head))
    return _Found(tuple(pieces), "raise")


def _object_of(tree: Tree, hit: Hit) -> int | None:
    """The object, or the noun behind the preposition that is a part of the cue ("call on")."""
    if len(hit.tokens) > 1:
        last = hit.tokens[-1]
        if tree.dep[last] in ("case", "mark"):
            return tree.head[last]
        behind = [k for k in tree.kids[hit.head] if k > last and tree.dep[k] in ("obl", "obj", "nmod")]
        return behind[0] if behind else None
    thing = tree.first(hit.head, "obj", "iobj")
    if thing is None or thing > hit.head or tree.low[thing] in RELATIVE:
        return thing
    return next((k for k in tree.children(hit.head, "obj", "iobj") if k > hit.head), thing)


def _nominal(tree: Tree, noun: int, outside: int | None = None) -> Range:
    """The noun phrase of NOUN without a clause that is only added ("..., which ...") and without what holds OUTSIDE."""
    first, last = tree.range(noun)
    for k in tree.kids[noun]:
        if k < noun:
            if outside is not None and tree.left[k] <= outside <= tree.right[k]:
                first = max(first, tree.right[k] + 1)
            continue
        added = tree.dep[k] in ("acl:relcl", "parataxis") and tree.low[tree.left[k] - 1] in (",", "-", "–", "—", "--")
        holds = outside is not None and tree.left[k] <= outside <= tree.right[k]
        if (added or holds) and tree.left[k] > noun:
            last = min(last, tree.left[k] - 1)
    return (first, max(last, noun))


def _predicative(tree: Tree, hit: Hit) -> _Found | None:
    """ "called it a mistake", "accused him of spying", "praised them for their calm"."""
    person = _object_of(tree, hit)
    if person is None or not hit.cue.takes("obj+pred"):
        return None
    ends = [k for k in tree.kids[hit.head] if k > person and _predicates(tree, k)]
    if not ends:
        return None
    start = tree.left[person]
    if person < hit.head:
        pieces = [tree.range(person), *(tree.range(k) for k in ends)]
        return _Found(tuple(pieces), "obj+pred")
    return _Found(((start, max(tree.right[k] for k in ends)),), "obj+pred")


def _predicates(tree: Tree, k: int) -> bool:
    dep = tree.dep[k]
    if dep in ("xcomp", "obj"):
        return True
    if (
        dep in ("parataxis", "ccomp")
        and tree.pos[k] in ("NOUN", "ADJ", "PROPN")
        and not tree.children(k, "nsubj", "mark")
    ):
        return True
    if dep in ("obl", "nmod", "advmod"):
        return tree.words_of(k, "case") in PREDICATIVE
    if dep in ("advcl", "ccomp", "acl"):
        marks = tree.words_of(k, "mark") or tree.words_of(k, "case")
        return marks.split(" ")[0] in PREDICATIVE
    return False


def _prepositional(tree: Tree, hit: Hit) -> _Found | None:
    wanted = hit.cue.prepositions
    if not wanted:
        return None
    for k in tree.kids[hit.head]:
        if tree.dep[k] in ("obl", "nmod", "advcl", "obj", "acl", "ccomp") and k > hit.head:
            relation = "mark" if tree.words_of(k, "mark") in wanted else "case"
            words = tree.words_of(k, relation)
            if words in wanted:
                return _after_preposition(tree, hit, k, relation)
    return None


def _after_preposition(tree: Tree, hit: Hit, k: int, relation: str) -> _Found:
    prepositions = [m for m in tree.children(k, relation) if tree.low[m] in hit.cue.prepositions]
    first, last = _nominal(tree, k) if relation == "case" else tree.range(k)
    if prepositions and prepositions[0] <= first + 1:
        first = prepositions[0] + 1
    for clause in tree.children(hit.head, "xcomp", "advcl"):
        if clause > k and tree.left[clause] <= last + 1 and tree.words_of(clause, "mark") == "to":
            last = max(last, tree.right[clause])
    return _Found(((first, last),), "prep", tuple(prepositions[:1]))


def _object(tree: Tree, hit: Hit) -> _Found | None:
    if not hit.cue.takes("obj"):
        return None
    thing = _object_of(tree, hit)
    if thing is None or tree.lemma[thing] in ("himself", "herself", "itself", "themselves"):
        return None
    first, last = _nominal(tree, thing, hit.head)
    if first > hit.head:
        for k in tree.kids[hit.head]:
            if k > thing and tree.left[k] == last + 1 and _completes(tree, k):
                last = tree.right[k]
    return _Found(((first, last),), "obj")


COMPLEMENTS = frozenset(("for", "against", "as", "to", "with", "over", "from", "of", "into", "about", "on", "in"))
"""Prepositions that go on with what is offered, backed or wanted: "backed the senator for president"."""


def _completes(tree: Tree, k: int) -> bool:
    if tree.dep[k] in ("obj", "xcomp"):
        return True
    if tree.dep[k] == "advcl":
        return tree.words_of(k, "mark") in COMPLEMENTS - {"to"}
    return tree.dep[k] in ("obl", "nmod") and tree.words_of(k, "case") in COMPLEMENTS


def _passive(tree: Tree, hit: Hit) -> _Found | None:
    """ "The raid was condemned by ...": the subject is what is judged."""
    who = tree.first(hit.head, "nsubj:pass")
    if who is None or not hit.cue.takes("obj", "obj+pred", "obj+to"):
        return None
    ends = (
        [k for k in tree.kids[hit.head] if k > hit.head and _predicates(tree, k)] if hit.cue.takes("obj+pred") else []
    )
    if hit.cue.takes("obj+to"):
        ends += tree.children(hit.head, "xcomp")
    if not ends and not hit.cue.takes("obj"):
        return None
    pieces = [_nominal(tree, who, hit.head), *(tree.range(k) for k in ends)]
    return _Found(tuple(pieces), "obj+pred" if ends else "obj")


def _participle(tree: Tree, hit: Hit) -> _Found | None:
    """ "a plan backed by ...", "a man accused of ...": the noun that the participle modifies is what is judged."""
    noun = tree.head[hit.head]
    if tree.dep[hit.head] != "acl" or noun >= hit.head or tree.low[hit.head].endswith("ing"):
        return None
    ends = (
        [k for k in tree.kids[hit.head] if k > hit.head and _predicates(tree, k)] if hit.cue.takes("obj+pred") else []
    )
    if not ends and not (hit.cue.takes("obj") and agent(tree, hit.head) is not None):
        return None
    pieces = [_nominal(tree, noun, hit.head), *(tree.range(k) for k in ends)]
    return _Found(tuple(pieces), "obj+pred" if ends else "obj")


def _parenthesis(tree: Tree, hit: Hit) -> _Found | None:
    """ "The plan, officials said, had failed": the clause that the cue is put into."""
    if tree.dep[hit.head] not in ("parataxis", "discourse") or not hit.cue.takes("clause"):
        return None
    outer = tree.head[hit.head]
    if tree.pos[outer] == "SPACE" or subject(tree, hit.head) is None:
        return None
    if tree.right[hit.head] >= tree.right[_root(tree, outer)] - 1:
        outer = _root(tree, outer)
    pieces = subtract(tree.range(outer), tree.range(hit.head))
    if outer < hit.head:
        pieces = [piece for piece in pieces if piece[0] < hit.head or not _trails(tree, piece)]
    return _Found(tuple(pieces), "clause")


def _trails(tree: Tree, piece: Range) -> bool:
    """Whether words behind a cue go with the cue: "..., she said, pointing at the map"."""
    at = piece[0]
    while at < piece[1] and tree.is_mark(at):
        at += 1
    return tree.low[at].endswith("ing") or tree.pos[at] in ("SCONJ", "ADP") or tree.low[at] in ("who", "which", "when")


# ---- nouns and adjectives


def _noun(tree: Tree, hit: Hit) -> _Found | None:
    for k in tree.kids[hit.head]:
        if k < hit.head or tree.dep[k] not in ("acl", "ccomp", "acl:relcl", "advcl"):
            continue
        marks = tree.words_of(k, "mark").split(" ")
        if "to" in marks and hit.cue.takes("to") and tree.dep[k] != "acl:relcl":
            return _Found((tree.range(k),), "to")
        told = "that" in marks or "whether" in marks or (tree.dep[k] == "ccomp" and tree.first(k, "nsubj") is not None)
        if told and hit.cue.takes("clause") and tree.dep[k] != "acl:relcl":
            return _Found((tree.range(k),), "clause")
    return _prepositional(tree, hit)


def _owner(tree: Tree, noun: int) -> int | None:
    """Whose claim it is: "the envoy's claim", "the claim by the envoy", "the envoy repeated the claim"."""
    owner = tree.first(noun, "nmod:poss")
    if owner is not None:
        return owner
    for k in tree.children(noun, "nmod", "obl", "obl:agent"):
        if tree.words_of(k, "case") in ("by", "from", "among"):
            return k
    verb = tree.head[noun]
    if tree.dep[noun] in ("obj", "obl") and tree.pos[verb] == "VERB" and tree.lemma[verb] not in RECEIVING:
        return subject(tree, verb)
    people = ("NORP", "ORG", "GPE", "PERSON")
    return next((k for k in tree.children(noun, "amod", "compound") if tree.doc[k].ent_type_ in people), None)


RECEIVING = frozenset((
    "face", "draw", "receive", "hear", "spark", "prompt", "trigger", "fuel", "deny", "reject", "dismiss", "answer", "ignore",
    "rebut", "refute", "respond", "meet", "attract", "fear", "discuss", "counter", "address", "defy", "be", "come",
))  # fmt: skip
"""Verbs whose subject is not the author of the claim that is their object: "faced criticism", "denied the allegation"."""


def _adjective(tree: Tree, hit: Hit) -> _Found | None:
    if tree.dep[hit.head] == "amod" and tree.head[hit.head] > hit.head:
        return None
    clauses = [
        k for k in tree.kids[hit.head] if k > hit.head and tree.dep[k] in ("ccomp", "advcl", "xcomp", "csubj", "acl")
    ]
    for k in clauses:
        marks = tree.words_of(k, "mark").split(" ")
        if "to" in marks and hit.cue.takes("to"):
            return _Found((tree.range(k),), "to")
        if "to" in marks and hit.cue.takes("raise"):
            return _raised(tree, hit, k)
        if "to" not in marks and hit.cue.takes("clause") and tree.dep[k] in ("ccomp", "csubj"):
            silent = tree.first(hit.head, "expl") is not None
            return _Found((tree.range(k),), "clause", (), silent)
    return _prepositional(tree, hit)


# ---- fixed phrases


def _phrase(tree: Tree, i: int, index: CueIndex) -> Hit | None:
    for cue in index.phrases.get(tree.low[i], ()):
        words = cue.cue.split()
        if tree.low[i : i + len(words)] != words or cue.takes("label"):
            continue
        if cue.takes("raise"):
            return _hearsay(tree, cue, i)
        if tree.pos[i] not in NOMINAL:
            return _source_phrase(tree, cue, i, i + len(words))
    return None


def _hearsay(tree: Tree, cue: ReportingCue, i: int) -> Hit | None:
    """ "reportedly": the clause that the adverb stands in, and nobody who says it."""
    above = tree.head[i]
    if above == i:
        return None
    return Hit(cue, i, (i,), tuple(subtract(tree.range(above), (i, i))), "raise", None, True)


def _label(tree: Tree, i: int, index: CueIndex) -> Hit | None:
    """ "Minister: no deal before May": a speaker's name and a colon that open a paragraph, and the rest of it."""
    rows = index.phrases.get(":", ()) if tree.low[i] == ":" else ()
    if not rows or i + 2 >= len(tree) or tree.end[i] == tree.start[i + 1]:
        return None
    first = _paragraph_start(tree, i)
    if first is None or not tree.words[first][:1].isupper() or not _names_speaker(tree, first, i - 1):
        return None
    last = i + 1
    while last + 1 < len(tree) and "\n" not in tree.words[last + 1]:
        last += 1
    noun = _head_within(tree, first, i - 1)
    return Hit(rows[0], i, (i,), ((i + 1, last),), "label", noun) if last > i + LEAST_LABELLED else None


def _paragraph_start(tree: Tree, colon: int) -> int | None:
    """The first token of the paragraph that COLON's label opens; None where it stands too deep in it."""
    for i in range(colon - 1, max(-1, colon - LONGEST_LABEL - 1), -1):
        if "\n" in tree.words[i]:
            return i + 1 if i + 1 < colon else None
        if tree.pos[i] in ("VERB", "AUX") and not tree.words[i].isupper():
            return None
        if tree.low[i] in QUOTE_OPENERS or tree.low[i] in (".", ","):
            return None
    return 0 if colon <= LONGEST_LABEL else None


def _names_speaker(tree: Tree, first: int, last: int) -> bool:
    """Whether a label ends with a person, body or country, with one who speaks by trade, or is a transcript's capitals."""
    doc = tree.doc
    if doc[last].ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return True
    if all(tree.words[i].isupper() for i in range(first, last + 1)) and len(tree.words[last]) > 2:
        return last - first < 4
    return tree.lemma[last] in SPEAKERS or tree.low[last] in SPEAKERS


def _head_within(tree: Tree, first: int, last: int) -> int:
    for i in range(first, last + 1):
        if not first <= tree.head[i] <= last or tree.head[i] == i:
            return i
    return last


LONGEST_LABEL = 10
"""Tokens of the longest label before a colon."""
LEAST_LABELLED = 3
"""Tokens that must follow a label's colon."""
SPEAKERS = frozenset(
    "minister president official officials spokesman spokeswoman poll survey study report police army envoy ambassador chief "
    "leader source sources witness witnesses senator aide aides expert experts analyst analysts lawyer judge general".split()  # noqa: SIM905
)


def _source_phrase(tree: Tree, cue: ReportingCue, first: int, behind: int) -> Hit | None:
    """ "According to the ministry, ...": the noun behind the words speaks, the clause around them is what it says."""
    if behind >= len(tree):
        return None
    source = _noun_behind(tree, first, behind)
    if source is None:
        return None
    tokens = tuple(range(first, behind))
    hole = (min(first, tree.left[source]), tree.right[source])
    clause = _clause_around(tree, source, first)
    if clause is not None and (_parted(tree, first - 1) or tree.sentences[tree.sentence[first]][0] == first):
        clause = _root(tree, clause)
    if clause is None:
        return Hit(cue, first, tokens, (), "quote", source)
    return Hit(cue, first, tokens, tuple(subtract(tree.range(clause), hole)), "clause", source)


def _noun_behind(tree: Tree, first: int, behind: int) -> int | None:
    """The head of the noun phrase that the phrase's last word leads in, within the sentence."""
    sentence = tree.sentence[first]
    at = behind
    for lead in (first, behind - 1):
        above = tree.head[lead]
        if tree.dep[lead] == "case" and above >= behind and tree.sentence[above] == sentence:
            return above
    for _ in range(MAX_CLIMB):
        above = tree.head[at]
        if above <= at or tree.dep[at] not in INSIDE_NOUN_PHRASE or tree.sentence[above] != sentence:
            break
        at = above
    return None if tree.is_mark(at) or tree.sentence[at] != sentence else at


def _parted(tree: Tree, i: int) -> bool:
    return i >= 0 and tree.low[i] in (",", "-", "--", "–", "—", "(")


def _root(tree: Tree, i: int) -> int:
    for _ in range(MAX_CLIMB):
        if tree.head[i] == i:
            break
        i = tree.head[i]
    return i


def _clause_around(tree: Tree, source: int, first: int) -> int | None:
    at = source
    for _ in range(MAX_CLIMB):
        above = tree.head[at]
        if above == at:
            return None if at == source else at
        at = above
        if first <= at <= source:
            continue
        if tree.pos[at] in ("VERB", "AUX") or tree.children(at, "nsubj", "cop", "nsubj:pass") or tree.head[at] == at:
            return at
    return None


def _to_whom(tree: Tree, verb: int) -> int | None:
    """ "To the envoy, it seemed ...": who has the impression."""
    return next((k for k in tree.children(verb, "obl") if tree.words_of(k, "case") in ("to", "among")), None)


def cue_clause(tree: Tree, hit: Hit) -> Iterator[int]:
    """The tokens of HIT's clause that are no part of what it reports: cue, speaker, addressee, time and place."""
    for first, last in subtract(tree.range(hit.head), *hit.pieces):
        yield from range(first, last + 1)
