"""
Countries in sentences, and what shows there that radio equipment is authorised.
"""

from __future__ import annotations

from types import MappingProxyType

_NAMES = """
AE the United Arab Emirates; AR Argentina; AT Austria; AU Australia; BE Belgium; BG Bulgaria; BR Brazil; CA Canada
CH Switzerland; CL Chile; CN China; CO Colombia; CY Cyprus; CZ Czechia; DE Germany; DK Denmark; EE Estonia; EG Egypt
ES Spain; FI Finland; FR France; GB the United Kingdom; GR Greece; GU Guam; HK Hong Kong; HR Croatia; HU Hungary
ID Indonesia; IE Ireland; IL Israel; IN India; IS Iceland; IT Italy; JP Japan; KE Kenya; KR South Korea; LK Sri Lanka
LT Lithuania; LU Luxembourg; LV Latvia; MO Macau; MT Malta; MX Mexico; MY Malaysia; NG Nigeria; NL the Netherlands
NO Norway; NZ New Zealand; OM Oman; PE Peru; PH the Philippines; PK Pakistan; PL Poland; PR Puerto Rico; PT Portugal
QA Qatar; RO Romania; RS Serbia; RU Russia; SA Saudi Arabia; SE Sweden; SG Singapore; SI Slovenia; SK Slovakia
TH Thailand; TR Turkey; TW Taiwan; UA Ukraine; US the United States; VI the US Virgin Islands; VN Vietnam
ZA South Africa
"""

_SAID = MappingProxyType(
    {part[:2]: part[3:] for line in _NAMES.splitlines() for name in line.split(";") if (part := name.strip())}
)

# By the rules of its country: 47 CFR 2.925; Directive 2014/53/EU article 18, and the UK's Radio Equipment
# Regulations 2017; Canada's RSS-Gen; Japan's Radio Act article 38; China's type approval; India's WPC.
_EU = "AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
FCC = frozenset({"US", "PR", "VI", "GU"})
"""Where an FCC ID is what counts."""

_PROOFS = MappingProxyType(
    {
        **dict.fromkeys(FCC, "the FCC ID of this model"),
        **dict.fromkeys(_EU.split(), "the EU declaration of conformity of this model"),
        "GB": "the UK or EU declaration of conformity of this model",
        "CA": "the ISED (IC) certification number of this model",
        "JP": "the technical conformity (Giteki) number of this model",
        "CN": "the radio type approval code (CMIIT ID) of this model",
        "IN": "the WPC equipment type approval of this model",
    }
)


def say_country(code: str) -> str:
    """
    A country in a sentence, `the United States`; its code where the name is not at hand.

    Args:
        code: ISO 3166-1, two letters.
    """
    return _SAID.get(code, code)


def proof_in(code: str) -> str:
    """
    What a seller can send that shows the authorisation of a model's radio in a country.
    """
    return _PROOFS.get(code, f"the number of the equipment authorisation of this model in {say_country(code)}")
