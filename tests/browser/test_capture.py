"""Photos and sounds on a tablet: made small, covered and kept before they travel; what arrives is looked at."""

from __future__ import annotations

import io
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, text

from inspect_app.core.database import safe_sqlite
from tests.browser.conftest import People

pytestmark = pytest.mark.browser
PHOTOS = "/inspections/DEMO-2/photos/new"
SOUNDS = "/inspections/DEMO-2/sounds/new"
FACE, WALL = (240, 200, 160), (136, 170, 204)


def picture(size: tuple[int, int] = (4000, 3000), *, lying: bool = False, kind: str = "JPEG") -> bytes:
    """A face in the middle of a wall, with what a telephone writes beside it; lying: it must be turned."""
    image = Image.new("RGB", size, WALL)
    width, height = size
    ImageDraw.Draw(image).rectangle((width * 0.4, height * 0.4, width * 0.6, height * 0.6), fill=FACE)
    exif = image.getexif()
    exif[0x0112], exif[0x010F] = 6 if lying else 1, "Telephone of Farah"
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (55.0, 53.0, 1.0)
    out = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(out)
    else:
        image.save(out, kind, exif=exif)
    return out.getvalue()


def named(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "", "buffer": data}


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("html[data-capture=ready]")


def choose(page: Page, *files: dict[str, object]) -> None:
    before = page.locator(".app-shot").count()
    page.set_input_files("input[type=file]", files)  # type: ignore[arg-type]
    page.locator(".app-shot").nth(before + len(files) - 1).wait_for()


def kept(page: Page) -> list[bytes]:
    """Return the photos and sounds that wait in the outbox, as they would travel."""
    found = page.evaluate("""async () => {
        const { entries, blob } = await import("/static/tablet/outbox.js");
        const all = (await entries()).filter((one) => one.files.length);
        return Promise.all(all.map(async (one) => [...new Uint8Array(await (await blob(one.files[0])).arrayBuffer())]));
    }""")
    return [bytes(one) for one in found]


def hold_back(page: Page) -> None:
    """Let nothing travel, so that what waits can be looked at."""
    page.route("**/outbox", lambda route: route.abort())
    page.route("**/uploads*", lambda route: route.abort())


def entries(page: Page) -> list[dict[str, object]]:
    return page.evaluate("""async () => {
        const { entries } = await import("/static/tablet/outbox.js");
        return (await entries()).map((one) => ({ ...one.entry.content, kind: one.entry.kind }));
    }""")


def in_drafts(page: Page) -> int:
    return page.evaluate("""async () => {
        const { readAll } = await import("/static/tablet/store.js");
        return (await readAll("drafts")).length;
    }""")


def say(page: Page, place: int, caption: str, people: str | None = "Nobody can be recognised") -> None:
    card = page.locator(".app-shot").nth(place)
    card.get_by_label("What does it show?").fill(caption)
    if people:
        card.get_by_role("radio", name=people).check()


def begun(page: Page) -> list[dict[str, object]]:
    """Return what is not saved on this tablet: how many photos or pieces on each page, and the words beside them."""
    return page.evaluate("""async () => (await import("/static/tablet/drafts.js")).begunAnywhere()""")


def wait_until_begun(page: Page, count: int, caption: str = "") -> None:
    """Wait until so many pages have something on the tablet's disk, one of them with these words."""
    for _ in range(100):
        found = [one for one in begun(page) if one["count"]]
        if len(found) == count and caption in str(found):
            return
        page.wait_for_timeout(100)
    raise AssertionError(begun(page))


