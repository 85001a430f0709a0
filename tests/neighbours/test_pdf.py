from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from kiosk import TOP
from kiosk.neighbours.pdf import KINDS, ForbiddenAddress, Press
from tests.fixtures.documents import languages, opened, readings

MM = 72 / 25.4
ARABIC = "الرقم V47 KD في 12 مارس، هاتف 14 0999"
PAGE = """<!doctype html><html lang="{lang}" dir="{dir}"><title>Waar u staat</title>
<h1>Kop</h1><p id="there" lang="{other}" dir="{other_dir}">{text}</p>{more}<div id="end"></div>"""


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(TOP / "static/css", (TOP / "static/vendor", TOP / "kiosk/content"))


def page(text: str = "woord", other: str = "en", more: str = "", lang: str = "nl") -> str:
    """A page in one language with a paragraph in another."""
    directions = {"ar": "rtl"}
    return PAGE.format(
        lang=lang,
        dir=directions.get(lang, "ltr"),
        other=other,
        other_dir=directions.get(other, "ltr"),
        text=text,
        more=more,
    )


@pytest.mark.norm("EN 10.2.4.2", "EN 10.3.1.1")
def test_paper_says_what_it_is_and_in_which_language(press: Press) -> None:
    pdf = opened(press.render(page(lang="ar")))

    assert str(pdf.docinfo["/Title"]) == "Waar u staat"
    assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("ar", True)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_a_fragment_in_another_language_says_so(press: Press) -> None:
    assert languages(press.render(page(other="ar", text=ARABIC))) == {"ar"}


def test_right_to_left_text_is_read_in_its_own_order(press: Press) -> None:
    assert readings(press.render(page(other="ar", text=ARABIC))).strip() == ARABIC


def test_right_to_left_text_of_many_lines_keeps_its_words_apart(press: Press) -> None:
    text = " ".join([ARABIC] * 20)

    assert " ".join(readings(press.render(page(other="ar", text=text))).split()) == text


def test_left_to_right_text_needs_no_help(press: Press) -> None:
    assert readings(press.render(page())) == ""


def test_every_font_is_in_the_file(press: Press) -> None:
    pdf = opened(press.render(page(other="ar", text=ARABIC)))
    described = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each]

    assert described
    assert all("/FontFile2" in each or "/FontFile3" in each for each in described)


def test_a_roll_is_one_piece_as_long_as_what_is_on_it(press: Press) -> None:
    short, long = (opened(press.render(page(more="<p>regel</p>" * lines), kind="roll")) for lines in (1, 40))

    assert [len(pdf.pages) for pdf in (short, long)] == [1, 1]
    assert float(short.pages[0].MediaBox[3]) < float(long.pages[0].MediaBox[3])


def test_what_is_longer_than_a_page_can_be_goes_on_on_a_next_one(press: Press) -> None:
    pdf = opened(press.render(page(more="<p>regel</p>" * 700), kind="roll"))
    heights = [float(each.MediaBox[3]) / MM for each in pdf.pages]

    assert heights[0] == pytest.approx(5000, abs=1)
    assert len(heights) == 2 and heights[1] < 2500


def test_a_roll_is_as_wide_as_its_printer_can_print(press: Press) -> None:
    pdf = opened(press.render(page(), kind="roll"))

    assert float(pdf.pages[0].MediaBox[2]) == pytest.approx(72 / 25.4 * 72, abs=0.5)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.svg",
        "file:///etc/passwd",
        "https://waterhoven.example/x.svg",
        "ftp://127.0.0.1/x",
    ],
)
def test_paper_takes_nothing_that_is_not_ours(press: Press, address: str) -> None:
    with pytest.raises(ForbiddenAddress):
        press.render(page(more=f'<img alt="x" src="{address}">'))


def test_paper_cannot_climb_out_of_our_folders(press: Press) -> None:
    address = f"{(TOP / 'static/css').as_uri()}/../../pyproject.toml"

    with pytest.raises(ForbiddenAddress):
        press.render(page(more=f'<img alt="x" src="{address}">'))


def test_paper_cannot_follow_a_link_out_of_our_folders(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/logo.svg").symlink_to("/etc/passwd")
    press = Press(TOP / "static/css", (TOP / "static/vendor", tmp_path / "site"))

    with pytest.raises(ForbiddenAddress):
        press.render(page(more=f'<img alt="x" src="{(tmp_path / "site/logo.svg").as_uri()}">'))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_any_paper_keeps_to_pdf_ua(press: Press, verapdf: Any, kind: Any) -> None:
    assert verapdf(press.render(page(other="ar", text=ARABIC, more="<ol><li>een</ol>"), kind=kind)) == ""


@pytest.mark.slow
def test_the_validator_sees_what_is_wrong(press: Press, verapdf: Any) -> None:
    broken = opened(press.render(page()))
    del broken.Root.MarkInfo
    written = BytesIO()
    broken.save(written)

    assert "not PDF/UA-1" in verapdf(written.getvalue())
