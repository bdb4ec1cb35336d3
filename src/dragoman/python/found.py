"""An answer of a record that is looped over, counted, or made a frame of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from dragoman.python.frames import Table, pandas_frame, polars_frame

if TYPE_CHECKING:
    import pandas
    import polars

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Found(Generic[T_co]):
    """What a record answers. It holds nothing: every loop asks the record anew and is given item by item, out of one
    view of the record, whatever others write meanwhile; so ten million facts need no more memory than ten.

    `len` asks for the number alone. A frame holds all of it in memory.
    """

    _what: str
    _items: Callable[[], Iterator[T_co]]
    _number: Callable[[], int]
    _table: Callable[[], Table]

    def __iter__(self) -> Iterator[T_co]:
        return self._items()

    def __len__(self) -> int:
        return self._number()

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    def __repr__(self) -> str:
        return f"<{self._what}>"

    def to_pandas(self) -> pandas.DataFrame:
        """All of it as a frame of pandas, with columns that know what is missing: text, Int64, Float64, boolean.

        Raises SettingError where pandas isn't installed.
        """
        return pandas_frame(self._table())

    def to_polars(self) -> polars.DataFrame:
        """All of it as a frame of polars. Raises SettingError where polars isn't installed."""
        return polars_frame(self._table())
