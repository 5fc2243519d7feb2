"""Measures, on generated data, and prints a table. Called by ``script/bench``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from script.lib.bench import fields
from script.lib.bench.load import Plan
from script.lib.bench.names import RATERS, rater
from script.lib.served import ROOT, Server, copy_data, environment, flask, make_demonstration, serving

PAGES: dict[str, tuple[str | None, str]] = {
    "overview": ("Tomasz Wolski", "/"),
    "inspection": ("Tomasz Wolski", "/inspections/DEMO-3"),
    "criterion": ("Isla Munro", "/inspections/DEMO-2/questions/{look_see}"),
    "moderation": ("Ana Ferreira", "/inspections/DEMO-1/agreeing"),
    "owed": ("Ruth Abernethy", "/service/riverside-day-service"),
    "public": (None, "/public/DEMO-1"),
}
"""The six main pages: whose they are, and where they lie."""
NAMES = ("pages", "saves", "queries", "pdf", "fields", "frameworks")
BARE = "script.lib.bench.bare:app"
CLIENTS = 16
FEW, MANY, ENOUGH_TO_RATE = 10, 1000, 50
COORDINATOR = "Tomasz Wolski"
LONGEST_PAGE = 300
"""Milliseconds that a page of a large framework may take."""


@dataclass
class Line:
    """One line of the table: what was measured, how it went, and what is to be reached."""

    name: str
    result: str
    target: str
    reached: bool | None
    figures: dict[str, Any]


def run(folder: Path, module: str, *words: str, given: Any = None) -> Any:
    """Run a module of this package on the data in ``folder``; return what it prints as JSON."""
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", f"script.lib.bench.{module}", *words],
        input=json.dumps(given), env=environment(folder), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{module} {' '.join(words)} failed:\n{done.stderr}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def identifiers(folder: Path) -> dict[str, str]:
    """Return name → identifier of the demonstration's people, and a question's key for each framework."""
    code = (
        "import json\nfrom inspect_app import create_app\nfrom inspect_app.core.database import db\n"
        "from inspect_app.people.models import Person\nfrom inspect_app.frameworks.queries import criteria_of\n"
        "from inspect_app.inspections.queries import by_reference\n"
        "with create_app().app_context():\n"
        "    found = {one.name: str(one.id) for one in db.session.query(Person)}\n"
        "    for name, where in (('look_see', 'DEMO-2'), ('full', 'DEMO-1')):\n"
        "        question = criteria_of(by_reference(where).framework_version_id)[0]\n"
        "        found[name] = question.key\n"
        "        found[name + '_points'] = ' '.join(point.key for point in question.points)\n"
        "print(json.dumps(found))"
    )
    done = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-c", code], env=environment(folder), cwd=ROOT, capture_output=True, text=True, check=True
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


def port_of(server: Server) -> int:
    """Return the port at which a server answers."""
    return int(server.address.rpartition(":")[2])


def measure_bare(folder: Path, ids: dict[str, str], port: int, product: int, seconds: float) -> dict[str, float]:
    """Open the bare page at ``port`` again and again; the product at its own port signs its reader in."""
    plan = Plan(port, "/DEMO-3", [ids["Tomasz Wolski"]], CLIENTS, seconds, product)
    measured: dict[str, float] = run(folder, "load", given=asdict(plan))
    return measured


def bare_line(before: dict[str, float], after: dict[str, float]) -> tuple[float, Line]:
    """Return how many bare pages a second were served before and after what was measured, and the line that says so."""
    level = (before["per_second"] + after["per_second"]) / 2
    words = f"{level:.0f}/s, p95 {max(before['p95'], after['p95']):.0f} ms"
    return level, Line("a bare page, five queries", words, "", None, {"before": before, "after": after})


def measure_pages(folder: Path, ids: dict[str, str], seconds: float) -> Iterator[Line]:
    """Open each main page again and again, beside the bare page, which is measured before and after."""
    with serving(folder) as product, serving(folder, app=BARE) as bare:
        ports = port_of(bare), port_of(product)

        def load(person: str | None, path: str) -> dict[str, float]:
            plan = Plan(ports[1], path, [ids[person] if person else None], CLIENTS, seconds, ports[1])
            measured: dict[str, float] = run(folder, "load", given=asdict(plan))
            return measured

        before = measure_bare(folder, ids, *ports, seconds)
        found = {name: load(person, path.format(**ids)) for name, (person, path) in PAGES.items()}
        level, line = bare_line(before, measure_bare(folder, ids, *ports, seconds))
    yield line
    for name, one in found.items():
        ratio = level / one["per_second"]
        words = f"{one['per_second']:.0f}/s, p95 {one['p95']:.0f} ms, {ratio:.1f} × bare"
        yield Line(f"page: {name}", words, "3 × bare or less", ratio <= 3 and not one["wrong"], one | {"ratio": ratio})


def measure_saves(folder: Path, ids: dict[str, str], seconds: float) -> Iterator[Line]:
    """Save ratings: twenty inspectors once a second each, then twenty as fast as they can; bare pages around that."""
    path = f"/inspections/{{inspection}}/questions/{ids['full']}"
    people: list[str | None] = [str(rater(number)) for number in range(RATERS)]
    values = ids["full_points"].split()
    with serving(folder) as server, serving(folder, app=BARE) as bare:
        port = port_of(server)

        def save(pause: float) -> dict[str, float]:
            plan = Plan(port, path, people, RATERS, max(seconds, 10 * pause), port, True, pause, values)
            measured: dict[str, float] = run(folder, "load", given=asdict(plan))
            return measured

        calm = save(1.0)
        before = measure_bare(folder, ids, port_of(bare), port, seconds)
        flat_out = save(0.0)
        level, line = bare_line(before, measure_bare(folder, ids, port_of(bare), port, seconds))
    yield line
    words = f"{calm['per_second']:.0f}/s, p95 {calm['p95']:.0f} ms, {calm['wrong']} not safe"
    reached = calm["p95"] < 50 and not calm["wrong"]
    yield Line(f"saves: {RATERS} inspectors once a second each", words, "p95 < 50 ms", reached, calm)
    ratio = level / flat_out["per_second"]
    words = f"{flat_out['per_second']:.0f}/s, p95 {flat_out['p95']:.0f} ms, {flat_out['wrong']} not safe"
    words += f", {ratio:.1f} × bare"
    reached = flat_out["per_second"] >= 250 and not flat_out["wrong"]
    yield Line(f"saves: {RATERS} inspectors flat out", words, "250/s or more", reached, flat_out | {"ratio": ratio})


def measure_queries(few: Path, many: Path, ids: dict[str, str]) -> Iterator[Line]:
    """Count the queries of each main page with few and with many inspections."""
    pages = {name: (person, path.format(**ids)) for name, (person, path) in PAGES.items()}
    small, large = (run(folder, "inside", "queries", given=pages) for folder in (few, many))
    for name in pages:
        words = f"{small[name]} with {FEW}, {large[name]} with {MANY} inspections"
        figures = {str(FEW): small[name], str(MANY): large[name]}
        yield Line(f"queries: {name}", words, "equal", small[name] == large[name], figures)


def measure_pdf(folder: Path) -> Iterator[Line]:
    """Make the demonstration's report as a PDF, in a process that does nothing else."""
    one = run(folder, "inside", "pdf", "DEMO-1")
    words = f"{one['seconds']:.1f} s, {one['peak_mb']:.0f} MB, {one['bytes'] / 1e6:.1f} MB on disk"
    yield Line("the demonstration's PDF", words, "5 s, 250 MB", one["seconds"] < 5 and one["peak_mb"] < 250, one)


