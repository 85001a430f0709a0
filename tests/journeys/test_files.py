"""Journey files, their catalogues and the shelf they stand on."""

import io
import os
import shutil

import polib
import pytest
from babel.messages.extract import extract as babel_extract

from kiosk.journeys.files import BrokenJourney, Shelf, UnknownJourney, Version, extract, read_version
from kiosk.journeys.phrases import phrases
from tests.fixtures.journeys import FOLDER, TINY, tiny


def catalogue(folder, language, version, leave_out=(), mark=str.upper):
    """A catalogue in which every text of a version is translated, save a few."""
    found = polib.POFile()
    found.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": language}
    for context, text, *_ in phrases(version.journey):
        if not found.find(text, msgctxt=context):
            found.append(
                polib.POEntry(msgctxt=context, msgid=text, msgstr="" if text in leave_out else mark(text))
            )
    path = folder / "translations" / language / "LC_MESSAGES" / "journeys.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    found.save(str(path))
    return found, path


def put(folder, name):
    """A copy of a tiny journey in a site folder."""
    (folder / "journeys").mkdir(exist_ok=True)
    return shutil.copy(FOLDER / f"{name}.yaml", folder / "journeys" / f"{name}.yaml")


def change(path, old, new):
    """Write a file anew, with a stamp that differs."""
    path = FOLDER.__class__(path)
    path.write_text(path.read_text().replace(old, new))
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000_000))


def read(folder, name):
    """The version of a journey in a site folder."""
    return read_version(folder / "journeys" / f"{name}.yaml", folder / "translations", "nl")


@pytest.mark.parametrize("path", TINY, ids=lambda path: path.stem)
def test_a_version_is_rebuilt_from_what_was_kept(path):
    version = tiny(path.stem)
    assert Version.from_text(version.to_text()) == version


def test_a_version_keeps_its_words_without_the_files(tmp_path):
    put(tmp_path, "plain")
    catalogue(tmp_path, "en", tiny("plain"))
    kept = Version.from_text(read(tmp_path, "plain").to_text())
    assert kept.say("en")("Rood", "plain.colour") == "ROOD" and kept.languages == ("nl", "en")


def test_other_words_make_another_version(tmp_path):
    put(tmp_path, "plain")
    before = read(tmp_path, "plain").id
    catalogue(tmp_path, "en", tiny("plain"))
    assert read(tmp_path, "plain").id != before and len(before) == 16


def test_a_language_with_a_gap_is_not_offered(tmp_path):
    put(tmp_path, "plain")
    catalogue(tmp_path, "en", tiny("plain"), leave_out={"Rood"})
    version = read(tmp_path, "plain")
    assert version.languages == ("nl",) and list(version.missing("en")) == [("plain.colour", "Rood")]


def test_a_fuzzy_translation_does_not_count(tmp_path):
    put(tmp_path, "plain")
    found, path = catalogue(tmp_path, "en", tiny("plain"))
    found[0].flags.append("fuzzy")
    found.save(str(path))
    assert read(tmp_path, "plain").languages == ("nl",)


def test_a_translation_with_another_name_between_braces_does_not_count(tmp_path):
    put(tmp_path, "referral")
    catalogue(tmp_path, "en", tiny("referral"), mark=lambda text: text.replace("{phone}", "{telephone}"))
    assert read(tmp_path, "referral").languages == ("nl",)


def test_a_text_is_said_in_its_own_context_only(tmp_path):
    put(tmp_path, "plain")
    catalogue(tmp_path, "en", tiny("plain"))
    assert read(tmp_path, "plain").say("en")("Rood", "elsewhere") == "Rood"


def test_file_and_journey_have_the_same_name(tmp_path):
    shutil.copy(FOLDER / "plain.yaml", tmp_path / "other.yaml")
    with pytest.raises(BrokenJourney, match=r'is called "other.yaml" but the journey "plain"'):
        read_version(tmp_path / "other.yaml", tmp_path, "nl")


def test_a_file_that_is_gone_is_a_problem_with_a_place(tmp_path):
    with pytest.raises(BrokenJourney, match=r"gone.yaml:1:1: journey: the file cannot be read"):
        read_version(tmp_path / "gone.yaml", tmp_path, "nl")


