"""The event corpus as labels of words."""

from pathlib import Path

import pytest

from dragoman.language.parser import load_parser
from training.acts import (
    ACT_STATUSES,
    ACTS,
    IMPLIED,
    PARTIES,
    SECTOR_LABELS,
    ActLayer,
    act_documents,
    head_of,
)
from training.corpora import Sentence
from training.events_corpus import part_of

TEXT = """
= {one} | 1984-06-02 | agency | africa | passive denial
Mali's army, soldiers said, called the raid off and seized two trucks, and Niger denied that its police had opened fire on them.
- ASSAULT denied | police=NERCOP > them=MLIMIL | opened fire | by Niger
- COERCE.seize | Mali's army=MLIMIL > - | seized

= {two} | 1984-06-03 | agency | africa | collective
Mali and Niger signed a treaty.
- SUPPORT | Mali=MLIGOV <> Niger=NERGOV | signed
The treaty was praised.
- SUPPORT | *=--- > - | praised
"""  # noqa: E501


def ids(part: str) -> list[str]:
    """Two ids that fall into a part."""
    return [f"t01-{n:03}" for n in range(1, 99) if part_of(f"t01-{n:03}") == part][:2]


Read = tuple[list[list[Sentence]], dict[str, ActLayer]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    folder: Path = tmp_path_factory.mktemp("events")
    one, two = ids("train")
    (folder / "part_01.txt").write_text(TEXT.format(one=one, two=two), encoding="utf-8")
    documents, acts = act_documents(folder, "train")
    return documents, acts


def test_acts_stand_on_heads_of_their_triggers(read: Read) -> None:
    documents, acts = read
    (sentence,) = documents[0]
    words = sentence.words
    found = {words[label.word]: label for label in acts[sentence.ident].labels}
    assert set(found) == {"opened", "seized"}
    assert ACTS[found["opened"].act] == "ASSAULT"
    assert ACT_STATUSES[found["opened"].status] == "denied"
    assert {(words[w], PARTIES[p]) for w, p in found["opened"].parties} == {("police", "source"), ("them", "target")}
    assert {(words[w], PARTIES[p]) for w, p in found["seized"].parties} == {("army", "source")}


def test_parties_of_a_mutual_act_are_both_and_implied_ones_have_no_word(
    read: tuple[list[list[Sentence]], dict],
) -> None:  # type: ignore[type-arg]
    documents, acts = read
    signed, praised = documents[1]
    (label,) = acts[signed.ident].labels
    assert {(signed.words[w], PARTIES[p]) for w, p in label.parties} == {("Mali", "both"), ("Niger", "both")}
    (label,) = acts[praised.ident].labels
    assert label.parties == ((IMPLIED, PARTIES.index("source")),)


def test_homes_have_country_and_sector_and_lands_the_countries_told(read: Read) -> None:
    documents, acts = read
    sentence = documents[0][0]
    layer = acts[sentence.ident]
    land = dict(zip(sentence.words, layer.lands, strict=True))
    home = {sentence.words[h.word]: h for h in layer.homes}
    assert land["Mali"] == home["army"].country != 0
    assert land["Niger"] == home["police"].country
    assert SECTOR_LABELS[home["police"].sector] == "COP"
    assert layer.document != acts[documents[1][0].ident].document


def test_other_parts_are_left_out(tmp_path: Path) -> None:
    one, two = ids("test")
    (tmp_path / "part_01.txt").write_text(TEXT.format(one=one, two=two), encoding="utf-8")
    assert act_documents(tmp_path, "train") == ([], {})


@pytest.mark.parametrize(
    ("words", "head"), [("Rebels opened fire", "opened"), ("opened fire", "opened"), ("the old bridge", "bridge")]
)
def test_head_of_spans_is_the_word_that_hangs_outside(words: str, head: str) -> None:
    doc = load_parser(meaning=False).parse("Rebels opened fire on the old bridge.")
    start = doc.text.index(words)
    found = head_of(doc, [(start, start + len(words))])
    assert found is not None
    assert found.text == head
