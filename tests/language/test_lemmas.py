import pytest

from dragoman.language.lemmas import Lemmatizer, by_rule

ROWS = [
    ("ministers", "NOUN", "Number=Plur", "minister"),
    ("countries", "NOUN", "Number=Plur", "country"),
    ("Talks", "NOUN", "Number=Plur", "talk"),
    ("UN", "PROPN", "Number=Sing", "UN"),
    ("Iraqis", "PROPN", "Number=Plur", "Iraqi"),
    ("attacked", "VERB", "Tense=Past", "attack"),
    ("agreed", "VERB", "Tense=Past", "agree"),
    ("planned", "VERB", "Tense=Past", "plan"),
    ("carried", "VERB", "Tense=Past", "carry"),
    ("negotiating", "VERB", "VerbForm=Ger", "negotiate"),
    ("proceed", "VERB", "VerbForm=Inf", "proceed"),
    ("urges", "VERB", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "urge"),
    ("n't", "PART", "Polarity=Neg", "not"),
    ("'s", "AUX", "", "be"),
    ("'s", "PART", "", "'s"),
    ("stronger", "ADJ", "Degree=Cmp", "strong"),
    ("The", "DET", "Definite=Def|PronType=Art", "the"),
    (".", "PUNCT", "", "."),
    ("340,000", "NUM", "NumForm=Digit|NumType=Card", "340000"),
    ("1,234.5", "NUM", "NumForm=Digit|NumType=Frac", "1234.5"),
    ("3,40", "NUM", "NumForm=Digit|NumType=Card", "3,40"),
    ("X", "NOUN", "Number=Sing", "X"),
    ("further", "ADJ", "Degree=Cmp", "further"),
    ("faster", "ADV", "Degree=Cmp", "fast"),
]


@pytest.mark.parametrize(("form", "upos", "feats", "lemma"), ROWS)
def test_rules(form: str, upos: str, feats: str, lemma: str) -> None:
    assert by_rule(form, upos, feats) == lemma


def test_the_table_goes_first_as_written_then_in_lower_case() -> None:
    lemma = Lemmatizer({("went", "VERB"): "go", ("us", "PRON"): "we", ("US", "PROPN"): "U.S."})
    assert [lemma("Went", "VERB", ""), lemma("US", "PROPN", ""), lemma("us", "PRON", "")] == ["go", "U.S.", "we"]


def test_the_table_is_asked_once_for_each_form_and_tags() -> None:
    asked = []

    class Table(dict[tuple[str, str], str]):
        def get(self, key: tuple[str, str], default: str | None = None) -> str | None:  # type: ignore[override]
            asked.append(key)
            return super().get(key, default)

    lemma = Lemmatizer(Table({("left", "VERB"): "leave"}))
    assert [lemma("left", upos, "") for upos in ("VERB", "ADJ", "VERB", "VERB")] == ["leave", "left", "leave", "leave"]
    assert asked == [("left", "VERB"), ("left", "ADJ"), ("left", "ADJ")]
