"""The component in pipelines that are not ours: other words, another vocabulary, saving, copying, several processes."""

import pickle
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from dragoman.errors import ModelError
from dragoman.language.annotations import Argument, Predicate, Reality, Reference, keep
from dragoman.language.component import NAME, ParserComponent, make_component
from dragoman.language.parser import load_parser
from tests.language.test_parser import check

TEXT = "President Sadat met the envoy in Cairo. He praised the U.S.-led talks."
LAYERS = (
    [Predicate(2, 0.9, (Argument(1, "ARG0", 0.8), Argument(4, "ARG1", 0.7)), Reality(2.5, 1.0, 0.5, -1.0))],
    [Reference(8, 1, 0.75)],
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("en")
    made.add_pipe(NAME)
    return made


def seen(doc: Doc) -> list[tuple[object, ...]]:
    """Everything that the component fills in, word by word."""
    return [
        (t.text, t.pos_, str(t.morph), t.lemma_, t.head.i, t.dep_, t.is_sent_start, t.ent_iob_, t.ent_type_)
        for t in doc
    ]


def test_spacy_finds_it_by_its_entry_point() -> None:
    (found,) = entry_points(group="spacy_factories", name=NAME)
    assert found.load() is make_component


def test_the_users_own_words_get_what_the_parser_gives(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [token.text for token in doc][-4:-1] == ["the", "U.S.-led", "talks"]
    assert [sentence.text for sentence in doc.sents] == TEXT.replace(". He", ".\nHe").split("\n")
    arcs = {(token.text, token.dep_, token.head.text) for token in doc}
    assert arcs >= {
        ("met", "root", "met"),
        ("envoy", "obj", "met"),
        ("He", "nsubj", "praised"),
        ("talks", "obj", "praised"),
    }
    assert ("Cairo", "GPE") in {(entity.text, entity.label_) for entity in doc.ents}
    assert (doc[2].lemma_, doc[2].morph.get("Tense"), doc[2].pos_) == ("meet", ["Past"], "VERB")
    assert all(doc.has_annotation(layer) for layer in ("DEP", "POS", "MORPH", "LEMMA", "ENT_IOB", "SENT_START"))


def test_our_own_words_parse_as_by_the_parser_in_a_vocabulary_that_has_seen_nothing(nlp: Language) -> None:
    ours = load_parser().parse(TEXT)
    theirs = Doc(nlp.vocab, [token.text for token in ours], [bool(token.whitespace_) for token in ours])
    assert theirs.vocab is not ours.vocab
    assert seen(nlp(theirs)) == seen(ours)
    assert (theirs._.predicates, theirs._.references) == (ours._.predicates, ours._.references)


def test_what_stood_there_is_replaced(nlp: Language) -> None:
    words = ["Cairo", "said", "no", "."]
    before = Doc(
        nlp.vocab, words, sent_starts=[True] * 4, pos=["X"] * 4, lemmas=["x"] * 4, ents=["O", "B-X", "I-X", "O"],
        morphs=["Case=Nom"] * 4,
    )  # fmt: skip
    assert seen(nlp(before)) == seen(nlp(Doc(nlp.vocab, words)))


@pytest.mark.parametrize(
    ("words", "spaces"),
    [
        ([], []),
        ([" "], [False]),
        (["\n\n", " ", "\t"], [False, False, False]),
        (["  ", "Iran", "\n", "left", "\t"], [False, True, False, True, False]),
        (["New York", "votes", "two\nlines"], [True, True, False]),
        (["\x00", "\u202e", "🙂", "ﷺ"], [True, True, False, False]),
        (["x" * 5000, "y"], [True, False]),
        (["word"] * 450, [True] * 450),
    ],
)
def test_odd_words_are_parsed_well_formed(nlp: Language, words: list[str], spaces: list[bool]) -> None:
    doc = nlp(Doc(nlp.vocab, words, spaces))
    check(doc, "".join(word + " " * space for word, space in zip(words, spaces, strict=True)))


WORDS = st.lists(st.tuples(st.text(st.characters(codec="utf-8"), min_size=1, max_size=8), st.booleans()), max_size=12)


@given(WORDS)
@settings(max_examples=40, deadline=None)
def test_any_words_are_parsed_well_formed(nlp: Language, pairs: list[tuple[str, bool]]) -> None:
    doc = nlp(Doc(nlp.vocab, [word for word, _ in pairs], [space for _, space in pairs]))
    check(doc, "".join(word + " " * space for word, space in pairs))


def test_it_is_saved_by_its_settings_alone(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    assert sum(file.stat().st_size for file in (tmp_path / "saved").rglob("*") if file.is_file()) < 1_000_000
    loaded = spacy.load(tmp_path / "saved")
    assert loaded.config["components"][NAME] == {"factory": NAME, "kind": "standard", "threads": 1}
    assert seen(loaded(TEXT)) == seen(nlp(TEXT))


def test_it_is_copied_by_its_settings_alone(nlp: Language) -> None:
    sent = pickle.dumps(ParserComponent("standard", 2))
    assert len(sent) < 1000
    component = pickle.loads(sent)
    assert (component.kind, component.threads) == ("standard", 2)
    assert seen(pickle.loads(pickle.dumps(nlp))(TEXT)) == seen(nlp(TEXT))


def test_many_texts_one_by_one_and_over_processes(nlp: Language) -> None:
    texts = [TEXT, "", "Iran left.", " \n"]
    expected = [seen(nlp(text)) for text in texts]
    assert [seen(doc) for doc in nlp.pipe(texts)] == expected
    threaded = spacy.blank("en")
    threaded.add_pipe(NAME, config={"threads": 2})
    assert [seen(doc) for doc in threaded.pipe(texts, n_process=2, batch_size=2)] == expected
    with nlp.select_pipes(disable=NAME):
        assert not nlp(TEXT).has_annotation("DEP")


def test_what_it_says_beyond_the_tree_is_saved_with_the_doc(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    keep(doc, *LAYERS)
    doc.user_data["mine"] = {"a": [1, "b"]}
    expected = tuple(tuple(layer) for layer in LAYERS)
    assert (doc._.predicates, doc._.references) == expected
    (binned,) = DocBin(docs=[doc], store_user_data=True).get_docs(spacy.blank("en").vocab)
    for copy in (Doc(nlp.vocab).from_bytes(doc.to_bytes()), pickle.loads(pickle.dumps(doc)), binned):
        assert (copy._.predicates, copy._.references) == expected
        assert list(copy.user_data["mine"]["a"]) == [1, "b"]


def test_an_extension_of_the_users_own_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Doc.get_extension("predicates")
    Doc.set_extension("predicates", default="mine", force=True)
    try:
        ParserComponent()
        assert Doc(spacy.blank("en").vocab, ["a"])._.predicates == "mine"
    finally:
        Doc.set_extension("predicates", getter=before[2], force=True)


def test_a_kind_that_is_not_installed_is_told_at_once() -> None:
    with pytest.raises(ModelError, match=r"^parser 'swift': no weights of that kind are installed; choose one of: "):
        spacy.blank("en").add_pipe(NAME, config={"kind": "swift"})
