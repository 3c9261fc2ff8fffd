"""Secrets in addresses, headers and messages: finding and hiding them."""

import re

HIDDEN = "hidden"

PRIVATE_NAME = (
    r"[\w.-]*(?:token|secret|signature|sess(?:ion|id)|passw|pwd|api[_-]?key|jwt|csrf|xsrf|nonce|"
    r"credential|hmac|e-?mail|subscriber|clid|visitor|user[_-]?(?:id|name)?)[\w.-]*|"
    r"(?:[\w-]+[_-])?(?:auth|code|eid|gift|hash|key|otp|policy|sess|sid|sig|ticket|tok|uid)|"
    r"_hsenc|_hsmi|account|member|igshid|state"
)
PARAMETER = re.compile(rf"(?<=[?&;#])((?:{PRIVATE_NAME})=)([^&\"'\s<>#\\)]+)", re.IGNORECASE)
SIGNED_IN = re.compile(r"(?<=://)[^/\s\"'@<>?#]{1,200}@")
SIGNED_TOKEN = re.compile(r"\beyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]*)?")
_AUTHORIZATION = re.compile(r"\b(Bearer|Token|Basic)( +)[\w.~+/=-]{16,}")
_COOKIE = re.compile(r"\b((?:set-)?cookie['\"]?\s{0,3}[:=,]\s{0,3})[^\n]{1,4000}", re.IGNORECASE)


def without_secrets(text: str) -> str:
    """Return a message without passwords and tokens in addresses, and without cookies.

    Parameters keep their names: `?page=2&token=hidden`.
    """
    text = SIGNED_IN.sub("", PARAMETER.sub(rf"\1{HIDDEN}", text))
    text = _AUTHORIZATION.sub(rf"\1\2{HIDDEN}", SIGNED_TOKEN.sub(HIDDEN, text))
    return _COOKIE.sub(rf"\1{HIDDEN}", text)
