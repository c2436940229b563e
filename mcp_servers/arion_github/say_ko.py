"""What the tools say in Korean (해요체). Pure; ids and addresses are never said."""

from __future__ import annotations

from collections.abc import Sequence

from arion_github.korean_pieces import (
    check_words,
    copula,
    count_of,
    item_named,
    listed,
    object_particle,
    open_or_closed,
    review_words,
)
from arion_github.spoken import (
    Item,
    Kind,
    MergeMethod,
    Obstacle,
    PullSpoken,
    RunAct,
    RunSpoken,
    ThreadSpoken,
    spoken_part,
)
from arion_kit.speech import counted, join_spoken, josa

_KINDS: dict[Kind, tuple[str, str]] = {
    "issues": ("이슈", "개"),
    "prs": ("PR", "개"),
    "code": ("파일", "개"),
    "repos": ("저장소", "개"),
    "users": ("사용자", "명"),
}
_METHODS = {"merge": "", "squash": "커밋 하나로 합쳐서 ", "rebase": "리베이스로 "}
_STATES = {"open": "열린 ", "closed": "닫힌 ", "all": ""}
_REASONS = {
    "assign": "담당자 지정",
    "author": "내가 쓴 글의 새 소식",
    "comment": "댓글",
    "ci_activity": "작업 결과",
    "mention": "멘션",
    "team_mention": "팀 멘션",
    "review_requested": "리뷰 요청",
    "state_change": "상태 변경",
    "subscribed": "새 소식",
    "security_alert": "보안 알림",
}
_RESULTS = {
    "success": "성공했어요",
    "failure": "실패했어요",
    "cancelled": "취소됐어요",
    "running": "아직 실행 중이에요",
}
_EVENTS = {
    "APPROVE": "승인했어요",
    "REQUEST_CHANGES": "수정을 요청했어요",
    "COMMENT": "리뷰를 남겼어요",
}


def me(name: str) -> str:
    """Who is signed in."""
    return f"깃허브에 {name} 님으로 연결되어 있어요."


def repos(names: Sequence[str], *, more: bool) -> str:
    """The person's repositories."""
    if not names:
        return "그런 저장소를 찾지 못했어요."
    return listed(f"저장소가 {count_of(len(names), '개', more=more)} 있어요.", names, more=more)


def found(kind: Kind, names: Sequence[str], total: int) -> str:
    """What a search found."""
    noun, counter = _KINDS[kind]
    if not names:
        return f"찾는 {josa(noun, '이가')} 없어요."
    head = f"{josa(noun, '을를')} {counted(total, counter)} 찾았어요."
    return listed(head, names, more=total > len(names))


def items(kind: Kind, repo: str, state: str, rows: Sequence[Item], *, more: bool) -> str:
    """Issues or pull requests of a repository."""
    noun = f"{_STATES.get(state, '')}{_KINDS[kind][0]}"
    if not rows:
        return f"{repo} 저장소에는 {josa(noun, '이가')} 없어요."
    head = f"{repo} 저장소에 {josa(noun, '이가')} {count_of(len(rows), '개', more=more)} 있어요."
    return listed(head, [item_named(row) for row in rows], more=more)


def issue(item: Item, state: str, author: str, beginning: str | None) -> str:
    """An issue; `beginning` is None where its text is hidden."""
    told = f"{author} 님이 쓴 {item.number}번 이슈 '{item.title}', {open_or_closed(state)}."
    if beginning is None:
        return f"{told} 쓰기 권한이 없는 사람의 글이라 내용은 가렸어요."
    return f"{told} {beginning}".rstrip() if beginning else f"{told} 내용은 비어 있어요."


def comments(count: int, author: str, last: str | None, *, more: bool) -> str:
    """Comments; the last one's author and text."""
    if not count:
        return "댓글이 없어요."
    told = f"댓글이 {count_of(count, '개', more=more)} 있어요."
    if last is None:
        return f"{told} 쓰기 권한이 없는 사람의 댓글은 가렸어요."
    which = "그중 여기서 마지막은" if more else "마지막은"
    return f"{told} {which} {author} 님의 '{last}'{copula(last)}" if last else told


