import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.errors import ModelError
from dragoman.language import parser as parser_module
from dragoman.language.annotations import meanings
from dragoman.language.parser import WEIGHTS, Parser, load_parser, sentences
from dragoman.language.segments import LONGEST_SENTENCE, Window


@pytest.fixture(scope="session")
def parser() -> Parser:
    return load_parser()


def check(doc: Doc, text: str) -> None:
    """The parse is well formed, whatever the text."""
    assert doc.text == text
    assert [doc.text[t.idx : t.idx + len(t)] for t in doc] == [t.text for t in doc]
    for sentence in doc.sents:
        words = [t for t in sentence if not t.is_space]
        assert len(words) <= LONGEST_SENTENCE
        roots = [t for t in words if t.head.i == t.i]
        assert len(roots) == (1 if words else 0)
        assert [t.dep_ for t in words if t.dep_ == "root"] == (["root"] if words else [])
        for token in sentence:
            assert sentence.start <= token.head.i < sentence.end
            assert token.pos_ and token.lemma_
            assert (token.pos_ == "SPACE") == token.is_space
            assert not token.head.is_space or not words
            assert roots[:1] == [] or token.i == roots[0].i or roots[0].is_ancestor(token)
    for entity in doc.ents:
        assert len({t.sent.start for t in entity}) == 1