def test_what_a_crash_cut_off_is_found_on_the_page_of_the_tablet_and_goes_on(people: People) -> None:
    page = people.come("Isla Munro")
    hold_back(page)
    open_page(page, PHOTOS + "?question=plain-words")
    choose(page, named("a.jpg", picture((800, 600))))
    say(page, 0, "Half a")
    wait_until_begun(page, 1, "Half a")
    open_page(page, SOUNDS + "?as=note")
    page.get_by_role("button", name="Start recording").click()
    wait_until_begun(page, 2)
    page.goto("about:blank")  # what a page says when it is left is not asked for here: it is gone
    page.goto("/inspections/DEMO-2/observations")
    page.get_by_role("link", name="A photo or a recording is not saved yet.").click()
    expect(page.locator("#unsaved > li")).to_have_count(2)
    page.locator("#unsaved > li", has_text="Half a").get_by_role("link", name="Go on with it").click()
    card = page.locator(".app-shot")
    expect(card.get_by_label("What does it show?")).to_have_value("Half a")
    expect(card.get_by_label("Nobody can be recognised")).to_be_checked()
    page.get_by_role("button", name="Save the photo").click()
    page.wait_for_url("**/questions/plain-words")
    page.goto("/tablet")
    page.locator("#unsaved > li", has_text="A recording").get_by_role("link", name="Go on with it").click()
    page.get_by_text("This recording was not saved yet.").wait_for()
    page.get_by_label("I heard it").check()
    page.get_by_label("Only my own voice").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/observations")
    photo, sound = entries(page)
    assert (photo["caption"], photo["question"], sound["spoken"], in_drafts(page)) == (
        "Half a",
        "plain-words",
        "heard",
        0,
    )
    assert kept(page)[1].startswith(b"\x1aE\xdf\xa3")


