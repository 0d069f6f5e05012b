"""A graph made by hand, small enough to know by heart: who ordered what, who says so, and one value."""

import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from kg.datamodel import (
    Argument,
    Attribution,
    Decision,
    Document,
    Entity,
    EntityMention,
    Event,
    EventMention,
    Participant,
    Relation,
    RelationMention,
    Source,
    Span,
    TimeExpression,
)
from kg.graph import KnowledgeGraph
from kg.ids import document_id, entity_id, event_id

# A busy machine is no counterexample: no property test fails for the time that it takes.
settings.register_profile(
    "kg", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kg")


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """`main` takes SIGTERM over; give it back: hypothesis would take the SystemExit of a stopped run for a failure."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium as the system has it; one for all tests, for Playwright can run but once in a process."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()


TEXT = 'Minister Jean Dupont, 51, ordered strikes on Kalma on Monday, the "Élan" agency said.\r\nKalma is in Nordia.\n'


@pytest.fixture
def small_graph() -> KnowledgeGraph:
    """One document; Dupont ordered strikes on Kalma, the agency said; Dupont is 51, Kalma lies in Nordia."""
    id = document_id("a.txt", "0" * 64)
    document = Document(
        id,
        TEXT,
        "a.txt",
        "0" * 64,
        "Strikes <ordered>",
        "Wire “A”",
        "https://example.org/1",
        date(2015, 11, 17),
    )

    def span(words: str) -> Span:
        start = TEXT.index(words)
        return Span(id, start, start + len(words), words)

    def name(words: str, type: str) -> EntityMention:
        found = span(words)
        return EntityMention(found, found.range, type, "name")  # type: ignore[arg-type]

    dupont, kalma, nordia = name("Jean Dupont", "Person"), name("Kalma", "Place"), name("Nordia", "Place")
    agency = EntityMention(span('the "Élan" agency'), span("agency").range, "Organization", "nominal")
    people = {
        "dupont": Entity(entity_id("Person", "Jean Dupont"), "Person", "Jean Dupont", ("Dupont",), (dupont,)),
        "kalma": Entity(
            entity_id("Place", "Kalma"),
            "Place",
            "Kalma",
            (),
            (kalma,),
            ("https://sws.geonames.org/1/",),
            1.5,
            2.5,
        ),
        "nordia": Entity(entity_id("Place", "Nordia"), "Place", "Nordia", (), (nordia,)),
        "agency": Entity(entity_id("Organization", "Élan"), "Organization", "Élan", (), (agency,)),
    }
    sentence = span(TEXT.split("\r\n")[0])
    time = TimeExpression(span("Monday"), date(2015, 11, 16), date(2015, 11, 16), "day")
    said = (Source(agency.span, agency),)
    strike_words = span("strikes")
    ordering = EventMention(
        trigger=span("ordered"),
        sentence=sentence,
        lemma="order",
        predicate="order",
        type="Order",
        arguments=(
            Argument("agent", dupont.span, span("Dupont").range, dupont),
            Argument("topic", span("strikes on Kalma"), strike_words.range, None, strike_words),
        ),
        status="asserted",
        attributed_to=said,
        time=time,
        rule="active",
    )
    striking = EventMention(
        trigger=strike_words,
        sentence=sentence,
        lemma="strike",
        predicate="strike",
        type="AirStrike",
        arguments=(Argument("patient", kalma.span, kalma.head, kalma),),
        status="ordered",
        attributed_to=said,
        time=None,
        rule="nominal",
    )
    ids = {"order": event_id("order", "x"), "strike": event_id("strike", "x")}
    credit = (Attribution("Élan", people["agency"].id),)
    events = (
        Event(
            ids["order"],
            "Order",
            "COERCE",
            "order",
            "Jean Dupont orders strikes on Kalma",
            (
                Participant("agent", "Jean Dupont", people["dupont"].id),
                Participant("topic", "strikes on Kalma", None, ids["strike"]),
            ),
            "asserted",
            credit,
            time,
            (ordering,),
        ),
        Event(
            ids["strike"],
            "AirStrike",
            "ASSAULT",
            "strike",
            "strikes on Kalma",
            (Participant("patient", "Kalma", people["kalma"].id),),
            "ordered",
            credit,
            None,
            (striking,),
        ),
    )
    age = RelationMention(dupont, "age", span("Jean Dupont, 51"), "apposition", None, "51", span("51"))
    lies = RelationMention(kalma, "locatedIn", span("Kalma is in Nordia"), "copula", nordia)
    relations = (
        Relation(people["dupont"].id, "age", None, "51", (age,)),
        Relation(people["kalma"].id, "locatedIn", people["nordia"].id, None, (lies,)),
    )
    return KnowledgeGraph(
        (document,),
        tuple(sorted(people.values(), key=lambda entity: entity.id)),
        tuple(sorted(events, key=lambda event: event.id)),
        tuple(sorted(relations, key=lambda relation: (relation.subject, relation.property))),
        (Decision("merge", people["dupont"].id, "Dupont", "surname", "same document", None),),
    )


# ---------------------------------------------------------------- the wheel


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from the source tree, without the network."""
    pytest.importorskip("build")
    pytest.importorskip("hatchling")
    folder, root = tmp_path_factory.mktemp("wheel"), Path(__file__).resolve().parent.parent
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(root)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def clean_python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment: the wheel, and the libraries of this one, but not its `kg`."""
    folder = tmp_path_factory.mktemp("env")
    venv.create(folder, with_pip=False)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = folder / "lib" / version / "site-packages"
    # A path line brings the libraries in; .pth files over there, such as that of an editable kg, are not followed.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return folder / "bin" / "python"
