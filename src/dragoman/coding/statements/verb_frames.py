"""What a verb reports, frame by frame: its clause, infinitive, object with or without a predicate, prepositional
object, the subject of its passive, or the clause that it is put into."""

from __future__ import annotations

from dragoman.coding.statements.cue_hit import Found, Hit
from dragoman.coding.statements.speakers import RELATIVE, agent, subject
from dragoman.coding.tree import Range, Tree, subtract
from dragoman.lexicon.cues import ReportingCue

VERB_GROUP = ("aux", "aux:pass", "advmod", "cop", "compound:prt", "expl")
"""Relations of the words that make up a cue's verb group."""
OWN = (*VERB_GROUP, "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "obl:tmod", "obl:unmarked", "mark", "cc")
"""Relations of what belongs to the cue's own clause and not to what it reports."""
PREDICATIVE = frozenset({"as", "of", "for", "with", "to", "over", "on", "about"})
"""Prepositions of what is said of an object: "described as", "accused of", "praised for"."""
CLAUSAL = ("ccomp", "csubj", "csubj:pass", "csubj:outer", "ccomp:outer")


def of_verb(tree: Tree, hit: Hit) -> Found | None:
    """What a verb reports, by the first of its frames that is filled; None where none is."""
    for finder in (_clause, _infinitive, _predicative, prepositional, _object, _passive, _participle, _parenthesis):
        found = finder(tree, hit)
        if found is not None:
            return found
    return None


def _holes(tree: Tree, hit: Hit, content: int | None = None) -> list[Range]:
    """What belongs to the cue's own clause and so not to what it reports."""
    own = [k for k in tree.kids[hit.head] if k != content and tree.dep[k] in OWN]
    return [*((i, i) for i in hit.tokens), *(tree.range(k) for k in own)]


def _pieces(tree: Tree, hit: Hit, whole: Range, content: int | None = None) -> tuple[Range, ...]:
    if not whole[0] <= hit.head <= whole[1]:
        return (whole,)
    return tuple(subtract(whole, *_holes(tree, hit, content)))


def _finite(tree: Tree, clause: int) -> bool:
    """Whether a clause is more than a bare gerund or participle."""
    if tree.children(clause, "nsubj", "nsubj:pass", "expl", "aux", "aux:pass", "cop", "mark"):
        return True
    return tree.pos[clause] not in ("VERB", "AUX") or not tree.low[clause].endswith("ing")


def _clause(tree: Tree, hit: Hit) -> Found | None:
    clauses = [k for t in hit.tokens for k in tree.kids[t] if _is_clause(tree, k) and k not in hit.tokens]
    clauses += [k for k in tree.children(hit.head, "advcl") if _indirect_question(tree, hit, k)]
    if not clauses and tree.low[tree.first(hit.head, "nsubj:pass", "expl") or hit.head] == "it":
        clauses = [k for k in tree.kids[hit.head] if k > hit.head and tree.words_of(k, "mark") == "that"]
    if not clauses and hit.cue.takes("clause", "quote"):
        clauses = [k for k in tree.children(hit.head, "parataxis") if k > hit.head and _after_colon(tree, hit.head, k)]
    if not clauses and hit.cue.takes("addressee"):
        people = tree.children(hit.head, "obj", "iobj")
        clauses = [
            k for p in people for k in tree.children(p, "acl", "acl:relcl") if tree.words_of(k, "mark") == "that"
        ]
    gerunds = [k for k in clauses if not _finite(tree, k)]
    finite = [k for k in clauses if k not in gerunds]
    if finite and hit.cue.takes("clause"):
        pieces = [piece for k in finite for piece in _pieces(tree, hit, _from_mark(tree, hit, k), k)]
        if pieces and pieces[-1][0] > hit.head:
            pieces[-1] = (pieces[-1][0], _second_clause(tree, pieces[-1][1]))
        return Found(tuple(pieces), "clause")
    if gerunds and hit.cue.takes("ing"):
        return Found(tuple(p for k in gerunds for p in _pieces(tree, hit, tree.range(k), k)), "ing")
    return None


def _from_mark(tree: Tree, hit: Hit, clause: int) -> Range:
    """The clause from its "that" on: what the parse puts before it, "on Monday that ...", is when it was said."""
    first, last = tree.range(clause)
    that = next((m for m in tree.children(clause, "mark") if tree.low[m] == "that"), first)
    return (that if first > hit.head else first, last)


def _is_clause(tree: Tree, k: int) -> bool:
    return tree.dep[k] in CLAUSAL or (tree.dep[k] == "xcomp" and tree.words_of(k, "mark") in ("that", "whether"))


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
    """Whether CLAUSE is the question of "Asked whether ...", which parses often take for an adverbial clause."""
    words = tree.words_of(clause, "mark")
    return words == "whether" or (
        words == "if" and tree.lemma[hit.head] in ("ask", "wonder", "question", "know", "inquire")
    )


def _after_colon(tree: Tree, verb: int, clause: int) -> bool:
    at = tree.left[clause]
    return any(tree.low[i] == ":" for i in range(max(verb, at - 2), min(at + 2, clause)))


def _infinitive(tree: Tree, hit: Hit) -> Found | None:
    """An infinitive or gerund, with the object that it is asked of."""
    person = _object_of(tree, hit)
    for k in tree.children(hit.head, "xcomp", "advcl"):
        whole = _infinitive_range(tree, hit, k)
        to = tree.low[whole[0]] == "to"
        asks = to and person is not None and person < k and hit.cue.takes("obj+to")
        if tree.dep[k] == "advcl" and not asks and not (to and whole[0] == max(hit.tokens) + 1):
            continue
        if asks and person is not None:
            return Found(_pieces(tree, hit, (tree.left[person], tree.right[k]), k), "obj+to")
        found = _without_object(tree, hit, k, whole, to)
        if found is not None:
            return found
    return None


def _infinitive_range(tree: Tree, hit: Hit, clause: int) -> Range:
    """The clause from its "to" on, also where the parse has given the "to" to another word."""
    first, last = tree.range(clause)
    to = next((i for i in range(hit.head + 1, min(clause, len(tree))) if tree.low[i] == "to"), None)
    if to is None or any(tree.low[m] != "to" for m in tree.children(clause, "mark")):
        return (first, last)
    return (to, last) if to >= first or to == first - 1 else (first, last)


def _without_object(tree: Tree, hit: Hit, k: int, whole: Range, to: bool) -> Found | None:
    cue = hit.cue
    if to and tree.children(hit.head, "nsubj:pass", "aux:pass") and _raises(cue):
        return raised(tree, hit, k)
    if cue.takes("raise") and not (to and cue.takes("to")):
        return raised(tree, hit, k)
    if to and cue.takes("to"):
        return Found(_pieces(tree, hit, whole, k), "to")
    if not to and cue.takes("ing") and tree.low[k].endswith("ing"):
        return Found(_pieces(tree, hit, tree.range(k), k), "ing")
    return None


def _raises(cue: ReportingCue) -> bool:
    return cue.takes("raise", "clause") and not cue.takes("addressee")


def raised(tree: Tree, hit: Hit, predicate: int) -> Found:
    """The subject with what is said of it: "the king ... to be ill" of "the king is said to be ill"."""
    pieces = [tree.range(predicate)]
    who = tree.first(hit.head, "nsubj", "nsubj:pass", "nsubj:outer")
    if who is None:
        who = subject(tree, hit.head)
    if who is not None and not tree.left[predicate] <= who <= tree.right[predicate]:
        pieces.insert(0, _nominal(tree, who, hit.head))
    return Found(tuple(pieces), "raise")


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


def _predicative(tree: Tree, hit: Hit) -> Found | None:
    """An object with what is said of it: "called it a mistake", "accused him of spying"."""
    if not hit.cue.takes("obj+pred"):
        return None
    person = _object_of(tree, hit)
    if person is None:
        clause = tree.first(hit.head, "xcomp")
        small = clause is not None and tree.low[tree.left[clause]] != "to" and tree.left[clause] < clause
        return Found((tree.range(clause),), "obj+pred") if clause is not None and small else None
    ends = [k for k in tree.kids[hit.head] if k > person and _predicates(tree, k)]
    inner = (
        not ends and not hit.cue.takes("obj") and any(k > person and _predicates(tree, k) for k in tree.kids[person])
    )
    if inner:
        return Found((tree.range(person),), "obj+pred")
    if not ends:
        return None
    if person < hit.head:
        return Found((tree.range(person), *(tree.range(k) for k in ends)), "obj+pred")
    return Found(((tree.left[person], max(tree.right[k] for k in ends)),), "obj+pred")


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


def prepositional(tree: Tree, hit: Hit) -> Found | None:
    """The noun phrase or clause behind one of the cue's prepositions: "called for a truce"."""
    wanted = hit.cue.prepositions
    if not wanted:
        return None
    for k in (k for token in hit.tokens for k in tree.kids[token]):
        if k > hit.head and tree.dep[k] in ("obl", "obl:agent", "nmod", "advcl", "obj", "acl", "ccomp"):
            relation = "mark" if tree.words_of(k, "mark") in wanted else "case"
            if tree.words_of(k, relation) in wanted:
                return _after_preposition(tree, hit, k, relation)
    return None


def _after_preposition(tree: Tree, hit: Hit, k: int, relation: str) -> Found:
    prepositions = [m for m in tree.children(k, relation) if tree.low[m] in hit.cue.prepositions]
    first, last = _nominal(tree, k) if relation == "case" else tree.range(k)
    if prepositions and prepositions[0] <= first + 1:
        first = prepositions[0] + 1
    for clause in tree.children(hit.head, "xcomp", "advcl"):
        if clause > k and tree.left[clause] <= last + 1 and tree.words_of(clause, "mark") == "to":
            last = max(last, tree.right[clause])
    return Found(((first, last),), "prep", tuple(prepositions[:1]))


def _object(tree: Tree, hit: Hit) -> Found | None:
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
    return Found(((first, last),), "obj")


COMPLEMENTS = frozenset(("for", "against", "as", "to", "with", "over", "from", "of", "into", "about", "on", "in"))
"""Prepositions that go on with what is offered, backed or wanted: "backed the senator for president"."""


def _completes(tree: Tree, k: int) -> bool:
    if tree.dep[k] in ("obj", "xcomp"):
        return True
    if tree.dep[k] == "advcl":
        return tree.words_of(k, "mark") in COMPLEMENTS - {"to"}
    return tree.dep[k] in ("obl", "nmod") and tree.words_of(k, "case") in COMPLEMENTS


def _passive(tree: Tree, hit: Hit) -> Found | None:
    """The subject that is judged: "the raid was condemned by ..."."""
    who = tree.first(hit.head, "nsubj:pass")
    if (
        who is None
        or hit.cue.cue in ("quote", "cite")
        or tree.low[who] == "it"
        or not hit.cue.takes("obj", "obj+pred", "obj+to")
    ):
        return None
    ends = (
        [k for k in tree.kids[hit.head] if k > hit.head and _predicates(tree, k)] if hit.cue.takes("obj+pred") else []
    )
    if hit.cue.takes("obj+to"):
        ends += tree.children(hit.head, "xcomp")
    if not ends and not hit.cue.takes("obj"):
        return None
    pieces = [_nominal(tree, who, hit.head), *(tree.range(k) for k in ends)]
    return Found(tuple(pieces), "obj+pred" if ends else "obj")


def _participle(tree: Tree, hit: Hit) -> Found | None:
    """The noun that is judged: "a plan backed by ...", "a man accused of ..."."""
    noun = tree.head[hit.head]
    if tree.dep[hit.head] != "acl" or noun >= hit.head or tree.low[hit.head].endswith("ing"):
        return None
    ends = (
        [k for k in tree.kids[hit.head] if k > hit.head and _predicates(tree, k)] if hit.cue.takes("obj+pred") else []
    )
    if not ends and not (hit.cue.takes("obj") and agent(tree, hit.head) is not None):
        return None
    pieces = [_nominal(tree, noun, hit.head), *(tree.range(k) for k in ends)]
    return Found(tuple(pieces), "obj+pred" if ends else "obj")


def _parenthesis(tree: Tree, hit: Hit) -> Found | None:
    """The clause that the cue is put into: "the plan, officials said, had failed"."""
    if tree.dep[hit.head] not in ("parataxis", "discourse") or not hit.cue.takes("clause"):
        return None
    outer = tree.head[hit.head]
    if tree.pos[outer] == "SPACE" or subject(tree, hit.head) is None:
        return None
    if tree.right[hit.head] >= tree.right[tree.root(outer)] - 1:
        outer = tree.root(outer)
    pieces = subtract(tree.range(outer), tree.range(hit.head))
    if outer < hit.head:
        pieces = [piece for piece in pieces if piece[0] < hit.head or not _trails(tree, piece)]
    return Found(tuple(pieces), "clause")


def _trails(tree: Tree, piece: Range) -> bool:
    """Whether words behind a cue go with the cue: "..., she said, pointing at the map"."""
    at = piece[0]
    while at < piece[1] and tree.is_mark(at):
        at += 1
    return tree.low[at].endswith("ing") or tree.pos[at] in ("SCONJ", "ADP") or tree.low[at] in ("who", "which", "when")
