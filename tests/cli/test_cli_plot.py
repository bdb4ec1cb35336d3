"""`dragoman plot`: files of SVG and PNG."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dragoman.plots.kinds import KINDS
from tests.cli.conftest import Run

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", [(), ("FRA", "DEU"), ("USA", "CHN")], ids=["all", "a pair", "nothing"])
def test_every_kind_of_everything_of_a_pair_and_of_nothing(
    run: Run, record: str, tmp_path: Path, kind: str, query: tuple[str, ...]
) -> None:
    out = tmp_path / "p.svg"
    ran = run("plot", kind, *query, "--out", str(out), "--record", record)
    assert ran.err.startswith(f"{out}: ") and "of 1 read" in ran.err
    tree = ElementTree.parse(out).getroot()
    words = " ".join("".join(element.itertext()) for element in tree.iter())
    assert "Source: record r.db" in words
    assert ("No data" in words) == (query == ("USA", "CHN") or kind == "map")


def test_a_png_is_as_large_as_its_scale_says(run: Run, record: str, tmp_path: Path) -> None:
    out = tmp_path / "p.png"
    run("plot", "timeline", "FRA", "DEU", "--out", str(out), "--record", record, "--width", "400", "--scale", "1.5")
    body = out.read_bytes()
    assert body.startswith(PNG)
    assert int.from_bytes(body[16:20], "big") == 600


def test_a_title_of_ones_own_the_dark_and_the_fewest_rows(run: Run, record: str, tmp_path: Path) -> None:
    out = tmp_path / "p.svg"
    more = ("--title", "<Who & what>", "--dark", "--top", "1")
    run("plot", "types", "--out", str(out), "--record", record, *more)
    text = out.read_text()
    assert "&lt;Who &amp; what&gt;" in text and "#171614" in text
    assert "actors with fewer events are not drawn" in text


@pytest.mark.parametrize(
    ("args", "part"),
    [
        (("timeline", "--out", "p.pdf"), "p.pdf ends in neither .svg nor .png; name a file that does"),
        (("pie", "--out", "p.svg"), "'pie' is none of timeline, series, types, network, agreements, map"),
        (("map", "in:sentences", "accord", "--out", "p.svg"), "only facts are drawn; leave in:sentences out"),
        (("map", "foo:bar", "--out", "p.svg"), "foo: is no key"),
        (("map", "--out", "nowhere/p.svg"), "the folder nowhere doesn't exist; make it first"),
        (("map", "--out", "p.svg", "--as-of", "1994"), "as_of: '1994' is no day"),
        (("map", "--out", "p.png", "--width", "4000", "--scale", "9"), "36000 pixels are too wide"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(
    run: Run, record: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], part: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("plot", *args, "--record", record)
    assert ran.code == 2 and part in ran.err
    assert not list(tmp_path.glob("p.*"))


def test_a_file_that_is_there_is_kept_unless_forced(run: Run, record: str, tmp_path: Path) -> None:
    out = tmp_path / "p.svg"
    out.write_text("mine")
    ran = run("plot", "map", "--out", str(out), "--record", record)
    assert "the file is there already" in ran.err and out.read_text() == "mine"
    run("plot", "map", "--out", str(out), "--record", record, "--force")
    assert out.read_text().startswith("<svg")


def test_without_the_library_a_png_says_what_to_install(
    run: Run, record: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    ran = run("plot", "map", "--out", str(tmp_path / "p.png"), "--record", record)
    assert (
        "PNG needs the library resvg-py; install it with `pip install 'dragoman[plots]'`, or write an .svg" in ran.err
    )
