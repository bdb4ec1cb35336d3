"""SVG as a picture of points, by the extra `plots`."""

from __future__ import annotations

from typing import Final

from dragoman.errors import SettingError

LARGEST: Final = 16_000
"""Pixels of a side; a larger picture is refused."""


def png(svg: str, width: int, scale: float) -> bytes:
    """SVG, WIDTH units wide, as PNG with SCALE pixels a unit. Raises SettingError where it can't be made."""
    try:
        import resvg_py  # an extra: not everybody draws PNG
    except ImportError as error:
        raise SettingError(
            "PNG needs the library resvg-py; install it with `pip install 'dragoman[plots]'`, or write an .svg"
        ) from error
    if width * scale > LARGEST:
        raise SettingError(f"--scale {scale:g}: {width * scale:.0f} pixels are too wide; at most {LARGEST} are drawn")
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=scale, sans_serif_family="DejaVu Sans"))
    except ValueError as error:
        raise SettingError(f"the PNG can't be drawn: {error}; try a smaller --scale, or write an .svg") from error
