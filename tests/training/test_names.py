"""The names corpus: its form, its tags, and the counts that its README gives."""

import re
from collections import Counter
from pathlib import Path

import pytest

from training import treebank_labels as known

FOLDER = Path(__file__).parents[2] / "corpus" / "names"
FILES = [FOLDER / f"{name}.iob2" for name in ("names", "names_b", "names_c")]


def blocks(text: str) -> list[list[tuple[str, str]]]:
    """Sentences as rows of word and tag; a row without exactly one tab raises ValueError."""
    return [
        [(word, tag) for word, tag in (line.split("\t") for line in block.split("\n"))]
        for block in text.strip("\n").split("\n\n")
    ]


def tag_faults(tags: list[str]) -> list[str]:
    """Tags that are unknown, or that go on with a name that isn't open."""
    found = []
    for before, tag in zip(["O", *tags], tags, strict=False):
        opened, _, label = tag.partition("-")
        if tag != "O" and (opened not in {"B", "I"} or label not in known.NAMES):
            found.append(tag)
        elif opened == "I" and before[2:] != label:
            found.append(f"{tag} after {before}")
    return found


@pytest.fixture(scope="module")
def sentences() -> list[list[tuple[str, str]]]:
    return [sentence for path in FILES for sentence in blocks(path.read_text(encoding="utf-8"))]


TAGS = [
    ("O B-GPE I-GPE O", []),
    ("B-PERSON B-PERSON", []),
    ("O I-GPE", ["I-GPE after O"]),
    ("B-ORG I-GPE", ["I-GPE after B-ORG"]),
    ("B-SHIP X", ["B-SHIP", "X"]),
]


@pytest.mark.parametrize(("tags", "expected"), TAGS)
def test_faults_of_tags(tags: str, expected: list[str]) -> None:
    assert tag_faults(tags.split()) == expected


def test_rows_hold_one_word_and_one_tag(sentences: list[list[tuple[str, str]]]) -> None:
    words = [word for sentence in sentences for word, _ in sentence]
    assert [word for word in words if not word or re.search(r"\s", word)] == []


def test_tags_are_well_formed(sentences: list[list[tuple[str, str]]]) -> None:
    faulty = [(sentence, tag_faults([tag for _, tag in sentence])) for sentence in sentences]
    assert [row for row in faulty if row[1]] == []


def test_no_sentence_stands_twice_or_in_the_treebank(sentences: list[list[tuple[str, str]]]) -> None:
    texts = Counter("".join(word for word, _ in sentence) for sentence in sentences)
    treebank = {
        "".join(line.removeprefix("# text = ").split())
        for path in (FOLDER.parent / "treebank").glob("*.conllu")
        for line in path.read_text(encoding="utf-8").split("\n")
        if line.startswith("# text = ")
    }
    assert [text for text, count in texts.items() if count > 1] == []
    assert treebank.isdisjoint(texts)


def test_every_file_is_one_of_these() -> None:
    assert sorted(FOLDER.glob("*.iob2")) == FILES


@pytest.mark.parametrize(("column", "path"), list(enumerate(FILES)), ids=lambda x: getattr(x, "stem", ""))
def test_readme_counts(column: int, path: Path) -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|", readme, re.M)
    given = {key: int(counts[column].replace(",", "")) for key, *counts in rows}
    sentences = blocks(path.read_text(encoding="utf-8"))
    tags = [tag for sentence in sentences for _, tag in sentence]
    by_type = Counter(tag[2:] for tag in tags if tag.startswith("B-"))
    totals = {"sentences": len(sentences), "words": len(tags), "names": by_type.total()}
    assert given == {**totals, **by_type}
