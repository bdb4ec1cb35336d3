"""Cut an encoder's vocabulary to the word pieces that the corpora and the lexicon use most.

`python -m training.vocabulary --encoder FOLDER --model model.pt --corpora corpora.pickle --size 14000 --out FOLDER`
writes an encoder folder (`config.json`, `tokenizer.json`) and the model with the rows that are left. Words whose piece
is gone fall into smaller pieces; characters of scripts that English news does not use become unknown.
"""

import argparse
import json
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import torch

import dragoman
from dragoman.language.pieces import WordPieces
from training.corpora import Document, flatten

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
LEXICON_WEIGHT = 3
"""A word of the lexicon counts as if the corpora had it so many times: each place and body is rare in texts."""


def lexicon_words() -> Iterator[str]:
    """Words of the lexicon's tables."""
    for path in sorted((Path(dragoman.__file__).parent / "lexicon" / "data").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                yield from line.split()


def count(pieces: WordPieces, documents: Iterable[Document]) -> Counter[int]:
    """How often each piece occurs in the documents and, weighted, in the lexicon."""
    words: Counter[str] = Counter(word for s in flatten(documents) for word in s.words)
    for word in set(lexicon_words()):
        words[word] += LEXICON_WEIGHT
    forms = list(words)
    found: Counter[int] = Counter()
    for form, (ids, _) in zip(forms, pieces(forms), strict=True):
        for piece in ids:
            found[piece] += words[form]
    return found


def always(vocabulary: dict[str, int]) -> set[int]:
    """Pieces that stay whatever their count: special ones, and single characters of Latin script and its marks."""
    kept = {vocabulary[name] for name in SPECIAL}
    return kept | {k for piece, k in vocabulary.items() if len(c := piece.removeprefix("##")) == 1 and ord(c) < 0x250}


def cut(tokenizer: dict[str, object], kept: list[int]) -> dict[str, object]:
    """The tokenizer with the pieces of these old numbers, numbered anew in that order."""
    model = tokenizer["model"]
    assert isinstance(model, dict)
    form = {k: piece for piece, k in model["vocab"].items()}
    vocabulary = {form[k]: new for new, k in enumerate(kept)}
    added = tokenizer["added_tokens"]
    assert isinstance(added, list)
    out = {
        **tokenizer,
        "model": {**model, "vocab": vocabulary},
        "post_processor": None,
        "truncation": None,
        "padding": None,
    }
    out["added_tokens"] = [{**token, "id": vocabulary[token["content"]]} for token in added]
    return out


def main() -> None:
    """Write the folder."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--encoder", type=Path, required=True)
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--corpora", type=Path, required=True, help="corpora.pickle of the training folder")
    p.add_argument("--size", type=int, default=14000)
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    found = pickle.loads(a.corpora.read_bytes())
    counts = count(
        WordPieces(a.encoder / "tokenizer.json"), (d for k, v in found.items() if not k.endswith("_dev") for d in v)
    )
    tokenizer = json.loads((a.encoder / "tokenizer.json").read_text(encoding="utf-8"))
    stay = always(tokenizer["model"]["vocab"])
    most = [k for k, _ in counts.most_common() if k not in stay][: a.size - len(stay)]
    kept = sorted(stay | set(most))
    (a.out / "tokenizer.json").write_text(json.dumps(cut(tokenizer, kept), ensure_ascii=False), encoding="utf-8")
    config = json.loads((a.encoder / "config.json").read_text(encoding="utf-8"))
    (a.out / "config.json").write_text(json.dumps({**config, "vocab_size": len(kept)}, indent=1), encoding="utf-8")
    saved = torch.load(a.model, map_location="cpu", weights_only=True)
    saved["net"]["encoder.words.weight"] = saved["net"]["encoder.words.weight"][kept]
    saved["sizes"]["vocabulary"] = len(kept)
    torch.save(saved, a.out / "model.pt")
    total = sum(counts.values())
    print(
        len(kept),
        "pieces kept, which are",
        round(100 * sum(counts[k] for k in kept) / total, 2),
        "% of the pieces read",
    )


if __name__ == "__main__":
    main()
