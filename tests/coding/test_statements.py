"""Statements from parses built by hand: the test is of the rules and needs no weights."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from dragoman.coding import statements
from dragoman.coding.draft import Draft
from dragoman.coding.tree import Tree
from dragoman.facts import Date, Report, Statement, TimeMention
from dragoman.lexicon import Lexicon

LEXICON = Lexicon()
VOCAB = Vocab()
LEMMAS = {
    "said": "say", "says": "say", "told": "tell", "warned": "warn", "plans": "plan", "called": "call",
    "accused": "accuse", "adding": "add", "reported": "report", "citing": "cite", "announced": "announce",
    "believed": "believe", "denied": "deny", "urged": "urge", "is": "be", "was": "be", "quoted": "quote",
    "saying": "say", "asked": "ask", "criticized": "criticize", "expected": "expect",
}  # fmt: skip


def parsed(text: str, tokens: str, people: Sequence[str] = ()) -> Doc:
    """A Doc of TEXT. TOKENS are `word/POS/relation/head`, heads counted from 1 within the text, 0 for a root."""
    cells = [token.rsplit("/", 3) for token in tokens.split()]
    words: list[str] = []
    spaces: list[bool] = []
    rows: list[tuple[str, str, int]] = []
    at = 0
    for word, pos, dep, head in cells:
        if text[at : at + 2] == "\n\n":
            words.append("\n\n")
            spaces.append(False)
            rows.append(("SPACE", "dep", -1))
            at += 2
        assert text.startswith(word, at), (word, text[at:])
        at += len(word)
        space = text[at : at + 1] == " "
        at += space
        words.append(word)
        spaces.append(space)
        rows.append((pos, dep, int(head)))
    assert at == len(text)
    real = [i for i, (pos, _, _) in enumerate(rows) if pos != "SPACE"]
    heads = [i - 1 if head < 0 else i if head == 0 else real[head - 1] for i, (_, _, head) in enumerate(rows)]
    doc = Doc(
        VOCAB, words=words, spaces=spaces, pos=[row[0] for row in rows], deps=[row[1] for row in rows], heads=heads,
        lemmas=[LEMMAS.get(word.lower(), word.lower()) for word in words],
    )  # fmt: skip
    doc.ents = [doc.char_span(text.index(name), text.index(name) + len(name), label="PERSON") for name in people]
    return doc


def found(text: str, tokens: str, people: Sequence[str] = (), **report: object) -> tuple[Statement, ...]:
    doc = parsed(text, tokens, people)
    given = Report(id="r", text=text, published=Date.on("2020-05-04"), **report)  # type: ignore[arg-type]
    return statements.find(Draft(given, Tree(doc), LEXICON))


def view(text: str, statement: Statement) -> tuple[str, str, str]:
    """(speaker's words, cue, content with its pieces joined by `|`)."""
    speaker = statement.speaker.span if statement.speaker else None
    return (
        text[speaker[0] : speaker[1]] if speaker else "",
        statement.cue.text if statement.cue else "",
        "|".join(text[a:b] for a, b in statement.content),
    )


ROWS = [
    (  # a clause behind the cue; whom it was told is no part of it
        "The minister told reporters that talks would resume.",
        "The/DET/det/2 minister/NOUN/nsubj/3 told/VERB/root/0 reporters/NOUN/iobj/3 that/SCONJ/mark/8 "
        "talks/NOUN/nsubj/8 "
        "would/AUX/aux/8 resume/VERB/ccomp/3 ./PUNCT/punct/3",
        [("The minister", "told", "that talks would resume")],
    ),
    (  # a cue that ends the sentence
        "The talks failed, officials said.",
        "The/DET/det/2 talks/NOUN/nsubj/3 failed/VERB/root/0 ,/PUNCT/punct/6 officials/NOUN/nsubj/6 "
        "said/VERB/parataxis/3 "
        "./PUNCT/punct/3",
        [("officials", "said", "The talks failed")],
    ),
    (  # a cue in the middle: two pieces
        "The talks, officials said, had failed.",
        "The/DET/det/2 talks/NOUN/nsubj/8 ,/PUNCT/punct/5 officials/NOUN/nsubj/5 said/VERB/parataxis/8 ,/PUNCT/punct/5 "
        "had/AUX/aux/8 failed/VERB/root/0 ./PUNCT/punct/8",
        [("officials", "said", "The talks|had failed")],
    ),
    (  # an intention
        "The army plans to withdraw.",
        "The/DET/det/2 army/NOUN/nsubj/3 plans/VERB/root/0 to/PART/mark/5 withdraw/VERB/xcomp/3 ./PUNCT/punct/3",
        [("The army", "plans", "to withdraw")],
    ),
    (  # a quotation, the cue inverted behind it
        "“We left,” said the envoy.",
        "“/PUNCT/punct/3 We/PRON/nsubj/3 left/VERB/ccomp/6 ,/PUNCT/punct/3 ”/PUNCT/punct/3 said/VERB/root/0 "
        "the/DET/det/8 "
        "envoy/NOUN/nsubj/6 ./PUNCT/punct/6",
        [("the envoy", "said", "“We left,”")],
    ),
    (  # it goes on behind the cue, and in the next paragraph
        "“We left,” he said. “All left.”\n\n“So be it.”",
        "“/PUNCT/punct/3 We/PRON/nsubj/3 left/VERB/ccomp/7 ,/PUNCT/punct/3 ”/PUNCT/punct/3 he/PRON/nsubj/7 "
        "said/VERB/root/0 "
        "./PUNCT/punct/7 “/PUNCT/punct/11 All/PRON/nsubj/11 left/VERB/root/0 ./PUNCT/punct/11 ”/PUNCT/punct/11 "
        "“/PUNCT/punct/16 So/ADV/advmod/16 be/AUX/root/0 it/PRON/nsubj/16 ./PUNCT/punct/16 ”/PUNCT/punct/16",
        [("he", "said", "“We left,”|“All left.”|“So be it.”")],
    ),
    (  # the cue before a quotation
        "The envoy warned: “We go.”",
        "The/DET/det/2 envoy/NOUN/nsubj/3 warned/VERB/root/0 :/PUNCT/punct/7 “/PUNCT/punct/7 We/PRON/nsubj/7 "
        "go/VERB/ccomp/3 "
        "./PUNCT/punct/7 ”/PUNCT/punct/7",
        [("The envoy", "warned", "“We go.”")],
    ),
    (  # a source phrase; the verb inside belongs to what it reports
        "According to the ministry, the envoy said he left.",
        "According/VERB/case/4 to/ADP/fixed/1 the/DET/det/4 ministry/NOUN/obl/8 ,/PUNCT/punct/8 the/DET/det/7 "
        "envoy/NOUN/nsubj/8 said/VERB/root/0 he/PRON/nsubj/10 left/VERB/ccomp/8 ./PUNCT/punct/8",
        [("the ministry", "According to", "the envoy said he left")],
    ),
    (  # an object with what is said of it
        "The envoy called the raid a “crime”.",
        "The/DET/det/2 envoy/NOUN/nsubj/3 called/VERB/root/0 the/DET/det/5 raid/NOUN/obj/3 a/DET/det/8 “/PUNCT/punct/8 "
        "crime/NOUN/xcomp/3 ”/PUNCT/punct/8 ./PUNCT/punct/3",
        [("The envoy", "called", "the raid a “crime”")],
    ),
    (  # a participle takes the speaker of its clause
        "The envoy criticized the raid, adding that it failed.",
        "The/DET/det/2 envoy/NOUN/nsubj/3 criticized/VERB/root/0 the/DET/det/5 raid/NOUN/obj/3 ,/PUNCT/punct/7 "
        "adding/VERB/advcl/3 that/SCONJ/mark/10 it/PRON/nsubj/10 failed/VERB/ccomp/7 ./PUNCT/punct/3",
        [("The envoy", "criticized", "the raid"), ("The envoy", "adding", "that it failed")],
    ),
    (  # a passive without an agent: the subject is reported, nobody speaks
        "The king is believed to be ill.",
        "The/DET/det/2 king/NOUN/nsubj:pass/4 is/AUX/aux:pass/4 believed/VERB/root/0 to/PART/mark/7 be/AUX/cop/7 "
        "ill/ADJ/xcomp/4 ./PUNCT/punct/4",
        [("", "is believed", "The king|to be ill")],
    ),
    (  # an expletive subject does not speak
        "It was announced that talks failed.",
        "It/PRON/expl/3 was/AUX/aux:pass/3 announced/VERB/root/0 that/SCONJ/mark/6 talks/NOUN/nsubj/6 "
        "failed/VERB/ccomp/3 ./PUNCT/punct/3",
        [("", "was announced", "that talks failed")],
    ),
    (  # a noun with its clause and owner
        "The envoy's claim that talks failed is false.",
        "The/DET/det/2 envoy/NOUN/nmod:poss/4 's/PART/case/2 claim/NOUN/nsubj/9 that/SCONJ/mark/7 talks/NOUN/nsubj/7 "
        "failed/VERB/acl/4 is/AUX/cop/9 false/ADJ/root/0 ./PUNCT/punct/9",
        [("The envoy's", "claim", "that talks failed")],
    ),
    (  # a noun without anything reported
        "The claim was bold.",
        "The/DET/det/2 claim/NOUN/nsubj/4 was/AUX/cop/4 bold/ADJ/root/0 ./PUNCT/punct/4",
        [],
    ),
    (  # an object with an infinitive: both are asked for
        "The pope urged the generals to leave.",
        "The/DET/det/2 pope/NOUN/nsubj/3 urged/VERB/root/0 the/DET/det/5 generals/NOUN/obj/3 to/PART/mark/7 "
        "leave/VERB/xcomp/3 ./PUNCT/punct/3",
        [("The pope", "urged", "the generals to leave")],
    ),
]


@pytest.mark.parametrize(
    ("text", "tokens", "expected"), ROWS, ids=lambda value: value[:40] if isinstance(value, str) else ""
)
def test_statements(text: str, tokens: str, expected: list[tuple[str, str, str]]):
    assert [view(text, statement) for statement in found(text, tokens)] == expected


CITING = (
    "The agency reported that talks failed, citing the ministry.",
    "The/DET/det/2 agency/NOUN/nsubj/3 reported/VERB/root/0 that/SCONJ/mark/6 talks/NOUN/nsubj/6 failed/VERB/ccomp/3 "
    ",/PUNCT/punct/8 citing/VERB/advcl/3 the/DET/det/10 ministry/NOUN/obj/8 ./PUNCT/punct/3",
)


def test_the_chain_runs_from_the_outlet_inwards():
    (statement,) = found(*CITING, outlet="The Courier")
    assert statement.chain == ("The Courier", "The agency", "the ministry")


def test_addressee_kind_mode_and_date():
    text, tokens, _ = ROWS[0]
    (statement,) = found(text, tokens)
    assert statement.addressee == "reporters"
    assert (statement.speech, statement.mode) == ("speech", "indirect")
    assert statement.date == Date("2020-05-04", "2020-05-04", "day", False, "report")
    assert [evidence.text for evidence in statement.evidence] == [text]


@pytest.mark.parametrize(
    ("row", "kind", "mode"), [(3, "intention", "indirect"), (4, "speech", "direct"), (10, "belief", "indirect")]
)
def test_kind_and_mode(row: int, kind: str, mode: str):
    text, tokens, _ = ROWS[row]
    (statement,) = found(text, tokens)
    assert (statement.speech, statement.mode) == (kind, mode)


def test_the_time_beside_the_cue_dates_the_statement():
    text = "The minister said Friday that talks failed."
    tokens = (
        "The/DET/det/2 minister/NOUN/nsubj/3 said/VERB/root/0 Friday/PROPN/obl:tmod/3 that/SCONJ/mark/7 "
        "talks/NOUN/nsubj/7 "
        "failed/VERB/ccomp/3 ./PUNCT/punct/3"
    )
    doc = parsed(text, tokens)
    friday = TimeMention(18, 24, "Friday", "DATE", "2020-05-01", Date.on("2020-05-01"))
    draft = Draft(Report(id="r", text=text, published=Date.on("2020-05-04")), Tree(doc), LEXICON, times=(friday,))
    (statement,) = statements.find(draft)
    assert statement.date == Date.on("2020-05-01")
    assert view(text, statement)[2] == "that talks failed"


def test_a_pronoun_is_the_speakers_span_and_the_person_its_name():
    text = "Anna Weber left. She said talks failed."
    tokens = (
        "Anna/PROPN/nsubj/3 Weber/PROPN/flat/1 left/VERB/root/0 ./PUNCT/punct/3 She/PRON/nsubj/6 said/VERB/root/0 "
        "talks/NOUN/nsubj/8 failed/VERB/ccomp/6 ./PUNCT/punct/6"
    )
    (statement,) = found(text, tokens, people=["Anna Weber"])
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.speaker.span) == ("Anna Weber", (17, 20))