def pull(pull: PullSpoken) -> str:
    """How a pull request stands."""
    head = f"{pull.item.number}번 PR '{pull.item.title}'"
    if pull.state == "merged":
        return f"{josa(head, '은는')} 이미 병합됐어요."
    if pull.state == "closed":
        return f"{josa(head, '은는')} 병합되지 않고 닫혔어요."
    draft = "아직 초안이에요" if pull.draft else "열려 있어요"
    parts = [f"{josa(head, '은는')} {draft}."]
    if pull.conflicts:
        parts.append("충돌이 있어서 지금은 병합할 수 없어요.")
    parts.append(review_words(pull))
    if pull.checks:
        parts.append(check_words(*pull.checks))
    return " ".join(part for part in parts if part)


def files(count: int, additions: int, deletions: int, *, more: bool) -> str:
    """What a pull request changes."""
    if not count:
        return "바뀐 파일이 없어요."
    lines = f"{additions}줄을 더하고 {deletions}줄을 뺐어요."
    if more:
        return f"바뀐 파일이 {count}개 넘게 있어요. 여기 나온 것만 {lines}"
    return f"파일 {counted(count, '개')}에서 {lines}"


def diff(number: int, *, hidden: bool, more: bool) -> str:
    """A pull request's changes are shown."""
    if hidden:
        return f"{number}번 PR은 쓰기 권한이 없는 사람이 만들어서 변경 내용을 가렸어요."
    told = f"{number}번 PR의 변경 내용이에요."
    return f"{told} 뒤에 더 있어요." if more else told


def reviews(approvals: int, changes_requested: int, total: int) -> str:
    """What the reviews say."""
    if not total:
        return "아직 리뷰가 없어요."
    parts: list[str] = []
    if approvals:
        parts.append(f"{counted(approvals, '명')}이 승인했어요.")
    if changes_requested:
        parts.append(f"{counted(changes_requested, '명')}이 수정을 요청했어요.")
    return " ".join(parts) or f"리뷰가 {counted(total, '개')} 있고, 승인은 아직 없어요."


def checks(passed: int, failed: Sequence[str], running: int) -> str:
    """What the checks say."""
    told = check_words(passed, len(failed), running) or "검사가 없어요."
    if failed:
        names = join_spoken(spoken_part(failed, more=False), "ko")
        told += f" 실패한 검사는 {josa(names, '이에요예요')}."
    return told


def file(name: str, lines: int | None, *, more: bool, beginning: str = "") -> str:
    """A file; `lines` is None where it holds no text, `beginning` is for what is prose."""
    if lines is None:
        return f"{josa(name, '은는')} 글자가 아닌 파일이라 내용을 보여 드릴 수 없어요."
    if beginning:
        return f"{name}, 이렇게 시작해요. {beginning}"
    told = f"{name} 파일이에요. {lines}줄"
    return f"{told}까지 읽었고, 뒤에 더 있어요." if more else f"{told}이에요."


def folder(name: str, count: int) -> str:
    """A folder; without a name the repository's own."""
    return f"{name or '저장소'} 안에 {counted(count, '개')}가 들어 있어요."


def commits(repo: str, messages: Sequence[str], *, more: bool) -> str:
    """The latest commits."""
    if not messages:
        return f"{repo} 저장소에 그런 커밋이 없어요."
    quoted = [f"'{message}'" for message in messages]
    return listed(f"{repo} 저장소의 최근 커밋이에요.", quoted, more=more)


def releases(repo: str, names: Sequence[str]) -> str:
    """The latest release."""
    if not names:
        return f"{repo} 저장소에는 아직 릴리스가 없어요."
    return f"{repo} 저장소의 최근 릴리스는 {josa(names[0], '이에요예요')}."


def branches(repo: str, names: Sequence[str], *, more: bool) -> str:
    """The branches."""
    if not names:
        return f"{repo} 저장소에는 브랜치가 없어요."
    head = f"{repo} 저장소에 브랜치가 {count_of(len(names), '개', more=more)} 있어요."
    return listed(head, names, more=more)


