"""argostranslate's own `translate` module, in an environment of its own: see tests/bench/README.md.

Reads a JSON line, a list of sentences that make one text, and answers with one: the text translated, the seconds that
took, and those of the processor. The sentences come from outside, so that the translation alone is compared, and no
sentence model is needed.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path


class GivenSentences:
    """Stands in for argostranslate's sentence models."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def split_sentences(self, text: str) -> list[str]:
        """Those that were given."""
        return self.sentences


def main(package: Path) -> None:
    """Translate standard input with the package in a folder, as argostranslate does when nothing is set."""
    os.environ.update(XDG_DATA_HOME=tempfile.mkdtemp(), ARGOS_DEVICE_TYPE="cpu")
    from argostranslate import package as packages  # noqa: PLC0415 - reads the environment
    from argostranslate.translate import Language, PackageTranslation  # noqa: PLC0415

    read = packages.Package(package)
    ends = (Language(read.from_code, read.from_code), Language(read.to_code, read.to_code))
    translation = PackageTranslation(*ends, read)
    translation.sentencizer = sentencizer = GivenSentences()
    for line in sys.stdin:
        sentencizer.sentences = json.loads(line)
        text = " ".join(sentencizer.sentences)
        begin, busy = time.perf_counter(), time.process_time()
        made = translation.hypotheses(text, 1)[0].value
        print(json.dumps([made, time.perf_counter() - begin, time.process_time() - busy]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
