"""Words of every kind that layouts break on; they are made up, so nobody translates them."""

from __future__ import annotations

from functools import cache

from answers.markup import comment_html
from questions.markdown import markdown_html

QUESTION = "How do I keep sourdough bread from turning dense?"
OTHER_QUESTION = "Why is my sourdough loaf so heavy?"
LEAD = "Let it rise until a poked dent springs back slowly; most dense loaves were baked too early."
REASON = "Same question in other words"
NAME = "Amina"

# Nothing in it to break at, in the ways that people and machines make such words.
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
LONG_WORD = LONG_WORD[:120]
LONG_NAME = LONG_WORD[:60]
LONG_TAG = LONG_WORD[:35].lower()
# As long as a wording may be.
LONG_WORDING = (
    "What should somebody do who tried every flour in the shop, an older starter, a younger starter, warmer "
    "water, colder water, a longer rise, a shorter rise, a hotter oven with steam and a covered pot, and whose bread "
    "is still as flat and as heavy as on the first day: and is there anything left to try?"
)

ARABIC = "كيف أمنع خبز العجين المخمر من أن يصبح كثيفًا؟"
OTHER_ARABIC = "لماذا رغيفي ثقيل هكذا عند استعمال Sourdough 2.0؟"
ARABIC_LEAD = "دع العجين يختمر حتى تعود الحفرة ببطء بعد الضغط عليها؛ معظم الأرغفة الكثيفة خُبزت قبل الأوان."
ARABIC_NAME = "أمينة الخبّازة"
ARABIC_REASON = "السؤال نفسه بكلمات أخرى"

_PROSE = f"""\
Most dense loaves were **baked too early**. Poke the dough: if the dent springs back *slowly*, bake it.

# What to look at

1. The starter doubles within `6 hours`
2. The dough
   - is warm
   - and ~~sticky~~ elastic[^1]

| flour | water | rise |
|:------|------:|:----:|
| wheat |   70 % | 4 h |
| rye   |   85 % | 3 h |

> It is the rise, not the oven.

```python
def rise(hours: float) -> str:  # longer than a narrow page
    return "bake" if hours > 4 else "wait"
```

---

See [a picture](https://example.org/bread) and https://example.org/{LONG_WORD}.

[^1]: It springs back.
"""
_ARABIC_PROSE = f"""\
{ARABIC_LEAD}

- الماء **الدافئ**
- دقيق القمح `wheat 70 %`

> الاختمار هو المهم، لا الفرن.

[اقرأ المزيد](https://example.org/)
"""


@cache
def prose() -> str:
    """Every sign of Markdown, as HTML."""
    return markdown_html(_PROSE)


@cache
def short_prose() -> str:
    return markdown_html(LEAD)


@cache
def long_prose() -> str:
    return markdown_html(f"{LONG_WORD}\n\n{LONG_WORDING}\n\n`{LONG_WORD}`")


@cache
def arabic_prose() -> str:
    return markdown_html(_ARABIC_PROSE)


@cache
def remark(text: str = "Thank you, <b>that</b> helped. With rye it takes <i>half</i> the time.") -> str:
    """A comment as HTML."""
    return comment_html(text)
