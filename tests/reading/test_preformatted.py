"""Hand-wrapped prose in <pre> becomes paragraphs; tables and code stay."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from dragoman.reading.preformatted import paragraphs_of, unwrap

WIRE = """
   GENEVA, March 3 -- The foreign ministers of the two states met here
today for the first time in eleven years and agreed to open talks on
the frontier.
   A second round is to follow in the spring, a spokesman said, but no
date was given for it by either of the two delegations.
"""
TABLE = "EXPORTS  1970  1971\nWheat     12    14\nCoal      80    77\nTin        3     4\n"


def test_paragraphs_are_parted_at_indents_and_lines_joined() -> None:
    first, second = paragraphs_of(WIRE)
    assert first.startswith("GENEVA, March 3 -- The foreign ministers of the two states met here today")
    assert second.endswith("by either of the two delegations.")


def test_a_table_is_no_prose() -> None:
    assert paragraphs_of(TABLE) == []


def test_the_tree_holds_paragraphs_instead() -> None:
    tree = fromstring(f"<html><body><pre>{WIRE}</pre> after</body></html>")
    unwrap(tree)
    assert [p.text[:6] for p in tree.iter("p")] == ["GENEVA", "A seco"]
    assert "after" in tree.text_content()


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=400))
def test_no_word_is_lost_or_made(text: str) -> None:
    found = paragraphs_of(text)
    if found:
        assert " ".join(found).split() == text.expandtabs(4).split()
