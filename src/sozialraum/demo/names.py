"""Invented names that sound right: quarters by kind of neighbourhood, streets, facilities."""

from __future__ import annotations

from itertools import product

# Quarters by kind of neighbourhood; the first names are taken first.
QUARTERS: dict[str, tuple[str, ...]] = {
    "old_town": ("Altstadt", "Marktviertel", "Domviertel", "Rathausviertel", "Kornmarkt", "Alter Graben"),
    "workers": (
        "Bahnhofsviertel", "Hüttenviertel", "Güterbahnhof", "Zechenviertel", "Gleisdreieck", "Kolonie Wilhelmine",
        "Am Schlachthof", "Walzwerk", "Tuchmacherviertel", "Färberviertel", "Ostbahnhof", "Schachtviertel",
    ),
    "wilhelmine": (
        "Mühlenviertel", "Nordstadt", "Südstadt", "Johannisviertel", "Oststadt", "Weststadt", "Marienviertel",
        "Theaterviertel", "Lindenviertel", "Am Stadtwall", "Dichterviertel", "Josefsviertel", "Adalbertsviertel",
        "Kasernenviertel", "Schillerviertel", "Kreuzviertel",
    ),
    "estate": (
        "Sonnenhöhe", "Nordfeld", "Heidkamp", "Fliederhof", "Am Kornfeld", "Schwalbenhof", "Ostpark", "Brandheide",
        "Neuer Acker", "Westerfeld",
    ),
    "sixties": (
        "Siedlung am Wald", "Lerchenfeld", "Vogelsiedlung", "Kirchfeld", "Hasenberg", "Blumensiedlung", "Breitenfeld",
        "Schlehenfeld", "Finkenberg", "Musikerviertel", "Hangsiedlung", "Steinkamp",
    ),
    "suburb": (
        "Gartenstadt", "Rosenhang", "Waldblick", "Eichkamp", "Birkenfeld-Süd", "Buchenhain", "Wiesengrund",
        "Tannenkamp", "Am Weiher", "Südhang", "Ahornfeld", "Ulmenhof", "Haselbusch", "Am Tiergarten", "Erlengrund",
    ),
    "family": (
        "Obstwiesen", "Kirschgarten", "Apfelgarten", "Hinter den Höfen", "Mohnfeld", "Rapsfeld", "Honigwiese",
        "Sternfeld", "Kleefeld", "Haferkamp",
    ),
    "villa": ("Am Stadtpark", "Schillerhöhe", "Weinberg", "Parkviertel", "Kaiserhöhe", "Burgblick", "Königshain"),
    "new": ("Neue Aue",),
    "village": (
        "Hasselrath", "Kirchlohe", "Niederlohe", "Bergheide", "Dornscheid", "Rixdonk", "Ober-Elsen", "Nieder-Elsen",
        "Wolfsrath", "Grünscheid", "Holzrath", "Langenlohe", "Sievenbroich", "Erlenrath", "Krähenbusch", "Mausrath",
        "Königsbusch", "Schierfeld", "Hubertusrath", "Altenlohe", "Buschdonk", "Heckrath", "Lohmühlen", "Marscheid",
        "Birkrath", "Vosslohe", "Tiefenrath", "Rabensief", "Hochlohe", "Kaltensief", "Vennhof", "Steinsief",
        "Eulenbroich", "Fuchslohe", "Quellrath", "Dreihöfen", "Wildenrode", "Ellersief", "Moosrath", "Sandlohe",
        "Brunnscheid", "Hirzrath", "Klosterrode", "Distelrath", "Rehsief", "Immerscheid", "Wehrlohe", "Pannesrath",
    ),
}  # fmt: skip
COMPASS = ("Nord", "Ost", "Süd", "West")
COMMERCIAL = "Gewerbepark"