def test_whoever_writes_beside_a_photo_is_left_to_it_while_others_come(people: People) -> None:
    page = people.come("Isla Munro")
    open_page(page, PHOTOS)
    page.evaluate("""() => {
        const real = createImageBitmap;
        let count = 0;
        globalThis.createImageBitmap = async (...asked) => {
          count += 1;
          if (count === 2) await new Promise((resolve) => (globalThis.goOn = resolve));
          return real(...asked);
        };
    }""")
    small = picture((64, 48))
    page.set_input_files("input[type=file]", [named("one.jpg", small), named("two.jpg", small)])  # type: ignore[list-item]
    caption = page.locator("[data-field=caption]").first
    caption.press_sequentially("Ice on ")
    page.wait_for_function("() => Boolean(globalThis.goOn)")
    page.evaluate("goOn()")
    expect(page.get_by_role("button", name="Save 2 photos")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Not saved yet")).to_be_visible()
    page.keyboard.type("the steps")
    expect(caption).to_have_value("Ice on the steps")


def test_what_the_browser_cannot_show_travels_as_it_is_and_a_refusal_is_said(people: People) -> None:
    page, heic = people.come("Isla Munro"), picture((640, 480), kind="HEIF")
    page.add_init_script(
        'navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "NotAllowedError"); };'
    )
    hold_back(page)
    open_page(page, PHOTOS)
    page.set_input_files("input[type=file]", [named("words.txt", b"words")])  # type: ignore[list-item]
    page.get_by_text("“words.txt” is not a photo.").wait_for()
    choose(page, named("IMG.HEIC", heic), named("née 😀.jpg", picture(lying=True)))
    page.get_by_text("This tablet cannot show this photo").first.wait_for()
    page.get_by_role("button", name="Save 2 photos").click()
    assert page.locator(".app-fault").count() == 4
    say(page, 0, "From a telephone")
    say(page, 1, "Lying")
    page.get_by_role("button", name="Save 2 photos").click()
    page.wait_for_url("**/observations")
    as_it_came, turned = kept(page)
    image = Image.open(io.BytesIO(turned))
    assert (as_it_came, image.size, bool(image.getexif())) == (heic, (1536, 2048), False)

    open_page(page, SOUNDS)
    page.get_by_role("button", name="Start recording").click()
    page.get_by_text("may not use the microphone").wait_for()
    assert page.get_by_role("link", name="Type instead").is_visible()
    assert page.locator("input[type=file]").is_visible()


def test_a_covered_face_is_gone_from_the_pixels_before_anything_is_kept(people: People) -> None:
    page = people.come("Isla Munro")
    hold_back(page)
    open_page(page, PHOTOS)
    choose(page, named("a.jpg", picture()), named("b.jpg", picture()))
    page.get_by_role("button", name="Cover a face or mark a spot").first.click()
    board = page.locator("dialog canvas")
    board.wait_for()
    for _ in range(5):
        page.get_by_role("button", name="Larger").click()
    frame = board.bounding_box()  # only now does everything lie where it stays
    assert frame
    middle = (frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    page.mouse.click(*middle)
    page.get_by_role("button", name="Undo").click()
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 8, middle[1], steps=3)
    page.mouse.up()
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".app-shot").first.get_by_label("I covered every face")).to_be_checked()
    page.get_by_role("button", name="Cover a face or mark a spot").nth(1).click()
    board.wait_for()
    board.focus()
    for key in ["+"] * 6 + ["Enter", "Enter", "Backspace"]:
        page.keyboard.press(key)
    page.get_by_role("button", name="Done").click()
    say(page, 0, "By mouse", None)
    say(page, 1, "By keys", "I covered every face")
    page.get_by_role("button", name="Save 2 photos").click()
    page.wait_for_url("**/observations")
    for data in kept(page):
        image = Image.open(io.BytesIO(data)).convert("RGB")
        width, height = image.size
        pixel = image.getpixel((width // 2, height // 2))
        assert isinstance(pixel, tuple)
        assert all(abs(one - other) < 12 for one, other in zip(pixel, (27, 35, 48), strict=True))
        inside = image.crop((int(width * 0.42), int(height * 0.42), int(width * 0.58), int(height * 0.58)))
        assert not any(one[0] > 200 for _, one in inside.getcolors(1 << 20) or [])  # type: ignore[index]
    assert in_drafts(page) == 0


def test_a_sound_is_recorded_heard_and_kept(people: People) -> None:
    page = people.come("Isla Munro")
    hold_back(page)
    open_page(page, SOUNDS + "?as=note&question=plain-words")
    page.get_by_role("button", name="Start recording").click()
    page.wait_for_timeout(1500)
    assert page.locator("[data-loud]").inner_text() in ("Very quiet", "Good", "Very loud")
    page.get_by_role("button", name="Pause").click()
    page.wait_for_timeout(700)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_timeout(700)
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Your recording:").wait_for()
    page.get_by_role("button", name="Save").click()
    assert page.locator(".app-fault").count() == 2
    page.get_by_label("I heard it").check()
    page.get_by_label("Only my own voice").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/questions/plain-words")
    (sound,) = kept(page)
    (one,) = entries(page)
    assert sound.startswith(b"\x1aE\xdf\xa3")
    assert (one["kind"], one["type"], one["spoken"], one["question"]) == ("sound", "audio/webm", "heard", "plain-words")
    assert 1 <= int(str(one["seconds"])) <= 4
    assert one["note"]
    assert in_drafts(page) == 0


def test_a_photo_arrives_at_the_office_as_it_was_covered(people: People, folder: Path) -> None:
    page = people.come("Isla Munro")
    open_page(page, PHOTOS + "?question=plain-words")
    choose(page, named("a.jpg", picture((1200, 900))))
    page.get_by_role("button", name="Cover a face or mark a spot").click()
    page.locator("dialog canvas").wait_for()
    page.locator("dialog canvas").focus()
    for key in ["+"] * 6 + ["Enter"]:
        page.keyboard.press(key)
    page.get_by_role("button", name="Done").click()
    say(page, 0, "A covered face", None)
    page.get_by_role("button", name="Save the photo").click()
    page.wait_for_url("**/questions/plain-words")
    question = "SELECT f.sha256_stored FROM evidence e JOIN stored_file f ON f.id = e.file_id WHERE caption = :caption"
    engine = create_engine(f"sqlite:///{folder / 'inspect.db'}", module=safe_sqlite())
    for _ in range(120):
        with engine.connect() as connection:
            stored = connection.execute(text(question), {"caption": "A covered face"}).scalar()
        if stored:
            break
        page.wait_for_timeout(250)
    engine.dispose()
    assert stored
    image = Image.open(folder / "files" / stored[:2] / stored).convert("RGB")
    pixel = image.getpixel((600, 450))
    assert isinstance(pixel, tuple)
    assert max(pixel) < 80
