"""Texts out of files, and why some give none."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter

from arion_gmail import file_text, file_worker
from arion_gmail.file_text import FileKind, text_of_file
from arion_kit.errors import ToolFailure
from arion_kit.words import ErrorKind

pytestmark = pytest.mark.thorough

DATA = Path(__file__).parents[3] / "mcp_servers/arion_sandbox/data/mail"


def zipped(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return content.getvalue()


def pdf(password: str | None, *, owner: str | None = None) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(DATA / "report.pdf"))
    if password is not None:
        writer.encrypt(password, owner, algorithm="AES-256")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


async def failure(content: bytes, suffix: str) -> ToolFailure:
    with pytest.raises(ToolFailure) as failed:
        await text_of_file(content, FileKind(suffix, ""), "ko")
    return failed.value


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("report.pdf", "매출은 48억 2천만 원으로 지난 분기보다 12% 늘었습니다."),
        ("workshop.docx", "담당\t할 일\n김하나\t다과와 명찰"),
        ("budget.xlsx", "[2026년 예산]\n항목\t예산\t집행\n인건비\t420000000\t398000000"),
        ("trip.hwpx", "신청자: 김하늘 (기획팀)\n출장지: 부산 벡스코"),
    ],
)
def test_a_document_gives_its_text(file: str, told: str) -> None:
    path = DATA / file
    assert told in file_worker.read(path.suffix[1:], path.read_bytes())


async def test_a_document_is_read_in_a_process_of_its_own_and_known_by_its_type() -> None:
    content = (DATA / "report.pdf").read_bytes()
    text = await text_of_file(content, FileKind("", "application/pdf"), "ko")
    assert text.startswith("3분기 실적 보고서")


def test_slides_are_read_in_their_order() -> None:
    slide = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>'
    content = zipped(
        **{f"ppt__slides__slide{number}.xml": slide.format(f"{number}쪽") for number in (10, 2, 1)}
    )
    assert file_worker.read("pptx", content) == "1쪽\n2쪽\n10쪽"


def test_cells_of_one_merged_field_are_read_once() -> None:
    document = Document()
    table = document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "신청자"
    table.cell(0, 2).text = "김하나"
    content = io.BytesIO()
    document.save(content)
    assert file_worker.read("docx", content.getvalue()) == "신청자\t김하나"


def test_a_sheet_gives_its_first_rows_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_worker, "_ROWS", 2)
    book = openpyxl.Workbook(write_only=True)
    for title in ("첫째", "둘째"):
        sheet = book.create_sheet(title)
        sheet.append([title, 1])
        sheet.append([])
    content = io.BytesIO()
    book.save(content)
    assert file_worker.read("xlsx", content.getvalue()) == "[첫째]\n첫째\t1\n[둘째]"


TEXTS = [
    (".txt", "text/plain", "", "안녕".encode("cp949"), "안녕"),
    (".csv", "text/csv", "euc-kr", "항목,금액".encode("euc-kr"), "항목,금액"),
    (".csv", "application/vnd.ms-excel", "", "항목,금액".encode(), "항목,금액"),
    (".html", "", "", "<p>안녕</p><script>x</script><p>하나</p>".encode(), "안녕\n하나"),
    (".ics", "", "", "SUMMARY:회의".encode(), "SUMMARY:회의"),
    (
        ".eml",
        "",
        "",
        b"From: a@b.example\r\nSubject: =?utf-8?b?7ZqM7J2Y?=\r\nContent-Type: text/plain; "
        b"charset=euc-kr\r\n\r\n\xbe\xc8\xb3\xe7",
        "From: a@b.example\nTo: \nDate: \nSubject: 회의\n\n안녕",
    ),
]


@pytest.mark.parametrize(("suffix", "type_", "charset", "content", "told"), TEXTS)
async def test_a_text_is_read_by_its_charset(
    suffix: str, type_: str, charset: str, content: bytes, told: str
) -> None:
    assert await text_of_file(content, FileKind(suffix, type_, charset), "ko") == told


async def test_a_locked_document_is_told_to_be_locked() -> None:
    for content, suffix in ((pdf("비밀"), ".pdf"), (b"\xd0\xcf\x11\xe0" + bytes(600), ".xlsx")):
        failed = await failure(content, suffix)
        assert (failed.kind, str(failed)) == (ErrorKind.FORBIDDEN, "암호가 걸린 파일이에요.")


def test_a_document_locked_against_changes_only_is_read() -> None:
    assert file_worker.read("pdf", pdf("", owner="owner")).startswith("3분기 실적 보고서")


def test_a_zip_that_grows_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_worker, "_UNPACKED_BYTES", 1_000)
    with pytest.raises(file_worker.Refused, match="too_large"):
        file_worker.read("docx", zipped(word__document="0" * 1_001))


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "hwpx", "pptx"])
def test_a_broken_document_raises(kind: str) -> None:
    with pytest.raises(Exception, match=r"(?s)."):
        file_worker.read(kind, b"PK\x03\x04 no document")


async def test_a_broken_document_is_told_to_be_broken() -> None:
    failed = await failure(b"no document", ".docx")
    assert str(failed) == "파일이 깨져 있어서 읽지 못했어요."


def test_entities_that_grow_are_not_followed() -> None:
    levels = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE p [<!ENTITY x0 "ha">{levels}]><p:sld xmlns:p="p"><p:p>&x9;</p:p></p:sld>'
    with pytest.raises(ElementTree.ParseError):
        file_worker.read("pptx", zipped(**{"ppt__slides__slide1.xml": bomb}))


async def test_a_document_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_text, "_TIMEOUT_S", 0.01)
    failed = await failure((DATA / "report.pdf").read_bytes(), ".pdf")
    assert failed.kind is ErrorKind.TIMEOUT


@pytest.fixture
def without_pypdf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    worker = tmp_path / "worker.py"
    source = Path(file_worker.__file__).read_text("utf-8")
    worker.write_text(source.replace("from pypdf import", "from no_such_library import"))
    monkeypatch.setattr(file_text, "_WORKER", str(worker))


@pytest.mark.usefixtures("without_pypdf")
async def test_a_missing_library_says_what_to_install() -> None:
    failed = await failure(b"%PDF-1.4", ".pdf")
    assert failed.failure.next_step == "arion-hub[files]를 설치해 주세요."


async def test_a_picture_has_no_text() -> None:
    failed = await failure(b"\x89PNG", ".png")
    assert failed.failure.next_step == 'mode를 "base64"로 하면 파일 그대로 받을 수 있어요.'
