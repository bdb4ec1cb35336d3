"""robots.txt as RFC 9309 has it, with Crawl-delay and Sitemap lines, read by Protego."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from protego import Protego

MAX_ROBOTS_BYTES: Final = 512_000
"""How much of a robots.txt is read (the RFC asks for at least 500 KiB)."""

LONGEST_DELAY_S: Final = 86_400.0
"""A site that asks for more than a day between two requests gets a day."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a robots.txt asks of us."""

    robots: Protego
    agent: str

    def allows(self, address: str) -> bool:
        """Whether ADDRESS may be fetched; of equally long rules that match, Allow wins; without one, it may."""
        return address.partition("?")[0].endswith("/robots.txt") or bool(self.robots.can_fetch(address, self.agent))

    @property
    def delay_s(self) -> float:
        """Seconds that are to lie between two requests to the host; 0 where nothing is asked."""
        rate = self.robots.request_rate(self.agent)
        asked = [self.robots.crawl_delay(self.agent), rate.seconds / rate.requests if rate and rate.requests else None]
        told = [float(one) for one in asked if one is not None and math.isfinite(one) and one > 0]
        return min(max(told, default=0.0), LONGEST_DELAY_S)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Addresses of the site's maps, in the order of the file."""
        return tuple(self.robots.sitemaps)


def rules_for(robots: str, agent: str) -> Rules:
    """The rules of the groups that name AGENT (its product word, without version), else of those for `*`."""
    product = agent.split("/")[0].split()[0] if agent.strip() else ""
    return Rules(Protego.parse(robots), product)
