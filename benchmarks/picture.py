"""The picture of growth: a panel each, time over size, beside the straight line through the largest size."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

PICTURE = Path(__file__).parent / "growth.svg"
WIDTH, HEIGHT, LEFT, TOP, FOOT = 300, 240, 58, 34, 44  # of a panel, and the margins of its axes


class Panel(NamedTuple):
    what: str
    sizes: Sequence[int]
    times: Sequence[float]


def draw(panels: Sequence[Panel]) -> None:
    """Writes growth.svg."""
    drawn = "".join(_panel(panel, k * WIDTH) for k, panel in enumerate(panels))
    PICTURE.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH * len(panels)}" height="{HEIGHT}" '
        f'font-family="sans-serif" font-size="11" fill="#333"><title>Time over size</title>'
        f'<rect width="100%" height="100%" fill="#fff"/>{drawn}</svg>\n',
        encoding="utf-8",
    )


def _panel(panel: Panel, left: int) -> str:
    """Axes from 0, a dot a size, a dashed line from 0 to the last dot."""
    wide, high = WIDTH - LEFT - 24, HEIGHT - TOP - FOOT
    top = max(*panel.times, 1e-9)
    x = [left + LEFT + wide * size / panel.sizes[-1] for size in panel.sizes]
    y = [TOP + high * (1 - taken / top) for taken in panel.times]
    x0, y0 = left + LEFT, TOP + high
    parts = [
        f'<text x="{x0}" y="18" font-size="13" font-weight="bold">Time over {escape(panel.what)}</text>',
        f'<path d="M{x0} {TOP}V{y0}H{x0 + wide}" fill="none" stroke="#333"/>',
        f'<path d="M{x0} {y0}L{x[-1]:.1f} {y[-1]:.1f}" stroke="#999" stroke-dasharray="4 3"/>',
    ]
    for taken in (0, top / 2, top):
        across = TOP + high * (1 - taken / top)
        parts.append(f'<text x="{x0 - 6}" y="{across + 4:.1f}" text-anchor="end">{1000 * taken:.3g} ms</text>')
    for size, across, up in zip(panel.sizes, x, y, strict=True):
        parts.append(f'<circle cx="{across:.1f}" cy="{up:.1f}" r="4" fill="#1f6f54"/>')
        parts.append(f'<text x="{across:.1f}" y="{y0 + 16}" text-anchor="middle">{_short(size)}</text>')
    parts.append(f'<text x="{x0 + wide / 2:.1f}" y="{y0 + 34}" text-anchor="middle">{escape(panel.what)}</text>')
    return "".join(parts)


def _short(size: int) -> str:
    return f"{size // 1000}k" if size >= 10_000 else f"{size:,}"