def notifications(rows: Sequence[ThreadSpoken], *, unread: bool, more: bool) -> str:
    """The notifications, all or those not read."""
    what = "읽지 않은 깃허브 알림" if unread else "깃허브 알림"
    if not rows:
        return f"{what}이 없어요."
    named = [f"{row.repo}의 {_REASONS.get(row.reason, '알림')} '{row.title}'" for row in rows]
    return listed(f"{what}이 {count_of(len(rows), '개', more=more)} 있어요.", named, more=more)


def runs(repo: str, rows: Sequence[RunSpoken], *, more: bool) -> str:
    """The latest workflow runs."""
    if not rows:
        return f"{repo} 저장소에 그런 작업 실행이 없어요."
    latest = rows[0]
    title = "" if latest.title == latest.workflow else f" '{latest.title}'"
    told = f"{repo}에서 가장 최근에 돌린 {latest.workflow}{title}"
    said = f"{josa(told, '은는')} {_RESULTS.get(latest.result, '끝났어요')}."
    failed = sum(row.result == "failure" for row in rows[1:])
    return f"{said} 그 전에 실패한 실행도 {counted(failed, '개')} 있어요." if failed else said


def log(job: str, step: str, result: str, line: str) -> str:
    """How a job ended; `line` tells the error, if one was found."""
    where = f" '{step}' 단계에서" if step else ""
    told = f"{josa(job, '은는')}{where} {_RESULTS.get(result, '끝났어요')}."
    return f"{told} 로그에는 '{line}'라고 적혀 있어요." if line else told


def no_failure(repo: str) -> tuple[str, str]:
    """There is no failed run to show, and what to do."""
    return (
        f"{repo} 저장소에는 실패한 작업이 없어요.",
        "다른 작업을 보려면 작업 목록을 물어봐 주세요.",
    )


def nothing_runs(repo: str) -> tuple[str, str]:
    """There is no run to stop, and what to do."""
    return f"{repo} 저장소에는 실행 중인 작업이 없어요.", "더 하실 일은 없어요."


def no_jobs() -> tuple[str, str]:
    """A run has not started, and what to do."""
    return "아직 시작하지 않은 작업이라 로그가 없어요.", "잠시 뒤에 다시 물어봐 주세요."


def why_not_mergeable(reason: Obstacle) -> tuple[str, str]:
    """Why a pull request cannot be merged, and what to do."""
    return {
        "closed": ("닫힌 PR이라 병합할 수 없어요.", "먼저 다시 열어 주세요."),
        "draft": ("아직 초안이라 병합할 수 없어요.", "깃허브에서 리뷰 준비 완료로 바꿔 주세요."),
        "conflicts": ("충돌이 있어서 병합할 수 없어요.", "충돌을 먼저 풀어 주세요."),
    }[reason]


def run_is_over(*, over: bool) -> tuple[str, str]:
    """Why a run cannot be stopped, or run again, and what to do."""
    if over:
        return "이미 끝난 작업이에요.", "다시 돌리려면 다시 실행해 달라고 해 주세요."
    return "아직 실행 중인 작업이에요.", "끝난 다음에 다시 하거나 먼저 취소해 주세요."


def issue_created(repo: str, item: Item, *, existed: bool) -> str:
    """An issue is there now."""
    if existed:
        return f"'{item.title}' 이슈는 {repo} 저장소에 이미 {item.number}번으로 만들었어요."
    named = f"{item.number}번 이슈 '{item.title}'{object_particle(item.title)}"
    return f"{repo} 저장소에 {named} 만들었어요."


def issue_updated(item: Item, state: str | None) -> str:
    """An issue has other values; `state` is its new one, if that has changed."""
    head = f"{item.number}번 '{item.title}'{object_particle(item.title)}"
    verb = {"closed": "닫았어요", "open": "다시 열었어요"}.get(state or "", "고쳤어요")
    return f"{head} {verb}."


def commented(number: int, *, existed: bool) -> str:
    """A comment is there now."""
    return f"{number}번에 댓글을 {'이미 ' if existed else ''}남겼어요."


