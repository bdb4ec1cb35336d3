"""A page as a test looks at it: its elements, its text, what is marked in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "img", "br", "hr", "use", "circle", "path", "rect", "line"}


@dataclass
class Tag:
    name: str
    attributes: dict[str, str]
    parents: tuple[Tag, ...]
    text: list[str] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]


class Page(HTMLParser):
    """Raises AssertionError where elements aren't closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.open: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Tag(tag, {name: value or "" for name, value in attrs}, tuple(self.open))
        self.tags.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}, tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1].name == tag, (tag, [t.name for t in self.open])
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            tag.text.append(data)

    def all(self, *names: str, css: str | None = None) -> list[Tag]:
        return [t for t in self.tags if t.name in names and (css is None or css in t.get("class").split())]

    def texts(self, name: str) -> list[str]:
        return ["".join(tag.text) for tag in self.all(name)]

    def text_of(self, name: str) -> str:
        return "".join(self.texts(name))

    @property
    def ids(self) -> set[str]:
        return {tag["id"] for tag in self.tags if "id" in tag.attributes}

    def links(self, address: str) -> list[Tag]:
        return [tag for tag in self.all("a") if tag["href"] == address]

    def marked(self) -> dict[str, str]:
        """Words by the number of their fact."""
        found: dict[str, str] = {}
        for mark in self.all("mark"):
            for number in mark["data-f"].split():
                found[number] = found.get(number, "") + "".join(mark.text)
        return found

    def article(self) -> str:
        """The report's text without the numbers of facts."""
        (article,) = self.all("article")
        refs = {"".join(tag.text) for tag in self.all("a", css="ref")}
        return "".join(part for part in article.text if part not in refs).strip()

    @staticmethod
    def names(html: str) -> set[str]:
        return {tag.name for tag in read(html).tags}


def read(html: str) -> Page:
    page = Page()
    page.feed(html)
    page.close()
    assert not page.open, [tag.name for tag in page.open]
    return page
