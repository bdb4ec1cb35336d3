"""The table of lemmas: forms of the training treebanks whose lemma the runtime's rules miss."""

from collections import Counter
from pathlib import Path

from dragoman.language.lemmas import Lemmatizer
from training.corpora import treebank
from training.wordnet_lemmas import wordnet_rows

Key = tuple[str, str]


def observed(paths: list[Path]) -> tuple[dict[Key, Counter[str]], dict[Key, str]]:
    """Lemmas of every (form, UPOS) with their counts, and the commonest features of each."""
    lemmas: dict[Key, Counter[str]] = {}
    feats: dict[Key, Counter[str]] = {}
    for path in paths:
        for _, _, rows, _ in treebank(path):
            for row in rows:
                typo = "Typo=Yes" in row[5] and row[3] not in {"AUX", "PART"}
                if row[2] == "_" or typo or any(c in row[1] + row[2] for c in "\t\n "):
                    continue
                for form in {row[1], row[1].lower() if row[2].islower() else row[1]}:
                    lemmas.setdefault((form, row[3]), Counter())[row[2]] += 1
                    feats.setdefault((form, row[3]), Counter())[row[5]] += 1
    return lemmas, {key: count.most_common(1)[0][0] for key, count in feats.items()}


def missed(lemmas: dict[Key, Counter[str]], feats: dict[Key, str]) -> dict[Key, str]:
    """What the rules get wrong: small letters first, then the forms in capitals that these do not cover."""
    table: dict[Key, str] = {}
    for small in (True, False):
        known = Lemmatizer(dict(table))
        for (form, upos), counts in sorted(lemmas.items()):
            best, seen = counts.most_common(1)[0]
            rare = seen < 3 and (upos in {"PUNCT", "X", "SYM"} or not small)
            if (form == form.lower()) == small and not rare and known(form, upos, feats[form, upos]) != best:
                table[form, upos] = best
    return table


def write_lemmas(data: Path, out: Path) -> None:
    """Write form, UPOS and lemma of forms that the rules miss: the treebanks' own, and WordNet's of unseen forms."""
    lemmas, feats = observed([data / "ud_ewt_train.conllu.xz", data / "ud_gum_open_train.conllu.xz"])
    unseen = {key: lemma for key, lemma in wordnet_rows().items() if key not in lemmas}
    table = unseen | missed(lemmas, feats)
    rows = ("\t".join((form, upos, lemma)) for (form, upos), lemma in sorted(table.items()))
    out.write_text("form\tupos\tlemma\n" + "".join(row + "\n" for row in rows), encoding="utf-8")
