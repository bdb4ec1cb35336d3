from __future__ import annotations

import re
from itertools import islice

import pytest

from benchmarks import parser_speed
from dragoman import sample
from dragoman.language.parser import load_parser


def test_it_prints_both_speeds_and_their_share(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = list(islice(sample.pages(), 1))
    monkeypatch.setattr(sample, "pages", lambda: iter(page))
    parser_speed.main(rounds=1)
    found = re.fullmatch(
        r"reports 1 words (\d+) \| parse (\d+) words/s \| encoder (\d+) words/s \| share ([\d.]+) %"
        r" \| loading [\d.]+ s \| peak \d+ MB\n",
        capsys.readouterr().out,
    )
    assert found
    words, parse, encoder, share = map(float, found.groups())
    assert words > 100
    assert 0 < parse < 2 * encoder
    assert share == pytest.approx(100 * parse / encoder, rel=0.01)


def test_runs_of_every_session_are_kept_and_the_sessions_put_back() -> None:
    parser = load_parser()
    before = dict(vars(parser.encoder))
    runs = parser_speed._kept(parser, ["The minister left.", "He came back."])
    assert len(runs) >= 2
    assert dict(vars(parser.encoder)) == before
    assert all(run() is not None for run in runs)
