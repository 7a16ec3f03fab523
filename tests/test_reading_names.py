"""Names out of bylines: hard cases of invented people, one kind of trouble in each."""

import pytest

from bot.reading.names import in_usual_case, looks_like_person, split_byline

CASES: dict[str, tuple[str, ...]] = {
    "By Anna Field in Paris and Tom Reed": ("Anna Field", "Tom Reed"),
    "By Anna Field in Paris, Tom Reed in Berlin and Mira Sol in New York": ("Anna Field", "Tom Reed", "Mira Sol"),
    "Opinion by Anna Field": ("Anna Field",),
    "Opinion | By Anna Field": ("Anna Field",),
    "Anna Field, as told to Tom Reed": ("Anna Field",),
    "By Anna Field as told to Tom Reed": ("Anna Field",),
    "Anna Field (as told to Tom Reed)": ("Anna Field",),
    "By Anna Field. Translated by Tom Reed": ("Anna Field",),
    "Anna Field\nTranslated from the French by Tom Reed": ("Anna Field",),
    "Anna Field; translation: Tom Reed": ("Anna Field",),
    "By Anna Field Photographs by Tom Reed": ("Anna Field",),
    "By Anna Field, photography by Tom Reed": ("Anna Field",),
    "Words by Anna Field, pictures by Tom Reed": ("Anna Field",),
    "By Anna Field | Illustration by Tom Reed": ("Anna Field",),
    "The Editorial Board": ("The Editorial Board",),
    "By The Editorial Board": ("The Editorial Board",),
    "By ANNA FIELD": ("Anna Field",),
    "By ANNA FIELD and TOM McREED": ("Anna Field", "Tom McReed"),
    "By ANNA VAN DER FIELD": ("Anna van der Field",),
    "By Reuters": ("Reuters",),
    "By Anna Field, Reuters": ("Anna Field",),
    "By Anna Field, Associated Press": ("Anna Field",),
    "By Anna Field and Tom Reed, Associated Press": ("Anna Field", "Tom Reed"),
    "By Anna Field and Tom Reed | AP": ("Anna Field", "Tom Reed"),
    "Anna Field (Reuters)": ("Anna Field",),
    "Anna Field / AFP": ("Anna Field",),
    "Anna van der Field": ("Anna van der Field",),
    "Pieter van 't Hof": ("Pieter van 't Hof",),
    "By J. K. Brandt and A.B. Quill": ("J. K. Brandt", "A.B. Quill"),
    "By J.D. Brandt": ("J.D. Brandt",),
    "Samuel L. Brandt Jr.": ("Samuel L. Brandt Jr.",),
    "Samuel Brandt, Jr.": ("Samuel Brandt, Jr.",),
    "By Samuel Brandt III and Anna Field": ("Samuel Brandt III", "Anna Field"),
    "Dr. Anna Field": ("Dr. Anna Field",),
    "By Prof. Anna Field and Sir Tom Reed": ("Prof. Anna Field", "Sir Tom Reed"),
    "Yusuf al-Haddad": ("Yusuf al-Haddad",),
    "By Yusuf bin Rashid al-Haddad": ("Yusuf bin Rashid al-Haddad",),
    "By Maria de la Cruz Ortega": ("Maria de la Cruz Ortega",),
    "By Seán Ó Brolcháin": ("Seán Ó Brolcháin",),
    "By Nguyễn Văn Bình": ("Nguyễn Văn Bình",),
    "By Łukasz Żurawski": ("Łukasz Żurawski",),
    "By Анна Полевая": ("Анна Полевая",),
    "Автор: Анна Полевая": ("Анна Полевая",),
    "Текст: Анна Полевая": ("Анна Полевая",),
    "作者：王小明": ("王小明",),
    "文/王小明": ("王小明",),
    "記者 王小明": ("王小明",),
    "By 田中太郎": ("田中太郎",),
    "Γιώργος Παππάς": ("Γιώργος Παππάς",),
    "By Anna O’Field and Tom D'Reed": ("Anna O’Field", "Tom D'Reed"),
    "By Anna Field-Reed": ("Anna Field-Reed",),
    "By Anna Field with Tom Reed": ("Anna Field", "Tom Reed"),
    "Anna Field and Tom Reed are economists": ("Anna Field", "Tom Reed"),
    "By Anna Field, a professor of law at Harbour University": ("Anna Field",),
    "By Anna Field, Tom Reed & Mira Sol": ("Anna Field", "Tom Reed", "Mira Sol"),
    "ANNA FIELD, TOM REED, MIRA SOL": ("Anna Field", "Tom Reed", "Mira Sol"),
    "By Anna Field for the Harbour Post": ("Anna Field",),
    "By Anna Field, Special to The Harbour Post": ("Anna Field",),
    "Anna Field @annafield": ("Anna Field",),
    "By Anna Field, Columnist, Harbour Post": ("Anna Field",),
    "By Anna Field, Contributing Opinion Writer": ("Anna Field",),
    "By Anna Field  March 3, 2024": ("Anna Field",),
    "Posted by Anna Field on March 3, 2024": ("Anna Field",),
    "By Anna Field Economics correspondent": ("Anna Field",),
    "By Anna Field, Economics Editor, and Tom Reed, Chief Reporter": ("Anna Field", "Tom Reed"),
    "Anna Field Foreign Policy Fellow": ("Anna Field",),
    "Interview by Anna Field": ("Anna Field",),
    "By Anna Field. Edited by Tom Reed": ("Anna Field",),
    "By Anna Field, Edited by Tom Reed": ("Anna Field",),
    "Reporting by Anna Field; Editing by Tom Reed": ("Anna Field",),
    "Reporting by Anna Field and Mira Sol; Editing by Tom Reed": ("Anna Field", "Mira Sol"),
    "By Anna Field in London": ("Anna Field",),
    "From Anna Field in London": ("Anna Field",),
    "By Anna Field, London": ("Anna Field",),
    "Anna Field, Berlin": ("Anna Field",),
    "Von Anna Field, Berlin": ("Anna Field",),
    "Von Anna Field und Tom Reed": ("Anna Field", "Tom Reed"),
    "Ein Gastbeitrag von Anna Field": ("Anna Field",),
    "Eine Analyse von Anna Field": ("Anna Field",),
    "Par Anna Field et Tom Reed": ("Anna Field", "Tom Reed"),
    "Par Anna Field (avec AFP)": ("Anna Field",),
    "Propos recueillis par Anna Field": ("Anna Field",),
    "Por Anna Field y Tom Reed": ("Anna Field", "Tom Reed"),
    "di Anna Field": ("Anna Field",),
    "admin": (),
    "By Staff": (),
    "By Guest Contributor": (),
    "Our Correspondent": (),
    "Agencies": (),
    "By a Correspondent": (),
    "annafield87": ("annafield87",),
    "Anna Field and others": ("Anna Field",),
    "By Anna Field et al.": ("Anna Field",),
    "By Anna Field and 3 others": ("Anna Field",),
    "By Anna Field +2 more": ("Anna Field",),
    "Anna Field, PhD, MPH": ("Anna Field, PhD, MPH",),
    "Sen. Anna Field (D-Harbour)": ("Sen. Anna Field",),
    "By Rep. Anna Field": ("Rep. Anna Field",),
    "By Former Prime Minister Anna Field": ("Anna Field",),
    "Guest essay by Anna Field": ("Anna Field",),
    "Guest Column: Anna Field": ("Anna Field",),
    "Commentary: Anna Field": ("Anna Field",),
    "Column by Anna Field": ("Anna Field",),
    "A column by Anna Field": ("Anna Field",),
    "Analysis: Anna Field": ("Anna Field",),
    "Written by Anna Field — Reviewed by Tom Reed, MD": ("Anna Field",),
    "By Anna Field and the Harbour Desk": ("Anna Field",),
    "By Anna Field • 5 min read": ("Anna Field",),
    "Anna Field is a columnist": ("Anna Field",),
    "By: Anna Field": ("Anna Field",),
    "by Anna Field": ("Anna Field",),
    "BY ANNA FIELD | STAFF WRITER": ("Anna Field",),
    "Anna Field, Harbour Institute for Public Policy": ("Anna Field",),
    "Anna Field\nSenior Fellow, Harbour Institute": ("Anna Field",),
    "By Anna Field / Harbour Post": ("Anna Field",),
    "By Lee": ("Lee",),
    "Mr. Anna Field": ("Mr. Anna Field",),
    "bell hooks": ("bell hooks",),
}


