"""The accounts of the settings, their services, and their tokens, which are kept nowhere."""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Final

from annotator.errors import InvalidInput, did_you_mean
from annotator.registry import Registry
from annotator.settings import Settings
from annotator.settings.settings import Account
from annotator.usecases.publishing.publisher import Publisher
from annotator.usecases.service_session import checked_token, token_in, token_variable

_HERE: Final = "annotator.usecases.publishing"
PUBLISHERS: Final = Registry[type[Publisher]](
    {
        "hypothesis": f"{_HERE}.hypothesis:Hypothesis",
        "linkding": f"{_HERE}.linkding:Linkding",
        "readwise": f"{_HERE}.readwise:Readwise",
        "zotero": f"{_HERE}.zotero:Zotero",
        "zotero-web": f"{_HERE}.zotero:ZoteroWeb",
    },
    kind=type,
)


def account_named(settings: Settings, name: str) -> Account:
    """Return the account of that name, the only one of that service, or a new one of it.

    Raises `InvalidInput` if there is none, or more than one.
    """
    known = {account.name: account for account in settings.accounts}
    of_service = [account for account in settings.accounts if account.service == name]
    if len(of_service) > 1 and name not in known:
        names = ", ".join(account.name for account in of_service)
        raise InvalidInput(f"There are {len(of_service)} accounts of {name}.", f"Name one: {names}")
    new = Account(name=name, service=name)
    account = known.get(name) or next(iter(of_service), new)
    _class_of(account.service, tuple(known))
    return account


def account_problems(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the path of each service that is not known and each token file without a token."""
    for number, account in enumerate(settings.accounts):
        if account.service not in PUBLISHERS.names():
            known = ", ".join(PUBLISHERS.names())
            words = f'service of the account "{account.name}" is "{account.service}"'
            yield f"accounts[{number}].service", f"{words}; it must be one of {known}"
        try:
            if account.token_file:
                token_in(account.token_file.expanduser())
        except (InvalidInput, RuntimeError) as error:  # of a user who is not known
            yield f"accounts[{number}].token_file", getattr(error, "message", str(error))


def publisher_of(account: Account) -> Publisher:
    """Return what sends things to an account, for one run."""
    return _class_of(account.service)(account)


def address_of(publisher: Publisher) -> str:
    """Return where the service of an account is. Raises `InvalidInput` if nobody says."""
    address = publisher.account.address or publisher.address
    if not address:
        raise InvalidInput(
            f"{publisher.title} runs on a server of your own.",
            f"Give its address in the settings: address of the account {publisher.account.name}.",
        )
    return address


def name_of(publisher: Publisher) -> str:
    """Return what the memory calls an account: its name, where it is, and the group in it."""
    account = publisher.account
    address = account.address or publisher.address
    return "\t".join(filter(None, (account.name, address, account.group)))


def headers_of(publisher: Publisher, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the header with the token of an account: from its file, keyring or variable.

    Raises `InvalidInput` if there is none.
    """
    account = publisher.account
    if not publisher.authorization:
        return {}
    variable = account.token_variable or token_variable(account.service)
    if account.token_file:
        token = token_in(account.token_file.expanduser())
    elif account.token_keyring:
        token = checked_token(_from_keyring(account), f"The keyring, “{account.token_keyring}”,")
    else:
        token = environment.get(variable, "").strip()
        if not token:
            raise InvalidInput(
                f"{publisher.title} needs a token.",
                f"Put it into {variable}, or into a file that the settings name as token_file. "
                f"{publisher.where_token_is}",
            )
        checked_token(token, variable)
    return {publisher.header: publisher.authorization.format(token=token)}


def _from_keyring(account: Account) -> str:
    """Return the token in the system's keyring; its package is an extra, loaded when asked for."""
    try:
        keyring, refusal = import_module("keyring"), import_module("keyring.errors").KeyringError
    except ImportError as error:
        raise InvalidInput(
            "The keyring needs an optional package.",
            "Install annotator-tui[keyring], or use token_file in the settings.",
        ) from error
    try:
        return str(keyring.get_password("annotator", account.token_keyring) or "").strip()
    except refusal as error:
        raise InvalidInput(
            f"The keyring did not give the token “{account.token_keyring}”.",
            "Unlock it, or use token_file in the settings.",
        ) from error


def _class_of(service: str, others: Sequence[str] = ()) -> type[Publisher]:
    try:
        return PUBLISHERS.load(service)
    except KeyError:
        known = (*others, *PUBLISHERS.names())
        raise InvalidInput(
            f"Nothing can be sent to {service}.{did_you_mean(service, known)}",
            f"Choose one of: {', '.join(dict.fromkeys(known))}.",
        ) from None
