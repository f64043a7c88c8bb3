"""Charts: a documented table in, a chart block out; one module per kind.

=====================  ==========================================================
``strip``              how often each answer from 0 to 10 was given
``dots``               scores with their intervals, sorted, per group
``glide``              per target the line from baseline to target, and the road
``gantt``              per step of the roadmap what was planned and what happened
=====================  ==========================================================

``sheet`` draws in points, ``lettering`` fits text, ``axis`` chooses ranges, ``tidy`` cleans the SVG.
"""

from helpers.show.charts.dots import dot_and_interval
from helpers.show.charts.gantt import gantt
from helpers.show.charts.glide import glide_path
from helpers.show.charts.strip import distribution_strip

__all__ = ["distribution_strip", "dot_and_interval", "gantt", "glide_path"]
