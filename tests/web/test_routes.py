"""Whatever people do, in whatever order: nothing they gave is lost, and every way tells the same."""

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kiosk.journeys import fields, screens
from kiosk.journeys.flow import walk
from kiosk.journeys.kinds.kind import input_name
from kiosk.journeys.model import Step
from kiosk.journeys.rules import Day
from kiosk.records import visits
from tests.fixtures.apps import Clock, app_of, settings_for
from tests.fixtures.municipality import LANGUAGES, SITE, VERSIONS, longest_example
from tests.fixtures.visitors import Visitor

OFFERED = [each for each in VERSIONS if len(each.journey.ways) > 1]


class AtTheKiosk(RuleBasedStateMachine):
    """A citizen who does anything, at a kiosk whose app may be started anew at any moment."""

    def __init__(self, empty: Path) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        shutil.copy(empty, Path(self.folder.name) / "kiosk.db")
        self.clock = Clock()
        self.clients: list[Any] = []
        self.visitor = Visitor(self._client())

    def _client(self) -> Any:
        folder = Path(self.folder.name)
        self.app = app_of(settings_for(folder, f"sqlite:///{folder}/kiosk.db"), self.clock)
        return self.app.test_client()

    def teardown(self) -> None:
        self.app.extensions["house"].database.dispose()
        self.folder.cleanup()

    @initialize(version=st.sampled_from(OFFERED))
    def begin(self, version: Any) -> None:
        self.version = version
        today = longest_example(version.journey.name).today
        self.clock.now = datetime.combine(today, time(9), UTC)
        self.day = Day(today, SITE.holidays)
        self.visitor.arrives().begins(version.journey.name, "guided")

    def stored(self) -> Mapping[str, Any]:
        """The answers that the records hold for the errand."""
        with self.app.extensions["house"].database.read() as connection:
            token = self.visitor.client.get_cookie("visit").value
            _, errand = visits.with_errand(connection, token, 1, self.clock.now, limit_s=300)
        assert errand is not None
        return errand.answers

    def asking(self) -> bool:
        return self.visitor.page.screen in ("step", "part") and bool(self.visitor.page.all(data_key=""))

    @precondition(asking)
    @rule(data=st.data())
    def answer(self, data: Any) -> None:
        before = self.stored()
        asked = [each.get("data-key", "") for each in self.visitor.page.all(data_key="")]
        form: dict[str, Any] = {"change": "1"} if "change=1" in self.visitor.page.path else {}
        for key in asked:
            step = self.version.journey.step_at(key)
            form |= self.typed(step, data.draw(st.sampled_from(self.values(step)), label=key))
        self.visitor.sends(self.visitor.page.path.partition("?")[0], **form)
        after = self.stored()
        assert {key: after[key] for key in before if key not in asked} == {
            key: value for key, value in before.items() if key not in asked
        }

    def values(self, step: Step) -> list[Any]:
        kind = fields.kind_of(step)
        return [True] if kind is None else [*kind.try_out(step, self.day)]

    def typed(self, step: Step, value: Any) -> dict[str, Any]:
        """What a form sends for this value."""
        kind = fields.kind_of(step)
        if kind is None:
            return {}
        parts = kind.typed(step, value)
        several = step.field == "choices"
        return {input_name(step, part): text.split() if several else text for part, text in parts.items()}

    @precondition(asking)
    @rule()
    def look_back(self) -> None:
        self._keeping(lambda: self.visitor.presses("back"))

    @precondition(lambda self: self.visitor.page.screen not in ("step", "part", "hub", "review"))
    @rule()
    def return_to_the_errand(self) -> None:
        self._keeping(lambda: self.visitor.goes_to("/visit"))
        if self.visitor.page.screen in ("refer", "stop"):
            first = self.version.journey.parts[0].steps[0].name
            self._keeping(lambda: self.visitor.goes_to(f"/visit/1/{first}"))

    @rule()
    def look_at_the_overview(self) -> None:
        self._keeping(lambda: self.visitor.goes_to("/visit/1/hub"))

    @precondition(lambda self: self.visitor.page.screen in ("hub", "review") and self.visitor.summary)
    @rule(data=st.data())
    def change_an_answer(self, data: Any) -> None:
        key = data.draw(st.sampled_from(sorted(self.visitor.summary)), label="change")
        self._keeping(lambda: self.visitor.changes(key))

    @rule(way=st.sampled_from(["guided", "express"]))
    def take_another_way(self, way: str) -> None:
        self._keeping(lambda: self.visitor.sends("/visit/1/way", way=way))

    @rule(language=st.sampled_from(LANGUAGES))
    def speak_another_language(self, language: str) -> None:
        self._keeping(lambda: self.visitor.sends("/language", language=language, next="/visit"))

    @rule()
    def start_the_app_anew(self) -> None:
        token = self.visitor.client.get_cookie("visit").value

        def again() -> None:
            self.app.extensions["house"].database.dispose()
            self.visitor.client = self._client()
            self.visitor.client.set_cookie("visit", token)
            self.visitor.goes_to("/visit")

        self._keeping(again)

    def _keeping(self, action: Callable[[], Any]) -> None:
        before = self.stored()
        action()
        assert self.stored() == before

    @invariant()
    def what_is_told_is_what_was_given_on_the_route(self) -> None:
        answers = self.stored()
        position = walk(self.version.journey, answers, self.day)
        keys = [point.key for point in position.points]
        assert len(keys) == len(set(keys))
        taken = screens.Taken(self.version, answers, "open")
        told = screens.summary(taken, self.day, self.version.say("nl"), locale="nl")
        shown = Visitor(self.visitor.client).goes_to("/visit/1/hub").summary
        assert list(shown) == [row.key for row in told.rows]


@pytest.mark.parametrize("examples", [15, pytest.param(30, marks=pytest.mark.matrix)])
def test_nothing_is_lost_and_every_way_tells_the_same(examples: int, sqlite_file: Path) -> None:
    run_state_machine_as_test(
        lambda: AtTheKiosk(sqlite_file),
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