_CLASSICS = (
    "Hauptstraße", "Kirchstraße", "Bahnhofstraße", "Schulstraße", "Marktstraße", "Mühlenstraße", "Gartenstraße",
    "Bergstraße", "Feldstraße", "Lindenstraße", "Burgstraße", "Klosterstraße", "Brückenstraße", "Neustraße",
    "Talstraße", "Wiesenstraße", "Ringstraße", "Grabenstraße", "Poststraße", "Parkstraße", "Friedhofstraße",
)  # fmt: skip
_STEMS = (
    "Ahorn", "Akazien", "Amsel", "Anemonen", "Apfel", "Auen", "Bach", "Birken", "Brombeer", "Brunnen", "Buchen",
    "Dachs", "Distel", "Dohlen", "Dorn", "Drossel", "Efeu", "Eiben", "Eichen", "Elster", "Enzian", "Erlen", "Eschen",
    "Eulen", "Falken", "Farn", "Fasanen", "Fichten", "Finken", "Flieder", "Forst", "Fuchs", "Gerber", "Ginster",
    "Glocken", "Habicht", "Hafer", "Hasel", "Hasen", "Heide", "Hirsch", "Holunder", "Hopfen", "Igel", "Iltis",
    "Jasmin", "Kalk", "Kapellen", "Kastanien", "Kiebitz", "Kiefern", "Kirsch", "Klee", "Kranich", "Krokus", "Kuckuck",
    "Lärchen", "Lavendel", "Lehm", "Lerchen", "Lilien", "Linden", "Lupinen", "Luchs", "Malven", "Marder", "Margeriten",
    "Meisen", "Milan", "Minz", "Mohn", "Mühlen", "Narzissen", "Nelken", "Nuss", "Obst", "Otter", "Pappel", "Pfarr",
    "Pirol", "Platanen", "Primel", "Quellen", "Quitten", "Raps", "Reb", "Reh", "Reiher", "Roggen", "Rosen", "Sand",
    "Schlehen", "Schmiede", "Schwalben", "Seerosen", "Specht", "Sperber", "Star", "Stein", "Storchen", "Tannen",
    "Taubnessel", "Töpfer", "Tulpen", "Turm", "Ulmen", "Veilchen", "Wacholder", "Wachtel", "Wald", "Weber", "Weiden",
    "Weinberg", "Weizen", "Wespen", "Wiesel", "Wolfs", "Zaunkönig", "Zedern", "Ziegel", "Zimmerer",
)  # fmt: skip
_ENDINGS = ("straße", "weg", "gasse", "ring", "allee", "pfad", "hof")
_PERSONS = (
    "Anna-Seghers", "Annette-Kolb", "Bach", "Beethoven", "Bertha-von-Suttner", "Brahms", "Büchner", "Clara-Schumann",
    "Dürer", "Eichendorff", "Einstein", "Elisabeth-Selbert", "Fontane", "Franz-Liszt", "Friedrich-Ebert", "Gauß",
    "Goethe", "Gottfried-Keller", "Gutenberg", "Händel", "Hans-Böckler", "Haydn", "Hebbel", "Heinrich-Heine",
    "Hölderlin",
    "Humboldt", "Käthe-Kollwitz", "Kant", "Kepler", "Kleist", "Kolping", "Kopernikus", "Leibniz", "Lessing",
    "Lise-Meitner", "Lortzing", "Louise-Otto", "Maria-Montessori", "Marie-Juchacz", "Menzel", "Mörike", "Mozart",
    "Novalis", "Pestalozzi", "Rilke", "Robert-Koch", "Röntgen", "Schiller", "Schubert", "Siemens", "Spitzweg",
    "Stifter", "Storm", "Telemann", "Uhland", "Virchow", "Wagner", "Weber", "Wieland", "Wilhelm-Busch",
)  # fmt: skip
_FIELDS = (
    "Anger", "Bach", "Berg", "Bruch", "Brunnen", "Damm", "Driesch", "Eichholz", "Erlenbusch", "Feldchen", "Fließ",
    "Galgenberg", "Hang", "Hof", "Hohlweg", "Kamp", "Kapellchen", "Kirchberg", "Klosterhof", "Kreuz", "Lehmberg",
    "Lohberg", "Markt", "Mühlbach", "Mühlenteich", "Pfarrgarten", "Rosengarten", "Sandberg", "Schlagbaum",
    "Schützenplatz", "Sonnenhang", "Sportplatz", "Steinbruch", "Stadtgraben", "Tannenbusch", "Teich",
    "Ufer", "Waldrand", "Wasserturm", "Weiher", "Wiesenrain", "Winkel", "Zehnthof", "Ziegelofen",
)  # fmt: skip
_INSIDE = ("Bruch", "Driesch", "Eichholz", "Erlenbusch", "Feldchen", "Hang", "Hof", "Hohlweg", "Kamp", "Klosterhof",
           "Pfarrgarten", "Rosengarten", "Tannenbusch", "Winkel", "Zehnthof")  # fmt: skip
