"""Whether the journeys of a site fit together, and fit their site."""

from kiosk.journeys.files import Version, parse
from kiosk.journeys.siting import Surroundings, site_problems
from tests.fixtures.journeys import tiny

SITE = Surroundings({"extract"}, {"cases"}, {"civil-affairs"}, {"home", "question"})


def told(*texts, site=SITE):
    """What is said of journeys beside each other, without the name of the file."""
    versions = [Version(text, "nl", {}, parse(text)) for text in texts]
    found = site_problems({f"{version.journey.name}.yaml": version for version in versions}, site)
    return [str(problem).partition(": ")[2] for problem in found]


def text(name, old="", new=""):
    """The text of a tiny journey after a change."""
    assert old in tiny(name).text
    return tiny(name).text.replace(old, new)


def test_a_site_that_has_all_that_is_named_is_in_order():
    assert told(text("wayfinder"), text("plain"), text("repeat"), text("offer"), text("referral")) == []


def test_a_suggestion_of_a_journey_that_is_not_there_is_found():
    assert told(text("wayfinder"), text("plain")) == [
        'houses: there is no live journey "repeat": use one of plain'
    ]


def test_a_suggestion_of_a_journey_that_cannot_be_begun_is_found():
    retired = "state: retired\n" + text("repeat")
    assert told(text("wayfinder"), text("plain"), retired)[0].startswith("houses: there is no live journey")


def test_a_second_wayfinder_is_found():
    second = text("wayfinder", "journey: wayfinder", "journey: wayfinder_two")
    rest = (text("plain"), text("repeat"))
    assert told(text("wayfinder"), second, *rest) == [
        'journey: "wayfinder" is a wayfinder too: keep one, and retire the other'
    ]
    assert told(text("wayfinder"), "state: draft\n" + second, *rest) == []


def test_a_price_that_the_site_does_not_have_is_found():
    assert told(text("offer", "price_extract", "price_passport")) == [
        'journey: there is no price for "{price_passport}": add it under [prices] in site.toml'
    ]


def test_a_picture_that_is_not_there_is_found():
    assert told("picture: boat\n" + text("plain", "{say: Blauw,", "{say: Blauw, picture: sky,")) == [
        'journey: there is no picture "boat": draw it as pictures/boat.svg, or name another',
        'colour: there is no picture "sky": draw it as pictures/sky.svg, or name another',
    ]


def test_a_delivery_to_nowhere_is_found():
    assert told("deliver: [cases, letters]\n" + text("plain")) == [
        'journey: nothing is delivered to "letters": add it under [deliveries] in site.toml'
    ]


def test_expertise_that_nobody_has_is_found():
    assert told(text("referral", "civil-affairs", "gardening"))[0].startswith(
        'person: nobody on the staff knows about "gardening": name what staff know'
    )
