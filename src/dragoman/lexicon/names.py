"""Names of countries for their codes, and the names and codes that a reader types."""

from __future__ import annotations

from dragoman.lexicon.countries import Country, CountryIndex
from dragoman.lexicon.countries import index as country_index
from dragoman.lexicon.plover import Terms, terms
from dragoman.lexicon.table import Lexicon


class Names:
    """Countries by code and by name, and the codebook's modes and contexts, out of the tables."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._index: CountryIndex = lexicon.compiled(country_index)
        self._by_code: dict[str, Country] = {row.code: row for row in lexicon.rows(Country)}

    def known(self, code: str) -> bool:
        """Whether there is or was a country of that code."""
        return code in self._by_code

    def of(self, code: str) -> str:
        """The country's name; the code itself where the tables don't have it."""
        row = self._by_code.get(code)
        return row.name if row else code

    def code(self, name: str) -> str | None:
        """The code of a country that is called NAME, whatever its case, or None; capitals and peoples don't count."""
        for form in (name, name.title(), name.upper()):
            for reading in self._index.by_name(form):
                if reading.kind == "name":
                    return reading.country.fact_code
        return None

    def is_name(self, text: str, code: str) -> bool:
        """Whether TEXT by itself already names the country CODE."""
        return text == self.of(code) or any(r.country.code == code for r in self._index.by_name(text))

    @property
    def terms(self) -> Terms:
        """The modes and contexts of the codebook."""
        return self._lexicon.compiled(terms)