_FAMILIES = (
    "Adenbach", "Bergrohde", "Casparin", "Dellmann", "Elvering", "Frinken", "Gerlach", "Heinsen", "Ippers", "Jansen",
    "Kerstgens", "Lohmar", "Meuser", "Nießen", "Offermann", "Peltzer", "Queck", "Roderburg", "Savels", "Thelen",
    "Urlichs", "Vossen", "Wintgens", "Zander",
)  # fmt: skip
_FIRST = ("Albert", "Bernhard", "Carl", "Dorothea", "Elise", "Franz", "Gertrud", "Heinrich", "Ida", "Josef", "Klara",
          "Ludwig", "Mathilde", "Nikolaus", "Otto", "Paula", "Sophie", "Theodor", "Wilhelmine")  # fmt: skip
USUAL = len(_CLASSICS)


def street_names() -> list[str]:
    """About one and a half thousand street names, the most usual first, no name twice."""
    names = list(_CLASSICS)
    names += [stem + ending for ending, stem in product(_ENDINGS[:2], _STEMS)]
    names += [_person_street(person, "Straße") for person in _PERSONS]
    names += [f"Am {field}" for field in _FIELDS] + [f"Im {field}" for field in _INSIDE]
    names += [stem + ending for ending, stem in product(_ENDINGS[2:], _STEMS)]
    names += [_person_street(person, "Weg") for person in _PERSONS]
    names += [f"Zum {field}" for field in _FIELDS]
    names += [f"{first}-{family}-Straße" for first, family in product(_FIRST, _FAMILIES)]
    return list(dict.fromkeys(names))


def _person_street(person: str, ending: str) -> str:
    return f"{person}-{ending}" if "-" in person else person + ending.lower()


def road_to(town: str) -> str:
    """The name of the road that leads to a town: 'Merzenrather Straße'."""
    return f"{town}er Straße"


DAYCARE_FIRST = ("Kita", "Kindertagesstätte", "Familienzentrum", "Kindergarten")
DAYCARE_LAST = (
    "Regenbogen", "Sonnenschein", "Löwenzahn", "Villa Kunterbunt", "Pusteblume", "Sternschnuppe", "Waldwichtel",
    "Rappelkiste", "Zwergenland", "Kinderinsel", "Bärenhöhle", "Tausendfüßler", "Wirbelwind", "Kleeblatt",
    "Spatzennest", "St. Martin", "St. Barbara", "St. Nikolaus", "St. Josef", "Herz Jesu", "Christuskirche",
    "Lukasgemeinde", "Apfelbäumchen", "Mäuseturm", "Entdeckerkiste", "Schatzinsel", "Buntspecht", "Froschkönig",
    "Lummerland", "Arche Noah", "Fliegenpilz", "Hand in Hand", "Sterntaler", "Seepferdchen", "Abenteuerland",
    "Zauberwald",
)  # fmt: skip
