"""A rectangle cut again and again: ground for properties of blocks."""

from hypothesis import strategies as st

Box = tuple[float, float, float, float]


@st.composite
def cut_boxes(draw, fewest: int, most: int) -> list[Box]:
    """Boxes (x0, y0, x1, y1) that fill 1000 m by 800 m, without corner points where a cut meets a long side.

    fewest, most : number of cuts.
    """
    boxes: list[Box] = [(0, 0, 1000, 800)]
    for _cut in range(draw(st.integers(fewest, most))):
        x0, y0, x1, y1 = boxes.pop(draw(st.integers(0, len(boxes) - 1)))
        share = draw(st.sampled_from([0.25, 0.5, 0.6]))
        if draw(st.booleans()):
            middle = x0 + share * (x1 - x0)
            boxes += [(x0, y0, middle, y1), (middle, y0, x1, y1)]
        else:
            middle = y0 + share * (y1 - y0)
            boxes += [(x0, y0, x1, middle), (x0, middle, x1, y1)]
    return boxes
