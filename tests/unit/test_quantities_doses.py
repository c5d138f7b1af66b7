"""Doses of one, halves, intervals and decimals said aloud: what a translation must not change in a dose."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kiosk.quantities import find, same_quantities
from kiosk.types import Flag


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("3 kg 05", "fr", "3.05", "kg"),
        ("1 m 05", "fr", "1.05", "m"),
        ("1m05", "fr", "1.05", "m"),
        ("un mètre zéro cinq", "fr", "1.05", "m"),
        ("1 m 5", "fr", "1.5", "m"),
        ("2 virgule 05 ml", "fr", "2.05", "ml"),
        ("خمس عشرة نقطة", "ar", "15", "drop"),
        ("pesë pikë", "sq", "5", "drop"),
    ],
)
def test_digits_are_read_as_they_are_written(text: str, language: str, value: str, unit: str) -> None:
    assert [(one.value, one.unit) for one in find(text, language)] == [(Decimal(value), unit)]


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("2,5 virgule 3", "fr", ["2.5", "3"]),
        ("½ point 5", "en", ["0.5", "5"]),
        ("deux virgule 5,0", "fr", ["2", "5.0"]),
        ("1.5 نقطة 3 مرات", "ar", ["1.5", "3"]),
        ("خمس عشرة نقطة ثلاث مرات", "ar", ["15", "3"]),
    ],
)
def test_a_point_makes_decimals_of_whole_numbers_only(text: str, language: str, values: list[str]) -> None:
    assert [str(one.value) for one in find(text, language)] == values


@pytest.mark.parametrize(
    ("source", "translated", "languages"),
    [
        ("Donnez une cuillère à café.", "أعطه ملعقة صغيرة.", ("fr", "ar")),
        ("Revenez dans un mois.", "Приходите через месяц.", ("fr", "ru")),
        ("Toutes les 8 heures.", "De 8 em 8 horas.", ("fr", "pt")),
        ("Toutes les huit heures.", "De oito em oito horas.", ("fr", "pt")),
        ("Toutes les semaines.", "Once a week.", ("fr", "en")),
        ("Deux prises.", "Two tablets.", ("fr", "en")),
        ("Deux cuillères à dessert.", "İki tatlı kaşığı.", ("fr", "tr")),
        ("Un jour sur deux.", "Un día sí y otro no.", ("fr", "es")),
        ("À midi.", "At 12:00.", ("fr", "en")),
        ("Trois fois par semaine.", "Three days a week.", ("fr", "en")),
        ("Deux cuillères à soupe.", "Due cucchiai.", ("fr", "it")),
        ("Donnez une cuillère à café.", "Give the teaspoon.", ("fr", "en")),
    ],
)
def test_a_dose_said_otherwise_is_not_doubted(source: str, translated: str, languages: tuple[str, str]) -> None:
    assert same_quantities(source, translated, languages) == ()


@pytest.mark.parametrize(
    ("source", "translated", "languages", "flag"),
    [
        ("Donnez une cuillère à café.", "Give a tablespoon.", ("fr", "en"), Flag.UNITS),
        ("Donnez une cuillère à café de sirop.", "Give a tea of syrup.", ("fr", "en"), Flag.UNITS),
        ("Give a teaspoon of syrup.", "Donnez un thé de sirop.", ("en", "fr"), Flag.UNITS),
        ("Donnez un milligramme.", "أعطه الدواء.", ("fr", "ar"), Flag.UNITS),
        ("Donnez une cuillère à café.", "Dé una cucharada sopera.", ("fr", "es"), Flag.UNITS),
        ("Donnez une cuillère à café.", "Bir yemek kaşığı verin.", ("fr", "tr"), Flag.UNITS),
        ("Donnez une cuillère à café.", "أعطه ملعقة كبيرة.", ("fr", "ar"), Flag.UNITS),
        ("Donnez une cuillère à café.", "أعطه ملعقة كبيرة واحدة.", ("fr", "ar"), Flag.UNITS),
        ("Donnez un milligramme.", "Give one gram.", ("fr", "en"), Flag.UNITS),
        ("Revenez dans un mois.", "Приходите через год.", ("fr", "ru"), Flag.UNITS),
        ("Une fois par semaine.", "Once a day.", ("fr", "en"), Flag.UNITS),
        ("Tous les jours.", "Every week.", ("fr", "en"), Flag.UNITS),
        ("Tous les jours.", "كل أسبوع.", ("fr", "ar"), Flag.UNITS),
        ("Tous les jours, donnez 5 ml.", "Give 5 ml a week.", ("fr", "en"), Flag.UNITS),
        ("Donnez la moitié d'un comprimé.", "Give one tablet.", ("fr", "en"), Flag.NUMBERS),
        ("Dé la mitad de una pastilla.", "Donnez un comprimé.", ("es", "fr"), Flag.NUMBERS),
        ("Dê metade de um comprimido.", "Donnez un comprimé.", ("pt", "fr"), Flag.NUMBERS),
        ("Die Hälfte einer Tablette.", "Donnez un comprimé.", ("de", "fr"), Flag.NUMBERS),
        ("Bir tabletin yarısını verin.", "Donnez un comprimé.", ("tr", "fr"), Flag.NUMBERS),
        ("Toutes les six heures.", "Six times a day.", ("fr", "en"), Flag.UNITS),
        ("Pendant cinq jours.", "Five times a day.", ("fr", "en"), Flag.UNITS),
        ("Trois fois par jour.", "For three days.", ("fr", "en"), Flag.UNITS),
        ("Donnez deux suppositoires.", "Give two tablets.", ("fr", "en"), Flag.UNITS),
        ("Donnez deux sachets.", "Give two tablets.", ("fr", "en"), Flag.UNITS),
        ("Toutes les huit heures.", "At eight o'clock.", ("fr", "en"), Flag.UNITS),
        ("Toutes les huit heures.", "At 8:00.", ("fr", "en"), Flag.NUMBERS),
        ("Donnez-le un jour sur deux.", "Give it every day.", ("fr", "en"), Flag.NUMBERS),
        ("Donnez-le à midi.", "Give it at midnight.", ("fr", "en"), Flag.NUMBERS),
        ("À minuit et demi.", "At noon.", ("fr", "en"), Flag.NUMBERS),
        ("Deux cuillères à café.", "Two spoons.", ("fr", "en"), Flag.UNITS),
        ("Deux cuillères à café.", "Dos cucharadas.", ("fr", "es"), Flag.UNITS),
        ("Deux cuillères à café.", "İki tatlı kaşığı.", ("fr", "tr"), Flag.UNITS),
        ("Il a 38 degrés.", "He has 38 degrees Fahrenheit.", ("fr", "en"), Flag.UNITS),
    ],
)
def test_a_dose_that_is_another_one_is_doubted(
    source: str, translated: str, languages: tuple[str, str], flag: Flag
) -> None:
    assert flag in same_quantities(source, translated, languages)
