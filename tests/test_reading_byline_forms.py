"""Bylines in the forms in which papers and their software print them -> the names."""

import pytest

from bot.reading.names import split_byline

FORMS = {
    "The Associated Press": ("The Associated Press",),
    "By The Associated Press": ("The Associated Press",),
    "The Canadian Press": ("The Canadian Press",),
    "Agence France-Presse": ("Agence France-Presse",),
    "Reuters Staff": ("Reuters Staff",),
    "By Ann Lee The Associated Press": ("Ann Lee",),
    "Ann Lee, The Associated Press": ("Ann Lee",),
    "By ANN LEE and BO EK, Associated Press": ("Ann Lee", "Bo Ek"),
    "Ann B. Lee Senior Contributor": ("Ann B. Lee",),
    "Ann Lee Staff Writer": ("Ann Lee",),
    "Ann Lee Contributor": ("Ann Lee",),
    "Ann Lee USA TODAY": ("Ann Lee",),
    "By Ann Lee, CNN": ("Ann Lee",),
    "By Ann Lee and Bo Ek, CNN Business": ("Ann Lee", "Bo Ek"),
    "Ann Lee, BBC News": ("Ann Lee",),
    "Ann Lee, MPH": ("Ann Lee, MPH",),
    "Ann Lee, RN": ("Ann Lee, RN",),
    "The Editorial Board": ("The Editorial Board",),
    "Editorial Board": ("Editorial Board",),
    "Harbour staff reporter": ("Harbour staff reporter",),
    "GMT": (),
    "08時00分": (),
    "2:05 PM PT": (),
    "Source: QUAY": (),
    "Reviewed by Ann Lee": (),
    "Photograph by Ann Lee": (),
    "Written by Ann Lee Medically reviewed by Bo Ek": ("Ann Lee",),
    "Text: Ann Lee; Photos: Bo Ek": ("Ann Lee",),
    "Posted by Ann Lee on 3 May 2024 at 5:00 pm": ("Ann Lee",),
    "Ann Lee ann.lee@post.example": ("Ann Lee",),
    "By Ann Lee (ann.lee@post.example)": ("Ann Lee",),
    "By Ann Lee @annlee": ("Ann Lee",),
    "Ann Lee on behalf of the Harbour group": ("Ann Lee",),
    "Par Ann Lee et Bo Ek avec AFP": ("Ann Lee", "Bo Ek"),
    "Von Ann Lee mit dpa": ("Ann Lee",),
    "Por Ann Lee y Bo Ek con agencias": ("Ann Lee", "Bo Ek"),
    "Di Ann Lee e Bo Ek": ("Ann Lee", "Bo Ek"),
    "Door Ann Lee en Bo Ek": ("Ann Lee", "Bo Ek"),
    "Av Ann Lee og Bo Ek": ("Ann Lee", "Bo Ek"),
    "Anna Lindová": ("Anna Lindová",),
    "Artur da Costa e Silva": ("Artur da Costa e Silva",),
    "Oleh Verhun": ("Oleh Verhun",),
    "Oleh: Budi Wicaksono": ("Budi Wicaksono",),
    "Tekst: Ann Lee": ("Ann Lee",),
    "Guest Author: Ann Lee": ("Ann Lee",),
    "بقلم: سمير الهادي": ("سمير الهادي",),
    "Автор: Вера Лунина": ("Вера Лунина",),
    "記者 海野太郎": ("海野太郎",),
    "T. S. Quill": ("T. S. Quill",),
    "By Dr. Ann Lee": ("Dr. Ann Lee",),
    "Ann Lee III": ("Ann Lee III",),
    "By Ann Lee in London and Bo Ek in Paris": ("Ann Lee", "Bo Ek"),
    "Ann Lee · 5 min read": ("Ann Lee",),
    "By Ann Lee 3 days ago": ("Ann Lee",),
    "By Ann Lee, Harbour University": ("Ann Lee",),
    "9to5Harbour Staff": ("9to5Harbour Staff",),
}


@pytest.mark.parametrize(("line", "names"), FORMS.items(), ids=FORMS)
def test_names_of_a_byline(line: str, names: tuple[str, ...]) -> None:
    assert split_byline(line) == names
