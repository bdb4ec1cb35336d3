from __future__ import annotations

import pytest

from dragoman.reading.language_id import detect_language

ENGLISH = "The foreign ministers met in the border town on Tuesday and agreed to reopen two railway crossings. "
FRENCH = "Les ministres des affaires étrangères se sont rencontrés mardi dans la ville frontalière de Velden. "


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (FRENCH, "fr"),
        ("Die Außenminister haben sich am Dienstag in der Grenzstadt getroffen.", "de"),
        ("Министры иностранных дел встретились во вторник в приграничном городе.", "ru"),
        ("外相は火曜日に国境の町で会談し、二つの鉄道の再開に合意しました。", "ja"),
        # a quotation in another language does not carry the report
        (ENGLISH * 3 + FRENCH + ENGLISH * 3, "en"),
        # a headline of names is not enough to call it something else than English
        ("1973: Bomb blasts rock central London", None),
        ("12.3 % / 45", None),
        ("", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert detect_language(text) == language
