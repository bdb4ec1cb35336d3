"""The table of lemmas: forms of the training treebanks whose lemma the runtime's rules miss."""

from collections import Counter
from pathlib import Path

from dragoman.language.lemmas import by_rule
from training.corpora import treebank


def observed(paths: list[Path]) -> tuple[dict[tuple[str, str], Counter[str]], dict[tuple[str, str], str]]:
    """Lemmas of every (form, UPOS) with their counts, and the commonest features of each."""
    lemmas: dict[tuple[str, str], Counter[str]] = {}
    feats: dict[tuple[str, str], Counter[str]] = {}
    for path in paths:
        for _, _, rows, _ in treebank(path):
            for row in rows:
                key = row[1] if row[3] in {"PROPN", "X"} or row[2] != row[2].lower() else row[1].lower(), row[3]
                lemmas.setdefault(key, Counter())[row[2]] += 1
                feats.setdefault(key, Counter())[row[5]] += 1
    return lemmas, {key: count.most_common(1)[0][0] for key, count in feats.items()}


def write_lemmas(data: Path, out: Path) -> None:
    """Write form, UPOS, lemma for the forms that the rules miss."""
    lemmas, feats = observed([data / "ud_ewt_train.conllu.xz", data / "ud_gum_open_train.conllu.xz"])
    rows = []
    for (form, upos), counts in sorted(lemmas.items()):
        best, seen = counts.most_common(1)[0]
        tidy = not any(c in form + best for c in "\t\n") and best != "_"
        if tidy and best != by_rule(form, upos, feats[form, upos]) and not (upos in {"PUNCT", "X", "SYM"} and seen < 3):
            rows.append((form, upos, best))
    out.write_text("form\tupos\tlemma\n" + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