def comment_deleted(*, existed: bool) -> str:
    """A comment is gone."""
    return "댓글을 지웠어요." if existed else "댓글은 이미 지워져 있어요."


def pull_created(item: Item, *, existed: bool) -> str:
    """A pull request is there now."""
    if existed:
        return f"같은 브랜치의 PR이 이미 있어요. {item.number}번 '{item.title}'{copula(item.title)}"
    return f"{item.number}번 PR '{item.title}'{object_particle(item.title)} 만들었어요."


def reviewed(number: int, event: str, *, existed: bool) -> str:
    """A review is there now."""
    verb = _EVENTS.get(event, "리뷰를 남겼어요")
    particle = "PR에" if event == "COMMENT" else "PR의" if event == "REQUEST_CHANGES" else "PR을"
    return f"{number}번 {particle} {'이미 ' if existed else ''}{verb}."


def review_dismissed(number: int, *, existed: bool) -> str:
    """A review does not count any more."""
    return f"{number}번 PR의 리뷰를 {'이미 ' if existed else ''}취소했어요."


def reviewers(number: int, names: Sequence[str]) -> str:
    """Who is asked for a review now."""
    if not names:
        return f"이제 {number}번 PR에는 리뷰를 요청한 사람이 없어요."
    people = join_spoken([f"{name} 님" for name in spoken_part(names, more=False)], "ko")
    return f"{number}번 PR의 리뷰를 요청한 사람은 {josa(people, '이에요예요')}."


def merge_question(pull: PullSpoken, repo: str, base: str, method: MergeMethod) -> str:
    """Whether to merge, into what and how."""
    question = (
        f"{repo} 저장소의 {pull.item.number}번 PR "
        f"'{pull.item.title}'{object_particle(pull.item.title)}"
        f" {josa(base, '으로로')} {_METHODS[method]}병합할까요?"
    )
    if pull.checks and pull.checks[1]:
        return f"실패한 검사가 {counted(pull.checks[1], '개')} 있어요. 그래도 {question}"
    if pull.changes_requested:
        return f"수정을 요청한 리뷰가 있어요. 그래도 {question}"
    return question


def merged(item: Item, base: str, *, existed: bool) -> str:
    """A pull request is merged."""
    if existed:
        return f"{item.number}번 PR은 이미 병합되어 있어요."
    head = f"{item.number}번 PR '{item.title}'{object_particle(item.title)}"
    return f"{head} {josa(base, '으로로')} 병합했어요."


def file_written(name: str, branch: str, *, existed: bool, gone: bool) -> str:
    """A file has its new content, or is gone."""
    if gone:
        return f"{branch} 브랜치에서 {josa(name, '을를')} 지웠어요."
    if existed:
        return f"{josa(name, '은는')} 이미 그 내용이에요."
    return f"{branch} 브랜치에 {josa(name, '을를')} 저장했어요."


def branch_created(name: str, *, existed: bool) -> str:
    """A branch is there now."""
    return f"{name} 브랜치{'가 이미 있어요' if existed else '를 만들었어요'}."


def branch_deleted(name: str, *, existed: bool) -> str:
    """A branch is gone."""
    return f"{name} 브랜치{'를 지웠어요' if existed else '는 이미 없어요'}."


def marked_read(count: int | None) -> str:
    """Notifications are read; None where nobody counts them."""
    if count == 0:
        return "이미 읽은 알림이에요."
    return "알림을 모두 읽음으로 표시했어요." if count is None else "알림을 읽음으로 표시했어요."


def run_question(action: RunAct, name: str, repo: str, ref: str) -> str:
    """Whether to run, run again or stop; on which branch or tag."""
    verb = {"rerun": "다시 실행할까요", "cancel": "취소할까요", "dispatch": "실행할까요"}[action]
    where = f"{ref}에서 " if ref else ""
    return f"{repo} 저장소의 {name} 작업을 {where}{verb}?"


def run_done(action: RunAct, name: str) -> str:
    """It was asked for."""
    verb = {
        "rerun": "다시 실행했어요",
        "cancel": "취소해 달라고 했어요",
        "dispatch": "실행했어요",
    }[action]
    return f"{name} 작업을 {verb}."
