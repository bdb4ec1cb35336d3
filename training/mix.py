"""The mean of two networks of one descent: `python -m training.mix --first A --second B --share 0.6 --out model.pt`.

After Wortsman et al. (2022), model soups: a network that has learnt acts reads trees worse than the one it started
from; between the two lies one that reads trees nearly as the old one does and still knows acts. A head that only the
first has is the first's.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor


def mixed(first: Mapping[str, Tensor], second: Mapping[str, Tensor], share: float, own: str) -> dict[str, Tensor]:
    """SHARE of the first network's weights and the rest of the second's; of names that start with OWN the first's."""
    return {
        name: weight * share + second[name] * (1 - share)
        if name in second and second[name].shape == weight.shape and not name.startswith(own)
        else weight
        for name, weight in first.items()
    }


def main() -> None:
    """Write the mean."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--first", type=Path, required=True)
    p.add_argument("--second", type=Path, required=True)
    p.add_argument("--share", type=float, required=True, help="what the first counts, 0 to 1")
    p.add_argument("--own", default="acts.", help="beginning of the names whose weights are the first's alone")
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    first, second = (torch.load(path, map_location="cpu", weights_only=True) for path in (a.first, a.second))
    a.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({**first, "net": mixed(first["net"], second["net"], a.share, a.own)}, a.out)


if __name__ == "__main__":
    main()