def test_a_broken_catalogue_names_itself(tmp_path):
    put(tmp_path, "plain")
    _, path = catalogue(tmp_path, "en", tiny("plain"))
    path.write_text('msgid "open\n')
    with pytest.raises(BrokenJourney, match=r"journeys\.po:1:1: catalogue: the catalogue cannot be read"):
        read(tmp_path, "plain")


def test_the_shelf_stands_in_the_order_of_the_start_screen(tmp_path):
    for name in ("plain", "message", "optional"):
        put(tmp_path, name)
    shelf = Shelf(tmp_path, "nl", order=["optional"])
    assert [version.journey.name for version in shelf.versions()] == ["optional", "message", "plain"]


def test_a_change_is_seen_at_the_next_look(tmp_path):
    path = put(tmp_path, "plain")
    shelf = Shelf(tmp_path, "nl")
    change(path, "Rood", "Groen")
    shelf.refresh()
    assert shelf.version("plain").journey.steps["colour"].choices["red"].say == "Groen"


def test_without_a_change_the_same_version_stays(tmp_path):
    put(tmp_path, "plain")
    shelf = Shelf(tmp_path, "nl")
    before = shelf.version("plain")
    shelf.refresh()
    assert shelf.version("plain") is before


def test_a_new_translation_is_seen_at_the_next_look(tmp_path):
    put(tmp_path, "plain")
    shelf = Shelf(tmp_path, "nl")
    catalogue(tmp_path, "ar", tiny("plain"))
    shelf.refresh()
    assert shelf.version("plain").languages == ("nl", "ar")


def test_a_broken_file_leaves_its_last_good_version(tmp_path):
    path = put(tmp_path, "plain")
    shelf = Shelf(tmp_path, "nl")
    before = shelf.version("plain")
    change(path, "field: choice", "field: slider")
    shelf.refresh()
    assert shelf.version("plain") is before and 'no field "slider"' in str(shelf.problems()[0])


def test_a_file_that_was_broken_from_the_start_falls_back_to_what_was_kept(tmp_path):
    path = put(tmp_path, "plain")
    kept = read(tmp_path, "plain")
    change(path, "field: choice", "field: slider")
    shelf = Shelf(tmp_path, "nl", last_good={"plain": kept}.get)
    assert shelf.versions() == ()
    shelf.refresh()
    assert shelf.version("plain") is kept and 'no field "slider"' in str(shelf.problems()[0])


def test_what_was_kept_gives_way_to_a_file_that_is_mended(tmp_path):
    path = put(tmp_path, "plain")
    change(path, "field: choice", "field: slider")
    shelf = Shelf(tmp_path, "nl", last_good={"plain": tiny("plain")}.get)
    shelf.refresh()
    change(path, "field: slider", "field: choice")
    change(path, "Rood", "Groen")
    shelf.refresh()
    assert shelf.version("plain").journey.steps["colour"].choices["red"].say == "Groen"


def test_a_mended_file_is_taken_again(tmp_path):
    path = put(tmp_path, "plain")
    change(path, "field: choice", "field: slider")
    shelf = Shelf(tmp_path, "nl")
    assert shelf.versions() == ()
    change(path, "field: slider", "field: choice")
    shelf.refresh()
    assert shelf.version("plain") and shelf.problems() == ()


def test_an_unknown_journey_has_a_name_of_its_own(tmp_path):
    with pytest.raises(UnknownJourney):
        Shelf(tmp_path, "nl").version("nowhere")


def test_translators_get_every_text_with_context_and_line():
    text = (FOLDER / "plain.yaml").read_bytes()
    found = [
        (line, context, message)
        for line, _, (context, message), _ in extract(io.BytesIO(text), (), (), options={})
    ]
    assert found == [
        (2, "plain", "Ik heb een vraag"),
        (3, "plain", "Een vraag"),
        (8, "plain", "Eén vraag"),
        (11, "plain.colour", "Welke kleur kiest u?"),
        (13, "plain.colour", "Rood"),
        (13, "plain.colour", "Blauw"),
        (13, "plain.colour", "Als de lucht."),
    ]


def test_babel_takes_the_contexts_from_the_extractor():
    file = io.BytesIO((FOLDER / "plain.yaml").read_bytes())
    messages = [(message, context) for _, message, _, context in babel_extract(extract, file)]
    assert ("Rood", "plain.colour") in messages
