"""No line begins with a colon or ends with an opening guillemet: French parts both from the words by a space.

Rich breaks a line at any space, no-break ones included, so that no character in the texts could prevent it; Textual has
Rich wrap its lines. What is a word is said by one pattern of Rich's, which is replaced here.
"""

from __future__ import annotations

import re

import rich._wrap


def keep_marks_with_words() -> None:
    """Have Rich, hence Textual, take « : », « ; », « ! », « ? » and guillemets for parts of the words beside them."""
    rich._wrap.re_word = re.compile(r"\s*(?:«\s(?=\S)|\S|\s(?=[:;!?»]))+\s*")
