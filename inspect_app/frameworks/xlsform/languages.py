"""Languages as forms name them ("English (en)", "Français"), and as we do (BCP 47)."""

from __future__ import annotations

import re

from inspect_app.frameworks.rules import LANGUAGE

NAMES = {
    "en": ("English",),
    "de": ("German", "Deutsch"),
    "it": ("Italian", "Italiano"),
    "cy": ("Welsh", "Cymraeg"),
    "fr": ("French", "Français", "Francais"),
    "es": ("Spanish", "Español", "Espanol"),
    "pt": ("Portuguese", "Português", "Portugues"),
    "nl": ("Dutch", "Nederlands"),
    "da": ("Danish", "Dansk"),
    "sv": ("Swedish", "Svenska"),
    "nb": ("Norwegian", "Norsk"),
    "fi": ("Finnish", "Suomi"),
    "pl": ("Polish", "Polski"),
    "cs": ("Czech", "Čeština"),
    "ro": ("Romanian", "Română"),
    "hu": ("Hungarian", "Magyar"),
    "el": ("Greek", "Ελληνικά"),
    "ru": ("Russian", "Русский"),
    "uk": ("Ukrainian", "Українська"),
    "tr": ("Turkish", "Türkçe"),
    "ar": ("Arabic", "العربية", "عربي"),
    "fa": ("Farsi", "Persian", "فارسی"),
    "prs": ("Dari", "دری"),
    "ps": ("Pashto", "پښتو"),
    "ur": ("Urdu", "اردو"),
    "he": ("Hebrew", "עברית"),
    "hi": ("Hindi", "हिन्दी"),
    "bn": ("Bengali", "Bangla", "বাংলা"),
    "ne": ("Nepali", "नेपाली"),
    "sw": ("Swahili", "Kiswahili"),
    "am": ("Amharic", "አማርኛ"),
    "so": ("Somali", "Soomaali"),
    "ha": ("Hausa",),
    "km": ("Khmer", "ខ្មែរ"),
    "lo": ("Lao",),
    "th": ("Thai",),
    "vi": ("Vietnamese", "Tiếng Việt"),
    "id": ("Indonesian", "Bahasa Indonesia", "Bahasa"),
    "tet": ("Tetun", "Tetum"),
    "my": ("Burmese", "Myanmar"),
    "zh": ("Chinese", "中文"),
    "ht": ("Haitian Creole", "Kreyol", "Kreyòl"),
    "gd": ("Scottish Gaelic", "Gàidhlig"),
    "ga": ("Irish", "Gaeilge"),
}
CODES = {name.casefold(): code for code, names in NAMES.items() for name in names}
IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)\s*\)\s*$")


def name_of(code: str) -> str:
    """Return a language as a form names it: German (de)."""
    return f"{NAMES[code][0]} ({code})" if code in NAMES else f"{code} ({code})"


def code_of(name: str) -> str | None:
    """Return the language that a form's name for it means; None when it is unknown."""
    found = IN_BRACKETS.search(name)
    text = (found[1] if found else name).strip().replace("_", "-")
    first, dash, rest = text.partition("-")
    code = first.lower() + dash + rest
    if LANGUAGE.fullmatch(code) and (found or len(first) == 2):
        return code
    return CODES.get(name.strip().casefold())


def private(number: int) -> str:
    """Return a code for a language that nobody knows here: BCP 47 keeps qaa to qtz free for them."""
    return f"q{'abcdefghijklmnopqrst'[number // 26 % 20]}{chr(ord('a') + number % 26)}"