def measure_fields(folder: Path) -> Iterator[Line]:
    """Open a question on a slow tablet: in a browser that was never here, and from the pack, without a network."""
    with serving(folder) as server:
        found = dict(fields.measure(server.address, "Isla Munro", "DEMO-2"))
    cold, pack = found["cold"], found["pack"]
    yield fields_line("a question, cold, until it takes an answer", cold.shown, 2000)
    yield fields_line("a question, cold, until it saves by itself", cold.usable, None)
    yield fields_line("a question, from the pack, until it saves by itself", pack.usable, 500)
    worst = max(pack.inputs)
    yield Line(
        "fields: an input, until it is seen", f"{worst:.0f} ms at most", "100 ms", worst <= 100, {"worst": worst}
    )
    kinds = ", ".join(f"{kind} {size / 1000:.0f}" for kind, size in cold.weight.items())
    words = f"{cold.bytes / 1000:.0f} kB: {kinds}"
    yield Line("fields: what a cold question weighs", words, "60 kB", cold.bytes <= 60_000, dict(cold.weight))


def fields_line(what: str, felt: list[float], target: int | None) -> Line:
    """Return the line for how long something took, in milliseconds; the middle of all times counts."""
    middle, worst = fields.middle(felt), max(felt)
    words = f"{middle:.0f} ms (the slowest of {len(felt)} {worst:.0f} ms)"
    reached = middle <= target if target else None
    return Line(f"fields: {what}", words, f"{target} ms" if target else "", reached, {"all": felt})


