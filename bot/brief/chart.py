"""
What does the move look like? One picture for a phone: 800 × 450, 16-point letters, about 10 KB.

Minute line, previous close, volume, extended hours shaded, the catalyst's time and the quote
marked. Direction is told by sign and arrow besides colour. The same facts make the same bytes,
in any thread: matplotlib's object interface only, no pyplot, no metadata.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from bot.brief import wording
from bot.brief.chart_scene import MINUTE, Scene, scene_of
from bot.brief.phrases import FLAT, around, verbs
from bot.model.brief import Brief, ChartData, Colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

GROUND, SHADE, GRID, INK, DIM = "#2b2d31", "#1e1f22", "#3f4147", "#f2f3f5", "#b5bac1"
MARK, VOLUME = "#faa61a", "#6d6f78"
WIDTH, HEIGHT, DPI = 800, 450, 100
LETTERS = 16
COLOURS = 32

_LEFT, _RIGHT, _HALF = 0.025, 0.885, 0.55


def draw(brief: Brief, data: ChartData, colours: Colours) -> bytes:
    """Return a PNG. Without a bar it shows the quote alone against its reference."""
    from matplotlib.figure import Figure

    scene = scene_of(brief, data, colours)
    figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=GROUND)
    price, volume = _panes(figure)
    _shade(price, volume, scene)
    _draw_price(price, scene)
    _draw_marks(price, scene)
    _draw_volume(volume, scene)
    _draw_axes(price, volume, scene)
    _draw_title(figure, scene)
    return _png(figure)


def alt_text(brief: Brief) -> str:
    """The picture for those who do not see it."""
    move = brief.move
    close = wording.money(move.reference.price, move.currency)
    level = verbs(move.percent) is FLAT
    far = "level with" if level else f"{around(move.percent)} {'above' if move.up else 'below'}"
    return (
        f"Minute chart of {brief.instrument.ticker} on {wording.day(brief.session.day)}: "
        f"{far} {wording.weekday(move.reference.day)}'s close of {close} at "
        f"{wording.clock(brief.quote.as_of, brief.session.zone)}, with volume below."
    )


def _panes(figure: Figure) -> tuple[Axes, Axes]:
    grid = {"height_ratios": [4, 1], "hspace": 0.06, "left": _LEFT, "right": _RIGHT}
    both = figure.subplots(2, 1, sharex=True, gridspec_kw={**grid, "top": 0.84, "bottom": 0.115})
    for pane in both:
        pane.set_facecolor(GROUND)
        pane.tick_params(colors=DIM, labelsize=LETTERS, length=0)
        pane.yaxis.tick_right()
        for side in pane.spines.values():
            side.set_visible(False)
    return both[0], both[1]


def _shade(price: Axes, volume: Axes, scene: Scene) -> None:
    """Extended hours."""
    for start, end in ((scene.span[0], scene.regular[0]), (scene.regular[1], scene.span[1])):
        if end > start:
            for pane in (price, volume):
                pane.axvspan(start, end, color=SHADE, linewidth=0)


def _draw_price(pane: Axes, scene: Scene) -> None:
    move = scene.brief.move
    pane.grid(axis="y", color=GRID, linewidth=0.8)
    pane.plot(scene.times, scene.prices, color=scene.colour, linewidth=2.4, zorder=3)
    pane.fill_between(
        scene.times, scene.prices, scene.close, color=scene.colour, alpha=0.16, linewidth=0
    )
    pane.axhline(scene.close, color=DIM, linewidth=1.3, linestyle=(0, (4, 3)))
    low, high = min(*scene.prices, scene.close), max(*scene.prices, scene.close)
    room = (high - low) or scene.close * 0.01
    pane.set_ylim(low - room * 0.22, high + room * 0.22)
    name = f"{wording.weekday(move.reference.day)[:3]} close"
    right = scene.catalyst is None or scene.share(scene.catalyst[0]) < _HALF
    label = f"{name} {wording.money(move.reference.price, move.currency)}"
    _label(pane, label, (scene.span[right], scene.close), DIM, (not right, not move.up))


def _draw_marks(pane: Axes, scene: Scene) -> None:
    """The catalyst as an upright with its name, the quote as a dot; out of each other's way."""
    up, now = scene.brief.move.up, scene.times[-1]
    edge = pane.get_ylim()[0 if up else 1]
    if scene.catalyst is not None:
        at, name = scene.catalyst
        pane.axvline(at, color=MARK, linewidth=1.6)
        _dot(pane, (at, scene.price_at(at)), "D", MARK)
        _label(pane, name, (at, edge), MARK, (scene.share(at) < _HALF, up))
    _dot(pane, (now, scene.prices[-1]), "o", INK)
    _label(pane, scene.now, (now, scene.prices[-1]), INK, (scene.share(now) < _HALF, up))


def _dot(pane: Axes, at: tuple[float, float], shape: str, colour: str) -> None:
    pane.plot(
        [at[0]],
        [at[1]],
        shape,
        color=colour,
        markersize=9,
        markeredgecolor=GROUND,
        zorder=5,
        clip_on=False,
    )


def _label(
    pane: Axes, text: str, at: tuple[float, float], colour: str, side: tuple[bool, bool]
) -> None:
    """Words beside a point: `side` is (to its right, above it)."""
    from matplotlib.patheffects import withStroke

    to_the_right, above = side
    pane.annotate(
        text,
        at,
        xytext=(10 if to_the_right else -10, 6 if above else -6),
        textcoords="offset points",
        color=colour,
        fontsize=LETTERS,
        ha="left" if to_the_right else "right",
        va="bottom" if above else "top",
        zorder=6,
        parse_math=False,
        path_effects=[withStroke(linewidth=4, foreground=GROUND)],
    )


def _draw_volume(pane: Axes, scene: Scene) -> None:
    pane.bar(scene.times, scene.volumes, width=MINUTE, align="edge", color=VOLUME, linewidth=0)
    pane.set_yticks([])


def _draw_axes(price: Axes, volume: Axes, scene: Scene) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    price.yaxis.set_major_locator(MaxNLocator(4))
    price.yaxis.set_major_formatter(FuncFormatter(lambda figure, _: f"{figure:,.{scene.places}f}"))
    volume.set_xlim(*scene.span)
    volume.set_xticks([at for at, _ in scene.hours], [label for _, label in scene.hours])
    for label, (at, _) in zip(volume.get_xticklabels(), scene.hours, strict=True):
        if at == scene.span[0]:
            label.set_horizontalalignment("left")  # or half of it is outside the picture


def _draw_title(figure: Figure, scene: Scene) -> None:
    move = scene.brief.move
    figures = f"{wording.money(move.last, move.currency)}  {verbs(move.percent).arrow} "
    title = figure.text(
        _LEFT, 0.90, scene.brief.instrument.ticker, color=INK, fontsize=26, fontweight="bold"
    )
    end = title.get_window_extent().x1 / WIDTH
    figure.text(
        end + 0.025,
        0.90,
        figures + wording.percent(move.percent),
        color=scene.colour,
        fontsize=24,
        fontweight="bold",
    )
    at = scene.brief.quote.as_of
    day = wording.day(wording.local_day(at, scene.brief.session.zone))
    when = f"{day}, {wording.clock(at, scene.brief.session.zone)}"
    figure.text(0.985, 0.905, when, color=DIM, fontsize=LETTERS, ha="right")


def _png(figure: Figure) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    picture = Image.frombuffer("RGBA", canvas.get_width_height(), pixels)
    few = picture.convert("RGB").quantize(
        COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()