@pytest.mark.parametrize("line", CASES)
def test_a_byline_names_its_authors_and_nobody_else(line: str) -> None:
    assert split_byline(line) == CASES[line]


@pytest.mark.parametrize(
    "line", ["Photo by Tom Reed", "Photographs: Tom Reed", "Translated by Tom Reed", "Illustration by Tom Reed", "Edited by Tom Reed", "CC BY 4.0"]
)
def test_who_did_something_else_is_no_author(line: str) -> None:
    assert split_byline(line) == ()


def test_pictures_named_first_do_not_hide_who_wrote() -> None:
    assert split_byline("Photographs by Tom Reed, words by Anna Field") == ("Anna Field",)
    assert split_byline("Pictures: Tom Reed\nText: Anna Field") == ("Anna Field",)


@pytest.mark.parametrize(
    ("shouted", "usual"),
    [
        ("ANNA FIELD", "Anna Field"),
        ("J.K. BRANDT", "J.K. Brandt"),
        ("SEAN O'FIELD", "Sean O'Field"),
        ("TOM MCREED", "Tom McReed"),
        ("ANNA FIELD-REED", "Anna Field-Reed"),
        ("MARIA DE LA CRUZ ORTEGA", "Maria de la Cruz Ortega"),
        ("SAMUEL BRANDT III", "Samuel Brandt III"),
        ("Anna Field", "Anna Field"),
        ("HARBOUR NEWS", "HARBOUR NEWS"),
    ],
)
def test_names_in_capitals_are_written_as_elsewhere(shouted: str, usual: str) -> None:
    assert in_usual_case(shouted) == usual


def test_a_person_has_two_words_and_an_organisation_says_so() -> None:
    assert looks_like_person("Ursula van der Field")
    assert not looks_like_person("Harbour Institute")
    assert not looks_like_person("Anna")
