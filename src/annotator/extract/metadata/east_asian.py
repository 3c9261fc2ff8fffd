"""Bylines in Chinese, Japanese and Korean, whose names have no capitals and few blanks.

A name is one only behind or before what says who it is, such as `记者` or `기자`: a
line that is short says nothing. Chinese and Korean names also begin with a known
family name.
"""

import re
from collections.abc import Sequence
from itertools import chain

MOST_NAMES = 6
LONGEST_LINE = 400  # characters of a line or a paragraph that are read

_FAMILY_NAMES = (
    "赵趙钱錢孙孫李周吴吳郑鄭王冯馮陈陳褚卫衛蒋蔣沈韩韓杨楊朱秦尤许許何吕呂施张張孔曹严嚴华華金魏陶姜戚谢謝邹鄒喻柏窦竇章云雲苏蘇潘葛"
    "奚范範彭郎鲁魯韦韋昌马馬苗凤方俞任袁柳鲍鮑史唐费費廉岑薛雷贺賀倪汤湯滕殷罗羅毕畢郝邬安常乐于時时傅皮卞齐齊康伍余餘元顾顧孟平黄黃"
    "穆萧蕭肖尹姚邵湛汪祁毛禹狄米贝貝明臧计計成戴谈談宋茅庞龐熊纪紀舒屈项項祝董梁杜阮蓝藍闵席季麻强贾賈路娄婁危江童颜顏郭梅盛林刁钟鍾"
    "徐邱骆駱高夏蔡田樊胡凌霍虞万萬支柯管卢盧莫经房裘缪干解应應宗丁宣邓鄧单洪包诸諸左石崔吉龚龔程邢裴陆陸荣榮翁荀羊於惠曲家封芮储靳"
    "段富巫焦巴牧山谷车車侯全班仰秋仲伊宫宁寧仇栾甘祖武符刘劉景詹束龙龍叶葉幸司黎薄印白怀蒲邰从鄂索籍赖賴卓蔺屠蒙池乔喬阴胥苍闻莘党翟"
    "谭譚贡劳勞姬申冉桑桂牛寿通边邊扈燕冀浦尚农温溫别庄莊晏柴瞿阎閻慕连習习宦艾鱼容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广阙东欧歐利蔚"
    "越隆师巩聂聶晁敖融冷辛阚那简簡饶饒空曾沙丰关關查查后荆红游竺权盖益桓公涂塗仝佟"
)
_HAN = "[\u4e00-\u9fff]"
_CHINESE = rf"(?:(?:欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|令狐|皇甫)|[{_FAMILY_NAMES}]){_HAN}{{1,2}}"
_NAME = rf"(?:{_CHINESE}(?!{_HAN})|[{_FAMILY_NAMES}][ \u3000]{_HAN}(?!{_HAN}))"
_JOINT = r"(?:\s*[、，,;；/]\s*|\s+|和|与)"
_NAMES = rf"(?P<names>{_NAME}(?:{_JOINT}{_NAME}){{0,{MOST_NAMES}}})"
_LABEL = (
    rf"(?:(?:{_HAN}{{0,8}}?(?:记者|記者)(?:(?:组|團隊))?|作\s?者|撰\s?文|撰\s?稿|采\s?写|採訪|采访|"
    r"文字?|供稿|编译|編譯|执笔|特约撰稿人|专栏作家)\s*[:：丨|｜/／]?\s*)"
)
# A line that begins so, a part of one, or what is in brackets: “（记者 张三）”.
_BEHIND_LABEL = re.compile(rf"(?:^|[\s（(\[【|｜·•丨]|电\s?){_LABEL}{_NAMES}")
_AFTER_SLASH = re.compile(rf"(?:^|[\s（(|]){_HAN}{{0,6}}[文撰]\s?[/／丨|｜:：]\s?{_NAMES}")

_KANA = "[\u3040-\u30ff\u4e00-\u9fff々]"
_JAPANESE = re.compile(
    r"(?:^|[\s（(\[【|｜・])(?:取材[・／/]?文|取材[・／/]構成|執筆者?|文責?|著者|筆者|ライター|構成|記者)"
    rf"\s?[:：=＝/／｜|]\s?(?P<names>{_KANA}{{2,5}}(?:[ \u3000]{_KANA}{{1,5}})?)(?!{_KANA})"
)
_JAPANESE_BEFORE = re.compile(
    rf"(?:^|[\s（(\[【|｜・、。])(?P<names>{_KANA}{{2,4}}[ \u3000]?{_KANA}{{0,4}}?)"
    r"[ \u3000]?(?:記者|特派員|編集委員|論説委員)(?:[\s）)\]】|、]|$)"
)

_KOREAN_FAMILY = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도"
    "소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
)
_KOREAN = re.compile(
    rf"(?:^|[\s\]=)(|/·,])(?P<names>[{_KOREAN_FAMILY}][가-힣]{{1,3}}(?:\s?[·,]\s?"
    rf"[{_KOREAN_FAMILY}][가-힣]{{1,3}}){{0,3}})\s?(?:[가-힣]{{0,4}}기자|특파원|논설위원|앵커)(?![가-힣])"
)
_IN_CHINA, _IN_JAPAN = (_BEHIND_LABEL, _AFTER_SLASH), (_JAPANESE, _JAPANESE_BEFORE)
_OF_JAPAN = re.compile("[\u3040-\u30ff]")
_WIDE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_SPLIT = re.compile(rf"\s*[、，,;；/·]\s*|和|与|(?<={_HAN}{{2}})\s+(?={_CHINESE}(?!{_HAN}))")
_NOBODY = re.compile(
    r"(?:编辑|編輯|记者|記者|来源|來源|作者|本报|本報|责任|報道|报道|通讯|摄影|攝影|편집|기자|新闻|新聞|日报|日報|网站?|編集部?|公司)"
)


def east_asian_names(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the people who sign in the first of some lines that names any; none elsewhere."""
    wide = [line[:LONGEST_LINE] for line in lines if _WIDE.search(line[:LONGEST_LINE])]
    is_japanese = any(map(_OF_JAPAN.search, wide))
    patterns = (*(_IN_JAPAN if is_japanese else _IN_CHINA), _KOREAN)
    for line in wide:
        for pattern in patterns:
            parts = (_SPLIT.split(match["names"]) for match in pattern.finditer(line))
            people = dict.fromkeys(chain.from_iterable(parts))
            known = [name for name in people if len(name) > 1 and not _NOBODY.search(name)]
            if known:
                return tuple(map(_joined, known))[:MOST_NAMES]
    return ()


def _joined(name: str) -> str:
    """Return a Chinese name without the blank that makes two characters as wide as three."""
    return name.replace(" ", "").replace("\u3000", "") if len(name) == len("王 芳") else name