def test_an_empty_report_says_nothing():
    assert found("", "") == ()


WORDS = [
    "said",
    "“",
    "”",
    '"',
    "envoy",
    "that",
    "to",
    "plans",
    ",",
    ".",
    "according",
    "claim",
    "\n\n",
    "he",
    "warned",
    ":",
]
DEPS = [
    "nsubj",
    "ccomp",
    "xcomp",
    "obj",
    "parataxis",
    "punct",
    "mark",
    "acl",
    "conj",
    "advcl",
    "obl",
    "nsubj:pass",
    "dep",
]


@st.composite
def any_doc(draw: st.DrawFn) -> Doc:
    """A Doc with any words and any tree, sense or none."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
    n = len(words)
    heads = [draw(st.integers(0, i)) if i else 0 for i in range(n)]
    return Doc(
        VOCAB, words=words, spaces=draw(st.lists(st.booleans(), min_size=n, max_size=n)), heads=heads,
        deps=["root" if i == head else draw(st.sampled_from(DEPS)) for i, head in enumerate(heads)],
        pos=[draw(st.sampled_from(["VERB", "NOUN", "PUNCT", "PRON", "ADJ"])) for _ in range(n)],
        lemmas=[LEMMAS.get(word, word) for word in words],
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(any_doc())
def test_any_parse_gives_spans_that_fit_and_do_not_overlap(doc: Doc):
    draft = Draft(Report(id="r", text=doc.text, published=Date.unknown()), Tree(doc), LEXICON)
    covered: set[int] = set()
    for statement in statements.find(draft):
        for start, end in statement.content:
            assert 0 <= start < end <= len(doc.text)
            assert covered.isdisjoint(range(start, end))
            covered.update(range(start, end))
        for evidence in statement.evidence:
            assert doc.text[evidence.start : evidence.end] == evidence.text
        if statement.speaker and statement.speaker.span:
            assert doc.text[slice(*statement.speaker.span)].strip()


def test_entities_are_spans_of_the_doc():
    doc = parsed(
        "Anna Weber left.", "Anna/PROPN/nsubj/3 Weber/PROPN/flat/1 left/VERB/root/0 ./PUNCT/punct/3", ["Anna Weber"]
    )
    assert [isinstance(entity, Span) for entity in doc.ents] == [True]
