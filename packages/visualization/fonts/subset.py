"""Makes figure-regular.ttf and figure-italic.ttf of Inter: the characters that figures write, without kerning and hints.

Needs fonttools and brotli, and the package @fontsource/inter 5.3.0: python3 subset.py <its folder files>
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

characters = "".join(map(chr, range(0x20, 0x7F))) + "½−–·×"
here = Path(__file__).parent
for style, name in (("normal", "regular"), ("italic", "italic")):
    font = TTFont(Path(sys.argv[1]) / f"inter-latin-400-{style}.woff2")
    options = subset.Options(flavor=None, hinting=False, layout_features=[], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    tool = subset.Subsetter(options)
    tool.populate(text=characters)
    tool.subset(font)
    font.flavor = None
    font.save(here / f"figure-{name}.ttf")
    missing = [c for c in characters if ord(c) not in font.getBestCmap()]
    print(name, (here / f"figure-{name}.ttf").stat().st_size, "lacks", missing)
    print({n.nameID: str(n) for n in font["name"].names})
