"""What callers of Voorbeeld Klantcontact write: invented, in the tone of real Dutch answers."""

from __future__ import annotations

COMMENTS: dict[str, tuple[str, ...]] = {
    "promoter": (
        "Zij loste het zélf op, zonder doorverbinden. Top!",
        "Binnen vijf minuten € 40 terug, netjes geregeld.",
        "Eindelijk iemand die luistert en doorvraagt.",
        "Vriendelijk, kundig en snel – zo hoort het.",
    ),
    "passive": (
        "Goed geholpen, maar wel lang in de wacht.",
        "Antwoord klopte; de toon was wat zakelijk.",
        "Prima, alleen moest ik mijn verhaal twee keer doen.",
    ),
    "detractor": (
        "Las alleen een tekst voor en mocht niets beslissen.",
        "Na zes minuten werd het gesprek afgekapt.",
        "Vier keer gebeld, vier keer een ander verhaal…",
        "‘Dat kan ik niet voor u doen’ – dat was het hele gesprek.",
    ),
}
"""Per band, open answers; some with characters that only Windows-1252 writes in one byte."""

DESCRIPTIONS = {
    "V": ("Vraag over product", "Vraag over levering", "Vraag over kosten"),
    "W": ("Adreswijziging", "Opzegging", "Wijziging pakket"),
    "K": ("Klacht over afhandeling", "Klacht over bedrag"),
}
"""Per subject how the agent filed the call."""
OUTCOMES = ("Afgehandeld", "Doorverbonden", "Terugbelafspraak", "Afgehandeld")
