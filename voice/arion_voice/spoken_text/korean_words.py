"""Latin words, letters and signs as they sound in Korean. Pure."""

from __future__ import annotations

import re

_LETTERS = {
    "A": "에이", "B": "비", "C": "씨", "D": "디", "E": "이", "F": "에프", "G": "지",
    "H": "에이치", "I": "아이", "J": "제이", "K": "케이", "L": "엘", "M": "엠", "N": "엔",
    "O": "오", "P": "피", "Q": "큐", "R": "알", "S": "에스", "T": "티", "U": "유", "V": "브이",
    "W": "더블유", "X": "엑스", "Y": "와이", "Z": "제트",
}  # fmt: skip

_WORDS = {
    "action": "액션", "actions": "액션스", "add": "애드", "admin": "어드민", "adobe": "어도비",
    "agent": "에이전트", "ai": "에이아이", "air": "에어", "airbnb": "에어비앤비",
    "airpods": "에어팟", "album": "앨범", "alert": "알림", "am": "오전", "amazon": "아마존",
    "and": "앤드", "android": "안드로이드", "anthropic": "앤트로픽", "app": "앱", "apple": "애플",
    "apps": "앱스", "arion": "아리온", "asap": "최대한 빨리", "async": "어싱크", "auth": "오스",
    "aws": "에이더블유에스", "azure": "애저", "backend": "백엔드", "backlog": "백로그",
    "backup": "백업", "bash": "배시", "beta": "베타", "bluetooth": "블루투스", "board": "보드",
    "bot": "봇", "branch": "브랜치", "browser": "브라우저", "bug": "버그", "build": "빌드",
    "bus": "버스", "business": "비즈니스", "cafe": "카페", "calendar": "캘린더", "canva": "캔바",
    "center": "센터", "chat": "챗", "chatgpt": "챗지피티", "check": "체크", "chrome": "크롬",
    "class": "클래스", "claude": "클로드", "cli": "씨엘아이", "client": "클라이언트",
    "clone": "클론", "close": "클로즈", "cloud": "클라우드", "code": "코드", "com": "닷컴",
    "comment": "코멘트", "commit": "커밋", "commits": "커밋", "config": "컨피그",
    "copilot": "코파일럿", "coupang": "쿠팡", "dashboard": "대시보드", "data": "데이터",
    "database": "데이터베이스", "db": "디비", "debug": "디버그", "deploy": "디플로이",
    "design": "디자인", "desktop": "데스크톱", "dev": "데브", "develop": "디벨롭", "diff": "디프",
    "discord": "디스코드", "django": "장고", "docker": "도커", "docs": "문서", "document": "문서",
    "done": "완료", "download": "다운로드", "draft": "초안", "drive": "드라이브",
    "e-mail": "이메일", "edge": "엣지", "email": "이메일", "error": "에러", "event": "이벤트",
    "example": "이그잼플", "excel": "엑셀", "facebook": "페이스북", "faq": "에프에이큐",
    "fastapi": "패스트에이피아이", "feat": "피처", "feature": "피처", "feedback": "피드백",
    "figma": "피그마", "file": "파일", "final": "파이널", "firefox": "파이어폭스", "fix": "픽스",
    "flask": "플라스크", "flutter": "플러터", "folder": "폴더", "fork": "포크", "form": "폼",
    "free": "프리", "frontend": "프런트엔드", "ft": "피트", "galaxy": "갤럭시",
    "gemini": "제미나이", "git": "깃", "github": "깃허브", "gitlab": "깃랩", "gmail": "지메일",
    "go": "고", "goal": "골", "good": "굿", "google": "구글", "gpt": "지피티", "group": "그룹",
    "guide": "가이드", "hello": "헬로", "home": "홈", "hotel": "호텔", "hub": "허브",
    "id": "아이디", "idea": "아이디어", "image": "이미지", "inbox": "받은편지함",
    "instagram": "인스타그램", "internet": "인터넷", "ios": "아이오에스", "ipad": "아이패드",
    "iphone": "아이폰", "issue": "이슈", "issues": "이슈", "it": "아이티", "item": "아이템",
    "java": "자바", "javascript": "자바스크립트", "jira": "지라", "jpeg": "제이펙",
    "json": "제이슨", "k-pop": "케이팝", "kakao": "카카오", "kakaomap": "카카오맵",
    "kakaotalk": "카카오톡", "key": "키", "kim": "킴", "kotlin": "코틀린",
    "kubernetes": "쿠버네티스", "label": "라벨", "laptop": "랩톱", "lee": "리",
    "library": "라이브러리", "line": "라인", "link": "링크", "linkedin": "링크드인",
    "linux": "리눅스", "list": "리스트", "live": "라이브", "local": "로컬",
    "localhost": "로컬호스트", "log": "로그", "login": "로그인", "logout": "로그아웃",
    "mac": "맥", "macbook": "맥북", "macos": "맥오에스", "mail": "메일", "main": "메인",
    "manager": "매니저", "map": "맵", "maps": "지도", "mart": "마트", "master": "마스터",
    "max": "맥스", "mcp": "엠씨피", "md": "엠디", "meet": "미트", "meeting": "미팅",
    "memo": "메모", "merge": "머지", "merged": "머지됨", "meta": "메타",
    "microsoft": "마이크로소프트", "milestone": "마일스톤", "mini": "미니", "mobile": "모바일",
    "model": "모델", "monitor": "모니터", "music": "뮤직", "naver": "네이버",
    "netflix": "넷플릭스", "network": "네트워크", "new": "뉴", "news": "뉴스", "next": "넥스트",
    "nextjs": "넥스트제이에스", "no": "노", "node": "노드", "nodejs": "노드제이에스",
    "note": "노트", "notion": "노션", "npm": "엔피엠", "oauth": "오오스", "office": "오피스",
    "ok": "오케이", "okay": "오케이", "online": "온라인", "open": "오픈",
    "openai": "오픈에이아이", "oracle": "오라클", "outlook": "아웃룩", "page": "페이지",
    "park": "박", "patch": "패치", "paypal": "페이팔", "pc": "피시", "phone": "폰",
    "photo": "포토", "pin": "핀", "plan": "플랜", "playlist": "플레이리스트", "plus": "플러스",
    "pm": "오후", "podcast": "팟캐스트", "popup": "팝업", "powerpoint": "파워포인트",
    "premium": "프리미엄", "prime": "프라임", "pro": "프로", "profile": "프로필",
    "project": "프로젝트", "pull": "풀", "push": "푸시", "python": "파이썬",
    "pytorch": "파이토치", "question": "퀘스천", "react": "리액트", "readme": "리드미",
    "redis": "레디스", "refactor": "리팩터", "release": "릴리스", "repo": "레포",
    "report": "리포트", "repository": "리포지토리", "request": "리퀘스트", "review": "리뷰",
    "roadmap": "로드맵", "rust": "러스트", "safari": "사파리", "sale": "세일", "samsung": "삼성",
    "schedule": "스케줄", "search": "서치", "server": "서버", "service": "서비스", "set": "세트",
    "sheet": "시트", "sheets": "시트", "shop": "숍", "shopping": "쇼핑", "siri": "시리",
    "slack": "슬랙", "slide": "슬라이드", "sns": "에스엔에스", "sony": "소니", "spam": "스팸",
    "spotify": "스포티파이", "spreadsheet": "스프레드시트", "spring": "스프링",
    "sprint": "스프린트", "sql": "에스큐엘", "ssd": "에스에스디", "starbucks": "스타벅스",
    "start": "스타트", "store": "스토어", "studio": "스튜디오", "support": "서포트",
    "swift": "스위프트", "sync": "싱크", "system": "시스템", "tag": "태그", "task": "태스크",
    "team": "팀", "teams": "팀즈", "telegram": "텔레그램", "template": "템플릿",
    "tesla": "테슬라", "test": "테스트", "threads": "스레드", "ticket": "티켓", "tiktok": "틱톡",
    "timeline": "타임라인", "tip": "팁", "title": "타이틀", "to-do": "할 일", "todo": "할 일",
    "token": "토큰", "trello": "트렐로", "twitter": "트위터", "typescript": "타입스크립트",
    "uber": "우버", "ubuntu": "우분투", "ui": "유아이", "update": "업데이트", "upload": "업로드",
    "url": "유알엘", "usb": "유에스비", "user": "유저", "ux": "유엑스", "vat": "부가세",
    "version": "버전", "video": "비디오", "view": "뷰", "vip": "브이아이피", "vs": "대",
    "vscode": "브이에스코드", "vue": "뷰", "watch": "워치", "web": "웹", "webhook": "웹훅",
    "whatsapp": "왓츠앱", "wi-fi": "와이파이", "wifi": "와이파이", "wiki": "위키",
    "wikipedia": "위키백과", "window": "윈도", "windows": "윈도우", "word": "워드",
    "workflow": "워크플로", "workspace": "워크스페이스", "world": "월드", "yes": "예스",
    "youtube": "유튜브", "zip": "집", "zoom": "줌",
}  # fmt: skip

_WORD = re.compile(r"[A-Za-z]+(?:[-'][A-Za-z]+)*")
_MAX_SPELLED = 5
"""A longer word in capitals is a word, not an abbreviation."""


def say_latin(text: str) -> str:
    """Return `text` with known words and abbreviations in Hangul; other words stay as they are."""
    return _WORD.sub(lambda match: _say_word(match[0]), text)


def _say_word(word: str) -> str:
    known = _WORDS.get(word.lower())
    if known:
        return known
    if "-" in word:
        return " ".join(_say_word(part) for part in word.split("-"))
    if len(word) == 1 or (word.isupper() and word.isalpha() and len(word) <= _MAX_SPELLED):
        return "".join(_LETTERS[letter] for letter in word.upper())
    return word
