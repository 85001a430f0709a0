"""The commands of who writes journeys: `flask journeys check`, `show`, `walk`, `schema` and `list`."""

import json
import random
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup

from kiosk import TOP
from kiosk.journeys.drawing import drawing
from kiosk.journeys.files import BrokenJourney, Problem, UnknownJourney, Version, read_version
from kiosk.journeys.flow import Position
from kiosk.journeys.outline import outline
from kiosk.journeys.plain import WordList, word_list
from kiosk.journeys.review import review
from kiosk.journeys.schema import schema
from kiosk.journeys.siting import Surroundings, site_problems
from kiosk.journeys.strolls import Broken, Tongue, stroll
from kiosk.site import Language, Site, SiteError, load_site
from kiosk.web.parts import house
from kiosk.web.printout import say_in

journeys_group = AppGroup("journeys", help="The journeys of the site.")


@journeys_group.command("check")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path | None) -> None:
    """Say what is wrong with the journeys of the site, or of another site's FOLDER."""
    try:
        problems = list(problems_of(load_site(folder) if folder else house.site))
    except SiteError as error:
        click.echo(error)
        sys.exit(1)
    for problem in problems:
        click.echo(f"{problem}{' (warning)' if problem.warning else ''}")
    sys.exit(1 if any(not problem.warning for problem in problems) else 0)


def problems_of(site: Site) -> Iterator[Problem]:
    """What is wrong with a site's journeys or may be better: each on its own, then beside each other."""
    versions: dict[str, Version] = {}
    words = words_of(site)
    for file in sorted((site.folder / "journeys").glob("*.yaml")):
        try:
            version = read_version(file, site.folder / "translations", site.language)
        except BrokenJourney as broken:
            yield from broken.problems
        else:
            versions[str(file)] = version
            yield from review(version, str(file), words)
    yield from site_problems(versions, surroundings(site))


def words_of(site: Site) -> WordList:
    """The hard words of the site's language, and those that it added."""
    known = TOP / f"kiosk/journeys/words_{site.language}.toml"
    ours = tomllib.loads(known.read_text(encoding="utf-8")) if known.is_file() else {}
    return word_list(ours, site.words.model_dump())


def surroundings(site: Site) -> Surroundings:
    """What the journeys of a site may name."""
    folders = (site.folder / "pictures", TOP / "static/pictures")
    return Surroundings(
        prices=site.prices,
        deliveries=site.deliveries,
        expertise={each for member in site.staff for each in member.expertise},
        pictures={file.stem for folder in folders for file in folder.glob("*.svg")},
    )


@journeys_group.command("list")
def list_journeys() -> None:
    """List the journeys with their state, their version and the languages they are complete in."""
    for version in house.shelf.versions():
        journey = version.journey
        click.echo(f"{journey.name}  {journey.state}  {version.id}  {' '.join(version.languages)}")


@journeys_group.command("show")
@click.argument("name")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Draw it into this file.")
def show(name: str, svg: Path | None) -> None:
    """Show a journey whole: what it asks, when, and where it ends."""
    journey = known(name).journey
    if svg:
        svg.write_text(drawing(journey), encoding="utf-8")
    else:
        click.echo("\n".join(outline(journey)))


def known(name: str) -> Version:
    """The version of a journey of the site; wrong use when there is none."""
    try:
        return house.shelf.version(name)
    except UnknownJourney:
        names = ", ".join(version.journey.name for version in house.shelf.versions())
        raise click.UsageError(f"there is no journey {name}: choose one of {names}") from None


@journeys_group.command("walk")
@click.argument("name")
@click.option("-n", "count", default=100, show_default=True, help="How many walks.")
@click.option("--seed", type=int, help="Take the same walks again.")
def walk(name: str, count: int, seed: int | None) -> None:
    """Walk a journey at random in every language, and make every screen and summary on the way."""
    version = known(name)
    seed = random.SystemRandom().randrange(10**6) if seed is None else seed
    choose = random.Random(seed).choice  # noqa: S311
    spoken = [tongue(version, language) for language in house.site.languages]
    try:
        ends = [stroll(version, spoken, house.day(), choose) for _ in range(count)]
    except Broken as broken:
        click.echo(f"{broken} (seed {seed})")
        click.echo(f"with the answers {json.dumps(broken.answers, ensure_ascii=False)}")
        sys.exit(1)
    click.echo("\n".join(coverage(version, ends, seed)))


def tongue(version: Version, language: Language) -> Tongue:
    """How a walk is heard in a language."""
    facts = {**house.site.facts(language.locale), "desk": house.site.kiosks[0].desk.spoken(language.locale)}
    return Tongue(language.code, say_in(version, language), language.locale, facts)


def coverage(version: Version, ends: list[Position], seed: int) -> Iterator[str]:
    """What walks came to, in lines."""
    steps = version.journey.steps.keys()
    met = {point.step.name for position in ends for point in position.points} & steps
    counts = Counter(position.ending for position in ends)
    ended = ", ".join(f"{ending} {number}" for ending, number in counts.most_common())
    yield f"{len(ends)} walks in {len(house.site.languages)} languages (seed {seed}): {ended}"
    yield f"{len(met)} of {len(steps)} steps met"
    if missed := [name for name in steps if name not in met]:
        yield f"not met: {', '.join(missed)}"


@journeys_group.command("schema")
def print_schema() -> None:
    """Print the JSON Schema of journey files, for editors that help while typing."""
    click.echo(json.dumps(schema(), indent=2))
