"""Pictures for the demonstration's photos: drawn, so that nobody's picture is used."""

from __future__ import annotations

import io
import zlib

from PIL import Image, ImageDraw

SIZE = (1200, 900)
SKY, GROUND, INK, SIGN, WOOD, PAPER = "#c3d3dc", "#d9d4c7", "#2a3440", "#0b5d5b", "#8a6a45", "#fffdf8"


def draw(scene: str, seed: str) -> bytes:
    """Return a JPEG of a scene: grit bin, bus stop sign, stairs or notice board; ``seed`` varies it a little."""
    image = Image.new("RGB", SIZE, SKY)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 560, *SIZE), fill=GROUND)
    shift = zlib.crc32(seed.encode()) % 240 - 120
    _SCENES.get(scene, _notice_board)(pen, 600 + shift)
    for number in range(60):  # snow
        x, y = (number * 197 + shift * 7) % SIZE[0], (number * 311) % SIZE[1]
        pen.ellipse((x, y, x + 7, y + 7), fill="#ffffff")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _grit_bin(pen: ImageDraw.ImageDraw, x: int) -> None:
    pen.polygon([(x - 220, 470), (x + 220, 470), (x + 180, 760), (x - 180, 760)], fill="#d8a72c", outline=INK, width=6)
    pen.polygon([(x - 240, 470), (x + 240, 470), (x + 190, 400), (x - 190, 400)], fill="#c09021", outline=INK, width=6)
    pen.line((x - 120, 560, x + 120, 560), fill=INK, width=10)
    pen.line((x - 100, 610, x + 100, 610), fill=INK, width=10)


def _bus_stop(pen: ImageDraw.ImageDraw, x: int) -> None:
    pen.rectangle((x - 10, 220, x + 10, 800), fill=INK)
    pen.rectangle((x - 130, 140, x + 130, 320), fill=SIGN, outline=INK, width=6)
    pen.rectangle((x - 90, 180, x + 90, 280), fill=PAPER)
    pen.rectangle((x + 20, 380, x + 190, 620), fill=PAPER, outline=INK, width=6)
    for line in range(5):
        pen.line((x + 45, 420 + line * 38, x + 165, 420 + line * 38), fill=INK, width=6)


def _stairs(pen: ImageDraw.ImageDraw, x: int) -> None:
    for step in range(7):
        left, top = x - 360 + step * 90, 780 - step * 70
        pen.rectangle((left, top, x + 360, top + 70), fill="#b7b2a6", outline=INK, width=5)
    pen.line((x - 360, 640, x + 230, 180), fill=WOOD, width=22)
    for post in range(4):
        left = x - 340 + post * 180
        pen.line((left, 640 - post * 140, left, 780 - post * 140), fill=WOOD, width=16)


def _notice_board(pen: ImageDraw.ImageDraw, x: int) -> None:
    pen.rectangle((x - 320, 180, x + 320, 620), fill=WOOD, outline=INK, width=8)
    for number, colour in enumerate((PAPER, "#f3d97a", PAPER, "#cfe3e1", PAPER, "#f8e7e2")):
        left, top = x - 280 + number % 3 * 195, 215 + number // 3 * 195
        pen.rectangle((left, top, left + 165, top + 165), fill=colour, outline=INK, width=4)
        for line in range(4):
            pen.line((left + 20, top + 35 + line * 32, left + 145, top + 35 + line * 32), fill=INK, width=5)


_SCENES = {
    "grit bin": _grit_bin,
    "bus stop": _bus_stop,
    "bus stop sign": _bus_stop,
    "stairs": _stairs,
    "notice board": _notice_board,
}
