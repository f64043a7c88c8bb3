"""What our sentences call a client's customers, employees and so on, until its params say otherwise."""

from __future__ import annotations

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "nl": {
        "customer": ("klant", "klanten"),
        "employee": ("medewerker", "medewerkers"),
        "product": ("product", "producten"),
        "process": ("proces", "processen"),
        "service": ("dienst", "diensten"),
        "location": ("locatie", "locaties"),
        "touchpoint": ("contactmoment", "contactmomenten"),
        "channel": ("kanaal", "kanalen"),
        "unit": ("onderdeel", "onderdelen"),
        "age": ("leeftijd", "leeftijden"),
        "tenure": ("dienstjaren", "dienstjaren"),
        "region": ("regio", "regio's"),
        "promoter": ("promotor", "promotors"),
        "passive": ("neutraal", "neutralen"),
        "detractor": ("criticus", "critici"),
    },
    "en": {
        "customer": ("customer", "customers"),
        "employee": ("employee", "employees"),
        "product": ("product", "products"),
        "process": ("process", "processes"),
        "service": ("service", "services"),
        "location": ("location", "locations"),
        "touchpoint": ("touchpoint", "touchpoints"),
        "channel": ("channel", "channels"),
        "unit": ("unit", "units"),
        "age": ("age", "ages"),
        "tenure": ("years of service", "years of service"),
        "region": ("region", "regions"),
        "promoter": ("promoter", "promoters"),
        "passive": ("passive", "passives"),
        "detractor": ("detractor", "detractors"),
    },
}
