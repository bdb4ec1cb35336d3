"""A drawing that a notebook shows and a file can hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dragoman.plots.png import png
from dragoman.store.exports.files import whole_files


@dataclass(frozen=True, slots=True, repr=False)
class Drawing:
    """An SVG of WIDTH units. A notebook shows it by itself; `save` writes it to a file. `summary` says how much is
    drawn, and why the rest is not.
    """

    svg: str
    summary: str
    width: int

    def __repr__(self) -> str:
        return f"<Drawing: {self.summary}>"

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: Path | str, force: bool = False, scale: float = 2.0) -> None:
        """Write it to PATH, whole or not at all: as PNG where the name ends in .png (extra `plots`), with SCALE pixels
        a unit, else as SVG.

        Raises RecordError where a file is there and FORCE isn't given.
        """
        body = png(self.svg, self.width, scale) if str(path).lower().endswith(".png") else self.svg.encode()
        with whole_files((Path(path),), force) as (file,):
            file.write(body)
