"""What may stand in the headers and event lines of `corpus/events`: modes, registers, regions, tags, variants.

Modes: PLOVER manual, draft 2.0 (Open Event Data Alliance). The rest is ours.
"""

from types import MappingProxyType
from typing import Final

MODES: Final = MappingProxyType(
    {
        "AGREE": (),
        "CONSULT": ("visit", "third-party", "multilateral", "phone"),
        "SUPPORT": (),
        "CONCEDE": (),
        "COOPERATE": (),
        "AID": (),
        "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
        "REQUEST": ("assist", "change", "yield", "meet"),
        "ACCUSE": ("disapprove", "investigate", "allege"),
        "REJECT": ("assist", "change", "yield", "meet"),
        "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
        "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
        "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
        "MOBILIZE": ("troops", "weapons", "police", "militia"),
        "COERCE": (
            "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation",
            "cyber",
        ),
        "ASSAULT": (
            "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
            "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
        ),
    }
)  # fmt: skip
"""Modes of each act."""

REGISTERS: Final = MappingProxyType(
    {
        "agency": "A news agency's report.",
        "paper": "A newspaper's report.",
        "headline": "A headline.",
        "brief": "A news brief, a caption, a line of a digest.",
        "ministry": "A communiqué or statement of a government.",
        "body": "A statement or report of an international body or a non-governmental organisation.",
        "broadcast": "Radio or television news, also as monitored and translated.",
        "chronology": "A line of a chronology or a yearbook.",
        "analysis": "An editorial, a column, a think tank.",
        "court": "A court's or a prosecutor's text.",
        "blog": "A blog, a newsletter, a post.",
    }
)

REGIONS: Final = frozenset(
    {
        "africa", "eastasia", "europe", "exsoviet", "global", "latam", "mideast", "namerica", "oceania", "sasia",
        "seasia",
    }
)  # fmt: skip
"""Where the matter of the report lies: exsoviet is the Soviet Union and its successors, seasia South-East Asia."""

CONSTRUCTIONS: Final = frozenset(
    {
        # how the act is said
        "active", "passive", "agentless", "nominal", "light", "particle", "idiom", "participle", "adjective", "gerund",
        "infinitive", "intransitive", "ditransitive", "headline", "ellipsis", "gapping", "inversion", "cleft",
        "imperative", "causative", "metaphor", "compound", "list",
        # how the parties are said
        "control", "raising", "relative", "apposition", "coordination", "distributive", "collective", "reciprocal",
        "possessive", "demonym", "metonym", "pronoun", "unnamed", "implied", "title", "former-state", "subnational",
        "company", "igo", "ngo", "armed-group", "party", "people", "court", "media", "third-party", "distractor",
        "addressee", "reporter",
        # what is to be known of status, background and date
        "negation", "future", "plan", "offer", "promise", "conditional", "modal", "question", "wish", "order",
        "denial", "claim", "rumour", "quote", "rebuttal", "phase", "failure", "cancelled", "anniversary", "background",
        "since", "relative-date", "date", "progressive", "ongoing", "perfect", "pluperfect",
        "historic-present",
        # why there is no event, or what in it is none
        "none-name", "none-attributive", "none-generic", "none-habitual", "none-idiom", "none-sport", "none-business",
        "none-comment", "none-figure", "none-culture", "none-nature", "none-office", "none-description", "none-plan",
    }
)  # fmt: skip
"""Tags of items; `none-…` says why an item has no event."""

VARIANTS: Final = frozenset(
    {
        "base", "negated", "future", "passive", "active", "renamed", "anniversary", "swapped", "denied", "claimed",
        "hypothetical", "proposed", "ongoing", "background", "nominal", "headline", "relative", "cancelled", "quoted",
        "question", "none",
    }
)  # fmt: skip
"""How an item of a minimal set differs from the set's base; a digit may follow for a second one of the kind."""