def measure_frameworks(folder: Path, ids: dict[str, str], seconds: float) -> Iterator[Line]:
    """Read 400 questions in five languages from a form, then open their pages one after the other, and publish."""
    there = run(folder, "frameworks", "prepare")
    words = f"{there['seconds']:.1f} s, {there['bytes'] / 1000:.0f} kB, {there['notes']} notes"
    yield Line("framework of 400: read from XLSForm", words, "5 s", there["seconds"] < 5, {"seconds": there["seconds"]})
    coordinator = ids[COORDINATOR]
    with serving(folder) as server:
        port = port_of(server)
        for name, path in there["pages"].items():
            measured = run(folder, "load", given=asdict(Plan(port, path, [coordinator], 1, seconds, port)))
            yield framework_line(name, measured["p95"], measured["p50"], measured)
        given = {"port": port, "person": coordinator, "paths": there["drafts"]}
        pressed = run(folder, "frameworks", "publish", given=given)
    for name, what in (("check", "checked for the first time"), ("publish", "published")):
        took = sorted(pressed[name])
        yield framework_line(what, took[int(len(took) * 0.95)], fields.middle(took), {"all": pressed[name]})


def framework_line(what: str, p95: float, middle: float, figures: dict[str, Any]) -> Line:
    """Return the line for how long a page of a large framework took, in milliseconds."""
    words = f"p95 {p95:.0f} ms, median {middle:.0f} ms"
    reached = p95 < LONGEST_PAGE and not figures.get("wrong")
    return Line(f"framework of 400: {what}", words, f"p95 < {LONGEST_PAGE} ms", reached, figures)


def machine() -> str:
    """Describe this machine in a line, with how fast it is just now."""
    begin = time.monotonic()
    for _ in range(10_000_000):
        pass
    loops = time.monotonic() - begin
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    words = (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB, Python {platform.python_version()}, SQLite; "
    )
    return f"{words}ten million empty loops in {loops:.1f} s"


def measure(names: list[str], seconds: float) -> Iterator[Line]:
    """Make the data, then measure what is named."""
    with tempfile.TemporaryDirectory(prefix="inspect-bench-") as name:
        few = make_demonstration(Path(name) / "few")
        many = copy_data(few, Path(name) / "many")
        run(few, "data", str(FEW))
        run(many, "data", str(MANY if {"pages", "queries"} & set(names) else ENOUGH_TO_RATE))
        ids = identifiers(few)
        if "pages" in names:
            yield from measure_pages(many, ids, seconds)
        if "saves" in names:
            yield from measure_saves(many, ids, seconds)
        if "queries" in names:
            yield from measure_queries(few, many, ids)
        if "pdf" in names:
            yield from measure_pdf(few)
        if "fields" in names:
            yield from measure_fields(few)
        if "frameworks" in names:
            yield from measure_frameworks(few, ids, seconds)
        flask(many, "check")


def main() -> None:
    """Read what is asked for, measure, print."""
    parser = argparse.ArgumentParser(prog="script/bench", description="Measures the product on generated data.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(NAMES)} (all)")
    parser.add_argument("--json", action="store_true", help="print figures instead of a table")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each page is opened (5)")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"nothing is called {', '.join(sorted(unknown))}")
    lines = []
    if not asked.json:
        print(f"{machine()}\n\n| what | measured | to reach | |\n| --- | --- | --- | --- |", flush=True)
    for line in measure(asked.names or list(NAMES), asked.seconds):
        lines.append(line)
        if not asked.json:
            mark = "" if line.reached is None else "yes" if line.reached else "**no**"
            print(f"| {line.name} | {line.result} | {line.target} | {mark} |", flush=True)
    if asked.json:
        print(json.dumps({"machine": machine(), "lines": [asdict(line) for line in lines]}, indent=2))


if __name__ == "__main__":
    main()
