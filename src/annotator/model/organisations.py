"""News agencies, which sign articles in place of people."""

_AGENCIES = """
aap, adnkronos, afp, agence france-presse, agencia efe, agenzia nova, agerpres, anadolu, anadolu
agency, anadolu ajansı, ani, anp, ansa, ap, apa, associated press, australian associated press,
azertac, baltic news service, belga, bernama, bloomberg, bloomberg news, bns, bta, canadian press,
cna, cp, ctk, čtk, demirören haber ajansı, deutsche presse-agentur, dha, dpa, dpa-afx, efe, epd,
europa press, fides, iha, ians, ihlas haber ajansı, interfax, interfax-ukraine, irna, itar-tass,
jiji press, kathpress, keystone-sda, kna, kyodo, kyodo news, lusa, mti, ntb, pa, pa media, pap,
polska agencja prasowa, press association, press trust of india, pti, reuters, ria novosti,
ritzau, sda, sid, sport-informations-dienst, stt, tanjug, tass, tt, ukrinform, united press
international, upi, xinhua, yonhap, yonhap news, zuma press,
共同通信, 時事通信, ロイター, 路透社, 新华社, 新華社, 中央社, 美联社, 法新社, 연합뉴스,
укрінформ, интерфакс, риа новости, тасс
"""
AGENCIES = frozenset(" ".join(name.split()) for name in _AGENCIES.split(","))
_INITIALS = 3  # letters; “EFE” and “dpa” are agencies, Efe and Sid are people


def is_agency(name: str) -> bool:
    """Return whether a name is that of a news agency."""
    bare = name.removeprefix("The ").removeprefix("the ").strip(" .")
    is_capitalised = len(bare) <= _INITIALS and bare not in {bare.lower(), bare.upper()}
    return bare.lower() in AGENCIES and not is_capitalised
