"""
What does the move look like? One picture for a phone: 800 × 450, 16-point letters, about 10 KB.

Minute line, reference, volume, extended hours shaded, the catalyst's time and the quote marked.
Direction is told by sign and arrow besides colour. The same facts make the same bytes, in any
thread: matplotlib's object interface only, no pyplot, no metadata.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.brief import wording
from bot.brief.chart_labels import Box, Side, place
from bot.brief.chart_scene import MINUTE, Scene, reference_name, scene_of
from bot.brief.phrases import FLAT, around, verbs
from bot.model.brief import Brief, ChartData, Colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.text import Text

GROUND, SHADE, GRID, INK, DIM = "#2b2d31", "#1e1f22", "#3f4147", "#f2f3f5", "#b5bac1"
MARK, VOLUME = "#faa61a", "#6d6f78"
WIDTH, HEIGHT, DPI = 800, 450, 100
LETTERS = 16
COLOURS = 32

_LEFT, _RIGHT, _EDGE, _HALF = 0.025, 0.885, 0.985, 0.55
_GAP = 0.025
_STRETCH = 0.22  # of the range of prices: room above and below for words


def draw(brief: Brief, data: ChartData, colours: Colours) -> bytes:
    """Return a PNG. Without a bar it shows the quote alone against its reference."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    scene = scene_of(brief, data, colours)
    figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=GROUND)
    canvas = FigureCanvasAgg(figure)
    panes = _panes(figure, scene)
    _shade(panes, scene)
    _draw_price(panes[0], scene)
    if scene.tallest:
        _draw_volume(panes[1], scene)
    _draw_axes(panes, scene)
    _draw_marks(panes[0], scene)
    _draw_title(figure, scene)
    return _png(canvas)


def alt_text(brief: Brief) -> str:
    """The picture for those who do not see it."""
    move = brief.move
    price = wording.money(move.reference.price, move.currency)
    level = verbs(move.percent) is FLAT
    far = "level with" if level else f"{around(move.percent)} {'above' if move.up else 'below'}"
    return (
        f"Minute chart of {brief.instrument.ticker} on {wording.day(brief.session.day)}: "
        f"{far} {reference_name(move)} of {price} at "
        f"{wording.clock(brief.quote.as_of, brief.session.zone)}"
        f"{', with volume below' if brief.context.volume else ''}."
    )


def _panes(figure: Figure, scene: Scene) -> list[Axes]:
    """The price, and below it the volume where there is any."""
    ratios = [4, 1] if scene.tallest else [1]
    grid = {"height_ratios": ratios, "hspace": 0.06, "left": _LEFT, "right": _RIGHT}
    grid |= {"top": 0.84, "bottom": 0.115}
    panes = figure.subplots(len(ratios), 1, sharex=True, squeeze=False, gridspec_kw=grid)[:, 0]
    for pane in panes:
        pane.set_facecolor(GROUND)
        pane.tick_params(colors=DIM, labelsize=LETTERS, length=0)
        pane.yaxis.tick_right()
        for side in pane.spines.values():
            side.set_visible(False)
    return list(panes)


def _shade(panes: list[Axes], scene: Scene) -> None:
    """Extended hours."""
    for start, end in ((scene.span[0], scene.regular[0]), (scene.regular[1], scene.span[1])):
        if end > start:
            for pane in panes:
                pane.axvspan(start, end, color=SHADE, linewidth=0)


def _draw_price(pane: Axes, scene: Scene) -> None:
    """A minute without a print is no slope: the price stays until the next one."""
    pane.grid(axis="y", color=GRID, linewidth=0.8)
    before = sum(time < scene.since for time in scene.times)
    if before:
        dim = slice(None, before + 1)
        pane.plot(scene.times[dim], scene.prices[dim], color=DIM, linewidth=1.6, zorder=2)
    times, prices = scene.times[before:], scene.prices[before:]
    pane.plot(times, prices, color=scene.colour, linewidth=2.4, zorder=3, drawstyle="steps-post")
    pane.fill_between(
        times, prices, scene.close, color=scene.colour, alpha=0.16, linewidth=0, step="post"
    )
    pane.axhline(scene.close, color=DIM, linewidth=1.3, linestyle=(0, (4, 3)))
    low, high = min(*scene.prices, scene.close), max(*scene.prices, scene.close)
    room = ((high - low) or scene.close * 0.01) * _STRETCH
    pane.set_ylim(low - room, high + room)


def _draw_volume(pane: Axes, scene: Scene) -> None:
    """A bar a minute, all of them one shape: a patch for each would double the time it takes."""
    from matplotlib.collections import PolyCollection

    bars = [
        [(at, 0), (at, volume), (at + MINUTE, volume), (at + MINUTE, 0)]
        for at, volume in zip(scene.times, scene.volumes, strict=True)
    ]
    pane.add_collection(PolyCollection(bars, facecolor=VOLUME, linewidth=0), autolim=False)
    pane.set_ylim(0, scene.tallest)
    pane.set_yticks([])


