"""Words to translate: every one is found, and a catalogue that lacks one is named with its line."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from kiosk import TOP, messages
from kiosk.site import load_site
from tests.fixtures.municipality import offer_frisian

SITE = load_site(TOP / "kiosk" / "content")


def wanted() -> Catalog:
    catalogue = Catalog()
    catalogue.add("Verder")
    catalogue.add("Bel {phone}.", context="moving")
    catalogue.add(("%(num)d stap", "%(num)d stappen"))
    return catalogue


GOOD = {
    "Verder": "Next",
    "Bel {phone}.": "Ring {phone}.",
    ("%(num)d stap", "%(num)d stappen"): ("%(num)d step", "%(num)d steps"),
}


def catalogue_with(folder: Path, **changes: object) -> Path:
    """An English catalogue that is complete but for these changes."""
    catalogue = Catalog(locale="en")
    for message in wanted():
        if message.id:
            catalogue.add(message.id, GOOD[message.id], context=message.context, flags=message.flags)
    if "verder" in changes:
        catalogue["Verder"].string = str(changes["verder"])
    if "flags" in changes:
        catalogue["Verder"].flags.add(str(changes["flags"]))
    if "phone" in changes:
        catalogue.get("Bel {phone}.", "moving").string = str(changes["phone"])
    if "steps" in changes:
        catalogue[("%(num)d stap", "%(num)d stappen")].string = changes["steps"]
    messages.write(folder / "messages.po", catalogue)
    return folder / "messages.po"


@pytest.mark.norm("COG-06")
def test_the_house_is_translated_into_every_language_of_the_demonstration() -> None:
    assert list(messages.problems(SITE)) == []


def test_words_of_templates_code_and_journeys_are_found() -> None:
    texts = {message.id for message in messages.interface()}
    assert "Roep iemand" in texts
    assert ("moving.destination", "Waar gaat u wonen?") in {
        (m.context, m.id) for m in messages.journeys(SITE)
    }


def test_a_complete_catalogue_has_no_gaps(tmp_path: Path) -> None:
    assert list(messages.gaps(catalogue_with(tmp_path), wanted(), "en")) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"verder": ""}, "not translated: Verder"),
        ({"flags": "fuzzy"}, "not translated: Verder"),
        ({"phone": "Ring us."}, "other placeholders than the source: Bel {phone}."),
        ({"phone": "Ring {number}."}, "other placeholders than the source: Bel {phone}."),
        ({"steps": ("%(num)d step", "")}, "not translated: ('%(num)d stap', '%(num)d stappen')"),
        ({"steps": ("%(num)d step", "%(n)d steps")}, "other placeholders than the source: ('%(num)d stap'"),
    ],
)
def test_a_gap_is_named_with_its_line(tmp_path: Path, changes: dict[str, object], problem: str) -> None:
    file = catalogue_with(tmp_path, **changes)
    (found,) = messages.gaps(file, wanted(), "en")
    place, _, said = found.partition(":1: ")
    line = int(place.removeprefix(f"{file}:"))
    assert said.startswith(problem)
    assert problem.split(": ")[1].strip("('")[:5] in file.read_text().splitlines()[line - 1]


def test_a_word_that_is_not_in_the_catalogue_is_a_gap(tmp_path: Path) -> None:
    more = wanted()
    more.add("Terug")
    (found,) = messages.gaps(catalogue_with(tmp_path), more, "en")
    assert found.endswith("not translated: Terug")


def test_a_language_without_a_catalogue_is_a_gap(tmp_path: Path) -> None:
    (found,) = messages.gaps(tmp_path / "messages.po", wanted(), "en")
    assert found.endswith("there is no such catalogue: run ./dev messages")


def test_a_catalogue_is_held_complete_though_the_site_does_not_offer_its_language() -> None:
    held = {file for file, _, _ in messages.catalogues(SITE)}
    assert TOP / "translations/fy/LC_MESSAGES/messages.po" in held
    assert SITE.folder / "translations/fy/LC_MESSAGES/journeys.po" not in held


def test_the_source_needs_no_catalogue_where_it_is_not_the_first_language(own_site: Path) -> None:
    offer_frisian(own_site, before="nl")
    assert messages.tongues(load_site(own_site)) == ["ar", "en", "fy"]


def test_what_is_written_changes_only_with_the_words(tmp_path: Path) -> None:
    text = catalogue_with(tmp_path).read_text()
    assert [word for word in ("Date", str(tmp_path)) if word in text] == []


def test_words_that_are_not_easy_need_easier_ones() -> None:
    wanted = {message.id for message in messages.too_hard() if message.id}
    assert "Uw e-mailadres" in wanted
    assert "Roep iemand" not in wanted


def test_easier_words_that_are_hard_are_named() -> None:
    catalogue = Catalog(locale="nl@simple")
    catalogue.add("Uw e-mailadres", "Uw machtiging")
    (found,) = messages.no_easier(catalogue)
    assert found.endswith(':1: "machtiging" is a hard word: Uw e-mailadres')
