"""Whatever the text, the parse is well formed, its offsets fit, and its time grows with the text's length alone."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.language.parser import Parser, load_parser
from dragoman.language.segments import LONGEST_SENTENCE, real_words, windows
from dragoman.language.tokens import LONGEST_RUN, tokenise


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


def check(doc: Doc, text: str) -> None:
    """The text is kept, and the heads of every sentence make one tree inside it."""
    kept = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    assert doc.text == kept
    assert [kept[token.idx : token.idx + len(token)] for token in doc] == [token.text for token in doc]
    assert [token.i for sentence in doc.sents for token in sentence] == list(range(len(doc)))
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        heads = {token.i: token.head.i for token in words}
        assert len(words) <= LONGEST_SENTENCE
        assert set(heads.values()) <= set(heads)
        roots = [i for i, head in heads.items() if i == head]
        assert len(roots) == bool(words)
        assert [token.i for token in words if token.dep_ == "root"] == roots
        assert without_cycle(heads)
        assert all(token.pos_ and token.lemma_ and token.dep_ for token in words)
    for entity in doc.ents:
        assert not entity[0].is_space
        assert entity.sent.start <= entity.start < entity.end <= entity.sent.end


def without_cycle(heads: dict[int, int]) -> bool:
    """Whether every word comes to a root in as many steps as there are words."""
    at = dict(heads)
    for _ in range(len(heads).bit_length()):
        at = {i: at[j] for i, j in at.items()}
    return all(heads[j] == j for j in at.values())


SCRIPTS = {
    "Arabic with its marks": "قال الوزير إن الاتفاق \u200fوُقِّع\u200e في \u061cالقاهرة.",
    "Hebrew": "השר אמר כי \u202bההסכם\u202c נחתם.",
    "Persian with joiners": "وزیر گفت که می\u200cرود؛ آنها نمی\u200dآیند.",
    "Chinese": "中国外交部发言人表示，反对任何形式的制裁。“我们”将采取措施！",
    "Japanese": "日本の外務大臣は会談を行った。「合意」した。",
    "Korean": "한국 외교부 장관이 말했다. 회담이 열렸다.",
    "Cyrillic": "Министр сказал: «Договор подписан». Переговоры идут.",
    "Devanagari": "मंत्री ने कहा कि समझौता हुआ। वे लौट आए॥",
    "Thai": "รัฐมนตรีกล่าวว่าข้อตกลงได้ลงนามแล้ว",
    "Greek": "Ο υπουργός είπε ότι η συμφωνία υπογράφηκε.",
    "mixed": "President 习近平 met Владимир Путин in موسكو on 3 May.",
    "direction overrides": "The \u202eretsinim\u202c said \u2066no\u2069 \u2067abc\u2069.",
    "zero width": "min\u200bister\u200c said\u200d n\u2060o.\ufeff He\u00ad left.",
    "combining": "Z\u0335\u0321a\u0300\u0301\u0302\u0303l\u0334go said e\u0301te\u0301.",
    "emoji": "👩🏽\u200d🚀 and 🏳️\u200d🌈 met 🇺🇳 👨\u200d👩\u200d👧\u200d👦 ❤️‍🔥 1️⃣.",
    "controls": "He\x00 said\x01\x02 \x1bno\x1b[0m.\x7f\x80\x9f He\x08 left.",
    "separators": "One\u2028two\u2029three\x0bfour\x0cfive\x1csix\x1eseven\x85eight.",
    "odd blanks": "He\u00a0said\u2003no.\u3000He\u200aleft.\u1680Then\u205fshe.",
    "lone surrogates": "He \ud800said\udfff no\udc00\ud83d. He left.",
    "not characters": "He \ufffe said \uffff no \U0010ffff.",
    "private": "\ue000\uf8ff said \U000f0000.",
    "full width": "Ｔｈｅ ｍｉｎｉｓｔｅｒ ｓａｉｄ １２３．",
    "only marks": "?!... --- *** ((( ))) [[ ]] “” ‘’ « » ;;; ,,, ::",
    "only blanks": " \t\n\r\n \u00a0\u2003 \n\n\n ",
    "one blank before": " The minister said no.",
    "lines alone": "\n" * 3000,
    "words between lines": "word\n" * 400,
    "markup": "<p>The <b>minister</b> said&nbsp;no.</p> <!-- no --> {{x|y}} [[z]]",
    "a table": "1,2;3\t4|5\n6,7;8\t9|10\n" * 20,
    "SQL and code": "'; DROP TABLE facts; -- for (i=0;i<n;++i){a[i]*=-b->c;}",
    "OCR": "Tlie rninister sa1d,that tbe talks.The envoy1eft at3 p .m . on Mon- day",
    "all capitals": "MINISTER SAYS NO. TALKS END; ENVOY LEAVES GENEVA. " * 5,
    "a name of 300 initials": "A.B." * 150,
    "nested quotations": "“‘“‘He said ‘no,’” she said,’ he said.” " * 10,
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_scripts_and_marks_parse_well_formed(parser: Parser, text: str) -> None:
    check(parser.parse(text), text)


PIECES = st.one_of(
    st.sampled_from([*SCRIPTS.values()]).map(lambda text: text[:12]),
    st.sampled_from(
        [" ", "  ", "\n", "\r\n", "\t", "\u200d", "\u200f", "\u202e", "\u0301", "\x00", "\ud800", "\udfff", "👩", "🇺",
         "The", "minister", "said", "No.", "5", "U.S.", "etc.", "n't", "'s", "its", "a", "[6]", '"', "“", "”", "(", ")",
         ".", "...", "?!", ",", ";", ":", "-", "—", "/", "$", "%", "bn", "65k."]
    ),
    st.text(max_size=6),
    st.characters(),
)  # fmt: skip


@given(st.lists(PIECES, max_size=50).map("".join))
@settings(max_examples=120, deadline=None)
def test_any_mixture_parses_well_formed(parser: Parser, text: str) -> None:
    check(parser.parse(text), text)


@given(st.lists(PIECES, max_size=200).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_mixture_is_cut_into_windows_that_cover_it(text: str) -> None:
    doc = tokenise(text)
    words = real_words(doc)
    assert words == [token.i for token in doc if not token.is_space]
    found = windows(doc, [1] * len(words))
    assert [i for window in found for i in window.words] == words
    for window in found:
        assert window.must[0] == 0
        assert not set(window.must) & set(window.mustnt)
        assert {*window.must, *window.mustnt, *window.likely} <= set(range(len(window.words)))


LONG = {
    "words without a stop": "leaders of the two states met and ",
    "one run": "x",
    "a run of parts": "ab-",
    "opening marks": "(",
    "straight quotes": '"a" ',
    "footnotes": "[6] ",
    "stops": ". ",
    "initials": "A. ",
    "mended words": "No. 5 etc. its a ",
    "lines": "\n",
    "short lines": "A b\n",
    "wrapped lines": "Ab c.\nde ",
    "items": "1) a; ",
    "joined emoji": "👩\u200d",
    "combining marks": "a\u0301\u0302",
    "Chinese": "中文",
    "surrogates": "\ud800",
    "white space": " \n\t",
}


def seconds(work: Callable[[str], object], text: str) -> float:
    """The least processor time of two runs."""
    times = []
    for _ in range(2):
        began = time.process_time()
        work(text)
        times.append(time.process_time() - began)
    return min(times)


def cut(text: str) -> None:
    doc = tokenise(text)
    windows(doc, [1] * len(real_words(doc)))


@pytest.mark.parametrize("unit", LONG.values(), ids=LONG)
def test_words_and_windows_take_time_in_the_order_of_the_length(unit: str) -> None:
    """Four times the text may take eight times as long, no more: squares would take sixteen."""
    short, long = (unit * (size // len(unit)) for size in (15_000, 60_000))
    assert seconds(cut, long) < 8 * seconds(cut, short) + 0.1


@pytest.mark.parametrize("name", ["words without a stop", "a run of parts", "combining marks", "short lines"])
def test_parsing_takes_time_in_the_order_of_the_length(parser: Parser, name: str) -> None:
    unit = LONG[name]
    short, long = (unit * (size // len(unit)) for size in (600, 2400))
    assert seconds(parser.parse, long) < 8 * seconds(parser.parse, short) + 0.2
    check(parser.parse(long), long)


def test_a_megabyte_without_blanks_is_cut_into_words() -> None:
    text = "https://a.example/" + "x1.é-" * 200_000
    doc = tokenise(text)
    assert doc.text == text
    assert max(map(len, doc)) <= LONGEST_RUN