def _draw_axes(panes: list[Axes], scene: Scene) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    price, bottom = panes[0], panes[-1]
    price.yaxis.set_major_locator(MaxNLocator(4))
    price.yaxis.set_major_formatter(FuncFormatter(lambda figure, _: scene.tick(figure)))
    bottom.set_xlim(*scene.span)
    bottom.set_xticks([at for at, _ in scene.hours], [label for _, label in scene.hours])
    for label, (at, _) in zip(bottom.get_xticklabels(), scene.hours, strict=True):
        if at == scene.span[0]:
            label.set_horizontalalignment("left")  # or half of it is outside the picture


def _draw_marks(pane: Axes, scene: Scene) -> None:
    """The quote as a dot, the catalyst as an upright, each with its words, and the reference."""
    up, now, taken = scene.brief.move.up, scene.times[-1], list[Box]()
    ends = pane.get_ylim()
    _dot(pane, (now, scene.prices[-1]), "o", INK)
    here = scene.share(now) < _HALF
    beside = [(here, up), (here, not up), (not here, up), (not here, not up)]
    at_now = [((now, scene.prices[-1]), Side(*side)) for side in beside]
    _label(pane, scene, (scene.now, INK), at_now, taken)
    if scene.catalyst is not None:
        at, name = scene.catalyst
        pane.axvline(at, color=MARK, linewidth=1.6)
        _dot(pane, (at, scene.price_at(at)), "D", MARK)
        after = scene.share(at) < _HALF
        foot, top = (at, ends[not up]), (at, ends[up])
        edges = [(foot, up), (top, not up)]
        wanted = [(edge, Side(side, rises)) for edge, rises in edges for side in (after, not after)]
        _label(pane, scene, (name, MARK), wanted, taken)
        (x, low), (_, high) = pane.transData.transform([(at, ends[0]), (at, ends[1])])
        taken.append(Box(x, low, x, high))
    left, right = ((end, scene.close) for end in scene.span)
    sides = [(right, False, not up), (right, False, up), (left, True, not up), (left, True, up)]
    _label(pane, scene, (scene.close_label, DIM), [(at, Side(r, a)) for at, r, a in sides], taken)


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
    pane: Axes,
    scene: Scene,
    words: tuple[str, str],
    wanted: Iterable[tuple[tuple[float, float], Side]],
    taken: list[Box],
) -> None:
    """Words in their colour, at the best of the places wanted; what they cover is then taken."""
    from matplotlib.patheffects import withStroke
    from matplotlib.transforms import IdentityTransform

    text = pane.text(
        0,
        0,
        words[0],
        color=words[1],
        fontsize=LETTERS,
        va="bottom",
        zorder=6,
        parse_math=False,
        transform=IdentityTransform(),
        path_effects=[withStroke(linewidth=4, foreground=GROUND)],
    )
    pixels, frame = pane.transData.transform, pane.bbox
    line = [tuple(point) for point in pixels(list(zip(scene.times, scene.prices, strict=True)))]
    size = text.get_window_extent()
    places = [(tuple(pixels(point)), side) for point, side in wanted]
    box, _ = place(places, (size.width, size.height), Box(*frame.extents), taken, line)
    text.set_position((box.left, box.bottom))
    taken.append(box)


def _draw_title(figure: Figure, scene: Scene) -> None:
    """Ticker, price, arrow and percent; the day is left out where it would stand in their way."""
    move, at, zone = scene.brief.move, scene.brief.quote.as_of, scene.brief.session.zone
    ticker = _heading(figure, scene.brief.instrument.ticker, _LEFT, INK, 26)
    price = wording.money(move.last, move.currency)
    figures = f"{price}  {verbs(move.percent).arrow} {wording.percent(move.percent)}"
    told = _heading(figure, figures, _end(ticker) + _GAP, scene.colour, 24)
    clock = wording.clock(at, zone)
    when = figure.text(_EDGE, 0.905, clock, color=DIM, fontsize=LETTERS, ha="right")
    for smaller in range(24, LETTERS, -1):
        told.set_fontsize(smaller)
        if _end(told) + _GAP <= _start(when):
            break
    day = figure.text(_start(when), 0.905, "", color=DIM, fontsize=LETTERS, ha="right")
    day.set_text(f"{wording.day(wording.local_day(at, zone))}, ")
    day.set_visible(_start(day) > _end(told) + _GAP)


def _heading(figure: Figure, words: str, left: float, colour: str, size: int) -> Text:
    return figure.text(left, 0.90, words, color=colour, fontsize=size, fontweight="bold")


def _start(text: Text) -> float:
    return float(text.get_window_extent().x0) / WIDTH


def _end(text: Text) -> float:
    return float(text.get_window_extent().x1) / WIDTH


def _png(canvas: FigureCanvasAgg) -> bytes:
    from PIL import Image

    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    picture = Image.frombuffer("RGBA", canvas.get_width_height(), pixels)
    few = picture.convert("RGB").quantize(
        COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()
