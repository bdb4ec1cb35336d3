"""Mentions as their phrase alone gives them: what they cover, and whose they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.coding.draft import Draft, Mention

DraftOf = Callable[..., Draft]


def found(draft: Draft, words: str) -> Mention:
    """The first mention that covers the first token of WORDS."""
    token = draft.doc.char_span(*_span(draft, words), alignment_mode="expand")[0]
    mention = draft.mention_at(token)
    assert mention is not None, [draft.doc[m.start : m.end].text for m in draft.actors]
    return mention


def _span(draft: Draft, words: str) -> tuple[int, int]:
    start = draft.doc.text.index(words)
    return start, start + len(words)


def codes(mention: Mention) -> list[str]:
    """Country and sector of each actor of a mention."""
    return [f"{a.country or '---'} {a.sector or ''}".strip() for a in (mention.actor, *mention.others)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        # titles and whose they are
        ("The Turkish prime minister resigned.", "prime", ["TUR GOV"]),
        ("The president of Egypt met reporters.", "president", ["EGY GOV"]),
        ("The presidents of Egypt and Israel signed.", "presidents", ["EGY GOV", "ISR GOV"]),
        ("The French and German leaders met.", "leaders", ["FRA GOV", "DEU GOV"]),
        ("U.S. and British troops landed.", "troops", ["USA MIL", "GBR MIL"]),
        ("A spokesman for the Israeli army denied it.", "spokesman", ["ISR MIL"]),
        ("A Taliban spokesman denied it.", "spokesman", ["AFG REB"]),
        ("NATO commanders met in Naples.", "commanders", ["--- IGO"]),
        ("Iran's parliament passed the bill.", "parliament", ["IRN LEG"]),
        ("The foreign minister of Kenya's neighbour Somalia left.", "Somalia", ["SOM GOV"]),
        ("Police in Istanbul detained a journalist.", "Police", ["TUR COP"]),
        ("The generals in Bangkok closed the border.", "generals", ["THA MIL"]),
        ("A Russian bomber crossed the border.", "bomber", ["RUS MIL"]),
        ("The Hungarian side signed.", "side", ["HUN GOV"]),
        ("French guardsmen fled.", "guardsmen", ["FRA MIL"]),
        ("Hundreds of demonstrators in Yerevan blocked a road.", "Hundreds", ["ARM CVL"]),
        ("The Regional Trial Court in Cebu ordered an arrest.", "Court", ["PHL JUD"]),
        ("The Egyptian Foreign Ministry condemned the raid.", "Foreign", ["EGY GOV"]),
        ("American troops in Germany went home.", "troops", ["USA MIL"]),
        ("Former President Richard Nixon visited China.", "Nixon", ["USA ELI"]),
        ("Syrian opposition forces took the town.", "forces", ["SYR REB"]),
        # a country that only qualifies another party
        ("Pro-Russian rebels shelled the town.", "rebels", ["--- REB"]),
        ("Iran-backed militias fled.", "militias", ["--- PRM"]),
        ("Saudi-led forces landed.", "forces", ["SAU MIL"]),
        ("A China expert at the university disagreed.", "expert", ["--- EDU"]),
        # bare roles, by where they act and whom they have before them
        ("Police fired on students in Nairobi.", "Police", ["KEN COP"]),
        ("Police fired on students in Nairobi.", "students", ["KEN EDU"]),
        ("The army fired on Kenyan students.", "army", ["KEN MIL"]),
        ("Foreign troops fired on students in Nairobi.", "troops", ["--- MIL"]),
        ("Soldiers fired on Kenyan students and on Ugandan traders.", "Soldiers", ["--- MIL"]),
        ("Rebels planted a bomb outside the British embassy.", "Rebels", ["--- REB"]),
        ("Inspectors came to Iran.", "Inspectors", ["--- COP"]),
        # its own troops, sent by the subject
        ("Cameroon sent troops to the border.", "troops", ["CMR MIL"]),
        ("Yugoslavia withdrew its forces from Kosovo.", "forces", ["YUG MIL"]),
        # things and people with an adjective
        ("Iraqi positions were bombed.", "positions", ["IRQ MIL"]),
        ("A Yugoslav aircraft crossed the border.", "aircraft", ["YUG MIL"]),
        ("Three Somali men were arrested.", "men", ["SOM CVL"]),
        ("Dutch farmers blocked a road.", "farmers", ["NLD AGR"]),
        ("Soviet fighters intercepted a Korean airliner.", "fighters", ["SUN MIL"]),
        ("Taliban fighters took the town.", "fighters", ["AFG REB"]),
        ("A bomb killed eight people in Kabul.", "people", ["AFG CVL"]),
        ("A suspect met Hun Sen and John Major.", "Sen", ["KHM GOV"]),
        # peoples: the side, or some of its people
        ("The Americans and the Russians held talks.", "Americans", ["USA GOV"]),
        ("Three Israelis were killed.", "Israelis", ["ISR CVL"]),
        ("Thousands of Iranians marched.", "Thousands", ["IRN CVL"]),
        # groups that are never listed
        ("Arab ministers condemned the raid.", "ministers", ["--- GOV"]),
        ("Western diplomats left the hall.", "diplomats", ["--- GOV"]),
        # governments and mere places
        ("Moscow rejected the plan.", "Moscow", ["RUS GOV"]),
        ("Talks were held in Moscow.", "Moscow", ["RUS"]),
        ("The delegation flew home from Paris.", "Paris", ["FRA"]),
        ("Argentina invaded the Falkland Islands.", "Falkland", ["GBR GOV"]),
        ("Reuters reported it first.", "Reuters", ["GBR JRN"]),
    ],
)
def test_codes(draft_of: DraftOf, text: str, words: str, expected: list[str]) -> None:
    assert codes(found(draft_of(text), words)) == expected


@pytest.mark.parametrize(
    ("text", "words", "name", "covered"),
    [
        ("The Turkish prime minister resigned.", "prime", "Turkish prime minister", "Turkish prime minister"),
        ("The presidents of Egypt and Israel signed.", "presidents", "president of Egypt", "presidents"),
        ("Protesters in northern Mexico blocked roads.", "Protesters", "Protesters in northern Mexico", "Protesters"),
        ("Osama bin Laden spoke on a tape.", "Osama", "Osama bin Laden", "Osama bin Laden"),
        ("Ursula von der Leyen arrived.", "Ursula", "Ursula von der Leyen", "Ursula von der Leyen"),
        ("Chairman Mao Tse-tung spoke.", "Mao", "Mao Tse-tung", "Chairman Mao Tse-tung"),
        (
            "Sergei Lavrov, the Russian foreign minister, left.",
            "Lavrov",
            "Sergei Lavrov",
            "Sergei Lavrov, the Russian foreign minister",
        ),
        (
            "South Korea's security adviser, Chung Eui-yong, left.",
            "adviser",
            "Chung Eui-yong",
            "South Korea's security adviser, Chung Eui-yong",
        ),
        (
            "Students of the University of Tehran protested.",
            "University",
            "University of Tehran",
            "University of Tehran",
        ),
    ],
)
def test_names(draft_of: DraftOf, text: str, words: str, name: str, covered: str) -> None:
    draft = draft_of(text)
    mention = found(draft, words)
    assert (mention.actor.name, draft.doc[mention.start : mention.end].text) == (name, covered)


@pytest.mark.parametrize(
    ("text", "published", "words", "expected"),
    [
        ("Moscow rejected the plan.", "1979-01-10", "Moscow", ["SUN GOV"]),
        ("President Nixon spoke.", "1972-02-21", "Nixon", ["USA GOV"]),
        ("General Musharraf spoke.", "2003-02-21", "Musharraf", ["PAK GOV"]),
        ("The Serbs shelled the town.", "1994-04-12", "Serbs", ["BIH REB"]),
        ("The Serbs shelled the town.", "1998-04-12", "Serbs", ["SRB GOV"]),
        ("The Russians left.", "1975-04-12", "Russians", ["SUN GOV"]),
        ("He wrote to the Nine.", "1975-04-12", "Nine", ["--- EUR"]),
        ("General Secretary Leonid Brezhnev spoke.", "1979-06-18", "Leonid", ["SUN GOV"]),
        ("The Chinese Communist Party met.", "1979-06-18", "Communist", ["CHN GOV"]),
        ("The Italian Communist Party met.", "1979-06-18", "Communist", ["ITA PTY"]),
        ("Soviet fighters and a Yugoslav aircraft were seen.", "1979-06-18", "aircraft", ["YUG MIL"]),
    ],
)
def test_the_day_tells(draft_of: DraftOf, text: str, published: str, words: str, expected: list[str]) -> None:
    assert codes(found(draft_of(text, published), words)) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("There was opposition to the plan.", "opposition"),
        ("They called a general strike.", "general"),
        ("The ministers met at a conference.", "conference"),
    ],
)
def test_no_party(draft_of: DraftOf, text: str, words: str) -> None:
    draft = draft_of(text)
    assert draft.mention_at(draft.doc.char_span(*_span(draft, words))[0]) is None


def test_spans_are_those_of_the_mention(draft_of: DraftOf) -> None:
    draft = draft_of("Iran recalled its ambassador. The two governments of the region met Angela Merkel. She left.")
    for mention in draft.actors:
        for actor in (mention.actor, *mention.others):
            assert actor.span == draft.chars(mention.start, mention.end)


def test_dateline_is_no_party(draft_of: DraftOf) -> None:
    draft = draft_of("BEIJING, June 9 (Xinhua) -- The government will cut tariffs.")
    assert [codes(m) for m in draft.actors] == [["CHN GOV"]]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "The", "of", "Mr.", "-", "'s", "the two"])
def test_scraps(draft_of: DraftOf, text: str) -> None:
    assert draft_of(text).actors == ()
