"""Terms of the field, each glossed once with its source.

Sources: PLOVER manual, draft 2.0 (Open Event Data Alliance); CAMEO 1.1b3 (Schrodt 2012); TIMEX3 (ISO-TimeML, ISO
24617-1); Universal Dependencies v2. The types in `facts.py` are checked against the same names; codes and scores
stand in tables under `lexicon/data`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

COOPERATIVE: Final = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
"""The seven cooperative types; the other nine are conflict. PLOVER counts REQUEST, score 0, as verbal conflict."""

FUTURE_AGREE: Final = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
"""Types that PLOVER counts as AGREE while the act is still to come (manual 2.0, AGREE)."""

STATUSES: Final = MappingProxyType(
    {
        "happened": "The report says, as its own knowledge, that it took place.",
        "ongoing": "It was under way when the report was written.",
        "scheduled": "It is to come, with a decision, a date or an announcement behind it.",
        "proposed": "Somebody wants, offers, urges or threatens it; nothing is settled.",
        "hypothetical": "It is only supposed: a condition, a possibility, a question, a cost.",
        "denied": "The report says that it did not or will not take place, or quotes a denial of it.",
        "claimed": "An interested party says that it took place; the report does not say so itself.",
    }
)

BASE_STATUSES: Final = frozenset({"happened", "ongoing"})
"""Statuses that count as something that took place."""

AGREEMENT_STATUSES: Final = MappingProxyType(
    {
        "proposed": "Offered, demanded or under negotiation.",
        "agreed": "Terms are settled; nothing is signed.",
        "initialled": "Negotiators have put their initials to the text.",
        "signed": "Signed by the parties.",
        "ratified": "Approved by a party's legislature or head of state.",
        "in force": "It binds the parties.",
        "suspended": "A party has stopped applying it for the time being.",
        "violated": "A party is said to have broken it.",
        "rejected": "A party has refused it.",
        "left": "A party has withdrawn from it.",
        "expired": "It has run out or been ended.",
        "mentioned": "It is named; nothing is said of how far it has come.",
    }
)

BODY_SECTORS: Final = MappingProxyType(
    {
        "IGO": "International governmental organisation other than the UN and the EU.",
        "UNO": "The United Nations and its bodies.",
        "EUR": "The European Union and its bodies.",
        "NGO": "International non-governmental organisation.",
        "ISM": "International social movement.",
        "IMG": "International armed group.",
        "MNC": "Multinational company.",
    }
)

SECTORS: Final = MappingProxyType(
    {
        "GOV": "Government: the executive, its ministries and those who speak for it.",
        "MIL": "Armed forces of a state.",
        "JUD": "Courts, judges and prosecutors.",
        "LEG": "Parliaments and their members.",
        "COP": "Police and other law enforcement.",
        "SPY": "Intelligence services.",
        "PRM": "Paramilitary or militia on the government's side.",
        "REB": "Armed opposition, rebels, separatists.",
        "UAF": "Unidentified armed force.",
        "PTY": "Political party.",
        "OPP": "Political opposition without arms.",
        "ELI": "Elite: former officials and others of influence without office.",
        "JRN": "Journalists and news media.",
        "MED": "Medical: doctors, hospitals, health workers (not media).",
        "BUS": "Business.",
        "LAB": "Workers and trade unions.",
        "AGR": "Farmers and agriculture.",
        "EDU": "Education: teachers, students, universities.",
        "REL": "Religious bodies and clergy.",
        "CVL": "Civilians, people at large.",
        "SOC": "Civil-society groups within a country.",
        "CRM": "Criminals and criminal organisations.",
        "REF": "Refugees and displaced people.",
        "PRE": "Partially recognised entity, with the claiming state's country.",
        "UNK": "Mentioned but unknown.",
    }
)

BODY_LABELS: Final = ("ORG", "MEDIA")
"""Labels of names that can act and speak as an organisation; outlets have one of their own."""
