"""Blocks are parted into the same clusters whatever the order of their links."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.linking.clusters import clusters

LEAST = 6000


def never(one: int, other: int) -> bool:
    return False


def test_links_make_clusters() -> None:
    assert clusters(4, {(0, 1): 7000, (2, 3): 6500}, LEAST, never) == [(0, 1), (2, 3)]
    assert clusters(3, {(0, 1): 9000, (1, 2): 9000}, LEAST, never) == [(0, 1, 2)]
    assert clusters(1, {}, LEAST, never) == [(0,)]


def test_a_chain_is_cut_where_few_know_one_another() -> None:
    chain = {(i, i + 1): 6000 + i for i in range(5)}
    assert len(clusters(6, chain, LEAST, never)) > 1


def test_what_rules_each_other_out_is_never_one() -> None:
    """Two days that one undated telling fits: it goes to the nearer."""
    found = clusters(3, {(0, 1): 8000, (1, 2): 9000}, LEAST, lambda one, other: (one, other) == (0, 2))
    assert found == [(0,), (1, 2)]


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
        st.integers(LEAST, 9000),
        max_size=16,
    ),
    st.randoms(use_true_random=False),
)
def test_order_of_links_does_not_matter(links: dict[tuple[int, int], int], shuffle) -> None:
    rows = list(links.items())
    shuffle.shuffle(rows)
    found = clusters(8, links, LEAST, never)
    assert found == clusters(8, dict(rows), LEAST, never)
    assert sorted(i for some in found for i in some) == list(range(8))
