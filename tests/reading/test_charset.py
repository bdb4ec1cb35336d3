from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.charset import declared_charset, decode, known_charset, looks_binary

WESTERN = "“The café’s naïve façade” – £5"


@given(st.text())
def test_utf8_is_read_back(text: str) -> None:
    text = text.encode("utf-8", "replace").decode("utf-8").removeprefix("\ufeff")
    assert decode(text.encode("utf-8")).text == text


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded(data: bytes) -> None:
    assert isinstance(decode(data, "utf-8").text, str)


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\ufeff\0")),
    st.sampled_from(["utf-16", "utf-8-sig", "utf-32"]),
)
def test_byte_order_mark_goes_before_all(text: str, charset: str) -> None:
    assert decode(text.encode(charset), "cp1252").text == text


@pytest.mark.parametrize(
    ("data", "header", "charset", "how"),
    [
        (WESTERN.encode(), "utf-8", "utf-8", "header"),
        (WESTERN.encode("cp1252"), "windows-1252", "cp1252", "header"),
        # browsers read ISO 8859-1 as Windows 1252, where the curly quotes are
        (WESTERN.encode("cp1252"), "ISO-8859-1", "cp1252", "header"),
        (b"<meta charset='windows-1251'>" + "Мир".encode("cp1251"), None, "cp1251", "meta"),
        (b"<meta http-equiv=x content='text/html; charset=koi8-r'>" + "Мир".encode("koi8-r"), None, "koi8-r", "meta"),
        # header before meta
        (b"<meta charset='utf-8'>" + WESTERN.encode("cp1252"), "cp1252", "cp1252", "header"),
        # what names UTF-8 and isn't is not believed, nor what names one byte where the bytes are UTF-8
        (b"<meta charset='cp1252'>" + WESTERN.encode("cp1252"), "utf-8", "cp1252", "meta"),
        (WESTERN.encode(), "iso-8859-1", "utf-8", "utf-8"),
        (WESTERN.encode(), None, "utf-8", "utf-8"),
        (WESTERN.encode(), "no-such-charset", "utf-8", "utf-8"),
        (WESTERN.encode(), "base64", "utf-8", "utf-8"),
        ("日本語の新聞".encode("shift_jis"), "Shift_JIS", "shift_jis", "header"),
    ],
)
def test_order_of_witnesses(data: bytes, header: str | None, charset: str, how: str) -> None:
    decoded = decode(data, header)
    assert (decoded.charset, decoded.how) == (charset, how)
    assert "\ufffd" not in decoded.text


def test_detection_is_the_last_resort() -> None:
    text = "Le président a été reçu à l’Élysée, où il a évoqué la trêve, déjà menacée. " * 5
    decoded = decode(text.encode("cp1252"))
    assert decoded.how == "detected"
    assert decoded.text == text


def test_loss_is_said() -> None:
    decoded = decode(b"abc \x81\x8d", "cp1252")
    assert decoded.warning == "2 characters could not be decoded as cp1252"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<?xml version='1.0' encoding='iso-8859-2'?><html>", "iso-8859-2"),
        (b"<META CONTENT='text/html; CHARSET=Big5'>", "Big5"),
        (b"<p>charset=utf-8</p>", None),
    ],
)
def test_declared(data: bytes, name: str | None) -> None:
    assert declared_charset(data) == name


def test_utf16_in_a_meta_tag_means_utf8() -> None:
    assert known_charset("utf-16") == "utf-8"


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (b"%PDF-1.4 text", True),
        (b"PK\x03\x04", True),
        (b"a\0b\0" * 100, True),
        (b"plain\ttext\r\n", False),
        (b"", False),
    ],
)
def test_binary(data: bytes, binary: bool) -> None:
    assert looks_binary(data) is binary