ODD = [
    "",
    " ",
    "\n\n\n",
    "word",
    ".",
    "\n\nWord",
    "  leading and trailing  \n",
    "👩‍👩‍👧 🇺🇳 met 🤝.",
    "a\x00b \x1f\x7f c",
    "ﷺ ﷽ \u202eright to left\u202c \u200b\u200b",
    "tab\tand\vvertical\x0cform\x85next\u2028line",
    "!!!!????....",
    "(((((((((((((((",
    "no full stop " * 700,
    "x" * 30_000,
    "Wort" * 300 + "\n" + "y" * 500,
    "A. B. C. D. E. F. " * 100,
    "1,000,000.00 % $ € ¥ 5–10",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_parse_well_formed(parser: Parser, text: str) -> None:
    check(parser.parse(text), text)


PARTS = st.sampled_from(
    [
        "The minister",
        " said",
        ". ",
        '"',
        "\n",
        "\n\n",
        " U.S.",
        " of",
        ", ",
        "-",
        "’s",
        "\u00a0",
        "\t",
        "é",
        "🙂",
        " 3 ",
    ]
)


@given(st.one_of(st.lists(PARTS, max_size=40).map("".join), st.text(max_size=80)))
@settings(max_examples=60, deadline=None)
def test_any_text_parses_well_formed(parser: Parser, text: str) -> None:
    check(parser.parse(text), text)


def test_lone_surrogates_keep_the_offsets(parser: Parser) -> None:
    text = "He said \udcff no."
    doc = parser.parse(text)
    assert len(doc.text) == len(text)
    assert text[doc[3].idx :] == "no."


def test_ten_thousand_words_without_a_full_stop(parser: Parser) -> None:
    text = "leaders of the two countries met and " * 1430
    doc = parser.parse(text)
    assert max(len(s) for s in doc.sents) <= LONGEST_SENTENCE
    assert sum(t.head.i == t.i for t in doc) == len(list(doc.sents))


def test_pipe_and_parse_agree(parser: Parser) -> None:
    texts = ["China warned Japan.", "", "The U.N. envoy will visit Yemen on Monday.\n\nHe left."]
    assert [d.to_json() for d in parser.pipe(texts)] == [parser.parse(t).to_json() for t in texts]


SENTENCES = [
    ("One talks. Two leave.", ["One talks.", "Two leave."]),
    ("A headline without a stop\n\nThe minister left.", ["A headline without a stop", "The minister left."]),
    ("BEIJING (Agency) - China said no. It left.", ["BEIJING (Agency) -", "China said no.", "It left."]),
    (
        "The U.S. envoy, Mr. J. Smith, met Gen. Li. They ate.",
        ["The U.S. envoy, Mr. J. Smith, met Gen. Li.", "They ate."],
    ),
    ('"We will not go," he said. "We stay."', ['"We will not go," he said.', '"We stay."']),
    ("“I think it will fail,” Li Wei said in Geneva.", ["“I think it will fail,” Li Wei said in Geneva."]),
    ("“It failed.” She left.", ["“It failed.”", "She left."]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(parser: Parser, text: str, expected: list[str]) -> None:
    assert [s.text.strip() for s in parser.parse(text).sents] == expected


ARCS = [
    ("China's foreign minister accused Japan of lying.", "minister", "nsubj", "accused"),
    ("The talks had failed, the minister said.", "minister", "nsubj", "said"),
    ("The talks had failed, said the minister.", "minister", "nsubj", "said"),
    ("The prisoners were freed by Iran.", "prisoners", "nsubj:pass", "freed"),
    ("Russia said that it would withdraw its troops.", "withdraw", "ccomp", "said"),
    ("The envoy did not arrive.", "not", "advmod", "arrive"),
    ("Turkey and Greece signed the agreement.", "Greece", "conj", "Turkey"),
]


@pytest.mark.parametrize(("text", "word", "relation", "head"), ARCS)
def test_arcs(parser: Parser, text: str, word: str, relation: str, head: str) -> None:
    token = next(t for t in parser.parse(text) if t.text == word)
    assert (token.dep_, token.head.text) == (relation, head)


NAMES = [
    (
        "President Vladimir Putin met Xi Jinping in Moscow.",
        {("Vladimir Putin", "PERSON"), ("Xi Jinping", "PERSON"), ("Moscow", "GPE")},
    ),
    ("Israeli troops entered Lebanon.", {("Israeli", "NORP"), ("Lebanon", "GPE")}),
    ("The United Nations condemned North Korea.", {("United Nations", "ORG"), ("North Korea", "GPE")}),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names(parser: Parser, text: str, expected: set[tuple[str, str]]) -> None:
    assert {(e.text, e.label_) for e in parser.parse(text).ents} == expected


def test_tags_features_and_lemmas(parser: Parser) -> None:
    doc = parser.parse("The leaders were meeting.")
    assert [(t.pos_, t.lemma_) for t in doc] == [
        ("DET", "the"),
        ("NOUN", "leader"),
        ("AUX", "be"),
        ("VERB", "meet"),
        ("PUNCT", "."),
    ]
    assert doc[1].morph.get("Number") == ["Plur"]
    assert doc[2].morph.get("Tense") == ["Past"]


def test_a_sentence_of_too_many_words_is_cut_at_its_likeliest_start() -> None:
    scores = np.full(450, -5.0, np.float32)
    scores[[150, 320]] = -1.0
    found = sentences(scores, Window(tuple(range(450)), (0,), ()))
    assert found == [(0, 150), (150, 320), (320, 450)]


def test_missing_and_damaged_weights_are_told(tmp_path: Path) -> None:
    (tmp_path / "fast").mkdir()
    with pytest.raises(ModelError, match="missing or damaged"):
        Parser(tmp_path / "fast")
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS / "standard", folder)
    with (folder / "lemmas.tsv").open("a", encoding="utf-8") as file:
        file.write("x\tNOUN\ty\n")
    with pytest.raises(ModelError, match=r"lemmas\.tsv"):
        Parser(folder)


@pytest.mark.parametrize("kind", ["no-such-kind", "", ".", "..", "../weights/standard", "standard/", "/"])
def test_a_kind_that_is_not_installed_is_told_with_those_that_are(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser_module, "kinds", lambda: ["quick", "standard"])
    with pytest.raises(ModelError) as caught:
        load_parser(kind)
    assert str(caught.value) == (
        f"parser {kind!r}: no weights of that kind are installed; choose one of: quick, standard, "
        "or install Dragoman again"
    )


def test_kinds_are_the_folders_of_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser_module, "WEIGHTS", tmp_path / "weights")
    assert parser_module.kinds() == []
    shutil.copytree(WEIGHTS / "standard", tmp_path / "weights" / "mine")
    (tmp_path / "weights" / "README.md").write_text("not a kind", encoding="utf-8")
    assert parser_module.kinds() == ["mine"]
    assert [token.text for token in load_parser("mine").parse("It rains.")] == ["It", "rains", "."]


def test_vectors_of_words_come_where_they_are_asked_for(parser: Parser) -> None:
    (plain,) = parser.pipe(["Troops crossed the border."])
    (doc,) = parser.pipe(["Troops crossed the border."], meanings=True)
    found = meanings(doc)
    assert meanings(plain) is None
    assert found is not None and len(found) == len(doc) and found[1].any()
